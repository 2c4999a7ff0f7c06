/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/bracket.h"
#include "core/consolidate.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/utf8.h"

/* core/consolidate and core/project: FORMAT.md's laws 1 to 4 on a base and up to four texts. */

#define TEXTS_MOST 4

static void add_paragraph(struct str *out, const char *p, size_t len)
{
	size_t from = out->len, n;
	struct label label;

	while (len && p[len - 1] == '\r')
		len--;
	if (label_read(p, len, &label) && label.kind != LABEL_HEADING) {
		p += label.body;
		len -= label.body;
	}
	for (size_t i = 0; i < len; i += n ? n : 1) {
		n = p[i] == '\r' ? 1 : utf8_blanks_at(p + i, len - i);
		if (!n)
			str_add_char(out, p[i]);
		else if (out->len > from && out->p[out->len - 1] != ' ')
			str_add_char(out, ' ');
	}
	while (out->len > from && out->p[out->len - 1] == ' ')
		out->len--;
	if (out->len > from)
		str_add_char(out, '\n');
}

/* The paragraph texts of a draft as a party wants it, up to what is not compared. */
static void texts_of(struct slice draft, uint16_t party, struct str *out)
{
	struct str plain = STR_INIT;
	struct brackets b;
	uint32_t *choices;
	size_t at;

	brackets_read(&b, draft, fuzz_parties());
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	project_choices(&b, party, choices);
	project_text(&b, draft, choices, &plain);
	at = b.n_unread && b.unread[0].kind == UNREAD_FRONT_MATTER ? b.unread[0].end : 0;
	/* (What is first only as others are left out is no mark of the file's.) */
	if (!at && slice_starts(draft, "\xEF\xBB\xBF"))
		at = 3;
	while (at < plain.len) {
		const char *lf = memchr(plain.p + at, '\n', plain.len - at);
		size_t end = lf ? (size_t)(lf - plain.p) : plain.len;

		add_paragraph(out, plain.p + at, end - at);
		at = end + 1;
	}
	free(choices);
	brackets_release(&b);
	str_release(&plain);
}

static void same_texts(struct slice result, struct slice own, uint16_t party, const char *law)
{
	struct str got = STR_INIT, want = STR_INIT;

	texts_of(result, party, &got);
	texts_of(own, party, &want);
	if (!slice_equal(str_slice(&got), str_slice(&want))) {
		fuzz_tell("result", result);
		fuzz_tell("got", str_slice(&got));
		fuzz_tell("want", str_slice(&want));
		HOLDS(false, law);
	}
	str_release(&got);
	str_release(&want);
}

static void merge(struct slice base, const struct consolidate_input *in, size_t n,
		  struct str *out)
{
	struct error err = ERROR_INIT;
	struct brackets b;
	size_t open;

	HOLDS(consolidate_by(NULL, out, base, in, n, SLICE("en"), fuzz_parties(), NULL, &open,
			     &err) == 0,
	      "parties of the table can be consolidated");
	brackets_read(&b, str_slice(out), fuzz_parties());
	HOLDS(open == b.n_outer, "what is open in the result is counted");
	brackets_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct consolidate_input in[TEXTS_MOST] = {{{NULL, 0}, 0}}, turned[TEXTS_MOST];
	struct slice part[1 + TEXTS_MOST], base;
	struct str result = STR_INIT, other = STR_INIT;
	size_t n = fuzz_parts(data, size, part, 1 + TEXTS_MOST) - 1;
	bool differs = false;

	base = part[0];
	for (size_t i = 0; i < n; i++) {
		in[i] = (struct consolidate_input){part[1 + i], (uint16_t)(i * 5 % 6)};
		turned[n - 1 - i] = in[i];
		differs = differs || !slice_equal(base, part[1 + i]);
	}
	merge(base, in, n, &result);
	for (size_t i = 0; i < n; i++)
		same_texts(str_slice(&result), in[i].text, in[i].party, "law 1");
	same_texts(str_slice(&result), base, PARTY_NONE, "law 2");
	merge(base, turned, n, &other);
	HOLDS(slice_equal(str_slice(&result), str_slice(&other)), "law 3");
	HOLDS(differs || slice_equal(str_slice(&result), base), "law 4");
	str_release(&result);
	str_release(&other);
	return 0;
}
