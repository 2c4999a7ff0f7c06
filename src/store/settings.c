/* SPDX-License-Identifier: MIT */
#include "store/settings.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/yaml_edit.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE_MOST = 200, KEY_MOST = 4000, WRITE_TRIES = 5 };

static const char *const roles[] = {[ROLE_NONE] = "",
				    [ROLE_RAPPORTEUR] = "rapporteur",
				    [ROLE_CHAIR] = "chair",
				    [ROLE_SECRETARIAT] = "secretariat",
				    [ROLE_OBSERVER] = "observer"};

static const char *const bidis[] = {[BIDI_SETTING_ADREF] = "adref",
				    [BIDI_SETTING_TERMINAL] = "terminal",
				    [BIDI_SETTING_OFF] = "off"};

static const char *const colours[] = {[COLOURS_AUTO] = "auto",
				      [COLOURS_NONE] = "none",
				      [COLOURS_8] = "8",
				      [COLOURS_16] = "16",
				      [COLOURS_256] = "256"};

static const char *const signs[] = {"off", "on", "positions", "commits"};

static const char *const keys[] = {"party", "role",    "meeting", "bidi",
				   "mouse", "colours", "sign",    "signing-key"};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

void env_of_process(struct env *env)
{
	*env = (struct env){.home = getenv("HOME"),
			    .xdg_config_home = getenv("XDG_CONFIG_HOME"),
			    .xdg_state_home = getenv("XDG_STATE_HOME")};
}

static int xdg_dir(const char *given, const char *home, const char *below, struct str *out,
		   struct error *err)
{
	if (given && given[0] == '/') {
		str_add_text(out, given);
		return 0;
	}
	if (!home || home[0] != '/')
		return error_set(err, ST_MISSING,
				 N_("HOME is not set, so there is no place for your settings"));
	str_addf(out, "%s/%s", home, below);
	return 0;
}

static int config_dir(const struct env *env, struct str *out, struct error *err)
{
	return xdg_dir(env->xdg_config_home, env->home, ".config", out, err);
}

int env_state_dir(const struct env *env, struct str *out, struct error *err)
{
	return xdg_dir(env->xdg_state_home, env->home, ".local/state", out, err);
}

int settings_path(const struct env *env, struct str *out, struct error *err)
{
	int rc = config_dir(env, out, err);

	if (rc == 0)
		str_add_text(out, "/adref/settings.yaml");
	return rc;
}

static int index_of(struct slice word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word.len == strlen(list[i]) && !strncasecmp(word.p, list[i], word.len))
			return (int)i;
	return -1;
}

const char *settings_key(size_t i)
{
	return i < COUNT(keys) ? keys[i] : NULL;
}

