/* SPDX-License-Identifier: MIT */
#ifndef UI_CHAIR_INNER_H
#define UI_CHAIR_INNER_H

#include "core/agreement.h"
#include "core/resolve.h"
#include "core/verdict.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prose.h"
#include "ui/seals.h"
#include "ui/view.h"

/* The chair's state, between view_chair.c (keys), chair_decide.c (decisions) and chair_draw.c.
 */

/* One numbered line: an option, laid out. */
struct chair_option {
	struct prose text;
	bool no_text;
	const uint16_t *parties; /* of the doc's reading */
	size_t n_parties;
};

struct chair {
	struct view view;
	const struct host *host;
	struct doc *doc;
	uint32_t point;      /* in focus; BRACKET_NONE: no point is left */
	size_t at;           /* where it begins: to find it again after a change */
	uint64_t seen;       /* revision of the doc that `at` is of */
	uint64_t generation; /* of the doc that all below was made from; 0: never */
	int rows, cols;      /* that it was laid out for */

	bool all_linked; /* the next choice is for all linked points */
	uint32_t *linked;
	size_t n_linked;

	struct prose context;
	struct chair_option *options;
	size_t n_options, cap_options;
	size_t top;         /* first option in sight */
	bool options_cut;   /* there are more below */
	uint32_t paragraph; /* the point's, in the doc's reading; PARAGRAPH_NONE */

	struct agreements agreements;
	const struct agreed_list *agreed; /* the host's; may be NULL */
	const struct deferred *deferred;  /* the point's, or NULL */

	struct standing *cells; /* by party: where it stands on the point */
	struct verdict verdict;
	unsigned side;            /* host.side_generation() that they are of */
	bool who;                 /* everybody is shown below in words */
	struct seals_watch seals; /* whose positions are signed, once that was asked */

	size_t decided;        /* since the view was opened */
	bool undoing;          /* `at` is where that will be, whatever becomes of the text */
	bool settled;          /* the last decision left its paragraph without open points */
	size_t settled_at;     /* where that paragraph begins */
	bool aside;            /* edits of this draft are set aside */
	bool asked;            /* whether pending edits were asked about already */
	struct str find;       /* what was looked for last */
	struct str reason;     /* between two questions */
	struct host_undo undo; /* the same */
};

/* chair_draw.c */
void chair_lay_out(struct chair *ch, int rows, int cols);
void chair_draw(const struct view *v, struct canvas *c);
void chair_headline(const struct view *v, struct str *left, struct str *right);
void chair_status(const struct view *v, struct str *out);
/* Whether one of the options is no text. */
bool chair_offers_no_text(const struct chair *ch);

/* chair_voices.c */
unsigned chair_side(const struct chair *ch);
/* Who stands where on the point, now; after its options are known. */
void chair_hear(struct chair *ch);
/* The point to take next; BRACKET_NONE: nobody has spoken on another one. */
uint32_t chair_easiest(const struct chair *ch);
/* The codes of those that speak on option number k (0: no text), each in its colour, over as
 * many rows as they need; returns the rows. c NULL: only that. */
int chair_draw_voices(const struct chair *ch, struct canvas *c, int row, int col, int width,
		      uint32_t k);
/* Whether anybody speaks on the point, or is named in it. */
bool chair_anybody(const struct chair *ch);
/* Those on no option's line: who reserves, who is silent. */
void chair_draw_rest(const struct chair *ch, struct canvas *c, int row, int col);
/* Appends the verdict where somebody spoke; returns its style. */
uint32_t chair_add_verdict(const struct chair *ch, struct str *out);
/* Appends what the signs on the screen mean. */
void chair_add_signs(const struct chair *ch, struct str *out);
int chair_below_rows(const struct view *v, int rows, int cols);
void chair_draw_below(const struct view *v, struct canvas *c);

/* chair_find.c */
/* Goes to the next point whose paragraph has all of the words; empty: asks for them. */
void chair_find(struct chair *ch, struct slice words);

/* chair_decide.c */
void chair_choose(struct chair *ch, const struct choice *choice);
void chair_ask_number(struct chair *ch, uint32_t digit);
void chair_ask_text(struct chair *ch);
void chair_undo(struct chair *ch);
void chair_split_or_join(struct chair *ch);
void chair_agree(struct chair *ch);
void chair_bring_back(struct chair *ch);
/* Whether decisions can be made; asks about pending edits where they cannot. */
bool chair_ready(struct chair *ch);
/* Whether chair_split_or_join() has something to do. */
bool chair_can_split(const struct chair *ch);
bool chair_can_join(const struct chair *ch);

/* chair_defer.c */
void chair_ask_defer(struct chair *ch);
void chair_undefer(struct chair *ch);

/* view_chair.c */
void chair_focus(struct chair *ch, uint32_t point);
/* The point at or after pos; from the start where there is none. */
void chair_focus_from(struct chair *ch, size_t pos);
const struct point *chair_point(const struct chair *ch);
/* The paragraph that r marks: the one just settled, or the point's. */
uint32_t chair_agreeable(const struct chair *ch);

/* chair_actions.c */
enum {
	CHAIR_CHOOSE = 1,
	CHAIR_NO_TEXT,
	CHAIR_ALL,
	CHAIR_TEXT,
	CHAIR_LINKED,
	CHAIR_HERE,
	CHAIR_DEFER,
	CHAIR_UNDEFER,
	CHAIR_SPLIT,
	CHAIR_JOIN,
	CHAIR_UNDO,
	CHAIR_AGREE,
	CHAIR_EDIT,
	CHAIR_PREVIEW,
	CHAIR_WHO,
	CHAIR_EASIEST,
	CHAIR_MATRIX,
	CHAIR_COLUMNS,
	CHAIR_LIFE,
	CHAIR_BRING_BACK,
	CHAIR_FIND,
	CHAIR_MORE_UP,
	CHAIR_MORE_DOWN
};

extern const struct action chair_actions[];
extern const struct action *const chair_common[];

#endif
