/* SPDX-License-Identifier: MIT */
#include "core/signers.h"

#include "core/mem.h"
#include "core/sshsig.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 100, NAME_MOST = 128, OPTION_MOST = 500 };

static void release_one(struct signer *s)
{
	for (size_t i = 0; i < s->n_names; i++)
		free(s->names[i]);
	free(s->names);
	free(s->purposes);
	free(s->comment);
	str_release(&s->key);
}

void signers_release(struct signers *s)
{
	for (size_t i = 0; i < s->n; i++)
		release_one(&s->v[i]);
	free(s->v);
	*s = (struct signers){NULL, 0, 0};
}

/* ---- one line ---- */

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Takes what comes before the next blank, and the blanks. Quotes hold blanks. */
static struct slice take_word(struct slice *rest)
{
	size_t len = 0, past;
	bool quoted = false;

	for (; len < rest->len; len++) {
		char c = rest->p[len];

		quoted ^= c == '"';
		if (!quoted && (c == ' ' || c == '\t'))
			break;
	}
	past = len;
	while (past < rest->len && (rest->p[past] == ' ' || rest->p[past] == '\t'))
		past++;
	struct slice word = slice_make(rest->p, len);
	*rest = slice_make(rest->p + past, rest->len - past);
	return word;
}

static const char *read_names(struct slice word, struct signer *s)
{
	while (s->n_names < NAMES_MOST) {
		const char *comma = word.len ? memchr(word.p, ',', word.len) : NULL;
		struct slice name =
			slice_make(word.p, comma ? (size_t)(comma - word.p) : word.len);

		if (!name.len || name.len > NAME_MOST || !is_alnum(*name.p))
			return N_("a name should be a party's code, chair, secretariat or an "
				  "e-mail address");
		for (size_t i = 0; i < name.len; i++)
			if (!is_alnum(name.p[i]) && !strchr("@._+-", name.p[i]))
				return N_("a name has a sign that may stand for several, or is "
					  "quoted; write each name out");
		s->names = mem_array(s->names, s->n_names + 1, sizeof(*s->names));
		s->names[s->n_names++] = slice_dup(name);
		if (!comma)
			return NULL;
		word = slice_make(comma + 1, word.len - name.len - 1);
	}
	return N_("more than 100 names in one line");
}

static int64_t days_since_1970(int y, int m, int d)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int64_t days = 365 * (int64_t)(y - 1970) + (y - 1969) / 4 - (y - 1901) / 100 +
		       (y - 1601) / 400;
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

	return days + before[m - 1] + (m > 2 && leap) + d - 1;
}

/* YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, perhaps with a Z. */
static bool read_time(struct slice text, int64_t *at)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int part[6] = {0, 0, 0, 0, 0, 0};
	size_t n = text.len && text.p[text.len - 1] == 'Z' ? text.len - 1 : text.len;
	bool leap;

	if (n != 8 && n != 12 && n != 14)
		return false;
	for (size_t i = 0, k = 0, width = 4; i < n; k++, width = 2)
		for (size_t end = i + width; i < end; i++) {
			if (text.p[i] < '0' || text.p[i] > '9')
				return false;
			part[k] = part[k] * 10 + (text.p[i] - '0');
		}
	leap = (part[0] % 4 == 0 && part[0] % 100 != 0) || part[0] % 400 == 0;
	if (part[0] < 1970 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
	    part[2] > lengths[part[1] - 1] + (leap && part[1] == 2) || part[3] > 23 ||
	    part[4] > 59 || part[5] > 59)
		return false;
	*at = days_since_1970(part[0], part[1], part[2]) * 86400 + part[3] * 3600 +
	      part[4] * 60 + part[5];
	return true;
}

static bool are_purposes(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_alnum(text.p[i]) && !strchr("@._-,", text.p[i]))
			return false;
	return text.len > 0;
}

