# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'shows words that went and came'
printf 'one two three\n\nsame\n' >a.md
printf 'one four three\n\nsame\n\nnew\n' >b.md
run adref diff a.md b.md
expect_status 1
expect_out <<EOT
~ ¶ 1  one [-two-]{+four+} three
+ ¶ 3  {+new+}
EOT
run adref diff --all a.md b.md
expect_out_has '  ¶ 2  same'

it 'has nothing to say of equal texts'
printf 'one\n' >a.md
run adref diff a.md a.md
expect_status 0
expect_out </dev/null

it 'prints JSON, without words where nothing changed'
printf 'one two three\n\nsame\n' >a.md
printf 'one four three\n\nsame\n' >b.md
run adref diff --json a.md b.md
expect_status 1
expect_out <<EOT
{"paragraphs": [{"old": 1, "new": 1, "change": "changed", "words": [{"op": "=", "text": "one "}, {"op": "-", "text": "two"}, {"op": "+", "text": "four"}, {"op": "=", "text": " three"}]}, {"old": 2, "new": 2, "change": "same"}]}
EOT

it 'compares with a revision'
workspace
run adref diff HEAD:declaration declaration
expect_status 0
run adref resolve declaration 1 1
run adref diff HEAD~1:declaration HEAD:declaration
expect_status 1
run adref diff HEAD~1:drafts/declaration.md declaration
expect_status 1
run adref diff HEAD~9:declaration declaration
expect_status 3
expect_err_has 'HEAD~9: no such revision'
run adref diff HEAD:nothing declaration
expect_status 3
run adref diff HEAD:/etc/passwd declaration
expect_status 2
expect_one_line

it 'reads one side from standard input'
printf 'one\n' >a.md
run adref diff a.md - <<EOT
two
EOT
expect_status 1
