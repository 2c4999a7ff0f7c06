/* SPDX-License-Identifier: MIT */
#include "core/draft.h"
#include "core/mem.h"
#include "core/rebracket.h"
#include "core/show.h"
#include "session_inner.h"
#include "store/change.h"
#include "store/decision.h"
#include "store/history.h"
#include "store/lock.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The chair's commits: decisions, undoing them, putting off, agreeing. */

#define UNDO_LOOKS_BACK 20000 /* commits of the draft */

static int make_decision(struct session *s, const struct session_draft *d, struct slice after,
			 struct slice message, struct commit_result *result, struct error *err)
{
	struct decision order = {.before = d->text, .after = after, .message = message};
	struct session_sources sources = {NULL, NULL, 0};
	struct session_stamp stamp;
	struct str path = STR_INIT;
	int rc = session_stamp(s, &stamp, err);

	if (rc == 0)
		rc = session_path(s, d->name, &path, err);
	if (rc == 0)
		rc = session_sources_find(s, d->made_of, &sources, err);
	if (rc == 0) {
		order.beside = sources.v;
		order.n_beside = sources.n;
		order.path = str_text(&path);
		order.author = &stamp.author;
		order.time = stamp.time;
		order.offset = stamp.offset;
		order.hooks = s->trusted;
		rc = session_commit_key(s, &order.key, err);
	}
	if (rc == 0) {
		rc = decision_make(s->repo, &order, result, err);
	}
	person_release(&stamp.author);
	session_sources_release(&sources);
	str_release(&path);
	return rc;
}

/* The message, with who supported and who opposed by the positions as they are now. */
static void add_decision(struct session *s, const struct session_draft *d,
			 const struct resolved *what, const struct message_about *about,
			 struct str *message)
{
	struct resolved heard = *what;
	struct brackets read = {.n = 0};
	struct ws_positions all;

	if (!d->b)
		brackets_read(&read, d->text, &s->ws.parties);
	heard.supporters =
		mem_dup(what->supporters, what->n_supporters * sizeof(*what->supporters));
	heard.others = mem_dup(what->others, what->n_others * sizeof(*what->others));
	workspace_all_positions(&s->ws, d->name, &all, NULL);
	resolved_hear(&heard, &(struct bracketed){d->b ? d->b : &read, d->text, &s->ws.parties},
		      all.given);
	message_decision(message, about, &heard);
	ws_positions_release(&all);
	brackets_release(&read);
	/* The other members are what's. */
	free(heard.supporters);
	free(heard.others);
}

int session_decide(struct session *s, const struct session_draft *d, const struct edits *edits,
		   const struct resolved *what, struct slice reason,
		   struct commit_result *result, struct error *err)
{
	struct str after = STR_INIT, message = STR_INIT;
	struct message_about about;
	int rc = session_repo(s, err);

	if (rc == 0) {
		about = session_about(s, d->name, reason);
		add_decision(s, d, what, &about, &message);
		edits_apply(edits, d->text, &after);
		rc = make_decision(s, d, str_slice(&after), str_slice(&message), result, err);
	}
	str_release(&after);
	str_release(&message);
	return rc;
}

int session_edit(struct session *s, const struct session_draft *d, const struct edits *edits,
		 struct slice subject, struct commit_result *result, struct error *err)
{
	struct str after = STR_INIT, message = STR_INIT;
	int rc;

	show_add(&message, subject.p, subject.len, SHOW_LINE);
	str_add_char(&message, '\n');
	if (d->trailers.len > 0) {
		str_add_char(&message, '\n');
		str_add_slice(&message, d->trailers);
	}
	message_add_meeting(&message, session_meeting_on(s));
	edits_apply(edits, d->text, &after);
	rc = make_decision(s, d, str_slice(&after), str_slice(&message), result, err);
	str_release(&after);
	str_release(&message);
	return rc;
}

/* ---- undoing ---- */

/* Looks for the newest decision that no later commit undid. */
struct search {
	char (*undone)[REPO_HEX + 1];
	size_t n, cap;
};

