/* SPDX-License-Identifier: MIT */
#include "core/diff.h"
#include "core/mem.h"
#include "session_inner.h"
#include "store/change.h"
#include "store/init.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Commits of edits, with a message proposed from what changed; and a workspace's first. */

/* What HEAD has of the draft; empty where it has none. */
static int read_committed(struct session *s, const char *path, struct str *out, bool *there,
			  struct error *err)
{
	int rc = repo_read(s->repo, "HEAD", path, FILE_MOST_DRAFT, out, err);

	*there = rc == 0;
	return rc == ST_MISSING ? 0 : rc;
}

/* "3 paragraphs changed, 1 added": in English, as the history is. */
static void describe(const char *name, struct slice old, struct slice new, struct str *message)
{
	static const char *const words[] = {NULL, "changed", "added", "deleted", "moved"};
	size_t count[5] = {0}, first = 0;
	const char *join = " ";
	struct diff d;

	diff_texts(&d, old, new);
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_pair *p = &d.pairs[i];
		count[p->change]++;
		if (p->change != DIFF_SAME && !first)
			first = (p->new == DIFF_NONE ? p->old : p->new) + 1;
	}
	str_addf(message, "%s:", name);
	for (int k = DIFF_CHANGED; k <= DIFF_MOVED; k++) {
		if (!count[k])
			continue;
		if (*join == ' ')
			str_addf(message, " %zu paragraph%s %s", count[k],
				 count[k] == 1 ? "" : "s", words[k]);
		else
			str_addf(message, ", %zu %s", count[k], words[k]);
		join = ",";
	}
	if (*join == ' ')
		str_add_text(message, " blank lines and line ends");
	else if (count[DIFF_CHANGED] + count[DIFF_ADDED] + count[DIFF_DELETED] +
			 count[DIFF_MOVED] ==
		 1)
		str_addf(message, " (paragraph %zu)", first);
	diff_release(&d);
}

static int read_both(struct session *s, const char *name, struct session_file *file,
		     struct str *old, bool *there, struct error *err)
{
	struct str path = STR_INIT;
	int rc = session_repo(s, err);

	memset(file, 0, sizeof(*file));
	workspace_draft_path(&s->ws, name, &path);
	if (rc == 0)
		rc = session_file_read(s, file, str_text(&path), err);
	if (rc == 0 && !file->stamp.exists)
		rc = error_set(err, ST_MISSING, N_("%s: there is no such draft"), name);
	if (rc == 0)
		rc = repo_path(s->repo, str_text(&path), &file->inside, err);
	if (rc == 0)
		rc = read_committed(s, str_text(&file->inside), old, there, err);
	str_release(&path);
	str_clear(&file->inside);
	return rc;
}

/* What a commit of the draft takes in. */
struct pending {
	struct session_file file;   /* the draft's own */
	struct str old;             /* what HEAD has of it */
	bool there;                 /* HEAD has it */
	bool changed;               /* and other bytes, or it has not */
	struct session_texts texts; /* the regions', that HEAD does not have as they are */
};

static void pending_release(struct pending *p)
{
	session_file_release(&p->file);
	str_release(&p->old);
	session_texts_release(&p->texts);
}

static int pending_read(struct session *s, const char *name, struct pending *p,
			struct error *err)
{
	int rc;

	*p = (struct pending){.there = false};
	rc = read_both(s, name, &p->file, &p->old, &p->there, err);
	if (rc == 0)
		rc = session_texts_read(s, name, &p->texts, err);
	p->changed = !p->there || !slice_equal(str_slice(&p->old), str_slice(&p->file.before));
	return rc;
}

/* "res-31: 2 paragraphs changed; texts of AFR, EUR" */
static void propose(const char *name, struct pending *p, struct str *message)
{
	size_t texts = p->texts.n;

	if (!p->there)
		str_addf(message, "%s: new draft", name);
	else if (p->changed || !texts)
		describe(name, str_slice(&p->old), str_slice(&p->file.before), message);
	else
		str_addf(message, "%s:", name);
	if (texts)
		str_addf(message, "%s text%s of %s", p->changed ? ";" : "",
			 texts == 1 ? "" : "s", str_text(&p->texts.codes));
}

int session_propose(struct session *s, const char *name, struct str *message, struct error *err)
{
	struct pending p;
	int rc = session_repo(s, err);

	if (rc < 0)
		return rc;
	rc = pending_read(s, name, &p, err);
	if (rc == 0)
		propose(name, &p, message);
	pending_release(&p);
	return rc;
}

/* All that is pending, the draft first. The files stay p's. */
static int commit_pending(struct session *s, struct pending *p, struct slice message,
			  struct commit_result *result, struct error *err)
{
	struct session_file *files = mem_array(NULL, 1 + p->texts.n, sizeof(*files));
	size_t n = 0;
	int rc;

	if (p->changed)
		files[n++] = p->file;
	for (size_t i = 0; i < p->texts.n; i++)
		files[n++] = p->texts.v[i];
	rc = session_commit_files(s, files, n, message, result, err);
	/* It may have made their paths anew. */
	for (size_t i = p->texts.n; i-- > 0;)
		p->texts.v[i] = files[--n];
	if (p->changed)
		p->file = files[0];
	free(files);
	return rc;
}

int session_commit(struct session *s, const char *name, struct slice message,
		   struct commit_result *result, struct error *err)
{
	struct str proposed = STR_INIT;
	struct pending p = {.there = false};
	struct lock lock = LOCK_INIT;
	int rc = session_repo(s, err);

