/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/draft.h"
#include "core/summary.h"
#include "core/unwrap.h"

/* core/draft: every byte is of one paragraph, in order, and what is asked of it is answered. */

static void check(const struct draft *d, struct slice text, const struct brackets *b)
{
	size_t at = 0, numbers = 0;

	for (uint32_t i = 0; i < d->n; i++) {
		const struct paragraph *p = &d->v[i];

		HOLDS(p->begin == at && p->begin <= p->end && p->end <= p->next &&
			      p->next <= text.len && (p->next > p->begin),
		      "paragraphs follow one another");
		HOLDS(p->label >= p->begin && p->label <= p->label_end &&
			      p->label_end <= p->body && p->body <= p->end,
		      "label and body lie in the paragraph");
		HOLDS((p->kind == PARA_BLANK) == (p->number == 0), "a blank has no number");
		if (p->number) {
			HOLDS(p->number == ++numbers, "numbers follow one another");
			HOLDS(d->numbered[p->number - 1] == i, "a number leads back");
		}
		HOLDS(p->parent == PARAGRAPH_NONE || p->parent < i, "a parent stands before");
		HOLDS(p->call == PARAGRAPH_NONE || p->call <= i, "a call stands before");
		HOLDS(draft_paragraph_at(d, p->begin) == i, "a paragraph is where it begins");
		at = p->next;
	}
	HOLDS(at == text.len, "every byte is of a paragraph");
	HOLDS(numbers == d->n_paragraphs, "paragraphs are counted");
	(void)b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_make(size ? (const char *)data : "", size);
	struct str title = STR_INIT;
	struct draft_words words, none;
	struct brackets b;
	struct draft d;

	brackets_read(&b, text, fuzz_parties());
	draft_read(&d, text, &b);
	check(&d, text, &b);
	draft_title(&d, text, &b, &title);
	HOLDS(!title.len || !memchr(title.p, '\n', title.len), "a title is one line");
	(void)draft_type(&d, text);
	draft_count_words(&d, text, &b, &words);
	HOLDS(words.in_brackets <= words.total, "words in brackets are words");
	for (uint32_t i = 0; i < d.n && i < 20; i++) {
		char hex[DIGEST_SHORT + 1];

		draft_digest(&d, text, &b, i, hex);
		HOLDS(strlen(hex) == DIGEST_SHORT, "a digest has its digits");
	}
	draft_release(&d);
	draft_read(&d, text, NULL);
	check(&d, text, NULL);
	draft_count_words(&d, text, NULL, &none);
	draft_release(&d);
	brackets_release(&b);
	str_release(&title);
	return 0;
}