static bool stands(const struct version *c, void *arg)
{
	struct search *s = arg;
	struct message_record record;

	message_parse(str_slice(&c->message), &record);
	if (record.kind == MESSAGE_UNDO && record.undoes.len == REPO_HEX) {
		MEM_GROW(s->undone, s->n, s->cap);
		memcpy(s->undone[s->n], record.undoes.p, REPO_HEX);
		s->undone[s->n++][REPO_HEX] = '\0';
		return false;
	}
	if (record.kind != MESSAGE_DECISION)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->undone[i], c->id) == 0)
			return false;
	return true;
}

static int find_last(struct session *s, const char *name, size_t commits, struct str *path,
		     struct version *found, struct error *err)
{
	struct search search = {NULL, 0, 0};
	struct history_search what = {.match = stands,
				      .arg = &search,
				      .changes = UNDO_LOOKS_BACK,
				      .commits = commits};
	int rc = session_path(s, name, path, err);

	if (rc < 0)
		return rc;
	what.path = str_text(path);
	rc = history_find(s->repo, &what, found, err);
	if (rc == ST_MISSING && s->state.shallow)
		rc = error_set(err, ST_MISSING,
			       N_("%s: no decision is left to undo in the part of the history "
				  "that is here; \"git fetch --unshallow\" brings the rest"),
			       name);
	else if (rc == ST_MISSING)
		rc = error_set(err, ST_MISSING, N_("%s: no decision is left to undo"), name);
	else if (rc == ST_TOO_LARGE)
		rc = error_set(err, ST_TOO_LARGE,
			       N_("%s: no decision to undo among the newest %zu commits; "
				  "\"adref undo\" looks further back"),
			       name, commits);
	free(search.undone);
	return rc;
}

/* Who cannot be told from the user is somebody else. */
static void say_whose(struct session *s, const struct version *found, struct str *whose)
{
	struct error ignored = ERROR_INIT;
	struct person self = {NULL, NULL};
	const char *name = found->author.name;
	char day[16];

	if (repo_author(s->repo, &self, &ignored) < 0 ||
	    strcasecmp(self.email, found->author.email) != 0) {
		version_day(found, day);
		show_add(whose, name, strlen(name), SHOW_LINE);
		str_addf(whose, ", %s", day);
	}
	person_release(&self);
}

static void say(struct session *s, const struct version *found,
		const struct message_record *record, struct session_undoing *u)
{
	memcpy(u->commit, found->id, sizeof(u->commit));
	u->point = record->number;
	u->linked = record->linked;
	str_add_slice(&u->decision, record->decision);
	say_whose(s, found, &u->whose);
}

int session_last(struct session *s, const char *name, struct session_undoing *u,
		 struct error *err)
{
	struct version found = VERSION_INIT;
	struct message_record record;
	struct str path = STR_INIT;
	int rc = find_last(s, name, 0, &path, &found, err);

	if (rc == 0) {
		message_parse(str_slice(&found.message), &record);
		say(s, &found, &record, u);
	}
	version_release(&found);
	str_release(&path);
	return rc;
}

int session_undo_find(struct session *s, const struct session_draft *d, size_t commits,
		      struct session_undoing *u, struct error *err)
{
	struct version found = VERSION_INIT;
	struct str path = STR_INIT;
	struct message_about about;
	struct message_record record;
	int rc = find_last(s, d->name, commits, &path, &found, err);

	if (rc == 0)
		rc = decision_undo(s->repo, found.id, str_text(&path), d->text, &s->ws.parties,
				   &u->text, err);
	if (rc == 0) {
		message_parse(str_slice(&found.message), &record);
		about = session_about(s, d->name, SLICE(""));
		message_undo(&u->message, &about, &record, found.id);
		say(s, &found, &record, u);
	}
	version_release(&found);
	str_release(&path);
	return rc;
}

int session_undo(struct session *s, const struct session_draft *d,
		 const struct session_undoing *u, struct commit_result *result,
		 struct error *err)
{
	return make_decision(s, d, str_slice(&u->text), str_slice(&u->message), result, err);
}

void session_undoing_release(struct session_undoing *u)
{
	str_release(&u->text);
	str_release(&u->decision);
	str_release(&u->whose);
	str_release(&u->message);
}

/* ---- putting off ---- */

/* The draft's file and the one beside it, read; the draft's bytes are what d says. The lock of
 * decisions is held until release_files(): who notes at the same time waits. */
static int read_files(struct session *s, const struct session_draft *d, const char *beside,
		      struct session_file files[2], struct lock *lock, struct error *err)
{
	struct str path = STR_INIT;
	int rc;

