/* SPDX-License-Identifier: MIT */
#include "core/overlap.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "overlap_impl.h"

#include <assert.h>
#include <stdlib.h>

/* What it comes to that wordings are alike: shares of drafts, and what may become of them. */

#define COMMON_DRAFTS  8    /* what more drafts say joins no two of them */
#define WORTH_SHARE    0.3  /* but where it is so much of one */
#define SUPPRESS_SHARE 0.8  /* of one stands in the other */
#define MERGE_SHARE    0.35 /* of each stands in the other */
#define NEARLY_SHARE   0.8
#define WITHIN_SHARE   0.85

void overlap_init(struct overlap *o)
{
	*o = (struct overlap){.work = mem_zalloc(sizeof(*o->work))};
}

void overlap_release(struct overlap *o)
{
	struct overlap_work *k = o->work;

	vocabulary_release(&k->words_of);
	free(k->words);
	free(k->v);
	slots_release(&k->slots);
	free(k->members);
	free(k->shingles);
	slots_release(&k->shingle_slots);
	free(k->chosen);
	free(k->postings);
	free(k->alikes);
	free(k->hits);
	free(k->touched);
	free(k->local);
	free(k->stamp);
	free(k->a);
	free(k->b);
	free(k->a_changed);
	free(k->b_changed);
	free(k->best);
	free(k->best_stamp);
	free(k->best_of);
	free(k->row);
	free(k->shares);
	free(k);
	free(o->drafts);
	free(o->v);
	free(o->pairs);
	free(o->commons);
	*o = (struct overlap){.work = NULL};
}

void overlap_add(struct overlap *o, struct slice text, const struct parties *parties)
{
	assert(o->work->phase == PHASE_READING);
	overlap_read_draft(o, text, parties);
}

/* ---- who says what another says ---- */

/* The wordings like w, itself among them: the i-th, and how much they share; false after the
 * last. */
static bool alike_at(const struct overlap_work *k, uint32_t w, uint32_t i, uint32_t *other,
		     uint32_t *common)
{
	const struct wording *v = &k->v[w];

	if (i == 0) {
		*other = w;
		*common = v->weight;
		return true;
	}
	if (i > v->n_alike)
		return false;
	*other = k->alikes[v->alike + i - 1].other;
	*common = k->alikes[v->alike + i - 1].common;
	return true;
}

/* How many drafts say it, or nearly. */
static void find_spread(struct overlap *o, uint32_t w)
{
	struct overlap_work *k = o->work;
	uint32_t other, common;

	k->best_round++;
	for (uint32_t i = 0; alike_at(k, w, i, &other, &common); i++) {
		const struct wording *v = &k->v[other];

		for (uint32_t m = v->member; m < v->member + v->n_members; m++) {
			uint32_t draft = o->v[k->members[m]].draft;

			k->v[w].spread += k->best_stamp[draft] != k->best_round;
			k->best_stamp[draft] = k->best_round;
		}
	}
	if (k->v[w].spread <= COMMON_DRAFTS)
		return;
	MEM_GROW(o->commons, o->n_commons, o->cap_commons);
	o->commons[o->n_commons++] =
		(struct overlap_common){k->members[k->v[w].member], k->v[w].spread};
}

/* The most that each other draft says of the paragraph; returns how many there are. */
static size_t find_best(struct overlap *o, const struct overlap_paragraph *p)
{
	struct overlap_work *k = o->work;
	uint32_t other, common;
	size_t n = 0;

	k->best_round++;
	for (uint32_t i = 0; alike_at(k, p->wording, i, &other, &common); i++) {
		const struct wording *v = &k->v[other];

		for (uint32_t m = v->member; m < v->member + v->n_members; m++) {
			uint32_t draft = o->v[k->members[m]].draft;

			if (draft == p->draft)
				continue;
			if (k->best_stamp[draft] != k->best_round) {
				k->best_stamp[draft] = k->best_round;
				k->best[draft] = 0;
				k->best_of[n++] = draft;
			}
			if (common > k->best[draft])
				k->best[draft] = common;
		}
	}
	return n;
}

/* What draft i says of what others say. */
static void map_draft(struct overlap *o, uint32_t i)
{
	struct overlap_work *k = o->work;
	const struct overlap_draft *d = &o->drafts[i];

	for (size_t p = d->first; p < (size_t)d->first + d->n; p++) {
		size_t n = find_best(o, &o->v[p]);
		bool own = k->v[o->v[p].wording].spread <= COMMON_DRAFTS;

		for (size_t j = 0; j < n; j++) {
			struct share *s = &k->row[k->best_of[j]];

			s->weight += k->best[k->best_of[j]];
			s->paragraphs++;
			s->own += own;
		}
	}
	for (uint32_t j = 0; j < o->n_drafts; j++) {
		if (!k->row[j].paragraphs)
			continue;
		MEM_GROW(k->shares, k->n_shares, k->cap_shares);
		k->row[j].from = i;
		k->row[j].to = j;
		k->shares[k->n_shares++] = k->row[j];
		k->row[j] = (struct share){0};
	}
}

