/* SPDX-License-Identifier: MIT */
#include "ui/view_blame.h"

#include "core/mem.h"
#include "core/message.h"
#include "ui/changed.h"
#include "ui/common.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/reader.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

#define MARGIN     2
#define LABEL_COLS 8   /* "before", "after" */
#define WORDS_COLS 28  /* in the title */
#define TEXT_MOST  400 /* columns of words in one row: they are cut to the screen later */

enum { BLAME_OLDER = 1, BLAME_NEWER, BLAME_SHOW, BLAME_STOP, BLAME_NOW, BLAME_OLDEST };

static const struct action actions[] = {
	{.id = BLAME_OLDER,
	 .name = "older",
	 .keys = {'p', '[', KEY_ARROW_LEFT, FN_KEY(7)},
	 .label = N_("who before that"),
	 .help = N_("Go to the version that brought the words which stood there before."),
	 .group = ACTION_MOVE,
	 .rank = 1},
	{.id = BLAME_NEWER,
	 .name = "newer",
	 .keys = {'n', ']', KEY_ARROW_RIGHT, FN_KEY(8)},
	 .label = N_("forward again"),
	 .help = N_("Go forward again to the version that changed them next."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = BLAME_SHOW,
	 .name = "changed",
	 .keys = {KEY_RETURN},
	 .label = N_("what changed"),
	 .help = N_("See word by word all that this version changed."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{.id = BLAME_STOP,
	 .name = "stop",
	 .keys = {KEY_ESCAPE},
	 .label = N_("stop"),
	 .help = N_("Look no further back."),
	 .group = ACTION_SHOW,
	 .rank = 4},
	{.id = BLAME_NOW,
	 .name = "now",
	 .keys = {KEY_LINE_HOME, 'g'},
	 .help = N_("Go to the text as it is now."),
	 .group = ACTION_MOVE},
	{.id = BLAME_OLDEST,
	 .name = "oldest",
	 .keys = {KEY_LINE_END, 'G'},
	 .help = N_("Go to the version that brought the first of these words."),
	 .group = ACTION_MOVE},
	{0},
};

static const struct action *const common[] = {common_rows, NULL};

struct blame_view {
	struct view view;
	const struct host *host;
	char *name;
	struct str text; /* as it is now */
	size_t begin, end;
	struct host_blame *blame; /* NULL: not begun, or it cannot be */
	bool begun, stopped, found;
	struct error failure;
	size_t at; /* 0: the text now; else change at - 1 */
	struct doc *shown;
	struct reader reader;
	int rows;
};

static struct blame_view *blame_of(struct view *v)
{
	return (struct blame_view *)v;
}

static bool is_running(const struct blame_view *bv)
{
	return !bv->stopped && !bv->failure.status &&
	       (!bv->begun || (bv->blame && !bv->blame->ended));
}

static size_t n_changes(const struct blame_view *bv)
{
	return bv->found ? bv->blame->n : 0;
}

static const struct host_change *change_at(const struct blame_view *bv)
{
	return bv->at > 0 && bv->at <= n_changes(bv) ? &bv->blame->v[bv->at - 1] : NULL;
}

static struct slice words_of(const struct blame_view *bv)
{
	return slice_make(bv->text.p + bv->begin, bv->end - bv->begin);
}

/* ---- the text in sight ---- */

static void show_text(struct blame_view *bv, struct slice text, size_t begin, size_t end)
{
	const struct host *host = bv->host;

	doc_free(bv->shown);
	bv->shown = doc_new(bv->name, NULL, text, host->parties(host->data));
	doc_read(bv->shown);
	reader_set(&bv->reader, bv->shown, begin, end);
}

static void go_to(struct blame_view *bv, size_t at)
{
	const struct host_change *c;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	bv->at = at;
	c = change_at(bv);
	if (!c)
		show_text(bv, str_slice(&bv->text), bv->begin, bv->end);
	else if (bv->host->blame_text(bv->host->data, bv->blame, at - 1, false, &text, &err) <
		 0)
		views_error(bv->view.views, &err);
	else
		show_text(bv, str_slice(&text), c->begin, c->end);
	str_release(&text);
}

static void older(struct blame_view *bv)
{
	const struct host_change *c = change_at(bv);

	if (bv->at < n_changes(bv))
		go_to(bv, bv->at + 1);
	else if (c && !c->was.len)
		views_message(bv->view.views, MESSAGE_INFO, "%s",
			      _("Nothing stood there before: the words came with this "
				"version."));
	else
		views_message(bv->view.views, MESSAGE_INFO, "%s",
			      _("What is older cannot be read here."));
}

static void prepare(struct view *v, int rows, int cols)
{
	struct blame_view *bv = blame_of(v);

	bv->rows = rows;
	bv->reader.reorder = host_reorders(bv->host);
	if (!bv->shown)
		go_to(bv, 0);
	reader_lay_out(&bv->reader, rows, cols);
}

/* ---- they are found ---- */

static bool idle(struct view *v)
{
	struct blame_view *bv = blame_of(v);
	const struct host *host = bv->host;
	int rc;

	if (!is_running(bv))
		return false;
	if (!bv->begun) {
		bv->begun = true;
		rc = host->blame_open(host->data, bv->name, str_slice(&bv->text), bv->begin,
				      bv->end, &bv->blame, &bv->failure);
	} else {
		rc = host->blame_step(host->data, bv->blame, &bv->failure);
		if (rc > 0)
			return true;
	}
	if (rc < 0)
		views_error(v->views, &bv->failure);
	if (rc == 0 && bv->blame->ended) {
		bv->found = true;
		if (bv->blame->n)
			go_to(bv, 1);
	}
	views_touch(v->views);
	return is_running(bv);
}

static void stop(struct blame_view *bv)
{
	bv->begun = bv->stopped = true;
	if (bv->blame)
		bv->host->blame_stop(bv->host->data, bv->blame);
}

static void show_change(struct blame_view *bv)
{
	const struct host_change *c = change_at(bv);
	const struct host *host = bv->host;
	struct str old = STR_INIT, new = STR_INIT;
	struct error err = ERROR_INIT;
	int rc;

	if (!c)
		return;
	rc = host->blame_text(host->data, bv->blame, bv->at - 1, true, &old, &err);

	if (rc >= 0)
		rc = host->blame_text(host->data, bv->blame, bv->at - 1, false, &new, &err);
	if (rc < 0)
		views_error(bv->view.views, &err);
	else
		changed_show(&bv->view, &(struct changed){.name = bv->name,
							  .v = &c->version,
							  .old = str_slice(&old),
							  .new = str_slice(&new),
							  .old_at = SIZE_MAX,
							  .new_at = c->begin});
	str_release(&old);
	str_release(&new);
}

/* ---- drawing ---- */

static void draw(const struct view *v, struct canvas *c)
{
	reader_draw(&((const struct blame_view *)v)->reader, c);
}

static void headline(const struct view *v, struct str *left, struct str *right)
{
	const struct blame_view *bv = (const struct blame_view *)v;

	str_addf(left, _("%s · who brought \""), bv->name);
	told_wording(left, words_of(bv), bv->host->parties(bv->host->data), WORDS_COLS);
	str_add_char(left, '"');
	if (!bv->at)
		str_add_text(right, _("the text now"));
	else
		str_addf(right, _("change %zu of %zu"), bv->at, n_changes(bv));
}

static void status(const struct view *v, struct str *out)
{
	const struct blame_view *bv = (const struct blame_view *)v;
	const struct host_change *c = change_at(bv);

	if (is_running(bv))
		str_add_text(out, _("the history is being read; Esc stops"));
	else if (c && !*c->version.id)
		str_add_text(out, _("changed now, not committed yet"));
	else if (c)
		changed_label(out, &c->version, true);
	else if (bv->stopped)
		str_add_text(out, _("stopped"));
	else if (bv->failure.status)
		str_add_text(out, bv->failure.text);
	else if (bv->found && !bv->blame->n)
		str_add_text(out, bv->blame->n_notes ? bv->blame->notes[0]
						     : _("in no version that can be read"));
	else
		str_add_text(out, _("the text as it is now"));
}

static int below_rows(const struct view *v, int rows, int cols)
{
	(void)v;
	(void)cols;
	return rows >= 18 ? 4 : rows >= 14 ? 2 : 0;
}

static void draw_words(const struct blame_view *bv, struct canvas *c, int row,
		       const char *label, struct slice words, uint32_t style)
{
	struct str line = STR_INIT;

	told_wording(&line, words, bv->host->parties(bv->host->data), TEXT_MOST);
	canvas_text(c, row, MARGIN, STYLE_DIM, label);
	if (line.len)
		canvas_put_cut(c, row, MARGIN + LABEL_COLS,
			       c->window.cols - MARGIN - LABEL_COLS - 1, style, line.p,
			       line.len);
	else
		canvas_text(c, row, MARGIN + LABEL_COLS, STYLE_PLACEHOLDER, _("nothing"));
	str_release(&line);
}

/* What the version's commit says: what was decided, else its subject. */
static void add_why(const struct blame_view *bv, const struct host_version *v, struct str *out)
{
	struct message_record record;

	message_parse(v->message, &record);
	if (!told_record(out, &record))
		str_add_slice(out, told_subject(v->message, bv->name));
}

static void draw_below(const struct view *v, struct canvas *c)
{
	const struct blame_view *bv = (const struct blame_view *)v;
	const struct host_change *ch = change_at(bv);
	int cols = c->window.cols - MARGIN - 1;
	struct str words = STR_INIT;

	if (!ch)
		return;
	draw_words(bv, c, 0, _("before"), ch->was, STYLE_DELETED);
	draw_words(bv, c, 1, _("after"), ch->now, STYLE_ADDED);
	if (c->window.rows < 4 || !*ch->version.id)
		return;
	add_why(bv, &ch->version, &words);
	canvas_put_cut(c, 2, MARGIN, cols, STYLE_TEXT, words.p, words.len);
	str_clear(&words);
	str_addf(&words, "%.10s", ch->version.id);
	if (*ch->version.tag)
		str_addf(&words, " · %s", ch->version.tag);
	if (*ch->version.was)
		str_addf(&words, _(" · renamed from %s"), ch->version.was);
	if (ch->version.added)
		str_add_text(&words, _(" · the draft began"));
	canvas_put_cut(c, 3, MARGIN, cols, STYLE_DIM, words.p, words.len);
	str_release(&words);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct blame_view *bv = (const struct blame_view *)v;

	switch (action) {
	case BLAME_OLDER:
		return bv->at < n_changes(bv) || (bv->at && change_at(bv)->was.len);
	case BLAME_OLDEST:
		return n_changes(bv);
	case BLAME_NEWER:
	case BLAME_NOW:
		return bv->at > 0;
	case BLAME_SHOW:
		return change_at(bv) != NULL && *change_at(bv)->version.id;
	case BLAME_STOP:
		return is_running(bv);
	default:
		return true;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct blame_view *bv = blame_of(v);

	(void)key;
	(void)arg;
	switch (action) {
	case BLAME_OLDER:
		older(bv);
		return true;
	case BLAME_NEWER:
		go_to(bv, bv->at - 1);
		return true;
	case BLAME_NOW:
	case BLAME_OLDEST:
		go_to(bv, action == BLAME_NOW ? 0 : n_changes(bv));
		return true;
	case BLAME_SHOW:
		show_change(bv);
		return true;
	case BLAME_STOP:
		stop(bv);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		reader_scroll(&bv->reader, (int)common_step(action, bv->rows - 1));
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	/* What it cannot do it says: of the words before the first there are none. */
	if (n_changes(blame_of(v)) && action_has_key(&actions[0], key->code)) {
		older(blame_of(v));
		return true;
	}
	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL)
		return false;
	reader_scroll(&blame_of(v)->reader, key->pointer.button * 3);
	return true;
}

static void shown(struct view *v)
{
	blame_of(v)->reader.cols = 0; /* a setting may be another one */
}

static void free_blame(struct view *v)
{
	struct blame_view *bv = blame_of(v);

	if (bv->blame)
		bv->host->blame_close(bv->host->data, bv->blame);
	reader_release(&bv->reader);
	doc_free(bv->shown);
	str_release(&bv->text);
	free(bv->name);
	free(bv);
}

const struct view_ops view_blame_ops = {
	.name = "blame",
	.title = N_("Who brought these words"),
	.about = N_(
		"The version that brought the words at the cursor, the one that brought those "
		"before them, and so on, each with its text."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = draw,
	.headline = headline,
	.status = status,
	.below_rows = below_rows,
	.draw_below = draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_blame,
};

struct view *view_blame_new(const struct host *host, const char *name, struct slice text,
			    size_t begin, size_t end)
{
	struct blame_view *bv = mem_zalloc(sizeof(*bv));

	bv->view.ops = &view_blame_ops;
	bv->host = host;
	bv->name = mem_strdup(name);
	str_add_slice(&bv->text, text);
	bv->begin = begin;
	bv->end = end;
	reader_init(&bv->reader);
	return &bv->view;
}
