/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/digest.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which paragraph became which. Lines that are unique in both texts are anchors
 * (patience), first whole, then without their labels; those out of order have
 * moved. What lies between anchors is aligned by how alike the lines are, as
 * the best sum over all in-order pairings. Large gaps are first cut by equal
 * lines and by words that only one line of each text has. A budget bounds all.
 */

#define DEPTH_MOST  32       /* of anchors within gaps between anchors */
#define GAP_COST    400000   /* steps for one gap */
#define TOTAL_COST  40000000 /* steps for all of them */
#define MOVED_WORDS 3        /* shorter lines are written anew, not moved */
#define MOVED_LIKE  0.7      /* how alike a line must be to have moved and changed */

struct range {
	size_t a0, a1, b0, b1;
	int depth;
};

struct aligning {
	struct diff_side *old, *new;
	struct range *stack;
	size_t n, cap;
	size_t cost;
	struct diff_bag bag; /* the words of old line bag_line */
	size_t bag_line;
};

/* A line of either text, to be sorted by what it is found by. */
struct entry {
	uint64_t key;
	uint32_t line;
	bool new;
};

struct pair {
	uint32_t a, b, votes;
};

void diff_side_init(struct diff_side *s, struct slice text)
{
	size_t cap = 0;

	*s = (struct diff_side){.text = text};
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t next = lf ? (size_t)(lf - text.p) + 1 : text.len, end = next;
		struct label label;

		if (lf)
			end--;
		if (lf && end > at && text.p[end - 1] == '\r')
			end--;
		if (utf8_blanks_at(text.p + at, end - at) < end - at) {
			struct diff_line l = {.begin = at, .end = end, .partner = DIFF_NONE};

			label_read(text.p + at, end - at, &label);
			l.body = at + label.body;
			l.full = digest_quick(text.p + at, end - at);
			l.rest = digest_quick(text.p + l.body, end - l.body);
			MEM_GROW(s->v, s->n, cap);
			s->v[s->n++] = l;
		}
		at = next;
	}
}

void diff_side_release(struct diff_side *s)
{
	free(s->v);
	free(s->words);
}

static void need_words(struct diff_side *s, size_t i)
{
	struct diff_line *l = &s->v[i];

	if (l->has_words)
		return;
	l->has_words = true;
	l->word = (uint32_t)s->n_words;
	if (s->add_words)
		s->add_words(s, i);
	else
		diff_collect_words(slice_make(s->text.p + l->body, l->end - l->body), &s->words,
				   &s->n_words, &s->cap_words);
	l->n_words = (uint32_t)s->n_words - l->word;
}

static bool same_bytes(const struct aligning *s, size_t a, size_t b, bool whole)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	size_t from_x = whole ? x->begin : x->body, from_y = whole ? y->begin : y->body;

	return (whole ? x->full == y->full : x->rest == y->rest) &&
	       slice_equal(slice_make(s->old->text.p + from_x, x->end - from_x),
			   slice_make(s->new->text.p + from_y, y->end - from_y));
}

static void match(struct aligning *s, size_t a, size_t b)
{
	s->old->v[a].partner = (uint32_t)b;
	s->new->v[b].partner = (uint32_t)a;
}

static void match_moved(struct aligning *s, size_t a, size_t b)
{
	match(s, a, b);
	s->old->v[a].moved = s->new->v[b].moved = true;
}

static void push(struct aligning *s, struct range r)
{
	MEM_GROW(s->stack, s->n, s->cap);
	s->stack[s->n++] = r;
}

/* ------ Anchors ------ */

static int by_key(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->new != b->new)
		return a->new ? 1 : -1;
	return (a->line > b->line) - (a->line < b->line);
}

