/* SPDX-License-Identifier: MIT */
#ifndef TESTS_LAW_TEXTS_H
#define TESTS_LAW_TEXTS_H

#include "core/bracket.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What laws 1 and 2 of consolidation (FORMAT.md) hold against each other: the texts of a draft
 * as a party wants it. For unit tests and for fuzz targets. */

static inline void law_paragraph(struct str *out, const char *p, size_t len)
{
	size_t from = out->len, n;
	struct label label;

	while (len && p[len - 1] == '\r')
		len--;
	if (label_read(p, len, &label) && label.kind != LABEL_HEADING) {
		p += label.body;
		len -= label.body;
	}
	for (size_t i = 0; i < len; i += n ? n : 1) {
		/* A CR that ends no line is a blank like others. */
		n = p[i] == '\r' ? 1 : utf8_blanks_at(p + i, len - i);
		if (!n)
			str_add_char(out, p[i]);
		else if (out->len > from && out->p[out->len - 1] != ' ')
			str_add_char(out, ' ');
	}
	while (out->len > from && out->p[out->len - 1] == ' ')
		out->len--;
	if (out->len > from)
		str_add_char(out, '\n');
}

/* Appends the paragraphs of a draft as a party (PARTY_NONE: nobody) wants it, a line each, up
 * to what is not compared: labels and blanks. */
static inline void law_texts(struct slice draft, uint16_t party, const struct parties *parties,
			     struct str *out)
{
	struct str plain = STR_INIT;
	struct brackets b;
	uint32_t *choices;
	size_t at;

	brackets_read(&b, draft, parties);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	project_choices(&b, party, choices);
	project_text(&b, draft, choices, &plain);
	at = b.n_unread && b.unread[0].kind == UNREAD_FRONT_MATTER ? b.unread[0].end : 0;
	/* (What is first only as others are left out is no mark of the file's.) */
	if (!at && slice_starts(draft, "\xEF\xBB\xBF"))
		at = 3;
	while (at < plain.len) {
		const char *lf = memchr(plain.p + at, '\n', plain.len - at);
		size_t end = lf ? (size_t)(lf - plain.p) : plain.len;

		law_paragraph(out, plain.p + at, end - at);
		at = end + 1;
	}
	free(choices);
	brackets_release(&b);
	str_release(&plain);
}

#endif
