/* SPDX-License-Identifier: MIT */
#include "core/position.h"

#include "core/digest.h"
#include "core/meeting.h"
#include "core/mem.h"
#include "core/yaml_edit.h"
#include "fields.h"

#include <stdlib.h>
#include <string.h>

static const char *const stances[] = {[STANCE_NONE] = "none",
				      [STANCE_SUPPORTS] = "supports",
				      [STANCE_ACCEPTS] = "accepts",
				      [STANCE_OPPOSES] = "opposes",
				      [STANCE_RESERVES] = "reserves"};

static const char *const strengths[] = {[STRENGTH_NONE] = "",
					[STRENGTH_FLEXIBLE] = "flexible",
					[STRENGTH_PREFERS] = "prefers",
					[STRENGTH_RED_LINE] = "red-line"};

static const char *const keys[] = {"stance",  "option", "strength", "wording", "source",
				   "meeting", "date",   "note",     NULL};

const char *stance_word(enum stance s)
{
	return stances[s];
}

const char *strength_word(enum strength s)
{
	return strengths[s];
}

bool stance_find(struct slice word, enum stance *s)
{
	for (size_t i = 0; i < sizeof(stances) / sizeof(stances[0]); i++)
		if (slice_is(word, stances[i])) {
			*s = (enum stance)i;
			return true;
		}
	return false;
}

bool strength_find(struct slice word, enum strength *s)
{
	for (size_t i = STRENGTH_FLEXIBLE; i < sizeof(strengths) / sizeof(strengths[0]); i++)
		if (slice_is(word, strengths[i])) {
			*s = (enum strength)i;
			return true;
		}
	return false;
}

/* Index of the value of a key among words, `none` where it is not given, -1 and a problem else.
 */
static int word_of(const struct fields *f, const char *key, const char *const *words, size_t n,
		   int none)
{
	const struct yaml_node *value = yaml_get(f->doc, f->map, key);

	if (yaml_is_null(value))
		return none;
	for (size_t i = 0; value->kind == YAML_TEXT && i < n; i++)
		if (slice_is(value->text, words[i]))
			return (int)i;
	yaml_problem_add(f->problems, value->line, value->column,
			 N_("%s \"%.40s\" is not known; the position is left out"), key,
			 value->text.p);
	return -1;
}

/* An option is a small number. False, and a problem, where it is something else. */
static bool read_option(const struct fields *f, struct position *p)
{
	const struct yaml_node *value = yaml_get(f->doc, f->map, "option");
	bool good = true;

	p->has_option = !yaml_is_null(value);
	p->option = 0;
	if (!p->has_option)
		return true;
	good = value->kind == YAML_TEXT && value->text.len > 0 && value->text.len <= 6;
	for (size_t i = 0; good && i < value->text.len; i++) {
		char c = value->text.p[i];

		good = c >= '0' && c <= '9';
		p->option = p->option * 10 + (uint32_t)(c - '0');
	}
	if (!good)
		yaml_problem_add(
			f->problems, value->line, value->column,
			N_("option should be a number, 0 for no text; the position is left "
			   "out"));
	return good;
}

static void release_one(struct position *p)
{
	free(p->id);
	free(p->wording);
	free(p->source);
	free(p->meeting);
	free(p->date);
	free(p->note);
}

static bool is_digest(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.len == DIGEST_SHORT;
}

/* A date that is none is left out; a digest that is none is that of no wording, and stays. */
static void read_when(const struct fields *f, struct position *p)
{
	const struct yaml_node *date = yaml_get(f->doc, f->map, "date");
	const struct yaml_node *wording = yaml_get(f->doc, f->map, "wording");

	p->wording = fields_text(f, "wording");
	if (*p->wording && !is_digest(slice_of(p->wording)))
		yaml_problem_add(
			f->problems, wording->line, wording->column,
			N_("wording should be the 16 hexadecimal digits of the option's "
			   "digest; the position counts as given on another wording"));
	p->date = fields_text(f, "date");
	if (*p->date && !date_is_valid(slice_of(p->date))) {
		yaml_problem_add(
			f->problems, date->line, date->column,
			N_("a date should be year-month-day, as 2025-03-29; left out"));
		*p->date = '\0';
	}
}

