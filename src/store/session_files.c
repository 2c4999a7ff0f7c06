/* SPDX-License-Identifier: MIT */
#include "session_inner.h"

#include "core/mem.h"
#include "store/change.h"

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
}

/* The folder a new file is to be in, made where it is missing: *made gets it. */
static int make_folder(struct session *s, struct session_file *f, char **made,
		       struct error *err)
{
	const char *path = str_text(&f->path);
	char *folder = slice_dup(slice_make(path, (size_t)(strrchr(path, '/') - path)));
	bool there = access(folder, F_OK) == 0;
	int rc = there ? 0 : file_make_dirs(s->ws.root, folder, 0755, err);

	if (rc == 0 && !there)
		*made = folder;
	else
		free(folder);
	return rc;
}

int session_commit_files(struct session *s, struct session_file *files, size_t n,
			 struct slice message, struct commit_result *result, struct error *err)
{
	struct change_file *list = mem_zalloc((n + 1) * sizeof(*list));
	struct session_stamp stamp;
	struct change change = {.files = list, .n = n, .message = message, .hooks = s->trusted};
	char **made = mem_zalloc((n + 1) * sizeof(*made));
	int rc = session_stamp(s, &stamp, err);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct session_file *f = &files[i];

		str_clear(&f->inside);
		if (!f->stamp.exists)
			rc = make_folder(s, f, &made[i], err);
		if (rc == 0)
			rc = repo_path(s->repo, str_text(&f->path), &f->inside, err);
		list[i] = (struct change_file){str_text(&f->inside), str_slice(&f->before),
					       str_slice(&f->after), &f->stamp};
	}
	if (rc == 0) {
		change.author = &stamp.author;
		change.time = stamp.time;
		change.offset = stamp.offset;
		rc = session_commit_key(s, &change.key, err);
	}
	if (rc == 0) {
		rc = change_make(s->repo, &change, result, err);
	}
	for (size_t i = 0; i < n; i++) {
		if (rc < 0 && made[i] && rmdir(made[i]) != 0)
			errno = 0; /* somebody put something into it meanwhile */
		free(made[i]);
	}
	free(made);
	person_release(&stamp.author);
	free(list);
	return rc;
}
