/* SPDX-License-Identifier: MIT */
#include "grid_inner.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

/* Which points the table shows, and in which order. */

/* ---- order ---- */

static const struct {
	const char *word; /* as typed after :sort */
	const char *label;
	uint32_t key;
} sorts[GRID_SORTS] = {
	[GRID_BY_TEXT] = {"text", N_("as in the text"), 't'},
	[GRID_EASIEST] = {"easiest", N_("easiest first"), 'e'},
	[GRID_HARDEST] = {"hardest", N_("hardest first"), 'h'},
	[GRID_BY_VERDICT] = {"verdict", N_("by verdict"), 'v'},
	[GRID_LINKED] = {"linked", N_("most linked first"), 'l'},
	[GRID_CHANGED] = {"changed", N_("changed since first"), 'c'},
};

const char *grid_sort_word(enum grid_sort sort)
{
	return sorts[sort].label;
}

/* Agreed before nearly agreed, before split, before deadlock; silent ones last. */
static void order_by_verdict(const struct matrix *m, size_t *order)
{
	static const enum verdict_kind kinds[] = {VERDICT_CONSENSUS, VERDICT_NEAR,
						  VERDICT_SPLIT, VERDICT_DEADLOCK,
						  VERDICT_SILENT};
	size_t n = 0;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		for (size_t i = 0; i < m->n; i++)
			if (m->rows[i].verdict.kind == kinds[k])
				order[n++] = i;
}

void grid_sort(struct grid *g)
{
	static const enum matrix_sort as[GRID_SORTS] = {[GRID_BY_TEXT] = MATRIX_BY_NUMBER,
							[GRID_EASIEST] = MATRIX_EASIEST,
							[GRID_HARDEST] = MATRIX_HARDEST,
							[GRID_LINKED] = MATRIX_LINKED,
							[GRID_CHANGED] = MATRIX_STALE};

	g->order = mem_array(g->order, g->m.n + 1, sizeof(*g->order));
	if (g->sort == GRID_BY_VERDICT)
		order_by_verdict(&g->m, g->order);
	else
		matrix_order(&g->m, as[g->sort], g->order);
	grid_filter(g);
}

static void sort_by(struct grid *g, enum grid_sort sort)
{
	g->sort = sort;
	g->top = 0;
	grid_sort(g);
	/* The first of the new order is what was asked for. */
	if (g->n_shown && sort != GRID_BY_TEXT)
		grid_choose(g, g->m.rows[g->shown[0]].point);
}

static void sort_chosen(void *arg, uint32_t key)
{
	for (int i = 0; i < GRID_SORTS; i++)
		if (key == sorts[i].key)
			sort_by(arg, (enum grid_sort)i);
}

void grid_ask_sort(struct grid *g, struct slice arg)
{
	static struct prompt_choice const choices[] = {{'t', N_("text")},
						       {'e', N_("easiest")},
						       {'h', N_("hardest")},
						       {'v', N_("verdict")},
						       {'l', N_("linked")},
						       {'c', N_("changed")},
						       {0, NULL}};
	struct prompt_request ask = {
		.label = _("Sort by"), .choices = choices, .chosen = sort_chosen, .arg = g};

	if (arg.len == 0) {
		views_ask(g->view.views, &ask);
		return;
	}
	for (int i = 0; i < GRID_SORTS; i++)
		if (slice_is(arg, sorts[i].word)) {
			sort_by(g, (enum grid_sort)i);
			return;
		}
	views_message(g->view.views, MESSAGE_WARN, "%s",
		      _("One sorts by text, easiest, hardest, verdict, linked or changed."));
}

/* ---- filter ---- */

static void add_folded(struct str *out, const char *p, size_t len)
{
	size_t folded_len;
	uint8_t *folded = u8_casefold((const uint8_t *)p, len, NULL, NULL, NULL, &folded_len);

	if (folded)
		str_add(out, folded, folded_len);
	else
		str_add(out, p, len); /* no UTF-8: as it is */
	free(folded);
}

/* What a filter's word may be found in: the paragraphs the point stands in, its number and id.
 */
static void make_words(struct grid *g)
{
	const struct brackets *b = &g->doc->brackets;

	if (g->words)
		return;
	g->words = mem_zalloc((g->m.n + 1) * sizeof(*g->words));
	g->n_words = g->m.n;
	for (size_t i = 0; i < g->m.n; i++) {
		const struct point *p = &b->points[g->m.rows[i].point];
		size_t begin = doc_line_begin(g->doc, point_begin(b, p));
		size_t end = doc_line_end(g->doc, point_end(b, p));
		struct slice id = point_id(b, p, g->doc->flat);

		str_addf(&g->words[i], "%u ", g->m.rows[i].point + 1);
		add_folded(&g->words[i], id.p, id.len);
		str_add_char(&g->words[i], ' ');
		add_folded(&g->words[i], g->doc->flat.p + begin, end - begin);
	}
}

