/* SPDX-License-Identifier: MIT */
#include "core/front.h"

#include "core/error.h"
#include "core/utf8.h"
#include "core/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRONT_MOST 65536
#define VALUE_MOST 2000

static bool is_rule(const char *p, size_t len)
{
	if (len && p[len - 1] == '\r')
		len--;
	return len >= 3 && memcmp(p, "---", 3) == 0 &&
	       utf8_blanks_at(p + 3, len - 3) == len - 3;
}

/* The line's length without its LF. */
static size_t line_at(struct slice s, size_t at)
{
	const char *end = at < s.len ? memchr(s.p + at, '\n', s.len - at) : NULL;

	return end ? (size_t)(end - s.p) - at : s.len - at;
}

/* Finds the YAML between the rules; returns where all of it ends, 0 where there is none. */
static size_t find(struct slice draft, size_t *yaml, size_t *yaml_end)
{
	size_t at = draft.len >= 3 && memcmp(draft.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	size_t len = line_at(draft, at);

	if (!is_rule(draft.p + at, len))
		return 0;
	*yaml = at + len + 1;
	for (at = *yaml; at < draft.len; at += len + 1) {
		len = line_at(draft, at);
		if (is_rule(draft.p + at, len)) {
			*yaml_end = at;
			return at + len < draft.len ? at + len + 1 : draft.len;
		}
	}
	return 0;
}

size_t front_matter_at(struct slice draft)
{
	size_t yaml, yaml_end;

	return find(draft, &yaml, &yaml_end);
}

/* One line, outer blanks gone; NULL where nothing is left. */
static char *one_line(struct slice v)
{
	char *text = slice_dup(v);
	size_t len = v.len;

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20)
			text[i] = ' ';
	len -= utf8_blanks_before(text, len);
	size_t from = utf8_blanks_at(text, len);
	memmove(text, text + from, len - from);
	text[len - from] = '\0';
	if (*text)
		return text;
	free(text);
	return NULL;
}

static void read_key(struct front_matter *f, const struct yaml_node *v)
{
	static const char *const keys[] = {"title",    "type",     "symbol",
					   "revision", "language", "base"};
	char **places[] = {&f->title,    &f->type,     &f->symbol,
			   &f->revision, &f->language, &f->base};

	for (size_t i = 0; i < 6; i++) {
		if (!slice_is(v->key, keys[i]) || yaml_is_null(v))
			continue;
		if (!yaml_is_text(v))
			yaml_problem_add(&f->problems, v->line, v->column,
					 "%s should be a text", keys[i]);
		else if (v->text.len > VALUE_MOST)
			yaml_problem_add(&f->problems, v->line, v->column,
					 "%s is longer than %d bytes", keys[i], VALUE_MOST);
		else if (!*places[i])
			*places[i] = one_line(v->text);
		return;
	}
}

/* What stopped the reading, "line:column: text", as one more problem. */
static void add_failure(struct front_matter *f, const struct error *err)
{
	size_t line = 1, column = 1;
	int skip = 0;

	if (f->problems.n)
		return;
	if (sscanf(err->text, "%zu:%zu: %n", &line, &column, &skip) < 2)
		skip = 0;
	yaml_problem_add(&f->problems, line, column, "%s", err->text + skip);
}

void front_matter_read(struct front_matter *f, struct slice draft)
{
	struct error err = ERROR_INIT;
	struct yaml_doc doc;
	size_t yaml, yaml_end;

	*f = (struct front_matter){0};
	f->end = find(draft, &yaml, &yaml_end);
	if (!f->end)
		return;
	f->present = true;
	if (yaml_end - yaml > FRONT_MOST) {
		yaml_problem_add(&f->problems, 1, 1, "front matter is longer than %d bytes",
				 FRONT_MOST);
		return;
	}
	int status = yaml_read(slice_make(draft.p + yaml, yaml_end - yaml), &doc, &f->problems,
			       &err);
	const struct yaml_node *root = yaml_root(&doc);
	if (root && root->kind == YAML_MAP) {
		for (const struct yaml_node *v = yaml_first(&doc, root); v;
		     v = yaml_next(&doc, v))
			read_key(f, v);
	} else if (root && !yaml_is_null(root)) {
		yaml_problem_add(&f->problems, root->line, root->column,
				 "front matter should be lines such as \"title: …\"");
	}
	if (status < 0)
		add_failure(f, &err);
	yaml_release(&doc);
	/* Places are the draft's: the first "---" is a line too. */
	for (size_t i = 0; i < f->problems.n; i++)
		f->problems.v[i].line++;
}

void front_matter_release(struct front_matter *f)
{
	free(f->title);
	free(f->type);
	free(f->symbol);
	free(f->revision);
	free(f->language);
	free(f->base);
	yaml_problems_release(&f->problems);
	*f = (struct front_matter){0};
}