	memset(files, 0, 2 * sizeof(*files));
	rc = session_ready(s, d->name, err);
	if (rc == 0)
		rc = change_lock(s->repo, lock, err);
	if (rc == 0) {
		workspace_side_path(&s->ws, d->name, beside, &path);
		rc = session_file_read(s, &files[0], str_text(&path), err);
	}
	if (rc == 0) {
		str_clear(&path);
		workspace_draft_path(&s->ws, d->name, &path);
		rc = session_file_read(s, &files[1], str_text(&path), err);
	}
	if (rc == 0 && !slice_equal(str_slice(&files[1].before), d->text))
		rc = error_set(err, ST_CHANGED,
			       N_("%s: the file was changed meanwhile; read it again"),
			       d->name);
	str_release(&path);
	return rc;
}

static void release_files(struct session_file files[2], struct lock *lock)
{
	lock_drop(lock);
	session_file_release(&files[0]);
	session_file_release(&files[1]);
}

/* Names the file beside the draft in what was wrong with it. */
static int name_file(struct session *s, struct session_file *f, int rc, struct error *err)
{
	if (rc == ST_INPUT || rc == ST_TOO_LARGE)
		error_prefix(err, workspace_short(&s->ws, str_text(&f->path)));
	return rc;
}

/* Gives the point an id if it has none: the draft's new bytes, and the id. */
static int give_id(struct session *s, const struct session_draft *d, uint32_t point,
		   struct str *text, struct str *id, struct error *err)
{
	struct bracketed w = {d->b, d->text, &s->ws.parties};
	struct edits edits = EDITS_INIT;
	int rc = rebracket_id(&w, point, &edits, id, err);

	if (rc == 0)
		edits_apply(&edits, d->text, text);
	edits_release(&edits);
	return rc;
}

static void show_ahead(const struct session *s, struct slice draft, const struct str *beside)
{
	if (s->ahead.show)
		s->ahead.show(s->ahead.arg, draft, str_slice(beside));
}

static int check_point(const struct session_draft *d, uint32_t point, struct error *err)
{
	if (point < d->b->n_points)
		return 0;
	return error_set(err, ST_MISSING, N_("%s: there is no such point"), d->name);
}

int session_defer(struct session *s, const struct session_draft *d, uint32_t point,
		  struct slice reason, struct slice until, struct commit_result *result,
		  struct error *err)
{
	char date[11], *why = slice_dup(reason), *when = slice_dup(until);
	struct str after = STR_INIT, id = STR_INIT, message = STR_INIT;
	struct session_file files[2] = {{.stamp = {.exists = false}}};
	struct lock lock = LOCK_INIT;
	struct message_about about;
	struct resolved what;
	struct deferred entry;
	int rc = check_point(d, point, err);

	resolved_init(&what);
	if (rc == 0)
		rc = read_files(s, d, "deferred.yaml", files, &lock, err);
	if (rc == 0)
		rc = give_id(s, d, point, &after, &id, err);
	if (rc < 0)
		goto done;
	session_today(date);
	entry = (struct deferred){
		.id = (char *)str_text(&id), .reason = why, .until = when, .date = date};
	rc = name_file(s, &files[0], deferred_set(&files[0].after, &entry, err), err);
	if (rc < 0)
		goto done;
	str_clear(&files[1].after);
	str_add_slice(&files[1].after, str_slice(&after));
	about = session_about(s, d->name, reason);
	resolve_describe(d->b, d->text, point, &what);
	str_clear(&what.id);
	str_add_slice(&what.id, str_slice(&id));
	message_deferral(&message, &about, &what, until, true);
	show_ahead(s, str_slice(&after), &files[0].after);
	rc = session_commit_files(s, files, 2, str_slice(&message), result, err);
done:
	release_files(files, &lock);
	resolved_release(&what);
	str_release(&after);
	str_release(&id);
	str_release(&message);
	free(why);
	free(when);
	return rc;
}

int session_undefer(struct session *s, const struct session_draft *d, uint32_t point,
		    struct commit_result *result, struct error *err)
{
	struct session_file files[2] = {{.stamp = {.exists = false}}};
	struct lock lock = LOCK_INIT;
	struct str message = STR_INIT;
	struct message_about about;
	struct resolved what;
	char *id = NULL;
	int rc = check_point(d, point, err);

