/* SPDX-License-Identifier: MIT */
#include "store/lock.h"

#include "store/clock.h"
#include "store/owner.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOTE_MOST = 64 * 1024, POLL_MS = 5 };

static int wait_for(int fd, int wait_ms)
{
	const struct timespec pause = {0, POLL_MS * 1000000L};
	long long until = clock_ms() + wait_ms;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		if (clock_ms() >= until) {
			errno = EWOULDBLOCK;
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return 0;
}

static void make_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;

	if (!slash || slash == path)
		return;
	folder = slice_dup(slice_make(path, (size_t)(slash - path)));
	mkdir(folder, 0777); /* that it is there already is the usual case */
	free(folder);
}

static void read_note(int fd, struct str *note)
{
	char buf[4096];
	off_t at = 0;

	while (note->len < NOTE_MOST) {
		ssize_t n = pread(fd, buf, sizeof(buf), at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		str_add(note, buf, (size_t)n);
		at += n;
	}
}

static int say_held(int fd, const char *path, struct error *err)
{
	struct str note = STR_INIT;
	struct owner owner;
	int rc;

	read_note(fd, &note);
	if (owner_read(str_slice(&note), &owner))
		rc = error_set(
			err, ST_DENIED,
			N_("%s: another adref (process %lld on %s) is at work here; try again "
			   "in a moment"),
			path, (long long)owner.pid, owner.host);
	else
		rc = error_set(err, ST_DENIED,
			       N_("%s: another adref is at work here; try again in a moment"),
			       path);
	str_release(&note);
	return rc;
}

int lock_take(struct lock *l, const char *path, int wait_ms, struct error *err)
{
	struct owner owner;
	int fd;

	make_folder_of(path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
	if (fd < 0 && (errno == EACCES || errno == EROFS)) /* it can be held, not written */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return error_set(err, ST_FAIL, N_("%s: cannot open the lock: %s"), path,
				 strerror(errno));
	if (wait_for(fd, wait_ms) != 0) {
		int code = errno;
		int rc = code == EWOULDBLOCK
				 ? say_held(fd, path, err)
				 : error_set(err, ST_FAIL, N_("%s: cannot lock: %s"), path,
					     strerror(code));

		close(fd);
		return rc;
	}
	*l = (struct lock){fd, STR_INIT, false};
	read_note(fd, &l->left);
	if (l->left.len)
		l->gone = owner_read(str_slice(&l->left), &owner) &&
			  (owner_is_gone(&owner) || owner_is_self(&owner));
	return ST_OK;
}

int lock_note(struct lock *l, struct slice note, struct error *err)
{
	struct str text = STR_INIT;
	struct owner self;
	size_t done = 0;

	assert(l->fd >= 0);
	owner_self(&self);
	owner_add(&text, &self);
	str_add_char(&text, '\n');
	str_add_slice(&text, note);
	errno = 0;
	if (ftruncate(l->fd, 0) == 0)
		while (done < text.len) {
			ssize_t n = pwrite(l->fd, text.p + done, text.len - done, (off_t)done);

			if (n < 0 && errno != EINTR)
				break;
			done += n > 0 ? (size_t)n : 0;
		}
	if (done < text.len) {
		int code = errno ? errno : ENOSPC;

		str_release(&text);
		return error_set(err, ST_FAIL, N_("cannot write adref's lock: %s"),
				 strerror(code));
	}
	str_release(&text);
	return ST_OK;
}

void lock_drop(struct lock *l)
{
	/* Emptied while still held: what is left says that all went well. */
	if (l->fd >= 0 && ftruncate(l->fd, 0) != 0)
		errno = 0; /* another user's: there was no note */
	lock_leave(l);
}

void lock_leave(struct lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	str_release(&l->left);
	*l = (struct lock)LOCK_INIT;
}
