/* SPDX-License-Identifier: MIT */
#include "store/workspace.h"

#include "core/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MOST = 100, DRAFTS_MOST = 10000, PROBLEMS_MOST = 1000 };

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

/* A whole file that cannot be used; "line:column: " at the start of what is said is its place.
 */
static void add_failure(struct ws_problems *p, const char *file, const char *said)
{
	struct yaml_problems one = {NULL, 0, 0};
	size_t line = 1, column = 1;
	int skip = 0;

	if (sscanf(said, "%zu:%zu: %n", &line, &column, &skip) < 2)
		skip = 0;
	yaml_problem_add(&one, line, column, "%s", said + skip);
	add_problem(p, file, &one.v[0]);
	yaml_problems_release(&one);
}

bool workspace_name_is_valid(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > NAME_MOST || name[0] == '.' || name[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return true;
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

static void free_texts(char **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i]);
	free(list);
}

static void draft_release(struct ws_draft *d)
{
	free(d->name);
	free(d->path);
	free_texts(d->texts, d->n_texts);
	free_texts(d->positions, d->n_positions);
}

static void contents_release(struct workspace *ws)
{
	for (size_t i = 0; i < ws->n; i++)
		draft_release(&ws->v[i]);
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

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * The names in a folder of the workspace, sorted; hidden ones and what adref's own
 * writing leaves for a moment are not among them. A folder that is not there
 * has none.
 */
static int list_names(const struct workspace *ws, const char *path, char ***names, size_t *n,
		      struct error *err)
{
	struct error trouble = ERROR_INIT;
	const struct dirent *e;
	size_t cap = 0;
	DIR *dir;
	int fd, rc = file_open_dir(ws->root, path, &fd, &trouble);

	*names = NULL;
	*n = 0;
	if (rc == ST_MISSING)
		return 0;
	if (rc < 0)
		return error_set(err, trouble.status, "%s", trouble.text);
	dir = fdopendir(fd);
	if (!dir) {
		rc = file_error(err, errno, N_("cannot open the folder"), path);
		close(fd);
		return rc;
	}
	while (*n < DRAFTS_MOST && (e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		MEM_GROW(*names, *n, cap);
		(*names)[(*n)++] = mem_strdup(e->d_name);
	}
	closedir(dir);
	if (*n)
		qsort(*names, *n, sizeof(**names), by_text);
	return 0;
}

static void add_code(char ***list, size_t *n, const char *name, size_t len)
{
	*list = mem_array(*list, *n + 1, sizeof(**list));
	(*list)[(*n)++] = slice_dup(slice_make(name, len));
}

/* A file's name without its ending; 0 where it has another one. */
static size_t stem_of(const char *name, const char *ending)
{
	size_t len = strlen(name), tail = strlen(ending);

	return len > tail && !strcmp(name + len - tail, ending) ? len - tail : 0;
}

/* Capitals and digits only: meant as a party's code. Others (base.md) are no party's. */
static bool looks_like_code(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!((name[i] >= 'A' && name[i] <= 'Z') || (name[i] >= '0' && name[i] <= '9')))
			return false;
	return len > 1;
}

/* Notes one file beside a draft. */
static void take_side(struct workspace *ws, struct ws_draft *d, const char *name)
{
	size_t stem = stem_of(name, ".positions.yaml");
	bool positions = stem > 0;
	struct str file = STR_INIT;

	if (!strcmp(name, "agreed.yaml"))
		d->agreed = true;
	if (!strcmp(name, "deferred.yaml"))
		d->deferred = true;
	if (!stem)
		stem = stem_of(name, ".md");
	if (!stem || !looks_like_code(name, stem))
		return;
	if (party_find(&ws->parties, slice_make(name, stem), NULL) == PARTY_NONE) {
		str_addf(&file, "drafts/%s/%s", d->name, name);
		add_failure(&ws->problems, str_text(&file),
			    N_("no party has this code; add it to drafts/regions.yaml"));
		str_release(&file);
	} else if (positions) {
		add_code(&d->positions, &d->n_positions, name, stem);
	} else {
		add_code(&d->texts, &d->n_texts, name, stem);
	}
}

static void list_sides(struct workspace *ws, struct ws_draft *d)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	char **names = NULL;
	size_t n = 0;

	str_addf(&path, "%s/%s", ws->folder, d->name);
	if (list_names(ws, str_text(&path), &names, &n, &err) < 0)
		add_failure(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	for (size_t i = 0; i < n; i++)
		take_side(ws, d, names[i]);
	free_texts(names, n);
	str_release(&path);
}

/* What a draft's file is not to be. A link is all that git would have of it: nothing decided on
 * it could be committed, wherever it leads. */
static int check_file(const char *path, struct stat *st, struct error *err)
{
	char target[256];
	ssize_t n;

	if (lstat(path, st) != 0)
		return file_error(err, errno, N_("cannot read"), path);
	if (S_ISREG(st->st_mode))
		return 0;
	if (!S_ISLNK(st->st_mode))
		return error_set(err, ST_INPUT, N_("is not an ordinary file; not listed"));
	n = readlink(path, target, sizeof(target));
	return error_set(err, ST_INPUT,
			 N_("is a link to %.*s: put the text itself in its place"),
			 n > 0 ? (int)n : 1, n > 0 ? target : "?");
}

/* Notes the draft of that file name, if it is one. */
static void take_draft(struct workspace *ws, const char *file)
{
	size_t stem = stem_of(file, ".md");
	struct ws_draft d = {.name = NULL};
	struct str path = STR_INIT;
	struct error err = ERROR_INIT;
	struct stat st = {.st_size = 0};

	/* A README is about the drafts, not one of them. */
	if (!stem || !strcasecmp(file, "README.md"))
		return;
	d.name = slice_dup(slice_make(file, stem));
	workspace_draft_path(ws, d.name, &path);
	if (!workspace_name_is_valid(d.name))
		error_set(
			&err, ST_INPUT,
			N_("a draft's name may have letters, digits, - _ . only; not listed"));
	else
		(void)!check_file(str_text(&path), &st, &err);
	if (err.status) {
		size_t before = ws->problems.n;

		add_failure(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
		if (ws->problems.n > before && workspace_name_is_valid(d.name))
			ws->problems.v[before].draft = mem_strdup(d.name);
		draft_release(&d);
	} else {
		d.path = mem_strdup(str_text(&path));
		d.size = (uint64_t)st.st_size;
		d.mtime = (int64_t)st.st_mtim.tv_sec;
		list_sides(ws, &d);
		MEM_GROW(ws->v, ws->n, ws->cap);
		ws->v[ws->n++] = d;
	}
	str_release(&path);
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

/* Reads drafts/FILE; false where it is not there, or cannot be read, which is a problem. */
static bool read_shared(struct workspace *ws, const char *file, struct str *out)
{
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;
	int rc;

	str_addf(&path, "%s/%s", ws->folder, file);
	rc = file_read(ws->root, str_text(&path), WS_MOST_YAML, out, NULL, &err);
	if (rc < 0 && rc != ST_MISSING)
		add_failure(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	str_release(&path);
	return rc == 0;
}

static void take_problems(struct ws_problems *to, const char *file, int rc,
			  const struct error *err, struct yaml_problems *from)
{
	if (rc < 0)
		add_failure(to, file, err->text);
	for (size_t i = 0; i < from->n; i++)
		add_problem(to, file, &from->v[i]);
	yaml_problems_release(from);
}

static void read_parties(struct workspace *ws)
{
	struct yaml_problems problems = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	struct str yaml = STR_INIT;
	int rc = 0;

	if (read_shared(ws, "regions.yaml", &yaml))
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

	if (read_shared(ws, "meetings.yaml", &yaml))
		rc = meetings_read(str_slice(&yaml), &ws->meetings, &problems, &err);
	take_problems(&ws->problems, "drafts/meetings.yaml", rc, &err, &problems);
	str_release(&yaml);
}

int workspace_refresh(struct workspace *ws, struct error *err)
{
	struct workspace now = {.root = ws->root, .folder = ws->folder};
	char **names;
	size_t n;
	int rc = list_names(ws, ws->folder, &names, &n, err);

	if (rc < 0)
		return rc;
	read_parties(&now);
	read_meetings(&now);
	for (size_t i = 0; i < n; i++)
		take_draft(&now, names[i]);
	if (n == DRAFTS_MOST)
		add_failure(&now.problems, "drafts", N_("more files than adref lists"));
	free_texts(names, n);
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

/* Reads the bytes of a file beside a draft; none where it is not there. */
static int read_side(const struct workspace *ws, const char *path, struct str *yaml,
		     struct file_stamp *stamp, struct error *err)
{
	struct error trouble = ERROR_INIT;
	int rc = file_read(ws->root, path, WS_MOST_YAML, yaml, stamp, &trouble);

	if (rc == ST_MISSING)
		return 0;
	return rc < 0 ? error_set(err, trouble.status, "%s", trouble.text) : 0;
}

typedef int read_side_fn(struct slice yaml, void *list, struct yaml_problems *problems,
			 struct error *err);

static int read_with(const struct workspace *ws, const char *name, const char *file,
		     read_side_fn *read, void *list, struct ws_problems *problems,
		     struct error *err)
{
	struct yaml_problems found = {NULL, 0, 0};
	struct str path = STR_INIT, yaml = STR_INIT;
	int rc;

	if (!workspace_name_is_valid(name))
		return error_set(err, ST_USAGE, N_("%s: is no name of a draft"), name);
	workspace_side_path(ws, name, file, &path);
	rc = read_side(ws, str_text(&path), &yaml, NULL, err);
	if (rc == 0) {
		rc = read(str_slice(&yaml), list, &found, err);
		if (rc < 0)
			error_prefix(err, workspace_short(ws, str_text(&path)));
	}
	take_problems(problems, workspace_short(ws, str_text(&path)), 0, NULL, &found);
	str_release(&path);
	str_release(&yaml);
	return rc;
}

static int read_agreed(struct slice yaml, void *list, struct yaml_problems *problems,
		       struct error *err)
{
	return agreed_read(yaml, list, problems, err);
}

static int read_deferred(struct slice yaml, void *list, struct yaml_problems *problems,
			 struct error *err)
{
	return deferred_read(yaml, list, problems, err);
}

static int read_positions(struct slice yaml, void *list, struct yaml_problems *problems,
			  struct error *err)
{
	return positions_read(yaml, list, problems, err);
}

int workspace_agreed(const struct workspace *ws, const char *name, struct agreed_list *list,
		     struct ws_problems *problems, struct error *err)
{
	*list = (struct agreed_list){NULL, 0, 0};
	return read_with(ws, name, "agreed.yaml", read_agreed, list, problems, err);
}

int workspace_deferred(const struct workspace *ws, const char *name, struct deferred_list *list,
		       struct ws_problems *problems, struct error *err)
{
	*list = (struct deferred_list){NULL, 0, 0};
	return read_with(ws, name, "deferred.yaml", read_deferred, list, problems, err);
}

int workspace_positions(const struct workspace *ws, const char *name, const char *code,
			struct positions *p, struct ws_problems *problems, struct error *err)
{
	struct str file = STR_INIT;
	int rc;

	*p = (struct positions){NULL, 0, 0};
	if (!workspace_name_is_valid(code))
		return error_set(err, ST_USAGE, N_("%s: is no party's code"), code);
	str_addf(&file, "%s.positions.yaml", code);
	rc = read_with(ws, name, str_text(&file), read_positions, p, problems, err);
	str_release(&file);
	return rc;
}

void workspace_party_positions(const struct workspace *ws, const char *name, uint16_t party,
			       struct positions *p, struct ws_problems *problems)
{
	const struct party *who = &ws->parties.v[party];
	struct str file = STR_INIT;

	*p = (struct positions){NULL, 0, 0};
	for (size_t i = 0; i <= who->n_aliases; i++) {
		const char *code = i ? who->aliases[i - 1] : who->code;
		struct error err = ERROR_INIT;
		struct positions more;

		if (!workspace_name_is_valid(code))
			continue;
		if (workspace_positions(ws, name, code, &more, problems, &err) < 0) {
			struct slice said = slice_of(err.text);

			str_clear(&file);
			str_addf(&file, "drafts/%s/%s.positions.yaml", name, code);
			/* The place is said once: the problem has the file. */
			if (slice_starts(said, str_text(&file)))
				said = slice_of(err.text + file.len + 2);
			add_failure(problems, str_text(&file), said.p);
		}
		positions_add(p, &more);
		positions_release(&more);
	}
	str_release(&file);
}

void workspace_all_positions(const struct workspace *ws, const char *name,
			     struct ws_positions *all, struct ws_problems *problems)
{
	all->n = ws->parties.n;
	all->v = mem_zalloc((all->n + 1) * sizeof(*all->v));
	all->given = mem_zalloc((all->n + 1) * sizeof(const struct positions *));
	for (size_t i = 0; i < all->n; i++) {
		workspace_party_positions(ws, name, (uint16_t)i, &all->v[i], problems);
		all->given[i] = &all->v[i];
	}
}

void ws_positions_release(struct ws_positions *all)
{
	for (size_t i = 0; i < all->n; i++)
		positions_release(&all->v[i]);
	free(all->v);
	free(all->given);
	*all = (struct ws_positions){NULL, NULL, 0};
}
