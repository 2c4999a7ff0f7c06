/* SPDX-License-Identifier: MIT */
#include "core/yaml.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define MOST_RESTARTS 20

/* A reading in progress. Keys and texts are offsets into the pool until the end. */
struct reader {
	struct yaml_doc *doc;
	struct yaml_problems *problems;
	struct slice bytes;
	size_t base;      /* byte where this stretch begins */
	size_t base_line; /* lines before it */
	size_t chars, at; /* a code point of this stretch, and its byte: see byte_of() */
	uint32_t open[YAML_MOST_DEPTH];
	bool is_key[YAML_MOST_DEPTH]; /* this map or list stands where a key should */
	size_t depth;
	bool have_key; /* the innermost open map has a key and waits for its value */
	struct yaml_node key;
	bool said_anchor;
};

/* libyaml counts in code points. Its marks come nearly in order, so stepping is cheap. */
static size_t byte_of(struct reader *r, size_t index)
{
	const unsigned char *p = (const unsigned char *)r->bytes.p;

	while (r->chars < index && r->at < r->bytes.len) {
		do
			r->at++;
		while (r->at < r->bytes.len && (p[r->at] & 0xc0) == 0x80);
		r->chars++;
	}
	while (r->chars > index && r->at > r->base) {
		do
			r->at--;
		while (r->at > r->base && (p[r->at] & 0xc0) == 0x80);
		r->chars--;
	}
	return r->at;
}

static size_t line_of(const struct reader *r, yaml_mark_t mark)
{
	return r->base_line + mark.line + 1;
}

/* Keys and texts are kept with a NUL after them; p is the offset for now. */
static struct slice keep(struct reader *r, const yaml_char_t *p, size_t len)
{
	struct slice s = {(const char *)(uintptr_t)r->doc->pool.len, len};

	str_add(&r->doc->pool, p, len);
	str_add_char(&r->doc->pool, '\0');
	return s;
}

static struct yaml_node *innermost(struct reader *r)
{
	return r->depth ? &r->doc->v[r->open[r->depth - 1]] : NULL;
}

/* Adds a node as the value or item that the innermost collection waits for. */
static uint32_t add_node(struct reader *r, enum yaml_kind kind, const yaml_event_t *event)
{
	struct yaml_doc *doc = r->doc;
	struct yaml_node *parent, *node;
	uint32_t index = (uint32_t)doc->n;

	MEM_GROW(doc->v, doc->n, doc->cap);
	node = &doc->v[doc->n++];
	*node = (struct yaml_node){.kind = kind,
				   .parent = YAML_NOTHING,
				   .first = YAML_NOTHING,
				   .next = YAML_NOTHING,
				   .last = YAML_NOTHING};
	node->line = node->key_line = line_of(r, event->start_mark);
	node->column = node->key_column = event->start_mark.column + 1;
	node->begin = node->key_begin = byte_of(r, event->start_mark.index);
	node->end = node->begin;
	parent = innermost(r);
	if (!parent)
		return index;
	node->parent = r->open[r->depth - 1];
	if (parent->kind == YAML_MAP) {
		node->key = r->key.key;
		node->key_line = r->key.key_line;
		node->key_column = r->key.key_column;
		node->key_begin = r->key.key_begin;
		r->have_key = false;
	}
	if (parent->last == YAML_NOTHING)
		parent->first = index;
	else
		doc->v[parent->last].next = index;
	parent->last = index;
	parent->n++;
	return index;
}

static void unlink_last(struct yaml_doc *doc, uint32_t parent)
{
	struct yaml_node *p = &doc->v[parent];
	uint32_t before = YAML_NOTHING;

	for (uint32_t i = p->first; i != p->last; i = doc->v[i].next)
		before = i;
	if (before == YAML_NOTHING)
		p->first = YAML_NOTHING;
	else
		doc->v[before].next = YAML_NOTHING;
	p->last = before;
	p->n--;
}

static bool waits_for_key(struct reader *r)
{
	struct yaml_node *in = innermost(r);

	return in && in->kind == YAML_MAP && !r->have_key;
}

