/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/rebracket.h"
#include "core/resolve.h"
#include "core/reword.h"

/*
 * core/resolve, rebracket and reword: a decision changes what it says and nothing else; what a
 * bracket edit wrote reads back as what was meant. The first two bytes choose point and what is
 * done to it; then the wording, 0x1E, the draft.
 */

struct job {
	struct slice draft, wording;
	struct brackets b;
	struct bracketed bracketed;
	uint32_t point;
};

static void apply(const struct job *j, const struct edits *e, struct str *out)
{
	str_clear(out);
	edits_apply(e, j->draft, out);
}

/* All before and after the point stands, where some text is left. */
static void only_the_point(const struct job *j, struct slice now, struct slice chosen)
{
	const struct point *p = &j->b.points[j->point];
	size_t begin = point_begin(&j->b, p), end = point_end(&j->b, p);

	if (chosen.len) {
		HOLDS(now.len == j->draft.len - (end - begin) + chosen.len &&
			      memcmp(now.p, j->draft.p, begin) == 0 &&
			      memcmp(now.p + begin, chosen.p, chosen.len) == 0 &&
			      memcmp(now.p + begin + chosen.len, j->draft.p + end,
				     j->draft.len - end) == 0,
		      "a decision leaves every other byte");
		return;
	}
	HOLDS(now.len <= j->draft.len - (end - begin), "no text takes bytes away only");
}

static void decide(struct job *j, size_t option, bool linked)
{
	struct choice c = {.kind = CHOOSE_OPTION, .option = option, .linked = linked};
	struct str now = STR_INIT, chosen = STR_INIT;
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct resolved what;

	resolved_init(&what);
	HOLDS(resolve_point(&j->bracketed, j->point, &c, &e, &what, &err) == 0,
	      "an option can be chosen");
	apply(j, &e, &now);
	if (option)
		resolve_preview(&j->b, j->draft, j->point, option - 1, &chosen);
	if (!linked)
		only_the_point(j, str_slice(&now), str_slice(&chosen));
	HOLDS(!memchr(str_slice(&what.words).p, '\n', what.words.len) &&
		      !memchr(str_slice(&what.paragraph).p, '\n', what.paragraph.len),
	      "what was decided is told in one line");
	resolved_release(&what);
	edits_release(&e);
	str_release(&now);
	str_release(&chosen);
}

static void reword(struct job *j)
{
	struct choice c = {.kind = CHOOSE_TEXT, .text = j->wording};
	const struct point *p = &j->b.points[j->point];
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct str now = STR_INIT;
	struct brackets after;
	size_t outer = 0;

	if (resolve_point(&j->bracketed, j->point, &c, &e, NULL, &err) == 0) {
		apply(j, &e, &now);
		HOLDS(now.len >= point_begin(&j->b, p) || !j->wording.len,
		      "what stands before stays");
		brackets_read(&after, str_slice(&now), fuzz_parties());
		outer = after.n_problems;
		brackets_release(&after);
	}
	(void)outer;
	edits_release(&e);
	str_release(&now);
}

/* A new option reads back with the wording that was given, and its party. */
static void add_option(struct job *j)
{
	const uint16_t party = 3;
	struct offer offer = {.text = j->wording, .parties = &party, .n_parties = 1};
	const struct point *p = &j->b.points[j->point];
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct str now = STR_INIT;
	struct brackets after;
	bool found = false;

	if (reword_add_option(&j->bracketed, j->point, &offer, &e, &err) == 0) {
		apply(j, &e, &now);
		brackets_read(&after, str_slice(&now), fuzz_parties());
		for (size_t k = 0; k < after.n_options && !found; k++)
			found = option_lists(&after, &after.options[k], party);
		HOLDS(found, "a new option has its party");
		HOLDS(after.n_problems <= j->b.n_problems, "a new option opens no bracket");
		HOLDS(after.n_points >= j->b.n_points, "no point goes for a new option");
		brackets_release(&after);
	}
	(void)p;
	edits_release(&e);
	str_release(&now);
}

static void edit_brackets(struct job *j, unsigned how)
{
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct str now = STR_INIT, id = STR_INIT;
	size_t begin = j->wording.len % (j->draft.len + 1);
	size_t end = begin + (j->draft.len - begin) / 2;
	struct brackets after;
	int rc = -1, more = 0;

	switch (how % 6) {
	case 0:
		rc = rebracket_selection(&j->bracketed, begin, end, NULL, &e, &err);
		more = 1;
		break;
	case 1:
		rc = j->b.n_points ? rebracket_off(&j->bracketed, j->point, &e, &err) : -1;
		more = -1;
		break;
	case 2:
		rc = j->b.n_points ? rebracket_split(&j->bracketed, j->point, 1, &e, &err) : -1;
		more = 1;
		break;
	case 3:
		rc = j->b.n_points ? rebracket_join(&j->bracketed, j->point, true, &e, &err)
				   : -1;
		more = -1;
		break;
	case 4:
		rc = j->b.n_points ? rebracket_id(&j->bracketed, j->point, &e, &id, &err) : -1;
		break;
	default:
		rc = j->b.n_problems
			     ? rebracket_repair(&j->bracketed, how / 6 % j->b.n_problems,
						how & 64 ? REPAIR_ESCAPE : REPAIR_REMOVE, &e,
						&err)
			     : -1;
		more = 999;
		break;
	}
	if (rc == 0) {
		apply(j, &e, &now);
		brackets_read(&after, str_slice(&now), fuzz_parties());
		if (more == 999)
			HOLDS(after.n_problems < j->b.n_problems, "a problem less");
		else
			/* What stood in the brackets may be one point now: [y] / [z]. */
			HOLDS((long)after.n_points == (long)j->b.n_points + more ||
				      (how % 6 == 1 && after.n_points < j->b.n_points),
			      "as many points as were meant");
		if (how % 6 == 4)
			HOLDS(brackets_by_id(&after, str_slice(&now), str_slice(&id)) !=
				      BRACKET_NONE,
			      "the id reads back");
		brackets_release(&after);
	}
	edits_release(&e);
	str_release(&now);
	str_release(&id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct job j = {.point = 0};
	struct slice part[2] = {{"", 0}, {"", 0}};
	unsigned how;

	if (size < 2)
		return 0;
	how = data[1];
	if (fuzz_parts(data + 2, size - 2, part, 2) < 2)
		part[1] = part[0], part[0] = slice_make("", 0);
	j.wording = part[0];
	j.draft = part[1];
	brackets_read(&j.b, j.draft, fuzz_parties());
	j.bracketed = (struct bracketed){&j.b, j.draft, fuzz_parties()};
	if (j.b.n_points)
		j.point = (uint32_t)(data[0] % j.b.n_points);
	switch (how % 4) {
	case 0:
		if (j.b.n_points)
			decide(&j, how / 8 % (j.b.points[j.point].n_options + 1), how & 4);
		break;
	case 1:
		if (j.b.n_points)
			reword(&j);
		break;
	case 2:
		if (j.b.n_points)
			add_option(&j);
		break;
	default:
		edit_brackets(&j, how / 4);
		break;
	}
	brackets_release(&j.b);
	return 0;
}
