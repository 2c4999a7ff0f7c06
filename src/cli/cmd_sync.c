/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/person.h"
#include "store/sync.h"

#include <string.h>

/* adref sync: what others have comes here, and what is here goes to them. */

static void show_step(void *arg, enum sync_step step, const char *remote)
{
	(void)arg;
	switch (step) {
	case SYNC_FETCH:
		cli_note(_("asking %s what is new"), remote);
		break;
	case SYNC_MERGE:
		cli_note(_("merging what %s has"), remote);
		break;
	case SYNC_PUSH:
		cli_note(_("sending to %s"), remote);
		break;
	}
}

static void report(struct cli *c, const struct sync_result *r)
{
	for (size_t at = 0; at < r->drafts.len;) {
		const char *p = r->drafts.p + at, *lf = memchr(p, '\n', r->drafts.len - at);
		size_t n = lf ? (size_t)(lf - p) : r->drafts.len - at;

		str_addf(&c->out, "%s: ", _("new points"));
		cli_show(c, slice_make(p, n));
		str_add_char(&c->out, '\n');
		at += n + 1;
	}
	if (!r->came && !r->went)
		cli_note(_("nothing new here or there"));
	else
		cli_note(_("came: %zu, went: %zu (commits)"), r->came, r->went);
}

enum exit_status cmd_sync(struct cli *c)
{
	const struct sync_watch watch = {.step = show_step};
	struct sync_result result = SYNC_RESULT_INIT;
	struct error err = ERROR_INIT;
	struct session s;
	int rc = session_open(&s, NULL, &err);

	if (rc < 0)
		return cli_fail(&err);
	rc = session_repo(&s, &err);
	if (rc == 0)
		rc = person_known(s.repo, &err);
	if (rc == 0)
		rc = session_sync(&s, &watch, &result, &err);
	if (rc == 0)
		report(c, &result);
	session_release(&s);
	sync_result_release(&result);
	return rc == 0 ? EXIT_DONE : cli_fail(&err);
}
