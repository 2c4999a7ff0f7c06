# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"

it 'charts the open points by meeting'
"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
cd "$T/cache/adref/demo" || exit 1
run adref progress res-reunions
expect_status 0
expect_out_has 'RPM-AFR     2026-02-18  '
expect_out_has 'open points by who holds them'
expect_out_has '  EUR      '
expect_out_has 'nobody has spoken for these in the last 5 versions'
run adref progress --orphans 99 res-reunions
expect_out_lacks 'nobody has spoken'
run adref progress --csv res-reunions
expect_out_has 'version,date,meeting,open,opened,resolved,reopened'
expect_out_has '2,2026-02-18,"RPM-AFR",'
run adref progress --svg res-reunions
expect_out_has '<svg xmlns="http://www.w3.org/2000/svg"'
run adref progress --json --versions res-reunions
expect_out_has '"holders": {"AFR": '
run adref progress nothing
expect_status 3
expect_one_line

it 'counts what a text of its own holds'
repository
mkdir drafts
printf 'to [hold / AFR: keep] it [now]\n' >drafts/a.md
git add drafts
GIT_AUTHOR_DATE='2026-01-02T00:00:00Z' git commit -q -m one
printf 'to [hold / AFR, EUR: keep] it now\n' >drafts/a.md
GIT_AUTHOR_DATE='2026-01-03T00:00:00Z' git commit -q -a -m two
run adref progress --versions a
expect_status 0
expect_out <<EOT
            2026-01-02     2 ████████████████████████████████████████ +2
            2026-01-03     1 ████████████████████ −1
  +1 new  −1 closed: decided, or gone

open points by who holds them
  AFR           1
  EUR           1
EOT

it 'names the last decision of a meeting, not what came after it'
repository
mkdir drafts
printf 'to [hold / AFR: keep] it [now]\n' >drafts/a.md
git add -A && git commit -q -m one
run adref progress a
expect_out_lacks 'closed'
run adref resolve a 1 1
decided=$(git rev-parse HEAD)
printf 'to hold it [now], and so on\n' >drafts/a.md
git commit -q -a -m more
run adref progress --json a
expect_out_has "\"decided\": \"$decided\""
expect_out_has "\"commit\": \"$(git rev-parse HEAD)\""
