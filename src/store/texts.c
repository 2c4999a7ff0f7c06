/* SPDX-License-Identifier: MIT */
#include "store/texts.h"

#include "core/front.h"
#include "core/mem.h"
#include "core/wording.h"
#include "store/crew.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void leave_out(struct side_texts *t, struct str *line)
{
	t->left_out = mem_array(t->left_out, t->n_left_out + 1, sizeof(*t->left_out));
	t->left_out[t->n_left_out++] = str_detach(line);
}

/* Texts that are of no party, as the workspace found them. */
static void name_strangers(const struct workspace *ws, const char *name, struct side_texts *t)
{
	struct str folder = STR_INIT;

	str_addf(&folder, "drafts/%s/", name);
	for (size_t i = 0; i < ws->problems.n; i++) {
		const struct ws_problem *p = &ws->problems.v[i];
		struct str line = STR_INIT;

		if (!slice_starts(slice_of(p->file), str_text(&folder)) ||
		    !slice_ends(slice_of(p->file), ".md"))
			continue;
		str_addf(&line, error_word(N_("%s: left out: %s")), p->file, p->at.text);
		leave_out(t, &line);
	}
	str_release(&folder);
}

static void read_one(struct session *s, const char *name, const char *code,
		     struct side_texts *t)
{
	uint16_t party = party_find(&s->ws.parties, slice_of(code), NULL);
	struct side_text text = {.party = party};
	struct error err = ERROR_INIT;
	struct str path = STR_INIT, line = STR_INIT;

	if (texts_of(t, party))
		return; /* the workspace says so */
	workspace_text_path(&s->ws, name, code, &path);
	if (file_read_draft(s->ws.root, str_text(&path), &text.bytes, &text.stamp, &err) < 0) {
		str_add_text(&line, err.text);
		leave_out(t, &line);
		str_release(&text.bytes);
		str_release(&path);
		return;
	}
	text.code = mem_strdup(code);
	text.path = str_detach(&path);
	t->v = mem_array(t->v, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = text;
}

static int by_party(const void *a, const void *b)
{
	const struct side_text *x = a, *y = b;

	return (x->party > y->party) - (x->party < y->party);
}

void texts_read(struct session *s, const char *name, struct side_texts *t)
{
	const struct ws_draft *d = workspace_find(&s->ws, name);

	*t = (struct side_texts){.n = 0};
	name_strangers(&s->ws, name, t);
	for (size_t i = 0; d && i < d->n_texts; i++)
		read_one(s, name, d->texts[i], t);
	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), by_party);
}

void texts_release(struct side_texts *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].code);
		free(t->v[i].path);
		str_release(&t->v[i].bytes);
	}
	for (size_t i = 0; i < t->n_left_out; i++)
		free(t->left_out[i]);
	free(t->v);
	free(t->left_out);
	free(t->base_name);
	free(t->base_path);
	str_release(&t->base);
	*t = (struct side_texts){.n = 0};
}

const struct side_text *texts_of(const struct side_texts *t, uint16_t party)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].party == party)
			return &t->v[i];
	return NULL;
}

/* ---- the base ---- */

/* A draft's version in a commit, or a file's text. */
static int read_base(struct session *s, const char *name, const char *base,
		     struct side_texts *t)
{
	struct str path = STR_INIT, beside = STR_INIT;
	struct error none = ERROR_INIT;
	int rc = ST_MISSING;

	if (base[0] == '/')
		str_add_text(&path, base);
	else
		str_addf(&path, "%s/%s", s->ws.root, base);
	/* No file outside the workspace because a draft says so. */
	if (access(str_text(&path), F_OK) == 0) {
		rc = file_read_draft(s->ws.root, str_text(&path), &t->base, &t->base_stamp,
				     &none);
		workspace_side_path(&s->ws, name, "", &beside);
		if (rc == 0 && slice_starts(str_slice(&path), str_text(&beside)) &&
		    !strstr(base, "../"))
			t->base_path = mem_strdup(str_text(&path));
		str_release(&beside);
	} else if (session_repo(s, &none) == 0) {
		str_clear(&path);
		rc = session_path(s, name, &path, &none);
		if (rc == 0)
			rc = repo_read(s->repo, base, str_text(&path), FILE_MOST_DRAFT,
				       &t->base, &none);
	}
	str_release(&path);
	return rc;
}

