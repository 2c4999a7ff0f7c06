/* SPDX-License-Identifier: MIT */
#ifndef STORE_ZIP_H
#define STORE_ZIP_H

#include "core/error.h"
#include "core/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The files in a zip archive, which is what word processors save. Read and
 * written in memory; nothing is ever unpacked to disk, so a name in it leads
 * nowhere. The archive comes from strangers: every length is checked.
 */

struct zip_entry {
	struct slice name;   /* in the archive's bytes */
	struct slice packed; /* likewise */
	size_t size;         /* unpacked, as the archive says */
	uint32_t crc;
	uint16_t method, flags;
};

struct zip {
	struct zip_entry *v; /* in the archive's order */
	size_t n, cap;
};

/* Borrows the bytes. ST_INPUT where they are no archive, or one that is cut, encrypted or
 * beyond 4 GB. */
int zip_read(struct zip *z, struct slice bytes, struct error *err)
	__attribute__((warn_unused_result));
void zip_release(struct zip *z);

/* Appends what an entry holds. ST_TOO_LARGE beyond `most` bytes, ST_INPUT where it is broken.
 */
int zip_unpack(const struct zip_entry *e, size_t most, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

/* Appends the archive with other contents in some entries: with[i].p is NULL where entry i
 * stays as it is. */
void zip_write(const struct zip *z, const struct slice *with, struct str *out);

#endif
