/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

#define WALK_BUDGET 200 /* commits a step: a few milliseconds */

static void row_clear(struct app_row *row)
{
	summary_release(&row->summary);
	free(row->failure);
	free(row->parties);
	row->failure = NULL;
	row->parties = NULL;
	row->state = DESK_WAITING;
}

static void row_release(struct app_row *row)
{
	row_clear(row);
	free(row->changed_by);
	free(row->changed_what);
}

void app_desk_release(struct app *app)
{
	for (size_t i = 0; i < app->n_rows; i++)
		row_release(&app->rows[i]);
	free(app->rows);
	free(app->desk);
	app->rows = NULL;
	app->desk = NULL;
	app->n_rows = app->n_unlisted = app->next_row = 0;
	history_last_free(app->last);
	app->last = NULL;
	app->walked = false;
}

static void mark_parties(const struct app *app, char *const *codes, size_t n,
			 unsigned char flag, unsigned char *parties)
{
	for (size_t i = 0; i < n; i++) {
		uint16_t party = party_find(app_parties(app), slice_of(codes[i]), NULL);

		if (party != PARTY_NONE)
			parties[party] |= flag;
	}
}

/* What is on disk of a row into what the desk shows. */
static void show_row(struct app *app, size_t i)
{
	const struct ws_draft *draft = &app->session.ws.v[i];
	struct app_row *row = &app->rows[i];
	struct desk_row *d = &app->desk[i];
	struct summary *s = &row->summary;

	*d = (struct desk_row){
		.name = draft->name,
		.title = str_text(&s->title),
		.type = str_text(&s->type),
		.symbol = str_text(&s->symbol),
		.state = row->state,
		.failure = row->failure ? row->failure : "",
		.open = s->open,
		.nested = s->nested,
		.linked = s->linked,
		.problems = s->problems,
		.deferred = row->deferred,
		.agreed = s->agreed,
		.reopened = s->reopened,
		.words = s->words,
		.bracket_words = s->bracket_words,
		.parties = row->parties,
		.n_parties = row->parties ? app_parties(app)->n : 0,
		.uncommitted = row->uncommitted,
		.changed = row->changed ? row->changed : draft->mtime,
		.changed_by = row->changed_by ? row->changed_by : "",
		.changed_what = row->changed_what ? row->changed_what : "",
	};
	for (size_t k = 0; k < app->n_docs; k++)
		if (app->docs[k]->in_workspace &&
		    strcmp(app->docs[k]->doc->name, draft->name) == 0)
			d->unsaved = doc_is_dirty(app->docs[k]->doc);
	d->recovered = row->left && !d->unsaved;
}

/* Which drafts have unsaved work that an earlier session left: their journals say. */
static void look_for_journals(struct app *app)
{
	struct str folder = STR_INIT;
	struct error ignored = ERROR_INIT;
	char **paths = NULL;
	size_t n = 0;

	app->place.journal_waiting = false;
	if (!app->git_dir && !app->state_dir)
		return;
	journal_folder(app->git_dir, app->state_dir, &folder);
	if (journal_left(str_text(&folder), &paths, &n, &ignored) < 0)
		n = 0;
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < app->n_rows; i++)
			if (strcmp(app->session.ws.v[i].path, paths[k]) == 0)
				app->rows[i].left = app->place.journal_waiting = true;
		free(paths[k]);
	}
	free(paths);
	str_release(&folder);
}

/* Below the drafts: what is called like one and is none (a link, a folder), with the reason. */
static void show_unlisted(struct app *app)
{
	const struct ws_problems *problems = &app->session.ws.problems;

	for (size_t i = 0; i < problems->n; i++)
		if (problems->v[i].draft)
			app->desk[app->n_rows + app->n_unlisted++] =
				(struct desk_row){.name = problems->v[i].draft,
						  .title = "",
						  .type = "",
						  .symbol = "",
						  .state = DESK_UNREADABLE,
						  .failure = problems->v[i].at.text,
						  .changed_by = "",
						  .changed_what = ""};
}

