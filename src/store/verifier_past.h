/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERIFIER_PAST_H
#define STORE_VERIFIER_PAST_H

#include "core/bracket.h"
#include "core/digest.h"
#include "core/party.h"
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

/* ---- verifier_found.c: what stood unsigned where trust begins ---- */

struct vfound {
	struct vwalk *w;
	struct parties parties;
	/* One draft: */
	struct str text; /* empty where it was not there yet */
	struct brackets b;
	/* One party's files beside it: */
	struct party_files files;
	char *party;
};

/* The pin as a place to look at; without one nothing is found. Released in any case. */
void vfound_init(struct vfound *f, struct vwalk *w);
void vfound_release(struct vfound *f);
/* Goes to a draft ("drafts/res-31"), and then to a party's files beside it. */
void vfound_draft(struct vfound *f, const char *draft);
void vfound_party(struct vfound *f, const char *draft, const char *party);
/* The unsigned position on that point; NULL. */
const struct position *vfound_on(const struct vfound *f, const char *point);
/* Whether the same was found: what it says, on which point, and for whom the file counted by
 * the table of parties that is given. */
bool vfound_same(const struct vfound *f, const struct position *p,
		 const struct parties *parties);
/* The whole digest of the words that it was given on, into hex; false: it is not known. */
bool vfound_wording(const struct vfound *f, const struct position *p, char hex[DIGEST_HEX + 1]);
/* drafts/regions.yaml as a revision has it. */
void vwalk_parties(struct vwalk *w, const char *commit, struct parties *parties);

#endif
