/* SPDX-License-Identifier: MIT */
#include "store/crew.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define CREW_MOST 8 /* more do not pay for what takes milliseconds */

#define MEMORY_STEP (16 << 20) /* bytes: how much more a thread asks the system for */
#define MEMORY_KEPT (64 << 20) /* bytes: what is free beyond that goes back */
#define MEMORY_HEAP (32 << 20) /* bytes: what is larger is a mapping of its own */

#define MEMORY_LARGE (1 << 20) /* bytes: the same in a process that stays */

struct job {
	void (*one)(void *context, size_t i);
	void *context;
	size_t n;
	atomic_size_t next;
};

static void *work(void *arg)
{
	struct job *job = arg;
	size_t i;

	while ((i = atomic_fetch_add(&job->next, 1)) < job->n)
		job->one(job->context, i);
	return NULL;
}

size_t crew_size(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return (size_t)CPU_COUNT(&set);
}

static void run(const struct each *self, size_t n, void (*one)(void *context, size_t i),
		void *context)
{
	struct job job = {.one = one, .context = context, .n = n};
	size_t hands = crew_size(), started = 0;
	pthread_t threads[CREW_MOST];
	sigset_t all, before;

	(void)self;
	hands = hands < n ? hands : n;
	hands = hands < CREW_MOST ? hands : CREW_MOST;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (started + 1 < hands && pthread_create(&threads[started], NULL, work, &job) == 0)
		started++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	work(&job);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}

void crew_keep_memory(void)
{
	/* Other libraries than glibc have their own ways. */
#ifdef __GLIBC__
	mallopt(M_TOP_PAD, MEMORY_STEP);
	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_MMAP_THRESHOLD, MEMORY_HEAP);
#endif
}

void crew_return_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, MEMORY_LARGE);
	mallopt(M_MMAP_THRESHOLD, MEMORY_LARGE);
#endif
}

const struct each *crew(void)
{
	static const struct each all = {run};

	return &all;
}
