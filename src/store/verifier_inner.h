/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERIFIER_INNER_H
#define STORE_VERIFIER_INNER_H

#include "core/gitcommit.h"
#include "core/signers.h"
#include "store/verifier.h"

/* What the verifier's files share: the history from the pin on, and the lists in force in it.
 */

#define NOWHERE UINT32_MAX

struct vnode {
	char id[REPO_HEX + 1];
	char tree[REPO_HEX + 1];
	uint32_t *parents;
	size_t n_parents;
	int64_t time;    /* never before its parents', never after now */
	bool from_pin;   /* the pin, or made on it */
	bool asked;      /* of OLD..NEW */
	uint32_t before; /* the list in force before it, and in it; NOWHERE: none */
	uint32_t after;
	char blob[REPO_HEX + 1]; /* of drafts/signers; "": there is none; "-": no file */
};

/* A list that is, or was, in force. */
struct vstate {
	struct signers list;
	char blob[REPO_HEX + 1]; /* "+" for what two lists have in common */
	uint32_t up[2];          /* the lists it came from */
	uint32_t made;           /* the commit that put it in force */
};

struct vwalk {
	struct repo *r;
	const struct verifier_ask *ask;
	struct verifier *out;
	struct sign_checker checker;
	struct vnode *v; /* parents before children */
	size_t n, cap;
	uint32_t *slots; /* by id */
	size_t n_slots;
	struct vstate *states;
	size_t n_states, cap_states;
	char new[REPO_HEX + 1], old[REPO_HEX + 1]; /* old: "" for none */
	uint32_t top;                              /* NEW's node */
	uint32_t begin; /* the pin's node: what comes before has lower numbers; 0 without one */
};

/* verifier_walk.c */
int vwalk_load(struct vwalk *w, struct error *err);
void vwalk_release(struct vwalk *w);
uint32_t vwalk_find(const struct vwalk *w, const char *id);
/* Which nodes are in the history of one, it among them (NOWHERE: none); the caller's. */
bool *vwalk_history(const struct vwalk *w, uint32_t node);
/* Whether a commit's history has another, by the commits' own bytes. */
bool vwalk_holds(struct repo *r, const char *of, const char *id);
/* The id of a path in a tree (hex), and whether it is an ordinary file. "" where there is none.
 */
void vwalk_entry(struct vwalk *w, const char *tree, const char *path, char id[REPO_HEX + 1],
		 bool *file);
/* Calls fn for each entry of a path (a folder) in a tree; kind: 'f' file, 'd' folder, '?' else.
 */
typedef void vwalk_fn(void *arg, const char *name, char kind, const char *id);
void vwalk_list(struct vwalk *w, const char *tree, const char *path, vwalk_fn *fn, void *arg);

/* verifier_lists.c: which list is in force where, and what became of its changes. */
void vwalk_lists(struct vwalk *w);
/* Where what the branch had is not in its history: a newer list may have been left behind. */
void vwalk_old_list(struct vwalk *w);
/* Whether the key was taken out of a list by a commit that did not know this one. */
bool vwalk_is_revoked(struct vwalk *w, uint32_t node, const struct sign_answer *a,
		      struct slice key);

/* verifier_commits.c */
/* Judges a commit's signature by one list. names: as whom. */
void vwalk_judge(struct vwalk *w, uint32_t node, const struct gitcommit *c,
		 const char *const *names, uint32_t state, struct sign_answer *a);
void vwalk_commits(struct vwalk *w);
/* Notes the first line of a commit's message. */
void verified_subject(struct verified *v, const struct gitcommit *c);
struct verified *verifier_add(struct verifier *v, enum verified_kind kind);

/* verifier_positions.c */
void vwalk_positions(struct vwalk *w);

#endif
