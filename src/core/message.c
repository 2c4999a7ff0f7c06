/* SPDX-License-Identifier: MIT */
#include "core/message.h"

#include "core/utf8.h"
#include "core/verdict.h"
#include "core/wording.h"

#include <string.h>
#include <uniwidth.h>

#define SUBJECT_COLUMNS 72
#define NAME_COLUMNS    32
#define VALUE_COLUMNS   160

/* ---- lines */

static size_t columns(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		int w;

		i += utf8_decode(s.p + i, s.len - i, &cp);
		w = cp == UTF8_BAD ? 1 : uc_width((ucs4_t)cp, "UTF-8");
		n += w > 0 ? (size_t)w : 0;
	}
	return n;
}

/* Appends words, broken at blanks before column 72. A line that goes on is indented, so that
 * none begins with what a draft says. */
static void add_wrapped(struct str *out, struct slice words)
{
	size_t column = 0;

	while (words.len > 0) {
		const char *blank = memchr(words.p, ' ', words.len);
		size_t len = blank ? (size_t)(blank - words.p) : words.len;
		size_t width = columns((struct slice){words.p, len});

		if (column > 0 && column + 1 + width > SUBJECT_COLUMNS) {
			str_add_text(out, "\n  ");
			column = 2;
		} else if (column > 0) {
			str_add_char(out, ' ');
			column++;
		}
		str_add(out, words.p, len);
		column += width;
		len += blank != NULL;
		words = (struct slice){words.p + len, words.len - len};
	}
	str_add_char(out, '\n');
}

static void add_quoted(struct str *out, struct slice text, size_t most)
{
	str_add_char(out, '"');
	wording_brief(out, text, most > 2 ? most - 2 : 0);
	str_add_char(out, '"');
}

/* "res-31: " */
static void add_name(struct str *out, const struct message_about *a)
{
	wording_brief(out, slice_of(a->draft), NAME_COLUMNS);
	str_add_text(out, ": ");
}

/* What is left of the subject that out ends in. */
static size_t room(const struct str *out, size_t from)
{
	size_t used = columns((struct slice){out->p + from, out->len - from});

	return used < SUBJECT_COLUMNS ? SUBJECT_COLUMNS - used : 0;
}

static void add_reason(struct str *body, const struct message_about *a)
{
	if (wording_trim(a->reason).len == 0)
		return;
	str_add_text(body, " Reason given: ");
	wording_brief(body, a->reason, 1000);
}

static void add_body(struct str *out, const struct str *body)
{
	str_add_text(out, "\n\n");
	add_wrapped(out, str_slice(body));
	str_add_char(out, '\n');
}

/* ---- trailers */

static void add_trailer(struct str *out, const char *key, struct slice value)
{
	if (wording_trim(value).len == 0)
		return;
	str_addf(out, "%s: ", key);
	wording_brief(out, value, VALUE_COLUMNS);
	str_add_char(out, '\n');
}

static void add_point(struct str *out, size_t number, struct slice id)
{
	str_addf(out, "Point: %zu", number);
	if (id.len > 0) {
		str_add_text(out, " (");
		wording_brief(out, id, VALUE_COLUMNS);
		str_add_char(out, ')');
	}
	str_add_char(out, '\n');
}

static void add_meeting(struct str *out, const struct message_about *a)
{
	if (a->meeting)
		add_trailer(out, "Meeting", slice_of(a->meeting));
}

static void add_codes(struct str *out, const char *key, const struct message_about *a,
		      const uint16_t *list, size_t n)
{
	if (n == 0)
		return;
	/* A code is a word of capitals; from a file, it is what was found there. */
	str_addf(out, "%s: ", key);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add_text(out, ", ");
		wording_brief(out, slice_of(a->parties->v[list[i]].code), VALUE_COLUMNS);
	}
	str_add_char(out, '\n');
}

/* ---- messages */

static void add_decided(struct str *out, const struct resolved *r, size_t from)
{
	if (r->no_text) {
		str_add_text(out, "no text");
		return;
	}
	if (r->kind == CHOOSE_ALL)
		str_add_text(out, "all of ");
	add_quoted(out, str_slice(&r->wording), room(out, from));
}

