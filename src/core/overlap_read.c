/* SPDX-License-Identifier: MIT */
#include "overlap_impl.h"

#include "core/bracket.h"
#include "core/digest.h"
#include "core/draft.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

/* From bytes to numbered words, wordings and the shingles by which they are found. */

/* ---- words ---- */

static bool is_ascii(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)p[i] >= 0x80)
			return false;
	return true;
}

/* What is no letter of its own: soft hyphens, joiners, Arabic vowel signs and strokes. */
static bool is_silent(uint32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF ||
	       cp == 0x640 || (cp >= 0x64B && cp <= 0x652) || cp == 0x670;
}

/* Appends the word without what does not count: case, forms of letters, kinds of apostrophes.
 */
static void fold(const char *p, size_t len, struct str *out)
{
	size_t n = 0;
	char *folded = NULL;
	uint32_t cp;

	if (!is_ascii(p, len))
		folded = (char *)u8_casefold((const uint8_t *)p, len, NULL, UNINORM_NFKC, NULL,
					     &n);
	if (!folded) {
		for (size_t i = 0; i < len; i++)
			str_add_char(out,
				     p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i]);
		return;
	}
	for (size_t i = 0, more; i < n; i += more) {
		more = utf8_decode(folded + i, n - i, &cp);
		if (cp == 0x2019 || cp == 0x2BC)
			str_add_char(out, '\'');
		else if (!is_silent(cp))
			str_add(out, folded + i, more);
	}
	free(folded);
}

static uint32_t find_entry(const struct vocabulary *v, const char *p, size_t len, uint64_t hash)
{
	uint32_t i;

	for (size_t at = 0; (i = slots_next(&v->slots, hash, &at)) != SLOTS_NONE;)
		if (v->v[i].len == len && memcmp(v->v[i].p, p, len) == 0)
			break;
	return i;
}

static uint32_t add_entry(struct vocabulary *v, const char *p, size_t len, uint64_t hash,
			  bool own)
{
	MEM_GROW(v->v, v->n, v->cap);
	v->v[v->n] = (struct entry){p, (uint32_t)len, own, hash, v->n};
	slots_add(&v->slots, hash, v->n);
	return v->n++;
}

/* The number of a word: equal for what counts as equal. */
static uint32_t number_of(struct vocabulary *v, const char *p, size_t len)
{
	uint64_t hash = digest_quick(p, len), folded_hash;
	struct str folded = STR_INIT;
	uint32_t found, id, entry;

	found = find_entry(v, p, len, hash);
	if (found != SLOTS_NONE)
		return v->v[found].id;
	fold(p, len, &folded);
	if (slice_equal(str_slice(&folded), slice_make(p, len))) {
		str_release(&folded);
		return add_entry(v, p, len, hash, false);
	}
	/* Nothing is left of what is nothing but signs: it is a word of its own. */
	str_reserve(&folded, 1);
	folded_hash = digest_quick(folded.p, folded.len);
	found = find_entry(v, folded.p, folded.len, folded_hash);
	if (found != SLOTS_NONE) {
		id = v->v[found].id;
		str_release(&folded);
	} else {
		size_t n = folded.len;

		id = add_entry(v, str_detach(&folded), n, folded_hash, true);
	}
	entry = add_entry(v, p, len, hash, false);
	v->v[entry].id = id;
	return id;
}

void vocabulary_release(struct vocabulary *v)
{
	for (uint32_t i = 0; i < v->n; i++)
		if (v->v[i].own)
			free((char *)(uintptr_t)v->v[i].p);
	free(v->v);
	slots_release(&v->slots);
}

/* ---- shingles ---- */

static uint64_t mix(uint64_t x)
{
	x ^= x >> 32;
	x *= 0xD6E8FEB86659FD93u;
	x ^= x >> 32;
	x *= 0xD6E8FEB86659FD93u;
	return x ^ (x >> 32);
}

/* The wording has this shingle: counted once for each. */
static void choose(struct overlap_work *k, uint32_t wording, uint64_t key)
{
	struct shingle *s;
	uint32_t i;

	for (size_t at = 0; (i = slots_next(&k->shingle_slots, key, &at)) != SLOTS_NONE;)
		if (k->shingles[i].key == key)
			break;
	if (i == SLOTS_NONE) {
		i = (uint32_t)k->n_shingles;
		MEM_GROW(k->shingles, k->n_shingles, k->cap_shingles);
		k->shingles[k->n_shingles++] = (struct shingle){.key = key};
		slots_add(&k->shingle_slots, key, i);
	}
	s = &k->shingles[i];
	if (s->last == wording + 1)
		return;
	s->last = wording + 1;
	s->wordings++;
	MEM_GROW(k->chosen, k->n_chosen, k->cap_chosen);
	k->chosen[k->n_chosen++] = i;
}

