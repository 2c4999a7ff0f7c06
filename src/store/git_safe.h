/* SPDX-License-Identifier: MIT */
#ifndef STORE_GIT_SAFE_H
#define STORE_GIT_SAFE_H

#include "store/run.h"
#include "store/session.h"

/*
 * The git program, as it may be run in a repository that the user does not trust yet:
 * what the repository's own configuration names as a program is answered by what the
 * user's has, or by git's own, and no hook runs. The user's configuration counts always.
 */

struct git_safe {
	const char *dir;
	struct str *v; /* "key=value", each for a -c */
	size_t n, cap;
	struct str env[9]; /* "NAME=value": who commits, and no questions */
	size_t n_env;
	bool trusted;
	const atomic_bool *stop;
};

/* Reads the configuration. ST_DENIED where a key can be answered by nothing harmless. */
int git_safe_init(struct git_safe *g, struct session *s, struct error *err);
void git_safe_release(struct git_safe *g);
/* git is not to look for changes inside of submodules, whatever .gitmodules says: their own
 * configuration names programs, too. top: of the working tree, with "/" at the end. Again where
 * .gitmodules may have changed. ST_DENIED. */
int git_safe_modules(struct git_safe *g, const char *top, struct error *err);
/* One more -c. */
void git_safe_set(struct git_safe *g, const char *key, const char *value);
/* Which program the remote is to run, as an option of fetch and of push; NULL: as configured.
 */
const char *git_safe_upload(const struct git_safe *g);
const char *git_safe_receive(const struct git_safe *g);
/* Whether what is shared with the remote may be: one that is a folder of this machine, with
 * hooks or programs of its own, only where this repository is trusted. ST_DENIED. */
int git_safe_remote(const struct git_safe *g, const char *remote, struct error *err);
/* Runs "git -c … argv" (without "git"); 0 where it ran, whatever it exited with. timeout_ms as
 * in struct run. */
int git_safe_run(const struct git_safe *g, const char *const *argv, int timeout_ms,
		 struct run_result *r, struct error *err);
/* The same, and its exit has to be 0; out (may be NULL) takes standard output. */
int git_safe_do(const struct git_safe *g, const char *const *argv, struct str *out,
		struct error *err);

/* Whether a key of a configuration, in small letters, names a program or a folder of hooks. */
bool git_safe_names_program(const char *key);
/* The NUL-terminated text at *at of s, and what comes after it into *at; NULL at the end. */
char *git_safe_text(const struct str *s, size_t *at);

#endif
