/* SPDX-License-Identifier: MIT */
#include "store/run.h"

#include "core/mem.h"
#include "run_inner.h"
#include "store/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_OUT = 64 * 1024 * 1024,
	MOST_ERR = 64 * 1024,
	TIMEOUT_MS = 60 * 1000,
	SLICE_MS = 20, /* how long a poll may take: the program's end has no descriptor */
	GRACE_MS = 500 /* from asking to killing, and for output after the end */
};

extern char **environ;

void run_result_release(struct run_result *r)
{
	str_release(&r->out);
	str_release(&r->err);
	*r = (struct run_result)RUN_RESULT_INIT;
}

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

static void close_fd(int *fd)
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
	close_fd(&pipes[0][0]);
	close_fd(&pipes[1][1]);
	close_fd(&pipes[2][1]);
	close_fd(&pipes[3][1]);
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
	close_fd(&pipes[3][0]);
	c->in = pipes[0][1];
	c->out = pipes[1][0];
	c->err = pipes[2][0];
	free(env);
	free(program);
	return rc;
}

/* write() to a pipe whose reader is gone must not end us. */
static ssize_t write_quietly(int fd, const char *p, size_t len)
{
	sigset_t pipe_set, old, pending;
	struct timespec none = {0, 0};
	bool was_pending;
	ssize_t n;
	int code;

	sigemptyset(&pipe_set);
	sigaddset(&pipe_set, SIGPIPE);
	sigpending(&pending);
	was_pending = sigismember(&pending, SIGPIPE) == 1;
	pthread_sigmask(SIG_BLOCK, &pipe_set, &old);
	n = write(fd, p, len);
	code = errno;
	if (n < 0 && code == EPIPE && !was_pending)
		while (sigtimedwait(&pipe_set, NULL, &none) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = code;
	return n;
}

static void feed(struct run_child *c, struct slice in)
{
	ssize_t n = 0;

	if (c->written < in.len) {
		n = write_quietly(c->in, in.p + c->written, in.len - c->written);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		c->written += n > 0 ? (size_t)n : 0;
	}
	if (n < 0 || c->written >= in.len)
		close_fd(&c->in); /* it has all, or wants no more */
}

/* Reads what is there; false where it is more than most. keep: whether more is kept. */
static bool drain(int *fd, struct str *out, size_t most, bool more_is_fine)
{
	char buf[65536];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0) {
		close_fd(fd);
		return true;
	}
	if (out->len + (size_t)n > most) {
		str_add(out, buf, most - out->len);
		return more_is_fine;
	}
	str_add(out, buf, (size_t)n);
	return true;
}

/* Whether it has ended by now: sets ended and status. */
static void reap(struct run_child *c)
{
	pid_t got;

	if (c->ended)
		return;
	got = waitpid(c->pid, &c->status, WNOHANG);
	if (got == c->pid || (got < 0 && errno == ECHILD))
		c->ended = true;
}

/* Ends the program and all it started in its session. */
void run_child_stop(struct run_child *c)
{
	long long until = clock_ms() + GRACE_MS;
	const struct timespec pause = {0, 5 * 1000000L};

	close_fd(&c->in);
	close_fd(&c->out);
	close_fd(&c->err);
	kill(-c->pid, SIGTERM);
	if (!c->ended) /* else the number may be another's by now */
		kill(c->pid, SIGTERM);
	for (reap(c); !c->ended && clock_ms() < until; reap(c))
		nanosleep(&pause, NULL);
	kill(-c->pid, SIGKILL);
	if (c->ended)
		return;
	kill(c->pid, SIGKILL);
	while (waitpid(c->pid, &c->status, 0) < 0 && errno == EINTR)
		;
	c->ended = true;
}

/* One round of reading and writing. 0, or a status where a limit is met. */
static int attend(const struct run *what, struct run_child *c, struct run_result *r,
		  struct error *err)
{
	struct pollfd fds[3] = {{c->in, POLLOUT, 0}, {c->out, POLLIN, 0}, {c->err, POLLIN, 0}};
	size_t most = what->most_out ? what->most_out : MOST_OUT;

	/* With its output closed, its end is near. */
	if (poll(fds, 3, c->out < 0 && c->err < 0 ? 1 : SLICE_MS) <= 0)
		return 0;
	if (c->in >= 0 && fds[0].revents)
		feed(c, what->in);
	if (c->err >= 0 && fds[2].revents)
		drain(&c->err, &r->err, MOST_ERR, true);
	if (c->out >= 0 && fds[1].revents && !drain(&c->out, &r->out, most, false))
		return error_set(err, ST_TOO_LARGE, N_("%s: printed more than %zu KB; stopped"),
				 what->argv[0], most / 1024);
	return 0;
}

static int attend_all(const struct run *what, struct run_child *c, struct run_result *r,
		      struct error *err)
{
	int limit = what->timeout_ms ? what->timeout_ms : TIMEOUT_MS;
	long long until = clock_ms() + limit, grace = 0;
	int rc = 0;

	while (rc == 0 && (!c->ended || c->out >= 0 || c->err >= 0)) {
		rc = attend(what, c, r, err);
		reap(c);
		if (rc == 0 && what->stop && atomic_load(what->stop))
			rc = error_set(err, ST_FAIL, N_("%s: stopped"), what->argv[0]);
		else if (rc == 0 && !c->ended && clock_ms() >= until)
			rc = error_set(err, ST_TOO_LARGE,
				       N_("%s: took more than %d seconds; stopped"),
				       what->argv[0], (limit + 999) / 1000);
		/* What it left running may hold its output open for ever. */
		if (c->ended && !grace)
			grace = clock_ms() + GRACE_MS;
		if (c->ended && clock_ms() >= grace)
			break;
	}
	return rc;
}

int run_program(const struct run *what, struct run_result *r, struct error *err)
{
	struct run_child c = {.in = -1, .out = -1, .err = -1};
	int rc = run_child_start(what, &c, err);

	if (rc == 0) {
		fcntl(c.in, F_SETFL, O_NONBLOCK);
		fcntl(c.out, F_SETFL, O_NONBLOCK);
		fcntl(c.err, F_SETFL, O_NONBLOCK);
		if (!what->in.len)
			close_fd(&c.in);
		rc = attend_all(what, &c, r, err);
		if (rc < 0)
			run_child_stop(&c);
		r->exit = WIFEXITED(c.status) ? WEXITSTATUS(c.status) : -1;
		r->signal = WIFSIGNALED(c.status) ? WTERMSIG(c.status) : 0;
	}
	close_fd(&c.in);
	close_fd(&c.out);
	close_fd(&c.err);
	return rc;
}

int run_verdict(const struct run *what, const struct run_result *r, struct error *err)
{
	const char *name = strrchr(what->argv[0], '/');
	struct slice said = str_slice(&r->err);
	const char *end;

	name = name ? name + 1 : what->argv[0];
	if (r->exit == 0)
		return 0;
	if (r->exit < 0)
		return error_set(err, ST_FAIL, N_("%s: was ended by signal %d"), name,
				 r->signal);
	while (said.len && strchr(" \t\r\n", said.p[0])) {
		said.p++;
		said.len--;
	}
	end = said.len ? memchr(said.p, '\n', said.len) : NULL;
	if (end)
		said.len = (size_t)(end - said.p);
	if (!said.len)
		return error_set(err, ST_FAIL, N_("%s: failed with status %d"), name, r->exit);
	return error_set(err, ST_FAIL, "%s: %.*s", name, said.len > 400 ? 400 : (int)said.len,
			 said.p);
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
