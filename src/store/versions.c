/* SPDX-License-Identifier: MIT */
#include "store/versions.h"

#include "core/mem.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

/* How far back from the tip a kept list may lie before a new walk is quicker. */
enum { EXTEND_MOST = 2000, NOTES_MOST = 4, KEEP_MOST = 50000 };

struct versions {
	struct repo *r;
	char *path; /* that was asked for */
	char *now;  /* what it is called as far back as the walk is */
	char *key;  /* of the kept list */
	char tip[REPO_HEX + 1];
	char *except;              /* hex, or NULL */
	bool folder, beside, keep; /* keep: the list is written at its end */
	struct version_log *log;
	struct version_list list; /* all so far, but for too many */
	bool many;
	size_t next; /* the next of a kept list, or of what was held */
	bool kept, ended;
	/* All were found, not in the right order: they are listed once more. */
	bool again;
	struct version_list ordered;
	/* Branches that have the text under a name that the walk has not come to. Where there
	 * may be some, what follows is held until the walk is over, since theirs stand among
	 * it; turns: where in the list that begins, and where it came to some. */
	struct version_tips sides;
	bool held;
	size_t *turns, n_turns, cap_turns;
	char *notes[NOTES_MOST];
	size_t n_notes;
};

/* ---- a kept list, brought up to date ---- */

/* The newest versions, as a walk from the tip comes to them, down to the last that is new. */
struct course {
	struct step {
		char id[REPO_HEX + 1];
		int64_t committed;
		bool known; /* it is in the kept list */
	} * v;
	size_t n, cap;
	size_t known, unmatched; /* how many are; and how many after the last new one */
};

static int open_log(struct versions *v, const char *from, const struct version_tips *also,
		    struct error *err)
{
	struct version_log_of of = {v->now, also, v->folder, v->beside, v->except, v->again};

	version_log_free(v->log);
	v->log = NULL;
	return version_log_open(&v->log, v->r, from, &of, err);
}

/* Whether the version has the text, where one was asked for. */
static bool has_text(const struct versions *v, const struct version *one)
{
	return !v->folder && strcmp(one->files[0].path, v->now) == 0;
}

/* Those of the course in full, then what is left of the kept ones. */
static bool put_before(struct versions *v, const struct course *c)
{
	struct version_list all = {NULL, 0, 0};
	struct version one = VERSION_INIT;
	struct error ignored = ERROR_INIT;
	bool good = open_log(v, v->tip, NULL, &ignored) == ST_OK;
	size_t kept = 0;

	for (size_t i = 0; i < c->n && good; i++) {
		good = version_log_next(v->log, -1, &one, &ignored) == VERSIONS_FOUND &&
		       strcmp(one.id, c->v[i].id) == 0;
		/* The kept one knows of renames. */
		version_copy(version_list_add(&all), c->v[i].known ? &v->list.v[kept++] : &one);
	}
	version_log_free(v->log);
	v->log = NULL;
	version_release(&one);
	if (!good) {
		version_list_release(&all);
		return false;
	}
	for (size_t i = 0; i < v->list.n; i++) {
		if (i < kept)
			version_release(&v->list.v[i]);
		else
			*version_list_add(&all) = v->list.v[i];
	}
	free(v->list.v);
	v->list = all;
	return true;
}

/* One more step of the walk. Returns whether the kept list can still be gone on with. */
static bool add_step(struct versions *v, struct course *c, const struct version *found,
		     bool known)
{
	const struct version *kept = c->known < v->list.n ? &v->list.v[c->known] : NULL;
	const struct step *last = c->n ? &c->v[c->n - 1] : NULL;

	/* A file added again may be another one, renamed; and beyond a rename the walk is of
	 * another path. */
	if (known ? !kept || strcmp(kept->id, found->id) != 0 ||
			    (!v->folder && kept->files[0].was)
		  : has_text(v, found) && !*found->files[0].before)
		return false;
	/* In the same second, which comes first is git's to say. */
	if (last && last->known != known && last->committed == found->committed)
		return false;
	MEM_GROW(c->v, c->n, c->cap);
	c->v[c->n] = (struct step){.committed = found->committed, .known = known};
	memcpy(c->v[c->n++].id, found->id, sizeof(found->id));
	c->known += known;
	c->unmatched = known ? c->unmatched + 1 : 0;
	return true;
}

