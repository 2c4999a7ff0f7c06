/* SPDX-License-Identifier: MIT */
#include "ui/doc.h"

#include "core/mem.h"
#include "core/reread.h"
#include "ui/doc_inner.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_LEAST 512 /* bytes after a change that are right at once, whatever waits */

static struct doc *make(const char *name, const char *path, struct text *text,
			const struct parties *parties)
{
	struct doc *d = mem_zalloc(sizeof(*d));

	d->name = mem_strdup(name);
	d->path = path ? mem_strdup(path) : NULL;
	d->text = text;
	d->parties = parties;
	d->flat = text_flat(d->text);
	d->right_until = SIZE_MAX;
	d->revision = text_revision(d->text);
	d->read_revision = d->revision + 1;
	return d;
}

struct doc *doc_new(const char *name, const char *path, struct slice bytes,
		    const struct parties *parties)
{
	struct doc *d = make(name, path, text_new(bytes), parties);

	doc_read(d);
	return d;
}

static void read_beginning(struct doc *d)
{
	struct slice begin = slice_make(d->flat.p, doc_line_next(d, DOC_READ_FIRST));

	/* A giant line is read when there is time. */
	if (begin.len > 2 * DOC_READ_FIRST)
		begin.len = 0;
	brackets_read(&d->brackets, begin, d->parties);
	/* What seems unpaired here may have its mate further on. */
	d->brackets.n_problems = 0;
	draft_read(&d->draft, begin, &d->brackets);
	d->partial = true;
	d->generation++;
}

struct doc *doc_adopt(const char *name, const char *path, struct str *bytes,
		      const struct parties *parties)
{
	size_t len = bytes->len;
	struct doc *d;

	if (!len) {
		str_release(bytes);
		return doc_new(name, path, slice_make("", 0), parties);
	}
	d = make(name, path, text_adopt(str_detach(bytes), len), parties);

	if (len > DOC_READ_AT_ONCE)
		read_beginning(d);
	else
		doc_read(d);
	return d;
}

static void forget_reading(struct doc *d)
{
	draft_release(&d->draft);
	brackets_release(&d->brackets);
	memset(&d->draft, 0, sizeof(d->draft));
	memset(&d->brackets, 0, sizeof(d->brackets));
}

void doc_free(struct doc *d)
{
	if (!d)
		return;
	doc_job_drop(d);
	forget_reading(d);
	text_free(d->text);
	free(d->name);
	free(d->path);
	free(d);
}

/* ---- A stale reading follows the text ---- */

static void follow(uint32_t *pos, const struct text_change *c)
{
	if (*pos >= c->begin + c->old_len)
		*pos = (uint32_t)(*pos - c->old_len + c->new_len);
	else if (*pos > c->begin)
		*pos = (uint32_t)c->begin;
}

static void brackets_follow(struct brackets *b, const struct text_change *c)
{
	for (size_t i = 0; i < b->n; i++) {
		struct bracket *v = &b->v[i];
		uint32_t *const places[] = {&v->begin, &v->inner, &v->inner_end, &v->close,
					    &v->end,   &v->id,    &v->id_end};
		for (size_t k = 0; k < sizeof(places) / sizeof(*places); k++)
			follow(places[k], c);
	}
	for (size_t i = 0; i < b->n_options; i++) {
		follow(&b->options[i].begin, c);
		follow(&b->options[i].end, c);
		follow(&b->options[i].part, c);
		follow(&b->options[i].part_end, c);
	}
	/* A sign whose bytes went has no width any longer. */
	for (size_t i = 0; i < b->n_problems; i++) {
		uint32_t end = b->problems[i].at + b->problems[i].len;
		follow(&b->problems[i].at, c);
		follow(&end, c);
		b->problems[i].len = end - b->problems[i].at;
	}
	for (size_t i = 0; i < b->n_skipped; i++) {
		follow(&b->skipped[i].begin, c);
		follow(&b->skipped[i].end, c);
	}
	for (size_t i = 0; i < b->n_unread; i++) {
		follow(&b->unread[i].begin, c);
		follow(&b->unread[i].end, c);
	}
}

static void draft_follow(struct draft *d, const struct text_change *c)
{
	for (size_t i = 0; i < d->n; i++) {
		struct paragraph *p = &d->v[i];
		uint32_t *const places[] = {&p->begin, &p->end,       &p->next,
					    &p->label, &p->label_end, &p->body};
		for (size_t k = 0; k < sizeof(places) / sizeof(*places); k++)
			follow(places[k], c);
	}
}

void doc_take_reading(struct doc *d, const struct brackets *b, const struct draft *draft,
		      uint64_t revision)
{
	struct text_change change;

	forget_reading(d);
	d->brackets = *b;
	d->draft = *draft;
	d->read_revision = revision;
	d->partial = false;
	d->generation++;
	if (revision == d->revision)
		return;
	if (!text_change_since(d->text, revision, &change))
		change = (struct text_change){0, SIZE_MAX / 2, d->flat.len};
	brackets_follow(&d->brackets, &change);
	draft_follow(&d->draft, &change);
}

