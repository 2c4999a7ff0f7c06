/* SPDX-License-Identifier: MIT */
#include "reword_impl.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>

/* How a point takes one more option. */
enum place {
	PLACE_FILL,  /* into an empty bracket */
	PLACE_SLASH, /* after a slash with blanks */
	PLACE_MODAL, /* after a bare slash */
	PLACE_LINES, /* after a line that holds only a slash */
	PLACE_LINE,  /* as one more paragraph */
	PLACE_RUN    /* in a bracket of its own, beside the last */
};

/* What is written, and how. */
struct writing {
	const struct bracketed *w;
	const struct point *p;
	const struct bracket *v; /* the point's last bracket */
	const struct offer *offer;
	const struct party_list *lists; /* parties of the point's options as they are */
	struct str text;                /* the new wording as written, guard and all */
};

static bool is_no_text_offer(const struct offer *o)
{
	return wording_trim(o->text).len == 0;
}

/* ---- checking */

static bool is_offered(const struct recheck *r, const struct option *o,
		       const struct expectation *x)
{
	struct slice got = {r->text.p + o->begin, o->end - o->begin};

	if (!recheck_names(&r->b, o, x->offer->parties, x->offer->n_parties))
		return false;
	if (is_no_text_offer(x->offer))
		return o->no_text;
	return !o->no_text && slice_equal(got, x->written);
}

/* Whether reading the draft again shows it, and all else as before. */
static bool holds(const struct bracketed *w, const struct expectation *x, const struct edits *e)
{
	const struct point *p = &w->b->points[x->point], *q;
	size_t begin = point_begin(w->b, p), n = p->n_options, i = 0;
	struct recheck r;
	uint32_t now;
	bool good;

	recheck_init(&r, w, e);
	n = n - (x->gone != OPTION_NONE) + (x->fresh != OPTION_NONE);
	now = recheck_point_at(&r.b, edits_map(e, begin));
	q = now == BRACKET_NONE ? NULL : &r.b.points[now];
	good = q && q->n_options == n && q->n_brackets == x->n_brackets &&
	       recheck_others(&r, w, e, begin, point_end(w->b, p), x->more, NULL);
	for (size_t k = 0; k < n && good; k++) {
		const struct option *o = point_option(&r.b, q, k);

		if (k == x->fresh) {
			good = is_offered(&r, o, x);
			continue;
		}
		i += i == x->gone;
		good = recheck_option(&r, o, w, point_option(w->b, p, i), false) &&
		       recheck_names(&r.b, o, x->lists[i].v, x->lists[i].n);
		i++;
	}
	recheck_release(&r);
	return good;
}

/* The parties of a point's options, by number. */
static struct party_list *lists_of(const struct bracketed *w, const struct point *p)
{
	struct party_list *lists = mem_array(NULL, p->n_options + 1, sizeof(*lists));

	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(w->b, p, k);

		lists[k].n = 0;
		for (uint32_t i = 0; i < o->n_parties && lists[k].n < 64; i++)
			lists[k].v[lists[k].n++] = w->b->parties[o->party + i];
	}
	return lists;
}

/* ---- a party more or less */

static int no_such_option(uint32_t point, struct error *err)
{
	return error_set(err, ST_MISSING, N_("point %zu has no such option"),
			 (size_t)point + 1);
}

/* Writes the lists of the k-th option's bracket, first as it is, then with guards. */
static int change_parties(const struct bracketed *w, uint32_t point, size_t k,
			  const struct party_list *lists, size_t gone, struct edits *e,
			  struct error *err)
{
	const struct point *p = &w->b->points[point];
	uint32_t bracket = point_option(w->b, p, k)->bracket;
	struct respelling s = {.w = w, .bracket = bracket, .move = true};
	struct expectation x = {.point = point,
				.lists = lists,
				.gone = gone,
				.fresh = OPTION_NONE,
				.n_brackets = p->n_brackets};

