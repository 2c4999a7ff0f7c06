/* SPDX-License-Identifier: MIT */
#include "store/file.h"

#include "core/digest.h"
#include "core/mem.h"
#include "tempdir.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <signal.h>

static struct error err;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	return temp_begin(state);
}

static void reading_gives_bytes_and_a_stamp(void **state)
{
	struct str text = STR_INIT;
	struct file_stamp stamp;

	(void)state;
	temp_put("a.md", "one\n");
	str_add_text(&text, "kept ");
	assert_int_equal(file_read(NULL, temp_path("a.md"), 100, &text, &stamp, &err), 0);
	assert_slice_is(str_slice(&text), "kept one\n");
	assert_true(stamp.exists);
	assert_int_equal(stamp.size, 4);
	assert_true(stamp.digest == digest_quick("one\n", 4));
	str_release(&text);
}

static void what_cannot_be_read_says_so_in_one_line(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	assert_int_equal(file_read(NULL, temp_path("none.md"), 100, &text, NULL, &err),
			 ST_MISSING);
	assert_non_null(strstr(err.text, "none.md: cannot read: No such file"));
	assert_int_equal(file_read(NULL, temp_dir, 100, &text, NULL, &err), ST_INPUT);
	assert_int_equal(file_read(NULL, "", 100, &text, NULL, &err), ST_USAGE);
	temp_put("big.md", "12345");
	assert_int_equal(file_read(NULL, temp_path("big.md"), 4, &text, NULL, &err),
			 ST_TOO_LARGE);
	assert_int_equal(file_read(NULL, temp_path("big.md"), 5, &text, NULL, &err), 0);
	assert_slice_is(str_slice(&text), "12345");
	str_release(&text);
}

static void pipes_and_devices_are_refused_at_once(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	assert_int_equal(mkfifo(temp_path("pipe"), 0600), 0);
	assert_int_equal(file_read(NULL, temp_path("pipe"), 100, &text, NULL, &err), ST_INPUT);
	assert_int_equal(file_write(NULL, temp_path("pipe"), SLICE("x"), NULL, NULL, &err),
			 ST_INPUT);
	assert_int_equal(file_read(NULL, "/dev/zero", 100, &text, NULL, &err), ST_INPUT);
	assert_int_equal(file_read(NULL, "/dev/tty", 100, &text, NULL, &err), ST_INPUT);
	assert_int_equal(text.len, 0);
}

static void links_that_lead_out_are_refused(void **state)
{
	struct str text = STR_INIT;
	const char *root;

	(void)state;
	temp_dirs("ws");
	temp_dirs("ws/drafts");
	temp_dirs("out");
	temp_dirs("ws2");
	temp_put("out/secret", "s");
	temp_put("ws/other.md", "inside");
	assert_int_equal(symlink("../../out/secret", temp_path("ws/drafts/a.md")), 0);
	assert_int_equal(symlink("../other.md", temp_path("ws/drafts/b.md")), 0);
	assert_int_equal(symlink("../out", temp_path("ws/away")), 0);
	assert_int_equal(symlink("nowhere", temp_path("ws/dangling")), 0);
	root = mem_strdup(temp_path("ws"));
	assert_int_equal(file_read(root, temp_path("ws/drafts/a.md"), 9, &text, NULL, &err),
			 ST_DENIED);
	assert_int_equal(
		file_write(root, temp_path("ws/drafts/a.md"), SLICE("x"), NULL, NULL, &err),
		ST_DENIED);
	assert_int_equal(
		file_write(root, temp_path("ws/away/new"), SLICE("x"), NULL, NULL, &err),
		ST_DENIED);
	assert_int_equal(file_write(root, temp_path("ws2/new"), SLICE("x"), NULL, NULL, &err),
			 ST_DENIED);
	assert_int_equal(
		file_write(root, temp_path("ws/dangling"), SLICE("x"), NULL, NULL, &err),
		ST_MISSING);
	assert_int_equal(file_make_dirs(root, temp_path("ws/away/x/y"), 0777, &err), ST_DENIED);
	assert_int_equal(file_make_dirs(root, temp_path("ws/dangling/x"), 0777, &err),
			 ST_MISSING);
	assert_int_equal(file_make_dirs(root, temp_path("ws/new/../../up"), 0777, &err),
			 ST_MISSING);
	assert_int_equal(temp_count("out"), 1);
	assert_file("out/secret", "s");
	/* One that stays inside is followed, and stays a link. */
	assert_int_equal(file_read(root, temp_path("ws/drafts/b.md"), 9, &text, NULL, &err), 0);
	assert_int_equal(
		file_write(root, temp_path("ws/drafts/b.md"), SLICE("new"), NULL, NULL, &err),
		0);
	assert_file("ws/other.md", "new");
	free((void *)(uintptr_t)root);
	str_release(&text);
}

