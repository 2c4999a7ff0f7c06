/* SPDX-License-Identifier: MIT */
#include "store/lives.h"

#include "core/mem.h"
#include "lives_inner.h"
#include "store/clock.h"

#include <stdlib.h>
#include <string.h>

enum { STEP = 16, EARLY_MOST = 128 << 20, LOOK_MS = 50 };
/* So many of the newest versions are given to somebody who waits; a handful is waited for
 * longer. */
enum { NEWEST_MOST = 64, NEWEST_FEW = 8 };

/* Texts read while git is still walking: it has a processor of its own. By version, newest
 * first. */
struct early {
	struct str *v;
	size_t n, cap, bytes;
};

/* The versions as they are found, newest first. */
struct listing {
	struct version_list list;
	bool *has_text;
	size_t n, cap;          /* of has_text */
	const char *path, *now; /* what the draft is called, and as far back as that */
	size_t n_texts;
};

/* What is being read. */
struct work {
	struct lives *l;
	struct repo *r;
	const struct lives_ask *ask;
	long long since;        /* clock_ms() */
	bool given;             /* the newest ones, or nobody asks */
	size_t earlier;         /* with so many versions the life is packed; 0: not */
	char now[REPO_HEX + 1]; /* the text as the revision has it; "": not there */
	struct str packed;
};

static int read_texts(struct work *w, size_t from, struct early *read, struct error *err);

void lives_release(struct lives *l)
{
	for (size_t i = 0; i < l->n; i++)
		version_release(&l->v[i]);
	for (size_t i = 0; i < l->n_notes; i++)
		free(l->notes[i]);
	free(l->v);
	free(l->has_text);
	free(l->notes);
	life_release(&l->life);
	memset(l, 0, sizeof(*l));
}

/* Keeps a sentence (N_, not sanitised), once. */
static void note(struct lives *l, const char *text)
{
	for (size_t i = 0; i < l->n_notes; i++)
		if (strcmp(l->notes[i], text) == 0)
			return;
	l->notes = mem_array(l->notes, l->n_notes + 1, sizeof(*l->notes));
	l->notes[l->n_notes++] = mem_strdup(text);
}

/* ---- which versions there are */

static bool go_on(const struct lives_ask *ask, size_t done, size_t total)
{
	return !ask->step || ask->step(ask->arg, done, total);
}

static int stopped(struct error *err)
{
	return error_set(err, ST_FAIL, N_("stopped"));
}

static void early_release(struct early *e)
{
	for (size_t i = 0; i < e->n; i++)
		str_release(&e->v[i]);
	free(e->v);
}

/* Reads one more; false where all that are known are read. */
static bool read_early(struct early *e, struct repo *r, const struct listing *from)
{
	const char *blob;

	if (e->n == from->n || e->bytes > EARLY_MOST)
		return false;
	blob = from->has_text[e->n] ? from->list.v[e->n].files[0].blob : "";
	MEM_GROW(e->v, e->n, e->cap);
	str_init(&e->v[e->n]);
	/* What cannot be read is told of when its turn comes. */
	if (*blob && version_read(r, blob, &e->v[e->n], NULL) < 0)
		str_clear(&e->v[e->n]);
	e->bytes += e->v[e->n++].cap;
	return true;
}

/* ---- the newest ones, for somebody who waits */

/* As many as were each made from the next: those are told the same in whatever history they
 * stand.
 */
static size_t find_chain(const struct version *const *v, size_t n)
{
	size_t k = 1;

	while (k < n && v[k - 1]->n_parents == 1 && *v[k]->files[0].blob &&
	       strcmp(v[k - 1]->files[0].before, v[k]->files[0].blob) == 0)
		k++;
	return k;
}

