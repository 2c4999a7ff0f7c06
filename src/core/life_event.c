/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"
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

static void join_parties(struct life_parties *to, struct life_parties from)
{
	to->w[0] |= from.w[0];
	to->w[1] |= from.w[1];
}

static struct life_parties holders_of(const struct reading *r, const struct spot *s)
{
	struct life_parties all = {{0, 0}};

	for (uint32_t i = 0; i < s->n_options; i++)
		join_parties(&all, r->options[s->option + i].parties);
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

/* ---- points that are gone, by their wording */

void life_index(struct life *l)
{
	struct life_inner *in = l->inner;

	if (in->n_heads > l->n_points)
		return;
	in->n_heads = in->n_heads ? in->n_heads : 256;
	while (in->n_heads <= l->n_points)
		in->n_heads *= 2;
	in->heads = mem_array(in->heads, in->n_heads, sizeof(*in->heads));
	for (size_t i = 0; i < in->n_heads; i++)
		in->heads[i] = LIFE_NONE;
	for (size_t i = 0; i < l->n_points; i++) {
		struct life_point *p = &l->points[i];
		uint32_t *head = &in->heads[p->hash & (in->n_heads - 1)];

		if (!p->hash)
			continue; /* never ended yet */
		p->chain = *head;
		*head = (uint32_t)i;
	}
}

/* The point is found by this wording from now on. */
static void rehash(struct life *l, uint32_t point, uint64_t hash)
{
	struct life_inner *in = l->inner;
	struct life_point *p = &l->points[point];
	uint32_t *link;

	life_index(l);
	link = &in->heads[p->hash & (in->n_heads - 1)];
	while (*link != LIFE_NONE && *link != point)
		link = &l->points[*link].chain;
	if (*link == point)
		*link = p->chain;
	p->hash = hash;
	link = &in->heads[hash & (in->n_heads - 1)];
	p->chain = *link;
	*link = point;
}

static bool is_over(const struct life_point *p)
{
	return p->state != LIFE_OPEN;
}

/* Which of two points that ended is meant: the one that ended last, whatever order they are
 * found in. */
static uint32_t later(const struct life *l, uint32_t a, uint32_t b)
{
	if (a == LIFE_NONE || b == LIFE_NONE)
		return a == LIFE_NONE ? b : a;
	if (l->points[a].ended != l->points[b].ended)
		return l->points[a].ended > l->points[b].ended ? a : b;
	return a > b ? a : b;
}

/* A point that was there before and is again: by its id, its wording and its place, or because
 * the version takes back the one that decided it. */
static uint32_t find_earlier(const struct life *l, const struct life_version *v,
			     const struct reading *r, const struct spot *s)
{
	const struct life_inner *in = l->inner;
	struct slice id = spot_id(r, s);
	uint32_t i, found = LIFE_NONE, undone = LIFE_NONE;
	uint64_t before, after;

	for (i = 0; id.len && i < l->n_points; i++)
		if (is_over(&l->points[i]) && slice_equal(life_point_id(l, &l->points[i]), id))
			return i;
	if (!in->n_heads)
		return LIFE_NONE;
	before = spot_before(r, s);
	after = spot_after(r, s);
	for (i = in->heads[s->hash & (in->n_heads - 1)]; i != LIFE_NONE;
	     i = l->points[i].chain) {
		const struct life_point *p = &l->points[i];

		if (!is_over(p) || p->hash != s->hash)
			continue;
		if (id.len && p->id_len)
			continue; /* two ids, and not the same */
		if (p->before == before || p->after == after)
			found = later(l, found, i);
		else if (v->undoes != LIFE_NONE && p->ended == v->undoes)
			undone = later(l, undone, i);
	}
	return found != LIFE_NONE ? found : undone;
}

/* ---- a step */

struct step {
	struct life *l;
	uint32_t version;
	const struct life_version *v;
	const struct match *m;
	struct match *others; /* at a merge: from each other parent */
	size_t n_others;
	const struct parties *parties;
};

/* The point a new spot is in one of the other parents; *same: just as it stands here. */
static uint32_t in_others(const struct step *s, size_t n, bool *same)
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

static bool offers_all(const struct reading *a, const struct spot *few, const struct reading *b,
		       const struct spot *many)
{
	for (uint32_t i = 0; i < few->n_options; i++) {
		uint32_t k = 0;

		while (k < many->n_options &&
		       b->options[many->option + k].hash != a->options[few->option + i].hash)
			k++;
		if (k == many->n_options)
			return false;
	}
	return few->n_options > 0;
}

/* The point that a new one was a part of: it had all these options and has them no more. */
static uint32_t split_from(const struct step *s, size_t n)
{
	const struct reading *a = s->m->old, *b = s->m->new;
	const struct spot *new = &b->spots[n];
	uint32_t pair = match_pair_of_new(s->m, new->begin);
	const struct diff_pair *p = pair == DIFF_NONE ? NULL : &s->m->d.pairs[pair];
	size_t end;

	if (!p || p->old == DIFF_NONE)
		return LIFE_NONE;
	end = spot_first_from(a, s->m->head + p->old_end);
	for (size_t o = spot_first_from(a, s->m->head + p->old_begin); o < end; o++) {
		const struct spot *old = &a->spots[o];
		uint32_t to = s->m->to_new[o];

		if (to == LIFE_NONE || old->n_options <= new->n_options)
			continue;
		if (offers_all(b, new, a, old) && !offers_all(b, new, b, &b->spots[to]))
			return old->point;
	}
	return LIFE_NONE;
}

/* The other way round: the point that has taken in the old one's options. */
static uint32_t merged_into(const struct step *s, size_t o)
{
	const struct reading *a = s->m->old, *b = s->m->new;
	const struct spot *old = &a->spots[o];
	uint32_t pair = match_pair_of_old(s->m, old->begin);
	const struct diff_pair *p = pair == DIFF_NONE ? NULL : &s->m->d.pairs[pair];
	size_t end;

	if (!p || p->new == DIFF_NONE)
		return LIFE_NONE;
	end = spot_first_from(b, s->m->head + p->new_end);
	for (size_t n = spot_first_from(b, s->m->head + p->new_begin); n < end; n++) {
		const struct spot *new = &b->spots[n];
		uint32_t from = s->m->to_old[n];

		if (from == LIFE_NONE || new->n_options <= old->n_options)
			continue;
		if (offers_all(a, old, b, new) && !offers_all(a, old, a, &a->spots[from]))
			return new->point;
	}
	return LIFE_NONE;
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

static void appear(struct step *s, size_t n)
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
	point = find_earlier(s->l, s->v, r, spot);
	from = point == LIFE_NONE ? split_from(s, n) : LIFE_NONE;
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

/* ---- points that are there no more */

/* Whether the commit's recorded decision is on that spot. */
static bool is_decided(const struct step *s, size_t o)
{
	const struct message_record *r = s->v->record;
	const struct reading *a = s->m->old;

	if (!r || r->kind != MESSAGE_DECISION || !r->number || r->number > a->n)
		return false;
	return o == r->number - 1 ||
	       (r->linked > 0 && a->spots[o].hash == a->spots[r->number - 1].hash);
}

/* 'option 2, "…"' */
static uint32_t option_of(struct slice decision)
{
	uint32_t n = 0;

	if (!slice_starts(decision, "option "))
		return 0;
	for (size_t i = 7;
	     i < decision.len && i < 12 && decision.p[i] >= '0' && decision.p[i] <= '9'; i++)
		n = 10 * n + (uint32_t)(decision.p[i] - '0');
	return n;
}

/* Which option stands there now; 0: none of them, or no text. */
static uint32_t option_left(const struct reading *r, const struct spot *s, struct slice left)
{
	for (uint32_t i = 0; i < s->n_options && left.len; i++)
		if (slice_equal(wording_trim(spot_wording(r, s, &r->options[s->option + i])),
				left))
			return i + 1;
	return 0;
}

/* The event that ended the point last; NULL where none did. */
static const struct life_event *end_of(const struct life *l, uint32_t point)
{
	for (uint32_t i = l->points[point].last; i != LIFE_NONE; i = l->events[i].previous)
		if (l->events[i].kind == LIFE_RESOLVED || l->events[i].kind == LIFE_CLOSED ||
		    l->events[i].kind == LIFE_MERGED)
			return &l->events[i];
	return NULL;
}

/* As the event that ended it left it: versions of another branch, which had it still, may have
 * been told since. */
static void end_again(struct life *l, uint32_t point)
{
	const struct life_event *e = end_of(l, point);
	struct life_point *p = &l->points[point];

	p->state = e->kind == LIFE_RESOLVED ? LIFE_IS_RESOLVED
		   : e->kind == LIFE_CLOSED ? LIFE_IS_CLOSED
					    : LIFE_IS_MERGED;
	p->ended = e->version;
}

/* At a merge: another parent has done away with it, and that was told there. */
static bool ended_in_others(const struct step *s, uint32_t point)
{
	for (size_t i = 0; i < s->n_others; i++) {
		const struct reading *r = s->others[i].old;
		size_t k = 0;

		while (k < r->n && r->spots[k].point != point)
			k++;
		if (k == r->n && end_of(s->l, point))
			return true;
	}
	return false;
}

/* The parties of a trailer: "AFR, EUR". */
static struct life_parties parties_of(const struct step *s, struct slice codes)
{
	struct life_parties all = {{0, 0}};
	struct party_list list;

	if (!party_list_at(s->parties, codes.p, codes.len, &list))
		return all;
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i] < LIFE_PARTIES)
			all.w[list.v[i] / 64] |= UINT64_C(1) << list.v[i] % 64;
	return all;
}

