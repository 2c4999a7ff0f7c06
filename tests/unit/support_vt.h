/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_VT_H
#define TESTS_SUPPORT_VT_H

#include "support.h"

#include <sys/types.h>
#include <vterm.h>

/*
 * A program on a terminal: a child runs a scenario on the slave side of a pty,
 * and what comes out is fed into libvterm, whose cells can be looked at. The
 * child says how far it is by setting the terminal's title (vt_say), which comes
 * through the same stream as everything else; or the test waits for a text to
 * be on the screen. Nobody sleeps.
 */

struct vt {
	VTerm *vt;
	VTermScreen *screen;
	int master;
	pid_t child;
	struct str bytes; /* everything the child wrote */
	size_t fed;       /* how much of it the terminal has seen */
	bool alternate, cursor_visible;
	int mouse;
	VTermPos cursor;
};

void vt_start(struct vt *v, const char *terminal, int rows, int cols, void (*scenario)(void));
/* In the child: how far it is. */
void vt_say(const char *what);
/* Feeds until the child says this, and no further. */
void vt_wait(struct vt *v, const char *what);
/* Feeds until the text is on the screen (in one row, or with line ends between). */
void vt_wait_text(struct vt *v, const char *text);
void vt_send(struct vt *v, const char *bytes, size_t len);
void vt_type(struct vt *v, const char *text);
/* Reads to the child's end; its status as waitpid() has it. */
int vt_finish(struct vt *v);
void vt_release(struct vt *v);
/* Whether these bytes came, at any time. */
bool vt_sent(const struct vt *v, const char *bytes);
/* Appends a row's text, without blanks at its end. */
void vt_row(struct vt *v, int row, struct str *out);
void vt_print(struct vt *v);

#endif
