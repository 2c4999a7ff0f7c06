/* SPDX-License-Identifier: MIT */
#include "support_merge.h"

#include "core/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Three regions start from one text and are merged in turn: in every order the same points come
 * of it, byte for byte, parties aside.
 */

/* ---- texts as words ---- */

#define WORDS      96
#define PARAGRAPHS 96
#define APART      48 /* numbers from one paragraph's words to the next's */

struct paragraph {
	char v[WORDS][40];
	size_t n;
};

struct text {
	struct paragraph v[PARAGRAPHS];
	size_t n;
	bool dense; /* no blanks between words */
};

/* RESOLUTION: half of the words common, the others now and then; sixty long paragraphs. */
enum script { LATIN, COMMON, RESOLUTION, ARABIC, CHINESE };
/* Brackets: [a / b], [a][b], [a [b] / c]. */
enum shape { NO_POINTS, POINTS, ROWS, NESTED };

/* What regions may do, each as one in so many places; 0: never. */
struct kind {
	const char *name;
	enum script script;
	size_t replace, rewrite, insert, drop; /* words */
	size_t add, out, move;                 /* paragraphs */
	size_t moves;                          /* how many move; 0: one */
	enum shape points;                     /* brackets that the base has */
	bool shared;                           /* regions may say the same */
};

/* The n-th word there is; those that regions bring are beyond all of the base. */
static void word_of(enum script script, size_t n, char out[40])
{
	static const char *const common[] = {
		"the",     "of",       "to",      "and",   "Members", "shall", "report",
		"Council", "Director", "invite",  "in",    "a",       "on",    "work",
		"study",   "group",    "results", "every", "year",    "union"};
	static const char *const letters[] = {"ا", "ب", "ت", "ج", "د", "ر", "س", "ع", "ف", "ق"};
	struct str s = STR_INIT;

	switch (script) {
	case LATIN:
		str_addf(&s, "w%zu", n);
		break;
	case COMMON:
		if (n < 1000)
			str_add_text(&s, common[n * 7 % 20]);
		else
			str_addf(&s, "n%zu", n);
		break;
	case RESOLUTION:
		if (n < 20)
			str_add_text(&s, common[n]);
		else
			str_addf(&s, "v%zu", n);
		break;
	case ARABIC:
		str_add_text(&s, "و");
		for (; n; n /= 10)
			str_add_text(&s, letters[n % 10]);
		break;
	default:
		n += 0x4E10;
		str_add_char(&s, (char)(0xE0 | n >> 12));
		str_add_char(&s, (char)(0x80 | (n >> 6 & 63)));
		str_add_char(&s, (char)(0x80 | (n & 63)));
		break;
	}
	snprintf(out, 40, "%s", str_text(&s));
	str_release(&s);
}

static void make_point(const struct kind *k, size_t *next, char out[40])
{
	char one[40], two[40], three[40];

	word_of(k->script, (*next)++, one);
	word_of(k->script, (*next)++, two);
	if (k->points == NESTED)
		word_of(k->script, (*next)++, three);
	if (k->points == ROWS)
		snprintf(out, 40, "[%.15s][%.15s]", one, two);
	else if (k->points == NESTED)
		snprintf(out, 40, "[%.9s [%.9s] / %.9s]", one, two, three);
	else
		snprintf(out, 40, "[%.15s / %.15s]", one, two);
}

/* The point decided, or with another wording. */
static void edit_point(struct prng *r, enum shape shape, const char *point, const char *fresh,
		       char out[40])
{
	bool decided = prng_one_in(r, 2);
	size_t first = shape == ROWS ? strcspn(point, "]") : strcspn(point, "/") - 1;

	if (decided)
		snprintf(out, 40, "%.*s", (int)first - 1, point + 1);
	else if (shape == ROWS)
		snprintf(out, 40, "%s[%.9s]", point, fresh);
	else
		snprintf(out, 40, "%.*s / %.9s]", (int)strlen(point) - 1, point, fresh);
}

/* A word of a resolution, other than the one before it. */
static void resolution_word(struct prng *r, const char *before, char out[40])
{
	size_t n = prng_one_in(r, 2) ? prng_below(r, 20)
				     : 20 + prng_below(r, 20 + prng_below(r, 1500));

	word_of(RESOLUTION, n, out);
	while (before && strcmp(out, before) == 0)
		word_of(RESOLUTION, n = (n + 1) % 20, out);
}

