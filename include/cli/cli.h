/* SPDX-License-Identifier: MIT */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "core/error.h"
#include "core/str.h"

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The command line: one table of subcommands, from which usage, help, the
 * manual and completions are printed, and what all of them share. A subcommand
 * has no logic of its own: it reads, calls core and store, prints.
 */

#define _(text) gettext(text)

/* FORMAT.md, "Commands". */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_NO = 1,     /* the answer is "no" */
	EXIT_USAGE = 2,  /* wrong usage */
	EXIT_CANNOT = 3, /* could not be done */
};

/* One option of a subcommand. Tables end with a NULL name. */
struct cli_option {
	const char *name;     /* without "--" */
	char letter;          /* of its short form, or 0 */
	const char *argument; /* N_(), "FILE"; NULL: takes none */
	const char *help;     /* N_() */
};

/* What an argument names, for completion. */
enum cli_argument { ARG_NONE, ARG_DRAFT, ARG_FILE, ARG_FOLDER, ARG_COMMAND };

struct cli;

struct command {
	const char *name;
	const char *usage;                /* what follows the name: "[--json] DRAFT" */
	const char *summary;              /* N_(), one line */
	const char *details;              /* N_(), or NULL: a few sentences more */
	const char *example;              /* whole command lines, one a line */
	const struct cli_option *options; /* or NULL */
	const char *many; /* the option that may be given several times: its value is all of
			     them, a comma between two; or NULL */
	int min, max;     /* how many arguments; max -1: any number */
	enum cli_argument argument; /* what they are, for completion */
	const char *const
		*words; /* first arguments it takes ("split"), NULL-terminated, or NULL */
	enum exit_status (*run)(struct cli *c);
};

#define CLI_OPTIONS 16

/* One call. */
struct cli {
	const struct command *command;
	const char *values[CLI_OPTIONS]; /* by the table's order; "" where it takes none */
	bool given[CLI_OPTIONS];
	char **argv; /* the arguments, options taken out */
	int argc;
	struct str many; /* the values of the option that may be given several times */
	struct str out;  /* written to standard output at the end */
};

/* Runs adref. Returns the exit status. */
int cli_main(int argc, char **argv);

/* Whether the option was given; and its value, NULL where it was not. */
bool cli_has(const struct cli *c, const char *option);
const char *cli_value(const struct cli *c, const char *option);

/* Prints "adref: text" on standard error, sanitised, and returns the exit status that fits err.
 */
enum exit_status cli_fail(const struct error *err);
/* The same for wrong usage, with where help is. */
enum exit_status cli_usage(const struct cli *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A note on standard error: not data, not a failure. Sanitised. */
void cli_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Appends foreign text to the output: sanitised, one line. */
void cli_show(struct cli *c, struct slice text);
/* Writes what is in c->out now, for what takes long; false where nobody reads any more. */
bool cli_flush(struct cli *c);
/* Asks on a terminal whether to go on; --yes, or no terminal, is yes. */
bool cli_goes_on(const struct cli *c);
/* A whole number from 0; false where the text is none. */
bool cli_number(const char *text, size_t *n);

/* The table, NULL-terminated by name. */
extern const struct command cli_commands[];
const struct command *cli_find(const char *name);
/* Says that there is no such command, and which may be meant. */
enum exit_status cli_unknown(const char *typed);

/* cli/opt.c: takes the options out of argv. Returns 0, or -1 after saying what is wrong. */
int opt_read(struct cli *c, int argc, char **argv);

#endif
