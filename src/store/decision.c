/* SPDX-License-Identifier: MIT */
#include "store/decision.h"

#include "core/mem.h"
#include "core/revert.h"
#include "git.h"
#include "store/file.h"
#include "store/history.h"
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * While a decision is between its file and its commit, a note in the git
 * directory says so: lines of "key value", a blank line, the message. Deciding
 * and recovering hold a lock of their own, so that nobody recovers what is
 * only under way.
 */

enum { LOCK_WAIT_MS = 15000, NOTE_MOST = 2 << 20 };

struct pending {
	char *path;
	char head[REPO_HEX + 1]; /* the blob HEAD has while the decision is not committed */
	char file[REPO_HEX + 1]; /* the file's bytes, hashed, once it is decided */
	struct person author;
	int64_t time;
	int offset;
	struct str message;
};

static void pending_release(struct pending *p)
{
	free(p->path);
	person_release(&p->author);
	str_release(&p->message);
}

/* ---- the note ---- */

/*
 * Not synced, to be quick: after a power cut without it, the decision in the
 * file is an edit that is not committed, and the user is asked.
 */
static int put_note(const char *file, struct slice text, struct error *err)
{
	int fd, rc = ST_OK;
	ssize_t n;

	unlink(file); /* of a decision that was not recovered; its text is still in its file */
	fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	n = fd < 0 ? -1 : write(fd, text.p, text.len);
	if (n != (ssize_t)text.len)
		rc = error_set(err, ST_FAIL, N_("%s: cannot be written: %s"), file,
			       strerror(n < 0 ? errno : ENOSPC));
	if (fd >= 0)
		close(fd);
	return rc;
}

static int write_note(const char *file, const struct pending *p, struct error *err)
{
	struct str text = STR_INIT;
	int rc;

	str_addf(&text, "path %s\nhead %s\nfile %s\nname %s\nemail %s\ntime %lld %d\n\n",
		 p->path, p->head, p->file, p->author.name, p->author.email, (long long)p->time,
		 p->offset);
	str_add_slice(&text, str_slice(&p->message));
	rc = put_note(file, str_slice(&text), err);
	str_release(&text);
	return rc;
}

static void copy_hex(char hex[REPO_HEX + 1], const char *text)
{
	if (strlen(text) == REPO_HEX)
		memcpy(hex, text, REPO_HEX + 1);
}

static void read_note_line(struct pending *p, char *line)
{
	char *value = strchr(line, ' ');
	long long time;

	if (!value)
		return;
	*value++ = '\0';
	if (strcmp(line, "path") == 0 && !p->path)
		p->path = mem_strdup(value);
	else if (strcmp(line, "head") == 0)
		copy_hex(p->head, value);
	else if (strcmp(line, "file") == 0)
		copy_hex(p->file, value);
	else if (strcmp(line, "name") == 0 && !p->author.name)
		p->author.name = mem_strdup(value);
	else if (strcmp(line, "email") == 0 && !p->author.email)
		p->author.email = mem_strdup(value);
	else if (strcmp(line, "time") == 0 && sscanf(value, "%lld %d", &time, &p->offset) == 2)
		p->time = time;
}

/* False where it makes no sense. */
static bool read_note(struct slice text, struct pending *p)
{
	const char *end;

	while (text.len && (end = memchr(text.p, '\n', text.len)) && end != text.p) {
		char *line = slice_dup(slice_make(text.p, (size_t)(end - text.p)));

		read_note_line(p, line);
		free(line);
		text.len -= (size_t)(end - text.p) + 1;
		text.p = end + 1;
	}
	if (text.len && *text.p == '\n')
		str_add(&p->message, text.p + 1, text.len - 1);
	return p->path && repo_path_is_sane(p->path) && p->head[0] && p->file[0] &&
	       p->author.name && p->author.email && p->message.len;
}

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

struct making {
	struct repo *r;
	const struct decision *d;
	struct lock lock;
	struct str file, note;            /* paths */
	struct str kept;                  /* of the file as it was, a second name for it */
	struct file_stamp stamp, written; /* of the file as it was, and as it was decided */
	struct pending p;
};

