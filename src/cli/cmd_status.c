/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"
#include "core/mem.h"
#include "core/summary.h"
#include "store/history.h"
#include "store/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* adref status: the drafts of the workspace, as the Desk shows them. */

const struct cli_option options_status[] = {
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

struct board {
	struct cli *c;
	struct session s;
	struct history_last *last; /* NULL: no history to look at */
	json_t *list;
};

static bool wanted(const struct cli *c, const char *name)
{
	for (int i = 0; i < c->argc; i++)
		if (strcmp(c->argv[i], name) == 0)
			return true;
	return c->argc == 0;
}

/* Names that were asked for and are no drafts. */
static int check_names(struct board *st, struct error *err)
{
	for (int i = 0; i < st->c->argc; i++)
		if (workspace_find(&st->s.ws, st->c->argv[i]))
			continue;
		else if (workspace_unlisted(&st->s.ws, st->c->argv[i], err) < 0)
			return err->status;
		else
			return error_set(err, ST_MISSING,
					 _("%s: no such draft; \"adref status\" lists them"),
					 st->c->argv[i]);
	return 0;
}

static void begin_history(struct board *st)
{
	struct error err = ERROR_INIT;
	struct str *paths;
	const char **list, *word;
	size_t n = st->s.ws.n;

	if (session_repo(&st->s, &err) != 0) {
		cli_note("%s", err.text);
		return;
	}
	for (size_t i = 0; (word = repo_state_word(&st->s.state, i)); i++)
		cli_note("%s", _(word));
	paths = mem_zalloc((n + 1) * sizeof(*paths));
	list = mem_zalloc((n + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (session_path(&st->s, st->s.ws.v[i].name, &paths[i], &err) != 0)
			str_clear(&paths[i]);
		list[i] = str_text(&paths[i]);
	}
	if (history_last_new(&st->last, st->s.repo, "HEAD", list, n, &err) != 0)
		st->last = NULL;
	while (st->last && history_last_step(st->last, 1000, &err) == HISTORY_MORE)
		;
	for (size_t i = 0; i < n; i++)
		str_release(&paths[i]);
	free(paths);
	free(list);
}

static void day_of(int64_t seconds, char day[16])
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (!localtime_r(&t, &tm) || !strftime(day, 16, "%Y-%m-%d", &tm))
		snprintf(day, 16, "?");
}

static json_t *json_codes(char **codes, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_words(codes[i]));
	return list;
}

static void add_json(struct board *st, const struct ws_draft *d, const struct summary *s,
		     const struct history_entry *last)
{
	json_t *o = json_object();
	char day[16];

	json_object_set_new(o, "draft", json_words(d->name));
	json_object_set_new(o, "title", json_text(str_slice(&s->title)));
	json_object_set_new(o, "type", json_text(str_slice(&s->type)));
	json_object_set_new(o, "symbol", json_text(str_slice(&s->symbol)));
	json_object_set_new(o, "open", json_integer((json_int_t)s->open));
	json_object_set_new(o, "nested", json_integer((json_int_t)s->nested));
	json_object_set_new(o, "linked", json_integer((json_int_t)s->linked));
	json_object_set_new(o, "problems", json_integer((json_int_t)s->problems));
	json_object_set_new(o, "paragraphs", json_integer((json_int_t)s->paragraphs));
	json_object_set_new(o, "agreed", json_integer((json_int_t)s->agreed));
	json_object_set_new(o, "reopened", json_integer((json_int_t)s->reopened));
	json_object_set_new(o, "words", json_integer((json_int_t)s->words));
	json_object_set_new(o, "words_in_brackets", json_integer((json_int_t)s->bracket_words));
	json_object_set_new(o, "texts", json_codes(d->texts, d->n_texts));
	json_object_set_new(o, "positions", json_codes(d->positions, d->n_positions));
	if (last && last->found) {
		json_t *l = json_object();
		day_of(last->time, day);
		json_object_set_new(l, "commit", json_words(last->id));
		json_object_set_new(l, "date", json_words(day));
		json_object_set_new(l, "author", json_words(last->author));
		json_object_set_new(l, "subject", json_words(last->subject));
		json_object_set_new(o, "last", l);
	} else {
		json_object_set_new(o, "last", json_null());
	}
	json_array_append_new(st->list, o);
}

