/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/gitcommit.h"
#include "core/record.h"
#include "core/signers.h"
#include "core/sshsig.h"

/*
 * What signatures are read from: a commit's bytes, an armoured signature, a list of signers, a
 * file of signatures; 0x1E between two. What is taken apart is put together again to the same
 * bytes, so that nothing a signature is of can hide between two readings.
 */

static bool lies_in(struct slice inner, struct slice outer)
{
	return !inner.len || (inner.p >= outer.p && inner.p + inner.len <= outer.p + outer.len);
}

/* The payload is the commit without its signature, and the signature put back is that commit.
 */
static void check_signed(const struct gitcommit *c)
{
	struct slice payload = str_slice(&c->payload), signature = str_slice(&c->signature);
	struct gitcommit plain = {.n_parents = 0}, again = {.n_parents = 0};
	struct str back = STR_INIT;
	struct error err = ERROR_INIT;

	HOLDS(gitcommit_read(payload, &plain, &err) == 0 && !plain.crooked && !plain.is_signed,
	      "without its signature it is a commit that is not signed");
	HOLDS(slice_equal(plain.tree, c->tree) && plain.n_parents == c->n_parents &&
		      plain.committed == c->committed && slice_equal(plain.message, c->message),
	      "a signature changes nothing of what the commit says");
	gitcommit_sign(&back, payload, signature);
	HOLDS(gitcommit_read(str_slice(&back), &again, &err) == 0, "a signed commit is one");
	if (signature.len && signature.p[signature.len - 1] != '\n')
		HOLDS(!again.crooked && again.is_signed &&
			      slice_equal(str_slice(&again.payload), payload) &&
			      slice_equal(str_slice(&again.signature), signature),
		      "a signature that is put in is the one that is read");
	gitcommit_release(&plain);
	gitcommit_release(&again);
	str_release(&back);
}

static void read_commit(struct slice bytes)
{
	struct gitcommit c = {.n_parents = 0};
	struct error err = ERROR_INIT;

	if (gitcommit_read(bytes, &c, &err) == 0) {
		HOLDS(c.tree.len == 40 && lies_in(c.tree, bytes) && lies_in(c.message, bytes),
		      "what a commit says lies in it");
		for (size_t i = 0; i < c.n_parents; i++)
			HOLDS(c.parents[i].len == 40 && lies_in(c.parents[i], bytes),
			      "its parents lie in it");
		if (c.is_signed && !c.crooked)
			check_signed(&c);
	}
	gitcommit_release(&c);
}

static void read_signature(struct slice armoured)
{
	struct str bytes = STR_INIT, again = STR_INIT, twice = STR_INIT;
	struct sshsig s = SSHSIG_INIT;
	struct error err = ERROR_INIT;

	if (!sshsig_strip(armoured, &bytes)) {
		HOLDS(!bytes.len, "what is no signature gives no bytes");
		str_add_slice(&bytes, armoured);
	} else {
		sshsig_armour(&again, str_slice(&bytes));
		HOLDS(sshsig_strip(str_slice(&again), &twice) &&
			      slice_equal(str_slice(&bytes), str_slice(&twice)),
		      "armour is taken off and put on");
	}
	if (sshsig_read(str_slice(&bytes), &s, &err) == 0) {
		HOLDS(s.purpose.len && sshkey_kind(str_slice(&s.key)).len,
		      "a signature has a purpose and a key");
		(void)sshkey_is_fit(str_slice(&s.key));
	}
	str_clear(&again);
	sshkey_fingerprint(str_slice(&bytes), &again);
	HOLDS(again.len == 50, "a fingerprint is always as long");
	str_clear(&again);
	if (base64_read(armoured, &again)) {
		str_clear(&twice);
		base64_add(&twice, str_slice(&again));
		HOLDS(slice_equal(str_slice(&twice), armoured), "base64 is written in one way");
	}
	sshsig_release(&s);
	str_release(&bytes);
	str_release(&again);
	str_release(&twice);
}

