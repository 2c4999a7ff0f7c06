/* SPDX-License-Identifier: MIT */
#include "repo_place.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

static int check_file(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		return 0;
	return error_set(err, ST_DENIED,
			 N_("%s: is no ordinary file, and git would read it; take it away"),
			 path);
}

int repo_tree_check_path(const char *top, const char *path, struct error *err)
{
	struct str file = STR_INIT;
	const char *slash = path;
	int rc = 0;

	/* "a/b/c.md": in the top, in a, in a/b. */
	for (size_t len = 0; rc == 0 && slash; len = slash ? (size_t)(slash - path) + 1 : 0) {
		str_clear(&file);
		str_addf(&file, "%s%.*s.gitattributes", top, (int)len, path);
		rc = check_file(str_text(&file), err);
		slash = strchr(path + len, '/');
	}
	str_release(&file);
	return rc;
}

/* The folders to look at yet: "path/\0path/\0", the last one first. */
static void take_last(struct str *left, struct str *folder)
{
	size_t begin = left->len - 1;

	while (begin && left->p[begin - 1])
		begin--;
	str_clear(folder);
	str_add_text(folder, left->p + begin);
	str_truncate(left, begin);
}

static bool is_read(const char *name)
{
	static const char *const names[] = {".gitattributes", ".gitignore", ".gitmodules",
					    ".mailmap"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool is_folder(const struct dirent *e, const char *path)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int check_folder(struct str *folder, struct str *left, struct error *err)
{
	DIR *dir = opendir(str_text(folder));
	size_t len = folder->len;
	struct dirent *e;
	int rc = 0;

	while (rc == 0 && dir && (e = readdir(dir))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    strcmp(e->d_name, ".git") == 0)
			continue;
		str_truncate(folder, len);
		str_add_text(folder, e->d_name);
		if (is_read(e->d_name)) {
			rc = check_file(str_text(folder), err);
		} else if (is_folder(e, str_text(folder))) {
			str_add_slice(left, str_slice(folder));
			str_add(left, "/", 2);
		}
	}
	if (dir)
		closedir(dir);
	return rc;
}

int repo_tree_check_all(const char *top, struct error *err)
{
	struct str left = STR_INIT, folder = STR_INIT;
	int rc = 0;

	str_add_text(&left, top);
	str_add(&left, "/", slice_ends(slice_of(top), "/") ? 0 : 1);
	str_add_char(&left, '\0');
	while (rc == 0 && left.len) {
		take_last(&left, &folder);
		rc = check_folder(&folder, &left, err);
	}
	str_release(&left);
	str_release(&folder);
	return rc;
}
