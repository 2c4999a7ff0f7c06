/* SPDX-License-Identifier: MIT */
#include "support_view.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_preview.h"

#include <stdio.h>
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
	char decided[200], package[100];
	size_t decisions, refuse_from; /* the so-many-th decision is refused; 0: none */
	int ready;                     /* what decide_ready answers */
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

static int decide_ready(void *data, struct doc *doc, struct error *err)
{
	const struct desk *d = data;

	(void)doc;
	return d->ready ? error_set(err, d->ready, "there are edits") : 0;
}

static int decide(void *data, struct doc *doc, const struct edits *edits,
		  const struct resolved *what, struct slice reason, struct str *id,
		  struct error *err)
{
	struct desk *d = data;
	size_t len = strlen(d->decided);

	assert_int_equal(reason.len, 0);
	if (++d->decisions == d->refuse_from)
		return error_set(err, ST_FAIL, "the disk is full");
	doc_apply(doc, edits);
	/* As the program does: what is decided is shown at once. */
	views_draw(d->views, &d->canvas);
	snprintf(d->decided + len, sizeof(d->decided) - len, "%zu=%zu ", what->number,
		 what->option);
	snprintf(d->package, sizeof(d->package), "%.*s", (int)what->package.len,
		 what->package.p);
	str_add_text(id, "abc1234");
	return 0;
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

/* The same where it can be decided. */
static void begin_deciding(struct desk *d, int rows, int cols)
{
	begin(d, sample, SIZE_MAX, rows, cols);
	d->host.decide = decide;
	d->host.decide_ready = decide_ready;
}

static void end_decided(struct desk *d, const char *decided)
{
	assert_string_equal(d->decided, decided);
	while (doc_undo(d->doc, NULL))
		;
	end(d);
}

static void what_is_tried_is_decided_together(void **state)
{
	struct desk d;

	(void)state;
	begin_deciding(&d, 24, 80);
	assert_hides(&d, "decide these");
	/* The first, the one around another, that one, and the block. */
	press(&d, "2 n 1 n 0 g 7 Enter 1");
	assert_shows(&d, "D decide these");
	press(&d, "D");
	assert_looks(&d, "package-80x24");
	assert_looks_in(&d, 256, "package-80x24-colour");
	assert_looks_in(&d, 0, "package-80x24-mono");
	press(&d, "n");
	assert_string_equal(d.decided, "");
	assert_shows(&d, "4 tried");
	press(&d, "D y");
	assert_shows(&d, "4 points decided; the chair's u undoes one after the other.");
	assert_shows(&d, "point 1 of 4");
	assert_string_equal(d.package, "4 points: 1=2, 2=1, 3=0, 7=1");
	end_decided(&d, "7=1 2=1 2=0 1=2 ");
}

static void one_that_cannot_be_decided_with_the_others_is_named(void **state)
{
	struct desk d;

	(void)state;
	begin_deciding(&d, 40, 120);
	press(&d, "n n 1 p 0 D");
	assert_shows(&d, "1 point · 1 cannot be");
	assert_shows(&d, "it is inside a wording that is not taken");
	assert_looks(&d, "package-120x40");
	press(&d, "y");
	assert_shows(&d, "1 point decided; the chair's u undoes it.");
	end_decided(&d, "2=0 ");
}

static void what_was_done_is_said_where_one_is_refused(void **state)
{
	struct desk d;

	(void)state;
	begin_deciding(&d, 24, 80);
	press(&d, "1 n 0 g 4 Enter 2");
	d.refuse_from = 2;
	press(&d, "D y");
	assert_shows(&d, "Decided: 4; still open: 2, 1. the disk is full");
	end_decided(&d, "4=2 ");
	begin_deciding(&d, 24, 80);
	press(&d, "1 n 0");
	d.refuse_from = 1;
	press(&d, "D y");
	assert_shows(&d, "Nothing is decided. the disk is full");
	assert_shows(&d, "2 tried");
	/* Edits that are not committed are said before anything is listed. */
	d.ready = ST_CHANGED;
	press(&d, "D");
	assert_shows(&d, "there are edits");
	assert_hides(&d, "decide together");
	end_decided(&d, "");
}

static void a_list_is_of_the_draft_it_was_made_of(void **state)
{
	struct edits e = EDITS_INIT;
	struct desk d;

	(void)state;
	begin_deciding(&d, 24, 80);
	press(&d, "1 D");
	edits_add(&e, 0, 0, "> ", 2);
	doc_apply(d.doc, &e);
	edits_release(&e);
	press(&d, "y");
	assert_shows(&d, "Nothing is decided. The draft changed meanwhile");
	end_decided(&d, "");
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
		cmocka_unit_test(what_is_tried_is_decided_together),
		cmocka_unit_test(one_that_cannot_be_decided_with_the_others_is_named),
		cmocka_unit_test(what_was_done_is_said_where_one_is_refused),
		cmocka_unit_test(a_list_is_of_the_draft_it_was_made_of),
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
