/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "ui/glyph.h"
#include "ui/layout_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct layout_spec plain(int width)
{
	return (struct layout_spec){.width = width, .reorder = true};
}

/* A row as it is drawn: from left to right, gaps as blanks, no blanks at the end. */
static void draw(struct layout *l, size_t k, struct str *out)
{
	const struct layout_row *row = layout_row(l, k);
	size_t from = out->len;
	int col = 0;

	for (size_t i = 0; i < row->n; i++) {
		const struct layout_unit *u = &row->units[row->visual[i]];
		for (; col < u->col; col++)
			str_add_char(out, ' ');
		if (u->tab || u->shown_begin == u->shown_end)
			for (int j = 0; j < u->width; j++)
				str_add_char(out, ' ');
		else
			glyph_show(l->bytes.p + u->shown_begin, u->shown_end - u->shown_begin,
				   out);
		col += u->width;
	}
	while (out->len > from && out->p[out->len - 1] == ' ')
		out->len--;
}

/* All rows, each with a line end. */
static const char *drawn(struct layout *l, struct str *out)
{
	str_clear(out);
	for (size_t k = 0; k < layout_rows(l); k++) {
		draw(l, k, out);
		str_add_char(out, '\n');
	}
	return str_text(out);
}

static void assert_drawn(const char *text, const struct layout_spec *spec, const char *want)
{
	struct str out = STR_INIT;
	struct layout l;

	layout_init(&l);
	layout_set(&l, slice_of(text), spec);
	assert_string_equal(drawn(&l, &out), want);
	layout_release(&l);
	str_release(&out);
}

/* Everything layout.h promises about any paragraph. */
static void assert_sane_layout(struct layout *l)
{
	size_t pos = 0, row_at;
	int col;

	assert_true(layout_rows(l) > 0);
	for (size_t k = 0; k < layout_rows(l); k++) {
		const struct layout_row *row = layout_row(l, k);
		int width = 0;
		assert_int_equal(row->begin, pos);
		for (size_t i = 0; i < row->n; i++) {
			const struct layout_unit *u = &row->units[i];
			assert_int_equal(u->begin, pos);
			assert_true(u->end > u->begin);
			assert_true(u->shown_begin >= u->begin && u->shown_end <= u->end);
			assert_true(u->width >= 1);
			width += u->width;
			pos = u->end;
		}
		assert_int_equal(row->end, pos);
		assert_true(row->n <= 1 || width <= l->spec.width);
		assert_true(row->n > 0 || l->bytes.len == 0);
		/* No two units share a cell. */
		for (size_t i = 1; i < row->n; i++) {
			const struct layout_unit *a = &row->units[row->visual[i - 1]];
			const struct layout_unit *b = &row->units[row->visual[i]];
			assert_true(a->col + a->width <= b->col || b->col + b->width <= a->col);
		}
	}
	assert_int_equal(pos, l->bytes.len);
	for (size_t k = 0; k < layout_rows(l); k++) {
		size_t n = layout_row(l, k)->n;
		for (size_t i = 0; i < n; i++) {
			size_t at = layout_row(l, k)->units[i].begin;
			layout_locate(l, (struct caret){at, false}, &row_at, &col);
			assert_int_equal(row_at, k);
			assert_int_equal(layout_hit(l, k, col).pos, at);
		}
	}
}

/* Walking right (or left) over the screen meets every unit once and comes to the end. */
static void assert_walk_meets_all(struct layout *l)
{
	struct caret caret = {0, false};
	size_t steps = 0, units = 0;

	for (size_t pos = 0; pos < l->bytes.len; pos = layout_unit_of(l, pos)->end)
		units++;
	/* Start at the visual begin of the first row. */
	const struct layout_row *row = layout_row(l, 0);
	if (row->n)
		caret.pos = row->units[row->visual[row->rtl ? row->n - 1 : 0]].begin;
	bool rtl = row->rtl;
	while ((rtl ? layout_left(l, &caret) : layout_right(l, &caret)) == LAYOUT_MOVED) {
		steps++;
		assert_true(steps <= units);
	}
	assert_int_equal(steps, units);
	assert_int_equal(caret.pos, l->bytes.len);
	steps = 0;
	while ((rtl ? layout_right(l, &caret) : layout_left(l, &caret)) == LAYOUT_MOVED) {
		steps++;
		assert_true(steps <= units);
	}
	assert_int_equal(steps, units);
}

