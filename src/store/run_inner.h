/* SPDX-License-Identifier: MIT */
#ifndef STORE_RUN_INNER_H
#define STORE_RUN_INNER_H

#include "store/run.h"

#include <sys/types.h>

/* How a program begins and ends: what store/run and store/stream share. */

/* From asking to killing, and for output after the end. */
enum { RUN_GRACE_MS = 500 };

/* A program under way: our ends of its pipes. */
struct run_child {
	pid_t pid;
	int in, out, err; /* -1: closed */
	size_t written;
	bool ended;
	int status;
};

/* Starts it; what->in is the caller's to write. */
int run_child_start(const struct run *what, struct run_child *c, struct error *err);
/* Whether it has ended by now: sets ended and status. */
void run_child_reap(struct run_child *c);
/* Ends the program and all it started in its session; closes the pipes. */
void run_child_stop(struct run_child *c);

/* Closes it where it is open. */
void run_fd_close(int *fd);

#endif
