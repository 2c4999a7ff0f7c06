/* SPDX-License-Identifier: MIT */
#include "core/bound.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#define PAGE_AND_MORE 32 /* lines below the page that are right with it */

bool editor_may_edit(struct editor *e)
{
	if (!e->doc->read_only)
		return true;
	views_message(e->view.views, MESSAGE_WARN, "%s", _("This draft can be read only."));
	return false;
}

bool editor_has_room(struct editor *e, size_t len)
{
	size_t size = e->doc->flat.len;

	if (size + len <= BOUND_BYTES)
		return true;
	views_message(e->view.views, MESSAGE_WARN,
		      _("Not done: the draft would have over %zu MB, too much for a draft."),
		      BOUND_BYTES >> 20);
	return false;
}

void editor_changed(struct editor *e, size_t pos)
{
	const struct host *host = e->view.host;

	doc_refresh(e->doc);
	e->seen = e->doc->revision;
	editor_lines_follow(e);
	e->top = doc_line_begin(e->doc, e->top <= e->doc->flat.len ? e->top : e->doc->flat.len);
	e->caret = (struct caret){pos < e->doc->flat.len ? pos : e->doc->flat.len, false};
	e->want = -1;
	editor_unselect(e);
	if (HOST_CAN(host, changed))
		host->changed(host->data, e->doc);
	if (e->search.replacing)
		editor_search_refresh(e);
	else
		editor_search_hide(e);
}

/* A key that changes a sign or two: what the page shows comes first, the rest of a large draft
 * when that is painted. The list of points and a search look at all of it. */
static void typed(struct editor *e, size_t pos)
{
	if (!e->list && !e->search.shown && !e->search.replacing)
		doc_refresh_near(e->doc, (size_t)e->rows + PAGE_AND_MORE);
	editor_changed(e, pos);
}

/* The line end that this draft has, LF where it has none. */
static struct slice line_end(const struct doc *d)
{
	const char *lf = memchr(d->flat.p, '\n', d->flat.len);

	if (d->flat.len && lf && lf > d->flat.p && lf[-1] == '\r')
		return SLICE("\r\n");
	return SLICE("\n");
}

/* What is selected, to be replaced; otherwise nothing, at the caret. */
static void target(const struct editor *e, size_t *at, size_t *del)
{
	size_t end;

	if (editor_selection(e, at, &end)) {
		*del = end - *at;
		return;
	}
	*at = e->caret.pos;
	*del = 0;
}

void editor_type(struct editor *e, const char *p, size_t len)
{
	size_t at, del;

	if (!editor_may_edit(e))
		return;
	target(e, &at, &del);
	text_type(e->doc->text, at, del, p, len);
	typed(e, at + len);
}

void editor_enter(struct editor *e)
{
	struct slice end = line_end(e->doc);

	editor_type(e, end.p, end.len);
}

/* ---- Deleting ---- */

static void delete_range(struct editor *e, size_t begin, size_t end)
{
	text_delete(e->doc->text, begin, end - begin);
	editor_changed(e, begin);
}

/*
 * A mark put on a letter goes first, as it came last; what makes one picture
 * (emoji, flags) goes whole. Returns where deleting begins.
 */
static size_t last_typed(const struct doc *d, size_t begin, size_t end)
{
	uint32_t cp;
	size_t n = utf8_decode_back(d->flat.p + begin, end - begin, &cp);

	if (n == end - begin || cp == UTF8_BAD || uc_combining_class(cp) == UC_CCC_NR)
		return begin;
	return end - n;
}

/* Deletes what is seen of a unit; an id after it stays, so that a bracket mended at once is
 * still the same point. */
static void delete_unit(struct editor *e, size_t line, const struct layout_unit *u, bool back)
{
	size_t begin = line + u->shown_begin, end = line + u->shown_end;

	if (begin == end) {
		delete_range(e, line + u->begin, line + u->end);
		return;
	}
	if (back)
		begin = last_typed(e->doc, begin, end);
	if (back && end == e->caret.pos)
		text_backspace(e->doc->text, end, end - begin);
	else
		text_erase(e->doc->text, begin, end - begin);
	typed(e, begin);
}

void editor_backspace(struct editor *e)
{
	size_t from, to, line = doc_line_begin(e->doc, e->caret.pos);

	if (!editor_may_edit(e))
		return;
	if (editor_selection(e, &from, &to)) {
		delete_range(e, from, to);
		return;
	}
	if (e->caret.pos == 0)
		return;
	if (e->caret.pos == line) {
		from = doc_line_end(e->doc, doc_line_begin(e->doc, line - 1));
		text_backspace(e->doc->text, line, line - from);
		editor_changed(e, from);
		return;
	}
	struct layout *l = editor_layout(e, line, NULL);
	size_t at = e->caret.pos - line;
	if (at > l->bytes.len) { /* between CR and LF: the CR is no character of the line */
		delete_range(e, e->caret.pos - 1, e->caret.pos);
		return;
	}
	struct layout_unit u = *layout_unit_of(l, at - 1);
	delete_unit(e, line, &u, true);
}

