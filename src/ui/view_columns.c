/* SPDX-License-Identifier: MIT */
#include "ui/view_columns.h"

#include "columns_inner.h"
#include "core/mem.h"
#include "ui/common.h"
#include "ui/tr.h"

#include <stdlib.h>

static struct columns *columns_of(struct view *v)
{
	return (struct columns *)v;
}

/* ---- what can be done ---- */

static bool can(const struct view *v, int action)
{
	const struct columns *c = (const struct columns *)v;
	const struct compare_cell *x = columns_cell(c);
	bool cell = x != NULL;
	bool own = cell && columns_at(c) == 0;

	switch (action) {
	case COLUMNS_TAKE:
		return cell && !own && x->state != COMPARE_FOREIGN && HOST_CAN(c->host, save) &&
		       !c->doc->read_only;
	case COLUMNS_OFFER:
		return cell && c->set->v[columns_at(c)].party != PARTY_NONE &&
		       x->state != COMPARE_FOREIGN && HOST_CAN(c->host, save) &&
		       !c->doc->read_only;
	case COLUMNS_EDIT:
		return HOST_CAN(c->host, open_view);
	case COLUMNS_CHAIR:
		return HOST_CAN(c->host, open_view) && HOST_CAN(c->host, decide);
	case COMMON_LOG:
		return common_can_open(c->host, c->doc, action);
	case COLUMNS_BACK_TO_ALL:
		return c->zoom;
	case COMMON_CONSOLIDATE:
		return c->set && c->set->n > 1 && common_can_open(c->host, c->doc, action);
	case COLUMNS_ONLY:
	case COLUMNS_REFRESH:
	case COLUMNS_BASE:
		return c->set != NULL;
	case COLUMNS_SHOW_ALL:
		return c->set && c->n_visible < c->set->n;
	case COLUMNS_REFERENCE:
		return cell && columns_at(c) != c->set->reference;
	case COLUMNS_STACK:
		return cell && !c->zoom && c->n_visible > 1;
	case COLUMNS_LEFT:
	case COLUMNS_RIGHT:
	case COLUMNS_HIDE:
	case COLUMNS_MOVE_LEFT:
	case COLUMNS_MOVE_RIGHT:
		return cell && c->n_visible > 1;
	default:
		return cell;
	}
}

