/* SPDX-License-Identifier: MIT */
#include "store/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first line of a small file of /proc; empty where it cannot be read. */
static void read_line(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	buf[n > 0 ? n : 0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
}

/* Clock ticks from boot to the start of the process; 0 where that is not known. */
static uint64_t start_of(int64_t pid)
{
	char path[64], stat[1024], *p;

	snprintf(path, sizeof(path), "/proc/%" PRId64 "/stat", pid);
	read_line(path, stat, sizeof(stat));
	/* The name in parentheses may hold anything; field 22 counts from after it. */
	p = strrchr(stat, ')');
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

/* The words of a line are parted by blanks, so a missing one is a dash. */
static void make_word(char *word)
{
	for (char *c = word; *c; c++)
		if ((unsigned char)*c <= ' ')
			*c = '_';
	if (!*word) {
		word[0] = '-';
		word[1] = '\0';
	}
}

void owner_self(struct owner *o)
{
	ssize_t n;

	*o = (struct owner){.pid = (int64_t)getpid()};
	o->start = start_of(o->pid);
	read_line("/proc/sys/kernel/random/boot_id", o->boot, sizeof(o->boot));
	n = readlink("/proc/self/ns/pid", o->space, sizeof(o->space) - 1);
	o->space[n > 0 ? n : 0] = '\0';
	if (gethostname(o->host, sizeof(o->host) - 1) != 0)
		o->host[0] = '\0';
	make_word(o->boot);
	make_word(o->space);
	make_word(o->host);
}

void owner_add(struct str *out, const struct owner *o)
{
	str_addf(out, "owner %" PRId64 " %" PRIu64 " %s %s %s", o->pid, o->start, o->boot,
		 o->space, o->host);
}

bool owner_read(struct slice line, struct owner *o)
{
	const char *end = line.len ? memchr(line.p, '\n', line.len) : NULL;
	char text[320];
	size_t len = end ? (size_t)(end - line.p) : line.len;
	struct owner got = {.pid = 0};

	if (len >= sizeof(text) || (len && memchr(line.p, '\0', len)))
		return false;
	if (len)
		memcpy(text, line.p, len);
	text[len] = '\0';
	if (sscanf(text, "owner %" SCNd64 " %" SCNu64 " %39s %39s %79s", &got.pid, &got.start,
		   got.boot, got.space, got.host) != 5 ||
	    got.pid <= 0 || got.pid > INT32_MAX)
		return false;
	*o = got;
	return true;
}

bool owner_is_gone(const struct owner *o)
{
	struct owner self;

	if (o->pid <= 0)
		return false;
	owner_self(&self);
	if (strcmp(self.host, o->host) != 0)
		return false;
	if (strcmp(self.boot, o->boot) != 0)
		return strcmp(self.boot, "-") != 0 && strcmp(o->boot, "-") != 0;
	if (strcmp(self.space, o->space) != 0)
		return false;
	if (kill((pid_t)o->pid, 0) != 0 && errno == ESRCH)
		return true;
	/* The number may have been given to another process since. */
	return o->start && start_of(o->pid) && start_of(o->pid) != o->start;
}

bool owner_is_self(const struct owner *o)
{
	struct owner self;

	owner_self(&self);
	return self.pid == o->pid && self.start == o->start && self.start != 0 &&
	       strcmp(self.boot, o->boot) == 0 && strcmp(self.space, o->space) == 0 &&
	       strcmp(self.host, o->host) == 0;
}
