/* SPDX-License-Identifier: MIT */
#include "session_inner.h"

#include "core/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int session_stamp(struct session *s, struct session_stamp *stamp, struct error *err)
{
	time_t now = time(NULL);
	struct tm tm;
	int rc = session_repo(s, err);

	memset(stamp, 0, sizeof(*stamp));
	if (rc == 0)
		rc = repo_author(s->repo, &stamp->author, err);
	stamp->time = now;
	if (localtime_r(&now, &tm))
		stamp->offset = (int)(tm.tm_gmtoff / 60);
	return rc;
}

struct message_about session_about(const struct session *s, const char *name,
				   struct slice reason)
{
	return (struct message_about){name, session_meeting(s), &s->ws.parties, reason};
}

int session_file_read(struct session *s, struct session_file *f, const char *path,
		      struct error *err)
{
	int rc;

	memset(f, 0, sizeof(*f));
	str_add_text(&f->path, path);
	rc = file_read(s->ws.root, path, FILE_MOST_DRAFT, &f->before, &f->stamp, err);
	if (rc == ST_MISSING)
		rc = 0;
	if (rc == 0)
		str_add_slice(&f->after, str_slice(&f->before));
	return rc;
}

void session_file_release(struct session_file *f)
{
	str_release(&f->path);
	str_release(&f->inside);
	str_release(&f->before);
	str_release(&f->after);
	free(f->made);
}

/* The folder a file is to be in; made where it is missing. */
static int make_folder(struct session *s, struct session_file *f, struct error *err)
{
	struct slice path = str_slice(&f->path);
	char *folder;
	bool there;
	int rc;

	while (path.len > 0 && path.p[path.len - 1] != '/')
		path.len--;
	folder = slice_dup(path);
	there = access(folder, F_OK) == 0;
	rc = file_make_dirs(s->ws.root, folder, 0755, err);
	if (rc == 0 && !there)
		f->made = folder;
	else
		free(folder);
	return rc;
}

/* *folder: an open descriptor, to be synced; -1. */
static int write_file(struct session *s, struct session_file *f, int *folder, struct error *err)
{
	const char *path = str_text(&f->path);
	int rc;

	if (slice_equal(str_slice(&f->before), str_slice(&f->after)) && f->stamp.exists)
		return 0;
	rc = f->stamp.exists ? 0 : make_folder(s, f, err);
	if (rc == 0)
		rc = file_write_part(s->ws.root, path, str_slice(&f->after), &f->stamp, NULL,
				     folder, err);
	f->written = rc == 0;
	return rc;
}

static bool put_back(struct session *s, struct session_file *f)
{
	struct error ignored = ERROR_INIT;
	int rc;

	if (!f->written)
		return true;
	if (f->stamp.exists)
		rc = file_write(s->ws.root, str_text(&f->path), str_slice(&f->before), NULL,
				NULL, &ignored);
	else
		rc = file_remove(s->ws.root, str_text(&f->path), &ignored);
	return rc == 0;
}

/* After a failure: all files as they were; what could not be put back is said. */
static void put_all_back(struct session *s, struct session_file *files, size_t n,
			 struct error *err)
{
	struct error first = *err;

	for (size_t i = 0; i < n; i++) {
		if (!put_back(s, &files[i]))
			error_set(err, first.status,
				  N_("%s; %s has the change, which is not committed"),
				  first.text,
				  workspace_short(&s->ws, str_text(&files[i].path)));
		if (files[i].made && rmdir(files[i].made) != 0)
			errno = 0; /* somebody put something into it meanwhile */
	}
}

/* What the commit is to have: mostly the file's bytes, but git's line ends where HEAD has
 * those. */
static int stored_bytes(struct session *s, struct session_file *f, struct str *stored,
			struct error *err)
{
	const char *inside = str_text(&f->inside);
	char head[REPO_HEX + 1];

	if (repo_blob(s->repo, "HEAD", inside, head, NULL) == 0)
		return repo_stored(s->repo, inside, head, str_slice(&f->after), stored, err);
	str_add_slice(stored, str_slice(&f->after));
	return 0;
}

int session_commit_files(struct session *s, struct session_file *files, size_t n,
			 struct slice message, struct commit_result *result, struct error *err)
{
	struct commit_change *changes = mem_zalloc(n * sizeof(*changes));
	struct str *stored = mem_zalloc(n * sizeof(*stored));
	struct session_stamp stamp;
	struct commit_order order = {.changes = changes, .n = n, .message = message};
	struct error unheard = ERROR_INIT;
	int *folders = mem_array(NULL, n + 1, sizeof(*folders));
	int rc = session_stamp(s, &stamp, err);

	order.also = folders;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		folders[order.n_also] = -1;
		rc = write_file(s, &files[i], &folders[order.n_also], err);
		order.n_also += folders[order.n_also] >= 0;
	}
	for (size_t i = 0; rc == 0 && i < n; i++) {
		rc = repo_path(s->repo, str_text(&files[i].path), &files[i].inside, err);
		if (rc == 0)
			rc = stored_bytes(s, &files[i], &stored[i], err);
		changes[i] = (struct commit_change){.path = str_text(&files[i].inside),
						    .bytes = str_slice(&stored[i])};
	}
	if (rc == 0) {
		order.author = &stamp.author;
		order.time = stamp.time;
		order.offset = stamp.offset;
		order.hooks = s->trusted;
		rc = session_commit_key(s, &order.key, err);
	}
	if (rc == 0) {
		rc = commit_make(s->repo, &order, result, err);
	}
	if (rc < 0)
		put_all_back(s, files, n, err ? err : &unheard);
	for (size_t i = 0; i < order.n_also; i++)
		close(folders[i]);
	person_release(&stamp.author);
	free(folders);
	for (size_t i = 0; i < n; i++)
		str_release(&stored[i]);
	free(stored);
	free(changes);
	return rc;
}
