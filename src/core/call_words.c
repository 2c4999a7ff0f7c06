/* SPDX-License-Identifier: MIT */
#include "call_impl.h"

#include "core/sorted.h"
#include "core/str.h"
#include "core/utf8.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* Which verb of the tables stands at a place. */

/* ------ Words as verbs are compared ------ */

/* The letter without its accent, for the scripts of the tables. */
static uint32_t base_of(uint32_t cp)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	switch (cp) {
	case 0x439: /* й */
		return 0x438;
	case 0x451: /* ё */
		return 0x435;
	case 0x622: /* alef with madda or hamza */
	case 0x623:
	case 0x625:
		return 0x627;
	default:
		break;
	}
	if (cp < 0xC0 || (cp > 0x24F && (cp < 0x1E00 || cp > 0x1EFF)))
		return cp;
	while (uc_canonical_decomposition(cp, parts) > 0)
		cp = parts[0];
	return cp;
}

static bool counts_for_nothing(uint32_t cp)
{
	return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 ||
	       cp == 0x640 || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F);
}

/* What a code point counts as; 0: nothing. Accents fall: capitals often lack them. */
static uint32_t fold(uint32_t cp)
{
	if (cp < 0x80) {
		if (cp == '*' || cp == '_')
			return 0;
		if (cp == '\t')
			return ' ';
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	}
	if (cp == UTF8_BAD)
		return 0xFFFD;
	if (utf8_is_blank(cp))
		return ' ';
	if (cp == 0x2019 || cp == 0x2018 || cp == 0x2BC)
		return '\'';
	if (counts_for_nothing(cp))
		return 0;
	return cp >= 0x600 && cp <= 0x6FF ? base_of(cp) : base_of(uc_tolower(cp));
}

/* The next code point that counts, a run of blanks as one; 0 at the end. */
static uint32_t fold_next(const char *p, size_t len, size_t *at)
{
	uint32_t cp, folded = 0;

	while (*at < len && !folded) {
		*at += utf8_decode(p + *at, len - *at, &cp);
		folded = fold(cp);
	}
	if (folded == ' ') {
		while (*at < len) {
			size_t n = utf8_decode(p + *at, len - *at, &cp);

			if (fold(cp) != ' ' && fold(cp) != 0)
				break;
			*at += n;
		}
	}
	return folded;
}

/* Bytes at p that count for nothing, emphasis marks aside: vowel signs, accents. */
static size_t marks_at(const char *p, size_t len)
{
	size_t at = 0;

	while (at < len && (unsigned char)p[at] >= 0x80) {
		uint32_t cp;
		size_t n = utf8_decode(p + at, len - at, &cp);

		if (fold(cp))
			break;
		at += n;
	}
	return at;
}

static bool is_letter_at(const char *p, size_t len)
{
	uint32_t cp;

	if (!len)
		return false;
	utf8_decode(p, len, &cp);
	return cp != UTF8_BAD && (uc_is_alpha(cp) || uc_is_digit(cp));
}

size_t call_words_at(const char *p, size_t len, const char *words, size_t words_len)
{
	size_t at = 0, w = 0;
	uint32_t want, last = 0;

	while ((want = fold_next(words, words_len, &w)) != 0) {
		if (fold_next(p, len, &at) != want)
			return 0;
		last = want;
	}
	if (!last)
		return 0;
	at += marks_at(p + at, len - at);
	if (last != '\'' && last != ' ' && !utf8_is_han(last) && is_letter_at(p + at, len - at))
		return 0;
	return at;
}

/* ------ Verbs ------ */

/* What an entry of the tables begins with, accents and '~' aside. */
static uint32_t first_of(const char *entry)
{
	uint32_t cp;

	entry += *entry == '~';
	if ((unsigned char)*entry < 0x80)
		return (unsigned char)*entry;
	utf8_decode(entry, 4, &cp); /* well-formed: reads no further than it goes */
	return base_of(cp);
}

/* The first entry of the list that begins with that or with what comes after it. */
static size_t first_with(const struct call_words *list, uint32_t first)
{
	size_t i;

	SORTED_SKIP(i, list->n, first_of(list->v[i]) < first);
	return i;
}

/* Whether the second letter of the text says already that the entry does not stand there: most
 * lines are no calls, and are told from them by two letters. */
static bool second_differs(const char *p, size_t len, const char *entry)
{
	if ((unsigned char)entry[0] >= 0x80 || entry[1] < 'a' || entry[1] > 'z')
		return false;
	if (len == 1)
		return true;
	if ((unsigned char)p[1] >= 0x80 || p[1] == '*' || p[1] == '_')
		return false;
	return (uint32_t)entry[1] != fold((unsigned char)p[1]);
}

