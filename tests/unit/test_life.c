/* SPDX-License-Identifier: MIT */
#include "core/life.h"

#include "support.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct life life;
static uint32_t last;

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	life_init(&life);
	last = LIFE_NONE;
	return 0;
}

static int end(void **state)
{
	(void)state;
	parties_release(&regions);
	life_release(&life);
	return 0;
}

static void assert_sane_life(const struct life *l, uint32_t version, struct slice text)
{
	struct life_spot *spots;
	size_t n = life_spots(l, version, &spots);
	bool *seen = mem_zalloc(l->n_points + 1);
	struct brackets b;

	/* Reading what changed alone finds what reading all finds. */
	brackets_read(&b, text, &regions);
	assert_int_equal(n, b.n_points);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(spots[i].begin, point_begin(&b, &b.points[i]));
		assert_int_equal(spots[i].end, point_end(&b, &b.points[i]));
		assert_true(spots[i].point < l->n_points);
		assert_false(seen[spots[i].point]);
		seen[spots[i].point] = true;
		assert_int_equal(l->points[spots[i].point].state, LIFE_OPEN);
	}
	for (size_t i = 0; i < l->n_points; i++) {
		assert_true(seen[i] == (l->points[i].state == LIFE_OPEN));
		assert_true(l->points[i].last != LIFE_NONE);
	}
	for (size_t i = 1; i < l->n_events; i++)
		assert_true(l->events[i].version >= l->events[i - 1].version);
	brackets_release(&b);
	free(spots);
	free(seen);
}

static uint32_t add_full(const char *text, uint32_t base, const struct message_record *record,
			 uint32_t undoes)
{
	struct life_version v = {
		.text = slice_of(text), .base = base, .record = record, .undoes = undoes};

	last = life_add(&life, &v, &regions);
	assert_sane_life(&life, last, v.text);
	return last;
}

static uint32_t add(const char *text)
{
	return add_full(text, last, NULL, LIFE_NONE);
}

/* One line an event: version, point, what. */
static const char *story(void)
{
	static struct str out;

	str_clear(&out);
	for (size_t i = 0; i < life.n_events; i++) {
		const struct life_event *e = &life.events[i];
		struct slice text = life_text(&life, e), more = life_more(&life, e);

		str_addf(&out, "%u p%u %s", e->version, e->point + 1, life_kind_word(e->kind));
		if (e->other != LIFE_NONE)
			str_addf(&out, " p%u", e->other + 1);
		if (e->party != PARTY_NONE)
			str_addf(&out, " %s", regions.v[e->party].code);
		if (e->option)
			str_addf(&out, " %u", e->option);
		if (e->recorded)
			str_add_text(&out, " recorded");
		str_addf(&out, " \"%.*s\"", (int)text.len, text.p);
		for (uint16_t k = 0; k < regions.n && e->kind == LIFE_RESOLVED; k++)
			if (life_has(&e->parties, k))
				str_addf(&out, " +%s", regions.v[k].code);
		if (more.len)
			str_addf(&out, " / \"%.*s\"", (int)more.len, more.p);
		str_add_char(&out, '\n');
	}
	return str_text(&out);
}

static void a_point_is_born_grows_and_is_resolved(void **state)
{
	(void)state;
	add("to hold one meeting\n\nother\n");
	add("to hold [one / AFR: at least one] meeting\n\nother\n");
	add("to hold [one / AFR: at least one / ARB: two] meeting\n\nother\n");
	add("to hold [one / AFR, EUR: at least one / ARB: two] meeting\n\nother\n");
	add("to hold [one / AFR, EUR: at least one] meeting\n\nother\n");
	add("to hold [one / AFR, EUR: not less than one] meeting\n\nother\n");
	add("to hold not less than one meeting\n\nother\n");
	assert_string_equal(story(),
			    "1 p1 born \"[one / AFR: at least one]\"\n"
			    "2 p1 option added 3 \"two\"\n"
			    "3 p1 joined EUR 2 \"at least one\"\n"
			    "4 p1 option dropped 3 \"two\"\n"
			    "5 p1 reworded 2 \"not less than one\" / \"at least one\"\n"
			    "6 p1 resolved 2 \"not less than one\" +AFR +EUR\n");
}

