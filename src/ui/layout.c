/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "ui/glyph.h"
#include "ui/layout_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#define BEYOND        16  /* units read past the end of a row, for the rules of UAX 14 */
#define CPS_OF_A_UNIT 4   /* enough of a cluster for those rules */
#define ABOUT_A_UNIT  16  /* bytes after a unit that may belong to it */
#define SMALL         160 /* bytes below which a change is not worth finding */
#define NOT_A_ROW     SIZE_MAX

void layout_init(struct layout *l)
{
	memset(l, 0, sizeof(*l));
	l->row_at = NOT_A_ROW;
	l->scratch = mem_zalloc(sizeof(*l->scratch));
	l->spec.width = -1; /* unlike any spec: the first layout_set() does its work */
}

void layout_release(struct layout *l)
{
	if (l->scratch) {
		free(l->scratch->units);
		free(l->scratch->may_break);
		free(l->scratch->cps);
		free(l->scratch->breaks);
	}
	free(l->scratch);
	free((void *)l->spec.hidden);
	free(l->rows);
	free(l->levels);
	free(l->units);
	free(l->visual);
	str_release(&l->bytes);
	memset(l, 0, sizeof(*l));
}

/* The hidden range that begins at pos, or the first one after it. */
static const struct layout_range *hidden_from(const struct layout_spec *spec, size_t pos)
{
	size_t low = 0, high = spec->n_hidden;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (spec->hidden[mid].begin < pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low < spec->n_hidden ? &spec->hidden[low] : NULL;
}

/* The end of the hidden ranges that follow each other from pos on. */
static size_t skip_hidden(const struct layout_spec *spec, size_t pos)
{
	const struct layout_range *range = hidden_from(spec, pos);

	while (range && range < spec->hidden + spec->n_hidden && range->begin == pos) {
		pos = range->end;
		range++;
	}
	return pos;
}

void layout_read_unit(const struct layout *l, size_t pos, struct layout_unit *u)
{
	const char *p = l->bytes.p;
	struct glyph g;

	*u = (struct layout_unit){.begin = pos, .width = 1};
	u->shown_begin = skip_hidden(&l->spec, pos);
	if (u->shown_begin >=
	    l->bytes.len) { /* nothing but hidden bytes: a place for the cursor */
		u->shown_begin = u->shown_end = u->end = l->bytes.len;
		u->blank = true;
		return;
	}
	const struct layout_range *range = hidden_from(&l->spec, u->shown_begin);
	size_t until = range ? range->begin : l->bytes.len;
	glyph_at(p + u->shown_begin, until - u->shown_begin, &g);
	u->shown_end = u->shown_begin + g.len;
	u->end = skip_hidden(&l->spec, u->shown_end);
	u->width = g.width;
	u->stand_in = g.stand_in;
	if (g.len == 1) {
		u->tab = p[u->shown_begin] == '\t';
		u->blank = u->tab || p[u->shown_begin] == ' ';
	}
	if (u->tab)
		u->stand_in = false;
}

size_t layout_code_points(const struct layout *l, const struct layout_unit *u, uint32_t *cps,
			  size_t most)
{
	size_t n = 0, len;

	if (u->stand_in || u->shown_begin == u->shown_end) {
		cps[0] = 0xFFFD;
		return 1;
	}
	for (size_t i = u->shown_begin; i < u->shown_end && n < most; i += len)
		len = utf8_decode(l->bytes.p + i, u->shown_end - i, &cps[n++]);
	return n;
}

int layout_room(const struct layout_spec *spec)
{
	return spec->width - 1;
}

int layout_indent(const struct layout_spec *spec, bool first_row)
{
	int indent = first_row ? spec->first : spec->hang, most = layout_room(spec) / 2;

	return indent < 0 ? 0 : indent > most ? most : indent;
}

int layout_tab_width(const struct layout_spec *spec, int col)
{
	int tab = spec->tab > 0 ? spec->tab : 8;

	return tab - col % tab;
}

static bool is_one_of(uint32_t cp, const char *set)
{
	return cp > 0 && cp < 0x80 && strchr(set, (int)cp);
}

static bool is_capital(uint32_t cp)
{
	return cp >= 'A' && cp <= 'Z';
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/*
 * Breaks that the library's UAX 14 has and a reader does not want: none after
 * a dot or comma without a blank (LB29), none in symbols such as A/RES/76,
 * and none between a quotation mark and its text where, as in French, there
 * is a blank (LB15a, LB15b of later versions).
 */
static bool breaks_badly(const uint32_t *cps, size_t n, size_t i)
{
	uint32_t at = cps[i], before = i > 0 ? cps[i - 1] : 0;
	uint32_t two = i > 1 ? cps[i - 2] : 0, three = i > 2 ? cps[i - 3] : ' ';
	uint32_t after = i + 1 < n ? cps[i + 1] : ' ';

	if (is_one_of(before, ".,:"))
		return at > ' ' && at < 0x80 && !is_one_of(at, "[(-");
	if (before == '/')
		return is_digit(at) || (is_capital(two) && is_capital(at));
	if (before != ' ')
		return false;
	return (at == 0xBB && is_one_of(after, " .,;:)]")) ||
	       (two == 0xAB && is_one_of(three, " ([\t"));
}

/* Letters of one class, AL, that no rule joins with what is not beside them. */
static bool is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || is_capital(cp) ||
	       (cp >= 0xC0 && cp <= 0xFF && cp != 0xD7 && cp != 0xF7);
}

/* Whether the unit begins a word, a blank and another word's letter before it: there is a
 * break, and what comes after does not hang on what came before. */
static bool begins_word(const struct layout_scratch *s, size_t i, size_t at)
{
	return i > 1 && s->units[i].col == 1 && s->units[i - 1].col == 1 &&
	       s->units[i - 2].col == 1 && is_letter(s->cps[at]) && s->cps[at - 1] == ' ' &&
	       is_letter(s->cps[at - 2]);
}

/* Where there may be breaks, of those that matter for a row into which unit `over` does not go:
 * from the last word before it that surely begins with one. */
static void find_breaks(struct layout_scratch *s, size_t over)
{
	size_t from = over, from_at = s->over_at, at;

	while (from > 0 && !begins_word(s, from, from_at))
		from_at -= (size_t)s->units[--from].col;
	s->breaks = mem_array(s->breaks, s->cap_cps, 1);
	u32_possible_linebreaks(s->cps + from_at, s->n_cps - from_at, "UTF-8", s->breaks);
	at = from_at;
	for (size_t i = from; i < s->n && i <= over + 1; i++) {
		char found = s->breaks[at - from_at];

		s->may_break[i] = (found == UC_BREAK_POSSIBLE || found == UC_BREAK_MANDATORY) &&
				  !breaks_badly(s->cps, s->n_cps, at);
		at += (size_t)s->units[i].col;
	}
	s->may_break[from] = true; /* or the row's begin, and nobody asks */
}

/* Most units are plain glyphs, and nothing is hidden. */
static bool read_plain_unit(const struct layout *l, size_t pos, struct layout_unit *u)
{
	const char *p = l->bytes.p + pos;
	size_t n = l->spec.n_hidden ? 0 : glyph_plain(p, l->bytes.len - pos);

	if (!n)
		return false;
	*u = (struct layout_unit){.begin = pos,
				  .end = pos + n,
				  .shown_begin = pos,
				  .shown_end = pos + n,
				  .width = 1,
				  .blank = *p == ' '};
	return true;
}

static void give_code_points(const struct layout *l, struct layout_unit *u, bool plain)
{
	struct layout_scratch *s = l->scratch;

	MEM_GROW_BY(s->cps, s->n_cps, s->cap_cps, CPS_OF_A_UNIT);
	if (plain) {
		const unsigned char *p = (const unsigned char *)l->bytes.p + u->begin;

		s->cps[s->n_cps++] = *p < 0x80 ? *p : (*p & 0x1Fu) << 6 | (p[1] & 0x3Fu);
		u->col = 1;
		return;
	}
	u->col = (int)layout_code_points(l, u, s->cps + s->n_cps, CPS_OF_A_UNIT);
	s->n_cps += (size_t)u->col;
}

/*
 * Reads units from pos to `end`, but not many more than fit the row, with
 * their widths. What it finds depends on nothing before pos: equal bytes
 * after equal places in a row give equal rows.
 */
static void fill_row(struct layout *l, size_t pos, size_t end, bool first_row)
{
	struct layout_scratch *s = l->scratch;
	int col = layout_indent(&l->spec, first_row), room = layout_room(&l->spec);
	size_t beyond = 0;
	struct layout_unit u;

	s->n = s->n_cps = s->n_row = 0;
	s->over = SIZE_MAX;
	while (pos < end && beyond < BEYOND) {
		bool plain = read_plain_unit(l, pos, &u);
		if (!plain)
			layout_read_unit(l, pos, &u);
		if (first_row && l->spec.body && u.begin == l->spec.body &&
		    col < layout_indent(&l->spec, false))
			col = layout_indent(&l->spec, false);
		/* What lies between label and body only parts them: the body has its column. */
		if (u.tab && !(first_row && u.begin < l->spec.body))
			u.width = layout_tab_width(&l->spec, col);
		/* A tab at the edge is a blank as any other. */
		if (u.tab && col < room && col + u.width > room)
			u.width = room - col;
		else if (u.tab && col >= room)
			u.width = 1;
		col += u.width;
		if (col > room && beyond++ == 0) {
			s->over = s->n;
			s->over_at = s->n_cps;
			s->over_col = col - u.width;
		}
		give_code_points(l, &u, plain);
		if (s->n == s->cap) {
			MEM_GROW(s->units, s->n, s->cap);
			s->may_break = mem_array(s->may_break, s->cap, sizeof(bool));
		}
		s->units[s->n++] = u;
		pos = u.end;
	}
}

/* How many of the units filled in make the row. */
static size_t break_row(const struct layout *l)
{
	struct layout_scratch *s = l->scratch;
	size_t i = s->over;

	if (i == SIZE_MAX)
		return s->n;
	find_breaks(s, i);
	/* The blank at which the row is broken may stand in the caret's column. */
	if (s->units[i].blank && s->units[i].width == 1 &&
	    s->over_col == layout_room(&l->spec) &&
	    (i + 1 == s->n || s->may_break[i + 1] || s->units[i + 1].blank))
		return i + 1;
	size_t chance = i;
	while (!s->may_break[chance])
		chance--;
	if (chance)
		return chance;
	return i ? i : 1;
}

static void add_row(struct layout *l, struct layout_start start)
{
	MEM_GROW(l->rows, l->n_rows, l->cap_rows);
	l->rows[l->n_rows++] = start;
}

/* Adds the row that begins at pos; returns where it ends. */
static size_t wrap_row(struct layout *l, size_t pos)
{
	struct layout_scratch *s = l->scratch;
	bool first_row = l->n_rows == 0;
	size_t end = l->bytes.len, seen = end;

	fill_row(l, pos, end, first_row);
	if (s->n) {
		seen = s->units[s->n - 1].end;
		s->n_row = break_row(l);
	}
	add_row(l, (struct layout_start){pos, seen < end ? seen : SIZE_MAX});
	if (s->n_row)
		end = s->units[s->n_row - 1].end;
	s->row = (struct layout_range){pos, end};
	return end;
}

static void wrap_all(struct layout *l)
{
	size_t pos = 0;

	l->n_rows = 0;
	do {
		pos = wrap_row(l, pos);
	} while (pos < l->bytes.len);
}

struct change {
	size_t begin;        /* the same before it */
	size_t old_end, end; /* the same after it */
};

/* Whether the row was broken by bytes well before the change: what stands after a unit says
 * where it ends. */
static bool is_before(const struct layout_start *row, const struct change *c)
{
	return row->seen <= c->begin && c->begin - row->seen >= ABOUT_A_UNIT;
}

/*
 * Wraps anew from the first row that saw what changed (that may be the row before: now the
 * first word may fit there) to where a row begins at a byte at which one began before.
 */
static void wrap_changed(struct layout *l, const struct change *c)
{
	struct layout_start *old = l->rows;
	size_t n_old = l->n_rows, keep = 0, next;

	while (keep + 1 < n_old && is_before(&old[keep], c))
		keep++;
	l->cap_rows = n_old + 1;
	l->rows = mem_array(NULL, l->cap_rows, sizeof(*l->rows));
	memcpy(l->rows, old, keep * sizeof(*old));
	l->n_rows = keep;
	next = keep;
	for (size_t pos = old[keep].begin;;) {
		if (pos >= c->end && l->n_rows) {
			size_t was = pos - c->end + c->old_end;
			while (next < n_old && old[next].begin < was)
				next++;
			if (next > 0 && next < n_old && old[next].begin == was)
				break;
		}
		pos = wrap_row(l, pos);
		if (pos >= l->bytes.len) {
			next = n_old;
			break;
		}
	}
	for (; next < n_old; next++) {
		struct layout_start row = old[next];

		row.begin = row.begin - c->old_end + c->end;
		if (row.seen < SIZE_MAX)
			row.seen = row.seen - c->old_end + c->end;
		add_row(l, row);
	}
	free(old);
}

static bool same_numbers(const struct layout_spec *a, const struct layout_spec *b)
{
	return a->width == b->width && a->first == b->first && a->hang == b->hang &&
	       a->tab == b->tab && a->body == b->body && a->reorder == b->reorder &&
	       a->rtl_default == b->rtl_default;
}

/* Narrows c to what differs between the ranges too. */
static void hidden_change(const struct layout_spec *old, const struct layout_spec *new,
			  struct change *c)
{
	size_t i = 0, a = old->n_hidden, b = new->n_hidden;

	while (i < a && i < b && old->hidden[i].begin == new->hidden[i].begin &&
	       old->hidden[i].end == new->hidden[i].end &&new->hidden[i].end <= c->begin)
		i++;
	while (a > i && b > i && old->hidden[a - 1].begin >= c->old_end &&
	       old->hidden[a - 1].begin - c->old_end + c->end == new->hidden[b - 1].begin &&
	       old->hidden[a - 1].end - c->old_end + c->end == new->hidden[b - 1].end) {
		a--;
		b--;
	}
	for (size_t k = i; k < a || k < b; k++) {
		size_t begin = k < b ? new->hidden[k].begin : old->hidden[k].begin;
		if (k < a && old->hidden[k].begin < begin)
			begin = old->hidden[k].begin;
		if (begin < c->begin)
			c->begin = begin;
		if (k < a && old->hidden[k].end > c->old_end) {
			c->end += old->hidden[k].end - c->old_end;
			c->old_end = old->hidden[k].end;
		}
		if (k<b &&new->hidden[k].end> c->end) {
			c->old_end += new->hidden[k].end - c->end;
			c->end = new->hidden[k].end;
		}
	}
}

static void find_change(const struct layout *l, struct slice p, const struct layout_spec *spec,
			struct change *c)
{
	const char *old = l->bytes.p;
	size_t n = l->bytes.len, least = n < p.len ? n : p.len, same = 0, tail = 0;

	while (same + 256 <= least && memcmp(old + same, p.p + same, 256) == 0)
		same += 256;
	while (same < least && old[same] == p.p[same])
		same++;
	while (tail + 256 <= least - same &&
	       memcmp(old + n - tail - 256, p.p + p.len - tail - 256, 256) == 0)
		tail += 256;
	while (tail < least - same && old[n - tail - 1] == p.p[p.len - tail - 1])
		tail++;
	*c = (struct change){same, n - tail, p.len - tail};
	hidden_change(&l->spec, spec, c);
}

static void take(struct layout *l, struct slice paragraph, const struct layout_spec *spec)
{
	struct layout_range *hidden = NULL;

	if (spec->n_hidden)
		hidden = mem_dup(spec->hidden, spec->n_hidden * sizeof(*hidden));
	free((void *)l->spec.hidden);
	l->spec = *spec;
	l->spec.hidden = hidden;
	str_clear(&l->bytes);
	str_add(&l->bytes, paragraph.p, paragraph.len);
	free(l->levels);
	l->levels = NULL;
	l->row_at = NOT_A_ROW;
	l->scratch->n_row = 0;
	l->version++;
}

void layout_set(struct layout *l, struct slice paragraph, const struct layout_spec *given)
{
	struct layout_spec spec = *given;
	struct change change = {0, 0, 0};

	if (spec.width < 2)
		spec.width = 2;
	bool same_spec = same_numbers(&l->spec, &spec);
	bool same = same_spec && slice_equal(str_slice(&l->bytes), paragraph) &&
		    l->spec.n_hidden == spec.n_hidden &&
		    (!spec.n_hidden || memcmp(l->spec.hidden, spec.hidden,
					      spec.n_hidden * sizeof(*spec.hidden)) == 0);
	if (same)
		return;
	bool partly = same_spec && l->n_rows > 1 && paragraph.len > SMALL;
	if (partly)
		find_change(l, paragraph, &spec, &change);
	take(l, paragraph, &spec);
	if (partly)
		wrap_changed(l, &change);
	else
		wrap_all(l);
	layout_find_direction(l);
}

size_t layout_rows(const struct layout *l)
{
	return l->n_rows;
}

struct layout_range layout_row_range(const struct layout *l, size_t k)
{
	assert(k < l->n_rows);
	return (struct layout_range){l->rows[k].begin,
				     k + 1 < l->n_rows ? l->rows[k + 1].begin : l->bytes.len};
}

const struct layout_row *layout_row(struct layout *l, size_t k)
{
	struct layout_scratch *s = l->scratch;
	struct layout_range row = layout_row_range(l, k);

	if (l->row_at == k)
		return &l->row;
	l->row.begin = row.begin;
	l->row.end = row.end;
	/* A row that was just wrapped is there. */
	if (!s->n_row || s->row.begin != row.begin || s->row.end != row.end) {
		fill_row(l, row.begin, row.end, k == 0);
		s->n_row = s->n;
		s->row = row;
	}
	l->n_units = s->n_row;
	if (l->n_units > l->cap_units) {
		l->cap_units = l->n_units;
		l->units = mem_array(l->units, l->cap_units, sizeof(*l->units));
		l->visual = mem_array(l->visual, l->cap_units, sizeof(*l->visual));
	}
	if (l->n_units)
		memcpy(l->units, s->units, l->n_units * sizeof(*l->units));
	l->row.units = l->units;
	l->row.visual = l->visual;
	l->row.n = l->n_units;
	l->row_at = k;
	layout_order(l);
	return &l->row;
}