/* Where no decision says who was heard: who asked for what stands there now (option, from 1; 0:
 * no text), and who for something else. New wording was nobody's. */
static void hear_options(const struct step *s, const struct spot *spot, struct life_event *e)
{
	const struct reading *r = s->m->old;
	struct life_parties others = {{0, 0}};
	struct str codes = STR_INIT;

	if (!e->option && e->text_len)
		return;
	for (uint32_t i = 0; i < spot->n_options; i++) {
		const struct spot_option *option = &r->options[spot->option + i];
		bool taken = e->option ? i + 1 == e->option : option->no_text;

		join_parties(taken ? &e->parties : &others, option->parties);
	}
	for (uint16_t i = 0; i < s->parties->n && i < LIFE_PARTIES; i++)
		if (life_has(&others, i) && !life_has(&e->parties, i))
			str_addf(&codes, "%s%s", codes.len ? ", " : "", s->parties->v[i].code);
	life_keep_text(s->l, str_slice(&codes), &e->more, &e->more_len);
	str_release(&codes);
}

static void end_event(struct step *s, size_t o, uint32_t point)
{
	const struct reading *a = s->m->old;
	const struct spot *spot = &a->spots[o];
	struct life_point *p = &s->l->points[point];
	struct slice left = SLICE("");
	struct life_event *e;
	size_t begin, end;
	bool stands = match_left(s->m, spot, &begin, &end), decided = is_decided(s, o);
	uint32_t into = decided ? LIFE_NONE : merged_into(s, o);

	if (stands)
		left = wording_trim(slice_make(s->m->new->text.p + begin, end - begin));
	if (into != LIFE_NONE) {
		p->state = LIFE_IS_MERGED;
		e = life_event_add(s->l, LIFE_MERGED, s->version, point);
		e->other = into;
		return;
	}
	if (!decided && (!stands || (spot->depth > 1 && !left.len))) {
		p->state = LIFE_IS_CLOSED;
		e = life_event_add(s->l, LIFE_CLOSED, s->version, point);
		e->recorded = s->v->record && s->v->record->kind == MESSAGE_DECISION;
		return;
	}
	p->state = LIFE_IS_RESOLVED;
	e = life_event_add(s->l, LIFE_RESOLVED, s->version, point);
	e->recorded = decided;
	life_keep_text(s->l, left, &e->text, &e->text_len);
	e->option = option_left(a, spot, left);
	if (decided) {
		e->option = option_of(s->v->record->decision);
		e->parties = parties_of(s, s->v->record->supported);
		life_keep_text(s->l, s->v->record->opposed, &e->more, &e->more_len);
	} else {
		hear_options(s, spot, e);
	}
}

