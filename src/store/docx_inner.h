/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOCX_INNER_H
#define STORE_DOCX_INNER_H

#include "core/str.h"
#include "core/tracked.h"

#include <stdbool.h>
#include <stddef.h>

/* store/docx's own: XML as a row of tags, for documents that other programs wrote. */

enum xml_kind { XML_START, XML_END, XML_EMPTY, XML_OTHER /* a comment, a declaration */ };

struct xml_tag {
	enum xml_kind kind;
	struct slice text;  /* what stands before it */
	struct slice bytes; /* the tag, from < to > */
	struct slice name;  /* without its prefix */
	struct slice attributes;
	bool is_word; /* of WordprocessingML */
};

struct xml {
	struct slice bytes;
	size_t at;
	char prefix[16]; /* of WordprocessingML here: "w:", or "" */
};

/* Finds the prefix. false: the part is not of WordprocessingML, or not in UTF-8. */
bool xml_begin(struct xml *x, struct slice bytes);
/* The next tag; false at the end, where tag->text is what is left. */
bool xml_next(struct xml *x, struct xml_tag *tag);
bool xml_is(const struct xml_tag *tag, const char *name);
/* An attribute by its name without a prefix, as it is meant; false: there is none. */
bool xml_attribute(const struct xml_tag *tag, const char *name, struct str *value);
/* Appends a text without its &amp; and the like. */
void xml_plain(struct slice text, struct str *out);

/* How a tag names a change. */
enum docx_change { CHANGE_NONE, CHANGE_IN, CHANGE_OUT };
enum docx_change docx_change_of(const struct xml_tag *tag);

struct docx_asked {
	bool (*made)(void *data, size_t author);
	void *data;
};

/* Appends a part (the document, its footnotes) with its changes settled. */
void docx_settle_part(struct xml *x, const struct tracked *t, const struct docx_asked *asked,
		      struct str *out);

#endif
