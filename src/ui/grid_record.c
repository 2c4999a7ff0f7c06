/* SPDX-License-Identifier: MIT */
#include "grid_inner.h"

#include "core/resolve.h"
#include "ui/canvas.h"
#include "ui/tr.h"

/* ---- recording a position, question by question ---- */

#define KEEP KEY_RETURN

static void ask_stance(struct grid *g);
static void ask_option(struct grid *g);
static void ask_strength(struct grid *g);
static void ask_source(struct grid *g);
static void ask_note(struct grid *g);

static void stop(struct grid *g)
{
	g->recording.step = GRID_IDLE;
}

static bool needs_option(const struct grid_recording *r)
{
	return r->p.stance == STANCE_SUPPORTS || r->p.stance == STANCE_ACCEPTS ||
	       r->p.stance == STANCE_OPPOSES;
}

static void drop_option(struct grid_recording *r)
{
	r->p.has_option = false;
	r->p.option = 0;
}

static const char *code_of(const struct grid *g)
{
	return grid_parties(g)->v[g->recording.party].code;
}

bool grid_is_current(struct grid *g)
{
	if (g->recording.generation == g->doc->generation)
		return true;
	stop(g);
	views_message(g->view.views, MESSAGE_WARN, "%s",
		      _("The draft changed meanwhile; nothing is recorded. Look again."));
	return false;
}

static void begin_choices(struct grid_recording *r)
{
	for (size_t i = 0; i < GRID_CHOICES; i++) {
		str_clear(&r->labels[i]);
		r->choices[i] = (struct prompt_choice){0, NULL};
	}
}

/* An answer; with a label of no more than cols. */
static void add_choice(struct grid_recording *r, uint32_t key, struct slice label, size_t cols)
{
	size_t i = 0, len = label.len;

	while (r->choices[i].key)
		i++;
	while (len > 0 && (size_t)canvas_columns(label.p, len) > cols) {
		len--;
		while (len > 0 && ((unsigned char)label.p[len] & 0xC0) == 0x80)
			len--;
	}
	str_add(&r->labels[i], label.p, len);
	if (len < label.len)
		str_add_text(&r->labels[i], "…");
	r->choices[i] = (struct prompt_choice){key, str_text(&r->labels[i])};
}

static void ask_choice(struct grid *g, const char *what, void (*chosen)(void *, uint32_t))
{
	struct str label = STR_INIT;
	struct prompt_request ask = {
		.choices = g->recording.choices, .names = true, .chosen = chosen, .arg = g};

	str_addf(&label, _("%s on %u: %s"), code_of(g), g->recording.point + 1, what);
	ask.label = str_text(&label);
	views_ask(g->view.views, &ask);
	str_release(&label);
}

/* ---- the last step ---- */

static void tell_recorded(struct grid *g, const struct position *p, struct str *id)
{
	struct str text = STR_INIT;

	str_addf(&text, _("%s on point %u: "), code_of(g), g->recording.point + 1);
	if (!p)
		str_add_text(&text, _("taken back"));
	else if (p->stance == STANCE_SUPPORTS)
		str_add_text(&text, _("supports"));
	else if (p->stance == STANCE_ACCEPTS)
		str_add_text(&text, _("can accept"));
	else if (p->stance == STANCE_OPPOSES)
		str_add_text(&text, _("opposes"));
	else
		str_add_text(&text,
			     p->stance == STANCE_RESERVES ? _("reserves") : _("no position"));
	if (p && p->has_option && p->option)
		str_addf(&text, " %u", p->option);
	else if (p && p->has_option)
		str_addf(&text, " %s", _("no text"));
	views_message(g->view.views, MESSAGE_OK, _("%s. (%s)"), str_text(&text), str_text(id));
	str_release(&text);
}

/* p NULL: the position is taken back. */
static void record(struct grid *g, const struct position *p)
{
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;

	if (g->host->record_position(g->host->data, g->doc, g->recording.point,
				     g->recording.party, p, &id, &err) < 0) {
		views_error(g->view.views, &err);
	} else {
		if (p) {
			str_clear(&g->last_source);
			str_add_text(&g->last_source, p->source);
		}
		grid_read(g);
		tell_recorded(g, p, &id);
	}
	stop(g);
	str_release(&id);
}

static void note_typed(void *arg, const struct slice *text)
{
	struct grid *g = arg;
	struct grid_recording *r = &g->recording;

	if (!text || !grid_is_current(g)) {
		stop(g);
		return;
	}
	str_clear(&r->note);
	str_add_slice(&r->note, *text);
	r->p.source = (char *)str_text(&r->source);
	r->p.note = (char *)str_text(&r->note);
	record(g, &r->p);
}

