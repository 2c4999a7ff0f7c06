/* SPDX-License-Identifier: MIT */
#include "resolve_impl.h"

#include "core/closing.h"
#include "core/escape.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* Ranges of the draft that stay. */
struct keeps {
	struct range *v;
	size_t n, cap;
};

static void keep(struct keeps *k, size_t begin, size_t end)
{
	if (begin >= end)
		return;
	MEM_GROW(k->v, k->n, k->cap);
	k->v[k->n++] = (struct range){begin, end};
}

/* ---- what is left of a chosen option */

/* Past the blanks and line ends at the beginning of a bracket, as far as a line end goes. */
static size_t skip_line_ends(struct slice draft, size_t pos, size_t end)
{
	size_t i = pos;

	for (;;) {
		i += utf8_blanks_at(draft.p + i, end - i);
		if (i < end && draft.p[i] == '\n')
			pos = ++i;
		else if (i + 1 < end && draft.p[i] == '\r' && draft.p[i + 1] == '\n')
			pos = i += 2;
		else
			return pos;
	}
}

static size_t skip_line_ends_back(struct slice draft, size_t begin, size_t pos)
{
	size_t i = pos;

	for (;;) {
		i -= utf8_blanks_before(draft.p + begin, i - begin);
		if (i == begin || draft.p[i - 1] != '\n')
			return pos;
		i -= i - begin > 1 && draft.p[i - 2] == '\r' ? 2 : 1;
		pos = i;
	}
}

/* The bytes of an option that a decision for it leaves, escapes and all. */
static struct range chosen_range(const struct brackets *b, struct slice draft,
				 const struct option *o)
{
	const struct bracket *bracket = &b->v[o->bracket];
	struct range r = {o->begin, o->end};

	if (o->no_text || o->begin >= o->end)
		return (struct range){o->begin, o->begin};
	/* One wording without party or guard: blanks inside the bracket are text. */
	if (bracket->separator != SEP_NONE || o->trailing || o->guarded || o->n_parties > 0)
		return r;
	r.begin = skip_line_ends(draft, bracket->inner, o->begin);
	r.end = skip_line_ends_back(draft, o->end, bracket->inner_end);
	return r;
}

/* The end of the bracket, skipped pair or unread stretch that begins at pos, or pos. */
static size_t whole_at(const struct brackets *b, size_t pos, bool *nested)
{
	size_t i;

	*nested = false;
	i = brackets_from(b, pos);
	if (i < b->n && b->v[i].begin == pos) {
		*nested = true;
		return b->v[i].end;
	}
	i = brackets_skipped_from(b, pos);
	if (i < b->n_skipped && b->skipped[i].begin == pos)
		return b->skipped[i].end;
	i = brackets_unread_from(b, pos);
	if (i < b->n_unread && b->unread[i].begin == pos)
		return b->unread[i].end;
	return pos;
}

/* Whether something whole can begin with that byte: spares the search. */
static bool may_begin_whole(char c)
{
	return c == '[' || c == '\xEF' || c == '`' || c == '<' || c == '!' || c == '~' ||
	       c == ' ';
}

static bool is_escaped_slash(const char *p, size_t len)
{
	return (len == 2 && p[1] == '/') || (len == 4 && memcmp(p + 1, "／", 3) == 0);
}

/*
 * Keeps the range without the backslashes that only the point's own bracket
 * needed: before slashes outside nested brackets and code, but not where two
 * nested brackets would become one point.
 */
static void keep_without_escapes(const struct brackets *b, struct slice draft, struct range r,
				 struct keeps *k)
{
	size_t from = r.begin, bracket_end = SIZE_MAX;

	for (size_t i = r.begin; i < r.end;) {
		bool nested = false;
		size_t whole = may_begin_whole(draft.p[i]) ? whole_at(b, i, &nested) : i;
		size_t len = escape_at(draft.p + i, r.end - i);

		if (whole > i) {
			i = whole < r.end ? whole : r.end;
			bracket_end = nested ? i : bracket_end;
			continue;
		}
		if (is_escaped_slash(draft.p + i, len)) {
			size_t after = i + len;

			after += utf8_blanks_at(draft.p + after, r.end - after);
			nested = false;
			if (after < r.end)
				whole_at(b, after, &nested);
			if (!nested ||
			    bracket_end != i - utf8_blanks_before(draft.p + from, i - from)) {
				keep(k, from, i);
				from = i + 1;
			}
		}
		i += len > 0 ? len : 1;
	}
	keep(k, from, r.end);
}

static void keep_option(const struct brackets *b, struct slice draft, const struct point *p,
			const struct option *o, struct keeps *k)
{
	struct range r = chosen_range(b, draft, o);

	if (r.begin >= r.end)
		return;
	if (p->depth == 1 && memchr(draft.p + r.begin, '\\', r.end - r.begin))
		keep_without_escapes(b, draft, r, k);
	else
		keep(k, r.begin, r.end);
}

void resolve_preview(const struct brackets *b, struct slice draft, uint32_t point, size_t k,
		     struct str *out)
{
	const struct point *p = &b->points[point];
	struct keeps keeps = {NULL, 0, 0};

	keep_option(b, draft, p, point_option(b, p, k), &keeps);
	for (size_t i = 0; i < keeps.n; i++)
		str_add(out, draft.p + keeps.v[i].begin, keeps.v[i].end - keeps.v[i].begin);
	free(keeps.v);
}

/* ---- choices */

