/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/edit.h"
#include "core/front.h"
#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 64 /* of writing rows more plainly because of what stands elsewhere */

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

static void merge_init(struct merge *m, const struct slice text[3], struct slice language,
		       const struct parties *parties, const struct each *each)
{
	struct work *w = &m->w;
	enum line_ends ours = line_ends_of(text[1]), theirs = line_ends_of(text[2]);

	*w = (struct work){.parties = parties, .n = 3, .each = each, .merging = true};
	w->keys = intern_new();
	w->no_text = wording_no_text(language);
	w->line_end = ours + theirs >= ENDS_CRLF && ours != ENDS_LF && theirs != ENDS_LF &&
				      ours != ENDS_MIXED && theirs != ENDS_MIXED
			      ? SLICE("\r\n")
			      : SLICE("\n");
	w->inputs = mem_zalloc(3 * sizeof(*w->inputs));
	for (size_t k = 0; k < 3; k++)
		w->inputs[k] = (struct input){.text = text[k], .party = PARTY_NONE};
	each_run(each, 3, read_text, w);
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

/* ---- putting the rows together ---- */

/* The row's first and last unit in a text, where it stands there. */
static uint32_t first_of(const struct merge_row *row, size_t k)
{
	return row->place[k] ? row->unit[k] : NONE;
}

static uint32_t last_of(const struct merge_row *row, size_t k)
{
	if (!row->place[k] || !row->n[k])
		return first_of(row, k);
	return row->more[(k == 2 ? row->n[1] : 0) + row->n[k] - 1];
}

static size_t body_at(const struct input *in)
{
	return front_matter_at(in->text);
}

/* What stands before a text's unit: line ends, blanks, empty clauses. */
static struct slice before(const struct input *in, uint32_t unit)
{
	size_t from = unit ? in->units[unit - 1].end : body_at(in);

	return slice_make(in->text.p + from, in->units[unit].begin - from);
}

static struct slice after(const struct input *in, uint32_t unit)
{
	size_t to = unit + 1 < in->n ? in->units[unit + 1].begin : in->text.len;

	return slice_make(in->text.p + in->units[unit].end, to - in->units[unit].end);
}

/* What to put between two rows that are neighbours in no text. */
static struct slice between(const struct merge *m, const struct merge_row *last,
			    const struct merge_row *next)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
	bool any;

	for (size_t k = 0; k < 3; k++)
		if (first_of(next, k) != NONE && first_of(next, k) > 0)
			v[k] = before(&m->w.inputs[k], first_of(next, k));
	any = v[0].p || v[1].p || v[2].p;
	for (size_t k = 0; k < 3 && !any; k++)
		if (last_of(last, k) != NONE && last_of(last, k) + 1 < m->w.inputs[k].n)
			v[k] = after(&m->w.inputs[k], last_of(last, k));
	if (v[0].p || v[1].p || v[2].p)
		return merge_pick(v);
	return m->w.line_end.len == 2 ? SLICE("\r\n\r\n") : SLICE("\n\n");
}

static void add_gap(const struct merge *m, const struct merge_row *last,
		    const struct merge_row *next, struct str *out)
{
	struct slice v[3], gap;
	bool any = false;

	for (size_t k = 0; k < 3; k++) {
		const struct input *in = &m->w.inputs[k];
		uint32_t x = last ? last_of(last, k) : NONE;
		uint32_t y = next ? first_of(next, k) : NONE;

		v[k] = slice_make(NULL, 0);
		if (last && next && x != NONE && y == x + 1)
			v[k] = before(in, y);
		else if (!last && y == 0)
			v[k] = before(in, y);
		else if (!next && x != NONE && x + 1 == in->n)
			v[k] = after(in, x);
		any = any || (v[k].p && k > 0);
	}
	/* At the beginning and the end a side's own say in it is enough. */
	if (!any && last && next)
		v[0] = between(m, last, next);
	gap = merge_pick(v);
	if (!any && !next && last && !gap.p)
		gap = m->w.line_end;
	if (gap.p)
		str_add_slice(out, gap);
}

static struct slice row_bytes(const struct merge *m, const struct merge_row *row)
{
	const struct input *in = &m->w.inputs[row->source];
	const struct unit *u;

