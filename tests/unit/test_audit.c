/* SPDX-License-Identifier: MIT */
#include "core/audit.h"

#include "support.h"

#include "core/draft.h"
#include "core/edit.h"
#include "core/mem.h"
#include "core/resolve.h"
#include "core/revert.h"

#include <string.h>

static struct audit audit;

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	audit = (struct audit){.cover = AUDIT_SAME};
	return 0;
}

static int end(void **state)
{
	(void)state;
	parties_release(&regions);
	audit_release(&audit);
	return 0;
}

static enum audit_cover look(const char *before, const char *after)
{
	struct message_record none = {.kind = MESSAGE_OTHER};
	struct audit_step step = {
		.before = slice_of(before), .after = slice_of(after), .record = &none};

	audit_release(&audit);
	audit_step(&audit, &step, &regions);
	return audit.cover;
}

static void brackets_and_options_are_proposals(void **state)
{
	(void)state;
	assert_int_equal(look("a b c\n", "a b c\n"), AUDIT_SAME);
	assert_int_equal(look("a b c\n", "a [b] (EUR) c\n"), AUDIT_PROPOSAL);
	assert_int_equal(look("a b c\n", "a [b / AFR: x y] c\n\n[ARB: whole new]\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("a [b] c\n", "a [b / x]{#b1} (CIS) c\n"), AUDIT_PROPOSAL);
	assert_int_equal(look("1. a\n\n2. b\n", "2. b\n\n1. a\n"), AUDIT_PROPOSAL);
	assert_int_equal(look("1. a  b\n", "3. a b\n"), AUDIT_PROPOSAL);
}

#define CLAUSES(new, a, b, ref)                                                                \
	"considering\n\n" new a                                                                \
		") that it rains;\n\n" b ") that, as in considering " ref                      \
		") above, it snows;\n\nresolves\n\n1. to go, in line with considering " b      \
		") above;\n"

/* What is renumbered by hand. */
static void a_reference_goes_with_its_clause(void **state)
{
	(void)state;
	assert_int_equal(look(CLAUSES("", "a", "b", "a"),
			      CLAUSES("a) [that it hails;]\n\n", "b", "c", "b")),
			 AUDIT_PROPOSAL);
	/* One that now means another clause, or none. */
	assert_int_equal(look(CLAUSES("", "a", "b", "a"),
			      CLAUSES("a) [that it hails;]\n\n", "b", "c", "c")),
			 AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(look(CLAUSES("", "a", "b", "a"),
			      CLAUSES("a) [that it hails;]\n\n", "b", "c", "x")),
			 AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(look(CLAUSES("", "a", "b", "a"), CLAUSES("", "a", "b", "b")),
			 AUDIT_OPEN);
}

static void a_point_that_went_with_its_paragraph_is_told_by_that(void **state)
{
	(void)state;
	assert_int_equal(look("this [or that] goes\n\nhere [it] stays\n\nhere [it] goes\n",
			      "here [it] stays\n\nhere goes\n"),
			 AUDIT_OPEN);
	assert_int_equal(audit.n, 2);
	assert_int_equal(audit.v[0].kind, AUDIT_POINT_GONE);
	assert_int_equal(audit.v[0].old_paragraph, 3);
	assert_int_equal(audit.v[1].kind, AUDIT_WORDS_GONE);
	assert_int_equal(audit.v[1].old_paragraph, 1);
	assert_slice_is(str_slice(&audit.v[1].before), "this [or that] goes");
}

static void what_went_or_came_is_listed(void **state)
{
	(void)state;
	assert_int_equal(look("a b c\n", "a c\n"), AUDIT_OPEN);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_GONE);
	assert_slice_is(str_slice(&audit.v[0].before), "b");
	assert_int_equal(look("a b c\n", "a b, c\n"), AUDIT_OPEN);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_CAME);
	assert_int_equal(look("a [b / x] c\n", "a [b / y] c\n"), AUDIT_OPEN);
	assert_int_equal(look("a [b / x] c\n", "a x c\n"), AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].kind, AUDIT_POINT_GONE);
	assert_slice_is(str_slice(&audit.v[0].after), "x");
	assert_int_equal(look("a [b / EUR, AFR: x] c\n", "a [b / AFR: x] c\n"), AUDIT_OPEN);
	assert_int_equal(audit.v[0].kind, AUDIT_PARTY_LEFT);
	assert_slice_is(str_slice(&audit.v[0].after), "EUR");
	assert_int_equal(look("a b\n\nc d\n", "a b\n"), AUDIT_OPEN);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_GONE);
}

static void a_decision_is_made_again(void **state)
{
	static const char text[] = "to [hold / AFR: keep] it, [hold / AFR: keep] so [on]\n";
	static const struct {
		size_t number;
		struct choice choice;
		bool linked;
	} cases[] = {{1, {.kind = CHOOSE_OPTION, .option = 2}, true},
		     {2, {.kind = CHOOSE_OPTION, .option = 1}, false},
		     {3, {.kind = CHOOSE_OPTION, .option = 0}, false},
		     {1, {.kind = CHOOSE_TEXT, .text = {"take [care] of", 14}}, true}};
	struct brackets b;

	(void)state;
	brackets_read(&b, slice_of(text), &regions);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct message_about about = {"a", "", &regions, SLICE("")};
		struct edits edits = EDITS_INIT;
		struct str after = STR_INIT, message = STR_INIT;
		struct message_record record;
		struct audit_step step = {.before = slice_of(text), .record = &record};
		struct choice choice = cases[i].choice;
		struct resolved what;

		resolved_init(&what);
		choice.linked = cases[i].linked;
		assert_int_equal(
			resolve_point(&(struct bracketed){&b, slice_of(text), &regions},
				      (uint32_t)cases[i].number - 1, &choice, &edits, &what,
				      NULL),
			0);
		edits_apply(&edits, slice_of(text), &after);
		message_decision(&message, &about, &what);
		message_parse(str_slice(&message), &record);
		step.after = str_slice(&after);
		audit_release(&audit);
		audit_step(&audit, &step, &regions);
		assert_int_equal(audit.cover, AUDIT_DECISION);
		/* With a word more, the word is listed and nothing else. */
		str_add_text(&after, "more\n");
		step.after = str_slice(&after);
		audit_release(&audit);
		audit_step(&audit, &step, &regions);
		assert_int_equal(audit.cover, AUDIT_OPEN);
		assert_int_equal(audit.n, 1);
		assert_int_equal(audit.v[0].kind, AUDIT_WORDS_CAME);
		resolved_release(&what);
		edits_release(&edits);
		str_release(&after);
		str_release(&message);
	}
	brackets_release(&b);
}

