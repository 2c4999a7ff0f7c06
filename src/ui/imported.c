/* SPDX-License-Identifier: MIT */
#include "ui/imported.h"

#include "core/show.h"
#include "core/wording.h"
#include "ui/tr.h"

#define ASIDE_SHOWN 60 /* columns of a page header */

/* "3 insertions, 1 deletion" */
static void add_changes(struct str *out, const struct tracked_author *a)
{
	if (a->insertions)
		str_addf(out, n_("%zu insertion", "%zu insertions", a->insertions),
			 a->insertions);
	if (a->insertions && a->deletions)
		str_add_text(out, ", ");
	if (a->deletions)
		str_addf(out, n_("%zu deletion", "%zu deletions", a->deletions), a->deletions);
}

static void add_name(struct str *out, const struct tracked_author *a)
{
	if (*a->name)
		show_add(out, a->name, strlen(a->name), SHOW_LINE);
	else
		str_add_text(out, _("somebody without a name"));
}

static void say_changes(struct str *out, const struct tracked_author *a, enum tracked_how how,
			const struct parties *parties)
{
	uint16_t party = tracked_party(parties, slice_of(a->name));
	struct str name = STR_INIT, changes = STR_INIT;

	add_name(&name, a);
	add_changes(&changes, a);
	if (how == TRACKED_ACCEPT)
		str_addf(out, _("tracked changes of %s, taken as accepted: %s\n"),
			 str_text(&name), str_text(&changes));
	else if (how == TRACKED_REJECT)
		str_addf(out, _("tracked changes of %s, taken as rejected: %s\n"),
			 str_text(&name), str_text(&changes));
	else if (how == TRACKED_ASKED)
		str_addf(out, _("tracked changes of %s: %s\n"), str_text(&name),
			 str_text(&changes));
	else if (party == PARTY_NONE)
		str_addf(out, _("tracked changes of %s, in brackets without a party: %s\n"),
			 str_text(&name), str_text(&changes));
	else
		str_addf(out, _("tracked changes of %s, in brackets for %s: %s\n"),
			 str_text(&name), parties->v[party].code, str_text(&changes));
	str_release(&name);
	str_release(&changes);
}

static void say_comments(struct str *out, const struct tracked_author *a)
{
	struct str name = STR_INIT;

	add_name(&name, a);
	str_addf(out,
		 n_("%zu comment of %s is left out\n", "%zu comments of %s are left out\n",
		    a->comments),
		 a->comments, str_text(&name));
	str_release(&name);
}

static void say_aside(struct str *out, struct slice lines)
{
	while (lines.len) {
		size_t len = (size_t)(slice_find(lines, "\n") - lines.p);
		struct str brief = STR_INIT;

		wording_brief(&brief, slice_make(lines.p, len), ASIDE_SHOWN);
		str_addf(out, _("page header or footer, left out: \"%s\"\n"), str_text(&brief));
		str_release(&brief);
		lines = slice_make(lines.p + len + 1, lines.len - len - 1);
	}
}

static void say_rest(struct str *out, const struct tracked *t)
{
	if (t->boxes)
		str_addf(out,
			 n_("%zu text box: its text comes after the paragraph or table that "
			    "holds it\n",
			    "%zu text boxes: their text comes after the paragraph or table "
			    "that holds them\n",
			    t->boxes),
			 t->boxes);
	if (t->struck)
		str_addf(out,
			 n_("%zu stretch is struck through by hand; it stands as text\n",
			    "%zu stretches are struck through by hand; they stand as text\n",
			    t->struck),
			 t->struck);
	if (t->drawings)
		str_addf(out,
			 n_("%zu chart or diagram is left out\n",
			    "%zu charts or diagrams are left out\n", t->drawings),
			 t->drawings);
	say_aside(out, str_slice(&t->aside));
	if (t->unseen)
		str_add_text(out,
			     _("tracked changes here are taken as accepted, uncounted; "
			       "comments, page headers and text boxes are left out: save the "
			       "file as .docx to see them\n"));
	if (t->heading)
		str_addf(out,
			 _("line %zu: a table's heading row is empty; pandoc leaves those of "
			   "an .odt out: if it had words, save the file as .docx, or type "
			   "them in\n"),
			 t->heading);
}

void imported_say(struct str *out, const struct unwrapped *u, const struct tracked *t,
		  enum tracked_how how, const struct parties *parties)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->authors[i].insertions || t->authors[i].deletions)
			say_changes(out, &t->authors[i], how, parties);
	for (size_t i = 0; i < t->n; i++)
		if (t->authors[i].comments)
			say_comments(out, &t->authors[i]);
	say_rest(out, t);
	for (int i = 0; i < UNWRAP_REASONS; i++)
		if (u->count[i])
			str_addf(out, "%zu × %s\n", u->count[i],
				 _(unwrap_reason_text((enum unwrap_reason)i)));
}
