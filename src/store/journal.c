/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include "core/mem.h"
#include "journal_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OPEN_TRIES = 20, LOCK_TRIES = 20, LONG_RECORDS = 2000, LONG_BYTES = 64 * 1024 };
enum {
	LARGE = 256 * 1024
}; /* bytes from which digest, checksum and disk take noticeable time */

struct journal {
	int fd;
	char *folder;
	char *file;         /* in the folder */
	char *path;         /* the draft's */
	struct slice start; /* what edits start from, until it is on disk: */
	struct str whole;   /* a copy, or what the caller keeps */
	bool have_whole;    /* start is to be written before anything else */
	struct str head;    /* of it, as it is written: see write_start() */
	pthread_t starter;  /* writes it while is_starting, and sets: */
	bool is_starting;
	bool has_started;
	struct str edits; /* records not on disk yet: payloads with their frames, unnumbered */
	size_t n_edits;   /* of those */
	uint64_t size;    /* bytes on disk */
	uint64_t records; /* records on disk */
	uint64_t whole_len;  /* bytes of the last whole text */
	uint64_t edit_bytes; /* bytes of edits since then */
	size_t edit_count;
	char base[DIGEST_HEX + 1]; /* of the bytes on disk; empty: start is them */
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

/* Only a draft that is changed needs the digest, and opening one is not to wait for it. */
static void need_base(struct journal *j)
{
	if (!*j->base)
		digest_hex(j->start.p, j->start.len, j->base);
}

/* ---- What edits start from ---- */

/* Writes what the draft was; *at: where, and where it ends. Asks for no memory but that of
 * head. */
static int write_start(struct journal *j, int fd, uint64_t *at)
{
	struct str *head = &j->head;
	char sum[JOURNAL_SUM];
	size_t whole;

	need_base(j);
	str_clear(head);
	journal_add_frame(head, KIND_DRAFT, DIGEST_HEX + strlen(j->path));
	str_add(head, j->base, DIGEST_HEX);
	str_add_text(head, j->path);
	journal_add_sum(head, 0, 0);
	whole = head->len;
	journal_add_frame(head, KIND_WHOLE, j->start.len);
	journal_put_u64(sum, journal_sum(journal_sum(journal_sum_begin(1), head->p + whole,
						     head->len - whole),
					 j->start.p, j->start.len));
	if (journal_write_bytes(fd, *at, head->p, head->len) != 0 ||
	    journal_write_bytes(fd, *at + head->len, j->start.p, j->start.len) != 0 ||
	    journal_write_bytes(fd, *at + head->len + j->start.len, sum, sizeof(sum)) != 0)
		return -1;
	*at += head->len + j->start.len + sizeof(sum);
	return 0;
}

/* What edits start from is on disk, which has so many bytes now. */
static void started(struct journal *j, uint64_t size)
{
	j->size = size;
	j->records = 2;
	j->whole_len = j->start.len;
	j->edit_bytes = 0;
	j->edit_count = 0;
	str_release(&j->whole);
	j->start = slice_make("", 0);
	j->have_whole = false;
}

static void *start_beside(void *arg)
{
	struct journal *j = arg;
	uint64_t at = j->size;

	j->has_started = write_start(j, j->fd, &at) == 0 && fdatasync(j->fd) == 0;
	return NULL;
}

/* At the first edit of a large draft: when that is to be on disk, it is most likely there. */
static void begin_start(struct journal *j)
{
	if (!j->have_whole || j->is_starting || j->n_edits || j->size > JOURNAL_HEAD ||
	    j->start.len < LARGE)
		return;
	str_reserve(&j->head, 2 * (JOURNAL_FRAME + JOURNAL_SUM) + DIGEST_HEX + strlen(j->path));
	j->is_starting = pthread_create(&j->starter, NULL, start_beside, j) == 0;
}

/* Waits for it. Where it failed, the next sync writes it itself, and says why it cannot. */
static void end_start(struct journal *j)
{
	if (!j->is_starting)
		return;
	pthread_join(j->starter, NULL);
	j->is_starting = false;
	if (j->has_started)
		started(j, j->size + j->head.len + j->start.len + JOURNAL_SUM);
}

/* ---- Edits ---- */

void journal_note(struct journal *j, size_t at, size_t del, const char *p, size_t len)
{
	char where[JOURNAL_EDIT];

	begin_start(j);
	journal_put_u64(where, at);
	journal_put_u64(where + 8, del);
	journal_add_frame(&j->edits, KIND_EDIT, JOURNAL_EDIT + (uint64_t)len);
	str_add(&j->edits, where, sizeof(where));
	str_add(&j->edits, p, len);
	j->n_edits++;
}

void journal_whole(struct journal *j, struct slice text)
{
	end_start(j);
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

/* Writes what is not on disk yet; *at: where, and where it ends. */
static int write_new(struct journal *j, int fd, uint64_t *at)
{
	struct str out = STR_INIT;
	int rc = j->have_whole ? write_start(j, fd, at) : 0;

	add_edits(j, &out, j->have_whole ? 2 : j->records);
	if (rc == 0)
		rc = journal_write_bytes(fd, *at, out.p, out.len);
	*at += out.len;
	str_release(&out);
	return rc;
}

/* A new file in the old one's place, locked before it has the name. */
static int replace(struct journal *j, uint64_t *end)
{
	char *full = journal_full_name(j->folder, j->file), *temp;
	struct str name = STR_INIT, head = STR_INIT;
	int fd, dir, rc = -1, code;

	journal_add_head(&head);
	*end = head.len;
	str_addf(&name, "%s/.new-%s", j->folder, j->file); /* the lock is ours, so is this */
	temp = str_detach(&name);
	unlink(temp); /* of one who was killed just there */
	fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    journal_write_bytes(fd, 0, head.p, head.len) == 0 && write_new(j, fd, end) == 0 &&
	    fsync(fd) == 0 && rename(temp, full) == 0)
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
	str_release(&head);
	free(temp);
	free(full);
	errno = code;
	return rc;
}

static int append(struct journal *j, uint64_t *end)
{
	*end = j->size;
	if (write_new(j, j->fd, end) == 0 && fdatasync(j->fd) == 0)
		return 0;
	/* What was written in part is written over next time; until then it reads as torn. */
	if (ftruncate(j->fd, (off_t)j->size) != 0)
		return -1;
	return -1;
}

int journal_sync(struct journal *j, struct error *err)
{
	uint64_t end;
	int rc;

	if (!j->n_edits)
		return 0;
	end_start(j);
	if (j->have_whole && j->size > JOURNAL_HEAD)
		rc = replace(j, &end);
	else
		rc = append(j, &end);
	if (rc != 0) {
		rc = file_error(err, errno, N_("unsaved work cannot be kept in the journal"),
				j->folder);
		return rc < 0 ? rc : ST_FAIL;
	}
	if (j->have_whole)
		started(j, end);
	j->size = end;
	j->records += j->n_edits;
	j->edit_count += j->n_edits;
	j->edit_bytes += j->edits.len;
	str_clear(&j->edits);
	j->n_edits = 0;
	return 0;
}

int journal_saved(struct journal *j, struct slice base, struct error *err)
{
	end_start(j);
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
	end_start(j);
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
	str_release(&j->head);
	str_release(&j->edits);
	free(j);
}
