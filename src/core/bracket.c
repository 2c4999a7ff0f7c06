/* SPDX-License-Identifier: MIT */
#include "core/bracket.h"

#include "bracket_impl.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* All steps after the scan. */
static void finish(struct reading *r)
{
	assert(r->n_tokens < BRACKET_NONE);
	pair_finish(r);
	offer_read(r);
	point_read(r);
	if (!r->only_counted)
		hash_read(r);
	free(r->tokens);
	free(r->local);
	free(r->cross);
	free(r->stray);
	free(r->after);
}

static void read_all(struct reading *r)
{
	assert(r->text.len < UINT32_MAX);
	memset(r->out, 0, sizeof(*r->out));
	names_read(r);
	scan_read(r);
	if (names_forget_unread(r)) {
		r->n_tokens = r->n_cross = r->n_lone = r->out->n_unread = 0;
		scan_read(r);
	}
	finish(r);
	r->out->names = names_keep(r);
	names_release(&r->notes);
	names_release(&r->labels);
}

void brackets_read(struct brackets *b, struct slice draft, const struct parties *parties)
{
	struct reading r = {.text = draft, .to = draft.len, .parties = parties, .out = b};

	read_all(&r);
}

size_t brackets_count(struct slice draft, const struct parties *parties)
{
	struct brackets b = {0};
	struct reading r = {.text = draft,
			    .to = draft.len,
			    .parties = parties,
			    .only_counted = true,
			    .out = &b};
	size_t n;

	read_all(&r);
	n = b.n_points;
	brackets_release(&b);
	return n;
}

void brackets_read_lines(struct brackets *b, struct slice draft, size_t from, size_t to,
			 const struct parties *parties, const struct bracket_names *names)
{
	struct reading r = {
		.text = draft, .from = from, .to = to, .parties = parties, .out = b};

	memset(b, 0, sizeof(*b));
	if (names) {
		r.notes = names->notes;
		r.labels = names->labels;
	}
	scan_read(&r);
	finish(&r);
}

void brackets_release(struct brackets *b)
{
	names_free(b->names);
	free(b->v);
	free(b->points);
	free(b->options);
	free(b->point_options);
	free(b->parties);
	free(b->problems);
	free(b->skipped);
	free(b->unread);
	memset(b, 0, sizeof(*b));
}

const struct option *point_option(const struct brackets *b, const struct point *p, size_t k)
{
	assert(k < p->n_options);
	return &b->options[b->point_options[p->option + k]];
}

bool option_lists(const struct brackets *b, const struct option *o, uint16_t party)
{
	for (uint32_t i = 0; i < o->n_parties; i++)
		if (b->parties[o->party + i] == party)
			return true;
	return false;
}

size_t point_begin(const struct brackets *b, const struct point *p)
{
	return b->v[p->bracket].begin;
}

size_t point_end(const struct brackets *b, const struct point *p)
{
	return b->v[p->last].end;
}

struct slice point_id(const struct brackets *b, const struct point *p, struct slice draft)
{
	const struct bracket *last = &b->v[p->last];

	return slice_make(draft.p + last->id, last->id_end - last->id);
}

/* How many points begin before pos. */
static size_t points_before(const struct brackets *b, size_t pos)
{
	size_t i;

	SORTED_SKIP(i, b->n_points, point_begin(b, &b->points[i]) < pos);
	return i;
}

uint32_t brackets_point_at(const struct brackets *b, size_t pos)
{
	size_t n = points_before(b, pos + 1);
	uint32_t i = n ? (uint32_t)n - 1 : BRACKET_NONE;

	/* Whatever holds pos holds the last point that begins before it, or is it. */
	while (i != BRACKET_NONE && point_end(b, &b->points[i]) <= pos)
		i = b->points[i].parent;
	return i;
}

uint32_t brackets_point_from(const struct brackets *b, size_t pos)
{
	size_t n = points_before(b, pos);

	return n < b->n_points ? (uint32_t)n : BRACKET_NONE;
}

uint32_t brackets_by_id(const struct brackets *b, struct slice draft, struct slice id)
{
	for (uint32_t i = 0; id.len && i < b->n_points; i++)
		if (slice_equal(point_id(b, &b->points[i], draft), id))
			return i;
	return BRACKET_NONE;
}

