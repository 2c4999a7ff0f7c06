/* SPDX-License-Identifier: MIT */
#ifndef CORE_FRONT_H
#define CORE_FRONT_H

#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A draft's front matter: YAML between "---" lines at its very beginning
 * (FORMAT.md, "Files"). Only the six keys it names are read, others belong to
 * other programs. What cannot be used is a problem with its place in the
 * draft, never a failure. core/yaml sets the limits; of more than 64 KB nothing is read, and a
 * problem says so.
 */

struct front_matter {
	bool present;
	size_t end;     /* bytes it takes from the draft's start, both "---" lines included */
	char *title;    /* these are NULL where missing; UTF-8, one line */
	char *type;     /* as written: "resolution", "declaration", "report" */
	char *symbol;   /* "AFCP/12A1" */
	char *revision; /* "2" */
	char *language; /* "fr" */
	char *base;     /* the commit or file the proposals start from */
	struct yaml_problems problems;
};

/* Bytes of the front matter at the draft's start, 0 where there is none. */
size_t front_matter_at(struct slice draft);

/* f is overwritten and the caller's to release; all NULL where there is no front matter. */
void front_matter_read(struct front_matter *f, struct slice draft);
void front_matter_release(struct front_matter *f);

#endif
