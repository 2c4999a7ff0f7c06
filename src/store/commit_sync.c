/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "core/mem.h"
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * libgit2 syncs each object as it writes it and then, once it has its name,
 * its folder: twice some milliseconds an object. Here a commit's objects are
 * synced when they have their names, which takes the names along (file systems
 * log them together, and git relies on no more), before the branch learns of
 * them.
 */

void commit_objects_release(struct commit_objects *o)
{
	free(o->v);
	*o = (struct commit_objects){0};
}

void commit_objects_add(struct commit_objects *o, const struct git_oid *id)
{
	MEM_GROW(o->v, o->n, o->cap);
	git_oid_tostr(o->v[o->n++], sizeof(*o->v), id);
}

void commit_objects_hold(bool hold)
{
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, !hold);
}

/* What is to be synced, and whose turn it is. */
struct syncs {
	char **paths;
	int *codes; /* an errno each, or 0 */
	size_t n_paths;
	const int *fds;
	size_t n;
	atomic_size_t next;
};

enum { THREADS_MOST = 8 };

/* An object that is not there is in a pack, and was synced with it. */
static int sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), code = 0;

	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	if (fsync(fd) != 0)
		code = errno;
	close(fd);
	return code;
}

/* A folder that cannot be synced is nothing that could be done better. */
static int sync_fd(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

static void *work(void *arg)
{
	struct syncs *s = arg;
	size_t i;

	while ((i = atomic_fetch_add(&s->next, 1)) < s->n)
		s->codes[i] = i < s->n_paths ? sync_path(s->paths[i])
					     : sync_fd(s->fds[i - s->n_paths]);
	return NULL;
}

/* A thread for each but the one that we do ourselves; where there is none, all of it is ours.
 */
static void sync_together(struct syncs *s)
{
	pthread_t threads[THREADS_MOST];
	size_t n = 0;

	while (n < THREADS_MOST && n + 1 < s->n &&
	       pthread_create(&threads[n], NULL, work, s) == 0)
		n++;
	work(s);
	while (n > 0)
		pthread_join(threads[--n], NULL);
}

int commit_objects_sync(struct repo *r, const struct commit_objects *o, const int *fds,
			size_t n_fds, struct error *err)
{
	struct syncs s = {.n_paths = o->n, .fds = fds, .n = o->n + n_fds};
	int rc = ST_OK;

	s.paths = mem_array(NULL, s.n_paths + 1, sizeof(*s.paths));
	s.codes = mem_zalloc((s.n + 1) * sizeof(*s.codes));
	for (size_t i = 0; i < o->n; i++) {
		struct str path = STR_INIT;

		str_addf(&path, "%sobjects/%.2s/%s", r->common_dir, o->v[i], o->v[i] + 2);
		s.paths[i] = mem_strdup(str_text(&path));
		str_release(&path);
	}
	sync_together(&s);
	for (size_t i = 0; i < s.n && rc == ST_OK; i++)
		if (s.codes[i])
			rc = error_set(err, ST_FAIL,
				       N_("%s: cannot be brought to the disk: %s"),
				       i < s.n_paths ? s.paths[i] : r->common_dir,
				       strerror(s.codes[i]));
	for (size_t i = 0; i < s.n_paths; i++)
		free(s.paths[i]);
	free(s.paths);
	free(s.codes);
	return rc;
}
