/* SPDX-License-Identifier: MIT */
#include "store/pin.h"

#include "core/gitcommit.h"
#include "git.h"
#include "store/trust.h"

#include <git2.h>
#include <string.h>

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
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT;
	int rc = repo_resolve(r, revision, hex, err);

	/* By the commits' own bytes: what a graft or a replacement says is no root. */
	for (int i = 0; rc == 0 && i < WALK_MOST; i++) {
		rc = repo_read_commit(r, hex, &bytes, &c, err);
		if (rc < 0 || !c.n_parents)
			break;
		memcpy(hex, c.parents[0].p, REPO_HEX);
	}
	if (rc < 0 && git_repository_is_shallow(r->git) == 1)
		rc = error_set(
			err, ST_DENIED,
			N_("the clone is shallow, so its first commit is not known: run git "
			   "fetch --unshallow"));
	gitcommit_release(&c);
	str_release(&bytes);
	return rc;
}
