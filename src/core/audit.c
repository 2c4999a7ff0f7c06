/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"

#include "core/life.h"
#include "core/mem.h"
#include "core/settled.h"
#include "core/word.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

void audit_side_read(struct audit_side *s, struct slice text, const struct parties *parties)
{
	*s = (struct audit_side){.text = text};
	brackets_read(&s->b, text, parties);
	draft_read(&s->d, text, &s->b);
}

void audit_side_release(struct audit_side *s)
{
	draft_release(&s->d);
	brackets_release(&s->b);
	free(s->gone);
}

void audit_release(struct audit *a)
{
	for (size_t i = 0; i < a->n; i++) {
		str_release(&a->v[i].before);
		str_release(&a->v[i].after);
	}
	free(a->v);
	*a = (struct audit){.cover = AUDIT_SAME};
}

static struct audit_finding *find(struct audit *a, enum audit_kind kind, uint32_t old,
				  uint32_t new)
{
	struct audit_finding *f;

	MEM_GROW(a->v, a->n, a->cap);
	f = &a->v[a->n++];
	*f = (struct audit_finding){kind, old, new, STR_INIT, STR_INIT};
	return f;
}

/* ---- what differs */

static uint32_t number(uint32_t paragraph)
{
	return paragraph == DIFF_NONE ? 0 : paragraph + 1;
}

static bool in_point(const struct brackets *b, size_t at)
{
	return brackets_point_at(b, at) != BRACKET_NONE;
}

static bool in_label(const struct draft *d, size_t at)
{
	uint32_t i = draft_paragraph_at(d, at);

	return i != PARAGRAPH_NONE && at >= d->v[i].label && at < d->v[i].label_end;
}

/* Whether the token is the draft's own word, not how a point is written. */
static bool is_word(enum token_kind kind)
{
	return kind == TOKEN_WORD || kind == TOKEN_CHARACTER;
}

static bool is_party_word(const struct parties *parties, struct slice word)
{
	return party_find(parties, word, NULL) != PARTY_NONE;
}

bool audit_loses(const struct audit_side *s, const struct parties *parties, size_t begin,
		 size_t end, bool seam)
{
	enum token_kind kind;

	for (size_t at = begin, len; at < end; at += len) {
		struct slice word;

		len = token_at(s->text.p + at, end - at, &kind);
		word = slice_make(s->text.p + at, len);
		if (kind == TOKEN_BLANK || kind == TOKEN_LINE || in_label(&s->d, at) ||
		    (s->gone && s->gone[at]) || (seam && kind == TOKEN_MARK))
			continue;
		if (!in_point(&s->b, at))
			return true;
		if (is_word(kind) && !is_party_word(parties, word) &&
		    !(at >= 2 && memcmp(s->text.p + at - 2, "{#", 2) == 0))
			return true;
	}
	return false;
}

bool audit_gains(const struct audit_side *s, size_t begin, size_t end, bool seam)
{
	enum token_kind kind;

	for (size_t at = begin, len; at < end; at += len) {
		len = token_at(s->text.p + at, end - at, &kind);
		if (kind != TOKEN_BLANK && kind != TOKEN_LINE && !in_label(&s->d, at) &&
		    !(seam && kind == TOKEN_MARK) && !in_point(&s->b, at) &&
		    !(s->gone && s->gone[at]))
			return true;
	}
	return false;
}

/* A short paragraph that moved is deleted here and added there: it stands as often as before.
 */
static bool only_moved(struct audit_view *v, const struct diff_pair *p)
{
	struct slice line =
		p->change == DIFF_DELETED
			? slice_make(v->old.text.p + p->old_begin, p->old_end - p->old_begin)
			: slice_make(v->new.text.p + p->new_begin, p->new_end - p->new_begin);
	size_t was, is;

	if (p->change != DIFF_DELETED && p->change != DIFF_ADDED)
		return false;
	was = audit_count_line(v, v->old.text, line);
	is = audit_count_line(v, v->new.text, line);
	return p->change == DIFF_DELETED ? is >= was : was >= is;
}

/* Whether that side of a merge brought the change, or merging the two again does. */
static bool is_of(struct audit_view *v, const struct audit_parent *other, struct slice was,
		  struct slice is, bool deleted)
{
	bool theirs = deleted ? !audit_has_line(v, other->text, was)
			      : audit_has_line(v, other->text, is);