static int by_old(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* Pairs of lines without partners, each unique in its part of its text, by old line. */
static struct pair *unique_pairs(const struct aligning *s, const struct range *r, bool whole,
				 size_t *n)
{
	size_t all = 0, cap = 0;
	struct entry *v = mem_array(NULL, r->a1 - r->a0 + r->b1 - r->b0, sizeof(*v));
	struct pair *pairs = NULL;

	*n = 0;
	for (int new = 0; new < 2; new ++) {
		const struct diff_side *side = new ? s->new : s->old;
		size_t from = new ? r->b0 : r->a0, end = new ? r->b1 : r->a1;

		for (size_t i = from; i < end; i++) {
			const struct diff_line *l = &side->v[i];

			if (l->partner != DIFF_NONE || (!whole && l->body == l->end))
				continue;
			v[all++] = (struct entry){whole ? l->full : l->rest, (uint32_t)i, new};
		}
	}
	qsort(v, all, sizeof(*v), by_key);
	for (size_t i = 0, end; i < all; i = end) {
		for (end = i; end < all && v[end].key == v[i].key; end++)
			;
		if (end - i != 2 || v[i].new || !v[i + 1].new ||
		    !same_bytes(s, v[i].line, v[i + 1].line, whole))
			continue;
		MEM_GROW(pairs, *n, cap);
		pairs[(*n)++] = (struct pair){v[i].line, v[i + 1].line, 0};
	}
	free(v);
	if (*n)
		qsort(pairs, *n, sizeof(*pairs), by_old);
	return pairs;
}

/* Divides the range at the pairs that are in order; returns whether there was one. */
static bool divide(struct aligning *s, const struct range *r, const struct pair *pairs,
		   size_t n, bool moves)
{
	uint32_t *b = mem_array(NULL, n, sizeof(*b));
	unsigned char *keep = mem_array(NULL, n, 1);
	struct range part = *r;
	size_t kept;

	for (size_t i = 0; i < n; i++)
		b[i] = pairs[i].b;
	kept = diff_longest_run(b, n, keep);
	part.depth++;
	for (size_t i = 0; i < n; i++) {
		if (!keep[i]) {
			need_words(s->old, pairs[i].a);
			if (moves && s->old->v[pairs[i].a].n_words >= MOVED_WORDS)
				match_moved(s, pairs[i].a, pairs[i].b);
			continue;
		}
		match(s, pairs[i].a, pairs[i].b);
		part.a1 = pairs[i].a;
		part.b1 = pairs[i].b;
		push(s, part);
		part.a0 = pairs[i].a + 1;
		part.b0 = pairs[i].b + 1;
	}
	part.a1 = r->a1;
	part.b1 = r->b1;
	if (kept)
		push(s, part);
	free(keep);
	free(b);
	return kept > 0;
}

static bool anchor(struct aligning *s, const struct range *r, bool whole)
{
	size_t n;
	struct pair *pairs = unique_pairs(s, r, whole, &n);
	bool divided = n && divide(s, r, pairs, n, true);

	free(pairs);
	return divided;
}

/*
 * Relabelled lines that are unique but for their label, and lie across the
 * anchors: they moved. Those that lie with them are found as anchors later.
 */
static void find_relabelled_moves(struct aligning *s)
{
	struct range all = {0, s->old->n, 0, s->new->n, 0};
	size_t n, next = 0, low = 0;
	struct pair *pairs = unique_pairs(s, &all, false, &n);

	for (size_t i = 0; i < n; i++) {
		size_t high = s->new->n, k;

		/* The anchors around the old line, and what they are in the new text. */
		for (; next < pairs[i].a; next++)
			if (s->old->v[next].partner != DIFF_NONE && !s->old->v[next].moved)
				low = s->old->v[next].partner + 1;
		/* Near ones are enough: what is missed is found by likeness or is deleted. */
		for (k = pairs[i].a + 1; k < s->old->n && k < pairs[i].a + 64; k++) {
			if (s->old->v[k].partner != DIFF_NONE && !s->old->v[k].moved) {
				high = s->old->v[k].partner;
				break;
			}
		}
		if (pairs[i].b >= low && pairs[i].b < high)
			continue;
		need_words(s->old, pairs[i].a);
		if (s->old->v[pairs[i].a].n_words >= MOVED_WORDS)
			match_moved(s, pairs[i].a, pairs[i].b);
	}
	free(pairs);
}

/* ------ Gaps ------ */

/* The lines of a gap without partners, and their words. */
struct gap {
	uint32_t *a, *b;
	size_t n, m;
	size_t cost; /* of comparing each with each */
};

static void open_gap(struct aligning *s, const struct range *r, struct gap *g)
{
	size_t a_words = 0, b_words = 0;

	g->a = mem_array(NULL, r->a1 - r->a0, sizeof(*g->a));
	g->b = mem_array(NULL, r->b1 - r->b0, sizeof(*g->b));
	g->n = g->m = 0;
	for (size_t i = r->a0; i < r->a1; i++) {
		if (s->old->v[i].partner != DIFF_NONE)
			continue;
		need_words(s->old, i);
		a_words += s->old->v[i].n_words;
		g->a[g->n++] = (uint32_t)i;
	}
	for (size_t i = r->b0; i < r->b1; i++) {
		if (s->new->v[i].partner != DIFF_NONE)
			continue;
		need_words(s->new, i);
		b_words += s->new->v[i].n_words;
		g->b[g->m++] = (uint32_t)i;
	}
	g->cost = g->m * (a_words + g->n) + g->n * (b_words + g->m);
}

static void close_gap(struct gap *g)
{
	free(g->a);
	free(g->b);
}

static size_t common_words(struct aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];

	if (s->bag_line != a)
		diff_bag_fill(&s->bag, s->old->words + x->word, x->n_words);
	s->bag_line = a;
	return diff_bag_common(&s->bag, s->new->words + y->word, y->n_words);
}

