/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERSIONS_INNER_H
#define STORE_VERSIONS_INNER_H

#include "store/history.h"
#include "store/stream.h"
#include "store/versions.h"

/* What the files of store/versions share. */

/* ---- versions_list.c */

struct version_list {
	struct version *v; /* newest first */
	size_t n, cap;
};

void version_list_release(struct version_list *list);
/* A new one at the end, initialised. Valid until the next. */
struct version *version_list_add(struct version_list *list);

/*
 * Adds the versions of the draft's text that new has and old has not. walk (or NULL) is set
 * also on failure, for its notes; the caller's (versions_free() takes NULL).
 */
int version_list_between(struct version_list *list, struct repo *r,
			 const struct versions_between *ask, struct versions **walk,
			 struct error *err);

/* ---- versions.c */

/* After VERSIONS_END: where they came in another order than the right one, replaces the list,
 * and returns true. */
bool version_list_again(struct version_list *list, const struct versions *v);

/* ---- versions_sides.c: branches that have the text under another name */

/* Commits, in hex. */
struct version_tips {
	char (*v)[REPO_HEX + 1];
	size_t n, cap;
};

void version_tips_release(struct version_tips *t);
/* Adds the merge's parents that have no file of that name. */
void version_sides_note(struct version_tips *sides, struct repo *r, const struct version *merge,
			const char *name);
/* Moves those that have one to `to`. */
void version_sides_take(struct version_tips *sides, struct repo *r, const char *name,
			struct version_tips *to);
/* Whether a parent of the commit has a file of that name, and whether all have. */
bool version_parents_have(struct repo *r, const struct version *v, const char *name, bool all);

/* The text of the version's first file in one of its parents, whatever it is called there: its
 * blob; name (or NULL): the caller's. false: it has none. */
bool version_at_parent(struct repo *r, const struct version *v, size_t parent,
		       char hex[REPO_HEX + 1], char **name);

/* ---- versions_order.c */

/*
 * Puts what was found in turns (they begin at these places, in order; what is before the first
 * stays) into one order, the newest first; where that would put a child after its parent, it
 * stays as it is. Returns whether the list is another one.
 */
bool version_list_by_date(struct version_list *list, const size_t *turns, size_t n);

/* Whether a version comes after one that it was made from: by its parents, and by the texts it
 * found. */
bool version_list_is_crossed(const struct version_list *list);

/* ---- versions_log.c: one walk of one path, or of a draft's two */

struct version_log_of {
	const char *path;
	const struct version_tips *also; /* commits to begin with, too; or NULL */
	bool folder, beside;             /* as in versions_ask */
	const char *except; /* hex of a commit whose history is left out, or NULL */
	bool ordered;       /* children before parents, however long that takes */
};

struct version_log;
/* from: hex of the commit to begin with. */
int version_log_open(struct version_log **out, struct repo *r, const char *from,
		     const struct version_log_of *of, struct error *err);
void version_log_free(struct version_log *log);
/* As versions_next(). A walk that ends in a failure returns its status. */
int version_log_next(struct version_log *log, int wait_ms, struct version *out,
		     struct error *err);
bool version_log_was_cut(const struct version_log *log);
/* Whether asking for the right order would give no better one. */
bool version_log_is_ordered(const struct version_log *log);
/* The folder beside a draft's text; NULL where the path is of none. The caller's. */
char *version_beside(const char *path);

/* ---- versions_rename.c */

/*
 * What the file that commit v, a merge perhaps, added was called in its first parent: was is
 * set to a repository path (caller frees) and before to the blob, or to NULL.
 */
int version_renamed(struct repo *r, const struct version *v, const struct version_file *file,
		    char **was, char before[REPO_HEX + 1], struct error *err);

/* Whether the path is of a draft's text, in the same folder as the other. */
bool version_is_draft_beside(const char *path, const char *other);

/* ---- versions_cache.c */

/*
 * The list kept under that key, if it is whole and the repository still has the
 * commits it was made from. tip: the commit it begins at. Returns whether.
 */
bool version_cache_read(struct repo *r, const char *key, char tip[REPO_HEX + 1],
			struct version_list *list);
/* Keeps it. A failure is nobody's worry: the next time takes longer. */
void version_cache_write(struct repo *r, const char *key, const char *tip,
			 const struct version_list *list);

#endif
