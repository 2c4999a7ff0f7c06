/* SPDX-License-Identifier: MIT */
#include "verifier_past.h"

#include "core/mem.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>

/*
 * Signing begins where positions stand already. Who vouches for a commit vouches for what it
 * has: those that nobody signed are taken as found there. So what is asked of one that stands
 * unsigned now is whether that very commit has it: in the same file, on the same point, saying
 * the same. What other commits have, before or after, does not count.
 */

void vwalk_parties(struct vwalk *w, const char *commit, struct parties *parties)
{
	struct str path = STR_INIT, yaml = STR_INIT;

	str_addf(&path, "%s/regions.yaml", w->ask->folder);
	if (repo_read(w->r, commit, str_text(&path), YAML_MOST_BYTES, &yaml, NULL) < 0)
		parties_init_regions(parties);
	else if (parties_read(parties, str_slice(&yaml), NULL, NULL) < 0)
		str_clear(&yaml); /* the six regions stand */
	str_release(&path);
	str_release(&yaml);
}

static void leave_party(struct vfound *f)
{
	if (f->party)
		party_files_release(&f->files);
	free(f->party);
	f->party = NULL;
}

void vfound_init(struct vfound *f, struct vwalk *w)
{
	*f = (struct vfound){.w = w, .text = STR_INIT};
	if (*w->out->pin)
		vwalk_parties(w, w->out->pin, &f->parties);
	else
		parties_init_regions(&f->parties);
	brackets_read(&f->b, str_slice(&f->text), &f->parties);
}

void vfound_release(struct vfound *f)
{
	leave_party(f);
	brackets_release(&f->b);
	str_release(&f->text);
	parties_release(&f->parties);
}

void vfound_draft(struct vfound *f, const char *draft)
{
	struct str file = STR_INIT;

	brackets_release(&f->b);
	str_clear(&f->text);
	str_addf(&file, "%s.md", draft);
	if (*f->w->out->pin && repo_read(f->w->r, f->w->out->pin, str_text(&file),
					 FILE_MOST_DRAFT, &f->text, NULL) < 0)
		str_clear(&f->text);
	brackets_read(&f->b, str_slice(&f->text), &f->parties);
	str_release(&file);
}

void vfound_party(struct vfound *f, const char *draft, const char *party)
{
	leave_party(f);
	if (!*f->w->out->pin)
		return;
	party_files_read(&f->files, f->w, f->w->out->pin, draft, party);
	f->party = mem_strdup(party);
}

const struct position *vfound_on(const struct vfound *f, const char *point)
{
	if (!f->party || f->files.trouble || seals_find(&f->files.seals, slice_of(point)))
		return NULL;
	return positions_find(&f->files.positions, slice_of(point));
}

/* All that it says, as it would be signed. */
static void add_bytes(struct str *out, const struct position *p)
{
	const struct record r = {.root = SLICE(""),
				 .draft = SLICE(""),
				 .party = SLICE(""),
				 .point = slice_of(p->id),
				 .p = p,
				 .wording = slice_of(p->wording ? p->wording : ""),
				 .previous = SLICE("")};

	record_write(out, &r);
}

/* The code of the party that a file of that name counts for; "": nobody. */
static const char *code_of(const struct parties *parties, const char *name)
{
	uint16_t who = party_find(parties, slice_of(name), NULL);

	return who == PARTY_NONE ? "" : parties->v[who].code;
}

bool vfound_same(const struct vfound *f, const struct position *p,
		 const struct parties *parties)
{
	const struct position *then = vfound_on(f, p->id);
	struct str a = STR_INIT, b = STR_INIT;
	bool same =
		then && strcmp(code_of(&f->parties, f->party), code_of(parties, f->party)) == 0;

	if (same) {
		add_bytes(&a, then);
		add_bytes(&b, p);
		same = slice_equal(str_slice(&a), str_slice(&b));
	}
	str_release(&a);
	str_release(&b);
	return same;
}

bool vfound_wording(const struct vfound *f, const struct position *p, char hex[DIGEST_HEX + 1])
{
	uint32_t point = brackets_by_id(&f->b, str_slice(&f->text), slice_of(p->id));

	if (point == BRACKET_NONE || !p->wording || !*p->wording)
		return false;
	for (uint32_t k = 0; k <= f->b.points[point].n_options; k++) {
		record_wording(&f->b, str_slice(&f->text), point, k, hex);
		if (strncmp(hex, p->wording, DIGEST_SHORT) == 0)
			return true;
	}
	return false;
}