	s.lists = lists + reword_first_option(w, bracket);
	for (int round = 0; round < 4; round++) {
		s.guard = round & 1;
		s.move = round < 2;
		edits_clear(e);
		respell(&s, e);
		if (holds(w, &x, e))
			return 0;
	}
	edits_clear(e);
	return error_set(err, ST_INPUT,
			 N_("the parties of option %zu cannot be changed without changing "
			    "what else is read there; edit the text"),
			 k + 1);
}

int reword_add_party(const struct bracketed *w, uint32_t point, size_t k, uint16_t party,
		     struct edits *e, struct error *err)
{
	const struct point *p = &w->b->points[point];
	struct party_list *lists;
	const struct option *o;
	int status;

	if (point >= w->b->n_points || k >= p->n_options)
		return no_such_option(point, err);
	o = point_option(w->b, p, k);
	for (uint32_t i = 0; i < o->n_parties; i++)
		if (w->b->parties[o->party + i] == party)
			return error_set(err, ST_USAGE, N_("%s asks for option %zu already"),
					 w->parties->v[party].code, k + 1);
	if (o->n_parties >= 64)
		return error_set(err, ST_TOO_LARGE, N_("an option names at most 64 parties"));
	lists = lists_of(w, p);
	lists[k].v[lists[k].n++] = party;
	status = change_parties(w, point, k, lists, OPTION_NONE, e, err);
	free(lists);
	return status;
}

int reword_remove_party(const struct bracketed *w, uint32_t point, size_t k, uint16_t party,
			struct edits *e, struct error *err)
{
	const struct point *p = &w->b->points[point];
	struct party_list *lists;
	size_t left = 0;
	bool gone;
	int status;

	if (point >= w->b->n_points || k >= p->n_options)
		return no_such_option(point, err);
	lists = lists_of(w, p);
	for (size_t i = 0; i < lists[k].n; i++)
		if (lists[k].v[i] != party)
			lists[k].v[left++] = lists[k].v[i];
	if (left == lists[k].n) {
		status = error_set(err, ST_USAGE, N_("%s does not ask for option %zu"),
				   w->parties->v[party].code, k + 1);
	} else {
		lists[k].n = left;
		gone = left == 0 && point_option(w->b, p, k)->trailing;
		status = change_parties(w, point, k, lists, gone ? k : OPTION_NONE, e, err);
	}
	free(lists);
	return status;
}

/* ---- one more option */

static enum place place_for(const struct bracketed *w, const struct point *p)
{
	const struct bracket *v = &w->b->v[p->last];
	size_t len = v->inner_end - v->inner;

	if (p->n_brackets > 1)
		return PLACE_RUN;
	if (v->kind == KIND_PLACEHOLDER)
		return utf8_blanks_at(w->draft.p + v->inner, len) == len ? PLACE_FILL
									 : PLACE_RUN;
	switch (v->separator) {
	case SEP_SLASH:
		return PLACE_SLASH;
	case SEP_LINES:
		return PLACE_LINES;
	case SEP_MODAL:
		return PLACE_MODAL;
	case SEP_PARAGRAPH:
		return PLACE_LINE;
	case SEP_NONE:
		break;
	}
	return v->crosses ? PLACE_LINES : PLACE_SLASH;
}

/* Where the contents of the bracket end, blanks and line ends aside. */
static size_t contents_end(const struct writing *x)
{
	struct slice s = wording_trim(
		(struct slice){x->w->draft.p + x->v->inner, x->v->inner_end - x->v->inner});

	return (size_t)(s.p - x->w->draft.p) + s.len;
}

static bool is_wide(const struct writing *x, size_t at)
{
	return x->w->draft.p[at] != '[' && x->w->draft.p[at] != '/';
}

/* What stands between two options of the bracket. */
static struct slice between(const struct writing *x, uint32_t i)
{
	const struct option *o = &x->w->b->options[x->v->option + i];

	return (struct slice){x->w->draft.p + o[0].part_end, o[1].part - o[0].part_end};
}