/* One of them, GONE, is no party any more. */
static void a_recorded_decision_is_told_with_who_was_against(void **state)
{
	struct message_record decision = {.kind = MESSAGE_DECISION,
					  .number = 2,
					  .linked = 1,
					  .decision = SLICE("option 2, \"should\""),
					  .supported = SLICE("AFR, GONE, CIS"),
					  .opposed = SLICE("ARB")};
	struct message_record undo = {.kind = MESSAGE_UNDO, .number = 2};
	uint32_t decided;

	(void)state;
	add("a [x] b\n\nit [shall][should] be\n\nthey [shall][should] go\n");
	decided = add_full("a [x] b\n\nit should be\n\nthey should go\n", last, &decision,
			   LIFE_NONE);
	add("a [x] c\n\nit should be\n\nthey should go\n");
	add_full("a [x] c\n\nit [shall][should] be\n\nthey [shall][should] go\n", last, &undo,
		 decided);
	assert_string_equal(story(), "0 p1 born \"[x]\"\n"
				     "0 p2 born \"[shall][should]\"\n"
				     "0 p3 born \"[shall][should]\"\n"
				     "1 p2 resolved 2 recorded \"should\" +AFR +CIS / \"ARB\"\n"
				     "1 p3 resolved 2 recorded \"should\" +AFR +CIS / \"ARB\"\n"
				     "3 p2 reopened recorded \"[shall][should]\"\n"
				     "3 p3 reopened recorded \"[shall][should]\"\n");
}

static void who_was_for_and_against_is_in_the_text_where_nothing_is_recorded(void **state)
{
	(void)state;
	add("to hold [one / AFR, EUR: at least one / ARB: two / CIS: no text] meeting, [here] "
	    "(AMS) or not\n");
	add("to hold two meeting, [here] (AMS) or not\n");
	add("to hold two meeting, or not\n");
	add("to say [a / ASP: no text / EUR: b] of all that is [x / AFR: y] here\n");
	add("to say of all that is three here\n");
	assert_string_equal(
		story(),
		"0 p1 born \"[one / AFR, EUR: at least one / ARB: two / CIS: no text]\"\n"
		"0 p2 born \"[here]\"\n"
		"1 p1 resolved 3 \"two\" +ARB / \"AFR, CIS, EUR\"\n"
		"2 p2 resolved \"\" / \"AMS\"\n"
		"3 p3 born \"[a / ASP: no text / EUR: b]\"\n"
		"3 p4 born \"[x / AFR: y]\"\n"
		"4 p3 resolved \"\" +ASP / \"EUR\"\n"
		"4 p4 resolved \"three\"\n");
}

static void identity_survives_moves_and_numbers(void **state)
{
	(void)state;
	add("1. first thing to say [A / B] here\n\n2. second [C] thing\n\n3. third and last\n");
	add("1. third and last\n\n2. first thing to say [A / B] here\n\n3. second [C] thing\n");
	add("1. third and last\n\n2. a new one [N]\n\n3. first thing to say [A / B] here and "
	    "there\n\n4. second [C] thing\n");
	assert_string_equal(story(), "0 p1 born \"[A / B]\"\n"
				     "0 p2 born \"[C]\"\n"
				     "2 p3 born \"[N]\"\n");
}

static void ids_win_over_places(void **state)
{
	(void)state;
	add("x [one]{#a1} y [two]{#b2} z\n");
	add("x [two]{#b2} y [one]{#a1} z\n");
	add("x [two]{#b2} y\n\nelsewhere [one and more words now]{#a1} z\n");
	assert_string_equal(story(), "0 p1 born \"[one]\"\n0 p2 born \"[two]\"\n"
				     "2 p1 reworded 1 \"one and more words now\" / \"one\"\n");
	assert_slice_is(life_point_id(&life, &life.points[0]), "a1");
}

static void an_id_that_is_minted_changes_nothing(void **state)
{
	(void)state;
	add("a [x / y] b\n");
	add("a [x / y]{#b7} b\n");
	assert_string_equal(story(), "0 p1 born \"[x / y]\"\n");
	assert_slice_is(life_point_id(&life, &life.points[0]), "b7");
}