/* What pairing two lines is worth; 0 where less than a third of them is shared. */
static uint32_t worth(struct aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	size_t common = common_words(s, a, b), both = x->n_words + y->n_words;

	if (6 * common < both || (!both && !same_bytes(s, a, b, false)))
		return 0;
	return (uint32_t)(4 * common + 1 + same_bytes(s, a, b, false) * 2 +
			  same_bytes(s, a, b, true));
}

/*
 * What the best in-order pairing could be worth at most, where a line with any but its own
 * is taken to share all its words, and one more: worths[i] is what line i with line i is worth.
 */
static uint64_t most_worth(const struct aligning *s, const struct gap *g,
			   const uint32_t *worths)
{
	uint64_t *best = mem_zalloc((g->m + 1) * sizeof(*best)), most;

	for (size_t i = 0; i < g->n; i++) {
		uint64_t n = s->old->v[g->a[i]].n_words, before = 0, above;

		for (size_t j = 0; j < g->m; j++) {
			uint64_t m = s->new->v[g->b[j]].n_words;
			uint64_t w = before + (i == j ? worths[i] : 4 * (n < m ? n : m) + 5);

			above = before = best[j + 1];
			if (w > above)
				above = w;
			best[j + 1] = above > best[j] ? above : best[j];
		}
	}
	most = best[g->m];
	free(best);
	return most;
}

/* Pairs the lines of a gap one by one, where that is seen to be worth most without comparing
 * each line with each: so it is in most gaps. */
static bool pair_each(struct aligning *s, const struct gap *g)
{
	uint32_t *worths;
	uint64_t sum = 0;
	bool each;

	if (g->n != g->m)
		return false;
	worths = mem_array(NULL, g->n, sizeof(*worths));
	for (size_t i = 0; i < g->n; i++) {
		worths[i] = worth(s, g->a[i], g->b[i]);
		sum += worths[i];
	}
	each = sum == most_worth(s, g, worths);
	for (size_t i = 0; each && i < g->n; i++)
		if (worths[i])
			match(s, g->a[i], g->b[i]);
	free(worths);
	return each;
}

/* The in-order pairing of a gap's lines that is worth most. */
static void pair_by_likeness(struct aligning *s, const struct gap *g)
{
	size_t width = g->m + 1;
	uint32_t *best = mem_zalloc((g->n + 1) * width * sizeof(*best));
	uint32_t *worths = mem_array(NULL, g->n * g->m, sizeof(*worths));

	s->cost += g->cost;
	/* From the end, so that walking forward finds the pairs. */
	for (size_t i = g->n; i-- > 0;) {
		for (size_t j = g->m; j-- > 0;) {
			uint32_t w = worth(s, g->a[i], g->b[j]);
			uint32_t most = best[(i + 1) * width + j];

			if (best[i * width + j + 1] > most)
				most = best[i * width + j + 1];
			if (w && best[(i + 1) * width + j + 1] + w > most)
				most = best[(i + 1) * width + j + 1] + w;
			best[i * width + j] = most;
			worths[i * g->m + j] = w;
		}
	}
	for (size_t i = 0, j = 0; i < g->n && j < g->m;) {
		uint32_t w = worths[i * g->m + j], here = best[i * width + j];

		if (w && best[(i + 1) * width + j + 1] + w == here) {
			match(s, g->a[i], g->b[j]);
			i++;
			j++;
		} else if (best[(i + 1) * width + j] == here) {
			i++;
		} else {
			j++;
		}
	}
	free(worths);
	free(best);
}

