/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "core/project.h"
#include "store/convert.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref export: a document for those who work with word processors. */

const struct cli_option options_export[] = {
	{"output", 'o', N_("FILE"), N_("write to FILE; its ending says the format")},
	{"format", 'f', N_("FORMAT"), N_("docx, odt, html or txt")},
	{"clean", 0, NULL, N_("without brackets: open points as in the base text")},
	{"force", 0, NULL, N_("overwrite FILE")},
	{0},
};

/* NAME.docx here, unless --output says otherwise. */
static char *output_path(const struct cli *c, const struct input *in)
{
	const char *output = cli_value(c, "output"), *format = cli_value(c, "format");
	struct str path = STR_INIT;

	if (output)
		return mem_strdup(output);
	str_addf(&path, "%s.%s", in->kind == INPUT_STDIN ? "draft" : in->name,
		 format ? format : "docx");
	return str_detach(&path);
}

static void add_clean(struct input *in, struct str *text)
{
	const struct brackets *b = input_brackets(in);
	uint32_t *choices = mem_array(NULL, b->n_points, sizeof(*choices));

	project_choices(b, PARTY_NONE, choices);
	project_text(b, input_text(in), choices, text);
	free(choices);
}

static int make(struct cli *c, struct input *in, const char *path, struct str *document,
		struct error *err)
{
	const char *format = cli_value(c, "format");
	struct str text = STR_INIT, ending = STR_INIT;
	bool plain;
	int rc = 0;

	str_addf(&ending, ".%s", format ? format : "");
	enum convert_format kind = convert_format_of(format ? str_text(&ending) : path);
	plain = slice_ends(slice_of(format ? str_text(&ending) : path), ".txt") ||
		slice_ends(slice_of(format ? str_text(&ending) : path), ".md");
	if (cli_has(c, "clean"))
		add_clean(in, &text);
	else
		brackets_without_ids(input_brackets(in), input_text(in), 0, in->bytes.len,
				     &text);
	if (plain)
		str_add_slice(document, str_slice(&text));
	else if (kind != CONVERT_NONE)
		rc = convert_export(str_slice(&text), in->parties, kind, document, err);
	else
		rc = error_set(err, ST_USAGE,
			       _("%s: no such format; use docx, odt, html or txt"),
			       format ? format : path);
	str_release(&text);
	str_release(&ending);
	return rc;
}

static int write_document(struct cli *c, const char *path, struct slice document,
			  struct error *err)
{
	int rc;

	if (strcmp(path, "-") == 0) {
		str_add_slice(&c->out, document);
		return 0;
	}
	if (cli_has(c, "force"))
		rc = file_write(NULL, path, document, NULL, NULL, err);
	else
		rc = file_create(NULL, path, document, 0644, NULL, err);
	if (rc == ST_EXISTS)
		return error_set(err, ST_EXISTS,
				 _("%s is there already; --force overwrites it"), path);
	if (rc == 0)
		cli_note(_("%s is written"), path);
	return rc;
}

enum exit_status cmd_export(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct str document = STR_INIT;
	struct input in;
	char *path = NULL;

	if (input_open(&in, c->argv[0], &err) != 0) {
		status = cli_fail(&err);
		goto done;
	}
	path = output_path(c, &in);
	if (make(c, &in, path, &document, &err) != 0 ||
	    write_document(c, path, str_slice(&document), &err) != 0)
		status = cli_fail(&err);
done:
	str_release(&document);
	free(path);
	input_release(&in);
	return status;
}
