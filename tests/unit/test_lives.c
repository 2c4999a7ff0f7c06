/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/auditor.h"
#include "store/blamer.h"
#include "store/chronicle.h"
#include "store/decided.h"
#include "store/lives.h"
#include "store/tags.h"

#include <string.h>

/* What the modules that read a draft's whole history make of the same repositories. */

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

/* "put PATH TEXT": one file, committed at a new minute; \n in TEXT is a line end. */
#define PUT                                                                                    \
	"n=${n:-0}; put() { n=$((n+1)); mkdir -p work/drafts/a; printf '%%b' \"$2\" "          \
	">work/$1; "                                                                           \
	"keep \"$1\"; }; keep() { git -C work add -A; "                                        \
	"GIT_AUTHOR_DATE=\"$((1700000000+n*60)) +0100\" "                                      \
	"GIT_COMMITTER_DATE=\"$((1700000000+n*60)) +0100\" git -C work commit -qm \"$1\"; }; "

static bool was_kept;

/* Every event, one a line. */
static void story(struct repo *r, bool no_cache, struct str *out)
{
	struct lives_ask ask = {.revision = "HEAD",
				.path = "drafts/a.md",
				.parties = &regions,
				.no_cache = no_cache};
	struct lives l;

	if (lives_read(&l, r, &ask, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < l.life.n_events; i++) {
		const struct life_event *e = &l.life.events[i];
		struct slice text = life_text(&l.life, e);

		str_addf(out, "%.8s p%u %s %.*s\n", l.v[e->version].id, e->point + 1,
			 life_kind_word(e->kind), (int)text.len, text.p);
	}
	for (size_t i = 0; i < l.n_notes; i++)
		str_addf(out, "note %s\n", l.notes[i]);
	was_kept = l.kept;
	lives_release(&l);
}

static void assert_kept_is_the_same(struct repo *r)
{
	struct str cold = STR_INIT, first = STR_INIT, second = STR_INIT;

	story(r, true, &cold);
	story(r, false, &first);
	assert_string_equal(str_text(&first), str_text(&cold));
	story(r, false, &second);
	assert_true(was_kept);
	assert_string_equal(str_text(&second), str_text(&cold));
	str_release(&cold);
	str_release(&first);
	str_release(&second);
}

static void a_life_that_was_kept_goes_on(void **state)
{
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md 'one [x / y] two [z]\\n'; "
	   "put drafts/a/AFR.positions.yaml 'b7:\\n  stance: supports\\n  option: 1\\n'; "
	   "put drafts/a.md 'one [x / y / w]{#b7} two [z]\\n'");
	r = opened("work");
	assert_kept_is_the_same(r);
	sh("n=9; " PUT "put drafts/a.md 'one [x / y / w]{#b7} two z\\n'; "
	   "put drafts/a/AFR.positions.yaml 'b7:\\n  stance: opposes\\n  option: 1\\n'");
	assert_kept_is_the_same(r);
	sh("n=19; " PUT "git -C work switch -qc side HEAD~1; "
	   "put drafts/a.md 'one x two z\\n'; git -C work switch -q main; "
	   "put drafts/b.md 'b\\n'; git -C work merge -q --no-ff -m m side; "
	   "put drafts/a.md 'one x two z [new]\\n'");
	assert_kept_is_the_same(r);
	/* What was kept is of other bytes now: not believed. */
	sh("for f in work/.git/adref/life-*; do printf x >>$f; done");
	assert_kept_is_the_same(r);
	repo_free(r);
}

/* What the log of the draft and of what stands beside it lists, newest first: paths. */
static void log_all(struct repo *r, struct str *out)
{
	struct workspace ws = {.root = NULL};
	struct chronicle_entry e = {.version = VERSION_INIT};
	struct chronicle *c = NULL;

	ws.parties = regions;
	assert_int_equal(chronicle_open(&c, r,
					&(struct chronicle_ask){.revision = "HEAD",
								.path = "drafts/a.md",
								.folder = "drafts",
								.beside = true,
								.ws = &ws},
					&err),
			 0);
	while (chronicle_next(c, -1, &e) == VERSIONS_FOUND)
		str_addf(out, "%.*s\n", (int)version_subject(&e.version).len,
			 version_subject(&e.version).p);
	chronicle_entry_release(&e);
	chronicle_free(c);
}

/* A text, a position, the decision, and a position on another point: at those times. */
static void commit_four(const char *const times[4])
{
	sh("rm -rf work; git init -q work && " PUT "n=%s; "
	   "put drafts/a.md 'one [x / y]{#b7} two [z]{#b8}\n'; n=%s; "
	   "put drafts/a/AFR.positions.yaml 'b7:\n  stance: supports\n  option: 1\n'; n=%s; "
	   "put drafts/a.md 'one x two [z]{#b8}\n'; n=%s; "
	   "put drafts/a/EUR.positions.yaml 'b8:\n  stance: opposes\n  option: 1\n'",
	   times[0], times[1], times[2], times[3]);
}

