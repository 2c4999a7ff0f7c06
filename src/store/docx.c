/* SPDX-License-Identifier: MIT */
#include "store/docx.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "docx_inner.h"
#include "store/zip.h"

#include <stdlib.h>

/* ---- What a file in the archive is for, by its name ---- */

static bool is_part(const struct zip_entry *e, const char *begin)
{
	return slice_starts(e->name, begin) && slice_ends(e->name, ".xml") &&
	       !memchr(e->name.p + strlen(begin), '/', e->name.len - strlen(begin));
}

static bool is_text(const struct zip_entry *e)
{
	return is_part(e, "word/document") || is_part(e, "word/footnotes") ||
	       is_part(e, "word/endnotes");
}

static bool is_aside(const struct zip_entry *e)
{
	return is_part(e, "word/header") || is_part(e, "word/footer");
}

/* ---- Counting ---- */

enum docx_change docx_change_of(const struct xml_tag *tag)
{
	if (xml_is(tag, "ins") || xml_is(tag, "moveTo"))
		return CHANGE_IN;
	if (xml_is(tag, "del") || xml_is(tag, "moveFrom"))
		return CHANGE_OUT;
	return CHANGE_NONE;
}

/* The index of the author that the tag names. */
static size_t author_of(const struct xml_tag *tag, struct tracked *t)
{
	struct str name = STR_INIT;
	size_t author;

	xml_attribute(tag, "author", &name);
	author = tracked_author(t, str_slice(&name));
	str_release(&name);
	return author;
}

/* Where the count is: one change is often written as several, a run each. */
struct counting {
	struct tracked *t;
	enum docx_change last; /* what ended just now */
	size_t author;         /* whose */
	size_t depth;          /* of changes that hold text */
	bool in_row;           /* in what says of a row how it is */
	bool in_paragraph;     /* the same of a paragraph */
	bool in_fallback;      /* in what says again what stood before, for older programs */
};

static void count_change(struct counting *c, const struct xml_tag *tag, enum docx_change change)
{
	size_t author = author_of(tag, c->t);

	if (c->in_paragraph || (tag->kind == XML_EMPTY && !c->in_row))
		return;
	if (c->last != change || c->author != author || c->in_row) {
		c->t->authors[author].insertions += change == CHANGE_IN;
		c->t->authors[author].deletions += change == CHANGE_OUT;
	}
	c->last = change;
	c->author = author;
	c->depth += tag->kind == XML_START;
}

static bool is_off(const struct xml_tag *tag)
{
	struct str value = STR_INIT;
	bool off = xml_attribute(tag, "val", &value) &&
		   (slice_is(str_slice(&value), "0") || slice_is(str_slice(&value), "false"));

	str_release(&value);
	return off;
}

static void count_start(struct counting *c, const struct xml_tag *tag)
{
	enum docx_change change = docx_change_of(tag);

	if (change != CHANGE_NONE)
		count_change(c, tag, change);
	else if (xml_is(tag, "pPr"))
		c->in_paragraph = tag->kind == XML_START;
	else if (xml_is(tag, "trPr"))
		c->in_row = tag->kind == XML_START;
	else if (xml_is(tag, "r") && c->depth == 0)
		c->last = CHANGE_NONE;
	else if (xml_is(tag, "txbxContent") && !c->in_fallback)
		c->t->boxes++;
	else if ((xml_is(tag, "strike") || xml_is(tag, "dstrike")) && !c->in_paragraph &&
		 !is_off(tag))
		c->t->struck++;
}

static void count_part(struct xml *x, struct tracked *t)
{
	struct counting c = {.t = t};
	struct xml_tag tag;

	while (xml_next(x, &tag)) {
		if (slice_is(tag.name, "Fallback"))
			c.in_fallback = tag.kind == XML_START;
		else if (tag.kind == XML_START || tag.kind == XML_EMPTY)
			count_start(&c, &tag);
		else if (xml_is(&tag, "pPr"))
			c.in_paragraph = false;
		else if (xml_is(&tag, "trPr"))
			c.in_row = false;
		else if (xml_is(&tag, "p"))
			c.last = CHANGE_NONE;
		else if (docx_change_of(&tag) != CHANGE_NONE && c.depth)
			c.depth--;
	}
}

static void count_comments(struct xml *x, struct tracked *t)
{
	struct xml_tag tag;

	while (xml_next(x, &tag))
		if (tag.kind != XML_END && xml_is(&tag, "comment")) {
			size_t author = author_of(&tag, t);

			t->authors[author].comments++;
		}
}

