/* SPDX-License-Identifier: MIT */
#ifndef STORE_RUN_H
#define STORE_RUN_H

#include "core/error.h"
#include "core/str.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Other programs: started by argument list, never through a shell, with limits
 * on time and output. A piped program has no terminal: it cannot ask questions
 * or paint over the screen. Knows nothing of git or pandoc.
 */

enum run_env {
	RUN_NEUTRAL, /* PATH, HOME, TMPDIR, XDG_*, agents and proxies; LC_ALL=C.UTF-8 */
	RUN_WHOLE    /* all of ours but GIT_*: for the user's own programs */
};

struct run {
	const char *const *argv; /* NULL at the end; argv[0] is looked for in PATH */
	enum run_env env;
	const char *const *set; /* more "NAME=value", NULL at the end; or NULL */
	const char *dir;        /* where it runs; NULL: where we are */
	struct slice in;        /* its standard input */
	size_t most_out;        /* more on standard output ends it: ST_TOO_LARGE; 0: 64 MB */
	size_t most_memory;     /* bytes it may fill: more is refused it; 0: no limit of ours */
	int timeout_ms;         /* more time ends it: ST_TOO_LARGE; 0: 60 seconds */
	bool ends_with_us; /* killed where we end before it: for what only reads and answers */
	const atomic_bool *stop; /* true: end it, ST_FAIL "stopped"; or NULL */
};

struct run_result {
	struct str out;
	struct str err; /* standard error, the first 64 KB */
	int exit;       /* 0..255, or -1 where a signal ended it */
	int signal;
};

#define RUN_RESULT_INIT                                                                        \
	{                                                                                      \
		STR_INIT, STR_INIT, 0, 0                                                       \
	}

void run_result_release(struct run_result *r);

/*
 * Runs it to its end. 0 where it ran, whatever it exited with; ST_MISSING where
 * there is no such program. r is initialised by the caller, filled also when a
 * limit was met, and released by the caller.
 */
int run_program(const struct run *what, struct run_result *r, struct error *err)
	__attribute__((warn_unused_result));

/* 0 where it exited with 0; else ST_FAIL with "name: its first line of complaint". */
int run_verdict(const struct run *what, const struct run_result *r, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Runs a program that has the terminal, as $VISUAL does: it shares our input,
 * output and process group; interrupts are its own. The caller has left the
 * screen before. *code is its exit status, or 128 + signal.
 */
int run_in_terminal(const char *const *argv, const char *dir, int *code, struct error *err)
	__attribute__((warn_unused_result));

/* Whether a program of that name is in PATH and may be run. */
bool run_has(const char *name);

#endif
