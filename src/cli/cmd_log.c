/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/past.h"
#include "store/chronicle.h"
#include "ui/told.h"

#include <stdlib.h>
#include <string.h>

/* adref log: the versions of a draft, or of all, newest first. Printed as they are found. */

const struct cli_option options_log[] = {
	{"author", 0, N_("NAME"),
	 N_("only versions by this author (a part of name or address)")},
	{"party", 0, N_("CODE"), N_("only versions that this party has to do with")},
	{"since", 0, N_("DAY"), N_("only versions of that day and after (2026-02-18)")},
	{"until", 0, N_("DAY"), N_("only versions of that day and before")},
	{"meeting", 0, N_("CODE"), N_("only versions of this meeting")},
	{"added", 0, N_("PHRASE"), N_("only versions that brought this phrase in")},
	{"removed", 0, N_("PHRASE"), N_("only versions that took this phrase out")},
	{"phrase", 0, N_("PHRASE"), N_("only versions that brought it in or took it out")},
	{"from", 0, N_("VERSION"), N_("only versions after this one, or after this meeting")},
	{"to", 0, N_("VERSION"), N_("only versions up to this one, or to this meeting's end")},
	{"number", 'n', N_("N"), N_("no more than N versions")},
	{"all", 'a', NULL,
	 N_("also what stands beside the draft: positions, texts, agreements")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

static void print_files(struct cli *c, const struct past *p, const struct version *v)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < v->n_files; i++) {
		const struct version_file *f = &v->files[i];

		str_clear(&name);
		chronicle_name(str_text((struct str *)&p->folder), f->path, &name);
		str_add_text(&c->out, i ? ", " : "  ");
		cli_show(c, str_slice(&name));
		if (!*f->blob)
			str_add_text(&c->out, _(" (deleted)"));
	}
	str_release(&name);
}

/* A draft that went here and is not there now: how it comes back. Where another came, it may be
 * the same one under another name. */
static void print_deleted(struct cli *c, const struct past *p, const struct version *v)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < v->n_files; i++)
		if (*v->files[i].blob && !*v->files[i].before)
			return;
	for (size_t i = 0; i < v->n_files; i++) {
		const struct version_file *f = &v->files[i];

		str_clear(&name);
		chronicle_name(str_text((struct str *)&p->folder), f->path, &name);
		if (*f->blob || !workspace_name_is_valid(str_text(&name)) ||
		    !slice_ends(slice_of(f->path), ".md") ||
		    slice_ends(str_slice(&name), ".md") ||
		    workspace_find(&p->session.ws, str_text(&name)))
			continue;
		str_addf(&c->out, _("    it comes back with: adref restore --from %.10s%s "),
			 f->left ? version_parent(v, f) : v->id, f->left ? "" : "~1");
		cli_show(c, str_slice(&name));
		str_add_char(&c->out, '\n');
	}
	str_release(&name);
}

/* A merge that has its own text, not what another parent brought: how one sees that. */
static void print_left(struct cli *c, const struct past *p, const struct version *v)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < v->n_files; i++) {
		if (!v->files[i].left)
			continue;
		str_clear(&name);
		chronicle_name(str_text((struct str *)&p->folder), v->files[i].path, &name);
		str_addf(&c->out, _("    left behind what %.10s brought"),
			 version_parent(v, &v->files[i]));
		if (*v->files[i].blob) {
			str_addf(&c->out, _(": adref diff %.10s:"),
				 version_parent(v, &v->files[i]));
			cli_show(c, str_slice(&name));
			str_addf(&c->out, " %.10s:", v->id);
			cli_show(c, str_slice(&name));
		}
		str_add_char(&c->out, '\n');
	}
	str_release(&name);
}

static void print_counts(struct cli *c, const struct life_counts *n)
{
	if (!n->opened && !n->changed && !n->resolved && !n->reopened)
		return;
	str_add_text(&c->out, _("    points: "));
	told_counts(&c->out, n);
	str_add_char(&c->out, '\n');
}

static void print_entry(struct cli *c, const struct past *p, const struct chronicle_entry *e)
{
	const struct version *v = &e->version;

	print_version(c, v);
	if (*e->meeting) {
		str_add_text(&c->out, "  ");
		cli_show(c, slice_of(e->meeting));
	}
	if (*e->tag && strcmp(e->tag, e->meeting) != 0) {
		str_add_text(&c->out, "  [");
		cli_show(c, slice_of(e->tag));
		str_add_char(&c->out, ']');
	}
	if (!p->name || v->n_files > 1 || cli_has(c, "all") ||
	    (v->n_files && !*v->files[0].blob))
		print_files(c, p, v);
	str_add_text(&c->out, "\n    ");
	cli_show(c, version_subject(v));
	str_add_char(&c->out, '\n');
	if (v->n_files == 1 && v->files[0].was) {
		str_add_text(&c->out, _("    renamed from "));
		cli_show(c, slice_of(v->files[0].was));
		str_add_char(&c->out, '\n');
	}
	if (e->record.kind != MESSAGE_OTHER) {
		str_add_text(&c->out, "    ");
		print_record(c, &e->record);
		str_add_char(&c->out, '\n');
	}
	if (e->counted)
		print_counts(c, &e->counts);
	print_left(c, p, v);
	print_deleted(c, p, v);
}

