/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * YAML by entry: a key at the margin with all that is indented below it, an item of a
 * list, or a line that is neither. No more of YAML is understood here than where an
 * entry begins: so nothing in it can be lost.
 */

struct entry {
	struct slice name;  /* what the entry is called; of a plain line: the line */
	struct slice bytes; /* its lines */
	struct slice under; /* the key that a list's item stands under */
	uint32_t key;       /* the same for all that are called so, in the three texts */
	uint32_t next;      /* that is called so, or NONE */
	bool used;
};

struct entries {
	struct entry *v;
	size_t n, cap;
	uint32_t *first; /* by key: where the first that is not used is looked for, or NONE */
};

static struct slice next_line(struct slice text, size_t at)
{
	const char *lf = memchr(text.p + at, '\n', text.len - at);

	return slice_make(text.p + at, lf ? (size_t)(lf - text.p) + 1 - at : text.len - at);
}

static struct slice chop(struct slice s)
{
	while (s.len && strchr(" \t\r\n", s.p[s.len - 1]))
		s.len--;
	return s;
}

/* The value of a key somewhere in an entry, as in "{digest: 9f…, date: …}"; empty: none. */
static struct slice value_of(struct slice entry, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i + n < entry.len; i++) {
		size_t end;

		if (memcmp(entry.p + i, key, n) != 0 || entry.p[i + n] != ':' ||
		    (i && !strchr(" \t{,-\n", entry.p[i - 1])))
			continue;
		i += n + 1;
		while (i < entry.len && entry.p[i] == ' ')
			i++;
		for (end = i; end < entry.len && !strchr(",}\n\r", entry.p[end]);)
			end++;
		return chop(slice_make(entry.p + i, end - i));
	}
	return slice_make("", 0);
}

static size_t indent_of(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == ' ')
		n++;
	return n;
}

static bool is_item(struct slice line, size_t indent)
{
	return indent + 1 < line.len && line.p[indent] == '-' &&
	       (line.p[indent + 1] == ' ' || line.p[indent + 1] == '\n');
}

static struct slice key_of(struct slice line)
{
	const char *colon = memchr(line.p, ':', line.len);

	/* Without a name before the colon it would be called as blank lines are: nothing. */
	return colon && colon > line.p ? slice_make(line.p, (size_t)(colon - line.p))
				       : chop(line);
}

static struct slice item_name(struct slice item)
{
	static const char *const keys[] = {"digest", "code", "id"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct slice v = value_of(item, keys[i]);

		if (v.len)
			return v;
	}
	return chop(item);
}

static void add_entry(struct entries *e, struct entry one)
{
	MEM_GROW(e->v, e->n, e->cap);
	e->v[e->n++] = one;
}

/* Divides the text: each line begins an entry or goes on with the one before. */
static void divide(struct entries *e, struct slice text)
{
	struct slice under = {"", 0};
	size_t list = SIZE_MAX; /* how far the items of this list are indented */

	for (size_t at = 0; at < text.len;) {
		struct slice line = next_line(text, at), bare = chop(line);
		size_t indent = indent_of(line);
		bool item = is_item(line, indent) && (list == SIZE_MAX || indent == list);

		at += line.len;
		if (item && e->n && !under.len && indent > 0 && list == SIZE_MAX)
			item = false;
		if (item) {
			list = indent;
			add_entry(e, (struct entry){.bytes = line, .under = under});
		} else if (!bare.len || (bare.p[0] == '#' && !indent) || !indent) {
			bool key = bare.len && bare.p[0] != '#' && slice_ends(bare, ":");

			add_entry(e, (struct entry){.bytes = line, .name = bare});
			if (bare.len && bare.p[0] != '#') {
				e->v[e->n - 1].name = key_of(line);
				under = key ? key_of(line) : slice_make("", 0);
				list = SIZE_MAX;
			}
		} else if (e->n) {
			e->v[e->n - 1].bytes.len += line.len;
		} else {
			add_entry(e, (struct entry){.bytes = line, .name = bare});
		}
	}
	for (size_t i = 0; i < e->n; i++)
		/* Nothing is called as a blank line is but blank lines. */
		if (!e->v[i].name.p || !e->v[i].name.len)
			e->v[i].name = item_name(e->v[i].bytes);
}

