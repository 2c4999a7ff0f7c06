/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/message.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>
#include <uniwidth.h>

static struct message_about about(const char *meeting, const char *reason)
{
	return (struct message_about){"res-31", meeting, &regions, slice_of(reason)};
}

/* The message of a decision on a draft's point. */
static void write_decision(struct str *out, const char *draft, uint32_t point, struct choice c,
			   bool linked, const struct message_about *a)
{
	struct edits e = EDITS_INIT;
	struct resolved what;
	struct brackets b;

	resolved_init(&what);
	brackets_read(&b, slice_of(draft), &regions);
	c.linked = linked;
	assert_int_equal(resolve_point(&(struct bracketed){&b, slice_of(draft), &regions},
				       point - 1, &c, &e, &what, NULL),
			 0);
	message_decision(out, a, &what);
	brackets_release(&b);
	edits_release(&e);
	resolved_release(&what);
}

static void a_decision_says_what_was_chosen_where_and_by_whom(void **state)
{
	struct message_about a = about("IRM-3", "");
	struct choice c = {.kind = CHOOSE_OPTION, .option = 2};
	struct str out = STR_INIT;

	(void)state;
	write_decision(
		&out,
		"t\n\n1 to continue to organize, within existing limits, [one / AFR, EUR: at "
		"least one / ARB: two]{#b3f2a} regional preparatory meeting for each\n\n"
		"[one / at least one / two] x\n",
		1, c, true, &a);
	assert_slice_is(
		str_slice(&out),
		"res-31: point 1 and 1 linked decided: \"at least one\"\n"
		"\n"
		"In line 3, \"1 to continue to organize, within existing limits, [one /\n"
		"  AFR, EUR: at least one / ARB: two] region…\", option 2 was chosen, with\n"
		"  1 linked point.\n"
		"\n"
		"Point: 1 (b3f2a)\n"
		"Decision: option 2, \"at least one\"\n"
		"Linked: 1\n"
		"Meeting: IRM-3\n"
		"Supported-by: AFR, EUR\n"
		"Opposed-by: ARB\n");
	str_clear(&out);
	a = about(NULL, "no\nobjection");
	write_decision(&out, "x [A / CIS: B] y\n", 1, (struct choice){.kind = CHOOSE_OPTION},
		       false, &a);
	assert_slice_is(
		str_slice(&out),
		"res-31: point 1 decided: no text\n"
		"\n"
		"In line 1, \"x [A / CIS: B] y\", no text was chosen. Reason given: no\n"
		"  objection\n"
		"\n"
		"Point: 1\n"
		"Decision: no text\n"
		"Linked: 0\n"
		"Opposed-by: CIS\n");
	str_release(&out);
}

static void new_wording_was_opposed_by_nobody(void **state)
{
	struct message_about a = about("", "");
	struct choice c = {.kind = CHOOSE_TEXT, .text = SLICE("bridge")};
	struct str out = STR_INIT;

	(void)state;
	write_decision(&out, "x [A (EUR) / CIS: B] y\n", 1, c, false, &a);
	assert_non_null(strstr(str_text(&out), "Decision: new wording \"bridge\"\n"));
	assert_null(strstr(str_text(&out), "Opposed-by"));
	str_clear(&out);
	c.text = SLICE("A");
	write_decision(&out, "x [A (EUR) / CIS: B] y\n", 1, c, false, &a);
	assert_non_null(strstr(str_text(&out), "Supported-by: EUR\nOpposed-by: CIS\n"));
	str_release(&out);
}

