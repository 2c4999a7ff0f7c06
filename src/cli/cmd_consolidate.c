/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/consolidate.h"
#include "core/front.h"
#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * adref consolidate: the texts of several parties as one draft. Either a base and
 * CODE=FILE for each text, or the name of a draft whose texts stand beside it.
 */

const struct cli_option options_consolidate[] = {
	{"base", 'b', N_("FILE"), N_("the text that the proposals start from")},
	{"output", 'o', N_("FILE"), N_("write to FILE; - is standard output")},
	{"provenance", 'p', N_("FILE"),
	 N_("write to FILE who contributed to which paragraph, as a table")},
	{0},
};

/* Everything of one call. */
struct job {
	struct input in; /* the base, or the draft that is named */
	bool named;
	struct str base; /* where it is not in's bytes */
	struct slice base_text;
	struct str *texts;
	struct consolidate_input *inputs;
	size_t n;
	struct provenance provenance;
	struct str result;
};

static void job_release(struct job *j)
{
	for (size_t i = 0; i < j->n; i++)
		str_release(&j->texts[i]);
	free(j->texts);
	free(j->inputs);
	str_release(&j->base);
	str_release(&j->result);
	provenance_release(&j->provenance);
	input_release(&j->in);
}

/* Whether there is a text of the party already. */
static bool has_text(const struct job *j, uint16_t party)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->inputs[i].party == party)
			return true;
	return false;
}

static int add_text(struct job *j, uint16_t party, const char *path, struct error *err)
{
	int rc = file_read(NULL, path, FILE_MOST_DRAFT, &j->texts[j->n], NULL, err);

	if (rc == 0)
		j->inputs[j->n++].party = party;
	return rc;
}

static void make_room(struct job *j, size_t n)
{
	j->texts = mem_zalloc(n * sizeof(*j->texts));
	j->inputs = mem_zalloc(n * sizeof(*j->inputs));
}

/* ---- CODE=FILE ---- */

static int read_pair(struct job *j, const char *pair, struct error *err)
{
	const char *equals = strchr(pair, '=');
	struct slice code = {pair, equals ? (size_t)(equals - pair) : 0};
	uint16_t party;

	if (!equals || !code.len || !equals[1])
		return error_set(err, ST_USAGE, _("%s: not CODE=FILE, as in AFR=afr.md"), pair);
	party = party_find(j->in.parties, code, NULL);
	if (party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%.*s: no such party; use a code of drafts/regions.yaml"),
				 (int)code.len, code.p);
	if (has_text(j, party))
		return error_set(err, ST_USAGE, _("%s: a second text of %s; give one"), pair,
				 j->in.parties->v[party].code);
	return add_text(j, party, equals + 1, err);
}

static int read_pairs(struct cli *c, struct job *j, struct error *err)
{
	int rc = input_open(&j->in, cli_value(c, "base"), err);

	make_room(j, (size_t)c->argc);
	j->base_text = input_text(&j->in);
	for (int i = 0; i < c->argc && rc == 0; i++)
		rc = read_pair(j, c->argv[i], err);
	return rc;
}

/* ---- a draft with texts beside it ---- */

/* A draft's version in a commit, or a file's text. */
static int read_base(struct job *j, const char *base, struct error *err)
{
	struct session *s = &j->in.session;
	struct str path = STR_INIT;
	struct error none = ERROR_INIT;
	int rc = ST_MISSING;

	if (base[0] == '/')
		str_add_text(&path, base);
	else
		str_addf(&path, "%s/%s", s->ws.root, base);
	/* No file outside the workspace because a draft says so. */
	if (access(str_text(&path), F_OK) == 0)
		rc = file_read(s->ws.root, base, FILE_MOST_DRAFT, &j->base, NULL, err);
	else if (session_repo(s, &none) == 0) {
		str_clear(&path);
		rc = session_path(s, j->in.name, &path, &none);
		if (rc == 0)
			rc = repo_read(s->repo, base, str_text(&path), FILE_MOST_DRAFT,
				       &j->base, &none);
	}
	if (rc != 0 && err->status == ST_OK)
		rc = error_set(err, ST_MISSING,
			       _("%s: its base, %s, is neither a file nor a commit that has "
				 "the draft; correct it, or give --base FILE"),
			       j->in.label, base);
	str_release(&path);
	return rc;
}

static int find_base(struct cli *c, struct job *j, struct error *err)
{
	const char *given = cli_value(c, "base");
	struct front_matter front;
	int rc = 0;

	front_matter_read(&front, input_text(&j->in));
	j->base_text = input_text(&j->in);
	if (given)
		rc = file_read(NULL, given, FILE_MOST_DRAFT, &j->base, NULL, err);
	else if (front.base)
		rc = read_base(j, front.base, err);
	else if (input_brackets(&j->in)->n_outer)
		rc = error_set(err, ST_USAGE,
			       _("%s: it has open points already; say in its front matter "
				 "which commit or file the texts start from (base: …), or give "
				 "--base FILE"),
			       j->in.label);
	if (rc == 0 && (given || front.base))
		j->base_text = str_slice(&j->base);
	front_matter_release(&front);
	return rc;
}

