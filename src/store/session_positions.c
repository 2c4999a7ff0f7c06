/* SPDX-License-Identifier: MIT */
#include "core/rebracket.h"
#include "core/record.h"
#include "core/verdict.h"
#include "session_inner.h"
#include "store/change.h"

#include <string.h>

/*
 * Recording positions. Everything from reading the files to the commit happens
 * under the lock that decisions take, so that two who record at once do so
 * one after the other, each on what the other left.
 */

/* One position under way. */
struct recording {
	struct session *s;
	const struct session_draft *d;
	uint32_t point; /* in now */
	uint16_t party;
	const struct position *p; /* NULL: withdrawn */
	struct session_file
		files[34]; /* [0] is the draft's; then the party's, by code and alias
			    */
	size_t n_files;
	struct session_file seals; /* the party's signatures */
	struct brackets now;       /* a reading of the draft's file as it is */
	struct str id;
	struct str message;
	bool draft_changes;
};

#define MOST_FILES 34

static void recording_release(struct recording *r)
{
	for (size_t i = 0; i < r->n_files; i++)
		session_file_release(&r->files[i]);
	session_file_release(&r->seals);
	brackets_release(&r->now);
	str_release(&r->id);
	str_release(&r->message);
}

/* ---- the draft ---- */

static bool same_but_ids(const struct brackets *a, struct slice x, const struct brackets *b,
			 struct slice y)
{
	struct str one = STR_INIT, other = STR_INIT;
	bool same;

	brackets_without_ids(a, x, 0, x.len, &one);
	brackets_without_ids(b, y, 0, y.len, &other);
	same = a->n_points == b->n_points && slice_equal(str_slice(&one), str_slice(&other));
	str_release(&one);
	str_release(&other);
	return same;
}

/* The point that is meant, in the draft's file as it is now. */
static int find_point(struct recording *r, uint32_t point, struct error *err)
{
	const struct session_draft *d = r->d;
	struct slice now = str_slice(&r->files[0].before), id;

	if (point >= d->b->n_points)
		return error_set(err, ST_MISSING, N_("%s: there is no such point"), d->name);
	id = point_id(d->b, &d->b->points[point], d->text);
	r->point = id.len ? brackets_by_id(&r->now, now, id) : BRACKET_NONE;
	if (r->point == BRACKET_NONE && same_but_ids(d->b, d->text, &r->now, now))
		r->point = point;
	if (r->point != BRACKET_NONE)
		return 0;
	return error_set(err, ST_CHANGED,
			 N_("%s: the file was changed meanwhile; look at the point again"),
			 d->name);
}

/* The id of the point, which it gets where it has none. */
static int give_id(struct recording *r, struct error *err)
{
	struct session_file *f = &r->files[0];
	struct bracketed w = {&r->now, str_slice(&f->before), &r->s->ws.parties};
	struct slice id = point_id(&r->now, &r->now.points[r->point], w.draft);
	struct edits edits = EDITS_INIT;
	int rc;

	str_add_slice(&r->id, id);
	if (id.len && brackets_by_id(&r->now, w.draft, id) != r->point)
		return error_set(err, ST_USAGE,
				 N_("%s: the id %.40s stands twice; take one away first"),
				 r->d->name, str_text(&r->id));
	if (id.len)
		return 0;
	if (!r->p)
		return error_set(err, ST_MISSING, N_("%s: there is no position on this point"),
				 r->d->name);
	rc = session_ready(r->s, r->d->name, err);
	if (rc == 0)
		rc = rebracket_id(&w, r->point, &edits, &r->id, err);
	if (rc == 0) {
		str_clear(&f->after);
		edits_apply(&edits, w.draft, &f->after);
		r->draft_changes = true;
	}
	edits_release(&edits);
	return rc;
}

/* ---- the party's file ---- */

/* The party's files: by its code, and by its aliases where they are there. */
static int read_files(struct recording *r, struct error *err)
{
	const struct party *who = &r->s->ws.parties.v[r->party];
	struct str path = STR_INIT, file = STR_INIT;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i <= who->n_aliases && r->n_files < MOST_FILES; i++) {
		const char *code = i ? who->aliases[i - 1] : who->code;
		struct session_file *f = &r->files[r->n_files];

		if (!workspace_name_is_valid(code))
			continue;
		str_clear(&path);
		str_clear(&file);
		str_addf(&file, "%s.positions.yaml", code);
		workspace_side_path(&r->s->ws, r->d->name, str_text(&file), &path);
		rc = session_file_read(r->s, f, str_text(&path), err);
		r->n_files++;
		/* One that is not there is made only by the party's code. */
		if (rc == 0 && !f->stamp.exists && i > 0)
			session_file_release(&r->files[--r->n_files]);
	}
	str_release(&path);
	str_release(&file);
	return rc;
}

