/* SPDX-License-Identifier: MIT */
#include "store/sync.h"

#include "core/mem.h"
#include "store/drivers.h"
#include "store/file.h"
#include "sync_inner.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TRIES      6 /* pushes that others came before */
#define NETWORK_MS (600 * 1000)
#define NAME_MOST  250

#define STOPPED_EARLY N_("stopped; nothing here or there was changed")
#define STOPPED_MERGED                                                                         \
	N_("stopped; what others have is here now, yours is not sent: sync again")
#define STOPPED_LATE N_("stopped while sending; your work is safe here, sync again to be sure")

struct sync {
	struct session *s;
	const struct sync_watch *watch;
	struct sync_result *result;
	struct git_safe git;
	char branch[256];           /* ours */
	char remote[NAME_MOST + 1]; /* "origin" */
	struct str theirs;          /* the remote's branch, "refs/heads/main" */
	struct str tracking;        /* what is known of it here, "refs/remotes/origin/main" */
	struct sync_lock lock;
	struct str ref; /* the branch, in full */
};

static void tell(const struct sync *y, enum sync_step step)
{
	if (y->watch && y->watch->step)
		y->watch->step(y->watch->arg, step, y->remote);
}

/* Whether the user wants no more of it: fills err. `what` says how things stand. */
static int look_for_stop(const struct sync *y, const char *what, struct error *err)
{
	if (!y->watch || !y->watch->stop || !atomic_load(y->watch->stop))
		return 0;
	return error_set(err, ST_FAIL, "%s", what);
}

/* A command's output without its last line end. */
static int ask(struct sync *y, const char *const *argv, struct str *out, struct error *err)
{
	int rc = git_safe_do(&y->git, argv, out, err);

	while (out->len && out->p[out->len - 1] == '\n')
		out->len--;
	str_text(out);
	return rc;
}

/* ---- where we are ---- */

static int check_state(struct sync *y, struct error *err)
{
	struct repo_state *state = &y->s->state;
	const char *word;

	repo_state(y->s->repo, state);
	if (state->head != REPO_ON_BRANCH || state->operation != REPO_IDLE || state->bare) {
		word = repo_state_word(state, 0);
		return error_set(err, ST_DENIED, "%s",
				 word ? word : N_("the repository is not on a branch"));
	}
	memcpy(y->branch, state->branch, sizeof(y->branch));
	return 0;
}

static int check_clean(struct sync *y, struct error *err)
{
	const char *const argv[] = {"status", "--porcelain", "-z", "--untracked-files=no",
				    NULL};
	struct str out = STR_INIT;
	int rc = git_safe_do(&y->git, argv, &out, err);

	if (rc == 0 && out.len > 3)
		rc = error_set(err, ST_CHANGED,
			       N_("%s: has changes that are not committed; commit them (adref "
				  "commit), then sync"),
			       out.p + 3);
	str_release(&out);
	return rc;
}

static int config(struct sync *y, const char *what, struct str *out)
{
	struct str key = STR_INIT;
	struct error none = ERROR_INIT;
	int rc;

	str_addf(&key, "branch.%s.%s", y->branch, what);
	const char *const argv[] = {"config", "--get", str_text(&key), NULL};
	rc = ask(y, argv, out, &none);
	str_release(&key);
	return rc;
}

/* The remote: the branch's own, else the only one, else origin. */
static int find_remote(struct sync *y, struct error *err)
{
	const char *const argv[] = {"remote", NULL};
	struct str name = STR_INIT, all = STR_INIT;
	int rc = 0;

	if (config(y, "remote", &name) != 0 || !name.len || strcmp(str_text(&name), ".") == 0) {
		str_clear(&name);
		rc = ask(y, argv, &all, err);
		if (rc == 0 && !all.len)
			rc = error_set(
				err, ST_MISSING,
				N_("there is nobody to share with yet; name a repository "
				   "with: git remote add origin ADDRESS"));
		if (rc == 0 && memchr(all.p, '\n', all.len))
			str_add_text(&name, "origin");
		else if (rc == 0)
			str_add_slice(&name, str_slice(&all));
	}
	if (rc == 0 && (name.len > NAME_MOST || name.p[0] == '-'))
		rc = error_set(err, ST_INPUT, N_("the remote's name cannot be used"));
	if (rc == 0)
		memcpy(y->remote, str_text(&name), name.len + 1);
	str_release(&name);
	str_release(&all);
	return rc;
}

