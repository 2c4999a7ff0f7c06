/* SPDX-License-Identifier: MIT */
#include "columns_inner.h"
#include "core/bound.h"
#include "core/mem.h"
#include "ui/beside.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/*
 * The texts and their comparison. Made at once where it takes no time; else by a
 * worker, from copies, while what is on the screen stays.
 */

#define AT_ONCE ((size_t)96 << 10) /* bytes of all texts */

struct columns_job {
	struct beside beside; /* first */
	struct columns_set *set;
};

/* ---- a set ---- */

static void add_text(struct columns_set *set, const char *name, const char *code,
		     uint16_t party, struct slice bytes)
{
	struct columns_text t = {.name = mem_strdup(name),
				 .code = code ? mem_strdup(code) : NULL,
				 .party = party};

	str_add_slice(&t.bytes, bytes);
	set->v = mem_array(set->v, set->n + 1, sizeof(*set->v));
	set->v[set->n++] = t;
}

void columns_set_free(struct columns_set *set)
{
	if (!set)
		return;
	if (set->compared)
		compare_release(&set->compare);
	for (size_t i = 0; i < set->n; i++) {
		doc_free(set->v[i].doc);
		free(set->v[i].name);
		free(set->v[i].code);
		str_release(&set->v[i].bytes);
	}
	free(set->v);
	parties_release(&set->parties);
	free(set);
}

static size_t bytes_of(const struct columns_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++)
		n += set->v[i].bytes.len;
	return n;
}

static void make(struct columns_set *set)
{
	struct compare_text *list = mem_array(NULL, set->n, sizeof(*list));

	for (size_t i = 0; i < set->n; i++) {
		struct columns_text *t = &set->v[i];

		list[i] = (struct compare_text){str_slice(&t->bytes), t->party};
		t->doc = doc_new(t->name, NULL, str_slice(&t->bytes), &set->parties);
		doc_read(t->doc);
	}
	compare_init(&set->compare, list, set->n, set->reference, &set->parties);
	set->compared = true;
	free(list);
}

static bool same_texts(const struct columns_set *a, const struct columns_set *b)
{
	if (!a || !b || a->n != b->n || a->reference != b->reference ||
	    a->too_much != b->too_much)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i].name, b->v[i].name) != 0 || a->v[i].party != b->v[i].party ||
		    !slice_equal(str_slice(&a->v[i].bytes), str_slice(&b->v[i].bytes)))
			return false;
	return true;
}

/* ---- columns as they are shown ---- */