static json_t *json_entry(const struct chronicle_entry *e)
{
	json_t *o = json_version(&e->version), *n = json_object();

	json_object_set_new(o, "meeting", *e->meeting ? json_words(e->meeting) : json_null());
	json_object_set_new(o, "tag", *e->tag ? json_words(e->tag) : json_null());
	json_object_set_new(o, "record", json_record(&e->record));
	json_object_set_new(n, "opened", json_integer((json_int_t)e->counts.opened));
	json_object_set_new(n, "changed", json_integer((json_int_t)e->counts.changed));
	json_object_set_new(n, "resolved", json_integer((json_int_t)e->counts.resolved));
	json_object_set_new(n, "reopened", json_integer((json_int_t)e->counts.reopened));
	if (e->counted)
		json_object_set_new(o, "points", n);
	else
		json_decref(n);
	return o;
}

/* One version a line, each as soon as it is known. */
static void add_json(struct cli *c, const struct chronicle_entry *e, bool first)
{
	str_add_text(&c->out, first ? "{\"versions\": [\n" : ",\n");
	json_print(json_entry(e), &c->out);
	c->out.len--; /* the line end: a comma may come before it */
}

static void end_json(struct cli *c, struct chronicle *log, bool first)
{
	json_t *notes = json_array();

	for (size_t i = 0; chronicle_note(log, i); i++)
		json_array_append_new(notes, json_words(_(chronicle_note(log, i))));
	str_add_text(&c->out, first ? "{\"versions\": [], \"notes\": " : "\n], \"notes\": ");
	json_print(notes, &c->out);
	c->out.len--;
	str_add_text(&c->out, "}\n");
}

static bool is_filtered(const struct cli *c)
{
	for (size_t i = 0; i < 10; i++)
		if (c->given[i])
			return true;
	return false;
}

/* Of a meeting: perhaps another one is meant. */
static void say_no_meeting(const struct meetings *m, const char *code)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < m->n; i++)
		str_addf(&all, "%s%s", i ? ", " : "", m->v[i].code);
	if (all.len)
		cli_note(_("no version is of a meeting %s; drafts/meetings.yaml has %s"), code,
			 str_text(&all));
	else
		cli_note(_("no version is of a meeting %s; drafts/meetings.yaml has none yet"),
			 code);
	str_release(&all);
}

static void say_none(struct cli *c, const struct past *p)
{
	if (cli_has(c, "meeting"))
		say_no_meeting(&p->session.ws.meetings, cli_value(c, "meeting"));
	else if (is_filtered(c))
		cli_note(_("no version is like that; without options all are listed"));
	else if (p->name)
		cli_note(_("%s has no version yet: nothing of it is committed"), p->name);
	else
		cli_note(_("there is no version yet: nothing is committed"));
}

static int print_all(struct cli *c, const struct past *p, struct chronicle *log, size_t most,
		     struct error *err)
{
	struct chronicle_entry e = {.version = VERSION_INIT};
	bool json = cli_has(c, "json");
	size_t n = 0;
	int rc = 0;

	while (n < most && (rc = chronicle_next(log, -1, &e)) > 0) {
		if (json)
			add_json(c, &e, n == 0);
		else
			print_entry(c, p, &e);
		n++;
		if (!cli_flush(c))
			break; /* nobody reads any more */
	}
	if (json)
		end_json(c, log, n == 0);
	for (size_t i = 0; rc == 0 && !json && chronicle_note(log, i); i++)
		cli_note("%s", _(chronicle_note(log, i)));
	if (rc == 0 && !n && p->name && !p->there && !is_filtered(c))
		rc = error_set(err, ST_MISSING,
			       _("%s: no such draft, now or ever; \"adref log\" lists all "
				 "versions"),
			       p->name);
	else if (rc == 0 && !n && !json)
		say_none(c, p);
	chronicle_entry_release(&e);
	return rc < 0 ? rc : 0;
}

/* The ends of the list, as --from and --to name them. */
static int find_ends(struct cli *c, struct past *p, struct named *from, struct named *to,
		     struct error *err)
{
	int rc = 0;

	*from = *to = (struct named){.id = ""};
	if (cli_has(c, "from"))
		rc = past_named(p, cli_value(c, "from"), from, err);
	if (rc == 0 && cli_has(c, "to"))
		rc = past_named(p, cli_value(c, "to"), to, err);
	return rc;
}

enum exit_status cmd_log(struct cli *c)
{
	struct error err = ERROR_INIT;
	struct chronicle *log = NULL;
	struct named from, to;
	struct past p;
	size_t most = SIZE_MAX;
	int rc;

	if (cli_has(c, "number") && !cli_number(cli_value(c, "number"), &most))
		return cli_usage(c, _("\"%s\" is no number"), cli_value(c, "number"));
	if (past_open(&p, c->argc ? c->argv[0] : NULL, &err) < 0)
		return cli_fail(&err);
	rc = find_ends(c, &p, &from, &to, &err);
	if (rc == 0)
		rc = chronicle_open(
			&log, p.session.repo,
			&(struct chronicle_ask){
				.revision = *to.id ? to.id : "HEAD",
				.except = *from.id ? from.id : NULL,
				.path = !p.name  ? NULL
					: *to.id ? str_text(&to.path)
						 : str_text(&p.path),
				.folder = str_text(&p.folder),
				.beside = cli_has(c, "all"),
				.ws = &p.session.ws,
				.filter = {cli_value(c, "author"), cli_value(c, "party"),
					   cli_value(c, "since"), cli_value(c, "until"),
					   cli_value(c, "meeting"), cli_value(c, "added"),
					   cli_value(c, "removed"), cli_value(c, "phrase")},
			},
			&err);
	if (rc == 0)
		rc = print_all(c, &p, log, most, &err);
	chronicle_free(log);
	named_release(&from);
	named_release(&to);
	past_release(&p);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}
