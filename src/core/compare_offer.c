/* SPDX-License-Identifier: MIT */
#include "compare_impl.h"

#include "core/compare_take.h"
#include "core/diff.h"
#include "core/mem.h"
#include "core/reword.h"
#include "core/utf8.h"

#include <stdlib.h>

/*
 * A cell's wording as its party's option. The draft's paragraph is compared
 * with the cell as the party has it now: where a point says something else than
 * the party's text, that wording becomes an option of the point; then the two
 * are consolidated, with the point in both, so that only other words that differ
 * get brackets.
 */

/* The paragraph as it becomes. */
struct offering {
	const struct take *t;
	struct slice language;
	uint16_t party;
	struct str now; /* the draft's paragraph so far */
	struct str
		wants; /* the party's text of it, with the draft's points where it has them */
};

/* What stands of a paragraph for the party; at: each byte's place. */
struct standing {
	struct str bytes;
	struct project_map map;
};

static void standing_read(struct standing *s, const struct brackets *b, struct slice text,
			  uint16_t party)
{
	uint32_t *choices = mem_array(NULL, b->n_points, sizeof(*choices));

	*s = (struct standing){.bytes = STR_INIT};
	project_choices(b, party, choices);
	project_plain(b, text, choices, &s->map, &s->bytes);
	free(choices);
}

static void standing_release(struct standing *s)
{
	str_release(&s->bytes);
	project_map_release(&s->map);
}

/* Where the stretch that stands in place of [begin, end) of the text is. */
static bool standing_range(const struct standing *s, size_t begin, size_t end, size_t *from,
			   size_t *to)
{
	bool any = false;

	*from = *to = project_place(&s->map, begin);
	for (size_t i = 0; i < s->map.n; i++) {
		const struct project_span *v = &s->map.v[i];

		if (v->from + v->len <= begin || v->from >= end)
			continue;
		if (!any)
			*from = v->at + (v->from < begin ? begin - v->from : 0);
		*to = v->at + (v->from + v->len > end ? end - v->from : v->len);
		any = true;
	}
	return any;
}

static bool is_blank(struct slice s, size_t begin, size_t end)
{
	return utf8_blanks_at(s.p + begin, end - begin) == end - begin;
}

/* Whether what goes reaches over a border of the stretch, and not with blanks alone. */
static bool goes_over(const struct diff_op *op, struct slice old, size_t from, size_t to)
{
	if (op->kind != DIFF_DELETE || op->old_end <= from || op->old >= to)
		return false;
	return (op->old < from && !is_blank(old, op->old, from)) ||
	       (op->old_end > to && !is_blank(old, to, op->old_end));
}

/* Which bytes of the new text stand for [from, to) of the old one. False: a change reaches over
 * its borders. */
static bool new_range(const struct diff *d, struct slice old, size_t from, size_t to,
		      size_t *begin, size_t *end)
{
	bool has_begin = false;

	*begin = *end = 0;
	for (size_t i = 0; i < d->n_ops; i++) {
		const struct diff_op *op = &d->ops[i];
		size_t shift;

		if (goes_over(op, old, from, to))
			return false;
		if (op->old_end < from || op->old > to)
			continue;
		shift = op->kind == DIFF_EQUAL && op->old < from ? from - op->old : 0;
		if (!has_begin || (op->old_end <= from && op->kind == DIFF_EQUAL))
			*begin = op->kind == DIFF_EQUAL ? op->new + shift : op->new;
		if (op->kind == DIFF_EQUAL && op->old_end > to)
			*end = op->new + (to - op->old);
		else
			*end = op->new_end;
		has_begin = true;
	}
	return has_begin && *begin <= *end;
}

/* ---- one point ---- */

static void apply(struct str *text, const struct edits *e)
{
	struct str out = STR_INIT;

	edits_apply(e, str_slice(text), &out);
	str_release(text);
	*text = out;
}

/* Takes the party from the option it is named at, if any. */
static int leave_option(struct offering *o, size_t at, struct error *err)
{
	struct edits e = EDITS_INIT;
	struct brackets b;
	uint32_t point;
	int rc = 0;

	brackets_read(&b, str_slice(&o->now), o->t->c->parties);
	point = brackets_point_at(&b, at);
	for (size_t k = 0; point != BRACKET_NONE && k < b.points[point].n_options; k++) {
		struct bracketed w = {&b, str_slice(&o->now), o->t->c->parties};

		if (!option_lists(&b, point_option(&b, &b.points[point], k), o->party))
			continue;
		rc = reword_remove_party(&w, point, k, o->party, &e, err);
		break;
	}
	brackets_release(&b);
	if (rc == 0)
		apply(&o->now, &e);
	edits_release(&e);
	return rc;
}

