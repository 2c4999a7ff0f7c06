/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Points: options with who wants them, guarded where they would be read as something
 * else, each point read by itself before it is taken. And the reference of a row, with
 * its regions as points.
 */

static uint16_t party_of(const struct work *w, const struct wording *v, size_t i)
{
	return v->codes ? v->who[i] : w->inputs[v->who[i]].party;
}

static void add_codes(struct str *out, const struct work *w, const struct wording *v)
{
	for (size_t i = 0; i < v->n_who; i++) {
		if (i)
			str_add_text(out, ", ");
		str_add_text(out, w->parties->v[party_of(w, v, i)].code);
	}
	str_add_text(out, ":");
}

static bool begins_fence(struct slice s)
{
	s.p += utf8_blanks_at(s.p, s.len);
	return slice_starts(s, "```") || slice_starts(s, "~~~");
}

/* Where an option's text came to stand. */
struct placed {
	size_t begin, end;
	bool guard;
};

/* Appends the point. */
static void build_point(const struct writer *wr, const struct wording *v, size_t n, bool lines,
			struct placed *at, struct str *out)
{
	const struct work *w = wr->w;

	str_add_char(out, '[');
	for (size_t k = 0; k < n; k++) {
		struct slice text = v[k].none ? slice_of(w->no_text) : str_slice(&v[k].text);

		if (lines)
			str_add_slice(out, w->line_end);
		if (k)
			str_add_text(out, lines ? "/" : " / ");
		if (k && lines)
			str_add_slice(out, w->line_end);
		if (v[k].n_who) {
			add_codes(out, w, &v[k]);
			if (lines && begins_fence(text) && !at[k].guard)
				str_add_slice(out, w->line_end);
			else
				str_add_char(out, ' ');
		}
		if (at[k].guard)
			str_add_text(out, "\\ ");
		if (at[k].guard && lines)
			str_add_slice(out, w->line_end);
		at[k].begin = out->len;
		str_add_slice(out, text);
		at[k].end = out->len;
	}
	if (lines)
		str_add_slice(out, w->line_end);
	str_add_char(out, ']');
}

static bool reads_as(const struct work *w, const struct brackets *b, const struct wording *v,
		     const struct placed *at, size_t k)
{
	const struct option *o = &b->options[b->v[0].option + k];

	if (o->n_parties != v->n_who || o->no_text != v->none)
		return false;
	for (size_t i = 0; i < v->n_who; i++)
		if (b->parties[o->party + i] != party_of(w, v, i))
			return false;
	return v->none || (o->begin == at->begin && o->end == at->end);
}

/* Reads a point by itself. Guards what is read as something else; false where all is well. */
static bool guard_more(const struct work *w, struct slice point, const struct wording *v,
		       size_t n, struct placed *at, bool *good)
{
	struct brackets b;
	bool more = false;

	brackets_read(&b, point, w->parties);
	*good = b.n > 0 && b.v[0].begin == 0 && b.v[0].end == point.len &&
		b.points[0].n_brackets == 1;
	if (*good && b.v[0].n_options == n) {
		for (size_t k = 0; k < n; k++) {
			if (reads_as(w, &b, &v[k], &at[k], k))
				continue;
			*good = false;
			more = more || (!at[k].guard && !v[k].none);
			at[k].guard = !v[k].none;
		}
	} else {
		*good = false;
		for (size_t k = 0; k < n; k++) {
			more = more || (!at[k].guard && !v[k].none);
			at[k].guard = !v[k].none;
		}
	}
	brackets_release(&b);
	return more;
}

/* ---- points that need no reading ---- */

/* Bytes that could be read as something else than text: signs, what begins a wide sign or a
 * line, marks of code and labels, colons and parentheses of parties. */
static const bool is_sign[256] = {
	['['] = true, [']'] = true,  ['\\'] = true, ['/'] = true,  ['`'] = true, ['<'] = true,
	['('] = true, [')'] = true,  ['{'] = true,  ['}'] = true,  [':'] = true, ['~'] = true,
	['^'] = true, ['\n'] = true, ['\r'] = true, [0xEF] = true,
};

