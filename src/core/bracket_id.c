/* SPDX-License-Identifier: MIT */
#include "core/bracket.h"
#include "core/digest.h"

#include <string.h>

/* FORMAT.md, "Id": minted from what everybody sees, so that two people mint the same. */

#define ID_LEAST 4 /* hex digits */

static bool id_taken(struct slice draft, struct slice id)
{
	const char *p = draft.p, *end = draft.p + draft.len;

	for (; draft.len && (p = memchr(p, '{', (size_t)(end - p))); p++)
		if ((size_t)(end - p) >= id.len + 3 && p[1] == '#' && p[id.len + 2] == '}' &&
		    memcmp(p + 2, id.p, id.len) == 0)
			return true;
	return false;
}

void brackets_mint_id(const struct brackets *b, struct slice draft, uint32_t point,
		      struct str *id)
{
	struct minting m = {NULL};

	brackets_mint(&m, b, draft, point, id);
	minting_release(&m);
}

void minting_release(struct minting *m)
{
	str_release(&m->paragraph);
	str_release(&m->seed);
}

/* What the id is a digest of: the point's wording, and its paragraph's. */
static void find_seed(struct minting *m, const struct brackets *b, struct slice draft,
		      const struct point *p)
{
	size_t begin = point_begin(b, p), end = point_end(b, p), line = begin, stop = end;

	if (!m->paragraph.len || begin < m->line || end > m->stop ||
	    memchr(m->paragraph.p, '\n', m->paragraph.len)) {
		while (line > 0 && draft.p[line - 1] != '\n')
			line--;
		while (stop < draft.len && draft.p[stop] != '\n' && draft.p[stop] != '\r')
			stop++;
		str_clear(&m->paragraph);
		brackets_wording(b, draft, line, stop, &m->paragraph);
		m->line = line;
		m->stop = stop;
	}
	str_clear(&m->seed);
	brackets_wording(b, draft, begin, end, &m->seed);
	str_add_char(&m->seed, '\n');
	str_add_slice(&m->seed, str_slice(&m->paragraph));
}

void brackets_mint_seed(struct minting *m, const struct brackets *b, struct slice draft,
			uint32_t point, char *hex)
{
	find_seed(m, b, draft, &b->points[point]);
	digest_hex(m->seed.p, m->seed.len, hex);
}

void brackets_mint_from(const struct minting *m, struct slice draft, const char *hex,
			struct str *id)
{
	size_t from = id->len;
	char digits[DIGEST_HEX + 1];

	memcpy(digits, hex, sizeof(digits));
	/* The same wording twice in one paragraph: the later one takes more digits, and
	 * where even those are taken, the digest of the digest goes on. */
	for (;;) {
		for (size_t n = ID_LEAST; n <= DIGEST_HEX; n++) {
			str_truncate(id, from);
			str_add_char(id, 'b');
			str_add(id, digits, n);
			struct slice made = {id->p + from, id->len - from};
			if (!id_taken(draft, made) && !(m->taken && m->taken(m->arg, made)))
				return;
		}
		digest_hex(digits, DIGEST_HEX, digits);
	}
}

void brackets_mint(struct minting *m, const struct brackets *b, struct slice draft,
		   uint32_t point, struct str *id)
{
	char hex[DIGEST_HEX + 1];

	brackets_mint_seed(m, b, draft, point, hex);
	brackets_mint_from(m, draft, hex, id);
}
