/* SPDX-License-Identifier: MIT */
#include "convert_inner.h"

/* Where Markdown reads links, notes, code and comments in its own way, in the order of the
 * text. */

/* Where the words of the link that begins at `at` end, at their bracket; 0: nowhere. */
static size_t link_text_end(struct slice text, size_t at, size_t end)
{
	size_t depth = 0;

	for (; at < end; at++) {
		if (text.p[at] == '\\')
			at++;
		else if (text.p[at] == '[')
			depth++;
		else if (text.p[at] == ']' && depth-- <= 1)
			return at + 1 < end && text.p[at + 1] == '(' ? at : 0;
	}
	return 0;
}

/* What Markdown reads in its own way: a link, a note's sign; or code, a comment. */
struct own {
	size_t begin, end;
	enum { OWN_LINK, OWN_AUTOLINK, OWN_OTHER } kind;
};

/* A walk over what a side has of that. */
struct walk {
	const struct preparing *p;
	size_t skip, unread;
};

static struct walk walk_from(const struct preparing *p)
{
	return (struct walk){p, p->skip, p->unread};
}

/* The next that begins before that; false: none. */
static bool next_own(struct walk *w, size_t before, struct own *o)
{
	const struct brackets *b = &w->p->b;

	while (w->skip < b->n_skipped && !convert_is_own(w->p, &b->skipped[w->skip]))
		w->skip++;

	const struct skipped *s = w->skip < b->n_skipped ? &b->skipped[w->skip] : NULL;
	const struct unread *u = w->unread < b->n_unread ? &b->unread[w->unread] : NULL;

	if (s && (!u || s->begin < u->begin)) {
		*o = (struct own){s->begin, s->end,
				  s->class == SKIP_LINK ? OWN_LINK : OWN_OTHER};
		w->skip++;
	} else if (u) {
		*o = (struct own){u->begin, u->end,
				  u->kind == UNREAD_AUTOLINK ? OWN_AUTOLINK : OWN_OTHER};
		w->unread++;
	}
	return (s || u) && o->begin < before;
}

bool convert_next_link(const struct preparing *p, size_t at, size_t end, struct convert_link *l)
{
	struct walk w = walk_from(p);
	struct own o;

	while (next_own(&w, end, &o)) {
		size_t words = o.begin + 1 + (p->text.p[o.begin] == '!');

		if (o.kind == OWN_OTHER || o.begin < at || o.end > end)
			continue;
		*l = (struct convert_link){words, o.end - 1, o.end};
		if (o.kind == OWN_LINK)
			l->words_end = link_text_end(p->text, words - 1, o.end);
		if (l->words_end > words)
			return true;
	}
	return false;
}

bool convert_cuts_own(const struct preparing *p, size_t at, size_t end)
{
	struct walk w = walk_from(p);
	struct own o;

	while (next_own(&w, end, &o))
		if (o.end > at && (o.begin < at || o.end > end))
			return true;
	return false;
}
