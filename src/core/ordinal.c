/* SPDX-License-Identifier: MIT */
#include "core/ordinal.h"

#include "core/utf8.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>

/* Lower case; й stands only in lists that count it. */
static const uint32_t cyrillic[] = {0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436,
				    0x437, 0x438, 0x43A, 0x43B, 0x43C, 0x43D, 0x43E,
				    0x43F, 0x440, 0x441, 0x442, 0x443, 0x444, 0x445,
				    0x446, 0x447, 0x448, 0x449, 0x44D, 0x44E, 0x44F};
static const uint32_t cyrillic_short_i[] = {
	0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436, 0x437, 0x438, 0x439,
	0x43A, 0x43B, 0x43C, 0x43D, 0x43E, 0x43F, 0x440, 0x441, 0x442, 0x443,
	0x444, 0x445, 0x446, 0x447, 0x448, 0x449, 0x44D, 0x44E, 0x44F};
/* Abjad: أ ب ج د ه و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ */
static const uint32_t arabic[] = {0x623, 0x628, 0x62C, 0x62F, 0x647, 0x648, 0x632,
				  0x62D, 0x637, 0x64A, 0x643, 0x644, 0x645, 0x646,
				  0x633, 0x639, 0x641, 0x635, 0x642, 0x631, 0x634,
				  0x62A, 0x62B, 0x62E, 0x630, 0x636, 0x638, 0x63A};

#define COUNT(a) (int)(sizeof(a) / sizeof(*(a)))

static uint32_t letter_of(int index, enum ordinal_style style, bool with_short_i)
{
	if (style == ORDINAL_LATIN)
		return (uint32_t)('a' + index);
	if (style == ORDINAL_ARABIC)
		return arabic[index];
	return with_short_i ? cyrillic_short_i[index] : cyrillic[index];
}

static int letters_in(enum ordinal_style style, bool with_short_i)
{
	if (style == ORDINAL_LATIN)
		return 26;
	if (style == ORDINAL_ARABIC)
		return COUNT(arabic);
	return with_short_i ? COUNT(cyrillic_short_i) : COUNT(cyrillic);
}

static bool is_suffix_at(const char *p, size_t len, size_t *n)
{
	static const char *const words[] = {"bis", "ter", "quater"};

	for (size_t i = 0; i < 3; i++) {
		*n = strlen(words[i]);
		if (len >= *n && memcmp(p, words[i], *n) == 0)
			return true;
	}
	return false;
}

/* "bis" and its like at `at`, glued or after a blank. */
static void read_suffix(const char *p, size_t len, size_t at, struct ordinal *o)
{
	size_t blank = utf8_blank_at(p + at, len - at), n;

	if (o->suffix != o->suffix_end || !is_suffix_at(p + at + blank, len - at - blank, &n))
		return;
	o->suffix = at;
	o->suffix_end = at + blank + n;
}

static bool read_number(const char *p, size_t len, size_t at, struct ordinal *o)
{
	o->style = ORDINAL_NUMBER;
	for (;;) {
		o->core = at;
		while (at < len && p[at] >= '0' && p[at] <= '9')
			at++;
		o->core_end = at;
		if (at == o->core)
			return false;
		o->numbers++;
		if (at + 1 >= len || p[at] != '.' || p[at + 1] < '0' || p[at + 1] > '9')
			return true;
		at++;
	}
}

static bool all_roman(const char *p, size_t len)
{
	return ordinal_value(p, len, ORDINAL_ROMAN, false) > 0;
}

static bool read_letters(const char *p, size_t len, size_t at, struct ordinal *o)
{
	size_t end = at, n, cut;
	uint32_t cp = 0, first = 0;

	while (end < len) {
		n = utf8_decode(p + end, len - end, &cp);
		if (cp == UTF8_BAD || !uc_is_alpha(cp))
			break;
		if (!first)
			first = cp;
		end += n;
	}
	if (end == at)
		return false;
	o->core = at;
	o->core_end = end;
	/* A glued "bis": there must be a letter before it. */
	for (size_t i = at + 1; i < end; i++) {
		if (is_suffix_at(p + i, end - i, &cut) && i + cut == end) {
			o->core_end = i;
			break;
		}
	}
	o->upper = uc_is_upper(first);
	o->short_i = uc_tolower(first) == 0x439;
	size_t core_len = o->core_end - o->core;
	if (first < 0x250) {
		bool roman = all_roman(p + o->core, core_len);
		int latin = ordinal_value(p + o->core, core_len, ORDINAL_LATIN, false);

		o->style = roman && (core_len > 1 || !latin) ? ORDINAL_ROMAN : ORDINAL_LATIN;
		o->may_be_roman = roman && o->style == ORDINAL_LATIN;
		o->may_be_latin = latin && o->style == ORDINAL_ROMAN;
		/* "cc" and "mm" are letters; as numerals nobody counts that far. */
		if (o->may_be_latin && !strchr("ivxIVX", p[o->core])) {
			o->style = ORDINAL_LATIN;
			o->may_be_latin = false;
		}
	} else {
		o->style = first >= 0x600 ? ORDINAL_ARABIC : ORDINAL_CYRILLIC;
	}
	return true;
}

