/* SPDX-License-Identifier: MIT */
#ifndef TESTS_EDITOR_DESK_H
#define TESTS_EDITOR_DESK_H

#include "support_view.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/theme.h"
#include "ui/view.h"
#include "ui/view_editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * An editor on a stack of views, with a host that keeps what it is told: keys
 * in, text and screen out. In a header, since programs of core's tests are linked
 * without ui.
 */

struct desk {
	struct doc *doc;
	struct host host;
	struct views *views;
	struct canvas canvas;
	int saved, closed, changed, decided;
	enum host_keep kept;
	bool outside;
	struct str committed, clipboard, opened, external;
	size_t opened_at;
	int64_t now;
	struct str dump;
};

static inline const struct parties *fake_parties(void *data)
{
	(void)data;
	return &regions;
}

static inline int fake_save(void *data, struct doc *doc, struct error *err)
{
	struct desk *d = data;

	if (d->outside)
		return error_set(err, ST_CHANGED, "changed outside");
	d->saved++;
	text_saved(doc->text);
	return 0;
}

static inline int fake_state(void *data, struct doc *doc, struct host_file_state *state,
			     struct error *err)
{
	struct desk *d = data;

	(void)doc;
	(void)err;
	*state = (struct host_file_state){.changed_outside = d->outside};
	return 0;
}

static inline int fake_keep(void *data, struct doc *doc, enum host_keep how, struct error *err)
{
	struct desk *d = data;

	(void)err;
	d->kept = how;
	d->outside = false;
	if (how == KEEP_THEIRS)
		doc_set_bytes(doc, SLICE("theirs\n"));
	text_saved(doc->text);
	return 0;
}

static inline void fake_message(void *data, struct doc *doc, struct str *message)
{
	(void)data;
	str_addf(message, "%s: edit", doc->name);
}

static inline int fake_commit(void *data, struct doc *doc, struct slice message, struct str *id,
			      struct error *err)
{
	struct desk *d = data;

	(void)err;
	str_add_slice(&d->committed, message);
	str_add_text(id, "1a2b3c4");
	text_saved(doc->text);
	return 0;
}

static inline void fake_changed(void *data, struct doc *doc)
{
	(void)doc;
	((struct desk *)data)->changed++;
}

static inline void fake_close(void *data, struct doc *doc)
{
	(void)doc;
	((struct desk *)data)->closed++;
}

static inline int fake_copy(void *data, struct slice text, struct error *err)
{
	struct desk *d = data;

	(void)err;
	str_clear(&d->clipboard);
	str_add_slice(&d->clipboard, text);
	return 0;
}

static inline struct slice fake_clipboard(void *data)
{
	return str_slice(&((struct desk *)data)->clipboard);
}

static inline int fake_open_view(void *data, const char *view, const char *draft, size_t at,
				 struct error *err)
{
	struct desk *d = data;

	(void)err;
	str_clear(&d->opened);
	str_addf(&d->opened, "%s %s", view, draft);
	d->opened_at = at;
	return 0;
}

static inline int fake_run_editor(void *data, const char *name, struct slice text,
				  struct str *out, struct error *err)
{
	struct desk *d = data;

	(void)name;
	(void)err;
	str_add_slice(out, text);
	str_add(out, d->external.p, d->external.len);
	return 0;
}

static inline int64_t fake_ticks(void *data)
{
	return ((struct desk *)data)->now;
}

static inline int fake_revert(void *data, struct doc *doc, struct error *err)
{
	(void)data;
	(void)doc;
	(void)err;
	return 0;
}

static inline void set_up_doc(struct desk *d, struct doc *doc, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	d->host = (struct host){.data = d,
				.parties = fake_parties,
				.save = fake_save,
				.file_state = fake_state,
				.keep = fake_keep,
				.propose_message = fake_message,
				.commit = fake_commit,
				.changed = fake_changed,
				.close = fake_close,
				.copy = fake_copy,
				.clipboard = fake_clipboard,
				.open_view = fake_open_view,
				.run_editor = fake_run_editor,
				.revert = fake_revert,
				.ticks = fake_ticks};
	d->doc = doc;
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
	views_push(d->views, view_editor_new(&d->host, d->doc, SIZE_MAX));
	views_draw(d->views, &d->canvas);
}

static inline void set_up(struct desk *d, const char *text, int rows, int cols)
{
	set_up_doc(d, doc_new("res-31", NULL, slice_of(text), &regions), rows, cols);
}

static inline void tear_down(struct desk *d)
{
	views_free(d->views);
	assert_int_equal(d->closed, 1);
	doc_free(d->doc);
	canvas_release(&d->canvas);
	str_release(&d->committed);
	str_release(&d->clipboard);
	str_release(&d->opened);
	str_release(&d->external);
	str_release(&d->dump);
}

static inline struct view *editor(struct desk *d)
{
	return views_top(d->views);
}

/* Keys by name, parted by blanks: "Down F8 Shift-Right". */
static inline void press(struct desk *d, const char *names)
{
	while (press_next(d->views, &names)) {
		views_draw(d->views, &d->canvas);
		doc_settle(d->doc);
	}
}

static inline void type(struct desk *d, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		uint32_t cp;
		size_t n = utf8_decode(text, left, &cp);
		struct key key = key_of(cp);

		text += n;
		left -= n;
		views_key(d->views, &key);
		views_draw(d->views, &d->canvas);
		doc_settle(d->doc);
	}
}

static inline void paste(struct desk *d, const char *text)
{
	struct key key = {.code = KEY_PASTE, .text = slice_of(text)};

	views_key(d->views, &key);
	views_draw(d->views, &d->canvas);
}

static inline void click(struct desk *d, enum pointer_kind kind, int row, int col, int clicks)
{
	struct key key = {.code = KEY_POINTER, .pointer = {kind, 1, row, col, clicks}};

	views_key(d->views, &key);
	views_draw(d->views, &d->canvas);
}

static inline void assert_text(struct desk *d, const char *want)
{
	assert_slice_is(d->doc->flat, want);
}

static inline void assert_said(struct desk *d, const char *want)
{
	struct str said = STR_INIT;

	str_add_slice(&said, views_message_text(d->views));
	if (!strstr(str_text(&said), want))
		fail_msg("said \"%s\", not \"%s\"", str_text(&said), want);
	str_release(&said);
}

static inline void put_at(struct desk *d, const char *before)
{
	const char *found = memmem(d->doc->flat.p, d->doc->flat.len, before, strlen(before));

	assert_non_null(found);
	view_editor_go(editor(d), (size_t)(found - d->doc->flat.p));
	views_draw(d->views, &d->canvas);
}

#endif
