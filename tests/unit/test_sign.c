/* SPDX-License-Identifier: MIT */
#include "store/sign.h"

#include "core/record.h"
#include "core/sshsig.h"
#include "store/run.h"
#include "store/sign_kept.h"
#include "support_git.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static struct error err;
static struct sign_checker checker = SIGN_CHECKER_INIT;
static struct sign_answer answer = SIGN_ANSWER_INIT;
static struct signers list;
static struct str signature;
static pid_t agent;

static void make_key(const char *name, const char *passphrase)
{
	sh("ssh-keygen -q -a 1 -t ed25519 -N '%s' -C 'The %s' -f %s", passphrase, name, name);
}

/* The path of a key; valid until the next call. */
static const char *key(const char *name)
{
	static char path[300];

	snprintf(path, sizeof(path), "%s/%s", scratch(), name);
	return path;
}

static void read_list(const char *text)
{
	signers_release(&list);
	if (signers_read(slice_of(text), &list, &err) != 0)
		fail_msg("%s", err.text);
}

static int setup(void **state)
{
	int rc = scratch_setup(state);

	if (run_has("ssh-keygen")) {
		make_key("afr", "");
		make_key("eur", "");
	}
	return rc;
}

static int teardown(void **state)
{
	if (agent > 0)
		kill(agent, SIGTERM);
	agent = 0;
	unsetenv("SSH_AUTH_SOCK");
	sign_checker_release(&checker);
	sign_answer_release(&answer);
	signers_release(&list);
	str_release(&signature);
	return scratch_teardown(state);
}

static void signed_by(const char *name, const char *bytes)
{
	str_clear(&signature);
	if (sign_bytes(key(name), RECORD_PURPOSE, slice_of(bytes), &signature, &err) != 0)
		fail_msg("%s", err.text);
}

static enum sign_result checked(const char *bytes, const char *name)
{
	const char *const names[] = {name, NULL};
	struct sign_question q = {.bytes = slice_of(bytes),
				  .signature = str_slice(&signature),
				  .purpose = RECORD_PURPOSE,
				  .names = names,
				  .who = &list,
				  .at = 1767225600};

	sign_check(&checker, &q, &answer);
	return answer.result;
}

static void a_signature_by_a_listed_key_is_good(void **state)
{
	(void)state;
	read_list(sh_out("printf 'AFR,x@y '; cat afr.pub; printf 'EUR '; cat eur.pub"));
	signed_by("afr", "one\n");
	assert_int_equal(checked("one\n", "AFR"), SIGN_GOOD);
	assert_slice_is(str_slice(&answer.as), "AFR");
	assert_slice_is(str_slice(&answer.whom), "The afr");
	assert_slice_is(slice_make(str_text(&answer.key), 7), "SHA256:");
	/* Of other bytes it is bad, and for another party it is not listed. */
	assert_int_equal(checked("one\n\n", "AFR"), SIGN_BAD);
	assert_int_equal(checked("one", "AFR"), SIGN_BAD);
	assert_int_equal(checked("one\n", "EUR"), SIGN_UNLISTED);
	assert_int_equal(checked("one\n", "chair"), SIGN_UNLISTED);
	read_list(sh_out("printf 'AFR '; cat eur.pub"));
	assert_int_equal(checked("one\n", "AFR"), SIGN_UNLISTED);
	assert_int_equal(checked("two\n", "AFR"), SIGN_BAD);
}

static void a_key_out_of_its_time_or_purpose_is_not_listed(void **state)
{
	(void)state;
	signed_by("afr", "one");
	read_list(sh_out("printf 'AFR valid-before=\"20251231\" '; cat afr.pub"));
	assert_int_equal(checked("one", "AFR"), SIGN_UNLISTED);
	read_list(sh_out("printf 'AFR valid-after=\"20260102\" '; cat afr.pub"));
	assert_int_equal(checked("one", "AFR"), SIGN_UNLISTED);
	read_list(sh_out("printf 'AFR namespaces=\"git\" '; cat afr.pub"));
	assert_int_equal(checked("one", "AFR"), SIGN_UNLISTED);
	read_list(sh_out("printf 'AFR namespaces=\"git,adref-position@v1\",valid-after="
			 "\"20260101\",valid-before=\"20260102Z\" '; cat afr.pub"));
	assert_int_equal(checked("one", "AFR"), SIGN_GOOD);
}

