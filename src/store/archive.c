/* SPDX-License-Identifier: MIT */
#include "store/archive.h"

#include "core/mem.h"

#include <stdlib.h>
#include <zip.h>

struct archive {
	zip_source_t *bytes; /* what the archive is read from, and written to */
	zip_t *zip;          /* NULL once it is written */
	size_t n;
};

static int broken(struct error *err)
{
	return error_set(err, ST_INPUT,
			 N_("it is no zip archive that can be read, as a .docx is; is it "
			    "cut, or saved with a password?"));
}

int archive_open(struct slice bytes, struct archive **a, struct error *err)
{
	struct archive *made;
	char *copy;

	if (!bytes.len)
		return broken(err);
	made = mem_zalloc(sizeof(*made));
	/* libzip frees what it was only lent where it writes an archive whose first half stays
	 * (buffer_clone() of 1.7): so it gets its own. */
	copy = mem_dup(bytes.p, bytes.len);
	made->bytes = zip_source_buffer_create(copy, bytes.len, 1, NULL);
	if (made->bytes) {
		zip_source_keep(made->bytes); /* the archive takes the other reference */
		made->zip = zip_open_from_source(made->bytes, 0, NULL);
		if (!made->zip)
			zip_source_free(made->bytes);
	} else {
		free(copy);
	}
	if (!made->zip || zip_get_num_entries(made->zip, 0) <= 0) {
		archive_close(made);
		return broken(err);
	}
	made->n = (size_t)zip_get_num_entries(made->zip, 0);
	*a = made;
	return 0;
}

void archive_close(struct archive *a)
{
	if (!a)
		return;
	if (a->zip)
		zip_discard(a->zip);
	zip_source_free(a->bytes);
	free(a);
}

size_t archive_count(const struct archive *a)
{
	return a->n;
}

struct slice archive_name(const struct archive *a, size_t i)
{
	const char *name = zip_get_name(a->zip, i, ZIP_FL_ENC_RAW);

	return slice_of(name ? name : "");
}

size_t archive_size(const struct archive *a, size_t i)
{
	zip_stat_t stat;

	if (zip_stat_index(a->zip, i, 0, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE))
		return 0;
	return stat.size > SIZE_MAX ? SIZE_MAX : (size_t)stat.size;
}

/* In pieces, so that what it says of its size is believed only as far as it comes. */
int archive_pass(const struct archive *a, size_t i, size_t most,
		 bool (*take)(void *data, const char *p, size_t len), void *data, size_t *size,
		 struct error *err)
{
	zip_file_t *f = zip_fopen_index(a->zip, i, 0);
	zip_int64_t n = -1;
	char piece[16384];
	size_t all = 0;
	int rc = 0;

	if (!f)
		return broken(err);
	while ((n = zip_fread(f, piece, sizeof(piece))) > 0) {
		all += (size_t)n;
		if (all > most || !take(data, piece, (size_t)n))
			break;
	}
	if (all > most)
		rc = error_set(err, ST_TOO_LARGE, N_("it unpacks to too much"));
	else if (n < 0)
		rc = broken(err);
	zip_fclose(f);
	if (rc == 0)
		*size = all;
	return rc;
}

static bool append(void *data, const char *p, size_t len)
{
	str_add(data, p, len);
	return true;
}

int archive_unpack(const struct archive *a, size_t i, size_t most, struct str *out,
		   struct error *err)
{
	size_t before = out->len, size;
	int rc = archive_pass(a, i, most, append, out, &size, err);

	if (rc < 0)
		str_truncate(out, before);
	return rc;
}

#define QUICKLY 1 /* of deflate's levels */

int archive_replace(struct archive *a, size_t i, struct str *contents, struct error *err)
{
	size_t len = contents->len;
	char *bytes = str_detach(contents);
	zip_source_t *with = zip_source_buffer(a->zip, bytes, len, 1);

	if (!with) {
		free(bytes);
		return broken(err);
	}
	if (zip_file_replace(a->zip, i, with, 0) == 0)
		return zip_set_file_compression(a->zip, i, ZIP_CM_DEFLATE, QUICKLY) < 0
			       ? broken(err)
			       : 0;
	zip_source_free(with);
	return broken(err);
}

int archive_write(struct archive *a, struct str *out, struct error *err)
{
	size_t before = out->len;
	zip_int64_t n = -1;
	char piece[16384];

	if (zip_close(a->zip) < 0)
		return broken(err);
	a->zip = NULL;
	if (zip_source_open(a->bytes) < 0)
		return broken(err);
	while ((n = zip_source_read(a->bytes, piece, sizeof(piece))) > 0)
		str_add(out, piece, (size_t)n);
	zip_source_close(a->bytes);
	if (n < 0) {
		str_truncate(out, before);
		return broken(err);
	}
	return 0;
}
