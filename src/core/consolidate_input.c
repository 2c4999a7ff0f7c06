/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/digest.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* From bytes to units: paragraphs, and what hangs together over lines. */

size_t unit_line_end(struct slice s, size_t at, size_t *next)
{
	const char *lf = memchr(s.p + at, '\n', s.len - at);
	size_t end = lf ? (size_t)(lf - s.p) : s.len;

	*next = lf ? end + 1 : end;
	if (lf && end > at && s.p[end - 1] == '\r')
		end--;
	return end;
}

/* Cursors over what a reading has, as units go on. */
struct cursors {
	size_t bracket, unread;
};

/* How far what begins before `end` reaches: brackets and stretches that span lines. */
static size_t reach(const struct input *in, struct cursors *c, size_t end, bool *lines)
{
	const struct brackets *b = &in->b;
	size_t far = end;

	for (; c->bracket < b->n && b->v[c->bracket].begin < end; c->bracket++)
		if (b->v[c->bracket].end > far)
			far = b->v[c->bracket].end;
	for (; c->unread < b->n_unread && b->unread[c->unread].begin < end; c->unread++) {
		const struct unread *u = &b->unread[c->unread];

		size_t stop = u->end;

		/* A fence has its last line end. */
		if (u->kind == UNREAD_FENCE) {
			*lines = true;
			stop -= stop > u->begin && in->text.p[stop - 1] == '\n';
			stop -= stop > u->begin && in->text.p[stop - 1] == '\r';
		}
		if (stop > far)
			far = stop;
	}
	return far;
}

static bool is_simple(struct slice s)
{
	static const char signs[] = "[]\\`<";

	for (size_t i = 0; i + 1 < sizeof(signs); i++)
		if (s.len && memchr(s.p, signs[i], s.len))
			return false;
	/* The wide ones begin with a byte that is seldom met. */
	for (const char *p = s.p, *end = s.p + s.len;
	     s.len && (p = memchr(p, 0xEF, (size_t)(end - p))); p++)
		if (end - p >= 3 && (memcmp(p, "［", 3) == 0 || memcmp(p, "］", 3) == 0))
			return false;
	return true;
}

size_t gap_at(const char *p, size_t len)
{
	if (len && *p == '\r' && !(len > 1 && p[1] == '\n'))
		return 1;
	return utf8_blank_at(p, len);
}

/* Finds label and text. False where the unit has nothing after its label. */
static bool find_body(const struct input *in, struct unit *u)
{
	const char *p = in->text.p;
	struct label label;
	size_t next, first = unit_line_end(in->text, u->begin, &next), n;

	if (first > u->end)
		first = u->end;
	label_read(p + u->begin, first - u->begin, &label);
	u->label = u->begin;
	while (u->label < u->end && (n = gap_at(p + u->label, u->end - u->label)) > 0)
		u->label += n;
	u->body = u->label;
	if (label.kind != LABEL_NONE && label.kind != LABEL_HEADING)
		u->body = u->begin + label.body;
	while (u->body < u->end && (n = gap_at(p + u->body, u->end - u->body)) > 0)
		u->body += n;
	u->body_end = u->end;
	while (u->body_end > u->body) {
		n = p[u->body_end - 1] == '\r' || p[u->body_end - 1] == '\n';
		if (!n)
			n = utf8_blank_before(p + u->body, u->body_end - u->body);
		if (!n)
			break;
		u->body_end -= n;
	}
	u->simple = !u->lines &&
		    (in->plain || is_simple(slice_make(p + u->body, u->body_end - u->body)));
	return u->body < u->body_end;
}

static size_t fold_at(const char *p, size_t len, char *as)
{
	static const struct {
		const char *from;
		char to;
	} list[] = {{"\u2010", '-'}, {"\u2011", '-'}, {"\u2019", '\''}, {"\u2018", '\''},
		    {"\u201C", '"'}, {"\u201D", '"'}, {"\u201E", '"'},  {"\u02BC", '\''}};

	if ((unsigned char)*p != 0xE2 && (unsigned char)*p != 0xCA)
		return 0;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		size_t n = strlen(list[i].from);
		if (len >= n && memcmp(p, list[i].from, n) == 0) {
			*as = list[i].to;
			return n;
		}
	}
	return 0;
}

/* What a blank, or a sign that is folded, begins with. */
static const bool may_fold[256] = {
	[' '] = true, ['\t'] = true, [0xC2] = true, [0xCA] = true, [0xE2] = true, [0xE3] = true,
};

/* Whether nothing that is folded begins here; one space alone is itself. */
static bool stays(const char *p, size_t len)
{
	if (!may_fold[(unsigned char)*p])
		return true;
	return *p == ' ' && len > 1 && !may_fold[(unsigned char)p[1]];
}

#define BLOCK 64 /* bytes */

/* Whether two spaces stand side by side. Written so that compilers take many bytes at a time.
 */
static bool has_two_spaces(const char *p, size_t len)
{
	size_t at = 0;

	for (; at + BLOCK < len; at += BLOCK) {
		unsigned char two = 0;

		for (size_t i = 0; i < BLOCK; i++)
			two |= (unsigned char)((p[at + i] == ' ') & (p[at + i + 1] == ' '));
		if (two)
			return true;
	}
	for (; at + 1 < len; at++)
		if (p[at] == ' ' && p[at + 1] == ' ')
			return true;
	return false;
}

