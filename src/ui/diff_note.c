/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/diff_inner.h"
#include "ui/tr.h"

/* What the host knows of the changes, brought to the paragraphs they are in. */

void diff_notes_clear(struct diff_view *dv)
{
	for (size_t i = 0; i < dv->n_notes; i++)
		str_release(&dv->notes[i].words);
	dv->n_notes = dv->n_silent = 0;
	dv->placed = dv->arranged = dv->accounted = false;
}

void diff_notes_drop(struct diff_view *dv)
{
	if (dv->host_notes)
		dv->host->notes_close(dv->host->data, dv->host_notes);
	dv->host_notes = NULL;
}

void diff_notes_begin(struct diff_view *dv)
{
	const struct host_between between = {.old = dv->old_id,
					     .new = dv->new_id,
					     .path = dv->path,
					     .name = dv->name,
					     .old_text = str_slice(&dv->old),
					     .new_text = str_slice(&dv->new)};
	struct error err = ERROR_INIT;

	diff_notes_drop(dv);
	dv->asked = true;
	str_clear(&dv->notes_failure);
	if (!dv->old_id || !HOST_CAN(dv->host, notes_open))
		return;
	if (dv->host->notes_open(dv->host->data, &between, &dv->host_notes, &err) < 0)
		str_add_text(&dv->notes_failure, err.text);
}

/* ---- which paragraph ---- */

static bool is_of(const struct host_note *n, const struct diff_pair *p)
{
	if (n->kind == NOTE_DECIDED && n->at != SIZE_MAX)
		return p->old != DIFF_NONE && n->at >= p->old_begin && n->at < p->old_end;
	return (n->old != DIFF_NONE && p->old == n->old) ||
	       (n->new != DIFF_NONE && p->new == n->new);
}

static bool is_said(const struct diff_view *dv, size_t from, const struct str *words)
{
	for (size_t i = from; i < dv->n_notes; i++)
		if (slice_equal(str_slice(&dv->notes[i].words), str_slice(words)))
			return true;
	return false;
}

static void add(struct diff_view *dv, size_t item, size_t from, const struct host_note *n)
{
	struct str words = STR_INIT;

	if (n->kind == NOTE_SILENT)
		str_add_text(&words, "⚠ ");
	str_add_text(&words, n->words);
	if (*n->version && !dv->one_step)
		str_addf(&words, "  ·  %s", n->version);
	if (is_said(dv, from, &words)) {
		str_release(&words);
		return;
	}
	MEM_GROW(dv->notes, dv->n_notes, dv->cap_notes);
	dv->notes[dv->n_notes++] = (struct diff_note){item, n->kind, words, 0};
}

/* The notes from there on, of one paragraph, say what accounts for it. */
static bool is_accounted(const struct diff_view *dv, size_t from)
{
	for (size_t i = from; i < dv->n_notes; i++)
		if (dv->notes[i].kind != NOTE_DECIDED && dv->notes[i].kind != NOTE_COVERED)
			return false;
	return dv->n_notes > from;
}

/* Paragraphs and notes in hundreds are matched one with each; in thousands notes come by
 * paragraph from few steps: that is still little beside comparing. */
void diff_notes_place(struct diff_view *dv)
{
	struct diff_made *m = dv->made;
	const struct host_notes *found = dv->host_notes;

	if (dv->placed || !m || !found || !found->ended)
		return;
	diff_notes_clear(dv);
	dv->placed = true;
	dv->accounted = m->n_items && !found->failure;
	for (size_t i = 0; i < m->n_items; i++) {
		struct diff_item *t = &m->items[i];
		size_t from = dv->n_notes;

		t->silent = false;
		for (size_t k = 0; k < found->n; k++)
			if (is_of(&found->v[k], &m->diff.pairs[t->pair])) {
				add(dv, i, from, &found->v[k]);
				t->silent = t->silent || found->v[k].kind == NOTE_SILENT;
			}
		dv->n_silent += t->silent;
		dv->accounted = dv->accounted && is_accounted(dv, from);
	}
}

bool diff_notes_step(struct diff_view *dv)
{
	bool more;

	if (!dv->host_notes || dv->host_notes->ended || dv->notes_stopped)
		return false;
	more = dv->host->notes_step(dv->host->data, dv->host_notes);
	if (more)
		return true;
	if (dv->host_notes->failure) {
		str_clear(&dv->notes_failure);
		str_add_text(&dv->notes_failure, dv->host_notes->failure);
	}
	dv->arranged = false;
	return false;
}
