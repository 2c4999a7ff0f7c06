/* SPDX-License-Identifier: MIT */
#include "support_view.h"

#include "ui/canvas.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_desk.h"

#include <stdio.h>
#include <string.h>

/* A host with a workspace of its own words. */
struct fake {
	struct host host;
	struct host_workspace workspace;
	struct parties parties;
	struct desk_row rows[40];
	size_t n;
	char opened[64], view[16], made[64];
	struct meetings meetings;
	int inits, trusted, syncs, stops;
	bool busy;
	enum tracked_how how; /* a file was imported so, as `made` */
	struct host_import import;
	int imports, steps; /* open; until it is read */
	int report_lines;   /* more than there are otherwise */
	bool broken;
};

static struct fake *fake_of(void *data)
{
	return data;
}

static const struct host_workspace *get_workspace(void *data)
{
	return &fake_of(data)->workspace;
}

static const struct parties *get_parties(void *data)
{
	return &fake_of(data)->parties;
}

static size_t get_desk(void *data, const struct desk_row **rows)
{
	*rows = fake_of(data)->rows;
	return fake_of(data)->n;
}

static int64_t get_now(void *data)
{
	(void)data;
	return 1000000000;
}

static const struct meetings *get_meetings(void *data)
{
	return &fake_of(data)->meetings;
}

static int sync(void *data, struct error *err)
{
	struct fake *f = fake_of(data);

	if (f->trusted)
		return error_set(err, ST_CHANGED, "res-31 has text that is not saved");
	f->syncs++;
	f->busy = true;
	return 0;
}

static bool busy(void *data)
{
	return fake_of(data)->busy;
}

static bool stop(void *data)
{
	fake_of(data)->stops++;
	return true;
}

static void refresh(void *data)
{
	(void)data;
}

static int open_view(void *data, const char *view, const char *draft, size_t at,
		     struct error *err)
{
	struct fake *f = data;

	(void)at;
	(void)err;
	snprintf(f->view, sizeof(f->view), "%s", view);
	snprintf(f->opened, sizeof(f->opened), "%s", draft);
	return 0;
}

static int new_draft(void *data, const char *name, const char *title, struct error *err)
{
	(void)title;
	if (strcmp(name, "taken") == 0)
		return error_set(err, ST_EXISTS, "taken: there is such a draft");
	snprintf(fake_of(data)->made, sizeof(fake_of(data)->made), "%s", name);
	return 0;
}

static int make_workspace(void *data, struct error *err)
{
	(void)err;
	fake_of(data)->inits++;
	return 0;
}

static int trust(void *data, bool yes, struct error *err)
{
	(void)err;
	fake_of(data)->trusted = yes;
	return 0;
}

static const unsigned char all_six[] = {3, 3, 1, 1, 1, 1};
static const unsigned char three[] = {1, 0, 2, 1, 0, 1};
static const unsigned char nobody[6];

static int import_open(void *data, const char *path, enum tracked_how how,
		       struct host_import **import, struct error *err)
{
	struct fake *f = fake_of(data);

	(void)err;
	f->how = how;
	f->steps = 2;
	f->imports++;
	f->import.tracked = strcmp(path, "edited.docx") == 0;
	*import = &f->import;
	return 0;
}

static int import_step(void *data, struct host_import *import, struct error *err)
{
	struct fake *f = fake_of(data);

	if (f->steps-- > 0)
		return 1;
	str_clear(&import->report);
	str_add_text(&import->report, "2 comments of Jane are left out\n1 × blank line\n");
	for (int i = 0; fake_of(data)->report_lines > i; i++)
		str_addf(&import->report,
			 "%d × a page header that stands on every page of the document, and is "
			 "no part of its text\n",
			 i + 1);
	return f->broken ? error_set(err, ST_INPUT, "it is no zip archive") : 0;
}

static int import_make(void *data, struct host_import *import, const char *name,
		       struct error *err)
{
	struct fake *f = fake_of(data);

