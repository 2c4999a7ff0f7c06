/* SPDX-License-Identifier: MIT */
#include "core/settled.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/wording.h"

#include <stdlib.h>

#define WORDS_MOST 60 /* columns */

static void project_base(struct slice draft, const struct parties *parties, struct str *out)
{
	struct brackets b;
	uint32_t *choices;

	brackets_read(&b, draft, parties);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	project_choices(&b, PARTY_NONE, choices);
	project_text(&b, draft, choices, out);
	free(choices);
	brackets_release(&b);
}

/* The words of the pair that the other text has not. */
static void add_gone(const struct diff *d, const struct diff_pair *pair, struct slice old,
		     struct str *out)
{
	for (size_t i = 0; i < pair->n_ops; i++) {
		const struct diff_op *op = &d->ops[pair->op + i];

		if (op->kind != DIFF_DELETE)
			continue;
		if (out->len)
			str_add_text(out, " … ");
		str_add(out, old.p + op->old, op->old_end - op->old);
	}
}

void settled_find(struct settled *s, struct slice draft, struct slice other,
		  const struct parties *parties)
{
	struct str old = STR_INIT, now = STR_INIT, gone = STR_INIT;
	struct diff d = {0};

	*s = (struct settled){0, STR_INIT};
	project_base(draft, parties, &old);
	project_base(other, parties, &now);
	diff_texts(&d, str_slice(&old), str_slice(&now));
	for (size_t i = 0; i < d.n; i++) {
		str_clear(&gone);
		add_gone(&d, &d.pairs[i], str_slice(&old), &gone);
		if (wording_trim(str_slice(&gone)).len && !s->paragraphs++)
			wording_brief(&s->words, str_slice(&gone), WORDS_MOST);
	}
	diff_release(&d);
	str_release(&old);
	str_release(&now);
	str_release(&gone);
}

void settled_release(struct settled *s)
{
	str_release(&s->words);
}
