/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/wording.h"
#include "life_impl.h"

#include <stdlib.h>

/* Points that are there no more: decided, merged into another one, or closed with their line.
 */

/* Whether the commit's recorded decision is on that spot. */
static bool is_decided(const struct life_step *s, size_t o)
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
 * been told since. false: none did. */
static bool end_again(struct life *l, uint32_t point)
{
	const struct life_event *e = end_of(l, point);
	struct life_point *p = &l->points[point];

	if (!e)
		return false;
	p->state = e->kind == LIFE_RESOLVED ? LIFE_IS_RESOLVED
		   : e->kind == LIFE_CLOSED ? LIFE_IS_CLOSED
					    : LIFE_IS_MERGED;
	p->ended = e->version;
	return true;
}

/* At a merge: another parent has done away with it. */
static bool is_gone_in_others(const struct life_step *s, uint32_t point)
{
	for (size_t i = 0; i < s->n_others; i++) {
		const struct reading *r = s->others[i].old;
		size_t k = 0;

		while (k < r->n && r->spots[k].point != point)
			k++;
		if (k == r->n)
			return true;
	}
	return false;
}

/* The parties of a trailer: "AFR, EUR". */
static struct life_parties parties_of(const struct life_step *s, struct slice codes)
{
	struct life_parties all = {{0, 0}};
	struct party_list list;

	party_list_recorded(s->parties, codes, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i] < LIFE_PARTIES)
			all.w[list.v[i] / 64] |= UINT64_C(1) << list.v[i] % 64;
	return all;
}

/* Where no decision says who was heard: who asked for what stands there now (option, from 1; 0:
 * no text), and who for something else. New wording was nobody's. */
static void hear_options(const struct life_step *s, const struct spot *spot,
			 struct life_event *e)
{
	const struct reading *r = s->m->old;
	struct life_parties others = {{0, 0}};
	struct str codes = STR_INIT;

	if (!e->option && e->text_len)
		return;
	for (uint32_t i = 0; i < spot->n_options; i++) {
		const struct spot_option *option = &r->options[spot->option + i];
		bool taken = e->option ? i + 1 == e->option : option->no_text;

		life_join_parties(taken ? &e->parties : &others, option->parties);
	}
	for (uint16_t i = 0; i < s->parties->n && i < LIFE_PARTIES; i++)
		if (life_has(&others, i) && !life_has(&e->parties, i))
			str_addf(&codes, "%s%s", codes.len ? ", " : "", s->parties->v[i].code);
	life_keep_text(s->l, str_slice(&codes), &e->more, &e->more_len);
	str_release(&codes);
}

static void end_event(struct life_step *s, size_t o, uint32_t point)
{
	const struct reading *a = s->m->old;
	const struct spot *spot = &a->spots[o];
	struct life_point *p = &s->l->points[point];
	struct slice left = SLICE("");
	struct life_event *e;
	size_t begin, end;
	bool stands = match_left(s->m, spot, &begin, &end), decided = is_decided(s, o);
	uint32_t into = decided ? LIFE_NONE : life_took_in(s->m, OLD, spot);

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

void life_vanish(struct life_step *s, size_t o)
{
	const struct reading *a = s->m->old;
	const struct spot *spot = &a->spots[o];
	struct life_point *p = &s->l->points[spot->point];

	/* Where another parent has done away with it, that was told there. */
	if (!is_gone_in_others(s, spot->point) || !end_again(s->l, spot->point)) {
		end_event(s, o, spot->point);
		p->ended = s->version;
	}
	p->before = spot_before(a, spot);
	p->after = spot_after(a, spot);
	p->number = (uint32_t)o + 1;
	life_keep_gone(s->l, spot->point, spot->hash);
}

void life_vanish_in_others(const struct life_step *s)
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
		struct life_step other = {l, s->version, s->v, m, NULL, 0, s->parties};

		for (size_t o = 0; o < m->old->n; o++) {
			uint32_t point = m->old->spots[o].point, to = m->to_new[o];

			if (here[point] || l->points[point].state != LIFE_OPEN)
				continue;
			if (end_again(l, point))
				continue;
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
