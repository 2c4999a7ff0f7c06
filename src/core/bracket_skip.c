/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>

/* FORMAT.md, "Which brackets count": the classes that never negotiate. */

#define WORD_BACK 64 /* bytes looked back for "resolution" and its like */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
	return is_capital(c) || (c >= 'a' && c <= 'z');
}

static bool has_blank(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (utf8_blank_at(s.p + i, s.len - i))
			return true;
	return false;
}

static bool all_digits(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.len > 0;
}

static struct slice drop(struct slice s, size_t n)
{
	return slice_make(s.p + n, s.len - n);
}

/* [^label], [footnoteRef:N], and [N: …] where the file has that reference. */
static bool is_footnote(const struct reading *r, struct slice inner, bool nested)
{
	size_t digits = 0;

	if (!nested && slice_starts(inner, "^"))
		return inner.len > 1 && !has_blank(inner);
	if (!nested && slice_starts(inner, "footnoteRef:"))
		return all_digits(drop(inner, strlen("footnoteRef:")));
	while (digits < inner.len && is_digit(inner.p[digits]))
		digits++;
	return digits && digits < inner.len && inner.p[digits] == ':' &&
	       names_has(&r->notes, slice_make(inner.p, digits));
}

static bool is_editorial(struct slice inner)
{
	static const char *const words[] = {"sic", "...", "…", "emphasis added", "TOC"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (slice_is(inner, words[i]))
			return true;
	return false;
}

/* One blank, then one word; the word in *word. */
static bool blank_word(struct slice s, struct slice *word)
{
	size_t n = utf8_blank_at(s.p, s.len);

	*word = drop(s, n);
	return n && word->len && !has_blank(*word);
}

static bool has_digit(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_digit(s.p[i]))
			return true;
	return false;
}

static bool is_citation(struct slice s)
{
	struct slice word;
	size_t blank;

	if (slice_starts(s, "b-"))
		s = drop(s, 2);
	if (slice_starts(s, "ITU-T") || slice_starts(s, "ITU-R") || slice_starts(s, "ITU-D"))
		return blank_word(drop(s, 5), &word) && has_digit(word);
	if (slice_starts(s, "ISO")) {
		s = drop(s, slice_starts(s, "ISO/IEC") ? 7 : 3);
		return blank_word(s, &word) && is_digit(word.p[0]);
	}
	if (slice_starts(s, "IETF")) {
		s = drop(s, 4);
		blank = utf8_blank_at(s.p, s.len);
		if (!blank)
			return false;
		s = drop(s, blank);
	}
	if (!slice_starts(s, "RFC"))
		return false;
	s = drop(s, 3);
	return all_digits(drop(s, utf8_blank_at(s.p, s.len)));
}

/* 2–6 capitals, an optional digit, - or /, 1–3 digits. */
static bool number_shape(struct slice s)
{
	size_t i = 0, digits = 0;

	while (i < s.len && is_capital(s.p[i]))
		i++;
	if (i < 2 || i > 6)
		return false;
	if (i < s.len && is_digit(s.p[i]))
		i++;
	if (i == s.len || (s.p[i] != '-' && s.p[i] != '/'))
		return false;
	for (i++; i < s.len && is_digit(s.p[i]); i++)
		digits++;
	return i == s.len && digits >= 1 && digits <= 3;
}

/* Beginnings and whole words, folded; a "*" at the end stands for any ending (cases, plurals).
 */
static const char *const document_words[] = {
	"resolution",   "recommendation", "decision", "question",   "document",
	"résolution",   "recommandation", "décision", "resolución", "recomendación",
	"decisión",     "cuestión",       "pregunta", "documento",  "резолюци*",
	"рекомендаци*", "решени*",        "вопрос*",  "документ*",  "قرار",
	"القرار",       "توصية",          "التوصية",  "مقرر",       "المقرر",
	"مسألة",        "المسألة",        "وثيقة",    "الوثيقة",
};
static const char *const han_words[] = {"决议", "建议书", "建议", "决定",
					"课题", "问题",   "文件"};

