/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"
#include "reference_impl.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/word.h"

#include <stdlib.h>
#include <string.h>

#define CANDIDATES 64 /* calls with one verb that are looked at: more is no draft */

struct finder {
	struct clause_index index;
	const struct draft *d;
	struct slice text;
	struct references *out;
	uint32_t from;         /* the paragraph */
	size_t end;            /* of the stretch that is looked at */
	size_t sign;           /* the next place in it that could end a label */
	bool calls_begin[256]; /* with such a byte, in lower case, begin verbs of the draft's
				  calls */
};

#define NEAR 40 /* bytes from a word such as "paragraph" to its label, at most */

/* Words before a label that mean a paragraph. Russian ones by their stem. */
static const char *const point_words[] = {
	"paragraph",   "paragraphs", "para",      "point",        "points",        "item",
	"items",       "clause",     "clauses",   "subparagraph", "sub-paragraph", "paragraphe",
	"paragraphes", "alinéa",     "alinéas",   "punto",        "puntos",        "apartado",
	"apartados",   "párrafo",    "párrafos",  "inciso",       "incisos",       "пункт",
	"пункта",      "пункте",     "пункту",    "пунктом",      "пункты",        "пунктов",
	"пунктах",     "подпункт",   "подпункта", "подпункте",    "الفقرة",        "الفقرتين",
	"البند",       "النقطة",     "第",
};

/* After a label: of which call. */
static const char *const of_words[] = {"of", "du",    "de la partie", "de",   "del", "раздела",
				       "من", "under", "in",           "sous", "的"};

static const char *const above_words[] = {"above",    "supra", "ci-dessus", "précédent",
					  "anterior", "выше",  "أعلاه"};
static const char *const below_words[] = {"below",     "infra", "ci-dessous", "ci-après",
					  "más abajo", "ниже",  "أدناه"};

/* This text, not another one: after these a document's name is no other document. */
static const char *const this_words[] = {
	"this",     "the present", "present",     "la présente", "le présent",
	"présente", "présent",     "la presente", "el presente", "presente",
	"esta",     "este",        "настоящей",   "настоящего",  "настоящем",
	"данной",   "هذا",         "هذه",         "本"};

static const char *const document_words[] = {
	"resolution",
	"resolutions",
	"decision",
	"decisions",
	"recommendation",
	"opinion",
	"convention",
	"constitution",
	"agreement",
	"charter",
	"article",
	"articles",
	"annex",
	"document",
	"résolution",
	"résolutions",
	"décision",
	"décisions",
	"recommandation",
	"accord",
	"annexe",
	"resolución",
	"resoluciones",
	"decisión",
	"recomendación",
	"acuerdo",
	"artículo",
	"convenio",
	"carta",
	"anexo",
	"резолюции",
	"резолюцией",
	"решения",
	"рекомендации",
	"конвенции",
	"устава",
	"статьи",
	"приложения",
	"القرار",
	"المقرر",
	"التوصية",
	"الاتفاقية",
	"المادة",
	"第",
	"号",
};

#define WORD_AT(f, at, list) word_of((f), (at), (list), sizeof(list) / sizeof(*(list)))

/* The bytes of the longest of the words at `at`; 0 where none is there. */
static size_t word_of(const struct finder *f, size_t at, const char *const *words, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len =
			call_words_at(f->text.p + at, f->end - at, words[i], strlen(words[i]));

		if (len > best)
			best = len;
	}
	return best;
}

/* Past blanks, emphasis and quotation marks; what *emphasis tells is set where there were any.
 */
static size_t past_marks(const struct finder *f, size_t at, bool *marked)
{
	static const char *const quotes[] = {"«", "»", "“", "”", "„"};

	while (at < f->end) {
		size_t n = utf8_blank_at(f->text.p + at, f->end - at);
		bool mark = !n && strchr("*_\"", f->text.p[at]) && f->text.p[at];

		if (mark)
			n = 1;
		for (size_t i = 0; !n && i < sizeof(quotes) / sizeof(*quotes); i++) {
			mark = slice_starts(slice_make(f->text.p + at, f->end - at), quotes[i]);
			n = mark ? strlen(quotes[i]) : 0;
		}
		if (!n)
			break;
		*marked = *marked || mark;
		at += n;
	}
	return at;
}

