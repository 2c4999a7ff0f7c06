/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_overlap.h"

#include <stdlib.h>
#include <string.h>

/* The overlap of a workspace's drafts, which a fake host reads. */
struct desk {
	struct host host;
	struct parties parties;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	size_t n;
	const char *unreadable;
	char opened[64];
	size_t opened_at;
};

#define RURAL   "that rural communities still lack affordable access to networks;\n\n"
#define WOMEN   "that women are under-represented in the study groups of the Sector;\n\n"
#define REPORT  "to report every year to the Council on the results of this work, "
#define SCHOOLS "to connect the schools before the next Conference, with the Member States;\n\n"
#define CHAIRS                                                                                 \
	"to convene a coordination meeting of the chairs of the preparatory meetings;\n\n"

static const struct {
	const char *name, *text;
} drafts[] = {
	{"res-16", "# Least developed\n\nnoting\n\na) " RURAL "b) " WOMEN
		   "resolves\n\n1. " REPORT "in good time;\n\n2. " CHAIRS},
	{"res-30",
	 "# Access\n\nnoting\n\na) that rural communities and islands still lack "
	 "[affordable / EUR: secure] access to networks;\n\nresolves\n\n1. " SCHOOLS
	 "2. " CHAIRS "3. to thank the hosts of all of the meetings for their work.\n"},
	{"res-55-on-women",
	 "# Women\n\nnoting\n\n– " WOMEN "resolves\n\n1. " REPORT "and to publish it;\n"},
	{"res-64",
	 "# Consumers\n\nnoting\n\nthat nobody has counted how many of them there are "
	 "in the world;\n"},
	/* where a test asks for them */
	{"same-1", SCHOOLS},
	{"same-2", SCHOOLS},
	{"same-3", SCHOOLS},
	{"same-4", SCHOOLS},
};
enum { USUAL = 4, ALL = sizeof(drafts) / sizeof(drafts[0]) };

static const struct parties *get_parties(void *data)
{
	return &((struct desk *)data)->parties;
}

static size_t get_desk(void *data, const struct desk_row **rows)
{
	static struct desk_row list[ALL];

	for (size_t i = 0; i < ALL; i++)
		list[i].name = drafts[i].name;
	*rows = list;
	return ((struct desk *)data)->n;
}

static int draft_text(void *data, const char *name, struct str *text, struct error *err)
{
	struct desk *d = data;

	if (d->unreadable && strcmp(d->unreadable, name) == 0)
		return error_set(err, ST_DENIED, "%s: cannot be read", name);
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(drafts[i].name, name) == 0)
			str_add_text(text, drafts[i].text);
	return 0;
}

static int open_view(void *data, const char *view, const char *draft, size_t at,
		     struct error *err)
{
	struct desk *d = data;

	(void)err;
	assert_string_equal(view, "editor");
	strncpy(d->opened, draft, sizeof(d->opened) - 1);
	d->opened_at = at;
	return 0;
}

static void draw(struct desk *d)
{
	views_draw(d->views, &d->canvas);
}

static void settle(struct desk *d)
{
	draw(d);
	while (views_idle(d->views))
		draw(d);
	draw(d);
}

static void set_up(struct desk *d, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	parties_init_regions(&d->parties);
	d->host = (struct host){.data = d,
				.parties = get_parties,
				.desk = get_desk,
				.draft_text = draft_text,
				.open_view = open_view};
	d->n = USUAL;
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
}

static void begin(struct desk *d, int rows, int cols)
{
	set_up(d, rows, cols);
	views_push(d->views, view_overlap_new(&d->host, NULL));
	settle(d);
}

static void end(struct desk *d)
{
	views_free(d->views);
	canvas_release(&d->canvas);
	str_release(&d->dump);
	parties_release(&d->parties);
}

static void press(struct desk *d, uint32_t code)
{
	struct key key = {.code = code};

	views_key(d->views, &key);
	settle(d);
}

static void expect(struct desk *d, const char *screen)
{
	str_clear(&d->dump);
	canvas_dump(&d->canvas, &d->dump);
	assert_screen(screen, str_slice(&d->dump));
}

static void expect_styles(struct desk *d, const char *screen, int colours)
{
	struct theme theme = theme_make(colours, false);

	str_clear(&d->dump);
	canvas_dump_styles(&d->canvas, &theme, &d->dump);
	assert_screen(screen, str_slice(&d->dump));
}

static bool sees(struct desk *d, const char *words)
{
	str_clear(&d->dump);
	canvas_dump(&d->canvas, &d->dump);
	return slice_find(str_slice(&d->dump), words) != NULL;
}

static void the_list_shows_who_repeats_whom(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	expect(&d, "overlap-80x24");
	expect_styles(&d, "overlap-80x24-colour", 8);
	expect_styles(&d, "overlap-80x24-mono", 0);
	end(&d);
	begin(&d, 40, 120);
	expect(&d, "overlap-120x40");
	end(&d);
	begin(&d, 10, 40);
	expect(&d, "overlap-40x10");
	end(&d);
	set_up(&d, 10, 80);
	d.n = ALL;
	views_push(d.views, view_overlap_new(&d.host, NULL));
	settle(&d);
	assert_true(sees(&d, "7 more below"));
	press(&d, KEY_LINE_END);
	assert_false(sees(&d, "more below"));
	end(&d);
}

