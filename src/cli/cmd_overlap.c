/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"
#include "cli/sides.h"
#include "core/compare.h"
#include "core/mem.h"
#include "core/wording.h"
#include "ui/repeats.h"

#include <stdlib.h>
#include <string.h>

/* adref overlap: which draft repeats which, how much, and what may be done about it. */

#define STEP          1000 /* wordings */
#define NAME_COLS     24
#define CUT_COLS      60
#define HANGING_LEAST 20 /* columns: in fewer the terminal wraps */

const struct cli_option options_overlap[] = {
	{"map", 'm', NULL, N_("only the list of drafts, not their paragraphs")},
	{"width", 'w', N_("COLUMNS"), N_("how wide the output is; 120 if not said")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

/* One draft, as it was named. */
struct text {
	char *name, *path;
	struct str bytes;
};

struct overlap_table {
	struct session session;
	bool has_session;
	struct parties regions; /* where there is no workspace */
	const struct parties *parties;
	struct text *v;
	size_t n;
	char *one; /* the only draft that was named: the others are compared with it */
	const char **names;
	struct overlap o;
	size_t width;
};

static void table_release(struct overlap_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].name);
		free(t->v[i].path);
		str_release(&t->v[i].bytes);
	}
	free(t->v);
	free(t->one);
	free(t->names);
	overlap_release(&t->o);
	if (t->has_session)
		session_release(&t->session);
	parties_release(&t->regions);
}

/* ---- which drafts ---- */

static struct text *add_text(struct overlap_table *t, const char *name, const char *path)
{
	for (size_t i = 0; path && i < t->n; i++)
		if (t->v[i].path && strcmp(t->v[i].path, path) == 0)
			return NULL;
	t->v = mem_array(t->v, t->n + 1, sizeof(*t->v));
	t->v[t->n] = (struct text){mem_strdup(name), path ? mem_strdup(path) : NULL, STR_INIT};
	return &t->v[t->n++];
}

static int read_named(struct overlap_table *t, const char *draft, struct error *err)
{
	struct input in;
	struct text *one;
	int rc = input_open(&in, draft, err);

	if (rc == 0) {
		one = add_text(t, in.name, in.path);
		if (one)
			str_add_slice(&one->bytes, input_text(&in));
	}
	input_release(&in);
	return rc;
}

/* What cannot be read is told and left out. */
static void read_all(struct overlap_table *t)
{
	for (size_t i = 0; i < t->session.ws.n; i++) {
		const struct ws_draft *d = &t->session.ws.v[i];
		struct str bytes = STR_INIT;
		struct error err = ERROR_INIT;
		struct text *one;

		if (file_read_draft(t->session.ws.root, d->path, &bytes, NULL, &err) < 0) {
			cli_note("%s", err.text);
			str_release(&bytes);
			continue;
		}
		one = add_text(t, d->name, d->path);
		if (one)
			one->bytes = bytes;
		else
			str_release(&bytes);
	}
}

/* Files of one name in several folders go by their paths. */
static void tell_apart(struct overlap_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		bool twice = false;

		for (size_t k = i + 1; k < t->n; k++) {
			if (strcmp(t->v[i].name, t->v[k].name) != 0 || !t->v[k].path)
				continue;
			free(t->v[k].name);
			t->v[k].name = mem_strdup(t->v[k].path);
			twice = true;
		}
		if (twice && t->v[i].path) {
			free(t->v[i].name);
			t->v[i].name = mem_strdup(t->v[i].path);
		}
	}
}

static int by_name(const void *x, const void *y)
{
	const struct text *a = x, *b = y;
	int rc = strcmp(a->name, b->name);

	return rc ? rc : slice_compare(str_slice(&a->bytes), str_slice(&b->bytes));
}

