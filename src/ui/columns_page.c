/* SPDX-License-Identifier: MIT */
#include "columns_inner.h"
#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What is on the screen: which columns, how wide, from which row on. */

#define TEXT_LEAST   20  /* columns of a cell's text, side by side */
#define STACKED_LESS 100 /* on a narrower screen columns stand under each other */
#define MEASURE      100 /* a longer line is hard to read */
#define AROUND       3   /* gutter, blank and bar of a column */

uint32_t columns_row(const struct columns *c)
{
	return c->row < c->n_shown ? c->shown[c->row] : COMPARE_NONE;
}

bool columns_is_visible(const struct columns *c, size_t k)
{
	return k < c->n && !c->column[k].hidden && c->column[k].at != SIZE_MAX;
}

size_t columns_at(const struct columns *c)
{
	return c->set && columns_is_visible(c, c->focus) ? c->column[c->focus].at : SIZE_MAX;
}

const struct compare_cell *columns_cell(const struct columns *c)
{
	uint32_t row = columns_row(c);
	size_t at = columns_at(c);

	if (row == COMPARE_NONE || at == SIZE_MAX || c->set->n < 2)
		return NULL;
	return compare_at(&c->set->compare, row, at);
}

/* ---- rows ---- */

/* Whether a column on view has anything there, and whether one differs. */
static bool row_is_seen(const struct columns *c, uint32_t row, bool *differs)
{
	bool seen = false;

	*differs = false;
	for (size_t k = 0; k < c->n; k++) {
		const struct compare_cell *x;

		if (!columns_is_visible(c, k))
			continue;
		x = compare_at(&c->set->compare, row, c->column[k].at);
		seen = seen || x->paragraph != COMPARE_NONE || x->other != COMPARE_NONE;
		*differs = *differs || compare_differs(x);
	}
	return seen;
}

void columns_list(struct columns *c)
{
	const struct compare *all = &c->set->compare;
	uint32_t row = columns_row(c);

	c->n_shown = 0;
	c->shown = mem_array(c->shown, all->n_rows, sizeof(*c->shown));
	c->row = c->different = 0;
	for (uint32_t r = 0; r < all->n_rows; r++) {
		bool differs, seen = row_is_seen(c, r, &differs);

		c->different += differs;
		if (!seen || (c->only && !differs))
			continue;
		if (row != COMPARE_NONE && r <= row)
			c->row = c->n_shown;
		c->shown[c->n_shown++] = r;
	}
	c->top = c->row;
	c->sub = 0;
	c->epoch++;
}

/* ---- columns ---- */

static void choose_focus(struct columns *c)
{
	if (columns_is_visible(c, c->focus))
		return;
	for (c->focus = 0; c->focus < c->n; c->focus++)
		if (columns_is_visible(c, c->focus))
			return;
	c->focus = 0;
}

static bool is_reference(const struct columns *c, size_t k)
{
	return c->column[k].at == c->set->reference;
}

/* The reference stays in sight; the others pass beside it. */
static void choose_window(struct columns *c, size_t fit)
{
	size_t others = 0, focus = 0, room = fit, n = 0;
	bool pinned = false;

	for (size_t k = 0; k < c->n; k++)
		pinned = pinned || (fit > 1 && columns_is_visible(c, k) && is_reference(c, k));
	room -= pinned;
	for (size_t k = 0; k < c->n; k++) {
		if (!columns_is_visible(c, k) || (pinned && is_reference(c, k)))
			continue;
		if (k == c->focus)
			focus = others;
		others++;
	}
	if (!pinned || !is_reference(c, c->focus)) {
		if (focus < c->first)
			c->first = focus;
		if (focus >= c->first + room)
			c->first = focus - room + 1;
	}
	if (c->first + room > others)
		c->first = others > room ? others - room : 0;
	for (size_t k = 0; pinned && k < c->n; k++)
		if (is_reference(c, k))
			c->screen[c->n_screen++] = k;
	for (size_t k = 0; k < c->n; k++) {
		if (!columns_is_visible(c, k) || (pinned && is_reference(c, k)))
			continue;
		if (n >= c->first && n < c->first + room)
			c->screen[c->n_screen++] = k;
		n++;
	}
}

