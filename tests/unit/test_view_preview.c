/* SPDX-License-Identifier: MIT */
#include "support_view.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_preview.h"

#include <string.h>

/* A preview on a stack of views, with a host that can only be closed: nothing is asked of it.
 */
struct desk {
	struct host host;
	struct parties parties;
	struct doc *doc;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	bool closed;
};

static const char sample[] =
	"# On preparatory meetings\n\n"
	"*decides to instruct the Director*\n\n"
	"1. to continue to organize, within existing limits, [one / AFR, EUR: at least one / "
	"ARB: two]{#b1} regional preparatory meeting for each of the six regions;\n\n"
	"2. to convene a meeting of the chairs [and vice-chairs [of all regions]] of those "
	"meetings, [shall][should] the members so wish, no later than [X] months before;\n\n"
	"3. to report that members [shall][should] take part;\n\n"
	"[ASP:\n4. to publish the results;\n\n5. to translate them.\n]\n\n"
	"6. to thank the host [\\[warmly\\]], `\\[` and \\[all\\]{#b9}.\n";

static void close_doc(void *data, struct doc *doc)
{
	(void)doc;
	((struct desk *)data)->closed = true;
}

static void begin(struct desk *d, const char *text, size_t at, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	parties_init_regions(&d->parties);
	d->host = (struct host){.data = d, .close = close_doc};
	d->doc = doc_new("res-31", NULL, slice_of(text), &d->parties);
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
	views_push(d->views, view_preview_new(&d->host, d->doc, at));
	views_draw(d->views, &d->canvas);
}

static void end(struct desk *d)
{
	/* Nothing that is tried is written. */
	assert_false(doc_is_dirty(d->doc));
	views_free(d->views);
	assert_true(d->closed);
	doc_free(d->doc);
	parties_release(&d->parties);
	canvas_release(&d->canvas);
	str_release(&d->dump);
}

/* Keys by name, parted by blanks. */
static void press(struct desk *d, const char *names)
{
	while (press_next(d->views, &names))
		views_draw(d->views, &d->canvas);
}

static void what_is_tried_stands_in_the_text(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	assert_shows(&d, "[one / AFR, EUR: at");
	assert_looks(&d, "preview-80x24");
	press(&d, "2");
	assert_shows(&d, "limits, at least one\n");
	assert_shows(&d, "1 tried · leaves 7 points, 6 open");
	press(&d, "n 1");
	assert_shows(&d, "chairs and vice-chairs [of all regions]\n");
	press(&d, "n 0");
	assert_shows(&d, "and vice-chairs of those");
	assert_looks(&d, "preview-tried-80x24");
	assert_looks_in(&d, 256, "preview-tried-80x24-colour");
	assert_looks_in(&d, 0, "preview-tried-80x24-mono");
	end(&d);
}

static void escapes_are_signs_again_but_not_in_code(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 40, 120);
	assert_shows(&d, "to thank the host [[warmly]], `\\[` and [all]");
	end(&d);
}

static void it_opens_at_the_point_it_was_asked_for(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, (size_t)(strstr(sample, "vice-chairs") - sample), 40, 120);
	assert_shows(&d, "point 2 of");
	press(&d, "1");
	assert_looks(&d, "preview-120x40");
	end(&d);
	begin(&d, sample, SIZE_MAX, 10, 40);
	assert_looks(&d, "preview-40x10");
	end(&d);
}

static void a_try_is_taken_back_and_all_are_forgotten(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "1 o");
	assert_shows(&d, "[one / AFR");
	assert_hides(&d, "tried");
	press(&d, "1 n 0 x");
	assert_shows(&d, "of 8 · 7 open");
	assert_shows(&d, "point 2 of");
	end(&d);
}

static void a_point_in_what_was_not_taken_is_passed_over(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "n 0 n");
	assert_shows(&d, "point 4 of");
	press(&d, "p");
	assert_shows(&d, "point 2 of");
	press(&d, "g 3 Enter");
	assert_shows(&d, "Point 3 is inside a wording that is not taken.");
	/* The focus stands in what goes: it goes to what it stood in. */
	press(&d, "o n 1 a A F R Enter");
	assert_shows(&d, "point 3 of");
	end(&d);
}

static void a_key_that_does_nothing_is_answered_and_escape_goes_back(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "y");
	assert_shows(&d, "y does nothing here now; ? shows the keys");
	press(&d, "n");
	assert_hides(&d, "does nothing");
	views_push(d.views, view_preview_new(&d.host, d.doc, SIZE_MAX));
	press(&d, "Esc");
	assert_int_equal(views_count(d.views), 1);
	end(&d);
}