static int read_texts(struct cli *c, struct overlap_table *t, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int rc = 0;

	parties_init_regions(&t->regions);
	overlap_init(&t->o);
	rc = session_open(&t->session, NULL, c->argc < 2 ? err : &ignored);
	t->has_session = rc == 0;
	t->parties = t->has_session ? &t->session.ws.parties : &t->regions;
	if (rc < 0 && c->argc < 2)
		return input_nowhere(err);
	rc = 0;
	for (int i = 0; i < c->argc && rc == 0; i++)
		rc = read_named(t, c->argv[i], err);
	if (rc < 0)
		return rc;
	if (c->argc < 2)
		read_all(t);
	tell_apart(t);
	if (c->argc == 1)
		t->one = mem_strdup(t->v[0].name);
	if (t->n < 2)
		return error_set(err, ST_MISSING,
				 _("there is only one draft: it repeats no other"));
	qsort(t->v, t->n, sizeof(*t->v), by_name);
	return 0;
}

static void compare_all(struct overlap_table *t)
{
	t->names = mem_array(NULL, t->n, sizeof(*t->names));
	for (size_t i = 0; i < t->n; i++) {
		t->names[i] = t->v[i].name;
		overlap_add(&t->o, str_slice(&t->v[i].bytes), t->parties);
	}
	while (overlap_step(&t->o, STEP))
		;
}

static bool is_asked(const struct overlap_table *t, const struct overlap_pair *p)
{
	return !t->one || strcmp(t->names[p->a], t->one) == 0 ||
	       strcmp(t->names[p->b], t->one) == 0;
}

static struct slice paragraph_text(const struct overlap_table *t, uint32_t i)
{
	const struct overlap_paragraph *p = &t->o.v[i];

	return slice_make(t->o.drafts[p->draft].text.p + p->begin, p->end - p->begin);
}

/* ---- as text ---- */

/* Foreign text as one line of so many columns at most, and blanks up to there where it is
 * padded.
 */
static void add_cut(struct cli *c, struct slice text, int cols, bool padded)
{
	size_t from = c->out.len;

	wording_brief(&c->out, text, (size_t)cols);
	if (padded)
		sides_blanks(&c->out,
			     cols - canvas_columns(c->out.p + from, c->out.len - from));
}

static int name_columns(const struct overlap_table *t)
{
	int most = 5;

	for (size_t i = 0; i < t->o.n_pairs; i++) {
		const uint32_t both[] = {t->o.pairs[i].a, t->o.pairs[i].b};

		for (size_t k = 0; k < 2 && is_asked(t, &t->o.pairs[i]); k++) {
			int cols = canvas_columns(t->names[both[k]], strlen(t->names[both[k]]));

			most = cols > most ? cols : most;
		}
	}
	return most < NAME_COLS ? most : NAME_COLS;
}

static void add_share(struct str *out, double share)
{
	struct str text = STR_INIT;

	repeats_percent(share, &text);
	sides_blanks(out, 6 - canvas_columns(text.p, text.len));
	str_add_slice(out, str_slice(&text));
	str_release(&text);
}

/* Words from a column on, what does not fit under them. */
static void print_hanging(struct cli *c, struct slice words, int col, int width)
{
	int at = col;

	for (size_t i = 0, n; i < words.len; i += n) {
		const char *blank = memchr(words.p + i + 1, ' ', words.len - i - 1);
		int cols;

		n = blank ? (size_t)(blank - words.p) - i : words.len - i;
		cols = canvas_columns(words.p + i, n);
		if (at > col && at + cols > width && width > col + HANGING_LEAST) {
			str_add_char(&c->out, '\n');
			sides_blanks(&c->out, col);
			at = col - 1; /* its blank stays behind */
			cli_show(c, slice_make(words.p + i + 1, n - 1));
		} else {
			cli_show(c, slice_make(words.p + i, n));
		}
		at += cols;
	}
	str_add_char(&c->out, '\n');
}

static void print_map(struct cli *c, const struct overlap_table *t)
{
	int cols = name_columns(t);
	struct str words = STR_INIT;

	for (size_t i = 0; i < t->o.n_pairs; i++) {
		const struct overlap_pair *p = &t->o.pairs[i];

		if (!is_asked(t, p))
			continue;
		add_cut(c, slice_of(t->names[p->a]), cols, true);
		add_share(&c->out, overlap_share(&t->o, p, 0));
		str_add_text(&c->out, "  ");
		add_cut(c, slice_of(t->names[p->b]), cols, true);
		add_share(&c->out, overlap_share(&t->o, p, 1));
		str_add_text(&c->out, "  ");
		str_clear(&words);
		repeats_suggest(&t->o, p, t->names, &words);
		print_hanging(c, str_slice(&words), 2 * (cols + 10), (int)t->width);
	}
	str_release(&words);
}

