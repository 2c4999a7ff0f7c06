/* SPDX-License-Identifier: MIT */
#include "core/digest.h"
#include "core/mem.h"
#include "git.h"
#include "store/file.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- bytes that are kept ---- */

enum { KEPT_MOST = 1 << 30, KEPT_NAME = 16 };

/* The first line of every kept file; its number goes up when what follows changes. */
#define KEPT_MARK "adref kept 1\n"

static int kept_path(struct repo *r, const char *kind, const char *path, struct str *out)
{
	struct str name = STR_INIT;
	char hex[REPO_HEX + 1];
	int rc;

	repo_hash(slice_of(path), hex);
	str_addf(&name, "%s-%.*s", kind, KEPT_NAME, hex);
	rc = repo_own_file(r, str_text(&name), out, NULL);
	str_release(&name);
	return rc;
}

bool kept_read(struct repo *r, const char *kind, const char *path, struct str *out)
{
	struct str file = STR_INIT, bytes = STR_INIT;
	const size_t mark = strlen(KEPT_MARK);
	char digest[DIGEST_HEX + 1];
	bool good = false;

	if (kept_path(r, kind, path, &file) == 0 &&
	    file_read(r->common_dir, str_text(&file), KEPT_MOST, &bytes, NULL, NULL) == 0 &&
	    bytes.len > mark + DIGEST_HEX && memcmp(bytes.p, KEPT_MARK, mark) == 0) {
		struct slice body =
			slice_make(bytes.p + mark + DIGEST_HEX, bytes.len - mark - DIGEST_HEX);

		digest_hex(body.p, body.len, digest);
		good = memcmp(bytes.p + mark, digest, DIGEST_HEX) == 0;
		if (good)
			str_add_slice(out, body);
	}
	str_release(&file);
	str_release(&bytes);
	return good;
}

void kept_write(struct repo *r, const char *kind, const char *path, struct slice bytes)
{
	struct str file = STR_INIT, all = STR_INIT;
	char digest[DIGEST_HEX + 1];
	int rc;

	if (kept_path(r, kind, path, &file) == 0) {
		const char *name = str_text(&file);

		digest_hex(bytes.p, bytes.len, digest);
		str_add_text(&all, KEPT_MARK);
		str_add(&all, digest, DIGEST_HEX);
		str_add_slice(&all, bytes);
		/* A new file is private from its first byte; an old one stays so. */
		if (access(name, F_OK) == 0)
			rc = file_write(r->common_dir, name, str_slice(&all), NULL, NULL, NULL);
		else
			rc = file_create(r->common_dir, name, str_slice(&all), 0600, NULL,
					 NULL);
		(void)rc; /* a read-only repository has no kept lists */
	}
	str_release(&file);
	str_release(&all);
}

void pack_number(struct str *out, uint64_t n)
{
	do {
		str_add_char(out, (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0)));
		n >>= 7;
	} while (n);
}

void pack_text(struct str *out, struct slice text)
{
	pack_number(out, text.len);
	str_add_slice(out, text);
}

uint64_t unpack_number(struct unpack *u)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 64 && u->rest.len; shift += 7) {
		unsigned char c = (unsigned char)*u->rest.p;

		u->rest.p++;
		u->rest.len--;
		n |= (uint64_t)(c & 0x7F) << shift;
		if (!(c & 0x80))
			return n;
	}
	u->bad = true;
	u->rest.len = 0;
	return 0;
}

struct slice unpack_text(struct unpack *u)
{
	uint64_t len = unpack_number(u);
	struct slice text = {u->rest.p, 0};

	if (len > u->rest.len) {
		u->bad = true;
		u->rest.len = 0;
		return text;
	}
	text.len = (size_t)len;
	u->rest.p += len;
	u->rest.len -= (size_t)len;
	return text;
}

/* ---- lists of versions ---- */

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
		struct slice was;

		f->path = slice_dup(unpack_text(u));
		was = unpack_text(u);
		f->was = was.len ? slice_dup(was) : NULL;
		unpack_hex(u, f->blob);
		unpack_hex(u, f->before);
	}
}

bool version_cache_read(struct repo *r, const char *path, char tip[REPO_HEX + 1],
			struct version_list *list)
{
	struct str bytes = STR_INIT;
	struct unpack u = {.bad = true};
	uint64_t n = 0;

	if (kept_read(r, "versions", path, &bytes)) {
		u = (struct unpack){str_slice(&bytes), false};
		u.bad = !slice_equal(unpack_text(&u), slice_of(path));
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

void version_cache_write(struct repo *r, const char *path, const char *tip,
			 const struct version_list *list)
{
	struct str bytes = STR_INIT;

	pack_text(&bytes, slice_of(path));
	pack_text(&bytes, slice_of(tip));
	pack_number(&bytes, list->n);
	for (size_t i = 0; i < list->n; i++)
		pack_version(&bytes, &list->v[i]);
	kept_write(r, "versions", path, str_slice(&bytes));
	str_release(&bytes);
}
