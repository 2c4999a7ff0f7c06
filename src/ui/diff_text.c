/* SPDX-License-Identifier: MIT */
#include "core/front.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/diff_inner.h"
#include "ui/theme.h"

/*
 * The paragraphs that are not the same, as one text with signs around the words:
 * each a line, or two lines where the sides stand in columns.
 */

/* Between items: what one leaves open does not run into the next. Never shown. */
#define PARTING "\n# .\n"

struct maker {
	struct diff_made *m;
	struct str *out;
	size_t side;              /* being written */
	size_t front[DIFF_SIDES]; /* bytes of front matter */
};

static void tint(struct maker *k, size_t begin, size_t end, uint32_t style)
{
	struct diff_made *m = k->m;

	if (begin == end || style == STYLE_TEXT)
		return;
	MEM_GROW(m->tints, m->n_tints, m->cap_tints);
	m->tints[m->n_tints++] = (struct prose_tint){begin, end, style};
}

static void add(struct maker *k, struct slice s, uint32_t style)
{
	size_t from = k->out->len;

	str_add_slice(k->out, s);
	tint(k, from, k->out->len, style);
}

/* Words that stayed, without ids: they are for the machine. Where signs stand in what names the
 * parties before one, it would not be read as an id. */
static void add_kept(struct maker *k, struct slice s)
{
	size_t from = 0, id;

	for (size_t i = 0; i < s.len; i++) {
		char before = i ? s.p[i - 1] : k->out->len ? k->out->p[k->out->len - 1] : ' ';

		if (s.p[i] != '{' || (before != ']' && before != ')'))
			continue;
		id = bracket_id_at(s.p + i, s.len - i);
		if (!id)
			continue;
		add(k, slice_make(s.p + from, i - from), STYLE_TEXT);
		from = i + id;
		i = from - 1;
	}
	add(k, slice_make(s.p + from, s.len - from), STYLE_TEXT);
}

static uint32_t style_of(bool is_new)
{
	return is_new ? STYLE_ADDED : STYLE_DELETED;
}

/* The label of a paragraph that came or went stays at its beginning, where it is read as one.
 * Returns the words after it. */
static struct slice add_label(struct maker *k, struct slice s, bool is_new)
{
	struct label label;

	if (!label_read(s.p, s.len, &label) || label.body == s.len)
		return s;
	add(k, slice_make(s.p, label.end), style_of(is_new));
	add(k, slice_make(s.p + label.end, label.body - label.end), STYLE_TEXT);
	return slice_make(s.p + label.body, s.len - label.body);
}

/* Signs stand at words: blanks at either end are outside of them, unless there is nothing else.
 * Returns where the sign is. */
static size_t add_marked(struct maker *k, struct slice s, bool is_new)
{
	uint32_t style = style_of(is_new);
	size_t before = utf8_blanks_at(s.p, s.len), after, at;

	if (before == s.len)
		before = after = 0;
	else
		after = utf8_blanks_before(s.p, s.len);
	add(k, slice_make(s.p, before), STYLE_TEXT);
	at = k->out->len;
	add(k, is_new ? SLICE("{+") : SLICE("[-"), style);
	add(k, slice_make(s.p + before, s.len - before - after), style);
	add(k, is_new ? SLICE("+}") : SLICE("-]"), style);
	add(k, slice_make(s.p + s.len - after, after), STYLE_TEXT);
	return at;
}

/* What the op is on a side; on the only one it is all of it. */
static bool is_on(const struct maker *k, const struct diff_op *op)
{
	return !k->m->source.two || op->kind == DIFF_EQUAL ||
	       (op->kind == DIFF_INSERT) == (k->side == DIFF_NEW);
}

static struct slice words_of(const struct maker *k, const struct diff_op *op)
{
	const struct diff_source *s = &k->m->source;

	if (op->kind == DIFF_DELETE ||
	    (op->kind == DIFF_EQUAL && k->side == DIFF_OLD && s->two))
		return slice_make(s->old.p + op->old, op->old_end - op->old);
	return slice_make(s->new.p + op->new, op->new_end - op->new);
}

/* The pair's words on the side that is written. The stops, one for each run of words that went
 * or came, are there when the first side has been written. */
static void add_words(struct maker *k, const struct diff_pair *p, size_t first_stop)
{
	struct diff_made *m = k->m;
	bool whole = p->change == DIFF_ADDED || p->change == DIFF_DELETED, was_equal = true;
	size_t stop = first_stop;

	for (size_t i = p->op; i < p->op + p->n_ops; i++) {
		const struct diff_op *op = &m->diff.ops[i];
		bool is_new = op->kind == DIFF_INSERT;
		struct slice words;
		size_t at;

		if (op->kind == DIFF_EQUAL) {
			if (!was_equal)
				stop++;
			was_equal = true;
			add_kept(k, words_of(k, op));
			continue;
		}
		was_equal = false;
		if (stop == m->n_stops) {
			MEM_GROW(m->stops, m->n_stops, m->cap_stops);
			m->stops[m->n_stops++] = (struct diff_stop){
				.begin = {SIZE_MAX, SIZE_MAX}, .item = m->n_items - 1};
		}
		if (!is_on(k, op))
			continue;
		words = words_of(k, op);
		if (whole && i == p->op)
			words = add_label(k, words, is_new);
		at = add_marked(k, words, is_new);
		if (m->stops[stop].begin[k->side] == SIZE_MAX)
			m->stops[stop].begin[k->side] = at;
	}
}

