/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "git.h"
#include "store/git_alive.h"
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	OWN_WAIT_MS = 15000,
	/* A lock file without contents is a killed adref's if it was made within so many
	 * seconds of the note, and is still without any after so many milliseconds. */
	SECTION_S = 60,
	EMPTY_MS = 1000,
	BEHIND_MOST = 1 << 20
};

static void pause_ms(long ms)
{
	const struct timespec t = {ms / 1000, ms % 1000 * 1000000L};

	nanosleep(&t, NULL);
}

/* The first bytes of a small file; -1 where it cannot be read. */
static ssize_t read_start(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n;
}

/*
 * The branch's lock holds the id that only the dead process was about to
 * write; or nothing yet, and stays so though it was made just after the note,
 * and no git is at work here: one that deletes a branch never writes into it.
 */
static bool is_dead_ref_lock(struct repo *r, const struct commit_note *n, const char *path)
{
	struct stat first, again;
	char buf[REPO_HEX + 8];
	ssize_t len = read_start(path, buf, sizeof(buf));

	if (len < 0 || lstat(path, &first) != 0)
		return false;
	if (len > 0)
		return len <= REPO_HEX + 1 && strncmp(buf, n->id, strcspn(buf, "\n")) == 0 &&
		       strcspn(buf, "\n") == REPO_HEX;
	if (first.st_mtime < n->time - 1 || first.st_mtime > n->time + SECTION_S)
		return false;
	pause_ms(EMPTY_MS);
	return !git_alive_now(r, -1) && lstat(path, &again) == 0 &&
	       again.st_ino == first.st_ino && again.st_size == 0;
}

static bool is_noted(const struct commit_note *n, const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && st.st_ino == n->ino && st.st_dev == n->dev;
}

/* The index's lock is a second name of the candidate. Once that is gone, its number may be any
 * file's, and git's lock too. */
static void clear_left(struct repo *r, const struct commit_note *n)
{
	struct str path = STR_INIT;

	str_addf(&path, "%s%s.lock", r->common_dir, n->ref);
	if (is_dead_ref_lock(r, n, str_text(&path)))
		unlink(str_text(&path));
	str_clear(&path);
	str_addf(&path, "%sindex.lock", n->git_dir);
	if (is_noted(n, str_text(&path)) && is_noted(n, n->candidate))
		unlink(str_text(&path));
	str_clear(&path);
	str_addf(&path, "%sadref/index-", n->git_dir);
	if (strncmp(n->candidate, str_text(&path), path.len) == 0 &&
	    !strchr(n->candidate + path.len, '/')) {
		unlink(n->candidate);
		str_clear(&path);
		str_addf(&path, "%s.new", n->candidate);
		unlink(str_text(&path));
		str_add_text(&path, ".lock");
		unlink(str_text(&path));
	}
	str_release(&path);
}

static void behind_path(const struct repo *r, struct str *out)
{
	str_addf(out, "%sadref/behind", r->git_dir);
}

