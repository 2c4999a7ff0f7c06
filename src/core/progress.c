/* SPDX-License-Identifier: MIT */
#include "core/progress.h"

#include "core/mem.h"
#include "core/show.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 800, HEIGHT = 400, LEFT = 50, RIGHT = 20, TOP = 50, BOTTOM = 90 };

void progress_release(struct progress_rows *rows)
{
	free(rows->v);
	*rows = (struct progress_rows){NULL, 0, 0};
}

/* What stands between two versions of a meeting and names none is of that meeting. */
static void fold(struct progress_rows *rows, const char *meeting)
{
	struct progress_row *last = rows->n ? &rows->v[rows->n - 1] : NULL;

	if (rows->n < 2 || *last->label || !*meeting || strcmp(last[-1].label, meeting) != 0)
		return;
	last[-1].version = last->version;
	if (last->decided != LIFE_NONE)
		last[-1].decided = last->decided;
	last[-1].date = last->date;
	last[-1].open = last->open;
	last[-1].opened += last->opened;
	last[-1].resolved += last->resolved;
	last[-1].reopened += last->reopened;
	rows->n--;
}

static struct progress_row *row_for(struct progress_rows *rows, uint32_t version,
				    const struct progress_label *label, bool by_meeting)
{
	struct progress_row *last;
	size_t open;

	if (by_meeting)
		fold(rows, label->label);
	last = rows->n ? &rows->v[rows->n - 1] : NULL;
	if (by_meeting && last && strcmp(last->label, label->label) == 0) {
		last->version = version;
		last->date = label->date;
		return last;
	}
	open = last ? last->open : 0; /* the rows may move */
	MEM_GROW(rows->v, rows->n, rows->cap);
	rows->v[rows->n] = (struct progress_row){.version = version,
						 .decided = LIFE_NONE,
						 .label = label->label,
						 .date = label->date,
						 .open = open};
	return &rows->v[rows->n++];
}

static void count(struct progress_row *row, const struct life_event *e)
{
	if (e->recorded && (e->kind == LIFE_RESOLVED || e->kind == LIFE_REOPENED))
		row->decided = e->version;
	switch (e->kind) {
	case LIFE_BORN:
	case LIFE_SPLIT:
	case LIFE_OPENED:
		row->opened++;
		row->open++;
		break;
	case LIFE_THERE:
		row->open++;
		break;
	case LIFE_REOPENED:
		row->reopened++;
		row->open++;
		break;
	case LIFE_RESOLVED:
	case LIFE_CLOSED:
	case LIFE_MERGED:
		row->resolved++;
		row->open -= row->open > 0;
		break;
	default:
		break;
	}
}

void progress_read(struct progress_rows *rows, const struct life *l,
		   const struct progress_label *labels, bool by_meeting)
{
	size_t at = 0;

	*rows = (struct progress_rows){NULL, 0, 0};
	for (uint32_t version = 0; version < l->n_versions; version++) {
		struct progress_row *row = row_for(rows, version, &labels[version], by_meeting);

		for (; at < l->n_events && l->events[at].version == version; at++)
			if (l->points[l->events[at].point].depth <= 1)
				count(row, &l->events[at]);
	}
}

/* Whether the party's newest position on the point says anything. */
static bool has_position(const struct life *l, uint32_t point, uint16_t party)
{
	for (uint32_t i = l->points[point].last; i != LIFE_NONE; i = l->events[i].previous)
		if (l->events[i].kind == LIFE_POSITION && l->events[i].party == party)
			return l->events[i].stance != STANCE_NONE;
	return false;
}

static bool is_counted(const struct life_point *p)
{
	return p->state == LIFE_OPEN && p->depth <= 1;
}

void progress_holders(const struct life *l, const struct parties *parties, size_t *list)
{
	memset(list, 0, (parties->n + 1) * sizeof(*list));
	for (uint32_t i = 0; i < l->n_points; i++) {
		bool held = false;

		if (!is_counted(&l->points[i]))
			continue;
		for (uint16_t k = 0; k < parties->n; k++)
			if (life_has(&l->points[i].holders, k) || has_position(l, i, k)) {
				list[k]++;
				held = true;
			}
		list[parties->n] += !held;
	}
}

struct orphan {
	uint32_t point, number;
};

