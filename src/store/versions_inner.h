/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERSIONS_INNER_H
#define STORE_VERSIONS_INNER_H

#include "store/history.h"
#include "store/stream.h"
#include "store/versions.h"

/* What the files of store/versions share. */

struct version_list {
	struct version *v; /* newest first */
	size_t n, cap;
};

void version_list_release(struct version_list *list);
/* A new one at the end, initialised. Valid until the next. */
struct version *version_list_add(struct version_list *list);

/*
 * Moves all that are still to come to the list's end. step (or NULL) is asked now
 * and then whether to go on; where it says no: ST_FAIL "stopped".
 */
int version_list_rest(struct version_list *list, struct versions *v, bool (*step)(void *arg),
		      void *arg, struct error *err);

/* ---- versions_log.c: one walk of one path */

struct version_log;
/* from: hex of the commit to begin with; except: of one whose history is left out, or NULL. */
int version_log_open(struct version_log **out, struct repo *r, const char *from,
		     const char *except, const char *path, bool folder, struct error *err);
void version_log_free(struct version_log *log);
/* As versions_next(). A walk that ends in a failure returns its status. */
int version_log_next(struct version_log *log, int wait_ms, struct version *out,
		     struct error *err);
bool version_log_was_cut(const struct version_log *log);

/* ---- versions_rename.c */

/*
 * What the file that commit v added was called in its first parent: was is set
 * to a repository path (caller frees) and before to the blob, or to NULL.
 */
int version_renamed(struct repo *r, const struct version *v, const struct version_file *file,
		    char **was, char before[REPO_HEX + 1], struct error *err);

/* ---- versions_cache.c */

/*
 * The kept list of the path, if it is whole and the repository still has the
 * commits it was made from. tip: the commit it begins at. Returns whether.
 */
bool version_cache_read(struct repo *r, const char *path, char tip[REPO_HEX + 1],
			struct version_list *list);
/* Keeps it. A failure is nobody's worry: the next time takes longer. */
void version_cache_write(struct repo *r, const char *path, const char *tip,
			 const struct version_list *list);

#endif
