/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include "core/mem.h"
#include "journal_inner.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OPEN_TRIES = 20, LOCK_TRIES = 20, LONG_RECORDS = 2000, LONG_BYTES = 64 * 1024 };

struct journal {
	int fd;
	char *folder;
	char *file;         /* in the folder */
	char *path;         /* the draft's */
	struct slice start; /* what edits start from, until it is on disk: */
	struct str whole;   /* a copy, or what the caller keeps */
	bool have_whole;    /* whole is to be written before anything else */
	struct str edits; /* records not on disk yet: payloads with their frames, unnumbered */
	size_t n_edits;   /* of those */
	uint64_t size;    /* bytes on disk */
	uint64_t records; /* records on disk */
	uint64_t whole_len;  /* bytes of the last whole text */
	uint64_t edit_bytes; /* bytes of edits since then */
	size_t edit_count;
	char base[DIGEST_HEX +
		  1]; /* of the bytes on disk; empty: whole is them, see need_base() */
};

/* Others may be looking into it for a moment (journal_left()); only who stays has it open. */
static int lock_patiently(int fd)
{
	const struct timespec pause = {0, 5 * 1000000L};

	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || i == LOCK_TRIES)
			return -1;
		nanosleep(&pause, NULL);
	}
	return 0;
}

/* A locked file is ours to use where it is a journal, or nothing yet. */
static int take_file(struct journal *j, int fd, const char *full, struct error *err)
{
	struct str head = STR_INIT;
	struct stat st;
	int rc = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    journal_read_bytes(fd, JOURNAL_HEAD, &head) != 0 ||
	    (head.len >= JOURNAL_HEAD && !journal_is_one(str_slice(&head))))
		rc = error_set(err, ST_FAIL,
			       N_("%s: is no journal of this adref; move it away to go on"),
			       full);
	if (rc == 0) {
		j->fd = fd;
		j->size = (uint64_t)st.st_size;
	}
	str_release(&head);
	return rc;
}

static int open_locked(struct journal *j, const char *full, struct error *err)
{
	for (int i = 0; i < OPEN_TRIES; i++) {
		int fd = open(full, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
			      0600);
		int rc;

		if (fd < 0)
			return file_error(err, errno, N_("cannot open the journal"), full);
		if (lock_patiently(fd) != 0)
			rc = errno == EWOULDBLOCK
				     ? journal_say_elsewhere(fd, j->path, err)
				     : file_error(err, errno, N_("cannot lock the journal"),
						  full);
		else if (!journal_is_linked(fd, full))
			rc = 1; /* taken away while we waited: look again */
		else
			rc = take_file(j, fd, full, err);
		if (rc == 0)
			return 0;
		close(fd);
		if (rc < 0)
			return rc;
	}
	return error_set(err, ST_FAIL, N_("%s: cannot open the journal"), full);
}

int journal_open(struct journal **out, const char *folder, const char *path, struct slice base,
		 struct error *err)
{
	struct journal *j = mem_zalloc(sizeof(*j));
	struct str head = STR_INIT;
	char *full;
	int rc;

	*j = (struct journal){.fd = -1,
			      .folder = mem_strdup(folder),
			      .file = journal_file_name(path),
			      .path = mem_strdup(path)};
	full = journal_full_name(folder, j->file);
	rc = file_make_dirs(NULL, folder, 0700, err);
	if (rc == 0)
		rc = open_locked(j, full, err);
	if (rc == 0) {
		/* Records of an older journal stay until there is something to put there. */
		journal_add_head(&head);
		if (journal_write_bytes(j->fd, 0, head.p, head.len) != 0)
			rc = file_error(err, errno, N_("cannot write the journal"), full);
		if (j->size < JOURNAL_HEAD)
			j->size = JOURNAL_HEAD;
	}
	j->start = base;
	j->have_whole = true;
	if (rc == 0)
		*out = j;
	else
		journal_close(j, true);
	str_release(&head);
	free(full);
	return rc;
}

void journal_note(struct journal *j, size_t at, size_t del, const char *p, size_t len)
{
	char where[JOURNAL_EDIT];

	journal_put_u64(where, at);
	journal_put_u64(where + 8, del);
	journal_add_frame(&j->edits, KIND_EDIT, JOURNAL_EDIT + (uint64_t)len);
	str_add(&j->edits, where, sizeof(where));
	str_add(&j->edits, p, len);
	j->n_edits++;
}

/* Only a draft that is changed needs the digest, and opening one is not to wait for it. */
static void need_base(struct journal *j)
{
	if (!*j->base)
		digest_hex(j->start.p, j->start.len, j->base);
}

void journal_whole(struct journal *j, struct slice text)
{
	need_base(j);
	str_clear(&j->edits);
	j->n_edits = 0;
	str_clear(&j->whole);
	str_add_slice(&j->whole, text);
	j->start = str_slice(&j->whole);
	j->have_whole = true;
	/* An edit that changes nothing, so that the sync is not put off. */
	journal_note(j, 0, 0, "", 0);
}

