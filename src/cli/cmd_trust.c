/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/past.h"
#include "core/signers.h"
#include "core/sshsig.h"
#include "store/hooks.h"
#include "store/pin.h"
#include "store/session.h"
#include "store/trust.h"

/* adref trust: lets this repository's hooks run; says whose keys count in it. */

const struct cli_option options_trust[] = {
	{"remove", 0, NULL, N_("trust it no longer")},
	{"signers", 0, NULL, N_("its drafts/signers is the right list")},
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

/* ---- whose keys count ---- */

/* The repository's drafts, in a workspace or (where git's hooks run) without one. */
static int open_drafts(struct past *p, bool *is_past, struct repo **own, struct error *err)
{
	struct error ignored = ERROR_INIT;

	*own = NULL;
	*is_past = past_open(p, NULL, &ignored) == 0;
	return *is_past ? 0 : repo_open(own, ".", err);
}

static void print_signers(struct cli *c, const struct signers *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct str line = STR_INIT;

		for (size_t k = 0; k < s->v[i].n_names; k++)
			str_addf(&line, "%s%s", k ? "," : "", s->v[i].names[k]);
		str_add_text(&line, "  ");
		sshkey_fingerprint(str_slice(&s->v[i].key), &line);
		str_addf(&line, "  %s", s->v[i].comment);
		cli_show(c, str_slice(&line));
		str_add_char(&c->out, '\n');
		str_release(&line);
	}
}

/* Looks at the list before it is vouched for. */
static int vouch(struct cli *c, struct repo *r, const char *folder, struct error *err)
{
	const char *revision = c->argc ? c->argv[0] : "HEAD";
	struct str path = STR_INIT, text = STR_INIT;
	struct signers signers = {NULL, 0, 0};
	char hex[REPO_HEX + 1];
	int rc = repo_resolve(r, revision, hex, err);

	str_addf(&path, "%s/signers", folder);
	if (rc == 0)
		rc = repo_read(r, hex, str_text(&path), SIGNERS_MOST_BYTES, &text, err);
	if (rc == ST_MISSING)
		error_set(err, rc,
			  _("%s is not in %s: write the keys there and commit it first; see "
			    "adref-format(5)"),
			  str_text(&path), revision);
	if (rc == 0) {
		rc = signers_read(str_slice(&text), &signers, err);
		str_add_char(&path, ':');
		if (rc < 0)
			error_prefix(err, str_text(&path));
	}
	if (rc == 0)
		rc = pin_set(r, hex, err);
	if (rc == 0) {
		print_signers(c, &signers);
		cli_note(_("from now on these keys count here, as %.10s has them"), hex);
	}
	signers_release(&signers);
	str_release(&path);
	str_release(&text);
	return rc;
}

static int change_signers(struct cli *c, struct error *err)
{
	struct repo *own, *r;
	struct past p;
	bool is_past;
	int rc = open_drafts(&p, &is_past, &own, err);

	if (rc < 0)
		return rc;
	r = is_past ? p.session.repo : own;
	if (cli_has(c, "remove")) {
		rc = pin_set(r, NULL, err);
		if (rc == 0)
			cli_note(_("no keys count here any more"));
	} else {
		rc = vouch(c, r, is_past ? str_text(&p.folder) : "drafts", err);
	}
	if (is_past)
		past_release(&p);
	repo_free(own);
	return rc;
}

enum exit_status cmd_trust(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct session s;

	if (cli_has(c, "signers"))
		return change_signers(c, &err) < 0 ? cli_fail(&err) : EXIT_DONE;
	if (c->argc)
		return cli_usage(c, _("a commit goes with --signers only"));
	if (session_open(&s, NULL, &err) != 0) {
		input_nowhere(&err);
		return cli_fail(&err);
	}
	if (change(c, &s, &err) != 0)
		status = cli_fail(&err);
	session_release(&s);
	return status;
}
