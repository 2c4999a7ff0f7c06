/* SPDX-License-Identifier: MIT */
#include "store/settings.h"

#include "tempdir.h"

static struct settings s;
static struct yaml_problems problems;
static struct error err;
static struct env env;

static int begin(void **state)
{
	if (temp_begin(state) != 0)
		return -1;
	settings_init(&s);
	err = (struct error)ERROR_INIT;
	env = (struct env){.home = temp_dir};
	return 0;
}

static int end(void **state)
{
	settings_release(&s);
	yaml_problems_release(&problems);
	return temp_end(state);
}

static void nothing_given_leaves_the_defaults(void **state)
{
	struct env none = {NULL, NULL, NULL};

	(void)state;
	assert_int_equal(settings_read(&s, &env, NULL, 0, &problems, &err), 0);
	assert_int_equal(settings_read(&s, &none, NULL, 0, &problems, &err), 0);
	assert_string_equal(s.party, "");
	assert_int_equal(s.role, ROLE_NONE);
	assert_int_equal(s.bidi, BIDI_SETTING_ADREF);
	assert_int_equal(s.colours, COLOURS_AUTO);
	assert_true(s.mouse);
	assert_false(s.asked);
	assert_int_equal(problems.n, 0);
}

static void paths_follow_the_environment(void **state)
{
	struct str out = STR_INIT;
	struct env given = {"/h", "/c", "relative"};

	(void)state;
	assert_int_equal(settings_path(&given, &out, &err), 0);
	assert_string_equal(str_text(&out), "/c/adref/settings.yaml");
	str_clear(&out);
	assert_int_equal(env_state_dir(&given, &out, &err), 0);
	assert_string_equal(str_text(&out), "/h/.local/state");
	str_clear(&out);
	given.home = NULL;
	assert_int_equal(env_state_dir(&given, &out, &err), ST_MISSING);
	str_release(&out);
}

static void the_repository_goes_over_the_user_s_file(void **state)
{
	struct setting_pair pairs[] = {{"user.name", "x"},        {"adref.meeting", "IRM-3"},
				       {"adref.Role", "chair"},   {"adref.party", NULL},
				       {"adref.colours", "pink"}, {"adref.other", "y"}};

	(void)state;
	temp_dirs(".config");
	temp_dirs(".config/adref");
	temp_put(".config/adref/settings.yaml",
		 "party: AFR\nrole: observer\nmeeting: RPM-AFR\nbidi: "
		 "off\nmouse: off\ncolours: 16\n");
	assert_int_equal(settings_read(&s, &env, pairs, 6, &problems, &err), 0);
	assert_string_equal(s.party, "AFR");
	assert_string_equal(s.meeting, "IRM-3");
	assert_int_equal(s.role, ROLE_CHAIR);
	assert_int_equal(s.bidi, BIDI_SETTING_OFF);
	assert_int_equal(s.colours, COLOURS_16);
	assert_false(s.mouse);
	assert_true(s.asked);
	assert_int_equal(problems.n, 1);
	assert_string_equal(problems.v[0].text,
			    "git's adref.colours should be auto, none, 8, 16 or 256; not used");
}

static void what_cannot_be_used_is_named(void **state)
{
	(void)state;
	assert_int_equal(
		settings_read_yaml(&s,
				   SLICE("role: king\nbidi: maybe\nparty: [a]\nmouse: "
					 "loud\nodd: 1\nmeeting: \"a\\nb\"\nrole: chair\n"),
				   &problems, &err),
		0);
	assert_int_equal(problems.n, 7);
	assert_int_equal(s.role, ROLE_NONE);
	assert_string_equal(s.meeting, "");
	assert_true(s.mouse);
	assert_int_equal(problems.v[1].line, 1);
	assert_int_equal(problems.v[1].column, 7);
	assert_int_equal(settings_read_yaml(&s, SLICE("}"), &problems, &err), ST_INPUT);
}

static void a_broken_file_is_told_and_the_repository_still_counts(void **state)
{
	struct setting_pair pair = {"adref.party", "EUR"};

	(void)state;
	temp_dirs(".config");
	temp_dirs(".config/adref");
	temp_put(".config/adref/settings.yaml", "}{");
	assert_int_equal(settings_read(&s, &env, &pair, 1, &problems, &err), ST_INPUT);
	assert_non_null(strstr(err.text, "/settings.yaml: 1:1: "));
	assert_string_equal(s.party, "EUR");
}

static void one_key_is_stored_and_the_rest_stays(void **state)
{
	(void)state;
	assert_int_equal(settings_store(&env, "party", "AFR", &err), 0);
	assert_int_equal(settings_store(&env, "role", "chair", &err), 0);
	assert_file(
		".config/adref/settings.yaml",
		"# adref: who you are and how the screen should be\nparty: AFR\nrole: chair\n");
	temp_put(".config/adref/settings.yaml", "# mine\nodd: {x: 1}\nparty: AFR # so far\n");
	assert_int_equal(settings_store(&env, "party", "EUR", &err), 0);
	assert_int_equal(settings_store(&env, "mouse", "off", &err), 0);
	assert_file(".config/adref/settings.yaml",
		    "# mine\nodd: {x: 1}\nparty: EUR # so far\nmouse: \"off\"\n");
	assert_int_equal(settings_read(&s, &env, NULL, 0, NULL, &err), 0);
	assert_false(s.mouse);
	assert_int_equal(settings_store(&env, "role", "king", &err), ST_USAGE);
	assert_string_equal(err.text,
			    "role should be rapporteur, chair, secretariat or observer");
	assert_int_equal(settings_store(&env, "colour", "8", &err), ST_USAGE);
	assert_int_equal(settings_store(&env, "party", "a\nb", &err), ST_USAGE);
	temp_put(".config/adref/settings.yaml", "party: [\n");
	assert_true(settings_store(&env, "party", "EUR", &err) < 0);
	assert_file(".config/adref/settings.yaml", "party: [\n");
}

static void every_key_says_what_was_read(void **state)
{
	static const char *const now[] = {"AFR", "secretariat", "IRM-2",   "terminal",
					  "off", "16",          "commits", "~/.ssh/key"};
	struct str yaml = STR_INIT;
	const char *key;

	(void)state;
	assert_string_equal(settings_value(&s, "role"), "");
	assert_string_equal(settings_value(&s, "sign"), "off");
	for (size_t i = 0; (key = settings_key(i)); i++)
		str_addf(&yaml, "%s: %s\n", key, i == 1 ? "Secretariat" : now[i]);
	assert_int_equal(settings_read_yaml(&s, str_slice(&yaml), &problems, &err), 0);
	assert_int_equal(problems.n, 0);
	for (size_t i = 0; (key = settings_key(i)); i++)
		assert_string_equal(settings_value(&s, key), now[i]);
	assert_string_equal(settings_value(&s, "other"), "");
	str_release(&yaml);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(nothing_given_leaves_the_defaults),
		ON_DISK(paths_follow_the_environment),
		ON_DISK(the_repository_goes_over_the_user_s_file),
		ON_DISK(what_cannot_be_used_is_named),
		ON_DISK(a_broken_file_is_told_and_the_repository_still_counts),
		ON_DISK(one_key_is_stored_and_the_rest_stays),
		ON_DISK(every_key_says_what_was_read),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
