/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/sorted.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

/* Where something came to be: a commit (path ""), or a text under its name. */
struct origin {
	const char *id, *path;
	size_t at; /* in the list */
};

static int compare_what(const struct origin *a, const struct origin *b)
{
	int c = strcmp(a->id, b->id);

	return c ? c : strcmp(a->path, b->path);
}

static int compare(const void *one, const void *other)
{
	const struct origin *a = one, *b = other;
	int c = compare_what(a, b);

	return c ? c : (a->at > b->at) - (a->at < b->at);
}

/* The last place in the list where that came to be; SIZE_MAX: nowhere. */
static size_t last_of(const struct origin *v, size_t n, const char *id, const char *path)
{
	const struct origin what = {id, path, 0};
	size_t lo;

	SORTED_SKIP(lo, n, compare_what(&v[lo], &what) <= 0);
	return lo > 0 && compare_what(&v[lo - 1], &what) == 0 ? v[lo - 1].at : SIZE_MAX;
}

/* What it was made from came to be before it in the list alone. */
static bool is_crossed(const struct version *one, size_t at, const struct origin *v, size_t n)
{
	for (size_t i = 0; i < one->n_parents; i++)
		if (last_of(v, n, one->parents[i], "") < at)
			return true;
	for (size_t i = 0; i < one->n_files; i++) {
		const struct version_file *f = &one->files[i];

		if (*f->before && last_of(v, n, f->before, f->was ? f->was : f->path) < at)
			return true;
	}
	return false;
}

bool version_list_is_crossed(const struct version_list *list)
{
	struct origin *v;
	size_t n = 0, most = list->n;
	bool crossed = false;

	for (size_t i = 0; i < list->n; i++)
		most += list->v[i].n_files;
	v = mem_array(NULL, most + 1, sizeof(*v));
	for (size_t i = 0; i < list->n; i++) {
		const struct version *one = &list->v[i];

		v[n++] = (struct origin){one->id, "", i};
		for (size_t k = 0; k < one->n_files; k++)
			if (*one->files[k].blob)
				v[n++] = (struct origin){one->files[k].blob, one->files[k].path,
							 i};
	}
	qsort(v, n, sizeof(*v), compare);
	for (size_t i = 0; i < list->n && !crossed; i++)
		crossed = is_crossed(&list->v[i], i, v, n);
	free(v);
	return crossed;
}

bool version_list_by_date(struct version_list *list, const size_t *turns, size_t n)
{
	struct version_list out = {NULL, 0, 0};
	size_t *at = mem_array(NULL, n + 1, sizeof(*at));
	bool good = false;

	memcpy(at, turns, n * sizeof(*at));
	out.v = mem_array(NULL, list->n + 1, sizeof(*out.v));
	out.cap = list->n + 1;
	for (; out.n < list->n && out.n < turns[0]; out.n++)
		out.v[out.n] = list->v[out.n];
	while (out.n < list->n) {
		size_t newest = n;

		for (size_t i = 0; i < n; i++)
			if (at[i] < (i + 1 < n ? turns[i + 1] : list->n) &&
			    (newest == n ||
			     list->v[at[i]].committed > list->v[at[newest]].committed))
				newest = i;
		good = good || at[newest] != out.n;
		out.v[out.n++] = list->v[at[newest]++];
	}
	good = good && !version_list_is_crossed(&out);
	if (good) {
		free(list->v);
		*list = out;
	} else {
		free(out.v);
	}
	free(at);
	return good;
}
