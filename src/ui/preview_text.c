/* SPDX-License-Identifier: MIT */
#include "preview_inner.h"

#include "core/mem.h"
#include "ui/theme.h"

/* The text under the choices, and where in it they put something. */

const struct point *preview_point(const struct preview *pv)
{
	if (pv->point >= pv->n || pv->revision != pv->doc->read_revision)
		return NULL;
	return &pv->doc->brackets.points[pv->point];
}

void preview_forget_text(struct preview *pv)
{
	doc_free(pv->shown);
	pv->shown = NULL;
	pv->laid_out = false;
}

void preview_begin(struct preview *pv, size_t at)
{
	const struct brackets *b = &pv->doc->brackets;

	preview_forget_text(pv);
	pv->revision = pv->doc->revision;
	pv->n = b->n_points;
	pv->n_tried = 0;
	pv->wishes = mem_array(pv->wishes, pv->n, sizeof(*pv->wishes));
	pv->choices = mem_array(pv->choices, pv->n, sizeof(*pv->choices));
	pv->tried = mem_array(pv->tried, pv->n, sizeof(*pv->tried));
	pv->live = mem_array(pv->live, pv->n, sizeof(*pv->live));
	for (size_t i = 0; i < pv->n; i++)
		pv->tried[i] = false;
	pv->point = brackets_point_at(b, at);
	if (pv->point == BRACKET_NONE)
		pv->point = brackets_point_from(b, at);
	if (pv->point == BRACKET_NONE && pv->n)
		pv->point = 0;
	pv->follow = true;
}

static void find_choices(struct preview *pv)
{
	if (pv->as)
		project_choices(&pv->doc->brackets, pv->party, pv->choices);
	for (size_t i = 0; i < pv->n; i++)
		if (pv->tried[i])
			pv->choices[i] = pv->wishes[i];
		else if (!pv->as)
			pv->choices[i] = PROJECT_OPEN;
	project_live(&pv->doc->brackets, pv->choices, pv->live);
	/* What the focus stood in may be gone. */
	while (preview_point(pv) && !pv->live[pv->point])
		pv->point = preview_point(pv)->parent;
}

static struct range place_of(const struct preview *pv, uint32_t i)
{
	struct range r = project_taken(&pv->doc->brackets, pv->choices, i);
	size_t end = project_place(&pv->map, r.end);

	r.begin = project_place(&pv->map, r.begin);
	r.end = end > r.begin ? end : r.begin;
	return r;
}

void preview_find_places(struct preview *pv)
{
	pv->tints = mem_array(pv->tints, pv->n, sizeof(*pv->tints));
	pv->n_tints = 0;
	for (uint32_t i = 0; i < pv->n; i++) {
		struct range r;

		if (!pv->live[i] || pv->choices[i] == PROJECT_OPEN ||
		    pv->choices[i] == PROJECT_STAYS || pv->choices[i] == PROJECT_NO_TEXT)
			continue;
		r = place_of(pv, i);
		pv->tints[pv->n_tints++] = (struct prose_tint){r.begin, r.end, STYLE_ADDED};
	}
	pv->focus = (struct range){0, 0};
	if (preview_point(pv))
		pv->focus = place_of(pv, pv->point);
}

void preview_make_text(struct preview *pv)
{
	struct str text = STR_INIT;

	project_map_release(&pv->map);
	find_choices(pv);
	project_draft(&pv->doc->brackets, pv->doc->flat, pv->choices, &pv->map, &text);
	pv->shown = doc_new(pv->doc->name, NULL, str_slice(&text), pv->doc->parties);
	preview_find_places(pv);
	str_release(&text);
}
