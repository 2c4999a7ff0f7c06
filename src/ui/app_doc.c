/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/diff.h"
#include "core/mem.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct app_doc *app_doc_of(const struct doc *doc)
{
	return doc->host_data;
}

/* ---- What stands beside a draft ---- */

void app_side_release(struct app_doc *ad)
{
	if (!ad->has_side)
		return;
	agreed_release(&ad->agreed);
	deferred_release(&ad->deferred);
	for (size_t i = 0; i < ad->n_positions; i++)
		positions_release(&ad->positions[i]);
	free(ad->positions);
	ad->positions = NULL;
	ad->n_positions = 0;
	ad->has_side = false;
	ad->side_generation++;
}

void app_side_read(struct app *app, struct app_doc *ad)
{
	const struct workspace *ws = &app->session.ws;
	struct error err = ERROR_INIT;
	const char *name = ad->doc->name;

	if (ad->has_side || !ad->in_workspace)
		return;
	/* Each list is there, empty or not, whatever is said; problems are check's to tell. */
	(void)!workspace_agreed(ws, name, &ad->agreed, NULL, &err);
	(void)!workspace_deferred(ws, name, &ad->deferred, NULL, &err);
	ad->n_positions = ws->parties.n;
	ad->positions = mem_zalloc((ad->n_positions + 1) * sizeof *ad->positions);
	for (size_t i = 0; i < ad->n_positions; i++)
		workspace_party_positions(ws, name, (uint16_t)i, &ad->positions[i], NULL);
	ad->has_side = true;
}

/* ---- The journal ---- */

