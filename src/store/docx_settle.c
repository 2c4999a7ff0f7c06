/* SPDX-License-Identifier: MIT */
#include "docx_inner.h"

#include "core/label.h"

#include <string.h>

/*
 * One walk over the tags. What is made or unmade away is skipped; a change that
 * stays loses its tags; what pandoc passes over with all its words (text boxes,
 * simple fields, directions) is brought to where it does not. Everything else is
 * passed on as it stands.
 */

#define BOXES_DEEP 16 /* Word knows no box in a box */
#define HEAD_MOST  16 /* bytes; a clause's number is shorter */

struct settle {
	struct xml *x;
	const struct tracked *t;
	const struct docx_asked *asked;
	struct str *out;
	struct str boxes; /* paragraphs that stood in text boxes, and wait for a place */
	size_t skip;      /* tags open in what is left out */
	int deep;
	/* A paragraph: where it began in out, and what its mark says. */
	size_t begin;
	bool any;        /* it has a run */
	struct str head; /* what it begins with, HEAD_MOST bytes or more */
	bool joins;      /* its end goes: the next one is its end */
	bool pending;    /* it is ended, but its end tag waits for that */
	bool bare_props; /* its properties are not written: the first one's stand, a cell has
			    none */
	bool mute;       /* these are being read */
	bool in_props;
	bool in_list; /* in those of its numbering */
	bool in_row_props;
	bool had_box; /* what says it again for older programs goes */
	/* A table: cells are one paragraph each, and tables in cells their text. */
	int cell, nested;
	bool cell_open, row_goes, any_row;
	size_t row, table;
};

static bool is_any(const struct xml_tag *tag, const char *const *names)
{
	for (; *names; names++)
		if (xml_is(tag, *names))
			return true;
	return false;
}

static void add_own(struct settle *s, const char *before, const char *name)
{
	str_addf(s->out, "<%s%s%s>", before, s->x->prefix, name);
}

/* Paragraphs, runs and rows, of which there are the most, without what word processors number
 * them by: a converter keeps all that in memory. */
static void add_bytes(struct settle *s, const struct xml_tag *tag)
{
	static const char *const numbered[] = {"p", "r", "tr", NULL};

	if (tag->kind == XML_START && tag->rest.len > 1 && is_any(tag, numbered) &&
	    !slice_find(tag->rest, "xmlns")) {
		str_add(s->out, tag->bytes.p, (size_t)(tag->rest.p - tag->bytes.p));
		str_add_char(s->out, '>');
	} else {
		str_add_slice(s->out, tag->bytes);
	}
}

static void add_tag(struct settle *s, const struct xml_tag *tag)
{
	if (s->mute)
		return;
	if (!xml_is(tag, "delText")) {
		add_bytes(s, tag);
	} else if (tag->kind == XML_END) {
		add_own(s, "/", "t");
	} else {
		str_addf(s->out, "<%st", s->x->prefix);
		str_add_slice(s->out, tag->rest);
	}
}

/* A run with one blank, between what stood in paragraphs of their own. */
static void add_blank(struct settle *s, bool in_run)
{
	if (!in_run)
		add_own(s, "", "r");
	str_addf(s->out, "<%st xml:space=\"preserve\"> </%st>", s->x->prefix, s->x->prefix);
	if (!in_run)
		add_own(s, "/", "r");
}

/* What a converter makes of a tab is one blank, and "1" before one blank no clause's number
 * (FORMAT.md, "label"): two that do not break keep it one. To be called before the tab is
 * written. */
static void keep_number(struct settle *s)
{
	size_t len = s->head.len;
	struct label label;

	if (len > HEAD_MOST || s->mute || s->in_props)
		return;
	str_add_text(&s->head, "\tx");
	if (label_read(s->head.p, s->head.len, &label) && label.bare && label.end == len)
		str_addf(s->out, "<%st>\xC2\xA0\xC2\xA0</%st>", s->x->prefix, s->x->prefix);
}

static void place_boxes(struct settle *s)
{
	if (s->cell || s->mute)
		return;
	str_add_slice(s->out, str_slice(&s->boxes));
	str_clear(&s->boxes);
}

static void end_pending(struct settle *s)
{
	if (!s->pending)
		return;
	s->pending = false;
	add_own(s, "/", "p");
	place_boxes(s);
}

/* Whether the change that the tag names leaves its text out, or its paragraph's end, or its
 * row. */
static bool goes(struct settle *s, const struct xml_tag *tag)
{
	size_t author;

	return tracked_find(s->t, tag->author, &author) &&
	       s->asked->made(s->asked->data, author) == (docx_change_of(tag) == CHANGE_OUT);
}

