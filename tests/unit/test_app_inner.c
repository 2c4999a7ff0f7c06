/* SPDX-License-Identifier: MIT */
#include "support_app.h"

#include "core/bound.h"
#include "core/resolve.h"
#include "store/run.h"
#include "ui/app_inner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The host that app gives to views, without a terminal and with no view on the stack. */

static const char draft[] = "# Regional preparation\n\nresolves\n\n"
			    "1 to organize [one / AFR, EUR: two] meetings;\n\n"
			    "2 to invite [all] regions.\n";

static struct app app;

static int set_up(void **state)
{
	int status = workspace_begin(state, draft);

	temp_dirs("empty");
	shell("git tag start");
	return status;
}

static void begin(const char *path)
{
	memset(&app, 0, sizeof app);
	app.options.path = path;
	app_find_place(&app);
	app_host_init(&app);
	app.views = views_new(&app.host);
}

static int begin_here(void **state)
{
	(void)state;
	shell("git reset -q --hard start && git clean -qfd drafts && rm -rf .git/adref");
	begin(temp_dir);
	return 0;
}

static int end(void **state)
{
	(void)state;
	views_free(app.views);
	for (size_t i = 0; i < app.n_docs; i++)
		app_doc_free(&app, app.docs[i]);
	free(app.docs);
	str_release(&app.clipboard);
	app_release_place(&app);
	return 0;
}

static void all_steps(void)
{
	int steps = 0;

	while (app_open_repo(&app) || app_desk_step(&app))
		assert_true(++steps < 100);
}

static struct doc *open_draft(void)
{
	struct error err = ERROR_INIT;
	struct doc *doc = NULL;

	if (app.host.open(app.host.data, "res-1", &doc, &err) < 0)
		fail_msg("%s", err.text);
	return doc;
}

static void type(struct doc *doc, size_t at, const char *text)
{
	doc_replace(doc, at, 0, slice_of(text));
	app.host.changed(app.host.data, doc);
}

static void the_desk_is_read_in_steps(void **state)
{
	const struct desk_row *rows;

	(void)state;
	assert_int_equal(app.host.workspace(app.host.data)->place, PLACE_LOADING);
	assert_int_equal(app.host.desk(app.host.data, &rows), 1);
	assert_int_equal(rows[0].state, DESK_WAITING);
	assert_string_equal(rows[0].name, "res-1");
	all_steps();
	app.host.desk(app.host.data, &rows);
	assert_int_equal(rows[0].state, DESK_READY);
	assert_string_equal(rows[0].title, "Regional preparation");
	assert_int_equal(rows[0].open, 2);
	assert_string_equal(rows[0].changed_by, "A Chair");
	assert_string_equal(rows[0].changed_what, "first");
	assert_false(rows[0].uncommitted);
	assert_int_equal(app.host.workspace(app.host.data)->place, PLACE_READY);
	assert_string_equal(app.host.workspace(app.host.data)->branch, "main");
}

static void a_folder_without_drafts_offers_to_make_some(void **state)
{
	struct error err = ERROR_INIT;
	const struct desk_row *rows;

	(void)state;
	shell("rm -rf empty && mkdir empty && git -C empty init -q -b main");
	begin(temp_path("empty"));
	assert_int_equal(app.host.workspace(app.host.data)->place, PLACE_LOADING);
	all_steps();
	assert_int_equal(app.host.workspace(app.host.data)->place, PLACE_NO_DRAFTS);
	if (app.host.init(app.host.data, &err) < 0)
		fail_msg("%s", err.text);
	all_steps();
	assert_true(app.host.desk(app.host.data, &rows) > 0);
	assert_int_equal(rows[0].state, DESK_READY);
}

static void a_place_that_is_refused_stays_as_it_was(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	shell("rm -rf empty && git clone -q . empty && cd empty && git rm -q -r drafts && "
	      "git commit -q -m none && git checkout -q --detach");
	begin(temp_path("empty"));
	all_steps();
	assert_int_equal(app.host.workspace(app.host.data)->place, PLACE_FAILED);
	assert_non_null(strstr(app.host.workspace(app.host.data)->advice, "branch"));
	assert_int_equal(app.host.init(app.host.data, &err), ST_DENIED);
	assert_non_null(strstr(err.text, "branch"));
	shell("test \"$(ls -A empty)\" = .git");
}

