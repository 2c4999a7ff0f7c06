/* SPDX-License-Identifier: MIT */
#include "store/merge_file.h"

#include "core/bound.h"
#include "core/front.h"
#include "store/crew.h"
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT_SIGN 8000 /* bytes in which a NUL says that it is no text, as git has it */

/* ---- putting a file in another's place ---- */

/* A file beside OURS that is to take its place. */
struct put {
	int fd;
	char path[PATH_MAX]; /* of OURS, links resolved */
	char temp[PATH_MAX + 16];
	mode_t mode;
};

static int put_begin(struct put *p, const char *path, struct error *err)
{
	struct stat st;

	p->fd = -1;
	if (!realpath(path, p->path) || stat(p->path, &st) != 0)
		return file_error(err, errno, N_("cannot merge into"), path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ST_INPUT, N_("%s: not a file"), path);
	p->mode = st.st_mode & 0777;
	snprintf(p->temp, sizeof(p->temp), "%s.adrefXXXXXX", p->path);
	p->fd = mkstemp(p->temp);
	if (p->fd < 0)
		return file_error(err, errno, N_("cannot write beside"), path);
	return 0;
}

static bool put_bytes(struct put *p, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(p->fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* Puts it in place, or takes it away where something failed. */
static int put_end(struct put *p, bool good, struct error *err)
{
	int number = good ? 0 : errno;

	if (good && fchmod(p->fd, p->mode) != 0)
		number = errno;
	if (close(p->fd) != 0 && !number)
		number = errno;
	if (!number && rename(p->temp, p->path) != 0)
		number = errno;
	if (!number)
		return 0;
	unlink(p->temp);
	return file_error(err, number, N_("cannot write"), p->path);
}

static int replace(const char *path, struct slice bytes, struct error *err)
{
	struct put p;
	int rc = put_begin(&p, path, err);

	return rc < 0 ? rc : put_end(&p, put_bytes(&p, bytes.p, bytes.len), err);
}

/* ---- both texts as they are, without reading them ---- */

/* Copies a file; *ended: it ends with a line end. */
static bool copy(struct put *p, int fd, bool *ended)
{
	char buffer[65536];
	ssize_t n;

	*ended = true;
	do {
		n = read(fd, buffer, sizeof(buffer));
		if (n > 0 && !put_bytes(p, buffer, (size_t)n))
			return false;
		if (n > 0)
			*ended = buffer[n - 1] == '\n';
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0;
}

static bool put_side(struct put *p, const struct merge_file *job, int side, int fd)
{
	char head[128] = "";
	bool ended;

	if (job->party[side] != PARTY_NONE)
		snprintf(head, sizeof(head), "%.100s:\n",
			 job->parties->v[job->party[side]].code);
	return put_bytes(p, head, strlen(head)) && copy(p, fd, &ended) &&
	       (ended || put_bytes(p, "\n", 1));
}

static int open_side(const char *path, int *fd, struct error *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return file_error(err, errno, N_("cannot read"), path);
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return 0;
	close(*fd);
	*fd = -1;
	return error_set(err, ST_INPUT, N_("%s: not a file"), path);
}

/* The three texts as they were: they are read after OURS is replaced, which may be one of the
 * others as well. */
struct opened {
	int fd[3];         /* base (-1: there is none), ours, theirs */
	struct error base; /* why the base cannot be read */
};

static int open_all(const struct merge_file *job, struct opened *o, struct error *err)
{
	int rc = open_side(job->ours, &o->fd[1], err);

	if (rc == 0)
		rc = open_side(job->theirs, &o->fd[2], err);
	/* No base: both sides made the file. */
	if (strcmp(job->base, "/dev/null") != 0 &&
	    open_side(job->base, &o->fd[0], &o->base) != 0)
		o->fd[0] = -1;
	return rc;
}

/* OURS becomes one point of both texts. */
static int both_first(const struct merge_file *job, const struct opened *o, struct error *err)
{
	struct put p = {.fd = -1};
	int rc = put_begin(&p, job->ours, err);
	bool good;

	if (rc != 0)
		return rc;
	good = put_bytes(&p, "[\n", 2) && put_side(&p, job, 0, o->fd[1]) &&
	       put_bytes(&p, "/\n", 2) && put_side(&p, job, 1, o->fd[2]) &&
	       put_bytes(&p, "]\n", 2);
	return put_end(&p, good, err);
}

/* ---- reading ---- */

static int too_large(const char *path, struct error *err)
{
	return error_set(err, ST_TOO_LARGE, N_("%s: too large to be merged word by word"),
			 path);
}

static int read_open(int fd, const char *path, struct str *out, struct error *err)
{
	char buffer[65536];
	struct stat st;
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET) != 0 || fstat(fd, &st) != 0)
		return file_error(err, errno, N_("cannot read"), path);
	if ((size_t)st.st_size > FILE_MOST_DRAFT)
		return too_large(path, err);
	while ((n = read(fd, buffer, sizeof(buffer))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_error(err, errno, N_("cannot read"), path);
		if (out->len + (size_t)n > FILE_MOST_DRAFT)
			return too_large(path, err);
		str_add(out, buffer, (size_t)n);
	}
	return 0;
}

static bool is_text(const struct str *s)
{
	return !s->len || !memchr(s->p, 0, s->len < TEXT_SIGN ? s->len : TEXT_SIGN);
}

/* ---- merging ---- */

static bool is_yaml(const struct merge_file *job)
{
	struct slice path = slice_of(job->path ? job->path : job->ours);

	return slice_ends(path, ".yaml") || slice_ends(path, ".yml");
}

static bool too_much(const struct str text[3], struct error *why)
{
	struct slice all[3] = {str_slice(&text[0]), str_slice(&text[1]), str_slice(&text[2])};

	return bound_together(all, 3, why) < 0;
}

static void merge_all(const struct merge_file *job, const struct str text[3], struct str *out,
		      struct merge_outcome *outcome)
{
	struct merge_side ours = {str_slice(&text[1]), job->party[0]};
	struct merge_side theirs = {str_slice(&text[2]), job->party[1]};
	struct merge_ask ask = {.base = str_slice(&text[0]),
				.ours = ours,
				.theirs = theirs,
				.parties = job->parties,
				.each = crew()};
	struct front_matter front;

	if (is_yaml(job)) {
		merge_yaml(out, str_slice(&text[0]), ours, theirs, job->parties, outcome);
		return;
	}
	front_matter_read(&front, str_slice(&text[text[0].len ? 0 : 1]));
	if (front.language)
		ask.language = slice_of(front.language);
	merge_texts(&ask, out, outcome);
	front_matter_release(&front);
}

/* Fills out; false where both texts as they are have to do. */
static bool make(const struct merge_file *job, const struct opened *o, struct str text[3],
		 struct str *out, struct merge_outcome *outcome, struct error *why)
{
	int rc = read_open(o->fd[1], job->ours, &text[1], why);

	*outcome = (struct merge_outcome){1, true};
	if (rc == 0)
		rc = read_open(o->fd[2], job->theirs, &text[2], why);
	if (rc == 0)
		rc = bound_bytes(text[1].len + text[2].len, why);
	if (rc != 0)
		return false;
	if (!is_text(&text[1]) || !is_text(&text[2])) {
		error_set(why, ST_INPUT, N_("%s: not a text"),
			  job->path ? job->path : job->ours);
		return false;
	}
	*why = o->base;
	if (o->base.status == ST_OK && o->fd[0] >= 0)
		rc = read_open(o->fd[0], job->base, &text[0], why);
	if (rc == 0 && !is_text(&text[0]))
		error_set(why, ST_INPUT, N_("%s: not a text"), job->base);
	if (!is_yaml(job) && too_much(text, why))
		return false;
	if (why->status == ST_OK) {
		merge_all(job, text, out, outcome);
		return true;
	}
	merge_whole(out, (struct merge_side){str_slice(&text[1]), job->party[0]},
		    (struct merge_side){str_slice(&text[2]), job->party[1]}, job->parties);
	return true;
}

int merge_file(const struct merge_file *job, struct str *print, struct merge_outcome *outcome,
	       struct error *why, struct error *err)
{
	struct str text[3] = {STR_INIT, STR_INIT, STR_INIT}, out = STR_INIT;
	struct opened o = {{-1, -1, -1}, ERROR_INIT};
	struct error trouble = ERROR_INIT;
	int rc = open_all(job, &o, err);

	if (rc == 0 && !print)
		rc = both_first(job, &o, err);
	if (rc == 0 && make(job, &o, text, &out, outcome, why)) {
		if (print)
			str_add_slice(print, str_slice(&out));
		else if (replace(job->ours, str_slice(&out), &trouble) != 0) {
			/* Both texts stand there. */
			*outcome = (struct merge_outcome){1, true};
			error_set(why, trouble.status, "%s", trouble.text);
		}
	} else if (rc == 0 && print) {
		rc = error_set(err, why->status, "%s", why->text);
	}
	for (size_t k = 0; k < 3; k++) {
		if (o.fd[k] >= 0)
			close(o.fd[k]);
		str_release(&text[k]);
	}
	str_release(&out);
	return rc;
}
