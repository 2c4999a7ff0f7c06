/* SPDX-License-Identifier: MIT */
#include "git.h"
#include "store/file.h"

#include <time.h>

enum { COPIES_MOST = 1000 };

int repo_set_aside(struct repo *r, const char *name, struct slice bytes, struct str *file,
		   struct error *err)
{
	struct str place = STR_INIT;
	int rc;

	str_addf(&place, "%sadref/kept", repo_git_dir(r));
	rc = file_make_dirs(NULL, str_text(&place), 0700, err);
	for (int i = 0; rc == 0 && i < COPIES_MOST; i++) {
		str_clear(&place);
		str_addf(&place, "%sadref/kept/%lld-", repo_git_dir(r), (long long)time(NULL));
		if (i)
			str_addf(&place, "%d-", i);
		for (const char *p = name; *p; p++)
			str_add_char(&place, *p == '/' ? '_' : *p);
		rc = file_create(NULL, str_text(&place), bytes, 0600, NULL, err);
		if (rc != ST_EXISTS)
			break;
		rc = i + 1 < COPIES_MOST ? 0 : rc;
	}
	if (rc == 0)
		str_add_slice(file, str_slice(&place));
	str_release(&place);
	return rc;
}
