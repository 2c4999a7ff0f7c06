/* SPDX-License-Identifier: MIT */
#include "store/file.h"
#include "store/repo.h"

#include <stdlib.h>
#include <sys/stat.h>

/* The file a linked working tree or a submodule has for a folder: it names the place, from here
 * or from the root. */
static bool read_link(const char *folder, const char *file, struct str *out)
{
	struct str bytes = STR_INIT, place = STR_INIT;
	struct error none = ERROR_INIT;
	struct stat st;
	char *real = NULL;
	bool is = file_read(NULL, file, 4096, &bytes, NULL, &none) == 0 &&
		  slice_starts(str_slice(&bytes), "gitdir: ");

	if (is) {
		while (bytes.len &&
		       (bytes.p[bytes.len - 1] == '\n' || bytes.p[bytes.len - 1] == '\r'))
			bytes.len--;
		str_addf(&place, "%s%s", str_text(&bytes)[8] == '/' ? "" : folder,
			 str_text(&bytes)[8] == '/' ? "" : "/");
		str_add_text(&place, str_text(&bytes) + 8);
		real = realpath(str_text(&place), NULL);
		is = real && stat(real, &st) == 0 && S_ISDIR(st.st_mode);
	}
	if (is)
		str_add_text(out, real);
	free(real);
	str_release(&place);
	str_release(&bytes);
	return is;
}

bool repo_where(const char *path, struct str *out)
{
	struct str folder = STR_INIT, file = STR_INIT;
	bool found = false;

	str_add_text(&folder, path);
	for (;;) {
		struct stat st;

		while (folder.len && folder.p[folder.len - 1] == '/')
			str_truncate(&folder, folder.len - 1);
		str_clear(&file);
		str_addf(&file, "%s/.git", str_text(&folder));
		if (stat(str_text(&file), &st) == 0) {
			if (S_ISDIR(st.st_mode))
				str_add_slice(out, str_slice(&file));
			found = S_ISDIR(st.st_mode) ||
				read_link(str_text(&folder), str_text(&file), out);
			break; /* what lies above is another's */
		}
		if (!folder.len)
			break;
		while (folder.len && folder.p[folder.len - 1] != '/')
			str_truncate(&folder, folder.len - 1);
	}
	str_release(&folder);
	str_release(&file);
	return found;
}