static void note_key(struct reader *r, const yaml_event_t *event)
{
	r->key.key = keep(r, event->data.scalar.value, event->data.scalar.length);
	r->key.key_line = line_of(r, event->start_mark);
	r->key.key_column = event->start_mark.column + 1;
	r->key.key_begin = byte_of(r, event->start_mark.index);
	r->have_key = true;
}

static void note_anchor(struct reader *r, const yaml_event_t *event)
{
	if (r->said_anchor)
		return;
	r->said_anchor = true;
	yaml_problem_add(r->problems, line_of(r, event->start_mark),
			 event->start_mark.column + 1,
			 N_("anchors (&) and aliases (*) are not read; write the value out"));
}

static void take_scalar(struct reader *r, const yaml_event_t *event)
{
	uint32_t index;
	struct yaml_node *node;

	if (event->type == YAML_ALIAS_EVENT || event->data.scalar.anchor)
		note_anchor(r, event);
	if (waits_for_key(r)) {
		if (event->type == YAML_SCALAR_EVENT) {
			note_key(r, event);
		} else {
			yaml_event_t none = *event;

			none.data.scalar.value = (yaml_char_t *)"";
			none.data.scalar.length = 0;
			note_key(r, &none);
		}
		return;
	}
	index = add_node(r, YAML_TEXT, event);
	node = &r->doc->v[index];
	node->end = byte_of(r, event->end_mark.index);
	node->plain = true;
	if (event->type == YAML_SCALAR_EVENT) {
		node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		node->text = keep(r, event->data.scalar.value, event->data.scalar.length);
	} else {
		node->text = keep(r, (const yaml_char_t *)"", 0);
	}
}

static int open_collection(struct reader *r, const yaml_event_t *event, struct error *err)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	enum yaml_kind kind = map ? YAML_MAP : YAML_LIST;
	/* After a restart the same outermost collection goes on. */
	bool restarted = r->depth == 0 && r->doc->n > 0 && r->doc->v[0].kind == kind;
	uint32_t index = 0;

	if (r->depth == YAML_MOST_DEPTH)
		return error_set(err, ST_TOO_LARGE, N_("%zu:%zu: nested more than %d deep"),
				 line_of(r, event->start_mark), event->start_mark.column + 1,
				 YAML_MOST_DEPTH);
	if (map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor)
		note_anchor(r, event);
	r->is_key[r->depth] = waits_for_key(r);
	if (r->is_key[r->depth]) {
		yaml_problem_add(r->problems, line_of(r, event->start_mark),
				 event->start_mark.column + 1,
				 N_("a key must be a word, not a list or a map"));
		r->key.key = keep(r, (const yaml_char_t *)"", 0);
	}
	if (!restarted) {
		index = add_node(r, kind, event);
		r->doc->v[index].flow =
			map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			    : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	}
	r->open[r->depth++] = index;
	r->have_key = false;
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const struct yaml_node *x = *(const struct yaml_node *const *)a;
	const struct yaml_node *y = *(const struct yaml_node *const *)b;
	int order = slice_compare(x->key, y->key);

	if (order)
		return order;
	return (x->key_begin > y->key_begin) - (x->key_begin < y->key_begin);
}

/* Keys given twice in one map; the texts are in place by now. */
static void note_twice(const struct yaml_doc *doc, const struct yaml_node *map,
		       struct yaml_problems *problems)
{
	const struct yaml_node **list = mem_array(NULL, map->n, sizeof(*list));
	size_t n = 0;

	for (uint32_t i = map->first; i != YAML_NOTHING; i = doc->v[i].next)
		list[n++] = &doc->v[i];
	qsort(list, n, sizeof(*list), by_key);
	for (size_t i = 1; i < n; i++)
		if (slice_equal(list[i]->key, list[i - 1]->key))
			yaml_problem_add(problems, list[i]->key_line, list[i]->key_column,
					 N_("%.60s stands twice; the first one counts"),
					 list[i]->key.p);
	free(list);
}

static void close_collection(struct reader *r, const yaml_event_t *event)
{
	struct yaml_node *node = innermost(r);

	assert(node);
	/* A block ends with its last entry; libyaml's mark is at whatever comes next. */
	if (node->flow)
		node->end = byte_of(r, event->end_mark.index);
	else if (node->last != YAML_NOTHING)
		node->end = r->doc->v[node->last].end;
	r->depth--;
	r->have_key = r->is_key[r->depth];
	if (r->have_key) /* given up; the value that follows has the empty key */
		unlink_last(r->doc, r->open[r->depth - 1]);
}

