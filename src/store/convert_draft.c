/* SPDX-License-Identifier: MIT */
#include "convert_inner.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A draft's text, written so that Markdown reads it as text. */

static int by_label(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = strncasecmp(x->p, y->p, len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

void convert_notes_sort(struct convert_notes *notes)
{
	if (notes->n)
		qsort(notes->v, notes->n, sizeof(*notes->v), by_label);
}

/* "[^1]:" begins a paragraph. */
static bool is_body(struct slice text, const struct skipped *s)
{
	size_t at = s->begin;

	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
		at--;
	return s->end < text.len && text.p[s->end] == ':' &&
	       (at == 0 || text.p[at - 1] == '\n');
}

void convert_begin(struct preparing *p, struct slice draft, const struct parties *parties,
		   struct str *text, struct convert_notes *notes)
{
	brackets_read(&p->b, draft, parties);
	brackets_without_ids(&p->b, draft, 0, draft.len, text);
	brackets_release(&p->b);
	p->text = str_slice(text);
	brackets_read(&p->b, p->text, parties);
	for (size_t i = 0; i < p->b.n_skipped; i++) {
		const struct skipped *s = &p->b.skipped[i];

		if (s->class == SKIP_FOOTNOTE && is_body(p->text, s)) {
			MEM_GROW(notes->v, notes->n, notes->cap);
			notes->v[notes->n++] =
				slice_make(p->text.p + s->begin, s->end - s->begin);
		}
	}
}

/* Whether a link may lead there: to the web, to mail, or beside the document. A scheme of
 * another kind (javascript:) would run in whoever's browser opens it; so would one that is
 * written as Markdown decodes it (javascript&colon;). */
static bool is_harmless(struct slice target)
{
	static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:"};
	size_t n = 0;

	while (n < target.len &&
	       (utf8_blank_at(target.p + n, target.len - n) || target.p[n] == '<'))
		n++;
	target = slice_make(target.p + n, target.len - n);
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (target.len >= strlen(schemes[i]) &&
		    strncasecmp(target.p, schemes[i], strlen(schemes[i])) == 0)
			return true;
	for (n = 0; n < target.len && !strchr("/?#)>\n", target.p[n]); n++)
		if (strchr(":&\\", target.p[n]))
			return false;
	return true;
}

/* Whether that is so of all places that a link leads to (one may have a picture in it), and of
 * what a label is said to mean: "[label]: place". */
static bool leads_nowhere_harmful(struct slice text, const struct skipped *s)
{
	struct slice rest = {text.p + s->begin, s->end - s->begin};
	const char *inside;

	while ((inside = memmem(rest.p, rest.len, "](", 2))) {
		rest.len -= (size_t)(inside + 2 - rest.p);
		rest.p = inside + 2;
		if (!is_harmless(rest))
			return false;
	}
	return s->end >= text.len || text.p[s->end] != ':' ||
	       is_harmless(slice_make(text.p + s->end + 1, text.len - s->end - 1));
}

bool convert_is_own(const struct preparing *p, const struct skipped *s)
{
	struct slice sign = slice_make(p->text.p + s->begin, s->end - s->begin);

	return (s->class == SKIP_LINK && leads_nowhere_harmful(p->text, s)) ||
	       (s->class == SKIP_FOOTNOTE && p->notes->n &&
		bsearch(&sign, p->notes->v, p->notes->n, sizeof(sign), by_label));
}

/* Whether a bracket at that place is Markdown's own. Places only grow. */
static bool is_markdown(struct preparing *p, size_t at)
{
	const struct skipped *s = p->b.skipped;

	while (p->skip < p->b.n_skipped && s[p->skip].end <= at)
		p->skip++;
	return p->skip < p->b.n_skipped && s[p->skip].begin <= at &&
	       convert_is_own(p, &s[p->skip]);
}

const struct unread *convert_unread_at(struct preparing *p, size_t at)
{
	const struct unread *u = p->b.unread;

	while (p->unread < p->b.n_unread && u[p->unread].end <= at)
		p->unread++;
	return p->unread < p->b.n_unread && u[p->unread].begin <= at ? &u[p->unread] : NULL;
}

/* A backslash of the draft's: what it means there, written as Markdown has it. */
static size_t add_backslash(struct preparing *p, size_t at, size_t end, struct str *out)
{
	size_t left = end - at - 1;
	const char *next = p->text.p + at + 1;

	if (left && strchr("[]/\\`<!", *next)) {
		str_add(out, p->text.p + at, 2);
		return at + 2;
	}
	/* Markdown knows no escape before full-width signs, and needs none. */
	if (left >= 3 && (!memcmp(next, "\xef\xbc\xbb", 3) ||
			  !memcmp(next, "\xef\xbc\xbd", 3) || !memcmp(next, "\xef\xbc\x8f", 3)))
		return at + 1;
	str_add_text(out, "\\\\");
	return at + 1;
}

void convert_add_text(struct preparing *p, size_t at, size_t end, struct str *out)
{
	while (at < end) {
		const struct unread *u = convert_unread_at(p, at);
		char c = p->text.p[at];

		if (u && (u->kind == UNREAD_CODE || u->kind == UNREAD_AUTOLINK)) {
			size_t stop = u->end < end ? u->end : end;

			str_add(out, p->text.p + at, stop - at);
			at = stop;
		} else if (u) {
			at = u->end < end ? u->end : end; /* a comment */
		} else if (c == '\\') {
			at = add_backslash(p, at, end, out);
		} else {
			bool own = (c == '[' || c == ']') && is_markdown(p, at);

			/* An image would be fetched; as a link it is only named. */
			if ((strchr("[]`<", c) && !own) || (p->spans && c == '{') ||
			    (c == '!' && at + 1 < end && p->text.p[at + 1] == '['))
				str_add_char(out, '\\');
			str_add_char(out, c);
			at++;
		}
	}
}

/* Whether Markdown takes the line's first byte for a list, a rule, an underline or a fence. */
static bool is_mark(const char *line, size_t len)
{
	if (!len)
		return false;
	if (strchr("-+=~", line[0]))
		return true;
	if (line[0] == '*' && (len == 1 || line[1] == ' ' || line[1] == '\t'))
		return true;
	for (size_t i = 0; i < len; i++)
		if (!strchr("*_ \t", line[i]))
			return false;
	return true;
}

size_t convert_number_gap(struct slice line, size_t *begin)
{
	struct label label;

	*begin = 0;
	if (!label_read(line.p, line.len, &label) || !label.bare)
		return 0;
	*begin = label.end;
	return utf8_blanks_at(line.p + label.end, line.len - label.end);
}

void convert_add_line(struct preparing *p, size_t at, size_t end, struct str *out)
{
	const char *line = p->text.p + at;
	size_t len = end - at, blank = utf8_blanks_at(line, len), number;
	size_t gap = convert_number_gap(slice_make(line, len), &number);
	struct label label;
	bool labelled = label_read(line, len, &label);

	if (labelled && label.kind == LABEL_HEADING) {
		convert_add_text(p, at + blank, end, out);
		return;
	}
	if (gap) {
		/* Of a tab pandoc makes one blank: no clause's number any more. */
		convert_add_text(p, at + blank, at + number, out);
		str_add_text(out, "\xC2\xA0\xC2\xA0");
		convert_add_text(p, at + number + gap, end, out);
		return;
	}
	if (labelled && (label.kind == LABEL_NUMBER || label.kind == LABEL_DASH) &&
	    label.end > 0) {
		/* "1." "1)" and "-" begin lists; the byte that makes them do so is escaped. */
		char last = line[label.end - 1];

		convert_add_text(p, at + blank, at + label.end - 1, out);
		if (strchr(".)-+*", last))
			str_add_char(out, '\\');
		convert_add_text(p, at + label.end - 1, end, out);
		return;
	}
	if (is_mark(line + blank, len - blank))
		str_add_char(out, '\\');
	convert_add_text(p, at + blank, end, out);
}

bool convert_is_table(struct slice text, size_t at, size_t end)
{
	return at < end && text.p[at] == '|' && memchr(text.p + at + 1, '|', end - at - 1);
}

void convert_prepare(struct slice draft, const struct parties *parties, struct str *out)
{
	struct str text = STR_INIT;
	struct convert_notes notes = {.n = 0};
	struct preparing p = {.notes = &notes};
	bool in_table = false;

	convert_begin(&p, draft, parties, &text, &notes);
	convert_notes_sort(&notes);
	for (size_t at = 0; at < p.text.len;) {
		const char *nl = memchr(p.text.p + at, '\n', p.text.len - at);
		size_t next = nl ? (size_t)(nl - p.text.p) + 1 : p.text.len;
		size_t end = nl ? next - 1 : next;
		const struct unread *u = convert_unread_at(&p, at);
		bool table, blank;

		if (u && u->kind == UNREAD_FRONT_MATTER) {
			at = u->end;
			continue;
		}
		if (u && u->kind == UNREAD_FENCE) {
			str_add(out, p.text.p + at, u->end - at);
			str_add_text(out, "\n");
			at = u->end;
			continue;
		}
		if (end > at && p.text.p[end - 1] == '\r')
			end--;
		table = convert_is_table(p.text, at, end);
		blank = utf8_blanks_at(p.text.p + at, end - at) == end - at;
		if (in_table && !table)
			str_add_char(out, '\n');
		in_table = table;
		if (table)
			convert_add_text(&p, at, end, out);
		else if (!blank)
			convert_add_line(&p, at, end, out);
		if (!blank)
			str_add_text(out, table ? "\n" : "\n\n");
		at = next;
	}
	brackets_release(&p.b);
	free(notes.v);
	str_release(&text);
}
