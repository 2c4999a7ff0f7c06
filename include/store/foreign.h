/* SPDX-License-Identifier: MIT */
#ifndef STORE_FOREIGN_H
#define STORE_FOREIGN_H

#include "core/error.h"
#include "core/str.h"
#include "store/convert.h"

/*
 * What a document from a stranger may hold at most. A file of a few MB can
 * unpack to gigabytes, or ask hours of a converter; what does is refused in
 * words before anything reads it: by what its archive says of sizes, by what
 * then comes out of it, and by what core/markup counts in that, all in memory
 * of a fixed size. Within these bounds are texts of some thousand pages.
 */

#define FOREIGN_FILE    ((size_t)100 << 20) /* bytes, as it lies on disk */
#define FOREIGN_FILES   10000               /* in its archive */
#define FOREIGN_BYTES   ((size_t)80 << 20)  /* of XML in all of them, unpacked */
#define FOREIGN_TAGS    ((size_t)3000000)   /* elements: paragraphs, cells, runs of letters */
#define FOREIGN_DEEP    ((size_t)200)       /* in one another */
#define FOREIGN_CHANGES ((size_t)100000)    /* that are tracked, each run and mark one */
#define FOREIGN_AUTHORS 1000                /* of changes and comments */

/* HTML takes a converter far more time and memory. */
#define FOREIGN_HTML_BYTES ((size_t)8 << 20)
#define FOREIGN_HTML_TAGS  ((size_t)150000)
#define FOREIGN_HTML_DEEP  ((size_t)100)

/* Whether the document is within the bounds: 0, or ST_TOO_LARGE; ST_INPUT where it is no
 * archive, as a .docx and an .odt are. The message is to be told of which file. */
int foreign_check(struct slice bytes, enum convert_format format, struct error *err)
	__attribute__((warn_unused_result));

#endif
