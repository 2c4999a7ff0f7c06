/* SPDX-License-Identifier: MIT */
#include "unwrap_impl.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ------ Attributes: {.underline} {#anchor .class} {width="3cm"} {:.no_toc} ------ */

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-_.:", c));
}

static size_t name_at(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && (is_name(s.p[at + n]) || (s.p[at + n] & 0x80)))
		n++;
	return n;
}

/* key=value or key="value" at `at`; its bytes. */
static size_t pair_at(struct slice s, size_t at)
{
	size_t n = name_at(s, at);

	if (!n || at + n >= s.len || s.p[at + n] != '=')
		return 0;
	n++;
	if (at + n < s.len && s.p[at + n] == '"') {
		const char *close = memchr(s.p + at + n + 1, '"', s.len - at - n - 1);

		return close ? (size_t)(close - s.p) + 1 - at : 0;
	}
	return n + name_at(s, at + n);
}

/* Bytes of ".class" or "#id" at `at`; *letter: its name begins with an ASCII letter. */
static size_t class_or_id_at(struct slice line, size_t at, bool *letter)
{
	size_t n = name_at(line, at + 1);
	char first = n ? line.p[at + 1] : 0;

	*letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
	return n ? n + 1 : 0;
}

/*
 * Bytes of an attribute block at `at` within its line; 0 where there is none.
 * *is_id: it is {#letters…} and no more, which after a bracket is an id of ours.
 */
static size_t attributes_at(struct slice line, size_t at, bool *is_id)
{
	size_t i = at + 1, items = 0;

	if (at >= line.len || line.p[at] != '{')
		return 0;
	*is_id = false;
	if (i < line.len && line.p[i] == ':') { /* kramdown's "{:toc}" has bare names too */
		i++;
		size_t n = name_at(line, i);
		if (n && i + n < line.len && line.p[i + n] == '}')
			return i + n + 1 - at;
	}
	for (;;) {
		i += utf8_blanks_at(line.p + i, line.len - i);
		if (i < line.len && line.p[i] == '}')
			return items ? i + 1 - at : 0;
		bool letter = false;
		size_t n = i < line.len && (line.p[i] == '.' || line.p[i] == '#')
				   ? class_or_id_at(line, i, &letter)
				   : pair_at(line, i);
		if (!n)
			return 0;
		*is_id = items == 0 && letter && line.p[i] == '#' && line.p[at + 1] == '#';
		items++;
		i += n;
	}
}

static int by_close(const void *a, const void *b)
{
	const struct bracket *x = *(const struct bracket *const *)a;
	const struct bracket *y = *(const struct bracket *const *)b;

	return (x->close > y->close) - (x->close < y->close);
}

/* The brackets by where they close; the caller frees the list. */
static const struct bracket **brackets_by_close(const struct brackets *b)
{
	const struct bracket **list = mem_array(NULL, b->n, sizeof(*list));

	for (size_t i = 0; i < b->n; i++)
		list[i] = &b->v[i];
	if (b->n)
		qsort(list, b->n, sizeof(*list), by_close);
	return list;
}

/* The bracket that closes just before pos, or NULL. */
static const struct bracket *closed_at(const struct bracket *const *list, size_t n, size_t pos)
{
	size_t i;

	SORTED_SKIP(i, n, list[i]->close < pos);
	return i < n && list[i]->close == pos ? list[i] : NULL;
}

