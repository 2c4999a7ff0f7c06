/* SPDX-License-Identifier: MIT */
#include "core/life.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/diff_inner.h"
#include "ui/theme.h"

#include <stdlib.h>

/* The paragraphs that are not the same, as one text with signs around the words. */

static void tint(struct diff_view *dv, size_t begin, size_t end, uint32_t style)
{
	if (begin == end)
		return;
	MEM_GROW(dv->tints, dv->n_tints, dv->cap_tints);
	dv->tints[dv->n_tints++] = (struct prose_tint){begin, end, style};
}

static void add(struct diff_view *dv, struct str *out, struct slice s, uint32_t style)
{
	size_t from = out->len;

	str_add_slice(out, s);
	tint(dv, from, out->len, style);
}

static void add_stop(struct diff_view *dv, size_t begin)
{
	MEM_GROW(dv->stops, dv->n_stops, dv->cap_stops);
	dv->stops[dv->n_stops++] = (struct diff_stop){.begin = begin, .item = dv->n_items - 1};
}

/* Signs stand at words: blanks at either end are outside of them, unless there is nothing else.
 */
static void add_marked(struct diff_view *dv, struct str *out, struct slice s, bool is_new,
		       bool stops)
{
	uint32_t style = is_new ? STYLE_ADDED : STYLE_DELETED;
	size_t before = utf8_blanks_at(s.p, s.len), after;

	if (before == s.len)
		before = after = 0;
	else
		after = utf8_blanks_before(s.p, s.len);
	add(dv, out, slice_make(s.p, before), STYLE_TEXT);
	if (stops)
		add_stop(dv, out->len);
	add(dv, out, is_new ? SLICE("{+") : SLICE("[-"), style);
	add(dv, out, slice_make(s.p + before, s.len - before - after), style);
	add(dv, out, is_new ? SLICE("+}") : SLICE("-]"), style);
	add(dv, out, slice_make(s.p + s.len - after, after), STYLE_TEXT);
}

static void add_words(struct diff_view *dv, struct str *out, const struct diff_pair *p)
{
	bool stops = true;

	for (size_t i = p->op; i < p->op + p->n_ops; i++) {
		const struct diff_op *op = &dv->diff.ops[i];

		if (op->kind == DIFF_EQUAL)
			add(dv, out, slice_make(dv->new.p + op->new, op->new_end - op->new),
			    STYLE_TEXT);
		else if (op->kind == DIFF_DELETE)
			add_marked(dv, out,
				   slice_make(dv->old.p + op->old, op->old_end - op->old),
				   false, stops);
		else
			add_marked(dv, out,
				   slice_make(dv->new.p + op->new, op->new_end - op->new), true,
				   stops);
		stops = op->kind == DIFF_EQUAL;
	}
}

static void add_item(struct diff_view *dv, struct str *out, size_t pair)
{
	const struct diff_pair *p = &dv->diff.pairs[pair];
	struct diff_item *item;
	size_t stops = dv->n_stops, at = dv->n_items, tints = dv->n_tints;

	MEM_GROW(dv->items, dv->n_items, dv->cap_items);
	dv->n_items++;
	dv->items[at] = (struct diff_item){.pair = pair, .begin = out->len};
	add_words(dv, out, p);
	item = &dv->items[at];
	item->end = out->len;
	item->tint = tints;
	item->n_tints = dv->n_tints - tints;
	/* One that only moved is a change as a whole. */
	if (dv->n_stops == stops)
		add_stop(dv, item->begin);
	str_add_text(out, "\n");
}

/* ---- what was decided where */

static bool is_decided(const struct life *l, uint32_t point)
{
	for (uint32_t e = l->points[point].last; e != LIFE_NONE; e = l->events[e].previous)
		if (l->events[e].kind == LIFE_RESOLVED && l->events[e].recorded)
			return true;
	return false;
}

static void mark_decided(struct diff_view *dv, size_t at)
{
	for (size_t i = 0; i < dv->n_items; i++) {
		const struct diff_pair *p = &dv->diff.pairs[dv->items[i].pair];

		if (p->old != DIFF_NONE && at >= p->old_begin && at < p->old_end)
			dv->items[i].decided = true;
	}
}

static void find_decided(struct diff_view *dv)
{
	struct life_version first = {
		.text = str_slice(&dv->old), .base = LIFE_NONE, .undoes = LIFE_NONE};
	struct life_version second = {
		.text = str_slice(&dv->new), .undoes = LIFE_NONE, .record = &dv->record};
	struct life_spot *spots = NULL;
	struct life l;
	size_t n;

	if (dv->record.kind != MESSAGE_DECISION)
		return;
	life_init(&l);
	second.base = life_add(&l, &first, &dv->parties);
	life_add(&l, &second, &dv->parties);
	n = life_spots(&l, second.base, &spots);
	for (size_t i = 0; i < n; i++)
		if (is_decided(&l, spots[i].point))
			mark_decided(dv, spots[i].begin);
	free(spots);
	life_release(&l);
}

void diff_make_text(struct diff_view *dv)
{
	struct str out = STR_INIT;

	diff_texts(&dv->diff, str_slice(&dv->old), str_slice(&dv->new));
	for (size_t i = 0; i < dv->diff.n; i++)
		if (dv->diff.pairs[i].change != DIFF_SAME)
			add_item(dv, &out, i);
	dv->shown = doc_new(dv->name, NULL, str_slice(&out), &dv->parties);
	doc_read(dv->shown);
	find_decided(dv);
	str_release(&out);
}
