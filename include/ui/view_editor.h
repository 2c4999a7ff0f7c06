/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_EDITOR_H
#define UI_VIEW_EDITOR_H

#include "ui/view.h"

#include <stddef.h>

/*
 * The editor: a page of prose, modeless. A draft as lines that are wrapped,
 * with its labels in the margin, its brackets coloured, and the point under the
 * cursor, with its options and who wants them, below.
 *
 * view_editor.c has the table of actions and what each does, editor_page.c
 * computes what is on the screen, editor_rows.c keeps its rows from page to page,
 * editor_paint.c has the styles of the text,
 * editor_draw.c puts it there, editor_move.c moves, editor_edit.c changes the
 * text, editor_bracket.c its brackets, editor_find.c searches and replaces,
 * editor_file.c saves, commits and talks to other programs.
 */

struct doc;

extern const struct view_ops view_editor_ops;

/* The doc is the host's; closed with host->close when the view goes. at: the byte to begin
 * at, SIZE_MAX for the beginning of the text, after front matter. */
struct view *view_editor_new(const struct host *host, struct doc *doc, size_t at);

/* The cursor's place in the draft, and putting it elsewhere (clipped; a place in hidden bytes
 * counts as their unit's). */
size_t view_editor_at(const struct view *v);
void view_editor_go(struct view *v, size_t at);

#endif
