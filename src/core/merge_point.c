/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * What both sides changed differently: the wordings there are, each once with all
 * who want it. Where a side has a point already that offers the base wording and
 * others, these are taken out of it: nobody has to decide a point within a point,
 * and the order of several merges makes no difference.
 */

#define KEPT    UINT32_MAX /* instead of an option: the point stays as it is */
#define NO_TEXT (UINT32_MAX - 1)

/* ---- a stretch as it is written ---- */

static const struct point *point_of(const struct input *in, const struct piece *p)
{
	return &in->b.points[brackets_point_from(&in->b, p->begin)];
}

static struct slice gap_before(const struct merge_stretch *st, size_t i)
{
	if (i == st->c)
		return slice_make("", 0);
	return piece_gap(st->in, st->v, i);
}

static bool is_fence_line(struct slice line)
{
	size_t n = 0, run;

	while (n < line.len && n < 3 && line.p[n] == ' ')
		n++;
	for (run = n; run < line.len && line.p[run] == line.p[n]; run++)
		;
	return run - n >= 3 && (line.p[n] == '~' || line.p[n] == '`');
}

void merge_indent_strays(struct str *text, const struct parties *parties)
{
	struct brackets b;
	struct str out = STR_INIT;
	size_t unread = 0;

	if (!text->len ||
	    (!memmem(text->p, text->len, "~~~", 3) && !memmem(text->p, text->len, "```", 3)))
		return;
	brackets_read(&b, str_slice(text), parties);
	for (size_t at = 0; at < text->len;) {
		const char *lf = memchr(text->p + at, '\n', text->len - at);
		size_t end = lf ? (size_t)(lf - text->p) + 1 : text->len;

		while (unread < b.n_unread && b.unread[unread].end <= at)
			unread++;
		if (is_fence_line(slice_make(text->p + at, end - at)) &&
		    (unread == b.n_unread || b.unread[unread].begin > at ||
		     b.unread[unread].kind != UNREAD_FENCE))
			str_add_text(&out, "    ");
		str_add(&out, text->p + at, end - at);
		at = end;
	}
	brackets_release(&b);
	str_release(text);
	*text = out;
}

static void add_units(struct merge *m, struct writer *wr, const struct merge_stretch *st)
{
	struct input *in = st->in;

	for (size_t k = 0; k < st->n_more; k++) {
		struct unit *u = &in->units[st->more[k]];
		const struct piece *v = unit_pieces(&m->w, in, u);
		size_t from = st->more[k] ? in->units[st->more[k] - 1].end : u->begin;

		write_bytes(wr, slice_make(in->text.p + from, u->label - from));
		write_bytes(wr, slice_make(in->text.p + u->label, u->body - u->label));
		write_pieces(wr, in, v, 0, u->n_pieces);
	}
}

/*
 * The stretch with options in place of points. chosen: by piece, from st->c: an index
 * of in->b.options, NO_TEXT or KEPT; NULL: all are kept.
 */
static void write_stretch(struct merge *m, const struct merge_stretch *st,
			  const uint32_t *chosen, bool escape, struct str *out)
{
	struct writer wr;
	size_t at = st->c;
	bool first = true; /* nothing is written yet */

	if (!st->in || st->gone)
		return;
	write_init(&wr, &m->w, true, escape);
	write_bytes(&wr, st->lead);
	while (at < st->d) {
		uint32_t o = chosen ? chosen[at - st->c] : KEPT;
		size_t to = at + 1;

		if (o == NO_TEXT ||
		    (o != KEPT && st->in->b.options[o].begin == st->in->b.options[o].end)) {
			at++;
			continue;
		}
		if (!first)
			write_bytes(&wr, gap_before(st, at));
		first = false;
		if (o != KEPT) {
			const struct option *x = &st->in->b.options[o];

			write_bytes(&wr,
				    slice_make(st->in->text.p + x->begin, x->end - x->begin));
		} else {
			while (to < st->d && (!chosen || chosen[to - st->c] == KEPT))
				to++;
			write_pieces(&wr, st->in, st->v, at, to);
		}
		at = to;
	}
	add_units(m, &wr, st);
	if (escape)
		merge_indent_strays(&wr.out, m->w.parties);
	str_add_slice(out, str_slice(&wr.out));
	str_release(&wr.out);
}

