/* SPDX-License-Identifier: MIT */
#include "ui/log_filter.h"

#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>
#include <strings.h>

#define VALUES_MOST 40 /* candidates for a value */

static const struct {
	const char *name, *help;
} keys[LOG_KEYS] = {
	[LOG_KEY_AUTHOR] = {"author:", N_("by this author (a part of the name)")},
	[LOG_KEY_REGION] = {"region:", N_("that this region has to do with")},
	[LOG_KEY_MEETING] = {"meeting:", N_("of this meeting")},
	[LOG_KEY_DATE] = {"date:", N_("of this day, month or year")},
	[LOG_KEY_SINCE] = {"since:", N_("of this day and after")},
	[LOG_KEY_UNTIL] = {"until:", N_("of this day and before")},
	[LOG_KEY_PHRASE] = {"phrase:", N_("that brought these words in or took them out")},
	[LOG_KEY_ADDED] = {"added:", N_("that brought these words in")},
	[LOG_KEY_REMOVED] = {"removed:", N_("that took these words out")},
};

/* ---- reading ---- */

/* The next thing typed: [begin, end), the key, or LOG_KEYS, and where its value begins. A quote
 * goes on to the next one; a phrase, whose words belong together, to the next key. */
struct token {
	size_t begin, end, value;
	int key;
};

/* How long the key at the beginning of s is; the command line says --party. */
static size_t key_at(struct slice s, int *key)
{
	static const char party[] = "party:";

	*key = LOG_KEY_REGION;
	if (s.len >= sizeof(party) - 1 && strncasecmp(s.p, party, sizeof(party) - 1) == 0)
		return sizeof(party) - 1;
	for (int k = 0; k < LOG_KEYS; k++) {
		size_t len = strlen(keys[k].name);

		if (s.len >= len && strncasecmp(s.p, keys[k].name, len) == 0) {
			*key = k;
			return len;
		}
	}
	*key = LOG_KEYS;
	return 0;
}

static size_t skip_spaces(struct slice typed, size_t at)
{
	while (at < typed.len && typed.p[at] == ' ')
		at++;
	return at;
}

static size_t word_end(struct slice typed, size_t at)
{
	bool quoted = false;

	for (; at < typed.len && (quoted || typed.p[at] != ' '); at++)
		if (typed.p[at] == '"')
			quoted = !quoted;
	return at;
}

static bool next_token(struct slice typed, size_t at, struct token *t)
{
	bool phrase;
	size_t next;
	int key;

	t->begin = skip_spaces(typed, at);
	t->value = t->begin +
		   key_at(slice_make(typed.p + t->begin, typed.len - t->begin), &t->key);
	phrase = t->key == LOG_KEY_PHRASE || t->key == LOG_KEY_ADDED ||
		 t->key == LOG_KEY_REMOVED;
	if (phrase)
		t->value = skip_spaces(typed, t->value);
	t->end = word_end(typed, t->value);
	phrase = phrase && t->value < typed.len && typed.p[t->value] != '"';
	while (phrase && (next = skip_spaces(typed, t->end)) < typed.len &&
	       !key_at(slice_make(typed.p + next, typed.len - next), &key))
		t->end = word_end(typed, next);
	return t->begin < t->end;
}

static void add_unquoted(struct str *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] != '"')
			str_add_char(out, s.p[i]);
}

void log_filter_release(struct log_filter *f)
{
	str_release(&f->words);
	for (int k = 0; k < LOG_KEYS; k++)
		str_release(&f->value[k]);
}

void log_filter_read(struct log_filter *f, struct slice typed)
{
	struct token t = {0, 0, 0, 0};

	str_clear(&f->words);
	for (int k = 0; k < LOG_KEYS; k++)
		str_clear(&f->value[k]);
	while (next_token(typed, t.end, &t)) {
		struct str *to = t.key < LOG_KEYS ? &f->value[t.key] : &f->words;

		if (t.key < LOG_KEYS)
			str_clear(to);
		else if (to->len)
			str_add_char(to, ' ');
		add_unquoted(to, slice_make(typed.p + t.value, t.end - t.value));
	}
}

/* ---- looking ---- */

/* Days compare as text; what is typed may be a month or a year: "2026-02". */
static bool date_passes(const struct log_filter *f, const char *date)
{
	struct slice day = slice_of(date);
	struct slice on = str_slice(&f->value[LOG_KEY_DATE]);
	struct slice since = str_slice(&f->value[LOG_KEY_SINCE]);
	struct slice until = str_slice(&f->value[LOG_KEY_UNTIL]);
	size_t n = until.len < day.len ? until.len : day.len;

	if (on.len && (day.len < on.len || memcmp(day.p, on.p, on.len) != 0))
		return false;
	if (since.len && (day.len < 10 || strncmp(day.p, since.p, since.len) < 0))
		return false;
	return !until.len || (day.len >= 10 && memcmp(day.p, until.p, n) <= 0);
}

static bool words_pass(struct slice words, const struct host_version *v)
{
	const char *const texts[] = {v->author, v->date, v->meeting, v->tag, v->id};

	if (told_has(v->message, words))
		return true;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (told_has(slice_of(texts[i]), words))
			return true;
	for (size_t i = 0; i < v->n_files; i++)
		if (told_has(slice_of(v->files[i].name), words))
			return true;
	return false;
}

