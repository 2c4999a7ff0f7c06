/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/glyph.h"
#include "ui/layout_inner.h"

#include <string.h>
#include <unilbrk.h>

#define BEYOND        LAYOUT_BEYOND
#define CPS_OF_A_UNIT 4 /* enough of a cluster for those rules */

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

static int room_of(const struct layout_spec *spec)
{
	return spec->width - 1;
}

int layout_indent(const struct layout_spec *spec, bool first_row)
{
	int indent = first_row ? spec->first : spec->hang, most = room_of(spec) / 2;

	return indent < 0 ? 0 : indent > most ? most : indent;
}

static int tab_width(const struct layout_spec *spec, int col)
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
	int col = layout_indent(&l->spec, first_row), room = room_of(&l->spec);
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
			u.width = tab_width(&l->spec, col);
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
	if (s->units[i].blank && s->units[i].width == 1 && s->over_col == room_of(&l->spec) &&
	    (i + 1 == s->n || s->may_break[i + 1] || s->units[i + 1].blank))
		return i + 1;
	size_t chance = i;
	while (!s->may_break[chance])
		chance--;
	if (chance)
		return chance;
	return i ? i : 1;
}

/* Printable ASCII from p on; written so that compilers take many bytes at a time. */
static bool is_printable(const char *p, size_t len)
{
	unsigned char any = 0;

	for (size_t i = 0; i < len; i++)
		any |= (unsigned char)((p[i] < ' ') | (p[i] > '~'));
	return !any;
}

/*
 * The same for most rows of most texts, without their units: all is printable ASCII, and the
 * words around the edge are of letters. Where the row ends; 0: it has to be looked at.
 */
static size_t break_plain_row(const struct layout *l, size_t pos, size_t *seen)
{
	size_t edge = (size_t)(room_of(&l->spec) - layout_indent(&l->spec, false));
	size_t read = edge + BEYOND;
	const char *p = l->bytes.p + pos;

	/* What follows may combine with the last one read. */
	if (l->spec.n_hidden || l->bytes.len - pos <= read || !is_printable(p, read + 1))
		return 0;
	edge += p[edge] == ' ';
	if (!is_letter((unsigned char)p[edge]))
		return 0;
	while (edge > 1 && is_letter((unsigned char)p[edge - 1]))
		edge--;
	if (edge < 2 || p[edge - 1] != ' ' || !is_letter((unsigned char)p[edge - 2]))
		return 0;
	*seen = pos + read;
	return pos + edge;
}

size_t layout_break_row(struct layout *l, size_t pos, bool first_row, size_t *seen)
{
	struct layout_scratch *s = l->scratch;
	size_t end = l->bytes.len, plain = first_row ? 0 : break_plain_row(l, pos, seen);

	if (plain)
		return plain;
	fill_row(l, pos, end, first_row);
	s->n_row = 0;
	*seen = SIZE_MAX;
	if (s->n) {
		s->n_row = break_row(l);
		if (s->units[s->n - 1].end < end)
			*seen = s->units[s->n - 1].end;
		end = s->units[s->n_row - 1].end;
	}
	s->row = (struct layout_range){pos, end};
	return end;
}

void layout_fill_row(struct layout *l, struct layout_range row, bool first_row)
{
	struct layout_scratch *s = l->scratch;

	/* A row that was just wrapped is there. */
	if (s->n_row && s->row.begin == row.begin && s->row.end == row.end)
		return;
	fill_row(l, row.begin, row.end, first_row);
	s->n_row = s->n;
	s->row = row;
}
