/* SPDX-License-Identifier: MIT */
#include "docx_inner.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * One walk over the tags. It passes them on, the changes' with a number and a date, and
 * remembers where the end of each paragraph and row can be said to be tracked. Which are is
 * known when the part ends: the last paragraph has no next one to be joined with.
 */

/* What became of words, one bit each. */
enum { STAYED = 1 << CHANGE_NONE, CAME = 1 << CHANGE_IN, WENT = 1 << CHANGE_OUT };

/* The end of a paragraph, or of a row. */
struct ending {
	size_t at; /* where it can be said, in what was written */
	bool is_row;
	int inside;       /* how many of the tags that have to be around it are there */
	unsigned words;   /* what became of them */
	unsigned tracked; /* CAME, WENT; or both, where it is in neither text */
};

struct whole {
	struct xml *x;
	struct docx_whole *all;
	struct str text; /* written so far */
	struct str author;
	enum docx_change change; /* that the walk is in */
	struct ending *v;
	size_t n, cap;
	struct ending *now; /* whose properties and words are met; NULL before the first */
	size_t stretch;     /* the first after the last table */
	bool in_props, in_cell;
};

static void add_change(struct whole *w, struct slice name, const char *shut, struct str *out)
{
	const char *prefix = w->x->prefix;

	str_addf(out, "<%s%.*s %sid=\"%zu\" %sauthor=\"", prefix, (int)name.len, name.p, prefix,
		 ++w->all->ids, prefix);
	for (size_t i = 0; i < w->author.len; i++)
		if (strchr("&<>\"", w->author.p[i]))
			str_addf(out, "&#%d;", w->author.p[i]);
		else
			str_add_char(out, w->author.p[i]);
	str_add_char(out, '"');
	if (*w->all->date)
		str_addf(out, " %sdate=\"%s\"", prefix, w->all->date);
	str_add_text(out, shut);
}

/* ---- The walk ---- */

static void begin_ending(struct whole *w, bool is_row)
{
	MEM_GROW(w->v, w->n, w->cap);
	w->v[w->n] = (struct ending){.at = w->text.len, .is_row = is_row};
	w->now = &w->v[w->n++];
}

/* It can be said where the walk is, in so many tags. */
static void place(struct whole *w, int inside)
{
	if (!w->now || w->now->inside)
		return;
	w->now->at = w->text.len;
	w->now->inside = inside;
}

static bool is_props(const struct whole *w, const struct xml_tag *tag)
{
	return (xml_is(tag, "pPr") && !w->in_cell) || xml_is(tag, "trPr");
}

/* An own tag that opens, or is empty. */
static void starts(struct whole *w, const struct xml_tag *tag)
{
	bool opens = tag->kind == XML_START;
	enum docx_change change = docx_change_of(tag);

	if (change != CHANGE_NONE) {
		str_clear(&w->author);
		str_add_slice(&w->author, tag->author);
		add_change(w, tag->name, opens ? ">" : "/>", &w->text);
		if (opens)
			w->change = change;
		return;
	}
	if (is_props(w, tag) || (w->in_props && xml_is(tag, "rPr"))) {
		if (!opens)
			return; /* says nothing */
		w->in_props = true;
	} else if (w->in_props && (xml_is(tag, "sectPr") || xml_is(tag, "pPrChange") ||
				   xml_is(tag, "trPrChange"))) {
		place(w, 1);
	}
	str_add_slice(&w->text, tag->bytes);
	if (xml_is(tag, "tr") || (xml_is(tag, "p") && opens && !w->in_cell))
		begin_ending(w, xml_is(tag, "tr"));
	else if (w->in_props && xml_is(tag, "rPr"))
		place(w, 2);
	else if (xml_is(tag, "tc"))
		w->in_cell = opens;
	else if (xml_is(tag, "r") && w->now)
		w->now->words |= 1u << w->change;
}

static void ends(struct whole *w, const struct xml_tag *tag)
{
	if (is_props(w, tag)) {
		place(w, 1);
		w->in_props = false;
	} else if (docx_change_of(tag) != CHANGE_NONE) {
		w->change = CHANGE_NONE;
	} else if (xml_is(tag, "tc")) {
		w->in_cell = false;
	} else if (xml_is(tag, "tbl")) {
		w->stretch = w->n;
	}
	str_add_slice(&w->text, tag->bytes);
}

/* ---- What it found ---- */

/* The last end stays. What came or went with it is the end before its words: that of the last
 * paragraph that the other text has, too. */
static void shift_last(struct whole *w)
{
	unsigned tracked = w->n > w->stretch ? w->v[w->n - 1].tracked : 0;
	size_t i = w->n;

	while (tracked && i > w->stretch && w->v[i - 1].tracked & tracked)
		i--;
	if (i > w->stretch && tracked)
		w->v[i - 1].tracked |= tracked;
	if (tracked)
		w->v[w->n - 1].tracked = 0;
}

static void add_ending(struct whole *w, const struct ending *e, struct str *out)
{
	static const char *const around[2][2] = {{"pPr", "rPr"}, {"trPr"}};
	const char *const *names = around[e->is_row];
	int n = e->is_row ? 1 : 2;

	for (int i = e->inside; i < n; i++)
		str_addf(out, "<%s%s>", w->x->prefix, names[i]);
	if (e->tracked & CAME)
		add_change(w, SLICE("ins"), "/>", out);
	if (e->tracked & WENT)
		add_change(w, SLICE("del"), "/>", out);
	for (int i = n; i-- > e->inside;)
		str_addf(out, "</%s%s>", w->x->prefix, names[i]);
}

void docx_whole_part(struct xml *x, struct docx_whole *whole, struct str *out)
{
	struct whole w = {.x = x, .all = whole};
	struct slice text;
	struct xml_tag tag;
	size_t at = 0;

	while (xml_next(x, &tag)) {
		str_add_slice(&w.text, tag.before);
		if (tag.kind == XML_END)
			ends(&w, &tag);
		else
			starts(&w, &tag);
	}
	text = str_slice(&w.text);
	for (size_t i = 0; i < w.n; i++)
		if (w.v[i].words == CAME || w.v[i].words == WENT)
			w.v[i].tracked = w.v[i].words;
	shift_last(&w);
	for (size_t i = 0; i < w.n; i++)
		if (w.v[i].tracked) {
			str_add(out, text.p + at, w.v[i].at - at);
			at = w.v[i].at;
			add_ending(&w, &w.v[i], out);
		}
	str_add(out, text.p + at, text.len - at);
	free(w.v);
	str_release(&w.text);
	str_release(&w.author);
}