static void words_wrap_at_blanks(void **state)
{
	struct layout_spec spec = plain(21);

	(void)state;
	assert_drawn("to continue to organize, within existing limits, one", &spec,
		     "to continue to\norganize, within\nexisting limits, one\n");
	assert_drawn("", &spec, "\n");
}

static void body_hangs_beside_its_label(void **state)
{
	struct layout_spec spec = plain(19);

	(void)state;
	spec.hang = 4;
	spec.body = 3;
	assert_drawn("1. to continue to organize", &spec, "1.  to continue to\n    organize\n");
	spec.body = 7;
	assert_drawn("(viii) to continue", &spec, "(viii) to continue\n");
}

static void french_marks_stay_with_their_words(void **state)
{
	struct layout_spec spec = plain(11);

	(void)state;
	assert_drawn("le principe ; fin", &spec, "le\nprincipe ;\nfin\n");
	assert_drawn("mot \xC2\xAB avis \xC2\xBB ok", &spec,
		     "mot\n\xC2\xAB avis \xC2\xBB\nok\n");
	assert_drawn("vu A/RES/76/189", &spec, "vu\nA/RES/76/1\n89\n");
}

static void wide_characters_are_never_split(void **state)
{
	struct layout_spec spec = plain(6);

	(void)state;
	/* Five columns of text: two characters a row. No mark begins a row. */
	assert_drawn("\xE7\x94\xB5\xE4\xBF\xA1\xE5\x8F\x91\xE5\xB1\x95", &spec,
		     "\xE7\x94\xB5\xE4\xBF\xA1\n\xE5\x8F\x91\xE5\xB1\x95\n");
	assert_drawn("\xE7\x94\xB5\xE4\xBF\xA1\xEF\xBC\x8C\xE5\xB1\x95", &spec,
		     "\xE7\x94\xB5\n\xE4\xBF\xA1\xEF\xBC\x8C\n\xE5\xB1\x95\n");
}

static void clusters_are_one_unit(void **state)
{
	/* e + acute; a family of three; a flag; a Hangul syllable in jamo. */
	static const char *const each[] = {
		"e\xCC\x81",
		"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
		"\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"};
	static const int width[] = {1, 2, 2, 2};
	struct layout_spec spec = plain(20);
	struct layout l;

	(void)state;
	layout_init(&l);
	for (size_t i = 0; i < 4; i++) {
		struct str text = STR_INIT;
		str_addf(&text, "a%sb", each[i]);
		layout_set(&l, str_slice(&text), &spec);
		const struct layout_row *row = layout_row(&l, 0);
		assert_int_equal(row->n, 3);
		assert_int_equal(row->units[1].width, width[i]);
		assert_int_equal(layout_unit_of(&l, 1)->end, 1 + strlen(each[i]));
		assert_sane_layout(&l);
		str_release(&text);
	}
	layout_release(&l);
}

static void floods_controls_and_bad_bytes_are_shown(void **state)
{
	struct layout_spec spec = plain(40);
	struct str flood = STR_INIT, out = STR_INIT;
	struct layout l;

	(void)state;
	assert_drawn("a\xFF\x1B[\xE2\x80\xAE"
		     "b",
		     &spec, "a<FF>\xE2\x90\x9B[<U+202E>b\n");
	assert_drawn("\xCC\x81"
		     "a",
		     &spec,
		     "\xE2\x97\x8C\xCC\x81"
		     "a\n");
	layout_init(&l);
	str_add_char(&flood, 'z');
	for (int i = 0; i < 100000; i++)
		str_add_text(&flood, "\xCC\x81");
	str_add_char(&flood, 'x');
	layout_set(&l, str_slice(&flood), &spec);
	assert_int_equal(layout_row(&l, 0)->n, 2);
	drawn(&l, &out);
	assert_non_null(strstr(str_text(&out), "<+99984>x"));
	assert_int_equal(layout_row(&l, 0)->units[1].col, 9);
	layout_release(&l);
	str_release(&flood);
	str_release(&out);
}

