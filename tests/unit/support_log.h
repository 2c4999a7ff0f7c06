/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_LOG_H
#define TESTS_SUPPORT_LOG_H

#include "support_view.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_diff.h"
#include "ui/view_log.h"

#include <stdlib.h>
#include <string.h>

/* For the tests of the Log and of the Diff: the log with a host that finds its versions one a
 * step, and two texts for each. */
struct desk {
	struct host host;
	struct parties parties;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	struct host_log log;
	struct host_version *all;
	size_t n_all;
	const char *old, *new, *now;
	struct doc *doc;
	struct host_notes notes;
	struct str asked; /* log_open: name/region/phrase/added/removed */
	bool notes_wait;  /* they never come */
	bool by_version;  /* only the newest has the new text */
	int edits;
	char *subject, *made;
	bool cannot_open, cannot_read, breaks;
	int open;
};

__attribute__((unused)) static const char old_text[] =
	"# On preparatory meetings\n\n"
	"1. to organize, within existing limits, [one / AFR: at least one / ARB: two] regional "
	"preparatory meeting for each of the six regions;\n\n"
	"2. to convene a meeting of the chairs of those meetings;\n\n"
	"3. to report on the results to the council, which meets every year in the spring;\n\n"
	"4. to thank the host.\n";
__attribute__((unused)) static const char new_text[] =
	"# On preparatory meetings\n\n"
	"1. to organize, within existing limits, at least one regional "
	"preparatory meeting for each of the six regions;\n\n"
	"3. to report on the results to the council, which meets every year in the spring;\n\n"
	"2. to convene a meeting of the chairs of those meetings;\n\n"
	"4. to thank the host warmly.\n\n"
	"5. to translate them.\n";

#define DECISION                                                                               \
	"res-31: point 1 decided: \"at least one\"\n\nPoint: 1\nDecision: option 2, \"at "     \
	"least one\"\nMeeting: IRM-2\nSupported-by: AFR\nOpposed-by: ARB\n"

__attribute__((unused)) static const struct host_log_file the_draft[] = {
	{"res-31", "drafts/res-31.md", true, NULL}};
__attribute__((unused)) static const struct host_log_file two_drafts[] = {
	{"res-31", "drafts/res-31.md", true, NULL},
	{"res-24", "drafts/res-24.md", true, NULL},
	{"res-31/EUR.md", "drafts/res-31/EUR.md", false, NULL}};

__attribute__((unused)) static const struct host_version some[] = {
	{"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "2026-09-15",
	 "Paolo Ricci",
	 "IRM-2",
	 "irm-2-day-1",
	 {DECISION, sizeof(DECISION) - 1},
	 "drafts/res-31.md",
	 the_draft,
	 1,
	 "1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "",
	 false,
	 false,
	 false,
	 true,
	 {0, 1, 1, 0},
	 false},
	{"1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "2026-06-17",
	 "Ingrid \x1b[31mSolberg of the Secretariat",
	 "RPM-EUR",
	 "",
	 {"Proposals of Europe on two texts, which is a long line indeed", 61},
	 "drafts/res-31.md",
	 two_drafts,
	 3,
	 "2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "res-30",
	 false,
	 false,
	 true,
	 true,
	 {12, 0, 0, 3},
	 false},
	{"2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "?",
	 "",
	 "",
	 "",
	 {"", 0},
	 "drafts/res-31.md",
	 the_draft,
	 1,
	 "",
	 "",
	 true,
	 false,
	 false,
	 false,
	 {0, 0, 0, 0},
	 false},
};

static inline const struct parties *get_parties(void *data)
{
	return &((struct desk *)data)->parties;
}

static inline int log_open(void *data, const struct host_log_ask *ask, struct host_log **log,
			   struct error *err)
{
	struct desk *d = data;

	assert_true(!ask->name || strcmp(ask->name, "res-31") == 0);
	str_clear(&d->asked);
	str_addf(&d->asked, "%s/%s/%s/%s/%s", ask->name ? ask->name : "-",
		 ask->region ? ask->region : "-", ask->phrase ? ask->phrase : "-",
		 ask->added ? ask->added : "-", ask->removed ? ask->removed : "-");
	d->log = (struct host_log){.n = 0};
	if (ask->region && strcmp(ask->region, "XYZ") == 0)
		return error_set(err, ST_USAGE, "XYZ: no such party");
	if (d->cannot_open)
		return error_set(err, ST_DENIED, "the repository belongs to another user");
	d->open++;
	*log = &d->log;
	return 0;
}

static inline int log_step(void *data, struct host_log *log, struct error *err)
{
	struct desk *d = data;

	assert_false(log->ended);
	if (d->breaks && log->n == 1) {
		log->ended = true;
		return error_set(err, ST_FAIL, "the repository is damaged");
	}
	log->v = d->all;
	log->n += log->n < d->n_all;
	log->ended = log->n == d->n_all;
	return !log->ended;
}

static inline void log_stop(void *data, struct host_log *log)
{
	(void)data;
	log->ended = true;
}

static inline int log_text(void *data, struct host_log *log, size_t i, size_t file, bool before,
			   struct str *text, struct error *err)
{
	struct desk *d = data;

