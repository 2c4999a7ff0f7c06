/* SPDX-License-Identifier: MIT */
#include "core/label.h"

#include "core/str.h"
#include "core/utf8.h"

#include <string.h>
#include <unictype.h>

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool all_of(const char *p, size_t len, const char *set)
{
	for (size_t i = 0; i < len; i++)
		if (!is_one_of(p[i], set))
			return false;
	return true;
}

/* A place in the line; every reader below moves it on success only. */
struct reader {
	const char *p;
	size_t len;
	size_t at;
};

static bool at_end(const struct reader *r)
{
	return r->at == r->len;
}

static bool take(struct reader *r, const char *text)
{
	size_t len = strlen(text);

	if (r->len - r->at < len || memcmp(r->p + r->at, text, len) != 0)
		return false;
	r->at += len;
	return true;
}

static void skip_marks(struct reader *r, const char *marks)
{
	while (!at_end(r)) {
		size_t blank = utf8_blank_at(r->p + r->at, r->len - r->at);
		if (blank)
			r->at += blank;
		else if (is_one_of(r->p[r->at], marks))
			r->at++;
		else
			break;
	}
}

static bool is_digit(const struct reader *r)
{
	return !at_end(r) && r->p[r->at] >= '0' && r->p[r->at] <= '9';
}

/* bis, ter, quater: glued, or after one blank; never a part of a longer word. */
static void take_bis(struct reader *r)
{
	static const char *const words[] = {"bis", "ter", "quater"};
	struct reader s = *r;
	uint32_t cp;

	s.at += utf8_blank_at(s.p + s.at, s.len - s.at);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct reader t = s;
		if (!take(&t, words[i]))
			continue;
		if (!at_end(&t)) {
			utf8_decode(t.p + t.at, t.len - t.at, &cp);
			if (cp != UTF8_BAD && uc_is_alnum(cp))
				continue;
		}
		*r = t;
		return;
	}
}

static bool label_script(uint32_t cp)
{
	static const char *const scripts[] = {"Latin", "Cyrillic", "Arabic"};
	const uc_script_t *script;

	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	if (cp == UTF8_BAD || !uc_is_alpha(cp))
		return false;
	script = uc_script(cp);
	for (size_t i = 0; script && i < 3; i++)
		if (strcmp(script->name, scripts[i]) == 0)
			return true;
	return false;
}

/* One decimal digit of a roman numeral: ones, fives and tens of its rank. */
static const char *roman_digit(const char *s, char one, char five, char ten)
{
	if (s[0] == one && (s[1] == five || s[1] == ten) && s[1])
		return s + 2;
	if (five && *s == five)
		s++;
	for (int i = 0; i < 3 && *s == one; i++)
		s++;
	return s;
}

static bool is_roman(const char *p, size_t len)
{
	char word[16];
	const char *s = word;

	if (!len || len >= sizeof(word))
		return false;
	memcpy(word, p, len);
	word[len] = '\0';
	if (strspn(word, "ivxlcdm") != len)
		return false;
	s = roman_digit(s, 'm', '\0', '\0');
	s = roman_digit(s, 'c', 'd', 'm');
	s = roman_digit(s, 'x', 'l', 'c');
	s = roman_digit(s, 'i', 'v', 'x');
	return *s == '\0';
}

/* The letters of a label: one, the same two or three times, or a roman numeral. */
static enum label_kind letters_kind(const char *p, size_t len, bool *single)
{
	uint32_t first = 0, cp;
	size_t count = 0;
	bool same = true;

	for (size_t i = 0; i < len; count++) {
		i += utf8_decode(p + i, len - i, &cp);
		if (!count)
			first = cp;
		same = same && cp == first;
	}
	*single = count == 1;
	if (count == 1)
		return LABEL_LETTER;
	if (is_roman(p, len) && all_of(p, len, "ivx"))
		return LABEL_ROMAN;
	if (same && count <= 3)
		return LABEL_LETTER;
	return is_roman(p, len) ? LABEL_ROMAN : LABEL_NONE;
}

/* Letters, perhaps with a glued "bis", that make a label; moves behind them. */
static enum label_kind take_letters(struct reader *r, bool *single)
{
	static const char *const suffixes[] = {"", "bis", "ter", "quater"};
	size_t end = r->at, n;
	uint32_t cp;

