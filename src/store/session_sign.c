/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/record.h"
#include "core/signers.h"
#include "core/sshsig.h"
#include "git.h"
#include "session_inner.h"
#include "store/pin.h"
#include "store/sign.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Signatures of what a session records: by which key, and of which bytes. */

/* git's own setting, where it is about ssh keys: a path or a key, no id of a PGP key. */
static bool ask_git(struct session *s, struct str *key)
{
	char *format = repo_config_text(s->repo, "gpg.format");
	char *found = repo_config_text(s->repo, "user.signingkey");
	bool ssh = format && strcmp(format, "ssh") == 0;
	bool good = found && *found &&
		    (ssh || *found == '/' || *found == '~' || strncmp(found, "key::", 5) == 0);

	if (good)
		str_add_text(key, found);
	free(format);
	free(found);
	return good;
}

/* The key that ssh itself would try first. */
static bool ask_home(const struct session *s, struct str *key)
{
	static const char *const names[] = {"id_ed25519", "id_ecdsa", "id_rsa"};

	for (size_t i = 0; s->env.home && i < sizeof(names) / sizeof(*names); i++) {
		str_clear(key);
		str_addf(key, "%s/.ssh/%s.pub", s->env.home, names[i]);
		if (access(str_text(key), R_OK) == 0)
			return true;
	}
	str_clear(key);
	return false;
}

/*
 * What signs: the setting, else git's user.signingkey, else a key in ~/.ssh. Borrowed from s.
 * ST_MISSING: there is none; the words say what to do.
 */
static int signing_key(struct session *s, const char **key, struct error *err)
{
	int rc = session_repo(s, err);

	if (rc < 0)
		return rc;
	str_clear(&s->key);
	if (*s->settings.signing_key)
		str_add_text(&s->key, s->settings.signing_key);
	else if (!ask_git(s, &s->key) && !ask_home(s, &s->key))
		return error_set(err, ST_MISSING,
				 N_("there is no key to sign with: make one with ssh-keygen -t "
				    "ed25519, then run adref set signing-key with its path"));
	*key = str_text(&s->key);
	return 0;
}

int session_commit_key(struct session *s, const char **key, struct error *err)
{
	*key = NULL;
	return s->settings.sign_commits ? signing_key(s, key, err) : 0;
}

/* ---- positions ---- */

bool session_signs(const struct session *s)
{
	return s->signing == SIGNING_ON ||
	       (s->signing == SIGNING_AS_SET && s->settings.sign_positions);
}

/* The root that signatures name: of the commit the user vouches for, else of HEAD. */
static int find_root(struct session *s, char root[REPO_HEX + 1], struct error *err)
{
	struct error ignored = ERROR_INIT;
	char pin[REPO_HEX + 1];

	if (pin_get(s->repo, pin, &ignored) == 0 && pin_root(s->repo, pin, root, &ignored) == 0)
		return 0;
	return pin_root(s->repo, "HEAD", root, err);
}

/* The draft as records name it: "drafts/res-31". */
static int draft_of(struct session *s, const char *name, struct str *out, struct error *err)
{
	int rc = session_path(s, name, out, err);

	if (rc == 0 && slice_ends(str_slice(out), ".md"))
		str_truncate(out, out->len - 3);
	return rc;
}

static uint64_t next_serial(const struct seal *last)
{
	uint64_t now = (uint64_t)time(NULL);

	return last && last->serial >= now ? last->serial + 1 : now;
}

/* The digest of the record that stands now; "" where there is none, or none that can be. */
static void digest_last(const struct seal *last, const struct session_signing_of *what,
			const struct str *was, struct slice root, struct slice draft,
			char hex[DIGEST_HEX + 1])
{
	struct positions before;
	struct record r;

	*hex = '\0';
	if (!last)
		return;
	(void)!positions_read(str_slice(was), &before, NULL, NULL);
	r = seal_record(last, positions_find(&before, slice_of(what->id)), root, draft,
			slice_of(what->code));
	record_digest(&r, hex);
	positions_release(&before);
}

