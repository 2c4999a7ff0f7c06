/* SPDX-License-Identifier: MIT */
#include "support_log.h"

static void a_version_shows_its_words_moves_and_decision(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Enter");
	let_it_work(&d);
	assert_shows(&d, "⚠ 1 undecided · change 1 of 5");
	assert_shows(&d,
		     "decided: point 1, option 2, \"at least one\" · for AFR · against ARB");
	assert_shows(&d, "moved here, was ¶");
	assert_looks(&d, "diff-80x24");
	assert_looks_in(&d, 256, "diff-80x24-colour");
	assert_looks_in(&d, 0, "diff-80x24-mono");
	press(&d, "q");
	assert_shows(&d, "3 versions");
	end(&d);
	begin_diff(&d, old_text, new_text, "1a1b", 40, 120);
	press(&d, "G");
	assert_looks(&d, "diff-120x40");
	end(&d);
	begin_diff(&d, old_text, new_text, "1a1b", 10, 40);
	assert_looks(&d, "diff-40x10");
	end(&d);
}

static void a_version_is_compared_with_the_text_now(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "w");
	assert_shows(&d, "The two texts are the same.");
	press(&d, "n p Down q");
	d.now = "# On preparatory meetings\n";
	press(&d, "w");
	assert_shows(&d, "from 2026-09-15 · IRM-2 to now");
	assert_shows(&d, "deleted");
	end(&d);
}

static void blank_lines_alone_are_no_change_to_go_to(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "a\n\nb\n", "a\n\n\nb\n", NULL, 24, 80);
	assert_shows(&d, "Only blank lines are different.");
	assert_shows(&d, "no change");
	end(&d);
	begin_diff(&d, "", "", NULL, 24, 80);
	assert_shows(&d, "The two texts are the same.");
	end(&d);
}

/* Whether a row of the body has the sign of a change, or belongs to one that is wrapped. */
static bool change_is_in_sight(struct desk *d)
{
	return shows(d, "▸") && (shows(d, "{+") || shows(d, "[-"));
}

static void a_change_is_always_in_sight(void **state)
{
	struct str old = STR_INIT, new = STR_INIT;
	struct desk d;

	(void)state;
	/* Changes many screens apart within one paragraph, then many small ones. */
	for (int i = 0; i < 2000; i++) {
		str_addf(&old, "word%d ", i);
		str_addf(&new, i % 700 == 400 ? "other%d " : "word%d ", i);
	}
	str_add_text(&old, "\n\n");
	str_add_text(&new, "\n\n");
	for (int i = 0; i < 40; i++) {
		str_addf(&old, "%d. paragraph %d of some words, old\n\n", i + 1, i);
		str_addf(&new, "%d. paragraph %d of some words, new\n\n", i + 1, i);
	}
	begin_diff(&d, str_text(&old), str_text(&new), NULL, 24, 80);
	assert_true(change_is_in_sight(&d));
	assert_shows(&d, "other400");
	press(&d, "n");
	assert_shows(&d, "other1100");
	press(&d, "n n");
	assert_shows(&d, "paragraph 0 of");
	press(&d, "g");
	for (int i = 0; i < 400; i++) {
		press(&d, "Down");
		if (!change_is_in_sight(&d))
			fail_msg("after %d rows down:\n%s", i, str_text(&d.dump));
	}
	assert_shows(&d, "paragraph 39 of");
	for (int i = 0; i < 400; i++) {
		press(&d, "Up");
		assert_true(change_is_in_sight(&d));
	}
	assert_shows(&d, "other400");
	for (int i = 0; i < 30; i++) {
		press(&d, "PgDn");
		assert_true(change_is_in_sight(&d));
	}
	assert_shows(&d, "paragraph 39 of");
	press(&d, "G n");
	assert_shows(&d, "From the last change to the first.");
	assert_shows(&d, "other400");
	press(&d, "p");
	assert_shows(&d, "paragraph 39 of");
	canvas_resize(&d.canvas, 10, 40);
	draw(&d);
	assert_true(change_is_in_sight(&d));
	end(&d);
	str_release(&old);
	str_release(&new);
}