static bool read_one(const struct fields *f, struct position *p)
{
	int stance, strength;

	fields_check(f, keys);
	stance = word_of(f, "stance", stances, sizeof(stances) / sizeof(stances[0]), -2);
	/* The empty word for no strength is not for writing. */
	strength = word_of(f, "strength", strengths + 1,
			   sizeof(strengths) / sizeof(strengths[0]) - 1, -2);
	if (stance == -2)
		yaml_problem_add(f->problems, f->map->key_line, f->map->key_column,
				 N_("this position has no stance; it is left out"));
	if (stance < 0 || strength == -1 || !read_option(f, p))
		return false;
	p->stance = (enum stance)stance;
	p->strength = strength == -2 ? STRENGTH_NONE : (enum strength)(strength + 1);
	if (!p->has_option && (p->stance == STANCE_SUPPORTS || p->stance == STANCE_ACCEPTS)) {
		yaml_problem_add(
			f->problems, f->map->key_line, f->map->key_column,
			N_("which option is supported is missing; the position is left out"));
		return false;
	}
	p->id = slice_dup(f->map->key);
	read_when(f, p);
	p->source = fields_text(f, "source");
	p->meeting = fields_text(f, "meeting");
	p->note = fields_text(f, "note");
	p->line = f->map->key_line;
	p->column = f->map->key_column;
	return true;
}

int positions_read(struct slice yaml, struct positions *p, struct yaml_problems *problems,
		   struct error *err)
{
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *v = rc == 0 ? fields_root(&doc, YAML_MAP, problems) : NULL;

	*p = (struct positions){NULL, 0, 0};
	for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
		struct fields f = {&doc, v, problems};
		struct position one = {.id = NULL};

		if (v->kind != YAML_MAP) {
			yaml_problem_add(
				problems, v->line, v->column,
				N_("a position should be a map (stance: …); left out"));
			continue;
		}
		if (positions_find(p, v->key) || !read_one(&f, &one))
			continue;
		MEM_GROW(p->v, p->n, p->cap);
		p->v[p->n++] = one;
	}
	yaml_release(&doc);
	return rc;
}

void positions_release(struct positions *p)
{
	for (size_t i = 0; i < p->n; i++)
		release_one(&p->v[i]);
	free(p->v);
	*p = (struct positions){NULL, 0, 0};
}

/* Whether one of the first n is on the point. */
static bool has_first(const struct positions *p, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(p->v[i].id, id))
			return true;
	return false;
}

void positions_add(struct positions *p, struct positions *more)
{
	const size_t before = p->n;
	size_t kept = 0;

	/* No id stands twice in more itself. */
	for (size_t i = 0; i < more->n; i++) {
		if (has_first(p, before, more->v[i].id)) {
			more->v[kept++] = more->v[i];
			continue;
		}
		MEM_GROW(p->v, p->n, p->cap);
		p->v[p->n++] = more->v[i];
	}
	more->n = kept;
}

const struct position *positions_find(const struct positions *p, struct slice id)
{
	for (size_t i = 0; i < p->n; i++)
		if (slice_is(id, p->v[i].id))
			return &p->v[i];
	return NULL;
}

/* ---- writing ---- */

static bool is_known(struct slice key)
{
	for (size_t i = 0; keys[i]; i++)
		if (slice_is(key, keys[i]))
			return true;
	return false;
}

/* A word that is itself in { } too: then what it means to others (true, 1.5) stays. */
static bool is_bare(const struct yaml_node *node)
{
	for (size_t i = 0; i < node->text.len; i++) {
		char c = node->text.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || (i && strchr("_.+-", c))))
			return false;
	}
	return node->plain && node->text.len > 0;
}