static int by_number(const void *a, const void *b)
{
	const struct orphan *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

size_t progress_orphans(const struct life *l, size_t k, uint32_t **list)
{
	struct orphan *found = mem_array(NULL, l->n_points + 1, sizeof(*found));
	size_t n = 0;

	for (uint32_t i = 0; i < l->n_points; i++) {
		const struct life_point *p = &l->points[i];
		uint32_t spoken = p->spoken == LIFE_NONE ? p->born : p->spoken;

		if (is_counted(p) && l->n_versions > k && spoken < l->n_versions - k)
			found[n++] = (struct orphan){i, p->number};
	}
	if (n)
		qsort(found, n, sizeof(*found), by_number);
	*list = mem_array(NULL, n + 1, sizeof(**list));
	for (size_t i = 0; i < n; i++)
		(*list)[i] = found[i].point;
	free(found);
	return n;
}

/* ---- written */

static void add_cell(struct str *out, const char *text)
{
	struct str shown = STR_INIT;

	show_add(&shown, text, strlen(text), SHOW_LINE);
	show_csv(out, str_slice(&shown));
	str_release(&shown);
}

void progress_csv(const struct progress_rows *rows, struct str *out)
{
	str_add_text(out, "version,date,meeting,open,opened,resolved,reopened\n");
	for (size_t i = 0; i < rows->n; i++) {
		const struct progress_row *r = &rows->v[i];

		str_addf(out, "%u,%s,", r->version + 1, r->date);
		add_cell(out, r->label);
		str_addf(out, ",%zu,%zu,%zu,%zu\n", r->open, r->opened, r->resolved,
			 r->reopened);
	}
}

/* Text of an element: shown as on a screen, and escaped. */
static void add_xml(struct str *out, struct slice text)
{
	struct str shown = STR_INIT;

	show_add(&shown, text.p, text.len, SHOW_LINE);
	for (size_t i = 0; i < shown.len; i++) {
		if (shown.p[i] == '<')
			str_add_text(out, "&lt;");
		else if (shown.p[i] == '&')
			str_add_text(out, "&amp;");
		else if (shown.p[i] == '"')
			str_add_text(out, "&quot;");
		else
			str_add_char(out, shown.p[i]);
	}
	str_release(&shown);
}

static void add_bar(struct str *out, const struct progress_row *r, double x, double width,
		    size_t most, bool named)
{
	const double room = HEIGHT - TOP - BOTTOM;
	double height = most ? room * (double)r->open / (double)most : 0;
	double y = TOP + room - height;

	str_addf(out,
		 "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		 "fill=\"#3b6ea5\"><title>",
		 x, y, width > 3 ? width - 2 : width, height);
	add_xml(out, slice_of(r->date));
	if (*r->date && *r->label)
		str_add_char(out, ' ');
	add_xml(out, slice_of(r->label));
	str_addf(out, ": %zu</title></rect>\n", r->open);
	if (!named)
		return;
	str_addf(out,
		 "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" "
		 "font-size=\"11\">%zu</text>\n",
		 x + width / 2, y - 4, r->open);
	str_addf(out, "  <text transform=\"translate(%.1f,%d) rotate(45)\" font-size=\"11\">",
		 x + width / 2 - 3, HEIGHT - BOTTOM + 14);
	add_xml(out, slice_of(*r->label ? r->label : r->date));
	str_add_text(out, "</text>\n");
}

void progress_svg(const struct progress_rows *rows, struct slice title, struct str *out)
{
	size_t most = 0;
	double width = rows->n ? (double)(WIDTH - LEFT - RIGHT) / (double)rows->n : 0;

	for (size_t i = 0; i < rows->n; i++)
		most = rows->v[i].open > most ? rows->v[i].open : most;
	str_addf(out,
		 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		 "font-family=\"sans-serif\">\n  <rect width=\"%d\" height=\"%d\" "
		 "fill=\"#ffffff\"/>\n  <text x=\"%d\" y=\"28\" font-size=\"16\">",
		 WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT);
	add_xml(out, title);
	str_add_text(out, "</text>\n");
	/* A label takes about 18 pixels: of many bars only some are named. */
	for (size_t i = 0; i < rows->n; i++) {
		size_t step = width > 0 && width < 18 ? (size_t)(18 / width) + 1 : 1;

		add_bar(out, &rows->v[i], LEFT + width * (double)i, width, most,
			(rows->n - 1 - i) % step == 0);
	}
	str_addf(out,
		 "  <line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333333\"/>\n"
		 "</svg>\n",
		 LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
}