/* Attributes and empty anchors of one line. */
static void find_attributes(struct unwrap_round *r, const struct unwrap_line *l,
			    const struct bracket *const *by_end)
{
	struct slice line = {r->text.p, l->end};
	const char *brace = r->text.p + l->begin;
	bool is_id;

	while ((brace = memchr(brace, '{', (size_t)(r->text.p + l->end - brace))) != NULL) {
		size_t at = (size_t)(brace - r->text.p);
		size_t n = attributes_at(line, at, &is_id);
		char before = at > l->begin ? r->text.p[at - 1] : 0;

		brace++;
		if (!n || brackets_is_unread(r->b, at))
			continue;
		if (before == ']') {
			const struct bracket *k = closed_at(by_end, r->b->n, at);
			bool empty = at - l->begin >= 2 && r->text.p[at - 2] == '[';

			if (empty && !is_id)
				unwrap_step(r, at - 2, n + 2, "", UNWRAP_BOOKMARK);
			else if (k && !is_id && k->end == k->close) {
				unwrap_step(r, k->begin, k->inner - k->begin, "",
					    UNWRAP_ATTRIBUTE);
				unwrap_step(r, k->inner_end, k->close - k->inner_end + n, "",
					    UNWRAP_ATTRIBUTE);
			}
			continue;
		}
		/* After parties "(AFR){#b1}" an id is ours too; after a heading it is not. */
		bool heading = label_is_heading(r->text.p + l->begin, l->end - l->begin);
		size_t from = at;
		if (heading)
			from -= utf8_blanks_before(r->text.p + l->begin, at - l->begin);
		if (!is_id || (heading && before != ')'))
			unwrap_step(r, from, at + n - from, "", UNWRAP_ATTRIBUTE);
	}
}

/* ------ What is left of pages ------ */

/* Bytes of the first of the words (NULL after the last) that stands at `at`; 0: none does. */
static size_t word_of(struct slice s, size_t at, const char *const *words)
{
	for (; *words; words++)
		if (slice_starts(slice_make(s.p + at, s.len - at), *words))
			return strlen(*words);
	return 0;
}

static size_t digits_at(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		n++;
	return n;
}

/* "12", "- 12 -", "Page 12 of 30": the number, with *sure where no clause could look so. */
static unsigned page_number(struct slice s, bool *sure)
{
	static const char *const pages[] = {"page",   "Page", "PAGE", "página",
					    "Página", "p.",   "стр.", "страница",
					    "第",     "صفحة", NULL};
	static const char *const ofs[] = {"of", "de", "sur", "/", "из", "页", "من", NULL};
	static const char *const dashes[] = {"–", "-", NULL};
	size_t at = utf8_blanks_at(s.p, s.len), page = word_of(s, at, pages), dash, n;
	unsigned number = 0;

	*sure = page > 0;
	at += page;
	dash = word_of(s, at, dashes);
	at += dash;
	at += utf8_blanks_at(s.p + at, s.len - at);
	n = digits_at(s, at);
	if (!n || n > 4)
		return 0;
	for (; n > 0; n--, at++)
		number = number * 10 + (unsigned)(s.p[at] - '0');
	at += utf8_blanks_at(s.p + at, s.len - at);
	n = page ? word_of(s, at, ofs) : 0;
	if (n) {
		at += n;
		at += utf8_blanks_at(s.p + at, s.len - at);
		at += digits_at(s, at);
	}
	if (dash) {
		n = word_of(s, at, dashes);
		if (!n)
			return 0;
		at += n;
	}
	at += utf8_blanks_at(s.p + at, s.len - at);
	*sure = *sure || dash;
	return at == s.len ? number : 0;
}

/* A line of its own: blank lines, page breaks or the text's ends around it. */
static bool stands_alone(const struct unwrap_round *r, size_t i)
{
	const char *p = r->text.p;

	if (i > 0 && !r->lines[i - 1].blank &&
	    !memchr(p + r->lines[i - 1].begin, '\f',
		    r->lines[i - 1].end - r->lines[i - 1].begin))
		return false;
	return i + 1 == r->n_lines || r->lines[i + 1].blank || p[r->lines[i + 1].begin] == '\f';
}

static struct slice line_text(const struct unwrap_round *r, size_t i)
{
	const struct unwrap_line *l = &r->lines[i];

	return slice_make(r->text.p + l->begin, l->end - l->begin);
}

