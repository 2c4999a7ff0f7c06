/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/utf8.h"

#include <string.h>

/* FORMAT.md, "What a bracket offers": parties, trailing parties, ids, no text, guards. */

size_t bracket_id_at(const char *text, size_t len)
{
	size_t i = 3;

	if (len < 4 || text[0] != '{' || text[1] != '#')
		return 0;
	if (!((text[2] | 32) >= 'a' && (text[2] | 32) <= 'z'))
		return 0;
	while (i < len &&
	       (((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z') ||
		(text[i] >= '0' && text[i] <= '9') || text[i] == '-' || text[i] == '_'))
		i++;
	return i < len && text[i] == '}' ? i + 1 : 0;
}

static bool is_no_text(const char *p, size_t len, bool or_delete)
{
	static const char *const words[] = {
		"delete",       "Delete",       "no text",   "No text",
		"pas de texte", "Pas de texte", "sin texto", "Sin texto",
		"без текста",   "Без текста",   "بدون نص",   "无案文",
	};
	struct slice s = {p, len};

	if (s.len && s.p[s.len - 1] == '.')
		s.len--;
	else if (slice_ends(s, "。"))
		s.len -= strlen("。");
	for (size_t i = or_delete ? 0 : 2; i < sizeof(words) / sizeof(*words); i++)
		if (slice_is(s, words[i]))
			return true;
	return false;
}

static size_t colon_at(const char *p, size_t len)
{
	if (len && *p == ':')
		return 1;
	return len >= 3 && memcmp(p, "：", 3) == 0 ? 3 : 0;
}

bool trailing_read(const struct parties *parties, const char *text, size_t len,
		   struct trailing *t)
{
	size_t at = 1, n, word;

	memset(t, 0, sizeof(*t));
	if (len < 3 || text[0] != '(')
		return false;
	at += utf8_blanks_at(text + at, len - at);
	n = party_list_at(parties, text + at, len - at, &t->list);
	if (!n || t->list.lone_alias)
		return false;
	at += n;
	at += utf8_blanks_at(text + at, len - at);
	n = colon_at(text + at, len - at);
	if (n) {
		at += n;
		word = utf8_blanks_at(text + at, len - at);
		if (!word && n == 1)
			return false;
		at += word;
		size_t most = len - at < 32 ? len - at : 32;
		const char *close = memchr(text + at, ')', most);
		if (!close)
			return false;
		word = (size_t)(close - text) - at;
		word -= utf8_blanks_before(text + at, word);
		if (!is_no_text(text + at, word, true))
			return false;
		t->deletes = true;
		at = (size_t)(close - text);
	}
	if (at >= len || text[at] != ')')
		return false;
	t->len = at + 1;
	return true;
}

/* What is trimmed around an option: blanks and line ends. */
static size_t outer_at(const char *p, size_t len)
{
	if (len && (*p == '\n' || *p == '\r'))
		return 1;
	return utf8_blank_at(p, len);
}

static size_t outer_before(const char *p, size_t len)
{
	if (len && (p[len - 1] == '\n' || p[len - 1] == '\r'))
		return 1;
	return utf8_blank_before(p, len);
}

size_t trim_left(const char *p, size_t begin, size_t end)
{
	size_t n;

	while ((n = outer_at(p + begin, end - begin)))
		begin += n;
	return begin;
}

size_t trim_right(const char *p, size_t begin, size_t end)
{
	size_t n;

	while ((n = outer_before(p + begin, end - begin)))
		end -= n;
	return end;
}

/* "CODES:" at the start, a blank or the end after it, or "CODES：". Bytes, 0 for none. */
static size_t party_prefix(const struct reading *r, size_t begin, size_t end,
			   struct party_list *list)
{
	const char *p = r->text.p;
	size_t at = begin, n = party_list_at(r->parties, p + at, end - at, list);

	if (!n)
		return 0;
	at += n;
	at += utf8_blanks_at(p + at, end - at);
	n = colon_at(p + at, end - at);
	if (!n)
		return 0;
	at += n;
	if (n == 1 && at < end && !outer_at(p + at, end - at))
		return 0;
	return at - begin;
}

/* " – CODES" at the end: one blank on each side. */
static size_t dash_suffix(const struct reading *r, size_t begin, size_t end,
			  struct party_list *list)
{
	const char *p = r->text.p + begin;
	size_t at = end - begin, n = party_list_before(r->parties, p, at, list);

	if (!n)
		return 0;
	at -= n;
	if (!(n = utf8_blank_before(p, at)))
		return 0;
	at -= n;
	if (!slice_ends(slice_make(p, at), "–"))
		return 0;
	at -= strlen("–");
	if (!(n = utf8_blank_before(p, at)))
		return 0;
	at -= n;
	if (utf8_blank_before(p, at))
		return 0;
	return end - begin - at;
}

/* " (CODES)" at the end, unless it follows a nested bracket. */
static size_t paren_suffix(const struct reading *r, size_t begin, size_t end, size_t child_end,
			   struct party_list *list)
{
	const char *p = r->text.p + begin;
	size_t at = end - begin, n;

	if (!at || p[at - 1] != ')' || end <= child_end)
		return 0;
	at--;
	at -= utf8_blanks_before(p, at);
	n = party_list_before(r->parties, p, at, list);
	if (!n || list->lone_alias)
		return 0;
	at -= n;
	at -= utf8_blanks_before(p, at);
	if (!at || p[at - 1] != '(')
		return 0;
	at--;
	if (!(n = utf8_blank_before(p, at)))
		return 0;
	at -= n;
	if (begin + at - utf8_blanks_before(p, at) == child_end)
		return 0;
	return end - begin - at;
}

bool guard_at(const char *p, size_t begin, size_t end)
{
	return end - begin >= 2 && p[begin] == '\\' &&
	       utf8_blank_at(p + begin + 1, end - begin - 1);
}

void part_read(const struct reading *r, size_t begin, size_t end, size_t child_end,
	       struct option *option, struct party_list *list)
{
	const char *p = r->text.p;
	size_t from = trim_left(p, begin, end), to, n;

	list->n = 0;
	option->part = begin;
	option->part_end = end;
	to = trim_right(p, from, end);
	n = party_prefix(r, from, to, list);
	if (!n)
		list->n = 0;
	option->own_parties = n > 0;
	from = n ? trim_left(p, from + n, end) : from;
	option->guarded = guard_at(p, from, end);
	if (option->guarded) {
		from = trim_left(p, from + 1, end);
		to = to < from ? from : to;
	} else if (!n) {
		size_t suffix = dash_suffix(r, from, to, list);
		if (!suffix)
			suffix = paren_suffix(r, from, to, child_end, list);
		if (!suffix)
			list->n = 0;
		option->own_parties = suffix > 0;
		to = trim_right(p, from, to - suffix);
	}
	if (to < from)
		to = from;
	option->no_text = !option->guarded && is_no_text(p + from, to - from, n > 0);
	option->begin = from;
	option->end = option->no_text ? from : to;
}