int choice_read(struct choice *c, struct slice word, struct slice text, struct error *err)
{
	struct choice got = {.kind = CHOOSE_OPTION};

	if (slice_is(word, "all")) {
		got.kind = CHOOSE_ALL;
	} else if (slice_is(word, "text")) {
		if (!text.p)
			return error_set(err, ST_USAGE,
					 N_("\"text\" needs the new wording; give --text"));
		got.kind = CHOOSE_TEXT;
		got.text = text;
	} else {
		for (size_t i = 0; i < word.len; i++) {
			if (word.p[i] < '0' || word.p[i] > '9' || word.len > 6)
				word.len = 0;
			else
				got.option = got.option * 10 + (size_t)(word.p[i] - '0');
		}
		if (word.len == 0)
			return error_set(err, ST_USAGE,
					 N_("a choice is an option's number, 0 for no text, "
					    "all, or text"));
	}
	if (text.p && got.kind != CHOOSE_TEXT)
		return error_set(err, ST_USAGE,
				 N_("--text goes with the choice \"text\" only"));
	*c = got;
	return 0;
}

int resolve_allows(const struct brackets *b, uint32_t point, const struct choice *c,
		   struct error *err)
{
	const struct point *p;
	size_t n;

	if (point >= b->n_points)
		return error_set(err, ST_MISSING, N_("there is no such point"));
	p = &b->points[point];
	n = p->n_options;
	if (c->kind == CHOOSE_ALL && p->kind != KIND_BLOCK)
		return error_set(err, ST_USAGE,
				 N_("point %zu is no block of paragraphs; choose by number"),
				 (size_t)point + 1);
	if (c->kind == CHOOSE_TEXT && p->depth > 1 &&
	    (memchr(c->text.p, '\n', c->text.len) || memchr(c->text.p, '\r', c->text.len)))
		return error_set(err, ST_USAGE,
				 N_("point %zu stands in another; its wording is one line"),
				 (size_t)point + 1);
	if (c->kind != CHOOSE_OPTION || c->option <= n)
		return 0;
	if (n == 0)
		return error_set(err, ST_USAGE,
				 N_("point %zu offers no wording yet; choose 0 or give a text"),
				 (size_t)point + 1);
	if (n == 1)
		return error_set(err, ST_USAGE,
				 N_("point %zu has one option; choose 1, or 0 for no text"),
				 (size_t)point + 1);
	return error_set(err, ST_USAGE,
			 N_("point %zu has no option %zu; choose 1 to %zu, or 0 for no text"),
			 (size_t)point + 1, c->option, n);
}

/* ---- deciding */

static int ascending(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

	return (a > b) - (a < b);
}

/* The points to decide, in order; one that stands in another of them is left out. */
static size_t points_of(const struct bracketed *w, uint32_t point, bool linked, uint32_t **list)
{
	size_t n = linked ? brackets_linked_points(w->b, w->draft, point, list) : 0, kept = 0,
	       end = 0;
	uint32_t *v = mem_array(*list, n + 1, sizeof(*v));

	v[n++] = point;
	qsort(v, n, sizeof(*v), ascending);
	for (size_t i = 0; i < n; i++) {
		const struct point *p = &w->b->points[v[i]];

		if (point_begin(w->b, p) < end)
			continue;
		end = point_end(w->b, p);
		v[kept++] = v[i];
	}
	*list = v;
	return kept;
}

/* New wording as it is to stand outside all brackets, and inside one. */
struct wordings {
	struct str open, inside;
};

static struct slice text_for(const struct point *p, const struct wordings *new)
{
	return str_slice(p->depth == 1 ? &new->open : &new->inside);
}

static void take_point(struct closing *c, const struct bracketed *w, const struct point *p,
		       const struct choice *choice, const struct wordings *new)
{
	const struct brackets *b = w->b;
	uint32_t parent = b->v[p->bracket].parent;
	struct gap gap = {.begin = point_begin(b, p), .end = point_end(b, p)};
	struct keeps keeps = {NULL, 0, 0};

	gap.slashes = parent != BRACKET_NONE && b->v[parent].separator == SEP_SLASH;
	if (choice->kind == CHOOSE_TEXT)
		gap.text = text_for(p, new);
	else if (choice->kind == CHOOSE_ALL || choice->option > 0)
		keep_option(b, w->draft, p,
			    point_option(b, p, choice->option > 0 ? choice->option - 1 : 0),
			    &keeps);
	gap.keep = keeps.v;
	gap.n_keep = keeps.n;
	closing_take(c, &gap);
	free(keeps.v);
}

int resolve_point(const struct bracketed *w, uint32_t point, const struct choice *c,
		  struct edits *e, struct resolved *what, struct error *err)
{
	struct wordings new = {STR_INIT, STR_INIT};
	struct choice choice = *c;
	struct closing closing;
	uint32_t *list = NULL;
	size_t n;
	int status = resolve_allows(w->b, point, c, err);

	if (status < 0)
		return status;
	if (choice.kind == CHOOSE_TEXT && wording_trim(choice.text).len == 0)
		choice = (struct choice){.kind = CHOOSE_OPTION};
	if (choice.kind == CHOOSE_TEXT) {
		wording_add(&new.open, choice.text, WORDING_MARKUP | WORDING_OPEN, w->parties);
		wording_add(&new.inside, choice.text, WORDING_MARKUP, w->parties);
	}
	n = points_of(w, point, c->linked, &list);
	closing_init(&closing, w->draft);
	for (size_t i = n; i > 0; i--)
		take_point(&closing, w, &w->b->points[list[i - 1]], &choice, &new);
	closing_finish(&closing, e);
	closing_release(&closing);
	if (what)
		resolved_fill(what,
			      &(struct decided){.w = w,
						.point = point,
						.choice = &choice,
						.list = list,
						.n = n,
						.text = text_for(&w->b->points[point], &new)});
	free(list);
	str_release(&new.open);
	str_release(&new.inside);
	return 0;
}
