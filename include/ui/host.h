/* SPDX-License-Identifier: MIT */
#ifndef UI_HOST_H
#define UI_HOST_H

#include "core/edit.h"
#include "core/error.h"
#include "core/ledger.h"
#include "core/life.h"
#include "core/meeting.h"
#include "core/party.h"
#include "core/position.h"
#include "core/str.h"
#include "core/tracked.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What views ask of the program: everything that touches disk, git, clock, terminal
 * or another view. app implements it with store; tests with fakes, which fill in
 * what they need. A NULL function means "cannot be done here": the view's can()
 * says so (HOST_CAN), and its key is not in the footer.
 *
 * Nothing here blocks a key for long. What takes time starts work in the
 * background, returns, and tells by `generation` that there is news: app then
 * touches the views, which look again in prepare().
 *
 * Failing functions return 0 or a negative status, with words in err, and
 * set outputs on success only. Texts are raw (sanitised where drawn), UTF-8
 * as a rule but not for certain. Times are seconds since 1970.
 */

struct doc;      /* ui/doc.h: an open draft, owned by the host */
struct resolved; /* core/resolve.h: a decision, as edits and in words */
struct view;
struct views;

#define HOST_CAN(host, function) ((host) && (host)->function)

/* ---- The workspace and its desk ---- */

enum host_place {
	PLACE_LOADING,   /* not looked at yet: first paint comes first */
	PLACE_READY,     /* a repository in which one can commit */
	PLACE_NO_DRAFTS, /* a folder without drafts/: offer init */
	PLACE_NO_GIT,    /* drafts, but no repository: one can edit, not commit */
	PLACE_READ_ONLY, /* bare, another user's, unknown extension: one can read */
	PLACE_DETACHED,  /* HEAD is not on a branch: one can edit; a branch is needed to commit
			  */
	PLACE_FAILED     /* no drafts, and no workspace can be made: the advice says why */
};

struct host_workspace {
	enum host_place place;
	const char *path; /* of the folder */
	const char
		*title; /* what it is about (regions/meetings files), else the folder's name */
	const char *branch; /* "" where there is none */
	const char *advice; /* one translated sentence for the user where place is not READY */
	bool shallow;       /* history ends early */
	bool hooks_waiting; /* the repository has hooks the user has not trusted yet */
	bool journal_waiting; /* unsaved work of an earlier session was found */
	size_t ahead, behind; /* commits against the upstream; 0 where unknown */
	unsigned generation;  /* changes whenever something here or in the rows changed */
};

#define DESK_TEXT      0x1u /* the party has a full text of its own */
#define DESK_POSITIONS 0x2u /* it has positions */

enum desk_state { DESK_WAITING, DESK_READY, DESK_UNREADABLE };

/* One draft. Counts are 0 until state is DESK_READY. */
struct desk_row {
	const char *name;
	const char *title; /* "" : none found */
	const char *type;  /* front matter: resolution, declaration, report; "" */
	const char *symbol;
	enum desk_state state;
	const char *failure; /* DESK_UNREADABLE: why */
	size_t open;         /* outermost points */
	size_t nested;       /* points inside others */
	size_t linked;       /* open points that have others with the same wording */
	size_t problems;     /* unpaired brackets, and files beside it that cannot be read */
	size_t deferred, agreed, reopened;
	size_t words, bracket_words; /* in all, and within outermost brackets */
	const unsigned char
		*parties; /* DESK_TEXT | DESK_POSITIONS by party index; n_parties of them */
	size_t n_parties;
	bool unsaved;     /* open here with unsaved changes */
	bool recovered;   /* unsaved work of an earlier session was found; opening shows it */
	bool uncommitted; /* the file is not what HEAD has */
	int64_t changed; /* last commit that touched it, else the file's time; 0: unknown yet */
	const char *changed_by;
	const char *changed_what; /* the commit's first line */
};

