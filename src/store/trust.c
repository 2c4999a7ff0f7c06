/* SPDX-License-Identifier: MIT */
#include "store/trust.h"

#include "git.h"
#include "store/file.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A line a repository: "UID COMMIT PATH". The path is the git directory's,
 * with links resolved; the commit the first one of the history as it was when
 * the user said yes. That the repository still has it is cheap to ask.
 */

enum { LIST_MOST = 1 << 20, WALK_MOST = 10000000 };

int trust_path(struct str *out, struct error *err)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		str_addf(out, "%s/adref/trusted", state);
	else if (home && *home == '/')
		str_addf(out, "%s/.local/state/adref/trusted", home);
	else
		return error_set(err, ST_MISSING,
				 N_("there is no home folder to keep the list of trusted "
				    "repositories in"));
	return ST_OK;
}

/* "UID " and " PATH" of the repository, the line's beginning and end. */
static int describe(struct repo *r, struct str *head, struct str *tail, struct error *err)
{
	char *real = realpath(r->common_dir, NULL);
	struct stat st;
	int rc = ST_OK;

	if (!real || stat(real, &st) != 0) {
		rc = error_set(err, ST_FAIL, N_("%s: %s"), r->common_dir, strerror(errno));
	} else if (strchr(real, '\n')) {
		rc = error_set(err, ST_INPUT,
			       N_("%s: a path with a line end in it cannot be trusted"), real);
	} else {
		str_addf(head, "%ld ", (long)st.st_uid);
		str_addf(tail, " %s", real);
	}
	free(real);
	return rc;
}

/* Nobody else may have written it. Missing is as good as empty. */
static int read_list(const char *list, struct str *out, struct error *err)
{
	struct stat st;

	if (lstat(list, &st) != 0 && errno == ENOENT)
		return ST_OK;
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 022))
		return error_set(err, ST_DENIED,
				 N_("%s: others can write it; make it yours alone: chmod 600"),
				 list);
	return file_read(NULL, list, LIST_MOST, out, NULL, err);
}

/* The lines of text; next is set behind each. */
static struct slice next_line(struct slice *rest)
{
	const char *end = rest->len ? memchr(rest->p, '\n', rest->len) : NULL;
	struct slice line = {rest->p, end ? (size_t)(end - rest->p) : rest->len};
	size_t taken = line.len + (end ? 1 : 0);

	rest->p += taken;
	rest->len -= taken;
	return line;
}

/* Whether the line is of this repository, whatever commit it names. */
static bool is_of(struct slice line, struct str *head, struct str *tail)
{
	return line.len == head->len + REPO_HEX + tail->len &&
	       slice_starts(line, str_text(head)) && slice_ends(line, str_text(tail));
}

static bool has_commit(struct repo *r, const char *hex)
{
	git_commit *commit = NULL;
	git_oid id;
	bool has;

	has = repo_id(hex, &id, NULL) == ST_OK && git_commit_lookup(&commit, r->git, &id) == 0;
	git_commit_free(commit);
	return has;
}

bool trust_kept(struct repo *r, const char *list, char hex[REPO_HEX + 1])
{
	struct str head = STR_INIT, tail = STR_INIT, text = STR_INIT;
	struct slice rest, line;
	bool found = false;

	if (describe(r, &head, &tail, NULL) < 0 || read_list(list, &text, NULL) < 0)
		goto done;
	rest = str_slice(&text);
	while (!found && rest.len) {
		line = next_line(&rest);
		found = is_of(line, &head, &tail);
	}
	if (found) {
		memcpy(hex, line.p + head.len, REPO_HEX);
		hex[REPO_HEX] = '\0';
	}
done:
	str_release(&head);
	str_release(&tail);
	str_release(&text);
	return found;
}

bool trust_ask(struct repo *r, const char *list)
{
	char hex[REPO_HEX + 1];

	return trust_kept(r, list, hex) && has_commit(r, hex);
}

/* The commit at the end of the first parents. */
static int first_commit(struct repo *r, char hex[REPO_HEX + 1], struct error *err)
{
	git_commit *at = NULL, *parent;
	git_oid id;
	int rc = git_reference_name_to_id(&id, r->git, "HEAD");

	if (rc == GIT_ENOTFOUND)
		return error_set(err, ST_MISSING,
				 N_("there is no commit yet: commit something first"));
	if (rc == 0)
		rc = git_commit_lookup(&at, r->git, &id);
	for (int i = 0; rc == 0 && i < WALK_MOST; i++) {
		if (git_commit_parent(&parent, at, 0) != 0)
			break; /* the first one, or the edge of a shallow clone */
		git_commit_free(at);
		at = parent;
	}
	if (rc < 0)
		return gitlib_error(err, rc, N_("the history cannot be read"));
	git_oid_tostr(hex, REPO_HEX + 1, git_commit_id(at));
	git_commit_free(at);
	return ST_OK;
}

/* Writes the list without the repository's lines, and with `line` where it is not empty. */
static int rewrite(struct repo *r, const char *list, const char *hex, struct error *err)
{
	struct str head = STR_INIT, tail = STR_INIT, text = STR_INIT, out = STR_INIT;
	struct slice rest, line, folder = slice_of(list);
	char *dir = NULL;
	int rc = describe(r, &head, &tail, err);

	if (rc == ST_OK)
		rc = read_list(list, &text, err);
	if (rc < 0)
		goto done;
	for (rest = str_slice(&text); rest.len;) {
		line = next_line(&rest);
		if (line.len && !is_of(line, &head, &tail)) {
			str_add_slice(&out, line);
			str_add_char(&out, '\n');
		}
	}
	if (hex)
		str_addf(&out, "%s%s%s\n", str_text(&head), hex, str_text(&tail));
	while (folder.len && folder.p[folder.len - 1] != '/')
		folder.len--;
	if (folder.len > 1) {
		dir = slice_dup(slice_make(folder.p, folder.len - 1));
		rc = file_make_dirs(NULL, dir, 0700, err);
	}
	if (rc == ST_OK && access(list, F_OK) != 0)
		rc = file_create(NULL, list, str_slice(&out), 0600, NULL, err);
	else if (rc == ST_OK)
		rc = file_write(NULL, list, str_slice(&out), NULL, NULL, err);
done:
	free(dir);
	str_release(&head);
	str_release(&tail);
	str_release(&text);
	str_release(&out);
	return rc;
}

int trust_add(struct repo *r, const char *list, struct error *err)
{
	char hex[REPO_HEX + 1];
	int rc = first_commit(r, hex, err);

	return rc < 0 ? rc : rewrite(r, list, hex, err);
}

int trust_remove(struct repo *r, const char *list, struct error *err)
{
	return rewrite(r, list, NULL, err);
}

int trust_keep(struct repo *r, const char *list, const char *hex, struct error *err)
{
	return rewrite(r, list, hex, err);
}
