/* SPDX-License-Identifier: MIT */
#include "store/named.h"

#include "core/mem.h"
#include "core/message.h"
#include "git.h"
#include "store/tags.h"
#include "store/versions.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* So many commits of before the meeting end the search: clocks differ, and imported histories
 * have days of their own. */
enum { EARLIER_MOST = 500 };
/* As often somebody is asked whether to go on. */
enum { LOOK_MS = 50 };

/* What the draft was called, now and once. */
struct names {
	char **v;
	size_t n;
};

/* A meeting looked for on the main line. */
struct search {
	const struct named_ask *ask;
	const struct tag_list *tags;
	const struct names *names;
	const char *code;
	const struct meeting *meeting; /* NULL: the calendar has none of that code */
	char own[REPO_HEX + 1];        /* the last version that is of it; "" */
	char state[REPO_HEX + 1];      /* the last commit up to its end; "" */
	bool said;                     /* a version's Meeting: line names it */
	bool begun;                    /* something is committed since it began */
	size_t earlier;
};

static bool goes_on(const struct named_ask *ask)
{
	return !ask->step || ask->step(ask->arg);
}

static bool next_version(struct versions *v, const struct named_ask *ask, struct version *out)
{
	int rc;

	do
		rc = versions_next(v, ask->step ? LOOK_MS : -1, out);
	while (goes_on(ask) && rc == VERSIONS_WAITING);
	return rc == VERSIONS_FOUND;
}

/* ---- what the draft was called */

static void names_add(struct names *names, const char *name)
{
	names->v = mem_array(names->v, names->n + 1, sizeof(*names->v));
	names->v[names->n++] = mem_strdup(name);
}

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->v[i]);
	free(names->v);
}

/* The names it had before the one it has. What cannot be read names nothing. */
static void names_before(const struct named_ask *ask, struct names *names)
{
	struct versions_ask what = {.revision = "HEAD", .path = ask->path};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;

	if (versions_open(&v, ask->r, &what, NULL) == 0)
		while (next_version(v, ask, &one) && goes_on(ask))
			if (one.n_files && one.files[0].was)
				names_add(names, one.files[0].was);
	version_release(&one);
	versions_free(v);
}

/* ---- a commit of the main line */

/* What the commit has under the first of those names that is there: its id. false: nothing. */
static bool entry_of(const git_commit *c, const struct names *names, git_oid *id, size_t *which)
{
	git_tree *tree = NULL;
	unsigned mode;
	bool found = false;

	if (git_commit_tree(&tree, c) < 0)
		return false;
	for (size_t i = 0; i < names->n && !found; i++) {
		found = repo_tree_entry(tree, names->v[i], id, &mode, NULL) > 0;
		*which = i;
	}
	git_tree_free(tree);
	return found;
}

/* Whether it has another text than the commit it was made from. */
static bool is_version(const git_commit *c, const struct names *names)
{
	git_commit *parent = NULL;
	git_oid is, was;
	size_t which;
	bool has = entry_of(c, names, &is, &which), had;

	if (!git_commit_parentcount(c) || git_commit_parent(&parent, c, 0) < 0)
		return has;
	had = entry_of(parent, names, &was, &which);
	git_commit_free(parent);
	return has != had || (has && !git_oid_equal(&is, &was));
}

static void version_of(const git_commit *c, struct version *v)
{
	const git_signature *author = git_commit_author(c);
	const char *message = git_commit_message_raw(c);

	git_oid_tostr(v->id, sizeof(v->id), git_commit_id(c));
	v->time = author->when.time;
	v->offset = author->when.offset;
	str_clear(&v->message);
	str_add_text(&v->message, message ? message : "");
}

static bool names_meeting(const struct version *v, const char *code)
{
	struct message_record record;

	message_parse(str_slice(&v->message), &record);
	return record.meeting.len == strlen(code) &&
	       strncasecmp(record.meeting.p, code, record.meeting.len) == 0;
}

/* What the commit says of the meeting. false: no older one can say more. */
static bool look(struct search *s, const git_commit *c, const struct version *v)
{
	const struct meeting *m = s->meeting, *other;
	struct str keep = STR_INIT;
	const char *of = tags_meeting(s->tags, s->ask->calendar, v, &keep);
	bool own = strcasecmp(of, s->code) == 0, up_to = own;
	char day[16];

	version_day(v, day);
	if (m && *m->last && !own) {
		/* What says it is of a later meeting is none of this one's. */
		other = *of ? meetings_find(s->ask->calendar, of) : NULL;
		up_to = strcmp(day, m->last) <= 0 &&
			(!other || strcmp(other->first, m->last) <= 0);
		s->begun = s->begun || strcmp(day, m->first) >= 0;
	}
	str_release(&keep);
	s->begun = s->begun || own;
	if (up_to && !*s->state)
		memcpy(s->state, v->id, sizeof(s->state));
	if (own && !(*s->own && s->said) && is_version(c, s->names)) {
		s->said = s->said || names_meeting(v, s->code);
		if (!*s->own)
			memcpy(s->own, v->id, sizeof(s->own));
	}
	if (m && *m->first)
		s->earlier = strcmp(day, m->first) < 0 ? s->earlier + 1 : 0;
	return s->earlier < EARLIER_MOST;
}