/* How a draft's file stands to what is open and to what is committed. */
struct host_file_state {
	bool unsaved;         /* the open text is not what the file has */
	bool changed_outside; /* the file is not what was read or saved here last */
	bool gone;            /* it was deleted or renamed outside */
	bool uncommitted;     /* the file is not what HEAD has */
	bool new_file;        /* HEAD has no such file */
	bool elsewhere;       /* another adref has it open; who says which */
	const char *who;
};

/* The regions' own texts of a draft, and the base that they start from. */
struct host_text {
	uint16_t party;
	const char *code; /* as its file is called */
	struct slice bytes;
};

struct host_texts {
	const struct host_text *v; /* by party */
	size_t n;
	struct slice base;
	const char *base_name;       /* what front matter calls it; NULL: it names none */
	const char *base_failure;    /* why it is not there; NULL: it is, or none is named */
	const char *const *left_out; /* one line for each text that cannot be used */
	size_t n_left_out;
};

/* What consolidating a draft would give. */
struct host_consolidation {
	size_t texts;                /* how many regions' */
	size_t points;               /* open ones */
	size_t words, bracket_words; /* in all, and within them */
	size_t lost;                 /* points that are open in the draft now, and would go */
	size_t settled;              /* paragraphs that would lose words (core/settled.h) */
	bool same;                   /* the draft is that already */
};

/* Which versions are to be listed. NULL: no such filter. */
struct host_log_ask {
	const char *name;   /* of a draft; NULL: all of them */
	const char *region; /* a code or alias: what this party has to do with; of one draft
			       also what stands beside it */
	const char *phrase; /* comes or goes; only the one, or the other: */
	const char *added, *removed;
};

/* A file of the drafts that a version changed. */
struct host_log_file {
	const char *name; /* as people call it: "res-31", "res-31/AFR.md" */
	const char *path; /* in the repository, as this version has it */
	bool is_draft;    /* a draft's own text: name is the draft's */
	/* A merge that left the text behind which another parent brought: that commit, which it
	 * is held against; NULL: it is held against the first parent. */
	const char *left;
};

/* A version of a draft. Texts are never NULL. */
struct host_version {
	const char *id;                     /* of the commit, in hex */
	const char *date;                   /* the author's day: "2026-02-18", or "?" */
	const char *author, *meeting, *tag; /* "": none */
	struct slice message;               /* its first line is the subject */
	const char *path; /* of the draft in the repository, as this version has it; or of the
			     first of `files` */
	const struct host_log_file *files; /* what it changed: drafts' own texts first */
	size_t n_files;
	const char *parent; /* the version it is held against; "": none */
	const char *was; /* the draft's name before, where this version gave it another; "" */
	bool added, deleted; /* there was no text before, or is none after */
	bool merge;
	bool counted; /* counts are known */
	struct life_counts counts;
	bool left; /* a merge that has its own text, and left behind what `parent` brought */
};

/* The versions of a draft as far as they are found, newest first. */
struct host_log {
	const struct host_version *v;
	size_t n;
	const char *const *notes; /* what could not be shown, translated; when it has ended */
	size_t n_notes;
	bool ended;
};

/* Two texts of a draft in its history. */
struct host_between {
	const char *old;  /* of the commit, in hex */
	const char *new;  /* the same; NULL: the text as it is now, saved or not */
	const char *path; /* of the draft in `new`; NULL: of name, now */
	const char *name;
	struct slice old_text, new_text;
};

enum host_note_kind {
	NOTE_DECIDED, /* a point was decided */
	NOTE_SILENT,  /* words or brackets changed, and nothing recorded says why */
	NOTE_COVERED, /* nothing is amiss: proposals, an agreed edit, a merge … */
	NOTE_PENDING  /* changed since the last commit */
};

/* One thing that is known of a paragraph that differs. Texts are never NULL. */
struct host_note {
	enum host_note_kind kind;
	size_t at;           /* decided: where the point begins, in the older text; SIZE_MAX: it
				is told by paragraph */
	uint32_t old, new;   /* else: the paragraph from 0 in the older text, and in the newer;
				UINT32_MAX: in none, or not known */
	const char *words;   /* translated, sanitised */
	const char *version; /* that did it: "2026-02-18 · IRM-2 · S. Rapporteur"; "" */
};

