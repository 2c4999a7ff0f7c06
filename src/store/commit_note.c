/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Lines of "key value", the last one "end". An entry is "entry BASE BLOB MODE
 * PATH", with - for a blob that is not. Paths have no line ends (they are
 * repository paths).
 */

void commit_note_add(struct str *out, const struct commit_note *note)
{
	str_addf(out, "ref %s\nid %s\ngit-dir %s\ncandidate %s\nindex %llu %llu\ntime %lld\n",
		 note->ref, note->id, note->git_dir, note->candidate, note->dev, note->ino,
		 note->time);
	for (size_t i = 0; i < note->n; i++) {
		const struct commit_entry *e = &note->entries[i];

		if (!e->drop)
			str_addf(out, "entry %s %s %o %s\n", e->had_base ? e->base : "-",
				 e->gone ? "-" : e->hex, e->gone ? 0 : e->mode, e->path);
	}
	str_add_text(out, "end\n");
}

static void read_entry(struct commit_note *note, const char *text)
{
	struct commit_entry e = {0};
	char base[REPO_HEX + 2], hex[REPO_HEX + 2];
	int path = 0;

	if (sscanf(text, "%41s %41s %o %n", base, hex, &e.mode, &path) < 3 || !path ||
	    !repo_path_is_sane(text + path))
		return;
	e.had_base = strlen(base) == REPO_HEX;
	e.gone = strlen(hex) != REPO_HEX;
	if (e.had_base)
		memcpy(e.base, base, REPO_HEX + 1);
	if (!e.gone)
		memcpy(e.hex, hex, REPO_HEX + 1);
	e.path = mem_strdup(text + path);
	MEM_GROW(note->entries, note->n, note->cap);
	note->entries[note->n++] = e;
}

static void read_line(struct commit_note *n, const char *line)
{
	const struct {
		const char *key;
		char **field;
	} texts[] = {
		{"ref ", &n->ref},
		{"id ", &n->id},
		{"git-dir ", &n->git_dir},
		{"candidate ", &n->candidate},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		size_t len = strlen(texts[i].key);

		if (strncmp(line, texts[i].key, len) == 0 && !*texts[i].field)
			*texts[i].field = mem_strdup(line + len);
	}
	if (strncmp(line, "index ", 6) == 0)
		sscanf(line + 6, "%llu %llu", &n->dev, &n->ino);
	else if (strncmp(line, "time ", 5) == 0)
		n->time = strtoll(line + 5, NULL, 10);
	else if (strncmp(line, "entry ", 6) == 0)
		read_entry(n, line + 6);
	else if (strcmp(line, "end") == 0)
		n->whole = n->ref && n->id && n->git_dir && n->candidate;
}

void commit_note_read(struct commit_note *note, struct slice text)
{
	char *copy = slice_dup(text), *save = NULL;

	*note = (struct commit_note){0};
	for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		read_line(note, line);
	free(copy);
}

void commit_note_release(struct commit_note *note)
{
	for (size_t i = 0; i < note->n; i++)
		free((char *)note->entries[i].path);
	free(note->entries);
	free(note->ref);
	free(note->id);
	free(note->git_dir);
	free(note->candidate);
	*note = (struct commit_note){0};
}
