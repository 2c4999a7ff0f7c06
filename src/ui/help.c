/* SPDX-License-Identifier: MIT */
#include "ui/help.h"

#include "ui/keymap.h"
#include "ui/tr.h"
#include "ui/view.h"
#include "ui/view_desk.h"
#include "ui/view_editor.h"
#include "ui/view_help.h"

static const struct view_ops *const all[] = {&view_desk_ops, &view_editor_ops, &view_help_ops,
					     NULL};

const struct view_ops *const *help_views(void)
{
	return all;
}

void help_keys_text(struct str *out)
{
	for (const struct view_ops *const *ops = all; *ops; ops++) {
		keymap_text(*ops, out);
		str_add_char(out, '\n');
	}
	str_addf(out, "%s\n", _("On every screen"));
	keymap_text_everywhere(out);
}

void help_keys_man(struct str *out)
{
	for (const struct view_ops *const *ops = all; *ops; ops++)
		keymap_man(*ops, out);
	keymap_man_everywhere(out);
}
