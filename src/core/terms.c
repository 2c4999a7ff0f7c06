/* SPDX-License-Identifier: MIT */
#include "core/terms.h"

#include "rebracket_impl.h"
#include "reword_impl.h"

#include "core/escape.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* The hits that can be done, each with its own offer. */
struct work {
	const struct bracketed *w;
	const struct offer *offer;
	struct fresh *v;
	struct offer *offers;
	size_t n;
	struct terms_done done;
};

/* The innermost bracket around [begin, end); BRACKET_NONE. cut: one begins or ends within. */
static uint32_t bracket_around(const struct brackets *b, size_t begin, size_t end, bool *cut)
{
	size_t from = brackets_from(b, begin);
	uint32_t i = from > 0 ? (uint32_t)from - 1 : BRACKET_NONE;

	*cut = from < b->n && b->v[from].begin < end;
	while (i != BRACKET_NONE && b->v[i].end <= begin)
		i = b->v[i].parent;
	if (i != BRACKET_NONE && (begin < b->v[i].inner || end > b->v[i].inner_end))
		*cut = true;
	return i;
}

static bool touches_unread(const struct brackets *b, size_t begin, size_t end)
{
	size_t unread = brackets_unread_from(b, begin);
	size_t skipped = brackets_skipped_from(b, begin);

	return (unread > 0 && b->unread[unread - 1].end > begin) ||
	       (unread < b->n_unread && b->unread[unread].begin < end) ||
	       (skipped > 0 && b->skipped[skipped - 1].end > begin) ||
	       (skipped < b->n_skipped && b->skipped[skipped].begin < end);
}

static bool has_problem(const struct brackets *b, size_t begin, size_t end)
{
	size_t i;

	SORTED_SKIP(i, b->n_problems, b->problems[i].at < begin);
	return i < b->n_problems && b->problems[i].at < end;
}

/* Whether a backslash before pos escapes what stands at it. */
static bool is_escaped(struct slice draft, size_t pos)
{
	return escape_is_open(draft.p, pos) && escapable_at(draft.p + pos, draft.len - pos) > 0;
}

/* The option of the bracket in whose text the hit lies; NULL: in its signs or parties. */
static const struct option *option_around(const struct brackets *b, uint32_t bracket,
					  size_t begin, size_t end)
{
	const struct bracket *v = &b->v[bracket];

	for (uint32_t i = 0; i < v->n_options; i++) {
		const struct option *o = &b->options[v->option + i];

		if (begin >= o->begin && end <= o->end && !o->trailing)
			return o;
	}
	return NULL;
}

static bool offered_already(const struct bracketed *w, uint32_t point, struct slice with)
{
	const struct point *p = &w->b->points[point];
	bool same = false;

	for (size_t k = 0; k < p->n_options && !same; k++) {
		const struct option *o = point_option(w->b, p, k);
		struct str plain = STR_INIT;

		wording_plain(&plain, (struct slice){w->draft.p + o->begin, o->end - o->begin});
		same = with.len == 0 ? o->no_text
				     : !o->no_text && slice_equal(str_slice(&plain), with);
		str_release(&plain);
	}
	return same;
}

/*
 * Whether the new term can be another option of the bracket whose wording the
 * old one is: then where it goes, and after which slash.
 */
static bool goes_beside(struct work *x, uint32_t bracket, const struct option *o,
			struct fresh *f)
{
	const struct bracketed *w = x->w;
	const struct bracket *v = &w->b->v[bracket];
	size_t end = o->part_end;

	if (f->begin != o->begin || f->end != o->end)
		return false;
	if (reword_has_trailing(w, bracket) && x->offer->n_parties == 0)
		return false;
	end -= utf8_blanks_before(w->draft.p + o->end, end - o->end);
	f->at = end;
	f->point = v->point;
	if (v->separator == SEP_SLASH) {
		f->slash = " / ";
		return true;
	}
	if (v->separator == SEP_MODAL) {
		f->slash = "/";
		return x->offer->n_parties == 0;
	}
	/* Blanks inside it are text, and would be none between slashes. */
	f->slash = " / ";
	return v->separator == SEP_NONE && v->kind == KIND_OPTIONAL && v->inner == o->part &&
	       (o->n_parties > 0 || o->guarded ||
		(o->begin == v->inner && o->end == v->inner_end));
}

