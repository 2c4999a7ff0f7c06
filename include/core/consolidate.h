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

/*
 * Appends the consolidation to out. The order of the inputs does not matter.
 * language: of the base, for the words of a deletion ("fr"; empty: English).
 * provenance may be NULL; else it is filled, and released with
 * provenance_release(). ST_USAGE where a party is none of the table or stands
 * twice, ST_TOO_LARGE beyond the bounds of core/bound; nothing is written then.
 */
int consolidate(struct str *out, struct slice base, const struct consolidate_input *inputs,
		size_t n, struct slice language, const struct parties *parties,
		struct provenance *provenance, struct error *err)
	__attribute__((warn_unused_result));

/* The same, by several at once (core/each.h). open: gets how many points are open in the
 * result; may be NULL. */
int consolidate_by(const struct each *each, struct str *out, struct slice base,
		   const struct consolidate_input *inputs, size_t n, struct slice language,
		   const struct parties *parties, struct provenance *provenance, size_t *open,
		   struct error *err) __attribute__((warn_unused_result));

void provenance_release(struct provenance *p);
/* Appends it as a table in Markdown. heads: the four heads of its columns, translated. */
void provenance_markdown(const struct provenance *p, const struct parties *parties,
			 const char *const heads[4], struct str *out);

#endif