bool ordinal_read(const char *label, size_t len, struct ordinal *o)
{
	size_t at = 0;

	*o = (struct ordinal){0};
	if (len && *label == '(') {
		o->open = '(';
		at = 1;
	}
	if (!read_number(label, len, at, o) && !read_letters(label, len, at, o))
		return false;
	at = o->core_end;
	read_suffix(label, len, at, o);
	if (o->suffix_end > at)
		at = o->suffix_end;
	if (at < len && (label[at] == ')' || label[at] == '.'))
		o->close = label[at++];
	read_suffix(label, len, at, o);
	return true;
}

static int roman_value(const char *p, size_t len)
{
	static const char signs[] = "ivxlcdm";
	static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
	struct str back = STR_INIT;
	int sum = 0, last = 0;

	if (!len || len > 15)
		return 0;
	for (size_t i = len; i-- > 0;) {
		char c = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
		const char *s = memchr(signs, c, 7);
		if (!s)
			return 0;
		int v = values[s - signs];
		sum += v < last ? -v : v;
		last = v > last ? v : last;
	}
	/* Only the one proper way to write it: not "iix" or "vv". */
	if (!ordinal_write(&back, sum, ORDINAL_ROMAN, p[0] >= 'A' && p[0] <= 'Z', false) ||
	    back.len != len || memcmp(back.p, p, len) != 0)
		sum = 0;
	str_release(&back);
	return sum;
}

int ordinal_value(const char *core, size_t len, enum ordinal_style style, bool with_short_i)
{
	int value = 0, times = 0, all = letters_in(style, with_short_i);
	uint32_t first = 0, cp;

	if (style == ORDINAL_ROMAN)
		return roman_value(core, len);
	if (style == ORDINAL_NUMBER) {
		for (size_t i = 0; i < len; i++) {
			if (core[i] < '0' || core[i] > '9' || value > ORDINAL_MOST)
				return 0;
			value = value * 10 + (core[i] - '0');
		}
		return value;
	}
	for (size_t at = 0; at < len; times++) {
		at += utf8_decode(core + at, len - at, &cp);
		if (cp == UTF8_BAD)
			return 0;
		cp = uc_tolower(cp);
		if (cp == 0x627 || cp == 0x625 || cp == 0x622) /* alef, however it is dressed */
			cp = 0x623;
		if (!times)
			first = cp;
		if (cp != first)
			return 0;
	}
	for (int i = 0; i < all; i++)
		if (letter_of(i, style, with_short_i) == first)
			return i + 1 + all * (times - 1);
	return 0;
}

static bool write_roman(struct str *out, int value, bool upper)
{
	static const char *const ones[] = {"",  "i",  "ii",  "iii",  "iv",
					   "v", "vi", "vii", "viii", "ix"};
	static const char *const tens[] = {"",  "x",  "xx",  "xxx",  "xl",
					   "l", "lx", "lxx", "lxxx", "xc"};
	static const char *const cents[] = {"",  "c",  "cc",  "ccc",  "cd",
					    "d", "dc", "dcc", "dccc", "cm"};
	size_t from = out->len;

	if (value > ORDINAL_MOST)
		return false;
	str_add_text(out, cents[value / 100]);
	str_add_text(out, tens[value / 10 % 10]);
	str_add_text(out, ones[value % 10]);
	for (size_t i = from; upper && i < out->len; i++)
		out->p[i] = (char)(out->p[i] - 32);
	return true;
}

bool ordinal_write(struct str *out, int value, enum ordinal_style style, bool upper,
		   bool with_short_i)
{
	int all = letters_in(style, with_short_i);
	char bytes[4];

	if (value < 1)
		return false;
	if (style == ORDINAL_ROMAN)
		return write_roman(out, value, upper);
	if (style == ORDINAL_NUMBER) {
		if (value > ORDINAL_MOST)
			return false;
		str_addf(out, "%d", value);
		return true;
	}
	if (value > 3 * all) /* FORMAT.md: the same letter two or three times */
		return false;
	uint32_t cp = letter_of((value - 1) % all, style, with_short_i);
	size_t n = utf8_encode(upper ? uc_toupper(cp) : cp, bytes);
	for (int i = 0; i <= (value - 1) / all; i++)
		str_add(out, bytes, n);
	return true;
}
