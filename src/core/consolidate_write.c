/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/edit.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/*
 * From pieces and regions to bytes. Outside brackets the base's bytes stand as they
 * are; inside, what would be read as something else is escaped or guarded, and each
 * point is read by itself before it is taken.
 */

void write_init(struct writer *wr, struct work *w, bool inside, bool escape)
{
	*wr = (struct writer){.w = w, .out = STR_INIT, .inside = inside, .escape = escape};
}

/* ---- what parts one point from the next ---- */

static const char *const connectives[] = {"/",   "／",  "or",    "and/or", "ou", "et/ou", "o",
					  "y/o", "или", "и/или", "أو",     "或", NULL};

/* A gap without its blanks; longer ones join nothing. */
static size_t squeeze(const char *p, size_t len, char out[16])
{
	size_t n = 0, blank;

	if (len > 256)
		return SIZE_MAX;
	for (size_t i = 0; i < len;) {
		if ((blank = utf8_blank_at(p + i, len - i)) > 0) {
			i += blank;
			continue;
		}
		if (n == 15)
			return SIZE_MAX;
		out[n++] = p[i++];
	}
	return n;
}

static bool is_connective(struct slice s)
{
	for (size_t i = 0; connectives[i]; i++)
		if (slice_is(s, connectives[i]))
			return true;
	return false;
}

/* Whether points with this between them are read as one. */
static bool joins(const char *p, size_t len)
{
	char gap[16];
	size_t n = squeeze(p, len, gap);
	bool spaced = utf8_blank_at(p, len) > 0 && utf8_blank_before(p, len) > 0;
	struct slice s = {gap, n};

	if (n == 0 || n == SIZE_MAX)
		return n == 0;
	return slice_is(s, "/") || slice_is(s, "／") || slice_is(s, "或") ||
	       (spaced && is_connective(s));
}

/* Whether two gaps could do so once the point between them is decided. */
static bool joins_over(const struct work *w, struct slice first, struct slice point,
		       struct slice second)
{
	char a[16], b[16];
	size_t n = squeeze(first.p, first.len, a), m = squeeze(second.p, second.len, b);
	struct str all = STR_INIT;
	struct brackets read;
	bool found = false;

	/* Where the first gap is empty, an id stands there already. */
	if (n == SIZE_MAX || m == SIZE_MAX || !n || n + m >= 16)
		return false;
	for (size_t i = 0; connectives[i] && !found; i++)
		found = strlen(connectives[i]) > n && memcmp(connectives[i], a, n) == 0;
	if (!found)
		return false;
	found = false;
	brackets_read(&read, point, w->parties);
	for (size_t k = 0; k < read.n_options && !found; k++) {
		const struct option *o = &read.options[k];

		str_clear(&all);
		str_add(&all, a, n);
		str_add(&all, point.p + o->begin, o->end - o->begin);
		str_add(&all, b, m);
		found = is_connective(str_slice(&all));
	}
	brackets_release(&read);
	str_release(&all);
	return found;
}

/* Ends the k-th last point with an id; later places move. */
static void give_id(struct writer *wr, size_t k, size_t *begin)
{
	size_t len = wr->w->temp_id.len;

	if (wr->last[k].id)
		return;
	str_splice(&wr->out, wr->last[k].end, 0, wr->w->temp_id.p, len);
	wr->last[k].end += len;
	wr->last[k].id = true;
	for (size_t i = 0; i < k; i++) {
		wr->last[i].begin += len;
		wr->last[i].end += len;
	}
	*begin += len;
}

void write_note_point(struct writer *wr, size_t begin, bool has_id)
{
	const struct written *last = wr->last;

	bool crosses = memchr(wr->out.p + begin, '\n', wr->out.len - begin) != NULL;

	/* What spans lines is never joined. */
	if (wr->n_points > 1 && !crosses && !last[1].crosses &&
	    joins_over(wr->w, slice_make(wr->out.p + last[1].end, last[0].begin - last[1].end),
		       slice_make(wr->out.p + last[0].begin, last[0].end - last[0].begin),
		       slice_make(wr->out.p + last[0].end, begin - last[0].end)))
		give_id(wr, 1, &begin);
	if (wr->n_points > 0 && !crosses && !last[0].crosses &&
	    joins(wr->out.p + last[0].end, begin - last[0].end))
		give_id(wr, 0, &begin);
	wr->last[2] = wr->last[1];
	wr->last[1] = wr->last[0];
	wr->last[0] = (struct written){begin, wr->out.len, has_id, crosses};
	wr->n_points++;
}