	if (!other->parts)
		return theirs;
	/* What this side has changed, too, does not go with a word of theirs. */
	if (theirs && audit_has_line(v, other->base, was))
		return true;
	return deleted ? !audit_has_line(v, other->merged, was)
		       : audit_has_line(v, other->merged, is);
}

bool audit_is_in_others(struct audit_view *v, const struct diff_pair *p)
{
	struct slice was = slice_make(v->old.text.p + p->old_begin, p->old_end - p->old_begin);
	struct slice is = slice_make(v->new.text.p + p->new_begin, p->new_end - p->new_begin);

	for (size_t i = 0; i < v->step->n_others; i++)
		if (is_of(v, &v->step->others[i], was, is, p->new == DIFF_NONE))
			return true;
	return false;
}

void audit_tell_change(struct audit_view *v, const struct diff_pair *p, struct slice before,
		       struct slice after)
{
	bool went = before.len > 0, came = after.len > 0;
	struct audit_finding *f = find(v->a,
				       went && came ? AUDIT_WORDS_CHANGED
				       : went       ? AUDIT_WORDS_GONE
						    : AUDIT_WORDS_CAME,
				       number(p->old), number(p->new));

	str_add_slice(&f->before, before);
	str_add_slice(&f->after, after);
}

void audit_compare_words(struct audit_view *v, const struct diff_pair *p,
			 const struct parties *parties)
{
	for (size_t k = 0; k < p->n_ops; k++) {
		const struct diff_op *op = &v->d.ops[p->op + k];
		struct slice before = SLICE(""), after = SLICE("");

		if (op->kind == DIFF_EQUAL)
			continue;
		if (op->kind == DIFF_DELETE &&
		    audit_loses(&v->old, parties, op->old, op->old_end, false))
			before = slice_make(v->old.text.p + op->old, op->old_end - op->old);
		/* What came in its place is told with it. */
		if (op->kind == DIFF_DELETE && k + 1 < p->n_ops && op[1].kind == DIFF_INSERT) {
			op++;
			k++;
		}
		if (op->kind == DIFF_INSERT &&
		    audit_gains(&v->new, op->new, op->new_end, false))
			after = slice_make(v->new.text.p + op->new, op->new_end - op->new);
		before = wording_trim(before);
		after = wording_trim(after);
		if ((before.len || after.len) && !audit_is_same_reference(v, before, after))
			audit_tell_change(v, p, before, after);
	}
}

bool audit_was_agreed(const struct audit_view *v, const struct diff_pair *p)
{
	char hex[DIGEST_SHORT + 1];
	uint32_t i;

	if (!v->step->agreed || p->old == DIFF_NONE)
		return false;
	i = draft_paragraph_at(&v->old.d, p->old_begin);
	if (i == PARAGRAPH_NONE || v->old.d.v[i].kind == PARA_BLANK)
		return false;
	draft_digest(&v->old.d, v->old.text, &v->old.b, i, hex);
	return agreed_find(v->step->agreed, hex) != NULL;
}

void audit_tell_agreed(struct audit_view *v, const struct diff_pair *p)
{
	struct audit_finding *f =
		find(v->a, AUDIT_AGREED_CHANGED, number(p->old), number(p->new));

	str_add(&f->before, v->old.text.p + p->old_begin, p->old_end - p->old_begin);
	if (p->new != DIFF_NONE)
		str_add(&f->after, v->new.text.p + p->new_begin, p->new_end - p->new_begin);
}

