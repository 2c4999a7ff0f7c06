/* SPDX-License-Identifier: MIT */
#include "run_inner.h"

#include "core/mem.h"
#include "store/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How a program begins and ends: found, given its surroundings, started, waited for. */

extern char **environ;

static bool name_is(const char *var, const char *name)
{
	size_t len = strlen(name);

	return strncmp(var, name, len) == 0 && (var[len] == '=' || name[len - 1] == '_');
}

static bool is_kept(const char *var, enum run_env env)
{
	static const char *const neutral[] = {
		"PATH",        "HOME",          "USER",          "LOGNAME",    "TMPDIR",
		"XDG_",        "SSH_AUTH_SOCK", "SSH_AGENT_PID", "GNUPGHOME",  "http_proxy",
		"https_proxy", "no_proxy",      "all_proxy",     "HTTP_PROXY", "HTTPS_PROXY",
		"NO_PROXY",    "ALL_PROXY"};

	if (env == RUN_WHOLE)
		return !name_is(var, "GIT_");
	for (size_t i = 0; i < sizeof(neutral) / sizeof(neutral[0]); i++)
		if (name_is(var, neutral[i]))
			return true;
	return false;
}

static bool is_set_anew(const char *var, const char *const *set)
{
	const char *equals = strchr(var, '=');
	size_t len = equals ? (size_t)(equals - var) + 1 : strlen(var);

	for (; set && *set; set++)
		if (strncmp(*set, var, len) == 0)
			return true;
	return false;
}

/* The array is the caller's, its texts are not. */
static const char **make_env(const struct run *what)
{
	const char **list = NULL;
	size_t n = 0, cap = 0;

	for (char **var = environ; *var; var++)
		if (is_kept(*var, what->env) && !is_set_anew(*var, what->set)) {
			MEM_GROW(list, n, cap);
			list[n++] = *var;
		}
	if (what->env == RUN_NEUTRAL && !is_set_anew("LC_ALL=", what->set)) {
		MEM_GROW(list, n, cap);
		list[n++] = "LC_ALL=C.UTF-8";
	}
	for (const char *const *var = what->set; var && *var; var++) {
		MEM_GROW(list, n, cap);
		list[n++] = *var;
	}
	MEM_GROW(list, n, cap);
	list[n] = NULL;
	return list;
}

/*
 * The program's file, which the caller frees; NULL where there is none. Only
 * absolute folders of PATH count: a repository must not bring its own programs.
 */
static char *find_program(const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/'))
		return access(name, X_OK) == 0 ? mem_strdup(name) : NULL;
	for (path = path ? path : "/usr/local/bin:/usr/bin:/bin"; path;) {
		size_t len = strcspn(path, ":");
		struct str full = STR_INIT;
		struct stat st;

		str_add(&full, path, len);
		str_addf(&full, "/%s", name);
		if (len && full.p[0] == '/' && stat(str_text(&full), &st) == 0 &&
		    S_ISREG(st.st_mode) && access(str_text(&full), X_OK) == 0)
			return str_detach(&full);
		str_release(&full);
		path = path[len] ? path + len + 1 : NULL;
	}
	return NULL;
}

static int say_missing(const char *name, struct error *err)
{
	return error_set(err, ST_MISSING, N_("%s: no such program; is it installed?"), name);
}

void run_fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A limit that is lower already stays. */
static bool limit(int what, rlim_t most)
{
	struct rlimit l;

	if (getrlimit(what, &l) != 0)
		return false;
	if (most > l.rlim_max)
		most = l.rlim_max;
	l.rlim_cur = l.rlim_max = most;
	return setrlimit(what, &l) == 0;
}

/*
 * Whoever ends it, by time or by a wish, may be gone before: a workbench that is killed, or
 * whose terminal goes. The kernel does it when the thread that began it ends, and that one
 * waits for it.
 */
static bool end_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

/* In the child, after fork(): only what is safe there. */
static _Noreturn void become(const struct run *what, const char *program, const char **env,
			     const int fds[3], int tell, pid_t parent)
{
	static const int back[] = {SIGINT,   SIGQUIT, SIGTERM, SIGHUP,  SIGPIPE,
				   SIGCHLD,  SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU,
				   SIGWINCH, SIGUSR1, SIGUSR2, SIGCONT};
	sigset_t none;
	int code;
	ssize_t n;

	sigemptyset(&none);
	for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++)
		signal(back[i], SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid(); /* without a terminal it can neither ask nor paint */
	if (dup2(fds[0], 0) < 0 || dup2(fds[1], 1) < 0 || dup2(fds[2], 2) < 0)
		goto failed;
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	if (what->dir && chdir(what->dir) != 0)
		goto failed;
	/* What is reserved and never written, as some programs do by the TB, does not count. */
	if (what->most_memory &&
	    !(limit(RLIMIT_DATA, what->most_memory) && limit(RLIMIT_CORE, 0)))
		goto failed;
	if (what->ends_with_us && !end_with(parent))
		goto failed;
	execve(program, (char *const *)(uintptr_t)what->argv, (char *const *)(uintptr_t)env);
failed:
	code = errno;
	n = write(tell, &code, sizeof(code));
	_exit(n > 0 ? 127 : 126);
}

