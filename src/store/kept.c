/* SPDX-License-Identifier: MIT */
#include "store/kept.h"

#include "git.h"
#include "store/file.h"
#include "store/settings.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEPT_MOST = 1 << 30, KEPT_NAME = 16, KEY = 32, CODE = SHA256_DIGEST_SIZE };

/* ---- the user's key ---- */

/* A key that others can read, or have made, is none. */
static bool read_key(const char *file, uint8_t key[KEY])
{
	struct str bytes = STR_INIT;
	struct stat st;
	bool good = lstat(file, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
		    !(st.st_mode & 077) &&
		    file_read(NULL, file, KEY, &bytes, NULL, NULL) == 0 && bytes.len == KEY;

	if (good)
		memcpy(key, bytes.p, KEY);
	str_release(&bytes);
	return good;
}

static bool find_key(uint8_t key[KEY], bool make)
{
	struct str file = STR_INIT;
	struct env env;
	bool good;

	env_of_process(&env);
	good = env_state_dir(&env, &file, NULL) == 0;
	if (good) {
		str_add_text(&file, "/adref");
		good = !make || file_make_dirs(NULL, str_text(&file), 0700, NULL) == 0;
		str_add_text(&file, "/key");
	}
	if (good && !read_key(str_text(&file), key)) {
		good = make && getrandom(key, KEY, 0) == KEY;
		/* Another adref may make one just now: whichever is there first counts. */
		if (good && file_create(NULL, str_text(&file), slice_make((char *)key, KEY),
					0600, NULL, NULL) < 0)
			good = false;
		good = (good || make) && read_key(str_text(&file), key);
	}
	str_release(&file);
	return good;
}

/* ---- files ---- */

/* Their first line. */
static void add_mark(struct str *out, const struct kept *what)
{
	str_addf(out, "adref kept 2 %s %u\n", what->kind, what->format);
}

/* Of what is kept, about what, and where: the same bytes say nothing anywhere else. */
static bool make_code(struct repo *r, const struct kept *what, struct slice bytes,
		      uint8_t code[CODE], bool make)
{
	struct hmac_sha256_ctx hmac;
	struct str about = STR_INIT;
	uint8_t key[KEY];
	char *place = realpath(r->common_dir, NULL);
	bool good = place && find_key(key, make);

	if (good) {
		add_mark(&about, what);
		pack_text(&about, slice_of(what->path));
		pack_text(&about, slice_of(place));
		hmac_sha256_set_key(&hmac, KEY, key);
		hmac_sha256_update(&hmac, about.len, (const uint8_t *)about.p);
		hmac_sha256_update(&hmac, bytes.len, (const uint8_t *)bytes.p);
		hmac_sha256_digest(&hmac, CODE, code);
	}
	free(place);
	str_release(&about);
	return good;
}

static int kept_path(struct repo *r, const struct kept *what, struct str *out)
{
	struct str name = STR_INIT;
	char hex[REPO_HEX + 1];
	int rc;

	repo_hash(slice_of(what->path), hex);
	str_addf(&name, "%s-%.*s", what->kind, KEPT_NAME, hex);
	rc = repo_own_file(r, str_text(&name), out, NULL);
	str_release(&name);
	return rc;
}

bool kept_read(struct repo *r, const struct kept *what, struct str *out)
{
	struct str file = STR_INIT, bytes = STR_INIT, mark = STR_INIT;
	uint8_t code[CODE];
	bool good = false;

	add_mark(&mark, what);
	if (kept_path(r, what, &file) == 0 &&
	    file_read(r->common_dir, str_text(&file), KEPT_MOST, &bytes, NULL, NULL) == 0 &&
	    bytes.len > mark.len + CODE && slice_starts(str_slice(&bytes), str_text(&mark))) {
		struct slice body =
			slice_make(bytes.p + mark.len + CODE, bytes.len - mark.len - CODE);

		good = make_code(r, what, body, code, false) &&
		       memeql_sec(bytes.p + mark.len, code, CODE);
		if (good)
			str_add_slice(out, body);
	}
	str_release(&mark);
	str_release(&file);
	str_release(&bytes);
	return good;
}

void kept_write(struct repo *r, const struct kept *what, struct slice bytes)
{
	struct str file = STR_INIT, all = STR_INIT;
	uint8_t code[CODE];
	int rc;

	if (make_code(r, what, bytes, code, true) && kept_path(r, what, &file) == 0) {
		const char *name = str_text(&file);

		add_mark(&all, what);
		str_add(&all, (const char *)code, CODE);
		str_add_slice(&all, bytes);
		/* A new file is private from its first byte; an old one stays so. */
		if (access(name, F_OK) == 0)
			rc = file_write(r->common_dir, name, str_slice(&all), NULL, NULL, NULL);
		else
			rc = file_create(r->common_dir, name, str_slice(&all), 0600, NULL,
					 NULL);
		(void)rc; /* a read-only repository has no kept lists */
	}
	str_release(&file);
	str_release(&all);
}

/* ---- packing ---- */

void pack_number(struct str *out, uint64_t n)
{
	do {
		str_add_char(out, (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0)));
		n >>= 7;
	} while (n);
}

void pack_text(struct str *out, struct slice text)
{
	pack_number(out, text.len);
	str_add_slice(out, text);
}

uint64_t unpack_number(struct unpack *u)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 64 && u->rest.len; shift += 7) {
		unsigned char c = (unsigned char)*u->rest.p;

		u->rest.p++;
		u->rest.len--;
		n |= (uint64_t)(c & 0x7F) << shift;
		if (!(c & 0x80))
			return n;
	}
	u->bad = true;
	u->rest.len = 0;
	return 0;
}

struct slice unpack_text(struct unpack *u)
{
	uint64_t len = unpack_number(u);
	struct slice text = {u->rest.p, 0};

	if (len > u->rest.len) {
		u->bad = true;
		u->rest.len = 0;
		return text;
	}
	text.len = (size_t)len;
	u->rest.p += len;
	u->rest.len -= (size_t)len;
	return text;
}