/* Numbers the gap's lines, equal ones alike, into a and b; returns how many there are. */
static uint32_t number_lines(const struct aligning *s, const struct gap *g, uint32_t *a,
			     uint32_t *b)
{
	struct entry *v = mem_array(NULL, g->n + g->m, sizeof(*v));
	uint32_t number = 0;

	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct entry){s->old->v[g->a[i]].rest, (uint32_t)i, false};
	for (size_t i = 0; i < g->m; i++)
		v[g->n + i] = (struct entry){s->new->v[g->b[i]].rest, (uint32_t)i, true};
	qsort(v, g->n + g->m, sizeof(*v), by_key);
	for (size_t i = 0; i < g->n + g->m; i++) {
		number += i && v[i].key != v[i - 1].key;
		*(v[i].new ? &b[v[i].line] : &a[v[i].line]) = number;
	}
	free(v);
	return number + 1;
}

/* Equal lines in order, unique or not. Returns whether any were found. */
static bool pair_equals(struct aligning *s, const struct gap *g)
{
	uint32_t *a = mem_array(NULL, g->n, sizeof(*a)), *b = mem_array(NULL, g->m, sizeof(*b));
	unsigned char *a_changed = mem_array(NULL, g->n, 1);
	unsigned char *b_changed = mem_array(NULL, g->m, 1);
	bool found = false;

	uint32_t bound = number_lines(s, g, a, b);
	diff_sequences(a, g->n, b, g->m, bound, a_changed, b_changed);
	for (size_t i = 0, j = 0; i < g->n && j < g->m;) {
		if (a_changed[i]) {
			i++;
		} else if (b_changed[j]) {
			j++;
		} else {
			if (same_bytes(s, g->a[i], g->b[j], false)) {
				match(s, g->a[i], g->b[j]);
				found = true;
			}
			i++;
			j++;
		}
	}
	free(b_changed);
	free(a_changed);
	free(b);
	free(a);
	return found;
}

#define MANY (DIFF_NONE - 1)

/* A word, and the line of each text that has it: DIFF_NONE, one, or MANY. */
struct word {
	uint32_t hash, a, b;
	bool used;
};

struct words {
	struct word *v;
	size_t size;
};

static void note_words(struct words *w, const struct diff_side *side, uint32_t line, bool new)
{
	const struct diff_line *l = &side->v[line];

	for (uint32_t i = 0; i < l->n_words; i++) {
		uint32_t hash = side->words[l->word + i];
		size_t at = hash & (w->size - 1);

		while (w->v[at].used && w->v[at].hash != hash)
			at = (at + 1) & (w->size - 1);
		struct word *x = &w->v[at];
		if (!x->used)
			*x = (struct word){hash, DIFF_NONE, DIFF_NONE, true};
		uint32_t *place = new ? &x->b : &x->a;
		*place = *place == DIFF_NONE || *place == line ? line : MANY;
	}
}

static int by_votes(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->votes != b->votes)
		return a->votes > b->votes ? -1 : 1;
	return by_old(x, y);
}

/* Pairs of lines that share words which no other line of the gap has, most of them first. */
static struct pair *vote(const struct aligning *s, const struct gap *g, size_t *n)
{
	struct words w = {.size = 64};
	struct pair *pairs = NULL;
	size_t all = 0, cap = 0, count = 0;

	for (size_t i = 0; i < g->n; i++)
		all += s->old->v[g->a[i]].n_words;
	for (size_t i = 0; i < g->m; i++)
		all += s->new->v[g->b[i]].n_words;
	while (w.size < all * 2)
		w.size *= 2;
	w.v = mem_zalloc(w.size * sizeof(*w.v));
	for (size_t i = 0; i < g->n; i++)
		note_words(&w, s->old, g->a[i], false);
	for (size_t i = 0; i < g->m; i++)
		note_words(&w, s->new, g->b[i], true);
	for (size_t i = 0; i < w.size; i++) {
		if (!w.v[i].used || w.v[i].a >= MANY || w.v[i].b >= MANY)
			continue;
		MEM_GROW(pairs, count, cap);
		pairs[count++] = (struct pair){w.v[i].a, w.v[i].b, 1};
	}
	free(w.v);
	if (count)
		qsort(pairs, count, sizeof(*pairs), by_old);
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		if (*n && pairs[*n - 1].a == pairs[i].a && pairs[*n - 1].b == pairs[i].b)
			pairs[*n - 1].votes++;
		else
			pairs[(*n)++] = pairs[i];
	}
	if (*n)
		qsort(pairs, *n, sizeof(*pairs), by_votes);
	return pairs;
}

