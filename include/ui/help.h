/* SPDX-License-Identifier: MIT */
#ifndef UI_HELP_H
#define UI_HELP_H

#include "core/str.h"

/*
 * The tables of all views as text: `adref help keys` and the manual page are
 * printed from here.
 */

struct view_ops;

/* Every view of the program, ended by NULL. */
const struct view_ops *const *help_views(void);
void help_keys_text(struct str *out);
void help_keys_man(struct str *out);

#endif
