/* SPDX-License-Identifier: MIT */
#include "store/repo.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { VALUE_MOST = 1000, PERSON_MOST = 250 };

/* Whether text is one line of UTF-8 without control characters, at most `most` bytes. */
static bool is_plain(const char *text, size_t most)
{
	size_t len = strlen(text), taken;
	uint32_t cp;

	if (len > most)
		return false;
	for (size_t i = 0; i < len; i += taken) {
		taken = utf8_decode(text + i, len - i, &cp);
		if (cp == UTF8_BAD || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 ||
		    cp == 0x2029)
			return false;
	}
	return true;
}

/* ---- people ---- */

void person_release(struct person *p)
{
	free(p->name);
	free(p->email);
	*p = (struct person){NULL, NULL};
}

static int check_part(const char *text, const char *what, struct error *err)
{
	if (!is_plain(text, PERSON_MOST) || strpbrk(text, "<>"))
		return error_set(
			err, ST_INPUT,
			N_("%s cannot be used: one line of UTF-8 without < and >, at most "
			   "%d bytes"),
			error_word(what), PERSON_MOST);
	/* git takes these off both ends; nothing may be left. */
	if (!text[strspn(text, " .,:;<>\"\\'")])
		return error_set(err, ST_INPUT, N_("%s is empty"), error_word(what));
	return ST_OK;
}

int person_check(const char *name, const char *email, struct error *err)
{
	int rc = check_part(name, N_("the name"), err);

	return rc < 0 ? rc : check_part(email, N_("the e-mail address"), err);
}

char *repo_config_text(struct repo *r, const char *key)
{
	git_config *config = NULL, *now = NULL;
	const char *value;
	char *copy = NULL;

	if (git_repository_config(&config, r->git) == 0 &&
	    git_config_snapshot(&now, config) == 0 &&
	    git_config_get_string(&value, now, key) == 0)
		copy = mem_strdup(value);
	git_config_free(now);
	git_config_free(config);
	return copy;
}

static char *author_part(struct repo *r, const char *env, const char *author, const char *user)
{
	const char *value = getenv(env);
	char *found = value && *value ? mem_strdup(value) : NULL;

	if (!found)
		found = repo_config_text(r, author);
	if (!found)
		found = repo_config_text(r, user);
	return found;
}

int repo_author(struct repo *r, struct person *out, struct error *err)
{
	struct person p;
	int rc;

	p.name = author_part(r, "GIT_AUTHOR_NAME", "author.name", "user.name");
	p.email = author_part(r, "GIT_AUTHOR_EMAIL", "author.email", "user.email");
	if (!p.name && !p.email)
		rc = error_set(
			err, ST_MISSING,
			N_("git does not know you: run git config --global user.name 'Your "
			   "Name' and git config --global user.email you@example.org"));
	else if (!p.name || !p.email)
		rc = error_set(err, ST_MISSING,
			       N_("git does not know %s: run git config --global %s"),
			       p.name ? N_("your e-mail address") : N_("your name"),
			       p.name ? "user.email you@example.org" : "user.name 'Your Name'");
	else
		rc = person_check(p.name, p.email, err);
	if (rc < 0)
		person_release(&p);
	else
		*out = p;
	return rc;
}

/* ---- configuration ---- */

/* The file of the user's own configuration, as git chooses it. */
static bool add_global_file(struct str *out)
{
	const char *named = gitlib_global_config(), *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");
	struct str in_home = STR_INIT;
	struct stat st;

	if (named) {
		/* /dev/null, say: a file put in its place would be a disaster. */
		if (stat(named, &st) == 0 && !S_ISREG(st.st_mode))
			return false;
		str_add_text(out, named);
		return true;
	}
	if (home && *home)
		str_addf(&in_home, "%s/.gitconfig", home);
	if (xdg && *xdg)
		str_addf(out, "%s/git/config", xdg);
	else if (in_home.len)
		str_addf(out, "%s/.config/git/config", home);
	if (in_home.len &&
	    (stat(str_text(&in_home), &st) == 0 || stat(str_text(out), &st) != 0)) {
		str_clear(out);
		str_add_slice(out, str_slice(&in_home));
	}
	str_release(&in_home);
	return out->len > 0;
}

