/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

static struct error err;

static struct position plain(void)
{
	return (struct position){.id = (char *)"b1",
				 .stance = STANCE_SUPPORTS,
				 .has_option = true,
				 .option = 2,
				 .strength = STRENGTH_PREFERS,
				 .wording = (char *)"9f86d081884c7d65",
				 .source = (char *)"AFCP/12",
				 .meeting = (char *)"IRM-1",
				 .date = (char *)"2026-01-02",
				 .note = (char *)"as before"};
}

static struct record usual(const struct position *p)
{
	return (struct record){SLICE("e83c5163316f89bfbde7d9ab23ca2e25604af290"),
			       SLICE("drafts/res-31"),
			       SLICE("AFR"),
			       SLICE("b1"),
			       p,
			       SLICE(""),
			       7,
			       SLICE("")};
}

static void a_record_has_every_field_with_its_length(void **state)
{
	struct position p = plain();
	struct record r = usual(&p);
	struct str out = STR_INIT;

	(void)state;
	record_write(&out, &r);
	assert_slice_is(str_slice(&out),
			"adref position 1\nroot 40:e83c5163316f89bfbde7d9ab23ca2e25604af290\n"
			"draft 13:drafts/res-31\nparty 3:AFR\npoint 2:b1\nstance 8:supports\n"
			"option 1:2\nstrength 7:prefers\nwording 0:\nsource 7:AFCP/12\n"
			"meeting 5:IRM-1\ndate 10:2026-01-02\nnote 9:as before\nserial 1:7\n"
			"previous 0:\n");
	str_release(&out);
}

static void no_text_in_a_field_looks_like_another_field(void **state)
{
	struct position p = plain(), q = plain();
	struct record r = usual(&p), s = usual(&q);
	struct str a = STR_INIT, b = STR_INIT;

	(void)state;
	/* What would be the same with lines alone. */
	p.date = (char *)"x\nnote 1:y";
	p.note = (char *)"";
	q.date = (char *)"x";
	q.note = (char *)"y";
	record_write(&a, &r);
	record_write(&b, &s);
	assert_false(slice_equal(str_slice(&a), str_slice(&b)));
	str_release(&a);
	str_release(&b);
}

/* A short text of few signs, so that texts are often alike or run into each other. */
static char *piece(struct prng *r)
{
	static const char *const pieces[] = {
		"", "\n", "note 1:", "a", "1:", ":", " ", "0:\n", "é"};
	struct str s = STR_INIT;

	for (size_t n = prng_below(r, 3); n > 0; n--)
		str_add_text(&s, pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))]);
	str_text(&s);
	return str_detach(&s);
}

struct made {
	struct position p;
	struct record r;
	char *text[8];
	char all[600];
};

static void make(struct prng *r, struct made *m)
{
	for (int i = 0; i < 8; i++)
		m->text[i] = piece(r);
	m->p = (struct position){.stance = (enum stance)prng_below(r, 5),
				 .strength = (enum strength)prng_below(r, 4),
				 .has_option = prng_one_in(r, 2),
				 .source = m->text[0],
				 .meeting = m->text[1],
				 .date = m->text[2],
				 .note = m->text[3]};
	if (m->p.has_option)
		m->p.option = (uint32_t)prng_below(r, 12);
	m->r = (struct record){.root = slice_of(m->text[4]),
			       .draft = slice_of(m->text[5]),
			       .party = slice_of(m->text[6]),
			       .point = slice_of(m->text[7]),
			       .p = prng_one_in(r, 8) ? NULL : &m->p,
			       .serial = 1 + prng_below(r, 3)};
}

static void drop(struct made *m)
{
	for (int i = 0; i < 8; i++)
		free(m->text[i]);
}

static bool same(const struct made *a, const struct made *b)
{
	if (a->r.serial != b->r.serial || !a->r.p != !b->r.p)
		return false;
	for (int i = 4; i < 8; i++)
		if (strcmp(a->text[i], b->text[i]) != 0)
			return false;
	for (int i = 0; a->r.p && i < 4; i++)
		if (strcmp(a->text[i], b->text[i]) != 0)
			return false;
	return !a->r.p || (a->p.stance == b->p.stance && a->p.strength == b->p.strength &&
			   a->p.has_option == b->p.has_option && a->p.option == b->p.option);
}

