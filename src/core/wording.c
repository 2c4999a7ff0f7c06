/* SPDX-License-Identifier: MIT */
#include "core/wording.h"

#include "core/bracket.h"
#include "core/escape.h"
#include "core/show.h"
#include "core/utf8.h"

#include <string.h>
#include <uniwidth.h>

static size_t escapable(struct slice s)
{
	return escapable_at(s.p, s.len);
}

static struct slice from(struct slice s, size_t at)
{
	return (struct slice){s.p + at, s.len - at};
}

static size_t slash_at(struct slice s)
{
	return slice_starts(s, "/") ? 1 : slice_starts(s, "／") ? 3 : 0;
}

/* What opens a comment or an autolink. */
static bool opens_unread(struct slice s)
{
	return slice_starts(s, "<!--") || slice_starts(s, "<http") ||
	       slice_starts(s, "<mailto:");
}

static bool is_line_edge(struct slice text, size_t at)
{
	return at == text.len || text.p[at] == '\n' || text.p[at] == '\r';
}

/* Whether the slash of len bytes at `at` would separate options. An end of the
 * text counts as a blank: there may be one beside it. */
static bool separates(struct slice text, size_t at, size_t len, int how)
{
	size_t before = utf8_blanks_before(text.p, at);
	size_t after = utf8_blanks_at(text.p + at + len, text.len - at - len);
	bool first = at - before == 0, last = at + len + after == text.len;

	if (how & WORDING_OPEN)
		return false;
	if (how & WORDING_SLASHES)
		return true;
	if (how & WORDING_LINES)
		return (first || text.p[at - before - 1] == '\n') &&
		       is_line_edge(text, at + len + after);
	return (before > 0 || first) && (after > 0 || last);
}

static void add_literal(struct str *out, struct slice text, int how)
{
	for (size_t i = 0; i < text.len;) {
		struct slice rest = from(text, i);
		size_t len = escapable(rest), slash = slash_at(rest);
		bool escape = len > 0;

		if (slash > 0)
			escape = separates(text, i, slash, how);
		else if (rest.p[0] == '<')
			escape = opens_unread(rest);
		else if (rest.p[0] == '!')
			escape = false; /* matters before a bracket only, and that is escaped */
		else if (rest.p[0] == '\\')
			escape = rest.len == 1 || escapable(from(rest, 1)) > 0 ||
				 (i == 0 && utf8_blank_at(rest.p + 1, rest.len - 1) > 0);
		if (len == 0)
			len = 1;
		if (escape)
			str_add_char(out, '\\');
		str_add(out, rest.p, len);
		i += len;
	}
}

/* Of what stands at pos in a reading, the end of what is copied as it is; pos itself if
 * nothing is. The cursors go up with pos. */
struct reading {
	struct brackets b;
	size_t bracket, skipped, unread, problem;
};

static size_t end_of_whole(struct reading *r, size_t pos)
{
	while (r->bracket < r->b.n && r->b.v[r->bracket].begin < pos)
		r->bracket++;
	while (r->skipped < r->b.n_skipped && r->b.skipped[r->skipped].begin < pos)
		r->skipped++;
	while (r->unread < r->b.n_unread && r->b.unread[r->unread].begin < pos)
		r->unread++;
	if (r->bracket < r->b.n && r->b.v[r->bracket].begin == pos)
		return r->b.v[r->bracket].end;
	if (r->skipped < r->b.n_skipped && r->b.skipped[r->skipped].begin == pos)
		return r->b.skipped[r->skipped].end;
	if (r->unread < r->b.n_unread && r->b.unread[r->unread].begin == pos)
		return r->b.unread[r->unread].end;
	return pos;
}

static bool is_problem(struct reading *r, size_t pos)
{
	while (r->problem < r->b.n_problems && r->b.problems[r->problem].at < pos)
		r->problem++;
	return r->problem < r->b.n_problems && r->b.problems[r->problem].at == pos;
}

