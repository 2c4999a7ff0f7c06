/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "core/mem.h"
#include "store/workspace.h"
#include "ui/keymap.h"
#include "ui/tables.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

/* adref help: from the tables, for people, the manual and completions alike. */

enum { COLUMNS = 80 };

const struct cli_option options_help[] = {
	{"complete", 0, NULL, N_("print what may stand for the last word, for completions")},
	{"man-commands", 0, NULL, N_("print the commands as the manual has them")},
	{"man-keys", 0, NULL, N_("print the keys as the manual has them")},
	{0},
};

/* A paragraph, in lines that no terminal breaks within a word. */
static void add_folded(struct str *out, const char *text)
{
	size_t len = strlen(text);
	char *breaks = mem_alloc(len), *wanted = mem_alloc(len);

	/* An option and a path stay whole: --choose, drafts/signers. */
	for (size_t i = 0; i < len; i++)
		wanted[i] = i && strchr("-/", text[i - 1]) && text[i] != ' '
				    ? UC_BREAK_PROHIBITED
				    : UC_BREAK_UNDEFINED;
	u8_width_linebreaks((const uint8_t *)text, len, COLUMNS - 1, 0, 0, wanted, "UTF-8",
			    breaks);
	for (size_t i = 0; i < len; i++) {
		if (breaks[i] == UC_BREAK_POSSIBLE) {
			while (out->len && out->p[out->len - 1] == ' ')
				str_truncate(out, out->len - 1);
			str_add_char(out, '\n');
		}
		str_add_char(out, text[i]);
	}
	free(breaks);
	free(wanted);
}

static void print_options(struct cli *c, const struct cli_option *o)
{
	struct str left = STR_INIT;

	str_add_text(&c->out, _("\nOptions:\n"));
	for (; o && o->name; o++) {
		str_clear(&left);
		if (o->letter)
			str_addf(&left, "-%c, ", o->letter);
		str_addf(&left, "--%s", o->name);
		if (o->argument)
			str_addf(&left, " %s", _(o->argument));
		str_addf(&c->out, "  %-24s %s\n", str_text(&left), _(o->help));
	}
	str_addf(&c->out, "  %-24s %s\n", "-h, --help", _("print this help"));
	str_release(&left);
}

