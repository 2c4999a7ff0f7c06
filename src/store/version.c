/* SPDX-License-Identifier: MIT */
#include "store/version.h"

#include "core/bound.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Binary is what git calls so: a NUL near the beginning. */
enum { LOOK_FOR_NUL = 8000 };

void version_release(struct version *v)
{
	for (size_t i = 0; i < v->n_files; i++) {
		free(v->files[i].path);
		free(v->files[i].was);
		free(v->files[i].left_as);
	}
	free(v->files);
	free(v->parents);
	person_release(&v->author);
	str_release(&v->message);
	*v = (struct version)VERSION_INIT;
}

void version_copy(struct version *to, const struct version *from)
{
	version_release(to);
	*to = *from;
	to->parents = mem_dup(from->parents, (from->n_parents + 1) * sizeof(*from->parents));
	to->author.name = mem_strdup(from->author.name);
	to->author.email = mem_strdup(from->author.email);
	to->message = (struct str)STR_INIT;
	str_add_slice(&to->message, str_slice(&from->message));
	to->files = mem_zalloc((from->n_files + 1) * sizeof(*from->files));
	for (size_t i = 0; i < from->n_files; i++) {
		to->files[i] = from->files[i];
		to->files[i].path = mem_strdup(from->files[i].path);
		to->files[i].was = from->files[i].was ? mem_strdup(from->files[i].was) : NULL;
		to->files[i].left_as =
			from->files[i].left_as ? mem_strdup(from->files[i].left_as) : NULL;
	}
}

void version_keep_first(struct version *v)
{
	for (; v->n_files > 1; v->n_files--) {
		free(v->files[v->n_files - 1].path);
		free(v->files[v->n_files - 1].was);
		free(v->files[v->n_files - 1].left_as);
	}
}

struct slice version_subject(const struct version *v)
{
	struct slice s = str_slice(&v->message);
	const char *end = s.len ? memchr(s.p, '\n', s.len) : NULL;

	return end ? slice_make(s.p, (size_t)(end - s.p)) : s;
}

const char *version_parent(const struct version *v, const struct version_file *f)
{
	return f->left < v->n_parents ? v->parents[f->left] : "";
}

void version_day(const struct version *v, char day[16])
{
	time_t t = (time_t)(v->time + (int64_t)v->offset * 60);
	struct tm tm;

	if (!gmtime_r(&t, &tm) || !strftime(day, 16, "%Y-%m-%d", &tm))
		snprintf(day, 16, "?");
}

int version_read(struct repo *r, const char *blob, struct str *out, struct error *err)
{
	size_t from = out->len, look;
	int rc = repo_skim_blob(r, blob, VERSION_MOST, out, err);

	if (rc < 0)
		return rc;
	rc = bound_draft(slice_make(str_slice(out).p + from, out->len - from), blob, err);
	if (rc < 0) {
		str_truncate(out, from);
		return rc;
	}
	look = out->len - from < LOOK_FOR_NUL ? out->len - from : LOOK_FOR_NUL;
	if (look && memchr(out->p + from, '\0', look)) {
		str_truncate(out, from);
		return error_set(err, ST_INPUT, N_("%.10s: a binary file"), blob);
	}
	return ST_OK;
}

int version_read_before(struct repo *r, const struct version *v, const struct version_file *f,
			struct str *out, struct error *err)
{
	char hex[REPO_HEX + 1];
	int rc = ST_OK;

	if (!f->left)
		return *f->before ? version_read(r, f->before, out, err) : ST_OK;
	rc = repo_blob(r, version_parent(v, f), f->left_as ? f->left_as : f->path, hex, err);
	return rc == ST_OK ? version_read(r, hex, out, err) : rc;
}
