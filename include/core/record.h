/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include "core/bracket.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/position.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A position as it is signed: the bytes that ssh-keygen -Y gets, and where the signature is
 * kept.
 *
 * The bytes say which position in which repository is meant, all of it, and which one it takes
 * the place of. They are not kept: who checks a signature makes them anew from what stands in
 * CODE.positions.yaml and where that file is. So a signature that is moved to another point,
 * draft, party or repository, or beside another stance, is one of other bytes. Each field is
 *
 *     name SP length-in-bytes ":" value LF
 *
 * in one order, none left out: two different records never have the same bytes.
 *
 * Beside CODE.positions.yaml stands CODE.signatures.yaml, a line a point:
 *
 *     b3f2a: {serial: 1767225600, previous: "…", wording: "…", signature: "U1NIU0lH…"}
 *
 * serial grows with each record of a party on a point: one more than the last, or the seconds
 * since 1970, whichever is more. previous is the SHA-256 of the bytes of the record before, ""
 * for a first one. wording is the SHA-256 of the option's text (FORMAT.md's digest has its
 * first 16 digits: too few against somebody who makes two texts for one digest). A position
 * taken back leaves a record too, with withdrawn: true. Pure.
 */

/* What ssh-keygen is told the signature is for: it counts for nothing else. */
#define RECORD_PURPOSE "adref-position@v1"

struct record {
	struct slice root;        /* the repository's first commit, in hex */
	struct slice draft;       /* repository path, without ".md": "drafts/res-31" */
	struct slice party;       /* the code that the file is called by */
	struct slice point;       /* its id */
	const struct position *p; /* NULL: withdrawn. Not read: its id, wording, line, column */
	struct slice wording;     /* DIGEST_HEX digits, or empty */
	uint64_t serial;
	struct slice previous; /* DIGEST_HEX digits, or empty */
};

/* Appends the bytes that are signed. */
void record_write(struct str *out, const struct record *r);
/* SHA-256 of them: what the next record calls its previous one. */
void record_digest(const struct record *r, char hex[DIGEST_HEX + 1]);
/* The whole digest of option k (from 0: no text) of a point; verdict_wording() has the first 16
 * digits of it. */
void record_wording(const struct brackets *b, struct slice draft, uint32_t point, uint32_t k,
		    char hex[DIGEST_HEX + 1]);

/* One line of CODE.signatures.yaml. */
struct seal {
	char *id;
	uint64_t serial;
	char previous[DIGEST_HEX + 1]; /* "" : none */
	char wording[DIGEST_HEX + 1];  /* "" : none */
	bool withdrawn;
	struct str signature; /* as core/sshsig reads it */
	size_t line, column;
};

struct seals {
	struct seal *v; /* in the file's order; no id twice */
	size_t n, cap;
};

/* s is initialised here, also after a failure. An entry that makes no sense is left out and
 * named in problems (may be NULL). */
int seals_read(struct slice yaml, struct seals *s, struct yaml_problems *problems,
	       struct error *err) __attribute__((warn_unused_result));
void seals_release(struct seals *s);
/* NULL where there is none. */
const struct seal *seals_find(const struct seals *s, struct slice id);
/* Puts it into the file's bytes, in the place of an older one on the point. ST_INPUT. */
int seal_set(struct str *yaml, const struct seal *s, struct error *err)
	__attribute__((warn_unused_result));

/* The record that a seal and a position (NULL: none) make; slices are borrowed from all. */
struct record seal_record(const struct seal *s, const struct position *p, struct slice root,
			  struct slice draft, struct slice party);
/* Whether the seal can be of this position at all: both withdrawn or both there, and the
 * position's wording the beginning of the seal's. */
bool seal_fits(const struct seal *s, const struct position *p);

#endif
