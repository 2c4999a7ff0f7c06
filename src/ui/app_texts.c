/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/front.h"
#include "core/mem.h"
#include "core/settled.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* The regions' own texts of a draft, and what is made of them all. */

void app_texts_release(struct app_doc *ad)
{
	if (!ad->has_texts)
		return;
	texts_release(&ad->texts);
	free(ad->text_list);
	ad->text_list = NULL;
	ad->has_texts = false;
}

/* Whether the files are still what was read. */
static bool is_fresh(struct app *app, struct app_doc *ad)
{
	const struct ws_draft *d = workspace_find(&app->session.ws, ad->doc->name);

	if (!ad->has_texts || !d || d->n_texts != ad->texts.n + ad->texts.n_left_out)
		return false;
	for (size_t i = 0; i < ad->texts.n; i++)
		if (file_check(app->session.ws.root, ad->texts.v[i].path,
			       &ad->texts.v[i].stamp) != FILE_SAME)
			return false;
	return true;
}

static void read_texts(struct app *app, struct app_doc *ad)
{
	if (is_fresh(app, ad))
		return;
	app_texts_release(ad);
	texts_read(&app->session, ad->doc->name, &ad->texts);
	ad->has_texts = true;
}

/* What is open in the editor is as it is there. */
static struct slice open_text(const struct app *app, const struct side_text *t)
{
	for (size_t i = 0; i < app->n_docs; i++)
		if (app->docs[i]->doc->path && strcmp(app->docs[i]->doc->path, t->path) == 0)
			return app->docs[i]->doc->flat;
	return str_slice(&t->bytes);
}

/* The base is read each time: what front matter names may be another one now. */
static void read_base(struct app *app, struct app_doc *ad)
{
	free(ad->texts.base_name);
	free(ad->texts.base_path);
	ad->texts.base_name = ad->texts.base_path = NULL;
	str_clear(&ad->texts.base);
	ad->texts.base_error = (struct error)ERROR_INIT;
	texts_read_base(&app->session, ad->doc->name, ad->doc->flat, &ad->texts);
}

static const struct host_texts *texts(void *data, struct doc *doc)
{
	static const struct host_texts none = {.n = 0};
	struct app *app = data;
	struct app_doc *ad = app_doc_of(doc);
	struct host_texts *out = &ad->host_texts;

	if (!ad->in_workspace || !app->has_session)
		return &none;
	read_texts(app, ad);
	read_base(app, ad);
	ad->text_list = mem_array(ad->text_list, ad->texts.n, sizeof(*ad->text_list));
	for (size_t i = 0; i < ad->texts.n; i++)
		ad->text_list[i] = (struct host_text){.party = ad->texts.v[i].party,
						      .code = ad->texts.v[i].code,
						      .bytes = open_text(app, &ad->texts.v[i])};
	*out = (struct host_texts){.v = ad->text_list,
				   .n = ad->texts.n,
				   .base = str_slice(&ad->texts.base),
				   .base_name = ad->texts.base_name,
				   .left_out = (const char *const *)ad->texts.left_out,
				   .n_left_out = ad->texts.n_left_out};
	if (ad->texts.base_error.status != ST_OK)
		out->base_failure = ad->texts.base_error.text;
	return out;
}

/* ---- consolidation ---- */

static int make(struct app *app, struct doc *doc, struct str *out, struct error *err)
{
	struct app_doc *ad = app_doc_of(doc);
	struct slice base;
	int rc;

	if (!ad->in_workspace || !app->has_session)
		return error_set(err, ST_USAGE, _("%s is no draft of this workspace"),
				 doc->name);
	read_texts(app, ad);
	if (!ad->texts.n)
		return error_set(err, ST_MISSING,
				 _("no region has a text of it; put one at drafts/%s/AFR.md"),
				 doc->name);
	read_base(app, ad);
	doc_read(doc);
	if (texts_needs_base(&ad->texts, &doc->brackets))
		return error_set(
			err, ST_USAGE,
			_("%s has open points already: say in its front matter what the texts "
			  "start from, as in base: drafts/%s/base.md"),
			doc->name, doc->name);
	rc = texts_base(&ad->texts, doc->name, doc->flat, &doc->brackets, &base, err);
	if (rc == 0)
		rc = texts_consolidate(
			&ad->texts,
			&(struct texts_ask){
				.base = base,
				.front = slice_make(doc->flat.p, front_matter_at(doc->flat)),
				.parties = app_parties(app)},
			out, err);
	return rc;
}

static int consolidate_preview(void *data, struct doc *doc, struct host_consolidation *what,
			       struct error *err)
{
	struct app *app = data;
	struct str made = STR_INIT;
	struct brackets b;
	struct draft d;
	struct draft_words words;
	struct settled settled;
	int rc = make(app, doc, &made, err);

	if (rc == 0) {
		brackets_read(&b, str_slice(&made), app_parties(app));
		draft_read(&d, str_slice(&made), &b);
		draft_count_words(&d, str_slice(&made), &b, &words);
		settled_find(&settled, doc->flat, str_slice(&made), app_parties(app));
		*what = (struct host_consolidation){
			.texts = app_doc_of(doc)->texts.n,
			.points = b.n_outer,
			.words = words.total,
			.bracket_words = words.in_brackets,
			.lost = doc->brackets.n_outer,
			.settled = settled.paragraphs,
			.same = slice_equal(str_slice(&made), doc->flat)};
		settled_release(&settled);
		draft_release(&d);
		brackets_release(&b);
	}
	str_release(&made);
	return rc;
}

static int consolidate_doc(void *data, struct doc *doc, struct str *id, struct error *err)
{
	struct app *app = data;
	struct edits e = EDITS_INIT;
	struct str made = STR_INIT, subject = STR_INIT, trailers = STR_INIT;
	int rc = make(app, doc, &made, err);

	if (rc == 0) {
		texts_subject(&app_doc_of(doc)->texts, doc->name, app_parties(app), &subject);
		texts_record(&app_doc_of(doc)->texts, SLICE(""), app_parties(app), &trailers);
		edits_add(&e, 0, doc->flat.len, made.p, made.len);
		rc = app_edit(app, doc, &e,
			      &(struct app_record){.subject = str_slice(&subject),
						   .trailers = str_slice(&trailers),
						   .made_of = &app_doc_of(doc)->texts},
			      id, err);
	}
	edits_release(&e);
	str_release(&made);
	str_release(&subject);
	str_release(&trailers);
	return rc;
}

static int draft_text(void *data, const char *name, struct str *text, struct error *err)
{
	struct app *app = data;
	const struct ws_draft *d =
		app->has_session ? workspace_find(&app->session.ws, name) : NULL;

	for (size_t i = 0; i < app->n_docs; i++) {
		const struct doc *doc = app->docs[i]->doc;

		if (app->docs[i]->in_workspace && strcmp(doc->name, name) == 0) {
			str_add_slice(text, doc->flat);
			return 0;
		}
	}
	if (!d)
		return error_set(err, ST_MISSING, _("%s: no such draft"), name);
	return file_read_draft(app->session.ws.root, d->path, text, NULL, err);
}

void app_texts_host(struct host *host)
{
	host->draft_text = draft_text;
	host->texts = texts;
	host->consolidate_preview = consolidate_preview;
	host->consolidate = consolidate_doc;
}
