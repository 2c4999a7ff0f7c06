/* SPDX-License-Identifier: MIT */
#ifndef CORE_REFERENCE_IMPL_H
#define CORE_REFERENCE_IMPL_H

#include "core/draft.h"
#include "core/reference.h"

/* What a clause can be found by: the call it stands under, the clause it stands in, its label.
 */
struct clause_key {
	uint32_t scope;  /* parent clause or call; for 2.1 always the call; PARAGRAPH_NONE */
	uint32_t kind;   /* enum label_kind */
	uint32_t value;  /* 3 for c); 2001 for 2.1 */
	uint32_t suffix; /* 1 bis, 2 ter, 3 quater */
	uint32_t clause;
};

struct call_key {
	struct call call; /* offsets into its line's body */
	uint32_t paragraph;
};

/* Clauses and calls of a draft, to look labels and verbs up in. */
struct clause_index {
	const struct draft *d;
	struct slice text;
	struct clause_key *by_scope; /* by scope, kind, value, suffix, place */
	struct clause_key *by_label; /* by kind, value, suffix, place */
	size_t n;
	struct call_key *calls; /* by verb, then place */
	size_t n_calls;
};

void clause_index_init(struct clause_index *x, const struct draft *d, struct slice text);
void clause_index_release(struct clause_index *x);

/* A label as a reference writes it. Offsets into the text. */
struct written_label {
	size_t begin, end;     /* with its parentheses */
	size_t core, core_end; /* numbers or letters, with "bis" */
	uint32_t kind, value, suffix;
	uint32_t other_kind, other_value; /* for "i)", which may be either; value 0: no other */
	bool bare;                        /* a number with nothing after it */
};

bool written_label_read(struct slice text, size_t at, size_t end, struct written_label *label);

/* The clause with that label in the scope; PARAGRAPH_NONE. */
uint32_t clause_in_scope(const struct clause_index *x, uint32_t scope,
			 const struct written_label *label);
/* The nearest one before (or after) a paragraph. */
uint32_t clause_near(const struct clause_index *x, uint32_t from, bool above,
		     const struct written_label *label);
/* The calls with that verb: a range of x->calls. */
size_t calls_with(const struct clause_index *x, uint16_t verb, size_t *n);

#endif
