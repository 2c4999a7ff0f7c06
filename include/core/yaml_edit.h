/* SPDX-License-Identifier: MIT */
#ifndef CORE_YAML_EDIT_H
#define CORE_YAML_EDIT_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Small edits of YAML bytes whose root is a map or a list, or that say nothing
 * yet: one entry is set, added or taken away, and every other byte, comments
 * and unknown keys among them, stays. The result is read back and compared
 * with what was meant before it is given out.
 *
 * value is YAML on one line: yaml_add_scalar(), or "{a: b}". ST_INPUT where the
 * bytes are broken, or written in a way that does not allow the edit: then
 * they are as they were.
 */

/* Appends text as one YAML scalar on one line, quoted where needed. Bytes that are
 * not UTF-8 become U+FFFD, for YAML cannot hold them. */
void yaml_add_scalar(struct str *out, struct slice text);
/* Appends ", key: text" for a map in { }; without the comma where out ends in "{". */
void yaml_add_pair(struct str *out, const char *key, struct slice text);

/* Gives a key of the outermost map a value, in its old place or at the end. */
int yaml_edit_set(struct str *bytes, struct slice key, struct slice value, struct error *err)
	__attribute__((warn_unused_result));
/* What a map is to have under a key; or nothing. */
struct yaml_pair {
	const char *key;
	struct slice value; /* YAML on one line */
	struct slice text;  /* what it says: where the map says so, its bytes stay */
	bool gone;
};
/*
 * The same for a map: `pairs` become those of the map that the key has, where it is
 * written one pair a line: so do comments, order and other pairs stay. Else, or
 * where the key has none, value (the whole map on one line) is put there.
 */
int yaml_edit_set_pairs(struct str *bytes, struct slice key, const struct yaml_pair *pairs,
			size_t n, struct slice value, struct error *err)
	__attribute__((warn_unused_result));
/* Takes a key away with its value; ST_MISSING where it is not there. */
int yaml_edit_unset(struct str *bytes, struct slice key, struct error *err)
	__attribute__((warn_unused_result));
/* Adds an entry at the end of the outermost list. */
int yaml_edit_append(struct str *bytes, struct slice value, struct error *err)
	__attribute__((warn_unused_result));
/* Takes the index-th entry (from 0) of a list away; ST_MISSING beyond its end. */
int yaml_edit_remove(struct str *bytes, size_t index, struct error *err)
	__attribute__((warn_unused_result));

#endif
