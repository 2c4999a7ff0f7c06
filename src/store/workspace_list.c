/* SPDX-License-Identifier: MIT */
#include "workspace_inner.h"

#include "core/mem.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Which drafts there are, and what stands beside each, by the names of files alone. */

enum { DRAFTS_MOST = 10000 };

void ws_names_free(char **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i]);
	free(list);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int ws_names(const struct workspace *ws, const char *path, char ***names, size_t *n,
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
	char capitals[WS_NAME_MOST];

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
		ws_fail(&ws->problems, str_text(&file),
			N_("a code is written in capitals; rename the file"));
		str_release(&file);
	}
	if (!looks_like_code(name, stem))
		return;
	if (party_find(&ws->parties, slice_make(name, stem), NULL) == PARTY_NONE) {
		str_addf(&file, "drafts/%s/%s", d->name, name);
		ws_fail(&ws->problems, str_text(&file),
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
		str_addf(&said, error_word(N_("%s has %s%s too; keep one of the two")),
			 ws->parties.v[party].code, codes[first], ending);
		ws_fail(&ws->problems, str_text(&file), str_text(&said));
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
	if (ws_names(ws, str_text(&path), &names, &n, &err) < 0)
		ws_fail(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	for (size_t i = 0; i < n; i++)
		take_side(ws, d, names[i]);
	note_doubles(ws, d, d->texts, d->n_texts, ".md");
	note_doubles(ws, d, d->positions, d->n_positions, ".positions.yaml");
	ws_names_free(names, n);
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
	if (stem > WS_NAME_MOST)
		error_set(&err, ST_INPUT,
			  N_("rename it: a draft's name has %d characters at most"),
			  WS_NAME_MOST);
	else if (!workspace_name_is_valid(d.name))
		error_set(&err, ST_INPUT,
			  N_("rename it: a draft's name has letters, digits, - _ . only"));
	else
		(void)!check_file(str_text(&path), &st, &err);
	if (err.status) {
		size_t before = ws->problems.n;

		ws_fail(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
		if (ws->problems.n > before)
			ws->problems.v[before].draft = mem_strdup(d.name);
		ws_draft_release(&d);
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
		ws_fail(&ws->problems, workspace_short(ws, str_text(&path)), err.text);
	}
	free(v);
	str_release(&path);
}

void ws_list(struct workspace *ws, char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		take_draft(ws, names[i]);
	note_capitals(ws);
	if (n == DRAFTS_MOST)
		ws_fail(&ws->problems, "drafts", N_("more files than adref lists"));
}