int decision_lock(struct repo *r, struct lock *l, struct error *err)
{
	struct str path = STR_INIT;
	int rc = repo_tree_file(r, "deciding", &path, err);

	if (rc == ST_OK)
		rc = lock_take(l, str_text(&path), LOCK_WAIT_MS, err);
	str_release(&path);
	return rc;
}

static int begin(struct making *m, struct error *err)
{
	int rc = decision_lock(m->r, &m->lock, err);

	return rc < 0 ? rc : repo_tree_file(m->r, "decision", &m->note, err);
}

static void end(struct making *m)
{
	lock_drop(&m->lock);
	str_release(&m->file);
	str_release(&m->note);
	if (m->kept.len)
		unlink(str_text(&m->kept));
	str_release(&m->kept);
	pending_release(&m->p);
}

/* The draft must be what the decision was made on, on disk and in HEAD. */
static int check_before(struct making *m, struct error *err)
{
	struct str bytes = STR_INIT;
	int rc = decision_ready(m->r, m->d->path, err);

	if (rc == ST_OK)
		rc = repo_file(m->r, m->d->path, &m->file, err);
	if (rc == ST_OK)
		rc = file_read(m->r->work_dir, str_text(&m->file), FILE_MOST_DRAFT, &bytes,
			       &m->stamp, err);
	if (rc == ST_OK && !slice_equal(str_slice(&bytes), m->d->before))
		rc = error_set(err, ST_CHANGED,
			       N_("%s: was edited by another program meanwhile; read it again"),
			       m->d->path);
	if (rc == ST_OK)
		rc = repo_blob(m->r, "HEAD", m->d->path, m->p.head, err);
	str_release(&bytes);
	return rc;
}

/* folder: of the draft, to be synced with the rest; -1. */
static int commit_pending(struct repo *r, const struct pending *p, struct slice bytes,
			  bool hooks, const char *key, int folder, struct commit_result *result,
			  struct error *err)
{
	struct str stored = STR_INIT;
	struct commit_change change = {.path = p->path, .base = p->head};
	struct commit_order order = {&change,    1,       str_slice(&p->message),
				     &p->author, p->time, p->offset,
				     hooks,      &folder, folder >= 0,
				     key};
	int rc = repo_stored(r, p->path, p->head, bytes, &stored, err);

	change.bytes = str_slice(&stored);
	if (rc == ST_OK)
		rc = commit_make(r, &order, result, err);
	str_release(&stored);
	return rc;
}

/* The file as it was gets a second name: to bring it back takes no room on a full disk. */
static void keep_file(struct making *m)
{
	struct stat st;

	str_addf(&m->kept, "%s.before", str_text(&m->note));
	unlink(str_text(&m->kept));
	if (lstat(str_text(&m->file), &st) != 0 || !S_ISREG(st.st_mode) ||
	    link(str_text(&m->file), str_text(&m->kept)) != 0)
		str_clear(&m->kept);
}

static bool bring_back(struct making *m)
{
	if (!m->kept.len ||
	    file_check(m->r->work_dir, str_text(&m->file), &m->written) != FILE_SAME)
		return false;
	return rename(str_text(&m->kept), str_text(&m->file)) == 0;
}

/* After a failure: the file as it was, unless somebody changed it. */
static void put_back(struct making *m, struct error *err)
{
	struct error why = ERROR_INIT, both = ERROR_INIT;

	if (file_write(m->r->work_dir, str_text(&m->file), m->d->before, &m->written, NULL,
		       &why) == ST_OK)
		return;
	if (bring_back(m))
		return;
	error_set(&both, err->status,
		  N_("%s; the file still has the decision, which is not committed (%s)"),
		  err->text, why.text);
	*err = both;
}

int decision_make(struct repo *r, const struct decision *d, struct commit_result *result,
		  struct error *err)
{
	struct making m = {.r = r, .d = d, .lock = LOCK_INIT};
	struct error first = ERROR_INIT;
	int folder = -1, rc;

