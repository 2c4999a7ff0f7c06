/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "versions_inner.h"

#include <stdlib.h>

enum { LOOK_MS = 50 }; /* how long a walk is waited for before it is asked whether to go on */

void version_list_release(struct version_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		version_release(&list->v[i]);
	free(list->v);
	*list = (struct version_list){NULL, 0, 0};
}

struct version *version_list_add(struct version_list *list)
{
	MEM_GROW(list->v, list->n, list->cap);
	list->v[list->n] = (struct version)VERSION_INIT;
	return &list->v[list->n++];
}

/* Moves all that are still to come to the list's end; in the right order, where all came. */
static int add_rest(struct version_list *list, struct versions *v,
		    const struct versions_between *ask, struct error *err)
{
	struct version one = VERSION_INIT;
	int rc;

	while ((rc = versions_next(v, ask->step ? LOOK_MS : -1, &one)) > 0) {
		if (rc == VERSIONS_FOUND) {
			*version_list_add(list) = one;
			one = (struct version)VERSION_INIT;
		}
		if (ask->step && !ask->step(ask->arg)) {
			rc = error_set(err, ST_FAIL, N_("stopped"));
			break;
		}
	}
	if (rc == VERSIONS_END)
		version_list_again(list, v);
	version_release(&one);
	return rc;
}

int version_list_between(struct version_list *list, struct repo *r,
			 const struct versions_between *ask, struct versions **walk,
			 struct error *err)
{
	struct versions_ask what = {
		.revision = ask->new, .path = ask->path, .no_cache = true, .except = ask->old};
	struct versions *v = NULL;
	int rc = versions_open(&v, r, &what, err);

	if (rc >= 0)
		rc = add_rest(list, v, ask, err);
	if (walk)
		*walk = v;
	else
		versions_free(v);
	return rc;
}