void texts_read_base(struct session *s, const char *name, struct slice draft,
		     struct side_texts *t)
{
	struct front_matter front;

	front_matter_read(&front, draft);
	if (front.base) {
		t->base_name = mem_strdup(front.base);
		if (read_base(s, name, front.base, t) != 0)
			error_set(&t->base_error, ST_MISSING,
				  N_("drafts/%s.md: its base, %s, is neither a file nor a "
				     "commit that has the draft; correct it, or give --base "
				     "FILE"),
				  name, front.base);
	}
	front_matter_release(&front);
}

bool texts_needs_base(const struct side_texts *t, const struct brackets *b)
{
	for (size_t i = 0; i < b->n_points && !t->base_name; i++)
		if (b->points[i].depth == 1 && b->points[i].kind != KIND_PLACEHOLDER)
			return true;
	return false;
}

int texts_base(const struct side_texts *t, const char *label, struct slice draft,
	       const struct brackets *b, struct slice *base, struct error *err)
{
	if (t->base_error.status != ST_OK) {
		*err = t->base_error;
		return err->status;
	}
	if (texts_needs_base(t, b))
		return error_set(err, ST_USAGE,
				 N_("%s: it has open points already; say in its front matter "
				    "which commit or file the texts start from (base: …), or "
				    "give --base FILE; --base %s is the draft as it stands"),
				 label, label);
	*base = t->base_name ? str_slice(&t->base) : draft;
	return 0;
}

/* ---- all of them as one ---- */

int texts_consolidate(const struct side_texts *t, const struct texts_ask *ask, struct str *out,
		      struct error *err)
{
	struct consolidate_input *inputs = mem_zalloc((t->n + 1) * sizeof(*inputs));
	struct consolidate_ask all = {.base = ask->base,
				      .inputs = inputs,
				      .n = t->n,
				      .parties = ask->parties,
				      .each = crew(),
				      .provenance = ask->provenance,
				      .open = ask->open};
	struct front_matter front;
	struct str made = STR_INIT;
	int rc;

	for (size_t i = 0; i < t->n; i++)
		inputs[i] =
			(struct consolidate_input){str_slice(&t->v[i].bytes), t->v[i].party};
	front_matter_read(&front, ask->base);
	if (front.language)
		all.language = slice_of(front.language);
	rc = consolidate(&all, &made, err);
	front_matter_release(&front);
	if (rc == 0 && !ask->front.len && !out->len) {
		str_release(out);
		*out = made;
		str_init(&made);
	} else if (rc == 0) {
		size_t from = ask->front.len ? front_matter_at(str_slice(&made)) : 0;

		str_add_slice(out, ask->front);
		str_add(out, made.p + from, made.len - from);
	}
	str_release(&made);
	free(inputs);
	return rc;
}

static uint16_t *parties_of(const struct side_texts *t)
{
	uint16_t *who = mem_array(NULL, t->n, sizeof(*who));

	for (size_t i = 0; i < t->n; i++)
		who[i] = t->v[i].party;
	return who;
}

void texts_subject(const struct side_texts *t, const char *name, const struct parties *parties,
		   struct str *out)
{
	uint16_t *who = parties_of(t);

	str_addf(out, "%s: consolidate ", name);
	wording_codes(out, parties, who, t->n, ", ");
	free(who);
}

void texts_record(const struct side_texts *t, struct slice base, const struct parties *parties,
		  struct str *out)
{
	uint16_t *who = parties_of(t);

	message_consolidation(out, parties, who, t->n, base);
	free(who);
}

/* ---- again, from what git has ---- */

