/* SPDX-License-Identifier: MIT */
#ifndef UI_BESIDE_H
#define UI_BESIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/*
 * Work beside the keys, by a thread that has everything it needs and touches
 * nothing else. What it makes is its own until it has ended; then whoever began
 * it takes that over. Who does not want it any more lets it go, and waits for nothing.
 *
 * It is the first member of a struct of its own, zeroed at first.
 */
struct beside {
	void (*work)(struct beside *b); /* in the thread */
	void (*release)(
		struct beside *b); /* frees the whole struct; needed for beside_drop() */
	pthread_t thread;
	atomic_int state;
	bool running; /* not joined yet */
};

/* false: no thread is to be had; nothing has begun. */
bool beside_start(struct beside *b) __attribute__((warn_unused_result));
/* true: it works, after a short wait, so that asking again is no busy loop; false: it has
 * ended.
 */
bool beside_step(struct beside *b);
/* Whether it has ended, or never began. */
bool beside_has_ended(const struct beside *b);
/* Waits for its end. */
void beside_wait(struct beside *b);
/* Releases it when it has ended: now, or in the thread. Takes NULL. */
void beside_drop(struct beside *b);

#endif
