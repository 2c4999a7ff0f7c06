/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/* What a merge left behind of what another parent brought. */

/* By number, up to most: whether something is told of that paragraph of the text after. */
static bool *find_told(const struct audit *a, size_t most)
{
	bool *told = mem_zalloc(most + 1);

	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].new_paragraph && a->v[i].new_paragraph <= most)
			told[a->v[i].new_paragraph] = true;
	return told;
}

/* The paragraph, as merging gives it, is there by what the other parent changed, and is not in
 * the text after. What the first parent had is told of by comparing with that. */
static bool was_brought(struct audit_view *v, const struct audit_parent *other,
			struct slice paragraph)
{
	return !audit_has_line(v, v->step->before, paragraph) &&
	       !audit_has_line(v, other->base, paragraph) &&
	       !audit_has_line(v, v->step->after, paragraph);
}

static void look_at(struct audit_view *v, const struct audit_parent *other,
		    const struct parties *parties)
{
	size_t n = v->a->n;
	bool *told;

	audit_side_read(&v->old, other->merged, parties);
	audit_side_read(&v->new, v->step->after, parties);
	diff_texts(&v->d, v->old.text, v->new.text);
	told = find_told(v->a, v->d.n); /* pairs are no fewer than paragraphs */
	for (size_t i = 0; i < v->d.n; i++) {
		const struct diff_pair *p = &v->d.pairs[i];
		struct slice was =
			slice_make(v->old.text.p + p->old_begin, p->old_end - p->old_begin);

		if ((p->change == DIFF_CHANGED || p->change == DIFF_DELETED) &&
		    was_brought(v, other, was) && !told[p->new == DIFF_NONE ? 0 : p->new + 1])
			audit_compare_words(v, p, parties);
	}
	/* Paragraphs of a text that nobody wrote have no number. */
	for (size_t i = n; i < v->a->n; i++)
		v->a->v[i].old_paragraph = 0;
	free(told);
	audit_end_references(v);
	audit_end_lines(v);
	diff_release(&v->d);
	audit_side_release(&v->old);
	audit_side_release(&v->new);
}

void audit_left(struct audit *a, const struct audit_step *step, const struct parties *parties)
{
	for (size_t i = 0; i < step->n_others; i++) {
		struct audit_view v = {.a = a, .step = step};

		if (step->others[i].parts && !slice_equal(step->others[i].merged, step->after))
			look_at(&v, &step->others[i], parties);
	}
}
