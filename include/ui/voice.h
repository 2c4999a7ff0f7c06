/* SPDX-License-Identifier: MIT */
#ifndef UI_VOICE_H
#define UI_VOICE_H

#include "core/party.h"
#include "core/str.h"
#include "core/verdict.h"

#include <stdint.h>

/*
 * Where a party stands, as screens show it: the same colours and words in the
 * Matrix and at the chair. Words are translated; names and documents raw.
 */

uint32_t voice_style(const struct standing *s);
uint32_t voice_verdict_style(enum verdict_kind kind);

/* "supports option 2 (prefers it)": core's words, and how strongly. */
void voice_add_stance(struct str *out, const struct standing *s, const struct verdict *v);
/* "AFCP/12/4 · RPM-AFR · since 2026-02-18 · the note": what of it is known; nothing without a
 * position. Before it a dot where out has something. */
void voice_add_origin(struct str *out, const struct position *p);
/* "Amina Diallo <amina@…>, …": who speaks for the party on that draft; emails only where asked
 * for. False where nobody is known. */
bool voice_add_focal(struct str *out, const struct party *party, const char *draft,
		     bool emails);

#endif