static bool is_option(const struct option *x, struct slice draft, struct slice wording)
{
	if (!wording.len)
		return x->no_text;
	return !x->no_text &&
	       slice_equal(slice_make(draft.p + x->begin, x->end - x->begin), wording);
}

/* The wording becomes the party's option of the point at that byte. */
static int join_option(struct offering *o, size_t at, struct slice wording, struct error *err)
{
	struct edits e = EDITS_INIT;
	struct brackets b;
	struct offer offer = {
		.text = wording, .parties = &o->party, .n_parties = 1, .language = o->language};
	struct bracketed w;
	uint32_t point;
	size_t k = 0;
	int rc = leave_option(o, at, err);

	if (rc < 0)
		return rc;
	brackets_read(&b, str_slice(&o->now), o->t->c->parties);
	w = (struct bracketed){&b, str_slice(&o->now), o->t->c->parties};
	point = brackets_point_at(&b, at);
	if (point == BRACKET_NONE) {
		rc = error_set(err, ST_INPUT, N_("the point cannot be written anew"));
	} else {
		const struct point *p = &b.points[point];

		while (k < p->n_options &&
		       !is_option(point_option(&b, p, k), str_slice(&o->now), wording))
			k++;
		if (k < p->n_options && point_option(&b, p, k)->n_parties)
			rc = reword_add_party(&w, point, k, o->party, &e, err);
		else if (k == p->n_options)
			rc = reword_add_option(&w, point, &offer, &e, err);
		/* Else it is the wording that nobody has to ask for. */
	}
	brackets_release(&b);
	if (rc == 0)
		apply(&o->now, &e);
	edits_release(&e);
	return rc;
}

/* ---- the paragraph ---- */

static struct slice trim(struct slice s, size_t *begin)
{
	size_t n = 0;

