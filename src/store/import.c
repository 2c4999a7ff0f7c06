/* SPDX-License-Identifier: MIT */
#include "store/import.h"

#include "core/bound.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "store/convert.h"
#include "store/docx.h"
#include "store/file.h"
#include "store/foreign.h"

#include <stdlib.h>
#include <string.h>

#define AUTHORS_MOST 32 /* whose changes become points: a text each is made of the file */

void import_text(struct import *m, struct slice text, const struct import_options *o)
{
	struct unwrap_options options = unwrap_all();

	*m = (struct import){.tracked = m->tracked};
	if (o->keep_lines)
		options.use[UNWRAP_JOIN] = options.use[UNWRAP_HYPHEN] = false;
	unwrap(&m->u, text, &options);
}

/* Whose changes are made: all, nobody's, or those of one party or author. */
struct makes {
	const struct tracked *t;
	const struct import_options *o;
	enum { MAKES_ALL, MAKES_NONE, MAKES_ONE } what;
	size_t author;
};

static bool is_made(void *data, size_t author)
{
	const struct makes *m = data;
	uint16_t party;

	if (m->what != MAKES_ONE || author == m->author)
		return m->what != MAKES_NONE;
	party = tracked_party(m->o->parties, slice_of(m->t->authors[author].name));
	return party != PARTY_NONE &&
	       party == tracked_party(m->o->parties, slice_of(m->t->authors[m->author].name));
}

/* The same, by author, asked once of each: a document has far more changes than authors. */
static bool is_marked(void *data, size_t author)
{
	return ((const bool *)data)[author];
}

/* The document with some changes made, as a draft in m->u. */
static int read_made(struct import *m, const char *path, struct slice bytes,
		     struct makes *makes, struct error *err)
{
	/* All authors are known by now: t is only read. */
	struct str document = STR_INIT, markdown = STR_INIT;
	bool *marked = mem_array(NULL, makes->t->n + 1, sizeof(*marked));
	int rc;

	for (size_t i = 0; i < makes->t->n; i++)
		marked[i] = is_made(makes, i);
	rc = docx_settle(bytes, makes->t, is_marked, marked, &document, err);
	free(marked);

	if (rc == 0)
		rc = convert_import(path, str_slice(&document), CONVERT_DOCX, makes->o->stop,
				    &markdown, err);
	if (rc == 0)
		import_text(m, str_slice(&markdown), makes->o);
	str_release(&document);
	str_release(&markdown);
	return rc;
}

/* Whether an author before this one is of the same party: one text holds what both want. */
static bool is_repeated(size_t author, struct makes *makes)
{
	makes->author = author;
	for (size_t i = 0; i < author; i++)
		if (is_made(makes, i))
			return true;
	return false;
}

/* m->u is the text with no change made; each author's becomes another beside it. */
static int read_brackets(struct import *m, const char *path, struct slice bytes,
			 struct makes *makes, struct error *err)
{
	struct tracked *t = &m->tracked;
	struct tracked_text *texts = mem_array(NULL, t->n, sizeof(*texts));
	struct import *own = mem_zalloc((t->n + 1) * sizeof(*own));
	struct str draft = STR_INIT;
	size_t n = 0;
	int rc = 0;

	makes->what = MAKES_ONE;
	for (size_t i = 0; i < t->n && rc == 0; i++) {
		if (!(t->authors[i].insertions || t->authors[i].deletions) ||
		    is_repeated(i, makes))
			continue;
		if (n == AUTHORS_MOST) {
			rc = error_set(err, ST_TOO_LARGE,
				       N_("more than %d authors have tracked changes; take "
					  "them as accepted or rejected"),
				       AUTHORS_MOST);
			break;
		}
		rc = read_made(&own[n], path, bytes, makes, err);
		texts[n].text = str_slice(&own[n].u.text);
		texts[n].party = tracked_party(makes->o->parties, slice_of(t->authors[i].name));
		n++;
	}
	if (rc == 0)
		rc = tracked_bracket(&draft, str_slice(&m->u.text), texts, n,
				     slice_of(t->language), makes->o->parties, err);
	if (rc == 0) {
		str_release(&m->u.text);
		m->u.text = draft;
	}
	for (size_t i = 0; i < n; i++)
		unwrapped_release(&own[i].u);
	free(own);
	free(texts);
	return rc;
}

