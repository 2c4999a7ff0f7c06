/* SPDX-License-Identifier: MIT */
#include "rebracket_impl.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* Brackets put round text: a selection, paragraphs, and paragraphs again. */

const char *rebracket_line_end(struct slice draft, size_t pos)
{
	const char *lf = memchr(draft.p + pos, '\n', draft.len - pos);

	if (!lf && pos > 0)
		lf = memrchr(draft.p, '\n', pos);
	return lf && lf > draft.p && lf[-1] == '\r' ? "\r\n" : "\n";
}

/* ---- what may not be cut */

static bool overlaps(size_t a, size_t a_end, size_t b, size_t b_end)
{
	return a < b_end && b < a_end;
}

static bool is_inside(size_t a, size_t a_end, size_t b, size_t b_end)
{
	return a >= b && a_end <= b_end;
}

/* A bracket is whole in the selection, or the selection within its text. */
static int check_brackets(const struct bracketed *w, struct range s, struct error *err)
{
	for (size_t i = 0; i < w->b->n && w->b->v[i].begin < s.end; i++) {
		const struct bracket *v = &w->b->v[i];

		if (is_inside(s.begin, s.end, v->inner, v->inner_end) ||
		    is_inside(v->begin, v->end, s.begin, s.end) ||
		    !overlaps(v->begin, v->end, s.begin, s.end))
			continue;
		return recheck_refuse(w->draft, v->begin,
				      N_("the selection cuts this bracket in two"), err);
	}
	for (size_t i = 0; i < w->b->n_points; i++) {
		const struct point *p = &w->b->points[i];
		size_t begin = point_begin(w->b, p), end = point_end(w->b, p);

		/* Within one of its brackets, it has been looked at already. */
		if (p->n_brackets > 1 && s.begin < s.end && s.begin < end && begin < s.end &&
		    !is_inside(begin, end, s.begin, s.end) &&
		    (s.begin <= begin || s.end >= end))
			return recheck_refuse(w->draft, begin,
					      N_("the selection cuts this point in two"), err);
	}
	return 0;
}

static int check_rest(const struct bracketed *w, struct range s, struct error *err)
{
	const struct brackets *b = w->b;

	for (size_t i = 0; i < b->n_skipped; i++)
		if (overlaps(s.begin, s.end, b->skipped[i].begin, b->skipped[i].end) &&
		    !is_inside(b->skipped[i].begin, b->skipped[i].end, s.begin, s.end))
			return recheck_refuse(w->draft, b->skipped[i].begin,
					      N_("the selection cuts what stands here in two"),
					      err);
	for (size_t i = 0; i < b->n_unread; i++)
		if (overlaps(s.begin, s.end + (s.begin == s.end), b->unread[i].begin,
			     b->unread[i].end) &&
		    !is_inside(b->unread[i].begin, b->unread[i].end, s.begin, s.end) &&
		    s.begin != b->unread[i].begin)
			return recheck_refuse(w->draft, b->unread[i].begin,
					      N_("brackets are not read in code, comments and "
						 "front matter"),
					      err);
	for (size_t i = 0; i < b->n_problems; i++)
		if (b->problems[i].at >= s.begin && b->problems[i].at < s.end)
			return recheck_refuse(w->draft, b->problems[i].at,
					      N_("this bracket is not paired; repair it first"),
					      err);
	return 0;
}

static int check_cuts(const struct bracketed *w, struct range s, struct error *err)
{
	int status = check_brackets(w, s, err);

	return status < 0 ? status : check_rest(w, s, err);
}

/* ---- a selection */

static bool is_whole_lines(struct slice draft, struct range s)
{
	struct range first = rebracket_line(draft, s.begin),
		     last = rebracket_line(draft, s.end);

	first.begin += utf8_blanks_at(draft.p + first.begin, s.begin - first.begin);
	last.end -= utf8_blanks_before(draft.p + s.end, last.end - s.end);
	return first.begin == s.begin && last.end == s.end;
}

