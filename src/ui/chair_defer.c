/* SPDX-License-Identifier: MIT */
#include "chair_inner.h"

#include "ui/common.h"
#include "ui/tr.h"

/* A point is put off, with a reason and until when, and taken up again. */

/* Said where it was typed, for the point is put off in any case. */
static bool is_known(const struct chair *ch, struct slice until)
{
	return !until.len || !HOST_CAN(ch->host, meetings) ||
	       meetings_know(ch->host->meetings(ch->host->data), until);
}

static void offer_meetings(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct chair *ch = arg;

	(void)at;
	common_offer_meetings(ch->host, text, c);
}

static void until_typed(void *arg, const struct slice *text)
{
	struct chair *ch = arg;
	struct error err = ERROR_INIT;
	size_t number = (size_t)ch->point + 1;

	if (!text || ch->point == BRACKET_NONE)
		return;
	if (ch->host->defer(ch->host->data, ch->doc, ch->point, str_slice(&ch->reason), *text,
			    &err) < 0) {
		views_error(ch->view.views, &err);
		return;
	}
	doc_read(ch->doc);
	chair_focus(ch, doc_point_next(ch->doc, ch->at, NULL));
	/* u undoes decisions only: how this is taken back stands before a reason of any length.
	 */
	if (!is_known(ch, *text))
		views_message(
			ch->view.views, MESSAGE_WARN,
			_("Point %zu is put off; d on it takes it up again. Until %.*s: no "
			  "meeting of the calendar has that code, nor is it a day."),
			number, text->len > 60 ? 60 : (int)text->len, text->p);
	else
		views_message(ch->view.views, MESSAGE_OK,
			      _("Point %zu is put off; d on it takes it up again. (%s)"),
			      number, str_text(&ch->reason));
}

static void reason_typed(void *arg, const struct slice *text)
{
	struct chair *ch = arg;
	struct prompt_request ask = {.label = _("Until which meeting"),
				     .hint = _("its code, or a day; Enter for none"),
				     .may_be_empty = true,
				     .complete = offer_meetings,
				     .done = until_typed,
				     .arg = ch};

	if (!text)
		return;
	str_clear(&ch->reason);
	str_add_slice(&ch->reason, *text);
	views_ask(ch->view.views, &ask);
}

void chair_ask_defer(struct chair *ch)
{
	struct prompt_request ask = {.label = _("Why is it put off"),
				     .history = "reason",
				     .done = reason_typed,
				     .arg = ch};

	if (chair_ready(ch))
		views_ask(ch->view.views, &ask);
}

void chair_undefer(struct chair *ch)
{
	struct error err = ERROR_INIT;

	if (ch->host->undefer(ch->host->data, ch->doc, ch->point, &err) < 0)
		views_error(ch->view.views, &err);
	else
		views_message(ch->view.views, MESSAGE_OK, _("Point %u is back on the table."),
			      ch->point + 1);
	ch->generation = 0;
}
