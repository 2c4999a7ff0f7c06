/* SPDX-License-Identifier: MIT */
#ifndef UI_CONSOLIDATE_ASK_H
#define UI_CONSOLIDATE_ASK_H

#include "ui/host.h"
#include "ui/view.h"

/*
 * The regions' texts become the draft: says what that would come to, and asks
 * before it is written, as a commit. For whichever view offers it.
 */

/* Whether it could be asked: what is typed in the draft is saved first. */
bool consolidate_can(const struct host *host, const struct doc *doc);
/* name: of the draft. Failures are said in a message. */
void consolidate_ask(struct views *vs, const struct host *host, const char *name);

#endif
