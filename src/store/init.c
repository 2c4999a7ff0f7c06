/* SPDX-License-Identifier: MIT */
#include "store/init.h"

#include "core/mem.h"
#include "core/str.h"
#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char regions[] =
	"# Who takes part: the six regions. Their order here is their order everywhere.\n"
	"# Add parties of your own, and the people who speak for each (focal_points).\n"
	"parties:\n"
	"  - code: AFR\n"
	"    name: {en: Africa, fr: Afrique}\n"
	"    organisation: ATU\n"
	"    aliases: [ATU, AFCP]\n"
	"  - code: AMS\n"
	"    name: {en: Americas, fr: Amériques}\n"
	"    organisation: CITEL\n"
	"    aliases: [CITEL, IAP]\n"
	"  - code: ARB\n"
	"    name: {en: Arab States, fr: États arabes}\n"
	"    organisation: LAS\n"
	"    aliases: [LAS, ASMG]\n"
	"  - code: ASP\n"
	"    name: {en: Asia and the Pacific, fr: Asie et Pacifique}\n"
	"    organisation: APT\n"
	"    aliases: [APT, ACP, PACP]\n"
	"  - code: CIS\n"
	"    name: {en: Commonwealth of Independent States, fr: Communauté des États "
	"indépendants}\n"
	"    organisation: RCC\n"
	"    aliases: [CEI, RCC]\n"
	"  - code: EUR\n"
	"    name: {en: Europe, fr: Europe}\n"
	"    organisation: CEPT\n"
	"    aliases: [CEPT, ECP]\n";

static const char meetings[] = "# The calendar. Each meeting has a code, a name, its first and "
			       "last day, and its documents.\n"
			       "# For example:\n"
			       "#   - code: RPM-1\n"
			       "#     name: First regional preparatory meeting\n"
			       "#     dates: [2030-03-12, 2030-03-14]\n"
			       "#     documents: [RPM-1/4, RPM-1/7]\n"
			       "meetings: []\n";

static const char example[] =
	"---\n"
	"title: Support for community networks\n"
	"type: resolution\n"
	"language: en\n"
	"---\n"
	"# DRAFT RESOLUTION [EX-1]\n"
	"\n"
	"# Support for community networks\n"
	"\n"
	"The Conference ([Place], 20XX),\n"
	"\n"
	"considering\n"
	"\n"
	"a) that many villages and islands still have no affordable access to the network;\n"
	"\n"
	"b) that networks built and run by the people who use them [can][often] reach places "
	"that "
	"others do not serve,\n"
	"\n"
	"noting\n"
	"\n"
	"that such networks need spectrum, skills and [modest / EUR: predictable / AFR, ASP: "
	"sufficient] funds,\n"
	"\n"
	"resolves to invite the Members\n"
	"\n"
	"1) to make it [simple and inexpensive] to obtain a licence for a community network;\n"
	"\n"
	"2) to share what they learn with one another at least every [X] years;\n"
	"\n"
	"[3) to open a fund for the training of local technicians, to which Members contribute "
	"as "
	"they can;\n"
	"\n"
	"4) to report on the use of that fund to the next conference,]\n"
	"\n"
	"instructs the Director\n"
	"\n"
	"1) to keep a public list of community networks and of the rules that apply to them;\n"
	"\n"
	"2) to help Members that ask for advice.\n";

static const struct content {
	const char *path;
	const char *text;
	size_t len;
} contents[] = {
	{"drafts/regions.yaml", regions, sizeof(regions) - 1},
	{"drafts/meetings.yaml", meetings, sizeof(meetings) - 1},
	{"drafts/example.md", example, sizeof(example) - 1},
};

void init_list_release(struct init_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i]);
	free(list->v);
	*list = (struct init_list){NULL, 0, 0};
}

/* 0 where the folder is not there or is empty. */
static int check_folder(const char *root, const char *folder, struct error *err)
{
	struct error trouble = ERROR_INIT;
	const struct dirent *e;
	DIR *dir;
	int fd, rc = file_open_dir(root, folder, &fd, &trouble);

	if (rc == ST_MISSING && access(folder, F_OK) != 0)
		return 0;
	if (rc == ST_MISSING)
		return error_set(
			err, ST_DENIED,
			N_("%s: is there already and is no folder; nothing was written"),
			folder);
	if (rc < 0)
		return error_set(err, trouble.status, "%s", trouble.text);
	dir = fdopendir(fd);
	while (rc == 0 && dir && (e = readdir(dir)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			rc = error_set(
				err, ST_EXISTS,
				N_("%s: is there already and holds files; nothing was written"),
				folder);
	if (dir)
		closedir(dir);
	else
		close(fd);
	return rc;
}

int init_check(const char *dir, struct error *err)
{
	struct str path = STR_INIT;
	int rc;

	str_addf(&path, "%s/drafts", dir);
	rc = check_folder(dir, str_text(&path), err);
	str_release(&path);
	return rc;
}

/* The folder's name until all of it is there. */
#define UNDER_WAY ".adref-drafts"

static const char *name_of(const struct content *c)
{
	return strrchr(c->path, '/') + 1;
}

/* Takes back what was written before a failure, or by one that was killed. */
static void undo(const char *folder)
{
	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
		struct str path = STR_INIT;

		str_addf(&path, "%s/%s", folder, name_of(&contents[i]));
		unlink(str_text(&path)); /* that it is not there is usual */
		str_release(&path);
	}
	rmdir(folder);
}

static int write_all(const char *dir, const char *folder, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(contents) / sizeof(contents[0]); i++) {
		struct str path = STR_INIT;

		str_addf(&path, "%s/%s", folder, name_of(&contents[i]));
		rc = file_create(dir, str_text(&path),
				 slice_make(contents[i].text, contents[i].len), 0644, NULL,
				 err);
		str_release(&path);
	}
	return rc;
}

int init_files(const char *dir, struct init_list *list, struct error *err)
{
	struct str path = STR_INIT, folder = STR_INIT;
	int rc = file_make_dirs(NULL, dir, 0777, err);

	*list = (struct init_list){NULL, 0, 0};
	str_addf(&path, "%s/drafts", dir);
	str_addf(&folder, "%s/" UNDER_WAY, dir);
	if (rc == 0)
		rc = init_check(dir, err);
	if (rc < 0)
		goto done;
	undo(str_text(&folder));
	rc = file_make_dirs(dir, str_text(&folder), 0777, err);
	if (rc == 0)
		rc = write_all(dir, str_text(&folder), err);
	/* An empty folder that is there gives way. */
	if (rc == 0 && rename(str_text(&folder), str_text(&path)) != 0)
		rc = file_error(err, errno, N_("cannot make"), str_text(&path));
	if (rc < 0)
		undo(str_text(&folder));
	for (size_t i = 0; rc == 0 && i < sizeof(contents) / sizeof(contents[0]); i++) {
		MEM_GROW(list->v, list->n, list->cap);
		list->v[list->n++] = mem_strdup(contents[i].path);
	}
done:
	str_release(&path);
	str_release(&folder);
	return rc;
}
