/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/layout_inner.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

/*
 * UAX 9, with the deviations its HL1 and HL3 allow: the base direction is the
 * body's, whatever its label is written in; label and body are ordered each
 * by itself; controls and what else is not shown as itself is neutral.
 */

#define WHOLE (64 * 1024) /* bytes up to which levels are resolved for the whole paragraph */

static FriBidiCharType type_of(const struct layout *l, const struct layout_unit *u,
			       uint32_t *cp)
{
	if (u->tab)
		*cp = '\t';
	else
		layout_code_points(l, u, cp, 1);
	return fribidi_get_bidi_type(*cp);
}

#define BLOCK 64 /* bytes */

/* Every character that reads from right to left has one of these as its first byte. Written so
 * that compilers take many bytes at a time: a paragraph is looked through on every key. */
static inline bool may_begin_rtl(const char *p, size_t len)
{
	unsigned char any = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		any |= (unsigned char)((c >= 0xD6) & ((c < 0xE2) | (c > 0xED)));
	}
	return any;
}

static bool may_be_rtl(const char *p, size_t len)
{
	for (; len >= BLOCK; p += BLOCK, len -= BLOCK)
		if (may_begin_rtl(p, BLOCK))
			return true;
	return may_begin_rtl(p, len);
}

/* The direction of the first strong character from pos on; false where there is none. */
static bool strong(const struct layout *l, size_t pos, size_t until, bool *rtl)
{
	struct layout_unit u;
	uint32_t cp;

	for (; pos < until; pos = u.end) {
		layout_read_unit(l, pos, &u);
		FriBidiCharType type = type_of(l, &u, &cp);
		if (!FRIBIDI_IS_STRONG(type) || !FRIBIDI_IS_LETTER(type))
			continue;
		*rtl = FRIBIDI_IS_RTL(type);
		return true;
	}
	return false;
}

void layout_find_direction(struct layout *l)
{
	size_t body = l->spec.body < l->bytes.len ? l->spec.body : 0;

	l->right_to_left = false;
	l->mixed = l->spec.reorder && may_be_rtl(l->bytes.p, l->bytes.len);
	if (!l->spec.reorder)
		return;
	if (!l->mixed) {
		/* Neutral text, a number or a lone bracket, goes with the draft. */
		if (l->spec.rtl_default && !strong(l, 0, l->bytes.len, &l->right_to_left))
			l->right_to_left = true;
		l->mixed = l->right_to_left;
		return;
	}
	if (!strong(l, body, l->bytes.len, &l->right_to_left) &&
	    !strong(l, 0, body, &l->right_to_left))
		l->right_to_left = l->spec.rtl_default;
}

void layout_follow_direction(struct layout *l, size_t begin, size_t end)
{
	if (l->spec.reorder &&
	    (l->spec.rtl_default || may_be_rtl(l->bytes.p + begin, end - begin)))
		layout_find_direction(l);
}

/* Levels of n units; false where memory was short in the library (then all are the base's). */
static bool resolve(const FriBidiChar *cps, size_t n, bool rtl, FriBidiLevel *levels)
{
	FriBidiCharType *types = mem_array(NULL, n, sizeof(*types));
	FriBidiBracketType *brackets = mem_array(NULL, n, sizeof(*brackets));
	FriBidiParType base = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;

	fribidi_get_bidi_types(cps, (FriBidiStrIndex)n, types);
	fribidi_get_bracket_types(cps, (FriBidiStrIndex)n, types, brackets);
	bool done = fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)n,
							&base, levels) != 0;
	if (!done)
		memset(levels, rtl ? 1 : 0, n);
	free(types);
	free(brackets);
	return done;
}

/* Levels of all units from begin to end, given to `give` by unit. */
static void resolve_range(const struct layout *l, size_t begin, size_t end, uint8_t *levels)
{
	FriBidiChar *cps = NULL;
	FriBidiLevel *found;
	size_t n = 0, cap = 0;
	struct layout_unit u;

	for (size_t pos = begin; pos < end; pos = u.end) {
		layout_read_unit(l, pos, &u);
		MEM_GROW(cps, n, cap);
		type_of(l, &u, &cps[n++]);
	}
	found = mem_zalloc(n * sizeof(*found));
	if (n)
		resolve(cps, n, l->right_to_left, found);
	n = 0;
	for (size_t pos = begin; pos < end; pos = u.end) {
		layout_read_unit(l, pos, &u);
		levels[pos - begin] = (uint8_t)found[n++];
	}
	free(cps);
	free(found);
}

