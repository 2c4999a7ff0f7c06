/* SPDX-License-Identifier: MIT */
#include "git_safe.h"

#include "core/mem.h"
#include "repo_place.h"

#include <stdlib.h>
#include <string.h>

/* Keys that name a program, and what is harmless instead. "*": any part. */
static const struct {
	const char *key, *instead;
} programs[] = {
	{"core.sshcommand", "ssh"},
	{"core.fsmonitor", "false"},
	{"core.askpass", ""},
	{"core.gitproxy", "none"},
	{"core.editor", "false"},
	{"core.pager", "cat"},
	{"core.alternaterefscommand", ""},
	{"sequence.editor", "false"},
	{"credential.helper", ""},
	{"credential.*.helper", ""},
	{"filter.*.clean", ""},
	{"filter.*.smudge", ""},
	{"filter.*.process", ""},
	{"filter.*.required", "false"},
	{"merge.*.driver", "false"},
	{"diff.external", ""},
	{"diff.*.command", ""},
	{"diff.*.textconv", ""},
	{"gpg.program", "gpg"},
	{"gpg.openpgp.program", "gpg"},
	{"gpg.x509.program", "gpgsm"},
	{"gpg.ssh.program", "ssh-keygen"},
	{"gpg.ssh.defaultkeycommand", ""},
	/* remote.*.uploadpack and receivepack: the first that git reads counts, no -c; see
	 * git_safe_upload(). */
	{"remote.*.vcs", NULL},
	/* No program, but a file anywhere, written with what the remote says. */
	{"http.savecookies", "false"},
	{"http.*.savecookies", "false"},
	{"trailer.*.command", ""},
	{"trailer.*.cmd", ""},
};

static bool key_is(const char *key, const char *pattern)
{
	const char *star = strchr(pattern, '*');
	size_t head, tail, len = strlen(key);

	if (!star)
		return strcmp(key, pattern) == 0;
	head = (size_t)(star - pattern);
	tail = strlen(star + 1);
	return len > head + tail && strncmp(key, pattern, head) == 0 &&
	       strcmp(key + len - tail, star + 1) == 0;
}

void git_safe_set(struct git_safe *g, const char *key, const char *value)
{
	MEM_GROW(g->v, g->n, g->cap);
	g->v[g->n] = (struct str)STR_INIT;
	str_addf(&g->v[g->n++], "%s=%s", key, value);
}

void git_safe_release(struct git_safe *g)
{
	for (size_t i = 0; i < g->n; i++)
		str_release(&g->v[i]);
	for (size_t i = 0; i < g->n_env; i++)
		str_release(&g->env[i]);
	free(g->v);
}

int git_safe_run(const struct git_safe *g, const char *const *argv, int timeout_ms,
		 struct run_result *r, struct error *err)
{
	const char *set[sizeof(g->env) / sizeof(*g->env) + 1] = {NULL};
	const char **all;
	size_t n = 0, given = 0;
	struct run run = {.env = RUN_NEUTRAL,
			  .set = set,
			  .dir = g->dir,
			  .timeout_ms = timeout_ms,
			  .stop = g->stop};
	int rc;

	while (argv[given])
		given++;
	all = mem_array(NULL, 2 * g->n + given + 2, sizeof(*all));
	all[n++] = "git";
	for (size_t i = 0; i < g->n; i++) {
		all[n++] = "-c";
		all[n++] = g->v[i].p; /* ended by a NUL: see str_addf() */
	}
	for (size_t i = 0; i <= given; i++)
		all[n++] = argv[i];
	for (size_t i = 0; i < g->n_env; i++)
		set[i] = g->env[i].p;
	run.argv = all;
	rc = run_program(&run, r, err);
	free(all);
	return rc;
}

/* Its first line of complaint, without git's "fatal: ". */
static int complain(const char *what, const struct run_result *r, struct error *err)
{
	const char *p = r->err.len ? r->err.p : "";
	size_t len = r->err.len ? strcspn(p, "\n") : 0;

	if (len > 7 && strncmp(p, "fatal: ", 7) == 0) {
		p += 7;
		len -= 7;
	}
	return error_set(err, ST_FAIL, "git %s: %.*s", what, (int)len, p);
}