static void add_text(struct board *st, const struct ws_draft *d, const struct summary *s,
		     const struct history_entry *last)
{
	struct cli *c = st->c;
	char day[16];

	str_addf(&c->out, "%s", d->name);
	if (s->title.len) {
		str_add_text(&c->out, "  ");
		cli_show(c, str_slice(&s->title));
	}
	str_addf(&c->out, ngettext("\n    %zu open", "\n    %zu open", s->open), s->open);
	if (s->nested)
		str_addf(&c->out, _(" and %zu inside"), s->nested);
	if (s->linked)
		str_addf(&c->out, ngettext(" · %zu linked", " · %zu linked", s->linked),
			 s->linked);
	if (s->problems)
		str_addf(&c->out, ngettext(" · %zu problem", " · %zu problems", s->problems),
			 s->problems);
	if (s->agreed)
		str_addf(&c->out, ngettext(" · %zu agreed", " · %zu agreed", s->agreed),
			 s->agreed);
	if (s->reopened)
		str_addf(&c->out, ngettext(" · %zu reopened", " · %zu reopened", s->reopened),
			 s->reopened);
	str_addf(&c->out,
		 ngettext(" · %zu word, %u %% in brackets", " · %zu words, %u %% in brackets",
			  s->words),
		 s->words, summary_share(s));
	for (size_t i = 0; i < d->n_texts; i++)
		str_addf(&c->out, "%s%s", i ? " " : _(" · texts "), d->texts[i]);
	for (size_t i = 0; i < d->n_positions; i++)
		str_addf(&c->out, "%s%s", i ? " " : _(" · positions "), d->positions[i]);
	if (last && last->found) {
		day_of(last->time, day);
		if (last->cut) { /* it came with all the rest that is cut off */
			str_addf(&c->out, _("\n    %s or before"), day);
			last = NULL;
		} else {
			str_addf(&c->out, "\n    %s  ", day);
		}
	}
	if (last && last->found) {
		cli_show(c, slice_of(last->author));
		str_add_text(&c->out, ": ");
		cli_show(c, slice_of(last->subject));
	}
	str_add_char(&c->out, '\n');
}

static int add_draft(struct board *st, size_t i, struct error *err)
{
	const struct ws_draft *d = &st->s.ws.v[i];
	const struct history_entry *last = st->last ? history_last_of(st->last, i) : NULL;
	struct agreed_list agreed;
	struct error ignored = ERROR_INIT;
	struct str text = STR_INIT;
	struct summary s;
	int rc = file_read_draft(st->s.ws.root, d->path, &text, NULL, err);

	if (rc == 0) {
		bool has = workspace_agreed(&st->s.ws, d->name, &agreed, NULL, &ignored) == 0;
		summary_read(&s, str_slice(&text), &st->s.ws.parties, has ? &agreed : NULL);
		if (st->list)
			add_json(st, d, &s, last);
		else
			add_text(st, d, &s, last);
		summary_release(&s);
		agreed_release(&agreed);
	}
	str_release(&text);
	return rc;
}

enum exit_status cmd_status(struct cli *c)
{
	struct board st = {.c = c};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;

	if (session_open(&st.s, NULL, &err) != 0) {
		input_nowhere(&err);
		return cli_fail(&err);
	}
	if (check_names(&st, &err) != 0) {
		session_release(&st.s);
		return cli_fail(&err);
	}
	st.list = cli_has(c, "json") ? json_array() : NULL;
	begin_history(&st);
	for (size_t i = 0; i < st.s.ws.n; i++)
		if (wanted(c, st.s.ws.v[i].name) && add_draft(&st, i, &err) != 0)
			status = cli_fail(&err);
	for (size_t i = 0; !c->argc && i < st.s.ws.problems.n; i++)
		if (st.s.ws.problems.v[i].draft)
			cli_note("%s: %s", st.s.ws.problems.v[i].file,
				 st.s.ws.problems.v[i].at.text);
	if (st.list) {
		json_t *o = json_object();
		json_object_set_new(o, "drafts", st.list);
		json_print(o, &c->out);
	} else if (!st.s.ws.n) {
		cli_note(_("no drafts here yet; put a text into drafts/NAME.md, or \"adref "
			   "import\" one"));
	}
	history_last_free(st.last);
	if (st.s.kept.len)
		cli_note("%s", str_text(&st.s.kept));
	session_release(&st.s);
	return status;
}
