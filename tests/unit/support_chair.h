/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_CHAIR_H
#define TESTS_SUPPORT_CHAIR_H

#include "support_view.h"

#include "core/mem.h"
#include "core/resolve.h"
#include "core/verdict.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_chair.h"

#include <stdio.h>
#include <string.h>
/* What the tests of the Chair share: a host, keys, screens. */

/* A host that decides on the open text alone and remembers what it was asked. */
struct fake {
	struct host host;
	struct parties parties;
	struct doc *doc;
	char words[200], subject[100], reason[64], until[32], message[64];
	size_t linked, decisions, undos;
	const char *whose;     /* the last decision is; NULL: the user's */
	int ready;             /* what decide_ready answers */
	struct views *refuses; /* decide shows it there, and fails */
	bool new_file;         /* what file_state answers */
	struct agreed_list agreed;
	struct agreed entry;
	struct deferred_list deferred;
	struct deferred put_off;
	char text[64]; /* storage of their texts */
	bool closed;
};

static inline void draw(struct views *vs)
{
	struct canvas c;

	canvas_init(&c, 24, 80);
	views_draw(vs, &c);
	canvas_release(&c);
}

static inline int decide_ready(void *data, struct doc *doc, struct error *err)
{
	struct fake *f = data;

	(void)doc;
	return f->ready ? error_set(err, f->ready, "pending") : 0;
}

static inline int file_state(void *data, struct doc *doc, struct host_file_state *state,
			     struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)err;
	*state = (struct host_file_state){.new_file = f->new_file};
	return 0;
}

static inline int decide(void *data, struct doc *doc, const struct edits *edits,
			 const struct resolved *what, struct slice reason, struct str *id,
			 struct error *err)
{
	struct fake *f = data;

	(void)reason;
	doc_apply(doc, edits);
	if (f->refuses) {
		draw(f->refuses);
		assert_true(doc_undo(doc, NULL));
		return error_set(err, ST_FAIL, "the disk is full");
	}
	snprintf(f->words, sizeof(f->words), "%s", str_text((struct str *)&what->words));
	f->linked = what->linked;
	f->decisions++;
	str_add_text(id, "abc1234");
	return 0;
}

static inline int edit(void *data, struct doc *doc, const struct edits *edits,
		       struct slice subject, struct str *id, struct error *err)
{
	struct fake *f = data;

	(void)err;
	doc_apply(doc, edits);
	snprintf(f->subject, sizeof(f->subject), "%.*s", (int)subject.len, subject.p);
	str_add_text(id, "abc1234");
	return 0;
}

static inline int undo(void *data, struct doc *doc, struct host_undo *u, size_t *at,
		       struct error *err)
{
	struct fake *f = data;

	if (!u->commit.len) {
		str_add_text(&u->what, "point 1, option 2");
		str_add_text(&u->commit, "abc1234");
		if (f->whose)
			str_add_text(&u->whose, f->whose);
		if (u->whose.len)
			return 1;
	}
	if (!doc_undo(doc, at))
		return error_set(err, ST_MISSING, "no decision is left to undo");
	f->undos++;
	return 0;
}

static inline int commit(void *data, struct doc *doc, struct slice message, struct str *id,
			 struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)err;
	snprintf(f->message, sizeof(f->message), "%.*s", (int)message.len, message.p);
	f->ready = 0;
	str_add_text(id, "abc1234");
	return 0;
}

static inline int set_aside(void *data, struct doc *doc, struct error *err)
{
	(void)doc;
	(void)err;
	((struct fake *)data)->ready = 0;
	return 0;
}

static inline void propose(void *data, struct doc *doc, struct str *message)
{
	(void)data;
	str_addf(message, "%s: edits", doc->name);
}

static inline int defer(void *data, struct doc *doc, uint32_t point, struct slice reason,
			struct slice until, struct error *err)
{
	struct fake *f = data;

	(void)doc;
	(void)point;
	(void)err;
	snprintf(f->reason, sizeof(f->reason), "%.*s", (int)reason.len, reason.p);
	snprintf(f->until, sizeof(f->until), "%.*s", (int)until.len, until.p);
	return 0;
}

static inline const struct deferred_list *deferred(void *data, struct doc *doc)
{
	(void)doc;
	return &((struct fake *)data)->deferred;
}

static inline int agree(void *data, struct doc *doc, size_t at, bool agreed, struct error *err)
{
	struct fake *f = data;
	uint32_t i = draft_paragraph_at(&doc->draft, at);

	(void)err;
	draft_digest(&doc->draft, doc->flat, &doc->brackets, i, f->entry.digest);
	f->agreed = (struct agreed_list){&f->entry, agreed, 1};
	return 0;
}

static inline const struct agreed_list *agreed(void *data, struct doc *doc)
{
	(void)doc;
	return &((struct fake *)data)->agreed;
}

static inline const char *setting(void *data, const char *key)
{
	(void)data;
	return strcmp(key, "meeting") == 0 ? "IRM-2" : "";
}

static inline void close_doc(void *data, struct doc *doc)
{
	(void)doc;
	((struct fake *)data)->closed = true;
}

static inline struct views *begin(struct fake *f, const char *text)
{
	struct views *vs;

	memset(f, 0, sizeof(*f));
	parties_init_regions(&f->parties);
	f->entry = (struct agreed){.begins = f->text, .meeting = f->text, .date = f->text};
	f->doc = doc_new("res-31", NULL, slice_of(text), &f->parties);
	f->host = (struct host){.data = f,
				.decide_ready = decide_ready,
				.file_state = file_state,
				.decide = decide,
				.edit = edit,
				.undo_decision = undo,
				.commit = commit,
				.set_aside = set_aside,
				.propose_message = propose,
				.defer = defer,
				.deferred = deferred,
				.agree = agree,
				.agreed = agreed,
				.setting = setting,
				.close = close_doc};
	vs = views_new(&f->host);
	views_push(vs, view_chair_new(&f->host, f->doc, SIZE_MAX));
	return vs;
}

static inline void end(struct fake *f, struct views *vs)
{
	views_free(vs);
	assert_true(f->closed);
	doc_free(f->doc);
	parties_release(&f->parties);
}

static inline void press(struct views *vs, uint32_t code)
{
	struct key key = key_of(code);

	draw(vs);
	views_key(vs, &key);
	draw(vs);
}

static inline void type(struct views *vs, const char *text)
{
	for (; *text; text++)
		press(vs, (unsigned char)*text);
}

static inline void assert_text_has(const struct fake *f, const char *text)
{
	doc_refresh(f->doc);
	assert_non_null(memmem(f->doc->flat.p, f->doc->flat.len, text, strlen(text)));
}

#endif
