/* SPDX-License-Identifier: MIT */
#include "store/docx.h"

#include "core/mem.h"
#include "docx_inner.h"
#include "store/archive.h"
#include "store/foreign.h"

#include <time.h>

/* ---- What a file in the archive is for, by its name ---- */

static bool is_part(struct slice name, const char *begin)
{
	return slice_starts(name, begin) && slice_ends(name, ".xml") &&
	       !memchr(name.p + strlen(begin), '/', name.len - strlen(begin));
}

static bool is_text(struct slice name)
{
	return is_part(name, "word/document") || is_part(name, "word/footnotes") ||
	       is_part(name, "word/endnotes");
}

static bool is_aside(struct slice name)
{
	return is_part(name, "word/header") || is_part(name, "word/footer");
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
	size_t author = tracked_author(c->t, tag->author);

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
	return slice_is(tag->val, "0") || slice_is(tag->val, "false");
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

	while (t->n <= FOREIGN_AUTHORS && xml_next(x, &tag)) {
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

	while (t->n <= FOREIGN_AUTHORS && xml_next(x, &tag))
		if (tag.kind != XML_END && xml_is(&tag, "comment")) {
			size_t author = tracked_author(t, tag.author);

			t->authors[author].comments++;
		}
}

/* The language that the text has where nothing else is said. */
static void find_language(struct xml *x, struct tracked *t)
{
	struct xml_tag tag;

	while (xml_next(x, &tag))
		if (tag.kind != XML_END && xml_is(&tag, "lang") && tag.val.p &&
		    tag.val.len < sizeof(t->language)) {
			memcpy(t->language, tag.val.p, tag.val.len);
			t->language[tag.val.len] = '\0';
			break;
		}
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
			str_add_slice(&line, tag.text);
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

/* ---- The walk over an archive ---- */

struct walk {
	struct archive *a;
	size_t left; /* bytes that may still be unpacked */
	struct tracked *t;
	const struct docx_asked *asked; /* which of its changes are made */
	struct docx_whole *whole;       /* or how those of its own are written */
};

/* What is done with a part that is XML; made gets what it is to be from then on. */
typedef void part_fn(struct walk *w, struct slice name, struct xml *x, struct str *made);

/* *read: whether the part could be read to its end. */
static int read_part(struct walk *w, size_t i, part_fn *use, struct str *made, bool *read,
		     struct error *err)
{
	struct str bytes = STR_INIT;
	struct xml x;
	int rc = archive_unpack(w->a, i, w->left, &bytes, err);

	if (rc == 0) {
		w->left -= bytes.len;
		*read = xml_begin(&x, str_slice(&bytes));
		if (*read)
			use(w, archive_name(w->a, i), &x, made);
		*read = *read && !x.failed;
		xml_end(&x);
	}
	str_release(&bytes);
	return rc;
}

/* Where a list of parts says that the document's text is. A converter goes there: it must be
 * what is looked at and settled here. */
static int check_list(struct xml *x, struct error *err)
{
	struct xml_tag tag;

	while (xml_next(x, &tag)) {
		struct slice target = tag.target;

		if (tag.kind == XML_END || !tag.type.p || !target.p ||
		    !slice_ends(tag.type, "/officeDocument"))
			continue;
		if (slice_starts(target, "/"))
			target = slice_make(target.p + 1, target.len - 1);
		if (!is_part(target, "word/document"))
			return error_set(err, ST_INPUT,
					 N_("its text is not where word processors have it "
					    "(%.*s): open it in one and save it anew"),
					 target.len > 60 ? 60 : (int)target.len, target.p);
	}
	return x->failed ? error_set(err, ST_INPUT,
				     N_("it is damaged: its list of parts is no XML"))
			 : 0;
}

static int check_place(struct walk *w, size_t i, struct error *err)
{
	struct str bytes = STR_INIT;
	struct xml x;
	int rc = archive_unpack(w->a, i, w->left, &bytes, err);

	if (rc == 0) {
		w->left -= bytes.len;
		(void)!xml_begin(&x, str_slice(&bytes)); /* it is no WordprocessingML */
		rc = check_list(&x, err);
		xml_end(&x);
	}
	str_release(&bytes);
	return rc;
}

/* Calls part for each file in the document; out (NULL: nothing) gets what they make of it. */
static int walk(struct walk *w, struct slice bytes,
		int (*part)(struct walk *w, size_t i, struct error *err), struct str *out,
		struct error *err)
{
	int rc = archive_open(bytes, &w->a, err);

	if (rc < 0)
		return rc;
	w->left = DOCX_MOST;
	if (archive_count(w->a) > FOREIGN_FILES)
		rc = error_set(err, ST_TOO_LARGE, N_("it holds more than %d files"),
			       FOREIGN_FILES);
	for (size_t i = 0; i < archive_count(w->a) && rc == 0; i++)
		rc = slice_is(archive_name(w->a, i), "_rels/.rels") ? check_place(w, i, err)
								    : part(w, i, err);
	if (rc == 0 && out)
		rc = archive_write(w->a, out, err);
	archive_close(w->a);
	return rc;
}

/* ---- Looking ---- */

static void look_at(struct walk *w, struct slice name, struct xml *x, struct str *made)
{
	(void)made;
	if (is_text(name))
		count_part(x, w->t);
	else if (is_aside(name))
		add_aside(x, w->t);
	else if (is_part(name, "word/styles"))
		find_language(x, w->t);
	else
		count_comments(x, w->t);
}

static int look_into(struct walk *w, size_t i, struct error *err)
{
	struct slice name = archive_name(w->a, i);
	struct tracked *t = w->t;
	bool read;
	int rc;

	if (is_part(name, "word/charts/chart") || is_part(name, "word/diagrams/data"))
		t->drawings++;
	if (!is_text(name) && !is_aside(name) && !is_part(name, "word/comments") &&
	    !is_part(name, "word/styles"))
		return 0;
	rc = read_part(w, i, look_at, NULL, &read, err);
	if (rc == 0 && !read && is_text(name))
		t->unseen = true;
	if (rc == 0 && t->n > FOREIGN_AUTHORS)
		rc = error_set(err, ST_TOO_LARGE,
			       N_("more than %d authors have changes or comments in it"),
			       FOREIGN_AUTHORS);
	return rc;
}

int docx_look(struct slice bytes, struct tracked *t, struct error *err)
{
	struct walk w = {.t = t};

	return walk(&w, bytes, look_into, NULL, err);
}

/* ---- Writing anew ---- */

static void write_at(struct walk *w, struct slice name, struct xml *x, struct str *made)
{
	(void)name;
	if (w->asked)
		docx_settle_part(x, w->t, w->asked, made);
	else
		docx_whole_part(x, w->whole, made);
}

/* What cannot be read stays as it is. */
static int write_in(struct walk *w, size_t i, struct error *err)
{
	struct str written = STR_INIT;
	bool read;
	int rc = 0;

	if (is_text(archive_name(w->a, i))) {
		rc = read_part(w, i, write_at, &written, &read, err);
		if (rc == 0 && read)
			rc = archive_replace(w->a, i, &written, err);
	}
	str_release(&written);
	return rc;
}

int docx_settle(struct slice bytes, const struct tracked *t,
		bool (*made)(void *data, size_t author), void *data, struct str *out,
		struct error *err)
{
	const struct docx_asked asked = {made, data};
	/* All authors are known by now: t is only read. */
	struct walk w = {.t = (struct tracked *)t, .asked = &asked};

	return walk(&w, bytes, write_in, out, err);
}

int docx_track_whole(struct slice bytes, int64_t when, struct str *out, struct error *err)
{
	struct docx_whole whole = {.ids = 0};
	struct walk w = {.whole = &whole};
	time_t t = (time_t)when;
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
	    !strftime(whole.date, sizeof(whole.date), "%Y-%m-%dT%H:%M:%SZ", &tm))
		whole.date[0] = '\0';
	return walk(&w, bytes, write_in, out, err);
}
