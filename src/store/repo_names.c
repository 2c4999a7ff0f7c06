/* SPDX-License-Identifier: MIT */
#include "repo_place.h"
#include "store/file.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/*
 * The files that a repository's configuration names for git to read: git and libgit2 open them
 * as they open their own, and of a pipe they wait for ever. What is included is looked at
 * whatever its condition is.
 */

/* git includes no deeper; and no configuration that a person wrote is larger. */
enum { DEPTH_MOST = 10, INCLUDED_MOST = 200, CONFIG_MOST = 4 << 20, WORD_MOST = 200 };

static const struct {
	const char *section, *key;
} readers[] = {
	{"core", "attributesfile"},
	{"core", "excludesfile"},
	{"mailmap", "file"},
	{"blame", "ignorerevsfile"},
	{"commit", "template"},
	{"fsck", "skiplist"},
	{"fetch", "fsck.skiplist"},
	{"fetch", "skiplist"},
	{"http", "cookiefile"},
	{"gpg", "allowedsignersfile"},
	{"gpg", "revocationfile"},
	{"gpg", "ssh.revocationfile"},
	{"gpg", "ssh.allowedsignersfile"},
};

struct names {
	const char *top; /* what git goes to before it reads: with "/" at the end */
	size_t included;
};

/* Where in the bytes of a configuration we are, and in which section. */
struct reading {
	const char *p, *end;
	char section[WORD_MOST], key[WORD_MOST];
	struct str value;
};

static int check_config(struct names *n, const char *file, int depth, struct error *err);

/* ---- git's form of a configuration ---- */

static bool at_line_end(const struct reading *r)
{
	return r->p == r->end || *r->p == '\n';
}

static void skip_line(struct reading *r)
{
	while (!at_line_end(r))
		r->p++;
}

static void skip_blanks(struct reading *r)
{
	while (r->p < r->end && *r->p != '\n' && isspace((unsigned char)*r->p))
		r->p++;
}

/* Letters, digits and "-." in small letters; what is too long for a word of ours is cut. */
static void read_word(struct reading *r, char word[WORD_MOST])
{
	size_t n = 0;

	for (; r->p < r->end && (isalnum((unsigned char)*r->p) || strchr("-.", *r->p)); r->p++)
		if (n < WORD_MOST - 1 && *r->p)
			word[n++] = (char)tolower((unsigned char)*r->p);
	word[n] = '\0';
}

/* '[name "part"]': the name is kept. */
static void read_section(struct reading *r)
{
	bool quoted = false;

	r->p++;
	skip_blanks(r);
	read_word(r, r->section);
	for (; !at_line_end(r) && (quoted || *r->p != ']'); r->p++) {
		if (*r->p == '"')
			quoted = !quoted;
		else if (*r->p == '\\' && r->end - r->p > 1 && r->p[1] != '\n')
			r->p++;
	}
	if (!at_line_end(r))
		r->p++;
}

/* Behind a "\" of a value. False: it goes on in the next line. */
static bool read_escaped(struct reading *r)
{
	if (r->p < r->end && *r->p == '\r' && r->end - r->p > 1 && r->p[1] == '\n')
		r->p++;
	if (r->p == r->end || *r->p == '\n')
		return false;
	str_add_char(&r->value, *r->p == 'n'   ? '\n'
				: *r->p == 't' ? '\t'
				: *r->p == 'b' ? '\b'
					       : *r->p);
	return true;
}

/* Up to the end of the line, blanks at its end aside. */
static void read_value(struct reading *r)
{
	bool quoted = false;
	size_t solid = 0;

	str_clear(&r->value);
	for (; r->p < r->end && *r->p != '\n'; r->p += r->p < r->end) {
		if (*r->p == '"') {
			quoted = !quoted;
		} else if (*r->p == '\\') {
			r->p++;
			if (!read_escaped(r))
				continue;
		} else if (!quoted && strchr("#;", *r->p) && *r->p) {
			skip_line(r);
			break;
		} else if (*r->p) {
			str_add_char(&r->value, *r->p);
			if (!quoted && isspace((unsigned char)*r->p))
				continue;
		}
		solid = r->value.len;
	}
	str_truncate(&r->value, solid);
}

/* The next key that has a value; false at the end. What git would not understand is passed
 * over: it says so itself. */
static bool next_key(struct reading *r)
{
	while (r->p < r->end) {
		skip_blanks(r);
		if (at_line_end(r)) {
			r->p += r->p < r->end;
		} else if (*r->p == '[') {
			read_section(r);
		} else if (!isalpha((unsigned char)*r->p)) {
			skip_line(r);
		} else {
			read_word(r, r->key);
			skip_blanks(r);
			if (at_line_end(r) || *r->p != '=') {
				skip_line(r);
				continue;
			}
			r->p++;
			skip_blanks(r);
			read_value(r);
			return true;
		}
	}
	return false;
}

