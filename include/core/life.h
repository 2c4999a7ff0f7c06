/* SPDX-License-Identifier: MIT */
#ifndef CORE_LIFE_H
#define CORE_LIFE_H

#include "core/bracket.h"
#include "core/message.h"
#include "core/party.h"
#include "core/position.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What became of each point of a draft, from version to version: born, reworded,
 * options added and dropped, parties joined and left, merged, split, deferred,
 * resolved, reopened, and the positions given on it. Knows nothing of git,
 * commits or screens: versions are bytes with a number.
 *
 * A point is the same as one of the version before where both have the same
 * id; otherwise where its brackets stand at the same place between words that
 * stayed, its wording is the same, or nearly so, in the same paragraph, whether that
 * stayed or moved. Two points with different ids are never the same.
 *
 * Versions are added oldest first, each with the version its text was made from
 * (its base; at a merge the first parent's). What a merge brings is no event of
 * its own where one of the other parents has it already. Lines that stayed are
 * neither read nor compared again: the time is that of what changed.
 */

#define LIFE_NONE UINT32_MAX

enum life_kind {
	LIFE_BORN,     /* text: its brackets; parties: who asks for what it offers */
	LIFE_REWORDED, /* an option: text now, more before */
	LIFE_ADDED,    /* an option: text, parties */
	LIFE_DROPPED,  /* an option: text, parties */
	LIFE_JOINED,   /* a party with an option: party, text */
	LIFE_LEFT,     /* a party no longer with an option: party, text */
	LIFE_MERGED,   /* into the point `other` */
	LIFE_SPLIT,    /* from the point `other`; text: its brackets */
	LIFE_DEFERRED, /* text: until when, and why */
	LIFE_TAKEN_UP,
	LIFE_RESOLVED, /* text: what stands there now ("": nothing); parties: who was for it,
			  and in more who against: as the decision says, if recorded; else
			  who asked in the text for that option, and who for another */
	LIFE_CLOSED,   /* gone with its paragraph, or with the point around it */
	LIFE_REOPENED, /* text: its brackets */
	LIFE_POSITION, /* party, stance, strength, option; text: the source */
	/* Of life_is_of_newest() alone: */
	LIFE_THERE,  /* it was open already; text: its brackets */
	LIFE_OPENED, /* born, split off or reopened; text and parties as there */
	LIFE_KINDS
};

#define LIFE_PARTIES 128 /* parties that are told of */

/* Parties by index in the table; those beyond are not told apart from nobody. */
struct life_parties {
	uint64_t w[2];
};

struct life_event {
	enum life_kind kind;
	uint32_t version, point;
	uint32_t other;    /* a point, or LIFE_NONE */
	uint32_t option;   /* from 1; 0: none, or no text */
	uint32_t previous; /* the point's event before this, or LIFE_NONE */
	uint16_t party;
	unsigned char stance, strength;
	bool recorded;
	struct life_parties parties;
	size_t text, text_len, more, more_len; /* life_text(), life_more() */
};

enum life_state { LIFE_OPEN, LIFE_IS_RESOLVED, LIFE_IS_CLOSED, LIFE_IS_MERGED };

struct life_point {
	enum life_state state;
	uint32_t born, ended;         /* versions; ended: LIFE_NONE while it is open */
	uint32_t last;                /* its newest event */
	uint32_t spoken;              /* the newest version in which a party spoke on it */
	uint32_t depth;               /* when it was last seen; 1: outermost */
	uint32_t n_versions;          /* in how many versions its words were touched */
	uint32_t number;              /* where it was last seen: from 1 */
	struct life_parties holders;  /* who asked for something in it when last seen */
	size_t id, id_len;            /* the newest one; empty: never had one */
	size_t text, text_len;        /* its brackets, when last seen */
	uint64_t hash, before, after; /* of the wording and what stands around it */
	uint32_t chain;               /* the next with the same hash */
};

struct life {
	struct life_point *points; /* in the order they were born */
	size_t n_points, cap_points;
	struct life_event *events; /* by version */
	size_t n_events, cap_events;
	struct str pool; /* the texts */
	size_t n_versions;
	struct life_inner *inner;
};

void life_init(struct life *l);
void life_release(struct life *l);

struct life_version {
	struct slice text;
	bool gone; /* the draft was deleted: its points are not there, and nothing was decided
		    */
	uint32_t base;          /* LIFE_NONE: a first version */
	const uint32_t *others; /* at a merge: the versions the other parents have */
	size_t n_others;
	const struct message_record *record; /* of the commit; or NULL */
	uint32_t undoes;                     /* a version it takes back, or LIFE_NONE */
};

/* Adds a version and returns its number, from 0. Bases must not be forgotten. Parties: the same
 * table for all. */
uint32_t life_add(struct life *l, const struct life_version *v, const struct parties *parties);
/* That version, which is not forgotten, is the last with a text: points that do not stand in it
 * are not open (where the draft is not there any more: none is). They are gone, or one with the
 * point that reads the same. No version can follow. */
void life_end(struct life *l, uint32_t newest);
/*
 * The life is of a draft's newest versions, what was before them is not read: the
 * points of the first one were there already, and whether one that came later is new
 * nobody can tell. All else is as it will be told when all is read, if each version
 * was made from the one before it.
 */
void life_is_of_newest(struct life *l);
/* The version will be no base any more. The caller's duty where memory matters. */
void life_forget(struct life *l, uint32_t version);
/* Whether it has a text and is not forgotten. */
bool life_is_there(const struct life *l, uint32_t version);

/* A version that left the text alone (positions, a deferral): it only has a number. */
uint32_t life_aside(struct life *l);
/* What a commit's record says beside its text: a deferral. life_add() does it by itself. */
void life_note(struct life *l, uint32_t version, const struct message_record *record);
/* A party's positions changed (before may be NULL), as of that version. */
void life_position(struct life *l, uint32_t version, uint16_t party,
		   const struct positions *before, const struct positions *after);

struct slice life_text(const struct life *l, const struct life_event *e);
struct slice life_more(const struct life *l, const struct life_event *e);
struct slice life_point_id(const struct life *l, const struct life_point *p);
struct slice life_point_text(const struct life *l, const struct life_point *p);
/* Appends a point's events, oldest first, to list (caller frees); returns how many. */
size_t life_events_of(const struct life *l, uint32_t point, uint32_t **list);
/* The points of a version that is not forgotten, by where they begin; the list is the caller's.
 * Returns how many. */
struct life_spot {
	size_t begin, end;
	uint32_t point;
};
size_t life_spots(const struct life *l, uint32_t version, struct life_spot **spots);

/* How many points a version opened, changed, resolved (or closed) and reopened. */
struct life_counts {
	size_t opened, changed, resolved, reopened;
};
void life_count(const struct life *l, uint32_t version, struct life_counts *counts);

/*
 * The same of two texts alone, for a list that goes back in time: what is a
 * point's past is not known, so only a commit that undoes a decision (record)
 * reopens. near keeps the reading of `before` for the next call, whose `after` it is
 * as a rule; begin with a zeroed one.
 */
struct life_near {
	struct reading *reading; /* owned; or NULL */
};
void life_compare(struct slice before, struct slice after, const struct message_record *record,
		  const struct parties *parties, struct life_near *near,
		  struct life_counts *counts);
void life_near_release(struct life_near *near);

/* "born", "option added", … N_() */
const char *life_kind_word(enum life_kind kind);

/* Whether the set has the party; puts it in. */
bool life_has(const struct life_parties *set, uint16_t party);

/*
 * As bytes, to be kept and read again: with which points each version from `from`
 * on that is there has. After unpacking none is there; life_give() makes one so,
 * by its text. false: the bytes make no sense, l is empty then; or the version was
 * not there, or has another text. Parties: the same table.
 */
void life_pack(const struct life *l, uint32_t from, struct str *out);
bool life_unpack(struct life *l, struct slice bytes);
bool life_give(struct life *l, uint32_t version, struct slice text,
	       const struct parties *parties);

#endif
