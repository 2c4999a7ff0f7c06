/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/word.h"
#include "diff_impl.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which paragraph of a party is which of the base: core/diff aligns their words;
 * then what was written anew stands for what it took the place of, and what is
 * nowhere else may have moved.
 */

#define HEAD_LEAST 4  /* bytes: a shorter paragraph is the head of too many */
#define HEAD_LOOK  16 /* paragraphs of the base that one of a party is compared with */

/* In a merge a paragraph that one side moved may have been changed by several. */
#define MERGED_LIKE 0.5

/* Where a side's lines come from: units of several texts, or all of one. */
struct side_source {
	struct intern *keys; /* of words; NULL: core/diff reads them */
	const struct side_line *lines;
	struct input *in;
};

static void add_word(struct diff_side *s, uint32_t word)
{
	MEM_GROW(s->words, s->n_words, s->cap_words);
	s->words[s->n_words++] = word;
}

/* A line's words by their keys. */
static void add_unit_words(struct diff_side *s, size_t i)
{
	const struct side_source *from = s->arg;
	struct input *in = from->lines ? from->lines[i].in : from->in;
	struct unit *u = &in->units[from->lines ? from->lines[i].unit : i];
	struct slice canon = {input_aligned(in).p + u->canon_body,
			      u->canon_end - u->canon_body};
	enum token_kind kind;

	for (size_t at = 0, n; at < canon.len; at += n) {
		n = token_diff_at(canon.p + at, canon.len - at, &kind);
		if (kind == TOKEN_WORD || kind == TOKEN_CHARACTER)
			add_word(s, intern_key(from->keys, 'w', slice_make(canon.p + at, n)));
	}
}

/* Units of several texts as the lines of one. */
static void side_make(struct diff_side *s, struct str *text, struct side_source *from, size_t n)
{
	const struct side_line *v = from->lines;

	*s = (struct diff_side){
		.n = n, .add_words = from->keys ? add_unit_words : NULL, .arg = from};
	s->v = mem_array(NULL, n, sizeof(*s->v));
	for (size_t i = 0; i < n; i++) {
		const struct unit *u = &v[i].in->units[v[i].unit];
		const char *p = input_aligned(v[i].in).p;
		struct diff_line l = {.begin = text->len, .partner = DIFF_NONE};

		l.body = l.begin + (u->canon_body - u->canon);
		str_add(text, p + u->canon, u->canon_end - u->canon);
		l.end = text->len;
		l.full = u->hash;
		l.rest = u->body_hash;
		s->v[i] = l;
	}
	s->text = str_slice(text);
}

/* All units of a text, where they stand. */
static void side_of_all(struct diff_side *s, struct side_source *from)
{
	const struct input *in = from->in;

	*s = (struct diff_side){.n = in->n,
				.text = input_aligned(in),
				.add_words = from->keys ? add_unit_words : NULL,
				.arg = from};
	s->v = mem_array(NULL, in->n, sizeof(*s->v));
	for (size_t i = 0; i < in->n; i++) {
		const struct unit *u = &in->units[i];

		s->v[i] = (struct diff_line){.begin = u->canon,
					     .body = u->canon_body,
					     .end = u->canon_end,
					     .full = u->hash,
					     .rest = u->body_hash,
					     .partner = DIFF_NONE};
	}
}

/* partner[j]: which of the old stands for the new j-th, or NONE; moved[j] may be set for it. */
static void align_sides(const struct work *w, struct diff_side *old, struct diff_side *new,
			uint32_t *partner, bool *moved)
{
	uint32_t next = 0;

	for (size_t i = 0; i < old->n; i++) {
		old->v[i].partner = DIFF_NONE;
		old->v[i].moved = false;
	}
	diff_align(old, new, w->merging ? MERGED_LIKE : DIFF_MOVED_LIKE);
	for (size_t j = 0; j < new->n; j++) {
		uint32_t p = new->v[j].partner;

		partner[j] = NONE;
		moved[j] = false;
		if (p == DIFF_NONE)
			continue;
		/* What stayed is in order; whatever were not would have moved. */
		moved[j] = new->v[j].moved || p < next;
		partner[j] = p;
		if (!moved[j])
			next = p + 1;
	}
}

void align_lines(struct work *w, const struct side_line *a, size_t n, const struct side_line *b,
		 size_t m, uint32_t *partner, bool *moved)
{
	struct str x = STR_INIT, y = STR_INIT;
	struct side_source from_a = {w->keys, a, NULL}, from_b = {w->keys, b, NULL};
	struct diff_side old, new;

	side_make(&old, &x, &from_a, n);
	side_make(&new, &y, &from_b, m);
	align_sides(w, &old, &new, partner, moved);
	diff_side_release(&old);
	diff_side_release(&new);
	str_release(&x);
	str_release(&y);
}

