/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/*
 * What a side is aligned by: with the base's wording in place of each point that it has opened.
 * However many wordings there are, its paragraphs are those of the base.
 */

static int by_hash(const void *p, const void *q)
{
	const uint64_t *x = p, *y = q;

	return (*x > *y) - (*x < *y);
}

/* Wordings of the base's points, sorted. The caller frees them. */
static uint64_t *known_wordings(const struct brackets *b, size_t *n)
{
	uint64_t *v = mem_array(NULL, b->n_options, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < b->n_options; i++)
		if (b->options[i].begin < b->options[i].end)
			v[(*n)++] = b->options[i].hash;
	if (*n)
		qsort(v, *n, sizeof(*v), by_hash);
	return v;
}

/* What nobody in particular wants of a point that the side has opened; false where it stays. */
static bool base_wording(const struct brackets *b, const struct point *p, const uint64_t *known,
			 size_t n, struct slice text, struct slice *wording)
{
	bool any = false;

	*wording = slice_make("", 0);
	if (p->n_brackets != 1 || p->n_options < 2 || p->kind == KIND_PLACEHOLDER)
		return false;
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);

		if (n && o->begin < o->end &&
		    bsearch(&o->hash, known, n, sizeof(*known), by_hash))
			return false;
		if (!any && !o->n_parties) {
			*wording = slice_make(text.p + o->begin, o->end - o->begin);
			any = true;
		}
	}
	return any;
}

static void add_body(struct input *in, const struct unit *u, const uint64_t *known, size_t n,
		     size_t *point)
{
	const struct brackets *b = &in->b;
	size_t at = u->body;

	for (; *point < b->n_points; ++*point) {
		const struct point *p = &b->points[*point];
		struct slice wording;

		if (point_begin(b, p) >= u->body_end)
			break;
		if (point_begin(b, p) < at || p->depth != 1 ||
		    !base_wording(b, p, known, n, in->text, &wording))
			continue;
		str_add(&in->canon, in->text.p + at, point_begin(b, p) - at);
		str_add_slice(&in->canon, wording);
		at = point_end(b, p);
	}
	if (at < u->body_end)
		str_add(&in->canon, in->text.p + at, u->body_end - at);
}

void merge_read_plain(struct merge *m, size_t side)
{
	struct input *in = &m->w.inputs[side];
	size_t n, point = 0;
	uint64_t *known;

	if (!in->b.n_points)
		return;
	known = known_wordings(&m->w.inputs[0].b, &n);
	str_reserve(&in->canon, in->text.len);
	for (size_t i = 0; i < in->n; i++) {
		struct unit *u = &in->units[i];
		const char *p;

		u->canon = in->canon.len;
		str_add(&in->canon, in->text.p + u->label, u->body - u->label);
		u->canon_body = in->canon.len;
		add_body(in, u, known, n, &point);
		u->canon_end = in->canon.len;
		p = in->canon.p;
		u->hash = digest_quick(p + u->canon, u->canon_end - u->canon);
		u->body_hash = u->label == u->body ? u->hash
						   : digest_quick(p + u->canon_body,
								  u->canon_end - u->canon_body);
	}
	free(known);
}
