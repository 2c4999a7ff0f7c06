/* SPDX-License-Identifier: MIT */
#include "core/life.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "life_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void life_init(struct life *l)
{
	*l = (struct life){.pool = STR_INIT};
	l->inner = mem_zalloc(sizeof(*l->inner));
}

void life_release(struct life *l)
{
	for (size_t i = 0; l->inner && i < l->inner->n; i++)
		reading_release(&l->inner->versions[i]);
	if (l->inner) {
		for (size_t i = 0; i < l->inner->n_packed; i++)
			free(l->inner->packed[i].points);
		free(l->inner->packed);
		free(l->inner->versions);
		free(l->inner->heads);
	}
	free(l->inner);
	free(l->points);
	free(l->events);
	str_release(&l->pool);
	*l = (struct life){.pool = STR_INIT};
}

static struct reading *version_of(const struct life *l, uint32_t version)
{
	struct reading *r;

	assert(version < l->inner->n);
	r = &l->inner->versions[version];
	assert(r->there);
	return r;
}

uint32_t life_add(struct life *l, const struct life_version *v, const struct parties *parties)
{
	struct life_inner *in = l->inner;
	struct reading none = {.there = true, .plain = true}, now;
	const struct reading *base = v->base == LIFE_NONE ? &none : version_of(l, v->base);
	uint32_t version = (uint32_t)in->n;
	struct match m;

	/* A draft that is deleted for a while is, when it comes back, what it was. */
	if (v->gone)
		reading_make(&now, str_slice(&base->text), parties, base);
	else
		reading_make(&now, v->text, parties, v->base == LIFE_NONE ? NULL : base);
	now.gone = v->gone;
	MEM_GROW(in->versions, in->n, in->cap);
	in->versions[in->n++] = now;
	l->n_versions = in->n;
	/* The table may have moved. */
	base = v->base == LIFE_NONE ? &none : version_of(l, v->base);
	match_make(&m, base, &in->versions[version]);
	life_step(l, version, v, &m, parties);
	match_release(&m);
	if (v->record)
		life_note(l, version, v->record);
	return version;
}

uint32_t life_aside(struct life *l)
{
	struct life_inner *in = l->inner;

	MEM_GROW(in->versions, in->n, in->cap);
	in->versions[in->n++] = (struct reading){.there = false};
	l->n_versions = in->n;
	return (uint32_t)in->n - 1;
}

/* Of what stands in the version: the point that reads so; LIFE_NONE. */
static uint32_t reads_so(const struct reading *r, struct slice text)
{
	for (size_t i = 0; text.len && i < r->n; i++)
		if (slice_equal(life_spot_text(r, &r->spots[i]), text))
			return r->spots[i].point;
	return LIFE_NONE;
}

void life_end(struct life *l, uint32_t newest)
{
	const struct reading *r = version_of(l, newest);
	bool *stands = mem_zalloc(l->n_points + 1);
	uint32_t version = newest;

	for (size_t i = 0; !r->gone && i < r->n; i++)
		stands[r->spots[i].point] = true;
	/* What was said since then is told by version, too. */
	if (l->n_events && l->events[l->n_events - 1].version > version)
		version = l->events[l->n_events - 1].version;
	for (uint32_t i = 0; i < l->n_points; i++) {
		struct life_point *p = &l->points[i];
		uint32_t other;

		if (p->state != LIFE_OPEN || stands[i])
			continue;
		/* Two branches made the same of their own. */
		other = r->gone ? LIFE_NONE : reads_so(r, life_point_text(l, p));
		p->state = other == LIFE_NONE ? LIFE_IS_CLOSED : LIFE_IS_MERGED;
		p->ended = version;
		life_event_add(l, other == LIFE_NONE ? LIFE_CLOSED : LIFE_MERGED, version, i)
			->other = other;
	}
	free(stands);
}

void life_is_of_newest(struct life *l)
{
	for (size_t i = 0; i < l->n_events; i++) {
		struct life_event *e = &l->events[i];

		if (e->kind == LIFE_BORN && e->version == 0) {
			e->kind = LIFE_THERE;
		} else if (e->kind == LIFE_BORN || e->kind == LIFE_SPLIT) {
			e->kind = LIFE_OPENED;
			e->other = LIFE_NONE;
		}
	}
}

void life_forget(struct life *l, uint32_t version)
{
	assert(version < l->inner->n);
	reading_release(&l->inner->versions[version]);
}

bool life_is_there(const struct life *l, uint32_t version)
{
	return version < l->inner->n && l->inner->versions[version].there;
}

/* The point with that id, an open one before others; LIFE_NONE. */
static uint32_t by_id(const struct life *l, struct slice id)
{
	uint32_t found = LIFE_NONE;

	for (uint32_t i = 0; id.len && i < l->n_points; i++)
		if (slice_equal(life_point_id(l, &l->points[i]), id) &&
		    (found == LIFE_NONE || l->points[i].state == LIFE_OPEN))
			found = i;
	return found;
}

static uint32_t by_number(const struct life *l, size_t number)
{
	for (uint32_t i = 0; number && i < l->n_points; i++)
		if (l->points[i].state == LIFE_OPEN && l->points[i].number == number)
			return i;
	return LIFE_NONE;
}

