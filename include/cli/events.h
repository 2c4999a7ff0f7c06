/* SPDX-License-Identifier: MIT */
#ifndef CLI_EVENTS_H
#define CLI_EVENTS_H

#include "cli/cli.h"
#include "cli/json.h"
#include "core/life.h"
#include "core/message.h"
#include "core/party.h"
#include "store/versions.h"

/* What the commands on history share: versions, decisions and a point's events, in words. */

/* "2026-09-14  e4e302c4f7  Paolo Ricci" */
void print_version(struct cli *c, const struct version *v);
/* What a commit records, in words: "point 1: option 2, "…" · 3 linked · against EUR". Nothing
 * where it records nothing. Returns whether it did. */
bool print_record(struct cli *c, const struct message_record *r);
/* An event without its version: "option added  two  (ARB)". */
void print_event(struct cli *c, const struct life *l, const struct life_event *e,
		 const struct parties *parties);

json_t *json_version(const struct version *v);
/* null where nothing is recorded */
json_t *json_record(const struct message_record *r);
json_t *json_event(const struct life *l, const struct life_event *e,
		   const struct parties *parties);
json_t *json_parties(const struct life_parties *set, const struct parties *parties);

#endif
