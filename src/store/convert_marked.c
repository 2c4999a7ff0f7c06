/* SPDX-License-Identifier: MIT */
#include "convert_inner.h"

#include "core/diff.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Two texts of a draft as one, with what went and what came marked as pandoc has it. */

struct marking {
	struct preparing old, now;
	struct str author; /* escaped */
	const struct diff *d;
	size_t fence; /* just after the last fenced text that was written */
	bool in_table;
	size_t held, held_end;    /* a heading that went and waits: take_row(); 0: none */
	struct preparing by_then; /* how far the walk over the old text was there */
	struct str *out;
};

/* Between quotes a backslash is itself, and what Markdown reads elsewhere it may read there,
 * too: signs are written by their numbers. */
static void add_author(struct str *out, const char *author)
{
	static const char signs[] = "!\"#$%&'()*+/:;<=>?@[\\]^_`{|}~";

	for (; *author; author++) {
		unsigned char c = (unsigned char)*author;

		if (c < ' ' || c == 0x7f)
			str_add_char(out, ' ');
		else if (strchr(signs, c))
			str_addf(out, "&#%d;", c);
		else
			str_add_char(out, *author);
	}
}

static struct preparing *side_of(struct marking *m, enum diff_kind kind)
{
	return kind == DIFF_DELETE ? &m->old : &m->now;
}

/* "!" before a bracket would make an image of it. */
static void escape_last(struct str *out)
{
	size_t n = 0;

	if (!out->len || out->p[out->len - 1] != '!')
		return;
	while (n + 1 < out->len && out->p[out->len - 2 - n] == '\\')
		n++;
	if (n % 2 == 0) {
		str_truncate(out, out->len - 1);
		str_add_text(out, "\\!");
	}
}

/* A stretch without links, marked. */
static void add_mark(struct marking *m, enum diff_kind kind, size_t at, size_t end)
{
	if (at >= end)
		return;
	escape_last(m->out);
	str_add_char(m->out, '[');
	convert_add_text(side_of(m, kind), at, end, m->out);
	str_addf(m->out, "]{.%s author=\"%s\"}", kind == DIFF_DELETE ? "deletion" : "insertion",
		 str_text(&m->author));
}

/* A stretch of a line, of the side that has it. Word knows no tracked link, but tracked words
 * in one. */
static void add_stretch(struct marking *m, enum diff_kind kind, size_t at, size_t end)
{
	struct preparing *side = side_of(m, kind);
	struct convert_link l;

	if (kind == DIFF_EQUAL) {
		convert_add_text(side, at, end, m->out);
		return;
	}
	while (convert_next_link(side, at, end, &l)) {
		add_mark(m, kind, at, l.words - 1);
		escape_last(m->out);
		str_add_char(m->out, '[');
		add_mark(m, kind, l.words, l.words_end);
		if (side->text.p[l.words_end] == '>')
			str_addf(m->out, "](<%.*s>)", (int)(l.words_end - l.words),
				 side->text.p + l.words);
		else
			str_add(m->out, side->text.p + l.words_end, l.end - l.words_end);
		at = l.end;
	}
	add_mark(m, kind, at, end);
}

static struct slice line_of(const struct preparing *side, size_t at, size_t end)
{
	return slice_make(side->text.p + at, end - at);
}

/* The line before the one that begins at `at`, or after the one that ends at `end`, is a row;
 * and which it is. */
static bool is_row_before(const struct preparing *side, size_t at, struct slice *row)
{
	const char *lf = at > 1 ? memrchr(side->text.p, '\n', at - 1) : NULL;
	size_t begin = lf ? (size_t)(lf - side->text.p) + 1 : 0;

	*row = line_of(side, begin, at ? at - 1 : 0);
	return at && convert_is_table(*row, 0, row->len);
}

static bool is_row_after(const struct preparing *side, size_t end, struct slice *row)
{
	const char *lf = end < side->text.len
				 ? memchr(side->text.p + end, '\n', side->text.len - end)
				 : NULL;
	size_t begin = lf ? (size_t)(lf - side->text.p) + 1 : side->text.len;

	lf = memchr(side->text.p + begin, '\n', side->text.len - begin);
	*row = line_of(side, begin, lf ? (size_t)(lf - side->text.p) : side->text.len);
	return convert_is_table(*row, 0, row->len);
}

