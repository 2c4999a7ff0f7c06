/* SPDX-License-Identifier: MIT */
#include "text_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct text *text_adopt(char *p, size_t len)
{
	struct text *t = mem_zalloc(sizeof(*t));

	pieces_init(&t->pieces, p, len);
	return t;
}

struct text *text_new(struct slice bytes)
{
	return text_adopt(mem_dup(bytes.p, bytes.len), bytes.len);
}

static void drop_redo(struct text *t)
{
	while (t->n_steps > t->done) {
		struct step *step = &t->steps[--t->n_steps];

		for (size_t i = 0; i < step->n; i++)
			strays_release(&step->v[i].strays);
		free(step->v);
	}
}

void text_free(struct text *t)
{
	if (!t)
		return;
	t->done = 0;
	drop_redo(t);
	free(t->steps);
	pieces_release(&t->pieces);
	marks_release(&t->marks);
	str_release(&t->flat);
	free(t);
}

size_t text_size(const struct text *t)
{
	return t->pieces.size;
}

/* ---- What changed ---- */

static struct text_change joined(struct text_change one, struct text_change next)
{
	size_t begin = one.begin < next.begin ? one.begin : next.begin;
	size_t end = one.begin + one.new_len, next_end = next.begin + next.old_len;

	if (end < next_end)
		end = next_end; /* in the text between the two */
	return (struct text_change){
		.begin = begin,
		.old_len = end - one.new_len + one.old_len - begin,
		.new_len = end - next.old_len + next.new_len - begin,
	};
}

static void log_change(struct text *t, uint64_t before, struct text_change change)
{
	t->log[t->logged++ % LOG_SIZE] = (struct log_entry){before, change};
}

struct text_change text_last_change(const struct text *t)
{
	if (t->logged == 0)
		return (struct text_change){0, 0, 0};
	return t->log[(t->logged - 1) % LOG_SIZE].change;
}

bool text_change_since(const struct text *t, uint64_t revision, struct text_change *change)
{
	size_t oldest = t->logged > LOG_SIZE ? t->logged - LOG_SIZE : 0;
	struct text_change all = {0, 0, 0};

	if (revision == t->revision) {
		*change = all;
		return true;
	}
	for (size_t i = t->logged; i > oldest; i--) {
		const struct log_entry *entry = &t->log[(i - 1) % LOG_SIZE];

		all = i == t->logged ? entry->change : joined(entry->change, all);
		if (entry->before == revision) {
			*change = all;
			return true;
		}
	}
	return false;
}

/* ---- Changes ---- */

static struct text_change add_change(struct text *t, size_t at, size_t del, const char *p,
				     size_t len)
{
	struct step *step = &t->steps[t->n_steps - 1];
	struct change *change;

	if (step->cap == 0) { /* most steps have one change: no room for more */
		step->v = mem_alloc(sizeof(*step->v));
		step->cap = 1;
	}
	MEM_GROW(step->v, step->n, step->cap);
	change = &step->v[step->n++];
	change->strays = (struct strays)STRAYS_INIT;
	pieces_replace(&t->pieces, at, del, p, len, &change->swap);
	marks_follow(&t->marks, at, del, len, &change->strays);
	step->after = t->revision = ++t->last_revision;
	return (struct text_change){at, del, len};
}

/* A key typed right after the last one becomes part of its change. */
static bool extend_change(struct text *t, size_t at, const char *p, size_t len)
{
	struct step *step = &t->steps[t->n_steps - 1];
	struct swap *swap = &step->v[step->n - 1].swap;

	if (swap->del > 0 || swap->at + swap->len != at ||
	    !pieces_extend(&t->pieces, swap, p, len))
		return false;
	marks_follow(&t->marks, at, 0, len, NULL);
	step->after = t->revision = ++t->last_revision;
	return true;
}

/* The next change is to be the first of a new step, unless it is in a group with others. */
static void need_step(struct text *t, enum step_kind kind)
{
	if (t->grouped > 0 && t->open)
		return;
	drop_redo(t);
	MEM_GROW(t->steps, t->n_steps, t->cap_steps);
	t->steps[t->n_steps++] = (struct step){
		.before = t->revision,
		.after = t->revision,
		.kind = t->grouped > 0 ? STEP_GROUP : kind,
	};
	t->done = t->n_steps;
	t->open = true;
}