	while (n < s.len && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	*begin += n;
	s = slice_make(s.p + n, s.len - n);
	while (s.len && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static bool blank_at(const struct str *s, size_t at)
{
	return at < s->len && (s->p[at] == ' ' || s->p[at] == '\t');
}

/* The point's bytes into the party's text, for len bytes there; where nothing stood for it,
 * with the blanks around that it has in the draft. */
static void put_point(struct offering *o, size_t begin, size_t end, size_t at, size_t len)
{
	struct str bytes = STR_INIT;

	if (!len && begin > 0 && blank_at(&o->now, begin - 1) && at > 0 &&
	    !blank_at(&o->wants, at - 1))
		str_add_char(&bytes, ' ');
	str_add(&bytes, o->now.p + begin, end - begin);
	if (!len && blank_at(&o->now, end) && at < o->wants.len && !blank_at(&o->wants, at))
		str_add_char(&bytes, ' ');
	str_splice(&o->wants, at, len, bytes.p, bytes.len);
	str_release(&bytes);
}

/* One outermost point of the paragraph, from the last to the first: changes `now` if the party
 * wants something else there, and puts the point into `wants`. */
static int settle_point(struct offering *o, const struct brackets *b, uint32_t i,
			const struct standing *s, const struct diff *d, struct slice cell,
			struct error *err)
{
	size_t begin = point_begin(b, &b->points[i]), end = point_end(b, &b->points[i]);
	size_t from, to, first, last;
	struct slice has, wanted;
	struct brackets now;
	uint32_t point;
	int rc = 0;

	standing_range(s, begin, end, &from, &to);
	if (!new_range(d, str_slice(&s->bytes), from, to, &first, &last))
		return 0;
	has = slice_make(s->bytes.p + from, to - from);
	wanted = trim(slice_make(cell.p + first, last - first), &first);
	has = trim(has, &from);
	if (!slice_equal(has, wanted))
		rc = join_option(o, begin, wanted, err);
	if (rc < 0)
		return rc;
	brackets_read(&now, str_slice(&o->now), o->t->c->parties);
	point = brackets_point_at(&now, begin);
	if (point != BRACKET_NONE)
		put_point(o, begin, point_end(&now, &now.points[point]), first, wanted.len);
	brackets_release(&now);
	return 0;
}

static int settle_points(struct offering *o, struct slice cell, struct error *err)
{
	struct brackets b;
	struct standing s;
	struct diff d = {.n = 0};
	struct str before = STR_INIT;
	int rc = 0;

	str_add_slice(&before, str_slice(&o->now));
	brackets_read(&b, str_slice(&before), o->t->c->parties);
	standing_read(&s, &b, str_slice(&before), o->party);
	diff_words(&d, str_slice(&s.bytes), cell);
	for (uint32_t i = (uint32_t)b.n_points; i-- > 0 && rc == 0;)
		if (b.points[i].parent == BRACKET_NONE && b.points[i].n_options)
			rc = settle_point(o, &b, i, &s, &d, cell, err);
	diff_release(&d);
	standing_release(&s);
	brackets_release(&b);
	str_release(&before);
	return rc;
}

/* The draft's paragraph, worded as `base`, and the party's text of it as one, into e. */
static int write_both(const struct take *t, struct slice base,
		      const struct consolidate_input *input, struct slice language,
		      struct edits *e, struct error *err)
{
	const struct compare_paragraph *p = &t->draft->v[t->target];
	struct consolidate_ask ask = {.base = base,
				      .inputs = input,
				      .n = 1,
				      .language = language,
				      .parties = t->c->parties};
	struct str out = STR_INIT;
	int rc = consolidate(&ask, &out, err);

	if (rc == 0)
		edits_add(e, p->begin, p->end - p->begin, out.p, out.len);
	str_release(&out);
	return rc;
}

/* points: the draft's points are kept apart; else they stand in the draft's wording. */
static int try_offer(const struct take *t, struct slice language, bool points, struct edits *e,
		     struct error *err)
{
	struct offering o = {.t = t, .language = language, .party = t->from->text.party};
	struct slice cell = take_bytes(t->from, t->source, true);
	struct consolidate_input input;
	int rc = 0;

	str_add_slice(&o.now, take_bytes(t->draft, t->target, true));
	str_add_slice(&o.wants, cell);
	if (points)
		rc = settle_points(&o, cell, err);
	input = (struct consolidate_input){str_slice(&o.wants), o.party};
	if (rc == 0)
		rc = write_both(t, str_slice(&o.now), &input, language, e, err);
	str_release(&o.now);
	str_release(&o.wants);
	if (rc == 0 && !take_reads_back(t, e, TAKE_FOR_PARTY))
		rc = error_set(err, ST_INPUT,
			       N_("in the draft this wording would be read as something else; "
				  "edit the draft"));
	if (rc < 0)
		edits_clear(e);
	return rc;
}

/* The cell's becomes one that the party alone has. */
static int offer_here(const struct take *t, const struct consolidate_input *cell,
		      struct slice language, struct edits *e, struct error *err)
{
	struct consolidate_ask ask = {.base = SLICE(""),
				      .inputs = cell,
				      .n = 1,
				      .language = language,
				      .parties = t->c->parties};
	struct str out = STR_INIT;
	int rc = consolidate(&ask, &out, err);

	while (out.len && (out.p[out.len - 1] == '\n' || out.p[out.len - 1] == '\r'))
		str_truncate(&out, out.len - 1);
	if (rc == 0)
		take_insert(t, str_slice(&out), e);
	str_release(&out);
	return rc;
}

/* A paragraph that the draft does not have, or the party not; or it has it here, and the draft
 * elsewhere: an option of its own, where each has it. */
static int offer_whole(const struct take *t, struct slice language, struct edits *e,
		       struct error *err)
{
	struct consolidate_input nothing = {slice_make("", 0), t->from->text.party};
	struct consolidate_input cell = nothing;
	int rc = 0;

	if (t->source != COMPARE_NONE)
		cell.text = take_bytes(t->from, t->source, true);
	if (t->target != COMPARE_NONE)
		rc = write_both(t, take_bytes(t->draft, t->target, true), &nothing, language, e,
				err);
	if (rc == 0 && t->source != COMPARE_NONE)
		rc = offer_here(t, &cell, language, e, err);
	if (rc == 0 && !take_reads_back(t, e, TAKE_FOR_PARTY))
		rc = error_set(err, ST_INPUT,
			       N_("in the draft this would be read as something else; edit the "
				  "draft"));
	if (rc < 0)
		edits_clear(e);
	return rc;
}

int compare_offer(const struct compare *c, size_t draft, size_t row, size_t column,
		  struct slice language, struct edits *e, struct error *err)
{
	struct error first = ERROR_INIT;
	struct edits none = EDITS_INIT;
	struct take t;
	int rc = take_begin(&t, c, draft, row, column, err);

	if (rc < 0)
		return rc;
	if (t.from->text.party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 N_("this text is of no party: = takes its wording"));
	/* Its words are there: what differs is the place. */
	t.moves = t.elsewhere && take_reads_back(&t, &none, TAKE_FOR_PARTY);
	if (!t.moves && take_reads_back(&t, &none, TAKE_FOR_PARTY))
		return error_set(err, ST_EXISTS, N_("the draft says so to %s already"),
				 c->parties->v[t.from->text.party].code);
	if (t.target != COMPARE_NONE && take_crosses(t.draft, t.target))
		return error_set(err, ST_USAGE,
				 N_("brackets of the draft span this paragraph and others; "
				    "decide them first, or edit the draft"));
	if (t.target == COMPARE_NONE || t.source == COMPARE_NONE || t.moves)
		return offer_whole(&t, language, e, err);
	/* A text with points of its own goes in as it is; else point by point. */
	if (take_is_plain(&t) && try_offer(&t, language, true, e, &first) == 0)
		return 0;
	return try_offer(&t, language, false, e, err);
}
