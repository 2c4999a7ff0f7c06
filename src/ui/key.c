/* SPDX-License-Identifier: MIT */
#include "ui/key.h"

#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

/* The first word of a code is the one shown; further ones are read too. */
static const struct {
	uint32_t code;
	const char *word;
} words[] = {
	{KEY_TAB, "Tab"},
	{KEY_RETURN, "Enter"},
	{KEY_RETURN, "Return"},
	{KEY_ESCAPE, "Esc"},
	{KEY_ESCAPE, "Escape"},
	{KEY_ERASE, "Backspace"},
	{' ', "Space"},
	{KEY_ARROW_UP, "Up"},
	{KEY_ARROW_DOWN, "Down"},
	{KEY_ARROW_LEFT, "Left"},
	{KEY_ARROW_RIGHT, "Right"},
	{KEY_LINE_HOME, "Home"},
	{KEY_LINE_END, "End"},
	{KEY_PAGE_UP, "PgUp"},
	{KEY_PAGE_DOWN, "PgDn"},
	{KEY_INSERT, "Ins"},
	{KEY_DELETE, "Del"},
	{KEY_CENTRE, "Centre"},
	{KEY_PASTE, "Paste"},
	{KEY_POINTER, "Mouse"},
	{KEY_RESIZED, "Resize"},
	{KEY_FOCUS_IN, "Focus-in"},
	{KEY_FOCUS_OUT, "Focus-out"},
	{KEY_RESUMED, "Resume"},
	{KEY_UNKNOWN, "Unknown"},
};

#define WORDS (sizeof words / sizeof *words)

struct key key_of(uint32_t code)
{
	return (struct key){.code = code};
}

bool key_is_text(const struct key *key)
{
	uint32_t base = key->code & KEY_BASE;

	return !(key->code & (KEY_CTRL | KEY_ALT)) && base >= ' ' && base != KEY_ERASE &&
	       base < 0x110000;
}

/* What a key types, and what the one in its place types on a Latin keyboard. */
struct place {
	uint32_t typed;
	char latin;
};

/* Russian (typewriter), capitals apart, and Arabic (101 keys): by code point. */
static const struct place russian[] = {
	{0x0430, 'f'}, {0x0431, ','}, {0x0432, 'd'}, {0x0433, 'u'}, {0x0434, 'l'},
	{0x0435, 't'}, {0x0436, ';'}, {0x0437, 'p'}, {0x0438, 'b'}, {0x0439, 'q'},
	{0x043A, 'r'}, {0x043B, 'k'}, {0x043C, 'v'}, {0x043D, 'y'}, {0x043E, 'j'},
	{0x043F, 'g'}, {0x0440, 'h'}, {0x0441, 'c'}, {0x0442, 'n'}, {0x0443, 'e'},
	{0x0444, 'a'}, {0x0445, '['}, {0x0446, 'w'}, {0x0447, 'x'}, {0x0448, 'i'},
	{0x0449, 'o'}, {0x044A, ']'}, {0x044B, 's'}, {0x044C, 'm'}, {0x044D, '\''},
	{0x044E, '.'}, {0x044F, 'z'}, {0x0451, '`'}};
static const struct place arabic[] = {
	{0x061F, '?'},  {0x0621, 'x'}, {0x0624, 'c'}, {0x0626, 'z'}, {0x0627, 'h'},
	{0x0628, 'f'},  {0x0629, 'm'}, {0x062A, 'j'}, {0x062B, 'e'}, {0x062C, '['},
	{0x062D, 'p'},  {0x062E, 'o'}, {0x062F, ']'}, {0x0630, '`'}, {0x0631, 'v'},
	{0x0632, '.'},  {0x0633, 's'}, {0x0634, 'a'}, {0x0635, 'w'}, {0x0636, 'q'},
	{0x0637, '\''}, {0x0638, '/'}, {0x0639, 'u'}, {0x063A, 'y'}, {0x0641, 't'},
	{0x0642, 'r'},  {0x0643, ';'}, {0x0644, 'g'}, {0x0645, 'l'}, {0x0646, 'k'},
	{0x0647, 'i'},  {0x0648, ','}, {0x0649, 'n'}, {0x064A, 'd'}};

static uint32_t latin_of(uint32_t typed, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (places[i].typed == typed)
			return (unsigned char)places[i].latin;
	return typed;
}

