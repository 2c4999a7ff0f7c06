/* SPDX-License-Identifier: MIT */
#include "git_safe.h"

#include "core/mem.h"

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

/* What the user's own configuration has for the key, a value a line. */
static void users_values(const struct git_safe *g, const char *key, struct str *out)
{
	const char *const argv[] = {"config", "--global", "--get-all", key, NULL};
	struct error none = ERROR_INIT;

	if (git_safe_do(g, argv, out, &none) != 0)
		str_clear(out);
}

static int answer(struct git_safe *g, const char *key, const char *instead, struct error *err)
{
	struct str values = STR_INIT;
	bool list = strncmp(key, "credential.", 11) == 0;

	if (!instead)
		return error_set(err, ST_DENIED,
				 N_("the repository's configuration names a program of its own "
				    "(%s); if you trust it, run adref trust"),
				 key);
	users_values(g, key, &values);
	if (list || !values.len)
		git_safe_set(g, key, instead);
	for (char *p = values.len ? (char *)str_text(&values) : NULL, *end; p && *p;
	     p = end + 1) {
		end = strchr(p, '\n');
		if (!end)
			break;
		*end = '\0';
		git_safe_set(g, key, p);
	}
	str_release(&values);
	return 0;
}

static int answer_key(struct git_safe *g, const char *key, struct error *err)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (key_is(key, programs[i].key))
			return answer(g, key, programs[i].instead, err);
	return 0;
}

/* Each key of the repository's own configuration: "scope\0key\nvalue\0" and so on. */
static int answer_all(struct git_safe *g, struct error *err)
{
	const char *const argv[] = {"config", "--list", "--show-scope", "-z", NULL};
	struct str out = STR_INIT;
	int rc = git_safe_do(g, argv, &out, err);

	for (size_t at = 0; rc == 0 && at < out.len;) {
		char *scope = out.p + at, *key, *end = out.p + out.len;

		key = memchr(scope, '\0', (size_t)(end - scope));
		key = key ? key + 1 : end;
		end = memchr(key, '\0', (size_t)(end - key));
		if (!end)
			break;
		key[strcspn(key, "\n")] = '\0';
		if (strcmp(scope, "local") == 0 || strcmp(scope, "worktree") == 0)
			rc = answer_key(g, key, err);
		at = (size_t)(end - out.p) + 1;
	}
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
	if (rc < 0)
		return rc;
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
	if (s->trusted)
		return 0;
	git_safe_set(g, "core.hooksPath", "/dev/null");
	git_safe_set(g, "core.fsmonitor", "false");
	git_safe_set(g, "protocol.ext.allow", "never");
	return answer_all(g, err);
}
