/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/past.h"
#include "core/mem.h"
#include "core/show.h"
#include "core/utf8.h"
#include "store/pin.h"
#include "store/verifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* adref verify: whether positions and decisions are signed, and by whom. */

const struct cli_option options_verify[] = {
	{"require", 'r', N_("WHAT"),
	 N_("what must be signed: positions, decisions, texts or all")},
	{"pin", 0, N_("COMMIT"),
	 N_("trust begins at this commit, whatever adref trust was told")},
	{"pre-receive", 0, NULL,
	 N_("be git's hook: read OLD NEW REF lines, refuse what is wrong")},
	{"json", 0, NULL, N_("print one JSON object")},
	{0},
};

enum { LINE_MOST = 4096, WRONG_MOST = 20, COLUMNS = 14 };

/* The repository, in a workspace or (for a hook) without one. */
struct verifying {
	struct past past;
	bool has_past;
	struct repo *own;
	struct repo *repo;
	struct str folder; /* of the drafts, in the repository */
	char pin[REPO_HEX + 1];
	bool has_pin;
	struct error no_pin; /* why there is none */
	unsigned require;
};

static int open_place(struct verifying *p, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int rc;

	p->has_past = past_open(&p->past, NULL, &ignored) == 0;
	if (p->has_past) {
		p->repo = p->past.session.repo;
		str_add_slice(&p->folder, str_slice(&p->past.folder));
		return 0;
	}
	rc = repo_open(&p->own, ".", err);
	if (rc < 0)
		return rc;
	p->repo = p->own;
	str_add_text(&p->folder, "drafts");
	return 0;
}

static void close_place(struct verifying *p)
{
	if (p->has_past)
		past_release(&p->past);
	repo_free(p->own);
	str_release(&p->folder);
}

static bool is_whole_id(const char *text)
{
	return strlen(text) == REPO_HEX && strspn(text, "0123456789abcdef") == REPO_HEX;
}

/* A commit that is not there yet (the first push brings it) can be named in full. */
static int read_pin(const struct cli *c, struct verifying *p, struct error *err)
{
	const char *given = cli_value(c, "pin");
	struct error ignored = ERROR_INIT;

	if (!given) {
		p->has_pin = pin_get(p->repo, p->pin, &p->no_pin) == 0;
		return 0;
	}
	p->has_pin = true;
	if (repo_resolve(p->repo, given, p->pin, &ignored) == 0)
		return 0;
	if (!is_whole_id(given))
		return error_set(err, ST_MISSING, _("%s: no such commit"), given);
	memcpy(p->pin, given, REPO_HEX + 1);
	return 0;
}

static int read_require(const struct cli *c, unsigned *require, struct error *err)
{
	static const struct {
		const char *word;
		unsigned what;
	} words[] = {{"positions", VERIFY_POSITIONS},
		     {"decisions", VERIFY_DECISIONS},
		     {"texts", VERIFY_TEXTS},
		     {"all", VERIFY_POSITIONS | VERIFY_DECISIONS | VERIFY_TEXTS}};
	const char *list = cli_value(c, "require");

	*require = 0;
	while (list && *list) {
		size_t len = strcspn(list, ","), i = 0;

		while (i < 4 && !slice_is(slice_make(list, len), words[i].word))
			i++;
		if (i == 4)
			return error_set(
				err, ST_USAGE,
				_("--require takes positions, decisions, texts or all, not "
				  "%.*s"),
				(int)len, list);
		*require |= words[i].what;
		list += len + (list[len] == ',');
	}
	return 0;
}

/* ---- in words ---- */

static const char *const results[] = {[SIGN_GOOD] = "signed",
				      [SIGN_UNLISTED] = "key-not-listed",
				      [SIGN_BAD] = "bad",
				      [SIGN_UNSIGNED] = "unsigned",
				      [SIGN_UNKNOWN] = "cannot-check",
				      [SIGN_FOUND] = "as-found"};

static const char *result_words(enum sign_result result)
{
	switch (result) {
	case SIGN_GOOD:
		return _("signed");
	case SIGN_UNLISTED:
		return _("key not listed");
	case SIGN_BAD:
		return _("bad");
	case SIGN_UNSIGNED:
		return _("unsigned");
	case SIGN_FOUND:
		return _("as found");
	default:
		return _("cannot check");
	}
}

