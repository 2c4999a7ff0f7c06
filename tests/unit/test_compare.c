/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/compare.h"
#include "core/mem.h"

#include <string.h>

/* ---- a comparison as text ---- */

#define TEXTS_MOST 7

/* The cell's words with signs: {+new+} [-gone-]. */
static void add_words(const struct compare *c, size_t row, size_t col, struct str *out)
{
	struct compare_words w = {.n = 0};
	const char *p = c->columns[col].text.text.p;

	compare_words(c, row, col, &w);
	for (size_t i = 0; i < w.n; i++) {
		const struct compare_run *r = &w.v[i];

		if (r->kind == COMPARE_KEPT)
			str_add(out, p + r->begin, r->end - r->begin);
		else if (r->kind == COMPARE_NEW)
			str_addf(out, "{+%.*s+}", (int)(r->end - r->begin), p + r->begin);
		else
			str_addf(out, "[-%.*s-]", (int)(r->end - r->begin),
				 w.gone.p + r->begin);
	}
	compare_words_release(&w);
}

/* One line a row: each column's state and words. */
static void dump(const struct compare *c, struct str *out)
{
	for (size_t r = 0; r < c->n_rows; r++) {
		for (size_t i = 0; i < c->n; i++) {
			const struct compare_cell *x = compare_at(c, r, i);

			if (i)
				str_add_text(out, " | ");
			if (i == c->reference) {
				if (x->paragraph == COMPARE_NONE)
					str_add_text(out, "-");
				else
					add_words(c, r, i, out);
				continue;
			}
			str_add_text(out, compare_state_word(x->state));
			if (x->other != COMPARE_NONE)
				str_addf(out, " %u", x->other + 1);
			if (x->offered)
				str_add_text(out, " offered");
			if (x->state != COMPARE_SAME && x->state != COMPARE_MOVED_AWAY) {
				str_add_text(out, ": ");
				add_words(c, r, i, out);
			}
		}
		str_add_char(out, '\n');
	}
}

static void compare_all(struct compare *c, const char *const *texts, size_t n, size_t reference)
{
	struct compare_text list[TEXTS_MOST];

	for (size_t i = 0; i < n; i++)
		list[i] = (struct compare_text){slice_of(texts[i]),
						i ? (uint16_t)(i - 1) : PARTY_NONE};
	compare_init(c, list, n, reference, &regions);
}

#define assert_rows(want, reference, ...)                                                      \
	do {                                                                                   \
		const char *const texts_[] = {__VA_ARGS__};                                    \
		check_rows(texts_, sizeof(texts_) / sizeof(*texts_), reference, want,          \
			   __FILE__, __LINE__);                                                \
	} while (0)

static void check_rows(const char *const *texts, size_t n, size_t reference, const char *want,
		       const char *file, int line)
{
	struct compare c;
	struct str out = STR_INIT;

	compare_all(&c, texts, n, reference);
	dump(&c, &out);
	assert_slice_equal_at(str_slice(&out), slice_of(want), file, line);
	str_release(&out);
	compare_release(&c);
}

/* ---- examples ---- */

static void the_same_text_is_the_same_in_every_row(void **state)
{
	(void)state;
	assert_rows("a)\tone two | same\nb)\tthree | same\n", 0, "a)\tone two\n\nb)\tthree\n",
		    "1.  one  two\r\n2.  three");
}

static void words_that_differ_are_marked_against_the_reference(void **state)
{
	(void)state;
	assert_rows("to hold one regional meeting | "
		    "changed: to hold [-one-]{+at least two+} regional meeting | "
		    "changed: to hold one [-regional -]meeting\n",
		    0, "to hold one regional meeting", "to hold at least two regional meeting",
		    "to hold one meeting");
	assert_rows("changed: to hold {+one +}meeting | to hold meeting\n", 1,
		    "to hold one meeting", "to hold meeting");
}

static void what_shares_too_little_is_new_as_a_whole(void **state)
{
	(void)state;
	assert_rows("to hold one meeting | "
		    "changed: [-to hold one meeting-]{+that all shall be published+}\n",
		    0, "to hold one meeting", "that all shall be published");
}

