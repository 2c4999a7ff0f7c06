/* SPDX-License-Identifier: MIT */
#include "support_view.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "core/verdict.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A Matrix on a stack of views; the host holds positions and remembers what it was asked. */
struct desk {
	struct host host;
	struct parties parties;
	struct doc *doc;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	struct positions *positions; /* by party */
	struct deferred_list deferred;
	unsigned side;
	char opened[64], recorded[300], decided[300], note[64];
	size_t at;
	bool unready;
	int refuse; /* what record_position and decide answer */
	bool closed;
};

static struct desk *desk_of(void *data)
{
	return data;
}

static const struct positions *get_positions(void *data, struct doc *doc, uint16_t party)
{
	(void)doc;
	return &desk_of(data)->positions[party];
}

static unsigned get_side(void *data, struct doc *doc)
{
	(void)doc;
	return desk_of(data)->side;
}

static const struct deferred_list *get_deferred(void *data, struct doc *doc)
{
	(void)doc;
	return &desk_of(data)->deferred;
}

static int open_view(void *data, const char *view, const char *draft, size_t at,
		     struct error *err)
{
	struct desk *d = data;

	(void)err;
	snprintf(d->opened, sizeof(d->opened), "%s %s", view, draft);
	d->at = at;
	return 0;
}

static void add_position(struct desk *d, uint16_t party, const char *id, enum stance stance,
			 int option, enum strength strength, const char *source)
{
	struct positions *p = &d->positions[party];
	uint32_t point = brackets_by_id(&d->doc->brackets, d->doc->flat, slice_of(id));
	char hex[DIGEST_SHORT + 1] = "";

	if (option >= 0 && point != BRACKET_NONE)
		verdict_wording(&d->doc->brackets, d->doc->flat, point, (uint32_t)option, hex);
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct position){.id = mem_strdup(id),
					 .stance = stance,
					 .strength = strength,
					 .has_option = option >= 0,
					 .option = option >= 0 ? (uint32_t)option : 0,
					 .wording = mem_strdup(hex),
					 .source = mem_strdup(source),
					 .meeting = mem_strdup("RPM-AFR"),
					 .date = mem_strdup("2026-02-18"),
					 .note = mem_strdup("")};
	d->side++;
}

static int record_ready(void *data, struct doc *doc, struct error *err)
{
	(void)doc;
	return desk_of(data)->unready ? error_set(err, ST_CHANGED, "unsaved edits") : 0;
}

static int record_position(void *data, struct doc *doc, uint32_t point, uint16_t party,
			   const struct position *p, struct str *id, struct error *err)
{
	struct desk *d = data;
	struct slice point_name =
		point_id(&doc->brackets, &doc->brackets.points[point], doc->flat);

	if (d->refuse)
		return error_set(err, d->refuse, "refused");
	snprintf(d->recorded, sizeof(d->recorded), "%u %s %s %d %u %s [%s] [%s]", point + 1,
		 doc->parties->v[party].code, p ? stance_word(p->stance) : "taken back",
		 p ? p->has_option : 0, p ? p->option : 0, p ? strength_word(p->strength) : "",
		 p ? p->source : "", p ? p->note : "");
	if (p && point_name.len) {
		char *name = slice_dup(point_name);

		add_position(d, party, name, p->stance, p->has_option ? (int)p->option : -1,
			     p->strength, p->source);
		free(name);
	}
	str_add_text(id, "abc1234");
	return 0;
}

static int decide(void *data, struct doc *doc, const struct edits *edits,
		  const struct resolved *what, struct slice reason, struct str *id,
		  struct error *err)
{
	struct desk *d = data;
	size_t len = strlen(d->decided);

	if (d->refuse)
		return error_set(err, d->refuse, "refused");
	doc_apply(doc, edits);
	snprintf(d->decided + len, sizeof(d->decided) - len, "%zu=%zu (%.*s) ", what->number,
		 what->option, (int)reason.len, reason.p);
	str_add_text(id, "abc1234");
	/* As the program does: what is decided is shown at once. */
	views_draw(d->views, &d->canvas);
	return 0;
}

static void close_doc(void *data, struct doc *doc)
{
	(void)doc;
	desk_of(data)->closed = true;
}