/* A line as ssh-keygen gets it says of that name what the list says. */
static void check_line(const struct signer *one, const char *name)
{
	struct str line = STR_INIT;
	struct signers back;
	struct error err = ERROR_INIT;

	signer_write(&line, one, name);
	HOLDS(signers_read(str_slice(&line), &back, &err) == 0 && back.n == 1,
	      "a line that is written is read as one");
	HOLDS(slice_equal(str_slice(&back.v[0].key), str_slice(&one->key)) &&
		      back.v[0].n_names == 1 && strcmp(back.v[0].names[0], name) == 0 &&
		      strcmp(back.v[0].purposes, one->purposes) == 0 &&
		      back.v[0].after == one->after && back.v[0].before == one->before,
	      "a line that is written says the same");
	signers_release(&back);
	str_release(&line);
}

static void read_signers(struct slice list)
{
	static const char *const names[] = {"AFR", SIGNERS_CHAIR, NULL};
	struct signers s, both = {NULL, 0, 0};
	struct error err = ERROR_INIT;

	if (signers_read(list, &s, &err) == 0) {
		for (size_t i = 0; i < s.n; i++) {
			struct slice key = str_slice(&s.v[i].key);
			const struct signer *which = NULL;
			const char *as = NULL;

			HOLDS(s.v[i].n_names && sshkey_is_fit(key),
			      "a line has names, and a key");
			check_line(&s.v[i], s.v[i].names[s.v[i].n_names - 1]);
			if (signers_ask(&s, key, names, SIGNERS_CHAIR, 1767225600, &which,
					&as) == SIGNERS_LISTED)
				HOLDS(slice_equal(str_slice(&which->key), key) &&
					      signers_has(&s, key, as),
				      "who is listed is in the list");
		}
		signers_meet(&s, &s, &both);
		HOLDS(both.n == s.n, "a list has all of its lines");
		signers_release(&both);
	} else {
		HOLDS(!s.n, "a list that is wrong lists nobody");
	}
	signers_release(&s);
}

/* A file that was read can be written: what is put into it is what is read. */
static void check_seal(struct slice yaml, const struct seals *all)
{
	struct str file = STR_INIT;
	struct seal one = {.id = (char *)"b3f2a", .serial = 7, .signature = STR_INIT};
	struct seals back = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	bool had = seals_find(all, SLICE("b3f2a"));

	str_add_text(&one.signature, "SSHSIG");
	str_add_slice(&file, yaml);
	if (seal_set(&file, &one, &err) == 0) {
		HOLDS(seals_read(str_slice(&file), &back, NULL, &err) == 0 &&
			      seals_find(&back, SLICE("b3f2a")) &&
			      seals_find(&back, SLICE("b3f2a"))->serial == 7,
		      "a signature that is put in is there");
		HOLDS(back.n == all->n + !had, "no other signature goes");
	}
	seals_release(&back);
	str_release(&one.signature);
	str_release(&file);
}

/* Records of different fields have different bytes, however the fields are cut. */
static void check_records(const struct seals *s, struct slice text)
{
	struct str a = STR_INIT, b = STR_INIT;
	size_t half = text.len / 2;
	struct record one = {.root = text, .point = SLICE("b1"), .serial = 1}, other = one;

	one.draft = slice_make(text.p, half);
	one.party = slice_make(text.p + half, text.len - half);
	other.draft = text;
	other.party = SLICE("");
	record_write(&a, &one);
	record_write(&b, &other);
	HOLDS(half == text.len || !slice_equal(str_slice(&a), str_slice(&b)),
	      "two records never have the same bytes");
	for (size_t i = 0; i < s->n; i++)
		(void)seal_fits(&s->v[i], NULL);
	str_release(&a);
	str_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
	struct error err = ERROR_INIT;
	struct seals seals;

	fuzz_parts(data, size, part, 4);
	read_commit(part[0]);
	read_signature(part[1]);
	read_signers(part[2]);
	if (seals_read(part[3], &seals, NULL, &err) == 0)
		check_seal(part[3], &seals);
	check_records(&seals, part[3]);
	seals_release(&seals);
	return 0;
}
