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
