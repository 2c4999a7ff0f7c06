/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERIFIER_PAST_H
#define STORE_VERIFIER_PAST_H

#include "core/digest.h"
#include "core/record.h"
#include "verifier_inner.h"

/* The signatures that the history had: to know an older record, put back, from a newer one. */

struct vpast_seal {
	char *draft, *party, *point;
	uint64_t serial;
	char signature[DIGEST_HEX + 1]; /* its digest */
	bool withdrawn;
	char commit[REPO_HEX + 1]; /* the first that was met with it */
};

struct vpast {
	struct vpast_seal *v; /* by draft, party, point, serial */
	size_t n, cap;
};

void vpast_read(struct vpast *p, struct vwalk *w);
void vpast_release(struct vpast *p);
/* The first entry of a point of a party, and behind the last. */
void vpast_range(const struct vpast *p, const char *draft, const char *party, const char *point,
		 size_t *begin, size_t *end);

/* A party's two files beside a draft, as a revision has them. */
struct party_files {
	struct positions positions;
	struct seals seals;
	char *trouble; /* one could not be read, and why (not sanitised); NULL */
};

void party_files_read(struct party_files *f, struct vwalk *w, const char *commit,
		      const char *draft, const char *party);
void party_files_release(struct party_files *f);

#endif
