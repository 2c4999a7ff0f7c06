/* SPDX-License-Identifier: MIT */
#include "core/tracked.h"

#include "support.h"

#include <string.h>

static struct parties parties;
static struct error err;
static struct str out;

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&parties);
	return 0;
}

static int end(void **state)
{
	(void)state;
	parties_release(&parties);
	str_release(&out);
	return 0;
}

/* base, then an author's text and code ("": of no party), up to a NULL. */
static void assert_bracketed(const char *wanted, const char *base, const char *const *authors)
{
	struct tracked_text texts[8];
	size_t n = 0;

	for (; authors[2 * n]; n++)
		texts[n] = (struct tracked_text){
			slice_of(authors[2 * n]),
			tracked_party(&parties, slice_of(authors[2 * n + 1]))};
	str_clear(&out);
	assert_int_equal(
		tracked_bracket(&out, slice_of(base), texts, n, SLICE("en"), &parties, &err),
		0);
	assert_slice_is(str_slice(&out), wanted);
}
#define BRACKETED(wanted, base, ...)                                                           \
	assert_bracketed(wanted, base, (const char *const[]){__VA_ARGS__, NULL})

static void an_author_is_a_party_by_its_code_or_name_alone(void **state)
{
	(void)state;
	assert_int_equal(tracked_party(&parties, SLICE("eur")), 5);
	assert_int_equal(tracked_party(&parties, SLICE("CEPT")), 5);
	assert_int_equal(tracked_party(&parties, SLICE("Arab states")), 2);
	assert_int_equal(tracked_party(&parties, SLICE("EUR coordinator")), PARTY_NONE);
	assert_int_equal(tracked_party(&parties, SLICE("")), PARTY_NONE);
}

static void assert_party(const char *author, const char *code)
{
	uint16_t party = tracked_party(&parties, slice_of(author));

	if (party == PARTY_NONE)
		assert_string_equal(author, code);
	assert_string_equal(parties.v[party].code, code);
}

static void an_author_is_a_party_by_a_code_beside_the_name(void **state)
{
	static const char *const none[] = {
		"Awa Diop (afr)",
		"Awa Diop (AFRICA)",
		"Awa Diop (AFR, EUR)",
		"(AFR) Awa Diop",
		"AFR Awa Diop",
		"Awa Diop AFR",
		"AFR-Diop",
		"Awa (AFR) Diop",
		"Awa - AFR",
		"()",
		"(",
		")",
		"AFR)",
		"(AFR",
		": AFR",
		"-",
		"\uff09",
		"\uff08\uff09",
		"EURO: Awa",
		"Diop (AFR) jr.",
	};

	(void)state;
	assert_party("Awa Diop (AFR)", "AFR");
	assert_party(" Awa Diop ( AFR ) ", "AFR");
	assert_party("Jane (x) (CEPT)", "EUR");
	assert_party("(AFR)", "AFR");
	assert_party("\u738b\uff08APT\uff09", "ASP");
	assert_party("AFR: Awa Diop", "AFR");
	assert_party("AFR - Awa Diop: delegate", "AFR");
	assert_party("AFR\u2014Awa Diop", "AFR");
	assert_party("AFR \u2013 Awa Diop", "AFR");
	assert_party("APT\uff1a\u738b", "ASP");
	assert_party("EUR: Awa Diop (AFR)", "AFR");
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_int_equal(tracked_party(&parties, slice_of(none[i])), PARTY_NONE);
}

static void changes_are_points_of_their_parties(void **state)
{
	(void)state;
	BRACKETED("The [old / AFR: third / EUR: new] word stands in this text "
		  "[here / EUR: no text] now.\n",
		  "The old word stands in this text here now.\n",
		  "The new word stands in this text now.\n", "EUR",
		  "The third word stands in this text here now.\n", "AFR");
}

static void whoever_is_no_party_gets_brackets_without_one(void **state)
{
	(void)state;
	BRACKETED("The [old / new] word stands in this text [here / no text] now.\n",
		  "The old word stands in this text here now.\n",
		  "The new word stands in this text now.\n", "Jane");
	BRACKETED("a b c\n\n[d e f]\n", "a b c\n", "a b c\n\nd e f\n", "Jane");
	BRACKETED("The [old / EUR: new / third / fourth] word\n", "The old word\n",
		  "The third word\n", "Jane", "The new word\n", "EUR", "The fourth word\n",
		  "John");
	BRACKETED("The [old / EUR: new] word\n", "The old word\n", "The new word\n", "Jane",
		  "The new word\n", "EUR");
	/* A name that the text has is not taken for theirs. */
	BRACKETED("QXG QX [old / QXG: new] word\n", "QXG QX old word\n",
		  "QXG QX QXG: new word\n", "Jane");
}

/* What one party's text makes of the base; takes all three. */
static void expect_long(struct str *base, struct str *own, struct str *wanted)
{
	struct tracked_text text = {.text = str_slice(own), .party = PARTY_NONE};

	str_clear(&out);
	assert_int_equal(
		tracked_bracket(&out, str_slice(base), &text, 1, SLICE("en"), &parties, &err),
		0);
	assert_slice_is(str_slice(&out), str_text(wanted));
	str_release(base);
	str_release(own);
	str_release(wanted);
}

/* Each time one is taken out, its lines alone are read again. */
static void many_changes_of_one_that_is_no_party_take_no_longer_each(void **state)
{
	struct str base = STR_INIT, own = STR_INIT, wanted = STR_INIT;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		str_addf(&base, "%d. The old word of this line.\n\n", i + 1);
		str_addf(&own, "%d. The new word of this line.\n\n", i + 1);
		str_addf(&wanted, "%d. The [old / new] word of this line.\n\n", i + 1);
	}
	expect_long(&base, &own, &wanted);
}

/* Nor where they stand in one paragraph: it is read again by pieces, which begin and end
 * wherever a change does. */
static void many_changes_in_one_paragraph_take_no_longer_each(void **state)
{
	struct str base = STR_INIT, own = STR_INIT, wanted = STR_INIT;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		str_addf(&base, "The old one and gone words of number %d stay. ", i);
		str_addf(&own, "The new one and words of number %d stay. ", i);
		str_addf(&wanted,
			 "The [old one and gone / new one and] words of number %d stay. ", i);
	}
	str_add_text(&base, "end.\n");
	str_add_text(&own, "end.\n");
	str_add_text(&wanted, "end.\n");
	expect_long(&base, &own, &wanted);
}

static void an_author_is_found_again(void **state)
{
	struct tracked t = {.n = 0};

	(void)state;
	assert_int_equal(tracked_author(&t, SLICE("A")), 0);
	assert_int_equal(tracked_author(&t, SLICE("B")), 1);
	assert_int_equal(tracked_author(&t, SLICE("A")), 0);
	assert_false(tracked_has_changes(&t));
	t.authors[1].deletions++;
	assert_true(tracked_has_changes(&t));
	tracked_release(&t);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_author_is_a_party_by_its_code_or_name_alone),
		CASE(an_author_is_a_party_by_a_code_beside_the_name),
		CASE(many_changes_of_one_that_is_no_party_take_no_longer_each),
		CASE(many_changes_in_one_paragraph_take_no_longer_each),
		CASE(changes_are_points_of_their_parties),
		CASE(whoever_is_no_party_gets_brackets_without_one),
		CASE(an_author_is_found_again),
	};

	return cmocka_run_group_tests_name("tracked", tests, NULL, NULL);
}
