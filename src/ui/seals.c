/* SPDX-License-Identifier: MIT */
#include "ui/seals.h"

#include "ui/doc.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <string.h>

void seals_end(struct seals_watch *w)
{
	if (w->seals)
		w->host->seals_close(w->host->data, w->seals);
	w->seals = NULL;
	w->begun = false;
}

void seals_want(struct seals_watch *w, const struct host *host, struct doc *doc)
{
	struct error none = ERROR_INIT;
	unsigned side;

	if (!HOST_CAN(host, seals_open) || !HOST_CAN(host, side_generation))
		return;
	side = host->side_generation(host->data, doc);
	if (w->begun && w->side == side)
		return;
	seals_end(w);
	w->host = host;
	w->doc = doc;
	w->side = side;
	w->begun = true;
	if (host->seals_open(host->data, doc->name, &w->seals, &none) < 0)
		w->seals = NULL;
}

bool seals_step(struct seals_watch *w, bool *news)
{
	if (!w->seals || w->seals->ended)
		return false;
	if (w->host->seals_step(w->host->data, w->seals))
		return true;
	*news = w->seals->ended;
	return false;
}

const char *seals_word(const struct seals_watch *w, uint16_t party, const char *point,
		       uint32_t *style)
{
	for (size_t i = 0; w->seals && w->seals->ended && i < w->seals->n; i++) {
		const struct host_seal *s = &w->seals->v[i];

		if (s->party != party || strcmp(s->point, point) != 0)
			continue;
		switch (s->how) {
		case SEAL_GOOD:
			*style = STYLE_DIM;
			return _("signed");
		case SEAL_UNLISTED:
			*style = STYLE_WARN;
			return _("key not listed");
		case SEAL_BAD:
			*style = STYLE_ERROR;
			return _("bad signature");
		case SEAL_UNCHECKED:
			*style = STYLE_DIM;
			return _("signature not checked");
		}
	}
	return NULL;
}
