/* SPDX-License-Identifier: MIT */
#ifndef CORE_OVERLAP_IMPL_H
#define CORE_OVERLAP_IMPL_H

#include "core/overlap.h"
#include "core/slots.h"

/* Between overlap_read.c (paragraphs to wordings and their shingles), overlap_match.c (which
 * wordings are alike) and overlap.c (what that comes to). */

#define WORD_WEIGHT      2
#define CHARACTER_WEIGHT 1
#define WORDING_LEAST    12 /* weight: six words */
#define SHINGLE_WEIGHT   6  /* three words */
#define WINDOW           2  /* of so many shingles in a row one is kept, at least, */
#define WINDOW_FROM      32 /* where there are more than so many; else all are */
#define SHINGLE_MOST     24 /* wordings; one that more have is passed over */

/* One sequence of words, however many paragraphs have it. */
struct wording {
	uint32_t word, n_words; /* range in words */
	uint32_t weight;
	uint32_t shingle, n_shingles; /* range in chosen */
	uint32_t telling;             /* of them: those that few wordings have */
	uint32_t member, n_members;   /* range in members: paragraphs, by draft */
	uint32_t spread;              /* how many drafts say it, or nearly */
	uint32_t alike, n_alike;      /* range in alikes */
};

/* Another wording that says nearly the same. */
struct alike {
	uint32_t of, other; /* wordings */
	uint32_t common;    /* weight */
};

/* What words are, in numbers. */
struct vocabulary {
	struct entry {
		const char *p; /* as found in a text; or folded, in the heap */
		uint32_t len;
		bool own;
		uint64_t hash;
		uint32_t id; /* of the folded word: the entry that stands for all */
	} * v;
	uint32_t n;
	size_t cap;
	struct slots slots; /* entries */
};

enum phase { PHASE_READING, PHASE_MATCHING, PHASE_SPREADING, PHASE_MAPPING, PHASE_DONE };

/* What a draft says that another one says. */
struct share {
	uint32_t from, to; /* drafts */
	uint32_t weight, paragraphs;
	uint32_t own; /* of these paragraphs: those that not everybody has */
};

struct overlap_work {
	enum phase phase;
	size_t next; /* of the phase's list */
	struct vocabulary words_of;
	uint32_t *words; /* of all wordings: vocabulary ids, the top bit set for characters */
	size_t n_words, cap_words;
	struct wording *v;
	size_t n, cap;
	struct slots slots; /* wordings */
	uint32_t *members;

	/* Shingles, numbered as they are met. */
	struct shingle {
		uint64_t key;
		uint32_t wordings, last; /* how many have it, and the last of them + 1 */
		uint32_t posting;        /* where its list begins in postings */
	} * shingles;
	size_t n_shingles, cap_shingles;
	struct slots shingle_slots;
	uint32_t *chosen; /* of all wordings: shingles, each once */
	size_t n_chosen, cap_chosen;
	uint32_t *postings; /* wordings, by shingle, in order */

	struct alike *alikes; /* while they are found: of < other; then both ways, by of */
	size_t n_alikes, cap_alikes;

	/* Scratch of matching, by wording and by word. */
	uint32_t *hits, *touched;
	uint32_t *local, *stamp;
	uint32_t round;
	uint32_t *a, *b;
	unsigned char *a_changed, *b_changed;
	size_t room;

	/* Scratch of mapping, by draft. */
	uint32_t *best, *best_stamp, *best_of;
	uint32_t best_round;
	struct share *row; /* by draft */
	struct share *shares;
	size_t n_shares, cap_shares;
};

/* A word's number follows the order of the texts; this does not. */
static inline uint64_t word_hash(const struct overlap_work *k, uint32_t word)
{
	return k->words_of.v[word & 0x7FFFFFFFu].hash;
}

#define CHARACTER_BIT 0x80000000u

static inline uint32_t word_weight(uint32_t word)
{
	return word & CHARACTER_BIT ? CHARACTER_WEIGHT : WORD_WEIGHT;
}

/* overlap_read.c */
void overlap_read_draft(struct overlap *o, struct slice text, const struct parties *parties);
void vocabulary_release(struct vocabulary *v);

/* overlap_match.c */
/* Lists who has which shingle, and who says what. */
void overlap_index(struct overlap *o);
/* Finds the wordings after w that are like it. */
void overlap_match_wording(struct overlap_work *k, uint32_t w);
/* Puts them in order, both ways. */
void overlap_sort_alikes(struct overlap_work *k);

#endif
