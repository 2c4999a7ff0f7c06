/* SPDX-License-Identifier: MIT */
#include "store/sign.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/sshsig.h"
#include "store/sign_kept.h"
#include "store/file.h"
#include "store/kept.h"
#include "store/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	SIGN_MS = 60 * 1000, /* a hardware key waits to be touched */
	CHECK_MS = 20 * 1000,
	OUT_MOST = 64 * 1024
};

/* Times in the list are UTC; and nobody is there to be asked. */
static const char *const environment[] = {"TZ=UTC", "SSH_ASKPASS_REQUIRE=never", NULL};

/* ---- a private folder ---- */

static int make_folder(struct str *folder, struct error *err)
{
	const char *tmp = getenv("TMPDIR");

	str_addf(folder, "%s/adref-sign.XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
	if (mkdtemp((char *)str_text(folder)))
		return 0;
	str_clear(folder);
	return error_set(err, ST_FAIL, N_("no temporary folder can be made: %s"),
			 strerror(errno));
}

static void path_in(struct str *path, const struct str *folder, const char *name)
{
	str_clear(path);
	str_add_slice(path, str_slice(folder));
	str_addf(path, "/%s", name);
}

static void drop_folder(struct str *folder)
{
	static const char *const names[] = {"signature", "signers", "key"};
	struct str path = STR_INIT;

	for (size_t i = 0; folder->len && i < sizeof(names) / sizeof(*names); i++) {
		path_in(&path, folder, names[i]);
		unlink(str_text(&path));
	}
	if (folder->len)
		rmdir(str_text(folder));
	str_release(&path);
	str_release(folder);
}

static int put_file(const struct str *folder, const char *name, struct slice bytes,
		    struct str *path, struct error *err)
{
	path_in(path, folder, name);
	unlink(str_text(path));
	return file_create(NULL, str_text(path), bytes, 0600, NULL, err);
}

/* ---- signing ---- */

/* A public key itself, in the place of a path. */
static const char *literal_key(const char *key)
{
	if (strncmp(key, "key::", 5) == 0)
		return key + 5;
	if (strncmp(key, "ssh-", 4) == 0 || strncmp(key, "ecdsa-", 6) == 0 ||
	    strncmp(key, "sk-", 3) == 0)
		return strchr(key, ' ') ? key : NULL;
	return NULL;
}

/* The file that ssh-keygen is to take the key from. */
static int key_file(const char *key, struct str *folder, struct str *path, struct error *err)
{
	const char *literal = literal_key(key), *home = getenv("HOME");
	struct str text = STR_INIT;
	struct stat st;
	int rc;

	if (literal) {
		rc = make_folder(folder, err);
		str_addf(&text, "%s\n", literal);
		if (rc == 0)
			rc = put_file(folder, "key", str_slice(&text), path, err);
		str_release(&text);
		return rc;
	}
	if (strncmp(key, "~/", 2) == 0 && home)
		str_addf(path, "%s/%s", home, key + 2);
	else
		str_add_text(path, key);
	if (path->p[0] != '/')
		return error_set(err, ST_USAGE,
				 N_("%s: the signing key should be a whole path; run adref set "
				    "signing-key /home/…"),
				 key);
	if (stat(str_text(path), &st) != 0)
		return error_set(err, ST_MISSING,
				 N_("%s: the signing key is not there; run adref set "
				    "signing-key with its path"),
				 str_text(path));
	if (!S_ISREG(st.st_mode))
		return error_set(err, ST_INPUT, N_("%s: not a file"), str_text(path));
	return 0;
}

/* Says what ssh-keygen's complaint means for the user. */
static int say_refused(const struct run_result *r, const char *key, struct error *err)
{
	struct slice said = str_slice(&r->err);

	if (slice_find(said, "passphrase"))
		return error_set(err, ST_DENIED,
				 N_("the signing key has a passphrase, and there is nobody to "
				    "ask for it here: run ssh-add %s first"),
				 key);
	if (slice_find(said, "agent") || slice_find(said, "No private key"))
		return error_set(err, ST_DENIED,
				 N_("ssh-agent does not have the signing key %s: run ssh-add "
				    "with its private part"),
				 key);
	return error_set(err, ST_FAIL, N_("ssh-keygen did not sign with %s: %.*s"), key,
			 (int)(said.len ? strcspn(str_text((struct str *)&r->err), "\r\n") : 0),
			 said.p);
}

static int say_no_program(struct error *err)
{
	return error_set(err, ST_MISSING,
			 N_("ssh-keygen is not there; install openssh-client"));
}

int sign_bytes(const char *key, const char *purpose, struct slice bytes, struct str *out,
	       struct error *err)
{
	struct str folder = STR_INIT, path = STR_INIT;
	struct run_result r = RUN_RESULT_INIT;
	int rc = key_file(key, &folder, &path, err);

	if (rc == 0) {
		const char *const argv[] = {"ssh-keygen", "-Y", "sign",          "-q", "-n",
					    purpose,      "-f", str_text(&path), NULL};
		const struct run run = {.argv = argv,
					.env = RUN_NEUTRAL,
					.set = environment,
					.in = bytes,
					.most_out = OUT_MOST,
					.timeout_ms = SIGN_MS};

		rc = run_program(&run, &r, err);
		if (rc == ST_MISSING)
			rc = say_no_program(err);
		else if (rc == 0 && r.exit != 0)
			rc = say_refused(&r, literal_key(key) ? key : str_text(&path), err);
		else if (rc == 0 && !sshsig_strip(str_slice(&r.out), out))
			rc = error_set(err, ST_FAIL,
				       N_("ssh-keygen gave something that is no signature"));
	}
	run_result_release(&r);
	drop_folder(&folder);
	str_release(&path);
	return rc;
}

/* ---- checking ---- */

void sign_answer_release(struct sign_answer *a)
{
	str_release(&a->key);
	str_release(&a->as);
	str_release(&a->whom);
	str_release(&a->why);
	a->result = SIGN_UNSIGNED;
}

void sign_answer_set(struct sign_answer *a, enum sign_result result, const char *why)
{
	sign_answer_release(a);
	a->result = result;
	if (why)
		str_add_text(&a->why, error_word(why));
}

void sign_checker_release(struct sign_checker *k)
{
	drop_folder(&k->folder);
}

/* Of all that the answer hangs on; line: the list's, as it is written for ssh-keygen. */
static void digest_of(const struct sign_question *q, const struct signer *who,
		      struct slice line, const char *as, char hex[DIGEST_HEX + 1])
{
	bool timed = who && (who->after != INT64_MIN || who->before != INT64_MAX);
	struct str all = STR_INIT;

	pack_text(&all, slice_of(q->purpose));
	pack_text(&all, q->bytes);
	pack_text(&all, q->signature);
	pack_text(&all, line);
	pack_text(&all, slice_of(as ? as : ""));
	pack_number(&all, timed ? (uint64_t)q->at : 0);
	digest_hex(all.p, all.len, hex);
	str_release(&all);
}

/* The same as ask() by ssh-keygen itself; line: what the list is to hold, "" for any key. */
static int run_keygen(struct sign_checker *k, const struct sign_question *q, struct slice line,
		      const char *as, struct error *err)
{
	struct str signature = STR_INIT, list = STR_INIT, text = STR_INIT;
	struct run_result r = RUN_RESULT_INIT;
	char at[48] = "-Overify-time=";
	time_t when = (time_t)q->at;
	struct tm tm;
	int rc = k->folder.len ? 0 : make_folder(&k->folder, err);

	sshsig_armour(&text, q->signature);
	if (rc == 0)
		rc = put_file(&k->folder, "signature", str_slice(&text), &signature, err);
	if (rc == 0 && line.len)
		rc = put_file(&k->folder, "signers", line, &list, err);
	if (rc == 0 &&
	    (!gmtime_r(&when, &tm) ||
	     !strftime(at + strlen(at), sizeof(at) - strlen(at), "%Y%m%d%H%M%S", &tm)))
		rc = error_set(err, ST_INPUT, N_("the time cannot be"));
	if (rc == 0) {
		const char *const listed[] = {
			"ssh-keygen", "-Y", "verify", "-q",       "-f", str_text(&list),
			"-I",         as,   "-n",     q->purpose, "-s", str_text(&signature),
			at,           NULL};
		const char *const anyone[] = {
			"ssh-keygen", "-Y", "check-novalidate",   "-q", "-n",
			q->purpose,   "-s", str_text(&signature), NULL};
		const struct run run = {.argv = line.len ? listed : anyone,
					.env = RUN_NEUTRAL,
					.set = environment,
					.in = q->bytes,
					.most_out = OUT_MOST,
					.timeout_ms = CHECK_MS,
					.stop = k->stop};

		rc = run_program(&run, &r, err);
		if (rc == ST_MISSING)
			rc = say_no_program(err);
		else if (rc == 0)
			rc = r.exit == 0 ? 0 : 1;
	}
	run_result_release(&r);
	str_release(&signature);
	str_release(&list);
	str_release(&text);
	return rc;
}

/* Whether the signature is of this; 0: good, 1: not, or a failure. who: the line it must be by;
 * NULL: any key. */
static int ask(struct sign_checker *k, const struct sign_question *q, const struct signer *who,
	       const char *as, struct error *err)
{
	struct str line = STR_INIT;
	char hex[DIGEST_HEX + 1];
	int rc = 0;

	if (who)
		signer_write(&line, who, as);
	digest_of(q, who, str_slice(&line), as, hex);
	if (k->stop && atomic_load(k->stop)) {
		rc = error_set(err, ST_FAIL, N_("stopped"));
	} else if (!k->kept || !sign_kept_has(k->kept, hex)) {
		rc = run_keygen(k, q, str_slice(&line), as, err);
		if (rc == 0 && k->kept)
			sign_kept_add(k->kept, hex);
	}
	str_release(&line);
	return rc;
}

/* Why a key may not sign, in words. */
static const char *say_unlisted(enum signers_answer is)
{
	switch (is) {
	case SIGNERS_OTHERS:
		return N_("the key is listed, but not for this");
	case SIGNERS_NO_PURPOSE:
		return N_("the key is listed for other purposes (namespaces) only");
	case SIGNERS_NOT_YET:
		return N_("the key is not valid yet");
	case SIGNERS_NO_LONGER:
		return N_("the key is not valid any longer");
	default:
		return N_("the list of signers does not have the key");
	}
}

void sign_check(struct sign_checker *k, const struct sign_question *q, struct sign_answer *a)
{
	enum signers_answer is = SIGNERS_NO_KEY;
	const struct signer *who = NULL;
	const char *as = NULL;
	struct sshsig s = SSHSIG_INIT;
	struct error err = ERROR_INIT;
	int rc;

	sign_answer_set(a, SIGN_BAD, NULL);
	if (sshsig_read(q->signature, &s, &err) < 0) {
		str_add_text(&a->why, err.text);
		goto done;
	}
	sshkey_fingerprint(str_slice(&s.key), &a->key);
	if (!slice_is(str_slice(&s.purpose), q->purpose)) {
		str_add_text(&a->why,
			     error_word(N_("the signature was made for something else")));
		goto done;
	}
	if (q->who)
		is = signers_ask(q->who, str_slice(&s.key), q->names, q->purpose, q->at, &who,
				 &as);
	rc = ask(k, q, who, as, &err);
	if (rc < 0) {
		a->result = SIGN_UNKNOWN;
		str_add_text(&a->why, err.text);
	} else if (rc > 0) {
		str_add_text(&a->why, error_word(N_("the signature is not of this")));
	} else if (!q->who) {
		a->result = SIGN_UNKNOWN;
		str_add_text(&a->why, error_word(N_("it is not known whose keys count")));
	} else if (!who) {
		const struct signer *other = signers_find(q->who, str_slice(&s.key));

		a->result = SIGN_UNLISTED;
		str_add_text(&a->why, error_word(say_unlisted(is)));
		if (other)
			str_add_text(&a->whom, other->comment);
	} else {
		a->result = SIGN_GOOD;
		str_add_text(&a->as, as);
		str_add_text(&a->whom, who->comment);
	}
done:
	sshsig_release(&s);
}