static void make_base(struct prng *r, const struct kind *k, struct text *t)
{
	bool real = k->script == RESOLUTION;
	size_t next = real ? 10000 : 0;

	t->n = real ? 60 : 3 + prng_below(r, 4);
	t->dense = k->script == CHINESE;
	for (size_t p = 0; p < t->n; p++) {
		t->v[p].n = real ? 15 + prng_below(r, 45) : 6 + prng_below(r, 22);
		for (size_t i = 0; i < t->v[p].n; i++) {
			if (real)
				resolution_word(r, i ? t->v[p].v[i - 1] : NULL, t->v[p].v[i]);
			else
				word_of(k->script,
					k->script == COMMON ? prng_below(r, 1000) : next++,
					t->v[p].v[i]);
			if (k->points && prng_one_in(r, real ? 60 : 7) && i &&
			    *t->v[p].v[i - 1] != '[') {
				make_point(k, &next, t->v[p].v[i]);
			}
		}
	}
}

static bool is_point(const char *word)
{
	return *word == '[';
}

static void fresh_word(struct prng *r, const struct kind *k, size_t who, size_t place,
		       char *out)
{
	size_t n =
		2000 + place * 8 + (k->shared ? prng_below(r, 3) : who * 2 + prng_below(r, 2));

	word_of(k->script, n, out);
}

static void push(struct paragraph *p, const char *word)
{
	if (p->n < WORDS)
		snprintf(p->v[p->n++], 40, "%s", word);
}

static bool now(struct prng *r, size_t odds)
{
	return odds && prng_one_in(r, odds);
}

/* The paragraph as a region has it. */
static void edit_words(struct prng *r, const struct kind *k, size_t who,
		       const struct paragraph *p, size_t number, struct paragraph *out)
{
	char word[40];

	out->n = 0;
	for (size_t i = 0; i < p->n; i++) {
		size_t place = (number * APART + i) % 400;

		if (now(r, k->insert)) {
			fresh_word(r, k, who, place + 400, word);
			push(out, word);
		}
		if (is_point(p->v[i]) && now(r, k->replace)) {
			char fresh[40];

			fresh_word(r, k, who, place, word);
			snprintf(fresh, 40, "x%zu%zu", who, place);
			edit_point(r, k->points, p->v[i], fresh, word);
			push(out, word);
		} else if (now(r, k->replace)) {
			fresh_word(r, k, who, place, word);
			push(out, word);
		} else if (now(r, k->rewrite)) {
			size_t gone = prng_below(r, 3), n = 1 + prng_below(r, 3);

			for (size_t j = 0; j < n; j++) {
				fresh_word(r, k, who, place + j, word);
				push(out, word);
			}
			i += gone;
		} else if (now(r, k->drop)) {
			i += prng_below(r, 3);
		} else {
			push(out, p->v[i]);
		}
	}
	if (!out->n)
		push(out, p->v[0]);
}

/* Which paragraph stands before which instead; SIZE_MAX: where it was. */
static void choose_moves(struct prng *r, const struct kind *k, size_t n, size_t to[PARAGRAPHS])
{
	for (size_t p = 0; p < n; p++)
		to[p] = SIZE_MAX;
	for (size_t i = 0; i < (k->moves ? k->moves : 1); i++)
		if (now(r, k->move)) {
			size_t from = prng_below(r, n);

			to[from] = prng_below(r, n);
			if (to[from] == from)
				to[from] = SIZE_MAX;
		}
}

static void edit_text(struct prng *r, const struct kind *k, size_t who, const struct text *base,
		      struct text *out)
{
	size_t to[PARAGRAPHS];

	out->n = 0;
	out->dense = base->dense;
	choose_moves(r, k, base->n, to);
	for (size_t p = 0; p < base->n; p++) {
		for (size_t from = 0; from < base->n; from++)
			if (to[from] == p)
				edit_words(r, k, who, &base->v[from], from, &out->v[out->n++]);
		if (now(r, k->add)) {
			struct paragraph *x = &out->v[out->n++];

			x->n = 0;
			for (size_t i = 0; i < 5; i++) {
				char word[40];

				fresh_word(r, k, who, 300 + p * 8 + i, word);
				push(x, word);
			}
		}
		if (now(r, k->out) || to[p] != SIZE_MAX)
			continue;
		edit_words(r, k, who, &base->v[p], p, &out->v[out->n++]);
	}
}