static void vanish(struct step *s, size_t o)
{
	const struct reading *a = s->m->old;
	const struct spot *spot = &a->spots[o];
	struct life_point *p = &s->l->points[spot->point];

	if (ended_in_others(s, spot->point)) {
		end_again(s->l, spot->point);
	} else {
		end_event(s, o, spot->point);
		p->ended = s->version;
	}
	p->before = spot_before(a, spot);
	p->after = spot_after(a, spot);
	p->number = (uint32_t)o + 1;
	rehash(s->l, spot->point, spot->hash);
}

/* At a merge: what another parent has and the merge has not, nor the first parent. */
static void vanish_in_others(const struct step *s)
{
	struct life *l = s->l;
	const struct reading *now = s->m->new;
	bool *here;

	if (!s->n_others)
		return;
	here = mem_zalloc(l->n_points * sizeof(*here) + 1);
	for (size_t n = 0; n < now->n; n++)
		here[now->spots[n].point] = true;
	for (size_t i = 0; i < s->n_others; i++) {
		const struct match *m = &s->others[i];
		struct step other = {l, s->version, s->v, m, NULL, 0, s->parties};

		for (size_t o = 0; o < m->old->n; o++) {
			uint32_t point = m->old->spots[o].point, to = m->to_new[o];

			if (here[point] || l->points[point].state != LIFE_OPEN)
				continue;
			if (end_of(l, point)) {
				end_again(l, point);
				continue;
			}
			l->points[point].ended = s->version;
			if (to == LIFE_NONE) {
				end_event(&other, o, point);
				continue;
			}
			/* Both sides made it: here it is the first one's. */
			l->points[point].state = LIFE_IS_MERGED;
			life_event_add(l, LIFE_MERGED, s->version, point)->other =
				now->spots[to].point;
		}
	}
	free(here);
}

static void go_on(struct step *s, size_t o, size_t n)
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
	struct step s = {l, version, v, m, NULL, 0, parties};
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
			vanish(&s, o);
	for (size_t n = 0; n < now->n; n++)
		if (m->to_old[n] == LIFE_NONE)
			appear(&s, n);
	vanish_in_others(&s);
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