struct host_notes {
	const struct host_note *v;
	size_t n;
	bool ended;
	const char *failure; /* why they are not all; NULL: they are; when it has ended */
};

/*
 * What became of a draft's points (core/life). Parties are of the table here. The
 * versions are the life's: oldest first, by its numbers.
 */
struct host_lives {
	const struct life *life; /* NULL until something is found */
	/* It is of the newest versions alone, and of the text, not of what stands beside it:
	 * the rest is being read, or that was stopped. What is here then is valid to the end,
	 * also when the whole has taken its place. */
	bool is_newest;
	const struct parties *parties;
	const struct host_version *v;
	/* By version: the calendar's documents that its message names, "AFCP/12, AFCP/13", or
	 * ""; and whether it has the draft's text, not only what stands beside it. */
	const char *const *documents;
	const bool *has_text;
	size_t n;
	bool gone;                /* the draft is deleted: what was open then is gone with it */
	const char *const *notes; /* what could not be read, translated */
	size_t n_notes;
	size_t at, of; /* versions read; of 0: they are still being listed */
	bool ended;
};

/* A version of a draft as it was named: a revision, or a meeting. Texts are never NULL. */
struct host_named {
	const char *id;   /* of the commit, in hex */
	const char *path; /* of the draft in it */
	struct slice text;
	const char *note; /* what is to be said of it, translated; or "" */
	bool ended;       /* the others are set, if it did not fail */
};

/* A version that changed the words one asked about. */
struct host_change {
	struct host_version version; /* its id "": the text now, which is in no version yet */
	struct slice was, now;       /* the words before it, and after; "": none */
	size_t begin, end;           /* of now, in the version's text */
};

/* Those versions, newest first. */
struct host_blame {
	const struct host_change *v;
	size_t n;
	const char *const *notes; /* what could not be read, translated */
	size_t n_notes;
	bool ended;
};

/* Whether a position that is or was signed is so by a key that counts. */
enum host_seal_how { SEAL_GOOD, SEAL_UNLISTED, SEAL_BAD, SEAL_UNCHECKED };

struct host_seal {
	uint16_t party;
	const char *point; /* its id */
	enum host_seal_how how;
};

/* Those of a draft; more than one of a party on a point: the first counts. */
struct host_seals {
	const struct host_seal *v; /* when it has ended */
	size_t n;
	bool ended;
};

/* A file that is being imported. */
struct host_import {
	struct str report; /* what that would take away, in words, a line each */
	bool tracked;      /* it has tracked changes */
};

enum host_export { EXPORT_DOCX, EXPORT_ODT, EXPORT_HTML, EXPORT_TEXT };

/* The last decision on a draft, to be undone. All empty before it is asked about. */
struct host_undo {
	struct str what;   /* "point 5, option 2 …" */
	struct str whose;  /* "A. Chair, 2026-02-18": somebody else's; else empty */
	struct str commit; /* that decided it */
};
void host_undo_release(struct host_undo *u);

/* What to do about a file changed outside. */
enum host_keep {
	KEEP_MINE,   /* overwrite it; its bytes are kept beside it as NAME.theirs.md first */
	KEEP_THEIRS, /* take the file's; ours are kept as NAME.mine.md */
	KEEP_BOTH    /* leave the file; save ours as NAME.mine.md and go on with that */
};

/*
 * All functions take data first. Borrowed results stay valid until the next call of
 * the same function or a new generation, whichever is first.
 */
struct host {
	void *data;

