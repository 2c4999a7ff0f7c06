/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where a line's option begins, for labels within brackets. */
struct opening {
	size_t part, begin;
};

/* What reading goes by; every list is met once, in order. */
struct reader {
	const struct draft *d;
	struct slice text;
	const struct brackets *b;
	size_t unread, skipped, bracket; /* the next of each that may matter */
	struct opening *openings;        /* of options that begin lines of their own */
	size_t n_openings, opening;
};

/* ------ Lines ------ */

static uint16_t indent_of(const char *p, size_t len)
{
	size_t at = 0, n;
	unsigned columns = 0;

	while (columns < 1000 && (n = utf8_blank_at(p + at, len - at)) != 0) {
		columns = p[at] == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
		at += n;
	}
	return (uint16_t)columns;
}

struct paragraph draft_line_at(struct slice text, size_t at)
{
	const char *lf = memchr(text.p + at, '\n', text.len - at);
	size_t end = lf ? (size_t)(lf - text.p) : text.len;
	struct paragraph p = {.begin = at, .next = lf ? end + 1 : end};

	if (lf && end > at && text.p[end - 1] == '\r')
		end--;
	p.end = end;
	p.parent = p.call = p.list = PARAGRAPH_NONE;
	p.indent = indent_of(text.p + at, end - at);
	p.label = p.label_end = p.body = at;
	return p;
}

static void split_lines(struct draft *d, struct slice text)
{
	size_t n = 0, cap = 0;

	for (size_t at = 0; at < text.len; at = d->v[n++].next) {
		MEM_GROW(d->v, n, cap);
		d->v[n] = draft_line_at(text, at);
	}
	assert(n < PARAGRAPH_NONE);
	d->n = n;
}

/* ------ Kinds ------ */

/* The stretch in which nothing is read that the line begins in, or NULL. */
static const struct unread *unread_of(struct reader *r, const struct paragraph *p)
{
	while (r->unread < r->b->n_unread && r->b->unread[r->unread].end <= p->begin)
		r->unread++;
	if (r->unread == r->b->n_unread || r->b->unread[r->unread].begin > p->end)
		return NULL;
	return &r->b->unread[r->unread];
}

/* Whether nothing but comments and blanks is in the line, u being the first stretch in it. */
static bool is_comment(const struct reader *r, const struct paragraph *p,
		       const struct unread *u)
{
	const struct unread *end = r->b->unread + r->b->n_unread;
	size_t at = p->begin;

	for (; u < end && u->kind == UNREAD_COMMENT; u++) {
		at += utf8_blanks_at(r->text.p + at, p->end - at);
		if (at == p->end || u->begin > at)
			break;
		if (u->end >= p->end)
			return true;
		at = u->end;
	}
	return at > p->begin && utf8_blanks_at(r->text.p + at, p->end - at) == p->end - at;
}

static bool is_footnote(struct reader *r, struct paragraph *p)
{
	size_t at = p->begin + utf8_blanks_at(r->text.p + p->begin, p->end - p->begin);
	const char *close;

	while (r->skipped < r->b->n_skipped && r->b->skipped[r->skipped].begin < at)
		r->skipped++;
	if (r->skipped == r->b->n_skipped)
		return false;
	const struct skipped *s = &r->b->skipped[r->skipped];
	if (s->class != SKIP_FOOTNOTE || s->begin != at || at == p->end)
		return false;
	if (at + 1 < p->end && r->text.p[at + 1] == '^') {
		if (s->end >= p->end || r->text.p[s->end] != ':')
			return false;
		p->label_end = s->end + 1;
	} else {
		close = memchr(r->text.p + at, ':', p->end - at);
		if (!close ||
		    slice_starts(slice_make(r->text.p + at, p->end - at), "[footnoteRef:"))
			return false;
		p->label_end = (size_t)(close - r->text.p) + 1;
	}
	p->body =
		p->label_end + utf8_blanks_at(r->text.p + p->label_end, p->end - p->label_end);
	return true;
}

static void set_label(struct paragraph *p, const struct label *label, size_t from)
{
	p->label_kind = label->kind;
	p->label = from + label->begin;
	p->label_end = from + label->end;
	p->body = from + label->body;
}

/* Where the text of the option or bracket begins that opens the line: after "[", "AFR:", "\ ".
 */