double overlap_share(const struct overlap *o, const struct overlap_pair *p, int side)
{
	uint32_t whole = o->drafts[side ? p->b : p->a].weight;

	return whole ? (double)p->weight[side] / whole : 0;
}

/* The shares, and what may be done, in that order: see the header. */
static void judge(const struct overlap *o, struct overlap_pair *p)
{
	double a = overlap_share(o, p, 0), b = overlap_share(o, p, 1);
	uint32_t whole_a = o->drafts[p->a].weight, whole_b = o->drafts[p->b].weight;

	if (a >= SUPPRESS_SHARE || b >= SUPPRESS_SHARE) {
		p->outcome = OVERLAP_SUPPRESS;
		p->of = a > b ? p->a : b > a ? p->b : OVERLAP_NONE;
		if (a >= SUPPRESS_SHARE && b >= SUPPRESS_SHARE)
			p->of = whole_a < whole_b   ? p->a
				: whole_b < whole_a ? p->b
						    : OVERLAP_NONE;
	} else if (a >= MERGE_SHARE && b >= MERGE_SHARE) {
		p->outcome = OVERLAP_MERGE;
		p->of = OVERLAP_NONE;
	} else {
		/* It keeps most of what is its own. */
		p->outcome = OVERLAP_TRIM;
		p->of = a < b ? p->a : b < a ? p->b : OVERLAP_NONE;
	}
}

static const struct share *share_of(const struct overlap_work *k, uint32_t from, uint32_t to)
{
	const struct share *s = k->shares;
	size_t i;

	SORTED_SKIP(i, k->n_shares, s[i].from < from || (s[i].from == from && s[i].to < to));
	assert(i < k->n_shares);
	return &s[i];
}

static void add_pair(struct overlap *o, const struct share *s)
{
	const struct share *back = share_of(o->work, s->to, s->from);
	struct overlap_pair p = {.a = s->from,
				 .b = s->to,
				 .weight = {s->weight, back->weight},
				 .paragraphs = {s->paragraphs, back->paragraphs}};

	if (!s->own && !back->own && overlap_share(o, &p, 0) < WORTH_SHARE &&
	    overlap_share(o, &p, 1) < WORTH_SHARE)
		return;
	judge(o, &p);
	MEM_GROW(o->pairs, o->n_pairs, o->cap_pairs);
	o->pairs[o->n_pairs++] = p;
}

/* A pair with what it is sorted by. */
struct ranked {
	double more, less;
	struct overlap_pair pair;
};

static int by_share(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->more != b->more)
		return a->more > b->more ? -1 : 1;
	if (a->less != b->less)
		return a->less > b->less ? -1 : 1;
	if (a->pair.a != b->pair.a)
		return a->pair.a < b->pair.a ? -1 : 1;
	return (a->pair.b > b->pair.b) - (a->pair.b < b->pair.b);
}

static void sort_pairs(struct overlap *o)
{
	struct ranked *v = mem_array(NULL, o->n_pairs, sizeof(*v));

	for (size_t i = 0; i < o->n_pairs; i++) {
		double a = overlap_share(o, &o->pairs[i], 0),
		       b = overlap_share(o, &o->pairs[i], 1);

		v[i] = (struct ranked){a > b ? a : b, a > b ? b : a, o->pairs[i]};
	}
	if (o->n_pairs)
		qsort(v, o->n_pairs, sizeof(*v), by_share);
	for (size_t i = 0; i < o->n_pairs; i++)
		o->pairs[i] = v[i].pair;
	free(v);
}

static int by_spread(const void *x, const void *y)
{
	const struct overlap_common *a = x, *b = y;

	if (a->drafts != b->drafts)
		return a->drafts > b->drafts ? -1 : 1;
	return (a->paragraph > b->paragraph) - (a->paragraph < b->paragraph);
}

static void conclude(struct overlap *o)
{
	struct overlap_work *k = o->work;

	for (size_t i = 0; i < k->n_shares; i++)
		if (k->shares[i].from < k->shares[i].to)
			add_pair(o, &k->shares[i]);
	sort_pairs(o);
	if (o->n_commons)
		qsort(o->commons, o->n_commons, sizeof(*o->commons), by_spread);
}

/* ---- steps ---- */

static void begin_mapping(struct overlap *o)
{
	struct overlap_work *k = o->work;
	size_t n = o->n_drafts + 1;

	overlap_sort_alikes(k);
	k->best = mem_zalloc(n * sizeof(*k->best));
	k->best_stamp = mem_zalloc(n * sizeof(*k->best_stamp));
	k->best_of = mem_zalloc(n * sizeof(*k->best_of));
	k->row = mem_zalloc(n * sizeof(*k->row));
}

static void next_phase(struct overlap *o)
{
	struct overlap_work *k = o->work;

	k->next = 0;
	switch (k->phase) {
	case PHASE_READING:
		overlap_index(o);
		break;
	case PHASE_MATCHING:
		begin_mapping(o);
		break;
	case PHASE_MAPPING:
		conclude(o);
		break;
	case PHASE_SPREADING:
	case PHASE_DONE:
		break;
	}
	if (k->phase != PHASE_DONE)
		k->phase++;
}

