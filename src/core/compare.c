/* SPDX-License-Identifier: MIT */
#include "core/compare.h"

#include "compare_impl.h"
#include "core/mem.h"
#include "core/sorted.h"

#include <assert.h>
#include <stdlib.h>

/*
 * The rows: core/consolidate's alignment, with the reference for its base. What
 * is new at one place is aligned among the texts that have something there. A
 * consolidation has each wording once, so that what one party has in a paragraph's
 * place becomes new where another adds it; here each stands where it is in its text.
 */

/* The reference first, then the others in their order: input k is this column. */
static size_t column_of(const struct compare *c, size_t input)
{
	if (input == 0)
		return c->reference;
	return input <= c->reference ? input - 1 : input;
}

/* The reference as a party wants it, for that party's column to be aligned with. */
struct wanted {
	struct project_map map;
	struct input in;
	bool is; /* it is not what the reference says anyway */
};

struct aligning {
	struct compare *c;
	struct work w;
	struct wanted *wanted; /* by input */
	uint64_t *shape;       /* the reference's; NULL until asked for */
};

static int by_hash(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * A draft's units as a party wants them, and as they stand. Where the party's
 * text does not have what the draft offers it but what stands, that is what the
 * paragraph is recognised by.
 */
static void recognise(struct input *wanted, const struct input *stands,
		      const struct input *text)
{
	uint64_t *has = mem_array(NULL, text->n, sizeof(*has));

	for (size_t i = 0; i < text->n; i++)
		has[i] = text->units[i].body_hash;
	if (text->n)
		qsort(has, text->n, sizeof(*has), by_hash);
	for (size_t i = 0; i < wanted->n && text->n; i++) {
		struct unit *u = &wanted->units[i];
		const struct unit *s = &stands->units[i];
		size_t at = wanted->canon.len;

		if (u->body_hash == s->body_hash ||
		    bsearch(&u->body_hash, has, text->n, sizeof(*has), by_hash) ||
		    !bsearch(&s->body_hash, has, text->n, sizeof(*has), by_hash))
			continue;
		str_add(&wanted->canon, stands->canon.p + s->canon, s->canon_end - s->canon);
		u->canon = at;
		u->canon_body = at + (s->canon_body - s->canon);
		u->canon_end = wanted->canon.len;
		u->hash = s->hash;
		u->body_hash = s->body_hash;
	}
	free(has);
}

static void prepare_input(struct aligning *a, size_t k)
{
	struct compare *c = a->c;
	struct compare_column *ref = &c->columns[c->reference];
	struct compare_column *col = &c->columns[column_of(c, k)];
	struct input *in = &a->w.inputs[k];
	struct wanted *w = &a->wanted[k];

	column_units(col, &col->map, in);
	if (!col->foreign && col->text.party == PARTY_NONE && ref->text.party != PARTY_NONE &&
	    col->brackets.n_points) {
		/* A draft beside a region's text is recognised by what it offers that region.
		 */
		struct input plain = *in;
		struct project_map map;

		map_make(col, ref->text.party, &map);
		column_units(col, &map, in);
		recognise(in, &plain, &a->w.inputs[0]);
		project_map_release(&map);
		column_units_done(&plain);
	}
	if (col->foreign) {
		if (!a->shape)
			a->shape = column_shape(ref);
		a->w.inputs[0].shape = a->shape;
		in->shape = column_shape(col);
	} else if (ref->text.party == PARTY_NONE && col->text.party != PARTY_NONE &&
		   ref->brackets.n_points) {
		map_make(ref, col->text.party, &w->map);
		column_units(ref, &w->map, &w->in);
		recognise(&w->in, &a->w.inputs[0], in);
		w->is = true;
		in->like = &w->in;
	}
}

static void align(struct aligning *a)
{
	struct compare *c = a->c;
	struct compare_column *ref = &c->columns[c->reference];

	a->w = (struct work){.parties = c->parties, .n = c->n, .apart = true};
	a->w.inputs = mem_zalloc(c->n * sizeof(*a->w.inputs));
	a->wanted = mem_zalloc(c->n * sizeof(*a->wanted));
	column_units(ref, &ref->map, &a->w.inputs[0]);
	for (size_t k = 1; k < c->n; k++)
		prepare_input(a, k);
	align_rows(&a->w);
}

static void aligning_release(struct aligning *a)
{
	for (size_t k = 0; k < a->w.n; k++) {
		if (k && a->w.inputs[k].shape)
			free((uint64_t *)(uintptr_t)a->w.inputs[k].shape);
		column_units_done(&a->w.inputs[k]);
		if (a->wanted[k].is) {
			column_units_done(&a->wanted[k].in);
			project_map_release(&a->wanted[k].map);
		}
	}
	for (size_t i = 0; i < a->w.n_rows; i++)
		free(a->w.rows[i].unit);
	free(a->w.rows);
	free(a->w.inputs);
	free(a->wanted);
	free(a->shape);
}

/* ---- cells ---- */

static struct compare_cell *cell(struct compare *c, size_t row, size_t column)
{
	return &c->cells[row * c->n + column];
}

const struct compare_cell *compare_at(const struct compare *c, size_t row, size_t column)
{
	return &c->cells[row * c->n + column];
}

const struct compare_paragraph *compare_paragraph(const struct compare *c, size_t row,
						  size_t column)
{
	uint32_t i = compare_at(c, row, column)->paragraph;

	return i == COMPARE_NONE ? NULL : &c->columns[column].v[i];
}

static void place_cells(struct aligning *a)
{
	struct compare *c = a->c;

	c->n_rows = a->w.n_rows;
	c->cells = mem_array(NULL, c->n_rows * c->n, sizeof(*c->cells));
	for (size_t r = 0; r < c->n_rows; r++) {
		for (size_t k = 0; k < c->n; k++) {
			size_t col = column_of(c, k);
			uint32_t i = a->w.rows[r].unit[k];

			*cell(c, r, col) = (struct compare_cell){i, COMPARE_NONE, 0, 0, false};
			if (i != COMPARE_NONE)
				c->columns[col].v[i].row = (uint32_t)r;
		}
	}
	/* What moved points to where it was, and that place to it. */
	for (size_t k = 1; k < c->n; k++) {
		const struct input *in = &a->w.inputs[k];
		size_t col = column_of(c, k);

		for (size_t i = 0; i < in->n; i++) {
			uint32_t was, is = c->columns[col].v[i].row;

			if (!in->moved[i])
				continue;
			was = c->columns[c->reference].v[in->came[i]].row;
			cell(c, is, col)->other = was;
			if (cell(c, was, col)->paragraph == COMPARE_NONE)
				cell(c, was, col)->other = is;
		}
	}
}

static struct slice said(const struct compare *c, size_t row, size_t column)
{
	const struct compare_paragraph *p = compare_paragraph(c, row, column);

	if (!p)
		return slice_make("", 0);
	return slice_make(c->columns[column].plain.p + p->plain, p->plain_end - p->plain);
}

static enum compare_state state_of(const struct compare *c, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(c, row, column);
	bool here = x->paragraph != COMPARE_NONE;

	if (column == c->reference)
		return COMPARE_SAME;
	if (c->columns[column].foreign)
		return COMPARE_FOREIGN;
	if (x->other != COMPARE_NONE)
		return here ? COMPARE_MOVED : COMPARE_MOVED_AWAY;
	if (slice_equal(said(c, row, column), said(c, row, c->reference)))
		return COMPARE_SAME;
	if (!here)
		return COMPARE_ABSENT;
	return compare_at(c, row, c->reference)->paragraph == COMPARE_NONE ? COMPARE_ADDED
									   : COMPARE_CHANGED;
}

/* The cells of a row that say the same get one number. */
static void group_row(struct compare *c, size_t row)
{
	uint16_t groups = 1;

	for (size_t i = 0; i < c->n; i++) {
		struct slice mine = said(c, row, i);
		uint16_t group = 0;

		if (slice_equal(mine, said(c, row, c->reference)))
			continue;
		for (size_t k = 0; k < i && !group; k++)
			if (slice_equal(mine, said(c, row, k)))
				group = cell(c, row, k)->group;
		cell(c, row, i)->group = group ? group : groups++;
	}
}

/* Which wordings the draft has already, as the options of whose they are. */
static void find_offered(struct aligning *a)
{
	struct compare *c = a->c;
	const struct compare_column *ref = &c->columns[c->reference];

	for (size_t k = 1; k < c->n; k++) {
		size_t col = column_of(c, k);

		if (!a->wanted[k].is)
			continue;
		for (size_t r = 0; r < c->n_rows; r++) {
			struct compare_cell *x = cell(c, r, col);
			uint32_t i = compare_at(c, r, c->reference)->paragraph;

			if (i != COMPARE_NONE && compare_differs(x) &&
			    x->state != COMPARE_MOVED)
				x->offered =
					column_says(ref, &a->wanted[k].map, i, said(c, r, col));
		}
	}
}

bool compare_differs(const struct compare_cell *x)
{
	return x->state == COMPARE_CHANGED || x->state == COMPARE_ADDED ||
	       x->state == COMPARE_ABSENT || x->state == COMPARE_MOVED;
}

bool compare_row_differs(const struct compare *c, size_t row)
{
	for (size_t i = 0; i < c->n; i++)
		if (compare_differs(compare_at(c, row, i)))
			return true;
	return false;
}

static void judge(struct aligning *a)
{
	struct compare *c = a->c;

	for (size_t r = 0; r < c->n_rows; r++) {
		bool any = false;

		for (size_t i = 0; i < c->n; i++) {
			struct compare_cell *x = cell(c, r, i);

			x->state = (uint8_t)state_of(c, r, i);
			c->columns[i].different += compare_differs(x);
			any = any || compare_differs(x);
		}
		c->different += any;
		group_row(c, r);
	}
	find_offered(a);
}

void compare_init(struct compare *c, const struct compare_text *texts, size_t n,
		  size_t reference, const struct parties *parties)
{
	struct aligning a = {.c = c};

	assert(reference < n);
	*c = (struct compare){.parties = parties, .n = n, .reference = reference};
	c->columns = mem_zalloc(n * sizeof(*c->columns));
	for (size_t i = 0; i < n; i++)
		column_read(&c->columns[i], &texts[i], parties);
	for (size_t i = 0; i < n; i++)
		c->columns[i].foreign = i != reference &&
					texts_are_foreign(texts[i].text, texts[reference].text);
	align(&a);
	place_cells(&a);
	judge(&a);
	aligning_release(&a);
}

/* Whether the paragraphs are written alike, labels and blanks aside. */
static bool alike(const struct compare *c)
{
	struct str plain[2] = {STR_INIT, STR_INIT};
	bool is;

	for (size_t i = 0; i < 2; i++) {
		const struct compare_paragraph *p = &c->columns[i].v[0];

		plain_add(slice_make(c->columns[i].text.text.p + p->begin, p->end - p->begin),
			  &plain[i]);
	}
	is = slice_equal(str_slice(&plain[0]), str_slice(&plain[1]));
	str_release(&plain[0]);
	str_release(&plain[1]);
	return is;
}

void compare_pair(struct compare *c, const struct compare_text texts[2],
		  const struct parties *parties)
{
	compare_init(c, texts, 2, 0, parties);
	if (c->columns[0].n != 1 || c->columns[1].n != 1)
		return;
	c->paired = true;
	c->n_rows = 1;
	for (size_t i = 0; i < 2; i++) {
		*cell(c, 0, i) = (struct compare_cell){0, COMPARE_NONE, 0, COMPARE_SAME, false};
		c->columns[i].v[0].row = 0;
		project_map_release(&c->columns[i].map);
		map_offers(&c->columns[i], &c->columns[i].map);
	}
	if (!alike(c))
		*cell(c, 0, 1) =
			(struct compare_cell){0, COMPARE_NONE, 1, COMPARE_CHANGED, false};
	c->different = c->columns[1].different = cell(c, 0, 1)->state == COMPARE_CHANGED;
}

void compare_release(struct compare *c)
{
	for (size_t i = 0; i < c->n; i++)
		column_release(&c->columns[i]);
	free(c->columns);
	free(c->cells);
	*c = (struct compare){.n = 0};
}

uint32_t compare_row_at(const struct compare *c, size_t column, size_t at)
{
	const struct compare_column *col = &c->columns[column];
	size_t i;

	SORTED_SKIP(i, col->n, col->v[i].end < at);
	if (i == col->n && i)
		i--;
	return i < col->n ? col->v[i].row : COMPARE_NONE;
}

const char *compare_state_word(enum compare_state state)
{
	static const char *const words[] = {
		[COMPARE_SAME] = "same",       [COMPARE_CHANGED] = "changed",
		[COMPARE_ADDED] = "added",     [COMPARE_ABSENT] = "absent",
		[COMPARE_MOVED] = "moved",     [COMPARE_MOVED_AWAY] = "moved-away",
		[COMPARE_FOREIGN] = "foreign",
	};

	return words[state];
}
