/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Reading back. A row's text is right when core/project makes of it, for the base
 * and for each party, what it makes of their own paragraph. It stays right in the
 * whole draft as long as it is read there as it is read by itself.
 */

/* ---- a part of a reading ---- */

/* What stands in what is left out is NONE. */
static uint32_t shift(uint32_t index, size_t from)
{
	return index == BRACKET_NONE || index < from ? BRACKET_NONE : index - (uint32_t)from;
}

static void copy_brackets(struct brackets *part, const struct brackets *b, size_t first,
			  size_t begin, size_t first_point, size_t first_option)
{
	for (size_t i = 0; i < part->n; i++) {
		struct bracket *v = &part->v[i];

		*v = b->v[first + i];
		v->begin -= begin;
		v->inner -= begin;
		v->inner_end -= begin;
		v->close -= begin;
		v->end -= begin;
		v->id -= v->id == v->id_end ? v->id : begin;
		v->id_end -= v->id == 0 ? v->id_end : begin;
		v->parent = shift(v->parent, first);
		v->next = shift(v->next, first);
		v->point = shift(v->point, first_point);
		v->option -= (uint32_t)first_option;
	}
}

static void copy_points(struct brackets *part, const struct brackets *b, size_t first,
			size_t first_bracket, size_t first_option)
{
	size_t from = part->n_points ? b->points[first].option : 0;

	for (size_t i = 0; i < part->n_points; i++) {
		struct point *p = &part->points[i];

		*p = b->points[first + i];
		p->bracket -= (uint32_t)first_bracket;
		p->last -= (uint32_t)first_bracket;
		p->parent = shift(p->parent, first);
		p->option -= (uint32_t)from;
		p->hash = 0;
	}
	for (size_t i = 0; i < part->n_options; i++)
		part->point_options[i] = shift(b->point_options[from + i], first_option);
}

void part_init(struct brackets *part, const struct brackets *b, size_t begin, size_t end)
{
	size_t first, last, unread, unread_end, point, point_end, option = 0, option_end = 0;

	*part = (struct brackets){.parties = b->parties};
	first = brackets_from(b, begin);
	last = brackets_from(b, end);
	unread = brackets_unread_from(b, begin);
	unread_end = brackets_unread_from(b, end);
	for (point = 0, point_end = b->n_points; point < point_end;) {
		size_t mid = point + (point_end - point) / 2;
		if (b->points[mid].bracket < first)
			point = mid + 1;
		else
			point_end = mid;
	}
	for (point_end = point; point_end < b->n_points && b->points[point_end].bracket < last;)
		point_end++;
	if (first < last) {
		option = b->v[first].option;
		option_end = b->v[last - 1].option + b->v[last - 1].n_options;
	}
	part->n = last - first;
	part->n_points = point_end - point;
	part->n_options = option_end - option;
	part->n_unread = unread_end - unread;
	part->v = mem_array(NULL, part->n, sizeof(*part->v));
	part->points = mem_array(NULL, part->n_points, sizeof(*part->points));
	part->options = mem_array(NULL, part->n_options, sizeof(*part->options));
	part->point_options = mem_array(NULL, part->n_options, sizeof(*part->point_options));
	part->unread = mem_array(NULL, part->n_unread, sizeof(*part->unread));
	copy_brackets(part, b, first, begin, point, option);
	for (size_t i = 0; i < part->n_options; i++) {
		struct option *o = &part->options[i];

		*o = b->options[option + i];
		o->begin -= begin;
		o->end -= begin;
		o->part -= begin;
		o->part_end -= begin;
		o->bracket -= (uint32_t)first;
		o->hash = 0;
	}
	copy_points(part, b, point, first, option);
	for (size_t i = 0; i < part->n_unread; i++)
		part->unread[i] = (struct unread){b->unread[unread + i].begin - begin,
						  b->unread[unread + i].end - begin,
						  b->unread[unread + i].kind};
}

void part_release(struct brackets *part)
{
	free(part->v);
	free(part->points);
	free(part->options);
	free(part->point_options);
	free(part->unread);
}

static bool brackets_equal(const struct bracket *x, const struct bracket *y)
{
	return x->begin == y->begin && x->inner == y->inner && x->inner_end == y->inner_end &&
	       x->close == y->close && x->end == y->end && x->id == y->id &&
	       x->id_end == y->id_end && x->parent == y->parent && x->next == y->next &&
	       x->n_options == y->n_options && x->separator == y->separator &&
	       x->kind == y->kind;
}

