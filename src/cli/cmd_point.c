/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/near.h"
#include "core/rebracket.h"
#include "core/reword.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

/* adref point ACTION: the bracket edits of the workbench (core/rebracket, core/reword). */

const struct cli_option options_point[] = {
	{"dry-run", 'n', NULL, N_("only show what would change")},
	{"literal", 0, NULL, N_("brackets in TEXT are ordinary characters")},
	{0},
};

/* One edit under way. */
struct job {
	struct cli *c;
	struct input *in;
	struct bracketed w;
	struct edits edits;
	struct str subject; /* of the commit */
	uint32_t point;     /* the one it is about, or BRACKET_NONE */
	char **args;        /* after DRAFT */
	int n;
};

static int need(const struct job *j, int n, struct error *err)
{
	if (j->n >= n)
		return 0;
	return error_set(err, ST_USAGE,
			 _("something is missing; \"adref help point\" shows what %s takes"),
			 j->c->argv[0]);
}

static int point_of(struct job *j, uint32_t *point, struct error *err)
{
	int rc = input_point(j->in, j->args[0], point, err);

	if (rc == 0)
		j->point = *point;
	return rc;
}

/* Says of which file, and where in it, unless that is said. */
static int refuse(struct job *j, struct error *err)
{
	if (slice_starts(slice_of(err->text), j->in->label))
		return err->status;
	if (j->point != BRACKET_NONE)
		return input_refused(j->in, j->point, err);
	error_prefix(err, j->in->label);
	return err->status;
}

/* "12:4" as an offset; the column counts code points from 1. */
static int place_of(struct job *j, const char *text, size_t *offset, struct error *err)
{
	struct place p;
	char end;

	if (sscanf(text, "%zu:%zu%c", &p.line, &p.column, &end) != 2 || !p.line || !p.column)
		return error_set(err, ST_USAGE, _("%s is no place; write LINE:COLUMN"), text);
	input_place(j->in, 0);
	if (p.line > j->in->places.n_lines)
		return error_set(err, ST_MISSING, _("%s: no line %zu; it has %zu"),
				 j->in->label, p.line, j->in->places.n_lines);
	*offset = places_offset(&j->in->places, p);
	return 0;
}

/* "12:4-12:9": the last character is in it. */
static int stretch_of(struct job *j, const char *text, size_t *begin, size_t *end,
		      struct error *err)
{
	const char *dash = strchr(text, '-');
	char first[64];
	uint32_t cp;
	int rc;

	if (!dash || (size_t)(dash - text) >= sizeof(first))
		return error_set(err, ST_USAGE,
				 _("%s is no stretch; write LINE:COLUMN-LINE:COLUMN, the last "
				   "character included"),
				 text);
	memcpy(first, text, (size_t)(dash - text));
	first[dash - text] = '\0';
	rc = place_of(j, first, begin, err);
	if (rc == 0)
		rc = place_of(j, dash + 1, end, err);
	if (rc == 0 && *end < *begin)
		rc = error_set(err, ST_USAGE, _("%s ends before it begins"), text);
	if (rc == 0 && *end < j->in->bytes.len)
		*end += utf8_decode(j->in->bytes.p + *end, j->in->bytes.len - *end, &cp);
	return rc;
}

static int party_of(struct job *j, const char *code, uint16_t *party, struct error *err)
{
	*party = party_find(j->in->parties, slice_of(code), NULL);
	if (*party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%s: no such party; use a code of drafts/regions.yaml"),
				 code);
	return 0;
}

static int option_of(struct job *j, uint32_t point, const char *text, size_t *k,
		     struct error *err)
{
	size_t n = j->w.b->points[point].n_options;

	if (!cli_number(text, k) || *k < 1 || *k > n)
		return error_set(err, ST_MISSING, _("point %u has no option %s; it has %zu"),
				 point + 1, text, n);
	--*k;
	return 0;
}

static struct offer offer_of(const struct job *j, const char *text)
{
	return (struct offer){.text = slice_of(text), .markup = !cli_has(j->c, "literal")};
}

