/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

#include "cli/commands.h"
#include "core/near.h"
#include "core/show.h"
#include "store/repo.h"
#include "ui/tr.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool cli_has(const struct cli *c, const char *option)
{
	return cli_value(c, option) != NULL;
}

const char *cli_value(const struct cli *c, const char *option)
{
	for (size_t i = 0; c->command->options && c->command->options[i].name; i++)
		if (strcmp(c->command->options[i].name, option) == 0)
			return c->given[i] ? c->values[i] : NULL;
	return NULL;
}

static void say(const char *text)
{
	struct str line = STR_INIT;

	str_add_text(&line, "adref: ");
	show_add(&line, text, strlen(text), SHOW_LINE);
	fprintf(stderr, "%s\n", str_text(&line));
	str_release(&line);
}

enum exit_status cli_fail(const struct error *err)
{
	say(err->text);
	return err->status == ST_USAGE ? EXIT_USAGE : EXIT_CANNOT;
}

enum exit_status cli_usage(const struct cli *c, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list ap;

	if (c->command)
		str_addf(&text, "%s: ", c->command->name);
	va_start(ap, format);
	str_vaddf(&text, format, ap);
	va_end(ap);
	if (c->command)
		str_addf(&text, _("; see \"adref help %s\""), c->command->name);
	say(str_text(&text));
	str_release(&text);
	return EXIT_USAGE;
}

void cli_note(const char *format, ...)
{
	struct str text = STR_INIT;
	va_list ap;

	va_start(ap, format);
	str_vaddf(&text, format, ap);
	va_end(ap);
	say(str_text(&text));
	str_release(&text);
}

void cli_show(struct cli *c, struct slice text)
{
	show_add(&c->out, text.p, text.len, SHOW_LINE);
}

bool cli_goes_on(const struct cli *c)
{
	char answer[16];

	if (cli_has(c, "yes") || !isatty(STDIN_FILENO))
		return true;
	fprintf(stderr, "%s", _("Go on? [Y/n] "));
	if (!fgets(answer, sizeof(answer), stdin))
		return false;
	return answer[0] == '\n' || answer[0] == 'y' || answer[0] == 'Y';
}

bool cli_number(const char *text, size_t *n)
{
	char *end;
	unsigned long long value;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (*end || errno || value > SIZE_MAX)
		return false;
	*n = (size_t)value;
	return true;
}

