/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include "core/bound.h"
#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Files: read whole (never mapped: others may cut them short meanwhile) and
 * written atomically. Knows nothing of what is in them.
 *
 * root: a folder that the file must lie in after all links are resolved, or
 * NULL for anywhere. With a root, no link is followed between the check and
 * the opening. Paths are absolute or relative to the working directory.
 */

#define FILE_MOST_DRAFT BOUND_BYTES /* no draft is read beyond this */

/* What a file was when it was read or written, to notice that somebody else changed it. */
struct file_stamp {
	bool exists; /* the rest is zero where it does not */
	uint64_t dev, ino, size;
	int64_t mtime, mtime_ns;
	int64_t taken;   /* when this stamp was made, seconds: a newer file may hide a change */
	uint64_t digest; /* digest_quick() of the bytes */
};

enum file_change { FILE_SAME, FILE_CHANGED, FILE_GONE };

/*
 * Appends the whole file to out and, where stamp is not NULL, says what it was.
 * ST_MISSING, ST_DENIED, ST_TOO_LARGE over most bytes, ST_INPUT for what is no
 * regular file (a pipe or device is not waited for), ST_FAIL.
 */
int file_read(const char *root, const char *path, size_t most, struct str *out,
	      struct file_stamp *stamp, struct error *err) __attribute__((warn_unused_result));

/* The same for a draft: of FILE_MOST_DRAFT bytes at most, and within the bounds of core/bound;
 * otherwise ST_TOO_LARGE, and out is as it was. */
int file_read_draft(const char *root, const char *path, struct str *out,
		    struct file_stamp *stamp, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Puts bytes in the file's place: a temporary file beside it, fsync, rename,
 * fsync of the folder. The old file's permissions stay (a new one has 0644 less
 * umask); a link is followed to its file, which must exist. only_if (or NULL):
 * only where the file still has this stamp, or is still not there; ST_CHANGED
 * otherwise. After any failure the old file stands. now (or NULL) is the new stamp.
 */
int file_write(const char *root, const char *path, struct slice bytes,
	       const struct file_stamp *only_if, struct file_stamp *now, struct error *err)
	__attribute__((warn_unused_result));
/* The same for a file that must not be there yet: ST_EXISTS. mode: 0644, 0600; less umask. */
int file_create(const char *root, const char *path, struct slice bytes, unsigned mode,
		struct file_stamp *now, struct error *err) __attribute__((warn_unused_result));

/*
 * file_write() for one who syncs more at once: the folder is not synced yet. *folder
 * is an open descriptor of it, to be synced and closed by the caller; -1: none.
 */
int file_write_part(const char *root, const char *path, struct slice bytes,
		    const struct file_stamp *only_if, struct file_stamp *now, int *folder,
		    struct error *err) __attribute__((warn_unused_result));

/* Whether the file is still what the stamp says. Cheap where times and size tell;
 * a file only touched is FILE_SAME, and the stamp is brought up to date. So is one that cannot
 * be looked at now: who writes to it looks again. */
enum file_change file_check(const char *root, const char *path, struct file_stamp *stamp);

/* Takes it away; ST_MISSING where it is not there. */
int file_remove(const char *root, const char *path, struct error *err)
	__attribute__((warn_unused_result));

/* Makes a folder and those above it (mode less umask), as far as they are not there. */
int file_make_dirs(const char *root, const char *path, unsigned mode, struct error *err)
	__attribute__((warn_unused_result));

/* Opens a folder, *fd is the caller's; no link leads out of root. */
int file_open_dir(const char *root, const char *path, int *fd, struct error *err)
	__attribute__((warn_unused_result));

/* Where the file is when all links are resolved (the file itself may be missing);
 * appended to out, absolute. */
int file_resolve(const char *root, const char *path, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

/* Fills err with the words for an errno, as "intent path: reason"; returns the status. */
int file_error(struct error *err, int number, const char *intent, const char *path);

#endif