/* Gives what is called alike one key. */
static void name_entries(struct entries *e, struct intern *keys)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < e->n; i++) {
		str_clear(&name);
		str_add_slice(&name, e->v[i].under);
		str_add_char(&name, '\n'); /* no key has one */
		str_add_slice(&name, e->v[i].name);
		e->v[i].key = intern_key(keys, 'e', str_slice(&name));
	}
	str_release(&name);
}

static void chain_entries(struct entries *e, uint32_t n_keys)
{
	e->first = mem_array(NULL, n_keys, sizeof(*e->first));
	for (uint32_t k = 0; k < n_keys; k++)
		e->first[k] = NONE;
	for (size_t i = e->n; i-- > 0;) {
		e->v[i].next = e->first[e->v[i].key];
		e->first[e->v[i].key] = (uint32_t)i;
	}
}

/* The first entry not met yet that is called so. */
static struct entry *find(struct entries *e, const struct entry *like)
{
	uint32_t *at = &e->first[like->key];

	if (!e->n)
		return NULL;
	/* What is used stays so: it is passed once. */
	while (*at != NONE && e->v[*at].used)
		*at = e->v[*at].next;
	return *at != NONE ? &e->v[*at] : NULL;
}

/* ---- one entry ---- */

static void add_lines(struct str *out, struct slice bytes, struct slice end)
{
	str_add_slice(out, bytes);
	if (bytes.len && bytes.p[bytes.len - 1] != '\n')
		str_add_slice(out, end);
}

/* As a comment: each line behind "# AFR: ". */
static void add_comment(struct str *out, struct slice bytes, uint16_t party,
			const struct parties *parties, struct slice end)
{
	for (size_t at = 0; at < bytes.len;) {
		struct slice line = next_line(bytes, at);

		str_add_text(out, "# ");
		if (party != PARTY_NONE)
			str_addf(out, "%s: ", parties->v[party].code);
		add_lines(out, line, end);
		at += line.len;
	}
}

/* Which of two stands: that with the later date, else the first in byte order. */
static bool second_stands(struct slice a, struct slice b)
{
	int by_date = slice_compare(value_of(a, "date"), value_of(b, "date"));

	return by_date ? by_date < 0 : slice_compare(a, b) > 0;
}

struct job {
	struct entries of[3];
	struct merge_side side[3];
	const struct parties *parties;
	struct slice end;
	size_t both; /* entries that both changed */
};

static void add_merged(struct job *j, const struct entry *base, const struct entry *ours,
		       const struct entry *theirs, struct str *out)
{
	struct slice o, t;

	if (!ours || !theirs) {
		const struct entry *left = ours ? ours : theirs;

		/* What one took out and the other left as it was goes. */
		if (!left || (base && slice_equal(chop(base->bytes), chop(left->bytes))))
			return;
		j->both += base != NULL;
		add_lines(out, left->bytes, j->end);
		return;
	}
	o = ours->bytes;
	t = theirs->bytes;
	if (slice_equal(chop(o), chop(t))) {
		/* They differ in blanks at most; which stands must not depend on the sides. */
		bool second = base && slice_equal(base->bytes, o);

		if (!second && !(base && slice_equal(base->bytes, t)))
			second = slice_compare(o, t) > 0;
		add_lines(out, second ? t : o, j->end);
	} else if (base && slice_equal(chop(base->bytes), chop(t))) {
		add_lines(out, o, j->end);
	} else if (base && slice_equal(chop(base->bytes), chop(o))) {
		add_lines(out, t, j->end);
	} else {
		bool turn = second_stands(o, t);

		j->both++;
		add_lines(out, turn ? t : o, j->end);
		add_comment(out, turn ? o : t, j->side[turn ? 1 : 2].party, j->parties, j->end);
	}
}

static int by_bytes(const void *p, const void *q)
{
	const struct entry *const *x = p, *const *y = q;
	int order = slice_compare((*x)->bytes, (*y)->bytes);

	return order ? order : slice_compare((*x)->under, (*y)->under);
}

