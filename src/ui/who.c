/* SPDX-License-Identifier: MIT */
#include "ui/who.h"

#include "core/mem.h"
#include "core/party.h"
#include "ui/common.h"
#include "ui/host.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Between one question and the next; the last callback frees it. */
struct who {
	struct views *vs;
	const struct host *host;
	struct str name, meeting;
	bool author_only;
};

static const char *known(const struct host *host, const char *key)
{
	return HOST_CAN(host, setting) ? host->setting(host->data, key) : "";
}

bool who_is_due(const struct host *host)
{
	if (!HOST_CAN(host, setting) || !HOST_CAN(host, set_setting))
		return false;
	return !*known(host, "asked") || !*known(host, "author");
}

static void end(struct who *w)
{
	str_release(&w->name);
	str_release(&w->meeting);
	free(w);
}

static void later(struct who *w)
{
	views_message(w->vs, MESSAGE_INFO, "%s",
		      w->author_only ? _("Without a name nothing can be committed.")
				     : _("Not now, then: it is asked again next time."));
	end(w);
}

/* False where it could not be kept: the questions end. */
static bool keep(struct who *w, const char *key, struct slice value)
{
	struct error err = ERROR_INIT;
	char *text = slice_dup(value);
	int rc = w->host->set_setting(w->host->data, key, text, &err);

	free(text);
	if (rc == 0)
		return true;
	views_error(w->vs, &err);
	end(w);
	return false;
}

/* ---- which meeting is now ---- */

static void say_all(struct who *w)
{
	const char *role = known(w->host, "role"), *party = known(w->host, "party"),
		   *meeting = known(w->host, "meeting");
	struct str said = STR_INIT;

	if (*role)
		str_add_text(&said, _(role));
	if (*party)
		str_addf(&said, "%s%s", said.len ? " · " : "", party);
	if (*meeting)
		str_addf(&said, "%s%s", said.len ? " · " : "", meeting);
	if (!said.len)
		str_add_text(&said, _("nothing in particular"));
	views_message(w->vs, MESSAGE_OK, _("Noted: %s. At the desk, w changes it."),
		      str_text(&said));
	str_release(&said);
	end(w);
}

static void meeting_typed(void *arg, const struct slice *text)
{
	struct who *w = arg;

	if (!text)
		later(w);
	/* What the calendar says goes on being what it says: only another word is kept. */
	else if (slice_equal(*text, str_slice(&w->meeting)) || keep(w, "meeting", *text))
		say_all(w);
}

static void offer_meetings(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct who *w = arg;

	(void)at;
	common_offer_meetings(w->host, text, c);
}

static void ask_meeting(struct who *w)
{
	struct prompt_request ask = {.label = _("Which meeting is it now?"),
				     .hint = _("its short name, as IRM-2; Enter for none"),
				     .may_be_empty = true,
				     .secret = true,
				     .complete = offer_meetings,
				     .done = meeting_typed,
				     .arg = w};

	str_add_text(&w->meeting, known(w->host, "meeting"));
	ask.initial = str_slice(&w->meeting);
	views_ask(w->vs, &ask);
}

/* ---- for whom ---- */

static void ask_party(struct who *w, const char *question);

/* As typed, or in capitals, as codes are. */
static uint16_t find_party(const struct parties *all, struct slice word)
{
	struct str capitals = STR_INIT;
	uint16_t party = party_find(all, word, NULL);

	for (size_t i = 0; i < word.len; i++)
		str_add_char(&capitals, word.p[i] >= 'a' && word.p[i] <= 'z'
						? (char)(word.p[i] - 'a' + 'A')
						: word.p[i]);
	if (party == PARTY_NONE)
		party = party_find(all, str_slice(&capitals), NULL);
	str_release(&capitals);
	return party;
}

