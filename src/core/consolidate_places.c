/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/*
 * Where the new paragraphs of different parties stand. Each party has been aligned with
 * the base alone; here it is seen what they have in common. A wording that one party puts
 * in a paragraph's place, and another adds beside it, is new for both: else it would stand
 * in two points. And what one party has before a paragraph, another after it because it
 * drops that paragraph, goes to one place, so that both are aligned with each other.
 */

/* Units [from, to) of a party that are none of the base's; they could stand before any of
 * the base's [lo, hi] and keep their order. */
struct run {
	size_t party; /* the input's index */
	uint32_t from, to, lo, hi, slot;
};

struct runs {
	struct run *v;
	size_t n, cap;
};

/* The runs of one party, in order. open: paragraphs that are rewritten count as new. */
static void find_runs(struct runs *r, const struct work *w, const struct aligned *al,
		      size_t party, bool open)
{
	uint32_t n = (uint32_t)w->inputs[party].n, lo = 0;

	for (uint32_t j = 0, to; j < n; j = to) {
		const uint32_t *partner = al->partner;

		for (to = j; to < n && (partner[to] == NONE || (open && al->rewritten[to]));)
			to++;
		if (to > j) {
			uint32_t hi = to < n ? partner[to] : (uint32_t)w->inputs[0].n;

			MEM_GROW(r->v, r->n, r->cap);
			r->v[r->n++] = (struct run){party, j, to, lo, hi, hi};
		}
		if (to < n)
			lo = partner[to++] + 1;
	}
}

/* What a unit of one run has in another party's run: something like itself. */
struct meeting {
	uint32_t late, unit, early; /* runs, and the unit of the first */
	uint32_t hi;                /* of the first */
};

struct meetings {
	struct meeting *v;
	size_t n, cap;
};

/* One look at all runs. */
struct look {
	struct work *w;
	const struct aligned *al;
	struct runs runs;
	size_t *first; /* by party: its first run; one more: their number */
	size_t *at;    /* by party: the first run that can still meet the run in hand */
	bool open;
	size_t budget; /* of units: texts that have nothing in common cost no more */
	struct side_line *mine, *theirs;
	uint32_t *run, *partner; /* by theirs; by mine */
	bool *moved;
	size_t n_mine, n_theirs;
	struct meetings found;
};

static void look_init(struct look *l, struct work *w, const struct aligned *al, bool open)
{
	size_t most = 0;

	*l = (struct look){.w = w, .al = al, .open = open};
	l->first = mem_array(NULL, w->n + 1, sizeof(*l->first));
	l->at = mem_array(NULL, w->n + 1, sizeof(*l->at));
	for (size_t i = 1; i < w->n; i++) {
		l->first[i] = l->at[i] = l->runs.n;
		find_runs(&l->runs, w, &al[i], i, open);
		most = w->inputs[i].n > most ? w->inputs[i].n : most;
		l->budget += 16 * w->inputs[i].n;
	}
	l->first[w->n] = l->runs.n;
	l->mine = mem_array(NULL, most, sizeof(*l->mine));
	l->theirs = mem_array(NULL, most, sizeof(*l->theirs));
	l->run = mem_array(NULL, most, sizeof(*l->run));
	l->partner = mem_array(NULL, most, sizeof(*l->partner));
	l->moved = mem_array(NULL, most, sizeof(*l->moved));
}

static void look_release(struct look *l)
{
	free(l->first);
	free(l->at);
	free(l->mine);
	free(l->theirs);
	free(l->run);
	free(l->partner);
	free(l->moved);
	free(l->runs.v);
	free(l->found.v);
}

/* What is new, whatever its place: what came from elsewhere is not. */
static bool is_new(const struct look *l, const struct run *r, uint32_t unit)
{
	return l->al[r->party].partner[unit] == NONE && !l->w->inputs[r->party].moved[unit];
}

