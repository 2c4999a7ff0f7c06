/* SPDX-License-Identifier: MIT */
#include "core/diff.h"
#include "core/mem.h"
#include "core/message.h"
#include "ui/life_inner.h"
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

/* One point's events as rows, and the wordings around the chosen one. */

const struct life_event *life_event_at(const struct life_view *lv)
{
	return lv->tale && lv->event < lv->n_events
		       ? &lv->lives->life->events[lv->events[lv->event]]
		       : NULL;
}

const struct host_version *life_version_at(const struct life_view *lv)
{
	const struct life_event *e = life_event_at(lv);

	return e ? &lv->lives->v[e->version] : NULL;
}

void life_tell(struct life_view *lv, uint32_t point)
{
	lv->tale = true;
	lv->point = point;
	free(lv->events);
	lv->n_events = life_events_of(lv->lives->life, point, &lv->events);
	lv->event = lv->n_events ? lv->n_events - 1 : 0;
	lv->tale_top = 0;
	life_forget_look(lv);
	for (size_t i = 0; i < lv->n_shown; i++)
		if (lv->shown[i] == point)
			lv->chosen = i;
}

/* ---- rows ---- */

static uint32_t version_of(const struct life_view *lv, size_t event)
{
	return lv->lives->life->events[lv->events[event]].version;
}

static void add_row(struct life_view *lv, struct life_row row)
{
	MEM_GROW(lv->row, lv->n_rows, lv->cap_rows);
	lv->row[lv->n_rows++] = row;
}

void life_lay_out(struct life_view *lv)
{
	size_t heads = 0, at = 0;
	bool airy;

	lv->n_rows = 0;
	for (size_t i = 0; i < lv->n_events; i++)
		heads += i == 0 || version_of(lv, i) != version_of(lv, i - 1);
	airy = lv->n_events + 2 * heads <= (size_t)lv->rows;
	for (size_t i = 0; i < lv->n_events; i++) {
		bool head = i == 0 || version_of(lv, i) != version_of(lv, i - 1);

		if (head && i > 0 && airy)
			add_row(lv, (struct life_row){.blank = true, .event = i});
		if (head)
			add_row(lv, (struct life_row){.head = true, .event = i});
		if (i == lv->event)
			at = lv->n_rows;
		add_row(lv, (struct life_row){.event = i});
	}
	/* The chosen event in sight, its version above it. */
	if ((int)at >= lv->tale_top + lv->rows)
		lv->tale_top = (int)at - lv->rows + 1;
	while (at > 0 && !lv->row[at].head && (int)at - lv->tale_top > 0)
		at--;
	if ((int)at < lv->tale_top)
		lv->tale_top = (int)at;
	if (lv->tale_top > 0 && lv->row[lv->tale_top].event == lv->event &&
	    !lv->row[lv->tale_top].head && lv->rows > 1)
		lv->tale_top--;
	if (lv->tale_top > (int)lv->n_rows - lv->rows)
		lv->tale_top = (int)lv->n_rows - lv->rows;
	if (lv->tale_top < 0)
		lv->tale_top = 0;
}

/* ---- the wordings ---- */

void life_forget_look(struct life_view *lv)
{
	lv->looked = LIFE_NONE;
	lv->placed = false;
	doc_free(lv->old);
	doc_free(lv->new);
	lv->old = lv->new = NULL;
	free(lv->tints_old);
	free(lv->tints_new);
	lv->tints_old = lv->tints_new = NULL;
	lv->n_tints_old = lv->n_tints_new = 0;
}

static int read_moment(struct life_view *lv, uint32_t version, struct error *err)
{
	const struct host *host = lv->host;
	const struct host_version *v = &lv->lives->v[version];
	struct str before = STR_INIT, after = STR_INIT;
	struct message_record record;
	int rc = host->lives_text(host->data, lv->lives, version, true, &before, err);

	if (rc == 0)
		rc = host->lives_text(host->data, lv->lives, version, false, &after, err);
	if (rc == 0) {
		message_parse(v->message, &record);
		moment_read(&lv->moment, version, str_slice(&before), str_slice(&after),
			    v->deleted, &record, lv->lives->parties);
	}
	str_release(&before);
	str_release(&after);
	return rc;
}

static void tint(struct prose_tint **list, size_t *n, size_t begin, size_t end, uint32_t style)
{
	*list = mem_array(*list, *n + 1, sizeof(**list));
	(*list)[(*n)++] = (struct prose_tint){begin, end, style};
}

/* What differs between the two wordings. */
static void compare(struct life_view *lv)
{
	struct diff d = {.n = 0};

	diff_words(&d, lv->old->flat, lv->new->flat);
	for (size_t i = 0; i < d.n_ops; i++) {
		const struct diff_op *op = &d.ops[i];

		if (op->kind == DIFF_DELETE)
			tint(&lv->tints_old, &lv->n_tints_old, op->old, op->old_end,
			     STYLE_DELETED);
		else if (op->kind == DIFF_INSERT)
			tint(&lv->tints_new, &lv->n_tints_new, op->new, op->new_end,
			     STYLE_ADDED);
	}
	diff_release(&d);
}

static struct doc *doc_of(const struct life_view *lv, struct slice text)
{
	struct doc *d = doc_new(lv->name, NULL, text, lv->lives->parties);

	doc_read(d);
	return d;
}

/* The point's place in the texts of the i-th event's version. */
static bool find_place(struct life_view *lv, size_t i)
{
	const struct life *l = lv->lives->life;
	uint32_t version = version_of(lv, i);
	struct error err = ERROR_INIT;

	/* What cannot be read is told without. */
	return HOST_CAN(lv->host, lives_text) &&
	       ((lv->moment.known && lv->moment.version == version) ||
		read_moment(lv, version, &err) == 0) &&
	       moment_find(&lv->moment, l, lv->events[i], &lv->place);
}

void life_look(struct life_view *lv)
{
	const struct life_event *e = life_event_at(lv);
	const struct moment_place *p = &lv->place;
	size_t i = lv->event;

	if (!e || lv->looked == lv->events[i])
		return;
	life_forget_look(lv);
	lv->looked = lv->events[i];
	/* What only stands beside the text was said of the wording it had. */
	while (i > 0 && !lv->lives->has_text[version_of(lv, i)])
		i--;
	lv->beside = i != lv->event;
	lv->placed = lv->lives->has_text[version_of(lv, i)] && find_place(lv, i);
	if (!lv->placed)
		return;
	if (p->was && !lv->beside)
		lv->old = doc_of(lv, slice_make(lv->moment.before.p + p->old_begin,
						p->old_end - p->old_begin));
	if (p->is)
		lv->new = doc_of(lv, slice_make(lv->moment.after.p + p->new_begin,
						p->new_end - p->new_begin));
	else if (e->kind == LIFE_RESOLVED && e->text_len)
		lv->new = doc_of(lv, life_text(lv->lives->life, e));
	if (lv->old && lv->new)
		compare(lv);
}
