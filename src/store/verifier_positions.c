/* SPDX-License-Identifier: MIT */
#include "verifier_past.h"

#include "core/bracket.h"
#include "core/mem.h"
#include "core/party.h"
#include "core/sshsig.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>

/* Signatures of positions, as they stand in NEW. */

struct judging {
	struct vwalk *w;
	struct vpast past;
	struct vfound found;
	struct parties parties;
	/* One draft: */
	char *draft;     /* "drafts/res-31" */
	struct str text; /* of it; empty where it is gone */
	struct brackets b;
	char **codes; /* parties with a file beside it, in order */
	size_t n, cap;
};

/* ---- one record against the list ---- */

static void ask_about(struct judging *j, const char *party, const struct seal *s,
		      const struct position *p, struct sign_answer *a)
{
	struct vwalk *w = j->w;
	const char *const names[] = {party, NULL};
	uint32_t state = w->v[w->top].after;
	struct record r =
		seal_record(s, p, slice_of(w->out->root), slice_of(j->draft), slice_of(party));
	struct str bytes = STR_INIT;
	struct sign_question q = {.signature = str_slice(&s->signature),
				  .purpose = RECORD_PURPOSE,
				  .names = names,
				  .who = state == NOWHERE ? NULL : &w->states[state].list,
				  .at = w->ask->hook ? w->ask->now : w->v[w->top].time};

	record_write(&bytes, &r);
	q.bytes = str_slice(&bytes);
	sign_check(&w->checker, &q, a);
	str_release(&bytes);
}

/* Whether a record of the history is good by today's list; its digest into hex. */
static bool was_good(struct judging *j, const struct vpast_seal *past, char hex[DIGEST_HEX + 1])
{
	struct sign_answer a = SIGN_ANSWER_INIT;
	struct party_files f;
	const struct position *p;
	const struct seal *s;
	bool good = false;

	party_files_read(&f, j->w, past->commit, past->draft, past->party);
	s = seals_find(&f.seals, slice_of(past->point));
	p = positions_find(&f.positions, slice_of(past->point));
	if (s && seal_fits(s, s->withdrawn ? NULL : p)) {
		struct record r = seal_record(s, p, slice_of(j->w->out->root),
					      slice_of(past->draft), slice_of(past->party));

		record_digest(&r, hex);
		ask_about(j, past->party, s, p, &a);
		good = a.result == SIGN_GOOD;
	}
	party_files_release(&f);
	sign_answer_release(&a);
	return good;
}

/* ---- against the history ---- */

static void fail(struct sign_answer *a, const char *format, const char *what)
{
	a->result = SIGN_BAD;
	str_clear(&a->why);
	str_add_text(&a->why, error_word(format));
	if (what)
		str_addf(&a->why, " (%.10s)", what);
}

/* A good record must be the party's last, and follow one that is known. */
static void hold_against_past(struct judging *j, const char *party, const struct seal *s,
			      struct sign_answer *a)
{
	char mine[DIGEST_HEX + 1], hex[DIGEST_HEX + 1];
	size_t begin, end;
	bool older = false, follows = false;

	digest_hex(s->signature.p, s->signature.len, mine);
	vpast_range(&j->past, j->draft, party, s->id, &begin, &end);
	for (size_t i = begin; i < end; i++) {
		const struct vpast_seal *p = &j->past.v[i];

		if (strcmp(p->signature, mine) == 0)
			continue;
		if (p->serial < s->serial) {
			bool good = *s->previous && !follows && was_good(j, p, hex);

			older |= good;
			follows |= good && strcmp(hex, s->previous) == 0;
		} else if (was_good(j, p, hex)) {
			fail(a,
			     p->serial > s->serial
				     ? N_("put back: the party signed a later one, in commit")
				     : N_("the party signed two with the same number, one in "
					  "commit"),
			     p->commit);
			return;
		}
	}
	if (older && !follows)
		fail(a, N_("out of order: the record it follows is not in the history"), NULL);
}

/* The last good record that the history has of the point; NULL. */
static const struct vpast_seal *last_good(struct judging *j, const char *party,
					  const char *point)
{
	char hex[DIGEST_HEX + 1];
	size_t begin, end;

	vpast_range(&j->past, j->draft, party, point, &begin, &end);
	for (size_t i = end; i-- > begin;)
		if (was_good(j, &j->past.v[i], hex))
			return &j->past.v[i];
	return NULL;
}

