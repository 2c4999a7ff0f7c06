/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/markup.h"

#include <expat.h>

/*
 * core/markup: whatever comes, and in whatever pieces, is counted alike; and what expat reads
 * as XML is counted as expat has it.
 */

struct seen {
	size_t tags, depth, deepest;
};

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct seen *s = data;

	(void)name;
	(void)attributes;
	s->tags++;
	s->depth++;
	if (s->depth > s->deepest)
		s->deepest = s->depth;
}

static void on_end(void *data, const XML_Char *name)
{
	struct seen *s = data;

	(void)name;
	s->depth--;
}

static void check_against_expat(const struct markup *m, struct slice text)
{
	XML_Parser parser = XML_ParserCreate("UTF-8");
	size_t deepest = m->deepest;
	struct seen s = {0, 0, 0};

	XML_SetUserData(parser, &s);
	XML_SetElementHandler(parser, on_start, on_end);
	if (XML_Parse(parser, text.p, (int)text.len, 1) == XML_STATUS_OK) {
		HOLDS(m->tags == s.tags, "each element is counted");
		/* An empty one may not count. */
		HOLDS(deepest == s.deepest || deepest + 1 == s.deepest || deepest > MARKUP_DEEP,
		      "so deep");
		HOLDS(m->depth == 0 || deepest > MARKUP_DEEP, "all of them end");
	}
	XML_ParserFree(parser);
}

static void check(struct slice text, bool is_html)
{
	struct markup whole, pieces;

	markup_begin(&whole, is_html);
	markup_add(&whole, text.p, text.len);
	markup_begin(&pieces, is_html);
	for (size_t i = 0; i < text.len; i++)
		markup_add(&pieces, text.p + i, 1);
	HOLDS(whole.tags == pieces.tags && whole.changes == pieces.changes &&
		      whole.deepest == pieces.deepest && whole.depth == pieces.depth,
	      "pieces come to the same");
	HOLDS(whole.deepest <= whole.tags && whole.changes <= whole.tags, "no more than tags");
	/* What a document type says is no element, or adds some. */
	if (!is_html && !slice_find(text, "<!DOCTYPE"))
		check_against_expat(&whole, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};

	check(text, false);
	check(text, true);
	return 0;
}
