/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/word.h"
#include "core/wording.h"
#include "diff_impl.h"

#include <stdlib.h>
#include <string.h>

/*
 * From bytes to units and pieces. A piece's key stands for what it says, not for
 * how it is written: "\[" and an unpaired "[" have one key; a bracket that is read
 * has another.
 */

/* ---- keys: byte strings as numbers ---- */

struct intern {
	struct str bytes;
	size_t *begin; /* by key; one more for the end */
	size_t n, cap;
	uint32_t *table; /* key + 1, open addressing */
	size_t size;
};

struct intern *intern_new(void)
{
	struct intern *k = mem_zalloc(sizeof(*k));

	k->size = 1024;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	MEM_GROW(k->begin, k->n, k->cap);
	k->begin[0] = 0;
	return k;
}

void intern_free(struct intern *k)
{
	str_release(&k->bytes);
	free(k->begin);
	free(k->table);
	free(k);
}

uint32_t intern_count(const struct intern *k)
{
	return (uint32_t)k->n;
}

static size_t hash_of(char class, struct slice bytes)
{
	return (size_t)(diff_hash(bytes.p, bytes.len) ^
			(uint64_t)(unsigned char)class * 0x9E3779B97F4A7C15ULL);
}

static bool is_key(const struct intern *k, uint32_t key, char class, struct slice bytes)
{
	size_t begin = k->begin[key], len = k->begin[key + 1] - begin;

	return len == bytes.len + 1 && k->bytes.p[begin] == class &&
	       memcmp(k->bytes.p + begin + 1, bytes.p, bytes.len) == 0;
}

static void grow_table(struct intern *k)
{
	free(k->table);
	k->size *= 2;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	for (size_t i = 0; i < k->n; i++) {
		struct slice s = {k->bytes.p + k->begin[i] + 1,
				  k->begin[i + 1] - k->begin[i] - 1};
		size_t at = hash_of(k->bytes.p[k->begin[i]], s) & (k->size - 1);

		while (k->table[at])
			at = (at + 1) & (k->size - 1);
		k->table[at] = (uint32_t)i + 1;
	}
}

uint32_t intern_key(struct intern *k, char class, struct slice bytes)
{
	size_t at = hash_of(class, bytes) & (k->size - 1);

	for (; k->table[at]; at = (at + 1) & (k->size - 1))
		if (is_key(k, k->table[at] - 1, class, bytes))
			return k->table[at] - 1;
	k->table[at] = (uint32_t)k->n + 1;
	str_add_char(&k->bytes, class);
	str_add_slice(&k->bytes, bytes);
	MEM_GROW_BY(k->begin, k->n, k->cap, 2);
	k->begin[++k->n] = k->bytes.len;
	if (k->n * 2 > k->size)
		grow_table(k);
	return (uint32_t)k->n - 1;
}

/* ---- units ---- */

size_t escape_at(const char *p, size_t len)
{
	static const char *const wide[] = {"［", "］", "／"};

	if (len < 2 || p[0] != '\\')
		return 0;
	if (p[1] && strchr("[]/\\`<!", p[1]))
		return 2;
	for (size_t i = 0; i < 3; i++)
		if (len >= 4 && memcmp(p + 1, wide[i], 3) == 0)
			return 4;
	return 0;
}

/* Where the line that begins at `at` ends, without its line end; *next: after that. */
static size_t line_end(struct slice s, size_t at, size_t *next)
{
	const char *lf = memchr(s.p + at, '\n', s.len - at);
	size_t end = lf ? (size_t)(lf - s.p) : s.len;

	*next = lf ? end + 1 : end;
	if (lf && end > at && s.p[end - 1] == '\r')
		end--;
	return end;
}

/* Cursors over what a reading has, as units go on. */
struct cursors {
	size_t bracket, unread;
};

