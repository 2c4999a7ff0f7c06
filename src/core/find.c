/* SPDX-License-Identifier: MIT */
#include "core/find.h"

#include "core/mem.h"
#include "core/pattern.h"
#include "core/utf8.h"
#include "find_impl.h"

#include <stdlib.h>

/*
 * Limits. The first two bound what pcre2 tries from one place in the text
 * (some 10 ms with JIT, 100 ms without); the clock is looked at between places
 * and between hits.
 */
#define MATCH_LIMIT 5000000u
#define DEPTH_LIMIT 5000000u
#define HEAP_LIMIT  (64 * 1024) /* KiB */
#define JIT_STACK   ((size_t)4 * 1024 * 1024)
#define LOOK_PLACES 16
#define LOOK_HITS   64

/* Put before an expression, so that pcre2 calls us at each place it tries. It
 * keeps what pcre2 knows of an expression's beginning, which makes it fast. */
#define CALL_US "(?C1)"

/* ---- Errors ---- */

static int tell_problem(struct slice pattern, int code, size_t offset, struct error *err)
{
	const char *words = pattern_problem(code);
	size_t column;
	char message[160] = "";

	if (code == PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS ||
	    code == PCRE2_ERROR_MISSING_SQUARE_BRACKET) {
		size_t at = pattern_unclosed(pattern);

		offset = at < pattern.len ? at : offset;
	} else if (offset == pattern.len && offset > 0) {
		uint32_t cp; /* what is missing would come after this one */

		offset -= utf8_decode_back(pattern.p, offset, &cp);
	}
	column = utf8_count(pattern.p, offset) + 1;
	if (words)
		return error_set(err, ST_INPUT, N_("the search, column %zu: %s"), column,
				 words);
	pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
	return error_set(err, ST_INPUT,
			 N_("the search, column %zu: this is not understood (%s)"), column,
			 message);
}

static int tell_failure(const struct find *f, int code, struct error *err)
{
	switch (code) {
	case PCRE2_ERROR_MATCHLIMIT:
	case PCRE2_ERROR_DEPTHLIMIT:
	case PCRE2_ERROR_HEAPLIMIT:
	case PCRE2_ERROR_JIT_STACKLIMIT:
	case PCRE2_ERROR_NOMEMORY:
	case PCRE2_ERROR_RECURSELOOP:
	case PCRE2_ERROR_CALLOUT:
		/* What stands for itself can hardly be simpler. */
		if (!f->expression)
			return error_set(
				err, ST_TOO_LARGE,
				N_("the search takes too long here: so much text, or so "
				   "many places; search for something longer"));
		return error_set(err, ST_TOO_LARGE,
				 N_("the search takes too long here; make the expression "
				    "simpler, without repeats within repeats"));
	default:
		return error_set(err, ST_FAIL, N_("the search failed (pcre2 %d)"), code);
	}
}

/* ---- Making a search ready ---- */

static void *get_memory(size_t size, void *arg)
{
	(void)arg;
	return mem_alloc(size);
}

static void give_memory(void *p, void *arg)
{
	(void)arg;
	free(p);
}

static bool is_late(const struct find *f)
{
	return f->clock.now && !f->patient &&
	       f->clock.now(f->clock.arg) - f->began > f->clock.budget;
}

/* pcre2 is about to try another place. */
static int on_place(pcre2_callout_block *block, void *arg)
{
	struct find *f = arg;

	(void)block;
	return ++f->places % LOOK_PLACES == 0 && is_late(f) ? PCRE2_ERROR_CALLOUT : 0;
}

static uint32_t compile_options(struct slice pattern, const struct find_options *o)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C |
			   PCRE2_USE_OFFSET_LIMIT;
	bool any_case = o->letters == FIND_ANY;

	if (o->letters == FIND_SMART)
		any_case = !pattern_has_capital(pattern, o->expression);
	return options | (any_case ? PCRE2_CASELESS : 0);
}

