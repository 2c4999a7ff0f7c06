/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "store/journal.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * store/journal: edits as the bytes say, synced now and then; then the file is cut or a byte
 * of it is changed. What is recovered is a state that was there, at least the last that was
 * whole on disk before the damage, and never of another draft. With 'R' first, the rest is
 * the journal as it stands.
 */

#define STATES_MOST 64
#define PATH        "/srv/texts/drafts/res-31.md"

/* What the text was after each edit, and which of these was on disk when the journal was how
 * long. */
struct past {
	struct str text[STATES_MOST];
	size_t n;
	off_t size[STATES_MOST]; /* by state; 0: not synced just then */
	size_t synced;           /* the last one */
};

static char folder[PATH_MAX], file[PATH_MAX + NAME_MAX + 2];

static void clean_up(void)
{
	unlink(file);
	rmdir(folder);
}

static void begin(void)
{
	const char *tmp = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : getenv("TMPDIR");

	if (*folder)
		return;
	snprintf(folder, sizeof(folder), "%s/adref-fuzz-XXXXXX", tmp ? tmp : "/tmp");
	HOLDS(mkdtemp(folder) != NULL, "there is a place for a journal");
	atexit(clean_up);
}

/* The only journal in the folder: its name is found by opening one. */
static void find_file(void)
{
	char **paths = NULL;
	size_t n = 0;
	struct error err = ERROR_INIT;
	FILE *list;
	char command[PATH_MAX + 32], name[NAME_MAX + 1];

	if (*file)
		return;
	snprintf(command, sizeof(command), "ls '%s'", folder);
	list = popen(command, "r");
	HOLDS(list && fscanf(list, "%255s", name) == 1, "the journal is a file");
	pclose(list);
	snprintf(file, sizeof(file), "%s/%s", folder, name);
	HOLDS(journal_left(folder, &paths, &n, &err) == 0, "journals are listed");
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
}

static off_t size_now(void)
{
	struct stat st;

	return stat(file, &st) == 0 ? st.st_size : 0;
}

static void remember(struct past *past, const struct str *text)
{
	past->text[past->n] = (struct str)STR_INIT;
	past->size[past->n] = 0;
	str_add_slice(&past->text[past->n++], str_slice(text));
}

static void put_on_disk(struct journal *j, struct past *past, bool anew)
{
	struct error err = ERROR_INIT;

	HOLDS(journal_sync(j, &err) == 0, "a journal can be synced");
	find_file();
	/* A new file has nothing of the states before. */
	for (size_t i = 0; anew && i < past->n; i++)
		past->size[i] = 0;
	past->synced = past->n - 1;
	past->size[past->synced] = size_now();
}

/* Edits of four bytes: where, how much goes, how much comes, and what to do after. */
static void work(struct journal *j, struct slice script, struct str *text, struct past *past)
{
	bool anew = false;

	for (size_t i = 0; i + 4 <= script.len && past->n < STATES_MOST;) {
		const unsigned char *p = (const unsigned char *)script.p + i;
		size_t at = p[0] * (text->len + 1) / 256, del = p[1] % (text->len - at + 1);
		size_t add = p[2] % 8;

		i += 4;
		if (add > script.len - i)
			add = script.len - i;
		journal_note(j, at, del, script.p + i, add);
		str_splice(text, at, del, script.p + i, add);
		remember(past, text);
		i += add;
		if (p[3] & 32) {
			journal_whole(j, str_slice(text));
			anew = true;
		}
		if (p[3] & 64) {
			put_on_disk(j, past, anew);
			anew = false;
		}
	}
	put_on_disk(j, past, anew);
}

/* Cuts the file at a place, or changes a byte there. Returns where; -1: neither. */
static off_t damage(unsigned how, unsigned where)
{
	off_t size = size_now(), at = size ? (off_t)where * size / 65536 : 0;
	unsigned char byte;
	int fd;

	if (how % 3 == 0 || !size)
		return -1;
	fd = open(file, O_RDWR | O_CLOEXEC);
	HOLDS(fd >= 0, "the journal is there");
	if (how % 3 == 1) {
		HOLDS(ftruncate(fd, at) == 0, "it can be cut");
	} else {
		HOLDS(pread(fd, &byte, 1, at) == 1, "it can be read");
		byte ^= (unsigned char)(1u << (how / 3 % 8));
		HOLDS(pwrite(fd, &byte, 1, at) == 1, "it can be changed");
	}
	close(fd);
	return at;
}

/* The newest state with that text; past->n where there is none. */
static size_t state_of(const struct past *past, struct slice text)
{
	for (size_t i = past->n; i-- > 0;)
		if (slice_equal(str_slice(&past->text[i]), text))
			return i;
	return past->n;
}

static void check_recovered(const struct past *past, struct slice base, off_t damaged)
{
	struct journal_found found = JOURNAL_FOUND_INIT, other = JOURNAL_FOUND_INIT;
	struct slice last = str_slice(&past->text[past->synced]);
	struct error err = ERROR_INIT;
	int rc = journal_recover(folder, PATH, base, &found, &err);

	HOLDS(rc == 0 || damaged >= 0, "what was left is recovered");
	if (damaged < 0) {
		HOLDS(!found.torn, "a whole journal is not torn");
		HOLDS(slice_equal(last, base) == (found.state == JOURNAL_NONE),
		      "unsaved work is found where there is some");
	}
	if (rc == 0 && found.state != JOURNAL_NONE) {
		size_t state = state_of(past, str_slice(&found.text));

		HOLDS(state < past->n, "what is recovered was the text once");
		HOLDS(found.state == JOURNAL_RECOVERED, "the draft is as it was");
		for (size_t i = 0; i <= past->synced; i++)
			if (past->size[i] && (damaged < 0 || past->size[i] <= damaged))
				HOLDS(state >= i, "what was on disk is recovered");
	}
	HOLDS(journal_recover(folder, "/srv/texts/drafts/other.md", base, &other, &err) != 0 ||
		      other.state == JOURNAL_NONE,
	      "another draft's work is never recovered");
	journal_found_release(&found);
	journal_found_release(&other);
}

static void as_it_stands(struct slice bytes)
{
	struct journal_found found = JOURNAL_FOUND_INIT;
	struct error err = ERROR_INIT;
	char **paths = NULL;
	size_t n = 0;
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	HOLDS(fd >= 0 && write(fd, bytes.p, bytes.len) == (ssize_t)bytes.len,
	      "a journal is written");
	close(fd);
	(void)!journal_recover(folder, PATH, SLICE("base"), &found, &err);
	(void)!journal_left(folder, &paths, &n, &err);
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
	journal_found_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[2] = {{"", 0}, {"", 0}};
	struct past past = {.n = 0};
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	struct journal *j = NULL;

	if (size < 5 || size > 4096)
		return 0;
	begin();
	if (data[0] == 'R' && *file) {
		as_it_stands(slice_make((const char *)data + 1, size - 1));
		return 0;
	}
	fuzz_parts(data + 4, size - 4, part, 2);
	if (*file)
		unlink(file);
	HOLDS(journal_open(&j, folder, PATH, part[0], &err) == 0, "a journal can be opened");
	str_add_slice(&text, part[0]);
	remember(&past, &text);
	work(j, part[1], &text, &past);
	journal_close(j, true);
	check_recovered(&past, part[0],
			damage(data[1], (unsigned)data[2] << 8 | (unsigned)data[3]));
	for (size_t i = 0; i < past.n; i++)
		str_release(&past.text[i]);
	str_release(&text);
	return 0;
}
