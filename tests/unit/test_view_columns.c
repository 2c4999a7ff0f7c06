/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_columns.h"

#include <stdio.h>
#include <string.h>

/* A host with some texts, that remembers what it was asked. */
struct fake {
	struct host host;
	struct parties parties;
	struct doc *doc;
	struct host_text list[6];
	struct host_texts texts;
	const char *left_out[1];
	char message[100], opened[60];
	size_t opened_at, commits;
	int commit_status;
	bool closed;
};

static const struct host_texts *texts(void *data, struct doc *doc)
{
	(void)doc;
	return &((struct fake *)data)->texts;
}

static void changed(void *data, struct doc *doc)
{
	(void)data;
	doc_refresh(doc);
}

static int save(void *data, struct doc *doc, struct error *err)
{
	(void)data;
	(void)err;
	text_saved(doc->text);
	return 0;
}

static int commit(void *data, struct doc *doc, struct slice message, struct str *id,
		  struct error *err)
{
	struct fake *f = data;

	if (f->commit_status)
		return error_set(err, f->commit_status, "no commit today");
	text_saved(doc->text);
	snprintf(f->message, sizeof(f->message), "%.*s", (int)message.len, message.p);
	f->commits++;
	str_add_text(id, "abc1234");
	return 0;
}

static int open_view(void *data, const char *view, const char *draft, size_t at,
		     struct error *err)
{
	struct fake *f = data;

	(void)err;
	snprintf(f->opened, sizeof(f->opened), "%s %s", view, draft);
	f->opened_at = at;
	return 0;
}

static int decide(void *data, struct doc *doc, const struct edits *edits,
		  const struct resolved *what, struct slice reason, struct str *id,
		  struct error *err)
{
	(void)data;
	(void)doc;
	(void)edits;
	(void)what;
	(void)reason;
	(void)id;
	return error_set(err, ST_FAIL, "not here");
}

static void close_doc(void *data, struct doc *doc)
{
	(void)doc;
	((struct fake *)data)->closed = true;
}

static const char base[] =
	"*decides to instruct the Director*\n\n"
	"1.\tto continue to organize one regional preparatory meeting for each region;\n\n"
	"2.\tto convene a coordination meeting of the chairs of those meetings;\n\n"
	"3.\tto report to the Council on the results of these meetings,\n";

static const char sample[] =
	"---\nbase: drafts/res-31/base.md\n---\n\n"
	"*decides to instruct the Director*\n\n"
	"1.\tto continue to organize [one / AFR: at least one]{#b1} regional preparatory "
	"meeting "
	"for each region;\n\n"
	"2.\tto convene a coordination meeting of the chairs of those meetings;\n\n"
	"3.\tto report to the Council on the results of these meetings,\n";

static const char afr[] =
	"*decides to instruct the Director*\n\n"
	"1)\tto continue to organize at least one regional preparatory meeting for each "
	"region;\n\n"
	"2)\tto convene a coordination meeting of the chairs of those meetings;\n\n"
	"3)\tto report to the Council on the results of these meetings,\n";

static const char arb[] =
	"*decides to instruct the Director*\n\n"
	"1)\tto continue to organize two regional preparatory meetings for each region;\n\n"
	"2)\tto report to the Council on the results of these meetings every year,\n";

static const char eur[] =
	"*decides to instruct the Director*\n\n"
	"1)\tto continue to organize at least one regional preparatory meeting for each "
	"region;\n\n"
	"2)\tto publish the documents of the meetings in all official languages;\n\n"
	"3)\tto report to the Council on the results of these meetings,\n\n"
	"4)\tto convene a coordination meeting of the chairs of those meetings;\n";

static void add(struct fake *f, const char *code, const char *text)
{
	f->list[f->texts.n++] = (struct host_text){
		party_find(&f->parties, slice_of(code), NULL), code, slice_of(text)};
}

static struct views *begin_with(struct fake *f, const char *draft)
{
	struct views *vs;

