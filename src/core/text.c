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
	while (t->n_steps > t->done)
		free(t->steps[--t->n_steps].v);
}

void text_free(struct text *t)
{
	if (!t)
		return;
	t->done = 0;
	drop_redo(t);
	free(t->steps);
	pieces_release(&t->pieces);
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

	if (step->cap == 0) { /* most steps have one change: no room for more */
		step->v = mem_alloc(sizeof(*step->v));
		step->cap = 1;
	}
	MEM_GROW(step->v, step->n, step->cap);
	pieces_replace(&t->pieces, at, del, p, len, &step->v[step->n++]);
	step->after = t->revision = ++t->last_revision;
	return (struct text_change){at, del, len};
}

/* A key typed right after the last one becomes part of its change. */
static bool extend_change(struct text *t, size_t at, const char *p, size_t len)
{
	struct step *step = &t->steps[t->n_steps - 1];
	struct swap *swap = &step->v[step->n - 1];

	if (swap->del > 0 || swap->at + swap->len != at ||
	    !pieces_extend(&t->pieces, swap, p, len))
		return false;
	step->after = t->revision = ++t->last_revision;
	return true;
}

/* The next change is to be the first of a new step. */
static void begin_step(struct text *t, enum step_kind kind)
{
	drop_redo(t);
	MEM_GROW(t->steps, t->n_steps, t->cap_steps);
	t->steps[t->n_steps++] = (struct step){
		.before = t->revision,
		.after = t->revision,
		.kind = kind,
	};
	t->done = t->n_steps;
	t->open = true;
}

/* Whether a key of that kind at that place goes on with the last step. */
static bool goes_on(const struct text *t, enum step_kind kind, size_t at)
{
	return t->open && t->expected == at && t->steps[t->n_steps - 1].kind == kind;
}

void text_break(struct text *t)
{
	t->open = false;
}

void text_replace(struct text *t, size_t at, size_t del, const char *p, size_t len)
{
	uint64_t before = t->revision;

	assert(at <= text_size(t) && del <= text_size(t) - at);
	if (del == 0 && len == 0)
		return;
	begin_step(t, STEP_OWN);
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

	for (size_t i = 0; i < e->n; i++) {
		const struct edit *one = &e->v[i];
		const char *p = one->len > 0 ? e->bytes.p + one->from : "";
		struct text_change change;

		if (one->del == 0 && one->len == 0)
			continue;
		if (added + gone == 0)
			begin_step(t, STEP_EDITS);
		change = add_change(t, one->at + added - gone, one->del, p, one->len);
		all = added + gone > 0 ? joined(all, change) : change;
		added += one->len;
		gone += one->del;
	}
	if (added + gone > 0)
		log_change(t, before, all);
	text_break(t);
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
		begin_step(t, STEP_TYPED);
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
		begin_step(t, kind);
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

/* ---- Undo ---- */

static struct text_change reverse(struct text *t, const struct swap *s)
{
	pieces_swap_back(&t->pieces, s);
	return (struct text_change){s->at, s->len, s->del};
}

static struct text_change repeat(struct text *t, const struct swap *s)
{
	pieces_swap_again(&t->pieces, s);
	return (struct text_change){s->at, s->del, s->len};
}

bool text_undo(struct text *t, size_t *pos)
{
	uint64_t before = t->revision;
	struct text_change all = {0, 0, 0};
	struct step *step;

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

		*pos = at_end ? step->v[0].at + step->v[0].del : all.begin;
	}
	return true;
}

bool text_redo(struct text *t, size_t *pos)
{
	uint64_t before = t->revision;
	struct text_change all = {0, 0, 0};
	struct step *step;

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
		*pos = step->kind == STEP_EDITS ? all.begin : all.begin + all.new_len;
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

bool text_is_sane(const struct text *t)
{
	if (!pieces_are_sane(&t->pieces) || t->done > t->n_steps)
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
