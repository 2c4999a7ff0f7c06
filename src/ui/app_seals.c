/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/pin.h"
#include "store/verifier.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Which positions on a draft are signed, and by a key that counts: what `adref verify` says of
 * them, found out beside the keys. */

struct app_seals {
	struct app_job job;      /* first */
	struct host_seals seals; /* views have it */
	struct host_seal *v;
	size_t cap;
};

static struct app_seals *of(struct host_seals *seals)
{
	return (struct app_seals *)((char *)seals - offsetof(struct app_seals, seals));
}

/* ---- whether there is anything to ask ---- */

static bool is_there(const struct workspace *ws, const char *name, const char *file)
{
	struct str path = STR_INIT;
	bool is;

	workspace_side_path(ws, name, file, &path);
	is = access(str_text(&path), F_OK) == 0;
	str_release(&path);
	return is;
}

/* Nobody lists keys here, or signed anything on this draft. */
static bool is_unsigned(const struct workspace *ws, const char *name)
{
	const struct ws_draft *d = workspace_find(ws, name);
	struct str file = STR_INIT;
	bool any = is_there(ws, "", "signers");

	for (size_t i = 0; d && !any && i < d->n_positions; i++) {
		str_clear(&file);
		str_addf(&file, "%s.signatures.yaml", d->positions[i]);
		any = is_there(ws, name, str_text(&file));
	}
	str_release(&file);
	return !any;
}

/* ---- the worker ---- */

/* Whether the party's file, and its signatures, are what was checked: the last commit's. */
static bool is_committed(struct app_job *job, const char *code)
{
	static const char *const endings[] = {"positions", "signatures"};
	struct slice draft = str_slice(&job->path);
	struct str path = STR_INIT;
	bool same = true;

	for (size_t i = 0; i < 2 && same; i++) {
		enum repo_change change;

		str_clear(&path);
		str_add(&path, draft.p, draft.len - strlen(".md"));
		str_addf(&path, "/%s.%s.yaml", code, endings[i]);
		same = repo_changed(job->session.repo, str_text(&path), &change, NULL) == 0 &&
		       change == REPO_SAME;
	}
	str_release(&path);
	return same;
}

static bool seal_of(enum sign_result result, enum host_seal_how *how)
{
	switch (result) {
	case SIGN_GOOD:
		*how = SEAL_GOOD;
		return true;
	case SIGN_UNLISTED:
		*how = SEAL_UNLISTED;
		return true;
	case SIGN_BAD:
		*how = SEAL_BAD;
		return true;
	case SIGN_UNKNOWN:
		*how = SEAL_UNCHECKED;
		return true;
	default:
		return false; /* unsigned, as most are */
	}
}

static void take(struct app_seals *a, const struct verified *v)
{
	const struct parties *parties = &a->job.session.ws.parties;
	uint16_t party = v->kind == VERIFIED_POSITION
				 ? party_find(parties, slice_of(v->party), NULL)
				 : PARTY_NONE;
	enum host_seal_how how;
	size_t at = a->seals.n;

	if (party == PARTY_NONE || !seal_of(v->answer.result, &how) ||
	    !is_committed(&a->job, v->party))
		return;
	MEM_GROW(a->v, a->seals.n, a->cap);
	/* The file by the party's code has the word; those by its other names come after. */
	if (strcmp(parties->v[party].code, v->party) == 0)
		at = 0;
	memmove(a->v + at + 1, a->v + at, (a->seals.n - at) * sizeof(*a->v));
	a->v[at] =
		(struct host_seal){.party = party, .point = mem_strdup(v->point), .how = how};
	a->seals.n++;
}

static int work(struct app_job *job, struct error *err)
{
	struct app_seals *a = (struct app_seals *)job;
	struct error ignored = ERROR_INIT;
	struct verifier v = {.n = 0};
	char pin[REPO_HEX + 1];
	struct verifier_ask ask = {.folder = str_text(&job->folder),
				   .old = "HEAD",
				   .new = "HEAD",
				   .now = (int64_t)time(NULL),
				   .only = str_text(&job->path),
				   .stop = &job->stop};
	int rc;

	if (pin_get(job->session.repo, pin, &ignored) == 0)
		ask.pin = pin;
	rc = verifier_run(&v, job->session.repo, &ask, err);
	if (rc == 0) {
		for (size_t i = 0; i < v.n && !atomic_load(&job->stop); i++)
			take(a, &v.v[i]);
		verifier_release(&v);
	}
	return rc;
}

static void release(struct app_job *job)
{
	struct app_seals *a = (struct app_seals *)job;

	for (size_t i = 0; i < a->seals.n; i++)
		free((char *)a->v[i].point);
	free(a->v);
}

/* ---- the host's part ---- */

static int seals_open(void *data, const char *name, struct host_seals **seals,
		      struct error *err)
{
	struct app *app = data;
	struct app_seals *a;
	int rc;

	if (!app->has_session || is_unsigned(&app->session.ws, name))
		return error_set(err, ST_MISSING, "%s", _("nothing is signed here"));
	a = mem_zalloc(sizeof(*a));
	a->job.work = work;
	a->job.release = release;
	rc = app_job_start(&a->job, app, name, err);
	if (rc == 0)
		*seals = &a->seals;
	return rc;
}

static bool seals_step(void *data, struct host_seals *seals)
{
	struct app_seals *a = of(seals);
	struct error ignored = ERROR_INIT;
	int rc = seals->ended ? 0 : app_job_step(&a->job, &ignored);

	(void)data;
	if (rc > 0)
		return true;
	seals->ended = true;
	seals->v = a->v;
	return false;
}

static void seals_close(void *data, struct host_seals *seals)
{
	(void)data;
	app_job_close(&of(seals)->job);
}

void app_seals_host(struct host *host)
{
	host->seals_open = seals_open;
	host->seals_step = seals_step;
	host->seals_close = seals_close;
}
