/* SPDX-License-Identifier: MIT */
#include "cli/person.h"

#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One line from the terminal without blanks around it; NULL at the end of input. */
static char *ask(const char *question)
{
	char *line = NULL, *text;
	size_t cap = 0, len;

	fprintf(stderr, "%s ", question);
	if (getline(&line, &cap, stdin) < 0) {
		fprintf(stderr, "\n");
		free(line);
		return NULL;
	}
	text = line + strspn(line, " \t\r\n");
	len = strlen(text);
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	memmove(line, text, len);
	line[len] = '\0';
	return line;
}

static int ask_and_keep(struct repo *r, struct error *err)
{
	struct error refused = ERROR_INIT;
	char *name, *email = NULL;
	int rc;

	cli_note(_("git does not know you yet; each entry of the history names its author"));
	do {
		name = ask(_("Your name:"));
		email = name ? ask(_("Your e-mail address:")) : NULL;
		if (!email)
			rc = err->status; /* asked for nothing more: git's own words stand */
		else
			rc = repo_set_author(r, name, email, REPO_HERE, &refused);
		if (email && rc == ST_INPUT)
			cli_note("%s", refused.text);
		else if (email && rc < 0)
			*err = refused;
		else if (email)
			cli_note(_("kept for this repository, as user.name and user.email"));
		free(name);
		if (!email)
			break;
		free(email);
	} while (rc == ST_INPUT);
	return rc;
}

int person_known(struct repo *r, struct error *err)
{
	struct person p = {NULL, NULL};
	int rc = repo_author(r, &p, err);

	person_release(&p);
	if (rc == ST_MISSING && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		rc = ask_and_keep(r, err);
	return rc;
}