static void a_consolidation_is_held_against_the_one_made_again(void **state)
{
	struct message_record record;
	struct audit_step step = {.before = SLICE("to go far\n"),
				  .after = SLICE("to go [far / AFR: on]\n"),
				  .record = &record,
				  .consolidates = true,
				  .consolidated = SLICE("to go [far / AFR: on]\n")};

	(void)state;
	message_parse(SLICE("a: consolidate AFR\n\nConsolidated: AFR\n"), &record);
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_CONSOLIDATION);
	audit_release(&audit);
	/* What the commit does beyond it is listed, and nothing else. */
	step.after = SLICE("to go [far / AFR: on] now\n");
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_OPEN);
	assert_int_equal(audit.n, 2);
	assert_int_equal(audit.v[0].kind, AUDIT_TOGETHER_DIFFERS);
	assert_slice_is(str_slice(&audit.v[0].before), "AFR");
	assert_int_equal(audit.v[1].kind, AUDIT_WORDS_CAME);
	assert_slice_is(str_slice(&audit.v[1].after), "now");
	audit_release(&audit);
	/* One that cannot be made again covers nothing. */
	step.consolidates = false;
	step.after = SLICE("to go\n");
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_OPEN);
	assert_int_equal(audit.v[0].kind, AUDIT_TOGETHER_DIFFERS);
	assert_int_equal(audit.v[1].kind, AUDIT_WORDS_GONE);
	audit_release(&audit);
	/* Without a record, it is as any other change. */
	message_parse(SLICE("a: consolidate AFR\n"), &record);
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.n, 1);
}

/* ---- decisions and their undoing, as the program makes them ---- */

static void random_draft(struct prng *r, struct str *out)
{
	static const char *const pieces[] = {"so ",
					     "it ",
					     "rains, ",
					     "[a / b] ",
					     "[far / EUR: near]{#b%zu} ",
					     "[in [good / AFR: due] time] ",
					     "[shall][should] ",
					     "; \n\n",
					     "[one / AFR: [two / CIS: three] of] "};

	for (size_t n = 4 + prng_below(r, 20); n > 0; n--) {
		const char *piece = pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))];

		if (strchr(piece, '%'))
			str_addf(out, "[far / EUR: near]{#b%zu} ", n);
		else
			str_add_text(out, piece);
	}
	str_add_text(out, "end\n");
}