static void print(const struct text *t, struct str *out)
{
	str_clear(out);
	for (size_t p = 0; p < t->n; p++) {
		for (size_t i = 0; i < t->v[p].n; i++) {
			if (i && !t->dense)
				str_add_char(out, ' ');
			str_add_text(out, t->v[p].v[i]);
		}
		str_add_text(out, t->dense ? "。\n\n" : ".\n\n");
	}
}

/* ---- merging ---- */

static void merge_three(struct slice base, const struct slice text[3], const uint16_t who[3],
			const size_t order[3], struct str *out)
{
	struct str first = STR_INIT;

	merge(base, text[order[0]], who[order[0]], text[order[1]], who[order[1]], &first);
	merge(base, str_slice(&first), who[order[0]], text[order[2]], who[order[2]], out);
	without_codes(out);
	str_release(&first);
}

/* Each word of the text that the base has not is in the result. */
static bool keeps_words(struct slice base, struct slice text, struct slice result)
{
	for (size_t i = 0, n; i < text.len; i += n) {
		enum token_kind kind;

		n = token_diff_at(text.p + i, text.len - i, &kind);
		if ((kind != TOKEN_WORD && kind != TOKEN_CHARACTER) ||
		    (base.len && memmem(base.p, base.len, text.p + i, n)))
			continue;
		if (!result.len || !memmem(result.p, result.len, text.p + i, n))
			return false;
	}
	return true;
}

static size_t number_from(const char *name, size_t otherwise)
{
	const char *value = getenv(name);

	return value && *value ? strtoul(value, NULL, 10) : otherwise;
}

/* How many of the cases come out otherwise in some order. */
static size_t differing(const struct kind *k, size_t cases, size_t *lost)
{
	static const size_t orders[3][3] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};
	static struct text base, own[3];
	struct str b = STR_INIT, t[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct str first = STR_INIT, other = STR_INIT;
	size_t bad = 0, keep = number_from("ADREF_KEEP", 0);

	for (size_t i = number_from("ADREF_FROM", 0); i < cases; i++) {
		struct prng r = prng_make(i * 31 + 4711);
		bool named = prng_one_in(&r, 2), good = true;
		const uint16_t who[3] = {named ? AFR : NOBODY, named ? EUR : NOBODY,
					 named ? ASP : NOBODY};
		struct slice v[3];
		size_t at = 0;

		make_base(&r, k, &base);
		print(&base, &b);
		for (size_t j = 0; j < 3; j++) {
			edit_text(&r, k, j, &base, &own[j]);
			print(&own[j], &t[j]);
			v[j] = str_slice(&t[j]);
		}
		merge_three(str_slice(&b), v, who, orders[0], &first);
		for (size_t o = 1; o < 3 && good; o++) {
			merge_three(str_slice(&b), v, who, orders[o], &other);
			good = slice_equal(str_slice(&first), str_slice(&other));
			at = o;
		}
		for (size_t j = 0; j < 3; j++)
			*lost += !keeps_words(str_slice(&b), v[j], str_slice(&first)) ||
				 !keeps_words(str_slice(&b), v[j], str_slice(&other));
		if (good)
			continue;
		bad++;
		if (bad <= keep)
			fprintf(stderr,
				"%s, case %zu, order %zu\n== base\n%s== a\n%s== b\n%s== "
				"c\n%s== first\n%s== "
				"other\n%s",
				k->name, i, at, str_text(&b), str_text(&t[0]), str_text(&t[1]),
				str_text(&t[2]), str_text(&first), str_text(&other));
	}
	str_release(&first);
	str_release(&other);
	str_release(&b);
	for (size_t j = 0; j < 3; j++)
		str_release(&t[j]);
	return bad;
}

/* most: in how many of a thousand cases the orders may differ. */
static void check(const struct kind *kinds, size_t n, size_t most, size_t cases)
{
	const char *only = getenv("ADREF_KIND");

	cases = number_from("ADREF_CASES", cases);
	for (size_t i = 0; i < n; i++) {
		size_t bad, lost = 0;

		if (only && *only && strcmp(only, kinds[i].name) != 0)
			continue;
		bad = differing(&kinds[i], cases, &lost);
		if (bad || lost)
			fprintf(stderr, "%s: %zu of %zu differ by order, %zu lose words\n",
				kinds[i].name, bad, cases, lost);
		assert_int_equal(lost, 0);
		assert_in_range(bad, 0, cases * most / 1000);
	}
}

#define CHECK(kinds, most, cases) check(kinds, sizeof(kinds) / sizeof(*(kinds)), most, cases)