	/* -- workspace -- */
	const struct host_workspace *(*workspace)(void *data);
	const struct parties *(*parties)(void *data); /* never NULL: the six regions at least */
	size_t (*desk)(void *data, const struct desk_row **rows);
	void (*desk_refresh)(void *data);
	int (*init)(void *data, struct error *err); /* makes a workspace here */
	/* A new draft of that name (and title) is made and committed when first saved. */
	int (*new_draft)(void *data, const char *name, const char *title, struct error *err);
	/* Begins to read a foreign file. It is the view's until import_close(). */
	int (*import_open)(void *data, const char *path, enum tracked_how how,
			   struct host_import **import, struct error *err);
	/* Waits for it a few milliseconds. 1: it is being read; 0: what is in it is known;
	 * negative: it cannot be imported. */
	int (*import_step)(void *data, struct host_import *import, struct error *err);
	/* Makes the draft of what was read. */
	int (*import_make)(void *data, struct host_import *import, const char *name,
			   struct error *err);
	/* Lets it go, whether it is read or not. */
	void (*import_close)(void *data, struct host_import *import);
	int (*trust_hooks)(void *data, bool trust, struct error *err);

	/* Appends a draft's text as it is now: unsaved changes of what is open here count. */
	int (*draft_text)(void *data, const char *name, struct str *text, struct error *err);

	/* -- an open draft -- */
	/* Opens it once; later calls give the same doc. close when the view goes; the last
	 * close frees it. Unsaved work of a killed session is in it already, with a message. */
	int (*open)(void *data, const char *name, struct doc **doc, struct error *err);
	void (*close)(void *data, struct doc *doc);
	/* To be called after every change of the text: keeps the journal (cheap). */
	void (*changed)(void *data, struct doc *doc);
	int (*file_state)(void *data, struct doc *doc, struct host_file_state *state,
			  struct error *err);
	/* Writes the file atomically; ST_CHANGED where it was changed outside: ask, then
	 * keep(). */
	int (*save)(void *data, struct doc *doc, struct error *err);
	int (*keep)(void *data, struct doc *doc, enum host_keep how, struct error *err);
	/* Throws unsaved changes away and reads the file anew. */
	int (*revert)(void *data, struct doc *doc, struct error *err);
	/* Appends a message proposed for a commit of the draft's pending edits. */
	void (*propose_message)(void *data, struct doc *doc, struct str *message);
	/* Saves and commits this draft's file alone. commit gets the short id. */
	int (*commit)(void *data, struct doc *doc, struct slice message, struct str *id,
		      struct error *err);
	/* Puts pending (uncommitted) edits aside in a commit of their own, off the branch, and
	 * goes back to HEAD's text; unset brings them back where they still fit. */
	int (*set_aside)(void *data, struct doc *doc, struct error *err);
	int (*bring_back)(void *data, struct doc *doc, struct error *err);
	bool (*is_aside)(void *data, struct doc *doc); /* whether there are such edits */

	/* -- the chair -- */
	/* Whether a decision can be committed now: 0; ST_CHANGED: pending edits, offer commit
	 * or set_aside; other: says why not. */
	int (*decide_ready)(void *data, struct doc *doc, struct error *err);
	/* A decision, as resolve_point() made it of the doc's bytes: applies the edits as one
	 * undo step, writes the file, makes one commit with trailers. On failure nothing has
	 * changed. */
	int (*decide)(void *data, struct doc *doc, const struct edits *edits,
		      const struct resolved *what, struct slice reason, struct str *id,
		      struct error *err);
	/* Another edit of the chair (a point split or joined): the same, with a subject line
	 * that says what it is. */
	int (*edit)(void *data, struct doc *doc, const struct edits *edits,
		    struct slice subject, struct str *id, struct error *err);
	/* A draft that is not there any more comes back with that text, as a commit. */
	int (*bring)(void *data, const char *name, struct slice text, struct slice subject,
		     struct str *id, struct error *err);
	/* Undoes the last decision on this draft by a commit that says so; *at gets where,
	 * before any of it is shown. 1: nothing is undone yet, it is somebody else's; once the
	 * user wants it, call again with the same u: what is not that decision any more is not
	 * undone (ST_CHANGED). ST_TOO_LARGE: it is too far back to be looked for here. */
	int (*undo_decision)(void *data, struct doc *doc, struct host_undo *u, size_t *at,
			     struct error *err);
	int (*defer)(void *data, struct doc *doc, uint32_t point, struct slice reason,
		     struct slice until, struct error *err);
	int (*undefer)(void *data, struct doc *doc, uint32_t point, struct error *err);
	const struct deferred_list *(*deferred)(void *data, struct doc *doc);
	/* The paragraph that holds byte `at` is agreed ad referendum (or not any longer). */
	int (*agree)(void *data, struct doc *doc, size_t at, bool agreed, struct error *err);
	/* Which paragraphs are agreed, by digest; one that no paragraph has any more was
	 * reopened. */
	const struct agreed_list *(*agreed)(void *data, struct doc *doc);
	/* What a party (by index) says on the draft's points, by their ids. NULL: nothing.
	 * Valid until side_generation() is another one. */
	const struct positions *(*positions)(void *data, struct doc *doc, uint16_t party);
	/* Changes whenever what stands beside the draft was read anew: positions, deferred,
	 * agreed. */
	unsigned (*side_generation)(void *data, struct doc *doc);
	/* Records a party's position on a point, p's wording, and where it is "" meeting and
	 * date, by themselves; the point gets an id if it has none. One commit; id gets its
	 * short name. p NULL: takes the position back. */
	/* Whether that can be done now: asked before the user is asked anything. */
	int (*record_ready)(void *data, struct doc *doc, struct error *err);
	int (*record_position)(void *data, struct doc *doc, uint32_t point, uint16_t party,
			       const struct position *p, struct str *id, struct error *err);

