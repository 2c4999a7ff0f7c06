/* SPDX-License-Identifier: MIT */
#include "verdict_impl.h"

#include "core/mem.h"
#include "core/yaml.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is on offer ---- */

/* The options of a point: [0] is no text. */
struct offers {
	char (*digest)[DIGEST_SHORT + 1];
	uint32_t *outcome; /* the number it is called by */
	uint32_t n;        /* without [0] */
	uint32_t wordings; /* different ones, no text aside */
};

static void digest_text(struct slice text, char hex[DIGEST_SHORT + 1])
{
	char whole[DIGEST_HEX + 1];

	digest_hex(text.p, text.len, whole);
	memcpy(hex, whole, DIGEST_SHORT);
	hex[DIGEST_SHORT] = '\0';
}

static void digest_option(const struct brackets *b, struct slice draft, const struct point *p,
			  uint32_t k, char hex[DIGEST_SHORT + 1])
{
	struct str text = STR_INIT;

	if (k > 0) {
		const struct option *o = point_option(b, p, k - 1);

		brackets_wording(b, draft, o->begin, o->end, &text);
	}
	digest_text(slice_make(str_text(&text), text.len), hex);
	str_release(&text);
}

static void offers_read(struct offers *o, const struct brackets *b, struct slice draft,
			const struct point *p)
{
	o->n = p->n_options;
	o->wordings = 0;
	o->digest = mem_array(NULL, (size_t)o->n + 1, sizeof(*o->digest));
	o->outcome = mem_array(NULL, (size_t)o->n + 1, sizeof(*o->outcome));
	for (uint32_t k = 0; k <= o->n; k++) {
		uint32_t same = 0;

		digest_option(b, draft, p, k, o->digest[k]);
		while (same < k && strcmp(o->digest[same], o->digest[k]) != 0)
			same++;
		o->outcome[k] = same;
		o->wordings += same == k && k > 0;
	}
}

static void offers_release(struct offers *o)
{
	free(o->digest);
	free(o->outcome);
}

uint32_t verdict_outcome(const struct brackets *b, struct slice draft, uint32_t point,
			 uint32_t k)
{
	const struct point *p = &b->points[point];
	char wanted[DIGEST_SHORT + 1], hex[DIGEST_SHORT + 1];
	uint32_t same = 0;

	if (k > p->n_options)
		return k;
	digest_option(b, draft, p, k, wanted);
	for (; same < k; same++) {
		digest_option(b, draft, p, same, hex);
		if (strcmp(hex, wanted) == 0)
			break;
	}
	return same;
}

void verdict_wording(const struct brackets *b, struct slice draft, uint32_t point, uint32_t k,
		     char hex[DIGEST_SHORT + 1])
{
	digest_option(b, draft, &b->points[point], k, hex);
}

/* ---- where one party stands ---- */

/* People may write a digest in capitals. */
static bool same_digest(const char *given, const char *hex)
{
	for (; *given && *hex; given++, hex++) {
		char c = *given >= 'A' && *given <= 'F' ? (char)(*given | 0x20) : *given;

		if (c != *hex)
			return false;
	}
	return *given == *hex;
}

/* Which option the position means now: it goes with its wording. */
static void follow(struct standing *s, const struct offers *o)
{
	const char *wording = s->position->wording;
	uint32_t k = 0;

	s->gone = s->option > o->n;
	if (!wording || !*wording) {
		s->stale = s->gone;
		return;
	}
	if (!s->gone && same_digest(wording, o->digest[s->option]))
		return;
	while (k <= o->n && !same_digest(wording, o->digest[k]))
		k++;
	s->stale = k > o->n;
	if (s->stale)
		return;
	s->moved = true;
	s->gone = false;
	s->option = k;
}

static void stand(struct standing *s, const struct position *p, const struct offers *o)
{
	*s = (struct standing){.position = p};
	if (!p)
		return;
	s->stance = p->stance;
	s->strength = p->strength;
	s->spoke = p->stance != STANCE_NONE;
	s->has_option = p->has_option && s->spoke;
	s->option = s->has_option ? p->option : 0;
	s->red_line =
		p->strength == STRENGTH_RED_LINE && s->spoke && p->stance != STANCE_RESERVES;
	if (s->has_option) {
		follow(s, o);
		s->outcome = s->gone ? s->option : o->outcome[s->option];
	}
}

/* The outcome that a party supports or accepts; UINT32_MAX: none. */
static uint32_t wanted(const struct standing *s)
{
	if ((s->stance != STANCE_SUPPORTS && s->stance != STANCE_ACCEPTS) || !s->has_option)
		return UINT32_MAX;
	return s->outcome;
}

/* Those whom the text itself names. */
static void hear_text(struct standing *s, size_t n, const struct brackets *b,
		      const struct point *p)
{
	for (uint32_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);

		for (uint32_t i = 0; i < o->n_parties; i++) {
			uint16_t party = b->parties[o->party + i];

			if (party >= n || s[party].wrote)
				continue;
			s[party].wrote = true;
			s[party].wrote_option = k + 1;
		}
	}
}

/* ---- what they add up to ---- */

struct outcome {
	size_t supporters, accepters;
};

/* Whether outcome k leads over `best`: more of them, more support, a lower number, no text
 * last. */
static bool leads(const struct outcome *v, uint32_t k, uint32_t best)
{
	size_t a = v[k].supporters + v[k].accepters, c = v[best].supporters + v[best].accepters;

	if (a != c)
		return a > c;
	if (v[k].supporters != v[best].supporters)
		return v[k].supporters > v[best].supporters;
	return best == 0;
}

