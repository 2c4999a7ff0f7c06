/* SPDX-License-Identifier: MIT */
#include "sync_inner.h"

#include <string.h>

/* What git and the other side say of a fetch or a push. */

enum { SAID_LINES = 20, SAID_BYTES = 400 /* a line */ };

/* The next line of text, without its end and the blanks there; false: there is none. */
static bool next_line(struct slice text, size_t *at, struct slice *line)
{
	const char *p = text.p + *at, *lf;
	size_t n;

	if (*at >= text.len)
		return false;
	lf = memchr(p, '\n', text.len - *at);
	n = lf ? (size_t)(lf - p) : text.len - *at;
	*at += n + 1;
	while (n && (p[n - 1] == '\r' || p[n - 1] == ' ')) /* ssh's lines end so */
		n--;
	*line = slice_make(p, n);
	return true;
}

/* What git says besides, once it has told the reason. */
static bool is_afterword(struct slice line)
{
	return slice_starts(line, "fatal: Could not read from remote") ||
	       slice_starts(line, "fatal: the remote end hung up");
}

void sync_reason(const struct run_result *r, char words[300])
{
	struct slice best = {"", 0}, line;

	for (size_t at = 0; next_line(str_slice(&r->err), &at, &line);)
		if (!best.len || (!is_afterword(line) && (slice_starts(line, "fatal: ") ||
							  slice_starts(line, "ssh: "))))
			best = line;
	if (slice_starts(best, "fatal: "))
		best = slice_make(best.p + 7, best.len - 7);
	if (best.len > 299)
		best.len = 299;
	memcpy(words, best.p, best.len);
	words[best.len] = '\0';
}

struct slice sync_refusal(const struct run_result *r)
{
	static const char mark[] = "[remote rejected]";
	struct slice found = slice_make("", 0), line;

	for (size_t at = 0; !found.len && next_line(str_slice(&r->out), &at, &line);) {
		const char *p = slice_find(line, mark);

		if (p)
			found = slice_make(p, line.len - (size_t)(p - line.p));
	}
	/* "[remote rejected] (pre-receive hook declined)" */
	if (found.len > sizeof(mark) + 2 && found.p[sizeof(mark)] == '(' &&
	    found.p[found.len - 1] == ')')
		found = slice_make(found.p + sizeof(mark) + 1, found.len - sizeof(mark) - 2);
	return found;
}

struct slice sync_said(const struct sync_result *r, size_t i)
{
	struct slice line;

	for (size_t at = 0; next_line(str_slice(&r->said), &at, &line); i--)
		if (i == 0)
			return line;
	return slice_make("", 0);
}

static void add_cut(struct str *out, struct slice line)
{
	size_t n = line.len < SAID_BYTES ? line.len : SAID_BYTES;

	while (n && n < line.len && ((unsigned char)line.p[n] & 0xC0) == 0x80)
		n--;
	str_add(out, line.p, n);
	if (n < line.len)
		str_add_text(out, "…");
}

void sync_add_said(const struct run_result *r, struct str *said)
{
	struct slice line;
	size_t lines = 0;

	for (size_t at = 0; next_line(str_slice(&r->err), &at, &line);) {
		if (!slice_starts(line, "remote:"))
			continue;
		line = slice_make(line.p + 7, line.len - 7);
		if (line.len && *line.p == ' ')
			line = slice_make(line.p + 1, line.len - 1);
		if (!line.len)
			continue;
		if (said->len)
			str_add_char(said, '\n');
		if (lines++ == SAID_LINES) {
			str_add_text(said, "…");
			break;
		}
		add_cut(said, line);
	}
	str_text(said);
}
