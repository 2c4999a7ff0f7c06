/* SPDX-License-Identifier: MIT */
#include "ui/command.h"

#include "core/mem.h"
#include "core/near.h"
#include "core/utf8.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* "name rest" -> both parts, blanks around them taken off. */
static void split(struct slice line, struct slice *name, struct slice *rest)
{
	size_t from = utf8_blanks_at(line.p, line.len), end = from;

	while (end < line.len && !utf8_blank_at(line.p + end, line.len - end))
		end++;
	*name = slice_make(line.p + from, end - from);
	end += utf8_blanks_at(line.p + end, line.len - end);
	*rest = slice_make(line.p + end, line.len - end);
	rest->len -= utf8_blanks_before(rest->p, rest->len);
}

static bool contains(const char *text, struct slice part)
{
	return part.len == 0 || memmem(text, strlen(text), part.p, part.len) != NULL;
}

enum match { MATCH_START, MATCH_WITHIN };

static bool matches(const char *text, struct slice part, enum match how)
{
	bool starts = slice_starts(slice_of(text), "") && strlen(text) >= part.len &&
		      memcmp(text, part.p, part.len) == 0;

	return how == MATCH_START ? starts : !starts && contains(text, part);
}

/* ---- Settings ---- */

static const struct setting {
	const char *name, *help;
	const char *values[6]; /* NULL first: any word */
} settings[] = {
	{"bidi", N_("who puts right-to-left text in order"), {"adref", "terminal", "off"}},
	{"colours", N_("how many colours"), {"auto", "none", "8", "16", "256"}},
	{"mouse", N_("whether adref takes the mouse"), {"on", "off"}},
	{"party", N_("the party you are of, by its code"), {NULL}},
	{"role", N_("what you are here"), {"chair", "rapporteur", "secretariat", "observer"}},
	{"meeting", N_("which meeting is now"), {NULL}},
};

#define N_SETTINGS (sizeof(settings) / sizeof(*settings))

void command_set(struct views *vs, struct slice arg)
{
	const struct host *host = views_top(vs)->host;
	struct error err = ERROR_INIT;
	struct slice name, value;
	char *key, *word;

	split(arg, &name, &value);
	if (name.len == 0) {
		views_message(vs, MESSAGE_INFO, "%s",
			      _("set what? bidi, colours, mouse, party, role or meeting"));
		return;
	}
	key = slice_dup(name);
	word = slice_dup(value);
	if (name.p + name.len < arg.p + arg.len &&
	    host->set_setting(host->data, key, word, &err) < 0)
		views_error(vs, &err);
	else
		views_message(vs, MESSAGE_OK, _("%s is %s."), key,
			      *host->setting(host->data, key) ? host->setting(host->data, key)
							      : _("not set"));
	free(key);
	free(word);
}

/* What it is now, and what it is for. */
static void add_setting(const struct host *host, const struct setting *s,
			struct prompt_candidates *c)
{
	const char *now = host->setting(host->data, s->name);
	struct str help = STR_INIT;

	str_addf(&help, "%s \u00B7 %s", *now ? now : _("not set"), _(s->help));
	prompt_candidate_add(c, slice_of(s->name), str_slice(&help));
	str_release(&help);
}

static void complete_setting(const struct host *host, struct slice typed, const char *from,
			     struct prompt_candidates *c)
{
	struct slice name, value;

	split(typed, &name, &value);
	if (name.p + name.len == typed.p + typed.len) {
		for (size_t i = 0; i < N_SETTINGS; i++)
			if (matches(settings[i].name, name, MATCH_START))
				add_setting(host, &settings[i], c);
		return;
	}
	c->from = (size_t)(value.p - from);
	for (size_t i = 0; i < N_SETTINGS; i++)
		for (size_t k = 0;
		     slice_is(name, settings[i].name) && k < 6 && settings[i].values[k]; k++)
			if (matches(settings[i].values[k], value, MATCH_START))
				prompt_candidate_add(c, slice_of(settings[i].values[k]),
						     SLICE(""));
}

/* ---- Actions and drafts ---- */

static const struct desk_row *draft_of(const struct views *vs, struct slice name)
{
	struct view *v = views_top(vs);
	const struct desk_row *rows = NULL;
	size_t n = v && HOST_CAN(v->host, desk) ? v->host->desk(v->host->data, &rows) : 0;

	for (size_t i = 0; i < n; i++)
		if (slice_is(name, rows[i].name))
			return &rows[i];
	return NULL;
}

/* Screens of a draft: "chair res-31" goes there from anywhere. What the view itself does by
 * that name is done where no draft is named. */