/* ---- against the draft ---- */

/* An option with the short digest of a wording (in full) and other words is a forgery of it. */
static bool has_double(struct judging *j, const char *id, const char *wording)
{
	uint32_t point = brackets_by_id(&j->b, str_slice(&j->text), slice_of(id));
	char hex[DIGEST_HEX + 1];

	if (point == BRACKET_NONE || !*wording)
		return false;
	for (uint32_t k = 0; k <= j->b.points[point].n_options; k++) {
		record_wording(&j->b, str_slice(&j->text), point, k, hex);
		if (strncmp(hex, wording, DIGEST_SHORT) == 0 && strcmp(hex, wording) != 0)
			return true;
	}
	return false;
}

static bool is_open(const struct judging *j, const char *point)
{
	return brackets_by_id(&j->b, str_slice(&j->text), slice_of(point)) != BRACKET_NONE;
}

/* ---- one position ---- */

static void describe(struct verified *v, const struct seal *s, const struct position *p)
{
	struct str text = STR_INIT;

	if (p) {
		str_add_text(&text, stance_word(p->stance));
		if (p->has_option && p->option)
			str_addf(&text, " option %u", p->option);
		else if (p->has_option)
			str_add_text(&text, " no text");
		if (p->strength != STRENGTH_NONE)
			str_addf(&text, " (%s)", strength_word(p->strength));
	} else if (s && s->withdrawn) {
		str_add_text(&text, "withdrawn");
	}
	str_text(&text);
	v->stance = str_detach(&text);
	v->serial = s ? s->serial : 0;
}

/* A file counts for the party that drafts/regions.yaml knows by its name; who may write that
 * list must not give one party's signed word to another: the key has to be listed for both. */
static void hold_against_code(struct judging *j, const char *party, const struct seal *s,
			      struct sign_answer *a)
{
	uint16_t who = party_find(&j->parties, slice_of(party), NULL);
	uint32_t state = j->w->v[j->w->top].after;
	struct sshsig sig = SSHSIG_INIT;
	struct error ignored = ERROR_INIT;

	if (who == PARTY_NONE || strcmp(j->parties.v[who].code, party) == 0)
		return;
	if (state == NOWHERE || sshsig_read(str_slice(&s->signature), &sig, &ignored) < 0 ||
	    !signers_has(&j->w->states[state].list, str_slice(&sig.key),
			 j->parties.v[who].code)) {
		a->result = SIGN_UNLISTED;
		str_clear(&a->why);
		str_addf(&a->why,
			 error_word(N_("the file counts for %s here, and the key is not listed "
				       "for it")),
			 j->parties.v[who].code);
	}
	sshsig_release(&sig);
}

static void judge_sealed(struct judging *j, const char *party, const struct seal *s,
			 const struct position *p, struct sign_answer *a)
{
	if (p && s->withdrawn) {
		sign_answer_set(a, SIGN_BAD,
				N_("the party took this position back; it stands again"));
	} else if (!p && !s->withdrawn) {
		sign_answer_set(a, SIGN_BAD, N_("the position is gone, its signature is not"));
	} else if (!seal_fits(s, p)) {
		sign_answer_set(a, SIGN_BAD, N_("not the wording that was signed"));
	} else {
		ask_about(j, party, s, p, a);
		if (a->result == SIGN_GOOD)
			hold_against_code(j, party, s, a);
		if (a->result == SIGN_GOOD)
			hold_against_past(j, party, s, a);
		if (a->result == SIGN_GOOD && has_double(j, s->id, s->wording))
			fail(a,
			     N_("the draft has other words with the digest of those that were "
				"signed"),
			     NULL);
	}
}

/* A file by another name of a party counts where the one by its code says nothing: what the
 * party signed there must not be said anew here without it. */
static const struct vpast_seal *under_code(struct judging *j, const char *party,
					   const char *point)
{
	uint16_t who = party_find(&j->parties, slice_of(party), NULL);

	if (who == PARTY_NONE || strcmp(j->parties.v[who].code, party) == 0)
		return NULL;
	return last_good(j, j->parties.v[who].code, point);
}

