/* SPDX-License-Identifier: MIT */
#include "store/pin.h"

#include "git.h"
#include "store/trust.h"

#include <git2.h>

enum { WALK_MOST = 10000000 };

/* Beside the list of trusted repositories. */
static int pins_path(struct str *path, struct error *err)
{
	int rc = trust_path(path, err);

	if (rc < 0)
		return rc;
	while (path->len && path->p[path->len - 1] != '/')
		path->len--;
	str_add_text(path, "pins");
	return ST_OK;
}

int pin_get(struct repo *r, char hex[REPO_HEX + 1], struct error *err)
{
	struct str path = STR_INIT;
	int rc = pins_path(&path, err);

	if (rc == ST_OK && !trust_kept(r, str_text(&path), hex))
		rc = error_set(
			err, ST_MISSING,
			N_("nobody has said here whose keys count: look at drafts/signers, "
			   "then run adref trust --signers"));
	str_release(&path);
	return rc;
}

int pin_set(struct repo *r, const char *hex, struct error *err)
{
	struct str path = STR_INIT;
	int rc = pins_path(&path, err);

	if (rc == ST_OK)
		rc = trust_keep(r, str_text(&path), hex, err);
	str_release(&path);
	return rc;
}

int pin_root(struct repo *r, const char *revision, char hex[REPO_HEX + 1], struct error *err)
{
	git_commit *at = NULL, *parent;
	git_oid id;
	int rc = repo_resolve(r, revision, hex, err);

	if (rc < 0)
		return rc;
	rc = repo_id(hex, &id, err);
	if (rc < 0)
		return rc;
	rc = git_commit_lookup(&at, r->git, &id);
	for (int i = 0; rc == 0 && i < WALK_MOST && git_commit_parentcount(at); i++) {
		rc = git_commit_parent(&parent, at, 0);
		if (rc != 0)
			break;
		git_commit_free(at);
		at = parent;
	}
	if (rc == GIT_ENOTFOUND && git_repository_is_shallow(r->git) == 1)
		rc = error_set(
			err, ST_DENIED,
			N_("the clone is shallow, so its first commit is not known: run git "
			   "fetch --unshallow"));
	else if (rc < 0)
		rc = gitlib_error(err, rc, N_("the history cannot be read"));
	else
		git_oid_tostr(hex, REPO_HEX + 1, git_commit_id(at));
	git_commit_free(at);
	return rc;
}
