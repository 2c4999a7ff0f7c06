/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <string.h>

/*
 * FORMAT.md, "How they pair": inside a line with a stack; what a line leaves
 * open may close at the end of a later one, until a heading.
 */

static void push(uint32_t **v, size_t *n, size_t *cap, uint32_t x)
{
	MEM_GROW(*v, *n, *cap);
	(*v)[(*n)++] = x;
}

/* Whether the pair that opens there is the label of the link before it: [text][label]. */
static bool is_label(const struct reading *r, const struct token *open)
{
	const struct token *before = open > r->tokens ? open - 1 : NULL;

	return before && !before->opens && before->mate != TOKEN_NONE &&
	       r->tokens[before->mate].skip == SKIP_LINK &&
	       r->tokens[before->mate].skip_end > open->at;
}

/* [text][label]: the pair just before this one is the text of a link to its label. */
static struct token *link_text(struct reading *r, struct token *open)
{
	struct token *before, *text;

	if (open == r->tokens)
		return NULL;
	before = open - 1;
	if (before->opens || before->mate == TOKEN_NONE ||
	    before->at + before->len != open->at || before->crosses)
		return NULL;
	text = &r->tokens[before->mate];
	if (is_label(r, text))
		return NULL;
	/* [label][label], [sic][label]: one link, whatever the first would be alone. */
	if (text->skip >= SKIP_LINK && text->skip_end == before->at + 1)
		return text;
	if (text->skip >= 0 || before->height > 1 || text->len != 1 || before->len != 1 ||
	    guard_at(r->text.p, text->at + 1, before->at))
		return NULL;
	return text;
}

/* Decides whether a pair of one line never negotiates, once it has closed. */
static void classify(struct reading *r, uint32_t o, uint32_t c, size_t begin, size_t end)
{
	struct token *open = &r->tokens[o], *close = &r->tokens[c], *text;
	struct slice inner;
	size_t skip_end = 0;

	if (open->len != 1 || close->len != 1)
		return;
	open->skip = (int8_t)skip_class_of(r, open, close, begin, end, &skip_end);
	open->skip_end = skip_end;
	if (open->skip >= 0)
		return;
	inner = slice_make(r->text.p + open->at + 1, close->at - open->at - 1);
	if (close->height || !names_has_folded(&r->labels, inner))
		return;
	text = link_text(r, open);
	if (!text)
		text = open;
	text->skip = SKIP_LINK;
	text->skip_end = close->at + 1;
}

/* Where the end of a paragraph may begin, going back over what FORMAT.md allows after a ]. */
static size_t tail_unit(const struct reading *r, size_t begin, size_t at)
{
	static const char *const wide[] = {"»",  "”",  "’",  "］", "。", "，",
					   "；", "：", "！", "？", "）"};
	const char *p = r->text.p + begin;
	size_t len = at - begin, n = utf8_blank_before(p, len);
	struct slice all = {p, len};
	char last = p[len - 1];

	if (n)
		return n;
	if (last && strchr("0123456789\\\r.,;:!?*_\")]", last))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (slice_ends(all, wide[i]))
			return strlen(wide[i]);
	return 0;
}

/* Bytes of the id, parties in parentheses or footnote reference that end at `at`. */
static size_t tail_group(const struct reading *r, size_t begin, size_t at)
{
	const char *p = r->text.p;
	char close = p[at - 1], open = close == ')' ? '(' : close == '}' ? '{' : '[';
	size_t from = at - 1;
	struct trailing t;

	while (from > begin && p[from - 1] != open && p[from - 1] != close)
		from--;
	if (from == begin || p[from - 1] != open)
		return 0;
	from--;
	if (open == '{')
		return bracket_id_at(p + from, at - from) == at - from ? at - from : 0;
	if (open == '(')
		return trailing_read(r->parties, p + from, at - from, &t) && t.len == at - from
			       ? t.len
			       : 0;
	struct slice note = {p + from, at - from};
	if (slice_starts(note, "[^") && note.len > 3) {
		for (size_t i = 0; i < note.len; i++)
			if (utf8_blank_at(note.p + i, note.len - i))
				return 0;
		return note.len;
	}
	return slice_starts(note, "[footnoteRef:") ? note.len : 0;
}

/* The first place of the line from which only what may follow a closing bracket stands. */
static size_t tail_begin(const struct reading *r, size_t begin, size_t end)
{
	size_t at = end;

	while (at > begin) {
		char c = r->text.p[at - 1];
		size_t n = c == ')' || c == '}' || c == ']' ? tail_group(r, begin, at) : 0;
		if (!n)
			n = tail_unit(r, begin, at);
		if (!n)
			break;
		at -= n;
	}
	return at;
}

static void mate(struct reading *r, uint32_t o, uint32_t c)
{
	r->tokens[o].mate = c;
	r->tokens[c].mate = o;
}

/* A heading ends the search for all that is open above it, except what stands alone. */
static void end_search(struct reading *r)
{
	size_t n = r->n_lone;

	for (size_t i = r->n_lone; i < r->n_cross; i++)
		if (r->tokens[r->cross[i]].alone)
			r->cross[n++] = r->cross[i];
	r->n_cross = r->n_lone = n;
}

