/* SPDX-License-Identifier: MIT */
#include "unwrap_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Three kinds of steps, each on the result of the one before: artefacts, line
 * ends, blank lines; and again until nothing is left to do, so that what comes
 * out stays as it is. Each byte of the text in work knows where it came from.
 */

#define ROUNDS_MOST 16 /* only text made to defy this comes near it */

struct work {
	struct str text;
	size_t *origin; /* of each byte, and of the end */
	size_t cap;
};

static void find_lines(struct unwrap_round *r)
{
	size_t cap = 0, unread = 0;

	for (size_t at = 0; at < r->text.len;) {
		const char *lf = memchr(r->text.p + at, '\n', r->text.len - at);
		struct unwrap_line l = {.begin = at};

		l.next = lf ? (size_t)(lf - r->text.p) + 1 : r->text.len;
		l.end = l.next - (lf != NULL);
		if (lf && l.end > at && r->text.p[l.end - 1] == '\r')
			l.end--;
		l.blank = utf8_blanks_at(r->text.p + at, l.end - at) == l.end - at;
		while (unread < r->b->n_unread && r->b->unread[unread].end <= at)
			unread++;
		for (size_t k = unread; k < r->b->n_unread && r->b->unread[k].begin < l.next;
		     k++) {
			const struct unread *u = &r->b->unread[k];

			if (u->kind == UNREAD_FRONT_MATTER || u->kind == UNREAD_FENCE ||
			    (u->kind == UNREAD_COMMENT && u->end > l.next))
				l.kept = true;
			if (u->kind == UNREAD_COMMENT && u->begin < at)
				l.kept = true;
		}
		MEM_GROW(r->lines, r->n_lines, cap);
		r->lines[r->n_lines++] = l;
		at = l.next;
	}
}

void unwrap_step(struct unwrap_round *r, size_t at, size_t del, const char *put,
		 enum unwrap_reason reason)
{
	if (!r->options->use[reason] || (!del && !*put))
		return;
	MEM_GROW(r->steps, r->n, r->cap);
	r->steps[r->n++] = (struct unwrap_step){at, del, put, reason};
}

static int by_place(const void *a, const void *b)
{
	const struct unwrap_step *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	/* The longest first: the others are within it. */
	return (x->del < y->del) - (x->del > y->del);
}

static void note_change(struct unwrapped *u, const struct work *w, const struct unwrap_step *s)
{
	struct unwrap_change c = {.begin = w->origin[s->at],
				  .end = w->origin[s->at + s->del - 1] + 1,
				  .text = u->gone.len,
				  .len = s->del,
				  .reason = s->reason};

	str_add(&u->gone, w->text.p + s->at, s->del);
	MEM_GROW(u->v, u->n, u->cap);
	u->v[u->n++] = c;
	u->count[s->reason]++;
}

static void add_piece(struct work *out, const struct work *w, size_t from, size_t end)
{
	MEM_GROW_BY(out->origin, out->text.len, out->cap, end - from + 1);
	for (size_t i = from; i < end; i++)
		out->origin[out->text.len + i - from] = w->origin[i];
	str_add(&out->text, w->text.p + from, end - from);
}

/* Does the steps; returns whether anything was done. */
static bool apply(struct unwrapped *u, struct work *w, struct unwrap_round *r)
{
	struct work out = {.text = STR_INIT};
	size_t at = 0;

	if (!r->n)
		return false;
	out.cap = w->text.len + 1;
	out.origin = mem_array(NULL, out.cap, sizeof(*out.origin));
	qsort(r->steps, r->n, sizeof(*r->steps), by_place);
	for (size_t i = 0; i < r->n; i++) {
		const struct unwrap_step *s = &r->steps[i];

		if (s->at < at)
			continue;
		add_piece(&out, w, at, s->at);
		note_change(u, w, s);
		for (const char *p = s->put; *p; p++) {
			MEM_GROW_BY(out.origin, out.text.len, out.cap, 2);
			out.origin[out.text.len] = w->origin[s->at];
			str_add_char(&out.text, *p);
		}
		at = s->at + s->del;
	}
	add_piece(&out, w, at, w->text.len);
	out.origin[out.text.len] = w->origin[w->text.len];
	str_release(&w->text);
	free(w->origin);
	*w = out;
	return true;
}

static bool run(struct unwrapped *u, struct work *w, const struct unwrap_options *options,
		const struct parties *parties, void (*find)(struct unwrap_round *))
{
	struct unwrap_round r = {.text = str_slice(&w->text), .options = options};
	struct brackets b;

	brackets_read(&b, r.text, parties);
	r.b = &b;
	find_lines(&r);
	find(&r);
	u->wrapped = u->wrapped || r.wrapped;
	bool done = apply(u, w, &r);
	free(r.lines);
	free(r.steps);
	brackets_release(&b);
	return done;
}

static int by_begin(const void *a, const void *b)
{
	const struct unwrap_change *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return (x->text > y->text) - (x->text < y->text);
}

static void number_lines(struct unwrapped *u, struct slice text)
{
	size_t line = 1, at = 0;

	if (u->n)
		qsort(u->v, u->n, sizeof(*u->v), by_begin);
	for (size_t i = 0; i < u->n; i++) {
		for (; at < u->v[i].begin; at++)
			line += text.p[at] == '\n';
		u->v[i].line = line;
	}
}

void unwrap(struct unwrapped *u, struct slice text, const struct unwrap_options *options)
{
	struct work w = {.text = STR_INIT};
	struct parties parties;
	bool again = true;

	*u = (struct unwrapped){.text = STR_INIT, .gone = STR_INIT};
	str_add_slice(&w.text, text);
	w.cap = text.len + 1;
	w.origin = mem_array(NULL, w.cap, sizeof(*w.origin));
	for (size_t i = 0; i <= text.len; i++)
		w.origin[i] = i;
	parties_init_regions(&parties);
	for (int round = 0; again && round < ROUNDS_MOST; round++) {
		again = run(u, &w, options, &parties, unwrap_find_artefacts);
		again = run(u, &w, options, &parties, unwrap_find_joints) || again;
		again = run(u, &w, options, &parties, unwrap_find_blank_lines) || again;
	}
	number_lines(u, text);
	u->text = w.text;
	free(w.origin);
	parties_release(&parties);
}

void unwrapped_release(struct unwrapped *u)
{
	str_release(&u->text);
	str_release(&u->gone);
	free(u->v);
	*u = (struct unwrapped){.text = STR_INIT, .gone = STR_INIT};
}

struct unwrap_options unwrap_all(void)
{
	struct unwrap_options all;

	for (int i = 0; i < UNWRAP_REASONS; i++)
		all.use[i] = true;
	return all;
}

const char *unwrap_reason_text(enum unwrap_reason reason)
{
	static const char *const texts[] = {
		[UNWRAP_JOIN] = N_("line end inside a paragraph"),
		[UNWRAP_HYPHEN] = N_("line end after a hyphen"),
		[UNWRAP_BOOKMARK] = N_("bookmark of a converter"),
		[UNWRAP_ATTRIBUTE] = N_("attribute of a converter"),
		[UNWRAP_BREAK] = N_("blanks or a backslash at the end of a line"),
		[UNWRAP_SOFT] = N_("invisible hyphen or blank"),
		[UNWRAP_PAGE] = N_("page number or page break"),
		[UNWRAP_BLANK] = N_("blank line"),
	};

	return texts[reason];
}
