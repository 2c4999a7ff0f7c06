/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

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

bool write_point(struct writer *wr, struct wording *v, size_t n, bool lines)
{
	struct placed *at = mem_zalloc(n * sizeof(*at));
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

static int by_index(const void *p, const void *q)
{
	return (int)*(const uint16_t *)p - (int)*(const uint16_t *)q;
}

static void add_who(uint16_t **list, size_t *n, const uint16_t *who, size_t n_who)
{
	*list = mem_array(*list, *n + n_who, sizeof(**list));
	memcpy(*list + *n, who, n_who * sizeof(*who));
	*n += n_who;
	if (*n > n_who)
		qsort(*list, *n, sizeof(**list), by_index);
}

struct group {
	struct stretch s;
	uint16_t *who;
	size_t n_who;
};

/* Wordings that are equal, with all who want them; the reference first. */
static size_t group_stretches(const struct regions *r, const struct region *x, bool named,
			      const uint16_t *ref_who, size_t n_ref_who, struct group *g)
{
	size_t n = 1;

	g[0] = (struct group){.s = stretch_of(r, x, r->n_variants)};
	if (named)
		add_who(&g[0].who, &g[0].n_who, ref_who, n_ref_who);
	for (size_t k = 0; k < r->n_variants; k++) {
		struct stretch s = stretch_of(r, x, k);
		size_t i = 0;

		while (i < n && !same(&g[i].s, &s))
			i++;
		if (i == 0 && !named)
			continue;
		if (i == n)
			g[n++] = (struct group){.s = s};
		add_who(&g[i].who, &g[i].n_who, r->variants[k].who, r->variants[k].n_who);
	}
	return n;
}

static int by_first(const void *p, const void *q)
{
	const struct group *x = p, *y = q;

	return (x->who ? x->who[0] : -1) - (y->who ? y->who[0] : -1);
}

static bool write_region(struct writer *wr, const struct regions *r, const struct region *x,
			 bool named, const uint16_t *ref_who, size_t n_ref_who)
{
	struct group *g = mem_zalloc((r->n_variants + 1) * sizeof(*g));
	struct wording *v = mem_zalloc((r->n_variants + 1) * sizeof(*v));
	size_t n = group_stretches(r, x, named, ref_who, n_ref_who, g), m = 0;
	bool good;

	qsort(g, n, sizeof(*g), by_first);
	for (size_t i = 0; i < n; i++) {
		bool none = g[i].s.c == g[i].s.d;
		struct writer inner;

		if (none && (named || x->a == x->b))
			continue;
		write_init(&inner, wr->w, true, wr->escape);
		write_pieces(&inner, g[i].s.in, g[i].s.v, g[i].s.c, g[i].s.d);
		v[m++] = (struct wording){inner.out, g[i].who, g[i].n_who, none, false};
	}
	good = write_point(wr, v, m, false);
	if (good && x->id) {
		size_t unused = 0;
		write_give_id(wr, 0, &unused);
	}
	for (size_t i = 0; i < m; i++)
		str_release(&v[i].text);
	for (size_t i = 0; i < n; i++)
		free(g[i].who);
	free(v);
	free(g);
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
	size_t at = from;
	bool spaced = true; /* the blanks before `at` are written */

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
		if (!write_region(wr, r, x, named, ref_who, n_ref_who))
			return i;
		write_bytes(wr, after);
		spaced = x->a == x->b;
		at = x->b;
	}
	return SIZE_MAX;
}
