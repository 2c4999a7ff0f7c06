/* SPDX-License-Identifier: MIT */
#ifndef UI_DOC_INNER_H
#define UI_DOC_INNER_H

#include "ui/doc.h"

/* What doc.c and doc_job.c share. */

/* The reading, made of the text at that revision, is the doc's from now on; moved along where
 * the text went on. */
void doc_take_reading(struct doc *d, const struct brackets *b, const struct draft *draft,
		      uint64_t revision);

/* Whether words are counted without being asked for. */
bool doc_counts(const struct doc *d);
/* Starts a worker, or takes over what one has made; true: there is more to do. */
bool doc_job_step(struct doc *d);
/* Waits for the worker if it reads what is wanted now; true: the reading is right. */
bool doc_job_wait(struct doc *d);
/* Waits for the worker and throws away what it made. */
void doc_job_drop(struct doc *d);

#endif
