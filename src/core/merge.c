/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/front.h"
#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* ---- line ends ---- */

enum line_ends { ENDS_NONE, ENDS_LF, ENDS_CRLF, ENDS_MIXED };

static enum line_ends line_ends_of(struct slice s)
{
	enum line_ends ends = ENDS_NONE;

	for (const char *p = s.p, *lf;
	     s.len && (lf = memchr(p, '\n', (size_t)(s.p + s.len - p))); p = lf + 1) {
		enum line_ends one = lf > s.p && lf[-1] == '\r' ? ENDS_CRLF : ENDS_LF;

		if (ends == ENDS_NONE)
			ends = one;
		if (ends != one)
			return ENDS_MIXED;
	}
	return ends;
}

/* The text with these line ends; it has others throughout. */
static struct slice convert(struct slice text, enum line_ends to, struct str *room)
{
	for (size_t i = 0; i < text.len; i++) {
		bool cr = text.p[i] == '\r' && i + 1 < text.len && text.p[i + 1] == '\n';

		if (cr)
			continue;
		if (text.p[i] == '\n' && to == ENDS_CRLF)
			str_add_char(room, '\r');
		str_add_char(room, text.p[i]);
	}
	return str_slice(room);
}

/* Where a side changed all line ends, the others follow: then it makes no other difference. */
static void one_line_end(struct slice text[3], struct str room[3])
{
	enum line_ends ends[3], to;

	for (size_t k = 0; k < 3; k++) {
		ends[k] = line_ends_of(text[k]);
		if (ends[k] == ENDS_MIXED)
			return;
	}
	if (ends[2] == ENDS_NONE || (ends[1] != ENDS_NONE && ends[2] == ends[0]))
		to = ends[1];
	else if (ends[1] == ENDS_NONE || ends[1] == ends[0] || ends[1] == ends[2])
		to = ends[2];
	else
		to = ENDS_LF;
	for (size_t k = 0; k < 3; k++)
		if (ends[k] != ENDS_NONE && ends[k] != to)
			text[k] = convert(text[k], to, &room[k]);
}

/* ---- the three texts ---- */

static bool occurs(const struct merge *m, const struct str *what)
{
	for (size_t k = 0; k < 3; k++) {
		struct slice s = m->w.inputs[k].text;

		for (const char *p = s.p;
		     s.len && (p = memchr(p, '{', (size_t)(s.p + s.len - p))); p++)
			if ((size_t)(s.p + s.len - p) >= what->len &&
			    memcmp(p, what->p, what->len) == 0)
				return true;
	}
	return false;
}

static void read_text(void *context, size_t k)
{
	struct work *w = context;

	input_read(w, &w->inputs[k]);
}

/* text: base, ours and theirs, with one kind of line ends. */
static void merge_init(struct merge *m, const struct slice text[3], const struct merge_ask *ask)
{
	struct work *w = &m->w;
	enum line_ends ours = line_ends_of(text[1]), theirs = line_ends_of(text[2]);

	*w = (struct work){.parties = ask->parties, .n = 3, .each = ask->each, .merging = true};
	w->keys = intern_new();
	w->no_text = wording_no_text(ask->language);
	w->line_end = ours + theirs >= ENDS_CRLF && ours != ENDS_LF && theirs != ENDS_LF &&
				      ours != ENDS_MIXED && theirs != ENDS_MIXED
			      ? SLICE("\r\n")
			      : SLICE("\n");
	w->inputs = mem_zalloc(3 * sizeof(*w->inputs));
	for (size_t k = 0; k < 3; k++)
		w->inputs[k] = (struct input){.text = text[k], .party = PARTY_NONE};
	each_run(ask->each, 3, read_text, w);
	str_add_text(&w->temp_id, "{#b-}");
	while (occurs(m, &w->temp_id))
		str_splice(&w->temp_id, w->temp_id.len - 1, 0, "-", 1);
}

static void merge_release(struct merge *m)
{
	merge_rows_release(m);
	for (size_t k = 0; k < 3; k++)
		input_done(&m->w.inputs[k]);
	free(m->w.inputs);
	free(m->w.id_owner);
	free(m->w.counts);
	intern_free(m->w.keys);
	str_release(&m->w.temp_id);
}

/* ---- all of it ---- */

static struct slice front_of(struct slice text)
{
	return slice_make(text.p, front_matter_at(text));
}