/* ---- what it names ---- */

static bool is_device_null(const struct stat *st)
{
	struct stat null;

	return stat("/dev/null", &null) == 0 && S_ISCHR(st->st_mode) &&
	       st->st_rdev == null.st_rdev;
}

static int check_file(const struct reading *r, const char *config, const char *path,
		      struct error *err)
{
	struct stat st;

	/* A folder is not waited for. */
	if (stat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ||
	    is_device_null(&st))
		return 0;
	return error_set(
		err, ST_DENIED,
		N_("%s: %s.%s names what is no ordinary file (%s); take that line out"), config,
		r->section, r->key, path);
}

/* The value as a path, seen from a folder. */
static void add_path(const struct reading *r, const char *folder, struct str *out)
{
	struct slice value = str_slice(&r->value);
	const char *home = getenv("HOME");

	str_clear(out);
	if (slice_starts(value, "~/") && home)
		str_add_text(out, home);
	else if (!slice_starts(value, "/"))
		str_add_text(out, folder);
	str_add_slice(out, slice_starts(value, "~/") ? slice_make(value.p + 1, value.len - 1)
						     : value);
}

/* Other paths than an included one are read from the top of the working tree by git, from where
 * adref was started by libgit2. */
static int check_other(struct names *n, const struct reading *r, const char *config,
		       struct error *err)
{
	struct str path = STR_INIT;
	int rc;

	add_path(r, n->top, &path);
	rc = check_file(r, config, str_text(&path), err);
	if (rc == 0) {
		add_path(r, "", &path);
		rc = check_file(r, config, str_text(&path), err);
	}
	str_release(&path);
	return rc;
}

static int check_included(struct names *n, const struct reading *r, const char *config,
			  int depth, struct error *err)
{
	const char *slash = strrchr(config, '/');
	char *folder = slice_dup(slice_make(config, slash ? (size_t)(slash - config) + 1 : 0));
	struct str path = STR_INIT;
	struct stat st;
	int rc;

	add_path(r, folder, &path);
	rc = check_file(r, config, str_text(&path), err);
	if (rc == 0 && n->included++ == INCLUDED_MOST)
		rc = error_set(err, ST_DENIED,
			       N_("%s: includes more than %d files; take some out"), config,
			       INCLUDED_MOST);
	/* Deeper, or what cannot be read: git and libgit2 say what they think of it. */
	if (rc == 0 && depth < DEPTH_MOST && stat(str_text(&path), &st) == 0 &&
	    S_ISREG(st.st_mode))
		rc = check_config(n, str_text(&path), depth + 1, err);
	str_release(&path);
	free(folder);
	return rc;
}

static bool is_reader(const struct reading *r)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++)
		if (strcmp(r->section, readers[i].section) == 0 &&
		    strcmp(r->key, readers[i].key) == 0)
			return true;
	return false;
}

static int check_config(struct names *n, const char *file, int depth, struct error *err)
{
	struct str bytes = STR_INIT;
	struct reading r = {.value = STR_INIT};
	struct error none = ERROR_INIT;
	int rc = file_read(NULL, file, CONFIG_MOST, &bytes, NULL, &none);

	if (rc == ST_TOO_LARGE)
		rc = error_set(err, ST_TOO_LARGE,
			       N_("%s: is larger than any configuration of git's (%d MB)"),
			       file, CONFIG_MOST >> 20);
	else
		rc = 0;
	r.p = bytes.len ? bytes.p : "";
	r.end = r.p + bytes.len;
	if (slice_starts(str_slice(&bytes), "\xEF\xBB\xBF"))
		r.p += 3;
	while (rc == 0 && next_key(&r)) {
		if (strncmp(r.section, "include", 7) == 0 && strcmp(r.key, "path") == 0)
			rc = check_included(n, &r, file, depth, err);
		else if (is_reader(&r))
			rc = check_other(n, &r, file, err);
	}
	str_release(&r.value);
	str_release(&bytes);
	return rc;
}

int repo_place_check_names(const char *git_dir, const char *work_dir, struct error *err)
{
	static const char *const files[] = {"config", "config.worktree"};
	struct str path = STR_INIT, top = STR_INIT;
	struct names n = {.included = 0};
	int rc = 0;

	if (work_dir)
		str_add_text(&top, work_dir);
	else
		str_addf(&top, "%s../", git_dir);
	n.top = str_text(&top);
	for (size_t i = 0; rc == 0 && i < sizeof(files) / sizeof(*files); i++) {
		str_clear(&path);
		str_addf(&path, "%s%s", git_dir, files[i]);
		rc = check_config(&n, str_text(&path), 0, err);
	}
	str_release(&path);
	str_release(&top);
	return rc;
}