/* Those of both sides that are called as x is, the first with the first, up to x itself. */
static void add_called_so(struct job *j, const struct entry *x, struct str *out)
{
	while (!x->used) {
		struct entry *o = find(&j->of[1], x), *t = find(&j->of[2], x);

		if (o)
			o->used = true;
		if (t)
			t->used = true;
		add_merged(j, NULL, o, t, out);
	}
}

/* New entries that belong after the one just written: those that stand there in a side, in
 * byte order; blank lines and comments as well. */
static void add_fresh(struct job *j, size_t at[3], struct str *out)
{
	struct entry **list = NULL;
	size_t n = 0, cap = 0, from[3] = {0, 0, 0};

	for (size_t k = 1; k <= 2; k++) {
		struct entries *e = &j->of[k];

		from[k] = n;

		for (; at[k] < e->n && !find(&j->of[0], &e->v[at[k]]); at[k]++) {
			if (e->v[at[k]].used)
				continue;
			MEM_GROW(list, n, cap);
			list[n++] = &e->v[at[k]];
		}
	}
	/* Those of one side alone stay in its order. */
	if (from[2] > 0 && n > from[2])
		qsort(list, n, sizeof(struct entry *), by_bytes);
	for (size_t i = 0; i < n; i++)
		add_called_so(j, list[i], out);
	free(list);
}

/* What stands in another order: of one side alone in its order, of both in byte order. */
static void add_left(struct job *j, struct str *out)
{
	struct entry **list = mem_array(NULL, j->of[1].n + j->of[2].n, sizeof(struct entry *));
	size_t n = 0, ours = 0;

	for (size_t k = 1; k <= 2; k++) {
		for (size_t i = 0; i < j->of[k].n; i++)
			if (!j->of[k].v[i].used)
				list[n++] = &j->of[k].v[i];
		ours = k == 1 ? n : ours;
	}
	if (ours > 0 && n > ours)
		qsort(list, n, sizeof(struct entry *), by_bytes);
	for (size_t i = 0; i < n; i++) {
		list[i]->used = true;
		add_lines(out, list[i]->bytes, j->end);
	}
	free(list);
}

static void merge_entries(struct job *j, struct str *out)
{
	size_t at[3] = {0, 0, 0};

	for (size_t i = 0; i <= j->of[0].n; i++) {
		struct entry *base = i < j->of[0].n ? &j->of[0].v[i] : NULL, *x[3];

		add_fresh(j, at, out);
		if (!base)
			break;
		for (size_t k = 1; k <= 2; k++) {
			x[k] = find(&j->of[k], base);
			if (x[k])
				x[k]->used = true;
			while (x[k] && at[k] < j->of[k].n && j->of[k].v[at[k]].used)
				at[k]++;
		}
		base->used = true;
		add_merged(j, base, x[1], x[2], out);
	}
	add_left(j, out);
}

/* Asked of both sides, which may be exchanged. */
static bool has_crlf(struct slice text)
{
	return text.len && memmem(text.p, text.len, "\r\n", 2);
}

void merge_yaml(struct str *out, struct slice base, struct merge_side ours,
		struct merge_side theirs, const struct parties *parties,
		struct merge_outcome *outcome)
{
	struct job j = {.side = {{base, PARTY_NONE}, ours, theirs}, .parties = parties};
	struct intern *keys;

	*outcome = (struct merge_outcome){0, false};
	if (slice_equal(base, ours.text) || slice_equal(ours.text, theirs.text)) {
		str_add_slice(out, theirs.text);
		return;
	}
	if (slice_equal(base, theirs.text)) {
		str_add_slice(out, ours.text);
		return;
	}
	j.end = has_crlf(ours.text) || has_crlf(theirs.text) ? SLICE("\r\n") : SLICE("\n");
	keys = intern_new();
	for (size_t k = 0; k < 3; k++) {
		divide(&j.of[k], j.side[k].text);
		name_entries(&j.of[k], keys);
	}
	for (size_t k = 0; k < 3; k++)
		chain_entries(&j.of[k], intern_count(keys));
	merge_entries(&j, out);
	for (size_t k = 0; k < 3; k++) {
		free(j.of[k].v);
		free(j.of[k].first);
	}
	intern_free(keys);
	outcome->points = j.both;
}
