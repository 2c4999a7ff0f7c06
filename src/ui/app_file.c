/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/bound.h"
#include "core/mem.h"
#include "core/revert.h"
#include "store/run.h"
#include "ui/term.h"
#include "ui/tr.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- How the file stands ---- */

static void look_at_head(struct app *app, const struct app_doc *ad,
			 struct host_file_state *state)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	enum repo_change change;

	if (app->has_session && app->session.repo &&
	    repo_path(app->session.repo, ad->doc->path, &path, &err) == 0 &&
	    repo_changed(app->session.repo, str_text(&path), &change, &err) == 0) {
		state->uncommitted = change != REPO_SAME;
		state->new_file = change == REPO_NEW;
	}
	str_release(&path);
}

static int file_state(void *data, struct doc *doc, struct host_file_state *state,
		      struct error *err)
{
	struct app_doc *ad = app_doc_of(doc);
	enum file_change change = file_check(ad->root, doc->path, &ad->stamp);

	(void)err;
	*state = (struct host_file_state){
		.unsaved = doc_is_dirty(doc),
		.changed_outside = change == FILE_CHANGED,
		.gone = change == FILE_GONE,
		.elsewhere = ad->who != NULL,
		.who = ad->who ? ad->who : "",
	};
	look_at_head(data, ad, state);
	return 0;
}

static int write_doc(struct app *app, struct app_doc *ad, const struct file_stamp *only_if,
		     struct error *err)
{
	struct file_stamp now;
	int status = bound_draft(ad->doc->flat, ad->doc->path, err);

	if (status == 0)
		status = file_write(ad->root, ad->doc->path, ad->doc->flat, only_if, &now, err);
	if (status < 0)
		return status;
	ad->stamp = now;
	app_doc_is_saved(app, ad);
	return 0;
}

static int save(void *data, struct doc *doc, struct error *err)
{
	struct app_doc *ad = app_doc_of(doc);

	if (doc->read_only)
		return error_set(err, ST_DENIED,
				 _("%s can only be read here: it is open in another adref"),
				 doc->name);
	/* A file that is gone is written anew. */
	if (file_check(ad->root, doc->path, &ad->stamp) == FILE_GONE)
		return write_doc(data, ad, NULL, err);
	return write_doc(data, ad, &ad->stamp, err);
}

/* Writes bytes beside the draft as NAME.WORD.md, NAME.WORD-2.md ...; the path that was free. */
static int put_beside(const struct app_doc *ad, const char *word, struct slice bytes,
		      struct str *path, struct error *err)
{
	size_t len = strlen(ad->doc->path);
	int status = ST_EXISTS;

	if (len > 3 && strcmp(ad->doc->path + len - 3, ".md") == 0)
		len -= 3;
	for (int i = 1; i < 100 && status == ST_EXISTS; i++) {
		str_clear(path);
		str_add(path, ad->doc->path, len);
		str_addf(path, i == 1 ? ".%s.md" : ".%s-%d.md", word, i);
		status = file_create(ad->root, str_text(path), bytes, 0644, NULL, err);
	}
	return status;
}

static int keep_mine(struct app *app, struct app_doc *ad, struct slice theirs,
		     const struct file_stamp *stamp, struct error *err)
{
	struct str path = STR_INIT;
	int status = put_beside(ad, "theirs", theirs, &path, err);

	if (status == 0)
		status = write_doc(app, ad, stamp, err);
	if (status == 0)
		views_message(app->views, MESSAGE_OK, _("saved; the other text is in %s"),
			      str_text(&path));
	str_release(&path);
	return status;
}

static int keep_theirs(struct app *app, struct app_doc *ad, struct slice theirs,
		       const struct file_stamp *stamp, bool go_on, struct error *err)
{
	struct str path = STR_INIT;
	int status = put_beside(ad, "mine", ad->doc->flat, &path, err);

	if (status == 0) {
		doc_set_bytes(ad->doc, theirs);
		ad->stamp = *stamp;
		app_doc_is_saved(app, ad);
		views_message(app->views, MESSAGE_OK, _("your text is in %s"), str_text(&path));
		if (go_on) {
			app_desk_refresh(app);
			status = app_open_view(app, "editor", str_text(&path), SIZE_MAX, err);
		}
	}
	str_release(&path);
	return status;
}

static int keep(void *data, struct doc *doc, enum host_keep how, struct error *err)
{
	struct app *app = data;
	struct app_doc *ad = app_doc_of(doc);
	struct str theirs = STR_INIT;
	struct file_stamp stamp;
	int status = file_read_draft(ad->root, doc->path, &theirs, &stamp, err);

	if (status == ST_MISSING)
		status = write_doc(app, ad, NULL, err);
	else if (status == 0 && how == KEEP_MINE)
		status = keep_mine(app, ad, str_slice(&theirs), &stamp, err);
	else if (status == 0)
		status =
			keep_theirs(app, ad, str_slice(&theirs), &stamp, how == KEEP_BOTH, err);
	str_release(&theirs);
	return status;
}

