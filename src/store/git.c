/* SPDX-License-Identifier: MIT */
#include "git.h"
#include "repo_place.h"

#include <git2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* libgit2 is one for the process, and so is whether it was begun. */
static pthread_mutex_t begin_lock = PTHREAD_MUTEX_INITIALIZER;
static bool begun;

const char *gitlib_global_config(void)
{
	const char *file = getenv("GIT_CONFIG_GLOBAL");

	return file && *file ? file : NULL; /* empty: there is none, and no other either */
}

static bool env_says_yes(const char *name)
{
	const char *value = getenv(name);

	return value && *value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

/* libgit2 1.5 knows neither GIT_CONFIG_NOSYSTEM nor GIT_CONFIG_GLOBAL. */
static void heed_environment(void)
{
	if (env_says_yes("GIT_CONFIG_NOSYSTEM")) {
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");
	}
	if (getenv("GIT_CONFIG_GLOBAL")) {
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	}
}

int gitlib_begin(struct error *err)
{
	int status = ST_OK;

	pthread_mutex_lock(&begin_lock);
	if (!begun) {
		if (git_libgit2_init() < 0) {
			status = gitlib_error(err, -1, N_("cannot begin to use git"));
		} else {
			/* Off by default: a commit would not survive a power cut. */
			git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
			heed_environment();
			repo_place_begin();
			begun = true;
		}
	}
	pthread_mutex_unlock(&begin_lock);
	return status;
}

void repo_shutdown(void)
{
	pthread_mutex_lock(&begin_lock);
	if (begun)
		git_libgit2_shutdown();
	begun = false;
	pthread_mutex_unlock(&begin_lock);
}

void repo_library_version(struct str *out)
{
	int major, minor, rev;

	git_libgit2_version(&major, &minor, &rev);
	str_addf(out, "%d.%d.%d", major, minor, rev);
}

static enum status status_of(int code)
{
	switch (code) {
	case GIT_ENOTFOUND:
	case GIT_EUNBORNBRANCH:
		return ST_MISSING;
	case GIT_EEXISTS:
		return ST_EXISTS;
	case GIT_EMODIFIED:
		return ST_CHANGED;
	case GIT_EOWNER:
		return ST_DENIED;
	case GIT_EAMBIGUOUS:
	case GIT_EINVALIDSPEC:
		return ST_INPUT;
	default:
		return ST_FAIL;
	}
}

int gitlib_damage(struct error *err, const char *what)
{
	return error_set(err, ST_FAIL,
			 N_("%s cannot be read: the repository is damaged; \"git fsck\" says "
			    "what is missing, and another copy of it (git fetch) may have it"),
			 error_word(what));
}

int gitlib_error(struct error *err, int code, const char *format, ...)
{
	const git_error *why = git_error_last();
	enum status status = status_of(code);
	struct str text = STR_INIT;
	va_list ap;

	va_start(ap, format);
	str_vaddf(&text, error_word(format), ap);
	va_end(ap);
	if (why && why->message)
		str_addf(&text, ": %s", why->message);
	error_set(err, status, "%s", str_text(&text));
	str_release(&text);
	return status;
}
