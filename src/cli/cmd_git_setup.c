/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/person.h"
#include "core/utf8.h"
#include "store/drivers.h"
#include "store/session.h"

#include <string.h>

/*
 * adref git-setup: git merges and compares drafts as adref does. And adref words, by
 * which git compares them: a line a word.
 */

const struct cli_option options_git_setup[] = {
	{"remove", 0, NULL, N_("git merges and compares drafts by lines again")},
	{0},
};

int setup_drivers(const char *folder, bool on, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session s;
	int rc = session_open(&s, folder, err);

	if (rc < 0)
		return rc;
	rc = session_repo(&s, err);
	if (rc == 0)
		rc = person_known(s.repo, err);
	if (rc == 0)
		rc = session_drivers(&s, on, &result, err);
	input_committed(&result, rc);
	session_release(&s);
	return rc;
}

enum exit_status cmd_git_setup(struct cli *c)
{
	bool on = !cli_has(c, "remove");
	struct error err = ERROR_INIT;

	if (setup_drivers(".", on, &err) != 0)
		return cli_fail(&err);
	if (on)
		cli_note(_("git merges drafts word by word here, and shows their changes by "
			   "words"));
	else
		cli_note(_("git merges and compares drafts by lines here"));
	return EXIT_DONE;
}

/* ---- a line a word ---- */

/* What a hunk's heading says: label and first words. */
static void add_heading(struct str *out, struct slice line)
{
	size_t words = 0, at = 0;
	bool in = false;

	str_add_text(out, "\u00A7 ");
	while (at < line.len && words < 4) {
		size_t n = utf8_blank_at(line.p + at, line.len - at);

		words += in && n;
		in = !n;
		if (words < 4)
			str_add(out, line.p + at, n ? n : 1);
		at += n ? n : 1;
	}
	str_add_char(out, '\n');
}

static void add_words(struct str *out, struct slice line)
{
	size_t at = 0, n;

	add_heading(out, line);
	while (at < line.len) {
		size_t end = at;

		while (end < line.len && !utf8_blank_at(line.p + end, line.len - end))
			end++;
		if (end > at) {
			str_add(out, line.p + at, end - at);
			str_add_char(out, '\n');
		}
		for (at = end;
		     at < line.len && (n = utf8_blank_at(line.p + at, line.len - at)) > 0;)
			at += n;
	}
	str_add_char(out, '\n');
}

enum exit_status cmd_words(struct cli *c)
{
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;

	if (file_read(NULL, c->argv[0], FILE_MOST_DRAFT, &text, NULL, &err) != 0)
		return cli_fail(&err);
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.p) : text.len;
		struct slice line = {text.p + at, end - at};

		line.len -= line.len && line.p[line.len - 1] == '\r';
		if (utf8_blanks_at(line.p, line.len) < line.len)
			add_words(&c->out, line);
		at = end + 1;
	}
	str_release(&text);
	return EXIT_DONE;
}