static bool is_marked_before(const struct finder *f, size_t at)
{
	return at > 0 && strchr("*_\"", f->text.p[at - 1]) && f->text.p[at - 1];
}

static struct reference *add(struct finder *f, size_t begin, const struct written_label *label)
{
	struct references *r = f->out;

	MEM_GROW(r->v, r->n, r->cap);
	r->v[r->n] = (struct reference){begin,      label->end,     label->begin,
					label->end, label->core,    label->core_end,
					f->from,    PARAGRAPH_NONE, false};
	return &r->v[r->n++];
}

/* Whether what follows a reference names another text: "of Resolution 71". */
static bool is_external(const struct finder *f, size_t at)
{
	bool marked = false;

	at = past_marks(f, at, &marked);
	size_t n = WORD_AT(f, at, above_words) + WORD_AT(f, at, below_words);
	if (n)
		return false;
	n = WORD_AT(f, at, of_words);
	at = past_marks(f, at + n, &marked);
	if (WORD_AT(f, at, this_words))
		return false;
	static const char *const articles[] = {"the", "la",  "le",  "el",
					       "los", "las", "les", "l'"};
	n = WORD_AT(f, at, articles);
	at = past_marks(f, at + n, &marked);
	if (n && WORD_AT(f, at, this_words))
		return false;
	return WORD_AT(f, at, document_words) > 0;
}

/* The next label of a list, "a), b) and c)": where it begins, 0 where the list is over. */
static size_t next_in_list(const struct finder *f, size_t at, struct written_label *label)
{
	static const char *const joints[] = {"and", "et", "y",  "e",  "и",   "و",
					     "和",  "or", "ou", "o",  "или", "أو",
					     "to",  "à",  "a",  "по", "至"};
	bool marked = false, comma = false;
	size_t from = past_marks(f, at, &marked);

	if (from < f->end && f->text.p[from] == ',') {
		comma = true;
		from = past_marks(f, from + 1, &marked);
	} else if (slice_starts(slice_make(f->text.p + from, f->end - from), "、")) {
		comma = true;
		from += 3;
	}
	/* "e" joins two, "e)" is one of them. */
	size_t n = WORD_AT(f, from, joints);
	if (n && from + n < f->end && f->text.p[from + n] == ')')
		n = 0;
	from = past_marks(f, from + n, &marked);
	if ((!comma && !n) || !written_label_read(f->text, from, f->end, label))
		return 0;
	return from;
}

/* "b)" after "2" in "2 b)": the label below it, glued or after one blank. */
static bool below_it(const struct finder *f, size_t at, struct written_label *label)
{
	bool marked = false;
	size_t from = past_marks(f, at, &marked);

	return from - at <= 4 && written_label_read(f->text, from, f->end, label) &&
	       !label->bare;
}

struct found {
	struct written_label first;
	size_t end;
	size_t begin;     /* of the verb or point word */
	uint32_t *scopes; /* calls it may mean */
	size_t n_scopes;
	bool marked, near, above;
};

static uint32_t target_of(const struct finder *f, const struct found *x,
			  const struct written_label *label)
{
	uint32_t target = PARAGRAPH_NONE;

	if (x->near)
		return clause_near(&f->index, f->from, x->above, label);
	for (size_t i = 0; i < x->n_scopes && target == PARAGRAPH_NONE; i++)
		target = clause_in_scope(&f->index, x->scopes[i], label);
	return target;
}

/* Adds the reference with the labels below and beside its first; returns where it ends. */
static size_t add_all(struct finder *f, const struct found *x)
{
	struct written_label label = x->first, below;
	size_t begin = x->begin, first = f->out->n, next;

	for (;;) {
		uint32_t target = target_of(f, x, &label);
		size_t end = label.end;

		add(f, begin, &label)->target = target;
		while (below_it(f, end, &below)) {
			/* In "2 b)" b) stands under 2; without one, nothing is known of it. */
			target = target == PARAGRAPH_NONE
					 ? target
					 : clause_in_scope(&f->index, target, &below);
			add(f, below.begin, &below)->target = target;
			end = below.end;
		}
		next = next_in_list(f, end, &label);
		if (!next || (label.bare && !x->first.bare)) {
			if (!x->near && is_external(f, end > x->end ? end : x->end))
				for (size_t i = first; i < f->out->n; i++) {
					f->out->v[i].external = true;
					f->out->v[i].target = PARAGRAPH_NONE;
				}
			return end;
		}
		begin = next;
	}
}

