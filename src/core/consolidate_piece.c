/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/word.h"
#include "core/wording.h"

#include <string.h>

/*
 * From a unit to its pieces: words, marks, points. A piece's key stands for what it
 * says, not for how it is written: "\\[" and an unpaired "[" have one key; a bracket
 * that is read has another.
 */

/* What a run of brackets offers, as a string: equal where no projection can tell them apart. */
static uint32_t point_key(struct work *w, const struct input *in, size_t begin, size_t end)
{
	const struct brackets *b = &in->b;
	struct str raw = STR_INIT, sign = STR_INIT;
	uint32_t key;

	brackets_without_ids(b, in->text, begin, end, &raw);
	for (size_t i = 0, n; i < raw.len; i += n) {
		n = utf8_blanks_at(raw.p + i, raw.len - i);
		str_add(&sign, n ? " " : raw.p + i, 1);
		n = n ? n : 1;
	}
	for (size_t i = b->points[brackets_point_from(b, begin)].bracket;
	     i < b->n && b->v[i].begin < end; i++) {
		const struct bracket *v = &b->v[i];

		str_addf(&sign, "|%d %d", (int)v->kind, (int)v->separator);
		for (uint32_t k = 0; k < v->n_options; k++) {
			const struct option *o = &b->options[v->option + k];

			str_addf(&sign, ";%d%d", o->no_text, o->guarded);
			for (uint32_t j = 0; j < o->n_parties; j++)
				str_addf(&sign, ",%u", (unsigned)b->parties[o->party + j]);
		}
	}
	key = intern_key(w->keys, 'p', str_slice(&sign));
	str_release(&raw);
	str_release(&sign);
	return key;
}

/* A text that is read, without its escapes. */
static uint32_t plain_key(struct work *w, struct slice raw, bool read)
{
	struct str plain = STR_INIT;
	uint32_t key;

	if (!read || !memchr(raw.p, '\\', raw.len))
		return intern_key(w->keys, 'w', raw);
	wording_plain(&plain, raw);
	key = intern_key(w->keys, 'w', str_slice(&plain));
	str_release(&plain);
	return key;
}

/* The next thing that is not taken apart. */
struct hole {
	size_t begin, end;
	enum { HOLE_NONE, HOLE_POINT, HOLE_SKIPPED, HOLE_UNREAD } kind;
};

struct holes {
	const struct brackets *b;
	size_t point, skipped, unread;
};

static void holes_init(struct holes *h, const struct brackets *b, size_t at)
{
	uint32_t point = brackets_point_from(b, at);

	*h = (struct holes){.b = b,
			    .point = point == BRACKET_NONE ? b->n_points : point,
			    .skipped = brackets_skipped_from(b, at),
			    .unread = brackets_unread_from(b, at)};
}

static struct hole next_hole(struct holes *h, size_t at, size_t end)
{
	const struct brackets *b = h->b;
	struct hole x = {end, end, HOLE_NONE};

	while (h->point < b->n_points && point_begin(b, &b->points[h->point]) < at)
		h->point++;
	while (h->skipped < b->n_skipped && b->skipped[h->skipped].begin < at)
		h->skipped++;
	while (h->unread < b->n_unread && b->unread[h->unread].begin < at)
		h->unread++;
	if (h->point < b->n_points && point_begin(b, &b->points[h->point]) < x.begin)
		x = (struct hole){point_begin(b, &b->points[h->point]),
				  point_end(b, &b->points[h->point]), HOLE_POINT};
	if (h->skipped < b->n_skipped && b->skipped[h->skipped].begin < x.begin)
		x = (struct hole){b->skipped[h->skipped].begin, b->skipped[h->skipped].end,
				  HOLE_SKIPPED};
	if (h->unread < b->n_unread && b->unread[h->unread].begin < x.begin)
		x = (struct hole){b->unread[h->unread].begin, b->unread[h->unread].end,
				  HOLE_UNREAD};
	if (x.end > end)
		x.end = end;
	return x;
}

static void add_piece(struct input *in, size_t begin, size_t end, uint32_t key,
		      enum piece_kind kind, bool blank)
{
	MEM_GROW(in->pieces, in->n_pieces, in->cap_pieces);
	in->pieces[in->n_pieces++] =
		(struct piece){begin, end, key, (uint8_t)kind, blank, false};
}

