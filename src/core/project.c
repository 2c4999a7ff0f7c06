/* SPDX-License-Identifier: MIT */
#include "core/project.h"

#include "core/closing.h"
#include "core/escape.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

void project_choices(const struct brackets *b, uint16_t party, uint32_t *choices)
{
	for (size_t i = 0; i < b->n_points; i++) {
		const struct point *p = &b->points[i];
		uint32_t plain = PROJECT_NO_TEXT;

		choices[i] = p->n_options ? PROJECT_NO_TEXT : PROJECT_STAYS;
		for (uint32_t k = 0; k < p->n_options; k++) {
			const struct option *o = point_option(b, p, k);
			if (!o->n_parties && plain == PROJECT_NO_TEXT)
				plain = k;
			if (party != PARTY_NONE && option_lists(b, o, party)) {
				plain = k;
				break;
			}
		}
		if (p->n_options)
			choices[i] = plain;
	}
}

struct projection {
	const struct brackets *b;
	struct slice draft;
	const uint32_t *choices;
	bool *live;    /* by point: it stands inside what is taken */
	bool plain;    /* escapes go */
	bool escapes;  /* there may be some */
	size_t unread; /* the next stretch in which nothing is read */
	struct project_map *map;
	struct str *out;
	struct closing closing;
	/* The points around the place that is reached, the innermost last. */
	struct around {
		uint32_t point, piece;
	} * around;
	size_t n_around;
};

/* What of the draft stands in place of the point: core/resolve, the same rules. */
struct taken {
	size_t begin, end;
	bool lines; /* blanks at its ends are text, line ends are not */
	bool stays;
};

static struct taken taken_of(const struct projection *p, uint32_t index)
{
	const struct brackets *b = p->b;
	const struct point *point = &b->points[index];
	const struct bracket *v = &b->v[point->last];
	const struct option *o;

	if (p->choices[index] == PROJECT_OPEN)
		return (struct taken){v->end, v->end, false, true};
	if (p->choices[index] == PROJECT_STAYS) /* all but the id */
		return (struct taken){v->begin, v->id == v->id_end ? v->end : v->id - 2, false,
				      true};
	if (p->choices[index] == PROJECT_NO_TEXT)
		return (struct taken){v->begin, v->begin, false, false};
	o = point_option(b, point, p->choices[index]);
	v = &b->v[o->bracket];
	if (o->no_text || o->begin >= o->end)
		return (struct taken){o->begin, o->begin, false, false};
	if (v->separator == SEP_NONE && !o->trailing && !o->guarded && !o->n_parties)
		return (struct taken){v->inner, v->inner_end, true, false};
	return (struct taken){o->begin, o->end, false, false};
}

/* Whether something behind what is taken has to go once all in it is done. */
static bool has_rest(const struct projection *p, const struct taken *t, uint32_t index)
{
	const struct bracket *last = &p->b->v[p->b->points[index].last];

	if (t->stays)
		return p->choices[index] == PROJECT_STAYS && last->id != last->id_end;
	return t->begin < t->end;
}

static void enter(struct projection *p, uint32_t index)
{
	const struct point *point = &p->b->points[index];
	const struct bracket *last = &p->b->v[point->last];
	struct taken t = taken_of(p, index);
	struct around *a = &p->around[p->n_around++];

	*a = (struct around){index, 0};
	if (has_rest(p, &t, index))
		a->piece = closing_enter(&p->closing, t.end,
					 t.stays ? last->id_end + 1 : point_end(p->b, point));
}

static void leave(struct projection *p)
{
	struct around a = p->around[--p->n_around];
	const struct point *point = &p->b->points[a.point];
	uint32_t parent = p->b->v[point->bracket].parent;
	struct taken t = taken_of(p, a.point);
	struct gap gap = {.begin = point_begin(p->b, point),
			  .end = point_end(p->b, point),
			  .plain = p->plain};

	gap.slashes = parent != BRACKET_NONE && p->b->v[parent].separator == SEP_SLASH;
	if (!has_rest(p, &t, a.point)) {
		if (!t.stays)
			closing_take(&p->closing, &gap);
	} else if (t.stays) {
		closing_forget(&p->closing, a.piece);
	} else {
		closing_leave(&p->closing, a.piece, t.begin, t.lines, &gap);
	}
}