static int check_pattern(struct slice pattern, struct error *err)
{
	size_t done = 0;

	if (pattern.len == 0)
		return error_set(err, ST_INPUT, N_("there is nothing to search for"));
	if (pattern.len > FIND_PATTERN_MOST)
		return error_set(err, ST_INPUT,
				 N_("this is too long to search for; %d bytes are the most"),
				 FIND_PATTERN_MOST);
	for (size_t column = 1; done < pattern.len; column++) {
		uint32_t cp;

		done += utf8_decode(pattern.p + done, pattern.len - done, &cp);
		if (cp == UTF8_BAD)
			return error_set(
				err, ST_INPUT,
				N_("the search, column %zu: this is no character (not UTF-8)"),
				column);
	}
	return 0;
}

/* Compiles the expression in full; pattern is what the person wrote. */
static int compile(struct find *f, struct slice full, struct slice pattern,
		   const struct find_options *o, struct error *err)
{
	pcre2_compile_context *context = pcre2_compile_context_create(f->memory);
	uint32_t options = compile_options(pattern, o);
	size_t offset = 0;
	int code = 0;

	/* CR LF ends a line as LF does. */
	pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
	if (o->words && o->expression)
		pcre2_set_compile_extra_options(context, PCRE2_EXTRA_MATCH_WORD);
	f->code = pcre2_compile((PCRE2_SPTR)full.p, full.len, options | PCRE2_MATCH_INVALID_UTF,
				&code, &offset, context);
	if (f->code && (o->no_jit || pcre2_jit_compile(f->code, PCRE2_JIT_COMPLETE) < 0)) {
		/* The interpreter would look for the first letter of any case up to the end of
		 * the text, at each place anew: trying each place is slower, but linear. */
		f->checked = pcre2_compile((PCRE2_SPTR)full.p, full.len,
					   options | PCRE2_NO_START_OPTIMIZE, &code, &offset,
					   context);
	}
	pcre2_compile_context_free(context);
	if (f->code)
		return 0;
	if (o->expression) /* a text of the person's is never wrong, except in length */
		offset = offset < sizeof(CALL_US) - 1 ? 0 : offset - (sizeof(CALL_US) - 1);
	else
		offset = 0;
	return tell_problem(pattern, code, offset < pattern.len ? offset : pattern.len, err);
}

int find_new(struct find **out, struct slice pattern, const struct find_options *options,
	     struct error *err)
{
	static const struct find_options usual = {0};
	const struct find_options *o = options ? options : &usual;
	struct find *f = NULL;
	struct str full = STR_INIT;
	int rc = check_pattern(pattern, err);