bool overlap_step(struct overlap *o, size_t budget)
{
	struct overlap_work *k = o->work;

	for (; budget && k->phase != PHASE_DONE; budget--) {
		size_t end = k->phase == PHASE_READING   ? 0
			     : k->phase == PHASE_MAPPING ? o->n_drafts
							 : k->n;

		if (k->next == end) {
			next_phase(o);
			continue;
		}
		if (k->phase == PHASE_MATCHING)
			overlap_match_wording(k, (uint32_t)k->next);
		else if (k->phase == PHASE_SPREADING)
			find_spread(o, (uint32_t)k->next);
		else
			map_draft(o, (uint32_t)k->next);
		k->next++;
	}
	return k->phase != PHASE_DONE;
}

double overlap_done(const struct overlap *o)
{
	const struct overlap_work *k = o->work;
	size_t end = k->phase == PHASE_MAPPING ? o->n_drafts : k->n;
	double part = end ? (double)k->next / (double)end : 0;

	switch (k->phase) {
	case PHASE_READING:
		return 0;
	case PHASE_MATCHING:
		return 0.8 * part;
	case PHASE_SPREADING:
		return 0.8 + 0.1 * part;
	case PHASE_MAPPING:
		return 0.9 + 0.1 * part;
	case PHASE_DONE:
		break;
	}
	return 1;
}

/* ---- the paragraphs of a pair ---- */

static uint32_t far(uint32_t a, uint32_t b)
{
	return a < b ? b - a : a - b;
}

/* The paragraph of draft `in` that says most of paragraph p; of equals the one that stands
 * nearest in its text. */
static bool best_in(const struct overlap *o, uint32_t p, uint32_t in, uint32_t *best,
		    uint32_t *common)
{
	const struct overlap_work *k = o->work;
	uint32_t place = p - o->drafts[o->v[p].draft].first, first = o->drafts[in].first;
	uint32_t other, weight;

	*common = 0;
	for (uint32_t i = 0; alike_at(k, o->v[p].wording, i, &other, &weight); i++) {
		const struct wording *v = &k->v[other];

		for (uint32_t m = v->member; m < v->member + v->n_members; m++) {
			uint32_t q = k->members[m];

			if (o->v[q].draft != in || weight < *common)
				continue;
			if (weight == *common) {
				uint32_t is = far(q - first, place),
					 was = far(*best - first, place);

				if (is > was || (is == was && q > *best))
					continue;
			}
			*best = q;
			*common = weight;
		}
	}
	return *common > 0;
}

static int by_place(const void *x, const void *y)
{
	const struct overlap_match *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

size_t overlap_matches(const struct overlap *o, const struct overlap_pair *p,
		       struct overlap_match **list)
{
	const struct overlap_draft *a = &o->drafts[p->a], *b = &o->drafts[p->b];
	struct overlap_match *v = mem_array(NULL, (size_t)a->n + b->n, sizeof(*v));
	size_t n = 0, kept = 0;

	for (uint32_t i = a->first; i < a->first + a->n; i++) {
		v[n].a = i;
		n += best_in(o, i, p->b, &v[n].b, &v[n].common);
	}
	for (uint32_t i = b->first; i < b->first + b->n; i++) {
		v[n].b = i;
		n += best_in(o, i, p->a, &v[n].a, &v[n].common);
	}
	if (n)
		qsort(v, n, sizeof(*v), by_place);
	for (size_t i = 0; i < n; i++)
		if (!i || by_place(&v[i], &v[i - 1]) != 0)
			v[kept++] = v[i];
	*list = v;
	return kept;
}

double overlap_match_share(const struct overlap *o, const struct overlap_match *m, int side)
{
	return (double)m->common / o->v[side ? m->b : m->a].weight;
}

enum overlap_relation overlap_relation(const struct overlap *o, const struct overlap_match *m)
{
	double a = overlap_match_share(o, m, 0), b = overlap_match_share(o, m, 1);

	if (o->v[m->a].wording == o->v[m->b].wording)
		return OVERLAP_SAME;
	if (a >= NEARLY_SHARE && b >= NEARLY_SHARE)
		return OVERLAP_NEARLY;
	return a >= WITHIN_SHARE || b >= WITHIN_SHARE ? OVERLAP_WITHIN : OVERLAP_PARTLY;
}

const char *overlap_outcome_word(enum overlap_outcome outcome)
{
	static const char *const words[] = {[OVERLAP_SUPPRESS] = "suppress",
					    [OVERLAP_TRIM] = "trim",
					    [OVERLAP_MERGE] = "merge"};

	return words[outcome];
}

const char *overlap_relation_word(enum overlap_relation relation)
{
	static const char *const words[] = {[OVERLAP_SAME] = "same",
					    [OVERLAP_NEARLY] = "nearly",
					    [OVERLAP_WITHIN] = "within",
					    [OVERLAP_PARTLY] = "partly"};

	return words[relation];
}
