/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"
#include "core/front.h"
#include "core/lookalike.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* adref check: problems as file:line:column: text. Exit status 1 where there is one. */

const struct cli_option options_check[] = {
	{"agreed", 0, NULL, N_("also: no open point may be left")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

/* Nobody reads more; mended, these take others with them. */
#define LISTED_MOST 10000

/* What was found in all drafts so far. */
struct findings {
	struct cli *c;
	json_t *list; /* NULL: text */
	size_t n;
};

static void add(struct findings *f, const char *file, struct place at, const char *text)
{
	if (++f->n > LISTED_MOST)
		return;
	if (f->list) {
		json_t *one = json_object();
		json_object_set_new(one, "file", json_words(file));
		json_set_place(one, "line", "column", at);
		json_object_set_new(one, "problem", json_words(text));
		json_array_append_new(f->list, one);
		return;
	}
	cli_show(f->c, slice_of(file));
	str_addf(&f->c->out, ":%zu:%zu: ", at.line, at.column);
	cli_show(f->c, slice_of(text));
	str_add_char(&f->c->out, '\n');
}

static void check_brackets(struct findings *f, struct input *in)
{
	const struct brackets *b = input_brackets(in);

	for (size_t i = 0; i < b->n_problems; i++)
		add(f, in->label, input_place(in, b->problems[i].at),
		    b->problems[i].kind == PROBLEM_UNCLOSED
			    ? _("this bracket is never closed; close it, or write \\[ for a "
				"plain one")
			    : _("this bracket was never opened; open it, or write \\] for a "
				"plain one"));
}

struct seen_id {
	struct slice id;
	size_t at;
};

static int compare_ids(const void *a, const void *b)
{
	const struct seen_id *x = a, *y = b;
	int order = slice_compare(x->id, y->id);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* FORMAT.md: ids are unique in the draft. */
static void check_ids(struct findings *f, struct input *in)
{
	const struct brackets *b = input_brackets(in);
	struct seen_id *ids = calloc(b->n + 1, sizeof(*ids));
	struct str text = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; ids && i < b->n; i++)
		if (b->v[i].id != b->v[i].id_end)
			ids[n++] = (struct seen_id){slice_make(in->bytes.p + b->v[i].id,
							       b->v[i].id_end - b->v[i].id),
						    b->v[i].id};
	if (n)
		qsort(ids, n, sizeof(*ids), compare_ids);
	for (size_t i = 1; i < n; i++) {
		if (!slice_equal(ids[i].id, ids[i - 1].id))
			continue;
		str_clear(&text);
		str_addf(&text, _("the id %.*s stands twice; take one away"),
			 (int)ids[i].id.len, ids[i].id.p);
		add(f, in->label, input_place(in, ids[i].at), str_text(&text));
	}
	str_release(&text);
	free(ids);
}

static void check_front_matter(struct findings *f, struct input *in)
{
	struct front_matter front;

	front_matter_read(&front, input_text(in));
	for (size_t i = 0; i < front.problems.n; i++) {
		const struct yaml_problem *p = &front.problems.v[i];
		add(f, in->label, (struct place){p->line, p->column}, _(p->text));
	}
	front_matter_release(&front);
}

static void check_utf8(struct findings *f, struct input *in)
{
	size_t bad = 0, count = 0;
	struct str text = STR_INIT;
	uint32_t cp;

	for (size_t i = 0, n; i < in->bytes.len; i += n) {
		n = utf8_decode(in->bytes.p + i, in->bytes.len - i, &cp);
		if (cp == UTF8_BAD && !count++)
			bad = i;
	}
	if (count) {
		str_addf(&text,
			 ngettext("%zu byte that is not UTF-8, here; it is kept as it is",
				  "%zu bytes that are not UTF-8, the first one here; they are "
				  "kept as they are",
				  count),
			 count);
		add(f, in->label, input_place(in, bad), str_text(&text));
	}
	str_release(&text);
}

#define LOOKALIKES_MOST 1000

/* Signs and letters that are not what they look like. */
static void check_lookalikes(struct findings *f, struct input *in)
{
	struct lookalikes list = {NULL, 0, 0};
	struct str text = STR_INIT;

	lookalikes_find(&list, input_text(in), input_brackets(in), LOOKALIKES_MOST);
	for (size_t i = 0; i < list.n; i++) {
		const struct lookalike *l = &list.v[i];
		const char *sign = in->bytes.p + l->at, *word = in->bytes.p + l->word;

		str_clear(&text);
		if (l->kind == LOOKALIKE_SCRIPTS)
			str_addf(&text,
				 _("in \"%.*s\" the %s letter U+%04X looks like a %s one; type "
				   "the "
				   "word again"),
				 (int)(l->word_end - l->word), word, _(l->scripts[0]),
				 (unsigned)l->cp, _(l->scripts[1]));
		else if (l->kind == LOOKALIKE_TIGHT)
			str_addf(&text,
				 _("%.*s separates options only with a blank on both sides; "
				   "add them, or write \\%.*s if this is one wording"),
				 (int)l->len, sign, (int)l->len, sign);
		else if (l->kind == LOOKALIKE_SLASH)
			str_addf(&text,
				 _("%.*s (U+%04X) looks like a slash but separates no options; "
				   "write / instead"),
				 (int)l->len, sign, (unsigned)l->cp);
		else
			str_addf(&text,
				 _("%.*s (U+%04X) looks like a bracket but is none; write %c "
				   "for text that is not agreed, or \\%c for a plain one"),
				 (int)l->len, sign, (unsigned)l->cp, l->like, l->like);
		add(f, in->label, input_place(in, l->at), str_text(&text));
	}
	lookalikes_release(&list);
	str_release(&text);
}

static void check_agreed(struct findings *f, struct input *in)
{
	const struct brackets *b = input_brackets(in);

	for (uint32_t i = 0; i < b->n_points; i++)
		if (b->points[i].depth == 1)
			add(f, in->label, input_place(in, point_begin(b, &b->points[i])),
			    _("this point is open"));
}

static void add_problems(struct findings *f, const struct ws_problems *problems)
{
	for (size_t i = 0; i < problems->n; i++) {
		const struct ws_problem *p = &problems->v[i];
		add(f, p->file, (struct place){p->at.line, p->at.column}, _(p->at.text));
	}
}

/* The files beside the drafts, once: what the workspace could not read of them. */
static void check_workspace(struct findings *f, struct input *in, bool *done)
{
	if (*done || !in->has_session)
		return;
	*done = true;
	add_problems(f, &in->session.ws.problems);
}

/* Whether the input is that draft, and not a file elsewhere of the same name. */
static bool is_draft(const struct input *in, const struct ws_draft *d)
{
	struct stat a, b;

	return in->path && stat(in->path, &a) == 0 && stat(d->path, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* What stands beside a draft of the workspace: agreed.yaml, deferred.yaml, the positions. */
static int check_beside(struct findings *f, struct input *in, struct error *err)
{
	const struct workspace *ws = &in->session.ws;
	const struct ws_draft *d = in->has_session ? workspace_find(ws, in->name) : NULL;
	struct ws_problems problems = {NULL, 0, 0};
	struct agreed_list agreed;
	struct deferred_list deferred;
	int rc;

	if (!d || !is_draft(in, d))
		return 0;
	rc = workspace_agreed(ws, in->name, &agreed, &problems, err);
	agreed_release(&agreed);
	if (rc == 0) {
		rc = workspace_deferred(ws, in->name, &deferred, &problems, err);
		deferred_release(&deferred);
	}
	if (rc == 0) {
		struct session_draft draft = input_draft(in);

		session_check_positions(&in->session, &draft, &problems);
	}
	add_problems(f, &problems);
	ws_problems_release(&problems);
	return rc;
}

enum exit_status cmd_check(struct cli *c)
{
	struct findings f = {.c = c, .list = cli_has(c, "json") ? json_array() : NULL};
	enum exit_status status = EXIT_DONE;
	bool workspace_done = false;

	for (int i = 0; i < c->argc; i++) {
		struct error err = ERROR_INIT;
		struct input in;
		if (input_open(&in, c->argv[i], &err) != 0) {
			status = cli_fail(&err);
		} else {
			check_workspace(&f, &in, &workspace_done);
			check_utf8(&f, &in);
			check_front_matter(&f, &in);
			check_brackets(&f, &in);
			check_ids(&f, &in);
			check_lookalikes(&f, &in);
			if (cli_has(c, "agreed"))
				check_agreed(&f, &in);
			if (check_beside(&f, &in, &err) != 0)
				status = cli_fail(&err);
		}
		input_release(&in);
	}
	if (f.list) {
		json_t *o = json_object();
		json_object_set_new(o, "problems", f.list);
		json_print(o, &c->out);
	}
	if (f.n > LISTED_MOST)
		cli_note(ngettext("%zu more problem is not listed",
				  "%zu more problems are not listed", f.n - LISTED_MOST),
			 f.n - LISTED_MOST);
	return status != EXIT_DONE ? status : f.n ? EXIT_NO : EXIT_DONE;
}
