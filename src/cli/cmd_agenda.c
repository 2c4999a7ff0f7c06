/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/standings.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* adref agenda: what regions still have to discuss, across drafts, hardest last. */

const struct cli_option options_agenda[] = {
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

/* One point to discuss. */
struct item {
	struct standings *st;
	size_t draft; /* the how-many-th draft */
	size_t row;
};

struct agenda {
	struct cli *c;
	struct standings *drafts; /* those that could be read */
	size_t n_drafts;
	struct item *v;
	size_t n, cap;
	size_t decided, deferred, quiet; /* points that are not on it, outermost ones */
};

static int compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = matrix_compare(&x->st->matrix.rows[x->row], &y->st->matrix.rows[y->row]);

	if (order == 0)
		order = (x->draft > y->draft) - (x->draft < y->draft);
	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void take(struct agenda *a, size_t draft)
{
	struct standings *st = &a->drafts[draft];

	for (size_t i = 0; i < st->matrix.n; i++) {
		const struct matrix_row *r = &st->matrix.rows[i];
		bool outer = r->depth == 1;

		if (r->deferred)
			a->deferred += outer;
		else if (r->verdict.spoke < 2)
			a->quiet += outer;
		else if (matrix_decides(r) == DECIDES)
			a->decided += outer;
		else {
			MEM_GROW(a->v, a->n, a->cap);
			a->v[a->n++] = (struct item){st, draft, i};
		}
	}
}

/* ---- as text ---- */

static void print_item(struct agenda *a, const struct item *item, size_t number)
{
	struct standings *st = item->st;
	const struct matrix_row *r = &st->matrix.rows[item->row];
	const struct standing *cells = matrix_row_cells(&st->matrix, item->row);
	const struct brackets *b = input_brackets(&st->in);
	struct str *out = &a->c->out;

	str_addf(out, "%3zu  %s, ", number, st->in.name);
	str_addf(out, _("point %zu ("), item->row + 1);
	draft_place(&st->draft, point_begin(b, &b->points[item->row]), out);
	str_add_text(out, "): ");
	verdict_brief(out, &r->verdict, cells, st->in.parties, standings_translate);
	if (r->linked)
		str_addf(out, ngettext(" · %zu linked", " · %zu linked", r->linked), r->linked);
	str_add_text(out, "\n     ");
	standings_wording(st, r->point, 72, out);
	str_add_text(out, "\n     ");
	verdict_explain(out, &r->verdict, cells, st->in.parties, standings_translate);
	str_add_char(out, '\n');
}

static void print_text(struct agenda *a)
{
	struct str *out = &a->c->out;

	for (size_t i = 0; i < a->n; i++)
		print_item(a, &a->v[i], i + 1);
	if (!a->n)
		str_addf(out, "%s\n",
			 _("nothing to discuss: no point on which two spoke and "
			   "do not agree"));
	if (a->decided)
		str_addf(out,
			 ngettext("All agree on %zu point: \"adref resolve --consensus "
				  "NAME\" decides it.\n",
				  "All agree on %zu points: \"adref resolve --consensus "
				  "NAME\" decides them.\n",
				  a->decided),
			 a->decided);
	if (a->quiet)
		str_addf(out,
			 ngettext("On %zu point nobody or only one has spoken.\n",
				  "On %zu points nobody or only one has spoken.\n", a->quiet),
			 a->quiet);
	if (a->deferred)
		str_addf(out,
			 ngettext("%zu point is put off.\n", "%zu points are put off.\n",
				  a->deferred),
			 a->deferred);
}

/* ---- as JSON ---- */

static json_t *json_item(const struct item *item)
{
	struct standings *st = item->st;
	const struct matrix_row *r = &st->matrix.rows[item->row];
	const struct standing *cells = matrix_row_cells(&st->matrix, item->row);
	const struct brackets *b = input_brackets(&st->in);
	const struct point *p = &b->points[item->row];
	struct slice id = point_id(b, p, input_text(&st->in));
	json_t *o = json_object(), *who = json_array();
	struct str text = STR_INIT;

	json_object_set_new(o, "draft", json_words(st->in.name));
	json_object_set_new(o, "n", json_integer((json_int_t)item->row + 1));
	json_object_set_new(o, "id", id.len ? json_text(id) : json_null());
	json_set_place(o, "line", "column", input_place(&st->in, point_begin(b, p)));
	standings_wording(st, r->point, 200, &text);
	json_object_set_new(o, "wording", json_text(str_slice(&text)));
	json_object_set_new(o, "verdict", json_words(verdict_word(r->verdict.kind)));
	json_object_set_new(o, "option",
			    r->verdict.has_option ? json_integer(r->verdict.option)
						  : json_null());
	for (size_t i = 0; i < st->matrix.n_parties; i++)
		if (cells[i].spoke && !cells[i].endorses)
			json_array_append_new(who, json_words(st->in.parties->v[i].code));
	json_object_set_new(o, "objectors", who);
	json_object_set_new(o, "red_lines", json_integer((json_int_t)r->verdict.red_lines));
	json_object_set_new(o, "linked", json_integer((json_int_t)r->linked));
	str_clear(&text);
	verdict_explain(&text, &r->verdict, cells, st->in.parties, NULL);
	json_object_set_new(o, "why", json_text(str_slice(&text)));
	str_release(&text);
	return o;
}

static void print_json(struct agenda *a)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < a->n; i++)
		json_array_append_new(list, json_item(&a->v[i]));
	json_object_set_new(o, "agenda", list);
	json_object_set_new(o, "agreed", json_integer((json_int_t)a->decided));
	json_object_set_new(o, "quiet", json_integer((json_int_t)a->quiet));
	json_object_set_new(o, "deferred", json_integer((json_int_t)a->deferred));
	json_print(o, &a->c->out);
}

enum exit_status cmd_agenda(struct cli *c)
{
	struct agenda a = {.c = c};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	char **names = NULL;
	size_t n = 0, n_read = 0;

	if (standings_names(c, &names, &err) != 0)
		return cli_fail(&err);
	while (names[n])
		n++;
	/* Items point into it: it does not grow. */
	a.drafts = mem_zalloc((n + 1) * sizeof(*a.drafts));
	for (size_t i = 0; i < n; i++) {
		struct standings *st = &a.drafts[a.n_drafts++];

		if (standings_open(st, names[i], &err) != 0) {
			status = cli_fail(&err);
			continue;
		}
		standings_complain(st);
		take(&a, a.n_drafts - 1);
		n_read++;
	}
	if (a.n)
		qsort(a.v, a.n, sizeof(*a.v), compare_items);
	if (cli_has(c, "json"))
		print_json(&a);
	else if (n_read || status == EXIT_DONE) /* of what was not read nothing is said */
		print_text(&a);
	for (size_t i = 0; i < a.n_drafts; i++)
		standings_release(&a.drafts[i]);
	standings_names_free(names);
	free(a.drafts);
	free(a.v);
	return status;
}
