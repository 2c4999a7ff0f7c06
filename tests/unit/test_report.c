/* SPDX-License-Identifier: MIT */
#include "core/report.h"

#include "core/draft.h"
#include "core/matrix.h"
#include "core/mem.h"
#include "support.h"

#include <string.h>

static struct brackets b;
static struct draft d;
static struct matrix m;
static struct positions held[REGIONS];
static struct report r;
static struct str out;

static int forget(void **state)
{
	(void)state;
	report_release(&r);
	matrix_release(&m);
	draft_release(&d);
	brackets_release(&b);
	memset(&b, 0, sizeof(b));
	memset(&d, 0, sizeof(d));
	for (size_t i = 0; i < REGIONS; i++)
		positions_release(&held[i]);
	str_release(&out);
	return 0;
}

static void say(size_t party, const char *yaml)
{
	struct error err = ERROR_INIT;

	assert_int_equal(positions_read(slice_of(yaml), &held[party], NULL, &err), 0);
}

/* The report of one draft, written. */
static const char *report(struct slice text, bool named, enum report_format format)
{
	const struct positions *given[REGIONS];
	struct report_source source = {.name = "talk", .text = text};

	brackets_read(&b, text, &regions);
	draft_read(&d, text, &b);
	for (size_t i = 0; i < REGIONS; i++)
		given[i] = &held[i];
	matrix_read(&m, &(struct bracketed){&b, text, &regions}, given, NULL);
	source.b = &b;
	source.draft = &d;
	source.matrix = &m;
	report_add(&r, &source);
	if (named)
		report_add_names(&r, &source, &regions);
	else
		report_hide(&r, &regions);
	report_write(&out, &r, format, NULL);
	return str_text(&out);
}

#define TALK SLICE("# Talks\n\nhold [one / AFR, EUR: two]{#b1} [now] (ARB)\n")

static void a_report_says_who_stands_where(void **state)
{
	(void)state;
	say(AFR, "b1: {stance: supports, option: 2, strength: red-line}\n");
	say(EUR, "b1: {stance: accepts, option: 2}\n");
	say(CIS, "b1: {stance: supports, option: 0}\n");
	assert_string_equal(
		report(TALK, true, REPORT_MARKDOWN),
		"# Outstanding points\n\n## talk: Talks\n\nopen points: 2 · near-consensus 1, "
		"silent 1\n\n"
		"| Point | AFR | AMS | ARB | ASP | CIS | EUR | Verdict |\n"
		"|---|---|---|---|---|---|---|---|\n"
		"| 1 | \\!2 | · | · | · | \\+0 | \\~2 | near-consensus on option 2: CIS "
		"objects "
		"|\n"
		"| 2 | · | · | (1) | · | · | · | silent |\n\n"
		"### Point 1 (¶ 2)\n\n> hold \\[one / two\\] \\[now\\]\n\n"
		"* option 1: one\n"
		"* option 2: two — supports: AFR (red line); can accept: EUR\n"
		"* option 0: no text — supports: CIS\n\n"
		"**near-consensus on option 2: CIS objects**  \n"
		"All but one of 3 agree. For option 2: AFR (red line). Can accept option 2: "
		"EUR. For no text: CIS. Silent: AMS, ARB, ASP.\n\n"
		"### Point 2 (¶ 2)\n\n> hold \\[one / two\\] \\[now\\]\n\n"
		"* option 1: now — in the text: ARB\n\n**silent**  \nNobody has spoken.\n\n"
		"---\n\n\\+ supports, \\~ can accept, \\- opposes, ° reserves, ! red line, · "
		"silent, (2) silent but named in the text, \\* wording changed since\n");
}