static void different_records_never_have_the_same_bytes(void **state)
{
	struct prng r = prng_make(11);
	size_t alike = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str x = STR_INIT, y = STR_INIT;
		struct made a, b;

		make(&r, &a);
		make(&r, &b);
		if (prng_one_in(&r, 3)) {
			/* All but one text alike. */
			drop(&b);
			struct prng again = r;

			drop(&a);
			make(&r, &a);
			make(&again, &b);
			size_t k = prng_below(&r, 8);
			char *text = piece(&r);

			free(b.text[k]);
			b.text[k] = text;
			b.p.source = b.text[0];
			b.p.meeting = b.text[1];
			b.p.date = b.text[2];
			b.p.note = b.text[3];
			b.r.root = slice_of(b.text[4]);
			b.r.draft = slice_of(b.text[5]);
			b.r.party = slice_of(b.text[6]);
			b.r.point = slice_of(b.text[7]);
		}
		record_write(&x, &a.r);
		record_write(&y, &b.r);
		assert_int_equal(slice_equal(str_slice(&x), str_slice(&y)), same(&a, &b));
		alike += same(&a, &b);
		str_release(&x);
		str_release(&y);
		drop(&a);
		drop(&b);
	}
	assert_true(alike > 100);
}

static void a_seal_is_written_and_read_again(void **state)
{
	struct str yaml = STR_INIT;
	struct seal s = {.id = (char *)"b1", .serial = 1767225600},
		    w = {.id = (char *)"b2", .serial = 3, .withdrawn = true};
	struct seals got;
	const struct seal *one;

	(void)state;
	memset(s.previous, 'a', DIGEST_HEX);
	memset(s.wording, '9', DIGEST_HEX);
	str_add_text(&s.signature, "SSHSIG, or so");
	str_add_text(&w.signature, "x");
	str_add_text(&yaml, "# a word\nb1: {serial: 1}\n");
	assert_int_equal(seal_set(&yaml, &s, &err), 0);
	assert_int_equal(seal_set(&yaml, &w, &err), 0);
	assert_int_equal(seals_read(str_slice(&yaml), &got, NULL, &err), 0);
	assert_int_equal(got.n, 2);
	one = seals_find(&got, SLICE("b1"));
	assert_true(one->serial == 1767225600 && !one->withdrawn);
	assert_string_equal(one->previous, s.previous);
	assert_string_equal(one->wording, s.wording);
	assert_slice_is(str_slice(&one->signature), "SSHSIG, or so");
	one = seals_find(&got, SLICE("b2"));
	assert_true(one->withdrawn && one->serial == 3 && !*one->previous);
	seals_release(&got);
	str_release(&s.signature);
	str_release(&w.signature);
	str_release(&yaml);
}

static void what_is_no_seal_is_left_out_and_named(void **state)
{
	static const char *const wrong[] = {
		"b1: x\n",
		"b1: {serial: 0, signature: AAAA}\n",
		"b1: {serial: 01, signature: AAAA}\n",
		"b1: {serial: -1, signature: AAAA}\n",
		"b1: {serial: 1e3, signature: AAAA}\n",
		"b1: {serial: 9999999999999999, signature: AAAA}\n",
		"b1: {serial: 1}\n",
		"b1: {serial: 1, signature: A}\n",
		"b1: {serial: 1, signature: AAAA, previous: 12}\n",
		"b1: {serial: 1, signature: AAAA, wording: 9f86d081884c7d65}\n",
		"b1: {serial: 1, signature: AAAA, withdrawn: yes}\n",
		"\"b\\01\": {serial: 1, signature: AAAA}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct yaml_problems problems = {NULL, 0, 0};
		struct seals got;

		assert_int_equal(seals_read(slice_of(wrong[i]), &got, &problems, &err), 0);
		if (got.n || !problems.n)
			fail_msg("was read: %s", wrong[i]);
		seals_release(&got);
		yaml_problems_release(&problems);
	}
}

static void a_seal_is_of_one_wording(void **state)
{
	struct position p = plain();
	struct seal s = {.serial = 1};

	(void)state;
	memset(s.wording, '0', DIGEST_HEX);
	assert_false(seal_fits(&s, &p));
	memcpy(s.wording, p.wording, DIGEST_SHORT);
	assert_true(seal_fits(&s, &p));
	assert_false(seal_fits(&s, NULL));
	*s.wording = '\0';
	assert_false(seal_fits(&s, &p));
	p.wording = (char *)"";
	assert_true(seal_fits(&s, &p));
	s.withdrawn = true;
	assert_false(seal_fits(&s, &p));
	assert_true(seal_fits(&s, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_has_every_field_with_its_length),
		cmocka_unit_test(no_text_in_a_field_looks_like_another_field),
		cmocka_unit_test(different_records_never_have_the_same_bytes),
		cmocka_unit_test(a_seal_is_written_and_read_again),
		cmocka_unit_test(what_is_no_seal_is_left_out_and_named),
		cmocka_unit_test(a_seal_is_of_one_wording),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
