/* SPDX-License-Identifier: MIT */
#include "core/restore.h"

#include "core/blame.h"
#include "core/bracket.h"
#include "core/diff.h"

#include <assert.h>
#include <string.h>

static void replace(struct edits *e, struct slice now, size_t begin, size_t end,
		    struct slice with)
{
	if (!slice_equal(slice_make(now.p + begin, end - begin), with))
		edits_add(e, begin, end - begin, with.p, with.len);
}

void restore_all(struct slice old, struct slice now, struct edits *e)
{
	size_t head, tail;

	diff_frame(old, now, &head, &tail);
	replace(e, now, head, now.len - tail, slice_make(old.p + head, old.len - tail - head));
}

/* After the paragraph, with a blank line between, or before all others. */
static void put_back(struct edits *e, struct slice now, const struct diff_pair *before,
		     struct slice paragraph)
{
	struct str text = STR_INIT;
	size_t at = before ? before->new_end : 0;

	assert(paragraph.len > 0); /* blank lines are not counted */
	if (before)
		str_add_text(&text, "\n\n");
	str_add_slice(&text, paragraph);
	if (!before)
		str_add_text(&text, now.len ? "\n\n" : "\n");
	edits_add(e, at, 0, text.p, text.len);
	str_release(&text);
}

int restore_paragraph(struct slice old, struct slice now, uint32_t number, struct edits *e,
		      struct error *err)
{
	const struct diff_pair *found = NULL, *before = NULL;
	struct slice paragraph;
	struct diff d;
	unsigned last = 0;

	diff_texts(&d, old, now);
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_pair *p = &d.pairs[i];

		if (p->old == DIFF_NONE)
			continue;
		if (p->old >= last)
			last = p->old + 1;
		if (p->old == number - 1)
			found = p;
		else if (p->old < number - 1 && p->new != DIFF_NONE &&
			 (!before || p->old > before->old))
			before = p;
	}
	if (!number || !found) {
		diff_release(&d);
		return error_set(err, ST_MISSING,
				 N_("that version has no paragraph %u; its last one is %u"),
				 number, last);
	}
	paragraph = slice_make(old.p + found->old_begin, found->old_end - found->old_begin);
	if (found->new != DIFF_NONE)
		replace(e, now, found->new_begin, found->new_end, paragraph);
	else
		put_back(e, now, before, paragraph);
	diff_release(&d);
	return 0;
}

/* Its number, or its id. */
static uint32_t find_point(const struct brackets *b, struct slice draft, struct slice point)
{
	size_t n = 0;

	for (size_t i = 0; i < point.len; i++) {
		if (point.p[i] < '0' || point.p[i] > '9' || n > b->n_points)
			return brackets_by_id(b, draft, point);
		n = 10 * n + (size_t)(point.p[i] - '0');
	}
	return n && n <= b->n_points ? (uint32_t)n - 1 : BRACKET_NONE;
}

static int replace_point(const struct bracketed *was, const struct point *point,
			 const struct bracketed *is, struct edits *e, struct error *err)
{
	struct slice old = was->draft, now = is->draft;
	size_t from = point_begin(was->b, point), to = point_end(was->b, point);
	size_t begin = from, end = to;
	struct slice id = point_id(was->b, point, old);
	uint32_t there = id.len ? brackets_by_id(is->b, now, id) : BRACKET_NONE;

	if (there != BRACKET_NONE) {
		begin = point_begin(is->b, &is->b->points[there]);
		end = point_end(is->b, &is->b->points[there]);
	} else {
		blame_back(now, old, &begin, &end);
		/* Over more than its own paragraph, the words around it are not there. */
		if (memchr(now.p + begin, '\n', end - begin) &&
		    !memchr(old.p + from, '\n', to - from))
			return error_set(err, ST_MISSING,
					 N_("the words around this point are gone; bring back "
					    "its paragraph"));
	}
	replace(e, now, begin, end, slice_make(old.p + from, to - from));
	return 0;
}

int restore_point(struct slice old, struct slice now, struct slice point,
		  const struct parties *parties, struct edits *e, struct error *err)
{
	struct brackets was, is;
	uint32_t found;
	int rc;

	brackets_read(&was, old, parties);
	brackets_read(&is, now, parties);
	found = find_point(&was, old, point);
	if (found == BRACKET_NONE)
		rc = error_set(err, ST_MISSING,
			       N_("that version has no point %.*s; it has %u, by number or id"),
			       point.len > 60 ? 60 : (int)point.len, point.p,
			       (unsigned)was.n_points);
	else
		rc = replace_point(&(struct bracketed){&was, old, parties}, &was.points[found],
				   &(struct bracketed){&is, now, parties}, e, err);
	brackets_release(&was);
	brackets_release(&is);
	return rc;
}
