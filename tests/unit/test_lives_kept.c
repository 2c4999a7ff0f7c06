/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/lives.h"

#include <string.h>

/* Histories made at random, with branches and merges: a life that is gone on
 * with, and the newest part of one, against the same told anew. */

enum { BRANCHES = 3, PARAGRAPHS = 6, WAYS = 8 };

static struct error err;

static int setup(void **state)
{
	parties_init_regions(&regions);
	return scratch_setup(state);
}

static int teardown(void **state)
{
	parties_release(&regions);
	return repo_teardown(state);
}

/* ---- a history ---- */

struct history {
	struct prng random;
	struct str stream; /* for git fast-import */
	unsigned marks;
	int64_t time;
	bool branches;
	unsigned char text[BRANCHES][PARAGRAPHS]; /* the way each paragraph stands */
	unsigned tip[BRANCHES];                   /* marks; 0: as main's */
};

static void add_paragraph(struct str *out, int i, int way)
{
	static const char *const ways[WAYS] = {
		"to consider word%d [one / two] of them",
		"to consider word%d one of them",
		"to consider word%d two of them",
		"to consider word%d [one / two / AFR: three]{#b%d} of them",
		"to consider word%d [one / two / AFR: three] of them [and more]",
		"to consider word%d [and more]",
		"[to consider word%d]",
		"to invite [some / all] the members",
	};

	str_addf(out, "%d. ", i + 1);
	for (const char *p = ways[way]; *p; p++)
		if (p[0] == '%' && p[1] == 'd')
			str_addf(out, "%d", i), p++;
		else
			str_add_char(out, *p);
	str_add_text(out, ";\n\n");
}

static void add_commit(struct history *h, int branch, unsigned from, unsigned merged)
{
	struct str text = STR_INIT;

	for (int i = 0; i < PARAGRAPHS; i++)
		add_paragraph(&text, i, h->text[branch][i]);
	h->marks++;
	/* Clocks differ: a branch's commits may be older than what they are merged
	 * into. */
	h->time += prng_one_in(&h->random, 8) ? 0 : 60;
	str_addf(&h->stream,
		 "commit refs/heads/%s%d\nmark :%u\ncommitter A <a@example.org> %lld "
		 "+0000\n"
		 "data 2\nm\n",
		 branch ? "side" : "main", branch, h->marks,
		 (long long)(h->time - (branch ? 240 : 0)));
	if (from)
		str_addf(&h->stream, "from :%u\n", from);
	if (merged)
		str_addf(&h->stream, "merge :%u\n", merged);
	str_addf(&h->stream, "M 100644 inline drafts/a.md\ndata %zu\n%s\n", text.len,
		 str_text(&text));
	h->tip[branch] = h->marks;
	str_release(&text);
}

static void merge(struct history *h, int branch)
{
	/* One in three keeps the first parent's text whole, and no list of versions
	 * has it. */
	bool ours = prng_one_in(&h->random, 3);

	for (int i = 0; i < PARAGRAPHS && !ours; i++)
		if (prng_one_in(&h->random, 2))
			h->text[0][i] = h->text[branch][i];
	add_commit(h, 0, h->tip[0], h->tip[branch]);
	h->tip[branch] = 0;
}

static void step(struct history *h)
{
	int branch = h->branches ? (int)prng_below(&h->random, BRANCHES) : 0;

	if (branch && h->tip[branch] && prng_one_in(&h->random, 3)) {
		merge(h, branch);
		return;
	}
	if (branch && !h->tip[branch]) {
		memcpy(h->text[branch], h->text[0], PARAGRAPHS);
		h->tip[branch] = h->tip[0];
	}
	h->text[branch][prng_below(&h->random, PARAGRAPHS)] =
		(unsigned char)prng_below(&h->random, WAYS);
	add_commit(h, branch, h->tip[branch], 0);
}

static void history_begin(struct history *h, uint64_t seed, bool branches)
{
	*h = (struct history){.random = prng_make(seed),
			      .stream = STR_INIT,
			      .time = 1700000000,
			      .branches = branches};
	sh("rm -rf work && git init -q work");
	add_commit(h, 0, 0, 0);
}

