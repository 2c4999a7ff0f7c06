/* SPDX-License-Identifier: MIT */
#include "ui/host.h"

#include <string.h>

bool host_reorders(const struct host *host)
{
	const char *bidi = HOST_CAN(host, setting) ? host->setting(host->data, "bidi") : "";

	return strcmp(bidi, "terminal") != 0 && strcmp(bidi, "off") != 0;
}
