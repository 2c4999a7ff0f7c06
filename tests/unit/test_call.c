/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/call.h"
#include "core/call_verbs.h"

#include <string.h>

static enum call_group group_of(const char *line)
{
	struct call call;

	return call_read(line, strlen(line), &call) ? call.group : CALL_NONE;
}

static void expect(enum call_group want, const char *const *lines)
{
	for (; *lines; lines++) {
		if (group_of(*lines) != want)
			print_error("\"%s\"\n", *lines);
		assert_int_equal(group_of(*lines), want);
	}
}

static void preambular_verbs_alone_are_calls(void **state)
{
	static const char *const lines[] = {
		"recalling",
		"Recognizing",
		"*considering*",
		"_considering further_,",
		"noting with appreciation:",
		"*deeply concerned*",
		"further recalling",
		"*bearing in mind*",
		"considérant",
		"CONSIDERANT",
		"*conside\xCC\x81rant*",
		"prenant en considération",
		"rappelant en outre,",
		"ayant à l’esprit",
		"considerando",
		"*teniendo en cuenta*",
		"recordando además",
		"признавая",
		"принимая во внимание",
		"учитывая далее",
		"вновь подтверждая",
		"إذ يذكّر",
		"وإذ تضع في اعتبارها",
		"إذ تذكر",
		"وإذ يلاحظ مع التقدير",
		"考虑到",
		"进一步认识到",
		"*注意到*",
		"[considering]",
		"[*considering*][*recognizing*]",
		"[AFR: considering / EUR: recalling]{#b1}",
		"recalling and reaffirming",
		NULL,
	};

	(void)state;
	expect(CALL_PREAMBULAR, lines);
}

static void operative_verbs_may_say_whom_and_what(void **state)
{
	static const char *const lines[] = {
		"resolves",
		"*resolves to instruct the Director of the Bureau*",
		"invites Member States,",
		"decide:",
		"décide de charger le Directeur du Bureau de développement des "
		"télécommunications",
		"prie le Secrétaire général, en coopération avec le Directeur du Bureau",
		"charge le Directeur",
		"*Demande* aux États Membres",
		"encarga al Secretario General",
		"*resuelve*",
		"invita a los Estados Miembros",
		"решает",
		"поручает Директору Бюро развития электросвязи",
		"يقرر",
		"يكلف مدير مكتب تنمية الاتصالات",
		"تدعو الدول الأعضاء",
		"做出决议",
		"做出决议，责成电信发展局主任",
		"请秘书长",
		"*决定*",
		"[resolves][decides] to instruct the Director",
		"[CIS: invites the Director]",
		NULL,
	};

	(void)state;
	expect(CALL_OPERATIVE, lines);
}

static void sentences_and_headings_are_no_calls(void **state)
{
	static const char *const lines[] = {
		"",
		"*Recalling* decisions 1/CP.17 and 2/CP.18,",
		"Recognizing the role of the regions,",
		"invites Member States to take part.",
		"invites Member States to take part;",
		"decides: the meeting is adjourned",
		"Notes",
		"Note: see the annex",
		"Demande de contributions",
		"Requests for information",
		"决议草案",
		"决定草案",
		"considerable progress",
		"Decidedly so",
		"reconnaissants envers les Membres",
		"decides to establish, in the course of the next study period and on the basis "
		"of the "
		"contributions received from the membership, a new working group on terms",
		NULL,
	};

	(void)state;
	expect(CALL_NONE, lines);
}

static void a_call_knows_its_verb_and_where_it_ends(void **state)
{
	const char *line = "*resolves further to instruct the Director*,";
	struct call call, other;

	(void)state;
	assert_true(call_read(line, strlen(line), &call));
	assert_slice_is(slice_make(line + call.begin, call.end - call.begin),
			"resolves further");
	assert_slice_is(slice_make(line + call.begin, call.rest_end - call.begin),
			"resolves further to instruct the Director");
	assert_true(call_verb_at("Resolves 2", 10, &other));
	assert_int_equal(other.verb, call.verb);
	assert_int_equal(other.end, 8);
}

static void words_are_compared_without_marks_and_accents(void **state)
{
	(void)state;
	assert_int_equal(call_words_at("d\xC3\xA9"
				       "cide 2",
				       9, "decide", 6),
			 7);
	assert_int_equal(call_words_at("decided", 7, "decide", 6), 0);
}

static void every_language_has_its_verbs(void **state)
{
	static const char *const languages[] = {"en", "fr", "es", "ru", "ar", "zh"};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		assert_true(call_verbs(languages[i], CALL_PREAMBULAR) >= 20);
		assert_true(call_verbs(languages[i], CALL_OPERATIVE) >= 20);
	}
	assert_int_equal(call_verbs("de", CALL_OPERATIVE), 0);
}

/* Each entry of each table is found where a line begins with it: they are in order. */
static void every_entry_is_found(void **state)
{
	struct call call;

	(void)state;
	for (size_t i = 0; i < CALL_LANGUAGES; i++) {
		const struct call_words *lists[] = {&call_languages[i].preambular,
						    &call_languages[i].operative};

		for (size_t k = 0; k < 2; k++) {
			for (size_t j = 0; j < lists[k]->n; j++) {
				const char *entry = lists[k]->v[j];

				entry += *entry == '~';
				if (!call_verb_at(entry, strlen(entry), &call) ||
				    call.end != strlen(entry))
					print_error("\"%s\"\n", entry);
				assert_true(call_verb_at(entry, strlen(entry), &call));
				assert_int_equal(call.end, strlen(entry));
			}
		}
	}
}

static void any_bytes_can_be_read(void **state)
{
	struct prng r = prng_make(11);
	struct str s = STR_INIT;
	struct call call;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		str_clear(&s);
		str_add_text(&s, round % 3 ? "" : "*resolves ");
		if (round % 2)
			random_bytes(&r, &s, prng_below(&r, 60));
		else
			random_text(&r, &s, prng_below(&r, 12));
		if (call_read(str_text(&s), s.len, &call)) {
			assert_true(call.begin < call.end && call.end <= call.rest_end);
			assert_true(call.rest_end <= s.len);
		}
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(preambular_verbs_alone_are_calls),
		cmocka_unit_test(operative_verbs_may_say_whom_and_what),
		cmocka_unit_test(sentences_and_headings_are_no_calls),
		cmocka_unit_test(a_call_knows_its_verb_and_where_it_ends),
		cmocka_unit_test(words_are_compared_without_marks_and_accents),
		cmocka_unit_test(every_language_has_its_verbs),
		cmocka_unit_test(every_entry_is_found),
		cmocka_unit_test(any_bytes_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