static const struct {
	const char *name, *view, *help;
} ways[] = {
	{"edit", "editor", N_("Open a draft in the editor.")},
	{"chair", "chair", N_("Go through a draft's points and decide them.")},
	{"matrix", "matrix", N_("See which region stands where on a draft's points.")},
	{"columns", "columns", N_("See a draft and the regions' texts side by side.")},
	{"log", "log", N_("See a draft's versions, and what each one changed.")},
	{"life", "life", N_("See every point that a draft ever had.")},
	{"progress", "progress", N_("See a draft's open points by meeting.")},
};

#define N_WAYS (sizeof(ways) / sizeof(ways[0]))

/* The screen that is meant, its number among the ways; N_WAYS: none, or the view itself takes a
 * draft by that name. */
static size_t way_of(const struct view *v, struct slice name)
{
	const struct action *a = keymap_by_name(v, name);
	size_t i = 0;

	if ((a && a->argument) || !HOST_CAN(v->host, open_view))
		return N_WAYS;
	while (i < N_WAYS && !slice_is(name, ways[i].name))
		i++;
	return i;
}

static void add_ways(const struct view *v, struct slice typed, struct prompt_candidates *c)
{
	for (size_t i = 0; i < N_WAYS; i++)
		if (!keymap_by_name(v, slice_of(ways[i].name)) &&
		    way_of(v, slice_of(ways[i].name)) == i &&
		    matches(ways[i].name, typed, MATCH_START))
			prompt_candidate_add(c, slice_of(ways[i].name),
					     slice_of(_(ways[i].help)));
}

static void add_actions(const struct view *v, struct slice typed, enum match how, bool can,
			struct prompt_candidates *c)
{
	struct keymap_entry *list;
	size_t n = keymap_list(v, &list);

	for (size_t i = 0; i < n; i++) {
		const struct action *a = list[i].action;
		struct str help = STR_INIT;

		if (list[i].can != can || a->id == EVERYWHERE_COMMAND ||
		    !matches(a->name, typed, how))
			continue;
		action_keys(a, v->ops->flags & VIEW_TEXT ? ACTION_NO_LETTERS : 0, &help);
		if (help.len)
			str_add_text(&help, "  ");
		str_add_text(&help, _(a->help));
		if (!can)
			str_addf(&help, " %s", _("(not now)"));
		prompt_candidate_add(c, slice_of(a->name), str_slice(&help));
		str_release(&help);
	}
	free(list);
}

static void add_drafts(const struct view *v, struct slice typed, enum match how,
		       struct prompt_candidates *c)
{
	const struct desk_row *rows = NULL;
	size_t n = HOST_CAN(v->host, desk) ? v->host->desk(v->host->data, &rows) : 0;

	for (size_t i = 0; i < n; i++) {
		struct str help = STR_INIT;

		if (!matches(rows[i].name, typed, how))
			continue;
		str_addf(&help, _("Open the draft: %s"),
			 rows[i].title && *rows[i].title ? rows[i].title : rows[i].name);
		prompt_candidate_add(c, slice_of(rows[i].name), str_slice(&help));
		str_release(&help);
	}
}

/* What could be typed. */
static void complete(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	struct views *vs = arg;
	struct view *v = views_top(vs);
	struct slice name, rest;
	const struct action *a;

	(void)at;
	if (!v)
		return;
	split(text, &name, &rest);
	if (name.len > 0 && name.p + name.len < text.p + text.len) {
		a = keymap_by_name(v, name);
		c->from = (size_t)(rest.p - text.p);
		if (a && a->id == EVERYWHERE_SET && keymap_can(v, a))
			complete_setting(
				v->host,
				slice_make(rest.p, (size_t)(text.p + text.len - rest.p)),
				text.p, c);
		else if ((a && a->argument && strcmp(a->argument, "DRAFT") == 0) ||
			 way_of(v, name) < N_WAYS)
			add_drafts(v, rest, MATCH_START, c);
		else if (a && a->id > 0 && v->ops->complete)
			v->ops->complete(v, a->id, rest, c);
		return;
	}
	c->from = (size_t)(name.p - text.p);
	for (int how = MATCH_START; how <= MATCH_WITHIN; how++) {
		add_actions(v, name, (enum match)how, true, c);
		add_drafts(v, name, (enum match)how, c);
		if (how == MATCH_START && name.len > 0)
			add_ways(v, name, c);
	}
	/* What cannot be done now is known all the same, once a start of it was typed. */
	if (name.len > 0)
		add_actions(v, name, MATCH_START, false, c);
}

