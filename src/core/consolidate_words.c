/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"

#include <stddef.h>
#include <stdlib.h>

/*
 * Where the wordings of a paragraph differ from its reference. Each wording gives
 * hunks; a hunk grows until it begins and ends at a word and the blanks around it
 * are shared; what overlaps, of whatever wording, is one region: one point.
 */

static struct slice bytes_of(const struct input *in, const struct piece *p)
{
	return slice_make(in->text.p + p->begin, p->end - p->begin);
}

static int by_place(const void *p, const void *q)
{
	const struct region *x = p, *y = q;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

#define FEW 64 /* regions that are sorted by putting one after the other in its place */

static void sort_regions(struct region *v, size_t n)
{
	if (n > FEW) {
		qsort(v, n, sizeof(*v), by_place);
		return;
	}
	for (size_t i = 1, k; i < n; i++) {
		struct region one = v[i];

		for (k = i; k && by_place(&v[k - 1], &one) > 0; k--)
			v[k] = v[k - 1];
		if (k < i)
			v[k] = one;
	}
}

/* x stands before y. Touching ones stay apart, but for what is put beside a word that others
 * replace: "one" and "at least one" and "two" are of one point. */
static bool overlap(const struct region *x, const struct region *y)
{
	if (y->a < x->b || (x->a == y->a && x->b == y->b))
		return true;
	return (x->a == x->b && x->b == y->a && y->replaces) ||
	       (y->a == y->b && x->b == y->a && x->replaces);
}

/* Sorts the regions and joins those that overlap; of[0].c has each one's old index meanwhile.
 */
static void join_regions(struct regions *r)
{
	size_t *map, n = 0;

	if (!r->n)
		return;
	map = mem_array(NULL, r->n, sizeof(*map));
	for (size_t i = 0; i < r->n; i++)
		r->v[i].of = &r->spans[i * r->n_variants];
	for (size_t i = 0; i < r->n; i++)
		r->v[i].of[0].c = i;
	sort_regions(r->v, r->n);
	for (size_t i = 0; i < r->n; i++) {
		size_t was = r->v[i].of[0].c;

		if (n && overlap(&r->v[n - 1], &r->v[i])) {
			if (r->v[i].b > r->v[n - 1].b)
				r->v[n - 1].b = r->v[i].b;
			r->v[n - 1].id = r->v[n - 1].id || r->v[i].id;
			r->v[n - 1].replaces = r->v[n - 1].replaces || r->v[i].replaces;
		} else {
			r->v[n++] = r->v[i];
		}
		map[was] = n - 1;
	}
	r->n = n;
	for (size_t i = 0; i < r->n_hunks; i++)
		r->hunks[i].region = map[r->hunks[i].region];
	free(map);
}

/* What each variant has in each region. */
static void place_spans(struct regions *r)
{
	size_t h = 0;

	for (size_t i = 0; i < r->n; i++)
		r->v[i].of = &r->spans[i * r->n_variants];
	/* The hunks are by variant, then in order: so are their regions. */
	for (size_t k = 0; k < r->n_variants; k++) {
		ptrdiff_t off = 0;

		for (size_t i = 0; i < r->n; i++) {
			struct region *x = &r->v[i];

			x->of[k].c = (size_t)((ptrdiff_t)x->a + off);
			for (; h < r->n_hunks && r->hunks[h].variant == k &&
			       r->hunks[h].region == i;
			     h++)
				off = (ptrdiff_t)r->hunks[h].d - (ptrdiff_t)r->hunks[h].b;
			x->of[k].d = (size_t)((ptrdiff_t)x->b + off);
		}
	}
}

/* One wording in a region: pieces [c, d) of a text, for -1 the reference. */
struct side {
	const struct input *in;
	const struct piece *v;
	size_t n, c, d;
};

static struct side side_of(const struct regions *r, const struct region *x, size_t k)
{
	if (k == r->n_variants)
		return (struct side){r->in, r->ref, r->n_ref, x->a, x->b};
	return (struct side){r->variants[k].in, r->variants[k].v, r->variants[k].n, x->of[k].c,
			     x->of[k].d};
}

static bool starts_with(struct slice s, const char *const *list)
{
	for (; *list; list++)
		if (slice_starts(s, *list))
			return true;
	return false;
}

static const char *const closers[] = {",",  ".",  ";",  ":",  "!",  "?",  ")",  "]",  "»",
				      "”",  "’",  "…",  "%",  "。", "，", "、", "；", "：",
				      "！", "？", "）", "】", "》", "］", NULL};
static const char *const openers[] = {"(", "[",  "“",  "«",  "‘",  "¿",
				      "¡", "（", "【", "《", "［", NULL};

/* Opening marks belong to what follows, all others to what they stand after. */
static bool is_opening(const struct input *in, const struct piece *p)
{
	static const char *const more[] = {"<", "〈", "{", "#", "「", "『", NULL};
	struct slice s = bytes_of(in, p);

	return p->kind == PIECE_MARK && (starts_with(s, openers) || starts_with(s, more));
}

static bool is_connector(const struct input *in, const struct piece *p)
{
	struct slice s = bytes_of(in, p);

	return p->kind == PIECE_MARK && (slice_is(s, "-") || slice_is(s, "\u2010") ||
					 slice_is(s, "\u2011") || slice_is(s, "/"));
}

/* Whether the word at i hangs with the one across a connector ("vice-president"), and
 * with no other: then both are taken together. */
static bool hangs_left(const struct side *s, size_t i)
{
	return i >= 2 && s->v[i].kind == PIECE_WORD && !s->v[i].blank && !s->v[i - 1].blank &&
	       s->v[i - 2].kind == PIECE_WORD && is_connector(s->in, &s->v[i - 1]) &&
	       (i < 3 || s->v[i - 2].blank || !is_connector(s->in, &s->v[i - 3]));
}

static bool hangs_right(const struct side *s, size_t i)
{
	return i + 2 < s->n && s->v[i].kind == PIECE_WORD && !s->v[i + 1].blank &&
	       !s->v[i + 2].blank && s->v[i + 2].kind == PIECE_WORD &&
	       is_connector(s->in, &s->v[i + 1]) &&
	       (i + 3 >= s->n || s->v[i + 3].blank || !is_connector(s->in, &s->v[i + 3]));
}

/*
 * Whether what comes before is too close for a wording to begin here: it would begin with
 * a mark of the word before ("350[, 353"). Between characters of Chinese a mark stands by
 * itself.
 */
static bool begins_badly(const struct side *s)
{
	const struct piece *first = &s->v[s->c], *before;

	if (s->c == 0 || first->blank)
		return false;
	before = first - 1;
	if (hangs_left(s, s->c))
		return true;
	if (first->kind == PIECE_WHOLE)
		return before->kind == PIECE_WORD || before->kind == PIECE_MARK;
	return first->kind == PIECE_MARK &&
	       (before->kind == PIECE_WORD ||
		(before->kind == PIECE_MARK && !is_opening(s->in, first)));
}

static bool ends_badly(const struct side *s)
{
	if (s->d == s->n || s->v[s->d].blank)
		return false;
	if (hangs_right(s, s->d - 1))
		return true;
	return is_opening(s->in, &s->v[s->d - 1]) && s->v[s->d].kind != PIECE_CHARACTER;
}

/* Whether a blank is left between the neighbours where nothing is taken (core/closing). */
static bool blank_left(const struct regions *r, const struct region *x, bool lead, bool trail)
{
	struct slice before = bytes_of(r->in, &r->ref[x->a - 1]);
	struct slice after = bytes_of(r->in, &r->ref[x->b]);

	if (lead && (trail || starts_with(after, closers)))
		return trail;
	if (trail && !lead && starts_with(before, openers))
		return false;
	return lead || trail;
}

int region_unsettled(const struct regions *r, const struct region *x)
{
	int lead = -1, trail = -1;
	bool inner = x->a > 0 && x->b < r->n_ref;

	for (size_t k = 0; k <= r->n_variants; k++) {
		struct side s = side_of(r, x, k);

		if (s.c == s.d)
			continue;
		/* At an end of its own text, a wording goes with any blank. */
		if (x->a > 0 && s.c > 0) {
			if (begins_badly(&s) || (lead >= 0 && lead != (int)s.v[s.c].blank))
				return 1;
			lead = s.v[s.c].blank;
		}
		if (x->b < r->n_ref && s.d < s.n) {
			if (ends_badly(&s) || (trail >= 0 && trail != (int)s.v[s.d].blank))
				return 2;
			trail = s.v[s.d].blank;
		}
	}
	for (size_t k = 0; inner && k <= r->n_variants; k++) {
		struct side s = side_of(r, x, k);

		if (s.c == s.d && s.d < s.n &&
		    blank_left(r, x, lead > 0, trail > 0) != s.v[s.d].blank)
			return r->ref[x->a - 1].kind == PIECE_POINT ? 2 : 1;
	}
	return 0;
}

static bool grow(const struct regions *r, struct region *x, bool left)
{
	if (left ? x->a == 0 : x->b == r->n_ref)
		left = !left;
	if (left && x->a > 0)
		x->a--;
	else if (!left && x->b < r->n_ref)
		x->b++;
	else
		return false;
	return true;
}

bool pieces_equal(const struct piece *x, size_t n, const struct piece *y, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (x[i].key != y[i].key || (i && x[i].blank != y[i].blank))
			return false;
	return true;
}

/* Lets regions grow until all are settled. */
static void settle(struct regions *r)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = 0; i < r->n; i++) {
			int side = region_unsettled(r, &r->v[i]);

			if (side && grow(r, &r->v[i], side == 1))
				changed = true;
		}
		if (changed) {
			join_regions(r);
			place_spans(r);
		}
	}
}