/* A value on one line, as { } and [ ] write it. The reader bounds the depth. */
static void add_value(struct str *out, const struct yaml_doc *doc, const struct yaml_node *node)
{
	const char *join = "";

	if (node->kind == YAML_TEXT) {
		if (yaml_is_null(node))
			str_add_text(out, "null");
		else if (is_bare(node))
			str_add_slice(out, node->text);
		else
			yaml_add_scalar(out, node->text);
		return;
	}
	str_add_char(out, node->kind == YAML_MAP ? '{' : '[');
	for (const struct yaml_node *v = yaml_first(doc, node); v; v = yaml_next(doc, v)) {
		str_add_text(out, join);
		if (node->kind == YAML_MAP) {
			yaml_add_scalar(out, v->key);
			str_add_text(out, ": ");
		}
		add_value(out, doc, v);
		join = ", ";
	}
	str_add_char(out, node->kind == YAML_MAP ? '}' : ']');
}

/* Keys of the older entry that are not ours go with it to its new form. */
static void add_unknown(struct str *value, struct slice yaml, const char *id)
{
	struct yaml_doc doc;

	if (yaml_read(yaml, &doc, NULL, NULL) == 0) {
		const struct yaml_node *v = yaml_get(&doc, yaml_root(&doc), id);

		for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
			if (!v->key.len || is_known(v->key))
				continue;
			str_add_text(value, ", ");
			yaml_add_scalar(value, v->key);
			str_add_text(value, ": ");
			add_value(value, &doc, v);
		}
	}
	yaml_release(&doc);
}

/* What an entry has of ours: as pairs, and as the one line that a new one is. */
struct entry {
	struct yaml_pair pairs[8];
	struct str text[8], value[8];
	size_t n;
	struct str line;
};

/* text "": the entry has none. quoted: always; 16 digits would be a number to others. */
static void add_pair(struct entry *e, const char *key, const char *text, bool quoted)
{
	struct str *value = &e->value[e->n];

	str_add_text(&e->text[e->n], text ? text : "");
	if (quoted)
		str_addf(value, "\"%s\"", str_text(&e->text[e->n]));
	else if (slice_is(slice_of(key), "option"))
		str_add_slice(value, str_slice(&e->text[e->n]));
	else
		yaml_add_scalar(value, str_slice(&e->text[e->n]));
	e->pairs[e->n] = (struct yaml_pair){key, str_slice(value), str_slice(&e->text[e->n]),
					    !e->text[e->n].len};
	if (e->text[e->n].len) {
		str_addf(&e->line, "%s%s: ", e->line.len > 1 ? ", " : "", key);
		str_add_slice(&e->line, str_slice(value));
	}
	e->n++;
}

int position_set(struct str *yaml, const struct position *p, struct error *err)
{
	struct entry e = {.n = 0};
	struct str option = STR_INIT;
	int rc;

	if (p->has_option)
		str_addf(&option, "%u", p->option);
	str_add_char(&e.line, '{');
	add_pair(&e, "stance", stances[p->stance], false);
	add_pair(&e, "option", str_text(&option), false);
	add_pair(&e, "strength", p->strength == STRENGTH_NONE ? "" : strengths[p->strength],
		 false);
	add_pair(&e, "wording", p->wording, true);
	add_pair(&e, "source", p->source, false);
	add_pair(&e, "meeting", p->meeting, false);
	add_pair(&e, "date", p->date, false);
	add_pair(&e, "note", p->note, false);
	add_unknown(&e.line, str_slice(yaml), p->id);
	str_add_char(&e.line, '}');
	rc = yaml_edit_set_pairs(yaml, slice_of(p->id), e.pairs, e.n, str_slice(&e.line), err);
	for (size_t i = 0; i < e.n; i++) {
		str_release(&e.text[i]);
		str_release(&e.value[i]);
	}
	str_release(&e.line);
	str_release(&option);
	return rc;
}

int position_remove(struct str *yaml, const char *id, struct error *err)
{
	int rc = yaml_edit_unset(yaml, slice_of(id), err);
	struct error none = ERROR_INIT;

	/* Where it stands twice, the second would count now. */
	while (rc == 0 && yaml_edit_unset(yaml, slice_of(id), &none) == 0)
		;
	return rc;
}