static size_t find_text(const struct columns_set *set, const char *name)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->v[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

/* New texts get a column at the right end; the base is there when it is asked for. */
static void update_columns(struct columns *c)
{
	for (size_t k = 0; k < c->n; k++)
		c->column[k].at = find_text(c->set, c->column[k].name);
	for (size_t i = 0; i < c->set->n; i++) {
		size_t k = 0;

		while (k < c->n && c->column[k].at != i)
			k++;
		if (k < c->n)
			continue;
		c->column = mem_array(c->column, c->n + 1, sizeof(*c->column));
		c->column[c->n++] =
			(struct shown_column){mem_strdup(c->set->v[i].name),
					      strcmp(c->set->v[i].name, "base") == 0, i};
	}
}

/* The new set is what is shown; the focus stays on the paragraph it is on. */
static void take_set(struct columns *c, struct columns_set *set)
{
	struct columns_set *old = c->set;
	uint32_t row = columns_row(c);
	size_t at = SIZE_MAX, column = SIZE_MAX;

	for (size_t i = 0; old && row != COMPARE_NONE && i < old->n && column == SIZE_MAX;
	     i++) {
		const struct compare_paragraph *p = compare_paragraph(&old->compare, row, i);

		if (p && find_text(set, old->v[i].name) != SIZE_MAX) {
			column = find_text(set, old->v[i].name);
			at = p->begin;
		}
	}
	c->set = set;
	c->epoch++;
	update_columns(c);
	c->n_shown = 0;
	columns_list(c);
	if (column != SIZE_MAX) {
		uint32_t to = compare_row_at(&set->compare, column, at);

		for (size_t k = 0; k < c->n_shown; k++)
			if (c->shown[k] <= to)
				c->row = k;
	}
	columns_set_free(old);
	views_touch(c->view.views);
}

/* ---- the worker ---- */

static void work(struct beside *b)
{
	make(((struct columns_job *)b)->set);
}

static void release(struct beside *b)
{
	columns_set_free(((struct columns_job *)b)->set);
	free(b);
}

void columns_drop_job(struct columns *c)
{
	if (c->job)
		beside_drop(&c->job->beside);
	c->job = NULL;
}

static void start(struct columns *c, struct columns_set *set)
{
	struct columns_job *job;

	columns_drop_job(c);
	if (bytes_of(set) <= AT_ONCE) {
		make(set);
		take_set(c, set);
		return;
	}
	job = mem_zalloc(sizeof(*job));
	*job = (struct columns_job){.beside = {.work = work, .release = release}, .set = set};
	if (!beside_start(&job->beside)) {
		/* Late rather than never. */
		free(job);
		make(set);
		take_set(c, set);
		return;
	}
	c->job = job;
}

static void take_job(struct columns *c)
{
	struct columns_job *job = c->job;

	beside_wait(&job->beside);
	c->job = NULL;
	take_set(c, job->set);
	free(job);
}

bool columns_step(struct columns *c)
{
	if (c->job && !beside_step(&c->job->beside))
		take_job(c);
	return c->job != NULL;
}

/* ---- taking the texts ---- */

static void note_left_out(struct columns *c, const struct host_texts *t)
{
	bool news = t->n_left_out && t->n_left_out != c->left_out;

	c->left_out = t->n_left_out;
	if (!news)
		return;
	if (t->n_left_out == 1)
		views_message(c->view.views, MESSAGE_WARN, "%s", t->left_out[0]);
	else
		views_message(c->view.views, MESSAGE_WARN,
			      n_("%zu text cannot be shown; %s",
				 "%zu texts cannot be shown; %s", t->n_left_out),
			      t->n_left_out, t->left_out[0]);
}

/* Whether all of them are too much to be compared, as `adref compare` refuses it. */
static bool is_too_much(const struct columns *c, const struct host_texts *t, size_t *bytes)
{
	struct slice *all = mem_array(NULL, t->n + 2, sizeof(*all));
	size_t n = 0;
	int rc;

	all[n++] = c->doc->flat;
	if (t->base_name && !t->base_failure)
		all[n++] = t->base;
	for (size_t i = 0; i < t->n; i++)
		all[n++] = t->v[i].bytes;
	rc = bound_together(all, n, NULL);
	*bytes = 0;
	for (size_t i = 0; i < n; i++)
		*bytes += all[i].len;
	free(all);
	return rc < 0;
}

static struct columns_set *gather(struct columns *c)
{
	const struct host_texts *t = c->host->texts(c->host->data, c->doc);
	struct columns_set *set = mem_zalloc(sizeof(*set));
	size_t reference, bytes;

	doc_refresh(c->doc);
	parties_copy(&set->parties, c->doc->parties);
	set->generation = c->doc->generation;
	add_text(set, "draft", NULL, PARTY_NONE, c->doc->flat);
	if (is_too_much(c, t, &bytes))
		set->too_much = bytes;
	if (!set->too_much && t->base_name && !t->base_failure)
		add_text(set, "base", NULL, PARTY_NONE, t->base);
	for (size_t i = 0; i < t->n && !set->too_much; i++)
		add_text(set, c->doc->parties->v[t->v[i].party].code, t->v[i].code,
			 t->v[i].party, t->v[i].bytes);
	free(c->failure);
	c->failure = NULL;
	if (t->base_failure)
		c->failure = mem_strdup(t->base_failure);
	note_left_out(c, t);
	reference = find_text(set, c->reference);
	set->reference = reference == SIZE_MAX ? 0 : reference;
	return set;
}

void columns_load(struct columns *c)
{
	struct columns_set *set = gather(c);

	if (same_texts(set, c->set) && !c->job) {
		c->set->generation = set->generation;
		columns_set_free(set);
		return;
	}
	if (c->job && same_texts(set, c->job->set)) {
		c->job->set->generation = set->generation;
		columns_set_free(set);
		return;
	}
	start(c, set);
}

bool columns_settle(struct columns *c)
{
	if (!c->set || c->set->generation != c->doc->generation)
		columns_load(c);
	if (c->job)
		take_job(c);
	return c->set != NULL;
}
