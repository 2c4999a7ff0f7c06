/* SPDX-License-Identifier: MIT */
#include "store/change.h"

#include "change_inner.h"
#include "core/bound.h"
#include "core/mem.h"
#include "git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The note is written before the first file and taken away after the commit.
 * Files that are written over get a second name in the git directory meanwhile:
 * bringing them back takes no room on a full disk, and no open file.
 */

enum { LOCK_WAIT_MS = 15000 };

/* ---- the lock and the note ---- */

int change_lock_within(struct repo *r, struct lock *l, int wait_ms, struct error *err)
{
	struct str path = STR_INIT;
	int rc = repo_tree_file(r, "deciding", &path, err);

	if (rc == ST_OK)
		rc = lock_take(l, str_text(&path), wait_ms, err);
	str_release(&path);
	return rc;
}

int change_lock(struct repo *r, struct lock *l, struct error *err)
{
	return change_lock_within(r, l, LOCK_WAIT_MS, err);
}

void change_kept_name(const struct change_making *m, size_t i, struct str *out)
{
	str_add_slice(out, str_slice(&m->note));
	str_add_text(out, ".before");
	if (i)
		str_addf(out, "-%zu", i);
}

void change_begin(struct change_making *m, size_t n)
{
	m->made = mem_zalloc((n + 1) * sizeof(*m->made));
	m->folders = mem_array(NULL, n + 1, sizeof(*m->folders));
}

void change_end(struct change_making *m)
{
	for (size_t i = 0; m->made && i < m->p.n; i++) {
		if (m->made[i].kept.len)
			unlink(str_text(&m->made[i].kept));
		str_release(&m->made[i].kept);
		str_release(&m->made[i].file);
	}
	for (size_t i = 0; i < m->n_folders; i++)
		close(m->folders[i]);
	free(m->made);
	free(m->folders);
	str_release(&m->note);
	change_note_release(&m->p);
}

static int fill_note(struct change_making *m, struct error *err)
{
	const struct change *c = m->c;
	int rc = person_check(c->author->name, c->author->email, err);

	if (rc == ST_OK)
		rc = repo_head_name(m->r, &m->p.branch, err);
	for (size_t i = 0; i < c->n && rc == ST_OK; i++) {
		const struct change_file *f = &c->files[i];
		struct error why = ERROR_INIT;
		struct change_entry *e = change_note_add(&m->p);
		char before[REPO_HEX + 1];

		e->path = mem_strdup(f->path);
		e->written = !f->stamp->exists || !slice_equal(f->before, f->after);
		repo_hash(f->after, e->file);
		repo_hash(f->before, before);
		rc = repo_file(m->r, f->path, &m->made[i].file, err);
		if (rc == ST_OK && repo_blob(m->r, "HEAD", f->path, e->head, &why) < 0) {
			e->head[0] = '\0';
			if (why.status != ST_MISSING)
				rc = error_set(err, why.status, "%s", why.text);
		}
		e->over = e->written && f->stamp->exists && strcmp(before, e->head) != 0;
	}
	m->p.author.name = mem_strdup(c->author->name);
	m->p.author.email = mem_strdup(c->author->email);
	m->p.time = c->time;
	m->p.offset = c->offset;
	str_add_slice(&m->p.message, c->message);
	return rc;
}

static bool writes_something(const struct change_note *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].written)
			return true;
	return false;
}

/* ---- the files ---- */

static void keep_file(struct change_making *m, size_t i)
{
	struct change_made *made = &m->made[i];
	struct stat st;

	change_kept_name(m, i, &made->kept);
	unlink(str_text(&made->kept)); /* of one who was killed */
	if (lstat(str_text(&made->file), &st) != 0 || !S_ISREG(st.st_mode) ||
	    link(str_text(&made->file), str_text(&made->kept)) != 0)
		str_clear(&made->kept);
}

static int write_file(struct change_making *m, size_t i, struct error *err)
{
	const struct change_file *f = &m->c->files[i];
	struct change_made *made = &m->made[i];
	int rc, folder = -1;

	if (!m->p.v[i].written)
		return 0;
	if (f->stamp->exists)
		keep_file(m, i);
	rc = file_write_part(m->r->work_dir, str_text(&made->file), f->after, f->stamp,
			     &made->written, &folder, err);
	made->done = rc == 0;
	if (folder >= 0)
		m->folders[m->n_folders++] = folder;
	return rc;
}

enum whose { OURS, ANOTHERS, NOT_KNOWN };

/* Whether the file is the very one we wrote: asked without opening it. */
static enum whose whose_is(struct change_made *made)
{
	const struct file_stamp *w = &made->written;
	struct stat st;

	if (lstat(str_text(&made->file), &st) != 0)
		return errno == ENOENT ? ANOTHERS : NOT_KNOWN;
	return S_ISREG(st.st_mode) && w->exists && w->dev == (uint64_t)st.st_dev &&
			       w->ino == (uint64_t)st.st_ino &&
			       w->size == (uint64_t)st.st_size &&
			       w->mtime == (int64_t)st.st_mtim.tv_sec &&
			       w->mtime_ns == (int64_t)st.st_mtim.tv_nsec
		       ? OURS
		       : ANOTHERS;
}

