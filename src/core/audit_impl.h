/* SPDX-License-Identifier: MIT */
#ifndef CORE_AUDIT_IMPL_H
#define CORE_AUDIT_IMPL_H

#include "core/audit.h"
#include "core/diff.h"
#include "core/draft.h"
#include "core/reference.h"

/* How a step is looked at (audit), what is recorded done again (audit_replay), paragraphs that
 * were put together or parted (audit_seam), references that went with their clauses
 * (audit_reference), what a merge left behind (audit_left), and where a line stands
 * (audit_lines).
 */

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
	struct references old_refs, new_refs; /* once has_refs */
	bool has_refs;
	struct audit_lines *lines; /* of the texts that were asked of (audit_lines) */
	size_t n_lines, cap_lines;
};

void audit_side_read(struct audit_side *s, struct slice text, const struct parties *parties);
void audit_side_release(struct audit_side *s);
/* How often the line stands in the text, whole; whether it does, or is empty. The text stays as
 * it is until audit_end_lines(). */
size_t audit_count_line(struct audit_view *v, struct slice text, struct slice line);
bool audit_has_line(struct audit_view *v, struct slice text, struct slice line);
void audit_end_lines(struct audit_view *v);
/* Tells what of a changed pair's words went, came and changed. */
void audit_compare_words(struct audit_view *v, const struct diff_pair *p,
			 const struct parties *parties);

/* Whether bytes of the old text went that nobody decided on; at a seam (where paragraphs were
 * put together or parted) the marks do not count. */
bool audit_loses(const struct audit_side *s, const struct parties *parties, size_t begin,
		 size_t end, bool seam);
/* Whether bytes of the new text came that stand in no brackets. */
bool audit_gains(const struct audit_side *s, size_t begin, size_t end, bool seam);
/* At a merge: the change stands in another parent, or was made there. */
bool audit_is_in_others(struct audit_view *v, const struct diff_pair *p);
bool audit_was_agreed(const struct audit_view *v, const struct diff_pair *p);
/* What went and what came between two stretches that stayed. */
void audit_tell_change(struct audit_view *v, const struct diff_pair *p, struct slice before,
		       struct slice after);
void audit_tell_agreed(struct audit_view *v, const struct diff_pair *p);

/* Whether the change is of a reference's label, which means the same clause as before under its
 * new number: what was renumbered by hand. Lets go of what it needed: audit_end_references().
 */
bool audit_is_same_reference(struct audit_view *v, struct slice before, struct slice after);
void audit_end_references(struct audit_view *v);

/* Paragraphs that were put together, or one that was parted, are held against each other as
 * one: what was kept is no loss. done: by pair; set where it was told of here. */
void audit_seams(struct audit_view *v, const struct parties *parties, bool *done);

/* Tells of words that another parent of a merge brought, and that merging it again would bring,
 * but that are not in the text after. */
void audit_left(struct audit *a, const struct audit_step *step, const struct parties *parties);

/* The decision on the text before, appended to out; false: none is recorded that gives a text.
 */
bool audit_replay_decision(const struct audit_step *step, const struct audit_side *s,
			   const struct parties *parties, struct str *out);
/* Whether that gives the text after: the undone decision taken back; renumbering. */
bool audit_replay_undo(const struct audit_step *step, const struct parties *parties);
bool audit_replay_numbers(const struct audit_step *step, const struct audit_side *s);

#endif
