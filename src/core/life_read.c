/* SPDX-License-Identifier: MIT */
#include "life_impl.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* How much of the words around a point tells one place from another. */
enum { AROUND = 24 };

uint64_t life_hash(const void *p, size_t len)
{
	const unsigned char *c = p;
	uint64_t h = 0xCBF29CE484222325ULL;

	for (size_t i = 0; i < len; i++)
		h = (h ^ c[i]) * 0x100000001B3ULL;
	return h;
}

void reading_release(struct reading *r)
{
	str_release(&r->text);
	free(r->spots);
	free(r->options);
	free(r->problems);
	*r = (struct reading){.there = false};
}

struct slice spot_bytes(const struct reading *r, const struct spot *s)
{
	return slice_make(r->text.p + s->begin, s->end - s->begin);
}

struct slice spot_id(const struct reading *r, const struct spot *s)
{
	return slice_make(r->text.p + s->begin + s->id, s->id_end - s->id);
}

struct slice spot_wording(const struct reading *r, const struct spot *s,
			  const struct spot_option *o)
{
	return slice_make(r->text.p + s->begin + o->begin, o->end - o->begin);
}

uint64_t spot_before(const struct reading *r, const struct spot *s)
{
	size_t from = s->begin;

	while (from > 0 && s->begin - from < AROUND && r->text.p[from - 1] != '\n')
		from--;
	return life_hash(r->text.p + from, s->begin - from);
}

uint64_t spot_after(const struct reading *r, const struct spot *s)
{
	size_t to = s->end;

	while (to < r->text.len && to - s->end < AROUND && r->text.p[to] != '\n')
		to++;
	return life_hash(r->text.p + s->end, to - s->end);
}

/* What makes the reading of one line depend on others, crossing brackets aside. */
static bool is_plain(struct slice text, bool from_start)
{
	static const char *const far[] = {"```", "~~~", "<!--", "-->", "]:", "[footnoteRef:"};

	if (!from_start && slice_starts(text, "---"))
		return false;
	for (size_t i = 0; text.len && i < sizeof(far) / sizeof(*far); i++)
		if (memmem(text.p, text.len, far[i], strlen(far[i])))
			return false;
	return true;
}

static void add_party(struct life_parties *set, uint16_t party)
{
	if (party < LIFE_PARTIES)
		set->w[party / 64] |= 1ULL << (party % 64);
}

static void add_spot(struct reading *r, const struct brackets *b, const struct point *p,
		     struct slice text, size_t shift)
{
	size_t begin = point_begin(b, p);
	struct slice id = point_id(b, p, text);
	struct spot s = {.begin = begin + shift,
			 .end = point_end(b, p) + shift,
			 .close = b->v[p->last].close - begin,
			 .id = id.len ? (size_t)(id.p - text.p) - begin : 0,
			 .option = (uint32_t)r->n_options,
			 .n_options = p->n_options,
			 .depth = p->depth,
			 .point = LIFE_NONE,
			 .hash = p->hash,
			 .crosses = false};

	s.id_end = s.id + id.len;
	if (!p->n_options) /* a placeholder is what stands in it */
		s.hash = life_hash(text.p + begin, s.close);
	for (uint32_t i = p->bracket; i != BRACKET_NONE; i = b->v[i].next)
		s.crosses |= b->v[i].crosses;
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		struct spot_option *to;

		MEM_GROW(r->options, r->n_options, r->cap_options);
		to = &r->options[r->n_options++];
		*to = (struct spot_option){.begin = o->begin - begin,
					   .end = o->end - begin,
					   .hash = o->hash,
					   .no_text = o->no_text};
		for (uint32_t q = 0; q < o->n_parties; q++)
			add_party(&to->parties, b->parties[o->party + q]);
	}
	MEM_GROW(r->spots, r->n, r->cap);
	r->spots[r->n++] = s;
}

/* Copies the spots from[i..k) with their options, moved by `by` bytes. */
static void copy_spots(struct reading *r, const struct reading *near, size_t i, size_t k,
		       size_t old_at, size_t new_at)
{
	for (; i < k; i++) {
		struct spot s = near->spots[i];
		const struct spot_option *o = near->options + s.option;

		s.begin = s.begin - old_at + new_at;
		s.end = s.end - old_at + new_at;
		s.option = (uint32_t)r->n_options;
		s.point = LIFE_NONE;
		MEM_GROW_BY(r->options, r->n_options, r->cap_options, s.n_options);
		if (s.n_options)
			memcpy(r->options + r->n_options, o, s.n_options * sizeof(*o));
		r->n_options += s.n_options;
		MEM_GROW(r->spots, r->n, r->cap);
		r->spots[r->n++] = s;
	}
}

/* Whether the brackets of the tail can be read apart from what stands before it: none that
 * spans paragraphs comes right after. */
