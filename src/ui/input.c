/* SPDX-License-Identifier: MIT */
#include "ui/input.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SEQUENCE_MOST 64 /* bytes of a control sequence; longer ones are noise */
#define STRING_MOST   4096
#define PASTE_END     "\x1b[201~"
#define PASTE_END_LEN 6

/* A terminal's own sequence. */
struct sequence {
	char *bytes;
	size_t len;
	uint32_t code;
};

struct input {
	struct str in; /* what came and was not used up */
	size_t at;
	struct sequence *sequences;
	size_t n_sequences, cap_sequences;
	struct str paste;
	bool pasting;
	bool ctrl_h_erases;
};

struct input *input_new(void)
{
	return mem_zalloc(sizeof(struct input));
}

void input_free(struct input *in)
{
	if (!in)
		return;
	for (size_t i = 0; i < in->n_sequences; i++)
		free(in->sequences[i].bytes);
	free(in->sequences);
	str_release(&in->in);
	str_release(&in->paste);
	free(in);
}

void input_add(struct input *in, const char *sequence, uint32_t code)
{
	size_t len = strlen(sequence);

	if (strcmp(sequence, "\b") == 0 && code == KEY_ERASE)
		in->ctrl_h_erases = true;
	if (len < 2 || sequence[0] != '\x1b')
		return; /* single bytes mean what ASCII says */
	MEM_GROW(in->sequences, in->n_sequences, in->cap_sequences);
	in->sequences[in->n_sequences++] = (struct sequence){mem_dup(sequence, len), len, code};
}

void input_feed(struct input *in, const char *p, size_t len)
{
	if (in->at == in->in.len) {
		str_clear(&in->in);
		in->at = 0;
	} else if (in->at > 4096 && in->at > in->in.len / 2) {
		str_splice(&in->in, 0, in->at, NULL, 0);
		in->at = 0;
	}
	str_add(&in->in, p, len);
}

bool input_pending(const struct input *in)
{
	return in->at < in->in.len || in->pasting;
}

bool input_in_paste(const struct input *in)
{
	return in->pasting;
}

/* ---- Control sequences ---- */

/* How many bytes a try used up; these two are no number of bytes. */
#define MORE    SIZE_MAX       /* could still become something: wait for more bytes */
#define NOTHING (SIZE_MAX - 1) /* is nothing of that kind */

#define PARAMS 4

struct csi {
	char intro;        /* '<' '?' '>' or 0 */
	int param[PARAMS]; /* -1 where missing */
	int sub;           /* after the second one's ':', in CSI u the kind of event; -1 */
	int n;
	char final;
};

/* xterm's modifier number: 1 + (1 shift, 2 alt, 4 ctrl, 8 meta). */
static uint32_t modifiers(int number)
{
	uint32_t mods = 0;

	if (number < 2 || number > 256)
		return 0;
	number--;
	if (number & 1)
		mods |= KEY_SHIFT;
	if (number & (2 | 8))
		mods |= KEY_ALT;
	if (number & 4)
		mods |= KEY_CTRL;
	return mods;
}

/* Adds modifiers, where it is a key at all. */
static void add_modifiers(struct key *key, uint32_t mods)
{
	uint32_t base = key->code & KEY_BASE;

	if (base != KEY_NONE && base < KEY_PASTE)
		key->code |= mods;
}

static uint32_t key_of_letter(char final)
{
	switch (final) {
	case 'A':
		return KEY_ARROW_UP;
	case 'B':
		return KEY_ARROW_DOWN;
	case 'C':
		return KEY_ARROW_RIGHT;
	case 'D':
		return KEY_ARROW_LEFT;
	case 'E':
		return KEY_CENTRE;
	case 'F':
		return KEY_LINE_END;
	case 'H':
		return KEY_LINE_HOME;
	case 'M': /* keypad, after SS3 */
		return KEY_RETURN;
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return FN_KEY(final - 'P' + 1);
	default:
		return KEY_UNKNOWN;
	}
}

/* The number before a '~', from the VT220 on. */
static uint32_t key_of_number(int n)
{
	static const uint8_t functions[] = {
		[11] = 1,  [12] = 2,  [13] = 3,  [14] = 4,  [15] = 5,  [17] = 6,  [18] = 7,
		[19] = 8,  [20] = 9,  [21] = 10, [23] = 11, [24] = 12, [25] = 13, [26] = 14,
		[28] = 15, [29] = 16, [31] = 17, [32] = 18, [33] = 19, [34] = 20};

	switch (n) {
	case 1:
	case 7:
		return KEY_LINE_HOME;
	case 2:
		return KEY_INSERT;
	case 3:
		return KEY_DELETE;
	case 4:
	case 8:
		return KEY_LINE_END;
	case 5:
		return KEY_PAGE_UP;
	case 6:
		return KEY_PAGE_DOWN;
	default:
		if (n >= 0 && n < (int)sizeof functions && functions[n])
			return FN_KEY(functions[n]);
		return KEY_UNKNOWN;
	}
}

