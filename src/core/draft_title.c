/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"

#include "core/utf8.h"
#include "core/word.h"

#include <string.h>
#include <unictype.h>

/*
 * The title where front matter names none: the first heading, or the first text
 * line that names a document, "RÉSOLUTION 31 (Rév. …)", with the subject on the
 * line after it; else a short first line.
 */

#define LOOK_AT     40 /* paragraphs from the start: a title is never further on */
#define FORM_WORDS  20 /* a longer line names no document */
#define TITLE_WORDS 60
#define BROKEN_MOST 3 /* lines that a hard-wrapped subject may take beyond its first */

/* Words that name a document, and what front matter calls it. */
static const struct {
	const char *word, *type;
} forms[] = {
	{"resolution", "resolution"},
	{"draft resolution", "resolution"},
	{"draft new resolution", "resolution"},
	{"draft revised resolution", "resolution"},
	{"résolution", "resolution"},
	{"projet de résolution", "resolution"},
	{"projet de nouvelle résolution", "resolution"},
	{"projet de révision de la résolution", "resolution"},
	{"resolución", "resolution"},
	{"proyecto de resolución", "resolution"},
	{"proyecto de nueva resolución", "resolution"},
	{"резолюция", "resolution"},
	{"проект резолюции", "resolution"},
	{"проект новой резолюции", "resolution"},
	{"القرار", "resolution"},
	{"قرار", "resolution"},
	{"مشروع القرار", "resolution"},
	{"مشروع قرار", "resolution"},
	{"مشروع قرار جديد", "resolution"},
	{"决议草案", "resolution"},
	{"新决议草案", "resolution"},
	{"declaration", "declaration"},
	{"draft declaration", "declaration"},
	{"déclaration", "declaration"},
	{"projet de déclaration", "declaration"},
	{"declaración", "declaration"},
	{"proyecto de declaración", "declaration"},
	{"декларация", "declaration"},
	{"проект декларации", "declaration"},
	{"إعلان", "declaration"},
	{"مشروع إعلان", "declaration"},
	{"decision", "decision"},
	{"draft decision", "decision"},
	{"décision", "decision"},
	{"projet de décision", "decision"},
	{"decisión", "decision"},
	{"proyecto de decisión", "decision"},
	{"решение", "decision"},
	{"проект решения", "decision"},
	{"المقرر", "decision"},
	{"مقرر", "decision"},
	{"recommendation", "recommendation"},
	{"draft recommendation", "recommendation"},
	{"recommandation", "recommendation"},
	{"projet de recommandation", "recommendation"},
	{"recomendación", "recommendation"},
	{"рекомендация", "recommendation"},
	{"التوصية", "recommendation"},
	{"توصية", "recommendation"},
	{"opinion", "opinion"},
	{"avis", "opinion"},
	{"opinión", "opinion"},
	{"ruego", "opinion"},
	{"мнение", "opinion"},
	{"رأي", "opinion"},
	{"report", "report"},
	{"draft report", "report"},
	{"rapport", "report"},
	{"informe", "report"},
	{"отчет", "report"},
	{"доклад", "report"},
	{"تقرير", "report"},
	{"draft agreement", "agreement"},
	{"agreement", "agreement"},
	{"accord", "agreement"},
	{"acuerdo", "agreement"},
	{"соглашение", "agreement"},
};

/* The same in Chinese, where the word follows its number: 第31号决议. */
static const struct {
	const char *word, *type;
} han_forms[] = {{"决议", "resolution"},       {"宣言", "declaration"}, {"决定", "decision"},
		 {"建议书", "recommendation"}, {"意见", "opinion"},     {"报告", "report"}};

/* The line without the marks and skipped signs in front of its words. */
static struct slice bare(struct slice line)
{
	size_t n;

	for (;;) {
		n = utf8_blanks_at(line.p, line.len);
		if (!n && line.len && strchr("*_[\"", *line.p) && *line.p)
			n = 1;
		if (slice_starts(line, "[bookmark:")) {
			const char *close = memchr(line.p, ']', line.len);

			n = close ? (size_t)(close - line.p) + 1 : 0;
		}
		if (!n)
			return line;
		line.p += n;
		line.len -= n;
	}
}

