/* SPDX-License-Identifier: MIT */
#include "store/archive.h"

#include "core/mem.h"
#include "support_archive.h"

#include <stdlib.h>

static struct error err;

/* Of two files: "a.txt" and "b". */
static void make(struct str *out, struct slice a, struct slice b)
{
	static const char *const names[] = {"a.txt", "b"};
	const struct slice contents[] = {a, b};

	make_archive(names, contents, 2, out);
}

static int replace_by_other(struct archive *a)
{
	struct str other = STR_INIT;
	int rc;

	str_add_text(&other, "other");
	rc = archive_replace(a, 1, &other, &err);
	assert_int_equal(other.len, 0); /* the archive's by now */
	return rc;
}

static void what_is_replaced_is_read_again_and_the_rest_stays(void **state)
{
	struct str bytes = STR_INIT, out = STR_INIT, again = STR_INIT;
	struct archive *a;

	(void)state;
	make(&bytes, SLICE("words words words words"), SLICE("\0\1"));
	assert_int_equal(archive_open(str_slice(&bytes), &a, &err), 0);
	assert_int_equal(archive_count(a), 2);
	assert_slice_is(archive_name(a, 0), "a.txt");
	assert_int_equal(archive_unpack(a, 0, 100, &out, &err), 0);
	assert_slice_is(str_slice(&out), "words words words words");
	assert_int_equal(replace_by_other(a), 0);
	assert_int_equal(archive_write(a, &again, &err), 0);
	archive_close(a);

	assert_int_equal(archive_open(str_slice(&again), &a, &err), 0);
	assert_int_equal(archive_count(a), 2);
	assert_int_equal(archive_unpack(a, 0, 100, &out, &err), 0);
	assert_int_equal(archive_unpack(a, 1, 100, &out, &err), 0);
	assert_slice_is(str_slice(&out), "words words words wordswords words words wordsother");
	archive_close(a);
	str_release(&bytes);
	str_release(&again);
	str_release(&out);
}

/* Where most of it stays as it is, libzip writes it otherwise. */
static void what_stays_may_be_most_of_it_or_all(void **state)
{
	struct str bytes = STR_INIT, before = STR_INIT, again = STR_INIT;
	char noise[5000];
	struct archive *a;

	(void)state;
	for (size_t i = 0, x = 1; i < sizeof(noise); i++, x = x * 1103515245 + 12345)
		noise[i] = (char)(x >> 16);
	make(&bytes, slice_make(noise, sizeof(noise)), SLICE("last"));
	str_add_slice(&before, str_slice(&bytes));
	for (int replaced = 0; replaced < 2; replaced++) {
		str_clear(&again);
		assert_int_equal(archive_open(str_slice(&bytes), &a, &err), 0);
		if (replaced)
			assert_int_equal(replace_by_other(a), 0);
		assert_int_equal(archive_write(a, &again, &err), 0);
		archive_close(a);
		assert_true(slice_equal(str_slice(&bytes), str_slice(&before)));
		assert_int_equal(archive_open(str_slice(&again), &a, &err), 0);
		str_clear(&again);
		assert_int_equal(archive_unpack(a, 0, 5000, &again, &err), 0);
		assert_true(slice_equal(str_slice(&again), slice_make(noise, sizeof(noise))));
		str_clear(&again);
		assert_int_equal(archive_unpack(a, 1, 100, &again, &err), 0);
		assert_slice_is(str_slice(&again), replaced ? "other" : "last");
		archive_close(a);
	}
	str_release(&bytes);
	str_release(&before);
	str_release(&again);
}

static void more_than_is_wanted_is_refused(void **state)
{
	struct str bytes = STR_INIT, out = STR_INIT;
	char zeros[3000] = {0};
	struct archive *a;

	(void)state;
	make(&bytes, slice_make(zeros, sizeof(zeros)), SLICE("1234"));
	assert_int_equal(archive_open(str_slice(&bytes), &a, &err), 0);
	assert_int_equal(archive_unpack(a, 0, 2999, &out, &err), ST_TOO_LARGE);
	assert_int_equal(archive_unpack(a, 1, 3, &out, &err), ST_TOO_LARGE);
	assert_int_equal(out.len, 0);
	assert_int_equal(archive_unpack(a, 0, 3000, &out, &err), 0);
	archive_close(a);
	str_release(&bytes);
	str_release(&out);
}

/* Reads all there is; that nothing is read outside is the sanitisers' to say. */
static int read_all(struct slice bytes)
{
	struct str out = STR_INIT;
	struct archive *a;
	int rc = archive_open(bytes, &a, &err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < archive_count(a) && rc == 0; i++)
		rc = archive_unpack(a, i, 10000, &out, &err);
	archive_close(a);
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
		cmocka_unit_test(what_is_replaced_is_read_again_and_the_rest_stays),
		cmocka_unit_test(what_stays_may_be_most_of_it_or_all),
		cmocka_unit_test(more_than_is_wanted_is_refused),
		cmocka_unit_test(a_broken_archive_is_refused_wherever_it_is_broken),
	};

	return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