/* ---- pieces ---- */

/* Whether the id of a bracket stays as it is: it is the first input's that has it. */
static bool keeps_id(struct work *w, const struct input *in, const struct bracket *v)
{
	uint32_t key;

	if (v->id == v->id_end)
		return false;
	key = intern_key(w->keys, 'i', slice_make(in->text.p + v->id, v->id_end - v->id));
	return key < w->n_id_owners && w->id_owner[key] != NONE &&
	       &w->inputs[w->id_owner[key]] == in;
}

static void edit_id(struct work *w, const struct input *in, const struct bracket *v,
		    const struct piece *p, struct edits *e)
{
	size_t i = (size_t)(v - in->b.v) + 1;
	bool parts = false;

	if (v->id == v->id_end || keeps_id(w, in, v))
		return;
	/* An id within parts what it ends from the bracket after it. */
	for (; i < in->b.n && in->b.v[i].begin < p->end && !parts; i++)
		parts = in->b.v[i].parent == v->parent && in->b.v[i].begin >= v->end &&
			in->b.v[i].begin - v->end < 16;
	edits_add(e, v->id - 2 - p->begin, v->id_end - v->id + 3, w->temp_id.p,
		  parts ? w->temp_id.len : 0);
}

/* Inside an option a slash with blanks separates: a run of brackets has it without. */
static void edit_joint(const struct input *in, const struct bracket *v, const struct piece *p,
		       struct edits *e)
{
	const struct bracket *next;
	struct slice gap;

	if (v->next == BRACKET_NONE || v->parent != in->b.points[v->point].parent)
		return;
	next = &in->b.v[v->next];
	gap = wording_trim(slice_make(in->text.p + v->end, next->begin - v->end));
	if (!slice_is(gap, "/") && !slice_is(gap, "／"))
		return;
	/* Placeholders stay, and so does what is between them. */
	if (in->b.points[v->point].n_options)
		edits_add(e, v->end - p->begin, next->begin - v->end, gap.p, gap.len);
	else
		edits_add(e, (size_t)(gap.p - in->text.p) - p->begin, 0, "\\", 1);
}

static void edit_guard(const struct input *in, const struct bracket *v, const struct piece *p,
		       struct edits *e)
{
	const struct option *o = &in->b.options[v->option];

	if (!v->n_options || o->guarded || o->no_text || o->own_parties ||
	    v->separator == SEP_MODAL || v->separator == SEP_PARAGRAPH || o->begin == o->end ||
	    o->trailing)
		return;
	edits_add(e, o->begin - p->begin, 0, "\\ ", 2);
}

static void write_own_point(struct writer *wr, const struct input *in, const struct piece *p)
{
	struct slice raw = {in->text.p + p->begin, p->end - p->begin};
	uint32_t first = brackets_point_from(&in->b, p->begin);
	uint32_t last = in->b.points[first].last;
	size_t begin = wr->out.len;
	struct edits e = EDITS_INIT;

	for (size_t i = in->b.points[first].bracket; i < in->b.n && in->b.v[i].begin < p->end;
	     i++) {
		edit_id(wr->w, in, &in->b.v[i], p, &e);
		if (wr->inside && in->b.v[i].point == first)
			edit_joint(in, &in->b.v[i], p, &e);
		if (wr->escape && in->b.v[i].point == first)
			edit_guard(in, &in->b.v[i], p, &e);
	}
	edits_apply(&e, raw, &wr->out);
	edits_release(&e);
	write_note_point(wr, begin, keeps_id(wr->w, in, &in->b.v[last]));
}

static bool is_slash(struct slice s)
{
	return slice_is(s, "/") || slice_is(s, "／");
}

/* Whether after its first byte stands a blank or a line end. */
static bool is_gap(struct slice s)
{
	return s.p[1] == '\n' || s.p[1] == '\r' || utf8_blank_at(s.p + 1, s.len - 1) > 0;
}