static int open_scope(struct repo *r, enum repo_scope scope, git_config **out,
		      struct error *err)
{
	git_config *all = NULL;
	struct str file = STR_INIT;
	int rc;

	if (scope == REPO_EVERYWHERE) {
		if (!add_global_file(&file))
			rc = error_set(
				err, ST_MISSING,
				N_("there is no file of the user's to keep the name in"));
		else if ((rc = git_config_open_ondisk(out, str_text(&file))) < 0)
			rc = gitlib_error(err, rc, N_("%s: cannot be opened"), str_text(&file));
		str_release(&file);
		return rc;
	}
	rc = git_repository_config(&all, r->git);
	if (rc == 0)
		rc = git_config_open_level(out, all, GIT_CONFIG_LEVEL_LOCAL);
	git_config_free(all);
	if (rc < 0)
		rc = gitlib_error(err, rc, N_("%sconfig: cannot be opened"), r->common_dir);
	return rc;
}

static int set_in(git_config *config, const char *key, const char *value, struct error *err)
{
	int rc = value ? git_config_set_string(config, key, value)
		       : git_config_delete_entry(config, key);

	if (rc == GIT_ENOTFOUND && !value)
		rc = 0;
	if (rc == GIT_ELOCKED)
		return error_set(err, ST_FAIL,
				 N_("%s: git's configuration is locked by another program; try "
				    "again"),
				 key);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be set"), key) : ST_OK;
}

int repo_set_author(struct repo *r, const char *name, const char *email, enum repo_scope scope,
		    struct error *err)
{
	git_config *config = NULL;
	int rc = person_check(name, email, err);

	if (rc < 0)
		return rc;
	rc = open_scope(r, scope, &config, err);
	if (rc == ST_OK)
		rc = set_in(config, "user.name", name, err);
	if (rc == ST_OK)
		rc = set_in(config, "user.email", email, err);
	git_config_free(config);
	return rc;
}

static int check_key(const char *key, struct error *err)
{
	const char *rest = strncmp(key, "adref.", 6) == 0 ? key + 6 : "";

	if (!*rest ||
	    rest[strspn(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")])
		return error_set(err, ST_USAGE, N_("%s: not a key of adref's"), key);
	return ST_OK;
}

int repo_config_get(struct repo *r, const char *key, struct str *value, struct error *err)
{
	git_config *config = NULL;
	git_buf buf = {0};
	int rc = check_key(key, err);

	if (rc < 0)
		return rc;
	rc = open_scope(r, REPO_HERE, &config, err);
	if (rc < 0)
		return rc;
	rc = git_config_get_string_buf(&buf, config, key);
	if (rc == GIT_ENOTFOUND)
		rc = error_set(err, ST_MISSING, N_("%s: not set in this repository"), key);
	else if (rc < 0)
		rc = gitlib_error(err, rc, N_("%s: cannot be read"), key);
	else if (!is_plain(buf.ptr, VALUE_MOST))
		rc = error_set(err, ST_INPUT, N_("%s: not one line of text"), key);
	else
		str_add(value, buf.ptr, buf.size);
	git_buf_dispose(&buf);
	git_config_free(config);
	return rc;
}

int repo_config_set(struct repo *r, const char *key, const char *value, struct error *err)
{
	git_config *config = NULL;
	int rc = check_key(key, err);

	if (rc < 0)
		return rc;
	if (value && !is_plain(value, VALUE_MOST))
		return error_set(err, ST_INPUT, N_("%s: only one line of text can be kept"),
				 key);
	rc = open_scope(r, REPO_HERE, &config, err);
	if (rc == ST_OK)
		rc = set_in(config, key, value, err);
	git_config_free(config);
	return rc;
}
