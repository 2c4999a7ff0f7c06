/* SPDX-License-Identifier: MIT */
#include "store/chronicle.h"

#include "core/find.h"
#include "core/mem.h"
#include "store/ahead.h"
#include "store/tags.h"
#include "store/tally.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HITS_MOST = 100000, AHEAD_MOST = 64 };

/* An entry that was found and is still to be looked into. */
struct coming {
	struct chronicle_entry entry;
	struct str meeting; /* where its trailer names it */
};

struct chronicle {
	struct repo *r;
	const struct workspace *ws;
	char *folder;
	struct chronicle_filter filter; /* texts are ours */
	bool no_counts;
	struct versions *versions;
	struct tag_list tags;
	struct find *added, *removed, *phrase;
	uint16_t party;
	struct tally *tally; /* what is known of counts; NULL: none are wanted */
	struct life_near near;
	struct str old, new;
	char old_blob[REPO_HEX + 1]; /* what old holds */
	struct str meeting;          /* of the last entry, where its trailer names it */
	/* Found already, so that their texts are read while others are looked for: a ring. */
	struct coming coming[AHEAD_MOST];
	size_t first, n_coming;
	struct ahead *ahead;
	int end; /* what versions_next() said when there were no more; else VERSIONS_WAITING */
};

void chronicle_name(const char *folder, const char *path, struct str *out)
{
	struct slice s = slice_of(path);
	size_t len = strlen(folder);

	if (len && slice_starts(s, folder) && s.p[len] == '/')
		s = slice_make(s.p + len + 1, s.len - len - 1);
	if (slice_ends(s, ".md") && !memchr(s.p, '/', s.len))
		s.len -= 3;
	str_add_slice(out, s);
}

void chronicle_entry_release(struct chronicle_entry *e)
{
	version_release(&e->version);
	*e = (struct chronicle_entry){.version = VERSION_INIT};
}

/* ---- opening */

static char *kept(const char *text)
{
	return text && *text ? mem_strdup(text) : NULL;
}

static int check_filter(struct chronicle *c, struct error *err)
{
	const struct chronicle_filter *f = &c->filter;
	int rc = ST_OK;

	c->party = PARTY_NONE;
	for (int i = 0; i < 2; i++) {
		const char *date = i ? f->until : f->since;

		if (date && !date_is_valid(slice_of(date)))
			return error_set(err, ST_USAGE,
					 N_("%s: not a day; write it as 2026-02-18"), date);
	}
	if (f->party) {
		c->party = party_find(&c->ws->parties, slice_of(f->party), NULL);
		if (c->party == PARTY_NONE)
			return error_set(err, ST_USAGE, N_("%s: no such party"), f->party);
	}
	if (f->added)
		rc = find_new(&c->added, slice_of(f->added), NULL, err);
	if (rc == ST_OK && f->removed)
		rc = find_new(&c->removed, slice_of(f->removed), NULL, err);
	if (rc == ST_OK && f->phrase)
		rc = find_new(&c->phrase, slice_of(f->phrase), NULL, err);
	return rc;
}

int chronicle_open(struct chronicle **out, struct repo *r, const struct chronicle_ask *ask,
		   struct error *err)
{
	struct chronicle *c = mem_zalloc(sizeof(*c));
	const struct chronicle_filter *f = &ask->filter;
	const char *path = ask->path ? ask->path : ask->folder;
	int rc;

	c->r = r;
	c->ws = ask->ws;
	c->ahead = ahead_new(r);
	c->end = VERSIONS_WAITING;
	c->folder = mem_strdup(ask->folder);
	c->no_counts = ask->no_counts;
	c->filter = (struct chronicle_filter){
		kept(f->author),  kept(f->party), kept(f->since),   kept(f->until),
		kept(f->meeting), kept(f->added), kept(f->removed), kept(f->phrase)};
	rc = check_filter(c, err);
	if (rc == ST_OK)
		rc = versions_open(&c->versions, r,
				   &(struct versions_ask){.revision = ask->revision,
							  .path = path,
							  .folder = !ask->path,
							  .beside = ask->beside,
							  .except = ask->except},
				   err);
	if (rc == ST_OK)
		tags_read(&c->tags, r);
	if (rc == ST_OK && !c->no_counts)
		c->tally = tally_open(r, path, &c->ws->parties);
	if (rc < 0)
		chronicle_free(c);
	else
		*out = c;
	return rc;
}

void chronicle_free(struct chronicle *c)
{
	if (!c)
		return;
	versions_free(c->versions);
	free((char *)c->filter.author);
	free((char *)c->filter.party);
	free((char *)c->filter.since);
	free((char *)c->filter.until);
	free((char *)c->filter.meeting);
	free((char *)c->filter.added);
	free((char *)c->filter.removed);
	free((char *)c->filter.phrase);
	tally_free(c->tally);
	tags_release(&c->tags);
	find_free(c->added);
	find_free(c->removed);
	find_free(c->phrase);
	for (size_t i = 0; i < AHEAD_MOST; i++) {
		chronicle_entry_release(&c->coming[i].entry);
		str_release(&c->coming[i].meeting);
	}
	ahead_free(c->ahead);
	life_near_release(&c->near);
	str_release(&c->old);
	str_release(&c->new);
	str_release(&c->meeting);
	free(c->folder);
	free(c);
}