/* A pipe of which no end is 0, 1 or 2: those are what the child puts in their place. */
static int make_pipe(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) != 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if (fds[i] <= 2) {
			int moved = fcntl(fds[i], F_DUPFD_CLOEXEC, 3);

			if (moved < 0)
				return -1;
			close(fds[i]);
			fds[i] = moved;
		}
	return 0;
}

int run_child_start(const struct run *what, struct run_child *c, struct error *err)
{
	int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}}; /* in, out, err, tell */
	char *program = find_program(what->argv[0]);
	const char **env;
	const pid_t us = getpid();
	int rc = 0, code = 0;

	if (!program)
		return say_missing(what->argv[0], err);
	env = make_env(what);

	for (int i = 0; i < 4 && rc == 0; i++)
		if (make_pipe(pipes[i]) != 0)
			rc = error_set(err, ST_FAIL, N_("cannot start %s: %s"), what->argv[0],
				       strerror(errno));
	if (rc == 0) {
		const int fds[3] = {pipes[0][0], pipes[1][1], pipes[2][1]};

		c->pid = fork();
		if (c->pid == 0)
			become(what, program, env, fds, pipes[3][1], us);
		if (c->pid < 0)
			rc = error_set(err, ST_FAIL, N_("cannot start %s: %s"), what->argv[0],
				       strerror(errno));
	}
	run_fd_close(&pipes[0][0]);
	run_fd_close(&pipes[1][1]);
	run_fd_close(&pipes[2][1]);
	run_fd_close(&pipes[3][1]);
	if (rc == 0) {
		ssize_t n;

		do
			n = read(pipes[3][0], &code, sizeof(code));
		while (n < 0 && errno == EINTR);
		if (n == (ssize_t)sizeof(code)) {
			while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
				;
			rc = error_set(err, code == ENOENT ? ST_MISSING : ST_FAIL,
				       N_("cannot start %s: %s"), what->argv[0],
				       strerror(code));
		}
	}
	run_fd_close(&pipes[3][0]);
	c->in = pipes[0][1];
	c->out = pipes[1][0];
	c->err = pipes[2][0];
	free(env);
	free(program);
	return rc;
}

void run_child_reap(struct run_child *c)
{
	pid_t got;

	if (c->ended)
		return;
	got = waitpid(c->pid, &c->status, WNOHANG);
	if (got == c->pid || (got < 0 && errno == ECHILD))
		c->ended = true;
}

void run_child_stop(struct run_child *c)
{
	long long until = clock_ms() + RUN_GRACE_MS;
	const struct timespec pause = {0, 5 * 1000000L};

	run_fd_close(&c->in);
	run_fd_close(&c->out);
	run_fd_close(&c->err);
	kill(-c->pid, SIGTERM);
	if (!c->ended) /* else the number may be another's by now */
		kill(c->pid, SIGTERM);
	for (run_child_reap(c); !c->ended && clock_ms() < until; run_child_reap(c))
		nanosleep(&pause, NULL);
	kill(-c->pid, SIGKILL);
	if (c->ended)
		return;
	kill(c->pid, SIGKILL);
	while (waitpid(c->pid, &c->status, 0) < 0 && errno == EINTR)
		;
	c->ended = true;
}

int run_in_terminal(const char *const *argv, const char *dir, int *code, struct error *err)
{
	struct run what = {.argv = argv, .env = RUN_WHOLE};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
	char *program = find_program(argv[0]);
	const char **env;
	int status = 0, rc = 0;
	pid_t pid;

	if (!program)
		return say_missing(argv[0], err);
	env = make_env(&what);

	/* ^C is for the program, while it has the terminal. */
	sigaction(SIGINT, &ignore, &old_int);
	sigaction(SIGQUIT, &ignore, &old_quit);
	pid = fork();
	if (pid == 0) {
		sigset_t none;

		sigemptyset(&none);
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		signal(SIGPIPE, SIG_DFL);
		sigprocmask(SIG_SETMASK, &none, NULL);
		close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
		if (!dir || chdir(dir) == 0)
			execve(program, (char *const *)(uintptr_t)argv,
			       (char *const *)(uintptr_t)env);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0)
		rc = error_set(err, ST_FAIL, N_("cannot start %s: %s"), argv[0],
			       strerror(errno));
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGQUIT, &old_quit, NULL);
	if (rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 127)
		rc = error_set(err, ST_FAIL, N_("cannot start %s"), argv[0]);
	if (rc == 0)
		*code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	free(env);
	free(program);
	return rc;
}

bool run_has(const char *name)
{
	char *program = find_program(name);
	bool found = program != NULL;

	free(program);
	return found;
}
