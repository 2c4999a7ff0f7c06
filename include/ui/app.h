/* SPDX-License-Identifier: MIT */
#ifndef UI_APP_H
#define UI_APP_H

#include "core/error.h"

#include <stdbool.h>

/*
 * The workbench as a program: session, views, loop. The only place in ui that
 * knows store (app.c the loop, app_host.c the host). The first screen is painted
 * before git is touched.
 */

struct app_options {
	const char *path;  /* folder to open; NULL: the current one */
	const char *view;  /* "desk", "editor", "chair" */
	const char *draft; /* for editor and chair: a name or a path; NULL */
	bool no_colour;
};

/* Runs until the user leaves. Returns the exit status (0 or 3); err says why. */
int app_run(const struct app_options *options, struct error *err);

#endif