/* A decision that was made. */
struct made {
	struct str before, after, message;
};

static bool decide(struct prng *r, struct slice text, struct made *m)
{
	struct message_about about = {"a", "", &regions, SLICE("")};
	struct choice choice = {.kind = CHOOSE_OPTION};
	struct edits edits = EDITS_INIT;
	struct resolved what;
	struct brackets b;
	uint32_t point;
	bool good;

	resolved_init(&what);
	brackets_read(&b, text, &regions);
	point = (uint32_t)prng_below(r, b.n_points + 1);
	if (point < b.n_points)
		choice.option = prng_below(r, b.points[point].n_options + 1);
	if (prng_one_in(r, 5)) {
		choice.kind = CHOOSE_TEXT;
		choice.text = SLICE("new [words]");
	}
	choice.linked = point < b.n_points && prng_one_in(r, 3);
	good = point < b.n_points && resolve_point(&(struct bracketed){&b, text, &regions},
						   point, &choice, &edits, &what, NULL) == 0;
	*m = (struct made){STR_INIT, STR_INIT, STR_INIT};
	if (good) {
		str_add_slice(&m->before, text);
		edits_apply(&edits, text, &m->after);
		message_decision(&m->message, &about, &what);
	}
	resolved_release(&what);
	edits_release(&edits);
	brackets_release(&b);
	return good;
}

static enum audit_cover look_recorded(struct audit_step *step, struct slice message)
{
	struct message_record record;

	message_parse(message, &record);
	step->record = &record;
	audit_release(&audit);
	audit_step(&audit, step, &regions);
	return audit.cover;
}

/* The decision taken back in that text. What undoing does not write is no undoing. */
static bool assert_undoing_is_covered(struct slice text, const struct made *m, struct str *out)
{
	static const char commit[] = "0123456789012345678901234567890123456789";
	struct message_about about = {"a", "", &regions, SLICE("")};
	struct audit_step step = {.before = text,
				  .undoes = true,
				  .undone_before = str_slice(&m->before),
				  .undone_after = str_slice(&m->after)};
	struct str message = STR_INIT;
	struct message_record undone;
	bool good;

	message_parse(str_slice(&m->message), &undone);
	message_undo(&message, &about, &undone, commit);
	good = revert_decision(step.undone_before, step.undone_after, text, &regions, out,
			       NULL) == 0;
	if (!good)
		revert_change(step.undone_before, step.undone_after, text, out, NULL);
	step.after = str_slice(out);
	if (good && !slice_equal(step.after, text))
		assert_int_equal(look_recorded(&step, str_slice(&message)), AUDIT_UNDO);
	else if (!good && out->len)
		assert_int_not_equal(look_recorded(&step, str_slice(&message)), AUDIT_UNDO);
	if (good) {
		str_add_text(out, "more\n");
		step.after = str_slice(out);
		assert_int_equal(look_recorded(&step, str_slice(&message)), AUDIT_OPEN);
		out->len -= 5;
	}
	str_release(&message);
	return good;
}

/* What a hand or a consolidation may do: some of the line becomes what somebody wants. */
static void wrap(struct prng *r, struct str *text)
{
	struct edits e = EDITS_INIT;
	struct str out = STR_INIT;
	size_t at = prng_below(r, text->len), len = prng_below(r, text->len - at);

	edits_add(&e, at, 0, " [q / EUR: ", 11);
	edits_add(&e, at + len, 0, "] ", 2);
	edits_apply(&e, str_slice(text), &out);
	edits_release(&e);
	str_release(text);
	*text = out;
}