/* Bare numbers are page numbers only where they count up, one by one. */
static void find_pages(struct unwrap_round *r)
{
	size_t last_line = 0;
	unsigned last = 0;
	bool last_gone = false, sure;

	for (size_t i = 0; i < r->n_lines; i++) {
		const struct unwrap_line *l = &r->lines[i];
		unsigned number;

		if (l->blank || l->kept || l->end - l->begin > 60 || !stands_alone(r, i))
			continue;
		number = page_number(line_text(r, i), &sure);
		if (!number)
			continue;
		bool counts = last && number == last + 1;
		if (counts && !last_gone) {
			const struct unwrap_line *k = &r->lines[last_line];

			unwrap_step(r, k->begin, k->next - k->begin, "", UNWRAP_PAGE);
		}
		if (counts || sure)
			unwrap_step(r, l->begin, l->next - l->begin, "", UNWRAP_PAGE);
		last = number;
		last_line = i;
		last_gone = counts || sure;
	}
}

/* ------ Characters ------ */

static void find_characters(struct unwrap_round *r, const struct unwrap_line *l, bool last)
{
	const char *p = r->text.p;

	for (size_t i = l->begin; i < l->end; i++) {
		struct slice rest = {p + i, l->end - i};

		if (p[i] == '\f')
			unwrap_step(r, i, 1, "", UNWRAP_PAGE);
		if (!(p[i] & 0x80))
			continue;
		if (slice_starts(rest, "\xC2\xAD")) {
			/* At a line's end the word goes on in the next line. */
			bool ends = i + 2 == l->end && !last && r->options->use[UNWRAP_JOIN];

			unwrap_step(r, i, ends ? l->next - i : 2, "", UNWRAP_SOFT);
		} else if (slice_starts(rest, "\xE2\x80\x8B") ||
			   slice_starts(rest, "\xEF\xBB\xBF")) {
			unwrap_step(r, i, 3, "", UNWRAP_SOFT);
		}
	}
}

/* Blanks at a line's end, and the one backslash that means a hard line break. */
static void find_breaks(struct unwrap_round *r, const struct unwrap_line *l, bool last)
{
	const char *p = r->text.p;
	size_t end = l->end, slashes = 0;

	while (end > l->begin && (p[end - 1] == ' ' || p[end - 1] == '\t'))
		end--;
	while (end - slashes > l->begin && p[end - slashes - 1] == '\\')
		slashes++;
	if (slashes % 2 && end == l->end && !last && end - 1 > l->begin) {
		/* The break was meant: what follows stays a paragraph of its own. */
		unwrap_step(r, end - 1, 1, l->next - l->end == 2 ? "\r\n" : "\n", UNWRAP_BREAK);
		return;
	}
	/* A blank after a backslash is not ours to take: "\ " would become an escape of the
	 * end. */
	if (end < l->end && !(slashes % 2))
		unwrap_step(r, end, l->end - end, "", UNWRAP_BREAK);
}

/* ":::" and ":::: {.section}" of pandoc: a line that only opens or closes a division. */
static bool is_division(struct slice line)
{
	size_t colons = 0;
	bool is_id;

	while (colons < line.len && line.p[colons] == ':')
		colons++;
	if (colons < 3)
		return false;
	size_t at = colons + utf8_blanks_at(line.p + colons, line.len - colons);
	size_t n = attributes_at(line, at, &is_id);

	at += n ? n : name_at(line, at);
	return utf8_blanks_at(line.p + at, line.len - at) == line.len - at;
}

void unwrap_find_artefacts(struct unwrap_round *r)
{
	const struct bracket **by_end = brackets_by_close(r->b);

	for (size_t i = 0; i < r->b->n_skipped; i++) {
		const struct skipped *s = &r->b->skipped[i];

		if (s->class == SKIP_BOOKMARK)
			unwrap_step(r, s->begin, s->end - s->begin, "", UNWRAP_BOOKMARK);
	}
	for (size_t i = 0; i < r->n_lines; i++) {
		const struct unwrap_line *l = &r->lines[i];
		bool last = i + 1 == r->n_lines;

		if (l->kept)
			continue;
		if (is_division(line_text(r, i))) {
			unwrap_step(r, l->begin, l->next - l->begin, "", UNWRAP_ATTRIBUTE);
			continue;
		}
		find_attributes(r, l, by_end);
		find_characters(r, l, last);
		find_breaks(r, l, last);
	}
	find_pages(r);
	free(by_end);
}