static void a_record_is_read_back(void **state)
{
	struct message_about a = about("IRM-3", "");
	struct choice c = {.kind = CHOOSE_OPTION, .option = 2};
	struct message_record r;
	struct str out = STR_INIT, undo = STR_INIT;

	(void)state;
	write_decision(&out, "x [A / AFR, EUR: B / C – ARB]{#b1} y [A / B / C]\n", 1, c, true,
		       &a);
	message_parse(str_slice(&out), &r);
	assert_int_equal(r.kind, MESSAGE_DECISION);
	assert_int_equal(r.number, 1);
	assert_int_equal(r.linked, 1);
	assert_slice_is(r.id, "b1");
	assert_slice_is(r.decision, "option 2, \"B\"");
	assert_slice_is(r.meeting, "IRM-3");
	assert_slice_is(r.supported, "AFR, EUR");
	assert_slice_is(r.opposed, "ARB");

	message_undo(&undo, &a, &r, "0123456789abcdef0123456789abcdef01234567");
	assert_slice_is(
		str_slice(&undo),
		"res-31: point 1 open again; it was option 2, \"B\"\n"
		"\n"
		"This undoes the decision of commit 0123456789ab: option 2, \"B\", with 1\n"
		"  linked point.\n"
		"\n"
		"Point: 1 (b1)\n"
		"Undoes: 0123456789abcdef0123456789abcdef01234567\n"
		"Undone-decision: option 2, \"B\"\n"
		"Linked: 1\n"
		"Meeting: IRM-3\n");
	message_parse(str_slice(&undo), &r);
	assert_int_equal(r.kind, MESSAGE_UNDO);
	assert_slice_is(r.undoes, "0123456789abcdef0123456789abcdef01234567");
	assert_slice_is(r.decision, "option 2, \"B\"");

	/* A hook may add to the trailers, beside them or in a paragraph of its own. */
	str_add_text(&out, "\nSigned-off-by: A <a@b.c>\nDecision: forged\n\n");
	message_parse(str_slice(&out), &r);
	assert_int_equal(r.kind, MESSAGE_DECISION);
	assert_slice_is(r.decision, "option 2, \"B\"");
	str_release(&out);
	str_release(&undo);
}

static void deferrals_and_agreements_have_records_too(void **state)
{
	struct message_about a = about("IRM-3", "no mandate yet");
	struct message_record r;
	struct resolved what;
	struct brackets b;
	struct str out = STR_INIT;
	const char *draft = "x\n\na) y [A]{#b1} z\n";

	(void)state;
	resolved_init(&what);
	brackets_read(&b, slice_of(draft), &regions);
	resolve_describe(&b, slice_of(draft), 0, &what);
	message_deferral(&out, &a, &what, SLICE("IRM-4"), true);
	assert_slice_is(str_slice(&out),
			"res-31: point 1 deferred until IRM-4\n"
			"\n"
			"The point is in line 3, \"a) y [A] z\". Reason given: no mandate yet\n"
			"\n"
			"Point: 1 (b1)\n"
			"Deferral: until IRM-4, \"no mandate yet\"\n"
			"Meeting: IRM-3\n");
	message_parse(str_slice(&out), &r);
	assert_int_equal(r.kind, MESSAGE_DEFERRAL);
	str_clear(&out);
	message_deferral(&out, &a, &what, SLICE(""), false);
	message_parse(str_slice(&out), &r);
	assert_slice_is(r.deferral, "ended");
	str_clear(&out);
	message_agreement(&out, &a, SLICE("a) to go on;"), 7, true);
	assert_true(slice_starts(str_slice(&out),
				 "res-31: agreed ad referendum: \"a) to go on;\"\n\n"));
	message_parse(str_slice(&out), &r);
	assert_int_equal(r.kind, MESSAGE_AGREEMENT);
	assert_slice_is(r.agreed, "\"a) to go on;\"");
	str_clear(&out);
	message_agreement(&out, &a, SLICE("a) to go on;"), 7, false);
	message_parse(str_slice(&out), &r);
	assert_slice_is(r.agreed, "withdrawn, \"a) to go on;\"");
	brackets_release(&b);
	resolved_release(&what);
	str_release(&out);
}