static bool has_id(const struct version_list *list, const char *id)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i].id, id) == 0)
			return true;
	return false;
}

/* What is new is nowhere in the kept list, and the last is older or newer than what follows. */
static bool fits(const struct versions *v, const struct course *c)
{
	size_t rest = c->known;

	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].known && has_id(&v->list, c->v[i].id))
			return false;
	return !c->n || rest == v->list.n ||
	       v->list.v[rest].committed != c->v[c->n - 1].committed;
}

/*
 * The walk from the tip, until it has come to the commit that the kept list
 * begins at and nothing is left but what follows from there: other branches are
 * walked down to where they began. What is new is put where the walk found it.
 */
static bool extend(struct versions *v, const char *old)
{
	struct version found = VERSION_INIT;
	struct history_walk *w = NULL;
	struct course c = {NULL, 0, 0, 0, 0};
	char *beside = v->beside ? version_beside(v->path) : NULL;
	bool met = false, good = history_walk_new(&w, v->r, v->tip, v->path, NULL) >= 0;

	if (good) {
		history_walk_all(w);
		if (beside)
			history_walk_beside(w, beside);
		history_walk_know(w, old);
	}
	for (size_t i = 0; i < EXTEND_MOST && good && !met; i++) {
		int rc = history_walk_next(w, 1, &found, NULL);

		/* Beyond a merge with a branch that has it under another name, the walk is of
		 * both. */
		if (rc == HISTORY_FOUND && !v->folder && found.n_parents > 1 &&
		    !history_walk_knew(w) && !version_parents_have(v->r, &found, v->path, true))
			good = false;
		else if (rc == HISTORY_FOUND)
			good = add_step(v, &c, &found, history_walk_knew(w));
		else if (rc <= HISTORY_END)
			good = false;
		met = good && history_walk_knows_rest(w);
	}
	/* What comes after the last new one stands in the kept list already. */
	c.n -= c.unmatched;
	c.known -= c.unmatched;
	good = good && met && fits(v, &c) && (!c.n || put_before(v, &c));
	history_walk_free(w);
	version_release(&found);
	free(beside);
	free(c.v);
	return good;
}

static bool use_kept(struct versions *v)
{
	char old[REPO_HEX + 1] = "";

	if (!version_cache_read(v->r, v->key, old, &v->list))
		return false;
	if (strcmp(old, v->tip) == 0)
		return true;
	if (extend(v, old)) {
		version_cache_write(v->r, v->key, v->tip, &v->list);
		return true;
	}
	version_list_release(&v->list);
	return false;
}

/* ---- all versions ---- */

int versions_open(struct versions **out, struct repo *r, const struct versions_ask *ask,
		  struct error *err)
{
	struct versions *v;
	struct repo_state state;
	struct str key = STR_INIT;
	char tip[REPO_HEX + 1] = "", except[REPO_HEX + 1];
	int rc;