static void find_branch(struct sync *y)
{
	str_clear(&y->theirs);
	if (config(y, "merge", &y->theirs) != 0 ||
	    !slice_starts(str_slice(&y->theirs), "refs/heads/")) {
		str_clear(&y->theirs);
		str_addf(&y->theirs, "refs/heads/%s", y->branch);
	}
	str_addf(&y->tracking, "refs/remotes/%s/%s", y->remote,
		 str_text(&y->theirs) + strlen("refs/heads/"));
}

/* ---- adref as merge driver, whatever is set up ---- */

static int add_driver(struct sync *y, struct error *err)
{
	struct str path = STR_INIT, text = STR_INIT, command = STR_INIT, prefix = STR_INIT;
	const char *const argv[] = {"rev-parse", "--show-prefix", NULL};
	const char *const users[] = {"config", "--global", "--path", "core.attributesFile",
				     NULL};
	struct error none = ERROR_INIT;
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int rc = ask(y, argv, &prefix, err);

	self[n > 0 ? n : 0] = '\0';
	/* The user's own attributes first: ours come after them. */
	if (rc == 0 && ask(y, users, &path, &none) == 0 && path.len &&
	    file_read(NULL, str_text(&path), 1 << 20, &text, NULL, &none) != 0)
		str_clear(&text);
	if (text.len && text.p[text.len - 1] != '\n')
		str_add_char(&text, '\n');
	drivers_attributes(str_text(&prefix), &text);
	str_clear(&path);
	str_addf(&path, "%sadref", repo_common_dir(y->s->repo));
	if (rc == 0)
		rc = file_make_dirs(NULL, str_text(&path), 0777, err);
	str_add_text(&path, "/attributes");
	if (rc == 0)
		rc = file_write(NULL, str_text(&path), str_slice(&text), NULL, NULL, err);
	drivers_merge_command(n > 0 ? self : "adref", &command);
	git_safe_set(&y->git, "core.attributesFile", str_text(&path));
	git_safe_set(&y->git, "merge.adref.driver", str_text(&command));
	str_release(&path);
	str_release(&text);
	str_release(&command);
	str_release(&prefix);
	return rc;
}

/* ---- fetch ---- */

/* Git's words for what went wrong: the last line that says so. */
static void reason(const struct run_result *r, char words[300])
{
	struct slice best = {"", 0};

	for (size_t at = 0; at < r->err.len;) {
		const char *p = r->err.p + at, *lf = memchr(p, '\n', r->err.len - at);
		size_t n = lf ? (size_t)(lf - p) : r->err.len - at;

		if (n &&
		    (!best.len || strncmp(p, "fatal: ", 7) == 0 || strncmp(p, "ssh: ", 5) == 0))
			if (!(n > 40 &&
			      strncmp(p, "fatal: Could not read from remote", 33) == 0 &&
			      best.len))
				best = slice_make(p, n);
		at += n + 1;
	}
	if (slice_starts(best, "fatal: "))
		best = slice_make(best.p + 7, best.len - 7);
	if (best.len > 299)
		best.len = 299;
	memcpy(words, best.p, best.len);
	words[best.len] = '\0';
}

static int network(struct sync *y, const char *const *argv, struct run_result *r,
		   struct error *err)
{
	int rc = git_safe_run(&y->git, argv, NETWORK_MS, r, err);

	str_text(&r->out);
	str_text(&r->err);
	return rc;
}