static void party_typed(void *arg, const struct slice *text)
{
	struct who *w = arg;
	const struct parties *all = w->host->parties(w->host->data);
	uint16_t party = text ? find_party(all, *text) : PARTY_NONE;

	if (!text) {
		later(w);
	} else if (text->len && party == PARTY_NONE) {
		ask_party(w, _("No such party here. Which one?"));
	} else if (keep(w, "party",
			party == PARTY_NONE ? SLICE("") : slice_of(all->v[party].code))) {
		ask_meeting(w);
	}
}

static void offer_parties(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct who *w = arg;
	const struct parties *all = w->host->parties(w->host->data);

	(void)at;
	c->from = 0;
	for (size_t i = 0; i < all->n; i++)
		if (strncasecmp(all->v[i].code, text.p, text.len) == 0)
			prompt_candidate_add(c, slice_of(all->v[i].code),
					     slice_of(all->v[i].name));
}

static void ask_party(struct who *w, const char *question)
{
	struct prompt_request ask = {.label = question,
				     .hint = _("its code, as AFR; Enter for none"),
				     .initial = slice_of(known(w->host, "party")),
				     .may_be_empty = true,
				     .secret = true,
				     .complete = offer_parties,
				     .done = party_typed,
				     .arg = w};

	views_ask(w->vs, &ask);
}

/* ---- in which role ---- */

static const struct prompt_choice roles[] = {
	{'c', N_("chair")},
	{'r', N_("rapporteur")},
	{'s', N_("secretariat")},
	{'o', N_("observer")},
	{0, NULL},
};

static void role_chosen(void *arg, uint32_t key)
{
	struct who *w = arg;

	for (size_t i = 0; roles[i].key; i++) {
		if (roles[i].key != key)
			continue;
		if (keep(w, "role", slice_of(roles[i].label)))
			ask_party(w, _("For which party?"));
		return;
	}
	later(w);
}

static void ask_role(struct who *w)
{
	struct prompt_request ask = {.label = _("What are you here?"),
				     .choices = roles,
				     .chosen = role_chosen,
				     .arg = w};

	views_ask(w->vs, &ask);
}

/* ---- by which name ---- */

static void email_typed(void *arg, const struct slice *text)
{
	struct who *w = arg;
	struct error err = ERROR_INIT;
	char *email;
	int rc;

	if (!text) {
		later(w);
		return;
	}
	email = slice_dup(*text);
	rc = w->host->set_author(w->host->data, str_text(&w->name), email, &err);
	free(email);
	if (rc < 0) {
		views_error(w->vs, &err);
		end(w);
	} else if (w->author_only) {
		views_message(w->vs, MESSAGE_OK,
			      _("Noted: %s. Now what was not committed can be."),
			      str_text(&w->name));
		end(w);
	} else {
		ask_role(w);
	}
}

static void name_typed(void *arg, const struct slice *text)
{
	struct who *w = arg;
	struct prompt_request ask = {.label = _("And your e-mail address?"),
				     .hint = _("it stands beside your name in the history"),
				     .secret = true,
				     .done = email_typed,
				     .arg = w};

	if (!text) {
		later(w);
		return;
	}
	str_add_slice(&w->name, *text);
	views_ask(w->vs, &ask);
}

static void ask_name(struct who *w)
{
	struct prompt_request ask = {.label = _("Your name?"),
				     .hint = _("as it is to stand in the history"),
				     .secret = true,
				     .done = name_typed,
				     .arg = w};

	views_ask(w->vs, &ask);
}

static struct who *begin(struct views *vs, const struct host *host, bool author_only)
{
	struct who *w = mem_zalloc(sizeof(*w));

	w->vs = vs;
	w->host = host;
	w->author_only = author_only;
	return w;
}

void who_ask(struct views *vs, const struct host *host)
{
	struct who *w = begin(vs, host, false);

	if (HOST_CAN(host, set_author) && !*known(host, "author"))
		ask_name(w);
	else
		ask_role(w);
}

void who_ask_author(struct views *vs, const struct host *host)
{
	ask_name(begin(vs, host, true));
}