static void any_two_texts_can_be_shown(void **state)
{
	static const char *const parts[] = {
		"[a / b]{#b1}", "[",  "]",    "\n",   "\n\n", "1. ",  "wörter", " ", "/",
		"{+",           "+}", "\x1b", "\xFF", "كلمة", "漢字", "\r\n",   "# "};
	struct prng rng = prng_make(7);

	(void)state;
	for (int i = 0; i < 40; i++) {
		struct str text[2] = {STR_INIT, STR_INIT};
		struct desk d;

		for (int t = 0; t < 2; t++)
			for (int k = 0; k < 40; k++)
				str_add_text(&text[t], parts[prng_below(&rng, 17)]);
		begin_diff(&d, str_text(&text[0]), str_text(&text[1]), "1a1b", 24,
			   i % 2 ? 80 : 120);
		press(&d, "n n p Down Down PgDn z Up PgUp G z g");
		end(&d);
		str_release(&text[0]);
		str_release(&text[1]);
	}
}

/* Seven lines that came together are one thing, and no paragraphs. */
static void front_matter_that_came_has_one_head(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "One.\n",
		   "---\ntitle: Rural networks\ntype: resolution\n---\nOne.\nTwo.\n", "1a1b",
		   24, 80);
	assert_shows(&d, "front matter · new\n"
			 "▸       {+---+}\n"
			 "        {+title: Rural networks+}\n"
			 "        {+type: resolution+}\n"
			 "        {+---+}\n"
			 "\n"
			 "  ¶ 6 · new\n"
			 "        {+Two.+}\n");
	press(&d, "n n");
	assert_shows(&d, "▸       {+type: resolution+}\n");
	press(&d, "n n");
	assert_shows(&d, "▸       {+Two.+}\n");
	end(&d);
}

/* Where the sign would stand before it, it would not be read as a label, nor the text be set
 * off by it. */
static void a_new_clause_keeps_its_label_before_the_sign(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "One.\nb)\tgone,\n", "One.\na)\tthat it came;\n# Annex\n", "1a1b", 24,
		   80);
	assert_shows(&d, "  a)    {+that it came;+}\n");
	assert_shows(&d, "▸ b)    [-gone,-]\n");
	assert_shows(&d, "  #     {+Annex+}\n");
	end(&d);
}

static void ids_that_stay_are_not_shown(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "to hold [two] (AFR){#b1} meetings [each year]{#b2} {#b3} x\n",
		   "to hold [two] (AFR, EUR){#b1} meetings [each year]{#b2} {#b3} y\n", "1a1b",
		   24, 80);
	assert_shows(&d, "to hold [two] (AFR{+, EUR+}) meetings [each year] {#b3} [-x-]{+y+}");
	end(&d);
}

static void the_texts_stand_side_by_side(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, old_text, new_text, "1a1b", 24, 80);
	press(&d, "z");
	assert_looks(&d, "diff-two-80x24");
	press(&d, "z");
	assert_hides(&d, "│");
	end(&d);
	begin_diff(&d, old_text, new_text, "1a1b", 40, 120);
	assert_looks_in(&d, 256, "diff-120x40-colour");
	assert_looks_in(&d, 0, "diff-120x40-mono");
	press(&d, "!");
	assert_shows(&d, "change 4 of 5");
	press(&d, "!");
	assert_shows(&d, "change 4 of 5"); /* the only one */
	end(&d);
}

static void a_text_that_began_or_went_needs_one_column(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "", new_text, NULL, 40, 120);
	assert_shows(&d, "4.    {+to thank the host warmly.+}");
	assert_hides(&d, "│");
	press(&d, "z"); /* who wants two has two */
	let_it_work(&d);
	assert_shows(&d, "│");
	end(&d);
	begin_diff(&d, old_text, "", NULL, 40, 120);
	assert_shows(&d, "4.    [-to thank the host.-]");
	assert_hides(&d, "│");
	end(&d);
}

