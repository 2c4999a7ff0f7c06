/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include "core/digest.h"
#include "core/mem.h"
#include "store/file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * The file: a block of HEAD_LEN bytes that says which program and process (it
 * is written over in place by whoever opens the journal next), then records:
 * kind (1 byte), length (8, little-endian), payload, checksum (8) of all that
 * and of the record's number. The first record is KIND_DRAFT, the second
 * KIND_WHOLE, then come KIND_EDIT. What does not check ends the reading.
 */
#define MAGIC "adref-journal 1\n"

enum {
	HEAD_LEN = 512,
	FRAME_LEN = 9, /* kind and length */
	SUM_LEN = 8,
	EDIT_LEN = 16, /* position and deletion before the bytes */
	OPEN_TRIES = 20,
	LOCK_TRIES = 20,
	LONG_RECORDS = 2000,
	LONG_BYTES = 64 * 1024,
	NAME_MOST = 60
};

#define MOST_BYTES (3 * (uint64_t)FILE_MOST_DRAFT)

enum kind { KIND_DRAFT = 'D', KIND_WHOLE = 'W', KIND_EDIT = 'E' };

struct journal {
	int fd;
	char *folder;
	char *file;         /* in the folder */
	char *path;         /* the draft's */
	struct slice start; /* what edits start from, until it is on disk: */
	struct str whole;   /* a copy, or what the caller keeps */
	bool have_whole;    /* whole is to be written before anything else */
	struct str edits; /* records not on disk yet: payloads with their frames, unnumbered */
	size_t n_edits;   /* of those */
	uint64_t size;    /* bytes on disk */
	uint64_t records; /* records on disk */
	uint64_t whole_len;  /* bytes of the last whole text */
	uint64_t edit_bytes; /* bytes of edits since then */
	size_t edit_count;
	char base[DIGEST_HEX +
		  1]; /* of the bytes on disk; empty: whole is them, see need_base() */
};

static void put_u64(char *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (char)(unsigned char)(v >> (8 * i));
}

static uint64_t get_u64(const char *p)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v |= (uint64_t)(unsigned char)p[i] << (8 * i);
	return v;
}

/* FNV-1a, 64 bits: it finds torn writes, not forgeries. */
static uint64_t sum_of(uint64_t number, const char *p, size_t len)
{
	uint64_t sum = 14695981039346656037u ^ (number * 0x9e3779b97f4a7c15u);

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ (unsigned char)p[i]) * 1099511628211u;
	return sum;
}

static void add_frame(struct str *out, enum kind kind, uint64_t len)
{
	char frame[FRAME_LEN];

	frame[0] = (char)kind;
	put_u64(frame + 1, len);
	str_add(out, frame, sizeof(frame));
}

/* Ends the record that begins at start. */
static void add_sum(struct str *out, size_t start, uint64_t number)
{
	char sum[SUM_LEN];

	put_u64(sum, sum_of(number, out->p + start, out->len - start));
	str_add(out, sum, sizeof(sum));
}

static void add_head(struct str *out)
{
	size_t start = out->len;
	struct owner self;

	owner_self(&self);
	str_add_text(out, MAGIC);
	owner_add(out, &self);
	str_add_char(out, '\n');
	while (out->len - start < HEAD_LEN - 1)
		str_add_char(out, ' ');
	str_add_char(out, '\n');
}

/* A record as it was read; payload points into the journal's bytes. */
struct record {
	enum kind kind;
	struct slice payload;
};

/* The record at *at; false at the end or where it is torn. */
static bool next_record(struct slice bytes, size_t *at, uint64_t number, struct record *r)
{
	size_t left = bytes.len - *at;
	const char *p = bytes.p + *at;
	uint64_t len;

	if (left < FRAME_LEN + SUM_LEN)
		return false;
	len = get_u64(p + 1);
	if (len > left - FRAME_LEN - SUM_LEN)
		return false;
	if (get_u64(p + FRAME_LEN + len) != sum_of(number, p, FRAME_LEN + (size_t)len))
		return false;
	r->kind = (enum kind)p[0];
	r->payload = slice_make(p + FRAME_LEN, (size_t)len);
	*at += FRAME_LEN + (size_t)len + SUM_LEN;
	return true;
}

