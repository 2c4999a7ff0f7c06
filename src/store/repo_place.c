/* SPDX-License-Identifier: MIT */
#include "repo_place.h"

#include "core/str.h"
#include "store/file.h"
#include "store/repo.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What git and libgit2 open and read to its end. */
static const char *const files[] = {
	"HEAD",
	"config",
	"config.worktree",
	"index",
	"packed-refs",
	"shallow",
	"commondir",
	"gitdir",
	"info/grafts",
	"info/attributes",
	"info/exclude",
	"info/sparse-checkout",
	"objects/info/alternates",
	"objects/info/commit-graph",
	"ORIG_HEAD",
	"FETCH_HEAD",
	"MERGE_HEAD",
	"MERGE_MSG",
};

/* What git and adref write into. Of these, whatever folders lie directly in them, too. */
static const char *const folders[] = {
	"",          "objects", "refs",      "refs/heads",      "refs/remotes",
	"refs/tags", "logs",    "logs/refs", "logs/refs/heads", "logs/refs/remotes",
	"adref",
};

static int check_files(const char *git_dir, struct error *err)
{
	struct str path = STR_INIT;
	struct stat st;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(files) / sizeof(*files); i++) {
		str_clear(&path);
		str_addf(&path, "%s%s", git_dir, files[i]);
		if (stat(str_text(&path), &st) == 0 && !S_ISREG(st.st_mode))
			rc = error_set(err, ST_DENIED,
				       N_("%s: is no ordinary file; a repository that git made "
					  "has one there"),
				       str_text(&path));
	}
	str_release(&path);
	return rc;
}

