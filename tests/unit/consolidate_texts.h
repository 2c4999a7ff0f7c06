/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CONSOLIDATE_TEXTS_H
#define TESTS_CONSOLIDATE_TEXTS_H

#include "support.h"

#include "core/consolidate.h"

#include <stdlib.h>

/* Generated bases and parties' texts for the laws of core/consolidate and core/merge. */

#define PARTIES_MOST 6

struct material {
	struct str base;
	struct str text[PARTIES_MOST];
	struct consolidate_input in[PARTIES_MOST];
	size_t n;
};

static void material_clear(struct material *m)
{
	str_clear(&m->base);
	for (size_t i = 0; i < PARTIES_MOST; i++)
		str_clear(&m->text[i]);
	m->n = 0;
}

static void material_release(struct material *m)
{
	str_release(&m->base);
	for (size_t i = 0; i < PARTIES_MOST; i++)
		str_release(&m->text[i]);
}

/* ---- generated texts ---- */

static const char *const words[] = {"the",
				    "Union",
				    "to",
				    "invite",
				    "Members",
				    "shall",
				    "and",
				    "of",
				    "report",
				    "l'UIT",
				    "d\u00E9cide",
				    "l\u2019Union",
				    "vice-president",
				    "and/or",
				    "ITU-T",
				    "350",
				    "2027",
				    "\u7814",
				    "\u7A76",
				    "\u51B3",
				    "\u8BAE",
				    "\u062A\u0642\u0631\u0631",
				    "\u0623\u0648",
				    "\u043D\u0430",
				    "or",
				    "ou",
				    "delete",
				    "(EUR)",
				    "(AFR)",
				    "AFR:",
				    "no text",
				    "X",
				    "A/RES/76",
				    "(see",
				    "below)",
				    "\u00ABoui\u00BB",
				    "co-operation",
				    "(http://x.org/a)"};
static const char *const marks[] = {",",  ".",      ";",      ":", "!",
				    " ;", "\uFF0C", "\u3002", ")", "\u2026"};
static const char *const odd[] = {"[",
				  "]",
				  "/",
				  " / ",
				  "\\",
				  "\\[",
				  "`",
				  "``",
				  "<!--",
				  "-->",
				  "[^1]",
				  "[sic]",
				  "[ITU-T A.5]",
				  "`a[b`",
				  "[x](#y)",
				  "[footnoteRef:1]",
				  "[1: note]",
				  "\uFF3B",
				  "\uFF3D",
				  "\uFF0F",
				  "{#b1}",
				  "\\ ",
				  "<https://a.b/c>",
				  "!",
				  "Resolution [AFCP-1]",
				  "[AFCP-1]",
				  "[note]",
				  "*",
				  "_",
				  "~~~",
				  "TBD",
				  "[see"};
static const char *const own_points[] = {"[shall / should]",
					 "[shall/should]",
					 "[must]",
					 "[20XX]",
					 "[AFR: new]",
					 "[a / EUR: b]",
					 "[a (AFR) / b (EUR, CIS)]",
					 "[x]{#b7}",
					 "[x] (EUR)",
					 "[x][y]",
					 "[x] / [y]",
					 "[a [b / c] d / AFR: e]",
					 "[ one]",
					 "[one ]",
					 "[]",
					 "[\\ delete / b]",
					 "[AFR: delete]",
					 "[no text / EUR: q]{#b8}",
					 "[x] or [y]{#b9} [z]",
					 "[X / Y](CIS: delete)"};
static const char *const labels[] = {"a) ", "b) ", "1. ", "1.1 ", "\u2013 ", "(i) ",
				     "1\t", "# ",  "## ", "> ",   "*a)* ",   "ii)  "};

#define PICK(r, list) (list)[prng_below((r), sizeof(list) / sizeof(*(list)))]

/* How wild the texts are: 0 plain prose, 1 with points, 2 with all that is odd. */
static void add_word(struct prng *r, struct str *out, int wild)
{
	if (wild > 1 && prng_one_in(r, 8))
		str_add_text(out, PICK(r, odd));
	else if (wild > 0 && prng_one_in(r, 10))
		str_add_text(out, PICK(r, own_points));
	else
		str_add_text(out, PICK(r, words));
	if (prng_one_in(r, 6))
		str_add_text(out, PICK(r, marks));
}

static void add_line(struct prng *r, struct str *out, int wild)
{
	size_t n = prng_below(r, 12) + (wild ? 0 : 1);

	if (prng_one_in(r, 3))
		str_add_text(out, PICK(r, labels));
	for (size_t i = 0; i < n; i++) {
		if (i && !prng_one_in(r, 9))
			str_add_text(out, prng_one_in(r, 12) ? "\u00A0" : " ");
		add_word(r, out, wild);
	}
}

static void add_block(struct prng *r, struct str *out, int wild, const char *end)
{
	static const char *const blocks[] = {"```\ncode [x] / y\n```",
					     "~~~\n/\n~~~",
					     "[a b\n\nc d]",
					     "[\na b c\n/\nAFR: d e f\n]",
					     "instructs:\n[one two\nthree four]",
					     "<!-- a\nb -->",
					     "  ```x\n\n  ```",
					     "[\n# H\n\nx y\n]"};

	(void)end;
	if (wild > 1 && prng_one_in(r, 12))
		str_add_text(out, PICK(r, blocks));
	else
		add_line(r, out, wild);
}

/* A text as a list of paragraphs. */
struct list {
	struct str v[24];
	size_t n;
};

