/* SPDX-License-Identifier: MIT */
#include "store/file.h"

#include "core/bound.h"
#include "core/digest.h"
#include "spot.h"
#include "store/owner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { READ_TRIES = 3, TEMP_TRIES = 100, RACY_SECONDS = 2 };

static int say_what_it_is(const char *path, mode_t mode, struct error *err)
{
	if (S_ISDIR(mode))
		return error_set(err, ST_INPUT, N_("%s: is a folder, not a file"), path);
	return error_set(err, ST_INPUT, N_("%s: is not an ordinary file"), path);
}

static void stamp_stat(struct file_stamp *stamp, const struct stat *st)
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
		return say_what_it_is(path, st.st_mode, err);
	fd = openat(s->dir, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return file_error(err, errno, N_("cannot read"), path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return say_what_it_is(path, st.st_mode, err);
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
		stamp_stat(stamp, &st);
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

/* Whether what is at the spot is what the stamp says, by its bytes; err is filled where it
 * cannot be read. */
static enum file_change compare(const struct spot *s, const char *name,
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

/* It may be the same still: it cannot be looked at. */
static bool is_out_of_sight(const struct error *why)
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
		change = compare(&s, s.name, stamp, &now, &why);
	if (change == FILE_CHANGED && is_out_of_sight(&why))
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

/* What a write knows while it is under way. */
struct writing {
	struct spot spot;
	const char *path;
	char temp[64];
	int fd;
	const struct file_stamp *only_if;
	bool had;        /* there was a file before */
	struct stat old; /* that one */
	int taken;       /* the status that says somebody else was first */
};

/* Which machine, start of it and process namespace this is: eight digits. */
static unsigned long where_we_are(void)
{
	struct owner self;
	struct str text = STR_INIT;
	unsigned long digest;

	owner_self(&self);
	str_addf(&text, "%s %s %s", self.host, self.boot, self.space);
	digest = (unsigned long)(digest_quick(text.p, text.len) & 0xffffffff);
	str_release(&text);
	return digest;
}

/*
 * Takes away what writers of this machine left in the folder who were killed:
 * those whose process is no more.
 */
static void clear_temps(const struct writing *w, unsigned long here)
{
	int fd = openat(w->spot.dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *e;

	if (!dir && fd >= 0)
		close(fd);
	while (dir && (e = readdir(dir))) {
		unsigned long where;
		long pid;
		int len = 0;

		if (sscanf(e->d_name, ".adref-%8lx-%ld-%*u.tmp%n", &where, &pid, &len) == 2 &&
		    len > 0 && !e->d_name[len] && where == here && pid > 0 &&
		    kill((pid_t)pid, 0) != 0 && errno == ESRCH)
			unlinkat(w->spot.dir, e->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

static int open_temp(struct writing *w, unsigned mode)
{
	unsigned long here = where_we_are();

	clear_temps(w, here);
	for (unsigned i = 0; i < TEMP_TRIES; i++) {
		snprintf(w->temp, sizeof(w->temp), ".adref-%08lx-%ld-%u.tmp", here,
			 (long)getpid(), i);
		w->fd = openat(w->spot.dir, w->temp,
			       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
		if (w->fd >= 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	w->temp[0] = '\0';
	return -1;
}

static int fill_temp(struct writing *w, struct slice bytes, unsigned mode)
{
	/* A file only its owner may read is never readable by others, not for a moment. */
	if (open_temp(w, w->had ? 0600 : mode) != 0)
		return -1;
	if (w->had) {
		if ((w->old.st_uid != geteuid() || w->old.st_gid != getegid()) &&
		    fchown(w->fd, w->old.st_uid, w->old.st_gid) != 0)
			errno = 0; /* not ours to give away; the group may read it as its mode
				      says */
		if (fchmod(w->fd, w->old.st_mode & 07777) != 0)
			errno = 0; /* some file systems know no permissions */
	}
	for (size_t done = 0; done < bytes.len;) {
		ssize_t n = write(w->fd, bytes.p + done, bytes.len - done);

		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return fsync(w->fd);
}

static int say_changed(const struct writing *w, struct error *err)
{
	if (w->taken == ST_EXISTS)
		return error_set(err, ST_EXISTS, N_("%s: is there already; not overwritten"),
				 w->path);
	return error_set(
		err, ST_CHANGED,
		N_("%s: was changed by another program since it was read; not overwritten"),
		w->path);
}

/* Into a place that must be empty. */
static int place_new(const struct writing *w, struct error *err)
{
	int dir = w->spot.dir;

	if (renameat2(dir, w->temp, dir, w->spot.name, RENAME_NOREPLACE) == 0)
		return 0;
	if ((errno == EINVAL || errno == ENOSYS) &&
	    linkat(dir, w->temp, dir, w->spot.name, 0) == 0) {
		unlinkat(dir, w->temp, 0);
		return 0;
	}
	return errno == EEXIST ? say_changed(w, err)
			       : file_error(err, errno, N_("cannot write"), w->path);
}

/*
 * In exchange for the file that was read: old and new change places at one
 * stroke, then the old one is looked at; if it is not what was expected, they
 * change back. So a change by another program is not lost however late it comes.
 */
static int place_checked(struct writing *w, struct error *err)
{
	int dir = w->spot.dir;
	struct file_stamp now = {.exists = false};
	struct error why = ERROR_INIT;

	if (compare(&w->spot, w->spot.name, w->only_if, &now, &why) != FILE_SAME)
		return is_out_of_sight(&why) ? error_set(err, why.status, "%s", why.text)
					     : say_changed(w, err);
	if (renameat2(dir, w->temp, dir, w->spot.name, RENAME_EXCHANGE) != 0) {
		if (errno == ENOENT)
			return say_changed(w, err);
		if (errno != EINVAL && errno != ENOSYS)
			return file_error(err, errno, N_("cannot write"), w->path);
		if (renameat(dir, w->temp, dir, w->spot.name) != 0)
			return file_error(err, errno, N_("cannot write"), w->path);
		return 0;
	}
	if (compare(&w->spot, w->temp, w->only_if, &now, &why) != FILE_SAME) {
		int rc;

		if (renameat2(dir, w->temp, dir, w->spot.name, RENAME_EXCHANGE) == 0)
			return is_out_of_sight(&why)
				       ? error_set(err, why.status, "%s", why.text)
				       : say_changed(w, err);
		/* The other program was at it again: its text stays under the other name. */
		rc = error_set(
			err, ST_CHANGED,
			N_("%s: was changed by another program meanwhile; its text is in %s"),
			w->path, w->temp);
		w->temp[0] = '\0';
		return rc;
	}
	unlinkat(dir, w->temp, 0);
	return 0;
}

static int place(struct writing *w, struct error *err)
{
	if (w->only_if && !w->only_if->exists)
		return place_new(w, err);
	if (w->only_if)
		return place_checked(w, err);
	if (renameat(w->spot.dir, w->temp, w->spot.dir, w->spot.name) != 0)
		return file_error(err, errno, N_("cannot write"), w->path);
	return 0;
}

static int open_folder(const struct spot *s)
{
	return openat(s->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void sync_folder(const struct spot *s)
{
	int fd = open_folder(s);

	/* Where a folder cannot be synced there is nothing better to be done. */
	if (fd >= 0 && fsync(fd) != 0)
		errno = 0;
	if (fd >= 0)
		close(fd);
}

static int look_before(struct writing *w, struct error *err)
{
	const struct spot *s = &w->spot;

	w->had = fstatat(s->dir, s->name, &w->old, AT_SYMLINK_NOFOLLOW) == 0;
	if (!w->had && errno != ENOENT)
		return file_error(err, errno, N_("cannot write"), w->path);
	if (w->had && w->only_if && !w->only_if->exists)
		return say_changed(w, err);
	if (!w->had && w->only_if && w->only_if->exists)
		return error_set(err, ST_CHANGED,
				 N_("%s: was deleted by another program since it was read"),
				 w->path);
	if (w->had && !S_ISREG(w->old.st_mode))
		return say_what_it_is(w->path, w->old.st_mode, err);
	/* rename() would not ask: it is the folder that is written. */
	if (w->had && faccessat(s->dir, s->name, W_OK, AT_EACCESS) != 0)
		return file_error(err, errno, N_("cannot write"), w->path);
	return 0;
}

/* folder: where the caller syncs it; NULL: it is synced here. */
static int write_spot(struct writing *w, const char *root, struct slice bytes, unsigned mode,
		      struct file_stamp *now, int *folder, struct error *err)
{
	int rc = spot_find(root, w->path, N_("cannot write"), &w->spot, err);
	struct stat st;

	if (rc == 0)
		rc = look_before(w, err);
	if (rc == 0 && fill_temp(w, bytes, mode) != 0)
		rc = file_error(err, errno, N_("cannot write"), w->path);
	if (rc == 0)
		rc = place(w, err);
	if (rc == 0 && folder)
		*folder = open_folder(&w->spot);
	else if (rc == 0)
		sync_folder(&w->spot);
	if (rc == 0 && now && fstat(w->fd, &st) == 0) {
		stamp_stat(now, &st);
		now->digest = digest_quick(bytes.p, bytes.len);
	}
	if (w->fd >= 0)
		close(w->fd);
	if (rc < 0 && w->temp[0])
		unlinkat(w->spot.dir, w->temp, 0);
	spot_release(&w->spot);
	return rc;
}

int file_write(const char *root, const char *path, struct slice bytes,
	       const struct file_stamp *only_if, struct file_stamp *now, struct error *err)
{
	struct writing w = {.spot = SPOT_INIT,
			    .path = path,
			    .fd = -1,
			    .only_if = only_if,
			    .taken = ST_CHANGED};

	return write_spot(&w, root, bytes, 0644, now, NULL, err);
}

int file_write_part(const char *root, const char *path, struct slice bytes,
		    const struct file_stamp *only_if, struct file_stamp *now, int *folder,
		    struct error *err)
{
	struct writing w = {.spot = SPOT_INIT,
			    .path = path,
			    .fd = -1,
			    .only_if = only_if,
			    .taken = ST_CHANGED};

	*folder = -1;
	return write_spot(&w, root, bytes, 0644, now, folder, err);
}

int file_create(const char *root, const char *path, struct slice bytes, unsigned mode,
		struct file_stamp *now, struct error *err)
{
	const struct file_stamp none = {.exists = false};
	struct writing w = {.spot = SPOT_INIT,
			    .path = path,
			    .fd = -1,
			    .only_if = &none,
			    .taken = ST_EXISTS};

	return write_spot(&w, root, bytes, mode, now, NULL, err);
}
