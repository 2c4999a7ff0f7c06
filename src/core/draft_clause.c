/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"

#include "core/mem.h"
#include "core/ordinal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Levels of clauses. Indentation decides first; among clauses equally far in,
 * a list goes on where it was open, and a new one stands under the others by
 * the kind of its labels: 1. > 1.1 > a) > i) > –, or under the clause before it
 * where that ends in a colon. What is open is a stack.
 */

#define DEPTH_MOST  64 /* deeper clauses count as this deep */
#define SAME_COLUMN 1  /* indentation that differs by no more is equal */

/* What the labels of one list have in common. */
struct signature {
	enum label_kind kind;
	enum ordinal_style style;
	int numbers;
	char open, close;
	bool upper;
	char dash; /* the last byte of the sign: tells – from • */
};

struct open_list {
	struct signature is;
	uint32_t list;
	uint32_t clause; /* the last one */
	uint16_t indent;
	int value; /* of the last one */
};

struct placing {
	struct draft *d;
	struct slice text;
	struct open_list v[DEPTH_MOST];
	size_t n;
	uint32_t text_level; /* the outermost level of the text since the last clause */
};

bool draft_ends_in_colon(struct slice line)
{
	while (line.len && strchr(" \t*_]\\", line.p[line.len - 1]) && line.p[line.len - 1])
		line.len--;
	return slice_ends(line, ":") || slice_ends(line, "：") || slice_ends(line, ":\xC2\xA0");
}

static int rank(const struct signature *s)
{
	switch (s->kind) {
	case LABEL_NUMBER:
		return 10 + s->numbers;
	case LABEL_LETTER:
		return 2000 + s->upper;
	case LABEL_ROMAN:
		return s->upper ? 5 : 3000; /* I. II. stand above 1. */
	default:
		return 4000;
	}
}

static bool same_signature(const struct signature *a, const struct signature *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == LABEL_DASH)
		return a->dash == b->dash;
	return a->style == b->style && a->numbers == b->numbers && a->close == b->close &&
	       a->open == b->open && a->upper == b->upper;
}

/*
 * The open list at this column that has the signature, the one that the value
 * goes on from if there is one, else the innermost; n where there is none.
 */
static size_t find_open(const struct placing *s, const struct signature *is, uint16_t indent,
			int value)
{
	size_t found = s->n;

	for (size_t i = s->n; i-- > 0;) {
		if (s->v[i].indent + SAME_COLUMN < indent)
			break;
		if (!same_signature(&s->v[i].is, is))
			continue;
		if (s->v[i].value + 1 == value)
			return i;
		if (found == s->n)
			found = i;
	}
	return found;
}

static int value_in(const char *core, const struct ordinal *o, enum ordinal_style style)
{
	return ordinal_value(core + o->core, o->core_end - o->core, style, o->short_i);
}

/* The label of the next clause, blank lines and text between aside; false where none is near.
 */
static bool next_ordinal(const struct placing *s, uint32_t i, struct ordinal *o,
			 const char **label)
{
	const struct draft *d = s->d;

	/* A few lines are enough to tell, and keep this linear. */
	for (uint32_t k = i + 1; k < d->n && k < i + 6; k++) {
		const struct paragraph *p = &d->v[k];

		if (p->kind == PARA_CALL || p->kind == PARA_HEADING)
			return false;
		if (p->kind != PARA_CLAUSE)
			continue;
		*label = s->text.p + p->label;
		return ordinal_read(*label, p->label_end - p->label, o);
	}
	return false;
}

/*
 * Whether a label that can be a letter or a numeral ("i)", "v)", "ii)") is a
 * numeral: as the list it goes on has it, else as the next label tells, else a
 * lone i is one and other single letters are not.
 */
static bool is_roman(const struct placing *s, uint32_t i, const char *label,
		     const struct ordinal *o, struct signature is, uint16_t indent)
{
	int as_letter = value_in(label, o, ORDINAL_LATIN);
	int as_roman = value_in(label, o, ORDINAL_ROMAN);
	struct ordinal next;
	const char *next_label;
	size_t letters, numerals;

	is.kind = LABEL_LETTER;
	is.style = ORDINAL_LATIN;
	letters = find_open(s, &is, indent, as_letter);
	is.kind = LABEL_ROMAN;
	is.style = ORDINAL_ROMAN;
	numerals = find_open(s, &is, indent, as_roman);
	bool goes_on_letters = letters < s->n && s->v[letters].value + 1 == as_letter;
	bool goes_on_numerals = numerals < s->n && s->v[numerals].value + 1 == as_roman;
	if (goes_on_letters != goes_on_numerals && !(goes_on_letters && as_roman == 1))
		return goes_on_numerals;
	if (next_ordinal(s, i, &next, &next_label) && next.style != ORDINAL_NUMBER) {
		if (value_in(next_label, &next, ORDINAL_ROMAN) == as_roman + 1)
			return true;
		if (value_in(next_label, &next, ORDINAL_LATIN) == as_letter + 1)
			return false;
	}
	if (goes_on_letters)
		return false;
	if (o->style == ORDINAL_ROMAN || as_roman == 1)
		return true;
	/* Renumbering may have left a gap: the innermost open list decides. */
	return numerals < s->n && (letters == s->n || numerals > letters);
}

