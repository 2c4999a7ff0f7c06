/* SPDX-License-Identifier: MIT */
#include "cli/input.h"

#include "cli/person.h"
#include "cli/words.h"
#include "core/bound.h"
#include "core/mem.h"
#include "core/near.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int read_stdin(struct input *in, struct error *err)
{
	char buf[65536];
	size_t n;

	in->kind = INPUT_STDIN;
	in->name = mem_strdup("-");
	in->label = mem_strdup("<stdin>");
	while ((n = fread(buf, 1, sizeof(buf), stdin)) > 0) {
		str_add(&in->bytes, buf, n);
		if (in->bytes.len > FILE_MOST_DRAFT)
			return error_set(err, ST_TOO_LARGE,
					 _("<stdin>: over %zu MB; too large for a draft"),
					 FILE_MOST_DRAFT >> 20);
	}
	if (ferror(stdin))
		return error_set(err, ST_FAIL, _("cannot read standard input: %s"),
				 strerror(errno));
	return bound_draft(str_slice(&in->bytes), in->label, err);
}

/* The draft's name in a path: what stands between the last slash and ".md". */
static char *name_of(const char *path)
{
	const char *base = strrchr(path, '/');
	struct slice name = slice_of(base ? base + 1 : path);

	if (name.len > 3 && slice_ends(name, ".md"))
		name.len -= 3;
	return slice_dup(name);
}

int input_nowhere(struct error *err)
{
	struct error why = ERROR_INIT;

	if (err->status == ST_MISSING && session_possible(".", &why) < 0)
		*err = why;
	return err->status;
}

static int no_such_draft(const struct input *in, const char *draft, struct error *err)
{
	const char **names, *near = NULL;

	if (!*draft)
		return error_set(err, ST_USAGE, _("the draft's name is empty; give a name"));
	if (errno != ENOENT)
		return error_set(err, ST_MISSING, _("%s: cannot be opened: %s"), draft,
				 strerror(errno));
	if (!in->has_session) {
		error_set(err, ST_MISSING,
			  _("%s: no such file, and no drafts/ here; give a path, or go to a "
			    "workspace"),
			  draft);
		return input_nowhere(err);
	}
	if (workspace_unlisted(&in->session.ws, draft, err) < 0)
		return err->status;
	names = mem_array(NULL, in->session.ws.n, sizeof(*names));
	for (size_t i = 0; i < in->session.ws.n; i++)
		names[i] = in->session.ws.v[i].name;
	near = near_word(slice_of(draft), names, in->session.ws.n);
	free(names);
	if (near)
		return error_set(err, ST_MISSING,
				 _("%s: no such draft or file; did you mean %s?"), draft, near);
	return error_set(err, ST_MISSING,
			 _("%s: no such draft or file; \"adref status\" lists the drafts"),
			 draft);
}

/* NAME/CODE: a region's own text, if it is there. */
static bool find_text(struct input *in, const char *name)
{
	struct str path = STR_INIT;

	if (!workspace_is_text(&in->session.ws, name))
		return false;
	workspace_draft_path(&in->session.ws, name, &path);
	if (access(str_text(&path), F_OK) != 0) {
		str_release(&path);
		return false;
	}
	in->kind = INPUT_NAME;
	in->name = mem_strdup(name);
	in->path = str_detach(&path);
	in->label = mem_strdup(workspace_short(&in->session.ws, in->path));
	return true;
}

/* Sets path, name and label: a draft's name comes before a file of that name. */
static int find_draft(struct input *in, const char *draft, struct error *err)
{
	struct error ignored = ERROR_INIT;
	const struct ws_draft *found = NULL;
	const char *from = strchr(draft, '/') && access(draft, F_OK) == 0 ? draft : NULL;

	in->has_session = session_open(&in->session, from, &ignored) == 0;
	if (in->has_session && !from && find_text(in, draft))
		return 0;
	if (in->has_session && !strchr(draft, '/'))
		found = workspace_find(&in->session.ws, draft);
	if (found) {
		in->kind = INPUT_NAME;
		in->name = mem_strdup(found->name);
		in->path = mem_strdup(found->path);
		in->label = mem_strdup(workspace_short(&in->session.ws, found->path));
		return 0;
	}
	if (access(draft, F_OK) != 0)
		return no_such_draft(in, draft, err);
	in->kind = INPUT_PATH;
	in->name = name_of(draft);
	in->path = mem_strdup(draft);
	in->label = mem_strdup(draft);
	return 0;
}

/* What a crash cut short may change the draft: before it is read. */
static void finish_first(struct input *in)
{
	struct error ignored = ERROR_INIT;

	if (!in->has_session || !session_is_unfinished(&in->session))
		return;
	(void)!session_repo(&in->session, &ignored);
}

int input_open(struct input *in, const char *draft, struct error *err)
{
	int rc;

	memset(in, 0, sizeof(*in));
	if (strcmp(draft, "-") == 0) {
		struct error ignored = ERROR_INIT;
		in->has_session = session_open(&in->session, NULL, &ignored) == 0;
		rc = read_stdin(in, err);
	} else {
		rc = find_draft(in, draft, err);
		finish_first(in);
		if (rc == 0)
			rc = file_read_draft(in->kind == INPUT_NAME ? in->session.ws.root
								    : NULL,
					     in->path, &in->bytes, &in->stamp, err);
	}
	if (!in->has_session)
		parties_init_regions(&in->regions);
	in->parties = in->has_session ? &in->session.ws.parties : &in->regions;
	return rc;
}