static void writing_keeps_the_mode_and_leaves_nothing_behind(void **state)
{
	struct stat st;
	mode_t mask = umask(022);

	(void)state;
	temp_put("a.md", "old");
	assert_int_equal(chmod(temp_path("a.md"), 0640), 0);
	assert_int_equal(
		file_write(NULL, temp_path("a.md"), SLICE("new\0text"), NULL, NULL, &err), 0);
	assert_int_equal(stat(temp_path("a.md"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(st.st_size, 8);
	assert_int_equal(file_write(NULL, temp_path("b.md"), SLICE(""), NULL, NULL, &err), 0);
	assert_int_equal(stat(temp_path("b.md"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(file_create(NULL, temp_path("c.md"), SLICE("c"), 0600, NULL, &err), 0);
	assert_int_equal(stat(temp_path("c.md"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(temp_count("."), 3);
	umask(mask);
}

static void a_file_that_changed_meanwhile_is_not_overwritten(void **state)
{
	struct str text = STR_INIT;
	struct file_stamp stamp, now;

	(void)state;
	temp_put("a.md", "mine");
	assert_int_equal(file_read(NULL, temp_path("a.md"), 100, &text, &stamp, &err), 0);
	temp_put("a.md", "your");
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("new"), &stamp, &now, &err),
			 ST_CHANGED);
	assert_file("a.md", "your");
	assert_int_equal(temp_count("."), 1);
	/* Written again with the same bytes it is the same file to us. */
	temp_put("a.md", "mine");
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("new"), &stamp, &now, &err),
			 0);
	assert_file("a.md", "new");
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("newer"), &now, &now, &err),
			 0);
	assert_int_equal(unlink(temp_path("a.md")), 0);
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("x"), &now, NULL, &err),
			 ST_CHANGED);
	assert_int_equal(temp_count("."), 0);
	str_release(&text);
}

static void a_new_file_never_overwrites(void **state)
{
	struct file_stamp none = {.exists = false};

	(void)state;
	temp_put("a.md", "old");
	assert_int_equal(file_create(NULL, temp_path("a.md"), SLICE("x"), 0644, NULL, &err),
			 ST_EXISTS);
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("x"), &none, NULL, &err),
			 ST_CHANGED);
	assert_file("a.md", "old");
	assert_int_equal(temp_count("."), 1);
}

static void a_change_outside_is_noticed(void **state)
{
	struct str text = STR_INIT;
	struct file_stamp stamp, none = {.exists = false};
	struct timespec times[2] = {{1000, 0}, {1000, 0}};

	(void)state;
	temp_put("a.md", "mine");
	assert_int_equal(file_read(NULL, temp_path("a.md"), 100, &text, &stamp, &err), 0);
	assert_int_equal(file_check(NULL, temp_path("a.md"), &stamp), FILE_SAME);
	/* Same size, and perhaps within the same tick of the clock. */
	temp_put("a.md", "MINE");
	assert_int_equal(file_check(NULL, temp_path("a.md"), &stamp), FILE_CHANGED);
	temp_put("a.md", "mine");
	assert_int_equal(utimensat(AT_FDCWD, temp_path("a.md"), times, 0), 0);
	assert_int_equal(file_check(NULL, temp_path("a.md"), &stamp), FILE_SAME);
	assert_int_equal(stamp.mtime, 1000);
	assert_int_equal(file_check(NULL, temp_path("a.md"), &none), FILE_CHANGED);
	assert_int_equal(unlink(temp_path("a.md")), 0);
	assert_int_equal(file_check(NULL, temp_path("a.md"), &stamp), FILE_GONE);
	assert_int_equal(file_check(NULL, temp_path("a.md"), &none), FILE_SAME);
	str_release(&text);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
	pid_t pid;
	int code = 0;

	(void)state;
	temp_put("a.md", "old");
	pid = fork();
	if (pid == 0) {
		struct rlimit limit = {1000, 1000};
		static char big[5000];

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		code = file_write(NULL, temp_path("a.md"), slice_make(big, sizeof(big)), NULL,
				  NULL, NULL);
		_exit(code == ST_TOO_LARGE ? 7 : 8);
	}
	assert_int_equal(waitpid(pid, &code, 0), pid);
	assert_int_equal(WEXITSTATUS(code), 7);
	assert_file("a.md", "old");
	assert_int_equal(temp_count("."), 1);
}