	(void)import;
	if (strcmp(name, "taken") == 0)
		return error_set(err, ST_EXISTS, "there is one");
	snprintf(f->made, sizeof(f->made), "%s", name);
	return 0;
}

static void import_close(void *data, struct host_import *import)
{
	fake_of(data)->imports--;
	str_release(&import->report);
}

static void fill(struct fake *f)
{
	static struct meeting next = {.first = "2001-09-21", .last = "2001-09-22"};
	static char code[] = "IRM-2";

	memset(f, 0, sizeof(*f));
	parties_init_regions(&f->parties);
	next.code = code;
	f->meetings = (struct meetings){&next, 1, 1};
	f->workspace = (struct host_workspace){
		.place = PLACE_READY, .title = "Conference", .advice = ""};
	f->rows[0] = (struct desk_row){.name = "declaration",
				       .title = "Draft declaration of the conference",
				       .type = "declaration",
				       .symbol = "",
				       .state = DESK_READY,
				       .open = 3,
				       .words = 900,
				       .bracket_words = 8,
				       .parties = nobody,
				       .n_parties = 6,
				       .changed = 1000000000 - 5 * 86400,
				       .changed_by = "Chair",
				       .changed_what = "declaration: shorter"};
	f->rows[1] = (struct desk_row){.name = "res-24",
				       .title = "Advisory group between conferences",
				       .type = "resolution",
				       .symbol = "A/24",
				       .state = DESK_READY,
				       .open = 21,
				       .nested = 4,
				       .linked = 2,
				       .problems = 1,
				       .words = 1000,
				       .bracket_words = 380,
				       .parties = three,
				       .n_parties = 6,
				       .agreed = 2,
				       .reopened = 1,
				       .uncommitted = true,
				       .changed = 1000000000 - 7200,
				       .changed_by = "RCC \x1b[31m focal point",
				       .changed_what = "res-24: CIS proposal"};
	f->rows[2] = (struct desk_row){
		.name = "res-31",
		.title = "Travaux préparatoires régionaux pour les conférences mondiales",
		.type = "resolution",
		.symbol = "",
		.state = DESK_READY,
		.open = 17,
		.linked = 4,
		.words = 1204,
		.bracket_words = 150,
		.parties = all_six,
		.n_parties = 6,
		.changed = 1000000000 - 30,
		.changed_by = "Rapporteur",
		.changed_what = "six texts"};
	f->rows[3] = (struct desk_row){.name = "broken",
				       .title = "",
				       .type = "",
				       .symbol = "",
				       .state = DESK_UNREADABLE,
				       .failure = "drafts/broken.md: no permission",
				       .parties = nobody,
				       .n_parties = 6};
	f->n = 4;
	f->host = (struct host){.data = f,
				.workspace = get_workspace,
				.parties = get_parties,
				.desk = get_desk,
				.desk_refresh = refresh,
				.now = get_now,
				.meetings = get_meetings,
				.sync = sync,
				.busy = busy,
				.stop = stop,
				.open_view = open_view,
				.new_draft = new_draft,
				.init = make_workspace,
				.trust_hooks = trust};
}

static void draw(struct views *vs)
{
	struct canvas c;

	canvas_init(&c, 24, 80);
	views_draw(vs, &c);
	canvas_release(&c);
}

static void press(struct views *vs, uint32_t code)
{
	struct key key = key_of(code);

	views_key(vs, &key);
	draw(vs);
}

static void type(struct views *vs, const char *text)
{
	for (; *text; text++)
		press(vs, (unsigned char)*text);
}

static struct views *begin(struct fake *f)
{
	struct views *vs;

	fill(f);
	vs = views_new(&f->host);
	views_push(vs, view_desk_new(&f->host));
	draw(vs);
	return vs;
}

static void end(struct fake *f, struct views *vs)
{
	views_free(vs);
	parties_release(&f->parties);
}