static void walk(struct search *s)
{
	struct version v = VERSION_INIT;
	git_commit *c = NULL, *parent;
	char hex[REPO_HEX + 1];
	git_oid id;
	bool more = repo_tip(s->ask->r, hex, NULL) == 0 && repo_id(hex, &id, NULL) == 0 &&
		    git_commit_lookup(&c, s->ask->r->git, &id) == 0;

	s->own[0] = s->state[0] = '\0';
	s->said = s->begun = false;
	s->earlier = 0;
	while (more) {
		version_of(c, &v);
		/* Where a clone is shallow, the parent is missing: that is the end. */
		more = goes_on(s->ask) && look(s, c, &v) && git_commit_parentcount(c) > 0 &&
		       git_commit_parent(&parent, c, 0) == 0;
		if (more) {
			git_commit_free(c);
			c = parent;
		}
	}
	git_commit_free(c);
	version_release(&v);
}

/* The newest version of any line that is of the meeting; its message must say so where `said`.
 */
static bool find_elsewhere(const struct search *s, bool said, char hex[REPO_HEX + 1])
{
	struct versions_ask what = {
		.revision = "HEAD", .path = s->ask->path, .folder = s->ask->folder};
	struct version one = VERSION_INIT;
	struct str keep = STR_INIT;
	struct versions *v = NULL;
	bool found = false;

	if (versions_open(&v, s->ask->r, &what, NULL) == 0)
		while (!found && next_version(v, s->ask, &one) && goes_on(s->ask))
			found = said ? names_meeting(&one, s->code)
				     : strcasecmp(tags_meeting(s->tags, s->ask->calendar, &one,
							       &keep),
						  s->code) == 0;
	if (found)
		memcpy(hex, one.id, REPO_HEX + 1);
	version_release(&one);
	versions_free(v);
	str_release(&keep);
	return found;
}

/* ---- a meeting */

static const struct meeting *in_calendar(const struct meetings *calendar, const char *code)
{
	for (size_t i = 0; i < calendar->n; i++)
		if (strcasecmp(calendar->v[i].code, code) == 0)
			return &calendar->v[i];
	return NULL;
}

static int say_none(const struct search *s, struct error *err)
{
	const struct meeting *m = s->meeting;

	if (repo_is_begun(s->ask->r, err) < 0)
		return ST_MISSING;
	if (!m)
		return error_set(err, ST_MISSING,
				 N_("%s: no such revision, meeting or day (2026-09-14); the "
				    "log lists them"),
				 s->code);
	if (!*m->first)
		return error_set(err, ST_MISSING,
				 N_("%s has no version: drafts/meetings.yaml gives it no "
				    "dates, and no version names it"),
				 m->code);
	if (!s->begun)
		return error_set(err, ST_MISSING,
				 N_("%s has no version yet: nothing is committed since it "
				    "began on %s"),
				 m->code, m->first);
	return error_set(err, ST_MISSING, N_("%s has no version: the history begins later"),
			 m->code);
}

static int find_meeting(const struct named_ask *ask, const char *code, char hex[REPO_HEX + 1],
			struct error *err)
{
	struct tag_list tags = {NULL, 0, 0};
	struct names names = {NULL, 0};
	struct search s = {.ask = ask,
			   .tags = &tags,
			   .names = &names,
			   .code = code,
			   .meeting = in_calendar(ask->calendar, code)};
	int rc = ST_OK;

	tags_read(&tags, ask->r);
	names_add(&names, ask->path);
	if (s.meeting)
		walk(&s);
	if (s.meeting && !*s.own && !ask->folder) {
		names_before(ask, &names);
		if (names.n > 1)
			walk(&s);
	}
	if (*s.own && s.said)
		memcpy(hex, s.own, sizeof(s.own));
	else if (find_elsewhere(&s, true, hex))
		;
	else if (*s.own)
		memcpy(hex, s.own, sizeof(s.own));
	else if (*s.state && s.begun)
		memcpy(hex, s.state, sizeof(s.state));
	else if (!s.meeting || !find_elsewhere(&s, false, hex))
		rc = say_none(&s, err);
	names_release(&names);
	tags_release(&tags);
	return rc;
}

/* ---- a day */

/* The last version that the log shows with that day, or the nearest one before. Clocks differ:
 * the list need not be in the order of its days. */