const char *settings_value(const struct settings *s, const char *key)
{
	const char *const now[COUNT(keys)] = {
		s->party,
		roles[s->role],
		s->meeting,
		bidis[s->bidi],
		s->mouse ? "on" : "off",
		colours[s->colours],
		signs[s->sign_positions ? (s->sign_commits ? 1 : 2)
					: (s->sign_commits ? 3 : 0)],
		s->signing_key,
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (strcmp(key, keys[i]) == 0 && now[i])
			return now[i];
	return "";
}

void settings_init(struct settings *s)
{
	*s = (struct settings){.party = mem_strdup(""),
			       .meeting = mem_strdup(""),
			       .role = ROLE_NONE,
			       .bidi = BIDI_SETTING_ADREF,
			       .colours = COLOURS_AUTO,
			       .mouse = true,
			       .signing_key = mem_strdup("")};
}

void settings_release(struct settings *s)
{
	free(s->party);
	free(s->meeting);
	free(s->signing_key);
	*s = (struct settings){.party = NULL};
}

/* A code is one word or a few, on one line: it goes into commits and file names. */
static bool is_code(struct slice value)
{
	if (value.len > VALUE_MOST || !utf8_valid(value.p, value.len))
		return false;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return false;
	return true;
}

/* A path, or a public key: on one line. */
static bool is_key(struct slice value)
{
	if (value.len > KEY_MOST || !utf8_valid(value.p, value.len))
		return false;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return false;
	return !value.len || *value.p == '/' || slice_starts(value, "~/") ||
	       slice_find(value, " ") || slice_starts(value, "key::");
}

static bool read_switch(struct slice value, bool *on)
{
	static const char *const words[] = {"off", "on",  "false", "true",
					    "no",  "yes", "0",     "1"};
	int i = index_of(value, words, COUNT(words));

	if (i < 0)
		return false;
	*on = i % 2 == 1;
	return true;
}

static void put_text(char **where, struct slice value)
{
	free(*where);
	*where = slice_dup(value);
}

/* Returns what the value should have been, or NULL where it was taken; "" for an unknown key.
 */
static const char *put(struct settings *s, struct slice key, struct slice value)
{
	int i;

	if (slice_is(key, "party") || slice_is(key, "meeting")) {
		if (!is_code(value))
			return N_("a code on one line");
		put_text(slice_is(key, "party") ? &s->party : &s->meeting, value);
		s->asked = s->asked || slice_is(key, "party");
		return NULL;
	}
	if (slice_is(key, "role")) {
		s->asked = true;
		i = index_of(value, roles, COUNT(roles));
		if (i < 0)
			return N_("rapporteur, chair, secretariat or observer");
		s->role = (enum role)i;
		return NULL;
	}
	if (slice_is(key, "bidi")) {
		i = index_of(value, bidis, COUNT(bidis));
		if (i < 0)
			return N_("adref, terminal or off");
		s->bidi = (enum bidi_setting)i;
		return NULL;
	}
	if (slice_is(key, "colours")) {
		i = index_of(value, colours, COUNT(colours));
		if (i < 0)
			return N_("auto, none, 8, 16 or 256");
		s->colours = (enum colour_setting)i;
		return NULL;
	}
	if (slice_is(key, "sign")) {
		i = index_of(value, signs, COUNT(signs));
		if (i < 0)
			return N_("on, off, positions or commits");
		s->sign_positions = i == 1 || i == 2;
		s->sign_commits = i == 1 || i == 3;
		return NULL;
	}
	if (slice_is(key, "signing-key")) {
		if (!is_key(value))
			return N_("the whole path of a key's file, or a public key");
		put_text(&s->signing_key, value);
		return NULL;
	}
	if (slice_is(key, "mouse"))
		return read_switch(value, &s->mouse) ? NULL : N_("on or off");
	return "";
}

int settings_read_yaml(struct settings *s, struct slice yaml, struct yaml_problems *problems,
		       struct error *err)
{
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *root = yaml_root(&doc);

	if (rc == 0 && root && !yaml_is_null(root) && root->kind != YAML_MAP)
		yaml_problem_add(problems, root->line, root->column,
				 N_("this should be a map (key: value); nothing is read"));
	for (const struct yaml_node *v = rc == 0 ? yaml_first(&doc, root) : NULL; v;
	     v = yaml_next(&doc, v)) {
		struct slice text = yaml_is_null(v) ? SLICE("") : v->text;
		const char *wanted;

		if (!root || root->kind != YAML_MAP || yaml_get(&doc, root, v->key.p) != v)
			continue;
		if (v->kind != YAML_TEXT) {
			yaml_problem_add(problems, v->line, v->column,
					 N_("%.60s should be one value; not used"), v->key.p);
			continue;
		}
		wanted = put(s, v->key, text);
		if (wanted && *wanted)
			yaml_problem_add(problems, v->line, v->column,
					 N_("%.40s should be %s; not used"), v->key.p,
					 error_word(wanted));
		else if (wanted)
			yaml_problem_add(problems, v->key_line, v->key_column,
					 N_("unknown key \"%.60s\"; kept, not used"), v->key.p);
	}
	yaml_release(&doc);
	return rc;
}

void settings_read_pairs(struct settings *s, const struct setting_pair *pairs, size_t n,
			 struct yaml_problems *problems)
{
	for (size_t i = 0; i < n; i++) {
		struct slice key = slice_of(pairs[i].key);
		const char *wanted;

		/* Git's sections and keys are without case, and others' keys are no matter of
		 * ours. */
		if (strncasecmp(key.p, "adref.", 6) != 0 || !pairs[i].value)
			continue;
		key = slice_make(key.p + 6, key.len - 6);
		for (size_t k = 0; k < COUNT(keys); k++)
			if (key.len == strlen(keys[k]) && !strncasecmp(key.p, keys[k], key.len))
				key = slice_of(keys[k]);
		wanted = put(s, key, slice_of(pairs[i].value));
		if (wanted && *wanted)
			yaml_problem_add(problems, 0, 0,
					 N_("git's %.40s should be %s; not used"), pairs[i].key,
					 error_word(wanted));
	}
}

int settings_read(struct settings *s, const struct env *env, const struct setting_pair *pairs,
		  size_t n, struct yaml_problems *problems, struct error *err)
{
	struct str path = STR_INIT, yaml = STR_INIT;
	struct error trouble = ERROR_INIT;
	int rc = settings_path(env, &path, &trouble);

	if (rc == 0) {
		rc = file_read(NULL, str_text(&path), YAML_MOST_BYTES, &yaml, NULL, &trouble);
		if (rc == 0) {
			rc = settings_read_yaml(s, str_slice(&yaml), problems, &trouble);
			if (rc < 0)
				error_prefix(&trouble, str_text(&path));
		}
	}
	if (rc == ST_MISSING) /* no home and no file are how everybody begins */
		rc = 0;
	if (rc < 0)
		error_set(err, trouble.status, "%s", trouble.text);
	settings_read_pairs(s, pairs, n, problems);
	str_release(&path);
	str_release(&yaml);
	return rc;
}

/* One try; ST_CHANGED where somebody else wrote in between. */
static int store_once(const char *path, const char *key, const char *value, struct error *err)
{
	struct str yaml = STR_INIT, scalar = STR_INIT;
	struct file_stamp stamp = {.exists = false};
	int rc = file_read(NULL, path, YAML_MOST_BYTES, &yaml, &stamp, err);

	if (rc == ST_MISSING) {
		str_add_text(&yaml, "# adref: who you are and how the screen should be\n");
		rc = 0;
	}
	if (rc == 0) {
		yaml_add_scalar(&scalar, slice_of(value));
		rc = yaml_edit_set(&yaml, slice_of(key), str_slice(&scalar), err);
		if (rc < 0)
			error_prefix(err, path);
	}
	if (rc == 0)
		rc = file_write(NULL, path, str_slice(&yaml), &stamp, NULL, err);
	str_release(&yaml);
	str_release(&scalar);
	return rc;
}

int settings_store(const struct env *env, const char *key, const char *value, struct error *err)
{
	struct settings probe;
	struct str path = STR_INIT, folder = STR_INIT;
	const char *wanted;
	int rc;

	settings_init(&probe);
	wanted = put(&probe, slice_of(key), slice_of(value));
	settings_release(&probe);
	if (wanted && *wanted)
		return error_set(err, ST_USAGE, N_("%s should be %s"), key, error_word(wanted));
	if (wanted)
		return error_set(err, ST_USAGE, N_("there is no setting \"%s\""), key);
	rc = settings_path(env, &path, err);
	if (rc == 0) {
		str_add(&folder, path.p, path.len - strlen("/settings.yaml"));
		rc = file_make_dirs(NULL, str_text(&folder), 0700, err);
	}
	for (int i = 0; rc == 0 && i < WRITE_TRIES; i++) {
		rc = store_once(str_text(&path), key, value, err);
		if (rc != ST_CHANGED)
			break;
		rc = i + 1 < WRITE_TRIES ? 0 : rc;
	}
	str_release(&path);
	str_release(&folder);
	return rc;
}
