/* SPDX-License-Identifier: MIT */
#include "ui/beside.h"

#include <stddef.h>
#include <time.h>

#define PATIENCE_NS 2000000

enum { WORKING, DONE, DROPPED };

/* Who comes last, the thread or the one that dropped it, clears up. */
static void *run(void *arg)
{
	struct beside *b = arg;

	b->work(b);
	if (atomic_exchange(&b->state, DONE) == DROPPED)
		b->release(b);
	return NULL;
}

bool beside_start(struct beside *b)
{
	b->running = pthread_create(&b->thread, NULL, run, b) == 0;
	return b->running;
}

bool beside_has_ended(const struct beside *b)
{
	return !b->running || atomic_load(&b->state) == DONE;
}

bool beside_step(struct beside *b)
{
	const struct timespec patience = {0, PATIENCE_NS};

	if (!beside_has_ended(b))
		nanosleep(&patience, NULL);
	if (!beside_has_ended(b))
		return true;
	beside_wait(b);
	return false;
}

void beside_wait(struct beside *b)
{
	if (b->running)
		pthread_join(b->thread, NULL);
	b->running = false;
}

void beside_drop(struct beside *b)
{
	if (!b)
		return;
	if (b->running)
		pthread_detach(b->thread);
	if (!b->running || atomic_exchange(&b->state, DROPPED) == DONE)
		b->release(b);
}
