/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/*
 * The last way of writing a row: what the paragraph comes to for the base and for
 * each party of the table, every character standing for itself. Points that stand in
 * it are decided, for each party as it decides them. Nothing around it can make it
 * read otherwise.
 */

/* What some parties' paragraphs are; the first group is nobody's and all the others'. */
struct plain_group {
	struct str text; /* paragraphs_add() */
	uint16_t *who;   /* parties of the table */
	size_t n;
};

/* The input whose text is a party's: its own, or the base. */
static size_t input_of(const struct work *w, uint16_t party)
{
	for (size_t i = 1; i < w->n; i++)
		if (w->inputs[i].party == party)
			return i;
	return 0;
}

static size_t make_groups(const struct work *w, const struct row *row, struct plain_group *g)
{
	size_t n = 1;

	row_expected(w, row, 0, PARTY_NONE, &g[0].text);
	for (uint16_t party = 0; party < w->parties->n; party++) {
		struct str text = STR_INIT;
		size_t k = 0;

		row_expected(w, row, input_of(w, party), party, &text);
		while (k < n && !slice_equal(str_slice(&g[k].text), str_slice(&text)))
			k++;
		if (k == n)
			str_add_slice(&g[n++].text, str_slice(&text));
		g[k].who = mem_array(g[k].who, g[k].n + 1, sizeof(*g[k].who));
		g[k].who[g[k].n++] = party;
		str_release(&text);
	}
	return n;
}

/* Each paragraph a line of its own, in brackets with who wants it; without who: with who does
 * not. */
static void add_group(const struct work *w, const struct plain_group *g, const uint16_t *who,
		      size_t n, bool base, struct str *out)
{
	for (size_t at = 0; at < g->text.len;) {
		const char *p = g->text.p + at;
		size_t len = (size_t)((const char *)memchr(p, '\n', g->text.len - at) - p);
		struct str again = STR_INIT;

		if (out->len) {
			str_add_slice(out, w->line_end);
			str_add_slice(out, w->line_end);
		}
		/* What begins like a label is none: it stands after one. */
		paragraphs_add(&again, slice_make(p, len));
		if (again.len != len + 1)
			str_add_text(out, "– ");
		str_release(&again);
		str_add_char(out, '[');
		if (!base) {
			wording_codes(out, w->parties, who, n, ", ");
			str_add_text(out, ": ");
		}
		wording_add(out, slice_make(p, len),
			    WORDING_LITERAL | WORDING_GUARD | WORDING_SLASHES, w->parties);
		if (base && n) {
			str_add_text(out, " / ");
			wording_codes(out, w->parties, who, n, ", ");
			str_addf(out, ": %s", w->no_text);
		}
		str_add_char(out, ']');
		at += len + 1;
	}
}

void row_write_plain(struct work *w, const struct row *row, struct str *out)
{
	struct plain_group *g = mem_zalloc((w->parties->n + 1) * sizeof(*g));
	size_t n = make_groups(w, row, g), others = 0;
	uint16_t *list = mem_array(NULL, w->parties->n, sizeof(*list));

	for (uint16_t party = 0; party < w->parties->n; party++)
		for (size_t k = 1; k < n; k++)
			for (size_t i = 0; i < g[k].n; i++)
				if (g[k].who[i] == party)
					list[others++] = party;
	add_group(w, &g[0], list, others, true, out);
	for (size_t k = 1; k < n; k++)
		add_group(w, &g[k], g[k].who, g[k].n, false, out);
	for (size_t k = 0; k < n; k++) {
		str_release(&g[k].text);
		free(g[k].who);
	}
	free(list);
	free(g);
}