static void what_is_new_at_one_place_is_aligned_with_each_other(void **state)
{
	(void)state;
	assert_rows("the first one | same | same\n"
		    "- | added: {+to publish all documents+} | "
		    "added: {+to publish all the documents+}\n"
		    "the last one | same | same\n",
		    0, "the first one\n\nthe last one",
		    "the first one\n\nto publish all documents\n\nthe last one",
		    "the first one\n\nto publish all the documents\n\nthe last one");
}

/* One party adds as a paragraph what two others have in the place of another. */
static void what_one_party_adds_parts_no_others_from_the_reference(void **state)
{
	(void)state;
	assert_rows("One. | same | same | same\n"
		    "c)\tthat lending is slow, | same | same | "
		    "absent: [-that lending is slow,-]\n"
		    "Two three four. | changed: [-Two three four.-]{+they agree+} | "
		    "changed: [-Two three four.-]{+they agree+} | "
		    "absent: [-Two three four.-]\n"
		    "- | same | same | added: {+they agree+}\n"
		    "Five. | same | same | same\n",
		    0, "One.\nc)\tthat lending is slow,\nTwo three four.\nFive.\n",
		    "One.\nc)\tthat lending is slow,\nthey agree\nFive.\n",
		    "One.\nc)\tthat lending is slow,\nthey agree\nFive.\n",
		    "One.\nthey agree\nFive.\n");
}

static void a_paragraph_cut_short_stands_beside_the_whole_one(void **state)
{
	(void)state;
	assert_rows("that lending is slow, | absent: [-that lending is slow,-]\n"
		    "decide, with no effect on the budget, | "
		    "changed: [-decide, with no effect on the budget,-]{+decide+}\n",
		    0, "that lending is slow,\ndecide, with no effect on the budget,\n",
		    "decide\n");
	assert_rows("决定 | changed: [-决定-]{+决定，不影响预算，并根据现有资源，+}\n"
		    "- | added: {+感谢各成员国+}\n",
		    0, "决定\n", "决定，不影响预算，并根据现有资源，\n感谢各成员国\n");
}

/* The draft offers the party something else; its text has what stands. */
static void what_stands_is_recognised_where_a_party_has_it(void **state)
{
	(void)state;
	assert_rows("One. | same\n"
		    "to hold [one meeting / AFR: a seminar about satellites each year] | same\n"
		    "- | added: {+to thank the hosts of both events+}\n"
		    "Two. | same\n",
		    0,
		    "One.\nto hold [one meeting / AFR: a seminar about satellites each year]\n"
		    "Two.\n",
		    "One.\nto hold one meeting\nto thank the hosts of both events\nTwo.\n");
}

static void what_is_left_out_is_absent(void **state)
{
	(void)state;
	assert_rows("one and two | same\nthree and four | absent: [-three and four-]\n", 0,
		    "one and two\n\nthree and four", "one and two");
}

static void a_paragraph_that_moved_says_from_where(void **state)
{
	(void)state;
	assert_rows("alpha beta gamma epsilon zeta delta | moved-away 4\n"
		    "one two three four | same\n"
		    "five six seven eight | same\n"
		    "- | moved 1: alpha beta gamma epsilon zeta {+new +}delta\n",
		    0,
		    "alpha beta gamma epsilon zeta delta\n\none two three four\n\nfive six "
		    "seven eight",
		    "one two three four\n\nfive six seven eight\n\nalpha beta gamma epsilon "
		    "zeta new delta");
}

static void a_draft_is_compared_as_it_stands_without_proposals(void **state)
{
	(void)state;
	/* AFR's wording is on the table, AMS's is not. */
	assert_rows("to hold [one / AFR: two]{#b1} meetings[ a year] | "
		    "changed offered: to hold [-one-]{+two+} meetings a year | "
		    "changed: to hold [-one-]{+three+} meetings a year\n",
		    0, "to hold [one / AFR: two]{#b1} meetings[ a year]",
		    "to hold two meetings a year", "to hold three meetings a year");
	/* And where the region is the reference, the draft's brackets are not words. */
	assert_rows("changed: to hold [[-two-]{+one+} / AFR: two] meetings | "
		    "to hold two meetings\n",
		    1, "to hold [one / AFR: two] meetings", "to hold two meetings");
}

