/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "session_inner.h"
#include "store/texts.h"

#include <stdlib.h>
#include <string.h>

/*
 * The regions' own texts of a draft go into git with the draft: committed with
 * it, and with the consolidation that is made of them, which can be made again, and so
 * checked, from nothing but what its commit holds.
 */

/* Whether HEAD has these bytes at the path. */
static int is_committed(struct session *s, const char *inside, struct slice bytes, bool *is,
			struct error *err)
{
	struct error missing = ERROR_INIT;
	struct str old = STR_INIT;
	int rc = repo_read(s->repo, "HEAD", inside, FILE_MOST_DRAFT, &old, &missing);

	*is = rc == 0 && slice_equal(str_slice(&old), bytes);
	str_release(&old);
	if (rc == 0 || rc == ST_MISSING)
		return 0;
	*err = missing;
	return rc;
}

/* ---- with the draft ---- */

static int add_text(struct session *s, const char *name, const char *code,
		    struct session_texts *t, struct error *err)
{
	struct session_file *f;
	struct str path = STR_INIT;
	bool committed = false;
	int rc;

	t->v = mem_array(t->v, t->n + 1, sizeof(*t->v));
	f = &t->v[t->n++];
	workspace_text_path(&s->ws, name, code, &path);
	rc = session_file_read(s, f, str_text(&path), err);
	if (rc == 0)
		rc = repo_path(s->repo, str_text(&path), &f->inside, err);
	if (rc == 0 && f->stamp.exists)
		rc = is_committed(s, str_text(&f->inside), str_slice(&f->before), &committed,
				  err);
	if (rc < 0 || committed || !f->stamp.exists) {
		session_file_release(f);
		t->n--;
	} else {
		str_addf(&t->codes, "%s%s", t->codes.len ? ", " : "", code);
	}
	str_release(&path);
	return rc;
}

int session_texts_read(struct session *s, const char *name, struct session_texts *t,
		       struct error *err)
{
	const struct ws_draft *d = workspace_find(&s->ws, name);
	int rc = 0;

	*t = (struct session_texts){.codes = STR_INIT};
	for (size_t i = 0; d && i < d->n_texts && rc == 0; i++)
		rc = add_text(s, name, d->texts[i], t, err);
	return rc;
}

void session_texts_release(struct session_texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		session_file_release(&t->v[i]);
	free(t->v);
	str_release(&t->codes);
}

int session_texts_waiting(struct session *s, const char *name, struct str *codes,
			  struct error *err)
{
	struct session_texts t;
	int rc = session_repo(s, err);

	if (rc < 0)
		return rc;
	rc = session_texts_read(s, name, &t, err);
	if (rc == 0)
		str_add_slice(codes, str_slice(&t.codes));
	session_texts_release(&t);
	return rc;
}

/* Adds the file beside the draft ("AFR.positions.yaml") if it is not as HEAD has it; where only
 * its being gone counts, that. */
static int add_left(struct session *s, const char *name, const char *stem, const char *ending,
		    bool only_gone, struct str *paths, struct error *err)
{
	struct str file = STR_INIT, inside = STR_INIT;
	enum repo_change change = REPO_SAME;
	int rc;

	workspace_draft_path(&s->ws, name, &file);
	str_truncate(&file, file.len - strlen(".md"));
	str_addf(&file, "/%s%s", stem, ending);
	rc = repo_path(s->repo, str_text(&file), &inside, err);
	if (rc == 0)
		rc = repo_changed(s->repo, str_text(&inside), &change, err);
	if (rc == 0 && change != REPO_SAME && (!only_gone || change == REPO_GONE))
		str_addf(paths, "%s%s", paths->len ? ", " : "", str_text(&inside));
	str_release(&file);
	str_release(&inside);
	return rc;
}

int session_left(struct session *s, const char *name, struct str *paths, struct error *err)
{
	int rc = session_repo(s, err);

	for (size_t i = 0; i < s->ws.parties.n && rc == 0; i++) {
		const char *code = s->ws.parties.v[i].code;

		rc = add_left(s, name, code, ".md", true, paths, err);
		if (rc == 0)
			rc = add_left(s, name, code, ".positions.yaml", false, paths, err);
	}
	if (rc == 0)
		rc = add_left(s, name, "agreed", ".yaml", false, paths, err);
	if (rc == 0)
		rc = add_left(s, name, "deferred", ".yaml", false, paths, err);
	return rc;
}

/* ---- with what is made of them ---- */

static int add_source(struct session *s, const char *path, struct slice bytes,
		      const struct file_stamp *stamp, struct session_sources *x,
		      struct error *err)
{
	struct str inside = STR_INIT;
	bool committed = false;
	int rc = repo_path(s->repo, path, &inside, err);

	if (rc == 0)
		rc = is_committed(s, str_text(&inside), bytes, &committed, err);
	if (rc == 0 && !committed) {
		x->paths[x->n] = str_detach(&inside);
		x->v[x->n] = (struct change_file){x->paths[x->n], bytes, bytes, stamp};
		x->n++;
	}
	str_release(&inside);
	return rc;
}

int session_sources_find(struct session *s, const struct side_texts *made_of,
			 struct session_sources *x, struct error *err)
{
	size_t most = made_of ? made_of->n + 1 : 1;
	int rc = 0;

	*x = (struct session_sources){mem_zalloc(most * sizeof(*x->v)),
				      mem_zalloc(most * sizeof(*x->paths)), 0};
	for (size_t i = 0; made_of && i < made_of->n && rc == 0; i++)
		rc = add_source(s, made_of->v[i].path, str_slice(&made_of->v[i].bytes),
				&made_of->v[i].stamp, x, err);
	if (rc == 0 && made_of && made_of->base_path)
		rc = add_source(s, made_of->base_path, str_slice(&made_of->base),
				&made_of->base_stamp, x, err);
	return rc;
}

void session_sources_release(struct session_sources *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->paths[i]);
	free(x->paths);
	free(x->v);
}
