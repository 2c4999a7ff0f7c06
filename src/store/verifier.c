/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/mem.h"
#include "git.h"
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
	return v->answer.result != SIGN_GOOD;
}

bool verifier_holds(struct repo *r, const char *of, const char *id)
{
	git_oid a, b;

	if (repo_id(of, &a, NULL) < 0 || repo_id(id, &b, NULL) < 0)
		return false;
	return git_oid_equal(&a, &b) || git_graph_descendant_of(r->git, &a, &b) == 1;
}

/* The pin counts where it is in NEW's history; else nobody's keys do. */
static void take_pin(struct vwalk *w)
{
	const char *pin = w->ask->pin;
	struct str note = STR_INIT;

	if (!pin)
		return;
	if (verifier_holds(w->r, w->new, pin)) {
		memcpy(w->out->pin, pin, REPO_HEX + 1);
		return;
	}
	str_addf(&note,
		 N_("the commit you vouched for (%.10s) is not in the history of this one; if "
		    "that is right, run adref trust --signers anew"),
		 pin);
	w->out->note = str_detach(&note);
}

/* Without a root nobody's record can be made anew: a shallow clone. */
static int take_root(struct vwalk *w, struct error *err)
{
	return pin_root(w->r, *w->out->pin ? w->out->pin : w->new, w->out->root, err);
}

/* Where what the branch had is not in its history: a newer list may have been left behind. */
static void check_old_list(struct vwalk *w)
{
	struct verifier_ask ask = *w->ask;
	struct verifier before = {.n = 0};
	struct vwalk old = {
		.r = w->r, .ask = &ask, .out = &before, .checker = SIGN_CHECKER_INIT};
	struct error ignored = ERROR_INIT;
	uint32_t top = w->top == NOWHERE ? NOWHERE : w->v[w->top].after;

	if (!*w->old || !*w->out->pin || top == NOWHERE ||
	    verifier_holds(w->r, w->new, w->old) || !verifier_holds(w->r, w->old, w->out->pin))
		return;
	memcpy(before.pin, w->out->pin, sizeof(before.pin));
	memcpy(old.new, w->old, sizeof(old.new));
	if (vwalk_load(&old, &ignored) == 0) {
		vwalk_lists(&old);
		if (old.top == NOWHERE || old.v[old.top].after == NOWHERE ||
		    strcmp(old.states[old.v[old.top].after].blob, w->states[top].blob) != 0) {
			struct verified *v = verifier_add(w->out, VERIFIED_SIGNERS);

			memcpy(v->commit, w->new, sizeof(v->commit));
			sign_answer_set(&v->answer, SIGN_BAD,
					N_("the list of signers that the branch had is left "
					   "behind"));
		}
	}
	vwalk_release(&old);
	verifier_release(&before);
}

int verifier_run(struct verifier *out, struct repo *r, const struct verifier_ask *ask,
		 struct error *err)
{
	struct verifier v = {.n = 0};
	struct vwalk w = {.r = r, .ask = ask, .out = &v, .checker = SIGN_CHECKER_INIT};
	int rc = repo_resolve(r, ask->new, w.new, err);

	if (rc == 0 && ask->old)
		rc = repo_resolve(r, ask->old, w.old, err);
	if (rc == 0) {
		take_pin(&w);
		rc = take_root(&w, err);
	}
	if (rc == 0)
		rc = vwalk_load(&w, err);
	if (rc == 0) {
		vwalk_lists(&w);
		vwalk_positions(&w);
		vwalk_commits(&w);
		check_old_list(&w);
	}
	vwalk_release(&w);
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
