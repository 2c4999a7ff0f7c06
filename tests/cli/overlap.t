# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

some_drafts() {
	repository
	draft res-1 <<EOT
# Regional preparation

noting

a) that rural communities still lack affordable access to networks;

b) that women are under-represented in the study groups of the Sector;

resolves

1. to report every year to the Council on the results of this work.
EOT
	draft res-2 <<EOT
# Access

noting

a) that rural communities still lack affordable [and stable] access to networks;

b) that a third of all schools have never been connected to any network;

c) that the price of a connection is more than a month's income in many of them;

resolves

1. to connect the schools before the next Conference, together with all of the Member States.
EOT
	draft res-3 <<EOT
# Women

noting

– That WOMEN are under‑represented in the Study Groups of the [Sector]{#b7}

resolves

1. to report every year to the Council on the results of this work.
EOT
}

it 'says which draft repeats which, and suggests what to do'
some_drafts
run adref overlap --map
expect_status 0
expect_out <<EOT
res-1  74 %  res-3 100 %  suppress res-3: 100 % of it stands in res-1
res-1  26 %  res-2  16 %  trim res-2: 1 paragraph (16 % of it) stands in res-1 too
EOT
expect_err </dev/null

it 'puts the paragraphs side by side'
some_drafts
run adref overlap --width 80 res-2 res-1
expect_status 0
expect_out <<EOT
res-1  26 %  res-2  16 %  trim res-2: 1 paragraph (16 % of it) stands in
                              res-1 too

trim res-2: 1 paragraph (16 % of it) stands in res-1 too
res-1                                  │ res-2
───────────────────────────────────────┼───────────────────────────────────────
¶ 3                                    │ ¶ 3 · nearly the same
a) that rural communities still lack   │ a) that rural communities still lack
  affordable access to networks;       │   affordable [{+and stable+}] access
                                       │   to networks;
EOT

it 'compares one draft with all others'
some_drafts
run adref overlap --map res-3
expect_status 0
expect_out <<EOT
res-1  74 %  res-3 100 %  suppress res-3: 100 % of it stands in res-1
EOT
printf '# Nothing\n\nto thank all of the hosts of the Conference for what they did.\n' >alone.md
run adref overlap alone.md
expect_status 0
expect_out </dev/null
expect_err_has 'no other draft says what this one says'

it 'says the same whatever the order of the names'
some_drafts
run adref overlap res-1 res-2 res-3
expect_status 0
mv "$T/out" first
run adref overlap res-3 res-1 res-2 res-1
expect_same first "$T/out"

it 'prints JSON'
some_drafts
run adref overlap --json res-1 res-3
expect_status 0
expect_out_has '{"drafts": ["res-1", "res-3"], "pairs": [{"a": "res-1", "b": "res-3", "percent_a": 74, "percent_b": 100, "suggestion": "suppress", "of": "res-3", "reason": "suppress res-3: 100 % of it stands in res-1", "paragraphs": [{"a": 4, "b": 3, "percent_a": 100, "percent_b": 100, "relation": "same", "text_a": "b) that women'
run adref overlap --json --map res-1 res-3
expect_out_lacks 'paragraphs'

it 'finds a draft and its copy to be the same'
some_drafts
cp drafts/res-1.md copy.md
run adref overlap --map res-1 copy.md
expect_out <<EOT
copy  100 %  res-1 100 %  suppress one of them: they say the same
EOT

it 'says what it cannot compare'
some_drafts
run adref overlap res-9
expect_status 3
expect_one_line
run adref overlap --width 3
expect_status 2
run adref overlap nothing.md res-1
expect_status 3
cd "$T" && mkdir empty && cd empty || exit 1
run adref overlap
expect_status 3
expect_one_line

it 'shows nothing raw'
repository
printf '# A\n\na) that \033[31mrural communities\302\233 lack \342\200\256any good access to networks;\n' >x.md
cp x.md y.md
run adref overlap x.md y.md
expect_status 0
expect_raw_free
run adref overlap --json x.md y.md
expect_raw_free
