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

/* A code in small letters: somebody's text, which would be passed over without a word. */
static bool is_small_code(const struct workspace *ws, const char *name, size_t len)
{
	char capitals[NAME_MOST];

	if (!len || len > sizeof(capitals))
		return false;
	for (size_t i = 0; i < len; i++)
		capitals[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A')
							       : name[i];
	return memcmp(capitals, name, len) != 0 &&
	       party_find(&ws->parties, slice_make(capitals, len), NULL) != PARTY_NONE;
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
	if (!stem)
		return;
	if (is_small_code(ws, name, stem)) {
		str_addf(&file, "drafts/%s/%s", d->name, name);
		add_failure(&ws->problems, str_text(&file),
			    N_("a code is written in capitals; rename the file"));
		str_release(&file);
	}
	if (!looks_like_code(name, stem))
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

/* The first of the codes that names the party; or n. */
static size_t first_of(const struct workspace *ws, char *const *codes, size_t n, uint16_t party)
{
	size_t i = 0;

	while (i < n && party_find(&ws->parties, slice_of(codes[i]), NULL) != party)
		i++;
	return i;
}

/* Says which file a second one of the same party, by another of its names, gives way to. */
static void note_doubles(struct workspace *ws, const struct ws_draft *d, char *const *codes,
			 size_t n, const char *ending)
{
	struct str file = STR_INIT, said = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		uint16_t party = party_find(&ws->parties, slice_of(codes[i]), NULL);
		size_t first = first_of(ws, codes, n, party);

		if (first == i)
			continue;
		str_clear(&file);
		str_clear(&said);
		str_addf(&file, "drafts/%s/%s%s", d->name, codes[i], ending);
		str_addf(&said, N_("%s has %s%s too; keep one of the two"),
			 ws->parties.v[party].code, codes[first], ending);
		add_failure(&ws->problems, str_text(&file), str_text(&said));
	}
	str_release(&file);
	str_release(&said);
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
	note_doubles(ws, d, d->texts, d->n_texts, ".md");
	note_doubles(ws, d, d->positions, d->n_positions, ".positions.yaml");
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
	if (stem > NAME_MOST)
		error_set(&err, ST_INPUT,
			  N_("rename it: a draft's name has %d characters at most"), NAME_MOST);
	else if (!workspace_name_is_valid(d.name))
		error_set(&err, ST_INPUT,
			  N_("rename it: a draft's name has letters, digits, - _ . only"));
	else
		(void)!check_file(str_text(&path), &st, &err);
	if (err.status) {
		size_t before = ws->problems.n;

		add_failure(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
		if (ws->problems.n > before)
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
	add_failure(to, str_text(&path), said);
	str_release(&path);
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

static int by_letters(const void *a, const void *b)
{
	const struct ws_draft *const *x = a, *const *y = b;
	int order = strcasecmp((*x)->name, (*y)->name);

	return order ? order : strcmp((*x)->name, (*y)->name);
}

/* Two drafts here, and one file where capitals do not tell names apart: who clones it there
 * loses one of them. */
static void note_capitals(struct workspace *ws)
{
	const struct ws_draft **v = mem_array(NULL, ws->n, sizeof(*v));
	struct str path = STR_INIT;

	for (size_t i = 0; i < ws->n; i++)
		v[i] = &ws->v[i];
	if (ws->n)
		qsort(v, ws->n, sizeof(*v), by_letters);
	for (size_t i = 1; i < ws->n; i++) {
		struct error err = ERROR_INIT;

		if (strcasecmp(v[i]->name, v[i - 1]->name) != 0)
			continue;
		str_clear(&path);
		error_set(&err, ST_INPUT,
			  N_("rename it: on other systems it is the same file as %s.md"),
			  v[i - 1]->name);
		workspace_draft_path(ws, v[i]->name, &path);
		add_failure(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	}
	free(v);
	str_release(&path);
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
	note_capitals(&now);
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
