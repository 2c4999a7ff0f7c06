/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include "tempdir.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define DRAFT "/ws/drafts/res 31.md"
#define BASE  SLICE("the base text\n")

static struct error err;
static char journals[PATH_MAX];
static struct journal_found found;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	found = (struct journal_found)JOURNAL_FOUND_INIT;
	if (temp_begin(state) != 0)
		return -1;
	strcpy(journals, temp_path("git/adref/journal"));
	return 0;
}

static int end(void **state)
{
	journal_found_release(&found);
	return temp_end(state);
}

static const char *folder(void)
{
	return journals;
}

static enum journal_state recover(struct slice base)
{
	journal_found_release(&found);
	assert_int_equal(journal_recover(folder(), DRAFT, base, &found, &err), 0);
	return found.state;
}

static struct journal *open_journal(void)
{
	struct journal *j = NULL;

	assert_int_equal(journal_open(&j, folder(), DRAFT, BASE, &err), 0);
	return j;
}

/* The file of the only journal. */
static void only_file(struct str *path)
{
	DIR *dir = opendir(folder());
	const struct dirent *e;

	assert_non_null(dir);
	str_clear(path);
	while ((e = readdir(dir)))
		if (e->d_name[0] != '.')
			str_addf(path, "%s/%s", folder(), e->d_name);
	closedir(dir);
}

static void nothing_is_found_where_nothing_was_left(void **state)
{
	(void)state;
	assert_int_equal(recover(BASE), JOURNAL_NONE);
	journal_close(open_journal(), true);
	assert_int_equal(recover(BASE), JOURNAL_NONE);
	assert_int_equal(temp_count("git/adref/journal"), 0);
}

static void edits_outlive_a_kill(void **state)
{
	int ready[2];
	char c;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		struct journal *j = open_journal();

		journal_note(j, 4, 4, "new", 3);
		journal_note(j, 0, 0, "x\0y", 3);
		assert_true(journal_is_behind(j));
		assert_int_equal(journal_sync(j, &err), 0);
		assert_false(journal_is_behind(j));
		journal_note(j, 0, 1, "", 0);
		assert_int_equal(journal_sync(j, &err), 0);
		journal_note(j, 0, 0, "never synced", 12);
		if (write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(recover(BASE), JOURNAL_ELSEWHERE);
	assert_int_equal(found.owner.pid, pid);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ready[0]);
	close(ready[1]);
	assert_int_equal(recover(BASE), JOURNAL_RECOVERED);
	assert_slice_equal(str_slice(&found.text), SLICE("\0ythe new text\n"));
	assert_false(found.torn);
	assert_int_equal(found.owner.pid, pid);
	/* The file was changed since: both texts are there. */
	assert_int_equal(recover(SLICE("another base\n")), JOURNAL_STALE);
	assert_slice_equal(str_slice(&found.text), SLICE("\0ythe new text\n"));
	/* It was saved just before the end. */
	assert_int_equal(recover(SLICE("\0ythe new text\n")), JOURNAL_NONE);
	assert_int_equal(found.text.len, 0);
}

