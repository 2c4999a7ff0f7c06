/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/near.h"
#include "store/session.h"

#include <string.h>

/* adref set: who you are, which meeting is now, how the screen should be. */

const struct cli_option options_set[] = {
	{"here", 0, NULL, N_("for this repository only")},
	{0},
};

/* What is wrong with the settings' file, which is passed over elsewhere. */
static void say_problems(const struct session *s)
{
	struct yaml_problems problems = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	struct settings again;

	settings_init(&again);
	if (settings_read(&again, &s->env, NULL, 0, &problems, &err) != 0)
		cli_note("%s", err.text);
	for (size_t i = 0; i < problems.n; i++)
		cli_note(_("settings.yaml:%zu:%zu: %s"), problems.v[i].line,
			 problems.v[i].column, _(problems.v[i].text));
	yaml_problems_release(&problems);
	settings_release(&again);
}

static void print_all(struct cli *c, const struct settings *s)
{
	const char *key;

	for (size_t i = 0; (key = settings_key(i)); i++)
		str_addf(&c->out, "%-12s %s\n", key, settings_value(s, key));
}

static int set(struct cli *c, struct session *s, struct error *err)
{
	struct str key = STR_INIT;
	int rc;

	if (!cli_has(c, "here"))
		return settings_store(&s->env, c->argv[0], c->argv[1], err);
	if (strcmp(c->argv[0], "party") != 0 && strcmp(c->argv[0], "role") != 0 &&
	    strcmp(c->argv[0], "meeting") != 0)
		return error_set(err, ST_USAGE,
				 _("%s is not of a repository; leave --here out"), c->argv[0]);
	rc = session_repo(s, err);
	if (rc == 0) {
		str_addf(&key, "adref.%s", c->argv[0]);
		rc = repo_config_set(s->repo, str_text(&key), *c->argv[1] ? c->argv[1] : NULL,
				     err);
	}
	str_release(&key);
	return rc;
}

/* A key that is none: perhaps another is meant. */
static bool is_key(const char *key, struct error *err)
{
	const char *keys[16], *near;
	size_t n = 0;

	while (n < 16 && (keys[n] = settings_key(n))) {
		if (strcmp(keys[n], key) == 0)
			return true;
		n++;
	}
	near = near_word(slice_of(key), keys, n);
	if (near)
		error_set(err, ST_USAGE,
			  _("there is no setting \"%s\"; did you mean %s? \"adref set\" shows "
			    "all"),
			  key, near);
	else
		error_set(err, ST_USAGE,
			  _("there is no setting \"%s\"; \"adref set\" shows all"), key);
	return false;
}

/* What is kept as it was typed, and means nothing to this workspace. */
static void look_at_value(const struct session *s, const char *key, const char *value)
{
	if (strcmp(key, "party") == 0 && *value &&
	    party_find(&s->ws.parties, slice_of(value), NULL) == PARTY_NONE)
		cli_note(
			_("%s is no party here (drafts/regions.yaml); it is kept as it stands"),
			value);
	if (strcmp(key, "meeting") == 0 && *value && s->ws.meetings.n &&
	    !meetings_find(&s->ws.meetings, value))
		cli_note(_("no meeting of drafts/meetings.yaml has the code %s; it is kept as "
			   "it "
			   "stands"),
			 value);
}

/* The user's own settings need no workspace. */
static enum exit_status set_anywhere(const struct cli *c)
{
	struct error err = ERROR_INIT;
	struct env env;

	env_of_process(&env);
	return settings_store(&env, c->argv[0], c->argv[1], &err) == 0 ? EXIT_DONE
								       : cli_fail(&err);
}

enum exit_status cmd_set(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct session s;

	if (c->argc && !is_key(c->argv[0], &err))
		return cli_fail(&err);
	if (c->argc == 1)
		return cli_usage(c, _("what is %s to be?"), c->argv[0]);
	if (session_open(&s, NULL, &err) != 0) {
		if (err.status == ST_MISSING && c->argc == 2 && !cli_has(c, "here"))
			return set_anywhere(c);
		input_nowhere(&err);
		return cli_fail(&err);
	}
	if (!c->argc) {
		if (session_repo(&s, &err) != 0)
			cli_note("%s", err.text);
		say_problems(&s);
		print_all(c, &s.settings);
	} else if (set(c, &s, &err) != 0) {
		status = cli_fail(&err);
	} else {
		look_at_value(&s, c->argv[0], c->argv[1]);
	}
	session_release(&s);
	return status;
}
