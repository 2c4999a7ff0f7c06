/* SPDX-License-Identifier: MIT */
#include "ui/voice.h"

#include "ui/theme.h"
#include "ui/tr.h"

uint32_t voice_style(const struct standing *s)
{
	if (s->red_line)
		return STYLE_ERROR;
	switch (s->stance) {
	case STANCE_SUPPORTS:
		return STYLE_OK;
	case STANCE_ACCEPTS:
		return STYLE_AGREED;
	case STANCE_OPPOSES:
		return STYLE_WARN;
	case STANCE_RESERVES:
		return STYLE_DEFERRED;
	case STANCE_NONE:
		break;
	}
	return STYLE_DIM;
}

uint32_t voice_verdict_style(enum verdict_kind kind)
{
	static const uint32_t styles[VERDICT_KINDS] = {[VERDICT_SILENT] = STYLE_DIM,
						       [VERDICT_DEADLOCK] = STYLE_ERROR,
						       [VERDICT_SPLIT] = STYLE_WARN,
						       [VERDICT_NEAR] = STYLE_AGREED,
						       [VERDICT_CONSENSUS] = STYLE_OK};

	return styles[kind];
}

void voice_add_stance(struct str *out, const struct standing *s, const struct verdict *v)
{
	standing_words(out, s, v, tr_text);
	if (s->position && s->strength == STRENGTH_PREFERS)
		str_addf(out, " (%s)", _("prefers it"));
	if (!s->position && s->wrote)
		str_addf(out, _("; the text names it with option %u"), s->wrote_option);
}

static void add_part(struct str *out, const char *part)
{
	if (!part || !*part)
		return;
	if (out->len)
		str_add_text(out, " · ");
	str_add_text(out, part);
}

void voice_add_origin(struct str *out, const struct position *p)
{
	if (!p)
		return;
	add_part(out, p->source);
	add_part(out, p->meeting);
	if (*p->date) {
		add_part(out, _("since "));
		str_add_text(out, p->date);
	}
	add_part(out, p->note);
}

bool voice_add_focal(struct str *out, const struct party *party, const char *draft, bool emails)
{
	const struct focal_point *f = NULL;
	const char *join = "";

	while ((f = party_focal(party, f, slice_of(draft), SLICE("")))) {
		str_addf(out, "%s%s", join, f->name);
		if (emails && *f->email)
			str_addf(out, " <%s>", f->email);
		join = ", ";
	}
	return *join != '\0';
}