/* So many commits more; what hangs on main is looked at. */
static void history_grow(struct history *h, int n)
{
	for (int i = 0; i < n; i++)
		step(h);
	put_file("stream", str_text(&h->stream));
	sh("git -C work fast-import --quiet --force --import-marks-if-exists=marks "
	   "--export-marks=marks <stream && git -C work symbolic-ref HEAD "
	   "refs/heads/main0");
	str_clear(&h->stream);
}

/* ---- what is told of it ---- */

static void add_event(const struct lives *l, const struct life_event *e, struct str *out)
{
	struct slice text = life_text(&l->life, e), more = life_more(&l->life, e);

	str_addf(out, " %s %u %.*s|%.*s", life_kind_word(e->kind), e->option, (int)text.len,
		 text.p, (int)more.len, more.p);
}

/* Everything, one event and one point a line. */
static void add_story(const struct lives *l, struct str *out)
{
	for (size_t i = 0; i < l->life.n_events; i++) {
		const struct life_event *e = &l->life.events[i];

		str_addf(out, "%.10s p%u other %u", l->v[e->version].id, e->point, e->other);
		add_event(l, e, out);
		str_add_char(out, '\n');
	}
	for (size_t i = 0; i < l->life.n_points; i++) {
		const struct life_point *p = &l->life.points[i];
		struct slice text = life_point_text(&l->life, p);

		str_addf(out,
			 "p%zu state %d born %u ended %u spoken %u number %u depth %u %.*s\n",
			 i, p->state, p->born, p->ended, p->spoken, p->number, p->depth,
			 (int)text.len, text.p);
	}
}

static struct lives read_lives(struct repo *r, const struct lives_ask *how)
{
	struct lives_ask ask = *how;
	struct lives l;

	ask.revision = "HEAD";
	ask.path = "drafts/a.md";
	ask.parties = &regions;
	if (lives_read(&l, r, &ask, &err) < 0)
		fail_msg("%s", err.text);
	return l;
}

struct reads {
	size_t texts; /* from where on they were read anew */
};

static bool note_step(void *arg, size_t done, size_t total)
{
	struct reads *reads = arg;

	if (total && reads->texts == SIZE_MAX)
		reads->texts = done;
	return true;
}

static void a_life_gone_on_with_is_the_one_told_anew(void **state)
{
	size_t resumed = 0, whole = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct history h;

		history_begin(&h, seed, true);
		history_grow(&h, 90);
		for (int round = 0; round < 5; round++) {
			struct reads reads = {SIZE_MAX};
			struct str anew = STR_INIT, kept = STR_INIT;
			struct repo *r = opened("work");
			struct lives l = read_lives(r, &(struct lives_ask){.no_cache = true});

			add_story(&l, &anew);
			lives_release(&l);
			l = read_lives(r,
				       &(struct lives_ask){.step = note_step, .arg = &reads});
			add_story(&l, &kept);
			if (round && reads.texts != 0)
				resumed++;
			else if (round)
				whole++;
			lives_release(&l);
			assert_string_equal(str_text(&kept), str_text(&anew));
			str_release(&anew);
			str_release(&kept);
			repo_free(r);
			history_grow(&h, 12);
		}
		str_release(&h.stream);
	}
	/* Otherwise it shows nothing. */
	print_message("# %zu gone on with, %zu told anew\n", resumed, whole);
	assert_true(resumed > whole);
}

/* ---- the newest part ---- */

static void take_newest(void *arg, struct lives *l)
{
	*(struct lives *)arg = *l;
}

static bool is_told(const struct lives *part, const struct life_event *e,
		    const struct lives *all, const struct life_event *whole)
{
	bool came = whole->kind == LIFE_BORN || whole->kind == LIFE_SPLIT ||
		    whole->kind == LIFE_REOPENED;

	return strcmp(part->v[e->version].id, all->v[whole->version].id) == 0 &&
	       (e->kind == whole->kind || (e->kind == LIFE_OPENED && came)) &&
	       e->option == whole->option &&
	       slice_equal(life_text(&part->life, e), life_text(&all->life, whole)) &&
	       slice_equal(life_more(&part->life, e), life_more(&all->life, whole));
}