/* Where the `ahead`-th line after those that changed begins, if the rest may wait; else 0. */
static size_t near_end(const struct doc *d, const struct reread *lines, size_t ahead)
{
	size_t i = lines->first + lines->n + ahead;

	if (!ahead || !lines->n || i >= d->draft.n ||
	    d->draft.v[i].begin < lines->old_end + NEAR_LEAST)
		return 0;
	return d->draft.v[i].begin;
}

static void take_flat(struct doc *d, const struct text_change *change, struct reread *lines)
{
	size_t until = lines->until - change->old_len + change->new_len;

	if (lines->until)
		d->flat = text_flat_near(d->text, &until);
	else
		d->flat = text_flat(d->text);
	if (until == d->flat.len)
		lines->until = 0;
	d->right_until = lines->until ? until : SIZE_MAX;
}

bool doc_is_hurried(const struct doc *d)
{
	return d->right_until != SIZE_MAX || d->words_wait;
}

bool doc_settle(struct doc *d)
{
	size_t words = d->words.total;

	if (d->right_until != SIZE_MAX) {
		d->right_until = SIZE_MAX;
		d->flat = text_flat(d->text);
		reread_rest(&d->lines, &d->brackets, &d->draft);
	}
	if (d->words_wait)
		reread_count(&d->lines, &d->brackets, &d->draft, d->flat,
			     d->words_counted ? &d->words : NULL);
	d->words_wait = false;
	return d->words.total != words;
}

static bool is_in_long(const struct doc *d, size_t pos)
{
	return d->long_end && pos >= d->long_begin && pos <= d->long_end;
}

static size_t line_feed(const struct doc *d, size_t pos)
{
	const char *found = NULL;

	if (is_in_long(d, pos))
		return d->long_end;
	if (pos < d->flat.len)
		found = memchr(d->flat.p + pos, '\n', d->flat.len - pos);
	return found ? (size_t)(found - d->flat.p) : d->flat.len;
}

/* After a change: its line, which need not be looked for where it is the long one still. */
static void follow_long(struct doc *d, const struct text_change *c)
{
	if (is_in_long(d, c->begin) && c->old_len <= d->long_end - c->begin &&
	    !memchr(d->flat.p + c->begin, '\n', c->new_len)) {
		d->long_end = d->long_end - c->old_len + c->new_len;
		return;
	}
	d->long_begin = d->long_end = 0;
	if (d->flat.len <= DOC_READ_AT_ONCE)
		return;
	size_t begin = doc_line_begin(d, c->begin), end = line_feed(d, c->begin);
	if (end - begin > DOC_READ_AT_ONCE) {
		d->long_begin = begin;
		d->long_end = end;
	}
}

/* Takes the text over; of the reading, what can follow the change does. */
static enum reread_done take_text(struct doc *d, const struct text_change *change, size_t ahead)
{
	struct reread lines = {.until = 0};
	struct draft_words *words = d->words_counted ? &d->words : NULL;
	const struct reread *last = d->near.generation == d->generation ? &d->lines : NULL;
	bool near = !doc_is_stale(d) && !is_in_long(d, change->begin) &&
		    reread_begin(&lines, &d->brackets, &d->draft, d->flat, change->begin,
				 change->old_len, last);
	enum reread_done done = REREAD_NOTHING;

	lines.until = near ? near_end(d, &lines, ahead) : 0;
	lines.count_later = ahead > 0;
	take_flat(d, change, &lines);
	d->revision = text_revision(d->text);
	d->generation++;
	if (near)
		done = reread_end(&lines, &d->brackets, &d->draft, d->flat, change->new_len,
				  d->parties, words);
	if (done != REREAD_ALL) {
		d->flat = text_flat(d->text);
		d->right_until = SIZE_MAX;
		return done;
	}
	d->lines = lines;
	d->words_wait = lines.count_later;
	d->near = (struct doc_near){d->generation, lines.begin, lines.old_end,
				    lines.old_end - change->old_len + change->new_len};
	return done;
}

static void refresh(struct doc *d, size_t ahead)
{
	struct text_change change;
	enum reread_done done;

	if (text_revision(d->text) == d->revision)
		return;
	doc_settle(d);
	if (!text_change_since(d->text, d->revision, &change))
		change = (struct text_change){0, d->flat.len, text_size(d->text)};
	done = take_text(d, &change, ahead);
	follow_long(d, &change);
	if (done == REREAD_ALL) {
		d->read_revision = d->revision;
		return;
	}
	d->words_counted = false;
	if (d->flat.len > DOC_READ_AT_ONCE) {
		if (done == REREAD_NOTHING)
			brackets_follow(&d->brackets, &change);
		draft_follow(&d->draft, &change);
	} else if (done == REREAD_BRACKETS) {
		draft_release(&d->draft);
		draft_read(&d->draft, d->flat, &d->brackets);
		d->read_revision = d->revision;
	} else {
		doc_read(d);
	}
}

