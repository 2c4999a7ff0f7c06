/* SPDX-License-Identifier: MIT */
/*
 * Read before every file that clang-tidy looks at, and by nobody else. It sees
 * one file at a time and cannot know that these never return 0 or more; told so,
 * it does not follow paths that do not exist.
 */
#include "core/error.h"
#ifndef TIDY_NO_ERROR_SET
#define error_set(err, status, ...) (error_set((err), (status), __VA_ARGS__), (int)(status))
#endif
#ifdef TIDY_GITLIB
#include "../../src/store/git.h"
#define gitlib_error(...) (gitlib_error(__VA_ARGS__), (int)ST_FAIL)
#endif