static void what_undoing_writes_is_covered_and_nothing_else(void **state)
{
	enum { MOST = 5 };
	struct prng r = prng_make(12);
	size_t decided = 0, undone = 0, refused = 0;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct str text = STR_INIT;
		struct made made[MOST];
		size_t n = 0;

		random_draft(&r, &text);
		while (n < MOST && decide(&r, str_slice(&text), &made[n])) {
			struct audit_step step = {.before = str_slice(&made[n].before),
						  .after = str_slice(&made[n].after)};

			assert_int_equal(look_recorded(&step, str_slice(&made[n].message)),
					 AUDIT_DECISION);
			str_clear(&text);
			str_add_slice(&text, str_slice(&made[n++].after));
			decided++;
			if (prng_one_in(&r, 3))
				wrap(&r, &text);
		}
		/* The newest first, as it is asked for, or any of them. */
		for (size_t left = n; left > 0; left--) {
			size_t k = prng_one_in(&r, 3) ? prng_below(&r, n) : left - 1;
			struct str out = STR_INIT;

			if (assert_undoing_is_covered(str_slice(&text), &made[k], &out)) {
				str_clear(&text);
				str_add_slice(&text, str_slice(&out));
				undone++;
			} else {
				refused++;
			}
			str_release(&out);
		}
		for (size_t k = 0; k < n; k++) {
			str_release(&made[k].before);
			str_release(&made[k].after);
			str_release(&made[k].message);
		}
		str_release(&text);
	}
	assert_true(decided > 500);
	assert_true(undone > 500);
	assert_true(refused > 50);
}

/* Entries of agreed.yaml for all paragraphs of the text, appended. */
static void add_agreed(struct str *yaml, const char *text)
{
	struct brackets b;
	struct draft d;

	brackets_read(&b, slice_of(text), &regions);
	draft_read(&d, slice_of(text), &b);
	for (uint32_t i = 0; i < d.n; i++) {
		char hex[DIGEST_SHORT + 1];

		if (d.v[i].kind == PARA_BLANK)
			continue;
		draft_digest(&d, slice_of(text), &b, i, hex);
		str_addf(yaml, "- {digest: %s, begins: \"x\"}\n", hex);
	}
	draft_release(&d);
	brackets_release(&b);
}

static void agreed_paragraphs_that_a_consolidation_changes_are_listed(void **state)
{
	struct message_record record;
	struct agreed_list list = {NULL, 0, 0};
	struct str yaml = STR_INIT;
	struct audit_step step = {.before = SLICE("to go far\n\nto stay here\n"),
				  .after = SLICE("to go [far / AFR: on]\n\nto stay here\n"),
				  .record = &record,
				  .consolidates = true,
				  .agreed = &list};

	(void)state;
	step.consolidated = step.after;
	message_parse(SLICE("a: consolidate AFR\n\nConsolidated: AFR\n"), &record);
	add_agreed(&yaml, "to stay here\n");
	assert_int_equal(agreed_read(str_slice(&yaml), &list, NULL, NULL), 0);
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_CONSOLIDATION);
	audit_release(&audit);
	agreed_release(&list);
	add_agreed(&yaml, "to go far\n");
	assert_int_equal(agreed_read(str_slice(&yaml), &list, NULL, NULL), 0);
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].kind, AUDIT_AGREED_CHANGED);
	assert_slice_is(str_slice(&audit.v[0].before), "to go far");
	assert_slice_is(str_slice(&audit.v[0].after), "to go [far / AFR: on]");
	agreed_release(&list);
	str_release(&yaml);
}

static void settled_words_that_a_consolidation_takes_back_are_listed(void **state)
{
	struct message_record record;
	struct audit_step step = {
		.before = SLICE("One.\n\nto urge them [far / near] here\n"),
		.after = SLICE(
			"[AFR: Two.]\n\nOne.\n\nto [invite / AFR: urge] them [far / near]\n"),
		.record = &record,
		.consolidates = true};

	(void)state;
	step.consolidated = step.after;
	message_parse(SLICE("a: consolidate AFR\n\nConsolidated: AFR\n"), &record);
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].kind, AUDIT_SETTLED_UNDONE);
	assert_int_equal(audit.v[0].old_paragraph, 2);
	assert_int_equal(audit.v[0].new_paragraph, 3);
	assert_slice_is(str_slice(&audit.v[0].before), "urge … here");
	audit_release(&audit);
	/* What the commit does beyond it comes to that. */
	step.after =
		SLICE("[AFR: Two.]\n\nOne.\n\nto [invite / AFR: urge] them [far / near] now\n");
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.n, 3);
	assert_int_equal(audit.v[0].kind, AUDIT_SETTLED_UNDONE);
	audit_release(&audit);
	/* Where the commit says that it was agreed, it is. */
	step.agreed_edit = true;
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_EDIT);
	assert_int_equal(audit.n, 0);
	audit_release(&audit);
	step.after = step.consolidated;
	audit_step(&audit, &step, &regions);
	assert_int_equal(audit.cover, AUDIT_CONSOLIDATION);
}

