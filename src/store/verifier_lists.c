/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/mem.h"
#include "git.h"

#include <stdlib.h>
#include <string.h>

/* Which list of signers is in force in each commit. */

static uint32_t add_state(struct vwalk *w, const char *blob, uint32_t up, uint32_t other,
			  uint32_t made)
{
	struct vstate *s;

	MEM_GROW(w->states, w->n_states, w->cap_states);
	s = &w->states[w->n_states++];
	*s = (struct vstate){.list = {NULL, 0, 0}, .up = {up, other}, .made = made};
	memcpy(s->blob, blob, strlen(blob) + 1);
	return (uint32_t)(w->n_states - 1);
}

/* Whether list a came to be list b by changes that count. States are in the order they came. */
static bool leads_to(const struct vwalk *w, uint32_t a, uint32_t b)
{
	bool *seen = mem_zalloc((size_t)b + 1);
	bool leads;

	seen[b] = true;
	for (uint32_t i = b; i > a; i--)
		for (int k = 0; k < 2 && seen[i]; k++)
			if (w->states[i].up[k] != NOWHERE)
				seen[w->states[i].up[k]] = true;
	leads = a <= b && seen[a];
	free(seen);
	return leads;
}

/* The list in force where two meet: the newer one, or what both have. */
static uint32_t meet(struct vwalk *w, uint32_t a, uint32_t b, uint32_t node)
{
	uint32_t both;

	if (a == NOWHERE || b == NOWHERE || a == b)
		return a == NOWHERE ? b : a;
	if (a > b) {
		uint32_t swap = a;

		a = b;
		b = swap;
	}
	if (leads_to(w, a, b))
		return b;
	both = add_state(w, "+", a, b, node);
	signers_meet(&w->states[a].list, &w->states[b].list, &w->states[both].list);
	return both;
}

/* Reads the list of a blob into a state; the words of err are the file's. */
static int read_list(struct vwalk *w, const char *blob, struct signers *list, struct error *err)
{
	struct str bytes = STR_INIT;
	int rc = 0;

	*list = (struct signers){NULL, 0, 0};
	if (strcmp(blob, "-") == 0)
		rc = error_set(err, ST_INPUT, N_("a link or a folder, not a file"));
	else if (*blob)
		rc = repo_read_blob(w->r, blob, SIGNERS_MOST_BYTES, &bytes, err);
	if (rc == 0)
		rc = signers_read(str_slice(&bytes), list, err);
	str_release(&bytes);
	return rc;
}

/* Whether the file is as a parent had it that had the same list in force. */
static bool is_inherited(const struct vwalk *w, const struct vnode *node)
{
	for (size_t i = 0; i < node->n_parents; i++) {
		const struct vnode *up = &w->v[node->parents[i]];

		if (up->from_pin && up->after == node->before &&
		    strcmp(up->blob, node->blob) == 0)
			return true;
	}
	return false;
}

/* A change of the file: it counts, or the list before stays. */
static void judge_change(struct vwalk *w, uint32_t at)
{
	static const char *const chair[] = {SIGNERS_CHAIR, NULL};
	struct sign_answer answer = SIGN_ANSWER_INIT;
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT, why = STR_INIT;
	struct error err = ERROR_INIT;
	struct vnode *node = &w->v[at];
	struct signers list = {NULL, 0, 0};

	if (repo_read_commit(w->r, node->id, &bytes, &c, &err) < 0)
		sign_answer_set(&answer, SIGN_UNKNOWN, err.text);
	else
		vwalk_judge(w, at, &c, chair, node->before, &answer);
	if (answer.result == SIGN_UNSIGNED)
		sign_answer_set(
			&answer, SIGN_BAD,
			N_("no chair signed this change; the list before stays in force"));
	if (answer.result == SIGN_GOOD && read_list(w, node->blob, &list, &err) < 0) {
		str_addf(
			&why,
			error_word(N_(
				"the list cannot be used (%s); the one before stays in force")),
			err.text);
		sign_answer_set(&answer, SIGN_BAD, str_text(&why));
	}
	if (answer.result == SIGN_GOOD) {
		node->after = add_state(w, node->blob, node->before, NOWHERE, at);
		w->states[node->after].list = list;
	} else {
		signers_release(&list);
	}
	if (node->asked) {
		struct verified *v = verifier_add(w->out, VERIFIED_SIGNERS);

		memcpy(v->commit, node->id, sizeof(v->commit));
		verified_subject(v, &c);
		v->answer = answer;
	} else {
		sign_answer_release(&answer);
	}
	gitcommit_release(&c);
	str_release(&bytes);
	str_release(&why);
}