static int revert(void *data, struct doc *doc, struct error *err)
{
	struct app_doc *ad = app_doc_of(doc);
	struct str bytes = STR_INIT;
	int status = file_read_draft(ad->root, doc->path, &bytes, &ad->stamp, err);

	if (status == 0) {
		doc_set_bytes(doc, str_slice(&bytes));
		app_doc_is_saved(data, ad);
	}
	str_release(&bytes);
	return status;
}

/* ---- Commits ---- */

static int in_repository(struct app *app, const struct app_doc *ad, struct error *err)
{
	if (!ad->in_workspace)
		return error_set(
			err, ST_USAGE,
			_("%s is no draft of this workspace: it is saved, not committed"),
			ad->doc->name);
	return app_repo(app, err);
}

static void propose_message(void *data, struct doc *doc, struct str *message)
{
	struct app *app = data;
	struct error err = ERROR_INIT;
	size_t from = message->len;

	if (app_doc_of(doc)->message) {
		str_add_text(message, app_doc_of(doc)->message);
		return;
	}
	if (in_repository(app, app_doc_of(doc), &err) < 0 ||
	    session_propose(&app->session, doc->name, message, &err) < 0) {
		str_truncate(message, from);
		str_addf(message, "%s: ", doc->name);
	}
}

/* What was typed for a commit that could not be made is proposed again; what was only proposed
 * is not: the draft may be another one by then. */
static void keep_message(struct app *app, struct doc *doc, struct slice message)
{
	struct app_doc *ad = app_doc_of(doc);
	struct str proposed = STR_INIT;

	free(ad->message);
	ad->message = NULL;
	propose_message(app, doc, &proposed);
	if (!slice_equal(str_slice(&proposed), message))
		ad->message = slice_dup(message);
	str_release(&proposed);
}

static int commit(void *data, struct doc *doc, struct slice message, struct str *id,
		  struct error *err)
{
	struct app *app = data;
	struct app_doc *ad = app_doc_of(doc);
	struct commit_result result = COMMIT_RESULT_INIT;
	int status = in_repository(app, ad, err);

	if (status == 0 && doc_is_dirty(doc))
		status = save(data, doc, err);
	if (status == 0)
		status = app_author(app, err);
	if (status == 0)
		status = session_commit(&app->session, doc->name, message, &result, err);
	if (status == 0) {
		str_add(id, result.id, strnlen(result.id, 9));
		if (result.warning.len)
			views_message(app->views, MESSAGE_WARN, "%s",
				      str_text(&result.warning));
		app_desk_changed(app, doc->name);
		free(ad->message);
		ad->message = NULL;
	} else {
		keep_message(app, doc, message);
	}
	commit_result_release(&result);
	return status;
}

/* Where pending edits and the text that they were made on wait, one file each. */
static void aside_path(const struct app *app, const struct doc *doc, const char *what,
		       struct str *path)
{
	str_addf(path, "%s/adref/aside/%s.%s", app->git_dir, doc->name, what);
}

static int write_aside(const struct app *app, const struct doc *doc, const char *what,
		       struct slice bytes, struct error *err)
{
	struct file_stamp none = {.exists = false};
	struct str path = STR_INIT, folder = STR_INIT;
	int status;

	str_addf(&folder, "%s/adref/aside", app->git_dir);
	aside_path(app, doc, what, &path);
	status = file_make_dirs(NULL, str_text(&folder), 0700, err);
	/* What was set aside before and not brought back must not be lost. */
	if (status == 0)
		status = file_write(NULL, str_text(&path), bytes, &none, NULL, err);
	if (status == ST_CHANGED)
		status =
			error_set(err, ST_EXISTS,
				  _("edits of %s were set aside before; bring them back first"),
				  doc->name);
	str_release(&path);
	str_release(&folder);
	return status;
}

static void remove_aside(const struct app *app, const struct doc *doc, const char *what)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;

	aside_path(app, doc, what, &path);
	(void)!file_remove(NULL, str_text(&path), &err);
	str_release(&path);
}

static bool is_aside(void *data, struct doc *doc)
{
	const struct app *app = data;
	struct str path = STR_INIT;
	bool is;

	if (!app->git_dir || !app_doc_of(doc)->in_workspace)
		return false;
	aside_path(app, doc, "mine", &path);
	is = access(str_text(&path), F_OK) == 0;
	str_release(&path);
	return is;
}