static bool is_rule(struct slice row)
{
	if (slice_ends(row, "\r"))
		row.len--;
	return convert_is_of(row, "|-: ");
}

/* What a row is in its table. */
enum row { ROW_NONE, ROW_FIRST, ROW_HEADING, ROW_RULE, ROW_OTHER };

static enum row row_of(const struct preparing *side, size_t at, size_t end)
{
	struct slice other;

	if (!convert_is_table(side->text, at, end))
		return ROW_NONE;
	if (!is_row_before(side, at, &other))
		return is_row_after(side, end, &other) && is_rule(other) ? ROW_HEADING
									 : ROW_FIRST;
	return is_rule(line_of(side, at, end)) &&
			       !is_row_before(side, (size_t)(other.p - side->text.p), &other)
		       ? ROW_RULE
		       : ROW_OTHER;
}

/* A row that came or went: its bars are the table's, the cells are marked. */
static void add_row(struct marking *m, enum diff_kind kind, size_t at, size_t end)
{
	struct preparing *side = side_of(m, kind);
	const char *text = side->text.p;

	if (kind == DIFF_EQUAL) {
		convert_add_text(side, at, end, m->out);
		return;
	}
	while (at < end) {
		const char *bar = memchr(text + at, '|', end - at);
		size_t stop = bar ? (size_t)(bar - text) : end, last = stop;
		size_t begin = at + utf8_blanks_at(text + at, stop - at);

		while (last > begin && text[last - 1] == ' ')
			last--;
		if (begin < last) {
			str_add_char(m->out, ' ');
			add_stretch(m, kind, begin, last);
		}
		str_add_text(m->out, bar ? " |" : "");
		at = bar ? stop + 1 : end;
	}
}

/* How much of the line is Markdown's own and stands before its text: "## ", "[^1]: ". */
static size_t prefix_of(struct slice line)
{
	size_t i = utf8_blanks_at(line.p, line.len);

	if (label_is_heading(line.p, line.len)) {
		while (i < line.len && line.p[i] == '#')
			i++;
		return i + utf8_blanks_at(line.p + i, line.len - i);
	}
	if (line.len - i > 2 && !memcmp(line.p + i, "[^", 2)) {
		const char *close = memchr(line.p + i, ']', line.len - i);

		if (close && close + 1 < line.p + line.len && close[1] == ':')
			return (size_t)(close - line.p) + 2;
	}
	return 0;
}

/* Before a line, and after it: a table's rows stand together, all else apart. */
static void begin_line(struct marking *m, enum row row)
{
	if (m->in_table && row != ROW_OTHER)
		str_add_char(m->out, '\n');
	m->in_table = row != ROW_NONE;
}

static void end_line(struct marking *m)
{
	str_add_text(m->out, m->in_table ? "\n" : "\n\n");
}

/* The line below a heading. */
static void add_rule(struct marking *m, const struct preparing *side, size_t end)
{
	struct slice rule;

	(void)is_row_after(side, end, &rule);
	str_add_slice(m->out, rule);
	end_line(m);
}

/* A heading that went is one where nothing took its place, and else a row of the table that
 * has the one that did. */
static void put_heading(struct marking *m, enum row row)
{
	struct preparing now = m->old;

	if (!m->held_end)
		return;
	begin_line(m, row);
	m->old = m->by_then;
	add_row(m, DIFF_DELETE, m->held, m->held_end);
	m->old = now;
	end_line(m);
	if (row == ROW_HEADING)
		add_rule(m, &m->old, m->held_end);
	m->held_end = 0;
}

/*
 * Before a line. Of two headings of one table, one that went and one in its place, only one can
 * stand above the rule: the one that went waits for the other, and then for the rule, which is
 * written with its heading. False: the line is not to be written, or not yet.
 */
static bool take_row(struct marking *m, enum diff_kind kind, enum row row, size_t at,
		     size_t end)
{
	bool went = kind == DIFF_DELETE;

	if (row == ROW_RULE)
		return false;
	if (went || row != ROW_HEADING)
		put_heading(m, ROW_HEADING);
	if (!went || row != ROW_HEADING)
		return true;
	m->held = at;
	m->held_end = end;
	m->by_then = m->old;
	return false;
}