	while (end < r->len && end - r->at < 32) {
		n = utf8_decode(r->p + end, r->len - end, &cp);
		if (!label_script(cp))
			break;
		end += n;
	}
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		struct slice word = {r->p + r->at, end - r->at};
		size_t cut = strlen(suffixes[i]);
		if (word.len <= cut || !slice_ends(word, suffixes[i]))
			continue;
		enum label_kind kind = letters_kind(word.p, word.len - cut, single);
		if (kind == LABEL_NONE)
			continue;
		r->at = end;
		return kind;
	}
	return LABEL_NONE;
}

static bool take_number(struct reader *r, int *numbers)
{
	struct reader s = *r;

	*numbers = 0;
	for (;;) {
		size_t begin = s.at;
		while (is_digit(&s) && s.at - begin < 4)
			s.at++;
		if (s.at == begin || s.at - begin > 3)
			return false;
		++*numbers;
		struct reader dot = s;
		if (!take(&dot, ".") || !is_digit(&dot))
			break;
		s = dot;
	}
	*r = s;
	return true;
}

/* What must follow a label: the end or a blank, emphasis marks aside. */
static bool take_close(struct reader *r, bool bare)
{
	struct reader s = *r;
	size_t blanks, first;

	while (!at_end(&s) && is_one_of(s.p[s.at], "*_"))
		s.at++;
	if (at_end(&s)) {
		r->at = s.at;
		return !bare;
	}
	first = utf8_blank_at(s.p + s.at, s.len - s.at);
	blanks = utf8_blanks_at(s.p + s.at, s.len - s.at);
	if (!blanks || (bare && s.p[s.at] != '\t' && blanks == first))
		return false;
	r->at = s.at + blanks;
	return true;
}

static bool take_dash(struct reader *r)
{
	return take(r, "–") || take(r, "—") || take(r, "•") || take(r, "-");
}

/* Reads letters or a number with its ")" or "."; the label ends at r->at. */
static bool take_sign(struct reader *r, struct label *label)
{
	bool paren = take(r, "("), single = false;

	if (is_digit(r)) {
		if (!take_number(r, &label->numbers))
			return false;
		label->kind = LABEL_NUMBER;
	} else {
		size_t begin = r->at;
		label->kind = take_letters(r, &single);
		if (label->kind == LABEL_NONE)
			return false;
		label->may_be_roman = single && is_one_of(r->p[begin], "ivxlcdm");
	}
	take_bis(r);
	if (take(r, ")") ||
	    (!paren && (single || label->kind == LABEL_NUMBER) && take(r, "."))) {
		take_bis(r);
		return true;
	}
	label->bare = !paren && label->kind == LABEL_NUMBER;
	return label->bare;
}

static bool read_heading(const char *line, size_t len, struct label *label)
{
	size_t i = 0, begin;

	while (i < len && i < 3 && line[i] == ' ')
		i++;
	begin = i;
	while (i < len && line[i] == '#')
		i++;
	if (i == begin || i - begin > 6)
		return false;
	if (i < len && !utf8_blank_at(line + i, len - i))
		return false;
	label->kind = LABEL_HEADING;
	label->begin = begin;
	label->end = i;
	label->body = i + utf8_blanks_at(line + i, len - i);
	return true;
}

bool label_is_heading(const char *line, size_t len)
{
	struct label label;

	return read_heading(line, len, &label);
}

bool label_read(const char *line, size_t len, struct label *label)
{
	struct reader r = {line, len, 0};

	memset(label, 0, sizeof(*label));
	if (read_heading(line, len, label))
		return true;
	skip_marks(&r, "*_>");
	label->begin = r.at;
	if (take_dash(&r))
		label->kind = LABEL_DASH;
	else if (!take_sign(&r, label))
		goto none;
	label->end = r.at;
	if (!take_close(&r, label->bare))
		goto none;
	label->body = r.at;
	return true;
none:
	memset(label, 0, sizeof(*label));
	r.at = 0;
	skip_marks(&r, ">");
	label->body = label->begin = label->end = r.at;
	return false;
}

bool label_is_all(const char *line, size_t len)
{
	struct reader r = {line, len, 0};
	struct label label;

	if (label_read(line, len, &label))
		r.at = label.body;
	if (label.kind == LABEL_HEADING && label_read(line + r.at, len - r.at, &label))
		r.at += label.body;
	skip_marks(&r, "*_>");
	return at_end(&r);
}
