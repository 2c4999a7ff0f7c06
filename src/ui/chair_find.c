/* SPDX-License-Identifier: MIT */
#include "chair_inner.h"
#include "core/utf8.h"
#include "ui/told.h"
#include "ui/tr.h"

/* Looking for a point by its words, as the Matrix shows only some: all words, in any order,
 * anywhere in the paragraphs that the point stands in. */

static bool next_word(struct slice *rest, struct slice *word)
{
	size_t blanks = utf8_blanks_at(rest->p, rest->len), len = 0;

	*rest = slice_make(rest->p + blanks, rest->len - blanks);
	while (len < rest->len && !utf8_blank_at(rest->p + len, rest->len - len))
		len++;
	*word = slice_make(rest->p, len);
	*rest = slice_make(rest->p + len, rest->len - len);
	return len > 0;
}

static bool has_words(const struct chair *ch, uint32_t point, struct slice words)
{
	const struct brackets *b = &ch->doc->brackets;
	const struct point *p = &b->points[point];
	size_t begin = doc_line_begin(ch->doc, point_begin(b, p));
	size_t end = doc_line_end(ch->doc, point_end(b, p));
	struct slice text = slice_make(ch->doc->flat.p + begin, end - begin), word;

	while (next_word(&words, &word))
		if (!told_has(text, word))
			return false;
	return true;
}

static void find(struct chair *ch)
{
	size_t n = ch->doc->brackets.n_points, found = 0;
	uint32_t first = BRACKET_NONE, from = ch->point < n ? ch->point : 0;

	for (size_t i = 1; i <= n; i++) {
		uint32_t point = (uint32_t)((from + i) % n);

		if (!has_words(ch, point, str_slice(&ch->find)))
			continue;
		first = first == BRACKET_NONE ? point : first;
		found++;
	}
	if (first == BRACKET_NONE) {
		views_message(ch->view.views, MESSAGE_WARN,
			      _("No open point has these words in its paragraph: %s"),
			      str_text(&ch->find));
		return;
	}
	chair_focus(ch, first);
	views_message(ch->view.views, MESSAGE_INFO,
		      n_("%zu point has: %s", "%zu points have: %s · / and Enter: the next one",
			 found),
		      found, str_text(&ch->find));
}

static void typed(void *arg, const struct slice *text)
{
	struct chair *ch = arg;
	struct slice rest, word;

	if (!text)
		return;
	rest = *text;
	if (!next_word(&rest, &word))
		return;
	if (!slice_equal(*text, str_slice(&ch->find))) {
		str_clear(&ch->find);
		str_add_slice(&ch->find, *text);
	}
	doc_read(ch->doc);
	find(ch);
}

void chair_find(struct chair *ch, struct slice words)
{
	struct prompt_request ask = {
		.label = _("Find the point with"),
		.hint = _("words of its paragraph; Enter goes to the next"),
		.initial = str_slice(&ch->find),
		.history = "points",
		.done = typed,
		.arg = ch};

	if (words.len)
		typed(ch, &words);
	else
		views_ask(ch->view.views, &ask);
}
