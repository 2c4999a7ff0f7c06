/* SPDX-License-Identifier: MIT */
#include "store/commit.h"

#include "commit_inner.h"
#include "core/gitcommit.h"
#include "core/mem.h"
#include "core/sshsig.h"
#include "git.h"
#include "store/hooks.h"
#include "store/sign.h"

#include <git2.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TRIES_MOST = 50 }; /* how often others may be faster */

/* A commit under way. */
struct making {
	struct repo *r;
	const struct commit_order *order;
	struct commit_entry *entries; /* one a change */
	struct str message;
	git_signature *who;
	/* What it stands on: */
	bool has_tip;
	git_oid tip;
	git_oid tree; /* of the tip, where it has one */
	/* What it makes: */
	git_oid new_tree, id;
	struct commit_objects objects;
};

void commit_result_release(struct commit_result *r)
{
	str_release(&r->warning);
	str_release(&r->hook_output);
	*r = (struct commit_result)COMMIT_RESULT_INIT;
}

/* ---- signals: a commit is made whole or not begun ---- */

static void signals_hold(sigset_t *before)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
	sigset_t all;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

static void signals_let(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* ---- the tip ---- */

static int read_tip(struct making *m, const char *ref, struct error *err)
{
	git_commit *commit = NULL;
	int rc = git_reference_name_to_id(&m->tip, m->r->git, ref);

	m->has_tip = rc == 0;
	if (rc == GIT_ENOTFOUND)
		return ST_OK;
	if (rc == 0)
		rc = git_commit_lookup(&commit, m->r->git, &m->tip);
	if (rc == 0)
		git_oid_cpy(&m->tree, git_commit_tree_id(commit));
	git_commit_free(commit);
	return rc < 0 ? gitlib_error(err, rc, N_("the last commit cannot be read")) : ST_OK;
}

/* The blob and mode that path has in the tip; *is is false where it has none. */
static int entry_at_tip(struct making *m, const char *path, char hex[REPO_HEX + 1],
			unsigned *mode, bool *is, struct error *err)
{
	git_tree *tree = NULL;
	git_oid id;
	int rc = 0;

	*is = false;
	if (!m->has_tip)
		return ST_OK;
	rc = git_tree_lookup(&tree, m->r->git, &m->tree);
	if (rc < 0)
		return gitlib_error(err, rc, N_("the last commit cannot be read"));
	rc = repo_tree_entry(tree, path, &id, mode, err);
	if (rc == 1) {
		*is = true;
		git_oid_tostr(hex, REPO_HEX + 1, &id);
	}
	git_tree_free(tree);
	return rc < 0 ? rc : ST_OK;
}

/* The blobs that changes were made from, where the caller did not say. */
static int find_bases(struct making *m, struct error *err)
{
	for (size_t i = 0; i < m->order->n; i++) {
		const struct commit_change *c = &m->order->changes[i];
		struct commit_entry *e = &m->entries[i];
		unsigned mode;
		int rc = ST_OK;

		*e = (struct commit_entry){.path = c->path, .gone = c->gone};
		if (!c->gone)
			e->bytes = c->bytes;
		repo_hash(e->bytes, e->hex);
		if (!c->base) {
			rc = entry_at_tip(m, c->path, e->base, &mode, &e->had_base, err);
		} else if (*c->base) {
			e->had_base = true;
			if (strlen(c->base) != REPO_HEX)
				rc = error_set(err, ST_INPUT, N_("%s: not an object id"),
					       c->base);
			else
				memcpy(e->base, c->base, REPO_HEX + 1);
		}
		if (rc < 0)
			return rc;
	}
	return ST_OK;
}

/* Compares one path's base with the tip, and says what is left to do. */
static int place_entry(struct making *m, struct commit_entry *e, struct error *err)
{
	char hex[REPO_HEX + 1];
	unsigned mode = GIT_FILEMODE_BLOB;
	bool is;
	int rc = entry_at_tip(m, e->path, hex, &mode, &is, err);

	if (rc < 0)
		return rc;
	if (is && mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE &&
	    mode != GIT_FILEMODE_TREE)
		return error_set(
			err, ST_DENIED,
			N_("%s: a symbolic link or a submodule in the history; it is not "
			   "replaced"),
			e->path);
	e->mode = mode == GIT_FILEMODE_BLOB_EXECUTABLE ? mode : GIT_FILEMODE_BLOB;
	e->drop = e->gone ? !is : is && strcmp(hex, e->hex) == 0;
	if (e->drop || (mode == GIT_FILEMODE_TREE && is))
		return ST_OK; /* of folders, the building of the tree speaks */
	if (is != e->had_base || (is && strcmp(hex, e->base) != 0))
		return error_set(
			err, ST_CHANGED,
			N_("%s: another commit changed it meanwhile; nothing was "
			   "committed: theirs is in the history, yours is still with you"),
			e->path);
	return ST_OK;
}

/* ---- building ---- */

static int write_blobs(struct making *m, struct error *err)
{
	for (size_t i = 0; i < m->order->n; i++) {
		struct commit_entry *e = &m->entries[i];
		git_oid id;
		int rc;

		if (e->gone || e->drop)
			continue;
		rc = git_blob_create_from_buffer(&id, m->r->git, e->bytes.len ? e->bytes.p : "",
						 e->bytes.len);
		if (rc < 0)
			return gitlib_error(err, rc, N_("%s: cannot be stored"), e->path);
		git_oid_tostr(e->hex, sizeof(e->hex), &id);
		commit_objects_add(&m->objects, &id);
	}
	return ST_OK;
}

/* The new tree on the tip as it is now. *nothing: it is the tip's. */
static int build_tree(struct making *m, bool *nothing, struct error *err)
{
	bool all_dropped = true;
	int rc = ST_OK;

	for (size_t i = 0; i < m->order->n && rc == ST_OK; i++) {
		rc = place_entry(m, &m->entries[i], err);
		all_dropped &= m->entries[i].drop;
	}
	if (rc == ST_OK && !all_dropped)
		rc = write_blobs(m, err);
	if (rc == ST_OK && !all_dropped)
		rc = commit_tree_build(m->r, m->has_tip ? &m->tree : NULL, m->entries,
				       m->order->n, &m->objects, &m->new_tree, err);
	*nothing = all_dropped ||
		   (rc == ST_OK && m->has_tip && git_oid_equal(&m->tree, &m->new_tree));
	return rc;
}

/* The bytes of the commit, with a signature where one is asked for. */
static int sign_commit(struct making *m, struct slice plain, struct str *out, struct error *err)
{
	struct str signature = STR_INIT, armoured = STR_INIT;
	int rc;

	if (!m->order->key) {
		str_add_slice(out, plain);
		return ST_OK;
	}
	rc = sign_bytes(m->order->key, SIGN_COMMIT, plain, &signature, err);
	if (rc == ST_OK) {
		sshsig_armour(&armoured, str_slice(&signature));
		gitcommit_sign(out, plain, str_slice(&armoured));
	}
	str_release(&signature);
	str_release(&armoured);
	return rc;
}

/* git_commit_create() says it succeeded on a full disk; so each step is made here. */
static int write_commit(struct making *m, struct error *err)
{
	git_tree *tree = NULL;
	git_commit *parent = NULL;
	git_odb *odb = NULL;
	git_buf buf = {0};
	struct str bytes = STR_INIT;
	char hex[REPO_HEX + 1];
	int rc = git_tree_lookup(&tree, m->r->git, &m->new_tree);

	if (rc == 0 && m->has_tip)
		rc = git_commit_lookup(&parent, m->r->git, &m->tip);
	if (rc == 0) {
		const git_commit *parents[] = {parent};

		rc = git_commit_create_buffer(&buf, m->r->git, m->who, m->who, NULL,
					      str_text(&m->message), tree, m->has_tip, parents);
	}
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("the commit cannot be written"));
		goto done;
	}
	rc = sign_commit(m, slice_make(buf.ptr, buf.size), &bytes, err);
	if (rc < 0)
		goto done;
	rc = git_repository_odb(&odb, m->r->git);
	if (rc == 0)
		rc = git_odb_write(&m->id, odb, bytes.p, bytes.len, GIT_OBJECT_COMMIT);
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("the commit cannot be written"));
	} else {
		commit_objects_add(&m->objects, &m->id);
		git_oid_tostr(hex, sizeof(hex), &m->id);
		rc = commit_read_back(m->r, hex, m->entries, m->order->n, err);
	}