static bool has_side(const struct diff_pair *p, size_t side)
{
	return side == DIFF_OLD ? p->old != DIFF_NONE : p->new != DIFF_NONE;
}

static bool is_front(const struct maker *k, const struct diff_pair *p)
{
	return p->new != DIFF_NONE ? p->new_begin < k->front[DIFF_NEW]
				   : p->old_begin < k->front[DIFF_OLD];
}

/* The item just added goes on with the lines of front matter before it. */
static bool is_joined(const struct diff_made *m)
{
	const struct diff_item *t = &m->items[m->n_items - 1];

	return t->front && m->n_items > 1 && t[-1].front && t[-1].pair + 1 == t->pair &&
	       m->diff.pairs[t[-1].pair].change == m->diff.pairs[t->pair].change;
}

static void add_item(struct maker *k, size_t pair)
{
	struct diff_made *m = k->m;
	const struct diff_pair *p = &m->diff.pairs[pair];
	size_t n = m->source.two ? DIFF_SIDES : 1, stops = m->n_stops;
	struct diff_item *item;

	MEM_GROW(m->items, m->n_items, m->cap_items);
	item = &m->items[m->n_items++];
	*item = (struct diff_item){.pair = pair, .stop = stops, .front = is_front(k, p)};
	item->joined = is_joined(m);
	for (size_t side = 0; side < n; side++) {
		k->side = side;
		item->side[side] = (struct diff_side){.begin = k->out->len, .tint = m->n_tints};
		if (!m->source.two || has_side(p, side))
			add_words(k, p, stops);
		item->side[side].end = k->out->len;
		item->side[side].n_tints = m->n_tints - item->side[side].tint;
		str_add_text(k->out, PARTING);
	}
	/* One that only moved is a change as a whole. */
	if (m->n_stops == stops) {
		MEM_GROW(m->stops, m->n_stops, m->cap_stops);
		m->stops[m->n_stops++] = (struct diff_stop){
			.begin = {item->side[DIFF_OLD].begin,
				  m->source.two ? item->side[DIFF_NEW].begin : SIZE_MAX},
			.item = m->n_items - 1};
	}
	item->n_stops = m->n_stops - stops;
}

void diff_make_text(struct diff_made *m)
{
	struct str out = STR_INIT;
	struct maker k = {.m = m, .out = &out};

	k.front[DIFF_OLD] = front_matter_at(str_slice(&m->source.old));
	k.front[DIFF_NEW] = front_matter_at(str_slice(&m->source.new));
	diff_texts(&m->diff, str_slice(&m->source.old), str_slice(&m->source.new));
	for (size_t i = 0; i < m->diff.n; i++)
		if (m->diff.pairs[i].change != DIFF_SAME)
			add_item(&k, i);
	m->shown = doc_new(m->source.name, NULL, str_slice(&out), &m->source.parties);
	doc_read(m->shown);
	str_release(&out);
}

/* The stop of the item that the words at that byte belong to, or that comes next. */
static size_t stop_in(const struct diff_made *m, const struct diff_item *t, size_t at,
		      bool is_old)
{
	const struct diff_pair *p = &m->diff.pairs[t->pair];
	size_t stop = t->stop, last = t->stop + t->n_stops - 1;
	bool was_equal = true;

	for (size_t i = p->op; i < p->op + p->n_ops; i++) {
		const struct diff_op *op = &m->diff.ops[i];

		if (op->kind == DIFF_EQUAL) {
			stop += !was_equal;
			was_equal = true;
			continue;
		}
		was_equal = false;
		if (stop >= last || (is_old ? op->old_end : op->new_end) >= at)
			break;
	}
	return stop < last ? stop : last;
}

size_t diff_stop_at(const struct diff_made *m, size_t old_at, size_t new_at)
{
	for (size_t i = 0; i < m->n_items; i++) {
		const struct diff_item *t = &m->items[i];
		const struct diff_pair *p = &m->diff.pairs[t->pair];

		if (old_at != SIZE_MAX && p->old != DIFF_NONE && old_at >= p->old_begin &&
		    old_at <= p->old_end)
			return stop_in(m, t, old_at, true);
		if (new_at != SIZE_MAX &&
		    p->new != DIFF_NONE &&new_at >= p->new_begin &&new_at <= p->new_end)
			return stop_in(m, t, new_at, false);
	}
	return 0;
}
