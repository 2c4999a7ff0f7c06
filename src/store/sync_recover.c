/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "git.h"
#include "store/git_alive.h"
#include "store/file.h"
#include "sync_inner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * A sync holds a lock of adref's while it works, and notes in it which branch it
 * works on and, before it merges, from which commit to which. Where it was
 * killed, git's processes may have been killed with it: their lock files lie
 * about, and a merge is half in the files. Whoever takes the lock next takes that
 * back, once no git is at work here any more. Files are put back as they were
 * before the merge; what is in their place goes to .git/adref/kept, unless it is
 * what one of the two sides has. What was written long after the merge began is
 * somebody's edit and stays where it is; so does a merge that somebody began since.
 *
 * The note may be anybody's: .git can have been copied from a stranger.
 */

enum {
	COMMIT_MS = 500, /* a commit takes milliseconds */
	FILES_S = 60,    /* so long after its beginning a merge may still write files */
	MERGE_S = 660    /* and leave its state: git has ten minutes */
};

struct note {
	long uid; /* who synced; -1: not known */
	char branch[300], tracking[600];
	char from[REPO_HEX + 1], to[REPO_HEX + 1]; /* "": no merge had begun */
	long long time;
	long long merged; /* when the merge began, as the note's file has it */
};

int sync_lock_note(struct sync_lock *l, struct error *err)
{
	struct str text = STR_INIT;
	int rc;

	if (!l->begun)
		l->begun = (long long)time(NULL);
	str_addf(&text, "time %lld\nuser %ld\nbranch %s\ntracking %s\n", l->begun,
		 (long)geteuid(), l->branch, l->tracking);
	if (l->from[0])
		str_addf(&text, "merge %s %s\n", l->from, l->to);
	str_add_text(&text, "end\n");
	rc = lock_note(&l->lock, str_slice(&text), err);
	if (rc == ST_OK && fsync(l->lock.fd) != 0)
		rc = error_set(err, ST_FAIL, N_("cannot write adref's lock: %s"),
			       strerror(errno));
	str_release(&text);
	return rc;
}

/* Nothing but a whole id: git is given it, and takes a word with a dash for an option. */
static bool is_id(const char *text)
{
	return strlen(text) == REPO_HEX && strspn(text, "0123456789abcdef") == REPO_HEX;
}

static bool read_note(struct slice text, struct note *n)
{
	char *copy = slice_dup(text), *save = NULL;
	bool whole = false;

	*n = (struct note){.uid = -1};
	for (char *line = strtok_r(copy, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "time %lld", &n->time) == 1 ||
		    sscanf(line, "user %ld", &n->uid) == 1 ||
		    sscanf(line, "branch %299s", n->branch) == 1 ||
		    sscanf(line, "tracking %599s", n->tracking) == 1 ||
		    sscanf(line, "merge %40s %40s", n->from, n->to) == 2)
			continue;
		whole |= strcmp(line, "end") == 0;
	}
	free(copy);
	return whole && repo_path_is_sane(n->branch) && repo_path_is_sane(n->tracking) &&
	       (!n->from[0] || (is_id(n->from) && is_id(n->to)));
}

/* ---- lock files ---- */

static bool is_lock_since(const char *path, long long since)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       (long long)st.st_mtim.tv_sec >= since - 1;
}

/* Whether one of those is there that the git commands of a sync make, from when it began;
 * clear: they are taken away. */
static bool has_locks(struct repo *r, const struct note *n, bool clear)
{
	const struct {
		const char *folder, *name;
	} locks[] = {
		{repo_git_dir(r), "index"},      {repo_git_dir(r), "HEAD"},
		{repo_git_dir(r), "ORIG_HEAD"},  {repo_git_dir(r), "MERGE_HEAD"},
		{repo_git_dir(r), "AUTO_MERGE"}, {repo_common_dir(r), "packed-refs"},
		{repo_common_dir(r), "shallow"}, {repo_common_dir(r), "config"},
		{repo_common_dir(r), n->branch}, {repo_common_dir(r), n->tracking},
	};
	struct str path = STR_INIT;
	bool any = false;

	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++) {
		str_clear(&path);
		str_addf(&path, "%s%s.lock", locks[i].folder, locks[i].name);
		if (!is_lock_since(str_text(&path), n->time))
			continue;
		any = true;
		if (clear && unlink(str_text(&path)) != 0)
			unlink(str_text(&path)); /* once may be chance */
	}
	str_release(&path);
	return any;
}

