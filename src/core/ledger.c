/* SPDX-License-Identifier: MIT */
#include "core/ledger.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/yaml_edit.h"
#include "fields.h"

#include <stdlib.h>
#include <string.h>

enum { BEGINS_MOST = 60 };

/* Sixteen hex digits, in lower case as digest_hex() writes them. */
static bool read_digest(const struct fields *f, char out[DIGEST_SHORT + 1])
{
	const struct yaml_node *v = yaml_get(f->doc, f->map, "digest");
	bool good = v && v->kind == YAML_TEXT && v->text.len == DIGEST_SHORT;

	for (size_t i = 0; good && i < DIGEST_SHORT; i++) {
		char c = v->text.p[i];

		good = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
		out[i] = c >= 'A' && c <= 'F' ? (char)(c | 0x20) : c;
	}
	out[DIGEST_SHORT] = '\0';
	if (!good)
		yaml_problem_add(f->problems, v ? v->line : f->map->line,
				 v ? v->column : f->map->column,
				 N_("digest should be %d hex digits; the entry is left out"),
				 DIGEST_SHORT);
	return good;
}

int agreed_read(struct slice yaml, struct agreed_list *list, struct yaml_problems *problems,
		struct error *err)
{
	static const char *const known[] = {"digest", "begins", "meeting", "date", NULL};
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *v = rc == 0 ? fields_root(&doc, YAML_LIST, problems) : NULL;

	*list = (struct agreed_list){NULL, 0, 0};
	for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
		struct fields f = {&doc, v, problems};
		struct agreed one = {.line = v->line, .column = v->column};

		if (v->kind != YAML_MAP) {
			yaml_problem_add(problems, v->line, v->column,
					 N_("an agreed paragraph should be a map (digest: …); "
					    "left out"));
			continue;
		}
		fields_check(&f, known);
		if (!read_digest(&f, one.digest))
			continue;
		one.begins = fields_text(&f, "begins");
		one.meeting = fields_text(&f, "meeting");
		one.date = fields_text(&f, "date");
		MEM_GROW(list->v, list->n, list->cap);
		list->v[list->n++] = one;
	}
	yaml_release(&doc);
	return rc;
}

void agreed_release(struct agreed_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->v[i].begins);
		free(list->v[i].meeting);
		free(list->v[i].date);
	}
	free(list->v);
	*list = (struct agreed_list){NULL, 0, 0};
}

const struct agreed *agreed_find(const struct agreed_list *list, const char *digest)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->v[i].digest, digest))
			return &list->v[i];
	return NULL;
}

/* The text on one line, cut at a character. */
static void add_first_words(struct str *out, const char *text)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		uint32_t cp;
		size_t step = utf8_decode(text + at, len - at, &cp);

		if (at + step > BEGINS_MOST)
			break;
		if (cp == '\n' || cp == '\r')
			break;
		str_add(out, text + at, step);
		at += step;
	}
}

/* A key and its text, where there is one. */
static void add_given(struct str *out, const char *key, const char *text)
{
	if (text && *text)
		yaml_add_pair(out, key, slice_of(text));
}

int agreed_add(struct str *yaml, const struct agreed *a, struct error *err)
{
	struct str entry = STR_INIT, begins = STR_INIT, now = STR_INIT;
	struct error old = ERROR_INIT;
	int rc;

	str_add_slice(&now, str_slice(yaml));
	do
		rc = agreed_remove(&now, a->digest, &old);
	while (rc == 0);
	if (rc != ST_MISSING) {
		rc = error_set(err, old.status, "%s", old.text);
	} else {
		add_first_words(&begins, a->begins ? a->begins : "");
		str_add_char(&entry, '{');
		/* Quoted always: 16 digits without a letter would be a number to others. */
		str_addf(&entry, "digest: \"%s\"", a->digest);
		add_given(&entry, "begins", str_text(&begins));
		add_given(&entry, "meeting", a->meeting);
		add_given(&entry, "date", a->date);
		str_add_char(&entry, '}');
		rc = yaml_edit_append(&now, str_slice(&entry), err);
	}
	if (rc == 0) {
		str_clear(yaml);
		str_add_slice(yaml, str_slice(&now));
	}
	str_release(&entry);
	str_release(&begins);
	str_release(&now);
	return rc;
}

