/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/standings.h"
#include "core/report.h"

#include <string.h>

/* adref report: outstanding points, to hand out. */

const struct cli_option options_report[] = {
	{"format", 'f', N_("FORMAT"),
	 N_("md, html or csv; else by the ending of FILE; md without one")},
	{"anonymous", 'a', NULL, N_("leave out who said what")},
	{"output", 'o', N_("FILE"), N_("write to FILE; - is standard output")},
	{0},
};

static int find_format(const struct cli *c, enum report_format *format, struct error *err)
{
	const char *word = cli_value(c, "format"), *file = cli_value(c, "output");
	const char *slash = file ? strrchr(file, '/') : NULL;
	const char *name = slash ? slash + 1 : file;
	const char *dot = name && strcmp(name, "-") != 0 ? strrchr(name, '.') : NULL;

	*format = REPORT_MARKDOWN;
	if (word && !report_format_find(slice_of(word), format))
		return error_set(err, ST_USAGE, _("%s is no format; use md, html or csv"),
				 word);
	if (!word && dot && !report_format_find(slice_of(dot + 1), format))
		return error_set(err, ST_USAGE,
				 _("%s: its ending is no format; use .md, .html or .csv, or "
				   "--format"),
				 file);
	return 0;
}

static void add(struct report *r, const struct standings *st, bool named)
{
	const struct report_source source = {st->in.name,      input_text(&st->in),
					     &st->in.brackets, &st->draft,
					     &st->matrix,      standings_translate};

	report_add(r, &source);
	if (named)
		report_add_names(r, &source, st->in.parties);
	else
		report_hide(r, st->in.parties);
}

static int add_drafts(struct cli *c, struct report *r, struct error *err)
{
	int rc = 0;

	for (int i = 0; i < c->argc && rc == 0; i++) {
		struct standings st;

		rc = standings_open(&st, c->argv[i], err);
		if (rc == 0) {
			standings_complain(&st);
			add(r, &st, !cli_has(c, "anonymous"));
		}
		standings_release(&st);
	}
	return rc;
}

enum exit_status cmd_report(struct cli *c)
{
	const char *file = cli_value(c, "output");
	struct report r = {.v = NULL};
	struct error err = ERROR_INIT;
	enum report_format format;
	struct str text = STR_INIT;
	int rc = find_format(c, &format, &err);

	if (rc == 0)
		rc = add_drafts(c, &r, &err);
	if (rc == 0) {
		report_write(&text, &r, format, standings_translate);
		if (file && strcmp(file, "-") != 0)
			rc = file_write(NULL, file, str_slice(&text), NULL, NULL, &err);
		else
			str_add_slice(&c->out, str_slice(&text));
	}
	if (rc == 0 && file && strcmp(file, "-") != 0)
		cli_note(_("%s is written"), file);
	str_release(&text);
	report_release(&r);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}