static void ids_take_no_room_and_no_step(void **state)
{
	const char *text = "a [b]{#b7} c";
	struct layout_range id = {5, 10};
	struct layout_spec spec = plain(20);
	struct layout l;

	(void)state;
	spec.hidden = &id;
	spec.n_hidden = 1;
	assert_drawn(text, &spec, "a [b] c\n");
	layout_init(&l);
	layout_set(&l, slice_of(text), &spec);
	assert_int_equal(layout_unit_of(&l, 4)->end, 10);
	assert_int_equal(layout_unit_of(&l, 9)->begin, 4);
	assert_sane_layout(&l);
	id = (struct layout_range){0, 12};
	layout_set(&l, slice_of(text), &spec);
	assert_int_equal(layout_rows(&l), 1);
	assert_sane_layout(&l);
	layout_release(&l);
}

static void tabs_go_to_their_stops(void **state)
{
	struct layout_spec spec = plain(20);

	(void)state;
	spec.tab = 4;
	assert_drawn("1\ta\tbcde\tf", &spec, "1   a   bcde    f\n");
	spec.width = 7;
	assert_drawn("abcde\tf", &spec, "abcde\nf\n");
}

static void arabic_runs_from_the_right(void **state)
{
	/* alef ba, ta: the first letter stands rightmost, before the caret's column. */
	const char *text = "\xD8\xA7\xD8\xA8 \xD8\xAA";
	struct layout_spec spec = plain(11);
	struct caret caret = {0, false};
	struct layout l;
	size_t row;
	int col;

	(void)state;
	assert_drawn(text, &spec, "       \xD8\xAA \xD8\xA8\xD8\xA7\n");
	layout_init(&l);
	layout_set(&l, slice_of(text), &spec);
	layout_locate(&l, caret, &row, &col);
	assert_int_equal(col, 10);
	layout_locate(&l, (struct caret){7, false}, &row, &col);
	assert_int_equal(col, 6);
	assert_int_equal(layout_left(&l, &caret), LAYOUT_MOVED);
	assert_int_equal(caret.pos, 2);
	assert_int_equal(layout_right(&l, &caret), LAYOUT_MOVED);
	assert_int_equal(layout_right(&l, &caret), LAYOUT_BEFORE);
	assert_walk_meets_all(&l);
	spec.reorder = false;
	layout_set(&l, slice_of(text), &spec);
	layout_locate(&l, (struct caret){7, false}, &row, &col);
	assert_int_equal(col, 4);
	layout_release(&l);
}

static void numbers_and_latin_keep_their_order_in_arabic(void **state)
{
	/* "alef 12 ITU ba" in visual order, right to left around them. */
	struct layout_spec spec = plain(13);

	(void)state;
	assert_drawn("\xD8\xA7 12 ITU \xD8\xA8", &spec, "   \xD8\xA8 ITU 12 \xD8\xA7\n");
	/* A latin label does not turn the clause round; it hangs at the right. */
	spec.body = 3;
	spec.hang = 4;
	assert_drawn("a) \xD8\xA7\xD8\xA8", &spec, "       \xD8\xA8\xD8\xA7  )a\n");
}

static void a_full_row_has_room_for_the_caret(void **state)
{
	struct layout_spec spec = plain(4);
	struct layout l;
	size_t row;
	int col;

	(void)state;
	layout_init(&l);
	layout_set(&l, SLICE("abc def"), &spec);
	assert_int_equal(layout_rows(&l), 2);
	layout_locate(&l, (struct caret){3, false}, &row, &col);
	assert_int_equal(row, 0);
	assert_int_equal(col, 3);
	layout_locate(&l, (struct caret){7, false}, &row, &col);
	assert_int_equal(row, 1);
	assert_int_equal(col, 3);
	assert_int_equal(layout_end(&l, (struct caret){1, false}).pos, 3);
	assert_false(layout_end(&l, (struct caret){1, false}).upstream);
	/* Where no blank stands at the break, the end of the row is its own place. */
	layout_set(&l, SLICE("abcdef"), &spec);
	struct caret end = layout_end(&l, (struct caret){1, false});
	assert_int_equal(end.pos, 3);
	assert_true(end.upstream);
	layout_locate(&l, end, &row, &col);
	assert_int_equal(row, 0);
	assert_int_equal(col, 3);
	assert_int_equal(layout_home(&l, end).pos, 0);
	layout_release(&l);
}