bool journal_is_long(const struct journal *j)
{
	return !j->have_whole &&
	       (j->edit_count > LONG_RECORDS || j->edit_bytes > LONG_BYTES + j->whole_len);
}

bool journal_is_behind(const struct journal *j)
{
	return j->n_edits > 0;
}

/* Numbers the noted edits and adds their checksums. */
static void add_edits(const struct journal *j, struct str *out, uint64_t number)
{
	for (size_t at = 0; at < j->edits.len; number++) {
		size_t len = JOURNAL_FRAME + (size_t)journal_u64(j->edits.p + at + 1);
		size_t start = out->len;

		str_add(out, j->edits.p + at, len);
		journal_add_sum(out, start, number);
		at += len;
	}
}

static void add_start(struct journal *j, struct str *out)
{
	size_t start = out->len;

	need_base(j);
	journal_add_frame(out, KIND_DRAFT, DIGEST_HEX + strlen(j->path));
	str_add(out, j->base, DIGEST_HEX);
	str_add_text(out, j->path);
	journal_add_sum(out, start, 0);
	start = out->len;
	journal_add_frame(out, KIND_WHOLE, j->start.len);
	str_add_slice(out, j->start);
	journal_add_sum(out, start, 1);
}

/* A new file in the old one's place, locked before it has the name. */
static int replace(struct journal *j, struct slice bytes)
{
	char *full = journal_full_name(j->folder, j->file), *temp;
	struct str name = STR_INIT;
	int fd, dir, rc = -1, code;

	str_addf(&name, "%s/.new-%s", j->folder, j->file); /* the lock is ours, so is this */
	temp = str_detach(&name);
	unlink(temp); /* of one who was killed just there */
	fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    journal_write_bytes(fd, 0, bytes.p, bytes.len) == 0 && fsync(fd) == 0 &&
	    rename(temp, full) == 0)
		rc = 0;
	code = errno;
	if (rc == 0) {
		close(j->fd);
		j->fd = fd;
		dir = open(j->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (dir >= 0) {
			fsync(dir);
			close(dir);
		}
	} else if (fd >= 0) {
		close(fd);
		unlink(temp);
	}
	errno = code;
	free(temp);
	free(full);
	return rc;
}

static int append(struct journal *j, struct slice bytes)
{
	if (journal_write_bytes(j->fd, j->size, bytes.p, bytes.len) == 0 &&
	    fdatasync(j->fd) == 0)
		return 0;
	/* What was written in part is written over next time; until then it reads as torn. */
	if (ftruncate(j->fd, (off_t)j->size) != 0)
		return -1;
	return -1;
}

int journal_sync(struct journal *j, struct error *err)
{
	struct str out = STR_INIT;
	bool anew = j->have_whole && j->size > JOURNAL_HEAD;
	int rc;

	if (!j->n_edits)
		return 0;
	if (anew)
		journal_add_head(&out);
	if (j->have_whole)
		add_start(j, &out);
	add_edits(j, &out, j->have_whole ? 2 : j->records);
	rc = anew ? replace(j, str_slice(&out)) : append(j, str_slice(&out));
	if (rc != 0) {
		rc = file_error(err, errno, N_("unsaved work cannot be kept in the journal"),
				j->folder);
		str_release(&out);
		return rc < 0 ? rc : ST_FAIL;
	}
	j->size = (anew ? 0 : j->size) + out.len;
	if (j->have_whole) {
		j->records = 2;
		j->whole_len = j->start.len;
		j->edit_bytes = 0;
		j->edit_count = 0;
		str_release(&j->whole);
		j->start = slice_make("", 0);
		j->have_whole = false;
	}
	j->records += j->n_edits;
	j->edit_count += j->n_edits;
	j->edit_bytes += j->edits.len;
	str_clear(&j->edits);
	j->n_edits = 0;
	str_release(&out);
	return 0;
}

int journal_saved(struct journal *j, struct slice base, struct error *err)
{
	str_clear(&j->edits);
	j->n_edits = 0;
	str_clear(&j->whole);
	str_add_slice(&j->whole, base);
	j->start = str_slice(&j->whole);
	j->have_whole = true;
	*j->base = '\0';
	if (j->size <= JOURNAL_HEAD)
		return 0;
	if (ftruncate(j->fd, JOURNAL_HEAD) != 0)
		return file_error(err, errno, N_("cannot empty the journal"), j->folder);
	j->size = JOURNAL_HEAD;
	return 0;
}

void journal_close(struct journal *j, bool keep)
{
	if (!j)
		return;
	if (j->fd >= 0) {
		char *full = journal_full_name(j->folder, j->file);

		/* While it is locked, so that nobody else's is taken away. */
		if ((!keep || j->size <= JOURNAL_HEAD) && journal_is_linked(j->fd, full))
			unlink(full);
		close(j->fd);
		free(full);
	}
	free(j->folder);
	free(j->file);
	free(j->path);
	str_release(&j->whole);
	str_release(&j->edits);
	free(j);
}