static void enter_shows_the_paragraphs_side_by_side(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, KEY_RETURN);
	expect(&d, "overlap-pair-80x24");
	expect_styles(&d, "overlap-pair-80x24-colour", 8);
	expect_styles(&d, "overlap-pair-80x24-mono", 0);
	press(&d, KEY_ESCAPE);
	press(&d, 'q');
	end(&d);
	begin(&d, 40, 120);
	press(&d, 'j');
	press(&d, KEY_RETURN);
	expect(&d, "overlap-pair-120x40");
	end(&d);
	begin(&d, 10, 40);
	press(&d, KEY_RETURN);
	press(&d, 'n');
	expect(&d, "overlap-pair-40x10");
	end(&d);
}

static void moving_goes_round_and_keeps_the_focus_in_sight(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 12, 80);
	press(&d, KEY_RETURN);
	assert_true(sees(&d, "paragraph 1 of 2"));
	assert_true(sees(&d, "stands in res-16 · more below"));
	press(&d, 'G');
	assert_true(sees(&d, "stands in res-16"));
	assert_false(sees(&d, "more below"));
	press(&d, 'g');
	press(&d, 'p');
	assert_true(sees(&d, "paragraph 2 of 2"));
	assert_true(sees(&d, "From the first paragraph to the last."));
	press(&d, 'n');
	assert_true(sees(&d, "paragraph 1 of 2"));
	press(&d, 'G');
	assert_true(sees(&d, "▸¶"));
	for (int i = 0; i < 30; i++)
		press(&d, i < 20 ? 'j' : KEY_PAGE_UP);
	assert_true(sees(&d, "▸¶ 6"));
	press(&d, 'g');
	assert_true(sees(&d, "paragraph 1 of 2"));
	end(&d);
}

static void a_paragraph_is_edited_where_it_stands(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, KEY_RETURN);
	press(&d, 'e');
	assert_string_equal(d.opened, "res-16");
	assert_int_equal(strncmp(drafts[0].text + d.opened_at, "b) that women", 13), 0);
	press(&d, 'E');
	assert_string_equal(d.opened, "res-55-on-women");
	assert_int_equal(strncmp(drafts[2].text + d.opened_at, "– that women", 12), 0);
	end(&d);
}

static void the_draft_one_comes_from_is_chosen(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	views_push(d.views, view_overlap_new(&d.host, "res-30"));
	settle(&d);
	assert_true(sees(&d, "▸ res-16             43 %  res-30"));
	end(&d);
}

static void a_filter_names_drafts(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	assert_true(views_command(d.views, SLICE("filter WOMEN")));
	draw(&d);
	assert_true(sees(&d, "1 of 2 pairs"));
	assert_false(sees(&d, "res-30"));
	press(&d, KEY_ESCAPE);
	assert_true(sees(&d, "res-30"));
	end(&d);
}

static void what_cannot_be_read_is_left_out_and_said(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	d.unreadable = "res-30";
	views_push(d.views, view_overlap_new(&d.host, NULL));
	settle(&d);
	assert_true(sees(&d, "1 draft could not be read"));
	assert_true(sees(&d, "3 drafts"));
	d.unreadable = NULL;
	press(&d, FN_KEY(5));
	assert_true(sees(&d, "4 drafts"));
	end(&d);
}

static void it_says_so_where_nothing_is_repeated_and_while_it_looks(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	d.n = 1;
	views_push(d.views, view_overlap_new(&d.host, NULL));
	draw(&d);
	assert_true(sees(&d, "reading the drafts …"));
	settle(&d);
	assert_true(sees(&d, "There is only one draft"));
	end(&d);
	set_up(&d, 24, 80);
	views_push(d.views, view_overlap_new(&d.host, NULL));
	draw(&d);
	views_idle(d.views);
	views_idle(d.views);
	draw(&d);
	assert_true(sees(&d, "reading the drafts … 1 of 4"));
	views_key(d.views, &(struct key){.code = KEY_ESCAPE});
	draw(&d);
	assert_false(views_idle(d.views));
	assert_true(sees(&d, "Stopped before all drafts were compared."));
	end(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_shows_who_repeats_whom),
		cmocka_unit_test(enter_shows_the_paragraphs_side_by_side),
		cmocka_unit_test(moving_goes_round_and_keeps_the_focus_in_sight),
		cmocka_unit_test(a_paragraph_is_edited_where_it_stands),
		cmocka_unit_test(the_draft_one_comes_from_is_chosen),
		cmocka_unit_test(a_filter_names_drafts),
		cmocka_unit_test(what_cannot_be_read_is_left_out_and_said),
		cmocka_unit_test(it_says_so_where_nothing_is_repeated_and_while_it_looks),
	};

	return cmocka_run_group_tests_name("view_overlap", tests, NULL, NULL);
}