static void words_are_stepped_over(void **state)
{
	const char *text = "l'avis [de A/RES], \xE4\xB8\xAD\xE6\x96\x87 fin.";
	struct layout_spec spec = plain(12);
	struct layout l;
	size_t pos = 0;

	(void)state;
	layout_init(&l);
	layout_set(&l, slice_of(text), &spec);
	static const size_t begins[] = {8, 11, 13, 19, 22, 26, 30};
	for (size_t i = 0; i < 7; i++) {
		pos = layout_word_next(&l, pos);
		assert_int_equal(pos, begins[i]);
	}
	for (size_t i = 6; i-- > 0;) {
		pos = layout_word_previous(&l, pos);
		if (i == 5)
			assert_int_equal(pos, 26);
	}
	assert_int_equal(layout_word_previous(&l, 8), 0);
	assert_int_equal(layout_word_at(&l, 3).end, 6);
	assert_int_equal(layout_word_at(&l, 27).begin, 26);
	layout_release(&l);
}

static void any_bytes_at_any_width_are_laid_out(void **state)
{
	struct prng r = prng_make(31);
	struct str text = STR_INIT;
	struct layout l;

	(void)state;
	layout_init(&l);
	for (int round = 0; round < 400; round++) {
		struct layout_range hidden[2];
		struct layout_spec spec = plain(2 + (int)prng_below(&r, 60));
		str_clear(&text);
		if (prng_one_in(&r, 3))
			random_bytes(&r, &text, prng_below(&r, 200));
		else
			random_text(&r, &text, prng_below(&r, 60));
		spec.hang = (int)prng_below(&r, 8);
		spec.first = (int)prng_below(&r, 8);
		spec.reorder = !prng_one_in(&r, 4);
		if (text.len > 20 && prng_one_in(&r, 2)) {
			hidden[0] =
				(struct layout_range){prng_below(&r, 5), 5 + prng_below(&r, 5)};
			hidden[1] = (struct layout_range){12, 12 + 1 + prng_below(&r, 8)};
			spec.hidden = hidden;
			spec.n_hidden = 2;
		}
		layout_set(&l, str_slice(&text), &spec);
		assert_sane_layout(&l);
		assert_walk_meets_all(&l);
	}
	layout_release(&l);
	str_release(&text);
}

static void a_changed_paragraph_is_laid_out_as_a_new_one(void **state)
{
	struct prng r = prng_make(7);
	struct layout_spec spec = plain(30);
	struct layout_range hidden = {3000, 3005};
	struct str text = STR_INIT;
	struct layout old, new;

	(void)state;
	layout_init(&old);
	layout_init(&new);
	spec.hang = 4;
	while (text.len < 8000)
		random_text(&r, &text, 200);
	for (int round = 0; round < 200; round++) {
		struct str piece = STR_INIT;
		size_t at = prng_below(&r, text.len), del = prng_below(&r, 60);
		random_text(&r, &piece, prng_below(&r, 8));
		if (at + del > text.len)
			del = text.len - at;
		if (text.len < 6000)
			del = 0;
		str_splice(&text, at, del, piece.p ? piece.p : "", piece.len);
		spec.n_hidden = prng_below(&r, 2);
		hidden.begin = prng_below(&r, 5000);
		hidden.end = hidden.begin + 1 + prng_below(&r, 10);
		spec.hidden = &hidden;
		/* Whether what changed is found or known comes to the same. */
		struct layout_change change = {at, at + del, at + piece.len};
		layout_follow(&old, str_slice(&text), &spec,
			      prng_one_in(&r, 2) ? &change : NULL);
		assert_slice_equal(str_slice(&old.bytes), str_slice(&text));
		layout_release(&new);
		layout_init(&new);
		layout_set(&new, str_slice(&text), &spec);
		assert_int_equal(old.right_to_left, new.right_to_left);
		assert_true(old.mixed || !new.mixed);
		if (prng_one_in(&r, 2)) { /* some rows; the others at a later change */
			layout_row_of(&old, (struct caret){prng_below(&r, text.len), false});
			layout_wrap_over(&new, old.wrapped - 1);
			assert_memory_equal(old.rows, new.rows, old.n_rows * sizeof(*new.rows));
			str_release(&piece);
			continue;
		}
		assert_int_equal(layout_rows(&old), layout_rows(&new));
		assert_memory_equal(old.rows, new.rows, new.n_rows * sizeof(*new.rows));
		str_release(&piece);
	}
	layout_release(&old);
	layout_release(&new);
	str_release(&text);
}

