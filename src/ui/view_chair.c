/* SPDX-License-Identifier: MIT */
#include "ui/view_chair.h"

#include "chair_inner.h"
#include "core/mem.h"
#include "ui/common.h"
#include "ui/keymap.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

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
	case COMMON_CONSOLIDATE:
	case COMMON_LOG:
		return common_can_open(ch->host, ch->doc, action);
	case CHAIR_LIFE:
		return p && HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, lives_open);
	case CHAIR_WHO:
		return p && ch->doc->parties->n;
	case CHAIR_EASIEST:
		return p && HOST_CAN(ch->host, positions);
	case CHAIR_MATRIX:
		return p && HOST_CAN(ch->host, open_view) && HOST_CAN(ch->host, positions);
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
	case COMMON_CONSOLIDATE:
	case COMMON_LOG:
		common_open(ch->view.views, ch->host, ch->doc, action);
		return true;
	case CHAIR_LIFE:
		open_view(ch, "life");
		return true;
	case CHAIR_MATRIX:
		go_to_matrix(ch);
		return true;
	default:
		return false;
	}
}

/* What becomes of the point, or of what was decided on it. */
static bool decide(struct chair *ch, int action, const struct key *key, struct slice arg)
{
	static const struct choice no_text = {.kind = CHOOSE_OPTION},
				   all = {.kind = CHOOSE_ALL};

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
	case CHAIR_BRING_BACK:
		chair_bring_back(ch);
		return true;
	default:
		return false;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct chair *ch = chair_of(v);

	switch (action) {
	case CHAIR_LINKED:
	case CHAIR_HERE:
		ch->all_linked = action == CHAIR_LINKED;
		ch->generation = 0;
		return true;
	case COMMON_NEXT:
	case COMMON_PREVIOUS:
		move(ch, action == COMMON_NEXT);
		return true;
	case COMMON_FIRST:
	case COMMON_LAST:
		chair_focus(ch, action == COMMON_FIRST
					? 0
					: (uint32_t)ch->doc->brackets.n_points - 1);
		return true;
	case COMMON_GOTO:
		ask_goto(ch, arg);
		return true;
	case CHAIR_FIND:
		chair_find(ch, arg);
		return true;
	case CHAIR_MORE_UP:
		ch->top--;
		ch->generation = 0;
		return true;
	case CHAIR_MORE_DOWN:
		ch->top++;
		ch->generation = 0;
		return true;
	case CHAIR_WHO:
		ch->who = !ch->who;
		ch->generation = 0;
		return true;
	case CHAIR_EASIEST:
		go_to_easiest(ch);
		return true;
	default:
		return decide(ch, action, key, arg) || leave(ch, action);
	}
}

/* ---- the view ---- */

static void prepare(struct view *v, int rows, int cols)
{
	struct chair *ch = chair_of(v);

	if (ch->who)
		seals_want(&ch->seals, ch->host, ch->doc);
	if (ch->generation == ch->doc->generation && ch->side == chair_side(ch) &&
	    ch->rows == rows && ch->cols == cols)
		return;
	find_again(ch);
	chair_lay_out(ch, rows, cols);
	ch->rows = rows;
	ch->cols = cols;
	ch->generation = ch->doc->generation;
}

static bool idle(struct view *v)
{
	struct chair *ch = chair_of(v);
	bool news = false, more = seals_step(&ch->seals, &news);

	if (news)
		views_touch(v->views);
	/* Once, when the first screen is there: pending edits are asked about before any
	 * decision. */
	if (!ch->asked && chair_point(ch) && !views_is_asking(v->views))
		chair_ready(ch);
	return more;
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
	else if (code == 's')
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
	str_release(&ch->find);
	str_release(&ch->reason);
	host_undo_release(&ch->undo);
	seals_end(&ch->seals);
	if (HOST_CAN(ch->host, close))
		ch->host->close(ch->host->data, ch->doc);
	free(ch);
}

const struct view_ops view_chair_ops = {
	.name = "chair",
	.title = N_("Chair"),
	.about = N_("One point at a time: see who wants what, and decide with one key."),
	.actions = chair_actions,
	.common = chair_common,
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
