/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "core/find.h"
#include "core/yaml.h"
#include "store/repo.h"
#include "ui/layout.h"
#include "ui/term.h"

#include <jansson.h>
#include <unistring/version.h>

/* adref --version: the program and its libraries, for a report of a mistake. */
enum exit_status cmd_version(struct cli *c)
{
	int unistring = _libunistring_version;

	str_addf(&c->out, "adref %s\n", ADREF_VERSION);
	str_add_text(&c->out, "libgit2 ");
	repo_library_version(&c->out);
	str_addf(&c->out, "\nlibunistring %d.%d\njansson %s\n", unistring >> 16,
		 unistring >> 8 & 0xFF, jansson_version_str());
	str_add_text(&c->out, "libyaml ");
	yaml_library_version(&c->out);
	str_add_text(&c->out, "\npcre2 ");
	find_library_version(&c->out);
	str_add_text(&c->out, "\nncurses ");
	term_library_version(&c->out);
	str_add_text(&c->out, "\nfribidi ");
	layout_library_version(&c->out);
	str_add_char(&c->out, '\n');
	return EXIT_DONE;
}
