/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"
#include "core/sorted.h"

/* References in a text that was renumbered by hand: "considering b)" that became "c)" with its
 * clause says what it said. */

static void read_references(struct audit_view *v)
{
	if (v->has_refs)
		return;
	draft_references(&v->old.d, v->old.text, &v->old.b, &v->old_refs);
	draft_references(&v->new.d, v->new.text, &v->new.b, &v->new_refs);
	v->has_refs = true;
}

void audit_end_references(struct audit_view *v)
{
	if (!v->has_refs)
		return;
	references_release(&v->old_refs);
	references_release(&v->new_refs);
	v->has_refs = false;
}

/* The reference within whose label the stretch lies; NULL. */
static const struct reference *reference_at(const struct references *refs, size_t begin,
					    size_t end)
{
	size_t lo;

	SORTED_SKIP(lo, refs->n, refs->v[lo].label_end < end);
	for (; lo < refs->n && refs->v[lo].begin <= begin; lo++)
		if (refs->v[lo].label <= begin && end <= refs->v[lo].label_end)
			return &refs->v[lo];
	return NULL;
}

/* Whether the two are the same paragraph of the two texts. */
static bool is_pair(const struct audit_view *v, uint32_t old, uint32_t new)
{
	for (size_t i = 0; i < v->d.n; i++)
		if (v->d.pairs[i].old != DIFF_NONE && v->d.pairs[i].old + 1 == old)
			return v->d.pairs[i].new != DIFF_NONE && v->d.pairs[i].new + 1 == new;
	return false;
}

bool audit_is_same_reference(struct audit_view *v, struct slice before, struct slice after)
{
	const struct reference *was, *is;
	size_t at;

	if (!before.len || !after.len)
		return false;
	read_references(v);
	at = (size_t)(before.p - v->old.text.p);
	was = reference_at(&v->old_refs, at, at + before.len);
	at = (size_t)(after.p - v->new.text.p);
	is = reference_at(&v->new_refs, at, at + after.len);
	return was && is && was->target != PARAGRAPH_NONE && is->target != PARAGRAPH_NONE &&
	       is_pair(v, v->old.d.v[was->target].number, v->new.d.v[is->target].number);
}
