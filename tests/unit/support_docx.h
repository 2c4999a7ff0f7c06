/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_DOCX_H
#define SUPPORT_DOCX_H

#include "store/archive.h"
#include "support_archive.h"

/* Documents as store/docx reads them, of one part. */

#define BEGIN                                                                                  \
	"<w:document "                                                                         \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "            \
	"xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
#define END       "</w:document>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"

static inline void make_part(const char *name, const char *text, struct str *out)
{
	const struct slice contents = slice_of(text);

	str_clear(out);
	make_archive(&name, &contents, 1, out);
}

static inline void read_part(struct slice document, struct str *out)
{
	struct error err = ERROR_INIT;
	struct archive *a;

	str_clear(out);
	assert_int_equal(archive_open(document, &a, &err), 0);
	assert_int_equal(archive_unpack(a, 0, 1000000, out, &err), 0);
	archive_close(a);
}

#endif