#define FIRST_FROM(list, count, pos, result)                                                   \
	do {                                                                                   \
		size_t low_ = 0, high_ = (count);                                              \
		while (low_ < high_) {                                                         \
			size_t mid_ = low_ + (high_ - low_) / 2;                               \
			if ((list)[mid_].begin < (pos))                                        \
				low_ = mid_ + 1;                                               \
			else                                                                   \
				high_ = mid_;                                                  \
		}                                                                              \
		(result) = low_;                                                               \
	} while (0)

size_t brackets_from(const struct brackets *b, size_t pos)
{
	size_t i;

	FIRST_FROM(b->v, b->n, pos, i);
	return i;
}

size_t brackets_skipped_from(const struct brackets *b, size_t pos)
{
	size_t i;

	FIRST_FROM(b->skipped, b->n_skipped, pos, i);
	return i;
}

size_t brackets_unread_from(const struct brackets *b, size_t pos)
{
	size_t i;

	FIRST_FROM(b->unread, b->n_unread, pos, i);
	return i;
}

uint32_t brackets_depth_at(const struct brackets *b, size_t pos)
{
	size_t n = brackets_from(b, pos + 1);
	uint32_t i = n ? (uint32_t)n - 1 : BRACKET_NONE;

	while (i != BRACKET_NONE && b->v[i].close <= pos)
		i = b->v[i].parent;
	return i == BRACKET_NONE ? 0 : b->v[i].depth;
}

bool brackets_is_unread(const struct brackets *b, size_t pos)
{
	size_t i = brackets_unread_from(b, pos + 1);

	return i && pos < b->unread[i - 1].end;
}

/* ---- linked points ---- */

/* Whether two points offer the same wordings, parties and ids aside. */
static bool are_linked(const struct brackets *b, struct slice draft, uint32_t one,
		       uint32_t other)
{
	const struct point *p = &b->points[one], *q = &b->points[other];
	struct str x = STR_INIT, y = STR_INIT;
	bool equal = p->n_options && p->n_options == q->n_options && p->hash == q->hash;

	for (uint32_t k = 0; equal && k < p->n_options; k++) {
		const struct option *s = point_option(b, p, k), *t = point_option(b, q, k);
		str_clear(&x);
		str_clear(&y);
		brackets_wording(b, draft, s->begin, s->end, &x);
		brackets_wording(b, draft, t->begin, t->end, &y);
		equal = slice_equal(str_slice(&x), str_slice(&y));
	}
	str_release(&x);
	str_release(&y);
	return equal;
}

size_t brackets_linked_points(const struct brackets *b, struct slice draft, uint32_t one,
			      uint32_t **list)
{
	size_t n = 0, cap = 0;

	*list = NULL;
	for (uint32_t i = 0; i < b->n_points; i++) {
		if (i == one || !are_linked(b, draft, one, i))
			continue;
		MEM_GROW(*list, n, cap);
		(*list)[n++] = i;
	}
	return n;
}

/* ---- wordings ---- */

/* Stretches to leave out, sorted. */
struct cuts {
	struct unread *v;
	size_t n, cap;
};

static void add_cut(struct cuts *c, size_t begin, size_t end)
{
	if (begin >= end)
		return;
	MEM_GROW(c->v, c->n, c->cap);
	c->v[c->n].begin = begin;
	c->v[c->n++].end = end;
}

