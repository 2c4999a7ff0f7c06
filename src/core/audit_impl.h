/* SPDX-License-Identifier: MIT */
#ifndef CORE_AUDIT_IMPL_H
#define CORE_AUDIT_IMPL_H

#include "core/audit.h"
#include "core/diff.h"
#include "core/draft.h"

/* How a step is looked at (audit), and paragraphs that were put together or parted
 * (audit_seam). */

/* One side of a step, read. */
struct audit_side {
	struct slice text;
	struct brackets b;
	struct draft d;
	unsigned char *gone; /* by byte: in a point that is told of already; or NULL */
};

struct audit_view {
	struct audit *a;
	const struct audit_step *step;
	struct audit_side old, new;
	struct diff d;
};

/* Whether bytes of the old text went that nobody decided on; at a seam (where paragraphs were
 * put together or parted) the marks do not count. */
bool audit_loses(const struct audit_side *s, const struct parties *parties, size_t begin,
		 size_t end, bool seam);
/* Whether bytes of the new text came that stand in no brackets. */
bool audit_gains(const struct audit_side *s, size_t begin, size_t end, bool seam);
/* At a merge: the change stands in another parent, or was made there. */
bool audit_is_in_others(const struct audit_view *v, const struct diff_pair *p);
bool audit_was_agreed(const struct audit_view *v, const struct diff_pair *p);
/* What went and what came between two stretches that stayed. */
void audit_tell_change(struct audit_view *v, const struct diff_pair *p, struct slice before,
		       struct slice after);
void audit_tell_agreed(struct audit_view *v, const struct diff_pair *p);

/* Paragraphs that were put together, or one that was parted, are held against each other as
 * one: what was kept is no loss. done: by pair; set where it was told of here. */
void audit_seams(struct audit_view *v, const struct parties *parties, bool *done);

#endif