/* Looks at one hit; true where there is something to do for it. */
static bool prepare(struct work *x, const struct term_hit *hit, size_t after, struct fresh *f)
{
	const struct bracketed *w = x->w;
	struct slice with = wording_trim(hit->with);
	struct slice old = {w->draft.p + hit->begin, hit->end - hit->begin};
	const struct option *o = NULL;
	uint32_t around;
	bool cut;

	*f = (struct fresh){.begin = hit->begin, .end = hit->end, .slash = " / "};
	if (hit->begin >= hit->end || hit->begin < after) {
		x->done.marks++;
		return false;
	}
	if (touches_unread(w->b, hit->begin, hit->end)) {
		x->done.unread++;
		return false;
	}
	if (slice_equal(old, with)) {
		x->done.same++;
		return false;
	}
	around = bracket_around(w->b, hit->begin, hit->end, &cut);
	if (around != BRACKET_NONE)
		o = option_around(w->b, around, hit->begin, hit->end);
	if (cut || (around != BRACKET_NONE && !o) || memchr(old.p, '\n', old.len) ||
	    has_problem(w->b, hit->begin, hit->end) || is_escaped(w->draft, hit->begin) ||
	    is_escaped(w->draft, hit->end)) {
		x->done.marks++;
		return false;
	}
	f->beside = o && goes_beside(x, around, o, f);
	if (f->beside && offered_already(w, f->point, with)) {
		x->done.same++;
		return false;
	}
	if (!f->beside && o && w->b->v[around].separator == SEP_MODAL) {
		x->done.marks++;
		return false;
	}
	return true;
}

static void count(struct work *x)
{
	for (size_t i = 0; i < x->n; i++) {
		if (x->v[i].bad)
			x->done.unfit++;
		else if (x->v[i].beside)
			x->done.added++;
		else
			x->done.bracketed++;
	}
}

/* Whether those in [from, to) alone can be done. */
static bool works(const struct work *x, size_t from, size_t to, struct edits *e)
{
	for (size_t i = from; i < to; i++)
		x->v[i].id = x->v[i].apart = false;
	return fresh_settle(x->w, x->v + from, to - from, e);
}

/* Gives a guard to those that do not work without, and leaves out those that do not with. */
static void find_bad(const struct work *x, size_t from, size_t to, struct edits *e)
{
	size_t mid = from + (to - from) / 2;

	if (from == to || works(x, from, to, e))
		return;
	if (to - from > 1) {
		find_bad(x, from, mid, e);
		find_bad(x, mid, to, e);
		return;
	}
	x->v[from].bad = x->v[from].beside ||
			 fresh_write(x->w, &x->v[from], WORDING_GUARD, NULL) < 0 ||
			 !works(x, from, to, e);
}

int terms_bracket(const struct bracketed *w, const struct term_hit *hits, size_t n,
		  const struct offer *offer, struct edits *e, struct terms_done *done,
		  struct error *err)
{
	struct work x = {.w = w, .offer = offer};
	size_t after = 0;
	bool good;

	x.v = mem_array(NULL, n + 1, sizeof(*x.v));
	x.offers = mem_array(NULL, n + 1, sizeof(*x.offers));
	for (size_t i = 0; i < n; i++) {
		struct fresh *f = &x.v[x.n];

		if (!prepare(&x, &hits[i], after, f))
			continue;
		after = hits[i].end;
		x.offers[x.n] = *offer;
		x.offers[x.n].text = hits[i].with;
		f->offer = &x.offers[x.n];
		f->alternative = true;
		f->bad = fresh_write(w, f, 0, NULL) < 0;
		x.n++;
	}
	good = works(&x, 0, x.n, e);
	if (!good) {
		find_bad(&x, 0, x.n, e);
		good = works(&x, 0, x.n, e);
	}
	if (good)
		count(&x);
	else
		x.done.unfit += x.n;
	for (size_t i = 0; i < x.n; i++)
		fresh_release(&x.v[i]);
	free(x.v);
	free(x.offers);
	if (done)
		*done = x.done;
	if (x.done.bracketed + x.done.added > 0)
		return 0;
	edits_clear(e);
	return error_set(err, ST_USAGE,
			 N_("there is no place where the new term could be put "
			    "beside the old one"));
}
