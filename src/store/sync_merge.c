/* SPDX-License-Identifier: MIT */
#include "sync_inner.h"

#include "core/gitcommit.h"
#include "git.h"
#include "store/file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE "sync: others' work and ours put together"

enum { MARKS_MOST = 16 << 20 };

/* What others have and what is here become one: all of it, or nothing. */

/* Whether the merge driver came to its end with the file: where it was killed, the file is ours
 * alone, and to git that is a conflict like any other. */
static bool is_marked(struct sync *y, struct slice path)
{
	struct str marks = STR_INIT;
	struct error none = ERROR_INIT;
	bool is = false;

	if (file_read(NULL, str_text(&y->mark), MARKS_MOST, &marks, NULL, &none) == 0)
		for (size_t at = 0; !is && at < marks.len;) {
			const char *lf = memchr(marks.p + at, '\n', marks.len - at);
			size_t n = lf ? (size_t)(lf - marks.p) - at : marks.len - at;

			is = slice_equal(slice_make(marks.p + at, n), path);
			at += n + 1;
		}
	str_release(&marks);
	return is;
}

/* What is not merged, as "mode id stage\tpath\0": notes drafts; *n: how many; *bad: the first
 * path that adref did not merge, *cut: one whose merging was cut short. */
static int read_unmerged(struct sync *y, size_t *n, struct str *bad, struct str *cut,
			 struct error *err)
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
			else if (!is_marked(y, last))
				str_addf(cut, cut->len ? "" : "%.*s", (int)last.len, last.p);
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
	struct str bad = STR_INIT, cut = STR_INIT;
	size_t n = 0;
	char words[300];
	int rc = read_unmerged(y, &n, &bad, &cut, err);

	if (rc == 0 && bad.len)
		rc = error_set(
			err, ST_CHANGED,
			N_("%s: you and %s changed it, and adref cannot merge it; merge by "
			   "hand with: git merge %s"),
			str_text(&bad), y->remote,
			str_text(&y->tracking) + strlen("refs/remotes/"));
	if (rc == 0 && cut.len)
		rc = error_set(
			err, ST_FAIL,
			N_("%s: its merging was cut short; nothing here was changed: sync "
			   "again"),
			str_text(&cut));
	if (rc == 0 && !n) {
		sync_reason(r, words);
		rc = error_set(err, ST_FAIL, N_("what %s has cannot be merged: %s"), y->remote,
			       words);
	}
	if (rc == 0)
		rc = git_safe_modules(&y->git, repo_work_dir(y->s->repo), err);
	if (rc == 0)
		rc = git_safe_do(&y->git, add, NULL, err);
	if (rc == 0)
		rc = git_safe_do(&y->git, commit, NULL, err);
	if (rc < 0)
		abort_merge(y);
	str_release(&bad);
	str_release(&cut);
	return rc;
}

static int note_merge(struct sync *y, struct str *before, struct error *err)
{
	const char *const tip[] = {"rev-parse", str_text(&y->tracking), NULL};
	struct str theirs = STR_INIT;
	int rc = sync_ask(y, tip, &theirs, err);

	if (rc == 0) {
		snprintf(y->lock.from, sizeof(y->lock.from), "%s", str_text(before));
		snprintf(y->lock.to, sizeof(y->lock.to), "%s", str_text(&theirs));
		rc = sync_lock_note(&y->lock, err);
	}
	str_release(&theirs);
	return rc;
}

/* A merge as git made it for us, and nobody signed. */
static bool is_merge(struct sync *y, const char *id, struct str *bytes, struct gitcommit *c)
{
	struct error none = ERROR_INIT;

	return repo_read_commit(y->s->repo, id, bytes, c, &none) == 0 && c->n_parents == 2 &&
	       !c->is_signed && slice_is(c->message, MESSAGE "\n");
}

static bool descends(struct sync *y, struct slice commit, struct slice ancestor)
{
	struct error none = ERROR_INIT;
	char a[REPO_HEX + 1], b[REPO_HEX + 1];

	snprintf(a, sizeof(a), "%.*s", (int)commit.len, commit.p);
	snprintf(b, sizeof(b), "%.*s", (int)ancestor.len, ancestor.p);
	return repo_descends(y->s->repo, a, b, &none) == 1;
}

/*
 * What others sent was merged, others sent again before it went, and now that is merged, too:
 * of the two merges one is made, with the same files. Who loses race after race would else have
 * more to send each time, and lose the next one by that. Best effort.
 */