static void a_page_that_goes_on_says_so(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, old_text, new_text, "1a1b", 10, 40);
	assert_shows(&d, "more below");
	press(&d, "G");
	assert_hides(&d, "more below");
	end(&d);
	begin_diff(&d, old_text, new_text, "1a1b", 40, 120);
	assert_hides(&d, "more below");
	end(&d);
}

static void any_two_versions_are_compared(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	d.by_version = true;
	press(&d, "Space");
	assert_shows(&d, "◆");
	assert_shows(&d, "Enter compares the two");
	press(&d, "Space");
	assert_hides(&d, "◆");
	press(&d, "Space Down d");
	assert_shows(&d, "from 2026-06-17 · RPM-EUR to 2026-09-15 · IRM-2");
	let_it_work(&d);
	/* Several steps: each note says which one it is from. */
	press(&d, "!");
	assert_shows(&d, "no decision says so  ·  2026-09-16 · Ann");
	end(&d);
}

/* A large text, with words changed in it here and there. */
static void add_large(struct str *out, bool is_new)
{
	for (int i = 0; i < 1500; i++)
		str_addf(out, "%d. to consider in paragraph %d the needs of %s countries;\n\n",
			 i + 1, i, is_new && i % 100 == 50 ? "all" : "developing");
}

static void large_texts_are_compared_beside_the_keys(void **state)
{
	struct str old = STR_INIT, new = STR_INIT;
	struct desk d;

	(void)state;
	add_large(&old, false);
	add_large(&new, true);
	begin(&d, 24, 80);
	d.old = str_text(&old);
	d.new = str_text(&new);
	press(&d, "Enter");
	assert_shows(&d, "comparing …");
	assert_shows(&d, "Esc stops");
	press(&d, "n p Down Esc");
	assert_shows(&d, "Stopped: nothing is compared");
	press(&d, "Enter");
	let_it_work(&d);
	assert_shows(&d, "change 1 of 15");
	assert_shows(&d, "paragraph 50 the");
	/* At another width it is laid out again; what is there stays meanwhile. */
	canvas_resize(&d.canvas, 30, 60);
	draw(&d);
	assert_shows(&d, "paragraph 50 the");
	press(&d, "q"); /* while it works */
	assert_shows(&d, "3 versions");
	end(&d);
	str_release(&old);
	str_release(&new);
}

static void what_was_is_brought_back_after_a_preview(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	d.new = old_text; /* the version; the text now is new_text */
	press(&d, "r");
	let_it_work(&d);
	assert_shows(&d, "from 2026-09-15 · IRM-2 to now");
	press(&d, "r");
	assert_shows(&d, "this paragraph");
	assert_looks(&d, "diff-bring-80x24");
	press(&d, "o");
	assert_shows(&d, "bring back from 2026-09-15 · IRM-2?");
	assert_shows(&d, "y does it");
	assert_shows(&d, "at least one");
	assert_int_equal(d.edits, 0);
	assert_looks(&d, "diff-preview-80x24");
	press(&d, "q");
	assert_int_equal(d.edits, 0);
	press(&d, "r o y");
	assert_int_equal(d.edits, 1);
	assert_string_equal(d.subject, "res-31: point 1 restored from 0a1b2c3d4e5f");
	assert_non_null(strstr(d.now, "[one / AFR: at least one / ARB: two] regional"));
	assert_shows(&d, "Brought back, as commit abc1234.");
	/* What is shown is against the text as it is now. */
	assert_hides(&d, "at least one");
	press(&d, "r d y");
	assert_string_equal(d.now, old_text);
	assert_string_equal(d.subject, "res-31: restored from 0a1b2c3d4e5f");
	assert_shows(&d, "The two texts are the same.");
	press(&d, "r"); /* nothing to bring back */
	assert_int_equal(d.edits, 2);
	end(&d);
	begin(&d, 24, 80);
	d.new = old_text;
	press(&d, "w");
	d.cannot_open = true;
	press(&d, "r p");
	assert_shows(&d, "unsaved edits");
	end(&d);
}