/* Says at once what everybody else would see: that the key does not count for this party. */
static void look_up_key(struct session *s, const char *code, struct slice signature)
{
	const char *const names[] = {code, NULL};
	struct sshsig sig = SSHSIG_INIT;
	struct signers list = {NULL, 0, 0};
	struct str path = STR_INIT, text = STR_INIT, finger = STR_INIT;
	struct error ignored = ERROR_INIT;
	const struct signer *which = NULL;
	const char *as = NULL;

	str_clear(&s->unlisted);
	if (session_path(s, "signers", &path, &ignored) < 0)
		goto done;
	if (slice_ends(str_slice(&path), ".md"))
		str_truncate(&path, path.len - 3);
	/* Where there is no list, or none that can be used, it says nothing of anybody. */
	if (repo_read(s->repo, "HEAD", str_text(&path), SIGNERS_MOST_BYTES, &text, &ignored) <
		    0 ||
	    signers_read(str_slice(&text), &list, &ignored) < 0 ||
	    sshsig_read(signature, &sig, &ignored) < 0)
		goto done;
	if (signers_ask(&list, str_slice(&sig.key), names, RECORD_PURPOSE, (int64_t)time(NULL),
			&which, &as) == SIGNERS_LISTED)
		goto done;
	sshkey_fingerprint(str_slice(&sig.key), &finger);
	str_addf(&s->unlisted,
		 error_word(N_(
			 "signed, but %s does not list this key for %s (%s): it does not count "
			 "until a "
			 "chair lists it, or choose another with adref set signing-key")),
		 str_text(&path), code, str_text(&finger));
done:
	signers_release(&list);
	sshsig_release(&sig);
	str_release(&path);
	str_release(&text);
	str_release(&finger);
}

static int sign_record(struct session *s, const struct session_signing_of *what,
		       const struct positions *now, const struct seal *last, struct error *err)
{
	struct seal seal = {.id = (char *)what->id, .serial = next_serial(last)};
	char root[REPO_HEX + 1];
	struct str draft = STR_INIT, bytes = STR_INIT;
	const char *key;
	struct record r;
	int rc = signing_key(s, &key, err);

	if (rc == 0)
		rc = find_root(s, root, err);
	if (rc == 0)
		rc = draft_of(s, what->name, &draft, err);
	if (rc < 0)
		goto done;
	seal.withdrawn = what->withdrawn;
	memcpy(seal.wording, what->wording, strlen(what->wording) + 1);
	digest_last(last, what, what->was, slice_of(root), str_slice(&draft), seal.previous);
	r = seal_record(&seal, positions_find(now, slice_of(what->id)), slice_of(root),
			str_slice(&draft), slice_of(what->code));
	record_write(&bytes, &r);
	rc = sign_bytes(key, RECORD_PURPOSE, str_slice(&bytes), &seal.signature, err);
	if (rc == 0)
		rc = seal_set(&what->seals->after, &seal, err);
	if (rc == 0)
		look_up_key(s, what->code, str_slice(&seal.signature));
	if (rc == ST_INPUT)
		error_prefix(err, workspace_short(&s->ws, str_text(&what->seals->path)));
done:
	str_release(&draft);
	str_release(&bytes);
	str_release(&seal.signature);
	return rc;
}

int session_sign(struct session *s, const struct session_signing_of *what, struct error *err)
{
	struct positions now;
	struct seals seals;
	const struct seal *last;
	int rc = seals_read(str_slice(&what->seals->before), &seals, NULL, err);

	if (rc < 0) {
		error_prefix(err, workspace_short(&s->ws, str_text(&what->seals->path)));
		seals_release(&seals);
		return rc;
	}
	rc = positions_read(what->yaml, &now, NULL, err);
	last = seals_find(&seals, slice_of(what->id));
	if (rc == 0 && session_signs(s)) {
		if (!last || !what->same || s->signing == SIGNING_ON)
			rc = sign_record(s, what, &now, last, err);
	} else if (rc == 0 && last && !what->same && s->signing != SIGNING_OFF) {
		rc = error_set(
			err, ST_DENIED,
			N_("%s: %s signed its position on this point; sign the new one too "
			   "(--sign, or adref set sign on), or say that it is not (--no-sign)"),
			what->name, what->code);
	}
	positions_release(&now);
	seals_release(&seals);
	return rc;
}
