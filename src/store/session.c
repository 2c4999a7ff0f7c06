/* SPDX-License-Identifier: MIT */
#include "store/session.h"

#include "core/mem.h"
#include "store/change.h"
#include "store/decision.h"
#include "store/trust.h"
#include "sync_inner.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int session_open(struct session *s, const char *path, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int rc;

	memset(s, 0, sizeof(*s));
	rc = workspace_open(&s->ws, path ? path : ".", err);
	if (rc < 0)
		return rc;
	env_of_process(&s->env);
	settings_init(&s->settings);
	/* What is wrong with the settings shows where they are shown; the defaults stand. */
	(void)!settings_read(&s->settings, &s->env, NULL, 0, NULL, &ignored);
	return 0;
}

void session_release(struct session *s)
{
	repo_free(s->repo);
	settings_release(&s->settings);
	str_release(&s->key);
	str_release(&s->unlisted);
	workspace_release(&s->ws);
	str_release(&s->recovered);
	str_release(&s->kept);
}

/* The repository's own adref.* keys go over the user's settings. */
static void read_keys(struct session *s)
{
	static const char *const keys[] = {"adref.party", "adref.role", "adref.meeting"};
	struct setting_pair pairs[3];
	struct str values[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct error ignored = ERROR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < 3; i++)
		if (repo_config_get(s->repo, keys[i], &values[i], &ignored) == 0)
			pairs[n++] = (struct setting_pair){keys[i], str_text(&values[i])};
	settings_read_pairs(&s->settings, pairs, n, NULL);
	for (size_t i = 0; i < 3; i++)
		str_release(&values[i]);
}

/* Reads the user's settings anew, and the repository's keys over them. */
static int read_settings(struct session *s, struct error *err)
{
	struct settings fresh;
	int rc;

	settings_init(&fresh);
	rc = settings_read(&fresh, &s->env, NULL, 0, NULL, err);
	settings_release(&s->settings);
	s->settings = fresh;
	if (s->repo)
		read_keys(s);
	return rc;
}

/* Who the user is and which meeting it is, and how the screen should be: all that can differ.
 */
static bool settings_same(const struct settings *a, const struct settings *b)
{
	const char *key;

	for (size_t i = 0; (key = settings_key(i)); i++)
		if (strcmp(settings_value(a, key), settings_value(b, key)) != 0)
			return false;
	return a->asked == b->asked;
}

bool session_follow(struct session *s)
{
	struct error ignored = ERROR_INIT;
	struct settings before = s->settings, fresh;
	bool changed = workspace_follow_calendar(&s->ws);

	settings_init(&fresh);
	if (settings_read(&fresh, &s->env, NULL, 0, NULL, &ignored) < 0) {
		settings_release(&fresh);
		return changed;
	}
	s->settings = fresh;
	if (s->repo)
		read_keys(s);
	if (!settings_same(&before, &s->settings)) {
		settings_release(&before);
		return true;
	}
	/* What was borrowed of it stays. */
	settings_release(&s->settings);
	s->settings = before;
	return changed;
}

bool session_is_unfinished(const struct session *s)
{
	struct str path = STR_INIT;
	struct stat st;
	bool is = false;
	size_t len;

	if (repo_where(s->ws.root, &path)) {
		len = path.len;
		str_add_text(&path, "/adref/decision");
		is = stat(str_text(&path), &st) == 0;
		str_truncate(&path, len);
		str_add_text(&path, "/adref/syncing");
		is = is || (stat(str_text(&path), &st) == 0 && st.st_size > 0);
	}
	str_release(&path);
	return is;
}

int session_go_on(struct session *s, struct error *err)
{
	int rc = 0;

	if (s->recovered.len)
		rc = error_set(err, ST_CHANGED,
			       N_("finished what was cut short: %s; nothing else was done: "
				  "look at the draft, then go on"),
			       str_text(&s->recovered));
	str_clear(&s->recovered);
	return rc;
}

/* What cannot be brought in order now is no reason not to open: whoever commits meets it. */
static void recover(struct session *s)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error ignored = ERROR_INIT;
	struct str words = STR_INIT;
	int rc;

	sync_recover(s);
	if (commit_is_cut_short(s->repo))
		(void)!commit_recover(s->repo, &ignored);
	rc = change_recover(s->repo, s->trusted, &result, &words, &ignored);
	if (rc == 1)
		str_add_slice(&s->recovered, str_slice(&words));
	else if (rc == 0 && !s->kept.len)
		str_add_slice(&s->kept, str_slice(&words));
	commit_result_release(&result);
	str_release(&words);
}

int session_repo(struct session *s, struct error *err)
{
	struct str list = STR_INIT;
	struct error ignored = ERROR_INIT;
	int rc;

	if (s->repo)
		return 0;
	rc = repo_open(&s->repo, s->ws.root, err);
	if (rc < 0) {
		s->repo = NULL;
		return rc;
	}
	repo_state(s->repo, &s->state);
	read_keys(s);
	if (trust_path(&list, &ignored) == 0)
		s->trusted = trust_ask(s->repo, str_text(&list));
	str_release(&list);
	recover(s);
	return 0;
}

static bool is_here(struct session *s, const char *key, const char *name)
{
	struct error ignored = ERROR_INIT;
	struct str value = STR_INIT;
	bool here = s->repo && (strcmp(key, "meeting") == 0 ||
				repo_config_get(s->repo, name, &value, &ignored) == 0);

	str_release(&value);
	return here;
}

int session_set(struct session *s, const char *key, const char *value, struct error *err)
{
	struct str name = STR_INIT;
	int rc;

	str_addf(&name, "adref.%s", key);
	if (is_here(s, key, str_text(&name)))
		rc = repo_config_set(s->repo, str_text(&name), *value ? value : NULL, err);
	else
		rc = settings_store(&s->env, key, value, err);
	str_release(&name);
	return rc < 0 ? rc : read_settings(s, err);
}

void session_today(char date[11])
{
	time_t now = time(NULL);
	struct tm tm;

	if (!localtime_r(&now, &tm) || !strftime(date, 11, "%Y-%m-%d", &tm))
		snprintf(date, 11, "1970-01-01");
}

/* The setting, else the calendar's; one that is over only where `over` says so. */
static const char *meeting_now(const struct session *s, bool over)
{
	const struct meeting *m;
	char date[11];

	if (*s->settings.meeting)
		return s->settings.meeting;
	session_today(date);
	m = meetings_at(&s->ws.meetings, date);
	return m && (over || (*m->last && strcmp(date, m->last) <= 0)) ? m->code : "";
}

const char *session_meeting(const struct session *s)
{
	return meeting_now(s, true);
}

const char *session_meeting_on(const struct session *s)
{
	return meeting_now(s, false);
}

int session_path(struct session *s, const char *name, struct str *out, struct error *err)
{
	struct str file = STR_INIT;
	int rc = session_repo(s, err);

	if (rc == 0) {
		workspace_draft_path(&s->ws, name, &file);
		rc = repo_path(s->repo, str_text(&file), out, err);
	}
	str_release(&file);
	return rc;
}

int session_ready(struct session *s, const char *name, struct error *err)
{
	struct str path = STR_INIT;
	int rc = session_path(s, name, &path, err);

	if (rc == 0)
		rc = decision_ready(s->repo, str_text(&path), err);
	str_release(&path);
	return rc;
}