	memset(f, 0, sizeof(*f));
	parties_init_regions(&f->parties);
	f->doc = doc_new("res-31", NULL, slice_of(draft), &f->parties);
	f->texts.v = f->list;
	f->texts.base_name = "drafts/res-31/base.md";
	f->texts.base = slice_of(base);
	f->host = (struct host){.data = f,
				.texts = texts,
				.changed = changed,
				.save = save,
				.commit = commit,
				.decide = decide,
				.open_view = open_view,
				.close = close_doc};
	vs = views_new(&f->host);
	return vs;
}

static struct views *begin(struct fake *f)
{
	struct views *vs = begin_with(f, sample);

	add(f, "AFR", afr);
	add(f, "ARB", arb);
	add(f, "EUR", eur);
	views_push(vs, view_columns_new(&f->host, f->doc, SIZE_MAX));
	return vs;
}

static void end(struct fake *f, struct views *vs)
{
	views_free(vs);
	assert_true(f->closed);
	doc_free(f->doc);
	parties_release(&f->parties);
}

static void draw(struct views *vs, int rows, int cols, struct canvas *c)
{
	canvas_init(c, rows, cols);
	c->reorder = true;
	while (views_idle(vs))
		;
	views_draw(vs, c);
}

static void settle(struct views *vs)
{
	struct canvas c;

	draw(vs, 24, 80, &c);
	canvas_release(&c);
}

static void press(struct views *vs, uint32_t code)
{
	struct key key = key_of(code);

	settle(vs);
	views_key(vs, &key);
	settle(vs);
}

static void keys(struct views *vs, const char *text)
{
	for (; *text; text++)
		press(vs, (unsigned char)*text);
}

static void assert_has(struct slice text, const char *words)
{
	assert_non_null(memmem(text.p, text.len, words, strlen(words)));
}

static void screen(struct views *vs, int rows, int cols, const char *name)
{
	struct str dump = STR_INIT;
	struct canvas c;

	draw(vs, rows, cols, &c);
	canvas_dump(&c, &dump);
	assert_screen(name, str_slice(&dump));
	str_release(&dump);
	canvas_release(&c);
}

static void screen_styles(struct views *vs, int colours, const char *name)
{
	struct theme theme = theme_make(colours, colours == 0);
	struct str dump = STR_INIT;
	struct canvas c;

	draw(vs, 24, 80, &c);
	canvas_dump_styles(&c, &theme, &dump);
	assert_screen(name, str_slice(&dump));
	str_release(&dump);
	canvas_release(&c);
}

static void texts_stand_side_by_side_on_a_wide_screen(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	screen(vs, 40, 120, "columns-120x40");
	end(&f, vs);
}

static void they_stand_under_each_other_on_a_narrow_one(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	screen(vs, 24, 80, "columns-80x24");
	screen_styles(vs, 256, "columns-80x24-colour");
	screen_styles(vs, 0, "columns-80x24-mono");
	/* Or a few of them side by side, the reference always. */
	press(vs, 's');
	screen(vs, 24, 80, "columns-side-80x24");
	keys(vs, "\t\t");
	screen(vs, 24, 80, "columns-paged-80x24");
	screen(vs, 10, 40, "columns-40x10");
	end(&f, vs);
}

static void only_differences_and_one_column(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, 'o');
	screen(vs, 24, 80, "columns-only-80x24");
	press(vs, '\t');
	press(vs, 'z');
	screen(vs, 24, 80, "columns-zoom-80x24");
	press(vs, KEY_ESCAPE);
	press(vs, 'x');
	screen(vs, 24, 80, "columns-replaced-80x24");
	end(&f, vs);
}

static void another_text_is_the_reference(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, 'b');
	screen(vs, 40, 120, "columns-base-120x40");
	press(vs, 'b');
	press(vs, 'r');
	screen(vs, 24, 80, "columns-reference-80x24");
	end(&f, vs);
}

static void columns_are_hidden_and_moved(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, '>');
	press(vs, '\t');
	press(vs, '-');
	screen(vs, 24, 120, "columns-moved-24x120");
	press(vs, 'H');
	screen(vs, 24, 120, "columns-all-24x120");
	end(&f, vs);
}

