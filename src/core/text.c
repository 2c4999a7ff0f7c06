/* SPDX-License-Identifier: MIT */
#include "core/text.h"

#include "core/mem.h"
#include "core/piece.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct change {
	struct swap swap;
	struct strays strays;
};

enum step_kind { STEP_OWN, STEP_TYPED, STEP_BACKSPACED, STEP_ERASED, STEP_GROUP };

/* What one undo takes back. */
struct step {
	struct change *v;
	size_t n, cap;
	uint64_t before, after; /* revisions */
	enum step_kind kind;
};

/* How far back text_change_since() remembers: some screens' worth of keys. */
#define LOG_SIZE 64

struct log_entry {
	uint64_t before;
	struct text_change change;
};

struct text {
	struct pieces pieces;
	struct marks marks;
	struct step *steps;
	size_t n_steps, cap_steps;
	size_t done;      /* steps that are in effect; the rest is for redo */
	bool open;        /* the last step may still grow */
	size_t expected;  /* where it goes on */
	uint32_t typed;   /* the last code point typed in it */
	unsigned grouped; /* text_group() calls not ended */
	uint64_t revision, last_revision, saved_revision;
	struct log_entry log[LOG_SIZE]; /* a ring */
	size_t logged;                  /* entries ever made */
	struct str flat;
	uint64_t flat_revision; /* what flat shows, where it shows anything */
	bool has_flat;
	struct {
		size_t at, was; /* where the rest begins, where its bytes still stand; */
		size_t n;       /* of these, so many were put by: */
		char bytes[TEXT_NEAR];
		bool waits;
	} rest; /* of flat, after text_flat_near() */
};

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

/* ---- Reading ---- */

static void move_rest(struct text *t)
{
	char *p = t->flat.p;
	size_t n = t->rest.n;

	if (!t->rest.waits)
		return;
	memmove(p + t->rest.at + n, p + t->rest.was + n, t->flat.len - t->rest.at - n);
	memcpy(p + t->rest.at, t->rest.bytes, n);
	t->rest.waits = false;
}

struct slice text_flat(struct text *t)
{
	struct slice stretch = pieces_stretch(&t->pieces, 0);
	size_t size = text_size(t);
	struct text_change c = {0, t->flat.len, size};

	move_rest(t);
	if (stretch.len == size)
		return stretch; /* one piece: nothing to copy, also of 100 MB */
	if (t->has_flat && !text_change_since(t, t->flat_revision, &c))
		c = (struct text_change){0, t->flat.len, size};
	if (t->flat.len < size)
		str_reserve(&t->flat, size - t->flat.len);
	memmove(t->flat.p + c.begin + c.new_len, t->flat.p + c.begin + c.old_len,
		t->flat.len - c.begin - c.old_len);
	pieces_read(&t->pieces, c.begin, t->flat.p + c.begin, c.new_len);
	t->flat.len = size;
	t->flat_revision = t->revision;
	t->has_flat = true;
	return str_slice(&t->flat);
}

/* Whether the change is small and leaves a rest that is worth waiting with. */
static bool can_wait(const struct text *t, const struct text_change *c, size_t until)
{
	return c->old_len <= TEXT_NEAR && c->new_len <= TEXT_NEAR &&
	       until >= c->begin + c->new_len && until < text_size(t) &&
	       text_size(t) - until > 2 * TEXT_NEAR;
}

struct slice text_flat_near(struct text *t, size_t *until)
{
	bool one = pieces_stretch(&t->pieces, 0).len == text_size(t);
	size_t size = text_size(t), was;
	struct text_change c;

	move_rest(t);
	if (one || !t->has_flat || !text_change_since(t, t->flat_revision, &c) ||
	    c.new_len == c.old_len || !can_wait(t, &c, *until)) {
		*until = size;
		return text_flat(t);
	}
	was = *until - c.new_len + c.old_len;
	if (t->flat.len < size)
		str_reserve(&t->flat, size - t->flat.len);
	/* What grows writes over the first bytes of the rest. */
	t->rest.n = c.new_len > c.old_len ? c.new_len - c.old_len : 0;
	memcpy(t->rest.bytes, t->flat.p + was, t->rest.n);
	t->rest.at = *until;
	t->rest.was = was;
	t->rest.waits = true;
	memmove(t->flat.p + c.begin + c.new_len, t->flat.p + c.begin + c.old_len,
		was - c.begin - c.old_len);
	pieces_read(&t->pieces, c.begin, t->flat.p + c.begin, c.new_len);
	t->flat.len = size;
	t->flat_revision = t->revision;
	return str_slice(&t->flat);
}

bool text_flat_stays(struct text *t)
{
	return pieces_stretch(&t->pieces, 0).len == text_size(t);
}

size_t text_read(struct text *t, size_t pos, char *buf, size_t len)
{
	return pieces_read(&t->pieces, pos, buf, len);
}

struct slice text_stretch(struct text *t, size_t pos)
{
	return pieces_stretch(&t->pieces, pos);
}

int text_byte(struct text *t, size_t pos)
{
	struct slice s = pieces_stretch(&t->pieces, pos);

	return s.len > 0 ? (unsigned char)s.p[0] : -1;
}

size_t text_line_start(struct text *t, size_t pos)
{
	return pieces_find_back(&t->pieces, pos, '\n');
}

size_t text_line_end(struct text *t, size_t pos)
{
	return pieces_find(&t->pieces, pos, '\n');
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
