/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/mem.h"
#include "git.h"
#include "store/sign_kept.h"
#include "store/pin.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

static void release_one(struct verified *v)
{
	free(v->draft);
	free(v->party);
	free(v->point);
	free(v->stance);
	free(v->subject);
	sign_answer_release(&v->answer);
}

void verifier_release(struct verifier *v)
{
	for (size_t i = 0; i < v->n; i++)
		release_one(&v->v[i]);
	free(v->v);
	free(v->note);
	*v = (struct verifier){.n = 0};
}

struct verified *verifier_add(struct verifier *v, enum verified_kind kind)
{
	MEM_GROW(v->v, v->n, v->cap);
	v->v[v->n] = (struct verified){.kind = kind, .answer = SIGN_ANSWER_INIT};
	return &v->v[v->n++];
}

bool verified_is_wrong(const struct verified *v, unsigned require)
{
	unsigned what = v->kind == VERIFIED_POSITION   ? VERIFY_POSITIONS
			: v->kind == VERIFIED_DECISION ? VERIFY_DECISIONS
			: v->kind == VERIFIED_TEXT     ? VERIFY_TEXTS
						       : ~0U;

	if (v->answer.result == SIGN_UNSIGNED)
		return (require & what) != 0;
	return v->answer.result != SIGN_GOOD && v->answer.result != SIGN_FOUND;
}

bool verifier_holds(struct repo *r, const char *of, const char *id)
{
	return vwalk_holds(r, of, id);
}

int verifier_run(struct verifier *out, struct repo *r, const struct verifier_ask *ask,
		 struct error *err)
{
	struct verifier v = {.n = 0};
	struct vwalk w = {.r = r, .ask = ask, .out = &v, .checker = SIGN_CHECKER_INIT};
	struct sign_kept *kept = NULL;
	int rc = repo_resolve(r, ask->new, w.new, err);

	if (rc == 0 && ask->old)
		rc = repo_resolve(r, ask->old, w.old, err);
	if (rc == 0 && ask->pin)
		memcpy(v.pin, ask->pin, REPO_HEX + 1);
	/* Without a root nobody's record can be made anew: a shallow clone. */
	if (rc == 0)
		rc = pin_root(r, w.new, v.root, err);
	if (rc == 0)
		rc = vwalk_load(&w, err);
	if (rc == 0 && *v.pin)
		rc = pin_root(r, v.pin, v.root, err);
	w.checker.stop = ask->stop;
	if (rc == 0) {
		kept = ask->hook ? NULL : sign_kept_open(r);
		w.checker.kept = kept;
		vwalk_lists(&w);
		vwalk_positions(&w);
		vwalk_commits(&w);
		vwalk_old_list(&w);
	}
	vwalk_release(&w);
	sign_kept_close(kept);
	if (rc < 0)
		verifier_release(&v);
	else
		*out = v;
	return rc;
}

/* ---- a push's objects ---- */

int verifier_quarantine(struct repo *r, struct error *err)
{
	const char *own = getenv("GIT_OBJECT_DIRECTORY");
	const char *others = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, r->git);

	if (rc == 0 && own && *own)
		rc = git_odb_add_disk_alternate(odb, own);
	while (rc == 0 && others && *others) {
		size_t len = strcspn(others, ":");
		char *path = slice_dup(slice_make(others, len));

		if (len)
			rc = git_odb_add_disk_alternate(odb, path);
		free(path);
		others += len + (others[len] == ':');
	}
	git_odb_free(odb);
	return rc < 0 ? gitlib_error(err, rc, N_("the push's objects cannot be read")) : 0;
}
