/* SPDX-License-Identifier: MIT */
#include "report_impl.h"

#include "core/error.h"

/* A report as one HTML file: no script, nothing from elsewhere. */

static void html(struct str *out, struct slice text)
{
	struct str shown = STR_INIT;

	report_clean(&shown, text);
	for (size_t i = 0; i < shown.len; i++) {
		char c = shown.p[i];

		if (c == '&')
			str_add_text(out, "&amp;");
		else if (c == '<')
			str_add_text(out, "&lt;");
		else if (c == '>')
			str_add_text(out, "&gt;");
		else if (c == '"')
			str_add_text(out, "&quot;");
		else if (c == '\'')
			str_add_text(out, "&#39;");
		else
			str_add_char(out, c);
	}
	str_release(&shown);
}

static void html_text(struct str *out, const char *text)
{
	html(out, slice_of(text));
}

/* <tag class="name" dir="auto">text</tag> */
static void element(struct str *out, const char *tag, const char *name, struct slice text)
{
	str_addf(out, "<%s", tag);
	if (*name)
		str_addf(out, " class=\"%s\"", name);
	str_add_text(out, " dir=\"auto\">");
	html(out, text);
	str_addf(out, "</%s>", tag);
}

static const char style[] =
	"body{font:16px/1.45 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
	"color:#1b1b1b}h1,h2,h3,table{font-family:Helvetica,Arial,sans-serif}"
	"h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}h3{font-size:1rem;"
	"margin:1.6rem 0 .3rem}table{border-collapse:collapse;font-size:.85rem}"
	"th,td{border-bottom:1px solid #ccc;padding:.25rem .6rem;text-align:left}"
	"td.sign{text-align:center;white-space:nowrap}blockquote{margin:.3rem 0;"
	"padding-left:.8rem;border-left:3px solid #ccc;color:#444}"
	".who,.why{color:#555;font-size:.9rem}.verdict{font-weight:bold}"
	".consensus{color:#1a6b2b}.near-consensus{color:#75600b}.deadlock{color:#a01c1c}"
	"@media print{body{margin:0;max-width:none}h3,table tr{break-inside:avoid}}";

static void html_table(const struct writer *w, const struct report_draft *d)
{
	struct str *out = w->out;

	str_add_text(out, "<table>\n<tr>");
	element(out, "th", "", slice_of(report_in(w, N_("Point"))));
	for (size_t i = 0; i < w->r->n_columns; i++)
		element(out, "th", "", str_slice(&w->r->columns[i]));
	if (!w->r->n_columns) {
		element(out, "th", "", slice_of(report_in(w, N_("Spoke"))));
		element(out, "th", "", slice_of(report_in(w, N_("Silent"))));
	}
	element(out, "th", "", slice_of(report_in(w, N_("Verdict"))));
	str_add_text(out, "</tr>\n");
	for (size_t k = 0; k < d->n; k++) {
		const struct report_point *p = &d->v[k];

		str_addf(out, "<tr><td>%u</td>", p->number);
		for (size_t i = 0; i < w->r->n_columns; i++) {
			str_add_text(out, "<td class=\"sign\" title=\"");
			html(out, str_slice(&p->words[i]));
			str_add_text(out, "\">");
			html(out, str_slice(&p->signs[i]));
			str_add_text(out, "</td>");
		}
		if (!w->r->n_columns)
			str_addf(out, "<td>%zu</td><td>%zu</td>", p->spoke, p->silent);
		element(out, "td", p->kind, str_slice(&p->verdict));
		str_add_text(out, "</tr>\n");
	}
	str_add_text(out, "</table>\n");
}

static void html_point(const struct writer *w, const struct report_point *p)
{
	struct str text = STR_INIT, *out = w->out;

	str_add_text(out, "<h3>");
	html_text(out, report_in(w, N_("Point")));
	str_addf(out, " %u (", p->number);
	report_place(w, p, &text);
	html_text(out, str_text(&text));
	str_add_text(out, ")</h3>\n");
	element(out, "blockquote", "", str_slice(&p->paragraph));
	str_add_text(out, "\n<ul>\n");
	for (size_t k = 0; k < p->n_options; k++) {
		const struct report_option *o = &p->options[k];

		str_add_text(out, "<li>");
		html_text(out, report_in(w, N_("option")));
		str_addf(out, " %u: ", o->number);
		str_clear(&text);
		report_option_text(w, o, &text);
		element(out, "span", "text", str_slice(&text));
		str_clear(&text);
		report_behind(w, o, &text);
		if (text.len) {
			str_add_char(out, ' ');
			element(out, "span", "who", str_slice(&text));
		}
		str_add_text(out, "</li>\n");
	}
	str_addf(out, "</ul>\n<p><span class=\"verdict %s\">", p->kind);
	html(out, str_slice(&p->verdict));
	str_add_text(out, "</span>");
	str_clear(&text);
	report_remarks(w, p, &text);
	if (text.len) {
		str_add_text(out, " · ");
		html(out, str_slice(&text));
	}
	str_add_text(out, "</p>\n");
	if (p->why.len) {
		element(out, "p", "why", str_slice(&p->why));
		str_add_char(out, '\n');
	}
	str_release(&text);
}

void report_html(const struct writer *w)
{
	struct str *out = w->out;

	str_add_text(out, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
			  "<meta name=\"viewport\" content=\"width=device-width\">\n"
			  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
			  "'none'; style-src 'unsafe-inline'\">\n<title>");
	html_text(out, report_in(w, N_("Outstanding points")));
	str_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
	element(out, "h1", "", slice_of(report_in(w, N_("Outstanding points"))));
	for (size_t i = 0; i < w->r->n; i++) {
		const struct report_draft *d = &w->r->v[i];

		str_add_text(out, "\n<h2 dir=\"auto\">");
		html(out, str_slice(&d->name));
		if (d->title.len) {
			str_add_text(out, ": ");
			html(out, str_slice(&d->title));
		}
		str_add_text(out, "</h2>\n<p>");
		if (d->symbol.len) {
			html(out, str_slice(&d->symbol));
			str_add_text(out, " · ");
		}
		html_text(out, report_in(w, N_("open points")));
		str_addf(out, ": %zu", d->n_open);
		if (d->counts.len) {
			str_add_text(out, " · ");
			html(out, str_slice(&d->counts));
		}
		str_add_text(out, "</p>\n");
		if (d->n)
			html_table(w, d);
		for (size_t k = 0; k < d->n; k++)
			html_point(w, &d->v[k]);
	}
	str_add_text(out, "</body>\n</html>\n");
}
