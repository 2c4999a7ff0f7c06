/* SPDX-License-Identifier: MIT */
#include "cli/past.h"

#include "cli/cli.h"
#include "cli/input.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int find(struct past *p, const char *draft, struct error *err)
{
	struct str path = STR_INIT;
	const char *base = strrchr(draft, '/');
	struct slice name = slice_of(base ? base + 1 : draft);
	int rc;

	if (slice_ends(name, ".md") && (base || access(draft, F_OK) == 0))
		name.len -= 3;
	p->name = slice_dup(name);
	if (!base && !workspace_name_is_valid(p->name))
		rc = error_set(err, ST_USAGE, _("%s: not a draft's name"), draft);
	else if (!base)
		rc = session_path(&p->session, p->name, &p->path, err);
	else
		rc = repo_path(p->session.repo, draft, &p->path, err);
	if (rc == 0)
		rc = repo_file(p->session.repo, str_text(&p->path), &path, err);
	p->there = rc == 0 && access(str_text(&path), F_OK) == 0;
	str_release(&path);
	return rc;
}

int past_open(struct past *p, const char *draft, struct error *err)
{
	int rc;

	memset(p, 0, sizeof(*p));
	rc = session_open(&p->session, draft && strchr(draft, '/') ? draft : NULL, err);
	if (rc < 0)
		return input_nowhere(err);
	rc = session_repo(&p->session, err);
	if (rc == 0)
		rc = repo_path(p->session.repo, p->session.ws.folder, &p->folder, err);
	if (rc == 0 && draft)
		rc = find(p, draft, err);
	if (rc < 0)
		past_release(p);
	return rc;
}

void past_release(struct past *p)
{
	if (p->session.kept.len)
		cli_note("%s", str_text(&p->session.kept));
	session_release(&p->session);
	str_release(&p->path);
	str_release(&p->folder);
	free(p->name);
}

const char *past_split(const char *what, char **rev)
{
	const char *colon = strrchr(what, ':');

	*rev = colon ? slice_dup(slice_make(what, (size_t)(colon - what))) : mem_strdup(what);
	return colon ? colon + 1 : NULL;
}

/* The calendar's part of that question; folder: of all drafts. */
static struct named_ask ask_of(struct past *p, bool folder)
{
	return (struct named_ask){.r = p->session.repo,
				  .calendar = &p->session.ws.meetings,
				  .path = str_text(folder ? &p->folder : &p->path),
				  .folder = folder};
}

static int say_note(const struct named *n, int rc)
{
	if (rc == 0 && n->note.len)
		cli_note("%s", str_text((struct str *)&n->note));
	return rc;
}

int past_named(struct past *p, const char *revision, struct named *out, struct error *err)
{
	struct named_ask ask = ask_of(p, !p->name);

	return say_note(out, named_find(out, &ask, revision, err));
}

int past_read(struct past *p, const char *revision, size_t most, struct named *out,
	      struct str *text, struct error *err)
{
	struct named_ask ask = ask_of(p, false);

	return say_note(out, named_read(out, &ask, revision, most, text, err));
}