/* KIND_DRAFT: the digest of the bytes on disk, and the draft's path. */
static bool read_draft(struct slice payload, struct slice *base, struct slice *path)
{
	if (payload.len < DIGEST_HEX)
		return false;
	*base = slice_make(payload.p, DIGEST_HEX);
	*path = slice_make(payload.p + DIGEST_HEX, payload.len - DIGEST_HEX);
	return true;
}

static bool apply(struct str *text, struct slice payload)
{
	uint64_t at, del;

	if (payload.len < EDIT_LEN)
		return false;
	at = get_u64(payload.p);
	del = get_u64(payload.p + 8);
	if (at > text->len || del > text->len - at)
		return false;
	str_splice(text, (size_t)at, (size_t)del, payload.p + EDIT_LEN, payload.len - EDIT_LEN);
	return true;
}

void journal_found_release(struct journal_found *found)
{
	str_release(&found->text);
	*found = (struct journal_found)JOURNAL_FOUND_INIT;
}

void journal_folder(const char *git_dir, const char *state_dir, struct str *out)
{
	const char *top = git_dir ? git_dir : state_dir;

	str_add_text(out, top);
	if (!*top || top[strlen(top) - 1] != '/')
		str_add_char(out, '/');
	str_add_text(out, "adref/journal");
}

/* The journal of a draft: its name, for people, and a digest of where it is. */
static char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char hex[DIGEST_HEX + 1];
	struct str out = STR_INIT;

	while (*name == '.')
		name++;
	for (; *name && out.len < NAME_MOST; name++) {
		bool plain = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
			     (*name >= '0' && *name <= '9') || strchr("-_.", *name);

		str_add_char(&out, plain ? *name : '_');
	}
	digest_hex(path, strlen(path), hex);
	str_addf(&out, "-%.*s", DIGEST_SHORT, hex);
	return str_detach(&out);
}

static char *full_name(const char *folder, const char *file)
{
	struct str out = STR_INIT;

	str_addf(&out, "%s/%s", folder, file);
	return str_detach(&out);
}

