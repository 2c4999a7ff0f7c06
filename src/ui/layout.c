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

static void find_breaks(struct layout_scratch *s)
{
	size_t at = 0;

	s->breaks = mem_array(s->breaks, s->cap_cps, 1);
	u32_possible_linebreaks(s->cps, s->n_cps, "UTF-8", s->breaks);
	for (size_t i = 0; i < s->n; i++) {
		/* col holds how many code points the unit gave. */
		s->may_break[i] = (s->breaks[at] == UC_BREAK_POSSIBLE ||
				   s->breaks[at] == UC_BREAK_MANDATORY) &&
				  !breaks_badly(s->cps, s->n_cps, at);
		at += (size_t)s->units[i].col;
		s->units[i].col = 0;
	}
}

/* Most units are one byte of ASCII before another, and nothing is hidden. */
static bool read_plain_unit(const struct layout *l, size_t pos, struct layout_unit *u)
{
	const unsigned char *p = (const unsigned char *)l->bytes.p + pos;

	if (l->spec.n_hidden || *p < ' ' || *p >= 0x7F ||
	    (pos + 1 < l->bytes.len && p[1] >= 0x80))
		return false;
	*u = (struct layout_unit){.begin = pos,
				  .end = pos + 1,
				  .shown_begin = pos,
				  .shown_end = pos + 1,
				  .width = 1,
				  .blank = *p == ' '};
	return true;
}

static void give_code_points(const struct layout *l, struct layout_unit *u, bool plain)
{
	struct layout_scratch *s = l->scratch;

	MEM_GROW_BY(s->cps, s->n_cps, s->cap_cps, CPS_OF_A_UNIT);
	if (plain) {
		s->cps[s->n_cps++] = (unsigned char)l->bytes.p[u->begin];
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

	s->n = s->n_cps = 0;
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
		if (col > room)
			beyond++;
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
static size_t break_row(const struct layout *l, bool first_row)
{
	const struct layout_scratch *s = l->scratch;
	int col = layout_indent(&l->spec, first_row), room = layout_room(&l->spec);
	size_t chance = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct layout_unit *u = &s->units[i];
		if (i && s->may_break[i])
			chance = i;
		if (first_row && l->spec.body && u->begin == l->spec.body &&
		    col < layout_indent(&l->spec, false))
			col = layout_indent(&l->spec, false);
		if (col + u->width <= room) {
			col += u->width;
			continue;
		}
		/* The blank at which the row is broken may stand in the caret's column. */
		if (u->blank && u->width == 1 && col == room &&
		    (i + 1 == s->n || s->may_break[i + 1] || s->units[i + 1].blank))
			return i + 1;
		if (chance)
			return chance;
		return i ? i : 1;
	}
	return s->n;
}

static void add_row(struct layout *l, size_t begin)
{
	MEM_GROW(l->rows, l->n_rows, l->cap_rows);
	l->rows[l->n_rows++] = begin;
}

/* The end of the row that begins at pos. */
static size_t row_end_from(struct layout *l, size_t pos, bool first_row)
{
	fill_row(l, pos, l->bytes.len, first_row);
	if (l->scratch->n)
		find_breaks(l->scratch);
	size_t n = break_row(l, first_row);
	return n ? l->scratch->units[n - 1].end : l->bytes.len;
}

static void wrap_all(struct layout *l)
{
	size_t pos = 0;

	l->n_rows = 0;
	do {
		add_row(l, pos);
		pos = row_end_from(l, pos, l->n_rows == 1);
	} while (pos < l->bytes.len);
}

struct change {
	size_t begin;        /* the same before it */
	size_t old_end, end; /* the same after it */
};

/*
 * Wraps anew from two rows before the change (its first word may now fit the
 * row before) to where a row begins at a byte at which one began before.
 */
static void wrap_changed(struct layout *l, const struct change *c)
{
	size_t *old = l->rows, n_old = l->n_rows, keep = 0, next = 0;

	while (keep + 1 < n_old && old[keep + 1] <= c->begin)
		keep++;
	keep = keep > 2 ? keep - 2 : 0;
	l->cap_rows = n_old + 1;
	l->rows = mem_array(NULL, l->cap_rows, sizeof(*l->rows));
	memcpy(l->rows, old, keep * sizeof(*old));
	l->n_rows = keep;
	next = keep;
	for (size_t pos = old[keep];;) {
		if (pos >= c->end && l->n_rows) {
			size_t was = pos - c->end + c->old_end;
			while (next < n_old && old[next] < was)
				next++;
			if (next > 0 && next < n_old && old[next] == was)
				break;
		}
		add_row(l, pos);
		pos = row_end_from(l, pos, l->n_rows == 1);
		if (pos >= l->bytes.len) {
			next = n_old;
			break;
		}
	}
	for (; next < n_old; next++)
		add_row(l, old[next] - c->old_end + c->end);
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
	return (struct layout_range){l->rows[k],
				     k + 1 < l->n_rows ? l->rows[k + 1] : l->bytes.len};
}

const struct layout_row *layout_row(struct layout *l, size_t k)
{
	struct layout_scratch *s = l->scratch;

	assert(k < l->n_rows);
	if (l->row_at == k)
		return &l->row;
	l->row.begin = layout_row_range(l, k).begin;
	l->row.end = layout_row_range(l, k).end;
	fill_row(l, l->row.begin, l->row.end, k == 0);
	l->n_units = s->n;
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