/* The calls a verb at `at` may mean, best first, into scopes; returns how many. *end: after the
 * words of the verb, or of as much of the call as stands there. */
static size_t find_scopes(const struct finder *f, size_t at, const struct call *verb,
			  uint32_t scopes[CANDIDATES], size_t *end)
{
	const char *p = f->text.p + at;
	size_t n, first = calls_with(&f->index, verb->verb, &n), count = 0, longest = 0;

	*end = at + verb->end;
	for (size_t i = first; i < first + n && i < first + CANDIDATES; i++) {
		const struct call_key *k = &f->index.calls[i];
		struct slice line = draft_body(f->d, f->text, k->paragraph);
		size_t len = call_words_at(p, f->end - at, line.p + k->call.begin,
					   k->call.rest_end - k->call.begin);

		/* The call in full words beats another with the same verb. */
		size_t place = count;
		if (len > longest)
			place = 0;
		else if (f->d->v[f->from].call == k->paragraph && !longest)
			place = 0;
		memmove(scopes + place + 1, scopes + place, (count - place) * sizeof(*scopes));
		scopes[place] = k->paragraph;
		count++;
		if (len > longest) {
			longest = len;
			if (at + len > *end)
				*end = at + len;
		}
	}
	return count;
}

/* Whether a bare number after a verb in plain type is a label: no noun follows. */
static bool stands_alone(const struct finder *f, size_t at)
{
	static const char *const after[] = {"above",     "below", "of",    "and",  "or", "et",
					    "ou",        "du",    "de",    "del",  "y",  "o",
					    "и",         "или",   "выше",  "ниже", "و",  "to",
					    "ci-dessus", "supra", "infra", "أعلاه"};
	bool marked = false;
	enum token_kind kind;

	at = past_marks(f, at, &marked);
	if (at >= f->end || marked || WORD_AT(f, at, after))
		return true;
	token_at(f->text.p + at, f->end - at, &kind);
	return kind == TOKEN_MARK || kind == TOKEN_CHARACTER;
}

/* "considérant e)", "*resolves* 2", at a word; returns where it ends, 0 where it is none. */
static size_t verb_and_label(struct finder *f, size_t at)
{
	uint32_t scopes[CANDIDATES + 1];
	struct found x = {.begin = at, .scopes = scopes, .marked = is_marked_before(f, at)};
	struct call verb;
	size_t end;

	if (!call_verb_at(f->text.p + at, f->end - at, &verb))
		return 0;
	x.n_scopes = find_scopes(f, at, &verb, scopes, &end);
	end = past_marks(f, end, &x.marked);
	if (!written_label_read(f->text, end, f->end, &x.first))
		return 0;
	x.end = x.first.end;
	if (!x.marked && (!x.n_scopes || verb.ambiguous ||
			  (x.first.bare && (!stands_alone(f, x.end) ||
					    target_of(f, &x, &x.first) == PARAGRAPH_NONE))))
		return 0;
	return add_all(f, &x);
}

