/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/mem.h"
#include "core/reread.h"
#include "core/sorted.h"

#include <string.h>

/*
 * Some lines of a reading are exchanged for others. What stands before them stays as it is;
 * what stands after them moves, in place and in number.
 */

/* The elements [first, end) of a list go, n come in their place. */
struct exchange {
	size_t first, end, n;
};

/* By how much numbers after it change; unsigned, so that it may wrap around. */
static uint32_t shift_of(const struct exchange *x)
{
	return (uint32_t)(x->n - (x->end - x->first));
}

/* Makes the room and moves the rest; the new elements are copied from `new`. Returns the list.
 */
static void *exchange(void *list, size_t *n, const struct exchange *x, const void *new,
		      size_t size)
{
	size_t gone = x->end - x->first, rest = *n - x->end;
	char *v = list;

	if (x->n > gone)
		v = mem_array(v, *n - gone + x->n, size);
	if (x->n != gone && rest)
		memmove(v + (x->first + x->n) * size, v + x->end * size, rest * size);
	if (x->n)
		memcpy(v + x->first * size, new, x->n * size);
	*n = *n - gone + x->n;
	return v;
}

#define RANGE(list, count, field, from, to, x)                                                 \
	do {                                                                                   \
		size_t low_ = 0, high_ = (count);                                              \
		while (low_ < high_) {                                                         \
			size_t mid_ = low_ + (high_ - low_) / 2;                               \
			if ((list)[mid_].field < (from))                                       \
				low_ = mid_ + 1;                                               \
			else                                                                   \
				high_ = mid_;                                                  \
		}                                                                              \
		(x)->first = (x)->end = low_;                                                  \
		while ((x)->end < (count) && (list)[(x)->end].field < (to))                    \
			(x)->end++;                                                            \
	} while (0)

/* The ranges of every list that belong to the lines, and how many come instead. */
struct splice {
	size_t by; /* added to places after the lines; may wrap around */
	struct exchange v, points, options, listed, parties, problems, skipped, unread;
};

/* Points are in the order of their first brackets. */
static size_t points_before(const struct brackets *b, size_t bracket)
{
	size_t i;

	SORTED_SKIP(i, b->n_points, b->points[i].bracket < bracket);
	return i;
}

static size_t options_before(const struct brackets *b, size_t bracket)
{
	return bracket < b->n ? b->v[bracket].option : b->n_options;
}

static size_t listed_before(const struct brackets *b, size_t point)
{
	return point < b->n_points ? b->points[point].option : b->n_options;
}

/* The size of the pool is where the last option's parties end. */
static size_t parties_before(const struct brackets *b, size_t option)
{
	const struct option *last = option ? &b->options[option - 1] : NULL;

	return last ? (size_t)last->party + last->n_parties : 0;
}

static void find_ranges(struct splice *s, const struct brackets *b, size_t begin, size_t end,
			const struct brackets *lines)
{
	RANGE(b->v, b->n, begin, begin, end, &s->v);
	RANGE(b->problems, b->n_problems, at, begin, end, &s->problems);
	RANGE(b->skipped, b->n_skipped, begin, begin, end, &s->skipped);
	RANGE(b->unread, b->n_unread, begin, begin, end, &s->unread);
	s->points.first = points_before(b, s->v.first);
	s->points.end = points_before(b, s->v.end);
	s->options.first = options_before(b, s->v.first);
	s->options.end = options_before(b, s->v.end);
	s->listed.first = listed_before(b, s->points.first);
	s->listed.end = listed_before(b, s->points.end);
	s->parties.first = parties_before(b, s->options.first);
	s->parties.end = parties_before(b, s->options.end);
	s->v.n = lines->n;
	s->problems.n = lines->n_problems;
	s->skipped.n = lines->n_skipped;
	s->unread.n = lines->n_unread;
	s->points.n = lines->n_points;
	s->options.n = s->listed.n = lines->n_options;
	s->parties.n = parties_before(lines, lines->n_options);
}

static void add_to(uint32_t *index, uint32_t by)
{
	if (*index != BRACKET_NONE)
		*index += by;
}

static void move_bracket(struct bracket *v, size_t by)
{
	v->begin += by;
	v->inner += by;
	v->inner_end += by;
	v->close += by;
	v->end += by;
	if (v->id_end) { /* it has one */
		v->id += by;
		v->id_end += by;
	}
}

static void move_option(struct option *o, size_t by)
{
	o->begin += by;
	o->end += by;
	o->part += by;
	o->part_end += by;
}

/* The places of what stands from one index of each list on, up to another. */
static void move_lists(struct brackets *b, const struct reread_rest *from,
		       const struct reread_rest *to, size_t by)
{
	for (size_t i = from->v; i < to->v; i++)
		move_bracket(&b->v[i], by);
	for (size_t i = from->options; i < to->options; i++)
		move_option(&b->options[i], by);
	for (size_t i = from->problems; i < to->problems; i++)
		b->problems[i].at += by;
	for (size_t i = from->skipped; i < to->skipped; i++) {
		b->skipped[i].begin += by;
		b->skipped[i].end += by;
	}
	for (size_t i = from->unread; i < to->unread; i++) {
		b->unread[i].begin += by;
		b->unread[i].end += by;
	}
}

