/* SPDX-License-Identifier: MIT */
#include "core/moment.h"

#include "core/sorted.h"

#include <stdlib.h>
#include <string.h>

void moment_init(struct moment *m)
{
	memset(m, 0, sizeof(*m));
	str_init(&m->before);
	str_init(&m->after);
	life_init(&m->life);
}

void moment_release(struct moment *m)
{
	str_release(&m->before);
	str_release(&m->after);
	life_release(&m->life);
	free(m->old);
	free(m->new);
	m->old = m->new = NULL;
	m->known = false;
}

void moment_read(struct moment *m, uint32_t version, struct slice before, struct slice after,
		 bool gone, const struct message_record *record, const struct parties *parties)
{
	struct life_version first = {.base = LIFE_NONE, .undoes = LIFE_NONE};
	struct life_version second = {.gone = gone, .undoes = LIFE_NONE, .record = record};

	moment_release(m);
	moment_init(m);
	m->known = true;
	m->version = version;
	str_add_slice(&m->before, before);
	str_add_slice(&m->after, after);
	first.text = str_slice(&m->before);
	second.text = str_slice(&m->after);
	second.base = life_add(&m->life, &first, parties);
	/* The points of a version are those of the life as it is then. */
	m->n_old = life_spots(&m->life, second.base, &m->old);
	m->n_new = life_spots(&m->life, life_add(&m->life, &second, parties), &m->new);
	if (gone)
		m->n_new = 0;
}

/* ---- an event of the life is one of the two texts' */

/* Of a point that comes (back), two texts alone do not know whether it was there once. */
static enum life_kind kind_of(const struct life_event *e)
{
	return e->kind == LIFE_REOPENED || e->kind == LIFE_OPENED ? LIFE_BORN : e->kind;
}

static bool alike(const struct life *a, const struct life_event *x, const struct life *b,
		  const struct life_event *y)
{
	return kind_of(x) == kind_of(y) && x->option == y->option && x->party == y->party &&
	       slice_equal(life_text(a, x), life_text(b, y)) &&
	       slice_equal(life_more(a, x), life_more(b, y));
}

/* The first of a version's events. */
static uint32_t first_event(const struct life *l, uint32_t version)
{
	size_t i;

	SORTED_SKIP(i, l->n_events, l->events[i].version < version);
	return (uint32_t)i;
}

/* Of events that read alike (linked points are decided at once), the one in the same turn. */
static uint32_t same_event(const struct moment *m, const struct life *l, uint32_t event)
{
	const struct life_event *e = &l->events[event];
	size_t turn = 0;

	for (uint32_t i = first_event(l, e->version); i < event; i++)
		turn += alike(l, &l->events[i], l, e);
	for (uint32_t i = first_event(&m->life, 1); i < m->life.n_events; i++)
		if (alike(&m->life, &m->life.events[i], l, e) && turn-- == 0)
			return i;
	return LIFE_NONE;
}

static uint32_t with_id(const struct life *l, struct slice id)
{
	for (uint32_t i = 0; id.len && i < l->n_points; i++)
		if (slice_equal(life_point_id(l, &l->points[i]), id))
			return i;
	return LIFE_NONE;
}

static const struct life_spot *spot_of(const struct life_spot *v, size_t n, uint32_t point)
{
	for (size_t i = 0; point != LIFE_NONE && i < n; i++)
		if (v[i].point == point)
			return &v[i];
	return NULL;
}

bool moment_find(const struct moment *m, const struct life *l, uint32_t event,
		 struct moment_place *place)
{
	const struct life_event *e = &l->events[event];
	const struct life_spot *old, *new;
	uint32_t same, point, was, is;

	if (!m->known || m->version != e->version)
		return false;
	same = same_event(m, l, event);
	point = same != LIFE_NONE ? m->life.events[same].point
				  : with_id(&m->life, life_point_id(l, &l->points[e->point]));
	was = is = point;
	if (same != LIFE_NONE && e->kind == LIFE_MERGED)
		is = m->life.events[same].other;
	if (same != LIFE_NONE && e->kind == LIFE_SPLIT)
		was = m->life.events[same].other;
	old = spot_of(m->old, m->n_old, was);
	new = spot_of(m->new, m->n_new, is);
	if (!old && !new)
		return false;
	*place = (struct moment_place){.was = old, .is = new};
	if (old) {
		place->old_begin = old->begin;
		place->old_end = old->end;
	}
	if (new) {
		place->new_begin = new->begin;
		place->new_end = new->end;
	}
	return true;
}
