/* SPDX-License-Identifier: MIT */
#include "store/zip.h"

#include "core/mem.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct error err;

/* An archive of two files: "a.txt", which holds "words words …", packed, and "b", stored. */
static void make(struct str *out, struct slice a, struct slice b)
{
	char packed[4096];
	z_stream s = {.next_in = (Bytef *)a.p, .avail_in = (uInt)a.len};
	struct zip_entry v[2] = {{.name = SLICE("a.txt"), .method = 8, .size = a.len},
				 {.name = SLICE("b")}};
	const struct slice with[2] = {{NULL, 0}, b};
	const struct zip z = {.v = v, .n = 2};

	s.next_out = (Bytef *)packed;
	s.avail_out = sizeof(packed);
	assert_int_equal(deflateInit2(&s, 9, Z_DEFLATED, -MAX_WBITS, 8, 0), Z_OK);
	assert_int_equal(deflate(&s, Z_FINISH), Z_STREAM_END);
	v[0].packed = slice_make(packed, sizeof(packed) - s.avail_out);
	v[0].crc = (uint32_t)crc32(0, (const Bytef *)a.p, (uInt)a.len);
	deflateEnd(&s);
	zip_write(&z, with, out);
}

static void what_is_written_is_read_again(void **state)
{
	struct str bytes = STR_INIT, out = STR_INIT, again = STR_INIT;
	struct slice with[2] = {{NULL, 0}, {NULL, 0}};
	struct zip z;

	(void)state;
	make(&bytes, SLICE("words words words words"), SLICE("\0\1"));
	assert_int_equal(zip_read(&z, str_slice(&bytes), &err), 0);
	assert_int_equal(z.n, 2);
	assert_slice_is(z.v[0].name, "a.txt");
	assert_int_equal(zip_unpack(&z.v[0], 100, &out, &err), 0);
	assert_slice_is(str_slice(&out), "words words words words");
	str_clear(&out);
	assert_int_equal(zip_unpack(&z.v[1], 100, &out, &err), 0);
	assert_int_equal(out.len, 2);
	zip_write(&z, with, &again);
	assert_true(slice_equal(str_slice(&again), str_slice(&bytes)));
	zip_release(&z);
	str_release(&bytes);
	str_release(&again);
	str_release(&out);
}

static void more_than_is_wanted_is_refused(void **state)
{
	struct str bytes = STR_INIT, out = STR_INIT;
	char zeros[3000] = {0};
	struct zip z;

	(void)state;
	make(&bytes, slice_make(zeros, sizeof(zeros)), SLICE("1234"));
	assert_int_equal(zip_read(&z, str_slice(&bytes), &err), 0);
	assert_int_equal(zip_unpack(&z.v[0], 2999, &out, &err), ST_TOO_LARGE);
	assert_int_equal(zip_unpack(&z.v[1], 3, &out, &err), ST_TOO_LARGE);
	assert_int_equal(out.len, 0);
	assert_int_equal(zip_unpack(&z.v[0], 3000, &out, &err), 0);
	zip_release(&z);
	str_release(&bytes);
	str_release(&out);
}

/* Reads all there is; that nothing is read outside is the sanitisers' to say. */
static int read_all(struct slice bytes)
{
	struct str out = STR_INIT;
	struct zip z;
	int rc = zip_read(&z, bytes, &err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < z.n && rc == 0; i++)
		rc = zip_unpack(&z.v[i], 10000, &out, &err);
	zip_release(&z);
	str_release(&out);
	return rc;
}

static void a_broken_archive_is_refused_wherever_it_is_broken(void **state)
{
	struct prng r = prng_make(5);
	struct str bytes = STR_INIT;
	size_t refused = 0;

	(void)state;
	make(&bytes, SLICE("words words words words"), SLICE("other"));
	assert_int_equal(read_all(str_slice(&bytes)), 0);
	for (size_t len = 0; len < bytes.len; len++) {
		char *cut = mem_dup(bytes.p, len);

		assert_int_equal(read_all(slice_make(cut, len)), ST_INPUT);
		free(cut);
	}
	for (int i = 0; i < 3000; i++) {
		char *other = mem_dup(bytes.p, bytes.len);

		other[prng_below(&r, bytes.len)] = (char)prng_next(&r);
		refused += read_all(slice_make(other, bytes.len)) < 0;
		free(other);
	}
	assert_true(refused > 1000);
	str_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(more_than_is_wanted_is_refused),
		cmocka_unit_test(a_broken_archive_is_refused_wherever_it_is_broken),
	};

	return cmocka_run_group_tests_name("zip", tests, NULL, NULL);
}
