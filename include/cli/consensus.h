/* SPDX-License-Identifier: MIT */
#ifndef CLI_CONSENSUS_H
#define CLI_CONSENSUS_H

#include "cli/cli.h"

/*
 * adref resolve --consensus NAME: shows what all that spoke agree on, and, with
 * --yes or after asking at a terminal, decides it, a commit a point. Each point is
 * looked at again before it is decided: a position that came meanwhile counts.
 */
enum exit_status consensus_resolve(struct cli *c);

#endif
