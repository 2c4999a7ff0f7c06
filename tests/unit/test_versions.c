/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/repo.h"
#include "store/versions.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct error err;

/* A function "put PATH TEXT" for the shell, that commits one file at a new minute. */
#define PUT                                                                                    \
	"n=${n:-0}; put() { n=$((n+1)); mkdir -p work/drafts; echo \"$2\" >>work/$1; "         \
	"keep \"$2\"; }; keep() { git -C work add -A; "                                        \
	"GIT_AUTHOR_DATE=\"$((1700000000+n*60)) +0100\" "                                      \
	"GIT_COMMITTER_DATE=\"$((1700000000+n*60)) +0100\" git -C work commit -qm \"$1\"; }; "

static bool was_kept;
static bool beside; /* also what stands beside the text */
static size_t n_notes;

/* Short ids, one a line, as git log prints them. */
static void list_of(struct repo *r, const char *revision, const char *path, bool no_cache,
		    struct str *out)
{
	struct versions_ask ask = {
		.revision = revision, .path = path, .beside = beside, .no_cache = no_cache};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	int rc;

	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	while ((rc = versions_next(v, -1, &one)) > 0)
		if (rc == VERSIONS_FOUND) {
			assert_true(one.n_files == 1 || (beside && one.n_files == 2));
			assert_true(one.n_files == 1 || strcmp(one.files[0].path, path) == 0);
			str_addf(out, "%s%.8s", out->len ? "\n" : "", one.id);
		}
	assert_int_equal(rc, VERSIONS_END);
	was_kept = versions_were_kept(v);
	for (n_notes = 0; versions_note(v, n_notes); n_notes++)
		;
	version_release(&one);
	versions_free(v);
}

static void list(struct repo *r, const char *path, bool no_cache, struct str *out)
{
	list_of(r, "HEAD", path, no_cache, out);
}

/* Listed so, kept, and listed so from what was kept. */
static void assert_listed(struct repo *r, const char *path, const char *want)
{
	struct str got = STR_INIT, again = STR_INIT, kept = STR_INIT;

	list(r, path, true, &got);
	assert_string_equal(str_text(&got), want);
	list(r, path, false, &again);
	assert_string_equal(str_text(&again), want);
	list(r, path, false, &kept);
	assert_true(was_kept);
	assert_string_equal(str_text(&kept), want);
	str_release(&got);
	str_release(&again);
	str_release(&kept);
}

static void assert_as_git(struct repo *r, const char *dir, const char *path)
{
	assert_listed(r, path,
		      sh_out("git -C %s log --abbrev=8 --format=%%h -- %s", dir, path));
}

static void a_path_has_the_versions_that_git_log_lists(void **state)
{
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put drafts/b.md b1; put drafts/a.md a2; "
	   "rm work/drafts/a.md; put drafts/b.md b2; put drafts/a.md a3");
	r = opened("work");
	assert_as_git(r, "work", "drafts/a.md");
	assert_as_git(r, "work", "drafts/b.md");
	assert_as_git(r, "work", "drafts/never.md");
	repo_free(r);
}

enum { COMMITS = 60, PATHS = 3 };

static const char *const paths[PATHS] = {"drafts/a.md", "drafts/b.md", "drafts/a/AFR.md"};

/* Adds to "changed" the merges that have their first parent's text, but not that of the other,
 * which brought one: as git itself finds where the two part. */
static void add_left(void)
{
	sh("cd work && for m in $(git rev-list --merges HEAD); do "
	   "echo $m $m $m^1 $m^2 $(git merge-base --all $m^1 $m^2); done | "
	   "awk '{ for (k = split(\"%s %s %s\", path); k; k--) for (i = 2; i <= NF; i++) "
	   "print $i \":\" path[k], path[k], $1, i }' | "
	   "git cat-file --batch-check='%%(objectname) %%(rest)' | "
	   "awk 'function tell() { if (left) print path, mark[m] } "
	   "FILENAME != \"-\" { mark[$2] = $1; next } "
	   "$4 == 2 { tell(); path = $2; m = $3; is = $1; left = 1 } "
	   "$4 == 3 && $1 != is { left = 0 } $4 == 4 && (other = $1) == is { left = 0 } "
	   "$4 > 4 && $1 == other { left = 0 } END { tell() }' ../marks - >>../changed",
	   paths[0], paths[1], paths[2]);
}

