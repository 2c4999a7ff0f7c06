/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILE_INNER_H
#define STORE_FILE_INNER_H

#include "spot.h"
#include "store/file.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Between file.c, which reads, and file_write.c. */

void file_stamp_stat(struct file_stamp *stamp, const struct stat *st);
/* Whether what is at the spot under that name is what the stamp says, by its bytes; err is
 * filled where it cannot be read. */
enum file_change file_compare(const struct spot *s, const char *name,
			      const struct file_stamp *stamp, struct file_stamp *now,
			      struct error *err);
/* It may be the same still: it cannot be looked at. */
bool file_out_of_sight(const struct error *why);
/* Of what is no ordinary file: ST_INPUT. */
int file_say_what_it_is(const char *path, mode_t mode, struct error *err);

#endif
