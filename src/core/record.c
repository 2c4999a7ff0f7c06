/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include "core/mem.h"
#include "core/sshsig.h"
#include "core/yaml_edit.h"
#include "fields.h"

#include <stdlib.h>
#include <string.h>

/* ---- the bytes ---- */

static void add_field(struct str *out, const char *name, struct slice value)
{
	str_addf(out, "%s %zu:", name, value.len);
	str_add_slice(out, value);
	str_add_char(out, '\n');
}

static void add_text(struct str *out, const char *name, const char *text)
{
	add_field(out, name, slice_of(text ? text : ""));
}

static void add_number(struct str *out, const char *name, uint64_t n)
{
	struct str text = STR_INIT;

	str_addf(&text, "%llu", (unsigned long long)n);
	add_field(out, name, str_slice(&text));
	str_release(&text);
}

void record_write(struct str *out, const struct record *r)
{
	static const struct position none = {.id = NULL};
	const struct position *p = r->p ? r->p : &none;

	str_add_text(out, "adref position 1\n");
	add_field(out, "root", r->root);
	add_field(out, "draft", r->draft);
	add_field(out, "party", r->party);
	add_field(out, "point", r->point);
	add_text(out, "stance", r->p ? stance_word(p->stance) : "withdrawn");
	if (p->has_option)
		add_number(out, "option", p->option);
	else
		add_text(out, "option", "");
	add_text(out, "strength", strength_word(p->strength));
	add_field(out, "wording", r->wording);
	add_text(out, "source", p->source);
	add_text(out, "meeting", p->meeting);
	add_text(out, "date", p->date);
	add_text(out, "note", p->note);
	add_number(out, "serial", r->serial);
	add_field(out, "previous", r->previous);
}

void record_digest(const struct record *r, char hex[DIGEST_HEX + 1])
{
	struct str bytes = STR_INIT;

	record_write(&bytes, r);
	digest_hex(bytes.p, bytes.len, hex);
	str_release(&bytes);
}

void record_wording(const struct brackets *b, struct slice draft, uint32_t point, uint32_t k,
		    char hex[DIGEST_HEX + 1])
{
	struct str text = STR_INIT;

	if (k > 0) {
		const struct option *o = point_option(b, &b->points[point], k - 1);

		brackets_wording(b, draft, o->begin, o->end, &text);
	}
	digest_hex(str_text(&text), text.len, hex);
	str_release(&text);
}

struct record seal_record(const struct seal *s, const struct position *p, struct slice root,
			  struct slice draft, struct slice party)
{
	return (struct record){.root = root,
			       .draft = draft,
			       .party = party,
			       .point = slice_of(s->id),
			       .p = s->withdrawn ? NULL : p,
			       .wording = slice_of(s->wording),
			       .serial = s->serial,
			       .previous = slice_of(s->previous)};
}

bool seal_fits(const struct seal *s, const struct position *p)
{
	if (!p || s->withdrawn)
		return !p && s->withdrawn && !*s->wording;
	return *s->wording ? strlen(p->wording) == DIGEST_SHORT &&
				     strncmp(p->wording, s->wording, DIGEST_SHORT) == 0
			   : !*p->wording;
}

/* ---- where signatures are kept ---- */

static void release_one(struct seal *s)
{
	free(s->id);
	str_release(&s->signature);
}

void seals_release(struct seals *s)
{
	for (size_t i = 0; i < s->n; i++)
		release_one(&s->v[i]);
	free(s->v);
	*s = (struct seals){NULL, 0, 0};
}

const struct seal *seals_find(const struct seals *s, struct slice id)
{
	for (size_t i = 0; i < s->n; i++)
		if (slice_is(id, s->v[i].id))
			return &s->v[i];
	return NULL;
}

static bool read_serial(struct slice text, uint64_t *n)
{
	*n = 0;
	if (!text.len || text.len > 15 || *text.p == '0')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		*n = *n * 10 + (uint64_t)(text.p[i] - '0');
	}
	return true;
}

/* Nothing, or a whole digest in small letters. */
static bool read_digest(struct slice text, char hex[DIGEST_HEX + 1])
{
	*hex = '\0';
	if (!text.len)
		return true;
	if (text.len != DIGEST_HEX)
		return false;
	for (size_t i = 0; i < DIGEST_HEX; i++)
		if (!((text.p[i] >= '0' && text.p[i] <= '9') ||
		      (text.p[i] >= 'a' && text.p[i] <= 'f')))
			return false;
	memcpy(hex, text.p, DIGEST_HEX);
	hex[DIGEST_HEX] = '\0';
	return true;
}

static bool read_one(const struct yaml_doc *doc, const struct yaml_node *map, struct seal *s)
{
	struct slice withdrawn = yaml_get_text(doc, map, "withdrawn");

	*s = (struct seal){.line = map->key_line, .column = map->key_column};
	s->withdrawn = slice_is(withdrawn, "true");
	if (map->kind != YAML_MAP || !map->key.len || memchr(map->key.p, '\0', map->key.len) ||
	    (withdrawn.len && !s->withdrawn) ||
	    !read_serial(yaml_get_text(doc, map, "serial"), &s->serial) ||
	    !read_digest(yaml_get_text(doc, map, "previous"), s->previous) ||
	    !read_digest(yaml_get_text(doc, map, "wording"), s->wording) ||
	    !base64_read(yaml_get_text(doc, map, "signature"), &s->signature) ||
	    s->signature.len > SSHSIG_MOST) {
		str_release(&s->signature);
		return false;
	}
	s->id = slice_dup(map->key);
	return true;
}

int seals_read(struct slice yaml, struct seals *s, struct yaml_problems *problems,
	       struct error *err)
{
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *v = rc == 0 ? fields_root(&doc, YAML_MAP, problems) : NULL;

	*s = (struct seals){NULL, 0, 0};
	for (v = yaml_first(&doc, v); v; v = yaml_next(&doc, v)) {
		struct seal one;

		if (seals_find(s, v->key))
			continue;
		if (!read_one(&doc, v, &one)) {
			yaml_problem_add(problems, v->key_line, v->key_column,
					 N_("not a signature as adref writes them; left out"));
			continue;
		}
		MEM_GROW(s->v, s->n, s->cap);
		s->v[s->n++] = one;
	}
	yaml_release(&doc);
	return rc;
}

int seal_set(struct str *yaml, const struct seal *s, struct error *err)
{
	struct str value = STR_INIT;
	int rc;

	str_addf(&value, "{serial: %llu, previous: \"%s\", ", (unsigned long long)s->serial,
		 s->previous);
	if (s->withdrawn)
		str_add_text(&value, "withdrawn: true, ");
	else
		str_addf(&value, "wording: \"%s\", ", s->wording);
	str_add_text(&value, "signature: \"");
	base64_add(&value, str_slice(&s->signature));
	str_add_text(&value, "\"}");
	rc = yaml_edit_set(yaml, slice_of(s->id), str_slice(&value), err);
	str_release(&value);
	return rc;
}
