/* SPDX-License-Identifier: MIT */
#include "core/verdict.h"

#include "core/wording.h"

#include <string.h>

/*
 * Verdicts in words. Sentences are templates with {names}, so that a
 * translation can put them where its language wants them.
 */

static const char *in(verdict_translate *tr, const char *text)
{
	return tr ? tr(text) : text;
}

/* What the names in a template stand for; NULL: it has none. */
struct fill {
	const char *on;   /* {on}: the option */
	const char *who;  /* {who}: parties */
	const char *n;    /* {n}, a number */
	const char *most; /* {most}, another */
};

static void add_filled(struct str *out, const char *template, const struct fill *f)
{
	const struct {
		const char *name, *text;
	} names[] = {{"{on}", f->on}, {"{who}", f->who}, {"{n}", f->n}, {"{most}", f->most}};

	while (*template) {
		size_t i = 0, count = sizeof(names) / sizeof(names[0]);

		while (i < count && (!names[i].text || strncmp(template, names[i].name,
							       strlen(names[i].name)) != 0))
			i++;
		if (i < count) {
			str_add_text(out, names[i].text);
			template += strlen(names[i].name);
		} else {
			str_add_char(out, *template ++);
		}
	}
}

const char *verdict_word(enum verdict_kind kind)
{
	static const char *const words[VERDICT_KINDS] = {[VERDICT_SILENT] = N_("silent"),
							 [VERDICT_DEADLOCK] = N_("deadlock"),
							 [VERDICT_SPLIT] = N_("split"),
							 [VERDICT_NEAR] = N_("near-consensus"),
							 [VERDICT_CONSENSUS] = N_("consensus")};

	return words[kind];
}

void verdict_add_option(struct str *out, const struct verdict *v, uint32_t option,
			verdict_translate *tr)
{
	struct str number = STR_INIT;

	str_addf(&number, "%u", option);
	if (option == 0)
		str_add_text(out, in(tr, N_("no text")));
	else if (option == 1 && v->n_options == 1)
		str_add_text(out, in(tr, N_("the text")));
	else
		add_filled(out, in(tr, N_("option {n}")),
			   &(struct fill){.n = str_text(&number)});
	str_release(&number);
}

/* ---- who ---- */

static void add_code(struct str *out, const struct parties *parties, size_t party)
{
	/* A code is from a file: what was found there. */
	wording_brief(out, slice_of(parties->v[party].code), 20);
}

/* "AFR (red line), EUR": parties of that stance on that outcome. UINT32_MAX: whatever it is, or
 * none. False where there is none. */
static bool add_who(struct str *out, const struct standing *s, const struct parties *parties,
		    enum stance stance, uint32_t outcome, verdict_translate *tr)
{
	bool any = false;

	for (size_t i = 0; i < parties->n; i++) {
		if (!s[i].position || s[i].stance != stance ||
		    (outcome != UINT32_MAX &&
		     (!s[i].has_option || s[i].gone || s[i].outcome != outcome)))
			continue;
		if (any)
			str_add_text(out, ", ");
		add_code(out, parties, i);
		if (s[i].red_line)
			str_addf(out, " (%s)", in(tr, N_("red line")));
		if (s[i].stale)
			str_addf(out, " (%s)", in(tr, N_("wording changed since")));
		any = true;
	}
	return any;
}

static void add_objectors(struct str *out, const struct standing *s,
			  const struct parties *parties)
{
	const char *join = "";

	for (size_t i = 0; i < parties->n; i++) {
		if (!s[i].spoke || s[i].endorses)
			continue;
		str_add_text(out, join);
		add_code(out, parties, i);
		join = ", ";
	}
}

/* "AFR on option 3, EUR against the text" */
static void add_red_lines(struct str *out, const struct verdict *v, const struct standing *s,
			  const struct parties *parties, verdict_translate *tr)
{
	struct str who = STR_INIT, on = STR_INIT;
	const char *join = "";

	for (size_t i = 0; i < parties->n; i++) {
		bool against = s[i].stance == STANCE_OPPOSES;

		if (!s[i].red_line)
			continue;
		str_clear(&who);
		str_clear(&on);
		add_code(&who, parties, i);
		verdict_add_option(&on, v, s[i].has_option ? s[i].outcome : 1, tr);
		str_add_text(out, join);
		add_filled(out,
			   in(tr, against ? N_("{who} against {on}") : N_("{who} on {on}")),
			   &(struct fill){.who = str_text(&who), .on = str_text(&on)});
		join = ", ";
	}
	str_release(&who);
	str_release(&on);
}

/* ---- one line ---- */

