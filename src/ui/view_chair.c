/* SPDX-License-Identifier: MIT */
#include "ui/view_chair.h"

#include "chair_inner.h"
#include "core/mem.h"
#include "ui/keymap.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHAIR_CHOOSE = 1,
	CHAIR_NO_TEXT,
	CHAIR_ALL,
	CHAIR_TEXT,
	CHAIR_LINKED,
	CHAIR_HERE,
	CHAIR_DEFER,
	CHAIR_UNDEFER,
	CHAIR_SPLIT,
	CHAIR_JOIN,
	CHAIR_UNDO,
	CHAIR_NEXT,
	CHAIR_PREVIOUS,
	CHAIR_FIRST,
	CHAIR_LAST,
	CHAIR_GOTO,
	CHAIR_AGREE,
	CHAIR_EDIT,
	CHAIR_PREVIEW,
	CHAIR_WHO,
	CHAIR_EASIEST,
	CHAIR_MATRIX,
	CHAIR_COLUMNS,
	CHAIR_LOG,
	CHAIR_LIFE,
	CHAIR_BACK,
	CHAIR_BRING_BACK,
	CHAIR_MORE_UP,
	CHAIR_MORE_DOWN
};

static const struct action actions[] = {
	{.id = CHAIR_CHOOSE,
	 .name = "choose",
	 .keys = {'1'},
	 .last_key = '9',
	 .label = N_("choose"),
	 .help = N_("Decide for the option with that number; beyond nine type it, then Enter."),
	 .group = ACTION_DECIDE,
	 .rank = 1,
	 .argument = N_("NUMBER")},
	{.id = CHAIR_NO_TEXT,
	 .name = "no-text",
	 .keys = {'0'},
	 .label = N_("no text"),
	 .help = N_("Decide that nothing stands here."),
	 .group = ACTION_DECIDE,
	 .rank = 2},
	{.id = CHAIR_ALL,
	 .name = "all-paragraphs",
	 .keys = {'a'},
	 .label = N_("keep all"),
	 .help = N_("Keep all paragraphs of the block, without its brackets."),
	 .group = ACTION_DECIDE,
	 .rank = 2},
	{.id = CHAIR_TEXT,
	 .name = "text",
	 .keys = {'t'},
	 .label = N_("new text"),
	 .help = N_("Type a wording that bridges the options."),
	 .group = ACTION_DECIDE,
	 .rank = 3,
	 .argument = N_("WORDING")},
	{.id = CHAIR_LINKED,
	 .name = "linked",
	 .keys = {'.'},
	 .label = N_("all linked"),
	 .help = N_("Show the other places with the same wording: one choice is for all."),
	 .group = ACTION_DECIDE,
	 .rank = 4},
	{.id = CHAIR_HERE,
	 .name = "only-here",
	 .keys = {KEY_ESCAPE, '.'},
	 .label = N_("only here"),
	 .help = N_("Decide this place alone after all."),
	 .group = ACTION_DECIDE,
	 .rank = 4},
	{.id = CHAIR_UNDO,
	 .name = "undo",
	 .keys = {'u'},
	 .label = N_("undo"),
	 .help = N_("Undo the last decision on this draft, by a commit that says so."),
	 .group = ACTION_DECIDE,
	 .rank = 5},
	{.id = CHAIR_DEFER,
	 .name = "defer",
	 .keys = {'d'},
	 .label = N_("put off"),
	 .help = N_("Put the point off, with a reason."),
	 .group = ACTION_DECIDE,
	 .rank = 6},
	{.id = CHAIR_UNDEFER,
	 .name = "take-up",
	 .keys = {'d'},
	 .label = N_("take up"),
	 .help = N_("Take up the point that was put off."),
	 .group = ACTION_DECIDE,
	 .rank = 6},
	{.id = CHAIR_AGREE,
	 .name = "agree",
	 .keys = {'r'},
	 .label = N_("agreed"),
	 .help = N_("Mark the paragraph agreed ad referendum, or take that back."),
	 .group = ACTION_DECIDE,
	 .rank = 7},
	{.id = CHAIR_SPLIT,
	 .name = "split",
	 .keys = {'/'},
	 .label = N_("split"),
	 .help = N_("Make two points of adjacent brackets: the first one, and the others."),
	 .group = ACTION_BRACKET,
	 .rank = 8},
	{.id = CHAIR_JOIN,
	 .name = "join",
	 .keys = {'/'},
	 .label = N_("join"),
	 .help = N_("Make one point of this bracket and the next one."),
	 .group = ACTION_BRACKET,
	 .rank = 8},
	{.id = CHAIR_NEXT,
	 .name = "next",
	 .keys = {'n', KEY_ARROW_RIGHT, ' ', FN_KEY(8)},
	 .label = N_("next"),
	 .help = N_("Go to the next point."),
	 .group = ACTION_MOVE,
	 .rank = 3},
	{.id = CHAIR_PREVIOUS,
	 .name = "previous",
	 .keys = {'p', KEY_ARROW_LEFT, FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("Go to the previous point."),
	 .group = ACTION_MOVE,
	 .rank = 8},
	{.id = CHAIR_FIRST,
	 .name = "first",
	 .keys = {KEY_LINE_HOME},
	 .help = N_("Go to the first point."),
	 .group = ACTION_MOVE},
	{.id = CHAIR_LAST,
	 .name = "last",
	 .keys = {KEY_LINE_END},
	 .help = N_("Go to the last point."),
	 .group = ACTION_MOVE},
	{.id = CHAIR_GOTO,
	 .name = "goto",
	 .keys = {'g'},
	 .label = N_("go to"),
	 .help = N_("Go to the point with that number."),
	 .group = ACTION_MOVE,
	 .rank = 10,
	 .argument = N_("NUMBER")},
	{.id = CHAIR_MORE_UP,
	 .name = "options-up",
	 .keys = {KEY_ARROW_UP, KEY_PAGE_UP},
	 .help = N_("Show the options above."),
	 .group = ACTION_MOVE},
	{.id = CHAIR_MORE_DOWN,
	 .name = "options-down",
	 .keys = {KEY_ARROW_DOWN, KEY_PAGE_DOWN},
	 .label = N_("more options"),
	 .help = N_("Show the options below."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = CHAIR_EDIT,
	 .name = "edit",
	 .keys = {KEY_RETURN, 'E'},
	 .label = N_("edit"),
	 .help = N_("Open the draft in the editor at this point."),
	 .group = ACTION_SHOW,
	 .rank = 9},
	{.id = CHAIR_PREVIEW,
	 .name = "preview",
	 .keys = {'i'},
	 .label = N_("what if"),
	 .help = N_("Try options and see the text they would leave; nothing is written."),
	 .group = ACTION_SHOW,
	 .rank = 9},
	{.id = CHAIR_WHO,
	 .name = "who",
	 .keys = {'w'},
	 .label = N_("who"),
	 .help = N_("Show who speaks for each region, what it said, where and since when."),
	 .group = ACTION_SHOW,
	 .rank = 7},
	{.id = CHAIR_EASIEST,
	 .name = "easiest",
	 .keys = {'e'},
	 .label = N_("easiest"),
	 .help = N_("Go to the point that is nearest to agreement."),
	 .group = ACTION_MOVE,
	 .rank = 6},
	{.id = CHAIR_MATRIX,
	 .name = "matrix",
	 .keys = {'m'},
	 .label = N_("matrix"),
	 .help = N_("See which region stands where on each open point, and record it."),
	 .group = ACTION_SHOW,
	 .rank = 9},
	{.id = CHAIR_LOG,
	 .name = "log",
	 .help = N_("See the draft's versions, and what each one changed."),
	 .group = ACTION_SHOW},
	{.id = CHAIR_LIFE,
	 .name = "life",
	 .keys = {'L'},
	 .label = N_("life"),
	 .help = N_("See what became of this point: who asked for what, when."),
	 .group = ACTION_SHOW,
	 .rank = 10},
	{.id = CHAIR_COLUMNS,
	 .name = "columns",
	 .keys = {'v'},
	 .help = N_("See the draft and the regions' texts side by side, from this point on."),
	 .group = ACTION_SHOW},
	{.id = CHAIR_BACK,
	 .name = "leave",
	 .keys = {KEY_ESCAPE},
	 .help = N_("Go back."),
	 .group = ACTION_GENERAL,
	 .flags = ACTION_HIDDEN},
	{.id = CHAIR_BRING_BACK,
	 .name = "bring-back",
	 .keys = {'b'},
	 .label = N_("bring edits back"),
	 .help = N_("Put the edits that were set aside into the draft again."),
	 .group = ACTION_FILE,
	 .rank = 7},
	{0},
};

static struct chair *chair_of(struct view *v)
{
	return (struct chair *)v;
}

const struct point *chair_point(const struct chair *ch)
{
	return ch->point < ch->doc->brackets.n_points ? &ch->doc->brackets.points[ch->point]
						      : NULL;
}

/* ---- focus ---- */

void chair_focus(struct chair *ch, uint32_t point)
{
	ch->point = point;
	ch->all_linked = false;
	ch->top = 0;
	ch->generation = 0;
	ch->seen = ch->doc->revision;
	if (chair_point(ch))
		ch->at = point_begin(&ch->doc->brackets, chair_point(ch));
}

void chair_focus_from(struct chair *ch, size_t pos)
{
	uint32_t point = brackets_point_from(&ch->doc->brackets, pos);

	if (point == BRACKET_NONE && ch->doc->brackets.n_points)
		point = 0;
	chair_focus(ch, point);
}

/* After a change by somebody else the point that begins where ours did, or the next one. */
static void find_again(struct chair *ch)
{
	struct text_change change;

	doc_refresh(ch->doc);
	doc_read(ch->doc);
	if (!ch->undoing && ch->seen != ch->doc->revision &&
	    text_change_since(ch->doc->text, ch->seen, &change)) {
		if (ch->at >= change.begin + change.old_len)
			ch->at = ch->at - change.old_len + change.new_len;
		else if (ch->at > change.begin)
			ch->at = change.begin;
	}
	ch->seen = ch->doc->revision;
	if (!chair_point(ch) || point_begin(&ch->doc->brackets, chair_point(ch)) != ch->at)
		chair_focus_from(ch, ch->at);
}

uint32_t chair_agreeable(const struct chair *ch)
{
	uint32_t i;

	if (ch->settled) {
		i = draft_paragraph_at(&ch->doc->draft, ch->settled_at);
		if (i != PARAGRAPH_NONE && ch->doc->draft.v[i].kind != PARA_BLANK)
			return i;
	}
	return PARAGRAPH_NONE;
}

static void move(struct chair *ch, bool next)
{
	bool wrapped = false;
	uint32_t point;

	if (!ch->doc->brackets.n_points)
		return;
	point = next ? doc_point_next(ch->doc, ch->at, &wrapped)
		     : doc_point_previous(ch->doc, ch->at, &wrapped);
	chair_focus(ch, point);
	if (wrapped)
		views_message(ch->view.views, MESSAGE_INFO,
			      next ? _("From the last point to the first.")
				   : _("From the first point to the last."));
}

static void go_to(struct chair *ch, struct slice text)
{
	struct error err = ERROR_INIT;
	struct choice number;

	if (choice_read(&number, text, slice_make(NULL, 0), &err) < 0 ||
	    number.kind != CHOOSE_OPTION || !number.option ||
	    number.option > ch->doc->brackets.n_points) {
		views_message(ch->view.views, MESSAGE_WARN,
			      _("The points have numbers from 1 to %zu."),
			      ch->doc->brackets.n_points);
		return;
	}
	chair_focus(ch, (uint32_t)number.option - 1);
}

static void goto_typed(void *arg, const struct slice *text)
{
	if (text)
		go_to(arg, *text);
}

/* ---- what can be done ---- */

static bool can_decide(const struct chair *ch)
{
	return chair_point(ch) && HOST_CAN(ch->host, decide) && !ch->doc->read_only;
}

static bool can(const struct view *v, int action)
{
	const struct chair *ch = (const struct chair *)v;
	const struct point *p = chair_point(ch);

	switch (action) {
	case CHAIR_CHOOSE:
		return can_decide(ch) && p->n_options;
	case CHAIR_NO_TEXT:
	case CHAIR_TEXT:
		return can_decide(ch);
	case CHAIR_ALL:
		return can_decide(ch) && p->kind == KIND_BLOCK;
	case CHAIR_LINKED:
		return can_decide(ch) && ch->n_linked && !ch->all_linked;
	case CHAIR_HERE:
		return ch->all_linked;
	case CHAIR_DEFER:
		return can_decide(ch) && HOST_CAN(ch->host, defer) && !ch->deferred;
	case CHAIR_UNDEFER:
		return ch->deferred && HOST_CAN(ch->host, undefer);
	case CHAIR_SPLIT:
		return can_decide(ch) && HOST_CAN(ch->host, edit) && chair_can_split(ch);
	case CHAIR_JOIN:
		return can_decide(ch) && HOST_CAN(ch->host, edit) && chair_can_join(ch);
	case CHAIR_UNDO:
		return HOST_CAN(ch->host, undo_decision) && !ch->doc->read_only;
	case CHAIR_AGREE:
		return HOST_CAN(ch->host, agree) && chair_agreeable(ch) != PARAGRAPH_NONE;
	case CHAIR_EDIT:
		return HOST_CAN(ch->host, open_view);
	case CHAIR_PREVIEW:
		return p && HOST_CAN(ch->host, open_view);
	case CHAIR_COLUMNS:
		return HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, texts);
	case CHAIR_LOG:
		return HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, log_open);
	case CHAIR_LIFE:
		return p && HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, lives_open);
	case CHAIR_WHO:
		return p && ch->doc->parties->n;
	case CHAIR_EASIEST:
		return p && HOST_CAN(ch->host, positions);
	case CHAIR_MATRIX:
		return p && HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, positions);
	case CHAIR_BACK:
		return !ch->all_linked && views_count(v->views) > 1;
	case CHAIR_BRING_BACK:
		return ch->aside && HOST_CAN(ch->host, bring_back) && !ch->doc->read_only;
	case CHAIR_MORE_UP:
		return ch->top > 0;
	case CHAIR_MORE_DOWN:
		return ch->options_cut && ch->top + 1 < ch->n_options;
	default:
		return p != NULL;
	}
}

