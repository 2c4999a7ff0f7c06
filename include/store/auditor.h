/* SPDX-License-Identifier: MIT */
#ifndef STORE_AUDITOR_H
#define STORE_AUDITOR_H

#include "core/audit.h"
#include "core/error.h"
#include "store/repo.h"
#include "store/versions.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The audit of a draft between two versions: each step that NEW has and OLD has
 * not, oldest first, held against what its commit records (core/audit).
 * Consolidations are made again from the regions' texts as the commit has them, and the base
 * that the draft's front matter, or the commit, names.
 */

struct auditor_step {
	struct version version;
	struct audit audit;
	bool unread; /* a text could not be read: nothing is known of this step */
};

struct auditor {
	struct auditor_step *v; /* oldest first */
	size_t n, cap;
	size_t open;  /* steps with findings, or unread */
	char **notes; /* what could not be looked at (N_, not sanitised) */
	size_t n_notes;
};

/* Released by the caller after success only. ST_MISSING: no such revision or file. */
int auditor_run(struct auditor *out, struct repo *r, const struct versions_between *ask,
		struct error *err) __attribute__((warn_unused_result));
void auditor_release(struct auditor *a);

#endif
