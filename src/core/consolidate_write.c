/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/edit.h"
#include "core/utf8.h"
#include "core/wording.h"

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
	size_t n = squeeze(first.p, first.len, a), m;
	struct str all = STR_INIT;
	struct brackets read;
	bool found = false;

	/* Where the first gap is empty, an id stands there already. */
	if (n == SIZE_MAX || !n)
		return false;
	for (size_t i = 0; connectives[i] && !found; i++)
		found = connectives[i][0] == a[0] && strlen(connectives[i]) > n &&
			memcmp(connectives[i], a, n) == 0;
	if (!found || (m = squeeze(second.p, second.len, b)) == SIZE_MAX || n + m >= 16)
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

void write_give_id(struct writer *wr, size_t k, size_t *begin)
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
		write_give_id(wr, 1, &begin);
	if (wr->n_points > 0 && !crosses && !last[0].crosses &&
	    joins(wr->out.p + last[0].end, begin - last[0].end))
		write_give_id(wr, 0, &begin);
	write_record_point(wr, begin, has_id);
}

void write_record_point(struct writer *wr, size_t begin, bool has_id)
{
	bool crosses = memchr(wr->out.p + begin, '\n', wr->out.len - begin) != NULL;

	wr->last[2] = wr->last[1];
	wr->last[1] = wr->last[0];
	wr->last[0] = (struct written){begin, wr->out.len, has_id, crosses};
	wr->n_points++;
}

/* ---- pieces ---- */

/* Whether the id of a bracket stays as it is: it is the first input's that has it. */
static bool keeps_id(const struct work *w, const struct input *in, const struct bracket *v)
{
	uint32_t key;

	if (v->id == v->id_end || w->merging)
		return v->id != v->id_end;
	key = intern_find(w->ids, 'i', slice_make(in->text.p + v->id, v->id_end - v->id));
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
			str_add_slice(&wr->out, piece_gap(in, v, i));
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
