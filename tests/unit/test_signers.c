/* SPDX-License-Identifier: MIT */
#include "core/signers.h"

#include "core/sshsig.h"
#include "support.h"

#include <string.h>

#define KEY   "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDYSUVqHHT1hAATpYYMnNqLAQ6ArljAKuEH4ucCG+X5e"
#define OTHER "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZ4bl3vzPGNwui07NrfMb5PK3dUHZ/pZDBvIUcxdqao"

static struct signers got;
static struct error err;

static int forget(void **state)
{
	(void)state;
	signers_release(&got);
	return 0;
}

static void read_text(const char *text)
{
	forget(NULL);
	if (signers_read(slice_of(text), &got, &err) != 0)
		fail_msg("%s", err.text);
}

static enum signers_answer asked(const char *name, int64_t at)
{
	const char *const names[] = {name, NULL};
	const struct signer *which;
	const char *as;

	return signers_ask(&got, str_slice(&got.v[0].key), names, "adref-position@v1", at,
			   &which, &as);
}

static void a_line_says_for_whom_a_key_signs(void **state)
{
	(void)state;
	read_text(
		"# who signs\n\nAFR,amina@example.org namespaces=\"adref-position@v1,git\" " KEY
		" Amina Diallo\nchair,secretariat\t" OTHER "\n");
	assert_int_equal(got.n, 2);
	assert_string_equal(got.v[0].comment, "Amina Diallo");
	assert_int_equal(got.v[0].line, 3);
	assert_int_equal(asked("AFR", 0), SIGNERS_LISTED);
	assert_int_equal(asked("EUR", 0), SIGNERS_OTHERS);
	assert_int_equal(asked("afr", 0), SIGNERS_OTHERS);
	assert_int_equal(asked("chair", 0), SIGNERS_OTHERS);
	assert_true(signers_has(&got, str_slice(&got.v[1].key), SIGNERS_CHAIR));
	assert_ptr_equal(signers_find(&got, str_slice(&got.v[1].key)), &got.v[1]);
}

static void a_key_counts_in_its_time_only(void **state)
{
	(void)state;
	read_text("AFR valid-after=\"20260101\",valid-before=\"20260301123000Z\" " KEY "\n");
	assert_int_equal(asked("AFR", 1767225599), SIGNERS_NOT_YET);
	assert_int_equal(asked("AFR", 1767225600), SIGNERS_LISTED);
	assert_int_equal(asked("AFR", 1772368200), SIGNERS_LISTED);
	assert_int_equal(asked("AFR", 1772368201), SIGNERS_NO_LONGER);
	read_text("AFR namespaces=\"git\" " KEY "\n");
	assert_int_equal(asked("AFR", 0), SIGNERS_NO_PURPOSE);
}

static void a_key_may_stand_in_several_lines(void **state)
{
	(void)state;
	read_text("AFR valid-before=\"20200101\" " KEY "\nAFR " KEY " anew\n");
	assert_int_equal(asked("AFR", 1772368201), SIGNERS_LISTED);
}

static void a_line_that_could_be_read_in_two_ways_spoils_the_list(void **state)
{
	static const char *const wrong[] = {
		"* " KEY "\n",
		"A?R " KEY "\n",
		"AFR,!EUR " KEY "\n",
		"AFR,*@example.org " KEY "\n",
		"\"AFR\" " KEY "\n",
		"AFR, " KEY "\n",
		",AFR " KEY "\n",
		" AFR " KEY "\n",
		"-f " KEY "\n",
		"AFR cert-authority " KEY "\n",
		"AFR cert-authority,namespaces=\"git\" " KEY "\n",
		"AFR namespaces=\"git\",cert-authority " KEY "\n",
		"AFR namespaces=git " KEY "\n",
		"AFR namespaces=\"git*\" " KEY "\n",
		"AFR namespaces=\"git\",namespaces=\"adref-position@v1\" " KEY "\n",
		"AFR valid-before=\"2026\" " KEY "\n",
		"AFR valid-before=\"20260230\" " KEY "\n",
		"AFR valid-before=\"20261301\" " KEY "\n",
		"AFR valid-before=\"never\" " KEY "\n",
		"AFR valid-after=\"20270101\",valid-before=\"20260101\" " KEY "\n",
		"AFR no-touch-required=\"\" " KEY "\n",
		"AFR restrict=\"x\" " KEY "\n",
		"AFR " KEY "\r\n",
		"AFR " KEY " a\x1b[2Jb\n",
		"AFR " KEY " \xff\n",
		"AFR ssh-rsa "
		"AAAAC3NzaC1lZDI1NTE5AAAAIDYSUVqHHT1hAATpYYMnNqLAQ6ArljAKuEH4ucCG+X5e\n",
		"AFR ssh-ed25519 "
		"AAAAC3NzaC1lZDI1NTE5AAAAIDYSUVqHHT1hAATpYYMnNqLAQ6ArljAKuEH4ucCG\n",
		"AFR ssh-ed25519\n",
		"AFR\n",
		"AFR ssh-ed25519-cert-v01@openssh.com AAAA\n",
		"AFR ssh-dss AAAAB3NzaC1kc3MAAAABAQ==\n",
		/* 1024 bits are too few. */
		"AFR ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQE=\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct str text = STR_INIT;

		str_addf(&text, "EUR %s\n%s", OTHER, wrong[i]);
		if (signers_read(str_slice(&text), &got, &err) != ST_INPUT)
			fail_msg("was read: %s", wrong[i]);
		assert_int_equal(got.n, 0);
		assert_int_equal(strncmp(err.text, "2: ", 3), 0);
		str_release(&text);
	}
}