static const char sample[] =
	"# On preparatory meetings\n\n"
	"*decides to instruct the Director*\n\n"
	"1. to continue to organize, within existing limits, [one / AFR, EUR: at least one / "
	"ARB: two]{#b5} regional preparatory meeting for each of the six regions;\n\n"
	"2. to convene a meeting of the chairs [and vice-chairs [of all regions]{#b7}]{#b6} of "
	"those meetings, [shall][should] the members so wish, no later than [X] months "
	"before;\n\n"
	"3. within [three months / four months]{#b9}, to report [within existing "
	"resources]{#b12} that members [shall][should] take part;\n\n"
	"4. to publish the [first long wording of the results / second long wording of the "
	"results / third]{#b20} and the [minutes]{#b21}.\n";

static void fill(struct desk *d)
{
	add_position(d, AFR, "b5", STANCE_SUPPORTS, 2, STRENGTH_PREFERS, "AFCP/12/4");
	add_position(d, AMS, "b5", STANCE_ACCEPTS, 2, STRENGTH_FLEXIBLE, "IAP/31/1");
	add_position(d, ARB, "b5", STANCE_SUPPORTS, 3, STRENGTH_RED_LINE, "ARB/44/3");
	add_position(d, ASP, "b5", STANCE_ACCEPTS, 2, STRENGTH_NONE, "");
	add_position(d, EUR, "b5", STANCE_SUPPORTS, 2, STRENGTH_PREFERS, "ECP/24/2");
	for (uint16_t i = AFR; i <= ASP; i++)
		add_position(d, i, "b6", STANCE_SUPPORTS, 1, STRENGTH_NONE, "");
	add_position(d, AFR, "b9", STANCE_SUPPORTS, 1, STRENGTH_RED_LINE, "");
	add_position(d, ASP, "b9", STANCE_SUPPORTS, 2, STRENGTH_RED_LINE, "");
	add_position(d, CIS, "b9", STANCE_RESERVES, -1, STRENGTH_NONE, "");
	add_position(d, EUR, "b9", STANCE_NONE, -1, STRENGTH_NONE, "");
	add_position(d, AFR, "b12", STANCE_SUPPORTS, 1, STRENGTH_NONE, "");
	add_position(d, EUR, "b12", STANCE_OPPOSES, 1, STRENGTH_PREFERS, "ECP/24/3");
	add_position(d, AMS, "b12", STANCE_OPPOSES, 1, STRENGTH_NONE, "");
	add_position(d, AMS, "b20", STANCE_SUPPORTS, 2, STRENGTH_NONE, "");
	add_position(d, CIS, "b20", STANCE_SUPPORTS, 2, STRENGTH_NONE, "");
}

static void begin_with(struct desk *d, const char *text, size_t n_parties, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	if (n_parties == 6) {
		parties_init_regions(&d->parties);
	} else {
		struct str yaml = STR_INIT;
		struct error err = ERROR_INIT;

		str_add_text(&yaml, "parties:\n");
		for (size_t i = 0; i < n_parties; i++)
			str_addf(&yaml, "  - code: P%zu\n    name: Party %zu\n", i + 10,
				 i + 10);
		assert_int_equal(parties_read(&d->parties, str_slice(&yaml), NULL, &err), 0);
		str_release(&yaml);
	}
	d->parties.v[0].focal = mem_zalloc(sizeof(struct focal_point));
	d->parties.v[0].focal->name = mem_strdup("Amina Diallo");
	d->parties.v[0].focal->email = mem_strdup("amina@example.org");
	d->parties.v[0].n_focal = 1;
	d->positions = mem_zalloc(d->parties.n * sizeof(*d->positions));
	d->host = (struct host){.data = d,
				.positions = get_positions,
				.side_generation = get_side,
				.deferred = get_deferred,
				.record_ready = record_ready,
				.record_position = record_position,
				.decide = decide,
				.open_view = open_view,
				.close = close_doc};
	d->doc = doc_new("res-31", NULL, slice_of(text), &d->parties);
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
}

static void show(struct desk *d)
{
	views_push(d->views, view_matrix_new(&d->host, d->doc, SIZE_MAX));
	views_draw(d->views, &d->canvas);
}

static void begin(struct desk *d, int rows, int cols)
{
	begin_with(d, sample, 6, rows, cols);
	fill(d);
	show(d);
}

static void end(struct desk *d)
{
	views_free(d->views);
	assert_true(d->closed);
	doc_free(d->doc);
	for (size_t i = 0; i < d->parties.n; i++)
		positions_release(&d->positions[i]);
	free(d->positions);
	parties_release(&d->parties);
	canvas_release(&d->canvas);
	str_release(&d->dump);
}

