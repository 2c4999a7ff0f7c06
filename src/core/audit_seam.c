/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"

#include "core/mem.h"
#include "core/word.h"
#include "core/wording.h"

#include <stdlib.h>

/* Paragraphs put together, and parted. */

enum { SEAM_REACH = 64 }; /* how many pairs of the other kind may stand between */

/* Several paragraphs of one text that are one of the other; joined by a blank each. */
struct seam {
	bool parted;    /* the one is of the old text */
	size_t at;      /* its pair */
	size_t *others; /* pairs, the one's own among them if it has both; in the text's order
			 */
	size_t n;
	struct str joined;
	size_t *from; /* by pair of others: where it begins in joined */
};

static struct slice old_of(const struct audit_view *v, const struct diff_pair *p)
{
	return slice_make(v->old.text.p + p->old_begin, p->old_end - p->old_begin);
}

static struct slice new_of(const struct audit_view *v, const struct diff_pair *p)
{
	return slice_make(v->new.text.p + p->new_begin, p->new_end - p->new_begin);
}

/* What the pair's one paragraph has that its partner has not. */
static void add_unpaired(const struct audit_view *v, const struct diff_pair *p, bool parted,
			 struct str *out)
{
	for (size_t k = 0; k < p->n_ops; k++) {
		const struct diff_op *op = &v->d.ops[p->op + k];

		if (parted && op->kind == DIFF_DELETE)
			str_add(out, v->old.text.p + op->old, op->old_end - op->old);
		if (!parted && op->kind == DIFF_INSERT)
			str_add(out, v->new.text.p + op->new, op->new_end - op->new);
		str_add_char(out, ' ');
	}
}

/* Whether most words of the paragraph are among those. */
static bool is_among(struct slice paragraph, const struct str *words)
{
	size_t n = word_count(paragraph.p, paragraph.len);
	size_t all = n + word_count(words->p, words->len);
	double common = diff_likeness(paragraph, str_slice(words)) * (double)all / 2;

	return n > 0 && common * 3 >= (double)n * 2;
}

/* The last pair in a direction (1: down, -1: up) whose words are among those; s->at where none
 * is. */
static size_t seam_end(const struct audit_view *v, const struct seam *s, const bool *done,
		       const struct str *words, int step)
{
	enum diff_change wanted = s->parted ? DIFF_ADDED : DIFF_DELETED;
	enum diff_change beside = s->parted ? DIFF_DELETED : DIFF_ADDED;
	size_t end = s->at, far = 0;

	/* Before the first pair the index wraps to more than there are. */
	for (size_t i = s->at + (size_t)step; i < v->d.n; i += (size_t)step) {
		const struct diff_pair *p = &v->d.pairs[i];

		if (++far < SEAM_REACH && p->change == beside)
			continue;
		if (p->change != wanted || done[i] ||
		    !is_among(s->parted ? new_of(v, p) : old_of(v, p), words))
			break;
		end = i;
	}
	return end;
}

/* The neighbours of a pair that it was put together of, or parted into. */
static void seam_find(struct audit_view *v, struct seam *s, const bool *done)
{
	const struct diff_pair *one = &v->d.pairs[s->at], *p;
	enum diff_change wanted = s->parted ? DIFF_ADDED : DIFF_DELETED;
	struct str words = STR_INIT;
	size_t first, last;

	add_unpaired(v, one, s->parted, &words);
	first = seam_end(v, s, done, &words, -1);
	last = seam_end(v, s, done, &words, 1);
	s->others = mem_array(NULL, last - first + 1, sizeof(*s->others));
	s->from = mem_array(NULL, last - first + 1, sizeof(*s->from));
	for (size_t i = first; i <= last; i++) {
		p = &v->d.pairs[i];
		if (p->change != wanted && (i != s->at || one->change != DIFF_CHANGED))
			continue;
		if (s->n)
			str_add_char(&s->joined, ' ');
		s->from[s->n] = s->joined.len;
		s->others[s->n++] = i;
		str_add_slice(&s->joined, s->parted ? new_of(v, p) : old_of(v, p));
	}
	str_release(&words);
}

static void seam_release(struct seam *s)
{
	free(s->others);
	free(s->from);
	str_release(&s->joined);
}

/* Which of the paragraphs a byte of joined is in; the blank is the one's before it. */
static size_t seam_part(const struct seam *s, size_t at)
{
	size_t k = s->n - 1;

	while (k > 0 && s->from[k] > at)
		k--;
	return k;
}

/* Where the paragraph's own words begin in joined, after its label. */
static size_t seam_body(const struct audit_view *v, const struct seam *s, size_t k)
{
	const struct diff_pair *p = &v->d.pairs[s->others[k]];
	const struct draft *d = s->parted ? &v->new.d : &v->old.d;
	size_t begin = s->parted ? p->new_begin : p->old_begin;
	uint32_t i = draft_paragraph_at(d, begin);

	return s->from[k] + (i != PARAGRAPH_NONE && d->v[i].label_end > begin
				     ? d->v[i].label_end - begin
				     : 0);
}

