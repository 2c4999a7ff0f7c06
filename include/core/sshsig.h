/* SPDX-License-Identifier: MIT */
#ifndef CORE_SSHSIG_H
#define CORE_SSHSIG_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What ssh-keygen -Y writes, taken apart (OpenSSH, PROTOCOL.sshsig): by which key a signature
 * is said to be, and for which purpose it was made. Whether it is good, ssh-keygen alone can
 * say. Strict: what OpenSSH would not write itself is refused. Pure.
 */

#define SSHSIG_MOST 16384 /* bytes of a signature, and of a key */

/* Appends base64 on one line, with padding. */
void base64_add(struct str *out, struct slice bytes);
/* Appends what the base64 stands for; false where it is not written in the one way there is. */
bool base64_read(struct slice text, struct str *out);

struct sshsig {
	struct str key;     /* the public key, as ssh sends it */
	struct str purpose; /* the namespace it was made for */
};

#define SSHSIG_INIT                                                                            \
	{                                                                                      \
		STR_INIT, STR_INIT                                                             \
	}

/* Reads a signature's bytes (not armoured). s is released by the caller, also after a failure.
 * ST_INPUT: it is none. */
int sshsig_read(struct slice bytes, struct sshsig *s, struct error *err)
	__attribute__((warn_unused_result));
void sshsig_release(struct sshsig *s);

/* Appends the signature between its BEGIN and END lines, in lines of 70. */
void sshsig_armour(struct str *out, struct slice bytes);
/* Appends the bytes of an armoured one; false where there is anything else in the text. The
 * last line end may be missing. */
bool sshsig_strip(struct slice text, struct str *out);

/* The name of a key's kind, its first field: "ssh-ed25519"; empty where it is no key. Borrowed.
 */
struct slice sshkey_kind(struct slice key);
/* Whether this kind of key is one that counts, and its bytes are such a key: no certificates,
 * no DSA, no RSA below 2048 bits. */
bool sshkey_is_fit(struct slice key);
/* Appends "SHA256:…" as ssh-keygen -l prints it. */
void sshkey_fingerprint(struct slice key, struct str *out);

#endif