	if (row->way != MERGE_AS_IS)
		return str_slice(&row->text);
	u = &in->units[row->unit[row->source]];
	return slice_make(in->text.p + u->begin, u->end - u->begin);
}

/* All but the front matter. */
static struct slice rest_of(const struct merge *m, size_t k)
{
	struct slice text = m->w.inputs[k].text;
	size_t at = body_at(&m->w.inputs[k]);

	return slice_make(text.len ? text.p + at : "", text.len - at);
}

static void assemble(struct merge *m, struct slice front, struct str *out)
{
	const struct merge_row *last = NULL;

	str_clear(out);
	str_add_slice(out, front);
	for (size_t k = 0; k < m->n; k++) {
		struct merge_row *row = &m->rows[k];

		add_gap(m, last, row, out);
		row->begin = out->len;
		str_add_slice(out, row_bytes(m, row));
		row->end = out->len;
		last = row;
	}
	if (last)
		add_gap(m, last, NULL, out);
	else
		str_add_slice(out, merge_pick((struct slice[3]){rest_of(m, 0), rest_of(m, 1),
								rest_of(m, 2)}));
}

/* ---- writing the rows ---- */

#define PART_ROWS 16

/* Pieces and keys are of one row. */
static void forget(struct merge *m, const struct merge_row *row)
{
	for (size_t k = 0; k < 3; k++) {
		struct input *in = &m->w.inputs[k];

		in->n_pieces = 0;
		if (row->unit[k] != NONE)
			in->units[row->unit[k]].has_pieces = false;
		for (size_t i = 1; i < row->n[k]; i++)
			in->units[row->more[(k == 2 ? row->n[1] : 0) + i]].has_pieces = false;
	}
	intern_clear(m->w.keys);
}

static bool write_row(struct merge *m, struct merge_row *row, enum merge_way way)
{
	bool good = merge_row_write(m, row, way) < MERGE_WAYS;

	forget(m, row);
	return good;
}

struct writing {
	struct merge *m;
	bool *bad; /* by part: a row of it cannot be written */
};

/* What both moved, to different places, has units that stand in two rows. */
static bool is_shared(const struct merge_row *row)
{
	return row->kind == MERGE_UNIT && row->unit[0] == NONE;
}

static void write_part(void *context, size_t i)
{
	struct writing *x = context;
	struct merge own = *x->m;

	work_part_begin(&own.w, &x->m->w);
	for (size_t k = i * PART_ROWS; k < own.n && k < (i + 1) * PART_ROWS; k++)
		if (own.rows[k].kind != MERGE_TAKEN && !is_shared(&own.rows[k]) &&
		    !write_row(&own, &own.rows[k], MERGE_AS_IS))
			x->bad[i] = true;
	work_part_end(&own.w);
}

static bool write_rows(struct merge *m)
{
	size_t n = (m->n + PART_ROWS - 1) / PART_ROWS;
	struct writing x = {m, mem_zalloc(n * sizeof(bool))};
	bool good = true;

	work_forget_all(&m->w);
	each_run(m->w.each, n, write_part, &x);
	for (size_t i = 0; i < n; i++)
		good = good && !x.bad[i];
	for (size_t k = 0; k < m->n && good; k++)
		if (is_shared(&m->rows[k]))
			good = write_row(m, &m->rows[k], MERGE_AS_IS);
	free(x.bad);
	return good;
}

/* ---- the whole is read as its rows are ---- */

/* What was read in a row: points outside all others, their options, unpaired brackets. */
struct reading {
	const struct brackets *b;
	size_t bracket, problem; /* cursors */
};

static bool as_meant(struct reading *r, const struct merge_row *row)
{
	const struct brackets *b = r->b;
	size_t points = 0, options = 0, problems = 0, end = 0;

	for (; r->bracket < b->n && b->v[r->bracket].begin < row->begin; r->bracket++)
		;
	for (size_t i = r->bracket; i < b->n && b->v[i].begin < row->end; i++) {
		const struct point *p = &b->points[b->v[i].point];

		if (p->depth != 1 || p->bracket != i)
			continue;
		points++;
		options += p->n_options;
		end = point_end(b, p);
	}
	for (; r->problem < b->n_problems && b->problems[r->problem].at < row->begin;
	     r->problem++)
		;
	for (size_t i = r->problem; i < b->n_problems && b->problems[i].at < row->end; i++)
		problems += brackets_depth_at(b, b->problems[i].at) == 0;
	return points == row->points && options == row->options && problems <= row->problems &&
	       end <= row->end;
}