/* The pin's own list; it is what the user looked at. */
static void read_pinned(struct vwalk *w)
{
	struct vnode *pin = &w->v[w->begin];
	struct error err = ERROR_INIT;
	struct str note = STR_INIT;

	pin->before = pin->after = add_state(w, pin->blob, NOWHERE, NOWHERE, w->begin);
	if (!*pin->blob)
		error_set(&err, ST_MISSING, N_("it is not there"));
	else if (read_list(w, pin->blob, &w->states[0].list, &err) == 0)
		return;
	str_addf(&note, error_word(N_("%s/signers of the commit you vouched for (%.10s): %s")),
		 w->ask->folder, pin->id, err.text);
	w->out->note = str_detach(&note);
	w->n_states = 0;
	pin->before = pin->after = NOWHERE;
}

void vwalk_lists(struct vwalk *w)
{
	if (!w->n || !*w->out->pin)
		return;
	read_pinned(w);
	for (size_t i = (size_t)w->begin + 1; i < w->n && w->n_states; i++) {
		struct vnode *node = &w->v[i];

		/* What forked off before the pin knows its list only. */
		node->before = node->from_pin ? NOWHERE : 0;
		for (size_t k = 0; k < node->n_parents && node->from_pin; k++)
			if (w->v[node->parents[k]].from_pin)
				node->before = meet(w, node->before,
						    w->v[node->parents[k]].after, (uint32_t)i);
		node->after = node->before;
		if (node->from_pin && strcmp(w->states[node->before].blob, node->blob) != 0 &&
		    !is_inherited(w, node))
			judge_change(w, (uint32_t)i);
	}
}

/* ---- keys that were taken out ---- */

/* Which nodes the commit has in its history, and which have it in theirs. */
static bool *relate(const struct vwalk *w, uint32_t commit)
{
	bool *related = vwalk_history(w, commit), *down = mem_zalloc(w->n + 1);

	down[commit] = true;
	for (size_t i = (size_t)commit + 1; i < w->n; i++) {
		for (size_t k = 0; k < w->v[i].n_parents; k++)
			down[i] |= down[w->v[i].parents[k]];
		related[i] |= down[i];
	}
	free(down);
	return related;
}

bool vwalk_is_revoked(struct vwalk *w, uint32_t node, const struct sign_answer *a,
		      struct slice key)
{
	struct str as = STR_INIT; /* ended by a NUL */
	const char *name;
	bool revoked = false;

	str_add_slice(&as, str_slice(&a->as));
	name = str_text(&as);
	for (size_t i = 1; i < w->n_states && !revoked; i++) {
		const struct vstate *s = &w->states[i];
		bool *related;

		if (s->up[1] != NOWHERE || !signers_has(&w->states[s->up[0]].list, key, name) ||
		    signers_has(&s->list, key, name))
			continue;
		related = relate(w, s->made);
		revoked = !related[node];
		free(related);
	}
	str_release(&as);
	return revoked;
}

void vwalk_old_list(struct vwalk *w)
{
	uint32_t old = *w->old ? vwalk_find(w, w->old) : NOWHERE;
	uint32_t before = old == NOWHERE ? NOWHERE : w->v[old].after;
	uint32_t now = w->v[w->top].after;

	if (before == NOWHERE || now == NOWHERE || leads_to(w, before, now))
		return;
	struct verified *v = verifier_add(w->out, VERIFIED_SIGNERS);

	memcpy(v->commit, w->new, sizeof(v->commit));
	sign_answer_set(&v->answer, SIGN_BAD,
			N_("the list of signers that the branch had is left behind"));
}