void verdict_brief(struct str *out, const struct verdict *v, const struct standing *s,
		   const struct parties *parties, verdict_translate *tr)
{
	struct str on = STR_INIT, who = STR_INIT;
	struct fill fill;

	if (v->has_option)
		verdict_add_option(&on, v, v->option, tr);
	if (v->kind == VERDICT_NEAR)
		add_objectors(&who, s, parties);
	else if (v->kind == VERDICT_DEADLOCK)
		add_red_lines(&who, v, s, parties, tr);
	fill = (struct fill){.on = str_text(&on), .who = str_text(&who)};
	if (v->kind == VERDICT_CONSENSUS)
		add_filled(out, in(tr, N_("consensus on {on}")), &fill);
	else if (v->kind == VERDICT_NEAR)
		add_filled(out, in(tr, N_("near-consensus on {on}: {who} objects")), &fill);
	else if (v->kind == VERDICT_DEADLOCK)
		add_filled(out, in(tr, N_("deadlock: {who}")), &fill);
	else
		str_add_text(out, in(tr, verdict_word(v->kind)));
	str_release(&on);
	str_release(&who);
}

void verdict_anonymous(struct str *out, const struct verdict *v, verdict_translate *tr)
{
	struct str on = STR_INIT, n = STR_INIT, most = STR_INIT;
	struct fill fill;

	if (v->has_option)
		verdict_add_option(&on, v, v->option, tr);
	str_addf(&n, "%zu", v->spoke);
	str_addf(&most, "%zu", v->supporters + v->accepters);
	fill = (struct fill){.on = str_text(&on), .n = str_text(&n), .most = str_text(&most)};
	if (v->kind == VERDICT_CONSENSUS)
		add_filled(out, in(tr, N_("consensus on {on} ({most} of {n})")), &fill);
	else if (v->kind == VERDICT_NEAR)
		add_filled(out, in(tr, N_("near-consensus on {on} ({most} of {n})")), &fill);
	else if (v->kind == VERDICT_SPLIT && v->spoke == 1)
		str_add_text(out, in(tr, N_("split; only one spoke")));
	else if (v->kind == VERDICT_SPLIT && 2 * (v->supporters + v->accepters) > v->spoke)
		add_filled(out, in(tr, N_("split; most for {on} ({most} of {n})")), &fill);
	else
		str_add_text(out, in(tr, verdict_word(v->kind)));
	str_release(&on);
	str_release(&n);
	str_release(&most);
}

/* ---- why ---- */

static void add_reason(struct str *out, const struct verdict *v, verdict_translate *tr)
{
	struct str n = STR_INIT;
	const char *text = NULL;

	str_addf(&n, "%zu", v->spoke);
	if (v->kind == VERDICT_CONSENSUS)
		text = N_("All {n} that spoke agree.");
	else if (v->kind == VERDICT_NEAR)
		text = N_("All but one of {n} agree.");
	else if (v->kind == VERDICT_DEADLOCK)
		text = v->red_lines > 1 ? N_("The red lines exclude each other.")
					: N_("A red line stands against the only wording.");
	else if (v->kind == VERDICT_SILENT)
		text = N_("Nobody has spoken.");
	else
		text = v->spoke == 1   ? N_("Only one has spoken.")
		       : v->has_option ? N_("The {n} that spoke want different things.")
				       : N_("{n} spoke, and none wants what is on offer.");
	add_filled(out, in(tr, text), &(struct fill){.n = str_text(&n)});
	if (v->kind == VERDICT_CONSENSUS && !v->firm)
		str_addf(out, " %s",
			 in(tr, N_("It rests on positions on an older wording: ask again.")));
	str_release(&n);
}

/* "For option 2: AFR, EUR; can accept it: AMS." and who is against it. */
static void add_option_voices(struct str *out, const struct verdict *v,
			      const struct standing *s, const struct parties *parties,
			      uint32_t option, verdict_translate *tr)
{
	static const struct {
		enum stance stance;
		const char *text;
	} voices[] = {{STANCE_SUPPORTS, N_("For {on}: {who}.")},
		      {STANCE_ACCEPTS, N_("Can accept {on}: {who}.")},
		      {STANCE_OPPOSES, N_("Against {on}: {who}.")}};
	struct str on = STR_INIT, who = STR_INIT;

	verdict_add_option(&on, v, option, tr);
	for (size_t i = 0; i < sizeof(voices) / sizeof(voices[0]); i++) {
		str_clear(&who);
		if (!add_who(&who, s, parties, voices[i].stance, option, tr))
			continue;
		str_add_char(out, ' ');
		add_filled(out, in(tr, voices[i].text),
			   &(struct fill){.on = str_text(&on), .who = str_text(&who)});
	}
	str_release(&on);
	str_release(&who);
}

static void add_rest(struct str *out, const char *text, struct str *who, verdict_translate *tr)
{
	if (who->len > 0) {
		str_add_char(out, ' ');
		add_filled(out, in(tr, text), &(struct fill){.who = str_text(who)});
	}
	str_clear(who);
}

