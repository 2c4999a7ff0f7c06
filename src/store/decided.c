/* SPDX-License-Identifier: MIT */
#include "store/decided.h"

#include "core/life.h"
#include "core/mem.h"
#include "core/message.h"
#include "store/version.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

void decided_release(struct decided_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		version_release(&list->v[i].version);
	free(list->v);
	*list = (struct decided_list){NULL, 0};
}

/* The older text as the first version of a life, under the name it had then. there: whether it
 * was; the draft may have begun later. */
static int begin(struct life *l, struct repo *r, const struct version_list *versions,
		 const struct versions_between *ask, bool *there, struct error *err)
{
	struct life_version first = {.base = LIFE_NONE, .undoes = LIFE_NONE};
	const char *path = ask->path;
	struct str text = STR_INIT;
	int rc;

	for (size_t i = versions->n; i-- > 0;)
		if (versions->v[i].files[0].was) {
			path = versions->v[i].files[0].was;
			break;
		}
	rc = repo_read(r, ask->old, path, VERSION_MOST, &text, err);
	if (rc == ST_OK) {
		first.text = str_slice(&text);
		life_add(l, &first, ask->parties);
	}
	*there = rc == ST_OK;
	str_release(&text);
	return rc == ST_MISSING ? ST_OK : rc;
}

/* The version a text was made from: the newest one with that blob, else the one before. */
static uint32_t base_of(const struct version_list *versions, size_t i, const char *blob)
{
	for (size_t k = i + 1; k < versions->n; k++)
		if (strcmp(versions->v[k].files[0].blob, blob) == 0)
			return (uint32_t)(versions->n - k);
	return 0;
}

static int add_versions(struct life *l, struct repo *r, const struct version_list *versions,
			const struct versions_between *ask, struct error *err)
{
	struct str text = STR_INIT;
	int rc = ST_OK;

	for (size_t i = versions->n; rc == ST_OK && i-- > 0;) {
		const struct version *v = &versions->v[i];
		struct message_record record;
		struct life_version step = {.record = &record, .undoes = LIFE_NONE};

		str_clear(&text);
		message_parse(str_slice(&v->message), &record);
		step.base = base_of(versions, i, v->files[0].before);
		while (!life_is_there(l, step.base))
			step.base--; /* one that could not be read */
		step.gone = !*v->files[0].blob;
		if (!step.gone && version_read(r, v->files[0].blob, &text, NULL) < 0) {
			life_aside(l);
			continue;
		}
		step.text = str_slice(&text);
		life_add(l, &step, ask->parties);
		if (ask->step && !ask->step(ask->arg))
			rc = error_set(err, ST_FAIL, N_("stopped"));
	}
	str_release(&text);
	return rc;
}

/* The newest event that ended the point; a later one may have opened it again. */
static const struct life_event *decision_of(const struct life *l, uint32_t point)
{
	uint32_t last = l->points[point].last;

	for (; last != LIFE_NONE; last = l->events[last].previous) {
		const struct life_event *e = &l->events[last];

		if (e->kind == LIFE_REOPENED)
			return NULL;
		if (e->kind == LIFE_RESOLVED)
			return e->recorded ? e : NULL;
	}
	return NULL;
}

int decided_between(struct decided_list *list, struct repo *r,
		    const struct versions_between *ask, struct error *err)
{
	struct version_list versions = {NULL, 0, 0};
	struct life_spot *spots = NULL;
	struct life l;
	size_t n = 0;
	bool there = false;
	int rc = version_list_between(&versions, r, ask, NULL, err);

	life_init(&l);
	if (rc >= 0)
		rc = begin(&l, r, &versions, ask, &there, err);
	if (rc >= 0 && there)
		rc = add_versions(&l, r, &versions, ask, err);
	if (rc >= 0) {
		n = there ? life_spots(&l, 0, &spots) : 0;
		list->v = mem_zalloc((n + 1) * sizeof(*list->v));
		list->n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		const struct life_event *e = decision_of(&l, spots[i].point);
		struct decided *d;

		if (!e)
			continue;
		d = &list->v[list->n++];
		*d = (struct decided){spots[i].begin, spots[i].end, VERSION_INIT};
		version_copy(&d->version, &versions.v[versions.n - e->version]);
	}
	free(spots);
	life_release(&l);
	version_list_release(&versions);
	return rc < 0 ? rc : ST_OK;
}
