/* SPDX-License-Identifier: MIT */
#include "ui/reader.h"

#include "ui/theme.h"

#define MARGIN     2
#define LABEL_COLS 6   /* for clause labels */
#define MEASURE    100 /* a longer line is hard to read */

void reader_init(struct reader *r)
{
	*r = (struct reader){.doc = NULL};
	prose_init(&r->prose);
}

void reader_release(struct reader *r)
{
	prose_release(&r->prose);
	r->doc = NULL;
}

void reader_set(struct reader *r, const struct doc *doc, size_t mark, size_t mark_end)
{
	prose_release(&r->prose);
	r->doc = doc;
	r->mark = mark;
	r->mark_end = mark_end;
	r->line = 0;
	r->skip = 0;
	r->aimed = true;
}

static struct prose_spec spec_of(const struct reader *r)
{
	int cols = r->cols - 2 * MARGIN;

	/* Where there is nothing, the place is the byte after it. */
	return (struct prose_spec){.cols = cols < MEASURE ? cols : MEASURE,
				   .hang = LABEL_COLS,
				   .reorder = r->reorder,
				   .point = BRACKET_NONE,
				   .mark = r->mark,
				   .mark_end = r->mark_end + (r->mark == r->mark_end)};
}

/* How many rows a line has; *mark gets the one in which the mark begins, or -1. */
static int rows_of(const struct reader *r, size_t line, int *mark)
{
	struct prose_spec spec = spec_of(r);
	size_t end = doc_line_end(r->doc, line);
	struct prose p;
	int rows = 1;

	*mark = -1;
	if (end <= line)
		return 1;
	prose_init(&p);
	prose_add(&p, r->doc, line, end, &spec);
	rows = p.rows;
	*mark = p.mark;
	prose_release(&p);
	return rows;
}

/* One row up; false at the beginning. */
static bool up(struct reader *r)
{
	int mark;

	if (r->skip > 0) {
		r->skip--;
		return true;
	}
	if (r->line == 0)
		return false;
	r->line = doc_line_begin(r->doc, r->line - 1);
	r->skip = rows_of(r, r->line, &mark) - 1;
	return true;
}

/* One row down; false at the last one. */
static bool down(struct reader *r)
{
	size_t next = doc_line_next(r->doc, r->line);
	int mark;

	if (r->skip + 1 < rows_of(r, r->line, &mark)) {
		r->skip++;
		return true;
	}
	if (next <= r->line || next >= r->doc->flat.len)
		return false;
	r->line = next;
	r->skip = 0;
	return true;
}

/* Rows from the first in sight to the end, at most `most`. */
static int rows_left(const struct reader *r, int most)
{
	size_t line = r->line;
	int rows = -r->skip, mark;

	while (rows < most) {
		size_t next = doc_line_next(r->doc, line);

		rows += rows_of(r, line, &mark);
		if (next <= line || next >= r->doc->flat.len)
			break;
		line = next;
	}
	return rows;
}

/* No blank page below the end, as long as there is something above. */
static void keep_full(struct reader *r)
{
	int left = rows_left(r, r->rows);

	while (left < r->rows && up(r))
		left++;
}

void reader_scroll(struct reader *r, int rows)
{
	if (!r->doc)
		return;
	for (; rows < 0 && up(r); rows++)
		;
	for (; rows > 0 && rows_left(r, r->rows + 1) > r->rows && down(r); rows--)
		;
}

static void aim(struct reader *r)
{
	int mark, rows;

	r->line = doc_line_begin(r->doc, r->mark);
	rows = rows_of(r, r->line, &mark);
	r->skip = mark > 0 ? mark : 0;
	if (mark < 0 && r->mark >= doc_line_end(r->doc, r->line))
		r->skip = rows - 1;
	for (int i = 0; i < r->rows / 3 && up(r); i++)
		;
	keep_full(r);
}

void reader_lay_out(struct reader *r, int rows, int cols)
{
	struct prose_spec spec;
	size_t line;

	if (!r->doc)
		return;
	if (cols != r->cols)
		r->aimed = true;
	r->rows = rows;
	r->cols = cols;
	if (r->aimed)
		aim(r);
	r->aimed = false;
	spec = spec_of(r);
	prose_release(&r->prose);
	line = r->line;
	while (r->prose.rows < r->skip + rows) {
		size_t next = doc_line_next(r->doc, line), end = doc_line_end(r->doc, line);

		if (end > line)
			prose_add(&r->prose, r->doc, line, end, &spec);
		else
			prose_add_blank(&r->prose);
		if (next <= line || next >= r->doc->flat.len)
			break;
		line = next;
	}
}

static void mark(const struct reader *r, struct canvas *c)
{
	for (size_t i = 0; i < r->prose.n; i++) {
		const struct prose_glyph *g = &r->prose.v[i];
		int row = g->row - r->skip;

		if (g->pos >= r->mark && g->pos < r->mark_end && row >= 0 &&
		    row < c->window.rows)
			canvas_restyle(c, (struct area){row, MARGIN + g->col, 1, g->width},
				       STYLE_HIT, STYLE_HIT);
	}
}

void reader_draw(const struct reader *r, struct canvas *c)
{
	int row = r->prose.mark - r->skip;

	if (!r->doc)
		return;
	prose_draw(&r->prose, r->doc, c, 0, MARGIN, r->skip, c->window.rows);
	mark(r, c);
	if (r->prose.mark < 0 || row < 0 || row >= c->window.rows)
		return;
	canvas_text(c, row, 0, STYLE_ACCENT, "▸");
	canvas_cursor(c, row, MARGIN + r->prose.mark_col, CURSOR_BLOCK);
}
