/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/bracket.h"
#include "core/place.h"
#include "core/utf8.h"

/* core/bracket: whatever the bytes, the reading nests well and lies within them. */

static bool is_sign(struct slice draft, size_t at, size_t end, char ascii, const char *wide)
{
	return (end - at == 1 && draft.p[at] == ascii) ||
	       (end - at == 3 && memcmp(draft.p + at, wide, 3) == 0);
}

static void check_brackets(const struct brackets *b, struct slice draft)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct bracket *v = &b->v[i];

		HOLDS(i == 0 || v->begin > b->v[i - 1].begin, "brackets stand in order");
		HOLDS(v->begin < v->inner && v->inner <= v->inner_end &&
			      v->inner_end < v->close && v->close <= v->end &&
			      v->end <= draft.len,
		      "a bracket lies within the draft");
		HOLDS(is_sign(draft, v->begin, v->inner, '[', "\xEF\xBC\xBB") &&
			      is_sign(draft, v->inner_end, v->close, ']', "\xEF\xBC\xBD"),
		      "a bracket is one");
		HOLDS(v->id <= v->id_end && v->id_end <= v->end, "an id lies in its bracket");
		if (v->parent != BRACKET_NONE) {
			const struct bracket *up = &b->v[v->parent];

			HOLDS(v->parent < i && v->begin >= up->inner &&
				      v->end <= up->inner_end && v->depth == up->depth + 1,
			      "a bracket lies in its parent");
		} else {
			HOLDS(v->depth == 1, "an outer bracket has depth 1");
		}
		HOLDS(v->point < b->n_points, "a bracket is of a point");
		for (uint32_t k = 0; k < v->n_options; k++) {
			const struct option *o = &b->options[v->option + k];

			HOLDS(o->begin <= o->end && o->part <= o->begin &&
				      o->begin >= v->inner && o->end <= v->end &&
				      o->part_end <= v->end && o->bracket == i,
			      "an option lies in its bracket");
		}
	}
}

static void check_linked(const struct brackets *b, struct slice draft, uint32_t point)
{
	uint32_t *list, *others;
	size_t n = brackets_linked_points(b, draft, point, &list);

	for (size_t i = 0; i < n && i < 3; i++) {
		HOLDS(list[i] != point, "a point is not linked with itself");
		HOLDS(brackets_linked_points(b, draft, list[i], &others) == n,
		      "what is linked with a point is linked with the same others");
		free(others);
	}
	free(list);
}

static void check_points(const struct brackets *b, struct slice draft)
{
	struct str s = STR_INIT;
	size_t outer = 0, n = 0;

	for (uint32_t i = 0; i < b->n_points; i++) {
		const struct point *p = &b->points[i];
		size_t count = 0;

		HOLDS(i == 0 || point_begin(b, &b->points[i - 1]) < point_begin(b, p),
		      "points stand in order");
		for (uint32_t k = p->bracket; k != BRACKET_NONE; k = b->v[k].next, count++)
			HOLDS(b->v[k].point == i, "a point's brackets are its own");
		HOLDS(count == p->n_brackets, "a point has the brackets it says");
		n += count;
		outer += p->depth == 1;
		HOLDS(brackets_point_at(b, point_begin(b, p)) == i,
		      "a point is where it begins");
		HOLDS(point_end(b, p) <= draft.len, "a point ends in the draft");
		for (size_t k = 0; k < p->n_options && k < 50; k++) {
			const struct option *o = point_option(b, p, k);

			HOLDS(b->v[o->bracket].point == i, "an option is of its point");
			brackets_wording(b, draft, o->begin, o->end, &s);
			brackets_without_ids(b, draft, o->begin, o->end, &s);
			str_clear(&s);
		}
		if (i <= 50)
			check_linked(b, draft, i);
	}
	HOLDS(n == b->n, "each bracket is of one point");
	HOLDS(outer == b->n_outer, "outer points are counted");
	if (b->n_points) {
		brackets_mint_id(b, draft, 0, &s);
		HOLDS(s.len >= 5 && s.p[0] == 'b', "an id is minted");
		HOLDS(brackets_by_id(b, draft, str_slice(&s)) == BRACKET_NONE, "an id is new");
	}
	str_release(&s);
}

static void check_places(const struct brackets *b, struct slice draft)
{
	struct places places;

	places_init(&places, draft);
	for (size_t i = 0; i < b->n_problems; i++) {
		const struct bracket_problem *p = &b->problems[i];

		HOLDS(p->at + p->len <= draft.len && (p->len == 1 || p->len == 3),
		      "a problem lies in the draft");
		HOLDS(places_offset(&places, places_of(&places, p->at)) == p->at,
		      "a place leads back");
		HOLDS(!brackets_is_unread(b, p->at), "a problem is where something is read");
	}
	places_release(&places);
	for (size_t i = 0; i < b->n_skipped; i++)
		HOLDS(b->skipped[i].begin < b->skipped[i].end && b->skipped[i].end <= draft.len,
		      "what is skipped lies in the draft");
	for (size_t i = 0; i < b->n_unread; i++)
		HOLDS(b->unread[i].begin < b->unread[i].end && b->unread[i].end <= draft.len &&
			      (i == 0 || b->unread[i].begin >= b->unread[i - 1].end),
		      "what is not read lies in the draft");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice draft = slice_make(size ? (const char *)data : "", size);
	struct brackets b, again;

	brackets_read(&b, draft, fuzz_parties());
	check_brackets(&b, draft);
	check_points(&b, draft);
	check_places(&b, draft);
	brackets_read(&again, draft, fuzz_parties());
	HOLDS(again.n == b.n && again.n_points == b.n_points && again.n_options == b.n_options,
	      "a draft reads the same twice");
	brackets_release(&again);
	brackets_release(&b);
	return 0;
}
