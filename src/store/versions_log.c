/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "git.h"
#include "left.h"
#include "versions_inner.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * git log on a pipe. Everything is separated by NUL, which neither names nor
 * messages can hold: seven fields and the message, then for each file ":modes
 * ids status" and its path, and an empty field before the next commit.
 */

#define FORMAT "--format=format:%x01%H%x00%P%x00%an%x00%ae%x00%ad%x00%ct%x00%B%x00"

enum { STEP = 500, FIELDS = 7 };

/* So many objects are few: git has looked at all commits before anybody waits. */
enum { FEW_OBJECTS = 8000 };
#define INDEX_HEAD 1072 /* bytes of a pack's index besides its objects */
#define INDEX_EACH 28

struct version_log {
	struct repo *r;
	char *path, *beside, *from, *except;
	struct version_tips also;
	bool ordered;          /* git looks at all commits before it lists the first */
	struct stream *stream; /* NULL: no git program */
	struct history_walk *walk;
	struct parting *known; /* of left_add() */
	struct str in;
	size_t at;       /* what of `in` is read */
	bool ended, any; /* any: a version was read */
};

static size_t count_packed(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	struct stat st;
	size_t n = 0;

	while (dir && (e = readdir(dir)))
		if (slice_ends(slice_of(e->d_name), ".idx") &&
		    fstatat(dirfd(dir), e->d_name, &st, 0) == 0 && st.st_size > INDEX_HEAD)
			n += (size_t)(st.st_size - INDEX_HEAD) / INDEX_EACH;
	if (dir)
		closedir(dir);
	return n;
}

static size_t count_entries(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	size_t n = 0;

	while (dir && (e = readdir(dir)))
		n += *e->d_name != '.';
	if (dir)
		closedir(dir);
	return n;
}

/*
 * Where clocks were wrong, the newest first may be a parent before its child. To
 * know better git must have looked at all commits, and the first screen would
 * wait for that; but where it keeps their order (a commit-graph), or there are
 * few, it need not. (Objects are spread evenly over 256 folders: one is counted.)
 */
static bool is_soon_ordered(const struct repo *r)
{
	struct str path = STR_INIT;
	size_t base, n;
	bool keeps;

	str_addf(&path, "%sobjects/", r->common_dir);
	base = path.len;
	str_add_text(&path, "info/commit-graph");
	keeps = access(str_text(&path), R_OK) == 0;
	str_add_text(&path, "s/commit-graph-chain");
	keeps = keeps || access(str_text(&path), R_OK) == 0;
	str_truncate(&path, base);
	str_add_text(&path, "pack");
	n = keeps ? 0 : count_packed(str_text(&path));
	str_truncate(&path, base);
	str_add_text(&path, "17");
	n += keeps ? 0 : 256 * count_entries(str_text(&path));
	str_release(&path);
	return n <= FEW_OBJECTS;
}

static int run_git(struct version_log *log, const char *const *argv, struct error *err)
{
	struct str dir = STR_INIT;
	const char *set[] = {NULL,
			     "GIT_CONFIG_NOSYSTEM=1",
			     "GIT_CONFIG_GLOBAL=/dev/null",
			     "GIT_OPTIONAL_LOCKS=0",
			     "GIT_NO_LAZY_FETCH=1",
			     "LC_ALL=C.UTF-8",
			     NULL};
	struct run what = {.argv = argv, .env = RUN_NEUTRAL, .set = set, .dir = "/"};
	int rc;

	str_addf(&dir, "GIT_DIR=%s", log->r->git_dir);
	set[0] = str_text(&dir);
	rc = stream_open(&log->stream, &what, err);
	str_release(&dir);
	return rc;
}

static int open_stream(struct version_log *log, struct error *err)
{
	static const char *const call[] = {"git",
					   "--no-pager",
					   "--no-replace-objects",
					   "--literal-pathspecs",
					   "-c",
					   "log.showRoot=true",
					   "-c",
					   "log.follow=false",
					   "log",
					   "-z",
					   "--raw",
					   "--no-abbrev",
					   "--no-renames",
					   "--no-ext-diff",
					   "--no-textconv",
					   "--no-color",
					   "--no-notes",
					   "--no-decorate",
					   "--no-show-signature",
					   "--no-mailmap",
					   "--encoding=UTF-8",
					   "--diff-merges=first-parent",
					   "--date=raw",
					   FORMAT};
	enum { CALL = sizeof(call) / sizeof(*call), REST = 7 };
	const char **argv = mem_array(NULL, CALL + log->also.n + REST, sizeof(*argv));
	struct str without = STR_INIT;
	size_t n = CALL;
	int rc;

	memcpy(argv, call, sizeof(call));
	if (log->ordered)
		argv[n++] = "--date-order";
	argv[n++] = log->from;
	for (size_t i = 0; i < log->also.n; i++)
		argv[n++] = log->also.v[i];
	if (log->except) {
		str_addf(&without, "^%s", log->except);
		argv[n++] = str_text(&without);
	}
	argv[n++] = "--";
	argv[n++] = log->path;
	if (log->beside)
		argv[n++] = log->beside;
	argv[n] = NULL;
	rc = run_git(log, argv, err);
	str_release(&without);
	free(argv);
	return rc;
}