/* One option: name="value". */
static const char *read_option(struct slice word, struct signer *s)
{
	const char *equals = word.len ? memchr(word.p, '=', word.len) : NULL;
	struct slice name = slice_make(word.p, equals ? (size_t)(equals - word.p) : word.len);
	struct slice value = SLICE("");
	bool good;

	if (slice_is(name, "cert-authority"))
		return N_("cert-authority is not for this list; list each key");
	if (equals && word.len >= name.len + 3 && equals[1] == '"' &&
	    word.p[word.len - 1] == '"')
		value = slice_make(equals + 2, word.len - name.len - 3);
	if (!value.len || value.len > OPTION_MOST || memchr(value.p, '"', value.len) ||
	    memchr(value.p, '\\', value.len))
		return N_("an option should be written as valid-before=\"20271231\"");
	if (slice_is(name, "namespaces")) {
		good = !*s->purposes && are_purposes(value);
		free(s->purposes);
		s->purposes = slice_dup(value);
	} else if (slice_is(name, "valid-after")) {
		good = s->after == INT64_MIN && read_time(value, &s->after);
	} else if (slice_is(name, "valid-before")) {
		good = s->before == INT64_MAX && read_time(value, &s->before);
	} else {
		return N_("an option that is not known; leave it out");
	}
	return good ? NULL : N_("an option that stands twice, or has a value that cannot be");
}

static const char *read_options(struct slice word, struct signer *s)
{
	const char *wrong = NULL;

	while (!wrong) {
		size_t len = 0;
		bool quoted = false;

		for (; len < word.len && (quoted || word.p[len] != ','); len++)
			quoted ^= word.p[len] == '"';
		wrong = read_option(slice_make(word.p, len), s);
		if (len == word.len)
			break;
		word = slice_make(word.p + len + 1, word.len - len - 1);
	}
	return wrong;
}

/* What is wrong with the line; NULL: nothing. */
static const char *read_line(struct slice line, struct signer *s)
{
	struct slice rest = line, kind, word = take_word(&rest);
	const char *wrong = read_names(word, s);

	if (wrong)
		return wrong;
	kind = take_word(&rest);
	/* Kinds of keys have neither = nor quotes, and every option but one has. */
	if (slice_is(kind, "cert-authority") || (kind.len && memchr(kind.p, '=', kind.len)) ||
	    slice_starts(kind, "cert-authority,")) {
		wrong = read_options(kind, s);
		kind = take_word(&rest);
	}
	if (wrong)
		return wrong;
	word = take_word(&rest);
	if (word.len > 2 * (size_t)SSHSIG_MOST || !base64_read(word, &s->key) ||
	    !slice_equal(kind, sshkey_kind(str_slice(&s->key))))
		return N_("no key after the names; paste the line of the .pub file there");
	if (!sshkey_is_fit(str_slice(&s->key)))
		return N_(
			"this kind of key does not count; use ed25519, ecdsa or rsa from 2048 "
			"bits");
	s->comment = slice_dup(rest);
	if (s->after >= s->before)
		return N_("this key is never valid: valid-after is not before valid-before");
	return NULL;
}

/* ---- the file ---- */

/* Bytes that some program would read in another way. */
static const char *look_for_tricks(struct slice line)
{
	if (!utf8_valid(line.p, line.len))
		return N_("not UTF-8");
	for (size_t i = 0; i < line.len; i++)
		if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7F)
			return line.p[i] == '\r' ? N_("a carriage return; save the file with "
						      "unix line ends")
						 : N_("a control character");
	return NULL;
}

static bool says_nothing(struct slice line)
{
	size_t blanks = 0;

	while (blanks < line.len && (line.p[blanks] == ' ' || line.p[blanks] == '\t'))
		blanks++;
	return blanks == line.len || line.p[blanks] == '#';
}