static int name_file(struct recording *r, struct session_file *f, int rc, struct error *err)
{
	if (rc == ST_INPUT || rc == ST_TOO_LARGE)
		error_prefix(err, workspace_short(&r->s->ws, str_text(&f->path)));
	return rc;
}

/* The entry goes from every file of the party that has it. */
static int withdraw(struct recording *r, struct error *err)
{
	size_t found = 0;
	int rc = 0;

	for (size_t i = 1; i < r->n_files && rc == 0; i++) {
		rc = position_remove(&r->files[i].after, str_text(&r->id), err);
		found += rc == 0;
		rc = rc == ST_MISSING ? 0 : name_file(r, &r->files[i], rc, err);
	}
	if (rc == 0 && !found)
		rc = error_set(err, ST_MISSING, N_("%s: %s has no position on this point"),
			       r->d->name, r->s->ws.parties.v[r->party].code);
	return rc;
}

/* The option has the wording that the caller saw at that number. */
static bool same_option(const struct recording *r, uint32_t point, uint32_t k)
{
	char seen[DIGEST_SHORT + 1], now[DIGEST_SHORT + 1];

	if (k > r->d->b->points[point].n_options || k > r->now.points[r->point].n_options)
		return false;
	verdict_wording(r->d->b, r->d->text, point, k, seen);
	verdict_wording(&r->now, str_slice(&r->files[0].before), r->point, k, now);
	return strcmp(seen, now) == 0;
}

static int check_option(const struct recording *r, uint32_t point, struct error *err)
{
	uint32_t n = r->d->b->points[point].n_options;
	enum stance stance = r->p->stance;

	if (!r->p->has_option && (stance == STANCE_SUPPORTS || stance == STANCE_ACCEPTS))
		return error_set(err, ST_USAGE,
				 N_("which option? give its number, 0 for no text"));
	if (r->p->has_option && (stance == STANCE_NONE || stance == STANCE_RESERVES))
		return error_set(err, ST_USAGE,
				 N_("an option goes with supports, accepts and opposes only"));
	if (r->p->has_option && r->p->option > n)
		return error_set(err, ST_USAGE, N_("point %u has no option %u; it has %u"),
				 point + 1, r->p->option, n);
	if (r->p->has_option && !same_option(r, point, r->p->option))
		return error_set(err, ST_CHANGED,
				 N_("%s: the options were changed meanwhile; look at the point "
				    "again"),
				 r->d->name);
	return 0;
}

static int record(struct recording *r, struct error *err)
{
	char date[11], wording[DIGEST_SHORT + 1] = "";
	struct position p = *r->p;
	struct session_file *f = &r->files[1];
	int rc;

	/* The first file that has the point, or is there at all, by code or alias. What is
	 * signed is signed by the code. */
	for (size_t i = 1; i < r->n_files && !f->stamp.exists && !r->seals.stamp.exists &&
			   !session_signs(r->s);
	     i++)
		f = &r->files[i];
	p.id = (char *)str_text(&r->id);
	if (p.has_option)
		verdict_wording(&r->now, str_slice(&r->files[0].before), r->point, p.option,
				wording);
	p.wording = wording;
	session_today(date);
	if (!p.date || !*p.date)
		p.date = date;
	if (!p.meeting || !*p.meeting)
		p.meeting = (char *)session_meeting(r->s);
	rc = name_file(r, f, position_set(&f->after, &p, err), err);
	/* The file by the code counts first: an entry there would hide this one. */
	for (size_t i = 1; rc == 0 && i < r->n_files; i++) {
		struct error ignored = ERROR_INIT;

		if (&r->files[i] != f)
			(void)!position_remove(&r->files[i].after, str_text(&r->id), &ignored);
	}
	return rc;
}

/* ---- the signature ---- */

static int read_seals(struct recording *r, struct error *err)
{
	struct str path = STR_INIT, file = STR_INIT;
	int rc;

	str_addf(&file, "%s.signatures.yaml", r->s->ws.parties.v[r->party].code);
	workspace_side_path(&r->s->ws, r->d->name, str_text(&file), &path);
	rc = session_file_read(r->s, &r->seals, str_text(&path), err);
	str_release(&path);
	str_release(&file);
	return rc;
}