char *version_beside(const char *path)
{
	struct slice s = slice_of(path);

	return slice_ends(s, ".md") ? slice_dup(slice_make(s.p, s.len - 3)) : NULL;
}

static int open_walk(struct version_log *log, struct error *err)
{
	int rc = history_walk_new(&log->walk, log->r, log->from, log->path, err);

	if (rc < 0)
		return rc;
	history_walk_all(log->walk);
	for (size_t i = 0; i < log->also.n; i++)
		history_walk_also(log->walk, log->also.v[i]);
	if (log->beside)
		history_walk_beside(log->walk, log->beside);
	return rc;
}

int version_log_open(struct version_log **out, struct repo *r, const char *from,
		     const struct version_log_of *of, struct error *err)
{
	struct version_log *log = mem_zalloc(sizeof(*log));
	int rc;

	log->r = r;
	log->path = mem_strdup(of->path);
	log->beside = of->beside ? version_beside(of->path) : NULL;
	log->from = mem_strdup(from);
	log->except = of->except ? mem_strdup(of->except) : NULL;
	if (of->also && of->also->n) {
		log->also.v = mem_array(NULL, of->also->n, sizeof(*log->also.v));
		log->also.n = log->also.cap = of->also->n;
		memcpy(log->also.v, of->also->v, of->also->n * sizeof(*log->also.v));
	}
	log->ordered = of->ordered || is_soon_ordered(r);
	rc = open_stream(log, err);
	if (rc == ST_MISSING && !of->folder && !of->except)
		rc = open_walk(log, err);
	if (rc < 0)
		version_log_free(log);
	else
		*out = log;
	return rc;
}

void version_log_free(struct version_log *log)
{
	if (!log)
		return;
	stream_free(log->stream);
	history_walk_free(log->walk);
	parting_free(log->known);
	str_release(&log->in);
	version_tips_release(&log->also);
	free(log->path);
	free(log->beside);
	free(log->from);
	free(log->except);
	free(log);
}

bool version_log_was_cut(const struct version_log *log)
{
	struct repo_state state;

	if (log->walk)
		return history_walk_was_cut(log->walk);
	repo_state(log->r, &state);
	return state.shallow;
}

bool version_log_is_ordered(const struct version_log *log)
{
	return log->ordered || !log->stream;
}

/* ---- reading what git printed ---- */

/* The next field, at *at; false where it is not all there yet. */
static bool take_field(const struct version_log *log, size_t *at, struct slice *field)
{
	const char *p = log->in.p + *at, *nul;

	if (*at >= log->in.len)
		return false;
	nul = memchr(p, '\0', log->in.len - *at);
	if (!nul)
		return false;
	*field = slice_make(p, (size_t)(nul - p));
	*at += field->len + 1;
	return true;
}

static bool is_raw(struct slice field)
{
	return field.len > 0 && (field.p[0] == ':' ||
				 (field.len > 1 && field.p[0] == '\n' && field.p[1] == ':'));
}

/* Where the commit at log->at ends: 1 and *end, 0 where more is needed. */
static int find_end(const struct version_log *log, size_t *end)
{
	size_t at = log->at, before;
	struct slice field;

	for (int i = 0; i < FIELDS; i++)
		if (!take_field(log, &at, &field))
			return 0;
	for (;;) {
		before = at;
		if (at >= log->in.len && log->ended)
			break;
		if (!take_field(log, &at, &field))
			return 0;
		if (!is_raw(field)) {
			/* The empty field between commits; a commit without one, at the end. */
			*end = field.len && field.p[0] == '\1' ? before : at;
			return 1;
		}
		if (!take_field(log, &at, &field))
			return 0;
	}
	*end = at;
	return 1;
}

static void copy_hex(char to[REPO_HEX + 1], struct slice hex)
{
	to[0] = '\0';
	if (hex.len == REPO_HEX && strspn(hex.p, "0") < REPO_HEX) {
		memcpy(to, hex.p, REPO_HEX);
		to[REPO_HEX] = '\0';
	}
}

/* The next word of a field, taken off it. */
static struct slice word_of(struct slice *field)
{
	const char *blank = field->len ? memchr(field->p, ' ', field->len) : NULL;
	struct slice word =
		slice_make(field->p, blank ? (size_t)(blank - field->p) : field->len);

	field->p += word.len + (blank != NULL);
	field->len -= word.len + (blank != NULL);
	return word;
}

static int64_t number_of(struct slice text)
{
	char *copy = slice_dup(text);
	int64_t n = strtoll(copy, NULL, 10);

	free(copy);
	return n;
}

