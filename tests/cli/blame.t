# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# put NAME TEXT WHO
put() {
	mkdir -p drafts
	printf '%b' "$2" >"drafts/$1.md"
	git add -A
	git_as "$3" commit -q -m "by $3"
}
# The output with ids and dates taken out.
plain() { sed -i 's/^[0-9a-f]\{10\}  [0-9-]\{10\}  //' "$T/out"; }

it 'says who brought which words'
repository
put a 'to hold one meeting a year\n\nother\n' Ana
put a 'other\n\nto hold [one / AFR: two] meetings a year\n' Ben
put a 'other\n\nto hold [one / AFR: two / ARB: ten] meetings a year\n' Cy
run adref blame a
expect_status 0
plain
expect_out <<EOT
Ana                    1:1    other
Ana                    3:1    to hold
Ben                    3:9    [
Ana                    3:10   one
Ben                    3:14   / AFR: two
Cy                     3:25   / ARB: ten
Ben                    3:35   ] meetings
Ana                    3:46   a year
EOT
run adref blame a:1
expect_out_has '1:1    other'
expect_out_lacks 'meetings'
run adref blame --point 1 a
expect_out_has '/ ARB: ten'
expect_out_lacks 'other'

it 'goes back at one place, version by version'
repository
put a 'they shall meet\n' Ana
put a 'they should meet\n' Ben
put a 'Members: they may meet often\n' Cy
run adref blame a:1:16
expect_status 0
plain
expect_out <<EOT
may
Cy                  [-should-]{+may+}  ·  by Cy
Ben                 [-shall-]{+should+}  ·  by Ben
Ana                 {+shall+}  ·  by Ana
EOT
run adref blame --phrase 'often' a
plain
expect_out_has 'Cy                  {+often+}'

it 'knows what is not committed yet, and prints JSON'
repository
put a 'one two\n' Ana
printf 'one new two\n' >drafts/a.md
run adref blame a
expect_out_has 'in the working text'
run adref blame --json a:1
expect_status 0
expect_out_has '"text": "new ", "version": null'
expect_out_has '"author": "Ana"'

it 'follows merges and renames'
repository
put a 'base\n\nmiddle\n\nend\n' Ana
git switch -q -c side
put a 'base and side\n\nmiddle\n\nend\n' Ben
git switch -q main
put a 'base\n\nmiddle\n\nend and main\n' Cy
git_as Dee merge -q -m both side
git mv drafts/a.md drafts/b.md
git_as Dee commit -q -m renamed
run adref blame b
plain
expect_out <<EOT
Ana                    1:1    base
Ben                    1:6    and side
Ana                    3:1    middle
Ana                    5:1    end
Cy                     5:5    and main
EOT

it 'says what is not there'
repository
put a 'one\n' Ana
run adref blame a:9
expect_status 3
expect_one_line
run adref blame a:0
expect_status 2
run adref blame --phrase nothing a
expect_status 3
run adref blame - <<EOT
x
EOT
expect_status 2
