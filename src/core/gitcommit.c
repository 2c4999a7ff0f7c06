/* SPDX-License-Identifier: MIT */
#include "core/gitcommit.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum { HEX = 40, PARENTS_MOST = 1000 };

/* Where in the header we are: the lines have one order. */
enum part { PART_TREE, PART_PARENTS, PART_AUTHOR, PART_COMMITTER, PART_EXTRA };

struct reading {
	struct gitcommit *c;
	enum part next; /* the earliest that may come */
	bool in_signature;
	bool may_go_on; /* the line before was an extra header: a blank continues it */
};

void gitcommit_release(struct gitcommit *c)
{
	free(c->parents);
	str_release(&c->payload);
	str_release(&c->signature);
	*c = (struct gitcommit){.n_parents = 0};
}

static void crook(struct gitcommit *c, const char *why)
{
	if (!c->crooked)
		c->crooked = why;
}

static bool is_hex(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.len == HEX;
}

/* The value of the line where it has that name; false elsewhere. */
static bool line_is(struct slice line, const char *name, struct slice *value)
{
	size_t len = strlen(name);

	if (!slice_starts(line, name) || line.len <= len || line.p[len] != ' ')
		return false;
	*value = slice_make(line.p + len + 1, line.len - len - 1);
	return true;
}

/* "Name <address> 1767225600 +0100" */
static bool read_committed(struct slice value, int64_t *at)
{
	size_t i = value.len;
	int64_t n = 0;
	size_t digits = 0, close;

	while (i > 0 && value.p[i - 1] != '>')
		i--;
	close = i;
	if (!close || i == value.len || value.p[i] != ' ')
		return false;
	for (i++; i < value.len && value.p[i] >= '0' && value.p[i] <= '9'; i++, digits++)
		n = digits < 12 ? n * 10 + (value.p[i] - '0') : n;
	if (!digits || digits > 12 || value.len - i != 6 || value.p[i] != ' ' ||
	    (value.p[i + 1] != '+' && value.p[i + 1] != '-'))
		return false;
	for (i += 2; i < value.len; i++)
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
	*at = n;
	return true;
}

/* The lines that every commit has. False: it is none of them. */
static bool read_fixed(struct reading *r, struct slice line)
{
	struct gitcommit *c = r->c;
	struct slice value;

	if (line_is(line, "tree", &value) && r->next == PART_TREE && is_hex(value)) {
		c->tree = value;
		r->next = PART_PARENTS;
	} else if (line_is(line, "parent", &value) && r->next == PART_PARENTS &&
		   is_hex(value) && c->n_parents < PARENTS_MOST) {
		c->parents = mem_array(c->parents, c->n_parents + 1, sizeof(*c->parents));
		c->parents[c->n_parents++] = value;
	} else if (line_is(line, "author", &value) && r->next == PART_PARENTS) {
		r->next = PART_COMMITTER;
		if (!read_committed(value, &c->committed))
			crook(c, N_("the author's line is not as git writes it"));
	} else if (line_is(line, "committer", &value) && r->next == PART_COMMITTER) {
		r->next = PART_EXTRA;
		c->committed = 0;
		if (!read_committed(value, &c->committed))
			crook(c, N_("the committer's line is not as git writes it"));
	} else {
		return false;
	}
	r->may_go_on = r->in_signature = false;
	return true;
}

static void read_extra(struct reading *r, struct slice line)
{
	struct gitcommit *c = r->c;
	struct slice value;

	if (line.len && *line.p == ' ') {
		if (!r->may_go_on)
			crook(c, N_("a line of the header goes on where none may"));
		if (r->in_signature) {
			str_add_char(&c->signature, '\n');
			str_add(&c->signature, line.p + 1, line.len - 1);
		}
		return;
	}
	if (r->next != PART_EXTRA)
		crook(c, N_("the header's lines are not in git's order"));
	r->may_go_on = true;
	r->in_signature = false;
	if (slice_starts(line, "tree ") || slice_starts(line, "parent ") ||
	    slice_starts(line, "author ") || slice_starts(line, "committer "))
		crook(c, N_("the header has a line twice"));
	if (line_is(line, "gpgsig", &value)) {
		if (c->is_signed)
			crook(c, N_("there are two signatures in the header"));
		c->is_signed = r->in_signature = true;
		str_clear(&c->signature);
		str_add_slice(&c->signature, value);
	} else if (slice_starts(line, "gpgsig")) {
		c->is_signed = true;
		crook(c, N_("the header has a signature of another kind"));
	} else if (!memchr(line.p, ' ', line.len)) {
		crook(c, N_("the header has a line without a value"));
	}
}

static void read_line(struct reading *r, struct slice line, bool whole)
{
	struct gitcommit *c = r->c;

	if (memchr(line.p, '\0', line.len) || memchr(line.p, '\r', line.len))
		crook(c, N_("the header has a NUL or a carriage return"));
	if (!whole)
		crook(c, N_("the header ends in the middle of a line"));
	if (!read_fixed(r, line))
		read_extra(r, line);
	if (r->in_signature)
		return;
	str_add_slice(&c->payload, line);
	str_add_char(&c->payload, '\n');
}

int gitcommit_read(struct slice bytes, struct gitcommit *c, struct error *err)
{
	struct reading r = {.c = c, .next = PART_TREE};
	size_t at = 0;

	gitcommit_release(c);
	if (bytes.len > GITCOMMIT_MOST)
		return error_set(err, ST_TOO_LARGE, N_("a commit of %zu bytes"), bytes.len);
	while (at < bytes.len && bytes.p[at] != '\n') {
		const char *end = memchr(bytes.p + at, '\n', bytes.len - at);
		size_t len = end ? (size_t)(end - bytes.p) - at : bytes.len - at;

		read_line(&r, slice_make(bytes.p + at, len), end != NULL);
		at += len + (end ? 1 : 0);
	}
	if (!c->tree.len || r.next < PART_COMMITTER)
		return error_set(err, ST_INPUT, N_("not a commit"));
	if (r.next != PART_EXTRA)
		crook(c, N_("there is no committer"));
	if (at == bytes.len)
		crook(c, N_("there is no message"));
	else
		at++;
	c->message = slice_make(bytes.p + at, bytes.len - at);
	if (c->is_signed) {
		str_add_char(&c->payload, '\n');
		str_add_slice(&c->payload, c->message);
	} else {
		str_release(&c->payload);
	}
	return 0;
}

void gitcommit_sign(struct str *out, struct slice bytes, struct slice signature)
{
	const char *end = bytes.len ? memmem(bytes.p, bytes.len, "\n\n", 2) : NULL;
	size_t header = end ? (size_t)(end - bytes.p) + 1 : bytes.len;

	str_add(out, bytes.p, header);
	str_add_text(out, "gpgsig");
	while (signature.len) {
		const char *lf = memchr(signature.p, '\n', signature.len);
		size_t len = lf ? (size_t)(lf - signature.p) : signature.len;

		str_add_char(out, ' ');
		str_add(out, signature.p, len);
		str_add_char(out, '\n');
		len += lf ? 1 : 0;
		signature = slice_make(signature.p + len, signature.len - len);
	}
	str_add(out, bytes.p + header, bytes.len - header);
}
