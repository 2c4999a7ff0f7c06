/* SPDX-License-Identifier: MIT */
#include "cli/events.h"

#include "ui/told.h"

void print_version(struct cli *c, const struct version *v)
{
	char day[16];

	version_day(v, day);
	str_addf(&c->out, "%s  %.10s  ", day, v->id);
	cli_show(c, slice_of(v->author.name));
}

bool print_record(struct cli *c, const struct message_record *r)
{
	return told_record(&c->out, r);
}

void print_event(struct cli *c, const struct life *l, const struct life_event *e,
		 const struct parties *parties)
{
	str_addf(&c->out, "%-15s ", _(life_kind_word(e->kind)));
	told_event(&c->out, l, e, parties);
}

/* ---- JSON */

static const char *code_of(const struct life_event *e, const struct parties *parties)
{
	return e->party < parties->n ? parties->v[e->party].code : "?";
}

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
		json_object_set_new(f, "left",
				    v->files[i].left
					    ? json_words(version_parent(v, &v->files[i]))
					    : json_null());
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
		json_object_set_new(o, "for", json_parties(&e->parties, parties));
		set_text(o, "against", life_more(l, e));
	}
	return o;
}
