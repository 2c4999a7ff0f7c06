/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/escape.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * FORMAT.md, "What a bracket offers". Each bracket is looked at once at its own
 * depth: nested brackets, skipped ones and what is not read are passed over, so
 * that all brackets together cost one reading of the draft.
 */

/* A sign at a bracket's own depth. */
struct sign {
	size_t at, end;
	enum { SIGN_SLASH, SIGN_SLASH_LINE, SIGN_LINE_END } kind;
};

struct offer {
	struct reading *r;
	struct bracket *b;
	size_t index;
	struct sign *signs; /* of this bracket */
	size_t n, cap;
	size_t n_slash, n_slash_line, n_lines;
	size_t child, skipped, unread; /* the next ones not passed yet */
};

/* Where a stretch begins that is passed over at `at`: its end, or 0. */
static size_t hole_at(struct offer *o, size_t at)
{
	const struct brackets *b = o->r->out;

	while (o->child < o->r->after[o->index] && b->v[o->child].begin < at)
		o->child = o->r->after[o->child];
	if (o->child < o->r->after[o->index] && b->v[o->child].begin == at)
		return b->v[o->child].end;
	while (o->skipped < b->n_skipped && b->skipped[o->skipped].begin < at)
		o->skipped++;
	if (o->skipped < b->n_skipped && b->skipped[o->skipped].begin == at)
		return b->skipped[o->skipped].end;
	while (o->unread < b->n_unread && b->unread[o->unread].begin < at)
		o->unread++;
	if (o->unread < b->n_unread && b->unread[o->unread].begin == at)
		return b->unread[o->unread].end;
	return 0;
}

static void add_sign(struct offer *o, size_t at, size_t end, int kind)
{
	MEM_GROW(o->signs, o->n, o->cap);
	o->signs[o->n].at = at;
	o->signs[o->n].end = end;
	o->signs[o->n++].kind = kind;
	o->n_slash += kind == SIGN_SLASH;
	o->n_slash_line += kind == SIGN_SLASH_LINE;
	o->n_lines += kind == SIGN_LINE_END;
}

/* A slash of len bytes: alone on its line, with blanks on both sides, or just a character. */
static void add_slash(struct offer *o, size_t at, size_t len)
{
	const char *p = o->r->text.p;
	size_t inner = o->b->inner, end = o->b->inner_end;
	size_t before = utf8_blanks_before(p + inner, at - inner);
	size_t after = utf8_blanks_at(p + at + len, end - at - len);
	size_t left = at - before, right = at + len + after;
	bool line_before = left > inner ? p[left - 1] == '\n' : false;
	bool line_after = right < end && (p[right] == '\n' || p[right] == '\r');

	if (line_before && line_after)
		add_sign(o, left, right, SIGN_SLASH_LINE);
	else if (before && after)
		add_sign(o, at, at + len, SIGN_SLASH);
}

/* What may be a sign, or begin what is passed over; the rest is passed over by this table. */
static const bool special[256] = {
	['['] = true, ['`'] = true,  ['<'] = true, [0xEF] = true,
	['~'] = true, ['\\'] = true, ['/'] = true, ['\n'] = true,
};

/* Collects the signs at the bracket's own depth. */
static void find_signs(struct offer *o)
{
	const char *p = o->r->text.p;
	const struct brackets *b = o->r->out;
	size_t at = o->b->inner, end = o->b->inner_end, hole;

	o->n = o->n_slash = o->n_slash_line = o->n_lines = 0;
	o->child = o->index + 1;
	o->skipped = brackets_skipped_from(b, at);
	o->unread = brackets_unread_from(b, at);
	while (at < end) {
		unsigned char c = (unsigned char)p[at];

		/* Indented fences begin with their blanks. */
		bool indented = c == ' ' && p[at - 1] == '\n';

		if (!special[c] && !indented) {
			at++;
			continue;
		}
		if (c != '\\' && c != '/' && c != '\n' && (hole = hole_at(o, at))) {
			at = hole;
			continue;
		}
		if (c == '\\') {
			size_t n = escape_at(p + at, end - at);

			at += n ? n : 1;
			continue;
		}
		if (c == '\n')
			add_sign(o, at, at + 1, SIGN_LINE_END);
		else if (c == '/')
			add_slash(o, at, 1);
		else if (c == 0xEF && end - at >= 3 && memcmp(p + at, "／", 3) == 0)
			add_slash(o, at, 3);
		at++;
	}
}

/* Without outer blanks and line ends. */
static struct slice trimmed(const char *p, size_t begin, size_t end)
{
	begin = trim_left(p, begin, end);
	end = trim_right(p, begin, end);
	return slice_make(p + begin, end - begin);
}

