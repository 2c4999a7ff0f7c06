/* SPDX-License-Identifier: MIT */
#ifndef STORE_CHANGE_INNER_H
#define STORE_CHANGE_INNER_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The note of a change under way, for change*.c alone. */

struct change_entry {
	char *path;              /* in the repository */
	char head[REPO_HEX + 1]; /* HEAD's blob while the change is not committed; "": none */
	char file[REPO_HEX + 1]; /* the file's bytes, hashed, once it is written */
	bool written;            /* it is; else it is only committed */
	bool over;               /* written over a file that was not as HEAD has it */
};

struct change_note {
	struct change_entry *v;
	size_t n, cap;
	struct person author;
	int64_t time;
	int offset;
	struct str message;
};

void change_note_release(struct change_note *n);
/* A new entry, empty. */
struct change_entry *change_note_add(struct change_note *n);
int change_note_write(const char *file, const struct change_note *n, struct error *err);
/* False where it makes no sense: it was cut short itself. n is zeroed by the caller. */
bool change_note_read(struct slice text, struct change_note *n);

#endif
