/* SPDX-License-Identifier: MIT */
#include "core/report.h"

#include "core/party.h"
#include "core/utf8.h"

#include <string.h>

/*
 * What FORMAT.md reads as parties is not in a report's texts to begin with. Here
 * goes what only looks like them: people write "APT: delete" in places where it means
 * nothing to adref, and all to a reader.
 */

#define HIDDEN "\xe2\x80\xa6"

static bool is_word_char(const char *p, size_t len)
{
	uint32_t cp;

	if (!len)
		return false;
	if ((unsigned char)*p < 0x80)
		return (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') ||
		       (*p >= '0' && *p <= '9') || *p == '_';
	utf8_decode(p, len, &cp);
	return cp != UTF8_BAD && cp >= 0xc0 && cp < 0x2000;
}

static size_t blanks_at(struct slice text, size_t at)
{
	size_t from = at, n;

	while (at < text.len && (n = utf8_blank_at(text.p + at, text.len - at)))
		at += n;
	return at - from;
}

/* The bytes of ":" or its full-width form, and blanks around it, after the list: it is said by
 * them. */
static size_t says_at(struct slice text, size_t at)
{
	size_t from = at;

	at += blanks_at(text, at);
	if (at < text.len && text.p[at] == ':')
		at++;
	else if (text.len - at >= 3 && memcmp(text.p + at, "\xef\xbc\x9a", 3) == 0)
		at += 3;
	else
		return 0;
	return at + blanks_at(text, at) - from;
}

static bool closes_at(struct slice text, size_t at)
{
	at += blanks_at(text, at);
	return at < text.len &&
	       (text.p[at] == ')' ||
		(text.len - at >= 3 && memcmp(text.p + at, "\xef\xbc\x89", 3) == 0));
}

/* Where the parenthesis that the list stands in opens; SIZE_MAX: it is in none. */
static size_t opened_at(struct slice text, size_t at)
{
	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
		at--;
	if (at > 0 && text.p[at - 1] == '(')
		return at - 1;
	return at >= 3 && memcmp(text.p + at - 3, "\xef\xbc\x88", 3) == 0 ? at - 3 : SIZE_MAX;
}

/* Where a list at `at` must end: to core/party the full-width parenthesis is part of a word. */
static size_t list_end(struct slice text, size_t at)
{
	size_t end = at, n;
	uint32_t cp;

	if (opened_at(text, at) == SIZE_MAX)
		return text.len;
	while (end < text.len) {
		n = utf8_decode(text.p + end, text.len - end, &cp);
		if (cp == 0xff09 || cp == '\n')
			break;
		end += n;
	}
	return end;
}

/* Whether a bracket closes before that place, blanks aside: then it says who wants it. */
static bool follows_bracket(struct slice text, size_t at)
{
	while (at > 0 && text.p[at - 1] == ' ')
		at--;
	return at > 0 && text.p[at - 1] == ']';
}

/*
 * The bytes of a party list at `at` that says who: before a colon, which goes with it, or
 * (*inside) alone in parentheses, where a lone alias is an acronym, but after a bracket.
 */
static size_t who_at(const struct parties *parties, struct slice text, size_t at, bool *inside)
{
	struct party_list list;
	size_t len, open, begin = at;

	while (begin > 0 && ((unsigned char)text.p[begin - 1] & 0xc0) == 0x80)
		begin--;
	if (begin > 0 && is_word_char(text.p + begin - 1, at - begin + 1))
		return 0;
	if (!parties->begins[(unsigned char)text.p[at]])
		return 0;
	len = party_list_at(parties, text.p + at, list_end(text, at) - at, &list);
	*inside = len && !says_at(text, at + len);
	if (!len || !*inside)
		return len ? len + says_at(text, at + len) : 0;
	open = opened_at(text, at);
	if (open == SIZE_MAX || !closes_at(text, at + len))
		return 0;
	return !list.lone_alias || follows_bracket(text, open) ? len : 0;
}

static void hide(struct str *text, const struct parties *parties)
{
	struct slice old = str_slice(text);
	struct str now = STR_INIT;
	size_t kept = 0;

	for (size_t i = 0; i < old.len;) {
		/* Words begin with a letter: most bytes are answered here. */
		bool inside = false, begins = (unsigned char)old.p[i] > ' ';
		size_t len = begins ? who_at(parties, old, i, &inside) : 0;

		if (!len) {
			i++;
			continue;
		}
		str_add(&now, old.p + kept, i - kept);
		str_add_text(&now, inside ? HIDDEN : "");
		i += len;
		kept = i;
	}
	if (kept) {
		str_add(&now, old.p + kept, old.len - kept);
		str_clear(text);
		str_add_slice(text, str_slice(&now));
	}
	str_release(&now);
}

void report_hide(struct report *r, const struct parties *parties)
{
	for (size_t i = 0; i < r->n; i++) {
		struct report_draft *d = &r->v[i];

		hide(&d->title, parties);
		hide(&d->symbol, parties);
		for (size_t k = 0; k < d->n; k++) {
			hide(&d->v[k].paragraph, parties);
			for (size_t o = 0; o < d->v[k].n_options; o++)
				hide(&d->v[k].options[o].text, parties);
		}
	}
}
