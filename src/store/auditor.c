/* SPDX-License-Identifier: MIT */
#include "store/auditor.h"

#include "core/mem.h"
#include "core/merge.h"
#include "core/message.h"
#include "store/version.h"
#include "store/texts.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 50 };
enum { TURNS_MOST = 16 }; /* versions that another merge may have been made with */

void auditor_release(struct auditor *a)
{
	for (size_t i = 0; i < a->n; i++) {
		version_release(&a->v[i].version);
		audit_release(&a->v[i].audit);
	}
	for (size_t i = 0; i < a->n_notes; i++)
		free(a->notes[i]);
	free(a->v);
	free(a->notes);
	memset(a, 0, sizeof(*a));
}

static bool goes_on(const struct versions_between *ask)
{
	return !ask->step || ask->step(ask->arg);
}

static void add_note(struct auditor *a, const char *text)
{
	a->notes = mem_array(a->notes, a->n_notes + 1, sizeof(*a->notes));
	a->notes[a->n_notes++] = mem_strdup(text);
}

/* The texts that a step is held against; owned. */
struct papers {
	struct str before, after, undone_before, undone_after, agreed, consolidated;
	struct str
		*others; /* three a parent: its text, where it parts from the first, merged */
	struct audit_parent *parents;
	size_t n_others;
	struct agreed_list list;
};

static void papers_release(struct papers *p)
{
	str_release(&p->before);
	str_release(&p->after);
	str_release(&p->undone_before);
	str_release(&p->undone_after);
	str_release(&p->agreed);
	str_release(&p->consolidated);
	for (size_t i = 0; i < 3 * p->n_others; i++)
		str_release(&p->others[i]);
	free(p->others);
	free(p->parents);
	agreed_release(&p->list);
}

static int read_blob(struct repo *r, const char *blob, struct str *out, struct error *err)
{
	return *blob ? version_read(r, blob, out, err) : ST_OK;
}

static bool is_decision(const struct version *v)
{
	struct message_record record;

	message_parse(str_slice(&v->message), &record);
	return record.kind == MESSAGE_DECISION;
}

/* What the undone decision did to the draft. false: it undoes none that came before it. */
static bool read_undone(struct repo *r, const char *at, const struct message_record *record,
			const char *path, struct papers *p)
{
	struct version c = VERSION_INIT;
	char *id = slice_dup(record->undoes);
	bool good = record->kind == MESSAGE_UNDO && record->undoes.len == REPO_HEX &&
		    history_read(r, id, path, &c, NULL) == ST_OK && is_decision(&c) &&
		    repo_descends(r, at, c.id, NULL) > 0 && *c.files->blob &&
		    *c.files->before &&
		    read_blob(r, c.files->before, &p->undone_before, NULL) == ST_OK &&
		    read_blob(r, c.files->blob, &p->undone_after, NULL) == ST_OK;

	version_release(&c);
	free(id);
	return good;
}

/* The merge of two parents, made again. false: they have nothing in common. */
static bool merge_again(struct repo *r, const char *const *parents, const char *path,
			struct slice ours, struct slice theirs, const struct parties *parties,
			struct str *base, struct str *merged)
{
	struct merge_ask ask = {
		.ours = {ours, PARTY_NONE}, .theirs = {theirs, PARTY_NONE}, .parties = parties};
	char hex[REPO_HEX + 1];
	struct merge_outcome outcome;

	if (repo_merge_base(r, parents[0], parents[1], hex, NULL) < 0 ||
	    repo_read(r, hex, path, VERSION_MOST, base, NULL) < 0)
		return false;
	ask.base = str_slice(base);
	merge_texts(&ask, merged, &outcome);
	return true;
}

/* Sync makes one merge of two, as others send more before it is sent: first with what they had
 * then, which is one of their versions, and that with what they have now. Fills merged where
 * this gives the text after. */
