/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/digest.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A text as its paragraphs, and their words where they are needed. */

void diff_side_init(struct diff_side *s, struct slice text)
{
	size_t cap = 0;

	*s = (struct diff_side){.text = text};
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t next = lf ? (size_t)(lf - text.p) + 1 : text.len, end = next;
		struct label label;

		if (lf)
			end--;
		if (lf && end > at && text.p[end - 1] == '\r')
			end--;
		if (utf8_blanks_at(text.p + at, end - at) < end - at) {
			struct diff_line l = {.begin = at, .end = end, .partner = DIFF_NONE};

			label_read(text.p + at, end - at, &label);
			l.body = at + label.body;
			l.full = digest_quick(text.p + at, end - at);
			l.rest = digest_quick(text.p + l.body, end - l.body);
			MEM_GROW(s->v, s->n, cap);
			s->v[s->n++] = l;
		}
		at = next;
	}
}

void diff_side_release(struct diff_side *s)
{
	free(s->v);
	free(s->words);
}

void diff_need_words(struct diff_side *s, size_t i)
{
	struct diff_line *l = &s->v[i];

	if (l->has_words)
		return;
	l->has_words = true;
	l->word = (uint32_t)s->n_words;
	if (s->add_words)
		s->add_words(s, i);
	else
		diff_collect_words(slice_make(s->text.p + l->body, l->end - l->body), &s->words,
				   &s->n_words, &s->cap_words);
	l->n_words = (uint32_t)s->n_words - l->word;
}
