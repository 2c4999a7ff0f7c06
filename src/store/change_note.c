/* SPDX-License-Identifier: MIT */
#include "change_inner.h"

#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Lines of "key value", a blank line, the message, which ends with a NUL so that
 * one cut short is known. A file is "file HEAD BLOB w|o|k PATH", with - for no blob
 * and w where it is written, o over one that was not as HEAD has it.
 */

void change_note_release(struct change_note *n)
{
	for (size_t i = 0; i < n->n; i++)
		free(n->v[i].path);
	free(n->v);
	str_release(&n->branch);
	person_release(&n->author);
	str_release(&n->message);
}

struct change_entry *change_note_add(struct change_note *n)
{
	MEM_GROW(n->v, n->n, n->cap);
	n->v[n->n] = (struct change_entry){.path = NULL};
	return &n->v[n->n++];
}

static void add_text(const struct change_note *n, struct str *text)
{
	for (size_t i = 0; i < n->n; i++)
		str_addf(text, "file %s %s %c %s\n", n->v[i].head[0] ? n->v[i].head : "-",
			 n->v[i].file,
			 n->v[i].over      ? 'o'
			 : n->v[i].written ? 'w'
					   : 'k',
			 n->v[i].path);
	str_addf(text, "branch %.*s\n", (int)n->branch.len, n->branch.p);
	str_addf(text, "name %s\nemail %s\ntime %lld %d\n\n", n->author.name, n->author.email,
		 (long long)n->time, n->offset);
	str_add_slice(text, str_slice(&n->message));
	str_add_char(text, '\0');
}

/*
 * Not synced, to be quick: after a power cut without it, what is in the files is an edit that
 * is not committed, and the user is asked.
 */
int change_note_write(const char *file, const struct change_note *note, struct error *err)
{
	struct str text = STR_INIT;
	size_t done = 0;
	int fd, rc = ST_OK;

	add_text(note, &text);
	unlink(file); /* of a change that could not be finished; what it wrote is in its files
		       */
	fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	while (fd >= 0 && done < text.len) {
		ssize_t n = write(fd, text.p + done, text.len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	if (done < text.len) {
		rc = error_set(err, ST_FAIL, N_("%s: cannot be written: %s"), file,
			       strerror(errno));
		if (fd >= 0)
			unlink(file);
	}
	if (fd >= 0)
		close(fd);
	str_release(&text);
	return rc;
}

static void read_file(struct change_note *n, const char *value)
{
	char head[REPO_HEX + 2], blob[REPO_HEX + 2], how;
	struct change_entry *e;
	int path = 0;

	if (sscanf(value, "%41s %41s %c %n", head, blob, &how, &path) < 3 || !path ||
	    strlen(blob) != REPO_HEX || (strlen(head) != REPO_HEX && strcmp(head, "-") != 0) ||
	    !repo_path_is_sane(value + path))
		return;
	e = change_note_add(n);
	e->path = mem_strdup(value + path);
	e->over = how == 'o';
	e->written = how == 'w' || e->over;
	memcpy(e->file, blob, REPO_HEX + 1);
	if (strlen(head) == REPO_HEX)
		memcpy(e->head, head, REPO_HEX + 1);
}

static void read_line(struct change_note *n, char *line)
{
	char *value = strchr(line, ' ');
	long long time;

	if (!value)
		return;
	*value++ = '\0';
	if (strcmp(line, "file") == 0)
		read_file(n, value);
	else if (strcmp(line, "branch") == 0 && !n->branch.len)
		str_add_text(&n->branch, value);
	else if (strcmp(line, "name") == 0 && !n->author.name)
		n->author.name = mem_strdup(value);
	else if (strcmp(line, "email") == 0 && !n->author.email)
		n->author.email = mem_strdup(value);
	else if (strcmp(line, "time") == 0 && sscanf(value, "%lld %d", &time, &n->offset) == 2)
		n->time = time;
}

bool change_note_read(struct slice text, struct change_note *n)
{
	const char *end;

	if (!text.len || text.p[text.len - 1] != '\0')
		return false;
	text.len--;
	while (text.len && (end = memchr(text.p, '\n', text.len)) && end != text.p) {
		char *line = slice_dup(slice_make(text.p, (size_t)(end - text.p)));

		read_line(n, line);
		free(line);
		text.len -= (size_t)(end - text.p) + 1;
		text.p = end + 1;
	}
	if (text.len && *text.p == '\n')
		str_add(&n->message, text.p + 1, text.len - 1);
	return n->n && n->branch.len && n->author.name && n->author.email && n->message.len;
}
