/* SPDX-License-Identifier: MIT */
#include "store/git_alive.h"

#include "core/mem.h"
#include "store/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { GIT_ENDS_MS = 3000, POLL_MS = 50, PATH_FILE_MOST = 2 * PATH_MAX, WORDS_MOST = 4 << 20 };

/* Where the processes are looked for that may be at work. */
struct place {
	char **roots; /* resolved, without "/" at the end */
	size_t n, cap;
	long uid;
	struct stat git; /* the git directory */
};

/* A folder, or the one that a .git stands in. */
static void add_root(struct place *p, struct slice path)
{
	char *folder, *real;

	while (path.len > 1 && path.p[path.len - 1] == '/')
		path.len--;
	if (slice_ends(path, "/.git"))
		path.len -= 5;
	folder = slice_dup(path.len ? path : SLICE("/"));
	real = realpath(folder, NULL);
	free(folder);
	if (!real)
		return; /* one that is no longer there */
	MEM_GROW(p->roots, p->n, p->cap);
	p->roots[p->n++] = real;
}

/* worktrees/NAME/gitdir says where the .git of that working tree is. */
static void add_linked(struct place *p, const char *common_dir)
{
	struct str path = STR_INIT, text = STR_INIT, root = STR_INIT;
	struct error none = ERROR_INIT;
	const struct dirent *e;
	size_t folder;
	DIR *dir;

	str_addf(&path, "%sworktrees/", common_dir);
	folder = path.len;
	dir = opendir(str_text(&path));
	while (dir && (e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		str_truncate(&path, folder);
		str_addf(&path, "%s/", e->d_name);
		str_clear(&root);
		str_add_slice(&root, str_slice(&path));
		str_add_text(&path, "gitdir");
		str_clear(&text);
		if (file_read(NULL, str_text(&path), PATH_FILE_MOST, &text, NULL, &none) < 0)
			continue;
		str_truncate(&text, strcspn(str_text(&text), "\r\n"));
		if (*str_text(&text) == '/')
			str_clear(&root);
		str_add_slice(&root, str_slice(&text));
		add_root(p, str_slice(&root));
	}
	if (dir)
		closedir(dir);
	str_release(&path);
	str_release(&text);
	str_release(&root);
}

static void place_init(struct place *p, struct repo *r, long uid)
{
	*p = (struct place){.uid = uid};
	if (stat(repo_common_dir(r), &p->git) != 0)
		p->git.st_mode = 0777;
	if (repo_work_dir(r))
		add_root(p, slice_of(repo_work_dir(r)));
	add_root(p, slice_of(repo_common_dir(r)));
	add_linked(p, repo_common_dir(r));
}

static void place_release(struct place *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->roots[i]);
	free(p->roots);
}

/*
 * Another user's process that cannot be looked into: it may be at work here only where it is
 * whose sync it was, or where that user may write. Their gits elsewhere are no concern of ours.
 */
static bool may_be_here(const struct place *p, const char *proc)
{
	struct stat st;

	if (stat(proc, &st) != 0)
		return errno != ENOENT;
	return (long)st.st_uid == p->uid || st.st_uid == p->git.st_uid || st.st_uid == 0 ||
	       (p->git.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/* Whether one of the two folders is the other, or in it. */
static bool is_one_line(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return (!a[n] && (!b[n] || b[n] == '/')) || (!b[n] && a[n] == '/') ||
	       (n == 1 && (!a[n] || !b[n])); /* the root of all */
}

static bool is_root(const struct place *p, const char *path)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_one_line(p->roots[i], path))
			return true;
	return false;
}

/* Words that a process was started with, a NUL behind each; what cannot be read is none. */
static void read_words(const char *pid, const char *file, struct str *out)
{
	char path[64], piece[4096];
	ssize_t n;
	int fd;

	str_clear(out);
	snprintf(path, sizeof(path), "/proc/%.20s/%s", pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && out->len < WORDS_MOST && (n = read(fd, piece, sizeof(piece))) > 0)
		str_add(out, piece, (size_t)n);
	if (fd >= 0)
		close(fd);
	str_add_char(out, '\0');
}

/* Whether a git directory, as a process in the folder cwd names it, is here. */
static bool names_root(const struct place *p, const char *cwd, const char *named)
{
	struct str path = STR_INIT;
	char *real;
	bool is;

	if (*named != '/')
		str_addf(&path, "%s/", cwd);
	str_add_text(&path, named);
	real = realpath(str_text(&path), NULL);
	is = real && is_root(p, real);
	free(real);
	str_release(&path);
	return is;
}

/* Whether a git that is somewhere else was told to work here: by --git-dir, or the environment.
 */
static bool is_told_so(const struct place *p, const char *pid, const char *cwd)
{
	static const struct {
		const char *file, *begin;
	} where[] = {{"cmdline", "--git-dir="}, {"environ", "GIT_DIR="}};
	struct str words = STR_INIT;
	bool is = false;

	for (size_t k = 0; k < 2 && !is; k++) {
		const char *end;

		read_words(pid, where[k].file, &words);
		end = words.p + words.len;
		for (const char *at = words.p; at < end && !is; at += strlen(at) + 1) {
			if (slice_starts(slice_of(at), where[k].begin))
				is = names_root(p, cwd, at + strlen(where[k].begin));
			else if (k == 0 && strcmp(at, "--git-dir") == 0 &&
				 at + strlen(at) + 1 < end)
				is = names_root(p, cwd, at + strlen(at) + 1);
		}
	}
	str_release(&words);
	return is;
}

/* Whether the process is a git at work in one of the folders. */
static bool is_git_in(const char *pid, const struct place *p)
{
	char path[64], name[32] = "", cwd[PATH_MAX];
	ssize_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
	f = fopen(path, "re");
	if (f && !fgets(name, sizeof(name), f))
		name[0] = '\0';
	if (f)
		fclose(f);
	/* Not gitea, not gitk, not git-daemon, which serves others: those that write are git.
	 */
	name[strcspn(name, "\n")] = '\0';
	if (strcmp(name, "git") != 0)
		return false;
	snprintf(path, sizeof(path), "/proc/%.20s/cwd", pid);
	n = readlink(path, cwd, sizeof(cwd) - 1);
	if (n < 0) {
		if (errno == ENOENT)
			return false;
		snprintf(path, sizeof(path), "/proc/%.20s", pid);
		return may_be_here(p, path);
	}
	cwd[n] = '\0';
	return is_root(p, cwd) || is_told_so(p, pid, cwd);
}

static bool lives_in(const struct place *p)
{
	DIR *dir = opendir("/proc");
	const struct dirent *e;
	bool lives = !dir;

	while (dir && !lives && (e = readdir(dir)))
		lives = isdigit((unsigned char)e->d_name[0]) && is_git_in(e->d_name, p);
	if (dir)
		closedir(dir);
	return lives;
}

bool git_alive_now(struct repo *r, long uid)
{
	struct place p;
	bool lives;

	place_init(&p, r, uid);
	lives = lives_in(&p);
	place_release(&p);
	return lives;
}

bool git_alive_ends(struct repo *r, long uid)
{
	const struct timespec pause = {0, POLL_MS * 1000000L};
	struct place p;
	bool lives;

	place_init(&p, r, uid);
	for (int waited = 0; (lives = lives_in(&p)) && waited < GIT_ENDS_MS; waited += POLL_MS)
		nanosleep(&pause, NULL);
	place_release(&p);
	return !lives;
}
