/* SPDX-License-Identifier: MIT */
#include "reword_impl.h"

#include "core/closing.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <string.h>

/* One thing in what stands after a bracket: "(EUR)", "(EUR: delete)" or "{#id}". */
struct tail {
	size_t begin, end;     /* the blank before it counted */
	size_t list, list_end; /* its party list */
	enum { TAIL_PARTIES, TAIL_DELETE, TAIL_ID } kind;
};

static bool tail_next(const struct bracketed *w, const struct bracket *v, size_t *pos,
		      struct tail *t)
{
	const char *p = w->draft.p;
	struct party_list list;
	size_t at = *pos;

	if (at >= v->end)
		return false;
	*t = (struct tail){.begin = at};
	if (p[at] == '{') {
		t->kind = TAIL_ID;
		t->end = v->id_end + 1;
	} else {
		at += utf8_blank_at(p + at, v->end - at) + 1;
		t->list = at + utf8_blanks_at(p + at, v->end - at);
		t->list_end = t->list +
			      party_list_at(w->parties, p + t->list, v->end - t->list, &list);
		at = t->list_end;
		at += utf8_blanks_at(p + at, v->end - at);
		t->kind = p[at] == ')' ? TAIL_PARTIES : TAIL_DELETE;
		while (p[at] != ')')
			at++;
		t->end = at + 1;
	}
	*pos = t->end;
	return true;
}

bool reword_has_trailing(const struct bracketed *w, uint32_t bracket)
{
	const struct bracket *v = &w->b->v[bracket];
	size_t pos = v->close;
	struct tail t;

	while (tail_next(w, v, &pos, &t))
		if (t.kind == TAIL_PARTIES)
			return true;
	return false;
}

size_t reword_first_option(const struct bracketed *w, uint32_t bracket)
{
	const struct point *p = &w->b->points[w->b->v[bracket].point];
	size_t k = 0;

	while (k < p->n_options && point_option(w->b, p, k)->bracket != bracket)
		k++;
	return k;
}

/* ---- party lists */

static bool lists(const struct party_list *l, uint16_t party)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i] == party)
			return true;
	return false;
}

/* Bytes of a separator in a party list, or 0. */
static size_t comma_at(struct slice s)
{
	if (s.len > 0 && s.p[0] && strchr(",;+&", s.p[0]))
		return 1;
	return slice_starts(s, "，") || slice_starts(s, "；") ? 3 : 0;
}

static struct party_list parties_of(const struct bracketed *w, const struct option *o)
{
	struct party_list l = {.n = 0};

	for (uint32_t i = 0; i < o->n_parties && l.n < 64; i++)
		l.v[l.n++] = w->b->parties[o->party + i];
	return l;
}

/* A word of a party list with the separator after it; *party is who it names. */
static size_t word_at(const struct bracketed *w, struct slice s, struct slice *word,
		      uint16_t *party)
{
	size_t n = 0;

	while (n < s.len && comma_at((struct slice){s.p + n, s.len - n}) == 0)
		n++;
	*word = wording_trim((struct slice){s.p, n});
	*party = party_find(w->parties, *word, NULL);
	return n < s.len ? n + comma_at((struct slice){s.p + n, s.len - n}) : n;
}

static bool has_wide_comma(const struct bracketed *w, size_t begin, size_t end)
{
	for (size_t i = begin; i + 3 <= end; i++)
		if (memcmp(w->draft.p + i, "，", 3) == 0)
			return true;
	return slice_starts((struct slice){w->draft.p + end, w->draft.len - end}, "：");
}

/*
 * Writes the list in [begin, end) as it is to be: the words that stay as they
 * are spelled, then, with_new, the codes of those that had has not. Returns
 * whether anything is left.
 */
static bool add_list(const struct bracketed *w, size_t begin, size_t end,
		     const struct party_list *had, const struct party_list *want, bool with_new,
		     struct str *out)
{
	const char *comma = has_wide_comma(w, begin, end) ? "，" : ", ";
	struct slice s = {w->draft.p + begin, end - begin}, word;
	bool any = false, gone = false;
	uint16_t party;

	for (size_t at = 0; at < s.len;) {
		at += word_at(w, (struct slice){s.p + at, s.len - at}, &word, &party);
		if (!lists(want, party)) {
			gone = true;
			continue;
		}
		if (any)
			str_add_text(out, comma);
		str_add_slice(out, word);
		any = true;
	}
	if (!gone) {
		str_clear(out);
		str_add_slice(out, s);
	}
	for (size_t i = 0; with_new && i < want->n; i++) {
		if (lists(had, want->v[i]))
			continue;
		if (any)
			str_add_text(out, comma);
		wording_codes(out, w->parties, &want->v[i], 1, comma);
		any = true;
	}
	return any;
}

static bool same_parties(const struct bracketed *w, const struct option *o,
			 const struct party_list *want)
{
	return recheck_names(w->b, o, want->v, want->n);
}