static void a_region_finds_its_proposal_in_the_draft(void **state)
{
	(void)state;
	assert_rows(
		"a)\tthe first of all | same | same\n"
		"[AFR: b)\tentirely new words] | "
		"changed offered: b)\t{+entirely new words+} | same\n"
		"c)\tthe last of all | same | same\n",
		0,
		"a)\tthe first of all\n\n[AFR: b)\tentirely new words]\n\nc)\tthe last of all",
		"a)\tthe first of all\n\nb)\tentirely new words\n\nc)\tthe last of all",
		"a)\tthe first of all\n\nb)\tthe last of all");
}

static void a_block_is_its_paragraphs_and_alternatives_between_lines_are_one(void **state)
{
	(void)state;
	assert_rows("[1.\tto publish them; | same\n2.\tto translate them.] | same\n", 0,
		    "[1.\tto publish them;\n\n2.\tto translate them.]",
		    "1.\tto publish them;\n\n2.\tto translate them.");
	assert_rows("[\nto report each year\n/\nAFR: to report every two years\n] | "
		    "changed offered: to report [-each year-]{+every two years+}\n",
		    0, "[\nto report each year\n/\nAFR: to report every two years\n]",
		    "to report every two years");
}

static void texts_in_different_languages_align_by_structure(void **state)
{
	(void)state;
	assert_rows(
		"# Title of it | foreign: # Titre\n"
		"considering | foreign: considérant\n"
		"a) that one thing | foreign: a) qu'une chose\n"
		"b) that another thing | foreign: \n"
		"resolves | foreign: décide\n"
		"1. to do it | foreign: 1. de le faire\n",
		0,
		"---\nlanguage: en\n---\n# Title of it\n\nconsidering\n\na) that one thing\n\n"
		"b) that another thing\n\nresolves\n\n1. to do it\n",
		"---\nlanguage: fr-CH\n---\n# Titre\n\nconsidérant\n\na) qu'une chose\n\n"
		"décide\n\n1. de le faire\n");
}

static void scripts_tell_languages_where_front_matter_does_not(void **state)
{
	(void)state;
	assert_rows(
		"resolves | foreign: 做出决议\n1. to hold a meeting | foreign: 1. 召开会议\n",
		0, "resolves\n\n1. to hold a meeting\n", "做出决议\n\n1. 召开会议\n");
}

static void small_words_tell_languages_of_one_script(void **state)
{
	static const char en[] =
		"# Preamble\n\nthat the inherent dignity and the equal rights of "
		"all members of the human family are the foundation of peace\n\n"
		"that the General Assembly shall keep them\n";
	static const char fr[] = "# Pr\xC3\xA9"
				 "ambule\n\nque la reconnaissance de la dignit\xC3\xA9 et "
				 "des droits \xC3\xA9gaux de tous les membres du monde et des "
				 "peuples qui sont dans les traités et aux lois\n\n"
				 "que tous les États\n";
	const struct compare_text list[2] = {{slice_of(en), PARTY_NONE}, {slice_of(fr), 0}};
	struct compare c;

	(void)state;
	compare_init(&c, list, 2, 0, &regions);
	assert_true(c.columns[1].foreign);
	assert_int_equal(compare_at(&c, 2, 1)->paragraph, 2);
	compare_release(&c);
	/* A few words tell nothing. */
	assert_rows("changed: [-la ley de la paz y los pueblos-]{+the law of peace+} | "
		    "la ley de la paz y los pueblos\n",
		    1, "the law of peace\n", "la ley de la paz y los pueblos\n");
}

static void chinese_is_compared_by_character(void **state)
{
	(void)state;
	assert_rows("召开一次会议 | changed: 召开[-一-]{+两+}次会议\n", 0, "召开一次会议",
		    "召开两次会议");
}

static void a_byte_has_a_row(void **state)
{
	static const char *const texts[] = {"one\n\ntwo\n", "one\n\nnew words here\n\ntwo\n"};
	struct compare c;

	(void)state;
	compare_all(&c, texts, 2, 0);
	assert_int_equal(compare_row_at(&c, 0, 0), 0);
	assert_int_equal(compare_row_at(&c, 0, 6), 2);
	assert_int_equal(compare_row_at(&c, 1, 8), 1);
	assert_int_equal(compare_row_at(&c, 1, 4000), 2);
	compare_release(&c);
}

