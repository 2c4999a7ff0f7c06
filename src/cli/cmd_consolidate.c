/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/bound.h"
#include "core/draft.h"
#include "core/front.h"
#include "core/mem.h"
#include "core/settled.h"
#include "store/crew.h"
#include "store/texts.h"

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
	{"yes", 'y', NULL, N_("take back what the draft has settled, and do not ask")},
	{0},
};

/* Everything of one call. */
struct job {
	struct input in; /* the base, or the draft that is named */
	bool named;
	struct str given; /* --base's bytes */
	struct slice base;
	struct side_texts texts;
	size_t bytes; /* of the texts given so far */
	struct provenance provenance;
	struct str result;
	size_t open; /* points of the result */
};

static void job_release(struct job *j)
{
	texts_release(&j->texts);
	str_release(&j->given);
	str_release(&j->result);
	provenance_release(&j->provenance);
	input_release(&j->in);
}

/* ---- CODE=FILE ---- */

static int read_pair(struct job *j, const char *pair, struct error *err)
{
	const char *equals = strchr(pair, '=');
	struct slice code = {pair, equals ? (size_t)(equals - pair) : 0};
	struct side_text text = {.bytes = STR_INIT};
	int rc;

	if (!equals || !code.len || !equals[1])
		return error_set(err, ST_USAGE, _("%s: not CODE=FILE, as in AFR=afr.md"), pair);
	text.party = party_find(j->in.parties, code, NULL);
	if (text.party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%.*s: no such party; use a code of drafts/regions.yaml"),
				 (int)code.len, code.p);
	if (texts_of(&j->texts, text.party))
		return error_set(err, ST_USAGE, _("%s: a second text of %s; give one"), pair,
				 j->in.parties->v[text.party].code);
	rc = file_read_draft(NULL, equals + 1, &text.bytes, NULL, err);
	j->bytes += text.bytes.len;
	if (rc == 0)
		rc = bound_bytes(j->base.len + j->bytes, err);
	if (rc < 0) {
		str_release(&text.bytes);
		return rc;
	}
	j->texts.v = mem_array(j->texts.v, j->texts.n + 1, sizeof(*j->texts.v));
	j->texts.v[j->texts.n++] = text;
	return 0;
}

static int read_pairs(struct cli *c, struct job *j, struct error *err)
{
	int rc = input_open(&j->in, cli_value(c, "base"), err);

	j->base = input_text(&j->in);
	for (int i = 0; i < c->argc && rc == 0; i++)
		rc = read_pair(j, c->argv[i], err);
	return rc;
}

/* ---- a draft with texts beside it ---- */

static int find_base(struct cli *c, struct job *j, struct error *err)
{
	const char *given = cli_value(c, "base");
	int rc;

	if (given) {
		rc = file_read_draft(NULL, given, &j->given, NULL, err);
		j->base = str_slice(&j->given);
		return rc;
	}
	texts_read_base(&j->in.session, j->in.name, input_text(&j->in), &j->texts);
	return texts_base(&j->texts, j->in.label, input_text(&j->in), input_brackets(&j->in),
			  &j->base, err);
}

/* What cannot be used is named, the rest is done. */
static int read_texts(struct job *j, struct error *err)
{
	const struct ws_draft *d = workspace_find(&j->in.session.ws, j->in.name);

	texts_read(&j->in.session, j->in.name, &j->texts);
	for (size_t i = 0; i < j->texts.n_left_out; i++)
		cli_note("%s", j->texts.left_out[i]);
	if (!d || !d->n_texts)
		return error_set(err, ST_MISSING,
				 _("%s: no region has a text of it; put one at "
				   "drafts/%s/AFR.md"),
				 j->in.label, j->in.name);
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
		rc = read_texts(j, err);
	if (rc == 0)
		rc = find_base(c, j, err);
	return rc;
}

/* ---- the result ---- */

static int make(struct cli *c, struct job *j, struct error *err)
{
	/* A draft that is in the workspace keeps its own front matter. */
	size_t own = j->named ? front_matter_at(input_text(&j->in)) : 0;

	return texts_consolidate(&j->texts,
				 &(struct texts_ask){.base = j->base,
						     .front = slice_make(j->in.bytes.p, own),
						     .parties = j->in.parties,
						     .provenance = cli_value(c, "provenance")
									   ? &j->provenance
									   : NULL,
						     .open = &j->open},
				 &j->result, err);
}