/* A code point with modifiers, as keys are written in tables (ui/key.h). */
static uint32_t key_of_code_point(uint32_t cp, uint32_t mods)
{
	if (cp == '\b')
		cp = KEY_ERASE;
	if (cp >= 'A' && cp <= 'Z' && mods & KEY_CTRL)
		cp += 'a' - 'A';
	if (cp > ' ' && cp != KEY_ERASE)
		mods &= ~KEY_SHIFT;
	if (cp == '\n')
		return CTRL_KEY('j') | mods;
	return cp | mods;
}

/* CSI code ; modifiers u, and CSI 27 ; modifiers ; code ~. */
static uint32_t key_of_csi_u(int code, int mods)
{
	uint32_t cp = code < 0 ? 0 : (uint32_t)code;

	if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF) ||
	    (cp >= 0xE000 && cp <= 0xF8FF))
		return KEY_UNKNOWN;
	return key_of_code_point(cp, modifiers(mods));
}

/* The kind of event in what follows the intro; false: give up. */
static bool read_params(const char *p, size_t len, struct csi *csi)
{
	int *value = NULL;

	csi->n = 0;
	csi->sub = -1;
	for (int i = 0; i < PARAMS; i++)
		csi->param[i] = -1;
	for (size_t i = 0; i < len; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9') {
			if (!value)
				value = &csi->param[csi->n];
			*value = *value < 0 ? 0 : *value;
			if (*value < 100000000)
				*value = *value * 10 + (c - '0');
		} else if (c == ';') {
			if (++csi->n >= PARAMS)
				return false;
			value = NULL;
		} else if (c == ':' && csi->n == 1) {
			value = &csi->sub;
		} else if (c == ':') {
			value = &csi->param[PARAMS -
					    1]; /* alternate key codes: of no interest */
		} else {
			return false;
		}
	}
	csi->n++;
	return true;
}

/* SGR mouse: button and modifiers, column and row from 1; M pressed, m released. */
static bool read_mouse(const struct csi *csi, struct key *key)
{
	int b = csi->param[0];
	struct pointer *p = &key->pointer;

	if (b < 0 || csi->param[1] < 1 || csi->param[2] < 1)
		return false;
	key->code = KEY_POINTER;
	if (b & 4)
		key->code |= KEY_SHIFT;
	if (b & 8)
		key->code |= KEY_ALT;
	if (b & 16)
		key->code |= KEY_CTRL;
	p->row = csi->param[2] - 1;
	p->col = csi->param[1] - 1;
	p->clicks = 1;
	p->button = (b & 3) + 1;
	if (b & 64) {
		p->kind = POINTER_WHEEL;
		p->button = b & 1 ? 1 : -1;
		return !(b & 2) && csi->final == 'M';
	}
	if (b & 128 || (b & 3) == 3)
		return false;
	p->kind = csi->final == 'm' ? POINTER_RELEASE : b & 32 ? POINTER_DRAG : POINTER_PRESS;
	return true;
}

static void event_of_csi(struct input *in, const struct csi *csi, struct key *key)
{
	int first = csi->param[0], mods = csi->param[1];

	key->code = KEY_UNKNOWN;
	if (csi->intro == '<' && (csi->final == 'M' || csi->final == 'm')) {
		if (!read_mouse(csi, key))
			key->code = KEY_UNKNOWN;
		return;
	}
	if (csi->intro || csi->sub == 3) /* a reply of the terminal; a key let go */
		return;
	if (csi->final == '~' && first == 200) {
		in->pasting = true;
		str_clear(&in->paste);
		key->code = KEY_NONE;
	} else if (csi->final == '~' && first == 27 && csi->n == 3) {
		key->code = key_of_csi_u(csi->param[2], mods);
	} else if (csi->final == '~') {
		key->code = key_of_number(first);
	} else if (csi->final == 'u') {
		key->code = key_of_csi_u(first, mods);
		return;
	} else if (csi->final == 'Z') {
		key->code = KEY_SHIFT | KEY_TAB;
	} else if (csi->final == 'I' && first < 0) {
		key->code = KEY_FOCUS_IN;
	} else if (csi->final == 'O' && first < 0) {
		key->code = KEY_FOCUS_OUT;
	} else if (csi->final != 'M') {
		key->code = key_of_letter(csi->final);
		/* rxvt writes no parameters here, xterm "1;5"; "CSI row ; col R" is a reply. */
		if (csi->final == 'R' && csi->n > 1 && first != 1)
			key->code = KEY_UNKNOWN;
	}
	add_modifiers(key, modifiers(mods));
}