/* The longest entry of the list at p; its bytes, 0 where none fits. */
static size_t longest_at(const char *p, size_t len, const struct call_words *list,
			 size_t *index, bool *ambiguous)
{
	size_t best = 0, start = 0;
	uint32_t first = fold_next(p, len, &start);

	for (size_t i = first_with(list, first); i < list->n; i++) {
		bool noun = *list->v[i] == '~';
		const char *entry = list->v[i] + noun;
		size_t n;

		if (first_of(entry) != first)
			break;
		if (start == 1 && second_differs(p, len, entry))
			continue;
		n = call_words_at(p, len, entry, strlen(entry));
		if (n > best) {
			best = n;
			*index = i;
			*ambiguous = noun;
		}
	}
	return best;
}

/* The same for adverbs, where neither the index nor ambiguity matters. */
size_t call_adverb_at(const char *p, size_t len, const struct call_words *list)
{
	size_t index;
	bool ambiguous;

	return longest_at(p, len, list, &index, &ambiguous);
}

static size_t blanks_and_stars(const char *p, size_t len)
{
	size_t at = 0, n;

	for (;;) {
		if (at < len && (p[at] == '*' || p[at] == '_'))
			at++;
		else if ((n = utf8_blank_at(p + at, len - at)) != 0)
			at += n;
		else
			return at;
	}
}

/* After a verb: "further", "with appreciation", and, in either place, "also". */
static size_t adverbs_after(const struct call_language *lang, const char *p, size_t len)
{
	size_t end = 0;

	for (;;) {
		size_t gap = blanks_and_stars(p + end, len - end);
		const char *q = p + end + gap;
		size_t rest = len - end - gap;
		size_t n = gap ? call_adverb_at(q, rest, &lang->after) : 0;

		if (!n && gap)
			n = call_adverb_at(q, rest, &lang->before);
		if (!n)
			return end;
		end += gap + n;
	}
}

/* A verb of one language and group at p; fills call but for rest_end. */
static bool verb_of(size_t language, enum call_group group, const char *p, size_t len,
		    struct call *call)
{
	const struct call_language *lang = &call_languages[language];
	const struct call_words *list =
		group == CALL_PREAMBULAR ? &lang->preambular : &lang->operative;
	size_t at = 0, n, index = 0;
	bool ambiguous = false;

	n = longest_at(p, len, list, &index, &ambiguous);
	if (!n) {
		at = call_adverb_at(p, len, &lang->before);
		if (at && language != CALL_ZH)
			at += blanks_and_stars(p + at, len - at);
		/* Arabic "and" is written onto its verb. */
		if (!at && language == CALL_AR && len > 2 && memcmp(p, "\xD9\x88", 2) == 0)
			at = 2 + marks_at(p + 2, len - 2);
		if (at)
			n = longest_at(p + at, len - at, list, &index, &ambiguous);
	}
	if (!n)
		return false;
	at += n;
	at += adverbs_after(lang, p + at, len - at);
	*call = (struct call){
		group, (uint16_t)((language * 2 + (group == CALL_OPERATIVE)) << 8),
		0,     at,
		at,    ambiguous};
	call->verb = (uint16_t)(call->verb + index);
	return true;
}

/* The languages that a text beginning with cp may be in: a range of the table. */
static bool languages_of(uint32_t cp, size_t *from, size_t *to)
{
	if (cp < 0x250 && cp != UTF8_BAD && uc_is_alpha(cp)) {
		*from = CALL_EN;
		*to = CALL_RU;
	} else if (cp >= 0x400 && cp <= 0x52F) {
		*from = CALL_RU;
		*to = CALL_AR;
	} else if (cp >= 0x600 && cp <= 0x6FF) {
		*from = CALL_AR;
		*to = CALL_ZH;
	} else if (utf8_is_han(cp)) {
		*from = CALL_ZH;
		*to = CALL_LANGUAGES;
	} else {
		return false;
	}
	return true;
}

bool call_verb_in(enum call_group group, const char *p, size_t len, struct call *call)
{
	size_t from, to;
	struct call one;
	uint32_t cp;
	bool found = false;

	if (!len)
		return false;
	utf8_decode(p, len, &cp);
	if (!languages_of(cp, &from, &to))
		return false;
	for (size_t i = from; i < to; i++) {
		if (verb_of(i, group, p, len, &one) && (!found || one.end > call->end)) {
			*call = one;
			found = true;
		}
	}
	return found;
}

bool call_verb_at(const char *p, size_t len, struct call *call)
{
	struct call operative;

	if (len > CALL_MOST)
		len = CALL_MOST;
	bool found = call_verb_in(CALL_PREAMBULAR, p, len, call);
	if (call_verb_in(CALL_OPERATIVE, p, len, &operative) &&
	    (!found || operative.end > call->end)) {
		*call = operative;
		found = true;
	}
	return found;
}

size_t call_verbs(const char *language, enum call_group group)
{
	for (size_t i = 0; i < CALL_LANGUAGES; i++) {
		const struct call_language *lang = &call_languages[i];

		if (strcmp(lang->code, language) == 0)
			return group == CALL_PREAMBULAR ? lang->preambular.n
							: lang->operative.n;
	}
	return 0;
}
