/* SPDX-License-Identifier: MIT */
#include "ui/view_preview.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "preview_inner.h"
#include "ui/common.h"
#include "ui/tr.h"
#include "ui/view_package.h"

#include <stdlib.h>
#include <string.h>

static struct preview *preview_of(struct view *v)
{
	return (struct preview *)v;
}

static void prepare(struct view *v, int rows, int cols)
{
	struct preview *pv = preview_of(v);

	doc_refresh(pv->doc);
	doc_read(pv->doc);
	if (pv->revision != pv->doc->revision) {
		preview_begin(pv, 0);
		views_touch(v->views); /* there was no room left for the options */
	}
	if (!pv->shown)
		preview_make_text(pv);
	if (pv->laid_out && pv->rows == rows && pv->cols == cols)
		return;
	pv->rows = rows;
	pv->cols = cols;
	preview_lay_out(pv);
	pv->laid_out = true;
}

/* ---- moving ---- */

static void focus(struct preview *pv, uint32_t point)
{
	pv->point = point;
	pv->follow = true;
	pv->laid_out = false;
	if (pv->shown)
		preview_find_places(pv);
}

/* The next point that is there, in either direction; with `open`, one that is still open. */
static void move(struct preview *pv, bool next, bool open)
{
	uint32_t n = (uint32_t)pv->n, i = pv->point;

	for (uint32_t k = 0; k < n; k++) {
		bool wrapped = next ? i + 1 == n : i == 0;

		i = next ? (i + 1) % n : (i + n - 1) % n;
		if (wrapped)
			views_message(pv->view.views, MESSAGE_INFO,
				      next ? _("From the last point to the first.")
					   : _("From the first point to the last."));
		if (pv->live[i] && (!open || pv->choices[i] == PROJECT_OPEN)) {
			focus(pv, i);
			return;
		}
	}
	views_message(pv->view.views, MESSAGE_OK, "%s", _("No point is left open."));
}

static void go_to(struct preview *pv, struct slice text)
{
	struct error err = ERROR_INIT;
	struct choice number;

	if (choice_read(&number, text, slice_make(NULL, 0), &err) < 0 ||
	    number.kind != CHOOSE_OPTION || !number.option || number.option > pv->n)
		views_message(pv->view.views, MESSAGE_WARN,
			      _("The points have numbers from 1 to %zu."), pv->n);
	else if (!pv->live[number.option - 1])
		views_message(pv->view.views, MESSAGE_WARN,
			      _("Point %zu is inside a wording that is not taken."),
			      number.option);
	else
		focus(pv, (uint32_t)number.option - 1);
}

static void goto_typed(void *arg, const struct slice *text)
{
	if (text)
		go_to(arg, *text);
}

/* ---- trying ---- */

static void wish(struct preview *pv, uint32_t point, uint32_t choice)
{
	pv->n_tried += !pv->tried[point];
	pv->tried[point] = true;
	pv->wishes[point] = choice;
	preview_forget_text(pv);
}

/* number: 0 for no text. */
static void try_option(struct preview *pv, size_t number)
{
	struct choice choice = {.kind = CHOOSE_OPTION, .option = number};
	struct error err = ERROR_INIT;

	if (resolve_allows(&pv->doc->brackets, pv->point, &choice, &err) < 0)
		views_error(pv->view.views, &err);
	else
		wish(pv, pv->point, number ? (uint32_t)number - 1 : PROJECT_NO_TEXT);
	pv->follow = true;
}

static void number_typed(void *arg, const struct slice *text)
{
	struct preview *pv = arg;
	struct error err = ERROR_INIT;
	struct choice choice;

	if (!text)
		return;
	if (choice_read(&choice, *text, slice_make(NULL, 0), &err) < 0 ||
	    choice.kind != CHOOSE_OPTION)
		views_message(pv->view.views, MESSAGE_WARN,
			      _("An option's number is asked for, or 0 for no text."));
	else
		try_option(pv, choice.option);
}

static void leave_open(struct preview *pv)
{
	pv->n_tried -= pv->tried[pv->point];
	pv->tried[pv->point] = false;
	pv->follow = true;
	preview_forget_text(pv);
}