static void saving_writes_the_file_and_only_ours(void **state)
{
	struct error err = ERROR_INIT;
	struct host_file_state file;
	struct doc *doc = open_draft();

	(void)state;
	all_steps();
	type(doc, 0, "New ");
	app.host.file_state(app.host.data, doc, &file, &err);
	assert_true(file.unsaved);
	assert_int_equal(app.host.save(app.host.data, doc, &err), 0);
	assert_false(doc_is_dirty(doc));
	app.host.file_state(app.host.data, doc, &file, &err);
	assert_false(file.unsaved || file.changed_outside || file.gone);
	assert_true(file.uncommitted);
	temp_put("drafts/res-1.md", "theirs\n");
	type(doc, 0, "Mine ");
	assert_int_equal(app.host.save(app.host.data, doc, &err), ST_CHANGED);
	assert_file("drafts/res-1.md", "theirs\n");
	app.host.close(app.host.data, doc);
}

static void what_could_not_be_read_again_is_not_saved(void **state)
{
	struct error err = ERROR_INIT;
	struct str lines = STR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	while (lines.len <= BOUND_LINES)
		str_add_char(&lines, '\n');
	doc_replace(doc, 0, 0, str_slice(&lines));
	assert_int_equal(app.host.save(app.host.data, doc, &err), ST_TOO_LARGE);
	assert_non_null(strstr(err.text, "over 500000 lines"));
	assert_true(doc_is_dirty(doc));
	assert_file("drafts/res-1.md", draft);
	str_release(&lines);
	app.host.close(app.host.data, doc);
}

static void what_is_wrong_with_the_parties_is_said_of_tracked_changes(void **state)
{
	struct error err = ERROR_INIT;
	struct host_import *import;
	struct str path = STR_INIT;
	int more;

	(void)state;
	if (!run_has("pandoc"))
		skip();
	temp_put("drafts/regions.yaml", "parties: 7\n");
	shell("echo 'a [b]{.insertion author=\"A\" date=\"2026-01-01T00:00:00Z\"} c' | "
	      "pandoc -f markdown -t docx -o t.docx");
	all_steps();
	app_desk_refresh(&app);
	str_addf(&path, "%s", temp_path("t.docx"));
	assert_int_equal(
		app.host.import_open(&app, str_text(&path), TRACKED_REJECT, &import, &err), 0);
	while ((more = app.host.import_step(&app, import, &err)) > 0)
		;
	assert_int_equal(more, 0);
	assert_true(import->tracked);
	assert_true(slice_starts(str_slice(&import->report), "drafts/regions.yaml:1:"));
	assert_non_null(strstr(str_text(&import->report), "tracked changes of A: 1 insertion"));
	app.host.import_close(&app, import);
	unlink(temp_path("drafts/regions.yaml"));
	str_release(&path);
}

static void of_two_texts_both_are_kept(void **state)
{
	struct error err = ERROR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	temp_put("drafts/res-1.md", "theirs\n");
	type(doc, 0, "Mine ");
	assert_int_equal(app.host.keep(app.host.data, doc, KEEP_MINE, &err), 0);
	assert_file("drafts/res-1.theirs.md", "theirs\n");
	assert_slice_equal(slice_make(doc->flat.p, 6), SLICE("Mine #"));
	assert_false(doc_is_dirty(doc));
	temp_put("drafts/res-1.md", "others\n");
	type(doc, 0, "My ");
	assert_int_equal(app.host.keep(app.host.data, doc, KEEP_THEIRS, &err), 0);
	assert_slice_is(doc->flat, "others\n");
	assert_file("drafts/res-1.md", "others\n");
	assert_true(temp_has("drafts/res-1.mine.md"));
	app.host.close(app.host.data, doc);
}

