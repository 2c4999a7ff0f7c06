/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_VIEW_H
#define TESTS_SUPPORT_VIEW_H

#include "support_screen.h"

#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <string.h>

/*
 * What the tests of views share: keys by name, and what stands on the screen. Each test has a
 * struct of its own with the members views, canvas and dump; t points to it.
 */

/* Sends the first of some keys named, parted by blanks: "Down F8 Shift-Right". False at the
 * end. */
static inline bool press_next(struct views *views, const char **names)
{
	size_t len = strcspn(*names, " ");
	struct key key = key_of(key_parse(slice_make(*names, len)));

	if (!**names)
		return false;
	if (key.code == KEY_NONE)
		fail_msg("no key %.*s", (int)len, *names);
	views_key(views, &key);
	*names += len + strspn(*names + len, " ");
	return true;
}

static inline const char *screen_text(const struct canvas *c, struct str *dump)
{
	str_clear(dump);
	canvas_dump(c, dump);
	return str_text(dump);
}

static inline struct slice screen_in(const struct canvas *c, int colours, struct str *dump)
{
	struct theme theme = theme_make(colours, false);

	str_clear(dump);
	canvas_dump_styles(c, &theme, dump);
	return str_slice(dump);
}

#define shows(t, text) (strstr(screen_text(&(t)->canvas, &(t)->dump), (text)) != NULL)

#define assert_shows(t, text)                                                                  \
	do {                                                                                   \
		if (!shows((t), (text)))                                                       \
			fail_msg("no \"%s\" in\n%s", (text), str_text(&(t)->dump));            \
	} while (0)

#define assert_hides(t, text)                                                                  \
	do {                                                                                   \
		if (shows((t), (text)))                                                        \
			fail_msg("\"%s\" in\n%s", (text), str_text(&(t)->dump));               \
	} while (0)

/* The screen is that of the file; the same with its styles, as so many colours show them. */
#define assert_looks(t, name)                                                                  \
	assert_screen((name), slice_of(screen_text(&(t)->canvas, &(t)->dump)))
#define assert_looks_in(t, colours, name)                                                      \
	assert_screen((name), screen_in(&(t)->canvas, (colours), &(t)->dump))

/* The screen of that size is that of the file; with a theme, with its styles. */
static inline void check_screen(struct views *vs, const char *name, int rows, int cols,
				const struct theme *theme)
{
	struct str dump = STR_INIT;
	struct canvas c;

	canvas_init(&c, rows, cols);
	views_draw(vs, &c);
	if (theme)
		canvas_dump_styles(&c, theme, &dump);
	else
		canvas_dump(&c, &dump);
	assert_screen(name, str_slice(&dump));
	canvas_release(&c);
	str_release(&dump);
}

#endif
