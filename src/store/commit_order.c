/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"
#include "core/utf8.h"
#include "git.h"

#include <git2.h>
#include <string.h>

/* What a commit is asked for with: whether it can be, before anything is written. */

enum { MESSAGE_MOST = 1 << 20 }; /* bytes */

int commit_ready(struct repo *r, struct error *err)
{
	struct repo_state s;
	const char *word;

	repo_state(r, &s);
	if (repo_state_can_commit(&s))
		return ST_OK;
	s.shallow = s.linked = s.separate = s.submodule = s.index_locked = false;
	word = repo_state_word(&s, 0);
	return error_set(err, ST_DENIED, "%s",
			 word ? word : N_("nothing can be committed here"));
}

int commit_check_order(const struct commit_order *o, struct error *err)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct commit_change *c = &o->changes[i];

		if (!repo_path_is_sane(c->path))
			return error_set(err, ST_USAGE, N_("%s: not a path in a repository"),
					 c->path);
		for (size_t k = 0; k < i; k++)
			if (strcmp(o->changes[k].path, c->path) == 0)
				return error_set(err, ST_USAGE, N_("%s: is given twice"),
						 c->path);
	}
	if (o->time < 0 || o->offset < -14 * 60 || o->offset > 14 * 60)
		return error_set(err, ST_INPUT,
				 N_("the time of the commit cannot be: check the "
				    "clock and the time zone"));
	return person_check(o->author->name, o->author->email, err);
}

int commit_tidy_message(struct str *message, struct error *err)
{
	git_buf tidy = {0};
	int rc;

	if (message->len > MESSAGE_MOST)
		return error_set(err, ST_TOO_LARGE, N_("the commit's message is too long"));
	if (message->len && memchr(message->p, '\0', message->len))
		return error_set(err, ST_INPUT, N_("the commit's message has a NUL byte"));
	if (!utf8_valid(message->p, message->len))
		return error_set(err, ST_INPUT, N_("the commit's message is not UTF-8"));
	rc = git_message_prettify(&tidy, str_text(message), 0, '#');
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("the commit's message cannot be used"));
	} else if (!tidy.size) {
		rc = error_set(err, ST_INPUT, N_("the commit's message is empty"));
	} else {
		str_clear(message);
		str_add(message, tidy.ptr, tidy.size);
	}
	git_buf_dispose(&tidy);
	return rc;
}
