/* SPDX-License-Identifier: MIT */
#include "store/repo.h"

#include "git.h"

#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static enum repo_operation operation_of(git_repository *git)
{
	switch (git_repository_state(git)) {
	case GIT_REPOSITORY_STATE_MERGE:
		return REPO_MERGING;
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return REPO_REVERTING;
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return REPO_PICKING;
	case GIT_REPOSITORY_STATE_BISECT:
		return REPO_BISECTING;
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE:
		return REPO_REBASING;
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
		return REPO_MAILING;
	default:
		return REPO_IDLE;
	}
}

static bool is_there(const char *folder, const char *name)
{
	struct str path = STR_INIT;
	struct stat st;
	bool there;

	str_addf(&path, "%s%s", folder, name);
	there = lstat(str_text(&path), &st) == 0;
	str_release(&path);
	return there;
}

/* Fills head and, where there is one, the branch in full ("refs/heads/main"). */
static enum repo_head read_head(git_repository *git, struct str *branch)
{
	git_reference *head = NULL, *tip = NULL;
	enum repo_head kind = REPO_ASTRAY;
	const char *name;

	if (git_reference_lookup(&head, git, "HEAD") < 0)
		goto done;
	if (git_reference_type(head) == GIT_REFERENCE_DIRECT) {
		kind = REPO_DETACHED;
		goto done;
	}
	name = git_reference_symbolic_target(head);
	if (!name || strncmp(name, "refs/heads/", 11) != 0)
		goto done;
	str_add_text(branch, name);
	switch (git_reference_lookup(&tip, git, name)) {
	case 0:
		/* A branch that stands for another one is nothing to commit on. */
		if (git_reference_type(tip) == GIT_REFERENCE_DIRECT)
			kind = REPO_ON_BRANCH;
		break;
	case GIT_ENOTFOUND:
		kind = REPO_UNBORN;
		break;
	default:
		break;
	}
done:
	git_reference_free(tip);
	git_reference_free(head);
	return kind;
}

/* Whether the tip of the branch is a commit whose list of files can be read. */
static bool is_whole(git_repository *git, const char *branch)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_oid id;
	bool whole = git_reference_name_to_id(&id, git, branch) == 0 &&
		     git_commit_lookup(&commit, git, &id) == 0 &&
		     git_commit_tree(&tree, commit) == 0;

	git_tree_free(tree);
	git_commit_free(commit);
	return whole;
}

/* A submodule's git directory is kept among its superproject's modules. */
static bool is_submodule(const struct repo *r)
{
	struct str dot_git = STR_INIT;
	struct stat st;
	bool is = false;

	if (r->work_dir && strstr(r->git_dir, "/modules/")) {
		str_addf(&dot_git, "%s.git", r->work_dir);
		is = lstat(str_text(&dot_git), &st) == 0 && S_ISREG(st.st_mode);
	}
	str_release(&dot_git);
	return is;
}

void repo_state(struct repo *r, struct repo_state *s)
{
	struct str branch = STR_INIT, usual = STR_INIT;

	memset(s, 0, sizeof(*s));
	s->head = read_head(r->git, &branch);
	if (branch.len)
		snprintf(s->branch, sizeof(s->branch), "%s", str_text(&branch) + 11);
	s->damaged = s->head == REPO_ON_BRANCH && !is_whole(r->git, str_text(&branch));
	s->operation = operation_of(r->git);
	s->bare = !r->work_dir;
	s->shallow = git_repository_is_shallow(r->git) == 1;
	s->linked = git_repository_is_worktree(r->git) == 1;
	s->submodule = !s->linked && is_submodule(r);
	if (r->work_dir)
		str_addf(&usual, "%s.git/", r->work_dir);
	s->separate = r->work_dir && !s->linked && !s->submodule &&
		      strcmp(str_text(&usual), r->git_dir) != 0;
	s->index_locked = is_there(r->git_dir, "index.lock");
	str_release(&usual);
	str_release(&branch);
}