static void a_wording_is_taken_and_committed(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, '\t'); /* ARB */
	press(vs, '=');
	assert_true(views_is_asking(vs));
	screen(vs, 24, 80, "columns-take-80x24");
	press(vs, KEY_RETURN);
	assert_int_equal(f.commits, 1);
	assert_string_equal(f.message, "res-31: \u00B6 5 as ARB has it");
	assert_has(f.doc->flat, "organize two regional preparatory meetings");
	assert_false(doc_is_dirty(f.doc));
	end(&f, vs);
}

static void escape_at_the_message_takes_it_back(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, '\t');
	press(vs, '+');
	assert_true(views_is_asking(vs));
	press(vs, KEY_ESCAPE);
	assert_slice_is(f.doc->flat, sample);
	assert_false(doc_is_dirty(f.doc));
	assert_int_equal(f.commits, 0);
	end(&f, vs);
}

static void a_commit_that_fails_leaves_the_draft_as_it_was(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	f.commit_status = ST_DENIED;
	press(vs, '\t');
	press(vs, '+');
	press(vs, KEY_RETURN);
	assert_slice_is(f.doc->flat, sample);
	assert_has(views_message_text(vs), "no commit today");
	end(&f, vs);
}

static void a_wording_becomes_an_option_of_the_point_there(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, '\t');
	press(vs, '\t'); /* EUR */
	press(vs, '+');
	press(vs, KEY_RETURN);
	assert_has(f.doc->flat, "[one / AFR, EUR: at least one]{#b1}");
	assert_string_equal(f.message, "res-31: \u00B6 5: EUR's wording as an option");
	/* It says so already now. */
	press(vs, '+');
	assert_int_equal(f.commits, 1);
	screen(vs, 24, 80, "columns-offered-80x24");
	end(&f, vs);
}

static void differences_are_found_in_all_columns_or_in_one(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, '}');
	press(vs, '}'); /* AFR has one only */
	assert_has(views_message_text(vs), "No further difference");
	press(vs, ']');
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "editor res-31/ARB");
	press(vs, '[');
	press(vs, 'c');
	assert_string_equal(f.opened, "chair res-31");
	assert_true(f.opened_at > 60 && f.opened_at < 90);
	end(&f, vs);
}

static void a_text_opens_at_its_paragraph(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, 'e');
	assert_string_equal(f.opened, "editor res-31/AFR");
	assert_int_equal(f.opened_at, strstr(afr, "to continue") - afr);
	end(&f, vs);
}

static void a_text_that_cannot_be_read_is_named(void **state)
{
	struct fake f;
	struct views *vs = begin_with(&f, sample);

	(void)state;
	add(&f, "AFR", afr);
	f.left_out[0] = "drafts/res-31/EUR.md: it is a folder";
	f.texts.left_out = f.left_out;
	f.texts.n_left_out = 1;
	views_push(vs, view_columns_new(&f.host, f.doc, SIZE_MAX));
	screen(vs, 24, 80, "columns-left-out-80x24");
	end(&f, vs);
}

static void without_texts_it_says_where_they_go(void **state)
{
	struct fake f;
	struct views *vs = begin_with(&f, "one\n");

	(void)state;
	f.texts.base_name = NULL;
	views_push(vs, view_columns_new(&f.host, f.doc, SIZE_MAX));
	screen(vs, 24, 80, "columns-none-80x24");
	press(vs, 'b');
	assert_has(views_message_text(vs), "names no base");
	end(&f, vs);
}

static void another_language_has_no_marks(void **state)
{
	struct fake f;
	struct views *vs = begin_with(&f, sample);

	(void)state;
	add(&f, "CIS",
	    "*решает поручить Директору*\n\n1.\tпродолжать организовывать одно собрание;\n\n"
	    "2.\tсозвать координационное собрание;\n\n3.\tдоложить Совету,\n");
	add(&f, "ARB", "*يقرر أن يكلف المدير*\n\n1.\tبمواصلة تنظيم اجتماع إقليمي واحد؛\n");
	views_push(vs, view_columns_new(&f.host, f.doc, SIZE_MAX));
	screen(vs, 24, 120, "columns-foreign-24x120");
	end(&f, vs);
}

