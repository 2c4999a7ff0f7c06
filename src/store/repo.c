/* SPDX-License-Identifier: MIT */
#include "store/repo.h"

#include "core/mem.h"
#include "git.h"
#include "repo_place.h"

#include <errno.h>
#include <ftw.h>
#include <git2.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening ---- */

/* The repository's top as a person knows it, from its git directory. */
static void add_top(struct str *out, const char *git_dir)
{
	struct slice s = slice_of(git_dir);

	while (s.len > 1 && s.p[s.len - 1] == '/')
		s.len--;
	if (slice_ends(s, "/.git"))
		s.len -= 5;
	str_add_slice(out, s.len ? s : SLICE("/"));
}

struct safe_search {
	const char *top;
	bool found;
};

static int match_safe(const git_config_entry *entry, void *arg)
{
	struct safe_search *search = arg;
	struct slice value = slice_of(entry->value ? entry->value : "");

	while (value.len > 1 && value.p[value.len - 1] == '/')
		value.len--;
	if (!value.len) /* an empty value takes back what came before */
		search->found = false;
	else if (slice_is(value, "*") || slice_is(value, search->top))
		search->found = true;
	return 0;
}

/*
 * Whether the user's own configuration calls the folder safe. libgit2 asks by
 * itself, but not in a file that GIT_CONFIG_GLOBAL names.
 */
static bool is_called_safe(const char *top)
{
	struct safe_search search = {top, false};
	git_config *config = NULL;
	const char *file = gitlib_global_config();

	if (git_config_open_default(&config) == 0) {
		if (file)
			git_config_add_file_ondisk(config, file, GIT_CONFIG_LEVEL_GLOBAL, NULL,
						   1);
		git_config_get_multivar_foreach(config, "safe.directory", NULL, match_safe,
						&search);
	}
	git_config_free(config);
	return search.found;
}

static int refuse_owner(const char *top, struct error *err)
{
	char name[128] = "?";
	struct stat st;
	struct passwd *pw;

	if (stat(top, &st) == 0) {
		pw = getpwuid(st.st_uid);
		if (pw)
			snprintf(name, sizeof(name), "%s", pw->pw_name);
		else
			snprintf(name, sizeof(name), "user %ld", (long)st.st_uid);
	}
	return error_set(
		err, ST_DENIED,
		N_("%s: this repository belongs to another user (%s); if you trust it, "
		   "run: git config --global --add safe.directory '%s'"),
		top, name, top);
}

/* The nearest folder or file on the way up that exists. */
static void existing_part(const char *path, struct str *out)
{
	struct stat st;

	str_add_text(out, *path ? path : ".");
	while (stat(str_text(out), &st) != 0) {
		const char *slash = strrchr(str_text(out), '/');

		if (!slash) {
			str_clear(out);
			str_add_char(out, '.');
			return;
		}
		str_truncate(out, slash == out->p ? 1 : (size_t)(slash - out->p));
		if (slash == out->p)
			return;
	}
}

/* Whether the folder is this user's, or that of the user who became root by sudo. */
static bool is_ours(const char *path)
{
	const char *sudo = getenv("SUDO_UID");
	struct stat st;

	if (lstat(path, &st) != 0 || st.st_uid == geteuid())
		return true;
	return geteuid() == 0 && sudo && strtoul(sudo, NULL, 10) == st.st_uid;
}

/*
 * What libgit2 did not open, because there is none, or because it is another
 * user's: 1.5 answers ENOTFOUND for that too, where the user's configuration
 * calls no folder safe.
 */
static int open_refused(git_repository **git, const char *start, const char *ceilings,
			struct error *err)
{
	git_buf found = {0};
	struct str top = STR_INIT;
	int rc = git_repository_discover(&found, start, 0, ceilings);

