/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include "core/mem.h"

char *fields_text(const struct fields *f, const char *key)
{
	const struct yaml_node *value = yaml_get(f->doc, f->map, key);

	if (yaml_is_null(value))
		return mem_strdup("");
	if (value->kind != YAML_TEXT) {
		yaml_problem_add(f->problems, value->line, value->column,
				 N_("%s should be a text; left out"), key);
		return mem_strdup("");
	}
	/* A NUL would end it for everybody who sees it as a C string: so it ends here. */
	return mem_strdup(value->text.p);
}

void fields_check(const struct fields *f, const char *const *known)
{
	for (const struct yaml_node *v = yaml_first(f->doc, f->map); v;
	     v = yaml_next(f->doc, v)) {
		size_t i = 0;

		while (known[i] && !slice_is(v->key, known[i]))
			i++;
		if (!known[i])
			yaml_problem_add(f->problems, v->key_line, v->key_column,
					 N_("unknown key \"%.60s\"; kept, not used"), v->key.p);
	}
}

const struct yaml_node *fields_root(const struct yaml_doc *doc, enum yaml_kind kind,
				    struct yaml_problems *problems)
{
	const struct yaml_node *root = yaml_root(doc);

	if (yaml_is_null(root))
		return NULL;
	if (root->kind == kind)
		return root;
	yaml_problem_add(problems, root->line, root->column,
			 kind == YAML_MAP
				 ? N_("this should be a map (key: value); nothing is read")
				 : N_("this should be a list (- entry); nothing is read"));
	return NULL;
}
