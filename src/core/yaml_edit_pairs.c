/* SPDX-License-Identifier: MIT */
#include "yaml_edit_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* An entry that is a map, written one pair a line. */

static const struct yaml_node *child_of(const struct yaml_doc *doc, const struct yaml_node *map,
					const char *key)
{
	const struct yaml_node *v = yaml_first(doc, map);

	while (v && !slice_is(v->key, key))
		v = yaml_next(doc, v);
	return v;
}

/* Whether each pair of the map has its lines for itself; *indent: the blanks before the first.
 */
static bool is_lines(const struct yaml_change *c, const struct yaml_node *map,
		     struct slice *indent)
{
	struct slice bytes = str_slice(c->bytes);

	if (map->kind != YAML_MAP || map->flow || !map->n)
		return false;
	for (const struct yaml_node *v = yaml_first(&c->was, map); v;
	     v = yaml_next(&c->was, v)) {
		size_t from = yaml_line_begin(bytes, v->key_begin);

		if (utf8_blanks_at(bytes.p + from, v->key_begin - from) != v->key_begin - from)
			return false;
		if (v == yaml_first(&c->was, map))
			*indent = slice_make(bytes.p + from, v->key_begin - from);
	}
	return true;
}

/* Where the lines of a pair end. */
static size_t pair_end(struct slice bytes, const struct yaml_node *v)
{
	return v->end > v->begin && yaml_begins_line(bytes, v->end)
		       ? v->end
		       : yaml_line_end(bytes, v->end);
}

/* One pair where there is one: its value, or its lines away. */
static void change_pair(struct yaml_change *c, const struct yaml_node *v,
			const struct yaml_pair *pair)
{
	struct slice bytes = str_slice(c->bytes);
	struct str entry = STR_INIT;
	size_t from = v->key_begin, to = v->end;

	if (pair->gone) {
		from = yaml_line_begin(bytes, from);
		to = pair_end(bytes, v);
	} else {
		yaml_add_scalar(&entry, v->key);
		str_add_text(&entry, ": ");
		str_add_slice(&entry, pair->value);
		while (to > v->begin && strchr("\r\n", bytes.p[to - 1]))
			to--;
	}
	str_splice(&c->now, from, to - from, entry.p, entry.len);
	str_release(&entry);
}

/* The pairs that the map does not have, after its last. */
static void add_pairs(struct yaml_change *c, const struct yaml_node *map, struct slice indent,
		      const struct yaml_pair *pairs, size_t n)
{
	struct slice bytes = str_slice(c->bytes);
	struct slice eol = slice_of(slice_line_end(bytes));
	struct str lines = STR_INIT;
	size_t at = pair_end(bytes, &c->was.v[map->last]);

	if (!yaml_begins_line(bytes, at))
		str_add_slice(&lines, eol);
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].gone || child_of(&c->was, map, pairs[i].key))
			continue;
		str_add_slice(&lines, indent);
		yaml_add_scalar(&lines, slice_of(pairs[i].key));
		str_add_text(&lines, ": ");
		str_add_slice(&lines, pairs[i].value);
		str_add_slice(&lines, eol);
	}
	if (lines.len > eol.len)
		str_splice(&c->now, at, 0, lines.p, lines.len);
	str_release(&lines);
}

/* Whether the map has become what the pairs say, and nothing else of it. */
static bool has_pairs(const struct yaml_doc *was, const struct yaml_node *a,
		      const struct yaml_doc *now, const struct yaml_node *b,
		      const struct yaml_pair *pairs, size_t n)
{
	size_t count = 0;

	if (!b || b->kind != YAML_MAP)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct yaml_node *v = child_of(now, b, pairs[i].key);

		count += !pairs[i].gone;
		if (pairs[i].gone
			    ? v != NULL
			    : !v || !yaml_is_text(v) || !slice_equal(v->text, pairs[i].text))
			return false;
	}
	for (const struct yaml_node *v = yaml_first(was, a); v; v = yaml_next(was, v)) {
		size_t i = 0;

		while (i < n && !slice_is(v->key, pairs[i].key))
			i++;
		if (i < n)
			continue;
		count++;
		if (!child_of(now, b, v->key.p) ||
		    !yaml_equal(was, v, now, child_of(now, b, v->key.p)))
			return false;
	}
	return count == b->n;
}

/* False where the result is not what was meant; then nothing was changed. */
static bool finish_pairs(struct yaml_change *c, const struct yaml_node *node,
			 const struct yaml_pair *pairs, size_t n)
{
	struct yaml_doc now = {.n = 0};
	const struct yaml_node *a = yaml_first(&c->was, yaml_root(&c->was)), *b;
	bool good = yaml_read(str_slice(&c->now), &now, NULL, NULL) == 0 && !now.broken;

	b = good ? yaml_first(&now, yaml_root(&now)) : NULL;
	for (; good && a && b; a = yaml_next(&c->was, a), b = yaml_next(&now, b))
		good = a == node ? slice_equal(a->key, b->key) &&
					   has_pairs(&c->was, a, &now, b, pairs, n)
				 : yaml_change_keeps(c, a, &now, b);
	good = good && !a && !b;
	yaml_release(&now);
	if (good) {
		str_clear(c->bytes);
		str_add_slice(c->bytes, str_slice(&c->now));
	}
	return good;
}

static bool set_lines(struct yaml_change *c, struct slice key, const struct yaml_pair *pairs,
		      size_t n)
{
	const struct yaml_node *node = yaml_change_entry(c, key), **v;
	struct slice indent = SLICE("");
	size_t all = 0;

	if (!node || !is_lines(c, node, &indent))
		return false;
	add_pairs(c, node, indent, pairs, n);
	/* From the last to the first: places before stay. */
	v = mem_array(NULL, node->n, sizeof(*v));
	for (const struct yaml_node *x = yaml_first(&c->was, node); x;
	     x = yaml_next(&c->was, x))
		v[all++] = x;
	while (all-- > 0)
		for (size_t i = 0; i < n; i++)
			if (slice_is(v[all]->key, pairs[i].key) &&
			    (pairs[i].gone || !yaml_is_text(v[all]) ||
			     !slice_equal(v[all]->text, pairs[i].text)))
				change_pair(c, v[all], &pairs[i]);
	free(v);
	return finish_pairs(c, node, pairs, n);
}

int yaml_edit_set_pairs(struct str *bytes, struct slice key, const struct yaml_pair *pairs,
			size_t n, struct slice value, struct error *err)
{
	struct yaml_change c;
	int rc = yaml_change_begin(&c, bytes, YAML_MAP, err);
	bool done = rc == 0 && set_lines(&c, key, pairs, n);

	yaml_change_end(&c);
	return rc < 0 || done ? rc : yaml_edit_set(bytes, key, value, err);
}