static void what_stands_beside_is_told_where_it_was_committed(void **state)
{
	static const char *const times[][4] = {
		{"1", "2", "3", "4"}, {"1", "1", "1", "1"}, {"9", "7", "5", "3"}};
	static const char *const told[] = {"p1 born", "p2 born", "p1 position", "p1 resolved",
					   "p2 position"};

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct str out = STR_INIT, list = STR_INIT;
		const char *at;
		struct repo *r;

		commit_four(times[i]);
		r = opened("work");
		story(r, true, &out);
		at = str_text(&out);
		for (size_t k = 0; k < sizeof(told) / sizeof(*told); k++) {
			at = strstr(at, told[k]);
			if (!at)
				fail_msg("no \"%s\" where it belongs in\n%s", told[k],
					 str_text(&out));
		}
		log_all(r, &list);
		assert_string_equal(str_text(&list),
				    "drafts/a/EUR.positions.yaml\ndrafts/a.md\n"
				    "drafts/a/AFR.positions.yaml\ndrafts/a.md\n");
		assert_kept_is_the_same(r);
		repo_free(r);
		str_release(&out);
		str_release(&list);
	}
}

static size_t count(const struct str *text, const char *what)
{
	size_t n = 0;

	for (const char *p = text->p; (p = strstr(p, what)); p++)
		n++;
	return n;
}

static void positions_go_with_a_draft_that_is_renamed(void **state)
{
	struct str out = STR_INIT, first = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "mkdir -p work/drafts/old; "
	   "put drafts/old.md 'one [x / y]{#b7} two and more\n'; "
	   "put drafts/old/AFR.positions.yaml 'b7:\n  stance: supports\n  option: 1\n'; "
	   "git -C work rev-parse HEAD >first; rmdir work/drafts/a; "
	   "git -C work mv drafts/old drafts/a; git -C work mv drafts/old.md drafts/a.md; "
	   "keep renamed; "
	   "put drafts/a/AFR.positions.yaml 'b7:\n  stance: opposes\n  option: 1\n'");
	r = opened("work");
	story(r, true, &out);
	assert_int_equal(count(&out, " position "), 2);
	str_addf(&first, "%.8s p1 position ", sh_out("cat first"));
	assert_int_equal(count(&out, str_text(&first)), 1);
	assert_kept_is_the_same(r);
	repo_free(r);
	str_release(&out);
	str_release(&first);
}

static void texts_that_cannot_be_read_are_passed_over(void **state)
{
	struct str out = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md 'one [x] two\\n'; "
	   "put drafts/a.md 'one \\000 two\\n'; put drafts/a.md 'one [x] two [y]\\n'; "
	   "head -c 17000000 /dev/zero | tr '\\000' a >work/drafts/a.md; n=9; keep big; "
	   "put drafts/a.md 'one [x] two [y]\\n'; "
	   "git -C work rm -q drafts/a.md; n=20; keep gone; put drafts/a.md 'one [x] two "
	   "[y]\\n'");
	r = opened("work");
	story(r, false, &out);
	assert_non_null(strstr(str_text(&out), "p1 born [x]"));
	assert_non_null(strstr(str_text(&out), "p2 born [y]"));
	assert_null(strstr(str_text(&out), "p3"));
	assert_non_null(strstr(str_text(&out), "a binary file"));
	assert_non_null(strstr(str_text(&out), "17000000 bytes"));
	str_release(&out);
	repo_free(r);
}

static void a_draft_that_went_has_no_open_points(void **state)
{
	struct lives_ask ask = {.revision = "HEAD", .path = "drafts/a.md", .parties = &regions};
	struct repo *r;
	struct lives l;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md 'one [x / y] two\n'; n=2; "
	   "git -C work mv drafts/a.md drafts/b.md; keep moved");
	r = opened("work");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(lives_read(&l, r, &ask, &err), 0);
		assert_true(l.gone);
		assert_int_equal(l.life.n_points, 1);
		assert_int_equal(l.life.points[0].state, LIFE_IS_CLOSED);
		assert_int_equal(l.life.points[0].ended, 1);
		assert_int_equal(l.life.events[1].kind, LIFE_CLOSED);
		lives_release(&l);
	}
	/* It comes back, and with it what was open. */
	sh("n=5; " PUT "put drafts/a.md 'one [x / y] two\n'");
	assert_int_equal(lives_read(&l, r, &ask, &err), 0);
	assert_false(l.gone);
	assert_int_equal(l.life.n_points, 1);
	assert_int_equal(l.life.points[0].state, LIFE_OPEN);
	lives_release(&l);
	repo_free(r);
}