/* ---- properties ---- */

static void assert_column_is_whole(const struct compare *c, size_t col)
{
	const struct compare_column *v = &c->columns[col];
	size_t at = 0, lines = 0, next_row = 0;

	for (size_t i = 0; i < v->n; i++) {
		assert_true(v->v[i].begin >= at && v->v[i].end > v->v[i].begin);
		assert_true(v->v[i].body >= v->v[i].begin && v->v[i].body <= v->v[i].end);
		at = v->v[i].end;
	}
	assert_true(at <= v->text.text.len);
	/* Each paragraph is in one row, in order. */
	for (size_t r = 0; r < c->n_rows; r++) {
		uint32_t i = compare_at(c, r, col)->paragraph;

		if (i == COMPARE_NONE)
			continue;
		assert_int_equal(i, next_row++);
		assert_int_equal(v->v[i].row, r);
	}
	assert_int_equal(next_row, v->n);
	/* What is in none is blank, or front matter. */
	at = 0;
	for (size_t i = 0; i <= v->n; i++) {
		size_t end = i < v->n ? v->v[i].begin : v->text.text.len;

		for (size_t k = at; k < end && v->n && i; k++)
			lines += v->text.text.p[k] > ' ' && v->text.text.p[k] < 0x7F;
		at = i < v->n ? v->v[i].end : end;
	}
	assert_int_equal(lines, 0);
}

static void assert_words_are_whole(const struct compare *c, size_t row, size_t col)
{
	const struct compare_paragraph *p = compare_paragraph(c, row, col);
	struct compare_words w = {.n = 0};
	size_t at = p ? p->begin : 0, changed = 0;

	compare_words(c, row, col, &w);
	for (size_t i = 0; i < w.n; i++) {
		changed += w.v[i].kind != COMPARE_KEPT;
		if (w.v[i].kind == COMPARE_GONE)
			continue;
		assert_int_equal(w.v[i].begin, at);
		at = w.v[i].end;
	}
	assert_int_equal(at, p ? p->end : 0);
	if (compare_at(c, row, col)->state == COMPARE_SAME)
		assert_int_equal(changed, 0);
	else if (compare_differs(compare_at(c, row, col)) &&
		 compare_at(c, row, col)->state != COMPARE_MOVED)
		assert_true(changed > 0);
	compare_words_release(&w);
}

static void assert_sane(const struct compare *c)
{
	for (size_t i = 0; i < c->n; i++)
		assert_column_is_whole(c, i);
	for (size_t r = 0; r < c->n_rows; r++) {
		size_t here = 0;

		for (size_t i = 0; i < c->n; i++) {
			const struct compare_cell *x = compare_at(c, r, i);

			here += x->paragraph != COMPARE_NONE;
			assert_words_are_whole(c, r, i);
			if (x->other != COMPARE_NONE)
				assert_true(x->other < c->n_rows && x->other != r);
		}
		assert_true(here > 0);
	}
}

/* ---- texts whose paragraphs are known one by one ---- */

#define PARAGRAPHS_MOST 40

/* A text as its paragraphs: v[i] is which of all wordings stands there. */
struct made {
	uint32_t v[PARAGRAPHS_MOST];
	size_t n;
	struct str text;
};

static const char *const words[] = {"meeting",     "report", "Council", "rapport", "consejo",
				    "presupuesto", "регион", "решает",  "المجلس",  "دعوة",
				    "会议",        "区域",   "of",      "the",     "and"};

/* Wording number i, always the same: a few words, and one that no other has. */
static void wording_add(struct str *out, uint32_t i)
{
	struct prng r = prng_make(1000 + i);

	if (i % 7 == 0)
		str_add_text(out, "decides");
	for (size_t n = prng_below(&r, 8) + (i % 7 != 0); n > 0; n--)
		str_addf(out, "%s ", words[prng_below(&r, sizeof(words) / sizeof(*words))]);
	str_addf(out, "w%u", i);
}

