/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/past.h"
#include "core/mem.h"
#include "core/wording.h"
#include "store/auditor.h"

#include <stdlib.h>
#include <string.h>

/* adref audit: what changed between two versions without being covered. */

const struct cli_option options_audit[] = {
	{"all", 'a', NULL, N_("also the versions that are in order, and why")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

enum { TEXT_COLUMNS = 160 };

static void add_text(struct cli *c, const char *mark, const struct str *text, const char *end)
{
	str_add_text(&c->out, mark);
	wording_brief(&c->out, str_slice(text), TEXT_COLUMNS);
	str_add_text(&c->out, end);
}

static void print_finding(struct cli *c, const struct audit_finding *f)
{
	str_addf(&c->out, "    %-20s ", _(audit_kind_word(f->kind)));
	if (f->new_paragraph)
		str_addf(&c->out, "¶ %u  ", f->new_paragraph);
	else if (f->old_paragraph)
		str_addf(&c->out, _("¶ %u before  "), f->old_paragraph);
	if (f->kind == AUDIT_PARTY_LEFT) {
		str_addf(&c->out, "%s: ", str_text((struct str *)&f->after));
		add_text(c, "", &f->before, "\n");
		return;
	}
	if (f->kind == AUDIT_DECISION_DIFFERS || f->kind == AUDIT_TOGETHER_DIFFERS) {
		str_add_text(&c->out, _("the record says "));
		add_text(c, "", &f->before, "\n");
		return;
	}
	if (f->before.len)
		add_text(c, "[-", &f->before, "-]");
	if (f->after.len)
		add_text(c, "{+", &f->after, "+}");
	str_add_char(&c->out, '\n');
}

static void print_step(struct cli *c, const struct auditor_step *s)
{
	bool open = s->unread || s->audit.cover == AUDIT_OPEN;

	if (!open && !cli_has(c, "all"))
		return;
	print_version(c, &s->version);
	str_addf(&c->out, "  %s\n    ",
		 s->unread ? _("cannot be read") : _(audit_cover_word(s->audit.cover)));
	cli_show(c, version_subject(&s->version));
	str_add_char(&c->out, '\n');
	for (size_t i = 0; i < s->audit.n; i++)
		print_finding(c, &s->audit.v[i]);
}

static const char *const covers[] = {"same",     "decision", "undo", "consolidation", "numbers",
				     "proposal", "merge",    "edit", "open"};
static const char *const kinds[] = {
	"words-gone",    "words-came",     "words-changed",    "point-gone",
	"party-left",    "agreed-changed", "decision-differs", "consolidation-differs",
	"settled-undone"};

static json_t *json_finding(const struct audit_finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "finding", json_words(kinds[f->kind]));
	json_object_set_new(o, "old",
			    f->old_paragraph ? json_integer(f->old_paragraph) : json_null());
	json_object_set_new(o, "new",
			    f->new_paragraph ? json_integer(f->new_paragraph) : json_null());
	json_object_set_new(o, "before", json_text(str_slice(&f->before)));
	json_object_set_new(o, "after", json_text(str_slice(&f->after)));
	return o;
}

static void print_json(struct cli *c, const struct auditor *a)
{
	json_t *o = json_object(), *steps = json_array(), *notes = json_array();

	for (size_t i = 0; i < a->n; i++) {
		const struct auditor_step *s = &a->v[i];
		json_t *one = json_version(&s->version), *list = json_array();
		struct message_record record;

		message_parse(str_slice(&s->version.message), &record);
		json_object_set_new(one, "record", json_record(&record));
		json_object_set_new(one, "cover",
				    json_words(s->unread ? "unread" : covers[s->audit.cover]));
		for (size_t k = 0; k < s->audit.n; k++)
			json_array_append_new(list, json_finding(&s->audit.v[k]));
		json_object_set_new(one, "findings", list);
		json_array_append_new(steps, one);
	}
	for (size_t i = 0; i < a->n_notes; i++)
		json_array_append_new(notes, json_words(_(a->notes[i])));
	json_object_set_new(o, "covered", json_boolean(a->open == 0));
	json_object_set_new(o, "versions", steps);
	json_object_set_new(o, "notes", notes);
	json_print(o, &c->out);
}

/* "OLD..NEW", "OLD..", "OLD" */
static int read_range(const char *range, char **old, char **new, struct error *err)
{
	const char *dots = strstr(range, "..");

	if (dots == range || !*range || (dots && strstr(dots + 2, "..")))
		return error_set(err, ST_USAGE,
				 _("%s: not two versions; write OLD..NEW, as in v1..HEAD"),
				 range);
	*old = slice_dup(slice_make(range, dots ? (size_t)(dots - range) : strlen(range)));
	*new = mem_strdup(dots && dots[2] ? dots + 2 : "HEAD");
	return 0;
}

/* The wrong way round no versions are in between, and "0 with changes" would be no answer. */
static int check_order(struct past *p, const char *old, const char *new, const char *from,
		       const char *to, struct error *err)
{
	int rc = strcmp(from, to) == 0 ? 0 : repo_descends(p->session.repo, from, to, err);

	if (rc > 0)
		return error_set(err, ST_USAGE, _("%s is older than %s; write %s..%s"), new,
				 old, new, old);
	return rc;
}

static int run(struct cli *c, struct past *p, const char *old, const char *new,
	       enum exit_status *status, struct error *err)
{
	struct named from, to = {.id = ""};
	struct auditor a = {.n = 0};
	int rc = past_named(p, old, &from, err);

	if (rc == 0)
		rc = past_named(p, new, &to, err);
	if (rc == 0)
		rc = auditor_run(&a, p->session.repo,
				 &(struct versions_between){.old = from.id,
							    .new = to.id,
							    .path = str_text(&to.path),
							    .parties = &p->session.ws.parties},
				 err);
	if (rc == 0 && !a.n) {
		rc = check_order(p, old, new, from.id, to.id, err);
		if (rc < 0)
			auditor_release(&a);
	}
	named_release(&from);
	named_release(&to);
	if (rc < 0)
		return rc;
	if (cli_has(c, "json"))
		print_json(c, &a);
	for (size_t i = 0; i < a.n && !cli_has(c, "json"); i++)
		print_step(c, &a.v[i]);
	for (size_t i = 0; i < a.n_notes && !cli_has(c, "json"); i++)
		cli_note("%s", _(a.notes[i]));
	if (!cli_has(c, "json"))
		cli_note(ngettext("%zu version, %zu with changes that no decision names",
				  "%zu versions, %zu with changes that no decision names", a.n),
			 a.n, a.open);
	*status = a.open || a.n_notes ? EXIT_NO : EXIT_DONE;
	auditor_release(&a);
	return 0;
}

enum exit_status cmd_audit(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	char *old = NULL, *new = NULL;
	struct past p;
	int rc = read_range(c->argv[1], &old, &new, &err);

	if (rc == 0)
		rc = past_open(&p, c->argv[0], &err);
	if (rc == 0) {
		rc = run(c, &p, old, new, &status, &err);
		past_release(&p);
	}
	free(old);
	free(new);
	return rc < 0 ? cli_fail(&err) : status;
}