/*
 * A stream for git fast-import: a main line that other branches, begun anywhere
 * before, are merged into; each commit has what one of its parents has, or
 * something new. crooked: clocks go back, and stand still. main: which are of the
 * main line. The file "changed" says which have another text than their first
 * parent.
 */
static void make_history(struct prng *random, bool crooked, bool is_main[COMMITS + 1])
{
	int text[COMMITS + 1][PATHS] = {{0}};
	FILE *f = fopen("stream", "w"), *changed = fopen("changed", "w");
	size_t last = 1;

	assert_non_null(f);
	assert_non_null(changed);
	for (size_t i = 1; i <= COMMITS; i++) {
		size_t from = i == 1 ? 0 : 1 + prng_below(random, i - 1), merged = 0;
		long when = 1700000000 + (long)i * 60;

		is_main[i] = i == 1 || prng_one_in(random, 2);
		if (is_main[i] && i > 1) {
			from = last;
			if (prng_one_in(random, 2))
				merged = 1 + prng_below(random, i - 1);
		}
		if (crooked && prng_one_in(random, 4))
			when -= 60 * (long)prng_below(random, 9);
		fprintf(f, "commit refs/heads/%s\nmark :%zu\ncommitter A <a@x> %ld +0000\n",
			is_main[i] ? "main" : "side", i, when);
		fprintf(f, "data 2\nc\n");
		if (from)
			fprintf(f, "from :%zu\n", from);
		if (merged && merged != from)
			fprintf(f, "merge :%zu\n", merged);
		for (int k = 0; k < PATHS; k++) {
			text[i][k] = text[merged && prng_one_in(random, 2) ? merged : from][k];
			if (i == 1 || prng_one_in(random, 3))
				text[i][k] = (int)i;
			fprintf(f, "M 644 inline %s\ndata 4\n%03d\n", paths[k], text[i][k]);
			if (text[i][k] != text[from][k])
				fprintf(changed, "%s :%zu\n", paths[k], i);
		}
		last = is_main[i] ? i : last;
	}
	fclose(f);
	fclose(changed);
	sh("rm -rf work && git init -q -b main work && "
	   "git -C work fast-import --quiet --force --export-marks=../marks <stream && "
	   "sort -t: -k2n marks >sorted");
}

/* The commits that changed the one or the other, in git's order. */
static const char *changed(const char *one, const char *other)
{
	return sh_out("git -C work rev-list --date-order HEAD >order; awk '"
		      "FILENAME == \"changed\" { if ($1 == \"%s\" || $1 == \"%s\") "
		      "c[$2] = 1; next } FILENAME == \"marks\" { if ($1 in c) "
		      "ids[$2] = 1; next } $1 in ids { print substr($1, 1, "
		      "8) }' changed marks order",
		      one, other);
}

static void random_histories_are_listed_in_the_order_of_git(void **state)
{
	struct prng random = prng_make(29);

	(void)state;
	for (int round = 0; round < 2; round++) {
		bool is_main[COMMITS + 1];
		struct repo *r;

		make_history(&random, round, is_main);
		r = opened("work");
		add_left();
		for (size_t k = 0; k < 2; k++)
			assert_listed(r, paths[k], changed(paths[k], paths[k]));
		beside = true;
		assert_listed(r, paths[0], changed(paths[0], paths[2]));
		beside = false;
		repo_free(r);
	}
}

/* The subjects, one a line. */
static void subjects(const char *path, bool no_cache, struct str *out)
{
	struct versions_ask ask = {.revision = "HEAD", .path = path, .no_cache = no_cache};
	struct version one = VERSION_INIT;
	struct repo *r = opened("work");
	struct versions *v = NULL;
	int rc;

	str_clear(out);
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	while ((rc = versions_next(v, -1, &one)) == VERSIONS_FOUND)
		str_addf(out, "%.*s\n", (int)version_subject(&one).len,
			 version_subject(&one).p);
	assert_int_equal(rc, VERSIONS_END);
	was_kept = versions_were_kept(v);
	versions_free(v);
	version_release(&one);
	repo_free(r);
}

/* A repository in which clocks went back, on a branch that began at the oldest version. aside:
 * with a commit of another file between. */
