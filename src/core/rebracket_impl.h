/* SPDX-License-Identifier: MIT */
#ifndef CORE_REBRACKET_IMPL_H
#define CORE_REBRACKET_IMPL_H

#include "core/closing.h"
#include "core/rebracket.h"
#include "core/recheck.h"
#include "core/reword.h"

/* What the bracket edits share. */

int rebracket_no_point(struct error *err);
int rebracket_refuse(struct error *err);

/* Puts an id that is still to be minted there. */
void fresh_add_id(struct edits *e, size_t at);
/* Mints them all, each on the text with those before it; false where one names no point. */
bool fresh_mint_ids(const struct bracketed *w, struct edits *e);

/* The line that holds pos, without its line end. */
struct range rebracket_line(struct slice draft, size_t pos);
/* "\n" or "\r\n": how the line at pos ends, or the one before it. */
const char *rebracket_line_end(struct slice draft, size_t pos);

/*
 * Text that gets brackets, or an alternative beside it in the bracket it is
 * the wording of.
 */
struct fresh {
	size_t begin, end; /* of the text, in the draft */
	bool lines;        /* [ / ] on lines of their own */
	bool beside;       /* "/ alternative" goes to `at`, in the bracket it has already */
	size_t at;
	uint32_t point;     /* beside: of that bracket */
	const char *slash;  /* between them: " / " */
	struct str written; /* the text as it has to be written, guard aside */
	bool guard;
	bool alternative;   /* there is one */
	bool no_text;       /* it is none */
	struct str other;   /* it, as read back */
	struct str offered; /* and as written, parties and all */
	int nested;         /* points in it */
	const struct offer *offer;
	bool id, apart; /* it needs an id; the bracket before it does */
	bool bad;       /* left out: it would read as something else */
};

/* Where the bracket that is put before draft offset `begin` opens afterwards. */
size_t fresh_opening(size_t begin, const struct edits *e);

void fresh_release(struct fresh *f);
/* Escapes and guards both texts. how: more enum wording_how flags for the text. */
int fresh_write(const struct bracketed *w, struct fresh *f, int how, struct error *err);
/*
 * Makes the edits for all that are not bad, with ids where brackets would come
 * together, and reads the draft again: whether each is what was meant, and all
 * else as before.
 */
bool fresh_settle(const struct bracketed *w, struct fresh *f, size_t n, struct edits *e);

#endif