/* Whether there is anything to fold: what it begins with is looked for by itself. */
static bool may_have_folds(const char *p, size_t len)
{
	static const char begins[] = {'\t', (char)0xC2, (char)0xCA, (char)0xE2, (char)0xE3};

	for (size_t i = 0; i < sizeof(begins); i++)
		if (memchr(p, begins[i], len))
			return true;
	return has_two_spaces(p, len);
}

void add_folded(struct str *out, const char *p, size_t len)
{
	char as = 0;

	if (len && !may_have_folds(p, len)) {
		str_add(out, p, len);
		return;
	}

	for (size_t i = 0, n; i < len; i += n) {
		if ((n = utf8_blanks_at(p + i, len - i)) > 0) {
			str_add_char(out, ' ');
		} else if ((n = fold_at(p + i, len - i, &as)) > 0) {
			str_add_char(out, as);
		} else {
			n = 1;
			while (i + n < len && stays(p + i + n, len - i - n))
				n++;
			str_add(out, p + i, n);
		}
	}
}

/* A label by itself is its own text. */
static void take_label(const struct input *in, struct unit *u)
{
	u->body = u->label;
	u->body_end = u->end;
	while (u->body_end > u->body) {
		size_t n = utf8_blank_before(in->text.p + u->body, u->body_end - u->body);

		n = n ? n : in->text.p[u->body_end - 1] == '\r';
		if (!n)
			break;
		u->body_end -= n;
	}
}

static void add_unit(struct input *in, struct unit u, size_t *cap, bool merging, bool as_is)
{
	const char *aligned;

	if (!find_body(in, &u)) {
		if (merging)
			take_label(in, &u);
		if (!merging || u.body == u.body_end)
			return;
	}
	if (as_is) {
		u.canon = u.label;
		u.canon_body = u.body;
		u.canon_end = u.body_end;
	} else {
		u.canon = in->canon.len;
		str_add(&in->canon, in->text.p + u.label, u.body - u.label);
		u.canon_body = in->canon.len;
		add_folded(&in->canon, in->text.p + u.body, u.body_end - u.body);
		u.canon_end = in->canon.len;
	}
	aligned = input_aligned(in).p;
	u.hash = digest_quick(aligned + u.canon, u.canon_end - u.canon);
	u.body_hash = u.label == u.body ? u.hash
					: digest_quick(aligned + u.canon_body,
						       u.canon_end - u.canon_body);
	MEM_GROW(in->units, in->n, *cap);
	in->units[in->n++] = u;
}

/* A bracket that offers its paragraphs does so because of the one before it. */
static bool hangs_on_line_before(const struct brackets *b, size_t first, size_t end)
{
	for (size_t i = first; i < b->n && b->v[i].begin < end; i++)
		if (b->v[i].separator == SEP_PARAGRAPH)
			return true;
	return false;
}

void input_read(struct work *w, struct input *in)
{
	struct cursors c = {0, 0};
	size_t at = 0, next, cap = 0, number = 0;
	/* In a merge what differs in kinds of quotes differs. */
	bool as_is = w->merging || !may_have_folds(in->text.p, in->text.len);

	brackets_read(&in->b, in->text, w->parties);
	in->plain = is_simple(in->text);
	if (in->b.n_unread && in->b.unread[0].kind == UNREAD_FRONT_MATTER) {
		at = in->b.unread[0].end;
		c.unread = 1;
		for (size_t i = 0, end; i < at; i = next) {
			end = unit_line_end(in->text, i, &next);
			number += utf8_blanks_at(in->text.p + i, end - i) < end - i;
		}
	} else if (slice_starts(in->text, "\xEF\xBB\xBF")) {
		at = 3;
	}
	if (!as_is)
		str_reserve(&in->canon, in->text.len);
	while (at < in->text.len) {
		struct unit u = {.begin = at, .end = unit_line_end(in->text, at, &next)};
		size_t first = c.bracket, far;

		if (utf8_blanks_at(in->text.p + at, u.end - at) == u.end - at) {
			at = next;
			continue;
		}
		u.number = ++number;
		while ((far = reach(in, &c, u.end, &u.lines)) > u.end) {
			while (u.end < far && next < in->text.len) {
				at = next;
				u.end = unit_line_end(in->text, at, &next);
				number += utf8_blanks_at(in->text.p + at, u.end - at) <
					  u.end - at;
			}
			u.lines = true;
			if (u.end < far)
				break;
		}
		if (u.lines && in->n && hangs_on_line_before(&in->b, first, u.end)) {
			struct unit *before = &in->units[--in->n];

			if (!as_is)
				in->canon.len = before->canon;
			u.begin = before->begin;
			u.number = before->number;
		}
		add_unit(in, u, &cap, w->merging, as_is);
		at = next;
	}
	in->row = mem_array(NULL, in->n, sizeof(*in->row));
	in->moved = mem_zalloc(in->n * sizeof(*in->moved));
}

void input_done(struct input *in)
{
	brackets_release(&in->b);
	free(in->units);
	free(in->pieces);
	free(in->row);
	free(in->moved);
	str_release(&in->canon);
}