static void paragraphs_put_together_or_parted_lose_nothing(void **state)
{
	(void)state;
	assert_int_equal(
		look("one two three;\n\nfour five six\n", "one two three, four five six\n"),
		AUDIT_PROPOSAL);
	assert_int_equal(look("1. one two three;\n\n2. four five six\n",
			      "1. one two three, four five six\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("1. a b c d e f.\n\n2. g h\n\n3. i j\n\n4. rest\n",
			      "1. a b c d e f g h i j\n\n2. rest\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("one two three, four five six\n\nrest\n",
			      "a) one two three;\n\nb) four five six\n\nrest\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("a b c d\n\ne f g h\n\ni j k l\n\nm n o p\n",
			      "a b c d e f g h i j k l m n o p\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("a b c d e f g h i j k l m n o p\n",
			      "a b c d\n\ne f g h\n\ni j k l\n\nm n o p\n"),
			 AUDIT_PROPOSAL);
	assert_int_equal(look("a b c [d / x]\n\ne [f] g h\n", "a b c [d / x] e [f] g h\n"),
			 AUDIT_PROPOSAL);
	/* Words that truly go or come are listed, with the paragraph they stood in. */
	assert_int_equal(look("one two three four\n\nfive six seven\n",
			      "one two three four five seven\n"),
			 AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_GONE);
	assert_int_equal(audit.v[0].old_paragraph, 2);
	assert_slice_is(str_slice(&audit.v[0].before), "six");
	assert_int_equal(
		look("one two three, four five six\n", "one two three\n\nfour not five six\n"),
		AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_CAME);
	assert_int_equal(audit.v[0].new_paragraph, 2);
	assert_slice_is(str_slice(&audit.v[0].after), "not");
	/* One that only stood beside a change is gone. */
	assert_int_equal(
		look("one two three four\n\nfive six seven\n", "one two three four nine\n"),
		AUDIT_OPEN);
	assert_int_equal(audit.n, 2);
}

/* As many agreed paragraphs as were told of. */
static size_t agreed_told(const char *before, const char *after, const struct agreed_list *list)
{
	struct message_record none = {.kind = MESSAGE_OTHER};
	struct audit_step step = {.before = slice_of(before),
				  .after = slice_of(after),
				  .record = &none,
				  .agreed = list};
	size_t n = 0;

	audit_release(&audit);
	audit_step(&audit, &step, &regions);
	for (size_t i = 0; i < audit.n; i++)
		n += audit.v[i].kind == AUDIT_AGREED_CHANGED;
	return n;
}

static void agreed_paragraphs_put_together_are_agreed(void **state)
{
	static const char text[] = "one two three\n\nfour five six\n";
	struct str yaml = STR_INIT;
	struct agreed_list list;

	(void)state;
	add_agreed(&yaml, text);
	assert_int_equal(agreed_read(str_slice(&yaml), &list, NULL, NULL), 0);
	assert_int_equal(agreed_told(text, "one two three four five six\n", &list), 0);
	assert_int_equal(audit.cover, AUDIT_PROPOSAL);
	assert_int_equal(agreed_told(text, "one two three four six\n", &list), 1);
	assert_int_equal(audit.n, 1);
	assert_int_equal(audit.v[0].old_paragraph, 2);
	assert_int_equal(agreed_told(text, "one two three\n", &list), 1);
	agreed_release(&list);
	str_release(&yaml);
}

/* Any text without brackets that loses a word is never covered. */
static void a_word_that_goes_is_always_found(void **state)
{
	struct prng r = prng_make(9);

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct str before = STR_INIT, after = STR_INIT;
		size_t words = 5 + prng_below(&r, 40), gone = prng_below(&r, words);

		for (size_t i = 0; i < words; i++) {
			struct str word = STR_INIT;

			str_addf(&word, "w%zu%s", prng_below(&r, 30),
				 prng_one_in(&r, 9) ? "\n\n" : " ");
			str_add_slice(&before, str_slice(&word));
			if (i != gone)
				str_add_slice(&after, str_slice(&word));
			str_release(&word);
		}
		assert_int_equal(look(str_text(&before), str_text(&after)), AUDIT_OPEN);
		str_release(&before);
		str_release(&after);
	}
}

