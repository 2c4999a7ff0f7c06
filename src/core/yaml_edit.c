/* SPDX-License-Identifier: MIT */
#include "yaml_edit_impl.h"

#include "core/utf8.h"

#include <assert.h>
#include <string.h>

/* In any case; the word is in small letters of ASCII. */
static bool is_word(struct slice text, const char *word)
{
	size_t n = strlen(word);

	if (text.len != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((text.p[i] | 0x20) != word[i])
			return false;
	return true;
}

/* A text that stays itself without quotes, also in { } and for readers that know types. */
static bool is_plain(struct slice text)
{
	static const char *const words[] = {"true", "false", "yes", "no", "on",
					    "off",  "null",  "y",   "n"};
	bool digits;

	if (!text.len || text.p[0] == '-' || text.p[0] == '.' || text.p[text.len - 1] == ' ')
		return false;
	digits = text.p[0] >= '0' && text.p[0] <= '9';
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool digit = c >= '0' && c <= '9';

		if (!letter && !digit && !(i && strchr("-_./ ", c)))
			return false;
		digits = digits && (digit || strchr("eE_.", c));
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(text, words[i]))
			return false;
	return !digits;
}

void yaml_add_scalar(struct str *out, struct slice text)
{
	size_t step;

	if (is_plain(text)) {
		str_add_slice(out, text);
		return;
	}
	str_add_char(out, '"');
	for (size_t i = 0; i < text.len; i += step) {
		uint32_t cp;

		step = utf8_decode(text.p + i, text.len - i, &cp);
		if (cp == UTF8_BAD)
			str_add_text(out, "\xef\xbf\xbd");
		else if (cp == '"' || cp == '\\')
			str_addf(out, "\\%c", (char)cp);
		else if (cp == '\n')
			str_add_text(out, "\\n");
		else if (cp == '\t')
			str_add_text(out, "\\t");
		else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
			str_addf(out, "\\x%02x", (unsigned)cp);
		else if (cp == 0x2028 || cp == 0x2029 || cp == 0xfeff ||
			 (cp & 0xfffe) == 0xfffe)
			str_addf(out, cp > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)cp);
		else
			str_add(out, text.p + i, step);
	}
	str_add_char(out, '"');
}

void yaml_add_pair(struct str *out, const char *key, struct slice text)
{
	if (out->len && out->p[out->len - 1] != '{')
		str_add_text(out, ", ");
	yaml_add_scalar(out, slice_of(key));
	str_add_text(out, ": ");
	yaml_add_scalar(out, text);
}

int yaml_change_begin(struct yaml_change *c, struct str *bytes, enum yaml_kind kind,
		      struct error *err)
{
	const struct yaml_node *root;
	int rc;

	*c = (struct yaml_change){.bytes = bytes, .now = STR_INIT};
	rc = yaml_read(str_slice(bytes), &c->was, NULL, err);
	if (rc < 0)
		return rc;
	str_add_slice(&c->now, str_slice(bytes));
	root = yaml_root(&c->was);
	if (c->was.broken)
		return error_set(
			err, ST_INPUT,
			N_("not all of it is YAML, so it is not changed; mend it first"));
	if (root && !yaml_is_null(root) && root->kind != kind)
		return error_set(
			err, ST_INPUT, N_("%zu:%zu: should be a %s, so it is not changed"),
			root->line, root->column, kind == YAML_MAP ? N_("map") : N_("list"));
	return 0;
}

void yaml_change_end(struct yaml_change *c)
{
	yaml_release(&c->was);
	str_release(&c->now);
}

bool yaml_change_keeps(const struct yaml_change *c, const struct yaml_node *was,
		       const struct yaml_doc *now_doc, const struct yaml_node *now)
{
	return slice_equal(was->key, now->key) && yaml_equal(&c->was, was, now_doc, now);
}

/* What a change is to come to: `gone` is not there any more (NULL: all are), and there is one
 * more entry, with this key and value (value NULL: none). */
struct outcome {
	const struct yaml_node *gone;
	struct slice key;
	const struct yaml_doc *value;
};

static bool is_new(const struct outcome *o, const struct yaml_doc *now,
		   const struct yaml_node *b)
{
	return b && slice_equal(b->key, o->key) &&
	       yaml_equal(now, b, o->value, yaml_root(o->value));
}

/* Whether the new bytes say that, and every other entry is what it was. */
static bool comes_to(const struct yaml_change *c, const struct yaml_doc *now,
		     const struct outcome *o)
{
	const struct yaml_node *a = yaml_first(&c->was, yaml_root(&c->was));
	const struct yaml_node *b = yaml_first(now, yaml_root(now));
	bool found = !o->value;

	while (a || b) {
		/* The new one stands in the place of what is gone, or at the end. */
		bool place = !a || a == o->gone;

		if (a && !place) {
			if (!b || !yaml_change_keeps(c, a, now, b))
				return false;
			b = yaml_next(now, b);
		} else if (!found && is_new(o, now, b)) {
			found = true;
			b = yaml_next(now, b);
		} else if (!a) {
			return false;
		}
		if (a)
			a = yaml_next(&c->was, a);
	}
	return found;
}