static void change(struct settle *s, const struct xml_tag *tag)
{
	if (s->in_list)
		return;
	if (s->in_props)
		s->joins = s->joins || goes(s, tag);
	else if (s->in_row_props)
		s->row_goes = s->row_goes || goes(s, tag);
	else if (tag->kind == XML_START && goes(s, tag))
		s->skip = 1;
}

/* Takes out what was written from there on, unless something around it, nested as no document
 * has it, took more already. */
static void take_out(struct settle *s, size_t from)
{
	if (from < s->out->len)
		str_truncate(s->out, from);
}

/* ---- Paragraphs ---- */

static void paragraph_begins(struct settle *s, const struct xml_tag *tag)
{
	s->bare_props = s->pending || s->cell;
	if (s->cell && !s->cell_open) {
		add_own(s, "", "p");
		s->cell_open = true;
	} else if (s->cell && !s->joins) {
		add_blank(s, false);
	} else if (!s->cell && !s->pending) {
		s->begin = s->out->len;
		s->any = false;
		str_clear(&s->head);
		add_bytes(s, tag);
	}
	s->pending = false;
	s->joins = false;
}

static void paragraph_ends(struct settle *s)
{
	if (s->cell)
		return;
	if (s->joins && !s->any) {
		take_out(s, s->begin);
		s->pending = false;
	} else if (s->joins) {
		s->pending = true;
	} else {
		add_own(s, "/", "p");
		place_boxes(s);
	}
}

static void run(struct settle *s, const char *until);

static void box(struct settle *s, const struct xml_tag *tag)
{
	struct str text = STR_INIT;
	struct settle inner = {
		.x = s->x, .t = s->t, .asked = s->asked, .out = &text, .deep = s->deep + 1};

	if (tag->kind != XML_START)
		return;
	if (s->deep >= BOXES_DEEP) {
		s->skip = 1;
		return;
	}
	run(&inner, "txbxContent");
	str_add_slice(&s->boxes, str_slice(&text));
	str_release(&text);
	s->had_box = true;
}

/* ---- Tables ---- */

static bool table_begins(struct settle *s, const struct xml_tag *tag)
{
	static const char *const properties[] = {"tblPr", "tblGrid", "trPr",
						 "tcPr",  "tblPrEx", NULL};

	if (xml_is(tag, "tbl")) {
		s->nested += s->cell > 0;
		if (!s->cell) {
			s->table = s->out->len;
			s->any_row = false;
		}
	} else if (xml_is(tag, "tr") && !s->nested) {
		s->row = s->out->len;
		s->row_goes = false;
	} else if (xml_is(tag, "tc") && !s->nested) {
		str_add_slice(s->out, tag->bytes);
		s->cell = 1;
		s->cell_open = false;
		s->joins = false;
		return true;
	} else if (s->nested && is_any(tag, properties)) {
		s->skip = tag->kind == XML_START;
		return true;
	} else if (xml_is(tag, "trPr")) {
		s->in_row_props = tag->kind == XML_START;
		return false;
	} else {
		return s->nested && (xml_is(tag, "tr") || xml_is(tag, "tc"));
	}
	return s->nested > 0;
}

static bool table_ends(struct settle *s, const struct xml_tag *tag)
{
	if (xml_is(tag, "trPr")) {
		s->in_row_props = false;
	} else if (xml_is(tag, "tbl") && s->nested) {
		s->nested--;
		return true;
	} else if (s->nested) {
		return xml_is(tag, "tr") || xml_is(tag, "tc");
	} else if (xml_is(tag, "tc")) {
		if (s->cell_open)
			add_own(s, "/", "p");
		s->cell = 0;
	} else if (xml_is(tag, "tr")) {
		s->any_row = s->any_row || !s->row_goes;
		if (s->row_goes)
			take_out(s, s->row);
		return s->row_goes;
	} else if (xml_is(tag, "tbl")) {
		if (!s->any_row)
			take_out(s, s->table);
		else
			str_add_slice(s->out, tag->bytes);
		place_boxes(s);
		return true;
	}
	return false;
}

/* ---- Tags ---- */

/* Nothing that is text: former properties, what a program keeps for itself. */
static const char *const left_out[] = {
	"pPrChange",    "rPrChange",     "tblPrChange",   "trPrChange",      "tcPrChange",
	"sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "sdtPr",
	"sdtEndPr",     "smartTagPr",    "customXmlPr",   "delInstrText",    NULL};
/* How letters and paragraphs look: no word of the text, nothing that Markdown has a sign for,
 * and most of what a document's XML consists of. */
static const char *const looks[] = {"sz",
				    "szCs",
				    "lang",
				    "color",
				    "kern",
				    "spacing",
				    "w",
				    "noProof",
				    "shd",
				    "lastRenderedPageBreak",
				    "position",
				    "fitText",
				    "em",
				    "rFonts",
				    "widowControl",
				    "tabs",
				    "proofErr",
				    "snapToGrid",
				    "adjustRightInd",
				    "autoSpaceDE",
				    "autoSpaceDN",
				    "overflowPunct",
				    "keepLines",
				    "textAlignment",
				    "suppressAutoHyphens",
				    NULL};