static void edits_and_paragraphs_that_move_come_to_one_text(void **state)
{
	static const struct kind kinds[] = {
		{"replace", LATIN, .replace = 6},
		{"replace-shared", LATIN, .replace = 6, .shared = true},
		{"replace-arabic", ARABIC, .replace = 6},
		{"replace-chinese", CHINESE, .replace = 6},
		{"insert", LATIN, .insert = 8},
		{"words-sparse", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60},
		{"out-replace", LATIN, .out = 6, .replace = 10},
		{"add", LATIN, .add = 6},
		{"add-out", LATIN, .add = 6, .out = 6},
		{"moves", LATIN, .move = 2},
		{"moves-add", LATIN, .add = 6, .move = 2},
		{"points", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .points = POINTS},
		{"points-replace", LATIN, .replace = 6, .points = POINTS},
		{"points-shared", LATIN, .replace = 6, .points = POINTS, .shared = true},
		{"points-chinese", CHINESE, .replace = 12, .insert = 40, .points = POINTS},
	};

	(void)state;
	CHECK(kinds, 0, 36);
}

/* Some twenty edits by each region in a resolution of sixty paragraphs. */
static void what_regions_do_to_a_resolution_comes_to_one_text(void **state)
{
	static const struct kind kinds[] = {
		{"resolution-words", RESOLUTION, .replace = 400, .rewrite = 600, .insert = 400,
		 .drop = 600, .points = POINTS},
		{"resolution", RESOLUTION, .replace = 400, .rewrite = 600, .insert = 400,
		 .drop = 600, .add = 60, .out = 80, .points = POINTS},
	};

	(void)state;
	CHECK(kinds, 0, 30);
}

static void heavy_edits_and_moves_nearly_do(void **state)
{
	static const struct kind kinds[] = {
		{"drop", LATIN, .drop = 10},
		{"words", LATIN, .replace = 12, .rewrite = 20, .insert = 16, .drop = 20},
		{"words-arabic", ARABIC, .replace = 12, .rewrite = 20, .insert = 16,
		 .drop = 20},
		{"words-chinese", CHINESE, .replace = 12, .rewrite = 20, .insert = 16,
		 .drop = 20},
		{"words-shared", LATIN, .replace = 12, .rewrite = 20, .insert = 16, .drop = 20,
		 .shared = true},
		{"rows", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .points = ROWS},
		{"nested", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .points = NESTED},
		{"rows-replace", LATIN, .replace = 6, .points = ROWS},
		{"nested-replace", LATIN, .replace = 6, .points = NESTED},
		{"add-out-words", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .add = 8, .out = 8},
		{"moves-all", LATIN, .move = 1},
		{"moves-out", LATIN, .out = 6, .move = 2},
		{"paragraphs", LATIN, .add = 6, .out = 6, .move = 2},
		{"moves-words", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .move = 2},
		{"all", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .add = 12, .out = 12, .move = 4},
		{"all-points", LATIN, .replace = 40, .rewrite = 60, .insert = 40, .drop = 60,
		 .add = 12, .out = 12, .move = 4, .points = POINTS},
		{"resolution-moves", RESOLUTION, .replace = 400, .rewrite = 600, .insert = 400,
		 .drop = 600, .add = 60, .out = 80, .move = 3, .points = POINTS},
	};

	(void)state;
	CHECK(kinds, 20, 60);
}

/* Twenty words over and over, points in and beside what is changed, paragraphs that all put in,
 * take out and move, or that two move apart: no word is lost. */
static void whatever_is_edited_keeps_its_words(void **state)
{
	static const struct kind kinds[] = {
		{"words-common", COMMON, .replace = 40, .rewrite = 60, .insert = 40,
		 .drop = 60},
		{"points-many", LATIN, .replace = 12, .rewrite = 20, .insert = 16, .drop = 20,
		 .points = POINTS},
		{"add-out-dense", LATIN, .replace = 12, .rewrite = 20, .insert = 16, .drop = 20,
		 .add = 8, .out = 8},
		{"all-dense", LATIN, .replace = 12, .rewrite = 20, .insert = 16, .drop = 20,
		 .add = 12, .out = 12, .move = 4},
		{"all-dense-points", LATIN, .replace = 12, .rewrite = 20, .insert = 16,
		 .drop = 20, .add = 12, .out = 12, .move = 4, .points = POINTS},
		{"moves-two", LATIN, .move = 1, .moves = 2},
	};

	(void)state;
	CHECK(kinds, 100, 40);
}