int git_safe_do(const struct git_safe *g, const char *const *argv, struct str *out,
		struct error *err)
{
	struct run_result r = RUN_RESULT_INIT;
	int rc = git_safe_run(g, argv, 0, &r, err);

	if (rc == 0 && r.exit != 0) {
		str_text(&r.err);
		rc = complain(argv[0], &r, err);
	}
	if (rc == 0 && out)
		str_add_slice(out, str_slice(&r.out));
	run_result_release(&r);
	return rc;
}

/* ---- what the repository's configuration names ---- */

/* More programs than anybody's configuration names; each is a word of git's command line. */
enum { KEYS_MOST = 500 };

/* Answering: the user's own configuration, and the keys that were answered already. */
struct answering {
	struct git_safe *g;
	struct str users;    /* "key\nvalue\0" and so on */
	struct str answered; /* "key\0" and so on */
	size_t n;
};

char *git_safe_text(const struct str *s, size_t *at)
{
	char *text = s->len ? s->p + *at : NULL, *end;

	if (*at >= s->len)
		return NULL;
	end = memchr(text, '\0', s->len - *at);
	*at = end ? (size_t)(end - s->p) + 1 : s->len;
	return end ? text : NULL;
}

static bool was_answered(struct answering *a, const char *key)
{
	char *was;

	for (size_t at = 0; (was = git_safe_text(&a->answered, &at));)
		if (strcmp(was, key) == 0)
			return true;
	str_add(&a->answered, key, strlen(key) + 1);
	return false;
}

/* What the user's own configuration has for the key counts: all of its values, in order. */
static int answer(struct answering *a, const char *key, const char *instead, struct error *err)
{
	size_t len = strlen(key), values = 0;
	char *text;

	if (!instead)
		return error_set(err, ST_DENIED,
				 N_("the repository's configuration names a program of its own "
				    "(%s); if you trust it, run adref trust"),
				 key);
	/* git takes what stands before the first "=" of a -c for the key. */
	if (strchr(key, '='))
		return error_set(err, ST_DENIED,
				 N_("the repository's configuration names a program under a "
				    "name with = in it (%s); if you trust it, run adref trust"),
				 key);
	if (was_answered(a, key))
		return 0;
	if (a->n++ == KEYS_MOST)
		return error_set(
			err, ST_DENIED,
			N_("the repository's configuration names more than %d programs "
			   "of its own; if you trust it, run adref trust"),
			KEYS_MOST);
	/* A list of helpers is what came before, and this: an empty one begins it anew. */
	if (strncmp(key, "credential.", 11) == 0)
		git_safe_set(a->g, key, instead);
	for (size_t at = 0; (text = git_safe_text(&a->users, &at));)
		if (strncmp(text, key, len) == 0 && text[len] == '\n') {
			git_safe_set(a->g, key, text + len + 1);
			values++;
		}
	if (!values && strncmp(key, "credential.", 11) != 0)
		git_safe_set(a->g, key, instead);
	return 0;
}

bool git_safe_names_program(const char *key)
{
	if (strcmp(key, "core.hookspath") == 0)
		return true;
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (key_is(key, programs[i].key))
			return true;
	return false;
}

static int answer_key(struct answering *a, const char *key, struct error *err)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (key_is(key, programs[i].key))
			return answer(a, key, programs[i].instead, err);
	if (key_is(key, "submodule.*.ignore"))
		return answer(a, key, "dirty", err);
	return 0;
}

/* Each key of the repository's own configuration: "scope\0key\nvalue\0" and so on. */
static int answer_all(struct git_safe *g, struct error *err)
{
	const char *const all[] = {"config", "--list", "--show-scope", "-z", NULL};
	const char *const own[] = {"config", "--global", "--list", "-z", NULL};
	struct answering a = {.g = g, .users = STR_INIT, .answered = STR_INIT};
	struct error none = ERROR_INIT;
	struct str out = STR_INIT;
	char *scope, *key;
	int rc = git_safe_do(g, all, &out, err);

	if (rc == 0 && git_safe_do(g, own, &a.users, &none) < 0)
		str_clear(&a.users); /* there is no such file */
	for (size_t at = 0; rc == 0 && (scope = git_safe_text(&out, &at));) {
		key = git_safe_text(&out, &at);
		if (!key)
			break;
		key[strcspn(key, "\n")] = '\0';
		if (strcmp(scope, "local") == 0 || strcmp(scope, "worktree") == 0)
			rc = answer_key(&a, key, err);
	}
	str_release(&a.users);
	str_release(&a.answered);
	str_release(&out);
	return rc;
}

