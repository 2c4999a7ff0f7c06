/* SPDX-License-Identifier: MIT */
#include "core/position.h"

#include "core/mem.h"
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

const char *stance_word(enum stance s)
{
	return stances[s];
}

const char *strength_word(enum strength s)
{
	return strengths[s];
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

static bool read_one(const struct fields *f, struct position *p)
{
	static const char *const known[] = {"stance",  "option", "strength",
					    "wording", "source", "meeting",
					    "date",    "note",   NULL};
	int stance, strength;

	fields_check(f, known);
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
	p->wording = fields_text(f, "wording");
	p->source = fields_text(f, "source");
	p->meeting = fields_text(f, "meeting");
	p->date = fields_text(f, "date");
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

const struct position *positions_find(const struct positions *p, struct slice id)
{
	for (size_t i = 0; i < p->n; i++)
		if (slice_is(id, p->v[i].id))
			return &p->v[i];
	return NULL;
}
