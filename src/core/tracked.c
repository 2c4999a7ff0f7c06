/* SPDX-License-Identifier: MIT */
#include "core/tracked.h"

#include "core/bracket.h"
#include "core/consolidate.h"
#include "core/mem.h"
#include "core/reword.h"

#include <stdlib.h>
#include <string.h>

bool tracked_find(const struct tracked *t, struct slice name, size_t *author)
{
	for (size_t i = 0; i < t->n; i++)
		if (slice_is(name, t->authors[i].name)) {
			*author = i;
			return true;
		}
	return false;
}

size_t tracked_author(struct tracked *t, struct slice name)
{
	size_t author;

	if (tracked_find(t, name, &author))
		return author;
	MEM_GROW(t->authors, t->n, t->cap);
	t->authors[t->n] = (struct tracked_author){.name = slice_dup(name)};
	return t->n++;
}

bool tracked_has_changes(const struct tracked *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->authors[i].insertions || t->authors[i].deletions)
			return true;
	return false;
}

void tracked_release(struct tracked *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->authors[i].name);
	free(t->authors);
	str_release(&t->aside);
	*t = (struct tracked){.authors = NULL};
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool says(struct slice author, const char *word)
{
	size_t i = 0;

	while (i < author.len && word[i] && small(author.p[i]) == small(word[i]))
		i++;
	return i > 0 && i == author.len && !word[i];
}

static struct slice trim(struct slice s)
{
	while (s.len && *s.p == ' ') {
		s.p++;
		s.len--;
	}
	while (s.len && s.p[s.len - 1] == ' ')
		s.len--;
	return s;
}

/* "Awa Diop (AFR)": whose code stands in parentheses at the end. */
static uint16_t party_behind(const struct parties *parties, struct slice author)
{
	size_t len = author.len, sign = slice_ends(author, ")") ? 1 : 3, open;

	if (!slice_ends(author, ")") && !slice_ends(author, "\uff09"))
		return PARTY_NONE;
	for (open = len - sign; open > 0; open--)
		if (author.p[open - 1] == '(' ||
		    slice_ends(slice_make(author.p, open), "\uff08"))
			return party_find(parties,
					  trim(slice_make(author.p + open, len - sign - open)),
					  NULL);
	return PARTY_NONE;
}

/* "AFR: Awa Diop", "AFR - Awa Diop": whose code stands before a colon or dash. */
static uint16_t party_before(const struct parties *parties, struct slice author)
{
	static const char *const signs[] = {":", "\uff1a", "\u2013", "\u2014", " - "};

	for (size_t i = 1; i < author.len; i++)
		for (size_t k = 0; k < sizeof(signs) / sizeof(*signs); k++)
			if (slice_starts(slice_make(author.p + i, author.len - i), signs[k]))
				return party_find(parties, trim(slice_make(author.p, i)), NULL);
	return PARTY_NONE;
}

uint16_t tracked_party(const struct parties *parties, struct slice author)
{
	uint16_t party;

	author = trim(author);
	for (size_t i = 0; i < parties->n; i++) {
		const struct party *p = &parties->v[i];
		bool it_is = says(author, p->code) || says(author, p->name) ||
			     says(author, p->organisation);

		for (size_t k = 0; k < p->n_aliases; k++)
			it_is = it_is || says(author, p->aliases[k]);
		if (it_is)
			return (uint16_t)i;
	}
	party = party_behind(parties, author);
	return party != PARTY_NONE ? party : party_before(parties, author);
}

/* ---- Changes as points ----
 *
 * Authors who are no party take part as parties of names that no text has, so
 * that consolidating treats them like others; their names are then taken out. */

/* Adds a party whose code none of the texts holds. */
static void add_stranger(struct parties *parties, struct slice base,
			 const struct tracked_text *texts, size_t n)
{
	struct str code = STR_INIT;
	bool taken = true;

	for (size_t i = parties->n; taken; i++) {
		str_clear(&code);
		str_add_text(&code, "QX");
		for (size_t left = i; left; left /= 26)
			str_add_char(&code, (char)('A' + left % 26));
		taken = slice_find(base, str_text(&code)) != NULL ||
			party_find(parties, str_slice(&code), NULL) != PARTY_NONE;
		for (size_t k = 0; k < n && !taken; k++)
			taken = slice_find(texts[k].text, str_text(&code)) != NULL;
	}
	parties_add(parties, str_text(&code));
	str_release(&code);
}

/* The last point with an option for a party of `from` or later; false: there is none. */
static bool find_stranger(const struct brackets *b, uint16_t from, uint32_t *point, size_t *k,
			  uint16_t *party)
{
	for (size_t p = b->n_points; p-- > 0;)
		for (size_t o = 0; o < b->points[p].n_options; o++) {
			const struct option *option = point_option(b, &b->points[p], o);

			for (size_t i = 0; i < option->n_parties; i++)
				if (b->parties[option->party + i] >= from) {
					*point = (uint32_t)p;
					*k = o;
					*party = b->parties[option->party + i];
					return true;
				}
		}
	return false;
}

/* Takes the parties of `from` or later out of a text, one after the other: each time all of it
 * is read again. */
static int remove_all(struct str *text, const struct parties *parties, uint16_t from,
		      struct error *err)
{
	bool again = true;
	int rc = 0;

