/* SPDX-License-Identifier: MIT */
#include "ui/host.h"

#include "core/mem.h"
#include "ui/doc.h"

#include <string.h>

bool host_reorders(const struct host *host)
{
	const char *bidi = HOST_CAN(host, setting) ? host->setting(host->data, "bidi") : "";

	return strcmp(bidi, "terminal") != 0 && strcmp(bidi, "off") != 0;
}

void host_undo_release(struct host_undo *u)
{
	str_release(&u->what);
	str_release(&u->whose);
	str_release(&u->commit);
}

const struct positions **host_positions(const struct host *host, struct doc *doc)
{
	const struct positions **given = mem_zalloc((doc->parties->n + 1) * sizeof(*given));

	for (size_t i = 0; i < doc->parties->n && HOST_CAN(host, positions); i++)
		given[i] = host->positions(host->data, doc, (uint16_t)i);
	return given;
}