static bool tail_is_apart(const struct reading *near, size_t first, size_t at)
{
	const char *p = near->text.p;
	size_t from;

	if (first == near->n || !near->spots[first].crosses)
		return true;
	for (from = at; from < near->spots[first].begin; from++)
		if (!strchr(" \t\r\n", p[from]))
			return memchr(p + from, '\n', near->spots[first].begin - from) != NULL;
	return false;
}

static void add_problems(struct reading *r, const struct brackets *b, size_t shift)
{
	for (size_t i = 0; i < b->n_problems; i++) {
		MEM_GROW(r->problems, r->n_problems, r->cap_problems);
		r->problems[r->n_problems++] = (struct spot_problem){
			b->problems[i].at + shift, b->problems[i].kind == PROBLEM_UNCLOSED};
	}
}

/* Copies those of [from, to), moved. */
static void copy_problems(struct reading *r, const struct reading *near, size_t from, size_t to,
			  size_t moved_to)
{
	for (size_t i = 0; i < near->n_problems; i++) {
		struct spot_problem p = near->problems[i];

		if (p.at < from || p.at >= to)
			continue;
		p.at = p.at - from + moved_to;
		MEM_GROW(r->problems, r->n_problems, r->cap_problems);
		r->problems[r->n_problems++] = p;
	}
}

static bool has_problem(const struct reading *r, size_t from, size_t to, bool unclosed)
{
	for (size_t i = 0; i < r->n_problems; i++)
		if (r->problems[i].at >= from && r->problems[i].at < to &&
		    r->problems[i].unclosed == unclosed)
			return true;
	return false;
}

static bool has_heading(struct slice text)
{
	return text.len && (text.p[0] == '#' || memmem(text.p, text.len, "\n#", 2) ||
			    memmem(text.p, text.len, "\r#", 2));
}

/*
 * Whether lone brackets before, in and after the lines between could pair with each other: then
 * all must be read. A heading parts them, so it must not come or go among them.
 */
static bool may_pair(const struct reading *near, const struct brackets *mid, struct slice text,
		     size_t head, size_t tail)
{
	size_t old_end = near->text.len - tail;
	struct slice was = slice_make(near->text.p + head, old_end - head);
	bool opens = has_problem(near, 0, head, true);
	bool closes = has_problem(near, old_end, near->text.len, false);

	for (size_t i = 0; i < mid->n_problems; i++)
		if (mid->problems[i].kind == PROBLEM_UNCLOSED ? closes : opens)
			return true;
	if (!opens || !closes)
		return false;
	return has_heading(was) || has_heading(text);
}

/* Reads only the lines that near has not; false where that would not be sure to be right. */
static bool read_between(struct reading *r, const struct parties *parties,
			 const struct reading *near)
{
	struct slice text = str_slice(&r->text), mid;
	struct brackets b;
	size_t head, tail, a = 0, z;
	bool good;

	if (!near || !near->plain || !near->text.len)
		return false;
	diff_frame(str_slice(&near->text), text, &head, &tail);
	mid = slice_make(text.p + head, text.len - tail - head);
	if (head + tail < near->text.len / 4 || !is_plain(mid, head == 0))
		return false;
	/* Front matter is read from the file's first line on. */
	if (head == 0 && slice_starts(mid, "---"))
		return false;
	while (a < near->n && near->spots[a].begin < head)
		a++;
	for (z = a; z < near->n && near->spots[z].begin < near->text.len - tail; z++)
		if (near->spots[z].crosses)
			return false;
	for (size_t i = 0; i < a; i++)
		if (near->spots[i].end > head)
			return false;
	if (!tail_is_apart(near, z, near->text.len - tail))
		return false;
	brackets_read(&b, mid, parties);
	good = !may_pair(near, &b, mid, head, tail);
	for (size_t i = 0; i < b.n && good; i++)
		good = !b.v[i].crosses;
	if (good) {
		copy_spots(r, near, 0, a, 0, 0);
		for (size_t i = 0; i < b.n_points; i++)
			add_spot(r, &b, &b.points[i], mid, head);
		copy_spots(r, near, z, near->n, near->text.len - tail, text.len - tail);
		copy_problems(r, near, 0, head, 0);
		add_problems(r, &b, head);
		copy_problems(r, near, near->text.len - tail, near->text.len, text.len - tail);
	}
	brackets_release(&b);
	r->plain = good;
	return good;
}

void reading_make(struct reading *r, struct slice text, const struct parties *parties,
		  const struct reading *near)
{
	struct brackets b;

	*r = (struct reading){.there = true};
	str_add_slice(&r->text, text);
	if (read_between(r, parties, near))
		return;
	brackets_read(&b, str_slice(&r->text), parties);
	for (size_t i = 0; i < b.n_points; i++)
		add_spot(r, &b, &b.points[i], str_slice(&r->text), 0);
	add_problems(r, &b, 0);
	r->plain = is_plain(text, true);
	brackets_release(&b);
}