	resolved_init(&what);
	if (rc == 0)
		rc = read_files(s, d, "deferred.yaml", files, &lock, err);
	if (rc < 0)
		goto done;
	id = slice_dup(point_id(d->b, &d->b->points[point], d->text));
	rc = name_file(s, &files[0], deferred_remove(&files[0].after, id, err), err);
	if (rc == ST_MISSING)
		rc = error_set(err, ST_MISSING, N_("%s: this point is not put off"), d->name);
	if (rc < 0)
		goto done;
	about = session_about(s, d->name, SLICE(""));
	resolve_describe(d->b, d->text, point, &what);
	message_deferral(&message, &about, &what, SLICE(""), false);
	show_ahead(s, SLICE(""), &files[0].after);
	rc = session_commit_files(s, files, 1, str_slice(&message), result, err);
done:
	release_files(files, &lock);
	resolved_release(&what);
	str_release(&message);
	free(id);
	return rc;
}

/* ---- agreeing ---- */

/* The paragraph can be agreed: it is text, and no point in it is open. */
static int check_paragraph(const struct session_draft *d, const struct draft *draft, uint32_t i,
			   struct error *err)
{
	uint32_t next;

	if (i == PARAGRAPH_NONE || !paragraph_is_text(&draft->v[i]))
		return error_set(err, ST_USAGE, N_("%s: there is no paragraph to agree on"),
				 d->name);
	next = brackets_point_from(d->b, draft->v[i].begin);
	if (brackets_point_at(d->b, draft->v[i].begin) != BRACKET_NONE ||
	    (next != BRACKET_NONE && point_begin(d->b, &d->b->points[next]) < draft->v[i].end))
		return error_set(
			err, ST_USAGE,
			N_("%s: paragraph %u still has an open point; decide it first"),
			d->name, draft->v[i].number);
	return 0;
}

/* Adds or removes the entry in the file's new bytes. */
static int note_agreement(struct session *s, const struct session_draft *d,
			  const struct draft *draft, uint32_t i, bool agreed, struct str *yaml,
			  struct error *err)
{
	struct str wording = STR_INIT;
	struct agreed entry;
	char date[11], *meeting;
	int rc;

	memset(&entry, 0, sizeof(entry));
	draft_digest(draft, d->text, d->b, i, entry.digest);
	if (!agreed) {
		rc = agreed_remove(yaml, entry.digest, err);
		return rc == ST_MISSING ? error_set(err, ST_MISSING,
						    N_("%s: paragraph %u is not agreed"),
						    d->name, draft->v[i].number)
					: rc;
	}
	session_today(date);
	brackets_wording(d->b, d->text, draft->v[i].body, draft->v[i].end, &wording);
	meeting = mem_strdup(session_meeting(s));
	entry.begins = (char *)str_text(&wording);
	entry.meeting = meeting;
	entry.date = date;
	rc = agreed_add(yaml, &entry, err);
	free(meeting);
	str_release(&wording);
	return rc;
}

int session_agree(struct session *s, const struct session_draft *d, size_t at, bool agreed,
		  struct commit_result *result, struct error *err)
{
	struct session_file files[2] = {{.stamp = {.exists = false}}};
	struct lock lock = LOCK_INIT;
	struct str message = STR_INIT;
	struct message_about about;
	struct draft draft;
	uint32_t i;
	int rc;

	draft_read(&draft, d->text, d->b);
	i = draft_paragraph_at(&draft, at);
	rc = check_paragraph(d, &draft, i, err);
	if (rc == 0)
		rc = read_files(s, d, "agreed.yaml", files, &lock, err);
	if (rc == 0)
		rc = name_file(s, &files[0],
			       note_agreement(s, d, &draft, i, agreed, &files[0].after, err),
			       err);
	if (rc == 0) {
		about = session_about(s, d->name, SLICE(""));
		message_agreement(&message, &about,
				  slice_make(d->text.p + draft.v[i].begin,
					     draft.v[i].end - draft.v[i].begin),
				  i + 1, agreed);
		show_ahead(s, SLICE(""), &files[0].after);
		rc = session_commit_files(s, files, 1, str_slice(&message), result, err);
	}
	release_files(files, &lock);
	draft_release(&draft);
	str_release(&message);
	return rc;
}
