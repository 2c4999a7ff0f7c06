/* SPDX-License-Identifier: MIT */
#include "support_draft.h"

#include "core/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_text(struct reading *r, const char *text)
{
	reading_init(r, slice_of(text));
}

static void expect_title(const char *text, const char *title, const char *type)
{
	struct str got = STR_INIT;
	struct reading r;

	read_text(&r, text);
	draft_title(&r.d, str_slice(&r.text), &r.b, &got);
	assert_slice_is(str_slice(&got), title);
	if (type)
		assert_string_equal(draft_type(&r.d, str_slice(&r.text)), type);
	else
		assert_null(draft_type(&r.d, str_slice(&r.text)));
	str_release(&got);
	reading_release(&r);
}

static const char *kind_word(enum paragraph_kind kind)
{
	static const char *const words[] = {
		[PARA_BLANK] = "blank",       [PARA_FRONT] = "front matter",
		[PARA_HEADING] = "heading",   [PARA_TITLE] = "title",
		[PARA_CALL] = "call",         [PARA_CLAUSE] = "clause",
		[PARA_FOOTNOTE] = "footnote", [PARA_FENCE] = "code",
		[PARA_COMMENT] = "comment",   [PARA_TEXT] = "text",
	};

	return words[kind];
}

/* One line a paragraph: number, kind, level, list, value, parent's number. */
static void expect_structure(const char *text, const char *want)
{
	struct str got = STR_INIT;
	struct reading r;

	read_text(&r, text);
	for (size_t i = 0; i < r.d.n; i++) {
		const struct paragraph *p = &r.d.v[i];

		if (p->kind == PARA_BLANK)
			continue;
		str_addf(&got, "%u %s", p->number, kind_word(p->kind));
		if (p->kind == PARA_CLAUSE)
			str_addf(&got, " level %u list %u value %d", p->level, p->list,
				 p->value);
		if (p->parent != PARAGRAPH_NONE)
			str_addf(&got, " in %u", r.d.v[p->parent].number);
		str_add_char(&got, '\n');
	}
	assert_slice_is(str_slice(&got), want);
	str_release(&got);
	reading_release(&r);
}

static void a_resolution_has_calls_and_clauses(void **state)
{
	(void)state;
	expect_structure("RESOLUTION 7 (Rev. Town, 2030)\n"
			 "Meetings before the conference\n"
			 "The Conference,\n\n"
			 "*considering*\n\n"
			 "a) the first thing;\n"
			 "b) the second thing,\n\n"
			 "resolves to instruct the Director\n"
			 "1\tto hold meetings:\n"
			 "i)\tin the regions;\n"
			 "ii)\tbetween them;\n"
			 "2\tto report.\n",
			 "1 title\n"
			 "2 title\n"
			 "3 text\n"
			 "4 call\n"
			 "5 clause level 1 list 0 value 1 in 4\n"
			 "6 clause level 1 list 0 value 2 in 4\n"
			 "7 call\n"
			 "8 clause level 1 list 1 value 1 in 7\n"
			 "9 clause level 2 list 2 value 1 in 8\n"
			 "10 clause level 2 list 2 value 2 in 8\n"
			 "11 clause level 1 list 1 value 2 in 7\n");
}

static void levels_follow_indentation_then_labels(void **state)
{
	(void)state;
	expect_structure("1. one\n"
			 "1.1 \tone one\n"
			 "a) letter\n"
			 "i) numeral\n"
			 "– dash\n"
			 "b) letter\n"
			 "2. two\n"
			 "    1. further in\n"
			 "    2. again\n"
			 "    text of it\n"
			 "3. three\n",
			 "1 clause level 1 list 0 value 1\n"
			 "2 clause level 2 list 1 value 1 in 1\n"
			 "3 clause level 3 list 2 value 1 in 2\n"
			 "4 clause level 4 list 3 value 1 in 3\n"
			 "5 clause level 5 list 4 value 0 in 4\n"
			 "6 clause level 3 list 2 value 2 in 2\n"
			 "7 clause level 1 list 0 value 2\n"
			 "8 clause level 2 list 5 value 1 in 7\n"
			 "9 clause level 2 list 5 value 2 in 7\n"
			 "10 text in 7\n"
			 "11 clause level 1 list 0 value 3\n");
}