/* ---- points of a side that are taken apart ---- */

/* The piece is a point of one bracket with wordings to choose from. */
static bool offers(const struct merge_stretch *st, const struct piece *p)
{
	const struct point *point;

	if (p->kind != PIECE_POINT)
		return false;
	point = point_of(st->in, p);
	return point->n_brackets == 1 && point->n_options > 0 &&
	       point->kind != KIND_PLACEHOLDER;
}

/* Whether the stretch is one point and nothing else. */
static bool is_point(const struct merge_stretch *st)
{
	return st->in && !st->gone && !st->n_more && !st->lead.len && st->d - st->c == 1 &&
	       offers(st, &st->v[st->c]);
}

static struct slice id_of(const struct merge_stretch *st, const struct piece *p)
{
	return point_id(&st->in->b, point_of(st->in, p), st->in->text);
}

/* What a party takes of a point: the option that lists it, else the first of nobody's. */
static uint32_t take(const struct brackets *b, const struct point *p, uint16_t party)
{
	uint32_t first = NO_TEXT;

	for (size_t k = p->n_options; k-- > 0;)
		if (!b->options[b->point_options[p->option + k]].n_parties)
			first = b->point_options[p->option + k];
	for (size_t k = 0; party != PARTY_NONE && k < p->n_options; k++)
		if (option_lists(b, &b->options[b->point_options[p->option + k]], party))
			return b->point_options[p->option + k];
	return first;
}

/* Whether the base has the point too. */
static bool base_has(const struct merge_stretch *base, const struct piece *p)
{
	for (size_t i = base->c; base->in && i < base->d; i++)
		if (base->v[i].key == p->key)
			return true;
	return false;
}

/* A side whose points are taken apart. */
struct apart {
	const struct merge_stretch *st;
	uint32_t *chosen; /* what nobody takes: see write_stretch() */
	bool escape;
};

/* False where the wording says no more than that of nobody. */
static bool add_wording(struct merge *m, const struct apart *a, const uint32_t *chosen,
			const struct choice *base, uint16_t party, struct choices *to)
{
	struct str written = STR_INIT, text = STR_INIT;
	bool says;

	write_stretch(m, a->st, chosen, a->escape, &written);
	choice_normalise(str_slice(&written), &text);
	says = base ? !slice_equal(str_slice(&text), str_slice(&base->text)) : text.len > 0;
	if (says)
		choice_add_party(choices_add(to, &written), party);
	str_release(&written);
	str_release(&text);
	return says;
}

/* An option that nobody in particular wants, or that a party wants as well as another. */
static void add_option(struct merge *m, const struct apart *a, const struct point *p,
		       const uint32_t *chosen, size_t i, const struct choice *base,
		       struct choices *to)
{
	const struct brackets *b = &a->st->in->b;
	const struct option *o = &b->options[chosen[i]];

	if (!o->n_parties)
		add_wording(m, a, chosen, base, PARTY_NONE, to);
	for (uint32_t j = 0; j < o->n_parties; j++)
		if (take(b, p, b->parties[o->party + j]) != chosen[i])
			add_wording(m, a, chosen, base, b->parties[o->party + j], to);
}

/* The wordings of each party, and those of nobody but the base's. False where a party has
 * none of its own. */
static bool add_wordings(struct merge *m, const struct apart *a, const struct choice *base,
			 struct choices *to)
{
	const struct merge_stretch *st = a->st;
	const struct brackets *b = &st->in->b;
	size_t n = st->d - st->c;
	uint32_t *chosen = mem_array(NULL, n, sizeof(*chosen));
	bool good = true;