int agreed_remove(struct str *yaml, const char *digest, struct error *err)
{
	struct yaml_doc doc;
	int rc = yaml_read(str_slice(yaml), &doc, NULL, err);
	const struct yaml_node *v = rc == 0 ? fields_root(&doc, YAML_LIST, NULL) : NULL;
	size_t index = 0;

	for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v), index++) {
		struct fields f = {&doc, v, NULL};
		char hex[DIGEST_SHORT + 1];

		if (v->kind == YAML_MAP && read_digest(&f, hex) && !strcmp(hex, digest))
			break;
	}
	if (rc == 0)
		rc = v ? yaml_edit_remove(yaml, index, err)
		       : error_set(err, ST_MISSING,
				   N_("this paragraph is not noted as agreed"));
	yaml_release(&doc);
	return rc;
}

static const char *const deferred_keys[] = {"reason", "until", "date", NULL};

int deferred_read(struct slice yaml, struct deferred_list *list, struct yaml_problems *problems,
		  struct error *err)
{
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *v = rc == 0 ? fields_root(&doc, YAML_MAP, problems) : NULL;

	*list = (struct deferred_list){NULL, 0, 0};
	for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
		struct fields f = {&doc, v, problems};
		struct deferred one = {.line = v->key_line, .column = v->key_column};

		if (v->kind != YAML_MAP && !yaml_is_null(v)) {
			yaml_problem_add(
				problems, v->line, v->column,
				N_("a deferred point should be a map (reason: …); left out"));
			continue;
		}
		if (deferred_find(list, v->key))
			continue;
		if (v->kind == YAML_MAP)
			fields_check(&f, deferred_keys);
		one.id = slice_dup(v->key);
		one.reason = fields_text(&f, "reason");
		one.until = fields_text(&f, "until");
		one.date = fields_text(&f, "date");
		MEM_GROW(list->v, list->n, list->cap);
		list->v[list->n++] = one;
	}
	yaml_release(&doc);
	return rc;
}

void deferred_release(struct deferred_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->v[i].id);
		free(list->v[i].reason);
		free(list->v[i].until);
		free(list->v[i].date);
	}
	free(list->v);
	*list = (struct deferred_list){NULL, 0, 0};
}

const struct deferred *deferred_find(const struct deferred_list *list, struct slice id)
{
	for (size_t i = 0; i < list->n; i++)
		if (slice_is(id, list->v[i].id))
			return &list->v[i];
	return NULL;
}

/* Keys of the older entry that are not ours go with it to its new form. */
static void add_unknown(struct str *value, struct slice yaml, const char *id)
{
	struct yaml_doc doc;

	if (yaml_read(yaml, &doc, NULL, NULL) == 0) {
		const struct yaml_node *v = yaml_get(&doc, yaml_root(&doc), id);

		for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
			size_t i = 0;

			while (deferred_keys[i] && !slice_is(v->key, deferred_keys[i]))
				i++;
			if (!deferred_keys[i] && v->kind == YAML_TEXT)
				yaml_add_pair(value, v->key.p, v->text);
		}
	}
	yaml_release(&doc);
}

int deferred_set(struct str *yaml, const struct deferred *d, struct error *err)
{
	struct str value = STR_INIT;
	int rc;

	str_add_char(&value, '{');
	add_given(&value, "reason", d->reason);
	add_given(&value, "until", d->until);
	add_given(&value, "date", d->date);
	add_unknown(&value, str_slice(yaml), d->id);
	str_add_char(&value, '}');
	rc = yaml_edit_set(yaml, slice_of(d->id), str_slice(&value), err);
	str_release(&value);
	return rc;
}

int deferred_remove(struct str *yaml, const char *id, struct error *err)
{
	return yaml_edit_unset(yaml, slice_of(id), err);
}