static int fetch(struct sync *y, struct error *err)
{
	struct str spec = STR_INIT;
	struct run_result r = RUN_RESULT_INIT;
	char words[300];
	int rc;

	tell(y, SYNC_FETCH);
	str_addf(&spec, "+%s:%s", str_text(&y->theirs), str_text(&y->tracking));
	const char *upload = git_safe_upload(&y->git);
	const char *const argv[] = {"fetch",
				    "--no-recurse-submodules",
				    "--no-tags",
				    upload ? upload : "--no-auto-gc",
				    "--",
				    y->remote,
				    str_text(&spec),
				    NULL};
	rc = network(y, argv, &r, err);
	if (rc < 0 && look_for_stop(y, STOPPED_EARLY, err) < 0)
		rc = ST_FAIL;
	/* A branch that the remote does not have yet is there after the push. */
	if (rc == 0 && r.exit != 0 && !strstr(r.err.p, "couldn't find remote ref")) {
		reason(&r, words);
		rc = error_set(
			err, ST_FAIL,
			N_("%s cannot be reached (%s); your work is safe here, go on and "
			   "sync later"),
			y->remote, words);
	}
	run_result_release(&r);
	str_release(&spec);
	return rc;
}

/* Commits in one and not in the other (all, from NULL); 0 where either is not there. */
static size_t count(struct sync *y, const char *from, const char *to)
{
	struct str range = STR_INIT, out = STR_INIT;
	struct error none = ERROR_INIT;
	size_t n = 0;

	if (from)
		str_addf(&range, "%s..", from);
	str_add_text(&range, to);
	const char *const argv[] = {"rev-list", "--count", str_text(&range), "--", NULL};
	if (ask(y, argv, &out, &none) == 0)
		n = strtoul(str_text(&out), NULL, 10);
	str_release(&range);
	str_release(&out);
	return n;
}

static bool has_tracking(struct sync *y)
{
	const char *const argv[] = {"rev-parse", "--verify", "-q", str_text(&y->tracking),
				    NULL};
	struct str out = STR_INIT;
	struct error none = ERROR_INIT;
	bool has = ask(y, argv, &out, &none) == 0;

	str_release(&out);
	return has;
}

/* ---- merge ---- */

/* What is not merged, as "mode id stage\tpath\0": notes drafts; *n: how many; *bad: the first
 * path that adref did not merge. */
static int read_unmerged(struct sync *y, size_t *n, struct str *bad, struct error *err)
{
	const char *const argv[] = {"ls-files", "-u", "-z", "--full-name", ":/", NULL};
	struct str out = STR_INIT;
	int rc = git_safe_do(&y->git, argv, &out, err);
	struct slice last = {"", 0};
	unsigned stages = 0;

	str_add_char(&out, '\0'); /* an end of its own */
	for (size_t at = 0; rc == 0 && at < out.len;) {
		const char *line = out.p + at, *tab = strchr(line, '\t');
		struct slice path = tab ? slice_of(tab + 1) : slice_make("", 0);

		if (last.len && !slice_equal(path, last)) {
			/* Both sides have it: it holds the points of both. */
			if (!sync_is_draft(last) || (stages & 12) != 12)
				str_addf(bad, bad->len ? "" : "%.*s", (int)last.len, last.p);
			else
				sync_note_points(y->result, &y->git, repo_work_dir(y->s->repo),
						 last, &y->s->ws.parties);
			(*n)++;
			stages = 0;
		}
		if (tab)
			stages |= 1u << (tab[-1] - '0');
		last = path;
		at += strlen(line) + 1;
	}
	str_release(&out);
	return rc;
}

static void abort_merge(struct sync *y)
{
	const char *const argv[] = {"merge", "--abort", NULL};
	struct error none = ERROR_INIT;

	if (git_safe_do(&y->git, argv, NULL, &none) != 0)
		return;
}

/* Git stopped: what adref merged is committed with its points, anything else takes all back. */
static int finish_merge(struct sync *y, const struct run_result *r, struct error *err)
{
	const char *const add[] = {"add", "-u", "--", ":/", NULL};
	const char *const commit[] = {"commit", "-q", "--no-edit", NULL};
	struct str bad = STR_INIT;
	size_t n = 0;
	char words[300];
	int rc = read_unmerged(y, &n, &bad, err);

	if (rc == 0 && bad.len)
		rc = error_set(
			err, ST_CHANGED,
			N_("%s: you and %s changed it, and adref cannot merge it; merge by "
			   "hand with: git merge %s"),
			str_text(&bad), y->remote,
			str_text(&y->tracking) + strlen("refs/remotes/"));
	if (rc == 0 && !n) {
		reason(r, words);
		rc = error_set(err, ST_FAIL, N_("what %s has cannot be merged: %s"), y->remote,
			       words);
	}
	if (rc == 0)
		rc = git_safe_do(&y->git, add, NULL, err);
	if (rc == 0)
		rc = git_safe_do(&y->git, commit, NULL, err);
	if (rc < 0)
		abort_merge(y);
	str_release(&bad);
	return rc;
}

