/* SPDX-License-Identifier: MIT */
#include "core/reread.h"

#include "bracket_impl.h"
#include "core/mem.h"
#include "draft_impl.h"

#include <stdlib.h>
#include <string.h>

#define MOST ((size_t)128 << 10) /* bytes: reading more again is no gain */

/* ---- Lines ---- */

static size_t line_begin(struct slice text, size_t at)
{
	const char *lf = at ? memrchr(text.p, '\n', at) : NULL;

	return lf ? (size_t)(lf - text.p) + 1 : 0;
}

static size_t next_line(struct slice text, size_t at)
{
	const char *lf = at < text.len ? memchr(text.p + at, '\n', text.len - at) : NULL;

	return lf ? (size_t)(lf - text.p) + 1 : text.len;
}

static bool has_heading(struct slice text, size_t begin, size_t end)
{
	for (size_t at = begin; at < end;) {
		size_t next = next_line(text, at), len = next - at;

		if (len && text.p[next - 1] == '\n')
			len--;
		if (len && text.p[at + len - 1] == '\r')
			len--;
		if (label_is_heading(text.p + at, len))
			return true;
		at = next;
	}
	return false;
}

/* Whether a line has anything that other lines are read by: the borders of what is not read,
 * the names of notes and links, front matter's first line. */
static bool reaches_further(struct slice text, size_t begin, size_t end)
{
	static const char *const signs[] = {"```", "~~~", "<!--",         "-->",
					    "---", "]:",  "[footnoteRef:"};
	struct slice lines = slice_make(text.p + begin, end - begin);

	if (!begin && slice_starts(text, "\xEF\xBB\xBF"))
		return true;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (slice_find(lines, signs[i]))
			return true;
	return false;
}

/* ---- Before ---- */

/* The outermost bracket that begins before pos and ends after it, or NULL. */
static const struct bracket *bracket_over(const struct brackets *b, size_t pos)
{
	size_t n = brackets_from(b, pos);
	const struct bracket *found = NULL;

	for (uint32_t i = n ? (uint32_t)n - 1 : BRACKET_NONE; i != BRACKET_NONE;
	     i = b->v[i].parent)
		if (b->v[i].end > pos)
			found = &b->v[i];
	return found;
}

/* Takes in the lines of every bracket that reaches into them. */
static void extend(struct reread *r, const struct brackets *b, struct slice old)
{
	const struct bracket *left, *right;

	do {
		left = bracket_over(b, r->begin);
		right = bracket_over(b, r->old_end);
		if (left)
			r->begin = line_begin(old, left->begin);
		if (right)
			r->old_end = next_line(old, right->end);
	} while ((left || right) && r->old_end - r->begin <= MOST);
}

/* Whether something that is not read reaches over the lines' borders, or is more than a part of
 * a line. */
static bool meets_unread(const struct reread *r, const struct brackets *b)
{
	size_t i = brackets_unread_from(b, r->begin);

	if (i && b->unread[i - 1].end > r->begin)
		return true;
	for (; i < b->n_unread && b->unread[i].begin < r->old_end; i++)
		if (b->unread[i].end > r->old_end || b->unread[i].kind == UNREAD_FENCE ||
		    b->unread[i].kind == UNREAD_FRONT_MATTER)
			return true;
	return false;
}

static void find_unpaired(struct reread *r, const struct brackets *b)
{
	for (size_t i = 0; i < b->n_problems; i++) {
		const struct bracket_problem *p = &b->problems[i];

		if (p->at < r->begin && p->kind == PROBLEM_UNCLOSED)
			r->unclosed = true;
		else if (p->at >= r->old_end && p->kind == PROBLEM_UNOPENED)
			r->unopened = true;
	}
}