void help_command(struct cli *c, const struct command *command)
{
	str_addf(&c->out, "adref %s%s%s\n\n", command->name, *command->usage ? " " : "",
		 command->usage);
	add_folded(&c->out, _(command->summary));
	if (command->details) {
		str_add_text(&c->out, "\n\n");
		add_folded(&c->out, _(command->details));
	}
	str_add_char(&c->out, '\n');
	print_options(c, command->options);
	str_add_text(&c->out, _("\nExample:\n"));
	for (const char *line = command->example; *line;) {
		size_t len = strcspn(line, "\n");
		str_addf(&c->out, "  %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void print_commands(struct cli *c)
{
	str_add_text(&c->out, _("adref [FOLDER]            open the workbench\n"
				"adref COMMAND ...         do one thing\n\n"
				"DRAFT is the name of a draft of this workspace, a path, or - "
				"for standard input.\n\n"
				"Commands:\n"));
	for (const struct command *k = cli_commands; k->name; k++)
		str_addf(&c->out, "  %-14s %s\n", k->name, _(k->summary));
	str_add_text(&c->out, _("\n\"adref help COMMAND\" tells more, \"adref help keys\" "
				"lists the keys of the "
				"workbench.\nExit status: 0 done, 1 the answer is no, 2 wrong "
				"usage, 3 could not be "
				"done.\n"));
}

/* A text for man(7): nothing in it is a request. */
static void add_man(struct str *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '\\')
			str_add_text(out, "\\e");
		else if (*p == '-')
			str_add_text(out, "\\-");
		else if (*p == '\n')
			str_add_text(out, "\n.br\n");
		else if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n'))
			str_addf(out, "\\&%c", *p);
		else
			str_add_char(out, *p);
	}
}

static void print_man_options(struct cli *c, const struct cli_option *o)
{
	str_add_text(&c->out, ".RS\n");
	for (; o->name; o++) {
		str_add_text(&c->out, ".TP\n");
		if (o->letter)
			str_addf(&c->out, "\\fB\\-%c\\fR, ", o->letter);
		str_add_text(&c->out, "\\fB\\-\\-");
		add_man(&c->out, o->name);
		str_add_text(&c->out, "\\fR");
		if (o->argument)
			str_addf(&c->out, " \\fI%s\\fR", o->argument);
		str_add_char(&c->out, '\n');
		add_man(&c->out, _(o->help));
		str_add_char(&c->out, '\n');
	}
	str_add_text(&c->out, ".RE\n");
}

static void print_man_commands(struct cli *c)
{
	for (const struct command *k = cli_commands; k->name; k++) {
		str_add_text(&c->out, ".TP\n\\fBadref ");
		add_man(&c->out, k->name);
		str_add_text(&c->out, "\\fR ");
		add_man(&c->out, k->usage);
		str_add_char(&c->out, '\n');
		add_man(&c->out, _(k->summary));
		str_add_text(&c->out, ".\n");
		if (k->details) {
			add_man(&c->out, _(k->details));
			str_add_char(&c->out, '\n');
		}
		if (k->options && k->options->name)
			print_man_options(c, k->options);
	}
}

static void print_keys(struct cli *c, bool man)
{
	for (size_t i = 0; view_tables[i]; i++) {
		if (man)
			keymap_man(view_tables[i], &c->out);
		else
			keymap_text(view_tables[i], &c->out);
	}
	if (man)
		keymap_man_everywhere(&c->out);
	else
		keymap_text_everywhere(&c->out);
}

/* ---- completion ---- */

static void offer(struct cli *c, const char *prefix, const char *word)
{
	if (strncmp(word, prefix, strlen(prefix)) == 0)
		str_addf(&c->out, "%s\n", word);
}

static void offer_drafts(struct cli *c, const char *prefix)
{
	struct error err = ERROR_INIT;
	struct workspace ws;

	if (workspace_open(&ws, ".", &err) != 0)
		return;
	for (size_t i = 0; i < ws.n; i++)
		offer(c, prefix, ws.v[i].name);
	workspace_release(&ws);
}

/* The words so far, the last one unfinished: what it may become, one a line. */
static void complete(struct cli *c)
{
	const char *last = c->argc ? c->argv[c->argc - 1] : "";
	const struct command *k = c->argc > 1 ? cli_find(c->argv[0]) : NULL;

	if (c->argc <= 1) {
		for (k = cli_commands; k->name; k++)
			offer(c, last, k->name);
		return;
	}
	if (!k)
		return;
	if (*last == '-') {
		struct str word = STR_INIT;
		for (const struct cli_option *o = k->options; o && o->name; o++) {
			str_clear(&word);
			str_addf(&word, "--%s", o->name);
			offer(c, last, str_text(&word));
		}
		offer(c, last, "--help");
		str_release(&word);
		return;
	}
	if (k->words && c->argc == 2) {
		for (size_t i = 0; k->words[i]; i++)
			offer(c, last, k->words[i]);
		return;
	}
	if (k->argument == ARG_DRAFT)
		offer_drafts(c, last);
	if (k->argument == ARG_COMMAND)
		for (k = cli_commands; k->name; k++)
			offer(c, last, k->name);
}

enum exit_status cmd_help(struct cli *c)
{
	const struct command *command;

	if (cli_has(c, "complete")) {
		complete(c);
	} else if (cli_has(c, "man-commands")) {
		print_man_commands(c);
	} else if (cli_has(c, "man-keys")) {
		print_keys(c, true);
	} else if (!c->argc) {
		print_commands(c);
	} else if (strcmp(c->argv[0], "keys") == 0) {
		print_keys(c, false);
	} else if ((command = cli_find(c->argv[0]))) {
		help_command(c, command);
	} else {
		return cli_unknown(c->argv[0]);
	}
	return EXIT_DONE;
}