static void choose(struct chair *ch, const struct key *key, struct slice arg)
{
	struct choice choice = {.kind = CHOOSE_OPTION};
	struct error err = ERROR_INIT;

	if (arg.len) {
		if (choice_read(&choice, arg, slice_make(NULL, 0), &err) < 0)
			views_error(ch->view.views, &err);
		else
			chair_choose(ch, &choice);
		return;
	}
	if (!key || key->code < '1' || key->code > '9')
		return;
	if (chair_point(ch)->n_options > 9) {
		chair_ask_number(ch, key->code);
		return;
	}
	choice.option = key->code - '0';
	chair_choose(ch, &choice);
}

static void decide_text(struct chair *ch, struct slice arg)
{
	struct choice choice = {.kind = CHOOSE_TEXT, .text = arg};

	if (arg.len)
		chair_choose(ch, &choice);
	else
		chair_ask_text(ch);
}

static void open_view(struct chair *ch, const char *view)
{
	struct error err = ERROR_INIT;

	if (ch->host->open_view(ch->host->data, view, ch->doc->name, ch->at, &err) < 0)
		views_error(ch->view.views, &err);
}

static void go_to_easiest(struct chair *ch)
{
	uint32_t point;

	find_again(ch);
	point = chair_easiest(ch);
	if (point == BRACKET_NONE)
		views_message(ch->view.views, MESSAGE_INFO, "%s",
			      _("Nobody has spoken on another open point."));
	else
		chair_focus(ch, point);
}

