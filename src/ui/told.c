/* SPDX-License-Identifier: MIT */
#include "ui/told.h"

#include "core/bracket.h"
#include "core/show.h"
#include "core/wording.h"
#include "ui/host.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

enum { TEXT_COLUMNS = 120 };

static void show(struct str *out, struct slice text)
{
	show_add(out, text.p, text.len, SHOW_LINE);
}

static void add_part(struct str *out, const char *label, struct slice text)
{
	if (!text.len)
		return;
	str_addf(out, " · %s ", label);
	show(out, text);
}

/* The number that "option 2, " begins with; what follows in *rest. 0 where it is none. */
static unsigned long option_said(struct slice words, struct slice *rest)
{
	static const char begin[] = "option ";
	size_t at = sizeof(begin) - 1, from = at;
	unsigned long n = 0;

	if (!slice_starts(words, begin))
		return 0;
	for (; at < words.len && at - from < 6 && words.p[at] >= '0' && words.p[at] <= '9';
	     at++)
		n = n * 10 + (unsigned long)(words.p[at] - '0');
	*rest = slice_make(words.p + at, words.len - at);
	if (!slice_starts(*rest, ", "))
		return 0;
	*rest = slice_make(rest->p + 2, rest->len - 2);
	return n;
}

void told_choice(struct str *out, struct slice words)
{
	static const char *const begins[] = {N_("all of it, "), N_("new wording ")};
	struct slice rest = words;
	unsigned long option = option_said(words, &rest);

	if (option)
		str_addf(out, _("option %lu, "), option);
	else
		rest = words;
	for (size_t i = 0; !option && i < sizeof(begins) / sizeof(*begins); i++)
		if (slice_starts(words, begins[i])) {
			str_add_text(out, _(begins[i]));
			rest = slice_make(words.p + strlen(begins[i]),
					  words.len - strlen(begins[i]));
		}
	if (slice_is(rest, "no text"))
		str_add_text(out, _("no text"));
	else
		show(out, rest);
}

void told_undoing(struct str *out, size_t point, struct slice decision, size_t linked)
{
	str_addf(out, _("point %zu, "), point);
	told_choice(out, decision);
	if (linked)
		str_addf(out, n_(" · %zu linked", " · %zu linked", linked), linked);
}

bool told_record(struct str *out, const struct message_record *r)
{
	if (r->kind == MESSAGE_OTHER)
		return false;
	if (r->kind == MESSAGE_AGREEMENT) {
		str_add_text(out, _("agreed ad referendum: "));
		show(out, r->agreed);
		return true;
	}
	str_addf(out,
		 r->kind == MESSAGE_UNDO       ? _("taken back: point %zu")
		 : r->kind == MESSAGE_DEFERRAL ? _("deferred: point %zu")
		 : r->kind == MESSAGE_POSITION ? _("position: point %zu")
					       : _("decided: point %zu"),
		 r->number);
	if (r->id.len) {
		str_add_text(out, " (");
		show(out, r->id);
		str_add_char(out, ')');
	}
	str_add_text(out, ", ");
	if (r->kind == MESSAGE_DEFERRAL || r->kind == MESSAGE_POSITION)
		show(out, r->kind == MESSAGE_DEFERRAL ? r->deferral : r->position);
	else
		told_choice(out, r->decision);
	if (r->linked)
		str_addf(out, n_(" · %zu linked", " · %zu linked", r->linked), r->linked);
	add_part(out, _("for"), r->supported);
	add_part(out, _("against"), r->opposed);
	return true;
}

/* ---- events */

/* before: what stands before the first of them; nothing where there is none. */
static bool add_codes(struct str *out, const struct life_parties *set, const char *before,
		      const struct parties *parties)
{
	const char *join = before;

	for (uint16_t i = 0; i < parties->n && i < 128; i++) {
		if (!life_has(set, i))
			continue;
		str_add_text(out, join);
		show(out, slice_of(parties->v[i].code));
		join = ", ";
	}
	return join != before;
}

void told_wording(struct str *out, struct slice text, const struct parties *parties,
		  size_t columns)
{
	struct str plain = STR_INIT;
	struct brackets b;

	if (!text.len || !memmem(text.p, text.len, "{#", 2)) {
		wording_brief(out, text, columns);
		return;
	}
	brackets_read(&b, text, parties);
	brackets_without_ids(&b, text, 0, text.len, &plain);
	wording_brief(out, str_slice(&plain), columns);
	brackets_release(&b);
	str_release(&plain);
}

static void add_text(struct str *out, struct slice text, const struct parties *parties)
{
	told_wording(out, text, parties, TEXT_COLUMNS);
}

static const char *code_of(const struct life_event *e, const struct parties *parties)
{
	return e->party < parties->n ? parties->v[e->party].code : "?";
}

static void add_position(struct str *out, const struct life *l, const struct life_event *e,
			 const struct parties *parties)
{
	str_addf(out, "%s %s", code_of(e, parties), stance_word((enum stance)e->stance));
	if (e->recorded && e->option)
		str_addf(out, _(" option %u"), e->option);
	else if (e->recorded)
		str_add_text(out, _(" no text"));
	if (e->strength == STRENGTH_RED_LINE)
		str_add_text(out, _(" (red line)"));
	else if (e->strength != STRENGTH_NONE)
		str_addf(out, " (%s)", strength_word((enum strength)e->strength));
	if (e->text_len) {
		str_add_text(out, ", ");
		add_text(out, life_text(l, e), parties);
	}
}

