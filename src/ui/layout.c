/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include "core/mem.h"
#include "ui/layout_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * The rows of a paragraph: known from the first one on, as far as somebody asked for them.
 * After a change those before it stay, and those after it where rows fall as before.
 */

#define ABOUT_A_UNIT 16  /* bytes after a unit that may belong to it */
#define SMALL        160 /* bytes below which a change is not worth finding */
#define IN_STEP      256 /* rows within which those after a change fall as before, or never */
#define NOT_A_ROW    SIZE_MAX

void layout_init(struct layout *l)
{
	memset(l, 0, sizeof(*l));
	l->row_at = NOT_A_ROW;
	l->scratch = mem_zalloc(sizeof(*l->scratch));
	l->spec.width = -1; /* unlike any spec: the first layout_set() does its work */
}

void layout_release(struct layout *l)
{
	if (l->scratch) {
		free(l->scratch->units);
		free(l->scratch->may_break);
		free(l->scratch->cps);
		free(l->scratch->breaks);
	}
	free(l->scratch);
	free((void *)l->spec.hidden);
	free(l->rows);
	free(l->levels);
	free(l->units);
	free(l->visual);
	str_release(&l->bytes);
	memset(l, 0, sizeof(*l));
}

static void add_row(struct layout *l, struct layout_start start)
{
	MEM_GROW(l->rows, l->n_rows, l->cap_rows);
	l->rows[l->n_rows++] = start;
}

/* Whether all rows are known. */
static bool is_wrapped(const struct layout *l)
{
	return l->n_rows && l->wrapped == l->bytes.len;
}

static void wrap_row(struct layout *l)
{
	struct layout_start row = {l->wrapped, 0};

	l->wrapped = layout_break_row(l, l->wrapped, l->n_rows == 0, &row.seen);
	add_row(l, row);
}

/* Makes row k known, or all where there are fewer. */
static void wrap_until(struct layout *l, size_t k)
{
	while (l->n_rows <= k && !is_wrapped(l))
		wrap_row(l);
}

void layout_wrap_over(struct layout *l, size_t pos)
{
	while (l->wrapped <= pos && !is_wrapped(l))
		wrap_row(l);
}

/* Whether the row was broken by bytes well before the change: what stands after a unit says
 * where it ends. */
static bool is_before(const struct layout_start *row, const struct layout_change *c)
{
	return row->seen <= c->begin && c->begin - row->seen >= ABOUT_A_UNIT;
}

/* The first row that saw what changed. None sees further than so many rows as it reads units:
 * each has one at least. */
static size_t first_that_saw(const struct layout *l, const struct layout_change *c)
{
	size_t far = (size_t)l->spec.width + LAYOUT_BEYOND + 2, low = 0, high = l->n_rows;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->rows[mid].begin + ABOUT_A_UNIT <= c->begin)
			low = mid + 1;
		else
			high = mid;
	}
	low = low > far ? low - far : 0;
	while (low < l->n_rows && is_before(&l->rows[low], c))
		low++;
	return low;
}

/* The rows as they were, of which those wrapped anew take the places: from `keep` on. */
struct old_rows {
	struct layout_start first[IN_STEP + 1]; /* as many as may be written over */
	size_t keep, n_first, n;
};

static struct layout_start old_row(const struct layout *l, const struct old_rows *o, size_t i)
{
	return i - o->keep < o->n_first ? o->first[i - o->keep] : l->rows[i];
}

/* The old row, from *from on, that begins where the rows known by now end: o->n where they end
 * beyond those; SIZE_MAX where they are not as far, or none begins there. */
static size_t find_in_step(const struct layout *l, const struct layout_change *c,
			   const struct old_rows *o, size_t *from)
{
	size_t was = l->wrapped - c->end + c->old_end;

	if (l->wrapped < c->end || !l->n_rows)
		return SIZE_MAX;
	/* The first row is indented as no other. */
	while (*from < o->n && (*from == 0 || old_row(l, o, *from).begin < was))
		++*from;
	return *from == o->n || old_row(l, o, *from).begin == was ? *from : SIZE_MAX;
}