static void fold(struct sync *y, const char *before)
{
	struct gitcommit first = {.n_parents = 0}, second = {.n_parents = 0};
	struct str bytes[2] = {STR_INIT, STR_INIT}, made = STR_INIT, ours = STR_INIT;
	struct str theirs = STR_INIT, tree = STR_INIT;
	struct error none = ERROR_INIT;
	char head[REPO_HEX + 1];

	if (repo_tip(y->s->repo, head, &none) == 0 && is_merge(y, before, &bytes[0], &first) &&
	    is_merge(y, head, &bytes[1], &second) && slice_is(second.parents[0], before) &&
	    descends(y, second.parents[1], first.parents[1])) {
		str_add_slice(&tree, second.tree);
		str_add_slice(&ours, first.parents[0]);
		str_add_slice(&theirs, second.parents[1]);
		const char *const commit[] = {
			"commit-tree", str_text(&tree),   "-p", str_text(&ours),
			"-p",          str_text(&theirs), "-m", MESSAGE,
			NULL};
		if (sync_ask(y, commit, &made, &none) == 0) {
			const char *const move[] = {"update-ref",    "-m", MESSAGE, "HEAD",
						    str_text(&made), head, NULL};

			(void)!git_safe_do(&y->git, move, NULL, &none);
		}
	}
	gitcommit_release(&first);
	gitcommit_release(&second);
	str_release(&bytes[0]);
	str_release(&bytes[1]);
	str_release(&made);
	str_release(&ours);
	str_release(&theirs);
	str_release(&tree);
}

/* After a merge that failed: whether all of it was taken back. */
static bool is_settled(struct sync *y)
{
	struct error none = ERROR_INIT;

	return sync_check_state(y, &none) == 0 && sync_check_clean(y, &none) == 0;
}

/* before: the commit that HEAD is; came: how many of others' are merged into it. */
static int merge_tracking(struct sync *y, struct str *before, size_t came, struct error *err)
{
	const char *const argv[] = {"merge",
				    "-m",
				    MESSAGE,
				    "--no-stat",
				    "--no-rerere-autoupdate",
				    str_text(&y->tracking),
				    NULL};
	struct run_result r = RUN_RESULT_INIT;
	int rc;

	unlink(str_text(&y->mark));
	rc = git_safe_run(&y->git, argv, SYNC_NETWORK_MS, &r, err);
	str_text(&r.err);
	if (rc == 0 && r.exit != 0)
		rc = finish_merge(y, &r, err);
	else if (rc < 0)
		abort_merge(y);
	if (rc == 0) {
		if (y->before.len) /* by this sync, and it is not sent */
			fold(y, str_text(before));
		y->result->came += came;
		if (!y->before.len)
			str_add_slice(&y->before, str_slice(before));
		repo_state(y->s->repo, &y->s->state);
		if (y->s->state.operation == REPO_IDLE)
			y->lock.from[0] = '\0';
		rc = sync_lock_note(&y->lock, err);
	}
	run_result_release(&r);
	return rc;
}

/* What a merge that failed left is taken back; where all of it is, the note that it was begun
 * is no longer needed. */
static void settle(struct sync *y)
{
	struct error none = ERROR_INIT;

	if (is_settled(y) || (sync_take_back(y->s, &y->lock, &none) == 0 && is_settled(y)))
		y->lock.from[0] = '\0';
	if (!y->lock.from[0])
		(void)!sync_lock_note(&y->lock, NULL);
}

int sync_merge(struct sync *y, struct error *err)
{
	const char *const tip[] = {"rev-parse", "HEAD", NULL};
	const long long begun = (long long)time(NULL);
	struct str before = STR_INIT;
	size_t came = 0;
	int rc = sync_has_tracking(y, err);

	if (rc > 0)
		rc = sync_count(y, "HEAD", str_text(&y->tracking), &came, err);
	if (rc < 0 || !came)
		return rc;
	rc = sync_ask(y, tip, &before, err);
	if (rc == 0)
		rc = sync_look_for_stop(y, SYNC_STOPPED_EARLY, err);
	if (rc == 0)
		rc = note_merge(y, &before, err);
	if (rc < 0)
		goto done;
	sync_tell(y, SYNC_MERGE);
	/* From here to the commit it is all or nothing. */
	y->git.stop = NULL;
	rc = merge_tracking(y, &before, came, err);
	sync_clear_temps(y->s, begun);
	if (rc < 0)
		settle(y);
	y->git.stop = y->watch ? y->watch->stop : NULL;
done:
	str_release(&before);
	return rc;
}
