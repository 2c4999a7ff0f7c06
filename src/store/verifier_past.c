/* SPDX-License-Identifier: MIT */
#include "verifier_past.h"

#include "core/mem.h"
#include "git.h"

#include <stdlib.h>
#include <string.h>

static const char ending[] = ".signatures.yaml";

/* ---- what was seen already: most trees and files are those of the commit before ---- */

struct seen {
	char **v;
	size_t n, size;
};

static size_t seen_slot(const struct seen *s, const char *key)
{
	size_t at = (size_t)digest_quick(key, strlen(key)) & (s->size - 1);

	while (s->v[at] && strcmp(s->v[at], key) != 0)
		at = (at + 1) & (s->size - 1);
	return at;
}

/* Whether "id path" is new; notes it. */
static bool is_new(struct seen *s, const char *id, const char *path)
{
	struct str key = STR_INIT;
	size_t at;

	if (2 * s->n >= s->size) {
		struct seen more = {.size = s->size ? 4 * s->size : 256};

		more.v = mem_zalloc(more.size * sizeof(*more.v));
		for (size_t i = 0; i < s->size; i++)
			if (s->v[i])
				more.v[seen_slot(&more, s->v[i])] = s->v[i];
		more.n = s->n;
		free(s->v);
		*s = more;
	}
	str_addf(&key, "%s %s", id, path);
	at = seen_slot(s, str_text(&key));
	if (s->v[at]) {
		str_release(&key);
		return false;
	}
	s->v[at] = str_detach(&key);
	s->n++;
	return true;
}

static void seen_release(struct seen *s)
{
	for (size_t i = 0; i < s->size; i++)
		free(s->v[i]);
	free(s->v);
}

/* ---- gathering ---- */

struct gathering {
	struct vpast *p;
	struct vwalk *w;
	struct seen seen;
	const char *commit, *tree;
	const char *draft; /* the folder that is listed */
};

static void add_seals(struct gathering *g, const char *party, const struct seals *seals)
{
	for (size_t i = 0; i < seals->n; i++) {
		const struct seal *s = &seals->v[i];
		struct vpast_seal *to;

		MEM_GROW(g->p->v, g->p->n, g->p->cap);
		to = &g->p->v[g->p->n++];
		*to = (struct vpast_seal){.draft = mem_strdup(g->draft),
					  .party = mem_strdup(party),
					  .point = mem_strdup(s->id),
					  .serial = s->serial,
					  .withdrawn = s->withdrawn};
		memcpy(to->commit, g->commit, sizeof(to->commit));
		digest_hex(s->signature.p, s->signature.len, to->signature);
	}
}

/* The file's id and that of the positions it is of: the same signatures beside other positions,
 * which anybody can commit, must not stand for those that were signed. */
static void add_both(const struct gathering *g, struct slice party, const char *id,
		     struct str *out)
{
	struct str path = STR_INIT;
	char other[REPO_HEX + 1];
	bool is_file;

	str_addf(&path, "%s/%.*s.positions.yaml", g->draft, (int)party.len, party.p);
	vwalk_entry(g->w, g->tree, str_text(&path), other, &is_file);
	str_addf(out, "%s %s", id, other);
	str_release(&path);
}

static void look_at_file(void *arg, const char *name, char kind, const char *id)
{
	struct gathering *g = arg;
	struct slice file = slice_of(name);
	struct str path = STR_INIT, yaml = STR_INIT, both = STR_INIT;
	struct seals seals;

	if (kind == 'f' && slice_ends(file, ending) && file.len > strlen(ending))
		add_both(g, slice_make(name, file.len - strlen(ending)), id, &both);
	str_addf(&path, "%s/%s", g->draft, name);
	if (both.len && is_new(&g->seen, str_text(&both), str_text(&path)) &&
	    repo_read_blob(g->w->r, id, YAML_MOST_BYTES, &yaml, NULL) == 0) {
		char *party = slice_dup(slice_make(name, file.len - strlen(ending)));

		if (seals_read(str_slice(&yaml), &seals, NULL, NULL) == 0)
			add_seals(g, party, &seals);
		seals_release(&seals);
		free(party);
	}
	str_release(&path);
	str_release(&yaml);
	str_release(&both);
}