static int set_aside(void *data, struct doc *doc, struct error *err)
{
	struct app *app = data;
	struct app_doc *ad = app_doc_of(doc);
	struct str path = STR_INIT, head = STR_INIT;
	int status = in_repository(app, ad, err);

	if (status == 0)
		status = session_path(&app->session, doc->name, &path, err);
	if (status == 0)
		status = repo_read(app->session.repo, "HEAD", str_text(&path), FILE_MOST_DRAFT,
				   &head, err);
	if (status == 0)
		status = write_aside(app, doc, "mine", doc->flat, err);
	if (status == 0) {
		status = write_aside(app, doc, "base", str_slice(&head), err);
		if (status < 0)
			remove_aside(app, doc, "mine");
	}
	if (status == 0) {
		doc_set_bytes(doc, str_slice(&head));
		status = write_doc(app, ad, &ad->stamp, err);
		if (status < 0) {
			remove_aside(app, doc, "mine");
			remove_aside(app, doc, "base");
		}
	}
	str_release(&path);
	str_release(&head);
	return status;
}

/* The change from base to what was set aside, made on the text as it is now. */
static int bring_back(void *data, struct doc *doc, struct error *err)
{
	struct app *app = data;
	struct str mine = STR_INIT, base = STR_INIT, out = STR_INIT, path = STR_INIT;
	int status;

	if (!app->git_dir)
		return error_set(err, ST_MISSING, _("nothing was set aside"));
	aside_path(app, doc, "mine", &path);
	status = file_read(NULL, str_text(&path), FILE_MOST_DRAFT, &mine, NULL, err);
	str_clear(&path);
	aside_path(app, doc, "base", &path);
	if (status == 0)
		status = file_read(NULL, str_text(&path), FILE_MOST_DRAFT, &base, NULL, err);
	if (status == ST_MISSING)
		status = error_set(err, ST_MISSING, _("%s: nothing was set aside"), doc->name);
	/* Taking "mine became base" back out of the text is putting the edits in. */
	if (status == 0)
		status =
			revert_change(str_slice(&mine), str_slice(&base), doc->flat, &out, err);
	if (status == 0) {
		doc_set_bytes(doc, str_slice(&out));
		app_doc_changed(app, doc);
		remove_aside(app, doc, "mine");
		remove_aside(app, doc, "base");
	}
	str_release(&path);
	str_release(&mine);
	str_release(&base);
	str_release(&out);
	return status;
}

/* ---- Other programs ---- */

/* The words of $VISUAL or $EDITOR: "emacs -nw". */
static size_t editor_words(char *text, const char **argv, size_t most)
{
	size_t n = 0;

	for (char *save = NULL, *word = strtok_r(text, " \t", &save); word && n < most;
	     word = strtok_r(NULL, " \t", &save))
		argv[n++] = word;
	return n;
}

static int run_on_file(const char *path, struct error *err)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	const char *chosen = visual && *visual ? visual : editor && *editor ? editor : "vi";
	char *words = mem_strdup(chosen);
	const char *argv[16];
	size_t n = editor_words(words, argv, 14);
	int code = 0, status;

	argv[n] = path;
	argv[n + 1] = NULL;
	term_leave();
	status = run_in_terminal(argv, NULL, &code, err);
	if (term_started() && term_enter(err) < 0)
		status = ST_FAIL;
	if (status == 0 && code != 0)
		status =
			error_set(err, ST_FAIL, _("%s ended with %d; the text stays as it was"),
				  chosen, code);
	free(words);
	return status;
}

static int run_editor(void *data, const char *name, struct slice text, struct str *out,
		      struct error *err)
{
	const char *tmp = getenv("TMPDIR");
	struct str path = STR_INIT, left = STR_INIT;
	int status, fd;

	(void)data;
	str_addf(&path, "%s/adref-%s-XXXXXX.md", tmp && *tmp ? tmp : "/tmp",
		 name && !strchr(name, '/') ? name : "text");
	str_text(&path);
	fd = mkstemps(path.p, 3);
	if (fd < 0) {
		status = file_error(err, errno, "write", str_text(&path));
		str_release(&path);
		return status;
	}
	close(fd);
	status = file_write(NULL, str_text(&path), text, NULL, NULL, err);
	if (status == 0)
		status = run_on_file(str_text(&path), err);
	if (status == 0)
		status = file_read(NULL, str_text(&path), FILE_MOST_DRAFT, &left, NULL, err);
	if (status == 0)
		str_add_slice(out, str_slice(&left));
	unlink(str_text(&path));
	str_release(&path);
	str_release(&left);
	return status;
}

void app_file_host(struct host *host)
{
	host->open = app_doc_open;
	host->close = app_doc_close;
	host->changed = app_doc_changed;
	host->file_state = file_state;
	host->save = save;
	host->keep = keep;
	host->revert = revert;
	host->propose_message = propose_message;
	host->commit = commit;
	host->set_aside = set_aside;
	host->bring_back = bring_back;
	host->is_aside = is_aside;
	host->run_editor = run_editor;
}
