/* SPDX-License-Identifier: MIT */
#ifndef STORE_REPO_H
#define STORE_REPO_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A git repository as adref needs it: where it is, what state it is in, what a
 * path holds in a revision, and the keys adref keeps in its configuration.
 * Built on libgit2, which stays behind this header: object ids cross as hex
 * text. libgit2 is initialised by the first repo_open() or repo_init(), never
 * before (it costs milliseconds before the first screen).
 *
 * Paths inside a repository ("repository paths") are relative to its top, with
 * "/" between, without "." or ".." or ".git" anywhere. repo_path() makes them.
 * Bytes are read and compared as they are: no filter, no line end conversion,
 * and no program that the repository's configuration names is ever run here.
 */

#define REPO_HEX 40 /* digits of an object id; sha256 repositories are refused */

struct repo; /* opaque; one thread at a time */

/* Who a commit is by. */
struct person {
	char *name;
	char *email;
};

void person_release(struct person *p);
/*
 * Whether git can store it: a name and an address with a visible character, no
 * control characters, no < or >, not too long, and UTF-8. Says why not
 * (ST_INPUT).
 */
int person_check(const char *name, const char *email, struct error *err);

enum repo_head {
	REPO_ON_BRANCH,
	REPO_UNBORN,   /* on a branch that has no commit yet */
	REPO_DETACHED, /* HEAD names a commit, not a branch */
	REPO_ASTRAY    /* HEAD names something that is no branch, or cannot be read */
};

/* Something git began here and has not finished. */
enum repo_operation {
	REPO_IDLE,
	REPO_MERGING,
	REPO_REBASING,
	REPO_PICKING, /* cherry-pick */
	REPO_REVERTING,
	REPO_MAILING, /* git am */
	REPO_BISECTING
};

struct repo_state {
	enum repo_head head;
	enum repo_operation operation;
	bool bare;
	bool shallow;      /* history ends where the clone was cut */
	bool linked;       /* made by `git worktree add` */
	bool separate;     /* its files and its git directory are in different places */
	bool submodule;    /* part of another repository */
	bool damaged;      /* the last commit, or its list of files, cannot be read */
	bool index_locked; /* another program holds, or left, the index's lock */
	char branch[256];  /* "main", cut if longer; "" where there is none */
};

/* Whether a commit can be made in this state. */
bool repo_state_can_commit(const struct repo_state *s);
/* What is unusual, and what can be done about it: the i-th sentence (untranslated, N_ within),
 * NULL after the last. */
const char *repo_state_word(const struct repo_state *s, size_t i);

/*
 * Opens the repository that holds path (a file or folder), looking upwards.
 * ST_MISSING: there is none. ST_DENIED: it belongs to another user; the words
 * name the way out (safe.directory). ST_INPUT: its format is not supported;
 * the words name the extension.
 */
int repo_open(struct repo **out, const char *path, struct error *err)
	__attribute__((warn_unused_result));
/*
 * Makes a repository in the folder, which is made too if missing, on branch
 * main. ST_EXISTS where the folder has a repository of its own already.
 */
int repo_init(struct repo **out, const char *folder, struct error *err)
	__attribute__((warn_unused_result));
void repo_free(struct repo *r);
/* Ends libgit2, once every repo is freed. Safe when it was never begun. */
void repo_shutdown(void);
/* libgit2's version, "1.5.1". Does not initialise it. */
void repo_library_version(struct str *out);

/*
 * Where git keeps the things of the working tree that path (a folder) is in, found by hand and
 * without libgit2: appended, without "/" at the end; what repo_git_dir() says. A ".git" file,
 * of a linked working tree or a submodule, is followed. False: there is none.
 */
bool repo_where(const char *path, struct str *out);

/* Absolute, with "/" at the end; borrowed, as long as the repo. */
const char *repo_git_dir(const struct repo *r);    /* of this working tree */
const char *repo_common_dir(const struct repo *r); /* of all of its working trees */
const char *repo_work_dir(const struct repo *r);   /* NULL: bare */

/* Read afresh on each call. */
void repo_state(struct repo *r, struct repo_state *s);

/* The commit HEAD is at; ST_MISSING where there is none yet; ST_FAIL where it should be there
 * and is not: the words say what can be done. */
