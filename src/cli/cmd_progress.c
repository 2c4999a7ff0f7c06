/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/past.h"
#include "core/mem.h"
#include "core/progress.h"
#include "core/wording.h"
#include "store/lives.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

/* adref progress: open points by meeting and version, who holds them, and orphans. */

const struct cli_option options_progress[] = {
	{"versions", 0, NULL, N_("one row a version, not one a meeting")},
	{"orphans", 0, N_("K"),
	 N_("name points nobody has spoken for in the last K versions (5)")},
	{"svg", 0, NULL, N_("print the chart as SVG")},
	{"csv", 0, NULL, N_("print comma-separated values")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

enum { BAR_COLUMNS = 40, NAME_COLUMNS = 60, ORPHANS_AFTER = 5 };

struct report {
	struct cli *c;
	struct past p;
	struct lives l;
	struct progress_rows rows;
	size_t *holders;
	uint32_t *orphans;
	size_t n_orphans, k;
	struct progress_label *labels;
	char (*days)[16];
	char **meetings;
};

static void find_labels(struct report *r)
{
	struct tag_list tags;
	struct str keep = STR_INIT;

	tags_read(&tags, r->p.session.repo);
	r->labels = mem_zalloc((r->l.n + 1) * sizeof(*r->labels));
	r->days = mem_zalloc((r->l.n + 1) * sizeof(*r->days));
	r->meetings = mem_zalloc((r->l.n + 1) * sizeof(*r->meetings));
	for (size_t i = 0; i < r->l.n; i++) {
		version_day(&r->l.v[i], r->days[i]);
		r->meetings[i] = mem_strdup(
			tags_meeting(&tags, &r->p.session.ws.meetings, &r->l.v[i], &keep));
		r->labels[i] = (struct progress_label){r->meetings[i], r->days[i]};
	}
	str_release(&keep);
	tags_release(&tags);
}

static void add_padded(struct str *out, const char *text, size_t columns)
{
	size_t from = out->len, n = 0;

	wording_brief(out, slice_of(text), columns);
	for (size_t i = from; i < out->len; i++)
		n += ((unsigned char)out->p[i] & 0xC0) != 0x80;
	for (; n < columns; n++)
		str_add_char(out, ' ');
}

static void print_chart(struct report *r)
{
	struct str *out = &r->c->out;
	size_t most = 1;

	for (size_t i = 0; i < r->rows.n; i++)
		most = r->rows.v[i].open > most ? r->rows.v[i].open : most;
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct progress_row *row = &r->rows.v[i];
		size_t eighths = row->open * BAR_COLUMNS * 8 / most;

		add_padded(out, row->label, 12);
		str_addf(out, "%-11s%5zu ", row->date, row->open);
		for (size_t k = 0; k < eighths / 8; k++)
			str_add_text(out, "█");
		if (eighths % 8)
			str_addf(out, "\xE2\x96%c", (char)(0x90 - (char)(eighths % 8)));
		if (row->opened)
			str_addf(out, " +%zu", row->opened);
		if (row->reopened)
			str_addf(out, _(" +%zu again"), row->reopened);
		if (row->resolved)
			str_addf(out, " −%zu", row->resolved);
		str_add_char(out, '\n');
	}
}

/* What the marks behind the bars mean: those that are there. */
static void print_key(struct report *r)
{
	bool opened = false, reopened = false, resolved = false;
	struct str *out = &r->c->out;

	for (size_t i = 0; i < r->rows.n; i++) {
		opened = opened || r->rows.v[i].opened;
		reopened = reopened || r->rows.v[i].reopened;
		resolved = resolved || r->rows.v[i].resolved;
	}
	if (opened)
		str_add_text(out, _("  +1 new"));
	if (reopened)
		str_add_text(out, _("  +1 again: open once more"));
	if (resolved)
		str_add_text(out, _("  −1 closed: decided, or gone"));
	if (opened || reopened || resolved)
		str_add_char(out, '\n');
}

static void print_holders(struct report *r)
{
	const struct parties *p = &r->p.session.ws.parties;
	struct str *out = &r->c->out;

	str_add_text(out, _("\nopen points by who holds them\n"));
	for (size_t i = 0; i < p->n; i++) {
		if (!r->holders[i])
			continue;
		str_add_text(out, "  ");
		add_padded(out, p->v[i].code, 10);
		str_addf(out, "%5zu\n", r->holders[i]);
	}
	if (r->holders[p->n])
		str_addf(out, _("  nobody    %5zu\n"), r->holders[p->n]);
}

static void print_orphans(struct report *r)
{
	struct str *out = &r->c->out;

	if (!r->n_orphans)
		return;
	str_addf(out,
		 ngettext("\nnobody has spoken for these in the last %zu version\n",
			  "\nnobody has spoken for these in the last %zu versions\n", r->k),
		 r->k);
	for (size_t i = 0; i < r->n_orphans; i++) {
		const struct life_point *p = &r->l.life.points[r->orphans[i]];

		str_addf(out, "  %3u  ", p->number);
		wording_brief(out, life_point_text(&r->l.life, p), NAME_COLUMNS);
		str_add_char(out, '\n');
	}
}

static void print_json(struct report *r)
{
	const struct parties *p = &r->p.session.ws.parties;
	json_t *o = json_object(), *rows = json_array(), *holders = json_object(),
	       *orphans = json_array(), *notes = json_array();

	for (size_t i = 0; i < r->rows.n; i++) {
		const struct progress_row *row = &r->rows.v[i];
		json_t *one = json_object();

		json_object_set_new(one, "commit", json_words(r->l.v[row->version].id));
		json_object_set_new(one, "decided",
				    row->decided == LIFE_NONE
					    ? json_null()
					    : json_words(r->l.v[row->decided].id));
		json_object_set_new(one, "date", json_words(row->date));
		json_object_set_new(one, "meeting",
				    *row->label ? json_words(row->label) : json_null());
		json_object_set_new(one, "open", json_integer((json_int_t)row->open));
		json_object_set_new(one, "opened", json_integer((json_int_t)row->opened));
		json_object_set_new(one, "resolved", json_integer((json_int_t)row->resolved));
		json_object_set_new(one, "reopened", json_integer((json_int_t)row->reopened));
		json_array_append_new(rows, one);
	}
	for (size_t i = 0; i < p->n; i++)
		json_object_set_new(holders, p->v[i].code,
				    json_integer((json_int_t)r->holders[i]));
	for (size_t i = 0; i < r->n_orphans; i++)
		json_array_append_new(orphans,
				      json_integer(r->l.life.points[r->orphans[i]].number));
	for (size_t i = 0; i < r->l.n_notes; i++)
		json_array_append_new(notes, json_words(_(r->l.notes[i])));
	json_object_set_new(o, "draft", json_words(r->p.name));
	json_object_set_new(o, "rows", rows);
	json_object_set_new(o, "holders", holders);
	json_object_set_new(o, "nobody", json_integer((json_int_t)r->holders[p->n]));
	json_object_set_new(o, "orphans", orphans);
	json_object_set_new(o, "notes", notes);
	json_print(o, &r->c->out);
}

static void print_report(struct report *r)
{
	struct str title = STR_INIT;

	if (cli_has(r->c, "json")) {
		print_json(r);
		return;
	}
	if (cli_has(r->c, "csv")) {
		progress_csv(&r->rows, &r->c->out);
	} else if (cli_has(r->c, "svg")) {
		str_addf(&title, _("%s: open points"), r->p.name);
		progress_svg(&r->rows, str_slice(&title), &r->c->out);
		str_release(&title);
	} else {
		print_chart(r);
		print_key(r);
		print_holders(r);
		print_orphans(r);
	}
	for (size_t i = 0; i < r->l.n_notes; i++)
		cli_note("%s", _(r->l.notes[i]));
}

static void report(struct report *r)
{
	find_labels(r);
	progress_read(&r->rows, &r->l.life, r->labels, !cli_has(r->c, "versions"));
	r->holders = mem_zalloc((r->p.session.ws.parties.n + 1) * sizeof(*r->holders));
	progress_holders(&r->l.life, &r->p.session.ws.parties, r->holders);
	r->n_orphans = progress_orphans(&r->l.life, r->k, &r->orphans);
	print_report(r);
	for (size_t i = 0; i < r->l.n; i++)
		free(r->meetings[i]);
	progress_release(&r->rows);
	free(r->meetings);
	free(r->labels);
	free(r->days);
	free(r->holders);
	free(r->orphans);
}

enum exit_status cmd_progress(struct cli *c)
{
	struct report r = {.c = c, .k = ORPHANS_AFTER};
	struct error err = ERROR_INIT;
	int rc;

	if (cli_has(c, "orphans") && !cli_number(cli_value(c, "orphans"), &r.k))
		return cli_usage(c, _("\"%s\" is no number"), cli_value(c, "orphans"));
	if (past_open(&r.p, c->argv[0], &err) < 0)
		return cli_fail(&err);
	rc = lives_read(&r.l, r.p.session.repo,
			&(struct lives_ask){.revision = "HEAD",
					    .path = str_text(&r.p.path),
					    .parties = &r.p.session.ws.parties},
			&err);
	if (rc == 0) {
		report(&r);
		lives_release(&r.l);
	}
	past_release(&r.p);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}
