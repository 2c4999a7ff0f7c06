/* SPDX-License-Identifier: MIT */
#include "ui/changed.h"
#include "ui/doc.h"
#include "ui/log_inner.h"
#include "ui/tr.h"
#include "ui/view_diff.h"

/* Versions compared: with the one before, with each other, with the text now. */

void log_mark(struct log_view *lv)
{
	size_t i = lv->shown[lv->chosen];

	lv->marked = lv->marked == i ? SIZE_MAX : i;
}

/* Of all drafts, each version has texts of its own: they are compared draft by draft. */
bool log_other_is_marked(const struct log_view *lv)
{
	return lv->marked != SIZE_MAX && lv->chosen < lv->n_shown &&
	       lv->shown[lv->chosen] != lv->marked;
}

static int text_of(struct log_view *lv, size_t i, size_t file, bool before, struct str *out,
		   struct error *err)
{
	return lv->host->log_text(lv->host->data, lv->log, i, file, before, out, err);
}

void log_finish(struct log_view *lv, struct log_papers *p, struct diff_ask *ask, int rc,
		const struct error *err)
{
	ask->label = str_text(&p->label);
	ask->from = str_text(&p->from);
	ask->to = str_text(&p->to);
	ask->old = str_slice(&p->old);
	ask->new = str_slice(&p->new);
	ask->subject = str_text(&p->subject);
	if (rc < 0)
		views_error(lv->view.views, err);
	else
		views_push(lv->view.views, view_diff_new(lv->host, ask));
	str_release(&p->old);
	str_release(&p->new);
	str_release(&p->label);
	str_release(&p->from);
	str_release(&p->to);
	str_release(&p->subject);
}

static void show_change(struct log_view *lv, size_t file)
{
	const struct host_version *v = log_chosen(lv);
	const struct host_log_file *f = file < v->n_files ? &v->files[file] : NULL;
	struct log_papers p = {.old = STR_INIT};
	struct error err = ERROR_INIT;
	size_t i = lv->shown[lv->chosen];
	/* A region decides on its own text alone: of a draft's it is told what was decided. */
	struct diff_ask ask = {.name = f ? f->name : log_title(lv),
			       .old_id = !f || !f->is_draft ? NULL
					 : f->left          ? f->left
					 : *v->parent       ? v->parent
							    : NULL,
			       .new_id = v->id,
			       .path = f ? f->path : NULL,
			       .one_step = !v->merge};
	int rc = text_of(lv, i, file, true, &p.old, &err);

	if (rc >= 0)
		rc = text_of(lv, i, file, false, &p.new, &err);
	changed_label(&p.label, v, true);
	str_add_text(&p.from, f && f->left ? _("left behind") : _("before"));
	changed_label(&p.to, v, false);
	str_add_slice(&p.subject, log_subject(v));
	log_finish(lv, &p, &ask, rc, &err);
}

/* ---- one of the files that a version changed ---- */

static void file_chosen(void *arg, uint32_t key)
{
	struct log_view *lv = arg;

	if (key && log_chosen(lv))
		lv->with_file(lv, key - '1');
}

/* Of the first n files. */
static void ask_file(struct log_view *lv, size_t n, const char *question,
		     void (*with_file)(struct log_view *lv, size_t file))
{
	const struct host_version *v = log_chosen(lv);
	struct prompt_request ask = {.label = question,
				     .choices = lv->choices,
				     .names = true,
				     .chosen = file_chosen,
				     .arg = lv};
	size_t i = 0;

	if (n < 2) {
		with_file(lv, 0);
		return;
	}
	for (; i < n && i < 9; i++)
		lv->choices[i] = (struct prompt_choice){(uint32_t)('1' + i), v->files[i].name};
	lv->choices[i] = (struct prompt_choice){0, NULL};
	lv->with_file = with_file;
	log_settle(lv);
	views_ask(lv->view.views, &ask);
}

void log_show_change(struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);

	ask_file(lv, lv->name && v->n_files && v->files[0].is_draft ? 1 : v->n_files,
		 _("Which file?"), show_change);
}

