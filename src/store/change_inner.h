/* SPDX-License-Identifier: MIT */
#ifndef STORE_CHANGE_INNER_H
#define STORE_CHANGE_INNER_H

#include "core/error.h"
#include "core/str.h"
#include "store/change.h"
#include "store/file.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What change*.c alone share: the note of a change under way, and the change itself. */

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
	struct str branch; /* it is made on, in full */
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

/* What was done to a file. */
struct change_made {
	struct str file;           /* absolute */
	struct str kept;           /* its second name, as it was; empty: none */
	struct file_stamp written; /* as it was written */
	bool done;
};

struct change_making {
	struct repo *r;
	const struct change *c; /* NULL: one that was cut short */
	struct str note;        /* its path */
	struct change_note p;
	struct change_made *made; /* one a file */
	int *folders;             /* of files that were written, to be synced with the commit */
	size_t n_folders;
};

int change_lock_within(struct repo *r, struct lock *l, int wait_ms, struct error *err);
/* Room for n files. */
void change_begin(struct change_making *m, size_t n);
void change_end(struct change_making *m);
/* Appends the second name of the i-th file. */
void change_kept_name(const struct change_making *m, size_t i, struct str *out);
/* Commits what the note says, with these bytes of the files. */
int change_commit(struct change_making *m, const struct slice *bytes, bool hooks,
		  const char *key, struct commit_result *result, struct error *err);

#endif
