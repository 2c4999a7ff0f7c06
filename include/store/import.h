/* SPDX-License-Identifier: MIT */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "core/error.h"
#include "core/party.h"
#include "core/tracked.h"
#include "core/unwrap.h"

#include <stdatomic.h>
#include <stdbool.h>

/*
 * A foreign file as a draft, and what was done to it: by store/docx, store/convert,
 * core/unwrap. For the command line and the workbench alike; writes nothing.
 */

struct import_options {
	enum tracked_how how;
	bool keep_lines;
	const struct parties *parties;
	const atomic_bool *stop; /* true: goes no further, ST_FAIL; or NULL */
};

struct import {
	struct unwrapped u; /* u.text is the draft */
	struct tracked tracked;
};

/* Reads the file. m is to be released whatever comes of it. */
int import_read(struct import *m, const char *path, const struct import_options *o,
		struct error *err) __attribute__((warn_unused_result));
/* The same of a text that is at hand. */
void import_text(struct import *m, struct slice text, const struct import_options *o);
void import_release(struct import *m);

#endif
