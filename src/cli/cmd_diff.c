/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/input.h"
#include "cli/json.h"
#include "cli/past.h"
#include "cli/words.h"
#include "core/bound.h"
#include "core/mem.h"
#include "store/crew.h"
#include "store/decided.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref diff: word-level differences of two texts. Exit status 1 where they differ. */

const struct cli_option options_diff[] = {
	{"json", 0, NULL, N_("print one JSON object")},
	{"all", 'a', NULL, N_("show the paragraphs that are the same too")},
	{0},
};

/* One of the two texts. */
struct side {
	const char *what; /* as it was named */
	char *revision;   /* NULL: a file, or a draft as it is now */
	const char *name; /* of the draft */
	struct named at;  /* where the revision has it */
	struct str text;
};

static void side_release(struct side *s)
{
	free(s->revision);
	named_release(&s->at);
	str_release(&s->text);
}

/* A draft's name, or a path: in this workspace's repository, whatever the path says. */
static int open_past(struct past *p, const char *name, struct error *err)
{
	bool is_path = strchr(name, '/');
	int rc = past_open(p, is_path ? NULL : name, err);

	if (rc < 0 || !is_path)
		return rc;
	p->name = mem_strdup(name);
	rc = repo_path(p->session.repo, name, &p->path, err);
	if (rc < 0)
		past_release(p);
	return rc;
}

/* VERSION:NAME, a draft of the workspace as it was. The file of that very name comes first. */
static int read_side(struct side *s, const char *what, struct error *err)
{
	struct input in;
	struct past p;
	int rc;

	*s = (struct side){.what = what, .name = what};
	if (strrchr(what, ':') && access(what, F_OK) != 0) {
		s->name = past_split(what, &s->revision);
		rc = open_past(&p, s->name, err);
		if (rc == 0) {
			rc = past_read(&p, s->revision, FILE_MOST_DRAFT, &s->at, &s->text, err);
			past_release(&p);
		}
		return rc;
	}
	rc = input_open(&in, what, err);
	if (rc == 0)
		str_add(&s->text, in.bytes.p, in.bytes.len);
	input_release(&in);
	return rc;
}

/* Read, and within what can be compared. */
static int take_side(struct side *s, const char *what, struct error *err)
{
	int rc = read_side(s, what, err);

	if (rc == 0)
		rc = bound_draft(str_slice(&s->text), what, err);
	return rc < 0 ? rc : bound_paragraphs(str_slice(&s->text), what, err);
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

/* Where both are versions of one draft, what was decided between them. Best effort: a
 * comparison of other texts has none. */
static void find_decided(const struct side *old, const struct side *new,
			 struct decided_list *list)
{
	struct error ignored = ERROR_INIT;
	struct versions_between ask;
	struct past p;

	*list = (struct decided_list){NULL, 0};
	if (!old->revision || strcmp(old->name, new->name) != 0 ||
	    open_past(&p, new->name, &ignored) != 0)
		return;
	ask = (struct versions_between){
		.old = old->at.id,
		.new = new->revision ? new->at.id : "HEAD",
		.path = new->revision ? str_text((struct str *)&new->at.path)
				      : str_text(&p.path),
		.parties = &p.session.ws.parties,
	};
	if (decided_between(list, p.session.repo, &ask, &ignored) < 0)
		*list = (struct decided_list){NULL, 0};
	past_release(&p);
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
		if (record.meeting.len) {
			str_add_text(&c->out, "  ");
			cli_show(c, record.meeting);
		}
		str_add_char(&c->out, '\n');
	}
}

static void print_text(struct cli *c, const struct diff *d, const struct side *old,
		       const struct side *new)
{
	struct decided_list decided;

	find_decided(old, new, &decided);
	for (size_t i = 0; i < d->n; i++) {
		if (d->pairs[i].change == DIFF_SAME && !cli_has(c, "all"))
			continue;
		print_pair(c, d, &d->pairs[i], str_slice(&old->text), str_slice(&new->text));
		print_decided(c, &decided, &d->pairs[i]);
	}
	decided_release(&decided);
}

enum exit_status cmd_diff(struct cli *c)
{
	struct side old, new = {.what = NULL};
	struct error err = ERROR_INIT;
	enum exit_status status;
	struct diff d;

	if (take_side(&old, c->argv[0], &err) != 0 || take_side(&new, c->argv[1], &err) != 0) {
		status = cli_fail(&err);
	} else {
		diff_texts_by(crew(), &d, str_slice(&old.text), str_slice(&new.text));
		status = d.same ? EXIT_DONE : EXIT_NO;
		if (cli_has(c, "json"))
			print_json(c, &d, str_slice(&old.text), str_slice(&new.text));
		else if (!d.same || cli_has(c, "all"))
			print_text(c, &d, &old, &new);
		diff_release(&d);
	}
	side_release(&old);
	side_release(&new);
	return status;
}