static int read_docx(struct import *m, const char *path, struct slice bytes,
		     const struct import_options *o, struct error *err)
{
	struct makes makes = {.t = &m->tracked,
			      .o = o,
			      .what = o->how == TRACKED_ACCEPT ? MAKES_ALL : MAKES_NONE};
	int rc = docx_look(bytes, &m->tracked, err);

	/* The converter would accept what is not found here. */
	if (rc == 0 && m->tracked.unseen && o->how != TRACKED_ACCEPT)
		rc = error_set(err, ST_INPUT,
			       N_("its tracked changes cannot be found, only taken as "
				  "accepted: save it anew in a word processor first"));
	if (rc == 0)
		rc = read_made(m, path, bytes, &makes, err);
	if (rc == 0 && o->how == TRACKED_BRACKETS && tracked_has_changes(&m->tracked))
		rc = read_brackets(m, path, bytes, &makes, err);
	return rc;
}

/* Whether its signs are of another encoding; a stray byte among many letters is shown as one.
 */
static bool is_foreign(struct slice bytes)
{
	size_t good = 0, bad = 0;
	uint32_t cp;

	if (bytes.len && memchr(bytes.p, 0, bytes.len))
		return true;
	for (size_t at = 0; at < bytes.len;) {
		at += utf8_decode(bytes.p + at, bytes.len - at, &cp);
		good += cp >= 0x80 && cp != UTF8_BAD;
		bad += cp == UTF8_BAD;
	}
	return bad > good;
}

/* What a word processor or an old text editor saved is no text to us, and would become a draft
 * of signs that nobody reads. */
static int check_text(struct slice bytes, struct error *err)
{
	static const char *const documents[] = {"\xd0\xcf\x11\xe0", "{\\rtf", "%PDF-",
						"PK\x03\x04"};

	for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++)
		if (slice_starts(bytes, documents[i]))
			return error_set(err, ST_INPUT,
					 N_("it is a document, not text: save it as .docx in a "
					    "word processor, and import that"));
	if (is_foreign(bytes))
		return error_set(err, ST_INPUT,
				 N_("it is not in UTF-8: save it as text in UTF-8 (Unicode), "
				    "and import that"));
	return 0;
}

int import_read(struct import *m, const char *path, const struct import_options *o,
		struct error *err)
{
	enum convert_format format = convert_format_of(path);
	struct str bytes = STR_INIT, markdown = STR_INIT;
	int rc = format == CONVERT_NONE
			 ? file_read_draft(NULL, path, &bytes, NULL, err)
			 : file_read(NULL, path, FOREIGN_FILE, &bytes, NULL, err);

	*m = (struct import){.tracked.heading = 0};
	if (rc < 0)
		return rc;
	rc = foreign_check(str_slice(&bytes), format, err);
	if (rc < 0)
		goto done;
	if (format == CONVERT_NONE) {
		rc = check_text(str_slice(&bytes), err);
		if (rc == 0)
			import_text(m, str_slice(&bytes), o);
	} else if (format == CONVERT_DOCX) {
		rc = read_docx(m, path, str_slice(&bytes), o, err);
	} else {
		rc = convert_import(path, str_slice(&bytes), format, o->stop, &markdown, err);
		if (rc == 0)
			import_text(m, str_slice(&markdown), o);
		m->tracked.unseen = format == CONVERT_ODT;
		if (rc == 0 && format == CONVERT_ODT)
			m->tracked.heading = convert_empty_heading(str_slice(&m->u.text));
	}
	if (rc == 0)
		rc = bound_draft(str_slice(&m->u.text), path, err);
done:
	if (rc < 0 && rc != ST_MISSING && !slice_starts(slice_of(err->text), path))
		error_prefix(err, path);
	str_release(&bytes);
	str_release(&markdown);
	return rc;
}

void import_release(struct import *m)
{
	unwrapped_release(&m->u);
	tracked_release(&m->tracked);
}
