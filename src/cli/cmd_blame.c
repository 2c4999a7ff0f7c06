/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/input.h"
#include "cli/past.h"
#include "core/mem.h"
#include "core/wording.h"
#include "store/blamer.h"

#include <stdlib.h>
#include <string.h>

/* adref blame: which version brought which words; and for one place, those before it. */

const struct cli_option options_blame[] = {
	{"point", 0, N_("POINT"), N_("of this point: its number or id")},
	{"phrase", 0, N_("PHRASE"), N_("of the first place with these words")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

enum { TEXT_COLUMNS = 120, NAME_COLUMNS = 18 };

struct question {
	struct cli *c;
	struct input in;
	struct past p;
	size_t begin, end;
	bool place; /* one place: trace it */
};

/* "NAME", "NAME:LINE", "NAME:LINE:COLUMN" */
static int read_place(const char *what, char **name, struct place *place, struct error *err)
{
	char *colon;
	size_t n[2] = {0, 0}, found = 0;

	*name = mem_strdup(what);
	while (found < 2 && (colon = strrchr(*name, ':')) && cli_number(colon + 1, &n[found])) {
		if (!n[found])
			return error_set(err, ST_USAGE, _("%s: lines and columns count from 1"),
					 what);
		*colon = '\0';
		found++;
	}
	place->line = found == 2 ? n[1] : n[0];
	place->column = found == 2 ? n[0] : 0;
	return 0;
}

static int find_phrase(struct question *q, const char *phrase, struct error *err)
{
	struct slice text = input_text(&q->in);
	const char *at =
		*phrase && text.len ? memmem(text.p, text.len, phrase, strlen(phrase)) : NULL;

	if (!at)
		return error_set(err, ST_MISSING, _("%s: these words are not in it"),
				 q->in.label);
	q->begin = (size_t)(at - text.p);
	q->end = q->begin + strlen(phrase);
	q->place = true;
	return 0;
}

static int find_line(struct question *q, struct place place, struct error *err)
{
	struct slice text = input_text(&q->in);
	struct places places;
	const char *end;
	size_t lines;

	places_init(&places, text);
	lines = places.n_lines;
	q->begin = places_offset(&places, (struct place){place.line, 1});
	if (place.column)
		q->begin = places_offset(&places, place);
	places_release(&places);
	if (place.line > lines)
		return error_set(err, ST_MISSING,
				 _("%s: no line %zu; its last one is %zu: adref blame "
				   "%s:%zu"),
				 q->in.label, place.line, lines, q->in.label, lines);
	if (place.column) {
		blame_word(text, q->begin, &q->begin, &q->end);
		q->place = true;
		return 0;
	}
	end = memchr(text.p + q->begin, '\n', text.len - q->begin);
	q->end = end ? (size_t)(end - text.p) : text.len;
	return 0;
}

static int find_range(struct question *q, struct place place, struct error *err)
{
	const char *point = cli_value(q->c, "point"), *phrase = cli_value(q->c, "phrase");
	uint32_t i;

	q->begin = 0;
	q->end = input_text(&q->in).len;
	if (place.line)
		return find_line(q, place, err);
	if (phrase)
		return find_phrase(q, phrase, err);
	if (!point)
		return 0;
	if (input_point(&q->in, point, &i, err) < 0)
		return err->status;
	q->begin = point_begin(input_brackets(&q->in), &input_brackets(&q->in)->points[i]);
	q->end = point_end(input_brackets(&q->in), &input_brackets(&q->in)->points[i]);
	return 0;
}

static void print_who(struct cli *c, const struct blamer *b, uint32_t version)
{
	char day[16];

	if (version == BLAMER_NEWER) {
		str_addf(&c->out, "%-10s  %-10s  %-*s  ", "–", _("not yet"), NAME_COLUMNS,
			 _("in the working text"));
	} else if (version == BLAMER_OLDER) {
		str_addf(&c->out, "%-10s  %-10s  %-*s  ", "–", _("older"), NAME_COLUMNS, "");
	} else {
		struct str name = STR_INIT;

		version_day(&b->v[version], day);
		wording_brief(&name, slice_of(b->v[version].author.name), NAME_COLUMNS);
		str_addf(&c->out, "%.10s  %s  ", b->v[version].id, day);
		str_add_slice(&c->out, str_slice(&name));
		for (size_t n = name.len; n < NAME_COLUMNS + 2; n++)
			str_add_char(&c->out, ' ');
		str_release(&name);
	}
}

static void print_words(struct question *q, const struct blamer *b)
{
	struct slice text = input_text(&q->in);

	for (size_t i = 0; i < b->n_runs; i++) {
		const struct blamer_run *r = &b->runs[i];

		/* A run over several lines is printed line by line. */
		for (size_t at = r->begin; at < r->end;) {
			const char *end = memchr(text.p + at, '\n', r->end - at);
			size_t stop = end ? (size_t)(end - text.p) : r->end;
			struct slice words = wording_trim(slice_make(text.p + at, stop - at));

			if (words.len) {
				struct place place =
					input_place(&q->in, (size_t)(words.p - text.p));

				print_who(q->c, b, r->version);
				str_addf(&q->c->out, "%4zu:%-4zu ", place.line, place.column);
				cli_show(q->c, words);
				str_add_char(&q->c->out, '\n');
			}
			at = stop + 1;
		}
	}
}

static void print_changes(struct question *q, const struct blamer *b)
{
	struct cli *c = q->c;

	wording_brief(&c->out, slice_make(input_text(&q->in).p + q->begin, q->end - q->begin),
		      TEXT_COLUMNS);
	str_add_char(&c->out, '\n');
	for (size_t i = 0; i < b->n_changes; i++) {
		const struct blamer_change *ch = &b->changes[i];

		print_who(c, b, ch->version);
		if (ch->was.len) {
			str_add_text(&c->out, "[-");
			wording_brief(&c->out, str_slice(&ch->was), TEXT_COLUMNS);
			str_add_text(&c->out, "-]");
		}
		str_add_text(&c->out, "{+");
		wording_brief(&c->out, str_slice(&ch->now), TEXT_COLUMNS);
		str_add_text(&c->out, "+}");
		if (ch->version < b->n) {
			str_add_text(&c->out, "  ·  ");
			cli_show(c, version_subject(&b->v[ch->version]));
		}
		str_add_char(&c->out, '\n');
	}
}

static json_t *json_who(const struct blamer *b, uint32_t version)
{
	return version < b->n ? json_version(&b->v[version]) : json_null();
}

static void print_json(struct question *q, const struct blamer *b)
{
	json_t *o = json_object(), *list = json_array(), *notes = json_array();
	struct slice text = input_text(&q->in);

	for (size_t i = 0; i < b->n_runs; i++) {
		const struct blamer_run *r = &b->runs[i];
		json_t *one = json_object();

		json_set_place(one, "line", "column", input_place(&q->in, r->begin));
		json_object_set_new(
			one, "text",
			json_text(slice_make(text.p + r->begin, r->end - r->begin)));
		json_object_set_new(one, "version", json_who(b, r->version));
		json_array_append_new(list, one);
	}
	for (size_t i = 0; i < b->n_changes; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "before", json_text(str_slice(&b->changes[i].was)));
		json_object_set_new(one, "after", json_text(str_slice(&b->changes[i].now)));
		json_object_set_new(one, "version", json_who(b, b->changes[i].version));
		json_array_append_new(list, one);
	}
	for (size_t i = 0; i < b->n_notes; i++)
		json_array_append_new(notes, json_words(_(b->notes[i])));
	json_object_set_new(o, "draft", json_words(q->in.name));
	json_object_set_new(o, q->place ? "changes" : "words", list);
	json_object_set_new(o, "notes", notes);
	json_print(o, &q->c->out);
}

static int answer(struct question *q, struct error *err)
{
	struct blamer_ask ask = {.revision = "HEAD",
				 .path = str_text(&q->p.path),
				 .text = input_text(&q->in),
				 .begin = q->begin,
				 .end = q->end};
	struct blamer b;
	int rc = q->place ? blamer_trace(&b, q->p.session.repo, &ask, err)
			  : blamer_words(&b, q->p.session.repo, &ask, err);

	if (rc < 0)
		return rc;
	if (cli_has(q->c, "json"))
		print_json(q, &b);
	else if (q->place)
		print_changes(q, &b);
	else
		print_words(q, &b);
	for (size_t i = 0; i < b.n_notes && !cli_has(q->c, "json"); i++)
		cli_note("%s", _(b.notes[i]));
	blamer_release(&b);
	return 0;
}

enum exit_status cmd_blame(struct cli *c)
{
	struct question q = {.c = c};
	struct error err = ERROR_INIT;
	struct place place = {0, 0};
	char *name = NULL;
	int rc = read_place(c->argv[0], &name, &place, &err);

	if (rc < 0)
		goto done;
	rc = input_open(&q.in, name, &err);
	if (rc == 0 && q.in.kind == INPUT_STDIN)
		rc = error_set(&err, ST_USAGE, _("standard input has no history"));
	if (rc == 0)
		rc = find_range(&q, place, &err);
	if (rc == 0)
		rc = past_open(&q.p, name, &err);
	if (rc == 0) {
		rc = answer(&q, &err);
		past_release(&q.p);
	}
	input_release(&q.in);
done:
	free(name);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}