/* After a line that begin_line() was called before. */
static void end_row(struct marking *m, const struct preparing *side, enum row row, size_t end)
{
	end_line(m);
	if (row != ROW_HEADING)
		return;
	add_rule(m, side, end);
	put_heading(m, ROW_OTHER);
}

/* Fenced text is not marked: it goes along as it is now, once. True where the line is of it, or
 * of what is not shown at all. */
static bool is_unmarked(struct marking *m, struct preparing *side, size_t at)
{
	const struct unread *u = convert_unread_at(side, at);
	const char *brace, *lf;

	if (!u || (u->kind != UNREAD_FENCE && u->kind != UNREAD_FRONT_MATTER))
		return false;
	if (u->kind == UNREAD_FRONT_MATTER || side == &m->old || u->end <= m->fence)
		return true;
	m->fence = u->end;
	put_heading(m, ROW_HEADING);
	begin_line(m, ROW_NONE);
	/* Behind the fence's signs, {…} would be attributes. */
	lf = memchr(side->text.p + u->begin, '\n', u->end - u->begin);
	brace = lf ? memchr(side->text.p + u->begin, '{',
			    (size_t)(lf - side->text.p) - u->begin)
		   : NULL;
	if (brace) {
		str_add(m->out, side->text.p + u->begin,
			(size_t)(brace - side->text.p) - u->begin);
		str_add(m->out, lf, u->end - (size_t)(lf - side->text.p));
	} else {
		str_add(m->out, side->text.p + u->begin, u->end - u->begin);
	}
	str_add_char(m->out, '\n');
	return true;
}

/* A line that is the same, came or went as a whole. */
static void add_whole(struct marking *m, enum diff_kind kind, size_t at, size_t end)
{
	struct preparing *side = side_of(m, kind);
	enum row row = row_of(side, at, end);
	size_t begin = at + utf8_blanks_at(side->text.p + at, end - at);

	if (is_unmarked(m, side, at) || !take_row(m, kind, row, at, end))
		return;
	begin_line(m, row);
	if (row != ROW_NONE) {
		add_row(m, kind, at, end);
	} else if (kind == DIFF_EQUAL) {
		convert_add_line(side, at, end, m->out);
	} else {
		size_t text = at + prefix_of(line_of(side, at, end));

		text = text > begin ? text : begin;
		convert_add_text(side, begin, text, m->out);
		add_stretch(m, kind, text, end);
	}
	end_row(m, side, row, end);
}

/* Whether the pair can be one line, the same before its text; prefix: that, in bytes. */
static bool is_one_line(const struct marking *m, const struct diff_pair *pair, size_t *prefix)
{
	struct slice old = line_of(&m->old, pair->old_begin, pair->old_end);
	struct slice now = line_of(&m->now, pair->new_begin, pair->new_end);

	*prefix = prefix_of(now);
	return *prefix == prefix_of(old) && memcmp(old.p, now.p, *prefix) == 0 &&
	       convert_is_table(now, 0, now.len) == convert_is_table(old, 0, old.len);
}

/* Whether marks can be around its words. */
static bool can_mix(const struct marking *m, const struct diff_pair *pair, size_t prefix,
		    bool table)
{
	const struct diff_op *ops = m->d->ops + pair->op;

	if (prefix && (ops->kind != DIFF_EQUAL || ops->new_end - ops->new < prefix))
		return false;
	for (size_t i = 0; i < pair->n_ops; i++) {
		bool went = ops[i].kind == DIFF_DELETE;
		const struct preparing *side = went ? &m->old : &m->now;
		size_t at = went ? ops[i].old : ops[i].new;
		size_t end = went ? ops[i].old_end : ops[i].new_end;

		if (ops[i].kind != DIFF_EQUAL &&
		    (convert_cuts_own(side, at, end) ||
		     (table && memchr(side->text.p + at, '|', end - at))))
			return false;
	}
	return true;
}

