/* SPDX-License-Identifier: MIT */
#include "rebracket_impl.h"

#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>

void fresh_release(struct fresh *f)
{
	str_release(&f->written);
	str_release(&f->other);
	str_release(&f->offered);
}

static bool is_guarded(struct slice s)
{
	return slice_starts(s, "\\ ");
}

/* The alternative, as offered and as it is to be read back. */
static int write_other(const struct bracketed *w, struct fresh *f, struct error *err)
{
	const struct offer *offer = f->offer;
	struct str text = STR_INIT;
	struct brackets b;
	int how = (offer->markup ? WORDING_MARKUP : WORDING_LITERAL) |
		  (f->lines ? WORDING_LINES : 0);
	int status = 0;

	f->no_text = wording_trim(offer->text).len == 0;
	if (f->no_text)
		str_add_text(&text, wording_no_text(offer->language));
	else
		status = wording_escape(offer->text, how, w->parties, &text, err);
	wording_codes(&f->offered, w->parties, offer->parties, offer->n_parties, ", ");
	if (offer->n_parties > 0)
		str_add_text(&f->offered, ": ");
	str_add_slice(&f->offered, str_slice(&text));
	if (is_guarded(str_slice(&text)))
		str_splice(&text, 0, 2, NULL, 0);
	str_add_slice(&f->other, str_slice(&text));
	brackets_read(&b, str_slice(&f->other), w->parties);
	f->nested = (int)b.n_points;
	brackets_release(&b);
	str_release(&text);
	return status;
}

int fresh_write(const struct bracketed *w, struct fresh *f, int how, struct error *err)
{
	struct slice text = {w->draft.p + f->begin, f->end - f->begin};

	str_clear(&f->written);
	str_clear(&f->other);
	str_clear(&f->offered);
	how |= WORDING_MARKUP | (f->lines ? WORDING_LINES : 0);
	f->guard = how & WORDING_GUARD;
	wording_add(&f->written, text, how & ~WORDING_GUARD, w->parties);
	return f->alternative ? write_other(w, f, err) : 0;
}

/* The bracket that ends last before pos, under the same parent; BRACKET_NONE. */
static uint32_t bracket_before(const struct brackets *b, size_t pos)
{
	size_t from = brackets_from(b, pos);
	uint32_t i;

	if (from == 0 || b->v[from - 1].end > pos)
		return BRACKET_NONE;
	i = (uint32_t)from - 1;
	while (b->v[i].parent != BRACKET_NONE && b->v[b->v[i].parent].end <= pos)
		i = b->v[i].parent;
	return i;
}

static void build_one(const struct bracketed *w, const struct fresh *f, struct edits *e)
{
	const char *nl = f->lines ? rebracket_line_end(w->draft, f->begin) : "";
	struct slice text = {w->draft.p + f->begin, f->end - f->begin};
	struct str s = STR_INIT;
	uint32_t before;

	if (f->beside) {
		str_add_text(&s, f->slash);
		str_add_slice(&s, str_slice(&f->offered));
		edits_add(e, f->at, 0, s.p, s.len);
		str_release(&s);
		return;
	}
	before = f->apart ? bracket_before(w->b, f->begin) : BRACKET_NONE;
	if (before != BRACKET_NONE)
		fresh_add_id(e, w->b->v[before].end);
	str_addf(&s, "[%s%s", nl, f->guard ? "\\ " : "");
	edits_add(e, f->begin, 0, s.p, s.len);
	/* Writing adds nothing but backslashes: each is an edit of its own, so that all
	 * that stays is left alone. */
	for (size_t i = 0, k = 0; k < f->written.len; k++) {
		if (i < text.len && f->written.p[k] == text.p[i])
			i++;
		else
			edits_add(e, f->begin + i, 0, "\\", 1);
	}
	str_clear(&s);
	if (f->alternative) {
		if (f->lines)
			str_addf(&s, "%s/%s", nl, nl);
		else if (text.len > 0)
			str_add_text(&s, f->slash);
		str_add_slice(&s, str_slice(&f->offered));
	}
	str_addf(&s, "%s]", nl);
	if (f->id)
		str_add_text(&s, "{#" RECHECK_ID "}");
	edits_add(e, f->end, 0, s.p, s.len);
	str_release(&s);
}