const char *chronicle_note(const struct chronicle *c, size_t i)
{
	return versions_note(c->versions, i);
}

/* ---- what is known of it */

static bool is_text(const struct chronicle *c, const char *path)
{
	size_t len = strlen(c->folder);
	struct slice s = slice_of(path);

	return slice_ends(s, ".md") && strncmp(path, c->folder, len) == 0 && path[len] == '/' &&
	       !strchr(path + len + 1, '/');
}

static bool read_side(struct chronicle *c, const char *blob, struct str *out)
{
	str_clear(out);
	return !*blob || ahead_take(c->ahead, blob, out, NULL) == 0;
}

/* The two texts of a step. Going back, the newer one is the older of the step before. */
static bool read_both(struct chronicle *c, const struct version *v,
		      const struct version_file *f)
{
	bool good = true;

	if (*f->blob && strcmp(f->blob, c->old_blob) == 0) {
		struct str kept = c->new;

		c->new = c->old;
		c->old = kept;
	} else {
		good = read_side(c, f->blob, &c->new);
	}
	c->old_blob[0] = '\0';
	if (f->left) {
		str_clear(&c->old);
		return version_read_before(c->r, v, f, &c->old, NULL) == 0 && good;
	}
	if (!read_side(c, f->before, &c->old))
		return false;
	memcpy(c->old_blob, f->before, sizeof(c->old_blob));
	return good;
}

static void want(struct chronicle *c, const struct chronicle_entry *e)
{
	for (size_t i = 0; i < e->version.n_files; i++) {
		const struct version_file *f = &e->version.files[i];

		if (!slice_ends(slice_of(f->path), ".md"))
			continue;
		if (*f->blob)
			ahead_want(c->ahead, f->blob);
		if (*f->before)
			ahead_want(c->ahead, f->before);
	}
}

static void add_counts(struct life_counts *to, const struct life_counts *more)
{
	to->opened += more->opened;
	to->changed += more->changed;
	to->resolved += more->resolved;
	to->reopened += more->reopened;
}

/* ---- filters */

static bool contains(const char *text, const char *part)
{
	return strcasestr(text, part) != NULL;
}

static bool passes_early(const struct chronicle *c, const struct chronicle_entry *e)
{
	const struct chronicle_filter *f = &c->filter;

	if (f->author && !contains(e->version.author.name, f->author) &&
	    !contains(e->version.author.email, f->author))
		return false;
	if (f->since && strcmp(e->date, f->since) < 0)
		return false;
	if (f->until && strcmp(e->date, f->until) > 0)
		return false;
	return !f->meeting || strcasecmp(f->meeting, e->meeting) == 0 ||
	       strcasecmp(f->meeting, e->tag) == 0;
}

static size_t hits(struct find *f, const struct str *text)
{
	struct find_hits found = FIND_HITS_INIT;
	size_t n;

	if (find_all(f, str_slice(text), 0, text->len, HITS_MOST, &found, NULL) < 0)
		found.n = 0;
	n = found.n;
	find_hits_release(&found);
	return n;
}

/* How often the party is named as one: its code or an alias as a word of its own. */
static size_t namings(const struct parties *p, uint16_t party, const struct str *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len;) {
		size_t end = i;

		while (end < text->len && text->p[end] >= 'A' && text->p[end] <= 'Z')
			end++;
		if (end > i + 1)
			n += party_find(p, slice_make(text->p + i, end - i), NULL) == party;
		i = end > i ? end : i + 1;
	}
	return n;
}

static bool lists(const struct parties *p, uint16_t party, struct slice codes)
{
	struct party_list list;

	party_list_recorded(p, codes, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i] == party)
			return true;
	return false;
}

/* The file is the party's own: drafts/NAME/CODE.md, CODE.positions.yaml. */
static bool is_of_party(const struct parties *p, uint16_t party, const char *path)
{
	const char *base = strrchr(path, '/');
	struct slice name = slice_of(base ? base + 1 : path);
	const char *dot = name.len ? memchr(name.p, '.', name.len) : NULL;

	return dot && party_find(p, slice_make(name.p, (size_t)(dot - name.p)), NULL) == party;
}

static bool is_focal_point(const struct party *p, const struct person *who)
{
	for (size_t i = 0; i < p->n_focal; i++)
		if ((*p->focal[i].email && strcasecmp(p->focal[i].email, who->email) == 0) ||
		    (*p->focal[i].name && strcasecmp(p->focal[i].name, who->name) == 0))
			return true;
	return false;
}

