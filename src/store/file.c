/* SPDX-License-Identifier: MIT */
#include "store/file.h"

#include "core/bound.h"
#include "core/digest.h"
#include "file_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { READ_TRIES = 3, RACY_SECONDS = 2 };

int file_say_what_it_is(const char *path, mode_t mode, struct error *err)
{
	if (S_ISDIR(mode))
		return error_set(err, ST_INPUT, N_("%s: is a folder, not a file"), path);
	return error_set(err, ST_INPUT, N_("%s: is not an ordinary file"), path);
}

void file_stamp_stat(struct file_stamp *stamp, const struct stat *st)
{
	stamp->exists = true;
	stamp->dev = (uint64_t)st->st_dev;
	stamp->ino = (uint64_t)st->st_ino;
	stamp->size = (uint64_t)st->st_size;
	stamp->mtime = (int64_t)st->st_mtim.tv_sec;
	stamp->mtime_ns = (int64_t)st->st_mtim.tv_nsec;
	stamp->taken = (int64_t)time(NULL);
}

static bool stat_matches(const struct file_stamp *stamp, const struct stat *st)
{
	return stamp->dev == (uint64_t)st->st_dev && stamp->ino == (uint64_t)st->st_ino &&
	       stamp->size == (uint64_t)st->st_size &&
	       stamp->mtime == (int64_t)st->st_mtim.tv_sec &&
	       stamp->mtime_ns == (int64_t)st->st_mtim.tv_nsec;
}

/* Reads to the end of the file, up to most bytes; -1 with errno, EFBIG beyond most. */
static int read_all(int fd, size_t most, size_t hint, struct str *out)
{
	size_t start = out->len;

	str_reserve(out, (hint < most ? hint : most) + 1);
	for (;;) {
		size_t room;
		ssize_t n;

		if (out->cap - out->len < 4096)
			str_reserve(out, 65536);
		room = out->cap - out->len - 1;
		n = read(fd, out->p + out->len, room);
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		out->len += (size_t)n;
		if (out->len - start > most) {
			errno = EFBIG;
			return -1;
		}
	}
}

/* An open regular file; st is what it was when no byte changed while it was read. */
static int read_steady(int fd, size_t most, struct str *out, struct stat *st)
{
	size_t start = out->len;

	for (int i = 0; i < READ_TRIES; i++) {
		struct stat after;

		str_truncate(out, start);
		if (lseek(fd, 0, SEEK_SET) < 0 || fstat(fd, st) != 0)
			return -1;
		if (st->st_size > 0 && (uintmax_t)st->st_size > most) {
			errno = EFBIG;
			return -1;
		}
		if (read_all(fd, most, (size_t)st->st_size, out) != 0 || fstat(fd, &after) != 0)
			return -1;
		if (after.st_size == st->st_size &&
		    after.st_mtim.tv_sec == st->st_mtim.tv_sec &&
		    after.st_mtim.tv_nsec == st->st_mtim.tv_nsec)
			return 0;
	}
	return 0; /* somebody writes on and on; what was read last is as good as any */
}

/* Opens what is at the spot if it is a regular file; a pipe is never waited for. */
static int open_regular(const struct spot *s, const char *name, const char *path,
			struct error *err)
{
	struct stat st;
	int fd;

	if (fstatat(s->dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return file_error(err, errno, N_("cannot read"), path);
	if (!S_ISREG(st.st_mode))
		return file_say_what_it_is(path, st.st_mode, err);
	fd = openat(s->dir, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return file_error(err, errno, N_("cannot read"), path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return file_say_what_it_is(path, st.st_mode, err);
	}
	return fd;
}

static int read_spot(const struct spot *s, const char *name, const char *path, size_t most,
		     struct str *out, struct file_stamp *stamp, struct error *err)
{
	size_t start = out->len;
	struct stat st;
	int fd = open_regular(s, name, path, err);
	int rc;

	if (fd < 0)
		return fd;
	rc = read_steady(fd, most, out, &st);
	if (rc != 0) {
		int code = errno;

		str_truncate(out, start);
		rc = code == EFBIG ? error_set(err, ST_TOO_LARGE,
					       N_("%s: is larger than adref reads (%zu KB)"),
					       path, most / 1024)
				   : file_error(err, code, N_("cannot read"), path);
	} else if (stamp) {
		file_stamp_stat(stamp, &st);
		stamp->digest = digest_quick(str_slice(out).p + start, out->len - start);
	}
	close(fd);
	return rc;
}

int file_read(const char *root, const char *path, size_t most, struct str *out,
	      struct file_stamp *stamp, struct error *err)
{
	struct spot s = SPOT_INIT;
	int rc = spot_find(root, path, N_("cannot read"), &s, err);

	if (rc == 0)
		rc = read_spot(&s, s.name, path, most, out, stamp, err);
	spot_release(&s);
	return rc;
}

int file_read_draft(const char *root, const char *path, struct str *out,
		    struct file_stamp *stamp, struct error *err)
{
	size_t from = out->len;
	int rc = file_read(root, path, FILE_MOST_DRAFT, out, stamp, err);

	if (rc == 0)
		rc = bound_draft(slice_make(str_slice(out).p + from, out->len - from), path,
				 err);
	if (rc < 0)
		str_truncate(out, from);
	return rc;
}

enum file_change file_compare(const struct spot *s, const char *name,
			      const struct file_stamp *stamp, struct file_stamp *now,
			      struct error *err)
{
	struct str bytes = STR_INIT;
	enum file_change change = FILE_CHANGED;
	struct stat st;

	if (fstatat(s->dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno == ENOENT)
			return FILE_GONE;
		file_error(err, errno, N_("cannot read"), s->name);
		return FILE_CHANGED;
	}
	if (stamp->exists && S_ISREG(st.st_mode) && stamp->size == (uint64_t)st.st_size &&
	    read_spot(s, name, name, (size_t)stamp->size, &bytes, now, err) == 0 &&
	    now->digest == stamp->digest)
		change = FILE_SAME;
	str_release(&bytes);
	return change;
}

bool file_out_of_sight(const struct error *why)
{
	return why->status == ST_FAIL || why->status == ST_DENIED;
}

enum file_change file_check(const char *root, const char *path, struct file_stamp *stamp)
{
	struct spot s = SPOT_INIT;
	struct file_stamp now = *stamp;
	enum file_change change = FILE_GONE;
	struct error why = ERROR_INIT;
	struct stat st;

	if (spot_find(root, path, "", &s, &why) < 0)
		change = why.status == ST_MISSING ? FILE_GONE : FILE_SAME;
	else if (fstatat(s.dir, s.name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		change = errno == ENOENT ? FILE_GONE : FILE_SAME;
	else if (!stamp->exists)
		change = FILE_CHANGED;
	else if (stat_matches(stamp, &st) && stamp->mtime + RACY_SECONDS < stamp->taken)
		change = FILE_SAME;
	else
		change = file_compare(&s, s.name, stamp, &now, &why);
	if (change == FILE_CHANGED && file_out_of_sight(&why))
		change = FILE_SAME;
	if (change == FILE_GONE && !stamp->exists)
		change = FILE_SAME;
	else if (change == FILE_SAME && stamp->exists)
		*stamp = now;
	spot_release(&s);
	return change;
}

int file_remove(const char *root, const char *path, struct error *err)
{
	struct spot s = SPOT_INIT;
	int rc = spot_find(root, path, N_("cannot delete"), &s, err);

	if (rc == 0 && unlinkat(s.dir, s.name, 0) != 0)
		rc = file_error(err, errno, N_("cannot delete"), path);
	spot_release(&s);
	return rc;
}