static void list_release(struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		str_release(&l->v[i]);
	l->n = 0;
}

static void list_insert(struct list *l, size_t at, struct slice text)
{
	if (l->n == 24)
		return;
	memmove(&l->v[at + 1], &l->v[at], (l->n - at) * sizeof(l->v[0]));
	l->v[at] = (struct str)STR_INIT;
	str_add_slice(&l->v[at], text);
	l->n++;
}

static void list_remove(struct list *l, size_t at)
{
	str_release(&l->v[at]);
	memmove(&l->v[at], &l->v[at + 1], (l->n - at - 1) * sizeof(l->v[0]));
	l->n--;
}

/* Changes some words of a paragraph: others, more, fewer, marks, a letter, its case. */
static void change_words(struct prng *r, struct str *s, int wild)
{
	size_t times = 1 + prng_below(r, 3);

	while (times--) {
		size_t at = s->len ? prng_below(r, s->len) : 0, end;
		struct str word = STR_INIT;

		while (at > 0 && s->p[at - 1] != ' ')
			at--;
		end = at;
		while (end < s->len && s->p[end] != ' ' && s->p[end] != '\n')
			end++;
		switch (prng_below(r, 7)) {
		case 0:
			add_word(r, &word, wild);
			break;
		case 1:
			str_add(&word, s->p + at, end - at);
			str_add_char(&word, ' ');
			add_word(r, &word, wild);
			break;
		case 2:
			end += end < s->len && s->p[end] == ' ';
			break;
		case 3:
			str_add(&word, s->p + at, end - at);
			str_add_text(&word, PICK(r, marks));
			break;
		case 4:
			str_add(&word, s->p + at, end - at);
			if (word.len && (word.p[0] | 32) >= 'a' && (word.p[0] | 32) <= 'z')
				word.p[0] ^= 32;
			break;
		case 5:
			add_word(r, &word, wild);
			str_add_char(&word, ' ');
			str_add(&word, s->p + at, end - at);
			break;
		default:
			str_add(&word, s->p + at, end - at);
			if (word.len && (unsigned char)word.p[word.len - 1] < 0x80)
				word.len--;
			break;
		}
		str_splice(s, at, end - at, word.p ? word.p : "", word.len);
		str_release(&word);
	}
}

static void change_list(struct prng *r, struct list *l, int wild)
{
	size_t times = prng_below(r, 5);

	while (times--) {
		size_t at = l->n ? prng_below(r, l->n) : 0;
		struct str s = STR_INIT;

		switch (l->n ? prng_below(r, 9) : 5) {
		case 0:
			list_remove(l, at);
			break;
		case 1:
			str_clear(&l->v[at]);
			add_block(r, &l->v[at], wild, "\n");
			break;
		case 2:
			str_add_slice(&s, str_slice(&l->v[at]));
			list_remove(l, at);
			list_insert(l, prng_below(r, l->n + 1), str_slice(&s));
			break;
		case 3:
			str_add_slice(&s, str_slice(&l->v[at]));
			list_insert(l, prng_below(r, l->n + 1), str_slice(&s));
			break;
		case 4:
		case 5:
			add_block(r, &s, wild, "\n");
			list_insert(l, at, str_slice(&s));
			break;
		default:
			change_words(r, &l->v[at], wild);
			break;
		}
		str_release(&s);
	}
}

static void write_list(struct prng *r, const struct list *l, int wild, struct str *out)
{
	bool crlf = prng_one_in(r, 8), spaced = !prng_one_in(r, 4);

	if (wild && prng_one_in(r, 10))
		str_add_text(out, "---\ntitle: [x]\n---\n\n");
	for (size_t i = 0; i < l->n; i++) {
		str_add_slice(out, str_slice(&l->v[i]));
		if (i + 1 < l->n || !prng_one_in(r, 6))
			str_add_text(out, spaced ? crlf ? "\r\n\r\n" : "\n\n"
					  : crlf ? "\r\n"
						 : "\n");
	}
	if (prng_one_in(r, 30))
		str_clear(out);
}

static void generate(struct prng *r, struct material *m)
{
	int wild = (int)prng_below(r, 4);
	struct list base = {.n = 0};
	size_t n = prng_below(r, 7);

	material_clear(m);
	wild = wild > 2 ? 2 : wild;
	while (base.n < n) {
		base.v[base.n] = (struct str)STR_INIT;
		add_block(r, &base.v[base.n++], wild, "\n");
	}
	write_list(r, &base, wild, &m->base);
	for (uint16_t party = 0; party < PARTIES_MOST; party++) {
		struct list own = {.n = 0};

		if (prng_one_in(r, 2))
			continue;
		if (m->n && prng_one_in(r, 4)) {
			/* What another party says already, and perhaps more. */
			str_add_slice(&m->text[m->n], str_slice(&m->text[m->n - 1]));
			if (prng_one_in(r, 2))
				change_words(r, &m->text[m->n], wild);
		} else {
			for (size_t i = 0; i < base.n; i++)
				list_insert(&own, i, str_slice(&base.v[i]));
			change_list(r, &own, wild);
			write_list(r, &own, wild, &m->text[m->n]);
			list_release(&own);
		}
		m->in[m->n].party = party;
		m->n++;
	}
	for (size_t i = 0; i < m->n; i++)
		m->in[i].text = str_slice(&m->text[i]);
	list_release(&base);
}

static size_t number_from(const char *name, size_t otherwise)
{
	const char *value = getenv(name);

	return value && *value ? strtoul(value, NULL, 10) : otherwise;
}

#endif