	assert_true(i < log->n);
	assert_true(file < log->v[i].n_files);
	if (d->cannot_read)
		return error_set(err, ST_INPUT, "this version is no text");
	str_add_text(text, before || (i > 0 && d->by_version) ? d->old : d->new);
	return 0;
}

static inline void log_close(void *data, struct host_log *log)
{
	(void)log;
	((struct desk *)data)->open--;
}

static inline int notes_open(void *data, const struct host_between *between,
			     struct host_notes **notes, struct error *err)
{
	static const struct host_note found[] = {
		{NOTE_DECIDED, 0, UINT32_MAX, UINT32_MAX,
		 "decided: point 1, option 2, \"at least one\" · for AFR · against ARB",
		 "2026-09-15 · IRM-2 · Paolo Ricci"},
		{NOTE_SILENT, SIZE_MAX, UINT32_MAX, 4,
		 "words came: \"warmly\"; no decision says so", "2026-09-16 · Ann"},
	};
	static struct host_note mine[2];
	struct desk *d = data;

	assert_non_null(between->old);
	if (d->cannot_open)
		return error_set(err, ST_DENIED, "the repository belongs to another user");
	memcpy(mine, found, sizeof(mine));
	mine[0].at = (size_t)(strstr(old_text, "[one") - old_text);
	d->notes = (struct host_notes){.v = mine, .n = 2};
	d->open++;
	*notes = &d->notes;
	return 0;
}

static inline bool notes_step(void *data, struct host_notes *notes)
{
	notes->ended = !((struct desk *)data)->notes_wait;
	return !notes->ended;
}

static inline void notes_close(void *data, struct host_notes *notes)
{
	(void)notes;
	((struct desk *)data)->open--;
}

static inline int open_doc(void *data, const char *name, struct doc **doc, struct error *err)
{
	struct desk *d = data;

	(void)err;
	d->doc = doc_new(name, NULL, slice_of(d->now), &d->parties);
	*doc = d->doc;
	return 0;
}

static inline void close_doc(void *data, struct doc *doc)
{
	(void)data;
	doc_free(doc);
}

static inline int ready(void *data, struct doc *doc, struct error *err)
{
	(void)doc;
	if (((struct desk *)data)->cannot_open)
		return error_set(err, ST_CHANGED, "res-31 has unsaved edits");
	return 0;
}

static inline int edit(void *data, struct doc *doc, const struct edits *edits,
		       struct slice subject, struct str *id, struct error *err)
{
	static struct str now = STR_INIT;
	struct desk *d = data;

	(void)err;
	str_clear(&now);
	edits_apply(edits, doc->flat, &now);
	free(d->made);
	d->now = d->made = mem_strdup(str_text(&now));
	str_release(&now);
	free(d->subject);
	d->subject = slice_dup(subject);
	d->edits++;
	str_add_text(id, "abc1234");
	return 0;
}

static inline void set_up(struct desk *d, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	parties_init_regions(&d->parties);
	d->host = (struct host){.data = d,
				.parties = get_parties,
				.log_open = log_open,
				.log_step = log_step,
				.log_stop = log_stop,
				.log_text = log_text,
				.log_close = log_close,
				.notes_open = notes_open,
				.notes_step = notes_step,
				.notes_close = notes_close,
				.decide_ready = ready,
				.edit = edit,
				.open = open_doc,
				.close = close_doc};
	d->all = mem_zalloc(sizeof(some));
	memcpy(d->all, some, sizeof(some));
	d->n_all = 3;
	d->old = old_text;
	d->new = d->now = new_text;
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
}

static inline void draw(struct desk *d)
{
	views_draw(d->views, &d->canvas);
}

/* With all versions found. */
static inline void begin(struct desk *d, int rows, int cols)
{
	set_up(d, rows, cols);
	views_push(d->views, view_log_new(&d->host, "res-31"));
	draw(d);
	while (views_idle(d->views))
		draw(d);
	draw(d);
}

static inline void let_it_work(struct desk *d)
{
	for (int i = 0; i < 10000 && views_idle(d->views); i++)
		draw(d);
	draw(d);
}

/* The difference of two texts alone. */
static inline void begin_diff(struct desk *d, const char *old, const char *new, const char *id,
			      int rows, int cols)
{
	set_up(d, rows, cols);
	views_push(d->views,
		   view_diff_new(&d->host, &(struct diff_ask){.name = "res-31",
							      .label = "2026-09-15 · IRM-2",
							      .from = "2026-06-17",
							      .to = "2026-09-15 · IRM-2",
							      .old = slice_of(old),
							      .new = slice_of(new),
							      .old_id = id,
							      .new_id = "0a1b"}));
	draw(d);
	let_it_work(d);
}

static inline void end(struct desk *d)
{
	views_free(d->views);
	assert_int_equal(d->open, 0);
	parties_release(&d->parties);
	canvas_release(&d->canvas);
	str_release(&d->dump);
	free(d->all);
	str_release(&d->asked);
	free(d->subject);
	free(d->made);
}

/* Keys by name, parted by blanks. */
static inline void press(struct desk *d, const char *names)
{
	while (press_next(d->views, &names))
		draw(d);
}

#endif
