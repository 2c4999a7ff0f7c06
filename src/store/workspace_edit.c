/* SPDX-License-Identifier: MIT */
#include "store/workspace.h"

/*
 * The edits of agreed.yaml and deferred.yaml: read, change in core, write where
 * nobody changed the file meanwhile, and again where somebody did.
 */

enum { TRIES = 5 };

struct side_edit {
	const char *file;
	const struct agreed *agree;
	const char *unagree;
	const struct deferred *defer;
	const char *undefer;
};

static int change(const struct side_edit *e, struct str *yaml, struct error *err)
{
	if (e->agree)
		return agreed_add(yaml, e->agree, err);
	if (e->unagree)
		return agreed_remove(yaml, e->unagree, err);
	if (e->defer)
		return deferred_set(yaml, e->defer, err);
	return deferred_remove(yaml, e->undefer, err);
}

static int edit_once(const struct workspace *ws, const char *path, const struct side_edit *e,
		     struct error *err)
{
	struct file_stamp stamp = {.exists = false};
	struct error trouble = ERROR_INIT;
	struct str yaml = STR_INIT;
	int rc = file_read(ws->root, path, WS_MOST_YAML, &yaml, &stamp, &trouble);

	if (rc < 0 && rc != ST_MISSING) {
		error_set(err, trouble.status, "%s", trouble.text);
		goto done;
	}
	rc = change(e, &yaml, err);
	if (rc < 0)
		error_prefix(err, workspace_short(ws, path));
	else
		rc = file_write(ws->root, path, str_slice(&yaml), &stamp, NULL, err);
done:
	str_release(&yaml);
	return rc;
}

static int edit(const struct workspace *ws, const char *name, const struct side_edit *e,
		struct error *err)
{
	struct str path = STR_INIT, folder = STR_INIT;
	int rc;

	if (!workspace_name_is_valid(name))
		return error_set(err, ST_USAGE, N_("%s: is no name of a draft"), name);
	str_addf(&folder, "%s/%s", ws->folder, name);
	workspace_side_path(ws, name, e->file, &path);
	rc = e->agree || e->defer ? file_make_dirs(ws->root, str_text(&folder), 0777, err) : 0;
	for (int i = 0; rc == 0 && i < TRIES; i++) {
		rc = edit_once(ws, str_text(&path), e, err);
		if (rc != ST_CHANGED || i + 1 == TRIES)
			break;
		rc = 0;
	}
	str_release(&path);
	str_release(&folder);
	return rc;
}

int workspace_agree(const struct workspace *ws, const char *name, const struct agreed *a,
		    struct error *err)
{
	return edit(ws, name, &(struct side_edit){.file = "agreed.yaml", .agree = a}, err);
}

int workspace_unagree(const struct workspace *ws, const char *name, const char *digest,
		      struct error *err)
{
	return edit(ws, name, &(struct side_edit){.file = "agreed.yaml", .unagree = digest},
		    err);
}

int workspace_defer(const struct workspace *ws, const char *name, const struct deferred *d,
		    struct error *err)
{
	return edit(ws, name, &(struct side_edit){.file = "deferred.yaml", .defer = d}, err);
}

int workspace_undefer(const struct workspace *ws, const char *name, const char *id,
		      struct error *err)
{
	return edit(ws, name, &(struct side_edit){.file = "deferred.yaml", .undefer = id}, err);
}
