/* SPDX-License-Identifier: MIT */
#include "journal_inner.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "adref-journal 1\n"

enum { NAME_MOST = 60 };

void journal_put_u64(char *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (char)(unsigned char)(v >> (8 * i));
}

uint64_t journal_u64(const char *p)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v |= (uint64_t)(unsigned char)p[i] << (8 * i);
	return v;
}

/* FNV-1a, 64 bits: it finds torn writes, not forgeries. */
uint64_t journal_sum_begin(uint64_t number)
{
	return 14695981039346656037u ^ (number * 0x9e3779b97f4a7c15u);
}

uint64_t journal_sum(uint64_t sum, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		sum = (sum ^ (unsigned char)p[i]) * 1099511628211u;
	return sum;
}

void journal_add_frame(struct str *out, enum journal_kind kind, uint64_t len)
{
	char frame[JOURNAL_FRAME];

	frame[0] = (char)kind;
	journal_put_u64(frame + 1, len);
	str_add(out, frame, sizeof(frame));
}

void journal_add_sum(struct str *out, size_t start, uint64_t number)
{
	char sum[JOURNAL_SUM];

	journal_put_u64(
		sum, journal_sum(journal_sum_begin(number), out->p + start, out->len - start));
	str_add(out, sum, sizeof(sum));
}

void journal_add_head(struct str *out)
{
	size_t start = out->len;
	struct owner self;

	owner_self(&self);
	str_add_text(out, MAGIC);
	owner_add(out, &self);
	str_add_char(out, '\n');
	while (out->len - start < JOURNAL_HEAD - 1)
		str_add_char(out, ' ');
	str_add_char(out, '\n');
}

bool journal_next(struct slice bytes, size_t *at, uint64_t number, struct journal_record *r)
{
	size_t left = bytes.len - *at;
	const char *p = bytes.p + *at;
	uint64_t len;

	if (left < JOURNAL_FRAME + JOURNAL_SUM)
		return false;
	len = journal_u64(p + 1);
	if (len > left - JOURNAL_FRAME - JOURNAL_SUM)
		return false;
	if (journal_u64(p + JOURNAL_FRAME + len) !=
	    journal_sum(journal_sum_begin(number), p, JOURNAL_FRAME + (size_t)len))
		return false;
	r->kind = (enum journal_kind)p[0];
	r->payload = slice_make(p + JOURNAL_FRAME, (size_t)len);
	*at += JOURNAL_FRAME + (size_t)len + JOURNAL_SUM;
	return true;
}

bool journal_read_draft(struct slice payload, struct slice *base, struct slice *path)
{
	if (payload.len < DIGEST_HEX)
		return false;
	*base = slice_make(payload.p, DIGEST_HEX);
	*path = slice_make(payload.p + DIGEST_HEX, payload.len - DIGEST_HEX);
	return true;
}

void journal_folder(const char *git_dir, const char *state_dir, struct str *out)
{
	const char *top = git_dir ? git_dir : state_dir;

	str_add_text(out, top);
	if (!*top || top[strlen(top) - 1] != '/')
		str_add_char(out, '/');
	str_add_text(out, "adref/journal");
}

char *journal_file_name(const char *path)
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

char *journal_full_name(const char *folder, const char *file)
{
	struct str out = STR_INIT;

	str_addf(&out, "%s/%s", folder, file);
	return str_detach(&out);
}

int journal_read_bytes(int fd, size_t most, struct str *out)
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

int journal_write_bytes(int fd, uint64_t at, const char *p, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = pwrite(fd, p + done, len - done, (off_t)(at + done));

		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

bool journal_is_one(struct slice bytes)
{
	return bytes.len >= JOURNAL_HEAD && slice_starts(bytes, MAGIC);
}

void journal_read_owner(struct slice bytes, struct owner *owner)
{
	size_t skip = strlen(MAGIC);

	if (!journal_is_one(bytes) ||
	    !owner_read(slice_make(bytes.p + skip, JOURNAL_HEAD - skip), owner))
		*owner = (struct owner){.pid = 0};
}

int journal_say_elsewhere(int fd, const char *path, struct error *err)
{
	struct str bytes = STR_INIT;
	struct owner owner = {.pid = 0};
	int rc;

	if (journal_read_bytes(fd, JOURNAL_HEAD, &bytes) == 0)
		journal_read_owner(str_slice(&bytes), &owner);
	rc = owner.pid ? error_set(err, ST_DENIED,
				   N_("%s: is open in another adref (process %lld on %s)"),
				   path, (long long)owner.pid, owner.host)
		       : error_set(err, ST_DENIED, N_("%s: is open in another adref"), path);
	str_release(&bytes);
	return rc;
}

bool journal_is_linked(int fd, const char *full)
{
	struct stat here, there;

	return fstat(fd, &here) == 0 && lstat(full, &there) == 0 &&
	       here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}