static bool document_word(struct slice word)
{
	size_t len = 0;
	char *folded =
		(char *)u8_casefold((const uint8_t *)word.p, word.len, NULL, NULL, NULL, &len);
	bool found = false;

	for (size_t i = 0;
	     folded && !found && i < sizeof(document_words) / sizeof(*document_words); i++) {
		const char *w = document_words[i];
		size_t n = strlen(w);
		if (w[n - 1] == '*')
			found = len >= n - 1 && memcmp(folded, w, n - 1) == 0;
		else
			found = len == n && memcmp(folded, w, n) == 0;
	}
	free(folded);
	return found;
}

/* Whether one of the words stands right before offset `at` of the line. */
static bool after_document_word(struct slice text, size_t line, size_t at)
{
	size_t end = at - utf8_blanks_before(text.p + line, at - line), begin = end;
	struct slice before = {text.p + line, end - line};
	uint32_t cp;

	for (size_t i = 0; i < sizeof(han_words) / sizeof(*han_words); i++)
		if (slice_ends(before, han_words[i]))
			return true;
	while (begin > line && end - begin < WORD_BACK) {
		size_t n = utf8_decode_back(text.p + line, begin - line, &cp);
		if (cp == UTF8_BAD || !uc_is_alpha(cp))
			break;
		begin -= n;
	}
	return begin < end && document_word(slice_make(text.p + begin, end - begin));
}

/* A scheme, / # or . at its start, or . and 2–4 letters at its end; no blank. */
static bool is_target(struct slice t)
{
	size_t i = 0;

	if (!t.len || has_blank(t))
		return false;
	if (strchr("/#.", t.p[0]) && t.p[0])
		return true;
	while (i < t.len && is_letter(t.p[i]))
		i++;
	if (i && i < t.len && t.p[i] == ':')
		return true;
	for (i = t.len; i > 0 && is_letter(t.p[i - 1]);)
		i--;
	return i && t.p[i - 1] == '.' && t.len - i >= 2 && t.len - i <= 4;
}

/* Bytes of "(target)" at `at`, its parentheses balanced; 0 where it is no target. A blank or
 * the next "](" ends the search, so that all searches together are linear. */
static size_t target_at(const struct reading *r, size_t at, size_t end, bool image)
{
	const char *p = r->text.p;
	size_t depth = 0, i = at;
	struct trailing t;

	if (at == end || p[at] != '(' || trailing_read(r->parties, p + at, end - at, &t))
		return 0;
	for (; i < end; i++) {
		if (p[i] == '(')
			depth++;
		else if (p[i] == ')' && --depth == 0)
			break;
		else if (utf8_blank_at(p + i, end - i) ||
			 (p[i] == ']' && i + 1 < end && p[i + 1] == '('))
			return 0;
	}
	if (i == end)
		return 0;
	struct slice target = {p + at + 1, i - at - 1};
	if (!is_target(target) && !(image && target.len))
		return 0;
	return i + 1 - at;
}

static bool is_image(const struct reading *r, size_t at, size_t line)
{
	size_t slashes = 0;

	if (at == line || r->text.p[at - 1] != '!')
		return false;
	while (at - 1 - slashes > line && r->text.p[at - 2 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 0;
}

int skip_class_of(const struct reading *r, const struct token *open, const struct token *close,
		  size_t line_begin, size_t line_end, size_t *end)
{
	struct slice inner = {r->text.p + open->at + 1, close->at - open->at - 1};
	size_t after = close->at + 1, target;
	bool nested = close->height > 0, bracket_follows;

	*end = after;
	if (guard_at(inner.p, 0, inner.len))
		return -1;
	if (close->height <= 1 &&
	    (target = target_at(r, after, line_end, is_image(r, open->at, line_begin)))) {
		*end = after + target;
		return SKIP_LINK;
	}
	if (is_footnote(r, inner, nested))
		return SKIP_FOOTNOTE;
	if (nested)
		return -1;
	if (is_editorial(inner))
		return SKIP_EDITORIAL;
	if (is_citation(inner))
		return SKIP_CITATION;
	bracket_follows = after < line_end && r->text.p[after] == '[';
	if (!bracket_follows && number_shape(inner) &&
	    after_document_word(r->text, line_begin, open->at))
		return SKIP_NUMBER;
	return -1;
}