/* Where reading can go on after an error: the next line that begins an outermost entry. */
static bool find_restart(struct reader *r, const yaml_parser_t *parser)
{
	const struct yaml_doc *doc = r->doc;
	bool scanner = parser->error == YAML_SCANNER_ERROR && parser->context;
	size_t wanted = line_of(r, scanner ? parser->context_mark : parser->problem_mark);
	size_t line = r->base_line + 1, at = r->base, entry = r->base_line + 1;

	if (!doc->n || doc->v[0].kind == YAML_TEXT || doc->v[0].flow || doc->v[0].column != 1)
		return false;
	if (doc->v[0].last != YAML_NOTHING && doc->v[doc->v[0].last].key_line > entry)
		entry = doc->v[doc->v[0].last].key_line;
	if (r->depth == 1 && r->have_key && r->key.key_line > entry)
		entry = r->key.key_line;
	for (; at < r->bytes.len; line++) {
		size_t end = at;
		char c = r->bytes.p[at];
		bool starts =
			doc->v[0].kind == YAML_LIST ? c == '-' : !strchr(" \t#\r\n-.}]", c);

		if (line > entry && line >= wanted && c && starts) {
			r->base = r->at = at;
			r->base_line = line - 1;
			r->chars = 0;
			return true;
		}
		/* libyaml counts a line wherever YAML 1.1 ends one. */
		while (end < r->bytes.len && !(strchr("\r\n\xc2\xe2", r->bytes.p[end]) &&
					       yaml_break_at(r->bytes, end)))
			end++;
		at = end < r->bytes.len ? end + yaml_break_at(r->bytes, end) : end;
	}
	return false;
}

/* What was being read when the error struck is given up: half an entry misleads. */
static void give_up_entry(struct reader *r)
{
	size_t at = r->depth ? r->depth - 1 : 0;

	while (at > 1 && r->doc->v[r->open[at]].kind != YAML_MAP)
		at--;
	if (at > 0)
		unlink_last(r->doc, r->open[at - 1]);
	while (r->depth > 0) {
		struct yaml_node *node = innermost(r);

		if (node->last != YAML_NOTHING)
			node->end = r->doc->v[node->last].end;
		r->depth--;
	}
	r->have_key = false;
}

static int take_event(struct reader *r, const yaml_event_t *event, struct error *err)
{
	if (r->doc->n >= YAML_MOST_NODES)
		return error_set(err, ST_TOO_LARGE, N_("%zu:%zu: more than %d entries"),
				 line_of(r, event->start_mark), event->start_mark.column + 1,
				 YAML_MOST_NODES);
	switch (event->type) {
	case YAML_ALIAS_EVENT:
	case YAML_SCALAR_EVENT:
		take_scalar(r, event);
		return 0;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return open_collection(r, event, err);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_collection(r, event);
		return 0;
	default:
		return 0;
	}
}

/* One stretch of the bytes. Returns 0, a status, or 1 where the YAML breaks off. */
static int read_stretch(struct reader *r, yaml_parser_t *parser, struct error *err)
{
	bool first_done = false;
	int rc = 0;

	while (!rc) {
		yaml_event_t event;
		yaml_event_type_t type;

		if (!yaml_parser_parse(parser, &event))
			return 1;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT && first_done) {
			yaml_problem_add(r->problems, line_of(r, event.start_mark), 1,
					 N_("only what stands before this --- is read"));
			type = YAML_STREAM_END_EVENT;
		} else if (type == YAML_DOCUMENT_END_EVENT) {
			r->doc->end = byte_of(r, event.start_mark.index);
			first_done = true;
		} else {
			rc = take_event(r, &event, err);
		}
		yaml_event_delete(&event);
		if (type == YAML_STREAM_END_EVENT)
			break;
	}
	return rc;
}

