/* SPDX-License-Identifier: MIT */
#ifndef CORE_TEXT_IMPL_H
#define CORE_TEXT_IMPL_H

#include "core/piece.h"
#include "core/text.h"

/* What the files of the text share: text.c changes it, text_flat.c reads it. */

enum step_kind { STEP_OWN, STEP_TYPED, STEP_BACKSPACED, STEP_ERASED, STEP_EDITS };

/* What one undo takes back. */
struct step {
	struct swap *v;
	size_t n, cap;
	uint64_t before, after; /* revisions */
	enum step_kind kind;
};

/* How far back text_change_since() remembers: some screens' worth of keys. */
#define LOG_SIZE 64

struct log_entry {
	uint64_t before;
	struct text_change change;
};

struct text {
	struct pieces pieces;
	struct step *steps;
	size_t n_steps, cap_steps;
	size_t done;     /* steps that are in effect; the rest is for redo */
	bool open;       /* the last step may still grow */
	size_t expected; /* where it goes on */
	uint32_t typed;  /* the last code point typed in it */
	uint64_t revision, last_revision, saved_revision;
	struct log_entry log[LOG_SIZE]; /* a ring */
	size_t logged;                  /* entries ever made */
	struct str flat;
	uint64_t flat_revision; /* what flat shows, where it shows anything */
	bool has_flat;
	struct {
		size_t at, was; /* where the rest begins, where its bytes still stand; */
		size_t n;       /* of these, so many were put by: */
		char bytes[TEXT_NEAR];
		bool waits;
	} rest; /* of flat, after text_flat_near() */
};

#endif