/* How far what begins before `end` reaches: brackets and stretches that span lines. */
static size_t reach(const struct input *in, struct cursors *c, size_t end, bool *lines)
{
	const struct brackets *b = &in->b;
	size_t far = end;

	for (; c->bracket < b->n && b->v[c->bracket].begin < end; c->bracket++)
		if (b->v[c->bracket].end > far)
			far = b->v[c->bracket].end;
	for (; c->unread < b->n_unread && b->unread[c->unread].begin < end; c->unread++) {
		const struct unread *u = &b->unread[c->unread];

		size_t stop = u->end;

		/* A fence has its last line end. */
		if (u->kind == UNREAD_FENCE) {
			*lines = true;
			stop -= stop > u->begin && in->text.p[stop - 1] == '\n';
			stop -= stop > u->begin && in->text.p[stop - 1] == '\r';
		}
		if (stop > far)
			far = stop;
	}
	return far;
}

static bool is_simple(struct slice s)
{
	static const char signs[] = "[]\\`<";

	for (size_t i = 0; i + 1 < sizeof(signs); i++)
		if (s.len && memchr(s.p, signs[i], s.len))
			return false;
	return !s.len || (!memmem(s.p, s.len, "［", 3) && !memmem(s.p, s.len, "］", 3));
}

/* Bytes of the blank at p; a CR that ends no line is one. */
static size_t gap_at(const char *p, size_t len)
{
	if (len && *p == '\r' && !(len > 1 && p[1] == '\n'))
		return 1;
	return utf8_blank_at(p, len);
}

/* Finds label and text. False where the unit has nothing after its label. */
static bool find_body(const struct input *in, struct unit *u)
{
	const char *p = in->text.p;
	struct label label;
	size_t next, first = line_end(in->text, u->begin, &next), n;

	if (first > u->end)
		first = u->end;
	label_read(p + u->begin, first - u->begin, &label);
	u->label = u->begin;
	while (u->label < u->end && (n = gap_at(p + u->label, u->end - u->label)) > 0)
		u->label += n;
	u->body = u->label;
	if (label.kind != LABEL_NONE && label.kind != LABEL_HEADING)
		u->body = u->begin + label.body;
	while (u->body < u->end && (n = gap_at(p + u->body, u->end - u->body)) > 0)
		u->body += n;
	u->body_end = u->end;
	while (u->body_end > u->body) {
		n = p[u->body_end - 1] == '\r' || p[u->body_end - 1] == '\n';
		if (!n)
			n = utf8_blank_before(p + u->body, u->body_end - u->body);
		if (!n)
			break;
		u->body_end -= n;
	}
	u->simple = !u->lines && is_simple(slice_make(p + u->body, u->body_end - u->body));
	return u->body < u->body_end;
}

static size_t fold_at(const char *p, size_t len, char *as)
{
	static const struct {
		const char *from;
		char to;
	} list[] = {{"\u2010", '-'}, {"\u2011", '-'}, {"\u2019", '\''}, {"\u2018", '\''},
		    {"\u201C", '"'}, {"\u201D", '"'}, {"\u201E", '"'},  {"\u02BC", '\''}};

	if ((unsigned char)*p != 0xE2 && (unsigned char)*p != 0xCA)
		return 0;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		size_t n = strlen(list[i].from);
		if (len >= n && memcmp(p, list[i].from, n) == 0) {
			*as = list[i].to;
			return n;
		}
	}
	return 0;
}

/* What a blank, or a sign that is folded, begins with. */
static const bool may_fold[256] = {
	[' '] = true, ['\t'] = true, [0xC2] = true, [0xCA] = true, [0xE2] = true, [0xE3] = true,
};

/* A stretch as it is aligned: kinds of hyphens, quotes and blanks are one. */
static void add_folded(struct str *out, const char *p, size_t len)
{
	char as = 0;

	for (size_t i = 0, n; i < len; i += n) {
		if ((n = utf8_blanks_at(p + i, len - i)) > 0) {
			str_add_char(out, ' ');
		} else if ((n = fold_at(p + i, len - i, &as)) > 0) {
			str_add_char(out, as);
		} else {
			n = 1;
			while (i + n < len && !may_fold[(unsigned char)p[i + n]])
				n++;
			str_add(out, p + i, n);
		}
	}
}

static void add_unit(struct input *in, struct unit u, size_t *cap)
{
	if (!find_body(in, &u))
		return;
	u.canon = in->canon.len;
	str_add(&in->canon, in->text.p + u.label, u.body - u.label);
	u.canon_body = in->canon.len;
	add_folded(&in->canon, in->text.p + u.body, u.body_end - u.body);
	u.canon_end = in->canon.len;
	MEM_GROW(in->units, in->n, *cap);
	in->units[in->n++] = u;
}