	if (rc == 0)
		rc = change_lock(s->repo, &lock, err);
	if (rc == 0)
		rc = pending_read(s, name, &p, err);
	if (rc == 0 && !p.changed && !p.texts.n)
		rc = error_set(err, ST_EXISTS,
			       N_("%s: nothing has changed since the last commit"), name);
	if (rc == 0 && message.len)
		str_add_slice(&proposed, message);
	else if (rc == 0)
		propose(name, &p, &proposed);
	message_add_meeting(&proposed, session_meeting_on(s));
	if (rc == 0)
		rc = commit_pending(s, &p, str_slice(&proposed), result, err);
	lock_drop(&lock);
	pending_release(&p);
	str_release(&proposed);
	return rc;
}

int session_bring(struct session *s, const char *name, struct slice text, struct slice message,
		  struct commit_result *result, struct error *err)
{
	struct session_file file = {.stamp = {.exists = false}};
	struct str path = STR_INIT, whole = STR_INIT;
	struct lock lock = LOCK_INIT;
	int rc = session_repo(s, err);

	if (rc == 0)
		rc = commit_ready(s->repo, err);
	if (rc == 0)
		rc = change_lock(s->repo, &lock, err);
	workspace_draft_path(&s->ws, name, &path);
	if (rc == 0)
		rc = session_file_read(s, &file, str_text(&path), err);
	if (rc == 0 && file.stamp.exists)
		rc = error_set(err, ST_EXISTS, N_("%s: is there already; not overwritten"),
			       workspace_short(&s->ws, str_text(&path)));
	if (rc == 0) {
		str_add_slice(&file.after, text);
		str_add_slice(&whole, message);
		message_add_meeting(&whole, session_meeting_on(s));
		rc = session_commit_files(s, &file, 1, str_slice(&whole), result, err);
	}
	lock_drop(&lock);
	session_file_release(&file);
	str_release(&path);
	str_release(&whole);
	return rc;
}

/* ---- a workspace's first commit ---- */

struct file_list {
	struct session_file *v;
	size_t n, cap;
};

static bool wanted(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int add_file(struct session *s, struct file_list *list, const char *path,
		    struct error *err)
{
	MEM_GROW(list->v, list->n, list->cap);
	return session_file_read(s, &list->v[list->n++], path, err);
}

/* All regular files of a folder, and of the folders in it where `deep`. */
static int add_folder(struct session *s, struct file_list *list, const char *folder, bool deep,
		      struct error *err)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	struct str path = STR_INIT;
	struct stat st;
	int rc = 0;

	if (!dir)
		return error_set(err, ST_FAIL, N_("cannot read the folder %s"), folder);
	while (rc == 0 && (errno = 0, e = readdir(dir))) {
		str_clear(&path);
		str_addf(&path, "%s/%s", folder, e->d_name);
		if (!wanted(e))
			continue;
		if (lstat(str_text(&path), &st) != 0)
			rc = file_error(err, errno, N_("cannot read"), str_text(&path));
		else if (S_ISREG(st.st_mode))
			rc = add_file(s, list, str_text(&path), err);
		else if (S_ISDIR(st.st_mode) && deep)
			rc = add_folder(s, list, str_text(&path), false, err);
	}
	if (rc == 0 && errno)
		rc = file_error(err, errno, N_("cannot read"), folder);
	closedir(dir);
	str_release(&path);
	return rc;
}

static int commit_all(struct session *s, struct commit_result *result, struct error *err)
{
	struct file_list list = {NULL, 0, 0};
	struct lock lock = LOCK_INIT;
	int rc = session_repo(s, err);

	if (rc == 0)
		rc = change_lock(s->repo, &lock, err);
	if (rc == 0)
		rc = add_folder(s, &list, s->ws.folder, true, err);
	if (rc == 0)
		rc = session_commit_files(s, list.v, list.n,
					  SLICE("A workspace for negotiating texts\n"), result,
					  err);
	lock_drop(&lock);
	for (size_t i = 0; i < list.n; i++)
		session_file_release(&list.v[i]);
	free(list.v);
	return rc;
}

int session_possible(const char *folder, struct error *err)
{
	struct error trouble = ERROR_INIT;
	struct repo *r = NULL;
	int rc = init_check(folder, err);

	if (rc < 0 && rc != ST_EXISTS)
		return rc;
	rc = repo_open(&r, folder, &trouble);
	if (rc == ST_MISSING)
		return 0;
	if (rc < 0)
		return error_set(err, rc, "%s", trouble.text);
	rc = commit_ready(r, err);
	repo_free(r);
	return rc;
}

int session_found(const char *folder, struct repo **repo, bool *unborn, struct error *err)
{
	struct error trouble = ERROR_INIT;
	struct repo_state state;
	struct repo *r = NULL;
	int rc = init_check(folder, err);

	if (rc < 0 && rc != ST_EXISTS)
		return rc;
	rc = repo_open(&r, folder, &trouble);
	if (rc == ST_MISSING)
		rc = repo_init(&r, folder, err);
	else if (rc < 0)
		*err = trouble;
	if (rc == 0)
		rc = commit_ready(r, err);
	if (rc < 0) {
		repo_free(r);
		return rc;
	}
	repo_state(r, &state);
	*unborn = state.head == REPO_UNBORN;
	*repo = r;
	return 0;
}

int session_begin(const char *folder, struct commit_result *result, struct error *err)
{
	struct repo *repo = NULL;
	struct session s;
	bool unborn;
	int rc = session_found(folder, &repo, &unborn, err);

	repo_free(rc < 0 ? NULL : repo);
	if (rc < 0)
		return rc;
	rc = session_open(&s, folder, err);
	if (rc < 0)
		return rc;
	rc = commit_all(&s, result, err);
	session_release(&s);
	return rc;
}
