/* SPDX-License-Identifier: MIT */
#ifndef CORE_YAML_H
#define CORE_YAML_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * YAML bytes to a tree of maps, lists and texts. For the files of FORMAT.md, "The YAML files",
 * and the settings. Knows nothing of what the keys mean.
 *
 * What people write by hand is never lost as a whole: a stretch that is no
 * YAML is a problem with its place, and reading goes on at the next line that
 * begins an entry of the outermost map or list. Every scalar is its text;
 * "true" and "2025-03-29" mean what the caller makes of them. Aliases are not
 * followed and tags are not heeded, so a file cannot be larger than it looks. Bytes that YAML
 * does not allow are read as '?'. core/yaml_edit changes such files.
 */

#define YAML_MOST_BYTES   (1024 * 1024)
#define YAML_MOST_DEPTH   32
#define YAML_MOST_NODES   100000
#define YAML_PROBLEM_TEXT 160
#define YAML_NOTHING      UINT32_MAX

/* A thing in a YAML file that could not be used; the rest was read. */
struct yaml_problem {
	size_t line, column;          /* from 1; columns in code points */
	char text[YAML_PROBLEM_TEXT]; /* in words, untranslated (N_) */
};

struct yaml_problems {
	struct yaml_problem *v;
	size_t n, cap;
};

void yaml_problems_release(struct yaml_problems *p);
/* Notes one more; p may be NULL. At most 1000 are kept. */
void yaml_problem_add(struct yaml_problems *p, size_t line, size_t column, const char *format,
		      ...) __attribute__((format(printf, 4, 5)));

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	bool plain;                  /* a text without quotes: a bare null means nothing */
	bool flow;                   /* a map or list in { } or [ ] */
	struct slice key;            /* in a map; ends in a NUL that is not counted */
	struct slice text;           /* of a YAML_TEXT; ends in a NUL that is not counted */
	size_t line, column;         /* of the value, from 1; columns in code points */
	size_t key_line, key_column; /* of the key; of the value in a list */
	size_t begin, end;           /* of the value: bytes of what was read */
	size_t key_begin;
	uint32_t parent, first, next; /* YAML_NOTHING where there is none */
	uint32_t last, n;             /* last child, and how many */
};

struct yaml_doc {
	struct yaml_node *v; /* v[0] is the root; n is 0 where the bytes say nothing */
	size_t n, cap;
	struct str pool; /* keys and texts */
	size_t end;      /* where the document ends, in bytes: before "..." or a second "---" */
	bool broken;     /* some stretch was not YAML: do not edit the file */
};

/*
 * Reads the bytes. doc is initialised here and released by the caller also
 * after a failure. ST_INPUT where not even a first entry could be read,
 * ST_TOO_LARGE beyond the limits above; err then begins with "line:column: ".
 * problems may be NULL.
 */
int yaml_read(struct slice bytes, struct yaml_doc *doc, struct yaml_problems *problems,
	      struct error *err) __attribute__((warn_unused_result));
void yaml_release(struct yaml_doc *doc);

/* Borrowed nodes, valid until yaml_release(). Every one takes NULL and then says NULL. */
const struct yaml_node *yaml_root(const struct yaml_doc *doc);
const struct yaml_node *yaml_first(const struct yaml_doc *doc, const struct yaml_node *node);
const struct yaml_node *yaml_next(const struct yaml_doc *doc, const struct yaml_node *node);
/* The value of a key; NULL where node is no map or has no such key. */
const struct yaml_node *yaml_get(const struct yaml_doc *doc, const struct yaml_node *node,
				 const char *key);
/* The text of a key; empty where it is not there, null, or no text. */
struct slice yaml_get_text(const struct yaml_doc *doc, const struct yaml_node *node,
			   const char *key);
/* Nothing given: no node, or a bare null, ~ or nothing after the colon. */
bool yaml_is_null(const struct yaml_node *node);
/* A text that is not null. */
bool yaml_is_text(const struct yaml_node *node);
/* Whether two trees say the same, order of keys included, style aside. */
bool yaml_equal(const struct yaml_doc *a, const struct yaml_node *x, const struct yaml_doc *b,
		const struct yaml_node *y);

/* How long the line end is that stands there, 0: none. As YAML 1.1 has them: a CR alone ends a
 * line, and so do U+0085, U+2028 and U+2029. */
size_t yaml_break_at(struct slice bytes, size_t at);

/* Appends the version of the library behind it. */
void yaml_library_version(struct str *out);

#endif