/* A bracket that offers its paragraphs does so because of the one before it. */
static bool hangs_on_line_before(const struct brackets *b, size_t first, size_t end)
{
	for (size_t i = first; i < b->n && b->v[i].begin < end; i++)
		if (b->v[i].separator == SEP_PARAGRAPH)
			return true;
	return false;
}

void input_read(struct work *w, struct input *in)
{
	struct cursors c = {0, 0};
	size_t at = 0, next, cap = 0, number = 0;

	brackets_read(&in->b, in->text, w->parties);
	if (in->b.n_unread && in->b.unread[0].kind == UNREAD_FRONT_MATTER) {
		at = in->b.unread[0].end;
		c.unread = 1;
		for (size_t i = 0, end; i < at; i = next) {
			end = line_end(in->text, i, &next);
			number += utf8_blanks_at(in->text.p + i, end - i) < end - i;
		}
	} else if (slice_starts(in->text, "\xEF\xBB\xBF")) {
		at = 3;
	}
	while (at < in->text.len) {
		struct unit u = {.begin = at, .end = line_end(in->text, at, &next)};
		size_t first = c.bracket, far;

		if (utf8_blanks_at(in->text.p + at, u.end - at) == u.end - at) {
			at = next;
			continue;
		}
		u.number = ++number;
		while ((far = reach(in, &c, u.end, &u.lines)) > u.end) {
			while (u.end < far && next < in->text.len) {
				at = next;
				u.end = line_end(in->text, at, &next);
				number += utf8_blanks_at(in->text.p + at, u.end - at) <
					  u.end - at;
			}
			u.lines = true;
			if (u.end < far)
				break;
		}
		if (u.lines && in->n && hangs_on_line_before(&in->b, first, u.end)) {
			struct unit *before = &in->units[--in->n];

			in->canon.len = before->canon;
			u.begin = before->begin;
			u.number = before->number;
		}
		add_unit(in, u, &cap);
		at = next;
	}
	in->row = mem_array(NULL, in->n, sizeof(*in->row));
	in->moved = mem_zalloc(in->n * sizeof(*in->moved));
}

void input_done(struct input *in)
{
	brackets_release(&in->b);
	free(in->units);
	free(in->pieces);
	free(in->row);
	free(in->moved);
	str_release(&in->canon);
}

/* ---- pieces ---- */

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
	size_t low, high;

	*h = (struct holes){.b = b};
	low = brackets_point_from(b, at);
	h->point = low == BRACKET_NONE ? b->n_points : low;
	for (low = 0, high = b->n_skipped; low < high;) {
		size_t mid = low + (high - low) / 2;
		if (b->skipped[mid].begin < at)
			low = mid + 1;
		else
			high = mid;
	}
	h->skipped = low;
	for (low = 0, high = b->n_unread; low < high;) {
		size_t mid = low + (high - low) / 2;
		if (b->unread[mid].begin < at)
			low = mid + 1;
		else
			high = mid;
	}
	h->unread = low;
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
	in->pieces[in->n_pieces++] = (struct piece){begin, end, key, (uint8_t)kind, blank};
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

struct piece *unit_pieces(struct work *w, struct input *in, struct unit *u)
{
	struct holes holes;
	size_t at = u->body, n, mark;
	bool blank = false;

	if (u->has_pieces)
		return in->pieces + u->piece;
	u->has_pieces = true;
	u->piece = in->n_pieces;
	holes_init(&holes, &in->b, at);
	if ((mark = heading_at(in, u)) > 0) {
		add_piece(in, at, at + mark,
			  intern_key(w->keys, 'h', slice_make(in->text.p + at, mark)),
			  PIECE_HEADING, false);
		at += mark;
	}
	while (at < u->body_end) {
		struct hole h = next_hole(&holes, at, u->body_end);

		n = h.begin > at ? gap_at(in->text.p + at, h.begin - at) : 0;
		if (n) {
			blank = true;
			at += n;
			continue;
		}
		if (h.begin > at) {
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
	u->n_pieces = in->n_pieces - u->piece;
	return in->pieces + u->piece;
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
