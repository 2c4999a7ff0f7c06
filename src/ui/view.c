/* SPDX-License-Identifier: MIT */
#include "ui/view.h"

#include "core/mem.h"
#include "ui/command.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/tr.h"
#include "ui/view_help.h"

#include <stdarg.h>
#include <stdlib.h>

#include "ui/view_inner.h"

struct views *views_new(const struct host *host)
{
	struct views *vs = mem_zalloc(sizeof *vs);

	vs->host = host;
	vs->prompt = prompt_new();
	vs->dirty = true;
	return vs;
}

static void free_view(struct view *v)
{
	if (v->ops->free)
		v->ops->free(v);
}

void views_free(struct views *vs)
{
	if (!vs)
		return;
	while (vs->n > 0)
		views_pop(vs);
	for (size_t i = 0; i < vs->n_gone; i++)
		free_view(vs->gone[i]);
	prompt_free(vs->prompt);
	frame_row_release(&vs->title);
	frame_row_release(&vs->rule);
	keymap_footer_release(&vs->footer);
	str_release(&vs->message);
	str_release(&vs->progress);
	free(vs->gone);
	free(vs->v);
	free(vs);
}

void views_push(struct views *vs, struct view *v)
{
	v->views = vs;
	v->host = vs->host;
	MEM_GROW(vs->v, vs->n, vs->cap);
	vs->v[vs->n++] = v;
	vs->dirty = vs->stale = true;
}

void views_pop(struct views *vs)
{
	struct view *v;

	if (vs->n == 0)
		return;
	/* A prompt asks on behalf of the top view, which will not be there for the answer. */
	prompt_cancel(vs->prompt);
	if (vs->n == 0)
		return;
	v = vs->v[--vs->n];
	MEM_GROW(vs->gone, vs->n_gone, vs->cap_gone);
	vs->gone[vs->n_gone++] = v;
	vs->popped = vs->dirty = vs->stale = true;
	if (vs->n > 0 && vs->v[vs->n - 1]->ops->shown)
		vs->v[vs->n - 1]->ops->shown(vs->v[vs->n - 1]);
}

void views_pop_view(struct views *vs, struct view *v)
{
	size_t i = vs->n;

	while (i > 0 && vs->v[i - 1] != v)
		i--;
	while (i > 0 && vs->n >= i)
		views_pop(vs);
}

struct view *views_top(const struct views *vs)
{
	return vs->n ? vs->v[vs->n - 1] : NULL;
}

size_t views_count(const struct views *vs)
{
	return vs->n;
}

struct view *views_at(const struct views *vs, size_t i)
{
	return i < vs->n ? vs->v[i] : NULL;
}

/* Leaves one view; false where it has a question first. */
static bool leave(struct views *vs, const struct key *key)
{
	struct view *v = views_top(vs);
	size_t n = vs->n;

	if (v->ops->act && v->ops->act(v, EVERYWHERE_BACK, key, slice_make("", 0)))
		return vs->n < n;
	views_pop(vs);
	return true;
}

/* Asks view after view; stops where one wants an answer, and goes on when it went away. */
static void go_on_quitting(struct views *vs)
{
	struct key none = key_of(KEY_NONE);

	while (vs->quitting && vs->n > vs->keep && !prompt_is_open(vs->prompt)) {
		if (!leave(vs, &none)) {
			vs->quitting = prompt_is_open(vs->prompt);
			return;
		}
	}
}

void views_quit(struct views *vs)
{
	vs->quitting = true;
	vs->keep = 0;
	go_on_quitting(vs);
}

void views_back_to(struct views *vs, const struct view *v)
{
	size_t keep = vs->n;

	while (keep > 0 && vs->v[keep - 1] != v)
		keep--;
	vs->quitting = true;
	vs->keep = keep ? keep : vs->n;
	go_on_quitting(vs);
}

