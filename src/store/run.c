/* SPDX-License-Identifier: MIT */
#include "store/run.h"

#include "run_inner.h"
#include "store/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_OUT = 64 * 1024 * 1024,
	MOST_ERR = 64 * 1024,
	TIMEOUT_MS = 60 * 1000,
	SLICE_MS = 20 /* how long a poll may take: the program's end has no descriptor */
};

void run_result_release(struct run_result *r)
{
	str_release(&r->out);
	str_release(&r->err);
	*r = (struct run_result)RUN_RESULT_INIT;
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
		run_fd_close(&c->in); /* it has all, or wants no more */
}

/* Reads what is there; false where it is more than most and should not be. */
static bool drain(int *fd, struct str *out, size_t most, bool more_is_fine)
{
	char buf[65536];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0) {
		run_fd_close(fd);
		return true;
	}
	if (out->len + (size_t)n > most) {
		str_add(out, buf, most - out->len);
		return more_is_fine;
	}
	str_add(out, buf, (size_t)n);
	return true;
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
		run_child_reap(c);
		if (rc == 0 && what->stop && atomic_load(what->stop))
			rc = error_set(err, ST_FAIL, N_("%s: stopped"), what->argv[0]);
		else if (rc == 0 && !c->ended && clock_ms() >= until)
			rc = error_set(err, ST_TOO_LARGE,
				       N_("%s: took more than %d seconds; stopped"),
				       what->argv[0], (limit + 999) / 1000);
		/* What it left running may hold its output open for ever. */
		if (c->ended && !grace)
			grace = clock_ms() + RUN_GRACE_MS;
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
			run_fd_close(&c.in);
		rc = attend_all(what, &c, r, err);
		if (rc < 0)
			run_child_stop(&c);
		r->exit = WIFEXITED(c.status) ? WEXITSTATUS(c.status) : -1;
		r->signal = WIFSIGNALED(c.status) ? WTERMSIG(c.status) : 0;
	}
	run_fd_close(&c.in);
	run_fd_close(&c.out);
	run_fd_close(&c.err);
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