	/* Begins to find out which positions on a draft are signed, as the last commit has
	 * them. ST_MISSING: nobody signs here. The seals are the view's until seals_close(). */
	int (*seals_open)(void *data, const char *name, struct host_seals **seals,
			  struct error *err);
	/* Waits for it a few milliseconds; true: ask again. */
	bool (*seals_step)(void *data, struct host_seals *seals);
	void (*seals_close)(void *data, struct host_seals *seals);

	/* -- the regions' texts -- */
	/* As they are now: what is open with unsaved changes as it is there. */
	const struct host_texts *(*texts)(void *data, struct doc *doc);
	/* The draft's texts as one draft: what it comes to, and (as a commit) that draft. */
	int (*consolidate_preview)(void *data, struct doc *doc, struct host_consolidation *what,
				   struct error *err);
	int (*consolidate)(void *data, struct doc *doc, struct str *id, struct error *err);

	/* -- the history -- */
	/* Begins to list versions. The log is the view's until log_close(). */
	int (*log_open)(void *data, const struct host_log_ask *ask, struct host_log **log,
			struct error *err);
	/* Takes what was found, or waits for it a few milliseconds. Pointers into the log are
	 * valid until the next step. 1: there may be more; 0: it has ended, as by a failure.
	 * ST_USAGE: a filter makes no sense. */
	int (*log_step)(void *data, struct host_log *log, struct error *err);
	/* Looks no further; what was found stays. */
	void (*log_stop)(void *data, struct host_log *log);
	/* Appends the text that version i has of one of its files, or (before) the one it was
	 * made from; nothing where there is none. */
	int (*log_text)(void *data, struct host_log *log, size_t i, size_t file, bool before,
			struct str *text, struct error *err);
	void (*log_close)(void *data, struct host_log *log);
	/* Begins to find the version of a draft that a revision of git's or a meeting names: a
	 * meeting is looked for in the whole history. It is the view's until named_close(),
	 * which also stops it. */
	int (*named_open)(void *data, const char *name, const char *revision,
			  struct host_named **named, struct error *err);
	/* 1: ask again, after a short wait; 0: found. A failing step has ended it: ST_MISSING:
	 * nothing is called so. */
	int (*named_step)(void *data, struct host_named *named, struct error *err);
	void (*named_close)(void *data, struct host_named *named);
	/* Begins to find out what is known of the differences between two versions. The notes
	 * are the view's until notes_close(). */
	int (*notes_open)(void *data, const struct host_between *between,
			  struct host_notes **notes, struct error *err);
	/* Takes what was found, or waits for it a few milliseconds; true: ask again. */
	bool (*notes_step)(void *data, struct host_notes *notes);
	void (*notes_close)(void *data, struct host_notes *notes);

