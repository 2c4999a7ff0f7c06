/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/past.h"
#include "core/wording.h"
#include "store/lives.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

/* adref life: what became of a point; or all points a draft ever had. */

const struct cli_option options_life[] = {
	{"open", 0, NULL, N_("only points that are open now")},
	{"json", 0, NULL, N_("print one JSON object: every point with its versions")},
	{0},
};

enum { NAME_COLUMNS = 60 };

struct tale {
	struct cli *c;
	struct past p;
	struct lives l;
	struct tag_list tags;
	const struct parties *parties;
};

/* What a point offers, without the brackets: "one / AFR: at least one". */
static void add_offer(struct tale *t, const struct life_point *p)
{
	struct slice text = life_point_text(&t->l.life, p);

	if (text.len > 1 && text.p[0] == '[' && text.p[text.len - 1] == ']')
		text = slice_make(text.p + 1, text.len - 2);
	wording_brief(&t->c->out, text, NAME_COLUMNS);
}

static const char *state_word(const struct life_point *p)
{
	return p->state == LIFE_OPEN          ? _("open")
	       : p->state == LIFE_IS_RESOLVED ? _("resolved")
	       : p->state == LIFE_IS_MERGED   ? _("merged")
					      : _("gone");
}

static void add_meeting(struct tale *t, const struct version *v)
{
	struct str keep = STR_INIT;
	const char *meeting = tags_meeting(&t->tags, &t->p.session.ws.meetings, v, &keep);
	size_t from = t->c->out.len;

	cli_show(t->c, slice_of(meeting));
	for (size_t n = t->c->out.len - from; n < 9; n++)
		str_add_char(&t->c->out, ' ');
	str_release(&keep);
}

/* The documents of the calendar that the commit's message names. */
static void add_documents(struct tale *t, const struct version *v)
{
	const struct meetings *m = &t->p.session.ws.meetings;
	const char *join = "  ";

	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < m->v[i].n_documents; k++) {
			const char *doc = m->v[i].documents[k];

			if (!v->message.len ||
			    !memmem(v->message.p, v->message.len, doc, strlen(doc)))
				continue;
			str_add_text(&t->c->out, join);
			cli_show(t->c, slice_of(doc));
			join = ", ";
		}
}

static void print_life(struct tale *t, uint32_t point)
{
	const struct life *l = &t->l.life;
	const struct life_point *p = &l->points[point];
	struct str *out = &t->c->out;
	uint32_t *list;
	size_t n = life_events_of(l, point, &list);
	char day[16];

	cli_show(t->c, slice_of(t->p.name));
	str_add_text(out, _(" · point "));
	if (p->id_len)
		cli_show(t->c, life_point_id(l, p));
	else if (p->state == LIFE_OPEN)
		str_addf(out, "%u", p->number);
	else
		str_addf(out, "@%u", point + 1);
	str_addf(out, " · %s · ", state_word(p));
	add_offer(t, p);
	str_add_char(out, '\n');
	for (size_t i = 0; i < n; i++) {
		const struct life_event *e = &l->events[list[i]];
		const struct version *v = &t->l.v[e->version];

		version_day(v, day);
		str_addf(out, "%s  %.10s  ", day, v->id);
		add_meeting(t, v);
		str_add_char(out, ' ');
		print_event(t->c, l, e, t->parties);
		str_add_text(out, "  ·  ");
		cli_show(t->c, slice_of(v->author.name));
		add_documents(t, v);
		str_add_char(out, '\n');
	}
	free(list);
}

static void print_line(struct tale *t, uint32_t point)
{
	const struct life_point *p = &t->l.life.points[point];
	struct str *out = &t->c->out;
	char from[16], to[16] = "";

	version_day(&t->l.v[p->born], from);
	if (p->ended != LIFE_NONE)
		version_day(&t->l.v[p->ended], to);
	if (p->state == LIFE_OPEN)
		str_addf(out, "%5u  ", p->number);
	else
		str_addf(out, "%5s  ", "");
	str_addf(out, "@%-4u %-7.*s %-9s %s  %-10s  ", point + 1, (int)p->id_len,
		 life_point_id(&t->l.life, p).p, state_word(p), from, to);
	add_offer(t, p);
	str_add_char(out, '\n');
}

static json_t *json_point(struct tale *t, uint32_t point)
{
	const struct life *l = &t->l.life;
	const struct life_point *p = &l->points[point];
	json_t *o = json_object(), *events = json_array();
	uint32_t *list;
	size_t n = life_events_of(l, point, &list);

	json_object_set_new(o, "n", json_integer((json_int_t)point + 1));
	json_object_set_new(o, "number",
			    p->state == LIFE_OPEN ? json_integer((json_int_t)p->number)
						  : json_null());
	json_object_set_new(o, "id", p->id_len ? json_text(life_point_id(l, p)) : json_null());
	json_object_set_new(o, "state",
			    json_words(p->state == LIFE_OPEN          ? "open"
				       : p->state == LIFE_IS_RESOLVED ? "resolved"
				       : p->state == LIFE_IS_MERGED   ? "merged"
								      : "gone"));
	json_object_set_new(o, "born", json_integer((json_int_t)p->born + 1));
	json_object_set_new(o, "ended",
			    p->ended == LIFE_NONE ? json_null()
						  : json_integer((json_int_t)p->ended + 1));
	json_object_set_new(o, "depth", json_integer((json_int_t)p->depth));
	json_object_set_new(o, "text", json_text(life_point_text(l, p)));
	json_object_set_new(o, "parties", json_parties(&p->holders, t->parties));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(events, json_event(l, &l->events[list[i]], t->parties));
	json_object_set_new(o, "events", events);
	free(list);
	return o;
}

