# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'lists the commands'
run adref help
expect_status 0
expect_out_has 'adref [FOLDER]            open the workbench'
cp "$T/out" help.txt
run adref --help
expect_same help.txt "$T/out"
run adref -h
expect_same help.txt "$T/out"
run adref --help resolve
expect_status 0
expect_out_has 'adref resolve ['
run adref --help nothing
expect_status 2
expect_one_line
run adref --version x
expect_status 2
expect_one_line

it 'explains each command, with an example'
for command in $(adref help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'); do
	run adref help "$command"
	expect_status 0
	expect_out_has "adref $command"
	expect_out_has 'Example:'
	cp "$T/out" long.txt
	sed '/^Options:/,$d; 1d' long.txt | grep -q '.\{81\}' && fail "$command: a line is longer than a terminal"
	run adref "$command" --help
	expect_status 0
	expect_same long.txt "$T/out"
done
[ "$(adref help | grep -c '^  [a-z]')" -ge 20 ] || fail 'commands are missing'

it 'lists the keys of the workbench'
run adref help keys
expect_status 0
expect_out_has 'Desk'

it 'completes commands, options, drafts and actions'
workspace
run adref help --complete res
expect_out <<EOT
resolve
restore
EOT
run adref help --complete -- brackets --
expect_out_has '--json'
run adref help --complete brackets trans
expect_out_has 'translation-ar'
run adref help --complete point sp
expect_out <<EOT
split
EOT

it 'knows what may be meant'
run adref resolv x 1 1
expect_status 2
expect_err <<EOT
adref: no command or folder "resolv"; did you mean "adref resolve"?
EOT
run adref help stauts
expect_status 2
expect_err_has 'did you mean "adref status"?'
run adref brackets --jsn x
expect_status 2
expect_err_has 'no option --jsn, perhaps --json'
workspace
run adref brackets res-reunion
expect_status 3
expect_err_has 'did you mean res-reunions?'

it 'says what is missing, too much or unknown'
run adref resolve x
expect_status 2
expect_one_line
expect_err_has 'something is missing'
run adref brackets a b
expect_status 2
expect_err_has '"b" is one word too many'
run adref brackets -xyz a
expect_status 2
expect_err_has 'no option -x'
run adref brackets --json=yes a
expect_status 2
expect_err_has '--json takes no value'
run adref resolve x 1 text --text
expect_status 2
expect_err_has '--text needs a value'
run adref brackets ''
expect_status 2
run adref nothing at all
expect_status 2
run adref --nothing
expect_status 2

it 'opens the workbench on a terminal only'
workspace
run adref
expect_status 2
expect_err_has 'needs a terminal'
run adref chair declaration
expect_status 2
run adref edit - </dev/null
expect_status 2

it 'takes what begins with a hyphen after --'
run adref replace - -- '-a' '-b' <<EOT
x -a y
EOT
expect_status 0
expect_out <<EOT
x -b y
EOT
