/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_SCREEN_H
#define TESTS_SUPPORT_SCREEN_H

#include "support.h"

/*
 * Whole screens compared as text. The expected screen is
 * tests/screens/NAME.txt; where it differs, both are printed with the lines
 * that part marked. UPDATE=1 in the environment writes the file instead (read what it
 * wrote before it is committed). The folder is the working directory's
 * tests/screens, or SCREENS in the environment.
 *
 * Only core is used here: the caller gives a canvas_dump().
 */
#define assert_screen(name, dump) assert_screen_at((name), (dump), __FILE__, __LINE__)
void assert_screen_at(const char *name, struct slice dump, const char *file, int line);

#endif