static bool is_ours(struct change_made *made)
{
	return whose_is(made) == OURS;
}

static bool put_back(struct change_making *m, size_t i)
{
	const struct change_file *f = &m->c->files[i];
	struct change_made *made = &m->made[i];
	struct error ignored = ERROR_INIT;

	if (!made->done)
		return true;
	if (!f->stamp->exists)
		return is_ours(made) && unlink(str_text(&made->file)) == 0;
	if (file_write(m->r->work_dir, str_text(&made->file), f->before, &made->written, NULL,
		       &ignored) == ST_OK)
		return true;
	return made->kept.len && is_ours(made) &&
	       rename(str_text(&made->kept), str_text(&made->file)) == 0;
}

/* After a failure: all files as they were. False where one could not be put back. */
static bool put_all_back(struct change_making *m, struct error *err)
{
	struct error first = *err;
	bool all = true;

	for (size_t i = m->c->n; i-- > 0;) {
		if (!put_back(m, i)) {
			all = false;
			error_set(err, first.status,
				  whose_is(&m->made[i]) != ANOTHERS
					  ? N_("%s; %s still has the change, which the next "
					       "adref commits")
					  : N_("%s; %s still has the change, which is not "
					       "committed: another program wrote to it"),
				  first.text, m->p.v[i].path);
		}
	}
	return all;
}

/* ---- the commit ---- */

int change_commit(struct change_making *m, const struct slice *bytes, bool hooks,
		  const char *key, struct commit_result *result, struct error *err)
{
	const struct change_note *p = &m->p;
	struct commit_change *changes = mem_zalloc((p->n + 1) * sizeof(*changes));
	struct str *stored = mem_zalloc((p->n + 1) * sizeof(*stored));
	struct commit_order order = {
		changes, p->n,       str_slice(&p->message), &p->author, p->time, p->offset,
		hooks,   m->folders, m->n_folders,           key};
	int rc = ST_OK;

	for (size_t i = 0; i < p->n && rc == ST_OK; i++) {
		const struct change_entry *e = &p->v[i];

		/* Mostly the file's bytes, but git's line ends where HEAD has those. */
		if (e->head[0])
			rc = repo_stored(m->r, e->path, e->head, bytes[i], &stored[i], err);
		else
			str_add_slice(&stored[i], bytes[i]);
		changes[i] = (struct commit_change){
			.path = e->path, .bytes = str_slice(&stored[i]), .base = e->head};
	}
	if (rc == ST_OK)
		rc = commit_make(m->r, &order, result, err);
	for (size_t i = 0; i < p->n; i++)
		str_release(&stored[i]);
	free(stored);
	free(changes);
	return rc;
}

static int write_and_commit(struct change_making *m, struct commit_result *result,
			    struct error *err)
{
	struct slice *bytes = mem_array(NULL, m->p.n + 1, sizeof(*bytes));
	struct error first = ERROR_INIT;
	bool noted = writes_something(&m->p), settled = true;
	int rc = noted ? change_note_write(str_text(&m->note), &m->p, err) : ST_OK;

	if (rc < 0)
		goto done;
	for (size_t i = 0; i < m->c->n && rc == ST_OK; i++) {
		bytes[i] = m->c->files[i].after;
		rc = write_file(m, i, &first);
	}
	if (rc == ST_OK)
		rc = change_commit(m, bytes, m->c->hooks, m->c->key, result, &first);
	if (rc < 0) {
		/* Where it is not known whether the branch moved, the next start finds out. */
		settled = !result->unsure && put_all_back(m, &first);
		error_set(err, first.status,
			  result->unsure ? N_("%s; whether it is committed cannot be read: the "
					      "next adref brings it in order")
					 : "%s",
			  first.text);
	}
	if (noted && settled)
		unlink(str_text(&m->note));
done:
	free(bytes);
	return rc;
}

/* What is beyond them could not be read again. */
static int check_bounds(const struct change *c, struct error *err)
{
	int rc = ST_OK;

	for (size_t i = 0; i < c->n && rc == ST_OK; i++)
		rc = bound_draft(c->files[i].after, c->files[i].path, err);
	return rc;
}

int change_make(struct repo *r, const struct change *c, struct commit_result *result,
		struct error *err)
{
	struct change_making m = {.r = r, .c = c};
	int rc;

	change_begin(&m, c->n);
	commit_result_release(result);
	rc = check_bounds(c, err);
	if (rc == ST_OK)
		rc = repo_tree_file(r, "decision", &m.note, err);
	if (rc == ST_OK)
		rc = fill_note(&m, err);
	if (rc == ST_OK)
		rc = write_and_commit(&m, result, err);
	change_end(&m);
	return rc;
}
