/* SPDX-License-Identifier: MIT */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include "core/str.h"
#include "ui/key.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A terminal's bytes, made into events. Pure: bytes in, keys out, no clock and
 * no terminal, so that every sequence can be tested. Knows xterm's sequences with
 * modifiers, the Linux console's, rxvt's, SGR mouse (1006), bracketed paste (2004),
 * focus (1004), CSI u keys, and what terminfo adds (input_add).
 *
 * Anything may come: unknown sequences become KEY_UNKNOWN and are never typed
 * into a text; a paste beyond INPUT_PASTE_MOST is cut, and the rest swallowed.
 */

#define INPUT_PASTE_MOST ((size_t)64 << 20)

struct input;

struct input *input_new(void);
void input_free(struct input *in);
/* A sequence of this terminal's own (terminfo) and what it means. "\b" may be KEY_ERASE; other
 * single bytes mean what ASCII says. */
void input_add(struct input *in, const char *sequence, uint32_t code);
/* Bytes that came. */
void input_feed(struct input *in, const char *p, size_t len);
/*
 * The next event; false where there is none yet. quiet: no byte came for the
 * escape time, so an Esc that stands alone is the Esc key. key->text is valid until
 * the next call of a function of this module.
 */
bool input_next(struct input *in, bool quiet, struct key *key);
/* Whether bytes wait that might yet become part of a longer sequence. */
bool input_pending(const struct input *in);
bool input_in_paste(const struct input *in);

#endif
