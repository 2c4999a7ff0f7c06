/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "git.h"
#include "store/file.h"
#include "store/run.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * The index is written as git does, under index.lock. That file is made by
 * link() from one of ours, whose number stands in adref's own lock: if we are
 * killed, the next adref knows it again. The new index is written beside and
 * renamed into place.
 */

enum { WAIT_MS = 1000, POLL_MS = 10, INDEX_MOST = 1 << 30 };

static int take_lock(const struct commit_locks *l, const char *lock, struct error *err)
{
	const struct timespec pause = {0, POLL_MS * 1000000L};

	for (int waited = 0; waited < WAIT_MS; waited += POLL_MS) {
		if (link(l->candidate.p, lock) == 0)
			return ST_OK;
		if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK) {
			/* No hard links here: then as git makes it. */
			int fd = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

			if (fd >= 0) {
				close(fd);
				return ST_OK;
			}
		}
		if (errno != EEXIST)
			return error_set(err, ST_FAIL, N_("%s: cannot be made: %s"), lock,
					 strerror(errno));
		nanosleep(&pause, NULL);
	}
	return error_set(err, ST_FAIL, N_("%s is held by another program"), lock);
}

/* Fills in what git remembers of a file, if the file has just these bytes. */
static void fill_stat(struct repo *r, const struct commit_entry *e, git_index_entry *entry)
{
	struct str file = STR_INIT, bytes = STR_INIT;
	char hex[REPO_HEX + 1];
	struct stat before, after;

	if (repo_file(r, e->path, &file, NULL) < 0 || lstat(str_text(&file), &before) != 0 ||
	    !S_ISREG(before.st_mode) ||
	    file_read(NULL, str_text(&file), FILE_MOST_DRAFT, &bytes, NULL, NULL) < 0 ||
	    lstat(str_text(&file), &after) != 0)
		goto done;
	repo_hash(str_slice(&bytes), hex);
	if (strcmp(hex, e->hex) != 0 || after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
	    after.st_mtim.tv_nsec != before.st_mtim.tv_nsec || after.st_ino != before.st_ino)
		goto done;
	entry->ctime.seconds = (int32_t)after.st_ctim.tv_sec;
	entry->ctime.nanoseconds = (uint32_t)after.st_ctim.tv_nsec;
	entry->mtime.seconds = (int32_t)after.st_mtim.tv_sec;
	entry->mtime.nanoseconds = (uint32_t)after.st_mtim.tv_nsec;
	entry->dev = (uint32_t)after.st_dev;
	entry->ino = (uint32_t)after.st_ino;
	entry->uid = after.st_uid;
	entry->gid = after.st_gid;
	entry->file_size = (uint32_t)after.st_size;
done:
	str_release(&bytes);
	str_release(&file);
}

int commit_index_entry(struct repo *r, const char *path, char hex[REPO_HEX + 1],
		       struct error *err)
{
	struct str file = STR_INIT;
	git_index *index = NULL;
	const git_index_entry *entry;
	int rc;

	str_addf(&file, "%sindex", r->git_dir);
	rc = git_index_open(&index, str_text(&file));
	if (rc == 0)
		rc = git_index_read(index, 1);
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("%s: cannot be read"), str_text(&file));
	} else if ((entry = git_index_get_bypath(index, path, 0))) {
		git_oid_tostr(hex, REPO_HEX + 1, &entry->id);
		rc = 1;
	}
	git_index_free(index);
	str_release(&file);
	return rc;
}

static int set_entry(struct repo *r, git_index *index, const struct commit_entry *e)
{
	git_index_entry entry;
	int rc;

	git_index_conflict_remove(index, e->path); /* that there is none is usual */
	if (e->gone) {
		rc = git_index_remove(index, e->path, 0);
		return rc == GIT_ENOTFOUND ? 0 : rc;
	}
	memset(&entry, 0, sizeof(entry));
	entry.path = e->path;
	entry.mode = e->mode;
	rc = git_oid_fromstr(&entry.id, e->hex);
	if (rc < 0)
		return rc;
	fill_stat(r, e, &entry);
	return git_index_add(index, &entry);
}

