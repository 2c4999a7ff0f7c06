/* SPDX-License-Identifier: MIT */
#include "store/sign.h"

#include "store/file.h"
#include "store/run.h"

#include <string.h>

/* A public key that somebody sent, as a file. */

enum { KEY_MOST = 64 * 1024, LOOK_MS = 20 * 1000 };

/* The one line of the file that says something; false: there is none, or more than one. */
static bool only_line(struct slice text, struct slice *line)
{
	size_t found = 0;

	for (size_t at = 0, end; at < text.len; at = end + 1) {
		const char *p = text.p + at, *lf = memchr(p, '\n', text.len - at);
		size_t len;

		end = lf ? (size_t)(lf - text.p) : text.len;
		len = end - at;
		while (len && (p[len - 1] == '\r' || p[len - 1] == ' ' || p[len - 1] == '\t'))
			len--;
		if (!len || *p == '#')
			continue;
		*line = slice_make(p, len);
		found++;
	}
	return found == 1;
}

/* ssh-keygen reads keys of more kinds, and refuses more than we can see. */
static int look(const char *path, struct slice line, struct error *err)
{
	static const char *const argv[] = {"ssh-keygen", "-l", "-f", "-", NULL};
	struct run_result r = RUN_RESULT_INIT;
	const struct run run = {
		.argv = argv, .env = RUN_NEUTRAL, .in = line, .timeout_ms = LOOK_MS};
	int rc = run_program(&run, &r, err);

	if (rc == ST_MISSING)
		rc = error_set(err, ST_MISSING,
			       N_("ssh-keygen is not there; install openssh-client"));
	else if (rc == 0 && r.exit != 0)
		rc = error_set(err, ST_INPUT,
			       N_("%s: ssh-keygen takes it for no public key; ask for the .pub "
				  "file that ssh-keygen made"),
			       path);
	run_result_release(&r);
	return rc;
}

int sign_public_key(const char *path, struct str *line, struct error *err)
{
	struct str text = STR_INIT, whole = STR_INIT;
	struct slice key = slice_make("", 0);
	int rc = file_read(NULL, path, KEY_MOST, &text, NULL, err);

	if (rc == 0 && slice_find(str_slice(&text), "PRIVATE KEY"))
		rc = error_set(err, ST_INPUT,
			       N_("%s: this is the secret part of a key; the list takes the "
				  "public one, %s.pub"),
			       path, path);
	else if (rc == 0 && !only_line(str_slice(&text), &key))
		rc = error_set(err, ST_INPUT,
			       N_("%s: there should be one line with one public key, as in the "
				  ".pub file that ssh-keygen made"),
			       path);
	if (rc == 0) {
		str_add_slice(&whole, key);
		str_add_char(&whole, '\n');
		rc = look(path, str_slice(&whole), err);
	}
	if (rc == 0)
		str_add_slice(line, key);
	str_release(&text);
	str_release(&whole);
	return rc;
}
