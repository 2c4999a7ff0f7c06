/* SPDX-License-Identifier: MIT */
#ifndef STORE_SYNC_INNER_H
#define STORE_SYNC_INNER_H

#include "core/party.h"
#include "git_safe.h"
#include "store/sync.h"

/* What sync.c and sync_files.c share: what the others' work did to the drafts. */

/* The file's entry in the result, made where there is none. path is copied. */
struct sync_file *sync_file_of(struct sync_result *r, struct slice path);
/* Whether adref merges it: a draft's text or what stands beside one. */
bool sync_is_draft(struct slice path);
/*
 * Before a merge that git stopped in is committed: how many points of the file are in
 * neither side (their stages in the index), noted in the result.
 */
void sync_note_points(struct sync_result *r, const struct git_safe *git, const char *root,
		      struct slice path, const struct parties *parties);
/* After the merge of `theirs` into what was `before`: the drafts' files that it changed, and
 * which of them both had changed. */
void sync_note_changed(struct sync_result *r, const struct git_safe *git, const char *before,
		       const char *theirs);

#endif