/* CSI parameters intermediates final; what rxvt and the Linux console add to that. */
static size_t take_csi(struct input *in, const char *p, size_t len, struct key *key)
{
	struct csi csi = {.intro = 0};
	size_t i = 2, from;

	if (len > 2 && p[2] == '[') { /* Linux console: CSI [ A to E are F1 to F5 */
		if (len < 4)
			return MORE;
		key->code = p[3] >= 'A' && p[3] <= 'E' ? FN_KEY(p[3] - 'A' + 1) : KEY_UNKNOWN;
		return 4;
	}
	if (len > 2 && p[2] >= '<' && p[2] <= '?')
		csi.intro = p[i++];
	if (len > 2 && p[2] == 'M') { /* an old mouse report: three bytes follow */
		key->code = KEY_UNKNOWN;
		return len < 6 ? MORE : 6;
	}
	from = i;
	while (i < len && p[i] >= 0x20 && p[i] < 0x40 && (csi.intro || p[i] != '$'))
		i++;
	if (i == len && len < SEQUENCE_MOST)
		return MORE;
	if (i == len) {
		key->code = KEY_UNKNOWN;
		return len;
	}
	csi.final = p[i];
	if ((unsigned char)csi.final < 0x20 || (unsigned char)csi.final >= 0x7F) {
		key->code = KEY_UNKNOWN; /* cut off by something else, which is read next */
		return i;
	}
	if (!read_params(p + from, i - from, &csi))
		key->code = KEY_UNKNOWN;
	else if (!csi.intro && (csi.final == '$' || csi.final == '^' || csi.final == '@')) {
		key->code = key_of_number(csi.param[0]); /* rxvt: Shift, Ctrl, both */
		add_modifiers(key, (csi.final != '^' ? KEY_SHIFT : 0u) |
					   (csi.final != '$' ? KEY_CTRL : 0u));
	} else if (!csi.intro && csi.final >= 'a' && csi.final <= 'd' && csi.n == 1 &&
		   csi.param[0] < 0)
		key->code = KEY_SHIFT | key_of_letter((char)(csi.final - 'a' + 'A'));
	else
		event_of_csi(in, &csi, key);
	return i + 1;
}

/* SS3: ESC O letter, perhaps with a modifier in between (old xterms: ESC O 5 A). */
static size_t take_ss3(const char *p, size_t len, struct key *key)
{
	uint32_t mods = 0;
	size_t i = 2;

	if (len > 2 && p[2] >= '2' && p[2] <= '8') {
		mods = modifiers(p[2] - '0');
		i++;
	}
	if (i >= len)
		return MORE;
	if (p[i] >= 'a' && p[i] <= 'd') /* rxvt: Ctrl with an arrow */
		key->code = KEY_CTRL | key_of_letter((char)(p[i] - 'a' + 'A'));
	else if (p[i] >= 'j' && p[i] <= 'y') /* the keypad's characters */
		key->code = (uint32_t) "*+,-./0123456789"[p[i] - 'j'];
	else if (p[i] == 'X')
		key->code = '=';
	else
		key->code = key_of_letter(p[i]);
	add_modifiers(key, mods);
	return i + 1;
}

/* Strings of a terminal (OSC, DCS, APC, PM): replies nobody asked for here; swallowed. */
static size_t take_string(const char *p, size_t len, struct key *key)
{
	key->code = KEY_UNKNOWN;
	for (size_t i = 2; i < len; i++) {
		if (p[i] == '\a' || (p[i] == '\x1b' && i + 1 < len && p[i + 1] == '\\'))
			return i + (p[i] == '\a' ? 1 : 2);
	}
	return len < STRING_MOST ? MORE : len;
}

/* The terminal's own sequences go first: the longest that fits. */
static size_t take_known(const struct input *in, const char *p, size_t len, struct key *key)
{
	size_t best = 0;
	bool more = false;

	for (size_t i = 0; i < in->n_sequences; i++) {
		const struct sequence *s = &in->sequences[i];

		if (s->len <= len && s->len > best && memcmp(s->bytes, p, s->len) == 0) {
			best = s->len;
			key->code = s->code;
		}
		more = more || (s->len > len && memcmp(s->bytes, p, len) == 0);
	}
	return best ? best : more ? MORE : NOTHING;
}

static size_t take_character(const struct input *in, const char *p, size_t len, bool quiet,
			     struct key *key)
{
	static const uint8_t lengths[] = {2, 2, 3, 4}; /* by the first byte's bits 4 and 5 */
	unsigned char c = (unsigned char)*p;
	uint32_t cp;
	size_t n = utf8_decode(p, len, &cp);

