/* SPDX-License-Identifier: MIT */
#include "journal_inner.h"

#include "core/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What journals are left of others, and what is in them. Nothing here writes to one. */

#define MOST_BYTES (3 * (uint64_t)FILE_MOST_DRAFT)

void journal_found_release(struct journal_found *found)
{
	str_release(&found->text);
	*found = (struct journal_found)JOURNAL_FOUND_INIT;
}

static bool apply(struct str *text, struct slice payload)
{
	uint64_t at, del;

	if (payload.len < JOURNAL_EDIT)
		return false;
	at = journal_u64(payload.p);
	del = journal_u64(payload.p + 8);
	if (at > text->len || del > text->len - at)
		return false;
	str_splice(text, (size_t)at, (size_t)del, payload.p + JOURNAL_EDIT,
		   payload.len - JOURNAL_EDIT);
	return true;
}

static void read_records(struct slice bytes, const char *path, struct slice base,
			 struct journal_found *found)
{
	char hex[DIGEST_HEX + 1], text_hex[DIGEST_HEX + 1];
	struct slice was, whose;
	struct journal_record r;
	uint64_t number = 0;
	size_t at = JOURNAL_HEAD;

	if (!journal_next(bytes, &at, number++, &r) || r.kind != KIND_DRAFT ||
	    !journal_read_draft(r.payload, &was, &whose) || !slice_is(whose, path))
		return; /* nothing in it yet, or another draft's */
	if (!journal_next(bytes, &at, number++, &r) || r.kind != KIND_WHOLE)
		return;
	str_add_slice(&found->text, r.payload);
	for (; at < bytes.len; number++)
		if (!journal_next(bytes, &at, number, &r) || r.kind != KIND_EDIT ||
		    !apply(&found->text, r.payload)) {
			found->torn = true;
			break;
		}
	digest_hex(base.p, base.len, hex);
	digest_hex(str_slice(&found->text).p, found->text.len, text_hex);
	/* Saved or undone before the end came; or the end came before an edit was there. */
	if (strcmp(hex, text_hex) == 0 || slice_is(was, text_hex))
		str_clear(&found->text);
	else
		found->state = slice_is(was, hex) ? JOURNAL_RECOVERED : JOURNAL_STALE;
}

/* Opens what is there for reading; -1 with errno. */
static int open_there(const char *full, struct stat *st)
{
	int fd = open(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
}

int journal_recover(const char *folder, const char *path, struct slice base,
		    struct journal_found *found, struct error *err)
{
	char *file = journal_file_name(path), *full = journal_full_name(folder, file);
	struct str bytes = STR_INIT;
	struct stat st;
	int fd = open_there(full, &st), rc = 0;

	if (fd < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			rc = file_error(err, errno, N_("cannot read the journal"), full);
	} else if (flock(fd, LOCK_SH | LOCK_NB) != 0) {
		if (journal_read_bytes(fd, JOURNAL_HEAD, &bytes) == 0)
			journal_read_owner(str_slice(&bytes), &found->owner);
		found->state = JOURNAL_ELSEWHERE;
	} else if ((uint64_t)st.st_size > MOST_BYTES) {
		rc = error_set(err, ST_TOO_LARGE, N_("%s: the journal is too large"), full);
	} else if (journal_read_bytes(fd, (size_t)st.st_size, &bytes) != 0) {
		rc = file_error(err, errno, N_("cannot read the journal"), full);
	} else if (journal_is_one(str_slice(&bytes))) {
		journal_read_owner(str_slice(&bytes), &found->owner);
		found->written = (int64_t)st.st_mtim.tv_sec;
		read_records(str_slice(&bytes), path, base, found);
	} else if (bytes.len >= JOURNAL_HEAD) {
		rc = error_set(err, ST_FAIL,
			       N_("%s: is no journal of this adref; move it away to go on"),
			       full);
	}
	if (fd >= 0)
		close(fd);
	str_release(&bytes);
	free(full);
	free(file);
	return rc;
}

/* Whether something comes after the record that begins at `at`. */
static bool goes_on(struct slice bytes, size_t at, uint64_t size)
{
	return bytes.len >= at + JOURNAL_FRAME && size > at + JOURNAL_FRAME + JOURNAL_SUM &&
	       journal_u64(bytes.p + at + 1) < size - at - JOURNAL_FRAME - JOURNAL_SUM;
}

/* The path of the draft in a journal that nobody has open; NULL where there is none. */
static char *path_in(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct str bytes = STR_INIT;
	struct slice base, path;
	struct journal_record r;
	char *found = NULL;
	size_t at = JOURNAL_HEAD;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, LOCK_SH | LOCK_NB) == 0 &&
	    journal_read_bytes(fd, JOURNAL_HEAD + 2 * 4096, &bytes) == 0 &&
	    journal_is_one(str_slice(&bytes)) && journal_next(str_slice(&bytes), &at, 0, &r) &&
	    r.kind == KIND_DRAFT && journal_read_draft(r.payload, &base, &path) &&
	    goes_on(str_slice(&bytes), at, (uint64_t)st.st_size) &&
	    !memchr(path.p, '\0', path.len))
		found = slice_dup(path);
	str_release(&bytes);
	close(fd);
	return found;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int journal_left(const char *folder, char ***paths, size_t *n, struct error *err)
{
	struct error trouble = ERROR_INIT;
	char **list = NULL;
	size_t count = 0, cap = 0;
	const struct dirent *e;
	DIR *dir;
	int fd, rc = file_open_dir(NULL, folder, &fd, &trouble);

	*paths = NULL;
	*n = 0;
	if (rc == ST_MISSING)
		return 0;
	if (rc < 0)
		return error_set(err, trouble.status, "%s", trouble.text);
	dir = fdopendir(fd);
	while (dir && (e = readdir(dir))) {
		char *path = e->d_name[0] == '.' ? NULL : path_in(fd, e->d_name);

		if (!path)
			continue;
		MEM_GROW(list, count, cap);
		list[count++] = path;
	}
	if (dir)
		closedir(dir);
	else
		close(fd);
	if (count)
		qsort(list, count, sizeof(*list), by_text);
	*paths = list;
	*n = count;
	return 0;
}

int journal_discard(const char *folder, const char *path, struct error *err)
{
	char *file = journal_file_name(path), *full = journal_full_name(folder, file);
	struct stat st;
	int fd = open_there(full, &st), rc = 0;

	if (fd < 0)
		rc = file_error(err, errno, N_("cannot open the journal"), full);
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		rc = journal_say_elsewhere(fd, path, err);
	else if (journal_is_linked(fd, full) && unlink(full) != 0)
		rc = file_error(err, errno, N_("cannot delete the journal"), full);
	if (fd >= 0)
		close(fd);
	free(full);
	free(file);
	return rc;
}