/* The front matter, merged by entry. */
static void merge_front(struct str *out, const struct slice text[3], const uint16_t party[3],
			const struct parties *parties, struct merge_outcome *outcome)
{
	struct merge_outcome one = {0};
	struct slice base = front_of(text[0]);

	/* Where there is none, there is nothing between its lines. */
	if (!base.len && front_of(text[1]).len && front_of(text[2]).len)
		base = SLICE("---\n---\n");
	if (!front_of(text[1]).len || !front_of(text[2]).len) {
		str_add_slice(out, front_of(front_of(text[1]).len ? text[1] : text[2]));
		return;
	}
	merge_yaml(out, base, (struct merge_side){front_of(text[1]), party[1]},
		   (struct merge_side){front_of(text[2]), party[2]}, parties, &one);
	outcome->points += one.points;
}

static bool merge_drafts(struct str *out, struct merge *m, const struct slice text[3],
			 struct merge_outcome *outcome)
{
	struct str front = STR_INIT;
	bool good;

	merge_front(&front, text, m->party, m->w.parties, outcome);
	merge_rows(m);
	good = merge_result(m, str_slice(&front), out);
	for (size_t k = 0; k < m->n; k++)
		outcome->points += m->rows[k].new_points;
	str_release(&front);
	return good;
}

void merge_texts(const struct merge_ask *ask, struct str *out, struct merge_outcome *outcome)
{
	struct slice text[3] = {ask->base, ask->ours.text, ask->theirs.text};
	struct str room[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct merge m = {.party = {PARTY_NONE, ask->ours.party, ask->theirs.party}};

	*outcome = (struct merge_outcome){0, false};
	if (slice_equal(text[0], text[1]) || slice_equal(text[1], text[2])) {
		str_add_slice(out, ask->theirs.text);
		return;
	}
	if (slice_equal(text[0], text[2])) {
		str_add_slice(out, ask->ours.text);
		return;
	}
	one_line_end(text, room);
	merge_init(&m, text, ask);
	if (!merge_drafts(out, &m, text, outcome)) {
		*outcome = (struct merge_outcome){1, true};
		merge_whole(out, ask->ours, ask->theirs, ask->parties);
	}
	merge_release(&m);
	for (size_t k = 0; k < 3; k++)
		str_release(&room[k]);
}

/* ---- the whole text as one point ---- */

static void add_whole(struct str *out, const struct merge_side *side, struct slice end, int how,
		      const struct parties *parties)
{
	struct str written = STR_INIT;
	struct error none = ERROR_INIT;
	struct str text = STR_INIT;

	str_add_slice(&text, side->text);
	merge_indent_strays(&text, parties);
	if (side->party != PARTY_NONE) {
		wording_codes(out, parties, &side->party, 1, ", ");
		str_add_text(out, ":");
		/* What begins with a fence stands on a line of its own. */
		str_add_slice(out, end);
	}
	if (!wording_trim(str_slice(&text)).len)
		str_add_text(out, wording_no_text(SLICE("")));
	else if (wording_escape(str_slice(&text), how | WORDING_LINES, parties, &written,
				&none) == 0)
		str_add_slice(out, str_slice(&written));
	else
		str_add_slice(out, str_slice(&text));
	if (!out->len || out->p[out->len - 1] != '\n')
		str_add_slice(out, end);
	str_release(&text);
	str_release(&written);
}

static void build_whole(struct str *out, const struct merge_side side[2], int how,
			const struct parties *parties)
{
	struct slice end =
		line_ends_of(side[0].text) == ENDS_CRLF ? SLICE("\r\n") : SLICE("\n");

	str_add_char(out, '[');
	str_add_slice(out, end);
	add_whole(out, &side[0], end, how, parties);
	str_add_char(out, '/');
	str_add_slice(out, end);
	add_whole(out, &side[1], end, how, parties);
	str_add_char(out, ']');
	str_add_slice(out, end);
}

void merge_whole(struct str *out, struct merge_side ours, struct merge_side theirs,
		 const struct parties *parties)
{
	bool turn = slice_compare(ours.text, theirs.text) > 0;
	const struct merge_side side[2] = {turn ? theirs : ours, turn ? ours : theirs};
	struct str made = STR_INIT;

	for (int how = 0; how < 2; how++) {
		struct brackets b;
		bool good;

		str_clear(&made);
		build_whole(&made, side, how ? WORDING_LITERAL : WORDING_MARKUP, parties);
		brackets_read(&b, str_slice(&made), parties);
		good = b.n_outer == 1 && b.points[0].n_options == 2 && !b.n_problems;
		brackets_release(&b);
		if (good)
			break;
	}
	str_add_slice(out, str_slice(&made));
	str_release(&made);
}

uint16_t merge_party(const struct parties *parties, struct slice branch)
{
	size_t from = branch.len, to = 0;

	while (from > 0 && branch.p[from - 1] != '/')
		from--;
	branch = slice_make(branch.p + from, branch.len - from);
	while (to < branch.len && !strchr("~^@:", branch.p[to]))
		to++;
	branch.len = to;
	return branch.len ? party_find(parties, branch, NULL) : PARTY_NONE;
}