/* Who, or why not, and by which key; as it may be shown. */
static void add_why(struct str *out, const struct verified *v)
{
	const struct sign_answer *a = &v->answer;
	struct str text = STR_INIT;

	if (a->result != SIGN_GOOD && a->why.len)
		str_addf(&text, "  %s", _(str_text((struct str *)&a->why)));
	else if (a->result == SIGN_GOOD && v->kind != VERIFIED_POSITION)
		str_addf(&text, _("  as %s"), str_text((struct str *)&a->as));
	if (a->whom.len)
		str_addf(&text, "  %.*s", (int)a->whom.len, a->whom.p);
	if (a->key.len)
		str_addf(&text, "  %.*s", (int)a->key.len, a->key.p);
	show_add(out, text.p, text.len, SHOW_LINE);
	str_release(&text);
}

/* What it is. */
static void add_what(struct str *out, const struct verified *v)
{
	struct str text = STR_INIT;

	if (v->kind == VERIFIED_POSITION)
		str_addf(&text, "%s  %s  %s  %s", v->draft, v->party, v->point, v->stance);
	else
		str_addf(&text, "%.10s  %s", v->commit, v->subject ? v->subject : "");
	show_add(out, text.p, text.len, SHOW_LINE);
	str_release(&text);
}

/* A line of ours, without its end: the answer stands first, in a column. */
static void add_words(struct str *out, const struct verified *v, size_t columns)
{
	const char *result = result_words(v->answer.result);
	size_t width = utf8_count(result, strlen(result));

	str_add_text(out, result);
	for (; width < columns; width++)
		str_add_char(out, ' ');
	str_add_text(out, "  ");
	add_what(out, v);
	add_why(out, v);
}

static const char *kind_heading(enum verified_kind kind)
{
	switch (kind) {
	case VERIFIED_POSITION:
		return _("Positions");
	case VERIFIED_DECISION:
		return _("Decisions");
	case VERIFIED_TEXT:
		return _("Texts");
	default:
		return _("List of signers");
	}
}

static void print_all(struct cli *c, const struct verifier *v)
{
	static const enum verified_kind kinds[] = {VERIFIED_SIGNERS, VERIFIED_POSITION,
						   VERIFIED_DECISION, VERIFIED_TEXT};

	for (size_t k = 0; k < 4; k++) {
		bool first = true;

		for (size_t i = 0; i < v->n; i++) {
			if (v->v[i].kind != kinds[k])
				continue;
			if (first)
				str_addf(&c->out, "%s\n", kind_heading(kinds[k]));
			first = false;
			str_add_text(&c->out, "  ");
			add_words(&c->out, &v->v[i], COLUMNS);
			str_add_char(&c->out, '\n');
		}
	}
}

/* ---- as JSON ---- */

static json_t *json_str(const struct str *s)
{
	return s->len ? json_text(str_slice(s)) : json_null();
}

static json_t *json_one(const struct verified *v)
{
	json_t *o = json_object();

	if (v->kind == VERIFIED_POSITION) {
		json_object_set_new(o, "draft", json_words(v->draft));
		json_object_set_new(o, "party", json_words(v->party));
		json_object_set_new(o, "point", json_words(v->point));
		json_object_set_new(o, "stance", json_words(v->stance));
		json_object_set_new(o, "serial",
				    v->serial ? json_integer((json_int_t)v->serial)
					      : json_null());
	} else {
		json_object_set_new(o, "commit", json_words(v->commit));
		json_object_set_new(o, "subject", json_words(v->subject));
	}
	json_object_set_new(o, "result", json_words(results[v->answer.result]));
	json_object_set_new(o, "as", json_str(&v->answer.as));
	json_object_set_new(o, "key", json_str(&v->answer.key));
	json_object_set_new(o, "whom", json_str(&v->answer.whom));
	json_object_set_new(o, "why", json_str(&v->answer.why));
	return o;
}

