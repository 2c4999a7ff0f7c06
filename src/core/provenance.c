/* SPDX-License-Identifier: MIT */
#include "core/consolidate.h"

#include <stdlib.h>

void provenance_release(struct provenance *p)
{
	free(p->v);
	*p = (struct provenance){NULL, 0, 0};
}

void provenance_markdown(const struct provenance *p, const struct parties *parties,
			 const char *const heads[4], struct str *out)
{
	static const char *const words[] = {
		[PROVENANCE_MERGED] = N_("merged"),
		[PROVENANCE_ADDED] = N_("added"),
		[PROVENANCE_DELETED] = N_("deleted"),
		[PROVENANCE_REORDERED] = N_("reordered"),
		[PROVENANCE_DUPLICATE] = N_("duplicate"),
	};

	str_addf(out, "| %s | %s | %s | %s |\n|---:|---|---:|---|\n", heads[0], heads[1],
		 heads[2], heads[3]);
	for (size_t i = 0; i < p->n; i++) {
		const struct provenance_entry *e = &p->v[i];

		str_addf(out, "| %zu | %s | ", e->paragraph, parties->v[e->party].code);
		if (e->from)
			str_addf(out, "%zu", e->from);
		str_addf(out, " | %s |\n", words[e->what]);
	}
}