static double likeness(struct aligning *s, size_t a, size_t b)
{
	size_t both = s->old->v[a].n_words + s->new->v[b].n_words;

	return both ? 2.0 * (double)common_words(s, a, b) / (double)both : 1;
}

/* Keeps the pairs of which neither line is in a better one; by old line. */
static size_t keep_best(struct aligning *s, struct pair *pairs, size_t n, double least)
{
	unsigned char *a = mem_zalloc(s->old->n), *b = mem_zalloc(s->new->n);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (a[pairs[i].a] || b[pairs[i].b] ||
		    likeness(s, pairs[i].a, pairs[i].b) < least)
			continue;
		a[pairs[i].a] = b[pairs[i].b] = 1;
		pairs[kept++] = pairs[i];
	}
	free(b);
	free(a);
	if (kept)
		qsort(pairs, kept, sizeof(*pairs), by_old);
	return kept;
}

#define SAMPLE_LOG  14 /* far more than a line's words */
#define SAMPLE_BITS (1 << SAMPLE_LOG)

/* The next space, or end. */
static const char *next_space(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101ULL;

	/* Eight bytes at a time. The lowest bit that is set is of the first space; where bytes
	 * stand the other way round, it is one of the eight. */
	for (; end - p >= 8; p += 8) {
		uint64_t w, zero;

		memcpy(&w, p, 8);
		w ^= ones * ' ';
		zero = (w - ones) & ~w & ones << 7;
		if (!zero)
			continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		return p + __builtin_ctzll(zero) / 8;
#else
		break;
#endif
	}
	while (p < end && *p != ' ')
		p++;
	return p;
}

/* Where the next word begins, as far as ASCII blanks tell; end: there is none. */
static const char *next_word(const char *p, const char *end)
{
	p = next_space(p, end);
	while (p < end && *p == ' ')
		p++;
	return end - p >= 4 ? p : end;
}

static uint32_t sample(const char *p)
{
	uint32_t w;

	memcpy(&w, p, sizeof(w));
	return w * 0x9E3779B1U >> (32 - SAMPLE_LOG);
}

/* Whether nearly all words of one begin as words of the other do, and it has as many. */
static bool shares_words(const char *p, const char *p_end, const char *q, const char *q_end)
{
	uint64_t seen[SAMPLE_BITS / 64] = {0};
	size_t n = 0, m = 0, hits = 0;

	for (; (p = next_word(p, p_end)) < p_end; n++)
		seen[sample(p) / 64] |= UINT64_C(1) << sample(p) % 64;
	for (; (q = next_word(q, q_end)) < q_end; m++)
		hits += seen[sample(q) / 64] >> sample(q) % 64 & 1;
	return n >= 8 && n < SAMPLE_BITS / 32 && 8 * m >= 7 * n && 8 * n >= 7 * m &&
	       4 * hits > 3 * m;
}

/* Whether it can be seen without counting words that two lines are alike. */
static bool is_obvious(const struct aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	const char *p = s->old->text.p + x->body, *q = s->new->text.p + y->body;
	size_t n = x->end - x->body, m = y->end - y->body, least = n < m ? n : m, head = 0,
	       tail = 0;

	while (head < least && p[head] == q[head])
		head++;
	while (tail < least - head && p[n - 1 - tail] == q[m - 1 - tail])
		tail++;
	return (least > 20 && 4 * (head + tail) > 3 * (n > m ? n : m)) ||
	       shares_words(p, p + n, q, q + m);
}

/* As many lines in as out: those that are nearly what they were are paired as they stand, and
 * what is left between them comes back as gaps of their own. Whether there were any. */
