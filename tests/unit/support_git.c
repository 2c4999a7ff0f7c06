/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];
static char before[256];

static const char *const unset[] = {
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_CONFIG_GLOBAL",
	"GIT_CONFIG",
	"GIT_AUTHOR_NAME",
	"GIT_AUTHOR_EMAIL",
	"GIT_COMMITTER_NAME",
	"GIT_OBJECT_DIRECTORY",
	"GIT_COMMITTER_EMAIL",
	"GIT_CEILING_DIRECTORIES",
	"XDG_STATE_HOME",
	"XDG_CONFIG_HOME",
	"XDG_DATA_HOME",
	"GIT_AUTHOR_DATE",
	"GIT_COMMITTER_DATE",
};

int scratch_setup(void **state)
{
	char home[300];

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/adref-test-XXXXXX");
	if (!getcwd(before, sizeof(before)) || !mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	for (size_t i = 0; i < sizeof(unset) / sizeof(*unset); i++)
		unsetenv(unset[i]);
	snprintf(home, sizeof(home), "%s/home", folder);
	mkdir(home, 0755);
	setenv("HOME", home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	put_file("home/.gitconfig",
		 "[user]\n\tname = Ana Chair\n\temail = ana@example.org\n"
		 "[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = "
		 "false\n");
	return 0;
}

int scratch_teardown(void **state)
{
	char command[600];

	(void)state;
	if (chdir(before) != 0)
		return -1;
	snprintf(command, sizeof(command), "chmod -R u+rwX '%s' && rm -rf '%s'", folder,
		 folder);
	return system(command);
}

const char *scratch(void)
{
	return folder;
}

static void command_of(struct str *command, const char *format, va_list ap)
{
	str_addf(command, "cd '%s' && ", folder);
	str_vaddf(command, format, ap);
}

int sh_status(const char *format, ...)
{
	struct str command = STR_INIT;
	va_list ap;
	int status;

	va_start(ap, format);
	command_of(&command, format, ap);
	va_end(ap);
	status = system(str_text(&command));
	str_release(&command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void sh(const char *format, ...)
{
	struct str command = STR_INIT;
	va_list ap;

	va_start(ap, format);
	command_of(&command, format, ap);
	va_end(ap);
	if (system(str_text(&command)) != 0)
		fail_msg("failed: %s", str_text(&command));
	str_release(&command);
}

const char *sh_out(const char *format, ...)
{
	/* In turns: two answers are often compared with each other. */
	static char outs[4][65536];
	static unsigned turn;
	char *out = outs[turn++ % 4];
	struct str command = STR_INIT;
	va_list ap;
	FILE *pipe;
	size_t n;

	va_start(ap, format);
	command_of(&command, format, ap);
	va_end(ap);
	pipe = popen(str_text(&command), "r");
	assert_non_null(pipe);
	n = fread(out, 1, sizeof(outs[0]) - 1, pipe);
	if (pclose(pipe) != 0)
		fail_msg("failed: %s", str_text(&command));
	str_release(&command);
	if (n && out[n - 1] == '\n')
		n--;
	out[n] = '\0';
	return out;
}

/* word, value: of its options, NULL for none; or, where the word is a name, of its environment.
 */
static pid_t stays(const char *where, const char *word, const char *value)
{
	const char *argv[8] = {"git", "-C", where, "cat-file", "--batch-check"};
	int in[2], out[2];
	pid_t pid;
	char c;

	assert_int_equal(pipe(in) | pipe(out), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		/* The pipe's other end is its own: it waits for ever. */
		if (word && *word != '-')
			setenv(word, value, 1);
		else if (word)
			memcpy(argv + 3,
			       (const char *[]){word, value ? value : "cat-file",
						value ? "cat-file" : "--batch-check",
						value ? "--batch-check" : NULL},
			       4 * sizeof(*argv));
		execvp("git", (char *const *)argv);
		_exit(127);
	}
	close(out[1]);
	/* It is there when it has answered. */
	assert_int_equal(write(in[1], "HEAD\n", 5), 5);
	assert_int_equal(read(out[0], &c, 1), 1);
	close(out[0]);
	close(in[0]);
	close(in[1]);
	return pid;
}

pid_t git_stays(const char *where)
{
	return stays(where, NULL, NULL);
}

pid_t git_stays_told(const char *where, const char *word, const char *value)
{
	return stays(where, word, value);
}

void git_leaves(pid_t git)
{
	kill(git, SIGKILL);
	waitpid(git, NULL, 0);
}

void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

struct slice get_file(const char *path)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail_msg("%s is not there", path);
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return slice_make(bytes, n);
}