/* The language that the text has where nothing else is said. */
static void find_language(struct xml *x, struct tracked *t)
{
	struct str value = STR_INIT;
	struct xml_tag tag;

	while (xml_next(x, &tag))
		if (tag.kind != XML_END && xml_is(&tag, "lang") &&
		    xml_attribute(&tag, "val", &value) && value.len < sizeof(t->language)) {
			memcpy(t->language, value.p, value.len);
			t->language[value.len] = '\0';
			break;
		}
	str_release(&value);
}

/* Whether it says anything: a page number does not. */
static bool has_letter(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.p[i] & 0x80) || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z'))
			return true;
	return false;
}

/* Adds the words of a page header as one line, unless another page has the same. */
static void add_aside(struct xml *x, struct tracked *t)
{
	struct str line = STR_INIT;
	struct slice known = str_slice(&t->aside);
	struct xml_tag tag;
	bool in_text = false, is_new = true;

	while (xml_next(x, &tag)) {
		if (in_text)
			xml_plain(tag.text, &line);
		in_text = xml_is(&tag, "t") && tag.kind == XML_START;
		if (line.len && line.p[line.len - 1] != ' ' &&
		    ((tag.kind == XML_END && xml_is(&tag, "p")) || xml_is(&tag, "tab") ||
		     xml_is(&tag, "br")))
			str_add_char(&line, ' ');
	}
	for (size_t i = 0; i < line.len; i++)
		if (line.p[i] == '\n' || line.p[i] == '\r')
			line.p[i] = ' ';
	while (line.len && line.p[line.len - 1] == ' ')
		line.len--;
	while (known.len && is_new) {
		/* Each of them ends in a line end. */
		size_t len = (size_t)(slice_find(known, "\n") - known.p);

		is_new = !slice_equal(slice_make(known.p, len), str_slice(&line));
		known = slice_make(known.p + len + 1, known.len - len - 1);
	}
	if (is_new && has_letter(str_slice(&line))) {
		str_add_slice(&t->aside, str_slice(&line));
		str_add_char(&t->aside, '\n');
	}
	str_release(&line);
}

static int look_at(const struct zip_entry *e, struct tracked *t, struct error *err)
{
	struct str xml = STR_INIT;
	struct xml x;
	int rc = 0;

	if (is_part(e, "word/charts/chart") || is_part(e, "word/diagrams/data"))
		t->drawings++;
	if (!is_text(e) && !is_aside(e) && !is_part(e, "word/comments") &&
	    !is_part(e, "word/styles"))
		return 0;
	rc = zip_unpack(e, DOCX_MOST, &xml, err);
	if (rc == 0 && !xml_begin(&x, str_slice(&xml)))
		t->unseen = t->unseen || is_text(e);
	else if (rc == 0 && is_text(e))
		count_part(&x, t);
	else if (rc == 0 && is_aside(e))
		add_aside(&x, t);
	else if (rc == 0 && is_part(e, "word/styles"))
		find_language(&x, t);
	else if (rc == 0)
		count_comments(&x, t);
	str_release(&xml);
	return rc;
}

int docx_look(struct slice bytes, struct tracked *t, struct error *err)
{
	struct zip z;
	int rc = zip_read(&z, bytes, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < z.n && rc == 0; i++)
		rc = look_at(&z.v[i], t, err);
	zip_release(&z);
	return rc;
}

int docx_settle(struct slice bytes, const struct tracked *t,
		bool (*made)(void *data, size_t author), void *data, struct str *out,
		struct error *err)
{
	const struct docx_asked asked = {made, data};
	struct slice *with;
	struct str *parts;
	struct zip z;
	int rc = zip_read(&z, bytes, err);

	if (rc < 0)
		return rc;
	with = mem_zalloc((z.n + 1) * sizeof(*with));
	parts = mem_zalloc((z.n + 1) * sizeof(*parts));
	for (size_t i = 0; i < z.n && rc == 0; i++) {
		struct str xml = STR_INIT;
		struct xml x;

		if (!is_text(&z.v[i]))
			continue;
		rc = zip_unpack(&z.v[i], DOCX_MOST, &xml, err);
		if (rc == 0 && xml_begin(&x, str_slice(&xml))) {
			docx_settle_part(&x, t, &asked, &parts[i]);
			with[i] = str_slice(&parts[i]);
		}
		str_release(&xml);
	}
	if (rc == 0)
		zip_write(&z, with, out);
	for (size_t i = 0; i < z.n; i++)
		str_release(&parts[i]);
	free(parts);
	free(with);
	zip_release(&z);
	return rc;
}