/* After an event: frees what was popped, and goes on with what waited for an answer. */
static void settle(struct views *vs)
{
	if (vs->quitting && !prompt_is_open(vs->prompt)) {
		if (vs->popped)
			go_on_quitting(vs);
		else
			vs->quitting = false;
	}
	vs->popped = false;
	for (size_t i = 0; i < vs->n_gone; i++)
		free_view(vs->gone[i]);
	vs->n_gone = 0;
}

void views_sync(struct views *vs)
{
	struct error err = ERROR_INIT;

	if (vs->host->sync(vs->host->data, &err) < 0)
		views_error(vs, &err);
}

static bool do_everywhere(struct views *vs, const struct action *action, const struct key *key,
			  struct slice arg)
{
	switch ((enum everywhere_action)action->id) {
	case EVERYWHERE_HELP:
		views_push(vs, view_help_new(views_top(vs)));
		return true;
	case EVERYWHERE_COMMAND:
		command_open(vs);
		return true;
	case EVERYWHERE_SUSPEND:
		vs->requests |= VIEWS_SUSPEND;
		return true;
	case EVERYWHERE_REDRAW:
		vs->requests |= VIEWS_REDRAW;
		return true;
	case EVERYWHERE_MOUSE:
		vs->requests |= VIEWS_MOUSE;
		return true;
	case EVERYWHERE_BACK:
		leave(vs, key);
		return true;
	case EVERYWHERE_QUIT:
		views_quit(vs);
		return true;
	case EVERYWHERE_SET:
		command_set(vs, arg);
		return true;
	case EVERYWHERE_SYNC:
		views_sync(vs);
		return true;
	case EVERYWHERE_STOP:
		vs->host->stop(vs->host->data);
		return true;
	}
	return false;
}

/* Keys come faster than screens: what the view computed for the last screen may be of a text
 * or a list that is gone. */
static void catch_up(struct views *vs)
{
	struct view *v = views_top(vs);

	if (!v || !vs->stale || vs->body.rows <= 0)
		return;
	v->ops->prepare(v, vs->body.rows, vs->body.cols);
	vs->stale = false;
}

static bool do_action(struct views *vs, const struct action *action, const struct key *key,
		      struct slice arg)
{
	struct view *v = views_top(vs);

	catch_up(vs);
	if (!v || !keymap_can(v, action))
		return false;
	vs->dirty = true;
	if (action->id < 0)
		return do_everywhere(vs, action, key, arg);
	return v->ops->act && v->ops->act(v, action->id, key, arg);
}

bool views_do(struct views *vs, const struct action *action, const struct key *key,
	      struct slice arg)
{
	return do_action(vs, action, key, arg);
}

/* The event as the view's body has it; false where it is outside. */
static bool move_into_body(const struct views *vs, struct key *key)
{
	key->pointer.row -= vs->body.row;
	key->pointer.col -= vs->body.col;
	return key->pointer.row >= 0 && key->pointer.row < vs->body.rows &&
	       key->pointer.col >= 0 && key->pointer.col < vs->body.cols;
}

/* A letter that does nothing is answered: whoever looks at the screen need not wonder. */
static void say_unknown(struct views *vs, const struct key *key)
{
	char word[KEY_WORD_SIZE];

	if (!(views_top(vs)->ops->flags & VIEW_TEXT) && key_is_text(key))
		views_message(vs, MESSAGE_INFO, _("%s does nothing here now; ? shows the keys"),
			      key_word(key->code, word));
}

/* Keys that are no text are known by their place: nobody need switch a keyboard's layout. */
static struct key as_command(const struct view *v, const struct key *key)
{
	struct key known = *key;

	if (!(v->ops->flags & VIEW_TEXT && key_is_text(key)))
		known.code = key_on_latin(key->code);
	return known;
}

static void view_key(struct views *vs, const struct key *key)
{
	struct view *v = views_top(vs);
	struct key known = as_command(v, key), local = known;
	const struct action *action = keymap_by_key(v, known.code);
	bool is_pointer = (key->code & KEY_BASE) == KEY_POINTER;

	if (is_pointer && !move_into_body(vs, &local))
		return;
	if (!is_pointer || key->pointer.kind == POINTER_PRESS)
		views_clear_message(vs);
	if (action)
		do_action(vs, action, &known, slice_make("", 0));
	else if (!v->ops->key || !v->ops->key(v, &local))
		say_unknown(vs, key);
}

