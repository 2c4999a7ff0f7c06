/* SPDX-License-Identifier: MIT */
#include "core/compare_take.h"

#include "compare_impl.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>

/* A cell's wording for the draft's; and what reading the draft again has to give. */

/* The draft's paragraph that a cell is about: of its row, or where it is or was if one moved.
 */
static uint32_t target_of(const struct compare *c, size_t draft, size_t row, size_t column,
			  bool *elsewhere)
{
	const struct compare_cell *x = compare_at(c, row, column);
	const struct compare_cell *own = compare_at(c, row, draft);

	*elsewhere = own->paragraph == COMPARE_NONE;
	if (own->paragraph == COMPARE_NONE && own->state == COMPARE_MOVED_AWAY)
		own = compare_at(c, own->other, draft);
	else if (own->paragraph == COMPARE_NONE && x->state == COMPARE_MOVED)
		own = compare_at(c, x->other, draft);
	*elsewhere = *elsewhere && own->paragraph != COMPARE_NONE;
	return own->paragraph;
}

int take_begin(struct take *t, const struct compare *c, size_t draft, size_t row, size_t column,
	       struct error *err)
{
	const struct compare_cell *x = compare_at(c, row, column);

	*t = (struct take){.c = c, .draft = &c->columns[draft], .from = &c->columns[column]};
	t->text = t->draft->text.text;
	t->target = target_of(c, draft, row, column, &t->elsewhere);
	t->source = x->paragraph;
	if (column == draft)
		return error_set(err, ST_USAGE, N_("this is the draft's own wording"));
	if (x->state == COMPARE_MOVED_AWAY)
		return error_set(err, ST_USAGE,
				 N_("the paragraph moved; take it where it is now"));
	if (t->target == COMPARE_NONE && t->source == COMPARE_NONE)
		return error_set(err, ST_USAGE, N_("neither text has a paragraph here"));
	/* Where a paragraph goes that is not there: after the draft's nearest one above. */
	t->after = COMPARE_NONE;
	while (t->after == COMPARE_NONE && (t->target == COMPARE_NONE || t->elsewhere) &&
	       row-- > 0)
		t->after = compare_at(c, row, draft)->paragraph;
	/* Only what the draft does not have stands between. */
	if (t->elsewhere && (t->after == t->target ||
			     (t->after == COMPARE_NONE ? 0 : t->after + 1) == t->target))
		t->elsewhere = false;
	return 0;
}

struct slice take_bytes(const struct compare_column *col, uint32_t i, bool whole)
{
	const struct compare_paragraph *p = &col->v[i];
	size_t from = whole ? p->begin : p->body;

	return slice_make(col->text.text.p + from, p->end - from);
}

bool take_crosses(const struct compare_column *col, uint32_t i)
{
	const struct compare_paragraph *p = &col->v[i];

	for (size_t k = 0; k < col->brackets.n; k++) {
		const struct bracket *v = &col->brackets.v[k];

		if (v->begin >= p->end)
			break;
		if (v->end > p->begin && (v->begin < p->begin || v->end > p->end))
			return true;
	}
	return false;
}

bool take_is_plain(const struct take *t)
{
	struct slice s = take_bytes(t->from, t->source, true);
	struct str said = STR_INIT;
	bool plain;

	map_add(&t->from->map, t->from->text.text, t->from->v[t->source].begin,
		t->from->v[t->source].end, &said);
	plain = slice_equal(s, str_slice(&said));
	str_release(&said);
	return plain;
}

/* ---- putting a paragraph in, taking one out ---- */

/* Whether the draft has blank lines between its paragraphs. */
static bool is_spaced(const struct compare_column *col)
{
	size_t ends = 0;

	if (col->n < 2)
		return true;
	for (size_t at = col->v[0].end; at < col->v[1].begin; at++)
		ends += col->text.text.p[at] == '\n';
	return ends > 1;
}