/* v: newest first. */
static void give_newest(struct work *w, const struct version *const *v, size_t n)
{
	struct lives l = {.newest = LIFE_NONE};
	struct lives_ask ask = {.parties = w->ask->parties};
	struct work part = {.l = &l, .r = w->r, .ask = &ask, .given = true};
	struct early none = {NULL, 0, 0, 0};

	w->given = true;
	life_init(&l.life);
	n = find_chain(v, n);
	l.v = mem_zalloc(n * sizeof(*l.v));
	l.has_text = mem_zalloc(n * sizeof(*l.has_text));
	for (; l.n < n; l.n++) {
		version_copy(&l.v[l.n], v[n - 1 - l.n]);
		version_keep_first(&l.v[l.n]);
		l.has_text[l.n] = true;
	}
	if (read_texts(&part, 0, &none, NULL) < 0 || l.newest == LIFE_NONE) {
		lives_release(&l);
		return;
	}
	life_end(&l.life, l.newest);
	life_is_of_newest(&l.life);
	w->ask->newest(w->ask->arg, &l);
}

/* Of n versions, those that have a text, if it is time. */
static void give_in_time(struct work *w, const struct version *v, const bool *has_text,
			 size_t n, bool newest_first)
{
	int patience = n < NEWEST_FEW ? 4 * w->ask->newest_ms : w->ask->newest_ms;
	const struct version *list[NEWEST_MOST];
	size_t k = 0;

	if (w->given || clock_ms() - w->since < patience)
		return;
	for (size_t i = 0; i < n && k < NEWEST_MOST; i++) {
		size_t at = newest_first ? i : n - 1 - i;

		/* A branch that was left behind may be newer than what stands there. */
		if (has_text[at] && (k || strcmp(v[at].files[0].blob, w->now) == 0))
			list[k++] = &v[at];
	}
	if (k)
		give_newest(w, list, k);
}

/* Whether that is the text, whatever it was called there: what is told of beside a draft stands
 * in a folder of its own. */
static bool is_text(const struct listing *to, const char *path)
{
	return strcmp(path, to->now) == 0 || version_is_draft_beside(path, to->path);
}

/* Which of those in the list have the text. */
static void note_texts(struct listing *to)
{
	while (to->n < to->list.n) {
		const struct version_file *f = &to->list.v[to->n].files[0];

		MEM_GROW(to->has_text, to->n, to->cap);
		to->has_text[to->n] = is_text(to, f->path);
		to->n_texts += to->has_text[to->n];
		if (to->has_text[to->n++] && f->was)
			to->now = f->was;
	}
}

/* All versions, newest first. */
static int list(struct work *w, struct listing *to, struct early *early, struct error *err)
{
	struct versions_ask what = {.revision = w->ask->revision,
				    .path = w->ask->path,
				    .beside = true,
				    .no_cache = w->ask->no_cache};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	int wait = 0, rc = versions_open(&v, w->r, &what, err);

	to->path = to->now = w->ask->path;
	while (rc >= 0 && (rc = versions_next(v, wait, &one)) > 0) {
		wait = rc == VERSIONS_WAITING && !read_early(early, w->r, to) ? LOOK_MS : 0;
		if (rc == VERSIONS_FOUND) {
			*version_list_add(&to->list) = one;
			one = (struct version)VERSION_INIT;
			note_texts(to);
		}
		if (rc == VERSIONS_WAITING || to->n_texts >= NEWEST_MOST)
			give_in_time(w, to->list.v, to->has_text, to->n, true);
		if ((rc == VERSIONS_WAITING || to->n % 256 == 0) && !go_on(w->ask, to->n, 0))
			rc = stopped(err);
	}
	if (rc >= 0 && version_list_again(&to->list, v)) {
		early_release(early);
		*early = (struct early){NULL, 0, 0, 0};
		to->n = to->n_texts = 0;
		to->now = w->ask->path;
		note_texts(to);
	}
	for (size_t i = 0; v && versions_note(v, i); i++)
		note(w->l, versions_note(v, i));
	version_release(&one);
	versions_free(v);
	return rc;
}

