/* SPDX-License-Identifier: MIT */
#ifndef CORE_BRACKET_IMPL_H
#define CORE_BRACKET_IMPL_H

#include "core/bracket.h"
#include "core/label.h"

/*
 * How a reading is made, in four steps, each linear:
 *   scan   bytes -> what is not read, and bracket signs (tokens), line by line
 *   pair   tokens -> pairs and problems; pairs that never negotiate
 *   offer  pairs -> brackets with kind, options, parties, ids
 *   point  brackets -> points, and what links them
 */

#define TOKEN_NONE UINT32_MAX

/* One bracket sign that counts. */
struct token {
	uint32_t at;
	uint32_t skip_end; /* where a skipped pair ends: its link target is part of it */
	uint32_t mate;     /* the other sign, or TOKEN_NONE: a problem */
	uint32_t height;   /* closing: pairs nested in this pair, at the deepest */
	int8_t skip;       /* opening: enum skip_class, or -1 */
	uint8_t len;       /* 1, or 3 where it is full-width */
	bool opens;
	bool alone; /* opening: nothing else on its line */
	bool crosses;
};

/* A place that the draft names elsewhere: a footnote's number, a link's label. */
struct names {
	struct name {
		struct slice text; /* bytes owned where folded */
		size_t at;         /* where it stands */
	} * v;                     /* sorted by text */
	size_t n, cap;
	size_t longest; /* bytes of the longest one */
	bool owned;
};

/* What a reading keeps of them, so that a part can be read by itself. */
struct bracket_names {
	struct names notes, labels;
};

struct reading {
	struct slice text;
	size_t from, to; /* what is read of it: whole lines */
	const struct parties *parties;
	bool only_counted; /* nobody compares: no hashes */
	struct brackets *out;

	struct token *tokens;
	size_t n_tokens, cap_tokens;
	size_t cap_unread, cap_skipped, cap_problems;
	size_t cap_brackets, cap_options, cap_parties;

	struct names notes;  /* N of [footnoteRef:N] */
	struct names labels; /* [label]: target, folded */

	uint32_t *local; /* opening tokens of this line */
	size_t n_local, cap_local;
	uint32_t *cross; /* opening tokens of earlier lines */
	size_t n_cross, cap_cross;
	size_t n_lone;   /* the bottom of cross: these stand alone, headings do not end them */
	uint32_t *stray; /* closing tokens this line did not pair */
	size_t n_stray, cap_stray;

	uint32_t *after; /* a bracket -> the first one that does not stand in it */
};

/* bracket_names.c */
void names_read(struct reading *r);
void names_release(struct names *n);
/* Once it is known what is not read: forgets the names that stand there. Whether any did. */
bool names_forget_unread(struct reading *r);
bool names_has(const struct names *n, struct slice text);
/* Takes the names out of a reading; NULL where there are none. */
struct bracket_names *names_keep(struct reading *r);
void names_free(struct bracket_names *kept); /* takes NULL */
bool names_has_folded(const struct names *n, struct slice label);

/* bracket.c: reads the lines [from, to) of the draft as a reading of the whole finds them,
 * where nothing that is open reaches over their borders (core/reread knows when). */
void brackets_read_lines(struct brackets *b, struct slice draft, size_t from, size_t to,
			 const struct parties *parties, const struct bracket_names *names);

/* bracket_splice.c: the lines [begin, old_end), now [begin, new_end), are as in `lines`, which
 * is used up. No bracket reaches over their borders. What begins from `until` on (a place as it
 * was) may wait; *rest says what does. */
struct reread_rest;
void brackets_splice(struct brackets *b, size_t begin, size_t old_end, size_t new_end,
		     struct brackets *lines, size_t until, struct reread_rest *rest);
void brackets_splice_rest(struct brackets *b, const struct reread_rest *rest);

/* bracket_scan.c: calls pair_line() for each line that is read. */
void scan_read(struct reading *r);

/* bracket_pair.c */
void pair_line(struct reading *r, size_t first_token, size_t begin, size_t end);
void pair_finish(struct reading *r);

/* bracket_skip.c: the class of the pair of tokens in the line, or -1; *end is where it ends. */
int skip_class_of(const struct reading *r, const struct token *open, const struct token *close,
		  size_t line_begin, size_t line_end, size_t *end);

/* bracket_words.c */

/* Of a bracket's text without outer blanks: nothing but modal verbs joined by slashes. */
bool offer_is_modal(struct slice s);
/* The next / or ／ in s, its bytes in *len; s.len where there is none. */
size_t offer_next_slash(struct slice s, size_t *len);
/* The same text is empty, X XX x 20XX, underscores, or has one of the words at its start. */
bool offer_is_placeholder(struct slice s);

/* bracket_offer.c */
void offer_read(struct reading *r);
/* The line before the one that begins at `line`, blank lines aside, ends in a colon. */
bool offer_after_colon(struct slice text, size_t line);

/* bracket_party.c: what stands after a bracket, or in a part, as FORMAT.md has it. */
struct trailing {
	size_t len; /* bytes, the blank before it included; 0: none */
	struct party_list list;
	bool deletes; /* (CODES: delete) */
};
bool trailing_read(const struct parties *p, const char *text, size_t len, struct trailing *t);
/* Where the stretch [begin, end) begins and ends without outer blanks and line ends. */
size_t trim_left(const char *p, size_t begin, size_t end);
size_t trim_right(const char *p, size_t begin, size_t end);
/* Whether a guard, a backslash and a blank, begins the stretch. */
bool guard_at(const char *p, size_t begin, size_t end);
/* Reads the part [begin, end) into the option; child_end: the end of the last bracket in it, or
 * 0. */
void part_read(const struct reading *r, size_t begin, size_t end, size_t child_end,
	       struct option *option, struct party_list *list);

/* bracket_point.c */
void point_read(struct reading *r);
void hash_read(struct reading *r);

#endif