int rebracket_selection(const struct bracketed *w, size_t begin, size_t end,
			const struct offer *alternative, struct edits *e, struct error *err)
{
	static const int ways[] = {0, WORDING_SLASHES, WORDING_GUARD,
				   WORDING_GUARD | WORDING_SLASHES};
	struct slice s = wording_trim((struct slice){w->draft.p + begin, end - begin});
	struct fresh f = {.slash = " / ", .offer = alternative};
	struct range range;
	bool good = false;
	int status;

	if (s.len > 0) {
		begin = (size_t)(s.p - w->draft.p);
		end = begin + s.len;
	} else {
		end = begin;
	}
	if (s.len == 0 && !alternative)
		return error_set(err, ST_USAGE, N_("select the text to put in brackets"));
	range = (struct range){begin, end};
	f.alternative = alternative != NULL;
	f.begin = begin;
	f.end = end;
	f.lines = alternative && memchr(s.p, '\n', s.len);
	if (f.lines && !is_whole_lines(w->draft, range))
		return error_set(err, ST_USAGE,
				 N_("select whole paragraphs to give them an alternative"));
	status = check_cuts(w, range, err);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && status == 0 && !good; i++) {
		f.id = f.apart = false;
		status = fresh_write(w, &f, ways[i], err);
		good = status == 0 && fresh_settle(w, &f, 1, e);
	}
	fresh_release(&f);
	if (good)
		return 0;
	edits_clear(e);
	return status < 0 ? status : rebracket_refuse(err);
}

/* ---- paragraphs as alternatives */

/* Paragraphs that become options, and what stands between them. */
struct stack {
	struct range *v;
	size_t n, cap;
	bool *guard; /* each needs one */
};

/* How many brackets are open before the byte at pos. */
static uint32_t depth_before(const struct brackets *b, size_t pos)
{
	return brackets_depth_at(b, pos) - (recheck_bracket_at(b, pos) != BRACKET_NONE);
}

/* Whether something that is not read began before pos and goes on. */
static bool is_within_unread(const struct brackets *b, size_t pos)
{
	return pos > 0 && brackets_is_unread(b, pos - 1) && brackets_is_unread(b, pos);
}

/* Collects paragraphs; those within one bracket, comment or fence are one. */
static void collect(const struct bracketed *w, struct range region, struct stack *s)
{
	uint32_t depth = depth_before(w->b, region.begin);

	for (size_t at = region.begin; at <= region.end && at < w->draft.len;) {
		struct range line = rebracket_line(w->draft, at);
		size_t blanks = utf8_blanks_at(w->draft.p + line.begin, line.end - line.begin);
		const char *lf = memchr(w->draft.p + line.end, '\n', w->draft.len - line.end);

		if (s->n > 0 && (depth_before(w->b, line.begin) > depth ||
				 is_within_unread(w->b, line.begin))) {
			s->v[s->n - 1].end = line.end;
		} else if (line.begin + blanks < line.end) {
			MEM_GROW(s->v, s->n, s->cap);
			s->v[s->n++] = line;
		}
		at = lf ? (size_t)(lf - w->draft.p) + 1 : w->draft.len;
	}
}

static void stack_edits(const struct bracketed *w, const struct stack *s, struct edits *e)
{
	const char *nl = rebracket_line_end(w->draft, s->v[0].begin);
	struct str text = STR_INIT;

	for (size_t i = 0; i < s->n; i++) {
		struct slice line = wording_trim((struct slice){w->draft.p + s->v[i].begin,
								s->v[i].end - s->v[i].begin});
		size_t after = i == 0 ? s->v[0].begin : s->v[i - 1].end;

		str_clear(&text);
		/* The line end before it stays; a blank line after that goes. */
		if (i > 0) {
			const char *lf = memchr(w->draft.p + after, '\n', w->draft.len - after);

			after = (size_t)(lf - w->draft.p) + 1;
		}
		str_addf(&text, "%s%s", i == 0 ? "[" : "/", nl);
		edits_add(e, after, s->v[i].begin - after, text.p, text.len);
		if (slice_is(line, "/") || slice_is(line, "／"))
			edits_add(e, (size_t)(line.p - w->draft.p), 0, "\\", 1);
		else if (s->guard[i])
			edits_add(e, (size_t)(line.p - w->draft.p), 0, "\\ ", 2);
	}
	str_clear(&text);
	str_addf(&text, "%s]", nl);
	edits_add(e, s->v[s->n - 1].end, 0, text.p, text.len);
	str_release(&text);
}

