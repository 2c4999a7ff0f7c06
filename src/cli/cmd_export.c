/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/past.h"
#include "core/bound.h"
#include "core/mem.h"
#include "core/project.h"
#include "store/convert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* adref export: a document for those who work with word processors. */

const struct cli_option options_export[] = {
	{"output", 'o', N_("FILE"), N_("write to FILE; its ending says the format")},
	{"format", 'f', N_("FORMAT"), N_("docx, odt, html or txt")},
	{"clean", 0, NULL, N_("without brackets: open points as in the base text")},
	{"since", 's', N_("VERSION"),
	 N_("mark what changed since that version, meeting or day: docx, html")},
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

/* A draft's text as it is to be shown: without ids, or clean. */
static void add_shown(struct cli *c, const struct brackets *b, struct slice draft,
		      struct str *text)
{
	uint32_t *choices;

	if (!cli_has(c, "clean")) {
		brackets_without_ids(b, draft, 0, draft.len, text);
		return;
	}
	choices = mem_array(NULL, b->n_points, sizeof(*choices));
	project_choices(b, PARTY_NONE, choices);
	project_text(b, draft, choices, text);
	free(choices);
}

/* The draft as it was, shown alike, and who marks what changed. */
static int read_since(struct cli *c, struct input *in, struct str *text, struct person *author,
		      struct error *err)
{
	struct error unnamed = ERROR_INIT;
	struct named at = {.note = STR_INIT};
	struct str was = STR_INIT;
	struct brackets b;
	struct past p;
	int rc;

	if (in->kind == INPUT_STDIN)
		return error_set(err, ST_USAGE, _("--since needs a draft that has a history"));
	rc = past_open(&p, in->kind == INPUT_NAME ? in->name : in->path, err);
	if (rc < 0)
		return rc;
	rc = past_read(&p, cli_value(c, "since"), FILE_MOST_DRAFT, &at, &was, err);
	if (rc == 0)
		rc = bound_draft(str_slice(&was), in->label, err);
	if (rc == 0)
		rc = bound_paragraphs(str_slice(&was), in->label, err);
	if (rc == 0)
		rc = bound_paragraphs(input_text(in), in->label, err);
	if (rc == 0 && repo_author(p.session.repo, author, &unnamed) < 0)
		author->name = mem_strdup("adref"); /* git knows nobody: no reason to stop */
	if (rc == 0) {
		brackets_read(&b, str_slice(&was), in->parties);
		add_shown(c, &b, str_slice(&was), text);
		brackets_release(&b);
	}
	named_release(&at);
	str_release(&was);
	past_release(&p);
	return rc;
}

static int make_marked(struct cli *c, struct input *in, struct slice now,
		       enum convert_format kind, struct str *document, struct error *err)
{
	struct person author = {.name = NULL};
	struct str old = STR_INIT;
	int rc = read_since(c, in, &old, &author, err);

	if (rc == 0) {
		struct convert_marked what = {.old = str_slice(&old),
					      .now = now,
					      .parties = in->parties,
					      .author = author.name,
					      .time = time(NULL)};

		rc = convert_export_marked(&what, kind, NULL, document, err);
	}
	person_release(&author);
	str_release(&old);
	return rc;
}

static int make(struct cli *c, struct input *in, const char *path, struct str *document,
		struct error *err)
{
	const char *format = cli_value(c, "format");
	struct str text = STR_INIT, ending = STR_INIT;
	bool plain, is_pdf;
	int rc = 0;

	str_addf(&ending, ".%s", format ? format : "");
	enum convert_format kind = convert_format_of(format ? str_text(&ending) : path);
	is_pdf = slice_ends(slice_of(format ? str_text(&ending) : path), ".pdf");
	plain = slice_ends(slice_of(format ? str_text(&ending) : path), ".txt") ||
		slice_ends(slice_of(format ? str_text(&ending) : path), ".md");
	add_shown(c, input_brackets(in), input_text(in), &text);
	if (kind == CONVERT_NONE && !plain)
		rc = error_set(
			err, ST_USAGE,
			is_pdf ? _("%s: adref makes no pdf; make a .docx or .html, and print "
				   "that as one")
			       : _("%s: no such format; use docx, odt, html or txt"),
			format ? format : path);
	else if (cli_has(c, "since"))
		rc = make_marked(c, in, str_slice(&text), kind, document, err);
	else if (plain)
		str_add_slice(document, str_slice(&text));
	else
		rc = convert_export(str_slice(&text), in->parties, kind, NULL, document, err);
	str_release(&text);
	str_release(&ending);
	return rc;
}

/* Whether the folder that the file is to be in is missing; err says what to do. */
static bool has_no_folder(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	struct stat st;
	bool none;

	if (!slash || slash == path)
		return false;
	folder = slice_dup(slice_make(path, (size_t)(slash - path)));
	none = stat(folder, &st) != 0 && errno == ENOENT;
	if (none)
		error_set(err, ST_MISSING,
			  _("%s: there is no such folder; make it first (mkdir -p %s), or name "
			    "another place with --output"),
			  folder, folder);
	free(folder);
	return none;
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
	if (has_no_folder(path, &err) || make(c, &in, path, &document, &err) != 0 ||
	    write_document(c, path, str_slice(&document), &err) != 0)
		status = cli_fail(&err);
done:
	str_release(&document);
	free(path);
	input_release(&in);
	return status;
}
