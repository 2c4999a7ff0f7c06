/* SPDX-License-Identifier: MIT */
#ifndef CORE_PARTY_H
#define CORE_PARTY_H

#include "core/error.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Parties: who holds a position. The six regions of FORMAT.md, "Files", or
 * what drafts/regions.yaml says. The order of the table is the order in which
 * parties are listed everywhere. Knows nothing of drafts or files.
 */

#define PARTY_NONE UINT16_MAX
#define PARTY_MOST 1024 /* parties in one table; more are refused */

/* A person who speaks for a party. Texts are UTF-8, as found; "" where missing. */
struct focal_point {
	char *name;
	char *email;
	char **drafts; /* names of drafts or agenda items; none: every one */
	size_t n_drafts;
};

struct party {
	char *code;         /* canonical, as printed in JSON: "AFR" */
	char *name;         /* in English, or in the first language given */
	char *organisation; /* "ATU", or "" */
	char *colour;       /* a colour word of the theme, or "" */
	char **aliases;
	size_t n_aliases;
	struct focal_point *focal;
	size_t n_focal;
};

struct parties {
	struct party *v;
	size_t n, cap;
	struct party_word *words; /* code or alias -> party, sorted by bytes */
	size_t n_words;
	/* By byte: whether a code or alias begins, or ends, with it. Most words are no party's
	 * and are seen to be none by this. */
	bool begins[256], ends[256];
};

/* The six regions of FORMAT.md. */
void parties_init_regions(struct parties *p);
/*
 * Reads regions.yaml. Entries that make no sense are left out and named in
 * problems (which may be NULL); where no entry is left, the six regions stand.
 * Fails (ST_INPUT) only where the bytes are no YAML at all; p then holds the
 * six regions too, so that work goes on.
 */
int parties_read(struct parties *p, struct slice yaml, struct yaml_problems *problems,
		 struct error *err);
void parties_release(struct parties *p);
/* All that a reading needs: the same parties in the same order, without their focal points. */
void parties_copy(struct parties *to, const struct parties *from);
/* Adds a party of a code that no other has, last, and nothing else of it. */
void parties_add(struct parties *p, const char *code);

/* The party whose code or alias the word is (capitals, to the byte); PARTY_NONE.
 * *is_code (may be NULL) tells whether it was the code. */
uint16_t party_find(const struct parties *p, struct slice word, bool *is_code);

/*
 * Who speaks for the party on a draft, by the draft's name or its symbol (as front
 * matter gives it; may be empty): the first after `after` (NULL: from the start), or
 * NULL. One without a list of drafts speaks on every one. The same person may
 * speak for several parties. Borrowed.
 */
const struct focal_point *party_focal(const struct party *party,
				      const struct focal_point *after, struct slice draft,
				      struct slice symbol);

/* A party list as FORMAT.md has it: codes or aliases joined by , ; + & and the
 * full-width comma and semicolon, blanks allowed around them. */
struct party_list {
	uint16_t v[64]; /* in the order of the text, each once */
	size_t n;
	bool lone_alias; /* a single word, and it is an alias: no list in parentheses */
};

/*
 * Reads the longest party list at p. Returns the bytes it takes (without
 * blanks after it), 0 where there is none, or where an unknown word is joined
 * to it. Time does not depend on len beyond the list.
 */
size_t party_list_at(const struct parties *p, const char *text, size_t len,
		     struct party_list *list);
/* The same for a list that ends at text + len: the bytes it takes, going back. */
size_t party_list_before(const struct parties *p, const char *text, size_t len,
			 struct party_list *list);
/* A list that a commit records, "AFR, EUR": what is no party (any more) is passed over. */
void party_list_recorded(const struct parties *p, struct slice codes, struct party_list *list);

#endif
