/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"
#include "cli/sides.h"
#include "core/bound.h"
#include "core/compare.h"
#include "core/mem.h"
#include "store/texts.h"
#include "ui/passage.h"

#include <stdlib.h>
#include <string.h>

/* adref compare: a draft or its base and the regions' texts, side by side. */

#define COLUMN_LEAST 18 /* narrower columns are put under each other */

const struct cli_option options_compare[] = {
	{"reference", 'r', N_("TEXT"),
	 N_("what the others are compared with: draft, base or a code")},
	{"columns", 'c', N_("LIST"), N_("which texts, in which order: draft,AFR,EUR")},
	{"only-differences", 'd', NULL, N_("leave out the paragraphs in which all agree")},
	{"width", 'w', N_("COLUMNS"), N_("how wide the output is; 120 if not said")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

struct table {
	struct input in;
	struct side_texts texts;
	struct compare_text *list;
	const char **names;
	size_t n, reference;
	struct compare compare;
	bool compared;
	size_t width;
};

static void table_release(struct table *t)
{
	if (t->compared)
		compare_release(&t->compare);
	texts_release(&t->texts);
	free(t->list);
	free(t->names);
	input_release(&t->in);
}

/* ---- which texts ---- */

static void add_column(struct table *t, const char *name, struct slice text, uint16_t party)
{
	t->list = mem_array(t->list, t->n + 1, sizeof(*t->list));
	t->names = mem_array(t->names, t->n + 1, sizeof(*t->names));
	t->list[t->n] = (struct compare_text){text, party};
	t->names[t->n++] = name;
}

static int add_base(struct table *t, struct error *err)
{
	if (t->texts.base_error.status != ST_OK) {
		*err = t->texts.base_error;
		return err->status;
	}
	if (!t->texts.base_name)
		return error_set(err, ST_MISSING,
				 _("%s: its front matter names no base (base: a commit or a "
				   "file); compare with draft instead"),
				 t->in.label);
	add_column(t, "base", str_slice(&t->texts.base), PARTY_NONE);
	return 0;
}

/* Adds the column of that name, unless it is there already; *at gets where it is. */
static int want_column(struct table *t, struct slice name, size_t *at, struct error *err)
{
	const struct parties *all = t->in.parties;
	uint16_t party = party_find(all, name, NULL);
	const struct side_text *text = NULL;
	bool draft = slice_is(name, "draft"), base = slice_is(name, "base");
	int rc = 0;

	for (*at = 0; *at < t->n; ++*at) {
		bool own = t->list[*at].party != PARTY_NONE;

		if (own ? t->list[*at].party == party : slice_is(name, t->names[*at]))
			return 0;
	}
	if (party != PARTY_NONE)
		text = texts_of(&t->texts, party);
	if (draft)
		add_column(t, "draft", input_text(&t->in), PARTY_NONE);
	else if (base)
		rc = add_base(t, err);
	else if (text)
		add_column(t, all->v[party].code, str_slice(&text->bytes), party);
	else if (party == PARTY_NONE)
		rc = error_set(err, ST_USAGE,
			       _("%.*s: no such text; draft, base or a code of "
				 "drafts/regions.yaml"),
			       (int)name.len, name.p);
	else
		rc = error_set(err, ST_MISSING, _("drafts/%s/%s.md: there is no text of %s"),
			       t->in.name, all->v[party].code, all->v[party].code);
	return rc;
}

static int want_list(struct table *t, const char *list, struct error *err)
{
	size_t at;

	for (const char *p = list, *end;; p = end + 1) {
		int rc;

		end = p + strcspn(p, ",; ");
		rc = end > p ? want_column(t, slice_make(p, (size_t)(end - p)), &at, err) : 0;
		if (rc < 0 || !*end)
			return rc;
	}
}

static int choose_columns(struct cli *c, struct table *t, struct error *err)
{
	const char *reference = cli_value(c, "reference");
	const char *columns = cli_value(c, "columns");
	int rc = 0;
	size_t at;

	if (columns)
		rc = want_list(t, columns, err);
	else
		rc = want_column(
			t, slice_of(reference && !strcmp(reference, "base") ? "base" : "draft"),
			&at, err);
	for (size_t i = 0; !columns && i < t->texts.n && rc == 0; i++)
		rc = want_column(t, slice_of(t->in.parties->v[t->texts.v[i].party].code), &at,
				 err);
	if (rc == 0 && reference)
		rc = want_column(t, slice_of(reference), &t->reference, err);
	if (rc == 0 && t->n == 0)
		rc = error_set(err, ST_USAGE, _("%s: no text is named"), columns);
	if (rc == 0 && t->n < 2)
		rc = error_set(err, ST_MISSING,
			       _("%s: there is no other text to compare it with; put one at "
				 "drafts/%s/AFR.md"),
			       t->in.label, t->in.name);
	return rc;
}

static int check_sizes(const struct table *t, struct error *err)
{
	struct slice *all = mem_array(NULL, t->n, sizeof(*all));
	int rc;

	for (size_t i = 0; i < t->n; i++)
		all[i] = t->list[i].text;
	rc = bound_together(all, t->n, err);
	free(all);
	return rc;
}

static int read_all(struct cli *c, struct table *t, struct error *err)
{
	int rc = input_open(&t->in, c->argv[0], err);

	if (rc == 0 && !input_named(&t->in))
		return error_set(err, ST_USAGE,
				 _("%s: not a draft of a workspace; its texts stand beside it, "
				   "in drafts/NAME/CODE.md"),
				 c->argv[0]);
	if (rc < 0)
		return rc;
	texts_read(&t->in.session, t->in.name, &t->texts);
	texts_read_base(&t->in.session, t->in.name, input_text(&t->in), &t->texts);
	for (size_t i = 0; i < t->texts.n_left_out; i++)
		cli_note("%s", t->texts.left_out[i]);
	rc = choose_columns(c, t, err);
	if (rc < 0)
		return rc;
	rc = check_sizes(t, err);
	if (rc < 0)
		return rc;
	compare_init(&t->compare, t->list, t->n, t->reference, t->in.parties);
	t->compared = true;
	for (size_t i = 0; i < t->n; i++)
		if (t->compare.columns[i].foreign)
			cli_note(
				_("%s is in another language than %s: its paragraphs are found "
				  "by structure, its words are not compared"),
				t->names[i], t->names[t->reference]);
	return 0;
}

/* ---- as text ---- */

/* The first column before this one that says the same, but is not as the reference; NULL. */
static const char *as_of(const struct table *t, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(&t->compare, row, column);

	for (size_t i = 0; x->group && i < column; i++)
		if (compare_at(&t->compare, row, i)->group == x->group)
			return t->names[i];
	return NULL;
}

static void set_passage(const struct table *t, struct passage *p, size_t row, size_t column,
			int cols)
{
	struct passage_spec spec = {
		.cols = cols, .how = PASSAGE_GONE, .as = as_of(t, row, column)};

	passage_set(p, &t->compare, row, column, &spec);
}

/* "AFR · 7": a column's name, and how often it is not as the reference. */
static void add_name(const struct table *t, size_t i, struct str *out)
{
	str_add_text(out, t->names[i]);
	if (i == t->reference)
		str_addf(out, " \xC2\xB7 %s", _("reference"));
	else if (t->compare.columns[i].foreign)
		str_addf(out, " \xC2\xB7 %s", _("language"));
	else
		str_addf(out, " \xC2\xB7 %zu", t->compare.columns[i].different);
}

static void print_side_by_side(struct cli *c, const struct table *t, int cols)
{
	struct passage *p = mem_zalloc(t->n * sizeof(*p));
	struct str name = STR_INIT;

	for (size_t i = 0; i < t->n; i++) {
		str_clear(&name);
		add_name(t, i, &name);
		if (i)
			sides_bar(&c->out);
		str_add_slice(&c->out, str_slice(&name));
		if (i + 1 < t->n)
			sides_blanks(&c->out, cols - canvas_columns(name.p, name.len));
	}
	str_add_char(&c->out, '\n');
	for (size_t r = 0; r < t->compare.n_rows; r++) {
		if (cli_has(c, "only-differences") && !compare_row_differs(&t->compare, r))
			continue;
		sides_rule(&c->out, t->n, cols);
		for (size_t i = 0; i < t->n; i++)
			set_passage(t, &p[i], r, i, cols);
		sides_print(&c->out, p, t->n, cols);
	}
	for (size_t i = 0; i < t->n; i++)
		passage_release(&p[i]);
	free(p);
	str_release(&name);
}

/* Columns under each other, the name in the margin. */
static void print_stacked(struct cli *c, const struct table *t, int width)
{
	struct passage p;
	int margin = 0;

	passage_init(&p);
	for (size_t i = 0; i < t->n; i++) {
		int cols = canvas_columns(t->names[i], strlen(t->names[i]));

		margin = cols + 2 > margin ? cols + 2 : margin;
	}
	if (margin > width / 3)
		margin = width / 3;
	for (size_t i = 0; i < t->n; i++) {
		if (i)
			str_add_text(&c->out, "; ");
		add_name(t, i, &c->out);
	}
	str_add_char(&c->out, '\n');
	for (size_t r = 0; r < t->compare.n_rows; r++) {
		if (cli_has(c, "only-differences") && !compare_row_differs(&t->compare, r))
			continue;
		str_add_char(&c->out, '\n');
		for (size_t i = 0; i < t->n; i++) {
			set_passage(t, &p, r, i, width - margin);
			for (int k = 0; k < p.rows; k++) {
				size_t from = c->out.len;

				if (k == 0)
					str_add_text(&c->out, t->names[i]);
				sides_blanks(&c->out,
					     margin - canvas_columns(c->out.p + from,
								     c->out.len - from));
				sides_row(&c->out, &p, k, width - margin);
				sides_end(&c->out);
			}
		}
	}
	passage_release(&p);
}

/* ---- as JSON ---- */

static json_t *json_words_of(const struct table *t, size_t row, size_t column)
{
	static const char *const signs[] = {
		[COMPARE_KEPT] = "=", [COMPARE_NEW] = "+", [COMPARE_GONE] = "-"};
	const char *text = t->list[column].text.p;
	struct compare_words w = {.n = 0};
	json_t *list = json_array();

	compare_words(&t->compare, row, column, &w);
	for (size_t i = 0; i < w.n; i++) {
		const struct compare_run *r = &w.v[i];
		const char *from = r->kind == COMPARE_GONE ? w.gone.p : text;
		json_t *one = json_object();

		json_object_set_new(one, "op", json_words(signs[r->kind]));
		json_object_set_new(one, "text",
				    json_text(slice_make(from + r->begin, r->end - r->begin)));
		json_array_append_new(list, one);
	}
	compare_words_release(&w);
	return list;
}

static json_t *json_cell(const struct table *t, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(&t->compare, row, column);
	const struct compare_paragraph *p = compare_paragraph(&t->compare, row, column);
	json_t *o = json_object();

	json_object_set_new(o, "paragraph", p ? json_integer(p->number) : json_null());
	json_object_set_new(o, "state",
			    json_words(compare_state_word((enum compare_state)x->state)));
	if (x->other != COMPARE_NONE)
		json_object_set_new(o, "elsewhere",
				    json_integer(passage_elsewhere(&t->compare, row, column)));
	if (as_of(t, row, column))
		json_object_set_new(o, "as", json_words(as_of(t, row, column)));
	if (x->offered)
		json_object_set_new(o, "offered", json_true());
	if (p)
		json_object_set_new(o, "text",
				    json_text(slice_make(t->list[column].text.p + p->begin,
							 p->end - p->begin)));
	if (compare_differs(x))
		json_object_set_new(o, "words", json_words_of(t, row, column));
	return o;
}

static void print_json(struct cli *c, const struct table *t)
{
	json_t *o = json_object(), *columns = json_array(), *rows = json_array();

	for (size_t i = 0; i < t->n; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "name", json_words(t->names[i]));
		json_object_set_new(one, "different",
				    json_integer((json_int_t)t->compare.columns[i].different));
		if (t->compare.columns[i].foreign)
			json_object_set_new(one, "foreign", json_true());
		json_array_append_new(columns, one);
	}
	for (size_t r = 0; r < t->compare.n_rows; r++) {
		json_t *cells = json_array();

		if (cli_has(c, "only-differences") && !compare_row_differs(&t->compare, r)) {
			json_decref(cells);
			continue;
		}
		for (size_t i = 0; i < t->n; i++)
			json_array_append_new(cells, json_cell(t, r, i));
		json_array_append_new(rows, cells);
	}
	json_object_set_new(o, "draft", json_words(t->in.name));
	json_object_set_new(o, "reference", json_words(t->names[t->reference]));
	json_object_set_new(o, "different", json_integer((json_int_t)t->compare.different));
	json_object_set_new(o, "columns", columns);
	json_object_set_new(o, "rows", rows);
	json_print(o, &c->out);
}

enum exit_status cmd_compare(struct cli *c)
{
	const char *width = cli_value(c, "width");
	struct table t = {.width = SIDES_WIDTH};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	int cols;

	if (width && (!cli_number(width, &t.width) || t.width < SIDES_WIDTH_LEAST ||
		      t.width > SIDES_WIDTH_MOST))
		return cli_usage(c, _("--width %s: give a number of columns from %d to %d"),
				 width, SIDES_WIDTH_LEAST, SIDES_WIDTH_MOST);
	if (read_all(c, &t, &err) != 0) {
		status = cli_fail(&err);
		goto done;
	}
	cols = ((int)t.width - SIDES_BAR * ((int)t.n - 1)) / (int)t.n;
	if (cli_has(c, "json"))
		print_json(c, &t);
	else if (cols < COLUMN_LEAST)
		print_stacked(c, &t, (int)t.width);
	else
		print_side_by_side(c, &t, cols);
done:
	table_release(&t);
	return status;
}
