/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/word.h"

#include <stdlib.h>

/* What a row has to say: its wordings, and who wants which. */

void plan_add(uint16_t **list, size_t *n, size_t input)
{
	*list = mem_array(*list, *n + 1, sizeof(**list));
	(*list)[(*n)++] = (uint16_t)input;
}

/* Puts the input to the wording it has. */
static void plan_input(struct plan *p, size_t i)
{
	struct work *w = p->w;
	struct input *in = &w->inputs[i];
	struct unit *u = &in->units[p->row->unit[i]];

	p->lines = p->lines || u->lines;
	if (i == p->ref || units_equal(w, p->in, p->unit, in, u)) {
		if (p->ref)
			plan_add(&p->same, &p->n_same, i);
		return;
	}
	for (size_t k = 0; k < p->n; k++) {
		struct input *other = &w->inputs[p->v[k].who[0]];
		struct unit *theirs = &other->units[p->row->unit[p->v[k].who[0]]];

		if (units_equal(w, other, theirs, in, u)) {
			plan_add(&p->v[k].who, &p->v[k].n_who, i);
			return;
		}
	}
	p->v[p->n] = (struct variant){.in = in, .unit = u};
	plan_add(&p->v[p->n].who, &p->v[p->n].n_who, i);
	p->n++;
}

uint32_t piece_words(const struct input *in, const struct piece *p)
{
	if (p->kind == PIECE_WORD || p->kind == PIECE_CHARACTER)
		return 1;
	if (p->kind != PIECE_WHOLE && p->kind != PIECE_POINT)
		return 0;
	return (uint32_t)word_count(in->text.p + p->begin, p->end - p->begin);
}

/* Twice the common words over the words of both. */
bool pieces_share_little(struct work *w, const struct input *in, const struct piece *ref,
			 size_t n_ref, const struct input *other, const struct piece *v,
			 size_t n)
{
	size_t both = 0, common = 0;

	need_counts(w);
	for (size_t i = 0; i < n_ref; i++) {
		w->counts[ref[i].key]++;
		both += piece_words(in, &ref[i]);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t words = piece_words(other, &v[i]);

		both += words;
		if (!w->counts[v[i].key])
			continue;
		w->counts[v[i].key]--;
		common += words;
	}
	for (size_t i = 0; i < n_ref; i++)
		w->counts[ref[i].key] = 0;
	return 6 * common < both;
}

void plan_make(struct plan *p, struct work *w, const struct row *row)
{
	*p = (struct plan){.w = w, .row = row};
	while (row->unit[p->ref] == NONE)
		p->ref++;
	p->in = &w->inputs[p->ref];
	p->unit = &p->in->units[row->unit[p->ref]];
	p->v = mem_zalloc(w->n * sizeof(*p->v));
	p->whole = mem_zalloc(w->n * sizeof(*p->whole));
	for (size_t i = p->ref; i < w->n; i++) {
		if (row->unit[i] != NONE)
			plan_input(p, i);
		else if (p->ref == 0)
			plan_add(&p->none, &p->n_none, i);
	}
	if (!p->n && !p->n_none && !p->ref)
		return;
	/* All pieces first: then their places stay. */
	unit_pieces(w, p->in, p->unit);
	for (size_t k = 0; k < p->n; k++)
		unit_pieces(w, &w->inputs[p->v[k].who[0]],
			    &w->inputs[p->v[k].who[0]].units[row->unit[p->v[k].who[0]]]);
	for (size_t k = 0; k < p->n; k++) {
		p->v[k].v = p->v[k].in->pieces + p->v[k].unit->piece;
		p->v[k].n = p->v[k].unit->n_pieces;
		p->whole[k] = pieces_share_little(w, p->in, p->in->pieces + p->unit->piece,
						  p->unit->n_pieces, p->v[k].in, p->v[k].v,
						  p->v[k].n);
	}
}

void plan_release(struct plan *p)
{
	for (size_t k = 0; k < p->n; k++)
		free(p->v[k].who);
	free(p->v);
	free(p->whole);
	free(p->same);
	free(p->none);
}
