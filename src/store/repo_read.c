/* SPDX-License-Identifier: MIT */
#include "store/repo.h"

#include "core/gitcommit.h"
#include "git.h"
#include "repo_place.h"

#include <errno.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <nettle/sha1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CRLF_MOST = 1 << 28 };

static void hex_of(const git_oid *id, char hex[REPO_HEX + 1])
{
	git_oid_tostr(hex, REPO_HEX + 1, id);
}

int repo_id(const char *hex, struct git_oid *id, struct error *err)
{
	if (strlen(hex) != REPO_HEX || git_oid_fromstr(id, hex) < 0)
		return error_set(err, ST_INPUT, N_("%s: not an object id"), hex);
	return ST_OK;
}

static bool is_there(struct repo *r, const git_oid *id)
{
	git_odb *odb = NULL;
	bool there = git_repository_odb(&odb, r->git) == 0 && git_odb_exists(odb, id);

	git_odb_free(odb);
	return there;
}

int repo_tip(struct repo *r, char hex[REPO_HEX + 1], struct error *err)
{
	git_oid id;
	int rc = git_reference_name_to_id(&id, r->git, "HEAD");

	if (rc == GIT_ENOTFOUND)
		return error_set(err, ST_MISSING, N_("there is no commit yet"));
	if (rc < 0)
		return gitlib_error(err, rc, N_("cannot read HEAD"));
	if (!is_there(r, &id))
		return gitlib_damage(err, N_("the last commit"));
	hex_of(&id, hex);
	return ST_OK;
}

/* Whether a branch or tag of that name leads to an object that is not there. */
static bool leads_nowhere(struct repo *r, const char *name)
{
	git_reference *ref = NULL, *direct = NULL;
	bool nowhere = git_reference_dwim(&ref, r->git, name) == 0 &&
		       git_reference_resolve(&direct, ref) == 0 &&
		       !is_there(r, git_reference_target(direct));

	git_reference_free(direct);
	git_reference_free(ref);
	return nowhere;
}

int repo_is_begun(struct repo *r, struct error *err)
{
	if (git_repository_head_unborn(r->git) != 1)
		return ST_OK;
	return error_set(err, ST_MISSING,
			 N_("nothing is committed yet; \"adref commit NAME\" keeps a draft in "
			    "the history"));
}

static int peel(struct repo *r, const char *revision, git_object_t type, git_object **out,
		struct error *err)
{
	git_object *found = NULL;
	int rc = repo_revision(r, revision, &found);
	bool broken = rc == GIT_ENOTFOUND && leads_nowhere(r, revision);

	if (rc == 0) {
		rc = git_object_peel(out, found, type);
		broken = rc == GIT_ENOTFOUND;
	}
	git_object_free(found);
	if (broken)
		return gitlib_damage(err, revision);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC || rc == GIT_EPEEL ||
	    rc == GIT_EAMBIGUOUS) {
		rc = repo_is_begun(r, err);
		return rc < 0 ? rc
			      : error_set(err, ST_MISSING, N_("%s: no such revision"),
					  revision);
	}
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be looked up"), revision) : ST_OK;
}

int repo_resolve(struct repo *r, const char *revision, char hex[REPO_HEX + 1],
		 struct error *err)
{
	git_object *commit = NULL;
	int rc = peel(r, revision, GIT_OBJECT_COMMIT, &commit, err);

	if (rc < 0)
		return rc;
	hex_of(git_object_id(commit), hex);
	git_object_free(commit);
	return ST_OK;
}

int repo_descends(struct repo *r, const char *commit, const char *ancestor, struct error *err)
{
	git_oid later, earlier;
	int rc = git_oid_fromstr(&later, commit);

	if (rc == 0)
		rc = git_oid_fromstr(&earlier, ancestor);
	if (rc == 0)
		rc = git_graph_descendant_of(r->git, &later, &earlier);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: its ancestors cannot be read"), commit)
		      : rc;
}