/* Where we came from it, back to it. */
static void go_to_matrix(struct chair *ch)
{
	struct views *vs = ch->view.views;
	struct view *below = views_count(vs) > 1 ? views_at(vs, views_count(vs) - 2) : NULL;

	if (below && strcmp(below->ops->name, "matrix") == 0)
		views_pop(vs);
	else
		open_view(ch, "matrix");
}

static void ask_goto(struct chair *ch, struct slice arg)
{
	struct prompt_request ask = {
		.label = _("Go to point"), .done = goto_typed, .arg = ch, .secret = true};

	if (arg.len)
		go_to(ch, arg);
	else
		views_ask(ch->view.views, &ask);
}

/* To another view of the draft, or back. */
static bool leave(struct chair *ch, int action)
{
	switch (action) {
	case CHAIR_EDIT:
		open_view(ch, "editor");
		return true;
	case CHAIR_PREVIEW:
		open_view(ch, "preview");
		return true;
	case CHAIR_COLUMNS:
		open_view(ch, "columns");
		return true;
	case CHAIR_LOG:
	case CHAIR_LIFE:
		open_view(ch, action == CHAIR_LOG ? "log" : "life");
		return true;
	case CHAIR_MATRIX:
		go_to_matrix(ch);
		return true;
	case CHAIR_BACK:
		views_pop(ch->view.views);
		return true;
	default:
		return false;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	static const struct choice no_text = {.kind = CHOOSE_OPTION},
				   all = {.kind = CHOOSE_ALL};
	struct chair *ch = chair_of(v);

	switch (action) {
	case CHAIR_CHOOSE:
		choose(ch, key, arg);
		return true;
	case CHAIR_NO_TEXT:
		chair_choose(ch, &no_text);
		return true;
	case CHAIR_ALL:
		chair_choose(ch, &all);
		return true;
	case CHAIR_TEXT:
		decide_text(ch, arg);
		return true;
	case CHAIR_LINKED:
	case CHAIR_HERE:
		ch->all_linked = action == CHAIR_LINKED;
		ch->generation = 0;
		return true;
	case CHAIR_UNDO:
		chair_undo(ch);
		return true;
	case CHAIR_DEFER:
		chair_ask_defer(ch);
		return true;
	case CHAIR_UNDEFER:
		chair_undefer(ch);
		return true;
	case CHAIR_AGREE:
		chair_agree(ch);
		return true;
	case CHAIR_SPLIT:
	case CHAIR_JOIN:
		chair_split_or_join(ch);
		return true;
	case CHAIR_NEXT:
	case CHAIR_PREVIOUS:
		move(ch, action == CHAIR_NEXT);
		return true;
	case CHAIR_FIRST:
	case CHAIR_LAST:
		chair_focus(ch, action == CHAIR_FIRST
					? 0
					: (uint32_t)ch->doc->brackets.n_points - 1);
		return true;
	case CHAIR_GOTO:
		ask_goto(ch, arg);
		return true;
	case CHAIR_MORE_UP:
		ch->top--;
		ch->generation = 0;
		return true;
	case CHAIR_MORE_DOWN:
		ch->top++;
		ch->generation = 0;
		return true;
	case CHAIR_BRING_BACK:
		chair_bring_back(ch);
		return true;
	case CHAIR_WHO:
		ch->who = !ch->who;
		ch->generation = 0;
		return true;
	case CHAIR_EASIEST:
		go_to_easiest(ch);
		return true;
	default:
		return leave(ch, action);
	}
}

/* ---- the view ---- */

static void prepare(struct view *v, int rows, int cols)
{
	struct chair *ch = chair_of(v);

	if (ch->generation == ch->doc->generation && ch->side == chair_side(ch) &&
	    ch->rows == rows && ch->cols == cols)
		return;
	find_again(ch);
	chair_lay_out(ch, rows, cols);
	ch->rows = rows;
	ch->cols = cols;
	ch->generation = ch->doc->generation;
}

/* Once, when the first screen is there: pending edits are asked about before any decision. */
static bool idle(struct view *v)
{
	struct chair *ch = chair_of(v);

	if (ch->asked || !chair_point(ch) || views_is_asking(v->views))
		return false;
	ch->asked = true;
	chair_ready(ch);
	return false;
}

/* Keys that many points have, but not this one: better a word than silence. */
static bool explain(struct chair *ch, uint32_t code)
{
	const char *why = NULL;

	if (!chair_point(ch) || !can_decide(ch))
		return false;
	if (code == '.')
		why = _("This wording stands at no other place.");
	else if (code == 'a')
		why = _("There is one paragraph only: 1 keeps it, 0 drops it.");
	else if (code == '/')
		why = _("This is one bracket; there is nothing to split.");
	else if (code == 'r')
		why = _("A paragraph can be marked agreed when its last point is decided.");
	else if (code >= '1' && code <= '9')
		why = _("Nothing is offered here: t types what is to stand.");
	if (why)
		views_message(ch->view.views, MESSAGE_INFO, "%s", why);
	return why != NULL;
}

static bool on_key(struct view *v, const struct key *key)
{
	if (explain(chair_of(v), key->code))
		return true;
	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL)
		return false;
	move(chair_of(v), key->pointer.button > 0);
	return true;
}