bool log_filter_passes(const struct log_filter *f, const struct host_version *v)
{
	struct slice meeting = str_slice(&f->value[LOG_KEY_MEETING]);

	if (!told_has(slice_of(v->author), str_slice(&f->value[LOG_KEY_AUTHOR])) ||
	    !date_passes(f, v->date))
		return false;
	if (meeting.len && !told_has(slice_of(v->meeting), meeting) &&
	    !told_has(slice_of(v->tag), meeting))
		return false;
	return !f->words.len || words_pass(str_slice(&f->words), v);
}

static const char *text_or_null(struct str *s)
{
	return s->len ? str_text(s) : NULL;
}

struct host_log_ask log_filter_ask(struct log_filter *f, const char *name)
{
	return (struct host_log_ask){.name = name,
				     .region = text_or_null(&f->value[LOG_KEY_REGION]),
				     .phrase = text_or_null(&f->value[LOG_KEY_PHRASE]),
				     .added = text_or_null(&f->value[LOG_KEY_ADDED]),
				     .removed = text_or_null(&f->value[LOG_KEY_REMOVED])};
}

bool log_filter_same_ask(const struct log_filter *a, const struct log_filter *b)
{
	static const enum log_key asked[] = {LOG_KEY_REGION, LOG_KEY_PHRASE, LOG_KEY_ADDED,
					     LOG_KEY_REMOVED};

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (!slice_equal(str_slice(&a->value[asked[i]]),
				 str_slice(&b->value[asked[i]])))
			return false;
	return true;
}

/* ---- completing ---- */

struct offer {
	struct prompt_candidates *c;
	struct slice typed; /* of the value */
	const char *key;
};

/* A value, once, if it has what is typed. */
static void add_value(const struct offer *o, const char *value, const char *help)
{
	struct str text = STR_INIT;
	bool there = !*value || o->c->n >= VALUES_MOST ||
		     !told_has(slice_of(value), o->typed) || strchr(value, '"');

	str_addf(&text, strchr(value, ' ') ? "%s\"%s\"" : "%s%s", o->key, value);
	for (size_t i = 0; i < o->c->n && !there; i++)
		there = strcmp(o->c->v[i].text, str_text(&text)) == 0;
	if (!there)
		prompt_candidate_add(o->c, str_slice(&text), slice_of(help));
	str_release(&text);
}

static void add_regions(const struct host *host, const struct offer *o)
{
	const struct parties *p = host->parties(host->data);

	for (size_t i = 0; i < p->n; i++)
		add_value(o, p->v[i].code, p->v[i].organisation ? p->v[i].organisation : "");
}

static void add_meetings(const struct host *host, const struct offer *o)
{
	const struct meetings *m = HOST_CAN(host, meetings) ? host->meetings(host->data) : NULL;

	for (size_t i = 0; m && i < m->n; i++)
		add_value(o, m->v[i].code, m->v[i].name ? m->v[i].name : "");
}

static void add_seen(const struct host_log *log, const struct offer *o, int key)
{
	for (size_t i = 0; log && i < log->n; i++) {
		const struct host_version *v = &log->v[i];

		if (key == LOG_KEY_AUTHOR)
			add_value(o, v->author, "");
		else if (key == LOG_KEY_MEETING)
			add_value(o, v->meeting, "");
		else if (key >= LOG_KEY_DATE && key <= LOG_KEY_UNTIL && *v->date != '?')
			add_value(o, v->date, v->meeting);
	}
}

void log_filter_meetings(const struct host *host, const struct host_log *log,
			 struct slice typed, struct prompt_candidates *c)
{
	struct offer o = {.c = c, .typed = typed, .key = ""};

	add_meetings(host, &o);
	add_seen(log, &o, LOG_KEY_MEETING);
}

void log_filter_complete(const struct host *host, const struct host_log *log,
			 struct slice typed, size_t at, struct prompt_candidates *c)
{
	struct token t = {0, 0, 0, 0};
	struct offer o = {.c = c};

	/* The token that the cursor is in or touches, or a new one. */
	while (next_token(slice_make(typed.p, at), t.end, &t) && t.end < at)
		;
	c->from = t.begin;
	if (t.key == LOG_KEYS) {
		struct slice s = slice_make(typed.p + t.begin, at - t.begin);

		for (int k = 0; k < LOG_KEYS; k++)
			if (strlen(keys[k].name) > s.len &&
			    strncasecmp(keys[k].name, s.p, s.len) == 0)
				prompt_candidate_add(c, slice_of(keys[k].name),
						     slice_of(_(keys[k].help)));
		return;
	}
	o.typed = slice_make(typed.p + t.value, at - t.value);
	if (o.typed.len && *o.typed.p == '"')
		o.typed = slice_make(o.typed.p + 1, o.typed.len - 1);
	o.key = keys[t.key].name;
	if (t.key == LOG_KEY_REGION)
		add_regions(host, &o);
	if (t.key == LOG_KEY_MEETING)
		add_meetings(host, &o);
	add_seen(log, &o, t.key);
}