/*
 * Reads the new bytes and gives them out if every entry is what it was, but
 * for `gone` (NULL: none), and there is one more with this key and value
 * (value NULL: none).
 */
static int finish(struct yaml_change *c, const struct yaml_node *gone, struct slice key,
		  const struct slice *value, struct error *err)
{
	struct yaml_doc now = {.n = 0}, wanted = {.n = 0};
	struct outcome o = {gone, key, value ? &wanted : NULL};
	int rc = yaml_read(str_slice(&c->now), &now, NULL, err);

	if (rc == 0 && value)
		rc = yaml_read(*value, &wanted, NULL, err);
	if (rc == 0 && (!comes_to(c, &now, &o) || now.broken))
		rc = error_set(
			err, ST_INPUT,
			N_("it is written in a way that adref does not change; do it by hand"));
	if (rc == 0) {
		str_clear(c->bytes);
		str_add_slice(c->bytes, str_slice(&c->now));
	}
	yaml_release(&now);
	yaml_release(&wanted);
	return rc;
}

/* Whether a line begins there. */
bool yaml_begins_line(struct slice bytes, size_t at)
{
	for (size_t n = 1; n <= 3 && n <= at; n++)
		if (yaml_break_at(bytes, at - n) == n)
			return true;
	return at == 0;
}

size_t yaml_line_begin(struct slice bytes, size_t at)
{
	while (!yaml_begins_line(bytes, at))
		at--;
	return at;
}

/* Just after the line end at or after at. */
size_t yaml_line_end(struct slice bytes, size_t at)
{
	while (at < bytes.len && !yaml_break_at(bytes, at))
		at++;
	return at < bytes.len ? at + yaml_break_at(bytes, at) : at;
}

/* Where the entry's own first line begins: the dash of a list may stand lines before. */
static size_t entry_begin(const struct yaml_change *c, const struct yaml_node *node)
{
	const struct yaml_node *root = yaml_root(&c->was);
	struct slice bytes = str_slice(c->bytes);
	size_t at;

	assert(root && node);
	at = node->key_begin;
	if (root->kind == YAML_MAP)
		return at;
	while (at > root->begin && !(bytes.p[at - 1] == '-'))
		at--;
	return at > 0 ? at - 1 : 0;
}

/* Adds entry ("key: value" or the value alone) after all others. */
static void add_last(struct yaml_change *c, struct slice entry, bool list)
{
	const struct yaml_node *root = yaml_root(&c->was);
	const char *eol = slice_line_end(str_slice(c->bytes));
	struct str add = STR_INIT;
	size_t at = c->was.end;

	if (root && !yaml_is_null(root) && root->flow) {
		/* Inside the brackets, of which the last byte is the closing one. */
		at = root->end - 1;
		if (root->n) {
			while (at > 0 && strchr(" \t\r\n,", c->now.p[at - 1]))
				at--;
			str_add_text(&add, ", ");
			str_splice(&c->now, at, root->end - 1 - at, add.p, add.len);
			at += add.len;
			str_clear(&add);
		}
		str_add_slice(&add, entry);
	} else {
		if (!yaml_begins_line(str_slice(&c->now), at))
			str_add_text(&add, eol);
		for (size_t i = 1; root && !yaml_is_null(root) && i < root->column; i++)
			str_add_char(&add, ' ');
		if (list)
			str_add_text(&add, "- ");
		str_add_slice(&add, entry);
		str_add_text(&add, eol);
	}
	str_splice(&c->now, at, 0, add.p, add.len);
	str_release(&add);
}

/* An empty "{}" or "[]", or a bare null, gives way to entries on their own lines. */
static void open_empty(struct yaml_change *c)
{
	const struct yaml_node *root = yaml_root(&c->was);

	if (!root || root->n || (!root->flow && !yaml_is_null(root)))
		return;
	str_splice(&c->now, root->begin, root->end - root->begin, NULL, 0);
	c->was.end -= root->end - root->begin;
	/* What is left of its line, if that is nothing, goes too. */
	{
		struct slice left = str_slice(&c->now);
		size_t from = yaml_line_begin(left, root->begin),
		       to = yaml_line_end(left, root->begin);
		size_t blank = from;

		while (blank < to && strchr(" \t\r\n", left.p[blank]))
			blank++;
		if (blank == to) {
			str_splice(&c->now, from, to - from, NULL, 0);
			c->was.end -= to - from;
		}
	}
	c->was.n = 0;
}

/* What may go with the last entry of { } or [ ] before it: the comma too, but where that alone
 * ends an entry without a value ("{!x:1, }" and "{x: !y, }" are such, "{!x:1}" and "{x: !y}"
 * are not). */