static void add_markup(struct str *out, struct slice text, int how,
		       const struct parties *parties)
{
	struct reading r = {.bracket = 0};

	brackets_read(&r.b, text, parties);
	for (size_t i = 0; i < text.len;) {
		struct slice rest = from(text, i);
		size_t whole = end_of_whole(&r, i), slash = slash_at(rest), len = 1;

		if (whole > i) {
			str_add(out, rest.p, whole - i);
			i = whole;
			continue;
		}
		if (rest.p[0] == '\\' && escapable(from(rest, 1)) > 0) {
			str_add_char(out, '\\');
			i++;
			rest = from(text, i);
			len = escapable(rest);
		} else if ((rest.p[0] == '\\' && rest.len == 1) || rest.p[0] == '`' ||
			   slice_starts(rest, "<!--") || is_problem(&r, i) ||
			   (slash > 0 && separates(text, i, slash, how))) {
			str_add_char(out, '\\');
			len = escapable(rest);
		}
		str_add(out, rest.p, len);
		i += len;
	}
	brackets_release(&r.b);
}

void wording_add(struct str *out, struct slice text, int how, const struct parties *parties)
{
	if (how & WORDING_GUARD)
		str_add_text(out, "\\ ");
	if (how & WORDING_MARKUP)
		add_markup(out, text, how, parties);
	else
		add_literal(out, text, how);
}

void wording_plain(struct str *out, struct slice written)
{
	for (size_t i = 0; i < written.len; i++) {
		if (written.p[i] == '\\' && escapable(from(written, i + 1)) > 0)
			i++;
		str_add_char(out, written.p[i]);
	}
}

struct slice wording_trim(struct slice text)
{
	for (;;) {
		size_t len = text.len;

		while (text.len > 0 && (text.p[0] == '\n' || text.p[0] == '\r'))
			text = from(text, 1);
		text = from(text, utf8_blanks_at(text.p, text.len));
		while (text.len > 0 &&
		       (text.p[text.len - 1] == '\n' || text.p[text.len - 1] == '\r'))
			text.len--;
		text.len -= utf8_blanks_before(text.p, text.len);
		if (text.len == len)
			return text;
	}
}

/* Whether the k-th option of the bracket that opens the draft has the text meant. */
static bool offers(struct slice draft, size_t k, size_t n, size_t n_parties, struct slice meant,
		   int how, const struct parties *parties)
{
	struct str text = STR_INIT;
	struct brackets b;
	bool good = false;

	brackets_read(&b, draft, parties);
	if (b.n > 0 && b.v[0].begin == 0 && b.v[0].end == draft.len && b.v[0].n_options == n &&
	    b.n_problems == 0 && b.points[0].n_brackets == 1 &&
	    (how & WORDING_MARKUP || (b.n == 1 && b.n_skipped == 0))) {
		const struct option *o = &b.options[b.v[0].option + k];
		struct slice got = {draft.p + o->begin, o->end - o->begin};

		if (how & WORDING_MARKUP)
			str_add_slice(&text, got);
		else
			wording_plain(&text, got);
		good = !o->no_text && o->n_parties == n_parties &&
		       slice_equal(str_slice(&text), meant);
	}
	str_release(&text);
	brackets_release(&b);
	return good;
}

bool wording_reads_back(struct slice written, struct slice meant, int how,
			const struct parties *parties)
{
	const char *gap = how & WORDING_LINES ? "\n" : "";
	const char *mid = how & WORDING_LINES ? "\n/\n" : " / ";
	const char *code = parties->n > 0 ? parties->v[0].code : NULL;
	bool good = true;

	/* Alone; first, with parties (which show what is text after them); last. */
	for (int k = how & WORDING_LINES ? 1 : 0; k < 3 && good; k++) {
		struct str draft = STR_INIT;
		bool named = k == 1 && code;

		str_addf(&draft, "[%s", gap);
		if (k == 2)
			str_addf(&draft, "y%s", mid);
		if (named)
			str_addf(&draft, "%s: ", code);
		str_add_slice(&draft, written);
		if (k == 1)
			str_addf(&draft, "%sy", mid);
		str_addf(&draft, "%s]", gap);
		good = offers(str_slice(&draft), k == 2, k == 0 ? 1 : 2, named, meant, how,
			      parties);
		str_release(&draft);
	}
	return good;
}

