/* SPDX-License-Identifier: MIT */
#include "spot.h"

#include "core/mem.h"
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void spot_release(struct spot *s)
{
	if (s->dir >= 0)
		close(s->dir);
	free(s->name);
	str_release(&s->full);
	*s = (struct spot)SPOT_INIT;
}

int file_error(struct error *err, int number, const char *intent, const char *path)
{
	enum status status = ST_FAIL;

	if (number == ENOENT || number == ENOTDIR)
		status = ST_MISSING;
	else if (number == EACCES || number == EPERM || number == EROFS || number == ELOOP)
		status = ST_DENIED;
	else if (number == EEXIST)
		status = ST_EXISTS;
	else if (number == EFBIG)
		status = ST_TOO_LARGE;
	else if (number == ENAMETOOLONG)
		status = ST_USAGE;
	return error_set(err, status, "%s: %s: %s", path, error_word(intent), strerror(number));
}

/* realpath() into a str. */
static int real_path(const char *path, struct str *out)
{
	char *real = realpath(path, NULL);

	if (!real)
		return -1;
	str_add_text(out, real);
	free(real);
	return 0;
}

/* Opens an absolute folder without links, one name after the other, following none. */
static int walk(const char *real)
{
	char *copy = mem_strdup(real), *save = NULL;
	int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	for (char *name = strtok_r(copy, "/", &save); name && fd >= 0;
	     name = strtok_r(NULL, "/", &save)) {
		int next = openat(fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		int code = errno;

		close(fd);
		errno = code;
		fd = next;
	}
	free(copy);
	return fd;
}

/* full is real and absolute; it must be root or lie in it. */
static int check_inside(const char *root, struct str *full, const char *path, struct error *err)
{
	struct str top = STR_INIT;
	int rc = 0;

	if (!root)
		return 0;
	if (real_path(root, &top) != 0) {
		rc = file_error(err, errno, N_("cannot open the folder"), root);
	} else if (top.len > 1) {
		bool starts = slice_starts(str_slice(full), str_text(&top));

		if (!starts || (full->len > top.len && full->p[top.len] != '/'))
			rc = error_set(err, ST_DENIED, N_("%s: leads out of %s; not followed"),
				       path, root);
	}
	str_release(&top);
	return rc;
}

static int resolve(const char *root, const char *path, struct str *full, const char *intent,
		   struct error *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	struct stat st;

	if (!*path)
		return error_set(err, ST_USAGE, N_("a file's name is empty"));
	if (real_path(path, full) == 0)
		return check_inside(root, full, path, err);
	if (errno != ENOENT)
		return file_error(err, errno, intent, path);
	if (lstat(path, &st) == 0)
		return error_set(err, ST_MISSING,
				 N_("%s: is a link to a file that is not there"), path);
	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return file_error(err, ENOENT, intent, path);
	if (slash) {
		char *parent = slice_dup(slice_make(path, (size_t)(slash - path)));
		int rc = real_path(*parent ? parent : "/", full);

		free(parent);
		if (rc != 0)
			return file_error(err, errno, intent, path);
	} else if (real_path(".", full) != 0) {
		return file_error(err, errno, intent, path);
	}
	if (full->len > 1)
		str_add_char(full, '/');
	str_add_text(full, name);
	return check_inside(root, full, path, err);
}

int spot_find(const char *root, const char *path, const char *intent, struct spot *s,
	      struct error *err)
{
	const char *slash;
	char *folder;
	int rc = resolve(root, path, &s->full, intent, err);

	if (rc < 0)
		return rc;
	slash = strrchr(str_text(&s->full), '/');
	s->name = mem_strdup(slash + 1);
	folder = slice_dup(slice_make(s->full.p, (size_t)(slash - s->full.p)));
	s->dir = walk(folder);
	free(folder);
	if (s->dir < 0)
		return file_error(err, errno, intent, path);
	return 0;
}

int file_resolve(const char *root, const char *path, struct str *out, struct error *err)
{
	struct str full = STR_INIT;
	int rc = resolve(root, path, &full, N_("cannot find"), err);

	if (rc == 0)
		str_add_slice(out, str_slice(&full));
	str_release(&full);
	return rc;
}

int file_open_dir(const char *root, const char *path, int *fd, struct error *err)
{
	struct str full = STR_INIT;
	int rc = resolve(root, path, &full, N_("cannot open the folder"), err);
	int dir = rc == 0 ? walk(str_text(&full)) : -1;

	if (rc == 0 && dir >= 0) {
		*fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*fd < 0)
			rc = file_error(err, errno, N_("cannot open the folder"), path);
	} else if (rc == 0) {
		rc = file_error(err, errno, N_("cannot open the folder"), path);
	}
	if (dir >= 0)
		close(dir);
	str_release(&full);
	return rc;
}

/* Makes the folders of rest (names with slashes) below dir, which it closes. */
static int make_below(int dir, char *rest, unsigned mode)
{
	char *save = NULL;
	int code = 0;

	for (char *name = strtok_r(rest, "/", &save); name && !code;
	     name = strtok_r(NULL, "/", &save)) {
		int next;

		if (!strcmp(name, ".."))
			code = ENOENT;
		else if (mkdirat(dir, name, mode) != 0 && errno != EEXIST)
			code = errno;
		if (code)
			break;
		next = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0) {
			code = errno;
			break;
		}
		close(dir);
		dir = next;
	}
	close(dir);
	errno = code;
	return code ? -1 : 0;
}

int file_make_dirs(const char *root, const char *path, unsigned mode, struct error *err)
{
	char *have = mem_strdup(path);
	struct str real = STR_INIT;
	size_t cut = strlen(have);
	char *rest;
	int dir, rc;

	/* The longest beginning that is there already. */
	while (cut > 0 && real_path(have, &real) != 0 && errno == ENOENT) {
		while (cut > 0 && have[cut - 1] == '/')
			cut--;
		while (cut > 0 && have[cut - 1] != '/')
			cut--;
		have[cut] = '\0';
	}
	if (!real.len && real_path(cut ? have : ".", &real) != 0) {
		rc = file_error(err, errno, N_("cannot make the folder"), path);
		goto done;
	}
	rc = check_inside(root, &real, path, err);
	if (rc < 0)
		goto done;
	dir = walk(str_text(&real));
	rest = mem_strdup(path + cut);
	if (dir < 0 || make_below(dir, rest, mode) != 0)
		rc = file_error(err, errno, N_("cannot make the folder"), path);
	free(rest);
done:
	str_release(&real);
	free(have);
	return rc;
}
