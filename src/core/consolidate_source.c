/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <string.h>

/* Where it all comes from: the table of provenance. */

static void add_entry(struct provenance *p, size_t paragraph, const struct input *in,
		      size_t from, enum provenance_what what)
{
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct provenance_entry){paragraph, in->party, from, what};
}

/* What new paragraphs say, and those of the base: made when a new one is met. */
struct told {
	struct intern *keys;
	uint32_t known; /* the keys below were there before this row */
};

static uint32_t text_key(struct told *t, const struct input *in, const struct unit *u)
{
	return intern_key(
		t->keys, 'd',
		slice_make(input_aligned(in).p + u->canon_body, u->canon_end - u->canon_body));
}

static void told_init(struct told *t, const struct input *base)
{
	if (t->keys)
		return;
	t->keys = intern_new();
	for (size_t i = 0; i < base->n; i++)
		text_key(t, base, &base->units[i]);
	t->known = intern_count(t->keys);
}

static void new_row(const struct work *w, size_t k, size_t paragraph, struct told *t,
		    struct provenance *p)
{
	for (size_t i = 1; i < w->n; i++) {
		const struct input *in = &w->inputs[i];
		uint32_t unit = w->rows[k].unit[i];

		if (unit == NONE)
			continue;
		told_init(t, &w->inputs[0]);
		if (in->moved[unit])
			add_entry(p, paragraph, in, in->units[unit].number,
				  PROVENANCE_REORDERED);
		else
			add_entry(p, paragraph, in, in->units[unit].number,
				  text_key(t, in, &in->units[unit]) < t->known
					  ? PROVENANCE_DUPLICATE
					  : PROVENANCE_ADDED);
	}
	/* Of several new ones that say the same, the later repeat the first. */
	if (t->keys)
		t->known = intern_count(t->keys);
}

static void base_row(const struct work *w, size_t k, size_t paragraph, struct provenance *p)
{
	for (size_t i = 1; i < w->n; i++) {
		const struct input *in = &w->inputs[i];
		uint32_t unit = w->rows[k].unit[i];

		if (unit == NONE)
			add_entry(p, paragraph, in, 0, PROVENANCE_DELETED);
		else if (w->differs[k * w->n + i])
			add_entry(p, paragraph, in, in->units[unit].number, PROVENANCE_MERGED);
	}
}

void source_find(const struct work *w, const struct written_row *rows, struct slice result,
		 struct provenance *p)
{
	size_t paragraph = 0, at = 0;
	struct told t = {NULL, 0};

	for (size_t k = 0; k < w->n_rows; k++) {
		for (size_t end; at < rows[k].begin; at = end + 1) {
			const char *lf = memchr(result.p + at, '\n', result.len - at);

			end = lf ? (size_t)(lf - result.p) : result.len;
			if (end > at && result.p[end - 1] == '\r')
				paragraph += utf8_blanks_at(result.p + at, end - 1 - at) <
					     end - 1 - at;
			else
				paragraph += utf8_blanks_at(result.p + at, end - at) < end - at;
		}
		if (w->rows[k].unit[0] == NONE)
			new_row(w, k, paragraph + 1, &t, p);
		else
			base_row(w, k, paragraph + 1, p);
	}
	intern_free(t.keys);
}
