/* SPDX-License-Identifier: MIT */
#include "store/foreign.h"

#include "core/markup.h"
#include "store/archive.h"

/* ---- What may be there at most ---- */

struct bounds {
	size_t bytes, tags, deep, changes;
};

static const struct bounds of_parts = {FOREIGN_BYTES, FOREIGN_TAGS, FOREIGN_DEEP,
				       FOREIGN_CHANGES};
static const struct bounds of_html = {FOREIGN_HTML_BYTES, FOREIGN_HTML_TAGS, FOREIGN_HTML_DEEP,
				      SIZE_MAX};

/* What was counted in all parts but the one that is read, and that one. */
struct counting {
	const struct bounds *most;
	size_t tags, changes;
	struct markup m;
};

static bool is_too_much(const struct counting *c)
{
	return c->tags + c->m.tags > c->most->tags || c->m.deepest > c->most->deep ||
	       c->changes + c->m.changes > c->most->changes;
}

static int too_many_bytes(const struct bounds *most, struct error *err)
{
	if (most == &of_html)
		return error_set(err, ST_TOO_LARGE,
				 N_("over %zu MB of HTML; cut it into parts, or save it as "
				    ".docx in a word processor"),
				 most->bytes >> 20);
	return error_set(err, ST_TOO_LARGE,
			 N_("it unpacks to over %zu MB of XML; cut it into parts in a word "
			    "processor"),
			 most->bytes >> 20);
}

static int too_much(const struct counting *c, struct error *err)
{
	if (c->m.deepest > c->most->deep)
		return error_set(err, ST_TOO_LARGE,
				 N_("over %zu elements stand in one another; save it anew as "
				    ".docx in a word processor, or as text"),
				 c->most->deep);
	if (c->tags + c->m.tags > c->most->tags)
		return error_set(err, ST_TOO_LARGE,
				 N_("over %zu elements (paragraphs, cells, stretches of "
				    "letters); cut it into parts in a word processor"),
				 c->most->tags);
	return error_set(err, ST_TOO_LARGE,
			 N_("over %zu tracked changes; accept or reject some in a word "
			    "processor, or cut it into parts"),
			 c->most->changes);
}

/* ---- An archive ---- */

static bool take(void *data, const char *p, size_t len)
{
	struct counting *c = data;

	markup_add(&c->m, p, len);
	return !is_too_much(c);
}

/* What converters read as XML. */
static bool is_xml(struct slice name)
{
	return slice_ends(name, ".xml") || slice_ends(name, ".rels");
}

/* By what the archive says: it costs nothing. */
static int check_sizes(const struct archive *a, struct error *err)
{
	size_t all = 0;

	if (archive_count(a) > FOREIGN_FILES)
		return error_set(err, ST_TOO_LARGE,
				 N_("it holds over %d files; save it anew in a word processor"),
				 FOREIGN_FILES);
	for (size_t i = 0; i < archive_count(a); i++) {
		size_t size = is_xml(archive_name(a, i)) ? archive_size(a, i) : 0;

		if (size > FOREIGN_BYTES - all)
			return too_many_bytes(&of_parts, err);
		all += size;
	}
	return 0;
}

/* By what comes out of it. */
static int check_parts(const struct archive *a, struct counting *c, struct error *err)
{
	size_t left = FOREIGN_BYTES;
	int rc = 0;

	for (size_t i = 0; i < archive_count(a) && rc == 0; i++) {
		size_t size = 0;

		if (!is_xml(archive_name(a, i)))
			continue;
		markup_begin(&c->m, false);
		rc = archive_pass(a, i, left, take, c, &size, err);
		if (rc == ST_TOO_LARGE)
			return too_many_bytes(&of_parts, err);
		if (rc == 0 && is_too_much(c))
			return too_much(c, err);
		left -= size;
		c->tags += c->m.tags;
		c->changes += c->m.changes;
	}
	return rc;
}

int foreign_check(struct slice bytes, enum convert_format format, struct error *err)
{
	struct counting c = {.most = format == CONVERT_HTML ? &of_html : &of_parts};
	struct archive *a = NULL;
	int rc;

	if (format == CONVERT_NONE)
		return 0;
	if (format != CONVERT_HTML) {
		rc = archive_open(bytes, &a, err);
		if (rc == 0)
			rc = check_sizes(a, err);
		if (rc == 0)
			rc = check_parts(a, &c, err);
		archive_close(a);
		return rc;
	}
	if (bytes.len > FOREIGN_HTML_BYTES)
		return too_many_bytes(&of_html, err);
	markup_begin(&c.m, true);
	markup_add(&c.m, bytes.p, bytes.len);
	return is_too_much(&c) ? too_much(&c, err) : 0;
}