/* The old rows from `next` on follow those wrapped anew. */
static void add_old_rows(struct layout *l, const struct layout_change *c,
			 const struct old_rows *o, size_t next)
{
	size_t at = l->n_rows, n = o->n - next, over = 0;

	MEM_GROW_BY(l->rows, at, l->cap_rows, n);
	if (at > next)
		over = (at < o->n ? at : o->n) - next;
	memmove(l->rows + at + over, l->rows + next + over, (n - over) * sizeof(*l->rows));
	if (over)
		memcpy(l->rows + at, o->first + (next - o->keep), over * sizeof(*l->rows));
	for (size_t i = at; i < at + n; i++) {
		struct layout_start *row = &l->rows[i];

		row->begin = row->begin - c->old_end + c->end;
		if (row->seen < SIZE_MAX)
			row->seen = row->seen - c->old_end + c->end;
	}
	l->n_rows = at + n;
}

/*
 * Wraps anew from the first row that saw what changed (that may be the row before: now the
 * first word may fit there) to where a row begins at a byte at which one began before. Where
 * none does for long, those after are wrapped again when they are asked for.
 */
static void wrap_changed(struct layout *l, const struct layout_change *c)
{
	struct old_rows o = {.n = l->n_rows};
	size_t old_wrapped = l->wrapped, next = SIZE_MAX, from;

	o.keep = first_that_saw(l, c);
	if (o.keep == o.n)
		return;
	o.n_first = o.n - o.keep < IN_STEP + 1 ? o.n - o.keep : IN_STEP + 1;
	memcpy(o.first, l->rows + o.keep, o.n_first * sizeof(*o.first));
	l->n_rows = from = o.keep;
	l->wrapped = o.first[0].begin;
	while (next == SIZE_MAX && !is_wrapped(l) && l->n_rows < o.keep + IN_STEP) {
		wrap_row(l);
		next = find_in_step(l, c, &o, &from);
	}
	if (next >= o.n)
		return;
	l->wrapped = old_wrapped - c->old_end + c->end;
	add_old_rows(l, c, &o, next);
}

static bool same_numbers(const struct layout_spec *a, const struct layout_spec *b)
{
	return a->width == b->width && a->first == b->first && a->hang == b->hang &&
	       a->tab == b->tab && a->body == b->body && a->reorder == b->reorder &&
	       a->rtl_default == b->rtl_default;
}

/* Narrows c to what differs between the ranges too. */
static void hidden_change(const struct layout_spec *old, const struct layout_spec *new,
			  struct layout_change *c)
{
	size_t i = 0, a = old->n_hidden, b = new->n_hidden;

	while (i < a && i < b && old->hidden[i].begin == new->hidden[i].begin &&
	       old->hidden[i].end == new->hidden[i].end &&new->hidden[i].end <= c->begin)
		i++;
	while (a > i && b > i && old->hidden[a - 1].begin >= c->old_end &&
	       old->hidden[a - 1].begin - c->old_end + c->end == new->hidden[b - 1].begin &&
	       old->hidden[a - 1].end - c->old_end + c->end == new->hidden[b - 1].end) {
		a--;
		b--;
	}
	for (size_t k = i; k < a || k < b; k++) {
		size_t begin = k < b ? new->hidden[k].begin : old->hidden[k].begin;
		if (k < a && old->hidden[k].begin < begin)
			begin = old->hidden[k].begin;
		if (begin < c->begin)
			c->begin = begin;
		if (k < a && old->hidden[k].end > c->old_end) {
			c->end += old->hidden[k].end - c->old_end;
			c->old_end = old->hidden[k].end;
		}
		if (k<b &&new->hidden[k].end> c->end) {
			c->old_end += new->hidden[k].end - c->end;
			c->end = new->hidden[k].end;
		}
	}
}

static void find_change(const struct layout *l, struct slice p, struct layout_change *c)
{
	const char *old = l->bytes.p;
	size_t n = l->bytes.len, least = n < p.len ? n : p.len, same = 0, tail = 0;

	while (same + 256 <= least && memcmp(old + same, p.p + same, 256) == 0)
		same += 256;
	while (same < least && old[same] == p.p[same])
		same++;
	while (tail + 256 <= least - same &&
	       memcmp(old + n - tail - 256, p.p + p.len - tail - 256, 256) == 0)
		tail += 256;
	while (tail < least - same && old[n - tail - 1] == p.p[p.len - tail - 1])
		tail++;
	*c = (struct layout_change){same, n - tail, p.len - tail};
}

