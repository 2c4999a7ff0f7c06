/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/diff.h"

/* core/diff: each text comes back from what changed; and what changed is told in order. */

/* Whether the operations of a pair tile both paragraphs, and what is equal is. */
static void check_pair(const struct diff *d, const struct diff_pair *p, struct slice old,
		       struct slice new)
{
	size_t a = p->old_begin, b = p->new_begin;

	for (size_t i = 0; i < p->n_ops; i++) {
		const struct diff_op *o = &d->ops[p->op + i];

		HOLDS(o->old == a && o->new == b, "what changed is told without a gap");
		HOLDS(o->old_end >= o->old && o->new_end >= o->new, "a stretch has two ends");
		switch (o->kind) {
		case DIFF_EQUAL:
			HOLDS(slice_equal(slice_make(old.p + o->old, o->old_end - o->old),
					  slice_make(new.p + o->new, o->new_end - o->new)),
			      "what is told to be equal is");
			break;
		case DIFF_DELETE:
			HOLDS(o->new == o->new_end, "a deletion has nothing new");
			break;
		case DIFF_INSERT:
			HOLDS(o->old == o->old_end, "an insertion has nothing old");
			break;
		}
		a = o->old_end;
		b = o->new_end;
	}
	if (p->change == DIFF_SAME)
		return;
	HOLDS(a == p->old_end && b == p->new_end, "both paragraphs come back");
}

static void mark(unsigned char *seen, uint32_t n, uint32_t limit)
{
	HOLDS(n < limit && !seen[n], "a paragraph is told once");
	seen[n] = 1;
}

static size_t count(const unsigned char *seen, size_t n)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		all += seen[i];
	return all;
}

static bool is_blank_line(struct slice text, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (!memchr(" \t\r\xC2\xA0\xE2\x80\xAF\xE3", text.p[i], 10) &&
		    (unsigned char)text.p[i] != 0x80)
			return false;
	return true;
}

/* Lines that are not blank to the eye of this test: at most so many paragraphs are told. */
static size_t full_lines(struct slice text)
{
	size_t n = 0;

	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.p) : text.len;

		n += !is_blank_line(text, at, end);
		at = end + 1;
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[2] = {{"", 0}, {"", 0}};
	unsigned char *olds, *news;
	struct diff d;
	uint32_t last = 0;

	fuzz_parts(data, size, part, 2);
	olds = calloc(part[0].len + 1, 1);
	news = calloc(part[1].len + 1, 1);
	diff_texts(&d, part[0], part[1]);
	HOLDS(d.same == slice_equal(part[0], part[1]), "same is same");
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_pair *p = &d.pairs[i];

		HOLDS((p->old != DIFF_NONE) == (p->change != DIFF_ADDED) &&
			      (p->new != DIFF_NONE) == (p->change != DIFF_DELETED),
		      "a pair has the sides that its kind says");
		if (p->old != DIFF_NONE)
			mark(olds, p->old, (uint32_t)part[0].len + 1);
		if (p->new != DIFF_NONE) {
			mark(news, p->new, (uint32_t)part[1].len + 1);
			HOLDS(p->new >= last, "pairs stand in the new text's order");
			last = p->new;
		}
		HOLDS(p->old_end <= part[0].len && p->new_end <= part[1].len,
		      "a pair lies in the texts");
		if (p->change == DIFF_SAME)
			HOLDS(slice_equal(slice_make(part[0].p + p->old_begin,
						     p->old_end - p->old_begin),
					  slice_make(part[1].p + p->new_begin,
						     p->new_end - p->new_begin)),
			      "a paragraph told to be the same is");
		check_pair(&d, p, part[0], part[1]);
	}
	HOLDS(count(olds, part[0].len + 1) >= full_lines(part[0]) &&
		      count(news, part[1].len + 1) >= full_lines(part[1]),
	      "every paragraph is told");
	diff_release(&d);
	diff_words(&(struct diff){0}, SLICE(""), SLICE(""));
	free(olds);
	free(news);
	return 0;
}