static const char *form_type(struct slice line)
{
	line = bare(line);
	if (line.len > CALL_MOST || word_count(line.p, line.len) > FORM_WORDS)
		return NULL;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (call_words_at(line.p, line.len, forms[i].word, strlen(forms[i].word)))
			return forms[i].type;
	if (!slice_starts(line, "第"))
		return NULL;
	for (size_t i = 0; i < sizeof(han_forms) / sizeof(*han_forms); i++)
		if (memmem(line.p, line.len, han_forms[i].word, strlen(han_forms[i].word)))
			return han_forms[i].type;
	return NULL;
}

/*
 * Whether a form line only names the document ("RÉSOLUTION 31 (Rév. …)", "DRAFT
 * RESOLUTION [AFCP-1]"), so that its subject is on the next line: it has a number
 * or bracket, or is a word or two.
 */
static bool only_names(struct slice line)
{
	line = bare(line);
	for (size_t i = 0; i < line.len; i++)
		if ((line.p[i] >= '0' && line.p[i] <= '9') || line.p[i] == '[')
			return true;
	return word_count(line.p, line.len) <= 2 || slice_starts(line, "第");
}

static bool ends_sentence(struct slice line)
{
	static const char *const ends[] = {".",  ",",  ";", ":", "。", "，",
					   "；", "：", "،", "؛", "?",  "!"};

	while (line.len && (strchr(" \t*_]", line.p[line.len - 1]) && line.p[line.len - 1]))
		line.len--;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (slice_ends(line, ends[i]))
			return true;
	return false;
}

/* Whether it can be a title's line: text or a heading, no call, short, no sentence. */
static bool can_be_title(const struct draft *d, struct slice text, uint32_t i)
{
	const struct paragraph *p = &d->v[i];
	struct slice body = draft_body(d, text, i);
	struct call call;

	if (p->kind != PARA_TEXT && p->kind != PARA_HEADING)
		return false;
	/* A link's target, "[label]: …", is no title. */
	if (body.len && *body.p == '[' && memmem(body.p, body.len, "]:", 2))
		return false;
	if (!body.len || ends_sentence(body) || call_read(body.p, body.len, &call))
		return false;
	return word_count(body.p, body.len) <= TITLE_WORDS;
}

static uint32_t next_paragraph(const struct draft *d, uint32_t i)
{
	do
		i++;
	while (i < d->n && (d->v[i].kind == PARA_BLANK || d->v[i].kind == PARA_COMMENT));
	return i;
}

static bool begins_in_lower_case(struct slice line)
{
	uint32_t folded;

	line = bare(line);
	if (!line.len)
		return false;
	utf8_decode(line.p, line.len, &folded);
	return folded != UTF8_BAD && uc_is_lower(folded);
}

/* Takes the line as title, with the lines it was broken over. */
static void take(struct draft *d, struct slice text, uint32_t i)
{
	d->title = i;
	d->n_title = 1;
	while (d->v[i].kind == PARA_TEXT && d->n_title <= BROKEN_MOST &&
	       i + d->n_title < d->n) {
		uint32_t next = i + d->n_title;

		if (d->v[next].kind != PARA_TEXT || !can_be_title(d, text, next) ||
		    !begins_in_lower_case(draft_body(d, text, next)))
			break;
		d->n_title++;
	}
	if (d->n_opening < i + d->n_title + 1)
		d->n_opening = i + d->n_title + 1;
	for (uint32_t k = 0; k < d->n_title; k++)
		if (d->v[i + k].kind == PARA_TEXT)
			d->v[i + k].kind = PARA_TITLE;
}

/* What may be the title: the document's name ("Resolution 31"), which goes to d->form, the
 * first heading, the first paragraph; PARAGRAPH_NONE: there is none. */
