/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/utf8.h"
#include "ui/glyph.h"
#include "ui/prompt_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MOST   ((size_t)64 << 10) /* bytes; a paste beyond it is cut */
#define HISTORY_MOST 100                /* entries of one word */

void prompt_candidate_add(struct prompt_candidates *c, struct slice text, struct slice help)
{
	MEM_GROW(c->v, c->n, c->cap);
	c->v[c->n].text = slice_dup(text);
	c->v[c->n].help = help.p ? slice_dup(help) : NULL;
	c->n++;
}

static void candidates_release(struct prompt_candidates *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].text);
		free(c->v[i].help);
	}
	free(c->v);
	*c = (struct prompt_candidates){NULL, 0, 0, 0};
}

struct prompt *prompt_new(void)
{
	return mem_zalloc(sizeof(struct prompt));
}

static void forget_request(struct prompt *p)
{
	free(p->label);
	free(p->hint);
	free(p->beside);
	free(p->word);
	p->label = p->hint = p->beside = p->word = NULL;
	candidates_release(&p->candidates);
	str_release(&p->typed);
	p->candidate = NOT_IN_LIST;
	p->older = 0;
}

void prompt_free(struct prompt *p)
{
	if (!p)
		return;
	forget_request(p);
	str_release(&p->text);
	for (size_t i = 0; i < p->n_histories; i++) {
		for (size_t k = 0; k < p->histories[i].n; k++)
			free(p->histories[i].v[k]);
		free(p->histories[i].v);
		free(p->histories[i].word);
	}
	free(p->histories);
	free(p);
}

bool prompt_is_open(const struct prompt *p)
{
	return p->open;
}

struct slice prompt_text(const struct prompt *p)
{
	return str_slice(&p->text);
}

/* ---- History ---- */

static struct history *history_of(struct prompt *p, const char *word)
{
	if (!word)
		return NULL;
	for (size_t i = 0; i < p->n_histories; i++)
		if (strcmp(p->histories[i].word, word) == 0)
			return &p->histories[i];
	MEM_GROW(p->histories, p->n_histories, p->cap_histories);
	p->histories[p->n_histories] = (struct history){mem_strdup(word), NULL, 0, 0};
	return &p->histories[p->n_histories++];
}

static void remember(struct prompt *p)
{
	struct history *h = p->request.secret ? NULL : history_of(p, p->word);

	if (!h || p->text.len == 0)
		return;
	for (size_t i = 0; i < h->n; i++) {
		if (!slice_is(str_slice(&p->text), h->v[i]))
			continue;
		free(h->v[i]);
		memmove(h->v + i, h->v + i + 1, (h->n - i - 1) * sizeof *h->v);
		h->n--;
		break;
	}
	if (h->n == HISTORY_MOST) {
		free(h->v[0]);
		memmove(h->v, h->v + 1, --h->n * sizeof *h->v);
	}
	MEM_GROW(h->v, h->n, h->cap);
	h->v[h->n++] = slice_dup(str_slice(&p->text));
}

/* ---- Changes of the input ---- */

static void find_candidates(struct prompt *p)
{
	candidates_release(&p->candidates);
	p->candidate = NOT_IN_LIST;
	if (p->request.complete)
		p->request.complete(p->request.arg, str_slice(&p->text), p->at, &p->candidates);
}

/* The user typed: what was looked at in lists is now the text. */
static void changed(struct prompt *p)
{
	p->older = 0;
	find_candidates(p);
	if (p->request.change)
		p->request.change(p->request.arg, str_slice(&p->text));
}

static void replace_text(struct prompt *p, struct slice with)
{
	str_splice(&p->text, 0, p->text.len, with.p, with.len);
	p->at = p->text.len;
	if (p->request.change)
		p->request.change(p->request.arg, str_slice(&p->text));
}