void regions_find(struct regions *r, struct work *w, const struct input *in,
		  const struct piece *ref, size_t n, const struct variant *variants,
		  size_t n_variants)
{
	*r = (struct regions){.variants = variants,
			      .n_variants = n_variants,
			      .ref = ref,
			      .n_ref = n,
			      .in = in,
			      .merging = w->merging};
	for (size_t k = 0; k < n_variants; k++)
		hunks_find(r, w, &variants[k], k);
	r->n = r->n_hunks;
	r->v = mem_zalloc(r->n * sizeof(*r->v));
	r->spans = mem_zalloc(r->n * n_variants * sizeof(*r->spans));
	for (size_t i = 0; i < r->n; i++) {
		r->v[i].a = r->hunks[i].a;
		r->v[i].b = r->hunks[i].b;
		r->v[i].replaces =
			r->hunks[i].a < r->hunks[i].b && r->hunks[i].c < r->hunks[i].d;
		r->hunks[i].region = i;
	}
	join_regions(r);
	place_spans(r);
	settle(r);
}

bool regions_widen(struct regions *r, size_t k, bool left)
{
	if (!grow(r, &r->v[k], left))
		return false;
	join_regions(r);
	place_spans(r);
	settle(r);
	return true;
}

void regions_release(struct regions *r)
{
	free(r->v);
	free(r->hunks);
	free(r->spans);
	*r = (struct regions){0};
}
