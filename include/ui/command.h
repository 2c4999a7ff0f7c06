/* SPDX-License-Identifier: MIT */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

#include "ui/view.h"

/*
 * The command prompt: the name of an action of the top view, or of a draft to
 * open, with completion and a sentence beside each.
 */

void command_open(struct views *vs);

/* "bidi off": changes the setting, or says what it is. */
void command_set(struct views *vs, struct slice arg);

#endif
