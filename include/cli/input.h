/* SPDX-License-Identifier: MIT */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "cli/cli.h"
#include "core/bracket.h"
#include "core/edit.h"
#include "core/place.h"
#include "store/file.h"
#include "store/session.h"

/*
 * What DRAFT on a command line means (FORMAT.md, "Commands"): a name of the
 * workspace, a path, or "-". A name's change is committed, a path's is written
 * in place, and what came from standard input goes to standard output.
 */

enum input_kind { INPUT_NAME, INPUT_PATH, INPUT_STDIN };

struct input {
	enum input_kind kind;
	char *name;  /* of the draft, as JSON and messages have it */
	char *label; /* as messages name the file: "drafts/res-31.md", "<stdin>" */
	char *path;  /* of the file; NULL: standard input */
	struct str bytes;
	struct file_stamp stamp;
	struct session session; /* the workspace it is in, or that we are in */
	bool has_session;
	struct parties regions; /* where there is no workspace */
	const struct parties *parties;
	struct brackets brackets; /* read by input_brackets() */
	bool has_brackets;
	struct places places;
	bool has_places;
};

/* Finds and reads the draft. in is initialised here and released by the caller, always. */
int input_open(struct input *in, const char *draft, struct error *err)
	__attribute__((warn_unused_result));
void input_release(struct input *in);

/* Whether it is a draft of the workspace, or a party's text of one. A path that is one of
 * theirs becomes the name: for commands that work on nothing else. */
bool input_named(struct input *in);

/* After a workspace was not found here: where none could be made either, err says why instead,
 * and what can be done. Returns err's status. */
int input_nowhere(struct error *err);

/* What was read. All borrowed from in; brackets and places are made when first asked for. */
struct slice input_text(const struct input *in);
const struct brackets *input_brackets(struct input *in);
/* The text with them, for core/resolve and its like. */
struct bracketed input_bracketed(struct input *in);
/* Line and column of a byte offset, both from 1. */
struct place input_place(struct input *in, size_t offset);

/* A point by its number (from 1) or its id; says which there are otherwise. */
int input_point(struct input *in, const char *word, uint32_t *point, struct error *err)
	__attribute__((warn_unused_result));

/* Puts where the point is before what err says of it; returns err's status. */
int input_refused(struct input *in, uint32_t point, struct error *err);

/*
 * Makes the edits: a name is written and committed with the subject, a path is
 * written in place, standard input goes to c->out. ST_CHANGED where the file
 * changed meanwhile.
 */
int input_apply(struct cli *c, struct input *in, const struct edits *edits,
		struct slice subject, struct error *err) __attribute__((warn_unused_result));
/* The part of it for a path or standard input. */
int input_write(struct cli *c, struct input *in, const struct edits *edits, struct error *err)
	__attribute__((warn_unused_result));
/* Before a commit: git knows who commits, or the person is asked. in->kind is INPUT_NAME. */
int input_signed(struct input *in, struct error *err) __attribute__((warn_unused_result));
/* The draft as session_decide() and its like take it. in->kind is INPUT_NAME. */
struct session_draft input_draft(struct input *in);
/* Says on standard error what a commit had to say, unless rc is a failure. Releases result. */
void input_committed(struct commit_result *result, int rc);
/* Prints the edits as words that go and words that come, for --dry-run. */
void input_preview(struct cli *c, struct input *in, const struct edits *edits);
/* The same of two texts. */
void input_preview_texts(struct cli *c, struct slice old, struct slice new);

#endif