static void assert_events_are_of_the_whole(const struct lives *part, const struct lives *all)
{
	size_t told = 0;

	for (size_t i = 0; i < part->life.n_events; i++) {
		const struct life_event *e = &part->life.events[i];
		size_t k = 0;

		assert_int_equal(e->kind == LIFE_THERE, e->version == 0);
		while (k < all->life.n_events && !is_told(part, e, all, &all->life.events[k]))
			k++;
		assert_true(e->version == 0 || k < all->life.n_events);
		told += e->version > 0 && !(e->version == part->newest &&
					    (e->kind == LIFE_CLOSED || e->kind == LIFE_MERGED));
	}
	/* And nothing else happened in its versions, after the first; but what
	 * another line left open is over in the newest. */
	for (size_t i = 0; i < all->life.n_events; i++) {
		const struct life_event *e = &all->life.events[i];
		bool over = e->version == all->newest &&
			    (e->kind == LIFE_CLOSED || e->kind == LIFE_MERGED);

		for (size_t k = 1; k < part->n && !over; k++)
			told -= strcmp(all->v[e->version].id, part->v[k].id) == 0;
	}
	assert_int_equal(told, 0);
}

static void assert_open_points_are_the_same(const struct lives *part, const struct lives *all)
{
	size_t open = 0;

	for (size_t i = 0; i < all->life.n_points; i++) {
		const struct life_point *p = &all->life.points[i];
		size_t k = 0;

		if (p->state != LIFE_OPEN)
			continue;
		open++;
		while (k < part->life.n_points &&
		       (part->life.points[k].state != LIFE_OPEN ||
			part->life.points[k].number != p->number ||
			!slice_equal(life_point_text(&part->life, &part->life.points[k]),
				     life_point_text(&all->life, p))))
			k++;
		assert_true(k < part->life.n_points);
	}
	for (size_t k = 0; k < part->life.n_points; k++)
		open -= part->life.points[k].state == LIFE_OPEN;
	assert_int_equal(open, 0);
}

static void the_newest_part_says_nothing_else_than_the_whole(void **state)
{
	(void)state;
	for (uint64_t seed = 11; seed <= 16; seed++) {
		struct lives part = {.n = 0}, all;
		struct history h;
		struct repo *r;

		history_begin(&h, seed, seed % 2);
		history_grow(&h, 60);
		r = opened("work");
		all = read_lives(r, &(struct lives_ask){.newest = take_newest, .arg = &part});
		assert_true(part.n > 0);
		assert_true(part.n <= 64);
		assert_events_are_of_the_whole(&part, &all);
		assert_open_points_are_the_same(&part, &all);
		lives_release(&part);
		lives_release(&all);
		repo_free(r);
		str_release(&h.stream);
	}
}

/* ---- a branch that a merge left ---- */

static void a_point_of_a_branch_that_was_left_ends_at_the_merge(void **state)
{
	struct history h;
	struct lives l;
	struct repo *r;
	size_t gone = 0;

	(void)state;
	history_begin(&h, 1, true);
	memcpy(h.text[1], h.text[0], PARAGRAPHS);
	h.text[1][PARAGRAPHS - 1] = 6;
	h.time += 600;
	add_commit(&h, 1, h.tip[0], 0);
	h.text[0][1] = 1;
	h.time += 600;
	add_commit(&h, 0, h.tip[0], 0);
	h.time += 600;
	add_commit(&h, 0, h.tip[0], h.tip[1]); /* as it stands on main */
	h.time += 600;
	h.text[0][2] = 1;
	add_commit(&h, 0, h.tip[0], 0);
	history_grow(&h, 0);
	r = opened("work");
	for (int kept = 0; kept < 2; kept++) {
		gone = 0;
		l = read_lives(r, &(struct lives_ask){.step = NULL});
		assert_int_equal(l.kept, kept);
		assert_int_equal(l.n, 5);
		assert_int_equal(l.v[3].n_parents, 2);
		assert_int_equal(l.newest, 4);
		for (size_t i = 0; i < l.life.n_points; i++) {
			const struct life_point *p = &l.life.points[i];

			if (!slice_is(life_point_text(&l.life, p), "[to consider word5]"))
				continue;
			assert_int_not_equal(p->state, LIFE_OPEN);
			assert_int_equal(p->ended, 3);
			gone++;
		}
		assert_int_equal(gone, 1);
		lives_release(&l);
	}
	repo_free(r);
	str_release(&h.stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_life_gone_on_with_is_the_one_told_anew, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			the_newest_part_says_nothing_else_than_the_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_point_of_a_branch_that_was_left_ends_at_the_merge, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
