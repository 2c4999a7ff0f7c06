/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIELDS_H
#define CORE_FIELDS_H

#include "core/yaml.h"

/*
 * Maps with known keys, for the readers of core's YAML files only: values as
 * texts, and a word about every key that is not known or no text.
 */

struct fields {
	const struct yaml_doc *doc;
	const struct yaml_node *map;
	struct yaml_problems *problems;
};

/* The text of a key as a copy for the caller to free, "" where it is not given; a value that
 * is no text is a problem. */
char *fields_text(const struct fields *f, const char *key);
/* Names every key that is not in known (NULL at the end). */
void fields_check(const struct fields *f, const char *const *known);
/* The root as a map or list; NULL where it says nothing or is something else, which is a
 * problem. */
const struct yaml_node *fields_root(const struct yaml_doc *doc, enum yaml_kind kind,
				    struct yaml_problems *problems);

#endif
