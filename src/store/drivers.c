/* SPDX-License-Identifier: MIT */
#include "store/drivers.h"

#include "session_inner.h"
#include "store/change.h"
#include "store/run.h"

#include <string.h>

static const char heading[] =
	"# adref merges drafts word by word, and compares them by words\n";

/* Patterns are of the folder that .gitattributes is in. */
static const char *const lines[] = {"drafts/**/*.md merge=adref diff=adref",
				    "drafts/**/*.yaml merge=adref"};

void drivers_attributes(const char *prefix, struct str *out)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		str_addf(out, "%s%s\n", prefix, lines[i]);
}

static void add_quoted(const char *word, struct str *out)
{
	str_add_char(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			str_add_text(out, "'\\''");
		else
			str_add_char(out, *word);
	}
	str_add_char(out, '\'');
}

/*
 * 1 is a file merged with points. With anything else there is none: it failed, or was killed,
 * and the file is still ours alone, which git would take for the merge. Then both stand in it.
 * Where even that cannot be written, git is told so by a status that is no conflict's (which it
 * heeds since 2.42), and there is no mark.
 */
void drivers_merge_command(const char *program, const char *mark, struct str *out)
{
	add_quoted(program, out);
	str_add_text(
		out,
		" merge-file --path %P --marker-size %L %O %A %B; s=$?; case $s in 0|1) ;; "
		"*) s=1; { echo '['; cat %A && echo && echo / && cat %B && echo && echo ']'; "
		"} >%A.both && mv -f %A.both %A || exit 129;; esac; ");
	if (mark) {
		str_add_text(out, "printf '%%s\\n' %P >>");
		add_quoted(mark, out);
		str_add_text(out, " || exit 129; ");
	}
	str_add_text(out, "exit $s");
}

static bool has_line(const struct str *text, const char *line)
{
	const char *at = text->p;
	size_t n = strlen(line);

	while (text->len && (at = memmem(at, (size_t)(text->p + text->len - at), line, n))) {
		bool begins = at == text->p || at[-1] == '\n';

		at += n;
		if (begins && (at == text->p + text->len || *at == '\n' || *at == '\r'))
			return true;
	}
	return false;
}

static void add_lines(struct str *text)
{
	bool first = true;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		if (has_line(text, lines[i]))
			continue;
		if (text->len && text->p[text->len - 1] != '\n')
			str_add_char(text, '\n');
		if (first)
			str_add_text(text, heading);
		str_addf(text, "%s\n", lines[i]);
		first = false;
	}
}

static void take_line(struct str *text, const char *line)
{
	size_t n = strlen(line);

	for (size_t at = 0; at + n <= text->len;) {
		const char *lf = memchr(text->p + at, '\n', text->len - at);
		size_t end = lf ? (size_t)(lf - text->p) + 1 : text->len;

		if (memcmp(text->p + at, line, n) == 0 && end - at <= n + 1)
			str_splice(text, at, end - at, "", 0);
		else
			at = end;
	}
}

static int run_git(struct session *s, const char *const *argv, struct error *err)
{
	struct run run = {.argv = argv, .env = RUN_NEUTRAL, .dir = s->ws.root};
	struct run_result r = RUN_RESULT_INIT;
	int rc = run_program(&run, &r, err);

	/* 5: what was to be taken away is not there. */
	if (rc == 0 && r.exit != 5)
		rc = run_verdict(&run, &r, err);
	run_result_release(&r);
	return rc;
}

static int configure(struct session *s, bool on, struct error *err)
{
	struct str command = STR_INIT;
	const char *const keys[][2] = {
		{"merge.adref.name", "adref: what both sides changed becomes a point"},
		{"merge.adref.driver", NULL},
		{"diff.adref.textconv", "adref words"},
		{"diff.adref.xfuncname", "^(\u00A7 .*)$"},
	};
	int rc = 0;

	drivers_merge_command("adref", NULL, &command);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys) && rc == 0; i++) {
		const char *value = keys[i][1] ? keys[i][1] : str_text(&command);
		const char *const set[] = {"git", "config", "--local", keys[i][0], value, NULL};
		const char *const unset[] = {"git",         "config",   "--local",
					     "--unset-all", keys[i][0], NULL};

		rc = run_git(s, on ? set : unset, err);
	}
	str_release(&command);
	return rc;
}

int session_drivers(struct session *s, bool on, struct commit_result *result, struct error *err)
{
	struct session_file file = {.stamp = {.exists = false}};
	struct lock lock = LOCK_INIT;
	struct str path = STR_INIT;
	int rc = session_repo(s, err);

	if (rc < 0)
		return rc;
	str_addf(&path, "%s/.gitattributes", s->ws.root);
	rc = change_lock(s->repo, &lock, err);
	if (rc == 0)
		rc = session_file_read(s, &file, str_text(&path), err);
	if (rc == 0 && on)
		add_lines(&file.after);
	for (size_t i = 0; rc == 0 && !on && i < sizeof(lines) / sizeof(*lines); i++)
		take_line(&file.after, lines[i]);
	if (rc == 0 && !on) {
		struct slice bare = {heading, sizeof(heading) - 2};
		struct str line = STR_INIT;

		str_add_slice(&line, bare);
		take_line(&file.after, str_text(&line));
		str_release(&line);
	}
	if (rc == 0 && !slice_equal(str_slice(&file.before), str_slice(&file.after)))
		rc = session_commit_files(s, &file, 1,
					  on ? SLICE("Merge and compare drafts by words\n")
					     : SLICE("Merge drafts as git does\n"),
					  result, err);
	lock_drop(&lock);
	session_file_release(&file);
	str_release(&path);
	return rc < 0 ? rc : configure(s, on, err);
}