/* Whether no word is between the stretch of joined and a place where two paragraphs meet. */
static bool seam_touches(const struct audit_view *v, const struct seam *s, size_t begin,
			 size_t end)
{
	enum { NEAR = 16 }; /* marks and blanks are few */

	for (size_t k = 1; k < s->n; k++) {
		size_t from = end, to = s->from[k];

		if (to < begin) {
			from = seam_body(v, s, k);
			to = begin;
		}
		if (from >= to ||
		    (to - from <= NEAR && !word_count(s->joined.p + from, to - from)))
			return true;
	}
	return false;
}

/* What a change of the one against joined loses and gains in the drafts' own bytes, paragraph
 * by paragraph. pair: filled with the numbers of both. false: nothing (more). */
static bool seam_change(struct audit_view *v, const struct seam *s, const struct diff_op *op,
			const struct parties *parties, size_t *at, struct diff_pair *pair,
			struct slice change[2])
{
	bool deletes = op->kind == DIFF_DELETE, many = deletes != s->parted;
	size_t begin = deletes ? op->old : op->new, end = deletes ? op->old_end : op->new_end;
	size_t place = s->parted ? op->new : op->old;
	size_t place_end = s->parted ? op->new_end : op->old_end;
	const struct audit_side *side = deletes ? &v->old : &v->new;
	bool found = false;

	while (!found && begin + *at < end) {
		size_t from = begin + *at, to = end, k = seam_part(s, many ? from : place);
		const struct diff_pair *one = &v->d.pairs[s->at];
		const struct diff_pair *other = &v->d.pairs[s->others[k]];
		const struct diff_pair *own = many ? other : one;
		size_t shift = deletes ? own->old_begin : own->new_begin;

		*pair = s->parted ? *one : *other;
		pair->new = s->parted ? other->new : one->new;
		pair->new_begin = s->parted ? other->new_begin : one->new_begin;
		pair->new_end = s->parted ? other->new_end : one->new_end;
		if (many) {
			if (k + 1 < s->n && s->from[k + 1] < to)
				to = s->from[k + 1];
			*at = to - begin;
			shift -= s->from[k];
			if (k + 1 < s->n && to == s->from[k + 1])
				to--; /* the blank is no draft's */
		} else {
			*at = end - begin;
		}
		if (from >= to)
			continue;
		from += shift;
		to += shift;
		found = deletes ? audit_loses(side, parties, from, to,
					      seam_touches(v, s, place, place_end))
				: audit_gains(side, from, to,
					      seam_touches(v, s, place, place_end));
		change[!deletes] = wording_trim(slice_make(side->text.p + from, to - from));
		change[deletes] = SLICE("");
	}
	return found;
}

static void seam_tell(struct audit_view *v, const struct seam *s, const struct parties *parties)
{
	struct slice one =
		s->parted ? old_of(v, &v->d.pairs[s->at]) : new_of(v, &v->d.pairs[s->at]);
	uint32_t told = DIFF_NONE; /* the agreed paragraph that was told of last */
	struct diff d = {.n = 0};

	diff_words(&d, s->parted ? one : str_slice(&s->joined),
		   s->parted ? str_slice(&s->joined) : one);
	for (size_t i = 0; i < d.n_ops; i++) {
		struct diff_pair pair;
		struct slice change[2];
		size_t at = 0;

		while (d.ops[i].kind != DIFF_EQUAL &&
		       seam_change(v, s, &d.ops[i], parties, &at, &pair, change)) {
			if (!audit_was_agreed(v, &pair))
				audit_tell_change(v, &pair, change[0], change[1]);
			else if (told != pair.old)
				audit_tell_agreed(v, &pair);
			told = pair.old;
		}
	}
	diff_release(&d);
}

void audit_seams(struct audit_view *v, const struct parties *parties, bool *done)
{
	for (size_t i = 0; i < 2 * v->d.n; i++) {
		struct seam s = {.parted = i >= v->d.n, .at = i % v->d.n, .joined = STR_INIT};
		const struct diff_pair *p = &v->d.pairs[s.at];
		enum diff_change whole = s.parted ? DIFF_DELETED : DIFF_ADDED;

		if (done[s.at] || (p->change != DIFF_CHANGED && p->change != whole) ||
		    (v->step->n_others && audit_is_in_others(v, p)))
			continue;
		seam_find(v, &s, done);
		if (s.n > 1) {
			seam_tell(v, &s, parties);
			done[s.at] = true;
			for (size_t k = 0; k < s.n; k++)
				done[s.others[k]] = true;
		}
		seam_release(&s);
	}
}