void take_insert(const struct take *t, struct slice paragraph, struct edits *e)
{
	const struct compare_column *d = t->draft;
	struct slice end = slice_of(slice_line_end(t->text));
	struct str bytes = STR_INIT;
	size_t at;

	if (t->after != COMPARE_NONE) {
		at = d->v[t->after].end;
		str_add_slice(&bytes, end);
		if (is_spaced(d))
			str_add_slice(&bytes, end);
		str_add_slice(&bytes, paragraph);
	} else {
		at = d->n ? d->v[0].begin : t->text.len;
		if (!d->n && at && t->text.p[at - 1] != '\n')
			str_add_slice(&bytes, end);
		str_add_slice(&bytes, paragraph);
		str_add_slice(&bytes, end);
		if (d->n && is_spaced(d))
			str_add_slice(&bytes, end);
	}
	edits_add(e, at, 0, bytes.p, bytes.len);
	str_release(&bytes);
}

/* The paragraph goes with its line end and a blank line: the one after it, else the one before.
 */
static void take_out(const struct take *t, struct edits *e)
{
	const struct compare_paragraph *p = &t->draft->v[t->target];
	struct slice s = t->text;
	size_t begin = p->begin, end, next, blank;

	unit_line_end(s, p->end, &end);
	if (end < s.len) {
		blank = unit_line_end(s, end, &next);
		if (utf8_blanks_at(s.p + end, blank - end) == blank - end)
			end = next;
	}
	if (end == s.len && t->target > 0)
		begin = t->draft->v[t->target - 1].end;
	/* What ended in a line end still does. */
	if (end == s.len && begin < p->begin && s.len && s.p[s.len - 1] == '\n')
		unit_line_end(s, begin, &begin);
	edits_add(e, begin, end - begin, NULL, 0);
}

/* ---- reading again ---- */

static void add_line(struct str *out, const struct str *line)
{
	str_add_slice(out, str_slice(line));
	if (line->len)
		str_add_char(out, '\n');
}

/* What a paragraph of a column says under a map. */
static void add_says(const struct compare_column *col, const struct project_map *map,
		     uint32_t i, struct str *out)
{
	struct str stands = STR_INIT;

	map_add(map, col->text.text, col->v[i].begin, col->v[i].end, &stands);
	plain_add(str_slice(&stands), out);
	str_release(&stands);
}

/* What every paragraph says to a party, one a line. */
static void add_said(const struct compare_column *col, uint16_t party, struct str *out)
{
	struct project_map map;
	struct str line = STR_INIT;

	map_make(col, party, &map);
	for (uint32_t i = 0; i < col->n; i++) {
		str_clear(&line);
		add_says(col, &map, i, &line);
		add_line(out, &line);
	}
	project_map_release(&map);
	str_release(&line);
}

/* The same of the draft as it is to be. cell: what the party is to have; NULL: what it has. */
static void add_wanted(const struct take *t, uint16_t party, const struct str *cell,
		       struct str *out)
{
	const struct compare_column *col = t->draft;
	bool puts = t->target == COMPARE_NONE || t->moves;
	struct project_map map;
	struct str line = STR_INIT;

	map_make(col, party, &map);
	if (cell && puts && t->after == COMPARE_NONE)
		add_line(out, cell);
	for (uint32_t i = 0; i < col->n; i++) {
		str_clear(&line);
		if (!cell || i != t->target)
			add_says(col, &map, i, &line);
		else if (!t->moves)
			str_add_slice(&line, str_slice(cell));
		add_line(out, &line);
		if (cell && puts && i == t->after)
			add_line(out, cell);
	}
	project_map_release(&map);
	str_release(&line);
}

/* What the cell says to a party. */
static void said_by_cell(const struct take *t, uint16_t party, struct str *out)
{
	struct project_map map;
	struct str stands = STR_INIT;

	if (t->source == COMPARE_NONE)
		return;
	map_make(t->from, party, &map);
	map_add(&map, t->from->text.text, t->from->v[t->source].begin,
		t->from->v[t->source].end, &stands);
	plain_add(str_slice(&stands), out);
	project_map_release(&map);
	str_release(&stands);
}

