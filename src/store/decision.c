/* SPDX-License-Identifier: MIT */
#include "store/decision.h"

#include "core/mem.h"
#include "core/revert.h"
#include "git.h"
#include "store/file.h"
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

/* ---- whether ---- */

int decision_ready(struct repo *r, const char *path, struct error *err)
{
	enum repo_change change = REPO_SAME;
	char hex[REPO_HEX + 1];
	int rc = commit_ready(r, err);

	if (rc == ST_OK)
		rc = repo_changed(r, path, &change, err);
	if (rc != ST_OK)
		return rc;
	if (change == REPO_MODIFIED)
		return error_set(
			err, ST_CHANGED,
			N_("%s: has edits that are not committed; first \"adref commit\" "
			   "commits them, or \"git stash\" sets them aside"),
			path);
	if (change == REPO_GONE)
		return error_set(err, ST_MISSING, N_("%s: the file is gone"), path);
	if (change == REPO_SAME)
		rc = repo_blob(r, "HEAD", path, hex, err);
	if (change == REPO_NEW || rc == ST_MISSING)
		return error_set(err, ST_MISSING,
				 N_("%s: was never committed; \"adref commit\" does so first"),
				 path);
	return rc;
}

/* ---- making it ---- */

/* The draft must be what the decision was made on, on disk and in HEAD. */
static int check_before(struct repo *r, const struct decision *d, struct file_stamp *stamp,
			struct error *err)
{
	struct str bytes = STR_INIT, file = STR_INIT;
	int rc = decision_ready(r, d->path, err);

	if (rc == ST_OK)
		rc = repo_file(r, d->path, &file, err);
	if (rc == ST_OK)
		rc = file_read(r->work_dir, str_text(&file), FILE_MOST_DRAFT, &bytes, stamp,
			       err);
	if (rc == ST_OK && !slice_equal(str_slice(&bytes), d->before))
		rc = error_set(err, ST_CHANGED,
			       N_("%s: was edited by another program meanwhile; read it again"),
			       d->path);
	str_release(&bytes);
	str_release(&file);
	return rc;
}

int decision_make(struct repo *r, const struct decision *d, struct commit_result *result,
		  struct error *err)
{
	struct file_stamp stamp;
	struct change_file *files = mem_array(NULL, 1 + d->n_beside, sizeof(*files));
	const struct change change = {files,   1 + d->n_beside, d->message, d->author,
				      d->time, d->offset,       d->hooks,   d->key};
	struct lock lock = LOCK_INIT;
	int rc = change_lock(r, &lock, err);

	files[0] = (struct change_file){d->path, d->before, d->after, &stamp};
	if (d->n_beside)
		memcpy(files + 1, d->beside, d->n_beside * sizeof(*files));
	commit_result_release(result);
	if (rc == ST_OK)
		rc = check_before(r, d, &stamp, err);
	if (rc == ST_OK && !slice_equal(d->before, d->after))
		rc = change_make(r, &change, result, err);
	lock_drop(&lock);
	free(files);
	return rc;
}

/* ---- undoing ---- */

int decision_undo(struct repo *r, const char *id, const char *path, struct slice current,
		  const struct parties *parties, struct str *out, struct error *err)
{
	struct version c = VERSION_INIT;
	struct str before = STR_INIT, after = STR_INIT;
	int rc = history_read(r, id, path, &c, err);

	if (rc == ST_OK && (!*c.files->blob || !*c.files->before ||
			    strcmp(c.files->blob, c.files->before) == 0))
		rc = error_set(err, ST_MISSING, N_("%.12s: did not change %s"), id, path);
	if (rc == ST_OK)
		rc = repo_read_blob(r, c.files->before, FILE_MOST_DRAFT, &before, err);
	if (rc == ST_OK)
		rc = repo_read_blob(r, c.files->blob, FILE_MOST_DRAFT, &after, err);
	if (rc == ST_OK)
		rc = revert_decision(str_slice(&before), str_slice(&after), current, parties,
				     out, err);
	str_release(&before);
	str_release(&after);
	version_release(&c);
	return rc;
}
