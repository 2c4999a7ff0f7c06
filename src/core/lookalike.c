/* SPDX-License-Identifier: MIT */
#include "core/lookalike.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

/* ---- signs ---- */

/* east: Chinese and Japanese have it of their own. */
static const struct sign {
	uint32_t cp;
	char like;
	bool east;
} signs[] = {
	{0x060D, '/', false},                       /* Arabic date separator */
	{0x2044, '/', false},                       /* fraction slash */
	{0x2045, '[', false},                       /* with quill */
	{0x2046, ']', false}, {0x2215, '/', false}, /* division slash */
	{0x2308, '[', false},                       /* ceilings and floors */
	{0x2309, ']', false}, {0x230A, '[', false},
	{0x230B, ']', false}, {0x23A1, '[', false}, /* pieces of large ones */
	{0x23A3, '[', false}, {0x23A4, ']', false},
	{0x23A6, ']', false}, {0x2571, '/', false}, /* box drawing */
	{0x2772, '[', false},                       /* tortoise shells as ornaments */
	{0x2773, ']', false}, {0x27E6, '[', false}, /* white, of mathematics */
	{0x27E7, ']', false}, {0x27EC, '[', false},
	{0x27ED, ']', false}, {0x298B, '[', false}, /* with underbar, ticks */
	{0x298C, ']', false}, {0x298D, '[', false},
	{0x298E, ']', false}, {0x298F, '[', false},
	{0x2990, ']', false}, {0x2997, '[', false}, /* black tortoise shells */
	{0x2998, ']', false}, {0x29F8, '/', false}, /* big solidus */
	{0x2E22, '[', false},                       /* half brackets */
	{0x2E23, ']', false}, {0x2E24, '[', false},
	{0x2E25, ']', false}, {0x2E55, '[', false}, /* with stroke */
	{0x2E56, ']', false}, {0x2E57, '[', false},
	{0x2E58, ']', false}, {0x2F03, '/', false},
	{0x3010, '[', true},                       /* lenticular */
	{0x3011, ']', true},  {0x3014, '[', true}, /* tortoise shells */
	{0x3015, ']', true},  {0x3016, '[', true},
	{0x3017, ']', true},  {0x3018, '[', true},
	{0x3019, ']', true},  {0x301A, '[', true},
	{0x301B, ']', true},  {0x31D3, '/', true},
	{0xFE47, '[', true},                       /* for vertical lines */
	{0xFE48, ']', true},  {0xFE5D, '[', true}, /* small */
	{0xFE5E, ']', true},
};

#define FIRST_SIGN       0x060D
#define FULL_WIDTH_SLASH 0xFF0F

static const struct sign *sign_of(uint32_t cp)
{
	const size_t n = sizeof(signs) / sizeof(*signs);
	size_t i;

	SORTED_SKIP(i, n, signs[i].cp < cp);
	return i < n && signs[i].cp == cp ? &signs[i] : NULL;
}

/* ---- letters ---- */

enum script { SCRIPT_NONE, LATIN, CYRILLIC, GREEK, SCRIPTS };

static const char *const script_names[SCRIPTS] = {
	[LATIN] = N_("Latin"), [CYRILLIC] = N_("Cyrillic"), [GREEK] = N_("Greek")};

/* Letters that look like a Latin one, after UTS 39's confusables.txt; upright and common faces
 * only. By code point. */
