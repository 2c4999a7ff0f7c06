/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#define OWN (-1) /* the terminal's own colour */

/*
 * How a style looks with 256 colours, with 8 (and 16: their bright halves are
 * unreadable on white), and without any. The 256 are of middle lightness, so
 * that each has a contrast of at least 3.3 on black and on white.
 */
struct paint {
	char letter;
	const char *word;
	int16_t fg256, fg8;
	uint16_t attrs; /* with colours */
	uint16_t mono;  /* without */
};

#define B LOOK_BOLD
#define D LOOK_DIM
#define U LOOK_UNDERLINE
#define I LOOK_ITALIC

static const struct paint paints[STYLES] = {
	[STYLE_TEXT] = {' ', "text", OWN, OWN, 0, 0},
	[STYLE_DIM] = {'d', "dim", 244, OWN, 0, D},
	[STYLE_TITLE] = {'T', "title", OWN, OWN, B, B},
	[STYLE_HEADING] = {'H', "heading", OWN, OWN, B, B},
	[STYLE_RULE] = {'r', "rule", 244, OWN, 0, D},
	[STYLE_ACCENT] = {'A', "accent", 31, 6, B, B},
	[STYLE_KEY] = {'k', "key", 31, 6, B, B},
	[STYLE_LABEL] = {'l', "label", OWN, OWN, 0, 0},
	[STYLE_CLAUSE] = {'c', "clause", 244, OWN, 0, D},
	[STYLE_BRACKET_1] = {'1', "bracket-1", 166, 5, B, B},
	[STYLE_BRACKET_2] = {'2', "bracket-2", 97, 6, B, U},
	[STYLE_BRACKET_3] = {'3', "bracket-3", 64, 2, B, B | U},
	[STYLE_BRACKET_4] = {'4', "bracket-4", 131, 1, B, I},
	[STYLE_OPTION] = {'o', "option", OWN, OWN, 0, 0},
	[STYLE_PLACEHOLDER] = {'p', "placeholder", 244, OWN, I, I},
	[STYLE_PARTIES] = {'P', "parties", 31, 6, 0, 0},
	[STYLE_PROBLEM] = {'!', "problem", 160, 1, B | U, B | U},
	[STYLE_SKIPPED] = {'s', "skipped", 244, OWN, 0, D},
	[STYLE_OK] = {'y', "ok", 64, 2, B, B},
	[STYLE_WARN] = {'w', "warn", 166, 3, B, B},
	[STYLE_ERROR] = {'e', "error", 160, 1, B, B},
	[STYLE_AGREED] = {'a', "agreed", 64, 2, 0, 0},
	[STYLE_REOPENED] = {'R', "reopened", 166, 3, B, B},
	[STYLE_DEFERRED] = {'D', "deferred", 244, OWN, I, I},
	[STYLE_ADDED] = {'+', "added", 64, 2, U, U},
	[STYLE_DELETED] = {'-', "deleted", 160, 1, 0, D},
	[STYLE_INPUT] = {'i', "input", OWN, OWN, 0, 0},
	[STYLE_PARTY_1] = {'U', "party-1", 64, 2, 0, 0},
	[STYLE_PARTY_2] = {'V', "party-2", 32, 6, 0, 0},
	[STYLE_PARTY_3] = {'W', "party-3", 136, 3, 0, 0},
	[STYLE_PARTY_4] = {'X', "party-4", 133, 5, 0, 0},
	[STYLE_PARTY_5] = {'Y', "party-5", 167, 1, 0, 0},
	[STYLE_PARTY_6] = {'Z', "party-6", 61, 4, 0, 0},
};

#undef B
#undef D
#undef U
#undef I

uint32_t style_bracket(uint32_t depth)
{
	return STYLE_BRACKET_1 + (depth ? depth - 1 : 0) % 4;
}

uint32_t style_party(uint16_t party)
{
	return STYLE_PARTY_1 + party % 6u;
}

struct theme theme_make(int colours, bool no_colour)
{
	struct theme theme = {THEME_MONO};

	if (no_colour || colours < 8)
		theme.depth = THEME_MONO;
	else if (colours < 16)
		theme.depth = THEME_8;
	else
		theme.depth = colours < 256 ? THEME_16 : THEME_256;
	return theme;
}

static const struct paint *paint_of(uint32_t style)
{
	uint32_t name = STYLE_NAME(style);

	return &paints[name < STYLES ? name : STYLE_TEXT];
}

static bool is_bracket(uint32_t style)
{
	return STYLE_NAME(style) >= STYLE_BRACKET_1 && STYLE_NAME(style) <= STYLE_BRACKET_4;
}

struct look theme_look(const struct theme *theme, uint32_t style)
{
	const struct paint *paint = paint_of(style);
	struct look look = {OWN, OWN, paint->attrs};

	if (theme->depth == THEME_MONO)
		look.attrs = paint->mono;
	else
		look.fg = theme->depth == THEME_256 ? paint->fg256 : paint->fg8;
	/* Without grey, a low voice is the terminal's faint. */
	if (theme->depth != THEME_MONO && theme->depth != THEME_256 && paint->fg256 == 244)
		look.attrs |= LOOK_DIM;
	if (style & (STYLE_CURRENT | STYLE_STRONG))
		look.attrs = (uint16_t)((look.attrs | LOOK_BOLD) & ~LOOK_DIM);
	/* Brackets are bold already: those of the point at the cursor stand out otherwise. */
	if (style & STYLE_CURRENT && is_bracket(style))
		look.attrs |= LOOK_REVERSE;
	if (style & STYLE_HIT && theme->depth == THEME_MONO) {
		look.attrs |= LOOK_BOLD | LOOK_UNDERLINE;
	} else if (style & STYLE_HIT) {
		look.fg = theme->depth == THEME_256 ? 16 : 0;
		look.bg = theme->depth == THEME_256 ? 222 : 3;
		/* Turned round they would be dark boxes in a light stretch. */
		if (look.attrs & LOOK_REVERSE)
			look.attrs ^= LOOK_REVERSE | LOOK_UNDERLINE;
	}
	if (style & STYLE_SELECTED) {
		look.attrs |= LOOK_REVERSE;
		look.attrs = (uint16_t)(look.attrs & ~LOOK_DIM);
	}
	return look;
}

char style_letter(uint32_t style)
{
	return paint_of(style)->letter;
}

char style_digit(uint32_t style)
{
	return "0123456789abcdef"[style >> 8 & 0xFu];
}

void style_words(struct str *out, uint32_t style)
{
	str_add_text(out, paint_of(style)->word);
	if (style & STYLE_SELECTED)
		str_add_text(out, " selected");
	if (style & STYLE_HIT)
		str_add_text(out, " hit");
	if (style & STYLE_CURRENT)
		str_add_text(out, " current");
	if (style & STYLE_STRONG)
		str_add_text(out, " strong");
}

void look_words(struct str *out, struct look look)
{
	static const char *const words[] = {"bold", "dim", "underline", "reverse", "italic"};
	size_t from = out->len;

	for (int i = 0; i < 5; i++)
		if (look.attrs & 1u << i)
			str_addf(out, "%s%s", out->len > from ? " " : "", words[i]);
	if (look.fg >= 0)
		str_addf(out, "%scolour %d", out->len > from ? " " : "", look.fg);
	if (look.bg >= 0)
		str_addf(out, "%son %d", out->len > from ? " " : "", look.bg);
	if (out->len == from)
		str_add_text(out, "plain");
}
