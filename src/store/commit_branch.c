/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * The branch moves under git's own lock, REF.lock. As a rule the branch is a
 * file of its own that has reflogs; that one is moved here, with two syncs:
 * libgit2 makes six of it, four of them for reflogs, which git itself does not
 * sync at all. Every other branch (new, packed, without reflogs) is libgit2's.
 */

enum {
	BRANCH_WAIT_MS = 2000, /* for another program's lock on the branch */
	POLL_MS = 10,
	READ_TRIES = 3
};

static int say_locked(const char *ref, struct error *err)
{
	return error_set(err, ST_FAIL,
			 N_("another git program is at work on this branch, or was killed and "
			    "left %s.lock behind; if none is running, delete that file"),
			 ref);
}

/* ---- by libgit2 ---- */

static int lock_branch(git_transaction *tx, const char *ref, struct error *err)
{
	const struct timespec pause = {0, POLL_MS * 1000000L};
	int rc = GIT_ELOCKED;

	for (int waited = 0; waited < BRANCH_WAIT_MS; waited += POLL_MS) {
		rc = git_transaction_lock_ref(tx, ref);
		if (rc != GIT_ELOCKED)
			break;
		nanosleep(&pause, NULL);
	}
	if (rc == GIT_ELOCKED)
		return say_locked(ref, err);
	return rc < 0 ? gitlib_error(err, rc, N_("%s cannot be locked"), ref) : ST_OK;
}

static void add_log(struct str *log, const struct commit_move *m)
{
	str_add_text(log, m->from ? "commit: " : "commit (initial): ");
	str_add_slice(log, m->subject);
}

/* libgit2 gives a new file its name by a link, and the lock stays where it cannot be taken away
 * then: a second name of the branch itself. */
static void drop_linked_lock(struct repo *r, const char *ref)
{
	struct str file = STR_INIT, lock = STR_INIT;
	struct stat a, b;

	str_addf(&file, "%s%s", r->common_dir, ref);
	str_addf(&lock, "%s.lock", str_text(&file));
	if (lstat(str_text(&lock), &a) == 0 && lstat(str_text(&file), &b) == 0 &&
	    a.st_ino == b.st_ino && a.st_dev == b.st_dev)
		unlink(str_text(&lock));
	str_release(&file);
	str_release(&lock);
}

/* Compared and set also for a first commit, for which git_reference_create_matching() has no
 * old value to compare. *tried: where it failed, it may have moved all the same. */
static int move_by_libgit2(struct repo *r, const struct commit_move *m, bool *tried,
			   struct error *err)
{
	git_transaction *tx = NULL;
	struct str log = STR_INIT;
	git_oid now;
	int rc = git_transaction_new(&tx, r->git);

	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("%s cannot be locked"), m->ref);
		goto done;
	}
	rc = lock_branch(tx, m->ref, err);
	if (rc < 0)
		goto done;
	rc = git_reference_name_to_id(&now, r->git, m->ref);
	if (rc == GIT_ENOTFOUND ? m->from != NULL
				: rc == 0 && (!m->from || !git_oid_equal(&now, m->from))) {
		rc = 1;
		goto done;
	}
	add_log(&log, m);
	if (rc == 0 || rc == GIT_ENOTFOUND)
		rc = git_transaction_set_target(tx, m->ref, m->to, m->who, str_text(&log));
	*tried = rc == 0;
	if (rc == 0)
		rc = git_transaction_commit(tx);
	if (rc < 0)
		rc = gitlib_error(err, rc, N_("%s cannot be moved to the new commit"), m->ref);
done:
	git_transaction_free(tx);
	if (*tried)
		drop_linked_lock(r, m->ref);
	str_release(&log);
	return rc;
}

/* ---- by ourselves ---- */

struct paths {
	struct str file, lock, folder, log, head_log;
};

