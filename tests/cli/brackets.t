# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'lists points, problems and skipped brackets'
run adref brackets - <<EOT
Parties [shall][should] act [, AFR: soon / EUR: no text]{#b7} in [X] years [sic].

an open [ end
EOT
expect_status 0
expect_err </dev/null
expect_out <<EOT
1  line 1, column 9 · alternatives
    1  shall
    2  should
2 {#b7}  line 1, column 29 · alternatives
    1  , AFR: soon
    2  (no text)  — EUR
3  line 1, column 66 · placeholder
problem  line 3, column 9 · this bracket is never closed
3 open points, 1 problem, skipped: 1 editorial
EOT

it 'prints one JSON object with the keys in their order'
printf 'x [shall][should] [A (EUR)] y\n' >res.md
run adref brackets --json res.md
expect_status 0
expect_out <<EOT
{"draft": "res", "points": [{"n": 1, "id": null, "line": 1, "column": 3, "end_line": 1, "end_column": 27, "depth": 1, "parent": 0, "joint": "space", "kind": "alternatives", "options": [{"text": "shall", "parties": []}, {"text": "should", "parties": []}, {"text": "A", "parties": ["EUR"]}], "brackets": [{"line": 1, "column": 3, "end_line": 1, "end_column": 9}, {"line": 1, "column": 10, "end_line": 1, "end_column": 17}, {"line": 1, "column": 19, "end_line": 1, "end_column": 27}]}], "problems": [], "skipped": {}}
EOT

it 'writes what is not UTF-8 as U+FFFD, and escapes what a terminal would obey'
printf 'x [a\377\033c\302\233\342\200\256] y\n' >res.md
run adref brackets --json res.md
expect_status 0
expect_raw_free
expect_out_has '"text": "a�\u001Bc\u009B\u202E"'

it 'counts'
workspace
run adref brackets --count res-reunions
expect_status 0
expect_out <<EOT
20
EOT

it 'reads a name, a path and standard input alike'
workspace
run adref brackets declaration && cp "$T/out" name.txt
run adref brackets drafts/declaration.md && cp "$T/out" path.txt
run adref brackets - <drafts/declaration.md
expect_same name.txt path.txt
expect_same name.txt "$T/out"

it 'knows parties of drafts/regions.yaml'
repository
draft x <<EOT
a [b (BRICS)] c
EOT
printf 'parties:\n  - code: BRICS\n' >drafts/regions.yaml
run adref brackets --json x
expect_out_has '"parties": ["BRICS"]'

it 'prints points that stand in one another however deep, in little memory'
awk 'BEGIN { while (i++ < 8000) { o = o "["; c = c "]" } print o "x" c }' >deep.md
case $ADREF in
*san*) ;; # the sanitisers need all addresses there are
*) ulimit -v 150000 ;;
esac
"$ADREF" brackets --json deep.md | tail -c 31 >end.txt
run cat end.txt
expect_out <<EOT
"problems": [], "skipped": {}}
EOT
