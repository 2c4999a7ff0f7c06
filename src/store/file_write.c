/* SPDX-License-Identifier: MIT */
#include "store/file.h"

#include "core/digest.h"
#include "file_inner.h"
#include "store/owner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file is written beside its place, and put there at one stroke. */

enum { TEMP_TRIES = 100 };

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

	if (file_compare(&w->spot, w->spot.name, w->only_if, &now, &why) != FILE_SAME)
		return file_out_of_sight(&why) ? error_set(err, why.status, "%s", why.text)
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
	if (file_compare(&w->spot, w->temp, w->only_if, &now, &why) != FILE_SAME) {
		int rc;

		if (renameat2(dir, w->temp, dir, w->spot.name, RENAME_EXCHANGE) == 0)
			return file_out_of_sight(&why)
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
		return file_say_what_it_is(w->path, w->old.st_mode, err);
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
		file_stamp_stat(now, &st);
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
