/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "life_impl.h"

#include <stdlib.h>

/* Which of a point's options are which in two versions, and what became of them. */

#define ALIKE_REWORDED 0.3

struct slice life_spot_text(const struct reading *r, const struct spot *s)
{
	return slice_make(r->text.p + s->begin, s->close);
}

bool life_is_nobody(struct life_parties p)
{
	return !p.w[0] && !p.w[1];
}

static void set_wording(struct life *l, size_t *at, size_t *len, const struct reading *r,
			const struct spot *s, const struct spot_option *o)
{
	life_keep_text(l, spot_wording(r, s, o), at, len);
}

static void party_events(struct life *l, uint32_t version, uint32_t point, enum life_kind kind,
			 struct life_parties who, const struct reading *r, const struct spot *s,
			 uint32_t option)
{
	for (uint16_t i = 0; i < LIFE_PARTIES && !life_is_nobody(who); i++) {
		struct life_event *e;

		if (!life_has(&who, i))
			continue;
		e = life_event_add(l, kind, version, point);
		e->party = i;
		e->option = option + 1;
		set_wording(l, &e->text, &e->text_len, r, s, &r->options[s->option + option]);
		who.w[i / 64] &= ~(1ULL << (i % 64));
		l->points[point].spoken = version;
	}
}

static struct life_parties without(struct life_parties a, struct life_parties b)
{
	return (struct life_parties){{a.w[0] & ~b.w[0], a.w[1] & ~b.w[1]}};
}

static const struct spot_option *old_option(const struct life_options *c, uint32_t i)
{
	return &c->old->options[c->o->option + i];
}

static const struct spot_option *new_option(const struct life_options *c, uint32_t i)
{
	return &c->new->options[c->n->option + i];
}

static bool same_parties(struct life_parties a, struct life_parties b)
{
	return a.w[0] == b.w[0] && a.w[1] == b.w[1];
}

static bool is_reworded(const struct life_options *c, uint32_t i, uint32_t k)
{
	const struct spot_option *a = old_option(c, i), *b = new_option(c, k);
	struct slice x = spot_wording(c->old, c->o, a), y = spot_wording(c->new, c->n, b);

	if (a->no_text || b->no_text)
		return false;
	if (!life_is_nobody(a->parties) && same_parties(a->parties, b->parties))
		return true;
	if (c->o->n_options == 1 && c->n->n_options == 1)
		return true;
	return (i == k || c->o->n_options == c->n->n_options) &&
	       diff_likeness(
		       slice_make(x.p, x.len < LIFE_KEEP_MOST ? x.len : LIFE_KEEP_MOST),
		       slice_make(y.p, y.len < LIFE_KEEP_MOST ? y.len : LIFE_KEEP_MOST)) >=
		       ALIKE_REWORDED;
}

static void pair_options(struct life_options *c, bool equal)
{
	for (uint32_t k = 0; k < c->n->n_options; k++) {
		uint32_t i = 0;

		if (c->to_old[k] != LIFE_NONE)
			continue;
		for (; i < c->o->n_options; i++)
			if (!c->used[i] &&
			    (equal ? old_option(c, i)->hash == new_option(c, k)->hash
				   : is_reworded(c, i, k)))
				break;
		if (i == c->o->n_options)
			continue;
		c->to_old[k] = i;
		c->used[i] = true;
	}
}

static void tell_option(struct life_options *c, uint32_t k)
{
	const struct spot_option *b = new_option(c, k), *a;
	struct life_event *e;

	if (c->to_old[k] == LIFE_NONE) {
		e = life_event_add(c->l, LIFE_ADDED, c->version, c->point);
		e->option = k + 1;
		e->parties = b->parties;
		set_wording(c->l, &e->text, &e->text_len, c->new, c->n, b);
		if (!life_is_nobody(b->parties))
			c->l->points[c->point].spoken = c->version;
		return;
	}
	a = old_option(c, c->to_old[k]);
	if (a->hash != b->hash) {
		e = life_event_add(c->l, LIFE_REWORDED, c->version, c->point);
		e->option = k + 1;
		e->parties = b->parties;
		set_wording(c->l, &e->text, &e->text_len, c->new, c->n, b);
		set_wording(c->l, &e->more, &e->more_len, c->old, c->o, a);
	}
	party_events(c->l, c->version, c->point, LIFE_JOINED, without(b->parties, a->parties),
		     c->new, c->n, k);
	party_events(c->l, c->version, c->point, LIFE_LEFT, without(a->parties, b->parties),
		     c->old, c->o, c->to_old[k]);
}

static void tell_placeholder(struct life_options *c)
{
	struct slice a = life_spot_text(c->old, c->o), b = life_spot_text(c->new, c->n);
	struct life_event *e;

	if (slice_equal(a, b))
		return;
	e = life_event_add(c->l, LIFE_REWORDED, c->version, c->point);
	life_keep_text(c->l, b, &e->text, &e->text_len);
	life_keep_text(c->l, a, &e->more, &e->more_len);
}

void life_options_compare(struct life_options *c)
{
	c->to_old = mem_array(NULL, c->n->n_options + 1, sizeof(*c->to_old));
	c->used = mem_zalloc((c->o->n_options + 1) * sizeof(*c->used));
	for (uint32_t k = 0; k < c->n->n_options; k++)
		c->to_old[k] = LIFE_NONE;
	pair_options(c, true);
	pair_options(c, false);
	if (!c->n->n_options && !c->o->n_options)
		tell_placeholder(c);
	for (uint32_t k = 0; k < c->n->n_options; k++)
		tell_option(c, k);
	for (uint32_t i = 0; i < c->o->n_options; i++) {
		struct life_event *e;

		if (c->used[i])
			continue;
		e = life_event_add(c->l, LIFE_DROPPED, c->version, c->point);
		e->option = i + 1;
		e->parties = old_option(c, i)->parties;
		set_wording(c->l, &e->text, &e->text_len, c->old, c->o, old_option(c, i));
	}
	free(c->to_old);
	free(c->used);
}
