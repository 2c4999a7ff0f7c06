/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/kept.h"
#include "versions_inner.h"

#include <string.h>

enum { FORMAT = 7 };

static void pack_version(struct str *out, const struct version *v)
{
	pack_text(out, slice_of(v->id));
	pack_number(out, v->n_parents);
	for (size_t i = 0; i < v->n_parents; i++)
		pack_text(out, slice_of(v->parents[i]));
	pack_text(out, slice_of(v->author.name));
	pack_text(out, slice_of(v->author.email));
	pack_number(out, (uint64_t)v->time);
	pack_number(out, (uint64_t)(int64_t)v->offset);
	pack_number(out, (uint64_t)v->committed);
	pack_text(out, str_slice(&v->message));
	pack_number(out, v->n_files);
	for (size_t i = 0; i < v->n_files; i++) {
		const struct version_file *f = &v->files[i];

		pack_text(out, slice_of(f->path));
		pack_text(out, slice_of(f->was ? f->was : ""));
		pack_text(out, slice_of(f->blob));
		pack_text(out, slice_of(f->before));
		pack_number(out, f->left);
		pack_text(out, slice_of(f->left_as ? f->left_as : ""));
	}
}

static void unpack_hex(struct unpack *u, char hex[REPO_HEX + 1])
{
	struct slice text = unpack_text(u);

	u->bad |= text.len != 0 && text.len != REPO_HEX;
	hex[0] = '\0';
	if (text.len == REPO_HEX) {
		memcpy(hex, text.p, REPO_HEX);
		hex[REPO_HEX] = '\0';
	}
}

static void unpack_version(struct unpack *u, struct version *v)
{
	uint64_t n;

	unpack_hex(u, v->id);
	n = unpack_number(u);
	if (n > u->rest.len)
		u->bad = true;
	if (u->bad)
		return;
	v->parents = mem_zalloc(((size_t)n + 1) * sizeof(*v->parents));
	for (; v->n_parents < n; v->n_parents++)
		unpack_hex(u, v->parents[v->n_parents]);
	v->author.name = slice_dup(unpack_text(u));
	v->author.email = slice_dup(unpack_text(u));
	v->time = (int64_t)unpack_number(u);
	v->offset = (int)(int64_t)unpack_number(u);
	v->committed = (int64_t)unpack_number(u);
	str_add_slice(&v->message, unpack_text(u));
	n = unpack_number(u);
	if (n > u->rest.len)
		u->bad = true;
	if (u->bad)
		return;
	v->files = mem_zalloc(((size_t)n + 1) * sizeof(*v->files));
	for (; v->n_files < n; v->n_files++) {
		struct version_file *f = &v->files[v->n_files];
		struct slice was, left_as;

		f->path = slice_dup(unpack_text(u));
		was = unpack_text(u);
		f->was = was.len ? slice_dup(was) : NULL;
		unpack_hex(u, f->blob);
		unpack_hex(u, f->before);
		f->left = (size_t)unpack_number(u);
		u->bad |= f->left && f->left >= v->n_parents;
		left_as = unpack_text(u);
		f->left_as = left_as.len ? slice_dup(left_as) : NULL;
	}
}

bool version_cache_read(struct repo *r, const char *key, char tip[REPO_HEX + 1],
			struct version_list *list)
{
	struct str bytes = STR_INIT;
	struct unpack u = {.bad = true};
	uint64_t n = 0;

	if (kept_read(r, &(struct kept){"versions", FORMAT, key}, &bytes)) {
		u = (struct unpack){str_slice(&bytes), false};
		unpack_hex(&u, tip);
		n = unpack_number(&u);
	}
	for (uint64_t i = 0; i < n && !u.bad; i++)
		unpack_version(&u, version_list_add(list));
	u.bad |= u.rest.len != 0;
	if (u.bad)
		version_list_release(list);
	str_release(&bytes);
	return !u.bad;
}

void version_cache_write(struct repo *r, const char *key, const char *tip,
			 const struct version_list *list)
{
	struct str bytes = STR_INIT;

	pack_text(&bytes, slice_of(tip));
	pack_number(&bytes, list->n);
	for (size_t i = 0; i < list->n; i++)
		pack_version(&bytes, &list->v[i]);
	kept_write(r, &(struct kept){"versions", FORMAT, key}, str_slice(&bytes));
	str_release(&bytes);
}
