/* SPDX-License-Identifier: MIT */
#include "core/template.h"
#include "core/utf8.h"
#include "find_impl.h"

#include <assert.h>
#include <stdlib.h>

/* What comes in place of a hit: the groups that its replacement names, and edits for all hits.
 */

static int no_group(struct slice with, const struct template_part *part, struct error *err)
{
	return error_set(
		err, ST_INPUT,
		N_("the replacement, column %zu: the expression has no group \"%.*s\"; "
		   "write \\$ for a dollar sign"),
		utf8_count(with.p, part->at) + 1,
		(int)(part->text.len < 64 ? part->text.len : 64), part->text.p);
}

/* The group of that number or name; a negative status where there is none. */
static int group_number(const struct find *f, struct slice with,
			const struct template_part *part, uint32_t *group, struct error *err)
{
	struct slice name = part->text;
	uint32_t count = 0, number = 0;
	bool digits = name.len > 0;

	pcre2_pattern_info(f->code, PCRE2_INFO_CAPTURECOUNT, &count);
	for (size_t i = 0; i < name.len && digits; i++) {
		digits = name.p[i] >= '0' && name.p[i] <= '9';
		if (digits && number <= count)
			number = number * 10 + (uint32_t)(name.p[i] - '0');
	}
	if (!digits) {
		char *text = slice_dup(name);
		int n = pcre2_substring_number_from_name(f->code, (PCRE2_SPTR)text);

		free(text);
		if (n < 0)
			return no_group(with, part, err);
		number = (uint32_t)n;
	}
	if (number > count)
		return no_group(with, part, err);
	*group = number;
	return 0;
}

/* Appends what comes in place of the hit that is in f->data. out NULL: only checks. */
static int expand(struct find *f, struct slice bytes, struct slice with, struct str *out,
		  struct error *err)
{
	const size_t *found = pcre2_get_ovector_pointer(f->data);
	struct template_part part;
	size_t at = 0;

	if (!f->expression) {
		if (out)
			str_add_slice(out, with);
		return 0;
	}
	while (template_next(with, &at, &part)) {
		uint32_t group = 0;

		if (part.is_group && group_number(f, with, &part, &group, err) < 0)
			return ST_INPUT;
		if (part.is_group && out) {
			size_t begin = found[2 * group], end = found[2 * group + 1];

			if (begin != PCRE2_UNSET && begin < end)
				str_add(out, bytes.p + begin, end - begin);
		} else if (out) {
			str_add_slice(out, part.text);
		}
	}
	return 0;
}

int find_check(struct find *f, struct slice with, struct error *err)
{
	return expand(f, SLICE(""), with, NULL, err);
}

/* Finds the hit again, so that its groups are in f->data. */
static int find_again(struct find *f, struct slice bytes, struct find_hit hit,
		      struct error *err)
{
	struct find_scan s = find_scan(f, bytes, hit.begin, hit.begin + 1);
	struct find_hit again = {0, 0};
	int rc = find_scan_next(&s, &again, err);

	/* From its beginning, usually. But it may be found after an empty one, or with \K. */
	if (rc == 0 || (rc == 1 && (again.begin != hit.begin || again.end != hit.end))) {
		s = find_scan(f, bytes, 0, hit.begin + 1);
		do {
			rc = find_scan_next(&s, &again, err);
		} while (rc == 1 && (again.begin != hit.begin || again.end != hit.end));
	}
	if (rc == 0)
		return error_set(err, ST_CHANGED,
				 N_("the text changed since the search; search again"));
	return rc < 0 ? rc : 0;
}

int find_expand(struct find *f, struct slice bytes, struct find_hit hit, struct slice with,
		struct str *out, struct error *err)
{
	int rc;

	assert(hit.begin <= hit.end && hit.end <= bytes.len);
	rc = find_check(f, with, err);
	if (rc < 0)
		return rc;
	if (f->expression) {
		find_begin(f, bytes);
		rc = find_again(f, bytes, hit, err);
	}
	return rc < 0 ? rc : expand(f, bytes, with, out, err);
}

int find_replace(struct find *f, struct slice bytes, size_t from, size_t to, struct slice with,
		 struct edits *edits, struct error *err)
{
	struct find_scan s =
		find_scan(f, bytes, from, to < bytes.len ? to : find_everywhere(bytes));
	struct str now = STR_INIT;
	struct find_hit hit = {0, 0};
	int rc;

	assert(edits->n == 0);
	find_begin(f, bytes);
	f->patient = !f->expression;
	rc = find_check(f, with, err);
	while (rc == 0 && (rc = find_scan_next(&s, &hit, err)) == 1) {
		struct slice was = slice_make(bytes.p + hit.begin, hit.end - hit.begin);

		if (hit.end > to)
			break;
		str_clear(&now);
		rc = expand(f, bytes, with, &now, err);
		if (rc == 0 && !slice_equal(was, str_slice(&now)))
			edits_add(edits, hit.begin, was.len, now.p, now.len);
	}
	str_release(&now);
	if (rc < 0)
		edits_clear(edits);
	return rc < 0 ? rc : 0;
}
