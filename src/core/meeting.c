/* SPDX-License-Identifier: MIT */
#include "core/meeting.h"

#include "core/mem.h"
#include "fields.h"

#include <stdlib.h>
#include <string.h>

static unsigned digits(const char *p, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (unsigned)(p[i] - '0');
	return v;
}

bool date_is_valid(struct slice text)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year, month, day;

	if (text.len != DATE_LEN)
		return false;
	for (size_t i = 0; i < DATE_LEN; i++) {
		bool dash = i == 4 || i == 7;

		if (dash ? text.p[i] != '-' : text.p[i] < '0' || text.p[i] > '9')
			return false;
	}
	year = digits(text.p, 4);
	month = digits(text.p + 5, 2);
	day = digits(text.p + 8, 2);
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
		return false;
	return month != 2 || day != 29 ||
	       (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* Days since the first of March of the year 0: leap days come last, so months are regular. */
static long day_number(const char *date)
{
	long year = (long)digits(date, 4), month = (long)digits(date + 5, 2);

	if (month <= 2) {
		year--;
		month += 12;
	}
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 +
	       (long)digits(date + 8, 2);
}

long date_days(const char *a, const char *b)
{
	return day_number(b) - day_number(a);
}

static void release_one(struct meeting *m)
{
	free(m->code);
	free(m->name);
	for (size_t i = 0; i < m->n_documents; i++)
		free(m->documents[i]);
	free(m->documents);
}

static void read_date(const struct fields *f, const struct yaml_node *v, char out[DATE_LEN + 1])
{
	if (!v || yaml_is_null(v))
		return;
	if (v->kind == YAML_TEXT && date_is_valid(v->text)) {
		memcpy(out, v->text.p, DATE_LEN);
		out[DATE_LEN] = '\0';
		return;
	}
	yaml_problem_add(f->problems, v->line, v->column,
			 N_("a date should be year-month-day, as 2025-03-29; left out"));
}

static void read_dates(const struct fields *f, struct meeting *m)
{
	const struct yaml_node *dates = yaml_get(f->doc, f->map, "dates");
	const struct yaml_node *first = dates;

	if (dates && dates->kind == YAML_LIST)
		first = yaml_first(f->doc, dates);
	read_date(f, first, m->first);
	memcpy(m->last, m->first, sizeof(m->last));
	/* Two are the first and the last day; more name single days, of which the last one ends
	 * it. */
	for (const struct yaml_node *v = dates != first ? yaml_next(f->doc, first) : NULL; v;
	     v = yaml_next(f->doc, v)) {
		char date[DATE_LEN + 1] = "";

		read_date(f, v, date);
		if (*date && strcmp(date, m->last) >= 0)
			memcpy(m->last, date, sizeof(date));
		else if (*date)
			yaml_problem_add(f->problems, v->line, v->column,
					 N_("the last day is before the first one; left out"));
		if (!*m->first)
			memcpy(m->first, date, sizeof(date));
	}
}

/* A name is a text, or a map of languages, of which English comes first. */
static char *read_name(const struct fields *f)
{
	const struct yaml_node *name = yaml_get(f->doc, f->map, "name");

	if (name && name->kind == YAML_MAP) {
		const struct yaml_node *en = yaml_get(f->doc, name, "en");

		if (!yaml_is_text(en))
			en = yaml_first(f->doc, name);
		return mem_strdup(yaml_is_text(en) ? en->text.p : "");
	}
	return fields_text(f, "name");
}

static void read_documents(const struct fields *f, struct meeting *m)
{
	const struct yaml_node *list = yaml_get(f->doc, f->map, "documents");
	size_t cap = 0;

	if (yaml_is_null(list))
		return;
	if (list->kind != YAML_LIST)
		yaml_problem_add(f->problems, list->line, list->column,
				 N_("documents should be a list; left out"));
	for (const struct yaml_node *v = yaml_first(f->doc, list); v && list->kind == YAML_LIST;
	     v = yaml_next(f->doc, v)) {
		if (!yaml_is_text(v))
			continue;
		MEM_GROW(m->documents, m->n_documents, cap);
		m->documents[m->n_documents++] = mem_strdup(v->text.p);
	}
}

static bool read_one(const struct fields *f, struct meeting *m)
{
	static const char *const known[] = {"code", "name", "dates", "documents", NULL};

	if (f->map->kind != YAML_MAP) {
		yaml_problem_add(f->problems, f->map->line, f->map->column,
				 N_("a meeting should be a map (code: …); left out"));
		return false;
	}
	fields_check(f, known);
	m->code = fields_text(f, "code");
	m->name = read_name(f);
	m->line = f->map->line;
	m->column = f->map->column;
	if (!*m->code) {
		yaml_problem_add(f->problems, f->map->line, f->map->column,
				 N_("a meeting needs a code; left out"));
		return false;
	}
	read_dates(f, m);
	read_documents(f, m);
	return true;
}

int meetings_read(struct slice yaml, struct meetings *m, struct yaml_problems *problems,
		  struct error *err)
{
	static const char *const known[] = {"meetings", NULL};
	struct yaml_doc doc;
	int rc = yaml_read(yaml, &doc, problems, err);
	const struct yaml_node *root = rc == 0 ? fields_root(&doc, YAML_MAP, problems) : NULL;
	const struct yaml_node *list = yaml_get(&doc, root, "meetings");
	struct fields top = {&doc, root, problems};

	*m = (struct meetings){NULL, 0, 0};
	if (root)
		fields_check(&top, known);
	if (!yaml_is_null(list) && list->kind != YAML_LIST) {
		yaml_problem_add(problems, list->line, list->column,
				 N_("meetings should be a list (- code: …); nothing is read"));
		list = NULL;
	}
	for (const struct yaml_node *v = yaml_first(&doc, list); v; v = yaml_next(&doc, v)) {
		struct fields f = {&doc, v, problems};
		struct meeting one = {.code = NULL};

		if (read_one(&f, &one) && meetings_find(m, one.code)) {
			yaml_problem_add(problems, v->line, v->column,
					 N_("meeting %.60s stands twice; the first one counts"),
					 one.code);
			release_one(&one);
		} else if (one.code && *one.code) {
			MEM_GROW(m->v, m->n, m->cap);
			m->v[m->n++] = one;
		} else {
			release_one(&one);
		}
	}
	yaml_release(&doc);
	return rc;
}

void meetings_release(struct meetings *m)
{
	for (size_t i = 0; i < m->n; i++)
		release_one(&m->v[i]);
	free(m->v);
	*m = (struct meetings){NULL, 0, 0};
}

const struct meeting *meetings_find(const struct meetings *m, const char *code)
{
	for (size_t i = 0; i < m->n; i++)
		if (!strcmp(m->v[i].code, code))
			return &m->v[i];
	return NULL;
}

bool meetings_know(const struct meetings *m, struct slice when)
{
	for (size_t i = 0; i < m->n; i++)
		if (slice_is(when, m->v[i].code))
			return true;
	return date_is_valid(when);
}

const struct meeting *meetings_next(const struct meetings *m, const char *date)
{
	const struct meeting *best = NULL;

	for (size_t i = 0; i < m->n; i++) {
		const struct meeting *one = &m->v[i];

		if (*one->first && strcmp(one->last, date) >= 0 &&
		    (!best || strcmp(one->first, best->first) < 0))
			best = one;
	}
	return best;
}

const struct meeting *meetings_at(const struct meetings *m, const char *date)
{
	const struct meeting *best = NULL;

	for (size_t i = 0; i < m->n; i++) {
		const struct meeting *one = &m->v[i];

		/* One that is on began last of all that have begun, or nearly: it ends later.
		 */
		if (*one->first && strcmp(one->first, date) <= 0 &&
		    (!best || strcmp(one->last, best->last) > 0))
			best = one;
	}
	return best;
}
