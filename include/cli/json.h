/* SPDX-License-Identifier: MIT */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "core/place.h"
#include "core/str.h"

#include <jansson.h>

/* JSON as FORMAT.md prints it: UTF-8, one object, keys in the order they were set. */

/* A text; a byte that is not UTF-8 is U+FFFD. */
json_t *json_text(struct slice text);
/* The same of a NUL-terminated text; null for NULL. */
json_t *json_words(const char *text);
/* Sets two keys to a place. */
void json_set_place(json_t *object, const char *line, const char *column, struct place place);
/*
 * Appends the JSON and a line end, and releases it. What must not reach a
 * terminal raw (C1, bidi controls, and so on) is escaped.
 */
void json_print(json_t *value, struct str *out);

#endif