static int make_candidate(struct repo *r, struct commit_locks *l, struct error *err)
{
	struct stat st;
	int fd, rc = repo_tree_file(r, "index-candidate", &l->candidate, err);

	if (rc < 0)
		return rc;
	unlink(str_text(&l->candidate)); /* one that was killed may have left it */
	fd = open(str_text(&l->candidate), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = error_set(err, ST_FAIL, N_("%s: cannot be made: %s"),
			       str_text(&l->candidate), strerror(errno));
	} else {
		l->dev = st.st_dev;
		l->ino = st.st_ino;
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Whether the commit was made, and the index does not know of it. */
static bool is_behind(struct repo *r, const struct commit_entry *e)
{
	char hex[REPO_HEX + 1];
	int rc = repo_blob(r, "HEAD", e->path, hex, NULL);

	if (e->gone ? rc != ST_MISSING : rc != ST_OK || strcmp(hex, e->hex) != 0)
		return false;
	rc = commit_index_entry(r, e->path, hex, NULL);
	return e->had_base ? rc == 1 && strcmp(hex, e->base) == 0 : rc == 0;
}

/*
 * A commit whose index was not written would be undone by the next `git
 * commit`. Best effort: what fails here is no reason not to go on.
 */
static void finish_index(struct repo *r, struct commit_locks *l, struct commit_note *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n->n; i++)
		if (is_behind(r, &n->entries[i])) {
			struct commit_entry behind = n->entries[i];

			n->entries[i] = n->entries[kept];
			n->entries[kept++] = behind;
		}
	if (kept && commit_locks_note(r, l, n->ref, n->id, n->entries, kept, NULL) == ST_OK &&
	    commit_index_update(r, l, n->entries, kept, NULL) < 0)
		l->keep = true;
}

/*
 * Each working tree has an index of its own, and the lock is for all of them: what another
 * tree's index does not know of is noted there, for whoever comes next in that tree.
 */
static void pass_on(struct repo *r, const struct commit_note *n)
{
	struct str path = STR_INIT, text = STR_INIT, trees = STR_INIT;
	struct error ignored = ERROR_INIT;

	str_addf(&trees, "%sworktrees/", r->common_dir);
	if (strcmp(n->git_dir, r->common_dir) != 0 &&
	    !(slice_starts(slice_of(n->git_dir), str_text(&trees)) &&
	      repo_path_is_sane(n->git_dir + trees.len)))
		goto done; /* no tree of this repository's */
	str_addf(&path, "%sadref/behind", n->git_dir);
	commit_note_add(&text, n);
	(void)!file_write(NULL, str_text(&path), str_slice(&text), NULL, NULL, &ignored);
done:
	str_release(&path);
	str_release(&text);
	str_release(&trees);
}

/* What was noted in this way for this tree. */
static void catch_up(struct repo *r, struct commit_locks *l)
{
	struct str path = STR_INIT, text = STR_INIT;
	struct error ignored = ERROR_INIT;
	struct commit_note note;

	behind_path(r, &path);
	if (access(str_text(&path), F_OK) == 0 &&
	    file_read(NULL, str_text(&path), BEHIND_MOST, &text, NULL, &ignored) == ST_OK) {
		commit_note_read(&note, str_slice(&text));
		if (note.whole)
			finish_index(r, l, &note);
		commit_note_release(&note);
		if (!l->keep)
			unlink(str_text(&path));
	}
	str_release(&path);
	str_release(&text);
}

bool commit_is_cut_short(struct repo *r)
{
	struct str path = STR_INIT;
	struct stat st;
	bool is;

	str_addf(&path, "%sadref/lock", r->common_dir);
	is = stat(str_text(&path), &st) == 0 && st.st_size > 0;
	str_clear(&path);
	behind_path(r, &path);
	is = is || access(str_text(&path), F_OK) == 0;
	str_release(&path);
	return is;
}

int commit_locks_take(struct repo *r, struct commit_locks *l, bool wait, struct error *err)
{
	struct str path = STR_INIT;
	struct commit_note note;
	int rc = repo_own_file(r, "lock", &path, err);

	if (rc == ST_OK)
		rc = lock_take(&l->own, str_text(&path), wait ? OWN_WAIT_MS : 0, err);
	str_release(&path);
	if (rc < 0)
		return rc;
	if (l->own.left.len && l->own.gone) {
		commit_note_read(&note, str_slice(&l->own.left));
		if (note.whole && strncmp(note.ref, "refs/", 5) == 0 &&
		    repo_path_is_sane(note.ref)) {
			clear_left(r, &note);
			if (strcmp(note.git_dir, r->git_dir) == 0)
				finish_index(r, l, &note);
			else
				pass_on(r, &note);
		}
		commit_note_release(&note);
	}
	catch_up(r, l);
	return rc;
}

int commit_locks_note(struct repo *r, struct commit_locks *l, const char *ref, const char *id,
		      const struct commit_entry *entries, size_t n, struct error *err)
{
	struct str text = STR_INIT;
	struct commit_note note = {.ref = (char *)ref,
				   .id = (char *)id,
				   .git_dir = r->git_dir,
				   .entries = (struct commit_entry *)entries,
				   .n = n};
	int rc = l->candidate.len ? ST_OK : make_candidate(r, l, err);

	if (rc < 0)
		return rc;
	note.candidate = (char *)str_text(&l->candidate);
	note.dev = l->dev;
	note.ino = l->ino;
	note.time = (long long)time(NULL);
	commit_note_add(&text, &note);
	rc = lock_note(&l->own, str_slice(&text), err);
	str_release(&text);
	return rc;
}

void commit_locks_drop(struct commit_locks *l)
{
	if (l->candidate.len && !l->keep) /* by it the next one knows what is left */
		unlink(str_text(&l->candidate));
	str_release(&l->candidate);
	if (l->keep)
		lock_leave(&l->own);
	else
		lock_drop(&l->own);
	l->keep = false;
}
