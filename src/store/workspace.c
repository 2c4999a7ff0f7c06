/* SPDX-License-Identifier: MIT */
#include "store/workspace.h"

#include "core/mem.h"
#include "workspace_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROBLEMS_MOST = 1000 };

void ws_problems_release(struct ws_problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].file);
		free(p->v[i].draft);
	}
	free(p->v);
	*p = (struct ws_problems){NULL, 0, 0};
}

static void add_problem(struct ws_problems *p, const char *file, const struct yaml_problem *at)
{
	if (!p || p->n >= PROBLEMS_MOST)
		return;
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct ws_problem){mem_strdup(file), *at, NULL};
}

void ws_fail(struct ws_problems *p, const char *file, const char *said)
{
	struct yaml_problems one = {NULL, 0, 0};
	size_t line = 1, column = 1;
	int skip = 0;

	if (sscanf(said, "%zu:%zu: %n", &line, &column, &skip) < 2)
		skip = 0;
	yaml_problem_add(&one, line, column, "%s", error_word(said + skip));
	add_problem(p, file, &one.v[0]);
	yaml_problems_release(&one);
}

bool workspace_name_is_valid(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > WS_NAME_MOST || name[0] == '.' || name[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return true;
}

bool workspace_is_text(const struct workspace *ws, const char *name)
{
	const char *slash = strchr(name, '/');
	char *draft;
	bool is;

	if (!slash || slash == name || strchr(slash + 1, '/'))
		return false;
	draft = slice_dup(slice_make(name, (size_t)(slash - name)));
	is = workspace_find(ws, draft) &&
	     party_find(&ws->parties, slice_of(slash + 1), NULL) != PARTY_NONE;
	free(draft);
	return is;
}

void workspace_draft_path(const struct workspace *ws, const char *name, struct str *out)
{
	str_addf(out, "%s/%s.md", ws->folder, name);
}

void workspace_side_path(const struct workspace *ws, const char *name, const char *file,
			 struct str *out)
{
	str_addf(out, "%s/%s/%s", ws->folder, name, file);
}

void workspace_text_path(const struct workspace *ws, const char *name, const char *code,
			 struct str *out)
{
	str_addf(out, "%s/%s/%s.md", ws->folder, name, code);
}

const char *workspace_short(const struct workspace *ws, const char *path)
{
	size_t len = strlen(ws->root);

	if (strncmp(path, ws->root, len) != 0)
		return path;
	if (len && ws->root[len - 1] == '/')
		return path + len;
	return path[len] == '/' ? path + len + 1 : path;
}

void ws_draft_release(struct ws_draft *d)
{
	free(d->name);
	free(d->path);
	ws_names_free(d->texts, d->n_texts);
	ws_names_free(d->positions, d->n_positions);
}

static void contents_release(struct workspace *ws)
{
	for (size_t i = 0; i < ws->n; i++)
		ws_draft_release(&ws->v[i]);
	free(ws->v);
	parties_release(&ws->parties);
	meetings_release(&ws->meetings);
	ws_problems_release(&ws->problems);
}

void workspace_release(struct workspace *ws)
{
	contents_release(ws);
	free(ws->root);
	free(ws->folder);
	*ws = (struct workspace){.root = NULL};
}

int workspace_unlisted(const struct workspace *ws, const char *name, struct error *err)
{
	for (size_t i = 0; i < ws->problems.n; i++) {
		const struct ws_problem *p = &ws->problems.v[i];

		if (p->draft && strcmp(p->draft, name) == 0)
			return error_set(err, ST_INPUT, "%s: %s", p->file, p->at.text);
	}
	return 0;
}

/* Reads drafts/FILE; false where it is not there, or cannot be read, which is a problem. stamp
 * (or NULL): what the file was. */
static bool read_shared(struct workspace *ws, const char *file, struct str *out,
			struct file_stamp *stamp)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	int rc;

	str_addf(&path, "%s/%s", ws->folder, file);
	rc = file_read(ws->root, str_text(&path), WS_MOST_YAML, out, stamp, &err);
	if (rc < 0 && rc != ST_MISSING)
		ws_fail(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	str_release(&path);
	return rc == 0;
}

static void take_problems(struct ws_problems *to, const char *file, int rc,
			  const struct error *err, struct yaml_problems *from)
{
	if (rc < 0)
		ws_fail(to, file, err->text);
	for (size_t i = 0; i < from->n; i++)
		add_problem(to, file, &from->v[i]);
	yaml_problems_release(from);
}

void ws_problems_take(struct ws_problems *to, const char *name, const char *file,
		      struct yaml_problems *from)
{
	struct str path = STR_INIT;

	str_addf(&path, "drafts/%s/%s", name, file);
	take_problems(to, str_text(&path), 0, NULL, from);
	str_release(&path);
}

void ws_problems_fail(struct ws_problems *to, const char *name, const char *file,
		      const char *said)
{
	struct str path = STR_INIT;
	const char *at;

	str_addf(&path, "drafts/%s/%s", name, file);
	/* The file is said once: the problem has it. */
	at = strstr(said, str_text(&path));
	if (at && (at == said || (said[0] == '/' && at[-1] == '/')))
		said = at + path.len + strspn(at + path.len, ": ");
	ws_fail(to, str_text(&path), said);
	str_release(&path);
}

static void read_parties(struct workspace *ws)
{
	struct yaml_problems problems = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	struct str yaml = STR_INIT;
	int rc = 0;

	if (read_shared(ws, "regions.yaml", &yaml, NULL))
		rc = parties_read(&ws->parties, str_slice(&yaml), &problems, &err);
	else
		parties_init_regions(&ws->parties);
	take_problems(&ws->problems, "drafts/regions.yaml", rc, &err, &problems);
	str_release(&yaml);
}

static void read_meetings(struct workspace *ws)
{
	struct yaml_problems problems = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	struct str yaml = STR_INIT;
	int rc = 0;

	if (read_shared(ws, "meetings.yaml", &yaml, &ws->calendar))
		rc = meetings_read(str_slice(&yaml), &ws->meetings, &problems, &err);
	take_problems(&ws->problems, "drafts/meetings.yaml", rc, &err, &problems);
	str_release(&yaml);
}

bool workspace_follow_calendar(struct workspace *ws)
{
	struct error none = ERROR_INIT;
	struct str path = STR_INIT, yaml = STR_INIT;
	struct file_stamp stamp = {.exists = false};
	struct meetings fresh = {NULL, 0, 0};
	bool changed;
	int rc;

	str_addf(&path, "%s/meetings.yaml", ws->folder);
	changed = file_check(ws->root, str_text(&path), &ws->calendar) != FILE_SAME;
	if (changed) {
		rc = file_read(ws->root, str_text(&path), WS_MOST_YAML, &yaml, &stamp, &none);
		ws->calendar = stamp;
		if (rc == 0)
			rc = meetings_read(str_slice(&yaml), &fresh, NULL, &none);
		changed = rc == 0 || rc == ST_MISSING;
		if (changed) {
			struct meetings before = ws->meetings;

			ws->meetings = fresh;
			fresh = before;
		}
	}
	meetings_release(&fresh);
	str_release(&yaml);
	str_release(&path);
	return changed;
}

int workspace_refresh(struct workspace *ws, struct error *err)
{
	struct workspace now = {.root = ws->root, .folder = ws->folder};
	char **names;
	size_t n;
	int rc = ws_names(ws, ws->folder, &names, &n, err);

	if (rc < 0)
		return rc;
	read_parties(&now);
	read_meetings(&now);
	ws_list(&now, names, n);
	ws_names_free(names, n);
	contents_release(ws);
	*ws = now;
	return 0;
}

static bool is_folder(const char *at, const char *name)
{
	struct str path = STR_INIT;
	struct stat st;
	bool is;

	str_addf(&path, "%s/%s", strcmp(at, "/") ? at : "", name);
	is = stat(str_text(&path), &st) == 0 && S_ISDIR(st.st_mode);
	str_release(&path);
	return is;
}

/* A repository ends the search: what lies above it is somebody else's. */
static bool is_repository(const char *at)
{
	struct str path = STR_INIT;
	bool is;

	str_addf(&path, "%s/.git", strcmp(at, "/") ? at : "");
	is = access(str_text(&path), F_OK) == 0;
	str_release(&path);
	return is;
}

/* Cuts at the folder above; false at the top. */
static bool go_up(struct str *at)
{
	if (at->len <= 1)
		return false;
	while (at->len && at->p[at->len - 1] != '/')
		at->len--;
	if (at->len > 1)
		at->len--;
	return true;
}

int workspace_open(struct workspace *ws, const char *path, struct error *err)
{
	struct str at = STR_INIT;
	int rc = file_resolve(NULL, path, &at, err);
	bool found = false;

	if (rc == 0) {
		do
			found = is_folder(str_text(&at), "drafts");
		while (!found && !is_repository(str_text(&at)) && go_up(&at));
		if (!found)
			rc = error_set(err, ST_MISSING,
				       N_("%s: there is no folder drafts/ here or above; "
					  "\"adref init\" "
					  "makes one"),
				       path);
	}
	if (rc == 0) {
		*ws = (struct workspace){.root = mem_strdup(str_text(&at))};
		str_add_text(&at, at.len > 1 ? "/drafts" : "drafts");
		ws->folder = mem_strdup(str_text(&at));
		rc = workspace_refresh(ws, err);
		if (rc < 0)
			workspace_release(ws);
	}
	str_release(&at);
	return rc;
}

const struct ws_draft *workspace_find(const struct workspace *ws, const char *name)
{
	for (size_t i = 0; i < ws->n; i++)
		if (!strcmp(ws->v[i].name, name))
			return &ws->v[i];
	return NULL;
}
