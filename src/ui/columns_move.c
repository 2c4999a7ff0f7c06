/* SPDX-License-Identifier: MIT */
#include "columns_inner.h"
#include "core/mem.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* Moving among rows and columns, and which columns are shown. */

/* ---- moves ---- */

static bool differs_at(const struct columns *c, size_t shown, size_t column)
{
	return compare_differs(compare_at(&c->set->compare, c->shown[shown], column));
}

bool columns_any_differs(const struct columns *c, size_t shown)
{
	for (size_t k = 0; k < c->n; k++)
		if (columns_is_visible(c, k) && differs_at(c, shown, c->column[k].at))
			return true;
	return false;
}

/* The focus goes to a column that differs in the row, the nearest to the right. */
void columns_focus_on_difference(struct columns *c)
{
	if (columns_at(c) != SIZE_MAX && differs_at(c, c->row, columns_at(c)))
		return;
	for (size_t i = 1; i < c->n; i++) {
		size_t k = (c->focus + i) % c->n;

		if (columns_is_visible(c, k) && differs_at(c, c->row, c->column[k].at)) {
			c->focus = k;
			return;
		}
	}
}

void columns_move_to_difference(struct columns *c, bool forward, bool here)
{
	size_t row = c->row;

	for (;;) {
		if (forward ? row + 1 >= c->n_shown : row == 0) {
			views_message(c->view.views, MESSAGE_INFO, "%s",
				      forward ? _("No further difference.")
					      : _("No difference before."));
			return;
		}
		row = forward ? row + 1 : row - 1;
		if (here ? differs_at(c, row, columns_at(c)) : columns_any_differs(c, row))
			break;
	}
	c->row = row;
	if (!here)
		columns_focus_on_difference(c);
}

void columns_move_column(struct columns *c, bool right)
{
	for (size_t i = 1; i <= c->n; i++) {
		size_t k = (c->focus + (right ? i : c->n - i)) % c->n;

		if (columns_is_visible(c, k)) {
			c->focus = k;
			break;
		}
	}
	if (c->zoom)
		c->epoch++;
}

/* A paragraph that is higher than the screen is read row by row. */
static bool scroll_within(struct columns *c, int by)
{
	int rows = columns_height(c, c->row) - 1;

	if (c->top != c->row || rows <= c->rows)
		return false;
	if (by > 0 ? c->sub + c->rows >= rows : c->sub == 0)
		return false;
	c->sub += by;
	if (c->sub + c->rows > rows)
		c->sub = rows - c->rows;
	if (c->sub < 0)
		c->sub = 0;
	return true;
}

void columns_move_row(struct columns *c, bool down)
{
	if (scroll_within(c, down ? 1 : -1))
		return;
	if (down && c->row + 1 < c->n_shown)
		c->row++;
	else if (!down && c->row > 0)
		c->row--;
}

void columns_move_page(struct columns *c, bool down)
{
	int rows = 0;

	if (scroll_within(c, down ? c->rows : -c->rows))
		return;
	while (down ? c->row + 1 < c->n_shown : c->row > 0) {
		rows += columns_height(c, c->row);
		if (rows > c->rows)
			break;
		c->row += down ? 1 : (size_t)-1;
	}
	if (rows > c->rows && columns_height(c, c->row) > c->rows)
		c->row += down && c->row + 1 < c->n_shown ? 1 : 0;
	c->top = c->row;
	c->sub = 0;
}

/* ---- columns ---- */

void columns_set_reference(struct columns *c, const char *name)
{
	char *copy = mem_strdup(name);

	free(c->reference);
	c->reference = copy;
	for (size_t k = 0; k < c->n; k++)
		if (strcmp(c->column[k].name, copy) == 0)
			c->column[k].hidden = false;
	columns_load(c);
}

static bool has_base(const struct columns *c)
{
	for (size_t i = 0; c->set && i < c->set->n; i++)
		if (strcmp(c->set->v[i].name, "base") == 0)
			return true;
	return false;
}

static void leave_base(struct columns *c)
{
	for (size_t k = 0; k < c->n; k++)
		if (strcmp(c->column[k].name, "base") == 0)
			c->column[k].hidden = true;
	columns_set_reference(c, "draft");
}

void columns_switch_base(struct columns *c)
{
	if (c->failure)
		views_message(c->view.views, MESSAGE_WARN, "%s", c->failure);
	else if (!has_base(c))
		views_message(c->view.views, MESSAGE_WARN, "%s",
			      _("The draft's front matter names no base (base: a commit or a "
				"file)."));
	else if (strcmp(c->reference, "base") != 0)
		columns_set_reference(c, "base");
	else
		leave_base(c);
}

void columns_swap(struct columns *c, bool right)
{
	size_t from = c->focus, to = from;

	do {
		if (right ? to + 1 >= c->n : to == 0)
			return;
		to = right ? to + 1 : to - 1;
	} while (!columns_is_visible(c, to));
	struct shown_column moved = c->column[from];
	c->column[from] = c->column[to];
	c->column[to] = moved;
	c->focus = to;
	c->epoch++;
}

void columns_hide(struct columns *c)
{
	if (c->n_visible < 2) {
		views_message(c->view.views, MESSAGE_INFO, "%s",
			      _("This is the last column; it stays."));
		return;
	}
	c->column[c->focus].hidden = true;
	columns_move_column(c, true);
	columns_list(c);
}

void columns_show_hidden(struct columns *c)
{
	for (size_t k = 0; k < c->n; k++)
		c->column[k].hidden = false;
	columns_list(c);
}
