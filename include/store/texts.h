/* SPDX-License-Identifier: MIT */
#ifndef STORE_TEXTS_H
#define STORE_TEXTS_H

#include "core/consolidate.h"
#include "core/message.h"
#include "store/session.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The texts that stand beside a draft: the regions' own (drafts/NAME/CODE.md),
 * and the base that they start from (front matter: base). What cannot be read
 * is named and never loses the rest. And what is made of them all: the draft,
 * consolidated.
 */

struct side_text {
	uint16_t party;
	char *code; /* as the file is called */
	char *path; /* absolute */
	struct str bytes;
	struct file_stamp stamp;
};

struct side_texts {
	struct side_text *v; /* those that could be read, one a party, by party */
	size_t n;
	char **left_out; /* one line each: which file, and why */
	size_t n_left_out;
	struct str base;         /* the base's bytes */
	char *base_name;         /* what front matter calls it; NULL: it names none */
	struct error base_error; /* ST_OK: it is there (or none is named) */
	char *base_path;         /* absolute, where it is a file beside the draft; else NULL */
	struct file_stamp base_stamp;
};

/* Reads the regions' texts of the draft. t is initialised here; release it always. */
void texts_read(struct session *s, const char *name, struct side_texts *t);
/* Reads the base that the draft's front matter names: a file of the workspace, or a commit
 * that has the draft. The answer is in base_name and base_error. */
void texts_read_base(struct session *s, const char *name, struct slice draft,
		     struct side_texts *t);
void texts_release(struct side_texts *t);
/* The text of that party; NULL. */
const struct side_text *texts_of(const struct side_texts *t, uint16_t party);

/* Whether front matter has to say what the texts start from: the draft has wordings to choose
 * from already. Something to be filled in, [XX], is none. */
bool texts_needs_base(const struct side_texts *t, const struct brackets *b);
/*
 * The base for a consolidation: what front matter names, else the draft itself as long as it
 * needs none. ST_USAGE or the base's own failure where there is none.
 */
int texts_base(const struct side_texts *t, const char *label, struct slice draft,
	       const struct brackets *b, struct slice *base, struct error *err)
	__attribute__((warn_unused_result));

struct texts_ask {
	struct slice base;
	struct slice
		front; /* the front matter that the draft keeps; empty: the base's stands */
	const struct parties *parties;
	/* As core/consolidate has them; NULL: not wanted. */
	struct provenance *provenance;
	size_t *open;
};

/* Appends the draft as the texts make it of the base. */
int texts_consolidate(const struct side_texts *t, const struct texts_ask *ask, struct str *out,
		      struct error *err) __attribute__((warn_unused_result));
/* "res-31: consolidate AFR, EUR": the subject line of its commit. */
void texts_subject(const struct side_texts *t, const char *name, const struct parties *parties,
		   struct str *out);
/* The lines under it (message_consolidation()). base: a file of the repository, where the base
 * is none that the draft or its front matter says; or empty. */
void texts_record(const struct side_texts *t, struct slice base, const struct parties *parties,
		  struct str *out);

/* A consolidation that was made once. */
struct texts_made {
	const char *commit;  /* hex */
	const char *path;    /* the draft's */
	struct slice before; /* its bytes in the commit's parent */
	const struct message_record *record;
	const struct parties *parties;
};

/*
 * It is made again, from what the commit and its parent hold: the draft before
 * it, the texts of the parties that are named, and the base. Appended to out.
 * ST_MISSING: a text or the base is not there.
 */
int texts_replay(struct repo *r, const struct texts_made *made, struct str *out,
		 struct error *err) __attribute__((warn_unused_result));

#endif