/* ---- the actions ---- */

static int do_bracket(struct job *j, struct error *err)
{
	struct offer offer;
	size_t begin = 0, end = 0;
	int rc = stretch_of(j, j->args[0], &begin, &end, err);

	if (rc < 0)
		return rc;
	offer = offer_of(j, j->n > 1 ? j->args[1] : "");
	str_addf(&j->subject, "brackets around line %zu", input_place(j->in, begin).line);
	return rebracket_selection(&j->w, begin, end, j->n > 1 ? &offer : NULL, &j->edits, err);
}

static int do_unbracket(struct job *j, struct error *err)
{
	uint32_t point = 0;
	int rc = point_of(j, &point, err);

	str_addf(&j->subject, "brackets off point %s", j->args[0]);
	return rc < 0 ? rc : rebracket_off(&j->w, point, &j->edits, err);
}

static int do_add(struct job *j, struct error *err)
{
	uint16_t parties[64];
	struct offer offer;
	uint32_t point = 0;
	int rc = need(j, 2, err);

	if (rc == 0)
		rc = point_of(j, &point, err);
	if (rc < 0)
		return rc;
	offer = offer_of(j, j->args[1]);
	for (int i = 2; i < j->n && offer.n_parties < 64; i++) {
		rc = party_of(j, j->args[i], &parties[offer.n_parties++], err);
		if (rc < 0)
			return rc;
	}
	offer.parties = parties;
	str_addf(&j->subject, "an option added to point %s", j->args[0]);
	return reword_add_option(&j->w, point, &offer, &j->edits, err);
}

static int do_party(struct job *j, struct error *err)
{
	bool takes = strcmp(j->c->argv[0], "unparty") == 0;
	uint32_t point = 0;
	uint16_t party = PARTY_NONE;
	size_t k = 0;
	int rc = need(j, 3, err);

	if (rc == 0)
		rc = point_of(j, &point, err);
	if (rc == 0)
		rc = option_of(j, point, j->args[1], &k, err);
	if (rc == 0)
		rc = party_of(j, j->args[2], &party, err);
	if (rc != 0)
		return rc;
	str_addf(&j->subject,
		 takes ? "%s leaves option %zu of point %s"
		       : "%s asks for option %zu of point %s",
		 j->in->parties->v[party].code, k + 1, j->args[0]);
	if (takes)
		return reword_remove_party(&j->w, point, k, party, &j->edits, err);
	return reword_add_party(&j->w, point, k, party, &j->edits, err);
}

static int do_split(struct job *j, struct error *err)
{
	size_t n = 1;
	uint32_t point = 0;
	int rc = point_of(j, &point, err);

	if (rc < 0)
		return rc;
	if (j->n > 1 && !cli_number(j->args[1], &n))
		return error_set(err, ST_USAGE, _("%s is no number of brackets"), j->args[1]);
	str_addf(&j->subject, "point %s split", j->args[0]);
	return rebracket_split(&j->w, point, n, &j->edits, err);
}

static int do_join(struct job *j, struct error *err)
{
	uint32_t point = 0;
	int rc = point_of(j, &point, err);

	str_addf(&j->subject, "point %s joined with the next", j->args[0]);
	return rc < 0 ? rc : rebracket_join(&j->w, point, false, &j->edits, err);
}

static int do_repair(struct job *j, struct error *err)
{
	static const char *const words[] = {"close", "escape", "remove"};
	enum repair how = REPAIR_COMPLETE;
	size_t offset = 0, k = 0;
	int rc = place_of(j, j->args[0], &offset, err);

	if (rc < 0)
		return rc;
	for (; j->n > 1 && k < 3 && strcmp(j->args[1], words[k]) != 0; k++)
		;
	if (k == 3)
		return error_set(err, ST_USAGE,
				 _("%s: no such repair; use close, escape or remove"),
				 j->args[1]);
	how = (enum repair)k;
	for (size_t i = 0; i < j->w.b->n_problems; i++)
		if (j->w.b->problems[i].at == offset) {
			str_addf(&j->subject, "an unpaired bracket mended in line %zu",
				 input_place(j->in, offset).line);
			return rebracket_repair(&j->w, i, how, &j->edits, err);
		}
	return error_set(err, ST_MISSING,
			 _("no unpaired bracket at %s; \"adref check\" lists them"),
			 j->args[0]);
}