	if (rc == GIT_ENOTFOUND) {
		rc = error_set(
			err, ST_MISSING,
			N_("%s: no git repository here or above; \"adref init\" makes one"),
			start);
		goto done;
	}
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("%s: cannot find the repository"), start);
		goto done;
	}
	add_top(&top, found.ptr);
	if (is_ours(str_text(&top)) && is_ours(found.ptr)) {
		rc = error_set(err, ST_FAIL,
			       N_("%s: the repository is damaged: parts of it are missing"),
			       str_text(&top));
		goto done;
	}
	if (!is_called_safe(str_text(&top))) {
		rc = refuse_owner(str_text(&top), err);
		goto done;
	}
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	rc = git_repository_open_ext(git, start, 0, ceilings);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	if (rc < 0)
		rc = gitlib_error(err, -1, N_("%s: cannot open the repository"),
				  str_text(&top));
done:
	git_buf_dispose(&found);
	str_release(&top);
	return rc;
}

/* Looks at the git directories that were not looked at before they were opened: a file led to
 * them, of a linked working tree or a submodule. */
static int check_places(git_repository *git, const char *seen, struct error *err)
{
	const char *own = git_repository_path(git), *common = git_repository_commondir(git);
	int rc = strcmp(own, seen) == 0 ? 0 : repo_place_check(own, err);

	if (rc == 0 && strcmp(common, own) != 0 && strcmp(common, seen) != 0)
		rc = repo_place_check(common, err);
	return rc;
}

/* Whether two ways lead to the same place. */
static bool is_same_place(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
	       one.st_ino == other.st_ino;
}

/* libgit2 1.5 has opened it by the common configuration alone; git heeds this one, too, also in
 * linked trees: it must be the same place. */
static int check_tree(git_repository *git, git_config *config, struct error *err)
{
	const char *own = git_repository_path(git), *work = git_repository_workdir(git);
	struct str place = STR_INIT;
	git_buf named = {0};
	int bare = 0;
	bool same = true;

	if (git_config_get_bool(&bare, config, "core.bare") == 0 && bare)
		same = !work;
	if (same && work && git_config_get_string_buf(&named, config, "core.worktree") == 0) {
		if (*named.ptr != '/')
			str_add_text(&place, own);
		str_add_text(&place, named.ptr);
		same = is_same_place(str_text(&place), work);
	}
	git_buf_dispose(&named);
	str_release(&place);
	return same ? ST_OK
		    : error_set(err, ST_INPUT,
				N_("%sconfig.worktree: says that the working tree is "
				   "elsewhere, which adref does not support; clone it anew"),
				own);
}

/* What is the working tree's own stands above all other configuration, where there is such. */
static int add_tree_config(git_repository *git, git_config *config, struct error *err)
{
	const char *own = git_repository_path(git);
	struct str file = STR_INIT;
	int on = 0, rc;

	if (git_config_get_bool(&on, config, "extensions.worktreeconfig") < 0 || !on)
		return ST_OK;
	str_addf(&file, "%sconfig.worktree", own);
	rc = git_config_add_file_ondisk(config, str_text(&file), GIT_CONFIG_LEVEL_APP, git, 0);
	rc = rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be read"), str_text(&file))
		    : check_tree(git, config, err);
	str_release(&file);
	return rc;
}

static int complete_config(git_repository *git, struct error *err)
{
	const char *global = gitlib_global_config();
	git_config *config = NULL;
	int rc = git_repository_config(&config, git);

	if (rc == 0 && global)
		rc = git_config_add_file_ondisk(config, global, GIT_CONFIG_LEVEL_GLOBAL, git,
						1);
	if (rc < 0)
		rc = gitlib_error(err, rc, N_("%s: cannot read the configuration"),
				  git_repository_path(git));
	else
		rc = add_tree_config(git, config, err);
	git_config_free(config);
	return rc;
}

/* Takes git over, also on failure. seen: the git directory that was looked at. */
static int wrap(struct repo **out, git_repository *git, const char *seen, struct error *err)
{
	const char *own = git_repository_path(git), *common = git_repository_commondir(git);
	const char *work = git_repository_workdir(git);
	struct repo *r;
	int rc;

	rc = check_places(git, seen, err);
	if (rc == 0 && work)
		rc = repo_place_check_names(common, work, err);
	if (rc == 0 && work && strcmp(own, common) != 0)
		rc = repo_place_check_names(own, work, err);
	if (rc == 0)
		rc = complete_config(git, err);
	if (rc < 0) {
		git_repository_free(git);
		return rc;
	}
	r = mem_zalloc(sizeof(*r));
	r->git = git;
	r->git_dir = mem_strdup(own);
	r->common_dir = mem_strdup(common);
	r->work_dir = work ? mem_strdup(work) : NULL;
	*out = r;
	return ST_OK;
}

