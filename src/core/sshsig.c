/* SPDX-License-Identifier: MIT */
#include "core/sshsig.h"

#include "core/digest.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char begin_line[] = "-----BEGIN SSH SIGNATURE-----";
static const char end_line[] = "-----END SSH SIGNATURE-----";

enum { COLUMNS = 70, RSA_BITS = 2048 };

/* ---- base64 ---- */

void base64_add(struct str *out, struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t n = (uint32_t)(unsigned char)bytes.p[i] << 16;

		if (left > 1)
			n |= (uint32_t)(unsigned char)bytes.p[i + 1] << 8;
		if (left > 2)
			n |= (unsigned char)bytes.p[i + 2];
		str_add_char(out, digits[n >> 18]);
		str_add_char(out, digits[n >> 12 & 63]);
		str_add_char(out, left > 1 ? digits[n >> 6 & 63] : '=');
		str_add_char(out, left > 2 ? digits[n & 63] : '=');
	}
}

static int digit(char c)
{
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Four characters, the last group perhaps with padding, whose unused bits are 0. */
static bool read_four(const char *p, bool last, struct str *out)
{
	int pad = last && p[3] == '=' ? (p[2] == '=' ? 2 : 1) : 0;
	uint32_t n = 0;

	for (int i = 0; i < 4; i++) {
		int d = i < 4 - pad ? digit(p[i]) : 0;

		if (d < 0)
			return false;
		n = n << 6 | (uint32_t)d;
	}
	if ((pad == 1 && (n & 0xFF)) || (pad == 2 && (n & 0xFFFF)))
		return false;
	for (int i = 0; i < 3 - pad; i++)
		str_add_char(out, (char)(n >> (16 - 8 * i) & 0xFF));
	return true;
}

bool base64_read(struct slice text, struct str *out)
{
	const size_t before = out->len;

	if (text.len % 4 || !text.len)
		return false;
	for (size_t i = 0; i < text.len; i += 4)
		if (!read_four(text.p + i, i + 4 == text.len, out)) {
			str_truncate(out, before);
			return false;
		}
	return true;
}

/* ---- fields, as ssh sends them ---- */

/* Takes four bytes of length and as many bytes; false where there are not so many. */
static bool take_field(struct slice *rest, struct slice *field)
{
	size_t len;

	if (rest->len < 4)
		return false;
	len = (size_t)(unsigned char)rest->p[0] << 24 |
	      (size_t)(unsigned char)rest->p[1] << 16 | (size_t)(unsigned char)rest->p[2] << 8 |
	      (size_t)(unsigned char)rest->p[3];
	if (len > rest->len - 4)
		return false;
	*field = slice_make(rest->p + 4, len);
	*rest = slice_make(rest->p + 4 + len, rest->len - 4 - len);
	return true;
}

/* Whether the bytes are just n fields. */
static bool is_fields(struct slice rest, int n)
{
	struct slice field;

	while (n-- > 0)
		if (!take_field(&rest, &field))
			return false;
	return rest.len == 0;
}

static int not_one(struct error *err)
{
	return error_set(err, ST_INPUT, N_("not a signature as ssh-keygen makes them"));
}

int sshsig_read(struct slice bytes, struct sshsig *s, struct error *err)
{
	static const char head[] = "SSHSIG\0\0\0\1"; /* and version 1 */
	struct slice rest = bytes, key, purpose, nothing, hash, signature;

	if (bytes.len > SSHSIG_MOST || bytes.len < sizeof(head) - 1 ||
	    memcmp(bytes.p, head, sizeof(head) - 1) != 0)
		return not_one(err);
	rest = slice_make(rest.p + sizeof(head) - 1, rest.len - (sizeof(head) - 1));
	if (!take_field(&rest, &key) || !take_field(&rest, &purpose) ||
	    !take_field(&rest, &nothing) || !take_field(&rest, &hash) ||
	    !take_field(&rest, &signature) || rest.len || nothing.len || !purpose.len ||
	    !sshkey_kind(key).len || memchr(purpose.p, '\0', purpose.len))
		return not_one(err);
	if (!slice_is(hash, "sha512") && !slice_is(hash, "sha256"))
		return not_one(err);
	str_clear(&s->key);
	str_clear(&s->purpose);
	str_add_slice(&s->key, key);
	str_add_slice(&s->purpose, purpose);
	return 0;
}

void sshsig_release(struct sshsig *s)
{
	str_release(&s->key);
	str_release(&s->purpose);
}

/* ---- armour ---- */

void sshsig_armour(struct str *out, struct slice bytes)
{
	struct str text = STR_INIT;

	base64_add(&text, bytes);
	str_addf(out, "%s\n", begin_line);
	for (size_t i = 0; i < text.len; i += COLUMNS) {
		size_t n = text.len - i < COLUMNS ? text.len - i : COLUMNS;

		str_add(out, text.p + i, n);
		str_add_char(out, '\n');
	}
	str_addf(out, "%s\n", end_line);
	str_release(&text);
}

static struct slice take_line(struct slice *rest)
{
	const char *end = rest->len ? memchr(rest->p, '\n', rest->len) : NULL;
	struct slice line = slice_make(rest->p, end ? (size_t)(end - rest->p) : rest->len);
	size_t taken = line.len + (end ? 1 : 0);

	*rest = slice_make(rest->p + taken, rest->len - taken);
	return line;
}

bool sshsig_strip(struct slice text, struct str *out)
{
	struct str all = STR_INIT;
	struct slice line;
	bool good = text.len <= 2 * SSHSIG_MOST && slice_is(take_line(&text), begin_line);

	while (good && text.len) {
		line = take_line(&text);
		if (slice_is(line, end_line))
			break;
		good = line.len > 0 && line.len <= 76;
		str_add_slice(&all, line);
		/* Without an END nothing is one. */
		good = good && text.len > 0;
	}
	good = good && text.len == 0 && base64_read(str_slice(&all), out);
	str_release(&all);
	return good;
}

/* ---- keys ---- */

struct slice sshkey_kind(struct slice key)
{
	struct slice kind;

	if (key.len > SSHSIG_MOST || !take_field(&key, &kind) || kind.len > 60)
		return SLICE("");
	for (size_t i = 0; i < kind.len; i++)
		if (kind.p[i] <= ' ' || kind.p[i] > '~')
			return SLICE("");
	return kind;
}

static bool is_long_rsa(struct slice key)
{
	struct slice kind, e, n;
	size_t bits;

	if (!take_field(&key, &kind) || !take_field(&key, &e) || !take_field(&key, &n) ||
	    key.len)
		return false;
	while (n.len && !*n.p)
		n = slice_make(n.p + 1, n.len - 1);
	bits = n.len * 8;
	for (unsigned char top = n.len ? (unsigned char)*n.p : 0x80; !(top & 0x80);
	     top = (unsigned char)(top << 1))
		bits--;
	return bits >= RSA_BITS;
}

bool sshkey_is_fit(struct slice key)
{
	static const struct {
		const char *kind;
		int fields; /* the kind among them */
		size_t len; /* of all, where it is always the same */
	} kinds[] = {
		{"ssh-ed25519", 2, 51},
		{"sk-ssh-ed25519@openssh.com", 3, 0},
		{"ecdsa-sha2-nistp256", 3, 104},
		{"ecdsa-sha2-nistp384", 3, 136},
		{"ecdsa-sha2-nistp521", 3, 172},
		{"sk-ecdsa-sha2-nistp256@openssh.com", 4, 0},
		{"ssh-rsa", 3, 0},
	};
	struct slice kind = sshkey_kind(key);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (slice_is(kind, kinds[i].kind))
			return is_fields(key, kinds[i].fields) &&
			       (!kinds[i].len || key.len == kinds[i].len) &&
			       (!slice_is(kind, "ssh-rsa") || is_long_rsa(key));
	return false;
}

static int hex_value(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

void sshkey_fingerprint(struct slice key, struct str *out)
{
	char hex[DIGEST_HEX + 1], bytes[DIGEST_HEX / 2];
	struct str text = STR_INIT;

	digest_hex(key.p, key.len, hex);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(hex_value(hex[2 * i]) << 4 | hex_value(hex[2 * i + 1]));
	base64_add(&text, slice_make(bytes, sizeof(bytes)));
	while (text.len && text.p[text.len - 1] == '=')
		text.len--;
	str_addf(out, "SHA256:%.*s", (int)text.len, text.p);
	str_release(&text);
}
