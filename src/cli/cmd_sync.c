/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/person.h"
#include "store/chronicle.h"
#include "store/sync.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

/* adref sync: what others have comes here, and what is here goes to them. */

const struct cli_option options_sync[] = {
	{"with", 0, N_("ADDRESS"),
	 N_("share with that repository from now on: a folder, or ssh://…, https://…, "
	    "host:path")},
	{0},
};

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

static void add_name(struct cli *c, const char *path)
{
	struct str name = STR_INIT;
	const char *folder = strstr(path, "drafts/");

	chronicle_name("drafts", folder ? folder : path, &name);
	cli_show(c, str_slice(&name));
	str_release(&name);
}

static void report(struct cli *c, const struct sync_result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct sync_file *f = &r->v[i];

		add_name(c, f->path);
		if (f->points)
			str_addf(&c->out,
				 ngettext(": merged, %zu new point", ": merged, %zu new points",
					  f->points),
				 f->points);
		else
			str_add_text(&c->out, f->both ? _(": merged") : _(": new from others"));
		str_add_char(&c->out, '\n');
	}
	if (!r->came && !r->went)
		cli_note(_("nothing new here or there"));
	else
		cli_note(_("came: %zu, went: %zu (commits)"), r->came, r->went);
	if (r->n_left > 1)
		cli_note(_("%s and %zu more are not committed and stay here (adref commit)"),
			 r->left, r->n_left - 1);
	else if (r->n_left)
		cli_note(_("%s is not committed and stays here (adref commit)"), r->left);
}

/* As git shows it, for it is others' words: the reason of a refusal, and what to do. */
static void tell_said(const struct sync_result *r)
{
	struct slice line;

	for (size_t i = 0; (line = sync_said(r, i)).len; i++)
		cli_note("remote: %.*s", (int)line.len, line.p);
}

/* ^C: nothing is torn apart, it stops at the next place where nothing is lost. */

static atomic_bool wants_stop;

static void on_interrupt(int number)
{
	(void)number;
	atomic_store(&wants_stop, true);
}

static void listen(bool begin, struct sigaction *before)
{
	struct sigaction act = {.sa_handler = on_interrupt};

	sigemptyset(&act.sa_mask);
	if (begin)
		sigaction(SIGINT, &act, before);
	else
		sigaction(SIGINT, before, NULL);
}

enum exit_status cmd_sync(struct cli *c)
{
	const struct sync_watch watch = {.step = show_step, .stop = &wants_stop};
	struct sync_result result = SYNC_RESULT_INIT;
	struct error err = ERROR_INIT;
	struct sigaction before;
	struct session s;
	int rc = session_open(&s, NULL, &err);

	if (rc < 0) {
		input_nowhere(&err);
		return cli_fail(&err);
	}
	rc = session_repo(&s, &err);
	if (rc == 0)
		rc = person_known(s.repo, &err);
	if (rc == 0 && cli_has(c, "with"))
		rc = session_share_with(&s, slice_of(cli_value(c, "with")), &err);
	listen(true, &before);
	if (rc == 0)
		rc = session_sync(&s, &watch, &result, &err);
	listen(false, &before);
	/* What came is told also where it could not be sent on. */
	if (rc == 0 || result.came)
		report(c, &result);
	tell_said(&result);
	if (s.kept.len)
		cli_note("%s", str_text(&s.kept));
	session_release(&s);
	sync_result_release(&result);
	return rc == 0 ? EXIT_DONE : cli_fail(&err);
}
