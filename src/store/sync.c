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

#define TRIES   20   /* pushes that others came before */
#define TURN_MS 5000 /* at most */

#define STOPPED_MERGED                                                                         \
	N_("stopped; what others have is here now, yours is not sent: sync again")
#define STOPPED_LATE N_("stopped while sending; your work is safe here, sync again to be sure")

void sync_tell(const struct sync *y, enum sync_step step)
{
	if (y->watch && y->watch->step)
		y->watch->step(y->watch->arg, step, y->remote);
}

int sync_look_for_stop(const struct sync *y, const char *what, struct error *err)
{
	if (!y->watch || !y->watch->stop || !atomic_load(y->watch->stop))
		return 0;
	return error_set(err, ST_FAIL, "%s", what);
}

int sync_ask(struct sync *y, const char *const *argv, struct str *out, struct error *err)
{
	int rc = git_safe_do(&y->git, argv, out, err);

	while (out->len && out->p[out->len - 1] == '\n')
		out->len--;
	str_text(out);
	return rc;
}

/* ---- where we are ---- */

int sync_check_state(struct sync *y, struct error *err)
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

int sync_check_clean(struct sync *y, struct error *err)
{
	const char *const argv[] = {"status",
				    "--porcelain",
				    "-z",
				    "--untracked-files=no",
				    "--ignore-submodules=dirty",
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
	rc = sync_ask(y, argv, out, &none);
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
		rc = sync_ask(y, argv, &all, err);
		y->result->alone = rc == 0 && !all.len;
		if (y->result->alone)
			rc = error_set(
				err, ST_MISSING,
				N_("there is nobody to share with yet; name a repository "
				   "that all can reach: adref sync --with ADDRESS"));
		if (rc == 0 && memchr(all.p, '\n', all.len))
			str_add_text(&name, "origin");
		else if (rc == 0)
			str_add_slice(&name, str_slice(&all));
	}
	if (rc == 0 && (name.len > SYNC_NAME_MOST || name.p[0] == '-'))
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
	int rc = sync_ask(y, argv, &prefix, err);

	self[n > 0 ? n : 0] = '\0';
	/* One that was replaced while it runs has a successor of that name. */
	if (n > 10 && strcmp(self + n - 10, " (deleted)") == 0)
		self[n - 10] = '\0';
	/* The user's own attributes first: ours come after them. */
	if (rc == 0 && sync_ask(y, users, &path, &none) == 0 && path.len &&
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
	str_addf(&y->mark, "%sadref/merged", repo_git_dir(y->s->repo));
	drivers_merge_command(n > 0 ? self : "adref", str_text(&y->mark), &command);
	git_safe_set(&y->git, "core.attributesFile", str_text(&path));
	git_safe_set(&y->git, "merge.adref.driver", str_text(&command));
	str_release(&path);
	str_release(&text);
	str_release(&command);
	str_release(&prefix);
	return rc;
}

/* ---- fetch ---- */

static int network(struct sync *y, const char *const *argv, struct run_result *r,
		   struct error *err)
{
	int rc = git_safe_run(&y->git, argv, SYNC_NETWORK_MS, r, err);

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

	sync_tell(y, SYNC_FETCH);
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
	if (rc < 0 && sync_look_for_stop(y, SYNC_STOPPED_EARLY, err) < 0)
		rc = ST_FAIL;
	/* A branch that the remote does not have yet is there after the push. */
	if (rc == 0 && r.exit != 0 && !strstr(r.err.p, "couldn't find remote ref")) {
		sync_reason(&r, words);
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

int sync_count(struct sync *y, const char *from, const char *to, size_t *n, struct error *err)
{
	struct str range = STR_INIT, out = STR_INIT;
	int rc;

	if (from)
		str_addf(&range, "%s..", from);
	str_add_text(&range, to);
	const char *const argv[] = {"rev-list", "--count", str_text(&range), "--", NULL};
	rc = sync_ask(y, argv, &out, err);
	if (rc == 0)
		*n = strtoul(str_text(&out), NULL, 10);
	str_release(&range);
	str_release(&out);
	return rc;
}

int sync_has_tracking(struct sync *y, struct error *err)
{
	struct error why = ERROR_INIT;
	char hex[REPO_HEX + 1];
	int rc = repo_resolve(y->s->repo, str_text(&y->tracking), hex, &why);

	if (rc == ST_MISSING)
		return 0;
	return rc < 0 ? error_set(err, rc, "%s", why.text) : 1;
}

/* ---- push ---- */

/* 1: others came first. */
static int push(struct sync *y, struct error *err)
{
	struct str spec = STR_INIT;
	struct run_result r = RUN_RESULT_INIT;
	char words[300];
	size_t went = 0;
	int rc = sync_has_tracking(y, err);

	if (rc >= 0)
		rc = sync_count(y, rc ? str_text(&y->tracking) : NULL, "HEAD", &went, err);
	if (rc < 0 || !went)
		return rc;
	if (sync_look_for_stop(y, y->result->came ? STOPPED_MERGED : SYNC_STOPPED_EARLY, err) <
	    0)
		return ST_FAIL;
	sync_tell(y, SYNC_PUSH);
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
	if (rc < 0 && sync_look_for_stop(y, STOPPED_LATE, err) < 0)
		rc = ST_FAIL;
	if (rc == 0 && r.exit == 0) {
		y->result->went = went;
	} else if (rc == 0 &&
		   (strstr(r.out.p, "[rejected]") || strstr(r.out.p, "failed to update ref") ||
		    strstr(r.out.p, "cannot lock ref") || strstr(r.out.p, "fetch first"))) {
		rc = 1;
	} else if (rc == 0) {
		struct slice refused = sync_refusal(&r);

		sync_reason(&r, words);
		if (refused.len)
			rc = error_set(err, ST_FAIL,
				       N_("%s refused what you sent: %.*s; it is kept here"),
				       y->remote, (int)refused.len, refused.p);
		else
			rc = error_set(err, ST_FAIL,
				       N_("%s cannot be sent to (%s); your work is safe here, "
					  "sync later"),
				       y->remote, words);
		sync_add_said(&r, &y->result->said);
	}
	run_result_release(&r);
	str_release(&spec);
	return rc;
}

/* ---- others' turn ---- */

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void turn_file(const struct sync *y, struct str *path)
{
	str_addf(path, "%sadref/sent", repo_git_dir(y->s->repo));
}

/*
 * Whoever has just sent, while others were sending too, gives them as long as that took: who
 * lost a race has more to merge and to send each time, and would lose the next one as well.
 */
static void let_others_through(struct sync *y)
{
	const struct timespec pause = {0, 50 * 1000000L};
	struct str path = STR_INIT, text = STR_INIT;
	struct error none = ERROR_INIT;
	long long sent = 0, took = 0;

	turn_file(y, &path);
	if (file_read(NULL, str_text(&path), 100, &text, NULL, &none) == 0 &&
	    sscanf(str_text(&text), "%lld %lld", &sent, &took) == 2 && sent <= now_ms()) {
		took = took < TURN_MS ? took : TURN_MS;
		while (now_ms() < sent + took &&
		       sync_look_for_stop(y, SYNC_STOPPED_EARLY, &none) == 0)
			nanosleep(&pause, NULL);
	}
	str_release(&path);
	str_release(&text);
}

static void note_turn(struct sync *y, long long begun)
{
	struct str path = STR_INIT, text = STR_INIT;
	struct error none = ERROR_INIT;

	turn_file(y, &path);
	str_addf(&text, "%lld %lld\n", now_ms(), now_ms() - begun);
	(void)!file_write(NULL, str_text(&path), str_slice(&text), NULL, NULL, &none);
	str_release(&path);
	str_release(&text);
}

static int sync_all(struct sync *y, struct error *err)
{
	long long begun;
	int rc = 1;

	let_others_through(y);
	begun = now_ms();
	for (int tries = 0; rc == 1 && tries < TRIES; tries++) {
		rc = fetch(y, err);
		if (rc == 0)
			rc = sync_merge(y, err);
		if (rc == 0)
			rc = push(y, err);
	}
	if (rc == 0 && y->result->came && y->result->went)
		note_turn(y, begun);
	/* What came is told also to who has stopped the sending. */
	y->git.stop = NULL;
	if (y->before.len) /* not before it is sent: others send meanwhile */
		sync_note_changed(y->result, &y->git, str_text(&y->before),
				  str_text(&y->tracking));
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
	const char *const argv[] = {"status",
				    "--porcelain",
				    "-z",
				    "--untracked-files=all",
				    "--ignore-submodules=dirty",
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
		rc = sync_check_state(&y, err);
	if (rc == 0)
		rc = sync_check_clean(&y, err);
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
	sync_clear_locks(s, &y.lock);
	/* One that failed may have left what a killed git leaves: the next looks. So it does
	 * where git could not forget the merge that it made. */
	if (rc < 0 || y.lock.from[0])
		lock_leave(&y.lock.lock);
	else
		lock_drop(&y.lock.lock);
	str_release(&y.ref);
	str_release(&y.theirs);
	str_release(&y.tracking);
	str_release(&y.mark);
	str_release(&y.before);
	return rc;
}