static void add_words(struct marking *m, const struct diff_pair *pair, bool table)
{
	const struct diff_op *ops = m->d->ops + pair->op;

	for (size_t i = 0; i < pair->n_ops; i++) {
		bool went = ops[i].kind == DIFF_DELETE;
		size_t at = went ? ops[i].old : ops[i].new;
		size_t end = went ? ops[i].old_end : ops[i].new_end;

		if (i == 0 && !table && ops[i].kind == DIFF_EQUAL)
			convert_add_line(&m->now, at, end, m->out);
		else
			add_stretch(m, ops[i].kind, at, end);
	}
}

static void add_changed(struct marking *m, const struct diff_pair *pair)
{
	enum row row = row_of(&m->now, pair->new_begin, pair->new_end);
	bool table = row != ROW_NONE, one, words;
	size_t prefix;

	if (is_unmarked(m, &m->now, pair->new_begin))
		return;
	one = !is_unmarked(m, &m->old, pair->old_begin) && is_one_line(m, pair, &prefix);
	words = one && can_mix(m, pair, prefix, table);
	if (!words && (!one || table)) {
		add_whole(m, DIFF_DELETE, pair->old_begin, pair->old_end);
		add_whole(m, DIFF_INSERT, pair->new_begin, pair->new_end);
		return;
	}
	if (!take_row(m, DIFF_EQUAL, row, pair->new_begin, pair->new_end))
		return;
	begin_line(m, row);
	if (words) {
		add_words(m, pair, table);
	} else {
		convert_add_text(&m->now, pair->new_begin, pair->new_begin + prefix, m->out);
		add_stretch(m, DIFF_DELETE, pair->old_begin + prefix, pair->old_end);
		add_stretch(m, DIFF_INSERT, pair->new_begin + prefix, pair->new_end);
	}
	end_row(m, &m->now, row, pair->new_end);
}

static int by_old(const void *a, const void *b)
{
	const struct diff_pair *const *x = a, *const *y = b;

	return ((*x)->old > (*y)->old) - ((*x)->old < (*y)->old);
}

/* All pairs in their order. What moved comes at its new place and goes where it was. */
static void add_pairs(struct marking *m)
{
	const struct diff_pair **moved = mem_array(NULL, m->d->n, sizeof(struct diff_pair *));
	size_t n = 0, gone = 0;

	for (size_t i = 0; i < m->d->n; i++)
		if (m->d->pairs[i].change == DIFF_MOVED)
			moved[n++] = &m->d->pairs[i];
	if (n)
		qsort(moved, n, sizeof(struct diff_pair *), by_old);
	for (size_t i = 0; i <= m->d->n; i++) {
		const struct diff_pair *pair = i < m->d->n ? &m->d->pairs[i] : NULL;
		bool of_old = !pair || (pair->old != DIFF_NONE && pair->change != DIFF_MOVED);

		for (; of_old && gone < n && (!pair || moved[gone]->old < pair->old); gone++)
			add_whole(m, DIFF_DELETE, moved[gone]->old_begin, moved[gone]->old_end);
		if (!pair)
			break;
		if (pair->change == DIFF_CHANGED)
			add_changed(m, pair);
		else if (pair->change == DIFF_DELETED)
			add_whole(m, DIFF_DELETE, pair->old_begin, pair->old_end);
		else
			add_whole(m, pair->change == DIFF_SAME ? DIFF_EQUAL : DIFF_INSERT,
				  pair->new_begin, pair->new_end);
	}
	put_heading(m, ROW_HEADING);
	free(moved);
}

void convert_prepare_marked(const struct convert_marked *what, struct str *out)
{
	struct str old = STR_INIT, now = STR_INIT;
	struct convert_notes notes = {.n = 0};
	struct marking m = {
		.old = {.spans = true, .notes = &notes},
		.now = {.spans = true, .notes = &notes},
		.out = out,
	};
	struct diff d;

	convert_begin(&m.old, what->old, what->parties, &old, &notes);
	convert_begin(&m.now, what->now, what->parties, &now, &notes);
	convert_notes_sort(&notes);
	add_author(&m.author, what->author);
	diff_texts(&d, m.old.text, m.now.text);
	m.d = &d;
	add_pairs(&m);
	diff_release(&d);
	brackets_release(&m.old.b);
	brackets_release(&m.now.b);
	free(notes.v);
	str_release(&m.author);
	str_release(&old);
	str_release(&now);
}
