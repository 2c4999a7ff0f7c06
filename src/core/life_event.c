/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "life_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- keeping */

void life_keep_text(struct life *l, struct slice text, size_t *at, size_t *len)
{
	if (text.len > LIFE_KEEP_MOST) {
		text.len = LIFE_KEEP_MOST;
		while (text.len > 0 && ((unsigned char)text.p[text.len] & 0xC0) == 0x80)
			text.len--;
	}
	*at = l->pool.len;
	*len = text.len;
	str_add_slice(&l->pool, text);
}

struct life_event *life_event_add(struct life *l, enum life_kind kind, uint32_t version,
				  uint32_t point)
{
	struct life_point *p = &l->points[point];
	struct life_event *e;

	MEM_GROW(l->events, l->n_events, l->cap_events);
	e = &l->events[l->n_events];
	*e = (struct life_event){.kind = kind,
				 .version = version,
				 .point = point,
				 .other = LIFE_NONE,
				 .previous = p->last,
				 .party = PARTY_NONE};
	if (p->last == LIFE_NONE || l->events[p->last].version != version)
		p->n_versions++;
	p->last = (uint32_t)l->n_events++;
	return e;
}

static struct life_parties holders_of(const struct reading *r, const struct spot *s)
{
	struct life_parties all = {{0, 0}};

	for (uint32_t i = 0; i < s->n_options; i++)
		life_join_parties(&all, r->options[s->option + i].parties);
	return all;
}

/* What is known of a point from how it stands in a version. */
static void look_at(struct life *l, uint32_t point, const struct reading *r,
		    const struct spot *s)
{
	struct life_point *p = &l->points[point];
	struct slice id = spot_id(r, s);

	p->holders = holders_of(r, s);
	if (id.len && !slice_equal(id, life_point_id(l, p)))
		life_keep_text(l, id, &p->id, &p->id_len);
	life_keep_text(l, life_spot_text(r, s), &p->text, &p->text_len);
}

/* Whether that is what is known of the point; of a long one, its beginning. */
static bool reads_as(const struct life *l, const struct life_point *p, struct slice text)
{
	return p->text_len >= LIFE_KEEP_MOST - 3
		       ? text.len >= p->text_len &&
				 memcmp(text.p, l->pool.p + p->text, p->text_len) == 0
		       : slice_equal(text, life_point_text(l, p));
}

/* ---- a step */

/* The point a new spot is in one of the other parents; *same: just as it stands here. */
static uint32_t in_others(const struct life_step *s, size_t n, bool *same)
{
	uint32_t found = LIFE_NONE;

	*same = false;
	for (size_t i = 0; i < s->n_others && !*same; i++) {
		const struct match *m = &s->others[i];
		const struct spot *o;

		if (m->to_old[n] == LIFE_NONE)
			continue;
		o = &m->old->spots[m->to_old[n]];
		found = o->point;
		*same = slice_equal(spot_bytes(m->old, o),
				    spot_bytes(m->new, &m->new->spots[n]));
	}
	return found;
}

uint32_t life_new_point(struct life *l, uint32_t version)
{
	MEM_GROW(l->points, l->n_points, l->cap_points);
	l->points[l->n_points] = (struct life_point){.born = version,
						     .ended = LIFE_NONE,
						     .last = LIFE_NONE,
						     .spoken = LIFE_NONE,
						     .chain = LIFE_NONE};
	return (uint32_t)l->n_points++;
}

static void appear(struct life_step *s, size_t n)
{
	const struct reading *r = s->m->new;
	struct spot *spot = &r->spots[n];
	struct life_event *e;
	uint32_t from, point;
	bool same;

	point = in_others(s, n, &same);
	if (point != LIFE_NONE) {
		spot->point = point;
		look_at(s->l, point, r, spot);
		return;
	}
	point = life_find_gone(s->l, s->v, r, spot);
	from = point == LIFE_NONE ? life_took_in(s->m, NEW, spot) : LIFE_NONE;
	if (point != LIFE_NONE) {
		e = life_event_add(s->l, LIFE_REOPENED, s->version, point);
	} else {
		point = life_new_point(s->l, s->version);
		e = life_event_add(s->l, from == LIFE_NONE ? LIFE_BORN : LIFE_SPLIT, s->version,
				   point);
		e->other = from;
	}
	spot->point = point;
	s->l->points[point].state = LIFE_OPEN;
	e->parties = holders_of(r, spot);
	e->recorded = s->v->record && s->v->record->kind == MESSAGE_UNDO;
	if (!life_is_nobody(e->parties))
		s->l->points[point].spoken = s->version;
	look_at(s->l, point, r, spot);
	e->text = s->l->points[point].text;
	e->text_len = s->l->points[point].text_len;
}

static void go_on(struct life_step *s, size_t o, size_t n)
{
	const struct spot *old = &s->m->old->spots[o];
	struct spot *new = &s->m->new->spots[n];
	struct life_options c = {s->l, s->version, old->point, s->m->old, s->m->new,
				 old,  new,        NULL,       NULL};
	uint32_t elsewhere;
	bool same;

	new->point = old->point;
	if (slice_equal(spot_bytes(s->m->old, old), spot_bytes(s->m->new, new)))
		return;
	elsewhere = in_others(s, n, &same);
	if (!same || elsewhere != old->point)
		life_options_compare(&c);
	look_at(s->l, new->point, s->m->new, new);
}

void life_step(struct life *l, uint32_t version, const struct life_version *v,
	       const struct match *m, const struct parties *parties)
{
	struct life_step s = {l, version, v, m, NULL, 0, parties};
	struct reading *now = &l->inner->versions[version];

	s.others = mem_zalloc((v->n_others + 1) * sizeof(*s.others));
	for (size_t i = 0; i < v->n_others; i++)
		match_make(&s.others[s.n_others++], &l->inner->versions[v->others[i]], m->new);
	for (size_t n = 0; n < now->n; n++)
		if (m->to_old[n] != LIFE_NONE)
			go_on(&s, m->to_old[n], n);
	/* What went before what came: a point that moved far may be the same. */
	for (size_t o = 0; o < m->old->n; o++)
		if (m->to_new[o] == LIFE_NONE)
			life_vanish(&s, o);
	for (size_t n = 0; n < now->n; n++)
		if (m->to_old[n] == LIFE_NONE)
			appear(&s, n);
	life_vanish_in_others(&s);
	for (size_t n = 0; n < now->n; n++) {
		struct life_point *p = &l->points[now->spots[n].point];

		p->state = LIFE_OPEN;
		p->ended = LIFE_NONE;
		p->number = (uint32_t)n + 1;
		p->depth = now->spots[n].depth;
		/* Another branch, told before this one, may have it otherwise. */
		if (!reads_as(l, p, life_spot_text(now, &now->spots[n])))
			look_at(l, now->spots[n].point, now, &now->spots[n]);
	}
	for (size_t i = 0; i < s.n_others; i++)
		match_release(&s.others[i]);
	free(s.others);
}
