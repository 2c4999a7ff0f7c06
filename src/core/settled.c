/* SPDX-License-Identifier: MIT */
#include "core/settled.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/wording.h"

#include <stdlib.h>

#define WORDS_MOST 60 /* columns */

/* A text as nobody in particular wants it, and which bytes of it that is made of. */
struct plain {
	struct str text;
	struct project_map map;
};

static void plain_read(struct plain *p, struct slice draft, const struct parties *parties)
{
	struct brackets b;
	uint32_t *choices;

	*p = (struct plain){STR_INIT, {NULL, 0, 0}};
	brackets_read(&b, draft, parties);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	project_choices(&b, PARTY_NONE, choices);
	project_plain(&b, draft, choices, &p->map, &p->text);
	free(choices);
	brackets_release(&b);
}

static void plain_release(struct plain *p)
{
	str_release(&p->text);
	project_map_release(&p->map);
}

/* The words of the pair that the other text has not. */
static void add_gone(const struct diff *d, const struct diff_pair *pair, struct slice old,
		     struct str *out)
{
	for (size_t i = 0; i < pair->n_ops; i++) {
		const struct diff_op *op = &d->ops[pair->op + i];
		struct slice words;

		if (op->kind != DIFF_DELETE)
			continue;
		words = wording_trim(slice_make(old.p + op->old, op->old_end - op->old));
		if (out->len && words.len)
			str_add_text(out, " … ");
		str_add_slice(out, words);
	}
}

static void add_loss(struct settled *s, const struct diff_pair *pair, const struct plain *old,
		     const struct plain *now, const struct str *words)
{
	struct settled_loss *loss;

	MEM_GROW(s->v, s->paragraphs, s->cap);
	loss = &s->v[s->paragraphs++];
	*loss = (struct settled_loss){project_origin(&old->map, pair->old_begin), SIZE_MAX,
				      STR_INIT};
	if (pair->new != DIFF_NONE)
		loss->other = project_origin(&now->map, pair->new_begin);
	str_add_slice(&loss->words, str_slice(words));
	if (s->paragraphs == 1)
		wording_brief(&s->words, str_slice(words), WORDS_MOST);
}

void settled_find(struct settled *s, struct slice draft, struct slice other,
		  const struct parties *parties)
{
	struct str gone = STR_INIT;
	struct plain old, now;
	struct diff d = {0};

	*s = (struct settled){.words = STR_INIT};
	plain_read(&old, draft, parties);
	plain_read(&now, other, parties);
	diff_texts(&d, str_slice(&old.text), str_slice(&now.text));
	for (size_t i = 0; i < d.n; i++) {
		str_clear(&gone);
		add_gone(&d, &d.pairs[i], str_slice(&old.text), &gone);
		if (gone.len)
			add_loss(s, &d.pairs[i], &old, &now, &gone);
	}
	diff_release(&d);
	plain_release(&old);
	plain_release(&now);
	str_release(&gone);
}

void settled_release(struct settled *s)
{
	for (size_t i = 0; i < s->paragraphs; i++)
		str_release(&s->v[i].words);
	free(s->v);
	str_release(&s->words);
}
