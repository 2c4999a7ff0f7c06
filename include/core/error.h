/* SPDX-License-Identifier: MIT */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

/*
 * Failure: its shape and its words.
 *
 * A function that can fail returns 0 or a negative enum status and takes a
 * struct error last. Whoever meets the failure fills the error, once, in one
 * line that names the file and what was intended; callers pass it on as it
 * is. There is no global "last error". Outputs are set on success only.
 */

/* Marks a user-visible message for translation: error_set() asks for it, or ui and cli do. */
#define N_(text) (text)
/* The same, for words that need a context: ui/tr.h, p_(). */
#define NP_(context, text) (text)

enum status {
	ST_OK = 0,
	ST_FAIL = -1,     /* the world: disk, memory limits, another program */
	ST_USAGE = -2,    /* the caller asked for something that makes no sense */
	ST_MISSING = -3,  /* a file, draft, point, revision that is not there */
	ST_EXISTS = -4,   /* something is there already and would be lost */
	ST_CHANGED = -5,  /* somebody else changed it meanwhile */
	ST_DENIED = -6,   /* permission, ownership, or not trusted yet */
	ST_INPUT = -7,    /* input that cannot be used (never: a draft's text) */
	ST_TOO_LARGE = -8 /* a limit of ours: size, depth, cost, time */
};

struct error {
	enum status status;
	char text[1024]; /* UTF-8, one line, no final dot; not yet sanitised */
};

#define ERROR_INIT                                                                             \
	{                                                                                      \
		ST_OK, ""                                                                      \
	}

/*
 * Fills err (which may be NULL) and returns status, so that a caller can write
 *     return error_set(err, ST_MISSING, N_("%s: no such draft"), name);
 * A text too long is cut at a character; line ends in it become blanks.
 */
int error_set(struct error *err, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * What core and store tell people, in their language. cli says once, before
 * anything else, who translates; nobody does at first. error_set() asks by
 * itself; what is told by other ways passes through error_word().
 */
void error_speak(const char *(*translate)(const char *text));
const char *error_word(const char *text) __attribute__((format_arg(1)));

/* Puts "text: " before what err says; for adding a file's name on the way up. */
void error_prefix(struct error *err, const char *text);

#endif
