/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERSION_H
#define STORE_VERSION_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One commit, with what it did to the files that one asked about. Messages and
 * names are raw bytes from a repository: to be sanitised.
 */

struct version_file {
	char *path;                /* as the commit has it */
	char *was;                 /* its name before, where the commit renamed it; or NULL */
	char blob[REPO_HEX + 1];   /* "" where the commit takes it away, or it is no file */
	char before[REPO_HEX + 1]; /* in the first parent; "" where it has none */
	/* A merge that has the first parent's text (or none, as that), though parents[left]
	 * brought another one, which it left behind; 0: none. */
	size_t left;
	char *left_as; /* what it is called there, where not as here; or NULL */
};

struct version {
	char id[REPO_HEX + 1];
	char (*parents)[REPO_HEX + 1];
	size_t n_parents;
	struct person author;
	int64_t time;      /* the author's, seconds since 1970 */
	int offset;        /* minutes east of UTC */
	int64_t committed; /* the committer's time */
	struct str message;
	struct version_file *files; /* one, where a file was asked for */
	size_t n_files;
};

#define VERSION_INIT                                                                           \
	{                                                                                      \
		.message = STR_INIT                                                            \
	}

void version_release(struct version *v);
/* All of it is copied; to is released first. */
void version_copy(struct version *to, const struct version *from);
/* Forgets all its files but the first. */
void version_keep_first(struct version *v);
/* Whose text of the file it is held against: the parent's, or "" where it has none. Borrowed.
 */
const char *version_parent(const struct version *v, const struct version_file *f);
/* The message's first line, borrowed. */
struct slice version_subject(const struct version *v);
/* The author's day of a moment, as YYYY-MM-DD, or "?". */
void version_day(const struct version *v, char day[16]);

/* A text out of the history is read up to this size, and only if it is no binary file. */
#define VERSION_MOST ((size_t)16 * 1024 * 1024)
/* Appends the text of a blob (hex). ST_TOO_LARGE; ST_INPUT: binary; ST_FAIL: it is not there.
 */
int version_read(struct repo *r, const char *blob, struct str *out, struct error *err);
/* Appends the text that the file is held against, version_parent()'s; nothing where there is
 * none. */
int version_read_before(struct repo *r, const struct version *v, const struct version_file *f,
			struct str *out, struct error *err);

#endif
