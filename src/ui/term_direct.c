/* SPDX-License-Identifier: MIT */
#include "term_inner.h"

#include "core/utf8.h"
#include "ui/glyph.h"
#include "ui/unit.h"

#include <string.h>

/*
 * Writes cells to the terminal without curses, which takes longer over a typed letter than all
 * the rest of the program. Only where terminfo describes what nearly every terminal of today
 * is: cursor and colours as ECMA-48 has them, no delays, UTF-8, a last column that is no trap.
 */

#define RUN    256 /* bytes given to the buffer at once */
#define BLANKS 8   /* so many at the end of a row are wiped rather than written */

#define CUP "\x1b[%i%p1%d;%p2%dH"
#define EL  "\x1b[K"

/* Bits of terminfo's ncv: what cannot be had together with colours. */
#define NCV_UNDERLINE 0x02
#define NCV_REVERSE   0x04
#define NCV_DIM       0x10
#define NCV_BOLD      0x20
#define NCV_ITALIC    0x8000

static const struct {
	uint16_t look;
	int ncv;
	const char *name;
} attributes[] = {
	{LOOK_BOLD, NCV_BOLD, "bold"},      {LOOK_DIM, NCV_DIM, "dim"},
	{LOOK_REVERSE, NCV_REVERSE, "rev"}, {LOOK_UNDERLINE, NCV_UNDERLINE, "smul"},
	{LOOK_ITALIC, NCV_ITALIC, "sitm"},
};

#define ATTRIBUTES (sizeof attributes / sizeof *attributes)

static bool is_plain(const char *sequence)
{
	return sequence && !strstr(sequence, "$<");
}

static bool is_like(const char *name, const char *want)
{
	const char *have = term_capability(name);

	return have && strcmp(have, want) == 0;
}

void term_direct_choose(void)
{
	term.n_pens = 0;
	term.direct = term.utf8 && is_like("cup", CUP) && is_like("el", EL) &&
		      is_plain(term_capability("sgr0")) && tigetnum("xmc") <= 0 &&
		      (tigetflag("xenl") > 0 || tigetflag("am") <= 0);
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (term_capability(attributes[i].name))
			term.direct =
				term.direct && is_plain(term_capability(attributes[i].name));
	if (term.theme.depth != THEME_MONO)
		term.direct = term.direct && term.default_colours &&
			      is_plain(term_capability("setaf")) &&
			      is_plain(term_capability("setab"));
}

/* ---- Pens ---- */

static void add(struct pen_sequence *pen, const char *sequence)
{
	size_t len = sequence ? strlen(sequence) : 0;

	if (!len || pen->len + len > sizeof pen->bytes)
		return;
	memcpy(pen->bytes + pen->len, sequence, len);
	pen->len += len;
}

static void make_pen(struct pen_sequence *pen, uint32_t style)
{
	struct look look = theme_look(&term.theme, style);
	bool mono = term.theme.depth == THEME_MONO;
	bool colours = !mono && (look.fg >= 0 || look.bg >= 0);
	int ncv = colours && tigetnum("ncv") > 0 ? tigetnum("ncv") : 0;

	*pen = (struct pen_sequence){.style = style};
	if (look.attrs & LOOK_ITALIC && !term_capability("sitm"))
		look.attrs = (uint16_t)((look.attrs & ~LOOK_ITALIC) | LOOK_DIM);
	pen->normal = !colours && !look.attrs;
	add(pen, term_capability("sgr0"));
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (look.attrs & attributes[i].look && !(ncv & attributes[i].ncv))
			add(pen, term_capability(attributes[i].name));
	if (!mono && look.fg >= 0)
		add(pen, tiparm(term_capability("setaf"), (int)look.fg));
	if (!mono && look.bg >= 0)
		add(pen, tiparm(term_capability("setab"), (int)look.bg));
}

static const struct pen_sequence *pen_of(uint32_t style)
{
	size_t i = 0;

	while (i < term.n_pens && term.pens[i].style != style)
		i++;
	if (i < term.n_pens)
		return &term.pens[i];
	if (term.n_pens == PENS)
		term.n_pens = 0;
	make_pen(&term.pens[term.n_pens], style);
	return &term.pens[term.n_pens++];
}

