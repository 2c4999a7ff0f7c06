/* SPDX-License-Identifier: MIT */
#ifndef CORE_CONSOLIDATE_H
#define CORE_CONSOLIDATE_H

#include "core/each.h"
#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A base text and the full texts of some parties become one draft, in which
 * what is agreed is clean and each difference is one point (FORMAT.md,
 * "Consolidation"; its five laws hold for any bytes). Pure; knows nothing of
 * files. What core/project makes of the result for a party is that party's own
 * text, up to labels, line ends and blanks. Whatever is written is read back
 * before it is taken; where it would not give what was wanted, it is written
 * more plainly: from words to whole paragraphs to escaped ones.
 *
 * Time: linear in the texts for a fixed share of changes.
 */

/* What a party's paragraph came to. */
enum provenance_what {
	PROVENANCE_MERGED,    /* its changes stand in a paragraph of the base */
	PROVENANCE_ADDED,     /* it stands where the base has none */
	PROVENANCE_DELETED,   /* the party leaves out the base's paragraph */
	PROVENANCE_REORDERED, /* it is the base's paragraph, at another place */
	PROVENANCE_DUPLICATE  /* it is new, and says what another paragraph says already */
};

/* One line of the table: by paragraph, then party in the table's order. */
struct provenance_entry {
	size_t paragraph; /* of the result, from 1, blank lines not counted */
	uint16_t party;
	size_t from; /* of the party's own text, counted alike; 0 where it deletes */
	enum provenance_what what;
};

struct provenance {
	struct provenance_entry *v;
	size_t n, cap;
};

/* A party's own full text. */
struct consolidate_input {
	struct slice text;
	uint16_t party; /* index into the party table */
};

struct consolidate_ask {
	struct slice base;
	const struct consolidate_input *inputs; /* their order does not matter */
	size_t n;
	struct slice language; /* of the base, for the words of a deletion; empty: English */
	const struct parties *parties;
	const struct each *each; /* by several at once (core/each.h); NULL: by one */
	/* What else is to be known; NULL: not. */
	struct provenance *provenance; /* filled; released with provenance_release() */
	size_t *open;                  /* gets how many points are open in the result */
};

/*
 * Appends the consolidation to out. ST_USAGE where a party is none of the table
 * or stands twice, ST_TOO_LARGE beyond the bounds of core/bound; nothing is
 * written then.
 */
int consolidate(const struct consolidate_ask *ask, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

void provenance_release(struct provenance *p);
/* Appends it as a table in Markdown. heads: the four heads of its columns, translated. */
void provenance_markdown(const struct provenance *p, const struct parties *parties,
			 const char *const heads[4], struct str *out);

#endif
