/* SPDX-License-Identifier: MIT */
#include "store/change.h"

#include "change_inner.h"
#include "core/mem.h"
#include "git.h"

#include <errno.h>
#include <fcntl.h>
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

enum { LOCK_WAIT_MS = 15000, NOTE_MOST = 4 << 20 };

struct making {
	struct repo *r;
	const struct change *c;
	struct str note; /* its path */
	struct change_note p;
	struct made *made; /* one a file */
	int *folders;      /* of files that were written, to be synced with the commit */
	size_t n_folders;
};

/* What was done to a file. */
struct made {
	struct str file;           /* absolute */
	struct str kept;           /* its second name, as it was; empty: none */
	struct file_stamp written; /* as it was written */
	bool done;
};

/* ---- the lock and the note ---- */

static int lock_within(struct repo *r, struct lock *l, int wait_ms, struct error *err)
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
	return lock_within(r, l, LOCK_WAIT_MS, err);
}

static void kept_name(struct making *m, size_t i, struct str *out)
{
	str_addf(out, "%s.before", str_text(&m->note));
	if (i)
		str_addf(out, "-%zu", i);
}

static void begin(struct making *m, size_t n)
{
	m->made = mem_zalloc((n + 1) * sizeof(*m->made));
	m->folders = mem_array(NULL, n + 1, sizeof(*m->folders));
}

static void end(struct making *m)
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

static int fill_note(struct making *m, struct error *err)
{
	const struct change *c = m->c;
	int rc = person_check(c->author->name, c->author->email, err);

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

static void keep_file(struct making *m, size_t i)
{
	struct made *made = &m->made[i];
	struct stat st;

	kept_name(m, i, &made->kept);
	unlink(str_text(&made->kept)); /* of one who was killed */
	if (lstat(str_text(&made->file), &st) != 0 || !S_ISREG(st.st_mode) ||
	    link(str_text(&made->file), str_text(&made->kept)) != 0)
		str_clear(&made->kept);
}

static int write_file(struct making *m, size_t i, struct error *err)
{
	const struct change_file *f = &m->c->files[i];
	struct made *made = &m->made[i];
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

/* Whether the file is the very one we wrote: asked without opening it. */
static bool is_ours(struct made *made)
{
	const struct file_stamp *w = &made->written;
	struct stat st;

	return lstat(str_text(&made->file), &st) == 0 && S_ISREG(st.st_mode) && w->exists &&
	       w->dev == (uint64_t)st.st_dev && w->ino == (uint64_t)st.st_ino &&
	       w->size == (uint64_t)st.st_size && w->mtime == (int64_t)st.st_mtim.tv_sec &&
	       w->mtime_ns == (int64_t)st.st_mtim.tv_nsec;
}

static bool put_back(struct making *m, size_t i)
{
	const struct change_file *f = &m->c->files[i];
	struct made *made = &m->made[i];
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
static bool put_all_back(struct making *m, struct error *err)
{
	struct error first = *err;
	bool all = true;

	for (size_t i = m->c->n; i-- > 0;) {
		if (!put_back(m, i)) {
			all = false;
			error_set(err, first.status,
				  is_ours(&m->made[i])
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

static int commit(struct making *m, const struct slice *bytes, bool hooks, const char *key,
		  struct commit_result *result, struct error *err)
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

static int write_and_commit(struct making *m, struct commit_result *result, struct error *err)
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
		rc = commit(m, bytes, m->c->hooks, m->c->key, result, &first);
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

int change_make(struct repo *r, const struct change *c, struct commit_result *result,
		struct error *err)
{
	struct making m = {.r = r, .c = c};
	int rc;

	begin(&m, c->n);
	commit_result_release(result);
	rc = repo_tree_file(r, "decision", &m.note, err);
	if (rc == ST_OK)
		rc = fill_note(&m, err);
	if (rc == ST_OK)
		rc = write_and_commit(&m, result, err);
	end(&m);
	return rc;
}

/* ---- at the start ---- */

/* What a file is, of one change cut short. */
enum stage { STAGE_OLD, STAGE_NEW, STAGE_OTHER };

static enum stage stage_of(struct making *m, size_t i, struct str *bytes)
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
static bool is_uncommitted(struct making *m, size_t i)
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
static void take_back(struct making *m, size_t i)
{
	const struct change_entry *e = &m->p.v[i];
	const char *file = str_text(&m->made[i].file);
	struct str kept = STR_INIT, bytes = STR_INIT;
	struct error ignored = ERROR_INIT;

	kept_name(m, i, &kept);
	if (!e->head[0] && !e->over)
		(void)!file_remove(m->r->work_dir, file, &ignored);
	else if (rename(str_text(&kept), file) != 0 && !e->over &&
		 repo_read_blob(m->r, e->head, FILE_MOST_DRAFT, &bytes, &ignored) == ST_OK)
		(void)!file_write(m->r->work_dir, file, str_slice(&bytes), NULL, NULL,
				  &ignored);
	str_release(&kept);
	str_release(&bytes);
}

static int finish(struct making *m, bool hooks, struct commit_result *result, struct error *err)
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
		rc = commit(m, bytes, hooks, NULL, result, err);
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

static void forget(struct making *m)
{
	for (size_t i = 0; i < m->p.n; i++) {
		struct str kept = STR_INIT;

		kept_name(m, i, &kept);
		unlink(str_text(&kept));
		str_release(&kept);
	}
	unlink(str_text(&m->note));
}

int change_recover(struct repo *r, bool hooks, struct commit_result *result,
		   struct str *subject, struct error *err)
{
	struct making m = {.r = r};
	struct lock lock = LOCK_INIT;
	struct str text = STR_INIT;
	struct error busy = ERROR_INIT;
	int rc = ST_OK;

	commit_result_release(result);
	if (!r->work_dir)
		return ST_OK;
	str_addf(&m.note, "%sadref/decision", r->git_dir);
	if (access(str_text(&m.note), F_OK) != 0 ||
	    lock_within(r, &lock, 0, &busy) < 0) /* somebody lives and is at it */
		goto done;
	rc = file_read(NULL, str_text(&m.note), NOTE_MOST, &text, NULL, &busy);
	if (rc < 0) {
		rc = busy.status == ST_MISSING ? ST_OK
					       : error_set(err, busy.status, "%s", busy.text);
		goto done;
	}
	if (change_note_read(str_slice(&text), &m.p)) {
		begin(&m, m.p.n);
		rc = finish(&m, hooks, result, err);
		str_add(subject, m.p.message.p, strcspn(str_text(&m.p.message), "\n"));
	}
	if (rc >= 0)
		forget(&m);
done:
	lock_drop(&lock);
	str_release(&text);
	end(&m);
	return rc;
}
