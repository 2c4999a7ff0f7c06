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
/*
 * Where one English word has two meanings that another language tells apart, what it is here
 * comes first: p_("key", "split"). A table says NP_("key", "split") (core/error.h), and who
 * draws it asks p_() with the same context, which finds words without one too.
 */
#define p_(context, text) tr_in((context), (text))
/* The text as it is translated in that context, else as without one. */
const char *tr_in(const char *context, const char *text);
#define n_(one, many, n) ngettext((one), (many), (unsigned long)(n))

#endif