/* Notes the error at its place; returns the status where nothing at all was read. */
static int note_error(struct reader *r, const yaml_parser_t *parser, struct error *err)
{
	const char *what = parser->problem ? parser->problem : "";
	size_t line = line_of(r, parser->problem_mark);
	size_t column = parser->problem_mark.column + 1;

	if (parser->error == YAML_MEMORY_ERROR)
		return error_set(err, ST_FAIL, N_("no memory for reading YAML"));
	r->doc->broken = true;
	if (!r->doc->n)
		return error_set(err, ST_INPUT, N_("%zu:%zu: this is not YAML: %s"), line,
				 column, what);
	yaml_problem_add(r->problems, line, column,
			 N_("this is not YAML (%s); the entry is left out"), what);
	return 0;
}

static int read_all(struct reader *r, struct error *err)
{
	int rc = 1;

	for (size_t restarts = 0; rc == 1; restarts++) {
		yaml_parser_t parser;
		bool again = false;

		if (!yaml_parser_initialize(&parser))
			return error_set(err, ST_FAIL, N_("no memory for reading YAML"));
		yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(&parser,
					     (const unsigned char *)r->bytes.p + r->base,
					     r->bytes.len - r->base);
		rc = read_stretch(r, &parser, err);
		if (rc == 1) {
			int status = note_error(r, &parser, err);

			if (status < 0)
				rc = status;
			else
				again = restarts < MOST_RESTARTS && find_restart(r, &parser);
		}
		if (rc == 1)
			give_up_entry(r);
		if (rc == 1 && !again)
			rc = 0;
		yaml_parser_delete(&parser);
	}
	return rc;
}

/* Offsets become pointers now that the pool does not move any more. */
static void settle(struct yaml_doc *doc, struct yaml_problems *problems)
{
	const char *pool = str_text(&doc->pool);

	for (size_t i = 0; i < doc->n; i++) {
		struct yaml_node *node = &doc->v[i];
		bool keyed =
			node->parent != YAML_NOTHING && doc->v[node->parent].kind == YAML_MAP;

		node->key.p = keyed ? pool + (uintptr_t)node->key.p : "";
		node->text.p = node->kind == YAML_TEXT ? pool + (uintptr_t)node->text.p : "";
	}
	for (size_t i = 0; i < doc->n; i++)
		if (doc->v[i].kind == YAML_MAP && doc->v[i].n > 1)
			note_twice(doc, &doc->v[i], problems);
}

/* YAML 1.1, "c-printable": what libyaml would refuse the whole file for. */
static bool is_allowed(uint32_t cp)
{
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	return cp < 0x7f || cp == 0x85 || (cp >= 0xa0 && cp <= 0xfffd) ||
	       (cp >= 0x10000 && cp <= 0x10ffff);
}

/* Puts '?' for each byte that YAML does not allow, so that every place stays the same. */
static void replace_strange(struct slice *bytes, struct str *copy,
			    struct yaml_problems *problems)
{
	size_t line = 1, column = 1, step;

	for (size_t i = 0; i < bytes->len; i += step, column++) {
		uint32_t cp;

		step = utf8_decode(bytes->p + i, bytes->len - i, &cp);
		if (cp == '\n') {
			line++;
			column = 0;
		}
		if (is_allowed(cp))
			continue;
		if (!copy->len) {
			str_add(copy, bytes->p, bytes->len);
			*bytes = str_slice(copy);
		}
		memset(copy->p + i, '?', step);
		yaml_problem_add(problems, line, column,
				 N_("a byte that YAML does not allow, read as \"?\""));
	}
}

int yaml_read(struct slice bytes, struct yaml_doc *doc, struct yaml_problems *problems,
	      struct error *err)
{
	struct reader r = {.doc = doc, .problems = problems};
	struct str copy = STR_INIT;
	int rc;

	*doc = (struct yaml_doc){.pool = STR_INIT};
	if (bytes.len > YAML_MOST_BYTES)
		return error_set(err, ST_TOO_LARGE, N_("1:1: larger than %d KB"),
				 YAML_MOST_BYTES / 1024);
	if (slice_starts(bytes, "\xef\xbb\xbf")) /* libyaml does not count the mark either */
		r.base = r.at = 3;
	replace_strange(&bytes, &copy, problems);
	r.bytes = bytes;
	doc->end = bytes.len;
	rc = read_all(&r, err);
	settle(doc, problems);
	str_release(&copy);
	return rc;
}

void yaml_library_version(struct str *out)
{
	str_add_text(out, yaml_get_version_string());
}