/* Points that are gone, and parties that are no longer with an option. */
static void find_points(struct audit_view *v, const struct parties *parties)
{
	struct life_version before = {.text = v->old.text,
				      .base = LIFE_NONE,
				      .undoes = LIFE_NONE},
			    after = {.text = v->new.text, .base = 0, .undoes = LIFE_NONE};
	struct life_spot *spots;
	size_t n, *spot_of; /* by point: 1 + its spot's index; 0: it was not there */
	struct life l;

	life_init(&l);
	life_add(&l, &before, parties);
	n = life_spots(&l, 0, &spots);
	life_add(&l, &after, parties);
	spot_of = mem_zalloc((l.n_points + 1) * sizeof(*spot_of));
	for (size_t i = 0; i < n; i++)
		spot_of[spots[i].point] = i + 1;
	v->old.gone = mem_zalloc(v->old.text.len + 1);
	v->new.gone = mem_zalloc(v->new.text.len + 1);
	for (size_t i = 0; i < l.n_events; i++) {
		const struct life_event *e = &l.events[i];
		bool over = e->kind == LIFE_RESOLVED || e->kind == LIFE_CLOSED;
		const struct life_spot *spot;
		struct audit_finding *f;
		uint32_t at;

		if (e->version != 1 || (!over && e->kind != LIFE_LEFT) || !spot_of[e->point])
			continue;
		spot = &spots[spot_of[e->point] - 1];
		at = draft_paragraph_at(&v->old.d, spot->begin);
		f = find(v->a, over ? AUDIT_POINT_GONE : AUDIT_PARTY_LEFT,
			 at == PARAGRAPH_NONE ? 0 : v->old.d.v[at].number, 0);
		if (over) {
			str_add(&f->before, v->old.text.p + spot->begin,
				spot->end - spot->begin);
			str_add_slice(&f->after, life_text(&l, e));
			memset(v->old.gone + spot->begin, 1, spot->end - spot->begin);
		} else {
			str_add_slice(&f->before, life_text(&l, e));
			str_add_text(&f->after, parties->v[e->party].code);
		}
	}
	free(spots);
	free(spot_of);
	life_release(&l);
}

/* A point that went with its paragraph is told by the paragraph. told: by number, n of them. */
static void drop_points(struct audit_view *v, const bool *told, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < v->a->n; i++) {
		struct audit_finding *f = &v->a->v[i];

		if (f->kind == AUDIT_POINT_GONE && f->old_paragraph < n &&
		    told[f->old_paragraph]) {
			str_release(&f->before);
			str_release(&f->after);
		} else {
			v->a->v[to++] = *f;
		}
	}
	v->a->n = to;
}

static void compare(struct audit_view *v, const struct parties *parties)
{
	bool *done, *told;

	find_points(v, parties);
	diff_texts(&v->d, v->old.text, v->new.text);
	done = mem_zalloc(v->d.n + 1);
	told = mem_zalloc(v->d.n + 1); /* pairs are no fewer than paragraphs */
	audit_seams(v, parties, done);
	for (size_t i = 0; i < v->d.n; i++) {
		const struct diff_pair *p = &v->d.pairs[i];
		bool in_others;

		if (p->change == DIFF_SAME || done[i])
			continue;
		in_others = v->step->n_others && audit_is_in_others(v, p);
		if (in_others || p->change == DIFF_DELETED)
			told[number(p->old)] = true;
		if (in_others || only_moved(v, p))
			continue;
		if (p->change == DIFF_DELETED)
			memset(v->old.gone + p->old_begin, 0, p->old_end - p->old_begin);
		if (p->change != DIFF_MOVED && audit_was_agreed(v, p))
			audit_tell_agreed(v, p);
		else
			audit_compare_words(v, p, parties);
	}
	drop_points(v, told, v->d.n + 1);
	free(done);
	free(told);
	audit_end_references(v);
	diff_release(&v->d);
}

static uint32_t number_at(const struct draft *d, size_t at)
{
	uint32_t i = at == SIZE_MAX ? PARAGRAPH_NONE : draft_paragraph_at(d, at);

	return i == PARAGRAPH_NONE ? 0 : d->v[i].number;
}

static bool is_told(const struct audit *a, uint32_t old_paragraph)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].old_paragraph == old_paragraph)
			return true;
	return false;
}

/* Words that were decided since, or agreed without a point, and that it takes back. */
static void find_settled(struct audit_view *v, struct slice consolidated,
			 const struct parties *parties)
{
	struct settled s;

	settled_find(&s, v->old.text, consolidated, parties);
	for (size_t i = 0; i < s.paragraphs; i++) {
		uint32_t old = number_at(&v->old.d, s.v[i].at);

		if (!is_told(v->a, old))
			str_add_slice(&find(v->a, AUDIT_SETTLED_UNDONE, old,
					    number_at(&v->new.d, s.v[i].other))
					       ->before,
				      str_slice(&s.v[i].words));
	}
	settled_release(&s);
}

/* What a consolidation does to agreed paragraphs and to settled words is told, unless its
 * commit says that this was agreed. */
