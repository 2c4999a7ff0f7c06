/* SPDX-License-Identifier: MIT */
#include "store/crew.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#define CREW_MOST 8 /* more do not pay for what takes milliseconds */

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

const struct each *crew(void)
{
	static const struct each all = {run};

	return &all;
}
