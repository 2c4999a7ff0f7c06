/* SPDX-License-Identifier: MIT */
#include "report_impl.h"

#include "core/error.h"
#include "core/show.h"

#include <string.h>

/* Reports as Markdown, HTML and CSV. Nothing here knows of parties: see the header. */

const char *report_in(const struct writer *w, const char *text)
{
	return w->tr ? w->tr(text) : text;
}

bool report_format_find(struct slice word, enum report_format *format)
{
	static const char *const words[] = {
		[REPORT_MARKDOWN] = "md", [REPORT_HTML] = "html", [REPORT_CSV] = "csv"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(word, words[i])) {
			*format = (enum report_format)i;
			return true;
		}
	return false;
}

/* One line without what could move a cursor or hide text; a sign stands for line ends. */
void report_clean(struct str *out, struct slice text)
{
	for (size_t i = 0, end; i < text.len; i = end) {
		size_t lines = 0;

		for (end = i; end < text.len && text.p[end] != '\n'; end++)
			;
		show_add(out, text.p + i, end - i - (end > i && text.p[end - 1] == '\r'),
			 SHOW_LINE);
		for (; end < text.len && (text.p[end] == '\n' || text.p[end] == '\r'); end++)
			lines++;
		if (lines && end < text.len)
			str_add_text(out, " ¶ ");
	}
}

/* ---- counts in words ---- */

static void add_count(const struct writer *w, struct str *out, const char *what, size_t n)
{
	if (n)
		str_addf(out, "%s%s: %zu", out->len ? "; " : "", report_in(w, what), n);
}

/* Who is behind an option, or how many. */
void report_behind(const struct writer *w, const struct report_option *o, struct str *out)
{
	if (w->r->n_columns) {
		str_add_slice(out, str_slice(&o->who));
		return;
	}
	add_count(w, out, N_("supports"), o->supports);
	add_count(w, out, N_("can accept"), o->accepts);
	add_count(w, out, N_("opposes"), o->opposes);
	add_count(w, out, N_("red lines"), o->red_lines);
}

/* What there is to say beyond the options. */
void report_remarks(const struct writer *w, const struct report_point *p, struct str *out)
{
	if (!w->r->n_columns) {
		add_count(w, out, N_("reserves"), p->reserves);
		add_count(w, out, N_("silent"), p->silent);
	}
	add_count(w, out, N_("on an older wording"), p->stale);
	if (p->put_off)
		str_addf(out, "%s%s", out->len ? "; " : "", report_in(w, N_("put off")));
}

void report_option_text(const struct writer *w, const struct report_option *o, struct str *out)
{
	if (o->text.len)
		str_add_slice(out, str_slice(&o->text));
	else
		str_add_text(out, report_in(w, N_("no text")));
}

void report_place(const struct writer *w, const struct report_point *p, struct str *out)
{
	if (p->parent)
		str_addf(out, "%s %u", report_in(w, N_("inside point")), p->parent);
	else
		str_add_slice(out, str_slice(&p->place));
}

/* ---- Markdown ---- */

/* What would be markup anywhere, and what would be at the start of a line. */
static void markdown(struct str *out, struct slice text)
{
	struct str shown = STR_INIT;
	size_t digits = 0;

	report_clean(&shown, text);
	while (digits < shown.len && shown.p[digits] >= '0' && shown.p[digits] <= '9')
		digits++;
	for (size_t i = 0; i < shown.len; i++) {
		char c = shown.p[i];

		if (strchr("\\`*_{}[]<>|~&$^", c) || (i == 0 && strchr("#+-=:.!", c)) ||
		    (i == digits && digits && strchr(".)", c)))
			str_add_char(out, '\\');
		str_add_char(out, c);
	}
	str_release(&shown);
}

static void markdown_table(const struct writer *w, const struct report_draft *d)
{
	struct str *out = w->out;

	str_addf(out, "| %s |", report_in(w, N_("Point")));
	for (size_t i = 0; i < w->r->n_columns; i++) {
		str_add_char(out, ' ');
		markdown(out, str_slice(&w->r->columns[i]));
		str_add_text(out, " |");
	}
	if (!w->r->n_columns)
		str_addf(out, " %s | %s |", report_in(w, N_("Spoke")),
			 report_in(w, N_("Silent")));
	str_addf(out, " %s |\n|---|", report_in(w, N_("Verdict")));
	for (size_t i = 0; i < (w->r->n_columns ? w->r->n_columns : 2); i++)
		str_add_text(out, "---|");
	str_add_text(out, "---|\n");
	for (size_t k = 0; k < d->n; k++) {
		const struct report_point *p = &d->v[k];

		str_addf(out, "| %u |", p->number);
		for (size_t i = 0; i < w->r->n_columns; i++) {
			str_add_char(out, ' ');
			markdown(out, str_slice(&p->signs[i]));
			str_add_text(out, " |");
		}
		if (!w->r->n_columns)
			str_addf(out, " %zu | %zu |", p->spoke, p->silent);
		str_add_char(out, ' ');
		markdown(out, str_slice(&p->verdict));
		str_add_text(out, " |\n");
	}
	str_add_char(out, '\n');
}