static void print_json(struct cli *c, const struct verifier *v, bool good)
{
	static const char *const keys[] = {"positions", "decisions", "texts", "signers"};
	json_t *o = json_object(), *lists[4];

	json_object_set_new(o, "verified", json_boolean(good));
	json_object_set_new(o, "pin", *v->pin ? json_words(v->pin) : json_null());
	json_object_set_new(o, "root", json_words(v->root));
	for (size_t k = 0; k < 4; k++)
		json_object_set_new(o, keys[k], lists[k] = json_array());
	for (size_t i = 0; i < v->n; i++)
		json_array_append_new(lists[v->v[i].kind], json_one(&v->v[i]));
	json_print(o, &c->out);
}

/* ---- here ---- */

static void split(const char *range, char **old, char **new)
{
	const char *dots = strstr(range, "..");

	*old = dots && dots > range ? slice_dup(slice_make(range, (size_t)(dots - range)))
				    : NULL;
	if (!dots)
		*new = mem_strdup(range);
	else
		*new = mem_strdup(dots[2] ? dots + 2 : "HEAD");
}

static void count(const struct verifier *v, unsigned require, size_t n[4])
{
	n[0] = n[1] = n[2] = n[3] = 0;
	for (size_t i = 0; i < v->n; i++) {
		n[0] += v->v[i].answer.result == SIGN_GOOD;
		n[1] += v->v[i].answer.result == SIGN_UNSIGNED;
		n[2] += verified_is_wrong(&v->v[i], require);
		n[3] += v->v[i].answer.result == SIGN_FOUND;
	}
}

/* A revision, or where there is a workspace with a calendar a meeting: its id in *name's place.
 */
static int find_named(struct verifying *p, char **name, struct error *err)
{
	struct named n;
	int rc;

	if (!*name || !p->has_past)
		return 0;
	rc = past_named(&p->past, *name, &n, err);
	if (rc == 0) {
		free(*name);
		*name = mem_strdup(n.id);
	}
	named_release(&n);
	return rc;
}

static enum exit_status verify(struct cli *c, struct verifying *p, struct error *err)
{
	char *old = NULL, *new = NULL;
	struct verifier v = {.n = 0};
	struct verifier_ask ask = {.folder = str_text(&p->folder),
				   .pin = p->has_pin ? p->pin : NULL,
				   .now = time(NULL),
				   .require = p->require};
	size_t n[4];
	int rc;

	split(c->argc ? c->argv[0] : "HEAD", &old, &new);
	rc = find_named(p, &old, err);
	if (rc == 0)
		rc = find_named(p, &new, err);
	ask.old = old;
	ask.new = new;
	if (rc == 0)
		rc = verifier_run(&v, p->repo, &ask, err);
	free(old);
	free(new);
	if (rc < 0)
		return cli_fail(err);
	count(&v, p->require, n);
	if (cli_has(c, "json")) {
		print_json(c, &v, n[2] == 0);
	} else {
		print_all(c, &v);
		if (v.note || !p->has_pin)
			cli_note("%s", v.note ? _(v.note) : _(p->no_pin.text));
		if (n[3])
			cli_note(ngettext("%zu is as found: it stood so, unsigned, in %.10s "
					  "where trust begins",
					  "%zu are as found: they stood so, unsigned, in %.10s "
					  "where trust begins",
					  n[3]),
				 n[3], v.pin);
		cli_note(_("%zu signed, %zu unsigned, %zu refused"), n[0], n[1], n[2]);
	}
	verifier_release(&v);
	return n[2] ? EXIT_NO : EXIT_DONE;
}

/* ---- as a hook ---- */

static bool is_nothing(const char *id)
{
	return strspn(id, "0") == REPO_HEX;
}

static int refuse(const char *ref, const char *why)
{
	cli_note("%s: %s", ref, why);
	return EXIT_NO;
}

static int refuse_deletion(struct verifying *p, const char *ref, const char *old)
{
	struct error ignored = ERROR_INIT;
	struct repo_state state;
	char tip[REPO_HEX + 1];

	repo_state(p->repo, &state);
	if (strncmp(ref, "refs/heads/", 11) != 0)
		return EXIT_DONE;
	if (repo_tip(p->repo, tip, &ignored) == 0 && strcmp(state.branch, ref + 11) != 0 &&
	    verifier_holds(p->repo, tip, old))
		return EXIT_DONE;
	return refuse(ref, _("a branch that has something of its own is not deleted"));
}

