/* SPDX-License-Identifier: MIT */
#include "ui/keymap.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/host.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/view.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct action everywhere[] = {
	{.id = EVERYWHERE_HELP,
	 .name = "help",
	 .keys = {'?', FN_KEY(1)},
	 .label = N_("keys"),
	 .help = N_("Show all keys of this screen, and run the one chosen."),
	 .group = ACTION_GENERAL,
	 .rank = 98},
	{.id = EVERYWHERE_COMMAND,
	 .name = "command",
	 .keys = {':', FN_KEY(10)},
	 .label = N_("commands"),
	 .help = N_("Type a command or the name of a draft."),
	 .group = ACTION_GENERAL,
	 .rank = 97},
	{.id = EVERYWHERE_BACK,
	 .name = "back",
	 .keys = {'q', CTRL_KEY('q')},
	 .label = N_("back"),
	 .help = N_("Leave this screen and go back to the one before."),
	 .group = ACTION_GENERAL,
	 .rank = 96},
	{.id = EVERYWHERE_QUIT,
	 .name = "quit",
	 .keys = {'q', CTRL_KEY('q')},
	 .label = N_("quit"),
	 .help = N_("Leave adref; what is not saved is asked about first."),
	 .group = ACTION_GENERAL,
	 .rank = 96},
	{.id = EVERYWHERE_REDRAW,
	 .name = "redraw",
	 .keys = {CTRL_KEY('l')},
	 .help = N_("Draw the screen anew, if something else wrote on it."),
	 .group = ACTION_GENERAL},
	{.id = EVERYWHERE_MOUSE,
	 .name = "mouse",
	 .keys = {FN_KEY(12)},
	 .help = N_("Leave the mouse to the terminal, to select with it, or take it back."),
	 .group = ACTION_GENERAL},
	{.id = EVERYWHERE_SET,
	 .name = "set",
	 .help = N_("Change a setting: bidi, colours, mouse, party, role or meeting."),
	 .group = ACTION_GENERAL,
	 .argument = N_("NAME VALUE")},
	{.id = EVERYWHERE_SYNC,
	 .name = "sync",
	 .help = N_("Fetch what others have, merge it, and send what is here."),
	 .group = ACTION_GENERAL},
	{.id = EVERYWHERE_STOP,
	 .name = "stop-sync",
	 .keys = {KEY_ESCAPE, CTRL_KEY('c')},
	 .label = N_("stop"),
	 .help = N_("Stop sharing or exporting, where nothing is lost."),
	 .group = ACTION_GENERAL,
	 .rank = 0},
	{.id = EVERYWHERE_SUSPEND,
	 .name = "suspend",
	 .keys = {CTRL_KEY('z')},
	 .help = N_("Go to the shell for a while; fg there comes back."),
	 .group = ACTION_GENERAL},
	{0}};

const struct action *keymap_everywhere(void)
{
	return everywhere;
}

size_t keymap_tables(const struct view_ops *ops, const struct action *tables[KEYMAP_TABLES])
{
	size_t n = 0;

	tables[n++] = ops->actions;
	for (const struct action *const *t = ops->common; t && *t; t++) {
		assert(n + 1 < KEYMAP_TABLES);
		tables[n++] = *t;
	}
	tables[n++] = everywhere;
	return n;
}

bool keymap_can(const struct view *view, const struct action *action)
{
	if (action->id == EVERYWHERE_BACK)
		return !view->views || views_count(view->views) > 1;
	if (action->id == EVERYWHERE_SET)
		return HOST_CAN(view->host, set_setting) && HOST_CAN(view->host, setting);
	if (action->id == EVERYWHERE_SYNC)
		return HOST_CAN(view->host, sync) && !view->host->busy(view->host->data);
	if (action->id == EVERYWHERE_STOP)
		return HOST_CAN(view->host, busy) && view->host->busy(view->host->data);
	if (action->id < 0)
		return true;
	return !view->ops->can || view->ops->can(view, action->id);
}

static unsigned how_shown(const struct view_ops *ops)
{
	return ops->flags & VIEW_TEXT ? ACTION_NO_LETTERS : 0;
}

const struct action *keymap_by_key(const struct view *view, uint32_t code)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t n_tables = keymap_tables(view->ops, tables);
	struct key key = key_of(code);

	if (view->ops->flags & VIEW_TEXT && key_is_text(&key))
		return NULL;
	for (size_t t = 0; t < n_tables; t++)
		for (const struct action *a = tables[t]; a && a->id; a++)
			if (action_has_key(a, code) && keymap_can(view, a))
				return a;
	return NULL;
}

const struct action *keymap_by_name(const struct view *view, struct slice name)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t n_tables = keymap_tables(view->ops, tables);

	for (size_t t = 0; t < n_tables; t++)
		for (const struct action *a = tables[t]; a && a->id; a++)
			if (slice_is(name, a->name))
				return a;
	return NULL;
}

bool keymap_lists(const struct view_ops *ops, const struct action *action)
{
	if (action->flags & ACTION_HIDDEN)
		return false;
	for (const struct action *a = ops->actions; a && a->id; a++) {
		if (a == action)
			return true;
		if (a->id == action->id ||
		    (action->id < 0 && strcmp(a->name, action->name) == 0))
			return false;
	}
	return true;
}