static void add_resolved(struct str *out, const struct life *l, const struct life_event *e,
			 const struct parties *parties)
{
	if (e->option)
		str_addf(out, _("option %u: "), e->option);
	if (e->text_len)
		add_text(out, life_text(l, e), parties);
	else
		str_add_text(out, _("no text"));
	/* Where there is no room for both, this is what is asked. */
	if (e->more_len) {
		str_add_text(out, _("  against "));
		add_text(out, life_more(l, e), parties);
	}
	add_codes(out, &e->parties, _("  for "), parties);
	if (!e->recorded)
		str_add_text(out, _("  (no decision recorded)"));
}

void told_event(struct str *out, const struct life *l, const struct life_event *e,
		const struct parties *parties)
{
	switch (e->kind) {
	case LIFE_REWORDED:
		if (e->option)
			str_addf(out, _("option %u: "), e->option);
		add_text(out, life_more(l, e), parties);
		str_add_text(out, " → ");
		add_text(out, life_text(l, e), parties);
		break;
	case LIFE_JOINED:
	case LIFE_LEFT:
		str_addf(out, _("%s, option %u: "), code_of(e, parties), e->option);
		add_text(out, life_text(l, e), parties);
		break;
	case LIFE_MERGED:
		str_addf(out, _("into point %u of this list"), e->other + 1);
		break;
	case LIFE_SPLIT:
		str_addf(out, _("from point %u of this list: "), e->other + 1);
		add_text(out, life_text(l, e), parties);
		break;
	case LIFE_RESOLVED:
		add_resolved(out, l, e, parties);
		break;
	case LIFE_CLOSED:
		str_add_text(out, _("with its paragraph, or the point around it"));
		break;
	case LIFE_POSITION:
		add_position(out, l, e, parties);
		break;
	default:
		if (e->text_len || e->kind == LIFE_BORN)
			add_text(out, life_text(l, e), parties);
		else if (e->kind == LIFE_ADDED || e->kind == LIFE_DROPPED)
			str_add_text(out, _("no text"));
		if (add_codes(out, &e->parties, "  (", parties))
			str_add_char(out, ')');
	}
}

/* Where the next of several goes that have been written from there on. */
static struct str *parted(struct str *out, size_t from)
{
	if (out->len > from)
		str_add_text(out, " · ");
	return out;
}

void told_counts(struct str *out, const struct life_counts *n)
{
	const size_t from = out->len;

	if (n->opened)
		str_addf(parted(out, from), n_("%zu opened", "%zu opened", n->opened),
			 n->opened);
	if (n->changed)
		str_addf(parted(out, from), n_("%zu changed", "%zu changed", n->changed),
			 n->changed);
	if (n->resolved)
		str_addf(parted(out, from), n_("%zu resolved", "%zu resolved", n->resolved),
			 n->resolved);
	if (n->reopened)
		str_addf(parted(out, from), n_("%zu reopened", "%zu reopened", n->reopened),
			 n->reopened);
}

struct slice told_subject(struct slice message, const char *draft)
{
	const char *end = message.len ? memchr(message.p, '\n', message.len) : NULL;
	struct slice s = end ? slice_make(message.p, (size_t)(end - message.p)) : message;
	size_t len = strlen(draft);

	if (s.len > len + 2 && memcmp(s.p, draft, len) == 0 && memcmp(s.p + len, ": ", 2) == 0)
		s = slice_make(s.p + len + 2, s.len - len - 2);
	return s;
}

void told_number(struct str *out, size_t n)
{
	/* TRANSLATORS: between the thousands of a number */
	const char *part = _(",");
	size_t from = out->len;

	str_add_number(out, n);
	for (size_t at = out->len; at > from + 3;)
		str_splice(out, at -= 3, 0, part, strlen(part));
}

bool told_has(struct slice text, struct slice words)
{
	size_t a_len, b_len;
	uint8_t *a, *b;
	bool found;

	if (!words.len)
		return true;
	a = u8_casefold((const uint8_t *)text.p, text.len, NULL, NULL, NULL, &a_len);
	b = u8_casefold((const uint8_t *)words.p, words.len, NULL, NULL, NULL, &b_len);
	found = a && b && memmem(a, a_len, b, b_len);
	free(a);
	free(b);
	return found;
}

void told_reading(struct str *out, const struct host_lives *lives, bool running)
{
	bool part = lives && lives->is_newest;

	if (part)
		str_addf(
			out,
			n_("only the newest version", "only the newest %zu versions", lives->n),
			lives->n);
	if (!running) {
		str_add_text(out, part ? _(": the rest was not read") : "");
		return;
	}
	str_add_text(out, part ? "; " : "");
	if (lives && lives->of) {
		str_addf(out, _("version %zu of %zu is read"), lives->at, lives->of);
	} else {
		str_add_text(out, part ? "" : _("versions are being looked for: "));
		told_number(out, lives ? lives->at : 0);
		str_add_text(out, _(" found"));
	}
	str_add_text(out, _("; Esc stops"));
}

void told_notes(struct str *out, const char *const *notes, size_t n)
{
	if (n > 1)
		str_addf(out, _("%zu things are not shown, first: "), n);
	if (n)
		str_add_text(out, notes[0]);
}
