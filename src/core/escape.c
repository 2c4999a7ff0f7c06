/* SPDX-License-Identifier: MIT */
#include "core/escape.h"

#include <string.h>

size_t escapable_at(const char *p, size_t len)
{
	if (!len)
		return 0;
	if (*p != '\xEF')
		return *p && strchr("[]/\\`<!", *p) ? 1 : 0;
	return len >= 3 && (memcmp(p, "［", 3) == 0 || memcmp(p, "］", 3) == 0 ||
			    memcmp(p, "／", 3) == 0)
		       ? 3
		       : 0;
}

size_t escape_at(const char *p, size_t len)
{
	size_t n = len && *p == '\\' ? escapable_at(p + 1, len - 1) : 0;

	return n ? n + 1 : 0;
}

bool escape_is_open(const char *p, size_t len)
{
	size_t n = 0;

	while (n < len && p[len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}
