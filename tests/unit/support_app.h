/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_APP_H
#define TESTS_SUPPORT_APP_H

#include "tempdir.h"

#include <stdlib.h>
#include <unistd.h>

/* What tests of the whole workbench share: a workspace with a repository, in the temporary
 * folder, which is the home too, so that nothing of the user is read. */

static inline void shell(const char *command)
{
	assert_int_equal(system(command), 0);
}

/* One draft, res-1, committed; the process stands in the workspace. */
static inline int workspace_begin(void **state, const char *draft)
{
	int status = temp_begin(state);

	setenv("HOME", temp_dir, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("NO_COLOR");
	unsetenv("EDITOR");
	unsetenv("GIT_CONFIG_GLOBAL"); /* of the test runner: the home has its own */
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	temp_dirs("drafts");
	temp_put("drafts/res-1.md", draft);
	temp_put(".gitconfig", "[user]\n\tname = A Chair\n\temail = chair@example.org\n");
	assert_int_equal(chdir(temp_dir), 0);
	shell("git init -q -b main . && git add drafts && git commit -q -m first");
	return status;
}

#endif
