/* SPDX-License-Identifier: MIT */
#include "support_chair.h"

/* The Chair with what regions have said: who stands where, who signed, which point is easiest.
 */

static const char debated[] =
	"*decides to instruct the Director*\n\n"
	"1. to continue to organize, within existing limits, [one / AFR, EUR: at least one / "
	"ARB: two]{#b5} regional preparatory meeting for each of the six regions;\n\n"
	"2. to convene a meeting of the chairs [and vice-chairs]{#b6} of those meetings;\n\n"
	"3. to report [in three months / in four months]{#b9}.\n";

struct hall {
	struct fake f; /* first: its functions get it as data */
	struct positions v[6];
	unsigned side;
};

static const struct positions *positions_of(void *data, struct doc *doc, uint16_t party)
{
	(void)doc;
	return &((struct hall *)data)->v[party];
}

static unsigned side_of(void *data, struct doc *doc)
{
	(void)doc;
	return ((struct hall *)data)->side;
}

static void say(struct hall *h, const char *code, const char *id, enum stance stance,
		int option, enum strength strength)
{
	struct doc *d = h->f.doc;
	struct positions *p = &h->v[party_find(&h->f.parties, slice_of(code), NULL)];
	char hex[DIGEST_SHORT + 1] = "";

	if (option >= 0)
		verdict_wording(&d->brackets, d->flat,
				brackets_by_id(&d->brackets, d->flat, slice_of(id)),
				(uint32_t)option, hex);
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct position){.id = mem_strdup(id),
					 .stance = stance,
					 .strength = strength,
					 .has_option = option >= 0,
					 .option = option >= 0 ? (uint32_t)option : 0,
					 .wording = mem_strdup(hex),
					 .source = mem_strdup("ARB/44/3"),
					 .meeting = mem_strdup("RPM-ARB"),
					 .date = mem_strdup("2026-03-11"),
					 .note = mem_strdup("")};
	h->side++;
}

static struct views *begin_hall(struct hall *h)
{
	struct views *vs;

	memset(h, 0, sizeof(*h));
	vs = begin(&h->f, debated);
	h->f.host.positions = positions_of;
	h->f.host.side_generation = side_of;
	say(h, "AFR", "b5", STANCE_SUPPORTS, 2, STRENGTH_PREFERS);
	say(h, "AMS", "b5", STANCE_ACCEPTS, 2, STRENGTH_FLEXIBLE);
	say(h, "ARB", "b5", STANCE_SUPPORTS, 3, STRENGTH_RED_LINE);
	say(h, "ASP", "b5", STANCE_ACCEPTS, 2, STRENGTH_NONE);
	say(h, "AFR", "b6", STANCE_SUPPORTS, 0, STRENGTH_NONE);
	say(h, "CIS", "b6", STANCE_OPPOSES, 1, STRENGTH_RED_LINE);
	say(h, "ASP", "b6", STANCE_RESERVES, -1, STRENGTH_NONE);
	say(h, "AFR", "b9", STANCE_SUPPORTS, 2, STRENGTH_NONE);
	say(h, "EUR", "b9", STANCE_ACCEPTS, 2, STRENGTH_NONE);
	return vs;
}

static void end_hall(struct hall *h, struct views *vs)
{
	end(&h->f, vs);
	for (size_t i = 0; i < 6; i++)
		positions_release(&h->v[i]);
}

static void every_option_shows_who_is_for_it_and_who_is_against(void **state)
{
	struct theme colour = theme_make(256, false), mono = theme_make(0, true);
	struct hall h;
	struct views *vs = begin_hall(&h);

	(void)state;
	check_screen(vs, "chair-positions-80x24", 24, 80, NULL);
	check_screen(vs, "chair-positions-120x40", 40, 120, NULL);
	check_screen(vs, "chair-positions-40x10", 10, 40, NULL);
	check_screen(vs, "chair-positions-80x24-colour", 24, 80, &colour);
	check_screen(vs, "chair-positions-80x24-mono", 24, 80, &mono);
	press(vs, 'n');
	check_screen(vs, "chair-positions-against-80x24", 24, 80, NULL);
	end_hall(&h, vs);
}

static void w_names_everybody_with_document_and_date(void **state)
{
	struct hall h;
	struct views *vs = begin_hall(&h);

	(void)state;
	press(vs, 'w');
	check_screen(vs, "chair-who-80x24", 24, 80, NULL);
	check_screen(vs, "chair-who-120x40", 40, 120, NULL);
	press(vs, 'w');
	check_screen(vs, "chair-positions-80x24", 24, 80, NULL);
	end_hall(&h, vs);
}

static int seals_open(void *data, const char *name, struct host_seals **seals,
		      struct error *err)
{
	static const struct host_seal v[] = {
		{0, "b5", SEAL_GOOD},      {1, "b5", SEAL_UNLISTED}, {2, "b5", SEAL_BAD},
		{3, "b5", SEAL_UNCHECKED}, {5, "b5", SEAL_UNLISTED}, {0, "b9", SEAL_BAD}};
	static struct host_seals all = {v, 6, true};

	(void)data;
	(void)err;
	assert_string_equal(name, "res-31");
	*seals = &all;
	return 0;
}

static void seals_close(void *data, struct host_seals *seals)
{
	(void)data;
	(void)seals;
}

static void w_says_who_signed(void **state)
{
	struct theme colour = theme_make(256, false);
	struct hall h;
	struct views *vs = begin_hall(&h);

	(void)state;
	h.f.host.seals_open = seals_open;
	h.f.host.seals_close = seals_close;
	press(vs, 'w');
	check_screen(vs, "chair-who-signed-80x24", 24, 80, NULL);
	check_screen(vs, "chair-who-signed-120x40", 40, 120, NULL);
	check_screen(vs, "chair-who-signed-80x24-colour", 24, 80, &colour);
	end_hall(&h, vs);
}

static void e_goes_to_the_easiest_point(void **state)
{
	struct hall h;
	struct views *vs = begin_hall(&h);

	(void)state;
	press(vs, 'e');
	press(vs, '2');
	assert_text_has(&h.f, "to report in four months");
	assert_int_equal(h.f.decisions, 1);
	end_hall(&h, vs);
}

static void news_of_a_position_is_shown_at_once(void **state)
{
	struct hall h;
	struct views *vs = begin_hall(&h);

	(void)state;
	draw(vs);
	say(&h, "CIS", "b5", STANCE_RESERVES, -1, STRENGTH_NONE);
	check_screen(vs, "chair-reserves-80x24", 24, 80, NULL);
	end_hall(&h, vs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_option_shows_who_is_for_it_and_who_is_against),
		cmocka_unit_test(w_names_everybody_with_document_and_date),
		cmocka_unit_test(w_says_who_signed),
		cmocka_unit_test(e_goes_to_the_easiest_point),
		cmocka_unit_test(news_of_a_position_is_shown_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
