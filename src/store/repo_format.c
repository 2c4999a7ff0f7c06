/* SPDX-License-Identifier: MIT */
#include "repo_place.h"

#include "core/error.h"
#include "core/str.h"

#include <git2.h>
#include <string.h>
#include <strings.h>

/*
 * Whether libgit2 can read a repository's format, asked before it opens one: it would say so,
 * too, but of a repository with extensions it leaks up to a megabyte each time, and the
 * workbench asks again and again.
 */

/*
 * What libgit2 1.5 does not know, and which changes nothing of what it reads or writes: a
 * configuration of the working tree's own (store/repo adds it), objects that nobody may take
 * away, relative paths between working trees, and sha1 by its name (the other is refused
 * below).
 */
static const char *const harmless[] = {"worktreeconfig", "preciousobjects", "relativeworktrees",
				       "objectformat"};

void repo_place_begin(void)
{
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless,
			 sizeof(harmless) / sizeof(*harmless));
}

enum { VERSION_MOST = 1 }; /* of core.repositoryformatversion, as libgit2 1.5 knows it */

static int refuse(const char *path, const char *extension, struct error *err)
{
	if (strcmp(extension, "extensions.partialclone") == 0)
		return error_set(
			err, ST_INPUT,
			N_("%s: a partial clone (extensions.partialclone): parts of it "
			   "are elsewhere; clone it anew without --filter"),
			path);
	if (strcmp(extension, "extensions.refstorage") == 0)
		return error_set(
			err, ST_INPUT,
			N_("%s: its branches are in another store (extensions.refstorage), "
			   "which adref does not support; \"git refs migrate "
			   "--ref-format=files\" changes that"),
			path);
	return error_set(err, ST_INPUT,
			 N_("%s: needs %s, which adref does not support; clone it anew"), path,
			 extension);
}

static bool is_known(const char *key)
{
	const char *name = key + 11;

	if (strncmp(key, "extensions.", 11) != 0 || strcmp(name, "noop") == 0)
		return true;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (strcmp(name, harmless[i]) == 0)
			return true;
	return false;
}

/* The first of the configuration's extensions that is not known; "" none. */
static void find_unknown(git_config *config, struct str *name)
{
	git_config_iterator *each = NULL;
	git_config_entry *entry;

	if (git_config_iterator_new(&each, config) == 0)
		while (!name->len && git_config_next(&entry, each) == 0)
			if (!is_known(entry->name))
				str_add_text(name, entry->name);
	git_config_iterator_free(each);
}

static int check(git_config *config, const char *path, struct error *err)
{
	struct str name = STR_INIT;
	git_buf objects = {0};
	int32_t version = 0;
	int rc = 0;

	if (git_config_get_string_buf(&objects, config, "extensions.objectformat") == 0 &&
	    strcasecmp(objects.ptr, "sha256") == 0) {
		rc = error_set(err, ST_INPUT,
			       N_("%s: a sha256 repository (extensions.objectformat): adref "
				  "reads sha1 repositories only; make a new one without "
				  "--object-format"),
			       path);
		goto done;
	}
	/* Without a version, or with one that is no number, libgit2 reads no extensions. */
	if (git_config_get_int32(&version, config, "core.repositoryformatversion") < 0 ||
	    version < 1)
		goto done;
	if (version > VERSION_MOST) {
		rc = error_set(err, ST_INPUT,
			       N_("%s: a repository in a newer format "
				  "(core.repositoryformatversion %d), which adref does not "
				  "support; clone it anew"),
			       path, (int)version);
		goto done;
	}
	find_unknown(config, &name);
	if (name.len)
		rc = refuse(path, str_text(&name), err);
done:
	git_buf_dispose(&objects);
	str_release(&name);
	return rc;
}

int repo_place_check_format(const char *git_dir, const char *path, struct error *err)
{
	struct str file = STR_INIT;
	git_config *config = NULL;
	int rc = 0;

	repo_place_common(git_dir, &file);
	str_add_text(&file, "config");
	if (git_config_open_ondisk(&config, str_text(&file)) == 0)
		rc = check(config, path, err);
	git_config_free(config);
	str_release(&file);
	return rc;
}
