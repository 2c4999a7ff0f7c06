/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"

#include "core/edit.h"
#include "core/reference.h"
#include "core/resolve.h"
#include "core/revert.h"
#include "core/wording.h"

#include <string.h>

/* What a commit records, done again on the text before it. */

enum { RECORD_COLUMNS = 160 }; /* what core/message keeps of a trailer */

/* The choice a record names. false: there is none that can be replayed. */
static bool read_choice(struct slice decision, struct choice *c)
{
	*c = (struct choice){.kind = CHOOSE_OPTION};
	if (slice_starts(decision, "option ")) {
		for (size_t i = 7;
		     i < decision.len && i < 12 && decision.p[i] >= '0' && decision.p[i] <= '9';
		     i++)
			c->option = 10 * c->option + (size_t)(decision.p[i] - '0');
		return c->option > 0;
	}
	if (slice_is(decision, "no text"))
		return true;
	c->kind = slice_starts(decision, "all of it, ") ? CHOOSE_ALL : CHOOSE_TEXT;
	return c->kind == CHOOSE_ALL || slice_starts(decision, "new wording ");
}

/* New wording is in the text after, where the first changed point was. */
static struct slice wording_after(const struct audit_side *s, uint32_t point,
				  struct slice after)
{
	size_t begin = point_begin(&s->b, &s->b.points[point]), len, most;
	size_t end = point_end(&s->b, &s->b.points[point]), tail = 0;
	const char *stop;

	if (begin > after.len)
		return SLICE("");
	/* The rest of its line is the same in both. */
	stop = memchr(s->text.p + end, '\n', s->text.len - end);
	len = stop ? (size_t)(stop - s->text.p) - end : s->text.len - end;
	stop = memchr(after.p + begin, '\n', after.len - begin);
	most = stop ? (size_t)(stop - after.p) - begin : after.len - begin;
	while (tail < len && tail < most &&
	       s->text.p[end + len - 1 - tail] == after.p[begin + most - 1 - tail])
		tail++;
	return slice_make(after.p + begin, most - tail);
}

/* The wording as the record quotes it: enough where it is short and on one line. */
static struct slice wording_quoted(struct slice decision)
{
	const char *quote = memchr(decision.p, '"', decision.len);
	size_t from = quote ? (size_t)(quote - decision.p) + 1 : decision.len;

	if (from >= decision.len)
		return SLICE("");
	return slice_make(decision.p + from, decision.len - from - 1);
}

/* One choice on the text before, appended to out; whether it is what the record says. */
static bool replay_choice(const struct message_record *r, const struct audit_side *s,
			  const struct parties *parties, const struct choice *choice,
			  struct str *out)
{
	struct choice made = *choice;
	struct edits edits = EDITS_INIT;
	struct str words = STR_INIT;
	struct resolved what;
	bool good;

	resolved_init(&what);
	made.linked = r->linked > 0;
	good = resolve_point(&(struct bracketed){&s->b, s->text, parties},
			     (uint32_t)r->number - 1, &made, &edits, &what, NULL) == 0 &&
	       what.linked == r->linked;
	if (good) {
		wording_brief(&words, str_slice(&what.words), RECORD_COLUMNS);
		good = slice_equal(str_slice(&words), r->decision);
	}
	if (good)
		edits_apply(&edits, s->text, out);
	resolved_release(&what);
	edits_release(&edits);
	str_release(&words);
	return good;
}

/* The decision on the text before, appended to out. */
bool audit_replay_decision(const struct audit_step *step, const struct audit_side *s,
			   const struct parties *parties, struct str *out)
{
	const struct message_record *r = step->record;
	struct choice choice;
	bool good;

	if (r->kind != MESSAGE_DECISION || !r->number || r->number > s->b.n_points ||
	    !read_choice(r->decision, &choice))
		return false;
	if (r->id.len &&
	    !slice_equal(point_id(&s->b, &s->b.points[r->number - 1], s->text), r->id))
		return false;
	if (choice.kind != CHOOSE_TEXT)
		return replay_choice(r, s, parties, &choice, out);
	choice.text = wording_after(s, (uint32_t)r->number - 1, step->after);
	good = replay_choice(r, s, parties, &choice, out);
	if (good && slice_equal(str_slice(out), step->after))
		return true;
	/* More than the point has changed in its line: then the record's own words must do. */
	str_clear(out);
	choice.text = wording_quoted(r->decision);
	return replay_choice(r, s, parties, &choice, out);
}

bool audit_replay_undo(const struct audit_step *step, const struct parties *parties)
{
	struct str out = STR_INIT;
	bool good = step->undoes &&
		    revert_decision(step->undone_before, step->undone_after, step->before,
				    parties, &out, NULL) == 0 &&
		    slice_equal(str_slice(&out), step->after);

	str_release(&out);
	return good;
}

bool audit_replay_numbers(const struct audit_step *step, const struct audit_side *s)
{
	struct edits edits = EDITS_INIT;
	struct str out = STR_INIT;
	bool good = false;

	if (draft_renumber(&s->d, s->text, &s->b, &edits) > 0) {
		edits_apply(&edits, s->text, &out);
		good = slice_equal(str_slice(&out), step->after);
	}
	edits_release(&edits);
	str_release(&out);
	return good;
}