static void print_match(struct cli *c, const struct overlap_table *t,
			const struct overlap_match *m, int cols)
{
	struct compare_text texts[] = {{paragraph_text(t, m->a), PARTY_NONE},
				       {paragraph_text(t, m->b), PARTY_NONE}};
	struct passage_spec spec = {.cols = cols, .how = PASSAGE_GONE};
	struct passage p[2];
	struct compare pair;
	struct str head = STR_INIT;

	sides_rule(&c->out, 2, cols);
	str_addf(&head, "¶ %u", t->o.v[m->a].number);
	add_cut(c, str_slice(&head), cols, true);
	sides_bar(&c->out);
	str_clear(&head);
	str_addf(&head, "¶ %u · ", t->o.v[m->b].number);
	repeats_relation(&t->o, m, &head);
	add_cut(c, str_slice(&head), cols, false);
	str_add_char(&c->out, '\n');
	compare_pair(&pair, texts, t->parties);
	for (size_t r = 0; r < pair.n_rows; r++) {
		for (size_t i = 0; i < 2; i++) {
			passage_init(&p[i]);
			passage_set(&p[i], &pair, r, i, &spec);
		}
		sides_print(&c->out, p, 2, cols);
		passage_release(&p[0]);
		passage_release(&p[1]);
	}
	compare_release(&pair);
	str_release(&head);
}

static void print_pair(struct cli *c, const struct overlap_table *t,
		       const struct overlap_pair *p, int cols)
{
	struct overlap_match *list;
	size_t n = overlap_matches(&t->o, p, &list);
	struct str words = STR_INIT;

	repeats_suggest(&t->o, p, t->names, &words);
	str_add_char(&c->out, '\n');
	cli_show(c, str_slice(&words));
	str_add_text(&c->out, "\n");
	add_cut(c, slice_of(t->names[p->a]), cols, true);
	sides_bar(&c->out);
	add_cut(c, slice_of(t->names[p->b]), cols, false);
	str_add_char(&c->out, '\n');
	for (size_t i = 0; i < n && cli_flush(c); i++)
		print_match(c, t, &list[i], cols);
	str_release(&words);
	free(list);
}

static void print_commons(struct cli *c, const struct overlap_table *t)
{
	struct str words = STR_INIT;

	if (t->o.n_commons && !t->one)
		str_addf(&c->out, "\n%s\n", _("said by very many"));
	for (size_t i = 0; i < t->o.n_commons && !t->one; i++) {
		const struct overlap_common *m = &t->o.commons[i];
		const struct overlap_paragraph *p = &t->o.v[m->paragraph];

		str_clear(&words);
		repeats_common(m, &words);
		str_addf(&c->out, "  %s: ", str_text(&words));
		cli_show(c, slice_of(t->names[p->draft]));
		str_addf(&c->out, " ¶ %u  ", p->number);
		add_cut(c, paragraph_text(t, m->paragraph), CUT_COLS, false);
		str_add_char(&c->out, '\n');
	}
	str_release(&words);
}

static void print_text(struct cli *c, const struct overlap_table *t)
{
	int cols = ((int)t->width - SIDES_BAR) / 2;
	size_t n = 0;

	print_map(c, t);
	for (size_t i = 0; i < t->o.n_pairs; i++) {
		if (!is_asked(t, &t->o.pairs[i]))
			continue;
		n++;
		if (!cli_has(c, "map"))
			print_pair(c, t, &t->o.pairs[i], cols);
	}
	print_commons(c, t);
	if (!n)
		cli_note(t->one ? _("no other draft says what this one says")
				: _("no two drafts say the same"));
}

/* ---- as JSON ---- */