static void what_may_not_be_written_is_not(void **state)
{
	(void)state;
	if (geteuid() == 0)
		skip();
	temp_put("a.md", "old");
	assert_int_equal(chmod(temp_path("a.md"), 0444), 0);
	assert_int_equal(file_write(NULL, temp_path("a.md"), SLICE("x"), NULL, NULL, &err),
			 ST_DENIED);
	assert_file("a.md", "old");
}

static void folders_are_made_and_found(void **state)
{
	int fd;
	struct str at = STR_INIT;

	(void)state;
	assert_int_equal(file_make_dirs(temp_dir, temp_path("a/b//c/"), 0777, &err), 0);
	assert_int_equal(file_make_dirs(temp_dir, temp_path("a/b/c"), 0777, &err), 0);
	assert_int_equal(file_open_dir(temp_dir, temp_path("a/b"), &fd, &err), 0);
	close(fd);
	temp_put("a/f", "x");
	assert_true(file_make_dirs(temp_dir, temp_path("a/f/c"), 0777, &err) < 0);
	assert_true(file_open_dir(temp_dir, temp_path("a/f"), &fd, &err) < 0);
	assert_int_equal(file_resolve(temp_dir, temp_path("a/../a/new"), &at, &err), 0);
	assert_string_equal(str_text(&at), temp_path("a/new"));
	assert_int_equal(file_remove(temp_dir, temp_path("a/f"), &err), 0);
	assert_int_equal(file_remove(temp_dir, temp_path("a/f"), &err), ST_MISSING);
	str_release(&at);
}

static void many_writers_never_lose_one_another(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	temp_put("n", "");
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			for (int k = 0; k < 20;) {
				struct file_stamp stamp;

				str_clear(&text);
				if (file_read(NULL, temp_path("n"), 1000, &text, &stamp, NULL) <
				    0)
					_exit(1);
				str_add_char(&text, 'x');
				if (file_write(NULL, temp_path("n"), str_slice(&text), &stamp,
					       NULL, NULL) == 0)
					k++;
			}
			_exit(0);
		}
	for (int i = 0; i < 3; i++) {
		int code;

		assert_true(wait(&code) > 0);
		assert_int_equal(code, 0);
	}
	str_clear(&text);
	assert_int_equal(file_read(NULL, temp_path("n"), 1000, &text, NULL, &err), 0);
	/* Three at the very same moment may still cost one: adref's own lock is for that. */
	assert_in_range(text.len, 58, 60);
	str_release(&text);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, temp_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(reading_gives_bytes_and_a_stamp),
		ON_DISK(what_cannot_be_read_says_so_in_one_line),
		ON_DISK(pipes_and_devices_are_refused_at_once),
		ON_DISK(links_that_lead_out_are_refused),
		ON_DISK(writing_keeps_the_mode_and_leaves_nothing_behind),
		ON_DISK(a_file_that_changed_meanwhile_is_not_overwritten),
		ON_DISK(a_new_file_never_overwrites),
		ON_DISK(a_change_outside_is_noticed),
		ON_DISK(a_full_disk_leaves_the_old_file),
		ON_DISK(what_may_not_be_written_is_not),
		ON_DISK(folders_are_made_and_found),
		ON_DISK(many_writers_never_lose_one_another),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
