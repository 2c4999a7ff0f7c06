/* SPDX-License-Identifier: MIT */
#ifndef UI_TABLES_H
#define UI_TABLES_H

#include "ui/view.h"

/* All views, for the manual and `adref help keys`; ends with NULL. */
extern const struct view_ops *const view_tables[];

#endif
