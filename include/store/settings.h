/* SPDX-License-Identifier: MIT */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include "core/error.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Who the user is, which meeting is now, and how the screen should be: from
 * settings.yaml in the user's configuration folder, over which goes what the
 * repository's git configuration says. Nothing is fatal here: what cannot be
 * used is a problem, and the default stands.
 */

/* The environment that paths depend on; a test makes its own. NULL: not set. */
struct env {
	const char *home;
	const char *xdg_config_home;
	const char *xdg_state_home;
};

/* Borrowed from the process's environment. */
void env_of_process(struct env *env);
/* Appends $XDG_STATE_HOME or ~/.local/state; ST_MISSING where neither is known. A path that is
 * not absolute does not count (XDG base directories). */
int env_state_dir(const struct env *env, struct str *out, struct error *err)
	__attribute__((warn_unused_result));
/* Appends the path of settings.yaml, in $XDG_CONFIG_HOME or ~/.config likewise. */
int settings_path(const struct env *env, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

enum role { ROLE_NONE, ROLE_RAPPORTEUR, ROLE_CHAIR, ROLE_SECRETARIAT, ROLE_OBSERVER };
enum bidi_setting { BIDI_SETTING_ADREF, BIDI_SETTING_TERMINAL, BIDI_SETTING_OFF };
enum colour_setting { COLOURS_AUTO, COLOURS_NONE, COLOURS_8, COLOURS_16, COLOURS_256 };

/* A value from git's configuration: key "adref.party", without a value NULL. */
struct setting_pair {
	const char *key;
	const char *value;
};

struct settings {
	char *party;   /* a party's code, or "" */
	char *meeting; /* a meeting's code, or "" */
	enum role role;
	enum bidi_setting bidi;
	enum colour_setting colours;
	bool mouse;
	bool sign_positions; /* sign what is recorded */
	bool sign_commits;   /* sign the commits of decisions, and all others */
	char *signing_key;   /* a path, or a public key; "": git's */
	bool asked; /* the file or the repository says who the user is: do not ask again */
};

/* The defaults: nobody, adref's own bidi, colours as the terminal has them, mouse on. */
void settings_init(struct settings *s);
void settings_release(struct settings *s);

/* Lays settings.yaml over s, and then pairs. Pure. ST_INPUT where yaml is none at all. */
int settings_read_yaml(struct settings *s, struct slice yaml, struct yaml_problems *problems,
		       struct error *err) __attribute__((warn_unused_result));
void settings_read_pairs(struct settings *s, const struct setting_pair *pairs, size_t n,
			 struct yaml_problems *problems);

/*
 * Both, from the user's file (which need not be there). problems may be NULL.
 * A failure leaves s usable.
 */
int settings_read(struct settings *s, const struct env *env, const struct setting_pair *pairs,
		  size_t n, struct yaml_problems *problems, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Puts one key into the user's file, which is made where it is not there; its
 * other lines stay. ST_USAGE for a key or value that settings do not have.
 * Keys: party meeting role bidi mouse colours sign signing-key.
 */
int settings_store(const struct env *env, const char *key, const char *value, struct error *err)
	__attribute__((warn_unused_result));

/* The i-th key of settings.yaml; NULL after the last. */
const char *settings_key(size_t i);
/* What a key is now, as it is written ("chair", "off"); "" where it says nothing, or is none.
 * Borrowed from s. */
const char *settings_value(const struct settings *s, const char *key);

#endif
