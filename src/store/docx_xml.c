/* SPDX-License-Identifier: MIT */
#include "docx_inner.h"

#include <limits.h>
#include <string.h>

/*
 * Expat reads, and stops at every tag. Where a tag lies in the bytes is kept, so
 * that what is not understood can be passed on as it stands.
 */

#define BETWEEN '\n' /* a namespace and a name */

/* The name without its namespace; that is set, empty where there is none. */
static const char *local_name(const char *name, struct slice *space)
{
	const char *local = strrchr(name, BETWEEN);

	*space = local ? slice_make(name, (size_t)(local - name)) : slice_make("", 0);
	return local ? local + 1 : name;
}

/* As Word writes it, and as the ISO's strict form has it. */
static bool is_word_space(struct slice uri)
{
	return slice_is(uri, "http://schemas.openxmlformats.org/wordprocessingml/2006/main") ||
	       slice_is(uri, "http://purl.oclc.org/ooxml/wordprocessingml/main");
}

static void found(struct xml *x, enum xml_kind kind, const char *name)
{
	size_t begin = (size_t)XML_GetCurrentByteIndex(x->parser);
	size_t len = (size_t)XML_GetCurrentByteCount(x->parser), n = 1;
	struct slice bytes = slice_make(x->bytes.p + begin, len), space;
	struct xml_tag *tag = &x->tag;

	if (kind == XML_START && len > 1 && bytes.p[len - 2] == '/')
		kind = XML_EMPTY;
	while (n < len && !strchr(" \t\r\n>", bytes.p[n]) &&
	       !(kind == XML_EMPTY && n == len - 2))
		n++;
	str_add_text(&x->words, local_name(name, &space));
	*tag = (struct xml_tag){.kind = kind,
				.before = slice_make(x->bytes.p + x->at, begin - x->at),
				.bytes = bytes,
				.rest = slice_make(bytes.p + n, len - n),
				.is_word = is_word_space(space)};
	x->at = begin + len;
	x->found = true;
	XML_StopParser(x->parser, XML_TRUE);
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	static const char *const kept[] = {"author", "val", "Type", "Target"};
	struct xml *x = data;
	size_t at[4] = {0}, name_len;
	struct slice space, *values[4];

	found(x, XML_START, name);
	name_len = x->words.len;
	for (; *attributes; attributes += 2) {
		const char *local = local_name(attributes[0], &space);

		for (size_t i = 0; i < 4; i++)
			if (strcmp(local, kept[i]) == 0) {
				at[i] = x->words.len + 1;
				str_add_char(&x->words, '\0');
				str_add_text(&x->words, attributes[1]);
			}
	}
	str_text(&x->words); /* ends it */
	x->tag.name = slice_make(x->words.p, name_len);
	values[0] = &x->tag.author;
	values[1] = &x->tag.val;
	values[2] = &x->tag.type;
	values[3] = &x->tag.target;
	for (size_t i = 0; i < 4; i++)
		if (at[i])
			*values[i] = slice_of(x->words.p + at[i]);
}

static void on_end(void *data, const XML_Char *name)
{
	struct xml *x = data;

	/* The end of <w:p/> is no tag. */
	if (XML_GetCurrentByteCount(x->parser) == 0)
		return;
	found(x, XML_END, name);
	x->tag.name = str_slice(&x->words);
}

static void on_text(void *data, const XML_Char *text, int len)
{
	struct xml *x = data;

	str_add(&x->text, text, (size_t)len);
}

static void on_space(void *data, const XML_Char *prefix, const XML_Char *uri)
{
	struct xml *x = data;
	size_t len = prefix ? strlen(prefix) : 0;

	if (prefix && uri && strcmp(prefix, "w") == 0 && !is_word_space(slice_of(uri)))
		x->foreign = true;
	if (x->begun || !uri || !is_word_space(slice_of(uri)) || len > sizeof(x->prefix) - 2)
		return;
	if (len) {
		memcpy(x->prefix, prefix, len);
		x->prefix[len] = ':';
	}
	x->begun = true;
}

/* No word processor writes one; with it come entities. */
static void on_doctype(void *data, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public, int has_subset)
{
	struct xml *x = data;

	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	x->failed = true;
	XML_StopParser(x->parser, XML_FALSE);
}

/* As far as the next tag. */
static void go_on(struct xml *x)
{
	XML_ParsingStatus status;
	enum XML_Status rc;

	x->found = false;
	str_clear(&x->text);
	str_clear(&x->words);
	XML_GetParsingStatus(x->parser, &status);
	rc = status.parsing == XML_SUSPENDED
		     ? XML_ResumeParser(x->parser)
		     : XML_Parse(x->parser, x->bytes.p, (int)x->bytes.len, XML_TRUE);
	if (rc == XML_STATUS_ERROR || x->foreign)
		x->failed = true;
	x->tag.text = str_slice(&x->text);
}

bool xml_begin(struct xml *x, struct slice bytes)
{
	*x = (struct xml){.bytes = bytes, .text = STR_INIT, .words = STR_INIT};
	x->parser = XML_ParserCreateNS("UTF-8", BETWEEN);
	if (!x->parser || bytes.len > INT_MAX)
		return false;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartNamespaceDeclHandler(x->parser, on_space);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	go_on(x);
	x->peeked = true;
	return x->begun && x->found && x->tag.is_word && !x->failed;
}

void xml_end(struct xml *x)
{
	XML_ParserFree(x->parser); /* NULL is fine */
	str_release(&x->text);
	str_release(&x->words);
}

bool xml_next(struct xml *x, struct xml_tag *tag)
{
	if (!x->peeked && !x->failed)
		go_on(x);
	x->peeked = false;
	if (x->found && !x->failed) {
		*tag = x->tag;
		return true;
	}
	*tag = (struct xml_tag){.before = slice_make(x->bytes.p + x->at, x->bytes.len - x->at)};
	return false;
}

bool xml_is(const struct xml_tag *tag, const char *name)
{
	return tag->is_word && slice_is(tag->name, name);
}
