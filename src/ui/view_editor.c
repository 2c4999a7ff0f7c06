/* SPDX-License-Identifier: MIT */
#include "ui/view_editor.h"

#include "core/mem.h"
#include "ui/consolidate_ask.h"
#include "ui/editor_actions.h"
#include "ui/editor_inner.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

static void prepare(struct view *v, int rows, int cols)
{
	struct editor *e = editor_of(v);

	editor_page(e, rows, cols);
}

static bool can_bracket(const struct editor *e, int action)
{
	size_t from, to;
	bool selected = editor_selection(e, &from, &to);

	switch (action) {
	case EDITOR_MEND:
		return !selected && editor_problem(e);
	case EDITOR_UNBRACKET:
		return !selected && !editor_problem(e) && e->point != BRACKET_NONE &&
		       e->doc->brackets.points[e->point].n_options < 2;
	case EDITOR_SPLIT:
		return editor_can_split(e);
	case EDITOR_JOIN:
		return e->point != BRACKET_NONE && !editor_can_split(e);
	case EDITOR_ALTERNATIVES:
		return editor_can_alternatives(e);
	case EDITOR_PARAGRAPHS:
		return editor_can_paragraphs(e);
	default:
		return true;
	}
}

static bool can(const struct view *v, int action)
{
	const struct editor *e = (const struct editor *)v;
	const struct host *host = v->host;
	size_t from, to;

	switch (action) {
	case EDITOR_SAVE:
		return HOST_CAN(host, save) && doc_is_dirty(e->doc);
	case EDITOR_COMMIT:
		return HOST_CAN(host, commit);
	case EDITOR_EXTERNAL:
		return HOST_CAN(host, run_editor);
	case EDITOR_EXPORT:
		return HOST_CAN(host, export);
	case EDITOR_CHAIR:
	case EDITOR_PREVIEW:
	case EDITOR_MATRIX:
		return HOST_CAN(host, open_view) && e->doc->brackets.n_points > 0;
	case EDITOR_COLUMNS:
		return HOST_CAN(host, texts);
	case EDITOR_CONSOLIDATE:
		return consolidate_can(host, e->doc);
	case EDITOR_LOG:
		return HOST_CAN(host, open_view) && host->log_open;
	case EDITOR_LIFE:
		return HOST_CAN(host, open_view) && host->lives_open &&
		       e->point != BRACKET_NONE;
	case EDITOR_PROGRESS:
		return HOST_CAN(host, open_view) && host->lives_open;
	case EDITOR_BLAME:
		return HOST_CAN(host, blame_open);
	case EDITOR_NEXT_POINT:
	case EDITOR_PREVIOUS_POINT:
		return e->doc->brackets.n_points > 0;
	case EDITOR_FIND_NEXT:
		return e->search.shown;
	case EDITOR_FIND_AGAIN:
		return e->search.find && !e->search.shown;
	case EDITOR_FIND_PREVIOUS:
		return e->search.find != NULL;
	case EDITOR_UNDO:
		return text_can_undo(e->doc->text);
	case EDITOR_REDO:
		return text_can_redo(e->doc->text);
	case EDITOR_CUT:
	case EDITOR_COPY:
		return editor_selection(e, &from, &to);
	default:
		return can_bracket(e, action);
	}
}

/* The first press begins to select where the cursor is; the next one ends it. */
static void mark(struct editor *e)
{
	if (e->marking) {
		e->marking = false;
		return;
	}
	e->anchor = e->caret.pos;
	e->selected = e->marking = true;
}

static void paste_clipboard(struct editor *e)
{
	const struct host *host = e->view.host;
	struct slice text = str_slice(&e->cut_shown);

	if (HOST_CAN(host, clipboard))
		text = host->clipboard(host->data);
	editor_paste(e, text);
}

static void escape(struct editor *e)
{
	editor_unselect(e);
	editor_search_hide(e);
}