/* Appends the actions of one group of a table. */
static void list_group(const struct view *view, const struct action *table, int group,
		       struct keymap_entry **list, size_t *n, size_t *cap)
{
	for (const struct action *a = table; a && a->id; a++) {
		if ((int)a->group != group || !keymap_lists(view->ops, a))
			continue;
		MEM_GROW(*list, *n, *cap);
		(*list)[(*n)++] = (struct keymap_entry){a, keymap_can(view, a)};
	}
}

size_t keymap_list(const struct view *view, struct keymap_entry **list)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t n_tables = keymap_tables(view->ops, tables), n = 0, cap = 0;

	*list = NULL;
	for (int group = 0; group < ACTION_GROUPS; group++)
		for (size_t t = 0; t < n_tables; t++)
			list_group(view, tables[t], group, list, &n, &cap);
	return n;
}

/* ---- The footer ---- */

struct footer_item {
	const struct action *action;
	size_t place; /* in the order of the tables */
	int cols;
};

static int compare_rank(const void *one, const void *other)
{
	const struct footer_item *a = one, *b = other;

	if (a->action->rank != b->action->rank)
		return a->action->rank < b->action->rank ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static int item_cols(const struct view *view, const struct action *action)
{
	struct str keys = STR_INIT;
	int cols;

	action_keys(action, how_shown(view->ops), &keys);
	cols = canvas_columns(keys.p, keys.len) + 1 +
	       canvas_columns(p_("key", action->label), strlen(p_("key", action->label)));
	str_release(&keys);
	return cols;
}

/* What could stand in the footer: it has a label, and its key would do just this now. */
static size_t footer_items(const struct view *view, struct footer_item **items)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t n_tables = keymap_tables(view->ops, tables), n = 0, cap = 0;

	*items = NULL;
	for (size_t t = 0; t < n_tables; t++) {
		for (const struct action *a = tables[t]; a && a->id; a++) {
			uint32_t code = action_first_key(a, how_shown(view->ops));

			if (!a->label || !code || keymap_by_key(view, code) != a)
				continue;
			MEM_GROW(*items, n, cap);
			(*items)[n] = (struct footer_item){a, n, item_cols(view, a)};
			n++;
		}
	}
	if (n)
		qsort(*items, n, sizeof **items, compare_rank);
	return n;
}

static int draw_item(const struct view *view, struct canvas *c, int row, int col,
		     const struct action *action)
{
	struct str keys = STR_INIT;

	action_keys(action, how_shown(view->ops), &keys);
	col += canvas_put(c, row, col, -1, STYLE_KEY, keys.p, keys.len) + 1;
	str_release(&keys);
	return col + canvas_text(c, row, col, STYLE_LABEL, p_("key", action->label));
}

#define FOOTER_GAP 2

/* The way to all the others, and the way out. */
static bool is_always_there(const struct action *action)
{
	return action->id == EVERYWHERE_HELP || action->id == EVERYWHERE_BACK ||
	       action->id == EVERYWHERE_QUIT;
}

static void draw_footer(const struct view *view, struct canvas *c, int row, int cols)
{
	struct footer_item *items;
	size_t n = footer_items(view, &items);
	int col = 1, room = cols - 1;

	for (size_t i = 0; i < n; i++)
		if (is_always_there(items[i].action))
			room -= items[i].cols + FOOTER_GAP;
	for (size_t i = 0; i < n; i++) {
		if (is_always_there(items[i].action))
			room += items[i].cols + FOOTER_GAP;
		else if (col + items[i].cols > room)
			continue;
		col = draw_item(view, c, row, col, items[i].action) + FOOTER_GAP;
	}
	free(items);
}

/* Whether what can be done is what could be done when the footer was drawn; it is noted. */
static bool can_the_same(const struct view *view, struct keymap_footer *kept)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t n_tables = keymap_tables(view->ops, tables);
	size_t n = 0, had = kept->ops == view->ops ? kept->n : 0;
	bool same = had > 0;

	for (size_t t = 0; t < n_tables; t++)
		for (const struct action *a = tables[t]; a && a->id; a++)
			n++;
	if (kept->ops != view->ops)
		kept->can = mem_array(kept->can, n, sizeof *kept->can);
	kept->ops = view->ops;
	kept->n = n;
	n = 0;
	for (size_t t = 0; t < n_tables; t++) {
		for (const struct action *a = tables[t]; a && a->id; a++, n++) {
			bool can = keymap_can(view, a);

			same = same && kept->can[n] == can;
			kept->can[n] = can;
		}
	}
	return same;
}

void keymap_draw_footer(const struct view *view, struct keymap_footer *kept, struct canvas *c,
			int row, int cols)
{
	bool same = can_the_same(view, kept) && kept->strip.number &&
		    kept->strip.cols == cols && kept->reorder == c->reorder;

	if (same) {
		canvas_put_strip(c, row, 0, &kept->strip);
		return;
	}
	draw_footer(view, c, row, cols);
	kept->reorder = c->reorder;
	canvas_keep(c, row, 0, cols, &kept->strip);
}

void keymap_footer_release(struct keymap_footer *kept)
{
	free(kept->can);
	strip_release(&kept->strip);
	*kept = (struct keymap_footer){.ops = NULL};
}