/* What of a git directory itself is written into or anew; hooks, say, may well be a link. */
static bool is_written(const char *name)
{
	static const char *const names[] = {"objects", "refs",  "logs",        "adref",
					    "HEAD",    "index", "packed-refs", "FETCH_HEAD"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Whether the link at path leads to what is not in git_dir (resolved). One that leads nowhere
 * would, once something is there: it counts, but for HEAD, which git once wrote as a link. */
static bool leads_out(const char *path, const char *git_dir)
{
	char *to = realpath(path, NULL);
	size_t len = strlen(git_dir);
	bool out;

	if (!to)
		return !slice_ends(slice_of(path), "/HEAD") ||
		       slice_find(slice_of(path), "/logs/");
	out = strncmp(to, git_dir, len) != 0 || (to[len] && to[len] != '/');
	free(to);
	return out;
}

static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static int check_folder(const char *git_dir, const char *real, const char *name,
			struct error *err)
{
	struct str path = STR_INIT;
	size_t len;
	struct dirent *e;
	DIR *dir;
	int rc = 0;

	str_addf(&path, "%s%s", git_dir, name);
	if (path.p[path.len - 1] != '/')
		str_add_char(&path, '/');
	len = path.len;
	dir = opendir(str_text(&path));
	while (rc == 0 && dir && (e = readdir(dir))) {
		if (e->d_type != DT_LNK && e->d_type != DT_UNKNOWN)
			continue;
		str_truncate(&path, len);
		str_add_text(&path, e->d_name);
		if (*name && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0))
			continue;
		if ((*name || is_written(e->d_name)) && is_link(str_text(&path)) &&
		    leads_out(str_text(&path), real))
			rc = error_set(err, ST_DENIED,
				       N_("%s: leads out of the repository; put what it leads "
					  "to in the link's place"),
				       str_text(&path));
	}
	if (dir)
		closedir(dir);
	str_release(&path);
	return rc;
}

/* The folders on the way to the branch that HEAD names: "refs/heads/a/b/c" has three. */
static int check_branch(const char *git_dir, const char *real, struct error *err)
{
	char head[4096] = "", *name = head + 5, *slash;
	struct str path = STR_INIT;
	ssize_t n = -1;
	int fd, rc = 0;

	str_addf(&path, "%sHEAD", git_dir);
	fd = open(str_text(&path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, head, sizeof(head) - 1);
		close(fd);
	}
	if (n > 16 && strncmp(head, "ref: refs/heads/", 16) == 0) {
		name[strcspn(name, "\n")] = '\0';
		for (slash = strchr(name + 11, '/'); slash && rc == 0;
		     slash = strchr(slash + 1, '/')) {
			str_clear(&path);
			str_addf(&path, "%.*s", (int)(slash - name), name);
			rc = check_folder(git_dir, real, str_text(&path), err);
			str_clear(&path);
			str_addf(&path, "logs/%.*s", (int)(slash - name), name);
			if (rc == 0)
				rc = check_folder(git_dir, real, str_text(&path), err);
		}
	}
	str_release(&path);
	return rc;
}

int repo_place_check(const char *git_dir, struct error *err)
{
	char *real = realpath(git_dir, NULL);
	int rc = real ? check_files(git_dir, err) : 0;

	if (rc == 0)
		rc = repo_place_check_names(git_dir, NULL, err);
	for (size_t i = 0; rc == 0 && real && i < sizeof(folders) / sizeof(*folders); i++)
		rc = check_folder(git_dir, real, folders[i], err);
	if (rc == 0 && real)
		rc = check_branch(git_dir, real, err);
	free(real);
	return rc;
}

/* Whether the folder, with "/" at its end, has what makes a git directory. */
static bool is_git_dir(struct str *folder)
{
	size_t len = folder->len;
	struct stat st;
	bool is;

	str_add_text(folder, "objects");
	is = stat(str_text(folder), &st) == 0;
	str_truncate(folder, len);
	str_add_text(folder, "refs");
	is = is && stat(str_text(folder), &st) == 0;
	str_truncate(folder, len);
	return is;
}

void repo_place_common(const char *git_dir, struct str *out)
{
	struct str file = STR_INIT, bytes = STR_INIT;
	struct error none = ERROR_INIT;

	str_addf(&file, "%scommondir", git_dir);
	if (file_read(NULL, str_text(&file), 4096, &bytes, NULL, &none) == 0)
		str_addf(out, "%s%.*s/", *str_text(&bytes) == '/' ? "" : git_dir,
			 (int)strcspn(str_text(&bytes), "\r\n"), str_text(&bytes));
	else
		str_add_text(out, git_dir);
	str_release(&file);
	str_release(&bytes);
}

/* Of a linked working tree: the git directory that it shares. */
static int check_common(const char *git_dir, struct error *err)
{
	struct str common = STR_INIT;
	int rc = 0;

	repo_place_common(git_dir, &common);
	if (strcmp(str_text(&common), git_dir) != 0)
		rc = repo_place_check(str_text(&common), err);
	str_release(&common);
	return rc;
}

/* Of a folder with a .git that is a file, which names the place. */
static int check_named(const char *folder, struct str *found, struct error *err)
{
	struct str place = STR_INIT;
	int rc = 0;

	if (repo_where(folder, &place)) {
		str_add_char(&place, '/');
		rc = repo_place_check(str_text(&place), err);
		if (rc == 0)
			rc = check_common(str_text(&place), err);
		str_add_slice(found, str_slice(&place));
	}
	str_release(&place);
	return rc;
}

int repo_place_check_above(const char *path, struct str *found, struct error *err)
{
	char *real = realpath(path, NULL);
	struct str folder = STR_INIT;
	size_t len = real ? strlen(real) : 0;
	struct stat st;
	int rc = 0;

	/* "/a/b", "/a", "": a file has no folder below it, which does no harm. */
	while (real) {
		str_clear(&folder);
		str_add(&folder, real, len);
		str_add_text(&folder, "/.git");
		if (stat(str_text(&folder), &st) == 0) {
			str_add_char(&folder, '/');
			if (S_ISREG(st.st_mode)) {
				str_truncate(&folder, len);
				rc = check_named(str_text(&folder), found, err);
			} else if (S_ISDIR(st.st_mode)) {
				str_add_slice(found, str_slice(&folder));
				rc = repo_place_check(str_text(&folder), err);
			} else {
				rc = error_set(err, ST_DENIED,
					       N_("%s: is neither a folder nor a file"),
					       str_text(&folder));
			}
			break;
		}
		str_truncate(&folder, len);
		str_add_char(&folder, '/');
		if (is_git_dir(&folder)) {
			str_add_slice(found, str_slice(&folder));
			rc = repo_place_check(str_text(&folder), err);
			break;
		}
		if (!len)
			break;
		while (len && real[len] != '/')
			len--;
		if (len && real[len] == '/')
			real[len] = '\0';
	}
	free(real);
	str_release(&folder);
	return rc;
}