/* Whose opposition names no option, who reserves, who has nothing to say. */
static void add_others(struct str *out, const struct standing *s, const struct parties *parties,
		       verdict_translate *tr)
{
	struct str who = STR_INIT;

	for (size_t i = 0; i < parties->n; i++) {
		if (s[i].stance != STANCE_OPPOSES || s[i].has_option)
			continue;
		str_add_text(&who, who.len ? ", " : "");
		add_code(&who, parties, i);
		if (s[i].red_line)
			str_addf(&who, " (%s)", in(tr, N_("red line")));
	}
	add_rest(out, N_("Against all of it: {who}."), &who, tr);
	for (size_t i = 0; i < parties->n; i++) {
		if (!s[i].gone || s[i].stance == STANCE_RESERVES)
			continue;
		str_add_text(&who, who.len ? ", " : "");
		add_code(&who, parties, i);
	}
	add_rest(out, N_("On an option that is gone: {who}."), &who, tr);
	add_who(&who, s, parties, STANCE_RESERVES, UINT32_MAX, tr);
	add_rest(out, N_("Reserves: {who}."), &who, tr);
	add_who(&who, s, parties, STANCE_NONE, UINT32_MAX, tr);
	add_rest(out, N_("No position: {who}."), &who, tr);
	for (size_t i = 0; i < parties->n; i++) {
		if (s[i].position)
			continue;
		str_add_text(&who, who.len ? ", " : "");
		add_code(&who, parties, i);
	}
	add_rest(out, N_("Silent: {who}."), &who, tr);
	str_release(&who);
}

void verdict_explain(struct str *out, const struct verdict *v, const struct standing *s,
		     const struct parties *parties, verdict_translate *tr)
{
	add_reason(out, v, tr);
	if (v->spoke == 0) {
		struct str who = STR_INIT;

		add_who(&who, s, parties, STANCE_NONE, UINT32_MAX, tr);
		add_rest(out, N_("No position: {who}."), &who, tr);
		str_release(&who);
		return;
	}
	/* What most want first; then the others in order, no text last. */
	if (v->has_option)
		add_option_voices(out, v, s, parties, v->option, tr);
	for (uint32_t k = 1; k <= v->n_options; k++)
		if (!v->has_option || k != v->option)
			add_option_voices(out, v, s, parties, k, tr);
	if (!v->has_option || v->option != 0)
		add_option_voices(out, v, s, parties, 0, tr);
	add_others(out, s, parties, tr);
}

static void add_number(struct str *out, const struct verdict *v, uint32_t option)
{
	if (v->n_options != 1 || option != 1)
		str_addf(out, "%u", option);
}

void standing_sign(struct str *out, const struct standing *s, const struct verdict *v)
{
	static const char *const signs[] = {[STANCE_NONE] = "o",
					    [STANCE_SUPPORTS] = "+",
					    [STANCE_ACCEPTS] = "~",
					    [STANCE_OPPOSES] = "-",
					    [STANCE_RESERVES] = "\xc2\xb0"};

	if (!s->position) {
		if (s->wrote)
			str_addf(out, "(%u)", s->wrote_option);
		else
			str_add_text(out, "\xc2\xb7");
		return;
	}
	if (s->red_line)
		str_add_char(out, '!');
	if (!s->red_line || s->stance != STANCE_SUPPORTS)
		str_add_text(out, signs[s->stance]);
	if (s->has_option)
		add_number(out, v, s->option);
	if (s->stale)
		str_add_char(out, '*');
}

void standing_words(struct str *out, const struct standing *s, const struct verdict *v,
		    verdict_translate *tr)
{
	static const char *const with[] = {[STANCE_NONE] = N_("no position"),
					   [STANCE_SUPPORTS] = N_("supports {on}"),
					   [STANCE_ACCEPTS] = N_("can accept {on}"),
					   [STANCE_OPPOSES] = N_("opposes {on}"),
					   [STANCE_RESERVES] = N_("reserves its position")};
	struct str on = STR_INIT;

	if (!s->position) {
		str_add_text(out, in(tr, N_("silent")));
		return;
	}
	if (s->has_option)
		verdict_add_option(&on, v, s->option, tr);
	else
		str_add_text(&on, in(tr, N_("all of it")));
	add_filled(out, in(tr, with[s->stance]), &(struct fill){.on = str_text(&on)});
	if (s->red_line)
		str_addf(out, " (%s)", in(tr, N_("red line")));
	else if (s->strength == STRENGTH_FLEXIBLE)
		str_addf(out, " (%s)", in(tr, N_("flexible")));
	if (s->gone)
		str_addf(out, " (%s)", in(tr, N_("this option is gone")));
	else if (s->stale)
		str_addf(out, " (%s)", in(tr, N_("wording changed since")));
	str_release(&on);
}