/* How many entries an index has, by its first bytes. */
static size_t count_of(const struct str *bytes)
{
	const unsigned char *p = (const unsigned char *)bytes->p + 8;

	if (bytes->len < 12 || memcmp(bytes->p, "DIRC", 4) != 0)
		return 0;
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

static int copy_file(const char *from, const char *to, mode_t mode, size_t *count,
		     struct error *err)
{
	struct str bytes = STR_INIT;
	size_t done = 0;
	ssize_t n = 0;
	int fd = -1, rc = file_read(NULL, from, INDEX_MOST, &bytes, NULL, err);

	if (rc == ST_OK) {
		unlink(to);
		fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	}
	for (; fd >= 0 && n >= 0 && done < bytes.len; done += (size_t)n)
		n = write(fd, bytes.p + done, bytes.len - done);
	if (rc == ST_OK && (fd < 0 || n < 0))
		rc = error_set(err, ST_FAIL, N_("%s: cannot be written: %s"), to,
			       strerror(errno));
	if (fd >= 0)
		close(fd);
	*count = count_of(&bytes);
	str_release(&bytes);
	return rc;
}

/*
 * Makes copy out of the index and changes it. The copy gets the index's time:
 * git looks twice at files changed after it, and so it must still do for files
 * that changed between the last writing of the index and this one.
 */
static int write_copy(struct repo *r, const char *index_path, const char *copy,
		      const struct commit_entry *entries, size_t n, struct error *err)
{
	git_index *index = NULL;
	struct str left = STR_INIT;
	struct stat old;
	bool had = stat(index_path, &old) == 0;
	size_t count = 0;
	int rc = ST_OK;

	if (!had && errno != ENOENT)
		return error_set(err, ST_FAIL, N_("%s: cannot be read: %s"), index_path,
				 strerror(errno));

	/* libgit2's lock on the copy, if one of us was killed just then. */
	str_addf(&left, "%s.lock", copy);
	unlink(str_text(&left));

	if (had)
		rc = copy_file(index_path, copy, old.st_mode & 0777, &count, err);
	else
		unlink(copy);
	if (rc < 0) {
		str_release(&left);
		return rc;
	}
	/* Unlike the rest, the index can be made anew from what is there: git does not sync
	 * it either, and each sync costs milliseconds. */
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	rc = git_index_open(&index, copy);
	if (rc == 0)
		rc = git_index_read(index, 1);
	/* A file that it cannot look at is, for libgit2, one without entries. */
	if (rc == 0 && git_index_entrycount(index) != count)
		rc = GIT_ERROR;
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = set_entry(r, index, &entries[i]);
	if (rc == 0)
		rc = git_index_write(index);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_index_free(index);
	unlink(str_text(&left)); /* libgit2 may not have been able to */
	str_release(&left);
	if (rc < 0)
		return gitlib_error(err, rc, N_("%s: cannot be brought up to date"),
				    index_path);
	if (had) {
		const struct timespec times[2] = {old.st_atim, old.st_mtim};

		utimensat(AT_FDCWD, copy, times, 0);
	}
	return ST_OK;
}

static int update_by_libgit2(struct repo *r, struct commit_locks *l,
			     const struct commit_entry *entries, size_t n, struct error *err)
{
	struct str index = STR_INIT, lock = STR_INIT, copy = STR_INIT;
	int rc;

	str_addf(&index, "%sindex", r->git_dir);
	str_addf(&lock, "%s.lock", str_text(&index));
	str_add_slice(&copy, str_slice(&l->candidate));
	str_add_text(&copy, ".new");
	rc = take_lock(l, str_text(&lock), err);
	if (rc < 0)
		goto done;
	rc = write_copy(r, str_text(&index), str_text(&copy), entries, n, err);
	if (rc == ST_OK && rename(str_text(&copy), str_text(&index)) != 0)
		rc = error_set(err, ST_FAIL, N_("%s: cannot be replaced: %s"), str_text(&index),
			       strerror(errno));
	unlink(str_text(&copy));
	if (unlink(str_text(&lock)) != 0 && unlink(str_text(&lock)) != 0 && errno != ENOENT)
		l->keep = true;
done:
	str_release(&copy);
	str_release(&lock);
	str_release(&index);
	return rc;
}

/* For indexes that libgit2 cannot read (split, sparse). Nothing of the repository's is run. */
static int update_by_git(struct repo *r, const struct commit_entry *e, struct error *err)
{
	struct str info = STR_INIT;
	struct run_result result = RUN_RESULT_INIT;
	const char *const base[] = {"git",
				    "-c",
				    "core.fsmonitor=false",
				    "-c",
				    "core.hooksPath=/dev/null",
				    "update-index",
				    e->gone ? "--force-remove" : "--add",
				    e->gone ? "--" : "--cacheinfo",
				    NULL,
				    NULL};
	const char *argv[sizeof(base) / sizeof(*base)];
	struct run what = {.argv = argv, .env = RUN_NEUTRAL, .dir = r->work_dir};
	int rc;

	memcpy(argv, base, sizeof(base));
	if (e->gone)
		str_add_text(&info, e->path);
	else
		str_addf(&info, "%o,%s,%s", e->mode, e->hex, e->path);
	argv[8] = str_text(&info);
	what.timeout_ms = 10000;
	rc = run_program(&what, &result, err);
	if (rc == ST_OK)
		rc = run_verdict(&what, &result, err);
	run_result_release(&result);
	str_release(&info);
	return rc;
}

int commit_index_update(struct repo *r, struct commit_locks *l,
			const struct commit_entry *entries, size_t n, struct error *err)
{
	struct error first = ERROR_INIT;
	int rc = update_by_libgit2(r, l, entries, n, &first);

	if (rc == ST_OK)
		return rc;
	rc = ST_OK;
	for (size_t i = 0; i < n && rc == ST_OK; i++)
		rc = update_by_git(r, &entries[i], NULL);
	return rc == ST_OK ? rc : error_set(err, first.status, "%s", first.text);
}