static void points_split_and_merge(void **state)
{
	(void)state;
	add("we [shall][should] go\n");
	add("we [shall]{#b1}[should] go\n");
	add("we [shall][should] go\n");
	assert_string_equal(story(), "0 p1 born \"[shall][should]\"\n"
				     "1 p1 option dropped 2 \"should\"\n"
				     "1 p2 split off p1 \"[should]\"\n"
				     "2 p1 option added 2 \"should\"\n"
				     "2 p2 merged p1 \"\"\n");
}

static void a_paragraph_that_goes_takes_its_points(void **state)
{
	(void)state;
	add("stays [a]\n\ngoes away [b] altogether with [c]\n");
	add("stays [a]\n");
	assert_string_equal(story(), "0 p1 born \"[a]\"\n0 p2 born \"[b]\"\n0 p3 born \"[c]\"\n"
				     "1 p2 gone \"\"\n1 p3 gone \"\"\n");
}

static void nested_points_fall_with_the_one_around(void **state)
{
	(void)state;
	add("to do [this [now / soon] and / AFR: that and] go\n");
	add("to do that and go\n");
	assert_string_equal(story(), "0 p1 born \"[this [now / soon] and / AFR: that and]\"\n"
				     "0 p2 born \"[now / soon]\"\n"
				     "1 p1 resolved 2 \"that and\" +AFR\n"
				     "1 p2 gone \"\"\n");
}

static void a_merge_tells_only_what_no_parent_has(void **state)
{
	struct life_version merge = {.undoes = LIFE_NONE};
	uint32_t base, ours, theirs;

	(void)state;
	base = add("one [a / b] two\n\nmiddle\n\nthree [c / d] four\n");
	theirs = add_full("one a two\n\nmiddle\n\nthree [c / d] four\n", base, NULL, LIFE_NONE);
	ours = add_full("one [a / b] two\n\nmiddle\n\nthree [c / d / EUR: e] four [n]\n", base,
			NULL, LIFE_NONE);
	merge.base = ours;
	merge.others = &theirs;
	merge.n_others = 1;
	merge.text = SLICE("one a two\n\nmiddle\n\nthree [c / d / EUR: e] four [n]\n");
	last = life_add(&life, &merge, &regions);
	assert_sane_life(&life, last, merge.text);
	merge.base = theirs;
	merge.others = &ours;
	last = life_add(&life, &merge, &regions);
	assert_sane_life(&life, last, merge.text);
	assert_string_equal(story(), "0 p1 born \"[a / b]\"\n0 p2 born \"[c / d]\"\n"
				     "1 p1 resolved 1 \"a\"\n"
				     "2 p2 option added 3 \"e\"\n"
				     "2 p3 born \"[n]\"\n");
}

/* A version of another branch: what it has open the newest one may have closed. */
static uint32_t add_aside(const char *text, uint32_t base)
{
	struct life_version v = {.text = slice_of(text), .base = base, .undoes = LIFE_NONE};

	return life_add(&life, &v, &regions);
}

static uint32_t add_merge(const char *text, uint32_t base, uint32_t other)
{
	struct life_version v = {.text = slice_of(text),
				 .base = base,
				 .others = &other,
				 .n_others = 1,
				 .undoes = LIFE_NONE};

	last = life_add(&life, &v, &regions);
	assert_sane_life(&life, last, v.text);
	return last;
}

static void what_one_side_decided_stays_so_where_the_other_has_it_still(void **state)
{
	uint32_t base, ours, theirs;

	(void)state;
	base = add("one [a / b] two\n\nmiddle\n\nthree [c]\n");
	ours = add("one a two\n\nmiddle\n\nthree [c]\n");
	theirs = add_aside("one [a / b] two\n\nanother middle\n\nthree [c]\n", base);
	add_merge("one a two\n\nanother middle\n\nthree [c]\n", ours, theirs);
	assert_int_equal(life.points[0].state, LIFE_IS_RESOLVED);
	assert_int_equal(life.points[0].ended, ours);
	/* And with the parents the other way round. */
	theirs = add_aside("one [a / b] two\n\nthat middle\n\nthree [c]\n", theirs);
	add_merge("one a two\n\nthat middle\n\nthree [c]\n", theirs, ours);
	assert_int_equal(life.points[0].state, LIFE_IS_RESOLVED);
	assert_int_equal(life.points[0].ended, ours);
	assert_string_equal(story(), "0 p1 born \"[a / b]\"\n0 p2 born \"[c]\"\n"
				     "1 p1 resolved 1 \"a\"\n");
}

