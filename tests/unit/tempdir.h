/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TEMPDIR_H
#define TESTS_TEMPDIR_H

#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A folder of its own for a test that needs the disk, and short ways to put
 * files there and look at them. Static, so that tests that link no other room
 * can use it.
 */

static char temp_dir[PATH_MAX];

static __attribute__((unused)) void temp_remove(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		DIR *dir;
		const struct dirent *e;

		chmod(path, 0700);
		dir = opendir(path);
		while (dir && (e = readdir(dir))) {
			char sub[PATH_MAX];

			if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
				continue;
			assert_true(snprintf(sub, sizeof(sub), "%s/%s", path, e->d_name) <
				    (int)sizeof(sub));
			temp_remove(sub);
		}
		if (dir)
			closedir(dir);
		rmdir(path);
	} else {
		unlink(path);
	}
}

static __attribute__((unused)) int temp_begin(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char made[PATH_MAX - 1];

	(void)state;
	snprintf(made, sizeof(made), "%s/adref-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(made) || !realpath(made, temp_dir))
		return -1;
	return 0;
}

static __attribute__((unused)) int temp_end(void **state)
{
	(void)state;
	temp_remove(temp_dir);
	return 0;
}

/* The path of a name in the folder; good until the fourth next call. */
static __attribute__((unused)) const char *temp_path(const char *name)
{
	static char paths[4][PATH_MAX];
	static int turn;
	char *p = paths[turn++ % 4];

	assert_true(snprintf(p, PATH_MAX, "%s/%s", temp_dir, name) < PATH_MAX);
	return p;
}

static __attribute__((unused)) void temp_dirs(const char *name)
{
	assert_int_equal(mkdir(temp_path(name), 0777), 0);
}

static __attribute__((unused)) void temp_put(const char *name, const char *text)
{
	FILE *f = fopen(temp_path(name), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static __attribute__((unused)) void assert_file(const char *name, const char *text)
{
	FILE *f = fopen(temp_path(name), "r");
	struct str got = STR_INIT;
	int c;

	if (!f)
		fail_msg("%s: %s", name, strerror(errno));
	while ((c = getc(f)) != EOF)
		str_add_char(&got, (char)c);
	fclose(f);
	assert_slice_is(str_slice(&got), text);
	str_release(&got);
}

static __attribute__((unused)) bool temp_has(const char *name)
{
	struct stat st;

	return lstat(temp_path(name), &st) == 0;
}

/* How many entries a folder of the test has. */
static __attribute__((unused)) size_t temp_count(const char *name)
{
	DIR *dir = opendir(temp_path(name));
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

#endif
