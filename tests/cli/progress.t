# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"
export XDG_CACHE_HOME="$T/cache"

it 'charts the open points by meeting'
"$ADREF_SOURCE/tests/tools/demo" >/dev/null 2>&1
cd "$T/cache/adref/demo" || exit 1
run adref progress res-reunions
expect_status 0
expect_out_has 'RPM-AFR     2026-02-18     8 ████████████████ +7'
expect_out_has 'open points by who holds them'
expect_out_has '  EUR           8'
expect_out_has 'nobody has spoken for these in the last 5 versions'
run adref progress --orphans 99 res-reunions
expect_out_lacks 'nobody has spoken'
run adref progress --csv res-reunions
expect_out_has 'version,date,meeting,open,opened,resolved,reopened'
expect_out_has '2,2026-02-18,"RPM-AFR",8,7,0,0'
run adref progress --svg res-reunions
expect_out_has '<svg xmlns="http://www.w3.org/2000/svg"'
run adref progress --json --versions res-reunions
expect_out_has '"holders": {"AFR": 8'
run adref progress nothing
expect_status 3
expect_one_line