/* ---- every paragraph is accounted for, or not ---- */

#define PARAGRAPHS 16

static struct host_note of_each[PARAGRAPHS];
static const char *unread;

static int notes_of_each(void *data, const struct host_between *between,
			 struct host_notes **notes, struct error *err)
{
	struct desk *d = data;

	(void)between;
	(void)err;
	d->notes = (struct host_notes){.v = of_each, .n = PARAGRAPHS, .failure = unread};
	d->open++;
	*notes = &d->notes;
	return 0;
}

static void begin_noted(struct desk *d, const char *subject)
{
	set_up(d, 24, 80);
	d->host.notes_open = notes_of_each;
	views_push(d->views,
		   view_diff_new(&d->host, &(struct diff_ask){.name = "res-31",
							      .label = "a to b",
							      .from = "a",
							      .to = "b",
							      .old = slice_of(old_text),
							      .new = slice_of(new_text),
							      .subject = subject,
							      .old_id = "1a1b",
							      .new_id = "0a1b"}));
	draw(d);
	let_it_work(d);
}

static void that_nothing_changed_silently_is_said_where_it_is_known(void **state)
{
	static const char said[] = "nothing changed silently";
	struct desk d;

	(void)state;
	unread = NULL;
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		of_each[i] = (struct host_note){NOTE_COVERED,
						SIZE_MAX,
						UINT32_MAX,
						i,
						"covered by: proposals in brackets",
						""};
	begin_noted(&d, "");
	assert_shows(&d, said);
	end(&d);
	/* A version says what it was made for. */
	begin_noted(&d, "Proposals of Europe");
	assert_hides(&d, said);
	assert_shows(&d, "Proposals of Europe");
	end(&d);
	/* Of the last paragraph nothing is known. */
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		of_each[i].new = i < 4 ? i : UINT32_MAX;
	begin_noted(&d, "");
	assert_hides(&d, said);
	end(&d);
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		of_each[i].new = i;
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		of_each[i].kind = i == 4 ? NOTE_PENDING : NOTE_DECIDED;
	begin_noted(&d, "");
	assert_hides(&d, said);
	end(&d);
	of_each[4].kind = NOTE_SILENT;
	begin_noted(&d, "");
	assert_hides(&d, said);
	assert_shows(&d, "1 undecided");
	end(&d);
	of_each[4].kind = NOTE_COVERED;
	unread = "a version in between could not be read";
	begin_noted(&d, "");
	assert_hides(&d, said);
	assert_shows(&d, unread);
	end(&d);
}

static void the_tables_are_sound(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_diff_ops, &out);
	assert_string_equal(str_text(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_version_shows_its_words_moves_and_decision),
		cmocka_unit_test(a_version_is_compared_with_the_text_now),
		cmocka_unit_test(blank_lines_alone_are_no_change_to_go_to),
		cmocka_unit_test(a_change_is_always_in_sight),
		cmocka_unit_test(any_two_texts_can_be_shown),
		cmocka_unit_test(front_matter_that_came_has_one_head),
		cmocka_unit_test(a_new_clause_keeps_its_label_before_the_sign),
		cmocka_unit_test(ids_that_stay_are_not_shown),
		cmocka_unit_test(the_texts_stand_side_by_side),
		cmocka_unit_test(a_text_that_began_or_went_needs_one_column),
		cmocka_unit_test(a_page_that_goes_on_says_so),
		cmocka_unit_test(any_two_versions_are_compared),
		cmocka_unit_test(large_texts_are_compared_beside_the_keys),
		cmocka_unit_test(what_was_is_brought_back_after_a_preview),
		cmocka_unit_test(that_nothing_changed_silently_is_said_where_it_is_known),
		cmocka_unit_test(the_tables_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
