/* SPDX-License-Identifier: MIT */
#include "ui/view_editor.h"

#include "core/mem.h"
#include "ui/editor_inner.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

enum editor_action {
	EDITOR_LEFT = 1, /* in the order of enum editor_step */
	EDITOR_RIGHT,
	EDITOR_UP,
	EDITOR_DOWN,
	EDITOR_WORD_LEFT,
	EDITOR_WORD_RIGHT,
	EDITOR_HOME,
	EDITOR_END,
	EDITOR_PAGE_UP,
	EDITOR_PAGE_DOWN,
	EDITOR_PARAGRAPH_UP,
	EDITOR_PARAGRAPH_DOWN,
	EDITOR_TOP,
	EDITOR_BOTTOM,
	EDITOR_GOTO,
	EDITOR_NEXT_POINT,
	EDITOR_PREVIOUS_POINT,
	EDITOR_ENTER,
	EDITOR_BACKSPACE,
	EDITOR_DELETE,
	EDITOR_WORD_BACKSPACE,
	EDITOR_WORD_DELETE,
	EDITOR_MARK,
	EDITOR_SELECT_ALL,
	EDITOR_CUT,
	EDITOR_COPY,
	EDITOR_CUT_PARAGRAPH,
	EDITOR_COPY_PARAGRAPH,
	EDITOR_PASTE,
	EDITOR_UNDO,
	EDITOR_REDO,
	EDITOR_FIND,
	EDITOR_FIND_NEXT,
	EDITOR_FIND_AGAIN,
	EDITOR_FIND_PREVIOUS,
	EDITOR_REPLACE,
	EDITOR_MEND,
	EDITOR_UNBRACKET,
	EDITOR_BRACKET,
	EDITOR_OPTION,
	EDITOR_SPLIT,
	EDITOR_JOIN,
	EDITOR_ALTERNATIVES,
	EDITOR_PARAGRAPHS,
	EDITOR_RENUMBER,
	EDITOR_CHAIR,
	EDITOR_COLUMNS,
	EDITOR_PREVIEW,
	EDITOR_MATRIX,
	EDITOR_LIST,
	EDITOR_WORDS,
	EDITOR_SAVE,
	EDITOR_COMMIT,
	EDITOR_EXTERNAL,
	EDITOR_EXPORT,
	EDITOR_ESCAPE
};

#define BOTH(key) (key), KEY_SHIFT | (key)

