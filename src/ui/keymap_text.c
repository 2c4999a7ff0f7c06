/* SPDX-License-Identifier: MIT */
#include "ui/keymap.h"

#include "ui/canvas.h"
#include "ui/tr.h"
#include "ui/view.h"

#include <string.h>

#define KEYS_COLS 30 /* of the column with the keys */
#define NAME_COLS 20

static unsigned how_listed(const struct view_ops *ops)
{
	return ACTION_ALL_KEYS | (ops->flags & VIEW_TEXT ? ACTION_NO_LETTERS : 0);
}

static void pad(struct str *out, size_t from, int cols)
{
	int used = canvas_columns(out->p + from, out->len - from);

	do
		str_add_char(out, ' ');
	while (++used < cols);
}

static void add_name(const struct action *a, struct str *out)
{
	str_add_text(out, a->name);
	if (a->argument)
		str_addf(out, " %s", _(a->argument));
}

static void text_entry(const struct view_ops *ops, const struct action *a, struct str *out)
{
	size_t from;

	str_add_text(out, "    ");
	from = out->len;
	action_keys(a, how_listed(ops), out);
	pad(out, from, KEYS_COLS);
	from = out->len;
	add_name(a, out);
	pad(out, from, NAME_COLS);
	str_addf(out, "%s\n", _(a->help));
}

/* Calls one for each listed action of the tables, and head before the first of each group. */
static void each(const struct view_ops *ops, const struct action *const *tables,
		 size_t n_tables, struct str *out,
		 void (*head)(const char *title, struct str *out),
		 void (*one)(const struct view_ops *ops, const struct action *a,
			     struct str *out))
{
	for (int group = 0; group < ACTION_GROUPS; group++) {
		bool any = false;

		for (size_t t = 0; t < n_tables; t++) {
			for (const struct action *a = tables[t]; a && a->id; a++) {
				if ((int)a->group != group || !keymap_lists(ops, a))
					continue;
				if (!any)
					head(_(action_group_title((enum action_group)group)),
					     out);
				any = true;
				one(ops, a, out);
			}
		}
	}
}

static void text_head(const char *title, struct str *out)
{
	str_addf(out, "\n  %s\n", title);
}

void keymap_text(const struct view_ops *ops, struct str *out)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t own = keymap_tables(ops, tables) - 1;

	str_addf(out, "%s\n", _(ops->title));
	if (ops->about)
		str_addf(out, "  %s\n", _(ops->about));
	each(ops, tables, own, out, text_head, text_entry);
}

void keymap_text_everywhere(struct str *out)
{
	static const struct view_ops none = {.flags = 0};
	const struct action *const tables[] = {keymap_everywhere()};

	str_addf(out, "%s\n", _("On every screen"));
	each(&none, tables, 1, out, text_head, text_entry);
}

/* ---- The manual, in man(7) ---- */

/* A line of text, which must not begin like a request. */
static void man_add(struct str *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		str_add_text(out, "\\&");
	for (const char *p = text; *p; p++) {
		if (*p == '\\')
			str_add_text(out, "\\e");
		else if (*p == '-')
			str_add_text(out, "\\-");
		else if (*p == '^')
			str_add_text(out, "\\(ha");
		else if (*p == '~')
			str_add_text(out, "\\(ti");
		else
			str_add_char(out, *p);
	}
}

static void man_head(const char *title, struct str *out)
{
	str_add_text(out, ".PP\n\\fI");
	man_add(out, title);
	str_add_text(out, "\\fR\n");
}

static void man_entry(const struct view_ops *ops, const struct action *a, struct str *out)
{
	struct str keys = STR_INIT, name = STR_INIT;

	action_keys(a, how_listed(ops), &keys);
	add_name(a, &name);
	str_add_text(out, ".TP\n\\fB");
	if (keys.len) {
		man_add(out, str_text(&keys));
		str_add_text(out, "\\fR  ");
	}
	man_add(out, str_text(&name));
	str_add_text(out, "\\fR\n");
	man_add(out, _(a->help));
	str_add_char(out, '\n');
	str_release(&keys);
	str_release(&name);
}

