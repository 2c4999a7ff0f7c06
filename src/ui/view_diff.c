/* SPDX-License-Identifier: MIT */
#include "ui/view_diff.h"

#include "core/mem.h"
#include "ui/common.h"
#include "ui/diff_inner.h"
#include "ui/tr.h"

#include <stdlib.h>

static struct diff_view *diff_of(struct view *v)
{
	return (struct diff_view *)v;
}

/* ---- what is in sight ---- */

static size_t n_stops(const struct diff_view *dv)
{
	return dv->made ? dv->made->n_stops : 0;
}

static bool is_in_sight(const struct diff_view *dv, size_t stop)
{
	int row = diff_stop_row(dv, stop) - dv->top;

	return row >= 0 && row < diff_height(dv);
}

static void keep_on_page(struct diff_view *dv)
{
	/* The last blank row need not be seen. */
	int most = dv->page_rows - 1 - diff_height(dv);

	if (dv->top > most)
		dv->top = most;
	if (dv->top < 0)
		dv->top = 0;
}

/* A third down the page; with its paragraph's head where there is room. */
static void bring_into_sight(struct diff_view *dv)
{
	int at = diff_stop_row(dv, dv->stop), row = at - dv->top, height = diff_height(dv);
	int head = dv->made->items[dv->made->stops[dv->stop].item].row;

	if (row >= 1 && row + 1 < height)
		return;
	dv->top = at - height / 3;
	if (head < dv->top && at - head < height - 1)
		dv->top = head;
	keep_on_page(dv);
}

/* Two columns where the user wants them or the screen is wide, never on a narrow one; of a text
 * that began or went, one would be empty. */
static bool wants_two(const struct diff_view *dv, int cols)
{
	if (cols < DIFF_TWO_LEAST)
		return false;
	if (dv->columns)
		return dv->columns == 2;
	return cols >= DIFF_TWO_WIDE && dv->old.len && dv->new.len;
}

/* Notes come later than the words: what is read stays where it is. */
static void arrange(struct diff_view *dv)
{
	int off = dv->page_rows ? diff_stop_row(dv, dv->stop) - dv->top : 0;
	bool first = !dv->page_rows;

	diff_arrange(dv);
	if (!n_stops(dv))
		return;
	if (!first)
		dv->top = diff_stop_row(dv, dv->stop) - off;
	keep_on_page(dv);
	bring_into_sight(dv);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct diff_view *dv = diff_of(v);
	bool two = wants_two(dv, cols);

	if (dv->is_due || (!dv->stopped && (dv->cols != cols || dv->two != two))) {
		dv->cols = cols;
		dv->two = two;
		diff_begin(dv);
		dv->page_rows = dv->job ? dv->page_rows : 0;
	}
	if (dv->rows != rows)
		dv->arranged = false;
	dv->rows = rows;
	if (!dv->arranged && dv->made)
		arrange(dv);
	diff_lay_out(dv);
}

/* ---- moving ---- */

static void go_to(struct diff_view *dv, size_t stop)
{
	dv->stop = stop;
	bring_into_sight(dv);
}

static void step(struct diff_view *dv, bool next)
{
	size_t n = n_stops(dv);
	bool turned = next ? dv->stop + 1 == n : dv->stop == 0;

	if (!n)
		return;
	go_to(dv, next ? (dv->stop + 1) % n : (dv->stop + n - 1) % n);
	if (turned && n > 1)
		views_message(dv->view.views, MESSAGE_INFO, "%s",
			      next ? _("From the last change to the first.")
				   : _("From the first change to the last."));
	else if (turned)
		views_message(dv->view.views, MESSAGE_INFO, "%s", _("It is the only change."));
}

/* The next paragraph that something went from without a decision. */
static void step_silent(struct diff_view *dv)
{
	const struct diff_made *m = dv->made;
	size_t here = m->stops[dv->stop].item;

	for (size_t i = 1; i <= m->n_items; i++) {
		const struct diff_item *t = &m->items[(here + i) % m->n_items];

		if (t->silent) {
			go_to(dv, t->stop);
			return;
		}
	}
}

