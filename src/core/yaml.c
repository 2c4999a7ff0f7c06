/* SPDX-License-Identifier: MIT */
#include "core/yaml.h"

#include "core/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was read of YAML, asked; and what could not be. core/yaml_read.c reads it. */

#define MOST_PROBLEMS 1000

void yaml_problems_release(struct yaml_problems *p)
{
	free(p->v);
	*p = (struct yaml_problems){NULL, 0, 0};
}

void yaml_problem_add(struct yaml_problems *p, size_t line, size_t column, const char *format,
		      ...)
{
	struct error cut = ERROR_INIT;
	char text[YAML_PROBLEM_TEXT];
	va_list ap;

	if (!p || p->n >= MOST_PROBLEMS)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), error_word(format), ap);
	va_end(ap);
	if (strlen(text) == sizeof(text) - 1) {
		/* It may have been cut inside a character. */
		size_t len = sizeof(text) - 1;

		while (len && ((unsigned char)text[len - 1] & 0xc0) == 0x80)
			len--;
		text[len ? len - 1 : 0] = '\0';
	}
	error_set(&cut, ST_INPUT, "%s", text); /* makes it one line */
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n].line = line;
	p->v[p->n].column = column;
	memcpy(p->v[p->n++].text, cut.text, sizeof(text));
}

size_t yaml_break_at(struct slice bytes, size_t at)
{
	struct slice rest = slice_make(bytes.p + at, bytes.len - at);

	if (slice_starts(rest, "\r\n") || slice_starts(rest, "\xc2\x85"))
		return 2;
	if (slice_starts(rest, "\n") || slice_starts(rest, "\r"))
		return 1;
	return slice_starts(rest, "\xe2\x80\xa8") || slice_starts(rest, "\xe2\x80\xa9") ? 3 : 0;
}

void yaml_release(struct yaml_doc *doc)
{
	free(doc->v);
	str_release(&doc->pool);
	*doc = (struct yaml_doc){.pool = STR_INIT};
}

const struct yaml_node *yaml_root(const struct yaml_doc *doc)
{
	return doc->n ? &doc->v[0] : NULL;
}

const struct yaml_node *yaml_first(const struct yaml_doc *doc, const struct yaml_node *node)
{
	return node && node->first != YAML_NOTHING ? &doc->v[node->first] : NULL;
}

const struct yaml_node *yaml_next(const struct yaml_doc *doc, const struct yaml_node *node)
{
	return node && node->next != YAML_NOTHING ? &doc->v[node->next] : NULL;
}

const struct yaml_node *yaml_get(const struct yaml_doc *doc, const struct yaml_node *node,
				 const char *key)
{
	if (!node || node->kind != YAML_MAP)
		return NULL;
	for (node = yaml_first(doc, node); node; node = yaml_next(doc, node))
		if (slice_is(node->key, key))
			return node;
	return NULL;
}

struct slice yaml_get_text(const struct yaml_doc *doc, const struct yaml_node *node,
			   const char *key)
{
	const struct yaml_node *value = yaml_get(doc, node, key);

	return yaml_is_text(value) ? value->text : SLICE("");
}

bool yaml_is_null(const struct yaml_node *node)
{
	return !node ||
	       (node->kind == YAML_TEXT && node->plain &&
		(!node->text.len || slice_is(node->text, "~") || slice_is(node->text, "null") ||
		 slice_is(node->text, "Null") || slice_is(node->text, "NULL")));
}

bool yaml_is_text(const struct yaml_node *node)
{
	return node && node->kind == YAML_TEXT && !yaml_is_null(node);
}

/* Walks without recursion; equal counts of children keep both walks in step. */
bool yaml_equal(const struct yaml_doc *a, const struct yaml_node *x, const struct yaml_doc *b,
		const struct yaml_node *y)
{
	const struct yaml_node *top = x;

	while (x && y) {
		if (x->kind != y->kind || x->n != y->n || !slice_equal(x->text, y->text) ||
		    yaml_is_null(x) != yaml_is_null(y))
			return false;
		if (x != top && !slice_equal(x->key, y->key))
			return false;
		if (x->first != YAML_NOTHING) {
			x = yaml_first(a, x);
			y = yaml_first(b, y);
			continue;
		}
		while (x != top && x->next == YAML_NOTHING) {
			x = &a->v[x->parent];
			y = &b->v[y->parent];
		}
		if (x == top)
			return true;
		x = yaml_next(a, x);
		y = yaml_next(b, y);
	}
	return x == y;
}
