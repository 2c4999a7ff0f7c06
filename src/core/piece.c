/* SPDX-License-Identifier: MIT */
#include "core/piece.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)32 * 1024)
#define POOL_SIZE  128

struct store_block {
	struct store_block *next;
	char *p;
	size_t len, cap;
};

struct piece_block {
	struct piece_block *next;
	size_t used;
	struct piece v[POOL_SIZE];
};

static struct piece *new_piece(struct pieces *ps, const char *p, size_t len)
{
	struct piece *piece;

	if (!ps->pool || ps->pool->used == POOL_SIZE) {
		struct piece_block *block = mem_alloc(sizeof(*block));

		block->next = ps->pool;
		block->used = 0;
		ps->pool = block;
	}
	piece = &ps->pool->v[ps->pool->used++];
	*piece = (struct piece){NULL, NULL, p, len};
	return piece;
}

static void new_block(struct pieces *ps, char *p, size_t len, size_t cap)
{
	struct store_block *block = mem_alloc(sizeof(*block));

	*block = (struct store_block){ps->blocks, p, len, cap};
	ps->blocks = block;
}

/* Keeps a copy of the bytes, which is never moved. */
static const char *keep(struct pieces *ps, const char *p, size_t len)
{
	struct store_block *block = ps->blocks;
	char *kept;

	if (!block || block->cap - block->len < len) {
		size_t cap = len > BLOCK_SIZE ? len : BLOCK_SIZE;

		new_block(ps, mem_alloc(cap), 0, cap);
		block = ps->blocks;
	}
	kept = block->p + block->len;
	memcpy(kept, p, len);
	block->len += len;
	return kept;
}

void pieces_init(struct pieces *ps, char *p, size_t len)
{
	*ps = (struct pieces){.size = len};
	ps->head.next = &ps->tail;
	ps->tail.prev = &ps->head;
	if (p)
		new_block(ps, p, len, len);
	if (len > 0) {
		struct piece *piece = new_piece(ps, p, len);

		piece->prev = &ps->head;
		piece->next = &ps->tail;
		ps->head.next = ps->tail.prev = piece;
	}
	ps->seat = ps->head.next;
}

void pieces_release(struct pieces *ps)
{
	while (ps->blocks) {
		struct store_block *block = ps->blocks;

		ps->blocks = block->next;
		free(block->p);
		free(block);
	}
	while (ps->pool) {
		struct piece_block *block = ps->pool;

		ps->pool = block->next;
		free(block);
	}
	*ps = (struct pieces){.size = 0};
}

/* Sits down on the piece that holds pos (the list's end for the size), from the
 * nearest of the two ends and the seat, and returns the offset within it. */
static size_t sit(struct pieces *ps, size_t pos)
{
	struct piece *piece = ps->seat;
	size_t start = ps->seat_start;

	assert(pos <= ps->size);
	if (pos < start / 2) {
		piece = ps->head.next;
		start = 0;
	} else if (pos > start && pos - start > ps->size - pos) {
		piece = &ps->tail;
		start = ps->size;
	}
	while (pos < start) {
		piece = piece->prev;
		start -= piece->len;
	}
	while (piece != &ps->tail && pos - start >= piece->len) {
		start += piece->len;
		piece = piece->next;
	}
	ps->seat = piece;
	ps->seat_start = start;
	return pos - start;
}

/*
 * The pieces of a span keep their outer links while they are out of the list,
 * so whoever comes in still knows its neighbours: they are the same again when
 * its turn comes, for changes are taken back in reverse order.
 */
static void swap_spans(struct pieces *ps, const struct span *out, const struct span *in,
		       size_t start)
{
	struct piece *before, *after;

	assert(!out->first == !out->last && !in->first == !in->last);
	if (!out->first && !in->first)
		return;
	before = out->first ? out->first->prev : in->first->prev;
	after = out->last ? out->last->next : in->last->next;
	before->next = in->first ? in->first : after;
	after->prev = in->last ? in->last : before;
	ps->seat = before->next;
	ps->seat_start = start;
}

static void append(struct span *span, struct piece *piece)
{
	piece->prev = span->last;
	if (span->last)
		span->last->next = piece;
	else
		span->first = piece;
	span->last = piece;
}

void pieces_replace(struct pieces *ps, size_t at, size_t del, const char *p, size_t len,
		    struct swap *swap)
{
	struct swap s = {.at = at, .del = del, .len = len};
	struct piece *one, *other, *before, *after;
	size_t offset, rest;

	assert(at <= ps->size && del <= ps->size - at);
	offset = sit(ps, at);
	one = ps->seat;
	s.start = ps->seat_start;
	rest = sit(ps, at + del); /* the first byte of other that stays */
	other = ps->seat;
	if (one != other || offset > 0 || rest > 0)
		s.out = (struct span){one, rest > 0 ? other : other->prev};
	before = one->prev;
	after = s.out.last ? s.out.last->next : one;

	if (offset > 0)
		append(&s.in, new_piece(ps, one->p, offset));
	if (len > 0) {
		s.added = new_piece(ps, keep(ps, p, len), len);
		append(&s.in, s.added);
	}
	if (rest > 0) {
		assert(other);
		append(&s.in, new_piece(ps, other->p + rest, other->len - rest));
	}
	if (s.in.first) {
		s.in.first->prev = before;
		s.in.last->next = after;
	}
	swap_spans(ps, &s.out, &s.in, s.start);
	ps->size = ps->size - del + len;
	*swap = s;
}

bool pieces_extend(struct pieces *ps, struct swap *swap, const char *p, size_t len)
{
	struct store_block *block = ps->blocks;
	struct piece *piece = swap->added;

	if (!piece || piece->p + piece->len != block->p + block->len ||
	    block->cap - block->len < len)
		return false;
	memcpy(block->p + block->len, p, len);
	block->len += len;
	piece->len += len;
	ps->seat = piece;
	ps->seat_start = swap->at;
	swap->len += len;
	ps->size += len;
	return true;
}

void pieces_swap_back(struct pieces *ps, const struct swap *swap)
{
	swap_spans(ps, &swap->in, &swap->out, swap->start);
	ps->size = ps->size - swap->len + swap->del;
}

void pieces_swap_again(struct pieces *ps, const struct swap *swap)
{
	swap_spans(ps, &swap->out, &swap->in, swap->start);
	ps->size = ps->size - swap->del + swap->len;
}

struct slice pieces_stretch(struct pieces *ps, size_t pos)
{
	size_t offset = sit(ps, pos);

	if (ps->seat == &ps->tail)
		return SLICE("");
	return slice_make(ps->seat->p + offset, ps->seat->len - offset);
}

size_t pieces_read(struct pieces *ps, size_t pos, char *buf, size_t len)
{
	size_t done = 0;

	while (done < len && pos + done < ps->size) {
		struct slice s = pieces_stretch(ps, pos + done);
		size_t n = s.len < len - done ? s.len : len - done;

		memcpy(buf + done, s.p, n);
		done += n;
	}
	return done;
}

bool pieces_are_sane(const struct pieces *ps)
{
	const struct piece *before = &ps->head, *piece = before->next;
	bool seated = false;
	size_t pos = 0;

	while (piece != &ps->tail) {
		if (!piece || piece->prev != before || piece->len == 0)
			return false;
		if (piece == ps->seat)
			seated = ps->seat_start == pos;
		pos += piece->len;
		before = piece;
		piece = piece->next;
	}
	if (ps->seat == &ps->tail)
		seated = ps->seat_start == pos;
	return ps->tail.prev == before && pos == ps->size && seated;
}