/* Whether a key of that kind at that place goes on with the last step. */
static bool goes_on(const struct text *t, enum step_kind kind, size_t at)
{
	return t->open && t->grouped == 0 && t->expected == at &&
	       t->steps[t->n_steps - 1].kind == kind;
}

void text_break(struct text *t)
{
	if (t->grouped == 0)
		t->open = false;
}

void text_replace(struct text *t, size_t at, size_t del, const char *p, size_t len)
{
	uint64_t before = t->revision;

	assert(at <= text_size(t) && del <= text_size(t) - at);
	if (del == 0 && len == 0)
		return;
	need_step(t, STEP_OWN);
	log_change(t, before, add_change(t, at, del, p, len));
	text_break(t);
}

void text_insert(struct text *t, size_t at, const char *p, size_t len)
{
	text_replace(t, at, 0, p, len);
}

void text_delete(struct text *t, size_t at, size_t len)
{
	text_replace(t, at, len, "", 0);
}

void text_apply(struct text *t, const struct edits *e)
{
	uint64_t before = t->revision;
	struct text_change all = {0, 0, 0};
	size_t added = 0, gone = 0;

	text_group(t);
	for (size_t i = 0; i < e->n; i++) {
		const struct edit *one = &e->v[i];
		const char *p = one->len > 0 ? e->bytes.p + one->from : "";
		struct text_change change;

		if (one->del == 0 && one->len == 0)
			continue;
		need_step(t, STEP_GROUP);
		change = add_change(t, one->at + added - gone, one->del, p, one->len);
		all = added + gone > 0 ? joined(all, change) : change;
		added += one->len;
		gone += one->del;
	}
	if (added + gone > 0)
		log_change(t, before, all);
	text_group_end(t);
}

static bool is_cjk_stop(uint32_t cp)
{
	return cp == 0x3001 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF0C || cp == 0xFF0E ||
	       cp == 0xFF1A || cp == 0xFF1B || cp == 0xFF1F;
}

/* Whether a new word begins between these two. */
static bool begins_word(uint32_t before, uint32_t cp)
{
	return (utf8_is_blank(before) && !utf8_is_blank(cp)) ||
	       (is_cjk_stop(before) && !is_cjk_stop(cp) && !utf8_is_blank(cp));
}

void text_type(struct text *t, size_t at, size_t del, const char *p, size_t len)
{
	uint64_t before = t->revision;
	uint32_t first, last;

	if (len == 0 || memchr(p, '\n', len)) {
		text_break(t);
		text_replace(t, at, del, p, len);
		return;
	}
	assert(at <= text_size(t) && del <= text_size(t) - at);
	utf8_decode(p, len, &first);
	utf8_decode_back(p, len, &last);
	if (del > 0 || !goes_on(t, STEP_TYPED, at) || begins_word(t->typed, first)) {
		need_step(t, STEP_TYPED);
		log_change(t, before, add_change(t, at, del, p, len));
	} else {
		if (!extend_change(t, at, p, len))
			add_change(t, at, 0, p, len);
		log_change(t, before, (struct text_change){at, 0, len});
	}
	t->expected = at + len;
	t->typed = last;
}

static void delete_key(struct text *t, size_t at, size_t len, enum step_kind kind, size_t from)
{
	uint64_t before = t->revision;

	if (len == 0)
		return;
	assert(at <= text_size(t) && len <= text_size(t) - at);
	if (!goes_on(t, kind, from))
		need_step(t, kind);
	log_change(t, before, add_change(t, at, len, "", 0));
	t->expected = at;
}

void text_backspace(struct text *t, size_t pos, size_t len)
{
	assert(len <= pos);
	delete_key(t, pos - len, len, STEP_BACKSPACED, pos);
}

void text_erase(struct text *t, size_t pos, size_t len)
{
	delete_key(t, pos, len, STEP_ERASED, pos);
}

void text_group(struct text *t)
{
	text_break(t);
	t->grouped++;
}

