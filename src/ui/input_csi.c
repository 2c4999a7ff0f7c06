/* SPDX-License-Identifier: MIT */
#include "input_inner.h"

/* Control sequences: CSI with its parameters, SS3, and strings that are swallowed. */

#define SEQUENCE_MOST 64 /* bytes of a control sequence; longer ones are noise */
#define STRING_MOST   4096
#define PARAMS        4

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

void input_add_modifiers(struct key *key, uint32_t mods)
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

/* Reads the parameters between the intro and the final byte; false: it is none of ours. */
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
	input_add_modifiers(key, modifiers(mods));
}

/* rxvt says Shift and Ctrl by the last sign, and Shift with an arrow by a small letter. */
static bool event_of_rxvt(const struct csi *csi, struct key *key)
{
	char final = csi->final;

	if (csi->intro)
		return false;
	if (final == '$' || final == '^' || final == '@') {
		key->code = key_of_number(csi->param[0]);
		input_add_modifiers(key, (final != '^' ? KEY_SHIFT : 0u) |
						 (final != '$' ? KEY_CTRL : 0u));
		return true;
	}
	if (final < 'a' || final > 'd' || csi->n != 1 || csi->param[0] >= 0)
		return false;
	key->code = KEY_SHIFT | key_of_letter((char)(final - 'a' + 'A'));
	return true;
}

/* CSI parameters intermediates final; what rxvt and the Linux console add to that. */
size_t input_take_csi(struct input *in, const char *p, size_t len, struct key *key)
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
	else if (!event_of_rxvt(&csi, key))
		event_of_csi(in, &csi, key);
	return i + 1;
}

/* SS3: ESC O letter, perhaps with a modifier in between (old xterms: ESC O 5 A). */
size_t input_take_ss3(const char *p, size_t len, struct key *key)
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
	input_add_modifiers(key, mods);
	return i + 1;
}

/* Strings of a terminal (OSC, DCS, APC, PM): replies nobody asked for here; swallowed. */
size_t input_take_string(const char *p, size_t len, struct key *key)
{
	key->code = KEY_UNKNOWN;
	for (size_t i = 2; i < len; i++) {
		if (p[i] == '\a' || (p[i] == '\x1b' && i + 1 < len && p[i + 1] == '\\'))
			return i + (p[i] == '\a' ? 1 : 2);
	}
	return len < STRING_MOST ? MORE : len;
}