/* A hidden byte at the end changes no row, but then no row is taken for a plain one. */
static void plain_rows_end_where_others_do(void **state)
{
	static const char signs[] = "abcdefghij      .,-/()[]\"12AB\t\xE9";
	struct layout_spec spec = plain(0);
	struct prng r = prng_make(53);
	struct str text = STR_INIT;
	struct layout seen, looked_at;

	(void)state;
	layout_init(&seen);
	layout_init(&looked_at);
	for (int round = 0; round < 300; round++) {
		size_t kinds = prng_one_in(&r, 2) ? 16 : sizeof(signs) - 1;

		str_clear(&text);
		for (size_t n = prng_below(&r, 1000); n > 0; n--)
			str_add_char(&text, signs[prng_below(&r, kinds)]);
		str_add_char(&text, '#');
		struct layout_range last = {text.len - 1, text.len};
		spec.width = 2 + (int)prng_below(&r, 90);
		spec.hang = (int)prng_below(&r, 8);
		spec.n_hidden = 0;
		layout_set(&seen, slice_make(text.p, text.len - 1), &spec);
		spec.hidden = &last;
		spec.n_hidden = 1;
		layout_set(&looked_at, str_slice(&text), &spec);
		assert_int_equal(layout_rows(&seen), layout_rows(&looked_at));
		for (size_t k = 0; k < layout_rows(&seen); k++)
			assert_int_equal(layout_row_range(&seen, k).begin,
					 layout_row_range(&looked_at, k).begin);
	}
	layout_release(&seen);
	layout_release(&looked_at);
	str_release(&text);
}

/* No more rows than were asked for, be the paragraph as long as it is. */
static void rows_are_wrapped_when_they_are_asked_for(void **state)
{
	struct layout_spec spec = plain(40);
	struct str text = STR_INIT;
	struct layout l;

	(void)state;
	layout_init(&l);
	while (text.len < 200000)
		str_add_text(&text, "word ");
	layout_set(&l, str_slice(&text), &spec);
	assert_true(layout_has_row(&l, 20));
	assert_int_equal(layout_row(&l, 20)->begin, 20 * 40);
	assert_int_equal(l.n_rows, 21);
	/* A change in the middle of rows that are all known, after which none falls as before.
	 */
	assert_int_equal(layout_rows(&l), text.len / 40);
	assert_false(layout_has_row(&l, text.len / 40));
	str_splice(&text, 80000, 0, "long", 4);
	layout_set(&l, str_slice(&text), &spec);
	assert_in_range(l.n_rows, 2000, 2500);
	layout_release(&l);
	str_release(&text);
}

/* The time is what this would not end in, were anything quadratic. */
static void a_megabyte_is_laid_out_and_edited(void **state)
{
	struct layout_spec spec = plain(80);
	struct str text = STR_INIT;
	struct layout l;

	(void)state;
	layout_init(&l);
	while (text.len < 1000000)
		str_add_text(&text,
			     "d'organiser [une / AFR: deux] r\xC3\xA9union \xD8\xA7\xD8\xA8 ");
	for (int i = 0; i < 20; i++) {
		str_splice(&text, text.len / 2, 0, "x", 1);
		layout_set(&l, str_slice(&text), &spec);
		struct caret caret = {text.len / 2, false};
		assert_non_null(layout_row(&l, layout_row_of(&l, caret)));
	}
	assert_true(layout_rows(&l) > 10000);
	text.len = 0;
	while (text.len < 1000000)
		str_add_text(&text, "\xCC\x81\xFF");
	layout_set(&l, str_slice(&text), &spec);
	layout_rows(&l);
	text.len = 0;
	while (text.len < 1000000)
		str_add_text(&text, "\xF0\x9F\x87\xAB");
	layout_set(&l, str_slice(&text), &spec);
	layout_rows(&l);
	layout_release(&l);
	str_release(&text);
}

static void the_cache_knows_paragraphs_again(void **state)
{
	struct layout_spec spec = plain(20);
	struct layout_cache cache;

	(void)state;
	layout_cache_init(&cache);
	struct layout *a = layout_cache_get(&cache, 0, SLICE("one"), &spec);
	struct layout *b = layout_cache_get(&cache, 5, SLICE("two"), &spec);
	assert_ptr_not_equal(a, b);
	/* It moved down, and is still known; the changed one is known by its place. */
	assert_ptr_equal(layout_cache_get(&cache, 9, SLICE("two"), &spec), b);
	assert_ptr_equal(layout_cache_get(&cache, 0, SLICE("one more"), &spec), a);
	assert_int_equal(a->bytes.len, 8);
	for (size_t i = 0; i < 1000; i++) {
		char text[16];
		snprintf(text, sizeof(text), "p%zu", i);
		layout_cache_get(&cache, 100 + i, slice_of(text), &spec);
	}
	layout_cache_release(&cache);
}

