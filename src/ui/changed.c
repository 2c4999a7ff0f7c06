/* SPDX-License-Identifier: MIT */
#include "ui/changed.h"

#include "ui/told.h"
#include "ui/tr.h"
#include "ui/view_diff.h"

void changed_label(struct str *out, const struct host_version *v, bool who)
{
	str_add_text(out, v->date);
	if (*v->meeting)
		str_addf(out, " · %s", v->meeting);
	if (who && *v->author)
		str_addf(out, " · %s", v->author);
}

/* Two versions of one day and meeting are told apart by their ids. */
static void add_sides(const struct changed *c, struct str *from, struct str *to)
{
	changed_label(to, c->v, false);
	if (!c->since) {
		str_add_text(from, c->v->left ? _("left behind") : _("before"));
		return;
	}
	changed_label(from, c->since, false);
	if (slice_equal(str_slice(from), str_slice(to))) {
		str_addf(from, " · %.7s", c->since->id);
		str_addf(to, " · %.7s", c->v->id);
	}
}

void changed_show(struct view *from, const struct changed *c)
{
	const struct host_version *v = c->v;
	struct str label = STR_INIT, old = STR_INIT, new = STR_INIT, subject = STR_INIT;
	struct diff_ask ask = {.name = c->name,
			       .old = c->old,
			       .new = c->new,
			       .old_id = c->since ? c->since->id : v->parent,
			       .new_id = v->id,
			       .path = v->path,
			       .one_step = !c->since && !v->merge,
			       .aimed = c->old_at != SIZE_MAX || c->new_at != SIZE_MAX,
			       .old_at = c->old_at,
			       .new_at = c->new_at};

	add_sides(c, &old, &new);
	if (c->since)
		str_addf(&label, _("from %s to %s"), str_text(&old), str_text(&new));
	else
		changed_label(&label, v, true);
	if (!c->since)
		str_add_slice(&subject, told_subject(v->message, ""));
	if (!ask.old_id || !*ask.old_id)
		ask.old_id = NULL;
	ask.label = str_text(&label);
	ask.from = str_text(&old);
	ask.to = str_text(&new);
	ask.subject = str_text(&subject);
	views_push(from->views, view_diff_new(from->host, &ask));
	str_release(&label);
	str_release(&old);
	str_release(&new);
	str_release(&subject);
}
