/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/audit.h"
#include "core/message.h"
#include "core/sshsig.h"
#include "git.h"

#include <stdlib.h>
#include <string.h>

/* Signatures of commits: decisions, and texts. */

void verified_subject(struct verified *v, const struct gitcommit *c)
{
	const char *end = c->message.len ? memchr(c->message.p, '\n', c->message.len) : NULL;

	v->subject = slice_dup(slice_make(c->message.len ? c->message.p : "",
					  end ? (size_t)(end - c->message.p) : c->message.len));
}

/* The key of the signature that was found good. */
static bool is_revoked(struct vwalk *w, uint32_t node, struct slice signature,
		       const struct sign_answer *a)
{
	struct sshsig s = SSHSIG_INIT;
	struct error ignored = ERROR_INIT;
	bool revoked = sshsig_read(signature, &s, &ignored) < 0 ||
		       vwalk_is_revoked(w, node, a, str_slice(&s.key));

	sshsig_release(&s);
	return revoked;
}

void vwalk_judge(struct vwalk *w, uint32_t node, const struct gitcommit *c,
		 const char *const *names, uint32_t state, struct sign_answer *a)
{
	struct str signature = STR_INIT;
	struct sign_question q = {.bytes = str_slice(&c->payload),
				  .purpose = SIGN_COMMIT,
				  .names = names,
				  .who = state == NOWHERE ? NULL : &w->states[state].list,
				  .at = w->v[node].time};

	if (!c->is_signed) {
		sign_answer_set(a, SIGN_UNSIGNED, NULL);
	} else if (c->crooked) {
		sign_answer_set(a, SIGN_BAD, c->crooked);
	} else if (slice_starts(str_slice(&c->signature), "-----BEGIN PGP")) {
		sign_answer_set(a, SIGN_UNKNOWN,
				N_("signed with PGP; only ssh keys can be checked"));
	} else if (!sshsig_strip(str_slice(&c->signature), &signature)) {
		sign_answer_set(a, SIGN_BAD, N_("not a signature as ssh-keygen makes them"));
	} else {
		q.signature = str_slice(&signature);
		sign_check(&w->checker, &q, a);
		if (a->result == SIGN_GOOD && is_revoked(w, node, str_slice(&signature), a)) {
			a->result = SIGN_UNLISTED;
			str_clear(&a->why);
			str_add_text(
				&a->why,
				error_word(N_("the key was taken out of the list, by a commit "
					      "that did not know this one")));
		}
	}
	str_release(&signature);
}

static bool is_decision(struct slice message)
{
	struct message_record record;

	message_parse(message, &record);
	return record.kind == MESSAGE_DECISION || record.kind == MESSAGE_UNDO ||
	       record.kind == MESSAGE_DEFERRAL || record.kind == MESSAGE_AGREEMENT;
}

/* ---- texts ---- */

struct entry {
	char id[REPO_HEX + 1];
	bool file;
};

static struct entry entry_of(struct vwalk *w, uint32_t node, const char *path)
{
	struct entry e;

	vwalk_entry(w, w->v[node].tree, path, e.id, &e.file);
	return e;
}

static bool same_entry(const struct entry *a, const struct entry *b)
{
	return a->file == b->file && strcmp(a->id, b->id) == 0;
}

/* Whether every last commit that both have in their history has the path so: who has it so
 * still did nothing to it. */
static bool had_both(struct vwalk *w, uint32_t one, uint32_t other, const char *path,
		     const struct entry *so)
{
	bool *a = vwalk_history(w, one), *b = vwalk_history(w, other), had = false, all = true;

	/* Below: b is what both have and have no child of. */
	for (size_t i = 0; i < w->n; i++)
		b[i] = b[i] && a[i];
	memcpy(a, b, w->n * sizeof(*a));
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; a[i] && k < w->v[i].n_parents; k++)
			b[w->v[i].parents[k]] = false;
	for (size_t i = 0; i < w->n && all; i++) {
		struct entry e;

		if (!b[i])
			continue;
		e = entry_of(w, (uint32_t)i, path);
		had = true;
		all = same_entry(&e, so);
	}
	free(a);
	free(b);
	return had && all;
}

/* Whether the commit has the path as its parent; a merge: as the parent that changed it, while
 * the others did not. Who takes what is older than another parent's brings it back. */
static bool is_taken_over(struct vwalk *w, uint32_t node, const char *path)
{
	const struct vnode *v = &w->v[node];
	const struct entry now = entry_of(w, node, path);
	bool taken = v->n_parents > 0;

	for (size_t j = 0; j < v->n_parents && taken; j++) {
		struct entry was = entry_of(w, v->parents[j], path), from;

		taken = same_entry(&was, &now);
		for (size_t i = 0; i < v->n_parents && !taken; i++) {
			from = entry_of(w, v->parents[i], path);
			taken = same_entry(&from, &now) &&
				had_both(w, v->parents[i], v->parents[j], path, &was);
		}
	}
	return taken;
}

struct texts {
	struct vwalk *w;
	uint32_t node;
	bool changes;
};

static void look_at_text(void *arg, const char *name, char kind, const char *id)
{
	struct texts *t = arg;
	struct str path = STR_INIT;

	(void)id;
	if (t->changes || kind == 'd' || !slice_ends(slice_of(name), ".md"))
		return;
	str_addf(&path, "%s/%s", t->w->ask->folder, name);
	t->changes = !is_taken_over(t->w, t->node, str_text(&path));
	str_release(&path);
}

static bool changes_text(struct vwalk *w, uint32_t node)
{
	struct texts t = {w, node, false};
	const struct vnode *v = &w->v[node];

	vwalk_list(w, v->tree, w->ask->folder, look_at_text, &t);
	for (size_t i = 0; i < v->n_parents && !t.changes; i++)
		if (strcmp(w->v[v->parents[i]].tree, v->tree) != 0)
			vwalk_list(w, w->v[v->parents[i]].tree, w->ask->folder, look_at_text,
				   &t);
	return t.changes;
}

/* ---- together ---- */

static void judge(struct vwalk *w, uint32_t node)
{
	static const char *const names[] = {SIGNERS_CHAIR, SIGNERS_SECRETARIAT, NULL};
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT;
	struct error err = ERROR_INIT;
	bool readable = repo_read_commit(w->r, w->v[node].id, &bytes, &c, &err) == 0;
	bool decision = readable && is_decision(c.message);

	if (!readable || decision ||
	    ((w->ask->require & VERIFY_TEXTS) && changes_text(w, node))) {
		struct verified *v =
			verifier_add(w->out, decision ? VERIFIED_DECISION : VERIFIED_TEXT);

		memcpy(v->commit, w->v[node].id, sizeof(v->commit));
		verified_subject(v, &c);
		if (readable)
			vwalk_judge(w, node, &c, names, w->v[node].before, &v->answer);
		else
			sign_answer_set(&v->answer, SIGN_UNKNOWN, err.text);
	}
	gitcommit_release(&c);
	str_release(&bytes);
}

void vwalk_commits(struct vwalk *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].asked)
			judge(w, (uint32_t)i);
}