int repo_merge_base(struct repo *r, const char *one, const char *other, char hex[REPO_HEX + 1],
		    struct error *err)
{
	git_oid a, b, base;
	int rc = git_oid_fromstr(&a, one);

	if (rc == 0)
		rc = git_oid_fromstr(&b, other);
	if (rc == 0)
		rc = git_merge_base(&base, r->git, &a, &b);
	if (rc < 0)
		return gitlib_error(err, rc, N_("%s: where it parts from %s cannot be found"),
				    one, other);
	git_oid_tostr(hex, REPO_HEX + 1, &base);
	return 0;
}

int repo_tree_entry(const struct git_tree *tree, const char *path, struct git_oid *id,
		    unsigned *mode, struct error *err)
{
	const git_tree *at = tree;
	git_tree *below = NULL;
	const char *part = path;
	int rc = 0;

	/* Step by step: git_tree_entry_bypath() calls a folder that is missing from a damaged
	 * repository a file that is not there. */
	for (;;) {
		size_t len = strcspn(part, "/");
		char *name = slice_dup(slice_make(part, len));
		const git_tree_entry *entry = git_tree_entry_byname(at, name);
		git_tree *next = NULL;

		free(name);
		if (!entry || (part[len] && git_tree_entry_type(entry) != GIT_OBJECT_TREE))
			break;
		if (!part[len]) {
			git_oid_cpy(id, git_tree_entry_id(entry));
			*mode = (unsigned)git_tree_entry_filemode(entry);
			rc = 1;
			break;
		}
		if (git_tree_lookup(&next, git_tree_owner(tree), git_tree_entry_id(entry)) <
		    0) {
			rc = gitlib_damage(err, path);
			break;
		}
		git_tree_free(below);
		at = below = next;
		part += len + 1;
	}
	git_tree_free(below);
	return rc;
}

static int find_blob(struct repo *r, const char *revision, const char *path, git_oid *id,
		     struct error *err)
{
	git_object *tree = NULL;
	unsigned mode = 0;
	int rc = ST_OK;

	if (!repo_path_is_sane(path))
		return error_set(err, ST_USAGE, N_("%s: not a path in a repository"), path);
	rc = peel(r, revision, GIT_OBJECT_TREE, &tree, err);
	if (rc < 0)
		return rc;
	rc = repo_tree_entry((git_tree *)tree, path, id, &mode, err);
	if (rc == 0)
		rc = error_set(err, ST_MISSING, N_("%s:%s: no such file in that revision"),
			       revision, path);
	else if (rc > 0 && mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		rc = error_set(err, ST_INPUT, N_("%s:%s: %s, not a file"), revision, path,
			       mode == GIT_FILEMODE_TREE   ? N_("a folder")
			       : mode == GIT_FILEMODE_LINK ? N_("a symbolic link")
							   : N_("a submodule"));
	git_object_free(tree);
	return rc < 0 ? rc : ST_OK;
}

/* Looking up a blob loads it, whatever its size: the header is read first. */
static int add_blob(struct repo *r, const git_oid *id, const char *name, size_t limit,
		    struct str *out, struct error *err)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_object_t type = GIT_OBJECT_INVALID;
	size_t size = 0;
	int rc = git_repository_odb(&odb, r->git);

	if (rc == 0)
		rc = git_odb_read_header(&size, &type, odb, id);
	if (rc < 0) {
		rc = gitlib_damage(err, name);
	} else if (type != GIT_OBJECT_BLOB) {
		rc = error_set(err, ST_INPUT, N_("%s: not a file"), name);
	} else if (size > limit) {
		rc = error_set(err, ST_TOO_LARGE,
			       N_("%s: %zu bytes, more than the %zu allowed"), name, size,
			       limit);
	} else if ((rc = git_odb_read(&object, odb, id)) < 0) {
		rc = gitlib_damage(err, name);
	} else {
		str_add(out, git_odb_object_data(object), git_odb_object_size(object));
		rc = ST_OK;
	}
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
}

int repo_read(struct repo *r, const char *revision, const char *path, size_t limit,
	      struct str *out, struct error *err)
{
	struct str name = STR_INIT;
	git_oid id;
	int rc = find_blob(r, revision, path, &id, err);

