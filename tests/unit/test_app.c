/* SPDX-License-Identifier: MIT */
#include "support_app.h"
#include "support_vt.h"

#include "ui/app.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The workbench as a whole, on a terminal of libvterm's, in a workspace made
 * for the test. The home is the temporary folder: nothing of the user is read.
 */

static const char draft[] = "# Regional preparation\n\nresolves\n\n"
			    "1 to organize [one / AFR, EUR: two] meetings [each year];\n";

static int set_up(void **state)
{
	int status = workspace_begin(state, draft);

	temp_dirs(".config");
	temp_dirs(".config/adref");
	temp_put(".config/adref/settings.yaml", "role: chair\nparty: EUR\n");
	return status;
}

static const char *first_draft, *first_view;

static void scenario_app(void)
{
	struct app_options options = {
		.path = temp_dir, .draft = first_draft, .view = first_view};
	struct error err = ERROR_INIT;
	int status = app_run(&options, &err);

	if (err.text[0])
		vt_say(err.text);
	exit(status); /* so that leaks are looked for */
}

static void start(struct vt *v)
{
	vt_start(v, "xterm-256color", 24, 80, scenario_app);
}

/* These keys end the program, and it ends well. */
static void leave(struct vt *v, const char *keys)
{
	vt_type(v, keys);
	assert_int_equal(vt_finish(v), 0);
	vt_release(v);
}

static void the_desk_shows_the_drafts_and_q_leaves(void **state)
{
	struct vt v;

	(void)state;
	first_draft = NULL;
	start(&v);
	vt_wait_text(&v, "res-1");
	vt_wait_text(&v, "Regional preparation");
	vt_wait_text(&v, "A Chair"); /* git's part comes later, and by itself */
	vt_type(&v, "q");
	assert_int_equal(vt_finish(&v), 0);
	assert_false(v.alternate);
	vt_release(&v);
}

static void a_draft_is_edited_saved_and_committed(void **state)
{
	struct vt v;

	(void)state;
	first_draft = "res-1";
	start(&v);
	vt_wait_text(&v, "to organize");
	vt_type(&v, "\x1b[200~New \x1b[201~");
	vt_wait_text(&v, "New");
	vt_type(&v, "\x13");
	vt_wait_text(&v, "saved");
	vt_type(&v, "\x11");
	vt_wait_text(&v, "1 draft");
	vt_type(&v, "q");
	assert_int_equal(vt_finish(&v), 0);
	assert_file("drafts/res-1.md",
		    "New # Regional preparation\n\nresolves\n\n"
		    "1 to organize [one / AFR, EUR: two] meetings [each year];\n");
	vt_release(&v);
	shell("git checkout -q drafts/res-1.md");
}

/* Until the journal holds what was pasted: within a second, by itself. */
static void wait_for_journal(void)
{
	int watch = inotify_init1(IN_CLOEXEC);
	struct pollfd fd = {watch, POLLIN, 0};
	char events[4096];

	assert_true(inotify_add_watch(watch, temp_path(".git/adref/journal"),
				      IN_MODIFY | IN_MOVED_TO) >= 0);
	while (system("grep -rqs KILLED .git/adref/journal") != 0) {
		assert_int_equal(poll(&fd, 1, 10000), 1);
		assert_true(read(watch, events, sizeof events) > 0);
	}
	close(watch);
}

static void unsaved_work_survives_a_kill(void **state)
{
	struct vt v;
	int status;

	(void)state;
	first_draft = "res-1";
	start(&v);
	vt_wait_text(&v, "to organize");
	vt_type(&v, "\x1b[200~KILLED \x1b[201~");
	vt_wait_text(&v, "KILLED");
	wait_for_journal();
	kill(v.child, SIGKILL);
	status = vt_finish(&v);
	assert_true(WIFSIGNALED(status));
	vt_release(&v);
	assert_file("drafts/res-1.md", draft);

	start(&v);
	vt_wait_text(&v, "KILLED");
	vt_wait_text(&v, "Unsaved work is back");
	kill(v.child, SIGTERM); /* asked to end: it stays for next time */
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);

	start(&v);
	vt_wait_text(&v, "Unsaved work is back");
	vt_type(&v, "k");
	vt_wait_text(&v, "Go on with it");
	vt_type(&v, "\x11");
	vt_wait_text(&v, "Not saved");
	vt_type(&v, "d");
	vt_wait_text(&v, "1 draft");
	vt_type(&v, "q");
	vt_finish(&v);
	vt_release(&v);
	assert_file("drafts/res-1.md", draft);
}

