/* SPDX-License-Identifier: MIT */
#include "resolve_impl.h"

#include "core/mem.h"
#include "core/verdict.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a wording and of a paragraph's beginning in a message. */
#define WORDING_COLUMNS   100
#define PARAGRAPH_COLUMNS 100

void resolved_init(struct resolved *r)
{
	*r = (struct resolved){.id = STR_INIT, .wording = STR_INIT, .words = STR_INIT};
}

void resolved_release(struct resolved *r)
{
	str_release(&r->id);
	str_release(&r->wording);
	str_release(&r->words);
	str_release(&r->paragraph);
	free(r->supporters);
	free(r->others);
	resolved_init(r);
}

/* Who asked for what, over all points decided. */
struct voices {
	bool supports[PARTY_MOST];
	bool other[PARTY_MOST];
	bool spoke[PARTY_MOST]; /* by a recorded position */
};

/* Whether the option is what was chosen. target: the option chosen; NULL where there is none.
 */
static bool is_chosen(const struct option *o, const struct option *target, bool no_text,
		      struct slice text, struct slice draft)
{
	if (no_text || o->no_text)
		return no_text && o->no_text;
	if (target)
		return o->hash == target->hash;
	return slice_equal((struct slice){draft.p + o->begin, o->end - o->begin}, text);
}

static void hear(struct voices *v, const struct decided *d, const struct point *p, bool no_text)
{
	const struct brackets *b = d->w->b;
	const struct choice *c = d->choice;
	struct slice text = wording_trim(d->text);
	const struct option *target = NULL;

	if (c->kind == CHOOSE_ALL)
		target = point_option(b, p, 0);
	else if (c->kind == CHOOSE_OPTION && c->option > 0)
		target = point_option(b, p, c->option - 1);
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		bool *heard = is_chosen(o, target, no_text, text, d->w->draft) ? v->supports
									       : v->other;

		for (uint32_t i = 0; i < o->n_parties; i++)
			heard[b->parties[o->party + i]] = true;
	}
}

/* The parties that are in yes and not in no, in the table's order. */
static size_t list_of(const struct parties *parties, const bool *yes, const bool *no,
		      uint16_t **out)
{
	size_t n = 0, cap = 0;
	uint16_t *v = NULL;

	for (size_t i = 0; i < parties->n && i < PARTY_MOST; i++) {
		if (!yes[i] || (no && no[i]))
			continue;
		MEM_GROW(v, n, cap);
		v[n++] = (uint16_t)i;
	}
	*out = v;
	return n;
}

static void quote(struct str *out, struct slice text)
{
	str_add_char(out, '"');
	wording_brief(out, text, WORDING_COLUMNS);
	str_add_char(out, '"');
}

static void say(struct resolved *what)
{
	if (what->kind == CHOOSE_OPTION && what->option > 0)
		str_addf(&what->words, "option %zu, ", what->option);
	if (what->no_text) {
		str_add_text(&what->words, "no text");
		return;
	}
	if (what->kind == CHOOSE_ALL)
		str_add_text(&what->words, "all of it, ");
	else if (what->kind == CHOOSE_TEXT)
		str_add_text(&what->words, "new wording ");
	quote(&what->words, str_slice(&what->wording));
}

/* How the paragraph of the point begins. One that holds only a bracket says nothing: then its
 * first lines. */
static void name_paragraph(struct resolved *what, const struct brackets *b, struct slice draft,
			   const struct point *p)
{
	size_t at = point_begin(b, p), end, line = 1;
	const char *newline = at > 0 ? memrchr(draft.p, '\n', at) : NULL;
	size_t begin = newline ? (size_t)(newline - draft.p) + 1 : 0;
	struct str text = STR_INIT;

	newline = memchr(draft.p + at, '\n', draft.len - at);
	end = newline ? (size_t)(newline - draft.p) : draft.len;
	if (wording_trim((struct slice){draft.p + begin, end - begin}).len < 8)
		end = point_end(b, p);
	if (end - begin > 64 * PARAGRAPH_COLUMNS)
		end = begin + 64 * PARAGRAPH_COLUMNS;
	brackets_without_ids(b, draft, begin, end, &text);
	wording_brief(&what->paragraph, str_slice(&text), PARAGRAPH_COLUMNS);
	str_release(&text);
	for (size_t i = 0; i < begin; i++)
		line += draft.p[i] == '\n';
	what->line = line;
}

void resolve_describe(const struct brackets *b, struct slice draft, uint32_t point,
		      struct resolved *what)
{
	const struct point *p = &b->points[point];