static void make_crooked(bool aside)
{
	sh("rm -rf work; git init -q -b main work && cd work && on() { "
	   "GIT_AUTHOR_DATE=\"@$1 +0000\" GIT_COMMITTER_DATE=\"@$1 +0000\" "
	   "git commit -q -m $2; }; put() { echo $2 >$3; git add $3; on $1 $2; }; "
	   "put 2147480000 begin a; git checkout -q -b side; %s put 100 older a; "
	   "git checkout -q main; put 2147483000 newer a; "
	   "git merge -q --no-commit -s ours side; echo both >a; git add a; on 2147483647 "
	   "merge",
	   aside ? "put 200 other b;" : "");
}

/* Git has looked at so many objects that nobody waits for its order. */
static void make_large(void)
{
	sh("mkdir -p work/.git/objects/17; cd work/.git/objects/17; for i in $(seq 40); do "
	   ": >$i; done");
}

static void a_child_comes_before_its_parents_whatever_the_clocks_say(void **state)
{
	static const char want[] = "merge\nnewer\nolder\nbegin\n";
	struct str seen = STR_INIT;

	(void)state;
	/* In a repository of few commits; and where git keeps their order. */
	make_crooked(false);
	subjects("a", true, &seen);
	assert_string_equal(str_text(&seen), want);
	sh("git -C work gc -q; git -C work commit-graph write 2>/dev/null");
	make_large();
	subjects("a", true, &seen);
	assert_string_equal(str_text(&seen), want);
	str_release(&seen);
}

static void in_a_large_repository_the_right_order_is_known_at_the_end(void **state)
{
	struct str seen = STR_INIT;

	(void)state;
	for (int aside = 0; aside < 2; aside++) {
		make_crooked(aside);
		make_large();
		subjects("a", false, &seen);
		assert_string_equal(str_text(&seen), "merge\nnewer\nbegin\nolder\n");
		subjects("a", false, &seen);
		assert_true(was_kept);
		assert_string_equal(str_text(&seen), "merge\nnewer\nolder\nbegin\n");
	}
	str_release(&seen);
}

static void where_git_stops_in_the_middle_the_list_begins_anew(void **state)
{
	struct str seen = STR_INIT;
	char *path = strdup(getenv("PATH"));

	(void)state;
	make_crooked(false);
	/* Asked for its order, it ends within the first commit. */
	sh("mkdir -p bin && printf '#!/bin/sh\\nfor i; do test \"$i\" = --date-order && { "
	   "printf \"%%s\" \"\\\\001half\"; exit 128; }; done\\nPATH=${PATH#*:} exec git "
	   "\"$@\"\\n' >bin/git && chmod +x bin/git");
	str_addf(&seen, "%s/bin:%s", scratch(), path);
	setenv("PATH", str_text(&seen), 1);
	subjects("a", true, &seen);
	setenv("PATH", path, 1);
	assert_string_equal(str_text(&seen), "merge\nnewer\nbegin\nolder\n");
	free(path);
	str_release(&seen);
}

static void a_kept_list_is_brought_up_to_date(void **state)
{
	struct repo *r;
	struct str got = STR_INIT;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md a1; put drafts/a.md a2");
	r = opened("work");
	assert_as_git(r, "work", "drafts/a.md");
	sh("n=5; " PUT "put other.md o; put drafts/a.md a3; put other.md p");
	list(r, "drafts/a.md", false, &got);
	assert_true(was_kept);
	assert_string_equal(str_text(&got),
			    sh_out("git -C work log --abbrev=8 --format=%%h -- drafts/a.md"));
	/* A branch is merged that began before the kept list's end. */
	sh("n=20; " PUT "git -C work switch -qc side HEAD~2; put drafts/b.md b1; "
	   "git -C work switch -q main; put drafts/a.md a4; "
	   "git -C work merge -q --no-ff -m both side");
	assert_as_git(r, "work", "drafts/a.md");
	/* History is replaced: the kept list is not of it. */
	sh("n=40; " PUT "git -C work reset -q --hard HEAD~3; put drafts/a.md a5");
	assert_as_git(r, "work", "drafts/a.md");
	repo_free(r);
	str_release(&got);
}

