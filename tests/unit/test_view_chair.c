/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "core/verdict.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_chair.h"

#include <stdio.h>
#include <string.h>

/* A host that decides on the open text alone and remembers what it was asked. */
struct fake {
	struct host host;
	struct parties parties;
	struct doc *doc;
	char words[200], subject[100], reason[64], until[32], message[64];
	size_t linked, decisions, undos;
	int ready;             /* what decide_ready answers */
	struct views *refuses; /* decide shows it there, and fails */
	bool new_file;         /* what file_state answers */
	struct agreed_list agreed;
	struct agreed entry;
	struct deferred_list deferred;
	struct deferred put_off;
	char text[64]; /* storage of their texts */
	bool closed;
};

static void draw(struct views *vs)
{
	struct canvas c;

	canvas_init(&c, 24, 80);
	views_draw(vs, &c);
	canvas_release(&c);
}

static int decide_ready(void *data, struct doc *doc, struct error *err)
{
	struct fake *f = data;

	(void)doc;
	return f->ready ? error_set(err, f->ready, "pending") : 0;
}

static int file_state(void *data, struct doc *doc, struct host_file_state *state,
		      struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)err;
	*state = (struct host_file_state){.new_file = f->new_file};
	return 0;
}

static int decide(void *data, struct doc *doc, const struct edits *edits,
		  const struct resolved *what, struct slice reason, struct str *id,
		  struct error *err)
{
	struct fake *f = data;

	(void)reason;
	doc_apply(doc, edits);
	if (f->refuses) {
		draw(f->refuses);
		assert_true(doc_undo(doc, NULL));
		return error_set(err, ST_FAIL, "the disk is full");
	}
	snprintf(f->words, sizeof(f->words), "%s", str_text((struct str *)&what->words));
	f->linked = what->linked;
	f->decisions++;
	str_add_text(id, "abc1234");
	return 0;
}

static int edit(void *data, struct doc *doc, const struct edits *edits, struct slice subject,
		struct str *id, struct error *err)
{
	struct fake *f = data;

	(void)err;
	doc_apply(doc, edits);
	snprintf(f->subject, sizeof(f->subject), "%.*s", (int)subject.len, subject.p);
	str_add_text(id, "abc1234");
	return 0;
}

static int undo(void *data, struct doc *doc, size_t *at, struct str *what, struct error *err)
{
	struct fake *f = data;

	(void)err;
	if (!doc_undo(doc, at))
		return error_set(err, ST_MISSING, "no decision is left to undo");
	f->undos++;
	str_add_text(what, "point 1, option 2");
	return 0;
}

static int commit(void *data, struct doc *doc, struct slice message, struct str *id,
		  struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)err;
	snprintf(f->message, sizeof(f->message), "%.*s", (int)message.len, message.p);
	f->ready = 0;
	str_add_text(id, "abc1234");
	return 0;
}

static int set_aside(void *data, struct doc *doc, struct error *err)
{
	(void)doc;
	(void)err;
	((struct fake *)data)->ready = 0;
	return 0;
}

static void propose(void *data, struct doc *doc, struct str *message)
{
	(void)data;
	str_addf(message, "%s: edits", doc->name);
}

static int defer(void *data, struct doc *doc, uint32_t point, struct slice reason,
		 struct slice until, struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)point;
	(void)err;
	snprintf(f->reason, sizeof(f->reason), "%.*s", (int)reason.len, reason.p);
	snprintf(f->until, sizeof(f->until), "%.*s", (int)until.len, until.p);
	return 0;
}

static const struct deferred_list *deferred(void *data, struct doc *doc)
{
	(void)doc;
	return &((struct fake *)data)->deferred;
}

static int agree(void *data, struct doc *doc, size_t at, bool agreed, struct error *err)
{
	struct fake *f = data;
	uint32_t i = draft_paragraph_at(&doc->draft, at);

	(void)err;
	draft_digest(&doc->draft, doc->flat, &doc->brackets, i, f->entry.digest);
	f->agreed = (struct agreed_list){&f->entry, agreed, 1};
	return 0;
}

static const struct agreed_list *agreed(void *data, struct doc *doc)
{
	(void)doc;
	return &((struct fake *)data)->agreed;
}

static const char *setting(void *data, const char *key)
{
	(void)data;
	return strcmp(key, "meeting") == 0 ? "IRM-2" : "";
}

static void close_doc(void *data, struct doc *doc)
{
	(void)doc;
	((struct fake *)data)->closed = true;
}

