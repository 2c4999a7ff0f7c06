/* SPDX-License-Identifier: MIT */
#include "core/call.h"

#include "call_impl.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/word.h"

#include <string.h>
#include <unictype.h>

#define CALL_WORDS      20 /* a longer line is a sentence */
#define CALL_CHARACTERS 40 /* the same in Chinese */

/* Lines that are calls. Which verb one begins with: call_words.c. */

/* Bytes of one sign that may stand around a verb, 0 where there is none. */
static size_t sign_at(const char *p, size_t len)
{
	static const char *const signs[] = {
		"\xEF\xBC\xBB", "\xEF\xBC\xBD", "«", "»", "“", "”", "‘", "’", "，", "：", "،"};

	if (!len)
		return 0;
	if ((unsigned char)*p < 0x80)
		return *p && strchr("*_>[]\"/,: \t", *p) ? 1 : 0;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (slice_starts(slice_make(p, len), signs[i]))
			return strlen(signs[i]);
	return utf8_blank_at(p, len);
}

/* Bytes of what a bracket may add at p: an id, parties in parentheses or before a colon. */
static size_t annotation_at(const char *p, size_t len)
{
	size_t at = 0;

	if (len > 2 && p[0] == '{' && p[1] == '#') {
		const char *close = memchr(p, '}', len);

		return close ? (size_t)(close - p) + 1 : 0;
	}
	bool open = len && *p == '(';
	at = open;
	while (at < len && ((p[at] >= 'A' && p[at] <= 'Z') || strchr(",;+& ", p[at])) && p[at])
		at++;
	if (at < 3 + (size_t)open || at == len)
		return 0;
	if (open)
		return p[at] == ')' ? at + 1 : 0;
	return p[at] == ':' ? at + 1 : 0;
}

static size_t signs_at(const char *p, size_t len)
{
	size_t at = 0, n;

	for (;;) {
		n = annotation_at(p + at, len - at);
		if (!n)
			n = sign_at(p + at, len - at);
		if (!n)
			return at;
		at += n;
	}
}

/* Where the line ends without the signs after its last word. */
static size_t trimmed(const char *p, size_t len)
{
	size_t end = 0;

	for (size_t at = 0; at < len;) {
		size_t n = signs_at(p + at, len - at);

		if (n) {
			at += n;
			continue;
		}
		uint32_t cp;
		at += utf8_decode(p + at, len - at, &cp);
		end = at;
	}
	return end;
}

static size_t conjunction_at(const char *p, size_t len)
{
	static const char *const words[] = {"and", "e",   "et", "o", "or", "ou", "y",
					    "и",   "или", "أو", "و", "和", "并", NULL};
	static const struct call_words list = {words, sizeof(words) / sizeof(*words) - 1};

	return call_adverb_at(p, len, &list);
}

/* Nothing but preambular verbs and their adverbs. */
static bool read_preambular(const char *line, size_t len, size_t at, struct call *call)
{
	struct call one;
	bool found = false;
	size_t end = 0, n;

	while (call_verb_in(CALL_PREAMBULAR, line + at, len - at, &one)) {
		if (!found) {
			*call = one;
			call->begin = at;
			call->end = at + one.end;
			found = true;
		}
		end = at + one.end;
		at = end + signs_at(line + end, len - end);
		n = conjunction_at(line + at, len - at);
		if (n)
			at += n + signs_at(line + at + n, len - at - n);
	}
	if (!found || at < len)
		return false;
	call->rest_end = end;
	return true;
}

/* Whether the stretch is a sentence rather than whom a call goes to. */
static bool is_sentence(const char *p, size_t len)
{
	static const char *const ends[] = {"。", "；", "؛", "؟", "！", "？"};
	int depth = 0;

	for (size_t i = 0; i < len; i++) {
		if (p[i] == '[')
			depth++;
		if (p[i] == ']')
			depth--;
		if (p[i] == ';' || p[i] == '?' || p[i] == '!')
			return true;
		if (p[i] == ':' && depth <= 0)
			return true;
		if (p[i] == '.' && (i + 1 == len || strchr(" ]*_\"", p[i + 1])) && i > 1 &&
		    (i + 1 == len || p[i - 2] != ' '))
			return true;
		for (size_t k = 0; (p[i] & 0x80) && k < sizeof(ends) / sizeof(*ends); k++)
			if (slice_starts(slice_make(p + i, len - i), ends[k]))
				return true;
	}
	return false;
}

static bool is_short(const char *p, size_t len)
{
	enum token_kind kind;
	size_t words = 0, characters = 0;

	for (size_t at = 0; at < len;) {
		at += token_at(p + at, len - at, &kind);
		words += kind == TOKEN_WORD;
		characters += kind == TOKEN_CHARACTER;
	}
	return words + characters * CALL_WORDS / CALL_CHARACTERS <= CALL_WORDS;
}

/* A verb that is a noun too calls only in emphasis or in lower case; see call_verbs.h. */
static bool is_called(const char *line, size_t len, const struct call *call)
{
	uint32_t cp;

	if (!call->ambiguous)
		return true;
	if (call->begin && (line[call->begin - 1] == '*' || line[call->begin - 1] == '_'))
		return true;
	utf8_decode(line + call->begin, len - call->begin, &cp);
	return utf8_is_han(cp) ? call->end == call->rest_end : uc_is_lower(cp);
}

bool call_read(const char *line, size_t len, struct call *call)
{
	struct call one;
	size_t at, end;

	if (len > CALL_MOST)
		return false;
	at = signs_at(line, len);
	if (read_preambular(line, len, at, call))
		return is_called(line, len, call);
	if (!call_verb_in(CALL_OPERATIVE, line + at, len - at, &one))
		return false;
	end = trimmed(line, len);
	one.begin = at;
	one.end += at;
	one.rest_end = end > one.end ? end : one.end;
	if (is_sentence(line + one.end, one.rest_end - one.end) ||
	    !is_short(line + at, one.rest_end - at) || !is_called(line, len, &one))
		return false;
	*call = one;
	return true;
}
