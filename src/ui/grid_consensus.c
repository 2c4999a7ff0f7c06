/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/resolve.h"
#include "grid_inner.h"
#include "ui/tr.h"

#include <stdlib.h>

/* What all who spoke agree on is decided in one go: shown, asked about, a commit each. */

/* A point of the list that was shown: it has positions, and so an id. */
struct agreed_point {
	char *id;
	uint32_t option;
};

/* ST_MISSING, without words: the point went with one around it. */
static int decide_one(struct grid *g, const struct agreed_point *a, struct error *err)
{
	struct choice choice = {.kind = CHOOSE_OPTION, .option = a->option};
	struct edits edits = EDITS_INIT;
	struct resolved what;
	struct str id = STR_INIT;
	uint32_t point;
	int rc;

	doc_read(g->doc);
	point = brackets_by_id(&g->doc->brackets, g->doc->flat, slice_of(a->id));
	if (point == BRACKET_NONE)
		return ST_MISSING;
	resolved_init(&what);
	rc = resolve_point(&g->doc->brackets, g->doc->flat, g->doc->parties, point, &choice,
			   false, &edits, &what, err);
	if (rc == 0)
		rc = g->host->decide(g->host->data, g->doc, &edits, &what,
				     slice_of("consensus"), &id, err);
	edits_release(&edits);
	resolved_release(&what);
	str_release(&id);
	return rc;
}

/* Those around others first. The list is a copy: the host shows each decision, and the matrix
 * is made anew then. */
static int decide_list(struct grid *g, size_t *done, struct error *err)
{
	struct agreed_point *list = mem_array(NULL, g->m.n, sizeof(*list));
	size_t n = 0;
	int rc = 0;

	*done = 0;
	for (size_t i = 0; i < g->m.n; i++) {
		struct slice id =
			point_id(&g->doc->brackets, grid_point(g, (uint32_t)i), g->doc->flat);

		if (matrix_decides(&g->m.rows[i]) == DECIDES)
			list[n++] = (struct agreed_point){slice_dup(id),
							  g->m.rows[i].verdict.option};
	}
	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = decide_one(g, &list[i], err);
		*done += rc == 0;
		if (rc == ST_MISSING && !*err->text)
			rc = 0;
	}
	for (size_t i = 0; i < n; i++)
		free(list[i].id);
	free(list);
	return rc;
}

static void decide_all(struct grid *g)
{
	struct error err = ERROR_INIT;
	size_t n;
	int rc = decide_list(g, &n, &err);

	g->consensus = false;
	grid_read(g);
	if (rc < 0)
		views_message(g->view.views, MESSAGE_ERROR, _("%zu decided, then: %s"), n,
			      err.text);
	else
		views_message(g->view.views, MESSAGE_OK,
			      n_("%zu point decided by consensus; the chair's u undoes it.",
				 "%zu points decided by consensus; the chair's u undoes one "
				 "after the other.",
				 n),
			      n);
}

static void consensus_answered(void *arg, uint32_t key)
{
	struct grid *g = arg;

	if (key == 'y' && grid_is_current(g)) {
		decide_all(g);
		return;
	}
	g->consensus = false;
	grid_filter(g);
}

void grid_ask_consensus(struct grid *g)
{
	struct error err = ERROR_INIT;
	struct str question = STR_INIT;

	if (HOST_CAN(g->host, decide_ready) &&
	    g->host->decide_ready(g->host->data, g->doc, &err) < 0) {
		views_error(g->view.views, &err);
		return;
	}
	grid_read(g);
	g->recording.generation = g->doc->generation;
	g->consensus = true;
	g->top = 0;
	grid_filter(g);
	if (g->n_shown == 0) {
		g->consensus = false;
		grid_filter(g);
		views_message(g->view.views, MESSAGE_INFO, "%s",
			      _("There is no point on which all who spoke agree."));
		return;
	}
	str_addf(&question,
		 n_("Decide this point so?", "Decide these %zu points so, a commit each?",
		    g->n_shown),
		 g->n_shown);
	views_ask_yes_no(g->view.views, str_text(&question), consensus_answered, g);
	str_release(&question);
}
