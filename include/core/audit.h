/* SPDX-License-Identifier: MIT */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/ledger.h"
#include "core/message.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether what a commit did to a draft is covered, or went silently. One step is
 * a text before and after, and what the commit records. It is covered where
 *
 *   decision  its recorded decision, made on the text before, gives the text
 *             after to the byte (new wording is read from the text after, and
 *             must be the one the record quotes);
 *   undo      taking back the decision it names, as core/revert does, gives the text after;
 *   together  the consolidation it records, made again of the texts that the commit has,
 *             gives the text after to the byte;
 *   numbers   renumbering the text before gives the text after;
 *   proposal  words came in brackets only, and none went: brackets put round
 *             words, options, parties, ids and blanks, in any number; and
 *             paragraphs moved whole;
 *   merge     each paragraph that changed stands so in another parent of the
 *             merge, where it is a step of its own, and was not changed on this side
 *             too; or merging the two again gives it so;
 *   edit      the commit says it was agreed: a trailer "Edit:" with where or why.
 *
 * Paragraphs that were agreed and that a consolidation changed are listed, however well it is
 * recorded (an "Edit:" apart), and so are settled words that it takes back (core/settled): a
 * record of whose texts were put together decides on neither. A decision that does not give the
 * text after covers what it does; the rest is looked at as if the commit had recorded nothing.
 * What is not covered is listed. Labels, blanks and line ends do not count, nor do references
 * that go with a clause whose label changed, nor does where a paragraph ends and the next
 * begins: of paragraphs put together, or one parted, only words that went or came are listed
 * (and no marks where they meet). Pure.
 */

enum audit_cover {
	AUDIT_SAME, /* nothing differs that counts */
	AUDIT_DECISION,
	AUDIT_UNDO,
	AUDIT_CONSOLIDATION,
	AUDIT_NUMBERS,
	AUDIT_PROPOSAL,
	AUDIT_MERGE,
	AUDIT_EDIT,
	AUDIT_OPEN /* there are findings */
};

enum audit_kind {
	AUDIT_WORDS_GONE,     /* before: words that are no longer there */
	AUDIT_WORDS_CAME,     /* after: words that nobody proposed in brackets */
	AUDIT_WORDS_CHANGED,  /* both, in one place */
	AUDIT_POINT_GONE,     /* before: its brackets; after: what stands there now */
	AUDIT_PARTY_LEFT,     /* before: the option; after: the party's code */
	AUDIT_AGREED_CHANGED, /* before: how the agreed paragraph began; after: its words now */
	AUDIT_DECISION_DIFFERS, /* before: the decision; the text is not what it gives */
	AUDIT_TOGETHER_DIFFERS, /* before: whose texts were consolidated; alike */
	AUDIT_SETTLED_UNDONE    /* before: settled words that a consolidation takes back */
};

struct audit_finding {
	enum audit_kind kind;
	uint32_t old_paragraph, new_paragraph; /* from 1, blank lines not counted; 0: none */
	struct str before, after;              /* the draft's bytes */
};

/* Another parent of a merge: its text, and where the two are found to part, the text there and
 * what merging the two sides again gives, at once or in turn. */
struct audit_parent {
	struct slice text;
	bool parts;
	struct slice base, merged;
};

struct audit_step {
	struct slice before, after;
	const struct message_record *record; /* of the commit */
	bool agreed_edit;                    /* it has the trailer */
	/* Where it undoes a decision of its past: what that one did. */
	bool undoes;
	struct slice undone_before, undone_after;
	/* Where it records a consolidation that could be made again: what that gives. */
	bool consolidates;
	struct slice consolidated;
	/* At a merge: the other parents. */
	const struct audit_parent *others;
	size_t n_others;
	const struct agreed_list *agreed; /* before the step; or NULL */
};

struct audit {
	enum audit_cover cover;
	struct audit_finding *v;
	size_t n, cap;
};

/* Fills a (released first by the caller); release with audit_release(). */
void audit_step(struct audit *a, const struct audit_step *step, const struct parties *parties);
void audit_release(struct audit *a);

/* Whether the message has the trailer "Edit:", and what it says. */
bool audit_edit_of(struct slice message, struct slice *why);

/* "words went", … N_() */
const char *audit_kind_word(enum audit_kind kind);
/* "recorded decision", … N_() */
const char *audit_cover_word(enum audit_cover cover);

#endif