static bool alike(const struct input *a, const struct unit *x, const struct input *b,
		  const struct unit *y)
{
	bool mark_x = x->body < a->text.len && a->text.p[x->body] == '#';
	bool mark_y = y->body < b->text.len && b->text.p[y->body] == '#';

	return x->lines == y->lines && mark_x == mark_y;
}

/* Whether a paragraph is another cut short: "decides" for "decides, within its budget,". */
static bool is_head(const struct input *a, const struct unit *x, const struct input *b,
		    const struct unit *y)
{
	const char *p = input_aligned(a).p + x->canon_body;
	const char *q = input_aligned(b).p + y->canon_body;
	size_t n = x->canon_end - x->canon_body, m = y->canon_end - y->canon_body;
	enum token_kind kind;

	if (n > m)
		return is_head(b, y, a, x);
	if (n < HEAD_LEAST || n == m || memcmp(p, q, n) != 0)
		return false;
	token_diff_at(q + n, m - n, &kind);
	return kind == TOKEN_MARK || kind == TOKEN_BLANK;
}

/* The base's units [i, i_end) and a party's [j, j_end), of which none has a partner but those
 * that moved. */
struct place {
	size_t i, i_end, j, j_end;
};

struct rewriting {
	const struct input *base;
	struct input *in;
	struct aligned *al;
	const bool *moved_from; /* by the base's unit */
	bool merging;
};

static void rewrite(const struct rewriting *r, size_t i, size_t j)
{
	r->al->partner[j] = (uint32_t)i;
	r->al->rewritten[j] = true;
}

/* The first of a place that is the head of another; false: there is none. */
static bool find_head(const struct rewriting *r, const struct place *p, size_t *i, size_t *j)
{
	for (size_t k = p->j; k < p->j_end; k++) {
		for (size_t at = p->i; at < p->i_end && at < p->i + HEAD_LOOK; at++) {
			const struct unit *x = &r->base->units[at], *y = &r->in->units[k];

			if (r->in->moved[k] || r->moved_from[at] ||
			    !alike(r->base, x, r->in, y) || !is_head(r->base, x, r->in, y))
				continue;
			*i = at;
			*j = k;
			return true;
		}
	}
	return false;
}

/* As many paragraphs in as out are rewritten, however little they have in common. */
static void pair_as_many(const struct rewriting *r, const struct place *p)
{
	size_t olds = 0, news = 0, at = p->i;

	for (size_t k = p->i; k < p->i_end; k++)
		olds += !r->moved_from[k];
	for (size_t k = p->j; k < p->j_end; k++)
		news += !r->in->moved[k];
	for (size_t k = p->j; olds == news && k < p->j_end; k++) {
		if (r->in->moved[k])
			continue;
		while (r->moved_from[at])
			at++;
		if (alike(r->base, &r->base->units[at], r->in, &r->in->units[k]))
			rewrite(r, at, k);
		at++;
	}
}

/* What stands after the same as what is out is that rewritten, one by one. Then it does not
 * matter how many others there are: where one side takes some out that another keeps, the rest
 * is what it was. */
static void pair_in_order(const struct rewriting *r, const struct place *p)
{
	for (size_t i = p->i, j = p->j; i < p->i_end && j < p->j_end; i++, j++) {
		if (r->moved_from[i] || r->in->moved[j])
			break;
		if (alike(r->base, &r->base->units[i], r->in, &r->in->units[j]))
			rewrite(r, i, j);
	}
}

static void pair_place(const struct rewriting *r, const struct place *p)
{
	if (r->merging)
		pair_in_order(r, p);
	else
		pair_as_many(r, p);
}

/* What became what where no words tell: what was cut short or made longer first. */
static void pair_rewritten(const struct rewriting *r)
{
	struct place p = {0, 0, 0, 0};

	while (p.j < r->in->n || p.i < r->base->n) {
		size_t i, j;

		p.j_end = p.j;
		while (p.j_end < r->in->n &&
		       (r->al->partner[p.j_end] == NONE || r->in->moved[p.j_end]))
			p.j_end++;
		p.i_end = p.j_end < r->in->n ? r->al->partner[p.j_end] : r->base->n;
		while (find_head(r, &p, &i, &j)) {
			rewrite(r, i, j);
			pair_place(r, &(struct place){p.i, i, p.j, j});
			p.i = i + 1;
			p.j = j + 1;
		}
		pair_place(r, &p);
		p.i = p.i_end + 1;
		p.j = p.j_end + 1;
	}
}