/* Enters the point, those around it first; none that is entered already. */
static void enter_all(struct projection *p, uint32_t index)
{
	uint32_t top = p->n_around ? p->around[p->n_around - 1].point : BRACKET_NONE;
	size_t n = 0, first = p->n_around;

	for (uint32_t i = index; i != top; i = p->b->points[i].parent)
		p->around[first + n++].point = i;
	for (size_t k = 0; k < n / 2; k++) {
		uint32_t swap = p->around[first + k].point;
		p->around[first + k].point = p->around[first + n - 1 - k].point;
		p->around[first + n - 1 - k].point = swap;
	}
	for (size_t k = 0; k < n; k++)
		enter(p, p->around[first + k].point);
}

/* What is neither a blank nor a line end nor a part of one. */
static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

/* Takes a point that nothing live stands in, where there is nothing to trim: enter() and
 * leave() in one. False where it is not that plain. */
static bool take_plain(struct projection *p, uint32_t index)
{
	const struct point *point = &p->b->points[index];
	struct range keep;
	struct taken t;
	struct gap gap;

	if (!p->plain || point->parent != BRACKET_NONE)
		return false;
	t = taken_of(p, index);
	if (t.stays || t.begin >= t.end || !is_graphic(p->draft.p[t.begin]) ||
	    !is_graphic(p->draft.p[t.end - 1]))
		return false;
	keep = (struct range){t.begin, t.end};
	gap = (struct gap){.begin = point_begin(p->b, point),
			   .end = point_end(p->b, point),
			   .keep = &keep,
			   .n_keep = 1,
			   .plain = true};
	closing_take(&p->closing, &gap);
	return true;
}

/* Takes all live points, the last one first. */
static void take_points(struct projection *p)
{
	for (uint32_t i = (uint32_t)p->b->n_points; i-- > 0;) {
		if (!p->live[i])
			continue;
		if (!p->n_around && take_plain(p, i))
			continue;
		if (!p->n_around || p->around[p->n_around - 1].point != i)
			enter_all(p, i);
		leave(p);
	}
}

void project_live(const struct brackets *b, const uint32_t *choices, bool *live)
{
	for (uint32_t i = 0; i < b->n_points; i++) {
		const struct point *point = &b->points[i];
		const struct option *o;
		uint32_t around;

		live[i] = true;
		if (point->parent == BRACKET_NONE)
			continue;
		around = choices[point->parent];
		live[i] = live[point->parent] && around != PROJECT_NO_TEXT;
		if (!live[i] || around == PROJECT_STAYS || around == PROJECT_OPEN)
			continue;
		o = point_option(b, &b->points[point->parent], around);
		live[i] = point_begin(b, point) >= o->begin && point_begin(b, point) < o->end;
	}
}

/* ---- writing */

static void add(struct projection *p, size_t begin, size_t end)
{
	struct project_map *m = p->map;

	if (m && begin < end) {
		MEM_GROW(m->v, m->n, m->cap);
		m->v[m->n++] = (struct project_span){begin, p->out->len, end - begin};
	}
	str_add(p->out, p->draft.p + begin, end - begin);
}

/* Whether a point ends before the bytes [at, end) and another begins after them, blanks aside.
 */
static bool between_points(const struct projection *p, size_t at, size_t end)
{
	const struct brackets *b = p->b;
	struct slice d = p->draft;
	size_t before = at - utf8_blanks_before(d.p, at);
	size_t after = end + utf8_blanks_at(d.p + end, d.len - end);
	uint32_t one = before ? brackets_point_at(b, before - 1) : BRACKET_NONE;
	uint32_t other = brackets_point_at(b, after);

	return one != BRACKET_NONE && other != BRACKET_NONE &&
	       point_end(b, &b->points[one]) == before &&
	       point_begin(b, &b->points[other]) == after;
}

/*
 * Whether only an outermost bracket that is taken needed the backslash there:
 * before a slash, outside all that stay, and not between two (FORMAT.md, "What a
 * decision does").
 */