static bool options_equal(const struct brackets *a, const struct option *x,
			  const struct brackets *b, const struct option *y)
{
	return x->begin == y->begin && x->end == y->end && x->no_text == y->no_text &&
	       x->guarded == y->guarded && x->n_parties == y->n_parties &&
	       (!x->n_parties || memcmp(a->parties + x->party, b->parties + y->party,
					x->n_parties * sizeof(*a->parties)) == 0);
}

size_t part_reach(const struct brackets *b, size_t begin, size_t end)
{
	size_t far = end;

	for (size_t i = 0; i < b->n && b->v[i].begin < end; i++)
		if (b->v[i].begin >= begin && b->v[i].end > far)
			far = b->v[i].end;
	for (size_t i = 0; i < b->n_unread && b->unread[i].begin < end; i++)
		if (b->unread[i].begin >= begin && b->unread[i].end > far + 2)
			far = b->unread[i].end;
	return far;
}

bool part_equal(const struct brackets *a, const struct brackets *b)
{
	if (a->n != b->n || a->n_points != b->n_points || a->n_options != b->n_options ||
	    a->n_unread != b->n_unread)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!brackets_equal(&a->v[i], &b->v[i]))
			return false;
	for (size_t i = 0; i < a->n_options; i++)
		if (!options_equal(a, &a->options[i], b, &b->options[i]))
			return false;
	for (size_t i = 0; i < a->n_unread; i++)
		if (a->unread[i].begin != b->unread[i].begin ||
		    a->unread[i].end != b->unread[i].end ||
		    a->unread[i].kind != b->unread[i].kind)
			return false;
	return true;
}

/* ---- paragraphs ---- */

/* What a blank begins with. */
static const bool may_be_blank[256] = {
	[' '] = true, ['\t'] = true, ['\r'] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true,
};

/* Whether no blank begins here; one space alone is itself. */
static bool stays(const char *p, size_t len)
{
	if (!may_be_blank[(unsigned char)*p])
		return true;
	return *p == ' ' && len > 1 && !may_be_blank[(unsigned char)p[1]];
}

static void add_paragraph(struct str *out, const char *p, size_t len)
{
	struct label label;
	size_t from = out->len, at, n;
	bool blank = false;

	while (len && p[len - 1] == '\r')
		len--;
	label_read(p, len, &label);
	at = label.kind == LABEL_NONE || label.kind == LABEL_HEADING ? 0 : label.body;
	for (; at < len; at += n) {
		/* A CR that ends no line is a blank. */
		n = may_be_blank[(unsigned char)p[at]]
			    ? p[at] == '\r' ? 1 : utf8_blanks_at(p + at, len - at)
			    : 0;
		if (n) {
			blank = true;
			continue;
		}
		if (blank && out->len > from)
			str_add_char(out, ' ');
		blank = false;
		n = 1;
		while (at + n < len && stays(p + at + n, len - at - n))
			n++;
		str_add(out, p + at, n);
	}
	if (out->len > from)
		str_add_char(out, '\n');
}

void paragraphs_add(struct str *out, struct slice text)
{
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.p) : text.len;

		add_paragraph(out, text.p + at, end - at);
		at = end + 1;
	}
}

static void add_projection(struct str *out, const struct brackets *b, struct slice text,
			   uint16_t party)
{
	uint32_t *choices = mem_array(NULL, b->n_points, sizeof(*choices));
	struct str plain = STR_INIT;

	project_choices(b, party, choices);
	project_text(b, text, choices, &plain);
	paragraphs_add(out, str_slice(&plain));
	str_release(&plain);
	free(choices);
}

static struct slice unit_text(const struct input *in, const struct unit *u)
{
	return slice_make(in->text.p + u->begin, u->end - u->begin);
}

void row_expected(const struct work *w, const struct row *row, size_t i, uint16_t party,
		  struct str *out)
{
	const struct input *in = &w->inputs[i];
	const struct unit *u;
	struct brackets part;
	struct slice text;