/* What changed in a long one is asked for by the number of the text that it was of. */
static void the_cache_follows_what_is_known_of_a_place(void **state)
{
	static const struct layout_change change = {3, 3, 5};
	struct layout_spec spec = plain(20);
	struct layout_cache cache;

	(void)state;
	layout_cache_init(&cache);
	assert_int_equal(layout_cache_stamp(&cache, 7), 0);
	struct layout *a = layout_cache_follow(&cache, 7, SLICE("one two"), &spec, 4, NULL);
	layout_cache_get(&cache, 9, SLICE("other"), &spec);
	assert_int_equal(layout_cache_stamp(&cache, 7), 4);
	assert_int_equal(layout_cache_stamp(&cache, 9), 0);
	assert_ptr_equal(layout_cache_follow(&cache, 7, SLICE("onexy two"), &spec, 5, &change),
			 a);
	assert_slice_is(str_slice(&a->bytes), "onexy two");
	assert_int_equal(layout_cache_stamp(&cache, 7), 5);
	/* What cannot be so is not believed, nor what is said of another place. */
	layout_cache_follow(&cache, 7, SLICE("one"), &spec, 6, &change);
	assert_slice_is(str_slice(&a->bytes), "one");
	a = layout_cache_follow(&cache, 8, SLICE("other"), &spec, 6, &change);
	assert_slice_is(str_slice(&a->bytes), "other");
	layout_cache_release(&cache);
}

static void real_texts_are_laid_out(void **state)
{
	static const char *const names[] = {"udhr-arb.txt",    "udhr-cmn_hans.txt",
					    "udhr-rus.txt",    "naughty-strings.txt",
					    "utf8-stress.txt", "itu-resolution-31.fr.txt"};
	const char *material = getenv("ADREF_MATERIAL");
	struct str text = STR_INIT, path = STR_INIT;
	char buf[65536];
	size_t n;

	(void)state;
	if (!material)
		skip();
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct layout_spec spec = plain(41);
		struct layout l;
		layout_init(&l);
		str_clear(&path);
		str_clear(&text);
		str_addf(&path, "%s/corpus/%s", material, names[i]);
		FILE *f = fopen(str_text(&path), "rb");
		assert_non_null(f);
		while ((n = fread(buf, 1, sizeof(buf), f)))
			str_add(&text, buf, n);
		fclose(f);
		for (size_t at = 0; at < text.len;) {
			const char *end = memchr(text.p + at, '\n', text.len - at);
			size_t len = end ? (size_t)(end - text.p) - at : text.len - at;
			layout_set(&l, slice_make(text.p + at, len), &spec);
			assert_sane_layout(&l);
			assert_walk_meets_all(&l);
			at += len + 1;
		}
		layout_release(&l);
	}
	str_release(&text);
	str_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_wrap_at_blanks),
		cmocka_unit_test(body_hangs_beside_its_label),
		cmocka_unit_test(french_marks_stay_with_their_words),
		cmocka_unit_test(wide_characters_are_never_split),
		cmocka_unit_test(clusters_are_one_unit),
		cmocka_unit_test(floods_controls_and_bad_bytes_are_shown),
		cmocka_unit_test(ids_take_no_room_and_no_step),
		cmocka_unit_test(tabs_go_to_their_stops),
		cmocka_unit_test(arabic_runs_from_the_right),
		cmocka_unit_test(numbers_and_latin_keep_their_order_in_arabic),
		cmocka_unit_test(a_full_row_has_room_for_the_caret),
		cmocka_unit_test(words_are_stepped_over),
		cmocka_unit_test(any_bytes_at_any_width_are_laid_out),
		cmocka_unit_test(a_changed_paragraph_is_laid_out_as_a_new_one),
		cmocka_unit_test(plain_rows_end_where_others_do),
		cmocka_unit_test(rows_are_wrapped_when_they_are_asked_for),
		cmocka_unit_test(a_megabyte_is_laid_out_and_edited),
		cmocka_unit_test(the_cache_knows_paragraphs_again),
		cmocka_unit_test(the_cache_follows_what_is_known_of_a_place),
		cmocka_unit_test(real_texts_are_laid_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