/* No git is at work here. Nor is an adref that commits, while its lock is ours. */
static int clear_locks(struct repo *r, const struct note *n, struct error *err)
{
	struct str path = STR_INIT;
	struct lock lock = LOCK_INIT;
	int rc;

	if (!has_locks(r, n, false))
		return 0;
	rc = repo_own_file(r, "lock", &path, err);
	if (rc == 0)
		rc = lock_take(&lock, str_text(&path), COMMIT_MS, err);
	if (rc == 0)
		has_locks(r, n, true);
	lock_leave(&lock); /* what stands in it is for who commits next */
	str_release(&path);
	return rc;
}

void sync_clear_locks(struct session *s, const struct sync_lock *l)
{
	struct note n = {.time = l->begun};
	struct error none = ERROR_INIT;

	if (!l->begun)
		return;
	snprintf(n.branch, sizeof(n.branch), "%s", l->branch);
	snprintf(n.tracking, sizeof(n.tracking), "%s", l->tracking);
	if (has_locks(s->repo, &n, false) && git_alive_ends(s->repo, (long)geteuid()))
		(void)!clear_locks(s->repo, &n, &none);
}

/* ---- the files ---- */

struct taking {
	struct session *s;
	struct git_safe git; /* at the top of the repository */
	const struct note *n;
};

/* What a commit has of the path, as git writes it into the file; false where it has none. */
static bool side_text(struct taking *t, const char *commit, const char *path, struct str *out)
{
	struct error none = ERROR_INIT;
	struct str what = STR_INIT;
	bool there;

	str_addf(&what, "%s:%s", commit, path);
	const char *const argv[] = {"cat-file", "--filters", str_text(&what), NULL};
	there = git_safe_do(&t->git, argv, out, &none) == 0;
	str_release(&what);
	return there;
}

/* What is neither side's, and no beginning of theirs, may be somebody's edit: a copy stays. */
static int keep_copy(struct taking *t, const char *path, struct slice bytes, struct error *err)
{
	struct str file = STR_INIT;
	int rc = repo_set_aside(t->s->repo, path, bytes, &file, err);

	if (rc == 0 && !t->s->kept.len)
		str_addf(
			&t->s->kept,
			error_word(N_(
				"%s is as before a merge that was cut short; what was in it is "
				"kept in %s")),
			path, str_text(&file));
	str_release(&file);
	return rc;
}

/* Whether the file was written when the merge was long over. */
static bool is_later(const struct taking *t, const char *file)
{
	struct stat st;

	return lstat(file, &st) == 0 && (long long)st.st_mtim.tv_sec > t->n->merged + FILES_S;
}

static int take_file(struct taking *t, const char *path, struct error *err)
{
	struct str file = STR_INIT, disk = STR_INIT, old = STR_INIT, new = STR_INIT;
	const char *const checkout[] = {"checkout-index", "-f", "-q", "--", path, NULL};
	struct error why = ERROR_INIT;
	bool had, is;
	int rc = repo_file(t->s->repo, path, &file, err);

	if (rc < 0)
		goto done;
	had = side_text(t, t->n->from, path, &old);
	if (!side_text(t, t->n->to, path, &new))
		str_clear(&new);
	is = file_read(repo_work_dir(t->s->repo), str_text(&file), FILE_MOST_DRAFT, &disk, NULL,
		       &why) == 0;
	if (!is && why.status != ST_MISSING)
		goto done; /* a link or a folder: not for us to touch */
	if (is && had && slice_equal(str_slice(&disk), str_slice(&old)))
		goto done;
	if (is && !slice_starts(str_slice(&new), str_text(&disk))) {
		if (is_later(t, str_text(&file)))
			goto done;
		rc = keep_copy(t, path, str_slice(&disk), err);
	}
	if (rc == 0 && had)
		rc = git_safe_do(&t->git, checkout, NULL, err);
	else if (rc == 0 && is)
		rc = file_remove(repo_work_dir(t->s->repo), str_text(&file), err);
done:
	str_release(&file);
	str_release(&disk);
	str_release(&old);
	str_release(&new);
	return rc;
}