/* The key of the shingle that begins at word i; false where the wording ends before it does. */
static bool shingle_at(const struct overlap_work *k, const struct wording *w, size_t i,
		       uint64_t *key)
{
	const uint32_t *words = k->words + w->word;
	uint32_t weight = 0;

	*key = 0x9E3779B97F4A7C15u;
	for (; weight < SHINGLE_WEIGHT && i < w->n_words; i++) {
		*key = mix(*key + word_hash(k, words[i])) + 0x9E3779B97F4A7C15u;
		weight += word_weight(words[i]);
	}
	*key = mix(*key);
	return weight >= SHINGLE_WEIGHT;
}

/*
 * All of them; of many the lesser of each two neighbours ("winnowing", Schleimer and others,
 * 2003): two wordings that have WINDOW shingles in a row in common have chosen one of them
 * both.
 */
static void choose_shingles(struct overlap_work *k, uint32_t wording)
{
	struct wording *w = &k->v[wording];
	size_t window = w->weight / WORD_WEIGHT > WINDOW_FROM ? WINDOW : 1;
	uint64_t last = 0, key;

	w->shingle = (uint32_t)k->n_chosen;
	for (size_t n = 0; shingle_at(k, w, n, &key); n++) {
		if (window == 1 || n + 1 >= window)
			choose(k, wording, window > 1 && last < key ? last : key);
		last = key;
	}
	w->n_shingles = (uint32_t)k->n_chosen - w->shingle;
}

/* ---- wordings ---- */

/* The wording of the words from `from` to the end of the pool, which it keeps if it is new. */
static uint32_t wording_of(struct overlap_work *k, size_t from, uint32_t weight)
{
	size_t n = k->n_words - from;
	uint64_t hash = digest_quick(k->words + from, n * sizeof(*k->words));
	uint32_t i;

	for (size_t at = 0; (i = slots_next(&k->slots, hash, &at)) != SLOTS_NONE;) {
		const struct wording *w = &k->v[i];

		if (w->n_words == n &&
		    memcmp(k->words + w->word, k->words + from, n * sizeof(*k->words)) == 0) {
			k->n_words = from;
			return i;
		}
	}
	i = (uint32_t)k->n;
	MEM_GROW(k->v, k->n, k->cap);
	k->v[k->n++] = (struct wording){
		.word = (uint32_t)from, .n_words = (uint32_t)n, .weight = weight};
	slots_add(&k->slots, hash, i);
	choose_shingles(k, i);
	return i;
}

struct reading {
	struct overlap *o;
	const struct draft *d;
	struct slice text;
	uint32_t paragraph; /* whose words are in the pool from `from` on */
	size_t from;
	uint32_t weight;
};

/* Headings and calls are alike everywhere; what is short says too little. */
static bool counts(const struct paragraph *p)
{
	return p->kind == PARA_TEXT || p->kind == PARA_CLAUSE || p->kind == PARA_FOOTNOTE;
}

static void end_paragraph(struct reading *r)
{
	struct overlap *o = r->o;
	const struct paragraph *p;

	if (r->paragraph == PARAGRAPH_NONE)
		return;
	p = &r->d->v[r->paragraph];
	if (r->weight < WORDING_LEAST) {
		o->work->n_words = r->from;
		return;
	}
	MEM_GROW(o->v, o->n, o->cap);
	o->v[o->n++] = (struct overlap_paragraph){
		.draft = (uint32_t)o->n_drafts - 1,
		.number = p->number,
		.begin = p->begin,
		.end = p->end,
		.wording = wording_of(o->work, r->from, r->weight),
		.weight = r->weight,
	};
	o->drafts[o->n_drafts - 1].weight += r->weight;
}

static void add_word(void *arg, const struct draft_word *w)
{
	struct reading *r = arg;
	struct overlap_work *k = r->o->work;
	uint32_t word;

	if (!counts(&r->d->v[w->paragraph]))
		return;
	if (w->paragraph != r->paragraph) {
		end_paragraph(r);
		r->paragraph = w->paragraph;
		r->from = k->n_words;
		r->weight = 0;
	}
	word = number_of(&k->words_of, r->text.p + w->begin, w->end - w->begin) |
	       (w->character ? CHARACTER_BIT : 0);
	MEM_GROW(k->words, k->n_words, k->cap_words);
	k->words[k->n_words++] = word;
	r->weight += word_weight(word);
}

void overlap_read_draft(struct overlap *o, struct slice text, const struct parties *parties)
{
	struct reading r = {.o = o, .text = text, .paragraph = PARAGRAPH_NONE};
	struct overlap_draft *mine;
	struct brackets b;
	struct draft d;

	MEM_GROW(o->drafts, o->n_drafts, o->cap_drafts);
	o->drafts[o->n_drafts++] =
		(struct overlap_draft){.text = text, .first = (uint32_t)o->n};
	brackets_read(&b, text, parties);
	draft_read(&d, text, &b);
	r.d = &d;
	draft_each_word(&d, text, &b, add_word, &r);
	end_paragraph(&r);
	mine = &o->drafts[o->n_drafts - 1];
	mine->n = (uint32_t)o->n - mine->first;
	draft_release(&d);
	brackets_release(&b);
}
