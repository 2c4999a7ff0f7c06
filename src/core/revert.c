/* SPDX-License-Identifier: MIT */
#include "core/revert.h"

#include "core/bracket.h"
#include "core/diff.h"
#include "core/edit.h"
#include "core/mem.h"
#include "core/recheck.h"

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

/* What takes the change back in current. */
static int find_edits(struct slice before, struct slice after, struct slice current,
		      struct edits *edits, struct error *err)
{
	struct hunks back = {0}, on = {0};
	size_t k = 0, added = 0, taken = 0;
	int rc = ST_OK;

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
					   "changed again since; undo it by hand, or bring "
					   "them back from the log (r) or with \"adref "
					   "restore\""));
			continue;
		}
		edits_add(edits, b->begin + added - taken, b->end - b->begin,
			  before.p + b->other, b->other_end - b->other);
	}
	free(back.v);
	free(on.v);
	return rc;
}

int revert_change(struct slice before, struct slice after, struct slice current,
		  struct str *out, struct error *err)
{
	struct edits edits = EDITS_INIT;
	int rc = find_edits(before, after, current, &edits, err);

	if (rc == ST_OK)
		edits_apply(&edits, current, out);
	edits_release(&edits);
	return rc;
}

/* ---- decisions ---- */

/* A draft, what some edits make of it, and which points of that they brought. */
struct outcome {
	struct slice from, to;
	const struct edits *edits;
	struct brackets was, is;
	bool *stood;     /* by point of was: it is one of is, as it was */
	bool *within;    /* by point of is: it, or one it stands in, is none of was */
	uint32_t *fresh; /* points of is: the outermost ones of those */
	size_t n_fresh;
};

/* Where the byte before `end` is now, and the place after it. */
static size_t map_end(const struct edits *e, size_t end)
{
	return edits_map(e, end - 1) + 1;
}

static bool option_stands(const struct outcome *o, const struct option *a,
			  const struct option *b)
{
	return a->no_text == b->no_text && map_end(o->edits, a->part) == b->part &&
	       edits_map(o->edits, a->part_end) == b->part_end &&
	       a->n_parties == b->n_parties &&
	       (a->n_parties == 0 || memcmp(o->was.parties + a->party, o->is.parties + b->party,
					    a->n_parties * sizeof(*o->is.parties)) == 0);
}

/* Whether the point only moved, or had some words in its options changed. */
static bool point_stands(const struct outcome *o, const struct point *a, const struct point *b)
{
	if (a->kind != b->kind || a->joint != b->joint || a->n_brackets != b->n_brackets ||
	    a->n_options != b->n_options ||
	    map_end(o->edits, point_end(&o->was, a)) != point_end(&o->is, b) ||
	    !slice_equal(point_id(&o->was, a, o->from), point_id(&o->is, b, o->to)))
		return false;
	for (size_t k = 0; k < a->n_options; k++)
		if (!option_stands(o, point_option(&o->was, a, k), point_option(&o->is, b, k)))
			return false;
	return true;
}

static void outcome_read(struct outcome *o, const struct parties *parties)
{
	brackets_read(&o->was, o->from, parties);
	brackets_read(&o->is, o->to, parties);
	o->stood = mem_zalloc((o->was.n_points + 1) * sizeof(*o->stood));
	o->within = mem_zalloc((o->is.n_points + 1) * sizeof(*o->within));
	o->fresh = mem_array(NULL, o->is.n_points + 1, sizeof(*o->fresh));
	for (size_t i = 0; i < o->is.n_points; i++)
		o->within[i] = true;
	for (size_t i = 0; i < o->was.n_points; i++) {
		const struct point *p = &o->was.points[i];
		uint32_t now =
			recheck_point_at(&o->is, edits_map(o->edits, point_begin(&o->was, p)));

		if (now != BRACKET_NONE && point_stands(o, p, &o->is.points[now])) {
			o->stood[i] = true;
			o->within[now] = false;
		}
	}
	for (uint32_t i = 0; i < o->is.n_points; i++) {
		uint32_t parent = o->is.points[i].parent;
		bool inner = parent != BRACKET_NONE && o->within[parent];

		if (o->within[i] && !inner)
			o->fresh[o->n_fresh++] = i;
		o->within[i] = o->within[i] || inner;
	}
}

