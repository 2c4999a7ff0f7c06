/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_REPO_H
#define TESTS_SUPPORT_REPO_H

#include "support_git.h"

#include "store/repo.h"

/* What tests of store share that read repositories made by support_git.h. */

/* The repository that this folder is in; the test fails where it cannot be opened. */
static inline struct repo *opened(const char *path)
{
	struct error trouble = ERROR_INIT;
	struct repo *r = NULL;

	if (repo_open(&r, path, &trouble) != ST_OK)
		fail_msg("%s", trouble.text);
	return r;
}

/* The end of a test that began with scratch_setup(). */
static inline int repo_teardown(void **state)
{
	repo_shutdown();
	return scratch_teardown(state);
}

#endif