/* The focus goes along with the page; where no change would be in sight, on to the next one. */
static void scroll(struct diff_view *dv, int rows)
{
	int height = diff_height(dv), at;
	bool down = rows > 0;

	dv->top += rows;
	keep_on_page(dv);
	if (is_in_sight(dv, dv->stop))
		return;
	if (down)
		while (dv->stop + 1 < n_stops(dv) && diff_stop_row(dv, dv->stop) < dv->top)
			dv->stop++;
	else
		while (dv->stop > 0 && diff_stop_row(dv, dv->stop) >= dv->top + height)
			dv->stop--;
	if (is_in_sight(dv, dv->stop))
		return;
	at = diff_stop_row(dv, dv->stop);
	dv->top = down ? at - height + 1 : at;
	/* Past the last one, or before the first, there is nothing to see. */
	if (down && at < dv->top)
		dv->top = at;
	keep_on_page(dv);
}

/* ---- the view ---- */

static bool is_looking(const struct diff_view *dv)
{
	return dv->job || (dv->host_notes && !dv->host_notes->ended && !dv->notes_stopped);
}

static void stop(struct diff_view *dv)
{
	if (dv->job) {
		diff_job_drop(dv);
		dv->stopped = !dv->made;
	} else {
		diff_notes_drop(dv);
		dv->notes_stopped = true;
	}
}

static bool can(const struct view *v, int action)
{
	const struct diff_view *dv = (const struct diff_view *)v;

	switch (action) {
	case DIFF_ACCEPT:
		return dv->offers;
	case DIFF_RESTORE:
		return n_stops(dv) && diff_can_restore(dv);
	case DIFF_SILENT:
		return n_stops(dv) && dv->n_silent;
	case DIFF_TWO:
		return n_stops(dv) && !dv->two && dv->cols >= DIFF_TWO_LEAST;
	case DIFF_ONE:
		return n_stops(dv) && dv->two;
	case DIFF_STOP:
		return is_looking(dv);
	case DIFF_AGAIN:
		return dv->stopped;
	case DIFF_EXPORT:
		return n_stops(dv) && !dv->offers && HOST_CAN(dv->host, export_marked);
	default:
		return n_stops(dv) > 0;
	}
}

static void move(struct diff_view *dv, int action)
{
	switch (action) {
	case DIFF_NEXT:
	case DIFF_PREVIOUS:
		step(dv, action == DIFF_NEXT);
		break;
	case DIFF_SILENT:
		step_silent(dv);
		break;
	case COMMON_HOME:
	case COMMON_END:
		go_to(dv, action == COMMON_HOME ? 0 : n_stops(dv) - 1);
		break;
	default:
		scroll(dv, (int)common_step(action, diff_height(dv) - 1));
		break;
	}
}

static void export(struct diff_view *dv)
{
	struct error err = ERROR_INIT;

	if (dv->host->export_marked(dv->host->data, dv->name, str_slice(&dv->old),
				    str_slice(&dv->new), &err) < 0)
		views_error(dv->view.views, &err);
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct diff_view *dv = diff_of(v);

	(void)key;
	(void)arg;
	switch (action) {
	case DIFF_ACCEPT:
		diff_restore_accept(dv);
		return true;
	case DIFF_RESTORE:
		diff_restore_ask(dv);
		return true;
	case DIFF_TWO:
	case DIFF_ONE:
		dv->columns = action == DIFF_TWO ? 2 : 1;
		return true;
	case DIFF_STOP:
		stop(dv);
		return true;
	case DIFF_AGAIN:
		dv->is_due = true;
		return true;
	case DIFF_EXPORT:
		export(dv);
		return true;
	case DIFF_NEXT:
	case DIFF_PREVIOUS:
	case DIFF_SILENT:
	case COMMON_HOME:
	case COMMON_END:
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		move(dv, action);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct diff_view *dv = diff_of(v);

	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL || !n_stops(dv))
		return false;
	scroll(dv, key->pointer.button * 3);
	return true;
}