	while (rc == 0 && again) {
		struct brackets b;
		struct bracketed w = {&b, str_slice(text), parties};
		struct edits e = EDITS_INIT;
		struct str next = STR_INIT;
		uint32_t point;
		uint16_t party;
		size_t k;

		brackets_read(&b, w.draft, parties);
		again = find_stranger(&b, from, &point, &k, &party);
		if (again)
			rc = reword_remove_party(&w, point, k, party, &e, err);
		if (again && rc == 0) {
			edits_apply(&e, w.draft, &next);
			str_release(text);
			*text = next;
		}
		edits_release(&e);
		brackets_release(&b);
	}
	return rc;
}

/* A stretch of a draft that is read by itself. */
struct stretch {
	size_t begin, end;
	bool cut, cut_behind; /* within a line: something stands before it, behind it */
};

enum { STRETCH_POINTS = 16 };

static size_t line_end(struct slice draft, size_t at)
{
	const char *end = memchr(draft.p + at, '\n', draft.len - at);

	return end ? (size_t)(end - draft.p) : draft.len;
}

/*
 * The lines that an outermost point stands in, and those that share them, from `from` on; of
 * lines with more points than a few, as far as those. Returns the first point behind it.
 */
static size_t stretch_of_point(const struct brackets *b, struct slice draft, size_t point,
			       size_t from, struct stretch *s)
{
	size_t n = 0;

	*s = (struct stretch){.begin = point_begin(b, &b->points[point])};
	while (s->begin > from && draft.p[s->begin - 1] != '\n')
		--s->begin;
	s->cut = s->begin > 0 && draft.p[s->begin - 1] != '\n';
	for (s->end = s->begin; point < b->n_points; point++) {
		const struct point *p = &b->points[point];
		size_t stop = point_end(b, p);

		if (n && point_begin(b, p) > s->end)
			break;
		if (p->depth == 1 && n++ == STRETCH_POINTS) {
			s->end = point_begin(b, p);
			s->cut_behind = draft.p[s->end - 1] != '\n';
			break;
		}
		if (stop > s->end)
			s->end = line_end(draft, stop);
	}
	return point;
}

/* A stretch without the parties of `from` or later, appended; as it is where that is refused.
 * Words stand where it is cut, so that it is read as part of a line. */
static void add_stretch(struct str *out, struct slice draft, const struct stretch *s,
			const struct parties *parties, uint16_t from)
{
	static const struct slice before = {"x ", 2}, behind = {"x", 1};
	struct slice whole = slice_make(draft.p + s->begin, s->end - s->begin), done;
	struct str part = STR_INIT;

	if (s->cut)
		str_add_slice(&part, before);
	str_add_slice(&part, whole);
	if (s->cut_behind)
		str_add_slice(&part, behind);
	if (remove_all(&part, parties, from, NULL) == 0) {
		done = str_slice(&part);
		if (s->cut)
			done = slice_make(done.p + before.len, done.len - before.len);
		if (s->cut_behind)
			done.len -= behind.len;
		whole = done;
	}
	str_add_slice(out, whole);
	str_release(&part);
}

/* Whether two readings have the same points, and nothing else that a bracket is read as. */
static bool is_same_shape(const struct brackets *a, const struct brackets *b)
{
	if (a->n_points != b->n_points || a->n_outer != b->n_outer ||
	    a->n_problems != b->n_problems || a->n_skipped != b->n_skipped)
		return false;
	for (size_t i = 0; i < a->n_points; i++)
		if (a->points[i].n_brackets != b->points[i].n_brackets ||
		    a->points[i].parent != b->points[i].parent)
			return false;
	return true;
}

/*
 * The same of a draft, by stretches with a few points: what is read again is as long as they
 * are. Where these by themselves read otherwise than in their draft, that is done as a whole.
 */
static int remove_strangers(struct str *draft, const struct parties *parties, uint16_t from,
			    struct error *err)
{
	struct slice all = str_slice(draft);
	struct str done = STR_INIT;
	struct brackets b, after;
	struct stretch s;
	size_t at = 0;

	brackets_read(&b, all, parties);
	for (size_t i = 0; i < b.n_points; at = s.end) {
		i = stretch_of_point(&b, all, i, at, &s);
		str_add(&done, all.p + at, s.begin - at);
		add_stretch(&done, all, &s, parties, from);
	}
	str_add(&done, all.p + at, all.len - at);
	brackets_read(&after, str_slice(&done), parties);
	if (is_same_shape(&b, &after)) {
		str_release(draft);
		*draft = done;
		done = (struct str)STR_INIT;
	}
	brackets_release(&b);
	brackets_release(&after);
	str_release(&done);
	return remove_all(draft, parties, from, err);
}

int tracked_bracket(struct str *out, struct slice base, const struct tracked_text *texts,
		    size_t n, struct slice language, const struct parties *parties,
		    struct error *err)
{
	struct consolidate_input *in = mem_array(NULL, n, sizeof(*in));
	struct str draft = STR_INIT;
	struct parties all;
	int rc;

	parties_copy(&all, parties);
	for (size_t i = 0; i < n; i++) {
		in[i] = (struct consolidate_input){texts[i].text, texts[i].party};
		if (texts[i].party == PARTY_NONE) {
			in[i].party = (uint16_t)all.n;
			add_stranger(&all, base, texts, n);
		}
	}
	rc = consolidate(&(struct consolidate_ask){.base = base,
						   .inputs = in,
						   .n = n,
						   .language = language,
						   .parties = &all},
			 &draft, err);
	if (rc == 0)
		rc = remove_strangers(&draft, &all, (uint16_t)parties->n, err);
	if (rc == 0)
		str_add_slice(out, str_slice(&draft));
	str_release(&draft);
	parties_release(&all);
	free(in);
	return rc;
}
