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

/* One more event of an option, by its place in the version that is told of, with its wording.
 */
static struct life_event *tell(struct life_options *c, enum life_kind kind, enum life_side side,
			       uint32_t i)
{
	const struct reading *r = side == NEW ? c->new : c->old;
	const struct spot *s = side == NEW ? c->n : c->o;
	struct life_event *e = life_event_add(c->l, kind, c->version, c->point);

	e->option = i + 1;
	life_keep_text(c->l, spot_wording(r, s, &r->options[s->option + i]), &e->text,
		       &e->text_len);
	return e;
}

static void tell_parties(struct life_options *c, enum life_kind kind, enum life_side side,
			 uint32_t i, struct life_parties who)
{
	for (uint16_t party = 0; party < LIFE_PARTIES && !life_is_nobody(who); party++) {
		if (!life_has(&who, party))
			continue;
		tell(c, kind, side, i)->party = party;
		who.w[party / 64] &= ~(1ULL << (party % 64));
		c->l->points[c->point].spoken = c->version;
	}
}

void life_join_parties(struct life_parties *to, struct life_parties from)
{
	to->w[0] |= from.w[0];
	to->w[1] |= from.w[1];
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
		tell(c, LIFE_ADDED, NEW, k)->parties = b->parties;
		if (!life_is_nobody(b->parties))
			c->l->points[c->point].spoken = c->version;
		return;
	}
	a = old_option(c, c->to_old[k]);
	if (a->hash != b->hash) {
		e = tell(c, LIFE_REWORDED, NEW, k);
		e->parties = b->parties;
		life_keep_text(c->l, spot_wording(c->old, c->o, a), &e->more, &e->more_len);
	}
	tell_parties(c, LIFE_JOINED, NEW, k, without(b->parties, a->parties));
	tell_parties(c, LIFE_LEFT, OLD, c->to_old[k], without(a->parties, b->parties));
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
	for (uint32_t i = 0; i < c->o->n_options; i++)
		if (!c->used[i])
			tell(c, LIFE_DROPPED, OLD, i)->parties = old_option(c, i)->parties;
	free(c->to_old);
	free(c->used);
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

uint32_t life_took_in(const struct match *m, enum life_side side, const struct spot *few)
{
	bool old = side == OLD;
	const struct reading *here = old ? m->old : m->new, *there = old ? m->new : m->old;
	const uint32_t *back = old ? m->to_old : m->to_new;
	uint32_t pair =
		old ? match_pair_of_old(m, few->begin) : match_pair_of_new(m, few->begin);
	const struct diff_pair *p = pair == DIFF_NONE ? NULL : &m->d.pairs[pair];
	size_t end;

	if (!p || (old ? p->new : p->old) == DIFF_NONE)
		return LIFE_NONE;
	end = spot_first_from(there, m->head + (old ? p->new_end : p->old_end));
	for (size_t i = spot_first_from(there, m->head + (old ? p->new_begin : p->old_begin));
	     i < end; i++) {
		const struct spot *many = &there->spots[i];

		if (back[i] == LIFE_NONE || many->n_options <= few->n_options)
			continue;
		if (offers_all(here, few, there, many) &&
		    !offers_all(here, few, here, &here->spots[back[i]]))
			return many->point;
	}
	return LIFE_NONE;
}