int repo_head_name(struct repo *r, struct str *name, struct error *err)
{
	struct str branch = STR_INIT;
	enum repo_head head = read_head(r->git, &branch);
	int rc = ST_OK;

	if (head == REPO_DETACHED)
		rc = error_set(
			err, ST_DENIED,
			N_("HEAD is detached (an old commit is checked out, no branch): run "
			   "git switch main, or make a branch of it: git switch -c NAME"));
	else if (head == REPO_ASTRAY)
		rc = error_set(err, ST_DENIED,
			       N_("HEAD is no branch that can be committed on: run git switch "
				  "main"));
	else
		str_add_slice(name, str_slice(&branch));
	str_release(&branch);
	return rc;
}

bool repo_state_can_commit(const struct repo_state *s)
{
	return !s->bare && !s->damaged &&
	       (s->head == REPO_ON_BRANCH || s->head == REPO_UNBORN) &&
	       (s->operation == REPO_IDLE || s->operation == REPO_BISECTING);
}

static const char *head_word(const struct repo_state *s)
{
	switch (s->head) {
	case REPO_UNBORN:
		return N_("There is no commit yet: what you commit first begins the history.");
	case REPO_DETACHED:
		return N_(
			"An old commit is checked out and no branch (a detached HEAD): nothing "
			"can be committed. Go back with `git switch main`, or make a branch of "
			"it "
			"with `git switch -c NAME`.");
	case REPO_ASTRAY:
		return N_(
			"HEAD names nothing that can be committed on. Go to a branch with `git "
			"switch main`.");
	default:
		return NULL;
	}
}

static const char *operation_word(const struct repo_state *s)
{
	switch (s->operation) {
	case REPO_MERGING:
		return N_(
			"A merge is under way: finish it with `git commit`, or give it up with "
			"`git merge --abort`. Nothing can be committed here until then.");
	case REPO_REBASING:
		return N_(
			"A rebase is under way: finish it with `git rebase --continue`, or "
			"give "
			"it up with `git rebase --abort`. Nothing can be committed here until "
			"then.");
	case REPO_PICKING:
		return N_("A cherry-pick is under way: finish it with `git cherry-pick "
			  "--continue`, or give it up with `git cherry-pick --abort`. Nothing "
			  "can "
			  "be committed here until then.");
	case REPO_REVERTING:
		return N_(
			"A revert is under way: finish it with `git revert --continue`, or "
			"give "
			"it up with `git revert --abort`. Nothing can be committed here until "
			"then.");
	case REPO_MAILING:
		return N_(
			"Patches are being applied: finish with `git am --continue`, or give "
			"it "
			"up with `git am --abort`. Nothing can be committed here until then.");
	case REPO_BISECTING:
		return N_(
			"A search by bisection is under way: end it with `git bisect reset`.");
	default:
		return NULL;
	}
}

const char *repo_state_word(const struct repo_state *s, size_t i)
{
	const char *words[] = {
		s->bare ? N_("This is a bare repository, without files to work on: make a "
			     "clone "
			     "with `git clone` and open that.")
			: NULL,
		s->damaged ? N_("This repository is damaged: its last commit cannot be read. "
				"Drafts can be edited, not committed. Run `git fsck` to see "
				"what is missing; another copy of the repository may have it.")
			   : NULL,
		head_word(s),
		operation_word(s),
		s->shallow ? N_("This clone is shallow: its history ends where it was cut. Run "
				"`git fetch --unshallow` to have all of it.")
			   : NULL,
		s->linked ? N_("This is one of several working trees of a repository: branches "
			       "and history are shared with the others.")
			  : NULL,
		s->separate ? N_("The files and the git directory of this repository are in "
				 "different places.")
			    : NULL,
		s->submodule ? N_("This is a submodule: what is committed here, the repository "
				  "around it must take up by a commit of its own.")
			     : NULL,
		s->index_locked
			? N_("Another git program is at work here, or was killed and left "
			     "index.lock behind. If none is running, delete that file.")
			: NULL,
	};

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (words[k] && i-- == 0)
			return words[k];
	return NULL;
}