int signers_read(struct slice bytes, struct signers *s, struct error *err)
{
	*s = (struct signers){NULL, 0, 0};
	if (bytes.len > SIGNERS_MOST_BYTES)
		return error_set(err, ST_TOO_LARGE, N_("more than %zu bytes"),
				 SIGNERS_MOST_BYTES);
	for (size_t at = 0, number = 1; at < bytes.len; number++) {
		const char *end = memchr(bytes.p + at, '\n', bytes.len - at);
		size_t len = end ? (size_t)(end - bytes.p) - at : bytes.len - at;
		struct slice line = slice_make(bytes.p + at, len);
		const char *wrong = look_for_tricks(line);

		at += len + 1;
		if (!wrong && says_nothing(line))
			continue;
		if (!wrong && s->n == SIGNERS_MOST)
			wrong = N_("too many keys");
		if (!wrong && (*line.p == ' ' || *line.p == '\t'))
			wrong = N_("a blank before the names");
		if (!wrong) {
			MEM_GROW(s->v, s->n, s->cap);
			s->v[s->n] = (struct signer){.purposes = mem_strdup(""),
						     .after = INT64_MIN,
						     .before = INT64_MAX,
						     .line = number};
			wrong = read_line(line, &s->v[s->n++]);
		}
		if (wrong) {
			signers_release(s);
			return error_set(err, ST_INPUT, "%zu: %s", number, error_word(wrong));
		}
	}
	return 0;
}

/* The line by which the list has the key for that name; 0. */
static size_t line_of(const struct signers *s, struct slice key, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0;
		     k < s->v[i].n_names && slice_equal(str_slice(&s->v[i].key), key); k++)
			if (strcmp(s->v[i].names[k], name) == 0)
				return s->v[i].line;
	return 0;
}

int signers_line(struct slice names, struct slice key, const struct signers *have,
		 struct str *out, struct error *err)
{
	struct str line = STR_INIT;
	struct signers one;
	struct error why = ERROR_INIT;
	size_t listed = 1;
	int rc;

	str_addf(&line, "%.*s %.*s\n", (int)names.len, names.p, (int)key.len, key.p);
	rc = signers_read(str_slice(&line), &one, &why);
	if (rc == 0 && one.n != 1)
		rc = error_set(err, ST_INPUT, N_("no key"));
	else if (rc < 0) /* without "1: ": it is no line of a file yet */
		rc = error_set(err, rc, "%s", why.text + strspn(why.text, "0123456789: "));
	for (size_t i = 0; rc == 0 && listed && i < one.v[0].n_names; i++)
		listed = line_of(have, str_slice(&one.v[0].key), one.v[0].names[i]);
	if (rc == 0 && listed)
		rc = error_set(err, ST_EXISTS,
			       N_("the list has this key for %.*s, in line %zu"),
			       (int)names.len, names.p, listed);
	if (rc == 0)
		str_add_slice(out, str_slice(&line));
	signers_release(&one);
	str_release(&line);
	return rc;
}

/* ---- asking ---- */

static bool list_has(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (*list) {
		size_t n = strcspn(list, ",");

		if (n == len && memcmp(list, word, n) == 0)
			return true;
		list += n + (list[n] == ',');
	}
	return false;
}

static const char *name_of(const struct signer *s, const char *const *names)
{
	for (; *names; names++)
		for (size_t i = 0; i < s->n_names; i++)
			if (strcmp(s->names[i], *names) == 0)
				return s->names[i];
	return NULL;
}

enum signers_answer signers_ask(const struct signers *s, struct slice key,
				const char *const *names, const char *purpose, int64_t at,
				const struct signer **which, const char **as)
{
	enum signers_answer best = SIGNERS_NO_KEY;

	for (size_t i = 0; i < s->n; i++) {
		const struct signer *one = &s->v[i];
		enum signers_answer is = SIGNERS_LISTED;
		const char *name;

		if (!slice_equal(str_slice(&one->key), key))
			continue;
		name = name_of(one, names);
		if (!name)
			is = SIGNERS_OTHERS;
		else if (*one->purposes && !list_has(one->purposes, purpose))
			is = SIGNERS_NO_PURPOSE;
		else if (at < one->after)
			is = SIGNERS_NOT_YET;
		else if (at > one->before)
			is = SIGNERS_NO_LONGER;
		if (is == SIGNERS_LISTED) {
			*which = one;
			*as = name;
			return is;
		}
		if (is > best)
			best = is;
	}
	return best;
}