static void what_both_sides_brought_is_one_and_what_a_merge_drops_ends(void **state)
{
	uint32_t base, ours, theirs;

	(void)state;
	base = add("one two\n\nmiddle\n\nthree\n");
	ours = add("one [or more] two\n\nmiddle\n\nthree\n");
	theirs = add_aside("one [or more] two\n\nmiddle\n\nthree [x / y] four\n", base);
	add_merge("one [or more] two\n\nmiddle\n\nthree x four\n", ours, theirs);
	for (uint32_t i = 0; i < life.n_points; i++)
		assert_true((life.points[i].state == LIFE_OPEN) == (i == 0));
	assert_int_equal(life.points[life.n_points - 1].ended, last);
}

static void a_draft_that_comes_back_is_what_it_was(void **state)
{
	struct life_version gone = {.gone = true, .undoes = LIFE_NONE};

	(void)state;
	gone.base = add("one [a] two\n");
	last = life_add(&life, &gone, &regions);
	add("one [a] two, and [b]\n");
	assert_string_equal(story(), "0 p1 born \"[a]\"\n2 p2 born \"[b]\"\n");
}

static void deferrals_and_positions_are_told(void **state)
{
	struct message_record defer = {.kind = MESSAGE_DEFERRAL,
				       .number = 1,
				       .id = SLICE("b7"),
				       .deferral = SLICE("until IRM-3, \"no mandate\"")};
	struct positions old, new;
	struct error err;

	(void)state;
	add("one [a / b]{#b7} two\n");
	life_note(&life, life_aside(&life), &defer);
	defer.deferral = SLICE("ended");
	life_note(&life, life_aside(&life), &defer);
	assert_int_equal(positions_read(SLICE("b7:\n  stance: supports\n  option: 2\n"), &old,
					NULL, &err),
			 0);
	assert_int_equal(positions_read(SLICE("b7:\n  stance: opposes\n  option: 2\n"
					      "  strength: red-line\n  source: ARB/44\n"
					      "zz:\n  stance: reserves\n"),
					&new, NULL, &err),
			 0);
	life_position(&life, life_aside(&life), 2, NULL, &old);
	life_position(&life, life_aside(&life), 2, &old, &old);
	life_position(&life, life_aside(&life), 2, &old, &new);
	assert_string_equal(story(), "0 p1 born \"[a / b]\"\n"
				     "1 p1 deferred recorded \"until IRM-3, \"no mandate\"\"\n"
				     "2 p1 taken up again recorded \"\"\n"
				     "3 p1 position ARB 2 recorded \"\"\n"
				     "5 p1 position ARB 2 recorded \"ARB/44\"\n");
	assert_int_equal(life.points[0].spoken, 5);
	positions_release(&old);
	positions_release(&new);
}

static void versions_are_counted(void **state)
{
	struct life_counts c;

	(void)state;
	add("a [x] b [y / z] c\n");
	add("a x b [y / z / w] c [n] d [m]\n");
	life_count(&life, 0, &c);
	assert_int_equal(c.opened, 2);
	life_count(&life, 1, &c);
	assert_int_equal(c.opened, 2);
	assert_int_equal(c.changed, 1);
	assert_int_equal(c.resolved, 1);
	assert_int_equal(c.reopened, 0);
}

static void two_texts_are_compared_alone(void **state)
{
	static const char *const versions[] = {"a [x] b [y / z] c\n",
					       "a x b [y / z / w] c [n] d [m]\n",
					       "a x b [y / z / w] c [n] d\n"};
	struct message_record undo = {.kind = MESSAGE_UNDO, .number = 1};
	struct life_near near = {NULL};
	struct life_counts c;

	(void)state;
	life_compare(slice_of(versions[1]), slice_of(versions[2]), NULL, &regions, &near, &c);
	assert_int_equal(c.resolved, 1);
	life_compare(slice_of(versions[0]), slice_of(versions[1]), NULL, &regions, &near, &c);
	assert_int_equal(c.opened, 2);
	assert_int_equal(c.changed, 1);
	assert_int_equal(c.resolved, 1);
	life_compare(slice_of(""), slice_of(versions[0]), &undo, &regions, &near, &c);
	assert_int_equal(c.opened, 0);
	assert_int_equal(c.reopened, 2);
	life_near_release(&near);
}