static void a_large_text_is_compared_beside_the_keys(void **state)
{
	struct fake f;
	struct views *vs = begin_with(&f, "one\n");
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i < 2000; i++)
		str_addf(&text,
			 "%d.\tto hold meeting number %d of all the regions there are\n\n",
			 i + 1, i);
	doc_set_bytes(f.doc, str_slice(&text));
	str_splice(&text, 300, 0, "very ", 5);
	add(&f, "AFR", str_text(&text));
	f.list[0].bytes = str_slice(&text);
	views_push(vs, view_columns_new(&f.host, f.doc, SIZE_MAX));
	settle(vs);
	press(vs, ']');
	press(vs, KEY_LINE_END);
	screen(vs, 24, 80, "columns-large-80x24");
	end(&f, vs);
	str_release(&text);
}

static void texts_that_are_too_much_together_are_refused(void **state)
{
	struct fake f;
	struct views *vs = begin_with(&f, "one\n");
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i < 300000; i++)
		str_add_text(&text, "[]");
	add(&f, "AFR", str_text(&text));
	add(&f, "ARB", str_text(&text));
	views_push(vs, view_columns_new(&f.host, f.doc, SIZE_MAX));
	settle(vs);
	screen(vs, 24, 80, "columns-too-much-80x24");
	keys(vs, "]bo=HjC");
	/* As soon as they are less they are compared. */
	f.list[0].bytes = f.list[1].bytes = SLICE("two\n");
	press(vs, FN_KEY(5));
	screen(vs, 24, 80, "columns-less-again-80x24");
	end(&f, vs);
	str_release(&text);
}

static void random_keys_never_harm(void **state)
{
	static const uint32_t some[] = {
		']',           '[',         '}', '{', '\t',         KEY_SHIFT | KEY_TAB,
		'o',           'z',         'r', 'b', 'x',          '-',
		'H',           '<',         '>', 's', KEY_ARROW_UP, KEY_ARROW_DOWN,
		KEY_PAGE_DOWN, KEY_PAGE_UP, 'g', 'G', '=',          '+',
		KEY_RETURN,    FN_KEY(5)};
	struct prng r = prng_make(95);
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	for (int i = 0; i < 1500; i++) {
		struct key key = key_of(some[prng_below(&r, sizeof(some) / sizeof(*some))]);
		struct canvas c;

		views_key(vs, &key);
		if (prng_one_in(&r, 4))
			continue;
		draw(vs, 10 + (int)prng_below(&r, 30), 40 + (int)prng_below(&r, 120), &c);
		canvas_release(&c);
	}
	if (views_is_asking(vs))
		press(vs, KEY_ESCAPE);
	end(&f, vs);
}

static void its_table_is_right(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_columns_ops, &out);
	assert_slice_is(str_slice(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_stand_side_by_side_on_a_wide_screen),
		cmocka_unit_test(they_stand_under_each_other_on_a_narrow_one),
		cmocka_unit_test(only_differences_and_one_column),
		cmocka_unit_test(another_text_is_the_reference),
		cmocka_unit_test(columns_are_hidden_and_moved),
		cmocka_unit_test(a_wording_is_taken_and_committed),
		cmocka_unit_test(escape_at_the_message_takes_it_back),
		cmocka_unit_test(a_commit_that_fails_leaves_the_draft_as_it_was),
		cmocka_unit_test(a_wording_becomes_an_option_of_the_point_there),
		cmocka_unit_test(differences_are_found_in_all_columns_or_in_one),
		cmocka_unit_test(a_text_opens_at_its_paragraph),
		cmocka_unit_test(a_text_that_cannot_be_read_is_named),
		cmocka_unit_test(without_texts_it_says_where_they_go),
		cmocka_unit_test(another_language_has_no_marks),
		cmocka_unit_test(a_large_text_is_compared_beside_the_keys),
		cmocka_unit_test(texts_that_are_too_much_together_are_refused),
		cmocka_unit_test(random_keys_never_harm),
		cmocka_unit_test(its_table_is_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