const struct signer *signers_find(const struct signers *s, struct slice key)
{
	for (size_t i = 0; i < s->n; i++)
		if (slice_equal(str_slice(&s->v[i].key), key))
			return &s->v[i];
	return NULL;
}

bool signers_has(const struct signers *s, struct slice key, const char *name)
{
	const char *const names[] = {name, NULL};

	for (size_t i = 0; i < s->n; i++)
		if (slice_equal(str_slice(&s->v[i].key), key) && name_of(&s->v[i], names))
			return true;
	return false;
}

static void add_time(struct str *out, const char *name, int64_t at)
{
	int64_t days = at / 86400, secs = at % 86400;
	int y = 1970, m = 1;

	while (days_since_1970(y + 1, 1, 1) <= days)
		y++;
	while (m < 12 && days_since_1970(y, m + 1, 1) <= days)
		m++;
	str_addf(out, "%s%s=\"%04d%02d%02d%02d%02d%02d\"",
		 out->p[out->len - 1] == ' ' ? "" : ",", name, y, m,
		 (int)(days - days_since_1970(y, m, 1)) + 1, (int)(secs / 3600),
		 (int)(secs / 60 % 60), (int)(secs % 60));
}

void signer_write(struct str *out, const struct signer *s, const char *name)
{
	struct slice kind = sshkey_kind(str_slice(&s->key));
	size_t before;

	str_addf(out, "%s ", name);
	before = out->len;
	if (*s->purposes)
		str_addf(out, "namespaces=\"%s\"", s->purposes);
	if (s->after != INT64_MIN)
		add_time(out, "valid-after", s->after);
	if (s->before != INT64_MAX)
		add_time(out, "valid-before", s->before);
	if (out->len > before)
		str_add_char(out, ' ');
	str_addf(out, "%.*s ", (int)kind.len, kind.p);
	base64_add(out, str_slice(&s->key));
	str_add_char(out, '\n');
}

/* ---- two lists ---- */

static bool same_names(const struct signer *a, const struct signer *b)
{
	if (a->n_names != b->n_names)
		return false;
	for (size_t i = 0; i < a->n_names; i++)
		if (strcmp(a->names[i], b->names[i]) != 0)
			return false;
	return true;
}

static bool same_line(const struct signer *a, const struct signer *b)
{
	return slice_equal(str_slice(&a->key), str_slice(&b->key)) && same_names(a, b) &&
	       strcmp(a->purposes, b->purposes) == 0 && a->after == b->after &&
	       a->before == b->before;
}

static void copy_one(struct signer *to, const struct signer *from)
{
	*to = (struct signer){.purposes = mem_strdup(from->purposes),
			      .comment = mem_strdup(from->comment),
			      .after = from->after,
			      .before = from->before,
			      .line = from->line};
	to->names = mem_array(NULL, from->n_names, sizeof(*to->names));
	for (size_t i = 0; i < from->n_names; i++)
		to->names[to->n_names++] = mem_strdup(from->names[i]);
	str_add_slice(&to->key, str_slice(&from->key));
}

void signers_meet(const struct signers *a, const struct signers *b, struct signers *both)
{
	for (size_t i = 0; i < a->n; i++) {
		bool found = false;

		for (size_t k = 0; k < b->n && !found; k++)
			found = same_line(&a->v[i], &b->v[k]);
		if (!found)
			continue;
		MEM_GROW(both->v, both->n, both->cap);
		copy_one(&both->v[both->n++], &a->v[i]);
	}
}