static void made_write(struct made *m, struct prng *r)
{
	str_clear(&m->text);
	for (size_t i = 0; i < m->n; i++) {
		if (prng_one_in(r, 5))
			str_addf(&m->text, "%c)\t", (int)('a' + i % 26));
		wording_add(&m->text, m->v[i]);
		str_add_text(&m->text, prng_one_in(r, 3) ? "\n\n" : "\n");
	}
}

/* Paragraphs away, written anew, put in, elsewhere. */
static void made_change(struct made *m, const struct made *from, struct prng *r, uint32_t *next)
{
	memcpy(m->v, from->v, sizeof(m->v));
	m->n = from->n;
	for (size_t times = prng_below(r, 8); times > 0 && m->n > 1; times--) {
		size_t at = prng_below(r, m->n), to = prng_below(r, m->n);
		uint32_t was = m->v[at];
		size_t what = prng_below(r, 4);

		if (what == 0) { /* anew: parties share some wordings */
			m->v[at] = prng_one_in(r, 2) ? 500 + was : (*next)++;
			continue;
		}
		if (what != 1) {
			memmove(m->v + at, m->v + at + 1, (m->n - at - 1) * sizeof(*m->v));
			m->n--;
		}
		if (what == 2 || m->n == PARAGRAPHS_MOST)
			continue;
		to = to > m->n ? m->n : to;
		memmove(m->v + to + 1, m->v + to, (m->n - to) * sizeof(*m->v));
		m->n++;
		m->v[to] = what == 3 ? was : prng_one_in(r, 2) ? 700 + to : (*next)++;
	}
}

/* Where a wording stands in a text; SIZE_MAX: not once. */
static size_t made_find(const struct made *m, uint32_t wording)
{
	size_t at = SIZE_MAX, times = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i] != wording)
			continue;
		at = i;
		times++;
	}
	return times == 1 ? at : SIZE_MAX;
}

/* Whether a paragraph that both have, once, is in order with all others that both have. */
static bool is_unmoved(const struct made *a, const struct made *b, size_t i, size_t j)
{
	for (size_t k = 0; k < a->n; k++) {
		size_t there = 0;

		if (k == i)
			continue;
		while (there < b->n && (b->v[there] != a->v[k] || there == j))
			there++;
		for (; there < b->n; there++)
			if (b->v[there] == a->v[k] && (k < i) != (there < j))
				return false;
	}
	return true;
}

static void assert_equal_paragraphs_stand_together(const struct compare *c,
						   const struct made *a, const struct made *b,
						   size_t col)
{
	for (size_t i = 0; i < a->n; i++) {
		size_t j = made_find(a, a->v[i]) == i ? made_find(b, a->v[i]) : SIZE_MAX;

		if (j == SIZE_MAX || !is_unmoved(a, b, i, j))
			continue;
		assert_int_equal(c->columns[0].v[i].row, c->columns[col].v[j].row);
		assert_int_equal(compare_at(c, c->columns[col].v[j].row, col)->state,
				 COMPARE_SAME);
	}
}

/* Which of the reference's paragraphs a column's stands beside, or came from, is what the two
 * texts alone give. */
static void assert_alone_is_the_same(const struct compare *c, size_t col)
{
	struct compare_text two[2] = {c->columns[0].text, c->columns[col].text};
	struct compare alone;

	compare_init(&alone, two, 2, 0, &regions);
	for (size_t j = 0; j < alone.columns[1].n; j++) {
		size_t row = alone.columns[1].v[j].row, there = c->columns[col].v[j].row;
		const struct compare_cell *x = compare_at(&alone, row, 1);
		const struct compare_cell *y = compare_at(c, there, col);

		assert_int_equal(x->state, y->state);
		assert_int_equal(compare_at(&alone, row, 0)->paragraph,
				 compare_at(c, there, 0)->paragraph);
		if (x->state == COMPARE_MOVED)
			assert_int_equal(compare_at(&alone, x->other, 0)->paragraph,
					 compare_at(c, y->other, 0)->paragraph);
	}
	assert_int_equal(alone.columns[1].different, c->columns[col].different);
	compare_release(&alone);
}