static void choose_screen(struct columns *c, int cols)
{
	size_t fit = (size_t)(cols / (TEXT_LEAST + AROUND));

	c->n_screen = c->n_visible = 0;
	c->screen = mem_array(c->screen, c->n + 1, sizeof(*c->screen));
	for (size_t k = 0; k < c->n; k++)
		c->n_visible += columns_is_visible(c, k);
	if (!c->n_visible)
		return;
	c->is_stacked = !c->zoom && (c->stacked < 0 ? cols < STACKED_LESS : c->stacked > 0);
	if (c->zoom) {
		c->screen[c->n_screen++] = c->focus;
	} else if (c->is_stacked || c->n_visible <= fit) {
		for (size_t k = 0; k < c->n; k++)
			if (columns_is_visible(c, k))
				c->screen[c->n_screen++] = k;
	} else {
		choose_window(c, fit ? fit : 1);
	}
}

void columns_fit(struct columns *c, int rows, int cols)
{
	size_t *before = mem_array(NULL, c->n_screen + 1, sizeof(*before));
	size_t n = c->n_screen;
	bool was_stacked = c->is_stacked;
	int width = c->width;

	for (size_t k = 0; k < n; k++)
		before[k] = c->screen[k];
	c->rows = rows;
	c->cols = cols;
	choose_focus(c);
	choose_screen(c, cols);
	c->margin = 0;
	for (size_t k = 0; c->is_stacked && k < c->n_screen; k++) {
		const char *name = c->column[c->screen[k]].name;
		int wide = canvas_columns(name, strlen(name));

		c->margin = wide > c->margin ? wide : c->margin;
	}
	if (c->is_stacked)
		c->width = cols - c->margin - 5;
	else
		c->width = c->n_screen ? cols / (int)c->n_screen - AROUND : cols;
	if (c->width > MEASURE)
		c->width = MEASURE;
	if (c->width < 4)
		c->width = 4;
	if (c->width != width || c->is_stacked != was_stacked || n != c->n_screen ||
	    memcmp(before, c->screen, n * sizeof(*before)) != 0)
		c->epoch++;
	free(before);
}

/* ---- cells ---- */

/* Whether two columns' cells say the same, so that one can stand for the other. */
static bool alike(const struct columns *c, uint32_t row, size_t a, size_t b)
{
	const struct compare_cell *x = compare_at(&c->set->compare, row, a);
	const struct compare_cell *y = compare_at(&c->set->compare, row, b);

	return x->group == y->group && x->other == y->other &&
	       (x->paragraph == COMPARE_NONE) == (y->paragraph == COMPARE_NONE);
}

size_t columns_lead(const struct columns *c, uint32_t row, size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (alike(c, row, c->column[c->screen[i]].at, c->column[c->screen[k]].at))
			return i;
	return k;
}

/* The column to the left that says the same; NULL. */
static const char *said_by(const struct columns *c, uint32_t row, size_t column)
{
	for (size_t i = 0; i < c->n_screen; i++) {
		size_t at = c->column[c->screen[i]].at;

		if (at == column)
			return NULL;
		if (alike(c, row, at, column))
			return c->column[c->screen[i]].name;
	}
	return NULL;
}

static struct columns_slot *slot_of(const struct columns *c, size_t shown, size_t column)
{
	size_t i = (shown % SLOT_ROWS) * c->set->n + column;

	return i < c->n_slots ? &c->slots[i] : NULL;
}

static void make_slots(struct columns *c)
{
	size_t n = SLOT_ROWS * c->set->n;

	if (c->n_slots == n)
		return;
	for (size_t i = n; i < c->n_slots; i++)
		passage_release(&c->slots[i].passage);
	c->slots = mem_array(c->slots, n, sizeof(*c->slots));
	for (size_t i = c->n_slots; i < n; i++)
		c->slots[i] = (struct columns_slot){.epoch = 0};
	c->n_slots = n;
}

