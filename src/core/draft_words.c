/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"

#include "core/mem.h"
#include "core/word.h"

#include <stdlib.h>
#include <string.h>

/* A stretch whose words do not count. */
struct stretch {
	size_t begin, end;
};

struct stretches {
	struct stretch *v;
	size_t n, cap, next;
};

static void add(struct stretches *s, size_t begin, size_t end)
{
	if (begin >= end)
		return;
	MEM_GROW(s->v, s->n, s->cap);
	s->v[s->n++] = (struct stretch){begin, end};
}

static int by_begin(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Ids, parties, separators, comments, and what converters and footnotes leave. */
static void find_uncounted(struct stretches *s, const struct brackets *b, size_t begin,
			   size_t end)
{
	for (size_t i = brackets_from(b, begin); i < b->n && b->v[i].begin < end; i++) {
		const struct bracket *v = &b->v[i];

		add(s, v->close, v->end);
		for (uint32_t k = v->option; k < v->option + v->n_options; k++) {
			const struct option *o = &b->options[k];

			if (o->trailing)
				continue;
			add(s, o->part, o->begin);
			add(s, o->end, o->part_end);
		}
	}
	for (size_t i = brackets_skipped_from(b, begin);
	     i < b->n_skipped && b->skipped[i].begin < end; i++)
		if (b->skipped[i].class == SKIP_BOOKMARK)
			add(s, b->skipped[i].begin, b->skipped[i].end);
	for (size_t i = brackets_unread_from(b, begin);
	     i < b->n_unread && b->unread[i].begin < end; i++)
		if (b->unread[i].kind == UNREAD_COMMENT)
			add(s, b->unread[i].begin, b->unread[i].end);
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), by_begin);
}

/* The end of the uncounted stretch that holds pos, or pos itself. */
static size_t past_uncounted(struct stretches *s, size_t pos)
{
	while (s->next < s->n && s->v[s->next].begin <= pos) {
		if (s->v[s->next].end > pos)
			pos = s->v[s->next].end;
		s->next++;
	}
	return pos;
}

/* The words of the lines v; no bracket reaches into them from outside. */
static void each_word(const struct paragraph *v, size_t n_lines, struct slice text,
		      const struct brackets *b,
		      void (*word)(void *arg, const struct draft_word *w), void *arg)
{
	struct stretches s = {0};
	size_t bracket, close = 0;
	enum token_kind kind;

	if (!n_lines)
		return;
	bracket = brackets_from(b, v[0].begin);
	find_uncounted(&s, b, v[0].begin, v[n_lines - 1].next);
	for (size_t i = 0; i < n_lines; i++) {
		const struct paragraph *p = &v[i];

		if (!paragraph_is_text(p) || p->kind == PARA_COMMENT)
			continue;
		/* A label within a bracket comes after words only where there are none. */
		for (size_t at = p->label < p->body ? p->body : p->begin; at < p->end;) {
			size_t past = past_uncounted(&s, at);

			if (past > at) {
				at = past;
				continue;
			}
			if (text.p[at] == ' ') {
				at++;
				continue;
			}
			size_t stop = s.next < s.n && s.v[s.next].begin < p->end
					      ? s.v[s.next].begin
					      : p->end;
			size_t n = token_at(text.p + at, stop - at, &kind);
			while (bracket < b->n && b->v[bracket].begin <= at) {
				if (b->v[bracket].close > close)
					close = b->v[bracket].close;
				bracket++;
			}
			if (kind == TOKEN_WORD || kind == TOKEN_CHARACTER)
				word(arg,
				     &(struct draft_word){(uint32_t)i, at, at + n,
							  kind == TOKEN_CHARACTER, at < close});
			at += n;
		}
	}
	free(s.v);
}

void draft_each_word(const struct draft *d, struct slice text, const struct brackets *b,
		     void (*word)(void *arg, const struct draft_word *w), void *arg)
{
	static const struct brackets none;

	each_word(d->v, d->n, text, b ? b : &none, word, arg);
}

static void count_word(void *arg, const struct draft_word *w)
{
	struct draft_words *words = arg;

	words->total++;
	words->in_brackets += w->in_bracket;
}

void draft_count_words(const struct draft *d, struct slice text, const struct brackets *b,
		       struct draft_words *words)
{
	*words = (struct draft_words){0};
	draft_each_word(d, text, b, count_word, words);
}

void draft_count_lines(const struct paragraph *v, size_t n, struct slice text,
		       const struct brackets *b, struct draft_words *words)
{
	*words = (struct draft_words){0};
	each_word(v, n, text, b, count_word, words);
}

void draft_digest(const struct draft *d, struct slice text, const struct brackets *b,
		  uint32_t paragraph, char hex[DIGEST_SHORT + 1])
{
	const struct paragraph *p = &d->v[paragraph];
	struct str wording = STR_INIT;
	char full[DIGEST_HEX + 1];

	brackets_wording(b, text, p->body, p->end, &wording);
	digest_hex(str_text(&wording), wording.len, full);
	memcpy(hex, full, DIGEST_SHORT);
	hex[DIGEST_SHORT] = '\0';
	str_release(&wording);
}