/* The index as before the merge, then each file that the merge may have written. */
static int take_files(struct taking *t, struct error *err)
{
	const char *const read[] = {"read-tree", "--reset", t->n->from, NULL};
	const char *const list[] = {"diff-tree",   "-r",       "-z",     "--no-renames",
				    "--name-only", t->n->from, t->n->to, NULL};
	const char *const refresh[] = {"update-index", "-q", "--refresh", NULL};
	struct str paths = STR_INIT;
	struct error none = ERROR_INIT;
	int rc = git_safe_do(&t->git, list, &paths, err);

	if (rc == 0)
		rc = git_safe_do(&t->git, read, NULL, err);
	for (size_t at = 0; rc == 0 && at < paths.len;) {
		const char *path = paths.p + at;

		rc = take_file(t, path, err);
		at += strlen(path) + 1;
	}
	if (rc == 0)
		(void)!git_safe_do(&t->git, refresh, NULL, &none);
	str_release(&paths);
	return rc;
}

static void forget_merge(struct repo *r)
{
	static const char *const names[] = {"MERGE_HEAD", "MERGE_MSG", "MERGE_MODE",
					    "AUTO_MERGE"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str path = STR_INIT;

		str_addf(&path, "%s%s", repo_git_dir(r), names[i]);
		unlink(str_text(&path)); /* that it is not there is usual */
		str_release(&path);
	}
}

void sync_clear_temps(struct session *s, long long since)
{
	const char *top = repo_work_dir(s->repo);
	DIR *dir = top ? opendir(top) : NULL;
	const struct dirent *e;
	struct stat st;

	while (dir && (e = readdir(dir)))
		if (strncmp(e->d_name, ".merge_file_", 12) == 0 &&
		    fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && (long long)st.st_mtim.tv_sec >= since - 1)
			unlinkat(dirfd(dir), e->d_name, 0);
	if (dir)
		closedir(dir);
}

/* Whether git is in a merge that is not the one of the note: somebody's own. */
static bool is_other_merge(struct repo *r, const struct note *n)
{
	struct str path = STR_INIT, text = STR_INIT;
	struct error none = ERROR_INIT;
	struct stat st;
	bool other = false;

	str_addf(&path, "%sMERGE_HEAD", repo_git_dir(r));
	if (stat(str_text(&path), &st) == 0) {
		(void)!file_read(NULL, str_text(&path), 4096, &text, NULL, &none);
		while (text.len && text.p[text.len - 1] == '\n')
			text.len--;
		other = !slice_is(str_slice(&text), n->to) ||
			(long long)st.st_mtim.tv_sec > n->merged + MERGE_S;
	}
	str_release(&path);
	str_release(&text);
	return other;
}

/* A merge that had begun: HEAD says whether it was made. Then git had written the index too. */
static int take_merge(struct session *s, const struct note *n, struct error *err)
{
	struct taking t = {.s = s, .n = n};
	const char *const made[] = {"merge-base", "--is-ancestor", n->to, "HEAD", NULL};
	struct error none = ERROR_INIT;
	char head[REPO_HEX + 1];
	int rc = repo_tip(s->repo, head, err);

	if (rc == 0)
		rc = git_safe_init(&t.git, s, err);
	if (rc < 0)
		return rc;
	t.git.dir = repo_work_dir(s->repo);
	if (is_other_merge(s->repo, n)) {
		rc = 0;
	} else if (strcmp(head, n->from) == 0) {
		rc = take_files(&t, err);
		if (rc == 0)
			forget_merge(s->repo);
	} else if (git_safe_do(&t.git, made, NULL, &none) == 0) {
		forget_merge(s->repo);
	}
	sync_clear_temps(s, n->time);
	git_safe_release(&t.git);
	repo_state(s->repo, &s->state);
	return rc;
}

