/* SPDX-License-Identifier: MIT */
#include "core/markup.h"

#include <string.h>

/* Where the walk is. */
enum {
	IN_TEXT,
	IN_OPEN,    /* after < */
	IN_NAME,    /* of a tag */
	IN_TAG,     /* after its name */
	IN_VALUE,   /* in quotes */
	IN_MARK,    /* after <! */
	IN_COMMENT, /* after <!-- */
	IN_CDATA,   /* after <![ */
	IN_OTHER    /* <?…>, <!DOCTYPE …> */
};

void markup_begin(struct markup *m, bool is_html)
{
	memset(m, 0, sizeof(*m));
	m->is_html = is_html;
	m->state = IN_TEXT;
}

/* Different for any two names that matter here; of others it may be the same, and then one's
 * end ends the other. */
static uint32_t number_of(const char *name, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)name[i]) * 16777619u;
	return h | 1;
}

static bool is_one_of(const struct markup *m, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == m->len && memcmp(*names, m->name, m->len) == 0)
			return true;
	return false;
}

static bool is_change(const struct markup *m)
{
	static const char *const names[] = {
		"ins", "del", "movefrom", "moveto", "changed-region", NULL};

	return is_one_of(m, names);
}

/* HTML's elements that have no end, or are ended by what follows them. */
static bool is_flat(const struct markup *m)
{
	static const char *const names[] = {
		"area",  "base",    "br",    "col",      "embed",  "hr",       "img",
		"input", "link",    "meta",  "param",    "source", "track",    "wbr",
		"p",     "li",      "dt",    "dd",       "tr",     "td",       "th",
		"thead", "tbody",   "tfoot", "colgroup", "option", "optgroup", "rt",
		"rp",    "caption", "html",  "head",     "body",   NULL};

	return m->is_html && is_one_of(m, names);
}

static bool is_raw(const struct markup *m)
{
	static const char *const names[] = {"script", "style", NULL};

	return m->is_html && is_one_of(m, names);
}

static void begin_element(struct markup *m, uint32_t number)
{
	m->tags++;
	m->changes += is_change(m);
	if (m->raw || m->last == '/' || is_flat(m))
		return;
	if (is_raw(m)) {
		m->raw = number;
		return;
	}
	if (m->depth < MARKUP_DEEP)
		m->open[m->depth] = number;
	if (m->depth <= MARKUP_DEEP)
		m->depth++;
	if (m->depth > m->deepest)
		m->deepest = m->depth;
}

/* An end that ends nothing is none; what it passes over stays open. */
static void end_element(struct markup *m, uint32_t number)
{
	if (m->raw && m->raw != number)
		return;
	if (m->raw) {
		m->raw = 0;
		return;
	}
	if (m->depth > MARKUP_DEEP)
		return; /* it is known by now to be too deep */
	for (size_t i = m->depth; i-- > 0;)
		if (m->open[i] == number) {
			memmove(m->open + i, m->open + i + 1,
				(m->depth - i - 1) * sizeof(*m->open));
			m->depth--;
			return;
		}
}

static void end_tag(struct markup *m)
{
	uint32_t number = number_of(m->name, m->len);

	if (m->ends)
		end_element(m, number);
	else
		begin_element(m, number);
	m->state = IN_TEXT;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) || c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* After <: a tag, or something else, or a sign in a text. */
static void add_open(struct markup *m, char c)
{
	if (c == '/' && !m->ends) {
		m->ends = true;
	} else if (is_letter(c) || (c == ':' && !m->is_html)) {
		m->state = IN_NAME;
	} else if (c == '!' && !m->ends) {
		m->state = IN_MARK;
		m->dashes = 0;
	} else if (c == '?' || c == '!') {
		m->state = IN_OTHER;
	} else if (c != '<') {
		m->state = IN_TEXT;
	}
}

/* A letter of a name: what stands before a colon does not count. */
static void add_name(struct markup *m, char c)
{
	if (c == '>') {
		end_tag(m);
	} else if (is_blank(c) || c == '/') {
		m->state = IN_TAG;
	} else if (c == ':') {
		m->len = 0;
	} else if (m->len < MARKUP_NAME) {
		m->name[m->len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	m->last = c;
}

static void add_in_tag(struct markup *m, char c)
{
	if (c == '>') {
		end_tag(m);
	} else if ((c == '"' || c == '\'') && (m->last == '=' || !m->is_html)) {
		m->state = IN_VALUE;
		m->quote = c;
	} else if (is_blank(c)) {
		m->value = false;
		if (m->last == '/')
			m->last = '\0'; /* it ends nothing there */
		return;
	}
	m->value = m->value || (m->last == '=' && m->state == IN_TAG);
	/* At the end of a value a slash is a part of it. */
	m->last = m->value && c == '/' ? '\0' : c;
}

/* After <!: "--" begins a comment, "[" what is text up to "]]>". */
static void add_mark(struct markup *m, char c)
{
	if (c == '-' && ++m->dashes == 2)
		m->state = IN_COMMENT;
	else if (c == '[' && !m->is_html)
		m->state = IN_CDATA;
	else if (c == '>')
		m->state = IN_TEXT;
	else if (c != '-')
		m->state = IN_OTHER;
	if (m->state == IN_CDATA)
		m->dashes = 0;
}

/* Up to "-->" or "]]>". */
static void add_until(struct markup *m, char c, char sign)
{
	if (c == sign)
		m->dashes++;
	else if (c == '>' && m->dashes >= 2)
		m->state = IN_TEXT;
	else
		m->dashes = 0;
}

static void add_one(struct markup *m, char c)
{
	switch (m->state) {
	case IN_OPEN:
		m->len = 0;
		m->last = '\0';
		m->value = false;
		add_open(m, c);
		if (m->state == IN_NAME)
			add_name(m, c);
		break;
	case IN_NAME:
		add_name(m, c);
		break;
	case IN_TAG:
		add_in_tag(m, c);
		break;
	case IN_VALUE:
		if (c == m->quote) {
			m->state = IN_TAG;
			m->last = c;
		}
		break;
	case IN_MARK:
		add_mark(m, c);
		break;
	case IN_COMMENT:
		add_until(m, c, '-');
		break;
	case IN_CDATA:
		add_until(m, c, ']');
		break;
	default:
		if (c == '>')
			m->state = IN_TEXT;
	}
}

void markup_add(struct markup *m, const char *p, size_t len)
{
	const char *end = p + len;

	while (p < end) {
		if (m->state == IN_TEXT || m->state == IN_VALUE) {
			p = memchr(p, m->state == IN_TEXT ? '<' : m->quote, (size_t)(end - p));
			if (!p)
				return;
		}
		if (m->state == IN_TEXT) {
			m->state = IN_OPEN;
			m->ends = false;
		} else {
			add_one(m, *p);
		}
		p++;
	}
}