	commit_result_release(result);
	rc = begin(&m, err);
	if (rc == ST_OK)
		rc = check_before(&m, err);
	if (rc < 0 || slice_equal(d->before, d->after))
		goto done;
	m.p.path = mem_strdup(d->path);
	m.p.author.name = mem_strdup(d->author->name);
	m.p.author.email = mem_strdup(d->author->email);
	m.p.time = d->time;
	m.p.offset = d->offset;
	str_add_slice(&m.p.message, d->message);
	repo_hash(d->after, m.p.file);
	rc = person_check(d->author->name, d->author->email, err);
	if (rc == ST_OK)
		rc = write_note(str_text(&m.note), &m.p, err);
	if (rc < 0)
		goto done;
	keep_file(&m);
	rc = file_write_part(r->work_dir, str_text(&m.file), d->after, &m.stamp, &m.written,
			     &folder, err);
	if (rc == ST_OK) {
		rc = commit_pending(r, &m.p, d->after, d->hooks, d->key, folder, result,
				    &first);
		if (rc < 0) {
			put_back(&m, &first);
			error_set(err, first.status, "%s", first.text);
		}
	}
	unlink(str_text(&m.note));
	if (folder >= 0)
		close(folder);
done:
	end(&m);
	return rc;
}

/* ---- at the start ---- */

/* Whether the file holds the decision and HEAD does not; then bytes are the file's. */
static bool is_cut_short(struct making *m, struct str *bytes)
{
	char hex[REPO_HEX + 1];

	if (repo_blob(m->r, "HEAD", m->p.path, hex, NULL) != ST_OK ||
	    strcmp(hex, m->p.head) != 0)
		return false;
	if (repo_file(m->r, m->p.path, &m->file, NULL) < 0 ||
	    file_read(m->r->work_dir, str_text(&m->file), FILE_MOST_DRAFT, bytes, NULL, NULL) <
		    0)
		return false;
	repo_hash(str_slice(bytes), hex);
	return strcmp(hex, m->p.file) == 0;
}

int decision_recover(struct repo *r, bool hooks, struct commit_result *result,
		     struct error *err)
{
	struct making m = {.r = r, .lock = LOCK_INIT};
	struct str text = STR_INIT, bytes = STR_INIT, folder = STR_INIT;
	int rc = ST_OK;

	commit_result_release(result);
	str_addf(&folder, "%sadref", r->git_dir);
	if (!r->work_dir || access(str_text(&folder), F_OK) != 0)
		goto done; /* adref was never at work here */
	rc = commit_recover(r, err);
	if (rc == ST_OK)
		rc = begin(&m, err);
	if (rc < 0 || access(str_text(&m.note), F_OK) != 0)
		goto done;
	rc = file_read(NULL, str_text(&m.note), NOTE_MOST, &text, NULL, err);
	if (rc < 0)
		goto done;
	if (read_note(str_slice(&text), &m.p) && is_cut_short(&m, &bytes)) {
		rc = commit_pending(r, &m.p, str_slice(&bytes), hooks, NULL, -1, result, err);
		rc = rc < 0 ? rc : 1;
	}
	if (rc >= 0)
		unlink(str_text(&m.note));
done:
	end(&m);
	str_release(&text);
	str_release(&bytes);
	str_release(&folder);
	return rc;
}

/* ---- undoing ---- */

int decision_undo(struct repo *r, const char *id, const char *path, struct slice current,
		  struct str *out, struct error *err)
{
	struct history_commit c = HISTORY_COMMIT_INIT;
	struct str before = STR_INIT, after = STR_INIT;
	int rc = history_read(r, id, path, &c, err);

	if (rc == ST_OK && (!c.blob[0] || !c.before[0] || strcmp(c.blob, c.before) == 0))
		rc = error_set(err, ST_MISSING, N_("%.12s: did not change %s"), id, path);
	if (rc == ST_OK)
		rc = repo_read_blob(r, c.before, FILE_MOST_DRAFT, &before, err);
	if (rc == ST_OK)
		rc = repo_read_blob(r, c.blob, FILE_MOST_DRAFT, &after, err);
	if (rc == ST_OK)
		rc = revert_change(str_slice(&before), str_slice(&after), current, out, err);
	str_release(&before);
	str_release(&after);
	history_commit_release(&c);
	return rc;
}