/* What came of the texts; path: where it was written, or NULL. */
static void tell(const struct job *j, struct slice result, const char *path)
{
	struct draft d;
	struct str words = STR_INIT;
	size_t paragraphs = 0;

	/* Brackets would take long and make no paragraph more. */
	draft_read(&d, result, NULL);
	for (size_t i = 0; i < d.n; i++)
		paragraphs += paragraph_is_text(&d.v[i]);
	if (!j->open) {
		str_add_text(&words, _("no open point: nowhere do the texts differ"));
	} else {
		str_addf(&words, ngettext("%zu open point", "%zu open points", j->open),
			 j->open);
		str_addf(&words,
			 ngettext(" in %zu paragraph", " in %zu paragraphs", paragraphs),
			 paragraphs);
	}
	if (path)
		str_addf(&words, _("; written to %s"), path);
	cli_note("%s", str_text(&words));
	draft_release(&d);
	str_release(&words);
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

/* --base, as the repository calls it, so that the record says what the texts started from. */
static void find_given(struct cli *c, struct job *j, struct str *path)
{
	struct error none = ERROR_INIT;
	const char *given = cli_value(c, "base");

	if (given && session_repo(&j->in.session, &none) == 0 &&
	    repo_path(j->in.session.repo, given, path, &none) < 0)
		str_clear(path);
}

static int record(struct job *j, const struct edits *e, struct slice subject,
		  struct slice trailers, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d = input_draft(&j->in);
	struct str texts = STR_INIT;
	int rc = input_signed(&j->in, err);

	if (rc == 0)
		rc = session_texts_waiting(&j->in.session, j->in.name, &texts, err);
	d.trailers = trailers;
	d.made_of = &j->texts;
	if (rc == 0)
		rc = session_edit(&j->in.session, &d, e, subject, &result, err);
	input_committed(&result, rc);
	if (rc == 0 && texts.len)
		cli_note(_("texts committed with it: %s"), str_text(&texts));
	str_release(&texts);
	return rc;
}

/* What was decided since the base goes only where somebody says so. */
static int check_settled(struct cli *c, const struct job *j, struct error *err)
{
	struct settled s;
	int rc = 0;

	settled_find(&s, input_text(&j->in), str_slice(&j->result), j->in.parties);
	if (s.paragraphs)
		cli_note(
			ngettext("%s: %zu paragraph loses words that are settled: \"%s\"",
				 "%s: %zu paragraphs lose words that are settled, first \"%s\"",
				 s.paragraphs),
			j->in.label, s.paragraphs, str_text(&s.words));
	if (s.paragraphs && !cli_has(c, "yes") && !(isatty(STDIN_FILENO) && cli_goes_on(c)))
		rc = error_set(
			err, ST_EXISTS,
			_("%s is as it was; \"--base %s\" starts from what it says, --yes "
			  "takes that back"),
			j->in.label, j->in.label);
	settled_release(&s);
	return rc;
}

static int commit(struct cli *c, struct job *j, struct error *err)
{
	struct edits e = EDITS_INIT;
	struct str subject = STR_INIT, base = STR_INIT, trailers = STR_INIT;
	int rc;

	if (slice_equal(str_slice(&j->result), input_text(&j->in))) {
		cli_note(_("%s: nothing changes"), j->in.label);
		return 0;
	}
	rc = session_repo(&j->in.session, err);
	if (rc == 0)
		rc = check_settled(c, j, err);
	if (rc < 0)
		return rc;
	texts_subject(&j->texts, j->in.name, j->in.parties, &subject);
	edits_add(&e, 0, j->in.bytes.len, str_slice(&j->result).p, j->result.len);
	find_given(c, j, &base);
	texts_record(&j->texts, str_slice(&base), j->in.parties, &trailers);
	rc = record(j, &e, str_slice(&subject), str_slice(&trailers), err);
	if (rc == 0)
		tell(j, str_slice(&j->result), NULL);
	edits_release(&e);
	str_release(&subject);
	str_release(&base);
	str_release(&trailers);
	return rc;
}

static int deliver(struct cli *c, struct job *j, struct error *err)
{
	const char *output = cli_value(c, "output");
	int rc;

	if (output && strcmp(output, "-") != 0) {
		rc = file_write(NULL, output, str_slice(&j->result), NULL, NULL, err);
		if (rc == 0)
			tell(j, str_slice(&j->result), output);
		return rc;
	}
	if (j->named && !output)
		return commit(c, j, err);
	tell(j, str_slice(&j->result), NULL);
	if (c->out.len) {
		str_add_slice(&c->out, str_slice(&j->result));
	} else {
		str_release(&c->out);
		c->out = j->result;
		str_init(&j->result);
	}
	return 0;
}

enum exit_status cmd_consolidate(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct job j = {.named = false};
	bool named = c->argc == 1 && !strchr(c->argv[0], '=');
	int rc;

	if (!named && !cli_value(c, "base"))
		return cli_usage(c, _("which base? give --base FILE, or the name of a draft"));
	crew_keep_memory();
	rc = named ? read_named(c, &j, &err) : read_pairs(c, &j, &err);
	if (rc == 0)
		rc = make(c, &j, &err);
	if (rc == 0)
		rc = deliver(c, &j, &err);
	if (rc == 0)
		rc = write_provenance(c, &j, &err);
	if (rc != 0)
		status = cli_fail(&err);
	job_release(&j);
	return status;
}
