/* SPDX-License-Identifier: MIT */
#ifndef CORE_YAML_EDIT_IMPL_H
#define CORE_YAML_EDIT_IMPL_H

#include "core/yaml.h"
#include "core/yaml_edit.h"

/* What the parts of core/yaml_edit share. */

/* Bytes to be changed and how they were read. */
struct yaml_change {
	struct str *bytes;
	struct yaml_doc was;
	struct str now; /* the bytes as they will be */
};

/* Reads the bytes, whose root is of that kind or nothing; yaml_change_end() always follows. */
int yaml_change_begin(struct yaml_change *c, struct str *bytes, enum yaml_kind kind,
		      struct error *err);
void yaml_change_end(struct yaml_change *c);
/* The outermost map's entry of that key; NULL. */
const struct yaml_node *yaml_change_entry(const struct yaml_change *c, struct slice key);
/* Whether an entry is what it was. */
bool yaml_change_keeps(const struct yaml_change *c, const struct yaml_node *was,
		       const struct yaml_doc *now_doc, const struct yaml_node *now);

/* Lines as YAML 1.1 has them. Whether one begins there; where the one at `at` begins; just
 * after the line end at or after `at`. */
bool yaml_begins_line(struct slice bytes, size_t at);
size_t yaml_line_begin(struct slice bytes, size_t at);
size_t yaml_line_end(struct slice bytes, size_t at);

#endif