/* Where nothing is shown nothing is decided: one can only leave, if nothing is asked first. */
static void blind_key(struct views *vs, const struct key *key)
{
	struct view *v = views_top(vs);
	const struct action *a = keymap_everywhere();
	struct key known = as_command(v, key);

	if (prompt_is_open(vs->prompt) || (v->ops->flags & VIEW_TEXT && key_is_text(key)))
		return;
	while (a->id && !(action_has_key(a, known.code) && keymap_can(v, a)))
		a++;
	switch (a->id) {
	case EVERYWHERE_BACK:
	case EVERYWHERE_QUIT:
	case EVERYWHERE_SUSPEND:
	case EVERYWHERE_REDRAW:
		do_everywhere(vs, a, key, slice_make("", 0));
		vs->quitting = false;
		prompt_cancel(vs->prompt);
		break;
	default:
		break;
	}
}

void views_key(struct views *vs, const struct key *key)
{
	if (key->code == KEY_UNKNOWN || key->code == KEY_NONE)
		return;
	vs->dirty = vs->stale = true;
	if (vs->n == 0)
		return;
	if (vs->too_small) {
		blind_key(vs, key);
		settle(vs);
		return;
	}
	/* Text that is typed, or pasted as keys, must not wait for a reading each. */
	if (prompt_is_open(vs->prompt) || !(views_top(vs)->ops->flags & VIEW_TEXT) ||
	    !key_is_text(key))
		catch_up(vs);
	if (prompt_is_open(vs->prompt))
		prompt_key(vs->prompt, key);
	else if (key->code != KEY_RESIZED && key->code != KEY_RESUMED)
		view_key(vs, key);
	settle(vs);
}

bool views_idle(struct views *vs)
{
	struct view *v = views_top(vs);
	bool more = v && v->ops->idle && v->ops->idle(v);

	settle(vs);
	return more;
}

void views_touch(struct views *vs)
{
	vs->dirty = true;
}

bool views_dirty(const struct views *vs)
{
	return vs->dirty;
}

unsigned views_take_requests(struct views *vs)
{
	unsigned requests = vs->requests;

	vs->requests = 0;
	return requests;
}

/* ---- Messages and questions ---- */

void views_message(struct views *vs, enum views_message_kind kind, const char *format, ...)
{
	va_list ap;

	str_clear(&vs->message);
	va_start(ap, format);
	str_vaddf(&vs->message, format, ap);
	va_end(ap);
	vs->kind = kind;
	vs->dirty = true;
}

void views_error(struct views *vs, const struct error *err)
{
	views_message(vs, MESSAGE_ERROR, "%s", err->text);
}

void views_clear_message(struct views *vs)
{
	vs->dirty = vs->dirty || vs->message.len > 0;
	str_clear(&vs->message);
}

struct slice views_message_text(const struct views *vs)
{
	return str_slice(&vs->message);
}

void views_progress(struct views *vs, const char *text)
{
	str_clear(&vs->progress);
	if (text)
		str_add_text(&vs->progress, text);
	vs->dirty = true;
}

void views_ask(struct views *vs, const struct prompt_request *request)
{
	prompt_open(vs->prompt, request);
	vs->dirty = true;
}

bool views_is_asking(const struct views *vs)
{
	return prompt_is_open(vs->prompt);
}

void views_ask_yes_no(struct views *vs, const char *question,
		      void (*chosen)(void *arg, uint32_t key), void *arg)
{
	struct prompt_request request = {
		.label = question, .choices = vs->yes_no, .chosen = chosen, .arg = arg};

	vs->yes_no[0] = (struct prompt_choice){'y', N_("yes")};
	vs->yes_no[1] = (struct prompt_choice){'n', N_("no")};
	views_ask(vs, &request);
}