static void a_signature_for_another_purpose_is_bad(void **state)
{
	(void)state;
	read_list(sh_out("printf 'AFR '; cat afr.pub"));
	assert_int_equal(sign_bytes(key("afr"), SIGN_COMMIT, SLICE("one"), &signature, &err),
			 0);
	assert_int_equal(checked("one", "AFR"), SIGN_BAD);
}

static void no_byte_of_a_signature_can_be_changed(void **state)
{
	(void)state;
	read_list(sh_out("printf 'AFR '; cat afr.pub"));
	signed_by("afr", "one");
	for (size_t i = 0; i < signature.len; i += 13) {
		signature.p[i] ^= 1;
		if (checked("one", "AFR") == SIGN_GOOD)
			fail_msg("byte %zu does not count", i);
		signature.p[i] ^= 1;
	}
	assert_int_equal(checked("one", "AFR"), SIGN_GOOD);
}

static void without_ssh_keygen_nothing_is_said_to_be_bad(void **state)
{
	char *path = strdup(getenv("PATH"));

	(void)state;
	read_list(sh_out("printf 'AFR '; cat afr.pub"));
	signed_by("afr", "one");
	setenv("PATH", scratch(), 1);
	assert_int_equal(checked("one", "AFR"), SIGN_UNKNOWN);
	assert_non_null(strstr(str_text(&answer.why), "openssh-client"));
	assert_int_equal(sign_bytes(key("afr"), RECORD_PURPOSE, SLICE("one"), &signature, &err),
			 ST_MISSING);
	setenv("PATH", path, 1);
	free(path);
}

/* What is kept in the repository, as one run of checking has it. */
static enum sign_result checked_in(const char *repository, const char *bytes, const char *name)
{
	struct repo *r = NULL;
	enum sign_result result;

	if (repo_open(&r, repository, &err) != 0)
		fail_msg("%s", err.text);
	checker.kept = sign_kept_open(r);
	result = checked(bytes, name);
	sign_kept_close(checker.kept);
	checker.kept = NULL;
	repo_free(r);
	return result;
}

static void what_was_good_is_not_asked_again_as_long_as_nothing_changes(void **state)
{
	static const char afr[] = "printf 'AFR '; cat afr.pub";
	char *path = strdup(getenv("PATH"));

	(void)state;
	setenv("XDG_STATE_HOME", sh_out("echo $PWD/state"), 1);
	sh("git init -q work && git init -q other");
	read_list(sh_out(afr));
	signed_by("afr", "one");
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_GOOD);
	assert_int_equal(checked_in("work", "two", "AFR"), SIGN_BAD);
	read_list(sh_out("printf 'EUR '; cat afr.pub"));
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_UNLISTED);
	/* From here on there is no ssh-keygen to ask. */
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_UNLISTED);
	assert_int_equal(checked_in("work", "one", "EUR"), SIGN_UNKNOWN);
	assert_int_equal(checked_in("other", "one", "AFR"), SIGN_UNKNOWN);
	setenv("PATH", path, 1);
	read_list(sh_out(afr));
	sh("git init -q third && mkdir third/.git/adref && cp work/.git/adref/signed-* "
	   "third/.git/adref");
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_GOOD);
	assert_int_equal(checked_in("work", "two", "AFR"), SIGN_UNKNOWN);
	assert_int_equal(checked_in("third", "one", "AFR"), SIGN_UNKNOWN);
	signature.p[signature.len - 1] ^= 1;
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_UNKNOWN);
	signature.p[signature.len - 1] ^= 1;
	setenv("PATH", path, 1);
	/* One byte of what is kept, and nothing is believed. */
	sh("f=$(echo work/.git/adref/signed-*) && printf x | "
	   "dd of=$f bs=1 seek=$(($(stat -c %%s $f) - 1)) conv=notrunc status=none");
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(checked_in("work", "one", "AFR"), SIGN_UNKNOWN);
	setenv("PATH", path, 1);
	unsetenv("XDG_STATE_HOME");
	free(path);
}

static void who_is_told_to_stop_asks_nothing_more(void **state)
{
	atomic_bool stop = true;

	(void)state;
	read_list(sh_out("printf 'AFR '; cat afr.pub"));
	signed_by("afr", "one");
	checker.stop = &stop;
	assert_int_equal(checked("one", "AFR"), SIGN_UNKNOWN);
	atomic_store(&stop, false);
	assert_int_equal(checked("one", "AFR"), SIGN_GOOD);
	checker.stop = NULL;
}