void log_show_between(struct log_view *lv)
{
	size_t a = lv->shown[lv->chosen], b = lv->marked;
	/* The newest is the first. */
	const struct host_version *old = &lv->log->v[a > b ? a : b];
	const struct host_version *new = &lv->log->v[a > b ? b : a];
	struct log_papers p = {.old = STR_INIT};
	struct error err = ERROR_INIT;
	struct diff_ask ask = {.old_id = old->id,
			       .new_id = new->id,
			       .name = lv->name,
			       .path = new->n_files ? new->files[0].path : NULL};
	int rc = text_of(lv, a > b ? a : b, 0, false, &p.old, &err);

	if (rc >= 0)
		rc = text_of(lv, a > b ? b : a, 0, false, &p.new, &err);
	changed_label(&p.from, old, false);
	changed_label(&p.to, new, false);
	if (slice_equal(str_slice(&p.from), str_slice(&p.to))) {
		str_addf(&p.from, " · %.7s", old->id);
		str_addf(&p.to, " · %.7s", new->id);
	}
	str_addf(&p.label, _("from %s to %s"), str_text(&p.from), str_text(&p.to));
	log_finish(lv, &p, &ask, rc, &err);
}

/* ---- a draft that is not there any more ---- */

/* The text that the version has, or that it took away, is shown as what would come back. */
static void offer_draft(struct log_view *lv, size_t file)
{
	const struct host_version *v = log_chosen(lv);
	const char *name = lv->name ? lv->name : v->files[file].name;
	struct str text = STR_INIT, label = STR_INIT, from = STR_INIT, subject = STR_INIT;
	const char *of = v->id;
	struct edits all = EDITS_INIT;
	struct error err = ERROR_INIT;
	size_t i = lv->shown[lv->chosen];
	int rc = text_of(lv, i, file, false, &text, &err);

	if (rc >= 0 && !text.len) {
		rc = text_of(lv, i, file, true, &text, &err);
		of = v->parent;
	}
	changed_label(&from, v, false);
	str_addf(&label, _("bring back from %s?"), str_text(&from));
	str_addf(&subject, "%s: restored from %.12s", name, of);
	edits_add(&all, 0, 0, text.p, text.len);
	if (rc < 0)
		views_error(lv->view.views, &err);
	else
		views_push(lv->view.views,
			   view_diff_offer(lv->host,
					   &(struct diff_ask){.name = name,
							      .label = str_text(&label),
							      .from = _("now"),
							      .to = _("if brought back"),
							      .old = SLICE(""),
							      .gone = true},
					   &all, str_slice(&subject)));
	edits_release(&all);
	str_release(&text);
	str_release(&label);
	str_release(&from);
	str_release(&subject);
}

static void compare_now(struct log_view *lv, size_t file, bool to_restore)
{
	const struct host_version *v = log_chosen(lv);
	struct log_papers p = {.old = STR_INIT};
	struct error err = ERROR_INIT;
	struct doc *doc = NULL;
	struct diff_ask ask = {.old_id = v->id,
			       .name = lv->name ? lv->name : v->files[file].name};
	int rc = text_of(lv, lv->shown[lv->chosen], file, false, &p.old, &err);

	if (rc >= 0)
		rc = lv->host->open(lv->host->data, ask.name, &doc, &err);
	if (rc >= 0) {
		str_add_slice(&p.new, doc->flat);
		lv->host->close(lv->host->data, doc);
	}
	if (rc == ST_MISSING && to_restore && HOST_CAN(lv->host, bring)) {
		str_release(&p.old);
		offer_draft(lv, file);
		return;
	}
	changed_label(&p.from, v, false);
	str_add_text(&p.to, _("now"));
	str_addf(&p.label, _("from %s to now"), str_text(&p.from));
	log_finish(lv, &p, &ask, rc, &err);
	if (rc >= 0 && to_restore)
		views_message(lv->view.views, MESSAGE_INFO, "%s",
			      _("Go to what is to come back (n), then press r."));
}

static void show_now(struct log_view *lv, size_t file)
{
	compare_now(lv, file, false);
}

static void restore(struct log_view *lv, size_t file)
{
	compare_now(lv, file, true);
}

/* How many drafts the chosen version changed; of a list of one draft's versions, it alone. */
static size_t n_drafts(const struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);
	size_t n = 0;

	while (n < v->n_files && v->files[n].is_draft)
		n++;
	return lv->name ? 1 : n;
}

void log_show_now(struct log_view *lv)
{
	ask_file(lv, n_drafts(lv), _("Which draft?"), show_now);
}

void log_restore(struct log_view *lv)
{
	ask_file(lv, n_drafts(lv), _("Bring back from which draft?"), restore);
}
