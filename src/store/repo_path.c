/* SPDX-License-Identifier: MIT */
#include "store/repo.h"

#include "git.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool repo_path_is_sane(const char *path)
{
	const char *p = path;

	if (!*path)
		return false;
	for (;;) {
		struct slice part = slice_make(p, strcspn(p, "/"));

		if (!part.len || slice_is(part, ".") || slice_is(part, ".."))
			return false;
		if (part.len == 4 && strncasecmp(p, ".git", 4) == 0)
			return false;
		if (memchr(part.p, '\n', part.len))
			return false;
		if (!p[part.len])
			return true;
		p += part.len + 1;
	}
}

int repo_file(struct repo *r, const char *path, struct str *out, struct error *err)
{
	if (!r->work_dir)
		return error_set(err, ST_DENIED,
				 N_("a bare repository has no files: clone it"));
	if (!repo_path_is_sane(path))
		return error_set(err, ST_USAGE, N_("%s: not a path in a repository"), path);
	str_add_text(out, r->work_dir);
	str_add_text(out, path);
	return ST_OK;
}

/* The folder part of file, resolved; and its last part. */
static char *resolve_folder(const char *file, const char **last)
{
	const char *slash = strrchr(file, '/');
	char *folder, *real;

	*last = slash ? slash + 1 : file;
	if (!slash)
		return realpath(".", NULL);
	folder = slice_dup(slice_make(file, slash == file ? 1 : (size_t)(slash - file)));
	real = realpath(folder, NULL);
	free(folder);
	return real;
}

int repo_path(struct repo *r, const char *file, struct str *out, struct error *err)
{
	const char *last;
	char *folder = NULL, *top = NULL;
	struct str path = STR_INIT;
	size_t n;
	int rc = ST_OK, why;

	if (!r->work_dir)
		return error_set(err, ST_DENIED,
				 N_("a bare repository has no files: clone it"));
	folder = resolve_folder(file, &last);
	why = errno;
	top = realpath(r->work_dir, NULL);
	if (!folder || !top) {
		rc = error_set(err, ST_MISSING, N_("%s: %s"), folder ? r->work_dir : file,
			       strerror(folder ? errno : why));
		goto done;
	}
	n = strcmp(top, "/") == 0 ? 0 : strlen(top);
	if (strncmp(folder, top, n) != 0 || (folder[n] && folder[n] != '/')) {
		rc = error_set(err, ST_USAGE, N_("%s: outside of the repository %s"), file,
			       top);
		goto done;
	}
	if (folder[n] && folder[n + 1])
		str_addf(&path, "%s/", folder + n + 1);
	str_add_text(&path, last);
	if (repo_path_is_sane(str_text(&path)))
		str_add_slice(out, str_slice(&path));
	else
		rc = error_set(err, ST_USAGE, N_("%s: not a file of the repository"), file);
done:
	str_release(&path);
	free(folder);
	free(top);
	return rc;
}

static int own_file(const char *git_dir, const char *name, struct str *path, struct error *err)
{
	str_clear(path);
	str_addf(path, "%sadref", git_dir);
	if (mkdir(str_text(path), 0777) != 0 && errno != EEXIST)
		return error_set(err, errno == EACCES || errno == EROFS ? ST_DENIED : ST_FAIL,
				 N_("%s: cannot make the folder: %s"), str_text(path),
				 strerror(errno));
	str_addf(path, "/%s", name);
	return ST_OK;
}

int repo_own_file(struct repo *r, const char *name, struct str *path, struct error *err)
{
	return own_file(r->common_dir, name, path, err);
}

int repo_tree_file(struct repo *r, const char *name, struct str *path, struct error *err)
{
	return own_file(r->git_dir, name, path, err);
}