void editor_delete(struct editor *e)
{
	size_t from, to, line = doc_line_begin(e->doc, e->caret.pos);

	if (!editor_may_edit(e))
		return;
	if (editor_selection(e, &from, &to)) {
		delete_range(e, from, to);
		return;
	}
	if (e->caret.pos >= doc_line_end(e->doc, line)) {
		to = doc_line_next(e->doc, e->caret.pos);
		if (to > e->caret.pos) {
			text_erase(e->doc->text, e->caret.pos, to - e->caret.pos);
			editor_changed(e, e->caret.pos);
		}
		return;
	}
	struct layout_unit u =
		*layout_unit_of(editor_layout(e, line, NULL), e->caret.pos - line);
	delete_unit(e, line, &u, false);
}

void editor_delete_word(struct editor *e, bool before)
{
	size_t from = e->caret.pos, to;

	if (!editor_may_edit(e))
		return;
	if (!editor_selection(e, &from, &to)) {
		from = e->caret.pos;
		editor_step(e, before ? STEP_WORD_LEFT : STEP_WORD_RIGHT, false);
		to = e->caret.pos;
	}
	if (from > to) {
		size_t t = from;
		from = to;
		to = t;
	}
	if (from < to)
		delete_range(e, from, to);
}

/* ---- Clipboard ---- */

/* What copy and cut take: the selection, or the whole paragraph with its line end. */
static void to_copy(const struct editor *e, size_t *begin, size_t *end)
{
	if (editor_selection(e, begin, end))
		return;
	*begin = doc_line_begin(e->doc, e->caret.pos);
	*end = doc_line_next(e->doc, e->caret.pos);
}

void editor_copy(struct editor *e, bool cut)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;
	size_t begin, end;
	int failed = 0;

	if (cut && !editor_may_edit(e))
		return;
	to_copy(e, &begin, &end);
	if (begin == end)
		return;
	doc_read(e->doc);
	str_clear(&e->cut_raw);
	str_clear(&e->cut_shown);
	str_add(&e->cut_raw, e->doc->flat.p + begin, end - begin);
	brackets_without_ids(&e->doc->brackets, e->doc->flat, begin, end, &e->cut_shown);
	if (HOST_CAN(host, copy))
		failed = host->copy(host->data, str_slice(&e->cut_shown), &err);
	if (cut) {
		delete_range(e, begin, end);
	} else {
		editor_unselect(e);
		size_t words = word_count(e->cut_raw.p, e->cut_raw.len);
		views_message(e->view.views, MESSAGE_INFO,
			      n_("%zu word copied.", "%zu words copied.", words), words);
	}
	if (failed)
		views_error(e->view.views, &err);
}

/* Line ends as the draft has them: a terminal sends CR, Windows CR LF. */
static void with_line_ends(struct slice text, struct slice end, struct str *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != '\r' && text.p[i] != '\n') {
			str_add_char(out, text.p[i]);
			continue;
		}
		if (text.p[i] == '\r' && i + 1 < text.len && text.p[i + 1] == '\n')
			i++;
		str_add_slice(out, end);
	}
}

/*
 * Of what was cut here, ids come back with their points, so that a moved
 * clause keeps its positions; an id that the draft has (already, or still) does not come
 * twice.
 */
static void without_known_ids(const struct doc *d, struct slice raw, struct str *out)
{
	struct brackets b;
	struct edits drop = EDITS_INIT;

	brackets_read(&b, raw, d->parties);
	for (size_t i = 0; i < b.n; i++) {
		struct slice id = slice_make(raw.p + b.v[i].id, b.v[i].id_end - b.v[i].id);
		if (id.len && brackets_by_id(&d->brackets, d->flat, id) != BRACKET_NONE)
			edits_add(&drop, b.v[i].id - 2, id.len + 3, NULL, 0);
	}
	edits_apply(&drop, raw, out);
	edits_release(&drop);
	brackets_release(&b);
}

void editor_paste(struct editor *e, struct slice text)
{
	struct str clean = STR_INIT, own = STR_INIT, shown = STR_INIT;
	size_t at, del;

	if (!editor_may_edit(e) || !text.len)
		return;
	with_line_ends(text, line_end(e->doc), &clean);
	with_line_ends(str_slice(&e->cut_shown), line_end(e->doc), &shown);
	if (e->cut_raw.len && slice_equal(str_slice(&clean), str_slice(&shown))) {
		doc_read(e->doc);
		without_known_ids(e->doc, str_slice(&e->cut_raw), &own);
		str_clear(&clean);
		str_add(&clean, own.p, own.len);
	}
	target(e, &at, &del);
	if (editor_has_room(e, clean.len)) {
		text_replace(e->doc->text, at, del, clean.p, clean.len);
		editor_changed(e, at + clean.len);
	}
	str_release(&clean);
	str_release(&own);
	str_release(&shown);
}

/* ---- Undo ---- */

void editor_undo(struct editor *e, bool redo)
{
	size_t pos;

	if (!editor_may_edit(e))
		return;
	if (!(redo ? doc_redo(e->doc, &pos) : doc_undo(e->doc, &pos))) {
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      redo ? _("Nothing was undone.") : _("Nothing to undo."));
		return;
	}
	editor_changed(e, pos);
}

void editor_apply(struct editor *e, const struct edits *edits)
{
	size_t pos = edits_map(edits, e->caret.pos);

	text_apply(e->doc->text, edits);
	editor_changed(e, pos);
}
