/* SPDX-License-Identifier: MIT */
#include "text_impl.h"

#include <string.h>

/* The text as it is now in one stretch, made of the pieces as far as they changed. */

static void move_rest(struct text *t)
{
	char *p = t->flat.p;
	size_t n = t->rest.n;

	if (!t->rest.waits)
		return;
	memmove(p + t->rest.at + n, p + t->rest.was + n, t->flat.len - t->rest.at - n);
	memcpy(p + t->rest.at, t->rest.bytes, n);
	t->rest.waits = false;
}

struct slice text_flat(struct text *t)
{
	struct slice stretch = pieces_stretch(&t->pieces, 0);
	size_t size = text_size(t);
	struct text_change c = {0, t->flat.len, size};

	move_rest(t);
	if (stretch.len == size)
		return stretch; /* one piece: nothing to copy, also of 100 MB */
	if (t->has_flat && !text_change_since(t, t->flat_revision, &c))
		c = (struct text_change){0, t->flat.len, size};
	if (t->flat.len < size)
		str_reserve(&t->flat, size - t->flat.len);
	memmove(t->flat.p + c.begin + c.new_len, t->flat.p + c.begin + c.old_len,
		t->flat.len - c.begin - c.old_len);
	pieces_read(&t->pieces, c.begin, t->flat.p + c.begin, c.new_len);
	t->flat.len = size;
	t->flat_revision = t->revision;
	t->has_flat = true;
	return str_slice(&t->flat);
}

/* Whether the change is small and leaves a rest that is worth waiting with. */
static bool can_wait(const struct text *t, const struct text_change *c, size_t until)
{
	return c->old_len <= TEXT_NEAR && c->new_len <= TEXT_NEAR &&
	       until >= c->begin + c->new_len && until < text_size(t) &&
	       text_size(t) - until > 2 * TEXT_NEAR;
}

struct slice text_flat_near(struct text *t, size_t *until)
{
	bool one = pieces_stretch(&t->pieces, 0).len == text_size(t);
	size_t size = text_size(t), was;
	struct text_change c;

	move_rest(t);
	if (one || !t->has_flat || !text_change_since(t, t->flat_revision, &c) ||
	    c.new_len == c.old_len || !can_wait(t, &c, *until)) {
		*until = size;
		return text_flat(t);
	}
	was = *until - c.new_len + c.old_len;
	if (t->flat.len < size)
		str_reserve(&t->flat, size - t->flat.len);
	/* What grows writes over the first bytes of the rest. */
	t->rest.n = c.new_len > c.old_len ? c.new_len - c.old_len : 0;
	memcpy(t->rest.bytes, t->flat.p + was, t->rest.n);
	t->rest.at = *until;
	t->rest.was = was;
	t->rest.waits = true;
	memmove(t->flat.p + c.begin + c.new_len, t->flat.p + c.begin + c.old_len,
		was - c.begin - c.old_len);
	pieces_read(&t->pieces, c.begin, t->flat.p + c.begin, c.new_len);
	t->flat.len = size;
	t->flat_revision = t->revision;
	return str_slice(&t->flat);
}

bool text_flat_stays(struct text *t)
{
	return pieces_stretch(&t->pieces, 0).len == text_size(t);
}

size_t text_read(struct text *t, size_t pos, char *buf, size_t len)
{
	return pieces_read(&t->pieces, pos, buf, len);
}