/* Whether the word names the point's verdict, or begins its name: "near". */
static bool is_verdict(const struct matrix_row *r, struct slice word)
{
	const char *plain = verdict_word(r->verdict.kind), *said = _(plain);

	if (word.len < 3)
		return false;
	if (r->verdict.stale && (slice_is(word, "changed") || slice_is(word, "stale")))
		return true;
	return strncmp(plain, word.p, word.len) == 0 || strncmp(said, word.p, word.len) == 0;
}

/* A code in capitals: the points on which that party spoke. */
static bool is_of_party(const struct grid *g, size_t row, struct slice word, bool *named)
{
	uint16_t party = party_find(grid_parties(g), word, NULL);

	*named = party != PARTY_NONE;
	return *named && matrix_cell(&g->m, row, party)->spoke;
}

static bool passes_word(struct grid *g, size_t row, struct slice word)
{
	struct str folded = STR_INIT;
	bool named, found = is_of_party(g, row, word, &named);

	if (named)
		return found;
	add_folded(&folded, word.p, word.len);
	found = is_verdict(&g->m.rows[row], str_slice(&folded)) ||
		memmem(g->words[row].p, g->words[row].len, folded.p, folded.len) != NULL;
	str_release(&folded);
	return found;
}

/* Whether all words of the filter are found. */
static bool passes(struct grid *g, size_t row)
{
	struct slice rest = str_slice(&g->filter);

	if (g->consensus)
		return matrix_decides(&g->m.rows[row]) == DECIDES;
	while (rest.len) {
		size_t len = 0, blanks = utf8_blanks_at(rest.p, rest.len);

		rest = slice_make(rest.p + blanks, rest.len - blanks);
		while (len < rest.len && !utf8_blank_at(rest.p + len, rest.len - len))
			len++;
		if (len && !passes_word(g, row, slice_make(rest.p, len)))
			return false;
		rest = slice_make(rest.p + len, rest.len - len);
	}
	return true;
}

void grid_filter(struct grid *g)
{
	g->shown = mem_array(g->shown, g->m.n + 1, sizeof(*g->shown));
	g->n_shown = 0;
	if (g->filter.len)
		make_words(g);
	for (size_t i = 0; i < g->m.n; i++)
		if (passes(g, g->order[i]))
			g->shown[g->n_shown++] = g->order[i];
	/* What is chosen is in sight, or the first that is. */
	if (g->n_shown && grid_place(g) == SIZE_MAX)
		grid_choose(g, g->m.rows[g->shown[0]].point);
}

static void filter_typed(void *arg, struct slice text)
{
	struct grid *g = arg;

	str_clear(&g->filter);
	str_add_slice(&g->filter, text);
	g->top = 0;
	grid_filter(g);
}

static void filter_done(void *arg, const struct slice *text)
{
	filter_typed(arg, text ? *text : SLICE(""));
}

/* Codes and verdicts, which mean more than their letters. */
static void offer_words(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct grid *g = arg;
	const struct parties *all = grid_parties(g);
	struct slice word;

	(void)at;
	for (c->from = text.len; c->from > 0 && text.p[c->from - 1] != ' ';)
		c->from--;
	word = slice_make(text.p + c->from, text.len - c->from);
	if (word.len == 0)
		return;
	for (size_t i = 0; i < all->n; i++)
		if (strncmp(all->v[i].code, word.p, word.len) == 0)
			prompt_candidate_add(c, slice_of(all->v[i].code),
					     slice_of(_("points on which it spoke")));
	for (int k = VERDICT_KINDS - 1; k >= 0; k--)
		if (strncmp(_(verdict_word((enum verdict_kind)k)), word.p, word.len) == 0)
			prompt_candidate_add(c, slice_of(_(verdict_word((enum verdict_kind)k))),
					     slice_of(_("points with that verdict")));
	if (strncmp("changed", word.p, word.len) == 0)
		prompt_candidate_add(c, SLICE("changed"),
				     slice_of(_("points whose wording changed since")));
}

void grid_ask_filter(struct grid *g, struct slice arg)
{
	struct prompt_request ask = {.label = _("Only points with"),
				     .hint = _("words, a region's code, or a verdict"),
				     .initial = str_slice(&g->filter),
				     .begun = true,
				     .may_be_empty = true,
				     .history = "points",
				     .complete = offer_words,
				     .change = filter_typed,
				     .done = filter_done,
				     .arg = g};

	if (arg.len)
		filter_typed(g, arg);
	else
		views_ask(g->view.views, &ask);
}
