/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "docx_inner.h"

#include <stdlib.h>

/* Tags as they stand, with no document built of them: what is not understood is passed on. */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The end of what begins at `at` and ends with `mark`; the end of the bytes where it does not.
 */
static size_t after(struct slice b, size_t at, const char *mark)
{
	const char *end = slice_find(slice_make(b.p + at, b.len - at), mark);

	return end ? (size_t)(end - b.p) + strlen(mark) : b.len;
}

static size_t tag_end(struct slice b, size_t at)
{
	char quote = 0;

	for (; at < b.len; at++) {
		if (quote)
			quote = b.p[at] == quote ? 0 : quote;
		else if (b.p[at] == '"' || b.p[at] == '\'')
			quote = b.p[at];
		else if (b.p[at] == '>')
			return at + 1;
	}
	return b.len;
}

static void read_name(const struct xml *x, struct xml_tag *tag)
{
	struct slice inner = slice_make(tag->bytes.p + 1, tag->bytes.len - 1);
	size_t prefix = strlen(x->prefix), n = 0;
	const char *colon;

	if (tag->kind == XML_END)
		inner = slice_make(inner.p + 1, inner.len - 1);
	while (n < inner.len && !is_blank(inner.p[n]) && !strchr("/>", inner.p[n]))
		n++;
	tag->name = slice_make(inner.p, n);
	tag->attributes = slice_make(inner.p + n, inner.len - n);
	colon = memchr(inner.p, ':', n);
	tag->is_word = prefix ? slice_starts(tag->name, x->prefix) : !colon;
	if (colon)
		tag->name = slice_make(colon + 1, n - (size_t)(colon + 1 - inner.p));
}

bool xml_next(struct xml *x, struct xml_tag *tag)
{
	struct slice b = x->bytes;
	const char *lt = x->at < b.len ? memchr(b.p + x->at, '<', b.len - x->at) : NULL;
	size_t begin = lt ? (size_t)(lt - b.p) : b.len, end;
	struct slice rest = slice_make(b.p + begin, b.len - begin);

	*tag = (struct xml_tag){.kind = XML_OTHER,
				.text = slice_make(b.p + x->at, begin - x->at)};
	if (!lt)
		return false;
	if (slice_starts(rest, "<!--")) {
		end = after(b, begin, "-->");
	} else if (slice_starts(rest, "<![CDATA[")) {
		end = after(b, begin, "]]>");
	} else {
		end = tag_end(b, begin);
		if (rest.len > 1 && !strchr("?!", rest.p[1]) && end - begin > 2)
			tag->kind = rest.p[1] == '/'      ? XML_END
				    : b.p[end - 2] == '/' ? XML_EMPTY
							  : XML_START;
	}
	tag->bytes = slice_make(b.p + begin, end - begin);
	x->at = end;
	if (tag->kind != XML_OTHER)
		read_name(x, tag);
	return true;
}

bool xml_is(const struct xml_tag *tag, const char *name)
{
	return tag->is_word && slice_is(tag->name, name);
}

/* The next name="value" of the attributes; false: no more. */
static bool next_attribute(struct slice *left, struct slice *name, struct slice *value)
{
	struct slice s = *left;
	size_t i = 0, n;
	const char *end;

	while (i < s.len && is_blank(s.p[i]))
		i++;
	for (n = i; n < s.len && !is_blank(s.p[n]) && s.p[n] != '=';)
		n++;
	*name = slice_make(s.p + i, n - i);
	while (n < s.len && s.p[n] != '"' && s.p[n] != '\'')
		n++;
	if (n >= s.len)
		return false;
	end = memchr(s.p + n + 1, s.p[n], s.len - n - 1);
	if (!end)
		return false;
	*value = slice_make(s.p + n + 1, (size_t)(end - s.p) - n - 1);
	*left = slice_make(end + 1, s.len - (size_t)(end + 1 - s.p));
	return true;
}

bool xml_attribute(const struct xml_tag *tag, const char *name, struct str *value)
{
	struct slice left = tag->attributes, key, found;

	while (next_attribute(&left, &key, &found)) {
		const char *colon = memchr(key.p, ':', key.len);

		if (colon)
			key = slice_make(colon + 1, key.len - (size_t)(colon + 1 - key.p));
		if (slice_is(key, name)) {
			xml_plain(found, value);
			return true;
		}
	}
	return false;
}

/* The character that "&…;" at the slice's start means; its bytes, 0 where it means none. */
static size_t entity_at(struct slice s, uint32_t *cp)
{
	static const struct {
		const char *text;
		char c;
	} known[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''},
	};
	const char *end = memchr(s.p, ';', s.len < 12 ? s.len : 12);
	bool hex;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (slice_starts(s, known[i].text)) {
			*cp = (uint32_t)known[i].c;
			return strlen(known[i].text);
		}
	if (!end || !slice_starts(s, "&#"))
		return 0;
	hex = s.p[2] == 'x';
	*cp = (uint32_t)strtoul(s.p + 2 + hex, NULL, hex ? 16 : 10);
	if (*cp == 0 || *cp > 0x10ffff || (*cp >= 0xd800 && *cp < 0xe000))
		return 0;
	return (size_t)(end - s.p) + 1;
}

void xml_plain(struct slice text, struct str *out)
{
	for (size_t i = 0; i < text.len;) {
		struct slice left = slice_make(text.p + i, text.len - i);
		uint32_t cp;
		size_t n = text.p[i] == '&' ? entity_at(left, &cp) : 0;

		if (n) {
			char bytes[4];

			str_add(out, bytes, utf8_encode(cp, bytes));
		} else {
			str_add_char(out, text.p[i]);
		}
		i += n ? n : 1;
	}
}

bool xml_begin(struct xml *x, struct slice bytes)
{
	struct xml_tag tag;
	struct slice left, key, value;

	*x = (struct xml){.bytes = bytes};
	do {
		if (!xml_next(x, &tag))
			return false;
	} while (tag.kind != XML_START);
	left = tag.attributes;
	x->at = 0;
	while (next_attribute(&left, &key, &value)) {
		if (!slice_find(value, "wordprocessingml/") || !slice_ends(value, "main"))
			continue;
		if (slice_is(key, "xmlns"))
			return true;
		if (slice_starts(key, "xmlns:") && key.len - 6 < sizeof(x->prefix) - 1) {
			memcpy(x->prefix, key.p + 6, key.len - 6);
			x->prefix[key.len - 6] = ':';
			return true;
		}
	}
	return false;
}