static int read_bytes(int fd, size_t most, struct str *out)
{
	while (out->len < most) {
		size_t want = most - out->len < 65536 ? most - out->len : 65536;
		ssize_t n;

		str_reserve(out, want);
		n = pread(fd, out->p + out->len, want, (off_t)out->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		out->len += (size_t)n;
	}
	return 0;
}

static int write_bytes(int fd, uint64_t at, const char *p, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = pwrite(fd, p + done, len - done, (off_t)(at + done));

		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static bool is_journal(struct slice bytes)
{
	return bytes.len >= HEAD_LEN && slice_starts(bytes, MAGIC);
}

static void read_owner(struct slice bytes, struct owner *owner)
{
	size_t skip = strlen(MAGIC);

	if (!is_journal(bytes) ||
	    !owner_read(slice_make(bytes.p + skip, HEAD_LEN - skip), owner))
		*owner = (struct owner){.pid = 0};
}

static void read_records(struct slice bytes, const char *path, struct slice base,
			 struct journal_found *found)
{
	char hex[DIGEST_HEX + 1], text_hex[DIGEST_HEX + 1];
	struct slice was, whose;
	struct record r;
	uint64_t number = 0;
	size_t at = HEAD_LEN;

	if (!next_record(bytes, &at, number++, &r) || r.kind != KIND_DRAFT ||
	    !read_draft(r.payload, &was, &whose) || !slice_is(whose, path))
		return; /* nothing in it yet, or another draft's */
	if (!next_record(bytes, &at, number++, &r) || r.kind != KIND_WHOLE)
		return;
	str_add_slice(&found->text, r.payload);
	for (; at < bytes.len; number++)
		if (!next_record(bytes, &at, number, &r) || r.kind != KIND_EDIT ||
		    !apply(&found->text, r.payload)) {
			found->torn = true;
			break;
		}
	digest_hex(base.p, base.len, hex);
	digest_hex(str_slice(&found->text).p, found->text.len, text_hex);
	if (strcmp(hex, text_hex) == 0)
		str_clear(&found->text); /* it was saved, or undone, before the end came */
	else
		found->state = slice_is(was, hex) ? JOURNAL_RECOVERED : JOURNAL_STALE;
}

/* Opens what is there for reading; -1 with errno. */
static int open_there(const char *full, struct stat *st)
{
	int fd = open(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
}

int journal_recover(const char *folder, const char *path, struct slice base,
		    struct journal_found *found, struct error *err)
{
	char *file = file_name(path), *full = full_name(folder, file);
	struct str bytes = STR_INIT;
	struct stat st;
	int fd = open_there(full, &st), rc = 0;

	if (fd < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			rc = file_error(err, errno, N_("cannot read the journal"), full);
	} else if (flock(fd, LOCK_SH | LOCK_NB) != 0) {
		if (read_bytes(fd, HEAD_LEN, &bytes) == 0)
			read_owner(str_slice(&bytes), &found->owner);
		found->state = JOURNAL_ELSEWHERE;
	} else if ((uint64_t)st.st_size > MOST_BYTES) {
		rc = error_set(err, ST_TOO_LARGE, N_("%s: the journal is too large"), full);
	} else if (read_bytes(fd, (size_t)st.st_size, &bytes) != 0) {
		rc = file_error(err, errno, N_("cannot read the journal"), full);
	} else if (is_journal(str_slice(&bytes))) {
		read_owner(str_slice(&bytes), &found->owner);
		found->written = (int64_t)st.st_mtim.tv_sec;
		read_records(str_slice(&bytes), path, base, found);
	} else if (bytes.len >= HEAD_LEN) {
		rc = error_set(err, ST_FAIL,
			       N_("%s: is no journal of this adref; move it away to go on"),
			       full);
	}
	if (fd >= 0)
		close(fd);
	str_release(&bytes);
	free(full);
	free(file);
	return rc;
}

static int say_elsewhere(int fd, const char *path, struct error *err)
{
	struct str bytes = STR_INIT;
	struct owner owner = {.pid = 0};
	int rc;

	if (read_bytes(fd, HEAD_LEN, &bytes) == 0)
		read_owner(str_slice(&bytes), &owner);
	rc = owner.pid ? error_set(err, ST_DENIED,
				   N_("%s: is open in another adref (process %lld on %s)"),
				   path, (long long)owner.pid, owner.host)
		       : error_set(err, ST_DENIED, N_("%s: is open in another adref"), path);
	str_release(&bytes);
	return rc;
}

/* Whether the file still has its name: its last owner may have taken it away. */
static bool is_linked(int fd, const char *full)
{
	struct stat here, there;

	return fstat(fd, &here) == 0 && lstat(full, &there) == 0 &&
	       here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

/* Others may be looking into it for a moment (journal_left()); only who stays has it open. */
static int lock_patiently(int fd)
{
	const struct timespec pause = {0, 5 * 1000000L};

	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || i == LOCK_TRIES)
			return -1;
		nanosleep(&pause, NULL);
	}
	return 0;
}

/* A locked file is ours to use where it is a journal, or nothing yet. */
static int take_file(struct journal *j, int fd, const char *full, struct error *err)
{
	struct str head = STR_INIT;
	struct stat st;
	int rc = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    read_bytes(fd, HEAD_LEN, &head) != 0 ||
	    (head.len >= HEAD_LEN && !is_journal(str_slice(&head))))
		rc = error_set(err, ST_FAIL,
			       N_("%s: is no journal of this adref; move it away to go on"),
			       full);
	if (rc == 0) {
		j->fd = fd;
		j->size = (uint64_t)st.st_size;
	}
	str_release(&head);
	return rc;
}

static int open_locked(struct journal *j, const char *full, struct error *err)
{
	for (int i = 0; i < OPEN_TRIES; i++) {
		int fd = open(full, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
			      0600);
		int rc;

		if (fd < 0)
			return file_error(err, errno, N_("cannot open the journal"), full);
		if (lock_patiently(fd) != 0)
			rc = errno == EWOULDBLOCK
				     ? say_elsewhere(fd, j->path, err)
				     : file_error(err, errno, N_("cannot lock the journal"),
						  full);
		else if (!is_linked(fd, full))
			rc = 1; /* taken away while we waited: look again */
		else
			rc = take_file(j, fd, full, err);
		if (rc == 0)
			return 0;
		close(fd);
		if (rc < 0)
			return rc;
	}
	return error_set(err, ST_FAIL, N_("%s: cannot open the journal"), full);
}

int journal_open(struct journal **out, const char *folder, const char *path, struct slice base,
		 struct error *err)
{
	struct journal *j = mem_zalloc(sizeof(*j));
	struct str head = STR_INIT;
	char *full;
	int rc;

	*j = (struct journal){.fd = -1,
			      .folder = mem_strdup(folder),
			      .file = file_name(path),
			      .path = mem_strdup(path)};
	full = full_name(folder, j->file);
	rc = file_make_dirs(NULL, folder, 0700, err);
	if (rc == 0)
		rc = open_locked(j, full, err);
	if (rc == 0) {
		/* Records of an older journal stay until there is something to put there. */
		add_head(&head);
		if (write_bytes(j->fd, 0, head.p, head.len) != 0)
			rc = file_error(err, errno, N_("cannot write the journal"), full);
		if (j->size < HEAD_LEN)
			j->size = HEAD_LEN;
	}
	j->start = base;
	j->have_whole = true;
	if (rc == 0)
		*out = j;
	else
		journal_close(j, true);
	str_release(&head);
	free(full);
	return rc;
}

void journal_note(struct journal *j, size_t at, size_t del, const char *p, size_t len)
{
	char where[EDIT_LEN];

	put_u64(where, at);
	put_u64(where + 8, del);
	add_frame(&j->edits, KIND_EDIT, EDIT_LEN + (uint64_t)len);
	str_add(&j->edits, where, sizeof(where));
	str_add(&j->edits, p, len);
	j->n_edits++;
}

/* Only a draft that is changed needs the digest, and opening one is not to wait for it. */
static void need_base(struct journal *j)
{
	if (!*j->base)
		digest_hex(j->start.p, j->start.len, j->base);
}

void journal_whole(struct journal *j, struct slice text)
{
	need_base(j);
	str_clear(&j->edits);
	j->n_edits = 0;
	str_clear(&j->whole);
	str_add_slice(&j->whole, text);
	j->start = str_slice(&j->whole);
	j->have_whole = true;
	/* An edit that changes nothing, so that the sync is not put off. */
	journal_note(j, 0, 0, "", 0);
}

bool journal_is_long(const struct journal *j)
{
	return !j->have_whole &&
	       (j->edit_count > LONG_RECORDS || j->edit_bytes > LONG_BYTES + j->whole_len);
}

bool journal_is_behind(const struct journal *j)
{
	return j->n_edits > 0;
}

/* Numbers the noted edits and adds their checksums. */
static void add_edits(const struct journal *j, struct str *out, uint64_t number)
{
	for (size_t at = 0; at < j->edits.len; number++) {
		size_t len = FRAME_LEN + (size_t)get_u64(j->edits.p + at + 1);
		size_t start = out->len;

		str_add(out, j->edits.p + at, len);
		add_sum(out, start, number);
		at += len;
	}
}

static void add_start(struct journal *j, struct str *out)
{
	size_t start = out->len;

	need_base(j);
	add_frame(out, KIND_DRAFT, DIGEST_HEX + strlen(j->path));
	str_add(out, j->base, DIGEST_HEX);
	str_add_text(out, j->path);
	add_sum(out, start, 0);
	start = out->len;
	add_frame(out, KIND_WHOLE, j->start.len);
	str_add_slice(out, j->start);
	add_sum(out, start, 1);
}

/* A new file in the old one's place, locked before it has the name. */
static int replace(struct journal *j, struct slice bytes)
{
	char *full = full_name(j->folder, j->file), *temp;
	struct str name = STR_INIT;
	int fd, dir, rc = -1, code;

	str_addf(&name, "%s/.new-%s", j->folder, j->file); /* the lock is ours, so is this */
	temp = str_detach(&name);
	unlink(temp); /* of one who was killed just there */
	fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    write_bytes(fd, 0, bytes.p, bytes.len) == 0 && fsync(fd) == 0 &&
	    rename(temp, full) == 0)
		rc = 0;
	code = errno;
	if (rc == 0) {
		close(j->fd);
		j->fd = fd;
		dir = open(j->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (dir >= 0) {
			fsync(dir);
			close(dir);
		}
	} else if (fd >= 0) {
		close(fd);
		unlink(temp);
	}
	errno = code;
	free(temp);
	free(full);
	return rc;
}

static int append(struct journal *j, struct slice bytes)
{
	if (write_bytes(j->fd, j->size, bytes.p, bytes.len) == 0 && fdatasync(j->fd) == 0)
		return 0;
	/* What was written in part is written over next time; until then it reads as torn. */
	if (ftruncate(j->fd, (off_t)j->size) != 0)
		return -1;
	return -1;
}

int journal_sync(struct journal *j, struct error *err)
{
	struct str out = STR_INIT;
	bool anew = j->have_whole && j->size > HEAD_LEN;
	int rc;

	if (!j->n_edits)
		return 0;
	if (anew)
		add_head(&out);
	if (j->have_whole)
		add_start(j, &out);
	add_edits(j, &out, j->have_whole ? 2 : j->records);
	rc = anew ? replace(j, str_slice(&out)) : append(j, str_slice(&out));
	if (rc != 0) {
		rc = file_error(err, errno, N_("unsaved work cannot be kept in the journal"),
				j->folder);
		str_release(&out);
		return rc < 0 ? rc : ST_FAIL;
	}
	j->size = (anew ? 0 : j->size) + out.len;
	if (j->have_whole) {
		j->records = 2;
		j->whole_len = j->start.len;
		j->edit_bytes = 0;
		j->edit_count = 0;
		str_release(&j->whole);
		j->start = slice_make("", 0);
		j->have_whole = false;
	}
	j->records += j->n_edits;
	j->edit_count += j->n_edits;
	j->edit_bytes += j->edits.len;
	str_clear(&j->edits);
	j->n_edits = 0;
	str_release(&out);
	return 0;
}

int journal_saved(struct journal *j, struct slice base, struct error *err)
{
	str_clear(&j->edits);
	j->n_edits = 0;
	str_clear(&j->whole);
	str_add_slice(&j->whole, base);
	j->start = str_slice(&j->whole);
	j->have_whole = true;
	*j->base = '\0';
	if (j->size <= HEAD_LEN)
		return 0;
	if (ftruncate(j->fd, HEAD_LEN) != 0)
		return file_error(err, errno, N_("cannot empty the journal"), j->folder);
	j->size = HEAD_LEN;
	return 0;
}

void journal_close(struct journal *j, bool keep)
{
	if (!j)
		return;
	if (j->fd >= 0) {
		char *full = full_name(j->folder, j->file);

		/* While it is locked, so that nobody else's is taken away. */
		if ((!keep || j->size <= HEAD_LEN) && is_linked(j->fd, full))
			unlink(full);
		close(j->fd);
		free(full);
	}
	free(j->folder);
	free(j->file);
	free(j->path);
	str_release(&j->whole);
	str_release(&j->edits);
	free(j);
}

/* The path of the draft in a journal that nobody has open; NULL where there is none. */
static char *path_in(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct str bytes = STR_INIT;
	struct slice base, path;
	struct record r;
	char *found = NULL;
	size_t at = HEAD_LEN;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, LOCK_SH | LOCK_NB) == 0 &&
	    read_bytes(fd, HEAD_LEN + 2 * 4096, &bytes) == 0 && is_journal(str_slice(&bytes)) &&
	    next_record(str_slice(&bytes), &at, 0, &r) && r.kind == KIND_DRAFT &&
	    read_draft(r.payload, &base, &path) && (uint64_t)st.st_size > at &&
	    !memchr(path.p, '\0', path.len))
		found = slice_dup(path);
	str_release(&bytes);
	close(fd);
	return found;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int journal_left(const char *folder, char ***paths, size_t *n, struct error *err)
{
	struct error trouble = ERROR_INIT;
	char **list = NULL;
	size_t count = 0, cap = 0;
	const struct dirent *e;
	DIR *dir;
	int fd, rc = file_open_dir(NULL, folder, &fd, &trouble);

	*paths = NULL;
	*n = 0;
	if (rc == ST_MISSING)
		return 0;
	if (rc < 0)
		return error_set(err, trouble.status, "%s", trouble.text);
	dir = fdopendir(fd);
	while (dir && (e = readdir(dir))) {
		char *path = e->d_name[0] == '.' ? NULL : path_in(fd, e->d_name);

		if (!path)
			continue;
		MEM_GROW(list, count, cap);
		list[count++] = path;
	}
	if (dir)
		closedir(dir);
	else
		close(fd);
	if (count)
		qsort(list, count, sizeof(*list), by_text);
	*paths = list;
	*n = count;
	return 0;
}

int journal_discard(const char *folder, const char *path, struct error *err)
{
	char *file = file_name(path), *full = full_name(folder, file);
	struct stat st;
	int fd = open_there(full, &st), rc = 0;

	if (fd < 0)
		rc = file_error(err, errno, N_("cannot open the journal"), full);
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		rc = say_elsewhere(fd, path, err);
	else if (is_linked(fd, full) && unlink(full) != 0)
		rc = file_error(err, errno, N_("cannot delete the journal"), full);
	if (fd >= 0)
		close(fd);
	free(full);
	free(file);
	return rc;
}