static void give_levels(struct layout *l)
{
	uint8_t base = l->right_to_left ? 1 : 0;
	size_t n = l->row.n, len = l->bytes.len;

	if (!l->mixed) {
		for (size_t i = 0; i < n; i++)
			l->units[i].level = 0;
		return;
	}
	uint8_t *row_levels = NULL;
	if (len <= WHOLE && !l->levels) {
		size_t body = l->spec.body < len ? l->spec.body : 0;
		l->levels = mem_zalloc(len + 1);
		resolve_range(l, 0, body, l->levels);
		resolve_range(l, body, len, l->levels + body);
	} else if (len > WHOLE) {
		row_levels = mem_zalloc(l->row.end - l->row.begin + 1);
		resolve_range(l, l->row.begin, l->row.end, row_levels);
	}
	for (size_t i = 0; i < n; i++)
		l->units[i].level = row_levels ? row_levels[l->units[i].begin - l->row.begin]
					       : l->levels[l->units[i].begin];
	free(row_levels);
	/* L1: blanks at the end of a row go with the paragraph. */
	for (size_t i = n; i > 0 && l->units[i - 1].blank; i--)
		l->units[i - 1].level = base;
}

/* L2 for the units begin to end, whose places from left to right go to visual. */
static void order_part(const struct layout *l, size_t begin, size_t end, uint16_t *visual)
{
	const struct layout_unit *units = l->units;
	size_t n = end - begin;
	uint8_t highest = 0;

	for (size_t i = 0; i < n; i++) {
		visual[i] = (uint16_t)(begin + i);
		if (units[begin + i].level > highest)
			highest = units[begin + i].level;
	}
	for (uint8_t level = highest; level > 0; level--) {
		for (size_t i = 0, last; i < n; i = last + 1) {
			for (last = i; last < n && units[visual[last]].level >= level;)
				last++;
			for (size_t a = i, z = last; z > a + 1; a++, z--) {
				uint16_t t = visual[a];
				visual[a] = visual[z - 1];
				visual[z - 1] = t;
			}
		}
	}
}

static int width_of(const struct layout *l, size_t begin, size_t end)
{
	int width = 0;

	for (size_t i = begin; i < end; i++)
		width += l->units[i].width;
	return width;
}

/* Columns for n units in visual order, the first of them at col. */
static void place_part(struct layout *l, const uint16_t *visual, size_t n, int col)
{
	for (size_t i = 0; i < n; i++) {
		l->units[visual[i]].col = col;
		col += l->units[visual[i]].width;
	}
}

void layout_order(struct layout *l)
{
	struct layout_row *row = &l->row;
	bool first_row = l->row_at == 0;
	int start = layout_indent(&l->spec, first_row), hang = layout_indent(&l->spec, false);
	size_t label = 0;

	give_levels(l);
	if (first_row && l->spec.body)
		while (label < row->n && l->units[label].begin < l->spec.body)
			label++;
	int label_width = width_of(l, 0, label), body_width = width_of(l, label, row->n);
	int body = start + label_width;
	if (label && label < row->n && body < hang)
		body = hang;
	row->rtl = l->right_to_left;
	if (row->rtl) {
		/* The mirror image: the label is last, the caret's column the leftmost. */
		size_t n = row->n - label;
		int width = l->spec.width;
		order_part(l, label, row->n, l->visual);
		order_part(l, 0, label, l->visual + n);
		place_part(l, l->visual, n, width - body - body_width);
		place_part(l, l->visual + n, label, width - start - label_width);
		row->left = width - body - body_width;
		row->right = width - start;
		row->end_col = row->left > 0 ? row->left - 1 : 0;
	} else {
		order_part(l, 0, label, l->visual);
		order_part(l, label, row->n, l->visual + label);
		place_part(l, l->visual, label, start);
		place_part(l, l->visual + label, row->n - label, body);
		row->left = start;
		row->right = body + body_width;
		row->end_col = row->right < l->spec.width ? row->right : l->spec.width - 1;
	}
}

size_t layout_mirror(const struct layout *l, const struct layout_unit *u, char out[5])
{
	FriBidiChar other;
	uint32_t cp;
	size_t n, len = u->shown_end - u->shown_begin;

	if (!(u->level & 1) || u->stand_in || !len)
		return 0;
	n = utf8_decode(l->bytes.p + u->shown_begin, len, &cp);
	if (cp == UTF8_BAD || n != len || !fribidi_get_mirror_char(cp, &other))
		return 0;
	n = utf8_encode(other, out);
	out[n] = '\0';
	return n;
}

void layout_library_version(struct str *out)
{
	const char *p = fribidi_version_info;
	size_t len = strcspn(p, "\n");

	/* Its first line is "(fribidi) fribidi 1.0.8". */
	while (len && (*p < '0' || *p > '9')) {
		p++;
		len--;
	}
	str_add(out, p, len);
}