static void a_file_that_is_gone_is_written_again(void **state)
{
	struct error err = ERROR_INIT;
	struct host_file_state file;
	struct doc *doc = open_draft();

	(void)state;
	unlink(temp_path("drafts/res-1.md"));
	app.host.file_state(app.host.data, doc, &file, &err);
	assert_true(file.gone);
	assert_int_equal(app.host.save(app.host.data, doc, &err), 0);
	assert_file("drafts/res-1.md", draft);
	app.host.close(app.host.data, doc);
}

/* Decides the first point for its first option. */
static int decide_first(struct doc *doc, struct str *id, struct error *err)
{
	struct choice choice = {.kind = CHOOSE_OPTION, .option = 1};
	struct edits edits = EDITS_INIT;
	struct resolved what;
	int status;

	resolved_init(&what);
	status = resolve_point(&(struct bracketed){&doc->brackets, doc->flat, doc->parties}, 0,
			       &choice, &edits, &what, err);
	if (status == 0)
		status = app.host.decide(app.host.data, doc, &edits, &what, slice_make("", 0),
					 id, err);
	edits_release(&edits);
	resolved_release(&what);
	return status;
}

static void a_decision_is_one_commit_and_can_be_undone(void **state)
{
	struct error err = ERROR_INIT;
	struct host_undo u = {.what = STR_INIT};
	struct str id = STR_INIT;
	struct doc *doc = open_draft();
	size_t at;

	(void)state;
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), 0);
	if (decide_first(doc, &id, &err) < 0)
		fail_msg("%s", err.text);
	assert_true(id.len >= 7);
	assert_false(doc_is_dirty(doc));
	assert_int_equal(doc->brackets.n_points, 1);
	shell("git log -1 --format=%B | grep -q '^Decision: option 1'");
	shell("git diff --quiet HEAD");
	if (app.host.undo_decision(app.host.data, doc, &u, &at, &err) < 0)
		fail_msg("%s", err.text);
	assert_slice_is(doc->flat, draft);
	assert_true(at > 40 && at < doc->flat.len);
	assert_true(u.what.len > 0);
	assert_int_equal(u.whose.len, 0);
	shell("git diff --quiet HEAD");
	str_release(&id);
	host_undo_release(&u);
	app.host.close(app.host.data, doc);
}

static void what_somebody_else_decided_is_undone_only_when_that_is_wanted(void **state)
{
	struct host_undo u = {.what = STR_INIT};
	struct error err = ERROR_INIT;
	struct doc *doc = open_draft();
	struct str id = STR_INIT;
	size_t at;

	(void)state;
	assert_int_equal(decide_first(doc, &id, &err), 0);
	shell("git commit -q --amend --no-edit --author='A. Vice <vice@example.org>'");
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), 1);
	assert_int_equal(doc->brackets.n_points, 1);
	assert_int_equal(strncmp(str_text(&u.whose), "A. Vice, 2", 10), 0);
	assert_true(u.what.len > 0);
	/* Another one has come to be the last meanwhile. */
	shell("git commit -q --amend --no-edit --author='B. Chair <b@example.org>'");
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), ST_CHANGED);
	assert_int_equal(doc->brackets.n_points, 1);
	host_undo_release(&u);
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), 1);
	if (app.host.undo_decision(app.host.data, doc, &u, &at, &err) != 0)
		fail_msg("%s", err.text);
	assert_slice_is(doc->flat, draft);
	host_undo_release(&u);
	str_release(&id);
	app.host.close(app.host.data, doc);
}