done:
	str_release(&bytes);
	git_buf_dispose(&buf);
	git_odb_free(odb);
	git_commit_free(parent);
	git_tree_free(tree);
	return rc;
}

/* ---- together ---- */

/* Everything but the branch; not on the disk yet. */
static int write_objects(struct making *m, bool *nothing, struct error *err)
{
	int rc;

	m->objects.n = 0;
	commit_objects_hold(true);
	rc = build_tree(m, nothing, err);
	if (rc == ST_OK && !*nothing)
		rc = write_commit(m, err);
	commit_objects_hold(false);
	return rc;
}

/* Before the branch moves, all that it will stand for is on the disk; and so is the note that
 * tells its lock from others'. */
static int sync_all(struct making *m, const struct commit_locks *locks, struct error *err)
{
	size_t n = m->order->n_also;
	int *fds = mem_array(NULL, n + 1, sizeof(*fds));
	int rc;

	for (size_t i = 0; i < n; i++)
		fds[i] = m->order->also[i];
	fds[n] = locks->own.fd;
	rc = commit_objects_sync(m->r, &m->objects, fds, n + 1, err);
	free(fds);
	return rc;
}

static int move_branch(struct making *m, const char *ref, struct commit_result *result,
		       struct error *err)
{
	const struct commit_move move = {
		.ref = ref,
		.from = m->has_tip ? &m->tip : NULL,
		.to = &m->id,
		.who = m->who,
		.subject = {m->message.p, strcspn(str_text(&m->message), "\n")},
	};

	return commit_branch_move(m->r, &move, result, err);
}