	if (rc < 0)
		return rc;
	str_addf(&name, "%s:%s", revision, path);
	rc = add_blob(r, &id, str_text(&name), limit, out, err);
	str_release(&name);
	return rc;
}

int repo_blob(struct repo *r, const char *revision, const char *path, char hex[REPO_HEX + 1],
	      struct error *err)
{
	git_oid id;
	int rc = find_blob(r, revision, path, &id, err);

	if (rc < 0)
		return rc;
	hex_of(&id, hex);
	return ST_OK;
}

int repo_read_blob(struct repo *r, const char *hex, size_t limit, struct str *out,
		   struct error *err)
{
	git_oid id;
	int rc = repo_id(hex, &id, err);

	return rc < 0 ? rc : add_blob(r, &id, hex, limit, out, err);
}

/* From one place where objects are kept. 1: it is there; 0: it is not, or cannot be read so. */
static int skim(git_odb_backend *from, const git_oid *id, size_t limit, struct str *out)
{
	git_object_t type = GIT_OBJECT_INVALID;
	size_t size = 0;
	void *data = NULL;
	int rc;

	if (!from->read || !from->read_header ||
	    from->read_header(&size, &type, from, id) < 0 || type != GIT_OBJECT_BLOB ||
	    size > limit)
		return 0;
	rc = from->read(&data, &size, &type, from, id);
	if (rc == 0 && type == GIT_OBJECT_BLOB && size <= limit)
		str_add(out, data, size);
	else
		rc = -1;
	git_odb_backend_data_free(from, data);
	return rc == 0;
}

int repo_read_commit(struct repo *r, const char *id, struct str *bytes, struct gitcommit *c,
		     struct error *err)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_object_t type = GIT_OBJECT_INVALID;
	size_t size = 0;
	git_oid oid;
	int rc = repo_id(id, &oid, err);

	if (rc < 0)
		return rc;
	rc = git_repository_odb(&odb, r->git);
	if (rc == 0)
		rc = git_odb_read_header(&size, &type, odb, &oid);
	if (rc == 0 && type == GIT_OBJECT_COMMIT && size <= GITCOMMIT_MOST)
		rc = git_odb_read(&object, odb, &oid);
	if (rc < 0) {
		rc = gitlib_damage(err, id);
	} else if (!object) {
		rc = error_set(err, ST_INPUT, N_("%s: not a commit that can be read"), id);
	} else {
		str_clear(bytes);
		str_add(bytes, git_odb_object_data(object), git_odb_object_size(object));
		rc = gitcommit_read(str_slice(bytes), c, err);
	}
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
}

int repo_skim_blob(struct repo *r, const char *hex, size_t limit, struct str *out,
		   struct error *err)
{
	git_odb *odb = NULL;
	git_oid id;
	int found = 0, rc = repo_id(hex, &id, err);

	if (rc < 0)
		return rc;
	/* git_odb_read() would hash it; that it does not is asked of libgit2 as a whole only.
	 */
	if (git_repository_odb(&odb, r->git) == 0)
		for (size_t i = 0; i < git_odb_num_backends(odb) && !found; i++) {
			git_odb_backend *from = NULL;

			if (git_odb_get_backend(&from, odb, i) == 0)
				found = skim(from, &id, limit, out);
		}
	git_odb_free(odb);
	/* What is not there, or is not as it should be, is told of where all of it is looked
	 * at.
	 */
	return found ? ST_OK : add_blob(r, &id, hex, limit, out, err);
}

