/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/bound.h"
#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 64 /* of writing rows more plainly because of what stands elsewhere */

/* ---- inputs ---- */

static int check_inputs(const struct consolidate_input *inputs, size_t n,
			const struct parties *parties, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		if (inputs[i].party >= parties->n)
			return error_set(err, ST_USAGE,
					 N_("a text is of a party that the party list does "
					    "not have"));
		for (size_t k = 0; k < i; k++)
			if (inputs[k].party == inputs[i].party)
				return error_set(err, ST_USAGE,
						 N_("there are two texts of %s; give one"),
						 parties->v[inputs[i].party].code);
	}
	return 0;
}

static int check_sizes(struct slice base, const struct consolidate_input *inputs, size_t n,
		       struct error *err)
{
	struct slice *texts = mem_array(NULL, n + 1, sizeof(*texts));
	int status;

	texts[0] = base;
	for (size_t i = 0; i < n; i++)
		texts[i + 1] = inputs[i].text;
	status = bound_together(texts, n + 1, err);
	free(texts);
	return status;
}

static int by_party(const void *a, const void *b)
{
	const struct input *x = a, *y = b;

	return (x->party > y->party) - (x->party < y->party);
}

static bool occurs(const struct work *w, const char *what)
{
	size_t len = strlen(what);

	for (size_t i = 0; i < w->n; i++) {
		struct slice s = w->inputs[i].text;

		/* What it begins with is seldom met. */
		for (const char *p = s.p, *end = s.p + s.len;
		     s.len && (p = memchr(p, what[0], (size_t)(end - p))); p++)
			if ((size_t)(end - p) >= len && memcmp(p, what, len) == 0)
				return true;
	}
	return false;
}

/* Whose each id is: of the first text that has it. */
static void find_owners(struct work *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct input *in = &w->inputs[i];

		for (size_t k = 0; k < in->b.n; k++) {
			const struct bracket *v = &in->b.v[k];
			uint32_t key;

			if (v->id == v->id_end)
				continue;
			key = intern_key(w->ids, 'i',
					 slice_make(in->text.p + v->id, v->id_end - v->id));
			if (key >= w->n_id_owners) {
				w->id_owner = mem_array(w->id_owner, key + 1, sizeof(uint32_t));
				while (w->n_id_owners <= key)
					w->id_owner[w->n_id_owners++] = NONE;
			}
			if (w->id_owner[key] == NONE)
				w->id_owner[key] = (uint32_t)i;
		}
	}
}

static void read_one(void *context, size_t i)
{
	struct work *w = context;

	input_read(w, &w->inputs[i]);
}

static void work_init(struct work *w, const struct consolidate_ask *ask)
{
	*w = (struct work){.parties = ask->parties, .n = ask->n + 1, .each = ask->each};
	w->keys = intern_new();
	w->ids = intern_new();
	w->no_text = wording_no_text(ask->language);
	w->line_end = slice_of(slice_line_end(ask->base));
	w->inputs = mem_zalloc(w->n * sizeof(*w->inputs));
	w->inputs[0] = (struct input){.text = ask->base, .party = PARTY_NONE};
	for (size_t i = 0; i < ask->n; i++)
		w->inputs[i + 1] = (struct input){.text = ask->inputs[i].text,
						  .party = ask->inputs[i].party};
	qsort(w->inputs + 1, ask->n, sizeof(*w->inputs), by_party);
	each_run(ask->each, w->n, read_one, w);
	find_owners(w);
	str_add_text(&w->temp_id, "{#b-}");
	while (occurs(w, str_text(&w->temp_id)))
		str_splice(&w->temp_id, w->temp_id.len - 1, 0, "-", 1);
}

static void work_done(struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		input_done(&w->inputs[i]);
	for (size_t k = 0; k < w->n_rows; k++)
		free(w->rows[k].unit);
	free(w->rows);
	free(w->inputs);
	free(w->parts);
	free(w->differs);
	free(w->id_owner);
	free(w->counts);
	intern_free(w->keys);
	intern_free(w->ids);
	str_release(&w->temp_id);
}

/* Whether no party's text differs: then the result is the base. */
static bool all_equal(struct work *w)
{
	for (size_t k = 0; k < w->n_rows; k++) {
		const struct row *row = &w->rows[k];

		if (row->unit[0] == NONE)
			return false;
		for (size_t i = 1; i < w->n; i++)
			if (row->unit[i] == NONE ||
			    !units_equal(w, &w->inputs[0], &w->inputs[0].units[row->unit[0]],
					 &w->inputs[i], &w->inputs[i].units[row->unit[i]]))
				return false;
	}
	return true;
}

/* ---- the result ---- */

/* Whether each line can be hoped to be read as it is by itself. */
static bool all_read_alone(const struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (!lines_read_alone(&w->inputs[i].b, w->inputs[i].text))
			return false;
	return true;
}

/* Writes all rows, until the whole is read as they are. Returns how many points are open. */
static size_t write_rows(struct work *w, struct parts *x, struct str *result)
{
	const struct span_of_rows all = {0, w->n_rows, 0, w->inputs[0].n};
	bool changed = true;
	size_t open = 0;
	struct brackets b;

	w->later = all_read_alone(w);
	if (parts_write(x, result))
		return parts_open(x);
	for (size_t round = 0; changed; round++) {
		result_assemble(w, x->rows, &all, result);
		brackets_read(&b, str_slice(result), w->parties);
		changed = round < ROUNDS && result_settle(w, x->rows, &b);
		if (!changed)
			parts_find_ids(x, &b, str_slice(result));
		open = b.n_outer;
		brackets_release(&b);
	}
	return open;
}

static size_t make_result(struct work *w, struct str *out, struct provenance *provenance)
{
	struct written_row *rows = mem_zalloc(w->n_rows * sizeof(*rows));
	struct str result = STR_INIT;
	struct parts parts;
	size_t open;

	if (provenance)
		w->differs = mem_zalloc(w->n_rows * w->n);
	work_forget_all(w);
	parts_divide(w);
	parts_init(&parts, w, rows);
	open = write_rows(w, &parts, &result);
	if (provenance)
		source_find(w, rows, str_slice(&result), provenance);
	parts_mint(&parts, str_slice(&result), out);
	parts_release(&parts);
	for (size_t k = 0; k < w->n_rows; k++) {
		str_release(&rows[k].text);
		brackets_release(&rows[k].alone);
	}
	free(rows);
	str_release(&result);
	return open;
}

int consolidate(const struct consolidate_ask *ask, struct str *out, struct error *err)
{
	int status = check_inputs(ask->inputs, ask->n, ask->parties, err);
	size_t open;
	struct work w;

	if (status == 0)
		status = check_sizes(ask->base, ask->inputs, ask->n, err);
	if (status != 0)
		return status;
	work_init(&w, ask);
	align_rows(&w);
	if (ask->provenance)
		*ask->provenance = (struct provenance){NULL, 0, 0};
	if (all_equal(&w)) {
		str_add_slice(out, ask->base);
		open = w.inputs[0].b.n_outer;
	} else {
		open = make_result(&w, out, ask->provenance);
	}
	if (ask->open)
		*ask->open = open;
	work_done(&w);
	return 0;
}
