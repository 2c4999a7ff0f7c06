/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/audit.h"
#include "core/message.h"
#include "core/sshsig.h"

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
			str_add_text(&a->why,
				     N_("the key was taken out of the list, by a commit "
					"that did not know this one"));
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

struct texts {
	struct vwalk *w;
	const char *tree; /* of a parent */
	bool differs;
};

static void compare_text(void *arg, const char *name, char kind, const char *id)
{
	struct texts *t = arg;
	struct str path = STR_INIT;
	char other[REPO_HEX + 1];
	bool file;

	if (!slice_ends(slice_of(name), ".md") || kind == 'd')
		return;
	str_addf(&path, "%s/%s", t->w->ask->folder, name);
	vwalk_entry(t->w, t->tree, str_text(&path), other, &file);
	t->differs |= strcmp(other, id) != 0 || (file && kind != 'f');
	str_release(&path);
}

/* Whether one has a draft's text that the other has not, or the other way round. */
static bool texts_differ(struct vwalk *w, const char *tree, const char *parent)
{
	struct texts t = {w, parent, false};

	vwalk_list(w, tree, w->ask->folder, compare_text, &t);
	t.tree = tree;
	vwalk_list(w, parent, w->ask->folder, compare_text, &t);
	return t.differs;
}

/* Of a merge, what no parent has. */
static bool changes_text(struct vwalk *w, uint32_t node, const struct gitcommit *c)
{
	struct str bytes = STR_INIT;
	bool changes = true;

	for (size_t i = 0; changes && i < c->n_parents; i++) {
		struct gitcommit up = {.n_parents = 0};
		char id[REPO_HEX + 1], tree[REPO_HEX + 1];

		memcpy(id, c->parents[i].p, REPO_HEX);
		id[REPO_HEX] = '\0';
		if (vwalk_commit(w, id, &bytes, &up, NULL) == 0) {
			memcpy(tree, up.tree.p, REPO_HEX);
			tree[REPO_HEX] = '\0';
			changes = texts_differ(w, w->v[node].tree, tree);
		}
		gitcommit_release(&up);
	}
	str_release(&bytes);
	return changes;
}

/* ---- together ---- */

static void judge(struct vwalk *w, uint32_t node)
{
	static const char *const names[] = {SIGNERS_CHAIR, SIGNERS_SECRETARIAT, NULL};
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT;
	struct error err = ERROR_INIT;
	bool readable = vwalk_commit(w, w->v[node].id, &bytes, &c, &err) == 0;
	bool decision = readable && is_decision(c.message);

	if (!readable || decision ||
	    ((w->ask->require & VERIFY_TEXTS) && changes_text(w, node, &c))) {
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