/* known: whether no more than c says differs. */
static void take(struct layout *l, struct slice paragraph, const struct layout_spec *spec,
		 bool known, const struct layout_change *c)
{
	struct layout_range *hidden = NULL;

	if (spec->n_hidden)
		hidden = mem_dup(spec->hidden, spec->n_hidden * sizeof(*hidden));
	free((void *)l->spec.hidden);
	l->spec = *spec;
	l->spec.hidden = hidden;
	if (known) {
		str_splice(&l->bytes, c->begin, c->old_end - c->begin, paragraph.p + c->begin,
			   c->end - c->begin);
	} else {
		str_clear(&l->bytes);
		str_add(&l->bytes, paragraph.p, paragraph.len);
	}
	free(l->levels);
	l->levels = NULL;
	l->row_at = NOT_A_ROW;
	l->scratch->n_row = 0;
	l->version++;
}

static bool same_hidden(const struct layout_spec *a, const struct layout_spec *b)
{
	return a->n_hidden == b->n_hidden &&
	       (!a->n_hidden ||
		memcmp(a->hidden, b->hidden, a->n_hidden * sizeof(*a->hidden)) == 0);
}

/* Whether that can be all that changed. */
static bool is_believable(const struct layout *l, struct slice p, const struct layout_change *c)
{
	return c && c->begin <= c->old_end && c->begin <= c->end &&
	       c->old_end <= l->bytes.len && c->end <= p.len &&
	       l->bytes.len - c->old_end == p.len - c->end;
}

void layout_follow(struct layout *l, struct slice paragraph, const struct layout_spec *given,
		   const struct layout_change *known)
{
	struct layout_spec spec = *given;
	struct layout_change change = {0, 0, 0}, bytes = {0, 0, 0};

	if (spec.width < 2)
		spec.width = 2;
	if (!is_believable(l, paragraph, known))
		known = NULL;
	bool same_spec = same_numbers(&l->spec, &spec);
	bool same_bytes = known ? known->old_end == known->begin && known->end == known->begin
				: slice_equal(str_slice(&l->bytes), paragraph);
	if (same_spec && same_bytes && same_hidden(&l->spec, &spec))
		return;
	bool partly = same_spec && l->n_rows > 1 && paragraph.len > SMALL;
	bool was_mixed = l->mixed || !same_spec;
	if (known)
		change = bytes = *known;
	else if (partly)
		find_change(l, paragraph, &change);
	hidden_change(&l->spec, &spec, &change);
	take(l, paragraph, &spec, known != NULL, &bytes);
	if (partly)
		wrap_changed(l, &change);
	else
		l->n_rows = l->wrapped = 0;
	/* Of text that runs from the left the rest is not looked at again. */
	if (known && !was_mixed)
		layout_follow_direction(l, bytes.begin, bytes.end);
	else
		layout_find_direction(l);
}

void layout_set(struct layout *l, struct slice paragraph, const struct layout_spec *spec)
{
	layout_follow(l, paragraph, spec, NULL);
}

bool layout_has_row(struct layout *l, size_t k)
{
	if (k > 0)
		wrap_until(l, k - 1);
	return k < l->n_rows || !is_wrapped(l);
}

size_t layout_rows(struct layout *l)
{
	wrap_until(l, SIZE_MAX);
	return l->n_rows;
}

struct layout_range layout_row_range(struct layout *l, size_t k)
{
	wrap_until(l, k);
	assert(k < l->n_rows);
	return (struct layout_range){l->rows[k].begin,
				     k + 1 < l->n_rows ? l->rows[k + 1].begin : l->wrapped};
}

const struct layout_row *layout_row(struct layout *l, size_t k)
{
	struct layout_scratch *s = l->scratch;
	struct layout_range row = layout_row_range(l, k);

	if (l->row_at == k)
		return &l->row;
	l->row.begin = row.begin;
	l->row.end = row.end;
	layout_fill_row(l, row, k == 0);
	l->n_units = s->n_row;
	if (l->n_units > l->cap_units) {
		l->cap_units = l->n_units;
		l->units = mem_array(l->units, l->cap_units, sizeof(*l->units));
		l->visual = mem_array(l->visual, l->cap_units, sizeof(*l->visual));
	}
	if (l->n_units)
		memcpy(l->units, s->units, l->n_units * sizeof(*l->units));
	l->row.units = l->units;
	l->row.visual = l->visual;
	l->row.n = l->n_units;
	l->row_at = k;
	layout_order(l);
	return &l->row;
}
