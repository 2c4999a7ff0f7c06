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

static void add_given(struct str *out, const char *key, const char *text)
{
	if (text && *text)
		yaml_add_pair(out, key, slice_of(text));
}

int position_set(struct str *yaml, const struct position *p, struct error *err)
{
	struct str value = STR_INIT;
	int rc;

	str_addf(&value, "{stance: %s", stances[p->stance]);
	if (p->has_option)
		str_addf(&value, ", option: %u", p->option);
	if (p->strength != STRENGTH_NONE)
		str_addf(&value, ", strength: %s", strengths[p->strength]);
	/* Quoted always: 16 digits without a letter would be a number to others. */
	if (p->wording && *p->wording)
		str_addf(&value, ", wording: \"%s\"", p->wording);
	add_given(&value, "source", p->source);
	add_given(&value, "meeting", p->meeting);
	add_given(&value, "date", p->date);
	add_given(&value, "note", p->note);
	add_unknown(&value, str_slice(yaml), p->id);
	str_add_char(&value, '}');
	rc = yaml_edit_set(yaml, slice_of(p->id), str_slice(&value), err);
	str_release(&value);
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