int wording_escape(struct slice text, int how, const struct parties *parties, struct str *out,
		   struct error *err)
{
	static const int more[] = {0, WORDING_SLASHES, WORDING_GUARD,
				   WORDING_GUARD | WORDING_SLASHES};
	struct slice meant = wording_trim(text);
	struct str written = STR_INIT, bare = STR_INIT;
	bool good = false;

	if (meant.len == 0)
		return error_set(err, ST_INPUT, N_("the wording is empty"));
	if (!(how & WORDING_LINES) &&
	    (memchr(meant.p, '\n', meant.len) || memchr(meant.p, '\r', meant.len)))
		return error_set(err, ST_INPUT,
				 N_("a wording inside a line is one line itself"));
	for (size_t k = 0; k < sizeof(more) / sizeof(*more) && !good; k++) {
		str_clear(&written);
		str_clear(&bare);
		wording_add(&written, meant, how | more[k], parties);
		wording_add(&bare, meant, how | (more[k] & ~WORDING_GUARD), parties);
		good = wording_reads_back(str_slice(&written),
					  how & WORDING_MARKUP ? str_slice(&bare) : meant, how,
					  parties);
	}
	if (good)
		str_add_slice(out, str_slice(&written));
	str_release(&written);
	str_release(&bare);
	return good ? 0
		    : error_set(err, ST_INPUT,
				N_("this wording would be read as something else in brackets"));
}

const char *wording_no_text(struct slice language)
{
	static const struct {
		const char *code, *words;
	} list[] = {{"fr", "pas de texte"}, {"es", "sin texto"}, {"ru", "без текста"},
		    {"ar", "بدون نص"},      {"zh", "无案文"},    {NULL, NULL}};

	for (size_t i = 0; list[i].code; i++)
		if (slice_starts(language, list[i].code) &&
		    (language.len == 2 || language.p[2] == '-' || language.p[2] == '_'))
			return list[i].words;
	return "no text";
}

void wording_codes(struct str *out, const struct parties *parties, const uint16_t *list,
		   size_t n, const char *comma)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add_text(out, comma);
		str_add_text(out, parties->v[list[i]].code);
	}
}

/* Appends a shown text, cut to so many columns at a character. */
static void add_cut(struct str *out, struct slice text, size_t columns)
{
	size_t width = 0, at = 0, fits = 0;

	while (at < text.len) {
		uint32_t cp;
		size_t len = utf8_decode(text.p + at, text.len - at, &cp);
		int w = cp == UTF8_BAD ? 1 : uc_width((ucs4_t)cp, "UTF-8");

		width += w > 0 ? (size_t)w : 0;
		if (width > columns)
			break;
		at += len;
		/* One column is left for the ellipsis; marks go with their letter. */
		if (width < columns)
			fits = at;
	}
	if (at == text.len) {
		str_add_slice(out, text);
		return;
	}
	fits -= utf8_blanks_before(text.p, fits);
	str_add(out, text.p, fits);
	str_add_text(out, "…");
}

void wording_brief(struct str *out, struct slice text, size_t columns)
{
	struct str flat = STR_INIT, shown = STR_INIT;

	text = wording_trim(text);
	/* No character has more than 16 marks once shown: more bytes are not needed. */
	for (size_t i = 0; i < text.len && flat.len <= columns * 80;) {
		size_t n = 0, len;

		for (;;) {
			struct slice rest = from(text, i + n);

			len = rest.len > 0 && (rest.p[0] == '\n' || rest.p[0] == '\r')
				      ? 1
				      : utf8_blank_at(rest.p, rest.len);
			if (len == 0)
				break;
			n += len;
		}
		if (n > 0)
			str_add_char(&flat, ' ');
		i += n;
		if (i == text.len)
			break;
		str_add_char(&flat, text.p[i++]);
	}
	show_add(&shown, str_slice(&flat).p, flat.len, SHOW_LINE);
	add_cut(out, str_slice(&shown), columns);
	str_release(&flat);
	str_release(&shown);
}