/* "1789379400 +0200" */
static void read_date(struct slice field, struct version *out)
{
	int zone;

	out->time = number_of(word_of(&field));
	zone = (int)number_of(field);
	if (zone > 2400 || zone < -2400)
		zone = 0;
	out->offset = zone / 100 * 60 + zone % 100;
}

/* ":100644 100644 ID ID M" and the path. */
static void read_file(struct slice raw, struct slice path, struct version *out)
{
	struct version_file *f;
	struct slice from, to;

	if (raw.p[0] == '\n')
		raw = slice_make(raw.p + 1, raw.len - 1);
	out->files = mem_array(out->files, out->n_files + 1, sizeof(*out->files));
	f = &out->files[out->n_files++];
	memset(f, 0, sizeof(*f));
	f->path = slice_dup(path);
	from = word_of(&raw);
	to = word_of(&raw);
	/* Links, folders and submodules are no texts. */
	if (from.len > 3 && memcmp(from.p + 1, "10", 2) == 0)
		copy_hex(f->before, word_of(&raw));
	else
		word_of(&raw);
	if (to.len > 2 && memcmp(to.p, "10", 2) == 0)
		copy_hex(f->blob, word_of(&raw));
}

static void read_commit(struct version_log *log, size_t end, struct version *out)
{
	struct slice field[FIELDS], raw, path;
	size_t at = log->at;

	version_release(out);
	for (int i = 0; i < FIELDS; i++)
		take_field(log, &at, &field[i]);
	if (field[0].len)
		copy_hex(out->id, slice_make(field[0].p + 1, field[0].len - 1));
	out->parents = mem_array(NULL, field[1].len / REPO_HEX + 1, sizeof(*out->parents));
	while (field[1].len >= REPO_HEX)
		copy_hex(out->parents[out->n_parents++], word_of(&field[1]));
	out->author.name = slice_dup(field[2]);
	out->author.email = slice_dup(field[3]);
	read_date(field[4], out);
	out->committed = number_of(field[5]);
	str_add_slice(&out->message, field[6]);
	while (at < end && take_field(log, &at, &raw) && is_raw(raw) &&
	       take_field(log, &at, &path))
		read_file(raw, path, out);
	log->at = end;
	log->any = true;
}

static void drop_read(struct version_log *log)
{
	if (log->at < log->in.len / 2 && log->at < 1 << 20)
		return;
	memmove(log->in.p, log->in.p + log->at, log->in.len - log->at);
	log->in.len -= log->at;
	log->at = 0;
}

static void add_left(struct version_log *log, struct version *out)
{
	left_add(log->r, &log->known, out, log->path);
	if (log->beside)
		left_add(log->r, &log->known, out, log->beside);
}

/* Of a draft the text comes first. */
static void put_text_first(const struct version_log *log, struct version *out)
{
	for (size_t i = 1; i < out->n_files; i++)
		if (strcmp(out->files[i].path, log->path) == 0) {
			struct version_file text = out->files[i];

			out->files[i] = out->files[0];
			out->files[0] = text;
			return;
		}
}

static int next_of_stream(struct version_log *log, int wait_ms, struct version *out,
			  struct error *err)
{
	size_t end;

	for (;;) {
		int rc;

		if (log->at < log->in.len && find_end(log, &end)) {
			read_commit(log, end, out);
			/* Asked for merges' differences, git also names those that have none
			 * with their first parent. */
			if (out->n_parents > 1)
				add_left(log, out);
			if (out->n_files)
				return VERSIONS_FOUND;
			continue;
		}
		if (log->ended) {
			rc = stream_verdict(log->stream, err);
			/* Something is missing: as far as there it is listed all the same. */
			if (rc < 0 && log->ordered && !log->any) {
				log->ordered = log->ended = false;
				stream_free(log->stream);
				log->stream = NULL;
				str_clear(&log->in);
				log->at = 0;
				rc = open_stream(log, err);
				if (rc == ST_OK)
					continue;
			}
			return rc < 0 ? rc : VERSIONS_END;
		}
		if (log->in.len)
			drop_read(log);
		rc = stream_read(log->stream, wait_ms, &log->in);
		if (rc == STREAM_WAITING)
			return VERSIONS_WAITING;
		log->ended = rc == STREAM_END;
	}
}

int version_log_next(struct version_log *log, int wait_ms, struct version *out,
		     struct error *err)
{
	int rc;

	if (log->stream)
		rc = next_of_stream(log, wait_ms, out, err);
	else
		do
			rc = history_walk_next(log->walk, STEP, out, err);
		while (rc == HISTORY_MORE && wait_ms < 0);
	if (!log->stream && rc == HISTORY_MORE)
		return VERSIONS_WAITING;
	if (rc == VERSIONS_FOUND && log->beside)
		put_text_first(log, out);
	return rc;
}
