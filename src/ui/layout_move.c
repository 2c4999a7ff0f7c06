/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/layout_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <unictype.h>
#include <uniwbrk.h>

#define WORDS_AT_ONCE 512 /* units looked at for word boundaries; a longer word is cut */

size_t layout_row_of(struct layout *l, struct caret caret)
{
	layout_wrap_over(l, caret.pos);
	size_t low = 0, high = l->n_rows;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;
		if (l->rows[mid].begin <= caret.pos)
			low = mid;
		else
			high = mid;
	}
	return caret.upstream && low > 0 && l->rows[low].begin == caret.pos ? low - 1 : low;
}

/* The index of the unit in the row that holds pos; n where pos is at or after the row's end. */
static size_t unit_index(const struct layout_row *row, size_t pos)
{
	size_t low = 0, high = row->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (row->units[mid].end <= pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void layout_locate(struct layout *l, struct caret caret, size_t *row_at, int *col)
{
	*row_at = layout_row_of(l, caret);
	const struct layout_row *row = layout_row(l, *row_at);
	size_t i = unit_index(row, caret.pos);

	*col = i < row->n ? row->units[i].col : row->end_col;
}

const struct layout_unit *layout_unit_of(struct layout *l, size_t pos)
{
	assert(pos < l->bytes.len);
	const struct layout_row *row =
		layout_row(l, layout_row_of(l, (struct caret){pos, false}));
	return &row->units[unit_index(row, pos)];
}

/* After the text of row k: the last blank of a wrapped row, or its end. */
static struct caret row_end(struct layout *l, size_t k)
{
	const struct layout_row *row = layout_row(l, k);

	if (row->end == l->bytes.len || !row->n)
		return (struct caret){row->end, false};
	if (row->units[row->n - 1].blank)
		return (struct caret){row->units[row->n - 1].begin, false};
	return (struct caret){row->end, true};
}

static int distance(const struct layout_unit *u, int col)
{
	if (col < u->col)
		return u->col - col;
	return col >= u->col + u->width ? col - u->col - u->width + 1 : 0;
}

struct caret layout_hit(struct layout *l, size_t k, int col)
{
	const struct layout_row *row = layout_row(l, k);
	size_t best = 0;

	if (!row->n || (row->rtl ? col < row->left : col >= row->right))
		return row_end(l, k);
	for (size_t i = 1; i < row->n; i++)
		if (distance(&row->units[i], col) < distance(&row->units[best], col))
			best = i;
	return (struct caret){row->units[best].begin, false};
}

/* Going over a row's end, to the row before or after in the order of the text. */
static enum layout_move over(struct layout *l, struct caret *caret, size_t k, bool onward)
{
	if (onward) {
		if (!layout_has_row(l, k + 1)) {
			if (caret->pos >= l->bytes.len)
				return LAYOUT_AFTER;
			*caret = (struct caret){l->bytes.len, false};
			return LAYOUT_MOVED;
		}
		const struct layout_row *next = layout_row(l, k + 1);
		size_t i = next->rtl ? next->visual[next->n - 1] : next->visual[0];
		*caret = (struct caret){next->units[i].begin, false};
		return LAYOUT_MOVED;
	}
	if (k == 0)
		return LAYOUT_BEFORE;
	const struct layout_row *last = layout_row(l, k - 1);
	size_t i = last->rtl ? last->visual[0] : last->visual[last->n - 1];
	*caret = (struct caret){last->units[i].begin, false};
	return LAYOUT_MOVED;
}

/* step: 1 right, -1 left on the screen. */
static enum layout_move move(struct layout *l, struct caret *caret, int step)
{
	size_t k = layout_row_of(l, *caret), place = 0;
	const struct layout_row *row = layout_row(l, k);
	bool onward = row->rtl ? step < 0 : step > 0;
	size_t i = unit_index(row, caret->pos);

	if (i >= row->n) { /* the caret stands after the text */
		if (onward || !row->n)
			return over(l, caret, k, onward);
		i = row->rtl ? row->visual[0] : row->visual[row->n - 1];
		*caret = (struct caret){row->units[i].begin, false};
		return LAYOUT_MOVED;
	}
	while (row->visual[place] != i)
		place++;
	if (step > 0 ? place + 1 == row->n : place == 0)
		return over(l, caret, k, onward);
	i = row->visual[step > 0 ? place + 1 : place - 1];
	*caret = (struct caret){row->units[i].begin, false};
	return LAYOUT_MOVED;
}

enum layout_move layout_left(struct layout *l, struct caret *caret)
{
	return move(l, caret, -1);
}

enum layout_move layout_right(struct layout *l, struct caret *caret)
{
	return move(l, caret, 1);
}

struct caret layout_home(struct layout *l, struct caret caret)
{
	return (struct caret){layout_row_range(l, layout_row_of(l, caret)).begin, false};
}

struct caret layout_end(struct layout *l, struct caret caret)
{
	return row_end(l, layout_row_of(l, caret));
}

/* Units from a row's begin on, with where words begin and end. */
struct words {
	size_t *begin; /* n + 1 of them: the last is where the units end */
	char *edge;    /* a boundary before the unit */
	bool *letter;  /* part of a word, not a blank or mark of punctuation */
	size_t n;
};

static void words_release(struct words *w)
{
	free(w->begin);
	free(w->edge);
	free(w->letter);
}

static void words_read(const struct layout *l, size_t from, struct words *w)
{
	uint32_t cps[WORDS_AT_ONCE];
	struct layout_unit u;
	size_t pos = from;

	*w = (struct words){mem_array(NULL, WORDS_AT_ONCE + 1, sizeof(*w->begin)),
			    mem_alloc(WORDS_AT_ONCE),
			    mem_array(NULL, WORDS_AT_ONCE, sizeof(bool)), 0};
	while (pos < l->bytes.len && w->n < WORDS_AT_ONCE) {
		layout_read_unit(l, pos, &u);
		w->begin[w->n] = pos;
		layout_code_points(l, &u, &cps[w->n], 1);
		w->letter[w->n] = !u.stand_in && uc_is_alnum(cps[w->n]);
		w->n++;
		pos = u.end;
	}
	w->begin[w->n] = pos;
	if (w->n)
		u32_wordbreaks(cps, w->n, w->edge);
}

/* Where to read from, for the word around pos: a word may come from the row before. */
static size_t words_begin(struct layout *l, size_t pos)
{
	size_t row = layout_row_of(l, (struct caret){pos, false});

	return layout_row_range(l, row > 0 ? row - 1 : 0).begin;
}

size_t layout_word_next(struct layout *l, size_t pos)
{
	size_t row = layout_row_of(l, (struct caret){pos, false});
	size_t from = layout_row_range(l, row).begin;
	struct words w;

	while (from < l->bytes.len) {
		size_t i = 0;
		words_read(l, from, &w);
		while (i < w.n && (w.begin[i] <= pos || !w.edge[i] || !w.letter[i]))
			i++;
		from = w.begin[i];
		bool found = i < w.n;
		words_release(&w);
		if (found)
			return from;
	}
	return l->bytes.len;
}

size_t layout_word_previous(struct layout *l, size_t pos)
{
	struct words w;

	while (pos > 0) {
		size_t from = words_begin(l, pos - 1), found = SIZE_MAX;
		words_read(l, from, &w);
		for (size_t i = 0; i < w.n && w.begin[i] < pos; i++)
			if (w.letter[i] && w.edge[i])
				found = w.begin[i];
		words_release(&w);
		if (found != SIZE_MAX)
			return found;
		pos = from;
	}
	return pos;
}

struct layout_range layout_word_at(struct layout *l, size_t pos)
{
	struct layout_range range = {pos, pos};
	struct words w;

	if (pos >= l->bytes.len)
		return range;
	words_read(l, words_begin(l, pos), &w);
	size_t i = 0, end;
	while (i < w.n && w.begin[i + 1] <= pos)
		i++;
	for (end = i + 1; end < w.n && !w.edge[end];)
		end++;
	while (i > 0 && i < w.n && !w.edge[i])
		i--;
	if (i < w.n && w.letter[i])
		range = (struct layout_range){w.begin[i], w.begin[end < w.n ? end : w.n]};
	words_release(&w);
	return range;
}