int repo_tip(struct repo *r, char hex[REPO_HEX + 1], struct error *err);
/* What a revision (as git's, "main~2") names, as a commit. ST_MISSING. */
int repo_resolve(struct repo *r, const char *revision, char hex[REPO_HEX + 1],
		 struct error *err);

/*
 * The repository path of a file as the caller would open it (absolute, or
 * relative to the current folder). The file need not exist, its folder must.
 * Symbolic links in its folders are followed. ST_USAGE where it is outside.
 */
int repo_path(struct repo *r, const char *file, struct str *out, struct error *err);
/* Whether it is a repository path as described above. */
bool repo_path_is_sane(const char *path);
/* The file of a repository path: work dir and path. ST_USAGE where it is none. */
int repo_file(struct repo *r, const char *path, struct str *out, struct error *err);

/*
 * Appends what path holds in a revision. ST_MISSING: no such revision, or it
 * has no such file; ST_TOO_LARGE: more than limit bytes (found out without
 * loading them); ST_INPUT: a folder, a link or a submodule; ST_FAIL: the
 * repository is damaged.
 */
int repo_read(struct repo *r, const char *revision, const char *path, size_t limit,
	      struct str *out, struct error *err);
/* The id of the blob that path is in a revision. Statuses as repo_read(). */
int repo_blob(struct repo *r, const char *revision, const char *path, char hex[REPO_HEX + 1],
	      struct error *err);
/* ST_MISSING, with what can be done about it, where nothing is committed yet; ST_OK. */
int repo_is_begun(struct repo *r, struct error *err);
/* 1: commit has ancestor (both hex) among those before it; 0: it has not. */
int repo_descends(struct repo *r, const char *commit, const char *ancestor, struct error *err);
/* Where the histories of two commits (hex) part, or one place of several. ST_MISSING: they have
 * nothing in common. */
int repo_merge_base(struct repo *r, const char *one, const char *other, char hex[REPO_HEX + 1],
		    struct error *err);
/* Appends a blob by its id. */
int repo_read_blob(struct repo *r, const char *hex, size_t limit, struct str *out,
		   struct error *err);
/* The same for a text that is only looked at, as git itself does: what a pack or an object has
 * checks for damage on its own, and hashing each text again takes as long as reading it. */
int repo_skim_blob(struct repo *r, const char *hex, size_t limit, struct str *out,
		   struct error *err);
/* The id that these bytes have, or would have, as a blob. */
void repo_hash(struct slice bytes, char hex[REPO_HEX + 1]);

/*
 * Appends the bytes as HEAD's blob `head` (hex) of path stands for the file's:
 * mostly the same bytes. Only where that blob has git's line ends for a file
 * with others (core.autocrlf, text attributes: the user's choice), they are
 * converted as git does, so that a commit does not change every line.
 */
int repo_stored(struct repo *r, const char *path, const char *head, struct slice bytes,
		struct str *out, struct error *err);

enum repo_change {
	REPO_SAME,     /* the file has HEAD's bytes (or neither is there) */
	REPO_MODIFIED, /* both are there and differ */
	REPO_NEW,      /* there is a file, HEAD has none */
	REPO_GONE      /* HEAD has it, there is no file */
};

/*
 * How the file on disk differs from HEAD, whatever the index says. A file that
 * git itself would call equal (line ends, under the repository's own
 * attributes) counts as REPO_SAME.
 */
int repo_changed(struct repo *r, const char *path, enum repo_change *change, struct error *err);

/*
 * A key "adref.…" of the repository's own configuration (not the user's).
 * ST_MISSING where it is not set. Values are one line of UTF-8, up to 1000
 * bytes; others are refused (ST_INPUT). NULL as value unsets.
 */
int repo_config_get(struct repo *r, const char *key, struct str *value, struct error *err);
int repo_config_set(struct repo *r, const char *key, const char *value, struct error *err);

/*
 * The author as git would have it: GIT_AUTHOR_NAME and _EMAIL, author.*,
 * user.*, each checked. ST_MISSING where one is not set: the words say how to
 * set it; ask, and call repo_set_author(). ST_INPUT where one cannot be used.
 */
int repo_author(struct repo *r, struct person *out, struct error *err);

enum repo_scope { REPO_HERE, REPO_EVERYWHERE }; /* this repository; all of this user's */
int repo_set_author(struct repo *r, const char *name, const char *email, enum repo_scope scope,
		    struct error *err);

#endif
