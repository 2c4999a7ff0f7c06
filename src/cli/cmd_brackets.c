/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"

#include <string.h>

/* adref brackets: the points, problems and skipped brackets (FORMAT.md, "Commands"). */

const struct cli_option options_brackets[] = {
	{"json", 0, NULL, N_("print one JSON object")},
	{"count", 0, NULL, N_("print only how many points there are")},
	{0},
};

#define FLUSH_AT   ((size_t)1 << 20)
#define PRINT_MOST ((size_t)256 << 20)

/* Points that stand in one another name each text again: together they may be far longer than
 * the draft, so they are not kept. False where nobody reads them any more. */
static bool print_on(struct cli *c)
{
	return c->out.len < FLUSH_AT || cli_flush(c);
}

static void print_value(struct cli *c, json_t *value)
{
	json_print(value, &c->out);
	str_truncate(&c->out, c->out.len - 1); /* the line goes on */
}

/* There may be half a million of these: they are written as they come, and only texts go
 * through jansson. */
static void print_place(struct cli *c, const char *end, struct place at)
{
	str_addf(&c->out, "\"%sline\": %zu, \"%scolumn\": %zu", end, at.line, end, at.column);
}

static void print_json_option(struct cli *c, struct input *in, const struct option *o)
{
	const struct brackets *b = input_brackets(in);

	str_add_text(&c->out, "{\"text\": ");
	print_value(c, json_text(slice_make(in->bytes.p + o->begin, o->end - o->begin)));
	str_add_text(&c->out, ", \"parties\": [");
	for (size_t i = 0; i < o->n_parties; i++) {
		str_add_text(&c->out, i ? ", " : "");
		print_value(c, json_words(in->parties->v[b->parties[o->party + i]].code));
	}
	str_add_text(&c->out, "]}");
}

static void print_json_bracket(struct cli *c, struct input *in, const struct bracket *v)
{
	str_add_char(&c->out, '{');
	print_place(c, "", input_place(in, v->begin));
	str_add_text(&c->out, ", ");
	print_place(c, "end_", input_place(in, v->inner_end));
	str_add_char(&c->out, '}');
}

static void print_json_point(struct cli *c, struct input *in, uint32_t index)
{
	const struct brackets *b = input_brackets(in);
	const struct point *p = &b->points[index];
	struct slice id = point_id(b, p, input_text(in));

	str_addf(&c->out, "{\"n\": %u, \"id\": ", index + 1);
	print_value(c, id.len ? json_text(id) : json_null());
	str_add_text(&c->out, ", ");
	print_place(c, "", input_place(in, point_begin(b, p)));
	str_add_text(&c->out, ", ");
	print_place(c, "end_", input_place(in, b->v[p->last].inner_end));
	str_addf(&c->out,
		 ", \"depth\": %u, \"parent\": %u, \"joint\": \"%s\", \"kind\": \"%s\", "
		 "\"options\": [",
		 p->depth, p->parent == BRACKET_NONE ? 0 : p->parent + 1,
		 bracket_joint_word(p->joint), bracket_kind_word(p->kind));
	for (size_t k = 0; k < p->n_options && print_on(c); k++) {
		str_add_text(&c->out, k ? ", " : "");
		print_json_option(c, in, point_option(b, p, k));
	}
	str_add_text(&c->out, "], \"brackets\": [");
	for (uint32_t i = p->bracket; i != BRACKET_NONE && print_on(c); i = b->v[i].next) {
		str_add_text(&c->out, i == p->bracket ? "" : ", ");
		print_json_bracket(c, in, &b->v[i]);
	}
	str_add_text(&c->out, "]}");
}

static void print_json_problem(struct cli *c, struct input *in, const struct bracket_problem *p)
{
	str_add_char(&c->out, '{');
	print_place(c, "", input_place(in, p->at));
	str_addf(&c->out, ", \"problem\": \"%s\"}", bracket_problem_word(p->kind));
}

static json_t *json_skipped(const struct brackets *b)
{
	json_t *skipped = json_object();

	for (int k = 0; k < SKIP_CLASSES; k++)
		if (b->skips[k])
			json_object_set_new(skipped, skip_class_word((enum skip_class)k),
					    json_integer((json_int_t)b->skips[k]));
	return skipped;
}

static void print_json(struct cli *c, struct input *in)
{
	const struct brackets *b = input_brackets(in);

	str_add_text(&c->out, "{\"draft\": ");
	print_value(c, json_words(in->name));
	str_add_text(&c->out, ", \"points\": [");
	for (uint32_t i = 0; i < b->n_points && print_on(c); i++) {
		str_add_text(&c->out, i ? ", " : "");
		print_json_point(c, in, i);
	}
	str_add_text(&c->out, "], \"problems\": [");
	for (size_t i = 0; i < b->n_problems && print_on(c); i++) {
		str_add_text(&c->out, i ? ", " : "");
		print_json_problem(c, in, &b->problems[i]);
	}
	str_add_text(&c->out, "], \"skipped\": ");
	print_value(c, json_skipped(b));
	str_add_text(&c->out, "}\n");
}