/* A text that changes a little, many times; and what is kept of it is read again. */
static void random_edits_keep_every_version_sane(void **state)
{
	struct prng r = prng_make(77);

	(void)state;
	for (int round = 0; round < 40; round++) {
		struct str text = STR_INIT, piece = STR_INIT, packed = STR_INIT;
		struct life again;

		life_release(&life);
		life_init(&life);
		last = LIFE_NONE;
		for (int i = 0; i < 12; i++)
			random_text(&r, &text, 20);
		for (int step = 0; step < 25; step++) {
			struct life_version v = {.base = last, .undoes = LIFE_NONE};
			size_t at = prng_below(&r, text.len + 1);
			size_t del = prng_below(&r, 40);

			str_clear(&piece);
			random_text(&r, &piece, prng_below(&r, 8));
			if (del > text.len - at)
				del = text.len - at;
			str_splice(&text, at, del, piece.p, piece.len);
			v.text = str_slice(&text);
			last = life_add(&life, &v, &regions);
			assert_sane_life(&life, last, v.text);
			if (step > 1 && step < 20)
				life_forget(&life, last - 1);
		}
		life_pack(&life, 0, &packed);
		assert_true(life_unpack(&again, str_slice(&packed)));
		assert_false(life_is_there(&again, last));
		/* Before it is there again, after that, and of a part. */
		for (int k = 0; k < 2; k++) {
			str_clear(&piece);
			life_pack(&again, 0, &piece);
			assert_int_equal(piece.len, packed.len);
			assert_true(life_give(&again, last, str_slice(&text), &regions));
		}
		assert_false(life_give(&again, last - 1, str_slice(&text), &regions));
		assert_false(life_give(&again, 1, str_slice(&text), &regions));
		assert_int_equal(again.n_events, life.n_events);
		assert_sane_life(&again, last, str_slice(&text));
		str_clear(&piece);
		life_pack(&again, last, &piece);
		assert_true(piece.len < packed.len);
		life_release(&again);
		/* Of other bytes nothing is believed that would break later. */
		for (int k = 0; k < 60; k++) {
			size_t cut = prng_below(&r, packed.len);

			str_clear(&piece);
			str_add_slice(&piece, str_slice(&packed));
			piece.p[cut] = (char)prng_next(&r);
			if (life_unpack(&again, str_slice(&piece)))
				life_release(&again);
			if (life_unpack(&again, slice_make(packed.p, cut)))
				fail_msg("a part was taken for the whole");
		}
		str_release(&text);
		str_release(&piece);
		str_release(&packed);
	}
}

static void the_same_text_again_is_no_event(void **state)
{
	struct prng r = prng_make(5);
	struct str text = STR_INIT;
	size_t events;

	(void)state;
	for (int i = 0; i < 30; i++)
		random_text(&r, &text, 30);
	add(str_text(&text));
	events = life.n_events;
	add(str_text(&text));
	assert_int_equal(life.n_events, events);
	str_release(&text);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(a_point_is_born_grows_and_is_resolved),
		T(a_recorded_decision_is_told_with_who_was_against),
		T(who_was_for_and_against_is_in_the_text_where_nothing_is_recorded),
		T(identity_survives_moves_and_numbers),
		T(ids_win_over_places),
		T(an_id_that_is_minted_changes_nothing),
		T(points_split_and_merge),
		T(a_paragraph_that_goes_takes_its_points),
		T(nested_points_fall_with_the_one_around),
		T(a_merge_tells_only_what_no_parent_has),
		T(what_one_side_decided_stays_so_where_the_other_has_it_still),
		T(what_both_sides_brought_is_one_and_what_a_merge_drops_ends),
		T(a_draft_that_comes_back_is_what_it_was),
		T(deferrals_and_positions_are_told),
		T(versions_are_counted),
		T(two_texts_are_compared_alone),
		T(random_edits_keep_every_version_sane),
		T(the_same_text_again_is_no_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