static void find_overruled(struct audit_view *v, struct slice consolidated,
			   const struct parties *parties)
{
	if (v->step->agreed_edit)
		return;
	audit_side_read(&v->new, consolidated, parties);
	diff_texts(&v->d, v->old.text, consolidated);
	for (size_t i = 0; i < v->d.n; i++) {
		const struct diff_pair *p = &v->d.pairs[i];

		if ((p->change == DIFF_CHANGED || p->change == DIFF_DELETED) &&
		    !only_moved(v, p) && audit_was_agreed(v, p))
			audit_tell_agreed(v, p);
	}
	diff_release(&v->d);
	find_settled(v, consolidated, parties);
	audit_side_release(&v->new);
	v->new = (struct audit_side){.text = SLICE("")};
}

void audit_step(struct audit *a, const struct audit_step *step, const struct parties *parties)
{
	struct str decided = STR_INIT;
	struct audit_view v = {.a = a, .step = step};
	bool replayed, together = step->record->consolidated.len > 0;

	*a = (struct audit){.cover = AUDIT_SAME};
	if (slice_equal(step->before, step->after)) {
		audit_left(a, step, parties);
		a->cover = a->n ? AUDIT_OPEN : step->n_others ? AUDIT_MERGE : AUDIT_SAME;
		return;
	}
	audit_side_read(&v.old, step->before, parties);
	replayed = audit_replay_decision(step, &v.old, parties, &decided);
	if (!replayed && together && step->consolidates) {
		str_clear(&decided);
		str_add_slice(&decided, step->consolidated);
		replayed = true;
		find_overruled(&v, step->consolidated, parties);
	}
	if (replayed && slice_equal(str_slice(&decided), step->after)) {
		a->cover = a->n ? AUDIT_OPEN : together ? AUDIT_CONSOLIDATION : AUDIT_DECISION;
	} else if (audit_replay_undo(step, parties)) {
		a->cover = AUDIT_UNDO;
	} else if (audit_replay_numbers(step, &v.old)) {
		a->cover = AUDIT_NUMBERS;
	} else if (step->agreed_edit) {
		a->cover = AUDIT_EDIT;
	} else {
		if (together)
			str_add_slice(&find(a, AUDIT_TOGETHER_DIFFERS, 0, 0)->before,
				      step->record->consolidated);
		if (replayed) {
			audit_side_release(&v.old);
			audit_side_read(&v.old, str_slice(&decided), parties);
		} else if (!together && step->record->kind == MESSAGE_DECISION) {
			str_add_slice(&find(a, AUDIT_DECISION_DIFFERS, 0, 0)->before,
				      step->record->decision);
		}
		audit_side_read(&v.new, step->after, parties);
		compare(&v, parties);
		audit_side_release(&v.new);
		audit_left(a, step, parties);
		a->cover = a->n             ? AUDIT_OPEN
			   : step->n_others ? AUDIT_MERGE
			   : replayed       ? AUDIT_DECISION
					    : AUDIT_PROPOSAL;
	}
	audit_end_lines(&v);
	audit_side_release(&v.old);
	str_release(&decided);
}

bool audit_edit_of(struct slice message, struct slice *why)
{
	struct message_record r;

	message_parse(message, &r);
	*why = r.edit;
	return r.edit.len > 0;
}

const char *audit_kind_word(enum audit_kind kind)
{
	static const char *const words[] = {
		[AUDIT_WORDS_GONE] = N_("words went"),
		[AUDIT_WORDS_CAME] = N_("words came"),
		[AUDIT_WORDS_CHANGED] = N_("words changed"),
		[AUDIT_POINT_GONE] = N_("point gone"),
		[AUDIT_PARTY_LEFT] = N_("party left out"),
		[AUDIT_AGREED_CHANGED] = N_("agreed text changed"),
		[AUDIT_DECISION_DIFFERS] = N_("not as decided"),
		[AUDIT_TOGETHER_DIFFERS] = N_("not as consolidated"),
		[AUDIT_SETTLED_UNDONE] = N_("settled words undone"),
	};

	return words[kind];
}

const char *audit_cover_word(enum audit_cover cover)
{
	static const char *const words[] = {
		[AUDIT_SAME] = N_("nothing changed"),
		[AUDIT_DECISION] = N_("recorded decision"),
		[AUDIT_UNDO] = N_("decision taken back"),
		[AUDIT_CONSOLIDATION] = N_("consolidation"),
		[AUDIT_NUMBERS] = N_("renumbering"),
		[AUDIT_PROPOSAL] = N_("proposals in brackets"),
		[AUDIT_MERGE] = N_("both sides' changes, put together"),
		[AUDIT_EDIT] = N_("agreed edit"),
		[AUDIT_OPEN] = N_("no decision says so"),
	};

	return words[cover];
}
