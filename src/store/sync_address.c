/* SPDX-License-Identifier: MIT */
#include "core/show.h"
#include "core/wording.h"
#include "sync_inner.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* With whom a workspace is shared: an address that a person typed. */

static int refuse(struct slice address, const char *why, struct error *err)
{
	struct str shown = STR_INIT;

	show_add(&shown, address.p, address.len, SHOW_LINE);
	error_set(err, ST_INPUT, "%s: %s", str_text(&shown), why);
	str_release(&shown);
	return ST_INPUT;
}

/* Nothing that a terminal or git would take for something else. */
static bool is_plain(struct slice address)
{
	struct str shown = STR_INIT;
	bool same;

	show_add(&shown, address.p, address.len, SHOW_LINE);
	same = slice_equal(str_slice(&shown), address);
	str_release(&shown);
	return same;
}

/* "ssh://…" and the like; what git fetches by a program of that name ("ext::…") is none. */
static bool is_known_scheme(struct slice scheme)
{
	static const char *const known[] = {"ssh", "https", "http", "git", "file"};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (slice_is(scheme, known[i]))
			return true;
	return false;
}

/* A folder of this machine, in full: from where git reads it, "here" is another place. */
static int find_folder(const struct session *s, struct slice address, struct str *out,
		       struct error *err)
{
	struct str path = STR_INIT;
	char *real;
	bool is_repository = false;

	if (slice_starts(address, "~/") && s->env.home)
		str_addf(&path, "%s/%.*s", s->env.home, (int)address.len - 2, address.p + 2);
	else
		str_add_slice(&path, address);
	real = realpath(str_text(&path), NULL);
	for (int i = 0; real && i < 2 && !is_repository; i++) {
		struct stat st;

		str_clear(&path);
		str_addf(&path, "%s%s/objects", real, i ? "/.git" : "");
		is_repository = stat(str_text(&path), &st) == 0 && S_ISDIR(st.st_mode);
	}
	if (is_repository)
		str_add_text(out, real);
	free(real);
	str_release(&path);
	return is_repository ? 0
			     : refuse(address,
				      N_("no git repository is there; \"git init --bare -b "
					 "main FOLDER\" makes one"),
				      err);
}

int session_address(const struct session *s, struct slice typed, struct str *address,
		    struct error *err)
{
	struct slice text = wording_trim(typed), host;
	const char *colon = memchr(text.p, ':', text.len), *slash, *at;

	if (!text.len || text.len >= PATH_MAX)
		return error_set(err, ST_INPUT,
				 N_("an address is a folder, or a place such as "
				    "ssh://host/conference.git"));
	if (!is_plain(text))
		return refuse(text, N_("no address: there are signs in it that cannot be seen"),
			      err);
	slash = memchr(text.p, '/', text.len);
	if (text.p[0] == '-')
		return refuse(text, N_("no address: it begins as an option does"), err);
	if (!colon || (slash && slash < colon))
		return find_folder(s, text, address, err);
	host = slice_make(colon + 1, text.len - (size_t)(colon + 1 - text.p));
	if (slice_starts(host, ":"))
		return refuse(text, N_("an address that runs a program is not taken"), err);
	if (slice_starts(host, "//")) {
		if (!is_known_scheme(slice_make(text.p, (size_t)(colon - text.p))))
			return refuse(text,
				      N_("use ssh://, https://, host:folder, or a folder here"),
				      err);
		host = slice_make(host.p + 2, host.len - 2);
	} else {
		host = text; /* host:path */
	}
	slash = memchr(host.p, '/', host.len);
	at = memchr(host.p, '@', slash ? (size_t)(slash - host.p) : host.len);
	if (at)
		host = slice_make(at + 1, host.len - (size_t)(at + 1 - host.p));
	if (!host.len || host.p[0] == '-')
		return refuse(text, N_("no address: the host's name cannot be used"), err);
	str_add_slice(address, text);
	return 0;
}

static int check_alone(const struct git_safe *git, struct error *err)
{
	const char *const argv[] = {"remote", NULL};
	struct str all = STR_INIT;
	int rc = git_safe_do(git, argv, &all, err);

	if (rc == 0 && all.len)
		rc = error_set(err, ST_EXISTS,
			       N_("this workspace is shared already, with %.*s: \"adref sync\" "
				  "does it"),
			       (int)strcspn(str_text(&all), "\n"), str_text(&all));
	str_release(&all);
	return rc;
}

int session_share_with(struct session *s, struct slice typed, struct error *err)
{
	struct str address = STR_INIT;
	struct git_safe git = {.dir = NULL};
	int rc = session_address(s, typed, &address, err);

	if (rc == 0)
		rc = session_repo(s, err);
	if (rc == 0)
		rc = git_safe_init(&git, s, err);
	if (rc == 0)
		rc = check_alone(&git, err);
	if (rc == 0)
		rc = git_safe_remote(&git, str_text(&address), err);
	if (rc == 0) {
		const char *const argv[] = {"remote", "add", "origin", str_text(&address),
					    NULL};

		rc = git_safe_do(&git, argv, NULL, err);
	}
	git_safe_release(&git);
	str_release(&address);
	return rc;
}
