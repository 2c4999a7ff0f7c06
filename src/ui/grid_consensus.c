/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/project.h"
#include "grid_inner.h"
#include "ui/tr.h"
#include "ui/view_package.h"

#include <stdlib.h>

/* What all who spoke agree on is decided in one go: shown, asked about, a commit each. */

static int decide_list(struct grid *g, size_t *done, struct error *err)
{
	uint32_t *choices = mem_array(NULL, g->m.n, sizeof(*choices));
	const struct package_ask ask = {.b = &g->doc->brackets,
					.draft = g->doc->flat,
					.parties = g->doc->parties,
					.choices = choices};
	struct package p;
	int rc;

	for (size_t i = 0; i < g->m.n; i++) {
		uint32_t option = g->m.rows[i].verdict.option;

		choices[i] = PROJECT_OPEN;
		if (matrix_decides(&g->m.rows[i]) == DECIDES)
			choices[i] = option ? option - 1 : PROJECT_NO_TEXT;
	}
	package_make(&p, &ask);
	rc = package_decide(&p, g->host, g->doc, SLICE("consensus"), done, err);
	package_release(&p);
	free(choices);
	return rc;
}

static void decide_all(struct grid *g)
{
	struct error err = ERROR_INIT;
	size_t n;
	int rc = decide_list(g, &n, &err);

	g->consensus = false;
	grid_read(g);
	if (rc < 0)
		views_message(g->view.views, MESSAGE_ERROR, _("%zu decided, then: %s"), n,
			      err.text);
	else
		views_message(g->view.views, MESSAGE_OK,
			      n_("%zu point decided by consensus; the chair's u undoes it.",
				 "%zu points decided by consensus; the chair's u undoes one "
				 "after the other.",
				 n),
			      n);
}

static void consensus_answered(void *arg, uint32_t key)
{
	struct grid *g = arg;

	if (key == 'y' && grid_is_current(g)) {
		decide_all(g);
		return;
	}
	g->consensus = false;
	grid_filter(g);
}

void grid_ask_consensus(struct grid *g)
{
	struct error err = ERROR_INIT;
	struct str question = STR_INIT;

	if (HOST_CAN(g->host, decide_ready) &&
	    g->host->decide_ready(g->host->data, g->doc, &err) < 0) {
		views_error(g->view.views, &err);
		return;
	}
	grid_read(g);
	g->recording.generation = g->doc->generation;
	g->consensus = true;
	g->top = 0;
	grid_filter(g);
	if (g->n_shown == 0) {
		g->consensus = false;
		grid_filter(g);
		views_message(g->view.views, MESSAGE_INFO, "%s",
			      _("There is no point on which all who spoke agree."));
		return;
	}
	str_addf(&question,
		 n_("Decide this point so?", "Decide these %zu points so, a commit each?",
		    g->n_shown),
		 g->n_shown);
	views_ask_yes_no(g->view.views, str_text(&question), consensus_answered, g);
	str_release(&question);
}
