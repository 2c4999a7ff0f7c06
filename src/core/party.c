/* SPDX-License-Identifier: MIT */
#include "core/party.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MOST 48 /* bytes of a code or alias; longer words are no party */

/* A word that names a party. */
struct party_word {
	struct slice word; /* borrowed from the party */
	uint16_t party;
	bool is_code;
};

static const struct {
	const char *code, *name, *organisation;
	const char *aliases[4];
} regions[] = {
	{"AFR", "Africa", "ATU", {"ATU", "AFCP"}},
	{"AMS", "Americas", "CITEL", {"CITEL", "IAP"}},
	{"ARB", "Arab States", "LAS", {"LAS", "ASMG"}},
	{"ASP", "Asia and the Pacific", "APT", {"APT", "ACP", "PACP"}},
	{"CIS", "Commonwealth of Independent States", "RCC", {"CEI", "RCC"}},
	{"EUR", "Europe", "CEPT", {"CEPT", "ECP"}},
};

static int compare_words(const void *a, const void *b)
{
	const struct party_word *x = a, *y = b;
	int order = slice_compare(x->word, y->word);

	/* A code is found before an equal alias, an earlier party before a later one. */
	if (order)
		return order;
	if (x->is_code != y->is_code)
		return x->is_code ? -1 : 1;
	return (x->party > y->party) - (x->party < y->party);
}

static void index_words(struct parties *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += 1 + p->v[i].n_aliases;
	p->words = mem_array(p->words, n, sizeof(*p->words));
	p->n_words = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct party *party = &p->v[i];
		p->words[p->n_words++] =
			(struct party_word){slice_of(party->code), (uint16_t)i, true};
		for (size_t k = 0; k < party->n_aliases; k++)
			p->words[p->n_words++] = (struct party_word){
				slice_of(party->aliases[k]), (uint16_t)i, false};
	}
	qsort(p->words, p->n_words, sizeof(*p->words), compare_words);
	memset(p->begins, 0, sizeof(p->begins));
	memset(p->ends, 0, sizeof(p->ends));
	for (size_t i = 0; i < p->n_words; i++) {
		struct slice word = p->words[i].word;

		p->begins[(unsigned char)word.p[0]] = true;
		p->ends[(unsigned char)word.p[word.len - 1]] = true;
	}
}

void parties_init_regions(struct parties *p)
{
	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		MEM_GROW(p->v, p->n, p->cap);
		struct party *party = &p->v[p->n++];
		memset(party, 0, sizeof(*party));
		party->code = mem_strdup(regions[i].code);
		party->name = mem_strdup(regions[i].name);
		party->organisation = mem_strdup(regions[i].organisation);
		party->colour = mem_strdup("");
		party->aliases = mem_array(NULL, 4, sizeof(char *));
		for (size_t k = 0; k < 4 && regions[i].aliases[k]; k++)
			party->aliases[party->n_aliases++] = mem_strdup(regions[i].aliases[k]);
	}
	index_words(p);
}

void parties_copy(struct parties *to, const struct parties *from)
{
	memset(to, 0, sizeof(*to));
	for (size_t i = 0; i < from->n; i++) {
		const struct party *f = &from->v[i];
		struct party copy = {.code = mem_strdup(f->code),
				     .name = mem_strdup(f->name),
				     .organisation = mem_strdup(f->organisation),
				     .colour = mem_strdup(f->colour),
				     .n_aliases = f->n_aliases};

		copy.aliases = mem_array(NULL, f->n_aliases, sizeof(char *));
		for (size_t k = 0; k < f->n_aliases; k++)
			copy.aliases[k] = mem_strdup(f->aliases[k]);
		MEM_GROW(to->v, to->n, to->cap);
		to->v[to->n++] = copy;
	}
	index_words(to);
}

void parties_add(struct parties *p, const char *code)
{
	struct party party = {.code = mem_strdup(code),
			      .name = mem_strdup(code),
			      .organisation = mem_strdup(""),
			      .colour = mem_strdup("")};

	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = party;
	index_words(p);
}