void repo_hash(struct slice bytes, char hex[REPO_HEX + 1])
{
	uint8_t digest[SHA1_DIGEST_SIZE];
	char header[32];
	struct sha1_ctx sha1;
	int n = snprintf(header, sizeof(header), "blob %zu", bytes.len);

	sha1_init(&sha1);
	sha1_update(&sha1, (size_t)n + 1, (const uint8_t *)header);
	sha1_update(&sha1, bytes.len, (const uint8_t *)bytes.p);
	sha1_digest(&sha1, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* Whether the file has the blob's bytes, as they are or as git would take them in. */
static int file_is(struct repo *r, const char *file, const char *path, const git_oid *blob,
		   bool *is, struct error *err)
{
	git_oid id;
	int rc = git_odb_hashfile(&id, file, GIT_OBJECT_BLOB);

	*is = rc == 0 && git_oid_equal(&id, blob);
	if (rc < 0 || *is)
		goto done;
	rc = repo_tree_check_path(r->work_dir, path, err);
	if (rc < 0)
		return rc;
	/* Only libgit2's own conversions (line ends, ident): it runs no filter programs. */
	rc = git_repository_hashfile(&id, r->git, file, GIT_OBJECT_BLOB, path);
	*is = rc == 0 && git_oid_equal(&id, blob);
done:
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be read"), file) : ST_OK;
}

int repo_changed(struct repo *r, const char *path, enum repo_change *change, struct error *err)
{
	struct str file = STR_INIT;
	char tip[REPO_HEX + 1];
	struct stat st;
	git_oid blob;
	bool on_disk, in_head = false, same = false;
	int rc = repo_file(r, path, &file, err);

	if (rc < 0)
		goto done;
	on_disk = lstat(str_text(&file), &st) == 0;
	if (!on_disk && errno != ENOENT && errno != ENOTDIR) {
		rc = error_set(err, ST_FAIL, N_("%s: cannot be read: %s"), str_text(&file),
			       strerror(errno));
		goto done;
	}
	if (on_disk && !S_ISREG(st.st_mode)) {
		rc = error_set(err, ST_INPUT,
			       N_("%s: is a link or no ordinary file; put the text itself in "
				  "its place"),
			       str_text(&file));
		goto done;
	}
	rc = repo_tip(r, tip, err);
	if (rc == ST_OK) {
		rc = find_blob(r, tip, path, &blob, err);
		in_head = rc == ST_OK;
	}
	if (rc < 0 && rc != ST_MISSING)
		goto done;
	rc = ST_OK;
	if (on_disk && in_head)
		rc = file_is(r, str_text(&file), path, &blob, &same, err);
	if (rc == ST_OK && on_disk != in_head)
		*change = on_disk ? REPO_NEW : REPO_GONE;
	else if (rc == ST_OK)
		*change = same || !on_disk ? REPO_SAME : REPO_MODIFIED;
done:
	str_release(&file);
	return rc;
}

/* Whether a blob has line ends that git did not make. */
static bool blob_has_crlf(struct repo *r, const char *hex)
{
	struct str bytes = STR_INIT;
	bool has = repo_read_blob(r, hex, CRLF_MOST, &bytes, NULL) < 0 ||
		   (bytes.len && memmem(bytes.p, bytes.len, "\r\n", 2));

	str_release(&bytes);
	return has;
}

int repo_stored(struct repo *r, const char *path, const char *head, struct slice bytes,
		struct str *out, struct error *err)
{
	git_filter_list *filters = NULL;
	git_buf converted = {0};
	int rc = 0;

	if (!bytes.len || !memmem(bytes.p, bytes.len, "\r\n", 2) || blob_has_crlf(r, head)) {
		str_add_slice(out, bytes);
		return ST_OK;
	}
	if (r->work_dir)
		rc = repo_tree_check_path(r->work_dir, path, err);
	if (rc < 0)
		return rc;
	rc = git_filter_list_load(&filters, r->git, NULL, path, GIT_FILTER_TO_ODB,
				  GIT_FILTER_ALLOW_UNSAFE);
	if (rc == 0 && filters) {
		rc = git_filter_list_apply_to_buffer(&converted, filters, bytes.p, bytes.len);
		if (rc == 0)
			str_add(out, converted.ptr, converted.size);
	} else if (rc == 0) {
		str_add_slice(out, bytes);
	}
	git_buf_dispose(&converted);
	git_filter_list_free(filters);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be converted"), path) : ST_OK;
}