static void ask_note(struct grid *g)
{
	struct prompt_request ask = {.label = _("Note"),
				     .hint = _("why, on which condition; Enter for none"),
				     .initial = str_slice(&g->recording.note),
				     .may_be_empty = true,
				     .history = "note",
				     .done = note_typed,
				     .arg = g};

	g->recording.step = GRID_ASK_NOTE;
	views_ask(g->view.views, &ask);
}

static void source_typed(void *arg, const struct slice *text)
{
	struct grid *g = arg;

	if (!text) {
		stop(g);
		return;
	}
	str_clear(&g->recording.source);
	str_add_slice(&g->recording.source, *text);
	ask_note(g);
}

static void ask_source(struct grid *g)
{
	struct prompt_request ask = {.label = _("Source document"),
				     .hint = _("AFCP/12/4, say; Enter for none"),
				     .initial = str_slice(&g->recording.source),
				     .may_be_empty = true,
				     .history = "source",
				     .done = source_typed,
				     .arg = g};

	g->recording.step = GRID_ASK_SOURCE;
	views_ask(g->view.views, &ask);
}

/* ---- how strongly ---- */

static void strength_chosen(void *arg, uint32_t key)
{
	struct grid *g = arg;

	if (!key || !grid_is_current(g)) {
		stop(g);
		return;
	}
	if (key == 'r')
		g->recording.p.strength = STRENGTH_RED_LINE;
	else if (key == 'p')
		g->recording.p.strength = STRENGTH_PREFERS;
	else if (key == 'f')
		g->recording.p.strength = STRENGTH_FLEXIBLE;
	else if (key == 'n')
		g->recording.p.strength = STRENGTH_NONE;
	ask_source(g);
}

static void ask_strength(struct grid *g)
{
	struct grid_recording *r = &g->recording;

	r->step = GRID_ASK_STRENGTH;
	if (!needs_option(r)) {
		r->p.strength = STRENGTH_NONE;
		ask_source(g);
		return;
	}
	begin_choices(r);
	add_choice(r, 'r', slice_of(_("red line")), 20);
	add_choice(r, 'p', slice_of(_("prefers")), 20);
	add_choice(r, 'f', slice_of(_("flexible")), 20);
	add_choice(r, 'n', slice_of(_("not said")), 20);
	if (r->p.strength)
		add_choice(r, KEEP, slice_of(_("keep")), 20);
	ask_choice(g, _("how strongly?"), strength_chosen);
}

/* ---- on which option ---- */

static void take_option(struct grid *g, size_t number)
{
	struct choice choice = {.kind = CHOOSE_OPTION, .option = number};
	struct error err = ERROR_INIT;

	if (resolve_allows(&g->doc->brackets, g->recording.point, &choice, &err) < 0) {
		views_error(g->view.views, &err);
		stop(g);
		return;
	}
	g->recording.p.has_option = true;
	g->recording.p.option = (uint32_t)number;
	ask_strength(g);
}

static void option_chosen(void *arg, uint32_t key)
{
	struct grid *g = arg;

	if (!key || !grid_is_current(g)) {
		stop(g);
		return;
	}
	if (key == 'a')
		drop_option(&g->recording);
	if (key == 'a' || key == KEEP)
		ask_strength(g);
	else
		take_option(g, key - '0');
}

static void option_typed(void *arg, const struct slice *text)
{
	struct grid *g = arg;
	struct error err = ERROR_INIT;
	struct choice choice;

	if (!text || !grid_is_current(g)) {
		stop(g);
		return;
	}
	if (text->len == 0 && g->recording.p.stance == STANCE_OPPOSES) {
		drop_option(&g->recording);
		ask_strength(g);
	} else if (choice_read(&choice, *text, slice_make(NULL, 0), &err) < 0 ||
		   choice.kind != CHOOSE_OPTION) {
		views_message(g->view.views, MESSAGE_WARN,
			      _("An option's number is asked for, or 0 for no text."));
		stop(g);
	} else {
		take_option(g, choice.option);
	}
}

/* More than nine: by typing. */
static void ask_option_number(struct grid *g)
{
	struct str initial = STR_INIT;
	struct prompt_request ask = {.label = _("Option number, 0 for no text"),
				     .secret = true,
				     .done = option_typed,
				     .arg = g};

	if (g->recording.p.has_option)
		str_addf(&initial, "%u", g->recording.p.option);
	ask.initial = str_slice(&initial);
	if (g->recording.p.stance == STANCE_OPPOSES) {
		ask.may_be_empty = true;
		ask.hint = _("Enter for all of them");
	}
	views_ask(g->view.views, &ask);
	str_release(&initial);
}

