/* SPDX-License-Identifier: MIT */
#include "ui/repeats.h"

#include "ui/tr.h"

const char *repeats_outcome(enum overlap_outcome outcome)
{
	static const char *const words[] = {[OVERLAP_SUPPRESS] = N_("suppress"),
					    [OVERLAP_TRIM] = N_("trim"),
					    [OVERLAP_MERGE] = N_("merge")};

	return _(words[outcome]);
}

int repeats_hundredths(double share)
{
	int percent = (int)(share * 100 + 0.5);

	if (percent == 100 && share < 1)
		return 99;
	return percent == 0 && share > 0 ? 1 : percent;
}

void repeats_percent(double share, struct str *out)
{
	str_addf(out, _("%d %%"), repeats_hundredths(share));
}

static void suggest_trim(const struct overlap_pair *p, const char *of, const char *other,
			 const char *share, int side, struct str *out)
{
	size_t n = p->paragraphs[side];

	if (p->of == OVERLAP_NONE)
		str_addf(out,
			 n_("trim one of them: %zu paragraph stands in both",
			    "trim one of them: %zu paragraphs stand in both", n),
			 n);
	else
		str_addf(out,
			 n_("trim %s: %zu paragraph (%s of it) stands in %s too",
			    "trim %s: %zu paragraphs (%s of it) stand in %s too", n),
			 of, n, share, other);
}

void repeats_suggest(const struct overlap *o, const struct overlap_pair *p,
		     const char *const *names, struct str *out)
{
	int side = p->of == p->b;
	const char *of = names[side ? p->b : p->a], *other = names[side ? p->a : p->b];
	struct str mine = STR_INIT, theirs = STR_INIT;

	repeats_percent(overlap_share(o, p, side), &mine);
	repeats_percent(overlap_share(o, p, !side), &theirs);
	switch (p->outcome) {
	case OVERLAP_SUPPRESS:
		if (overlap_share(o, p, 0) >= 1 && overlap_share(o, p, 1) >= 1)
			str_add_text(out, _("suppress one of them: they say the same"));
		else if (p->of == OVERLAP_NONE)
			str_addf(out,
				 _("suppress one of them: %s of either stands in the other"),
				 str_text(&mine));
		else
			str_addf(out, _("suppress %s: %s of it stands in %s"), of,
				 str_text(&mine), other);
		break;
	case OVERLAP_MERGE:
		str_addf(out, _("merge them: %s of %s stands in %s, %s the other way round"),
			 str_text(&mine), of, other, str_text(&theirs));
		break;
	case OVERLAP_TRIM:
		suggest_trim(p, of, other, str_text(&mine), side, out);
		break;
	}
	str_release(&mine);
	str_release(&theirs);
}

void repeats_relation(const struct overlap *o, const struct overlap_match *m, struct str *out)
{
	bool a_within = overlap_match_share(o, m, 0) >= overlap_match_share(o, m, 1);
	struct str share = STR_INIT;

	switch (overlap_relation(o, m)) {
	case OVERLAP_SAME:
		/* Their brackets and signs need not be. */
		str_add_text(out, _("the same words"));
		break;
	case OVERLAP_NEARLY:
		str_add_text(out, _("nearly the same"));
		break;
	case OVERLAP_WITHIN:
		str_add_text(out, a_within ? _("the first stands in the second")
					   : _("the second stands in the first"));
		break;
	case OVERLAP_PARTLY:
		repeats_percent(overlap_match_share(o, m, a_within ? 0 : 1), &share);
		str_addf(out, _("partly: %s of the shorter"), str_text(&share));
		break;
	}
	str_release(&share);
}

void repeats_common(const struct overlap_common *c, struct str *out)
{
	str_addf(out, n_("stands in %u draft", "stands in %u drafts", c->drafts), c->drafts);
}