static int note_merge(struct sync *y, struct str *before, struct error *err)
{
	const char *const tip[] = {"rev-parse", str_text(&y->tracking), NULL};
	struct str theirs = STR_INIT;
	int rc = ask(y, tip, &theirs, err);

	if (rc == 0) {
		snprintf(y->lock.from, sizeof(y->lock.from), "%s", str_text(before));
		snprintf(y->lock.to, sizeof(y->lock.to), "%s", str_text(&theirs));
		rc = sync_lock_note(&y->lock, err);
	}
	str_release(&theirs);
	return rc;
}

/* After a merge that failed: whether all of it was taken back. */
static bool is_settled(struct sync *y)
{
	struct error none = ERROR_INIT;

	return check_state(y, &none) == 0 && check_clean(y, &none) == 0;
}

static int merge(struct sync *y, struct error *err)
{
	const char *const argv[] = {"merge",
				    "-m",
				    "sync: others' work and ours put together",
				    "--no-stat",
				    "--no-rerere-autoupdate",
				    str_text(&y->tracking),
				    NULL};
	const char *const tip[] = {"rev-parse", "HEAD", NULL};
	struct run_result r = RUN_RESULT_INIT;
	struct str before = STR_INIT;
	const long long begun = (long long)time(NULL);
	struct error none = ERROR_INIT;
	size_t came;
	int rc;

	if (!has_tracking(y))
		return 0;
	came = count(y, "HEAD", str_text(&y->tracking));
	if (!came)
		return 0;
	rc = ask(y, tip, &before, err);
	if (rc == 0)
		rc = look_for_stop(y, STOPPED_EARLY, err);
	if (rc < 0) {
		str_release(&before);
		return rc;
	}
	rc = note_merge(y, &before, err);
	if (rc < 0) {
		str_release(&before);
		return rc;
	}
	tell(y, SYNC_MERGE);
	/* From here to the commit it is all or nothing. */
	y->git.stop = NULL;
	rc = git_safe_run(&y->git, argv, NETWORK_MS, &r, err);
	str_text(&r.err);
	if (rc == 0 && r.exit != 0)
		rc = finish_merge(y, &r, err);
	else if (rc < 0)
		abort_merge(y);
	if (rc == 0) {
		y->result->came += came;
		sync_note_changed(y->result, &y->git, str_text(&before),
				  str_text(&y->tracking));
		y->lock.from[0] = '\0';
		rc = sync_lock_note(&y->lock, err);
	}
	sync_clear_temps(y->s, begun);
	if (rc < 0 &&
	    (is_settled(y) || (sync_take_back(y->s, &y->lock, &none) == 0 && is_settled(y))))
		y->lock.from[0] = '\0';
	if (rc < 0 && !y->lock.from[0])
		(void)!sync_lock_note(&y->lock, NULL);
	y->git.stop = y->watch ? y->watch->stop : NULL;
	str_release(&before);
	run_result_release(&r);
	return rc;
}

/* ---- push ---- */

