/* SPDX-License-Identifier: MIT */
#include "git_safe.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A remote that is a folder of this machine: git runs the hooks of the repository there, and
 * what its configuration names, as this user. Who made the one made the other.
 */

/* The folder that an address names; empty where it is none of this machine. */
static struct slice folder_of(const char *address)
{
	const char *colon = strchr(address, ':'), *slash = strchr(address, '/');

	if (strncmp(address, "file://", 7) == 0)
		return slice_of(address + 7);
	if (colon && (!slash || colon < slash))
		return SLICE(""); /* host:path, or something:// */
	return slice_of(address);
}

static int refuse(const struct str *where, const char *what, struct error *err)
{
	return error_set(err, ST_DENIED,
			 N_("%.*s: the repository to share with names programs of its own (%s) "
			    "that would run here; if you trust it, run adref trust"),
			 (int)where->len, where->p, what);
}

static int check_hooks(const struct git_safe *plain, const struct str *place, struct error *err)
{
	struct str git_dir = STR_INIT, path = STR_INIT;
	const char *const argv[] = {NULL,         "rev-parse", "--path-format=absolute",
				    "--git-path", "hooks",     NULL};
	const char *words[sizeof(argv) / sizeof(*argv)];
	struct dirent *e;
	DIR *dir = NULL;
	size_t len;
	int rc;

	str_addf(&git_dir, "--git-dir=%.*s", (int)place->len, place->p);
	memcpy(words, argv, sizeof(argv));
	words[0] = str_text(&git_dir);
	rc = git_safe_do(plain, words, &path, err);
	if (rc == 0) {
		while (path.len && path.p[path.len - 1] == '\n')
			str_truncate(&path, path.len - 1);
		dir = opendir(str_text(&path));
	}
	len = path.len;
	while (rc == 0 && dir && (e = readdir(dir))) {
		struct slice name = slice_of(e->d_name);
		struct stat st;

		str_truncate(&path, len);
		str_addf(&path, "/%s", e->d_name);
		if (!slice_ends(name, ".sample") && stat(str_text(&path), &st) == 0 &&
		    S_ISREG(st.st_mode) && access(str_text(&path), X_OK) == 0)
			rc = refuse(place, e->d_name, err);
	}
	if (dir)
		closedir(dir);
	str_release(&git_dir);
	str_release(&path);
	return rc;
}

static int check_config(const struct git_safe *plain, const struct str *place,
			struct error *err)
{
	struct str git_dir = STR_INIT, out = STR_INIT;
	const char *words[] = {NULL, "config", "--list", "--show-scope", "-z", NULL};
	char *scope, *key;
	int rc;

	str_addf(&git_dir, "--git-dir=%.*s", (int)place->len, place->p);
	words[0] = str_text(&git_dir);
	rc = git_safe_do(plain, words, &out, err);
	for (size_t at = 0; rc == 0 && (scope = git_safe_text(&out, &at));) {
		key = git_safe_text(&out, &at);
		if (!key)
			break;
		key[strcspn(key, "\n")] = '\0';
		if ((strcmp(scope, "local") == 0 || strcmp(scope, "worktree") == 0) &&
		    git_safe_names_program(key))
			rc = refuse(place, key, err);
	}
	str_release(&git_dir);
	str_release(&out);
	return rc;
}

/* One address. git looks for the repository at the path, and with these endings. */
static int check_address(const struct git_safe *plain, const char *address, struct error *err)
{
	static const char *const endings[] = {"", "/.git", ".git", ".git/.git"};
	struct slice folder = folder_of(address);
	struct str place = STR_INIT, inner = STR_INIT;
	struct stat st;
	int rc = 0;

	for (size_t i = 0; folder.len && rc == 0 && i < sizeof(endings) / sizeof(*endings);
	     i++) {
		bool is_dir, is_git_dir;

		str_clear(&place);
		str_clear(&inner);
		if (*folder.p != '/')
			str_addf(&place, "%s/", plain->dir);
		str_addf(&place, "%.*s%s", (int)folder.len, folder.p, endings[i]);
		str_addf(&inner, "%s/objects", str_text(&place));
		is_dir = stat(str_text(&place), &st) == 0 && S_ISDIR(st.st_mode);
		is_git_dir = is_dir && stat(str_text(&inner), &st) == 0;
		/* A file ".git" names the place. */
		if (is_git_dir || (!is_dir && (i % 2) && stat(str_text(&place), &st) == 0)) {
			rc = check_hooks(plain, &place, err);
			if (rc == 0)
				rc = check_config(plain, &place, err);
		}
	}
	str_release(&place);
	str_release(&inner);
	return rc;
}

int git_safe_remote(const struct git_safe *g, const char *remote, struct error *err)
{
	const char *const from[] = {"ls-remote", "--get-url", remote, NULL};
	const char *const to[] = {"remote", "get-url", "--push", "--all", remote, NULL};
	struct git_safe plain = *g;
	struct str all = STR_INIT;
	struct error none = ERROR_INIT;
	int rc;

	if (g->trusted)
		return 0;
	rc = git_safe_do(g, from, &all, err);
	if (rc == 0 && git_safe_do(g, to, &all, &none) < 0)
		none.text[0] = '\0'; /* a branch may name an address in the place of a remote */
	/* What the remote's own configuration says, not what answers this one's. */
	plain.n = 0;
	for (char *line = (char *)str_text(&all), *end; rc == 0 && *line; line = end + 1) {
		end = line + strcspn(line, "\n");
		if (!*end)
			break;
		*end = '\0';
		rc = check_address(&plain, line, err);
	}
	str_release(&all);
	return rc;
}