static void focal_release(struct focal_point *f)
{
	free(f->name);
	free(f->email);
	for (size_t i = 0; i < f->n_drafts; i++)
		free(f->drafts[i]);
	free(f->drafts);
}

static void party_release(struct party *party)
{
	free(party->code);
	free(party->name);
	free(party->organisation);
	free(party->colour);
	for (size_t i = 0; i < party->n_aliases; i++)
		free(party->aliases[i]);
	free(party->aliases);
	for (size_t i = 0; i < party->n_focal; i++)
		focal_release(&party->focal[i]);
	free(party->focal);
}

void parties_release(struct parties *p)
{
	for (size_t i = 0; i < p->n; i++)
		party_release(&p->v[i]);
	free(p->v);
	free(p->words);
	memset(p, 0, sizeof(*p));
}

static bool speaks_on(const struct focal_point *f, struct slice draft, struct slice symbol)
{
	for (size_t i = 0; i < f->n_drafts; i++)
		if (slice_is(draft, f->drafts[i]) ||
		    (symbol.len > 0 && slice_is(symbol, f->drafts[i])))
			return true;
	return f->n_drafts == 0;
}

const struct focal_point *party_focal(const struct party *party,
				      const struct focal_point *after, struct slice draft,
				      struct slice symbol)
{
	size_t i = after ? (size_t)(after - party->focal) + 1 : 0;

	while (i < party->n_focal && !speaks_on(&party->focal[i], draft, symbol))
		i++;
	return i < party->n_focal ? &party->focal[i] : NULL;
}

uint16_t party_find(const struct parties *p, struct slice word, bool *is_code)
{
	size_t i;

	SORTED_SKIP(i, p->n_words, slice_compare(p->words[i].word, word) < 0);
	if (i == p->n_words || !slice_equal(p->words[i].word, word))
		return PARTY_NONE;
	if (is_code)
		*is_code = p->words[i].is_code;
	return p->words[i].party;
}

/* Bytes of the sign that joins parties at p, 0 where there is none. */
static size_t joiner_at(const char *p, size_t len)
{
	if (!len)
		return 0;
	if (*p == ',' || *p == ';' || *p == '+' || *p == '&')
		return 1;
	if (len >= 3 && (memcmp(p, "，", 3) == 0 || memcmp(p, "；", 3) == 0))
		return 3;
	return 0;
}

static size_t joiner_before(const char *p, size_t len)
{
	if (len && joiner_at(p + len - 1, 1))
		return 1;
	if (len >= 3 && joiner_at(p + len - 3, 3) == 3)
		return 3;
	return 0;
}

/* Whether a word ends before this place. */
static bool word_stops(const char *p, size_t len)
{
	if (!len || strchr(":()[]/{}\\\n\r", *p))
		return true;
	return joiner_at(p, len) || utf8_blank_at(p, len) ||
	       (len >= 3 && (memcmp(p, "：", 3) == 0 || memcmp(p, "［", 3) == 0 ||
			     memcmp(p, "］", 3) == 0));
}

static bool word_starts(const char *p, size_t len)
{
	if (!len || strchr(":()[]/{}\\\n\r", p[len - 1]))
		return true;
	return joiner_before(p, len) || utf8_blank_before(p, len) ||
	       (len >= 3 &&
		(memcmp(p + len - 3, "：", 3) == 0 || memcmp(p + len - 3, "［", 3) == 0 ||
		 memcmp(p + len - 3, "］", 3) == 0));
}

static size_t word_at(const char *p, size_t len)
{
	size_t n = 0;

	while (n <= WORD_MOST && !word_stops(p + n, len - n))
		n++;
	return n <= WORD_MOST ? n : 0;
}

static size_t word_before(const char *p, size_t len)
{
	size_t n = 0;

	while (n <= WORD_MOST && !word_starts(p, len - n))
		n++;
	return n <= WORD_MOST ? n : 0;
}