/* 1: others came first. */
static int push(struct sync *y, struct error *err)
{
	struct str spec = STR_INIT;
	struct run_result r = RUN_RESULT_INIT;
	char words[300];
	size_t went = count(y, has_tracking(y) ? str_text(&y->tracking) : NULL, "HEAD");
	int rc;

	if (!went)
		return 0;
	if (look_for_stop(y, y->result->came ? STOPPED_MERGED : STOPPED_EARLY, err) < 0)
		return ST_FAIL;
	tell(y, SYNC_PUSH);
	str_addf(&spec, "HEAD:%s", str_text(&y->theirs));
	const char *receive = git_safe_receive(&y->git);
	const char *const argv[] = {"push",
				    "--porcelain",
				    "--no-recurse-submodules",
				    receive ? receive : "--no-progress",
				    "--",
				    y->remote,
				    str_text(&spec),
				    NULL};
	rc = network(y, argv, &r, err);
	if (rc < 0 && look_for_stop(y, STOPPED_LATE, err) < 0)
		rc = ST_FAIL;
	if (rc == 0 && r.exit == 0) {
		y->result->went = went;
	} else if (rc == 0 &&
		   (strstr(r.out.p, "[rejected]") || strstr(r.out.p, "failed to update ref") ||
		    strstr(r.out.p, "cannot lock ref") || strstr(r.out.p, "fetch first"))) {
		rc = 1;
	} else if (rc == 0) {
		const char *refused = strstr(r.out.p, "[remote rejected]");

		reason(&r, words);
		if (refused)
			rc = error_set(err, ST_FAIL,
				       N_("%s refused what you sent: %.*s; it is kept here"),
				       y->remote, (int)strcspn(refused, "\n"), refused);
		else
			rc = error_set(err, ST_FAIL,
				       N_("%s cannot be sent to (%s); your work is safe here, "
					  "sync later"),
				       y->remote, words);
	}
	run_result_release(&r);
	str_release(&spec);
	return rc;
}

static int sync_all(struct sync *y, struct error *err)
{
	int rc = 1;

	for (int tries = 0; rc == 1 && tries < TRIES; tries++) {
		rc = fetch(y, err);
		if (rc == 0)
			rc = merge(y, err);
		if (rc == 0)
			rc = push(y, err);
	}
	if (rc == 1)
		rc = error_set(
			err, ST_CHANGED,
			N_("%s: others keep sending; what they have is merged here, sync "
			   "again"),
			y->remote);
	return rc;
}

/* Others wait for these in vain: it is said, and hinders nothing. */
static void note_left(struct sync *y)
{
	const char *const argv[] = {"status", "--porcelain", "-z", "--untracked-files=all",
				    NULL};
	struct str out = STR_INIT;
	struct error none = ERROR_INIT;

	if (git_safe_do(&y->git, argv, &out, &none) == 0)
		for (size_t at = 0, end; at < out.len; at = end + 1) {
			const char *nul = memchr(out.p + at, '\0', out.len - at);
			struct slice path;

			end = nul ? (size_t)(nul - out.p) : out.len;
			if (end - at < 4 || memcmp(out.p + at, "?? ", 3) != 0)
				continue;
			path = slice_make(out.p + at + 3, end - at - 3);
			if (sync_is_draft(path) && !y->result->n_left++)
				y->result->left = slice_dup(path);
		}
	str_release(&out);
}

int session_sync(struct session *s, const struct sync_watch *watch, struct sync_result *result,
		 struct error *err)
{
	struct sync y = {.s = s, .watch = watch, .result = result, .lock = {.lock = LOCK_INIT}};
	int rc = session_repo(s, err);

	if (rc == 0)
		rc = sync_lock_take(s, &y.lock, err);
	if (rc < 0)
		return rc;
	rc = git_safe_init(&y.git, s, err);
	y.git.stop = watch ? watch->stop : NULL;
	if (rc == 0)
		rc = check_state(&y, err);
	if (rc == 0)
		rc = check_clean(&y, err);
	if (rc == 0)
		rc = find_remote(&y, err);
	if (rc == 0)
		rc = git_safe_remote(&y.git, y.remote, err);
	if (rc == 0) {
		find_branch(&y);
		str_addf(&y.ref, "refs/heads/%s", y.branch);
		y.lock.branch = str_text(&y.ref);
		y.lock.tracking = str_text(&y.tracking);
		rc = sync_lock_note(&y.lock, err);
	}
	if (rc == 0)
		rc = add_driver(&y, err);
	if (rc == 0)
		rc = sync_all(&y, err);
	if (rc == 0)
		note_left(&y);
	git_safe_release(&y.git);
	/* One that failed may have left what a killed git leaves: the next looks. */
	if (rc < 0)
		lock_leave(&y.lock.lock);
	else
		lock_drop(&y.lock.lock);
	str_release(&y.ref);
	str_release(&y.theirs);
	str_release(&y.tracking);
	return rc;
}
