/* SPDX-License-Identifier: MIT */
#include "core/project.h"

#include "core/closing.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool lists(const struct brackets *b, const struct option *o, uint16_t party)
{
	for (uint32_t i = 0; i < o->n_parties; i++)
		if (b->parties[o->party + i] == party)
			return true;
	return false;
}

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
			if (party != PARTY_NONE && lists(b, o, party)) {
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
	bool *live; /* by point: it stands inside what is taken */
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

	return t->stays ? last->id != last->id_end : t->begin < t->end;
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
	struct gap gap = {.begin = point_begin(p->b, point), .end = point_end(p->b, point)};

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

/* Takes all live points, the last one first. */
static void take_points(struct projection *p)
{
	for (uint32_t i = (uint32_t)p->b->n_points; i-- > 0;) {
		if (!p->live[i])
			continue;
		if (!p->n_around || p->around[p->n_around - 1].point != i)
			enter_all(p, i);
		leave(p);
	}
}

/* A point is live where every point around it takes the option it stands in. */
static void find_live(struct projection *p)
{
	const struct brackets *b = p->b;

	for (uint32_t i = 0; i < b->n_points; i++) {
		const struct point *point = &b->points[i];
		const struct option *o;

		p->live[i] = true;
		if (point->parent == BRACKET_NONE)
			continue;
		p->live[i] =
			p->live[point->parent] && p->choices[point->parent] != PROJECT_NO_TEXT;
		if (!p->live[i] || p->choices[point->parent] == PROJECT_STAYS)
			continue;
		o = point_option(b, &b->points[point->parent], p->choices[point->parent]);
		p->live[i] =
			point_begin(b, point) >= o->begin && point_begin(b, point) < o->end;
	}
}

static size_t escape_len(const char *p, size_t len)
{
	static const char *const wide[] = {"［", "］", "／"};

	if (len >= 2 && p[1] && strchr("[]/\\`<!", p[1]))
		return 2;
	for (size_t i = 0; i < 3; i++)
		if (len >= 4 && memcmp(p + 1, wide[i], 3) == 0)
			return 4;
	return 0;
}

/* Appends a stretch of the draft without its escapes; what is not read stays as it is. unread:
 * the next such stretch. */
static void add_plain(const struct projection *p, struct range r, size_t *unread,
		      struct str *out)
{
	const struct brackets *b = p->b;
	size_t from = r.begin, at = from, n;

	while (at < r.end) {
		const char *escape = memchr(p->draft.p + at, '\\', r.end - at);
		if (!escape)
			break;
		at = (size_t)(escape - p->draft.p);
		while (*unread < b->n_unread && b->unread[*unread].end <= at)
			++*unread;
		if (*unread < b->n_unread && b->unread[*unread].begin <= at) {
			at = b->unread[*unread].end;
			continue;
		}
		n = escape_len(escape, r.end - at);
		if (n) {
			str_add(out, p->draft.p + from, at - from);
			from = at + 1;
		}
		at += n ? n : 1;
	}
	str_add(out, p->draft.p + from, r.end - from);
}

void project_text(const struct brackets *b, struct slice draft, const uint32_t *choices,
		  struct str *out)
{
	struct projection p = {.b = b, .draft = draft, .choices = choices};
	struct range r;
	uint32_t piece = 0;
	size_t unread = 0;

	p.live = mem_array(NULL, b->n_points, sizeof(*p.live));
	p.around = mem_array(NULL, b->n_points, sizeof(*p.around));
	closing_init(&p.closing, draft);
	find_live(&p);
	take_points(&p);
	add_plain(&p, (struct range){0, p.closing.cursor}, &unread, out);
	while (closing_next(&p.closing, &piece, &r))
		add_plain(&p, r, &unread, out);
	closing_release(&p.closing);
	free(p.live);
	free(p.around);
}
