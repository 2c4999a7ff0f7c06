/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"
#include "core/near.h"

#include <getopt.h>
#include <stdint.h>
#include <string.h>

/* getopt_long() from the subcommand's own table. */

#define HELP_VALUE 'h'

static size_t fill(const struct command *command, struct option *longs, char *shorts)
{
	size_t n = 0;

	*shorts++ = ':'; /* tells a missing value from an unknown option */
	for (; command->options && command->options[n].name; n++) {
		const struct cli_option *o = &command->options[n];
		longs[n] =
			(struct option){o->name, o->argument ? required_argument : no_argument,
					NULL, 256 + (int)n};
		if (!o->letter)
			continue;
		*shorts++ = o->letter;
		if (o->argument)
			*shorts++ = ':';
	}
	longs[n] = (struct option){"help", no_argument, NULL, HELP_VALUE};
	longs[n + 1] = (struct option){NULL, 0, NULL, 0};
	*shorts++ = 'h';
	*shorts = '\0';
	return n;
}

static int unknown(struct cli *c, const char *typed)
{
	const char *words[CLI_OPTIONS], *near;
	size_t n = 0, len = strcspn(typed, "=");
	char name[64] = "";

	for (; c->command->options && c->command->options[n].name; n++)
		words[n] = c->command->options[n].name;
	if (len > 2 && len < sizeof(name) + 2 && strncmp(typed, "--", 2) == 0) {
		memcpy(name, typed + 2, len - 2);
		name[len - 2] = '\0';
	}
	near = *name ? near_word(slice_of(name), words, n) : NULL;
	if (near && strcmp(near, name) == 0)
		cli_usage(c, _("--%s takes no value"), near);
	else if (near)
		cli_usage(c, _("no option %s, perhaps --%s"), typed, near);
	else
		cli_usage(c, _("no option %s; for a text that begins so, put -- before it"),
			  typed);
	return -1;
}

/* The letter of a short option; what was typed may hold several. */
static int unknown_letter(struct cli *c, int letter)
{
	char typed[3] = {'-', (char)letter, '\0'};

	return unknown(c, typed);
}

int opt_read(struct cli *c, int argc, char **argv)
{
	struct option longs[CLI_OPTIONS + 2];
	char shorts[3 * CLI_OPTIONS + 4];
	size_t n = fill(c->command, longs, shorts), many = SIZE_MAX;
	int got;

	opterr = 0;
	optind = 0;
	while ((got = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		size_t i = got >= 256 ? (size_t)got - 256 : 0;
		if (got == HELP_VALUE)
			return 1;
		if (got == ':') {
			cli_usage(c, _("%s needs a value"), argv[optind - 1]);
			return -1;
		}
		if (got == '?')
			return optopt > 0 && optopt < 256 ? unknown_letter(c, optopt)
							  : unknown(c, argv[optind - 1]);
		for (; got < 256 && i < n && c->command->options[i].letter != got; i++)
			;
		c->given[i] = true;
		c->values[i] = optarg ? optarg : "";
		if (c->command->many &&
		    strcmp(c->command->options[i].name, c->command->many) == 0) {
			str_addf(&c->many, "%s%s", c->many.len ? "," : "", optarg);
			many = i;
		}
	}
	if (many < n)
		c->values[many] = str_text(&c->many);
	c->argv = argv + optind;
	c->argc = argc - optind;
	return 0;
}
