/* SPDX-License-Identifier: MIT */
#include "store/stream.h"

#include "core/mem.h"
#include "run_inner.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 65536, MOST_ERR = 65536 };

struct stream {
	struct run_child child;
	struct run_result result; /* out stays empty */
	char *name;
};

int stream_open(struct stream **out, const struct run *what, struct error *err)
{
	struct stream *s = mem_zalloc(sizeof(*s));
	int rc;

	s->child = (struct run_child){.in = -1, .out = -1, .err = -1};
	rc = run_child_start(what, &s->child, err);
	if (rc < 0) {
		free(s);
		return rc;
	}
	close(s->child.in);
	s->child.in = -1;
	s->name = mem_strdup(what->argv[0]);
	*out = s;
	return 0;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	if (!s->child.ended)
		run_child_stop(&s->child);
	if (s->child.out >= 0)
		close(s->child.out);
	if (s->child.err >= 0)
		close(s->child.err);
	run_result_release(&s->result);
	free(s->name);
	free(s);
}

/* Reads once. Returns whether something came; closes at the end. */
static bool take(int *fd, struct str *out, size_t most)
{
	char small[4096];
	ssize_t n;

	if (out->len >= most) {
		n = read(*fd, small, sizeof(small)); /* more complaints than anyone reads */
	} else {
		str_reserve(out, ROOM);
		n = read(*fd, out->p + out->len, ROOM);
		if (n > 0)
			out->len += (size_t)n;
	}
	if (n < 0 && errno == EINTR)
		return false;
	if (n <= 0) {
		close(*fd);
		*fd = -1;
	}
	return n > 0;
}

static int finish(struct stream *s)
{
	while (!s->child.ended) {
		pid_t got = waitpid(s->child.pid, &s->child.status, 0);

		s->child.ended = got == s->child.pid || (got < 0 && errno != EINTR);
	}
	return STREAM_END;
}

int stream_read(struct stream *s, int wait_ms, struct str *out)
{
	for (;;) {
		struct pollfd fds[2] = {{s->child.out, POLLIN, 0}, {s->child.err, POLLIN, 0}};
		int n;

		if (s->child.out < 0 && s->child.err < 0)
			return finish(s);
		n = poll(fds, 2, wait_ms);
		if (n == 0 || (n < 0 && errno == EINTR))
			return STREAM_WAITING;
		if (fds[1].revents && s->child.err >= 0)
			take(&s->child.err, &s->result.err, MOST_ERR);
		if (fds[0].revents && s->child.out >= 0 && take(&s->child.out, out, SIZE_MAX))
			return STREAM_DATA;
	}
}

int stream_verdict(struct stream *s, struct error *err)
{
	const char *argv[] = {s->name, NULL};
	struct run what = {.argv = argv};

	s->result.exit = WIFEXITED(s->child.status) ? WEXITSTATUS(s->child.status) : -1;
	s->result.signal = WIFSIGNALED(s->child.status) ? WTERMSIG(s->child.status) : 0;
	return run_verdict(&what, &s->result, err);
}