size_t app_first_difference(struct slice a, struct slice b)
{
	size_t at = slice_common(a, b);

	while (at > 0 && at < b.len && ((unsigned char)b.p[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static size_t count_changed(struct slice old, struct slice new)
{
	struct diff diff;
	size_t n = 0;

	diff_texts(&diff, old, new);
	for (size_t i = 0; i < diff.n; i++)
		n += diff.pairs[i].change != DIFF_SAME;
	diff_release(&diff);
	return n;
}

/* A day and time as people write them, for messages. */
static void add_time(struct str *out, int64_t when)
{
	time_t t = (time_t)when;
	struct tm local;
	char buf[40];

	if (localtime_r(&t, &local) && strftime(buf, sizeof buf, "%Y-%m-%d %H:%M", &local) > 0)
		str_add_text(out, buf);
}

/* Unsaved work on a file that has changed since is kept beside it, and nothing is overwritten.
 */
static void keep_beside(struct app *app, struct app_doc *ad, const char *folder,
			const struct journal_found *found)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	size_t len = strlen(ad->doc->path);
	int status = ST_EXISTS;

	if (len > 3 && strcmp(ad->doc->path + len - 3, ".md") == 0)
		len -= 3;
	for (int i = 1; i < 100 && status == ST_EXISTS; i++) {
		str_clear(&path);
		str_add(&path, ad->doc->path, len);
		str_addf(&path, i == 1 ? ".recovered.md" : ".recovered-%d.md", i);
		status = file_create(ad->root, str_text(&path), str_slice(&found->text), 0644,
				     NULL, &err);
	}
	if (status == 0) {
		views_message(app->views, MESSAGE_WARN,
			      _("unsaved work of an earlier session is in %s: the draft was "
				"changed since"),
			      str_text(&path));
		(void)!journal_discard(folder, ad->doc->path, &err);
	} else {
		views_error(app->views, &err);
	}
	str_release(&path);
}

static void recover(struct app *app, struct app_doc *ad, const char *folder)
{
	struct journal_found found = JOURNAL_FOUND_INIT;
	struct error err = ERROR_INIT;
	struct str when = STR_INIT;

	if (journal_recover(folder, ad->doc->path, ad->doc->flat, &found, &err) < 0) {
		views_error(app->views, &err);
	} else if (found.state == JOURNAL_RECOVERED) {
		ad->found_at = app_first_difference(ad->doc->flat, str_slice(&found.text));
		ad->found_in = count_changed(ad->doc->flat, str_slice(&found.text));
		doc_set_bytes(ad->doc, str_slice(&found.text));
		add_time(&when, found.written);
		free(ad->found);
		ad->found = mem_strdup(str_text(&when));
	} else if (found.state == JOURNAL_STALE) {
		keep_beside(app, ad, folder, &found);
	} else if (found.state == JOURNAL_ELSEWHERE) {
		ad->doc->read_only = true;
		str_addf(&when, _("process %lld on %s"), (long long)found.owner.pid,
			 found.owner.host);
		ad->who = mem_strdup(str_text(&when));
		views_message(app->views, MESSAGE_WARN,
			      _("%s is open in another adref (%s); here it can only be read"),
			      ad->doc->name, ad->who);
	}
	str_release(&when);
	journal_found_release(&found);
}

static void offer_answered(void *arg, uint32_t key)
{
	struct app_doc *ad = arg;
	struct app *app = ad->app;
	struct error err = ERROR_INIT;

	if (key != 'd')
		views_message(app->views, MESSAGE_INFO, "%s",
			      _("Go on with it; it is not in the file until it is saved."));
	else if (app->host.revert(app, ad->doc, &err) < 0)
		views_error(app->views, &err);
	else
		views_message(app->views, MESSAGE_OK, "%s",
			      _("It is dropped; this is the draft as it was saved."));
}

void app_doc_offer(struct app *app, struct app_doc *ad)
{
	static const struct prompt_choice choices[] = {
		{'k', N_("keep it")}, {'d', N_("drop it")}, {0, NULL}};
	struct prompt_request ask = {.choices = choices, .chosen = offer_answered, .arg = ad};
	struct str label = STR_INIT;

	if (!ad->found)
		return;
	str_addf(&label,
		 n_("Unsaved work is back (%s, %zu paragraph):",
		    "Unsaved work is back (%s, %zu paragraphs):", ad->found_in),
		 ad->found, ad->found_in);
	free(ad->found);
	ad->found = NULL;
	ask.label = str_text(&label);
	views_ask(app->views, &ask);
	str_release(&label);
}

static void open_journal(struct app *app, struct app_doc *ad)
{
	struct error err = ERROR_INIT;
	struct str folder = STR_INIT;
	/* The journal's base is the file, also where recovered work is open. The text keeps it.
	 */
	struct slice base = ad->doc->flat;

	if (!app->git_dir && !app->state_dir)
		return;
	journal_folder(app->git_dir, app->state_dir, &folder);
	recover(app, ad, str_text(&folder));
	if (!ad->doc->read_only &&
	    journal_open(&ad->journal, str_text(&folder), ad->doc->path, base, &err) < 0) {
		ad->journal = NULL;
		views_message(app->views, MESSAGE_WARN, _("unsaved work is not protected: %s"),
			      err.text);
	}
	ad->noted = 0;
	if (doc_is_dirty(ad->doc))
		app_doc_changed(app, ad->doc);
	str_release(&folder);
}

/* What is new in the text goes to the journal. */
static void note(struct app_doc *ad)
{
	struct doc *doc = ad->doc;
	struct text_change change;
	uint64_t revision = text_revision(doc->text);

	doc_refresh(doc);
	if (!ad->journal || ad->noted == revision)
		return;
	bool long_or_far = journal_is_long(ad->journal) ||
			   !text_change_since(doc->text, ad->noted, &change);
	if (long_or_far || change.begin + change.new_len > doc->right_until)
		doc_settle(doc);
	if (long_or_far)
		journal_whole(ad->journal, doc->flat);
	else
		journal_note(ad->journal, change.begin, change.old_len,
			     doc->flat.p + change.begin, change.new_len);
	ad->noted = revision;
}

void app_doc_changed(void *data, struct doc *doc)
{
	struct app *app = data;

	note(app_doc_of(doc));
	views_touch(app->views);
}

void app_sync(struct app *app)
{
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < app->n_docs; i++) {
		struct app_doc *ad = app->docs[i];

		/* A view that forgot to say so loses nothing. */
		note(ad);
		if (ad->journal && journal_is_behind(ad->journal) &&
		    journal_sync(ad->journal, &err) < 0)
			views_message(app->views, MESSAGE_WARN,
				      _("unsaved work is not protected: %s"), err.text);
	}
}

/* ---- Opening and closing ---- */

static struct app_doc *find_doc(struct app *app, const char *name)
{
	for (size_t i = 0; i < app->n_docs; i++) {
		const struct doc *doc = app->docs[i]->doc;

		if (strcmp(doc->name, name) == 0 || (doc->path && strcmp(doc->path, name) == 0))
			return app->docs[i];
	}
	return NULL;
}

static bool is_path(const char *name)
{
	size_t len = strlen(name);

	return strchr(name, '/') || (len > 3 && strcmp(name + len - 3, ".md") == 0);
}

/* A draft of this workspace is one, however it is called, and so is a region's text of it. */
static bool name_of_path(const struct workspace *ws, const char *path, struct str *name)
{
	for (size_t i = 0; i < ws->n; i++) {
		const struct ws_draft *d = &ws->v[i];
		struct str text = STR_INIT;
		bool is = strcmp(d->path, path) == 0;
		size_t k = 0;

		for (; !is && k < d->n_texts; k++) {
			str_clear(&text);
			workspace_text_path(ws, d->name, d->texts[k], &text);
			if (strcmp(str_text(&text), path) == 0)
				break;
		}
		str_release(&text);
		if (!is && k == d->n_texts)
			continue;
		str_clear(name);
		str_add_text(name, d->name);
		if (!is)
			str_addf(name, "/%s", d->texts[k]);
		return true;
	}
	return false;
}

/* Name and path of what was asked for: a draft of the workspace by its name, or any file. */
static int find_file(struct app *app, const char *asked, struct str *name, struct str *path,
		     bool *inside, struct error *err)
{
	char *real;

	*inside = !is_path(asked) ||
		  (app->has_session && workspace_is_text(&app->session.ws, asked) &&
		   access(asked, F_OK) != 0);
	if (*inside && !app->has_session)
		return error_set(err, ST_MISSING,
				 _("%s: there is no workspace here to find it in"), asked);
	if (*inside && !strchr(asked, '/') && !workspace_name_is_valid(asked))
		return error_set(err, ST_USAGE,
				 _("%s: a draft's name is letters without accents, digits, "
				   "- _ and dots; no blanks"),
				 asked);
	if (*inside && !strchr(asked, '/') &&
	    workspace_unlisted(&app->session.ws, asked, err) < 0)
		return err->status;
	if (*inside) {
		str_add_text(name, asked);
		workspace_draft_path(&app->session.ws, asked, path);
		return 0;
	}
	real = realpath(asked, NULL);
	str_add_text(path, real ? real : asked);
	free(real);
	str_add_text(name, asked);
	if (app->has_session)
		*inside = name_of_path(&app->session.ws, str_text(path), name);
	return 0;
}

int app_doc_open(void *data, const char *asked, struct doc **doc, struct error *err)
{
	int status = app_doc_open_unread(data, asked, doc, err);

	if (status == 0)
		doc_read(*doc);
	return status;
}

int app_doc_open_unread(struct app *app, const char *asked, struct doc **doc, struct error *err)
{
	struct str name = STR_INIT, path = STR_INIT, bytes = STR_INIT;
	struct file_stamp stamp = {.exists = false};
	struct app_doc *ad;
	const char *root;
	bool inside;
	int status = find_file(app, asked, &name, &path, &inside, err);

	if (status < 0)
		goto done;
	ad = find_doc(app, str_text(&name));
	if (ad) {
		ad->users++;
		*doc = ad->doc;
		goto done;
	}
	root = inside ? app->session.ws.root : NULL;
	status = file_read_draft(root, str_text(&path), &bytes, &stamp, err);
	if (status < 0)
		goto done;
	ad = mem_zalloc(sizeof *ad);
	ad->doc = doc_adopt(str_text(&name), str_text(&path), &bytes, app_parties(app));
	/* The loop settles it. */
	ad->doc->in_hurry = true;
	ad->doc->host_data = ad;
	ad->app = app;
	ad->root = root ? mem_strdup(root) : NULL;
	ad->in_workspace = inside;
	ad->stamp = stamp;
	ad->users = 1;
	MEM_GROW(app->docs, app->n_docs, app->cap_docs);
	app->docs[app->n_docs++] = ad;
	open_journal(app, ad);
	*doc = ad->doc;
done:
	str_release(&name);
	str_release(&path);
	str_release(&bytes);
	return status;
}

void app_doc_free(struct app *app, struct app_doc *ad)
{
	struct error err = ERROR_INIT;

	/* Only an end that nobody asked for keeps unsaved work; a view has asked before it
	 * closes. */
	if (ad->journal && app->ending && journal_is_behind(ad->journal))
		(void)!journal_sync(ad->journal, &err);
	journal_close(ad->journal, app->ending && doc_is_dirty(ad->doc));
	app_side_release(ad);
	app_texts_release(ad);
	doc_free(ad->doc);
	free(ad->root);
	free(ad->who);
	free(ad->found);
	free(ad->message);
	free(ad);
}

void app_doc_close(void *data, struct doc *doc)
{
	struct app *app = data;
	struct app_doc *ad = app_doc_of(doc);

	if (--ad->users > 0)
		return;
	for (size_t i = 0; i < app->n_docs; i++) {
		if (app->docs[i] != ad)
			continue;
		memmove(app->docs + i, app->docs + i + 1,
			(app->n_docs - i - 1) * sizeof *app->docs);
		app->n_docs--;
		break;
	}
	app_doc_free(app, ad);
	app->place.generation++;
}

/* What stands in drafts/ for all of them. */
static void look_at_lists(struct app *app)
{
	app_follow(app);
	app_look_at_regions(app);
}

void app_doc_is_saved(struct app *app, struct app_doc *ad)
{
	struct error err = ERROR_INIT;

	text_saved(ad->doc->text);
	doc_refresh(ad->doc);
	app_side_release(ad);
	ad->noted = text_revision(ad->doc->text);
	if (ad->journal && journal_saved(ad->journal, ad->doc->flat, &err) < 0)
		views_message(app->views, MESSAGE_WARN, _("unsaved work is not protected: %s"),
			      err.text);
	if (ad->in_workspace)
		app_desk_changed(app, ad->doc->name);
	else
		look_at_lists(app); /* perhaps it is one of them */
}

/* ---- Changes from outside ---- */

static void read_anew(struct app *app, struct app_doc *ad)
{
	struct error err = ERROR_INIT;
	struct str bytes = STR_INIT;

	if (file_read(ad->root, ad->doc->path, FILE_MOST_DRAFT, &bytes, &ad->stamp, &err) ==
	    0) {
		doc_set_bytes(ad->doc, str_slice(&bytes));
		app_doc_is_saved(app, ad);
		views_message(app->views, MESSAGE_INFO,
			      _("%s was changed outside and read again"), ad->doc->name);
	} else {
		views_error(app->views, &err);
	}
	str_release(&bytes);
}

bool app_doc_read_outside(struct app *app, struct app_doc *ad)
{
	if (doc_is_dirty(ad->doc) ||
	    file_check(ad->root, ad->doc->path, &ad->stamp) != FILE_CHANGED)
		return false;
	read_anew(app, ad);
	return true;
}

void app_look_outside(struct app *app)
{
	look_at_lists(app);
	for (size_t i = 0; i < app->n_docs; i++) {
		struct app_doc *ad = app->docs[i];
		enum file_change change = file_check(ad->root, ad->doc->path, &ad->stamp);

		app_side_release(ad);
		if (change == FILE_SAME)
			continue;
		if (change == FILE_CHANGED && !doc_is_dirty(ad->doc))
			read_anew(app, ad);
		else
			views_message(
				app->views, MESSAGE_WARN,
				change == FILE_GONE
					? _("the file of %s is gone; saving writes it again")
					: _("%s was changed outside; nothing of either is "
					    "lost: saving asks"),
				ad->doc->name);
	}
}