bool offer_after_colon(struct slice text, size_t line)
{
	size_t end = line, n;

	while (end > 0) {
		char c = text.p[end - 1];
		if (c == '\n' || c == '\r' || c == '*' || c == '_')
			end--;
		else if ((n = utf8_blank_before(text.p, end)))
			end -= n;
		else
			break;
	}
	return slice_ends(slice_make(text.p, end), ":") ||
	       slice_ends(slice_make(text.p, end), "：");
}

/* The k-th stretch between line ends at the bracket's own depth. */
static struct slice own_line(const struct offer *o, size_t k)
{
	const char *p = o->r->text.p;
	size_t begin = k ? o->signs[k - 1].end : o->b->inner;
	size_t end = k < o->n ? o->signs[k].at : o->b->inner_end;

	if (end > begin && p[end - 1] == '\r')
		end--;
	return slice_make(p + begin, end - begin);
}

static bool is_blank_line(struct slice s)
{
	return utf8_blanks_at(s.p, s.len) == s.len;
}

/* Whether only blanks, marks or a label stand before the bracket in its paragraph, which begins
 * at *line. No byte is looked at for more than one bracket. */
static bool begins_paragraph(const struct offer *o, size_t *line)
{
	const char *p = o->r->text.p;
	size_t before = o->index ? o->r->out->v[o->index - 1].inner : 0, at = o->b->begin;

	while (at > before && p[at - 1] != '\n')
		at--;
	if (at == before && before > 0)
		return false; /* another bracket stands there */
	*line = at;
	return label_is_all(p + at, o->b->begin - at) &&
	       !label_is_heading(p + at, o->b->begin - at);
}

/* FORMAT.md: two or more paragraphs after a colon, none of them with a label. */
static bool offers_paragraphs(const struct offer *o)
{
	size_t line, filled = 0;
	struct label label;

	if (!o->n_lines || !begins_paragraph(o, &line) || !offer_after_colon(o->r->text, line))
		return false;
	for (size_t k = 0; k <= o->n; k++) {
		struct slice s = own_line(o, k);
		if (is_blank_line(s))
			continue;
		filled++;
		if (label_read(s.p, s.len, &label) && label.kind != LABEL_HEADING)
			return false;
	}
	return filled > 1;
}

static void add_option(struct offer *o, const struct option *option,
		       const struct party_list *list)
{
	struct reading *r = o->r;
	struct brackets *b = r->out;
	size_t n = 0;

	MEM_GROW(b->options, b->n_options, r->cap_options);
	b->options[b->n_options] = *option;
	b->options[b->n_options].bracket = (uint32_t)o->index;
	/* The pool's size is where the last option's parties end. */
	if (b->n_options)
		n = b->options[b->n_options - 1].party + b->options[b->n_options - 1].n_parties;
	b->options[b->n_options].party = (uint32_t)n;
	b->options[b->n_options].n_parties = (uint32_t)list->n;
	for (size_t i = 0; i < list->n; i++) {
		MEM_GROW(b->parties, n, r->cap_parties);
		b->parties[n++] = list->v[i];
	}
	b->n_options++;
	o->b->n_options++;
}

/* The end of the last nested bracket from *child on that begins before `end`, 0 for none.
 * *child is then the next to look at. */
static size_t last_child(const struct offer *o, size_t *child, size_t end)
{
	const struct brackets *b = o->r->out;
	size_t last = 0;

	while (*child < o->r->after[o->index] && b->v[*child].begin < end) {
		last = b->v[*child].end;
		*child = o->r->after[*child];
	}
	return last;
}

static void add_part(struct offer *o, size_t begin, size_t end, size_t *child)
{
	struct option option = {0};
	struct party_list list;

	part_read(o->r, begin, end, last_child(o, child, end), &option, &list);
	add_option(o, &option, &list);
}

/* One option between each two signs of the kind. */
static void add_parts(struct offer *o, int kind)
{
	size_t begin = o->b->inner, child = o->index + 1;

	for (size_t k = 0; k < o->n; k++) {
		if ((int)o->signs[k].kind != kind)
			continue;
		add_part(o, begin, o->signs[k].at, &child);
		begin = o->signs[k].end;
	}
	add_part(o, begin, o->b->inner_end, &child);
}

static void add_lines(struct offer *o)
{
	size_t child = o->index + 1;

	for (size_t k = 0; k <= o->n; k++) {
		struct slice s = own_line(o, k);
		size_t begin = (size_t)(s.p - o->r->text.p);
		if (!is_blank_line(s))
			add_part(o, begin, begin + s.len, &child);
	}
}

static void add_modals(struct offer *o, struct slice s)
{
	struct party_list none = {.n = 0};
	size_t len = 1;

	while (len) {
		size_t cut = offer_next_slash(s, &len), begin = (size_t)(s.p - o->r->text.p);
		struct option option = {.begin = begin,
					.end = begin + cut,
					.part = begin,
					.part_end = begin + cut};
		add_option(o, &option, &none);
		s = slice_make(s.p + cut + len, s.len - cut - len);
	}
}

