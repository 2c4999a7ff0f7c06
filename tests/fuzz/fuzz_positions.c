/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/ledger.h"
#include "core/meeting.h"
#include "core/position.h"
#include "core/yaml.h"
#include "core/yaml_edit.h"

/*
 * The YAML files beside a draft: any bytes are read or refused; what is written into one reads
 * back, and nothing else in it is gone. First a note, then 0x1E, then the file.
 */

static void check_tree(const struct yaml_doc *doc, struct slice bytes)
{
	HOLDS(doc->n <= YAML_MOST_NODES + 1, "no more nodes than may be");
	for (size_t i = 0; i < doc->n; i++) {
		const struct yaml_node *v = &doc->v[i];

		HOLDS(v->begin <= v->end && v->end <= bytes.len, "a value lies in the file");
		HOLDS(v->parent == YAML_NOTHING || v->parent < i, "a parent stands before");
	}
}

static void read_others(struct slice yaml)
{
	struct error err = ERROR_INIT;
	struct agreed_list agreed;
	struct deferred_list deferred;
	struct meetings meetings;
	struct parties parties;

	(void)!agreed_read(yaml, &agreed, NULL, &err);
	agreed_release(&agreed);
	(void)!deferred_read(yaml, &deferred, NULL, &err);
	deferred_release(&deferred);
	(void)!meetings_read(yaml, &meetings, NULL, &err);
	meetings_release(&meetings);
	(void)!parties_read(&parties, yaml, NULL, &err);
	HOLDS(parties.n > 0 && parties.n <= PARTY_MOST, "there are parties, not too many");
	parties_release(&parties);
}

static void check_written(struct slice note, struct slice yaml)
{
	struct str file = STR_INIT, text = STR_INIT;
	struct error err = ERROR_INIT;
	struct positions before, after;
	struct yaml_problems problems = {0};
	struct position p = {.id = (char *)"b3f2a", .stance = STANCE_RESERVES};
	const struct position *back;

	str_add_slice(&text, note);
	p.note = (char *)str_text(&text);
	str_add_slice(&file, yaml);
	if (positions_read(yaml, &before, &problems, &err) == 0 &&
	    position_set(&file, &p, &err) == 0) {
		bool had = positions_find(&before, SLICE("b3f2a"));

		HOLDS(positions_read(str_slice(&file), &after, NULL, &err) == 0,
		      "what was written can be read");
		back = positions_find(&after, SLICE("b3f2a"));
		HOLDS(back && back->stance == STANCE_RESERVES, "a position is there");
		HOLDS(after.n == before.n + !had, "no other position goes");
		for (size_t i = 0; i < before.n; i++) {
			const struct position *was = &before.v[i];
			const struct position *is = positions_find(&after, slice_of(was->id));

			HOLDS(is && (is == back || (is->stance == was->stance &&
						    strcmp(is->note, was->note) == 0 &&
						    strcmp(is->wording, was->wording) == 0)),
			      "other positions stay");
		}
		HOLDS(position_remove(&file, "b3f2a", &err) == 0,
		      "a position can be taken away");
		positions_release(&after);
		HOLDS(positions_read(str_slice(&file), &after, NULL, &err) == 0 &&
			      !positions_find(&after, SLICE("b3f2a")),
		      "a position that was taken away is gone");
		positions_release(&after);
	}
	positions_release(&before);
	yaml_problems_release(&problems);
	str_release(&file);
	str_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[2] = {{"", 0}, {"", 0}};
	struct yaml_problems problems = {0};
	struct error err = ERROR_INIT;
	struct yaml_doc doc;

	if (fuzz_parts(data, size, part, 2) < 2)
		part[1] = part[0];
	if (yaml_read(part[1], &doc, &problems, &err) == 0)
		check_tree(&doc, part[1]);
	HOLDS(problems.n <= 1000, "not too many problems");
	yaml_release(&doc);
	yaml_problems_release(&problems);
	read_others(part[1]);
	check_written(part[0], part[1]);
	return 0;
}