/* Numbers the shapes of both texts, equal ones alike; returns how many there are. */
static uint32_t number_shapes(const uint64_t *a, size_t n, const uint64_t *b, size_t m,
			      uint32_t *ids)
{
	struct intern *names = intern_new();
	uint32_t count;

	for (size_t i = 0; i < n + m; i++)
		ids[i] = intern_key(
			names, 's',
			slice_make((const char *)(i < n ? &a[i] : &b[i - n]), sizeof(*a)));
	count = intern_count(names);
	intern_free(names);
	return count;
}

/* Texts in different languages: headings, calls and clauses in their order. */
static void align_shapes(const struct input *base, const struct input *in, uint32_t *partner)
{
	uint32_t *ids = mem_array(NULL, base->n + in->n, sizeof(*ids));
	unsigned char *gone = mem_zalloc(base->n), *fresh = mem_zalloc(in->n);
	uint32_t count = number_shapes(base->shape, base->n, in->shape, in->n, ids);
	size_t i = 0;

	diff_sequences(ids, base->n, ids + base->n, in->n, count, gone, fresh);
	for (size_t j = 0; j < in->n; j++) {
		partner[j] = NONE;
		in->moved[j] = false;
		if (fresh[j])
			continue;
		while (i < base->n && gone[i])
			i++;
		partner[j] = (uint32_t)i++;
	}
	free(fresh);
	free(gone);
	free(ids);
}

/* The party's lines with the base's, or with what is like them. */
static void align_words(const struct work *w, struct input *in, uint32_t *partner)
{
	struct intern *keys = w->keys ? intern_new() : NULL;
	struct side_source from = {keys, NULL, in};
	struct side_source base = {keys, NULL, in->like ? in->like : &w->inputs[0]};
	struct diff_side old, new;

	side_of_all(&old, &base);
	side_of_all(&new, &from);
	align_sides(w, &old, &new, partner, in->moved);
	diff_side_release(&old);
	diff_side_release(&new);
	intern_free(keys);
}

/* Of all that have partners the most stay that can, those with other words too: else it would
 * depend on these which have moved. */
static void keep_longest(struct input *in, const uint32_t *partner)
{
	uint32_t *from = mem_array(NULL, in->n, sizeof(*from));
	unsigned char *keep = mem_array(NULL, in->n, 1);
	size_t n = 0;

	for (size_t j = 0; j < in->n; j++)
		if (partner[j] != NONE)
			from[n++] = partner[j];
	diff_longest_run(from, n, keep);
	n = 0;
	for (size_t j = 0; j < in->n; j++)
		if (partner[j] != NONE)
			in->moved[j] = !keep[n++];
	free(keep);
	free(from);
}

void align_party(const struct work *w, struct input *in, struct aligned *al)
{
	const struct input *base = &w->inputs[0];
	bool *moved_from = mem_zalloc(base->n * sizeof(*moved_from));
	uint32_t slot = (uint32_t)base->n;

	al->partner = mem_array(NULL, in->n, sizeof(*al->partner));
	al->from = mem_array(NULL, in->n, sizeof(*al->from));
	al->slot = mem_array(NULL, in->n, sizeof(*al->slot));
	al->rewritten = mem_zalloc(in->n * sizeof(*al->rewritten));
	if (in->shape)
		align_shapes(base, in, al->partner);
	else
		align_words(w, in, al->partner);
	if (w->merging && memchr(in->moved, 1, in->n))
		keep_longest(in, al->partner);
	for (size_t j = 0; j < in->n; j++)
		if (in->moved[j])
			moved_from[al->partner[j]] = true;
	pair_rewritten(&(struct rewriting){base, in, al, moved_from, w->merging});
	for (size_t j = in->n; j-- > 0;) {
		al->from[j] = in->moved[j] ? al->partner[j] : NONE;
		if (in->moved[j]) {
			if (in->came)
				in->came[j] = al->partner[j];
			al->partner[j] = NONE;
		}
		if (al->partner[j] != NONE)
			slot = al->partner[j];
		al->slot[j] = slot;
	}
	free(moved_from);
}

void aligned_release(struct aligned *al)
{
	free(al->partner);
	free(al->from);
	free(al->slot);
	free(al->rewritten);
}
