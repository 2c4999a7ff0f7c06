/* SPDX-License-Identifier: MIT */
#ifndef UI_TR_H
#define UI_TR_H

#include <libintl.h>

/*
 * Words for people, in their language: _("Save"), n_("%zu point", "%zu points", n).
 * Tables hold N_() (core/error.h) and translate where they draw. main() chooses the language.
 */

#define _(text) gettext(text)
/* _() as a function, for core's words (core/verdict.h). */
static inline const char *tr_text(const char *text)
{
	return gettext(text);
}
#define n_(one, many, n) ngettext((one), (many), (unsigned long)(n))

#endif
