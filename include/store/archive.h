/* SPDX-License-Identifier: MIT */
#ifndef STORE_ARCHIVE_H
#define STORE_ARCHIVE_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The files in a zip archive, which is what word processors save. Read and
 * written in memory by libzip; nothing is ever unpacked to disk, so a name in it
 * leads nowhere.
 */

struct archive;

/* Copies the bytes. ST_INPUT where they are no archive, or one that is cut. */
int archive_open(struct slice bytes, struct archive **a, struct error *err)
	__attribute__((warn_unused_result));
void archive_close(struct archive *a); /* NULL is fine */

/* How many files it has; they are numbered from 0. */
size_t archive_count(const struct archive *a);
/* In the archive's bytes; the archive's own. */
struct slice archive_name(const struct archive *a, size_t i);

/* How many bytes a file unpacks to, as the archive says: it may say anything. */
size_t archive_size(const struct archive *a, size_t i);

/* Calls take with what a file holds, piece after piece, until it says false; *size: how many
 * bytes that were. ST_TOO_LARGE beyond `most` bytes, ST_INPUT where it is broken or needs a
 * password. */
int archive_pass(const struct archive *a, size_t i, size_t most,
		 bool (*take)(void *data, const char *p, size_t len), void *data, size_t *size,
		 struct error *err) __attribute__((warn_unused_result));
/* Appends what a file holds. ST_TOO_LARGE beyond `most` bytes, ST_INPUT where it is broken or
 * needs a password: nothing is appended then. */
int archive_unpack(const struct archive *a, size_t i, size_t most, struct str *out,
		   struct error *err) __attribute__((warn_unused_result));

/* What file i holds from now on: the archive takes the bytes over, and contents is empty. They
 * are packed quickly rather than well: what is written here is read once. */
int archive_replace(struct archive *a, size_t i, struct str *contents, struct error *err)
	__attribute__((warn_unused_result));
/* Appends the archive with what was replaced in it. Nothing but archive_close() may follow. */
int archive_write(struct archive *a, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

#endif