	for (uint16_t party = 0; party < m->w.parties->n; party++) {
		bool named = false;

		memcpy(chosen, a->chosen, n * sizeof(*chosen));
		for (size_t i = 0; i < n; i++) {
			const struct point *p;

			if (chosen[i] == KEPT)
				continue;
			p = point_of(st->in, &st->v[st->c + i]);
			chosen[i] = take(b, p, party);
			named = named || chosen[i] != a->chosen[i];
		}
		if (named)
			good = add_wording(m, a, chosen, base, party, to) && good;
	}
	memcpy(chosen, a->chosen, n * sizeof(*chosen));
	for (size_t i = 0; i < n; i++) {
		const struct point *p;

		if (a->chosen[i] == KEPT)
			continue;
		p = point_of(st->in, &st->v[st->c + i]);
		for (size_t k = 0; k < p->n_options; k++) {
			chosen[i] = b->point_options[p->option + k];
			add_option(m, a, p, chosen, i, base, to);
		}
		chosen[i] = a->chosen[i];
	}
	free(chosen);
	return good;
}

/*
 * Takes the points of a side apart, if with what nobody wants in particular it is the
 * base. base NULL: the base has nothing there.
 */
static bool take_apart(struct merge *m, const struct merge_stretch st[3], size_t side,
		       const struct choice *base, bool escape, struct choices *to)
{
	const struct merge_stretch *x = &st[side];
	struct apart a = {.st = x, .escape = escape};
	struct choices own = {.n = 0};
	struct str written = STR_INIT, text = STR_INIT;
	bool any = false, good;

	if (!x->in || x->gone || x->n_more || x->lead.len)
		return false;
	a.chosen = mem_array(NULL, x->d - x->c, sizeof(*a.chosen));
	for (size_t i = x->c; i < x->d; i++) {
		a.chosen[i - x->c] = KEPT;
		if (!offers(x, &x->v[i]) || base_has(&st[0], &x->v[i]))
			continue;
		any = true;
		a.chosen[i - x->c] = take(&x->in->b, point_of(x->in, &x->v[i]), PARTY_NONE);
	}
	write_stretch(m, x, a.chosen, escape, &written);
	choice_normalise(str_slice(&written), &text);
	if (base)
		good = any && slice_equal(str_slice(&text), str_slice(&base->text));
	else
		good = any && (!text.len || (is_point(x) && m->party[side] == PARTY_NONE &&
					     point_of(x->in, &x->v[x->c])->n_options > 1));
	if (good && add_wordings(m, &a, base, &own))
		for (size_t i = 0; i < own.n; i++)
			choices_add_all(to, &own.v[i]);
	else
		good = false;
	choices_release(&own);
	str_release(&text);
	str_release(&written);
	free(a.chosen);
	return good;
}

/* ---- one point changed by both ---- */

/* The options of a point, as they are. */
static void add_options(const struct merge_stretch *st, struct choices *to)
{
	const struct brackets *b = &st->in->b;
	const struct point *p = point_of(st->in, &st->v[st->c]);

	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		struct str written = STR_INIT;
		struct choice *c;

		str_add(&written, st->in->text.p + o->begin, o->end - o->begin);
		c = choices_add(to, &written);
		for (uint32_t i = 0; i < o->n_parties; i++)
			choice_add_party(c, b->parties[o->party + i]);
	}
}

/* Parties of an option: those of both, without what one took out. */
static void merge_parties(const struct choice *base, const struct choice *ours,
			  const struct choice *theirs, struct choice *to)
{
	const struct choice *of[2] = {ours, theirs};

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; of[k] && i < of[k]->n_who; i++) {
			const struct choice *other = of[1 - k];
			uint16_t party = of[k]->who[i];

			if (base && choice_has(base, party) && other &&
			    !choice_has(other, party))
				continue;
			choice_add_party(to, party);
		}
}

