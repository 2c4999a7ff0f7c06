/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOCX_INNER_H
#define STORE_DOCX_INNER_H

#include "core/str.h"
#include "core/tracked.h"

#include <expat.h>
#include <stdbool.h>
#include <stddef.h>

/* store/docx's own: XML as a row of tags, as expat finds them. */

enum xml_kind { XML_START, XML_END, XML_EMPTY };

struct xml_tag {
	enum xml_kind kind;
	struct slice before; /* what stands before it, as written; at the end what is left */
	struct slice bytes;  /* the tag, from < to > */
	struct slice rest;   /* of them, what follows the name */
	/* Until the next tag: */
	struct slice text; /* what stands before it, as it is meant */
	struct slice name; /* without its prefix */
	/* Attributes of that name, as they are meant; p is NULL where there is none. */
	struct slice author, val, type, target;
	bool is_word; /* of WordprocessingML */
};

struct xml {
	struct slice bytes;
	XML_Parser parser;
	size_t at;              /* where the last tag ended */
	bool begun, peeked;     /* peeked: tag is the outermost one, still to be given */
	bool failed;            /* it is not well-formed, or more than a document needs */
	bool found;             /* the parser came to a tag */
	bool foreign;           /* something else is called "w:" */
	struct xml_tag tag;     /* that one */
	struct str text, words; /* its text; its name and attributes */
	char prefix[16];        /* of WordprocessingML here: "w:", or "" */
};

/* Finds the prefix. Borrows the bytes. xml_end() follows, whatever is returned; false: the
 * part is not of WordprocessingML, or not in UTF-8. Where the prefix "w" is another
 * namespace's, x->failed is set: a converter would take it for Word's all the same. */
bool xml_begin(struct xml *x, struct slice bytes);
void xml_end(struct xml *x);
/* The next tag; false at the end, or where x->failed is set. */
bool xml_next(struct xml *x, struct xml_tag *tag);
bool xml_is(const struct xml_tag *tag, const char *name);

/* How a tag names a change. */
enum docx_change { CHANGE_NONE, CHANGE_IN, CHANGE_OUT };
enum docx_change docx_change_of(const struct xml_tag *tag);

struct docx_asked {
	bool (*made)(void *data, size_t author);
	void *data;
};

/* Appends a part (the document, its footnotes) with its changes settled. What is appended is
 * of no use where x->failed is set then. */
void docx_settle_part(struct xml *x, const struct tracked *t, const struct docx_asked *asked,
		      struct str *out);

/* How the changes of a document that a converter made are written, over all its parts. */
struct docx_whole {
	size_t ids;    /* how many changes have a number */
	char date[32]; /* of each; "": none */
};

/* Appends a part with its changes as docx_track_whole() has them. */
void docx_whole_part(struct xml *x, struct docx_whole *whole, struct str *out);

#endif
