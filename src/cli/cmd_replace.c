/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/find.h"
#include "core/mem.h"
#include "core/terms.h"

#include <stdlib.h>
#include <time.h>

/* adref replace: words across a draft, or a change of terms as [old / new]. */

const struct cli_option options_replace[] = {
	{"regex", 'E', NULL, N_("OLD is a regular expression")},
	{"case", 'c', NULL, N_("heed capital and small letters")},
	{"words", 'w', NULL, N_("whole words only")},
	{"bracket", 'b', NULL, N_("put each place in brackets as [old / new]")},
	{"dry-run", 'n', NULL, N_("only show what would change")},
	{0},
};

#define BUDGET_MS 2000 /* of one search: an expression can take forever */

static int64_t milliseconds(void *arg)
{
	struct timespec t;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What was left as it is, and why, as one note. */
static void say_left(const struct terms_done *done)
{
	if (done->unread)
		cli_note(_("left in code, comments and links: %zu"), done->unread);
	if (done->marks)
		cli_note(_("left where a bracket would be cut in two: %zu"), done->marks);
	if (done->same)
		cli_note(_("left where it is on offer already: %zu"), done->same);
	if (done->unfit)
		cli_note(_("left where it would read as something else: %zu"), done->unfit);
}

/* [old / new] at each hit, what the new one is expanded from the hit. *n: at how many. */
static int bracket_hits(struct input *in, struct find *f, const struct find_hits *hits,
			struct slice with, struct edits *edits, size_t *n, struct error *err)
{
	struct bracketed w = input_bracketed(in);
	struct term_hit *terms = mem_zalloc(hits->n * sizeof(*terms));
	struct str *news = mem_zalloc(hits->n * sizeof(*news));
	struct offer offer = {.n_parties = 0};
	struct terms_done done;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < hits->n; i++) {
		rc = find_expand(f, input_text(in), hits->v[i], with, &news[i], err);
		terms[i] = (struct term_hit){hits->v[i].begin, hits->v[i].end,
					     str_slice(&news[i])};
	}
	if (rc == 0 && hits->n) {
		rc = terms_bracket(&w, terms, hits->n, &offer, edits, &done, err);
		if (rc == 0) {
			*n = done.bracketed + done.added;
			say_left(&done);
		}
	}
	for (size_t i = 0; i < hits->n; i++)
		str_release(&news[i]);
	free(news);
	free(terms);
	return rc;
}

/* The edits that replace, at *n places. */
static int find_edits(struct cli *c, struct input *in, struct find *f, struct edits *edits,
		      size_t *n, struct error *err)
{
	struct slice with = slice_of(c->argv[2]), text = input_text(in);
	struct find_hits hits = FIND_HITS_INIT;
	int rc = find_check(f, with, err);

	*n = 0;
	if (rc == 0 && !cli_has(c, "bracket")) {
		rc = find_replace(f, text, 0, text.len, with, edits, err);
		*n = edits->n;
		return rc;
	}
	if (rc == 0)
		rc = find_all(f, text, 0, text.len, SIZE_MAX, &hits, err);
	if (rc >= 0)
		rc = bracket_hits(in, f, &hits, with, edits, n, err);
	find_hits_release(&hits);
	return rc;
}

/* How many places hold the words that are looked for; whole: as words of their own. */
static size_t count_places(const struct cli *c, struct slice text, bool whole)
{
	struct find_options options = {.letters = cli_has(c, "case") ? FIND_EXACT : FIND_SMART,
				       .words = whole};
	struct find_hits hits = FIND_HITS_INIT;
	struct error err = ERROR_INIT;
	struct find *f = NULL;
	size_t n = 0;

	if (find_new(&f, slice_of(c->argv[1]), &options, &err) == 0 &&
	    find_all(f, text, 0, text.len, SIZE_MAX, &hits, &err) >= 0)
		n = hits.n;
	find_free(f);
	find_hits_release(&hits);
	return n;
}

/* Nobody means what is within longer words who has not looked: "ten" is in "attended". */
static void say_within(const struct cli *c, struct slice text)
{
	size_t all, whole;

	if (cli_has(c, "words") || cli_has(c, "regex"))
		return;
	all = count_places(c, text, false);
	whole = count_places(c, text, true);
	if (whole < all)
		cli_note(_("%zu within longer words; --words leaves these alone"), all - whole);
}

static int replace(struct cli *c, struct input *in, struct error *err)
{
	struct find_options options = {.expression = cli_has(c, "regex"),
				       .words = cli_has(c, "words")};
	struct find_clock clock = {milliseconds, NULL, BUDGET_MS};
	struct edits edits = EDITS_INIT;
	struct str subject = STR_INIT;
	struct find *f = NULL;
	size_t n = 0;
	int rc;

	options.letters = cli_has(c, "case") ? FIND_EXACT : FIND_SMART;
	rc = find_new(&f, slice_of(c->argv[1]), &options, err);
	if (rc == 0) {
		if (options.expression)
			find_set_clock(f, &clock);
		rc = find_edits(c, in, f, &edits, &n, err);
	}
	if (rc < 0)
		goto done;
	str_addf(&subject,
		 cli_has(c, "bracket") ? "%s: \"%s\" or \"%s\" in brackets"
				       : "%s: \"%s\" becomes \"%s\"",
		 in->name, c->argv[1], c->argv[2]);
	say_within(c, input_text(in));
	if (cli_has(c, "dry-run"))
		input_preview(c, in, &edits);
	else if (edits.n || in->kind == INPUT_STDIN)
		rc = input_apply(c, in, &edits, str_slice(&subject), err);
	if (rc == 0)
		cli_note(ngettext("%zu place", "%zu places", n), n);
done:
	find_free(f);
	edits_release(&edits);
	str_release(&subject);
	return rc;
}

enum exit_status cmd_replace(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0 || replace(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