static void act_on_text(struct editor *e, int action)
{
	switch (action) {
	case EDITOR_ENTER:
		editor_enter(e);
		break;
	case EDITOR_BACKSPACE:
		editor_backspace(e);
		break;
	case EDITOR_DELETE:
		editor_delete(e);
		break;
	case EDITOR_WORD_BACKSPACE:
	case EDITOR_WORD_DELETE:
		editor_delete_word(e, action == EDITOR_WORD_BACKSPACE);
		break;
	case EDITOR_MARK:
		mark(e);
		break;
	case EDITOR_SELECT_ALL:
		editor_select(e, 0, e->doc->flat.len);
		break;
	case EDITOR_CUT:
	case EDITOR_CUT_PARAGRAPH:
		editor_copy(e, true);
		break;
	case EDITOR_COPY:
	case EDITOR_COPY_PARAGRAPH:
		editor_copy(e, false);
		break;
	case EDITOR_PASTE:
		paste_clipboard(e);
		break;
	case EDITOR_UNDO:
	case EDITOR_REDO:
		editor_undo(e, action == EDITOR_REDO);
		break;
	case EDITOR_REPLACE:
		editor_replace_ask(e);
		break;
	default:
		break;
	}
}

/* Those that need no more than the cursor's place. */
static void (*const bracket_edits[])(struct editor *e) = {
	[EDITOR_MEND] = editor_mend_ask,
	[EDITOR_UNBRACKET] = editor_unbracket,
	[EDITOR_BRACKET] = editor_bracket,
	[EDITOR_OPTION] = editor_option_ask,
	[EDITOR_SPLIT] = editor_split,
	[EDITOR_JOIN] = editor_join,
	[EDITOR_ALTERNATIVES] = editor_alternatives,
	[EDITOR_PARAGRAPHS] = editor_paragraphs,
	[EDITOR_RENUMBER] = editor_renumber,
};

/* To other views of the draft. */
static const char *const views[] = {
	[EDITOR_CHAIR] = "chair",     [EDITOR_PREVIEW] = "preview",
	[EDITOR_COLUMNS] = "columns", [EDITOR_LOG] = "log",
	[EDITOR_LIFE] = "life",       [EDITOR_PROGRESS] = "progress",
	[EDITOR_MATRIX] = "matrix",
};

