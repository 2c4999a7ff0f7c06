/* SPDX-License-Identifier: MIT */
#include "core/summary.h"

#include "core/agreement.h"
#include "core/bracket.h"
#include "core/draft.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static int compare_hashes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Outermost points with the hash of another point. */
static size_t count_linked(const struct brackets *b)
{
	uint64_t *hashes = mem_array(NULL, b->n_points, sizeof(*hashes));
	size_t n = 0, linked = 0;

	for (size_t i = 0; i < b->n_points; i++)
		if (b->points[i].depth == 1 && b->points[i].n_options)
			hashes[n++] = b->points[i].hash;
	if (n)
		qsort(hashes, n, sizeof(*hashes), compare_hashes);
	for (size_t i = 0; i < n; i++)
		linked += (i > 0 && hashes[i] == hashes[i - 1]) ||
			  (i + 1 < n && hashes[i] == hashes[i + 1]);
	free(hashes);
	return linked;
}

void summary_read(struct summary *s, struct slice text, const struct parties *parties,
		  const struct agreed_list *agreed)
{
	struct agreements agreements;
	struct draft_words words;
	struct brackets b;
	struct draft d;
	const char *type;

	memset(s, 0, sizeof(*s));
	brackets_read(&b, text, parties);
	draft_read(&d, text, &b);
	draft_title(&d, text, &b, &s->title);
	type = draft_type(&d, text);
	str_add_text(&s->type, type ? type : "");
	str_add_text(&s->symbol, d.front.symbol ? d.front.symbol : "");
	s->open = b.n_outer;
	s->nested = b.n_points - b.n_outer;
	s->linked = count_linked(&b);
	s->problems = b.n_problems + d.front.problems.n;
	for (size_t i = 0; i < d.n; i++)
		s->paragraphs += paragraph_is_text(&d.v[i]);
	draft_count_words(&d, text, &b, &words);
	s->words = words.total;
	s->bracket_words = words.in_brackets;
	if (agreed && agreed->n) {
		agreements_read(&agreements, agreed, &d, text, &b);
		s->agreed = agreements.agreed;
		s->reopened = agreements.reopened;
		agreements_release(&agreements);
	}
	draft_release(&d);
	brackets_release(&b);
}

void summary_release(struct summary *s)
{
	str_release(&s->title);
	str_release(&s->type);
	str_release(&s->symbol);
}

unsigned summary_share(const struct summary *s)
{
	size_t share;

	if (!s->bracket_words || !s->words)
		return 0;
	share = (s->bracket_words * 200 / s->words + 1) / 2;
	return share ? (unsigned)share : 1;
}