/* ---- where an option names its parties */

struct names {
	size_t begin, end;     /* the list */
	size_t form, form_end; /* all that goes with the last party */
};

/* The part of an option without blanks and line ends around it. */
static struct range part_of(const struct bracketed *w, const struct option *o)
{
	struct slice s =
		wording_trim((struct slice){w->draft.p + o->part, o->part_end - o->part});

	return (struct range){(size_t)(s.p - w->draft.p), (size_t)(s.p - w->draft.p) + s.len};
}

/* The names an option has of its own (own_parties, but no trailing one). */
static struct names names_of(const struct bracketed *w, const struct option *o)
{
	const char *p = w->draft.p;
	struct range part = part_of(w, o);
	struct names n = {.begin = part.begin, .form = part.begin};
	struct party_list list;
	size_t at, blanks;
	struct slice rest;

	n.end = part.begin +
		party_list_at(w->parties, p + part.begin, part.end - part.begin, &list);
	at = n.end + utf8_blanks_at(p + n.end, part.end - n.end);
	rest = (struct slice){p + at, part.end - at};
	if (n.end > n.begin && (slice_starts(rest, ":") || slice_starts(rest, "："))) {
		size_t colon = rest.p[0] == ':' ? 1 : 3;
		struct slice after =
			wording_trim((struct slice){rest.p + colon, rest.len - colon});

		/* "EUR:x" is no party, but something after it may be. */
		if (colon == 3 || after.len == 0 || after.p > rest.p + colon) {
			n.form_end = part.end - after.len;
			return n;
		}
	}
	/* "(EUR)" or "– EUR" at the end. */
	n.form_end = at = part.end;
	if (p[at - 1] == ')')
		at -= 1 + utf8_blanks_before(p, at - 1);
	n.end = at;
	n.begin = at - party_list_before(w->parties, p + part.begin, at - part.begin, &list);
	blanks = utf8_blanks_before(p, n.begin);
	n.form = n.begin - blanks - (p[n.begin - blanks - 1] == '(' ? 1 : strlen("–"));
	n.form -= utf8_blanks_before(p, n.form);
	return n;
}

/* ---- writing */

static bool is_blank(const struct bracketed *w, size_t begin, size_t end)
{
	return begin < end && utf8_blanks_at(w->draft.p + begin, end - begin) == end - begin;
}

/* Moves the blanks inside a bracket of one wording out of it, where they are text. */
static void move_blanks(const struct bracketed *w, uint32_t bracket, struct edits *e)
{
	const struct bracket *v = &w->b->v[bracket];
	const struct option *o = &w->b->options[v->option];

	/* Only where they are text: FORMAT.md, "What a decision does". */
	if (v->separator != SEP_NONE || v->n_options == 0 || o->n_parties > 0 || o->guarded ||
	    o->trailing || o->no_text || w->b->points[v->point].n_brackets > 1)
		return;
	if (is_blank(w, v->inner, o->begin)) {
		edits_add(e, v->begin, 0, w->draft.p + v->inner, o->begin - v->inner);
		edits_add(e, v->inner, o->begin - v->inner, NULL, 0);
	}
	if (is_blank(w, o->end, v->inner_end)) {
		edits_add(e, o->end, v->inner_end - o->end, NULL, 0);
		edits_add(e, v->end, 0, w->draft.p + o->end, v->inner_end - o->end);
	}
}

static void replace(struct edits *e, size_t begin, size_t end, const struct str *with)
{
	edits_add(e, begin, end - begin, str_slice(with).p, with->len);
}

/* "EUR: " in front of an option that names nobody. */
static void add_prefix(const struct respelling *s, const struct option *o,
		       const struct party_list *want, struct edits *e)
{
	struct str text = STR_INIT;

	if (want->n == 0)
		return;
	wording_codes(&text, s->w->parties, want->v, want->n, ", ");
	str_add_text(&text, s->guard && !o->guarded && !o->no_text ? ": \\ " : ": ");
	edits_add(e, part_of(s->w, o).begin, 0, text.p, text.len);
	str_release(&text);
}

static void rewrite_own(const struct respelling *s, const struct option *o,
			const struct party_list *want, struct edits *e)
{
	struct names n = names_of(s->w, o);
	struct range part = part_of(s->w, o);
	struct slice rest = {s->w->draft.p + n.form_end, part.end - n.form_end};
	struct str text = STR_INIT;

	if (want->n > 0) {
		struct party_list had = parties_of(s->w, o);

		add_list(s->w, n.begin, n.end, &had, want, true, &text);
		replace(e, n.begin, n.end, &text);
		str_release(&text);
		return;
	}
	if (s->guard && !o->guarded && !o->no_text)
		edits_add(e, n.form == part.begin ? n.form_end : part.begin, 0, "\\ ", 2);
	/* "delete" says so only after parties. */
	if (o->no_text && (slice_starts(rest, "delete") || slice_starts(rest, "Delete")))
		edits_add(e, n.form, part.end - n.form, "no text", strlen("no text"));
	else
		edits_add(e, n.form, n.form_end - n.form, NULL, 0);
}

