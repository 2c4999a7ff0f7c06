/* SPDX-License-Identifier: MIT */
#include "input_inner.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PASTE_END     "\x1b[201~"
#define PASTE_END_LEN 6

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

/* ---- One key ---- */

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

/* What the sign after Esc begins; what this terminal is known to send comes before that. */
static size_t take_sequence(struct input *in, const char *p, size_t len, struct key *key)
{
	size_t known;

	if (len == 1)
		return MORE;
	known = take_known(in, p, len, key);
	if (known != NOTHING && known != MORE)
		return known;
	switch (p[1]) {
	case '[':
		return input_take_csi(in, p, len, key);
	case 'O':
		return input_take_ss3(p, len, key);
	case ']':
	case 'P':
	case '_':
	case '^':
		return len > 2 ? input_take_string(p, len, key) : MORE;
	default:
		return known;
	}
}

static size_t take_escape(struct input *in, const char *p, size_t len, bool quiet,
			  struct key *key)
{
	size_t n = take_sequence(in, p, len, key);

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
			input_add_modifiers(key, KEY_ALT);
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
	input_add_modifiers(key, KEY_ALT);
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