/* What one side has decided, and the other not touched, is decided; what both have is kept. */
static void a_decision_stays_and_nothing_changes_nothing(void **state)
{
	static const char base[] = "it is [a / x] here now\n";
	static const char decided[] = "it is x here now\n";
	static const char beside[] = "it is [a / x] there now\n";
	struct str out = STR_INIT, other = STR_INIT;

	(void)state;
	merge(SLICE(base), SLICE(decided), AFR, SLICE(beside), EUR, &out);
	assert_slice_is(str_slice(&out), "it is x there now\n");
	merge(SLICE(base), str_slice(&out), NOBODY, SLICE("it is [a / x] HERE now\n"), ASP,
	      &other);
	assert_slice_is(str_slice(&other), "it is x [here / ASP: HERE / there] now\n");
	/* The same again, and the base again. */
	merge(SLICE(base), str_slice(&other), NOBODY, str_slice(&other), NOBODY, &out);
	assert_slice_equal(str_slice(&out), str_slice(&other));
	merge(SLICE(base), str_slice(&other), NOBODY, SLICE(base), NOBODY, &out);
	assert_slice_equal(str_slice(&out), str_slice(&other));
	/* And what is in it already. */
	merge(SLICE(base), str_slice(&other), NOBODY, SLICE(beside), EUR, &out);
	assert_slice_is(str_slice(&out), "it is x [here / ASP: HERE / EUR: there] now\n");
	str_release(&out);
	str_release(&other);
}

/* Two points that others want something else in place of, with more wordings than are put
 * together: all of them are there, whichever side is ours. */
static void of_many_wordings_none_is_lost(void **state)
{
	static const char rest[] = "g h i j k l m n o p q r s t u v w x y z\n";
	struct str base = STR_INIT, offers = STR_INIT, other = STR_INIT, out = STR_INIT,
		   turned = STR_INIT;

	(void)state;
	str_addf(&base, "the first a and b of all c or d %s", rest);
	str_addf(&other, "the OTHER %s", rest);
	str_add_text(&offers, "the first [a and b");
	for (int i = 0; i < 16; i++)
		str_addf(&offers, " / a%d and b%d", i / 4, i % 4);
	str_add_text(&offers, "] of all [c or d");
	for (int i = 0; i < 12; i++)
		str_addf(&offers, " / c%d or d%d", i / 4, i % 4);
	str_addf(&offers, "] %s", rest);
	merge(str_slice(&base), str_slice(&offers), NOBODY, str_slice(&other), NOBODY, &out);
	merge(str_slice(&base), str_slice(&other), NOBODY, str_slice(&offers), NOBODY, &turned);
	assert_slice_equal(str_slice(&out), str_slice(&turned));
	assert_true(keeps_words(str_slice(&base), str_slice(&offers), str_slice(&out)));
	assert_true(keeps_words(str_slice(&base), str_slice(&other), str_slice(&out)));
	str_release(&turned);
	str_release(&out);
	str_release(&other);
	str_release(&offers);
	str_release(&base);
}

/* Two say something else at five places, and one takes all of it out: what each wants is a
 * wording, not each way to put the places together. */
static void of_too_many_wordings_there_is_one_for_each_party(void **state)
{
	const struct slice sides[3] = {SLICE("q r s\n"),
				       SLICE("A1 b C1 d E1 f G1 h I1 j\n\nq r s\n"),
				       SLICE("A2 b C2 d E2 f G2 h I2 j\n\nq r s\n")};
	static const uint16_t who[3] = {AFR, ASP, EUR};
	static const size_t orders[3][3] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct str out = STR_INIT;

		merge_three(SLICE("a b c d e f g h i j\n\nq r s\n"), sides, who, orders[i],
			    &out);
		assert_slice_is(str_slice(&out),
				"[a b c d e f g h i j / no text / A1 b C1 d E1 f G1 h I1 j / "
				"A2 b C2 d E2 f G2 h I2 j]\n\nq r s\n");
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_and_paragraphs_that_move_come_to_one_text),
		cmocka_unit_test(what_regions_do_to_a_resolution_comes_to_one_text),
		cmocka_unit_test(heavy_edits_and_moves_nearly_do),
		cmocka_unit_test(whatever_is_edited_keeps_its_words),
		cmocka_unit_test(a_decision_stays_and_nothing_changes_nothing),
		cmocka_unit_test(of_many_wordings_none_is_lost),
		cmocka_unit_test(of_too_many_wordings_there_is_one_for_each_party),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