/* The words first, then what is known of them. */
static bool idle(struct view *v)
{
	struct diff_view *dv = diff_of(v);

	if (dv->job) {
		if (!diff_job_step(dv))
			views_touch(v->views);
		return true;
	}
	if (!dv->made || dv->notes_stopped)
		return false;
	if (!dv->asked)
		diff_notes_begin(dv);
	else if (!is_looking(dv))
		return false;
	else if (!diff_notes_step(dv))
		views_touch(v->views);
	return is_looking(dv);
}

/* Something may have been brought back, or a setting be another one. */
static void shown(struct view *v)
{
	struct diff_view *dv = diff_of(v);
	struct error err = ERROR_INIT;
	struct doc *doc;

	if (dv->made && dv->made->source.reorder != host_reorders(dv->host))
		dv->is_due = true;
	if (!dv->now || dv->offers || dv->host->open(dv->host->data, dv->name, &doc, &err) < 0)
		return;
	if (!slice_equal(doc->flat, str_slice(&dv->new))) {
		str_clear(&dv->new);
		str_add_slice(&dv->new, doc->flat);
		dv->is_due = true;
		dv->asked = dv->notes_stopped = false;
		diff_notes_drop(dv);
	}
	dv->host->close(dv->host->data, doc);
}

static void free_diff(struct view *v)
{
	struct diff_view *dv = diff_of(v);

	diff_job_drop(dv);
	diff_notes_drop(dv);
	diff_notes_clear(dv);
	free(dv->notes);
	diff_made_free(dv->made);
	for (size_t side = 0; side < DIFF_SIDES; side++)
		prose_release(&dv->page[side]);
	str_release(&dv->old);
	str_release(&dv->new);
	str_release(&dv->subject);
	str_release(&dv->notes_failure);
	edits_release(&dv->offer);
	str_release(&dv->offer_subject);
	free(dv->name);
	free(dv->label);
	free(dv->from);
	free(dv->to);
	free(dv->old_id);
	free(dv->new_id);
	free(dv->path);
	free(dv);
}

const struct view_ops view_diff_ops = {
	.name = "diff",
	.title = N_("What changed"),
	.about = N_("What changed between two versions, word by word, with what was decided "
		    "there and what went without a decision."),
	.actions = diff_actions,
	.common = diff_common,
	.prepare = prepare,
	.draw = diff_draw,
	.headline = diff_headline,
	.status = diff_status,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_diff,
};

static char *copy(const char *text)
{
	return text ? mem_strdup(text) : NULL;
}

struct view *view_diff_new(const struct host *host, const struct diff_ask *ask)
{
	struct diff_view *dv = mem_zalloc(sizeof(*dv));

	dv->view.ops = &view_diff_ops;
	dv->host = host;
	dv->name = mem_strdup(ask->name);
	dv->label = mem_strdup(ask->label);
	dv->from = mem_strdup(ask->from);
	dv->to = mem_strdup(ask->to);
	dv->old_id = copy(ask->old_id);
	dv->new_id = copy(ask->new_id);
	dv->path = copy(ask->path);
	dv->now = !ask->new_id && ask->old_id;
	dv->one_step = ask->one_step;
	dv->aimed = ask->aimed;
	dv->old_at = ask->old_at;
	dv->new_at = ask->new_at;
	str_add_slice(&dv->old, ask->old);
	str_add_slice(&dv->new, ask->new);
	if (ask->subject)
		str_add_text(&dv->subject, ask->subject);
	for (size_t side = 0; side < DIFF_SIDES; side++)
		prose_init(&dv->page[side]);
	dv->is_due = true;
	return &dv->view;
}

struct view *view_diff_offer(const struct host *host, const struct diff_ask *ask,
			     const struct edits *edits, struct slice subject)
{
	struct view *v = view_diff_new(host, ask);
	struct diff_view *dv = diff_of(v);

	str_clear(&dv->new);
	edits_apply(edits, str_slice(&dv->old), &dv->new);
	for (size_t i = 0; i < edits->n; i++)
		edits_add(&dv->offer, edits->v[i].at, edits->v[i].del,
			  edits->bytes.p + edits->v[i].from, edits->v[i].len);
	str_add_slice(&dv->offer_subject, subject);
	dv->offers = true;
	dv->brings = ask->gone;
	return v;
}