static void a_column_is_aligned_by_itself_and_equal_paragraphs_stand_together(void **state)
{
	struct prng r = prng_make(74);
	struct made v[TEXTS_MOST] = {0};

	(void)state;
	for (int i = 0; i < 300; i++) {
		size_t n = 2 + prng_below(&r, TEXTS_MOST - 1);
		struct compare_text list[TEXTS_MOST];
		uint32_t next = 2000;
		struct compare c;

		v[0].n = 1 + prng_below(&r, PARAGRAPHS_MOST);
		for (size_t k = 0; k < v[0].n; k++)
			v[0].v[k] = (uint32_t)(prng_one_in(&r, 12) ? prng_below(&r, 3) : k);
		for (size_t k = 0; k < n; k++) {
			if (k)
				made_change(&v[k], &v[0], &r, &next);
			made_write(&v[k], &r);
			list[k] = (struct compare_text){str_slice(&v[k].text),
							k ? (uint16_t)(k - 1) : PARTY_NONE};
		}
		compare_init(&c, list, n, 0, &regions);
		assert_sane(&c);
		for (size_t k = 1; k < n; k++) {
			if (c.columns[k].foreign)
				continue;
			assert_equal_paragraphs_stand_together(&c, &v[0], &v[k], k);
			assert_alone_is_the_same(&c, k);
		}
		compare_release(&c);
	}
	for (size_t k = 0; k < TEXTS_MOST; k++)
		str_release(&v[k].text);
}

/* Words away, in, elsewhere. */
static void change(struct prng *r, const struct str *from, struct str *to)
{
	str_clear(to);
	str_add_slice(to, str_slice(from));
	for (size_t n = prng_below(r, 6); n > 0; n--) {
		size_t at = prng_below(r, to->len + 1);
		size_t del = prng_below(r, 20);
		struct str bit = STR_INIT;

		if (del > to->len - at)
			del = to->len - at;
		if (prng_one_in(r, 2))
			random_text(r, &bit, prng_below(r, 6));
		if (prng_one_in(r, 8))
			random_bytes(r, &bit, prng_below(r, 6));
		str_splice(to, at, del, bit.p, bit.len);
		str_release(&bit);
	}
}

static void every_paragraph_is_in_one_row_in_order_for_any_texts(void **state)
{
	struct prng r = prng_make(71);
	struct str v[4] = {STR_INIT, STR_INIT, STR_INIT, STR_INIT};

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct compare_text list[4];
		struct compare c;
		size_t n = 1 + prng_below(&r, 4);

		str_clear(&v[0]);
		random_text(&r, &v[0], prng_below(&r, 120));
		for (size_t k = 0; k < n; k++) {
			if (k)
				change(&r, &v[0], &v[k]);
			list[k] = (struct compare_text){str_slice(&v[k]),
							k ? (uint16_t)(k - 1) : PARTY_NONE};
		}
		compare_init(&c, list, n, prng_below(&r, n), &regions);
		assert_sane(&c);
		compare_release(&c);
	}
	for (int k = 0; k < 4; k++)
		str_release(&v[k]);
}

static void equal_texts_never_differ(void **state)
{
	struct prng r = prng_make(72);
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i < 200; i++) {
		struct compare_text list[3];
		struct compare c;

		str_clear(&text);
		random_text(&r, &text, prng_below(&r, 100));
		for (size_t k = 0; k < 3; k++)
			list[k] = (struct compare_text){str_slice(&text), PARTY_NONE};
		compare_init(&c, list, 3, prng_below(&r, 3), &regions);
		assert_int_equal(c.different, 0);
		assert_int_equal(c.n_rows, c.columns[0].n);
		compare_release(&c);
	}
	str_release(&text);
}

static void the_same_texts_give_the_same_rows(void **state)
{
	struct prng r = prng_make(73);
	struct str a = STR_INIT, b = STR_INIT;

	(void)state;
	for (int i = 0; i < 50; i++) {
		struct compare one, two;

		str_clear(&a);
		random_text(&r, &a, 80);
		change(&r, &a, &b);
		struct compare_text list[2] = {{str_slice(&a), PARTY_NONE}, {str_slice(&b), 0}};
		compare_init(&one, list, 2, 0, &regions);
		compare_init(&two, list, 2, 0, &regions);
		assert_int_equal(one.n_rows, two.n_rows);
		assert_memory_equal(one.cells, two.cells, one.n_rows * 2 * sizeof(*one.cells));
		compare_release(&one);
		compare_release(&two);
	}
	str_release(&a);
	str_release(&b);
}

