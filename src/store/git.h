/* SPDX-License-Identifier: MIT */
#ifndef STORE_GIT_H
#define STORE_GIT_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What store's own git modules share, and nobody else sees. git2.h itself is
 * included by their .c files only; here its structs are named, never opened.
 */

struct git_repository;
struct git_config;
struct git_oid;
struct git_tree;
struct git_object;
struct gitcommit;

struct repo {
	struct git_repository *git;
	char *git_dir, *common_dir; /* absolute, with "/" at the end */
	char *work_dir;             /* NULL: bare */
};

/* Initialises libgit2 and sets its options, once for the process. */
int gitlib_begin(struct error *err);
/* Fills err with what was intended, and why libgit2 says it failed. Status by its code. */
int gitlib_error(struct error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Fills err with what could not be read in a repository that is damaged, and what can be done.
 */
int gitlib_damage(struct error *err, const char *what);
/* The user's configuration file, where the environment names it; NULL otherwise. */
const char *gitlib_global_config(void);

/* The branch that HEAD names, in full ("refs/heads/main"). ST_DENIED where it names none. */
int repo_head_name(struct repo *r, struct str *name, struct error *err);
/* A file or folder of adref's own in the git directory that all working trees share; the folder
 * is made. */
int repo_own_file(struct repo *r, const char *name, struct str *path, struct error *err);
/* The same in the git directory of this working tree. */
int repo_tree_file(struct repo *r, const char *name, struct str *path, struct error *err);
/* Keeps bytes that are in the way and may be missed: in a new file of adref's own in this
 * working tree's git directory, named by the time and by `name` (a path will do). file gets
 * where. */
int repo_set_aside(struct repo *r, const char *name, struct slice bytes, struct str *file,
		   struct error *err);
/* Parses a full hex id; ST_INPUT. */
int repo_id(const char *hex, struct git_oid *id, struct error *err);
/* What a revision names, by libgit2's code (not a status). */
int repo_revision(struct repo *r, const char *revision, struct git_object **out);
/*
 * The id and mode of path in a tree. Returns 1, or 0 where there is none (or
 * a part of it is no folder), or a negative status.
 */
int repo_tree_entry(const struct git_tree *tree, const char *path, struct git_oid *id,
		    unsigned *mode, struct error *err);
/* A commit by its own bytes, which c is of: whatever grafts, replacements or a file beside the
 * objects say of it. ST_INPUT: no commit, or a larger one than GITCOMMIT_MOST. */
int repo_read_commit(struct repo *r, const char *id, struct str *bytes, struct gitcommit *c,
		     struct error *err);
/* A value of the whole configuration, NULL where unset; caller frees. */
char *repo_config_text(struct repo *r, const char *key);

#endif