void app_desk_reset(struct app *app)
{
	app_desk_release(app);
	if (!app->has_session)
		return;
	app->n_rows = app->session.ws.n;
	app->rows = mem_zalloc((app->n_rows + 1) * sizeof *app->rows);
	app->desk =
		mem_zalloc((app->n_rows + app->session.ws.problems.n + 1) * sizeof *app->desk);
	look_for_journals(app);
	for (size_t i = 0; i < app->n_rows; i++)
		show_row(app, i);
	show_unlisted(app);
}

static void read_row(struct app *app, size_t i)
{
	const struct workspace *ws = &app->session.ws;
	const struct ws_draft *draft = &ws->v[i];
	struct app_row *row = &app->rows[i];
	struct error err = ERROR_INIT;
	struct str bytes = STR_INIT;
	struct agreed_list agreed;
	struct deferred_list deferred;

	row_clear(row);
	row->parties = mem_zalloc(ws->parties.n + 1);
	mark_parties(app, draft->texts, draft->n_texts, DESK_TEXT, row->parties);
	mark_parties(app, draft->positions, draft->n_positions, DESK_POSITIONS, row->parties);
	if (file_read_draft(ws->root, draft->path, &bytes, NULL, &err) < 0) {
		row->failure = mem_strdup(err.text);
		row->state = DESK_UNREADABLE;
		str_release(&bytes);
		return;
	}
	if (workspace_agreed(ws, draft->name, &agreed, NULL, &err) < 0)
		row->summary.problems++;
	summary_read(&row->summary, str_slice(&bytes), &ws->parties, &agreed);
	agreed_release(&agreed);
	(void)!workspace_deferred(ws, draft->name, &deferred, NULL, &err);
	row->deferred = deferred.n;
	deferred_release(&deferred);
	row->state = DESK_READY;
	str_release(&bytes);
}

static void look_at_git(struct app *app, size_t i)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	enum repo_change change;

	if (app->session.repo &&
	    repo_path(app->session.repo, app->session.ws.v[i].path, &path, &err) == 0 &&
	    repo_changed(app->session.repo, str_text(&path), &change, &err) == 0)
		app->rows[i].uncommitted = change != REPO_SAME;
	str_release(&path);
}

static bool begin_walk(struct app *app)
{
	struct str *paths = mem_zalloc((app->n_rows + 1) * sizeof *paths);
	const char **list = mem_zalloc((app->n_rows + 1) * sizeof *list);
	struct error err = ERROR_INIT;

	app->walked = true;
	for (size_t i = 0; i < app->n_rows; i++) {
		if (repo_path(app->session.repo, app->session.ws.v[i].path, &paths[i], &err) <
		    0)
			str_clear(&paths[i]);
		list[i] = str_text(&paths[i]);
	}
	if (history_last_new(&app->last, app->session.repo, "HEAD", list, app->n_rows, &err) <
	    0)
		app->last = NULL;
	for (size_t i = 0; i < app->n_rows; i++)
		str_release(&paths[i]);
	free(paths);
	free(list);
	return app->last != NULL;
}

static void take_walked(struct app *app)
{
	for (size_t i = 0; i < app->n_rows; i++) {
		const struct history_entry *entry = history_last_of(app->last, i);
		struct app_row *row = &app->rows[i];

		if (!entry->found || row->changed == entry->time)
			continue;
		free(row->changed_by);
		free(row->changed_what);
		/* Where a shallow clone was cut, nobody knows. */
		row->changed_by = mem_strdup(entry->author && !entry->cut ? entry->author : "");
		row->changed_what =
			mem_strdup(entry->cut       ? _("or before: the history is cut here")
				   : entry->subject ? entry->subject
						    : "");
		row->changed = entry->time;
		show_row(app, i);
	}
}

