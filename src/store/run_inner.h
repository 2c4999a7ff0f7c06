/* SPDX-License-Identifier: MIT */
#ifndef STORE_RUN_INNER_H
#define STORE_RUN_INNER_H

#include "store/run.h"

#include <sys/types.h>

/* What store/run and store/stream share. */

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
/* Ends the program and all it started in its session; closes the pipes. */
void run_child_stop(struct run_child *c);

#endif
