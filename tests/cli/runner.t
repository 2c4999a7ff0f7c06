# SPDX-License-Identifier: MIT
# The tests' own tools: a test that fails must be seen to fail.
. "$ADREF_SOURCE/tests/cli/lib.sh"
runner=$ADREF_SOURCE/tests/tools/run

program() { # NAME, its lines on standard input
	{ echo '#!/bin/sh' && cat; } >"$1"
	chmod +x "$1"
}

it 'counts what passes and ends with the closing line'
program one <<'EOT'
echo 'ok 1 - a'
echo 'ok 2 - b'
EOT
program two <<'EOT'
echo 'ok 1 - c'
echo 'not ok 2 # SKIP d'
EOT
run "$runner" . ./one ./two
expect_status 0
[ "$(tail -n 1 "$T/out")" = '3 passed, 0 failed' ] || fail 'the closing line' "$T/out"
expect_out_has '1 skipped'

it 'fails where one test fails, and shows what it said'
program bad <<'EOT'
echo 'ok 1 - a'
echo 'here is why'
echo 'not ok 2 - b'
exit 1
EOT
run "$runner" . ./bad
expect_status 1
expect_out_has '1 passed, 1 failed'
expect_out_has 'here is why'

it 'counts a program that dies as a failure'
program dies <<'EOT'
echo 'ok 1 - a'
kill -SEGV $$
EOT
program leaks <<'EOT'
echo 'ok 1 - a'
exit 23
EOT
program mute </dev/null
run "$runner" . ./dies ./leaks ./mute
expect_status 1
expect_out_has '2 passed, 3 failed'

it 'gives programs an empty home and none of the configuration'
program env <<'EOT'
[ -z "$(ls -A "$HOME")" ] && [ -z "${XDG_CONFIG_HOME-}${GIT_DIR-}" ] && echo 'ok 1 - empty'
EOT
XDG_CONFIG_HOME=/somewhere GIT_DIR=/else run "$runner" . ./env
expect_status 0

it 'a shell case fails where an expectation does'
cat >case.t <<'EOT'
. "$ADREF_SOURCE/tests/cli/lib.sh"
it 'is wrong about the output'
run echo one
expect_out_has two
it 'is wrong about the status'
run false
expect_status 0
it 'is right'
run echo one
expect_out <<EOX
one
EOX
EOT
run "$runner" . ./case.t
expect_status 1
expect_out_has '1 passed, 2 failed'

it 'says how the bench is called, and makes no folder of an option'
python3 "$ADREF_SOURCE/tests/bench/bench" --help >out || fail 'bench --help'
grep -q 'BUILD-DIR' out || fail 'the usage' out
python3 "$ADREF_SOURCE/tests/bench/bench" nowhere 2>err && fail 'a folder without the program'
grep -q 'nowhere: no adref in it' err || fail 'the reason' err
[ "$(ls)" = 'err
out' ] || fail 'nothing is made'