static int judge_push(struct verifying *p, const char *old, const char *new, const char *ref)
{
	struct verifier v = {.n = 0};
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	struct verifier_ask ask = {.folder = str_text(&p->folder),
				   .old = is_nothing(old) ? NULL : old,
				   .new = new,
				   .pin = p->has_pin ? p->pin : NULL,
				   .now = time(NULL),
				   .hook = true,
				   .require = p->require};
	size_t wrong = 0;

	/* What is cut off the history, decisions among it, would be gone without a word. */
	if (ask.old && strncmp(ref, "refs/heads/", 11) == 0 &&
	    !verifier_holds(p->repo, new, old))
		return refuse(
			ref, _("what the branch had is not in what is pushed (a forced push)"));
	if (verifier_run(&v, p->repo, &ask, &err) < 0)
		return refuse(ref, _(err.text));
	for (size_t i = 0; i < v.n; i++) {
		if (!verified_is_wrong(&v.v[i], p->require) || wrong++ >= WRONG_MOST)
			continue;
		str_clear(&text);
		add_words(&text, &v.v[i], 0);
		cli_note("%s: %s", ref, str_text(&text));
	}
	if (wrong > WRONG_MOST)
		cli_note(_("%s: and %zu more"), ref, wrong - WRONG_MOST);
	if (wrong && (v.note || !p->has_pin))
		cli_note("%s: %s", ref, v.note ? _(v.note) : _(p->no_pin.text));
	str_release(&text);
	verifier_release(&v);
	return wrong ? EXIT_NO : EXIT_DONE;
}

/* "OLD NEW REF" */
static int judge_line(struct verifying *p, char *line)
{
	char *old = line, *new = strchr(old, ' '), *ref = new ? strchr(new + 1, ' ') : NULL;
	char hex[REPO_HEX + 1];
	struct error err = ERROR_INIT;

	if (!ref)
		return refuse("pre-receive", _("not OLD NEW REF, as git writes them"));
	*new ++ = '\0';
	*ref++ = '\0';
	if (!is_whole_id(old) || !is_whole_id(new) || strncmp(ref, "refs/", 5) != 0)
		return refuse("pre-receive", _("not OLD NEW REF, as git writes them"));
	if (strncmp(ref, "refs/replace/", 13) == 0)
		return refuse(ref, _("what replaces other commits is not taken"));
	if (is_nothing(new))
		return refuse_deletion(p, ref, old);
	if (repo_resolve(p->repo, new, hex, &err) < 0)
		return strncmp(ref, "refs/heads/", 11) == 0 ? refuse(ref, _(err.text))
							    : EXIT_DONE;
	if (!is_nothing(old) && repo_resolve(p->repo, old, hex, &err) < 0)
		return refuse(ref, _(err.text));
	return judge_push(p, old, new, ref);
}

static enum exit_status pre_receive(struct verifying *p, struct error *err)
{
	enum exit_status status = EXIT_DONE;
	char line[LINE_MOST];

	if (verifier_quarantine(p->repo, err) < 0)
		return cli_fail(err);
	while (fgets(line, sizeof(line), stdin)) {
		size_t len = strlen(line);

		if (!len || line[len - 1] != '\n')
			return (enum exit_status)refuse(
				"pre-receive", _("not OLD NEW REF, as git writes them"));
		line[len - 1] = '\0';
		if (judge_line(p, line) != EXIT_DONE)
			status = EXIT_NO;
	}
	return status;
}

enum exit_status cmd_verify(struct cli *c)
{
	struct verifying p = {.has_past = false};
	struct error err = ERROR_INIT;
	enum exit_status status;

	if (cli_has(c, "pre-receive") && (c->argc || cli_has(c, "json")))
		return cli_usage(c,
				 _("--pre-receive reads what is pushed from standard input"));
	if (read_require(c, &p.require, &err) < 0)
		return cli_fail(&err);
	if (open_place(&p, &err) < 0)
		return cli_fail(&err);
	if (read_pin(c, &p, &err) < 0)
		status = cli_fail(&err);
	else if (cli_has(c, "pre-receive"))
		status = pre_receive(&p, &err);
	else
		status = verify(c, &p, &err);
	close_place(&p);
	return status;
}