void text_group_end(struct text *t)
{
	assert(t->grouped > 0);
	t->grouped--;
	text_break(t);
}

/* ---- Undo ---- */

static struct text_change reverse(struct text *t, struct change *change)
{
	struct swap *s = &change->swap;

	pieces_swap_back(&t->pieces, s);
	marks_follow(&t->marks, s->at, s->len, s->del, &change->strays);
	return (struct text_change){s->at, s->len, s->del};
}

static struct text_change repeat(struct text *t, struct change *change)
{
	struct swap *s = &change->swap;

	pieces_swap_again(&t->pieces, s);
	marks_follow(&t->marks, s->at, s->del, s->len, &change->strays);
	return (struct text_change){s->at, s->del, s->len};
}

bool text_undo(struct text *t, size_t *pos)
{
	uint64_t before = t->revision;
	struct text_change all = {0, 0, 0};
	struct step *step;

	assert(t->grouped == 0);
	text_break(t);
	if (t->done == 0)
		return false;
	step = &t->steps[--t->done];
	for (size_t i = step->n; i > 0; i--) {
		struct text_change change = reverse(t, &step->v[i - 1]);

		all = i == step->n ? change : joined(all, change);
	}
	t->revision = step->before;
	log_change(t, before, all);
	if (pos) {
		bool at_end = step->kind == STEP_TYPED || step->kind == STEP_BACKSPACED;

		*pos = at_end ? step->v[0].swap.at + step->v[0].swap.del : all.begin;
	}
	return true;
}

bool text_redo(struct text *t, size_t *pos)
{
	uint64_t before = t->revision;
	struct text_change all = {0, 0, 0};
	struct step *step;

	assert(t->grouped == 0);
	text_break(t);
	if (t->done == t->n_steps)
		return false;
	step = &t->steps[t->done++];
	for (size_t i = 0; i < step->n; i++) {
		struct text_change change = repeat(t, &step->v[i]);

		all = i == 0 ? change : joined(all, change);
	}
	t->revision = step->after;
	log_change(t, before, all);
	if (pos)
		*pos = step->kind == STEP_GROUP ? all.begin : all.begin + all.new_len;
	return true;
}

bool text_take_back(struct text *t)
{
	if (!text_undo(t, NULL))
		return false;
	drop_redo(t);
	return true;
}

bool text_can_undo(const struct text *t)
{
	return t->done > 0;
}

bool text_can_redo(const struct text *t)
{
	return t->done < t->n_steps;
}

uint64_t text_revision(const struct text *t)
{
	return t->revision;
}

/* Typing goes on in a new step: otherwise undo could not come back to what is on disk. */
void text_saved(struct text *t)
{
	text_break(t);
	t->saved_revision = t->revision;
}

bool text_is_saved(const struct text *t)
{
	return t->saved_revision == t->revision;
}

/* ---- Marks ---- */

uint32_t text_mark_add(struct text *t, size_t pos, enum gravity gravity)
{
	assert(pos <= text_size(t));
	return marks_add(&t->marks, pos, gravity);
}

size_t text_mark_pos(const struct text *t, uint32_t id)
{
	const struct mark *mark = marks_find(&t->marks, id);

	assert(mark);
	return mark->pos;
}

void text_mark_move(struct text *t, uint32_t id, size_t pos)
{
	struct mark *mark = marks_find(&t->marks, id);

	assert(mark && pos <= text_size(t));
	mark->pos = pos;
}

void text_mark_remove(struct text *t, uint32_t id)
{
	marks_remove(&t->marks, id);
}

bool text_is_sane(const struct text *t)
{
	if (!pieces_are_sane(&t->pieces) || t->done > t->n_steps)
		return false;
	for (size_t i = 0; i < t->marks.n; i++)
		if (t->marks.v[i].pos > t->pieces.size)
			return false;
	for (size_t i = 0; i < t->n_steps; i++) {
		if (t->steps[i].n == 0)
			return false;
		if (i > 0 && t->steps[i - 1].after != t->steps[i].before)
			return false;
	}
	return t->done == 0 ? t->n_steps == 0 || t->revision == t->steps[0].before
			    : t->revision == t->steps[t->done - 1].after;
}