static void nobody_is_named_in_an_anonymous_one(void **state)
{
	/* In prefixes, behind brackets, within nested ones, for no text, and where it only
	 * looks like it. */
	static const char text[] =
		"a [AFR: x / y [AMS: one / two (ARB)](ASP) z / CIS, EUR: no text]{#b1} b\n\n"
		"[w [v](EUR: delete) u [t / CIS: no text / no text (AFR)] s – AMS](AFR) c\n\n"
		"d (APT: delete) e [f (ATU, CITEL) g；RCC: h](CEPT: delete) LAS： i (ECP) j\n\n"
		"[m（EUR） / n （AFR，ARB）] （CIS） o\n\n"
		"[\nAFR, ARB: k\n/\nEUR: l\n]{#b2}\n";
	static const char *const formats[] = {"md", "html", "csv"};

	(void)state;
	for (size_t f = 0; f < 3; f++) {
		enum report_format format;
		const char *got;

		assert_true(report_format_find(slice_of(formats[f]), &format));
		forget(NULL);
		say(AFR, "b1: {stance: supports, option: 1, source: AFCP/1, note: ATU says, "
			 "meeting: RPM-AFR}\nb2: {stance: reserves}\n");
		say(EUR, "b1: {stance: opposes, option: 1, strength: red-line}\n"
			 "b2: {stance: supports, option: 7}\n");
		say(CIS, "b1: {stance: accepts, option: 0}\n");
		got = report(slice_make(text, sizeof(text) - 1), false, format);
		for (size_t i = 0; i < regions.n; i++) {
			const struct party *p = &regions.v[i];

			assert_null(strstr(got, p->code));
			assert_null(strstr(got, p->name));
			assert_null(strstr(got, p->organisation));
			for (size_t k = 0; k < p->n_aliases; k++)
				/* An acronym in parentheses is no party. */
				if (strcmp(p->aliases[k], "ECP") != 0)
					assert_null(strstr(got, p->aliases[k]));
		}
		assert_non_null(strstr(got, "(ECP)"));
		assert_non_null(
			strstr(got, format == REPORT_MARKDOWN ? "red lines: 1" : "red line"));
	}
}

static void markdown_stays_text(void **state)
{
	(void)state;
	report(SLICE("x [1. <b>*a*</b> `c` & | d / # e / - f]\n"), true, REPORT_MARKDOWN);
	assert_non_null(strstr(str_text(&out),
			       "option 1: 1\\. \\<b\\>\\*a\\*\\</b\\> \\`c\\` \\& \\| d\n"));
	assert_non_null(strstr(str_text(&out), "option 2: \\# e\n"));
	assert_non_null(strstr(str_text(&out), "option 3: \\- f\n"));
}

static void html_stays_text(void **state)
{
	(void)state;
	report(SLICE("x [<script>alert('1')</script> & \"q\"\x1b[1m]\n"), true, REPORT_HTML);
	assert_null(strstr(str_text(&out), "<script"));
	assert_null(memchr(out.p, 0x1b, out.len));
	assert_non_null(strstr(str_text(&out),
			       "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; "
			       "&quot;q&quot;"));
}

static void csv_has_one_line_a_point_and_no_formula(void **state)
{
	const char *line;

	(void)state;
	report(SLICE("=cmd() [a \"b\", c / @d]\n\n[\n-1\n/\nＺ\n]\n\n＝x [y]\n"), true,
	       REPORT_CSV);
	line = strstr(str_text(&out), "\r\n");
	assert_non_null(line);
	assert_memory_equal(
		line + 2,
		"\"talk\",1,0,1,\"'=cmd() [a \"\"b\"\", c / @d]\",\"1: a \"\"b\"\", "
		"c / 2: @d\",\"\",\"silent\"",
		72);
	assert_non_null(strstr(str_text(&out), "\"'\xef\xbc\x9dx [y]\""));
	for (size_t i = 0; i < out.len; i++)
		if (out.p[i] == '\n')
			assert_int_equal(out.p[i - 1], '\r');
}

/* Any draft and any positions: nothing breaks, no party is named, CSV stays a table. */
static void random_drafts_are_reported(void **state)
{
	struct prng rng = prng_make(11);
	struct str text = STR_INIT;

	(void)state;
	for (int round = 0; round < 150; round++) {
		forget(NULL);
		str_clear(&text);
		random_text(&rng, &text, 60);
		say(AFR, "b1: {stance: supports, option: 1}\n");
		report(str_slice(&text), prng_one_in(&rng, 2), REPORT_CSV);
		for (size_t i = 0, quotes = 0; i < out.len; i++) {
			quotes += out.p[i] == '"';
			if (out.p[i] == '\n')
				assert_true(quotes % 2 == 0 && out.p[i - 1] == '\r');
		}
	}
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_report_says_who_stands_where, forget),
		cmocka_unit_test_teardown(nobody_is_named_in_an_anonymous_one, forget),
		cmocka_unit_test_teardown(markdown_stays_text, forget),
		cmocka_unit_test_teardown(html_stays_text, forget),
		cmocka_unit_test_teardown(csv_has_one_line_a_point_and_no_formula, forget),
		cmocka_unit_test_teardown(random_drafts_are_reported, forget),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
