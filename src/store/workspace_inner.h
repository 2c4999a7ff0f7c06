/* SPDX-License-Identifier: MIT */
#ifndef STORE_WORKSPACE_INNER_H
#define STORE_WORKSPACE_INNER_H

#include "store/workspace.h"

/* Between workspace.c, which reads a workspace as a whole, and workspace_list.c, which lists
 * its drafts. */

enum { WS_NAME_MOST = 100 }; /* bytes of a draft's name */

/* Notes a whole file that cannot be used; "line:column: " at the start of what is said is its
 * place. */
void ws_fail(struct ws_problems *p, const char *file, const char *said);

void ws_draft_release(struct ws_draft *d);

/*
 * The names in a folder of the workspace, sorted; hidden ones and what adref's own
 * writing leaves for a moment are not among them. A folder that is not there
 * has none.
 */
int ws_names(const struct workspace *ws, const char *path, char ***names, size_t *n,
	     struct error *err) __attribute__((warn_unused_result));
void ws_names_free(char **names, size_t n);

/* Lists the drafts that files of these names in drafts/ are. */
void ws_list(struct workspace *ws, char *const *names, size_t n);

#endif
