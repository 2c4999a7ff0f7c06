/* SPDX-License-Identifier: MIT */
#ifndef CORE_UNWRAP_IMPL_H
#define CORE_UNWRAP_IMPL_H

#include "core/bracket.h"
#include "core/unwrap.h"

/* One thing to do to the text as it is in this round. */
struct unwrap_step {
	size_t at, del;
	const char *put; /* what comes instead: "", " " or a line end */
	enum unwrap_reason reason;
};

struct unwrap_line {
	size_t begin, end, next; /* without and with its line end */
	bool kept;               /* front matter, fenced code, a comment: not touched */
	bool blank;
};

/* The text in one round, and what is to be done to it. */
struct unwrap_round {
	struct slice text;
	const struct unwrap_options *options;
	const struct brackets *b;
	struct unwrap_line *lines;
	size_t n_lines;
	struct unwrap_step *steps;
	size_t n, cap;
	bool wrapped;
};

/* Notes a step where its reason is allowed; steps are sorted afterwards. */
void unwrap_step(struct unwrap_round *r, size_t at, size_t del, const char *put,
		 enum unwrap_reason reason);

/* What to drop within lines, and lines to drop. */
void unwrap_find_artefacts(struct unwrap_round *r);
/* Line ends to join, and blank lines that are too many. The text has no artefacts any more. */
void unwrap_find_joints(struct unwrap_round *r);
void unwrap_find_blank_lines(struct unwrap_round *r);

#endif