/* The base's options that stand, then new ones in byte order. */
static void merge_options(const struct choices of[3], struct choices *out)
{
	struct choices fresh = {.n = 0};

	for (size_t i = 0; i < of[0].n; i++) {
		const struct choice *c = &of[0].v[i];
		const struct choice *x = choices_find(&of[1], c), *y = choices_find(&of[2], c);
		struct str written = STR_INIT;

		/* What one took out and the other did not touch goes. */
		if ((!x && !y) || (!x && y->n_who == c->n_who) || (!y && x->n_who == c->n_who))
			continue;
		str_add_slice(&written, str_slice(&c->written));
		merge_parties(c, x, y, choices_add(out, &written));
	}
	for (size_t k = 1; k <= 2; k++)
		for (size_t i = 0; i < of[k].n; i++)
			if (!choices_find(&of[0], &of[k].v[i]))
				choices_add_all(&fresh, &of[k].v[i]);
	choices_sort(&fresh);
	for (size_t i = 0; i < fresh.n; i++)
		choices_add_all(out, &fresh.v[i]);
	choices_release(&fresh);
}

/* A wording that is no point stands beside the base's options. */
static void add_side(struct merge *m, const struct merge_stretch st[3], size_t side,
		     const struct choices *base, bool escape, struct choices *to)
{
	struct str written = STR_INIT;
	struct choice *there;

	if (is_point(&st[side])) {
		add_options(&st[side], to);
		return;
	}
	for (size_t i = 0; i < base->n; i++)
		choices_add_all(to, &base->v[i]);
	write_stretch(m, &st[side], NULL, escape, &written);
	there = choices_add(to, &written);
	choice_add_party(there, m->party[side]);
}

/* ---- all of it ---- */

/* The id the point keeps; false where there are several. */
static bool find_id(const struct merge_stretch st[3], struct slice *id)
{
	struct slice first = {"", 0};

	*id = slice_make("", 0);
	for (size_t k = 0; k < 3; k++) {
		for (size_t i = st[k].c; st[k].in && i < st[k].d; i++) {
			struct slice x;

			if (st[k].v[i].kind != PIECE_POINT)
				continue;
			x = id_of(&st[k], &st[k].v[i]);
			if (x.len && first.len && !slice_equal(x, first))
				return false;
			if (x.len)
				first = x;
		}
	}
	*id = first;
	return true;
}

/* One wording, whole, with the party of its side, which says nothing where it is the base's. */
static void add_whole(struct merge *m, const struct merge_stretch st[3], size_t side,
		      const struct choice *base, bool escape, struct choices *to)
{
	const struct apart whole = {.st = &st[side], .escape = escape};

	if (st[side].in || st[side].gone)
		add_wording(m, &whole, NULL, base, m->party[side], to);
}

static void collect(struct merge *m, const struct merge_stretch st[3], bool escape,
		    struct choices *out, struct slice *id)
{
	struct choices of[3] = {{.n = 0}, {.n = 0}, {.n = 0}};
	struct str written = STR_INIT;
	struct choice *base = NULL;
	bool one_id = find_id(st, id);

	if (one_id && is_point(&st[0])) {
		add_options(&st[0], &of[0]);
		add_side(m, st, 1, &of[0], escape, &of[1]);
		add_side(m, st, 2, &of[0], escape, &of[2]);
		merge_options(of, out);
	} else {
		bool apart = false;

		if (st[0].in) {
			write_stretch(m, &st[0], NULL, escape, &written);
			base = choices_add(out, &written);
			if (base->none)
				base = NULL;
		}
		for (size_t k = 1; k <= 2; k++) {
			if (one_id && take_apart(m, st, k, base, escape, &of[0]))
				apart = true;
			else
				add_whole(m, st, k, base, escape, &of[0]);
		}
		if (!apart)
			*id = slice_make("", 0);
		choices_sort(&of[0]);
		for (size_t i = 0; i < of[0].n; i++)
			choices_add_all(out, &of[0].v[i]);
	}
	for (size_t k = 0; k < 3; k++)
		choices_release(&of[k]);
}

bool merge_contest(struct merge *m, struct writer *wr, const struct merge_stretch st[3],
		   bool lines, size_t *options)
{
	struct choices list = {.n = 0};
	struct slice id;
	bool good;

	collect(m, st, wr->escape, &list, &id);
	good = choices_write(wr, &list, id, lines);
	*options = list.n;
	choices_release(&list);
	return good;
}
