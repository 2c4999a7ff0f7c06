/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/tags.h"
#include "ui/app_inner.h"

#include <stdlib.h>

/* What views are told of a version. */

void app_version_name(struct app_version *a, const struct version *v,
		      const struct tag_list *tags, const struct meetings *calendar)
{
	struct str keep = STR_INIT;

	version_day(v, a->day);
	a->meeting = mem_strdup(tags_meeting(tags, calendar, v, &keep));
	a->tag = mem_strdup(tags_find(tags, v->id));
	str_release(&keep);
}

void app_version_release(struct app_version *a)
{
	free(a->meeting);
	free(a->tag);
}

struct host_version app_version_show(const struct app_version *a, const struct version *v,
				     const struct version_file *f)
{
	return (struct host_version){
		.id = v->id,
		.date = a->day,
		.author = v->author.name ? v->author.name : "",
		.meeting = a->meeting ? a->meeting : "",
		.tag = a->tag ? a->tag : "",
		.message = slice_make(v->message.len ? v->message.p : "", v->message.len),
		.path = f ? f->path : "",
		.parent = f              ? version_parent(v, f)
			  : v->n_parents ? v->parents[0]
					 : "",
		.was = f && f->was ? f->was : "",
		.added = f && !*f->before,
		.deleted = f && !*f->blob,
		.merge = v->n_parents > 1,
		.left = f && f->left,
	};
}