static void only_the_owner_can_read_it(void **state)
{
	struct journal *j = open_journal();
	struct str path = STR_INIT;
	struct stat st;

	(void)state;
	only_file(&path);
	assert_non_null(strstr(str_text(&path), "/res_31.md-"));
	assert_int_equal(stat(str_text(&path), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	journal_note(j, 0, 0, "x", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_whole(j, SLICE("all new"));
	assert_int_equal(journal_sync(j, &err), 0);
	assert_int_equal(stat(str_text(&path), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	journal_close(j, false);
	assert_int_equal(temp_count("git/adref/journal"), 0);
	str_release(&path);
}

static void a_draft_open_elsewhere_is_not_opened_twice(void **state)
{
	struct journal *j = open_journal(), *other = NULL;

	(void)state;
	assert_int_equal(journal_open(&other, folder(), DRAFT, BASE, &err), ST_DENIED);
	assert_non_null(strstr(err.text, DRAFT ": is open in another adref (process "));
	assert_null(other);
	assert_int_equal(journal_discard(folder(), DRAFT, &err), ST_DENIED);
	/* It stays locked when the file is written anew. */
	journal_note(j, 0, 0, "x", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_whole(j, SLICE("whole"));
	assert_int_equal(journal_sync(j, &err), 0);
	assert_int_equal(journal_open(&other, folder(), DRAFT, BASE, &err), ST_DENIED);
	assert_int_equal(recover(BASE), JOURNAL_ELSEWHERE);
	journal_close(j, true);
	assert_int_equal(recover(BASE), JOURNAL_RECOVERED);
	assert_slice_is(str_slice(&found.text), "whole");
}

static void another_draft_is_never_recovered(void **state)
{
	struct journal *j = open_journal();
	struct str path = STR_INIT;
	char other[PATH_MAX];

	(void)state;
	journal_note(j, 0, 0, "x", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	only_file(&path);
	journal_close(j, true);
	assert_int_equal(journal_recover(folder(), "/ws/drafts/res 32.md", BASE, &found, &err),
			 0);
	assert_int_equal(found.state, JOURNAL_NONE);
	/* Not even where it has the other's name. */
	assert_int_equal(journal_open(&j, folder(), "/ws/drafts/res 32.md", BASE, &err), 0);
	journal_note(j, 0, 0, "x", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	strcpy(other, str_text(&path));
	journal_close(j, true);
	{
		DIR *dir = opendir(folder());
		const struct dirent *e;

		while ((e = readdir(dir)))
			if (strstr(e->d_name, "res_32")) {
				struct str from = STR_INIT;

				str_addf(&from, "%s/%s", folder(), e->d_name);
				assert_int_equal(rename(str_text(&from), other), 0);
				str_release(&from);
			}
		closedir(dir);
	}
	assert_int_equal(recover(BASE), JOURNAL_NONE);
	str_release(&path);
}

static void saving_empties_it_and_edits_go_on_from_there(void **state)
{
	struct journal *j = open_journal();

	(void)state;
	journal_note(j, 0, 3, "a", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	assert_int_equal(journal_saved(j, SLICE("a base text\n"), &err), 0);
	journal_close(j, true);
	assert_int_equal(recover(SLICE("a base text\n")), JOURNAL_NONE);
	assert_int_equal(temp_count("git/adref/journal"), 0);
	j = open_journal();
	assert_int_equal(journal_saved(j, SLICE("saved\n"), &err), 0);
	journal_note(j, 5, 0, "!", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	assert_int_equal(recover(SLICE("saved\n")), JOURNAL_RECOVERED);
	assert_slice_is(str_slice(&found.text), "saved!\n");
}

static void what_was_left_stays_until_there_is_something_new(void **state)
{
	struct journal *j = open_journal();

	(void)state;
	journal_note(j, 0, 0, "old ", 4);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	/* Opened and killed before a key: nothing is lost. */
	journal_close(open_journal(), true);
	assert_int_equal(recover(BASE), JOURNAL_RECOVERED);
	assert_slice_is(str_slice(&found.text), "old the base text\n");
	j = open_journal();
	journal_whole(j, str_slice(&found.text));
	journal_note(j, 0, 4, "", 0);
	journal_note(j, 0, 0, "new ", 4);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	assert_int_equal(recover(BASE), JOURNAL_RECOVERED);
	assert_slice_is(str_slice(&found.text), "new the base text\n");
	assert_int_equal(journal_discard(folder(), DRAFT, &err), 0);
	assert_int_equal(recover(BASE), JOURNAL_NONE);
	assert_int_equal(journal_discard(folder(), DRAFT, &err), ST_MISSING);
}

static void a_torn_or_damaged_tail_costs_only_itself(void **state)
{
	struct journal *j = open_journal();
	struct str path = STR_INIT, bytes = STR_INIT, wanted = STR_INIT;
	struct prng r = prng_make(31);
	size_t last = 0;
	int c, fd;
	FILE *f;

	(void)state;
	journal_note(j, 0, 0, "1", 1);
	journal_note(j, 1, 0, "2", 1);
	journal_note(j, 2, 0, "3", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	only_file(&path);
	journal_close(j, true);
	f = fopen(str_text(&path), "r");
	while ((c = getc(f)) != EOF)
		str_add_char(&bytes, (char)c);
	fclose(f);
	for (size_t cut = 0; cut < bytes.len; cut++) {
		size_t got;

		fd = open(str_text(&path), O_WRONLY | O_TRUNC);
		assert_int_equal(write(fd, bytes.p, cut), cut);
		close(fd);
		recover(BASE);
		for (got = 0;
		     got < 3 && found.text.len > got && found.text.p[got] == (char)('1' + got);)
			got++;
		assert_true(got >= last && got < 3);
		if (found.state == JOURNAL_RECOVERED) {
			str_clear(&wanted);
			str_add(&wanted, "123", got);
			str_add_slice(&wanted, BASE);
			assert_slice_equal(str_slice(&found.text), str_slice(&wanted));
		}
		last = got;
	}
	assert_int_equal(last, 2);
	for (int i = 0; i < 300; i++) {
		size_t at = prng_below(&r, bytes.len);
		char old = bytes.p[at];

		bytes.p[at] = (char)(old ^ (char)(1 + prng_below(&r, 255)));
		fd = open(str_text(&path), O_WRONLY | O_TRUNC);
		assert_int_equal(write(fd, bytes.p, bytes.len), bytes.len);
		close(fd);
		journal_found_release(&found);
		if (journal_recover(folder(), DRAFT, BASE, &found, NULL) == 0 && found.text.len)
			assert_true(found.text.p[0] == '1');
		bytes.p[at] = old;
	}
	str_release(&path);
	str_release(&bytes);
	str_release(&wanted);
}

static void many_edits_read_back_and_grow_no_further_than_told(void **state)
{
	struct journal *j = open_journal();
	struct str text = STR_INIT;
	struct prng r = prng_make(7);
	size_t compactions = 0;

	(void)state;
	str_add_slice(&text, BASE);
	for (int i = 0; i < 9000; i++) {
		size_t at = prng_below(&r, text.len + 1);
		size_t del = prng_below(&r, 3);
		size_t len = prng_below(&r, 4);

		if (del > text.len - at)
			del = text.len - at;
		str_splice(&text, at, del, "abc", len);
		journal_note(j, at, del, "abc", len);
		if (i % 100 == 0) {
			if (journal_is_long(j)) {
				journal_whole(j, str_slice(&text));
				compactions++;
			}
			assert_int_equal(journal_sync(j, &err), 0);
		}
	}
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	assert_int_equal(recover(BASE), JOURNAL_RECOVERED);
	assert_slice_equal(str_slice(&found.text), str_slice(&text));
	assert_in_range(compactions, 3, 6);
	str_release(&text);
}

/* A large text, whose begin is told apart by who. */
static struct slice large(struct str *text, const char *who)
{
	str_add_text(text, who);
	while (text->len < 300000)
		str_add_text(text, " and what a large draft says");
	return str_slice(text);
}

static void what_a_large_draft_was_is_written_before_its_edits_are(void **state)
{
	struct str text = STR_INIT, later = STR_INIT;
	struct slice base = large(&text, "the base"), saved = large(&later, "it was saved");
	struct journal *j = NULL;
	char **paths;
	size_t n;

	(void)state;
	assert_int_equal(journal_open(&j, folder(), DRAFT, base, &err), 0);
	journal_note(j, 0, 0, "a", 1);
	journal_close(j, true);
	/* It ended before an edit was on disk: nothing was, be the draft what it may now. */
	assert_int_equal(temp_count("git/adref/journal"), 1);
	assert_int_equal(recover(base), JOURNAL_NONE);
	assert_int_equal(recover(saved), JOURNAL_NONE);
	assert_int_equal(journal_left(folder(), &paths, &n, &err), 0);
	assert_int_equal(n, 0);
	free(paths);
	assert_int_equal(journal_discard(folder(), DRAFT, &err), 0);
	assert_int_equal(journal_open(&j, folder(), DRAFT, base, &err), 0);
	journal_note(j, 0, 3, "our", 3);
	journal_note(j, 3, 0, "!", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_note(j, 3, 1, "", 0);
	assert_int_equal(journal_sync(j, &err), 0);
	/* Saved while what it is now is being written, for the next edit. */
	assert_int_equal(journal_saved(j, saved, &err), 0);
	journal_note(j, 0, 2, "this", 4);
	assert_int_equal(journal_saved(j, base, &err), 0);
	journal_note(j, 0, 3, "their", 5);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	assert_int_equal(journal_left(folder(), &paths, &n, &err), 0);
	assert_int_equal(n, 1);
	free(paths[0]);
	free(paths);
	assert_int_equal(recover(saved), JOURNAL_STALE);
	assert_int_equal(recover(base), JOURNAL_RECOVERED);
	assert_true(slice_starts(str_slice(&found.text), "their base and what"));
	assert_int_equal(found.text.len, base.len + 2);
	str_release(&text);
	str_release(&later);
}

static void where_it_does_not_fit_the_next_sync_says_so_and_tries_again(void **state)
{
	struct rlimit was, small;
	struct str text = STR_INIT;
	struct slice base = large(&text, "the base");
	struct journal *j = NULL;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small = was;
	small.rlim_cur = 100000;
	assert_int_equal(journal_open(&j, folder(), DRAFT, base, &err), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	journal_note(j, 0, 0, "a", 1);
	assert_true(journal_sync(j, &err) < 0);
	assert_true(journal_is_behind(j));
	assert_int_equal(recover(base), JOURNAL_ELSEWHERE);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	journal_note(j, 1, 0, " b ", 3);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	assert_int_equal(recover(base), JOURNAL_RECOVERED);
	assert_true(slice_starts(str_slice(&found.text), "a b the base"));
	str_release(&text);
}

static void drafts_left_behind_are_listed(void **state)
{
	static const char *const drafts[] = {"/ws/b.md", "/ws/a.md", "/ws/open.md"};
	struct journal *j, *open_one = NULL;
	char **paths;
	size_t n;

	(void)state;
	assert_int_equal(journal_left(folder(), &paths, &n, &err), 0);
	assert_int_equal(n, 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(journal_open(&j, folder(), drafts[i], BASE, &err), 0);
		journal_note(j, 0, 0, "x", 1);
		assert_int_equal(journal_sync(j, &err), 0);
		if (i < 2)
			journal_close(j, true);
		else
			open_one = j;
	}
	temp_put("git/adref/journal/junk", "junk");
	assert_int_equal(journal_left(folder(), &paths, &n, &err), 0);
	assert_int_equal(n, 2);
	assert_string_equal(paths[0], "/ws/a.md");
	assert_string_equal(paths[1], "/ws/b.md");
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
	journal_close(open_one, false);
}

static void what_is_no_journal_is_left_alone(void **state)
{
	struct str path = STR_INIT;
	struct journal *j = open_journal();
	char junk[601];
	FILE *f;

	(void)state;
	only_file(&path);
	journal_note(j, 0, 0, "x", 1);
	assert_int_equal(journal_sync(j, &err), 0);
	journal_close(j, true);
	memset(junk, 'j', 600);
	junk[600] = '\0';
	f = fopen(str_text(&path), "w");
	fputs(junk, f);
	fclose(f);
	assert_int_equal(journal_recover(folder(), DRAFT, BASE, &found, &err), ST_FAIL);
	assert_int_equal(journal_open(&j, folder(), DRAFT, BASE, &err), ST_FAIL);
	f = fopen(str_text(&path), "r");
	assert_int_equal(getc(f), 'j');
	fclose(f);
	str_release(&path);
}

static void the_folder_is_git_s_or_the_user_s(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	journal_folder("/r/.git/", "/h/.local/state", &out);
	assert_string_equal(str_text(&out), "/r/.git/adref/journal");
	str_clear(&out);
	journal_folder(NULL, "/h/.local/state", &out);
	assert_string_equal(str_text(&out), "/h/.local/state/adref/journal");
	str_release(&out);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(nothing_is_found_where_nothing_was_left),
		ON_DISK(edits_outlive_a_kill),
		ON_DISK(only_the_owner_can_read_it),
		ON_DISK(a_draft_open_elsewhere_is_not_opened_twice),
		ON_DISK(another_draft_is_never_recovered),
		ON_DISK(saving_empties_it_and_edits_go_on_from_there),
		ON_DISK(what_was_left_stays_until_there_is_something_new),
		ON_DISK(a_torn_or_damaged_tail_costs_only_itself),
		ON_DISK(many_edits_read_back_and_grow_no_further_than_told),
		ON_DISK(what_a_large_draft_was_is_written_before_its_edits_are),
		ON_DISK(where_it_does_not_fit_the_next_sync_says_so_and_tries_again),
		ON_DISK(drafts_left_behind_are_listed),
		ON_DISK(what_is_no_journal_is_left_alone),
		ON_DISK(the_folder_is_git_s_or_the_user_s),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