/* Letters of a font of symbols are other signs than they seem. */
static bool is_look(const struct xml_tag *tag)
{
	return is_any(tag, looks) &&
	       (!slice_is(tag->name, "rFonts") || !slice_find(tag->rest, "ymbol"));
}

/* Only their contents count; pandoc would leave out some with all they hold. */
static const char *const bare[] = {"sdt",       "sdtContent", "smartTag", "customXml",
				   "fldSimple", "dir",        "bdo",      NULL};
/* What may stand between the paragraphs that become one. */
static const char *const between[] = {"bookmarkStart",
				      "bookmarkEnd",
				      "commentRangeStart",
				      "commentRangeEnd",
				      "moveFromRangeEnd",
				      "moveToRangeEnd",
				      "moveFromRangeStart",
				      "moveToRangeStart",
				      "proofErr",
				      "p",
				      NULL};

static void paragraph_starts(struct settle *s, const struct xml_tag *tag)
{
	bool opens = tag->kind == XML_START;

	if (xml_is(tag, "pPr") && opens) {
		s->in_props = true;
		s->mute = s->bare_props;
	} else if (xml_is(tag, "numPr")) {
		s->in_list = opens;
	} else if (xml_is(tag, "r") || !tag->is_word) { /* a link alone says nothing */
		s->any = true;
	}
	if (slice_is(tag->name, "AlternateContent"))
		s->had_box = false;
	if (xml_is(tag, "tab"))
		keep_number(s);
	if (s->cell && !s->mute && (xml_is(tag, "br") || xml_is(tag, "cr")))
		add_blank(s, true);
	else
		add_tag(s, tag);
}

static void starts(struct settle *s, const struct xml_tag *tag)
{
	bool opens = tag->kind == XML_START;

	if (is_any(tag, left_out) || is_look(tag)) {
		s->skip = opens;
	} else if (docx_change_of(tag) != CHANGE_NONE) {
		change(s, tag);
	} else if (is_any(tag, bare)) {
		return;
	} else if (slice_is(tag->name, "Fallback") && s->had_box) {
		s->skip = opens;
	} else if (xml_is(tag, "txbxContent")) {
		box(s, tag);
	} else if (xml_is(tag, "p") && !opens && !s->cell && !s->pending) {
		add_tag(s, tag);
	} else if (xml_is(tag, "p")) {
		paragraph_begins(s, tag);
		if (!opens)
			paragraph_ends(s);
	} else if (!table_begins(s, tag)) {
		paragraph_starts(s, tag);
	}
}

static void ends(struct settle *s, const struct xml_tag *tag)
{
	if (is_any(tag, bare) || docx_change_of(tag) != CHANGE_NONE)
		return;
	if (xml_is(tag, "pPr")) {
		s->in_props = s->in_list = false;
		add_tag(s, tag);
		s->mute = false;
	} else if (xml_is(tag, "p")) {
		paragraph_ends(s);
	} else if (!table_ends(s, tag)) {
		if (xml_is(tag, "numPr"))
			s->in_list = false;
		/* A blank stands for it already. */
		if (!s->cell || !(xml_is(tag, "br") || xml_is(tag, "cr")))
			add_tag(s, tag);
	}
}

/* Whether the tag ends a paragraph that waits for its end. */
static bool is_outside(const struct xml_tag *tag)
{
	return !is_any(tag, between) && !is_any(tag, bare) && !is_any(tag, left_out) &&
	       docx_change_of(tag) == CHANGE_NONE;
}

static void run(struct settle *s, const char *until)
{
	struct xml_tag tag;

	while (xml_next(s->x, &tag)) {
		if (s->skip) {
			s->skip += tag.kind == XML_START;
			s->skip -= tag.kind == XML_END;
			continue;
		}
		if (s->pending && is_outside(&tag))
			end_pending(s);
		if (!s->mute)
			str_add_slice(s->out, tag.before);
		if (!s->mute && !s->in_props && s->head.len <= HEAD_MOST)
			str_add_slice(&s->head, tag.text);
		if (tag.kind == XML_END && until && xml_is(&tag, until))
			break;
		if (tag.kind == XML_END)
			ends(s, &tag);
		else
			starts(s, &tag);
	}
	end_pending(s);
	place_boxes(s);
	str_release(&s->boxes);
	str_release(&s->head);
}

void docx_settle_part(struct xml *x, const struct tracked *t, const struct docx_asked *asked,
		      struct str *out)
{
	struct settle s = {.x = x, .t = t, .asked = asked, .out = out};

	run(&s, NULL);
}
