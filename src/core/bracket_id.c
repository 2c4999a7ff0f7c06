/* SPDX-License-Identifier: MIT */
#include "core/bracket.h"
#include "core/digest.h"

#include <string.h>

/* FORMAT.md, "Id": minted from what everybody sees, so that two people mint the same. */

#define ID_LEAST 4 /* hex digits */

static bool id_taken(struct slice draft, struct slice id)
{
	struct str mark = STR_INIT;
	bool taken;

	str_addf(&mark, "{#%.*s}", (int)id.len, id.p);
	taken = draft.len && memmem(draft.p, draft.len, mark.p, mark.len);
	str_release(&mark);
	return taken;
}

void brackets_mint_id(const struct brackets *b, struct slice draft, uint32_t point,
		      struct str *id)
{
	brackets_mint_id_unless(b, draft, point, NULL, NULL, id);
}

void brackets_mint_id_unless(const struct brackets *b, struct slice draft, uint32_t point,
			     bool (*taken)(void *arg, struct slice id), void *arg,
			     struct str *id)
{
	const struct point *p = &b->points[point];
	size_t begin = point_begin(b, p), end = point_end(b, p), line = begin, stop = end;
	size_t from = id->len;
	struct str seed = STR_INIT;
	char hex[DIGEST_HEX + 1];

	while (line > 0 && draft.p[line - 1] != '\n')
		line--;
	while (stop < draft.len && draft.p[stop] != '\n' && draft.p[stop] != '\r')
		stop++;
	brackets_wording(b, draft, begin, end, &seed);
	str_add_char(&seed, '\n');
	brackets_wording(b, draft, line, stop, &seed);
	/* The same wording twice in one paragraph: the later one takes more digits, and
	 * where even those are taken, the digest of the digest goes on. */
	for (size_t round = 0;; round++) {
		digest_hex(seed.p, seed.len, hex);
		for (size_t n = ID_LEAST; n <= DIGEST_HEX; n++) {
			str_truncate(id, from);
			str_add_char(id, 'b');
			str_add(id, hex, n);
			struct slice made = {id->p + from, id->len - from};
			if (!id_taken(draft, made) && !(taken && taken(arg, made)))
				goto done;
		}
		str_clear(&seed);
		str_add(&seed, hex, DIGEST_HEX);
	}
done:
	str_release(&seed);
}