static void merge_in_turn(struct repo *r, const char *const *parents, const char *path,
			  const struct audit_parent *other, const struct papers *p,
			  const struct versions_between *ask, struct str *merged)
{
	const struct versions_ask what = {
		.revision = parents[1], .path = path, .no_cache = true, .except = parents[0]};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	bool found = false;
	size_t turns = 0;
	int rc = versions_open(&v, r, &what, NULL);

	while (rc >= 0 && turns < TURNS_MOST && !found && goes_on(ask) &&
	       (rc = versions_next(v, LOOK_MS, &one)) > 0) {
		const char *two[2] = {parents[0], one.id};
		struct str then = STR_INIT, base = STR_INIT, first = STR_INIT, both = STR_INIT;
		struct merge_outcome outcome;

		if (rc == VERSIONS_WAITING)
			continue;
		turns++;
		if (read_blob(r, one.files[0].blob, &then, NULL) == ST_OK &&
		    merge_again(r, two, path, str_slice(&p->before), str_slice(&then),
				ask->parties, &base, &first)) {
			merge_texts(&(struct merge_ask){.base = str_slice(&then),
							.ours = {str_slice(&first), PARTY_NONE},
							.theirs = {other->text, PARTY_NONE},
							.parties = ask->parties},
				    &both, &outcome);
			found = slice_equal(str_slice(&both), str_slice(&p->after));
		}
		if (found) {
			str_clear(merged);
			str_add_slice(merged, str_slice(&both));
		}
		str_release(&then);
		str_release(&base);
		str_release(&first);
		str_release(&both);
	}
	versions_free(v);
	version_release(&one);
}

/* What the file is called where two parents of a merge part: as one of them calls it. */
static const char *name_in_base(struct repo *r, const char *const *two, const char *ours,
				const char *theirs)
{
	char hex[REPO_HEX + 1], blob[REPO_HEX + 1];

	if (repo_merge_base(r, two[0], two[1], hex, NULL) == ST_OK &&
	    repo_blob(r, hex, theirs, blob, NULL) < 0 &&
	    repo_blob(r, hex, ours, blob, NULL) == ST_OK)
		return ours;
	return theirs;
}

static void read_others(struct repo *r, const struct version *v,
			const struct versions_between *ask, struct papers *p)
{
	const struct version_file *f = &v->files[0];
	const char *ours = f->was ? f->was : f->path;

	p->others = mem_zalloc((3 * v->n_parents + 1) * sizeof(*p->others));
	p->parents = mem_zalloc((v->n_parents + 1) * sizeof(*p->parents));
	for (size_t i = 1; i < v->n_parents; i++) {
		const char *two[2] = {v->parents[0], v->parents[i]};
		struct str *s = &p->others[3 * p->n_others];
		struct audit_parent *one = &p->parents[p->n_others];
		char *theirs = NULL, hex[REPO_HEX + 1];
		const char *then;

		if (!version_at_parent(r, v, i, hex, &theirs) ||
		    version_read(r, hex, &s[0], NULL) < 0) {
			free(theirs);
			str_release(&s[0]);
			str_init(&s[0]);
			continue;
		}
		p->n_others++;
		one->text = str_slice(&s[0]);
		then = name_in_base(r, two, ours, theirs);
		one->parts = merge_again(r, two, then, str_slice(&p->before), one->text,
					 ask->parties, &s[1], &s[2]);
		if (one->parts && !slice_equal(str_slice(&s[2]), str_slice(&p->after)))
			merge_in_turn(r, two, then, one, p, ask, &s[2]);
		one->base = str_slice(&s[1]);
		one->merged = str_slice(&s[2]);
		free(theirs);
	}
}

/* Which paragraphs were agreed before the step: agreed.yaml of the first parent. */
static void read_agreed(struct repo *r, const struct version *v, const char *path,
			struct papers *p)
{
	struct slice draft = slice_of(path);
	struct str file = STR_INIT;

	if (v->n_parents && slice_ends(draft, ".md")) {
		str_addf(&file, "%.*s/agreed.yaml", (int)(draft.len - 3), draft.p);
		if (repo_read(r, v->parents[0], str_text(&file), VERSION_MOST, &p->agreed,
			      NULL) < 0)
			str_clear(&p->agreed);
	}
	if (agreed_read(str_slice(&p->agreed), &p->list, NULL, NULL) < 0) {
		/* A list that cannot be read lists nothing. */
	}
	str_release(&file);
}

/* The parties as they were: their order and names are part of what was made. */
static void read_parties(struct repo *r, const char *id, const char *path, struct parties *out)
{
	const char *slash = strrchr(path, '/');
	struct str file = STR_INIT, yaml = STR_INIT;

	str_addf(&file, "%.*sregions.yaml", slash ? (int)(slash - path) + 1 : 0, path);
	if (repo_read(r, id, str_text(&file), WS_MOST_YAML, &yaml, NULL) < 0)
		parties_init_regions(out);
	else if (parties_read(out, str_slice(&yaml), NULL, NULL) < 0) {
		/* What cannot be read is the six regions, as everywhere. */
	}
	str_release(&file);
	str_release(&yaml);
}