static void a_kept_list_goes_on_through_merges_of_older_branches(void **state)
{
	struct prng random = prng_make(41);
	size_t asked = 0, gone_on = 0;

	(void)state;
	for (int round = 0; round < 2; round++) {
		bool is_main[COMMITS + 1];
		char ids[COMMITS + 1][REPO_HEX + 1], *marks;
		struct repo *r;

		make_history(&random, round == 1, is_main);
		beside = round == 0;
		marks = strdup(sh_out("cut -d' ' -f2 sorted"));
		for (size_t i = 1; i <= COMMITS; i++)
			snprintf(ids[i], sizeof(ids[i]), "%.*s", REPO_HEX,
				 marks + (i - 1) * (REPO_HEX + 1));
		free(marks);
		r = opened("work");
		for (size_t i = 1; i <= COMMITS; i += 1 + prng_below(&random, 9)) {
			struct str kept = STR_INIT, fresh = STR_INIT;
			const char *path = "drafts/a.md";

			if (!is_main[i])
				continue;
			list_of(r, ids[i], path, false, &kept);
			asked++;
			gone_on += was_kept;
			list_of(r, ids[i], path, true, &fresh);
			assert_string_equal(str_text(&kept), str_text(&fresh));
			str_release(&kept);
			str_release(&fresh);
		}
		repo_free(r);
	}
	beside = false;
	/* The first of each history cannot; and a branch may have made the list another one. */
	if (gone_on * 2 < asked)
		fail_msg("only %zu of %zu went on", gone_on, asked);
}

static void a_kept_list_that_was_touched_is_not_believed(void **state)
{
	struct str got = STR_INIT;
	struct repo *r;
	char mode[16];

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md a1; put drafts/a.md a2");
	r = opened("work");
	assert_as_git(r, "work", "drafts/a.md");
	snprintf(mode, sizeof(mode), "%s", sh_out("stat -c %%a work/.git/adref/versions-*"));
	assert_string_equal(mode, "600");
	sh("f=$(echo work/.git/adref/versions-*); sed -i s/a2/a9/ $f");
	list(r, "drafts/a.md", false, &got);
	assert_false(was_kept);
	str_clear(&got);
	sh("f=$(echo work/.git/adref/versions-*); head -c 90 $f >x; cp x $f");
	list(r, "drafts/a.md", false, &got);
	assert_false(was_kept);
	list(r, "drafts/a.md", false, &got);
	assert_true(was_kept);
	repo_free(r);
	str_release(&got);
}

static void renames_are_followed(void **state)
{
	struct versions_ask ask = {.revision = "HEAD", .path = "drafts/new.md"};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	struct str seen = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/old.md 'the text that is the same and stays'; put drafts/other.md else; "
	   "put drafts/old.md two; git -C work mv drafts/old.md drafts/mid.md; n=9; keep same; "
	   "git -C work mv drafts/mid.md drafts/new.md; put drafts/new.md 'and more'; "
	   "put drafts/new.md last");
	r = opened("work");
	for (int round = 0; round < 2; round++) {
		assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
		str_clear(&seen);
		while (versions_next(v, -1, &one) == VERSIONS_FOUND)
			str_addf(&seen, "%s %s %s\n", str_text(&one.message), one.files[0].path,
				 one.files[0].was ? one.files[0].was : "-");
		assert_string_equal(str_text(&seen),
				    "last\n drafts/new.md -\n"
				    "and more\n drafts/new.md drafts/mid.md\n"
				    "same\n drafts/mid.md drafts/old.md\n"
				    "two\n drafts/old.md -\n"
				    "the text that is the same and stays\n drafts/old.md -\n");
		versions_free(v);
	}
	version_release(&one);
	repo_free(r);
	str_release(&seen);
}

/* What drafts/new.md was called before the commit that brings it; "-": it was not. */
static void assert_was(const char *script, const char *want)
{
	struct versions_ask ask = {
		.revision = "HEAD", .path = "drafts/new.md", .no_cache = true};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	struct repo *r;

	sh("git -C work reset -q --hard begun; git -C work clean -qdf; "
	   "mkdir -p work/drafts/new; " PUT "%s; keep anew",
	   script);
	r = opened("work");
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_FOUND);
	assert_string_equal(one.files[0].was ? one.files[0].was : "-", want);
	versions_free(v);
	version_release(&one);
	repo_free(r);
}

#define GO "git -C work rm -q drafts/old.md; "
#define COME(head)                                                                             \
	"printf '%b' '" head                                                                   \
	"\\n\\nquite something else than what was there before\\n' >work/drafts/new.md"