static void try_linked(struct preview *pv)
{
	uint32_t *list = NULL;
	size_t n = brackets_linked_points(&pv->doc->brackets, pv->doc->flat, pv->point, &list);

	for (size_t i = 0; i < n; i++)
		wish(pv, list[i], pv->wishes[pv->point]);
	if (n)
		views_message(pv->view.views, MESSAGE_OK,
			      n_("The same is tried at %zu more place.",
				 "The same is tried at %zu more places.", n),
			      n);
	else
		views_message(pv->view.views, MESSAGE_INFO, "%s",
			      _("This wording stands at no other place."));
	free(list);
}

static void forget_all(struct preview *pv)
{
	size_t at = preview_point(pv) ? point_begin(&pv->doc->brackets, preview_point(pv)) : 0;

	pv->as = false;
	preview_begin(pv, at);
}

/* What is shown as a party wants it is no part of it. */
static void decide_tried(struct preview *pv)
{
	struct error err = ERROR_INIT;
	uint32_t *choices;

	if (HOST_CAN(pv->host, decide_ready) &&
	    pv->host->decide_ready(pv->host->data, pv->doc, &err) < 0) {
		views_error(pv->view.views, &err);
		return;
	}
	if (pv->revision != pv->doc->revision)
		return; /* looked at anew by that: prepare() begins again */
	choices = mem_array(NULL, pv->n, sizeof(*choices));
	for (size_t i = 0; i < pv->n; i++)
		choices[i] = pv->tried[i] ? pv->wishes[i] : PROJECT_OPEN;
	views_push(pv->view.views, view_package_new(pv->host, pv->doc, choices));
	free(choices);
}

/* ---- as a party ---- */

static void as_party(struct preview *pv, struct slice code)
{
	uint16_t party = PARTY_NONE;

	if (!slice_is(code, "base")) {
		party = party_find(pv->doc->parties, code, NULL);
		if (party == PARTY_NONE && code.len) {
			views_message(pv->view.views, MESSAGE_WARN,
				      _("%.*s: no such party; Tab shows them, base is the text "
					"before anybody's wish"),
				      (int)(code.len > 40 ? 40 : code.len), code.p);
			return;
		}
	}
	pv->as = code.len > 0;
	pv->party = party;
	pv->follow = true;
	preview_forget_text(pv);
}

static void party_typed(void *arg, const struct slice *text)
{
	if (text)
		as_party(arg, *text);
}

static void offer_parties(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct preview *pv = arg;
	const struct parties *all = pv->doc->parties;

	(void)at;
	c->from = 0;
	for (size_t i = 0; i < all->n; i++)
		if (strlen(all->v[i].code) >= text.len &&
		    memcmp(all->v[i].code, text.p, text.len) == 0)
			prompt_candidate_add(c, slice_of(all->v[i].code),
					     slice_of(all->v[i].name));
	if (text.len <= 4 && memcmp("base", text.p, text.len) == 0)
		prompt_candidate_add(c, SLICE("base"),
				     slice_of(_("the text before anybody's wish")));
}

static void ask_party(struct preview *pv, struct slice arg)
{
	struct prompt_request ask = {.label = _("As which party"),
				     .hint = _("a code, or base; empty for nobody"),
				     .may_be_empty = true,
				     .complete = offer_parties,
				     .done = party_typed,
				     .arg = pv};

	if (arg.len)
		as_party(pv, arg);
	else
		views_ask(pv->view.views, &ask);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct preview *pv = (const struct preview *)v;
	const struct point *p = preview_point(pv);

	switch (action) {
	case PREVIEW_TRY:
		return p && p->n_options;
	case PREVIEW_OPEN:
	case PREVIEW_LINKED:
		return p && pv->tried[pv->point];
	case PREVIEW_FORGET:
		return pv->n_tried || pv->as;
	case PREVIEW_DECIDE:
		return pv->n_tried && HOST_CAN(pv->host, decide);
	case COMMON_LOG:
		return common_can_open(pv->host, pv->doc, action);
	default:
		return p || common_step(action, 1);
	}
}