static struct verified *add(struct judging *j, const char *party, const char *point)
{
	struct verified *v = verifier_add(j->w->out, VERIFIED_POSITION);

	v->draft = mem_strdup(strrchr(j->draft, '/') ? strrchr(j->draft, '/') + 1 : j->draft);
	v->party = mem_strdup(party);
	v->point = mem_strdup(point);
	return v;
}

/* Nobody ever signed anything here: it is as it stood where trust begins, or unsigned. */
static void judge_unsigned(struct judging *j, const struct position *p, struct sign_answer *a)
{
	char wording[DIGEST_HEX + 1];

	if (!vfound_same(&j->found, p, &j->parties))
		return;
	if (vfound_wording(&j->found, p, wording) && has_double(j, p->id, wording))
		fail(a,
		     N_("the draft has other words with the digest of those that it was "
			"given on"),
		     NULL);
	else
		sign_answer_set(a, SIGN_FOUND, "");
}

/* What stood where trust begins, and is gone. */
static void judge_gone(struct judging *j, const char *party, const char *point)
{
	struct verified *v;

	if (!is_open(j, point) || last_good(j, party, point))
		return;
	v = add(j, party, point);
	describe(v, NULL, NULL);
	sign_answer_set(&v->answer, SIGN_UNSIGNED,
			N_("it stood where trust begins and is gone; nobody signed that"));
}

static void judge_point(struct judging *j, const char *party, const char *point,
			const struct seal *s, const struct position *p)
{
	const struct vpast_seal *past = s ? NULL : last_good(j, party, point);
	struct verified *v;

	/* Who clears away after a decision does no harm. */
	if (!p && !is_open(j, point) && (!s || !s->withdrawn))
		return;
	if (!p && !s && (!past || past->withdrawn))
		return;
	v = add(j, party, point);
	describe(v, s, p);
	if (s)
		judge_sealed(j, party, s, p, &v->answer);
	else if (p && !past && (past = under_code(j, party, point)))
		fail(&v->answer,
		     N_("the party signed its position under its code; this file has its "
			"other name; see commit"),
		     past->commit);
	else if (past)
		fail(&v->answer,
		     p ? N_("it was signed, and is not any longer; see commit")
		       : N_("a signed position is gone; see commit"),
		     past->commit);
	else
		judge_unsigned(j, p, &v->answer);
}

/* What stood where trust begins, and the files say nothing of. */
static void judge_found(struct judging *j, const struct party_files *f, const char *party)
{
	const struct positions *then = &j->found.files.positions;

	for (size_t i = 0; j->found.party && i < then->n; i++) {
		struct slice id = slice_of(then->v[i].id);

		if (vfound_on(&j->found, then->v[i].id) == &then->v[i] &&
		    !positions_find(&f->positions, id) && !seals_find(&f->seals, id))
			judge_gone(j, party, then->v[i].id);
	}
}

static void judge_party(struct judging *j, const char *party)
{
	struct party_files f;
	size_t begin = 0, end = 0;

	party_files_read(&f, j->w, j->w->new, j->draft, party);
	vfound_party(&j->found, j->draft, party);
	if (f.trouble) {
		struct verified *v = add(j, party, "");

		v->stance = mem_strdup("");
		sign_answer_set(&v->answer, SIGN_BAD, f.trouble);
	}
	for (size_t i = 0; i < f.positions.n; i++) {
		const char *id = f.positions.v[i].id;

		judge_point(j, party, id, seals_find(&f.seals, slice_of(id)),
			    &f.positions.v[i]);
	}
	for (size_t i = 0; i < f.seals.n; i++)
		if (!positions_find(&f.positions, slice_of(f.seals.v[i].id)))
			judge_point(j, party, f.seals.v[i].id, &f.seals.v[i], NULL);
	/* What only the history has. */
	for (size_t i = 0; i < j->past.n; i = end) {
		const struct vpast_seal *p = &j->past.v[i];

		vpast_range(&j->past, p->draft, p->party, p->point, &begin, &end);
		if (strcmp(p->draft, j->draft) == 0 && strcmp(p->party, party) == 0 &&
		    !seals_find(&f.seals, slice_of(p->point)) &&
		    !positions_find(&f.positions, slice_of(p->point)))
			judge_point(j, party, p->point, NULL, NULL);
	}
	judge_found(j, &f, party);
	party_files_release(&f);
}

