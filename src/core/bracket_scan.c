/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/escape.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * From bytes to bracket signs. What is never read (front matter, fences, code,
 * comments, autolinks) is noted; whatever of these is not closed is ordinary
 * text, and is known to be so without looking twice: each kind keeps what it
 * has learnt about the rest of the draft or line.
 */

/* A line that could open or close fenced code. */
struct fence {
	size_t begin, end; /* the line, its line end included */
	size_t run;        /* how many marks */
	size_t closer;     /* the line that closes it: index, or SIZE_MAX */
	char mark;         /* ` or ~ */
	bool bare;         /* nothing after the marks: it can close */
};

/* A run of backticks in a line. */
struct ticks {
	size_t at, len;
};

struct scan {
	struct reading *r;
	const char *p;
	size_t len;
	bool no_comment_end; /* no --> from here on */
	struct fence *fences;
	size_t n_fences, cap_fences, next_fence;
	struct ticks *ticks; /* of the line ticks_line, by length, then position */
	size_t n_ticks, cap_ticks;
	size_t ticks_line;  /* the end of the line they belong to, SIZE_MAX at first */
	size_t next[6];     /* by sign: the first one that is not passed, SIZE_MAX for none */
	size_t no_bookmark; /* no ] in the line that ends here, beyond the place looked at */
};

static void add_unread(struct reading *r, size_t begin, size_t end, enum unread_kind kind)
{
	struct brackets *b = r->out;

	MEM_GROW(b->unread, b->n_unread, r->cap_unread);
	b->unread[b->n_unread++] = (struct unread){begin, end, kind};
}

static struct token *add_token(struct reading *r, size_t at, size_t len, bool opens)
{
	MEM_GROW(r->tokens, r->n_tokens, r->cap_tokens);
	struct token *t = &r->tokens[r->n_tokens++];
	*t = (struct token){
		.at = at, .mate = TOKEN_NONE, .skip = -1, .len = (uint8_t)len, .opens = opens};
	return t;
}

static size_t line_end(const struct scan *s, size_t at)
{
	const char *lf = at < s->len ? memchr(s->p + at, '\n', s->len - at) : NULL;

	return lf ? (size_t)(lf - s->p) : s->len;
}

/* Of a place behind a line end. */
static size_t line_begin(const struct scan *s, size_t at)
{
	while (s->p[at - 1] != '\n')
		at--;
	return at;
}

/* ---- front matter ---- */

static bool is_rule(const char *p, size_t len)
{
	if (len && p[len - 1] == '\r')
		len--;
	if (len < 3 || memcmp(p, "---", 3) != 0)
		return false;
	return utf8_blanks_at(p + 3, len - 3) == len - 3;
}