int repo_open(struct repo **out, const char *path, struct error *err)
{
	const char *ceilings = getenv("GIT_CEILING_DIRECTORIES");
	git_repository *git = NULL;
	struct str start = STR_INIT, seen = STR_INIT;
	int rc = gitlib_begin(err);

	if (rc < 0)
		return rc;
	existing_part(path, &start);
	rc = repo_place_check_above(str_text(&start), &seen, err);
	if (rc == 0 && seen.len)
		rc = repo_place_check_format(str_text(&seen), path, err);
	if (rc < 0)
		goto done;
	rc = git_repository_open_ext(&git, str_text(&start), 0, ceilings);
	if (rc == GIT_ENOTFOUND || rc == GIT_EOWNER)
		rc = open_refused(&git, str_text(&start), ceilings, err);
	else if (rc < 0)
		rc = gitlib_error(err, -1, N_("%s: cannot open the repository"), path);
	if (rc == 0)
		rc = wrap(out, git, str_text(&seen), err);
done:
	str_release(&start);
	str_release(&seen);
	return rc;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	if (remove(path) != 0)
		errno = 0; /* what is left is seen by who makes it anew */
	return 0;
}

static void remove_all(const char *path)
{
	if (nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
		errno = 0; /* it was not there */
}

static int init_at(const char *folder, struct error *err)
{
	git_repository_init_options options;
	git_repository *git = NULL;
	int rc;

	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	options.initial_head = "main";
	rc = git_repository_init_ext(&git, folder, &options);
	git_repository_free(git);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot make a repository"), folder) : 0;
}

/* What libgit2 could not take away would lock the repository for ever. */
static int unlock_head(const char *git_dir, struct error *err)
{
	struct str path = STR_INIT;
	int rc = 0;

	str_addf(&path, "%s/HEAD.lock", git_dir);
	if (unlink(str_text(&path)) != 0 && errno != ENOENT)
		rc = error_set(err, ST_FAIL, N_("%s: cannot be deleted: %s"), str_text(&path),
			       strerror(errno));
	str_release(&path);
	return rc;
}

/* Made beside and given its name when it is whole: one that was cut short is none. */
int repo_init(struct repo **out, const char *folder, struct error *err)
{
	struct str place = STR_INIT, made = STR_INIT, git = STR_INIT;
	int rc = gitlib_begin(err);

	if (rc < 0)
		return rc;
	str_addf(&place, "%s/.adref-git", folder);
	str_addf(&made, "%s/.git", str_text(&place));
	str_addf(&git, "%s/.git", folder);
	if (access(str_text(&git), F_OK) == 0)
		rc = error_set(err, ST_EXISTS, N_("%s: there is a repository here already"),
			       folder);
	if (rc == 0) {
		remove_all(str_text(&place)); /* of one that was cut short */
		rc = init_at(str_text(&place), err);
	}
	if (rc == 0)
		rc = unlock_head(str_text(&made), err);
	if (rc == 0 && rename(str_text(&made), str_text(&git)) != 0)
		rc = error_set(err, ST_FAIL, N_("%s: cannot make a repository: %s"), folder,
			       strerror(errno));
	if (rc != ST_EXISTS)
		remove_all(str_text(&place));
	str_release(&place);
	str_release(&made);
	if (rc == 0)
		rc = repo_open(out, str_text(&git), err);
	str_release(&git);
	return rc;
}

void repo_free(struct repo *r)
{
	if (!r)
		return;
	git_repository_free(r->git);
	free(r->git_dir);
	free(r->common_dir);
	free(r->work_dir);
	free(r);
}

const char *repo_git_dir(const struct repo *r)
{
	return r->git_dir;
}

const char *repo_common_dir(const struct repo *r)
{
	return r->common_dir;
}

const char *repo_work_dir(const struct repo *r)
{
	return r->work_dir;
}
