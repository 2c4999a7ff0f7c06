/* SPDX-License-Identifier: MIT */
#include "store/ahead.h"

#include "core/mem.h"
#include "store/crew.h"
#include "store/version.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	HANDS_MOST = 4,
	RUN = 8,              /* a thread takes so many: they are often deltas of each other */
	BYTES_MOST = 64 << 20 /* read and not asked for yet */
};

enum place_state { WANTED, TAKEN, THERE };

struct place {
	char blob[REPO_HEX + 1];
	enum place_state state;
	int rc;
	struct str text;
	struct error why;
};

struct ahead {
	struct repo *r;
	pthread_mutex_t lock;
	pthread_cond_t wanted, there;
	pthread_t hands[HANDS_MOST];
	size_t n_hands;
	bool begun, over; /* over: the threads are to end */
	/* A ring of places: from first, n of them, the first `begun_with` not WANTED any more.
	 */
	struct place **v;
	size_t n, cap, next; /* next: the first that nobody has begun with */
	size_t bytes;
};

static void place_free(struct place *p)
{
	str_release(&p->text);
	free(p);
}

/* ---- the threads */

/* The next few that nobody has begun with; 0: it is over. Under the lock. */
static size_t claim(struct ahead *a, struct place *run[RUN])
{
	size_t n = 0;

	while (!a->over && (a->next == a->n || a->bytes > BYTES_MOST))
		pthread_cond_wait(&a->wanted, &a->lock);
	while (!a->over && n < RUN && a->next < a->n) {
		a->v[a->next]->state = TAKEN;
		run[n++] = a->v[a->next++];
	}
	return n;
}

static void finish(struct ahead *a, struct place *p)
{
	p->state = THERE;
	a->bytes += p->text.len;
	pthread_cond_broadcast(&a->there);
}

static void *read_on(void *arg)
{
	struct ahead *a = arg;
	struct place *run[RUN];
	struct repo *r = NULL;
	bool good = repo_open(&r, repo_git_dir(a->r), NULL) == 0;
	size_t n;

	pthread_mutex_lock(&a->lock);
	while (good && (n = claim(a, run)) > 0) {
		for (size_t i = 0; i < n; i++) {
			bool over = a->over;

			pthread_mutex_unlock(&a->lock);
			run[i]->rc = over ? ST_FAIL
					  : version_read(r, run[i]->blob, &run[i]->text,
							 &run[i]->why);
			pthread_mutex_lock(&a->lock);
			finish(a, run[i]);
		}
	}
	pthread_mutex_unlock(&a->lock);
	repo_free(r);
	return NULL;
}

static void begin(struct ahead *a)
{
	size_t hands = crew_size();
	sigset_t all, before;

	a->begun = true;
	hands = hands < HANDS_MOST ? hands : HANDS_MOST;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	/* Whoever asks reads, too. */
	while (a->n_hands + 1 < hands &&
	       pthread_create(&a->hands[a->n_hands], NULL, read_on, a) == 0)
		a->n_hands++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- */

struct ahead *ahead_new(struct repo *r)
{
	struct ahead *a = mem_zalloc(sizeof(*a));

	a->r = r;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->wanted, NULL);
	pthread_cond_init(&a->there, NULL);
	return a;
}

void ahead_free(struct ahead *a)
{
	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->over = true;
	pthread_cond_broadcast(&a->wanted);
	pthread_mutex_unlock(&a->lock);
	while (a->n_hands > 0)
		pthread_join(a->hands[--a->n_hands], NULL);
	for (size_t i = 0; i < a->n; i++)
		place_free(a->v[i]);
	free(a->v);
	pthread_cond_destroy(&a->there);
	pthread_cond_destroy(&a->wanted);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

void ahead_want(struct ahead *a, const char *blob)
{
	struct place *p;

	pthread_mutex_lock(&a->lock);
	if (!a->n || strcmp(a->v[a->n - 1]->blob, blob) != 0) {
		p = mem_zalloc(sizeof(*p));
		memcpy(p->blob, blob, REPO_HEX);
		str_init(&p->text);
		MEM_GROW(a->v, a->n, a->cap);
		a->v[a->n++] = p;
		/* One text is read as fast without a thread. */
		if (!a->begun && a->n > 1)
			begin(a);
		pthread_cond_signal(&a->wanted);
	}
	pthread_mutex_unlock(&a->lock);
}

/* Reads one that nobody has begun with. Under the lock, which is let go of meanwhile. */
static void read_one(struct ahead *a, struct place *p)
{
	p->state = TAKEN;
	pthread_mutex_unlock(&a->lock);
	p->rc = version_read(a->r, p->blob, &p->text, &p->why);
	pthread_mutex_lock(&a->lock);
	finish(a, p);
}

/* Waits for one, and reads others while somebody else is at it. */
static void wait_for(struct ahead *a, struct place *p)
{
	while (p->state != THERE) {
		if (p->state == WANTED) {
			/* All before it are begun with: it is the next. */
			a->next++;
			read_one(a, p);
		} else if (a->next < a->n && a->bytes <= BYTES_MOST) {
			read_one(a, a->v[a->next++]);
		} else {
			pthread_cond_wait(&a->there, &a->lock);
		}
	}
}

/* Forgets the first n, each of which somebody may be reading. */
static void drop(struct ahead *a, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (a->v[i]->state == WANTED) {
			a->next++;
		} else {
			while (a->v[i]->state != THERE)
				pthread_cond_wait(&a->there, &a->lock);
			a->bytes -= a->v[i]->text.len;
		}
		place_free(a->v[i]);
	}
	memmove(a->v, a->v + n, (a->n - n) * sizeof(struct place *));
	a->n -= n;
	a->next -= n;
	pthread_cond_broadcast(&a->wanted);
}

int ahead_take(struct ahead *a, const char *blob, struct str *out, struct error *err)
{
	struct place *p = NULL;
	size_t i = 0;
	int rc;

	pthread_mutex_lock(&a->lock);
	while (i < a->n && strcmp(a->v[i]->blob, blob) != 0)
		i++;
	if (i < a->n) {
		drop(a, i);
		p = a->v[0];
		wait_for(a, p);
		a->v[0] = NULL;
		memmove(a->v, a->v + 1, --a->n * sizeof(struct place *));
		a->next--;
		a->bytes -= p->text.len;
		pthread_cond_broadcast(&a->wanted);
	}
	pthread_mutex_unlock(&a->lock);
	if (!p)
		return version_read(a->r, blob, out, err);
	rc = p->rc;
	if (rc < 0 && err)
		*err = p->why;
	else if (rc == 0 && !out->len) {
		str_release(out);
		*out = p->text;
		str_init(&p->text);
	} else if (rc == 0)
		str_add_slice(out, str_slice(&p->text));
	place_free(p);
	return rc;
}
