/* SPDX-License-Identifier: MIT */
#ifndef CORE_POSITION_H
#define CORE_POSITION_H

#include "core/error.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One party's positions on the points of one draft, as CODE.positions.yaml has
 * them (FORMAT.md, "The YAML files"). Whether the points still exist and the
 * wording is still the same is for core/verdict to say.
 */

enum stance { STANCE_NONE, STANCE_SUPPORTS, STANCE_ACCEPTS, STANCE_OPPOSES, STANCE_RESERVES };

enum strength { STRENGTH_NONE, STRENGTH_FLEXIBLE, STRENGTH_PREFERS, STRENGTH_RED_LINE };

struct position {
	char *id; /* the point's */
	enum stance stance;
	enum strength strength;
	bool has_option;
	uint32_t option; /* from 1; 0 is no text. Only with supports, accepts, opposes */
	char *wording;   /* digest of that option when given; "" and so for all texts below */
	char *source;
	char *meeting;
	char *date;
	char *note;
	size_t line, column; /* of the id, from 1 */
};

struct positions {
	struct position *v; /* in the file's order; no id twice */
	size_t n, cap;
};

/*
 * Reads the file's bytes; p is initialised here, also after a failure. An entry
 * that makes no sense (an unknown stance, an option that is no number) is left
 * out and named in problems (which may be NULL); unknown keys are named too.
 */
int positions_read(struct slice yaml, struct positions *p, struct yaml_problems *problems,
		   struct error *err) __attribute__((warn_unused_result));
void positions_release(struct positions *p);
/* Moves over those of more on whose points p has none. Release more all the same. */
void positions_add(struct positions *p, struct positions *more);
/* NULL where the party has none on that point. */
const struct position *positions_find(const struct positions *p, struct slice id);

/*
 * Records a position in the file's bytes, in the place of an older one on the
 * same point; line and column are not used, and neither are texts that are ""
 * or NULL. Every other entry, comments and unknown keys among them (also those of
 * the older one) stay as they are. ST_INPUT: the file must be mended first.
 */
int position_set(struct str *yaml, const struct position *p, struct error *err)
	__attribute__((warn_unused_result));
/* Takes the position on a point away; ST_MISSING where there is none. */
int position_remove(struct str *yaml, const char *id, struct error *err)
	__attribute__((warn_unused_result));

/* The stance or strength a word names, as the file writes it; false where it is none.
 * STRENGTH_NONE has no word. */
bool stance_find(struct slice word, enum stance *s);
bool strength_find(struct slice word, enum strength *s);
const char *stance_word(enum stance s);     /* "supports"; "none" */
const char *strength_word(enum strength s); /* "red-line"; "" for none */

#endif