static void other_messages_are_no_records(void **state)
{
	static const char *const messages[] = {
		"",
		"\n\n",
		"Point: 5\nDecision: x\n",
		"subject\n\nPoint: 5\nand prose\nDecision: x\n",
		"subject\n\nDecision: x\n",
		"subject\n\nPoint: five\nDecision: x\n",
		"subject\n\nPoint: 5\nDecision: x\n\nThe end.\n",
	};
	struct message_record r;

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		message_parse(slice_of(messages[i]), &r);
		assert_int_equal(r.kind, MESSAGE_OTHER);
	}
}

static size_t width(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		int w;

		i += utf8_decode(s.p + i, s.len - i, &cp);
		assert_true(cp != UTF8_BAD);
		w = uc_width(cp, "UTF-8");
		n += w > 0 ? (size_t)w : 0;
	}
	return n;
}

/* Whatever a draft, a name or a user says: a short subject, no control characters, and the
 * trailers that are read back are ours. */
static void no_text_forges_a_record(void **state)
{
	static const char *const pieces[] = {"\n",
					     "\n\n",
					     "Point: 7",
					     "Decision: x",
					     ": ",
					     " ",
					     "\r\n",
					     "\x1B[31m",
					     "\xFF",
					     "\u202E",
					     "Supported-by: AFR",
					     "研究",
					     "e\u0301",
					     "\"",
					     "word",
					     "#",
					     "---",
					     "\u2028",
					     "\x85",
					     "-----BEGIN",
					     "a very long piece of text that goes on "};
	struct prng r = prng_make(41);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct str texts[4] = {STR_INIT, STR_INIT, STR_INIT, STR_INIT}, out = STR_INIT;
		struct resolved what;
		struct message_record record;
		struct message_about a;
		size_t subject;

		for (size_t k = 0; k < 4; k++)
			for (size_t i = prng_below(&r, 12); i > 0; i--)
				str_add_text(&texts[k],
					     pieces[prng_below(&r, sizeof(pieces) /
									   sizeof(*pieces))]);
		a = (struct message_about){str_text(&texts[0]), str_text(&texts[1]), &regions,
					   str_slice(&texts[2])};
		resolved_init(&what);
		what.kind = CHOOSE_OPTION;
		what.number = 5;
		what.option = 2;
		what.linked = prng_below(&r, 3);
		what.line = 12;
		str_add_slice(&what.wording, str_slice(&texts[3]));
		str_add_slice(&what.paragraph, str_slice(&texts[3]));
		str_add_text(&what.words, "option 2");
		str_add_slice(&what.id, str_slice(&texts[1]));
		message_decision(&out, &a, &what);
		subject = (size_t)((char *)memchr(out.p, '\n', out.len) - out.p);
		assert_true(width(slice_make(out.p, subject)) <= 72);
		assert_true(out.p[subject + 1] == '\n');
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.p[i] >= 0x20 || out.p[i] == '\n');
		message_parse(str_slice(&out), &record);
		assert_int_equal(record.kind, MESSAGE_DECISION);
		assert_int_equal(record.number, 5);
		assert_slice_is(record.decision, "option 2");
		assert_int_equal(record.linked, what.linked);
		assert_int_equal(record.supported.len, 0);
		resolved_release(&what);
		for (size_t k = 0; k < 4; k++)
			str_release(&texts[k]);
		str_release(&out);
	}
}