static bool walk_step(struct app *app)
{
	struct error err = ERROR_INIT;
	int step;

	if (!app->session.repo || app->n_rows == 0)
		return false;
	if (!app->walked)
		return begin_walk(app);
	if (!app->last)
		return false;
	step = history_last_step(app->last, WALK_BUDGET, &err);
	take_walked(app);
	if (step != HISTORY_MORE) {
		history_last_free(app->last);
		app->last = NULL;
	}
	return true;
}

bool app_desk_step(struct app *app)
{
	if (!app->has_session)
		return false;
	if (app->next_row < app->n_rows) {
		size_t i = app->next_row++;

		read_row(app, i);
		look_at_git(app, i);
		show_row(app, i);
	} else if (!walk_step(app)) {
		return false;
	}
	app->place.generation++;
	views_touch(app->views);
	return true;
}

size_t app_desk(void *data, const struct desk_row **rows)
{
	struct app *app = data;

	*rows = app->desk;
	return app->n_rows + app->n_unlisted;
}

static void regions_path(const struct app *app, struct str *path)
{
	str_addf(path, "%s/regions.yaml", app->session.ws.folder);
}

void app_note_regions(struct app *app)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT, bytes = STR_INIT;

	regions_path(app, &path);
	app->regions = (struct file_stamp){.exists = false};
	if (file_read(app->session.ws.root, str_text(&path), WS_MOST_YAML, &bytes,
		      &app->regions, &err) < 0)
		app->regions.exists = false; /* what is wrong with it is check's to tell */
	str_release(&bytes);
	str_release(&path);
}

bool app_look_at_regions(struct app *app)
{
	struct str path = STR_INIT;
	bool changed;

	if (!app->has_session)
		return false;
	regions_path(app, &path);
	changed = file_check(app->session.ws.root, str_text(&path), &app->regions) != FILE_SAME;
	if (changed) {
		app_desk_refresh(app);
		views_message(app->views, MESSAGE_INFO, "%s",
			      _("regions.yaml was changed: the parties are read again"));
	}
	str_release(&path);
	return changed;
}

/* All that a reading takes from the table of parties. */
static void add_parties(const struct parties *p, struct str *out)
{
	for (size_t i = 0; i < p->n; i++) {
		str_add_text(out, p->v[i].code);
		for (size_t k = 0; k < p->v[i].n_aliases; k++)
			str_addf(out, " %s", p->v[i].aliases[k]);
		str_add_char(out, '\n');
	}
}

void app_desk_refresh(void *data)
{
	struct app *app = data;
	struct error err = ERROR_INIT;
	struct str before = STR_INIT, after = STR_INIT;

	if (!app->has_session)
		return;
	/* The list's names are the workspace's: they go with it. */
	app_desk_release(app);
	for (size_t i = 0; i < app->n_docs; i++)
		doc_hold(app->docs[i]->doc);
	add_parties(&app->session.ws.parties, &before);
	app_note_regions(app);
	if (workspace_refresh(&app->session.ws, &err) < 0)
		views_error(app->views, &err);
	add_parties(&app->session.ws.parties, &after);
	for (size_t i = 0; i < app->n_docs; i++) {
		app_side_release(app->docs[i]);
		app_texts_release(app->docs[i]);
		if (!slice_equal(str_slice(&before), str_slice(&after)))
			doc_read_anew(app->docs[i]->doc);
	}
	str_release(&before);
	str_release(&after);
	app_desk_reset(app);
	app->place.generation++;
	views_touch(app->views);
}

void app_desk_changed(struct app *app, const char *name)
{
	const struct view *top = views_top(app->views);

	/* Below another view it need not: it looks at everything when it is shown again. */
	if (top && strcmp(top->ops->name, "desk") != 0)
		return;
	for (size_t i = 0; app->has_session && i < app->n_rows; i++) {
		if (strcmp(app->session.ws.v[i].name, name) != 0)
			continue;
		read_row(app, i);
		look_at_git(app, i);
		show_row(app, i);
		/* Whoever changed it last is found again. */
		if (!app->last)
			app->walked = false;
		app->place.generation++;
		views_touch(app->views);
		return;
	}
}