static json_t *json_match(const struct overlap_table *t, const struct overlap_match *m)
{
	json_t *o = json_object();

	json_object_set_new(o, "a", json_integer(t->o.v[m->a].number));
	json_object_set_new(o, "b", json_integer(t->o.v[m->b].number));
	json_object_set_new(o, "percent_a",
			    json_integer(repeats_hundredths(overlap_match_share(&t->o, m, 0))));
	json_object_set_new(o, "percent_b",
			    json_integer(repeats_hundredths(overlap_match_share(&t->o, m, 1))));
	json_object_set_new(o, "relation",
			    json_words(overlap_relation_word(overlap_relation(&t->o, m))));
	json_object_set_new(o, "text_a", json_text(paragraph_text(t, m->a)));
	json_object_set_new(o, "text_b", json_text(paragraph_text(t, m->b)));
	return o;
}

static json_t *json_pair(struct cli *c, const struct overlap_table *t,
			 const struct overlap_pair *p)
{
	json_t *o = json_object(), *paragraphs = json_array();
	struct overlap_match *list;
	struct str words = STR_INIT;
	size_t n;

	repeats_suggest(&t->o, p, t->names, &words);
	json_object_set_new(o, "a", json_words(t->names[p->a]));
	json_object_set_new(o, "b", json_words(t->names[p->b]));
	json_object_set_new(o, "percent_a",
			    json_integer(repeats_hundredths(overlap_share(&t->o, p, 0))));
	json_object_set_new(o, "percent_b",
			    json_integer(repeats_hundredths(overlap_share(&t->o, p, 1))));
	json_object_set_new(o, "suggestion", json_words(overlap_outcome_word(p->outcome)));
	json_object_set_new(o, "of",
			    p->of == OVERLAP_NONE ? json_null() : json_words(t->names[p->of]));
	json_object_set_new(o, "reason", json_words(str_text(&words)));
	if (!cli_has(c, "map")) {
		n = overlap_matches(&t->o, p, &list);
		for (size_t i = 0; i < n; i++)
			json_array_append_new(paragraphs, json_match(t, &list[i]));
		free(list);
		json_object_set(o, "paragraphs", paragraphs);
	}
	json_decref(paragraphs);
	str_release(&words);
	return o;
}

static void print_json(struct cli *c, const struct overlap_table *t)
{
	json_t *o = json_object(), *drafts = json_array(), *pairs = json_array(),
	       *commons = json_array();

	for (size_t i = 0; i < t->n; i++)
		json_array_append_new(drafts, json_words(t->names[i]));
	for (size_t i = 0; i < t->o.n_pairs; i++)
		if (is_asked(t, &t->o.pairs[i]))
			json_array_append_new(pairs, json_pair(c, t, &t->o.pairs[i]));
	for (size_t i = 0; i < t->o.n_commons && !t->one; i++) {
		const struct overlap_common *m = &t->o.commons[i];
		json_t *one = json_object();

		json_object_set_new(one, "drafts", json_integer(m->drafts));
		json_object_set_new(one, "draft",
				    json_words(t->names[t->o.v[m->paragraph].draft]));
		json_object_set_new(one, "paragraph",
				    json_integer(t->o.v[m->paragraph].number));
		json_object_set_new(one, "text", json_text(paragraph_text(t, m->paragraph)));
		json_array_append_new(commons, one);
	}
	json_object_set_new(o, "drafts", drafts);
	json_object_set_new(o, "pairs", pairs);
	json_object_set_new(o, "common", commons);
	json_print(o, &c->out);
}

enum exit_status cmd_overlap(struct cli *c)
{
	const char *width = cli_value(c, "width");
	struct overlap_table t = {.width = SIDES_WIDTH};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;

	if (width && (!cli_number(width, &t.width) || t.width < SIDES_WIDTH_LEAST ||
		      t.width > SIDES_WIDTH_MOST))
		return cli_usage(c, _("--width %s: give a number of columns from %d to %d"),
				 width, SIDES_WIDTH_LEAST, SIDES_WIDTH_MOST);
	if (read_texts(c, &t, &err) != 0) {
		status = cli_fail(&err);
		goto done;
	}
	compare_all(&t);
	if (cli_has(c, "json"))
		print_json(c, &t);
	else
		print_text(c, &t);
done:
	table_release(&t);
	return status;
}