	if (rc < 0)
		goto done;
	f = mem_zalloc(sizeof(*f));
	f->memory = pcre2_general_context_create(get_memory, give_memory, NULL);
	f->expression = o->expression;
	if (o->expression) {
		str_add_text(&full, CALL_US);
		str_add_slice(&full, pattern);
	} else {
		pattern_add_literal(&full, pattern, !o->strict, o->words);
	}
	rc = compile(f, str_slice(&full), pattern, o, err);
	if (rc < 0)
		goto done;
	f->context = pcre2_match_context_create(f->memory);
	pcre2_set_match_limit(f->context, MATCH_LIMIT);
	pcre2_set_depth_limit(f->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(f->context, HEAP_LIMIT);
	pcre2_set_callout(f->context, on_place, f);
	f->stack = pcre2_jit_stack_create(32 * 1024, JIT_STACK, f->memory);
	if (f->stack)
		pcre2_jit_stack_assign(f->context, NULL, f->stack);
	f->data = pcre2_match_data_create_from_pattern(f->code, f->memory);
	*out = f;
	f = NULL;
done:
	str_release(&full);
	find_free(f);
	return rc;
}

void find_free(struct find *f)
{
	if (!f)
		return;
	pcre2_match_data_free(f->data);
	pcre2_jit_stack_free(f->stack);
	pcre2_match_context_free(f->context);
	pcre2_code_free(f->checked);
	pcre2_code_free(f->code);
	pcre2_general_context_free(f->memory);
	free(f);
}

void find_set_clock(struct find *f, const struct find_clock *clock)
{
	f->clock = clock ? *clock : (struct find_clock){NULL, NULL, 0};
}

void find_hits_release(struct find_hits *hits)
{
	free(hits->v);
	*hits = (struct find_hits)FIND_HITS_INIT;
}

/* ---- Going through a text ---- */

void find_begin(struct find *f, struct slice bytes)
{
	f->places = f->hits = 0;
	f->patient = false;
	f->began = f->clock.now ? f->clock.now(f->clock.arg) : 0;
	/* JIT code steps over what is not UTF-8; without it, pcre2 reads the whole rest of the
	 * text anew for each hit, unless it is told that all is well. */
	f->use_checked = f->checked && utf8_valid(bytes.p, bytes.len);
}

/* The first place at pos or after that is not inside a code point. */
static size_t to_boundary(struct slice bytes, size_t pos)
{
	for (size_t back = 1; back <= 3 && back <= pos && pos < bytes.len; back++) {
		uint32_t cp;
		size_t n = utf8_decode(bytes.p + pos - back, bytes.len - (pos - back), &cp);

		if (n > back)
			return pos - back + n;
	}
	return pos;
}

struct find_scan find_scan(struct find *f, struct slice bytes, size_t from, size_t to)
{
	if (!bytes.p)
		bytes.p = "";
	return (struct find_scan){f, bytes, to_boundary(bytes, from), to, false};
}

static int run(struct find_scan *s, uint32_t options)
{
	struct find *f = s->f;
	const pcre2_code *code = f->code;
	PCRE2_SPTR subject = (PCRE2_SPTR)s->bytes.p;
	int rc;

	if (f->use_checked) {
		code = f->checked;
		options |= PCRE2_NO_UTF_CHECK;
	}
	pcre2_set_offset_limit(f->context, s->to - 1);
	rc = pcre2_match(code, subject, s->bytes.len, s->at, options, f->data, f->context);
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT) /* the interpreter has the heap instead */
		rc = pcre2_match(code, subject, s->bytes.len, s->at, options | PCRE2_NO_JIT,
				 f->data, f->context);
	return rc;
}

int find_scan_next(struct find_scan *s, struct find_hit *hit, struct error *err)
{
	const size_t *found = pcre2_get_ovector_pointer(s->f->data);

	while (s->at <= s->bytes.len && s->at < s->to) {
		int rc = run(s, s->after_empty ? PCRE2_NOTEMPTY_ATSTART : 0);

		if (rc == PCRE2_ERROR_NOMATCH)
			return 0;
		if (rc < 0)
			return tell_failure(s->f, rc, err);
		if (++s->f->hits % LOOK_HITS == 0 && is_late(s->f))
			return tell_failure(s->f, PCRE2_ERROR_CALLOUT, err);
		if (found[0] > found[1] || found[0] < s->at ||
		    (s->after_empty && found[0] == s->at && found[1] == s->at)) {
			/* \K put the beginning somewhere odd: no hit, but go on. */
			s->at = to_boundary(s->bytes, s->at + 1);
			s->after_empty = false;
			continue;
		}
		if (found[0] >= s->to)
			return 0;
		*hit = (struct find_hit){found[0], found[1]};
		s->at = hit->end;
		s->after_empty = hit->begin == hit->end;
		return 1;
	}
	return 0;
}

size_t find_everywhere(struct slice bytes)
{
	return bytes.len + 1;
}

int find_all(struct find *f, struct slice bytes, size_t from, size_t to, size_t most,
	     struct find_hits *hits, struct error *err)
{
	struct find_scan s =
		find_scan(f, bytes, from, to < bytes.len ? to : find_everywhere(bytes));
	struct find_hit hit;
	int rc;

	hits->n = 0;
	hits->more = false;
	find_begin(f, bytes);
	while ((rc = find_scan_next(&s, &hit, err)) == 1) {
		if (hits->n == most) {
			hits->more = true;
			break;
		}
		MEM_GROW(hits->v, hits->n, hits->cap);
		hits->v[hits->n++] = hit;
	}
	hits->more = hits->more || rc == ST_TOO_LARGE;
	return rc < 0 ? rc : 0;
}

void find_library_version(struct str *out)
{
	char text[64];

	if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof(text) &&
	    pcre2_config(PCRE2_CONFIG_VERSION, text) > 0)
		str_add_text(out, text);
}
