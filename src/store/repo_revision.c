/* SPDX-License-Identifier: MIT */
#include "git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/*
 * Revisions as people write them. git_revparse_single() leaks 20 KB for each
 * name that does not look like `git describe`'s (libgit2 1.5 with pcre2), so
 * the usual forms are read here: HEAD, @, branches and tags, ids and their
 * beginnings, each followed by any of ~N ^N ^{commit}.
 */

enum { PREFIX_LEAST = 4, STEPS_MOST = 1000000 };

static bool is_hex(const char *text)
{
	return *text && !text[strspn(text, "0123456789abcdefABCDEF")];
}

static int by_id(git_object **out, git_repository *git, const char *name)
{
	size_t len = strlen(name);
	git_oid id;

	if (len < PREFIX_LEAST || len > REPO_HEX || !is_hex(name) ||
	    git_oid_fromstrn(&id, name, len) < 0)
		return GIT_ENOTFOUND;
	return git_object_lookup_prefix(out, git, &id, len, GIT_OBJECT_ANY);
}

static int by_name(git_object **out, git_repository *git, const char *name)
{
	git_reference *ref = NULL;
	int rc;

	if (strlen(name) == REPO_HEX && is_hex(name))
		return by_id(out, git, name);
	rc = git_reference_dwim(&ref, git, strcmp(name, "@") == 0 ? "HEAD" : name);
	if (rc == 0)
		rc = git_reference_peel(out, ref, GIT_OBJECT_ANY);
	git_reference_free(ref);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		rc = by_id(out, git, name);
	return rc;
}

/* Puts the n-th parent in at's place; 0: the commit itself. */
static int to_parent(git_object **at, unsigned n)
{
	git_object *commit = NULL;
	git_commit *parent = NULL;
	int rc = git_object_peel(&commit, *at, GIT_OBJECT_COMMIT);

	if (rc == 0 && n > 0) {
		rc = git_commit_parent(&parent, (git_commit *)commit, n - 1);
		git_object_free(commit);
		commit = (git_object *)parent;
	}
	if (rc == 0) {
		git_object_free(*at);
		*at = commit;
	}
	return rc;
}

static int to_type(git_object **at, struct slice type)
{
	git_object *peeled = NULL;
	int rc;

	if (slice_is(type, "commit") || slice_is(type, ""))
		return to_parent(at, 0);
	if (!slice_is(type, "tree"))
		return GIT_EINVALIDSPEC;
	rc = git_object_peel(&peeled, *at, GIT_OBJECT_TREE);
	if (rc == 0) {
		git_object_free(*at);
		*at = peeled;
	}
	return rc;
}

/* One of ~N ^N ^{type} at p; *end is set after it. */
static int apply_suffix(git_object **at, const char *p, const char **end)
{
	unsigned long n = 1;
	int rc = 0;

	if (p[0] == '^' && p[1] == '{') {
		const char *close = strchr(p, '}');

		*end = close ? close + 1 : p;
		return close ? to_type(at, slice_make(p + 2, (size_t)(close - p - 2)))
			     : GIT_EINVALIDSPEC;
	}
	*end = p + 1;
	if (**end >= '0' && **end <= '9')
		n = strtoul(*end, (char **)end, 10);
	if (n > STEPS_MOST)
		return GIT_ENOTFOUND;
	if (*p == '^')
		return to_parent(at, (unsigned)n);
	rc = to_parent(at, 0);
	for (; rc == 0 && n > 0; n--)
		rc = to_parent(at, 1);
	return rc;
}

int repo_revision(struct repo *r, const char *revision, struct git_object **out)
{
	size_t base = strcspn(revision, "~^");
	git_object *at = NULL;
	const char *p = revision + base;
	char *name;
	int rc;

	if (strchr(revision, ':') || strstr(revision, "@{"))
		return git_revparse_single(out, r->git, revision);
	name = slice_dup(slice_make(revision, base));
	rc = *name ? by_name(&at, r->git, name) : GIT_EINVALIDSPEC;
	free(name);
	while (rc == 0 && *p)
		rc = *p == '~' || *p == '^' ? apply_suffix(&at, p, &p) : GIT_EINVALIDSPEC;
	if (rc == 0)
		*out = at;
	else
		git_object_free(at);
	return rc;
}
