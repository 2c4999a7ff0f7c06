/* SPDX-License-Identifier: MIT */
#include "store/zip.h"

#include "core/mem.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

/* The format: PKWARE's APPNOTE.TXT, 4.3. Numbers are little-endian. */

enum { LOCAL_LEN = 30, CENTRAL_LEN = 46, END_LEN = 22, COMMENT_MOST = 65535 };
enum { STORED = 0, DEFLATED = 8 };
enum { ENCRYPTED = 1, UTF8_NAME = 0x800 };

static uint32_t number(const char *p, int bytes)
{
	uint32_t n = 0;

	for (int i = bytes; i-- > 0;)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

static void put(struct str *out, size_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		str_add_char(out, (char)(n >> (8 * i) & 0xff));
}

static int broken(struct error *err)
{
	return error_set(err, ST_INPUT,
			 N_("it is no zip archive that can be read, as a .docx is; is it "
			    "cut, or saved with a password?"));
}

/* The record that ends the archive; NULL: there is none. */
static const char *find_end(struct slice b)
{
	size_t least;

	if (b.len < END_LEN)
		return NULL;
	least = b.len > END_LEN + COMMENT_MOST ? b.len - END_LEN - COMMENT_MOST : 0;
	for (size_t at = b.len - END_LEN + 1; at-- > least;)
		if (!memcmp(b.p + at, "PK\5\6", 4))
			return b.p + at;
	return NULL;
}

/* Where the entry's bytes lie: behind its own header, whose lengths are its own. */
static bool find_packed(struct slice b, size_t header, size_t len, struct slice *packed)
{
	size_t skip;

	if (header > b.len || b.len - header < LOCAL_LEN || memcmp(b.p + header, "PK\3\4", 4))
		return false;
	skip = LOCAL_LEN + (size_t)number(b.p + header + 26, 2) + number(b.p + header + 28, 2);
	if (b.len - header < skip || b.len - header - skip < len)
		return false;
	*packed = slice_make(b.p + header + skip, len);
	return true;
}

static bool read_entry(struct slice b, size_t *at, struct zip_entry *e)
{
	const char *p = b.p + *at;
	size_t name, whole;

	if (b.len - *at < CENTRAL_LEN || memcmp(p, "PK\1\2", 4))
		return false;
	name = number(p + 28, 2);
	whole = CENTRAL_LEN + name + number(p + 30, 2) + number(p + 32, 2);
	if (b.len - *at < whole)
		return false;
	*e = (struct zip_entry){.name = slice_make(p + CENTRAL_LEN, name),
				.size = number(p + 24, 4),
				.crc = number(p + 16, 4),
				.method = (uint16_t)number(p + 10, 2),
				.flags = (uint16_t)number(p + 8, 2)};
	*at += whole;
	return !(e->flags & ENCRYPTED) && (e->method == STORED || e->method == DEFLATED) &&
	       find_packed(b, number(p + 42, 4), number(p + 20, 4), &e->packed);
}

int zip_read(struct zip *z, struct slice bytes, struct error *err)
{
	const char *end = find_end(bytes);
	size_t n, at;

	*z = (struct zip){.v = NULL};
	if (!end)
		return broken(err);
	n = number(end + 10, 2);
	at = number(end + 16, 4);
	for (size_t i = 0; i < n; i++) {
		struct zip_entry e;

		if (at > bytes.len || !read_entry(bytes, &at, &e)) {
			zip_release(z);
			return broken(err);
		}
		MEM_GROW(z->v, z->n, z->cap);
		z->v[z->n++] = e;
	}
	return 0;
}

void zip_release(struct zip *z)
{
	free(z->v);
	*z = (struct zip){.v = NULL};
}

/* Unpacks in pieces, so that what it says of its size is believed only as far as it comes. */
static int inflate_into(const struct zip_entry *e, size_t most, struct str *out,
			struct error *err)
{
	z_stream s = {.next_in = (const Bytef *)e->packed.p, .avail_in = (uInt)e->packed.len};
	size_t before = out->len;
	char piece[16384];
	int rc = inflateInit2(&s, -MAX_WBITS);

	if (rc != Z_OK)
		return broken(err);
	do {
		s.next_out = (Bytef *)piece;
		s.avail_out = sizeof(piece);
		rc = inflate(&s, Z_NO_FLUSH);
		str_add(out, piece, sizeof(piece) - s.avail_out);
	} while (rc == Z_OK && out->len - before <= most);
	inflateEnd(&s);
	if (rc == Z_STREAM_END && out->len - before <= most)
		return 0;
	return rc == Z_OK || rc == Z_STREAM_END
		       ? error_set(err, ST_TOO_LARGE, N_("it unpacks to too much"))
		       : broken(err);
}

int zip_unpack(const struct zip_entry *e, size_t most, struct str *out, struct error *err)
{
	size_t before = out->len;
	int rc = 0;

	if (e->method == DEFLATED)
		rc = inflate_into(e, most, out, err);
	else if (e->packed.len > most)
		rc = error_set(err, ST_TOO_LARGE, N_("it unpacks to too much"));
	else
		str_add_slice(out, e->packed);
	if (rc == 0 && (out->len - before != e->size ||
			crc32_z(0, (const Bytef *)(out->p ? out->p : "") + before,
				out->len - before) != e->crc))
		rc = broken(err);
	if (rc < 0)
		str_truncate(out, before);
	return rc;
}

/* What a local header and one of the directory have in common. */
static void put_common(struct str *out, const struct zip_entry *e)
{
	put(out, 20, 2); /* the version that is needed: 2.0 */
	put(out, e->flags & UTF8_NAME, 2);
	put(out, e->method, 2);
	put(out, 0, 2);    /* time */
	put(out, 0x21, 2); /* date: 1980-01-01 */
	put(out, e->crc, 4);
	put(out, e->packed.len, 4);
	put(out, e->size, 4);
	put(out, e->name.len, 2);
	put(out, 0, 2); /* extra */
}

void zip_write(const struct zip *z, const struct slice *with, struct str *out)
{
	size_t begin = out->len, directory;
	struct str list = STR_INIT;

	for (size_t i = 0; i < z->n; i++) {
		struct zip_entry e = z->v[i];
		size_t at = out->len - begin;

		if (with[i].p) {
			e.packed = with[i];
			e.size = with[i].len;
			e.method = STORED;
			e.crc = (uint32_t)crc32_z(0, (const Bytef *)with[i].p, with[i].len);
		}
		str_add(out, "PK\3\4", 4);
		put_common(out, &e);
		str_add_slice(out, e.name);
		str_add_slice(out, e.packed);
		str_add(&list, "PK\1\2", 4);
		put(&list, 20, 2);
		put_common(&list, &e);
		put(&list, 0, 2); /* comment */
		put(&list, 0, 2); /* disk */
		put(&list, 0, 2); /* attributes within */
		put(&list, 0, 4); /* and outside */
		put(&list, at, 4);
		str_add_slice(&list, e.name);
	}
	directory = out->len - begin;
	str_add_slice(out, str_slice(&list));
	str_add(out, "PK\5\6", 4);
	put(out, 0, 2);
	put(out, 0, 2);
	put(out, z->n, 2);
	put(out, z->n, 2);
	put(out, list.len, 4);
	put(out, directory, 4);
	put(out, 0, 2);
	str_release(&list);
}