/* Where the text begins: after the byte order mark and the front matter, if there are any. */
static size_t skip_front_matter(struct scan *s)
{
	size_t begin = s->len >= 3 && memcmp(s->p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	size_t end = line_end(s, begin);

	if (!is_rule(s->p + begin, end - begin))
		return begin;
	while (end < s->len) {
		size_t next = end + 1;
		end = line_end(s, next);
		if (is_rule(s->p + next, end - next)) {
			size_t after = end < s->len ? end + 1 : end;
			add_unread(s->r, 0, after, UNREAD_FRONT_MATTER);
			return after;
		}
	}
	return begin;
}

/* ---- fenced code ---- */

static bool fence_line(const struct scan *s, size_t begin, size_t end, struct fence *f)
{
	size_t i = begin, rest;

	while (i < end && i - begin < 3 && s->p[i] == ' ')
		i++;
	if (i == end || (s->p[i] != '`' && s->p[i] != '~'))
		return false;
	f->mark = s->p[i];
	rest = i;
	while (rest < end && s->p[rest] == f->mark)
		rest++;
	f->run = rest - i;
	if (f->run < 3 || (f->mark == '`' && memchr(s->p + rest, '`', end - rest)))
		return false;
	f->begin = begin;
	f->end = end < s->len ? end + 1 : end;
	if (end > rest && s->p[end - 1] == '\r')
		end--;
	f->bare = utf8_blanks_at(s->p + rest, end - rest) == end - rest;
	f->closer = SIZE_MAX;
	return true;
}

/* Each fence's closer: the next bare line of its mark with a run as long. The
 * stack holds the bare lines below, longer ones deeper; so the search halves. */
static void match_fences(struct scan *s)
{
	size_t *stack = mem_array(NULL, s->n_fences, sizeof(*stack));
	static const char marks[2] = {'`', '~'};

	for (int m = 0; m < 2; m++) {
		size_t n = 0;
		for (size_t i = s->n_fences; i-- > 0;) {
			struct fence *f = &s->fences[i];
			size_t first;
			if (f->mark != marks[m])
				continue;
			SORTED_SKIP(first, n, s->fences[stack[first]].run >= f->run);
			if (first)
				f->closer = stack[first - 1];
			if (!f->bare)
				continue;
			while (n && s->fences[stack[n - 1]].run <= f->run)
				n--;
			stack[n++] = i;
		}
	}
	free(stack);
}

static void find_fences(struct scan *s, size_t begin)
{
	struct fence f;

	struct slice rest = {s->p + begin, s->len - begin};

	if (!slice_find(rest, "```") && !slice_find(rest, "~~~"))
		return;
	for (size_t at = begin; at < s->len;) {
		size_t end = line_end(s, at);
		if (fence_line(s, at, end, &f)) {
			MEM_GROW(s->fences, s->n_fences, s->cap_fences);
			s->fences[s->n_fences++] = f;
		}
		at = end + 1;
	}
	match_fences(s);
}

/* If fenced code begins at this line, notes it and returns where it ends; else 0. */
static size_t skip_fence(struct scan *s, size_t begin)
{
	while (s->next_fence < s->n_fences && s->fences[s->next_fence].begin < begin)
		s->next_fence++;
	if (s->next_fence == s->n_fences)
		return 0;
	struct fence *f = &s->fences[s->next_fence];
	if (f->begin != begin || f->closer == SIZE_MAX)
		return 0;
	s->next_fence = f->closer + 1;
	add_unread(s->r, begin, s->fences[f->closer].end, UNREAD_FENCE);
	return s->fences[f->closer].end;
}

/* ---- code, comments and autolinks in a line ---- */

static int compare_ticks(const void *a, const void *b)
{
	const struct ticks *x = a, *y = b;

	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void find_ticks(struct scan *s, size_t at, size_t end)
{
	s->n_ticks = 0;
	s->ticks_line = end;
	while (at < end) {
		const char *tick = memchr(s->p + at, '`', end - at);
		if (!tick)
			break;
		size_t begin = at = (size_t)(tick - s->p);
		while (at < end && s->p[at] == '`')
			at++;
		MEM_GROW(s->ticks, s->n_ticks, s->cap_ticks);
		s->ticks[s->n_ticks++] = (struct ticks){begin, at - begin};
	}
	if (s->n_ticks)
		qsort(s->ticks, s->n_ticks, sizeof(*s->ticks), compare_ticks);
}

/* Code that begins with the backticks at `at`: where it ends, or the end of the run. */
static size_t skip_code(struct scan *s, size_t at, size_t end)
{
	struct ticks key = {0, 0};
	size_t run = at, i;

	while (run < end && s->p[run] == '`')
		run++;
	if (s->ticks_line != end)
		find_ticks(s, at, end);
	key = (struct ticks){run, run - at};
	SORTED_SKIP(i, s->n_ticks, compare_ticks(&s->ticks[i], &key) < 0);
	if (i == s->n_ticks || s->ticks[i].len != key.len)
		return run;
	run = s->ticks[i].at + key.len;
	add_unread(s->r, at, run, UNREAD_CODE);
	return run;
}

static bool starts(const struct scan *s, size_t at, size_t end, const char *text)
{
	size_t len = strlen(text);

	return end - at >= len && memcmp(s->p + at, text, len) == 0;
}

static size_t skip_autolink(struct scan *s, size_t at, size_t end)
{
	if (!starts(s, at, end, "<https://") && !starts(s, at, end, "<http://") &&
	    !starts(s, at, end, "<mailto:"))
		return at + 1;
	for (size_t i = at + 1; i < end; i++) {
		if (s->p[i] == '>') {
			add_unread(s->r, at, i + 1, UNREAD_AUTOLINK);
			return i + 1;
		}
		if (s->p[i] == '<' || utf8_blank_at(s->p + i, end - i))
			break;
	}
	return at + 1;
}

/* A comment may end in a later line. Returns where to go on. */
static size_t skip_angle(struct scan *s, size_t at, size_t end)
{
	const char *close = NULL;

	if (!starts(s, at, s->len, "<!--"))
		return skip_autolink(s, at, end);
	if (!s->no_comment_end)
		close = memmem(s->p + at + 4, s->len - at - 4, "-->", 3);
	if (!close) {
		s->no_comment_end = true;
		return at + 4;
	}
	add_unread(s->r, at, (size_t)(close - s->p) + 3, UNREAD_COMMENT);
	return (size_t)(close - s->p) + 3;
}

/* [bookmark: …] to the first ]: a pair of tokens of its own; else one opening sign. */
static size_t open_at(struct scan *s, size_t at, size_t end)
{
	const char *close = NULL;

	if (s->no_bookmark != end && starts(s, at, end, "[bookmark:")) {
		close = memchr(s->p + at, ']', end - at);
		if (!close)
			s->no_bookmark = end;
	}
	struct token *open = add_token(s->r, at, 1, true);
	if (!close)
		return at + 1;
	size_t index = s->r->n_tokens;
	open->skip = SKIP_BOOKMARK;
	open->skip_end = (size_t)(close - s->p) + 1;
	open->mate = (uint32_t)index;
	add_token(s->r, (size_t)(close - s->p), 1, false)->mate = (uint32_t)index - 1;
	return (size_t)(close - s->p) + 1;
}

/* What signs begin with. Each is looked for by itself, as far as the next one of its kind: most
 * of a draft has none of them. */
static const char signs[] = {'[', ']', '\\', '`', '<', (char)0xEF};

static void find_next(struct scan *s, size_t k, size_t at)
{
	const char *p = at < s->len ? memchr(s->p + at, signs[k], s->len - at) : NULL;

	s->next[k] = p ? (size_t)(p - s->p) : SIZE_MAX;
}

static size_t next_sign(struct scan *s, size_t at, size_t end)
{
	size_t first = end;

	for (size_t k = 0; k < sizeof(signs); k++) {
		if (s->next[k] < at)
			find_next(s, k, at);
		if (s->next[k] < first)
			first = s->next[k];
	}
	return first;
}

/* Reads a line's signs. Returns the end of the line it stops in: a comment may have led
 * further. */
static size_t scan_line(struct scan *s, size_t begin, size_t end)
{
	size_t at = begin, first = s->r->n_tokens;

	while ((at = next_sign(s, at, end)) < end) {
		char c = s->p[at];
		if (c == '[') {
			at = open_at(s, at, end);
		} else if (c == ']') {
			add_token(s->r, at++, 1, false);
		} else if (c == '\\') {
			size_t n = escape_at(s->p + at, end - at);

			at += n ? n : 1;
		} else if (c == '`') {
			at = skip_code(s, at, end);
		} else if (c == '<') {
			at = skip_angle(s, at, end);
		} else if (starts(s, at, end, "［") || starts(s, at, end, "］")) {
			add_token(s->r, at, 3, s->p[at + 2] == "［"[2]);
			at += 3;
		} else {
			at++;
		}
		if (at > end) { /* a comment ended in a later line */
			pair_line(s->r, first, begin, end);
			first = s->r->n_tokens;
			begin = line_begin(s, at);
			end = line_end(s, at);
		}
	}
	pair_line(s->r, first, begin, end);
	return end;
}

void scan_read(struct reading *r)
{
	struct scan s = {.r = r, .p = r->text.p, .len = r->to};
	size_t at = r->from;

	s.ticks_line = s.no_bookmark = SIZE_MAX;
	if (!at)
		at = skip_front_matter(&s);
	find_fences(&s, at);
	for (size_t k = 0; k < sizeof(signs); k++)
		find_next(&s, k, at);
	while (at < s.len) {
		size_t after = skip_fence(&s, at);
		if (after) {
			at = after;
			continue;
		}
		at = scan_line(&s, at, line_end(&s, at)) + 1;
	}
	free(s.fences);
	free(s.ticks);
}