/* Line ends and tabs become a blank each, CR LF one. */
static void insert(struct prompt *p, struct slice bytes)
{
	struct str flat = STR_INIT;
	size_t room = INPUT_MOST > p->text.len ? INPUT_MOST - p->text.len : 0;

	/* The last line end of what was copied is not meant. */
	while (bytes.len > 0 &&
	       (bytes.p[bytes.len - 1] == '\n' || bytes.p[bytes.len - 1] == '\r'))
		bytes.len--;
	for (size_t i = 0; i < bytes.len && flat.len < room; i++) {
		char c = bytes.p[i];

		if (c == '\r' && i + 1 < bytes.len && bytes.p[i + 1] == '\n')
			continue;
		str_add_char(&flat, c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
	}
	if (flat.len == room) {
		/* Cut: the last character may be half of one. */
		while (flat.len > 0 && ((unsigned char)flat.p[flat.len - 1] & 0xC0) == 0x80)
			str_truncate(&flat, flat.len - 1);
		if (flat.len > 0)
			str_truncate(&flat, flat.len - 1);
	}
	str_splice(&p->text, p->at, 0, flat.p, flat.len);
	p->at += flat.len;
	str_release(&flat);
	changed(p);
}

static void erase(struct prompt *p, size_t from, size_t to)
{
	if (from == to)
		return;
	str_splice(&p->text, from, to - from, NULL, 0);
	p->at = from;
	changed(p);
}

/* ---- Places in the input ---- */

static size_t next_place(const struct prompt *p, size_t at)
{
	struct glyph g;

	if (at >= p->text.len)
		return p->text.len;
	glyph_at(p->text.p + at, p->text.len - at, &g);
	return at + g.len;
}

static size_t previous_place(const struct prompt *p, size_t at)
{
	size_t place = 0, next;

	while (place < at && (next = next_place(p, place)) < at)
		place = next;
	return place;
}

static bool is_blank_at(const struct prompt *p, size_t at)
{
	return utf8_blank_at(p->text.p + at, p->text.len - at) > 0;
}

static size_t next_word(const struct prompt *p, size_t at)
{
	while (at < p->text.len && !is_blank_at(p, at))
		at = next_place(p, at);
	while (at < p->text.len && is_blank_at(p, at))
		at = next_place(p, at);
	return at;
}

static size_t previous_word(const struct prompt *p, size_t at)
{
	size_t word = 0;

	for (size_t next = 0; next < at; next = next_word(p, next))
		word = next;
	return word;
}

/* ---- Lists ---- */

static void save_typed(struct prompt *p)
{
	if (p->candidate != NOT_IN_LIST || p->older > 0)
		return;
	str_clear(&p->typed);
	str_add_slice(&p->typed, str_slice(&p->text));
}

static void look_back(struct prompt *p, bool back)
{
	struct history *h = history_of(p, p->word);

	if (!h || (back ? p->older >= h->n : p->older == 0))
		return;
	assert(h->v);
	save_typed(p);
	p->older += back ? 1 : (size_t)-1;
	replace_text(p, p->older ? slice_of(h->v[h->n - p->older]) : str_slice(&p->typed));
	if (p->older == 0)
		find_candidates(p);
}

/* The candidate `step` further; out of the list at either end means: as typed. */
static void choose_candidate(struct prompt *p, int step)
{
	struct str with = STR_INIT;
	size_t n = p->candidates.n;

	if (n == 0)
		return;
	save_typed(p);
	if (p->candidate == NOT_IN_LIST)
		p->candidate = step > 0 ? 0 : n - 1;
	else if (step < 0 ? p->candidate == 0 : p->candidate + 1 == n)
		p->candidate = NOT_IN_LIST;
	else
		p->candidate += step < 0 ? (size_t)-1 : 1;
	if (p->candidate == NOT_IN_LIST) {
		replace_text(p, str_slice(&p->typed));
		return;
	}
	str_add(&with, p->typed.p,
		p->candidates.from < p->typed.len ? p->candidates.from : p->typed.len);
	str_add_text(&with, p->candidates.v[p->candidate].text);
	replace_text(p, str_slice(&with));
	str_release(&with);
}

/* Bytes that all candidates begin with. */
static size_t common_start(const struct prompt_candidates *c)
{
	size_t len = strlen(c->v[0].text);

	for (size_t i = 1; i < c->n; i++) {
		size_t k = 0;

		while (k < len && c->v[i].text[k] == c->v[0].text[k])
			k++;
		len = k;
	}
	while (len > 0 && ((unsigned char)c->v[0].text[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void complete(struct prompt *p)
{
	struct prompt_candidates *c = &p->candidates;
	size_t len, typed;

	if (p->candidate == NOT_IN_LIST && c->n > 0 && c->from <= p->text.len) {
		len = common_start(c);
		typed = p->text.len - c->from;
		if (len > typed && memcmp(p->text.p + c->from, c->v[0].text, typed) == 0) {
			str_splice(&p->text, c->from, typed, c->v[0].text, len);
			p->at = p->text.len;
			changed(p);
			return;
		}
	}
	choose_candidate(p, 1);
}

/* ---- Opening and ending ---- */

void prompt_open(struct prompt *p, const struct prompt_request *request)
{
	if (p->open)
		prompt_cancel(p);
	forget_request(p);
	p->request = *request;
	p->label = mem_strdup(request->label ? request->label : "");
	p->hint = request->hint ? mem_strdup(request->hint) : NULL;
	p->beside = request->beside ? mem_strdup(request->beside) : NULL;
	p->word = request->history ? mem_strdup(request->history) : NULL;
	str_clear(&p->text);
	str_add_slice(&p->text, request->initial);
	p->at = p->text.len;
	p->proposed = p->text.len > 0 && !request->begun;
	p->open = true;
	if (!request->choices)
		find_candidates(p);
}

/* The callback may open the next prompt: everything of this one is put away before it. */
static void finish(struct prompt *p, bool answered, uint32_t choice)
{
	struct prompt_request request = p->request;
	struct str text = p->text;
	struct slice answer;

	if (answered && !request.choices)
		remember(p);
	str_init(&p->text);
	p->at = 0;
	p->open = false;
	forget_request(p);
	answer = slice_make(text.len ? text.p : "", text.len);
	if (request.choices && request.chosen)
		request.chosen(request.arg, choice);
	else if (!request.choices && request.done)
		request.done(request.arg, answered ? &answer : NULL);
	str_release(&text);
}

void prompt_cancel(struct prompt *p)
{
	if (p->open)
		finish(p, false, 0);
}

static void choice_key(struct prompt *p, uint32_t code)
{
	uint32_t latin = key_on_latin(code);
	uint32_t lower = latin >= 'A' && latin <= 'Z' ? latin + 'a' - 'A' : latin;

	for (const struct prompt_choice *c = p->request.choices; c->key; c++) {
		if (c->key == code || c->key == latin || c->key == lower) {
			finish(p, true, c->key);
			return;
		}
	}
	if (code == KEY_ESCAPE || code == CTRL_KEY('c') || code == CTRL_KEY('g'))
		finish(p, false, 0);
}

/* Keys that move or delete. False: not one of those. */
static bool edit_key(struct prompt *p, uint32_t code)
{
	switch (code) {
	case KEY_ARROW_LEFT:
		p->at = previous_place(p, p->at);
		return true;
	case KEY_ARROW_RIGHT:
		p->at = next_place(p, p->at);
		return true;
	case KEY_LINE_HOME:
	case CTRL_KEY('a'):
		p->at = 0;
		return true;
	case KEY_LINE_END:
	case CTRL_KEY('e'):
		p->at = p->text.len;
		return true;
	case KEY_CTRL | KEY_ARROW_LEFT:
	case ALT_KEY('b'):
		p->at = previous_word(p, p->at);
		return true;
	case KEY_CTRL | KEY_ARROW_RIGHT:
	case ALT_KEY('f'):
		p->at = next_word(p, p->at);
		return true;
	case KEY_ERASE:
	case CTRL_KEY('h'):
		erase(p, previous_place(p, p->at), p->at);
		return true;
	case KEY_DELETE:
	case CTRL_KEY('d'):
		erase(p, p->at, next_place(p, p->at));
		return true;
	case CTRL_KEY('w'):
	case KEY_CTRL | KEY_ERASE:
	case KEY_ALT | KEY_ERASE:
		erase(p, previous_word(p, p->at), p->at);
		return true;
	case CTRL_KEY('u'):
		erase(p, 0, p->at);
		return true;
	case CTRL_KEY('k'):
		erase(p, p->at, p->text.len);
		return true;
	default:
		return false;
	}
}

/* What is typed takes a proposal's place; true: that is all the key does. */
static bool replace_proposal(struct prompt *p, const struct key *key)
{
	uint32_t code = key->code;

	if (code == KEY_ERASE || code == CTRL_KEY('h') || code == KEY_DELETE ||
	    code == CTRL_KEY('d')) {
		erase(p, 0, p->text.len);
		return true;
	}
	if (code == KEY_PASTE || key_is_text(key)) {
		str_clear(&p->text);
		p->at = 0;
	}
	return false;
}

static void input_key(struct prompt *p, const struct key *key)
{
	char buf[4];

	switch (key->code) {
	case KEY_RETURN:
	case CTRL_KEY('j'):
		if (p->text.len || p->request.may_be_empty)
			finish(p, true, 0);
		return;
	case KEY_ESCAPE:
	case CTRL_KEY('c'):
	case CTRL_KEY('g'):
		finish(p, false, 0);
		return;
	case KEY_TAB:
		complete(p);
		return;
	case KEY_SHIFT | KEY_TAB:
		choose_candidate(p, -1);
		return;
	case KEY_ARROW_DOWN:
		if (p->older > 0)
			look_back(p, false);
		else
			choose_candidate(p, 1);
		return;
	case KEY_ARROW_UP:
		if (p->candidate != NOT_IN_LIST)
			choose_candidate(p, -1);
		else
			look_back(p, true);
		return;
	case KEY_PASTE:
		insert(p, key->text);
		return;
	default:
		if (!edit_key(p, key->code) && key_is_text(key))
			insert(p, slice_make(buf, utf8_encode(key->code, buf)));
	}
}

bool prompt_key(struct prompt *p, const struct key *key)
{
	bool proposed;

	if (!p->open || key->code == KEY_RESIZED || key->code == KEY_RESUMED ||
	    key->code == KEY_FOCUS_IN || key->code == KEY_FOCUS_OUT)
		return false;
	if (p->request.choices) {
		choice_key(p, key->code);
		return true;
	}
	proposed = p->proposed;
	p->proposed = false;
	if (!proposed || !replace_proposal(p, key))
		input_key(p, key);
	return true;
}
