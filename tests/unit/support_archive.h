/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_ARCHIVE_H
#define SUPPORT_ARCHIVE_H

#include "support.h"

#include <zip.h>

/* Appends to out a zip archive of n files. */
static inline void make_archive(const char *const *names, const struct slice *contents,
				size_t n, struct str *out)
{
	zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(bytes, ZIP_TRUNCATE, NULL);
	char piece[4096];
	zip_int64_t got;

	assert_non_null(zip);
	zip_source_keep(bytes);
	for (size_t i = 0; i < n; i++)
		assert_true(
			zip_file_add(zip, names[i],
				     zip_source_buffer(zip, contents[i].p, contents[i].len, 0),
				     0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(bytes), 0);
	while ((got = zip_source_read(bytes, piece, sizeof(piece))) > 0)
		str_add(out, piece, (size_t)got);
	zip_source_close(bytes);
	zip_source_free(bytes);
}

#endif