static void insert(struct edits *e, size_t at, const char *before, const struct writing *x,
		   const char *after)
{
	struct str s = STR_INIT;

	str_add_text(&s, before);
	wording_codes(&s, x->w->parties, x->offer->parties, x->offer->n_parties, ", ");
	if (x->offer->n_parties > 0)
		str_add_text(&s, ": ");
	str_add_slice(&s, str_slice(&x->text));
	str_add_text(&s, after);
	edits_add(e, at, 0, s.p, s.len);
	str_release(&s);
}

static void add_slash(const struct writing *x, struct edits *e)
{
	bool wide = is_wide(x, x->v->begin);

	for (uint32_t i = 0; i + 1 < x->v->n_options; i++) {
		const struct option *o = &x->w->b->options[x->v->option + i];

		if (o[1].trailing)
			break;
		wide = slice_starts(between(x, i), "／");
	}
	insert(e, contents_end(x), wide ? " ／ " : " / ", x, "");
}

static void add_modal(const struct writing *x, struct edits *e)
{
	insert(e, contents_end(x), slice_starts(between(x, 0), "／") ? "／" : "/", x, "");
}

static void add_line(const struct writing *x, struct edits *e)
{
	const struct option *o = &x->w->b->options[x->v->option + x->v->n_options - 1];
	struct str gap = STR_INIT;

	while (o->trailing)
		o--;
	/* Two options and more make paragraphs; what parts the last ones parts the new one. */
	str_add(&gap, x->w->draft.p + o[-1].part_end, o->part - o[-1].part_end);
	insert(e, contents_end(x), str_text(&gap), x, "");
	str_release(&gap);
}

static void add_lines(const struct writing *x, struct edits *e)
{
	const char *eol = slice_line_end(
		slice_make(x->w->draft.p + x->v->inner, x->v->inner_end - x->v->inner));
	struct str gap = STR_INIT;

	str_addf(&gap, "%s/%s", eol, eol);
	insert(e, contents_end(x), str_text(&gap), x, "");
	str_release(&gap);
}

/* A bracket of its own at the end of the run, with what joins the run; the id goes behind it.
 */
static void add_run(const struct writing *x, struct edits *e)
{
	const struct brackets *b = x->w->b;
	bool wide = is_wide(x, x->v->begin);
	struct str open = STR_INIT, close = STR_INIT;
	uint32_t i = x->p->bracket;

	while (i != x->p->last && b->v[i].next != x->p->last)
		i = b->v[i].next;
	if (i != x->p->last)
		str_add(&open, x->w->draft.p + b->v[i].end, x->v->begin - b->v[i].end);
	str_add_text(&open, wide ? "［" : "[");
	str_add_text(&close, wide ? "］" : "]");
	if (x->v->id < x->v->id_end) {
		size_t id = x->v->id - 2, id_end = x->v->id_end + 1;

		str_add(&close, x->w->draft.p + id, id_end - id);
		edits_add(e, id, id_end - id, NULL, 0);
	}
	insert(e, x->v->end, str_text(&open), x, str_text(&close));
	str_release(&open);
	str_release(&close);
}

/* The option in one place; the number it gets. */
static size_t add_at(const struct writing *x, enum place place, struct edits *e)
{
	uint32_t last = x->p->last;
	size_t first = reword_first_option(x->w, last), own = 0;
	struct respelling s = {.w = x->w, .bracket = last, .lists = x->lists + first};

	if (place == PLACE_RUN) {
		add_run(x, e);
		return x->p->n_options;
	}
	while (own < x->v->n_options && !x->w->b->options[x->v->option + own].trailing)
		own++;
	/* Trailing parties would go to the new option too. */
	s.drop = x->offer->n_parties == 0 && reword_has_trailing(x->w, last);
	s.move = s.part = place == PLACE_SLASH;
	if (s.drop || s.move)
		respell(&s, e);
	if (place == PLACE_SLASH)
		add_slash(x, e);
	else if (place == PLACE_MODAL)
		add_modal(x, e);
	else if (place == PLACE_LINES)
		add_lines(x, e);
	else if (place == PLACE_LINE)
		add_line(x, e);
	else
		insert(e, x->v->inner_end, "", x, "");
	return first + own;
}