	if (cp == UTF8_BAD) {
		/* Half a character: the rest may be on its way. */
		if (!quiet && c >= 0xC2 && c <= 0xF4 && len < lengths[c >> 4 & 3]) {
			for (n = 1; n < len && ((unsigned char)p[n] & 0xC0) == 0x80;)
				n++;
			if (n == len)
				return MORE;
			n = 1;
		}
		key->code = KEY_UNKNOWN;
		return n;
	}
	if (cp == '\t' || cp == '\r' || cp == KEY_ERASE)
		key->code = cp;
	else if (cp == '\b' && in->ctrl_h_erases)
		key->code = KEY_ERASE;
	else if (cp == 0)
		key->code = KEY_CTRL | ' ';
	else if (cp < 0x1B)
		key->code = CTRL_KEY(cp - 1 + 'a');
	else if (cp < 0x20)
		key->code = CTRL_KEY(cp + '@');
	else if (cp >= 0x80 && cp < 0xA0)
		key->code = KEY_UNKNOWN;
	else
		key->code = cp;
	return n;
}

static size_t take_escape(struct input *in, const char *p, size_t len, bool quiet,
			  struct key *key)
{
	size_t n = NOTHING;

	if (len > 1)
		n = take_known(in, p, len, key);
	if (n != NOTHING && n != MORE)
		return n;
	if (len == 1)
		n = MORE;
	else if (p[1] == '[')
		n = take_csi(in, p, len, key);
	else if (p[1] == 'O')
		n = take_ss3(p, len, key);
	else if ((p[1] == ']' || p[1] == 'P' || p[1] == '_' || p[1] == '^') && len > 2)
		n = take_string(p, len, key);
	else if (p[1] == ']' || p[1] == 'P' || p[1] == '_' || p[1] == '^')
		n = MORE;
	if (n != MORE && n != NOTHING)
		return n;
	/* Time settles whether Esc, or Alt with [ O ] and the like, was pressed; a sequence
	 * that has begun beyond that goes on, however slow the line. */
	if (n == MORE && (!quiet || len > 2))
		return MORE;
	if (len == 1) {
		key->code = KEY_ESCAPE;
		return 1;
	}
	if (p[1] == '\x1b') {
		/* Esc and then a key that begins with it (as rxvt writes Alt with an arrow), or
		 * Esc twice. */
		if (len > 2 && (p[2] == '[' || p[2] == 'O')) {
			n = take_escape(in, p + 1, len - 1, quiet, key);
			if (n == MORE)
				return MORE;
			add_modifiers(key, KEY_ALT);
			return n + 1;
		}
		if (len == 2 && !quiet)
			return MORE;
		key->code = KEY_ESCAPE;
		return 1;
	}
	n = take_character(in, p + 1, len - 1, quiet, key);
	if (n == MORE)
		return MORE;
	add_modifiers(key, KEY_ALT);
	return n + 1;
}

/* ---- Pastes ---- */

/* Moves what came into the paste; true: its end is here. */
static bool take_paste(struct input *in)
{
	const char *p = in->in.p + in->at, *end;
	size_t len = in->in.len - in->at, keep = PASTE_END_LEN - 1, room;

	end = memmem(p, len, PASTE_END, PASTE_END_LEN);
	/* An end may be cut in two: its first bytes stay until the others come. */
	if (!end && len <= keep)
		return false;
	len = end ? (size_t)(end - p) : len - keep;
	room = in->paste.len < INPUT_PASTE_MOST ? INPUT_PASTE_MOST - in->paste.len : 0;
	str_add(&in->paste, p, len < room ? len : room);
	in->at += len + (end ? PASTE_END_LEN : 0);
	return end != NULL;
}

/* Terminals send a carriage return for each line end of what is pasted. */
static void normalise_paste(struct str *paste)
{
	size_t to = 0;

	for (size_t i = 0; i < paste->len; i++) {
		char c = paste->p[i];

		if (c == '\r' && i + 1 < paste->len && paste->p[i + 1] == '\n')
			continue;
		paste->p[to++] = c == '\r' ? '\n' : c;
	}
	str_truncate(paste, to);
}

bool input_next(struct input *in, bool quiet, struct key *key)
{
	for (;;) {
		size_t n;

		if (in->pasting) {
			if (!take_paste(in))
				return false;
			in->pasting = false;
			normalise_paste(&in->paste);
			*key = key_of(KEY_PASTE);
			key->text = slice_make(in->paste.len ? in->paste.p : "", in->paste.len);
			return true;
		}
		if (in->at >= in->in.len)
			return false;
		*key = key_of(KEY_NONE);
		if (in->in.p[in->at] == '\x1b')
			n = take_escape(in, in->in.p + in->at, in->in.len - in->at, quiet, key);
		else
			n = take_character(in, in->in.p + in->at, in->in.len - in->at, quiet,
					   key);
		if (n == MORE)
			return false;
		in->at += n;
		if (key->code != KEY_NONE)
			return true;
	}
}