bool input_named(struct input *in)
{
	char *path = NULL, *name = NULL;
	size_t folder;

	if (in->kind != INPUT_PATH || !in->has_session)
		return in->kind == INPUT_NAME;
	folder = strlen(in->session.ws.folder);
	path = realpath(in->path, NULL);
	if (path && strncmp(path, in->session.ws.folder, folder) == 0 && path[folder] == '/' &&
	    slice_ends(slice_of(path), ".md"))
		name = slice_dup(slice_make(path + folder + 1, strlen(path) - folder - 4));
	if (name && (workspace_find(&in->session.ws, name) ||
		     workspace_is_text(&in->session.ws, name))) {
		free(in->name);
		free(in->label);
		free(in->path);
		in->kind = INPUT_NAME;
		in->name = mem_strdup(name);
		in->path = mem_strdup(path);
		in->label = mem_strdup(workspace_short(&in->session.ws, path));
	}
	free(name);
	free(path);
	return in->kind == INPUT_NAME;
}

void input_release(struct input *in)
{
	if (in->has_brackets)
		brackets_release(&in->brackets);
	if (in->has_places)
		places_release(&in->places);
	if (in->has_session && in->session.recovered.len)
		cli_note(_("finished what was cut short: %s"),
			 str_text(&in->session.recovered));
	if (in->has_session && in->session.kept.len)
		cli_note("%s", str_text(&in->session.kept));
	if (in->has_session)
		session_release(&in->session);
	else
		parties_release(&in->regions);
	str_release(&in->bytes);
	free(in->name);
	free(in->label);
	free(in->path);
}

struct slice input_text(const struct input *in)
{
	return str_slice(&in->bytes);
}

const struct brackets *input_brackets(struct input *in)
{
	if (!in->has_brackets)
		brackets_read(&in->brackets, input_text(in), in->parties);
	in->has_brackets = true;
	return &in->brackets;
}

struct bracketed input_bracketed(struct input *in)
{
	return (struct bracketed){input_brackets(in), input_text(in), in->parties};
}

struct place input_place(struct input *in, size_t offset)
{
	if (!in->has_places)
		places_init(&in->places, input_text(in));
	in->has_places = true;
	return places_of(&in->places, offset);
}

int input_point(struct input *in, const char *word, uint32_t *point, struct error *err)
{
	const struct brackets *b = input_brackets(in);
	size_t n;
	uint32_t found;

	if (cli_number(word, &n)) {
		if (n < 1 || n > b->n_points)
			return error_set(err, ST_MISSING,
					 b->n_points
						 ? _("%s: no point %s; it has points 1 to %zu")
						 : _("%s: no point %s; it has no points"),
					 in->label, word, b->n_points);
		*point = (uint32_t)n - 1;
		return 0;
	}
	found = brackets_by_id(b, input_text(in), slice_of(word));
	if (found == BRACKET_NONE)
		return error_set(
			err, ST_MISSING,
			_("%s: no point has the id %s; \"adref brackets %s\" lists them"),
			in->label, word, in->kind == INPUT_NAME ? in->name : in->label);
	*point = found;
	return 0;
}

int input_refused(struct input *in, uint32_t point, struct error *err)
{
	const struct brackets *b = input_brackets(in);
	struct place at = input_place(in, point_begin(b, &b->points[point]));
	struct str where = STR_INIT;

	str_addf(&where, "%s:%zu:%zu", in->label, at.line, at.column);
	error_prefix(err, str_text(&where));
	str_release(&where);
	return err->status;
}

/* ---- changes ---- */

int input_signed(struct input *in, struct error *err)
{
	int rc = session_repo(&in->session, err);

	if (rc == 0)
		rc = session_go_on(&in->session, err);
	return rc < 0 ? rc : person_known(in->session.repo, err);
}

struct session_draft input_draft(struct input *in)
{
	return (struct session_draft){
		.name = in->name, .text = input_text(in), .b = input_brackets(in)};
}

void input_committed(struct commit_result *result, int rc)
{
	if (rc < 0) {
		commit_result_release(result);
		return;
	}
	if (result->warning.len)
		cli_note("%s", str_text(&result->warning));
	if (result->hook_output.len)
		cli_note(_("hooks said: %s"), str_text(&result->hook_output));
	if (*result->id)
		cli_note(_("committed as %.10s"), result->id);
	else
		cli_note(_("nothing had to change"));
	commit_result_release(result);
}

int input_write(struct cli *c, struct input *in, const struct edits *edits, struct error *err)
{
	struct str text = STR_INIT;
	int rc;

	edits_apply(edits, input_text(in), &text);
	rc = bound_draft(str_slice(&text), in->label, err);
	if (rc == 0 && in->kind == INPUT_STDIN)
		str_add_slice(&c->out, str_slice(&text));
	else if (rc == 0 && !slice_equal(str_slice(&text), input_text(in)))
		rc = file_write(NULL, in->path, str_slice(&text), &in->stamp, NULL, err);
	str_release(&text);
	return rc;
}

int input_apply(struct cli *c, struct input *in, const struct edits *edits,
		struct slice subject, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	int rc;

	if (in->kind != INPUT_NAME)
		return input_write(c, in, edits, err);
	d = input_draft(in);
	rc = input_signed(in, err);
	if (rc == 0)
		rc = session_edit(&in->session, &d, edits, subject, &result, err);
	input_committed(&result, rc);
	return rc;
}

void input_preview_texts(struct cli *c, struct slice old, struct slice new)
{
	struct diff d;

	diff_texts(&d, old, new);
	for (size_t i = 0; i < d.n; i++)
		if (d.pairs[i].change != DIFF_SAME)
			print_pair(c, &d, &d.pairs[i], old, new);
	diff_release(&d);
}

void input_preview(struct cli *c, struct input *in, const struct edits *edits)
{
	struct str text = STR_INIT;

	edits_apply(edits, input_text(in), &text);
	input_preview_texts(c, input_text(in), str_slice(&text));
	str_release(&text);
}
