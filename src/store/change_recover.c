/* SPDX-License-Identifier: MIT */
#include "change_inner.h"

#include "core/mem.h"
#include "git.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * At the start: a change that was cut short is finished on the branch it began on, or taken
 * back. Where that branch is no longer checked out, what it wrote is an edit like any other:
 * its note and what it wrote over are put aside, with words.
 */

enum { NOTE_MOST = 4 << 20 };

/* What a file is, of one change cut short. */
enum stage { STAGE_OLD, STAGE_NEW, STAGE_OTHER };

static enum stage stage_of(struct change_making *m, size_t i, struct str *bytes)
{
	const struct change_entry *e = &m->p.v[i];
	char hex[REPO_HEX + 1];
	struct error why = ERROR_INIT;

	if (repo_file(m->r, e->path, &m->made[i].file, NULL) < 0)
		return STAGE_OTHER;
	if (file_read(m->r->work_dir, str_text(&m->made[i].file), FILE_MOST_DRAFT, bytes, NULL,
		      &why) < 0)
		return why.status == ST_MISSING && !e->head[0] ? STAGE_OLD : STAGE_OTHER;
	repo_hash(str_slice(bytes), hex);
	return strcmp(hex, e->file) == 0 ? STAGE_NEW : STAGE_OTHER;
}

/* Whether HEAD is what it was: the commit was not made. */
static bool is_uncommitted(struct change_making *m, size_t i)
{
	const struct change_entry *e = &m->p.v[i];
	struct error why = ERROR_INIT;
	char hex[REPO_HEX + 1];

	if (repo_blob(m->r, "HEAD", e->path, hex, &why) < 0)
		return why.status == ST_MISSING && !e->head[0];
	return strcmp(hex, e->head) == 0;
}

/* One that was written while another was not: as it was, by its second name or from HEAD. Where
 * neither has that, it stays: what it was written over is in it. */
static void take_back(struct change_making *m, size_t i)
{
	const struct change_entry *e = &m->p.v[i];
	const char *file = str_text(&m->made[i].file);
	struct str kept = STR_INIT, bytes = STR_INIT;
	struct error ignored = ERROR_INIT;

	change_kept_name(m, i, &kept);
	if (!e->head[0] && !e->over)
		(void)!file_remove(m->r->work_dir, file, &ignored);
	else if (rename(str_text(&kept), file) != 0 && !e->over &&
		 repo_read_blob(m->r, e->head, FILE_MOST_DRAFT, &bytes, &ignored) == ST_OK)
		(void)!file_write(m->r->work_dir, file, str_slice(&bytes), NULL, NULL,
				  &ignored);
	str_release(&kept);
	str_release(&bytes);
}

static int finish(struct change_making *m, bool hooks, struct commit_result *result,
		  struct error *err)
{
	size_t n = m->p.n, n_new = 0, n_old = 0;
	struct str *texts = mem_zalloc((n + 1) * sizeof(*texts));
	struct slice *bytes = mem_array(NULL, n + 1, sizeof(*bytes));
	enum stage *stages = mem_array(NULL, n + 1, sizeof(*stages));
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		stages[i] = stage_of(m, i, &texts[i]);
		bytes[i] = str_slice(&texts[i]);
		n_new += stages[i] == STAGE_NEW;
		n_old += is_uncommitted(m, i);
	}
	if (n_old == n && n_new == n) {
		rc = change_commit(m, bytes, hooks, NULL, result, err);
		rc = rc < 0 ? rc : 1;
	} else if (n_old == n) {
		for (size_t i = 0; i < n; i++)
			if (stages[i] == STAGE_NEW && m->p.v[i].written)
				take_back(m, i);
	}
	for (size_t i = 0; i < n; i++)
		str_release(&texts[i]);
	free(texts);
	free(bytes);
	free(stages);
	return rc;
}

