/* SPDX-License-Identifier: MIT */
#ifndef STORE_REPO_PLACE_H
#define STORE_REPO_PLACE_H

#include "core/error.h"
#include "core/str.h"

/*
 * Whether a git directory is one that can be opened, before libgit2 or git opens any of it: a
 * repository from a stranger may have a pipe where git has a file, which nobody ever writes to,
 * and a link where git writes, so that what is written lands elsewhere. Opens
 * no file but HEAD and the configuration.
 */

/* git_dir: with "/" at the end. ST_DENIED: the words name what is in the way. */
int repo_place_check(const char *git_dir, struct error *err)
	__attribute__((warn_unused_result));
/* The same for the git directory that path is in, the nearest on the way up; 0 where there is
 * none. found gets which it is, resolved. */
int repo_place_check_above(const char *path, struct str *found, struct error *err)
	__attribute__((warn_unused_result));

/* Where a git directory's configuration and branches are, with "/" at the end, appended:
 * itself, but for a linked working tree's. */
void repo_place_common(const char *git_dir, struct str *out);

/* Once for the process, when libgit2 was begun: which formats it opens. */
void repo_place_begin(void);
/* Whether libgit2 can read what is in a git directory that was looked at; path is what a person
 * calls it. ST_INPUT: the words name the extension or version that is too much for it. */
int repo_place_check_format(const char *git_dir, const char *path, struct error *err)
	__attribute__((warn_unused_result));

/* Whether what the configuration of a git directory names for git to read, by include.path and
 * the like, are files. work_dir: with "/" at the end; NULL: the folder git_dir is in.
 * ST_DENIED, ST_TOO_LARGE. repo_place_check() does so. */
int repo_place_check_names(const char *git_dir, const char *work_dir, struct error *err)
	__attribute__((warn_unused_result));

/*
 * The same of the working tree's files that git reads besides those it is asked for. top: with
 * "/" at the end. ST_DENIED.
 */

/* What libgit2 reads for a path: the attributes of each folder on the way to it. */
int repo_tree_check_path(const char *top, const char *path, struct error *err)
	__attribute__((warn_unused_result));
/* What git reads for the working tree as a whole; top may be without "/". */
int repo_tree_check_all(const char *top, struct error *err) __attribute__((warn_unused_result));

#endif