/* Adds the word to the list, each party once; false where it is no party or does not fit. */
static bool list_add(const struct parties *p, struct slice word, struct party_list *list,
		     size_t *words, bool *last_is_code)
{
	uint16_t party = word.len ? party_find(p, word, last_is_code) : PARTY_NONE;

	if (party == PARTY_NONE)
		return false;
	++*words;
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i] == party)
			return true;
	if (list->n == sizeof(list->v) / sizeof(*list->v))
		return false;
	list->v[list->n++] = party;
	return true;
}

size_t party_list_at(const struct parties *p, const char *text, size_t len,
		     struct party_list *list)
{
	size_t at = 0, end, words = 0;
	bool is_code = false;

	list->n = 0;
	if (!len || !p->begins[(unsigned char)*text])
		return 0;
	for (;;) {
		size_t n = word_at(text + at, len - at);
		if (!list_add(p, slice_make(text + at, n), list, &words, &is_code))
			return 0;
		end = at += n;
		at += utf8_blanks_at(text + at, len - at);
		n = joiner_at(text + at, len - at);
		if (!n)
			break;
		at += n;
		at += utf8_blanks_at(text + at, len - at);
	}
	list->lone_alias = words == 1 && !is_code;
	return end;
}

void party_list_recorded(const struct parties *p, struct slice codes, struct party_list *list)
{
	size_t words = 0, n, joint;
	bool is_code;

	*list = (struct party_list){.n = 0};
	for (size_t at = 0; at < codes.len; at += joint) {
		n = word_at(codes.p + at, codes.len - at);
		list_add(p, slice_make(codes.p + at, n), list, &words, &is_code);
		at += n;
		at += utf8_blanks_at(codes.p + at, codes.len - at);
		joint = joiner_at(codes.p + at, codes.len - at);
		if (!joint)
			break;
		joint += utf8_blanks_at(codes.p + at + joint, codes.len - at - joint);
	}
}

size_t party_list_before(const struct parties *p, const char *text, size_t len,
			 struct party_list *list)
{
	size_t at = len, begin, words = 0;
	bool is_code = false;

	list->n = 0;
	if (!len || !p->ends[(unsigned char)text[len - 1]])
		return 0;
	for (;;) {
		size_t n = word_before(text, at);
		if (!list_add(p, slice_make(text + at - n, n), list, &words, &is_code))
			return 0;
		begin = at -= n;
		at -= utf8_blanks_before(text, at);
		n = joiner_before(text, at);
		if (!n)
			break;
		at -= n;
		at -= utf8_blanks_before(text, at);
	}
	for (size_t i = 0; i < list->n / 2; i++) {
		uint16_t swap = list->v[i];
		list->v[i] = list->v[list->n - 1 - i];
		list->v[list->n - 1 - i] = swap;
	}
	list->lone_alias = words == 1 && !is_code;
	return len - begin;
}

/* ---- regions.yaml ---- */

/* The name in English, or in the first language that has one; a bare text counts too. */
static struct slice read_name(const struct yaml_doc *doc, const struct yaml_node *entry)
{
	const struct yaml_node *name = yaml_get(doc, entry, "name");
	const struct yaml_node *english = yaml_get(doc, name, "en");

	if (yaml_is_text(name))
		return name->text;
	if (yaml_is_text(english))
		return english->text;
	for (const struct yaml_node *n = yaml_first(doc, name); n; n = yaml_next(doc, n))
		if (yaml_is_text(n))
			return n->text;
	return SLICE("");
}

/* A list of texts, or one text. */
static size_t read_texts(const struct yaml_doc *doc, const struct yaml_node *list, char ***out)
{
	size_t n = 0, cap = 0;

	*out = NULL;
	if (yaml_is_text(list)) {
		MEM_GROW(*out, n, cap);
		(*out)[n++] = slice_dup(list->text);
		return n;
	}
	for (const struct yaml_node *i = yaml_first(doc, list); i; i = yaml_next(doc, i)) {
		if (!yaml_is_text(i))
			continue;
		MEM_GROW(*out, n, cap);
		(*out)[n++] = slice_dup(i->text);
	}
	return n;
}

static void read_focal_points(const struct yaml_doc *doc, const struct yaml_node *list,
			      struct party *party)
{
	size_t cap = 0;