/* ---- one draft ---- */

static void add_code(struct judging *j, struct slice code)
{
	for (size_t i = 0; i < j->n; i++)
		if (slice_is(code, j->codes[i]))
			return;
	MEM_GROW(j->codes, j->n, j->cap);
	j->codes[j->n++] = slice_dup(code);
}

static void note_file(void *arg, const char *name, char kind, const char *id)
{
	static const char *const endings[] = {".positions.yaml", ".signatures.yaml"};
	struct slice file = slice_of(name);

	(void)kind;
	(void)id;
	for (size_t i = 0; i < 2; i++)
		if (slice_ends(file, endings[i]) && file.len > strlen(endings[i]))
			add_code(arg, slice_make(name, file.len - strlen(endings[i])));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void judge_draft(struct judging *j, const char *path)
{
	struct str file = STR_INIT;

	j->draft = mem_strdup(path);
	str_addf(&file, "%s.md", path);
	if (repo_read(j->w->r, j->w->new, str_text(&file), FILE_MOST_DRAFT, &j->text, NULL) < 0)
		str_clear(&j->text);
	brackets_read(&j->b, str_slice(&j->text), &j->parties);
	vfound_draft(&j->found, path);
	vwalk_list(j->w, j->w->v[j->w->top].tree, path, note_file, j);
	if (*j->w->out->pin)
		vwalk_list(j->w, j->w->v[j->w->begin].tree, path, note_file, j);
	for (size_t i = 0; i < j->past.n; i++)
		if (strcmp(j->past.v[i].draft, path) == 0)
			add_code(j, slice_of(j->past.v[i].party));
	if (j->n)
		qsort(j->codes, j->n, sizeof(*j->codes), by_name);
	for (size_t i = 0; i < j->n; i++)
		judge_party(j, j->codes[i]);
	for (size_t i = 0; i < j->n; i++)
		free(j->codes[i]);
	j->n = 0;
	brackets_release(&j->b);
	str_clear(&j->text);
	str_release(&file);
	free(j->draft);
	j->draft = NULL;
}

/* ---- all of them ---- */

struct names {
	char **v;
	size_t n, cap;
};

static void note_name(struct names *names, const char *path)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->v[i], path) == 0)
			return;
	MEM_GROW(names->v, names->n, names->cap);
	names->v[names->n++] = mem_strdup(path);
}

struct listing {
	struct names names;
	const char *folder;
};

static void note_folder(void *arg, const char *name, char kind, const char *id)
{
	struct listing *l = arg;
	struct str path = STR_INIT;

	(void)id;
	str_addf(&path, "%s/%s", l->folder, name);
	if (kind == 'd')
		note_name(&l->names, str_text(&path));
	str_release(&path);
}

static bool is_asked_for(const struct verifier_ask *ask, const char *draft)
{
	size_t len = strlen(draft);

	return !ask->only ||
	       (strncmp(ask->only, draft, len) == 0 && strcmp(ask->only + len, ".md") == 0);
}

void vwalk_positions(struct vwalk *w)
{
	struct judging j = {.w = w};
	struct listing l = {.folder = w->ask->folder};

	/* Whose brackets are whose: what an option's words are depends on it. */
	vwalk_parties(w, w->new, &j.parties);
	vfound_init(&j.found, w);
	vpast_read(&j.past, w);
	vwalk_list(w, w->v[w->top].tree, w->ask->folder, note_folder, &l);
	if (*w->out->pin)
		vwalk_list(w, w->v[w->begin].tree, w->ask->folder, note_folder, &l);
	for (size_t i = 0; i < j.past.n; i++)
		if (!i || strcmp(j.past.v[i - 1].draft, j.past.v[i].draft) != 0)
			note_name(&l.names, j.past.v[i].draft);
	if (l.names.n)
		qsort(l.names.v, l.names.n, sizeof(*l.names.v), by_name);
	for (size_t i = 0; i < l.names.n; i++) {
		if (is_asked_for(w->ask, l.names.v[i]))
			judge_draft(&j, l.names.v[i]);
		free(l.names.v[i]);
	}
	free(l.names.v);
	free(j.codes);
	vpast_release(&j.past);
	vfound_release(&j.found);
	parties_release(&j.parties);
	str_release(&j.text);
}