static void shown(struct view *v)
{
	chair_of(v)->generation = 0;
	chair_of(v)->settled = false;
}

static void free_chair(struct view *v)
{
	struct chair *ch = chair_of(v);

	prose_release(&ch->context);
	for (size_t i = 0; i < ch->cap_options; i++)
		prose_release(&ch->options[i].text);
	free(ch->options);
	free(ch->linked);
	free(ch->cells);
	agreements_release(&ch->agreements);
	str_release(&ch->reason);
	if (HOST_CAN(ch->host, close))
		ch->host->close(ch->host->data, ch->doc);
	free(ch);
}

const struct view_ops view_chair_ops = {
	.name = "chair",
	.title = N_("Chair"),
	.about = N_("One point at a time: see who wants what, and decide with one key."),
	.actions = actions,
	.prepare = prepare,
	.draw = chair_draw,
	.headline = chair_headline,
	.status = chair_status,
	.below_rows = chair_below_rows,
	.draw_below = chair_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_chair,
};

struct view *view_chair_new(const struct host *host, struct doc *doc, size_t at)
{
	struct chair *ch = mem_zalloc(sizeof(*ch));
	uint32_t point;

	ch->view.ops = &view_chair_ops;
	ch->host = host;
	ch->doc = doc;
	prose_init(&ch->context);
	doc_read(doc);
	point = at == SIZE_MAX ? BRACKET_NONE : brackets_point_at(&doc->brackets, at);
	if (point == BRACKET_NONE)
		chair_focus_from(ch, at == SIZE_MAX ? 0 : at);
	else
		chair_focus(ch, point);
	return &ch->view;
}
