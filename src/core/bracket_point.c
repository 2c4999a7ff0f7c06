/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* FORMAT.md, "Which brackets make one point", and what makes points linked. */

static bool is_connective(struct slice word)
{
	static const char *const words[] = {"or",  "and/or", "ou",    "et/ou", "o",
					    "y/o", "или",    "и/или", "أو"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

/* How the text between two sibling brackets joins them; JOINT_SINGLE: not at all. */
static enum bracket_joint joint_of(struct slice gap, bool inside)
{
	size_t left = utf8_blanks_at(gap.p, gap.len), right;
	struct slice rest = {gap.p + left, gap.len - left};

	if (!rest.len)
		return left ? JOINT_SPACE : JOINT_TIGHT;
	if (rest.len > 64 && !utf8_blanks_before(rest.p, rest.len))
		return JOINT_SINGLE;
	right = utf8_blanks_before(rest.p, rest.len);
	rest.len -= right;
	if (slice_is(rest, "/") || slice_is(rest, "／"))
		return inside && (left || right) ? JOINT_SINGLE : JOINT_SLASH;
	if (slice_is(rest, "或") || (left && right && is_connective(rest)))
		return JOINT_WORD;
	return JOINT_SINGLE;
}

static enum bracket_joint joins(const struct reading *r, const struct bracket *a,
				const struct bracket *b)
{
	if (a->crosses || b->crosses || a->id != a->id_end || a->end > b->begin)
		return JOINT_SINGLE;
	return joint_of(slice_make(r->text.p + a->end, b->begin - a->end),
			a->parent != BRACKET_NONE);
}

static void make_points(struct reading *r)
{
	struct brackets *b = r->out;
	uint32_t *last = mem_array(NULL, b->n + 1, sizeof(*last)); /* by parent + 1 */
	size_t cap = 0;

	memset(last, 0xFF, (b->n + 1) * sizeof(*last));
	for (uint32_t i = 0; i < b->n; i++) {
		struct bracket *v = &b->v[i];
		size_t slot = v->parent == BRACKET_NONE ? 0 : (size_t)v->parent + 1;
		uint32_t before = last[slot];
		enum bracket_joint joint =
			before == BRACKET_NONE ? JOINT_SINGLE : joins(r, &b->v[before], v);
		last[slot] = i;
		if (joint != JOINT_SINGLE) {
			struct point *p = &b->points[b->v[before].point];
			b->v[before].next = i;
			v->point = b->v[before].point;
			p->last = i;
			p->n_brackets++;
			p->kind = KIND_ALTERNATIVES;
			if (joint > p->joint)
				p->joint = joint;
			continue;
		}
		MEM_GROW(b->points, b->n_points, cap);
		v->point = (uint32_t)b->n_points;
		b->points[b->n_points++] = (struct point){
			.bracket = i,
			.last = i,
			.n_brackets = 1,
			.parent = v->parent == BRACKET_NONE ? BRACKET_NONE
							    : b->v[v->parent].point,
			.depth = v->depth,
			.kind = v->kind,
			.joint = JOINT_SINGLE,
		};
		b->n_outer += v->depth == 1;
	}
	free(last);
}

static void list_options(struct brackets *b)
{
	size_t n = 0;

	b->point_options = mem_array(NULL, b->n_options, sizeof(*b->point_options));
	for (size_t i = 0; i < b->n_points; i++) {
		struct point *p = &b->points[i];
		p->option = (uint32_t)n;
		for (uint32_t k = p->bracket; k != BRACKET_NONE; k = b->v[k].next)
			for (uint32_t o = 0; o < b->v[k].n_options; o++)
				b->point_options[n++] = b->v[k].option + o;
		p->n_options = (uint32_t)n - p->option;
	}
}

/* ---- hashes: of the wording, ids, parties and runs of blanks aside ---- */

static uint64_t mix(uint64_t h, uint64_t x)
{
	h ^= x;
	h *= 0x9E3779B97F4A7C15u;
	return h ^ (h >> 29);
}

struct hasher {
	uint64_t h;
	bool blank;
};

/* What a blank may begin with. */
static const bool may_be_blank[256] = {
	[' '] = true, ['\t'] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true,
};

/* Word by word, so that the blanks between do not count. */
static void hash_bytes(struct hasher *s, const char *p, size_t len)
{
	for (size_t i = 0, n, from; i < len; i = from + n) {
		from = i;
		n = utf8_blank_at(p + i, len - i);
		if (n) {
			s->blank = true;
			continue;
		}
		do
			n++;
		while (i + n < len && (!may_be_blank[(unsigned char)p[i + n]] ||
				       !utf8_blank_at(p + i + n, len - i - n)));
		if (s->blank)
			s->h = mix(s->h, ' ');
		s->blank = false;
		s->h = mix(s->h, digest_quick(p + i, n));
	}
}

/* A nested bracket counts by what it offers; its own parties and id do not. */
static void hash_child(struct hasher *s, uint64_t child)
{
	if (s->blank)
		s->h = mix(s->h, ' ');
	s->blank = false;
	s->h = mix(mix(s->h, 0x100), child);
}

static void hash_options(struct reading *r, size_t index, uint64_t *hashes)
{
	struct brackets *b = r->out;
	const struct bracket *v = &b->v[index];
	size_t child = index + 1, end = r->after[index];
	uint64_t all = v->n_options;

	for (uint32_t k = 0; k < v->n_options; k++) {
		struct option *o = &b->options[v->option + k];
		struct hasher s = {0x51ED270B, false};
		size_t at = o->begin;
		while (child < end && b->v[child].begin < at)
			child = r->after[child];
		for (; child < end && b->v[child].begin < o->end; child = r->after[child]) {
			hash_bytes(&s, r->text.p + at, b->v[child].begin - at);
			hash_child(&s, hashes[child]);
			at = b->v[child].end < o->end ? b->v[child].end : o->end;
		}
		hash_bytes(&s, r->text.p + at, o->end - at);
		o->hash = s.h;
		all = mix(all, s.h);
	}
	if (!v->n_options) {
		struct hasher s = {1, false};
		hash_bytes(&s, r->text.p + v->inner, v->inner_end - v->inner);
		all = s.h;
	}
	hashes[index] = all;
}

void hash_read(struct reading *r)
{
	struct brackets *b = r->out;
	uint64_t *hashes = mem_array(NULL, b->n, sizeof(*hashes));

	for (size_t i = b->n; i-- > 0;)
		hash_options(r, i, hashes);
	for (size_t i = 0; i < b->n_points; i++) {
		struct point *p = &b->points[i];
		p->hash = p->n_options;
		for (uint32_t k = 0; k < p->n_options; k++)
			p->hash = mix(p->hash, point_option(b, p, k)->hash);
	}
	free(hashes);
}

void point_read(struct reading *r)
{
	make_points(r);
	list_options(r->out);
}
