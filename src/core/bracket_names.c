/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#define NOTE "[footnoteRef:"

static int compare_names(const void *a, const void *b)
{
	return slice_compare(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static void add_name(struct names *n, struct slice text, size_t at)
{
	MEM_GROW(n->v, n->n, n->cap);
	n->v[n->n++] = (struct name){text, at};
	if (text.len > n->longest)
		n->longest = text.len;
}

/* Of equal ones, the first. */
static void keep_once(struct names *to, const struct names *from)
{
	size_t cap = 0;

	to->owned = true;
	to->longest = from->longest;
	for (size_t i = 0; i < from->n; i++) {
		struct slice text = from->v[i].text;
		if (i && slice_equal(text, from->v[i - 1].text))
			continue;
		MEM_GROW(to->v, to->n, cap);
		to->v[to->n++] = (struct name){slice_make(mem_dup(text.p, text.len), text.len),
					       from->v[i].at};
	}
}

struct bracket_names *names_keep(struct reading *r)
{
	struct bracket_names *kept;

	if (!r->notes.n && !r->labels.n)
		return NULL;
	kept = mem_zalloc(sizeof(*kept));
	keep_once(&kept->notes, &r->notes);
	keep_once(&kept->labels, &r->labels);
	return kept;
}

void names_free(struct bracket_names *kept)
{
	if (!kept)
		return;
	names_release(&kept->notes);
	names_release(&kept->labels);
	free(kept);
}

void names_release(struct names *n)
{
	for (size_t i = 0; n->owned && i < n->n; i++)
		free((char *)n->v[i].text.p);
	free(n->v);
	memset(n, 0, sizeof(*n));
}

bool names_has(const struct names *n, struct slice text)
{
	struct name name = {text, 0};

	return n->n && bsearch(&name, n->v, n->n, sizeof(*n->v), compare_names);
}

static char *fold(struct slice label, size_t *len)
{
	return (char *)u8_casefold((const uint8_t *)label.p, label.len, NULL, NULL, NULL, len);
}

bool names_has_folded(const struct names *n, struct slice label)
{
	size_t len = 0;
	char *folded;
	bool found;

	/* Folding costs, and makes a text at most three times as short (U+212A is "k"). */
	if (!n->n || !label.len || label.len / 3 > n->longest)
		return false;
	folded = fold(label, &len);
	found = folded && names_has(n, slice_make(folded, len));
	free(folded);
	return found;
}

static void read_notes(struct reading *r)
{
	const char *p = r->text.p, *end = p + r->text.len;
	const size_t skip = sizeof(NOTE) - 1;

	while ((p = slice_find(slice_make(p, (size_t)(end - p)), NOTE))) {
		const char *digits = p + skip;
		p = digits;
		while (p < end && *p >= '0' && *p <= '9')
			p++;
		if (p > digits && p < end && *p == ']')
			add_name(&r->notes, slice_make(digits, (size_t)(p - digits)),
				 (size_t)(digits - r->text.p));
	}
}

/* The line is "[label]: target", its target one word with one of : / # . */
static bool definition(const char *line, size_t len, struct slice *label)
{
	const char *close;
	size_t i = 0, begin;
	bool marked = false;

	while (i < len && i < 3 && line[i] == ' ')
		i++;
	if (i == len || line[i] != '[')
		return false;
	begin = ++i;
	close = memchr(line + begin, ']', len - begin);
	if (!close)
		return false;
	*label = slice_make(line + begin, (size_t)(close - line) - begin);
	i = (size_t)(close - line) + 1;
	if (!label->len || label->p[0] == '^' || memchr(label->p, '[', label->len) ||
	    i == len || line[i] != ':')
		return false;
	i++;
	i += utf8_blanks_at(line + i, len - i);
	for (begin = i; i < len && !utf8_blank_at(line + i, len - i); i++)
		marked = marked || (line[i] && strchr(":/#.", line[i]));
	if (i == begin || !marked)
		return false;
	return i + utf8_blanks_at(line + i, len - i) == len;
}

static void read_labels(struct reading *r)
{
	const char *p = r->text.p, *end = p + r->text.len;

	if (!slice_find(r->text, "]:"))
		return;
	r->labels.owned = true;
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((lf ? lf : end) - p);
		struct slice label;
		if (len && p[len - 1] == '\r')
			len--;
		if (len && (*p == '[' || *p == ' ') && definition(p, len, &label)) {
			size_t n = 0;
			char *folded = fold(label, &n);
			if (folded)
				add_name(&r->labels, slice_make(folded, n),
					 (size_t)(p - r->text.p));
		}
		p = lf ? lf + 1 : end;
	}
}

void names_read(struct reading *r)
{
	read_notes(r);
	read_labels(r);
	if (r->notes.n)
		qsort(r->notes.v, r->notes.n, sizeof(*r->notes.v), compare_names);
	if (r->labels.n)
		qsort(r->labels.v, r->labels.n, sizeof(*r->labels.v), compare_names);
}

static size_t forget_unread(const struct brackets *b, struct names *n)
{
	size_t kept = 0, had = n->n;

	for (size_t i = 0; i < n->n; i++) {
		if (!brackets_is_unread(b, n->v[i].at))
			n->v[kept++] = n->v[i];
		else if (n->owned)
			free((char *)n->v[i].text.p);
	}
	n->n = kept;
	return had - kept;
}

bool names_forget_unread(struct reading *r)
{
	return forget_unread(r->out, &r->notes) + forget_unread(r->out, &r->labels) > 0;
}
