/* SPDX-License-Identifier: MIT */
#include "closing_impl.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void closing_init(struct closing *c, struct slice draft)
{
	*c = (struct closing){.draft = draft, .cursor = draft.len};
	MEM_GROW(c->v, c->n, c->n_cap);
	c->v[c->n++] = (struct closing_piece){.next = RING, .prev = RING};
}

void closing_reserve(struct closing *c, size_t pieces)
{
	MEM_GROW_BY(c->v, c->n, c->n_cap, pieces);
}

void closing_release(struct closing *c)
{
	free(c->v);
	*c = (struct closing){.draft = {NULL, 0}};
}

struct slice closing_piece_text(const struct closing *c, uint32_t i)
{
	const struct closing_piece *v = &c->v[i];

	return v->text.p ? v->text : (struct slice){c->draft.p + v->begin, v->end - v->begin};
}

uint32_t closing_push(struct closing *c, struct closing_piece piece)
{
	uint32_t i = (uint32_t)c->n;

	assert(c->n < UINT32_MAX);
	piece.next = c->v[RING].next;
	piece.prev = RING;
	MEM_GROW(c->v, c->n, c->n_cap);
	c->v[c->n++] = piece;
	c->v[piece.next].prev = i;
	c->v[RING].next = i;
	return i;
}

void closing_push_range(struct closing *c, size_t begin, size_t end)
{
	if (begin < end)
		closing_push(c, (struct closing_piece){.begin = begin, .end = end});
}

void closing_push_text(struct closing *c, struct slice text)
{
	if (text.len > 0)
		closing_push(c, (struct closing_piece){.text = text});
}

void closing_unlink(struct closing *c, uint32_t i)
{
	c->v[c->v[i].prev].next = c->v[i].next;
	c->v[c->v[i].next].prev = c->v[i].prev;
}

void closing_drop(struct closing *c, size_t len)
{
	while (len > 0) {
		uint32_t i = c->v[RING].next;
		struct closing_piece *first = &c->v[i];
		size_t has = closing_piece_text(c, i).len;
		size_t take = len < has ? len : has;

		if (take == has)
			closing_unlink(c, i);
		else if (first->text.p)
			first->text = (struct slice){first->text.p + take, has - take};
		else
			first->begin += take;
		len -= take;
	}
}

struct slice closing_peek(const struct closing *c, char room[CLOSING_PEEK])
{
	size_t len = 0;

	for (uint32_t i = c->v[RING].next; i != RING && len < CLOSING_PEEK; i = c->v[i].next) {
		struct slice s = closing_piece_text(c, i);
		size_t n = s.len < CLOSING_PEEK - len ? s.len : CLOSING_PEEK - len;

		memcpy(room + len, s.p, n);
		len += n;
	}
	return (struct slice){room, len};
}

/* Bytes of the line end at p; 0 where there is none. */

bool closing_next(const struct closing *c, uint32_t *piece, struct range *r)
{
	*piece = c->v[*piece].next;
	*r = (struct range){c->v[*piece].begin, c->v[*piece].end};
	return *piece != RING;
}

void closing_finish(const struct closing *c, struct edits *e)
{
	size_t at = c->cursor;
	struct str text = STR_INIT;

	for (uint32_t i = c->v[RING].next; i != RING; i = c->v[i].next) {
		const struct closing_piece *piece = &c->v[i];

		if (piece->text.p) {
			str_add_slice(&text, piece->text);
			continue;
		}
		if (piece->begin > at || text.len > 0)
			edits_add(e, at, piece->begin - at, str_slice(&text).p, text.len);
		str_clear(&text);
		at = piece->end;
	}
	/* With no gap taken there are no pieces, and the cursor is at the end. */
	if (at < c->draft.len || text.len > 0)
		edits_add(e, at, c->draft.len - at, str_slice(&text).p, text.len);
	str_release(&text);
}
