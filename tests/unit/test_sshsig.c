/* SPDX-License-Identifier: MIT */
#include "core/sshsig.h"

#include "support.h"

/* A signature by an ed25519 key, as ssh-keygen -Y sign -n adref-position@x wrote it. */
static const char armoured[] =
	"-----BEGIN SSH SIGNATURE-----\n"
	"U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgNhJRWocdPWEABOlhgyc2osBDoC\n"
	"uWMAq4Qfi5wIb5fl4AAAAQYWRyZWYtcG9zaXRpb25AeAAAAAAAAAAGc2hhNTEyAAAAUwAA\n"
	"AAtzc2gtZWQyNTUxOQAAAEB63UJjBGvdpKE0XS4OSdpRdRm2p9EETG/DTYGdDzzn7kDhp/\n"
	"ZJSOzCHGahxVE++M/C9BS/5bewKHZZ6/Qufo0D\n"
	"-----END SSH SIGNATURE-----\n";

static struct error err;

static void base64_brings_back_any_bytes(void **state)
{
	struct prng r = prng_make(1);

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct str bytes = STR_INIT, text = STR_INIT, back = STR_INIT;

		random_bytes(&r, &bytes, 1 + prng_below(&r, 40));
		base64_add(&text, str_slice(&bytes));
		assert_true(base64_read(str_slice(&text), &back));
		assert_slice_equal(str_slice(&back), str_slice(&bytes));
		str_release(&bytes);
		str_release(&text);
		str_release(&back);
	}
}

static void base64_is_read_in_one_way_only(void **state)
{
	static const char *const wrong[] = {"",         "A",    "AA",    "AAA",  "A===",
					    "AB==",     "AAB=", "AA=A",  "=AAA", "AAAA AAA",
					    "AA==AAAA", "AAA_", "AA\nA", "AAA\r"};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		if (base64_read(slice_of(wrong[i]), &out))
			fail_msg("was read: %s", wrong[i]);
		assert_int_equal(out.len, 0);
	}
	assert_true(base64_read(SLICE("AA=="), &out));
	assert_int_equal(out.len, 1);
	str_release(&out);
}

static void a_signature_says_its_key_and_purpose(void **state)
{
	struct str bytes = STR_INIT, again = STR_INIT, print = STR_INIT;
	struct sshsig s = SSHSIG_INIT;

	(void)state;
	assert_true(sshsig_strip(slice_of(armoured), &bytes));
	assert_int_equal(sshsig_read(str_slice(&bytes), &s, &err), 0);
	assert_slice_is(str_slice(&s.purpose), "adref-position@x");
	assert_slice_is(sshkey_kind(str_slice(&s.key)), "ssh-ed25519");
	assert_true(sshkey_is_fit(str_slice(&s.key)));
	sshkey_fingerprint(str_slice(&s.key), &print);
	assert_slice_is(str_slice(&print),
			"SHA256:SeRdVKS09JSdAhgizOmvhBQ5lEegYLwMLeoIzpFI96o");
	sshsig_armour(&again, str_slice(&bytes));
	assert_slice_is(str_slice(&again), armoured);
	sshsig_release(&s);
	str_release(&bytes);
	str_release(&again);
	str_release(&print);
}

static void what_is_cut_or_has_more_is_no_signature(void **state)
{
	struct str bytes = STR_INIT;
	struct sshsig s = SSHSIG_INIT;

	(void)state;
	assert_true(sshsig_strip(slice_of(armoured), &bytes));
	for (size_t n = 0; n < bytes.len; n++)
		assert_int_equal(sshsig_read(slice_make(bytes.p, n), &s, &err), ST_INPUT);
	str_add_char(&bytes, '\0');
	assert_int_equal(sshsig_read(str_slice(&bytes), &s, &err), ST_INPUT);
	sshsig_release(&s);
	str_release(&bytes);
}

static void any_change_of_length_or_head_is_noticed_or_harmless(void **state)
{
	struct str bytes = STR_INIT;
	struct prng r = prng_make(7);

	(void)state;
	assert_true(sshsig_strip(slice_of(armoured), &bytes));
	for (int i = 0; i < 5000; i++) {
		struct str one = STR_INIT;
		struct sshsig s = SSHSIG_INIT;

		str_add_slice(&one, str_slice(&bytes));
		for (size_t k = 0; k <= prng_below(&r, 3); k++)
			one.p[prng_below(&r, one.len)] = (char)prng_next(&r);
		str_truncate(&one, one.len - prng_below(&r, 3));
		(void)!sshsig_read(str_slice(&one), &s, &err);
		(void)sshkey_is_fit(str_slice(&s.key));
		sshsig_release(&s);
		str_release(&one);
	}
	str_release(&bytes);
}

static void armour_is_nothing_but_the_signature(void **state)
{
	static const char *const wrong[] = {
		"",
		"-----BEGIN SSH SIGNATURE-----\n",
		"-----BEGIN SSH SIGNATURE-----\nAAAA\n",
		"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
		" -----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
		"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\nmore\n",
		"-----BEGIN SSH SIGNATURE-----\nAAAA\r\n-----END SSH SIGNATURE-----\r\n",
		"-----BEGIN SSH SIGNATURE-----\nAAAA\n\nAAAA\n-----END SSH SIGNATURE-----\n",
		"-----BEGIN PGP SIGNATURE-----\nAAAA\n-----END PGP SIGNATURE-----\n"};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (sshsig_strip(slice_of(wrong[i]), &out))
			fail_msg("was read: %s", wrong[i]);
	assert_true(sshsig_strip(SLICE("-----BEGIN SSH SIGNATURE-----\nAAAA\n"
				       "-----END SSH SIGNATURE-----"),
				 &out));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_brings_back_any_bytes),
		cmocka_unit_test(base64_is_read_in_one_way_only),
		cmocka_unit_test(a_signature_says_its_key_and_purpose),
		cmocka_unit_test(what_is_cut_or_has_more_is_no_signature),
		cmocka_unit_test(any_change_of_length_or_head_is_noticed_or_harmless),
		cmocka_unit_test(armour_is_nothing_but_the_signature),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