/* What becomes of the trailing parties that name who asks. */
enum sharing {
	SHARE_STAYS, /* no option has its parties from there */
	SHARE_LIST,  /* all that do are to have the same */
	SHARE_GOES   /* each is to name its own */
};

static enum sharing sharing_of(const struct respelling *s, const struct party_list **shared)
{
	const struct bracket *v = &s->w->b->v[s->bracket];

	*shared = NULL;
	if (s->drop)
		return SHARE_GOES;
	for (uint32_t i = 0; i < v->n_options; i++) {
		const struct option *o = &s->w->b->options[v->option + i];

		if (o->trailing)
			continue;
		if (s->lists[i].n == 0 && (o->own_parties || o->n_parties == 0))
			return SHARE_GOES; /* it would get them */
		if (o->own_parties)
			continue;
		if (!*shared)
			*shared = &s->lists[i];
		else if ((*shared)->n != s->lists[i].n ||
			 memcmp((*shared)->v, s->lists[i].v,
				(*shared)->n * sizeof(*(*shared)->v)) != 0)
			return SHARE_GOES;
	}
	return *shared ? SHARE_LIST : SHARE_STAYS;
}

/* share is what the parties of "(CODES)" are to be; NULL: it goes. */
static void rewrite_tail(const struct respelling *s, enum sharing how,
			 const struct party_list *share, struct edits *e)
{
	const struct bracket *v = &s->w->b->v[s->bracket];
	size_t pos = v->close;
	bool first = true;
	struct tail t;

	while (tail_next(s->w, v, &pos, &t)) {
		const struct party_list *want = how == SHARE_LIST ? share : NULL;
		struct party_list had = {.n = 0};
		struct str text = STR_INIT;
		bool left;

		if (t.kind == TAIL_ID || (t.kind == TAIL_PARTIES && how == SHARE_STAYS))
			continue;
		for (uint32_t i = 0; i < v->n_options; i++) {
			const struct option *o = &s->w->b->options[v->option + i];
			bool here = o->trailing && o->part < t.end && t.list < o->part_end;

			if (t.kind == TAIL_DELETE && here)
				want = &s->lists[i];
			if (t.kind == TAIL_DELETE ? here : !o->own_parties && !o->trailing)
				had = parties_of(s->w, o);
		}
		left = want && add_list(s->w, t.list, t.list_end, &had, want,
					t.kind == TAIL_DELETE || first, &text);
		first = first && t.kind != TAIL_PARTIES;
		if (!left)
			edits_add(e, t.begin, t.end - t.begin, NULL, 0);
		else if (!slice_equal(str_slice(&text), (struct slice){s->w->draft.p + t.list,
								       t.list_end - t.list}))
			replace(e, t.list, t.list_end, &text);
		str_release(&text);
	}
}

/* [shall/should] becomes [shall / should], which can name parties and offer other words. */
static void part_modals(const struct respelling *s, enum sharing how, struct edits *e)
{
	const struct bracket *v = &s->w->b->v[s->bracket];
	bool prefix = s->part;

	for (uint32_t i = 0; i < v->n_options; i++) {
		const struct option *o = &s->w->b->options[v->option + i];

		if (!o->trailing && s->lists[i].n > 0)
			prefix = prefix || o->n_parties == 0 || how == SHARE_GOES;
	}
	if (v->separator != SEP_MODAL || !prefix)
		return;
	for (uint32_t i = 0; i + 1 < v->n_options; i++) {
		const struct option *o = &s->w->b->options[v->option + i];

		if (o[1].trailing)
			break;
		edits_add(e, o[0].part_end, 0, " ", 1);
		edits_add(e, o[1].part, 0, " ", 1);
	}
}

void respell(const struct respelling *s, struct edits *e)
{
	const struct bracket *v = &s->w->b->v[s->bracket];
	const struct party_list *shared = NULL;
	enum sharing how =
		reword_has_trailing(s->w, s->bracket) ? sharing_of(s, &shared) : SHARE_STAYS;

	if (s->move)
		move_blanks(s->w, s->bracket, e);
	part_modals(s, how, e);
	for (uint32_t i = 0; i < v->n_options; i++) {
		const struct option *o = &s->w->b->options[v->option + i];

		if (o->trailing)
			continue;
		if (!o->own_parties && (o->n_parties == 0 || how == SHARE_GOES))
			add_prefix(s, o, &s->lists[i], e);
		else if (o->own_parties && !same_parties(s->w, o, &s->lists[i]))
			rewrite_own(s, o, &s->lists[i], e);
	}
	rewrite_tail(s, how, shared, e);
}