/* The kind, by FORMAT.md's table from top to bottom, and the options. */
static void read_kind(struct offer *o)
{
	struct bracket *b = o->b;
	struct slice inner = trimmed(o->r->text.p, b->inner, b->inner_end);
	size_t child = o->index + 1;

	find_signs(o);
	b->kind = KIND_ALTERNATIVES;
	if (o->n_slash_line) {
		b->separator = SEP_LINES;
		add_parts(o, SIGN_SLASH_LINE);
	} else if (o->n_slash) {
		b->separator = SEP_SLASH;
		add_parts(o, SIGN_SLASH);
	} else if (offer_is_placeholder(inner)) {
		b->kind = KIND_PLACEHOLDER;
	} else if (offer_is_modal(inner)) {
		b->separator = SEP_MODAL;
		add_modals(o, inner);
	} else if (offers_paragraphs(o)) {
		b->separator = SEP_PARAGRAPH;
		add_lines(o);
	} else {
		b->kind = b->crosses ? KIND_BLOCK : KIND_OPTIONAL;
		add_part(o, b->inner, b->inner_end, &child);
	}
}

/* Reads id and trailing parties behind a bracket; ends it there. */
static void read_end(struct reading *r, struct bracket *b)
{
	const char *p = r->text.p;
	size_t len = r->text.len;
	struct trailing t;

	for (;;) {
		size_t id = b->id == b->id_end ? bracket_id_at(p + b->end, len - b->end) : 0;
		if (id) {
			b->id = b->end + 2;
			b->id_end = b->end + id - 1;
			b->end += id;
			continue;
		}
		size_t blank = utf8_blank_at(p + b->end, len - b->end);
		if (!trailing_read(r->parties, p + b->end + blank, len - b->end - blank, &t))
			break;
		b->end += blank + t.len;
	}
}

/* Trailing parties go to every option that names none; (CODES: delete) adds one. */
static void read_trailing(struct offer *o)
{
	struct reading *r = o->r;
	const char *p = r->text.p;
	size_t at = o->b->close, first = o->b->option, own = r->out->n_options;
	struct party_list all = {.n = 0};
	struct trailing t;

	while (at < o->b->end) {
		size_t skip = bracket_id_at(p + at, o->b->end - at);
		skip += skip ? 0 : utf8_blank_at(p + at, o->b->end - at);
		at += skip;
		if (!trailing_read(r->parties, p + at, o->b->end - at, &t)) {
			if (!skip)
				break;
			continue;
		}
		for (size_t i = 0; !t.deletes && i < t.list.n; i++) {
			size_t k = 0;
			while (k < all.n && all.v[k] != t.list.v[i])
				k++;
			if (k == all.n && all.n < sizeof(all.v) / sizeof(*all.v))
				all.v[all.n++] = t.list.v[i];
		}
		if (t.deletes) {
			struct option option = {.begin = at,
						.end = at,
						.part = at,
						.part_end = at + t.len,
						.no_text = true,
						.trailing = true,
						.own_parties = true};
			add_option(o, &option, &t.list);
		}
		at += t.len;
	}
	if (!all.n)
		return;
	/* The options without parties get them: read them anew, in order, into the pool. */
	size_t n = r->out->n_options - first;
	struct option *copy = mem_dup(&r->out->options[first], n * sizeof(*copy));
	struct party_list *lists = mem_array(NULL, n, sizeof(*lists));
	for (size_t i = 0; i < n; i++) {
		lists[i].n = copy[i].n_parties;
		for (size_t k = 0; k < lists[i].n; k++)
			lists[i].v[k] = r->out->parties[copy[i].party + k];
		if (!copy[i].n_parties && first + i < own)
			lists[i] = all;
	}
	r->out->n_options = first;
	o->b->n_options = 0;
	for (size_t i = 0; i < n; i++)
		add_option(o, &copy[i], &lists[i]);
	free(lists);
	free(copy);
}

void offer_read(struct reading *r)
{
	struct brackets *b = r->out;
	struct offer o = {.r = r};

	/* after[i]: i's descendants end there. Filled from the right, each ancestor once. */
	r->after = mem_array(NULL, b->n, sizeof(*r->after));
	for (size_t i = b->n; i-- > 0;) {
		uint32_t next = (uint32_t)i + 1;
		while (next < b->n && b->v[next].begin < b->v[i].close)
			next = r->after[next];
		r->after[i] = next;
	}
	for (size_t i = 0; i < b->n; i++)
		read_end(r, &b->v[i]);
	for (size_t i = 0; i < b->n; i++) {
		o.b = &b->v[i];
		o.index = i;
		o.b->option = (uint32_t)b->n_options;
		read_kind(&o);
		read_trailing(&o);
	}
	free(o.signs);
}