/* Whether the character has to be escaped where everything stands for itself. */
static bool needs_escape(const struct writer *wr, const struct input *in, const struct piece *v,
			 size_t i, size_t from, size_t to)
{
	struct slice s = {in->text.p + v[i].begin, v[i].end - v[i].begin};
	struct slice rest = {s.p, in->text.len - v[i].begin};
	bool before = i == from || v[i].blank || v[i - 1].kind == PIECE_LINE;
	bool after = i + 1 == to || v[i + 1].blank || v[i + 1].kind == PIECE_LINE;

	if (slice_is(s, "\\"))
		return wr->inside ? after && (i == from || i + 1 == to)
				  : i + 1 == to && rest.len > 1 && !is_gap(rest);
	if (!wr->inside && !wr->escape)
		return false;
	if (is_slash(s))
		return wr->inside && before && after;
	if (slice_is(s, "<"))
		return slice_starts(rest, "<!--") || slice_starts(rest, "<http") ||
		       slice_starts(rest, "<mailto:");
	return slice_is(s, "[") || slice_is(s, "]") || slice_is(s, "［") || slice_is(s, "］") ||
	       slice_is(s, "`");
}

static void write_literally(struct writer *wr, struct slice raw, bool skipped)
{
	struct str plain = STR_INIT;

	if (skipped)
		wording_plain(&plain, raw);
	else
		str_add_slice(&plain, raw);
	wording_add(&wr->out, str_slice(&plain), wr->inside ? WORDING_SLASHES : WORDING_OPEN,
		    wr->w->parties);
	str_release(&plain);
}

void write_pieces(struct writer *wr, const struct input *in, const struct piece *v, size_t from,
		  size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct slice raw = {in->text.p + v[i].begin, v[i].end - v[i].begin};

		if (i > from)
			str_add(&wr->out, in->text.p + v[i - 1].end, v[i].begin - v[i - 1].end);
		if (v[i].kind == PIECE_POINT) {
			write_own_point(wr, in, &v[i]);
		} else if (v[i].kind == PIECE_WHOLE && wr->escape) {
			write_literally(wr, raw, raw.p[0] == '[' || raw.p[0] == '!');
		} else {
			if (v[i].kind == PIECE_MARK && needs_escape(wr, in, v, i, from, to))
				str_add_char(&wr->out, '\\');
			str_add_slice(&wr->out, raw);
		}
	}
}

void write_bytes(struct writer *wr, struct slice bytes)
{
	str_add_slice(&wr->out, bytes);
}

/* ---- points ---- */

static void add_codes(struct str *out, const struct work *w, const struct wording *v)
{
	for (size_t i = 0; i < v->n_who; i++)
		str_addf(out, "%s%s", i ? ", " : "",
			 w->parties->v[w->inputs[v->who[i]].party].code);
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

static void build_point(const struct writer *wr, const struct wording *v, size_t n, bool lines,
			struct placed *at, struct str *out)
{
	const struct work *w = wr->w;

	str_clear(out);
	str_add_char(out, '[');
	for (size_t k = 0; k < n; k++) {
		struct slice text = v[k].none ? slice_of(w->no_text) : str_slice(&v[k].text);

		if (lines)
			str_add_slice(out, w->line_end);
		if (k)
			str_add_text(out, lines ? "/" : " / ");
		if (k && lines)
			str_add_slice(out, w->line_end);
		if (v[k].who) {
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
		if (b->parties[o->party + i] != w->inputs[v->who[i]].party)
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

bool write_point(struct writer *wr, struct wording *v, size_t n, bool lines)
{
	struct placed *at = mem_zalloc(n * sizeof(*at));
	struct str point = STR_INIT;
	bool good = false;

	do
		build_point(wr, v, n, lines, at, &point);
	while (guard_more(wr->w, str_slice(&point), v, n, at, &good));
	if (good) {
		size_t begin = wr->out.len;

		str_add_slice(&wr->out, str_slice(&point));
		write_note_point(wr, begin, false);
	}
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
		v[m++] = (struct wording){inner.out, g[i].who, g[i].n_who, none};
	}
	good = write_point(wr, v, m, false);
	if (good && x->id) {
		size_t unused = 0;
		give_id(wr, 0, &unused);
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