/* The terminal writes with no attributes between rows. */
static void take_pen(const struct pen_sequence *pen, bool *normal)
{
	if (!*normal || !pen->normal)
		str_add(&term.out_bytes, pen->bytes, pen->len);
	*normal = pen->normal;
}

/* ---- Cells ---- */

static void put_glyph(struct slice bytes, int width)
{
	struct unit units[UNITS_MOST];
	char buf[4];
	size_t n;

	n = units_of_glyph(bytes, width, true, units);
	for (size_t i = 0; i < n; i++)
		for (const wchar_t *w = units[i].text; *w; w++)
			str_add(&term.out_bytes, buf, utf8_encode((uint32_t)*w, buf));
}

static bool is_blank(const struct cell *cell)
{
	return cell->len == 0 && cell->width == 1 && cell->style == STYLE_TEXT;
}

/* Plain glyphs and blanks from `at` on, in the style of the first, are written at once; returns
 * where the next one is. */
static int put_plain(const struct cell *cells, int at, int end)
{
	char run[RUN];
	size_t n = 0;
	int i = at;

	for (; i < end && n + CELL_OWN <= RUN; i++) {
		const struct cell *cell = &cells[i];

		if (cell->width != 1 || cell->style != cells[at].style)
			break;
		if (cell->len > 1 && (cell->len > CELL_OWN ||
				      glyph_plain(cell->glyph.own, cell->len) != cell->len))
			break;
		memcpy(run + n, cell->len ? cell->glyph.own : "    ", CELL_OWN);
		n += cell->len ? cell->len : 1;
	}
	str_add(&term.out_bytes, run, n);
	return i;
}

/* Where blanks begin that go on to the row's end. */
static int text_end(const struct canvas *c, int row)
{
	int end = c->cols;

	while (end > 0 && is_blank(canvas_cell(c, row, end - 1)))
		end--;
	return end;
}

static void move_to(int row, int col)
{
	str_add(&term.out_bytes, "\x1b[", 2);
	str_add_number(&term.out_bytes, (size_t)row + 1);
	str_add_char(&term.out_bytes, ';');
	str_add_number(&term.out_bytes, (size_t)col + 1);
	str_add_char(&term.out_bytes, 'H');
}

void term_direct_begin(void)
{
	str_clear(&term.out_bytes);
}

void term_direct_row(const struct canvas *c, int row, int begin, int end)
{
	bool normal = true, wipe = false;
	uint32_t style = UINT32_MAX;
	int blanks = end == c->cols ? text_end(c, row) : end;

	while (begin > 0 && canvas_cell(c, row, begin)->width == 0)
		begin--;
	if (end - blanks >= BLANKS && pen_of(STYLE_TEXT)->normal) {
		end = blanks > begin ? blanks : begin;
		wipe = true;
	}
	move_to(row, begin);
	const struct cell *cells = canvas_cell(c, row, 0);
	for (int col = begin; col < end;) {
		const struct cell *cell = &cells[col];
		int width = cell->width ? cell->width : 1, plain;

		if (cell->style != style)
			take_pen(pen_of(cell->style), &normal);
		style = cell->style;
		plain = put_plain(cells, col, end);
		if (plain > col) {
			col = plain;
			continue;
		}
		if (cell->len)
			put_glyph(canvas_bytes(c, cell), width);
		else
			for (int i = 0; i < width; i++)
				str_add_char(&term.out_bytes, ' ');
		col += width;
	}
	if (!normal)
		str_add_text(&term.out_bytes, term_capability("sgr0"));
	if (wipe)
		str_add(&term.out_bytes, EL, sizeof EL - 1);
}

bool term_direct_end(int row, int col, const char *shape)
{
	if (!term.out_bytes.len && !*shape && row == term.row && col == term.col)
		return true;
	move_to(row, col);
	term.row = row;
	term.col = col;
	str_add_text(&term.out_bytes, shape);
	return tty_write(&term.tty, term.out_bytes.p, term.out_bytes.len);
}
