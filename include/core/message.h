/* SPDX-License-Identifier: MIT */
#ifndef CORE_MESSAGE_H
#define CORE_MESSAGE_H

#include "core/party.h"
#include "core/position.h"
#include "core/resolve.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The commit messages of what a chair does: a subject of at most 72 columns, a
 * body that names the paragraph, and trailers that programs read back:
 *
 *     res-31: point 5 decided: "at least one"
 *
 *     In line 12, "1 to continue to organize, within existing limits, [one /
 *       AFR, EUR: at least one / ARB: two] regional preparatory meeting…",
 *       option 2 was chosen, with 3 linked points.
 *
 *     Point: 5 (b3f2a)
 *     Decision: option 2, "at least one"
 *     Linked: 3
 *     Package: 2 points: 5=2, 8=1
 *     Meeting: IRM-3
 *     Supported-by: AFR, EUR
 *     Opposed-by: ARB
 *
 * Whatever comes from a draft or a user is one sanitised line and stands inside
 * a line of ours, so that no text can forge a trailer. Messages are a record:
 * they are in English and not translated. Pure.
 *
 * "Meeting:" stands in what a chair does: the meeting that is now by the settings or the
 * calendar, or was last. An edit, a restore or any other commit of a draft has it while a
 * meeting is on (its days by the calendar) or one is set; between meetings it is of none. A
 * merge has none: it is made whenever somebody shares, and what it brings together says itself
 * what it is of.
 *
 * Package names the points that were decided together, a commit each, as they were numbered
 * before the first of them, and what was chosen; the same line stands in all of them.
 *
 * Supported-by and Opposed-by are what resolved_hear() found: by the recorded positions,
 * and where a party has none by whom the text names. With new wording, which
 * nobody asked for, nobody is named.
 */

/* What every message needs. */
struct message_about {
	const char *draft;   /* its name: "res-31" */
	const char *meeting; /* its code; "" or NULL: none */
	const struct parties *parties;
	struct slice reason; /* in the user's words; may be empty */
};

/* Appends the whole message, as all of these do. r has what resolve_point() and resolved_hear()
 * filled. */
void message_decision(struct str *out, const struct message_about *a, const struct resolved *r);

struct message_record;
/* The decision that commit (hex) made is taken back. */
void message_undo(struct str *out, const struct message_about *a,
		  const struct message_record *undone, const char *commit);

/* The point (resolve_describe) is put off, for a->reason, until a meeting or a date (may be
 * empty); or, deferred false, taken up again. */
void message_deferral(struct str *out, const struct message_about *a,
		      const struct resolved *point, struct slice until, bool deferred);

/* The paragraph (the draft's bytes) is agreed ad referendum, or not any longer. */
void message_agreement(struct str *out, const struct message_about *a, struct slice paragraph,
		       size_t line, bool agreed);

/*
 * The party's position on the point (resolve_describe) is recorded; p NULL: withdrawn. text:
 * the option's, in the draft's bytes, where p names one; n_options: how many the point has.
 */
void message_position(struct str *out, const struct message_about *a,
		      const struct resolved *point, uint16_t party, const struct position *p,
		      struct slice text, uint32_t n_options);

/* Any edit of the text, with a subject of the caller's, that was agreed: why is where or by
 * whom. */
void message_edit(struct str *out, const struct message_about *a, struct slice subject,
		  struct slice why);

/*
 * Lines for under the subject of a consolidation: whose texts the draft was made of, and
 * where that was said with the command, which file of the repository is their base
 * (else what the draft's front matter names, or the draft itself; base is empty then).
 *
 *     Consolidated: AFR, EUR
 *     Base: drafts/res-31/base.md
 */
void message_consolidation(struct str *out, const struct parties *parties, const uint16_t *list,
			   size_t n, struct slice base);

/* Puts the trailer "Meeting:" under a whole message of any kind, unless it has one, or meeting
 * is "". */
void message_add_meeting(struct str *message, const char *meeting);

enum message_kind {
	MESSAGE_OTHER, /* no trailers of ours */
	MESSAGE_DECISION,
	MESSAGE_UNDO,
	MESSAGE_DEFERRAL,
	MESSAGE_AGREEMENT,
	MESSAGE_POSITION
};

/* What the trailers say. Slices are of the message; empty where there is no such trailer. */
struct message_record {
	enum message_kind kind;
	size_t number;         /* of the point, as it was then; 0: none */
	struct slice id;       /* the point's id, if it had one */
	struct slice decision; /* 'option 2, "at least one"'; of an undo: what was undone */
	struct slice undoes;   /* an undo: the commit, in hex */
	struct slice deferral; /* 'until IRM-3, "no mandate yet"', or "ended" */
	struct slice agreed;   /* '"to continue…"', or 'withdrawn, "to continue…"' */
	struct slice edit;     /* why an ordinary edit is agreed: 'read out at IRM-2' */
	struct slice consolidated, base; /* "AFR, EUR"; "drafts/res-31/base.md" */
	struct slice position; /* 'AFR supports option 2, "at least one"', 'AFR withdrawn' */
	size_t linked;
	struct slice package; /* "2 points: 5=2, 8=1": decided together */
	struct slice meeting;
	struct slice supported, opposed; /* "AFR, EUR" */
};

/*
 * Reads the trailers back: those in the last paragraphs of the message, which
 * hold nothing else (a hook may have added its own). Of a trailer that stands
 * twice the first counts. Any bytes can be read.
 */
void message_parse(struct slice message, struct message_record *record);

#endif