	if (!repo_path_is_sane(ask->path))
		return error_set(err, ST_USAGE, N_("%s: not a path in a repository"),
				 ask->path);
	rc = strcmp(ask->revision, "HEAD") == 0 ? repo_tip(r, tip, err)
						: repo_resolve(r, ask->revision, tip, err);
	if (rc == ST_MISSING && strcmp(ask->revision, "HEAD") == 0)
		rc = ST_OK;
	if (rc == ST_OK && ask->except)
		rc = repo_resolve(r, ask->except, except, err);
	if (rc < 0)
		return rc;
	repo_state(r, &state);
	v = mem_zalloc(sizeof(*v));
	v->r = r;
	v->path = mem_strdup(ask->path);
	v->now = mem_strdup(ask->path);
	v->folder = ask->folder;
	v->beside = ask->beside && slice_ends(slice_of(ask->path), ".md");
	str_addf(&key, "%s%s", ask->path, v->beside ? "/" : "");
	v->key = mem_strdup(str_text(&key));
	str_release(&key);
	memcpy(v->tip, tip, sizeof(tip));
	v->except = ask->except ? mem_strdup(except) : NULL;
	/* What a shallow clone has may grow; its list is never the whole. */
	v->keep = !ask->no_cache && !ask->except && !state.shallow && *tip;
	if (!*tip)
		v->ended = true;
	else if (v->keep && use_kept(v))
		v->kept = true;
	else
		rc = open_log(v, tip, NULL, err);
	if (rc < 0)
		versions_free(v);
	else
		*out = v;
	return rc;
}

void versions_free(struct versions *v)
{
	if (!v)
		return;
	version_log_free(v->log);
	version_list_release(&v->list);
	version_list_release(&v->ordered);
	version_tips_release(&v->sides);
	free(v->turns);
	for (size_t i = 0; i < v->n_notes; i++)
		free(v->notes[i]);
	free(v->path);
	free(v->now);
	free(v->key);
	free(v->except);
	free(v);
}

const char *versions_note(const struct versions *v, size_t i)
{
	return i < v->n_notes ? v->notes[i] : NULL;
}

bool versions_were_kept(const struct versions *v)
{
	return v->kept;
}

static void add_note(struct versions *v, const char *text)
{
	if (v->n_notes < NOTES_MOST)
		v->notes[v->n_notes++] = mem_strdup(text);
}

/* Where they came in the wrong order, the walk is begun again, for that. Returns whether. */
static bool begin_again(struct versions *v)
{
	struct error ignored = ERROR_INIT;

	if (v->again || v->many || v->held || version_log_is_ordered(v->log) ||
	    !version_list_is_crossed(&v->list))
		return false;
	v->again = true;
	free(v->now);
	v->now = mem_strdup(v->path);
	v->sides.n = 0;
	v->again = open_log(v, v->tip, NULL, &ignored) == ST_OK;
	return v->again;
}

/* The walk is over: what is missing is said, and what is whole is kept. */
static int end(struct versions *v, int rc, const struct error *why)
{
	struct error text = ERROR_INIT;
	bool cut = v->log && version_log_was_cut(v->log), second = v->again;

	if (rc == VERSIONS_END && begin_again(v))
		return VERSIONS_WAITING;
	if (v->n_turns > 1)
		version_list_by_date(&v->list, v->turns, v->n_turns);
	v->ended = true;
	/* What was found the first time stands, where it cannot be had in order. */
	v->again = second && rc == VERSIONS_END && !v->many;
	if (v->again) {
		version_list_release(&v->list);
		v->list = v->ordered;
		v->ordered = (struct version_list){NULL, 0, 0};
	}
	if (rc < 0 && !second) {
		error_set(&text, ST_FAIL,
			  N_("older versions cannot be read (%s); \"git fsck\" says what is "
			     "missing"),
			  why->text);
		add_note(v, text.text);
	} else if (cut) {
		add_note(v, error_word(N_(
				    "this clone is shallow: older versions are not here; \"git "
				    "fetch --unshallow\" brings them")));
	} else if (v->keep && rc == VERSIONS_END) {
		version_cache_write(v->r, v->key, v->tip, &v->list);
	}
	return VERSIONS_END;
}

/* What stands beside the draft went with it: what it was before is found under the old name. */
static void carry_beside(struct versions *v, struct version *found, const char *was)
{
	char *folder = version_beside(was);
	size_t len = strlen(found->files[0].path) - strlen("md");
	struct str path = STR_INIT;

	for (size_t i = 1; folder && i < found->n_files; i++) {
		struct version_file *f = &found->files[i];

		if (*f->before)
			continue;
		str_clear(&path);
		str_addf(&path, "%s/%s", folder, f->path + len);
		if (repo_blob(v->r, found->parents[0], str_text(&path), f->before, NULL) < 0)
			*f->before = '\0';
	}
	str_release(&path);
	free(folder);
}

