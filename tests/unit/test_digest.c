/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/digest.h"

#include <stdio.h>
#include <string.h>

static void a_digest_is_sha_256_in_hexadecimal(void **state)
{
	char hex[DIGEST_HEX + 1];

	(void)state;
	digest_hex("one\n", 4, hex);
	assert_string_equal(hex,
			    "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806");
	digest_hex("", 0, hex);
	assert_string_equal(hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* Every length up to 140, a change of every bit, a byte more or less. */
static void the_quick_one_sees_every_small_change(void **state)
{
	struct prng r = {1};
	struct str text = STR_INIT;
	char *bytes;

	(void)state;
	random_bytes(&r, &text, 141);
	bytes = text.p;
	for (size_t len = 0; len < text.len; len++) {
		uint64_t was = digest_quick(bytes, len);

		assert_true(digest_quick(bytes, len) == was);
		assert_true(len == 0 || digest_quick(bytes, len - 1) != was);
		for (size_t bit = 0; bit < 8 * len; bit++) {
			bytes[bit / 8] ^= (char)(1 << bit % 8);
			assert_true(digest_quick(bytes, len) != was);
			bytes[bit / 8] ^= (char)(1 << bit % 8);
		}
	}
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_digest_is_sha_256_in_hexadecimal),
		cmocka_unit_test(the_quick_one_sees_every_small_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
