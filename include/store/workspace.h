/* SPDX-License-Identifier: MIT */
#ifndef STORE_WORKSPACE_H
#define STORE_WORKSPACE_H

#include "core/error.h"
#include "core/ledger.h"
#include "core/meeting.h"
#include "core/party.h"
#include "core/position.h"
#include "core/str.h"
#include "store/file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * drafts/ as FORMAT.md lays it out ("Files"): which drafts there are and what
 * stands beside each, who the parties are and when they meet. A file that
 * cannot be read in part or whole is a problem with its place; the rest is
 * there. Knows nothing of git, and nothing of what a draft says.
 */

#define WS_MOST_YAML YAML_MOST_BYTES

/* One draft: its file and what stands beside it. Paths are absolute. */
struct ws_draft {
	char *name; /* "res-31" */
	char *path; /* …/drafts/res-31.md */
	uint64_t size;
	int64_t mtime;  /* seconds */
	char **texts;   /* codes of parties with a text of their own, as the files are called */
	size_t n_texts; /* sorted, upper case as found */
	char **positions; /* codes of parties with a positions file */
	size_t n_positions;
	bool agreed, deferred; /* whether these files exist */
};

struct ws_problem {
	char *file; /* relative to the root: "drafts/regions.yaml" */
	struct yaml_problem at;
	char *draft; /* the name of a draft that is not listed for it; NULL */
};

struct ws_problems {
	struct ws_problem *v;
	size_t n, cap;
};

struct workspace {
	char *root;         /* the folder that holds drafts/, absolute, links resolved */
	char *folder;       /* root/drafts */
	struct ws_draft *v; /* by name, in byte order */
	size_t n, cap;
	struct parties parties;
	struct meetings meetings;
	struct file_stamp calendar;  /* of the file they were read from */
	struct ws_problems problems; /* of the last opening or refresh */
};

/*
 * Finds the workspace that a folder or file is in: the nearest folder, upwards,
 * that holds drafts/, no farther than the repository it is in. ST_MISSING where
 * there is none. ws is initialised here; release it only after success.
 */
int workspace_open(struct workspace *ws, const char *path, struct error *err)
	__attribute__((warn_unused_result));
void workspace_release(struct workspace *ws);
/* Reads all anew; after a failure everything is as it was. */
int workspace_refresh(struct workspace *ws, struct error *err)
	__attribute__((warn_unused_result));
/* Reads the meetings again where their file is another one now, and can be read: true. What is
 * wrong with it is for the next refresh to tell. */
bool workspace_follow_calendar(struct workspace *ws);

/* NULL where there is none. Borrowed until the next refresh. */
const struct ws_draft *workspace_find(const struct workspace *ws, const char *name);
/* A draft of that name that is there and cannot be listed (a link, a folder): err says why, and
 * its status is returned; 0 where there is none. */
int workspace_unlisted(const struct workspace *ws, const char *name, struct error *err);
/* A draft's name: letters, digits, "-", "_", "."; not beginning with a dot; up to 100 bytes. */
bool workspace_name_is_valid(const char *name);
/* "res-31/AFR": a party's own text of a draft there is. Its path is as a draft's of that name.
 */
bool workspace_is_text(const struct workspace *ws, const char *name);
/* Appends the path of a draft (there or not), of a file beside it ("agreed.yaml"), and
 * of a party's text. */
void workspace_draft_path(const struct workspace *ws, const char *name, struct str *out);
void workspace_side_path(const struct workspace *ws, const char *name, const char *file,
			 struct str *out);
void workspace_text_path(const struct workspace *ws, const char *name, const char *code,
			 struct str *out);
/* A path as people see it: relative to the root where it is inside. Borrowed from path. */
const char *workspace_short(const struct workspace *ws, const char *path);

/*
 * What stands beside a draft, read now; a file that is not there gives an empty
 * list. Outputs are initialised here and released by the caller, also after a
 * failure. problems may be NULL.
 */
int workspace_agreed(const struct workspace *ws, const char *name, struct agreed_list *list,
		     struct ws_problems *problems, struct error *err)
	__attribute__((warn_unused_result));
int workspace_deferred(const struct workspace *ws, const char *name, struct deferred_list *list,
		       struct ws_problems *problems, struct error *err)
	__attribute__((warn_unused_result));
int workspace_positions(const struct workspace *ws, const char *name, const char *code,
			struct positions *p, struct ws_problems *problems, struct error *err)
	__attribute__((warn_unused_result));

/*
 * All that a party (by index) has beside the draft: of the file by its code, then of those
 * by its aliases what that one does not have. What cannot be read is a problem
 * with its file and place, and the rest is there. p is initialised here.
 */
void workspace_party_positions(const struct workspace *ws, const char *name, uint16_t party,
			       struct positions *p, struct ws_problems *problems);

/* Everybody's positions on a draft. */
struct ws_positions {
	struct positions *v;            /* by party */
	const struct positions **given; /* the same as core/verdict takes them */
	size_t n;                       /* parties */
};
void workspace_all_positions(const struct workspace *ws, const char *name,
			     struct ws_positions *all, struct ws_problems *problems);
void ws_positions_release(struct ws_positions *all);

void ws_problems_release(struct ws_problems *p);
/* Adds that a file beside the draft cannot be used, with the place at which err's words begin.
 */
void ws_problems_fail(struct ws_problems *to, const char *name, const char *file,
		      const char *said);
/* Adds what was found in a file beside the draft ("AFR.positions.yaml"), and releases it. */
void ws_problems_take(struct ws_problems *to, const char *name, const char *file,
		      struct yaml_problems *from);

#endif
