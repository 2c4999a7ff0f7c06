/* SPDX-License-Identifier: MIT */
#ifndef UI_PROMPT_INNER_H
#define UI_PROMPT_INNER_H

#include "ui/prompt.h"

/* The prompt's state, between prompt.c (what keys do) and prompt_draw.c (how it looks). */

#define NOT_IN_LIST SIZE_MAX

/* What was answered before to requests with the same word, oldest first. */
struct history {
	char *word;
	char **v;
	size_t n, cap;
};

struct prompt {
	bool open;
	struct prompt_request
		request; /* label, hint, beside and initial are in the strings below */
	char *label, *hint, *beside, *word;
	struct str text;
	size_t at;        /* the cursor, a byte of text */
	bool proposed;    /* text is a proposal that nothing was done to yet */
	struct str typed; /* the text as typed, while a candidate or an older answer is shown */
	struct prompt_candidates candidates;
	size_t candidate; /* the chosen one, or NOT_IN_LIST */
	struct history *histories;
	size_t n_histories, cap_histories;
	size_t older; /* how many answers back we look; 0: at what was typed */
};

#endif
