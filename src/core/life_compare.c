/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "life_impl.h"

#include <stdlib.h>

static struct reading *read_near(struct slice text, const struct parties *parties,
				 const struct reading *near)
{
	struct reading *r = mem_alloc(sizeof(*r));

	reading_make(r, text, parties, near);
	return r;
}

void life_near_release(struct life_near *near)
{
	if (near->reading)
		reading_release(near->reading);
	free(near->reading);
	near->reading = NULL;
}

void life_compare(struct slice before, struct slice after, const struct message_record *record,
		  const struct parties *parties, struct life_near *near,
		  struct life_counts *counts)
{
	struct reading *new = near->reading, *old;
	struct life_version v = {
		.text = after, .base = 0, .record = record, .undoes = LIFE_NONE};
	struct life l;
	struct match m;

	if (!new || !slice_equal(str_slice(&new->text), after)) {
		new = read_near(after, parties, near->reading);
		life_near_release(near);
	}
	old = read_near(before, parties, new);
	life_init(&l);
	l.inner->versions = mem_array(NULL, 2, sizeof(struct reading));
	l.inner->versions[0] = *old;
	l.inner->versions[1] = *new;
	l.inner->n = l.inner->cap = l.n_versions = 2;
	for (size_t i = 0; i < old->n; i++)
		old->spots[i].point = life_new_point(&l, 0);
	match_make(&m, old, new);
	life_step(&l, 1, &v, &m, parties);
	match_release(&m);
	life_count(&l, 1, counts);
	if (record && record->kind == MESSAGE_UNDO) {
		counts->reopened += counts->opened;
		counts->opened = 0;
	}
	/* The readings are not the life's. */
	l.inner->n = 0;
	life_release(&l);
	reading_release(new);
	free(new);
	near->reading = old;
}