static void a_nul_spoils_the_list(void **state)
{
	static const char text[] = "AFR " KEY " a\0b\n";

	(void)state;
	assert_int_equal(signers_read(slice_make(text, sizeof(text) - 1), &got, &err),
			 ST_INPUT);
}

static void what_is_written_anew_says_the_same_for_one_name(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	read_text("AFR,chair namespaces=\"git\",valid-after=\"20240229\",valid-before="
		  "\"20991231235959\" " KEY " Amina\n");
	signer_write(&out, &got.v[0], "chair");
	assert_slice_is(str_slice(&out),
			"chair namespaces=\"git\",valid-after=\"20240229000000\",valid-before="
			"\"20991231235959\" " KEY "\n");
	str_release(&out);
	read_text("AFR valid-before=\"197001010000\" " KEY "\n");
	signer_write(&out, &got.v[0], "AFR");
	assert_slice_is(str_slice(&out), "AFR valid-before=\"19700101000000\" " KEY "\n");
	str_release(&out);
}

static void two_lists_meet_in_what_both_have(void **state)
{
	struct signers a, b, both = {NULL, 0, 0};

	(void)state;
	assert_int_equal(signers_read(SLICE("AFR " KEY "\nEUR " OTHER "\n"), &a, &err), 0);
	assert_int_equal(
		signers_read(SLICE("EUR " OTHER " again\nAFR,chair " KEY "\n"), &b, &err), 0);
	signers_meet(&a, &b, &both);
	assert_int_equal(both.n, 1);
	assert_string_equal(both.v[0].names[0], "EUR");
	signers_release(&a);
	signers_release(&b);
	signers_release(&both);
}

static void any_bytes_are_read_or_refused(void **state)
{
	static const char base[] =
		"AFR,chair namespaces=\"git\",valid-after=\"20240229\" " KEY "\n";
	struct prng r = prng_make(3);

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str text = STR_INIT;

		str_add_text(&text, base);
		for (size_t k = 0; k <= prng_below(&r, 4); k++)
			text.p[prng_below(&r, text.len)] =
				prng_one_in(&r, 2) ? (char)prng_next(&r)
						   : "\",= \t\n#"[prng_below(&r, 7)];
		if (signers_read(str_slice(&text), &got, &err) == 0 && got.n) {
			struct str out = STR_INIT;
			struct signers again;

			/* What was taken can be written and read again. */
			signer_write(&out, &got.v[0], got.v[0].names[0]);
			assert_int_equal(signers_read(str_slice(&out), &again, &err), 0);
			assert_int_equal(again.n, 1);
			assert_true(again.v[0].after == got.v[0].after);
			signers_release(&again);
			str_release(&out);
		}
		signers_release(&got);
		str_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_line_says_for_whom_a_key_signs, forget),
		cmocka_unit_test_teardown(a_key_counts_in_its_time_only, forget),
		cmocka_unit_test_teardown(a_key_may_stand_in_several_lines, forget),
		cmocka_unit_test_teardown(a_line_that_could_be_read_in_two_ways_spoils_the_list,
					  forget),
		cmocka_unit_test_teardown(a_nul_spoils_the_list, forget),
		cmocka_unit_test_teardown(what_is_written_anew_says_the_same_for_one_name,
					  forget),
		cmocka_unit_test_teardown(two_lists_meet_in_what_both_have, forget),
		cmocka_unit_test_teardown(any_bytes_are_read_or_refused, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
