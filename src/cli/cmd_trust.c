/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "store/hooks.h"
#include "store/session.h"
#include "store/trust.h"

/* adref trust: lets this repository's hooks run. */

const struct cli_option options_trust[] = {
	{"remove", 0, NULL, N_("trust it no longer")},
	{0},
};

static int change(struct cli *c, struct session *s, struct error *err)
{
	struct str list = STR_INIT, names = STR_INIT;
	int rc = session_repo(s, err);

	if (rc == 0)
		rc = trust_path(&list, err);
	if (rc < 0)
		goto done;
	if (cli_has(c, "remove")) {
		rc = trust_remove(s->repo, str_text(&list), err);
		if (rc == 0)
			cli_note(_("this repository's hooks do not run any more"));
		goto done;
	}
	rc = trust_add(s->repo, str_text(&list), err);
	if (rc < 0)
		goto done;
	if (hooks_present(s->repo, &names))
		cli_note(_("from now on these run with each commit: %s"), str_text(&names));
	else
		cli_note(_("trusted; this repository has no hooks that a commit would run"));
done:
	str_release(&list);
	str_release(&names);
	return rc;
}

enum exit_status cmd_trust(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct session s;

	if (session_open(&s, NULL, &err) != 0) {
		input_nowhere(&err);
		return cli_fail(&err);
	}
	if (change(c, &s, &err) != 0)
		status = cli_fail(&err);
	session_release(&s);
	return status;
}