static void letters_and_numerals_are_told_by_their_neighbours(void **state)
{
	(void)state;
	expect_structure("g) x\nh) x\ni) x\nj) x\n", "1 clause level 1 list 0 value 7\n"
						     "2 clause level 1 list 0 value 8\n"
						     "3 clause level 1 list 0 value 9\n"
						     "4 clause level 1 list 0 value 10\n");
	expect_structure("g) x\nh) x:\ni) x\nii) x\ni) y\n",
			 "1 clause level 1 list 0 value 7\n"
			 "2 clause level 1 list 0 value 8\n"
			 "3 clause level 2 list 1 value 1 in 2\n"
			 "4 clause level 2 list 1 value 2 in 2\n"
			 "5 clause level 1 list 0 value 9\n");
	expect_structure("iv) x\nv) x\n", "1 clause level 1 list 0 value 4\n"
					  "2 clause level 1 list 0 value 5\n");
	expect_structure("u) x\nv) x\n", "1 clause level 1 list 0 value 21\n"
					 "2 clause level 1 list 0 value 22\n");
	expect_structure("z) x\naa) x\nбб) x\n", "1 clause level 1 list 0 value 26\n"
						 "2 clause level 1 list 0 value 27\n"
						 "3 clause level 1 list 1 value 30\n");
}

static void a_first_clause_after_other_text_begins_a_list(void **state)
{
	(void)state;
	expect_structure("1. x\n2. x\nOption 2:\n1. x\n", "1 clause level 1 list 0 value 1\n"
							  "2 clause level 1 list 0 value 2\n"
							  "3 text\n"
							  "4 clause level 1 list 1 value 1\n");
	expect_structure("1. x\nmore of it\n2. x\n", "1 clause level 1 list 0 value 1\n"
						     "2 text\n"
						     "3 clause level 1 list 0 value 2\n");
}

static void labels_are_found_within_brackets(void **state)
{
	struct reading r;

	(void)state;
	expect_structure("a) x;\n[b) y;]\n[AFR: c) z.]\n[\nd) p\n/\nEUR: d) q\n]\n[2030] x\n",
			 "1 clause level 1 list 0 value 1\n"
			 "2 clause level 1 list 0 value 2\n"
			 "3 clause level 1 list 0 value 3\n"
			 "4 text\n"
			 "5 clause level 1 list 0 value 4\n"
			 "6 text\n"
			 "7 clause level 1 list 0 value 4\n"
			 "8 text\n"
			 "9 text\n");
	expect_structure("[## New\n1. x\n2. y]\n", "1 heading\n"
						   "2 clause level 1 list 0 value 1\n"
						   "3 clause level 1 list 0 value 2\n");
	read_text(&r, "[AFR: c) z.]");
	assert_slice_is(slice_make(r.text.p + r.d.v[0].label, 2), "c)");
	assert_int_equal(r.d.v[0].body, 9);
	reading_release(&r);
}

static void every_line_has_its_kind(void **state)
{
	(void)state;
	expect_structure("---\ntitle: x\n---\n"
			 "# Heading\n"
			 "```\na) code\n```\n"
			 "<!-- a\nb) comment -->\n"
			 "[^1]: a note\n"
			 "text[^1] [footnoteRef:2] <!-- x -->\n"
			 "[2: another]\n"
			 " \t\n"
			 "décide\n",
			 "1 front matter\n2 front matter\n3 front matter\n"
			 "4 heading\n"
			 "5 code\n6 code\n7 code\n"
			 "8 comment\n9 comment\n"
			 "10 footnote\n"
			 "11 text\n"
			 "12 footnote\n"
			 "13 call\n");
}

static void a_sentence_has_the_group_of_its_verb(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "*Recalling* its decision 3,\n"
		      "1. *Decides* to meet;\n"
		      "Recognizing the role of the regions,\n"
		      "Recognizing this is easy.\n"
		      "invites\n"
		      "the Members\n");
	assert_int_equal(r.d.v[0].group, CALL_PREAMBULAR);
	assert_int_equal(r.d.v[1].group, CALL_OPERATIVE);
	assert_int_equal(r.d.v[2].group, CALL_PREAMBULAR);
	assert_int_equal(r.d.v[3].group, CALL_NONE);
	assert_int_equal(r.d.v[5].group, CALL_OPERATIVE);
	assert_int_equal(r.d.v[5].call, 4);
	reading_release(&r);
}

static void the_title_is_what_a_reader_would_call_it(void **state)
{
	(void)state;
	expect_title("---\ntitle: From front matter\ntype: report\n---\n# Other\n",
		     "From front matter", "report");
	expect_title("---\nsymbol: X/1\n---\n\n# A *heading* {#h1}\n", "A heading", NULL);
	expect_title("[bookmark: _T1]RÉSOLUTION 8 (Rév. Ville, 2030)\n"
		     "[bookmark: _T2]Préparation régionale des conférences\nde l'Union\n"
		     "La Conférence,\n",
		     "Préparation régionale des conférences de l'Union", "resolution");
	expect_title("# RESOLUTION [AFCP-1]\n\n## Bridging gaps\n\nThe Conference,\n",
		     "Bridging gaps", "resolution");
	expect_title("DRAFT DECLARATION OF THE CONFERENCE\n\nWe, the delegates,\n",
		     "DRAFT DECLARATION OF THE CONFERENCE", "declaration");
	expect_title("第31号决议\n区域筹备工作\n", "区域筹备工作", "resolution");
	expect_title("القرار 31\nالأعمال التحضيرية\n", "الأعمال التحضيرية", "resolution");
	expect_title("Summary:\nThis document is a report on things.\n", "", NULL);
	expect_title("", "", NULL);
}