void message_decision(struct str *out, const struct message_about *a, const struct resolved *r)
{
	struct str body = STR_INIT;
	size_t from = out->len;

	add_name(out, a);
	str_addf(out, "point %zu ", r->number);
	if (r->linked > 0)
		str_addf(out, "and %zu linked ", r->linked);
	str_add_text(out, "decided: ");
	add_decided(out, r, from);
	str_addf(&body, "In line %zu, ", r->line);
	add_quoted(&body, str_slice(&r->paragraph), VALUE_COLUMNS);
	if (r->no_text)
		str_add_text(&body, ", no text was chosen");
	else if (r->kind == CHOOSE_TEXT)
		str_add_text(&body, ", new wording was chosen");
	else if (r->kind == CHOOSE_ALL)
		str_add_text(&body, ", all of it was chosen");
	else
		str_addf(&body, ", option %zu was chosen", r->option);
	if (r->linked > 0)
		str_addf(&body, ", with %zu linked point%s", r->linked,
			 r->linked == 1 ? "" : "s");
	str_add_char(&body, '.');
	add_reason(&body, a);
	add_body(out, &body);
	str_release(&body);

	add_point(out, r->number, str_slice(&r->id));
	add_trailer(out, "Decision", str_slice(&r->words));
	str_addf(out, "Linked: %zu\n", r->linked);
	add_trailer(out, "Package", r->package);
	add_meeting(out, a);
	add_codes(out, "Supported-by", a, r->supporters, r->n_supporters);
	if (r->kind != CHOOSE_TEXT || r->no_text || r->n_supporters > 0)
		add_codes(out, "Opposed-by", a, r->others, r->n_others);
}

void message_undo(struct str *out, const struct message_about *a,
		  const struct message_record *undone, const char *commit)
{
	struct str body = STR_INIT;
	size_t from = out->len;

	add_name(out, a);
	str_addf(out, "point %zu open again; it was ", undone->number);
	wording_brief(out, undone->decision, room(out, from));
	str_addf(&body, "This undoes the decision of commit %.12s: ", commit);
	wording_brief(&body, undone->decision, VALUE_COLUMNS);
	if (undone->linked > 0)
		str_addf(&body, ", with %zu linked point%s", undone->linked,
			 undone->linked == 1 ? "" : "s");
	str_add_char(&body, '.');
	add_reason(&body, a);
	add_body(out, &body);
	str_release(&body);

	add_point(out, undone->number, undone->id);
	add_trailer(out, "Undoes", slice_of(commit));
	add_trailer(out, "Undone-decision", undone->decision);
	str_addf(out, "Linked: %zu\n", undone->linked);
	add_meeting(out, a);
}

void message_deferral(struct str *out, const struct message_about *a,
		      const struct resolved *point, struct slice until, bool deferred)
{
	struct str body = STR_INIT;
	size_t from = out->len;

	add_name(out, a);
	str_addf(out, "point %zu %s", point->number, deferred ? "deferred" : "taken up again");
	if (deferred && wording_trim(until).len > 0) {
		str_add_text(out, " until ");
		wording_brief(out, until, room(out, from));
	}
	str_addf(&body, "The point is in line %zu, ", point->line);
	add_quoted(&body, str_slice(&point->paragraph), VALUE_COLUMNS);
	str_add_char(&body, '.');
	add_reason(&body, a);
	add_body(out, &body);
	str_release(&body);

	add_point(out, point->number, str_slice(&point->id));
	str_add_text(out, "Deferral: ");
	if (!deferred) {
		str_add_text(out, "ended\n");
	} else {
		if (wording_trim(until).len > 0) {
			str_add_text(out, "until ");
			wording_brief(out, until, VALUE_COLUMNS);
			str_add_text(out, ", ");
		}
		add_quoted(out, a->reason, VALUE_COLUMNS);
		str_add_char(out, '\n');
	}
	add_meeting(out, a);
}

