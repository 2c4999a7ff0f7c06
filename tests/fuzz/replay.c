/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <dirent.h>
#include <limits.h>

/*
 * Runs a fuzz target without clang: what its corpus holds, and from each text a hundred
 * others that differ in a few bytes, the same ones every time.
 *
 *     fuzz_NAME [-n VARIANTS] FILE-OR-FOLDER...
 *
 * Speaks TAP. Where something does not hold the program stops; what it had is then in the file
 * that FUZZ_KEEP names.
 */

static uint64_t state = 20260401;

static size_t below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)(((state * 0x2545F4914F6CDD1DULL) >> 33) % n);
}

static void keep(struct slice text)
{
	const char *name = getenv("FUZZ_KEEP");
	FILE *f = name ? fopen(name, "wb") : NULL;

	if (!f)
		return;
	fwrite(text.p, 1, text.len, f);
	fclose(f);
}

/* A copy of its exact size, so that reading beyond it is seen. */
static void run(struct slice text)
{
	uint8_t *copy = malloc(text.len ? text.len : 1);

	if (!copy)
		abort();
	if (text.len)
		memcpy(copy, text.p, text.len);
	keep(text);
	LLVMFuzzerTestOneInput(copy, text.len);
	free(copy);
}

/* What is put in: signs that something is read from. */
static const char *const signs[] = {
	"[",   "]",    "/",       " / ",   "\\",    "\n",           "\n\n",  "\r",
	"`",   "<!--", "-->",     "AFR: ", "(EUR)", "{#b1}",        "---\n", "```\n",
	"a) ", "# ",   "[^1]",    "\x1E",  "\xFF",  ": ",           "- ",    "#",
	"\"",  "'",    "no text", "\t",    " ",     "\xEF\xBC\xBB", "0",     "}",
};

static void variant(struct slice text, struct str *out)
{
	size_t changes = 1 + below(4);

	str_clear(out);
	str_add_slice(out, text);
	for (size_t i = 0; i < changes; i++) {
		size_t at = below(out->len + 1), len = below(out->len - at + 1);
		const char *sign = signs[below(sizeof(signs) / sizeof(*signs))];

		switch (below(5)) {
		case 0:
			str_splice(out, at, len > 20 ? 20 : len, "", 0);
			break;
		case 1: /* something of the text once more */
			if (len > 0) {
				char *copy = slice_dup(slice_make(out->p + at, len));

				str_splice(out, below(out->len + 1), 0, copy, len);
				free(copy);
			}
			break;
		case 2:
			if (at < out->len)
				out->p[at] = (char)below(256);
			break;
		default:
			str_splice(out, at, 0, sign, strlen(sign));
			break;
		}
	}
}

static bool read_file(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buffer[4096];
	size_t n;

	str_clear(out);
	if (!f)
		return false;
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		str_add(out, buffer, n);
	fclose(f);
	return true;
}

static size_t replay_file(const char *path, size_t variants)
{
	struct str text = STR_INIT, other = STR_INIT;

	if (!read_file(path, &text)) {
		printf("not ok - %s cannot be read\n", path);
		exit(1);
	}
	run(str_slice(&text));
	for (size_t i = 0; i < variants; i++) {
		variant(str_slice(&text), &other);
		run(str_slice(&other));
	}
	str_release(&text);
	str_release(&other);
	return 1 + variants;
}

static size_t replay(const char *path, size_t variants, size_t *files)
{
	struct dirent **list;
	int n = scandir(path, &list, NULL, alphasort);
	size_t done = 0;

	if (n < 0) {
		++*files;
		return replay_file(path, variants);
	}
	for (int i = 0; i < n; i++) {
		char full[PATH_MAX];

		if (list[i]->d_name[0] != '.' &&
		    snprintf(full, sizeof(full), "%s/%s", path, list[i]->d_name) <
			    (int)sizeof(full)) {
			++*files;
			done += replay_file(full, variants);
		}
		free(list[i]);
	}
	free(list);
	return done;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
	char folder[PATH_MAX];
	size_t variants = 100, done = 0, files = 0;
	int first = 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 2 && strcmp(argv[1], "-n") == 0) {
		variants = (size_t)atol(argv[2]);
		first = 3;
	}
	run(slice_make("", 0));
	if (first < argc) {
		for (int i = first; i < argc; i++)
			done += replay(argv[i], variants, &files);
	} else {
		const char *source = getenv("ADREF_SOURCE");

		snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s",
			 source ? source : ".", name + strlen("fuzz_"));
		done = replay(folder, variants, &files);
	}
	printf("%s - %s: %zu texts, %zu variants of them\n", files ? "ok 1" : "not ok 1", name,
	       files, done - files);
	return files ? 0 : 1;
}