static void show(struct columns *c, int action)
{
	switch (action) {
	case COLUMNS_ONLY:
		c->only = !c->only;
		columns_list(c);
		break;
	case COLUMNS_ZOOM:
	case COLUMNS_BACK_TO_ALL:
		c->zoom = action == COLUMNS_ZOOM && !c->zoom;
		c->epoch++;
		break;
	case COLUMNS_REFERENCE:
		columns_set_reference(c, c->column[c->focus].name);
		break;
	case COLUMNS_BASE:
		columns_switch_base(c);
		break;
	case COLUMNS_REPLACED:
		c->all = !c->all;
		c->epoch++;
		break;
	case COLUMNS_HIDE:
		columns_hide(c);
		break;
	case COLUMNS_SHOW_ALL:
		columns_show_hidden(c);
		break;
	case COLUMNS_MOVE_LEFT:
	case COLUMNS_MOVE_RIGHT:
		columns_swap(c, action == COLUMNS_MOVE_RIGHT);
		break;
	case COLUMNS_STACK:
		c->stacked = !c->is_stacked;
		break;
	default:
		if (HOST_CAN(c->host, desk_refresh))
			c->host->desk_refresh(c->host->data);
		columns_load(c);
		break;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct columns *c = columns_of(v);

	(void)key;
	(void)arg;
	switch (action) {
	case COLUMNS_NEXT_DIFFERENCE:
	case COLUMNS_PREVIOUS_DIFFERENCE:
		columns_move_to_difference(c, action == COLUMNS_NEXT_DIFFERENCE, false);
		return true;
	case COLUMNS_NEXT_HERE:
	case COLUMNS_PREVIOUS_HERE:
		columns_move_to_difference(c, action == COLUMNS_NEXT_HERE, true);
		return true;
	case COLUMNS_LEFT:
	case COLUMNS_RIGHT:
		columns_move_column(c, action == COLUMNS_RIGHT);
		return true;
	case COLUMNS_TAKE:
		columns_take(c);
		return true;
	case COLUMNS_OFFER:
		columns_offer(c);
		return true;
	case COLUMNS_EDIT:
	case COLUMNS_CHAIR:
		columns_open(c, action == COLUMNS_EDIT ? "editor" : "chair");
		return true;
	case COMMON_LOG:
	case COMMON_CONSOLIDATE:
		common_open(v->views, c->host, c->doc, action);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
		columns_move_row(c, action == COMMON_DOWN);
		return true;
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		columns_move_page(c, action == COMMON_PAGE_DOWN);
		return true;
	case COMMON_HOME:
	case COMMON_END:
		common_move(action, 0, c->n_shown, &c->row);
		return true;
	case COLUMNS_ZOOM:
	case COLUMNS_BACK_TO_ALL:
	case COLUMNS_ONLY:
	case COLUMNS_REFERENCE:
	case COLUMNS_BASE:
	case COLUMNS_REPLACED:
	case COLUMNS_HIDE:
	case COLUMNS_SHOW_ALL:
	case COLUMNS_MOVE_LEFT:
	case COLUMNS_MOVE_RIGHT:
	case COLUMNS_STACK:
	case COLUMNS_REFRESH:
		show(c, action);
		return true;
	default:
		return false;
	}
}

/* ---- the view ---- */

/* Once there is something to be on: the place asked for, else the first difference. */
static void place_focus(struct columns *c)
{
	c->placed = true;
	if (c->at != SIZE_MAX) {
		uint32_t to = compare_row_at(&c->set->compare, 0, c->at);

		for (size_t k = 0; k < c->n_shown && c->shown[k] <= to; k++)
			c->row = k;
	} else {
		while (c->row + 1 < c->n_shown && !columns_any_differs(c, c->row))
			c->row++;
		if (!c->n_shown || !columns_any_differs(c, c->row))
			c->row = 0;
	}
	if (c->n_shown)
		columns_focus_on_difference(c);
	c->top = c->row;
}

static void prepare(struct view *v, int rows, int cols)
{
	struct columns *c = columns_of(v);

	doc_refresh(c->doc);
	if (!c->job && (!c->set || c->set->generation != c->doc->generation))
		columns_load(c);
	if (!c->set)
		return;
	if (!c->placed)
		place_focus(c);
	columns_fit(c, rows > 2 ? rows - 2 : 1, cols);
	if (c->n_screen)
		columns_see(c);
}

static bool idle(struct view *v)
{
	return columns_step(columns_of(v));
}

static void shown(struct view *v)
{
	columns_load(columns_of(v));
}

/* Keys that many cells have, but not this one: better a word than silence. */
static bool explain(struct columns *c, uint32_t code)
{
	const struct compare_cell *x = columns_cell(c);

	if ((code != '=' && code != '+') || !x)
		return false;
	if (c->doc->read_only)
		views_message(c->view.views, MESSAGE_WARN, _("%s can only be read here."),
			      c->doc->name);
	else if (x->state == COMPARE_FOREIGN)
		views_message(c->view.views, MESSAGE_INFO, "%s",
			      _("This text is in another language than the draft."));
	else
		views_message(c->view.views, MESSAGE_INFO, "%s",
			      _("Go to a region's column first: Tab."));
	return true;
}

static bool pointer(struct columns *c, const struct key *key)
{
	const struct pointer *p = &key->pointer;

	if (p->kind == POINTER_WHEEL) {
		for (int i = 0; i < 3; i++)
			columns_move_row(c, p->button > 0);
		return true;
	}
	return false;
}

static bool on_key(struct view *v, const struct key *key)
{
	struct columns *c = columns_of(v);

	if (explain(c, key->code))
		return true;
	return key->code == KEY_POINTER && c->n_shown && pointer(c, key);
}

static void free_columns(struct view *v)
{
	struct columns *c = columns_of(v);

	columns_drop_job(c);
	columns_set_free(c->set);
	for (size_t i = 0; i < c->n_slots; i++)
		passage_release(&c->slots[i].passage);
	for (size_t k = 0; k < c->n; k++)
		free(c->column[k].name);
	free(c->slots);
	free(c->column);
	free(c->shown);
	free(c->screen);
	free(c->heights);
	free(c->reference);
	free(c->failure);
	str_release(&c->subject);
	if (HOST_CAN(c->host, close))
		c->host->close(c->host->data, c->doc);
	free(c);
}

const struct view_ops view_columns_ops = {
	.name = "columns",
	.title = N_("Columns"),
	.about = N_("The draft and the regions' texts side by side: see what differs, and take "
		    "it over."),
	.actions = columns_actions,
	.common = columns_common,
	.prepare = prepare,
	.draw = columns_draw,
	.headline = columns_headline,
	.status = columns_status,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_columns,
};

struct view *view_columns_new(const struct host *host, struct doc *doc, size_t at)
{
	struct columns *c = mem_zalloc(sizeof(*c));

	c->view.ops = &view_columns_ops;
	c->host = host;
	c->doc = doc;
	c->at = at;
	c->stacked = -1;
	c->epoch = 1;
	c->reference = mem_strdup("draft");
	return &c->view;
}