static void pick_mine(struct look *l, const struct run *r)
{
	struct input *in = &l->w->inputs[r->party];

	l->n_mine = 0;
	/* Only where a party drops paragraphs can it stand in more than one place. */
	if (!l->open && r->lo == r->hi)
		return;
	for (uint32_t j = r->from; j < r->to; j++)
		if (l->open ? l->al[r->party].rewritten[j] : is_new(l, r, j))
			l->mine[l->n_mine++] = (struct side_line){in, j};
}

/* What party k has as new where the run could stand (open), or just before where it does. */
static void pick_theirs(struct look *l, const struct run *r, size_t k)
{
	struct input *in = &l->w->inputs[k];

	l->n_theirs = 0;
	while (l->at[k] < l->first[k + 1] && l->runs.v[l->at[k]].hi < r->lo)
		l->at[k]++;
	for (size_t y = l->at[k]; y < l->first[k + 1]; y++) {
		const struct run *other = &l->runs.v[y];

		if (l->open ? other->lo > r->hi : other->hi >= r->hi)
			break;
		for (uint32_t j = other->from; j < other->to; j++) {
			if (!is_new(l, other, j))
				continue;
			l->run[l->n_theirs] = (uint32_t)y;
			l->theirs[l->n_theirs++] = (struct side_line){in, j};
		}
	}
}

static void look_at(struct look *l, uint32_t x, size_t k)
{
	const struct run *r = &l->runs.v[x];

	pick_theirs(l, r, k);
	if (!l->n_theirs || l->n_mine + l->n_theirs > l->budget)
		return;
	l->budget -= l->n_mine + l->n_theirs;
	align_lines(l->w, l->theirs, l->n_theirs, l->mine, l->n_mine, l->partner, l->moved);
	for (size_t j = 0; j < l->n_mine; j++) {
		if (l->partner[j] == NONE)
			continue;
		MEM_GROW(l->found.v, l->found.n, l->found.cap);
		l->found.v[l->found.n++] =
			(struct meeting){x, l->mine[j].unit, l->run[l->partner[j]], r->hi};
	}
}

static void look_at_all(struct look *l)
{
	for (size_t i = 1; i < l->w->n; i++) {
		for (size_t k = 1; k < l->w->n; k++)
			l->at[k] = l->first[k];
		for (size_t x = l->first[i]; x < l->first[i + 1]; x++) {
			pick_mine(l, &l->runs.v[x]);
			for (size_t k = 1; l->n_mine && k < l->w->n; k++)
				if (k != i)
					look_at(l, (uint32_t)x, k);
		}
	}
}

/* What is rewritten as another party's new paragraph is new too. */
static void part_shared(struct work *w, struct aligned *al)
{
	struct look l;

	look_init(&l, w, al, true);
	look_at_all(&l);
	for (size_t k = 0; k < l.found.n; k++)
		al[l.runs.v[l.found.v[k].late].party].partner[l.found.v[k].unit] = NONE;
	look_release(&l);
}

static int by_place(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;

	return x->hi < y->hi ? -1 : x->hi > y->hi;
}

static void bring_together(struct work *w, struct aligned *al)
{
	struct look l;

	look_init(&l, w, al, false);
	look_at_all(&l);
	/* Who stands earlier is placed first. */
	if (l.found.n)
		qsort(l.found.v, l.found.n, sizeof(*l.found.v), by_place);
	for (size_t k = 0; k < l.found.n; k++) {
		struct run *late = &l.runs.v[l.found.v[k].late];
		const struct run *early = &l.runs.v[l.found.v[k].early];

		if (early->slot >= late->lo && early->slot < late->slot)
			late->slot = early->slot;
	}
	for (size_t k = 0; k < l.runs.n; k++)
		for (uint32_t j = l.runs.v[k].from; j < l.runs.v[k].to; j++)
			al[l.runs.v[k].party].slot[j] = l.runs.v[k].slot;
	look_release(&l);
}

void align_places(struct work *w, struct aligned *al)
{
	if (w->n < 3)
		return;
	/* In different languages nothing is alike. */
	for (size_t i = 1; i < w->n; i++)
		if (w->inputs[i].shape)
			return;
	if (!w->apart)
		part_shared(w, al);
	bring_together(w, al);
}
