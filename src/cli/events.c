/* SPDX-License-Identifier: MIT */
#include "cli/events.h"

#include "core/wording.h"
#include "store/tags.h"

#include <string.h>

enum { TEXT_COLUMNS = 120 };

void print_version(struct cli *c, const struct version *v)
{
	char day[16];

	version_day(v, day);
	str_addf(&c->out, "%s  %.10s  ", day, v->id);
	cli_show(c, slice_of(v->author.name));
}

static void add_part(struct cli *c, const char *label, struct slice text)
{
	if (!text.len)
		return;
	str_addf(&c->out, " · %s ", label);
	cli_show(c, text);
}

bool print_record(struct cli *c, const struct message_record *r)
{
	if (r->kind == MESSAGE_OTHER)
		return false;
	if (r->kind == MESSAGE_AGREEMENT) {
		str_add_text(&c->out, _("agreed ad referendum: "));
		cli_show(c, r->agreed);
		return true;
	}
	str_addf(&c->out,
		 r->kind == MESSAGE_UNDO       ? _("taken back: point %zu")
		 : r->kind == MESSAGE_DEFERRAL ? _("deferred: point %zu")
					       : _("decided: point %zu"),
		 r->number);
	if (r->id.len) {
		str_add_text(&c->out, " (");
		cli_show(c, r->id);
		str_add_char(&c->out, ')');
	}
	str_add_text(&c->out, ", ");
	cli_show(c, r->kind == MESSAGE_DEFERRAL ? r->deferral : r->decision);
	if (r->linked)
		str_addf(&c->out, _(" · %zu linked"), r->linked);
	add_part(c, _("for"), r->supported);
	add_part(c, _("against"), r->opposed);
	return true;
}

/* ---- events */

static void add_codes(struct cli *c, const struct life_parties *set,
		      const struct parties *parties)
{
	const char *join = "  (";

	for (uint16_t i = 0; i < parties->n && i < 128; i++) {
		if (!life_has(set, i))
			continue;
		str_add_text(&c->out, join);
		cli_show(c, slice_of(parties->v[i].code));
		join = ", ";
	}
	if (*join == ',')
		str_add_char(&c->out, ')');
}

static void add_text(struct cli *c, struct slice text)
{
	wording_brief(&c->out, text, TEXT_COLUMNS);
}

static const char *code_of(const struct life_event *e, const struct parties *parties)
{
	return e->party < parties->n ? parties->v[e->party].code : "?";
}

static void add_position(struct cli *c, const struct life *l, const struct life_event *e,
			 const struct parties *parties)
{
	str_addf(&c->out, "%s %s", code_of(e, parties), stance_word((enum stance)e->stance));
	if (e->recorded && e->option)
		str_addf(&c->out, " %u", e->option);
	else if (e->recorded)
		str_add_text(&c->out, _(" no text"));
	if (e->strength != STRENGTH_NONE)
		str_addf(&c->out, " (%s)", strength_word((enum strength)e->strength));
	if (e->text_len) {
		str_add_text(&c->out, ", ");
		add_text(c, life_text(l, e));
	}
}

static void add_resolved(struct cli *c, const struct life *l, const struct life_event *e)
{
	if (e->option)
		str_addf(&c->out, _("option %u: "), e->option);
	if (e->text_len)
		add_text(c, life_text(l, e));
	else
		str_add_text(&c->out, _("no text"));
	if (e->more_len) {
		str_add_text(&c->out, _("  against "));
		add_text(c, life_more(l, e));
	}
	if (!e->recorded)
		str_add_text(&c->out, _("  (no decision recorded)"));
}

void print_event(struct cli *c, const struct life *l, const struct life_event *e,
		 const struct parties *parties)
{
	str_addf(&c->out, "%-15s ", _(life_kind_word(e->kind)));
	switch (e->kind) {
	case LIFE_REWORDED:
		if (e->option)
			str_addf(&c->out, _("option %u: "), e->option);
		add_text(c, life_more(l, e));
		str_add_text(&c->out, " → ");
		add_text(c, life_text(l, e));
		break;
	case LIFE_JOINED:
	case LIFE_LEFT:
		str_addf(&c->out, _("%s, option %u: "), code_of(e, parties), e->option);
		add_text(c, life_text(l, e));
		break;
	case LIFE_MERGED:
		str_addf(&c->out, _("into point %u of this list"), e->other + 1);
		break;
	case LIFE_SPLIT:
		str_addf(&c->out, _("from point %u of this list: "), e->other + 1);
		add_text(c, life_text(l, e));
		break;
	case LIFE_RESOLVED:
		add_resolved(c, l, e);
		break;
	case LIFE_CLOSED:
		str_add_text(&c->out, _("with its paragraph, or the point around it"));
		break;
	case LIFE_POSITION:
		add_position(c, l, e, parties);
		break;
	default:
		if (e->text_len || e->kind == LIFE_BORN)
			add_text(c, life_text(l, e));
		else if (e->kind == LIFE_ADDED || e->kind == LIFE_DROPPED)
			str_add_text(&c->out, _("no text"));
		add_codes(c, &e->parties, parties);
	}
}

