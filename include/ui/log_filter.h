/* SPDX-License-Identifier: MIT */
#ifndef UI_LOG_FILTER_H
#define UI_LOG_FILTER_H

#include "core/str.h"
#include "ui/host.h"
#include "ui/prompt.h"

#include <stdbool.h>

/*
 * What is typed to see only some versions: words, and words with a key before:
 *
 *     bracket author:ricci date:2026-02 phrase:"regional meeting"
 *
 * All must hold. What the list itself knows (author, meeting, date, since, until,
 * plain words) is looked at here; region, phrase, added and removed are the
 * host's to find. A key that does not exist is a plain word.
 */

enum log_key {
	LOG_KEY_AUTHOR,
	LOG_KEY_REGION,
	LOG_KEY_MEETING,
	LOG_KEY_DATE,
	LOG_KEY_SINCE,
	LOG_KEY_UNTIL,
	LOG_KEY_PHRASE,
	LOG_KEY_ADDED,
	LOG_KEY_REMOVED,
	LOG_KEYS
};

struct log_filter {
	struct str words; /* one after the other, a blank between */
	struct str value[LOG_KEYS];
};

/* f is initialised by all zero; what it had goes. */
void log_filter_read(struct log_filter *f, struct slice typed);
void log_filter_release(struct log_filter *f);

/* Whether the version passes what the list knows. */
bool log_filter_passes(const struct log_filter *f, const struct host_version *v);
/* What the host is to find; the texts are f's. */
struct host_log_ask log_filter_ask(struct log_filter *f, const char *name);
/* Whether the host is to find the same. */
bool log_filter_same_ask(const struct log_filter *a, const struct log_filter *b);

/* What could be typed at `at`: keys with what they are for, then values: regions and meetings
 * the host knows, and what the log has so far (NULL: nothing). */
void log_filter_complete(const struct host *host, const struct host_log *log,
			 struct slice typed, size_t at, struct prompt_candidates *c);

/* Candidates for a meeting's code: the calendar's, then the history's. */
void log_filter_meetings(const struct host *host, const struct host_log *log,
			 struct slice typed, struct prompt_candidates *c);

#endif