static bool is_spare(const struct projection *p, size_t at, size_t len)
{
	uint32_t i = brackets_point_at(p->b, at);

	if (p->draft.p[at + 1] != '/' && len != 4)
		return false;
	if (len == 4 && !slice_starts(slice_make(p->draft.p + at + 1, 3), "／"))
		return false;
	if (i == BRACKET_NONE || between_points(p, at, at + len))
		return false;
	for (; i != BRACKET_NONE; i = p->b->points[i].parent)
		if (p->choices[i] == PROJECT_OPEN || p->choices[i] == PROJECT_STAYS)
			return false;
	return true;
}

/* Appends a stretch of the draft without the escapes that go; what is not read stays as it is.
 */
static void add_stretch(struct projection *p, struct range r)
{
	const struct brackets *b = p->b;
	size_t from = r.begin, at = from, n;

	while (p->escapes && at < r.end) {
		const char *escape = memchr(p->draft.p + at, '\\', r.end - at);
		if (!escape)
			break;
		at = (size_t)(escape - p->draft.p);
		while (p->unread < b->n_unread && b->unread[p->unread].end <= at)
			p->unread++;
		if (p->unread < b->n_unread && b->unread[p->unread].begin <= at) {
			at = b->unread[p->unread].end;
			continue;
		}
		n = escape_at(escape, r.end - at);
		if (n && (p->plain || is_spare(p, at, n))) {
			add(p, from, at);
			from = at + 1;
		}
		at += n ? n : 1;
	}
	add(p, from, r.end);
}

static void write_all(struct projection *p)
{
	struct range r;
	uint32_t piece = 0;

	p->around = mem_array(NULL, p->b->n_points, sizeof(*p->around) + sizeof(*p->live));
	p->live = (bool *)(p->around + p->b->n_points);
	p->escapes = p->draft.len && memchr(p->draft.p, '\\', p->draft.len);
	closing_init(&p->closing, p->draft);
	/* One before each point and one within it. */
	closing_reserve(&p->closing, 2 * p->b->n_points);
	project_live(p->b, p->choices, p->live);
	take_points(p);
	add_stretch(p, (struct range){0, p->closing.cursor});
	while (closing_next(&p->closing, &piece, &r))
		add_stretch(p, r);
	closing_release(&p->closing);
	free(p->around);
}

void project_plain(const struct brackets *b, struct slice draft, const uint32_t *choices,
		   struct project_map *map, struct str *out)
{
	struct projection p = {.b = b,
			       .draft = draft,
			       .choices = choices,
			       .plain = true,
			       .map = map,
			       .out = out};

	write_all(&p);
}

void project_text(const struct brackets *b, struct slice draft, const uint32_t *choices,
		  struct str *out)
{
	project_plain(b, draft, choices, NULL, out);
}

void project_draft(const struct brackets *b, struct slice draft, const uint32_t *choices,
		   struct project_map *map, struct str *out)
{
	struct projection p = {
		.b = b, .draft = draft, .choices = choices, .map = map, .out = out};

	write_all(&p);
}

/* ---- where things are */

void project_map_release(struct project_map *map)
{
	free(map->v);
	*map = (struct project_map){NULL, 0, 0};
}

size_t project_map_from(const struct project_map *map, size_t pos)
{
	size_t i;

	SORTED_SKIP(i, map->n, map->v[i].from + map->v[i].len <= pos);
	return i;
}

size_t project_place(const struct project_map *map, size_t pos)
{
	size_t low = project_map_from(map, pos);

	if (low == map->n)
		return low ? map->v[low - 1].at + map->v[low - 1].len : 0;
	return map->v[low].at + (pos > map->v[low].from ? pos - map->v[low].from : 0);
}

size_t project_origin(const struct project_map *map, size_t at)
{
	size_t low;

	SORTED_SKIP(low, map->n, map->v[low].at + map->v[low].len <= at);
	if (low == map->n)
		return low ? map->v[low - 1].from + map->v[low - 1].len : 0;
	return map->v[low].from + (at > map->v[low].at ? at - map->v[low].at : 0);
}

struct range project_taken(const struct brackets *b, const uint32_t *choices, uint32_t point)
{
	struct projection p = {.b = b, .choices = choices};
	struct taken t = taken_of(&p, point);

	if (choices[point] == PROJECT_OPEN || choices[point] == PROJECT_STAYS)
		return (struct range){point_begin(b, &b->points[point]),
				      point_end(b, &b->points[point])};
	return (struct range){t.begin, t.end};
}