/* The paragraphs of the lines. None where their number, or a label, may have changed. */
static void find_paragraphs(struct reread *r, const struct draft *d, struct slice old)
{
	uint32_t i = draft_paragraph_at(d, r->begin);
	const struct paragraph *p;

	if (i == PARAGRAPH_NONE || i < d->n_opening || d->v[i].begin != r->begin)
		return;
	for (size_t k = i; k < d->n && d->v[k].begin < r->old_end; k++)
		r->n++;
	r->first = i;
	i = draft_paragraph_at(d, r->at);
	p = &d->v[i];
	if (p->begin != r->changed || p->next != r->changed_end || r->at < p->body ||
	    r->at + r->del > p->end) {
		r->n = 0;
		return;
	}
	r->colon = draft_ends_in_colon(draft_line(d, old, i));
}

bool reread_begin(struct reread *r, const struct brackets *b, const struct draft *d,
		  struct slice old, size_t at, size_t del, const struct reread *last)
{
	*r = (struct reread){.at = at, .del = del};
	r->begin = r->changed = line_begin(old, at);
	r->old_end = r->changed_end = next_line(old, at + del);
	if (r->old_end - r->begin > MOST || reaches_further(old, r->changed, r->changed_end))
		return false;
	extend(r, b, old);
	if (r->old_end - r->begin > MOST || meets_unread(r, b))
		return false;
	find_unpaired(r, b);
	r->heading = has_heading(old, r->changed, r->changed_end);
	r->after_colon = offer_after_colon(old, r->old_end);
	find_paragraphs(r, d, old);
	if (last && r->n && last->first == r->first && last->n == r->n)
		r->words = last->words; /* one goes on in the same lines */
	else
		draft_count_lines(d->v + r->first, r->n, old, b, &r->words);
	return true;
}

/* ---- After ---- */

/* Whether what the lines have become lets the rest of the reading stand. */
static bool stands_alone(const struct reread *r, const struct brackets *b, struct slice text,
			 size_t end, const struct brackets *lines)
{
	size_t next = brackets_from(b, r->old_end);

	for (size_t i = 0; i < lines->n_problems; i++)
		if (lines->problems[i].kind == PROBLEM_UNCLOSED ? r->unopened : r->unclosed)
			return false;
	if (lines->n && lines->v[lines->n - 1].end > end)
		return false;
	if (lines->n_unread && lines->unread[lines->n_unread - 1].end > end)
		return false;
	/* Paragraphs on offer stand after a colon. */
	if (next < b->n && b->v[next].crosses && offer_after_colon(text, end) != r->after_colon)
		return false;
	return true;
}

/* The line as it was decided among its neighbours, where it still says the same to them; else
 * false. */
static bool keep_place(const struct reread *r, const struct draft *d, struct slice text,
		       const struct paragraph *was, struct paragraph *now)
{
	struct call call;
	size_t label = now->label - now->begin, label_end = now->label_end - now->begin;

	if (now->kind == PARA_TEXT &&
	    call_read(text.p + now->body, now->end - now->body, &call)) {
		now->kind = PARA_CALL;
		now->group = call.group;
		if (was->kind == PARA_CALL && was->group != call.group)
			return false;
	}
	if (now->kind != was->kind || now->indent != was->indent ||
	    now->body - now->begin != was->body - was->begin ||
	    label != was->label - was->begin || label_end != was->label_end - was->begin)
		return false;
	if (was->kind == PARA_HEADING && now->level != was->level)
		return false;
	if (was->kind == PARA_CLAUSE && was->begin == r->changed &&
	    draft_ends_in_colon(slice_make(text.p + now->begin, now->end - now->begin)) !=
		    r->colon)
		return false;
	now->number = was->number;
	now->level = was->level;
	now->parent = was->parent;
	now->call = was->call;
	now->list = was->list;
	now->value = was->value;
	now->label_kind = was->label_kind;
	if (was->kind == PARA_TEXT || was->kind == PARA_CLAUSE) {
		now->group = draft_own_group(now, text);
		if (now->group == CALL_NONE && now->call != PARAGRAPH_NONE)
			now->group = d->v[now->call].group;
	}
	return true;
}

