/* SPDX-License-Identifier: MIT */
#include "ui/tr.h"

#include <stdio.h>

const char *tr_in(const char *context, const char *text)
{
	/* As msgfmt writes a word that has a context. */
	char key[128];
	int n = snprintf(key, sizeof(key), "%s\004%s", context, text);
	const char *found;

	if (n < 0 || (size_t)n >= sizeof(key))
		return gettext(text);
	found = gettext(key);
	return found == key ? gettext(text) : found;
}
