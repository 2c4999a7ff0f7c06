/* SPDX-License-Identifier: MIT */
#include "core/revert.h"

#include "core/diff.h"
#include "core/edit.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Both differences are taken from `after`: back to `before`, and on to
 * `current`. Where no hunk of the one meets a hunk of the other, those of the
 * first are applied to current, moved by what the others before them added.
 */

/* One place where another text differs from `after`. */
struct hunk {
	size_t begin, end;       /* in after */
	size_t other, other_end; /* in the other text */
};

struct hunks {
	struct hunk *v;
	size_t n, cap;
};

static void add_hunk(struct hunks *h, const struct diff_op *op, size_t front)
{
	struct hunk *last = h->n ? &h->v[h->n - 1] : NULL;

	if (last && last->end == op->old + front && last->other_end == op->new + front) {
		last->end = op->old_end + front;
		last->other_end = op->new_end + front;
		return;
	}
	MEM_GROW(h->v, h->n, h->cap);
	h->v[h->n++] = (struct hunk){op->old + front, op->old_end + front, op->new + front,
				     op->new_end + front};
}

static void find_hunks(struct slice after, struct slice other, struct hunks *h)
{
	size_t front, back;
	struct diff d = {0};

	diff_frame(after, other, &front, &back);
	diff_words(&d, slice_make(after.p + front, after.len - front - back),
		   slice_make(other.p + front, other.len - front - back));
	for (size_t i = 0; i < d.n_ops; i++)
		if (d.ops[i].kind != DIFF_EQUAL)
			add_hunk(h, &d.ops[i], front);
	diff_release(&d);
}

static bool same_hunk(const struct hunk *a, struct slice in_a, const struct hunk *b,
		      struct slice in_b)
{
	return a->begin == b->begin && a->end == b->end &&
	       slice_equal(slice_make(in_a.p + a->other, a->other_end - a->other),
			   slice_make(in_b.p + b->other, b->other_end - b->other));
}

int revert_change(struct slice before, struct slice after, struct slice current,
		  struct str *out, struct error *err)
{
	struct hunks back = {0}, on = {0};
	struct edits edits = EDITS_INIT;
	size_t k = 0, added = 0, taken = 0;
	int rc = ST_OK;

	if (slice_equal(after, current)) {
		str_add_slice(out, before);
		return ST_OK;
	}
	find_hunks(after, before, &back);
	find_hunks(after, current, &on);
	for (size_t i = 0; i < back.n && rc == ST_OK; i++) {
		const struct hunk *b = &back.v[i];

		for (; k < on.n && on.v[k].end < b->begin; k++) {
			added += on.v[k].other_end - on.v[k].other;
			taken += on.v[k].end - on.v[k].begin;
		}
		if (k < on.n && on.v[k].begin <= b->end) {
			/* They meet. It is no matter where both did the same. */
			if (!same_hunk(b, before, &on.v[k], current) ||
			    (k + 1 < on.n && on.v[k + 1].begin <= b->end))
				rc = error_set(
					err, ST_CHANGED,
					N_("the words it changed, or those beside them, were "
					   "changed again since; undo it by hand"));
			continue;
		}
		edits_add(&edits, b->begin + added - taken, b->end - b->begin,
			  before.p + b->other, b->other_end - b->other);
	}
	if (rc == ST_OK)
		edits_apply(&edits, current, out);
	edits_release(&edits);
	free(back.v);
	free(on.v);
	return rc;
}