static void front_matter_is_read_with_its_problems(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "---\r\ntitle: \"Ligne\"\r\nrevision: 3\r\nlanguage: fr\r\nbase: ~\r\n"
		      "type: [a, b]\r\nother: {x: 1}\r\n---\r\ntext\r\n");
	assert_true(r.d.front.present);
	assert_string_equal(r.d.front.title, "Ligne");
	assert_string_equal(r.d.front.revision, "3");
	assert_string_equal(r.d.front.language, "fr");
	assert_null(r.d.front.base);
	assert_null(r.d.front.type);
	assert_int_equal(r.d.front.problems.n, 1);
	assert_int_equal(r.d.front.problems.v[0].line, 6);
	assert_int_equal(r.d.front.problems.v[0].column, 7);
	assert_int_equal(r.d.front.end,
			 strlen("---\r\ntitle: \"Ligne\"\r\nrevision: 3\r\nlanguage: "
				"fr\r\nbase: ~\r\ntype: [a, b]\r\nother: {x: 1}\r\n"
				"---\r\n"));
	reading_release(&r);
	read_text(&r, "---\ntitle: [\n---\nx\n");
	assert_true(r.d.front.present && r.d.front.problems.n > 0);
	reading_release(&r);
	read_text(&r, "---\nnever closed\n");
	assert_false(r.d.front.present);
	reading_release(&r);
}

static void words_are_counted_as_a_delegate_would(void **state)
{
	struct draft_words w;
	struct reading r;

	(void)state;
	read_text(&r, "---\ntitle: not counted\n---\n"
		      "[bookmark: x y]one two <!-- no no -->\n"
		      "a) three [four / AFR, EUR: five six]{#b1} (CIS)\n"
		      "考虑\n");
	draft_count_words(&r.d, str_slice(&r.text), &r.b, &w);
	assert_int_equal(w.total, 8);
	assert_int_equal(w.in_brackets, 3);
	reading_release(&r);
}

static void a_digest_forgets_label_ids_and_blanks(void **state)
{
	char one[DIGEST_SHORT + 1], two[DIGEST_SHORT + 1], three[DIGEST_SHORT + 1];
	struct reading r;

	(void)state;
	read_text(&r, "a) to hold [one / two]{#b1} meetings;\n"
		      "b)  to  hold [one / two] meetings; \n"
		      "c) to hold [one / three] meetings;\n");
	draft_digest(&r.d, str_slice(&r.text), &r.b, 0, one);
	draft_digest(&r.d, str_slice(&r.text), &r.b, 1, two);
	draft_digest(&r.d, str_slice(&r.text), &r.b, 2, three);
	assert_int_equal(strlen(one), 16);
	assert_string_equal(one, two);
	assert_string_not_equal(one, three);
	reading_release(&r);
}

static void a_position_finds_its_paragraph(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "ab\n\ncd\r\nef");
	assert_int_equal(draft_paragraph_at(&r.d, 0), 0);
	assert_int_equal(draft_paragraph_at(&r.d, 2), 0);
	assert_int_equal(draft_paragraph_at(&r.d, 3), 1);
	assert_int_equal(draft_paragraph_at(&r.d, 7), 2);
	assert_int_equal(draft_paragraph_at(&r.d, 10), 3);
	assert_int_equal(draft_paragraph_at(&r.d, 99), 3);
	assert_int_equal(draft_paragraph_numbered(&r.d, 2), 2);
	assert_int_equal(draft_paragraph_numbered(&r.d, 0), PARAGRAPH_NONE);
	assert_int_equal(draft_paragraph_numbered(&r.d, 4), PARAGRAPH_NONE);
	reading_release(&r);
	read_text(&r, "");
	assert_int_equal(draft_paragraph_at(&r.d, 0), PARAGRAPH_NONE);
	reading_release(&r);
}

/* What must hold of any draft. */
static void assert_sane_draft(const struct reading *r)
{
	const struct draft *d = &r->d;
	struct draft_words w;
	size_t at = 0;
	uint32_t number = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct paragraph *p = &d->v[i];

		assert_int_equal(p->begin, at);
		assert_true(p->begin <= p->label && p->label <= p->label_end);
		assert_true(p->label_end <= p->body && p->body <= p->end && p->end <= p->next);
		assert_true(p->next > p->begin);
		if (p->kind == PARA_BLANK)
			assert_int_equal(p->number, 0);
		else
			assert_int_equal(p->number, ++number);
		if (p->parent != PARAGRAPH_NONE)
			assert_true(p->parent < i);
		if (p->kind == PARA_CLAUSE)
			assert_true(p->list < d->n_lists && p->level > 0);
		at = p->next;
	}
	assert_int_equal(at, r->text.len);
	assert_int_equal(number, d->n_paragraphs);
	draft_count_words(d, str_slice(&r->text), &r->b, &w);
	assert_true(w.in_brackets <= w.total);
}

