/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

const char *action_group_title(enum action_group group)
{
	static const char *const titles[ACTION_GROUPS] = {
		[ACTION_MOVE] = N_("Moving about"),  [ACTION_EDIT] = N_("Changing the text"),
		[ACTION_BRACKET] = N_("Brackets"),   [ACTION_DECIDE] = N_("Deciding"),
		[ACTION_SHOW] = N_("What is shown"), [ACTION_FILE] = N_("Files and commits"),
		[ACTION_GENERAL] = N_("Everywhere"),
	};

	return titles[group];
}

bool action_has_key(const struct action *action, uint32_t code)
{
	if (code == KEY_NONE)
		return false;
	if (action->last_key && code >= action->keys[0] && code <= action->last_key)
		return true;
	for (int i = 0; i < ACTION_KEYS && action->keys[i]; i++)
		if (action->keys[i] == code)
			return true;
	return false;
}

static bool is_left_out(uint32_t code, unsigned how)
{
	struct key key = key_of(code);

	return how & ACTION_NO_LETTERS && key_is_text(&key);
}

/* The same key as another one of the action, with Shift: the help's sentence speaks of it. */
static bool is_shifted_twin(const struct action *action, uint32_t code)
{
	if (!(code & KEY_SHIFT))
		return false;
	for (int i = 0; i < ACTION_KEYS && action->keys[i]; i++)
		if (action->keys[i] == (code & ~KEY_SHIFT))
			return true;
	return false;
}

uint32_t action_first_key(const struct action *action, unsigned how)
{
	for (int i = 0; i < ACTION_KEYS && action->keys[i]; i++)
		if (!is_left_out(action->keys[i], how))
			return action->keys[i];
	return KEY_NONE;
}

void action_keys(const struct action *action, unsigned how, struct str *out)
{
	char buf[KEY_WORD_SIZE];
	bool any = false;

	for (int i = 0; i < ACTION_KEYS && action->keys[i]; i++) {
		if (is_left_out(action->keys[i], how) ||
		    is_shifted_twin(action, action->keys[i]))
			continue;
		str_addf(out, "%s%s", any ? ", " : "", key_word(action->keys[i], buf));
		if (i == 0 && action->last_key)
			str_addf(out, "-%s", key_word(action->last_key, buf));
		any = true;
		if (!(how & ACTION_ALL_KEYS))
			return;
	}
}