/* What the change wrote over and no commit has. */
static int keep_older(struct change_making *m, size_t i, struct error *err)
{
	struct str kept = STR_INIT, bytes = STR_INIT, file = STR_INIT;
	struct error why = ERROR_INIT;
	int rc = 0;

	change_kept_name(m, i, &kept);
	if (m->p.v[i].over) {
		rc = file_read(NULL, str_text(&kept), FILE_MOST_DRAFT, &bytes, NULL, &why);
		if (rc == ST_OK)
			rc = repo_set_aside(m->r, m->p.v[i].path, str_slice(&bytes), &file,
					    err);
		else
			rc = why.status == ST_MISSING ? 0 : error_set(err, rc, "%s", why.text);
	}
	str_release(&kept);
	str_release(&bytes);
	str_release(&file);
	return rc;
}

/* Another branch is checked out, and may have taken the change along: then it is said. */
static int put_aside(struct change_making *m, struct slice note, struct str *words,
		     struct error *err)
{
	struct str bytes = STR_INIT, file = STR_INIT;
	const char *there = NULL;
	int rc = 0;

	for (size_t i = 0; i < m->p.n && rc == 0; i++) {
		str_clear(&bytes);
		if (m->p.v[i].written && stage_of(m, i, &bytes) == STAGE_NEW &&
		    is_uncommitted(m, i) && !there)
			there = m->p.v[i].path;
		rc = keep_older(m, i, err);
	}
	if (rc == 0 && there)
		rc = repo_set_aside(m->r, "change", note, &file, err);
	if (rc == 0 && there)
		str_addf(words,
			 error_word(N_("a change of %s was cut short on %s, and another branch "
				       "is checked "
				       "out now: it was not committed; it stands in the file, "
				       "and what "
				       "it was to be is kept in %s")),
			 there, str_text(&m->p.branch) + strlen("refs/heads/"),
			 str_text(&file));
	str_release(&bytes);
	str_release(&file);
	return rc;
}

static void forget(struct change_making *m)
{
	for (size_t i = 0; i < m->p.n; i++) {
		struct str kept = STR_INIT;

		change_kept_name(m, i, &kept);
		unlink(str_text(&kept));
		str_release(&kept);
	}
	unlink(str_text(&m->note));
}

/* On the branch it began on it is brought to its end. */
static int bring_in_order(struct change_making *m, struct slice note, bool hooks,
			  struct commit_result *result, struct str *words, struct error *err)
{
	struct str branch = STR_INIT;
	int rc;

	change_begin(m, m->p.n);
	rc = repo_head_name(m->r, &branch, err);
	if (rc == ST_OK && slice_equal(str_slice(&branch), str_slice(&m->p.branch))) {
		rc = finish(m, hooks, result, err);
		if (rc == 1)
			str_add(words, m->p.message.p, strcspn(str_text(&m->p.message), "\n"));
	} else if (rc == ST_OK) {
		rc = put_aside(m, note, words, err);
	}
	str_release(&branch);
	return rc;
}

int change_recover(struct repo *r, bool hooks, struct commit_result *result, struct str *words,
		   struct error *err)
{
	struct change_making m = {.r = r};
	struct lock lock = LOCK_INIT;
	struct str text = STR_INIT;
	struct error busy = ERROR_INIT;
	int rc = ST_OK;

	commit_result_release(result);
	if (!r->work_dir)
		return ST_OK;
	str_addf(&m.note, "%sadref/decision", r->git_dir);
	if (access(str_text(&m.note), F_OK) != 0 ||
	    change_lock_within(r, &lock, 0, &busy) < 0) /* somebody lives and is at it */
		goto done;
	rc = file_read(NULL, str_text(&m.note), NOTE_MOST, &text, NULL, &busy);
	if (rc < 0) {
		rc = busy.status == ST_MISSING ? ST_OK
					       : error_set(err, busy.status, "%s", busy.text);
		goto done;
	}
	if (change_note_read(str_slice(&text), &m.p))
		rc = bring_in_order(&m, str_slice(&text), hooks, result, words, err);
	if (rc >= 0)
		forget(&m);
done:
	lock_drop(&lock);
	str_release(&text);
	change_end(&m);
	return rc;
}