static size_t opened_at(struct reader *r, const struct paragraph *p)
{
	const struct brackets *b = r->b;
	size_t at = p->begin;

	while (r->opening < r->n_openings && r->openings[r->opening].begin < p->begin)
		r->opening++;
	if (r->opening < r->n_openings && r->openings[r->opening].begin < p->end &&
	    r->openings[r->opening].part <= p->begin)
		at = r->openings[r->opening].begin;
	for (;;) {
		at += utf8_blanks_at(r->text.p + at, p->end - at);
		while (r->bracket < b->n && b->v[r->bracket].begin < at)
			r->bracket++;
		if (r->bracket == b->n || b->v[r->bracket].begin != at || at == p->end)
			return at;
		const struct bracket *k = &b->v[r->bracket];
		const struct option *o = k->n_options ? &b->options[k->option] : NULL;
		at = o && !o->trailing && !o->no_text && o->begin <= p->end ? o->begin
									    : k->inner;
	}
}

static void read_line(struct reader *r, struct paragraph *p)
{
	/* A byte order mark is no part of the first line's text. */
	size_t from = p->begin + (!p->begin && slice_starts(r->text, "\xEF\xBB\xBF") ? 3 : 0);
	const char *line = r->text.p + from;
	size_t len = p->end - from;
	const struct unread *u = unread_of(r, p);
	struct label label;

	p->kind = PARA_TEXT;
	if (p->begin < r->d->front.end)
		p->kind = PARA_FRONT;
	else if (u && u->begin <= p->begin && u->kind == UNREAD_FENCE)
		p->kind = PARA_FENCE;
	else if (utf8_blanks_at(line, len) == len)
		p->kind = PARA_BLANK;
	else if (u && is_comment(r, p, u))
		p->kind = PARA_COMMENT;
	else if (is_footnote(r, p))
		p->kind = PARA_FOOTNOTE;
	if (p->kind != PARA_TEXT)
		return;
	p->body = from + utf8_blanks_at(line, len);
	if (label_read(line, len, &label)) {
		set_label(p, &label, from);
		p->kind = label.kind == LABEL_HEADING ? PARA_HEADING : PARA_CLAUSE;
		if (label.kind == LABEL_HEADING)
			p->level = (uint32_t)(label.end - label.begin);
		return;
	}
	size_t at = opened_at(r, p);
	if (at > p->begin && label_read(r->text.p + at, p->end - at, &label) &&
	    label.kind != LABEL_DASH) {
		set_label(p, &label, at);
		p->kind = label.kind == LABEL_HEADING ? PARA_HEADING : PARA_CLAUSE;
		if (label.kind == LABEL_HEADING)
			p->level = (uint32_t)(label.end - label.begin);
	}
}