	for (const struct yaml_node *i = yaml_first(doc, list); i; i = yaml_next(doc, i)) {
		if (i->kind != YAML_MAP)
			continue;
		MEM_GROW(party->focal, party->n_focal, cap);
		struct focal_point *f = &party->focal[party->n_focal++];
		f->name = slice_dup(yaml_get_text(doc, i, "name"));
		f->email = slice_dup(yaml_get_text(doc, i, "email"));
		f->n_drafts = read_texts(doc, yaml_get(doc, i, "drafts"), &f->drafts);
	}
}

/* A code or alias is one word that a party list can hold. */
static bool usable_word(struct slice word)
{
	return word.len && word_at(word.p, word.len) == word.len;
}

static void drop_unusable(struct party *party, const struct yaml_node *at,
			  struct yaml_problems *problems)
{
	size_t n = 0;

	for (size_t i = 0; i < party->n_aliases; i++) {
		if (usable_word(slice_of(party->aliases[i]))) {
			party->aliases[n++] = party->aliases[i];
			continue;
		}
		yaml_problem_add(problems, at->line, at->column,
				 N_("an alias must be one word; this one is left out"));
		free(party->aliases[i]);
	}
	party->n_aliases = n;
}

static void check_keys(const struct yaml_doc *doc, const struct yaml_node *entry,
		       struct yaml_problems *problems)
{
	static const char *const known[] = {"code",    "name",   "organisation",
					    "aliases", "colour", "focal_points",
					    "keys",    "members"};

	for (const struct yaml_node *k = yaml_first(doc, entry); k; k = yaml_next(doc, k)) {
		bool found = false;
		for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
			found = found || slice_is(k->key, known[i]);
		if (!found)
			yaml_problem_add(problems, k->key_line, k->key_column,
					 N_("unknown key; it is kept and not used"));
	}
}

static void read_entry(struct parties *p, const struct yaml_doc *doc,
		       const struct yaml_node *entry, struct yaml_problems *problems)
{
	struct slice code = yaml_get_text(doc, entry, "code");

	if (entry->kind != YAML_MAP || !usable_word(code)) {
		yaml_problem_add(
			problems, entry->line, entry->column,
			N_("a party needs a code of one word; this entry is left out"));
		return;
	}
	for (size_t i = 0; i < p->n; i++)
		if (slice_is(code, p->v[i].code)) {
			yaml_problem_add(
				problems, entry->line, entry->column,
				N_("this code stands twice; the second entry is left out"));
			return;
		}
	if (p->n == PARTY_MOST) {
		yaml_problem_add(problems, entry->line, entry->column,
				 N_("too many parties; this entry is left out"));
		return;
	}
	check_keys(doc, entry, problems);
	MEM_GROW(p->v, p->n, p->cap);
	struct party *party = &p->v[p->n++];
	memset(party, 0, sizeof(*party));
	party->code = slice_dup(code);
	party->name = slice_dup(read_name(doc, entry));
	party->organisation = slice_dup(yaml_get_text(doc, entry, "organisation"));
	party->colour = slice_dup(yaml_get_text(doc, entry, "colour"));
	party->n_aliases = read_texts(doc, yaml_get(doc, entry, "aliases"), &party->aliases);
	drop_unusable(party, entry, problems);
	read_focal_points(doc, yaml_get(doc, entry, "focal_points"), party);
}

int parties_read(struct parties *p, struct slice yaml, struct yaml_problems *problems,
		 struct error *err)
{
	const struct yaml_node *list;
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);

	memset(p, 0, sizeof(*p));
	list = rc == 0 ? yaml_get(&doc, yaml_root(&doc), "parties") : NULL;
	for (const struct yaml_node *i = yaml_first(&doc, list); i; i = yaml_next(&doc, i))
		read_entry(p, &doc, i, problems);
	if (p->n) {
		index_words(p);
	} else {
		if (rc == 0)
			yaml_problem_add(problems, 1, 1,
					 N_("no party is listed under \"parties\"; the six "
					    "regions stand"));
		parties_release(p);
		parties_init_regions(p);
	}
	yaml_release(&doc);
	return rc;
}
