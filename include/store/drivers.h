/* SPDX-License-Identifier: MIT */
#ifndef STORE_DRIVERS_H
#define STORE_DRIVERS_H

#include "core/str.h"
#include "store/session.h"

#include <stdbool.h>

/*
 * What git is told about drafts: that it merges them by `adref merge-file`, and compares
 * them by words. The workspace's .gitattributes say for which files (committed, so that
 * everyone has it); the repository's own configuration says how (never shared).
 */

/* Sets it up, or takes it away. The attributes are committed; where they are so already,
 * result stays empty. */
int session_drivers(struct session *s, bool on, struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

/* Appends the merge driver's command line for git's shell. program: adref, or the path of it.
 * Whatever fails, no side stands there alone. mark: a file that gets the path of each file that
 * was merged, a line each, so that one whose driver was killed is known; or NULL. */
void drivers_merge_command(const char *program, const char *mark, struct str *out);
/* Appends the lines of .gitattributes; prefix: "" or "folder/" before each pattern. */
void drivers_attributes(const char *prefix, struct str *out);

#endif