static void any_bytes_have_a_structure(void **state)
{
	struct prng rng = prng_make(3);
	struct str s = STR_INIT, title = STR_INIT;
	struct reading r;

	(void)state;
	for (int round = 0; round < 600; round++) {
		str_clear(&s);
		if (round % 4 == 0)
			random_bytes(&rng, &s, prng_below(&rng, 300));
		else
			random_text(&rng, &s, prng_below(&rng, 200));
		reading_init(&r, str_slice(&s));
		assert_sane_draft(&r);
		draft_title(&r.d, str_slice(&r.text), &r.b, &title);
		draft_release(&r.d);
		draft_read(&r.d, str_slice(&r.text), NULL);
		assert_sane_draft(&r);
		reading_release(&r);
	}
	str_release(&s);
	str_release(&title);
}

/* A resolution as a converter left it, and drafts of an agreement. */
static void real_texts_are_read_sensibly(void **state)
{
	static const struct {
		const char *name, *title;
		size_t calls, clauses;
	} texts[] = {
		{"itu-resolution-31.fr.txt", "Travaux préparatoires régionaux", 9, 27},
		{"itu-gt-prep-report.fr.txt", "", 0, 7},
		{"paris-2015-10-23.en.md", "Final Draft Negotiating Text", 0, 331},
		{"paris-2015-12-12.en.md", "Paris Agreement", 0, 160},
		{"udhr-fra.txt", "Déclaration universelle", 0, 0},
		{"udhr-cmn_hans.txt", "世界人权宣言", 0, 0},
	};
	const char *dir = getenv("ADREF_MATERIAL");

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct str path = STR_INIT, text = STR_INIT, title = STR_INIT;
		struct reading r;

		str_addf(&path, "%s/corpus/%s", dir ? dir : "", texts[i].name);
		FILE *f = dir ? fopen(str_text(&path), "rb") : NULL;
		str_release(&path);
		if (!f) {
			print_message("no real texts at hand: set MATERIAL to their folder\n");
			skip();
		}
		for (int c; (c = getc(f)) != EOF;)
			str_add_char(&text, (char)c);
		fclose(f);
		reading_init(&r, str_slice(&text));
		assert_sane_draft(&r);
		draft_title(&r.d, str_slice(&r.text), &r.b, &title);
		assert_true(slice_starts(str_slice(&title), texts[i].title));
		assert_int_equal(r.d.n_calls, texts[i].calls);
		assert_int_equal(r.d.n_clauses, texts[i].clauses);
		reading_release(&r);
		str_release(&text);
		str_release(&title);
	}
}

static void a_place_is_named_by_its_paragraph(void **state)
{
	const char *text = "one\n\ntwo\nthree\n";
	struct str out = STR_INIT;
	struct draft d;

	(void)state;
	draft_read(&d, slice_of(text), NULL);
	draft_place(&d, 6, &out);
	assert_slice_is(str_slice(&out), "¶ 2");
	str_clear(&out);
	draft_place(&d, strlen(text), &out);
	assert_slice_is(str_slice(&out), "¶ 3");
	draft_release(&d);
	str_clear(&out);
	draft_read(&d, SLICE(""), NULL);
	draft_place(&d, 0, &out);
	assert_int_equal(out.len, 0);
	draft_release(&d);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_is_named_by_its_paragraph),
		cmocka_unit_test(a_resolution_has_calls_and_clauses),
		cmocka_unit_test(levels_follow_indentation_then_labels),
		cmocka_unit_test(letters_and_numerals_are_told_by_their_neighbours),
		cmocka_unit_test(a_first_clause_after_other_text_begins_a_list),
		cmocka_unit_test(labels_are_found_within_brackets),
		cmocka_unit_test(every_line_has_its_kind),
		cmocka_unit_test(a_sentence_has_the_group_of_its_verb),
		cmocka_unit_test(the_title_is_what_a_reader_would_call_it),
		cmocka_unit_test(front_matter_is_read_with_its_problems),
		cmocka_unit_test(words_are_counted_as_a_delegate_would),
		cmocka_unit_test(a_digest_forgets_label_ids_and_blanks),
		cmocka_unit_test(a_position_finds_its_paragraph),
		cmocka_unit_test(any_bytes_have_a_structure),
		cmocka_unit_test(real_texts_are_read_sensibly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