void message_agreement(struct str *out, const struct message_about *a, struct slice paragraph,
		       size_t line, bool agreed)
{
	struct str body = STR_INIT;
	size_t from = out->len;

	add_name(out, a);
	str_add_text(out, agreed ? "agreed ad referendum: " : "no longer agreed: ");
	add_quoted(out, paragraph, room(out, from));
	str_addf(&body, "The paragraph in line %zu is %s ad referendum: ", line,
		 agreed ? "agreed" : "no longer agreed");
	add_quoted(&body, paragraph, VALUE_COLUMNS);
	str_add_char(&body, '.');
	add_reason(&body, a);
	add_body(out, &body);
	str_release(&body);

	str_add_text(out, agreed ? "Agreed: " : "Agreed: withdrawn, ");
	add_quoted(out, paragraph, VALUE_COLUMNS);
	str_add_char(out, '\n');
	add_meeting(out, a);
}

void message_position(struct str *out, const struct message_about *a,
		      const struct resolved *point, uint16_t party, const struct position *p,
		      struct slice text, uint32_t n_options)
{
	struct str body = STR_INIT, words = STR_INIT;

	wording_brief(&words, slice_of(a->parties->v[party].code), NAME_COLUMNS);
	str_add_char(&words, ' ');
	if (p) {
		struct verdict v = {.n_options = n_options};
		struct standing s = {.position = p,
				     .stance = p->stance,
				     .strength = p->strength,
				     .has_option = p->has_option,
				     .option = p->option,
				     .red_line = p->strength == STRENGTH_RED_LINE &&
						 p->stance != STANCE_RESERVES &&
						 p->stance != STANCE_NONE};

		standing_words(&words, &s, &v, NULL);
	} else {
		str_add_text(&words, "withdrawn");
	}
	add_name(out, a);
	str_add_slice(out, str_slice(&words));
	str_addf(out, ", point %zu", point->number);

	str_addf(&body, "The point is in line %zu, ", point->line);
	add_quoted(&body, str_slice(&point->paragraph), VALUE_COLUMNS);
	str_add_char(&body, '.');
	if (p && p->note && *p->note) {
		str_add_text(&body, " Note: ");
		add_quoted(&body, slice_of(p->note), 1000);
	}
	add_body(out, &body);
	add_point(out, point->number, str_slice(&point->id));
	str_addf(out, "Position: %s", str_text(&words));
	if (p && p->has_option && text.len > 0) {
		str_add_text(out, ", ");
		add_quoted(out, text, VALUE_COLUMNS);
	}
	str_add_char(out, '\n');
	if (p && p->source)
		add_trailer(out, "Source", slice_of(p->source));
	if (p && p->meeting)
		add_trailer(out, "Meeting", slice_of(p->meeting));
	str_release(&body);
	str_release(&words);
}

void message_edit(struct str *out, const struct message_about *a, struct slice subject,
		  struct slice why)
{
	/* The subject is the user's: it may have several paragraphs, but no trailers. */
	str_add_slice(out, wording_trim(subject));
	str_add_text(out, "\n\n");
	add_trailer(out, "Edit", why);
	add_meeting(out, a);
}

void message_consolidation(struct str *out, const struct parties *parties, const uint16_t *list,
			   size_t n, struct slice base)
{
	const struct message_about a = {.parties = parties};

	add_codes(out, "Consolidated", &a, list, n);
	if (base.len == 0)
		return;
	/* A path is not cut: it is read back. */
	str_add_text(out, "Base: ");
	wording_brief(out, base, SIZE_MAX);
	str_add_char(out, '\n');
}

/* ---- reading back */

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-';
}

/* "Key: value", or a line that goes on from the one before. */
static bool is_trailer(struct slice line, struct slice *key, struct slice *value)
{
	size_t n = 0;

	*key = *value = (struct slice){line.p, 0};
	if (line.len > 0 && (line.p[0] == ' ' || line.p[0] == '\t'))
		return true;
	while (n < line.len && is_key_char(line.p[n]))
		n++;
	if (n == 0 || n == line.len || line.p[n] != ':')
		return false;
	*key = (struct slice){line.p, n};
	*value = wording_trim((struct slice){line.p + n + 1, line.len - n - 1});
	return true;
}

