/* SPDX-License-Identifier: MIT */
#include "core/mark.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

void marks_release(struct marks *m)
{
	free(m->v);
	*m = (struct marks)MARKS_INIT;
}

void strays_release(struct strays *s)
{
	free(s->v);
	*s = (struct strays)STRAYS_INIT;
}

uint32_t marks_add(struct marks *m, size_t pos, enum gravity gravity)
{
	MEM_GROW(m->v, m->n, m->cap);
	m->v[m->n++] = (struct mark){++m->last_id, gravity, pos};
	return m->last_id;
}

struct mark *marks_find(const struct marks *m, uint32_t id)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (m->v[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->n && m->v[low].id == id ? &m->v[low] : NULL;
}

void marks_remove(struct marks *m, uint32_t id)
{
	struct mark *mark = marks_find(m, id);

	if (!mark)
		return;
	m->n--;
	memmove(mark, mark + 1, (size_t)(m->v + m->n - mark) * sizeof(*mark));
}

static size_t moved(size_t pos, enum gravity gravity, size_t at, size_t del, size_t len)
{
	if (pos < at || (pos == at && (del > 0 || gravity == GRAVITY_LEFT)))
		return pos;
	if (pos >= at + del)
		return pos - del + len;
	return gravity == GRAVITY_LEFT ? at : at + len;
}

static const struct stray *find_stray(const struct strays *s, const struct mark *mark)
{
	for (size_t i = 0; s && i < s->n; i++)
		if (s->v[i].id == mark->id && s->v[i].to == mark->pos)
			return &s->v[i];
	return NULL;
}

void marks_follow(struct marks *m, size_t at, size_t del, size_t len, struct strays *strays)
{
	struct strays left = STRAYS_INIT;

	for (size_t i = 0; i < m->n; i++) {
		struct mark *mark = &m->v[i];
		const struct stray *stray = find_stray(strays, mark);
		size_t from = mark->pos;

		mark->pos = stray ? stray->from : moved(from, mark->gravity, at, del, len);
		if (!strays || moved(mark->pos, mark->gravity, at, len, del) == from)
			continue;
		MEM_GROW(left.v, left.n, left.cap);
		left.v[left.n++] = (struct stray){mark->id, from, mark->pos};
	}
	if (!strays)
		return;
	strays_release(strays);
	*strays = left;
}
