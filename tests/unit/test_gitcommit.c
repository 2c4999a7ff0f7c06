/* SPDX-License-Identifier: MIT */
#include "core/gitcommit.h"

#include "support.h"

#include <string.h>

#define TREE  "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
#define UP    "parent e83c5163316f89bfbde7d9ab23ca2e25604af290\n"
#define WHO   "author A <a@e> 1767225600 +0100\ncommitter C <c@e> 1767225601 -0130\n"
#define SIG   "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n"
#define STRIP "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"

static struct gitcommit c;
static struct error err;

static int forget(void **state)
{
	(void)state;
	gitcommit_release(&c);
	return 0;
}

static void read_text(const char *text)
{
	if (gitcommit_read(slice_of(text), &c, &err) != 0)
		fail_msg("%s", err.text);
}

static void a_commit_is_taken_apart(void **state)
{
	(void)state;
	read_text(TREE UP UP WHO "encoding x\n\nsubject\n\nbody\n");
	assert_slice_is(c.tree, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
	assert_int_equal(c.n_parents, 2);
	assert_slice_is(c.parents[1], "e83c5163316f89bfbde7d9ab23ca2e25604af290");
	assert_int_equal(c.committed, 1767225601);
	assert_slice_is(c.message, "subject\n\nbody\n");
	assert_null(c.crooked);
	assert_false(c.is_signed);
}

static void what_was_signed_is_the_commit_without_its_signature(void **state)
{
	(void)state;
	read_text(TREE UP WHO SIG "\nsubject\n");
	assert_null(c.crooked);
	assert_true(c.is_signed);
	assert_slice_is(str_slice(&c.signature), STRIP);
	assert_slice_is(str_slice(&c.payload), TREE UP WHO "\nsubject\n");
}

static void signing_puts_the_header_where_it_is_found_again(void **state)
{
	static const char plain[] = TREE UP WHO "\nsubject\n\ngpgsig in the body\n";
	struct str out = STR_INIT;

	(void)state;
	gitcommit_sign(&out, slice_of(plain), SLICE(STRIP "\n"));
	assert_int_equal(gitcommit_read(str_slice(&out), &c, &err), 0);
	assert_null(c.crooked);
	assert_slice_is(str_slice(&c.signature), STRIP);
	assert_slice_is(str_slice(&c.payload), plain);
	str_release(&out);
}

static void a_signature_in_the_message_is_none(void **state)
{
	(void)state;
	read_text(TREE UP WHO "\n" SIG "\nsubject\n");
	assert_null(c.crooked);
	assert_false(c.is_signed);
	read_text(TREE UP WHO "\nsubject\n\n" SIG);
	assert_false(c.is_signed);
}

static void no_signature_counts_in_a_header_that_git_would_not_write(void **state)
{
	static const char *const crooked[] = {
		TREE UP WHO SIG SIG "\ns\n",
		TREE UP WHO SIG "encoding x\n" SIG "\ns\n",
		TREE UP SIG WHO "\ns\n",
		TREE SIG UP WHO "\ns\n",
		TREE UP WHO "gpgsig-sha256 x\n" SIG "\ns\n",
		TREE UP WHO "gpgsignature x\n" SIG "\ns\n",
		TREE UP WHO SIG TREE "\ns\n",
		TREE UP WHO SIG UP "\ns\n",
		TREE UP WHO SIG "author B <b@e> 1 +0000\n\ns\n",
		TREE UP WHO SIG "committer B <b@e> 1 +0000\n\ns\n",
		TREE UP WHO " goes on\n" SIG "\ns\n",
		TREE " goes on\n" UP WHO SIG "\ns\n",
		TREE UP WHO SIG "empty\n\ns\n",
		TREE UP "author A <a@e> 1767225600 +0100\r\ncommitter C <c@e> 1 +0000\n" SIG
			"\ns\n",
		TREE UP "author A <a@e>\ncommitter C <c@e> 1 +0000\n" SIG "\ns\n",
		TREE UP "author A <a@e> 1 +0000\ncommitter C <c@e> 1\n" SIG "\ns\n",
		TREE UP "author A <a@e> 1 +0000\n" SIG "\ns\n",
		TREE UP WHO SIG,
		TREE UP WHO "gpgsig -----BEGIN SSH SIGNATURE-----",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(crooked) / sizeof(*crooked); i++) {
		read_text(crooked[i]);
		if (!c.crooked || !c.is_signed)
			fail_msg("%zu was not refused: %s", i, crooked[i]);
	}
}

static void a_nul_in_the_header_makes_it_crooked(void **state)
{
	static const char text[] = TREE UP WHO "mergetag a\0b\n" SIG "\ns\n";

	(void)state;
	assert_int_equal(gitcommit_read(slice_make(text, sizeof(text) - 1), &c, &err), 0);
	assert_non_null(c.crooked);
}

static void a_tag_within_the_header_is_no_signature_of_the_commit(void **state)
{
	(void)state;
	read_text(TREE UP WHO "mergetag object e83c5163316f89bfbde7d9ab23ca2e25604af290\n type "
			      "commit\n gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n\ns\n");
	assert_null(c.crooked);
	assert_false(c.is_signed);
}

static void what_is_no_commit_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",       "\n",         "tree x\n\n",     UP WHO "\ns\n",
		"blob\n", TREE "\ns\n", TREE TREE "\ns\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(gitcommit_read(slice_of(wrong[i]), &c, &err), ST_INPUT);
}

static void any_bytes_are_read_or_refused(void **state)
{
	static const char text[] = TREE UP WHO SIG "encoding x\n\nsubject\n";
	struct prng r = prng_make(5);

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str bytes = STR_INIT;

		str_add_text(&bytes, text);
		for (size_t k = 0; k <= prng_below(&r, 5); k++)
			bytes.p[prng_below(&r, bytes.len)] =
				prng_one_in(&r, 2) ? (char)prng_next(&r)
						   : "\n \0"[prng_below(&r, 3)];
		str_truncate(&bytes, prng_below(&r, bytes.len + 1));
		(void)!gitcommit_read(str_slice(&bytes), &c, &err);
		str_release(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_commit_is_taken_apart, forget),
		cmocka_unit_test_teardown(what_was_signed_is_the_commit_without_its_signature,
					  forget),
		cmocka_unit_test_teardown(signing_puts_the_header_where_it_is_found_again,
					  forget),
		cmocka_unit_test_teardown(a_signature_in_the_message_is_none, forget),
		cmocka_unit_test_teardown(
			no_signature_counts_in_a_header_that_git_would_not_write, forget),
		cmocka_unit_test_teardown(a_nul_in_the_header_makes_it_crooked, forget),
		cmocka_unit_test_teardown(a_tag_within_the_header_is_no_signature_of_the_commit,
					  forget),
		cmocka_unit_test_teardown(what_is_no_commit_is_refused, forget),
		cmocka_unit_test_teardown(any_bytes_are_read_or_refused, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