static void look_at_draft(void *arg, const char *name, char kind, const char *id)
{
	struct gathering *g = arg;
	struct str path = STR_INIT;

	str_addf(&path, "%s/%s", g->w->ask->folder, name);
	if (kind == 'd' && is_new(&g->seen, id, str_text(&path))) {
		g->draft = str_text(&path);
		vwalk_list(g->w, g->tree, g->draft, look_at_file, g);
	}
	str_release(&path);
}

static void look_at(struct gathering *g, const char *commit, const char *tree)
{
	char id[REPO_HEX + 1];
	bool file;

	vwalk_entry(g->w, tree, g->w->ask->folder, id, &file);
	if (!*id || !is_new(&g->seen, id, ""))
		return;
	g->commit = commit;
	g->tree = tree;
	vwalk_list(g->w, tree, g->w->ask->folder, look_at_draft, g);
}

static int compare_point(const struct vpast_seal *a, const char *draft, const char *party,
			 const char *point)
{
	int c = strcmp(a->draft, draft);

	c = c ? c : strcmp(a->party, party);
	return c ? c : strcmp(a->point, point);
}

static int compare(const void *x, const void *y)
{
	const struct vpast_seal *a = x, *b = y;
	int c = compare_point(a, b->draft, b->party, b->point);

	return c ? c : (a->serial > b->serial) - (a->serial < b->serial);
}

void vpast_read(struct vpast *p, struct vwalk *w)
{
	struct gathering g = {.p = p, .w = w};

	for (size_t i = w->begin; i < w->n; i++)
		look_at(&g, w->v[i].id, w->v[i].tree);
	seen_release(&g.seen);
	if (p->n)
		qsort(p->v, p->n, sizeof(*p->v), compare);
}

void vpast_release(struct vpast *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].draft);
		free(p->v[i].party);
		free(p->v[i].point);
	}
	free(p->v);
}

void vpast_range(const struct vpast *p, const char *draft, const char *party, const char *point,
		 size_t *begin, size_t *end)
{
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (compare_point(&p->v[mid], draft, party, point) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*begin = *end = lo;
	while (*end < p->n && compare_point(&p->v[*end], draft, party, point) == 0)
		++*end;
}

/* ---- a party's files ---- */

/* A file that is not there says nothing. */
static void read_side(struct party_files *f, struct vwalk *w, const char *commit,
		      struct str *path, struct str *yaml)
{
	struct error err = ERROR_INIT;
	int rc = repo_read(w->r, commit, str_text(path), YAML_MOST_BYTES, yaml, &err);

	if (rc < 0 && rc != ST_MISSING && !f->trouble)
		f->trouble = mem_strdup(err.text);
}

void party_files_read(struct party_files *f, struct vwalk *w, const char *commit,
		      const char *draft, const char *party)
{
	struct str path = STR_INIT, yaml = STR_INIT;
	struct error err = ERROR_INIT;

	f->trouble = NULL;
	str_addf(&path, "%s/%s.positions.yaml", draft, party);
	read_side(f, w, commit, &path, &yaml);
	if (positions_read(str_slice(&yaml), &f->positions, NULL, &err) < 0 && !f->trouble)
		f->trouble = mem_strdup(err.text);
	str_clear(&path);
	str_clear(&yaml);
	str_addf(&path, "%s/%s%s", draft, party, ending);
	read_side(f, w, commit, &path, &yaml);
	if (seals_read(str_slice(&yaml), &f->seals, NULL, &err) < 0 && !f->trouble)
		f->trouble = mem_strdup(err.text);
	str_release(&path);
	str_release(&yaml);
}

void party_files_release(struct party_files *f)
{
	positions_release(&f->positions);
	seals_release(&f->seals);
	free(f->trouble);
}
