/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void screen_path(const char *name, struct str *path)
{
	const char *folder = getenv("SCREENS");

	str_addf(path, "%s/%s.txt", folder && *folder ? folder : "tests/screens", name);
}

static bool read_all(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		str_add(out, buf, n);
	fclose(f);
	return true;
}

static void write_all(const char *path, struct slice bytes)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(bytes.p, 1, bytes.len, f) != bytes.len || fclose(f) != 0) {
		perror(path);
		fail();
	}
	fprintf(stderr, "wrote %s\n", path);
}

static struct slice take_line(struct slice *rest)
{
	const char *lf = rest->len ? memchr(rest->p, '\n', rest->len) : NULL;
	size_t len = lf ? (size_t)(lf - rest->p) : rest->len;
	struct slice line = slice_make(rest->p, len);

	rest->p += len + (lf ? 1 : 0);
	rest->len -= len + (lf ? 1 : 0);
	return line;
}

static void print_both(struct slice got, struct slice want)
{
	while (got.len || want.len) {
		bool has_got = got.len > 0, has_want = want.len > 0;
		struct slice g = take_line(&got), w = take_line(&want);

		if (has_got && has_want && slice_equal(g, w)) {
			fprintf(stderr, "      %.*s\n", (int)g.len, g.p);
			continue;
		}
		if (has_want)
			fprintf(stderr, "want  %.*s\n", (int)w.len, w.p);
		if (has_got)
			fprintf(stderr, "got   %.*s\n", (int)g.len, g.p);
	}
}

void assert_screen_at(const char *name, struct slice dump, const char *file, int line)
{
	const char *update = getenv("UPDATE");
	struct str path = STR_INIT, want = STR_INIT;
	bool found, same;

	screen_path(name, &path);
	found = read_all(str_text(&path), &want);
	same = found && slice_equal(str_slice(&want), dump);
	if (!same && update && strcmp(update, "1") == 0) {
		write_all(str_text(&path), dump);
		same = true;
	}
	if (!same) {
		fprintf(stderr, "%s:%d: the screen is not %s%s\n", file, line, str_text(&path),
			found ? "" : " (no such file; UPDATE=1 writes it)");
		print_both(dump, str_slice(&want));
	}
	str_release(&path);
	str_release(&want);
	if (!same)
		_fail(file, line);
}
