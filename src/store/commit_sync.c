/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "core/mem.h"
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
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

/* One that is not there is in a pack, and was synced with it. */
static int sync_path(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc = ST_OK;

	if (fd < 0)
		return errno == ENOENT ? ST_OK
				       : error_set(err, ST_FAIL, N_("%s: cannot be opened: %s"),
						   path, strerror(errno));
	if (fsync(fd) != 0)
		rc = error_set(err, ST_FAIL, N_("%s: cannot be brought to the disk: %s"), path,
			       strerror(errno));
	close(fd);
	return rc;
}

int commit_objects_sync(struct repo *r, const struct commit_objects *o, struct error *err)
{
	struct str path = STR_INIT;
	int rc = ST_OK;

	for (size_t i = 0; i < o->n && rc == ST_OK; i++) {
		str_clear(&path);
		str_addf(&path, "%sobjects/%.2s/%s", r->common_dir, o->v[i], o->v[i] + 2);
		rc = sync_path(str_text(&path), err);
	}
	str_release(&path);
	return rc;
}