/* The party is the author's, is for or against what was decided, or the file is its own. */
static bool is_involved(const struct chronicle *c, const struct chronicle_entry *e)
{
	const struct parties *p = &c->ws->parties;

	if (is_focal_point(&p->v[c->party], &e->version.author) ||
	    lists(p, c->party, e->record.supported) || lists(p, c->party, e->record.opposed))
		return true;
	for (size_t i = 0; i < e->version.n_files; i++)
		if (is_of_party(p, c->party, e->version.files[i].path))
			return true;
	return false;
}

/* Whether its texts have to be read: for what only they can tell, or for counts. */
static bool must_read(const struct chronicle *c, struct chronicle_entry *e)
{
	bool needed = c->added || c->removed || c->phrase ||
		      (c->party != PARTY_NONE && !is_involved(c, e));

	if (needed || c->no_counts)
		return needed;
	e->counted = tally_find(c->tally, e->version.id, &e->counts);
	return !e->counted;
}

/* Reads the texts: counts, and what only they can tell. Returns whether it passes. */
static bool look_inside(struct chronicle *c, struct chronicle_entry *e)
{
	bool added = !c->added, removed = !c->removed, phrase = !c->phrase;
	bool involved = c->party == PARTY_NONE || is_involved(c, e);

	if (!must_read(c, e))
		return true;
	e->counted = true;
	for (size_t i = 0; i < e->version.n_files; i++) {
		const struct version_file *f = &e->version.files[i];
		struct life_counts counts;

		if (!slice_ends(slice_of(f->path), ".md"))
			continue;
		if (!read_both(c, &e->version, f)) {
			e->counted = false;
			continue;
		}
		added = added || hits(c->added, &c->new) > hits(c->added, &c->old);
		removed = removed || hits(c->removed, &c->new) < hits(c->removed, &c->old);
		phrase = phrase || hits(c->phrase, &c->new) != hits(c->phrase, &c->old);
		involved = involved || namings(&c->ws->parties, c->party, &c->new) !=
					       namings(&c->ws->parties, c->party, &c->old);
		/* That a draft is deleted settles nothing; nor is what was left behind. */
		if (c->no_counts || !is_text(c, f->path) || !*f->blob || f->left)
			continue;
		life_compare(str_slice(&c->old), str_slice(&c->new), &e->record,
			     &c->ws->parties, &c->near, &counts);
		add_counts(&e->counts, &counts);
	}
	e->counted = e->counted && !c->no_counts;
	if (e->counted)
		tally_add(c->tally, e->version.id, &e->counts);
	return added && removed && phrase && involved;
}

/* ---- looking ahead */

static bool prepare(struct chronicle *c, struct chronicle_entry *e, struct str *meeting)
{
	message_parse(str_slice(&e->version.message), &e->record);
	version_day(&e->version, e->date);
	e->tag = tags_find(&c->tags, e->version.id);
	e->meeting = tags_meeting(&c->tags, &c->ws->meetings, &e->version, meeting);
	return passes_early(c, e);
}

/* Finds what there is without waiting, and has its texts read. The first of all is waited for
 * and shown at once. */
static int look_ahead(struct chronicle *c, int wait_ms)
{
	int rc = VERSIONS_FOUND;

	for (size_t tried = 0; tried < AHEAD_MOST && c->n_coming < AHEAD_MOST; tried++) {
		struct coming *slot = &c->coming[(c->first + c->n_coming) % AHEAD_MOST];
		struct chronicle_entry *e = &slot->entry;

		chronicle_entry_release(e);
		rc = c->end != VERSIONS_WAITING
			     ? c->end
			     : versions_next(c->versions, c->n_coming ? 0 : wait_ms,
					     &e->version);
		if (rc <= 0)
			c->end = rc;
		if (rc != VERSIONS_FOUND)
			break;
		if (!prepare(c, e, &slot->meeting))
			continue;
		c->n_coming++;
		if (must_read(c, e))
			want(c, e);
	}
	return rc;
}

int chronicle_next(struct chronicle *c, int wait_ms, struct chronicle_entry *out)
{
	for (;;) {
		struct coming *slot;
		int rc = look_ahead(c, wait_ms);

		chronicle_entry_release(out);
		if (!c->n_coming && rc != VERSIONS_FOUND)
			return rc;
		if (c->n_coming) {
			struct str kept = c->meeting;

			slot = &c->coming[c->first];
			c->first = (c->first + 1) % AHEAD_MOST;
			c->n_coming--;
			*out = slot->entry;
			slot->entry = (struct chronicle_entry){.version = VERSION_INIT};
			c->meeting = slot->meeting;
			slot->meeting = kept;
			if (look_inside(c, out))
				return VERSIONS_FOUND;
		}
		if (wait_ms >= 0)
			return VERSIONS_WAITING;
	}
}