static bool says_right(const struct take *t, const struct compare_column *new, uint16_t party,
		       enum take_for for_whom)
{
	bool changes = for_whom == TAKE_FOR_ALL || party == t->from->text.party;
	struct str want = STR_INIT, got = STR_INIT, cell = STR_INIT;
	struct project_map map;
	bool right;

	if (t->moves && for_whom == TAKE_FOR_ALL) {
		/* Each finds there what it has where the draft has it. */
		map_make(t->draft, party, &map);
		add_says(t->draft, &map, t->target, &cell);
		project_map_release(&map);
	} else {
		said_by_cell(t,
			     for_whom == TAKE_FOR_ALL && party != PARTY_NONE
				     ? party
				     : t->from->text.party,
			     &cell);
	}
	add_wanted(t, party, changes ? &cell : NULL, &want);
	add_said(new, party, &got);
	right = slice_equal(str_slice(&want), str_slice(&got));
	str_release(&want);
	str_release(&got);
	str_release(&cell);
	return right;
}

bool take_reads_back(const struct take *t, const struct edits *e, enum take_for for_whom)
{
	const struct brackets *b = &t->draft->brackets;
	struct compare_column new;
	struct str text = STR_INIT;
	bool *asked = mem_zalloc(t->c->parties->n + 1), right;

	edits_apply(e, t->text, &text);
	column_read(&new, &(struct compare_text){str_slice(&text), PARTY_NONE}, t->c->parties);
	right = new.brackets.n_problems <=
		b->n_problems + t->from->brackets.n_problems &&says_right(t, &new, PARTY_NONE,
									  for_whom);
	if (right && t->from->text.party != PARTY_NONE)
		right = says_right(t, &new, t->from->text.party, for_whom);
	/* Nobody else's wish is another than before. */
	for (size_t i = 0; right && i < b->n_options; i++) {
		const struct option *o = &b->options[i];

		for (uint32_t k = 0; right && k < o->n_parties; k++) {
			uint16_t party = b->parties[o->party + k];

			if (asked[party])
				continue;
			asked[party] = true;
			right = says_right(t, &new, party, for_whom);
		}
	}
	column_release(&new);
	str_release(&text);
	free(asked);
	return right;
}

int compare_take(const struct compare *c, size_t draft, size_t row, size_t column,
		 struct edits *e, struct error *err)
{
	struct take t;
	struct slice now, wanted;
	int rc = take_begin(&t, c, draft, row, column, err);

	if (rc < 0)
		return rc;
	t.moves = t.elsewhere && slice_equal(take_bytes(t.draft, t.target, false),
					     take_bytes(t.from, t.source, false));
	if (t.target == COMPARE_NONE) {
		take_insert(&t, take_bytes(t.from, t.source, true), e);
	} else if (take_crosses(t.draft, t.target)) {
		return error_set(err, ST_USAGE,
				 N_("brackets of the draft span this paragraph and others; "
				    "decide them first, or edit the draft"));
	} else if (t.source == COMPARE_NONE) {
		take_out(&t, e);
	} else if (t.moves) {
		take_out(&t, e);
		take_insert(&t, take_bytes(t.draft, t.target, true), e);
	} else {
		now = take_bytes(t.draft, t.target, false);
		wanted = take_bytes(t.from, t.source, false);
		if (slice_equal(now, wanted))
			return error_set(err, ST_USAGE, N_("the draft says so already"));
		edits_add(e, t.draft->v[t.target].body, now.len, wanted.p, wanted.len);
	}
	if (take_reads_back(&t, e, TAKE_FOR_ALL))
		return 0;
	edits_clear(e);
	return error_set(err, ST_INPUT,
			 N_("in the draft this wording would be read as something else; edit "
			    "the draft"));
}