static int by_begin(const void *a, const void *b)
{
	const struct opening *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Options that may begin a line of their own: those of brackets over several paragraphs. */
static void find_openings(struct reader *r, size_t end)
{
	const struct brackets *b = r->b;
	size_t cap = 0;

	for (size_t i = r->bracket; i < b->n && b->v[i].begin < end; i++) {
		const struct bracket *k = &b->v[i];

		for (uint32_t j = 0; k->crosses && j < k->n_options; j++) {
			const struct option *o = &b->options[k->option + j];

			if (o->trailing || o->no_text)
				continue;
			MEM_GROW(r->openings, r->n_openings, cap);
			r->openings[r->n_openings++] = (struct opening){o->part, o->begin};
		}
	}
	if (r->n_openings)
		qsort(r->openings, r->n_openings, sizeof(*r->openings), by_begin);
}

void draft_read_lines(const struct draft *d, struct slice text, const struct brackets *b,
		      struct paragraph *v, size_t n)
{
	struct reader r = {.d = d, .text = text, .b = b};

	if (!n)
		return;
	r.bracket = brackets_from(b, v[0].begin);
	r.skipped = brackets_skipped_from(b, v[0].begin);
	r.unread = brackets_unread_from(b, v[0].begin);
	find_openings(&r, v[n - 1].next);
	for (size_t i = 0; i < n; i++)
		read_line(&r, &v[i]);
	free(r.openings);
}

/* ------ Calls ------ */

/*
 * A sentence that opens with its verb: in emphasis, as the United Nations write
 * it ("*Recalling* its decision …"), or one that ends as a preambular one does.
 */
enum call_group draft_own_group(const struct paragraph *p, struct slice text)
{
	size_t at = p->body, end = p->end;
	bool emphasis = false;
	struct call call;

	for (;;) {
		size_t n = utf8_blank_at(text.p + at, end - at);

		if (!n && at < end && strchr("*_[\"", text.p[at]) && text.p[at])
			n = 1;
		if (!n)
			break;
		emphasis = emphasis || text.p[at] == '*' || text.p[at] == '_';
		at += n;
	}
	/* Emphasis before a label's body is behind us already. */
	emphasis = emphasis || (p->body > p->begin &&
				(text.p[p->body - 1] == '*' || text.p[p->body - 1] == '_'));
	while (end > at && (strchr("*_]\" ", text.p[end - 1]) || text.p[end - 1] == '\t'))
		end--;
	bool comma = slice_ends(slice_make(text.p + at, end - at), ",") ||
		     slice_ends(slice_make(text.p + at, end - at), "，") ||
		     slice_ends(slice_make(text.p + at, end - at), "،");
	/* The verb comes last: looking it up is what takes time. */
	if ((!emphasis && !comma) || !call_verb_at(text.p + at, end - at, &call))
		return CALL_NONE;
	if (emphasis || (comma && call.group == CALL_PREAMBULAR && !call.ambiguous))
		return call.group;
	return CALL_NONE;
}

static void find_calls(struct draft *d, struct slice text)
{
	uint32_t current = PARAGRAPH_NONE;
	struct call call;

	for (size_t i = 0; i < d->n; i++) {
		struct paragraph *p = &d->v[i];

		if (p->kind == PARA_HEADING || p->kind == PARA_TITLE)
			current = PARAGRAPH_NONE;
		if (p->kind == PARA_TEXT &&
		    call_read(text.p + p->body, p->end - p->body, &call)) {
			p->kind = PARA_CALL;
			p->group = call.group;
			p->call = current = (uint32_t)i;
			d->n_calls++;
			continue;
		}
		if (p->kind != PARA_TEXT && p->kind != PARA_CLAUSE)
			continue;
		p->call = p->parent = current;
		p->group = draft_own_group(p, text);
		if (p->group == CALL_NONE && current != PARAGRAPH_NONE)
			p->group = d->v[current].group;
	}
}

/* ------ Reading ------ */

void draft_read(struct draft *d, struct slice text, const struct brackets *b)
{
	static const struct brackets none;

	assert(text.len < UINT32_MAX);
	*d = (struct draft){.title = PARAGRAPH_NONE, .form = PARAGRAPH_NONE};
	split_lines(d, text);
	d->numbered = mem_array(NULL, d->n, sizeof(*d->numbered));
	front_matter_read(&d->front, text);
	draft_read_lines(d, text, b ? b : &none, d->v, d->n);
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].kind != PARA_BLANK) {
			d->numbered[d->n_paragraphs] = (uint32_t)i;
			d->v[i].number = (uint32_t)++d->n_paragraphs;
		}
		d->n_clauses += d->v[i].kind == PARA_CLAUSE;
	}
	draft_find_title(d, text);
	find_calls(d, text);
	draft_place_clauses(d, text);
}

void draft_release(struct draft *d)
{
	free(d->v);
	free(d->numbered);
	front_matter_release(&d->front);
	*d = (struct draft){.title = PARAGRAPH_NONE, .form = PARAGRAPH_NONE};
}

uint32_t draft_paragraph_at(const struct draft *d, size_t pos)
{
	size_t i;

	if (!d->n)
		return PARAGRAPH_NONE;
	SORTED_SKIP(i, d->n, d->v[i].next <= pos);
	return (uint32_t)(i < d->n ? i : d->n - 1);
}

void draft_place(const struct draft *d, size_t pos, struct str *out)
{
	uint32_t i = draft_paragraph_at(d, pos);

	if (i != PARAGRAPH_NONE)
		str_addf(out, "¶ %u", d->v[i].number);
}

uint32_t draft_paragraph_numbered(const struct draft *d, uint32_t number)
{
	return number && number <= d->n_paragraphs ? d->numbered[number - 1] : PARAGRAPH_NONE;
}

struct slice draft_line(const struct draft *d, struct slice text, uint32_t paragraph)
{
	const struct paragraph *p = &d->v[paragraph];

	return slice_make(text.p + p->begin, p->end - p->begin);
}

struct slice draft_body(const struct draft *d, struct slice text, uint32_t paragraph)
{
	const struct paragraph *p = &d->v[paragraph];

	return slice_make(text.p + p->body, p->end - p->body);
}

bool paragraph_is_text(const struct paragraph *p)
{
	return p->kind != PARA_BLANK && p->kind != PARA_FRONT;
}

void paragraph_move(struct paragraph *p, size_t by)
{
	p->begin += by;
	p->end += by;
	p->next += by;
	p->label += by;
	p->label_end += by;
	p->body += by;
}