static void paths_init(struct paths *p, const struct repo *r, const char *ref)
{
	*p = (struct paths){STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT};
	str_addf(&p->file, "%s%s", r->common_dir, ref);
	str_addf(&p->lock, "%s.lock", str_text(&p->file));
	str_add(&p->folder, p->file.p, (size_t)(strrchr(str_text(&p->file), '/') - p->file.p));
	str_addf(&p->log, "%slogs/%s", r->common_dir, ref);
	str_addf(&p->head_log, "%slogs/HEAD", r->git_dir);
}

static void paths_release(struct paths *p)
{
	str_release(&p->file);
	str_release(&p->lock);
	str_release(&p->folder);
	str_release(&p->log);
	str_release(&p->head_log);
}

static bool is_file(struct str *path)
{
	struct stat st;

	return lstat(str_text(path), &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether the branch's file holds just this id; -1 where it cannot be read. */
static int holds(struct str *path, const char *hex)
{
	char buf[REPO_HEX + 8];
	int fd = open(str_text(path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf));

	if (fd >= 0)
		close(fd);
	if (n < 0)
		return -1;
	return n == REPO_HEX + 1 && buf[REPO_HEX] == '\n' && memcmp(buf, hex, REPO_HEX) == 0;
}

static int take_lock(const struct commit_move *m, struct paths *p, int *fd, struct error *err)
{
	const struct timespec pause = {0, POLL_MS * 1000000L};

	for (int waited = 0; waited < BRANCH_WAIT_MS; waited += POLL_MS) {
		*fd = open(str_text(&p->lock),
			   O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (*fd >= 0)
			return ST_OK;
		if (errno != EEXIST)
			return error_set(err, ST_FAIL, N_("%s cannot be locked: %s"), m->ref,
					 strerror(errno));
		nanosleep(&pause, NULL);
	}
	return say_locked(m->ref, err);
}

static bool write_all(int fd, struct slice bytes)
{
	errno = 0;
	while (bytes.len) {
		ssize_t n = write(fd, bytes.p, bytes.len);

		if (n < 0 && errno != EINTR)
			return false;
		bytes.p += n > 0 ? n : 0;
		bytes.len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* Appends the line, all of it or nothing; *before is what takes it back. */
static bool add_line(struct str *path, struct slice line, off_t *before)
{
	int fd = open(str_text(path), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	bool done = fd >= 0 && fstat(fd, &st) == 0;

	if (done) {
		*before = st.st_size;
		done = write_all(fd, line);
		if (!done && ftruncate(fd, st.st_size) != 0)
			errno = ENOSPC; /* half a line stays: git passes over it */
	}
	if (fd >= 0)
		close(fd);
	return done;
}

/* The branch's reflog and HEAD's, as git writes them. */
static bool add_logs(const struct commit_move *m, struct paths *p, const char *from,
		     const char *to)
{
	const git_signature *who = m->who;
	int offset = who->when.offset < 0 ? -who->when.offset : who->when.offset;
	struct str line = STR_INIT;
	off_t before;
	bool done;

	str_addf(&line, "%s %s %s <%s> %lld %c%02d%02d\t", from, to, who->name, who->email,
		 (long long)who->when.time, who->when.offset < 0 ? '-' : '+', offset / 60,
		 offset % 60);
	add_log(&line, m);
	str_add_char(&line, '\n');
	done = add_line(&p->log, str_slice(&line), &before);
	if (done && !add_line(&p->head_log, str_slice(&line), &(off_t){0})) {
		int code = errno;

		done = false;
		if (truncate(str_text(&p->log), before) != 0)
			errno = 0; /* it tells of a move that was not made, no more */
		errno = code;
	}
	str_release(&line);
	return done;
}

/* The branch has moved; this is no failure any more. */
static void warn_disk(struct commit_result *result, const char *why)
{
	str_clear(&result->warning);
	str_addf(&result->warning,
		 error_word(N_("committed, but the disk does not confirm it (%s): keep a copy "
			       "elsewhere")),
		 error_word(why));
}

/* With the lock held: compared, and set. *held: the lock's file is there still. */
static int set_locked(const struct commit_move *m, struct paths *p, int fd, bool *held,
		      struct commit_result *result, struct error *err)
{
	char from[REPO_HEX + 1], to[REPO_HEX + 2];
	int folder, held_id;

	git_oid_tostr(from, sizeof(from), m->from);
	git_oid_tostr(to, sizeof(to), m->to);
	held_id = holds(&p->file, from);
	if (held_id < 0)
		return error_set(err, ST_FAIL, N_("%s cannot be read: %s"), m->ref,
				 strerror(errno));
	if (!held_id)
		return 1;
	to[REPO_HEX] = '\n';
	if (!write_all(fd, slice_make(to, REPO_HEX + 1)) || fsync(fd) != 0)
		return error_set(err, ST_FAIL, N_("%s cannot be moved to the new commit: %s"),
				 m->ref, strerror(errno));
	to[REPO_HEX] = '\0';
	if (!add_logs(m, p, from, to))
		return error_set(err, ST_FAIL, N_("the reflog of %s cannot be written: %s"),
				 m->ref, strerror(errno));
	if (rename(str_text(&p->lock), str_text(&p->file)) != 0)
		return error_set(err, ST_FAIL, N_("%s cannot be moved to the new commit: %s"),
				 m->ref, strerror(errno));
	*held = false;
	folder = open(str_text(&p->folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || (fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP))
		warn_disk(result, strerror(errno));
	if (folder >= 0)
		close(folder);
	return ST_OK;
}

static int move_file(const struct commit_move *m, struct paths *p, struct commit_result *result,
		     struct error *err)
{
	bool held = true;
	int fd, rc = take_lock(m, p, &fd, err);

	if (rc < 0)
		return rc;
	rc = set_locked(m, p, fd, &held, result, err);
	close(fd);
	if (held)
		unlink(str_text(&p->lock));
	return rc;
}

/* ---- either way ---- */

enum where { AT_NEW, AT_OLD, AT_UNKNOWN };

/* Where the branch is now, asked more than once: one read that fails says nothing. */
static enum where find_out(struct repo *r, const struct commit_move *m)
{
	git_oid now;
	int rc = -1;

	for (int i = 0; i < READ_TRIES && rc < 0 && rc != GIT_ENOTFOUND; i++)
		rc = git_reference_name_to_id(&now, r->git, m->ref);
	if (rc == GIT_ENOTFOUND)
		return AT_OLD;
	if (rc < 0)
		return AT_UNKNOWN;
	if (git_oid_equal(&now, m->to))
		return AT_NEW;
	if (m->from && git_oid_equal(&now, m->from))
		return AT_OLD;
	rc = git_graph_descendant_of(r->git, &now, m->to);
	return rc == 1 ? AT_NEW : rc == 0 ? AT_OLD : AT_UNKNOWN;
}

/* What was done is asked of the branch itself. */
static int read_back(struct repo *r, const struct commit_move *m, int rc,
		     struct commit_result *result, struct error *err)
{
	enum where at = find_out(r, m);

	if (rc == ST_OK && at == AT_OLD)
		return error_set(err, ST_FAIL,
				 N_("%s could not be read back after the commit; run git fsck"),
				 m->ref);
	if (rc == ST_OK && at == AT_UNKNOWN)
		warn_disk(result, N_("the branch cannot be read"));
	if (rc < 0 && at == AT_NEW) {
		warn_disk(result, err ? err->text : m->ref);
		return ST_OK;
	}
	result->unsure = rc < 0 && at == AT_UNKNOWN;
	return rc;
}

int commit_branch_move(struct repo *r, const struct commit_move *m,
		       struct commit_result *result, struct error *err)
{
	char from[REPO_HEX + 1] = "";
	bool tried = false;
	struct paths p;
	int rc;

	paths_init(&p, r, m->ref);
	if (m->from)
		git_oid_tostr(from, sizeof(from), m->from);
	if (m->from && is_file(&p.file) && holds(&p.file, from) == 1 && is_file(&p.log) &&
	    is_file(&p.head_log))
		rc = move_file(m, &p, result, err);
	else
		rc = move_by_libgit2(r, m, &tried, err);
	paths_release(&p);
	return rc == ST_OK || (rc < 0 && tried) ? read_back(r, m, rc, result, err) : rc;
}
