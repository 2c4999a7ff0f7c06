/* SPDX-License-Identifier: MIT */
#include "ui/common.h"

#include "ui/canvas.h"
#include "ui/consolidate_ask.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/tr.h"
#include "ui/view.h"

#include <stdint.h>
#include <strings.h>

#define RULE_COLS 5 /* of the rule, beside what it says */

const struct action common_rows[] = {
	{.id = COMMON_UP,
	 .name = "up",
	 .keys = {KEY_ARROW_UP, 'k'},
	 .help = N_("Go one row up."),
	 .group = ACTION_MOVE},
	{.id = COMMON_DOWN,
	 .name = "down",
	 .keys = {KEY_ARROW_DOWN, 'j'},
	 .help = N_("Go one row down."),
	 .group = ACTION_MOVE},
	{.id = COMMON_PAGE_UP,
	 .name = "page-up",
	 .keys = {KEY_PAGE_UP},
	 .help = N_("Go one screen up."),
	 .group = ACTION_MOVE},
	{.id = COMMON_PAGE_DOWN,
	 .name = "page-down",
	 .keys = {KEY_PAGE_DOWN},
	 .help = N_("Go one screen down."),
	 .group = ACTION_MOVE},
	{0},
};

const struct action common_ends[] = {
	{.id = COMMON_HOME,
	 .name = "first",
	 .keys = {KEY_LINE_HOME, 'g'},
	 .help = N_("Go to the first one."),
	 .group = ACTION_MOVE},
	{.id = COMMON_END,
	 .name = "last",
	 .keys = {KEY_LINE_END, 'G'},
	 .help = N_("Go to the last one."),
	 .group = ACTION_MOVE},
	{0},
};

const struct action common_points[] = {
	{.id = COMMON_NEXT,
	 .name = "next",
	 .keys = {'n', KEY_ARROW_RIGHT, FN_KEY(8)},
	 .label = N_("next"),
	 .help = N_("Go to the next point."),
	 .group = ACTION_MOVE,
	 .rank = 3},
	{.id = COMMON_PREVIOUS,
	 .name = "previous",
	 .keys = {'p', KEY_ARROW_LEFT, FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("Go to the previous point."),
	 .group = ACTION_MOVE,
	 .rank = 8},
	{.id = COMMON_FIRST,
	 .name = "first",
	 .keys = {KEY_LINE_HOME},
	 .help = N_("Go to the first point."),
	 .group = ACTION_MOVE},
	{.id = COMMON_LAST,
	 .name = "last",
	 .keys = {KEY_LINE_END},
	 .help = N_("Go to the last point."),
	 .group = ACTION_MOVE},
	{.id = COMMON_GOTO,
	 .name = "goto",
	 .keys = {'g'},
	 .label = N_("go to"),
	 .help = N_("Go to the point with that number."),
	 .group = ACTION_MOVE,
	 .rank = 10,
	 .argument = N_("NUMBER")},
	{0},
};

const struct action common_ways[] = {
	{.id = COMMON_CONSOLIDATE,
	 .name = "consolidate",
	 .help = N_("Make one draft of the regions' texts, with a point for each difference."),
	 .group = ACTION_BRACKET},
	{.id = COMMON_LOG,
	 .name = "log",
	 .help = N_("See the draft's versions, and what each one changed."),
	 .group = ACTION_SHOW},
	{0},
};

const struct action common_leave[] = {
	{.id = EVERYWHERE_BACK,
	 .name = "leave",
	 .keys = {KEY_ESCAPE},
	 .help = N_("Go back."),
	 .group = ACTION_GENERAL,
	 .flags = ACTION_HIDDEN},
	{0},
};

long common_step(int action, int page)
{
	switch (action) {
	case COMMON_UP:
		return -1;
	case COMMON_DOWN:
		return 1;
	case COMMON_PAGE_UP:
		return -page;
	case COMMON_PAGE_DOWN:
		return page;
	default:
		return 0;
	}
}

void common_go(long step, size_t n, size_t *at)
{
	size_t way = step < 0 ? (size_t)-step : (size_t)step;

	if (step < 0)
		*at = *at > way ? *at - way : 0;
	else
		*at = n > *at + way ? *at + way : n;
	if (*at >= n)
		*at = n ? n - 1 : 0;
}

void common_move(int action, int page, size_t n, size_t *at)
{
	if (action == COMMON_HOME)
		*at = 0;
	else if (action == COMMON_END)
		*at = n ? n - 1 : 0;
	else
		common_go(common_step(action, page), n, at);
}

void common_bring_into_sight(size_t at, int rows, size_t *top)
{
	if (at < *top)
		*top = at;
	if (rows > 0 && at >= *top + (size_t)rows)
		*top = at - (size_t)rows + 1;
}

bool common_point(const struct key *key, size_t top, size_t n, size_t *at, bool *opens)
{
	const struct pointer *p = &key->pointer;

	*opens = false;
	if (key->code != KEY_POINTER)
		return false;
	if (p->kind == POINTER_WHEEL) {
		common_go(p->button * 3, n, at);
		return true;
	}
	if (p->kind != POINTER_PRESS || p->button != 1 || p->row < 1 ||
	    top + (size_t)(p->row - 1) >= n)
		return false;
	*at = top + (size_t)(p->row - 1);
	*opens = p->clicks >= 2;
	return true;
}

void common_say_more(struct str *out, size_t top, int rows, size_t n)
{
	size_t end = top + (size_t)(rows > 0 ? rows : 0);

	if (!out->len && end < n)
		str_addf(out, n_("%zu more below", "%zu more below", n - end), n - end);
}

void common_say_below(struct str *out, int cols)
{
	size_t said = out->len;

	str_add_text(out, said ? " · " : "");
	str_add_text(out, _("more below"));
	if (said && canvas_columns(out->p, out->len) > cols - RULE_COLS)
		str_truncate(out, said);
}

void common_ask_number(struct views *vs, uint32_t digit,
		       void (*done)(void *arg, const struct slice *text), void *arg)
{
	char first = (char)digit;
	struct prompt_request ask = {.label = _("Option number, then Enter"),
				     .initial = {&first, 1},
				     .begun = true,
				     .secret = true,
				     .done = done,
				     .arg = arg};

	views_ask(vs, &ask);
}

void common_offer_meetings(const struct host *host, struct slice text,
			   struct prompt_candidates *c)
{
	const struct meetings *all =
		HOST_CAN(host, meetings) ? host->meetings(host->data) : NULL;

	c->from = 0;
	for (size_t i = 0; all && i < all->n; i++)
		if (strncasecmp(all->v[i].code, text.p, text.len) == 0)
			prompt_candidate_add(c, slice_of(all->v[i].code),
					     slice_of(all->v[i].name));
}

bool common_can_open(const struct host *host, const struct doc *doc, int action)
{
	if (action == COMMON_CONSOLIDATE)
		return consolidate_can(host, doc);
	return HOST_CAN(host, open_view) && HOST_CAN(host, log_open);
}

void common_open(struct views *vs, const struct host *host, const struct doc *doc, int action)
{
	struct error err = ERROR_INIT;

	if (action == COMMON_CONSOLIDATE)
		consolidate_ask(vs, host, doc->name);
	else if (host->open_view(host->data, "log", doc->name, SIZE_MAX, &err) < 0)
		views_error(vs, &err);
}