static bool stop(void *arg, size_t done, size_t total)
{
	(void)arg;
	(void)done;
	return total == 0;
}

static void reading_can_be_stopped(void **state)
{
	struct lives_ask ask = {
		.revision = "HEAD", .path = "drafts/a.md", .parties = &regions, .step = stop};
	struct lives l;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md 'one [x] two\\n'");
	r = opened("work");
	assert_int_equal(lives_read(&l, r, &ask, &err), ST_FAIL);
	assert_string_equal(err.text, "stopped");
	ask.path = "drafts/never.md";
	ask.step = NULL;
	assert_int_equal(lives_read(&l, r, &ask, &err), ST_MISSING);
	repo_free(r);
}

/* Yes so many times, then no. */
static bool count_down(void *arg)
{
	return (*(int *)arg)-- > 0;
}

/* Wherever they are, they stop; and left alone, they end well. */
static void what_was_decided_and_what_was_not_can_be_stopped(void **state)
{
	struct decided_list decided;
	struct auditor a;
	struct repo *r;
	int audits = 0, lists = 0, rc = ST_FAIL;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md 'one [x] two\\n'; "
	   "put drafts/a.md 'one x two\\n'; put drafts/a.md 'one x [y] two\\n'; "
	   "put drafts/a.md 'one x y two\\n'");
	r = opened("work");
	for (int left; rc != ST_OK && audits < 100; audits++) {
		left = audits;
		rc = auditor_run(&a, r,
				 &(struct versions_between){"HEAD~3", "HEAD", "drafts/a.md",
							    &regions, count_down, &left},
				 &err);
		if (rc != ST_OK)
			assert_string_equal(err.text, "stopped");
	}
	assert_int_equal(rc, ST_OK);
	assert_int_equal(a.n, 3);
	auditor_release(&a);
	rc = ST_FAIL;
	for (int left; rc != ST_OK && lists < 100; lists++) {
		left = lists;
		rc = decided_between(&decided, r,
				     &(struct versions_between){"HEAD~3", "HEAD", "drafts/a.md",
								&regions, count_down, &left},
				     &err);
		if (rc != ST_OK)
			assert_string_equal(err.text, "stopped");
	}
	assert_int_equal(rc, ST_OK);
	decided_release(&decided);
	/* Each was asked at its versions as they were listed, and as they were read. */
	assert_true(audits > 3 && lists > 3);
	repo_free(r);
}

static bool count_up(void *arg)
{
	++*(int *)arg;
	return true;
}

/* Two merges a version that may have been merged first: it is asked before each. */
static void a_merge_that_is_looked_for_in_turn_can_be_stopped(void **state)
{
	struct auditor a;
	struct repo *r;
	int asked = 0;

	(void)state;
	sh("git init -q -b main work && " PUT "put drafts/a.md 'one two\\n\\nthree\\n'; "
	   "git -C work switch -qc side; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do "
	   "put drafts/a.md \"one two\\n\\nthree [$i]\\n\"; done; "
	   "git -C work switch -q main; put drafts/a.md 'one [x] two\\n\\nthree\\n'; "
	   "git -C work merge -q --no-commit -s ours side; "
	   "put drafts/a.md 'one\\n\\nthree\\n'");
	r = opened("work");
	assert_int_equal(auditor_run(&a, r,
				     &(struct versions_between){"HEAD^1", "HEAD", "drafts/a.md",
								&regions, count_up, &asked},
				     &err),
			 0);
	assert_true(a.n > 0 && a.open > 0);
	assert_true(asked >= 12 + 2 * (int)a.n);
	auditor_release(&a);
	repo_free(r);
}

