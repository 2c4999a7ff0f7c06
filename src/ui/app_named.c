/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "store/version.h"
#include "store/named.h"
#include "ui/tr.h"

/* A version as a person names it, found at once: the kept list of versions makes that short.
 * And a draft that comes back. */

static int named(void *data, const char *name, const char *revision, struct host_named *out,
		 struct error *err)
{
	struct app *app = data;
	struct named_ask ask = {.calendar = &app->session.ws.meetings};
	struct str path = STR_INIT;
	struct named n = {.id = ""};
	int rc;

	*out = (struct host_named){STR_INIT, STR_INIT, STR_INIT, STR_INIT};
	rc = app_repo(app, err);
	if (rc == 0)
		rc = session_path(&app->session, name, &path, err);
	ask.r = app->session.repo;
	ask.path = str_text(&path);
	if (rc == 0)
		rc = named_read(&n, &ask, revision, VERSION_MOST, &out->text, err);
	if (rc == 0) {
		str_add_text(&out->id, n.id);
		str_add_slice(&out->path, str_slice(&n.path));
		if (n.note.len)
			str_add_text(&out->note, _(str_text(&n.note)));
	}
	named_release(&n);
	str_release(&path);
	return rc;
}

static int bring(void *data, const char *name, struct slice text, struct slice subject,
		 struct str *id, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	int rc = app_repo(app, err);

	if (rc == 0)
		rc = session_bring(&app->session, name, text, subject, &result, err);
	if (rc == 0) {
		str_addf(id, "%.7s", result.id);
		app_desk_refresh(app);
	}
	commit_result_release(&result);
	return rc;
}

void app_named_host(struct host *host)
{
	host->bring = bring;
	host->named = named;
}