static void close_earlier(struct reading *r, size_t begin, size_t end)
{
	size_t tail = tail_begin(r, begin, end);

	for (size_t i = 0; i < r->n_stray && r->n_cross; i++) {
		uint32_t c = r->stray[i];
		if (r->tokens[c].at + r->tokens[c].len < tail)
			continue;
		uint32_t o = r->cross[--r->n_cross];
		if (r->n_lone > r->n_cross)
			r->n_lone = r->n_cross;
		mate(r, o, c);
		r->tokens[o].crosses = r->tokens[c].crosses = true;
	}
}

static void leave_open(struct reading *r, size_t begin, size_t end)
{
	for (size_t i = 0; i < r->n_local; i++) {
		struct token *t = &r->tokens[r->local[i]];
		size_t after = t->at + t->len;
		size_t before = t->at - begin;
		t->alone = utf8_blanks_at(r->text.p + begin, before) == before &&
			   utf8_blanks_at(r->text.p + after, end - after) == end - after;
		push(&r->cross, &r->n_cross, &r->cap_cross, r->local[i]);
	}
}

/* Pairs the closing token with the nearest open one of its line. Returns the last
 * token that is dealt with: the signs in a link's target are no brackets. */
static uint32_t close_here(struct reading *r, uint32_t c, size_t begin, size_t end)
{
	uint32_t o = r->local[--r->n_local];
	size_t height = r->tokens[o].height;

	mate(r, o, c);
	r->tokens[c].height = (uint32_t)height;
	if (r->n_local) {
		struct token *outer = &r->tokens[r->local[r->n_local - 1]];
		if (outer->height < height + 1)
			outer->height = (uint32_t)height + 1;
	}
	classify(r, o, c, begin, end);
	if (r->tokens[o].skip >= 0)
		while (c + 1 < r->n_tokens && r->tokens[c + 1].at < r->tokens[o].skip_end)
			c++;
	return c;
}

void pair_line(struct reading *r, size_t first_token, size_t begin, size_t end)
{
	if (end > begin && r->text.p[end - 1] == '\r')
		end--;
	if (label_is_heading(r->text.p + begin, end - begin))
		end_search(r);
	r->n_local = r->n_stray = 0;
	for (uint32_t i = (uint32_t)first_token; i < r->n_tokens; i++) {
		struct token *t = &r->tokens[i];
		if (t->mate != TOKEN_NONE) { /* a bookmark: nothing to pair */
			if (!t->opens && r->n_local)
				r->tokens[r->local[r->n_local - 1]].height |= 1;
			continue;
		}
		if (t->opens) {
			push(&r->local, &r->n_local, &r->cap_local, i);
			continue;
		}
		if (!r->n_local) {
			push(&r->stray, &r->n_stray, &r->cap_stray, i);
			continue;
		}
		i = close_here(r, i, begin, end);
	}
	if (r->n_stray)
		close_earlier(r, begin, end);
	if (r->n_local)
		leave_open(r, begin, end);
}

static void add_problem(struct reading *r, const struct token *t)
{
	struct brackets *b = r->out;

	MEM_GROW(b->problems, b->n_problems, r->cap_problems);
	b->problems[b->n_problems++] = (struct bracket_problem){
		t->at, t->len, t->opens ? PROBLEM_UNCLOSED : PROBLEM_UNOPENED};
}

static void add_skipped(struct reading *r, const struct token *t)
{
	struct brackets *b = r->out;

	MEM_GROW(b->skipped, b->n_skipped, r->cap_skipped);
	b->skipped[b->n_skipped++] =
		(struct skipped){t->at, t->skip_end, (enum skip_class)t->skip};
	b->skips[t->skip]++;
}

/* From pairs of tokens to brackets, nested ones knowing their parent. */
void pair_finish(struct reading *r)
{
	struct brackets *b = r->out;
	size_t skip_end = 0;
	uint32_t open = BRACKET_NONE;

	for (size_t i = 0; i < r->n_tokens; i++) {
		const struct token *t = &r->tokens[i];
		if (t->at < skip_end)
			continue;
		if (t->mate == TOKEN_NONE) {
			add_problem(r, t);
			continue;
		}
		if (!t->opens) {
			/* Not so where the opening sign was passed over with a link's target.
			 */
			if (open != BRACKET_NONE && b->v[open].inner_end == t->at)
				open = b->v[open].parent;
			continue;
		}
		if (t->skip >= 0) {
			add_skipped(r, t);
			skip_end = t->skip_end;
			continue;
		}
		const struct token *c = &r->tokens[t->mate];
		MEM_GROW(b->v, b->n, r->cap_brackets);
		b->v[b->n] = (struct bracket){
			.begin = t->at,
			.inner = t->at + t->len,
			.inner_end = c->at,
			.close = c->at + c->len,
			.end = c->at + c->len,
			.parent = open,
			.point = BRACKET_NONE,
			.next = BRACKET_NONE,
			.depth = open == BRACKET_NONE ? 1 : b->v[open].depth + 1,
			.crosses = t->crosses,
		};
		open = (uint32_t)b->n++;
	}
}