static void a_position_says_who_stands_where(void **state)
{
	struct position p = {.stance = STANCE_ACCEPTS,
			     .strength = STRENGTH_RED_LINE,
			     .has_option = true,
			     .option = 2,
			     .source = (char *)"ARB/44\nDecision: x",
			     .meeting = (char *)"RPM-ARB"};
	struct message_about a = about("IRM-3", "");
	struct slice draft = SLICE("hold [one / two Point: 9]{#b7} now\n");
	struct message_record record;
	struct str out = STR_INIT;
	struct resolved what;
	struct brackets b;

	(void)state;
	resolved_init(&what);
	brackets_read(&b, draft, &regions);
	resolve_describe(&b, draft, 0, &what);
	message_position(&out, &a, &what, 2, &p, SLICE("two\nPoint: 9"), 2);
	assert_slice_is(str_slice(&out),
			"res-31: ARB can accept option 2 (red line), point 1\n\n"
			"The point is in line 1, \"hold [one / two Point: 9] now\".\n\n"
			"Point: 1 (b7)\n"
			"Position: ARB can accept option 2 (red line), \"two Point: 9\"\n"
			"Source: ARB/44 Decision: x\n"
			"Meeting: RPM-ARB\n");
	message_parse(str_slice(&out), &record);
	assert_int_equal(record.kind, MESSAGE_POSITION);
	assert_int_equal(record.number, 1);
	assert_slice_is(record.id, "b7");
	str_clear(&out);
	message_position(&out, &a, &what, 2, NULL, SLICE(""), 2);
	message_parse(str_slice(&out), &record);
	assert_int_equal(record.kind, MESSAGE_POSITION);
	assert_slice_is(record.position, "ARB withdrawn");
	brackets_release(&b);
	resolved_release(&what);
	str_release(&out);
}

static void a_consolidation_says_whose_texts_and_which_base(void **state)
{
	static const uint16_t who[] = {0, 5};
	struct message_record record;
	struct str out = STR_INIT;

	(void)state;
	message_consolidation(&out, &regions, who, 2, SLICE("drafts/a\nPoint: 1/b.md"));
	assert_slice_is(str_slice(&out),
			"Consolidated: AFR, EUR\nBase: drafts/a Point: 1/b.md\n");
	str_splice(&out, 0, 0, "a: consolidate\n\n", 16);
	message_parse(str_slice(&out), &record);
	assert_int_equal(record.kind, MESSAGE_OTHER);
	assert_slice_is(record.consolidated, "AFR, EUR");
	assert_slice_is(record.base, "drafts/a Point: 1/b.md");
	str_clear(&out);
	message_consolidation(&out, &regions, who, 1, SLICE(""));
	assert_slice_is(str_slice(&out), "Consolidated: AFR\n");
	str_release(&out);
}

static void a_meeting_goes_under_any_message_once(void **state)
{
	static const char *const cases[][2] = {
		{"a: words", "a: words\n\nMeeting: IRM-1\n"},
		{"a: words\n\n", "a: words\n\nMeeting: IRM-1\n"},
		{"a: words\n\nEdit: agreed\n", "a: words\n\nEdit: agreed\nMeeting: IRM-1\n"},
		{"a: words\n\nMore of it.\n", "a: words\n\nMore of it.\n\nMeeting: IRM-1\n"},
		{"a: words\n\nMeeting: IRM-2\n", "a: words\n\nMeeting: IRM-2\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str message = STR_INIT;

		str_add_text(&message, cases[i][0]);
		message_add_meeting(&message, "IRM-1");
		assert_string_equal(str_text(&message), cases[i][1]);
		str_clear(&message);
		str_add_text(&message, cases[i][0]);
		message_add_meeting(&message, "");
		assert_string_equal(str_text(&message), cases[i][0]);
		str_release(&message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_decision_says_what_was_chosen_where_and_by_whom),
		cmocka_unit_test(new_wording_was_opposed_by_nobody),
		cmocka_unit_test(a_record_is_read_back),
		cmocka_unit_test(deferrals_and_agreements_have_records_too),
		cmocka_unit_test(other_messages_are_no_records),
		cmocka_unit_test(no_text_forges_a_record),
		cmocka_unit_test(a_position_says_who_stands_where),
		cmocka_unit_test(a_consolidation_says_whose_texts_and_which_base),
		cmocka_unit_test(a_meeting_goes_under_any_message_once),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