static void find_opening(struct draft *d, struct slice text, uint32_t *heading, uint32_t *first)
{
	uint32_t seen = 0;

	*heading = *first = PARAGRAPH_NONE;
	for (uint32_t i = 0; i < d->n && seen < LOOK_AT && d->form == PARAGRAPH_NONE; i++) {
		const struct paragraph *p = &d->v[i];

		d->n_opening = i + 1;
		if (p->kind != PARA_TEXT && p->kind != PARA_HEADING) {
			seen += paragraph_is_text(p) && p->kind != PARA_COMMENT;
			continue;
		}
		if (!seen++)
			*first = i;
		if (p->kind == PARA_HEADING && *heading == PARAGRAPH_NONE)
			*heading = i;
		if (can_be_title(d, text, i) && form_type(draft_body(d, text, i)))
			d->form = i;
		/* Past the first heading a document's name is a reference to another. */
		if (*heading != PARAGRAPH_NONE)
			break;
	}
}

void draft_find_title(struct draft *d, struct slice text)
{
	uint32_t heading, first;

	find_opening(d, text, &heading, &first);
	if (d->form != PARAGRAPH_NONE && d->v[d->form].kind == PARA_TEXT)
		d->v[d->form].kind = PARA_TITLE;
	if (d->front.title)
		return;
	if (d->form != PARAGRAPH_NONE) {
		uint32_t next = next_paragraph(d, d->form);

		d->n_opening = next + 1;
		if (next < d->n && only_names(draft_body(d, text, d->form)) &&
		    can_be_title(d, text, next) && !form_type(draft_body(d, text, next)))
			take(d, text, next);
		else
			take(d, text, d->form);
	} else if (heading != PARAGRAPH_NONE) {
		take(d, text, heading);
	} else if (first != PARAGRAPH_NONE && d->v[first].kind == PARA_TEXT &&
		   can_be_title(d, text, first)) {
		take(d, text, first);
	}
}

/* Bytes of the bookmark or footnote that begins the text; 0: none does. */
static size_t note_at(struct slice text)
{
	const char *close = *text.p == '[' ? memchr(text.p, ']', text.len) : NULL;

	if (!close || !(slice_starts(text, "[bookmark:") ||
			slice_starts(text, "[footnoteRef:") || slice_starts(text, "[^")))
		return 0;
	return (size_t)(close - text.p) + 1;
}

/* Appends a line's words without what is not shown: bookmarks, ids, marks, escapes aside. */
static void add_words(struct slice text, size_t at, size_t end, const struct brackets *b,
		      struct str *out)
{
	struct str plain = STR_INIT;
	size_t n;

	while (at < end) {
		n = note_at(slice_make(text.p + at, end - at));
		if (!n)
			str_add_char(&plain, text.p[at]);
		at += n ? n : 1;
	}
	/* Ids go; their text is never read as one otherwise. */
	for (size_t i = 0; i < plain.len;) {
		const char *close = NULL;

		if (b && plain.len - i > 2 && plain.p[i] == '{' && plain.p[i + 1] == '#')
			close = memchr(plain.p + i, '}', plain.len - i);
		if (close) {
			i = (size_t)(close - plain.p) + 1;
		} else if (plain.p[i] == '*' || (plain.p[i] == '#' && i + 1 == plain.len)) {
			i++;
		} else if ((n = utf8_blanks_at(plain.p + i, plain.len - i)) != 0) {
			if (out->len && out->p[out->len - 1] != ' ')
				str_add_char(out, ' ');
			i += n;
		} else {
			str_add_char(out, plain.p[i++]);
		}
	}
	str_release(&plain);
}

void draft_title(const struct draft *d, struct slice text, const struct brackets *b,
		 struct str *out)
{
	struct str line = STR_INIT;

	if (d->front.title) {
		str_add_text(out, d->front.title);
		return;
	}
	for (uint32_t i = 0; d->title != PARAGRAPH_NONE && i < d->n_title; i++) {
		const struct paragraph *p = &d->v[d->title + i];

		if (line.len && line.p[line.len - 1] != ' ')
			str_add_char(&line, ' ');
		add_words(text, p->body, p->end, b, &line);
	}
	while (line.len && line.p[line.len - 1] == ' ')
		line.len--;
	str_add_slice(out, str_slice(&line));
	str_release(&line);
}

const char *draft_type(const struct draft *d, struct slice text)
{
	if (d->front.type)
		return d->front.type;
	if (d->form == PARAGRAPH_NONE)
		return NULL;
	return form_type(draft_body(d, text, d->form));
}