static struct passage *passage_at(struct columns *c, size_t shown, size_t column)
{
	struct columns_slot *s;
	uint32_t row = c->shown[shown];
	struct passage_spec spec = {.cols = c->width, .reorder = host_reorders(c->host)};

	make_slots(c);
	s = slot_of(c, shown, column);
	assert(s); /* column is one of the set's */
	if (s->epoch == c->epoch && s->shown == shown)
		return &s->passage;
	spec.doc = c->set->v[column].doc;
	/* Stacked, a block's text stands for all that say the same. */
	spec.how = (c->zoom || c->is_stacked ? PASSAGE_FULL : 0) |
		   (c->zoom || c->all ? PASSAGE_GONE : 0);
	if (!c->is_stacked && !c->zoom)
		spec.as = said_by(c, row, column);
	passage_set(&s->passage, &c->set->compare, row, column, &spec);
	s->epoch = c->epoch;
	s->shown = shown;
	return &s->passage;
}

const struct passage *columns_laid_out(const struct columns *c, size_t shown, size_t column)
{
	const struct columns_slot *s = c->n_slots ? slot_of(c, shown, column) : NULL;

	return s && s->epoch == c->epoch && s->shown == shown ? &s->passage : NULL;
}

static int stacked_height(struct columns *c, size_t shown)
{
	uint32_t row = c->shown[shown];
	int rows = 0;

	for (size_t k = 0; k < c->n_screen; k++) {
		const struct passage *p;
		bool others = false;

		if (columns_lead(c, row, k) != k)
			continue;
		p = passage_at(c, shown, c->column[c->screen[k]].at);
		for (size_t i = k + 1; i < c->n_screen; i++)
			others = others || columns_lead(c, row, i) == k;
		if (p->bytes.len)
			rows += p->rows + others;
	}
	return rows;
}

int columns_height(struct columns *c, size_t shown)
{
	int most = 1;

	if (c->is_stacked)
		return stacked_height(c, shown) + 1;
	for (size_t k = 0; k < c->n_screen; k++) {
		const struct passage *p = passage_at(c, shown, c->column[c->screen[k]].at);

		most = p->rows > most ? p->rows : most;
	}
	return most + 1;
}

/* The screen begins so that the row ends on it, if it can. */
static void show_end(struct columns *c)
{
	int room = c->rows - columns_height(c, c->row) + 1;

	c->top = c->row;
	while (c->top > 0) {
		int rows = columns_height(c, c->top - 1);

		if (rows > room)
			break;
		room -= rows;
		c->top--;
	}
}

void columns_see(struct columns *c)
{
	size_t r;
	int used;

	if (c->row >= c->n_shown)
		c->row = c->n_shown ? c->n_shown - 1 : 0;
	c->n_heights = 0;
	if (!c->n_shown)
		return;
	if (c->row < c->top ||
	    (c->row == c->top && c->sub && columns_height(c, c->row) <= c->rows)) {
		c->top = c->row;
		c->sub = 0;
	}
	used = -c->sub;
	/* A row's rule need not be seen. */
	for (r = c->top; r <= c->row && used <= c->rows + 1; r++)
		used += columns_height(c, r);
	if (c->row > c->top && (r <= c->row || used - 1 > c->rows)) {
		c->sub = 0;
		show_end(c);
	}
	if (c->row == c->top && c->sub > columns_height(c, c->row) - 1)
		c->sub = 0;
	/* What is on the screen is laid out. */
	used = -c->sub;
	for (r = c->top; r < c->n_shown && used < c->rows; r++) {
		MEM_GROW(c->heights, c->n_heights, c->cap_heights);
		c->heights[c->n_heights] = columns_height(c, r);
		used += c->heights[c->n_heights++];
	}
}
