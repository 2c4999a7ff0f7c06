/* SPDX-License-Identifier: MIT */
#include "tempdir.h"

#include <jansson.h>
#include <spawn.h>
#include <sys/wait.h>

/* The example files, each case through the program itself: standard input to standard output.
 */

extern char **environ;

static const char *program(void)
{
	const char *named = getenv("ADREF");

	return named ? named : "build/adref";
}

/* Runs adref with the input; *out gets what it printed and is the caller's. Its status. */
static int run_adref(const char *const argv[], const char *input, size_t len, char **out,
		     size_t *out_len)
{
	posix_spawn_file_actions_t actions;
	FILE *in = tmpfile(), *printed = tmpfile();
	int status = -1;
	pid_t pid;

	assert_non_null(in);
	assert_non_null(printed);
	assert_int_equal(fwrite(input, 1, len, in), len);
	rewind(in);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(in), 0);
	posix_spawn_file_actions_adddup2(&actions, fileno(printed), 1);
	assert_int_equal(
		posix_spawn(&pid, program(), &actions, NULL, (char *const *)argv, environ), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	posix_spawn_file_actions_destroy(&actions);
	fseek(printed, 0, SEEK_END);
	*out_len = (size_t)ftell(printed);
	rewind(printed);
	*out = malloc(*out_len + 1);
	assert_non_null(*out);
	assert_int_equal(fread(*out, 1, *out_len, printed), *out_len);
	(*out)[*out_len] = '\0';
	fclose(in);
	fclose(printed);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What `brackets --json` must print: the case's own values, in FORMAT.md's order. */
static char *expected_line(json_t *test)
{
	static const char *const keys[] = {"points", "problems", "skipped"};
	json_t *o = json_object();
	char *text, *line;

	json_object_set_new(o, "draft", json_string("-"));
	for (size_t i = 0; i < 3; i++)
		json_object_set(o, keys[i], json_object_get(test, keys[i]));
	text = json_dumps(o, 0);
	line = malloc(strlen(text) + 2);
	assert_non_null(line);
	strcpy(line, text);
	strcat(line, "\n");
	free(text);
	json_decref(o);
	return line;
}

static int try_brackets(json_t *test)
{
	const char *const argv[] = {"adref", "brackets", "--json", "-", NULL};
	json_t *draft = json_object_get(test, "draft");
	char *want = expected_line(test), *got;
	size_t len;
	int bad = run_adref(argv, json_string_value(draft), json_string_length(draft), &got,
			    &len);

	if (!bad && strcmp(got, want) != 0)
		bad = 1;
	if (bad)
		print_message("%s\nwant %sgot  %s\n",
			      json_string_value(json_object_get(test, "name")), want, got);
	free(want);
	free(got);
	return bad != 0;
}

static int try_resolve(json_t *test)
{
	json_t *draft = json_object_get(test, "draft"),
	       *choice = json_object_get(test, "choice");
	json_t *result = json_object_get(test, "result");
	char point[32], number[32], *got;
	const char *argv[] = {"adref", "resolve", "-", point, number, NULL};
	size_t len;
	int bad;

	snprintf(point, sizeof(point), "%d",
		 (int)json_integer_value(json_object_get(test, "point")));
	snprintf(number, sizeof(number), "%d", (int)json_integer_value(choice));
	if (json_is_string(choice))
		argv[4] = json_string_value(choice);
	bad = run_adref(argv, json_string_value(draft), json_string_length(draft), &got, &len);
	if (!bad && (len != json_string_length(result) ||
		     memcmp(got, json_string_value(result), len) != 0))
		bad = 1;
	if (bad)
		print_message("draft %s\nwant %s\ngot  %s\n", json_string_value(draft),
			      json_string_value(result), got);
	free(got);
	return bad != 0;
}

static void each_case(const char *path, int least, int (*try)(json_t *test))
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	int n = 0, bad = 0;

	assert_non_null(f);
	while (getline(&line, &cap, f) > 0) {
		json_t *test = json_loads(line, JSON_ALLOW_NUL, NULL);

		assert_non_null(test);
		bad += try(test);
		json_decref(test);
		n++;
	}
	fclose(f);
	free(line);
	assert_true(n >= least);
	assert_int_equal(bad, 0);
}

static void brackets_prints_the_examples_to_the_byte(void **state)
{
	(void)state;
	each_case("tests/cases/brackets.jsonl", 50, try_brackets);
}

static void brackets_prints_our_own_examples_to_the_byte(void **state)
{
	(void)state;
	each_case("tests/cases/brackets-more.jsonl", 40, try_brackets);
}

static void resolve_prints_the_examples_to_the_byte(void **state)
{
	(void)state;
	each_case("tests/cases/resolve.jsonl", 40, try_resolve);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(brackets_prints_the_examples_to_the_byte),
		cmocka_unit_test(brackets_prints_our_own_examples_to_the_byte),
		cmocka_unit_test(resolve_prints_the_examples_to_the_byte),
	};

	return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