static void fence_ends(struct brackets *part, size_t len)
{
	/* A fence's last line end is the draft's. */
	for (size_t i = 0; i < part->n_unread; i++)
		if (part->unread[i].kind == UNREAD_FENCE && part->unread[i].end > len)
			part->unread[i].end = len;
}

/* Whether the row is read as in one of the texts that have its bytes. */
static bool as_before(const struct merge *m, const struct merge_row *row,
		      const struct brackets *b)
{
	struct slice bytes = row_bytes(m, row);
	struct brackets now, was;
	bool same = false;

	part_init(&now, b, row->begin, row->end);
	fence_ends(&now, bytes.len);
	for (size_t k = 3; k-- > 0 && !same;) {
		const struct input *in = &m->w.inputs[k];
		const struct unit *u;

		if (row->unit[k] == NONE)
			continue;
		u = &in->units[row->unit[k]];
		if (!slice_equal(bytes, slice_make(in->text.p + u->begin, u->end - u->begin)))
			continue;
		part_init(&was, &in->b, u->begin, u->end);
		fence_ends(&was, bytes.len);
		same = part_equal(&now, &was);
		part_release(&was);
	}
	part_release(&now);
	return same;
}

static size_t reach_of(const struct brackets *b, const struct merge_row *row)
{
	size_t far = row->end;

	for (size_t i = 0; i < b->n && b->v[i].begin < row->end; i++)
		if (b->v[i].begin >= row->begin && b->v[i].end > far)
			far = b->v[i].end;
	for (size_t i = 0; i < b->n_unread && b->unread[i].begin < row->end; i++)
		if (b->unread[i].begin >= row->begin && b->unread[i].end > far + 2)
			far = b->unread[i].end;
	return far;
}

/* Writes rows that are read as something else more plainly. 1: some were; 0: all is well;
 * -1: one cannot be written at all. */
static int settle(struct merge *m, const struct str *result)
{
	struct brackets b;
	struct reading r = {&b, 0, 0};
	size_t far = 0;
	int changed = 0;

	brackets_read(&b, str_slice(result), m->w.parties);
	for (size_t k = 0; k < m->n && changed >= 0; k++) {
		struct merge_row *row = &m->rows[k];

		if (row->begin < far ||
		    (row->way == MERGE_AS_IS ? as_before(m, row, &b) : as_meant(&r, row)))
			continue;
		far = reach_of(&b, row);
		changed = write_row(m, row, row->way + 1) ? 1 : -1;
	}
	if (!changed &&
	    b.n_problems > m->w.inputs[1].b.n_problems + m->w.inputs[2].b.n_problems)
		changed = -1;
	brackets_release(&b);
	return changed;
}

/* ---- ids ---- */

static struct slice id_bytes(const struct bracket *v, struct slice text)
{
	return slice_make(text.p + v->id, v->id_end - v->id);
}

static void count_ids(struct merge *m, const struct brackets *b, struct slice text,
		      uint32_t *counts, size_t n)
{
	for (size_t i = 0; i < b->n; i++) {
		uint32_t key;

		if (b->v[i].id == b->v[i].id_end)
			continue;
		key = intern_key(m->w.keys, 'i', id_bytes(&b->v[i], text));
		if (key < n)
			counts[key]++;
	}
}

struct taken {
	const struct brackets *b;
	struct slice text;
	struct str given; /* "id\n" each */
};

static bool is_taken(void *arg, struct slice id)
{
	struct taken *t = arg;
	struct str line = STR_INIT;
	bool taken = brackets_by_id(t->b, t->text, id) != BRACKET_NONE;

	str_addf(&line, "\n%.*s\n", (int)id.len, id.p);
	taken = taken || (t->given.len && memmem(t->given.p, t->given.len, line.p, line.len));
	if (!taken)
		str_add_slice(&t->given, str_slice(&line));
	str_release(&line);
	return taken;
}