static void outcome_release(struct outcome *o)
{
	brackets_release(&o->was);
	brackets_release(&o->is);
	free(o->stood);
	free(o->within);
	free(o->fresh);
}

/* Whether every point stands that is not of the words that a fresh one takes up again. */
static bool others_stand(const struct outcome *o)
{
	size_t k = 0;

	for (size_t i = 0; i < o->was.n_points; i++) {
		const struct point *p = &o->was.points[i];
		size_t begin = edits_map(o->edits, point_begin(&o->was, p));
		size_t end = edits_map(o->edits, point_end(&o->was, p) - 1);

		if (o->stood[i])
			continue;
		while (k < o->n_fresh && point_end(&o->is, &o->is.points[o->fresh[k]]) < begin)
			k++;
		if (k == o->n_fresh ||
		    point_begin(&o->is, &o->is.points[o->fresh[k]]) > begin ||
		    point_end(&o->is, &o->is.points[o->fresh[k]]) < end)
			return false;
	}
	return true;
}

static bool has_problem(const struct outcome *o, const struct bracket_problem *problem)
{
	for (size_t i = 0; i < o->was.n_problems; i++)
		if (o->was.problems[i].kind == problem->kind &&
		    edits_map(o->edits, o->was.problems[i].at) == problem->at)
			return true;
	return false;
}

/* Whether no bracket is unpaired, and no id twice, for what came back. */
static bool is_sound(const struct outcome *o)
{
	for (size_t i = 0; i < o->is.n_problems; i++)
		if (!has_problem(o, &o->is.problems[i]))
			return false;
	for (size_t i = 0; i < o->is.n_points; i++) {
		struct slice id = point_id(&o->is, &o->is.points[i], o->to);

		for (size_t k = 0; o->within[i] && id.len && k < o->is.n_points; k++)
			if (k != i &&
			    slice_equal(point_id(&o->is, &o->is.points[k], o->to), id))
				return false;
	}
	return true;
}

/* Whether both bring the same points; what stands in them may have got an id since. */
static bool same_fresh(const struct outcome *a, const struct outcome *b)
{
	struct str words[2] = {STR_INIT, STR_INIT};
	bool same = a->n_fresh == b->n_fresh;

	for (size_t i = 0; same && i < a->n_fresh; i++) {
		const struct point *p = &a->is.points[a->fresh[i]];
		const struct point *q = &b->is.points[b->fresh[i]];

		str_clear(&words[0]);
		str_clear(&words[1]);
		brackets_without_ids(&a->is, a->to, point_begin(&a->is, p),
				     point_end(&a->is, p), &words[0]);
		brackets_without_ids(&b->is, b->to, point_begin(&b->is, q),
				     point_end(&b->is, q), &words[1]);
		same = p->depth == q->depth &&
		       slice_equal(point_id(&a->is, p, a->to), point_id(&b->is, q, b->to)) &&
		       slice_equal(str_slice(&words[0]), str_slice(&words[1]));
	}
	str_release(&words[0]);
	str_release(&words[1]);
	return same;
}

int revert_decision(struct slice before, struct slice after, struct slice current,
		    const struct parties *parties, struct str *out, struct error *err)
{
	struct edits then = EDITS_INIT, edits = EDITS_INIT;
	struct str text = STR_INIT;
	struct outcome was = {.from = after, .to = before, .edits = &then};
	struct outcome is = {.from = current, .edits = &edits};
	int rc = find_edits(before, after, current, &edits, err);

	if (rc == ST_OK)
		edits_apply(&edits, current, &text);
	if (rc == ST_OK && !slice_equal(after, current)) {
		rc = find_edits(before, after, after, &then, err);
		is.to = str_slice(&text);
		outcome_read(&was, parties);
		outcome_read(&is, parties);
		if (!others_stand(&is) || !is_sound(&is) || !same_fresh(&was, &is))
			rc = error_set(
				err, ST_CHANGED,
				N_("the text around it was changed since, and taken back "
				   "here it would break other points; bring it back from "
				   "the log (r) or with \"adref restore\", or undo it by "
				   "hand"));
		outcome_release(&was);
		outcome_release(&is);
	}
	if (rc == ST_OK)
		str_add_slice(out, str_slice(&text));
	edits_release(&then);
	edits_release(&edits);
	str_release(&text);
	return rc;
}