int git_safe_modules(struct git_safe *g, const char *top, struct error *err)
{
	const char *const blobs[] = {":.gitmodules", "HEAD:.gitmodules"};
	struct str file = STR_INIT, out = STR_INIT;
	struct error none = ERROR_INIT;
	char *key;
	int rc = 0;

	if (g->trusted)
		return 0;
	str_addf(&file, "%s.gitmodules", top);
	for (size_t i = 0; i <= sizeof(blobs) / sizeof(*blobs); i++) {
		const char *const argv[] = {"config",
					    i ? "--blob" : "--file",
					    i ? blobs[i - 1] : str_text(&file),
					    "-z",
					    "--name-only",
					    "--get-regexp",
					    "^submodule[.].*[.]ignore$",
					    NULL};

		(void)git_safe_do(g, argv, &out, &none); /* there may be none */
	}
	for (size_t at = 0; rc == 0 && (key = git_safe_text(&out, &at));) {
		if (strchr(key, '=') || g->n > 2 * (size_t)KEYS_MOST)
			rc = error_set(err, ST_DENIED,
				       N_(".gitmodules: %s cannot be answered; if you trust "
					  "the repository, run adref trust"),
				       key);
		else
			git_safe_set(g, key, "dirty");
	}
	str_release(&file);
	str_release(&out);
	return rc;
}

const char *git_safe_upload(const struct git_safe *g)
{
	return g->trusted ? NULL : "--upload-pack=git-upload-pack";
}

const char *git_safe_receive(const struct git_safe *g)
{
	return g->trusted ? NULL : "--receive-pack=git-receive-pack";
}

static void add_env(struct git_safe *g, const char *name, const char *value)
{
	struct str *e = &g->env[g->n_env++];

	*e = (struct str)STR_INIT;
	str_addf(e, "%s=%s", name, value);
}

int git_safe_init(struct git_safe *g, struct session *s, struct error *err)
{
	static const char *const passed[] = {"GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL",
					     "GIT_CONFIG_SYSTEM"};
	struct person person = {NULL, NULL};
	int rc = repo_author(s->repo, &person, err);

	*g = (struct git_safe){.dir = s->ws.root, .trusted = s->trusted};
	if (rc == 0)
		rc = repo_tree_check_all(repo_work_dir(s->repo), err);
	if (rc < 0) {
		person_release(&person);
		return rc;
	}
	add_env(g, "GIT_TERMINAL_PROMPT", "0");
	/* Who only asks writes nothing, and leaves no lock when killed. */
	add_env(g, "GIT_OPTIONAL_LOCKS", "0");
	add_env(g, "GIT_AUTHOR_NAME", person.name);
	add_env(g, "GIT_AUTHOR_EMAIL", person.email);
	add_env(g, "GIT_COMMITTER_NAME", person.name);
	add_env(g, "GIT_COMMITTER_EMAIL", person.email);
	for (size_t i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		if (getenv(passed[i]))
			add_env(g, passed[i], getenv(passed[i]));
	person_release(&person);
	git_safe_set(g, "gc.auto", "0");
	git_safe_set(g, "maintenance.auto", "false");
	git_safe_set(g, "submodule.recurse", "false");
	/* A submodule's configuration is its own, where no program is answered: git is not to
	 * look for changes in it. */
	git_safe_set(g, "diff.ignoreSubmodules", "dirty");
	if (s->trusted)
		return 0;
	git_safe_set(g, "core.hooksPath", "/dev/null");
	git_safe_set(g, "core.fsmonitor", "false");
	git_safe_set(g, "protocol.ext.allow", "never");
	rc = answer_all(g, err);
	return rc < 0 ? rc : git_safe_modules(g, repo_work_dir(s->repo), err);
}