	/* Begins to find what became of a draft's points; as with the log, step and stop. A
	 * failing step has ended it. */
	int (*lives_open)(void *data, const char *name, struct host_lives **lives,
			  struct error *err);
	int (*lives_step)(void *data, struct host_lives *lives, struct error *err);
	void (*lives_stop)(void *data, struct host_lives *lives);
	/* As log_text(), of a version of the life. */
	int (*lives_text)(void *data, struct host_lives *lives, uint32_t version, bool before,
			  struct str *text, struct error *err);
	void (*lives_close)(void *data, struct host_lives *lives);

	/* Begins to find who brought the words of [begin, end) of a draft's text (as it is now,
	 * copied), and who those before them; as with the log. The list is there when it has
	 * ended. */
	int (*blame_open)(void *data, const char *name, struct slice text, size_t begin,
			  size_t end, struct host_blame **blame, struct error *err);
	int (*blame_step)(void *data, struct host_blame *blame, struct error *err);
	void (*blame_stop)(void *data, struct host_blame *blame);
	int (*blame_text)(void *data, struct host_blame *blame, size_t i, bool before,
			  struct str *text, struct error *err);
	void (*blame_close)(void *data, struct host_blame *blame);

	/* -- who, when, how -- */
	/* Keys: party role meeting bidi mouse colours; "" where not set. Besides: "asked", ""
	 * until the user said who they are; "author", "" where git does not know who commits.
	 */
	const char *(*setting)(void *data, const char *key);
	int (*set_setting)(void *data, const char *key, const char *value, struct error *err);
	/* Who commits, for git's configuration. */
	int (*set_author)(void *data, const char *name, const char *email, struct error *err);
	const struct meetings *(*meetings)(void *data);
	int64_t (*now)(void *data);
	int64_t (*ticks)(void *data); /* milliseconds of a clock that only goes forward */

	/* -- the program around -- */
	/* Puts a view of that name (view_ops.name) on the stack; draft and place where it needs
	 * them: at is a byte offset, SIZE_MAX: where it was last. */
	int (*open_view)(void *data, const char *view, const char *draft, size_t at,
			 struct error *err);
	/* The system clipboard (OSC 52); the views' own is the one below. */
	int (*copy)(void *data, struct slice text, struct error *err);
	struct slice (*clipboard)(void *data); /* what was copied in adref last */
	/* Runs $VISUAL or $EDITOR on the text; out gets what it left. The terminal is lent to
	 * it. ST_FAIL where it ended with an error: out is not set. */
	int (*run_editor)(void *data, const char *name, struct slice text, struct str *out,
			  struct error *err);
	/* Begins to write the draft beside the workspace, as NAME.docx or NAME-clean.docx. It
	 * goes on beside the keys as sync does, and says what was written. */
	int (*export)(void *data, struct doc *doc, enum host_export format, bool clean,
		      struct error *err);
	/* The same of a draft's two texts: NAME-changes.docx, the newer one with what changed
	 * since the older one tracked in it. */
	int (*export_marked)(void *data, const char *name, struct slice old, struct slice now,
			     struct error *err);
	/* Begins to share with others: fetch, merge, push. It goes on beside the keys, says
	 * what it does (views_progress) and what came of it (a message). Fails where something
	 * here is in the way. busy: it, or an export, is under way. With either, both others
	 * are there too. */
	int (*sync)(void *data, struct error *err);
	bool (*busy)(void *data);
	/* Stops what runs in the background (Esc). True: something was running. */
	bool (*stop)(void *data);
};

/* Whether lines of right-to-left text are put in order here, as the user has set it (bidi): not
 * where the terminal does it, and not where nobody is to. */
bool host_reorders(const struct host *host);
/* By party of the doc's table, what it says on the draft's points, or NULL. The caller frees
 * the list; what it holds is the host's. */
const struct positions **host_positions(const struct host *host, struct doc *doc);

#endif
