/* SPDX-License-Identifier: MIT */
#include "core/recheck.h"

#include "core/utf8.h"

void recheck_init(struct recheck *r, const struct bracketed *w, const struct edits *e)
{
	str_init(&r->text);
	edits_apply(e, w->draft, &r->text);
	brackets_read(&r->b, str_slice(&r->text), w->parties);
}

void recheck_release(struct recheck *r)
{
	brackets_release(&r->b);
	str_release(&r->text);
}

uint32_t recheck_bracket_at(const struct brackets *b, size_t pos)
{
	size_t i = brackets_from(b, pos);

	return i < b->n && b->v[i].begin == pos ? (uint32_t)i : BRACKET_NONE;
}

uint32_t recheck_point_at(const struct brackets *b, size_t pos)
{
	uint32_t bracket = recheck_bracket_at(b, pos);

	if (bracket == BRACKET_NONE || b->points[b->v[bracket].point].bracket != bracket)
		return BRACKET_NONE;
	return b->v[bracket].point;
}

/* edits_map() for positions that only go up. */
struct mapper {
	const struct edits *e;
	size_t i;       /* the first edit that does not end before pos */
	size_t added;   /* by those before it */
	size_t removed; /* and taken away */
};

static size_t map(struct mapper *m, size_t pos)
{
	while (m->i < m->e->n && m->e->v[m->i].at + m->e->v[m->i].del <= pos &&
	       m->e->v[m->i].at <= pos) {
		m->added += m->e->v[m->i].len;
		m->removed += m->e->v[m->i].del;
		m->i++;
	}
	return pos + m->added - m->removed;
}

bool recheck_others(const struct recheck *r, const struct bracketed *w, const struct edits *e,
		    size_t begin, size_t end, int more, const uint32_t *grown)
{
	struct mapper m = {e, 0, 0, 0};

	if (r->b.n_points != w->b->n_points + (size_t)more ||
	    r->b.n_problems > w->b->n_problems || r->b.n_skipped != w->b->n_skipped)
		return false;
	for (size_t i = 0; i < w->b->n_points; i++) {
		const struct point *p = &w->b->points[i], *q;
		size_t at = point_begin(w->b, p);
		uint32_t now;

		if (at >= begin && at < end)
			continue;
		now = recheck_point_at(&r->b, map(&m, at));
		if (now == BRACKET_NONE)
			return false;
		q = &r->b.points[now];
		if (p->n_brackets != q->n_brackets ||
		    p->n_options + (grown ? grown[i] : 0) != q->n_options)
			return false;
	}
	return true;
}

bool recheck_names(const struct brackets *b, const struct option *o, const uint16_t *list,
		   size_t n)
{
	if (o->n_parties != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint32_t k = 0;

		while (k < o->n_parties && b->parties[o->party + k] != list[i])
			k++;
		if (k == o->n_parties)
			return false;
	}
	return true;
}

bool recheck_option(const struct recheck *r, const struct option *now,
		    const struct bracketed *w, const struct option *before, bool same_parties)
{
	struct slice a = {r->text.p + now->begin, now->end - now->begin};
	struct slice b = {w->draft.p + before->begin, before->end - before->begin};

	return now->no_text == before->no_text && (now->no_text || slice_equal(a, b)) &&
	       (!same_parties ||
		recheck_names(&r->b, now, w->b->parties + before->party, before->n_parties));
}

int recheck_refuse(struct slice draft, size_t pos, const char *text, struct error *err)
{
	size_t line = 1, begin = 0;

	for (size_t i = 0; i < pos; i++) {
		if (draft.p[i] == '\n') {
			line++;
			begin = i + 1;
		}
	}
	return error_set(err, ST_USAGE, N_("%s (line %zu, column %zu)"), error_word(text), line,
			 utf8_count(draft.p + begin, pos - begin) + 1);
}
