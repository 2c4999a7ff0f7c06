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

/* In pieces, so that what it says of its size is believed only as far as it comes. */
int archive_unpack(const struct archive *a, size_t i, size_t most, struct str *out,
		   struct error *err)
{
	zip_file_t *f = zip_fopen_index(a->zip, i, 0);
	size_t before = out->len;
	zip_int64_t n = -1;
	char piece[16384];
	int rc = 0;

	if (!f)
		return broken(err);
	while (out->len - before <= most && (n = zip_fread(f, piece, sizeof(piece))) > 0)
		str_add(out, piece, (size_t)n);
	if (out->len - before > most)
		rc = error_set(err, ST_TOO_LARGE, N_("it unpacks to too much"));
	else if (n < 0)
		rc = broken(err);
	zip_fclose(f);
	if (rc < 0)
		str_truncate(out, before);
	return rc;
}

int archive_replace(struct archive *a, size_t i, struct slice contents, struct error *err)
{
	char *copy = mem_dup(contents.p, contents.len);
	zip_source_t *with = zip_source_buffer(a->zip, copy, contents.len, 1);

	if (!with) {
		free(copy);
		return broken(err);
	}
	if (zip_file_replace(a->zip, i, with, 0) == 0)
		return 0;
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