static void act_on_rest(struct editor *e, int action, struct slice arg)
{
	switch (action) {
	case EDITOR_GOTO:
		if (arg.len)
			editor_goto(e, arg);
		else
			editor_goto_ask(e);
		break;
	case EDITOR_NEXT_POINT:
	case EDITOR_PREVIOUS_POINT:
		editor_point_step(e, action == EDITOR_NEXT_POINT);
		break;
	case EDITOR_FIND:
		editor_find_ask(e);
		break;
	case EDITOR_FIND_NEXT:
	case EDITOR_FIND_AGAIN:
	case EDITOR_FIND_PREVIOUS:
		editor_find_step(e, action != EDITOR_FIND_PREVIOUS);
		break;
	case EDITOR_CONSOLIDATE:
		consolidate_ask(e->view.views, e->view.host, e->doc->name);
		break;
	case EDITOR_LIST:
		editor_toggle_list(e);
		break;
	case EDITOR_WORDS:
		editor_words(e);
		break;
	case EDITOR_SAVE:
		editor_save(e);
		break;
	case EDITOR_COMMIT:
		editor_commit_ask(e);
		break;
	case EDITOR_EXTERNAL:
		editor_external(e);
		break;
	case EDITOR_EXPORT:
		editor_export(e, arg);
		break;
	case EDITOR_ESCAPE:
		escape(e);
		break;
	case EDITOR_BLAME:
		editor_blame(e);
		break;
	default:
		if ((size_t)action < sizeof(views) / sizeof(*views) && views[action])
			editor_open(e, views[action]);
		break;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct editor *e = editor_of(v);

	editor_follow(e);
	if (action == EVERYWHERE_BACK)
		return editor_leave(e);
	if (action >= EDITOR_LEFT && action <= EDITOR_BOTTOM)
		editor_step(e, (enum editor_step)(action - EDITOR_LEFT),
			    (key->code & KEY_SHIFT) != 0);
	else if (action >= EDITOR_ENTER && action <= EDITOR_REPLACE &&
		 (action < EDITOR_FIND || action == EDITOR_REPLACE))
		act_on_text(e, action);
	else if (action == EDITOR_OPTION && arg.len)
		editor_option(e, arg);
	else if (action >= EDITOR_MEND && action <= EDITOR_RENUMBER)
		bracket_edits[action](e);
	else
		act_on_rest(e, action, arg);
	return true;
}

static bool on_key(struct view *v, const struct key *key)
{
	struct editor *e = editor_of(v);
	char bytes[4];

	editor_follow(e);
	switch (key->code) {
	case KEY_PASTE:
		editor_paste(e, key->text);
		return true;
	case KEY_POINTER:
		return editor_pointer(e, &key->pointer);
	case KEY_FOCUS_IN:
	case KEY_RESUMED:
		editor_look_outside(e);
		return true;
	case KEY_TAB:
		editor_type(e, "\t", 1);
		return true;
	default:
		break;
	}
	if (!key_is_text(key))
		return false;
	editor_type(e, bytes, utf8_encode(key->code & KEY_BASE, bytes));
	return true;
}

static void complete(const struct view *v, int action, struct slice typed,
		     struct prompt_candidates *c)
{
	const struct editor *e = (const struct editor *)v;
	static const char *const formats[] = {"docx", "odt",        "html",
					      "text", "docx clean", "text clean"};

	(void)typed;
	if (action == EDITOR_EXPORT)
		for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
			prompt_candidate_add(c, slice_of(formats[i]), (struct slice){NULL, 0});
	if (action != EDITOR_GOTO)
		return;
	for (size_t i = 0; i < e->doc->brackets.n_points; i++) {
		struct slice id =
			point_id(&e->doc->brackets, &e->doc->brackets.points[i], e->doc->flat);
		if (id.len)
			prompt_candidate_add(c, id, (struct slice){NULL, 0});
	}
}

static bool idle(struct view *v)
{
	struct editor *e = editor_of(v);
	const struct host *host = v->host;

	if (HOST_CAN(host, workspace) && host->workspace(host->data)) {
		unsigned generation = host->workspace(host->data)->generation;
		if (generation != e->generation)
			editor_look_outside(e);
		e->generation = generation;
	}
	uint64_t was = e->doc->generation;
	bool more = doc_idle(e->doc);
	if (was != e->doc->generation)
		views_touch(v->views);
	return more;
}

static void shown(struct view *v)
{
	editor_forget_layouts(editor_of(v));
	editor_follow(editor_of(v));
	editor_look_outside(editor_of(v));
}

static void editor_free(struct view *v)
{
	struct editor *e = editor_of(v);

	layout_cache_release(&e->cache);
	editor_search_release(&e->search);
	str_release(&e->cut_raw);
	str_release(&e->cut_shown);
	editor_rows_release(&e->screen);
	editor_rows_release(&e->before);
	free(e->styles);
	if (HOST_CAN(v->host, close))
		v->host->close(v->host->data, e->doc);
	free(e);
}

const struct view_ops view_editor_ops = {
	.name = "editor",
	.title = N_("Editor"),
	.about = N_("Write and change a draft; its brackets are shown as you type."),
	.actions = editor_actions,
	.flags = VIEW_TEXT,
	.prepare = prepare,
	.draw = editor_draw,
	.headline = editor_headline,
	.status = editor_status,
	.below_rows = editor_below_rows,
	.draw_below = editor_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.complete = complete,
	.idle = idle,
	.shown = shown,
	.free = editor_free,
};

/* Where one begins to read: after the front matter. */
static size_t beginning(const struct doc *d)
{
	size_t at = d->draft.front.present ? d->draft.front.end : 0, end = at;

	while (end < d->flat.len && (d->flat.p[end] == '\n' || d->flat.p[end] == '\r'))
		end++;
	return at && end < d->flat.len ? end : 0;
}

struct view *view_editor_new(const struct host *host, struct doc *doc, size_t at)
{
	struct editor *e = mem_zalloc(sizeof(*e));

	e->view.ops = &view_editor_ops;
	e->view.host = host;
	e->doc = doc;
	e->seen = doc->revision;
	e->want = -1;
	e->rows = e->cols = e->text_cols = 80;
	e->point = BRACKET_NONE;
	layout_cache_init(&e->cache);
	editor_forget_layouts(e);
	view_editor_go(&e->view, at == SIZE_MAX ? beginning(doc) : at);
	return &e->view;
}

size_t view_editor_at(const struct view *v)
{
	return ((const struct editor *)v)->caret.pos;
}

void view_editor_go(struct view *v, size_t at)
{
	struct editor *e = editor_of(v);

	editor_follow(e);
	editor_unselect(e);
	editor_go(e, (struct caret){at, false}, false);
	size_t line = doc_line_begin(e->doc, e->caret.pos);
	if (e->caret.pos == line)
		return; /* not laid out before the screen's width is known */
	/* A place within a cluster or a hidden id is that unit's. */
	struct layout *l = editor_layout(e, line, NULL);
	if (e->caret.pos - line < l->bytes.len)
		e->caret.pos = line + layout_unit_of(l, e->caret.pos - line)->begin;
}