static void a_decision_far_back_is_left_to_the_command_line(void **state)
{
	struct error err = ERROR_INIT;
	struct host_undo u = {.what = STR_INIT};
	struct str id = STR_INIT;
	struct doc *doc = open_draft();
	size_t at;

	(void)state;
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), ST_MISSING);
	assert_int_equal(decide_first(doc, &id, &err), 0);
	shell("{ echo 'reset refs/heads/many'; echo 'from HEAD^0'; for i in $(seq 4000); do"
	      " printf 'commit refs/heads/many\\ncommitter A <a@example.org> %d +0000\\n"
	      "data 1\\nm\\n' $((4000000000 + i)); done; } | git fast-import --quiet");
	shell("git reset -q --soft many");
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err),
			 ST_TOO_LARGE);
	assert_non_null(strstr(err.text, "\"adref undo\""));
	assert_int_equal(u.commit.len, 0);
	shell("git reset -q --soft HEAD~1");
	if (app.host.undo_decision(app.host.data, doc, &u, &at, &err) < 0)
		fail_msg("%s", err.text);
	assert_slice_is(doc->flat, draft);
	str_release(&id);
	host_undo_release(&u);
	app.host.close(app.host.data, doc);
}

static void what_was_refused_is_not_offered_again(void **state)
{
	struct error err = ERROR_INIT;
	struct host_undo u = {.what = STR_INIT};
	struct str id = STR_INIT;
	struct doc *doc = open_draft();
	size_t at;

	(void)state;
	shell("git rev-parse HEAD >.git/MERGE_HEAD");
	assert_int_equal(decide_first(doc, &id, &err), ST_DENIED);
	assert_slice_is(doc->flat, draft);
	assert_file("drafts/res-1.md", draft);
	assert_false(text_can_redo(doc->text));
	assert_false(doc_is_dirty(doc));
	shell("rm .git/MERGE_HEAD");
	assert_int_equal(decide_first(doc, &id, &err), 0);
	shell("git rev-parse HEAD >.git/MERGE_HEAD");
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), ST_DENIED);
	assert_int_equal(doc->brackets.n_points, 1);
	assert_false(text_can_redo(doc->text));
	assert_false(doc_is_dirty(doc));
	host_undo_release(&u);
	shell("rm .git/MERGE_HEAD");
	shell("git diff --quiet HEAD");
	str_release(&id);
	app.host.close(app.host.data, doc);
}

static void pending_edits_are_set_aside_and_brought_back(void **state)
{
	struct error err = ERROR_INIT;
	struct str id = STR_INIT, got = STR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	type(doc, doc->flat.len - 1, " And more.");
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), ST_CHANGED);
	assert_int_equal(app.host.save(app.host.data, doc, &err), 0);
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), ST_CHANGED);
	if (app.host.set_aside(app.host.data, doc, &err) < 0)
		fail_msg("%s", err.text);
	assert_slice_is(doc->flat, draft);
	assert_file("drafts/res-1.md", draft);
	if (decide_first(doc, &id, &err) < 0)
		fail_msg("%s", err.text);
	if (app.host.bring_back(app.host.data, doc, &err) < 0)
		fail_msg("%s", err.text);
	str_add_slice(&got, doc->flat);
	assert_slice_is(str_slice(&got), "# Regional preparation\n\nresolves\n\n"
					 "1 to organize one meetings;\n\n"
					 "2 to invite [all] regions. And more.\n");
	assert_true(doc_is_dirty(doc));
	assert_int_equal(app.host.bring_back(app.host.data, doc, &err), ST_MISSING);
	str_release(&id);
	str_release(&got);
	app.host.close(app.host.data, doc);
}

static void two_views_share_one_draft(void **state)
{
	struct doc *one = open_draft(), *other = open_draft();

	(void)state;
	assert_ptr_equal(one, other);
	app.host.close(app.host.data, one);
	type(other, 0, "x");
	app.host.close(app.host.data, other);
	assert_int_equal(app.n_docs, 0);
}

static void unsaved_work_on_a_changed_file_is_kept_beside_it(void **state)
{
	struct doc *doc = open_draft();

	(void)state;
	type(doc, 0, "Unsaved ");
	app_sync(&app);
	app.ending = true;
	app.host.close(app.host.data, doc);
	app.ending = false;
	temp_put("drafts/res-1.md", "theirs\n");
	doc = open_draft();
	assert_slice_is(doc->flat, "theirs\n");
	assert_true(temp_has("drafts/res-1.recovered.md"));
	app.host.close(app.host.data, doc);
}