/* Keys by name, parted by blanks. */
static void press(struct desk *d, const char *names)
{
	while (press_next(d->views, &names))
		views_draw(d->views, &d->canvas);
}

static void type(struct desk *d, const char *text)
{
	for (; *text; text++) {
		struct key key = key_of((unsigned char)*text);

		views_key(d->views, &key);
	}
	views_draw(d->views, &d->canvas);
}

static void every_point_shows_who_stands_where(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	assert_looks(&d, "matrix-80x24");
	assert_looks_in(&d, 256, "matrix-80x24-colour");
	assert_looks_in(&d, 0, "matrix-80x24-mono");
	end(&d);
	begin(&d, 40, 120);
	press(&d, "Right Right");
	assert_shows(&d, "near-consensus on option 2: ARB objects");
	assert_looks(&d, "matrix-120x40");
	end(&d);
	begin(&d, 10, 40);
	press(&d, "Down");
	assert_looks(&d, "matrix-40x10");
	end(&d);
}

static void the_cell_is_explained_below(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	assert_shows(&d, "Amina Diallo <amina@example.org>");
	assert_shows(&d, "supports option 2 (prefers it): \"at least one\"");
	assert_shows(&d, "AFCP/12/4 · RPM-AFR · since 2026-02-18");
	press(&d, "Right Right");
	assert_shows(&d, "supports option 3 (red line): \"two\"");
	/* From the last region to the first. */
	press(&d, "Right Right Right Right");
	assert_shows(&d, "Amina Diallo");
	end(&d);
}

static const struct host_seal seal_list[] = {{0, "b5", SEAL_GOOD}, {2, "b5", SEAL_BAD}};
static struct host_seals seals = {.v = seal_list, .n = 2};

static int seals_open(void *data, const char *name, struct host_seals **out, struct error *err)
{
	(void)data;
	(void)name;
	(void)err;
	*out = &seals;
	return 0;
}

static bool seals_step(void *data, struct host_seals *s)
{
	(void)data;
	s->ended = true;
	return false;
}

static void seals_close(void *data, struct host_seals *s)
{
	(void)data;
	s->ended = false;
}

static void whether_a_position_is_signed_is_said_when_it_is_known(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	d.host.seals_open = seals_open;
	d.host.seals_step = seals_step;
	d.host.seals_close = seals_close;
	press(&d, "Right Left");
	assert_shows(&d, "  AFCP/12/4 · RPM-AFR · since 2026-02-18");
	assert_false(views_idle(d.views));
	assert_true(views_dirty(d.views));
	press(&d, "Right Left");
	assert_shows(&d, "  signed · AFCP/12/4 · RPM-AFR · since 2026-02-18");
	press(&d, "Right Right");
	assert_shows(&d, "  bad signature · ");
	end(&d);
	assert_false(seals.ended);
}

static void a_wording_that_changed_since_is_marked_and_shown(void **state)
{
	struct desk d;
	struct str text = STR_INIT;
	const char *was = strstr(sample, "at least one");

	(void)state;
	begin(&d, 24, 80);
	str_add(&text, sample, (size_t)(was - sample));
	str_addf(&text, "at least one, or two%s", was + strlen("at least one"));
	doc_set_bytes(d.doc, str_slice(&text));
	views_draw(d.views, &d.canvas);
	assert_shows(&d, "+2*");
	assert_shows(&d, "it reads now: \"at least one, or two\"");
	assert_looks(&d, "matrix-changed-80x24");
	end(&d);
	str_release(&text);
}

static void a_position_is_recorded_by_a_few_keys(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Right Right Right Right Space");
	assert_looks(&d, "matrix-record-80x24");
	press(&d, "s");
	assert_looks(&d, "matrix-record-option-80x24");
	press(&d, "2 p");
	type(&d, "RCC/7/1");
	press(&d, "Enter");
	type(&d, "if funded");
	press(&d, "Enter");
	assert_string_equal(d.recorded, "1 CIS supports 1 2 prefers [RCC/7/1] [if funded]");
	assert_shows(&d, "CIS on point 1: supports 2. (abc1234)");
	assert_shows(&d, "supports option 2 (prefers it)");
	/* The next one is likely from the same document. */
	press(&d, "Down Space r Enter Enter");
	assert_string_equal(d.recorded, "2 CIS reserves 0 0  [RCC/7/1] []");
	end(&d);
}