static const char sample[] =
	"# On preparatory meetings\n\n"
	"*decides to instruct the Director*\n\n"
	"1. to continue to organize, within existing limits, [one / AFR, EUR: at least one / "
	"ARB: "
	"two] regional preparatory meeting for each of the six regions, in close coordination "
	"with the "
	"regional organizations concerned;\n\n"
	"2. to convene a coordination meeting of the chairs [and vice-chairs]{#b1} of those "
	"meetings, "
	"[shall][should] the members so wish, no later than [X] months before;\n\n"
	"3. to report that members [shall][should] take part;\n\n"
	"[4. to publish the results;\n\n"
	"5. to translate them.]\n\n"
	"6. 各方[应／可]提供支持，并鼓励[AFR，EUR：区域组织 / 各国]参加。\n";

static struct views *begin(struct fake *f, const char *text)
{
	struct views *vs;

	memset(f, 0, sizeof(*f));
	parties_init_regions(&f->parties);
	f->entry = (struct agreed){.begins = f->text, .meeting = f->text, .date = f->text};
	f->doc = doc_new("res-31", NULL, slice_of(text), &f->parties);
	f->host = (struct host){.data = f,
				.decide_ready = decide_ready,
				.file_state = file_state,
				.decide = decide,
				.edit = edit,
				.undo_decision = undo,
				.commit = commit,
				.set_aside = set_aside,
				.propose_message = propose,
				.defer = defer,
				.deferred = deferred,
				.agree = agree,
				.agreed = agreed,
				.setting = setting,
				.close = close_doc};
	vs = views_new(&f->host);
	views_push(vs, view_chair_new(&f->host, f->doc, SIZE_MAX));
	return vs;
}

static void end(struct fake *f, struct views *vs)
{
	views_free(vs);
	assert_true(f->closed);
	doc_free(f->doc);
	parties_release(&f->parties);
}

static void check_screen(struct views *vs, const char *name, int rows, int cols,
			 const struct theme *theme)
{
	struct str dump = STR_INIT;
	struct canvas c;

	canvas_init(&c, rows, cols);
	views_draw(vs, &c);
	if (theme)
		canvas_dump_styles(&c, theme, &dump);
	else
		canvas_dump(&c, &dump);
	assert_screen(name, str_slice(&dump));
	canvas_release(&c);
	str_release(&dump);
}

static void press(struct views *vs, uint32_t code)
{
	struct key key = key_of(code);

	draw(vs);
	views_key(vs, &key);
	draw(vs);
}

static void type(struct views *vs, const char *text)
{
	for (; *text; text++)
		press(vs, (unsigned char)*text);
}

static void assert_text_has(const struct fake *f, const char *text)
{
	doc_refresh(f->doc);
	assert_non_null(memmem(f->doc->flat.p, f->doc->flat.len, text, strlen(text)));
}

static void a_point_is_shown_with_its_options_and_who_wants_them(void **state)
{
	struct theme colour = theme_make(256, false), mono = theme_make(0, true);
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	check_screen(vs, "chair-80x24", 24, 80, NULL);
	check_screen(vs, "chair-120x40", 40, 120, NULL);
	check_screen(vs, "chair-40x10", 10, 40, NULL);
	check_screen(vs, "chair-80x24-colour", 24, 80, &colour);
	check_screen(vs, "chair-80x24-mono", 24, 80, &mono);
	end(&f, vs);
}

static void a_number_decides_and_goes_on_to_the_next_point(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '2');
	assert_text_has(&f, "limits, at least one regional");
	assert_string_equal(f.words, "option 2, \"at least one\"");
	check_screen(vs, "chair-decided-80x24", 24, 80, NULL);
	press(vs, '0');
	assert_text_has(&f, "of the chairs of those");
	assert_int_equal(f.decisions, 2);
	end(&f, vs);
}

static void a_decision_that_fails_leaves_its_point_to_be_decided(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.refuses = vs;
	press(vs, '2');
	assert_slice_is(f.doc->flat, sample);
	f.refuses = NULL;
	press(vs, '2');
	assert_string_equal(f.words, "option 2, \"at least one\"");
	assert_text_has(&f, "of the chairs [and vice-chairs]{#b1} of those");
	end(&f, vs);
}

static void a_number_that_is_no_option_is_said_and_changes_nothing(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '7');
	assert_int_equal(f.decisions, 0);
	assert_true(views_message_text(vs).len > 0);
	assert_slice_is(f.doc->flat, sample);
	end(&f, vs);
}