static int sign(struct recording *r, struct error *err)
{
	const struct session_file *f = &r->files[1];
	char wording[DIGEST_HEX + 1] = "";
	struct session_signing_of what = {.name = r->d->name,
					  .code = r->s->ws.parties.v[r->party].code,
					  .id = str_text(&r->id),
					  .yaml = str_slice(&f->after),
					  .was = &f->before,
					  .withdrawn = !r->p,
					  .wording = wording,
					  .same = true,
					  .seals = &r->seals};

	if (r->p && r->p->has_option)
		record_wording(&r->now, str_slice(&r->files[0].before), r->point, r->p->option,
			       wording);
	for (size_t i = 1; i < r->n_files; i++)
		what.same = what.same && slice_equal(str_slice(&r->files[i].before),
						     str_slice(&r->files[i].after));
	return session_sign(r->s, &what, err);
}

/* ---- the commit ---- */

static void write_message(struct recording *r)
{
	const struct point *point = &r->now.points[r->point];
	struct slice text = SLICE(""), draft = str_slice(&r->files[0].before);
	struct message_about about = session_about(r->s, r->d->name, SLICE(""));
	struct position p;
	struct resolved what;

	resolved_init(&what);
	resolve_describe(&r->now, draft, r->point, &what);
	str_clear(&what.id);
	str_add_slice(&what.id, str_slice(&r->id));
	if (r->p) {
		p = *r->p;
		if (!p.meeting || !*p.meeting)
			p.meeting = (char *)about.meeting;
		if (p.has_option && p.option > 0) {
			const struct option *o = point_option(&r->now, point, p.option - 1);

			text = slice_make(draft.p + o->begin, o->end - o->begin);
		}
	}
	message_position(&r->message, &about, &what, r->party, r->p ? &p : NULL, text,
			 point->n_options);
	resolved_release(&what);
}

/* Those files that change; the draft's, first in the list, only where it does. */
static int commit(struct recording *r, struct commit_result *result, struct error *err)
{
	struct session_file changed[MOST_FILES + 1];
	bool sealed = !slice_equal(str_slice(&r->seals.before), str_slice(&r->seals.after));
	size_t n = 0;
	int rc;

	for (size_t i = r->draft_changes ? 0 : 1; i < r->n_files; i++)
		if (!slice_equal(str_slice(&r->files[i].before), str_slice(&r->files[i].after)))
			changed[n++] = r->files[i];
	if (sealed)
		changed[n++] = r->seals;
	if (n == 0)
		return 0;
	rc = session_commit_files(r->s, changed, n, str_slice(&r->message), result, err);
	/* They are r's still, with what was appended to them. */
	n = 0;
	for (size_t i = r->draft_changes ? 0 : 1; i < r->n_files; i++)
		if (!slice_equal(str_slice(&r->files[i].before), str_slice(&r->files[i].after)))
			r->files[i] = changed[n++];
	if (sealed)
		r->seals = changed[n++];
	return rc;
}

static int record_now(struct recording *r, uint32_t point, struct commit_result *result,
		      struct error *err)
{
	struct str path = STR_INIT;
	int rc;

	workspace_draft_path(&r->s->ws, r->d->name, &path);
	rc = session_file_read(r->s, &r->files[r->n_files++], str_text(&path), err);
	str_release(&path);
	brackets_read(&r->now, str_slice(&r->files[0].before), &r->s->ws.parties);
	if (rc == 0)
		rc = find_point(r, point, err);
	if (rc == 0 && r->p)
		rc = check_option(r, point, err);
	if (rc == 0)
		rc = give_id(r, err);
	if (rc == 0)
		rc = read_files(r, err);
	if (rc == 0)
		rc = read_seals(r, err);
	if (rc == 0)
		rc = r->p ? record(r, err) : withdraw(r, err);
	if (rc == 0)
		rc = sign(r, err);
	if (rc < 0)
		return rc;
	write_message(r);
	return commit(r, result, err);
}

int session_position(struct session *s, const struct session_draft *d,
		     const struct session_position *what, struct str *text,
		     struct commit_result *result, struct error *err)
{
	struct session_draft draft = *d;
	struct brackets read = {.n = 0};
	struct recording r = {.s = s, .d = &draft, .party = what->party, .p = what->p};
	struct lock lock = LOCK_INIT;
	int rc = session_repo(s, err);

	str_clear(&s->unlisted);
	if (!draft.b) {
		brackets_read(&read, d->text, &s->ws.parties);
		draft.b = &read;
	}
	if (rc == 0)
		rc = commit_ready(s->repo, err);
	if (rc == 0)
		rc = change_lock(s->repo, &lock, err);
	if (rc == 0)
		rc = record_now(&r, what->point, result, err);
	if (rc == 0 && s->unlisted.len && !result->warning.len)
		str_add_slice(&result->warning, str_slice(&s->unlisted));
	if (rc == 0 && r.draft_changes)
		str_add_slice(text, str_slice(&r.files[0].after));
	lock_drop(&lock);
	recording_release(&r);
	brackets_release(&read);
	return rc;
}