static void random_texts_are_audited_without_harm(void **state)
{
	struct prng r = prng_make(10);

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct str a = STR_INIT, b = STR_INIT;

		random_text(&r, &a, prng_below(&r, 60));
		random_text(&r, &b, prng_below(&r, 60));
		look(str_text(&a), str_text(&b));
		assert_true((audit.cover == AUDIT_OPEN) == (audit.n > 0));
		assert_int_equal(look(str_text(&a), str_text(&a)), AUDIT_SAME);
		str_release(&a);
		str_release(&b);
	}
}

/* Both sides of a merge, as merging gives them, and as they were merged. */
static enum audit_cover merge(const char *before, const char *other, const char *base,
			      const char *merged, const char *after)
{
	struct message_record none = {.kind = MESSAGE_OTHER};
	struct audit_parent parent = {slice_of(other), true, slice_of(base), slice_of(merged)};
	struct audit_step step = {.before = slice_of(before),
				  .after = slice_of(after),
				  .record = &none,
				  .others = &parent,
				  .n_others = 1};

	audit_release(&audit);
	audit_step(&audit, &step, &regions);
	return audit.cover;
}

static void what_a_merge_left_behind_is_listed(void **state)
{
	static const char base[] = "1. a b\n\n2. c d\n", ours[] = "1. a b\n\n2. c d e\n",
			  theirs[] = "1. a x b\n\n2. c d\n\n3. new one\n",
			  both[] = "1. a x b\n\n2. c d e\n\n3. new one\n";

	(void)state;
	assert_int_equal(merge(ours, theirs, base, both, both), AUDIT_MERGE);
	assert_int_equal(merge(ours, theirs, base, both, ours), AUDIT_OPEN);
	assert_int_equal(audit.n, 2);
	assert_int_equal(audit.v[0].kind, AUDIT_WORDS_GONE);
	assert_int_equal(audit.v[0].new_paragraph, 1);
	assert_slice_is(str_slice(&audit.v[0].before), "x");
	assert_int_equal(audit.v[1].kind, AUDIT_WORDS_GONE);
	assert_slice_is(str_slice(&audit.v[1].before), "3. new one");
	/* One of the two was taken. */
	assert_int_equal(merge(ours, theirs, base, both, "1. a x b\n\n2. c d e\n"), AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_slice_is(str_slice(&audit.v[0].before), "3. new one");
	/* The other side's text alone: what went is ours. */
	assert_int_equal(merge(ours, theirs, base, both, theirs), AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	assert_slice_is(str_slice(&audit.v[0].before), "e");
	/* What both changed is told once. */
	assert_int_equal(merge("a b\n", "a c\n", "a d\n", "a [b / c]\n", "a e\n"), AUDIT_OPEN);
	assert_int_equal(audit.n, 1);
	/* Taken as points, nothing went; one of them alone, it did. */
	assert_int_equal(merge("a b\n", "a c\n", "a d\n", "a [b / c]\n", "a [b / EUR: c]\n"),
			 AUDIT_MERGE);
	assert_int_equal(merge("a b\n", "a c\n", "a d\n", "a [b / c]\n", "a b\n"), AUDIT_OPEN);
	/* What the other side had from where both began is nobody's. */
	assert_int_equal(merge(ours, base, base, ours, ours), AUDIT_MERGE);
	/* Moved, or said on this side too. */
	assert_int_equal(
		merge("x y\n\na b\n", "a b\n\nx y\n", "a b\n", "a b\n\nx y\n", "x y\n\na b\n"),
		AUDIT_MERGE);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(brackets_and_options_are_proposals),
		T(a_reference_goes_with_its_clause),
		T(a_point_that_went_with_its_paragraph_is_told_by_that),
		T(what_went_or_came_is_listed),
		T(a_decision_is_made_again),
		T(what_undoing_writes_is_covered_and_nothing_else),
		T(a_consolidation_is_held_against_the_one_made_again),
		T(agreed_paragraphs_that_a_consolidation_changes_are_listed),
		T(settled_words_that_a_consolidation_takes_back_are_listed),
		T(paragraphs_put_together_or_parted_lose_nothing),
		T(agreed_paragraphs_put_together_are_agreed),
		T(a_word_that_goes_is_always_found),
		T(random_texts_are_audited_without_harm),
		cmocka_unit_test_setup_teardown(what_a_merge_left_behind_is_listed, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
