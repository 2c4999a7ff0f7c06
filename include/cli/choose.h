/* SPDX-License-Identifier: MIT */
#ifndef CLI_CHOOSE_H
#define CLI_CHOOSE_H

#include "cli/cli.h"
#include "cli/input.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The option --choose of several commands: "8=2,b7=0", points by number or id with an option's
 * number each, or 0 for no text. More of them may follow as arguments: "--choose 8=2 10=1".
 */

/* The one argument that is no further choice: the draft; NULL where there is not exactly one.
 */
const char *choose_draft(const struct cli *c);

/* Fills choices (as core/project has them), and given, by point of the draft. Points that are
 * not named are left alone. */
int choose_read(const struct cli *c, struct input *in, uint32_t *choices, bool *given,
		struct error *err) __attribute__((warn_unused_result));

#endif