static void the_desk_shows_every_draft(void **state)
{
	struct theme colour = theme_make(256, false), mono = theme_make(0, true);
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, KEY_ARROW_DOWN);
	check_screen(vs, "desk-80x24", 24, 80, NULL);
	check_screen(vs, "desk-120x40", 40, 120, NULL);
	check_screen(vs, "desk-40x10", 10, 40, NULL);
	check_screen(vs, "desk-80x24-colour", 24, 80, &colour);
	check_screen(vs, "desk-80x24-mono", 24, 80, &mono);
	end(&f, vs);
}

static void enter_opens_the_chosen_draft(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, KEY_LINE_END);
	press(vs, KEY_ARROW_UP);
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-31");
	assert_string_equal(f.view, "editor");
	end(&f, vs);
}

static void the_chosen_draft_stays_chosen_when_rows_come(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, KEY_ARROW_DOWN); /* res-24 */
	memmove(f.rows + 1, f.rows, 4 * sizeof(*f.rows));
	f.rows[0].name = "aaa";
	f.n = 5;
	draw(vs);
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-24");
	end(&f, vs);
}

static void a_draft_that_was_named_is_the_chosen_one(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	assert_true(views_command(vs, SLICE("res-31")));
	assert_string_equal(f.opened, "res-31");
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-31");
	/* Also after a command, and where a filter hides it. */
	type(vs, "/ADVIS");
	press(vs, KEY_RETURN);
	assert_true(views_command(vs, SLICE("edit declaration")));
	assert_string_equal(f.opened, "declaration");
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "declaration");
	type(vs, ":edit res-3");
	press(vs, KEY_TAB);
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-31");
	f.opened[0] = '\0';
	views_command(vs, SLICE("edit res-32"));
	assert_string_equal(f.opened, "");
	assert_slice_is(views_message_text(vs), "res-32: no such draft here");
	/* What may be meant is named. */
	assert_false(views_command(vs, SLICE("declartion")));
	assert_slice_is(views_message_text(vs),
			"declartion: no such command or draft here; did you mean declaration?");
	assert_false(views_command(vs, SLICE("settings")));
	assert_slice_is(views_message_text(vs),
			"settings: no such command or draft here; did you mean set?");
	assert_false(views_command(vs, SLICE("frobnicate")));
	assert_slice_is(views_message_text(vs),
			"frobnicate: no such command or draft here; Tab shows what there is");
	/* One that is made comes into the list later. */
	press(vs, 'n');
	type(vs, "zzz");
	press(vs, KEY_RETURN);
	draw(vs);
	f.rows[f.n] = f.rows[0];
	f.rows[f.n++].name = "zzz";
	draw(vs);
	f.opened[0] = '\0';
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "zzz");
	end(&f, vs);
}

static void a_filter_narrows_the_list_as_one_types(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	type(vs, "/ADVIS");
	check_screen(vs, "desk-filter-80x24", 24, 80, NULL);
	press(vs, KEY_RETURN);
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-24");
	press(vs, KEY_ESCAPE);
	press(vs, KEY_LINE_HOME);
	press(vs, 'e');
	assert_string_equal(f.opened, "declaration");
	end(&f, vs);
}

static void a_new_draft_is_named_and_opened(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, 'n');
	type(vs, "taken");
	press(vs, KEY_RETURN);
	assert_true(slice_starts(views_message_text(vs), "taken"));
	/* What was typed is there to be mended. */
	type(vs, "-50");
	press(vs, KEY_RETURN);
	assert_string_equal(f.made, "taken-50");
	assert_string_equal(f.opened, "taken-50");
	end(&f, vs);
}

static void a_folder_without_drafts_offers_to_make_a_workspace(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	f.n = 0;
	f.workspace.place = PLACE_NO_DRAFTS;
	draw(vs);
	check_screen(vs, "desk-empty-80x24", 24, 80, NULL);
	press(vs, KEY_RETURN); /* nothing to open */
	assert_string_equal(f.opened, "");
	press(vs, 'i');
	press(vs, 'y');
	assert_int_equal(f.inits, 1);
	end(&f, vs);
}

