/* SPDX-License-Identifier: MIT */
#include "core/template.h"

#include <string.h>

/* The bytes of a group after the $ at p, its name or number in *name; 0: no group. */
static size_t group_at(const char *p, size_t len, struct slice *name)
{
	const char *close;
	size_t n = 1;

	if (len > 1 && p[1] == '{') {
		close = memchr(p, '}', len);
		if (!close)
			return 0;
		*name = slice_make(p + 2, (size_t)(close - p) - 2);
		return name->len + 3;
	}
	while (n < len && p[n] >= '0' && p[n] <= '9')
		n++;
	*name = slice_make(p + 1, n - 1);
	return n > 1 ? n : 0;
}

static struct slice escaped(const char *p)
{
	if (*p == 'n')
		return SLICE("\n");
	if (*p == 't')
		return SLICE("\t");
	return slice_make(p, 1);
}

bool template_next(struct slice template, size_t *at, struct template_part *part)
{
	const char *p = template.p + *at;
	size_t len = template.len - *at, n = 1, group;

	if (len == 0)
		return false;
	*part = (struct template_part){.at = *at};
	group = *p == '$' ? group_at(p, len, &part->text) : 0;
	if (group > 0) {
		part->is_group = true;
		n = group;
	} else if (len > 1 && (*p == '\\' || (p[0] == '$' && p[1] == '$'))) {
		part->text = *p == '$' ? slice_make(p, 1) : escaped(p + 1);
		n = 2;
	} else {
		while (n < len && p[n] != '$' && p[n] != '\\')
			n++;
		part->text = slice_make(p, n);
	}
	*at += n;
	return true;
}