/* Under adref's lock, with signals held: on the newest tip, as often as others are faster. */
static int commit_now(struct making *m, struct commit_locks *locks, bool *nothing,
		      struct commit_result *result, struct error *err)
{
	struct str ref = STR_INIT;
	char hex[REPO_HEX + 1];
	int rc = repo_head_name(m->r, &ref, err);

	for (int i = 0; rc == ST_OK && i < TRIES_MOST; i++) {
		rc = read_tip(m, str_text(&ref), err);
		if (rc == ST_OK)
			rc = write_objects(m, nothing, err);
		if (rc < 0 || *nothing)
			goto done;
		git_oid_tostr(hex, sizeof(hex), &m->id);
		if (rc == ST_OK)
			rc = commit_locks_note(m->r, locks, str_text(&ref), hex, m->entries,
					       m->order->n, err);
		if (rc == ST_OK)
			rc = sync_all(m, locks, err);
		if (rc == ST_OK)
			rc = move_branch(m, str_text(&ref), result, err);
		if (rc <= 0)
			goto done;
		rc = ST_OK;
	}
	if (rc == ST_OK)
		rc = error_set(err, ST_CHANGED,
			       N_("others commit on this branch without pause; try again"));
done:
	str_release(&ref);
	return rc;
}

static void warn_index(struct making *m, const struct error *why, struct str *warning)
{
	if (warning->len)
		str_add_text(warning, "; ");
	str_addf(warning,
		 error_word(N_("committed, but git's index could not follow (%s): the next "
			       "adref sees to "
			       "it, or now: git reset -q --")),
		 why->text);
	for (size_t i = 0; i < m->order->n; i++)
		str_addf(warning, " '%s'", m->entries[i].path);
}

static int locked_part(struct making *m, struct commit_result *result, struct error *err)
{
	struct commit_locks locks = COMMIT_LOCKS_INIT;
	struct error index_error = ERROR_INIT;
	sigset_t before;
	bool nothing = false;
	int rc;

	signals_hold(&before);
	rc = commit_locks_take(m->r, &locks, true, err);
	if (rc == ST_OK)
		rc = commit_now(m, &locks, &nothing, result, err);
	if (rc == ST_OK && !nothing) {
		git_oid_tostr(result->id, sizeof(result->id), &m->id);
		if (m->has_tip)
			git_oid_tostr(result->parent, sizeof(result->parent), &m->tip);
		if (commit_index_update(m->r, &locks, m->entries, m->order->n, &index_error) <
		    0) {
			warn_index(m, &index_error, &result->warning);
			locks.keep = true;
		}
	}
	locks.keep |= result->unsure;
	commit_locks_drop(&locks);
	signals_let(&before);
	return rc;
}

int commit_recover(struct repo *r, struct error *err)
{
	struct commit_locks locks = COMMIT_LOCKS_INIT;
	sigset_t before;
	int rc;

	signals_hold(&before);
	rc = commit_locks_take(r, &locks, false, err);
	if (rc == ST_OK)
		commit_locks_drop(&locks);
	signals_let(&before);
	return rc == ST_DENIED ? ST_OK : rc; /* it lives */
}

/* The hooks see the commit as it would be now; they may take their time, so without locks. */
static int hooks_part(struct making *m, struct commit_result *result, struct error *err)
{
	char hex[REPO_HEX + 1];
	bool nothing;
	int rc = build_tree(m, &nothing, err);

	if (rc < 0 || nothing)
		return rc;
	git_oid_tostr(hex, sizeof(hex), &m->new_tree);
	rc = hooks_run(m->r, hex, &m->message, &result->hook_output, err);
	return rc < 0 ? rc : commit_tidy_message(&m->message, err);
}

int commit_make(struct repo *r, const struct commit_order *order, struct commit_result *result,
		struct error *err)
{
	struct making m = {.r = r, .order = order, .message = STR_INIT};
	struct str ref = STR_INIT;
	int rc = commit_ready(r, err);

	commit_result_release(result);
	if (rc == ST_OK)
		rc = commit_check_order(order, err);
	if (rc < 0)
		return rc;
	m.entries = mem_array(NULL, order->n + 1, sizeof(*m.entries));
	str_add_slice(&m.message, order->message);
	rc = commit_tidy_message(&m.message, err);
	if (rc == ST_OK) {
		rc = git_signature_new(&m.who, order->author->name, order->author->email,
				       order->time, order->offset);
		if (rc < 0)
			rc = gitlib_error(err, rc, N_("the author cannot be used"));
	}
	if (rc == ST_OK)
		rc = repo_head_name(r, &ref, err);
	if (rc == ST_OK)
		rc = read_tip(&m, str_text(&ref), err);
	if (rc == ST_OK)
		rc = find_bases(&m, err);
	if (rc == ST_OK && order->hooks)
		rc = hooks_part(&m, result, err);
	if (rc == ST_OK)
		rc = locked_part(&m, result, err);
	git_signature_free(m.who);
	str_release(&m.message);
	str_release(&ref);
	free(m.entries);
	commit_objects_release(&m.objects);
	return rc;
}