static void hooks_run_only_after_a_yes(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	f.workspace.hooks_waiting = true;
	press(vs, 'T');
	press(vs, 'n');
	assert_int_equal(f.trusted, 0);
	press(vs, 'T');
	press(vs, 'y');
	assert_int_equal(f.trusted, 1);
	end(&f, vs);
}

static void a_long_list_scrolls(void **state)
{
	static char names[40][16];
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	for (int i = 0; i < 40; i++) {
		snprintf(names[i], sizeof(names[i]), "draft-%02d", i);
		f.rows[i] = f.rows[0];
		f.rows[i].name = names[i];
	}
	f.n = 40;
	press(vs, KEY_LINE_END);
	check_screen(vs, "desk-long-80x24", 24, 80, NULL);
	press(vs, KEY_PAGE_UP);
	press(vs, KEY_RETURN);
	assert_string_not_equal(f.opened, "draft-39");
	end(&f, vs);
}

static void work_is_shared_beside_the_keys(void **state)
{
	struct theme colour = theme_make(256, false);
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	press(vs, 'S');
	assert_int_equal(f.syncs, 1);
	views_progress(vs, "asking origin what is new …");
	check_screen(vs, "desk-sync-80x24", 24, 80, NULL);
	check_screen(vs, "desk-sync-120x40", 40, 120, &colour);
	press(vs, 'S'); /* one at a time */
	assert_int_equal(f.syncs, 1);
	press(vs, KEY_ARROW_DOWN); /* work goes on */
	press(vs, KEY_RETURN);
	assert_string_equal(f.opened, "res-24");
	press(vs, KEY_ESCAPE);
	press(vs, CTRL_KEY('c'));
	assert_int_equal(f.stops, 2);
	f.busy = false;
	views_progress(vs, NULL);
	press(vs, KEY_ESCAPE);
	assert_int_equal(f.stops, 2);
	/* By name too; what is in the way is said. */
	f.trusted = 1;
	assert_true(views_command(vs, SLICE("sync")));
	assert_slice_is(views_message_text(vs), "res-31 has text that is not saved");
	end(&f, vs);
}

static void with_import(struct fake *f)
{
	f->host.import_open = import_open;
	f->host.import_step = import_step;
	f->host.import_make = import_make;
	f->host.import_close = import_close;
}

static void import_of(struct views *vs, const char *file)
{
	press(vs, 'I');
	type(vs, file);
	press(vs, KEY_RETURN);
}

static void read_on(struct views *vs)
{
	while (views_idle(vs))
		;
}

static void a_file_is_imported_after_saying_what_goes(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	with_import(&f);
	import_of(vs, "plain.docx");
	read_on(vs);
	assert_slice_is(views_message_text(vs),
			"This goes: 2 comments of Jane are left out; 1 × blank line");
	press(vs, 'y');
	press(vs, CTRL_KEY('u'));
	type(vs, "taken");
	press(vs, KEY_RETURN);
	assert_slice_is(views_message_text(vs), "there is one");
	type(vs, "-not");
	press(vs, KEY_RETURN);
	assert_string_equal(f.made, "taken-not");
	assert_int_equal(f.how, TRACKED_ACCEPT);
	import_of(vs, "edited.docx");
	read_on(vs);
	check_screen(vs, "desk-import-tracked-80x24", 24, 80, NULL);
	press(vs, 'b');
	read_on(vs);
	press(vs, KEY_RETURN);
	assert_string_equal(f.made, "edited");
	assert_int_equal(f.how, TRACKED_BRACKETS);
	assert_int_equal(f.imports, 0);
	end(&f, vs);
}

