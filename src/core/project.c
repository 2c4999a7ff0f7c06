/* SPDX-License-Identifier: MIT */
#include "core/project.h"

#include "core/closing.h"
#include "core/edit.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool lists(const struct brackets *b, const struct option *o, uint16_t party)
{
	for (uint32_t i = 0; i < o->n_parties; i++)
		if (b->parties[o->party + i] == party)
			return true;
	return false;
}

void project_choices(const struct brackets *b, uint16_t party, uint32_t *choices)
{
	for (size_t i = 0; i < b->n_points; i++) {
		const struct point *p = &b->points[i];
		uint32_t plain = PROJECT_NO_TEXT;

		choices[i] = p->n_options ? PROJECT_NO_TEXT : PROJECT_STAYS;
		for (uint32_t k = 0; k < p->n_options; k++) {
			const struct option *o = point_option(b, p, k);
			if (!o->n_parties && plain == PROJECT_NO_TEXT)
				plain = k;
			if (party != PARTY_NONE && lists(b, o, party)) {
				plain = k;
				break;
			}
		}
		if (p->n_options)
			choices[i] = plain;
	}
}

/* The work: a text, and where the draft's places are in it after some levels. */
struct projection {
	const struct brackets *b;
	const uint32_t *choices;
	struct str text;
	bool *live;    /* by point: it stands inside what is taken */
	size_t *begin; /* by bracket, in text */
	size_t *inner, *inner_end, *end;
	size_t *option, *option_end; /* by option */
	size_t *unread, *unread_end; /* by unread stretch */
};

static void map_all(const struct edits *e, size_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i] = edits_map(e, v[i]);
}

/* The text as the edits leave it, and all places with it. */
static void apply(struct projection *p, const struct edits *e)
{
	struct str text = STR_INIT;

	if (!e->n)
		return;
	edits_apply(e, str_slice(&p->text), &text);
	str_release(&p->text);
	p->text = text;
	map_all(e, p->begin, p->b->n);
	map_all(e, p->inner, p->b->n);
	map_all(e, p->inner_end, p->b->n);
	map_all(e, p->end, p->b->n);
	map_all(e, p->option, p->b->n_options);
	map_all(e, p->option_end, p->b->n_options);
	map_all(e, p->unread, p->b->n_unread);
	map_all(e, p->unread_end, p->b->n_unread);
}

static size_t blank_or_line_end(const char *p, size_t len)
{
	if (len && (*p == '\n' || *p == '\r'))
		return 1;
	return utf8_blank_at(p, len);
}

static size_t blank_or_line_end_before(const char *p, size_t len)
{
	if (len && (p[len - 1] == '\n' || p[len - 1] == '\r'))
		return 1;
	return utf8_blank_before(p, len);
}

/* Blank lines at either end of the one wording of a bracket go, other blanks are text. */
static struct range without_line_ends(const char *p, struct range r)
{
	size_t i = r.begin, n;

	while (i < r.end && (n = blank_or_line_end(p + i, r.end - i))) {
		i += n;
		if (p[i - 1] == '\n')
			r.begin = i;
	}
	i = r.end;
	while (i > r.begin && (n = blank_or_line_end_before(p + r.begin, i - r.begin))) {
		i -= n;
		if (p[i] == '\n')
			r.end = i > r.begin && p[i - 1] == '\r' ? i - 1 : i;
	}
	return r;
}

/* What is taken of an option, in the text as it is now (core/resolve, the same rules). */
static struct range taken(const struct projection *p, uint32_t index)
{
	const struct option *o = &p->b->options[index];
	const struct bracket *v = &p->b->v[o->bracket];
	struct range r = {p->option[index], p->option_end[index]};
	size_t n;

	if (o->no_text || r.begin >= r.end)
		return (struct range){r.begin, r.begin};
	if (v->separator == SEP_NONE && !o->trailing && !o->guarded && !o->n_parties)
		return without_line_ends(p->text.p, (struct range){p->inner[o->bracket],
								   p->inner_end[o->bracket]});
	while (r.begin < r.end && (n = blank_or_line_end(p->text.p + r.begin, r.end - r.begin)))
		r.begin += n;
	while (r.begin < r.end &&
	       (n = blank_or_line_end_before(p->text.p + r.begin, r.end - r.begin)))
		r.end -= n;
	return r;
}