/* The lines' paragraphs as they are now into v; false where the structure around them may be
 * another. */
static bool read_paragraphs(const struct reread *r, const struct draft *d, struct slice text,
			    size_t end, const struct brackets *lines, struct paragraph *v)
{
	size_t at = r->begin;

	for (size_t i = 0; i < r->n; i++) {
		if (at >= end)
			return false;
		v[i] = draft_line_at(text, at);
		at = v[i].next;
	}
	if (at != end)
		return false;
	draft_read_lines(d, text, lines, v, r->n);
	for (size_t i = 0; i < r->n; i++)
		if (!keep_place(r, d, text, &d->v[r->first + i], &v[i]))
			return false;
	return true;
}

static void move_paragraphs(struct draft *d, size_t from, size_t to, size_t by)
{
	for (size_t i = from; by && i < to; i++)
		paragraph_move(&d->v[i], by);
}

/* Returns the first of those that are not moved yet. */
static size_t take_paragraphs(const struct reread *r, struct draft *d,
			      const struct paragraph *v, size_t by)
{
	size_t to = r->until ? draft_paragraph_at(d, r->until) : d->n;

	memcpy(d->v + r->first, v, r->n * sizeof(*v));
	move_paragraphs(d, r->first + r->n, to, by);
	return to;
}

/* The lines' words are these now. */
static void take_words(struct reread *r, const struct draft_words *now,
		       struct draft_words *words)
{
	if (words) {
		words->total += now->total - r->words.total;
		words->in_brackets += now->in_brackets - r->words.in_brackets;
	}
	r->words = *now;
}

void reread_count(struct reread *r, const struct brackets *b, const struct draft *d,
		  struct slice text, struct draft_words *words)
{
	struct draft_words now;

	draft_count_lines(d->v + r->first, r->n, text, b, &now);
	take_words(r, &now, words);
}

void reread_rest(const struct reread *r, struct brackets *b, struct draft *d)
{
	move_paragraphs(d, r->rest.paragraph, d->n, r->rest.by);
	brackets_splice_rest(b, &r->rest);
}

enum reread_done reread_end(struct reread *r, struct brackets *b, struct draft *d,
			    struct slice text, size_t len, const struct parties *parties,
			    struct draft_words *words)
{
	size_t end = r->old_end - r->del + len, changed_end = r->changed_end - r->del + len;
	struct paragraph *v = NULL;
	enum reread_done done = REREAD_BRACKETS;
	size_t paragraph = d->n;
	struct brackets lines;
	struct draft_words now;

	if (end - r->begin > MOST || reaches_further(text, r->changed, changed_end) ||
	    has_heading(text, r->changed, changed_end) != r->heading)
		return REREAD_NOTHING;
	brackets_read_lines(&lines, text, r->begin, end, parties, b->names);
	if (!stands_alone(r, b, text, end, &lines)) {
		brackets_release(&lines);
		return REREAD_NOTHING;
	}
	if (r->n) {
		v = mem_array(NULL, r->n, sizeof(*v));
		if (read_paragraphs(r, d, text, end, &lines, v)) {
			done = REREAD_ALL;
			if (!r->count_later)
				draft_count_lines(v, r->n, text, &lines, &now);
			paragraph = take_paragraphs(r, d, v, end - r->old_end);
		}
	}
	if (done != REREAD_ALL && r->all_or_nothing) {
		brackets_release(&lines);
		free(v);
		return REREAD_NOTHING;
	}
	if (done == REREAD_ALL && !r->count_later)
		take_words(r, &now, words);
	brackets_splice(b, r->begin, r->old_end, end, &lines,
			done == REREAD_ALL && r->until ? r->until : SIZE_MAX, &r->rest);
	r->rest.paragraph = paragraph;
	free(v);
	return done;
}