uint32_t key_on_latin(uint32_t code)
{
	uint32_t base = code & KEY_BASE, mods = code & ~KEY_BASE;

	if (base >= 0xFF01 &&
	    base <= 0xFF5E) /* UAX #11: full-width forms of U+0021 to U+007E */
		base -= 0xFF01 - '!';
	else if (base >= 0x0660 && base <= 0x0669)
		base -= 0x0660 - '0';
	else if (base >= 0x0410 && base <= 0x042F) { /* capitals */
		base = latin_of(base + 0x20, russian, sizeof russian / sizeof *russian);
		base -= base >= 'a' && base <= 'z' ? 'a' - 'A' : 0;
	} else if (base >= 0x0430 && base <= 0x0451)
		base = latin_of(base, russian, sizeof russian / sizeof *russian);
	else if (base >= 0x061F && base <= 0x064A)
		base = latin_of(base, arabic, sizeof arabic / sizeof *arabic);
	return base | mods;
}

static const char *base_word(uint32_t base, char buf[8])
{
	size_t n;

	for (size_t i = 0; i < WORDS; i++)
		if (words[i].code == base)
			return words[i].word;
	if (base > KEY_FN && base <= KEY_FN_LAST) {
		snprintf(buf, 8, "F%u", (unsigned)(base - KEY_FN));
		return buf;
	}
	if (base < ' ' || base >= 0x110000)
		return "?";
	n = utf8_encode(base, buf);
	buf[n] = '\0';
	return buf;
}

const char *key_word(uint32_t code, char buf[KEY_WORD_SIZE])
{
	uint32_t base = code & KEY_BASE;
	char base_buf[8];
	const char *word = base_word(base, base_buf);
	bool caret = code & KEY_CTRL && !(code & KEY_SHIFT) && base > ' ' && base < KEY_ERASE;

	if (caret && base >= 'a' && base <= 'z') {
		base_buf[0] = (char)(base - 'a' + 'A');
		base_buf[1] = '\0';
	}
	snprintf(buf, KEY_WORD_SIZE, "%s%s%s%s", code & KEY_ALT ? "Alt-" : "",
		 caret             ? "^"
		 : code & KEY_CTRL ? "Ctrl-"
				   : "",
		 code & KEY_SHIFT ? "Shift-" : "", word);
	return buf;
}

/* Takes "Ctrl-" and the like off the name. */
static uint32_t parse_mods(struct slice *name)
{
	static const struct {
		const char *word;
		uint32_t mod;
	} mods[] = {{"Ctrl-", KEY_CTRL}, {"C-", KEY_CTRL}, {"^", KEY_CTRL},
		    {"Alt-", KEY_ALT},   {"M-", KEY_ALT},  {"Shift-", KEY_SHIFT},
		    {"S-", KEY_SHIFT}};
	uint32_t found = 0;

	for (size_t i = 0; i < sizeof mods / sizeof *mods;) {
		size_t len = strlen(mods[i].word);

		if (name->len > len && slice_starts(*name, mods[i].word)) {
			found |= mods[i].mod;
			*name = slice_make(name->p + len, name->len - len);
			i = 0;
			continue;
		}
		i++;
	}
	return found;
}

static uint32_t parse_base(struct slice name)
{
	uint32_t cp, n = 0;

	for (size_t i = 0; i < WORDS; i++)
		if (slice_is(name, words[i].word))
			return words[i].code;
	if (name.len >= 2 && name.len <= 3 && name.p[0] == 'F') {
		for (size_t i = 1; i < name.len && name.p[i] >= '0' && name.p[i] <= '9'; i++)
			n = n * 10 + (uint32_t)(name.p[i] - '0');
		return n >= 1 && n <= 24 ? FN_KEY(n) : KEY_NONE;
	}
	if (name.len == 0 || utf8_decode(name.p, name.len, &cp) != name.len || cp == UTF8_BAD)
		return KEY_NONE;
	return cp;
}

uint32_t key_parse(struct slice name)
{
	uint32_t mods = parse_mods(&name), base = parse_base(name);

	if (base == KEY_NONE)
		return KEY_NONE;
	if (mods & KEY_CTRL && base >= 'A' && base <= 'Z')
		base += 'a' - 'A';
	return base | mods;
}