static void ask_option(struct grid *g)
{
	struct grid_recording *r = &g->recording;
	const struct point *p = grid_point(g, r->point);
	size_t room = (size_t)(g->cols > 40 ? g->cols - 40 : 0);
	struct str text = STR_INIT;

	r->step = GRID_ASK_OPTION;
	if (p->n_options > 9) {
		ask_option_number(g);
		return;
	}
	room = room / (p->n_options + 2);
	room = room < 8 ? 0 : room - 4; /* too many for words: the panel has them */
	begin_choices(r);
	for (uint32_t k = 0; k < p->n_options; k++) {
		str_clear(&text);
		if (room)
			grid_option(g, point_option(&g->doc->brackets, p, k), &text);
		add_choice(r, '1' + k, str_slice(&text), room);
	}
	add_choice(r, '0', slice_of(_("no text")), 20);
	if (r->p.stance == STANCE_OPPOSES && p->n_options > 1)
		add_choice(r, 'a', slice_of(_("all")), 20);
	if (r->p.has_option && r->p.option <= p->n_options)
		add_choice(r, KEEP, slice_of(_("keep")), 20);
	ask_choice(g, _("which?"), option_chosen);
	str_release(&text);
}

/* ---- what it says ---- */

static void stance_chosen(void *arg, uint32_t key)
{
	struct grid *g = arg;
	struct grid_recording *r = &g->recording;

	if (!key || !grid_is_current(g)) {
		stop(g);
		return;
	}
	if (key == 's')
		r->p.stance = STANCE_SUPPORTS;
	else if (key == 'a')
		r->p.stance = STANCE_ACCEPTS;
	else if (key == 'o')
		r->p.stance = STANCE_OPPOSES;
	else if (key == 'r')
		r->p.stance = STANCE_RESERVES;
	else if (key == 'n')
		r->p.stance = STANCE_NONE;
	if (needs_option(r)) {
		ask_option(g);
		return;
	}
	drop_option(r);
	ask_strength(g);
}

static void ask_stance(struct grid *g)
{
	struct grid_recording *r = &g->recording;

	r->step = GRID_ASK_STANCE;
	begin_choices(r);
	add_choice(r, 's', slice_of(_("supports")), 20);
	add_choice(r, 'a', slice_of(_("accepts")), 20);
	add_choice(r, 'o', slice_of(_("opposes")), 20);
	add_choice(r, 'r', slice_of(_("reserves")), 20);
	add_choice(r, 'n', slice_of(_("none")), 20);
	if (matrix_cell(&g->m, (size_t)(grid_row(g) - g->m.rows), g->party)->position)
		add_choice(r, KEEP, slice_of(_("keep")), 20);
	ask_choice(g, "", stance_chosen);
}

/* What stands is what is proposed; where nothing does, what the text says. */
static void begin(struct grid *g)
{
	const struct standing *s =
		matrix_cell(&g->m, (size_t)(grid_row(g) - g->m.rows), g->party);
	struct grid_recording *r = &g->recording;

	r->point = g->point;
	r->party = g->party;
	r->generation = g->doc->generation;
	r->p = (struct position){.stance = s->stance};
	str_clear(&r->source);
	str_clear(&r->note);
	if (s->position) {
		r->p.strength = s->strength;
		r->p.has_option = s->has_option && !s->gone;
		r->p.option = s->option;
		str_add_text(&r->source, s->position->source);
		str_add_text(&r->note, s->position->note);
	} else {
		r->p.has_option = s->wrote;
		r->p.option = s->wrote ? s->wrote_option : 0;
		str_add_slice(&r->source, str_slice(&g->last_source));
	}
}

/* Whether anything can be recorded: better said before the questions than after. */
static bool is_ready(struct grid *g)
{
	struct error err = ERROR_INIT;

	if (!HOST_CAN(g->host, record_ready) ||
	    g->host->record_ready(g->host->data, g->doc, &err) == 0)
		return grid_row(g) != NULL;
	views_error(g->view.views, &err);
	return false;
}

void grid_ask_position(struct grid *g)
{
	if (!is_ready(g))
		return;
	begin(g);
	ask_stance(g);
}

/* ---- taking one back ---- */

static void remove_agreed(void *arg, uint32_t key)
{
	struct grid *g = arg;

	if (key == 'y' && grid_is_current(g))
		record(g, NULL);
}

void grid_ask_remove(struct grid *g)
{
	struct str question = STR_INIT;

	if (!is_ready(g))
		return;
	begin(g);
	str_addf(&question, _("Take back the position of %s on point %u?"), code_of(g),
		 g->recording.point + 1);
	views_ask_yes_no(g->view.views, str_text(&question), remove_agreed, g);
	str_release(&question);
}
