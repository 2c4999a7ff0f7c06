/* SPDX-License-Identifier: MIT */
#include "store/texts.h"

#include "tempdir.h"

static struct session session;
static struct side_texts texts;
static struct error err;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	if (temp_begin(state) != 0)
		return -1;
	temp_dirs("ws");
	temp_dirs("ws/drafts");
	temp_dirs("ws/drafts/res-1");
	return 0;
}

static void open_all(const char *draft)
{
	temp_put("ws/drafts/res-1.md", draft);
	assert_int_equal(session_open(&session, temp_path("ws"), &err), 0);
	texts_read(&session, "res-1", &texts);
	texts_read_base(&session, "res-1", slice_of(draft), &texts);
}

static void close_all(void)
{
	texts_release(&texts);
	session_release(&session);
}

static void texts_come_in_the_order_of_the_parties(void **state)
{
	(void)state;
	temp_put("ws/drafts/res-1/EUR.md", "eur\n");
	temp_put("ws/drafts/res-1/AFR.md", "afr\n");
	open_all("text\n");
	assert_int_equal(texts.n, 2);
	assert_string_equal(texts.v[0].code, "AFR");
	assert_slice_is(str_slice(&texts.v[1].bytes), "eur\n");
	assert_ptr_equal(texts_of(&texts, texts.v[1].party), &texts.v[1]);
	assert_null(texts_of(&texts, 77));
	close_all();
}

static void what_cannot_be_read_is_named_and_the_rest_is_there(void **state)
{
	(void)state;
	temp_put("ws/drafts/res-1/AFR.md", "afr\n");
	temp_put("ws/drafts/res-1/ATU.md", "again\n");
	temp_put("ws/drafts/res-1/QQQ.md", "nobody\n");
	temp_dirs("ws/drafts/res-1/EUR.md");
	open_all("text\n");
	assert_int_equal(texts.n, 1);
	assert_int_equal(texts.n_left_out, 3);
	assert_non_null(strstr(texts.left_out[0], "drafts/res-1/QQQ.md"));
	close_all();
}

static void the_base_is_a_file_of_the_workspace(void **state)
{
	struct brackets none = {NULL};
	struct slice base;

	(void)state;
	temp_put("ws/drafts/res-1/base.md", "the base\n");
	open_all("---\nbase: drafts/res-1/base.md\n---\ntext\n");
	assert_string_equal(texts.base_name, "drafts/res-1/base.md");
	assert_int_equal(texts_base(&texts, "res-1", SLICE("text"), &none, &base, &err), 0);
	assert_slice_is(base, "the base\n");
	close_all();
}

static void a_base_that_is_not_there_is_said_and_a_file_outside_is_none(void **state)
{
	struct brackets none = {NULL};
	struct slice base;

	(void)state;
	temp_put("secret.md", "no\n");
	open_all("---\nbase: ../secret.md\n---\ntext\n");
	assert_int_equal(texts_base(&texts, "res-1", SLICE("text"), &none, &base, &err),
			 ST_MISSING);
	assert_non_null(strstr(err.text, "../secret.md"));
	assert_int_equal(texts.base.len, 0);
	close_all();
}

static void without_a_base_a_draft_is_its_own_until_a_point_is_open(void **state)
{
	static const struct {
		const char *text;
		int status;
	} cases[] = {
		{"text\n", 0},
		{"before the [XX], by [  ] Members: [To be completed]\n", 0},
		{"before [March / May]\n", ST_USAGE},
		{"the [soonest] before [XX]\n", ST_USAGE},
		{"before [[XX] / AFR: May]\n", ST_USAGE},
	};
	struct brackets b;
	struct slice base;

	(void)state;
	open_all("text\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct slice text = slice_of(cases[i].text);

		brackets_read(&b, text, &session.ws.parties);
		assert_int_equal(texts_base(&texts, "res-1", text, &b, &base, &err),
				 cases[i].status);
		if (cases[i].status == 0)
			assert_slice_is(base, cases[i].text);
		brackets_release(&b);
	}
	close_all();
}

static void they_make_one_draft_that_keeps_its_front_matter(void **state)
{
	struct str out = STR_INIT;
	size_t open;

	(void)state;
	temp_put("ws/drafts/res-1/AFR.md", "to hold two meetings\n");
	temp_put("ws/drafts/res-1/EUR.md", "to hold one meeting\n");
	open_all("text\n");
	assert_int_equal(
		texts_consolidate(&texts,
				  &(struct texts_ask){.base = SLICE("to hold one meeting\n"),
						      .front = SLICE("---\na: b\n---\n"),
						      .parties = &session.ws.parties,
						      .open = &open},
				  &out, &err),
		0);
	assert_int_equal(open, 1);
	assert_slice_is(str_slice(&out),
			"---\na: b\n---\nto hold [one meeting / AFR: two meetings]\n");
	str_clear(&out);
	texts_subject(&texts, "res-1", &session.ws.parties, &out);
	assert_slice_is(str_slice(&out), "res-1: consolidate AFR, EUR");
	str_release(&out);
	close_all();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, temp_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts_come_in_the_order_of_the_parties),
		TEST(what_cannot_be_read_is_named_and_the_rest_is_there),
		TEST(the_base_is_a_file_of_the_workspace),
		TEST(a_base_that_is_not_there_is_said_and_a_file_outside_is_none),
		TEST(without_a_base_a_draft_is_its_own_until_a_point_is_open),
		TEST(they_make_one_draft_that_keeps_its_front_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