static void begin_turn(struct versions *v)
{
	MEM_GROW(v->turns, v->n_turns, v->cap_turns);
	/* With what comes after this one, which is still to be noted. */
	v->turns[v->n_turns++] = v->list.n + 1;
}

/* A merge with branches that have not the name: they may have the text under another one. */
static void note_sides(struct versions *v, const struct version *merge)
{
	version_sides_note(&v->sides, v->r, merge, v->now);
	if (!v->sides.n || v->held || v->again || v->many ||
	    (has_text(v, merge) && !*merge->files[0].before && !merge->files[0].was))
		return;
	v->held = true;
	v->next = v->list.n + 1;
	begin_turn(v);
}

/* The history goes on before that commit, under the name that the text had there; with it that
 * of the branches merged since that still had it under that name. */
static int go_before(struct versions *v, const struct version *found, const char *was,
		     struct error *err)
{
	struct version_tips also = {NULL, 0, 0};
	int rc;

	free(v->now);
	v->now = mem_strdup(was);
	version_sides_take(&v->sides, v->r, was, &also);
	if (also.n && v->held)
		begin_turn(v);
	rc = open_log(v, found->parents[0], &also, err);
	version_tips_release(&also);
	return rc;
}

/* Where the commit added the file under a new name, the history goes on under the old one. */
static int follow(struct versions *v, struct version *found, struct error *err)
{
	struct version_file *file = &found->files[0];
	bool merge = found->n_parents > 1 && !v->folder;
	char *was = NULL;

	/* What cannot be looked at is no rename. */
	if (has_text(v, found) &&
	    version_renamed(v->r, found, file, &was, file->before, NULL) < 0)
		was = NULL;
	file->was = was;
	if (was && v->beside)
		carry_beside(v, found, was);
	if (merge)
		note_sides(v, found);
	/* The branch that a merge has the new name from says where it came to it. */
	if (!was || (merge && version_parents_have(v->r, found, v->now, false)))
		return ST_OK;
	return go_before(v, found, was, err);
}

/* One more of the list: kept in mind, for what is kept and for the order. */
static void note_version(struct versions *v, const struct version *one)
{
	struct version_list *list = v->again ? &v->ordered : &v->list;

	if (!v->many && !v->held && list->n >= KEEP_MOST) {
		v->many = true;
		v->keep = false;
		version_list_release(list);
	}
	if (!v->many)
		version_copy(version_list_add(list), one);
}

/* The walk came to this one. Where the one from before its rename cannot be begun, it is the
 * last.
 */
static int take(struct versions *v, struct version *found)
{
	struct error why = ERROR_INIT;
	bool silent = v->again || v->held;
	int rc = follow(v, found, &why);

	note_version(v, found);
	if (rc < 0)
		end(v, rc, &why);
	return silent ? VERSIONS_WAITING : VERSIONS_FOUND;
}

int versions_next(struct versions *v, int wait_ms, struct version *out)
{
	for (;;) {
		struct error why = ERROR_INIT;
		int rc;

		if ((v->kept || (v->ended && v->held)) && v->next < v->list.n) {
			version_copy(out, &v->list.v[v->next++]);
			return VERSIONS_FOUND;
		}
		if (v->kept || v->ended)
			return VERSIONS_END;
		rc = version_log_next(v->log, wait_ms, out, &why);
		rc = rc == VERSIONS_FOUND ? take(v, out) : rc <= 0 ? end(v, rc, &why) : rc;
		if (rc == VERSIONS_FOUND || (rc == VERSIONS_WAITING && wait_ms >= 0))
			return rc;
	}
}

bool version_list_again(struct version_list *list, const struct versions *v)
{
	if (!v->again || !v->ended)
		return false;
	version_list_release(list);
	for (size_t i = 0; i < v->list.n; i++)
		version_copy(version_list_add(list), &v->list.v[i]);
	return true;
}
