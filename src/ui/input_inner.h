/* SPDX-License-Identifier: MIT */
#ifndef UI_INPUT_INNER_H
#define UI_INPUT_INNER_H

#include "ui/input.h"

/* What the files of the input share: input.c has the bytes and takes them key by key,
 * input_csi.c knows control sequences. */

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

/* How many bytes a try used up; these two are no number of bytes. */
#define MORE    SIZE_MAX       /* could still become something: wait for more bytes */
#define NOTHING (SIZE_MAX - 1) /* is nothing of that kind */

/* Of the bytes at p, which begin with an escape and the sign of such a sequence: how many are
 * used up, and what they say. */
size_t input_take_csi(struct input *in, const char *p, size_t len, struct key *key);
size_t input_take_ss3(const char *p, size_t len, struct key *key);
size_t input_take_string(const char *p, size_t len, struct key *key);

/* Adds modifiers, where it is a key at all. */
void input_add_modifiers(struct key *key, uint32_t mods);

#endif
