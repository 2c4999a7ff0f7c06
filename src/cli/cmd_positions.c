/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/standings.h"
#include "core/mem.h"
#include "ui/canvas.h"

#include <stdlib.h>
#include <string.h>

/* adref positions: who stands where, as a table of points by parties. */

const struct cli_option options_positions[] = {
	{"who", 'w', NULL,
	 N_("also: what each party said, where and when, and who speaks for it")},
	{"sort", 's', N_("ORDER"), N_("number, easiest, hardest, linked or stale")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

#define WORDING_COLUMNS 34

static const char *const sorts[MATRIX_SORTS] = {[MATRIX_BY_NUMBER] = "number",
						[MATRIX_EASIEST] = "easiest",
						[MATRIX_HARDEST] = "hardest",
						[MATRIX_LINKED] = "linked",
						[MATRIX_STALE] = "stale"};

/* One draft being printed. */
struct sheet {
	struct cli *c;
	struct standings *st;
	size_t *order;
	json_t *drafts; /* NULL: text */
	json_t *problems;
};

static bool find_sort(const struct cli *c, enum matrix_sort *sort)
{
	const char *word = cli_value(c, "sort");

	*sort = MATRIX_BY_NUMBER;
	for (size_t i = 0; word && i < MATRIX_SORTS; i++)
		if (strcmp(word, sorts[i]) == 0) {
			*sort = (enum matrix_sort)i;
			return true;
		}
	return !word;
}

/* ---- as text ---- */

/* Appends the text and blanks up to so many columns; at least one blank. */
static void add_padded(struct str *out, struct slice text, int columns)
{
	int width = canvas_columns(text.p, text.len);

	str_add_slice(out, text);
	do
		str_add_char(out, ' ');
	while (++width < columns);
}

/* How wide each party's column is: its code and a gap. */
static int party_columns(const struct sheet *s, size_t party)
{
	int width = (int)strlen(s->st->in.parties->v[party].code) + 2;

	return width < 6 ? 6 : width;
}

static void print_head(struct sheet *s)
{
	const struct parties *parties = s->st->in.parties;
	struct cli *c = s->c;

	add_padded(&c->out, slice_of(_("  point")), WORDING_COLUMNS + 9);
	for (size_t i = 0; i < parties->n; i++)
		add_padded(&c->out, slice_of(parties->v[i].code), party_columns(s, i));
	str_addf(&c->out, "%s\n", _("verdict"));
}

static void print_row(struct sheet *s, size_t row)
{
	const struct matrix_row *r = &s->st->matrix.rows[row];
	const struct standing *cells = matrix_row_cells(&s->st->matrix, row);
	const struct parties *parties = s->st->in.parties;
	struct str text = STR_INIT, *out = &s->c->out;

	str_addf(out, r->depth > 1 ? "   %4u  " : " %4u    ", r->point + 1);
	standings_wording(s->st, r->point, WORDING_COLUMNS - 1, &text);
	add_padded(out, str_slice(&text), WORDING_COLUMNS);
	for (size_t i = 0; i < parties->n; i++) {
		str_clear(&text);
		standing_sign(&text, &cells[i], &r->verdict);
		add_padded(out, str_slice(&text), party_columns(s, i));
	}
	verdict_brief(out, &r->verdict, cells, parties, standings_translate);
	if (r->verdict.kind == VERDICT_CONSENSUS && !r->verdict.firm)
		str_addf(out, " (%s)", _("wording changed since"));
	if (r->linked)
		str_addf(out, ngettext(" · %zu linked", " · %zu linked", r->linked), r->linked);
	if (r->deferred)
		str_add_text(out, _(" · put off"));
	str_add_char(out, '\n');
	str_release(&text);
}

/* "AFCP/12/2, RPM-AFR, 2026-02-18" */
static void print_origin(struct cli *c, const struct position *p)
{
	const char *const texts[] = {p->source, p->meeting, p->date};
	const char *join = " · ";

	for (size_t i = 0; i < 3; i++) {
		if (!*texts[i])
			continue;
		str_add_text(&c->out, join);
		cli_show(c, slice_of(texts[i]));
		join = ", ";
	}
	if (*p->note) {
		str_add_text(&c->out, " · ");
		cli_show(c, slice_of(p->note));
	}
}

static void print_who(struct sheet *s, size_t row)
{
	const struct matrix_row *r = &s->st->matrix.rows[row];
	const struct standing *cells = matrix_row_cells(&s->st->matrix, row);
	const struct parties *parties = s->st->in.parties;
	struct cli *c = s->c;

	for (size_t i = 0; i < parties->n; i++) {
		if (!cells[i].position)
			continue;
		str_addf(&c->out, "           %s ", parties->v[i].code);
		standing_words(&c->out, &cells[i], &r->verdict, standings_translate);
		print_origin(c, cells[i].position);
		str_add_char(&c->out, '\n');
	}
}

static struct slice symbol_of(const struct sheet *s)
{
	const char *symbol = s->st->draft.front.symbol;

	return slice_of(symbol ? symbol : "");
}

static void print_focal(struct sheet *s)
{
	const struct parties *parties = s->st->in.parties;
	struct slice name = slice_of(s->st->in.name), symbol = symbol_of(s);
	struct cli *c = s->c;

	for (size_t i = 0; i < parties->n; i++) {
		const struct focal_point *f = NULL;

		while ((f = party_focal(&parties->v[i], f, name, symbol))) {
			str_addf(&c->out, _("  %s: "), parties->v[i].code);
			cli_show(c, slice_of(f->name));
			if (*f->email) {
				str_add_text(&c->out, " <");
				cli_show(c, slice_of(f->email));
				str_add_char(&c->out, '>');
			}
			str_add_char(&c->out, '\n');
		}
	}
}

/* "AFR and ARB agree on 83 % of 6": pairs that both spoke on something. */
static void print_pairs(struct sheet *s)
{
	const struct parties *parties = s->st->in.parties;
	struct cli *c = s->c;

	for (uint16_t a = 0; a < parties->n; a++)
		for (uint16_t b = (uint16_t)(a + 1); b < parties->n; b++) {
			struct matrix_pair p = matrix_pair(&s->st->matrix, a, b);

			if (p.both)
				str_addf(&c->out,
					 ngettext("  %s and %s agree on %u %% (%zu of %zu "
						  "point)\n",
						  "  %s and %s agree on %u %% (%zu of %zu "
						  "points)\n",
						  p.both),
					 parties->v[a].code, parties->v[b].code, p.percent,
					 p.agree, p.both);
		}
}

static void print_totals(struct sheet *s)
{
	const struct matrix *m = &s->st->matrix;
	struct cli *c = s->c;

	for (size_t i = 0; i < m->n_parties; i++) {
		const struct matrix_tally *t = &m->outer[i];

		if (t->silent == m->n_outer)
			continue;
		str_addf(&c->out,
			 _("  %s supports %zu, can accept %zu, opposes %zu, reserves %zu; "
			   "silent on %zu"),
			 s->st->in.parties->v[i].code, t->supports, t->accepts, t->opposes,
			 t->reserves, t->silent + t->none);
		if (t->red_lines)
			str_addf(&c->out,
				 ngettext("; %zu red line", "; %zu red lines", t->red_lines),
				 t->red_lines);
		if (t->stale)
			str_addf(&c->out, _("; %zu on an older wording"), t->stale);
		str_add_char(&c->out, '\n');
	}
}

static void print_verdicts(struct sheet *s)
{
	const struct matrix *m = &s->st->matrix;
	struct cli *c = s->c;

	str_addf(&c->out, ngettext("  %zu open point", "  %zu open points", m->n_outer),
		 m->n_outer);
	for (int k = VERDICT_CONSENSUS; k >= VERDICT_SILENT; k--)
		if (m->verdicts[k])
			str_addf(&c->out, " · %s %zu", _(verdict_word((enum verdict_kind)k)),
				 m->verdicts[k]);
	str_add_char(&c->out, '\n');
}

static void print_text(struct sheet *s)
{
	const struct matrix *m = &s->st->matrix;
	struct cli *c = s->c;
	size_t next = matrix_easiest(m, SIZE_MAX);

	str_addf(&c->out, "%s%s\n", c->out.len ? "\n" : "", s->st->in.name);
	if (!m->n) {
		str_addf(&c->out, "  %s\n", _("no open point"));
		return;
	}
	print_head(s);
	for (size_t i = 0; i < m->n; i++) {
		print_row(s, s->order[i]);
		if (cli_has(c, "who"))
			print_who(s, s->order[i]);
	}
	print_verdicts(s);
	print_totals(s);
	print_pairs(s);
	if (cli_has(c, "who"))
		print_focal(s);
	if (next != SIZE_MAX)
		str_addf(&c->out, _("  easiest next: point %zu\n"), next + 1);
}

/* ---- as JSON ---- */

static json_t *json_number(size_t n)
{
	return json_integer((json_int_t)n);
}

/* A text, or null for none. */
static json_t *json_maybe(const char *text)
{
	return text && *text ? json_words(text) : json_null();
}

static json_t *json_standing(const struct party *party, const struct standing *s)
{
	json_t *o = json_object();
	const struct position *p = s->position;

	json_object_set_new(o, "party", json_words(party->code));
	json_object_set_new(o, "stance", p ? json_words(stance_word(s->stance)) : json_null());
	json_object_set_new(o, "strength", json_maybe(strength_word(s->strength)));
	json_object_set_new(o, "option", s->has_option ? json_number(s->option) : json_null());
	json_object_set_new(o, "stale", json_boolean(s->stale));
	json_object_set_new(o, "moved_from",
			    s->moved && p ? json_number(p->option) : json_null());
	json_object_set_new(o, "in_text",
			    s->wrote ? json_number(s->wrote_option) : json_null());
	json_object_set_new(o, "source", json_maybe(p ? p->source : NULL));
	json_object_set_new(o, "meeting", json_maybe(p ? p->meeting : NULL));
	json_object_set_new(o, "date", json_maybe(p ? p->date : NULL));
	json_object_set_new(o, "note", json_maybe(p ? p->note : NULL));
	return o;
}

static json_t *json_row(struct sheet *s, size_t row)
{
	struct input *in = &s->st->in;
	const struct brackets *b = input_brackets(in);
	const struct matrix_row *r = &s->st->matrix.rows[row];
	const struct standing *cells = matrix_row_cells(&s->st->matrix, row);
	const struct point *p = &b->points[r->point];
	struct slice id = point_id(b, p, input_text(in));
	json_t *o = json_object(), *objectors = json_array(), *list = json_array();
	struct str words = STR_INIT;

	json_object_set_new(o, "n", json_number(r->point + 1));
	json_object_set_new(o, "id", id.len ? json_text(id) : json_null());
	json_set_place(o, "line", "column", input_place(in, point_begin(b, p)));
	json_object_set_new(o, "depth", json_number(p->depth));
	json_object_set_new(o, "parent",
			    json_number(p->parent == BRACKET_NONE ? 0 : p->parent + 1));
	json_object_set_new(o, "linked", json_number(r->linked));
	json_object_set_new(o, "deferred", json_boolean(r->deferred));
	json_object_set_new(o, "verdict", json_words(verdict_word(r->verdict.kind)));
	json_object_set_new(o, "option",
			    r->verdict.has_option ? json_number(r->verdict.option)
						  : json_null());
	json_object_set_new(o, "firm", json_boolean(r->verdict.firm));
	json_object_set_new(o, "spoke", json_number(r->verdict.spoke));
	for (size_t i = 0; i < s->st->matrix.n_parties; i++) {
		if (cells[i].spoke && !cells[i].endorses)
			json_array_append_new(objectors, json_words(in->parties->v[i].code));
		if (cells[i].position || cells[i].wrote)
			json_array_append_new(list,
					      json_standing(&in->parties->v[i], &cells[i]));
	}
	json_object_set_new(o, "objectors", objectors);
	verdict_explain(&words, &r->verdict, cells, in->parties, NULL);
	json_object_set_new(o, "why", json_text(str_slice(&words)));
	json_object_set_new(o, "positions", list);
	str_release(&words);
	return o;
}

static json_t *json_party(struct sheet *s, size_t i)
{
	const struct party *party = &s->st->in.parties->v[i];
	const struct matrix_tally *t = &s->st->matrix.outer[i];
	struct slice name = slice_of(s->st->in.name);
	const struct focal_point *f = NULL;
	json_t *o = json_object(), *people = json_array();

	json_object_set_new(o, "party", json_words(party->code));
	json_object_set_new(o, "supports", json_number(t->supports));
	json_object_set_new(o, "accepts", json_number(t->accepts));
	json_object_set_new(o, "opposes", json_number(t->opposes));
	json_object_set_new(o, "reserves", json_number(t->reserves));
	json_object_set_new(o, "none", json_number(t->none));
	json_object_set_new(o, "silent", json_number(t->silent));
	json_object_set_new(o, "red_lines", json_number(t->red_lines));
	json_object_set_new(o, "stale", json_number(t->stale));
	while ((f = party_focal(party, f, name, symbol_of(s)))) {
		json_t *one = json_object();

		json_object_set_new(one, "name", json_words(f->name));
		json_object_set_new(one, "email", json_maybe(f->email));
		json_array_append_new(people, one);
	}
	json_object_set_new(o, "focal_points", people);
	return o;
}

static json_t *json_pairs(struct sheet *s)
{
	const struct parties *parties = s->st->in.parties;
	json_t *list = json_array();

	for (uint16_t a = 0; a < parties->n; a++)
		for (uint16_t b = (uint16_t)(a + 1); b < parties->n; b++) {
			struct matrix_pair p = matrix_pair(&s->st->matrix, a, b);
			json_t *o, *who;

			if (!p.both)
				continue;
			o = json_object();
			who = json_array();
			json_array_append_new(who, json_words(parties->v[a].code));
			json_array_append_new(who, json_words(parties->v[b].code));
			json_object_set_new(o, "parties", who);
			json_object_set_new(o, "both", json_number(p.both));
			json_object_set_new(o, "agree", json_number(p.agree));
			json_object_set_new(o, "percent", json_number(p.percent));
			json_array_append_new(list, o);
		}
	return list;
}

static void add_json(struct sheet *s)
{
	const struct matrix *m = &s->st->matrix;
	json_t *o = json_object(), *points = json_array(), *parties = json_array();
	json_t *verdicts = json_object();
	const struct ws_problem *p;
	size_t at = 0, next = matrix_easiest(m, SIZE_MAX);

	json_object_set_new(o, "draft", json_words(s->st->in.name));
	for (size_t i = 0; i < m->n; i++)
		json_array_append_new(points, json_row(s, s->order[i]));
	for (size_t i = 0; i < m->n_parties; i++)
		json_array_append_new(parties, json_party(s, i));
	for (int k = VERDICT_CONSENSUS; k >= VERDICT_SILENT; k--)
		json_object_set_new(verdicts, verdict_word((enum verdict_kind)k),
				    json_number(m->verdicts[k]));
	json_object_set_new(o, "open", json_number(m->n_outer));
	json_object_set_new(o, "points", points);
	json_object_set_new(o, "verdicts", verdicts);
	json_object_set_new(o, "parties", parties);
	json_object_set_new(o, "pairs", json_pairs(s));
	json_object_set_new(o, "easiest",
			    next == SIZE_MAX ? json_null() : json_number(next + 1));
	json_array_append_new(s->drafts, o);
	while ((p = standings_problem(s->st, &at))) {
		json_t *one = json_object();

		json_object_set_new(one, "file", json_words(p->file));
		json_set_place(one, "line", "column", (struct place){p->at.line, p->at.column});
		json_object_set_new(one, "problem", json_words(_(p->at.text)));
		json_array_append_new(s->problems, one);
	}
}

/* ---- all of it ---- */

static void print_draft(struct sheet *s, enum matrix_sort sort)
{
	s->order = mem_array(NULL, s->st->matrix.n + 1, sizeof(*s->order));
	matrix_order(&s->st->matrix, sort, s->order);
	if (s->drafts) {
		add_json(s);
	} else {
		print_text(s);
		standings_complain(s->st);
	}
	free(s->order);
}

enum exit_status cmd_positions(struct cli *c)
{
	struct sheet s = {.c = c};
	enum exit_status status = EXIT_DONE;
	enum matrix_sort sort;

	if (!find_sort(c, &sort))
		return cli_usage(c,
				 _("%s is no order; use number, easiest, hardest, linked or "
				   "stale"),
				 cli_value(c, "sort"));
	if (cli_has(c, "json")) {
		s.drafts = json_array();
		s.problems = json_array();
	}
	for (int i = 0; i < c->argc; i++) {
		struct error err = ERROR_INIT;
		struct standings st;

		s.st = &st;
		if (standings_open(&st, c->argv[i], &err) == 0)
			print_draft(&s, sort);
		else
			status = cli_fail(&err);
		standings_release(&st);
	}
	if (s.drafts) {
		json_t *o = json_object();

		json_object_set_new(o, "drafts", s.drafts);
		json_object_set_new(o, "problems", s.problems);
		json_print(o, &c->out);
	} else if (c->out.len) {
		str_addf(&c->out, "\n%s\n",
			 _("+ supports  ~ can accept  - opposes  ° reserves  ! red line  "
			   "o no position  · silent\n* wording changed since  (2) silent, "
			   "but the text names it with option 2"));
	}
	return status;
}