	resolved_release(what);
	what->point = point;
	what->number = (size_t)point + 1;
	str_add_slice(&what->id, point_id(b, p, draft));
	name_paragraph(what, b, draft, p);
}

void resolved_fill(struct resolved *what, const struct decided *d)
{
	struct voices *voices = mem_zalloc(sizeof(*voices));
	const struct choice *c = d->choice;
	size_t number = c->kind == CHOOSE_ALL ? 1 : c->option;

	resolve_describe(d->w->b, d->w->draft, d->point, what);
	what->kind = c->kind;
	what->option = c->kind == CHOOSE_OPTION ? c->option : 0;
	what->linked = d->n - 1;
	if (c->kind == CHOOSE_TEXT)
		str_add_slice(&what->wording, d->text);
	else if (number > 0)
		resolve_preview(d->w->b, d->w->draft, d->point, number - 1, &what->wording);
	what->no_text = what->wording.len == 0;
	say(what);
	for (size_t i = 0; i < d->n; i++)
		hear(voices, d, &d->w->b->points[d->list[i]], what->no_text);
	what->n_supporters = list_of(d->w->parties, voices->supports, NULL, &what->supporters);
	what->n_others = list_of(d->w->parties, voices->other, voices->supports, &what->others);
	free(voices);
}

/* What was chosen, as core/verdict numbers it; UINT32_MAX: a wording of its own. */
static uint32_t outcome_of(const struct resolved *what, const struct brackets *b,
			   struct slice draft, uint32_t point)
{
	const struct point *p = &b->points[point];
	struct slice text = wording_trim(str_slice(&what->wording));

	if (what->no_text)
		return 0;
	if (what->kind == CHOOSE_ALL)
		return 1;
	if (what->kind == CHOOSE_OPTION && what->option <= p->n_options)
		return verdict_outcome(b, draft, point, (uint32_t)what->option);
	for (uint32_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);

		if (slice_equal(slice_make(draft.p + o->begin, o->end - o->begin), text))
			return verdict_outcome(b, draft, point, k + 1);
	}
	return UINT32_MAX;
}

/* What a position says of the outcome: 1 for it, -1 against it, 0 neither. */
static int says(const struct standing *s, uint32_t outcome, uint32_t n_options)
{
	bool on_it = s->has_option && s->outcome == outcome;

	if (!s->spoke || s->stale)
		return 0;
	if (s->stance == STANCE_OPPOSES) {
		/* Against one of several options says nothing of the others. */
		if (!s->has_option || on_it)
			return -1;
		return n_options == 1 && outcome == 0 ? 1 : 0;
	}
	return on_it && s->stance != STANCE_RESERVES ? 1 : -1;
}

static void hear_positions(struct voices *v, const struct resolved *what,
			   const struct bracketed *w, uint32_t point,
			   const struct positions *const *given)
{
	const struct parties *parties = w->parties;
	struct standing *s = mem_zalloc((parties->n + 1) * sizeof(*s));
	uint32_t outcome = outcome_of(what, w->b, w->draft, point);
	struct verdict verdict;

	verdict_read(&verdict, s, w, point, given);
	for (size_t i = 0; i < parties->n && i < PARTY_MOST; i++) {
		int said = says(&s[i], outcome, verdict.n_options);

		if (said == 0)
			continue;
		/* What it said counts instead of what the text says it wants. */
		if (!v->spoke[i])
			v->supports[i] = v->other[i] = false;
		v->spoke[i] = true;
		v->supports[i] |= said > 0;
		v->other[i] |= said < 0;
	}
	free(s);
}

void resolved_hear(struct resolved *what, const struct bracketed *w,
		   const struct positions *const *given)
{
	struct voices *voices = mem_zalloc(sizeof(*voices));
	uint32_t *linked = NULL;
	size_t n = 0;

	for (size_t i = 0; i < what->n_supporters; i++)
		voices->supports[what->supporters[i]] = true;
	for (size_t i = 0; i < what->n_others; i++)
		voices->other[what->others[i]] = true;
	if (what->linked > 0)
		n = brackets_linked_points(w->b, w->draft, what->point, &linked);
	hear_positions(voices, what, w, what->point, given);
	for (size_t i = 0; i < n; i++)
		hear_positions(voices, what, w, linked[i], given);
	free(what->supporters);
	free(what->others);
	what->n_supporters = list_of(w->parties, voices->supports, NULL, &what->supporters);
	what->n_others = list_of(w->parties, voices->other, voices->supports, &what->others);
	free(linked);
	free(voices);
}
