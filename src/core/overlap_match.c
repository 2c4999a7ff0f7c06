/* SPDX-License-Identifier: MIT */
#include "overlap_impl.h"

#include "core/diff.h"
#include "core/mem.h"

#include <stdlib.h>

/* Which wordings are alike: those that share shingles are looked at word by word. */

#define SHARED_LEAST 6 /* of so many shingles one, at least, is shared */
#define RUN_LEAST    4 /* weight: fewer words in a row are in both by chance */
#define LIKE_PART    5 /* alike is what has three fifths of one in the other */
#define LIKE_WHOLE   3

static void list_postings(struct overlap_work *k)
{
	uint32_t at = 0;
	uint32_t *next = mem_array(NULL, k->n_shingles, sizeof(*next));

	k->postings = mem_array(NULL, k->n_chosen, sizeof(*k->postings));
	for (size_t i = 0; i < k->n_shingles; i++) {
		k->shingles[i].posting = next[i] = at;
		at += k->shingles[i].wordings;
	}
	for (size_t w = 0; w < k->n; w++) {
		struct wording *v = &k->v[w];

		for (uint32_t i = v->shingle; i < v->shingle + v->n_shingles; i++) {
			uint32_t s = k->chosen[i];

			k->postings[next[s]++] = (uint32_t)w;
			v->telling += k->shingles[s].wordings <= SHINGLE_MOST;
		}
	}
	free(next);
}

static void list_members(struct overlap *o)
{
	struct overlap_work *k = o->work;
	uint32_t at = 0;

	k->members = mem_array(NULL, o->n, sizeof(*k->members));
	for (size_t i = 0; i < o->n; i++)
		k->v[o->v[i].wording].n_members++;
	for (size_t w = 0; w < k->n; w++) {
		k->v[w].member = at;
		at += k->v[w].n_members;
		k->v[w].n_members = 0;
	}
	for (size_t i = 0; i < o->n; i++) {
		struct wording *w = &k->v[o->v[i].wording];

		k->members[w->member + w->n_members++] = (uint32_t)i;
	}
}

void overlap_index(struct overlap *o)
{
	struct overlap_work *k = o->work;

	list_postings(k);
	list_members(o);
	k->hits = mem_zalloc((k->n + 1) * sizeof(*k->hits));
	k->touched = mem_array(NULL, k->n + 1, sizeof(*k->touched));
	k->local = mem_zalloc(((size_t)k->words_of.n + 1) * sizeof(*k->local));
	k->stamp = mem_zalloc(((size_t)k->words_of.n + 1) * sizeof(*k->stamp));
}

/* ---- word by word ---- */

static void make_room(struct overlap_work *k, size_t n)
{
	if (n <= k->room)
		return;
	k->room = mem_grown(k->room, n);
	k->a = mem_array(k->a, k->room, sizeof(*k->a));
	k->b = mem_array(k->b, k->room, sizeof(*k->b));
	k->a_changed = mem_array(k->a_changed, k->room, 1);
	k->b_changed = mem_array(k->b_changed, k->room, 1);
}

/* Words as numbers that are as small as can be. */
static uint32_t number_words(struct overlap_work *k, const struct wording *w, uint32_t *to,
			     uint32_t bound)
{
	for (uint32_t i = 0; i < w->n_words; i++) {
		uint32_t word = k->words[w->word + i] & ~CHARACTER_BIT;

		if (k->stamp[word] != k->round) {
			k->stamp[word] = k->round;
			k->local[word] = bound++;
		}
		to[i] = k->local[word];
	}
	return bound;
}

/* The same whichever comes first: the answer must not depend on it. */
static bool comes_before(const struct overlap_work *k, const struct wording *x,
			 const struct wording *y)
{
	if (x->n_words != y->n_words)
		return x->n_words < y->n_words;
	for (uint32_t i = 0; i < x->n_words; i++) {
		uint64_t a = word_hash(k, k->words[x->word + i]);
		uint64_t b = word_hash(k, k->words[y->word + i]);

		if (a != b)
			return a < b;
	}
	return false;
}

/* The weight of the words that two wordings have in common, in order, in runs that are no
 * chance. */
static uint32_t common_weight(struct overlap_work *k, uint32_t one, uint32_t other)
{
	const struct wording *x = &k->v[one], *y = &k->v[other];
	uint32_t bound, sum = 0, run = 0, i = 0, j = 0;

	if (!comes_before(k, x, y)) {
		x = &k->v[other];
		y = &k->v[one];
	}
	make_room(k, x->n_words > y->n_words ? x->n_words : y->n_words);
	k->round++;
	bound = number_words(k, x, k->a, 0);
	bound = number_words(k, y, k->b, bound);
	diff_sequences(k->a, x->n_words, k->b, y->n_words, bound, k->a_changed, k->b_changed);
	for (;;) {
		bool equal = i < x->n_words && j < y->n_words && !k->a_changed[i] &&
			     !k->b_changed[j];

		if (equal) {
			run += word_weight(k->words[x->word + i]);
			i++;
			j++;
			continue;
		}
		sum += run >= RUN_LEAST ? run : 0;
		run = 0;
		if (i < x->n_words && k->a_changed[i])
			i++;
		else if (j < y->n_words)
			j++;
		else
			return sum;
	}
}

static void look_at(struct overlap_work *k, uint32_t w, uint32_t other)
{
	uint32_t least =
		k->v[w].weight < k->v[other].weight ? k->v[w].weight : k->v[other].weight;
	uint32_t common = common_weight(k, w, other);

	if (common < WORDING_LEAST || common * LIKE_PART < least * LIKE_WHOLE)
		return;
	MEM_GROW(k->alikes, k->n_alikes, k->cap_alikes);
	k->alikes[k->n_alikes++] = (struct alike){w, other, common};
}

void overlap_match_wording(struct overlap_work *k, uint32_t w)
{
	const struct wording *v = &k->v[w];
	size_t n = 0;

	for (uint32_t i = v->shingle; i < v->shingle + v->n_shingles; i++) {
		const struct shingle *s = &k->shingles[k->chosen[i]];

		if (s->wordings < 2 || s->wordings > SHINGLE_MOST)
			continue;
		/* In order: those before w have looked at it. */
		for (uint32_t p = s->posting + s->wordings; p-- > s->posting;) {
			uint32_t other = k->postings[p];

			if (other <= w)
				break;
			if (!k->hits[other]++)
				k->touched[n++] = other;
		}
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t other = k->touched[i], hits = k->hits[other];
		uint32_t telling =
			k->v[other].telling < v->telling ? k->v[other].telling : v->telling;

		k->hits[other] = 0;
		if (hits * SHARED_LEAST >= telling)
			look_at(k, w, other);
	}
}

static int by_wording(const void *a, const void *b)
{
	const struct alike *x = a, *y = b;

	if (x->of != y->of)
		return x->of < y->of ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

void overlap_sort_alikes(struct overlap_work *k)
{
	size_t n = k->n_alikes;

	for (size_t i = 0; i < n; i++) {
		struct alike a = k->alikes[i];

		MEM_GROW(k->alikes, k->n_alikes, k->cap_alikes);
		k->alikes[k->n_alikes++] = (struct alike){a.other, a.of, a.common};
	}
	if (k->n_alikes)
		qsort(k->alikes, k->n_alikes, sizeof(*k->alikes), by_wording);
	for (size_t i = 0; i < k->n_alikes; i++) {
		struct wording *w = &k->v[k->alikes[i].of];

		if (!w->n_alike++)
			w->alike = (uint32_t)i;
	}
}