static void build(const struct bracketed *w, const struct fresh *f, size_t n, struct edits *e)
{
	edits_clear(e);
	for (size_t i = 0; i < n; i++)
		if (!f[i].bad)
			build_one(w, &f[i], e);
}

size_t fresh_opening(size_t begin, const struct edits *e)
{
	size_t shift = 0;

	for (size_t i = 0; i < e->n && e->v[i].at <= begin; i++) {
		const struct edit *one = &e->v[i];

		if (one->at == begin && one->len > 0 && e->bytes.p[one->from] == '[')
			break;
		shift += one->len - one->del;
	}
	return begin + shift;
}

static bool is_own_point(const struct recheck *r, const struct fresh *f, const struct edits *e)
{
	uint32_t now = recheck_point_at(&r->b, fresh_opening(f->begin, e));
	size_t k = 0, n = (f->end > f->begin) + f->alternative;
	const struct point *p;
	const struct bracket *v;
	const struct option *o;

	if (now == BRACKET_NONE)
		return false;
	p = &r->b.points[now];
	v = &r->b.v[p->bracket];
	/* Nothing that stood behind the text is taken for its id or parties. */
	if (p->n_brackets != 1 || p->n_options != n ||
	    v->end != v->close + (f->id ? v->id_end - v->id + 3 : 0))
		return false;
	if (f->end > f->begin) {
		o = point_option(&r->b, p, k++);
		if (o->no_text || o->n_parties > 0 ||
		    !slice_equal((struct slice){r->text.p + o->begin, o->end - o->begin},
				 str_slice(&f->written)))
			return false;
	}
	if (!f->alternative)
		return true;
	o = point_option(&r->b, p, k);
	if (!recheck_names(&r->b, o, f->offer->parties, f->offer->n_parties))
		return false;
	return f->no_text ? o->no_text
			  : slice_equal((struct slice){r->text.p + o->begin, o->end - o->begin},
					str_slice(&f->other));
}

/* Whether brackets came together with others: then sets what needs an id. */
static bool comes_together(const struct bracketed *w, const struct recheck *r, struct fresh *f,
			   size_t n, const struct edits *e)
{
	size_t last = SIZE_MAX; /* where the new bracket before it opens */
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t bracket, before;
		const struct point *p;

		if (f[i].bad || f[i].beside)
			continue;
		bracket = recheck_bracket_at(&r->b, fresh_opening(f[i].begin, e));
		if (bracket == BRACKET_NONE) {
			/* "[text](target)" is a link, and is none with an id. */
			if (!f[i].id && f[i].end < w->draft.len && w->draft.p[f[i].end] == '(')
				any = f[i].id = true;
			continue;
		}
		p = &r->b.points[r->b.v[bracket].point];
		if (p->last != bracket && !f[i].id)
			any = f[i].id = true;
		before = p->bracket;
		while (before != bracket && r->b.v[before].next != bracket)
			before = r->b.v[before].next;
		/* One that is new too gets its id by itself. */
		if (before != bracket && !f[i].apart && r->b.v[before].begin != last)
			any = f[i].apart = true;
		last = r->b.v[bracket].begin;
	}
	return any;
}

bool fresh_settle(const struct bracketed *w, struct fresh *f, size_t n, struct edits *e)
{
	uint32_t *grown = mem_zalloc((w->b->n_points + 1) * sizeof(*grown));
	struct recheck r;
	bool good = true;
	int more = 0;

	for (size_t i = 0; i < n; i++) {
		if (f[i].bad)
			continue;
		more += !f[i].beside + f[i].nested;
		if (f[i].beside)
			grown[f[i].point]++;
	}
	build(w, f, n, e);
	recheck_init(&r, w, e);
	if (comes_together(w, &r, f, n, e)) {
		build(w, f, n, e);
		good = fresh_mint_ids(w, e);
		recheck_release(&r);
		recheck_init(&r, w, e);
	}
	for (size_t i = 0; i < n && good; i++)
		good = f[i].bad || f[i].beside || is_own_point(&r, &f[i], e);
	good = good && recheck_others(&r, w, e, 0, 0, more, grown);
	recheck_release(&r);
	free(grown);
	return good;
}
