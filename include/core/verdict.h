/* SPDX-License-Identifier: MIT */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

#include "core/bracket.h"
#include "core/digest.h"
#include "core/party.h"
#include "core/position.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where the parties stand on one point, and what that adds up to: FORMAT.md,
 * "The YAML files", "The verdict on a point". From a reading of the draft and
 * the positions recorded beside it; pure.
 *
 * Options count from 1, as people say them; 0 is no text. What comes to the
 * same is one outcome, called by its lowest number: options with the same
 * wording, and an option that offers no text, which is 0. A bracket without
 * alternatives offers its text (1) or nothing (0).
 *
 * A position means the wording it was given on (its digest), not a number. Where
 * another option has that wording now, the position goes with it (`moved`).
 * Where none has, it keeps its number and is `stale`; one without a digest
 * is taken at its number. A number that no option has is `gone`, and stale too.
 *
 * Parties that the text itself names ("AFR: ...") without a recorded position
 * are silent, for FORMAT.md counts positions; `wrote` says so to the screens.
 */

/* One party on one point. */
struct standing {
	const struct position *position; /* as recorded, borrowed; NULL: silent */
	enum stance stance;              /* STANCE_NONE where there is no position */
	enum strength strength;
	bool has_option;
	uint32_t option;  /* the number it has now: where it moved, not what the file says */
	uint32_t outcome; /* what that comes to; one beyond all options where it is gone */
	bool moved;       /* the wording was found at another number */
	bool stale;       /* the wording changed since the position was given */
	bool gone;        /* no option has its number any more */
	bool spoke;       /* supports, accepts, opposes or reserves */
	bool endorses;    /* supports or accepts the verdict's option */
	bool red_line;    /* of a stance that can have one: reserves cannot */
	bool wrote;       /* the text names it with wrote_option, whatever it says here */
	uint32_t wrote_option; /* the first one; from 1 */
};

/* From nothing to everything. */
enum verdict_kind {
	VERDICT_SILENT,   /* nobody spoke */
	VERDICT_DEADLOCK, /* red lines that exclude each other */
	VERDICT_SPLIT,    /* none of the others; one voice alone is split too */
	VERDICT_NEAR,     /* all but one support or accept the option */
	VERDICT_CONSENSUS /* at least two spoke, all support or accept the option */
};
#define VERDICT_KINDS 5

/*
 * The rules of FORMAT.md, and what they leave open:
 *   - Consensus comes first, then deadlock, then near-consensus: two red lines on
 *     different options are a deadlock also where all but one agree.
 *   - A red line is on an option where it is supported or accepted. It is against
 *     the only one where that is opposed, or no text is supported or accepted in
 *     its place, and the point offers one wording.
 *   - Near-consensus is on one option: two parties that want different ones are split.
 *   - Opposing one of several options endorses none of the others.
 *   - Stale positions count here at their number, and are counted in `stale`.
 */
struct verdict {
	enum verdict_kind kind;
	bool has_option; /* false: nobody supports or accepts anything */
	/* The outcome that most support or accept; of equals, the one with more who
	 * support it, then the lower number (no text last). Consensus is on it. */
	uint32_t option;
	uint32_t n_options; /* the point offers */
	size_t spoke;
	size_t supporters, accepters; /* of that outcome */
	size_t objectors;             /* spoke, and neither */
	size_t red_lines;
	size_t stale; /* of those that spoke */
	/* The consensus stands without its stale positions too: it can be decided on. A
	 * stale position never makes a consensus, and one that objects prevents it. */
	bool firm;
};

/*
 * Works out the point. given: by party, that party's positions on the draft, or NULL;
 * s: room for as many standings. Both by w's table.
 * A point without an id has no positions, nor has a second one with the same id.
 */
void verdict_read(struct verdict *v, struct standing *s, const struct bracketed *w,
		  uint32_t point, const struct positions *const *given);

/* The number by which the verdict calls option k (from 0 to n_options) of the point. */
uint32_t verdict_outcome(const struct brackets *b, struct slice draft, uint32_t point,
			 uint32_t k);
/* The digest of option k (from 0: no text) of the point, as positions keep it. k is one it
 * has. */
void verdict_wording(const struct brackets *b, struct slice draft, uint32_t point, uint32_t k,
		     char hex[DIGEST_SHORT + 1]);

/*
 * What is wrong with one file's positions, against the draft they are on: an option that
 * is gone, an id that no point has. Adds to problems, each at its entry. was_there says
 * whether a point of that id was in the draft before: a decided point's positions stay
 * as they are and are no problem; NULL: not known, then none was.
 */
void verdict_check(const struct brackets *b, struct slice draft, const struct positions *p,
		   bool (*was_there)(void *arg, struct slice id), void *arg,
		   struct yaml_problems *problems);

/* ---- in words ---- */

/* Translates one English text: gettext(). NULL: English. */
typedef const char *verdict_translate(const char *text);

/* "near-consensus", marked for translation; and as JSON and CSS name it, never translated:
 * "near-consensus". They are the same in English. */
const char *verdict_word(enum verdict_kind kind);
/* "option 2", "no text", "the text" (of a point with one wording). */
void verdict_add_option(struct str *out, const struct verdict *v, uint32_t option,
			verdict_translate *tr);
/* One line: "consensus on option 2", "near-consensus on option 2: ARB objects",
 * "deadlock: AFR on option 3, EUR on option 2", "split", "silent". */
void verdict_brief(struct str *out, const struct verdict *v, const struct standing *s,
		   const struct parties *parties, verdict_translate *tr);
/* The same without who: for those who must not know. */
void verdict_anonymous(struct str *out, const struct verdict *v, verdict_translate *tr);
/*
 * One line that says why: "All but one of 5 agree. For option 2: AFR, EUR; can accept it:
 * AMS, ASP. For option 3: ARB (red line). Silent: CIS." A stale position is marked.
 */
void verdict_explain(struct str *out, const struct verdict *v, const struct standing *s,
		     const struct parties *parties, verdict_translate *tr);
/*
 * The shortest form, for a cell of a table: "+2" supports, "~2" can accept, "-2" opposes, "°"
 * reserves, "o" no position, "·" silent, "(2)" silent but named in the text with option 2. A
 * red line puts "!" in the place of "+" and before the others, a changed wording "*" after
 * it. Where the point offers one wording, its number is left out.
 */
void standing_sign(struct str *out, const struct standing *s, const struct verdict *v);
/* What one party says: "supports option 2 (red line)", "silent". */
void standing_words(struct str *out, const struct standing *s, const struct verdict *v,
		    verdict_translate *tr);

#endif