static void a_long_report_is_one_line_and_a_screen_of_its_own(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	with_import(&f);
	f.report_lines = 30;
	import_of(vs, "plain.docx");
	read_on(vs);
	assert_slice_is(views_message_text(vs),
			"This goes: 2 comments of Jane are left out; 1 × blank line; …");
	press(vs, 'l');
	check_screen(vs, "notice-80x24", 24, 80, NULL);
	press(vs, KEY_PAGE_DOWN);
	press(vs, KEY_LINE_END);
	check_screen(vs, "notice-end-60x12", 12, 60, NULL);
	press(vs, KEY_LINE_HOME);
	press(vs, KEY_ARROW_UP);
	check_screen(vs, "notice-80x24", 24, 80, NULL);
	/* Not while it is read, as when a setting shows all views anew; then it is asked again.
	 */
	views_at(vs, 0)->ops->shown(views_at(vs, 0));
	assert_false(views_is_asking(vs));
	press(vs, KEY_RETURN);
	assert_true(views_is_asking(vs));
	press(vs, 'l');
	press(vs, KEY_ESCAPE);
	assert_true(views_is_asking(vs));
	press(vs, 'y');
	press(vs, KEY_RETURN);
	assert_string_equal(f.made, "plain");
	assert_slice_is(views_message_text(vs), "Imported as plain; ^K commits it.");
	assert_int_equal(f.imports, 0);
	/* Tracked changes are asked about in the same way. */
	import_of(vs, "edited.docx");
	read_on(vs);
	press(vs, 'l');
	press(vs, 'q');
	assert_true(views_is_asking(vs));
	press(vs, KEY_ESCAPE);
	assert_int_equal(f.imports, 0);
	end(&f, vs);
}

static void what_is_imported_is_read_beside_the_keys_until_esc(void **state)
{
	struct fake f;
	struct views *vs = begin(&f);

	(void)state;
	with_import(&f);
	import_of(vs, "plain.docx");
	assert_true(views_idle(vs));
	check_screen(vs, "desk-import-reading-80x24", 24, 80, NULL);
	press(vs, KEY_ESCAPE);
	assert_slice_is(views_message_text(vs), "Stopped; nothing was imported.");
	assert_int_equal(f.imports, 0);
	/* A question that is open is answered first. */
	import_of(vs, "edited.docx");
	press(vs, '/');
	assert_false(views_idle(vs));
	type(vs, "declar");
	press(vs, KEY_RETURN);
	read_on(vs);
	assert_true(views_is_asking(vs));
	press(vs, 'r');
	press(vs, KEY_ESCAPE); /* stops the second reading */
	assert_int_equal(f.imports, 0);
	f.broken = true;
	import_of(vs, "plain.docx");
	read_on(vs);
	assert_slice_is(views_message_text(vs), "it is no zip archive");
	assert_int_equal(f.imports, 0);
	/* One that is still read when all ends is let go. */
	import_of(vs, "plain.docx");
	end(&f, vs);
	assert_int_equal(f.imports, 0);
}

static void the_table_of_keys_has_no_mistake(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_desk_ops, &out);
	assert_slice_is(str_slice(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_desk_shows_every_draft),
		cmocka_unit_test(enter_opens_the_chosen_draft),
		cmocka_unit_test(the_chosen_draft_stays_chosen_when_rows_come),
		cmocka_unit_test(a_draft_that_was_named_is_the_chosen_one),
		cmocka_unit_test(a_filter_narrows_the_list_as_one_types),
		cmocka_unit_test(a_new_draft_is_named_and_opened),
		cmocka_unit_test(a_folder_without_drafts_offers_to_make_a_workspace),
		cmocka_unit_test(hooks_run_only_after_a_yes),
		cmocka_unit_test(a_long_list_scrolls),
		cmocka_unit_test(work_is_shared_beside_the_keys),
		cmocka_unit_test(a_file_is_imported_after_saying_what_goes),
		cmocka_unit_test(a_long_report_is_one_line_and_a_screen_of_its_own),
		cmocka_unit_test(what_is_imported_is_read_beside_the_keys_until_esc),
		cmocka_unit_test(the_table_of_keys_has_no_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