/* "point 2 du *décide*", "paragraph 3 above", at a word; returns where it ends, or 0. */
static size_t point_and_label(struct finder *f, size_t at)
{
	uint32_t scopes[CANDIDATES + 1];
	struct found x = {.begin = at, .scopes = scopes};
	struct written_label last, label;
	struct call verb;
	size_t n = WORD_AT(f, at, point_words), end;

	if (!n)
		return 0;
	end = past_marks(f, at + n, &x.marked);
	if (!written_label_read(f->text, end, f->end, &x.first))
		return 0;
	last = x.first;
	while (below_it(f, last.end, &label))
		last = label;
	while (next_in_list(f, last.end, &label))
		last = label;
	end = past_marks(f, last.end, &x.marked);
	x.near = true;
	x.above = WORD_AT(f, end, above_words) > 0;
	if (x.above || WORD_AT(f, end, below_words)) {
		x.end = end;
		return add_all(f, &x);
	}
	n = WORD_AT(f, end, of_words);
	end = past_marks(f, end + n, &x.marked);
	if (!n || !call_verb_at(f->text.p + end, f->end - end, &verb))
		return 0;
	x.near = false;
	x.n_scopes = find_scopes(f, end, &verb, scopes, &x.end);
	if (!x.n_scopes && !is_marked_before(f, end))
		return 0;
	add_all(f, &x);
	return x.end;
}

/* Whether a digit or closing parenthesis, which a label ends in, comes within `most` bytes. */
static bool label_within(struct finder *f, size_t at, size_t most)
{
	if (f->sign < at)
		f->sign = at;
	while (f->sign < f->end && f->text.p[f->sign] != ')' &&
	       (f->text.p[f->sign] < '0' || f->text.p[f->sign] > '9'))
		f->sign++;
	return f->sign < f->end && f->sign - at <= most;
}

static unsigned char first_byte(const char *p)
{
	unsigned char c = (unsigned char)*p;

	/* Capitals and accents may be folded: all that is not ASCII counts as one. */
	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c + 32);
	return c < 0x80 ? c : 0xFF;
}

/* Whether a verb at this word could refer: in plain type only if a call of the draft has it. */
static bool may_refer(struct finder *f, size_t at)
{
	return label_within(f, at, CALL_MOST) &&
	       (is_marked_before(f, at) || f->calls_begin[first_byte(f->text.p + at)] ||
		f->calls_begin[0xFF]);
}

static void scan_stretch(struct finder *f, size_t at, size_t end)
{
	enum token_kind kind;

	f->end = end;
	f->sign = at;
	while (at < end && label_within(f, at, SIZE_MAX)) {
		size_t n = token_at(f->text.p + at, end - at, &kind), past = 0;

		if (kind == TOKEN_WORD || kind == TOKEN_CHARACTER) {
			past = may_refer(f, at) ? verb_and_label(f, at) : 0;
			if (!past && label_within(f, at, NEAR))
				past = point_and_label(f, at);
		}
		at = past > at ? past : at + n;
	}
}

static int by_begin(const void *a, const void *b)
{
	const struct reference *x = a, *y = b;

	return (x->label > y->label) - (x->label < y->label);
}

void draft_references(const struct draft *d, struct slice text, const struct brackets *b,
		      struct references *refs)
{
	static const struct brackets none;
	struct finder f = {.d = d, .text = text, .out = refs};
	size_t unread = 0;

	*refs = (struct references){0};
	b = b ? b : &none;
	clause_index_init(&f.index, d, text);
	for (size_t i = 0; i < f.index.n_calls; i++) {
		const struct call_key *k = &f.index.calls[i];

		f.calls_begin[first_byte(draft_body(d, text, k->paragraph).p + k->call.begin)] =
			true;
	}
	for (uint32_t i = 0; i < d->n; i++) {
		const struct paragraph *p = &d->v[i];
		size_t at = p->body;

		if (p->kind != PARA_CLAUSE && p->kind != PARA_TEXT &&
		    p->kind != PARA_FOOTNOTE && p->kind != PARA_HEADING)
			continue;
		f.from = i;
		while (unread < b->n_unread && b->unread[unread].end <= at)
			unread++;
		for (size_t k = unread; k < b->n_unread && b->unread[k].begin < p->end; k++) {
			if (b->unread[k].begin > at)
				scan_stretch(&f, at, b->unread[k].begin);
			if (b->unread[k].end > at)
				at = b->unread[k].end;
		}
		if (at < p->end)
			scan_stretch(&f, at, p->end);
	}
	clause_index_release(&f.index);
	if (refs->n)
		qsort(refs->v, refs->n, sizeof(*refs->v), by_begin);
}

void references_release(struct references *refs)
{
	free(refs->v);
	*refs = (struct references){0};
}
