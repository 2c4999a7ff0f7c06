/* SPDX-License-Identifier: MIT */
#ifndef UI_WHO_H
#define UI_WHO_H

#include "ui/view.h"

#include <stdbool.h>

/*
 * What is asked once: who the user is (in git's history, in which role, for
 * which party) and which meeting is now. A few questions at the foot of the
 * screen, each of which may be left open; the host keeps the answers.
 * Esc ends them: nothing more is asked, and the next start asks again.
 */

struct host;

/* Whether nobody said yet who the user is, or git does not know it. */
bool who_is_due(const struct host *host);
/* Asks everything; what is known already stands there as the answer. */
void who_ask(struct views *vs, const struct host *host);
/* Asks only for what a commit cannot do without: name and address. */
void who_ask_author(struct views *vs, const struct host *host);

#endif