static void without_a_list_nothing_is_said_to_be_good(void **state)
{
	const char *const names[] = {"AFR", NULL};
	struct sign_question q = {SLICE("one"), {NULL, 0}, RECORD_PURPOSE, names, NULL, 0};

	(void)state;
	signed_by("afr", "one");
	q.signature = str_slice(&signature);
	sign_check(&checker, &q, &answer);
	assert_int_equal(answer.result, SIGN_UNKNOWN);
	q.bytes = SLICE("two");
	sign_check(&checker, &q, &answer);
	assert_int_equal(answer.result, SIGN_BAD);
}

static void a_locked_key_is_not_asked_about(void **state)
{
	(void)state;
	make_key("locked", "secret");
	assert_int_equal(
		sign_bytes(key("locked"), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		ST_DENIED);
	assert_non_null(strstr(err.text, "ssh-add"));
}

static void the_agent_signs_with_a_locked_key(void **state)
{
	struct str literal = STR_INIT;

	(void)state;
	if (!run_has("ssh-agent"))
		skip();
	make_key("locked", "secret");
	agent = (pid_t)atoi(sh_out("ssh-agent -s -a %s | sed -n 's/.*PID=\\([0-9]*\\).*/\\1/p'",
				   key("agent")));
	assert_true(agent > 0);
	setenv("SSH_AUTH_SOCK", key("agent"), 1);
	put_file("askpass", "#!/bin/sh\necho secret\n");
	sh("chmod +x askpass; SSH_ASKPASS=%s SSH_ASKPASS_REQUIRE=force ssh-add -q locked "
	   "2>/dev/null",
	   key("askpass"));
	read_list(sh_out("printf 'AFR '; cat locked.pub"));
	signed_by("locked", "one");
	assert_int_equal(checked("one", "AFR"), SIGN_GOOD);
	/* By the public key itself too, as git takes it. */
	str_addf(&literal, "key::%s", sh_out("cat locked.pub"));
	str_clear(&signature);
	assert_int_equal(
		sign_bytes(str_text(&literal), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		0);
	assert_int_equal(checked("one", "AFR"), SIGN_GOOD);
	str_clear(&literal);
	str_add_text(&literal, sh_out("cat eur.pub"));
	assert_int_equal(
		sign_bytes(str_text(&literal), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		ST_DENIED);
	str_release(&literal);
}

static void a_key_that_is_not_there_or_no_file_is_named(void **state)
{
	(void)state;
	assert_int_equal(
		sign_bytes(key("nothing"), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		ST_MISSING);
	assert_int_equal(sign_bytes(scratch(), RECORD_PURPOSE, SLICE("one"), &signature, &err),
			 ST_INPUT);
	assert_int_equal(sign_bytes("afr", RECORD_PURPOSE, SLICE("one"), &signature, &err),
			 ST_USAGE);
	sh("mkfifo pipe");
	assert_int_equal(
		sign_bytes(key("pipe"), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		ST_INPUT);
	put_file("text", "no key\n");
	assert_int_equal(
		sign_bytes(key("text"), RECORD_PURPOSE, SLICE("one"), &signature, &err),
		ST_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_signature_by_a_listed_key_is_good, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_key_out_of_its_time_or_purpose_is_not_listed,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_signature_for_another_purpose_is_bad, setup,
						teardown),
		cmocka_unit_test_setup_teardown(no_byte_of_a_signature_can_be_changed, setup,
						teardown),
		cmocka_unit_test_setup_teardown(without_ssh_keygen_nothing_is_said_to_be_bad,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_good_is_not_asked_again_as_long_as_nothing_changes, setup,
			teardown),
		cmocka_unit_test_setup_teardown(who_is_told_to_stop_asks_nothing_more, setup,
						teardown),
		cmocka_unit_test_setup_teardown(without_a_list_nothing_is_said_to_be_good,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_locked_key_is_not_asked_about, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_agent_signs_with_a_locked_key, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_key_that_is_not_there_or_no_file_is_named,
						setup, teardown),
	};

	if (!run_has("ssh-keygen")) {
		printf("1..0 # SKIP needs ssh-keygen\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
