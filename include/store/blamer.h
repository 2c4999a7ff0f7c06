/* SPDX-License-Identifier: MIT */
#ifndef STORE_BLAMER_H
#define STORE_BLAMER_H

#include "core/blame.h"
#include "core/error.h"
#include "store/repo.h"
#include "store/versions.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Blame by word out of a draft's history: the version that brought each word of a
 * text; and for one place, the versions that changed its words, one before the
 * other. Only as much of the history is read as is needed.
 */

#define BLAMER_OLDER UINT32_MAX       /* older than what can be read */
#define BLAMER_NEWER (UINT32_MAX - 1) /* not in the history yet: the working text */

/* Words that came with one version. */
struct blamer_run {
	size_t begin, end; /* in the text */
	uint32_t version;  /* of v; or one of the above */
};

/* One step back at a place. */
struct blamer_change {
	uint32_t version;  /* of v */
	struct str now;    /* the words it left there ("": none) */
	struct str was;    /* the words before it ("": none) */
	size_t begin, end; /* of now, in the version's text: to land on the same words again */
};

struct blamer {
	struct version *v; /* those that are spoken of, newest first */
	size_t n, cap;
	struct blamer_run *runs; /* by begin; blanks between words may be nobody's */
	size_t n_runs;
	struct blamer_change *changes; /* newest first */
	size_t n_changes, cap_changes;
	char **notes; /* N_, not sanitised */
	size_t n_notes;
};

struct blamer_ask {
	const char *revision; /* whose history */
	const char *path;
	struct slice text; /* what is asked about: the revision's text, or one made of it */
	size_t begin, end; /* the part of it; 0 and its length for all */
	bool (*step)(void *arg); /* called now and then, or NULL; false: stop (ST_FAIL) */
	void *arg;
};

/* Fills runs. Released by the caller after success only. */
int blamer_words(struct blamer *out, struct repo *r, const struct blamer_ask *ask,
		 struct error *err) __attribute__((warn_unused_result));
/* Fills changes: what happened to the words of [begin, end). */
int blamer_trace(struct blamer *out, struct repo *r, const struct blamer_ask *ask,
		 struct error *err) __attribute__((warn_unused_result));
void blamer_release(struct blamer *b);

#endif