/* Whether the text begins like the words that stand for no text. */
static bool like_no_text(struct slice s)
{
	static const char *const begins[] = {"delete", "Delete", "no",   "No",
					     "pas",    "Pas",    "sin",  "Sin",
					     "без",    "Без",    "بدون", "无案文"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (slice_starts(s, begins[i]))
			return true;
	return false;
}

/* Whether a text is read as itself, in whatever part of a bracket. */
static bool is_plain_text(struct slice s)
{
	static const char dash[] = "\u2013";

	if (!s.len || utf8_blank_at(s.p, s.len) || utf8_blank_before(s.p, s.len) ||
	    like_no_text(s))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (is_sign[(unsigned char)s.p[i]] ||
		    (s.p[i] == dash[0] && slice_starts(slice_make(s.p + i, s.len - i), dash)))
			return false;
	return true;
}

static bool is_plain_code(const char *code)
{
	const char *p = code;

	while (*p >= 'A' && *p <= 'Z')
		p++;
	/* "TBD" would make a placeholder. */
	return p - code > 1 && !*p && strcmp(code, "TBD") != 0;
}

#define WHO_MOST 16 /* parties of a point that is not read */

/*
 * Whether it cannot be read as anything else than what is meant, so that it need not be read by
 * itself: several wordings, or one of parties, of words that are neither signs nor parties nor
 * no text. Says no wherever that is not plain to see.
 */
static bool needs_no_reading(const struct work *w, const struct wording *v, size_t n)
{
	if (!n || (n == 1 && !v[0].n_who))
		return false;
	for (size_t k = 0; k < n; k++) {
		if (v[k].codes || v[k].n_who > WHO_MOST || (v[k].none && !v[k].n_who))
			return false;
		for (size_t i = 0; i < v[k].n_who; i++)
			if (!is_plain_code(w->parties->v[party_of(w, &v[k], i)].code))
				return false;
		if (!v[k].none && !is_plain_text(str_slice(&v[k].text)))
			return false;
	}
	return true;
}

#define FEW 8 /* options: most points have no more */

bool write_point(struct writer *wr, struct wording *v, size_t n, bool lines)
{
	struct placed few[FEW] = {{0, 0, false}};
	struct placed *at = n > FEW ? mem_zalloc(n * sizeof(*at)) : few;
	struct str point = STR_INIT;
	size_t begin = wr->out.len;
	bool good = !lines && needs_no_reading(wr->w, v, n);

	if (good) {
		build_point(wr, v, n, lines, at, &wr->out);
	} else {
		do {
			str_clear(&point);
			build_point(wr, v, n, lines, at, &point);
		} while (guard_more(wr->w, str_slice(&point), v, n, at, &good));
		if (good)
			str_add_slice(&wr->out, str_slice(&point));
	}
	if (good)
		write_note_point(wr, begin, false);
	str_release(&point);
	if (at != few)
		free(at);
	return good;
}

/* ---- regions ---- */

struct stretch {
	const struct input *in;
	const struct piece *v;
	size_t c, d;
};

static struct stretch stretch_of(const struct regions *r, const struct region *x, size_t k)
{
	if (k == r->n_variants)
		return (struct stretch){r->in, r->ref, x->a, x->b};
	return (struct stretch){r->variants[k].in, r->variants[k].v, x->of[k].c, x->of[k].d};
}

static bool same(const struct stretch *x, const struct stretch *y)
{
	if (x->d - x->c != y->d - y->c)
		return false;
	for (size_t i = 0; i < x->d - x->c; i++)
		if (x->v[x->c + i].key != y->v[y->c + i].key ||
		    (i && x->v[x->c + i].blank != y->v[y->c + i].blank))
			return false;
	return true;
}

struct group {
	struct stretch s;
	uint16_t *who;
	size_t n_who;
};

/* Whoever wants it too, in order; there is room. */
static void add_who(struct group *g, const uint16_t *who, size_t n)
{
	for (size_t i = 0, k; i < n; i++) {
		for (k = g->n_who++; k && g->who[k - 1] > who[i]; k--)
			g->who[k] = g->who[k - 1];
		g->who[k] = who[i];
	}
}

static int first_of(const struct group *g)
{
	return g->who ? g->who[0] : -1;
}

/* What a region is written by, and after it the next: in one piece of memory, but for the
 * wordings' texts. */
struct region_groups {
	struct group *v;
	struct wording *wordings;
	size_t n, most, room; /* room: parties of one group at most */
	uint16_t *who;
};

static void groups_init(struct region_groups *g, const struct regions *r, size_t n_ref_who)
{
	size_t most = r->n_variants + 1, all;

	g->most = most;
	g->room = n_ref_who;
	for (size_t k = 0; k < r->n_variants; k++)
		g->room += r->variants[k].n_who;
	all = most * (sizeof(*g->v) + sizeof(*g->wordings) + g->room * sizeof(*g->who));
	g->v = mem_alloc(all);
	g->wordings = (struct wording *)(g->v + most);
	g->who = (uint16_t *)(g->wordings + most);
	for (size_t i = 0; i < most; i++)
		str_init(&g->wordings[i].text);
}

static void groups_release(struct region_groups *g)
{
	for (size_t i = 0; i < g->most; i++)
		str_release(&g->wordings[i].text);
	free(g->v);
}

/* The group of a stretch, which begins with nobody. */
static struct group *groups_add(struct region_groups *g, const struct stretch *s)
{
	g->v[g->n] = (struct group){.s = *s};
	return &g->v[g->n++];
}

/* Adds who wants a group to it. */
static void groups_join(struct region_groups *g, size_t i, const uint16_t *who, size_t n)
{
	if (n)
		g->v[i].who = g->who + i * g->room;
	add_who(&g->v[i], who, n);
}

/* Wordings that are equal, with all who want them, by the first of these; the reference, which
 * nobody may want, first. */
static void groups_fill(struct region_groups *g, const struct regions *r,
			const struct region *x, bool named, const uint16_t *ref_who,
			size_t n_ref_who)
{
	struct stretch s = stretch_of(r, x, r->n_variants);

	g->n = 0;
	groups_add(g, &s);
	if (named)
		groups_join(g, 0, ref_who, n_ref_who);
	for (size_t k = 0; k < r->n_variants; k++) {
		size_t i = 0;

		s = stretch_of(r, x, k);
		while (i < g->n && !same(&g->v[i].s, &s))
			i++;
		if (i == 0 && !named)
			continue;
		if (i == g->n)
			groups_add(g, &s);
		groups_join(g, i, r->variants[k].who, r->variants[k].n_who);
	}
	/* They are few. */
	for (size_t i = 1, k; i < g->n; i++) {
		struct group one = g->v[i];

		for (k = i; k && first_of(&g->v[k - 1]) > first_of(&one); k--)
			g->v[k] = g->v[k - 1];
		g->v[k] = one;
	}
}

static bool write_region(struct writer *wr, const struct region *x, bool named,
			 const struct region_groups *g)
{
	struct wording *v = g->wordings;
	size_t m = 0;
	bool good;

	for (size_t i = 0; i < g->n; i++) {
		const struct group *one = &g->v[i];
		bool none = one->s.c == one->s.d;
		struct writer inner;

		if (none && (named || x->a == x->b))
			continue;
		write_init(&inner, wr->w, true, wr->escape);
		inner.out = v[m].text;
		str_clear(&inner.out);
		write_pieces(&inner, one->s.in, one->s.v, one->s.c, one->s.d);
		v[m++] = (struct wording){inner.out, one->who, one->n_who, none, false};
	}
	good = write_point(wr, v, m, false);
	if (good && x->id) {
		size_t unused = 0;
		write_give_id(wr, 0, &unused);
	}
	return good;
}

/* The blanks of the first wording that has some, before or after the region. */
static struct slice own_blank(const struct regions *r, const struct region *x, bool before)
{
	for (size_t k = 0; k < r->n_variants; k++) {
		struct stretch s = stretch_of(r, x, k);
		size_t i = before ? s.c : s.d;

		if (s.c == s.d || i == 0 || i >= r->variants[k].n || !s.v[i].blank)
			continue;
		return slice_make(s.in->text.p + s.v[i - 1].end, s.v[i].begin - s.v[i - 1].end);
	}
	return slice_make("", 0);
}

/* The blanks before a piece of the reference, beyond the first one written. */
static struct slice gap_before(const struct regions *r, size_t i, size_t from)
{
	if (i <= from || i >= r->n_ref)
		return slice_make("", 0);
	return slice_make(r->in->text.p + r->ref[i - 1].end,
			  r->ref[i].begin - r->ref[i - 1].end);
}

size_t write_regions(struct writer *wr, const struct regions *r, size_t from, bool named,
		     const uint16_t *ref_who, size_t n_ref_who)
{
	size_t at = from, bad = SIZE_MAX;
	bool spaced = true; /* the blanks before `at` are written */
	struct region_groups g;

	groups_init(&g, r, n_ref_who);
	for (size_t i = 0; i <= r->n; i++) {
		const struct region *x = &r->v[i];
		size_t a = i < r->n ? x->a : r->n_ref;
		struct slice gap, before, after = {"", 0};

		if (a > at) {
			if (!spaced)
				write_bytes(wr, gap_before(r, at, from));
			write_pieces(wr, r->in, r->ref, at, a);
			spaced = false;
		}
		if (i == r->n)
			break;
		gap = before = spaced ? slice_make("", 0) : gap_before(r, a, from);
		if (x->a == x->b) {
			/* The blanks are the base's where it has some, else the party's. */
			before = a > from ? own_blank(r, x, true) : slice_make("", 0);
			after = own_blank(r, x, false);
			if (before.len && gap.len)
				before = gap;
			else if (after.len && gap.len)
				after = gap;
		}
		write_bytes(wr, before);
		groups_fill(&g, r, x, named, ref_who, n_ref_who);
		if (!write_region(wr, x, named, &g)) {
			bad = i;
			break;
		}
		write_bytes(wr, after);
		spaced = x->a == x->b;
		at = x->b;
	}
	groups_release(&g);
	return bad;
}