/* Reads the label: its signature, and its value into the paragraph. */
static struct signature read_signature(const struct placing *s, uint32_t i)
{
	struct paragraph *p = &s->d->v[i];
	const char *label = s->text.p + p->label;
	struct signature is = {.kind = p->label_kind};
	struct ordinal o;

	if (p->label_kind == LABEL_DASH || !ordinal_read(label, p->label_end - p->label, &o)) {
		is.kind = LABEL_DASH;
		is.dash = p->label_end > p->label ? s->text.p[p->label_end - 1] : '-';
		return is;
	}
	is.style = o.style;
	is.numbers = o.numbers;
	is.open = o.open;
	is.close = o.close;
	is.upper = o.upper && o.style != ORDINAL_NUMBER;
	if (o.may_be_roman || o.may_be_latin) {
		bool roman = is_roman(s, i, label, &o, is, p->indent);

		is.style = roman ? ORDINAL_ROMAN : ORDINAL_LATIN;
	}
	if (is.style == ORDINAL_ROMAN)
		is.kind = LABEL_ROMAN;
	else if (is.style != ORDINAL_NUMBER)
		is.kind = LABEL_LETTER;
	p->label_kind = is.kind;
	p->value = value_in(label, &o, is.style);
	return is;
}

/* Where the clause goes: the open list it belongs to, or n for a new one on top. */
static size_t find_place(struct placing *s, const struct signature *is,
			 const struct paragraph *p, bool after_colon)
{
	bool opens = p->value == 1 || is->kind == LABEL_DASH;

	while (s->n && s->v[s->n - 1].indent > p->indent + SAME_COLUMN)
		s->n--;
	size_t place = find_open(s, is, p->indent, p->value);
	/* "7. the following:" and then "1.": below it, though it looks alike. */
	if (after_colon && p->value == 1)
		return s->n;
	if (place < s->n) {
		s->n = place + 1;
		return place;
	}
	if (after_colon && opens)
		return s->n;
	while (s->n) {
		struct open_list *top = &s->v[s->n - 1];

		if (top->indent + SAME_COLUMN < p->indent || rank(&top->is) < rank(is))
			break;
		/* The same kind in another style: "1." and "1)", "•" and "–". */
		if (top->is.kind == is->kind && top->is.numbers == is->numbers) {
			if (opens)
				break;
			if (is->kind != LABEL_DASH && top->value + 1 == p->value)
				return s->n - 1;
		}
		s->n--;
	}
	return s->n;
}

static void place_clause(struct placing *s, uint32_t i, bool after_colon)
{
	struct paragraph *p = &s->d->v[i];
	struct signature is = read_signature(s, i);
	size_t place = find_place(s, &is, p, after_colon);
	bool starts = place == s->n;

	if (starts && s->n == DEPTH_MOST)
		place = --s->n;
	struct open_list *l = &s->v[place];
	/* 1. after text further out begins anew: "Option 2:", "and further:". */
	if (!starts && p->value == 1 && s->text_level <= place)
		starts = true;
	if (starts)
		*l = (struct open_list){.is = is, .list = s->d->n_lists++, .indent = p->indent};
	s->n = place + 1;
	l->clause = i;
	l->value = p->value;
	p->list = l->list;
	p->level = (uint32_t)s->n;
	p->parent = place ? s->v[place - 1].clause : p->call;
}

/* Text further in than a clause belongs to it. */
static void place_text(const struct placing *s, struct paragraph *p)
{
	for (size_t i = s->n; i-- > 0;) {
		if (s->v[i].indent + SAME_COLUMN < p->indent) {
			p->parent = s->v[i].clause;
			p->level = (uint32_t)i + 1;
			return;
		}
	}
}

void draft_place_clauses(struct draft *d, struct slice text)
{
	struct placing *s = mem_zalloc(sizeof(*s));
	bool after_colon = false;

	s->d = d;
	s->text = text;
	s->text_level = UINT32_MAX;
	for (uint32_t i = 0; i < d->n; i++) {
		struct paragraph *p = &d->v[i];

		switch (p->kind) {
		case PARA_CLAUSE:
			place_clause(s, i, after_colon);
			s->text_level = UINT32_MAX;
			break;
		case PARA_HEADING:
		case PARA_TITLE:
		case PARA_CALL:
			s->n = 0;
			break;
		case PARA_TEXT:
			place_text(s, p);
			if (p->level < s->text_level)
				s->text_level = p->level;
			break;
		default:
			continue;
		}
		after_colon =
			p->kind == PARA_CLAUSE && draft_ends_in_colon(draft_line(d, text, i));
	}
	free(s);
}