static void print_json(struct tale *t, const bool *wanted)
{
	json_t *o = json_object(), *versions = json_array(), *points = json_array(),
	       *notes = json_array();

	for (size_t i = 0; i < t->l.n; i++) {
		json_t *v = json_version(&t->l.v[i]);
		struct str keep = STR_INIT;
		const char *meeting =
			tags_meeting(&t->tags, &t->p.session.ws.meetings, &t->l.v[i], &keep);

		json_object_set_new(v, "n", json_integer((json_int_t)i + 1));
		json_object_set_new(v, "meeting", *meeting ? json_words(meeting) : json_null());
		json_array_append_new(versions, v);
		str_release(&keep);
	}
	for (uint32_t i = 0; i < t->l.life.n_points; i++)
		if (wanted[i])
			json_array_append_new(points, json_point(t, i));
	for (size_t i = 0; i < t->l.n_notes; i++)
		json_array_append_new(notes, json_words(_(t->l.notes[i])));
	json_object_set_new(o, "draft", json_words(t->p.name));
	json_object_set_new(o, "versions", versions);
	json_object_set_new(o, "points", points);
	json_object_set_new(o, "notes", notes);
	json_print(o, &t->c->out);
}

/* ---- which point */

/* A number of the text now, an id, @N of the list, or words that its brackets hold. */
static int choose(struct tale *t, const char *word, bool *wanted, struct error *err)
{
	const struct life *l = &t->l.life;
	size_t number, found = 0;
	bool from_list = word[0] == '@' && cli_number(word + 1, &number);
	bool is_number = !from_list && cli_number(word, &number);

	for (size_t i = 0; i < l->n_points; i++) {
		const struct life_point *p = &l->points[i];

		wanted[i] = from_list   ? number == i + 1
			    : is_number ? p->state == LIFE_OPEN && p->number == number
					: slice_equal(life_point_id(l, p), slice_of(word));
		found += wanted[i];
	}
	for (size_t i = 0; i < l->n_points && !found && !from_list && !is_number; i++)
		wanted[i] = l->points[i].text_len &&
			    memmem(life_point_text(l, &l->points[i]).p, l->points[i].text_len,
				   word, strlen(word));
	for (size_t i = 0; i < l->n_points; i++)
		found += wanted[i];
	if (found)
		return 0;
	return error_set(err, ST_MISSING,
			 _("%s: no point %s; \"adref life %s\" lists all there ever were"),
			 t->p.name, word, t->p.name);
}

static int tell(struct tale *t, struct error *err)
{
	const char *word = t->c->argc > 1 ? t->c->argv[1] : NULL;
	const struct life *l = &t->l.life;
	bool *wanted = calloc(l->n_points + 1, sizeof(*wanted));
	int rc = 0;

	if (!wanted)
		return error_set(err, ST_FAIL, _("out of memory"));
	for (size_t i = 0; i < l->n_points && !word; i++)
		wanted[i] = true;
	if (word)
		rc = choose(t, word, wanted, err);
	for (size_t i = 0; i < l->n_points; i++)
		wanted[i] = wanted[i] &&
			    (!cli_has(t->c, "open") || l->points[i].state == LIFE_OPEN);
	if (rc == 0 && cli_has(t->c, "json"))
		print_json(t, wanted);
	for (uint32_t i = 0; rc == 0 && i < l->n_points && !cli_has(t->c, "json"); i++)
		if (wanted[i] && word)
			print_life(t, i);
		else if (wanted[i])
			print_line(t, i);
	for (size_t i = 0; rc == 0 && i < t->l.n_notes && !cli_has(t->c, "json"); i++)
		cli_note("%s", _(t->l.notes[i]));
	free(wanted);
	return rc;
}

enum exit_status cmd_life(struct cli *c)
{
	struct tale t = {.c = c};
	struct error err = ERROR_INIT;
	int rc;

	if (past_open(&t.p, c->argv[0], &err) < 0)
		return cli_fail(&err);
	t.parties = &t.p.session.ws.parties;
	rc = lives_read(&t.l, t.p.session.repo,
			&(struct lives_ask){.revision = "HEAD",
					    .path = str_text(&t.p.path),
					    .parties = t.parties},
			&err);
	if (rc == 0) {
		tags_read(&t.tags, t.p.session.repo);
		rc = tell(&t, &err);
		tags_release(&t.tags);
		lives_release(&t.l);
	}
	past_release(&t.p);
	return rc < 0 ? cli_fail(&err) : EXIT_DONE;
}