static const char *before_last(const struct yaml_change *c, const struct yaml_node *node)
{
	const struct yaml_node *at = yaml_first(&c->was, yaml_root(&c->was)), *before = NULL;

	for (; at && at != node; at = yaml_next(&c->was, at))
		before = at;
	return before && before->kind == YAML_TEXT && before->plain && !before->text.len
		       ? " \t\r\n"
		       : " \t\r\n,";
}

/* Takes an entry away: its lines, where it has them for itself. */
static void take_out(struct yaml_change *c, const struct yaml_node *node)
{
	const struct yaml_node *root = yaml_root(&c->was);
	struct slice bytes = str_slice(c->bytes);
	size_t from, to;

	assert(root && node);
	from = entry_begin(c, node);
	to = node->end;
	if (root->flow) {
		const struct yaml_node *next = yaml_next(&c->was, node);

		from = node->key_begin;
		if (next) {
			to = next->key_begin;
		} else {
			const char *goes = before_last(c, node);

			while (to < root->end - 1 && strchr(" \t\r\n,", bytes.p[to]))
				to++;
			while (from > root->begin + 1 && strchr(goes, bytes.p[from - 1]))
				from--;
		}
	} else {
		size_t begin_of_line = yaml_line_begin(bytes, from);

		if (to == 0 || !yaml_begins_line(bytes, to))
			to = yaml_line_end(bytes, to);
		if (begin_of_line >= yaml_line_begin(bytes, root->begin))
			from = begin_of_line;
	}
	str_splice(&c->now, from, to - from, NULL, 0);
	/* A document after this one would be read in its place if nothing were left. */
	if (!root->flow && root->n == 1 && c->was.end < bytes.len) {
		struct str none = STR_INIT;

		str_add_text(&none, root->kind == YAML_MAP ? "{}" : "[]");
		str_add_text(&none, slice_line_end(bytes));
		str_splice(&c->now, from, 0, none.p, none.len);
		str_release(&none);
	}
}

const struct yaml_node *yaml_change_entry(const struct yaml_change *c, struct slice key)
{
	const struct yaml_node *node = yaml_first(&c->was, yaml_root(&c->was));

	while (node && !slice_equal(node->key, key))
		node = yaml_next(&c->was, node);
	return node;
}

int yaml_edit_set(struct str *bytes, struct slice key, struct slice value, struct error *err)
{
	const struct yaml_node *node;
	struct str entry = STR_INIT;
	struct yaml_change c;
	int rc = yaml_change_begin(&c, bytes, YAML_MAP, err);

	if (rc < 0)
		goto done;
	yaml_add_scalar(&entry, key);
	str_add_text(&entry, ": ");
	str_add_slice(&entry, value);
	node = yaml_change_entry(&c, key);
	if (node) {
		size_t end_at = node->end;

		/* A block text ends with its line end, which stays. */
		while (end_at > node->begin && strchr("\r\n", bytes->p[end_at - 1]))
			end_at--;
		str_splice(&c.now, node->key_begin, end_at - node->key_begin, entry.p,
			   entry.len);
	} else {
		open_empty(&c);
		add_last(&c, str_slice(&entry), false);
	}
	rc = finish(&c, node, key, &value, err);
done:
	str_release(&entry);
	yaml_change_end(&c);
	return rc;
}

int yaml_edit_unset(struct str *bytes, struct slice key, struct error *err)
{
	const struct yaml_node *node = NULL;
	struct yaml_change c;
	int rc = yaml_change_begin(&c, bytes, YAML_MAP, err);

	if (rc == 0) {
		node = yaml_change_entry(&c, key);
		if (!node)
			rc = error_set(err, ST_MISSING, N_("%.*s is not in it"), (int)key.len,
				       key.p);
	}
	if (rc == 0) {
		take_out(&c, node);
		rc = finish(&c, node, key, NULL, err);
	}
	yaml_change_end(&c);
	return rc;
}

int yaml_edit_append(struct str *bytes, struct slice value, struct error *err)
{
	struct yaml_change c;
	int rc = yaml_change_begin(&c, bytes, YAML_LIST, err);

	if (rc == 0) {
		open_empty(&c);
		add_last(&c, value, true);
		rc = finish(&c, NULL, SLICE(""), &value, err);
	}
	yaml_change_end(&c);
	return rc;
}

int yaml_edit_remove(struct str *bytes, size_t index, struct error *err)
{
	const struct yaml_node *node = NULL;
	struct yaml_change c;
	int rc = yaml_change_begin(&c, bytes, YAML_LIST, err);

	if (rc == 0) {
		node = yaml_first(&c.was, yaml_root(&c.was));
		while (node && index--)
			node = yaml_next(&c.was, node);
		if (!node)
			rc = error_set(err, ST_MISSING, N_("the list has no such entry"));
	}
	if (rc == 0) {
		take_out(&c, node);
		rc = finish(&c, node, SLICE(""), NULL, err);
	}
	yaml_change_end(&c);
	return rc;
}
