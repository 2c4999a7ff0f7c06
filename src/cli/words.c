/* SPDX-License-Identifier: MIT */
#include "cli/words.h"

#include "ui/told.h"

struct slice diff_op_text(const struct diff_op *op, struct slice old, struct slice new)
{
	if (op->kind == DIFF_INSERT)
		return slice_make(new.p + op->new, op->new_end - op->new);
	return slice_make(old.p + op->old, op->old_end - op->old);
}

void print_pair(struct cli *c, const struct diff *d, const struct diff_pair *p,
		struct slice old, struct slice new)
{
	static const char *const marks[] = {"  ", "~ ", "+ ", "- ", "> "};
	uint32_t number = p->new == DIFF_NONE ? p->old : p->new;

	str_addf(&c->out, "%s¶ %u  ", marks[p->change], number + 1);
	if (p->change == DIFF_MOVED)
		str_addf(&c->out, _("(was ¶ %u)  "), p->old + 1);
	if (p->change == DIFF_SAME)
		cli_show(c, slice_make(new.p + p->new_begin, p->new_end - p->new_begin));
	for (size_t k = 0; k < p->n_ops; k++) {
		const struct diff_op *op = &d->ops[p->op + k];
		str_add_text(&c->out, op->kind == DIFF_DELETE   ? "[-"
				      : op->kind == DIFF_INSERT ? "{+"
								: "");
		cli_show(c, diff_op_text(op, old, new));
		str_add_text(&c->out, op->kind == DIFF_DELETE   ? "-]"
				      : op->kind == DIFF_INSERT ? "+}"
								: "");
	}
	str_add_char(&c->out, '\n');
}

void note_decided(size_t number, const struct resolved *what)
{
	struct str words = STR_INIT;

	told_choice(&words, str_slice(&what->words));
	cli_note(what->linked ? _("point %zu decided: %s, and %zu linked")
			      : _("point %zu decided: %s"),
		 number, str_text(&words), what->linked);
	str_release(&words);
}