/* The last line of s, which it is taken from, without its line end. */
static struct slice last_line(struct slice *s)
{
	const char *lf = s->len > 0 ? memrchr(s->p, '\n', s->len) : NULL;
	size_t begin = lf ? (size_t)(lf - s->p) + 1 : 0;
	struct slice line = {s->p + begin, s->len - begin};

	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	s->len = lf ? begin - 1 : 0;
	return line;
}

/* The paragraphs at the end that hold trailers and nothing else. */
static struct slice trailers_of(struct slice message)
{
	struct slice rest = message, key, value, found = {message.p + message.len, 0};

	while (rest.len > 0) {
		size_t n = 0;

		/* Up over one paragraph; the subject is none of ours. */
		while (rest.len > 0) {
			struct slice line = last_line(&rest);

			if (wording_trim(line).len == 0) {
				if (n > 0)
					break;
				continue;
			}
			if (rest.len == 0 || !is_trailer(line, &key, &value))
				return found;
			n++;
		}
		if (rest.len > 0)
			found = (struct slice){rest.p + rest.len, message.len - rest.len};
	}
	return found;
}

static size_t number_of(struct slice *s)
{
	size_t n = 0, i = 0;

	while (i < s->len && i < 9 && s->p[i] >= '0' && s->p[i] <= '9')
		n = n * 10 + (size_t)(s->p[i++] - '0');
	*s = wording_trim((struct slice){s->p + i, s->len - i});
	return n;
}

static void read_point(struct slice value, struct message_record *r)
{
	r->number = number_of(&value);
	if (value.len > 2 && value.p[0] == '(' && value.p[value.len - 1] == ')')
		r->id = (struct slice){value.p + 1, value.len - 2};
}

static void read_trailer(struct slice key, struct slice value, struct message_record *r)
{
	const struct {
		const char *key;
		struct slice *to;
	} texts[] = {{"Decision", &r->decision},
		     {"Undoes", &r->undoes},
		     {"Undone-decision", &r->decision},
		     {"Deferral", &r->deferral},
		     {"Agreed", &r->agreed},
		     {"Edit", &r->edit},
		     {"Consolidated", &r->consolidated},
		     {"Base", &r->base},
		     {"Position", &r->position},
		     {"Package", &r->package},
		     {"Meeting", &r->meeting},
		     {"Supported-by", &r->supported},
		     {"Opposed-by", &r->opposed}};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (slice_is(key, texts[i].key) && texts[i].to->len == 0)
			*texts[i].to = value;
	if (slice_is(key, "Point") && r->number == 0)
		read_point(value, r);
	if (slice_is(key, "Linked") && r->linked == 0)
		r->linked = number_of(&value);
}

void message_parse(struct slice message, struct message_record *record)
{
	struct slice rest = trailers_of(message), key, value;

	*record = (struct message_record){.kind = MESSAGE_OTHER};
	while (rest.len > 0) {
		const char *lf = memchr(rest.p, '\n', rest.len);
		size_t len = lf ? (size_t)(lf - rest.p) : rest.len;

		if (is_trailer((struct slice){rest.p, len}, &key, &value) && key.len > 0)
			read_trailer(key, value, record);
		len += lf != NULL;
		rest = (struct slice){rest.p + len, rest.len - len};
	}
	if (record->undoes.len > 0 && record->number > 0)
		record->kind = MESSAGE_UNDO;
	else if (record->decision.len > 0 && record->number > 0)
		record->kind = MESSAGE_DECISION;
	else if (record->deferral.len > 0 && record->number > 0)
		record->kind = MESSAGE_DEFERRAL;
	else if (record->agreed.len > 0)
		record->kind = MESSAGE_AGREEMENT;
	else if (record->position.len > 0 && record->number > 0)
		record->kind = MESSAGE_POSITION;
}

void message_add_meeting(struct str *message, const char *meeting)
{
	const struct message_about a = {.meeting = meeting};
	struct message_record record;

	message_parse(str_slice(message), &record);
	if (record.meeting.len || !meeting || !*meeting)
		return;
	while (message->len && message->p[message->len - 1] == '\n')
		str_truncate(message, message->len - 1);
	str_add_text(message, trailers_of(str_slice(message)).len ? "\n" : "\n\n");
	add_meeting(message, &a);
}