static void unsaved_work_that_is_dropped_is_gone(void **state)
{
	struct vt v;

	(void)state;
	first_draft = "res-1";
	start(&v);
	vt_wait_text(&v, "to organize");
	vt_type(&v, "\x1b[200~KILLED \x1b[201~");
	vt_wait_text(&v, "KILLED");
	wait_for_journal();
	kill(v.child, SIGKILL);
	vt_finish(&v);
	vt_release(&v);

	first_draft = NULL;
	start(&v);
	vt_wait_text(&v, "unsaved work of an earlier session");
	vt_type(&v, "\r");
	vt_wait_text(&v, "1 paragraph)");
	vt_type(&v, "d");
	vt_wait_text(&v, "It is dropped");
	vt_type(&v, "\x11");
	vt_wait_text(&v, "1 draft");
	leave(&v, "q");
	assert_file("drafts/res-1.md", draft);
}

static void who_sits_here_is_asked_once(void **state)
{
	struct vt v;

	(void)state;
	first_draft = NULL;
	temp_put(".config/adref/settings.yaml", "");
	shell("git config --file .gitconfig --unset user.email");
	start(&v);
	vt_wait_text(&v, "Your name?");
	vt_type(&v, "A Rapporteur\r");
	vt_wait_text(&v, "e-mail");
	vt_type(&v, "r@example.org\r");
	vt_wait_text(&v, "What are you here?");
	vt_type(&v, "r");
	vt_wait_text(&v, "For which party?");
	vt_type(&v, "nobody\r");
	vt_wait_text(&v, "No such party");
	vt_type(&v, "cept\r");
	vt_wait_text(&v, "Which meeting");
	vt_type(&v, "IRM-2\r");
	vt_wait_text(&v, "rapporteur · EUR · IRM-2");
	leave(&v, "q");
	shell("grep -q '^role: rapporteur' .config/adref/settings.yaml");
	shell("grep -q '^party: EUR' .config/adref/settings.yaml");
	shell("test \"$(git config user.email)\" = r@example.org");
	shell("test \"$(git config adref.meeting)\" = IRM-2");

	start(&v);
	vt_wait_text(&v, "A Chair"); /* all is read: nothing is asked any more */
	leave(&v, "q");
}

static void a_file_changed_outside_is_not_overwritten(void **state)
{
	struct vt v;

	(void)state;
	first_draft = "res-1";
	start(&v);
	vt_wait_text(&v, "to organize");
	vt_type(&v, "mine ");
	vt_wait_text(&v, "mine");
	temp_put("drafts/res-1.md", "theirs\n");
	vt_type(&v, "\x1b[I"); /* the focus is back */
	vt_wait_text(&v, "changed outside");
	vt_type(&v, "\x13");
	vt_type(&v, "\x1b");
	assert_file("drafts/res-1.md", "theirs\n");
	kill(v.child, SIGTERM);
	vt_finish(&v);
	vt_release(&v);
	shell("rm -rf .git/adref/journal && git checkout -q drafts/res-1.md");
}

static void keys_and_commands_are_there(void **state)
{
	struct vt v;

	(void)state;
	first_draft = NULL;
	start(&v);
	vt_wait_text(&v, "res-1");
	vt_type(&v, "?");
	vt_wait_text(&v, "type to narrow");
	vt_type(&v, "\x1b");
	vt_wait_text(&v, "1 draft");
	vt_type(&v, ":res");
	vt_wait_text(&v, "Open the draft");
	vt_type(&v, "-1\r");
	vt_wait_text(&v, "to organize");
	leave(&v, "\x11q");
}

static void a_draft_that_is_not_there_is_said_to_be(void **state)
{
	struct vt v;

	(void)state;
	first_draft = "no-such";
	start(&v);
	vt_wait_text(&v, "no-such");
	leave(&v, "q");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_desk_shows_the_drafts_and_q_leaves),
		cmocka_unit_test(a_draft_is_edited_saved_and_committed),
		cmocka_unit_test(unsaved_work_survives_a_kill),
		cmocka_unit_test(unsaved_work_that_is_dropped_is_gone),
		cmocka_unit_test(a_file_changed_outside_is_not_overwritten),
		cmocka_unit_test(keys_and_commands_are_there),
		cmocka_unit_test(a_draft_that_is_not_there_is_said_to_be),
		cmocka_unit_test(who_sits_here_is_asked_once),
	};

	return cmocka_run_group_tests_name("app", tests, set_up, temp_end);
}
