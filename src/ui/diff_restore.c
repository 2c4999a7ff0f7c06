/* SPDX-License-Identifier: MIT */
#include "ui/diff_inner.h"
#include "ui/tr.h"

#include <string.h>

/*
 * The older wording comes back: of the paragraph in focus, of a point in it, or of the
 * whole draft. First it is asked which, then what it would change is shown as a
 * comparison of its own, and only there it is done.
 */

bool diff_can_restore(const struct diff_view *dv)
{
	return dv->now && !dv->offers && HOST_CAN(dv->host, edit) && dv->host->open &&
	       dv->host->close;
}

static const struct diff_pair *pair_in_focus(const struct diff_view *dv)
{
	const struct diff_made *m = dv->made;

	return &m->diff.pairs[m->items[m->stops[dv->stop].item].pair];
}

/* ---- points of the older text ---- */

/* The first point of the paragraph in focus that is not there any more as it was; a number from
 * 1; 0: there is none. */
static size_t point_of(const struct diff_view *dv)
{
	const struct diff_pair *p = pair_in_focus(dv);
	struct slice old = str_slice(&dv->old), now = str_slice(&dv->new);
	struct brackets b;
	size_t found = 0;

	if (p->old == DIFF_NONE)
		return 0;
	brackets_read(&b, old, &dv->made->source.parties);
	for (uint32_t i = 0; i < b.n_points && !found; i++) {
		size_t begin = point_begin(&b, &b.points[i]), end = point_end(&b, &b.points[i]);

		if (begin < p->old_begin || begin >= p->old_end || b.points[i].depth > 1)
			continue;
		if (p->new == DIFF_NONE ||
		    !memmem(now.p + p->new_begin, p->new_end - p->new_begin, old.p + begin,
			    end - begin))
			found = i + 1;
	}
	brackets_release(&b);
	return found;
}

/* ---- asking ---- */

/* The edits and what they are called. */
static int make(struct diff_view *dv, uint32_t which, struct slice now, struct edits *e,
		struct str *subject, struct error *err)
{
	const struct diff_pair *p = pair_in_focus(dv);
	struct slice old = str_slice(&dv->old);
	struct str number = STR_INIT;
	int rc = 0;

	str_addf(subject, "%s: ", dv->name);
	if (which == 'p') {
		str_addf(subject, "paragraph %u ", p->old + 1);
		rc = restore_paragraph(old, now, p->old + 1, e, err);
	} else if (which == 'o') {
		str_addf(&number, "%zu", point_of(dv));
		str_addf(subject, "point %s ", str_text(&number));
		rc = restore_point(old, now, str_slice(&number), &dv->made->source.parties, e,
				   err);
	} else {
		restore_all(old, now, e);
	}
	str_addf(subject, "restored from %.12s", dv->old_id);
	str_release(&number);
	return rc;
}

static void offer(struct diff_view *dv, const struct doc *doc, const struct edits *e,
		  const struct str *subject)
{
	struct str label = STR_INIT;

	str_addf(&label, _("bring back from %s?"), dv->from);
	views_push(dv->view.views,
		   view_diff_offer(dv->host,
				   &(struct diff_ask){.name = dv->name,
						      .label = str_text(&label),
						      .from = _("now"),
						      .to = _("if brought back"),
						      .old = doc->flat},
				   e, str_slice(subject)));
	str_release(&label);
}

static void chosen(void *arg, uint32_t which)
{
	struct diff_view *dv = arg;
	struct str subject = STR_INIT;
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct doc *doc = NULL;
	int rc;

	if (!which || !dv->made || !dv->made->n_stops)
		return;
	rc = dv->host->open(dv->host->data, dv->name, &doc, &err);
	/* Asked now, so that nobody reads a preview of what cannot be done. */
	if (rc == 0 && HOST_CAN(dv->host, decide_ready))
		rc = dv->host->decide_ready(dv->host->data, doc, &err);
	if (rc == 0)
		rc = make(dv, which, doc->flat, &e, &subject, &err);
	if (rc != 0)
		views_error(dv->view.views, &err);
	else if (!e.n)
		views_message(dv->view.views, MESSAGE_INFO, "%s",
			      _("That is as it was already: nothing would change."));
	else
		offer(dv, doc, &e, &subject);
	if (doc)
		dv->host->close(dv->host->data, doc);
	edits_release(&e);
	str_release(&subject);
}

void diff_restore_ask(struct diff_view *dv)
{
	struct prompt_request ask = {.chosen = chosen, .arg = dv};
	struct str label = STR_INIT;
	size_t n = 0;

	str_addf(&label, _("Bring back from %s:"), dv->from);
	ask.label = str_text(&label);
	if (pair_in_focus(dv)->old != DIFF_NONE)
		dv->choices[n++] = (struct prompt_choice){'p', N_("this paragraph")};
	if (point_of(dv))
		dv->choices[n++] = (struct prompt_choice){'o', N_("its point")};
	dv->choices[n++] = (struct prompt_choice){'d', N_("the whole draft")};
	dv->choices[n] = (struct prompt_choice){0, NULL};
	ask.choices = dv->choices;
	views_ask(dv->view.views, &ask);
	str_release(&label);
}

/* ---- doing it ---- */

void diff_restore_accept(struct diff_view *dv)
{
	const struct host *host = dv->host;
	struct views *views = dv->view.views;
	struct str id = STR_INIT;
	struct error err = ERROR_INIT;
	struct doc *doc = NULL;
	int rc = 0;

	if (dv->brings)
		rc = host->bring(host->data, dv->name, str_slice(&dv->new),
				 str_slice(&dv->offer_subject), &id, &err);
	else
		rc = host->open(host->data, dv->name, &doc, &err);
	if (rc == 0 && doc && !slice_equal(doc->flat, str_slice(&dv->old)))
		rc = error_set(&err, ST_CHANGED,
			       _("%s was changed meanwhile; go back and look again"), dv->name);
	if (rc == 0 && doc)
		rc = host->edit(host->data, doc, &dv->offer, str_slice(&dv->offer_subject), &id,
				&err);
	if (doc)
		host->close(host->data, doc);
	if (rc == 0)
		views_pop_view(views, &dv->view);
	if (rc == 0)
		views_message(views, MESSAGE_OK, _("Brought back, as commit %s."),
			      str_text(&id));
	else
		views_error(views, &err);
	str_release(&id);
}