static const struct action actions[] = {
	{.id = EDITOR_NEXT_POINT,
	 .name = "next-point",
	 .keys = {FN_KEY(8)},
	 .label = N_("next point"),
	 .help = N_("Go to the next point."),
	 .group = ACTION_MOVE,
	 .rank = 5},
	{.id = EDITOR_PREVIOUS_POINT,
	 .name = "previous-point",
	 .keys = {FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("Go to the point before."),
	 .group = ACTION_MOVE,
	 .rank = 9},
	{.id = EDITOR_GOTO,
	 .name = "goto",
	 .keys = {CTRL_KEY('g')},
	 .label = N_("go to"),
	 .help = N_("Go to a paragraph (12), a point ([5), a line (:40) or a point's id."),
	 .group = ACTION_MOVE,
	 .rank = 13,
	 .argument = N_("PLACE")},
	{.id = EDITOR_FIND,
	 .name = "find",
	 .keys = {CTRL_KEY('f')},
	 .label = N_("find"),
	 .help = N_("Find a text, or a /regular expression/; hits show as you type."),
	 .group = ACTION_MOVE,
	 .rank = 7},
	{.id = EDITOR_FIND_NEXT,
	 .name = "find-next",
	 .keys = {CTRL_KEY('n')},
	 .label = N_("next hit"),
	 .help = N_("Go to the next hit of the search."),
	 .group = ACTION_MOVE,
	 .rank = 3},
	{.id = EDITOR_FIND_AGAIN,
	 .name = "find-again",
	 .keys = {CTRL_KEY('n')},
	 .help = N_("Show the hits of the last search again, and go to the next one."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_FIND_PREVIOUS,
	 .name = "find-previous",
	 .keys = {CTRL_KEY('p')},
	 .help = N_("Go to the hit before."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_LEFT,
	 .name = "left",
	 .keys = {BOTH(KEY_ARROW_LEFT)},
	 .help = N_("Move one character left; with Shift, select it."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_RIGHT,
	 .name = "right",
	 .keys = {BOTH(KEY_ARROW_RIGHT)},
	 .help = N_("Move one character right; with Shift, select it."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_UP,
	 .name = "up",
	 .keys = {BOTH(KEY_ARROW_UP)},
	 .help = N_("Move one row up; with Shift, select on the way."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_DOWN,
	 .name = "down",
	 .keys = {BOTH(KEY_ARROW_DOWN)},
	 .help = N_("Move one row down; with Shift, select on the way."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_WORD_LEFT,
	 .name = "word-left",
	 .keys = {BOTH(KEY_CTRL | KEY_ARROW_LEFT), BOTH(KEY_ALT | KEY_ARROW_LEFT)},
	 .help = N_("Move to the beginning of the word before."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_WORD_RIGHT,
	 .name = "word-right",
	 .keys = {BOTH(KEY_CTRL | KEY_ARROW_RIGHT), BOTH(KEY_ALT | KEY_ARROW_RIGHT)},
	 .help = N_("Move to the beginning of the next word."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_HOME,
	 .name = "row-begin",
	 .keys = {BOTH(KEY_LINE_HOME)},
	 .help = N_("Move to the beginning of the row."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_END,
	 .name = "row-end",
	 .keys = {BOTH(KEY_LINE_END)},
	 .help = N_("Move to the end of the row."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_PAGE_UP,
	 .name = "page-up",
	 .keys = {BOTH(KEY_PAGE_UP)},
	 .help = N_("Move one page up."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_PAGE_DOWN,
	 .name = "page-down",
	 .keys = {BOTH(KEY_PAGE_DOWN)},
	 .help = N_("Move one page down."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_PARAGRAPH_UP,
	 .name = "paragraph-up",
	 .keys = {BOTH(KEY_ALT | KEY_ARROW_UP), BOTH(KEY_CTRL | KEY_ARROW_UP)},
	 .help = N_("Move to the beginning of this or the paragraph before."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_PARAGRAPH_DOWN,
	 .name = "paragraph-down",
	 .keys = {BOTH(KEY_ALT | KEY_ARROW_DOWN), BOTH(KEY_CTRL | KEY_ARROW_DOWN)},
	 .help = N_("Move to the next paragraph."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_TOP,
	 .name = "top",
	 .keys = {BOTH(KEY_CTRL | KEY_LINE_HOME), BOTH(KEY_ALT | KEY_LINE_HOME)},
	 .help = N_("Move to the beginning of the draft."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_BOTTOM,
	 .name = "bottom",
	 .keys = {BOTH(KEY_CTRL | KEY_LINE_END), BOTH(KEY_ALT | KEY_LINE_END)},
	 .help = N_("Move to the end of the draft."),
	 .group = ACTION_MOVE},
	{.id = EDITOR_ENTER,
	 .name = "new-paragraph",
	 .keys = {KEY_RETURN},
	 .help = N_("Begin a new paragraph."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_BACKSPACE,
	 .name = "backspace",
	 .keys = {KEY_ERASE, KEY_SHIFT | KEY_ERASE, CTRL_KEY('h')},
	 .help = N_("Delete the character before the cursor, or what is selected."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_DELETE,
	 .name = "delete",
	 .keys = {KEY_DELETE, CTRL_KEY('d')},
	 .help = N_("Delete the character at the cursor, or what is selected."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_WORD_BACKSPACE,
	 .name = "delete-word-before",
	 .keys = {KEY_ALT | KEY_ERASE, KEY_CTRL | KEY_ERASE},
	 .help = N_("Delete to the beginning of the word."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_WORD_DELETE,
	 .name = "delete-word",
	 .keys = {KEY_CTRL | KEY_DELETE, KEY_ALT | KEY_DELETE, ALT_KEY('d')},
	 .help = N_("Delete to the next word."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_MARK,
	 .name = "select",
	 .keys = {KEY_CTRL | ' ', CTRL_KEY('@')},
	 .help = N_("Begin to select; moving the cursor extends it, Esc ends it."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_SELECT_ALL,
	 .name = "select-all",
	 .keys = {CTRL_KEY('a')},
	 .help = N_("Select the whole draft."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_CUT,
	 .name = "cut",
	 .keys = {CTRL_KEY('x'), KEY_SHIFT | KEY_DELETE},
	 .label = N_("cut"),
	 .help = N_("Cut what is selected."),
	 .group = ACTION_EDIT,
	 .rank = 4},
	{.id = EDITOR_COPY,
	 .name = "copy",
	 .keys = {CTRL_KEY('c'), KEY_CTRL | KEY_INSERT},
	 .label = N_("copy"),
	 .help = N_(
		 "Copy what is selected, or the paragraph; also to the terminal's clipboard."),
	 .group = ACTION_EDIT,
	 .rank = 4},
	{.id = EDITOR_CUT_PARAGRAPH,
	 .name = "cut-paragraph",
	 .keys = {CTRL_KEY('x'), KEY_SHIFT | KEY_DELETE},
	 .help = N_("Cut the whole paragraph, where nothing is selected."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_COPY_PARAGRAPH,
	 .name = "copy-paragraph",
	 .keys = {CTRL_KEY('c'), KEY_CTRL | KEY_INSERT},
	 .help = N_("Copy the whole paragraph, where nothing is selected."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_PASTE,
	 .name = "paste",
	 .keys = {CTRL_KEY('v'), KEY_SHIFT | KEY_INSERT},
	 .help = N_("Put in what was cut or copied last."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_UNDO,
	 .name = "undo",
	 .keys = {CTRL_KEY('u'), ALT_KEY('u')},
	 .label = N_("undo"),
	 .help = N_("Take back the last change."),
	 .group = ACTION_EDIT,
	 .rank = 6},
	{.id = EDITOR_REDO,
	 .name = "redo",
	 .keys = {CTRL_KEY('y'), ALT_KEY('r')},
	 .help = N_("Do again what was taken back."),
	 .group = ACTION_EDIT},
	{.id = EDITOR_REPLACE,
	 .name = "replace",
	 .keys = {CTRL_KEY('r')},
	 .label = N_("replace"),
	 .help = N_("Replace a text by another, one by one, all at once, or as [old / new]."),
	 .group = ACTION_EDIT,
	 .rank = 14},
	{.id = EDITOR_MEND,
	 .name = "mend",
	 .keys = {FN_KEY(2)},
	 .label = N_("mend"),
	 .help = N_("Close, open, escape or remove an unpaired bracket."),
	 .group = ACTION_BRACKET,
	 .rank = 2},
	{.id = EDITOR_UNBRACKET,
	 .name = "unbracket",
	 .keys = {FN_KEY(2)},
	 .label = N_("brackets off"),
	 .help = N_(
		 "Take the brackets off a point with one wording: it is agreed as it stands."),
	 .group = ACTION_BRACKET,
	 .rank = 2},
	{.id = EDITOR_BRACKET,
	 .name = "bracket",
	 .keys = {FN_KEY(2)},
	 .label = N_("bracket"),
	 .help = N_("Put what is selected, or the word at the cursor, in brackets."),
	 .group = ACTION_BRACKET,
	 .rank = 2},
	{.id = EDITOR_OPTION,
	 .name = "option",
	 .keys = {FN_KEY(3)},
	 .label = N_("option"),
	 .help = N_("Add a wording to the point or the selection; \"AFR: …\" says who asks."),
	 .group = ACTION_BRACKET,
	 .rank = 2,
	 .argument = N_("WORDING")},
	{.id = EDITOR_SPLIT,
	 .name = "split",
	 .keys = {FN_KEY(4)},
	 .label = N_("split"),
	 .help = N_("Make two points of [A] [B]: they are two doubts, not one choice."),
	 .group = ACTION_BRACKET,
	 .rank = 10},
	{.id = EDITOR_JOIN,
	 .name = "join",
	 .keys = {FN_KEY(4)},
	 .help = N_("Make one point of this and the next: they are one choice."),
	 .group = ACTION_BRACKET},
	{.id = EDITOR_ALTERNATIVES,
	 .name = "alternatives",
	 .keys = {ALT_KEY('a')},
	 .label = N_("alternatives"),
	 .help = N_("Make the selected paragraphs one point that offers each of them."),
	 .group = ACTION_BRACKET,
	 .rank = 3},
	{.id = EDITOR_PARAGRAPHS,
	 .name = "paragraphs",
	 .keys = {ALT_KEY('a')},
	 .label = N_("paragraphs"),
	 .help = N_("Make plain paragraphs of a point that offers paragraphs."),
	 .group = ACTION_BRACKET,
	 .rank = 10},
	{.id = EDITOR_RENUMBER,
	 .name = "renumber",
	 .help = N_("Number the clauses in sequence; references to them follow."),
	 .group = ACTION_BRACKET},
	{.id = EDITOR_CHAIR,
	 .name = "chair",
	 .keys = {FN_KEY(9)},
	 .label = N_("chair"),
	 .help = N_("Decide the point in the chair's view."),
	 .group = ACTION_DECIDE,
	 .rank = 8},
	{.id = EDITOR_COLUMNS,
	 .name = "columns",
	 .help = N_("See the draft and the regions' texts side by side."),
	 .group = ACTION_SHOW},
	{.id = EDITOR_PREVIEW,
	 .name = "preview",
	 .keys = {FN_KEY(5)},
	 .label = N_("what if"),
	 .help = N_("Try options and see the text they would leave; nothing is written."),
	 .group = ACTION_SHOW,
	 .rank = 12},
	{.id = EDITOR_MATRIX,
	 .name = "matrix",
	 .help = N_("See which region stands where on each open point, and record it."),
	 .group = ACTION_SHOW},
	{.id = EDITOR_LIST,
	 .name = "points",
	 .keys = {FN_KEY(6)},
	 .label = N_("list"),
	 .help = N_("Show or hide the list of points beside the text."),
	 .group = ACTION_SHOW,
	 .rank = 11},
	{.id = EDITOR_WORDS,
	 .name = "words",
	 .keys = {CTRL_KEY('w')},
	 .help = N_("Count the words: of the draft, in brackets, selected."),
	 .group = ACTION_SHOW},
	{.id = EDITOR_SAVE,
	 .name = "save",
	 .keys = {CTRL_KEY('s')},
	 .label = N_("save"),
	 .help = N_("Save the draft to its file."),
	 .group = ACTION_FILE,
	 .rank = 1},
	{.id = EDITOR_COMMIT,
	 .name = "commit",
	 .keys = {CTRL_KEY('k')},
	 .label = N_("commit"),
	 .help = N_("Save the draft and commit it, with a message."),
	 .group = ACTION_FILE,
	 .rank = 3},
	{.id = EDITOR_EXTERNAL,
	 .name = "external",
	 .keys = {CTRL_KEY('e')},
	 .help = N_("Edit the draft in $VISUAL or $EDITOR, and come back with what it left."),
	 .group = ACTION_FILE},
	{.id = EDITOR_EXPORT,
	 .name = "export",
	 .help = N_(
		 "Write it as docx, odt, html or text; \"clean\": under the choices so far."),
	 .group = ACTION_FILE,
	 .argument = N_("FORMAT [clean]")},
	{.id = EDITOR_ESCAPE,
	 .name = "unmark",
	 .keys = {KEY_ESCAPE},
	 .help = N_("Drop the selection and the marks of a search."),
	 .group = ACTION_SHOW},
	{0}};

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
	case EDITOR_CHAIR:
		editor_open(e, "chair");
		break;
	case EDITOR_PREVIEW:
		editor_open(e, "preview");
		break;
	case EDITOR_COLUMNS:
		editor_open(e, "columns");
		break;
	case EDITOR_MATRIX:
		editor_open(e, "matrix");
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
	default:
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
	editor_of(v)->memo.layout = NULL; /* the settings may be others */
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
	free(e->screen);
	free(e->glyphs);
	free(e->styles);
	if (HOST_CAN(v->host, close))
		v->host->close(v->host->data, e->doc);
	free(e);
}

const struct view_ops view_editor_ops = {
	.name = "editor",
	.title = N_("Editor"),
	.about = N_("Write and change a draft; its brackets are shown as you type."),
	.actions = actions,
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
	/* A place within a cluster or a hidden id is that unit's. */
	size_t line = doc_line_begin(e->doc, e->caret.pos);
	struct layout *l = editor_layout(e, line, NULL);
	if (e->caret.pos - line < l->bytes.len)
		e->caret.pos = line + layout_unit_of(l, e->caret.pos - line)->begin;
}
