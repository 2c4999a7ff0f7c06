/* SPDX-License-Identifier: MIT */
#ifndef STORE_STREAM_H
#define STORE_STREAM_H

#include "core/error.h"
#include "core/str.h"
#include "store/run.h"

/*
 * A program whose output is read as it comes: a long history is on the screen
 * before git has read all of it. Started as store/run starts programs (argument
 * list, no shell, no terminal, neutral environment). It has no input. It may be
 * left at any time: stream_free() ends it. One thread at a time.
 */

struct stream;

/* Starts what->argv; what->in, most_out, timeout_ms and stop are not used. ST_MISSING where
 * there is no such program. */
int stream_open(struct stream **out, const struct run *what, struct error *err)
	__attribute__((warn_unused_result));
/* Ends the program if it still runs. */
void stream_free(struct stream *s);

enum stream_step { STREAM_END = 0, STREAM_DATA = 1, STREAM_WAITING = 2 };
/*
 * Appends what has come to out: STREAM_DATA. Waits for at most wait_ms
 * (negative: for ever), then STREAM_WAITING. STREAM_END: it has ended, all is read.
 */
int stream_read(struct stream *s, int wait_ms, struct str *out);
/* After STREAM_END: 0 where it exited with 0; else ST_FAIL with its first line of complaint. */
int stream_verdict(struct stream *s, struct error *err);

#endif