/* Made again on what the first parent had; at a merge, else on what another one had. */
static bool read_consolidated(struct repo *r, const struct version *v, const char *path,
			      const struct message_record *record, struct papers *p)
{
	struct str made = STR_INIT;
	struct parties parties;
	bool good = false;

	if (!record->consolidated.len || !v->n_parents)
		return false;
	read_parties(r, v->id, path, &parties);
	for (size_t i = 0; i <= p->n_others; i++) {
		struct slice before = i ? p->parents[i - 1].text : str_slice(&p->before);
		struct texts_made then = {.commit = v->id,
					  .path = path,
					  .before = before,
					  .record = record,
					  .parties = &parties};

		str_clear(&made);
		if (texts_replay(r, &then, &made, NULL) < 0)
			continue;
		if (!good || slice_equal(str_slice(&made), str_slice(&p->after))) {
			str_clear(&p->consolidated);
			str_add_slice(&p->consolidated, str_slice(&made));
		}
		good = true;
	}
	parties_release(&parties);
	str_release(&made);
	return good;
}

static void look_at(struct auditor *a, struct repo *r, struct auditor_step *s,
		    const struct versions_between *ask)
{
	const struct version *v = &s->version;
	const struct version_file *f = &v->files[0];
	struct papers p = {.before = STR_INIT};
	struct message_record record;
	struct error why = ERROR_INIT;
	struct slice edit;
	struct audit_step step;

	message_parse(str_slice(&v->message), &record);
	if (read_blob(r, f->before, &p.before, &why) < 0 ||
	    read_blob(r, f->blob, &p.after, &why) < 0) {
		struct str text = STR_INIT;

		str_addf(&text, error_word(N_("version %.10s cannot be looked at: %s")), v->id,
			 why.text);
		add_note(a, str_text(&text));
		str_release(&text);
		s->unread = true;
		papers_release(&p);
		return;
	}
	read_others(r, v, ask, &p);
	read_agreed(r, v, f->was ? f->was : f->path, &p);
	step = (struct audit_step){.before = str_slice(&p.before),
				   .after = str_slice(&p.after),
				   .record = &record,
				   .agreed_edit = audit_edit_of(str_slice(&v->message), &edit),
				   .undoes = read_undone(r, v->id, &record, f->path, &p),
				   .undone_before = str_slice(&p.undone_before),
				   .undone_after = str_slice(&p.undone_after),
				   .consolidates =
					   read_consolidated(r, v, f->path, &record, &p),
				   .others = p.parents,
				   .n_others = p.n_others,
				   .agreed = &p.list};
	step.consolidated = str_slice(&p.consolidated);
	audit_step(&s->audit, &step, ask->parties);
	papers_release(&p);
}

/* A draft that began in between is all new, one that was deleted all gone. */
static int is_in_either(struct repo *r, const struct versions_between *ask, struct error *err)
{
	char hex[REPO_HEX + 1];
	int rc = repo_blob(r, ask->new, ask->path, hex, err);

	if (rc == ST_MISSING && repo_resolve(r, ask->new, hex, NULL) == ST_OK &&
	    repo_blob(r, ask->old, ask->path, hex, NULL) == ST_OK)
		rc = ST_OK;
	else if (rc == ST_MISSING && repo_resolve(r, ask->new, hex, NULL) == ST_OK)
		rc = error_set(err, ST_MISSING,
			       N_("%s: in neither version; \"adref log\" lists them all"),
			       ask->path);
	return rc;
}

int auditor_run(struct auditor *out, struct repo *r, const struct versions_between *ask,
		struct error *err)
{
	struct version_list versions = {NULL, 0, 0};
	struct auditor a = {.n = 0};
	struct versions *walk = NULL;
	int rc = is_in_either(r, ask, err);

	if (rc == ST_OK)
		rc = version_list_between(&versions, r, ask, &walk, err);
	for (size_t i = 0; walk && versions_note(walk, i); i++)
		add_note(&a, versions_note(walk, i));
	for (size_t i = versions.n; rc == ST_OK && i-- > 0;) {
		struct auditor_step *s;

		MEM_GROW(a.v, a.n, a.cap);
		s = &a.v[a.n++];
		*s = (struct auditor_step){.version = versions.v[i]};
		versions.v[i] = (struct version)VERSION_INIT;
		look_at(&a, r, s, ask);
		a.open += s->unread || s->audit.cover == AUDIT_OPEN;
		if (!goes_on(ask))
			rc = error_set(err, ST_FAIL, N_("stopped"));
	}
	version_list_release(&versions);
	versions_free(walk);
	if (rc < 0)
		auditor_release(&a);
	else
		*out = a;
	return rc;
}