static int compare_cuts(const void *a, const void *b)
{
	const struct unread *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Where the stretch ends without blanks and line ends. */
static size_t trimmed_end(const char *p, size_t begin, size_t end)
{
	size_t n = 1;

	while (end > begin && n) {
		n = p[end - 1] == '\n' || p[end - 1] == '\r'
			    ? 1
			    : utf8_blank_before(p + begin, end - begin);
		end -= n;
	}
	return end;
}

/* The parties of words for no text: up to the colon, or from the dash or parenthesis on. */
static void cut_no_text_parties(struct cuts *c, const char *p, size_t begin, size_t end)
{
	size_t at = begin, n;

	while (at < end && p[at] != ':' &&
	       !(end - at >= 3 && !memcmp(p + at, "\xEF\xBC\x9A", 3)))
		at++;
	if (at < end) {
		at += p[at] == ':' ? 1 : 3;
		while (at < end && (n = utf8_blank_at(p + at, end - at)))
			at += n;
		add_cut(c, begin, at);
		return;
	}
	for (at = end; at > begin; at--)
		if (p[at - 1] == '(' ||
		    (end - at >= 2 && !memcmp(p + at - 1, "\xE2\x80\x93", 3)))
			break;
	if (at > begin)
		add_cut(c, trimmed_end(p, begin, at - 1), end);
}

/* An option's own parties: before its text, or behind it. */
static void cut_parties(struct cuts *c, const char *p, const struct option *o)
{
	/* The blanks before a separator are not the parties'. */
	const size_t part_end = trimmed_end(p, o->part, o->part_end);
	const size_t end = o->no_text ? part_end : o->begin;
	size_t begin = o->part, n;

	while (begin < end && ((n = utf8_blank_at(p + begin, end - begin)) ||
			       p[begin] == '\n' || p[begin] == '\r'))
		begin += n ? n : 1;
	if (o->no_text)
		cut_no_text_parties(c, p, begin, part_end);
	else if (begin < o->begin)
		add_cut(c, begin, o->begin);
	else
		add_cut(c, o->end, part_end);
}

static void find_cuts(const struct brackets *b, struct slice draft, size_t begin, size_t end,
		      bool only_ids, struct cuts *c)
{
	for (size_t i = brackets_from(b, begin); i < b->n && b->v[i].begin < end; i++) {
		const struct bracket *v = &b->v[i];
		if (only_ids) {
			if (v->id != v->id_end && v->id_end < end)
				add_cut(c, v->id - 2, v->id_end + 1);
			continue;
		}
		add_cut(c, v->close, v->end < end ? v->end : end);
		for (uint32_t k = 0; k < v->n_options; k++) {
			const struct option *o = &b->options[v->option + k];
			if (o->own_parties && !o->trailing)
				cut_parties(c, draft.p, o);
		}
	}
	/* Out of order are only those of brackets in brackets. */
	for (size_t i = 1; i < c->n; i++)
		if (c->v[i].begin < c->v[i - 1].begin) {
			qsort(c->v, c->n, sizeof(*c->v), compare_cuts);
			break;
		}
}

/* What a blank begins with. */
static const bool may_be_blank[256] = {
	[' '] = true, ['\t'] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true,
};

/* Whether the character there stays as it is: no blank, or one space alone. */
static bool stays(const char *p, size_t len)
{
	if (!may_be_blank[(unsigned char)*p])
		return true;
	return *p == ' ' ? len > 1 && !may_be_blank[(unsigned char)p[1]]
			 : !utf8_blank_at(p, len);
}

static void add_normal(struct str *out, size_t from, const char *p, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_blank_at(p + i, len - i);
		if (n) {
			if (out->len > from && out->p[out->len - 1] != ' ')
				str_add_char(out, ' ');
			continue;
		}
		do
			n++;
		while (i + n < len && stays(p + i + n, len - i - n));
		str_add(out, p + i, n);
	}
}

void brackets_wording(const struct brackets *b, struct slice draft, size_t begin, size_t end,
		      struct str *out)
{
	struct cuts c = {NULL, 0, 0};
	size_t at = begin, from = out->len;

	find_cuts(b, draft, begin, end, false, &c);
	for (size_t i = 0; i < c.n; i++) {
		if (c.v[i].begin > at)
			add_normal(out, from, draft.p + at, c.v[i].begin - at);
		if (c.v[i].end > at)
			at = c.v[i].end;
	}
	if (at < end)
		add_normal(out, from, draft.p + at, end - at);
	if (out->len > from && out->p[out->len - 1] == ' ')
		out->len--;
	free(c.v);
}

void brackets_without_ids(const struct brackets *b, struct slice draft, size_t begin,
			  size_t end, struct str *out)
{
	struct cuts c = {NULL, 0, 0};
	size_t at = begin;

	find_cuts(b, draft, begin, end, true, &c);
	for (size_t i = 0; i < c.n; i++) {
		str_add(out, draft.p + at, c.v[i].begin - at);
		at = c.v[i].end;
	}
	if (at < end)
		str_add(out, draft.p + at, end - at);
	free(c.v);
}

/* ---- words ---- */

const char *bracket_kind_word(enum bracket_kind kind)
{
	static const char *const words[] = {"optional", "alternatives", "placeholder", "block"};

	return words[kind];
}

const char *bracket_joint_word(enum bracket_joint joint)
{
	static const char *const words[] = {"single", "tight", "slash", "word", "space"};

	return words[joint];
}

const char *skip_class_word(enum skip_class c)
{
	static const char *const words[] = {"bookmark",  "footnote", "link",
					    "editorial", "citation", "number"};

	return words[c];
}

const char *bracket_problem_word(enum bracket_problem_kind kind)
{
	return kind == PROBLEM_UNCLOSED ? "unclosed" : "unopened";
}
