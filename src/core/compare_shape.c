/* SPDX-License-Identifier: MIT */
#include "compare_impl.h"

#include "core/draft.h"
#include "core/front.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/word.h"

#include <string.h>

/* What language a text is in, as far as that can be told, and its structure. */

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_ARABIC, SCRIPT_HAN, SCRIPTS };

static enum script script_of(uint32_t cp)
{
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
	    (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7))
		return SCRIPT_LATIN;
	if (cp >= 0x400 && cp <= 0x52F)
		return SCRIPT_CYRILLIC;
	if ((cp >= 0x620 && cp <= 0x64A) || (cp >= 0x66E && cp <= 0x6D3))
		return SCRIPT_ARABIC;
	if (utf8_is_han(cp))
		return SCRIPT_HAN;
	return SCRIPT_NONE;
}

/* The script that most of a text's words are in. A Han character is worth three letters. */
static enum script main_script(struct slice s)
{
	size_t count[SCRIPTS] = {0};
	enum script best = SCRIPT_NONE;
	uint32_t cp;

	for (size_t i = front_matter_at(s); i < s.len;) {
		enum script script;

		i += utf8_decode(s.p + i, s.len - i, &cp);
		script = script_of(cp);
		count[script] += script == SCRIPT_HAN ? 3 : 1;
	}
	for (int k = SCRIPT_LATIN; k < SCRIPTS; k++)
		if (count[k] > (best ? count[best] : 0))
			best = (enum script)k;
	return best;
}

/* "fr" of "fr-CA": the letters before anything else, in lower case; at most 7 of them. */
static void language_of(struct slice s, char language[8])
{
	struct front_matter front;
	size_t n = 0;

	front_matter_read(&front, s);
	for (const char *p = front.language; p && n < 7; p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p | 32) : *p;

		if (c < 'a' || c > 'z')
			break;
		language[n++] = c;
	}
	language[n] = '\0';
	front_matter_release(&front);
}

/* Words that one of the languages in Latin letters has in every paragraph, and the others not.
 */
static const struct {
	char language[3];
	const char *words[7];
} telling[] = {
	{"en", {"the", "of", "and", "that", "shall", "which", "with"}},
	{"fr", {"les", "des", "du", "et", "aux", "dans", "qui"}},
	{"es", {"el", "los", "las", "del", "y", "para", "con"}},
};

#define LANGUAGES     (sizeof(telling) / sizeof(*telling))
#define LANGUAGE_HITS 8     /* fewer such words tell nothing */
#define LANGUAGE_LOOK 65536 /* bytes that are looked at */

static bool is_telling(size_t language, struct slice word)
{
	for (size_t i = 0; i < sizeof(telling->words) / sizeof(*telling->words); i++)
		if (slice_is(word, telling[language].words[i]))
			return true;
	return false;
}

/* The language of a text in Latin letters by its small words; "" where they do not tell. */
static const char *small_words(struct slice s)
{
	size_t count[LANGUAGES] = {0}, best = 0, others = 0;

	if (s.len > LANGUAGE_LOOK)
		s.len = LANGUAGE_LOOK;
	for (size_t at = front_matter_at(s), n; at < s.len; at += n) {
		enum token_kind kind;

		n = token_at(s.p + at, s.len - at, &kind);
		for (size_t k = 0; kind == TOKEN_WORD && k < LANGUAGES; k++)
			count[k] += is_telling(k, slice_make(s.p + at, n));
	}
	for (size_t k = 1; k < LANGUAGES; k++)
		if (count[k] > count[best])
			best = k;
	for (size_t k = 0; k < LANGUAGES; k++)
		others += k == best ? 0 : count[k];
	return count[best] >= LANGUAGE_HITS && count[best] >= 4 * others
		       ? telling[best].language
		       : "";
}

bool texts_are_foreign(struct slice a, struct slice b)
{
	char x[8], y[8];
	enum script s, t;
	const char *p, *q;

	language_of(a, x);
	language_of(b, y);
	if (*x && *y)
		return strcmp(x, y) != 0;
	s = main_script(a);
	t = main_script(b);
	if (s != SCRIPT_LATIN || t != SCRIPT_LATIN)
		return s && t && s != t;
	p = small_words(a);
	q = small_words(b);
	return *p && *q && strcmp(p, q) != 0;
}

static uint64_t shape_of(const struct paragraph *p)
{
	uint64_t value = (uint64_t)(uint32_t)p->value;

	if (p->kind == PARA_BLANK)
		return 0;
	/* Text under a call stands under that call, whatever it says. */
	return (uint64_t)p->kind << 56 | (uint64_t)p->group << 52 |
	       (uint64_t)(p->level & 0xFF) << 40 | (value & 0xFFFFFFFFu);
}

uint64_t *column_shape(const struct compare_column *col)
{
	uint64_t *shape = mem_array(NULL, col->n, sizeof(*shape));
	struct draft d;

	draft_read(&d, col->text.text, &col->brackets);
	for (size_t i = 0; i < col->n; i++) {
		uint32_t at = draft_paragraph_at(&d, col->v[i].begin);

		shape[i] = at == PARAGRAPH_NONE ? 0 : shape_of(&d.v[at]);
	}
	draft_release(&d);
	return shape;
}