static void take_point(struct projection *p, struct closing *c, uint32_t index)
{
	const struct point *point = &p->b->points[index];
	const struct bracket *last = &p->b->v[point->last];
	uint32_t parent = p->b->v[point->bracket].parent;
	struct gap gap = {.begin = p->begin[point->bracket], .end = p->end[point->last]};
	struct range keep[2] = {{0, 0}, {0, 0}};

	gap.slashes = parent != BRACKET_NONE && p->b->v[parent].separator == SEP_SLASH;
	gap.keep = keep;
	if (p->choices[index] == PROJECT_STAYS) {
		/* Only its id goes, which stands behind the last bracket. */
		size_t id = gap.end - (last->end - last->id) - 2;
		if (last->id == last->id_end)
			return;
		keep[0] = (struct range){gap.begin, id};
		keep[1] = (struct range){id + (last->id_end - last->id) + 3, gap.end};
		gap.n_keep = keep[1].begin < keep[1].end ? 2 : 1;
	} else if (p->choices[index] != PROJECT_NO_TEXT) {
		keep[0] = taken(p, p->b->point_options[point->option + p->choices[index]]);
		gap.n_keep = keep[0].begin < keep[0].end;
	}
	closing_take(c, &gap);
}

/* Decides all live points of one depth, the last one first. */
static void take_level(struct projection *p, uint32_t depth)
{
	struct edits e = EDITS_INIT;
	struct closing c;

	closing_init(&c, str_slice(&p->text));
	for (uint32_t i = (uint32_t)p->b->n_points; i-- > 0;)
		if (p->b->points[i].depth == depth && p->live[i])
			take_point(p, &c, i);
	closing_finish(&c, &e);
	closing_release(&c);
	apply(p, &e);
	edits_release(&e);
}

/* A point is live where every point around it takes the option it stands in. */
static uint32_t find_live(struct projection *p)
{
	const struct brackets *b = p->b;
	uint32_t deepest = 0;

	for (uint32_t i = 0; i < b->n_points; i++) {
		const struct point *point = &b->points[i];
		const struct point *around;
		const struct option *o;

		p->live[i] = true;
		if (point->parent != BRACKET_NONE) {
			around = &b->points[point->parent];
			p->live[i] = p->live[point->parent] &&
				     p->choices[point->parent] != PROJECT_NO_TEXT;
			if (p->live[i] && p->choices[point->parent] != PROJECT_STAYS) {
				o = point_option(b, around, p->choices[point->parent]);
				p->live[i] = point_begin(b, point) >= o->begin &&
					     point_begin(b, point) < o->end;
			}
		}
		if (p->live[i] && point->depth > deepest)
			deepest = point->depth;
	}
	return deepest;
}

static size_t escape_len(const char *p, size_t len)
{
	static const char *const wide[] = {"［", "］", "／"};

	if (len >= 2 && p[1] && strchr("[]/\\`<!", p[1]))
		return 2;
	for (size_t i = 0; i < 3; i++)
		if (len >= 4 && memcmp(p + 1, wide[i], 3) == 0)
			return 4;
	return 0;
}

/* Appends the text without its escapes; what is not read stays as it is. */
static void add_plain(const struct projection *p, struct str *out)
{
	size_t at = 0, unread = 0, from = 0, n;

	while (at < p->text.len) {
		while (unread < p->b->n_unread && p->unread_end[unread] <= at)
			unread++;
		if (unread < p->b->n_unread && p->unread[unread] <= at) {
			at = p->unread_end[unread];
			continue;
		}
		n = p->text.p[at] == '\\' ? escape_len(p->text.p + at, p->text.len - at) : 0;
		if (n) {
			str_add(out, p->text.p + from, at - from);
			from = at + 1;
		}
		at += n ? n : 1;
	}
	str_add(out, p->text.p + from, p->text.len - from);
}

void project_text(const struct brackets *b, struct slice draft, const uint32_t *choices,
		  struct str *out)
{
	struct projection p = {.b = b, .choices = choices, .text = STR_INIT};
	size_t *places = mem_array(NULL, 4 * b->n + 2 * b->n_options + 2 * b->n_unread + 1,
				   sizeof(*places));

	str_add_slice(&p.text, draft);
	str_text(&p.text);
	p.begin = places;
	p.inner = p.begin + b->n;
	p.inner_end = p.inner + b->n;
	p.end = p.inner_end + b->n;
	p.option = p.end + b->n;
	p.option_end = p.option + b->n_options;
	p.unread = p.option_end + b->n_options;
	p.unread_end = p.unread + b->n_unread;
	for (size_t i = 0; i < b->n; i++) {
		p.begin[i] = b->v[i].begin;
		p.inner[i] = b->v[i].inner;
		p.inner_end[i] = b->v[i].inner_end;
		p.end[i] = b->v[i].end;
	}
	for (size_t i = 0; i < b->n_options; i++) {
		p.option[i] = b->options[i].begin;
		p.option_end[i] = b->options[i].end;
	}
	for (size_t i = 0; i < b->n_unread; i++) {
		p.unread[i] = b->unread[i].begin;
		p.unread_end[i] = b->unread[i].end;
	}
	p.live = mem_zalloc(b->n_points * sizeof(*p.live));
	for (uint32_t depth = find_live(&p); depth > 0; depth--)
		take_level(&p, depth);
	add_plain(&p, out);
	str_release(&p.text);
	free(p.live);
	free(places);
}