/* Whether each paragraph is an option now; marks those that need a guard. */
static bool stack_reads(const struct bracketed *w, struct stack *s, const struct edits *e)
{
	struct recheck r;
	const struct point *p;
	bool good;
	uint32_t now;

	recheck_init(&r, w, e);
	now = recheck_point_at(&r.b, fresh_opening(s->v[0].begin, e));
	p = now == BRACKET_NONE ? NULL : &r.b.points[now];
	good = p && p->n_options == s->n && p->n_brackets == 1 &&
	       recheck_others(&r, w, e, 0, 0, 1, NULL);
	for (size_t i = 0; p && p->n_options == s->n && i < s->n; i++) {
		const struct option *o = point_option(&r.b, p, i);
		struct str want = STR_INIT;
		struct slice line = wording_trim((struct slice){w->draft.p + s->v[i].begin,
								s->v[i].end - s->v[i].begin});

		if (slice_is(line, "/") || slice_is(line, "／"))
			str_add_char(&want, '\\');
		str_add_slice(&want, line);
		if (o->no_text || o->n_parties > 0 ||
		    !slice_equal((struct slice){r.text.p + o->begin, o->end - o->begin},
				 str_slice(&want))) {
			s->guard[i] = true;
			good = false;
		}
		str_release(&want);
	}
	recheck_release(&r);
	return good;
}

int rebracket_lines(const struct bracketed *w, size_t begin, size_t end, struct edits *e,
		    struct error *err)
{
	struct slice s = wording_trim((struct slice){w->draft.p + begin, end - begin});
	struct stack stack = {NULL, 0, 0, NULL};
	struct range region;
	int status;
	bool good = false;

	if (s.len > 0)
		begin = (size_t)(s.p - w->draft.p);
	region.begin = rebracket_line(w->draft, begin).begin;
	region.end = rebracket_line(w->draft, begin + s.len).end;
	status = check_cuts(w, region, err);
	if (status < 0)
		return status;
	collect(w, region, &stack);
	if (stack.n < 2) {
		free(stack.v);
		return error_set(err, ST_USAGE, N_("select two paragraphs or more"));
	}
	stack.guard = mem_zalloc(stack.n);
	for (int round = 0; round < 2 && !good; round++) {
		edits_clear(e);
		stack_edits(w, &stack, e);
		good = stack_reads(w, &stack, e);
	}
	free(stack.v);
	free(stack.guard);
	if (good)
		return 0;
	edits_clear(e);
	return rebracket_refuse(err);
}

/* ---- and back */

static bool is_blank_line(struct slice draft, size_t pos)
{
	struct range line = rebracket_line(draft, pos);

	return utf8_blanks_at(draft.p + line.begin, line.end - line.begin) ==
	       line.end - line.begin;
}

/* Whether a blank line stands before the bracket's paragraph, or after it. */
static bool has_blank_lines(struct slice draft, const struct bracket *v)
{
	struct range first = rebracket_line(draft, v->begin),
		     last = rebracket_line(draft, v->end);

	if (first.begin > 0)
		return is_blank_line(draft, first.begin - 1);
	return last.end + 2 >= draft.len || is_blank_line(draft, last.end + 2);
}

int rebracket_unlines(const struct bracketed *w, uint32_t point, struct edits *e,
		      struct error *err)
{
	const struct point *p = &w->b->points[point];
	const struct bracket *v;
	struct str text = STR_INIT, gap = STR_INIT;
	struct recheck r;
	size_t done;
	bool good, first = true;
	const char *nl;

	if (point >= w->b->n_points)
		return rebracket_no_point(err);
	v = &w->b->v[p->bracket];
	if (p->n_brackets > 1 || (v->separator != SEP_LINES && v->separator != SEP_PARAGRAPH))
		return error_set(err, ST_USAGE,
				 N_("the alternatives of point %zu are not paragraphs"),
				 (size_t)point + 1);
	nl = rebracket_line_end(w->draft, v->begin);
	str_addf(&gap, "%s%s", nl, has_blank_lines(w->draft, v) ? nl : "");
	done = v->begin;
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(w->b, p, k);

		if (o->no_text || o->begin == o->end)
			continue;
		edits_add(e, done, o->begin - done, gap.p, first ? 0 : gap.len);
		str_clear(&text);
		resolve_preview(w->b, w->draft, point, k, &text);
		if (text.len != o->end - o->begin)
			edits_add(e, o->begin, o->end - o->begin, text.p, text.len);
		done = o->end;
		first = false;
	}
	edits_add(e, done, v->end - done, NULL, 0);
	recheck_init(&r, w, e);
	good = recheck_others(&r, w, e, v->begin, v->end, -1, NULL);
	recheck_release(&r);
	str_release(&text);
	str_release(&gap);
	if (good)
		return 0;
	edits_clear(e);
	return rebracket_refuse(err);
}