static void what_stands_is_proposed_again(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Right Right Space Enter Enter f Enter Enter");
	assert_string_equal(d.recorded, "1 ARB supports 1 3 flexible [ARB/44/3] []");
	/* Where nothing is recorded, what the text says. */
	press(&d, "Home Space o a n Enter Enter");
	assert_string_equal(d.recorded, "1 ARB opposes 0 0  [ARB/44/3] []");
	end(&d);
}

static void a_recording_is_left_at_any_step(void **state)
{
	static const char *const ways[] = {"Space Esc", "Space s Esc", "Space s 1 Esc",
					   "Space s 1 p Esc", "Space s 1 p Enter Esc"};
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		press(&d, ways[i]);
		assert_string_equal(d.recorded, "");
		assert_shows(&d, "Verdict: near-consensus");
	}
	/* The draft changes while it is asked for: which point is meant is not sure any more.
	 */
	press(&d, "Space s");
	doc_set_bytes(d.doc, SLICE("[a / b] c\n"));
	press(&d, "1");
	assert_shows(&d, "The draft changed meanwhile");
	assert_string_equal(d.recorded, "");
	end(&d);
}

static void a_position_is_taken_back_after_a_question(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "x");
	assert_shows(&d, "Take back the position of AFR on point 1?");
	press(&d, "n");
	assert_string_equal(d.recorded, "");
	press(&d, "x y");
	assert_string_equal(d.recorded, "1 AFR taken back 0 0  [] []");
	d.refuse = ST_CHANGED;
	press(&d, "x y");
	assert_shows(&d, "refused");
	/* What cannot be done now is said before anything is asked. */
	d.unready = true;
	press(&d, "x");
	assert_shows(&d, "unsaved edits");
	assert_hides(&d, "Take back");
	press(&d, "Space");
	assert_shows(&d, "unsaved edits");
	d.unready = false;
	/* Nothing to take back. */
	press(&d, "End x");
	assert_hides(&d, "Take back");
	end(&d);
}

static void points_are_sorted_and_filtered(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "s e");
	assert_looks(&d, "matrix-easiest-80x24");
	press(&d, "s v");
	assert_shows(&d, "by verdict");
	press(&d, "s t / d e a d Enter");
	assert_shows(&d, "1 of 10 points");
	assert_shows(&d, "three m… / four mo…");
	press(&d, "Esc / C I S Enter");
	assert_shows(&d, "2 of 10 points");
	press(&d, "/");
	type(&d, " long");
	press(&d, "Enter");
	assert_shows(&d, "1 of 10 points");
	assert_looks(&d, "matrix-filter-80x24");
	press(&d, "Esc / z z Enter");
	assert_shows(&d, "No point has these words");
	press(&d, "Esc");
	assert_shows(&d, "9 open");
	end(&d);
}

static void enter_goes_to_the_chair_and_escape_back(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Down Down Enter");
	assert_string_equal(d.opened, "chair res-31");
	assert_int_equal(d.at, (size_t)(strstr(sample, "[of all regions]") - sample));
	press(&d, "i");
	assert_string_equal(d.opened, "preview res-31");
	/* It is the only view here: Escape leaves it alone. */
	press(&d, "Esc");
	assert_int_equal(views_count(d.views), 1);
	views_push(d.views, view_matrix_new(&d.host, d.doc, SIZE_MAX));
	press(&d, "Esc");
	assert_int_equal(views_count(d.views), 1);
	end(&d);
}

static void what_all_agree_on_is_decided_in_one_go(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "C");
	assert_looks(&d, "matrix-consensus-80x24");
	press(&d, "n");
	assert_shows(&d, "9 open");
	assert_string_equal(d.decided, "");
	press(&d, "C y");
	assert_string_equal(d.decided, "9=2 (consensus) 2=1 (consensus) ");
	assert_shows(&d, "2 points decided by consensus");
	assert_non_null(memmem(d.doc->flat.p, d.doc->flat.len, "the second long wording", 23));
	assert_shows(&d, "8 open");
	end(&d);
	/* Nothing is left to agree on. */
	begin(&d, 24, 80);
	press(&d, "C y C");
	assert_shows(&d, "No point has consensus");
	end(&d);
	begin(&d, 24, 80);
	d.refuse = ST_CHANGED;
	press(&d, "C y");
	assert_shows(&d, "0 decided, then: refused");
	assert_shows(&d, "9 open");
	end(&d);
}

static void the_easiest_point_is_one_key_away(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "e");
	assert_shows(&d, "Point 2: and vice-chairs");
	end(&d);
}

