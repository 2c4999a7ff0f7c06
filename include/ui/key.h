/* SPDX-License-Identifier: MIT */
#ifndef UI_KEY_H
#define UI_KEY_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the user did, one event at a time: a key, a paste, the mouse, or the
 * terminal itself (resized, focused). A key is one number, so that tables
 * of actions can be constant: a code point or a KEY_ constant, with modifiers.
 * Knows nothing of terminals; ui/input makes keys of a terminal's bytes.
 *
 * Letters with Ctrl are lower case (KEY_CTRL | 's'). Shift is set on special keys
 * only; a shifted letter is its capital.
 */

#define KEY_SHIFT 0x01000000u
#define KEY_ALT   0x02000000u
#define KEY_CTRL  0x04000000u
#define KEY_BASE  0x00FFFFFFu /* the key without its modifiers */

#define CTRL_KEY(c) (KEY_CTRL | (uint32_t)(c))
#define ALT_KEY(c)  (KEY_ALT | (uint32_t)(c))
#define FN_KEY(n)   (KEY_FN + (uint32_t)(n))

enum special_key {
	KEY_NONE = 0,
	KEY_TAB = '\t',
	KEY_RETURN = '\r',
	KEY_ESCAPE = 0x1B,
	KEY_ERASE = 0x7F, /* the key left of the last one typed: Backspace */
	KEY_ARROW_UP = 0x110000,
	KEY_ARROW_DOWN,
	KEY_ARROW_LEFT,
	KEY_ARROW_RIGHT,
	KEY_LINE_HOME,
	KEY_LINE_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_INSERT,
	KEY_DELETE,
	KEY_CENTRE, /* 5 on the keypad */
	KEY_FN,     /* + 1 to 24 */
	KEY_FN_LAST = KEY_FN + 24,
	/* not keys */
	KEY_PASTE,   /* text: the whole paste */
	KEY_POINTER, /* mouse */
	KEY_RESIZED, /* the terminal has another size now */
	KEY_FOCUS_IN,
	KEY_FOCUS_OUT,
	KEY_RESUMED, /* back from suspension */
	KEY_UNKNOWN  /* a sequence nobody knows; ignored, never typed into a text */
};

enum pointer_kind { POINTER_PRESS, POINTER_RELEASE, POINTER_DRAG, POINTER_WHEEL };

struct pointer {
	enum pointer_kind kind;
	int button;   /* 1 left, 2 middle, 3 right; POINTER_WHEEL: -1 up, 1 down */
	int row, col; /* of the screen, from 0; the frame makes them the view's */
	int clicks;   /* 1, 2 or 3 presses at the same place in quick succession */
};

struct key {
	uint32_t code;     /* with modifiers */
	struct slice text; /* KEY_PASTE: the pasted bytes, borrowed until the next event */
	struct pointer pointer;
};

/* A key of that code, for tests and for running an action from the help view. */
struct key key_of(uint32_t code);
/* Whether the key types a character (no Ctrl, no Alt); a view for text takes those. */
bool key_is_text(const struct key *key);
/* The code of the key that stands in its place on a Latin keyboard, where the keyboard is a
 * Russian or an Arabic one; that of the plain character for a full-width one (U+FF01 to U+FF5E)
 * and for a digit of the Arabic script. Any other code is given back. Modifiers stay. */
uint32_t key_on_latin(uint32_t code);
/* The key as people write it, into buf: "^S", "F2", "Alt-Left", "Shift-F3", "Esc", "Space". */
#define KEY_WORD_SIZE 32
const char *key_word(uint32_t code, char buf[KEY_WORD_SIZE]);
/* Reads such a name ("Ctrl-S" too); KEY_NONE where it is none. */
uint32_t key_parse(struct slice name);

#endif