/* The "##" at the beginning of a heading. */
static size_t heading_at(const struct input *in, const struct unit *u)
{
	size_t n = 0;

	if (!label_is_heading(in->text.p + u->begin, u->end - u->begin))
		return 0;
	while (u->body + n < u->body_end && in->text.p[u->body + n] == '#')
		n++;
	return n;
}

static size_t plain_piece(struct work *w, struct input *in, size_t at, size_t end, bool blank)
{
	const char *p = in->text.p;
	static const enum piece_kind kinds[] = {
		[TOKEN_WORD] = PIECE_WORD, [TOKEN_CHARACTER] = PIECE_CHARACTER,
		[TOKEN_MARK] = PIECE_MARK, [TOKEN_BLANK] = PIECE_MARK,
		[TOKEN_LINE] = PIECE_LINE,
	};
	enum token_kind kind;
	size_t n = escape_at(p + at, end - at);
	uint32_t key;

	if (n) {
		key = intern_key(w->keys, 'w', slice_make(p + at + 1, n - 1));
		add_piece(in, at, at + n, key, PIECE_MARK, blank);
		return n;
	}
	n = token_diff_at(p + at, end - at, &kind);
	key = kind == TOKEN_LINE ? intern_key(w->keys, 'l', SLICE(""))
				 : intern_key(w->keys, 'w', slice_make(p + at, n));
	add_piece(in, at, at + n, key, kinds[kind], blank);
	return n;
}

#define LOOK 8 /* groups ahead in which a text goes on as the other does */

/* All that stands without blanks from piece j on; SIZE_MAX: not only words and marks. */
static size_t group_end(const struct work *w, size_t j)
{
	size_t k = j;

	do {
		if (w->like.v[k].kind > PIECE_MARK)
			return SIZE_MAX;
		k++;
	} while (k < w->like.n && !w->like.v[k].blank);
	return k;
}

/* Between blanks a text has the bytes of the other: it has the same pieces. Returns their
 * bytes, or 0. */
static size_t copy_group(struct work *w, struct input *in, size_t at, size_t end, size_t limit,
			 bool blank)
{
	const struct piece *v = w->like.v;
	const char *p = in->text.p;

	for (size_t j = w->like.at, look = 0, k; j < w->like.n && look < LOOK; j = k, look++) {
		size_t n;

		k = group_end(w, j);
		if (k == SIZE_MAX)
			return 0;
		n = v[k - 1].end - v[j].begin;
		if (at + n > end || p[at] != w->like.in->text.p[v[j].begin] ||
		    memcmp(p + at, w->like.in->text.p + v[j].begin, n) != 0 ||
		    (at + n < limit && !gap_at(p + at + n, limit - at - n)))
			continue;
		for (size_t i = j; i < k; i++)
			add_piece(in, at + (v[i].begin - v[j].begin),
				  at + (v[i].end - v[j].begin), v[i].key,
				  (enum piece_kind)v[i].kind, i == j && blank);
		w->like.at = k;
		return n;
	}
	return 0;
}

#define BLANK_MOST 4 /* bytes of the longest blank, and one */

/* Many groups at once: as far as the bytes are those of the other text, groups and gaps are.
 * What comes last is left to copy_group(). Returns their bytes. */
static size_t copy_run(struct work *w, struct input *in, size_t at, size_t end, bool blank)
{
	const struct piece *v = w->like.v + w->like.at;
	size_t most = w->like.n - w->like.at, n = 0, same, from, shift;
	struct piece *out;

	if (!most)
		return 0;
	from = v[0].begin;
	same = w->like.v[w->like.n - 1].end - from;
	same = slice_common(slice_make(in->text.p + at, end - at),
			    slice_make(w->like.in->text.p + from, same));
	for (size_t i = 1;
	     i < most && v[i - 1].kind <= PIECE_MARK && v[i].begin + BLANK_MOST < from + same;
	     i++)
		n = v[i].blank ? i : n;
	if (!n)
		return 0;
	MEM_GROW_BY(in->pieces, in->n_pieces, in->cap_pieces, n);
	out = in->pieces + in->n_pieces;
	shift = at - from;
	for (size_t i = 0; i < n; i++) {
		out[i] = v[i];
		out[i].begin += shift;
		out[i].end += shift;
	}
	out[0].blank = blank;
	in->n_pieces += n;
	w->like.at += n;
	return v[n - 1].end - from;
}