/* Several paragraphs in one line, with a sign between them. */
static void show_paragraphs(struct cli *c, struct slice text)
{
	for (size_t at = 0, end; at < text.len; at = end) {
		for (end = at; end < text.len && !(text.p[end] && strchr("\r\n", text.p[end]));)
			end++;
		cli_show(c, slice_make(text.p + at, end - at));
		while (end < text.len && text.p[end] && strchr("\r\n", text.p[end]))
			end++;
		if (end < text.len)
			str_add_text(&c->out, " ¶ ");
	}
}

static void print_option(struct cli *c, struct input *in, size_t k, const struct option *o)
{
	const struct brackets *b = input_brackets(in);
	struct str text = STR_INIT;

	brackets_without_ids(b, input_text(in), o->begin, o->end, &text);
	str_addf(&c->out, "    %zu  ", k + 1);
	if (text.len)
		show_paragraphs(c, str_slice(&text));
	else
		str_add_text(&c->out, _("(no text)"));
	for (size_t i = 0; i < o->n_parties; i++)
		str_addf(&c->out, "%s%s", i ? ", " : "  — ",
			 in->parties->v[b->parties[o->party + i]].code);
	str_add_char(&c->out, '\n');
	str_release(&text);
}

static const char *kind_text(enum bracket_kind kind)
{
	static const char *const words[] = {N_("keep or drop"), N_("alternatives"),
					    N_("placeholder"), N_("block")};

	return _(words[kind]);
}

static void print_point(struct cli *c, struct input *in, uint32_t index)
{
	const struct brackets *b = input_brackets(in);
	const struct point *p = &b->points[index];
	struct slice id = point_id(b, p, input_text(in));
	struct place at = input_place(in, point_begin(b, p));

	str_addf(&c->out, "%u", index + 1);
	if (id.len)
		str_addf(&c->out, " {#%.*s}", (int)id.len, id.p);
	str_addf(&c->out, _("  line %zu, column %zu · %s"), at.line, at.column,
		 kind_text(p->kind));
	if (p->parent != BRACKET_NONE)
		str_addf(&c->out, _(" · inside point %u"), p->parent + 1);
	str_add_char(&c->out, '\n');
	for (size_t k = 0; k < p->n_options; k++)
		print_option(c, in, k, point_option(b, p, k));
}

static void print_text(struct cli *c, struct input *in)
{
	const struct brackets *b = input_brackets(in);

	for (uint32_t i = 0; i < b->n_points && print_on(c); i++)
		print_point(c, in, i);
	for (size_t i = 0; i < b->n_problems && print_on(c); i++) {
		struct place at = input_place(in, b->problems[i].at);
		str_addf(&c->out, _("problem  line %zu, column %zu · %s\n"), at.line, at.column,
			 b->problems[i].kind == PROBLEM_UNCLOSED
				 ? _("this bracket is never closed")
				 : _("this bracket was never opened"));
	}
	str_addf(&c->out, ngettext("%zu open point", "%zu open points", b->n_outer),
		 b->n_outer);
	if (b->n_points > b->n_outer)
		str_addf(&c->out,
			 ngettext(", %zu inside others", ", %zu inside others",
				  b->n_points - b->n_outer),
			 b->n_points - b->n_outer);
	if (b->n_problems)
		str_addf(&c->out, ngettext(", %zu problem", ", %zu problems", b->n_problems),
			 b->n_problems);
	for (int k = 0; k < SKIP_CLASSES; k++)
		if (b->skips[k])
			str_addf(&c->out, _(", skipped: %zu %s"), b->skips[k],
				 skip_class_word((enum skip_class)k));
	str_add_char(&c->out, '\n');
}

/* Each point is printed with all that stands in it: where they stand in one another by the
 * thousand, that never ends. */
static int check_depth(struct input *in, struct error *err)
{
	const struct brackets *b = input_brackets(in);
	uint32_t depth = 0;
	size_t sum = 0;

	for (size_t i = 0; i < b->n_options && sum <= PRINT_MOST + in->bytes.len; i++)
		sum += b->options[i].end - b->options[i].begin;
	if (sum <= PRINT_MOST + in->bytes.len)
		return 0;
	for (size_t i = 0; i < b->n; i++)
		depth = b->v[i].depth > depth ? b->v[i].depth : depth;
	return error_set(err, ST_TOO_LARGE,
			 N_("%s: brackets stand %u deep in one another, too long to print; "
			    "--count says how many points there are"),
			 in->label, depth);
}

enum exit_status cmd_brackets(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0)
		status = cli_fail(&err);
	else if (cli_has(c, "count"))
		str_addf(&c->out, "%zu\n", brackets_count(input_text(&in), in.parties));
	else if (check_depth(&in, &err) != 0)
		status = cli_fail(&err);
	else if (cli_has(c, "json"))
		print_json(c, &in);
	else
		print_text(c, &in);
	input_release(&in);
	return status;
}
