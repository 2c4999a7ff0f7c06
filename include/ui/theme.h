/* SPDX-License-Identifier: MIT */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "core/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What things mean, and how that looks. Views use styles, which are meanings;
 * only the theme knows colours, and only term turns them into a terminal's.
 * The terminal's own foreground and background stay, so that light and dark
 * both read well; there is one accent colour; and colour is never the only
 * sign: every style that matters differs in mono too, or stands beside a word or mark.
 */

enum style_name {
	STYLE_TEXT,    /* the draft, and whatever is read rather than looked for */
	STYLE_DIM,     /* said in a low voice: counts, hints, context */
	STYLE_TITLE,   /* where you are */
	STYLE_HEADING, /* a heading or title within the text; calls */
	STYLE_RULE,    /* thin lines */
	STYLE_ACCENT, /* the one thing to look at: the chosen row, the current point's number */
	STYLE_KEY,    /* a key in footer and help */
	STYLE_LABEL,  /* the word beside a key */
	STYLE_CLAUSE, /* a clause's label in the margin */
	STYLE_BRACKET_1, /* brackets and separators by depth; deeper ones begin anew */
	STYLE_BRACKET_2,
	STYLE_BRACKET_3,
	STYLE_BRACKET_4,
	STYLE_OPTION,      /* an option's text where options are listed */
	STYLE_PLACEHOLDER, /* a bracket to be filled in; an empty list's hint */
	STYLE_PARTIES,     /* a party list in the text */
	STYLE_PROBLEM,     /* an unpaired bracket, a mark that cannot be read */
	STYLE_SKIPPED,     /* a bracket that never negotiates: footnote, citation */
	STYLE_OK,          /* done, consensus */
	STYLE_WARN,        /* look at this: unsaved, reopened, red line near */
	STYLE_ERROR,       /* failed, deadlock */
	STYLE_AGREED,      /* agreed ad referendum */
	STYLE_REOPENED,    /* agreed once, changed since */
	STYLE_DEFERRED,
	STYLE_ADDED, /* in a difference; always beside + or - or with a mark */
	STYLE_DELETED,
	STYLE_INPUT,   /* what is being typed in a prompt */
	STYLE_PARTY_1, /* parties: six steady colours, use style_party() */
	STYLE_PARTY_2,
	STYLE_PARTY_3,
	STYLE_PARTY_4,
	STYLE_PARTY_5,
	STYLE_PARTY_6,
	STYLES
};

/* A cell's style: a style_name, with any of these laid over it. */
#define STYLE_NAME(style) ((enum style_name)((style)&0xFFu))
#define STYLE_SELECTED    0x100u /* selected by the user */
#define STYLE_HIT         0x200u /* found by a search */
#define STYLE_CURRENT     0x400u /* of the point or row in focus */
#define STYLE_STRONG      0x800u /* brighter than its neighbours, same meaning */

/* depth from 1. */
uint32_t style_bracket(uint32_t depth);
/* By the party's index in the table; from the seventh on the colours begin anew. */
uint32_t style_party(uint16_t party);

/* Attributes as every terminal has them; term maps them. */
#define LOOK_BOLD      0x01u
#define LOOK_DIM       0x02u
#define LOOK_UNDERLINE 0x04u
#define LOOK_REVERSE   0x08u
#define LOOK_ITALIC    0x10u

struct look {
	int16_t fg, bg; /* a terminal colour; -1: the terminal's own */
	uint16_t attrs; /* LOOK_ flags */
};

enum theme_depth { THEME_MONO, THEME_8, THEME_16, THEME_256 };

struct theme {
	enum theme_depth depth;
};

/* colours: what the terminal has. no_colour: NO_COLOR is set and not empty, or the
 * setting colours = off. */
struct theme theme_make(int colours, bool no_colour);
struct look theme_look(const struct theme *theme, uint32_t style);

/* The letter that stands for a style's name in a dump, and the digit for what is laid over it
 * (hexadecimal, 0 where nothing is). */
char style_letter(uint32_t style);
char style_digit(uint32_t style);
/* Appends its name and what is laid over it: "bracket-1 current". */
void style_words(struct str *out, uint32_t style);
/* Appends a look in words: "bold colour 25", for tests and `adref help`. */
void look_words(struct str *out, struct look look);

#endif