/* The only action whose name begins so; NULL where there is none, or several. */
static const struct action *by_start(const struct view *v, struct slice name)
{
	const struct action *tables[KEYMAP_TABLES], *found = NULL;
	size_t n_tables = keymap_tables(v->ops, tables);

	for (size_t t = 0; t < n_tables; t++) {
		for (const struct action *a = tables[t]; a && a->id; a++) {
			if (!keymap_lists(v->ops, a) || !matches(a->name, name, MATCH_START))
				continue;
			if (found)
				return NULL;
			found = a;
		}
	}
	return found;
}

static bool open_draft(struct view *v, const struct desk_row *row)
{
	const struct action *edit = keymap_by_name(v, SLICE("edit"));
	struct key none = key_of(KEY_NONE);
	struct error err = ERROR_INIT;

	/* The desk goes to the draft it opens. */
	if (edit && edit->argument && keymap_can(v, edit))
		return views_do(v->views, edit, &none, slice_of(row->name));

	if (!HOST_CAN(v->host, open_view))
		return false;
	if (v->host->open_view(v->host->data, "editor", row->name, SIZE_MAX, &err) < 0)
		views_error(v->views, &err);
	return true;
}

/* Neither a command nor a draft: perhaps one of those is meant. */
static void say_unknown(struct views *vs, struct slice name)
{
	struct view *v = views_top(vs);
	const struct desk_row *rows = NULL;
	size_t n_rows = HOST_CAN(v->host, desk) ? v->host->desk(v->host->data, &rows) : 0;
	struct keymap_entry *list;
	size_t n_list = keymap_list(v, &list), n = 0;
	const char **words = mem_array(NULL, n_list + n_rows + 1, sizeof(*words)), *near;
	int len = name.len > 60 ? 60 : (int)name.len;

	for (size_t i = 0; i < n_list; i++)
		words[n++] = list[i].action->name;
	for (size_t i = 0; i < n_rows; i++)
		words[n++] = rows[i].name;
	near = near_word(name, words, n);
	if (near)
		views_message(vs, MESSAGE_ERROR,
			      _("%.*s: no such command or draft here; did you mean %s?"), len,
			      name.p, near);
	else
		views_message(vs, MESSAGE_ERROR,
			      _("%.*s: no such command or draft here; Tab shows what there is"),
			      len, name.p);
	free(words);
	free(list);
}

/* Another draft, on one of its screens; false: that is not what was typed. */
static bool go_another_way(struct views *vs, struct view *v, struct slice name,
			   struct slice rest)
{
	const struct desk_row *row = rest.len ? draft_of(vs, rest) : NULL;
	size_t way = way_of(v, name);
	struct error err = ERROR_INIT;

	if (way == N_WAYS || (!row && keymap_by_name(v, name) && !rest.len))
		return false;
	if (!rest.len)
		views_message(vs, MESSAGE_INFO, _("of which draft? :%s NAME; Tab shows them"),
			      ways[way].name);
	else if (!row)
		say_unknown(vs, rest);
	else if (v->host->open_view(v->host->data, ways[way].view, row->name, SIZE_MAX, &err) <
		 0)
		views_error(vs, &err);
	return true;
}

bool views_command(struct views *vs, struct slice line)
{
	struct view *v = views_top(vs);
	struct key none = key_of(KEY_NONE);
	const struct desk_row *row;
	const struct action *a;
	struct slice name, rest;

	split(line, &name, &rest);
	if (!v || name.len == 0)
		return false;
	if (go_another_way(vs, v, name, rest))
		return true;
	a = keymap_by_name(v, name);
	row = a ? NULL : draft_of(vs, name);
	if (row)
		return open_draft(v, row);
	if (!a)
		a = by_start(v, name);
	if (!a) {
		say_unknown(vs, name);
		return false;
	}
	if (!keymap_can(v, a)) {
		views_message(vs, MESSAGE_WARN, _("%s: this cannot be done now"), a->name);
		return false;
	}
	if (rest.len && !a->argument) {
		/* What it would do, it would do to something else than what was named. */
		views_message(vs, MESSAGE_ERROR,
			      _("%s is typed alone; nothing was done about \"%.*s\""), a->name,
			      rest.len > 60 ? 60 : (int)rest.len, rest.p);
		return false;
	}
	return views_do(vs, a, &none, rest);
}

static void done_callback(void *arg, const struct slice *text)
{
	if (text)
		views_command(arg, *text);
}

void command_open(struct views *vs)
{
	struct prompt_request request = {
		.label = ":",
		.hint = _("a command, or a draft's name; Tab completes, Esc leaves"),
		.history = "command",
		.complete = complete,
		.done = done_callback,
		.arg = vs};

	views_ask(vs, &request);
}
