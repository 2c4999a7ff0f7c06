/* SPDX-License-Identifier: MIT */
#ifndef STORE_JOURNAL_INNER_H
#define STORE_JOURNAL_INNER_H

#include "core/digest.h"
#include "store/file.h"
#include "store/journal.h"

/* What a journal is on disk, for journal*.c alone. */

/*
 * The file: a block of JOURNAL_HEAD bytes that says which program and process (it
 * is written over in place by whoever opens the journal next), then records:
 * kind (1 byte), length (8, little-endian), payload, checksum (8) of all that
 * and of the record's number. The first record is KIND_DRAFT, the second
 * KIND_WHOLE, then come KIND_EDIT. What does not check ends the reading.
 */
enum {
	JOURNAL_HEAD = 512,
	JOURNAL_FRAME = 9, /* kind and length */
	JOURNAL_SUM = 8,
	JOURNAL_EDIT = 16 /* position and deletion before the bytes */
};

enum journal_kind { KIND_DRAFT = 'D', KIND_WHOLE = 'W', KIND_EDIT = 'E' };

/* A record as it was read; payload points into the journal's bytes. */
struct journal_record {
	enum journal_kind kind;
	struct slice payload;
};

void journal_add_head(struct str *out);
void journal_add_frame(struct str *out, enum journal_kind kind, uint64_t len);
/* The checksum of a record: begun with its number, then of all its bytes. */
uint64_t journal_sum_begin(uint64_t number);
uint64_t journal_sum(uint64_t sum, const char *p, size_t len);
/* Ends the record that begins at start. */
void journal_add_sum(struct str *out, size_t start, uint64_t number);
void journal_put_u64(char *p, uint64_t v);
uint64_t journal_u64(const char *p);

bool journal_is_one(struct slice bytes);
void journal_read_owner(struct slice bytes, struct owner *owner);
/* The record at *at; false at the end or where it is torn. */
bool journal_next(struct slice bytes, size_t *at, uint64_t number, struct journal_record *r);
/* KIND_DRAFT: the digest of the bytes on disk, and the draft's path. */
bool journal_read_draft(struct slice payload, struct slice *base, struct slice *path);

/* The journal of a draft: its name, for people, and a digest of where it is. */
char *journal_file_name(const char *path);
char *journal_full_name(const char *folder, const char *file);
/* Up to so many bytes from the start; -1 with errno. */
int journal_read_bytes(int fd, size_t most, struct str *out);
int journal_write_bytes(int fd, uint64_t at, const char *p, size_t len);
/* Whether the file still has its name: its last owner may have taken it away. */
bool journal_is_linked(int fd, const char *full);
int journal_say_elsewhere(int fd, const char *path, struct error *err);

#endif
