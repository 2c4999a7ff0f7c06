# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

after() { # WORDS OF THE ACTION; the draft is d.md; prints it
	cp d.md e.md
	run adref point "$@"
	expect_status 0
}

it 'splits a run and joins it again'
printf 'a [b] [c] d\n' >d.md
cp d.md e.md
run adref point split e.md 1
expect_status 0
run adref brackets --count e.md
expect_out <<EOT
2
EOT
run adref point join e.md 1
expect_status 0
run adref brackets --count e.md
expect_out <<EOT
1
EOT

it 'puts a stretch in brackets, with and without an alternative'
printf 'one two three\n' >d.md
after bracket e.md 1:5-1:7
expect_file e.md <<EOT
one [two] three
EOT
after bracket e.md 1:5-1:7 four
expect_file e.md <<EOT
one [two / four] three
EOT

it 'takes brackets off'
printf 'one [two] three\n' >d.md
after unbracket e.md 1
expect_file e.md <<EOT
one two three
EOT

it 'adds options with parties, and parties to options'
printf 'one [two / four] three\n' >d.md
after add e.md 1 'a [b' AFR CEPT --literal
run adref brackets --json e.md
expect_out_has '"text": "a \\[b", "parties": ["AFR", "EUR"]'
after party e.md 1 2 LAS
run adref brackets --json e.md
expect_out_has '"text": "four", "parties": ["ARB"]'
run adref point unparty e.md 1 2 ARB
expect_status 0
expect_same d.md e.md

it 'mends an unpaired bracket in three ways'
printf 'one [two three\n' >d.md
after repair e.md 1:5
expect_file e.md <<EOT
one [two three]
EOT
after repair e.md 1:5 escape
expect_file e.md <<'EOT'
one \[two three
EOT
after repair e.md 1:5 remove
expect_file e.md <<EOT
one two three
EOT

it 'makes paragraphs alternatives and back'
printf 'x\n\nfirst;\n\nsecond;\n\ny\n' >d.md
after alternatives e.md 3-5
run adref brackets --json e.md
expect_out_has '"options": [{"text": "first;", "parties": []}, {"text": "second;", "parties": []}]'
run adref point paragraphs e.md 1
expect_status 0
expect_same d.md e.md

it 'gives a point an id, and says which'
printf 'one [two] three\n' >d.md
after id e.md 1
expect_file_has e.md "[two]{#$(cat "$T/out")}"

it 'commits what it does to a name'
workspace
run adref point bracket declaration 13:4-13:5
expect_status 0
expect_clean
[ "$(git log -1 --format=%s)" = 'declaration: brackets around line 13' ] || fail "$(git log -1 --format=%s)"

it 'works as a filter, and shows what would be'
run adref point unbracket - 1 <<EOT
one [two] three
EOT
expect_out <<EOT
one two three
EOT
printf 'one [two] three\n' >d.md
run adref point -n unbracket d.md 1
expect_out <<EOT
~ ¶ 1  one [-[-]two[-]-] three
EOT
expect_file_has d.md '[two]'

it 'says what is wrong, and where'
printf 'one [two / four] three\n' >d.md
run adref point splt d.md 1
expect_status 2
expect_err_has 'no action "splt", perhaps "split"'
run adref point unbracket d.md 1
expect_status 2
expect_err_has 'd.md:1:5: point 1 offers 2 wordings'
run adref point add d.md 1 x NOBODY
expect_status 2
expect_err_has 'NOBODY: no such party'
run adref point bracket d.md 9:1-9:2
expect_status 3
expect_err_has 'd.md: no line 9'
run adref point bracket d.md 1:9
expect_status 2
run adref point alternatives d.md x
expect_status 2
run adref point repair d.md 1:5
expect_status 3
run adref point party d.md 1 7 AFR
expect_status 3
run adref point party d.md 1
expect_status 2
run adref point split d.md
expect_status 2
expect_file d.md <<EOT
one [two / four] three
EOT