/* Ids in place of those that keep it for one, and of a second one that neither side had twice.
 */
static void mint_ids(struct merge *m, const struct str *result, struct str *out)
{
	struct slice text = str_slice(result),
		     temp = {m->w.temp_id.p + 2, m->w.temp_id.len - 3};
	struct edits e = EDITS_INIT;
	struct brackets b;
	uint32_t *counts[3];
	size_t n;
	struct taken taken = {&b, text, STR_INIT};
	struct minting minting = {is_taken, &taken, 0, 0, STR_INIT};

	if (!text.len || !memchr(text.p, '{', text.len)) {
		str_add_slice(out, text);
		return;
	}
	brackets_read(&b, text, m->w.parties);
	count_ids(m, &b, text, NULL, 0);
	n = intern_count(m->w.keys);
	for (size_t k = 0; k < 3; k++)
		counts[k] = mem_zalloc(n * sizeof(**counts));
	count_ids(m, &m->w.inputs[1].b, m->w.inputs[1].text, counts[1], n);
	count_ids(m, &m->w.inputs[2].b, m->w.inputs[2].text, counts[2], n);
	for (size_t i = 0; i < b.n; i++) {
		struct slice id = id_bytes(&b.v[i], text);
		struct str fresh = STR_INIT;
		uint32_t key;

		if (!id.len)
			continue;
		key = intern_key(m->w.keys, 'i', id);
		counts[0][key]++;
		if (!slice_equal(id, temp) &&
		    (counts[0][key] == 1 || counts[0][key] <= counts[1][key] ||
		     counts[0][key] <= counts[2][key]))
			continue;
		brackets_mint(&minting, &b, text, b.v[i].point, &fresh);
		edits_add(&e, b.v[i].id, id.len, fresh.p, fresh.len);
		str_release(&fresh);
	}
	edits_apply(&e, text, out);
	for (size_t k = 0; k < 3; k++)
		free(counts[k]);
	str_release(&minting.paragraph);
	str_release(&taken.given);
	edits_release(&e);
	brackets_release(&b);
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
	struct str result = STR_INIT, front = STR_INIT;
	int more = 1;
	bool good;

	merge_front(&front, text, m->party, m->w.parties, outcome);
	merge_rows(m);
	good = write_rows(m);
	for (size_t round = 0; good && more > 0 && round < ROUNDS; round++) {
		assemble(m, str_slice(&front), &result);
		more = settle(m, &result);
	}
	good = good && more == 0;
	if (good)
		mint_ids(m, &result, out);
	for (size_t k = 0; k < m->n; k++)
		outcome->points += m->rows[k].new_points;
	str_release(&front);
	str_release(&result);
	return good;
}

void merge_texts_by(const struct each *each, struct str *out, struct slice base,
		    struct merge_side ours, struct merge_side theirs, struct slice language,
		    const struct parties *parties, struct merge_outcome *outcome)
{
	struct slice text[3] = {base, ours.text, theirs.text};
	struct str room[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct merge m = {.party = {PARTY_NONE, ours.party, theirs.party}};

	*outcome = (struct merge_outcome){0, false};
	if (slice_equal(text[0], text[1]) || slice_equal(text[1], text[2])) {
		str_add_slice(out, theirs.text);
		return;
	}
	if (slice_equal(text[0], text[2])) {
		str_add_slice(out, ours.text);
		return;
	}
	one_line_end(text, room);
	merge_init(&m, text, language, parties, each);
	if (!merge_drafts(out, &m, text, outcome)) {
		*outcome = (struct merge_outcome){1, true};
		merge_whole(out, ours, theirs, parties);
	}
	merge_release(&m);
	for (size_t k = 0; k < 3; k++)
		str_release(&room[k]);
}

void merge_texts(struct str *out, struct slice base, struct merge_side ours,
		 struct merge_side theirs, struct slice language, const struct parties *parties,
		 struct merge_outcome *outcome)
{
	merge_texts_by(NULL, out, base, ours, theirs, language, parties, outcome);
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