static void linked_points_are_shown_and_decided_together(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	type(vs, "nn");
	press(vs, '.');
	check_screen(vs, "chair-linked-80x24", 24, 80, NULL);
	press(vs, '1');
	assert_int_equal(f.linked, 1);
	assert_text_has(&f, "meetings, shall the members");
	assert_text_has(&f, "members shall take part");
	end(&f, vs);
}

static void a_paragraph_with_two_linked_points_is_shown_once(void **state)
{
	struct fake f;
	struct views *vs =
		begin(&f, "1) that one [shall][should] go and another [shall][should] "
			  "stay;\n\n2) that it [shall][should] be so;\n");

	(void)state;
	press(vs, '.');
	check_screen(vs, "chair-linked-once-80x24", 24, 80, NULL);
	end(&f, vs);
}

static void a_bridging_text_is_typed(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 't');
	type(vs, "one or two");
	press(vs, KEY_RETURN);
	assert_text_has(&f, "limits, one or two regional");
	end(&f, vs);
}

static void all_paragraphs_of_a_block_are_kept_with_a(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'g');
	type(vs, "6");
	press(vs, KEY_RETURN);
	check_screen(vs, "chair-block-80x24", 24, 80, NULL);
	press(vs, 'a');
	assert_text_has(&f, "\n\n4. to publish the results;\n\n5. to translate them.\n\n");
	end(&f, vs);
}

static void chinese_points_are_laid_out_in_wide_columns(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, KEY_LINE_END);
	check_screen(vs, "chair-chinese-80x24", 24, 80, NULL);
	press(vs, '2');
	assert_text_has(&f, "并鼓励各国参加");
	end(&f, vs);
}

static void options_that_read_from_the_right_stand_beside_their_numbers(void **state)
{
	struct fake f;
	struct views *vs =
		begin(&f, "\u062D\u0645\u0627\u064A\u0629 [\u0627\u0644\u0623\u0637"
			  "\u0641\u0627\u0644 / ARB: \u0627\u0644\u0623\u0633\u0631].\n");

	(void)state;
	check_screen(vs, "chair-arabic-80x24", 24, 80, NULL);
	end(&f, vs);
}

static void a_slash_splits_a_run_and_joins_it_again(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	type(vs, "nn/");
	assert_string_equal(f.subject, "res-31: point 3 split");
	doc_read(f.doc);
	assert_int_equal(f.doc->brackets.points[2].n_brackets, 1);
	press(vs, '/');
	assert_slice_is(f.doc->flat, sample);
	end(&f, vs);
}

static void undo_goes_back_to_the_point(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '1');
	press(vs, 'u');
	assert_int_equal(f.undos, 1);
	assert_slice_is(f.doc->flat, sample);
	press(vs, 'u');
	assert_true(slice_starts(views_message_text(vs), "no decision"));
	end(&f, vs);
}

static void a_point_is_put_off_with_a_reason_and_a_meeting(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'd');
	type(vs, "no mandate");
	press(vs, KEY_RETURN);
	type(vs, "IRM-3");
	press(vs, KEY_RETURN);
	assert_string_equal(f.reason, "no mandate");
	assert_string_equal(f.until, "IRM-3");
	assert_slice_is(views_message_text(vs),
			"Point 1 is put off; d on it takes it up again. (no mandate)");
	end(&f, vs);
}

static void points_inside_others_are_not_counted_as_settled(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"One [two [three] four [five]] six [seven].\n",
		 "point 1 of 4 · 2 open, 2 inside others"},
		{"One [two] six [seven].\n", "point 1 of 2 · 2 open · "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake f;
		struct views *vs = begin(&f, cases[i].text);
		struct str dump = STR_INIT;
		struct canvas c;

		canvas_init(&c, 24, 80);
		views_draw(vs, &c);
		canvas_dump(&c, &dump);
		assert_non_null(strstr(str_text(&dump), cases[i].says));
		canvas_release(&c);
		str_release(&dump);
		end(&f, vs);
	}
}

static void pending_edits_are_asked_about_before_a_decision(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.ready = ST_CHANGED;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	check_screen(vs, "chair-pending-80x24", 24, 80, NULL);
	press(vs, 'c');
	press(vs, KEY_RETURN);
	assert_string_equal(f.message, "res-31: edits");
	press(vs, '1');
	assert_int_equal(f.decisions, 1);
	f.ready = ST_CHANGED;
	press(vs, '1');
	press(vs, 'a');
	press(vs, '1');
	assert_int_equal(f.decisions, 2);
	end(&f, vs);
}

