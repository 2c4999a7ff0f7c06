/* SPDX-License-Identifier: MIT */
#include "core/bracket.h"
#include "core/mem.h"
#include "store/file.h"
#include "sync_inner.h"

#include <stdlib.h>
#include <string.h>

void sync_result_release(struct sync_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->v[i].path);
	free(r->v);
	free(r->left);
	str_release(&r->said);
	*r = (struct sync_result)SYNC_RESULT_INIT;
}

/* The file's entry in the result, made where there is none. path is copied. */
static struct sync_file *file_of(struct sync_result *r, struct slice path)
{
	for (size_t i = 0; i < r->n; i++)
		if (slice_equal(slice_of(r->v[i].path), path))
			return &r->v[i];
	MEM_GROW(r->v, r->n, r->cap);
	r->v[r->n] = (struct sync_file){.path = slice_dup(path)};
	return &r->v[r->n++];
}

bool sync_is_draft(struct slice path)
{
	const char *at = path.len ? memmem(path.p, path.len, "drafts/", 7) : NULL;

	return at && (at == path.p || at[-1] == '/') &&
	       (slice_ends(path, ".md") || slice_ends(path, ".yaml"));
}

/* ---- points that are in neither side ---- */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void read_stage(const struct git_safe *git, int stage, struct slice path,
		       struct str *out)
{
	struct str name = STR_INIT;
	struct error none = ERROR_INIT;

	str_addf(&name, ":%d:%.*s", stage, (int)path.len, path.p);
	const char *const argv[] = {"cat-file", "blob", str_text(&name), NULL};
	if (git_safe_do(git, argv, out, &none) != 0)
		str_clear(out);
	str_release(&name);
}

static size_t count_new(struct slice sides[2], struct slice merged,
			const struct parties *parties)
{
	struct brackets side[2], now;
	uint64_t *known;
	size_t n = 0, found = 0;

	brackets_read(&side[0], sides[0], parties);
	brackets_read(&side[1], sides[1], parties);
	brackets_read(&now, merged, parties);
	known = mem_array(NULL, side[0].n_points + side[1].n_points + 1, sizeof(*known));
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < side[k].n_points; i++)
			known[n++] = side[k].points[i].hash;
	qsort(known, n, sizeof(*known), by_value);
	for (size_t i = 0; i < now.n_points; i++)
		if (now.points[i].depth == 1 &&
		    !bsearch(&now.points[i].hash, known, n, sizeof(*known), by_value))
			found++;
	free(known);
	brackets_release(&side[0]);
	brackets_release(&side[1]);
	brackets_release(&now);
	return found;
}

void sync_note_points(struct sync_result *r, const struct git_safe *git, const char *root,
		      struct slice path, const struct parties *parties)
{
	struct sync_file *f = file_of(r, path);
	struct str ours = STR_INIT, theirs = STR_INIT, merged = STR_INIT, full = STR_INIT;
	struct error none = ERROR_INIT;

	f->both = true;
	if (slice_ends(path, ".md")) {
		str_addf(&full, "%s%s", root, f->path);
		read_stage(git, 2, path, &ours);
		read_stage(git, 3, path, &theirs);
		if (file_read(root, str_text(&full), FILE_MOST_DRAFT, &merged, NULL, &none) ==
		    0)
			f->points += count_new(
				(struct slice[2]){str_slice(&ours), str_slice(&theirs)},
				str_slice(&merged), parties);
	}
	str_release(&ours);
	str_release(&theirs);
	str_release(&merged);
	str_release(&full);
}

/* ---- what came ---- */

/* Calls take() with each file of the drafts that differs; the range as git has it. */
static void each_changed(struct sync_result *r, const struct git_safe *git, const char *from,
			 const char *dots, const char *to,
			 void (*take)(struct sync_result *r, struct slice path))
{
	struct str range = STR_INIT, out = STR_INIT;
	struct error none = ERROR_INIT;

	str_addf(&range, "%s%s%s", from, dots, to);
	const char *const argv[] = {"diff", "--name-only",    "--no-renames", "--no-ext-diff",
				    "-z",   str_text(&range), "--",           NULL};
	if (git_safe_do(git, argv, &out, &none) != 0)
		str_clear(&out);
	str_add_char(&out, '\0'); /* an end of its own */
	for (size_t at = 0; at < out.len; at += strlen(out.p + at) + 1)
		if (sync_is_draft(slice_of(out.p + at)))
			take(r, slice_of(out.p + at));
	str_release(&range);
	str_release(&out);
}

static void take_changed(struct sync_result *r, struct slice path)
{
	file_of(r, path);
}

static void take_ours(struct sync_result *r, struct slice path)
{
	for (size_t i = 0; i < r->n; i++)
		if (slice_equal(slice_of(r->v[i].path), path))
			r->v[i].both = true;
}

void sync_note_changed(struct sync_result *r, const struct git_safe *git, const char *before,
		       const char *theirs)
{
	each_changed(r, git, before, "..", "HEAD", take_changed);
	/* Since the two parted. */
	each_changed(r, git, theirs, "...", before, take_ours);
}