static int find_day(struct named *out, const struct named_ask *ask, const char *day,
		    char hex[REPO_HEX + 1], struct error *err)
{
	struct versions_ask what = {
		.revision = "HEAD", .path = ask->path, .folder = ask->folder};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	char best[16] = "", of[16];
	size_t earlier = 0;

	if (versions_open(&v, ask->r, &what, NULL) == 0)
		while (strcmp(best, day) != 0 && earlier < EARLIER_MOST &&
		       next_version(v, ask, &one) && goes_on(ask)) {
			version_day(&one, of);
			if (strcmp(of, day) > 0)
				continue;
			earlier++;
			if (strcmp(of, best) <= 0)
				continue;
			memcpy(best, of, sizeof(best));
			memcpy(hex, one.id, REPO_HEX + 1);
		}
	version_release(&one);
	versions_free(v);
	if (!*best)
		return error_set(err, ST_MISSING,
				 N_("%s has no version: the history begins later"), day);
	if (strcmp(best, day) != 0)
		str_addf(&out->note, error_word(N_("%s: the last version before is of %s")),
			 day, best);
	return ST_OK;
}

/* ---- a name */

/* A tag, a branch, HEAD: something git has a file for. */
static bool is_reference(struct repo *r, const char *name)
{
	git_reference *ref = NULL;
	bool is = git_reference_dwim(&ref, r->git, name) == 0;

	git_reference_free(ref);
	return is;
}

/* The id of what the draft, under one of its names, or the folder is in that commit. */
static bool text_of(const struct named_ask *ask, const struct names *names, const char *hex,
		    git_oid *id, size_t *which)
{
	git_commit *c = NULL;
	git_oid at;
	bool found = repo_id(hex, &at, NULL) == 0 &&
		     git_commit_lookup(&c, ask->r->git, &at) == 0 &&
		     entry_of(c, names, id, which);

	git_commit_free(c);
	return found;
}

/* What the draft was called there. */
static void set_path(struct named *out, const struct named_ask *ask)
{
	struct names names = {NULL, 0};
	git_oid id;
	size_t which = 0;

	names_add(&names, ask->path);
	if (!ask->folder && !text_of(ask, &names, out->id, &id, &which)) {
		names_before(ask, &names);
		if (!text_of(ask, &names, out->id, &id, &which))
			which = 0;
	}
	str_add_text(&out->path, names.v[which]);
	names_release(&names);
}

/* The tag wins; where the draft was changed at the meeting after it, that is said. */
static void compare_meeting(struct named *out, const struct named_ask *ask, const char *name)
{
	struct names names = {NULL, 0};
	char hex[REPO_HEX + 1];
	git_oid a, b;
	size_t which;

	if (find_meeting(ask, name, hex, NULL) < 0 || strcmp(hex, out->id) == 0)
		return;
	names_add(&names, ask->path);
	if (text_of(ask, &names, out->id, &a, &which) &&
	    text_of(ask, &names, hex, &b, &which) && !git_oid_equal(&a, &b))
		str_addf(&out->note,
			 error_word(N_("%s is taken as the tag of that name; the meeting's "
				       "last version "
				       "is %.10s")),
			 name, hex);
	names_release(&names);
}

static int find(struct named *out, const struct named_ask *ask, const char *name,
		struct error *err)
{
	size_t len = strcspn(name, "~^@:");
	char *base = slice_dup(slice_make(name, len));
	const struct meeting *m = in_calendar(ask->calendar, base);
	bool reference = is_reference(ask->r, base);
	bool day = !reference && !m && date_is_valid(slice_of(base));
	struct str whole = STR_INIT;
	char hex[REPO_HEX + 1];
	int rc = ST_MISSING;

	if (reference || (!m && !day))
		rc = repo_resolve(ask->r, name, out->id, err);
	if (rc == ST_OK && m && !name[len])
		compare_meeting(out, ask, base);
	/* What is there and cannot be read is no meeting. */
	if (rc == ST_MISSING && *base && !reference) {
		rc = day ? find_day(out, ask, base, hex, err)
			 : find_meeting(ask, base, hex, err);
		str_addf(&whole, "%s%s", rc == ST_OK ? hex : "", name + len);
		if (rc == ST_OK)
			rc = repo_resolve(ask->r, str_text(&whole), out->id, err);
	}
	str_release(&whole);
	free(base);
	return rc;
}

int named_find(struct named *out, const struct named_ask *ask, const char *name,
	       struct error *err)
{
	int rc;

	*out = (struct named){"", STR_INIT, STR_INIT};
	rc = find(out, ask, name, err);
	if (rc == ST_OK)
		set_path(out, ask);
	/* What was found on half of the way may be another one. */
	return goes_on(ask) ? rc : error_set(err, ST_FAIL, N_("stopped"));
}

void named_release(struct named *n)
{
	str_release(&n->path);
	str_release(&n->note);
}

int named_read(struct named *out, const struct named_ask *ask, const char *name, size_t limit,
	       struct str *text, struct error *err)
{
	struct error why = ERROR_INIT;
	const char *slash;
	int rc = named_find(out, ask, name, err);

	if (rc < 0)
		return rc;
	rc = repo_read(ask->r, out->id, str_text(&out->path), limit, text, &why);
	slash = strrchr(ask->path, '/');
	if (rc == ST_MISSING)
		return error_set(err, rc,
				 N_("%s:%s: the draft was not there; the log says when it was"),
				 name, slash ? slash + 1 : ask->path);
	if (rc < 0 && err)
		*err = why;
	return rc;
}