static void a_new_draft_is_on_the_desk(void **state)
{
	struct error err = ERROR_INIT;
	const struct desk_row *rows;

	(void)state;
	assert_int_equal(app.host.new_draft(app.host.data, "res-2", "A title", &err), 0);
	assert_int_equal(app.host.desk(app.host.data, &rows), 2);
	assert_file("drafts/res-2.md", "# A title\n");
	assert_int_equal(app.host.new_draft(app.host.data, "res-2", "", &err), ST_EXISTS);
	assert_int_equal(app.host.new_draft(app.host.data, "../res-3", "", &err), ST_USAGE);
	all_steps();
}

static void the_users_editor_works_on_a_copy(void **state)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	(void)state;
	temp_put("edit.sh", "#!/bin/sh\nsed -i s/old/new/ \"$2\"\n");
	shell("chmod +x edit.sh");
	setenv("VISUAL", "./edit.sh -x", 1);
	if (app.host.run_editor(app.host.data, "res-1", SLICE("old text\n"), &out, &err) < 0)
		fail_msg("%s", err.text);
	assert_slice_is(str_slice(&out), "new text\n");
	str_clear(&out);
	setenv("VISUAL", "false", 1);
	assert_int_equal(
		app.host.run_editor(app.host.data, "res-1", SLICE("old\n"), &out, &err),
		ST_FAIL);
	assert_int_equal(out.len, 0);
	str_release(&out);
}

static void parties_that_change_are_read_again(void **state)
{
	struct doc *doc = open_draft();
	const struct option *two;

	(void)state;
	two = point_option(&doc->brackets, &doc->brackets.points[0], 1);
	assert_int_equal(two->n_parties, 2);
	/* Another program is at it while the draft is open: EUR is now the second and last. */
	temp_put("drafts/regions.yaml",
		 "parties:\n  - {code: XYZ, name: {en: X}}\n  - {code: EUR, name: {en: E}}\n");
	app_look_outside(&app);
	assert_int_equal(app.host.parties(app.host.data)->n, 2);
	two = point_option(&doc->brackets, &doc->brackets.points[0], 1);
	assert_slice_is(slice_make(doc->flat.p + two->begin, two->end - two->begin),
			"AFR, EUR: two");
	assert_int_equal(two->n_parties, 0);
	/* And back: the file is gone. */
	unlink(temp_path("drafts/regions.yaml"));
	app_look_outside(&app);
	assert_int_equal(app.host.parties(app.host.data)->n, 6);
	two = point_option(&doc->brackets, &doc->brackets.points[0], 1);
	assert_int_equal(two->n_parties, 2);
	app.host.close(app.host.data, doc);
}

/* While the draft is open, somebody writes the calendar, sets another meeting, then this one
 * does: no key comes between, and no other window. */
static void what_is_decided_is_of_the_meeting_that_is_now(void **state)
{
	struct error err = ERROR_INIT;
	struct host_undo u = {.what = STR_INIT};
	struct str id = STR_INIT;
	struct doc *doc = open_draft();
	size_t at;

	(void)state;
	assert_string_equal(app.host.setting(app.host.data, "meeting"), "");
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), 0);
	temp_put("drafts/meetings.yaml", "meetings:\n  - {code: IRM-7, dates: [2001-01-01, "
					 "2199-12-31]}\n");
	assert_int_equal(decide_first(doc, &id, &err), 0);
	shell("git log -1 --format=%B | grep -q '^Meeting: IRM-7'");
	assert_string_equal(app.host.setting(app.host.data, "meeting"), "IRM-7");
	assert_int_equal(app.host.meetings(app.host.data)->n, 1);
	shell("git config adref.meeting IRM-8");
	assert_int_equal(decide_first(doc, &id, &err), 0);
	shell("git log -1 --format=%B | grep -q '^Meeting: IRM-8'");
	assert_int_equal(app.host.set_setting(app.host.data, "meeting", "IRM-9", &err), 0);
	assert_int_equal(app.host.undo_decision(app.host.data, doc, &u, &at, &err), 0);
	shell("git log -1 --format=%B | grep -q '^Meeting: IRM-9'");
	/* Half a calendar is none: the one that was read stands. */
	shell("git config --unset adref.meeting");
	temp_put("drafts/meetings.yaml", "}");
	app_look_outside(&app);
	assert_string_equal(app.host.setting(app.host.data, "meeting"), "IRM-7");
	unlink(temp_path("drafts/meetings.yaml"));
	app_look_outside(&app);
	assert_string_equal(app.host.setting(app.host.data, "meeting"), "");
	str_release(&id);
	host_undo_release(&u);
	app.host.close(app.host.data, doc);
}

