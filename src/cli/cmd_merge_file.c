/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "store/file.h"
#include "store/merge_file.h"
#include "store/repo.h"
#include "store/workspace.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/mem.h"

/*
 * adref merge-file: two texts that started from one become one. By hand, or as git's
 * merge driver: then the sides are called as the branches that git merges.
 */

const struct cli_option options_merge_file[] = {
	{"ours", 0, N_("NAME"), N_("whose text OURS is: a code, an alias, a branch")},
	{"theirs", 0, N_("NAME"), N_("whose text THEIRS is")},
	{"path", 0, N_("PATH"), N_("what the file is in the repository (git's %P)")},
	{"marker-size", 0, N_("N"),
	 N_("git's %L; above 7, no branch is merged (git's own base)")},
	{"stdout", 'p', NULL, N_("print the result; OURS stays as it is")},
	{0},
};

extern char **environ;

/* What git calls the commit that it merges: its hex and the name it was given. */
struct head {
	const char *hex, *name;
	size_t n; /* how many it merges */
};

static struct head merged_head(void)
{
	static const char prefix[] = "GITHEAD_";
	struct head h = {NULL, NULL, 0};

	for (char **e = environ; *e; e++) {
		const char *equals = strchr(*e, '=');

		if (strncmp(*e, prefix, sizeof(prefix) - 1) != 0 || !equals)
			continue;
		h.hex = *e + sizeof(prefix) - 1;
		h.name = equals + 1;
		h.n++;
	}
	return h;
}

/* `git pull` names no branch; FETCH_HEAD has it: "HEX\t\tbranch 'EUR' of …". */
static uint16_t fetched_party(const struct parties *parties, struct repo *r,
			      const struct head *h)
{
	struct str path = STR_INIT, text = STR_INIT;
	struct error none = ERROR_INIT;
	uint16_t party = PARTY_NONE;
	size_t len = strcspn(h->hex, "=");

	str_addf(&path, "%sFETCH_HEAD", repo_git_dir(r));
	if (file_read(NULL, str_text(&path), 1 << 20, &text, NULL, &none) == 0) {
		const char *at = text.len ? memmem(text.p, text.len, h->hex, len) : NULL;
		const char *end = text.p + text.len, *lf, *from, *to;

		lf = at ? memchr(at, '\n', (size_t)(end - at)) : NULL;
		from = lf ? memmem(at, (size_t)(lf - at), "branch '", 8) : NULL;
		to = from ? memchr(from + 8, '\'', (size_t)(lf - from) - 8) : NULL;
		if (to)
			party = merge_party(parties,
					    slice_make(from + 8, (size_t)(to - from) - 8));
	}
	str_release(&path);
	str_release(&text);
	return party;
}

/* Git merges: our side is the branch we are on, the other the one it was told. */
static void ask_git(struct merge_file *job)
{
	struct head h = merged_head();
	struct error none = ERROR_INIT;
	struct repo_state state;
	struct repo *r = NULL;

	if (h.n != 1 || repo_open(&r, ".", &none) != 0)
		return;
	if (job->party[1] == PARTY_NONE)
		job->party[1] = merge_party(job->parties, slice_of(h.name));
	if (job->party[1] == PARTY_NONE)
		job->party[1] = fetched_party(job->parties, r, &h);
	repo_state(r, &state);
	if (job->party[0] == PARTY_NONE && state.head == REPO_ON_BRANCH)
		job->party[0] = merge_party(job->parties, slice_of(state.branch));
	repo_free(r);
}

static void name_sides(struct cli *c, struct merge_file *job)
{
	const char *size = cli_value(c, "marker-size");
	bool inner = size && atoi(size) > 7;

	job->party[0] = job->party[1] = PARTY_NONE;
	if (inner)
		return;
	if (cli_has(c, "ours"))
		job->party[0] = merge_party(job->parties, slice_of(cli_value(c, "ours")));
	if (cli_has(c, "theirs"))
		job->party[1] = merge_party(job->parties, slice_of(cli_value(c, "theirs")));
	if (!cli_has(c, "ours") || !cli_has(c, "theirs"))
		ask_git(job);
	/* One party's two texts say nothing about who wants which. */
	if (job->party[0] == job->party[1])
		job->party[0] = job->party[1] = PARTY_NONE;
}

/* Whatever ends the program: both texts stand there, and the answer is "no". */
static void give_up(void *arg)
{
	static const char words[] = "adref: out of memory; both texts stand in the file\n";

	(void)arg;
	if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
		_exit(EXIT_CANNOT);
	_exit(EXIT_NO);
}

static void on_signal(int number)
{
	(void)number;
	_exit(EXIT_NO);
}

static void hold_on(void)
{
	static const int numbers[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE,  SIGILL, SIGTERM,
				      SIGINT,  SIGHUP, SIGPIPE, SIGXCPU, SIGALRM};
	struct sigaction act;

	memset(&act, 0, sizeof(act));
	act.sa_handler = on_signal;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &act, NULL);
	mem_on_death(give_up, NULL);
}

static enum exit_status report(const struct merge_file *job, const struct merge_outcome *o,
			       const struct error *why)
{
	const char *name = job->path ? job->path : job->ours;

	if (o->whole && *why->text)
		cli_note(_("%s; both texts stand in %s as one point"), why->text, name);
	else if (o->whole)
		cli_note(_("%s: both texts stand there whole, as one point"), name);
	return o->points || o->whole ? EXIT_NO : EXIT_DONE;
}

enum exit_status cmd_merge_file(struct cli *c)
{
	struct merge_file job = {.base = c->argv[0], .ours = c->argv[1], .theirs = c->argv[2]};
	struct error err = ERROR_INIT, why = ERROR_INIT;
	bool print = cli_has(c, "stdout");
	struct merge_outcome outcome;
	struct parties regions;
	struct workspace ws;
	enum exit_status status;
	bool has_ws = workspace_open(&ws, ".", &err) == 0;

	err = (struct error)ERROR_INIT;
	parties_init_regions(&regions);
	job.parties = has_ws ? &ws.parties : &regions;
	job.path = cli_value(c, "path");
	name_sides(c, &job);
	if (!print)
		hold_on();
	if (merge_file(&job, print ? &c->out : NULL, &outcome, &why, &err) != 0)
		status = cli_fail(&err);
	else
		status = report(&job, &outcome, &why);
	mem_on_death(NULL, NULL);
	if (has_ws)
		workspace_release(&ws);
	parties_release(&regions);
	return status;
}
