/* SPDX-License-Identifier: MIT */
#ifndef CORE_BLAME_H
#define CORE_BLAME_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Which words of a text came with which version, one step back at a time: what
 * stood in the version before already is looked for there, the rest came with this
 * one. Word by word, also in paragraphs that moved. Knows no history.
 */

/* Bytes of the text that is asked about, and where they stand in the version looked at. */
struct blame_run {
	size_t begin, end; /* in the text asked about */
	size_t at;         /* where begin is in the version */
};

struct blame_runs {
	struct blame_run *v; /* by begin; they do not overlap */
	size_t n, cap;
};

void blame_runs_release(struct blame_runs *runs);
/* At the end; nothing where it is empty. What goes on from the last run becomes one with it. */
void blame_add(struct blame_runs *runs, size_t begin, size_t end, size_t at);

/*
 * Parts the runs of `newer` into those that stand in `older` too (their places
 * there), and those that do not. Runs are added to both, by begin. Blanks alone are never
 * new: they go with the words before them, or after.
 */
void blame_step(struct slice older, struct slice newer, const struct blame_runs *runs,
		struct blame_runs *stayed, struct blame_runs *came);

/*
 * A stretch of `newer`, followed back: *begin and *end become the stretch of
 * `older` that stands in its place (empty where there was nothing). Returns whether
 * its words changed between the two.
 */
bool blame_back(struct slice older, struct slice newer, size_t *begin, size_t *end);

/* The words at a place: the word that holds byte `at`, else the one after it. */
void blame_word(struct slice text, size_t at, size_t *begin, size_t *end);

#endif