/* Oldest first, with what was read of them. */
static void take(struct lives *l, struct listing *from, struct early *early, struct early *read)
{
	size_t n = from->list.n;

	l->v = mem_zalloc((n + 1) * sizeof(*l->v));
	l->has_text = mem_zalloc(n + 1);
	read->v = mem_zalloc((n + 1) * sizeof(*read->v));
	for (size_t i = n; i-- > 0; l->n++) {
		l->v[l->n] = from->list.v[i];
		l->has_text[l->n] = from->has_text[i];
		str_init(&read->v[l->n]);
		if (i < early->n) {
			read->v[l->n] = early->v[i];
			str_init(&early->v[i]);
		}
	}
	read->n = l->n;
	from->list.n = 0;
}

static int find_versions(struct work *w, struct early *read, struct error *err)
{
	struct early early = {NULL, 0, 0, 0};
	struct listing found = {.n = 0};
	int rc = list(w, &found, &early, err);

	if (rc >= 0 && !found.n_texts)
		rc = repo_is_begun(w->r, err);
	if (rc >= 0 && !found.n_texts)
		rc = error_set(err, ST_MISSING,
			       N_("%s: no version of it is committed; the log lists what is"),
			       w->ask->path);
	if (rc >= 0)
		take(w->l, &found, &early, read);
	early_release(&early);
	version_list_release(&found.list);
	free(found.has_text);
	return rc < 0 ? rc : ST_OK;
}

/* ---- their texts, and what they say */

/* "CODE" of "drafts/NAME/CODE.positions.yaml"; PARTY_NONE. */
static uint16_t party_of(const char *path, const struct parties *parties)
{
	const char *base = strrchr(path, '/');
	struct slice name = slice_of(base ? base + 1 : path);

	if (!slice_ends(name, ".positions.yaml"))
		return PARTY_NONE;
	return party_find(parties, slice_make(name.p, name.len - strlen(".positions.yaml")),
			  NULL);
}

static void read_positions(struct repo *r, const char *blob, struct positions *p)
{
	struct str bytes = STR_INIT;
	int rc = *blob ? version_read(r, blob, &bytes, NULL) : ST_MISSING;

	if (positions_read(rc == 0 ? str_slice(&bytes) : SLICE(""), p, NULL, NULL) < 0) {
		/* It could not be read then, and says nothing now. */
	}
	str_release(&bytes);
}

static void add_positions(struct lives *l, struct repo *r, uint32_t i,
			  const struct parties *parties)
{
	const struct version *v = &l->v[i];

	for (size_t k = 0; k < v->n_files; k++) {
		uint16_t party = party_of(v->files[k].path, parties);
		struct positions before, after;

		if (party == PARTY_NONE || !*v->files[k].blob)
			continue;
		read_positions(r, v->files[k].before, &before);
		read_positions(r, v->files[k].blob, &after);
		life_position(&l->life, i, party, &before, &after);
		positions_release(&before);
		positions_release(&after);
	}
}

static uint32_t with_id(const struct lives *l, uint32_t before, struct slice hex)
{
	for (uint32_t i = before; hex.len == REPO_HEX && i-- > 0;)
		if (memcmp(l->v[i].id, hex.p, REPO_HEX) == 0)
			return i;
	return LIFE_NONE;
}

/* A text that cannot be read: the version stands in the list, and it is said why. */
static void pass_over(struct lives *l, uint32_t i, const struct error *why)
{
	struct str text = STR_INIT;

	str_addf(&text, error_word(N_("version %.10s cannot be shown: %s")), l->v[i].id,
		 why->text);
	note(l, str_text(&text));
	str_release(&text);
	l->has_text[i] = false;
}

static void add_text(struct lives *l, struct repo *r, uint32_t i, const struct lives_plan *plan,
		     struct str *text, const struct parties *parties, struct str *early)
{
	const struct version *v = &l->v[i];
	struct error why = ERROR_INIT;
	struct message_record record;
	struct life_version step = {.base = plan->base[i], .record = &record};

