/* SPDX-License-Identifier: MIT */
#ifndef UI_APP_INNER_H
#define UI_APP_INNER_H

#include "core/ledger.h"
#include "core/position.h"
#include "core/summary.h"
#include "store/file.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/session.h"
#include "store/texts.h"
#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the files of app share: app.c the loop, app_open.c where we are and
 * the views, app_desk.c the list of drafts, app_doc.c an open draft and its
 * file, app_texts.c the regions' texts of it, app_past.c its versions, app_version.c what is
 * said of one, app_notes.c what is known of their differences, app_lives.c what became of its
 * points, app_blame.c who brought its words, app_share.c sharing, app_import.c importing,
 * app_export.c exporting, app_file.c what is asked about it, app_chair.c decisions, app_host.c
 * the rest and the table that views call.
 */

/* An open draft: what the host keeps beside the doc (doc->host_data). */
struct app_doc {
	struct app *app;
	struct doc *doc;
	char *root;        /* the folder that its file must lie in; NULL: anywhere */
	bool in_workspace; /* by name in drafts/; else just a file */
	size_t users;      /* views that have it open */
	struct file_stamp stamp;
	struct journal *journal; /* NULL: none could be opened */
	uint64_t noted;          /* revision of the text that the journal knows */
	struct agreed_list agreed;
	struct deferred_list deferred;
	struct positions *positions; /* by party */
	size_t n_positions;
	unsigned side_generation;
	bool has_side;                /* the lists above are read */
	struct side_texts texts;      /* the regions' own */
	struct host_text *text_list;  /* as views see them */
	struct host_texts host_texts; /* the same */
	bool has_texts;               /* texts are read */
	char *found; /* unsaved work of an earlier session is in the doc: from when; NULL: it is
			not, or the user was asked */
	size_t found_at; /* the first byte of it that the file does not have */
	size_t found_in; /* how many paragraphs are not the file's */
	char *message;   /* typed for a commit that could not be made; NULL */
	char *who;       /* who else has it open, for the ui; NULL */
};

/* A row of the desk, and what it was made from. */
struct app_row {
	struct summary summary;
	size_t deferred;
	char *failure;
	char *changed_by, *changed_what;
	int64_t changed;
	unsigned char *parties;
	bool uncommitted;
	bool left; /* unsaved work of an earlier session waits in a journal */
	enum desk_state state;
};

struct app_job; /* ui/app_job.h */
struct app_share;
struct app_export;
struct tag_list; /* store/tags.h */

struct app {
	struct app_options options;
	struct session session;
	bool has_session; /* a workspace was found */
	bool tried_repo;  /* session_repo() was called, whatever came of it */
	bool has_git;     /* there is a repository, though it cannot be used */
	bool failed;      /* there is no workspace, and none can be made here */
	char *folder;     /* absolute: what was asked for */
	char *git_dir;    /* where git keeps things, found without git; NULL: no repository */
	char *state_dir;  /* of the user; NULL where there is no home */
	struct parties parties; /* where there is no workspace */
	struct env env;
	struct settings settings; /* where there is no workspace */

	struct host host;
	struct views *views;
	struct canvas canvas;
	struct host_workspace place;
	struct str title, advice, author;

	struct app_row *rows; /* of session.ws.v, in its order */
	struct desk_row *desk;
	size_t n_rows;
	size_t n_unlisted;       /* rows of desk after those: what cannot be listed, and why */
	size_t next_row;         /* the next one to be read; n_rows: all are */
	struct app_share *share; /* with others, under way: app_share.c; NULL */
	struct str share_with;   /* whom it is asked about: app_share.c */
	struct app_export *export; /* under way: app_export.c; NULL */
	struct history_last *last; /* being walked; NULL: not yet, or done */
	bool walked;

	struct file_stamp regions; /* regions.yaml as it was read last */
	struct app_job *jobs;      /* let go, but not ended yet */
	struct app_doc **docs;
	size_t n_docs, cap_docs;
	struct str clipboard;
	bool mouse;
	bool begin_late; /* the first commit waits for the user's name */
	bool greeted;    /* it was asked, if need be, who the user is */
	bool ending;     /* by a signal: unsaved work stays in its journal */
	int64_t painted;
	int64_t synced; /* when journals were last written, by tty_clock() */
};

/* app_open.c */
void app_find_place(struct app *app);
void app_release_place(struct app *app);
const struct parties *app_parties(const struct app *app);
struct settings *app_settings(struct app *app);
/* One step: the repository is opened. True: something was done. */
bool app_open_repo(struct app *app);
/* The repository, opened now if it was not; ST_MISSING and so on. Whoever wants it is about to
 * do something with it: the meeting and the settings are those that stand now. */
int app_repo(struct app *app, struct error *err);
/* Whether git knows who commits; asks the user where it does not. ST_MISSING. */
int app_author(struct app *app, struct error *err);
/* Meeting and settings as they stand now, if others changed them: app_repo(), or when nothing
 * is done for a while. */