static void a_draft_renamed_and_written_anew_is_known_by_what_names_it(void **state)
{
	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/old.md '# On preparatory meetings'; put drafts/old.md 'one two three'; "
	   "mkdir work/drafts/old; echo 'text of a region' >work/drafts/old/AFR.md; "
	   "put drafts/other.md '# On other matters'; git -C work tag begun");
	/* By its title; but not one that others have, or that names nothing. */
	assert_was(GO COME("# On preparatory meetings"), "drafts/old.md");
	assert_was(GO COME("# On preparatory meetings") "; cp work/drafts/new.md "
							"work/drafts/third.md",
		   "-");
	assert_was("git -C work rm -q drafts/other.md; cp work/drafts/old.md "
		   "work/drafts/gone.md; printf '# Annex' >work/drafts/old.md; keep annex; " GO
			   COME("# Annex"),
		   "-");
	/* By its symbol, whatever it is called now. */
	assert_was("printf -- '---\\nsymbol: AFCP/12\\n---\\n# Old\\n' >work/drafts/old.md; "
		   "keep symbol; " GO COME("---\\nsymbol: AFCP/12\\n---\\n# Anew"),
		   "drafts/old.md");
	/* By what stands beside it. */
	assert_was("git -C work mv drafts/old/AFR.md drafts/new/AFR.md; " GO COME("# Anew"),
		   "drafts/old.md");
	/* One was withdrawn, and another one brought. */
	assert_was(GO COME("# Anew"), "-");
}

static void a_folder_has_the_files_of_each_version(void **state)
{
	struct versions_ask ask = {.revision = "HEAD", .path = "drafts", .folder = true};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	struct str seen = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put top.md t; echo b >work/drafts/b.md; put drafts/a.md a2; "
	   "ln -s a.md work/drafts/link; n=9; keep link");
	r = opened("work");
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	while (versions_next(v, -1, &one) == VERSIONS_FOUND) {
		str_addf(&seen, "%.*s:", (int)version_subject(&one).len,
			 version_subject(&one).p);
		for (size_t i = 0; i < one.n_files; i++)
			str_addf(&seen, " %s%s%s", one.files[i].path,
				 *one.files[i].before ? " <" : "",
				 *one.files[i].blob ? " >" : "");
		str_add_char(&seen, '\n');
	}
	assert_string_equal(str_text(&seen), "link: drafts/link\n"
					     "a2: drafts/a.md < > drafts/b.md >\n"
					     "a1: drafts/a.md >\n");
	version_release(&one);
	versions_free(v);
	repo_free(r);
	str_release(&seen);
}

static void hostile_names_and_dates_come_through(void **state)
{
	struct versions_ask ask = {.revision = "HEAD", .path = "a.md", .no_cache = true};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	struct repo *r;

	(void)state;
	sh("git init -q work && cd work && echo a >a.md && git add a.md && "
	   "GIT_AUTHOR_NAME=\"$(printf 'x\\033[31m\\001\\342\\200\\256y')\" "
	   "GIT_AUTHOR_DATE='@0 +0000' git commit -qm \"$(printf ':100644 x\\n\\001two')\" && "
	   "echo b >a.md && GIT_AUTHOR_DATE='@2147483648 -1130' "
	   "GIT_COMMITTER_DATE='@4102444800 +0000' git commit -qam '' --allow-empty-message");
	r = opened("work");
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_FOUND);
	assert_int_equal(one.time, 2147483648LL);
	assert_int_equal(one.offset, -690);
	assert_int_equal(one.committed, 4102444800LL);
	assert_int_equal(one.message.len, 0);
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_FOUND);
	assert_int_equal(one.time, 0);
	assert_non_null(strstr(one.author.name, "\033[31m"));
	assert_string_equal(str_text(&one.message), ":100644 x\n\001two\n");
	assert_string_equal(one.files[0].path, "a.md");
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_END);
	version_release(&one);
	versions_free(v);
	repo_free(r);
}

static void what_cannot_be_shown_is_said(void **state)
{
	struct str got = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put drafts/a.md a2; put drafts/a.md a3; put drafts/a.md a4; "
	   "git clone -q --depth 2 file://%s/work shallow",
	   scratch());
	r = opened("shallow");
	list(r, "drafts/a.md", false, &got);
	assert_int_equal(n_notes, 1);
	assert_int_equal(got.len, 17);
	repo_free(r);
	/* A commit is missing: what is above it is shown. */
	sh("id=$(git -C work rev-parse HEAD~2); "
	   "rm -f work/.git/objects/$(echo $id | sed 's,^..,&/,')");
	r = opened("work");
	str_clear(&got);
	list(r, "drafts/a.md", false, &got);
	assert_int_equal(n_notes, 1);
	assert_true(got.len >= 8);
	list(r, "drafts/a.md", false, &got);
	assert_false(was_kept);
	repo_free(r);
	str_release(&got);
}

