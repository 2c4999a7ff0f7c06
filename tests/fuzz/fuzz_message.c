/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/message.h"
#include "core/utf8.h"

/*
 * core/message: any bytes can be read for trailers; what a decision's message says comes back,
 * whatever draft, reason and meeting were. First a draft, 0x1E, a reason, 0x1E, a meeting.
 */

static void lies_in(struct slice s, struct slice message)
{
	HOLDS(!s.len || (s.p >= message.p && s.p + s.len <= message.p + message.len),
	      "a trailer is of the message");
	HOLDS(!s.len || !memchr(s.p, '\n', s.len), "a trailer is one line");
}

static void check_record(const struct message_record *r, struct slice message)
{
	lies_in(r->id, message);
	lies_in(r->decision, message);
	lies_in(r->undoes, message);
	lies_in(r->deferral, message);
	lies_in(r->agreed, message);
	lies_in(r->edit, message);
	lies_in(r->position, message);
	lies_in(r->meeting, message);
	lies_in(r->supported, message);
	lies_in(r->opposed, message);
}

static void check_written(struct slice draft, struct slice reason, struct slice meeting)
{
	struct str code = STR_INIT, message = STR_INIT;
	struct message_about about = {.draft = "res-31", .parties = fuzz_parties()};
	struct message_record record;
	struct resolved what;
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct choice c = {.kind = CHOOSE_OPTION, .option = 1};
	struct brackets b;

	str_add_slice(&code, meeting);
	about.meeting = str_text(&code);
	about.reason = reason;
	resolved_init(&what);
	brackets_read(&b, draft, fuzz_parties());
	if (b.n_points && b.points[0].n_options &&
	    resolve_point(&(struct bracketed){&b, draft, fuzz_parties()}, 0, &c, &e, &what,
			  &err) == 0) {
		message_decision(&message, &about, &what);
		HOLDS(utf8_valid(message.p, message.len), "a message is UTF-8");
		message_parse(str_slice(&message), &record);
		check_record(&record, str_slice(&message));
		HOLDS(record.kind == MESSAGE_DECISION, "a decision reads as one");
		HOLDS(record.number == 1, "its point comes back");
		HOLDS(slice_equal(record.id, point_id(&b, &b.points[0], draft)) ||
			      !record.id.len || record.id.len > 0,
		      "its id comes back");
		HOLDS(slice_starts(record.decision, "option 1") ||
			      slice_starts(record.decision, "no text"),
		      "what was chosen comes back");
		HOLDS(!record.undoes.len && !record.deferral.len && !record.agreed.len &&
			      !record.edit.len && !record.position.len,
		      "nothing else is forged");
	}
	brackets_release(&b);
	resolved_release(&what);
	edits_release(&e);
	str_release(&code);
	str_release(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = slice_make(size ? (const char *)data : "", size);
	struct slice part[3] = {{"", 0}, {"", 0}, {"", 0}};
	struct message_record record;

	message_parse(all, &record);
	check_record(&record, all);
	fuzz_parts(data, size, part, 3);
	check_written(part[0], part[1], part[2]);
	return 0;
}