static int do_alternatives(struct job *j, struct error *err)
{
	size_t first, last, begin, end;
	char more;

	if (sscanf(j->args[0], "%zu-%zu%c", &first, &last, &more) != 2 || !first ||
	    last < first)
		return error_set(err, ST_USAGE,
				 _("%s are no lines; write FIRST-LAST, as in 12-16"),
				 j->args[0]);
	input_place(j->in, 0);
	begin = places_offset(&j->in->places, (struct place){first, 1});
	end = places_offset(&j->in->places, (struct place){last, SIZE_MAX});
	str_addf(&j->subject, "lines %zu to %zu made alternatives", first, last);
	return rebracket_lines(&j->w, begin, end, &j->edits, err);
}

static int do_paragraphs(struct job *j, struct error *err)
{
	uint32_t point = 0;
	int rc = point_of(j, &point, err);

	str_addf(&j->subject, "point %s made paragraphs", j->args[0]);
	return rc < 0 ? rc : rebracket_unlines(&j->w, point, &j->edits, err);
}

static int do_id(struct job *j, struct error *err)
{
	struct str id = STR_INIT;
	uint32_t point = 0;
	int rc = point_of(j, &point, err);

	if (rc == 0)
		rc = rebracket_id(&j->w, point, &j->edits, &id, err);
	if (rc == 0 && j->in->kind != INPUT_STDIN && !cli_has(j->c, "dry-run"))
		str_addf(&j->c->out, "%s\n", str_text(&id));
	str_addf(&j->subject, "an id for point %s", j->args[0]);
	str_release(&id);
	return rc;
}

static const struct {
	const char *name;
	int (*run)(struct job *j, struct error *err);
} actions[] = {
	{"add", do_add},         {"alternatives", do_alternatives},
	{"bracket", do_bracket}, {"id", do_id},
	{"join", do_join},       {"paragraphs", do_paragraphs},
	{"party", do_party},     {"repair", do_repair},
	{"split", do_split},     {"unbracket", do_unbracket},
	{"unparty", do_party},
};

static enum exit_status unknown_action(struct cli *c)
{
	const char *names[sizeof(actions) / sizeof(*actions)], *near;

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		names[i] = actions[i].name;
	near = near_word(slice_of(c->argv[0]), names, sizeof(names) / sizeof(*names));
	if (near)
		return cli_usage(c, _("no action \"%s\", perhaps \"%s\""), c->argv[0], near);
	return cli_usage(c, _("no action \"%s\""), c->argv[0]);
}

static int run_action(struct cli *c, struct input *in, size_t action, struct error *err)
{
	struct job j = {.c = c,
			.in = in,
			.edits = EDITS_INIT,
			.point = BRACKET_NONE,
			.args = c->argv + 2,
			.n = c->argc - 2};
	int rc;

	j.w = input_bracketed(in);
	str_addf(&j.subject, "%s: ", in->name);
	rc = actions[action].run(&j, err);
	if (rc < 0)
		rc = refuse(&j, err);
	else if (cli_has(c, "dry-run"))
		input_preview(c, in, &j.edits);
	else
		rc = input_apply(c, in, &j.edits, str_slice(&j.subject), err);
	if (rc < 0)
		str_clear(&c->out); /* an id that no point has now */
	edits_release(&j.edits);
	str_release(&j.subject);
	return rc;
}

enum exit_status cmd_point(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;
	size_t i = 0;

	while (i < sizeof(actions) / sizeof(*actions) &&
	       strcmp(actions[i].name, c->argv[0]) != 0)
		i++;
	if (i == sizeof(actions) / sizeof(*actions))
		return unknown_action(c);
	if (input_open(&in, c->argv[1], &err) != 0 || run_action(c, &in, i, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
