# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'replaces words across a draft'
run adref replace - 'developing countries' 'least developed countries' <<EOT
developing countries and Developing countries
EOT
expect_status 0
expect_out <<EOT
least developed countries and least developed countries
EOT
expect_err_has '2 places'

it 'puts them in brackets as [old / new]'
run adref replace --bracket - two four <<EOT
one two three
EOT
expect_out <<EOT
one [two / four] three
EOT
expect_err_has '1 place'
expect_err_lacks 'within'

it 'says how many places are within longer words'
run adref replace - ten twelve <<EOT
ten attended, and ten more were threatened
EOT
expect_out <<EOT
twelve attwelveded, and twelve more were threatwelveed
EOT
expect_err_has '4 places'
expect_err_has '2 within longer words; --words leaves these alone'

it 'takes regular expressions, whole words, and heeds case'
run adref replace --regex - '(\w+) and (\w+)' '$2 or $1' <<EOT
cats and dogs
EOT
expect_out <<EOT
dogs or cats
EOT
run adref replace --words - art law <<EOT
art party
EOT
expect_out <<EOT
law party
EOT
run adref replace --case - art law <<EOT
Art art
EOT
expect_out <<EOT
Art law
EOT

it 'commits what it does to a name'
workspace
run adref replace declaration children pupils
expect_status 0
expect_clean
[ "$(commits)" = 2 ] || fail 'not one commit'
run adref replace declaration 'words that are nowhere' x
expect_status 0
expect_err_has '0 places'
[ "$(commits)" = 2 ] || fail 'a commit of nothing'

it 'refuses an expression that cannot be, and does not hang on one that takes for ever'
printf 'a\n' >x.md
run adref replace --regex x.md '(' b
expect_status 3
expect_one_line
{ head -c 3000 /dev/zero | tr '\0' a; echo '!c'; } >y.md
run timeout 30 "$ADREF" replace --regex y.md '^(a|a|aa)+c' x
expect_status 3
expect_one_line
run adref replace x.md '' b
expect_status 3

it 'numbers the clauses anew, and the references to them'
run adref renumber - <<EOT
considering

a) one;

c) two;

recalling

a) that considering c) says so;
EOT
expect_status 0
expect_out <<EOT
considering

a) one;

b) two;

recalling

a) that considering b) says so;
EOT
expect_err_has '1 clause renumbered'

it 'prints the draft as one party wants it'
printf 'x [a / AFR: b / EUR: no text] y\n' >d.md
run adref project --as AFR d.md
expect_out <<EOT
x b y
EOT
run adref project --as EUR d.md
expect_out <<EOT
x y
EOT
run adref project --as base d.md
expect_out <<EOT
x a y
EOT
run adref project d.md
expect_status 2
run adref project --as NOBODY d.md
expect_status 2

it 'prints the draft as choices would leave it, and writes nothing'
printf 'x [a / AFR: b / EUR: no text]{#b1} y [c [d] / e] z [X]\n' >d.md
run adref project --choose 1=2 d.md
expect_out <<EOT
x b y [c [d] / e] z [X]
EOT
run adref project --choose b1=0 --choose 2=1 d.md
expect_out <<EOT
x y c [d] z [X]
EOT
run adref project d.md --choose 2=1 3=0 4=0
expect_out <<EOT
x [a / AFR: b / EUR: no text]{#b1} y c z
EOT
run adref project --as AFR --choose 2=2,3=1 d.md
expect_out <<EOT
x b y e z [X]
EOT
expect_err_has 'point 3 is inside a wording that is not taken'
expect_file d.md <<EOT
x [a / AFR: b / EUR: no text]{#b1} y [c [d] / e] z [X]
EOT

it 'names a choice that cannot be'
printf 'x [a / b] y\n' >d.md
for choice in 1=3 2=1 1=text 1=all 1 =1 1=1,1=2 1= b9=1; do
	run adref project --choose "$choice" d.md
	case $status in 2 | 3) ;; *) fail "$choice: not refused" ;; esac
	expect_one_line
	expect_out </dev/null
done
run adref project --choose 1=1 d.md e.md
expect_status 2