static void parties_that_changed_are_looked_at_before_a_decision(void **state)
{
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), 0);
	temp_put("drafts/regions.yaml",
		 "parties:\n  - {code: XYZ, name: {en: X}}\n  - {code: EUR, name: {en: E}}\n");
	assert_true(app.host.decide_ready(app.host.data, doc, &err) < 0);
	assert_non_null(strstr(err.text, "regions.yaml was changed"));
	assert_int_equal(app.host.parties(app.host.data)->n, 2);
	assert_int_equal(app.host.decide_ready(app.host.data, doc, &err), 0);
	assert_int_equal(decide_first(doc, &id, &err), 0);
	unlink(temp_path("drafts/regions.yaml"));
	str_release(&id);
	app.host.close(app.host.data, doc);
}

static void there_is_one_desk(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(app.host.open_view(app.host.data, "desk", NULL, 0, &err), 0);
	assert_int_equal(app.host.open_view(app.host.data, "editor", "res-1", 0, &err), 0);
	assert_int_equal(app.host.open_view(app.host.data, "chair", "res-1", 0, &err), 0);
	assert_int_equal(views_count(app.views), 3);
	assert_int_equal(app.host.open_view(app.host.data, "desk", NULL, 0, &err), 0);
	assert_int_equal(views_count(app.views), 1);
	assert_string_equal(views_top(app.views)->ops->name, "desk");
}

static void a_command_goes_to_a_screen_of_another_draft(void **state)
{
	struct error err = ERROR_INIT;
	struct doc *doc;

	(void)state;
	temp_put("drafts/res-2.md", "We [shall / should] meet.\n");
	app.host.desk_refresh(app.host.data);
	all_steps();
	assert_int_equal(app.host.open_view(app.host.data, "chair", "res-1", SIZE_MAX, &err),
			 0);
	assert_true(views_command(app.views, SLICE("chair res-2")));
	assert_string_equal(views_top(app.views)->ops->name, "chair");
	assert_int_equal(app.n_docs, 2);
	assert_string_equal(app.docs[1]->doc->name, "res-2");
	/* What is typed in one draft is there still when the other is left. */
	assert_true(views_command(app.views, SLICE("edit res-1")));
	doc = app.docs[0]->doc;
	type(doc, 0, "New ");
	assert_true(views_command(app.views, SLICE("matrix res-2")));
	assert_string_equal(views_top(app.views)->ops->name, "matrix");
	assert_true(doc_is_dirty(doc));
	views_pop(app.views);
	assert_string_equal(views_top(app.views)->ops->name, "editor");
	assert_true(doc_is_dirty(app.docs[0]->doc));
	/* A draft that is not there is said to be; nothing is opened. */
	assert_true(views_command(app.views, SLICE("chair res-3")));
	assert_string_equal(views_top(app.views)->ops->name, "editor");
	assert_non_null(slice_find(views_message_text(app.views), "did you mean res-"));
	unlink(temp_path("drafts/res-2.md"));
}

static void settings_are_the_users(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_string_equal(app.host.setting(app.host.data, "party"), "");
	assert_int_equal(app.host.set_setting(app.host.data, "party", "AFR", &err), 0);
	assert_string_equal(app.host.setting(app.host.data, "party"), "AFR");
	assert_true(app.host.set_setting(app.host.data, "nonsense", "x", &err) < 0);
	assert_string_equal(app.host.setting(app.host.data, "bidi"), "adref");
	assert_string_equal(app.host.setting(app.host.data, "mouse"), "on");
}