static void a_draft_without_history_is_committed_first(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.ready = ST_MISSING;
	f.new_file = true;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	press(vs, 'a'); /* nothing to go back to */
	press(vs, 'c');
	press(vs, KEY_RETURN);
	assert_string_equal(f.message, "res-31: edits");
	press(vs, '1');
	assert_int_equal(f.decisions, 1);
	end(&f, vs);
}

static void a_paragraph_without_points_left_can_be_agreed(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'r'); /* nothing is settled yet */
	assert_int_equal(f.agreed.n, 0);
	press(vs, '1');
	check_screen(vs, "chair-settled-80x24", 24, 80, NULL);
	press(vs, 'r');
	assert_int_equal(f.agreed.n, 1);
	press(vs, 'r');
	assert_int_equal(f.agreed.n, 0);
	end(&f, vs);
}

static void a_draft_without_points_says_so(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, "all agreed\n");

	(void)state;
	check_screen(vs, "chair-none-80x24", 24, 80, NULL);
	type(vs, "1np0at./d");
	assert_int_equal(f.decisions, 0);
	end(&f, vs);
}

static void beyond_nine_options_the_number_is_typed(void **state)
{
	struct fake f;
	struct views *vs = begin(
		&f, "x [a1 / a2 / a3 / a4 / a5 / a6 / a7 / a8 / a9 / a10 / a11 / a12] y\n");

	(void)state;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	type(vs, "1");
	press(vs, KEY_RETURN);
	assert_text_has(&f, "x a11 y");
	end(&f, vs);
}

static void a_long_point_scrolls_its_options(void **state)
{
	struct str text = STR_INIT;
	struct fake f;
	struct views *vs;

	(void)state;
	str_add_text(&text, "Options:\n\n[");
	for (int i = 0; i < 8; i++)
		str_addf(&text,
			 "%s%s option number %d with words enough to fill three rows of the "
			 "column that options have on a screen of eighty columns, and then "
			 "some;",
			 i ? "\n/\n" : "", "The", i + 1);
	str_add_text(&text, "]\n");
	vs = begin(&f, str_text(&text));
	check_screen(vs, "chair-long-80x24", 24, 80, NULL);
	press(vs, KEY_ARROW_DOWN);
	press(vs, KEY_ARROW_DOWN);
	check_screen(vs, "chair-long-down-80x24", 24, 80, NULL);
	end(&f, vs);
	str_release(&text);
}

static void the_table_of_keys_has_no_mistake(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_chair_ops, &out);
	assert_slice_is(str_slice(&out), "");
	str_release(&out);
}

/* ---- positions ---- */

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
		cmocka_unit_test(a_point_is_shown_with_its_options_and_who_wants_them),
		cmocka_unit_test(a_number_decides_and_goes_on_to_the_next_point),
		cmocka_unit_test(a_decision_that_fails_leaves_its_point_to_be_decided),
		cmocka_unit_test(a_number_that_is_no_option_is_said_and_changes_nothing),
		cmocka_unit_test(linked_points_are_shown_and_decided_together),
		cmocka_unit_test(a_paragraph_with_two_linked_points_is_shown_once),
		cmocka_unit_test(a_bridging_text_is_typed),
		cmocka_unit_test(all_paragraphs_of_a_block_are_kept_with_a),
		cmocka_unit_test(chinese_points_are_laid_out_in_wide_columns),
		cmocka_unit_test(options_that_read_from_the_right_stand_beside_their_numbers),
		cmocka_unit_test(a_slash_splits_a_run_and_joins_it_again),
		cmocka_unit_test(undo_goes_back_to_the_point),
		cmocka_unit_test(a_point_is_put_off_with_a_reason_and_a_meeting),
		cmocka_unit_test(points_inside_others_are_not_counted_as_settled),
		cmocka_unit_test(pending_edits_are_asked_about_before_a_decision),
		cmocka_unit_test(a_draft_without_history_is_committed_first),
		cmocka_unit_test(a_paragraph_without_points_left_can_be_agreed),
		cmocka_unit_test(a_draft_without_points_says_so),
		cmocka_unit_test(beyond_nine_options_the_number_is_typed),
		cmocka_unit_test(a_long_point_scrolls_its_options),
		cmocka_unit_test(the_table_of_keys_has_no_mistake),
		cmocka_unit_test(every_option_shows_who_is_for_it_and_who_is_against),
		cmocka_unit_test(w_names_everybody_with_document_and_date),
		cmocka_unit_test(w_says_who_signed),
		cmocka_unit_test(e_goes_to_the_easiest_point),
		cmocka_unit_test(news_of_a_position_is_shown_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
