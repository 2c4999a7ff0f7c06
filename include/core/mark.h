/* SPDX-License-Identifier: MIT */
#ifndef CORE_MARK_H
#define CORE_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Positions that follow changes, for core/text alone. Pure arithmetic: the
 * bytes are not needed. A mark stands between two bytes. It follows a change
 * (len bytes come in place of del bytes at position at) so:
 *
 *     before at                    stays
 *     at, where nothing is deleted stays (left), or goes after what came in (right)
 *     at, otherwise                stays
 *     inside what is deleted       to at (left), or after what came in (right)
 *     at + del or later            keeps its distance to the end
 *
 * A change taken back or done again brings every mark back to where it stood,
 * unless it was put elsewhere since.
 */

enum gravity { GRAVITY_LEFT, GRAVITY_RIGHT };

#define MARK_NONE 0 /* no mark has this id */

struct mark {
	uint32_t id;
	enum gravity gravity;
	size_t pos;
};

struct marks {
	struct mark *v; /* by id */
	size_t n, cap;
	uint32_t last_id; /* ids are not used again */
};

/* Marks that arithmetic alone does not bring back when a change is reversed. */
struct strays {
	struct stray {
		uint32_t id;
		size_t from, to; /* before the change, and after it */
	} * v;
	size_t n, cap;
};

#define MARKS_INIT                                                                             \
	{                                                                                      \
		NULL, 0, 0, 0                                                                  \
	}
#define STRAYS_INIT                                                                            \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

void marks_release(struct marks *m);
void strays_release(struct strays *s);

uint32_t marks_add(struct marks *m, size_t pos, enum gravity gravity);
/* NULL where there is no such mark. Valid until a mark is added or removed. */
struct mark *marks_find(const struct marks *m, uint32_t id);
void marks_remove(struct marks *m, uint32_t id);

/*
 * Lets every mark follow a change. strays (which may be NULL where the change
 * will never be reversed) has what the opposite change left there, empty at
 * first, and gets what this one leaves.
 */
void marks_follow(struct marks *m, size_t at, size_t del, size_t len, struct strays *strays);

#endif
