/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"
#include "merge_impl.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

/* The wordings of a point to be: each once, with all who want it. */

#define MANY 32 /* that are looked up by key from then on */

void choices_release(struct choices *c)
{
	for (size_t i = 0; i < c->n; i++) {
		str_release(&c->v[i].text);
		str_release(&c->v[i].written);
		free(c->v[i].who);
	}
	free(c->v);
	intern_free(c->keys);
	*c = (struct choices){.n = 0};
}

bool choice_has(const struct choice *c, uint16_t party)
{
	for (size_t i = 0; i < c->n_who; i++)
		if (c->who[i] == party)
			return true;
	return false;
}

static int by_number(const void *p, const void *q)
{
	return (int)*(const uint16_t *)p - (int)*(const uint16_t *)q;
}

void choice_add_party(struct choice *c, uint16_t party)
{
	if (party == PARTY_NONE || choice_has(c, party))
		return;
	c->who = mem_array(c->who, c->n_who + 1, sizeof(*c->who));
	c->who[c->n_who++] = party;
	qsort(c->who, c->n_who, sizeof(*c->who), by_number);
}

void choice_normalise(struct slice written, struct str *out)
{
	written = wording_trim(written);
	for (size_t i = 0, n; i < written.len; i += n) {
		/* The id of a bracket is no part of the wording. */
		n = i > 1 && written.p[i - 1] == ']' && written.p[i - 2] != '\\'
			    ? bracket_id_at(written.p + i, written.len - i)
			    : 0;
		if (n)
			continue;
		n = utf8_blanks_at(written.p + i, written.len - i);
		if (n)
			str_add_char(out, ' ');
		else if (written.p[i] != '\r')
			str_add_char(out, written.p[i]);
		n = n ? n : 1;
	}
}

/* Which it is; SIZE_MAX. */
static size_t find(const struct choices *c, const struct choice *like)
{
	if (c->keys) {
		uint32_t key = intern_find(c->keys, 't', str_slice(&like->text));

		return key == NONE ? SIZE_MAX : key;
	}
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].none == like->none &&
		    slice_equal(str_slice(&c->v[i].text), str_slice(&like->text)))
			return i;
	return SIZE_MAX;
}

struct choice *choices_find(const struct choices *c, const struct choice *like)
{
	size_t i = find(c, like);

	return i == SIZE_MAX ? NULL : &c->v[i];
}

/* Adds the wording, or its parties where it is there; written is taken over. */
struct choice *choices_add(struct choices *c, struct str *written)
{
	struct choice one = {.written = *written};
	size_t at;

	*written = (struct str)STR_INIT;
	choice_normalise(str_slice(&one.written), &one.text);
	one.none = !one.text.len;
	at = find(c, &one);
	if (at != SIZE_MAX) {
		struct choice *old = &c->v[at];

		/* Kinds of blanks differ: the same ones in whatever order they come. */
		if (slice_compare(str_slice(&one.written), str_slice(&old->written)) > 0) {
			struct str first = old->written;

			old->written = one.written;
			one.written = first;
		}
		str_release(&one.text);
		str_release(&one.written);
		return old;
	}
	MEM_GROW(c->v, c->n, c->cap);
	c->v[c->n++] = one;
	if (c->n == MANY)
		c->keys = intern_new();
	for (size_t i = c->n == MANY ? 0 : c->n - 1; c->keys && i < c->n; i++)
		intern_key(c->keys, 't', str_slice(&c->v[i].text));
	return &c->v[c->n - 1];
}

void choices_add_all(struct choices *to, const struct choice *c)
{
	struct str written = STR_INIT;
	struct choice *there;

	str_add_slice(&written, str_slice(&c->written));
	there = choices_add(to, &written);
	for (size_t i = 0; i < c->n_who; i++)
		choice_add_party(there, c->who[i]);
}

static int by_text(const void *p, const void *q)
{
	const struct choice *x = p, *y = q;

	return slice_compare(str_slice(&x->text), str_slice(&y->text));
}

static void add_id(struct writer *wr, struct slice id)
{
	if (!id.len || wr->last[0].id)
		return;
	str_addf(&wr->out, "{#%.*s}", (int)id.len, id.p);
	wr->last[0].end = wr->out.len;
	wr->last[0].id = true;
}

void choices_sort(struct choices *c)
{
	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), by_text);
}

bool choices_write(struct writer *wr, const struct choices *list, struct slice id, bool lines)
{
	struct wording *v = mem_zalloc((list->n + 1) * sizeof(*v));
	bool good;

	for (size_t i = 0; i < list->n; i++) {
		struct choice *c = &list->v[i];
		struct slice text = wording_trim(str_slice(&c->written));

		v[i] = (struct wording){.who = c->n_who ? c->who : NULL,
					.n_who = c->n_who,
					.none = c->none,
					.codes = true};
		str_add_slice(&v[i].text, text);
		lines = lines || (text.len && memchr(text.p, '\n', text.len));
	}
	good = list->n > 0 && write_point(wr, v, list->n, lines);
	if (good)
		add_id(wr, id);
	for (size_t i = 0; i < list->n; i++)
		str_release(&v[i].text);
	free(v);
	return good;
}
