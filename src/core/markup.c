/* SPDX-License-Identifier: MIT */
#include "core/markup.h"

#include "core/utf8.h"

#include <string.h>
#include <unictype.h>

/* Where the walk is. Of HTML, tags end where pandoc's reader (tagsoup) ends them. */
enum {
	IN_TEXT,
	IN_OPEN,    /* after < */
	IN_NAME,    /* of a tag */
	IN_TAG,     /* before an attribute */
	IN_KEY,     /* in its name */
	IN_KEY_END, /* after it */
	IN_EQUALS,  /* after = */
	IN_BARE,    /* in a value without quotes */
	IN_VALUE,   /* in one with quotes */
	IN_SLASH,   /* after a / that ends an empty element, if > follows */
	IN_RAW,     /* after a < in a script: perhaps it ends here */
	IN_MARK,    /* after <! */
	IN_COMMENT, /* after <!-- */
	IN_SECTION, /* after <![ of HTML: perhaps the next */
	IN_CDATA,   /* after <![CDATA[ */
	IN_OTHER    /* up to > */
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
	static const char *const names[] = {"script", NULL};

	return m->is_html && is_one_of(m, names);
}

static void begin_element(struct markup *m, uint32_t number)
{
	m->tags++;
	m->changes += is_change(m);
	if (m->shut || is_flat(m))
		return;
	m->raw = is_raw(m);
	if (m->raw)
		return;
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
	if (m->raw) {
		m->raw = false;
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
	else if (!m->says)
		begin_element(m, number);
	m->state = IN_TEXT;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Whether a name begins with that byte, which may be one of several of a character: 1, 0, or -1
 * where the next must be seen first. Of HTML it begins with a letter, and only with one. */
static int begins_name(struct markup *m, char c)
{
	uint32_t cp;
	size_t whole;

	if (!(c & 0x80) || !m->is_html) {
		m->of_point = 0;
		return is_letter(c);
	}
	m->point[m->of_point++] = c;
	whole = (unsigned char)m->point[0] >= 0xF0   ? 4
		: (unsigned char)m->point[0] >= 0xE0 ? 3
						     : 2;
	if (m->of_point < whole)
		return -1;
	m->of_point = 0;
	if (utf8_decode(m->point, whole, &cp) != whole || cp == UTF8_BAD)
		return 1;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* After <: a tag, or something else, or a sign in a text. */
static void add_open(struct markup *m, char c)
{
	int letter = begins_name(m, c);

	if (letter < 0)
		return;
	if (c == '/' && !m->ends && !m->says) {
		m->ends = true;
	} else if (letter || ((c == ':' || c == '_') && !m->is_html)) {
		m->state = IN_NAME;
	} else if (m->says) {
		m->state = c == '<' ? IN_OPEN : IN_TEXT;
		m->says = m->ends = false;
	} else if (m->ends && m->is_html && c != '>' && c != '?') {
		m->state = IN_OTHER;
	} else if (c == '!' && !m->ends) {
		m->state = IN_MARK;
		m->dashes = 0;
	} else if (c == '?' && m->is_html) {
		m->says = true; /* <?xml a="b"?> is read as a tag is */
	} else if (c == '?' || c == '!') {
		m->state = IN_OTHER;
	} else if (c != '<') {
		m->state = IN_TEXT;
	}
}

/* A letter of a name: of XML, what stands before a colon does not count. */
static void add_name(struct markup *m, char c)
{
	if (c == '>')
		end_tag(m);
	else if (is_blank(c) || c == '/')
		m->state = c == '/' ? IN_SLASH : IN_TAG;
	else if (c == ':' && !m->is_html)
		m->len = 0;
	else if (m->len < MARKUP_NAME)
		m->name[m->len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static void add_quote(struct markup *m, char c)
{
	m->state = IN_VALUE;
	m->quote = c;
}

/* After a tag's name, outside of quotes. */
static void add_in_tag(struct markup *m, char c)
{
	bool bare = m->state == IN_BARE || m->state == IN_EQUALS;

	if (c == '>') {
		m->shut = m->state == IN_SLASH;
		end_tag(m);
	} else if (is_blank(c)) {
		if (m->state == IN_KEY)
			m->state = IN_KEY_END;
		else if (m->state == IN_BARE || m->state == IN_SLASH)
			m->state = IN_TAG;
	} else if (m->state == IN_EQUALS && is_quote(c)) {
		add_quote(m, c);
	} else if (bare) {
		m->state = IN_BARE;
	} else if (c == '/') {
		m->state = IN_SLASH;
	} else if (c == '=' && (m->state == IN_KEY || m->state == IN_KEY_END)) {
		m->state = IN_EQUALS;
	} else if (is_quote(c) && m->says && m->state == IN_TAG) {
		add_quote(m, c); /* <!DOCTYPE html PUBLIC "…"> */
	} else {
		m->state = IN_KEY;
	}
}

/* After a < in a script: only its own end tag is one. */
static void add_raw(struct markup *m, char c)
{
	static const char end[] = "/script";
	char small = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;

	if (c == '<') {
		m->len = 0;
	} else if (m->len < sizeof(end) - 1 && small == end[m->len]) {
		m->len++;
	} else if (m->len == sizeof(end) - 1 && (is_blank(c) || c == '/' || c == '>')) {
		m->ends = true;
		add_name(m, c);
	} else {
		m->state = IN_TEXT;
	}
}

/* After <!: "--" begins a comment, "[" what is text up to "]]>"; of HTML, a letter what is read
 * as a tag is. */
static void add_mark(struct markup *m, char c)
{
	int letter = begins_name(m, c);

	if (letter < 0)
		return;
	if (c == '-' && ++m->dashes == 2) {
		m->state = IN_COMMENT;
		m->began = true;
		m->loose = '\0';
	} else if (c == '[' && !m->dashes) {
		m->state = m->is_html ? IN_SECTION : IN_CDATA;
	} else if (c == '>') {
		m->state = IN_TEXT;
	} else if (m->is_html && !m->dashes && letter) {
		m->says = true;
		m->state = IN_NAME;
	} else if (c != '-') {
		m->state = IN_OTHER;
	}
}

/* Up to "-->"; of HTML, up to "--!>" and "-- >" too, if the dashes are not those it began with.
 */
static void add_comment(struct markup *m, char c)
{
	bool ends = m->dashes >= (m->began ? 4 : 2) && m->is_html;

	if (c == '>' && m->dashes >= 2) {
		m->state = IN_TEXT;
	} else if (c == '-') {
		m->dashes = m->loose ? 1 : m->dashes + 1;
		m->began = m->began && !m->loose;
		m->loose = '\0';
	} else if (ends && ((c == '!' && !m->loose) || (is_blank(c) && m->loose != '!'))) {
		m->loose = c;
	} else {
		m->dashes = 0;
		m->began = false;
		m->loose = '\0';
	}
}

/* Of HTML, "<![if …]>" and the like are not text up to "]]>". */
static void add_section(struct markup *m, char c)
{
	static const char name[] = "CDATA[";

	if (c != name[m->len])
		m->state = c == '>' ? IN_TEXT : IN_OTHER;
	else if (!name[++m->len])
		m->state = IN_CDATA;
}

/* Up to "]]>". */
static void add_cdata(struct markup *m, char c)
{
	if (c == ']')
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
		m->shut = false;
		add_open(m, c);
		if (m->state == IN_NAME)
			add_name(m, c);
		break;
	case IN_NAME:
		add_name(m, c);
		break;
	case IN_VALUE:
		if (c == m->quote)
			m->state = IN_TAG;
		break;
	case IN_RAW:
		add_raw(m, c);
		break;
	case IN_MARK:
		m->len = 0;
		add_mark(m, c);
		break;
	case IN_COMMENT:
		add_comment(m, c);
		break;
	case IN_SECTION:
		add_section(m, c);
		break;
	case IN_CDATA:
		add_cdata(m, c);
		break;
	case IN_OTHER:
		if (c == '>')
			m->state = IN_TEXT;
		break;
	default:
		add_in_tag(m, c);
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
			m->state = m->raw ? IN_RAW : IN_OPEN;
			m->len = 0;
			m->ends = m->says = m->shut = false;
		} else {
			add_one(m, *p);
		}
		p++;
	}
}