/* ---- JSON */

json_t *json_version(const struct version *v)
{
	json_t *o = json_object(), *files = json_array();
	struct slice subject = version_subject(v);
	char day[16];

	version_day(v, day);
	json_object_set_new(o, "commit", json_words(v->id));
	json_object_set_new(o, "date", json_words(day));
	json_object_set_new(o, "time", json_integer((json_int_t)v->time));
	json_object_set_new(o, "author", json_words(v->author.name));
	json_object_set_new(o, "email", json_words(v->author.email));
	json_object_set_new(o, "subject", json_text(subject));
	for (size_t i = 0; i < v->n_files; i++) {
		json_t *f = json_object();

		json_object_set_new(f, "path", json_words(v->files[i].path));
		json_object_set_new(f, "was", json_words(v->files[i].was));
		json_object_set_new(f, "deleted", json_boolean(!*v->files[i].blob));
		json_array_append_new(files, f);
	}
	json_object_set_new(o, "files", files);
	return o;
}

static void set_text(json_t *o, const char *key, struct slice text)
{
	json_object_set_new(o, key, text.len ? json_text(text) : json_null());
}

json_t *json_record(const struct message_record *r)
{
	static const char *const kinds[] = {[MESSAGE_DECISION] = "decision",
					    [MESSAGE_UNDO] = "undo",
					    [MESSAGE_DEFERRAL] = "deferral",
					    [MESSAGE_AGREEMENT] = "agreement",
					    [MESSAGE_POSITION] = "position"};
	json_t *o;

	if (r->kind == MESSAGE_OTHER)
		return json_null();
	o = json_object();
	json_object_set_new(o, "kind", json_words(kinds[r->kind]));
	if (r->number)
		json_object_set_new(o, "point", json_integer((json_int_t)r->number));
	set_text(o, "id", r->id);
	set_text(o, "decision", r->decision);
	set_text(o, "undoes", r->undoes);
	set_text(o, "deferral", r->deferral);
	set_text(o, "agreed", r->agreed);
	set_text(o, "position", r->position);
	json_object_set_new(o, "linked", json_integer((json_int_t)r->linked));
	set_text(o, "supported_by", r->supported);
	set_text(o, "opposed_by", r->opposed);
	return o;
}

json_t *json_parties(const struct life_parties *set, const struct parties *parties)
{
	json_t *list = json_array();

	for (uint16_t i = 0; i < parties->n && i < 128; i++)
		if (life_has(set, i))
			json_array_append_new(list, json_words(parties->v[i].code));
	return list;
}

static const char *json_kind(enum life_kind kind)
{
	static const char *const words[] = {
		"born",     "reworded", "option-added", "option-dropped", "joined",
		"left",     "merged",   "split",        "deferred",       "taken-up",
		"resolved", "gone",     "reopened",     "position"};

	return words[kind];
}

json_t *json_event(const struct life *l, const struct life_event *e,
		   const struct parties *parties)
{
	json_t *o = json_object();

	json_object_set_new(o, "event", json_words(json_kind(e->kind)));
	json_object_set_new(o, "version", json_integer((json_int_t)e->version + 1));
	if (e->option || (e->kind == LIFE_POSITION && e->recorded))
		json_object_set_new(o, "option", json_integer((json_int_t)e->option));
	if (e->party != PARTY_NONE)
		json_object_set_new(o, "party", json_words(code_of(e, parties)));
	if (e->kind == LIFE_POSITION) {
		json_object_set_new(o, "stance",
				    json_words(stance_word((enum stance)e->stance)));
		json_object_set_new(o, "strength",
				    json_words(strength_word((enum strength)e->strength)));
	}
	if (e->kind == LIFE_BORN || e->kind == LIFE_ADDED || e->kind == LIFE_DROPPED ||
	    e->kind == LIFE_REOPENED)
		json_object_set_new(o, "parties", json_parties(&e->parties, parties));
	if (e->other != LIFE_NONE)
		json_object_set_new(o, "other", json_integer((json_int_t)e->other + 1));
	if (e->kind != LIFE_MERGED && e->kind != LIFE_CLOSED && e->kind != LIFE_TAKEN_UP)
		json_object_set_new(o, "text", json_text(life_text(l, e)));
	if (e->kind == LIFE_REWORDED)
		json_object_set_new(o, "before", json_text(life_more(l, e)));
	if (e->kind == LIFE_RESOLVED) {
		json_object_set_new(o, "recorded", json_boolean(e->recorded));
		set_text(o, "against", life_more(l, e));
	}
	return o;
}
