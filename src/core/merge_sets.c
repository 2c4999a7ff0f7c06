/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

/* The wordings of a place, as sets of changes that agree. */

/* ---- the largest sets that agree ---- */

/* taken: in the set; open: may still be; closed: could have been, but were tried before. False
 * where there are too many. */
static bool search(struct wordings *w, uint32_t taken, uint32_t open, uint32_t closed)
{
	uint32_t tried = open;

	if (!open && !closed) {
		if (w->n_sets == SETS_MOST)
			return false;
		w->set[w->n_sets++] = taken;
		return true;
	}
	/* Nothing is left out unless something that clashes with it is taken. */
	for (size_t i = 0; i < w->n; i++)
		if ((closed & 1u << i) && !(w->clash[i] & open))
			return true;
	for (size_t i = 0; i < w->n; i++) {
		uint32_t bit = 1u << i;

		if (!(tried & bit))
			continue;
		if (!search(w, taken | bit, open & ~bit & ~w->clash[i], closed & ~w->clash[i]))
			return false;
		open &= ~bit;
		closed |= bit;
		/* Whatever agrees with the first is in a set with it, or with what clashes. */
		if (!w->clash[i])
			break;
	}
	return true;
}

/* ---- where there are too many ---- */

/* Adds the set with all that agrees with it, the first first; nothing where it does not agree
 * itself, or is in one that is there. */
static void add_largest(struct wordings *w, uint32_t set)
{
	uint32_t clash = 0;

	for (size_t i = 0; i < w->n; i++)
		clash |= set & 1u << i ? w->clash[i] : 0;
	for (size_t i = 0; i < w->n_sets; i++)
		if (!(set & ~w->set[i]))
			return;
	if (!set || (set & clash) || w->n_sets == SETS_MOST)
		return;
	for (size_t i = 0; i < w->n; i++)
		if (!(clash & 1u << i)) {
			set |= 1u << i;
			clash |= w->clash[i];
		}
	w->set[w->n_sets++] = set;
}

static int bit_of(const struct wordings *w, uint32_t change)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->change[i] == change)
			return (int)i;
	return -1;
}

uint32_t set_of_speech(const struct said *s, const struct wordings *w, const struct speech *x)
{
	uint32_t set = 0;

	for (size_t i = 0; i < x->n; i++) {
		int bit = bit_of(w, s->list[x->first + i]);

		set |= bit < 0 ? 0 : 1u << bit;
	}
	return set;
}

uint32_t set_of_side(const struct said *s, const struct wordings *w, size_t k)
{
	const struct said_side *side = &s->side[k];
	uint32_t set = 0;

	for (size_t i = 0; i < side->n_segments; i++) {
		const struct segment *x = &side->segments[i];
		int bit;

		if (x->change == NONE || x->b < w->a || x->a > w->b)
			continue;
		bit = bit_of(w, x->change);
		set |= bit < 0 ? 0 : 1u << bit;
	}
	return set;
}

static bool is_of(const struct speech *x, uint16_t party)
{
	for (size_t i = 0; i < x->n_who; i++)
		if (x->who[i] == party)
			return true;
	return false;
}

/* What a party wants: of each point what is in all of the wordings that name it. */
static uint32_t set_of_party(const struct said *s, const struct wordings *w, uint16_t party)
{
	uint32_t set = 0;

	for (size_t k = 1; k <= 2; k++)
		set |= s->m->party[k] == party ? set_of_side(s, w, k) : 0;
	for (size_t i = 0; i < s->n_offers; i++) {
		const struct offer *o = &s->offers[i];
		uint32_t own = UINT32_MAX;

		for (size_t j = o->speech; j < o->speech + o->n; j++)
			if (is_of(&s->speeches[j], party))
				own &= set_of_speech(s, w, &s->speeches[j]);
		set |= own == UINT32_MAX ? 0 : own;
	}
	return set;
}

bool wordings_find(const struct said *s, struct wordings *w)
{
	uint32_t all, found = 0;

	if (w->n > SAID_MOST)
		return false;
	all = (uint32_t)((1ull << w->n) - 1);
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = 0; j < w->n; j++)
			if (i != j &&
			    changes_clash(&s->changes[w->change[i]], &s->changes[w->change[j]]))
				w->clash[i] |= 1u << j;
	if (search(w, 0, all, 0))
		return true;
	w->n_sets = 0;
	for (uint16_t party = 0; party < s->m->w.parties->n; party++)
		add_largest(w, set_of_party(s, w, party));
	for (size_t i = 0; i < w->n; i++)
		add_largest(w, 1u << i);
	for (size_t i = 0; i < w->n_sets; i++)
		found |= w->set[i];
	return found == all;
}