static void try_key(struct preview *pv, const struct key *key, struct slice arg)
{
	if (arg.len)
		number_typed(pv, &arg);
	else if (!key || key->code < '1' || key->code > '9' || !preview_point(pv))
		return;
	else if (preview_point(pv)->n_options > 9)
		common_ask_number(pv->view.views, key->code, number_typed, pv);
	else
		try_option(pv, key->code - '0');
}

static void ask_goto(struct preview *pv, struct slice arg)
{
	struct prompt_request ask = {
		.label = _("Go to point"), .done = goto_typed, .arg = pv, .secret = true};

	if (arg.len)
		go_to(pv, arg);
	else
		views_ask(pv->view.views, &ask);
}

static uint32_t end_point(const struct preview *pv, bool first)
{
	uint32_t i = first ? 0 : (uint32_t)pv->n - 1;

	while (!pv->live[i])
		i += first ? 1 : (uint32_t)-1;
	return i;
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct preview *pv = preview_of(v);

	switch (action) {
	case PREVIEW_TRY:
		try_key(pv, key, arg);
		return true;
	case PREVIEW_NO_TEXT:
		try_option(pv, 0);
		return true;
	case PREVIEW_OPEN:
		leave_open(pv);
		return true;
	case PREVIEW_LINKED:
		try_linked(pv);
		return true;
	case PREVIEW_AS:
		ask_party(pv, arg);
		return true;
	case PREVIEW_FORGET:
		forget_all(pv);
		return true;
	case PREVIEW_DECIDE:
		decide_tried(pv);
		return true;
	case COMMON_NEXT:
	case COMMON_PREVIOUS:
		move(pv, action == COMMON_NEXT, false);
		return true;
	case PREVIEW_NEXT_OPEN:
		move(pv, true, true);
		return true;
	case COMMON_FIRST:
	case COMMON_LAST:
		focus(pv, end_point(pv, action == COMMON_FIRST));
		return true;
	case COMMON_GOTO:
		ask_goto(pv, arg);
		return true;
	case COMMON_LOG:
		common_open(v->views, pv->host, pv->doc, action);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		preview_scroll(pv, (int)common_step(action, pv->rows - 1));
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct preview *pv = preview_of(v);

	if (key->code == KEY_POINTER && key->pointer.kind == POINTER_WHEEL) {
		preview_scroll(pv, key->pointer.button * 3);
		return true;
	}
	if (key->code < '1' || key->code > '9' || !preview_point(pv))
		return false;
	views_message(v->views, MESSAGE_INFO, "%s",
		      _("Nothing is offered here yet; the chair's t types what is to stand."));
	return true;
}

static void complete(const struct view *v, int action, struct slice typed,
		     struct prompt_candidates *c)
{
	size_t from = c->from;

	if (action != PREVIEW_AS)
		return;
	offer_parties((void *)v, typed, typed.len, c);
	c->from = from;
}

static void free_preview(struct view *v)
{
	struct preview *pv = preview_of(v);

	preview_forget_text(pv);
	project_map_release(&pv->map);
	prose_release(&pv->page);
	free(pv->wishes);
	free(pv->choices);
	free(pv->tried);
	free(pv->live);
	free(pv->tints);
	if (HOST_CAN(pv->host, close))
		pv->host->close(pv->host->data, pv->doc);
	free(pv);
}

const struct view_ops view_preview_ops = {
	.name = "preview",
	.title = N_("What if"),
	.about =
		N_("The text as it would stand under the options tried so far, or as one party "
		   "wants it; nothing is written until they are decided together."),
	.actions = preview_actions,
	.common = preview_common,
	.prepare = prepare,
	.draw = preview_draw,
	.headline = preview_headline,
	.status = preview_status,
	.below_rows = preview_below_rows,
	.draw_below = preview_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.complete = complete,
	.free = free_preview,
};

struct view *view_preview_new(const struct host *host, struct doc *doc, size_t at)
{
	struct preview *pv = mem_zalloc(sizeof(*pv));

	pv->view.ops = &view_preview_ops;
	pv->host = host;
	pv->doc = doc;
	prose_init(&pv->page);
	doc_read(doc);
	preview_begin(pv, at == SIZE_MAX ? 0 : at);
	preview_make_text(pv);
	return &pv->view;
}