static void versions_know_their_meetings(void **state)
{
	struct versions_ask ask = {.revision = "HEAD", .path = "drafts/a.md"};
	struct version v = VERSION_INIT;
	struct versions *walk = NULL;
	struct meetings calendar;
	struct tag_list tags;
	struct str keep = STR_INIT;
	struct repo *r;

	(void)state;
	assert_int_equal(
		meetings_read(SLICE("meetings:\n"
				    "  - code: NOV\n    dates: [2023-11-14, 2023-11-15]\n"
				    "  - code: IRM-1\n    dates: [2030-01-01]\n"),
			      &calendar, NULL, &err),
		0);
	sh("git init -q work && " PUT "put drafts/a.md '1\\n'; put drafts/a.md '2\\n'; "
	   "git -C work tag -a -m x IRM-1; put drafts/a.md '3\\n'; "
	   "git -C work commit -q --amend -m s -m 'Meeting: IRM-9'; n=9999; "
	   "put drafts/a.md '4\\n'; git -C work tag v4");
	r = opened("work");
	tags_read(&tags, r);
	assert_int_equal(versions_open(&walk, r, &ask, &err), 0);
	assert_int_equal(versions_next(walk, -1, &v), VERSIONS_FOUND);
	assert_string_equal(tags_find(&tags, v.id), "v4");
	assert_string_equal(tags_meeting(&tags, &calendar, &v, &keep), "");
	assert_int_equal(versions_next(walk, -1, &v), VERSIONS_FOUND);
	assert_string_equal(tags_meeting(&tags, &calendar, &v, &keep), "IRM-9");
	assert_int_equal(versions_next(walk, -1, &v), VERSIONS_FOUND);
	assert_string_equal(tags_meeting(&tags, &calendar, &v, &keep), "IRM-1");
	assert_int_equal(versions_next(walk, -1, &v), VERSIONS_FOUND);
	assert_string_equal(tags_meeting(&tags, &calendar, &v, &keep), "NOV");
	versions_free(walk);
	version_release(&v);
	tags_release(&tags);
	meetings_release(&calendar);
	str_release(&keep);
	repo_free(r);
}

/* Random histories with branches: whatever is asked, every answer is whole. */
static void random_histories_are_read_whole(void **state)
{
	struct prng random = prng_make(31);
	struct str script = STR_INIT, text = STR_INIT;
	struct blamer b;
	struct auditor a;
	struct decided_list decided;
	struct blamer_ask ask = {.revision = "HEAD", .path = "drafts/a.md"};
	struct repo *r;
	size_t at = 0;

	(void)state;
	str_addf(&script,
		 "git init -q work && " PUT "put drafts/a.md 'a [b / c] d\\n\\ne [f]\\n'; ");
	for (int i = 2; i < 15; i++) {
		if (prng_one_in(&random, 4))
			str_addf(&script, "git -C work switch -qc b%d; ", i);
		if (prng_one_in(&random, 4))
			str_addf(&script,
				 "git -C work merge -q --no-ff -X theirs -m m%d $(git -C work "
				 "for-each-ref --format='%%(refname)' refs/heads | sed -n "
				 "%dp) >/dev/null 2>&1 || true; ",
				 i, (int)prng_below(&random, 4) + 1);
		str_addf(&script, "put drafts/a.md 'a%zu [b / c%zu] d\\n\\ne [f]%s %zu\\n'; ",
			 prng_below(&random, 3), prng_below(&random, 3),
			 prng_one_in(&random, 2) ? " [g]" : "", prng_below(&random, 9));
	}
	sh("%s", str_text(&script));
	r = opened("work");
	assert_kept_is_the_same(r);
	assert_int_equal(repo_read(r, "HEAD", ask.path, 1 << 20, &text, &err), 0);
	ask.text = str_slice(&text);
	ask.end = text.len;
	assert_int_equal(blamer_words(&b, r, &ask, &err), 0);
	for (size_t i = 0; i < b.n_runs; i++) {
		assert_true(b.runs[i].begin >= at && b.runs[i].version < b.n);
		for (; at < b.runs[i].begin; at++)
			assert_non_null(strchr(" \n", text.p[at]));
		at = b.runs[i].end;
	}
	blamer_release(&b);
	ask.begin = prng_below(&random, text.len);
	assert_int_equal(blamer_trace(&b, r, &ask, &err), 0);
	assert_true(b.n_changes > 0);
	blamer_release(&b);
	assert_int_equal(auditor_run(&a, r,
				     &(struct versions_between){.old = "HEAD~3",
								.new = "HEAD",
								.path = "drafts/a.md",
								.parties = &regions},
				     &err),
			 0);
	auditor_release(&a);
	assert_int_equal(decided_between(&decided, r,
					 &(struct versions_between){.old = "HEAD~3",
								    .new = "HEAD",
								    .path = "drafts/a.md",
								    .parties = &regions},
					 &err),
			 0);
	decided_release(&decided);
	repo_free(r);
	str_release(&script);
	str_release(&text);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_draft_that_went_has_no_open_points, setup,
						teardown),
		T(a_life_that_was_kept_goes_on),
		T(what_stands_beside_is_told_where_it_was_committed),
		T(positions_go_with_a_draft_that_is_renamed),
		T(texts_that_cannot_be_read_are_passed_over),
		T(reading_can_be_stopped),
		T(what_was_decided_and_what_was_not_can_be_stopped),
		T(a_merge_that_is_looked_for_in_turn_can_be_stopped),
		T(versions_know_their_meetings),
		T(random_histories_are_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