/* ---- together ---- */

int sync_take_back(struct session *s, const struct sync_lock *l, struct error *err)
{
	struct note n = {.time = (long long)time(NULL)};

	n.merged = n.time; /* now: all of it is the merge's */
	memcpy(n.from, l->from, sizeof(n.from));
	memcpy(n.to, l->to, sizeof(n.to));
	return git_alive_ends(s->repo, (long)geteuid()) ? take_merge(s, &n, err) : ST_DENIED;
}

static int lock_within(struct session *s, struct lock *lock, int wait_ms, struct error *err)
{
	struct str path = STR_INIT;
	int rc = repo_tree_file(s->repo, "syncing", &path, err);

	if (rc == 0)
		rc = lock_take(lock, str_text(&path), wait_ms, err);
	str_release(&path);
	return rc;
}

/* Whether the id is no commit's: one that cannot be read is none of these. */
static bool is_nowhere(struct repo *r, const char *id)
{
	struct error why = ERROR_INIT;
	char hex[REPO_HEX + 1];

	return repo_resolve(r, id, hex, &why) < 0 && why.status != ST_FAIL;
}

/* A note that names commits which are not here cannot be followed, today or ever: it is put
 * aside, with words, and hinders nobody. */
static int put_note_aside(struct session *s, const struct lock *lock, struct error *err)
{
	struct str file = STR_INIT;
	int rc = repo_set_aside(s->repo, "sync", str_slice(&lock->left), &file, err);

	if (rc == 0 && !s->kept.len)
		str_addf(&s->kept,
			 error_word(N_("a sync was cut short here, and what it noted names a "
				       "commit that "
				       "is not here: the note is put aside in %s; look with "
				       "git status "
				       "whether all is as you want it")),
			 str_text(&file));
	str_release(&file);
	return rc;
}

/* Under the lock. */
static int bring_in_order(struct session *s, struct lock *lock, struct error *err)
{
	struct note n;
	struct stat st;
	int rc;

	if (!lock->left.len || !lock->gone || !repo_work_dir(s->repo) ||
	    !read_note(str_slice(&lock->left), &n))
		return 0;
	if (!git_alive_ends(s->repo, n.uid))
		return error_set(err, ST_DENIED,
				 N_("git is at work here; try again in a moment"));
	n.merged = fstat(lock->fd, &st) == 0 ? (long long)st.st_mtim.tv_sec : n.time;
	rc = clear_locks(s->repo, &n, err);
	if (rc < 0 || !n.from[0])
		return rc;
	if (is_nowhere(s->repo, n.from) || is_nowhere(s->repo, n.to))
		return put_note_aside(s, lock, err);
	return take_merge(s, &n, err);
}

int sync_lock_take(struct session *s, struct sync_lock *l, struct error *err)
{
	int rc = lock_within(s, &l->lock, 2000, err);

	if (rc < 0)
		return rc;
	rc = bring_in_order(s, &l->lock, err);
	if (rc < 0)
		lock_leave(&l->lock);
	return rc;
}

void sync_recover(struct session *s)
{
	struct lock lock = LOCK_INIT;
	struct error ignored = ERROR_INIT;
	struct str path = STR_INIT;
	struct stat st;

	str_addf(&path, "%sadref/syncing", repo_git_dir(s->repo));
	if (stat(str_text(&path), &st) == 0 && st.st_size > 0 &&
	    lock_within(s, &lock, 0, &ignored) == 0) {
		/* What another machine's left is that one's to take back. */
		bool others = lock.left.len && !lock.gone;

		if (bring_in_order(s, &lock, &ignored) == 0 && !others)
			lock_drop(&lock);
		else
			lock_leave(&lock);
	}
	str_release(&path);
}