static const struct twin {
	uint16_t cp;
	char latin;
} twins[] = {
	{0x37F, 'J'}, {0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'},
	{0x399, 'I'}, {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'},
	{0x3A4, 'T'}, {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3B1, 'a'}, {0x3B3, 'y'}, {0x3B9, 'i'},
	{0x3BA, 'k'}, {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C5, 'u'}, {0x3C7, 'x'},
	{0x3F2, 'c'}, {0x3F3, 'j'}, {0x3F9, 'C'}, {0x405, 'S'}, {0x406, 'I'}, {0x408, 'J'},
	{0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'},
	{0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'},
	{0x430, 'a'}, {0x435, 'e'}, {0x43A, 'k'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'},
	{0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'}, {0x474, 'V'},
	{0x475, 'v'}, {0x4AE, 'Y'}, {0x4AF, 'y'}, {0x4BB, 'h'}, {0x4C0, 'I'}, {0x4CF, 'l'},
	{0x501, 'd'}, {0x50C, 'G'}, {0x51A, 'Q'}, {0x51B, 'q'}, {0x51C, 'W'}, {0x51D, 'w'},
};

static char latin_of(uint32_t cp)
{
	const size_t n = sizeof(twins) / sizeof(*twins);
	size_t i;

	SORTED_SKIP(i, n, twins[i].cp < cp);
	return i < n && twins[i].cp == cp ? twins[i].latin : '\0';
}

/* Blocks, not the property: what stands in others is no letter that anybody types. */
static enum script script_of(uint32_t cp)
{
	if (cp < 0x250)
		return cp == 0xAA || cp == 0xB5 || cp == 0xBA || !uc_is_alpha(cp) ? SCRIPT_NONE
										  : LATIN;
	if ((cp >= 0x370 && cp < 0x400) || (cp >= 0x1F00 && cp < 0x2000))
		return uc_is_alpha(cp) ? GREEK : SCRIPT_NONE;
	if (cp >= 0x400 && cp < 0x530)
		return uc_is_alpha(cp) ? CYRILLIC : SCRIPT_NONE;
	return cp >= 0x1E00 && cp < 0x1F00 ? LATIN : SCRIPT_NONE;
}

/* Whether a letter of the script `other` looks like the Latin one. */
static bool has_twin(char latin, enum script other)
{
	if (other == LATIN)
		return true;
	for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++)
		if (twins[i].latin == latin && (twins[i].cp >= 0x400) == (other == CYRILLIC))
			return true;
	return false;
}

/* Whether the letter, of a script, looks like one of the script `other`. */
static bool looks_like(uint32_t cp, enum script script, enum script other)
{
	char latin = script == LATIN ? (cp < 0x80 ? (char)cp : '\0') : latin_of(cp);

	return latin && has_twin(latin, other);
}

/* ---- going through ---- */

struct finder {
	struct lookalikes *list;
	struct slice text;
	const struct brackets *b;
	size_t most;
	bool east; /* the paragraph has Chinese or Japanese characters */
};

static void add(struct finder *f, struct lookalike one)
{
	if (f->list->n == f->most)
		return;
	MEM_GROW(f->list->v, f->list->n, f->list->cap);
	f->list->v[f->list->n++] = one;
}

static bool has_eastern(struct slice line)
{
	uint32_t cp;

	for (size_t i = 0, n; i < line.len; i += n) {
		n = utf8_decode(line.p + i, line.len - i, &cp);
		if (utf8_is_han(cp) || utf8_is_kana(cp))
			return true;
	}
	return false;
}

static bool blank_at(struct slice text, size_t at)
{
	return at < text.len &&
	       (text.p[at] == '\n' || utf8_blank_at(text.p + at, text.len - at));
}

static bool blank_before(struct slice text, size_t at)
{
	return at && (text.p[at - 1] == '\n' || utf8_blank_before(text.p, at));
}

/* Where a slash would separate: in a point, with a blank on both sides. */
static bool separates(const struct finder *f, size_t at, size_t len)
{
	return blank_before(f->text, at) && blank_at(f->text, at + len) &&
	       brackets_point_at(f->b, at) != BRACKET_NONE;
}

static bool ends_with(struct slice text, size_t at, const char *word)
{
	size_t len = strlen(word);

	return at >= len && memcmp(text.p + at - len, word, len) == 0;
}

/* A full-width slash in a bracket that offers one wording: 选项一／选项二 is meant as two. */
static bool is_tight(const struct finder *f, size_t at, size_t len)
{
	uint32_t i = brackets_point_at(f->b, at);
	const struct point *p = i == BRACKET_NONE ? NULL : &f->b->points[i];
	struct slice after = slice_make(f->text.p + at + len, f->text.len - at - len);

	if (!p || p->n_brackets > 1 || p->kind != KIND_OPTIONAL || ends_with(f->text, at, "\\"))
		return false;
	return !slice_starts(after, "\u6216") ||
	       (!ends_with(f->text, at, "\u548C") && !ends_with(f->text, at, "\u53CA") &&
		!ends_with(f->text, at, "\u4E0E"));
}

static void look_at_sign(struct finder *f, size_t at, size_t len, uint32_t cp)
{
	const struct sign *s = sign_of(cp);
	struct lookalike one = {LOOKALIKE_SLASH, at, len, cp, '/', at, at + len, {NULL, NULL}};

	if (cp == FULL_WIDTH_SLASH && is_tight(f, at, len) && !brackets_is_unread(f->b, at)) {
		one.kind = LOOKALIKE_TIGHT;
		add(f, one);
	}
	if (!s || (s->east && f->east) || brackets_is_unread(f->b, at))
		return;
	if (s->like == '/' && !separates(f, at, len))
		return;
	one.like = s->like;
	if (s->like != '/')
		one.kind = s->like == '[' ? LOOKALIKE_OPEN : LOOKALIKE_CLOSE;
	add(f, one);
}

/* Letters of one script in a word. */
struct share {
	size_t n, first;     /* the first one's place */
	bool twins[SCRIPTS]; /* all of them look like letters of that script */
};

static void count_letters(struct slice text, size_t begin, size_t end,
			  struct share share[SCRIPTS])
{
	uint32_t cp;

	for (size_t i = begin, n; i < end; i += n) {
		enum script s;

		n = utf8_decode(text.p + i, end - i, &cp);
		s = script_of(cp);
		if (s == SCRIPT_NONE)
			continue;
		if (!share[s].n++) {
			share[s].first = i;
			for (int k = LATIN; k < SCRIPTS; k++)
				share[s].twins[k] = true;
		}
		for (int k = LATIN; k < SCRIPTS; k++)
			share[s].twins[k] =
				share[s].twins[k] && looks_like(cp, s, (enum script)k);
	}
}

static void look_at_word(struct finder *f, size_t begin, size_t end)
{
	struct share share[SCRIPTS] = {{0}};
	int odd = SCRIPT_NONE, others = SCRIPT_NONE;
	struct lookalike one = {.kind = LOOKALIKE_SCRIPTS, .word = begin, .word_end = end};

	count_letters(f->text, begin, end, share);
	for (int a = LATIN; a < SCRIPTS; a++)
		for (int b = LATIN; b < SCRIPTS; b++)
			if (a != b && share[a].n && share[b].n && share[a].twins[b] &&
			    /* "kΩ" is a unit. */
			    (a != LATIN || b != GREEK || share[b].n > 2) &&
			    (!odd || share[a].n < share[odd].n)) {
				odd = a;
				others = b;
			}
	if (!odd || brackets_is_unread(f->b, begin))
		return;
	one.at = share[odd].first;
	one.len = utf8_decode(f->text.p + one.at, end - one.at, &one.cp);
	one.like = odd == LATIN ? (char)one.cp : latin_of(one.cp);
	one.scripts[0] = script_names[odd];
	one.scripts[1] = script_names[others];
	add(f, one);
}

/* One line. What is of one script at a glance is passed over by bytes. */
static void look_at_line(struct finder *f, size_t begin, size_t end)
{
	size_t word = begin;
	int seen = 0;
	uint32_t cp;

	f->east = has_eastern(slice_make(f->text.p + begin, end - begin));
	for (size_t i = begin, n; i <= end && f->list->n < f->most; i += n) {
		bool letter;
		enum script s;

		n = i < end ? utf8_decode(f->text.p + i, end - i, &cp) : 1;
		s = i < end && cp != UTF8_BAD ? script_of(cp) : SCRIPT_NONE;
		letter = s != SCRIPT_NONE ||
			 (i < end && cp != UTF8_BAD && cp >= 0x300 && uc_is_alpha(cp)) ||
			 (i < end && cp >= 0x300 && cp < 0x370);
		if (letter) {
			seen |= 1 << s;
			continue;
		}
		/* Of two scripts or three: more than one of the bits 1 to 3. */
		seen &= ~1;
		if (seen & (seen - 1))
			look_at_word(f, word, i);
		if (i < end && cp >= FIRST_SIGN && cp != UTF8_BAD)
			look_at_sign(f, i, n, cp);
		word = i + n;
		seen = 0;
	}
}

void lookalikes_find(struct lookalikes *list, struct slice text, const struct brackets *b,
		     size_t most)
{
	struct finder f = {.list = list, .text = text, .b = b, .most = most};

	list->n = 0;
	for (size_t at = 0; at < text.len && list->n < most;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.p) : text.len;
		bool ascii = true;

		for (size_t i = at; ascii && i < end; i++)
			ascii = (unsigned char)text.p[i] < 0x80;
		if (!ascii)
			look_at_line(&f, at, end);
		at = end + 1;
	}
}

void lookalikes_release(struct lookalikes *list)
{
	free(list->v);
	*list = (struct lookalikes){NULL, 0, 0};
}