/* Texts that are of no party, as the workspace found them. */
static void name_strangers(const struct job *j)
{
	const struct ws_problems *p = &j->in.session.ws.problems;
	struct str folder = STR_INIT;

	str_addf(&folder, "drafts/%s/", j->in.name);
	for (size_t i = 0; i < p->n; i++)
		if (slice_starts(slice_of(p->v[i].file), str_text(&folder)) &&
		    slice_ends(slice_of(p->v[i].file), ".md"))
			cli_note(_("%s: left out: %s"), p->v[i].file, p->v[i].at.text);
	str_release(&folder);
}

/* What cannot be used is named, the rest is done. */
static int read_texts(struct job *j, struct error *err)
{
	const struct ws_draft *d = workspace_find(&j->in.session.ws, j->in.name);

	name_strangers(j);
	if (!d || !d->n_texts)
		return error_set(err, ST_MISSING,
				 _("%s: no region has a text of it; put one at "
				   "drafts/%s/AFR.md"),
				 j->in.label, j->in.name);
	make_room(j, d->n_texts);
	for (size_t i = 0; i < d->n_texts; i++) {
		uint16_t party = party_find(j->in.parties, slice_of(d->texts[i]), NULL);
		struct error one = ERROR_INIT;
		struct str path = STR_INIT;

		workspace_text_path(&j->in.session.ws, j->in.name, d->texts[i], &path);
		if (has_text(j, party))
			cli_note(_("drafts/%s/%s.md: left out: there is a text of %s already"),
				 j->in.name, d->texts[i], j->in.parties->v[party].code);
		else if (add_text(j, party, str_text(&path), &one) != 0)
			cli_note("%s", one.text);
		str_release(&path);
	}
	return 0;
}

static int read_named(struct cli *c, struct job *j, struct error *err)
{
	int rc = input_open(&j->in, c->argv[0], err);

	j->named = true;
	if (rc == 0 && j->in.kind != INPUT_NAME)
		rc = error_set(err, ST_USAGE,
			       _("%s: not a draft of a workspace; give --base FILE and "
				 "CODE=FILE for each text"),
			       c->argv[0]);
	if (rc == 0)
		rc = find_base(c, j, err);
	if (rc == 0)
		rc = read_texts(j, err);
	return rc;
}

/* ---- the result ---- */

static int make(struct job *j, struct error *err)
{
	struct front_matter front;
	struct str made = STR_INIT;
	size_t own = j->named ? front_matter_at(input_text(&j->in)) : 0, from = 0;
	int rc;

	for (size_t i = 0; i < j->n; i++)
		j->inputs[i].text = str_slice(&j->texts[i]);
	front_matter_read(&front, j->base_text);
	rc = consolidate(&made, j->base_text, j->inputs, j->n,
			 slice_of(front.language ? front.language : ""), j->in.parties,
			 &j->provenance, err);
	front_matter_release(&front);
	if (rc == 0) {
		/* A draft that is in the workspace keeps its own front matter. */
		if (own) {
			from = front_matter_at(str_slice(&made));
			str_add(&j->result, j->in.bytes.p, own);
		}
		str_add(&j->result, made.p + from, made.len - from);
	}
	str_release(&made);
	return rc;
}

static int write_provenance(struct cli *c, const struct job *j, struct error *err)
{
	const char *path = cli_value(c, "provenance");
	const char *const heads[4] = {_("Paragraph"), _("Party"), _("From its paragraph"),
				      _("What was done")};
	struct str table = STR_INIT;
	int rc = 0;

	if (!path)
		return 0;
	provenance_markdown(&j->provenance, j->in.parties, heads, &table);
	rc = file_write(NULL, path, str_slice(&table), NULL, NULL, err);
	str_release(&table);
	return rc;
}

static int commit(struct cli *c, struct job *j, struct error *err)
{
	struct edits e = EDITS_INIT;
	struct str subject = STR_INIT;
	uint16_t *who = mem_array(NULL, j->n, sizeof(*who));
	int rc;

	if (slice_equal(str_slice(&j->result), input_text(&j->in))) {
		cli_note(_("%s: nothing changes"), j->in.label);
		free(who);
		return 0;
	}
	for (size_t i = 0; i < j->n; i++)
		who[i] = j->inputs[i].party;
	str_addf(&subject, "%s: consolidate ", j->in.name);
	wording_codes(&subject, j->in.parties, who, j->n, ", ");
	edits_add(&e, 0, j->in.bytes.len, str_slice(&j->result).p, j->result.len);
	rc = input_apply(c, &j->in, &e, str_slice(&subject), err);
	edits_release(&e);
	str_release(&subject);
	free(who);
	return rc;
}

static int deliver(struct cli *c, struct job *j, struct error *err)
{
	const char *output = cli_value(c, "output");

	if (output && strcmp(output, "-") != 0)
		return file_write(NULL, output, str_slice(&j->result), NULL, NULL, err);
	if (j->named && !output)
		return commit(c, j, err);
	str_add_slice(&c->out, str_slice(&j->result));
	return 0;
}

enum exit_status cmd_consolidate(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct job j = {.n = 0};
	bool named = c->argc == 1 && !strchr(c->argv[0], '=');
	int rc;

	if (!named && !cli_value(c, "base"))
		return cli_usage(c, _("which base? give --base FILE, or the name of a draft"));
	rc = named ? read_named(c, &j, &err) : read_pairs(c, &j, &err);
	if (rc == 0)
		rc = make(&j, &err);
	if (rc == 0)
		rc = deliver(c, &j, &err);
	if (rc == 0)
		rc = write_provenance(c, &j, &err);
	if (rc != 0)
		status = cli_fail(&err);
	job_release(&j);
	return status;
}