	str_clear(text);
	step.gone = !*v->files[0].blob;
	if (early && early->len) {
		str_release(text);
		*text = *early;
		str_init(early);
	} else if (!step.gone && version_read(r, v->files[0].blob, text, &why) < 0) {
		pass_over(l, i, &why);
		life_aside(&l->life);
		return;
	}
	while (step.base != LIFE_NONE && !l->has_text[step.base])
		step.base = step.base ? lives_with_blob(l, step.base, "", "") : LIFE_NONE;
	if (step.base != LIFE_NONE && !life_is_there(&l->life, step.base))
		step.base = l->newest;
	step.others = plan->others[i].v;
	step.n_others = plan->others[i].n;
	for (size_t k = 0; k < step.n_others; k++)
		if (!l->has_text[step.others[k]] || !life_is_there(&l->life, step.others[k]))
			step.n_others = 0;
	message_parse(str_slice(&v->message), &record);
	step.undoes = with_id(l, i, record.undoes);
	step.text = str_slice(text);
	life_add(&l->life, &step, parties);
	l->newest = i;
	l->gone = step.gone;
}

static int read_texts(struct work *w, size_t from, struct early *read, struct error *err)
{
	const struct lives_ask *ask = w->ask;
	struct lives *l = w->l;
	struct repo *r = w->r;
	struct str text = STR_INIT;
	struct lives_plan plan;
	int rc = ST_OK;

	lives_plan(l, r, from, &plan);
	for (uint32_t i = (uint32_t)from; i < l->n && rc == ST_OK; i++) {
		if (i % STEP == 0)
			give_in_time(w, l->v, l->has_text, l->n, false);
		if (w->earlier && i >= w->earlier && !w->packed.len)
			lives_pack(l, i, ask->parties, &w->packed);
		if (l->has_text[i]) {
			add_text(l, r, i, &plan, &text, ask->parties,
				 i < read->n ? &read->v[i] : NULL);
			lives_forget_old(l, &plan, text.len, i);
		} else {
			struct message_record record;

			life_aside(&l->life);
			message_parse(str_slice(&l->v[i].message), &record);
			life_note(&l->life, i, &record);
		}
		add_positions(l, r, i, ask->parties);
		if (i % STEP == 0 && !go_on(ask, i, l->n))
			rc = stopped(err);
	}
	lives_plan_release(&plan);
	str_release(&text);
	return rc;
}

int lives_read(struct lives *out, struct repo *r, const struct lives_ask *ask,
	       struct error *err)
{
	struct lives l = {.newest = LIFE_NONE};
	struct work w = {.l = &l,
			 .r = r,
			 .ask = ask,
			 .since = clock_ms(),
			 .given = !ask->newest,
			 .packed = STR_INIT};
	struct early read = {NULL, 0, 0, 0};
	size_t from = 0;
	int rc;

	life_init(&l.life);
	if (repo_blob(r, ask->revision, ask->path, w.now, NULL) < 0)
		*w.now = '\0';
	rc = find_versions(&w, &read, err);
	if (rc == ST_OK && !ask->no_cache)
		from = lives_kept(&l, r, ask);
	l.kept = from == l.n;
	if (!ask->no_cache && from < lives_earlier(l.n))
		w.earlier = lives_earlier(l.n);
	if (rc == ST_OK)
		rc = read_texts(&w, from, &read, err);
	early_release(&read);
	if (rc == ST_OK && !ask->no_cache && from < l.n && !l.n_notes)
		lives_keep(&l, r, ask, str_slice(&w.packed));
	str_release(&w.packed);
	/* Nor is this: what comes next may bring a branch that goes on with them. */
	if (rc == ST_OK && l.newest != LIFE_NONE)
		life_end(&l.life, l.newest);
	/* After it is kept: it is no fault of the history. */
	if (rc == ST_OK && ask->parties->n > LIFE_PARTIES)
		note(&l, error_word(N_(
				 "drafts/regions.yaml lists more than 128 parties: what those "
				 "after the 128th asked for is not told here")));
	if (rc == ST_OK)
		*out = l;
	else
		lives_release(&l);
	return rc;
}