	if (row->unit[i] == NONE)
		return;
	u = &in->units[row->unit[i]];
	text = unit_text(in, u);
	if (u->simple) {
		paragraphs_add(out, text);
		return;
	}
	part_init(&part, &in->b, u->begin, u->end);
	add_projection(out, &part, text, party);
	part_release(&part);
}

/* Whether two inputs have the same bytes in the row, in which nothing is read. */
static bool same_unit(const struct work *w, const struct row *row, size_t i, size_t k)
{
	const struct input *a = &w->inputs[i], *b = &w->inputs[k];
	const struct unit *x, *y;

	if (row->unit[i] == NONE || row->unit[k] == NONE)
		return row->unit[i] == row->unit[k];
	x = &a->units[row->unit[i]];
	y = &b->units[row->unit[k]];
	return x->simple && y->simple &&
	       slice_equal(slice_make(a->text.p + x->body, x->body_end - x->body),
			   slice_make(b->text.p + y->body, y->body_end - y->body));
}

/* What of a text comes out for one, against what should: normalised only where the bytes are
 * not the same already. */
struct comparison {
	struct str plain, got, want;
};

/* Whether the plain text is what input i has in the row. Otherwise: how far it is. */
static bool comes_out(const struct work *w, const struct row *row, size_t i,
		      struct comparison *c, size_t *at)
{
	const struct input *in = &w->inputs[i];

	if (row->unit[i] != NONE && in->units[row->unit[i]].simple &&
	    slice_equal(str_slice(&c->plain), unit_text(in, &in->units[row->unit[i]])))
		return true;
	str_clear(&c->got);
	str_clear(&c->want);
	paragraphs_add(&c->got, str_slice(&c->plain));
	row_expected(w, row, i, in->party, &c->want);
	if (slice_equal(str_slice(&c->got), str_slice(&c->want)))
		return true;
	*at = slice_common(str_slice(&c->got), str_slice(&c->want));
	return false;
}

bool row_comes_out(const struct work *w, const struct row *row, struct slice text,
		   const struct brackets *b, size_t *input, size_t *at)
{
	struct comparison c = {STR_INIT, STR_INIT, STR_INIT};
	uint32_t *choices;
	size_t n = b->n_points;
	bool good = true;

	choices =
		mem_array(NULL, 3 * n, sizeof(*choices)); /* the base's, the last, this one's */
	for (size_t i = 0; i < w->n && good; i++) {
		uint32_t *base = choices, *last = choices + (i % 2 ? n : 2 * n),
			 *own = i ? choices + (i % 2 ? 2 * n : n) : base;

		project_choices(b, w->inputs[i].party, own);
		/* Who takes and wants the same as one before gets the same. */
		if (i && same_unit(w, row, i, 0) && !memcmp(own, base, n * sizeof(*own)))
			continue;
		if (i > 1 && same_unit(w, row, i, i - 1) &&
		    !memcmp(own, last, n * sizeof(*own)))
			continue;
		str_clear(&c.plain);
		project_text(b, text, own, &c.plain);
		good = comes_out(w, row, i, &c, at);
		*input = i;
	}
	free(choices);
	str_release(&c.plain);
	str_release(&c.got);
	str_release(&c.want);
	return good;
}

bool row_reads_back(const struct work *w, const struct row *row, struct slice text,
		    struct brackets *b, size_t *input, size_t *at)
{
	brackets_release(b);
	brackets_read(b, text, w->parties);
	return row_comes_out(w, row, text, b, input, at);
}

/* What it begins with is seldom met. */
static bool contains(struct slice text, const char *what)
{
	size_t len = strlen(what);
	const char *end = text.p + text.len;

	for (const char *p = text.p; text.len && (p = memchr(p, what[0], (size_t)(end - p)));
	     p++)
		if ((size_t)(end - p) >= len && memcmp(p, what, len) == 0)
			return true;
	return false;
}

bool lines_read_alone(const struct brackets *b, struct slice text)
{
	size_t front = b->n_unread && b->unread[0].kind == UNREAD_FRONT_MATTER;

	if (b->n_unread > front || b->n_problems || slice_starts(text, "\xEF\xBB\xBF") ||
	    contains(text, "]:") || contains(text, "[footnoteRef:"))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].crosses)
			return false;
	return true;
}

bool text_ends_alone(struct slice text)
{
	return !slice_find(text, "<!--") && !slice_find(text, "```") &&
	       !slice_find(text, "~~~");
}
