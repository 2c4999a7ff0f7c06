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

it 'names decisions beside the words they changed'
repository
mkdir drafts
printf 'to [hold / AFR: keep] it\n\nand [hold / AFR: keep] so\n\nmore [x]\n\nlast\n' >drafts/a.md
git add drafts
git commit -q -m start
git tag start
run adref resolve --linked a 1 2
run adref resolve a 1 0
printf 'to keep it\n\nand keep so\n\nmore\n\nlast one\n' >drafts/a.md
run adref diff start:a a
expect_status 1
sed -i 's/  ·  [0-9-]*  [0-9a-f]*  /  ·  WHEN  ID  /' "$T/out"
expect_out <<EOT
~ ¶ 1  to [-[hold / AFR: -]keep[-]-] it
      decided: point 1, option 2, "keep" · 1 linked · for AFR  ·  WHEN  ID  Test Rapporteur
~ ¶ 2  and [-[hold / AFR: -]keep[-]-] so
      decided: point 1, option 2, "keep" · 1 linked · for AFR  ·  WHEN  ID  Test Rapporteur
~ ¶ 3  more[- [x]-]
      decided: point 1, no text  ·  WHEN  ID  Test Rapporteur
~ ¶ 4  last{+ one+}
EOT
git commit -q -a -m edit
run adref undo a
run adref diff start:a HEAD:a
expect_status 1
expect_out_has 'option 2, "keep"'
expect_out_lacks 'no text'