void app_follow(struct app *app);
int app_open_view(void *data, const char *view, const char *draft, size_t at,
		  struct error *err);

/* app.c: paints now, in the middle of something that takes a while. */
void app_show(struct app *app);

/* The settings are other ones now: terminal and views follow. */
void app_settings_changed(struct app *app);

/* app_desk.c */
void app_desk_release(struct app *app);
/* Begins the list anew from the workspace. */
void app_desk_reset(struct app *app);
bool app_desk_step(struct app *app);
size_t app_desk(void *data, const struct desk_row **rows);
void app_desk_refresh(void *data);
/* Remembers what regions.yaml is now; looks whether it is that still, and takes over what it
 * says where it is not: true. */
void app_note_regions(struct app *app);
bool app_look_at_regions(struct app *app);
/* The draft of that name is to be looked at again. */
void app_desk_changed(struct app *app, const char *name);

/* app_doc.c */
int app_doc_open(void *data, const char *name, struct doc **doc, struct error *err);
/* The same; of a large draft only the beginning has been read. */
int app_doc_open_unread(struct app *app, const char *name, struct doc **doc, struct error *err);
void app_doc_close(void *data, struct doc *doc);
void app_doc_changed(void *data, struct doc *doc);
void app_doc_free(struct app *app, struct app_doc *ad);
struct app_doc *app_doc_of(const struct doc *doc);
/* Where b begins to differ from a, at a code point of b's. */
size_t app_first_difference(struct slice a, struct slice b);
/* Asks what is to become of unsaved work that was found when the draft was opened, if any was.
 */
void app_doc_offer(struct app *app, struct app_doc *ad);
/* Writes all journals; says so in a message where one cannot be. */
void app_sync(struct app *app);
/* The doc's bytes are what is on disk now. */
void app_doc_is_saved(struct app *app, struct app_doc *ad);
/* Reads the file anew where somebody else changed it and nothing unsaved would be lost. */
bool app_doc_read_outside(struct app *app, struct app_doc *ad);
/* The terminal has the focus again: were files changed meanwhile? */
void app_look_outside(struct app *app);
void app_side_release(struct app_doc *ad);
/* What stands beside the draft, read when first asked for. */
void app_side_read(struct app *app, struct app_doc *ad);

/* app_texts.c */
void app_texts_release(struct app_doc *ad);
void app_texts_host(struct host *host);

/* app_version.c: what host_version points to besides the version itself */
struct app_version {
	char day[16];
	char *meeting, *tag;
};
void app_version_name(struct app_version *a, const struct version *v,
		      const struct tag_list *tags, const struct meetings *calendar);
void app_version_release(struct app_version *a);
/* Borrows from all of them; f: the draft's text in it, or NULL. */
struct host_version app_version_show(const struct app_version *a, const struct version *v,
				     const struct version_file *f);

/* app_past.c */
void app_past_host(struct host *host);

/* app_named.c */
void app_named_host(struct host *host);

/* app_share.c */
void app_share_host(struct host *host);
/* A look at the worker, if there is one; true: it is under way. */
bool app_share_step(struct app *app);
/* Ends it, and waits: within a merge it goes on to the merge's end. */
void app_share_end(struct app *app);

/* app_export.c: a document is made of a draft. */
void app_export_host(struct host *host);
/* A look at it, if one is being made; true: it is under way. */
bool app_export_step(struct app *app);
/* Stops it: nothing will be written. False: none was under way. */
bool app_export_stop(struct app *app);
/* Stops it and waits. */
void app_export_end(struct app *app);

/* app_import.c: a foreign file becomes a draft. */
void app_import_host(struct host *host);

/* app_seals.c: which positions are signed */
void app_seals_host(struct host *host);

/* app_notes.c */
void app_notes_host(struct host *host);

/* app_lives.c */
void app_lives_host(struct host *host);

/* app_blame.c */
void app_blame_host(struct host *host);

/* app_file.c and app_chair.c: their part of the table */
void app_file_host(struct host *host);
void app_chair_host(struct host *host);
/* What the commit of edits says: a subject with lines of core/message under it, or a decision.
 */
struct app_record {
	struct slice subject, trailers;
	const struct side_texts *made_of; /* committed with it (store/session); or NULL */
	const struct resolved *what;      /* a decision, with its reason; or NULL */
	struct slice reason;
};
/* host.edit() and host.decide(). */
int app_edit(struct app *app, struct doc *doc, const struct edits *edits,
	     const struct app_record *record, struct str *id, struct error *err);
/* app_host.c */
void app_host_init(struct app *app);
/* A new file in drafts/, refused where there is one of that name. */
int app_create_draft(struct app *app, const char *name, struct slice bytes, struct error *err);

#endif
