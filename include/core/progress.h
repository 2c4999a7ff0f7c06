/* SPDX-License-Identifier: MIT */
#ifndef CORE_PROGRESS_H
#define CORE_PROGRESS_H

#include "core/life.h"
#include "core/party.h"
#include "core/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * How far a negotiation has come: open points by version and by meeting, who
 * holds those that are open, and which of them nobody speaks for any more. Out of
 * a life; outermost points only, as everywhere where points are counted. Pure.
 */

/* One row of the chart: a version, or all of a meeting that follow each other. */
struct progress_row {
	uint32_t version;  /* the last of them */
	uint32_t decided;  /* the last that decided on a point, or took that back; LIFE_NONE */
	const char *label; /* the meeting, or ""; the caller's */
	const char *date;  /* YYYY-MM-DD; the caller's */
	size_t open;       /* after it */
	size_t opened, resolved, reopened;
};

struct progress_rows {
	struct progress_row *v; /* oldest first */
	size_t n, cap;
};

/* What is known of a version: label and date stay the caller's, as long as the rows. */
struct progress_label {
	const char *label, *date;
};

/*
 * One row a version with a label each (labels: n_versions of them); with by_meeting,
 * versions of one label that follow each other are one row, with those without a label
 * between them; so are those without a label that follow each other.
 */
void progress_read(struct progress_rows *rows, const struct life *l,
		   const struct progress_label *labels, bool by_meeting);
void progress_release(struct progress_rows *rows);

/* By party of the table, how many open points it holds (asks for something in, or has a
 * position on); list is the caller's, parties->n + 1 long: the last are nobody's. */
void progress_holders(const struct life *l, const struct parties *parties, size_t *list);

/* Open points on which no party has spoken in the last k versions (positions, options, parties
 * that came or went). Indexes of points, by number; list is the caller's. Returns how many. */
size_t progress_orphans(const struct life *l, size_t k, uint32_t **list);

/* Appends the rows as comma-separated values, with a line of heads. */
void progress_csv(const struct progress_rows *rows, struct str *out);
/* Appends a chart as SVG, 800 by 400: bars of open points, with labels. title is plain text. */
void progress_svg(const struct progress_rows *rows, struct slice title, struct str *out);

#endif