static void man_section(const char *title, const char *about, struct str *out)
{
	str_add_text(out, ".SS ");
	man_add(out, title);
	str_add_char(out, '\n');
	if (about) {
		man_add(out, about);
		str_add_char(out, '\n');
	}
}

void keymap_man(const struct view_ops *ops, struct str *out)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t own = keymap_tables(ops, tables) - 1;

	man_section(_(ops->title), ops->about ? _(ops->about) : NULL, out);
	each(ops, tables, own, out, man_head, man_entry);
}

void keymap_man_everywhere(struct str *out)
{
	static const struct view_ops none = {.flags = 0};
	const struct action *const tables[] = {keymap_everywhere()};

	man_section(_("On every screen"),
		    _("Where letters are text, only the keys that are no letters."), out);
	each(&none, tables, 1, out, man_head, man_entry);
}

/* ---- Mistakes in tables ---- */

static void complain(const struct view_ops *ops, const struct action *a, const char *what,
		     struct str *out)
{
	str_addf(out, "%s: %s: %s\n", ops->name, a->name ? a->name : "(no name)", what);
}

#define HELP_MOST 75 /* columns of the rule on a screen of 80 */

static bool share_a_key(const struct action *a, const struct action *b)
{
	for (int i = 0; i < ACTION_KEYS && a->keys[i]; i++)
		if (action_has_key(b, a->keys[i]))
			return true;
	return false;
}

static void check_one(const struct view_ops *ops, const struct action *a, struct str *out)
{
	size_t len = a->help ? strlen(a->help) : 0;

	if (!a->name || !*a->name || strchr(a->name, ' '))
		complain(ops, a, "a name is one word", out);
	if (!len || a->help[len - 1] != '.')
		complain(ops, a, "help is a sentence with its full stop", out);
	else if (len > HELP_MOST)
		complain(ops, a, "help does not fit into a line below its list", out);
	if (a->label && !action_first_key(a, how_listed(ops)))
		complain(ops, a, "in the footer without a key", out);
	if (a->label && !a->rank)
		complain(ops, a, "in the footer without a rank", out);
	/* Another key of "back" is one: ui/common. */
	if (a->id < 0 && a->id != EVERYWHERE_BACK)
		complain(ops, a, "an id below 0", out);
	if (ops->flags & VIEW_TEXT && a->keys[0] && !action_first_key(a, how_listed(ops)))
		complain(ops, a, "all its keys are letters, which are text here", out);
}

static void check_two(const struct view_ops *ops, const struct action *a,
		      const struct action *b, struct str *out)
{
	if (a->id == b->id)
		complain(ops, b, "an id twice", out);
	if (a->name && b->name && strcmp(a->name, b->name) == 0)
		complain(ops, b, "a name twice", out);
	if (!ops->can && (share_a_key(a, b) || share_a_key(b, a)))
		complain(ops, b, "a key twice, and no can() to choose", out);
}

void keymap_check(const struct view_ops *ops, struct str *out)
{
	const struct action *tables[KEYMAP_TABLES];
	size_t own = keymap_tables(ops, tables) - 1;

	for (size_t t = 0; t < own; t++) {
		for (const struct action *a = tables[t]; a && a->id; a++) {
			check_one(ops, a, out);
			for (const struct action *b = a + 1; b->id; b++)
				check_two(ops, a, b, out);
			for (size_t u = t + 1; u < own; u++)
				for (const struct action *b = tables[u]; b->id; b++)
					if (keymap_lists(ops, b))
						check_two(ops, a, b, out);
			for (const struct action *b = keymap_everywhere(); b->id; b++)
				/* It may be the same thing, with a key here. */
				if (a->name && strcmp(a->name, b->name) == 0 &&
				    strcmp(a->help, b->help) != 0)
					complain(ops, a,
						 "the name of an action that exists everywhere",
						 out);
		}
	}
}