/* Git is gone when the list comes to a rename: what was found stands, and the rest is told of.
 */
static void where_the_walk_before_a_rename_cannot_begin_the_list_ends_there(void **state)
{
	struct versions_ask ask = {.revision = "HEAD", .path = "drafts/new.md"};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	char *path = strdup(getenv("PATH"));
	struct str bin = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "put drafts/old.md 'a text that stays'; n=9; "
	   "git -C work mv drafts/old.md drafts/new.md; keep moved; "
	   "mkdir bin && printf '#!/\n' >bin/git && chmod +x bin/git");
	r = opened("work");
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	str_addf(&bin, "%s/bin", scratch());
	setenv("PATH", str_text(&bin), 1);
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_FOUND);
	assert_string_equal(one.files[0].was, "drafts/old.md");
	assert_int_equal(versions_next(v, -1, &one), VERSIONS_END);
	assert_non_null(strstr(versions_note(v, 0), "older versions cannot be read"));
	versions_free(v);
	setenv("PATH", path, 1);
	/* It is not taken for the whole. */
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_OK);
	assert_false(versions_were_kept(v));
	versions_free(v);
	version_release(&one);
	repo_free(r);
	free(path);
	str_release(&bin);
}

static void without_a_git_program_the_list_is_the_same(void **state)
{
	struct str with = STR_INIT, without = STR_INIT;
	struct repo *r;
	char *path = strdup(getenv("PATH"));

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/old.md 'one two three'; put drafts/b.md b; put drafts/old.md four; "
	   "git -C work mv drafts/old.md drafts/a.md; put drafts/a.md five; put drafts/a.md "
	   "six");
	r = opened("work");
	list(r, "drafts/a.md", true, &with);
	setenv("PATH", "/nowhere", 1);
	list(r, "drafts/a.md", true, &without);
	setenv("PATH", path, 1);
	assert_string_equal(str_text(&with), str_text(&without));
	assert_int_equal(with.len, 4 * 9 - 1);
	sh("n=19; " PUT "mkdir work/drafts/a; put drafts/a/AFR.md x; put drafts/a.md y; "
	   "git -C work rm -q drafts/a/AFR.md; echo z >>work/drafts/a.md; keep z; "
	   "git -C work switch -qc side HEAD~1; put drafts/a/EUR.md left; "
	   "git -C work switch -q main; git -C work merge -q -s ours -m both side");
	beside = true;
	str_clear(&with);
	str_clear(&without);
	list(r, "drafts/a.md", true, &with);
	setenv("PATH", "/nowhere", 1);
	list(r, "drafts/a.md", true, &without);
	setenv("PATH", path, 1);
	beside = false;
	assert_string_equal(str_text(&with), str_text(&without));
	assert_int_equal(with.len, 9 * 9 - 1);
	repo_free(r);
	free(path);
	str_release(&with);
	str_release(&without);
}

static void an_empty_repository_has_no_versions(void **state)
{
	struct versions_ask ask = {.revision = "nothing", .path = "drafts/a.md"};
	struct versions *v = NULL;
	struct str got = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work");
	r = opened("work");
	list(r, "drafts/a.md", false, &got);
	assert_int_equal(got.len, 0);
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_MISSING);
	ask.path = "../etc";
	assert_int_equal(versions_open(&v, r, &ask, &err), ST_USAGE);
	repo_free(r);
	str_release(&got);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)
	const struct CMUnitTest tests[] = {
		T(a_path_has_the_versions_that_git_log_lists),
		T(random_histories_are_listed_in_the_order_of_git),
		T(a_child_comes_before_its_parents_whatever_the_clocks_say),
		T(in_a_large_repository_the_right_order_is_known_at_the_end),
		T(where_git_stops_in_the_middle_the_list_begins_anew),
		T(a_kept_list_is_brought_up_to_date),
		T(a_kept_list_goes_on_through_merges_of_older_branches),
		T(a_kept_list_that_was_touched_is_not_believed),
		T(renames_are_followed),
		T(a_draft_renamed_and_written_anew_is_known_by_what_names_it),
		T(a_folder_has_the_files_of_each_version),
		T(hostile_names_and_dates_come_through),
		T(what_cannot_be_shown_is_said),
		T(where_the_walk_before_a_rename_cannot_begin_the_list_ends_there),
		T(without_a_git_program_the_list_is_the_same),
		T(an_empty_repository_has_no_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
