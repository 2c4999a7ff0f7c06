/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/past.h"
#include "core/signers.h"
#include "core/sshsig.h"
#include "store/file.h"
#include "store/hooks.h"
#include "store/pin.h"
#include "store/session.h"
#include "store/sign.h"
#include "store/trust.h"

#include <string.h>

/* adref trust: lets this repository's hooks run; says whose keys count in it; lists a key. */

const struct cli_option options_trust[] = {
	{"remove", 0, NULL, N_("trust it no longer")},
	{"signers", 0, NULL, N_("its drafts/signers is the right list")},
	{"add", 0, N_("NAME"),
	 N_("list this key in drafts/signers, for a party's code, chair or secretariat")},
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

/* ---- a key for the list ---- */

/* A party by its code, whatever it was called, or a role; ST_USAGE. */
static int add_signer_name(const struct parties *parties, const char *word, struct str *names,
			   struct error *err)
{
	uint16_t who = party_find(parties, slice_of(word), NULL);
	struct str codes = STR_INIT;

	if (names->len)
		str_add_char(names, ',');
	if (strcmp(word, SIGNERS_CHAIR) == 0 || strcmp(word, SIGNERS_SECRETARIAT) == 0) {
		str_add_text(names, word);
		return 0;
	}
	if (who != PARTY_NONE) {
		str_add_text(names, parties->v[who].code);
		return 0;
	}
	for (size_t i = 0; i < parties->n; i++)
		str_addf(&codes, "%s, ", parties->v[i].code);
	error_set(err, ST_USAGE,
		  _("%s: no such party; a key is listed for %schair or secretariat "
		    "(parties are in drafts/regions.yaml)"),
		  word, str_text(&codes));
	str_release(&codes);
	return ST_USAGE;
}

/* What is to be done so that it counts. */
static void tell_next(struct session *s, const struct signers *list, bool is_chair)
{
	struct error ignored = ERROR_INIT;
	char pin[REPO_HEX + 1];
	bool has_chair = is_chair;

	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < list->v[i].n_names; k++)
			has_chair |= strcmp(list->v[i].names[k], SIGNERS_CHAIR) == 0;
	if (session_repo(s, &ignored) == 0 && pin_get(s->repo, pin, &ignored) == 0)
		cli_note(_(
			"it counts once it is in a commit that a key signed which the list has "
			"for chair: git commit -S drafts/signers"));
	else
		cli_note(
			_("commit it (git add drafts/signers, git commit), look at the list, "
			  "then "
			  "adref trust --signers; from then on only a change counts that a key "
			  "signed which the list has for chair"));
	if (!has_chair)
		cli_note(_("the list has no key for chair: nobody could change it then; adref "
			   "trust --add chair KEY.pub"));
}

static int write_key(struct session *s, struct slice names, struct slice key,
		     const char *key_path, struct error *err)
{
	struct str path = STR_INIT, text = STR_INIT, line = STR_INIT, shown = STR_INIT;
	struct file_stamp stamp = {.exists = false};
	struct signers list = {NULL, 0, 0}, after = {NULL, 0, 0}, added = {NULL, 0, 0};
	int rc;

	str_addf(&path, "%s/signers", s->ws.folder);
	rc = file_read(s->ws.root, str_text(&path), SIGNERS_MOST_BYTES, &text, &stamp, err);
	if (rc == ST_MISSING)
		rc = 0;
	if (rc == 0 && (rc = signers_read(str_slice(&text), &list, err)) < 0)
		error_prefix(err, "drafts/signers");
	if (rc == 0 && (rc = signers_line(names, key, &list, &line, err)) < 0)
		error_prefix(err, key_path);
	if (rc == 0 && text.len && text.p[text.len - 1] != '\n')
		str_add_char(&text, '\n');
	str_add_slice(&text, str_slice(&line));
	/* What could not be read again would let nobody in. */
	if (rc == 0 && (rc = signers_read(str_slice(&text), &after, err)) < 0)
		error_prefix(err, "drafts/signers");
	if (rc == 0)
		rc = file_write(s->ws.root, str_text(&path), str_slice(&text), &stamp, NULL,
				err);
	if (rc == 0)
		rc = signers_read(str_slice(&line), &added, err);
	if (rc == 0) {
		sshkey_fingerprint(str_slice(&added.v[0].key), &shown);
		cli_note(_("drafts/signers has a line more: %.*s  %s  %s"), (int)names.len,
			 names.p, str_text(&shown), added.v[0].comment);
		tell_next(s, &list,
			  signers_has(&added, str_slice(&added.v[0].key), SIGNERS_CHAIR));
	}
	signers_release(&list);
	signers_release(&after);
	signers_release(&added);
	str_release(&path);
	str_release(&text);
	str_release(&line);
	str_release(&shown);
	return rc;
}

static enum exit_status add_key(struct cli *c)
{
	struct str names = STR_INIT, key = STR_INIT;
	struct error err = ERROR_INIT;
	struct session s;
	int rc;

	if (c->argc < 1)
		return cli_usage(c, _("--add takes a name and the file of a public key"));
	rc = session_open(&s, NULL, &err);
	if (rc < 0) {
		input_nowhere(&err);
		return cli_fail(&err);
	}
	rc = add_signer_name(&s.ws.parties, cli_value(c, "add"), &names, &err);
	for (int i = 0; rc == 0 && i < c->argc - 1; i++)
		rc = add_signer_name(&s.ws.parties, c->argv[i], &names, &err);
	if (rc == 0)
		rc = sign_public_key(c->argv[c->argc - 1], &key, &err);
	if (rc == 0)
		rc = write_key(&s, str_slice(&names), str_slice(&key), c->argv[c->argc - 1],
			       &err);
	session_release(&s);
	str_release(&names);
	str_release(&key);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}

enum exit_status cmd_trust(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct session s;

	if (cli_has(c, "add") && (cli_has(c, "signers") || cli_has(c, "remove")))
		return cli_usage(c, _("--add stands alone: what it writes is committed first"));
	if (cli_has(c, "add"))
		return add_key(c);
	if (c->argc > 1)
		return cli_usage(c, _("one commit at most"));
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