/* The second text of a pair with signs where its words differ; "=": it is written alike. */
static void check_pair(const char *a, const char *b, const char *want, int line)
{
	struct compare_text list[2] = {{slice_of(a), PARTY_NONE}, {slice_of(b), PARTY_NONE}};
	struct compare_words w = {.n = 0};
	struct str out = STR_INIT;
	struct compare c;

	compare_pair(&c, list, &regions);
	compare_words(&c, 0, 1, &w);
	for (size_t i = 0; i < w.n; i++) {
		const struct compare_run *r = &w.v[i];
		const char *from = r->kind == COMPARE_GONE ? w.gone.p : b;

		str_addf(&out,
			 r->kind == COMPARE_GONE  ? "[-%.*s-]"
			 : r->kind == COMPARE_NEW ? "{+%.*s+}"
						  : "%.*s",
			 (int)(r->end - r->begin), from + r->begin);
	}
	if (compare_at(&c, 0, 1)->state == COMPARE_SAME)
		str_add_text(&out, " =");
	assert_slice_equal_at(str_slice(&out), slice_of(want), __FILE__, line);
	str_release(&out);
	compare_words_release(&w);
	compare_release(&c);
}

#define assert_pair(a, b, want) check_pair(a, b, want, __LINE__)

static void of_a_pair_every_option_counts_and_no_sign(void **state)
{
	(void)state;
	assert_pair("a) to hold one", "1) to  hold one", "1) to  hold one =");
	assert_pair("that [schools] [posts] [and towns] are",
		    "a) that schools posts and towns are",
		    "a) that schools posts and towns are");
	assert_pair("that [all]{#b1} schools are", "that all schools are",
		    "that all schools are");
	assert_pair("the [shall][should] be [free / AFR: at cost / EUR: no text];",
		    "the should be free;", "the [-shall -]should be free[- at cost-];");
	/* The other way round: what only the second one offers is new, the blank before it,
	 * too. */
	assert_pair("to hold one,", "to hold [one / AFR: or two] (EUR), soon",
		    "to hold [one{+ +}/ AFR: {+or two+}] (EUR),{+ soon+}");
	assert_pair("a [b [c / d] e] (AFR) f", "a b c d e f", "a b c d e f");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_pair_every_option_counts_and_no_sign),
		cmocka_unit_test(the_same_text_is_the_same_in_every_row),
		cmocka_unit_test(words_that_differ_are_marked_against_the_reference),
		cmocka_unit_test(what_shares_too_little_is_new_as_a_whole),
		cmocka_unit_test(what_is_new_at_one_place_is_aligned_with_each_other),
		cmocka_unit_test(what_one_party_adds_parts_no_others_from_the_reference),
		cmocka_unit_test(a_paragraph_cut_short_stands_beside_the_whole_one),
		cmocka_unit_test(what_stands_is_recognised_where_a_party_has_it),
		cmocka_unit_test(what_is_left_out_is_absent),
		cmocka_unit_test(a_paragraph_that_moved_says_from_where),
		cmocka_unit_test(a_draft_is_compared_as_it_stands_without_proposals),
		cmocka_unit_test(a_region_finds_its_proposal_in_the_draft),
		cmocka_unit_test(
			a_block_is_its_paragraphs_and_alternatives_between_lines_are_one),
		cmocka_unit_test(texts_in_different_languages_align_by_structure),
		cmocka_unit_test(scripts_tell_languages_where_front_matter_does_not),
		cmocka_unit_test(small_words_tell_languages_of_one_script),
		cmocka_unit_test(chinese_is_compared_by_character),
		cmocka_unit_test(a_byte_has_a_row),
		cmocka_unit_test(every_paragraph_is_in_one_row_in_order_for_any_texts),
		cmocka_unit_test(
			a_column_is_aligned_by_itself_and_equal_paragraphs_stand_together),
		cmocka_unit_test(equal_texts_never_differ),
		cmocka_unit_test(the_same_texts_give_the_same_rows),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