void life_note(struct life *l, uint32_t version, const struct message_record *record)
{
	bool ended = slice_is(record->deferral, "ended");
	struct life_event *e;
	uint32_t point;

	if (record->kind != MESSAGE_DEFERRAL)
		return;
	point = record->id.len ? by_id(l, record->id) : LIFE_NONE;
	if (point == LIFE_NONE)
		point = by_number(l, record->number);
	if (point == LIFE_NONE)
		return;
	e = life_event_add(l, ended ? LIFE_TAKEN_UP : LIFE_DEFERRED, version, point);
	e->recorded = true;
	if (!ended)
		life_keep_text(l, record->deferral, &e->text, &e->text_len);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_position(const struct position *a, const struct position *b)
{
	return a->stance == b->stance && a->strength == b->strength &&
	       a->has_option == b->has_option && a->option == b->option &&
	       same_text(a->source, b->source);
}

void life_position(struct life *l, uint32_t version, uint16_t party,
		   const struct positions *before, const struct positions *after)
{
	for (size_t i = 0; i < after->n; i++) {
		const struct position *p = &after->v[i];
		const struct position *was =
			before ? positions_find(before, slice_of(p->id)) : NULL;
		uint32_t point = by_id(l, slice_of(p->id));
		struct life_event *e;

		if (point == LIFE_NONE || (was && same_position(was, p)))
			continue;
		e = life_event_add(l, LIFE_POSITION, version, point);
		e->party = party;
		e->stance = (unsigned char)p->stance;
		e->strength = (unsigned char)p->strength;
		e->option = p->has_option ? p->option : 0;
		e->recorded = p->has_option;
		life_keep_text(l, slice_of(p->source ? p->source : ""), &e->text, &e->text_len);
		if (p->stance != STANCE_NONE)
			l->points[point].spoken = version;
	}
}

static struct slice pooled(const struct life *l, size_t at, size_t len)
{
	return slice_make(len ? l->pool.p + at : "", len);
}

struct slice life_text(const struct life *l, const struct life_event *e)
{
	return pooled(l, e->text, e->text_len);
}

struct slice life_more(const struct life *l, const struct life_event *e)
{
	return pooled(l, e->more, e->more_len);
}

struct slice life_point_id(const struct life *l, const struct life_point *p)
{
	return pooled(l, p->id, p->id_len);
}

struct slice life_point_text(const struct life *l, const struct life_point *p)
{
	return pooled(l, p->text, p->text_len);
}

size_t life_events_of(const struct life *l, uint32_t point, uint32_t **list)
{
	size_t n = 0, at;

	for (uint32_t i = l->points[point].last; i != LIFE_NONE; i = l->events[i].previous)
		n++;
	*list = mem_array(NULL, n + 1, sizeof(**list));
	at = n;
	for (uint32_t i = l->points[point].last; i != LIFE_NONE; i = l->events[i].previous)
		(*list)[--at] = i;
	return n;
}

size_t life_spots(const struct life *l, uint32_t version, struct life_spot **spots)
{
	const struct reading *r = version_of(l, version);

	*spots = mem_array(NULL, r->n + 1, sizeof(**spots));
	for (size_t i = 0; i < r->n; i++)
		(*spots)[i] = (struct life_spot){r->spots[i].begin, r->spots[i].end,
						 r->spots[i].point};
	return r->n;
}

void life_count(const struct life *l, uint32_t version, struct life_counts *counts)
{
	size_t at;
	uint32_t changed = LIFE_NONE;

	*counts = (struct life_counts){0, 0, 0, 0};
	SORTED_SKIP(at, l->n_events, l->events[at].version < version);
	for (; at < l->n_events && l->events[at].version == version; at++) {
		const struct life_event *e = &l->events[at];

		switch (e->kind) {
		case LIFE_BORN:
		case LIFE_SPLIT:
		case LIFE_OPENED:
			counts->opened++;
			break;
		case LIFE_REOPENED:
			counts->reopened++;
			break;
		case LIFE_RESOLVED:
		case LIFE_CLOSED:
		case LIFE_MERGED:
			counts->resolved++;
			break;
		case LIFE_POSITION:
		case LIFE_DEFERRED:
		case LIFE_TAKEN_UP:
		case LIFE_THERE:
			break;
		default: /* a point's changes come together */
			counts->changed += e->point != changed;
			changed = e->point;
		}
	}
}

const char *life_kind_word(enum life_kind kind)
{
	static const char *const words[] = {
		[LIFE_BORN] = N_("born"),          [LIFE_REWORDED] = N_("reworded"),
		[LIFE_ADDED] = N_("option added"), [LIFE_DROPPED] = N_("option dropped"),
		[LIFE_JOINED] = N_("joined"),      [LIFE_LEFT] = N_("left"),
		[LIFE_MERGED] = N_("merged"),      [LIFE_SPLIT] = N_("split off"),
		[LIFE_DEFERRED] = N_("deferred"),  [LIFE_TAKEN_UP] = N_("taken up again"),
		[LIFE_RESOLVED] = N_("resolved"),  [LIFE_CLOSED] = N_("gone"),
		[LIFE_REOPENED] = N_("reopened"),  [LIFE_POSITION] = N_("position"),
		[LIFE_THERE] = N_("stood there"),  [LIFE_OPENED] = N_("new, or again"),
	};

	return words[kind];
}

bool life_has(const struct life_parties *set, uint16_t party)
{
	return party < LIFE_PARTIES && (set->w[party / 64] >> (party % 64) & 1);
}
