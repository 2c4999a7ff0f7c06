/* SPDX-License-Identifier: MIT */
#include "store/tags.h"

#include "core/mem.h"
#include "core/message.h"
#include "core/sorted.h"
#include "git.h"

#include <git2.h>
#include <string.h>

enum { TAGS_MOST = 10000 };

static int add(git_reference *ref, void *arg)
{
	struct tag_list *list = arg;
	git_object *commit = NULL;

	if (list->n < TAGS_MOST && git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT) == 0) {
		MEM_GROW(list->v, list->n, list->cap);
		git_oid_tostr(list->v[list->n].id, REPO_HEX + 1, git_object_id(commit));
		list->v[list->n++].name = mem_strdup(git_reference_shorthand(ref));
	}
	git_object_free(commit);
	git_reference_free(ref);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct tag *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : strcmp(x->name, y->name);
}

void tags_read(struct tag_list *list, struct repo *r)
{
	git_reference_iterator *it = NULL;
	git_reference *ref;

	*list = (struct tag_list){NULL, 0, 0};
	if (git_reference_iterator_glob_new(&it, r->git, "refs/tags/*") < 0)
		return;
	while (git_reference_next(&ref, it) == 0)
		add(ref, list);
	git_reference_iterator_free(it);
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare);
}

void tags_release(struct tag_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].name);
	free(list->v);
}

const char *tags_find(const struct tag_list *list, const char *id)
{
	size_t lo;

	SORTED_SKIP(lo, list->n, strcmp(list->v[lo].id, id) < 0);
	return lo < list->n && strcmp(list->v[lo].id, id) == 0 ? list->v[lo].name : "";
}

const char *tags_meeting(const struct tag_list *list, const struct meetings *calendar,
			 const struct version *v, struct str *keep)
{
	const char *tag = tags_find(list, v->id);
	struct message_record record;
	const struct meeting *m;
	char day[16];

	message_parse(str_slice(&v->message), &record);
	if (record.meeting.len) {
		str_clear(keep);
		str_add_slice(keep, record.meeting);
		return str_text(keep);
	}
	m = *tag ? meetings_find(calendar, tag) : NULL;
	if (m)
		return m->code;
	version_day(v, day);
	m = meetings_at(calendar, day);
	/* Between two meetings it is of neither. */
	return m && *m->last && strcmp(day, m->last) <= 0 ? m->code : "";
}