const struct command *cli_find(const char *name)
{
	for (const struct command *c = cli_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

enum exit_status cli_unknown(const char *typed)
{
	const char *words[64], *near;
	size_t n = 0;

	for (const struct command *c = cli_commands; c->name && n < 64; c++)
		words[n++] = c->name;
	near = near_word(slice_of(typed), words, n);
	if (near)
		cli_note(_("no command or folder \"%s\"; did you mean \"adref %s\"?"), typed,
			 near);
	else
		cli_note(_("no command or folder \"%s\"; \"adref help\" lists the commands"),
			 typed);
	return EXIT_USAGE;
}

static enum exit_status check_count(struct cli *c)
{
	if (c->argc < c->command->min)
		return cli_usage(c, _("something is missing, write adref %s %s"),
				 c->command->name, c->command->usage);
	if (c->command->max >= 0 && c->argc > c->command->max)
		return cli_usage(c, _("\"%s\" is one word too many, write adref %s%s%s"),
				 c->argv[c->command->max], c->command->name,
				 *c->command->usage ? " " : "", c->command->usage);
	return EXIT_DONE;
}

/* A text as it is belongs in files and pipes; a screen gets what may be shown. */
static void make_showable(struct str *out)
{
	struct str shown = STR_INIT;

	show_add(&shown, out->p, out->len, SHOW_NEWLINES | SHOW_TABS);
	str_release(out);
	*out = shown;
}

bool cli_flush(struct cli *c)
{
	bool good;

	if (c->out.len && isatty(STDOUT_FILENO))
		make_showable(&c->out);
	good = !c->out.len || fwrite(c->out.p, 1, c->out.len, stdout) == c->out.len;
	str_clear(&c->out);
	return fflush(stdout) == 0 && good;
}

/* What was asked for is on standard output, or the answer is that it could not be. */
static enum exit_status flush(struct cli *c, enum exit_status status)
{
	if (cli_flush(c) && !ferror(stdout))
		return status;
	cli_note(_("cannot write to standard output: %s"), strerror(errno));
	return EXIT_CANNOT;
}

static enum exit_status run(const struct command *command, int argc, char **argv)
{
	struct cli c = {.command = command, .out = STR_INIT};
	enum exit_status status;
	int rc = opt_read(&c, argc, argv);

	if (rc < 0)
		return EXIT_USAGE;
	if (rc > 0) {
		help_command(&c, command);
		status = EXIT_DONE;
	} else {
		status = check_count(&c);
		if (status == EXIT_DONE)
			status = command->run(&c);
	}
	status = flush(&c, status);
	str_release(&c.many);
	str_release(&c.out);
	repo_shutdown();
	return status;
}

/* adref [FOLDER]: the workbench. */
static enum exit_status workbench(const char *path)
{
	struct app_options options = {.path = path, .view = "desk"};

	return open_workbench(&options);
}

/* Translations lie beside a program that was built here, or where install puts them. */
static void bind_words(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - sizeof("po"));
	struct stat program, words;
	char *name;

	path[n > 0 ? n : 0] = '\0';
	name = strrchr(path, '/');
	if (name)
		memcpy(name + 1, "po", sizeof("po"));
	/* What they say becomes formats: they must be the program's own, also in a folder that
	 * all may write. */
	if (name && stat("/proc/self/exe", &program) == 0 && stat(path, &words) == 0 &&
	    S_ISDIR(words.st_mode) && words.st_uid == program.st_uid)
		bindtextdomain("adref", path);
	else
		bindtextdomain("adref", ADREF_PREFIX "/share/locale");
	bind_textdomain_codeset("adref", "UTF-8");
	textdomain("adref");
}

/* The language that is asked for where the system does not have it installed: ours need nothing
 * of it. */
static void speak_anyway(void)
{
	static const char *const from[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	const char *wanted = NULL;

	for (size_t i = 0; i < sizeof(from) / sizeof(*from) && (!wanted || !*wanted); i++)
		wanted = getenv(from[i]);
	if (wanted && *wanted && setlocale(LC_MESSAGES, "C.UTF-8"))
		setenv("LANGUAGE", wanted, 1);
}

/* Numbers are written alike everywhere (LC_NUMERIC): SVG, CSV and JSON have decimal points. */
static void set_locale(void)
{
	/* Drafts are UTF-8 wherever one is: the C locale cannot show them. */
	if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX < 2)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (!setlocale(LC_MESSAGES, ""))
		speak_anyway();
	bind_words();
	error_speak(tr_text);
}

/*
 * A closed standard stream would hand its number to the next file that is
 * opened, and messages would go into a draft. The stand-in refuses what the
 * stream was for, so that this is noticed and said.
 */
static void hold_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			_exit(EXIT_CANNOT);
	/* A file too large for the user's limit is an error to be told, not an end. */
	signal(SIGXFSZ, SIG_IGN);
}

int cli_main(int argc, char **argv)
{
	const struct command *command;

	hold_streams();
	set_locale();
	if (argc < 2)
		return workbench(NULL);
	if (strcmp(argv[1], "--version") == 0)
		return run(cli_find("version"), argc - 1, argv + 1);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return run(cli_find("help"), argc - 1, argv + 1);
	command = cli_find(argv[1]);
	if (command)
		return run(command, argc - 1, argv + 1);
	if (argc == 2 && argv[1][0] != '-' && access(argv[1], F_OK) == 0)
		return workbench(argv[1]);
	return cli_unknown(argv[1]);
}