/* The new wording as it is to be read back (in out), and how many points it holds. */
static int write_text(struct writing *x, enum place place, bool guard, struct str *out,
		      int *points, struct error *err)
{
	int how = (x->offer->markup ? WORDING_MARKUP : WORDING_LITERAL) |
		  (place == PLACE_LINES ? WORDING_LINES : 0);
	struct slice meant = wording_trim(x->offer->text), got;
	struct brackets b;
	int status;

	str_clear(&x->text);
	str_clear(out);
	*points = 0;
	if (meant.len == 0) {
		str_add_text(&x->text, wording_no_text(x->offer->language));
		return 0;
	}
	status = wording_escape(meant, how, x->w->parties, &x->text, err);
	if (status < 0)
		return status;
	got = str_slice(&x->text);
	if (slice_starts(got, "\\ ")) {
		got = (struct slice){got.p + 2, got.len - 2};
		guard = false;
	}
	str_add_slice(out, got);
	if (guard)
		str_splice(&x->text, 0, 0, "\\ ", 2);
	brackets_read(&b, str_slice(out), x->w->parties);
	*points = (int)b.n_points;
	brackets_release(&b);
	return 0;
}

static int offered_already(const struct bracketed *w, uint32_t point, const struct offer *offer,
			   struct error *err)
{
	const struct point *p = &w->b->points[point];
	struct slice meant = wording_trim(offer->text);
	bool same = false;

	for (size_t k = 0; k < p->n_options && !same; k++) {
		const struct option *o = point_option(w->b, p, k);
		struct slice text = {w->draft.p + o->begin, o->end - o->begin};
		struct str plain = STR_INIT;

		if (offer->markup)
			str_add_slice(&plain, text);
		else
			wording_plain(&plain, text);
		same = meant.len == 0 ? o->no_text
				      : !o->no_text && slice_equal(str_slice(&plain), meant);
		str_release(&plain);
		if (same)
			return error_set(err, ST_EXISTS,
					 N_("option %zu of point %zu says so already"), k + 1,
					 (size_t)point + 1);
	}
	return 0;
}

int reword_add_option(const struct bracketed *w, uint32_t point, const struct offer *offer,
		      struct edits *e, struct error *err)
{
	static const enum place NEXT[] = {
		[PLACE_FILL] = PLACE_RUN,    [PLACE_SLASH] = PLACE_RUN,
		[PLACE_MODAL] = PLACE_SLASH, [PLACE_LINES] = PLACE_LINES,
		[PLACE_LINE] = PLACE_LINE,   [PLACE_RUN] = PLACE_RUN};
	const struct point *p = &w->b->points[point];
	struct expectation x = {.point = point, .gone = OPTION_NONE, .offer = offer};
	struct str written = STR_INIT;
	struct party_list *lists = NULL;
	bool good = false;
	int status = 0;

	if (point >= w->b->n_points)
		return error_set(err, ST_MISSING, N_("there is no such point"));
	status = offered_already(w, point, offer, err);
	if (status < 0)
		return status;
	lists = lists_of(w, p);
	x.lists = lists;
	struct writing to = {w, p, &w->b->v[p->last], offer, lists, STR_INIT};
	enum place place = place_for(w, p);
	for (int round = 0; round < 6 && !good && status == 0; round++) {
		status = write_text(&to, place, round & 1, &written, &x.more, err);
		if (status < 0)
			break;
		edits_clear(e);
		x.fresh = add_at(&to, place, e);
		x.n_brackets = p->n_brackets + (place == PLACE_RUN);
		x.written = str_slice(&written);
		good = holds(w, &x, e);
		if (round & 1)
			place = NEXT[place];
	}
	if (!good)
		edits_clear(e);
	if (!good && status == 0)
		status = error_set(err, ST_INPUT,
				   N_("point %zu cannot take this wording without changing "
				      "what else is read there; edit the text"),
				   (size_t)point + 1);
	str_release(&to.text);
	str_release(&written);
	free(lists);
	return status;
}
