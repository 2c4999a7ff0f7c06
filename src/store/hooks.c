/* SPDX-License-Identifier: MIT */
#include "store/hooks.h"

#include "core/show.h"
#include "git.h"
#include "store/file.h"
#include "store/run.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HOOK_TIMEOUT_MS = 10 * 60 * 1000, MESSAGE_MOST = 1 << 20, ENV_MOST = 3 };

static const char *const names[] = {"pre-commit", "commit-msg"};

/* Where the hook is; false where there is none that would run. */
static bool find_hook(struct repo *r, const char *name, struct str *path)
{
	char *folder = repo_config_text(r, "core.hooksPath");
	const char *home = getenv("HOME");
	struct stat st;

	str_clear(path);
	if (folder && strncmp(folder, "~/", 2) == 0 && home)
		str_addf(path, "%s/%s/%s", home, folder + 2, name);
	else if (folder && *folder && *folder != '/')
		str_addf(path, "%s%s/%s", r->work_dir ? r->work_dir : r->git_dir, folder, name);
	else if (folder && *folder)
		str_addf(path, "%s/%s", folder, name);
	else
		str_addf(path, "%shooks/%s", r->common_dir, name);
	free(folder);
	return stat(str_text(path), &st) == 0 && S_ISREG(st.st_mode) &&
	       access(str_text(path), X_OK) == 0;
}

size_t hooks_present(struct repo *r, struct str *out)
{
	struct str path = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (find_hook(r, names[i], &path)) {
			str_addf(out, "%s%s", n ? " " : "", names[i]);
			n++;
		}
	str_release(&path);
	return n;
}

/* The last line with a visible character, as it may be shown. */
static void add_last_line(struct str *out, const struct str *text)
{
	size_t end = text->len, begin;

	while (end && (unsigned char)text->p[end - 1] <= ' ')
		end--;
	for (begin = end; begin && text->p[begin - 1] != '\n'; begin--)
		;
	show_add(out, text->p ? text->p + begin : "", end - begin, SHOW_LINE);
}

/* One hook. argument may be NULL. */
static int run_hook(struct repo *r, const char *name, const char *path, const char *argument,
		    const char *index, struct str *output, struct error *err)
{
	struct run_result result = RUN_RESULT_INIT;
	struct str env_index = STR_INIT, both = STR_INIT, last = STR_INIT;
	const char *argv[] = {path, argument, NULL};
	const char *set[ENV_MOST + 1] = {NULL, "GIT_EDITOR=:", "GIT_PREFIX=", NULL};
	struct run what = {.argv = argv, .env = RUN_WHOLE, .set = set, .dir = r->work_dir};
	int rc;

	str_addf(&env_index, "GIT_INDEX_FILE=%s", index);
	set[0] = str_text(&env_index);
	what.timeout_ms = HOOK_TIMEOUT_MS;
	rc = run_program(&what, &result, err);
	str_add_slice(&both, str_slice(&result.out));
	str_add_slice(&both, str_slice(&result.err));
	str_add_slice(output, str_slice(&both));
	if (rc == ST_OK && result.exit != 0) {
		add_last_line(&last, &both);
		rc = error_set(err, ST_DENIED,
			       N_("the %s hook refused%s%s; nothing was committed"), name,
			       last.len ? ": " : "", str_text(&last));
	}
	run_result_release(&result);
	str_release(&env_index);
	str_release(&both);
	str_release(&last);
	return rc;
}

static int write_index(struct repo *r, const git_oid *tree_id, const char *path,
		       struct error *err)
{
	git_index *index = NULL;
	git_tree *tree = NULL;
	int rc = git_tree_lookup(&tree, r->git, tree_id);

	if (rc == 0)
		rc = git_index_open(&index, path);
	if (rc == 0)
		rc = git_index_read_tree(index, tree);
	if (rc == 0)
		rc = git_index_write(index);
	git_index_free(index);
	git_tree_free(tree);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be written for the hooks"), path)
		      : ST_OK;
}

/* What a hook left in the index must be what was shown to the user. */
static int check_index(struct repo *r, const git_oid *tree_id, const char *path,
		       struct error *err)
{
	git_index *index = NULL;
	git_oid now;
	int rc = git_index_open(&index, path);

	if (rc == 0)
		rc = git_index_write_tree_to(&now, index, r->git);
	git_index_free(index);
	if (rc < 0)
		return gitlib_error(err, rc, N_("%s: cannot be read after the hooks"), path);
	if (!git_oid_equal(&now, tree_id))
		return error_set(
			err, ST_DENIED,
			N_("the pre-commit hook changed what would be committed; nothing "
			   "was committed"));
	return ST_OK;
}

static int run_message_hook(struct repo *r, const char *hook, const char *folder,
			    const char *index, struct str *message, struct str *output,
			    struct error *err)
{
	struct str file = STR_INIT, read = STR_INIT;
	int rc;

	str_addf(&file, "%s/COMMIT_EDITMSG", folder);
	rc = file_create(NULL, str_text(&file), str_slice(message), 0644, NULL, err);
	if (rc == ST_OK)
		rc = run_hook(r, "commit-msg", hook, str_text(&file), index, output, err);
	if (rc == ST_OK)
		rc = file_read(NULL, str_text(&file), MESSAGE_MOST, &read, NULL, err);
	if (rc == ST_OK) {
		str_clear(message);
		str_add_slice(message, str_slice(&read));
	}
	unlink(str_text(&file));
	str_release(&file);
	str_release(&read);
	return rc;
}

int hooks_run(struct repo *r, const char *tree, struct str *message, struct str *output,
	      struct error *err)
{
	struct str folder = STR_INIT, index = STR_INIT, hook = STR_INIT;
	git_oid tree_id;
	int rc = repo_id(tree, &tree_id, err);

	if (rc < 0 || !r->work_dir || !hooks_present(r, &hook))
		goto done;
	rc = repo_tree_file(r, "hooks-XXXXXX", &folder, err);
	if (rc < 0)
		goto done;
	str_text(&folder);
	if (!mkdtemp(folder.p)) {
		rc = error_set(err, ST_FAIL, N_("%s: cannot be made: %s"), str_text(&folder),
			       strerror(errno));
		goto done;
	}
	str_addf(&index, "%s/index", str_text(&folder));
	rc = write_index(r, &tree_id, str_text(&index), err);
	if (rc == ST_OK && find_hook(r, "pre-commit", &hook)) {
		rc = run_hook(r, "pre-commit", str_text(&hook), NULL, str_text(&index), output,
			      err);
		if (rc == ST_OK)
			rc = check_index(r, &tree_id, str_text(&index), err);
	}
	if (rc == ST_OK && find_hook(r, "commit-msg", &hook))
		rc = run_message_hook(r, str_text(&hook), str_text(&folder), str_text(&index),
				      message, output, err);
	unlink(str_text(&index));
	rmdir(str_text(&folder));
done:
	str_release(&hook);
	str_release(&index);
	str_release(&folder);
	return rc;
}