struct piece *unit_pieces_like(struct work *w, struct input *in, struct unit *u,
			       const struct input *like, const struct unit *other)
{
	struct piece *v;
	size_t head = other->n_pieces && like->pieces[other->piece].kind == PIECE_HEADING;

	w->like.in = like;
	w->like.v = like->pieces + other->piece + head;
	w->like.n = other->n_pieces - head;
	w->like.at = 0;
	v = unit_pieces(w, in, u);
	w->like.n = 0;
	return v;
}

struct slice piece_gap(const struct input *in, const struct piece *v, size_t i)
{
	if (v[i].spliced)
		return slice_make(" ", v[i].blank);
	if (i == 0)
		return slice_make("", 0);
	return slice_make(in->text.p + v[i - 1].end, v[i].begin - v[i - 1].end);
}

/* Pieces from `at` on; begin: where the stretch begins that `at` is in. */
static void read_pieces(struct work *w, struct input *in, size_t begin, size_t at, size_t end)
{
	struct holes holes;
	struct hole h;
	size_t n;
	bool blank = false;

	holes_init(&holes, &in->b, begin);
	h = next_hole(&holes, at, end);
	while (at < end) {
		if (at > h.begin)
			h = next_hole(&holes, at, end);
		n = h.begin > at ? gap_at(in->text.p + at, h.begin - at) : 0;
		if (n) {
			blank = true;
			at += n;
			continue;
		}
		if (w->like.n && (blank || at == begin) &&
		    ((n = copy_run(w, in, at, h.begin, blank)) > 0 ||
		     (n = copy_group(w, in, at, h.begin, end, blank)) > 0)) {
			/* It is done. */
		} else if (h.begin > at) {
			n = plain_piece(w, in, at, h.begin, blank);
		} else {
			struct slice raw = {in->text.p + at, h.end - at};

			n = raw.len;
			add_piece(in, at, h.end,
				  h.kind == HOLE_POINT
					  ? point_key(w, in, at, h.end)
					  : plain_key(w, raw, h.kind == HOLE_SKIPPED),
				  h.kind == HOLE_POINT ? PIECE_POINT : PIECE_WHOLE, blank);
		}
		blank = false;
		at += n;
	}
}

struct piece *unit_pieces(struct work *w, struct input *in, struct unit *u)
{
	size_t at = u->body, mark;

	if (u->has_pieces)
		return in->pieces + u->piece;
	u->has_pieces = true;
	u->piece = in->n_pieces;
	if ((mark = heading_at(in, u)) > 0) {
		add_piece(in, at, at + mark,
			  intern_key(w->keys, 'h', slice_make(in->text.p + at, mark)),
			  PIECE_HEADING, false);
		at += mark;
	}
	read_pieces(w, in, u->body, at, u->body_end);
	u->n_pieces = in->n_pieces - u->piece;
	return in->pieces + u->piece;
}

size_t stretch_pieces(struct work *w, struct input *in, size_t begin, size_t end)
{
	size_t n = in->n_pieces;

	read_pieces(w, in, begin, begin, end);
	return in->n_pieces - n;
}

bool units_equal(struct work *w, struct input *a, struct unit *x, struct input *b,
		 struct unit *y)
{
	struct slice s = {a->text.p + x->body, x->body_end - x->body};
	struct slice t = {b->text.p + y->body, y->body_end - y->body};
	const struct piece *p, *q;

	if (x->simple && y->simple && slice_equal(s, t))
		return true;
	/* The pointers hold: an input's pieces move only when its own are needed. */
	unit_pieces(w, a, x);
	if (a != b)
		unit_pieces_like(w, b, y, a, x);
	unit_pieces(w, b, y);
	p = a->pieces + x->piece;
	q = b->pieces + y->piece;
	if (x->n_pieces != y->n_pieces)
		return false;
	for (size_t i = 0; i < x->n_pieces; i++)
		if (p[i].key != q[i].key || p[i].blank != q[i].blank)
			return false;
	return true;
}
