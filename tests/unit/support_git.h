/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_GIT_H
#define TESTS_SUPPORT_GIT_H

#include "support.h"

#include "core/str.h"

#include <sys/types.h>

/*
 * Repositories for tests, built by code in a folder of their own, with a home
 * folder and configuration that are nobody's. Only core and the git program
 * are used here.
 */

/* Makes the folder, goes there, and points HOME, XDG_* and git at it. */
int scratch_setup(void **state);
/* Takes it away. */
int scratch_teardown(void **state);
/* The folder, absolute. */
const char *scratch(void);

/* Runs a shell command in the scratch folder; it must succeed (sh) or gives its status
 * (sh_status).
 */
void sh(const char *format, ...) __attribute__((format(printf, 1, 2)));
int sh_status(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Its standard output, without the last line end; valid until the next call. */
const char *sh_out(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A git program at work in a folder until git_leaves() is called. */
pid_t git_stays(const char *where);
/* The same, told where else its repository is: by an option, with its value or NULL, or by a
 * variable of the environment. */
pid_t git_stays_told(const char *where, const char *word, const char *value);
void git_leaves(pid_t git);

void put_file(const char *path, const char *text);
/* A file's bytes, valid until the next call; fails the test where it is not there. */
struct slice get_file(const char *path);

#endif