void doc_refresh(struct doc *d)
{
	refresh(d, 0);
}

void doc_refresh_near(struct doc *d, size_t lines)
{
	refresh(d, d->in_hurry ? lines : 0);
}

bool doc_is_stale(const struct doc *d)
{
	return d->read_revision != d->revision;
}

void doc_read(struct doc *d)
{
	struct brackets b;
	struct draft draft;

	if (!doc_is_stale(d) || doc_job_wait(d))
		return;
	brackets_read(&b, d->flat, d->parties);
	draft_read(&draft, d->flat, &b);
	doc_take_reading(d, &b, &draft, d->revision);
}

void doc_hold(struct doc *d)
{
	doc_job_drop(d);
}

void doc_read_anew(struct doc *d)
{
	d->read_revision = d->revision + 1;
	doc_read(d);
}

void doc_count(struct doc *d)
{
	if (d->words_counted)
		return;
	doc_settle(d); /* or what waits would be counted twice */
	doc_read(d);
	draft_count_words(&d->draft, d->flat, &d->brackets, &d->words);
	d->words_counted = true;
	d->generation++;
}

bool doc_counts(const struct doc *d)
{
	return d->flat.len <= DOC_COUNT_MOST;
}

bool doc_idle(struct doc *d)
{
	if (!doc_is_stale(d) && (d->words_counted || !doc_counts(d)))
		return false;
	if (d->flat.len <= DOC_READ_AT_ONCE) {
		doc_count(d);
		return false;
	}
	return doc_job_step(d);
}

bool doc_is_dirty(const struct doc *d)
{
	return !text_is_saved(d->text);
}

void doc_apply(struct doc *d, const struct edits *e)
{
	text_apply(d->text, e);
	doc_refresh(d);
}

void doc_replace(struct doc *d, size_t at, size_t del, struct slice by)
{
	text_replace(d->text, at, del, by.p, by.len);
	doc_refresh(d);
}

void doc_set_bytes(struct doc *d, struct slice bytes)
{
	struct slice old = d->flat;
	size_t same = slice_common(old, bytes);
	size_t tail = slice_common_end(slice_make(old.p + same, old.len - same),
				       slice_make(bytes.p + same, bytes.len - same));

	if (same == old.len && same == bytes.len)
		return;
	doc_replace(d, same, old.len - same - tail,
		    slice_make(bytes.p + same, bytes.len - same - tail));
}

bool doc_undo(struct doc *d, size_t *pos)
{
	if (!text_undo(d->text, pos))
		return false;
	doc_refresh(d);
	return true;
}

bool doc_redo(struct doc *d, size_t *pos)
{
	if (!text_redo(d->text, pos))
		return false;
	doc_refresh(d);
	return true;
}

void doc_take_back(struct doc *d)
{
	if (text_take_back(d->text))
		doc_refresh(d);
}

size_t doc_line_begin(const struct doc *d, size_t pos)
{
	const char *found = NULL;

	if (is_in_long(d, pos))
		return d->long_begin;
	if (pos)
		found = memrchr(d->flat.p, '\n', pos);
	return found ? (size_t)(found - d->flat.p) + 1 : 0;
}

size_t doc_line_end(const struct doc *d, size_t pos)
{
	size_t end = line_feed(d, pos);

	/* CR LF is one line end; pos may stand between the two. */
	if (end < d->flat.len && end > 0 && d->flat.p[end - 1] == '\r')
		end--;
	return end;
}

size_t doc_line_next(const struct doc *d, size_t pos)
{
	size_t end = line_feed(d, pos);

	return end < d->flat.len ? end + 1 : end;
}

uint32_t doc_paragraph(const struct doc *d, size_t begin, struct paragraph *p)
{
	uint32_t i = draft_paragraph_at(&d->draft, begin);
	size_t end = doc_line_end(d, begin);
	struct label label;

	if (i != PARAGRAPH_NONE && d->draft.v[i].begin == begin && d->draft.v[i].end == end) {
		*p = d->draft.v[i];
		return i;
	}
	*p = (struct paragraph){.begin = begin,
				.end = end,
				.next = doc_line_next(d, begin),
				.label = begin,
				.label_end = begin,
				.body = begin,
				.parent = PARAGRAPH_NONE,
				.call = PARAGRAPH_NONE,
				.kind = end > begin ? PARA_TEXT : PARA_BLANK};
	if (end > begin && label_read(d->flat.p + begin, end - begin, &label)) {
		p->label = begin + label.begin;
		p->label_end = begin + label.end;
		p->body = begin + label.body;
		p->label_kind = label.kind;
		p->kind = label.kind == LABEL_HEADING ? PARA_HEADING : PARA_CLAUSE;
		p->level = 1;
	}
	return PARAGRAPH_NONE;
}