static struct reread_rest ends_of(const struct brackets *b)
{
	return (struct reread_rest){.v = b->n,
				    .options = b->n_options,
				    .problems = b->n_problems,
				    .skipped = b->n_skipped,
				    .unread = b->n_unread};
}

/* Where each list comes to what begins from `until` on. */
static struct reread_rest places_from(const struct brackets *b, size_t until)
{
	struct exchange problems;
	size_t v = brackets_from(b, until);

	RANGE(b->problems, b->n_problems, at, until, until, &problems);
	return (struct reread_rest){.v = v,
				    .options = options_before(b, v),
				    .problems = problems.first,
				    .skipped = brackets_skipped_from(b, until),
				    .unread = brackets_unread_from(b, until)};
}

void brackets_splice_rest(struct brackets *b, const struct reread_rest *rest)
{
	struct reread_rest ends = ends_of(b);

	move_lists(b, rest, &ends, rest->by);
}

/* What is added to indexes; may wrap around. */
struct numbers {
	uint32_t v, points, options, parties;
};

/* The indexes in brackets, points and options from those on. */
static void renumber(struct brackets *b, size_t v, size_t point, size_t option, size_t listed,
		     const struct numbers *by)
{
	for (size_t i = v; i < b->n; i++) {
		add_to(&b->v[i].parent, by->v);
		add_to(&b->v[i].next, by->v);
		add_to(&b->v[i].point, by->points);
		b->v[i].option += by->options;
	}
	for (size_t i = point; i < b->n_points; i++) {
		b->points[i].bracket += by->v;
		b->points[i].last += by->v;
		add_to(&b->points[i].parent, by->points);
		b->points[i].option += by->options;
	}
	for (size_t i = option; i < b->n_options; i++) {
		b->options[i].bracket += by->v;
		b->options[i].party += by->parties;
	}
	for (size_t i = listed; i < b->n_options; i++)
		b->point_options[i] += by->options;
}

static void renumber_all(struct brackets *b, struct brackets *lines, const struct splice *s)
{
	const struct numbers in = {(uint32_t)s->v.first, (uint32_t)s->points.first,
				   (uint32_t)s->options.first, (uint32_t)s->parties.first};
	const struct numbers rest = {shift_of(&s->v), shift_of(&s->points),
				     shift_of(&s->options), shift_of(&s->parties)};

	renumber(lines, 0, 0, 0, 0, &in);
	if (rest.v || rest.points || rest.options || rest.parties)
		renumber(b, s->v.end, s->points.end, s->options.end, s->listed.end, &rest);
}

static void recount(struct brackets *b, const struct brackets *lines, const struct splice *s)
{
	for (size_t i = s->skipped.first; i < s->skipped.end; i++)
		b->skips[b->skipped[i].class]--;
	for (size_t i = s->points.first; i < s->points.end; i++)
		b->n_outer -= b->points[i].depth == 1;
	for (size_t i = 0; i < SKIP_CLASSES; i++)
		b->skips[i] += lines->skips[i];
	b->n_outer += lines->n_outer;
}

static bool keeps_numbers(const struct splice *s)
{
	const struct exchange *const lists[] = {&s->v,       &s->points,  &s->options,
						&s->listed,  &s->parties, &s->problems,
						&s->skipped, &s->unread};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (shift_of(lists[i]))
			return false;
	return true;
}

void brackets_splice(struct brackets *b, size_t begin, size_t old_end, size_t new_end,
		     struct brackets *lines, size_t until, struct reread_rest *rest)
{
	struct splice s = {.by = new_end - old_end};
	size_t n_parties = parties_before(b, b->n_options), n_listed = b->n_options;

	find_ranges(&s, b, begin, old_end, lines);
	recount(b, lines, &s);
	struct reread_rest after = {.v = s.v.end,
				    .options = s.options.end,
				    .problems = s.problems.end,
				    .skipped = s.skipped.end,
				    .unread = s.unread.end};
	bool waits = until < SIZE_MAX && keeps_numbers(&s);

	*rest = waits ? places_from(b, until) : ends_of(b);
	if (s.by)
		move_lists(b, &after, rest, s.by);
	renumber_all(b, lines, &s);
	b->v = exchange(b->v, &b->n, &s.v, lines->v, sizeof(*b->v));
	b->points =
		exchange(b->points, &b->n_points, &s.points, lines->points, sizeof(*b->points));
	b->options = exchange(b->options, &b->n_options, &s.options, lines->options,
			      sizeof(*b->options));
	b->point_options = exchange(b->point_options, &n_listed, &s.listed,
				    lines->point_options, sizeof(*b->point_options));
	b->parties = exchange(b->parties, &n_parties, &s.parties, lines->parties,
			      sizeof(*b->parties));
	b->problems = exchange(b->problems, &b->n_problems, &s.problems, lines->problems,
			       sizeof(*b->problems));
	b->skipped = exchange(b->skipped, &b->n_skipped, &s.skipped, lines->skipped,
			      sizeof(*b->skipped));
	b->unread =
		exchange(b->unread, &b->n_unread, &s.unread, lines->unread, sizeof(*b->unread));
	if (!waits)
		*rest = ends_of(b);
	rest->by = s.by;
	brackets_release(lines);
}