struct replay {
	struct repo *r;
	const struct texts_made *made;
	struct side_texts texts;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The party's text: its file is called by its code or an alias, the first by name. */
static int replay_text(struct replay *y, uint16_t party, struct error *err)
{
	const struct party *p = &y->made->parties->v[party];
	const char **names = mem_array(NULL, p->n_aliases + 1, sizeof(*names));
	struct side_text text = {.party = party};
	int rc = ST_MISSING;

	names[0] = p->code;
	for (size_t i = 0; i < p->n_aliases; i++)
		names[i + 1] = p->aliases[i];
	qsort(names, p->n_aliases + 1, sizeof(*names), by_name);
	for (size_t i = 0; i <= p->n_aliases && rc == ST_MISSING; i++) {
		struct str path = STR_INIT;

		str_addf(&path, "%.*s/%s.md", (int)(strlen(y->made->path) - 3), y->made->path,
			 names[i]);
		rc = repo_read(y->r, y->made->commit, str_text(&path), FILE_MOST_DRAFT,
			       &text.bytes, err);
		str_release(&path);
	}
	free(names);
	if (rc < 0) {
		str_release(&text.bytes);
		return rc;
	}
	y->texts.v = mem_array(y->texts.v, y->texts.n + 1, sizeof(*y->texts.v));
	y->texts.v[y->texts.n++] = text;
	return 0;
}

static int replay_texts(struct replay *y, struct slice codes, struct error *err)
{
	int rc = 0;

	while (codes.len > 0 && rc == 0) {
		const char *comma = memchr(codes.p, ',', codes.len);
		size_t len = comma ? (size_t)(comma - codes.p) : codes.len;
		uint16_t party = party_find(y->made->parties,
					    wording_trim(slice_make(codes.p, len)), NULL);

		if (party == PARTY_NONE || texts_of(&y->texts, party))
			rc = error_set(err, ST_MISSING, N_("no such party"));
		else
			rc = replay_text(y, party, err);
		len += comma != NULL;
		codes = slice_make(codes.p + len, codes.len - len);
	}
	return rc;
}

/* What front matter names: a file as the commit has it, else a commit that has the draft. */
static int replay_base(const struct replay *y, const char *name, struct str *out,
		       struct error *err)
{
	int rc = ST_MISSING;

	if (repo_path_is_sane(name))
		rc = repo_read(y->r, y->made->commit, name, FILE_MOST_DRAFT, out, err);
	if (rc == ST_MISSING)
		rc = repo_read(y->r, name, y->made->path, FILE_MOST_DRAFT, out, err);
	return rc;
}

int texts_replay(struct repo *r, const struct texts_made *made, struct str *out,
		 struct error *err)
{
	struct replay y = {.r = r, .made = made};
	struct texts_ask ask = {.base = made->before, .parties = made->parties};
	char *given = made->record->base.len ? slice_dup(made->record->base) : NULL;
	struct str bytes = STR_INIT;
	struct front_matter front;
	const char *base;
	int rc;

	front_matter_read(&front, made->before);
	base = given ? given : front.base;
	if (!slice_ends(slice_of(made->path), ".md"))
		rc = error_set(err, ST_MISSING, N_("%s: no draft"), made->path);
	else
		rc = replay_texts(&y, made->record->consolidated, err);
	/* A draft that was said to be its own base is so as it stood before. */
	if (rc == 0 && base && strcmp(base, made->path) != 0) {
		rc = replay_base(&y, base, &bytes, err);
		ask.base = str_slice(&bytes);
	}
	if (y.texts.n)
		qsort(y.texts.v, y.texts.n, sizeof(*y.texts.v), by_party);
	ask.front = slice_make(made->before.p, front_matter_at(made->before));
	if (rc == 0)
		rc = texts_consolidate(&y.texts, &ask, out, err);
	front_matter_release(&front);
	texts_release(&y.texts);
	str_release(&bytes);
	free(given);
	return rc;
}
