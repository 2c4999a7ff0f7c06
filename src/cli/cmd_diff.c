/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/input.h"
#include "cli/json.h"
#include "cli/past.h"
#include "cli/words.h"
#include "core/mem.h"
#include "store/crew.h"
#include "store/decided.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref diff: word-level differences of two texts. Exit status 1 where they differ. */

const struct cli_option options_diff[] = {
	{"json", 0, NULL, N_("print one JSON object")},
	{"all", 'a', NULL, N_("show the paragraphs that are the same too")},
	{0},
};

/* REV:NAME, a draft of the workspace in a revision. The file of that very name comes first. */
static int read_revision(const char *what, struct str *out, struct error *err)
{
	const char *colon = strrchr(what, ':');
	struct str path = STR_INIT, inner = STR_INIT;
	struct workspace ws;
	struct repo *repo = NULL;
	char *revision = slice_dup(slice_make(what, (size_t)(colon - what)));
	bool has_ws = false;
	int rc = workspace_open(&ws, ".", err);

	if (rc < 0)
		goto done;
	has_ws = true;
	if (workspace_name_is_valid(colon + 1))
		workspace_draft_path(&ws, colon + 1, &path);
	else
		str_add_text(&path, colon + 1);
	rc = repo_open(&repo, ws.root, err);
	if (rc == 0)
		rc = repo_path(repo, str_text(&path), &inner, err);
	if (rc == 0)
		rc = repo_read(repo, revision, str_text(&inner), FILE_MOST_DRAFT, out, err);
done:
	repo_free(repo);
	if (has_ws)
		workspace_release(&ws);
	str_release(&path);
	str_release(&inner);
	free(revision);
	return rc;
}

static int read_side(const char *what, struct str *out, struct error *err)
{
	struct input in;
	int rc;

	if (strrchr(what, ':') && access(what, F_OK) != 0)
		return read_revision(what, out, err);
	rc = input_open(&in, what, err);
	if (rc == 0)
		str_add(out, in.bytes.p, in.bytes.len);
	input_release(&in);
	return rc;
}

static const char *const signs[] = {"=", "-", "+"};

static json_t *json_number(uint32_t paragraph)
{
	return paragraph == DIFF_NONE ? json_null() : json_integer(paragraph + 1);
}

static void print_json(struct cli *c, const struct diff *d, struct slice old, struct slice new)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < d->n; i++) {
		const struct diff_pair *p = &d->pairs[i];
		json_t *one = json_object(), *words = json_array();
		json_object_set_new(one, "old", json_number(p->old));
		json_object_set_new(one, "new", json_number(p->new));
		json_object_set_new(one, "change", json_words(diff_change_word(p->change)));
		for (size_t k = 0; k < p->n_ops; k++) {
			const struct diff_op *op = &d->ops[p->op + k];
			json_t *word = json_object();
			json_object_set_new(word, "op", json_words(signs[op->kind]));
			json_object_set_new(word, "text",
					    json_text(diff_op_text(op, old, new)));
			json_array_append_new(words, word);
		}
		if (p->change == DIFF_SAME)
			json_decref(words);
		else
			json_object_set_new(one, "words", words);
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "paragraphs", list);
	json_print(o, &c->out);
}

/* ---- decisions beside the words they changed */

/* The revision of "REVISION:NAME", into *revision (caller frees); NULL: a file or the working
 * text. Returns the name. */
static const char *split(const char *what, char **revision)
{
	*revision = NULL;
	return strrchr(what, ':') && access(what, F_OK) != 0 ? past_split(what, revision)
							     : what;
}

/* Where both are versions of one draft, what was decided between them. Best effort: a
 * comparison of other texts has none. */
static void find_decided(struct cli *c, struct decided_list *list)
{
	char *old, *new;
	const char *name = split(c->argv[0], &old), *other = split(c->argv[1], &new);
	struct error ignored = ERROR_INIT;
	struct past p;

	*list = (struct decided_list){NULL, 0};
	if (old && name && other && strcmp(name, other) == 0 &&
	    past_open(&p, name, &ignored) == 0) {
		if (decided_between(list, p.session.repo, old, new ? new : "HEAD",
				    str_text(&p.path), &p.session.ws.parties, &ignored) < 0)
			*list = (struct decided_list){NULL, 0};
		past_release(&p);
	}
	free(old);
	free(new);
}

/* The decisions on points that began in the pair's old paragraph; linked ones but once. */
static void print_decided(struct cli *c, const struct decided_list *list,
			  const struct diff_pair *p)
{
	const char *last = "";

	for (size_t i = 0; i < list->n && p->old != DIFF_NONE; i++) {
		const struct decided *d = &list->v[i];
		struct message_record record;

		if (d->begin < p->old_begin || d->begin >= p->old_end ||
		    strcmp(last, d->version.id) == 0)
			continue;
		last = d->version.id;
		message_parse(str_slice(&d->version.message), &record);
		str_add_text(&c->out, "      ");
		print_record(c, &record);
		str_add_text(&c->out, "  ·  ");
		print_version(c, &d->version);
		str_add_char(&c->out, '\n');
	}
}

enum exit_status cmd_diff(struct cli *c)
{
	struct decided_list decided = {NULL, 0};
	struct str old = STR_INIT, new = STR_INIT;
	struct error err = ERROR_INIT;
	enum exit_status status;
	struct diff d;

	if (read_side(c->argv[0], &old, &err) != 0 || read_side(c->argv[1], &new, &err) != 0) {
		status = cli_fail(&err);
		goto done;
	}
	diff_texts_by(crew(), &d, str_slice(&old), str_slice(&new));
	status = d.same ? EXIT_DONE : EXIT_NO;
	if (cli_has(c, "json"))
		print_json(c, &d, str_slice(&old), str_slice(&new));
	else if (!d.same)
		find_decided(c, &decided);
	for (size_t i = 0; i < d.n && !cli_has(c, "json"); i++) {
		if (d.pairs[i].change == DIFF_SAME && !cli_has(c, "all"))
			continue;
		print_pair(c, &d, &d.pairs[i], str_slice(&old), str_slice(&new));
		print_decided(c, &decided, &d.pairs[i]);
	}
	decided_release(&decided);
	diff_release(&d);
done:
	str_release(&old);
	str_release(&new);
	return status;
}