/* Finds the leading outcome. Those beyond the options (gone) lead nobody. Returns how many
 * outcomes have as many behind them. */
static size_t find_leader(struct verdict *v, const struct standing *s, size_t n,
			  const struct offers *o, bool stale_too)
{
	struct outcome *count = mem_zalloc(((size_t)o->n + 1) * sizeof(*count));
	uint32_t best = 0;
	size_t equal = 0, most;

	for (size_t i = 0; i < n; i++) {
		uint32_t k = wanted(&s[i]);

		if (k > o->n || (s[i].stale && !stale_too))
			continue;
		count[k].supporters += s[i].stance == STANCE_SUPPORTS;
		count[k].accepters += s[i].stance == STANCE_ACCEPTS;
	}
	for (uint32_t k = 1; k <= o->n; k++)
		if (leads(count, k, best))
			best = k;
	most = count[best].supporters + count[best].accepters;
	v->has_option = most > 0;
	v->option = most > 0 ? best : 0;
	v->supporters = count[best].supporters;
	v->accepters = count[best].accepters;
	for (uint32_t k = 0; most > 0 && k <= o->n; k++)
		equal += count[k].supporters + count[k].accepters == most;
	free(count);
	return equal;
}

/* Two red lines on different outcomes, or one against the only wording. */
static bool is_deadlock(const struct standing *s, size_t n, const struct offers *o)
{
	uint32_t first = UINT32_MAX;

	for (size_t i = 0; i < n; i++) {
		uint32_t k = wanted(&s[i]);
		bool against = s[i].stance == STANCE_OPPOSES &&
			       (!s[i].has_option || (s[i].outcome != 0 && !s[i].gone));

		if (!s[i].red_line)
			continue;
		if (o->wordings == 1 && (k == 0 || against))
			return true;
		if (k == UINT32_MAX)
			continue;
		if (first != UINT32_MAX && first != k)
			return true;
		first = k;
	}
	return false;
}

static void judge(struct verdict *v, const struct standing *s, size_t n, const struct offers *o)
{
	struct verdict fresh = {.kind = VERDICT_SILENT};
	size_t behind, equal = find_leader(v, s, n, o, true);

	for (size_t i = 0; i < n; i++) {
		v->spoke += s[i].spoke;
		v->stale += s[i].spoke && s[i].stale;
		v->red_lines += s[i].red_line;
	}
	behind = v->supporters + v->accepters;
	v->objectors = v->spoke - behind;
	if (v->spoke == 0)
		v->kind = VERDICT_SILENT;
	else if (v->spoke >= 2 && v->objectors == 0)
		v->kind = VERDICT_CONSENSUS;
	else if (is_deadlock(s, n, o))
		v->kind = VERDICT_DEADLOCK;
	else if (v->spoke >= 2 && v->objectors == 1 && equal == 1)
		v->kind = VERDICT_NEAR;
	else
		v->kind = VERDICT_SPLIT;
	if (v->kind != VERDICT_CONSENSUS)
		return;
	/* All spoke for one outcome; it is firm where two did so on today's wording. */
	(void)find_leader(&fresh, s, n, o, false);
	v->firm = fresh.has_option && fresh.option == v->option &&
		  fresh.supporters + fresh.accepters >= 2;
}

void verdict_of(struct verdict *v, struct standing *s, const struct bracketed *w,
		uint32_t point, const struct position *const *given)
{
	const struct point *p = &w->b->points[point];
	struct offers o = {.n = p->n_options};
	size_t n = w->parties->n;
	bool any = false;

	*v = (struct verdict){.n_options = p->n_options};
	for (size_t i = 0; i < n; i++)
		any = any || given[i];
	/* Digests cost: they are made only where somebody has a position. */
	if (any)
		offers_read(&o, w->b, w->draft, p);
	for (size_t i = 0; i < n; i++)
		stand(&s[i], given[i], &o);
	hear_text(s, n, w->b, p);
	if (!any)
		return;
	judge(v, s, n, &o);
	for (size_t i = 0; i < n; i++)
		s[i].endorses = v->has_option && wanted(&s[i]) == v->option;
	offers_release(&o);
}

void verdict_read(struct verdict *v, struct standing *s, const struct bracketed *w,
		  uint32_t point, const struct positions *const *given)
{
	size_t n = w->parties->n;
	const struct position **list = mem_zalloc((n + 1) * sizeof(struct position *));
	struct slice id = point_id(w->b, &w->b->points[point], w->draft);

	if (id.len > 0 && brackets_by_id(w->b, w->draft, id) == point)
		for (size_t i = 0; i < n; i++)
			list[i] = given[i] ? positions_find(given[i], id) : NULL;
	verdict_of(v, s, w, point, list);
	free(list);
}

void verdict_check(const struct brackets *b, struct slice draft, const struct positions *p,
		   bool (*was_there)(void *arg, struct slice id), void *arg,
		   struct yaml_problems *problems)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct position *one = &p->v[i];
		uint32_t point = brackets_by_id(b, draft, slice_of(one->id));
		struct standing s;
		struct offers o;

		if (point == BRACKET_NONE) {
			if (!was_there || !was_there(arg, slice_of(one->id)))
				yaml_problem_add(
					problems, one->line, one->column,
					N_("no point has the id %.40s; give it to one, or "
					   "take the position away"),
					one->id);
			continue;
		}
		offers_read(&o, b, draft, &b->points[point]);
		stand(&s, one, &o);
		if (s.gone)
			yaml_problem_add(problems, one->line, one->column,
					 N_("point %u has no option %u any more; ask again"),
					 point + 1, s.option);
		offers_release(&o);
	}
}
