/* SPDX-License-Identifier: MIT */
#include "ui/consolidate_ask.h"

#include "core/mem.h"
#include "ui/doc.h"
#include "ui/tr.h"

#include <stdlib.h>

/* Between the question and its answer. */
struct asked {
	struct views *vs;
	const struct host *host;
	struct doc *doc;
};

static void end(struct asked *a)
{
	if (HOST_CAN(a->host, close))
		a->host->close(a->host->data, a->doc);
	free(a);
}

static void answered(void *arg, uint32_t key)
{
	struct asked *a = arg;
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;

	if (key != 'y')
		views_clear_message(a->vs);
	else if (a->host->consolidate(a->host->data, a->doc, &id, &err) < 0)
		views_error(a->vs, &err);
	else
		views_message(a->vs, MESSAGE_OK, _("Consolidated; committed as %s."),
			      str_text(&id));
	str_release(&id);
	end(a);
}

static void say(struct views *vs, const struct host_consolidation *what)
{
	struct str text = STR_INIT;

	str_addf(&text, n_("The text of %zu region", "The texts of %zu regions", what->texts),
		 what->texts);
	str_add_text(&text, n_(" gives ", " give ", what->texts));
	str_addf(&text, n_("%zu open point", "%zu open points", what->points), what->points);
	str_addf(&text,
		 n_(", %zu of %zu word in brackets (%zu %%).",
		    ", %zu of %zu words in brackets (%zu %%).", what->words),
		 what->bracket_words, what->words,
		 what->words ? what->bracket_words * 100 / what->words : 0);
	if (what->lost)
		str_addf(&text,
			 n_(" The %zu point of the draft goes.",
			    " The %zu points of the draft go.", what->lost),
			 what->lost);
	if (what->settled)
		str_addf(&text,
			 n_(" %zu paragraph loses words that are settled.",
			    " %zu paragraphs lose words that are settled.", what->settled),
			 what->settled);
	views_message(vs, what->lost || what->settled ? MESSAGE_WARN : MESSAGE_INFO, "%s",
		      str_text(&text));
	str_release(&text);
}

bool consolidate_can(const struct host *host, const struct doc *doc)
{
	return HOST_CAN(host, consolidate) && HOST_CAN(host, open) && !doc_is_dirty(doc);
}

void consolidate_ask(struct views *vs, const struct host *host, const char *name)
{
	struct asked *a = mem_zalloc(sizeof(*a));
	struct host_consolidation what;
	struct error err = ERROR_INIT;

	*a = (struct asked){vs, host, NULL};
	if (host->open(host->data, name, &a->doc, &err) < 0) {
		views_error(vs, &err);
		free(a);
		return;
	}
	if (host->consolidate_preview(host->data, a->doc, &what, &err) < 0) {
		views_error(vs, &err);
		end(a);
	} else if (what.same) {
		views_message(vs, MESSAGE_INFO, "%s",
			      _("The draft is what the texts make of the base already."));
		end(a);
	} else {
		say(vs, &what);
		views_ask_yes_no(vs, _("Write that as the draft?"), answered, a);
	}
}