static void markdown_point(const struct writer *w, const struct report_point *p)
{
	struct str text = STR_INIT, *out = w->out;

	report_place(w, p, &text);
	str_addf(out, "### %s %u (%s)\n\n> ", report_in(w, N_("Point")), p->number,
		 str_text(&text));
	markdown(out, str_slice(&p->paragraph));
	str_add_text(out, "\n\n");
	for (size_t k = 0; k < p->n_options; k++) {
		const struct report_option *o = &p->options[k];

		str_clear(&text);
		report_option_text(w, o, &text);
		str_addf(out, "* %s %u: ", report_in(w, N_("option")), o->number);
		markdown(out, str_slice(&text));
		str_clear(&text);
		report_behind(w, o, &text);
		if (text.len) {
			str_add_text(out, " — ");
			markdown(out, str_slice(&text));
		}
		str_add_char(out, '\n');
	}
	str_addf(out, "%s**", p->n_options ? "\n" : "");
	markdown(out, str_slice(&p->verdict));
	str_add_text(out, "**");
	str_clear(&text);
	report_remarks(w, p, &text);
	if (text.len) {
		str_add_text(out, " · ");
		markdown(out, str_slice(&text));
	}
	if (p->why.len) {
		str_add_text(out, "  \n");
		markdown(out, str_slice(&p->why));
	}
	str_add_text(out, "\n\n");
	str_release(&text);
}

static void write_markdown(const struct writer *w)
{
	struct str *out = w->out;

	str_addf(out, "# %s\n\n", report_in(w, N_("Outstanding points")));
	for (size_t i = 0; i < w->r->n; i++) {
		const struct report_draft *d = &w->r->v[i];

		str_add_text(out, "## ");
		markdown(out, str_slice(&d->name));
		if (d->title.len) {
			str_add_text(out, ": ");
			markdown(out, str_slice(&d->title));
		}
		str_add_text(out, "\n\n");
		if (d->symbol.len) {
			markdown(out, str_slice(&d->symbol));
			str_add_text(out, " · ");
		}
		str_addf(out, "%s: %zu", report_in(w, N_("open points")), d->n_open);
		if (d->counts.len) {
			str_add_text(out, " · ");
			markdown(out, str_slice(&d->counts));
		}
		str_add_text(out, "\n\n");
		if (d->n)
			markdown_table(w, d);
		for (size_t k = 0; k < d->n; k++)
			markdown_point(w, &d->v[k]);
	}
	if (w->r->n_columns)
		str_addf(out, "---\n\n%s\n",
			 report_in(w,
				   N_("\\+ supports, \\~ can accept, \\- opposes, ° reserves, "
				      "! red line, · silent, (2) silent but named in the text, "
				      "\\* wording changed since")));
}

/* ---- CSV ---- */

static void cell(const struct writer *w, struct slice text)
{
	struct str shown = STR_INIT, *out = w->out;

	report_clean(&shown, text);
	if (out->len && out->p[out->len - 1] != '\n')
		str_add_char(out, ',');
	show_csv(out, str_slice(&shown));
	str_release(&shown);
}

static void cell_number(const struct writer *w, size_t n)
{
	str_addf(w->out, ",%zu", n);
}

static void csv_head(const struct writer *w)
{
	static const char *const before[] = {N_("draft"),     N_("point"),  N_("inside point"),
					     N_("line"),      N_("text"),   N_("options"),
					     N_("positions"), N_("verdict")};
	static const char *const after[] = {N_("spoke"), N_("reserves"), N_("silent"),
					    N_("on an older wording"), N_("put off")};

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		cell(w, slice_of(report_in(w, before[i])));
	for (size_t i = 0; i < w->r->n_columns; i++)
		cell(w, str_slice(&w->r->columns[i]));
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		cell(w, slice_of(report_in(w, after[i])));
	str_add_text(w->out, "\r\n");
}

static void csv_point(const struct writer *w, const struct report_draft *d,
		      const struct report_point *p)
{
	struct str options = STR_INIT, voices = STR_INIT, one = STR_INIT;

	for (size_t k = 0; k < p->n_options; k++) {
		const struct report_option *o = &p->options[k];

		str_addf(&options, "%s%u: ", k ? " / " : "", o->number);
		report_option_text(w, o, &options);
		str_clear(&one);
		report_behind(w, o, &one);
		if (one.len)
			str_addf(&voices, "%s%u: %s", voices.len ? " / " : "", o->number,
				 str_text(&one));
	}
	cell(w, str_slice(&d->name));
	cell_number(w, p->number);
	cell_number(w, p->parent);
	cell_number(w, p->line);
	cell(w, str_slice(&p->paragraph));
	cell(w, str_slice(&options));
	cell(w, str_slice(&voices));
	cell(w, str_slice(&p->verdict));
	for (size_t i = 0; i < w->r->n_columns; i++)
		cell(w, str_slice(&p->words[i]));
	cell_number(w, p->spoke);
	cell_number(w, p->reserves);
	cell_number(w, p->silent);
	cell_number(w, p->stale);
	cell(w, slice_of(p->put_off ? report_in(w, N_("yes")) : ""));
	str_add_text(w->out, "\r\n");
	str_release(&options);
	str_release(&voices);
	str_release(&one);
}

static void write_csv(const struct writer *w)
{
	csv_head(w);
	for (size_t i = 0; i < w->r->n; i++)
		for (size_t k = 0; k < w->r->v[i].n; k++)
			csv_point(w, &w->r->v[i], &w->r->v[i].v[k]);
}

void report_write(struct str *out, const struct report *r, enum report_format format,
		  report_translate *tr)
{
	const struct writer w = {out, r, tr};

	if (format == REPORT_HTML)
		report_html(&w);
	else if (format == REPORT_CSV)
		write_csv(&w);
	else
		write_markdown(&w);
}