static void a_clean_copy_is_exported(void **state)
{
	struct error err = ERROR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	assert_int_equal(app.host.export(app.host.data, doc, EXPORT_TEXT, true, &err), 0);
	app.host.close(app.host.data, doc);
	assert_true(app.host.busy(app.host.data));
	while (app_export_step(&app))
		;
	assert_false(app.host.busy(app.host.data));
	assert_file("res-1-clean.txt", "# Regional preparation\n\nresolves\n\n"
				       "1 to organize one meetings;\n\n"
				       "2 to invite all regions.\n");
	assert_non_null(slice_find(views_message_text(app.views), "res-1-clean.txt"));
}

/* A converter that never ends. */
static void an_export_is_stopped_and_writes_nothing(void **state)
{
	struct error err = ERROR_INIT;
	char *path = strdup(getenv("PATH"));
	struct str changed = STR_INIT;
	struct doc *doc = open_draft();

	(void)state;
	temp_dirs("bin");
	temp_put("bin/pandoc", "#!/bin/sh\nexec sleep 1000\n");
	assert_int_equal(chmod(temp_path("bin/pandoc"), 0700), 0);
	str_addf(&changed, "%s:%s", temp_path("bin"), path);
	setenv("PATH", str_text(&changed), 1);
	assert_int_equal(app.host.export(app.host.data, doc, EXPORT_DOCX, false, &err), 0);
	assert_int_equal(app.host.export(app.host.data, doc, EXPORT_ODT, false, &err),
			 ST_CHANGED);
	assert_true(app_export_step(&app));
	assert_true(app.host.stop(app.host.data));
	while (app_export_step(&app))
		;
	assert_non_null(slice_find(views_message_text(app.views), "stopped"));
	/* Who quits does not wait for it, either. */
	assert_int_equal(app.host.export_marked(app.host.data, "res-1", SLICE("a\n"),
						SLICE("b\n"), &err),
			 0);
	app_export_end(&app);
	assert_false(temp_has("res-1.docx"));
	assert_false(temp_has("res-1-changes.docx"));
	setenv("PATH", path, 1);
	app.host.close(app.host.data, doc);
	str_release(&changed);
	free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin_here, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_desk_is_read_in_steps),
		cmocka_unit_test_teardown(a_folder_without_drafts_offers_to_make_some, end),
		cmocka_unit_test_teardown(a_place_that_is_refused_stays_as_it_was, end),
		TEST(saving_writes_the_file_and_only_ours),
		TEST(what_could_not_be_read_again_is_not_saved),
		TEST(what_is_wrong_with_the_parties_is_said_of_tracked_changes),
		TEST(of_two_texts_both_are_kept),
		TEST(a_file_that_is_gone_is_written_again),
		TEST(a_decision_is_one_commit_and_can_be_undone),
		TEST(a_decision_far_back_is_left_to_the_command_line),
		TEST(what_was_refused_is_not_offered_again),
		TEST(what_somebody_else_decided_is_undone_only_when_that_is_wanted),
		TEST(pending_edits_are_set_aside_and_brought_back),
		TEST(two_views_share_one_draft),
		TEST(unsaved_work_on_a_changed_file_is_kept_beside_it),
		TEST(a_new_draft_is_on_the_desk),
		TEST(the_users_editor_works_on_a_copy),
		TEST(parties_that_change_are_read_again),
		TEST(what_is_decided_is_of_the_meeting_that_is_now),
		TEST(parties_that_changed_are_looked_at_before_a_decision),
		TEST(there_is_one_desk),
		TEST(a_command_goes_to_a_screen_of_another_draft),
		TEST(settings_are_the_users),
		TEST(a_clean_copy_is_exported),
		TEST(an_export_is_stopped_and_writes_nothing),
	};

	return cmocka_run_group_tests_name("app_inner", tests, set_up, temp_end);
}