static void a_party_takes_what_is_not_tried(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "3 a A F R Enter");
	assert_shows(&d, "what if · as AFR");
	assert_shows(&d, "limits, two regional");
	assert_shows(&d, "leaves 1 point, 1 open"); /* the placeholder */
	assert_hides(&d, "to publish the results");
	press(&d, "a A S P Enter");
	assert_shows(&d, "to publish the results");
	assert_looks(&d, "preview-as-80x24");
	press(&d, "a b a s e Enter");
	assert_shows(&d, "as the base");
	press(&d, "a Q Enter");
	assert_shows(&d, "no such party");
	press(&d, "a Enter");
	assert_shows(&d, " 6 open");
	end(&d);
}

static void linked_points_follow_a_try(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "g 4 Enter 2 .");
	assert_shows(&d, "members should take part");
	assert_shows(&d, "The same is tried at 1 more place.");
	end(&d);
}

static void a_number_that_is_no_option_is_said(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "7");
	assert_shows(&d, "point 1 has no option 7");
	press(&d, "g 5 Enter 1");
	assert_shows(&d, "Nothing is offered here yet");
	press(&d, "0");
	assert_shows(&d, "no later than\n        months before");
	end(&d);
}

static void many_options_are_chosen_by_typing_their_number(void **state)
{
	struct str text = STR_INIT;
	struct desk d;

	(void)state;
	str_add_text(&text, "x [o1");
	for (int i = 2; i <= 14; i++)
		str_addf(&text, " / o%d", i);
	str_add_text(&text, "] y\n");
	begin(&d, str_text(&text), SIZE_MAX, 24, 80);
	press(&d, "1 3 Enter");
	assert_shows(&d, "x o13 y");
	assert_looks(&d, "preview-many-80x24");
	end(&d);
	str_release(&text);
}

static void the_page_follows_the_point_and_scrolls(void **state)
{
	struct str text = STR_INIT;
	struct desk d;

	(void)state;
	for (int i = 0; i < 60; i++)
		str_addf(&text,
			 "%d) paragraph %d [one / two] of many words, so that it takes a "
			 "second row on a screen of eighty columns;\n\n",
			 i + 1, i + 1);
	begin(&d, str_text(&text), SIZE_MAX, 24, 80);
	press(&d, "End");
	assert_shows(&d, "paragraph 60 [");
	press(&d, "PgUp");
	assert_hides(&d, "paragraph 60 [");
	press(&d, "1"); /* a try brings the point back into sight */
	assert_shows(&d, "paragraph 60 one");
	for (int i = 0; i < 30; i++)
		press(&d, "PgDn");
	assert_shows(&d, "second row");
	press(&d, "Home");
	assert_shows(&d, "paragraph 1 [");
	for (int i = 0; i < 61; i++)
		press(&d, "0 n");
	assert_shows(&d, "leaves no open point");
	press(&d, "Space");
	assert_shows(&d, "No point is left open.");
	end(&d);
	str_release(&text);
}

static void drafts_with_nothing_to_try_are_shown_all_the_same(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, "to thank the host.\n", SIZE_MAX, 24, 80);
	assert_shows(&d, "to thank the host.");
	assert_shows(&d, "this draft has no open point");
	press(&d, "n 1 0 a");
	end(&d);
	begin(&d, "", SIZE_MAX, 24, 80);
	end(&d);
	begin(&d, "[x]\n", SIZE_MAX, 24, 80);
	press(&d, "0");
	assert_shows(&d, "Nothing would be left");
	end(&d);
}

static void a_draft_that_changes_begins_anew(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, sample, SIZE_MAX, 24, 80);
	press(&d, "1 n 1");
	doc_set_bytes(d.doc, SLICE("only [this / that]\n"));
	views_draw(d.views, &d.canvas);
	assert_true(views_dirty(d.views));
	views_draw(d.views, &d.canvas);
	assert_shows(&d, "[this / that]");
	assert_shows(&d, "2  that");
	assert_shows(&d, " 1 open");
	assert_shows(&d, "point 1 of 1");
	doc_set_bytes(d.doc, slice_of(sample));
	text_saved(d.doc->text);
	end(&d);
}

static void its_table_is_sound(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_preview_ops, &out);
	assert_string_equal(str_text(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_tried_stands_in_the_text),
		cmocka_unit_test(escapes_are_signs_again_but_not_in_code),
		cmocka_unit_test(it_opens_at_the_point_it_was_asked_for),
		cmocka_unit_test(a_try_is_taken_back_and_all_are_forgotten),
		cmocka_unit_test(a_point_in_what_was_not_taken_is_passed_over),
		cmocka_unit_test(a_key_that_does_nothing_is_answered_and_escape_goes_back),
		cmocka_unit_test(a_party_takes_what_is_not_tried),
		cmocka_unit_test(linked_points_follow_a_try),
		cmocka_unit_test(a_number_that_is_no_option_is_said),
		cmocka_unit_test(many_options_are_chosen_by_typing_their_number),
		cmocka_unit_test(the_page_follows_the_point_and_scrolls),
		cmocka_unit_test(drafts_with_nothing_to_try_are_shown_all_the_same),
		cmocka_unit_test(a_draft_that_changes_begins_anew),
		cmocka_unit_test(its_table_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