static bool pair_obvious(struct aligning *s, const struct range *r)
{
	size_t n = r->a1 - r->a0, from = 0, found = 0;

	if (n != r->b1 - r->b0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s->old->v[r->a0 + i].partner != DIFF_NONE ||
		    s->new->v[r->b0 + i].partner != DIFF_NONE)
			return false;
	for (size_t i = 0; i <= n; i++) {
		if (i < n && !is_obvious(s, r->a0 + i, r->b0 + i))
			continue;
		if (i < n)
			match(s, r->a0 + i, r->b0 + i);
		found += i < n;
		if (i > from && found)
			push(s, (struct range){r->a0 + from, r->a0 + i, r->b0 + from, r->b0 + i,
					       r->depth});
		from = i + 1;
	}
	return found > 0;
}

static void fill_gap(struct aligning *s, const struct range *r)
{
	struct gap g;

	if (pair_obvious(s, r))
		return;
	open_gap(s, r, &g);
	if (!g.n || !g.m || s->cost > TOTAL_COST) {
		close_gap(&g);
		return;
	}
	if (g.cost <= GAP_COST) {
		if (!pair_each(s, &g))
			pair_by_likeness(s, &g);
		close_gap(&g);
		return;
	}
	/* Too large: cut it first. The parts come back here, with one depth less to go. */
	bool cut = false;
	s->cost += g.n + g.m;
	if (r->depth < 2 * DEPTH_MOST) {
		size_t n;
		struct pair *pairs = vote(s, &g, &n);

		n = keep_best(s, pairs, n, 0.5);
		cut = n && divide(s, r, pairs, n, false);
		free(pairs);
	}
	if (!cut && pair_equals(s, &g)) {
		struct range part = {r->a0, r->a0, r->b0, r->b0, 2 * DEPTH_MOST};

		for (size_t i = r->a0; i <= r->a1; i++) {
			const struct diff_line *l = i < r->a1 ? &s->old->v[i] : NULL;

			if (l && (l->partner == DIFF_NONE || l->moved))
				continue;
			part.a1 = i;
			part.b1 = l ? l->partner : r->b1;
			if (part.a1 > part.a0 && part.b1 > part.b0)
				push(s, part);
			part.a0 = i + 1;
			part.b0 = part.b1 + 1;
		}
	}
	close_gap(&g);
}

static void align_range(struct aligning *s, struct range r)
{
	while (r.a0 < r.a1 && r.b0 < r.b1 && s->old->v[r.a0].partner == DIFF_NONE &&
	       s->new->v[r.b0].partner == DIFF_NONE &&same_bytes(s, r.a0, r.b0, true))
		match(s, r.a0++, r.b0++);
	while (r.a0 < r.a1 && r.b0 < r.b1 && s->old->v[r.a1 - 1].partner == DIFF_NONE &&
	       s->new->v[r.b1 - 1].partner ==
		       DIFF_NONE &&same_bytes(s, r.a1 - 1, r.b1 - 1, true)) {
		r.a1--;
		r.b1--;
		match(s, r.a1, r.b1);
	}
	if (r.a0 == r.a1 || r.b0 == r.b1)
		return;
	if (r.depth < DEPTH_MOST && (anchor(s, &r, true) || anchor(s, &r, false)))
		return;
	fill_gap(s, &r);
}

/* Lines still without partners that are alike enough to have moved and changed. */
static void find_changed_moves(struct aligning *s)
{
	struct range all = {0, s->old->n, 0, s->new->n, 0};
	struct gap g;
	size_t n;

	open_gap(s, &all, &g);
	struct pair *pairs = vote(s, &g, &n);
	n = keep_best(s, pairs, n, MOVED_LIKE);
	for (size_t i = 0; i < n; i++)
		if (s->old->v[pairs[i].a].n_words >= 2 * MOVED_WORDS)
			match_moved(s, pairs[i].a, pairs[i].b);
	free(pairs);
	close_gap(&g);
}

void diff_align(struct diff_side *old, struct diff_side *new)
{
	struct aligning s = {.old = old, .new = new, .bag_line = SIZE_MAX};
	bool first = true;

	push(&s, (struct range){0, old->n, 0, new->n, 0});
	while (s.n) {
		align_range(&s, s.stack[--s.n]);
		if (first)
			find_relabelled_moves(&s);
		first = false;
	}
	find_changed_moves(&s);
	free(s.stack);
	diff_bag_release(&s.bag);
}