static void columns_page_where_there_are_many_parties(void **state)
{
	struct desk d;

	(void)state;
	begin_with(&d, "a [x / P12: y]{#b1} b\n", 30, 24, 80);
	add_position(&d, 2, "b1", STANCE_SUPPORTS, 2, STRENGTH_NONE, "");
	show(&d);
	assert_shows(&d, "P10");
	press(&d, "Left");
	assert_shows(&d, "P39");
	assert_hides(&d, "P10 ");
	assert_looks(&d, "matrix-parties-80x24");
	press(&d, "Right");
	assert_shows(&d, "P10");
	end(&d);
	begin_with(&d, "a [x / y]{#b1} b\n", 2, 24, 80);
	show(&d);
	assert_shows(&d, "P11");
	press(&d, "Right Right Left");
	end(&d);
}

static void hundreds_of_points_scroll(void **state)
{
	struct str text = STR_INIT;
	struct desk d;

	(void)state;
	for (int i = 1; i <= 600; i++)
		str_addf(&text, "%d. to keep [this %d / that %d]{#b%d} as it is;\n\n", i, i, i,
			 i);
	begin_with(&d, str_text(&text), 6, 24, 80);
	for (int i = 1; i <= 600; i += 2) {
		char id[16];

		snprintf(id, sizeof(id), "b%d", i);
		add_position(&d, (uint16_t)(i % 6), id, STANCE_SUPPORTS, 1, STRENGTH_NONE, "");
	}
	show(&d);
	press(&d, "End");
	assert_shows(&d, "600  this 600");
	press(&d, "PgUp PgUp Home");
	assert_shows(&d, "1  this 1");
	for (int i = 0; i < 700; i++)
		press(&d, "Down");
	assert_shows(&d, "600  this 600");
	press(&d, "/ 5 9 9 Enter");
	assert_shows(&d, "1 of 600 points");
	end(&d);
	str_release(&text);
}

static void the_pointer_chooses_a_cell(void **state)
{
	struct key click = {.code = KEY_POINTER, .pointer = {POINTER_PRESS, 1, 2 + 3, 41, 1}};
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	views_key(d.views, &click);
	views_draw(d.views, &d.canvas);
	assert_shows(&d, "Point 3: ");
	click.pointer.clicks = 2;
	views_key(d.views, &click);
	assert_string_equal(d.opened, "chair res-31");
	end(&d);
}

static void one_wording_stands_in_brackets_without_its_parties(void **state)
{
	struct desk d;

	(void)state;
	begin_with(&d, "[ASP, EUR: to ask]\n\nto [do so] (AFR, AMS) and [XX] and [] \n", 6, 24,
		   80);
	show(&d);
	assert_shows(&d, "1  [to ask] ");
	assert_shows(&d, "2  [do so] ");
	assert_shows(&d, "3  [XX] ");
	assert_shows(&d, "4  [] ");
	end(&d);
}

static void a_draft_without_points_says_so(void **state)
{
	struct desk d;

	(void)state;
	begin_with(&d, "to thank the host.\n", 6, 24, 80);
	show(&d);
	assert_shows(&d, "No open point is left");
	press(&d, "Down Right Space Enter s / x C e i Esc");
	assert_string_equal(d.opened, "");
	end(&d);
}

static void its_table_is_sound(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_matrix_ops, &out);
	assert_string_equal(str_text(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_point_shows_who_stands_where),
		cmocka_unit_test(the_cell_is_explained_below),
		cmocka_unit_test(whether_a_position_is_signed_is_said_when_it_is_known),
		cmocka_unit_test(a_wording_that_changed_since_is_marked_and_shown),
		cmocka_unit_test(a_position_is_recorded_by_a_few_keys),
		cmocka_unit_test(what_stands_is_proposed_again),
		cmocka_unit_test(a_recording_is_left_at_any_step),
		cmocka_unit_test(a_position_is_taken_back_after_a_question),
		cmocka_unit_test(points_are_sorted_and_filtered),
		cmocka_unit_test(enter_goes_to_the_chair_and_escape_back),
		cmocka_unit_test(what_all_agree_on_is_decided_in_one_go),
		cmocka_unit_test(the_easiest_point_is_one_key_away),
		cmocka_unit_test(columns_page_where_there_are_many_parties),
		cmocka_unit_test(hundreds_of_points_scroll),
		cmocka_unit_test(the_pointer_chooses_a_cell),
		cmocka_unit_test(one_wording_stands_in_brackets_without_its_parties),
		cmocka_unit_test(a_draft_without_points_says_so),
		cmocka_unit_test(its_table_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
